"""Landing of what ties documents to the Iv3 of their gemeente: the sums between them, and the figures these hold.

It depends on documents and sources of Iv3 together, so that no Parquet file of one holds it: it is found anew when both
are there. What does not belong here: which number is which figure (``cross_source``), and what a difference means (dbt).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.claims.cross_source import (
    BATEN,
    LASTEN,
    SCOPE,
    TOTAL,
    DocumentFacts,
    Figure,
    Key,
    Overview,
    PrintedNumber,
    Sum,
    Whole,
    figure_id,
    keys_of,
    of_the_whole,
    sums_with_iv3,
)
from dagster_project.claims.signs import directions
from dagster_project.settings import PROJECT
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.joint_sums import JointSum, insert, insert_sums, take_out_sums

if TYPE_CHECKING:
    import duckdb

_SEEDS = PROJECT / "dbt" / "seeds"
_DOCUMENTS_AT_ONCE = 200  # whose numbers are in memory together
_HALF = Decimal("0.5")

# Tables that may be of the whole account: of a known unit, read for sure, of no part and no second publication.
_TABLES = """
    select t.document_id, t.table_id, coalesce(t.caption, ''), coalesce(t.section, ''), t.unit
    from landing.tables as t
    inner join landing.documents as d on t.document_id = d.document_id
    where
        t.document_id in (select unnest(?::varchar[]))
        and t.kind = 'exploitatie' and t.unit is not null and coalesce(t.lezing, 'zeker') <> 'gevraagd'
        and coalesce(trim(d.onderdeel), '') = ''
        and t.document_id not in (select document_id from landing.publicaties)
    order by t.document_id, t.table_no
"""
_CONVENTIONS = """
    select table_id, naam, keuze from landing.conventions where table_id in (select unnest(?::varchar[]))
"""
_PROGRAMMAS = """
    select table_id, count(distinct coalesce(programma, lower(programma_naam)))
    from landing.rows where table_id in (select unnest(?::varchar[]))
    group by table_id
"""
_NUMBERS = """
    select
        c.table_id, c.cell_id, c.row_no, c.row_path, c.column_path, coalesce(r.label, ''), coalesce(r.rol, 'item'),
        r.grootheid, k.grootheid, coalesce(k.rol = 'difference', false),
        coalesce(r.programma, r.programma_naam, r.beleidsterrein_code, r.beleidsterrein, r.reserve) is not null,
        r.taakveld, k.stand, coalesce(c.jaar, k.jaar), coalesce(c.sign, 1)
    from landing.cells as c
    inner join landing.rows as r on c.table_id = r.table_id and c.row_no = r.row_no
    inner join landing.columns as k on c.table_id = k.table_id and c.column_no = k.column_no
    where
        c.table_id in (select unnest(?::varchar[]))
        and (c.value is not null or c.is_nil)
        and c.occurrence = 1
        and coalesce(r.lezing, 'zeker') <> 'gevraagd'
    order by c.table_id, c.row_no, c.column_no
"""

# The latest delivery of each layout counts, as it does in the facts; of the layouts the finest with two sides.
_FIGURES = """
    with figures as (
        select i.*
        from landing.iv3 as i
        inner join asked as a on i.gemeentecode = a.gemeentecode and i.verslagsoort = a.verslagsoort
        where i.soort in ('taakveld', 'kerncijfer')
    ),

    delivered as (
        select
            document_id, levering, indeling, verslagsoort, gemeentecode,
            count(case when bedrag <> 0 and code <> 'inwoners' then 1 end) = 0 as is_empty,
            count(case when fout is null and kant = 'lasten' then 1 end) > 0
            and count(case when fout is null and kant = 'baten' then 1 end) > 0 as has_both,
            min(leverdatum) as leverdatum
        from figures
        group by document_id, levering, indeling, verslagsoort, gemeentecode
    ),

    latest as (
        select * from delivered
        qualify not is_empty and row_number() over (
            partition by gemeentecode, verslagsoort, indeling
            order by is_empty, leverdatum desc nulls last, document_id, levering
        ) = 1
    )

    select
        f.gemeentecode, f.verslagsoort, f.indeling, l.has_both, f.code, f.kant, sum(f.bedrag), count(*) filter (f.bedrag <> 0),
        min(f.document_id), min(f.bestand), min(f.regel)
    from figures as f
    inner join latest as l
        on f.document_id = l.document_id and f.levering = l.levering and f.indeling = l.indeling
        and f.verslagsoort = l.verslagsoort and f.gemeentecode = l.gemeentecode
    where f.fout is null and f.indeling <> 'hoofdtaakveld_hoofdcategorie'
    group by f.gemeentecode, f.verslagsoort, f.indeling, l.has_both, f.code, f.kant
    order by all
