"""Labels broken over rows of a grid: a cell whose text goes on in the row below it, where only one of them has values.

Pages and workbooks made from print keep every printed line as a row. What the labels say tells a broken one from a
heading: the rest of it begins small, or its beginning ends in a word that something must follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .codes import begins_low
from .labels import is_marked, is_total, says_part
from .line_bodies import ENDS_OPEN, USUAL
from .meaning import plain, row_meaning


class Line(NamedTuple):
    """A row by its label, '' where it can be no part of another."""

    name: str
    has_values: bool
    has_code: bool = False  # in a column of its own
    is_bold: bool = False
    indent: int = 0


def parts(lines: Sequence[Line]) -> Iterator[tuple[int, ...]]:
    """The rows parted: each part is one row, or the rows over which one label is broken; one of them has values at most.

    >>> lines = [Line("Kunst en", False), Line("cultuur", True), Line("Sport", True), Line("en bewegen", False)]
    >>> list(parts(lines))
    [(0, 1), (2, 3)]
    """
    low_is_usual = _low_is_usual(lines)
    times = Counter(plain(line.name) for line in lines)
    totals = [plain(line.name) for line in lines if line.has_values and is_total(line.name)]
    gains = [
        _gain(a, b, times[plain(b.name)] > 1 or any(plain(a.name) in t for t in totals), low_is_usual)
        for a, b in pairwise(lines)
    ]
    start = 0
    for at, gain in enumerate([*gains, 0.0], start=1):
        if gain <= 0:
            yield from _with_one_row(range(start, at), lines, gains)
            start = at


def _with_one_row(run: range, lines: Sequence[Line], gains: Sequence[float]) -> Iterator[tuple[int, ...]]:
    """A run of rows that go on in each other, cut where that says least until each part has one row of values at most."""
    if sum(lines[i].has_values for i in run) < 2:
        yield tuple(run)
        return
    first, second = [i for i in run if lines[i].has_values][:2]
    cut = min(range(first, second), key=lambda i: gains[i]) + 1
    yield from _with_one_row(range(run.start, cut), lines, gains)
    yield from _with_one_row(range(cut, run.stop), lines, gains)


def _low_is_usual(lines: Sequence[Line]) -> bool:
    """Whether labels begin small of themselves: those that follow a row of values do, and no broken one."""
    sure = [b.name for a, b in pairwise(lines) if a.has_values and b.has_values and b.name]
    return sum(map(_begins_small, sure)) > USUAL * len(sure)


def _begins_small(name: str) -> bool:
    """Whether a label begins as the rest of another does: in lower case, or with a sign."""
    return name[:1] in "(/&" or begins_low(name)


def _gain(upper: Line, lower: Line, is_whole: bool, low_is_usual: bool) -> float:
    """What speaks for one label over two rows: more than nothing where it is broken."""
    if (
        not upper.name
        or not lower.name
        or lower.has_code
        or is_marked(lower.name)
        or says_part(lower.name)
        or row_meaning(lower.name).grootheid is not None
        or upper.is_bold != lower.is_bold
        or (upper.has_values and is_total(upper.name))
        or (upper.has_values and lower.has_values)
    ):
        return 0.0
    small = _begins_small(lower.name) and not low_is_usual
    is_open = ENDS_OPEN.search(upper.name) is not None
    gain = 2.0 * small + 1.9 * is_open - 1.1
    gain -= 2.0 * upper.name.endswith(":") + 1.5 * is_whole + 1.0 * (lower.indent > upper.indent)
    return gain
