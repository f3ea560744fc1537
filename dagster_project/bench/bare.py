"""The same tables of Iv3 by hand, for a cube in which every code is right and every gemeente delivered once.

Nothing is asked, refused or remembered: no lines, no rejects, no deliveries, no kinds of layout. That is what the project's
way is measured beside. ``STATEMENTS`` make the tables from ``gegeven`` (the columns of CBS as text) in SQL that DuckDB
and PostgreSQL both accept. What does not belong here: reading files into ``gegeven``, and measuring.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.bench.cube import files_in
from dagster_project.settings import PROJECT

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "id",
    "taakveldbalanspost",
    "categorie",
    "gemeenten",
    "verslagsoort",
    "k_1eplaatsing_1",
    "k_2eplaatsing_2",
)
LISTS = (
    "taakvelden", "gemeenten_per_jaar", "iv3_vergelijkbaar", "iv3_grijze_cellen", "iv3_controle_codes", "iv3_controle_perioden",
)  # fmt: skip

_AMOUNTS = """
    cast(1000 * cast(coalesce(k_2eplaatsing_2, k_1eplaatsing_1) as decimal(18, 3)) as decimal(18, 2)) as bedrag_eur,
    case when k_2eplaatsing_2 is not null then cast(1000 * cast(k_1eplaatsing_1 as decimal(18, 3)) as decimal(18, 2)) end as bedrag_1e_eur,
    case when k_2eplaatsing_2 is null then 1 else 2 end as plaatsing
"""
_DELIVERY = """
    trim(gemeenten) as gemeentecode, cast(substr(verslagsoort, 1, 4) as integer) as boekjaar, verslagsoort,
    case substr(verslagsoort, 8, 1) when '0' then 'begroting' when '5' then 'jaarrekening' else 'kwartaal' end as soort
"""
_CLASS = """
    case when inwoners < 20000 then 'tot 20.000' when inwoners < 50000 then '20.000 tot 50.000' when inwoners < 100000
        then '50.000 tot 100.000' when inwoners < 250000 then '100.000 tot 250.000' else '250.000 en meer' end
