"""Rows printed without a blank between their cells, parted where sums allow one way only.

``Programma 11.676451.631`` is ``Programma 1``, 1.676, 45 and 1.631: in every row the third amount is the first less the
second, and no other cut of these lines is. The header above says how many amounts a row has. Where sums allow no cut, or
more than one, the lines stay as they are and are refused by ``conservation``. What sums decided they do not prove.

What does not belong here: what a header means, and which sums a table claims.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice, product, takewhile
from math import prod
from typing import NamedTuple

from ..labels import is_total

_TAIL = re.compile(r"[\d.,()−–-]+$")
_LEADING = re.compile(
    r"[-−–]?(?:0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,\d+)?|\((?:0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,\d+)?\)|[-–]"
)
_TRAILING = re.compile(r"(?:0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,\d+)?[-−–]?|[-–]")
_EDGE = re.compile(
    r"(?<=[a-zà-ÿ)])(?=[A-Z])|(?<=\d)(?=[A-Z])|(?<=(?:19|20)\d\d)(?=(?:19|20)\d\d)|(?<=[a-zà-ÿ)])(?=(?:(?:19|20)\d\d)+$)"
)
_SEVERAL = re.compile(r"\.\d{3}[\d(−–-]|,\d+[-−–(]?,|,\d+[-−–(]?\d+\.")
_FEWEST_ROWS = 2
_MOST_COLUMNS = 12
_MOST_HEADER = 4  # lines
_LONGEST_CODE = 4  # figures: a year
_MOST_LABEL = 3  # figures at the end of a label
_MOST_WAYS = 20_000  # of cutting all rows of a table
_MOST_CUTS = 500  # of one row
_LONGEST_TAIL = 60  # signs

Numbered = tuple[str, int, int | None]  # text as printed, line number, page


class Cut(NamedTuple):
    """One way to part a row: where its label ends, its amounts as printed and as numbers of the last printed digit."""

    label: str
    texts: tuple[str, ...]
    amounts: tuple[int, ...]


class Parted(NamedTuple):
    """Lines of which glued rows and their header are parted by blanks, and the numbers of those lines."""

    lines: tuple[Numbered, ...]
    by_sums: frozenset[int]


Sum = Callable[[Sequence[int]], bool]  # whether the amounts of a row close, within what rounding leaves open


def parted(lines: Sequence[Numbered]) -> Parted:
    """The lines with every run of glued rows parted where sums across their columns, or their total, allow one way only.

    >>> found = parted((("LastenBatenSaldo", 1, None), ("Wonen 11.676451.631", 2, None), ("Werk 22.758546", 3, None)))
    >>> found.by_sums
    frozenset()
    >>> rows = (("LastenBatenSaldo", 1, None), ("Werk1.676451.631", 2, None), ("Zorg2.7585462.212", 3, None))
    >>> [text for text, _, _ in parted(rows).lines]
    ['Lasten Baten Saldo', 'Werk 1.676 45 1.631', 'Zorg 2.758 546 2.212']
    """
    result = list(lines)
    by_sums: set[int] = set()
    for first, end in _runs(lines):
        start = first + len(list(takewhile(lambda line: _EDGE.search(line[0].strip()), lines[first:end])))
        header = _header(lines, start)
        beside = [text.strip() for text, _, _ in _beside(lines, start, end, header)]
        cuts = _cut([text.strip() for text, _, _ in lines[start:end]], beside, _widths(lines, header))
        if cuts is None:
            continue
        for at, cut in zip(range(start, end), cuts, strict=True):
            if cut is not None:
                result[at] = (" ".join((cut.label, *cut.texts)), *lines[at][1:])
                by_sums.add(lines[at][1])
        for at in header:
            result[at] = (" ".join(part.strip() for part in _cells(lines[at][0])), *lines[at][1:])
    return Parted(tuple(result), frozenset(by_sums))


def _cells(header: str) -> list[str]:
    return _EDGE.split(header.strip())


def _widths(lines: Sequence[Numbered], header: Sequence[int]) -> Sequence[int]:
    """How many amounts a row may have: as the last line of the header has cells, the first of which may name the labels."""
    if not header:
        return range(2, _MOST_COLUMNS + 1)
    count = len(_cells(lines[header[0]][0]))
    return [count, count - 1]


def _runs(lines: Sequence[Numbered]) -> Iterator[tuple[int, int]]:
    """Runs of glued lines and the names of groups between them, from the first to the last that is glued."""
    for is_text, block in groupby(range(len(lines)), key=lambda i: bool(lines[i][0].strip())):
        at, *_ = places = list(block)
        glued = [i for i in places if is_text and _is_glued(lines[i][0])]
        if len(glued) < _FEWEST_ROWS:
            continue
        last = max(i for i in places if i >= glued[0] and _may_be_row(lines[i][0]))
        above = takewhile(
            lambda i: _may_be_row(lines[i][0]) and not _EDGE.search(lines[i][0].strip()),
            range(glued[0] - 1, at - 1, -1),
        )
        yield glued[0] - len(list(above)), last + 1


def _is_glued(text: str) -> bool:
    """Whether a line ends in more figures than one amount can have: a point is followed by more than three, a comma by another."""
    tail = _TAIL.search(text.strip())
    return (
        tail is not None
        and any(c.isalpha() for c in text.strip()[: tail.start()])
        and _SEVERAL.search(tail[0]) is not None
    )


def _may_be_row(text: str) -> bool:
    """Whether a line ends in figures right behind a word, or in more than a code or year has: ``Overhead000``, not ``Programma 1``."""
    tail = _TAIL.search(text.strip())
    if tail is None:
        return False
    is_behind_word = tail.start() > 0 and text.strip()[tail.start() - 1].isalpha()
    return is_behind_word or len(tail[0]) > _LONGEST_CODE or _is_glued(text)


def _header(lines: Sequence[Numbered], start: int) -> list[int]:
    """The lines above the rows in which words stand without a blank between them, the names of a group passed over."""
    top = max(0, start - _MOST_HEADER)
    above = list(takewhile(lambda at: lines[at][0].strip(), range(start - 1, top - 1, -1)))
    last = next((at for at in above if _EDGE.search(lines[at][0].strip())), start)
    return list(takewhile(lambda at: _EDGE.search(lines[at][0].strip()), range(last, top - 1, -1)))


def _beside(lines: Sequence[Numbered], start: int, end: int, header: Sequence[int]) -> list[Numbered]:
    """The lines between a header and the rows, and those that follow right below: they may be rows too."""
    above = lines[header[0] + 1 : start] if header else lines[max(0, start - 1) : start]
    below = takewhile(lambda line: line[0].strip(), islice(lines, end, None))
    return [*above, *below]


def _cut(rows: Sequence[str], beside: Sequence[str], widths: Sequence[int]) -> list[Cut | None] | None:
    """The one way to cut all rows, None for the name of a group; None where sums allow no way or several."""
    found = [ways for width in widths if width > 1 and (ways := _ways(rows, beside, width))]
    if len(found) != 1 or len(found[0]) != 1:
        return None
    cuts = iter(found[0].pop())
    return [next(cuts) if _may_be_row(row) else None for row in rows]


def _ways(lines: Sequence[str], beside: Sequence[str], width: int) -> set[tuple[Cut, ...]]:
    """The ways to cut all rows into so many amounts that sums across columns allow, or where none does, their total."""
    rows = [line for line in lines if _may_be_row(line)]
    names = [line for line in (*lines, *beside) if line not in rows and _TAIL.search(line)]
    if len(rows) < _FEWEST_ROWS or any(_closes(name, width) for name in names):
        return set()  # a row, or the name of a group with its code
    found: set[tuple[Cut, ...]] = set()
    by_total: set[tuple[Cut, ...]] = set()
    for number in (_LEADING, _TRAILING):
        ways: list[list[Cut]] = []
        tried = 0
        for row in rows:
            ways.append(_cuts(row, width, number))
            tried += len(ways[-1])
            if not ways[-1] or tried > _MOST_WAYS:
                break
        if tried > _MOST_WAYS:
            return set()
        if not ways[-1]:
            continue
        for closes in _sums_across(width):
            found |= _with_totals([[cut for cut in cuts if closes(cut.amounts)] for cuts in ways])
        by_total |= _with_totals(ways, is_needed=True)
    return found or by_total


def _closes(line: str, width: int) -> bool:
    """Whether some way to cut a line closes."""
    cuts = [cut for number in (_LEADING, _TRAILING) for cut in _cuts(line, width, number)]
    return any(closes(cut.amounts) for closes in _sums_across(width) for cut in cuts)


def _with_totals(held: Sequence[Sequence[Cut]], is_needed: bool = False) -> set[tuple[Cut, ...]]:
    """All ways to cut the rows in which their last row is the sum of the others where it says so.

    Two where there are more than can be tried, so that none is chosen.
    """
    if not all(held):
        return set()
    total = is_total(held[-1][0].label)
    if is_needed and not (total and len(held) > 2):
        return set()
    if prod(map(len, held)) > _MOST_WAYS:
        return set(islice(product(*held), 2))
    ways = set(product(*held))
    if not total or len(held) < 3:
        return ways
    closing = {way for way in ways if _is_sum(way)}
    return closing or (set() if is_needed else ways)


def _is_sum(way: Sequence[Cut]) -> bool:
    *parts, whole = (cut.amounts for cut in way)
    return all(abs(sum(column) - end) <= len(parts) for *column, end in zip(*parts, whole, strict=True))


def _sums_across(width: int) -> Iterator[Sum]:
    """The sums that the amounts of a row can make: a difference or sum of every two, a stock of every three, one whole."""
    signs: list[tuple[int, ...]] = []
    if width % 3 == 0:
        signs += [(1, -1), (-1, 1), (1, 1)]
    if width % 4 == 0:
        signs += [(1, 1, -1), (1, 1, 1), (1, -1, 1)]
    if width > 4:
        signs.append((1,) * (width - 1))
    for one in signs:
        yield (
            lambda amounts, one=one: all(  # type: ignore[misc]  # a default binds the loop's value
                abs(
                    sum(s * a for s, a in zip(one, amounts[at : at + len(one)], strict=True))
                    - amounts[at + len(one)]
                )
                <= 1
                for at in range(0, len(amounts), len(one) + 1)
            )
        )


def _cuts(row: str, width: int, number: re.Pattern[str]) -> list[Cut]:
    """All ways to cut a row into a label and so many amounts, of which all print as many decimals; none where they are too many."""
    tail = _TAIL.search(row)
    assert tail is not None
    found = []
    for end in range(tail.start(), min(len(row), tail.start() + _MOST_LABEL + 1)):
        label = row[:end]
        if end > tail.start() and not label[-1].isdecimal():
            break
        if len(row) - end > _LONGEST_TAIL or _count(row[end:], width, number.pattern) > _MOST_CUTS:
            return []
        for texts in _split(row[end:], width, number.pattern):
            decimals = {
                len(text.partition(",")[2].strip("-−–)"))
                for text in texts
                if any(c.isdecimal() for c in text)
            }
            if len(decimals) == 1:
                found.append(Cut(label.strip(), texts, tuple(map(_amount, texts))))
    return found


@lru_cache(maxsize=1 << 14)
def _count(text: str, width: int, pattern: str) -> int:
    """How many ways ``_split`` finds, without making them."""
    if width == 1:
        return int(re.fullmatch(pattern, text) is not None)
    ends = range(1, len(text) - width + 2)
    return sum(_count(text[end:], width - 1, pattern) for end in ends if re.fullmatch(pattern, text[:end]))


@lru_cache(maxsize=1 << 14)
def _split(text: str, width: int, pattern: str) -> tuple[tuple[str, ...], ...]:
    """All ways to read a text as so many numbers of a pattern, one right behind the other."""
    if width == 1:
        return ((text,),) if re.fullmatch(pattern, text) else ()
    found = []
    for end in range(1, len(text) - width + 2):
        if re.fullmatch(pattern, text[:end]):
            found += [(text[:end], *rest) for rest in _split(text[end:], width - 1, pattern)]
    return tuple(found)


def _amount(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    is_negative = bool(digits) and (text[0] in "-−–(" or text[-1] in "-−–")
    return -int(digits) if is_negative else int(digits or 0)
