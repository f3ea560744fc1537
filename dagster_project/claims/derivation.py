"""The door to all sums of one document: its tables and what a person answered, to the sums they claim and what is asked.

What words leave open is decided once per table by feasibility. Which sums there may be belongs to ``table_sums`` and
``between``, which of them hold to ``readings``, what is recorded of that to ``conventions``, the columns of incomplete rows
to ``placement``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dagster_project.claims.asked import decided, put_back, with_gaps
from dagster_project.claims.between import claims_of_document
from dagster_project.claims.conventions import (
    ANSWERS,
    answered_cuts,
    conventions_of,
    open_choices,
    open_signs,
    open_totals,
    refused_cuts,
)
from dagster_project.claims.families import Position
from dagster_project.claims.placement import place
from dagster_project.claims.readings import (
    Choice,
    Evidence,
    Gaps,
    choose_all,
    numbers_of,
    rules_of,
)
from dagster_project.claims.structure import row_quantity
from dagster_project.claims.table_sums import TableReading
from dagster_project.reading.model import Convention, Document, Reject, Row, Rule, Table


@dataclass(frozen=True, slots=True)
class Derived:
    """The sums of a document, and its tables with loose rows placed and the roles that their structure shows.

    ``questions`` are what a person must answer, and the rows whose numbers found no column.
    """

    tables: tuple[Table, ...]
    sums: tuple[Rule, ...]
    conventions: tuple[Convention, ...]
    questions: tuple[Reject, ...]


def with_sums(document: Document) -> Document:
    """The document as ``derive`` leaves it, with the answers that its own document.yml holds."""
    given = document.meta.get(ANSWERS)
    found = derive(document.tables, given if isinstance(given, Mapping) else {}, document.rejects)
    return replace(
        document,
        tables=found.tables,
        rules=found.sums,
        conventions=found.conventions,
        rejects=(*document.rejects, *found.questions),
    )


def derive(tables: Sequence[Table], answers: Mapping[str, object], unread: Sequence[Reject] = ()) -> Derived:
    """Every sum that the tables of one document claim, and what is asked.

    ``answers`` are those of document.yml (``"003.baten_teken": "-"``), ``unread`` what could not be read: no sum
    passes over it. Nothing printed is changed. Tables and rows whose reading is asked about are in no sum and come
    back as they were.
    """
    known, refused = _place_all(decided(tables))
    known = [with_gaps(t) for t in known]
    by_sums = frozenset(t.no for t in known if t.lezing == "sommen")
    named_by_sums = frozenset(t.no for t in known if t.header_by_sums)
    evidence = Evidence(
        numbers_of(known),
        _gaps(known, (*unread, *refused)),
        answers,
        by_sums,
        named_by_sums,
        frozenset(t.no for t in known if t.cells_by_sums),
    )
    readings, families = claims_of_document(known, evidence)
    headers = {t.no: tuple(c.path for c in t.columns) for t in known}
    choices = choose_all(families, evidence, lambda f: headers[f.table_no])
    made: dict[int, list[Choice]] = {}
    for choice in choices:
        made.setdefault(choice.family.table_no, []).append(choice)
    conventions = [c for r in readings for c in conventions_of(r, made.get(r.table.no, ()), answers)]
    questions = [
        *open_choices(choices, known, evidence),
        *(q for r in readings for q in open_totals(r, evidence)),
        *open_signs(conventions, known),
        *refused_cuts(tables, answers),
    ]
    return Derived(
        tables=put_back(tables, {r.table.no: _with_roles(r) for r in readings}),
        sums=tuple(rules_of(choices, {t.no: t for t in known}, evidence.numbers, evidence.gaps)),
        conventions=(*conventions, *answered_cuts(tables, answers)),
        questions=(*refused, *questions),
    )


def _place_all(tables: Sequence[Table]) -> tuple[list[Table], list[Reject]]:
    placed, rejects = [], []
    for table in tables:
        settled, refused = (table, []) if table.kind in ("indicatoren", "doelen") else place(table)
        placed.append(settled)
        rejects += refused
    return placed, rejects


def _with_roles(reading: TableReading) -> Table:
    """The table with the roles and quantities that its structure shows."""
    table, roles = reading.table, reading.sums.roles
    quantities = {f.no: f.quantity for f in reading.columns if f.quantity == "eind"}
    sides = {r.no: q for r in reading.rows if (q := row_quantity(r)) in ("lasten", "baten")}
    return replace(
        table,
        rows=tuple(
            replace(r, rol=roles.get(r.no, r.rol), grootheid=sides.get(r.no, r.grootheid)) for r in table.rows
        ),
        columns=tuple(
            replace(c, grootheid=quantities[c.no]) if c.no in quantities else c for c in table.columns
        ),
    )


# --- gaps --------------------------------------------------------------------------------------------


def _first_by_line(rows: Iterable[Row]) -> dict[int, Row]:
    """The first row that begins on a line, by line in order."""
    found: dict[int, Row] = {}
    for row in rows:
        found.setdefault(row.line, row)
    return dict(sorted(found.items()))


def _gaps(tables: Sequence[Table], rejects: Iterable[Reject]) -> Gaps:
    """Where something was printed that could not be read, so that no sum may pass over it in silence."""
    lines_by_path: dict[str, set[int]] = {}
    for reject in rejects:
        if reject.kind == "reject" and reject.line is not None:
            lines_by_path.setdefault(reject.path, set()).add(reject.line)
    told = {path: sorted(lines) for path, lines in lines_by_path.items()}
    positions: set[Position] = set()
    lost: dict[int, tuple[int, ...]] = {}
    row_lines: dict[tuple[int, int], int] = {}
    for table in tables:
        filled: dict[int, set[int]] = {}
        ends = {r.no: r.line for r in table.rows}
        for cell in table.cells:
            filled.setdefault(cell.row, set()).add(cell.column)
            ends[cell.row] = max(ends[cell.row], cell.line)
        row_lines.update({(table.no, r.no): r.line for r in table.rows})
        columns = [c.no for c in table.columns]
        for no in table.loose_rows - filled.keys():
            positions.update((table.no, no, c) for c in columns)
        own = {
            r.line
            for r in table.rejects
            if r.kind == "reject" and r.line is not None and r.path == table.path
        }
        others = told.get(table.path, [])
        inside = others[bisect_left(others, table.first_line) : bisect_right(others, table.last_line)]
        gone = []
        by_line = _first_by_line(table.rows)
        owners = list(by_line)
        for line in sorted({i for i in own if table.first_line <= i <= table.last_line}.union(inside)):
            at = bisect_right(owners, line)
            owner = by_line[owners[at - 1]] if at else None
            blank = [c for c in columns if owner and c not in filled.get(owner.no, ())]
            if owner is not None and (line <= ends[owner.no] or blank):
                positions.update((table.no, owner.no, c) for c in blank)
            else:
                gone.append(line)
        lost[table.no] = tuple(gone)
    return Gaps(frozenset(positions), lost, row_lines)
