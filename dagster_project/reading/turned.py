"""Tables that were copied in another order than row by row, each name before its values.

Column by column: the names of the rows first, then each column as its header and its values. And tiles, which print an
amount above its name. Such cells are put in the order in which tables are copied otherwise, where it is told which
names have which values: as many as every column has, less headings that a total further down names; or by the sums of
totals. What does not belong here: what the cells of a row mean (``patterns``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from .cells import Cell
from .codes import begins_low
from .forms import is_open, whole
from .header_texts import words_of
from .labels import covers, is_total
from .numbers import read

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


FEWEST_TILES = 4  # amounts with a name each


def names_first(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, each amount that stands above its name put behind it: where a total is then the sum of the amounts before it.

    A name in front of the first amount is a heading then; where no total tells, all stays as it is.
    """
    found = list(cells)
    i = 0
    while i < len(cells):
        j = i
        while j + 1 < len(cells) and cells[j].kind == "V" and cells[j + 1].kind == "T":
            j += 2
        before = cells[i - 1] if i else None
        is_open = j == len(cells) or cells[j].kind != "V"
        if j - i >= 2 * FEWEST_TILES and is_open and before is not None and before.kind == "T":
            amounts, behind = cells[i:j:2], cells[i + 1 : j : 2]
            if _totals_hold(amounts, behind) and not _totals_hold(amounts, [before, *behind[:-1]]):
                found[i:j] = [cell for pair in zip(behind, amounts, strict=True) for cell in pair]
        i = max(j, i + 1)
    return found


def _totals_hold(amounts: Sequence[Cell], names: Sequence[Cell]) -> bool:
    """Whether some name says total and its amount is the sum of those before it, to the last digit that is printed."""
    read_amounts = [read(cell.text) for cell in amounts]
    if any(len(values) != 1 or values[0].value is None for values in read_amounts):
        return False
    values = [(found[0].value or Decimal(0), found[0].decimals) for found in read_amounts]
    for k, name in enumerate(names):
        if k > 1 and is_total(name.text):
            step = Decimal(1).scaleb(-min(decimals for _, decimals in values[: k + 1]))
            if abs(sum(value for value, _ in values[:k]) - values[k][0]) <= step * (k + 1) / 2:
                return True
    return False


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
