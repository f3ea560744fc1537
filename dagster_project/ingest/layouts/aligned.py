"""Rows whose cells stand below each other, set apart by runs of spaces: position tells the column.

A blank shows where it is, so the columns are sure. Rows with a single space between their cells are not
for here. What does not belong here: what a cell means.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..headers import without_unit
from ..model import Fragment, Grid, Piece, Prose
from ..numbers import clean, year_of
from .lines import Line
from .tokens import is_value, split_row

_CELL = re.compile(r"[^\s](?:[^\S\t]?[^\s])*")
_LEAST_ROWS = 3
_MOST_HEADINGS = 2


class _Cell(NamedTuple):
    text: str
    start: int
    end: int

    def overlaps(self, band: tuple[int, int]) -> bool:
        return self.start < band[1] and band[0] < self.end


def read(lines: list[Line]) -> list[Fragment] | None:
    """Prose and one grid where the lines are aligned in columns, None where they are not."""
    if not any("  " in line.text and "  " in line.text.strip() for line in lines):
        return None
    rows = [(line, _cells(line.text)) for line in lines]
    valued = [i for i, (_, cells) in enumerate(rows) if _values(cells)]
    if len(valued) < _LEAST_ROWS or not _are_apart(lines, rows, valued):
        return None
    bands = _bands([c for i in valued for c in _values(rows[i][1])])
    if len(bands) < 2:
        return None
    first, last = valued[0], valued[-1]
    top = _header_start(rows, first, bands)
    prose = [Prose(clean(line.text), line.no, line.page) for line, _ in rows[:top] if line.text.strip()]
    notes = [Prose(clean(line.text), line.no, line.page) for line, _ in rows[last + 1 :] if line.text.strip()]
    grid = [
        _row(line, cells, bands, is_header=i < first)
        for i, (line, cells) in enumerate(rows)
        if top <= i <= last and (cells or i >= first)
    ]
    return [*prose, Grid(tuple(grid), "spaces", sure=True), *notes]


def _cells(text: str) -> list[_Cell]:
    return [_Cell(m.group(), m.start(), m.end()) for m in _CELL.finditer(text)]


def _values(cells: list[_Cell]) -> list[_Cell]:
    """The values of a row: all of its cells after the first text, years alone being a header."""
    found = [c for c in cells if is_value(clean(c.text))]
    if all(year_of(clean(c.text)) for c in found):
        return []
    return found


def _are_apart(lines: list[Line], rows: list[tuple[Line, list[_Cell]]], valued: list[int]) -> bool:
    """Whether rows with several values have them apart by more than one space, nearly everywhere."""
    several = apart = 0
    for line, cells in rows:
        _, values = split_row(line.text)
        if len(values) >= 2 and not all(year_of(v) for v in values):
            several += 1
            apart += len(_values(cells)) >= len(values) - 1 and len(cells) >= 2
    return several >= 2 and apart * 10 >= several * 9


def _bands(cells: list[_Cell]) -> list[tuple[int, int]]:
    """The stretches of a line that values stand in: overlapping ones are one column."""
    bands: list[list[int]] = []
    for start, end in sorted((c.start, c.end) for c in cells):
        if bands and start < bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], end)
        else:
            bands.append([start, end])
    return [(a, b) for a, b in bands]


def _header_start(rows: list[tuple[Line, list[_Cell]]], first: int, bands: list[tuple[int, int]]) -> int:
    """The first line of the header: lines above the first row with a text above a column.

    Headings of rows may stand between the header and the first row; without a header the first row starts
    the grid.
    """
    top = first
    headings = 0
    for i in range(first - 1, -1, -1):
        cells = rows[i][1]
        if not cells:
            if top < first:
                break
            continue
        if _is_above_columns(cells, bands):
            top = i
        elif top < first or headings == _MOST_HEADINGS or not without_unit(clean(rows[i][0].text)):
            break
        else:
            headings += 1
    return top


def _is_above_columns(cells: list[_Cell], bands: list[tuple[int, int]]) -> bool:
    """Whether a line has a text of its own above the columns: not only one that begins above the labels."""
    if len(cells) == 1:
        return cells[0].start >= bands[0][0] // 2 and cells[0].start > 0 and cells[0].end > bands[0][0]
    return any(c.start > 0 and c.end >= bands[0][0] for c in cells)


def _row(
    line: Line, cells: list[_Cell], bands: list[tuple[int, int]], is_header: bool
) -> tuple[Piece | None, ...]:
    pieces: list[Piece | None] = [None] * (len(bands) + 1)
    label: list[_Cell] = []
    for position, cell in enumerate(cells):
        over = [i for i, band in enumerate(bands) if cell.overlaps(band)]
        is_label = (
            position == 0
            and cell.start < bands[0][0]
            and not (is_header and len(cells) > 1 and over and cell.start > 0)
        )
        if is_label or (not over and cell.end <= bands[0][0] and not is_header):
            label.append(cell)
            continue
        if not over:
            over = [min(range(len(bands)), key=lambda i: abs(sum(bands[i]) - cell.start - cell.end))]
        if not is_header:
            over = over[-1:]
        at = over[0] + 1
        held = pieces[at]
        if held is None:
            pieces[at] = Piece(clean(cell.text), line.no, line.page, colspan=len(over))
        else:
            pieces[at] = Piece(f"{held.text} {clean(cell.text)}", line.no, line.page)
    if label:
        text = " ".join(clean(c.text) for c in label)
        pieces[0] = Piece(" " * label[0].start + text, line.no, line.page)
    return tuple(pieces)
