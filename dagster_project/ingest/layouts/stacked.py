"""Headers printed on one line or two without positions, as PDF text and single-spaced text have them.

``Taakveld Primitieve Begroting 2023 Realisatie Verschil`` above ``begroting 2023 na wijziging 2023`` is four
headers, each split where its column was narrow. Which words belong together follows from what makes the
best headers. Words only; where the header stands among other texts is known to ``above``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..headers import CORNER_WORDS, MARKER_HEADER, is_corner, likeness, split_line, without_unit
from ..meaning import column_meaning, plain, stands_in, year_in
from ..numbers import clean, year_of
from .lines import join

_LONGEST_TOP, _LONGEST_BELOW = 4, 4  # words of one header on a line
_WORDS, _COLUMNS = 24, 12  # beyond these a line is no header
_MOST_WAYS = 4_000  # looked at before a header is given up
_BROKEN = re.compile(r"[^\W\d]-$")
_OPEN_END = re.compile(r"\b(?:van|na|voor|vóór|per|t/m|en|de|het|in|op|t\.o\.v\.?)$", re.IGNORECASE)
_CHANGED = re.compile(r"\bwijz")
_BUDGET = re.compile(r"\bbegr|\bbudget|raming")
_BEFORE = re.compile(r"\bprimi|\boorspronk")
_SIDE = re.compile(r"lasten|baten|saldo|resultaat|toevoeging(?:en)?|onttrekking(?:en)?")
_DATE = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}|\b1 jan|\b31 dec")
_WORST = -1e9
FAIR = 2.0  # the quality of a text that says what its column holds


@dataclass(frozen=True, slots=True)
class Stack:
    """The headers that two lines make together, with the corner in front of them."""

    corner: str
    headers: tuple[str, ...]


@lru_cache(maxsize=1 << 10)
def stack(upper: str, lower: str, n: int) -> Stack | None:
    """``n`` headers from two lines, the lower one blank or not, or None where they make no good ones."""
    top, below = tuple(clean(upper).split()), tuple(clean(lower).split())
    if not 1 < n <= _COLUMNS or len(top) < n or max(len(top), len(below)) > _WORDS:
        return None
    best: tuple[float, Stack] | None = None
    for size in range(min(4, len(top) - n) + 1):
        corner = " ".join(top[:size])
        if corner and not is_corner(corner) and not all(map(is_corner, top[:size])):
            continue
        score, headers = _Search(top[size:], below, n).best()
        if score > _WORST and (best is None or score > best[0]):
            best = score, Stack(corner, headers)
    if best is None or any(quality(h) < FAIR for h in best[1].headers):
        return None
    return best[1]


@lru_cache(maxsize=1 << 13)
def quality(header: str) -> float:
    """How good a header text is: FAIR and more for one that says what its column holds."""
    bare = without_unit(header)
    if not bare:
        return _WORST
    words = plain(bare)
    years = [w for w in bare.split() if year_of(w)]
    meant = column_meaning((bare,))
    score = 0.0
    if MARKER_HEADER.fullmatch(bare):
        score += 3
    if meant.grootheid or meant.stand:
        score += 2
    if years or year_in(words):
        score += 0.5 if meant.rol == "difference" else 1.5
    if likeness(bare) >= 2:
        score += 0.5
    score -= 3 * max(0, len(years) - 1)
    if not _is_pair(words):
        score -= 3 * max(0, len(split_line(bare)) - 1)
    if " " in bare and year_of(bare.split()[0]):
        score -= 0.5
    if any(w in CORNER_WORDS for w in words.split()[:1]) or (
        _CHANGED.search(words) and _BEFORE.search(words)
    ):
        score -= 3
    if bare[0].islower() or _OPEN_END.search(words) or _BROKEN.search(bare):
        score -= 3
    if _CHANGED.search(words) and (meant.rol == "difference" or not _BUDGET.search(words)):
        score -= 3
    if _DATE.search(words):
        score += 1 if meant.grootheid in ("begin", "eind") else -3
    if len({w.lower() for w in bare.split()}) < len(bare.split()):
        score -= 2
    return score


def _is_pair(words: str) -> bool:
    """One state, one quantity or both, with a year or not: ``begroting lasten``, ``2021 realisatie``."""
    parts = words.split()
    years = [w for w in parts if year_of(w)]
    sides = [w for w in parts if _SIDE.fullmatch(w)]
    states = [w for w in parts if stands_in(w)]
    return max(len(years), len(sides), len(states)) < 2 and len(years) + len(sides) + len(states) == len(
        parts
    )


class _Search:
    """The best way to share the words of two lines among columns, from left to right."""

    def __init__(self, top: Sequence[str], below: Sequence[str], n: int):
        self.top, self.below, self.n = top, below, n
        self.known: dict[tuple[int, int, int, str], tuple[float, tuple[str, ...]]] = {}

    def best(self) -> tuple[float, tuple[str, ...]]:
        """The score and the headers; the score is very low where there is no way at all."""
        return self._from(0, 0, 0, "")

    def _from(self, column: int, i: int, j: int, before: str) -> tuple[float, tuple[str, ...]]:
        """The best headers for the columns from ``column`` on, from words ``i`` above and ``j`` below.

        ``before`` is the header in front of them: no two neighbours are called the same.
        """
        if column == self.n:
            is_used = i == len(self.top) and j == len(self.below)
            return (0.0, ()) if is_used else (_WORST, ())
        key = column, i, j, before
        if key in self.known:
            return self.known[key]
        if len(self.known) > _MOST_WAYS:
            return (_WORST, ())
        found: tuple[float, tuple[str, ...]] = (_WORST, ())
        rest = self.n - column - 1
        for a in range(1, min(_LONGEST_TOP, len(self.top) - i - rest) + 1):
            for b in range(min(_LONGEST_BELOW, len(self.below) - j) + 1):
                text = _joined(self.top[i : i + a], self.below[j : j + b])
                if text is None or plain(text) == before:
                    continue
                score, others = self._from(column + 1, i + a, j + b, plain(text))
                score += quality(text)
                if score > found[0]:
                    found = score, (text, *others)
        self.known[key] = found
        return found


def _joined(top: Sequence[str], below: Sequence[str]) -> str | None:
    """One header of both lines; None where a word is broken off and does not go on."""
    is_broken = bool(_BROKEN.search(top[-1]))
    if is_broken and not (below and below[0][0].islower()):
        return None
    if any(_BROKEN.search(w) for w in top[:-1]):
        return None
    return join([" ".join(top), " ".join(below)]) if below else " ".join(top)
