"""Which lines of a table are sums of which others, found from the numbers and the labels.

A hypothesis is a line (a row or a column), the lines that it would be the sum of, and the places where that
holds. In each direction hypotheses grow from every line over its neighbours until they add up. One is kept where
it holds in most places and says more than chance would: each place gives bits, as many as its digits are worth and
no more than a cap; what is told twice counts once. The parts of what is kept are used up and the search repeats, so
that subtotals add to totals. Labels help: a line called total needs less, a line called average more.

What does not belong here: reading a file and scoring (``aggrecol``). Nothing that proves a number may use this: a
sum that was found because it adds up cannot fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

COVERAGE = 0.7  # of the places with a number, where a hypothesis must hold
LONGEST = 320  # lines that one run may reach
STRIDES = (1, 2, 3, 4, 5, 6)  # every line after a skipped one, every second line, ...
SKIPPED = 3  # lines that may stand between a total and its first part, one more than that
WINDOW = 8  # lines on each side in which two parts are looked for that are no neighbours

CAP = 8.0  # bits that one place can say; twice that for a line that is called total
COPY = 0.5  # bits where all but one part are zero: equal numbers are common
MISS = 3.0  # bits that a place takes away where the hypothesis does not hold; a third of it where no part has a number
NEAR = 0.02  # of the total: what is off by less than this takes one bit away and is still reported
NEEDED = 2.5  # bits that must be left
RUN, APART, PAIR = 4.0, 12.0, 20.0  # bits that a kind of hypothesis costs beforehand: the looser, the dearer
LENGTH = 2.0  # bits for each doubling of the number of parts
LABEL = 8.0  # bits that a word gives or takes
SIDE = 5.0  # bits for a total on the other side of its parts than most totals of the table

TOTAL = re.compile(r"\b(sub-?\s?)?(totals?|totaal|sums?|all|overall|both|grand|net|combined)\b", re.I)
NO_SUM = re.compile(
    r"\b(averages?|avg|mean|median|ratio|rate|max(imum)?|min(imum)?|std|dev)\b|%|per ?cent", re.I
)


@dataclass(frozen=True)
class Numbers:
    """One direction of a table: lines that may be sums of each other, and the places where they meet.

    values: ``[place, line]``, NaN where there is no number; units: what the last printed digit is worth, same
    shape; labels: the words of each line; place_labels: the words of each place.
    """

    values: np.ndarray
    units: np.ndarray
    labels: Sequence[str]
    place_labels: Sequence[str]

    def turned(self) -> Numbers:
        """The other direction of the same table."""
        return Numbers(self.values.T, self.units.T, self.place_labels, self.labels)


@dataclass(frozen=True)
class Hypothesis:
    """Line ``total`` is the sum of the lines ``parts`` at ``places``; bits: what that says beyond chance.

    how: runs (neighbours), apart (at a distance), alike (lines of one label) or pairs.
    """

    total: int
    parts: frozenset[int]
    places: tuple[int, ...]
    bits: float
    how: str

    @property
    def is_before(self) -> bool:
        """The total stands before its parts."""
        return self.total < min(self.parts)


def sums_of(numbers: Numbers) -> list[Hypothesis]:
    """The hypotheses that survive, in the order in which they were found.

    Where most totals stand on one side of their parts the search runs again with that known.
    """
    search = _Search(numbers)
    kept = _survivors(search)
    sides = [each.is_before for each in kept if each.how == "runs"]
    if len(sides) >= 3 and abs(np.mean(sides) - 0.5) >= 0.2:
        search.totals_before = bool(np.mean(sides) > 0.5)
        kept = _survivors(search)
    return kept


def _survivors(search: _Search) -> list[Hypothesis]:
    lines = [line for line in range(len(search.labels)) if search.is_number[:, line].any()]
    active = lines
    kept: list[Hypothesis] = []
    while found := (
        _without_conflicts(search.runs(active), kept) or _without_conflicts(search.apart(active), kept)
    ):
        kept += found
        used = set().union(*(each.parts for each in found))
        active = [line for line in active if line not in used]
    kept += _without_conflicts(search.alike(lines), kept)
    kept += _without_conflicts(search.pairs(lines, {each.total for each in kept}), kept)
    return kept


class _Search:
    """Tries lines as the parts of a total; holds what is the same for every try of one table."""

    def __init__(self, numbers: Numbers) -> None:
        self.is_number = ~np.isnan(numbers.values)
        self.values = np.where(self.is_number, numbers.values, 0.0)
        self.rounding = np.where(self.is_number, numbers.units, 0.0) / 2
        self.labels = numbers.labels
        self.is_amount = np.array([not NO_SUM.search(label) for label in numbers.place_labels])
        self.totals_before: bool | None = None  # where most totals of this table stand

    def runs(self, lines: Sequence[int]) -> list[Hypothesis]:
        """The best run of neighbours before and after each line."""
        return _found(
            self._grow(total, side, RUN, "runs") for total, side in _sides(lines, LONGEST) if len(side) > 1
        )

    def apart(self, lines: Sequence[int]) -> list[Hypothesis]:
        """The best run before and after each line over every second line, every third, or with lines skipped."""
        if len(lines) > LONGEST:
            return []
        best = []
        for total, side in _sides(lines, LONGEST):
            tried = _found(
                self._grow(total, side[start::stride], APART, "apart")
                for stride in STRIDES
                for start in range(max(stride, SKIPPED))
                if len(side) > start + stride
            )
            best += sorted(tried, key=lambda each: -each.bits)[:1]
        return best

    def alike(self, lines: Sequence[int]) -> list[Hypothesis]:
        """The best run before and after each line over lines of the same label: the rows "men" of each block."""
        by_label: dict[str, list[int]] = {}
        for line in lines:
            by_label.setdefault(self.labels[line].strip().lower(), []).append(line)
        return _found(
            self._grow(total, side, RUN, "alike")
            for label, group in by_label.items()
            if label and 2 < len(group) < len(lines)
            for total, side in _sides(group, LONGEST)
            if len(side) > 1
        )

    def pairs(self, lines: Sequence[int], totals: set[int]) -> list[Hypothesis]:
        """For each line that is no total yet the best two lines near it: what remains, printed differences."""
        best = []
        for at, total in enumerate(lines):
            near = np.asarray([*lines[max(0, at - WINDOW) : at], *lines[at + 1 : at + 1 + WINDOW]], dtype=int)
            places = np.flatnonzero(self.is_number[:, total] & self.is_amount)
            if total in totals or not len(places) or len(near) < 2:
                continue
            one, other = np.triu_indices(len(near), 1)
            parts = self.values[np.ix_(places, near)]
            off = np.abs(parts[:, one] + parts[:, other] - self.values[places, total][:, None])
            may = (off <= self.rounding[places, total][:, None]).mean(axis=0) >= COVERAGE
            pairs = np.stack((near[one[may]], near[other[may]]), axis=1)
            tried = _found(self._grow(total, pair, PAIR, "pairs") for pair in pairs)
            best += sorted(tried, key=lambda each: -each.bits)[:1]
        return best

    def _grow(self, total: int, run: np.ndarray, prior: float, how: str) -> Hypothesis | None:
        """``total`` as the sum of as many lines of ``run`` as say most; None where no number of them says enough.

        A pair must add up to the last digit: two numbers near each other are soon found.
        """
        places = np.flatnonzero(self.is_number[:, total])
        at = np.ix_(places, run)
        wanted = self.values[places, total][:, None]
        unit = self.rounding[places, total][:, None] * 2
        off = np.abs(self.values[at].cumsum(axis=1) - wanted)
        slack = (unit / 2 + self.rounding[at].cumsum(axis=1)) * 1.001
        holds = off < unit / 2 if how == "pairs" else off <= slack
        counts = self.is_amount[places] if self.is_amount[places].any() else np.ones(len(places), dtype=bool)
        fits = holds[counts].mean(axis=0) >= COVERAGE
        fits[0] = False
        if not fits.any():
            return None
        sizes = np.abs(self.values[at])
        weight = sizes.cumsum(axis=1)
        others = weight - np.maximum.accumulate(sizes, axis=1)  # what is beside the largest part
        filled = self.is_number[at].cumsum(axis=1)
        near = ~holds & (off <= NEAR * np.abs(wanted))
        is_usual_side = self.totals_before == (total < run[0])
        if self._word(total) > 0 and is_usual_side:
            fits &= (holds & (weight >= unit) & (filled > 1)).any(axis=0)
        else:
            fits &= (holds & (others >= unit)).any(axis=0)
        if not fits.any():
            return None
        says = np.log2(1 + weight / np.where(off < unit / 2, unit, 2 * slack))
        says = says.clip(max=CAP * (2 if self._word(total) > 0 else 1))
        says = np.where(others < unit, COPY * (weight >= unit), says)
        misses = np.where((filled == 0) | ~counts[:, None], MISS / 3, MISS)
        bits = np.where(holds, says, np.where(near, -1.0, -misses))
        bits = (bits * self._once(places, total, run[0])[:, None]).sum(axis=0)
        bits -= prior + LENGTH * np.log2(np.arange(1, len(run) + 1))
        length = int(np.argmax(np.where(fits, bits, -np.inf)))
        score = float(bits[length]) + LABEL * self._word(total)
        if self.totals_before is not None and not is_usual_side:
            score -= SIDE
        if score < NEEDED:
            return None
        length = self._through_zeros(run, length, holds, sizes)
        told = places[(holds | near)[:, length]]
        return Hypothesis(total, frozenset(run[: length + 1].tolist()), tuple(told.tolist()), score, how)

    def _through_zeros(self, run: np.ndarray, length: int, holds: np.ndarray, sizes: np.ndarray) -> int:
        """Lines of zeros that go on without a gap belong to the same list: its end cannot be told by adding."""
        while (
            length + 1 < len(run)
            and abs(run[length + 1] - run[length]) == 1
            and not sizes[holds[:, length], length + 1].any()
            and not self._word(run[length + 1])
            and self.is_number[:, run[length + 1]].sum() * 2 >= self.is_number[:, run[length]].sum()
        ):
            length += 1
        return length

    def _once(self, places: np.ndarray, total: int, first: int) -> np.ndarray:
        """What each place counts: places that print the same numbers say it once."""
        printed = self.values[places, total] + 1j * self.values[places, first]
        _, which, times = np.unique(printed, return_inverse=True, return_counts=True)
        return 1 / times[which]

    def _word(self, line: int) -> int:
        """1 where a line is called a total, -1 where it is called an average or a share, 0 otherwise."""
        return bool(TOTAL.search(self.labels[line])) - bool(NO_SUM.search(self.labels[line]))


def _sides(lines: Sequence[int], longest: int) -> Iterable[tuple[int, np.ndarray]]:
    """(line, those after it) and (line, those before it, nearest first) for every line."""
    array = np.asarray(lines, dtype=int)
    for at, total in enumerate(lines):
        yield total, array[at + 1 : at + 1 + longest]
        yield total, array[max(0, at - longest) : at][::-1]


def _found(tried: Iterable[Hypothesis | None]) -> list[Hypothesis]:
    return [each for each in tried if each]


def _without_conflicts(candidates: Iterable[Hypothesis], kept: Sequence[Hypothesis]) -> list[Hypothesis]:
    """The candidates that contradict neither what was kept nor a candidate that says more."""
    chosen: list[Hypothesis] = []
    for each in sorted(candidates, key=lambda c: (-c.bits, len(c.parts))):
        if not any(_conflict(each, other) for other in (*kept, *chosen)):
            chosen.append(each)
    return chosen


def _conflict(one: Hypothesis, other: Hypothesis) -> bool:
    """Two totals of the same parts, one total of a list and of a piece of it, a circle, a part counted twice."""
    if one.total == other.total:
        return one.parts <= other.parts or other.parts <= one.parts
    if one.parts == other.parts:
        return True
    inside, around = one.total in other.parts, other.total in one.parts
    return (inside and around) or ((inside or around) and bool(one.parts & other.parts))
