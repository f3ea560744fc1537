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
                then try_cast(trim(tekst) as decimal(18, 3))
        end;
        """
    )


def judge(connection: duckdb.DuckDBPyConnection, document_id: str, fetched: str = "") -> list[Reject]:
    """Make the temp table ``geland`` (columns ``LANDED``) of the temp table ``gegeven``; what cannot be used.

    ``fetched`` is the day for deliveries that give none. Needs ``load_lists``. Rejects come in order of file and line; of one reason and text the first line is told, with
    how many there are.
    """
    statements = _JUDGED.replace("{document}", _quoted(document_id)).replace("{fetched}", _quoted(fetched))
    connection.execute(statements)
    connection.execute(_DOUBLES)
    columns = ", ".join(LANDED)
    # What comes in parts (a delivery in JSON) is one figure; its parts are told by nobody apart.
    connection.execute(
        f"""
        create or replace temp table geland as
        select {columns} from beoordeeld
        where (reden is null or fout is not null) and not is_optelbaar
        union all
        select document_id, bestand, min(regel), levering, leverdatum, indeling, soort, boekjaar, periode, verslagsoort,
            gemeentecode, code, kant, categorie, cast(sum(bedrag) as decimal(18, 3)), null, null, fout
        from beoordeeld
        where (reden is null or fout is not null) and is_optelbaar
        group by all
        """
    )
    return _rejects(connection)


_JUDGED = f"""
    create or replace temp table gemeenten as
    with asked as (
        select distinct gemeente, try_cast(left(verslagsoort, 4) as integer) as jaar from gegeven
    ),
    found as (
        select asked.gemeente, asked.jaar,
            count(distinct exact.gemeentecode) as exacte, min(exact.gemeentecode) as exacte_code,
            count(distinct kaal.gemeentecode) as kale, min(kaal.gemeentecode) as kale_code,
            string_agg(distinct kaal.gemeentecode || ' ' || kaal.gemeente_naam, ', ' order by 1) as namen
        from asked
        left join lijst_namen as exact
            on asked.jaar = exact.jaar and (upper(asked.gemeente) = exact.gemeentecode or lower(asked.gemeente) = exact.naam)
        left join lijst_namen as kaal on asked.jaar = kaal.jaar and lower(asked.gemeente) = kaal.kale_naam
        group by all
    )
    select gemeente, jaar,
        case when exacte = 1 then exacte_code when exacte = 0 and kale = 1 then kale_code end as gemeentecode,
        case when exacte > 1 or (exacte = 0 and kale > 1) then 'gemeente_meer'
            when exacte = 0 and kale = 0 then 'gemeente' end as gemeente_reden,
        case when kale > 1 then namen end as namen
    from found;

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
    )
    select soort, indeling, jaar, code, kant, categorie, zijde, coalesce(reden_code, reden_categorie) as code_reden,
        case when reden_code in ('kant', 'DF004') then kant when reden_code is not null then code else categorie end as tekst,
        case
            when reden_code like '%_jaar'
                then (select jaren from geldigheid as v where v.soort = judged.soort and v.code = judged.code)
            when reden_code is null and reden_categorie = 'DF002_jaar'
                then (select string_agg(v.soort || ' ' || v.jaren, ', ' order by v.soort) from geldigheid as v
                    where v.soort in ('lasten', 'baten') and v.code = judged.categorie)
        end as jaren
    from judged;

    create or replace temp table beoordeeld as
    select
        {{document}} as document_id, g.bestand, g.regel, g.plaats, g.levering, coalesce(nullif(g.leverdatum, ''), nullif({{fetched}}, '')) as leverdatum, g.indeling, g.soort,
        try_cast(left(g.verslagsoort, 4) as integer) as boekjaar, try_cast(substr(g.verslagsoort, 8, 1) as integer) as periode,
        g.verslagsoort, m.gemeentecode, g.gemeente, g.code, c.zijde as kant,
        case when c.zijde in ('lasten', 'baten') then g.categorie end as categorie,
        coalesce(getal(g.bedrag_2e, g.is_getypeerd), getal(g.bedrag_1e, g.is_getypeerd)) as bedrag,
        case when g.bedrag_2e is not null then getal(g.bedrag_1e, g.is_getypeerd) end as bedrag_1e,
        case when g.indeling = 'taakveld_categorie' and not g.is_optelbaar then case when g.bedrag_2e is null then 1 else 2 end end
            as plaatsing,
        g.is_optelbaar,
        case
            when not regexp_full_match(coalesce(g.verslagsoort, ''), '[0-9]{{4}}X00[0-5]') then 'verslagsoort'
            when g.boekjaar <> left(g.verslagsoort, 4) then 'boekjaar'
            when m.gemeente_reden is not null then m.gemeente_reden
            when getal(g.bedrag_1e, g.is_getypeerd) is null and g.bedrag_1e is not null then 'bedrag'
            when getal(g.bedrag_2e, g.is_getypeerd) is null and g.bedrag_2e is not null then 'bedrag'
            else c.code_reden
        end as reden,
        case when reden like 'DF%' then left(reden, 5) end as fout,
        case reden
            when 'verslagsoort' then coalesce(g.verslagsoort, '')
            when 'boekjaar' then g.boekjaar || ', ' || g.verslagsoort
            when 'gemeente' then coalesce(g.gemeente, '') || ' in ' || left(g.verslagsoort, 4)
            when 'gemeente_meer' then g.gemeente || ': ' || coalesce(m.namen, '')
            when 'bedrag' then case when getal(g.bedrag_1e, g.is_getypeerd) is null and g.bedrag_1e is not null then g.bedrag_1e
                else g.bedrag_2e end
            else coalesce(c.tekst, '') || coalesce(' in ' || left(g.verslagsoort, 4) || ': geldt ' || c.jaren, '')
        end as tekst
    from (
        select * replace (
            case when trim(bedrag_1e) in {_NOTHING} then null else bedrag_1e end as bedrag_1e,
            case when trim(bedrag_2e) in {_NOTHING} then null else bedrag_2e end as bedrag_2e
        )
        from gegeven
    ) as g
    left join gemeenten as m
        on g.gemeente is not distinct from m.gemeente and try_cast(left(g.verslagsoort, 4) as integer) is not distinct from m.jaar
    left join codes as c
        on g.soort = c.soort and g.indeling = c.indeling and try_cast(left(g.verslagsoort, 4) as integer) is not distinct from c.jaar
        and g.code is not distinct from c.code and g.kant is not distinct from c.kant and g.categorie is not distinct from c.categorie
    where g.bedrag_1e is not null or g.bedrag_2e is not null;
