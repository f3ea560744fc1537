"""Which headings and rows hold which rows: the cheapest way through the lines of a table, and the next best of each row.

The rows of a table are passed once. At each there are a few things that can happen to the groups that are open (``moves``),
each at a price by words, codes, indents and bold type. Whether the sums of a group bear it out counts too, but no more
than the words do, and it is told apart (``Placed.by_sums``), so that no sum proves how it was read. The cheapest way is
taken and the next best is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import NamedTuple

from .held import NONE, Place, PlacedSoFar, Trail
from .labels import covers, is_of_one_side, is_total, shape_of
from .meaning import plain, row_meaning
from .model import join_path
from .moves import Moves
from .outline import BLANK, HEADING, ROW, Line

BREADTH = 64  # ways that are kept, for tables of few rows
LEAST_BREADTH = 14
MOST_KEPT = 4_000  # ways times rows
MOST_ROWS = 3_000  # beyond it the search keeps two ways only


class Rival(NamedTuple):
    """Where else a row may stand, and how much dearer the cheapest table is in which it stands there."""

    margin: float
    place: Place


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of all rows, the rival of each that has one, and what decided or was refused."""

    places: tuple[Place, ...]
    cost: float
    rivals: tuple[Rival | None, ...]  # by row, in order
    by_sums: tuple[int, ...] = ()  # rows placed otherwise where sums are not looked at
    refused: tuple[int, ...] = ()  # rows that cannot stand where they were said to

    @property
    def margin(self) -> float | None:
        """How much cheaper these places are than the next best; None where there is none."""
        return min((rival.margin for rival in self.rivals if rival is not None), default=None)


def place_rows(
    lines: Sequence[Line], steps: Sequence[float] = (), said: Mapping[int, str] | None = None
) -> Placed:
    """The places of the rows among ``lines``, in order.

    ``steps`` are the units of the last printed digit of every column, one where none is given: sums may differ by half
    of it for every term. ``said`` are the headings that a person put rows under, joined, by order of the row.
    """
    search = _Search(lines, steps, True, said or {})
    best = search.run()
    places = _unwound(best.trail)
    plainly = places
    if any(line.kind == ROW and line.amounts for line in lines) and _has_structure(lines):
        plainly = _unwound(_Search(lines, steps, False, said or {}).run().trail)
    by_sums = tuple(i for i, (a, b) in enumerate(zip(places, plainly, strict=False)) if a.path != b.path)
    return Placed(
        tuple(places), best.cost, tuple(search.rivals(places)), by_sums, tuple(sorted(search.refused))
    )


def _has_structure(lines: Sequence[Line]) -> bool:
    return any(li.kind == HEADING or row_meaning(li.label).rol != "item" for li in lines)


def _unwound(trail: Trail | None) -> list[Place]:
    places = []
    while trail is not None:
        places.append(trail.place)
        trail = trail.before
    return places[::-1]


@lru_cache(maxsize=1 << 14)
def _words_of_path(path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in path for word in re.findall(r"\w+", plain(text)))


