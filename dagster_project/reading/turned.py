"""A table that was copied column by column: the names of its rows first, then each column as its header and its values.

Such cells are put in the order in which tables are copied otherwise, row by row, where it is told which names have
values: as many as every column has, less headings that a total further down names. What does not belong here: what the
cells of a row mean (``patterns``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .cells import Cell
from .codes import begins_low
from .forms import is_open, whole
from .header_texts import words_of
from .labels import covers, is_total

FEWEST_VALUES = 3  # in a column
MOST_HEADER_TEXTS = 3  # above a column


def row_by_row(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those of tables that were copied column by column in the order of rows; each keeps its line."""
    found: list[Cell] = []
    position = 0
    for columns in _columns(cells):
        first = columns[0][0]
        rows = _rows(cells[position:first], columns[0][2] - columns[0][1])
        if rows is None:
            continue
        start, corner, names = rows
        found += cells[position : position + start]
        found.append(corner)
        found += [_joined(cells[top:begin]) for top, begin, _ in columns]
        at = 0
        for name, has_values in names:
            found.append(name)
            if has_values:
                found += [cells[begin + at] for _, begin, _ in columns]
                at += 1
        position = columns[-1][2]
    return [*found, *cells[position:]]


def _columns(cells: Sequence[Cell]) -> list[list[tuple[int, int, int]]]:
    """Columns that follow each other: of each where its header begins, its first value, and what follows its last."""
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(cells):
        j = i
        while j < len(cells) and cells[j].kind in "VB":
            j += 1
        if j - i >= FEWEST_VALUES:
            runs.append((i, j))
        i = max(j, i + 1)
    found: list[list[tuple[int, int, int]]] = []
    for (a, b), (c, d) in pairwise(runs):
        if d - c != b - a or not 1 <= c - b <= MOST_HEADER_TEXTS or not _is_header(cells[b:c]):
            continue
        if found and found[-1][-1][1:] == (a, b):
            found[-1].append((b, c, d))
        elif _is_header(cells[max(0, a - (c - b)) : a]):
            found.append([(a - (c - b), a, b), (b, c, d)])
    return found


def _is_header(cells: Sequence[Cell]) -> bool:
    """Whether the texts above a column say a state, a year or what it is the difference of."""
    known = [words_of(c.text) for c in cells]
    return bool(cells) and all(w.likeness >= 1 or w.year or w.years for w in known)


def _rows(cells: Sequence[Cell], count: int) -> tuple[int, Cell, list[tuple[Cell, bool]]] | None:
    """Where the names of ``count`` rows of values begin, what names them, and each with whether it has values; None if that is open."""
    start = len(cells)
    while start and cells[start - 1].kind == "T" and not words_of(cells[start - 1].text).is_corner:
        start -= 1
    if not start or cells[start - 1].kind != "T":
        return None
    names: list[Cell] = []
    for cell in cells[start:]:
        if names and (begins_low(cell.text) or is_open(names[-1].text)):
            names[-1] = names[-1]._replace(text=whole([names[-1].text, cell.text]))
        else:
            names.append(cell)
    if 2 * sum(words_of(c.text).likeness >= 1 for c in names) > len(names):
        return None  # names of columns
    totals = [c.text for c in names if is_total(c.text)]
    headings = {
        k
        for k, c in enumerate(names)
        if not is_total(c.text) and any(covers(total, c.text) for total in totals)
    }
    if len(names) == count:
        headings = set()
    elif len(names) - len(headings) != count:
        return None
    return start - 1, cells[start - 1], [(c, k not in headings) for k, c in enumerate(names)]


def _joined(texts: Sequence[Cell]) -> Cell:
    """The texts above a column as one cell."""
    return texts[0]._replace(
        text=whole([c.text for c in texts]), kind="Y" if len(texts) == 1 and texts[0].kind == "Y" else "T"
    )