"""
_FINEST_FIRST = ("taakveld_categorie", "taakveld", "taakveldgroep")
_KEY_FIGURES = {
    "lasten": (TOTAL, LASTEN),
    "baten": (TOTAL, BATEN),
    "reserve_lasten": ("0.10", LASTEN),
    "reserve_baten": ("0.10", BATEN),
}


def write_sums_with_iv3(build: Path) -> int:
    """Fill landing.iv3_cijfers and iv3_verschuivingen, and landing.rules and rule_terms with the sums between documents and Iv3.

    All of an earlier state is replaced. Needs the landing tables of documents and the view landing.iv3. Returns how
    many sums there are. Raises duckdb.Error where these are not there.
    """
    with connect(build) as connection:
        _take_out(connection)
        gemeenten = _gemeenten(connection)
        documents, sums = sorted(gemeenten), 0
        for begin in range(0, len(documents), _DOCUMENTS_AT_ONCE):
            some = documents[begin : begin + _DOCUMENTS_AT_ONCE]
            found = {about: whole for about, whole in _of_the_whole(connection, some) if whole}
            figures = _figures(connection, gemeenten, found)
            for about, whole in found.items():
                of_gemeente = figures.get(gemeenten[about.document_id], {})
                made = sums_with_iv3(about, whole, of_gemeente)
                insert_sums(
                    connection,
                    [
                        JointSum(
                            s.rule_id,
                            about.document_id,
                            s.kind,
                            SCOPE,
                            s.description,
                            s.description_en,
                            s.terms,
                        )
                        for s in made
                    ],
                )
                insert(connection, "iv3_cijfers", _used(about, gemeenten, made, of_gemeente))
                insert(connection, "iv3_verschuivingen", _shifts(about, made))
                sums += len(made)
        return sums


def _take_out(connection: duckdb.DuckDBPyConnection) -> None:
    take_out_sums(connection, f"scope = '{SCOPE}'")
    connection.execute("delete from landing.iv3_cijfers")
    connection.execute("delete from landing.iv3_verschuivingen")


def _gemeenten(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The code of the gemeente of each document: what its description says, else what CBS calls that name in its year."""
    path = str(_SEEDS / "gemeenten_per_jaar.csv").replace("'", "''")
    return dict(
        connection.execute(
            f"""
            with named as (
                select cast(jaar as integer) as jaar, lower(gemeente_naam) as naam, min(gemeentecode) as gemeentecode
                from read_csv('{path}', header = true, all_varchar = true)
                group by all
                having count(distinct gemeentecode) = 1
            )

            select d.document_id, coalesce(d.gemeentecode, n.gemeentecode)
            from landing.documents as d
            left join named as n on lower(d.gemeente) = n.naam and d.jaar = n.jaar
            where coalesce(d.gemeentecode, n.gemeentecode) is not null
            """
        ).fetchall()
    )


def _of_the_whole(
    connection: duckdb.DuckDBPyConnection, documents: list[str]
) -> Iterator[tuple[DocumentFacts, list[Whole]]]:
    """Per document the numbers that it prints of the whole gemeente."""
    of_the_account = connection.execute(_TABLES, [documents]).fetchall()
    asked = [[table for _, table, *_ in of_the_account]]
    conventions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, naam, keuze in connection.execute(_CONVENTIONS, asked).fetchall():
        conventions[table].append((naam, keuze))
    programmas = dict(connection.execute(_PROGRAMMAS, asked).fetchall())
    numbers: dict[str, list[PrintedNumber]] = defaultdict(list)
    for table, *rest in connection.execute(_NUMBERS, asked).fetchall():
        numbers[table].append(PrintedNumber(*rest))
    tables: dict[str, list[Overview]] = defaultdict(list)
    for document, table, caption, section, unit in of_the_account:
        names = {naam for naam, _ in conventions[table]}
        tables[document].append(
            Overview(
                table,
                caption,
                section,
                unit,
                directions(conventions[table]),
                is_saldo_known="saldo_richting" in names,
                is_mutatie_known="mutatie_richting" in names,
                programmas=programmas.get(table, 0),
                numbers=tuple(numbers[table]),
            )
        )
    described = "select document_id, soort, jaar from landing.documents where document_id in (select unnest(?::varchar[]))"
    for document, soort, jaar in sorted(connection.execute(described, [documents]).fetchall()):
        about = DocumentFacts(document, soort or "", jaar)
        yield about, of_the_whole(about, tables[document])


