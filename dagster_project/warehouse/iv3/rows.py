"""What the rows of Iv3 say, judged in SQL: municipalities, years, codes, amounts; what cannot be used gets a reason.

Two kinds of trouble. A row whose municipality, delivery, side or amount cannot be read is only told. A row with a code
that CBS's list of that year does not have is told, and kept with the number of CBS's check that it breaks (DF001 to
DF004), so that the check can count it; it is no fact.

What does not belong here: how a file is laid out (``shapes``), and checks of figures against each other (dbt).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.reading.model import Reject

if TYPE_CHECKING:
    import duckdb

# What is landed of every figure; amounts in thousands of euros as delivered (inhabitants: as counted).
LANDED = {
    "document_id": "varchar",
    "bestand": "varchar",
    "regel": "bigint",
    "levering": "varchar",
    "leverdatum": "varchar",
    "indeling": "varchar",
    "soort": "varchar",
    "boekjaar": "integer",
    "periode": "integer",
    "verslagsoort": "varchar",
    "gemeentecode": "varchar",
    "code": "varchar",
    "kant": "varchar",
    "categorie": "varchar",
    "bedrag": "decimal(18,3)",
    "bedrag_1e": "decimal(18,3)",
    "plaatsing": "integer",
    "fout": "varchar",
}
SEEDS = ("gemeenten_per_jaar", "taakvelden", "iv3_categorieen", "iv3_balanscodes")

_NOTHING = "('', 'null', '.', '-99998', '-99998.0')"  # how CBS writes that there is no figure
_AT_MOST = 200  # rejects of one reason in one file that are told one by one

_REASONS = {
    "verslagsoort": (
        "de verslagsoort is niet jjjjX000 (begroting) tot en met jjjjX005 (jaarrekening)",
        "the verslagsoort is not yyyyX000 (budget) to yyyyX005 (accounts)",
    ),
    "boekjaar": (
        "boekjaar en verslagsoort spreken elkaar tegen",
        "boekjaar and verslagsoort contradict each other",
    ),
    "gemeente": (
        "deze gemeente staat in dat jaar niet in de lijst van CBS",
        "CBS's list of that year does not have this municipality",
    ),
    "gemeente_meer": (
        "meer dan een gemeente heet zo: noem haar code",
        "more than one municipality has this name: give its code",
    ),
    "kant": ("de kant is niet L (lasten) of B (baten)", "the side is not L (lasten) or B (baten)"),
    "bedrag": (
        "dit bedrag is geen getal in duizenden euro's (schrijf 1208 of 1208.5)",
        "this amount is no number in thousands of euros (write 1208 or 1208.5)",
    ),
    "totaal": (
        "deze code is het totaal van andere: alleen de delen tellen mee",
        "this code is the total of others: only its parts count",
    ),
    "DF001": ("DF001: CBS kent dit taakveld niet", "DF001: CBS has no such taakveld"),
    "DF001_jaar": (
        "DF001: dit taakveld geldt niet in dit jaar: een codelijst van een ander jaar?",
        "DF001: this taakveld is not in force in this year: a code list of another year?",
    ),
    "DF002": ("DF002: CBS kent deze categorie niet", "DF002: CBS has no such category"),
    "DF002_jaar": (
        "DF002: deze categorie geldt niet in dit jaar of niet aan deze kant",
        "DF002: this category is not in force in this year, or not on this side",
    ),
    "DF003": ("DF003: CBS kent deze balanscode niet", "DF003: CBS has no such balance code"),
    "DF003_jaar": (
        "DF003: deze balanscode geldt niet in dit jaar: een codelijst van een ander jaar?",
        "DF003: this balance code is not in force in this year: a code list of another year?",
    ),
    "DF004": (
        "DF004: dit is geen stand aan het begin of het einde van het verslagjaar",
        "DF004: this is no stand at the beginning or the end of the year",
    ),
    "dubbel": (
        "dit cijfer staat er al: het telt eenmaal mee",
        "this figure is there already: it counts once",
    ),
    "dubbel_anders": (
        "een gemeente staat er tweemaal, met verschillende cijfers: van haar levering telt niets mee",
        "a municipality is there twice, with different figures: nothing of its delivery counts",
    ),
}


def load_lists(connection: duckdb.DuckDBPyConnection, seeds: Path) -> None:
    """The reference lists of dbt as temp tables ``lijst_*``, with years as numbers; no end: year 9999."""
    for name in SEEDS:
        path = str(seeds / f"{name}.csv").replace("'", "''")
        connection.execute(
            f"create or replace temp table lijst_{name} as from read_csv('{path}', header = true, all_varchar = true)"
        )
    connection.execute(
        """
        create or replace temp table lijst_namen as
        select cast(jaar as integer) as jaar, gemeentecode, gemeente_naam, lower(gemeente_naam) as naam,
            trim(regexp_replace(lower(gemeente_naam), '\\(.*\\)$', '')) as kale_naam
        from lijst_gemeenten_per_jaar;
        create or replace temp table lijst_codes as
        select 'taakveld' as soort, taakveld_code as code, is_blad = 'true' as is_blad, cast(van_jaar as integer) as van,
            coalesce(cast(tot_jaar as integer), 9999) as tot
        from lijst_taakvelden
        union all
        select 'balans', balanscode, is_blad = 'true', cast(van_jaar as integer), coalesce(cast(tot_jaar as integer), 9999)
        from lijst_iv3_balanscodes
        union all
        select kant, categorie_code, is_blad = 'true', cast(van_jaar as integer), coalesce(cast(tot_jaar as integer), 9999)
        from lijst_iv3_categorieen;
        create or replace temp table geldigheid as
        select soort, code, case when max(tot) = 9999 then 'vanaf ' || min(van)
            else 'van ' || min(van) || ' tot en met ' || max(tot) end as jaren
        from lijst_codes
        group by soort, code;
        create or replace macro getal(tekst, is_getypeerd) as case
            when is_getypeerd or regexp_full_match(trim(tekst), '-?[0-9]+([.]([0-9]{1,2}|0+))?')
                then try_cast(trim(tekst) as decimal(14, 3))
        end;
        """
    )


def refuse_unusable(
    connection: duckdb.DuckDBPyConnection, document_id: str, fetched: str = ""
) -> list[Reject]:
    """Make the temp view ``geland`` (columns ``LANDED``) of the temp table ``gegeven``, which goes; what cannot be used.

    ``fetched`` is the day for deliveries that give none. Needs ``load_lists``. The view is in order of verslagsoort,
    gemeente and code, in which facts are published: sorted here by one number, before the texts are laid beside it.
    Rejects come in order of file and line; of one reason and text the first line is told, with how many there are.
    """
    connection.execute(_EENHEDEN.replace("{fetched}", _quoted(fetched)))
    connection.execute(_CODES)
    connection.execute(_GEKEURD)
    connection.execute("drop table gegeven")
    if _has_doubles(connection):
        connection.execute(_DOUBLES)
    # What comes in parts (a delivery in JSON) is one figure; its parts are told by nobody apart.
    connection.execute(
        f"""
        create or replace temp view geland as
        with figures as (
            select sleutel, eenheid, codering, bestand, regel, bedrag, bedrag_1e, plaatsing, fout
            from gekeurd
            where (reden is null or fout is not null) and not is_optelbaar
            union all
            select sleutel, any_value(eenheid), any_value(codering), bestand, min(regel), cast(sum(bedrag) as decimal(18, 3)),
                null, null, fout
            from gekeurd
            where (reden is null or fout is not null) and is_optelbaar
            group by sleutel, bestand, fout
        )
        select {_quoted(document_id)} as document_id, f.bestand, f.regel, e.levering, e.leverdatum, c.indeling, c.soort, e.boekjaar,
            e.periode, e.verslagsoort, e.gemeentecode, c.code, c.zijde as kant, c.categorie, f.bedrag, f.bedrag_1e, f.plaatsing, f.fout
        from (select * from figures order by sleutel, bestand, regel) as f
        left join eenheden as e on f.eenheid = e.id
        left join codes as c on f.codering = c.id
        """
    )
    return _rejects(connection)


def _has_doubles(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether anything is there twice: asked first by one number, for nearly always nothing is."""
    connection.execute(
        """
        create or replace temp table vermoed as
        select sleutel from gekeurd where reden is null and not is_optelbaar group by sleutel having count(*) > 1
        """
    )
    return connection.execute("select count(*) > 0 from vermoed").fetchall()[0][0]


