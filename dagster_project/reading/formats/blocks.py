"""Rows of a sheet to prose and grids: where one table ends and the next begins.

A sheet or a CSV has no tags around its tables: titles, notes and tables follow each other, apart by
blank rows. Blank rows also set groups apart within one table, so a blank row ends a table only where
what follows starts with a header of its own. What does not belong here: what headers and labels mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..model import Fragment, Grid, Piece, Prose

Row = Sequence[Piece | None]

_YEAR = re.compile(r"^\D*(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?\*?$")
_LETTER = re.compile(r"[^\W\d_]")


def is_amount(text: str) -> bool:
    """Whether a cell looks like a figure and not like a word, a year or a header that names one."""
    has_digit = any(c.isdecimal() for c in text)
    letters = len(_LETTER.findall(text))
    return has_digit and letters <= 3 and not _YEAR.match(text)


def split(rows: Iterable[Row], layout: str, sheet: str | None = None) -> Iterator[Fragment]:
    """Rows of equal length, blank rows included, as prose and grids in their order."""
    for block in _tables(_segments(rows)):
        yield from _fragments(block, layout, sheet)


def _texts(row: Row) -> list[Piece]:
    return [piece for piece in row if piece and piece.text]


def _segments(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Runs of rows that are not blank."""
    run: list[Row] = []
    for row in rows:
        if _texts(row):
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _starts_table(segment: list[Row]) -> bool:
    """Whether the first row with several cells is a header: words or years and no figure beside its label."""
    first = next((row for row in segment if len(_texts(row)) > 1), None)
    return first is not None and not any(is_amount(piece.text) for piece in _texts(first)[1:])


def _tables(segments: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """Segments joined where the next goes on with the table before it; a blank row is kept between them."""
    block: list[Row] = []
    is_table = False
    for segment in segments:
        has_rows = any(len(_texts(row)) > 1 for row in segment)
        if block and is_table and has_rows and not _starts_table(segment):
            block.append((None,) * len(segment[0]))
            block += segment
            continue
        if block:
            yield block
        block, is_table = list(segment), has_rows
    if block:
        yield block


def _fragments(block: list[Row], layout: str, sheet: str | None) -> Iterator[Fragment]:
    """A block with its titles above and its notes below as prose; what is between is the grid."""
    full = [index for index, row in enumerate(block) if len(_texts(row)) > 1]
    if not full:
        yield from (_prose(row, sheet) for row in block if _texts(row))
        return
    first, last = full[0], full[-1]
    while first and _is_header_over_columns(block[first - 1]):
        first -= 1
    if first == full[0] and not _starts_table(block):  # texts above it may be headings of its first rows
        first = 0
    yield from (_prose(row, sheet) for row in block[:first] if _texts(row))
    yield Grid(narrow(block[first : last + 1]), layout, sheet)
    yield from (_prose(row, sheet) for row in block[last + 1 :] if _texts(row))


def _is_header_over_columns(row: Row) -> bool:
    """A single cell that stands over value columns and not over the labels."""
    texts = _texts(row)
    return len(texts) == 1 and row[0] is not texts[0]


def _prose(row: Row, sheet: str | None) -> Prose:
    piece = _texts(row)[0]
    return Prose(piece.text, piece.line, sheet=sheet)


def narrow(rows: Sequence[Row]) -> tuple[tuple[Piece | None, ...], ...]:
    """The same rows without the columns that hold no text in any of them; spans follow."""
    width = max(map(len, rows), default=0)
    kept = [c for c in range(width) if any(c < len(row) and (piece := row[c]) and piece.text for row in rows)]
    return tuple(tuple(_clipped(row, c, kept) for c in kept) for row in rows)


def _clipped(row: Row, column: int, kept: list[int]) -> Piece | None:
    piece = row[column] if column < len(row) else None
    if piece is None or piece.colspan == 1:
        return piece
    return piece._replace(colspan=max(1, sum(column <= c < column + piece.colspan for c in kept)))