def _breadth(rows: int) -> int:
    """How many ways of placing rows are kept: groups in groups that carry totals are dear until the last of them ends."""
    if rows > MOST_ROWS:
        return 2
    return max(LEAST_BREADTH, min(BREADTH, MOST_KEPT // max(1, rows)))


class _Step(NamedTuple):
    is_row: bool
    states: list[PlacedSoFar]
    ways: list[tuple[int, int, float]]  # from a state before, to one of these, at what price


class _Search(Moves):
    """A beam over the lines of one table."""

    def __init__(
        self, lines: Sequence[Line], steps: Sequence[float], with_sums: bool, said: Mapping[int, str]
    ) -> None:
        super().__init__(lines, steps, with_sums)
        self.breadth = _breadth(len(self.rows))
        self.said = {self.rows[no]: plain(text) for no, text in said.items() if no < len(self.rows)}
        self.refused: set[int] = set()
        self.walked: list[_Step] = []

    def run(self) -> PlacedSoFar:
        """The cheapest way to place all rows. Every step is kept, so that the rivals of rows can be told."""
        states = [PlacedSoFar(0.0, (), NONE, None, 0)]
        for i, line in enumerate(self.lines):
            if line.kind == BLANK:
                continue
            following: dict[object, PlacedSoFar] = {}
            ways: list[tuple[int, object, float]] = []
            for no, after in self._after(states, i):
                key = (
                    tuple((g.label, g.no, g.carrier, g.first) for g in after.stack),
                    after.trail and after.trail.place,
                )
                ways.append((no, key, after.cost - states[no].cost))
                known = following.get(key)
                if known is None or after.cost < known.cost:
                    following[key] = after
            kept = sorted(following.items(), key=lambda item: item[1].cost)[: self.breadth]
            states = [state for _, state in kept]
            order = {key: no for no, (key, _) in enumerate(kept)}
            self.walked.append(
                _Step(line.kind == ROW, states, [(a, order[key], c) for a, key, c in ways if key in order])
            )
        ended = [self.ended(s) for s in states]
        self.to_end = [e.cost - s.cost for e, s in zip(ended, states, strict=True)]
        return min(ended, key=lambda s: s.cost)

    def _after(self, states: Sequence[PlacedSoFar], i: int) -> list[tuple[int, PlacedSoFar]]:
        """What can follow the states with line ``i``, each with the number of the state that it follows."""
        step = self.with_heading if self.lines[i].kind == HEADING else self.with_row
        found = [(no, after) for no, state in enumerate(states) for after in step(state, i)]
        if i not in self.said:
            return found
        as_said = [
            (no, after)
            for no, after in found
            if after.trail is not None and plain(join_path(after.trail.place.path[:-1])) == self.said[i]
        ]
        if not as_said:
            self.refused.add(self.order[i])
        return as_said or found

    def rivals(self, places: Sequence[Place]) -> list[Rival | None]:
        """By row the cheapest place of another name than its own: the words of a path, in any order.

        Under the title of the table or not is one name. It is the min-marginal of the row in the lattice of states that were kept. Ways that met in one state go on
        at the price of the cheapest of them.
        """
        if not places:
            return []
        to_go = self.to_end
        least = min(s.cost + t for s, t in zip(self.walked[-1].states, to_go, strict=True))
        found: list[Rival | None] = []
        title = self._title(places)

        def name_of(path: tuple[str, ...]) -> frozenset[str]:
            return _words_of_path(path[1:] if path[:-1] and path[0] == title else path)

        no = len(places)
        for k in range(len(self.walked) - 1, -1, -1):
            step = self.walked[k]
            if step.is_row:
                no -= 1
                name = name_of(places[no].path)
                others = [
                    Rival(s.cost + t - least, s.trail.place)
                    for s, t in zip(step.states, to_go, strict=True)
                    if t < inf and s.trail is not None and name_of(s.trail.place.path) != name
                ]
                found.append(min(others, key=lambda rival: rival.margin, default=None))
            before = [inf] * (len(self.walked[k - 1].states) if k else 1)
            for a, b, cost in step.ways:
                before[a] = min(before[a], cost + to_go[b])
            to_go = before
        return found[::-1]

    def _title(self, places: Sequence[Place]) -> str | None:
        """The first line where it is the title of the table, printed as its first row: the one heading that is in no
        other, of no side, without code, and named by no total."""
        first = next((line for line in self.lines if line.kind != BLANK), None)
        if first is None or first.kind != HEADING or shape_of(first.label) or is_of_one_side(first.label):
            return None
        is_alone = all(len(place.path) == 1 or place.path[0] == first.label for place in places)
        totals = (self.lines[i].label for i in self.rows if is_total(self.lines[i].label))
        return first.label if is_alone and not any(covers(t, first.label) for t in totals) else None