# One row per delivery of a gemeente as it is named; ``nr`` is the same for two names of one gemeente.
_EENHEDEN = """
    create or replace temp table eenheden as
    with asked as (
        select distinct levering, leverdatum, gemeente, verslagsoort, boekjaar from gegeven
    ),
    names as (select distinct gemeente, try_cast(left(verslagsoort, 4) as integer) as jaar from asked),
    found as (
        select names.gemeente, names.jaar,
            count(distinct exact.gemeentecode) as exacte, min(exact.gemeentecode) as exacte_code,
            count(distinct kaal.gemeentecode) as kale, min(kaal.gemeentecode) as kale_code,
            string_agg(distinct kaal.gemeentecode || ' ' || kaal.gemeente_naam, ', ' order by kaal.gemeentecode || ' ' || kaal.gemeente_naam) as namen
        from names
        left join lijst_namen as exact
            on names.jaar = exact.jaar and (upper(names.gemeente) = exact.gemeentecode or lower(names.gemeente) = exact.naam)
        left join lijst_namen as kaal on names.jaar = kaal.jaar and lower(names.gemeente) = kaal.kale_naam
        group by all
    ),
    named as (
        select gemeente, jaar,
            case when exacte = 1 then exacte_code when exacte = 0 and kale = 1 then kale_code end as gemeentecode,
            case when exacte > 1 or (exacte = 0 and kale > 1) then 'gemeente_meer'
                when exacte = 0 and kale = 0 then 'gemeente' end as gemeente_reden,
            case when kale > 1 then namen end as namen
        from found
    ),
    judged as (
        select
            a.levering, a.gemeente, a.verslagsoort, a.boekjaar as gegeven_boekjaar, a.leverdatum as gegeven_leverdatum,
            coalesce(nullif(a.leverdatum, ''), nullif({fetched}, '')) as leverdatum,
            try_cast(left(a.verslagsoort, 4) as integer) as boekjaar, try_cast(substr(a.verslagsoort, 8, 1) as integer) as periode,
            n.gemeentecode,
            case
                when not regexp_full_match(coalesce(a.verslagsoort, ''), '[0-9]{4}X00[0-5]') then 'verslagsoort'
                when a.boekjaar <> left(a.verslagsoort, 4) then 'boekjaar'
                else n.gemeente_reden
            end as eenheid_reden,
            n.namen
        from asked as a
        left join named as n
            on a.gemeente is not distinct from n.gemeente and try_cast(left(a.verslagsoort, 4) as integer) is not distinct from n.jaar
    )
    select *, row_number() over () as id, dense_rank() over (order by verslagsoort, gemeentecode, levering) as nr,
        case eenheid_reden
            when 'verslagsoort' then coalesce(verslagsoort, '')
            when 'boekjaar' then gegeven_boekjaar || ', ' || verslagsoort
            when 'gemeente' then coalesce(gemeente, '') || ' in ' || left(verslagsoort, 4)
            when 'gemeente_meer' then gemeente || ': ' || coalesce(namen, '')
        end as tekst
    from judged
"""

