"""What the tests of formats share: a file read to cells that can be compared."""

from __future__ import annotations

import re
from decimal import Decimal

from dagster_project.reading import formats
from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.model import Grid, Piece, Table

AROUND = Around(soort="begroting", jaar=2020)
Words = tuple[str, ...]


def tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The tables of one file, as a document would have them."""
    return understand(formats.read(data, name).fragments, AROUND, name).tables


def cells(found: tuple[Table, ...]) -> list[tuple[Words, Words, Decimal | None]]:
    """Row path, column path and value of every cell in order; paths as words, in the order of levels."""
    return [
        (
            words({r.no: r for r in table.rows}[cell.row].path),
            words(table.columns[cell.column - 1].path),
            cell.value,
        )
        for table in found
        for cell in sorted(table.cells, key=lambda c: (c.row, c.column, c.occurrence))
    ]


def words(path: tuple[str, ...]) -> Words:
    """The words of a path, without case, punctuation and where its levels part."""
    return tuple(re.findall(r"\w+", " ".join(path).lower()))


def grids(data: bytes, name: str) -> list[Grid]:
    """The grids of one file."""
    return [fragment for fragment in formats.read(data, name).fragments if isinstance(fragment, Grid)]


def texts(grid: Grid) -> list[list[str | None]]:
    """The text at each position of a grid, None where a merged cell covers it."""
    return [[text(piece) for piece in row] for row in grid.rows]


def text(piece: Piece | None) -> str | None:
    """The text of a position."""
    return piece.text if piece else None


def reasons(data: bytes, name: str) -> str:
    """Everything that a file was rejected or noted for, on lines."""
    return "\n".join(reject.reason for reject in formats.read(data, name).rejects)