def _figures(
    connection: duckdb.DuckDBPyConnection,
    gemeenten: Mapping[str, str],
    found: Mapping[DocumentFacts, list[Whole]],
) -> dict[str, dict[Key, Figure]]:
    """Per gemeentecode the figures of Iv3 that these numbers may be compared with."""
    asked = {
        (gemeenten[about.document_id], key[0]) for about, whole in found.items() for key in keys_of(whole)
    }
    if not asked:
        return {}
    connection.execute("create or replace temp table asked (gemeentecode varchar, verslagsoort varchar)")
    connection.executemany("insert into asked values (?, ?)", sorted(asked))
    rows: dict[tuple[str, str], list[tuple]] = defaultdict(list)
    for gemeente, verslagsoort, *rest in connection.execute(_FIGURES).fetchall():
        rows[gemeente, verslagsoort].append(tuple(rest))
    taakvelden = _taakvelden()
    figures: dict[str, dict[Key, Figure]] = defaultdict(dict)
    for (gemeente, verslagsoort), some in rows.items():
        in_force = {code for code, van, tot in taakvelden if van <= int(verslagsoort[:4]) <= tot}
        for (code, kant), figure in _of_delivery(some, in_force).items():
            figures[gemeente][verslagsoort, code, kant] = figure
    return figures


def _taakvelden() -> list[tuple[str, int, int]]:
    with (_SEEDS / "taakvelden.csv").open(encoding="utf-8", newline="") as file:
        return [
            (r["taakveld_code"], int(r["van_jaar"]), int(r["tot_jaar"] or 9999))
            for r in csv.DictReader(file)
            if r["is_blad"] == "true"
        ]


def _of_delivery(rows: Iterable[tuple], in_force: set[str]) -> dict[tuple[str, str], Figure]:
    """The figures of one gemeente and verslagsoort, by taakveld or ``TOTAL`` and side.

    A figure is rounded once for each number that was delivered for it. Of a total that somebody made of all taakvelden we
    know only how many taakvelden there are.
    """
    found: dict[tuple[str, str], Figure] = {}
    by_layout: dict[str, list[tuple]] = defaultdict(list)
    for indeling, *rest in rows:
        by_layout[indeling].append(tuple(rest))
    for layout in _FINEST_FIRST:
        totals: dict[str, list[Figure]] = {LASTEN: [], BATEN: []}
        for _, code, kant, amount, filled, document_id, bestand, regel in by_layout[layout]:
            figure = Figure(amount, max(filled, 1), document_id, bestand, regel)
            if code in in_force:
                found.setdefault((code, kant), figure)
            if code not in ("0.10", "0.11"):
                totals[kant].append(figure)
        if layout != "taakveldgroep" and any(has_both for has_both, *_ in by_layout[layout]):
            for kant, parts in totals.items():
                found.setdefault((TOTAL, kant), _added(parts))
    for _, code, _, amount, _, document_id, bestand, regel in by_layout["kerncijfer"]:
        if code in _KEY_FIGURES:
            code, kant = _KEY_FIGURES[code]
            figures = len(in_force) if code == TOTAL else 1
            found.setdefault((code, kant), Figure(amount, figures, document_id, bestand, regel))
    return found


def _added(parts: list[Figure]) -> Figure:
    first = min(parts, key=lambda p: (p.document_id, p.bestand, p.regel or 0))
    amount = sum((p.amount for p in parts), Decimal(0))
    return Figure(amount, sum(p.figures for p in parts), first.document_id, first.bestand, first.regel)


def _used(
    about: DocumentFacts, gemeenten: Mapping[str, str], made: Iterable[Sum], figures: Mapping[Key, Figure]
) -> list[dict[str, object]]:
    """The figures that these sums hold."""
    terms = {cell for one in made for cell, _ in one.terms}
    return [
        {
            "cell_id": figure_id(about.document_id, key),
            "document_id": about.document_id,
            "bron_document_id": figure.document_id,
            "bestand": figure.bestand,
            "regel": figure.regel,
            "gemeentecode": gemeenten[about.document_id],
            "verslagsoort": key[0],
            "code": key[1],
            "kant": key[2],
            "getal": figure.amount,
            "cijfers": figure.figures,
            "halve_eenheid": _HALF * figure.figures,
        }
        for key, figure in sorted(figures.items())
        if figure_id(about.document_id, key) in terms
    ]


def _shifts(about: DocumentFacts, made: Iterable[Sum]) -> list[dict[str, object]]:
    return [
        {
            "rule_id": one.rule_id,
            "document_id": about.document_id,
            "cell_id": cell,
            "coefficient": coefficient,
        }
        for one in made
        for cell, coefficient in one.shift
    ]