# One row per pair of codes as they are written in a year; ``nr`` is the same for two ways to write one side.
_CODES = """
    create or replace temp table codes as
    with asked as (
        select distinct soort, indeling, try_cast(left(verslagsoort, 4) as integer) as jaar, code, kant, categorie
        from gegeven
    ),
    named as (
        select *,
            case lower(kant)
                when 'l' then 'lasten' when 'lasten' then 'lasten' when 'b' then 'baten' when 'baten' then 'baten'
                when 'primo' then 'primo' when '1 januari' then 'primo'
                when 'ultimo' then 'ultimo'
                else case
                    when regexp_full_match(kant, '0?1-0?1-' || jaar) then 'primo'
                    when regexp_full_match(kant, '(31-0?3|30-0?6|30-0?9|31-12)-' || jaar) then 'ultimo'
                end
            end as zijde
        from asked
    ),
    judged as (
        select named.*,
            case
                when soort = 'kerncijfer' then null
                when soort = 'taakveld' and (zijde is null or zijde in ('primo', 'ultimo')) then 'kant'
                when zijde is null then 'DF004'
                when indeling = 'hoofdtaakveld_hoofdcategorie' then
                    case when code not in ('0', '1', '2', '3', '4', '5', '6', '7', '8') then 'DF001'
                        when categorie not in ('1', '2', '3', '4', '5', '6', '7') then 'DF002' end
                when exists (select 1 from lijst_codes as l where l.soort = named.soort and l.code = named.code and l.is_blad
                    and named.jaar between l.van and l.tot) then null
                when indeling = 'taakveldgroep'
                    and exists (select 1 from lijst_codes as l where l.soort = 'taakveld' and l.is_blad
                        and named.jaar between l.van and l.tot and starts_with(l.code, named.code)) then null
                when code in ('Tot_TV', 'Tot_Bal', 'Tot_Act', 'Tot_Pas')
                    or exists (select 1 from lijst_codes as l where l.soort = named.soort and l.code = rtrim(named.code, '.')
                        and not l.is_blad and named.jaar between l.van and l.tot) then 'totaal'
                when exists (select 1 from lijst_codes as l where l.soort = named.soort and l.code = named.code)
                    then case soort when 'balans' then 'DF003_jaar' else 'DF001_jaar' end
                else case soort when 'balans' then 'DF003' else 'DF001' end
            end as reden_code,
            case
                when categorie is null or indeling = 'hoofdtaakveld_hoofdcategorie' or zijde in ('primo', 'ultimo') then null
                when exists (select 1 from lijst_codes as l where l.soort = named.zijde and l.code = named.categorie and l.is_blad
                    and named.jaar between l.van and l.tot) then null
                when exists (select 1 from lijst_codes as l where l.soort = named.zijde and l.code = named.categorie and not l.is_blad)
                    then 'totaal'
                when categorie in (select l.code from lijst_codes as l where l.soort in ('lasten', 'baten')) then 'DF002_jaar'
                else 'DF002'
            end as reden_categorie
        from named
    ),
    told as (
        select soort, indeling, jaar, code, kant, categorie as gegeven_categorie, zijde,
            case when zijde in ('lasten', 'baten') then categorie end as categorie,
            coalesce(reden_code, reden_categorie) as code_reden,
            coalesce(case when reden_code in ('kant', 'DF004') then kant when reden_code is not null then code else categorie end, '')
                || coalesce(' in ' || jaar || ': geldt ' || case
                    when reden_code like '%_jaar'
                        then (select jaren from geldigheid as v where v.soort = judged.soort and v.code = judged.code)
                    when reden_code is null and reden_categorie = 'DF002_jaar'
                        then (select string_agg(v.soort || ' ' || v.jaren, ', ' order by v.soort) from geldigheid as v
                            where v.soort in ('lasten', 'baten') and v.code = judged.categorie)
                end, '') as tekst
        from judged
    )
    select *, row_number() over () as id,
        dense_rank() over (
            order by soort desc, indeling, case soort when 'balans' then code end, zijde, code, categorie
        ) as nr
    from told
"""

