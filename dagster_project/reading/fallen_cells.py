"""Rows of a text with bars or tabs that lost cells: what follows in them stands too far to the left.

So where a text leaves out the cells that a page leaves blank: a group that is printed once, a total without a code. A row
that has all values, and no blank between them, tells how many cells it lacks. Rows of a header lose those that a cell of
the row above reaches down to; the judge says which. What does not belong here: values that fell out, of which nothing tells
the place.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from .codes import is_wordless
from .matrix import read_kind
from .meaning import says_total
from .model import OtherHeader, Piece
from .numbers import clean

Row = tuple[Piece | None, ...]
_SHORT = 2  # letters of what sorts rows: S, I
_FEWEST = 2  # whole rows that tell what stands in every column


def in_their_columns(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a grid, those that lack cells in front with theirs in the columns that they fit; the same elsewhere.

    Rows are as wide as the widest; whole ones have texts up to some column and from there on nothing but values.
    """
    texts = [[clean(p.text) if p is not None else "" for p in row] for row in rows]
    width = max(map(len, texts), default=0)
    fronts = [_texts_in_front(row) if len(row) == width and all(row) else 0 for row in texts]
    whole = [row for row, front in zip(texts, fronts, strict=True) if front]
    counts = Counter(front for front in fronts if front)
    if not counts or counts.most_common(1)[0][1] < _FEWEST:
        return tuple(rows)
    front = counts.most_common(1)[0][0]
    columns = [[row[c] for row in whole] for c in range(front)]
    made = []
    for row, cells in zip(rows, texts, strict=True):
        printed = [c for c, text in enumerate(cells) if text]
        have = len(printed) - (width - front)
        if (
            0 < have < front
            and printed == list(range(len(printed)))
            and _texts_in_front(cells[: len(printed)]) == have
        ):
            places = (*_places_of(cells[:have], columns), *range(front, width))
            moved = dict(zip(places, row[: len(printed)], strict=True))
            made.append(tuple(moved.get(c) for c in range(width)))
        else:
            made.append(tuple(row))
    return tuple(made)


def other_headers(rows: Sequence[Row]) -> tuple[OtherHeader, ...]:
    """What the header of a grid may be where rows of it end in blanks: their texts moved right, all by the columns that name
    rows, or those behind such columns to the right end. The last row reaches the right end, as it does in every table.

    None where the first row of values stands below more than ``MOST_ROWS`` rows, no column names rows, or the last one is a
    column of few.
    """
    texts = [[clean(p.text) if p is not None else "" for p in row] for row in rows]
    width = max(map(len, texts), default=0)
    fronts = [
        front for row in texts if len(row) == width and (front := _texts_in_front([t or "-" for t in row]))
    ]
    first = next((i for i, row in enumerate(texts) if any(read_kind(t) == "V" for t in row[1:])), 0)
    ends = [row for row in texts if len(row) == width and row[-1]]
    if not fronts or not 0 < first <= MOST_ROWS or 2 * len(ends) < len(fronts):
        return ()
    front = Counter(fronts).most_common(1)[0][0]
    ways = [_placings(texts[i], front, width, i > 0) for i in range(first)]
    last = len(_filled(texts[first - 1])) - 1
    ways[-1] = [to for to in ways[-1] if to[last] == width - 1] or ways[-1][:1]
    found = []
    for placed in itertools.product(*ways):
        moved = [dict(zip(to, row, strict=False)) for row, to in zip(rows[:first], placed, strict=True)]
        header = tuple(tuple(row.get(c) for c in range(width)) for row in moved)
        if header != tuple(rows[:first]):
            found.append(OtherHeader(header, first, 0.0))
    return tuple(found)


def _filled(cells: Sequence[str]) -> Sequence[str]:
    """The cells of a row less the blanks at its end."""
    return cells[: len(cells) - next((n for n, t in enumerate(reversed(cells)) if t), len(cells))]


def _placings(cells: Sequence[str], front: int, width: int, is_below: bool) -> list[tuple[int, ...]]:
    """The columns that the cells of a header row may stand in: those that they stand in first.

    Only one that ``is_below`` another lacks cells in its midst, to which those above reach down.
    """
    plainly = tuple(range(width))
    have = len(printed := _filled(cells))
    if have < 2 or not all(printed) or not (lost := width - have):
        return [plainly]
    ways = [plainly]
    if lost >= front:
        ways.append(tuple(range(front, front + have)))
    if have > front and is_below:
        ways.append((*range(front), *range(front + lost, width)))
    return ways


MOST_ROWS = 3  # of a header whose texts are tried in other columns


def _texts_in_front(cells: Sequence[str]) -> int:
    """How many cells stand before the values, where nothing but values follows; 0 where that is not so, or a number is first."""
    kinds = "".join("V" if read_kind(t) in "VYM" else "T" for t in cells)
    last = kinds.rfind("T")
    is_plain = 0 <= last < len(kinds) - 1 and all(
        read_kind(t) == "V" or is_wordless(t) for t in cells[last + 1 :]
    )
    return last + 1 if is_plain else 0


def _places_of(texts: Sequence[str], columns: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns that texts fit best, in their order: a total stands in the first of them, others as far right as they can."""
    ways = list(itertools.combinations(range(len(columns)), len(texts)))
    fits = [sum(_fits(t, columns[c]) for t, c in zip(texts, way, strict=True)) for way in ways]
    best = [way for way, fit in zip(ways, fits, strict=True) if fit == max(fits)]
    return best[0] if says_total(texts[-1]) else best[-1]


def _fits(text: str, column: Sequence[str]) -> bool:
    """Whether a text is of the make of most in a column: a code among codes, a letter among letters, words among words."""
    alike = [_make(t) for t in column]
    return Counter(alike).most_common(1)[0][0] == _make(text)


def _make(text: str) -> str:
    return "letter" if text.isalpha() and len(text) <= _SHORT else "code" if is_wordless(text) else "words"