"""

# First by one hash of the key, which is quick and nearly always says that there is nothing twice.
_DOUBLES = """
    create or replace temp table vermoed as
    select sleutel
    from (
        select hash(levering, indeling, soort, verslagsoort, gemeentecode, code, kant, categorie) as sleutel
        from beoordeeld
        where reden is null and not is_optelbaar
    )
    group by sleutel
    having count(*) > 1;

    create or replace temp table dubbelen as
    select levering, indeling, soort, verslagsoort, gemeentecode, code, kant, categorie,
        count(distinct bedrag) > 1 as is_anders, min_by(bestand, (bestand, regel, plaats)) as eerste_bestand,
        min_by(coalesce(cast(regel as varchar), plaats), (bestand, regel, plaats)) as eerste_plaats,
        string_agg(distinct gemeente, ', ' order by 1) as namen
    from beoordeeld
    where
        reden is null and not is_optelbaar
        and hash(levering, indeling, soort, verslagsoort, gemeentecode, code, kant, categorie) in (select sleutel from vermoed)
    group by all
    having count(*) > 1;

    update beoordeeld
    set reden = 'dubbel_anders', tekst = b.verslagsoort || ' ' || b.gemeentecode || ': ' || b.namen
    from (
        select levering, verslagsoort, gemeentecode, indeling, string_agg(distinct namen, ', ' order by 1) as namen
        from dubbelen where is_anders group by all
    ) as b
    where beoordeeld.reden is null and beoordeeld.levering = b.levering and beoordeeld.indeling = b.indeling
        and beoordeeld.verslagsoort = b.verslagsoort and beoordeeld.gemeentecode = b.gemeentecode;

    update beoordeeld
    set reden = 'dubbel', tekst = d.verslagsoort || ' ' || d.gemeentecode || ' ' || d.code
    from dubbelen as d
    where beoordeeld.reden is null and not d.is_anders and beoordeeld.levering = d.levering and beoordeeld.indeling = d.indeling
        and beoordeeld.soort = d.soort
        and beoordeeld.verslagsoort = d.verslagsoort and beoordeeld.gemeentecode = d.gemeentecode and beoordeeld.code = d.code
        and beoordeeld.kant is not distinct from d.kant and beoordeeld.categorie is not distinct from d.categorie
        and (beoordeeld.bestand, coalesce(cast(beoordeeld.regel as varchar), beoordeeld.plaats))
            <> (d.eerste_bestand, d.eerste_plaats);
"""


def _rejects(connection: duckdb.DuckDBPyConnection) -> list[Reject]:
    found = connection.execute(
        f"""
        with grouped as (
            select bestand, reden, tekst, min(regel) as regel, min_by(plaats, (regel, plaats)) as plaats, count(*) as rijen
            from beoordeeld
            where reden is not null
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
