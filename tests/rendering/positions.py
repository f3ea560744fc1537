"""Where every text of a table stands when it is printed: headers merged, groups on rows of their own."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from dagster_project.reading.model import Cell, Table


class Position(NamedTuple):
    """One printed cell at its origin; the positions that it spans are None."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    is_header: bool = False


Printed = list[list[Position | None]]


def positions(table: Table, corner: str = "") -> Printed:
    """The rows of a table as printed, one label column first."""
    depth = max(len(column.path) for column in table.columns)
    return [*_header(table, depth, corner), *_body(table)]


def texts(printed: Printed) -> list[list[str]]:
    """The text at each position, empty where a merged cell covers it."""
    return [[position.text if position else "" for position in row] for row in printed]


def _header(table: Table, depth: int, corner: str) -> Printed:
    rows: Printed = [[None] * (1 + len(table.columns)) for _ in range(depth)]
    rows[0][0] = Position(corner, 1, depth, True)
    for level in range(depth):
        at = 1
        for (upper, path), run in groupby(
            table.columns, key=lambda c: (c.path[:level], c.path[level : level + 1])
        ):
            wide = len(list(run))
            is_last = len(path) == 1 and len(upper) == level
            if is_last:
                ends = all(len(c.path) == level + 1 for c in table.columns[at - 1 : at - 1 + wide])
                for offset in range(wide if ends else 1):
                    span = 1 if ends else wide
                    rows[level][at + offset] = Position(path[0], span, depth - level if ends else 1, True)
            at += wide
    return _with_empty_cells(rows)


def _with_empty_cells(rows: Printed) -> Printed:
    """Header positions that no cell covers get an empty cell, so that every row is whole."""
    covered = {
        (r + i, c + j)
        for r, row in enumerate(rows)
        for c, p in enumerate(row)
        if p
        for i in range(p.rowspan)
        for j in range(p.colspan)
    }
    empty = Position("", is_header=True)
    return [
        [p or (None if (r, c) in covered else empty) for c, p in enumerate(row)] for r, row in enumerate(rows)
    ]


def _body(table: Table) -> Printed:
    cells: dict[tuple[int, int], list[Cell]] = {}
    for cell in table.cells:
        cells.setdefault((cell.row, cell.column), []).append(cell)
    rows: Printed = []
    above: tuple[str, ...] = ()
    width = 1 + len(table.columns)
    for row in table.rows:
        groups = row.path[:-1]
        for level, group in enumerate(groups):
            if above[: level + 1] != groups[: level + 1]:
                rows.append([Position(group, width), *[None] * len(table.columns)])
        above = groups
        values = (" ".join(map(_printed, cells.get((row.no, column.no), ()))) for column in table.columns)
        rows.append([Position(row.path[-1]), *map(Position, values)])
    return rows


def _printed(cell: Cell) -> str:
    return cell.text if cell.marker is None or cell.marker in cell.text else f"{cell.marker} {cell.text}"
