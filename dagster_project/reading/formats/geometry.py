"""Words of a page to lines and segments: what stands beside each other, before any table is seen.

A word is text with a box, in points from the top left of the page. A line holds the words of one
baseline, a segment the words of a line that only a space keeps apart. What does not belong here: tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .. import numbers
from .decoding import printed, superscript

SPACE = 0.5  # em: a wider gap parts two cells; a space is a quarter to a third
_MOST_BEFORE_AMOUNT = (
    12  # em: the sign of the euro may stand at the left of a column, its amounts at the right
)
_RAISED = 0.82  # of the size of its line: smaller words do not say how high a line is
_LIFTED = 0.15  # em: a mark that stands this much higher than the word before it is raised
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?|[*†‡]{1,3}")
_SIGN = re.compile(r"[-–−+(€]|-/-|€-")  # printed apart from its figure: € 12, - 12
_DASHES = "-–−"
_STARTS_FIGURE = re.compile(r"[-–−+(€]*\d")
_GROUP = re.compile(r"[-–−+(€]*\d{1,3}(?:[  ]\d{3})*")
_THREE = re.compile(r"\d{3}(?:[,)\-–−%*]|$)")
_POINTS = re.compile(r"[-–−+(€]*\d{1,3}(?:\.\d{3})+\D*")
_GLUED = re.compile(r"[\d.,()€+–−-]{7,}")


class Word(NamedTuple):
    """Text with its box in points from the top left of the page."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float
    is_bold: bool = False
    edges: tuple[float, ...] = ()  # right edge of each sign, where figures were printed without a gap


@dataclass(frozen=True)
class Segment:
    """Words that stand together; the unit that a cell is made of."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Its words with single spaces."""
        return printed(_join(self.words))

    @cached_property
    def is_glued(self) -> bool:
        """Whether it prints several figures without a gap between them, so that it is no figure itself."""
        return bool(self.words[0].edges)

    @cached_property
    def body(self) -> Segment:
        """The same without a sign that stands apart from its figure, which may lie far to the left."""
        apart = len(self.words) > 1 and _SIGN.fullmatch(self.words[0].text) and self.is_amount
        return Segment(self.words[1:]) if apart else self

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.is_bold for word in self.words)

    @cached_property
    def is_amount(self) -> bool:
        """Whether it prints a figure or a mark that stands for one; a V or N alone is neither."""
        return any(value.mark != numbers.MARKER for value in numbers.read(self.text))

    @property
    def is_sign(self) -> bool:
        """Whether it is the sign or the currency of a figure alone, as where a cell was wrapped behind it."""
        return len(self.words) == 1 and bool(_SIGN.fullmatch(self.words[0].text))

    @cached_property
    def is_year(self) -> bool:
        """Whether it prints a bare year."""
        values = numbers.read(self.text)
        return len(values) == 1 and values[0].is_year

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def centre(self) -> float:
        """Middle of its width."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Line:
    """The words of one baseline, left to right. ``number`` counts the lines of the document."""

    number: int
    words: tuple[Word, ...]
    has_points: bool = False  # thousands of its page are printed with points: a space parts two figures

    @cached_property
    def size(self) -> float:
        """Height of most of its words."""
        return median(word.size for word in self.words)

    @cached_property
    def top(self) -> float:
        """Upper edge of the words of full size."""
        return min(word.top for word in self.words if word.size >= self.size * _RAISED)

    @cached_property
    def bottom(self) -> float:
        """Lower edge."""
        return max(word.bottom for word in self.words)

    @cached_property
    def text(self) -> str:
        """All of it, with single spaces."""
        return printed(_join(self.words))

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Its words in runs: a gap wider than a space parts them, and so do two figures side by side."""
        runs: list[list[Word]] = []
        for word in self.words:
            if runs and _together(runs[-1], word, self.size, self.has_points):
                runs[-1].append(word)
            else:
                runs.append([word])
        return tuple(Segment(tuple(run)) for run in runs)

    @cached_property
    def amounts(self) -> tuple[Segment, ...]:
        """Segments that print a figure, except one in front of a label: that is a code or a bullet."""
        found = [s for s in self.segments if s.is_amount]
        if (
            found
            and found[0] is self.segments[0]
            and len(self.segments) > 1
            and not self.segments[1].is_amount
        ):
            found = found[1:]
        return tuple(found)