"""

_MEMORY = "7GB"  # as much as a refresh may take; DuckDB would take most of the machine

STATEMENTS = (
    f"""
    create table gemeenten as
    select gemeentecode, cast(jaar as integer) as jaar, gemeente_naam as gemeente, provincie, cast(inwoners as integer) as inwoners,
        {_CLASS.replace("inwoners", "cast(inwoners as integer)")} as grootteklasse
    from gemeenten_per_jaar
    """,
    f"""
    create table fct_iv3 as
    select g.*, t.taakveld_id
    from (
        select {_DELIVERY}, case substr(categorie, 1, 1) when 'L' then 'lasten' else 'baten' end as kant,
            trim(taakveldbalanspost) as taakveld_code, substr(trim(categorie), 2) as categorie_code, {_AMOUNTS}
        from gegeven where substr(taakveldbalanspost, 1, 1) not in ('A', 'P')
    ) as g
    left join taakvelden as t
        on g.taakveld_code = t.taakveld_code and g.boekjaar between cast(t.van_jaar as integer) and coalesce(cast(t.tot_jaar as integer), 9999)
    order by verslagsoort, gemeentecode
    """,
    f"""
    create table fct_iv3_balans as
    select {_DELIVERY}, trim(taakveldbalanspost) as balanscode,
        case when categorie like 'L%' then 'lasten' when categorie like 'B%' then 'baten' else lower(trim(categorie)) end as kant,
        case when substr(categorie, 1, 1) in ('L', 'B') then substr(trim(categorie), 2) end as categorie_code, {_AMOUNTS}
    from gegeven where substr(taakveldbalanspost, 1, 1) in ('A', 'P')
    order by verslagsoort, gemeentecode
    """,
    """
    create table per_taakveld as
    select f.gemeentecode, f.boekjaar, f.verslagsoort, f.kant, f.taakveld_code, g.grootteklasse, g.provincie,
        sum(f.bedrag_eur) as bedrag_eur, sum(f.bedrag_eur) / nullif(max(g.inwoners), 0) as per_inwoner_eur
    from fct_iv3 as f
    join gemeenten as g on f.gemeentecode = g.gemeentecode and f.boekjaar = g.jaar
    group by f.gemeentecode, f.boekjaar, f.verslagsoort, f.kant, f.taakveld_code, g.grootteklasse, g.provincie
    """,
    """
    create table iv3_medianen as
    with
    grouped as (
        select 'grootteklasse' as groepering, grootteklasse as groep, p.* from per_taakveld as p
        union all
        select 'provincie', provincie, p.* from per_taakveld as p
    ),
    medians as (
        select verslagsoort, kant, taakveld_code, groepering, groep, count(*) as gemeenten,
            percentile_cont(0.5) within group (order by per_inwoner_eur) as mediaan_eur
        from grouped group by verslagsoort, kant, taakveld_code, groepering, groep
    )
    select m.verslagsoort, m.kant, m.taakveld_code, m.groepering, m.groep, max(m.gemeenten) as gemeenten, max(m.mediaan_eur) as mediaan_eur,
        percentile_cont(0.5) within group (order by abs(g.per_inwoner_eur - m.mediaan_eur)) as mad_eur
    from grouped as g
    join medians as m
        on g.verslagsoort = m.verslagsoort and g.kant = m.kant and g.taakveld_code = m.taakveld_code
        and g.groepering = m.groepering and g.groep = m.groep
    group by m.verslagsoort, m.kant, m.taakveld_code, m.groepering, m.groep
    """,
    """
    create table iv3_toetsen as
    with
    alles as (
        select gemeentecode, boekjaar, verslagsoort, kant, taakveld_code as code, categorie_code, bedrag_eur, false as is_balans from fct_iv3
        union all
        select gemeentecode, boekjaar, verslagsoort, kant, balanscode, categorie_code, bedrag_eur, true from fct_iv3_balans
    ),
    codes as (
        select v.verslagsoort, c.code, max(case when c.controle = 'PF002' then 1 else 0 end) as is_financieel,
            max(case when c.controle = 'PF003' then 1 else 0 end) as is_positie, max(case when c.controle = 'PF005' then 1 else 0 end) as is_uit
        from (select distinct verslagsoort, boekjaar from fct_iv3) as v
        join iv3_controle_codes as c on substr(v.verslagsoort, 8, 1) = c.periode
            and v.boekjaar between cast(c.van_jaar as integer) and coalesce(cast(c.tot_jaar as integer), 9999)
        group by v.verslagsoort, c.code
    ),
    grijs as (
        select distinct v.verslagsoort, g.taakveld_code, g.kant, g.categorie_code
        from (select distinct verslagsoort, boekjaar from fct_iv3) as v
        join iv3_grijze_cellen as g on v.boekjaar between cast(g.van_jaar as integer) and coalesce(cast(g.tot_jaar as integer), 9999)
    ),
    getekend as (
        select a.*, case a.kant when 'lasten' then a.bedrag_eur when 'baten' then -a.bedrag_eur else 0 end as saldo_eur,
            case substr(a.code, 1, 1) when 'A' then 1 else -1 end as teken, coalesce(c.is_financieel, 0) as is_financieel,
            coalesce(c.is_positie, 0) as is_positie, coalesce(c.is_uit, 0) as is_uit, g.kant is not null as is_grijs
        from alles as a
        left join codes as c on a.verslagsoort = c.verslagsoort and a.code = c.code
        left join grijs as g on not a.is_balans and a.verslagsoort = g.verslagsoort and a.code = g.taakveld_code
            and a.kant = g.kant and a.categorie_code = g.categorie_code
    ),
    sommen as (
        select gemeentecode, verslagsoort,
            sum(case when categorie_code not like '7%' then saldo_eur end) as pf001, count(*) as getallen,
            sum(case when is_financieel = 1 and categorie_code not in ('6.1', '7.2', '7.5') then abs(bedrag_eur) end) as pf002,
            sum(case when categorie_code = '6.1' and is_financieel = 0 and is_uit = 0 then abs(bedrag_eur) end) as pf005,
            sum(case when not is_balans then saldo_eur end) as pf006, count(case when not is_balans then 1 end) as getallen_006,
            sum(case when kant = 'primo' then teken * bedrag_eur end) as pf007, sum(case when kant = 'ultimo' then teken * bedrag_eur end) as pf008,
            sum(case when categorie_code in ('4.3.9', '4.4.9') then abs(bedrag_eur) end) as pf009,
            sum(case when is_grijs then abs(bedrag_eur) end) as grijs
        from getekend group by gemeentecode, verslagsoort
    ),
    posities as (
        select gemeentecode, verslagsoort, sum(abs(verschil_eur)) as pf003
        from (
            select gemeentecode, verslagsoort, code,
                sum(case kant when 'ultimo' then bedrag_eur when 'primo' then -bedrag_eur else -teken * saldo_eur end) as verschil_eur
            from getekend where is_balans and is_positie = 1 group by gemeentecode, verslagsoort, code
        ) as p group by gemeentecode, verslagsoort
    ),
    verrekend as (
        select gemeentecode, verslagsoort, sum(abs(verschil_eur)) as pf004
        from (
            select gemeentecode, verslagsoort, categorie_code, sum(case kant when 'lasten' then bedrag_eur else -bedrag_eur end) as verschil_eur
            from alles where categorie_code like '7%' group by gemeentecode, verslagsoort, categorie_code
        ) as v group by gemeentecode, verslagsoort
    ),
    rijen as (
        select s.gemeentecode, s.verslagsoort, c.controle,
            case c.controle when 'PF001' then pf001 when 'PF002' then pf002 when 'PF003' then pf003 when 'PF004' then pf004
                when 'PF005' then pf005 when 'PF006' then pf006 when 'PF007' then pf007 when 'PF008' then pf008
                when 'PF009' then pf009 else grijs end as verschil_eur,
            case when c.controle in ('PF002', 'PF005', 'PF009', 'GRIJS') then 0 when c.controle = 'PF006' then 500 * getallen_006
                else 500 * getallen end as afronding_eur
        from sommen as s
        left join posities as p on s.gemeentecode = p.gemeentecode and s.verslagsoort = p.verslagsoort
        left join verrekend as v on s.gemeentecode = v.gemeentecode and s.verslagsoort = v.verslagsoort
        join (
            select controle, periode, cast(van_jaar as integer) as van, coalesce(cast(tot_jaar as integer), 9999) as tot
            from iv3_controle_perioden
            union all
            select distinct 'GRIJS', periode, 2017, 9999 from iv3_controle_perioden
        ) as c
            on substr(s.verslagsoort, 8, 1) = c.periode and cast(substr(s.verslagsoort, 1, 4) as integer) between c.van and c.tot
    )
    select *, case when coalesce(verschil_eur, 0) = 0 then 'klopt' when abs(verschil_eur) <= afronding_eur then 'klopt op afronding na'
        else 'klopt niet' end as uitkomst
    from rijen
    """,
)


def build(raw: Path, database: Path) -> None:
    """Make the tables in a DuckDB file from the cube under ``raw``."""
    import duckdb

    with duckdb.connect(str(database)) as connection:
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        files = ", ".join(_quoted(file) for file in files_in(raw))
        names = ", ".join(f"{_quoted(name)}: 'varchar'" for name in COLUMNS)
        connection.execute(
            f"create temp table gegeven as from read_csv([{files}], header = true, auto_detect = false, columns = {{{names}}})"
        )
        load_lists(connection)
        for statement in STATEMENTS:
            connection.execute(statement)
        connection.execute("checkpoint")


def load_lists(connection: duckdb.DuckDBPyConnection) -> None:
    """The reference lists as tables of text."""
    for name in LISTS:
        path = _quoted(PROJECT / "dbt" / "seeds" / f"{name}.csv")
        connection.execute(f"create table {name} as from read_csv({path}, header = true, all_varchar = true)")


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
