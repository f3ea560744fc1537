"""Tables and rows that a person must answer first: kept out of every sum, and put back as they were printed.

What does not belong here: deciding that something is asked (``reading``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dagster_project.reading.model import GEVRAAGD, Table


def decided(tables: Iterable[Table]) -> list[Table]:
    """The tables whose reading is known, without the cells of rows whose reading is not.

    >>> decided([Table(1, "a.txt", "", "bedragen", "tab", "EUR", None, (), (), (), 1, 9, lezing="gevraagd")])
    []
    """
    return [_without_asked_rows(t) for t in tables if not t.is_asked]


def with_gaps(table: Table) -> Table:
    """The table with its asked rows among those that lack their numbers: no sum may pass over them in silence."""
    return replace(table, loose_rows=table.loose_rows | _asked_rows(table))


def put_back(tables: Iterable[Table], settled: Mapping[int, Table]) -> tuple[Table, ...]:
    """All ``tables`` in their order: as settled (by table number) where they were decided, else as they came."""
    return tuple(_with_cells_of(settled[t.no], t, _asked_rows(t)) if t.no in settled else t for t in tables)


def _asked_rows(table: Table) -> frozenset[int]:
    return frozenset(row.no for row in table.rows if row.lezing == GEVRAAGD)


def _without_asked_rows(table: Table) -> Table:
    asked = _asked_rows(table)
    if not asked:
        return table
    return replace(
        table,
        cells=tuple(c for c in table.cells if c.row not in asked),
        loose_rows=table.loose_rows - asked,
    )


def _with_cells_of(settled: Table, printed: Table, rows: frozenset[int]) -> Table:
    if not rows:
        return settled
    kept = (c for c in printed.cells if c.row in rows)
    cells = sorted((*settled.cells, *kept), key=lambda c: (c.row, c.column, c.occurrence))
    return replace(settled, cells=tuple(cells), loose_rows=settled.loose_rows - rows)
