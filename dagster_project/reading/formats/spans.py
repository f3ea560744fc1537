"""Cells with spans to a grid of pieces: the last step of every format whose cells can be merged.

What does not belong here: where the cells came from, and what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..model import Piece
from .unreadable import Unreadable, beyond

MOST_COLUMNS = 2_000
MOST_POSITIONS = 4_000_000  # rows x columns of one table
WIDEST_SPAN = 1_000  # what browsers allow too

Sparse = dict[int, Piece]  # column -> piece, for one row


@dataclass(frozen=True, slots=True)
class Merged:
    """One cell as a format gives it, before its column is known."""

    text: str
    line: int
    colspan: int = 1
    rowspan: int = 1
    is_bold: bool = False
    indent: int = 0
    is_head: bool = False


def too_many_positions(**where: Any) -> Unreadable:
    """A table that is larger than any that is published; ``where`` as in ``Unreadable``."""
    return beyond(
        f"tabel met meer dan {MOST_COLUMNS:_} kolommen of {MOST_POSITIONS:_} posities".replace("_", "."),
        f"table with more than {MOST_COLUMNS:,} columns or {MOST_POSITIONS:,} positions",
        **where,
    )


def place(rows: Sequence[Sequence[Merged]], section_ends: Iterable[int] = ()) -> list[Sparse]:
    """Give every cell its column, as browsers do: a cell skips the columns that a rowspan above it holds.

    ``section_ends`` are the row numbers at which a section of the table ends; no rowspan passes one.
    Raises ``Unreadable`` where the spans ask for more positions than any published table has.
    """
    placed: list[Sparse] = []
    held: dict[int, int] = {}  # column -> first row that is free again
    ends = sorted({*section_ends, len(rows)})
    positions = 0
    for number, row in enumerate(rows):
        end = next(end for end in ends if end > number)
        sparse: Sparse = {}
        column = 0
        for cell in row:
            while held.get(column, 0) > number:
                column += 1
            wide = min(max(cell.colspan, 1), WIDEST_SPAN)
            until = end if cell.rowspan == 0 else min(number + max(cell.rowspan, 1), end)
            positions += wide
            if column >= MOST_COLUMNS or positions > MOST_POSITIONS:
                raise too_many_positions(line=cell.line)
            sparse[column] = Piece(
                cell.text, cell.line, None, wide, until - number, cell.is_bold, cell.indent, cell.is_head
            )
            if until > number + 1:
                for covered in range(column, column + wide):
                    held[covered] = until
            column += wide
        placed.append(sparse)
    return placed


def fill(placed: Sequence[Sparse]) -> tuple[tuple[Piece | None, ...], ...]:
    """Rows of equal length from placed cells; columns without any text are left out, spans follow.

    A merged cell is one piece at its origin and None elsewhere; an empty cell is a piece without text.
    """
    filled = {column for sparse in placed for column, piece in sparse.items() if piece.text}
    if not filled:
        return ()
    kept = sorted(filled)
    if len(placed) * len(kept) > MOST_POSITIONS:
        raise too_many_positions()
    position = {column: index for index, column in enumerate(kept)}
    grid = []
    for sparse in placed:
        row: list[Piece | None] = [None] * len(kept)
        for column, piece in sparse.items():
            if piece.colspan == 1:
                if column in position:
                    row[position[column]] = piece
                continue
            covered = [c for c in kept if column <= c < column + piece.colspan]
            if covered:
                row[position[covered[0]]] = piece._replace(colspan=len(covered))
        grid.append(tuple(row))
    return tuple(grid)


def said_once(row: tuple[Piece | None, ...]) -> tuple[Piece | None, ...]:
    """A row of which all cells say the same, behind a code or not, with one cell over them all.

    So merged cells come out of programs that fill each of them.

    >>> [p and (p.text, p.colspan) for p in said_once((Piece("0", 1, None), *[Piece("Bestuur", 1, None)] * 3))]
    [('0', 1), ('Bestuur', 3), None, None]
    """
    texts = [piece.text.strip() if piece is not None else "" for piece in row]
    start = next((c for c, text in enumerate(texts) if _WORD.search(text)), len(texts))
    same = texts[start:]
    if len(same) < (3 if start else 2) or len(set(same)) > 1 or any(row[c] is None for c in range(start)):
        return row
    piece = row[start]
    blanks: list[Piece | None] = [None] * (len(same) - 1)
    return (*row[:start], piece and piece._replace(colspan=len(same)), *blanks)


_WORD = re.compile(r"[^\W\d_]{3}")