# One row per figure, narrow: the texts stand in ``eenheden`` and ``codes``.
_GEKEURD = f"""
    create or replace temp table gekeurd as
    with figures as (
        select * replace (
            case when trim(bedrag_1e) in {_NOTHING} then null else bedrag_1e end as bedrag_1e,
            case when trim(bedrag_2e) in {_NOTHING} then null else bedrag_2e end as bedrag_2e
        )
        from gegeven
    ),
    counted as (
        select *, getal(bedrag_1e, is_getypeerd) as getal_1e, getal(bedrag_2e, is_getypeerd) as getal_2e
        from figures
        where bedrag_1e is not null or bedrag_2e is not null
    )
    select
        e.nr * {1 << 24} + c.nr as sleutel, e.id as eenheid, c.id as codering, g.bestand, g.regel, g.plaats, g.is_optelbaar,
        coalesce(g.getal_2e, g.getal_1e) as bedrag,
        case when g.bedrag_2e is not null then g.getal_1e end as bedrag_1e,
        case when c.indeling = 'taakveld_categorie' and not g.is_optelbaar then case when g.bedrag_2e is null then 1 else 2 end end
            as plaatsing,
        case
            when g.getal_1e is null and g.bedrag_1e is not null then g.bedrag_1e
            when g.getal_2e is null and g.bedrag_2e is not null then g.bedrag_2e
        end as geen_getal,
        coalesce(e.eenheid_reden, case when geen_getal is not null then 'bedrag' end, c.code_reden) as reden,
        case when reden like 'DF%' then left(reden, 5) end as fout,
        cast(null as varchar) as tekst
    from counted as g
    left join eenheden as e
        on g.levering is not distinct from e.levering and g.leverdatum is not distinct from e.gegeven_leverdatum
        and g.gemeente is not distinct from e.gemeente and g.verslagsoort is not distinct from e.verslagsoort
        and g.boekjaar is not distinct from e.gegeven_boekjaar
    left join codes as c
        on g.soort = c.soort and g.indeling = c.indeling and e.boekjaar is not distinct from c.jaar
        and g.code is not distinct from c.code and g.kant is not distinct from c.kant
        and g.categorie is not distinct from c.gegeven_categorie
"""

