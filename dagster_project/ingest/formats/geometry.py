"""Words of a page to lines and segments: what stands beside each other, before any table is seen.

A word is text with a box, in points from the top left of the page. A line holds the words of one
baseline, a segment the words of a line that only a space keeps apart. What does not belong here: tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import NamedTuple

from dagster_project.ingest import numbers
from dagster_project.ingest.formats.decoding import printed, superscript

SPACE = 0.5  # em: a wider gap parts two cells; a space is a quarter to a third
_RAISED = 0.82  # of the size of its line: smaller and higher is a note mark
_GROUP = re.compile(r"[-–−+(€]*\d{1,3}(?:[  ]\d{3})*")
_THREE = re.compile(r"\d{3}(?:[,)\-–−%*]|$)")


class Word(NamedTuple):
    """Text with its box in points from the top left of the page."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float


@dataclass(frozen=True)
class Segment:
    """Words that stand together; the unit that a cell is made of."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Its words with single spaces; raised digits are joined to the word before them."""
        return printed(_join(self.words))

    @cached_property
    def is_amount(self) -> bool:
        """Whether it prints a figure or a mark that stands for one; a V or N alone is neither."""
        return any(value.mark != numbers.MARKER for value in numbers.read(self.text))

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
            if runs and _together(runs[-1], word, self.size):
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


def _together(run: list[Word], word: Word, size: float) -> bool:
    last = run[-1]
    gap = word.x0 - last.x1
    if gap > SPACE * size:
        return False
    if _prints_number(word.text) and _prints_number(last.text) and gap > 0.1 * size:
        return bool(_GROUP.fullmatch(last.text) and _THREE.match(word.text) and gap <= 0.4 * size)
    return True


def _prints_number(text: str) -> bool:
    return any(value.mark != numbers.MARKER for value in numbers.read(text)) and text not in ("x", ".", "?")


def _join(words: Sequence[Word]) -> str:
    """Words with spaces; one that is smaller and higher than the word before it is a raised mark."""
    text = ""
    before: Word | None = None
    for word in words:
        if before and word.size < before.size * _RAISED and word.bottom < before.bottom - 0.1 * before.size:
            text += superscript(word.text)
            continue
        text += (" " if before and word.x0 - before.x1 > 0.08 * word.size else "") + word.text
        before = word
    return text


def lines_of(words: Iterable[Word], first_number: int = 1) -> list[Line]:
    """Words gathered by baseline, top to bottom; raised marks stay with the word they stand at."""
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
    return [Line(first_number + n, tuple(sorted(row, key=lambda w: w.x0))) for n, row in enumerate(rows)]