def _together(run: list[Word], word: Word, size: float, has_points: bool) -> bool:
    last = run[-1]
    gap = word.x0 - last.x1
    is_before_amount = len(run) == 1 and last.text == numbers.EURO
    if is_before_amount and _STARTS_FIGURE.match(word.text) and gap <= _MOST_BEFORE_AMOUNT * size:
        return True
    if gap > SPACE * size:
        return False
    if last.edges or word.edges:
        return False
    if _SIGN.fullmatch(last.text) and _STARTS_FIGURE.match(word.text):
        return True
    if word.text in _DASHES and Segment((last,)).is_year:
        return True  # 2022 - 2025
    if _prints_number(word.text) and _prints_number(last.text) and gap > 0.1 * size:
        is_group = _GROUP.fullmatch(last.text) and _THREE.match(word.text) and gap <= 0.4 * size
        return bool(is_group) and not has_points
    return True


def _prints_number(text: str) -> bool:
    return any(value.mark != numbers.MARKER for value in numbers.read(text)) and text not in ("x", ".", "?")


def _join(words: Sequence[Word]) -> str:
    """Words with spaces, without one where they touch."""
    text = ""
    before: Word | None = None
    for word in words:
        text += (" " if before and word.x0 - before.x1 > 0.08 * word.size else "") + word.text
        before = word
    return text


def is_glued(text: str) -> bool:
    """Whether signs of figures stand together that are no figure: 4.052.9544.152.300."""
    return bool(_GLUED.fullmatch(text)) and numbers.is_malformed(text.rstrip(".,"))


def with_marks(words: Sequence[Word]) -> list[Word]:
    """Words with the raised marks that stand behind them: ``Totaal`` and a small high 2 are ``Totaal²``.

    A mark touches the word before it, overlaps it in height and ends higher.
    """
    marks = [word for word in words if _MARK.fullmatch(word.text)]
    if not marks:
        return list(words)
    hosts: dict[Word, list[Word]] = {}
    by_edge = sorted(words, key=lambda word: word.x1)
    edges = [word.x1 for word in by_edge]
    taken: set[Word] = set()
    for mark in marks:
        first = bisect_left(edges, mark.x0 - 0.35 * mark.size)
        last = bisect_right(edges, mark.x0 + 0.15 * mark.size)
        near = [word for word in by_edge[first:last] if word is not mark and _is_raised(mark, word)]
        if near:
            hosts.setdefault(max(near, key=lambda word: word.x1), []).append(mark)
            taken.add(mark)
    return [_marked(word, hosts.get(word, ())) for word in words if word not in taken]


def _is_raised(mark: Word, word: Word) -> bool:
    lift = word.bottom - mark.bottom
    return (
        mark.size <= 1.02 * word.size
        and _LIFTED * word.size < lift < 0.75 * word.size
        and mark.bottom > word.top + 0.1 * word.size
        and len(word.text) > 1
    )


def _marked(word: Word, marks: Sequence[Word]) -> Word:
    for mark in marks:
        text, top = word.text + superscript(mark.text, word.text), min(word.top, mark.top)
        word = word._replace(text=text, x1=max(word.x1, mark.x1), top=top)
    return word


def lines_of(words: Iterable[Word], first_number: int = 1) -> list[Line]:
    """Words gathered by baseline, top to bottom."""
    rows: list[list[Word]] = []
    middles: list[float] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        size = max(word.size, rows[-1][0].size) if rows else word.size
        if rows and abs(middle - middles[-1]) < 0.45 * size:
            rows[-1].append(word)
            if word.size > 0.9 * size:
                middles[-1] = middle if len(rows[-1]) == 1 else middles[-1]
        else:
            rows.append([word])
            middles.append(middle)
    lines = [Line(first_number + n, tuple(sorted(row, key=lambda w: w.x0))) for n, row in enumerate(rows)]
    return [replace(line, has_points=True) for line in lines] if _print_points(lines) else lines


def _print_points(lines: Sequence[Line]) -> bool:
    """Whether rows print their thousands with points rather than spaces; what prose does says nothing of them."""
    points = blanks = 0
    for line in lines:
        if len(line.words) < 2 or sum(any(c.isalpha() for c in w.text) for w in line.words) > 6:
            continue
        points += sum(bool(_POINTS.fullmatch(w.text)) and not w.text.startswith("1.000") for w in line.words)
        blanks += sum(
            bool(_GROUP.fullmatch(a.text) and _THREE.match(b.text)) and b.x0 - a.x1 <= 0.4 * line.size
            for a, b in pairwise(line.words)
        )
    return points > blanks


MOST_LEADING = 0.65  # em: lines of one cell never have more between them
_BLANK = 0.25  # em: the width of a blank


def blanks(width: float, size: float) -> int:
    """How many blanks of a letter of this size fill a width, none where it is negative."""
    return max(0, round(width / (_BLANK * size)))