_DOUBLES = """
    create or replace temp table dubbelen as
    select g.sleutel, any_value(e.nr) as nr, any_value(c.indeling) as indeling, any_value(e.verslagsoort) as verslagsoort,
        any_value(e.gemeentecode) as gemeentecode, any_value(c.code) as code,
        count(distinct g.bedrag) > 1 as is_anders, min_by(g.bestand, (g.bestand, g.regel, g.plaats)) as eerste_bestand,
        min_by(coalesce(cast(g.regel as varchar), g.plaats), (g.bestand, g.regel, g.plaats)) as eerste_plaats,
        string_agg(distinct e.gemeente, ', ' order by e.gemeente) as namen
    from gekeurd as g
    inner join eenheden as e on g.eenheid = e.id
    inner join codes as c on g.codering = c.id
    where g.reden is null and not g.is_optelbaar and g.sleutel in (select sleutel from vermoed)
    group by g.sleutel;

    update gekeurd
    set reden = 'dubbel_anders', tekst = b.verslagsoort || ' ' || b.gemeentecode || ': ' || b.namen
    from (
        select nr, indeling, verslagsoort, gemeentecode, string_agg(distinct namen, ', ' order by namen) as namen
        from dubbelen where is_anders group by all
    ) as b, eenheden as e, codes as c
    where gekeurd.reden is null and gekeurd.eenheid = e.id and gekeurd.codering = c.id and e.nr = b.nr and c.indeling = b.indeling;

    update gekeurd
    set reden = 'dubbel', tekst = d.verslagsoort || ' ' || d.gemeentecode || ' ' || d.code
    from dubbelen as d
    where gekeurd.reden is null and not gekeurd.is_optelbaar and not d.is_anders and gekeurd.sleutel = d.sleutel
        and (gekeurd.bestand, coalesce(cast(gekeurd.regel as varchar), gekeurd.plaats)) <> (d.eerste_bestand, d.eerste_plaats);
"""


def _rejects(connection: duckdb.DuckDBPyConnection) -> list[Reject]:
    found = connection.execute(
        f"""
        with told as (
            select g.bestand, g.reden, g.regel, g.plaats,
                case when g.reden = 'bedrag' then g.geen_getal else coalesce(g.tekst, e.tekst, c.tekst) end as tekst
            from gekeurd as g
            left join eenheden as e on g.eenheid = e.id
            left join codes as c on g.codering = c.id
            where g.reden is not null
        ),
        grouped as (
            select bestand, reden, tekst, min(regel) as regel, min_by(plaats, (regel, plaats)) as plaats, count(*) as rijen
            from told
            group by all
        ),
        numbered as (
            select *, row_number() over (partition by bestand, reden order by regel, plaats, tekst) as volgnummer,
                count(*) over (partition by bestand, reden) as teksten, sum(rijen) over (partition by bestand, reden) as alle
            from grouped
        )
        select bestand, reden, tekst, regel, plaats, rijen, volgnummer, teksten, alle
        from numbered
        where volgnummer <= {_AT_MOST}
        order by bestand, regel nulls last, plaats, reden, volgnummer
        """
    ).fetchall()
    return [_told(*row) for row in found]


def _told(
    file: str,
    why: str,
    text: str,
    line: int | None,
    place: str | None,
    rows: int,
    no: int,
    texts: int,
    everything: int,
) -> Reject:
    nl, en = _REASONS[why]
    if no == _AT_MOST and texts > _AT_MOST:
        nl += f"; hierna nog {texts - _AT_MOST} zulke teksten, {everything} regels in alles"
        en += f"; {texts - _AT_MOST} more such texts follow, {everything} lines in all"
    if rows > 1:
        nl, en = f"{nl} ({rows} regels)", f"{en} ({rows} lines)"
    return Reject(file, line, nl, f"{place}: {text}" if place else text, reason_en=en)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
