"""Which printed numbers can explain a break: first every single one, else all smallest sets up to three.

An *explanation* frees figures: their print is taken for wrong, everything else for right. A single figure
is tested by freeing it and solving again. It must be part of every conflict found, because freeing
anything else leaves that conflict standing; so testing the common part of the conflicts misses none.
Larger sets come from a small integer program that only says "hit every conflict": its coefficients are
0 and 1, so no large constant has to stand for "anything" and scale plays no part. Each set that it
proposes is tested by linear program; a set that fails yields the conflict it overlooked.

Where two publications print one figure differently, the moves are: believe one print, or neither. Where they differ in
many figures, as when one of them is in another unit, sets are as many as there are ways to mix two publications: then each
publication is believed as a whole, and nothing is looked for beyond that. The time that a search takes is bounded by counts,
so that it ends in the same place every time.

What does not belong here: what kind of slip it was (``diagnosis``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from dagster_project.proof import linear
from dagster_project.proof.conflicts import Conflict
from dagster_project.proof.intervals import Network, network, propagate
from dagster_project.proof.system import Component

FREE = -1
MAX_SIZE = 3  # slips looked for together, beyond one for each figure that was printed differently
MAX_SETS = 20  # explanations of one size that are listed
MAX_SINGLES = 400  # candidates that get a linear program of their own
MOST_DISAGREEING = (
    6  # figures printed differently of which sets are mixed; of more, whole publications are believed
)
_NODES = 2_000  # of the search tree of one integer program
_TERMS_BUDGET = 60_000  # rounds of the integer program x terms, so that large components stop in time


@dataclass(frozen=True, slots=True)
class Freed:
    """One figure that an explanation takes for wrong, and what the others say it must have printed.

    kept: the group of prints that is believed, or FREE. low, high: the least and greatest number, in
    steps, that could stand there; None where the others leave it open.
    """

    figure: int
    kept: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A smallest set of figures that, taken for wrong, lets everything else hold. ``shift``: see ``shifts``."""

    freed: tuple[Freed, ...]
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """What was found and how far was looked: complete, capped (not looked further), none, none up to three, or the
    solver's refusal."""

    explanations: tuple[Explanation, ...]
    outcome: str


class _NotFurther(Exception):
    """The integer program was not solved within its bound."""


@dataclass(frozen=True)
class Box:
    """Centres (exact, in steps) and bounds of the deviations from them, shape (size,)."""

    centres: list[int]
    low: np.ndarray
    high: np.ndarray


def search(component: Component, conflicts: list[Conflict]) -> Search:
    """All single-figure explanations; where there is none, all smallest sets."""
    net = network(component.rows, component.size)
    try:
        if not component.disagreeing:
            singles, is_complete = _singles(component, net, conflicts)
            if singles:
                return Search(tuple(singles), "complete" if is_complete else "capped")
        if len(component.disagreeing) > MOST_DISAGREEING:
            return Search(tuple(_whole_publications(component, net)), "capped")
        return _sets(component, net, conflicts)
    except linear.SolverFailure as failure:
        return Search((), failure.status)


def box_of(component: Component, choice: Mapping[int, int], centres: Mapping[int, int] | None = None) -> Box:
    """The box in which the chosen figures are free or believe one print. ``centres`` replaces prints."""
    at = list(component.centres)
    low, high = -component.half_floats, component.half_floats.copy()
    for f, group in choice.items():
        if group == FREE:
            low[f], high[f] = -np.inf, np.inf
        else:
            at[f] = component.values[component.groups[f][group][0]]
    for f, value in (centres or {}).items():
        at[f] = value
    return Box(at, low, high)


def narrowed(component: Component, net: Network, box: Box, figures: Iterable[int]) -> Box | None:
    """The box with the free figures moved to where the others want them; None if it is proved empty.

    Moving the centre keeps the numbers of the linear programs small, whatever the size of the error.
    """
    residual = np.array(component.residuals(box.centres), dtype=float)
    low, high, empty = propagate(net, residual, box.low[None], box.high[None])
    if empty[0]:
        return None
    centres, low, high = list(box.centres), low[0], high[0]
    for f in figures:
        if np.isfinite(low[f]) and np.isfinite(high[f]):
            shift = round((low[f] + high[f]) / 2)
            centres[f] += shift
            low[f] -= shift
            high[f] -= shift
    return Box(centres, np.minimum(low, high), np.maximum(low, high))


def printable(
    component: Component, figure: int, centre: int, ends: tuple[float, float]
) -> tuple[int, int] | None:
    """The least and greatest number of steps that can be printed for a value between ``ends`` + centre.

    None where no whole number of steps will do. Ties round either way.
    """
    half = float(component.half[figure])
    low = centre + math.ceil(ends[0] - half - linear.TOLERANCE)
    high = centre + math.floor(ends[1] + half + linear.TOLERANCE)
    return (low, high) if low <= high else None


def _singles(component: Component, net: Network, conflicts: list[Conflict]) -> tuple[list[Explanation], bool]:
    candidates = sorted(frozenset.intersection(*(c.figures for c in conflicts)))
    n = len(candidates)
    low = np.tile(-component.half_floats, (n, 1))
    high = -low
    low[np.arange(n), candidates], high[np.arange(n), candidates] = -np.inf, np.inf
    residual = np.array(component.residuals(component.centres), dtype=float)
    low, high, empty = propagate(net, residual, low, high)
    left = [i for i in range(n) if not empty[i]]
    found = []
    for i in left[:MAX_SINGLES]:
        f = candidates[i]
        centre: int = component.centres[f]
        ends: tuple[float, float] | None = (float(low[i, f]), float(high[i, f]))
        if not net.is_forest:
            box = narrowed(component, net, box_of(component, {f: FREE}), [f])
            ends = None if box is None else _extent(component, net, box, f)
            centre = centre if box is None else box.centres[f]
        numbers = ends and printable(component, f, centre, ends)
        if numbers:
            found.append(Explanation((Freed(f, FREE, *numbers),)))
    return found, len(left) <= MAX_SINGLES


def _whole_publications(component: Component, net: Network) -> list[Explanation]:
    """The publications (tables) that, believed in every figure that is printed differently, let everything hold.

    As many moves as there are such figures: no explanation is smaller.
    """
    tables = dict.fromkeys(
        component.cells[i].table_id for f in component.disagreeing for i in component.members[f]
    )
    found = []
    for table in tables:
        choice = {
            f: group
            for f in component.disagreeing
            for group, cells in enumerate(component.groups[f])
            if any(component.cells[i].table_id == table for i in cells)
        }
        if len(choice) == len(component.disagreeing) and _blame(component, net, choice) is None:
            explanation = _explained(component, net, choice)
            found += [explanation] if explanation else []
    return found[:MAX_SETS]


def _extent(component: Component, net: Network, box: Box, figure: int) -> tuple[float, float] | None:
    residual = np.array(component.residuals(box.centres), dtype=float)
    return linear.extent(net, residual, box.low, box.high, figure)


def _sets(component: Component, net: Network, conflicts: list[Conflict]) -> Search:
    """All smallest sets by hitting conflicts: the outcome says whether more may exist."""
    program = _HittingProgram(component)
    if not component.disagreeing:
        program.must_be_larger_than(1)  # the single ones were all tried
    for conflict in conflicts:
        if conflict.witness is None:
            program.must_change(conflict.figures, {})
    rounds = max(20, min(250, _TERMS_BUDGET * 4 // max(1, len(net.column))))
    found: list[Explanation] = []
    best = math.inf
    for _ in range(rounds):
        try:
            proposal = program.cheapest()
        except _NotFurther:
            break
        if proposal is None or proposal[0] > best + 0.5:
            return Search(tuple(found), "complete" if found else "none")
        cost, choice = proposal
        if cost > len(component.disagreeing) + MAX_SIZE + 0.5:
            return Search(tuple(found), "complete" if found else "none up to three")
        blame = _blame(component, net, choice)
        if blame is None:
            explanation = _explained(component, net, choice)
            if explanation is not None:
                found.append(explanation)
                best = cost
                if len(found) == MAX_SETS:
                    return Search(tuple(found), "capped")
            program.forbid(choice)
        else:
            program.must_change(blame, choice)
    return Search(tuple(found), "capped")


def _blame(component: Component, net: Network, choice: Mapping[int, int]) -> frozenset[int] | None:
    """The figures of a conflict that stands under this choice; None if the choice explains everything."""
    box = box_of(component, choice)
    close = narrowed(component, net, box, [f for f, group in choice.items() if group == FREE])
    tested = close or box
    reply = linear.miss(
        net, np.array(component.residuals(tested.centres), dtype=float), tested.low, tested.high
    )
    if close is not None and reply.gap <= linear.TOLERANCE:
        return None
    combined = np.abs(linear.matrix(net).T @ reply.multipliers)
    free = {f for f, group in choice.items() if group == FREE}
    return frozenset(int(f) for f in np.flatnonzero(combined > 1e-7 * combined.max()) if int(f) not in free)


def _explained(component: Component, net: Network, choice: Mapping[int, int]) -> Explanation | None:
    """The explanation with the numbers it implies; None if one of them cannot be printed."""
    open_figures = [f for f, group in choice.items() if group == FREE]
    box = narrowed(component, net, box_of(component, choice), open_figures)
    if box is None:
        return None
    freed = []
    for f, group in sorted(choice.items()):
        if group != FREE:
            value = component.values[component.groups[f][group][0]]
            freed.append(Freed(f, group, value, value))
            continue
        ends = _extent(component, net, box, f)
        if ends is None:
            return None
        if not all(math.isfinite(end) for end in ends):
            freed.append(Freed(f, FREE, None, None))
            continue
        numbers = printable(component, f, box.centres[f], ends)
        if numbers is None:
            return None
        freed.append(Freed(f, FREE, *numbers))
    return Explanation(tuple(freed))


class _HittingProgram:
    """The integer program over moves: free a figure (1), believe one of its prints (1), or none of them (2)."""

    def __init__(self, component: Component) -> None:
        self._moves: list[tuple[int, int]] = []
        cost = []
        disagreeing = set(component.disagreeing)
        one_each: dict[int, list[int]] = {}
        for f in range(component.size):
            if f in disagreeing:
                options = [*range(len(component.groups[f])), FREE]
                one_each[f] = list(range(len(self._moves), len(self._moves) + len(options)))
                cost += [1.0] * (len(options) - 1) + [2.0]
                self._moves += [(f, option) for option in options]
            else:
                self._moves.append((f, FREE))
                cost.append(1.0)
        self._cost = np.array(cost)
        self._index = {move: i for i, move in enumerate(self._moves)}
        self._disagreeing = disagreeing
        self._rows: list[tuple[dict[int, float], float, float]] = [
            ({i: 1.0 for i in options}, 1.0, 1.0) for options in one_each.values()
        ]

    def must_change(self, figures: Iterable[int], choice: Mapping[int, int]) -> None:
        """At least one of these figures moves away from this choice."""
        terms: dict[int, float] = {}
        least = 1.0
        for f in figures:
            if f not in self._disagreeing:
                terms[self._index[f, FREE]] = 1.0
            elif f in choice:
                terms[self._index[f, choice[f]]] = -1.0
                least -= 1.0
        self._rows.append((terms, least, np.inf))

    def must_be_larger_than(self, moves: int) -> None:
        """More than so many moves."""
        self._rows.append(({i: 1.0 for i in range(len(self._moves))}, moves + 1.0, np.inf))

    def forbid(self, choice: Mapping[int, int]) -> None:
        """Not all of these moves again."""
        moves = [self._index[move] for move in choice.items()]
        self._rows.append(({i: 1.0 for i in moves}, -np.inf, len(moves) - 1.0))

    def cheapest(self) -> tuple[float, dict[int, int]] | None:
        """The cheapest choice that satisfies all rows, with its cost; None if there is none.

        Raises ``_NotFurther`` where that would take more than its bound.
        """
        data = [(k, i, a) for k, (terms, _, _) in enumerate(self._rows) for i, a in terms.items()]
        k, i, a = (np.array(column) for column in zip(*data, strict=True))
        shape = (len(self._rows), len(self._moves))
        rows = csr_array((a, (k, i)), shape=shape)
        result = milp(
            self._cost,
            constraints=LinearConstraint(
                rows, [low for _, low, _ in self._rows], [up for *_, up in self._rows]
            ),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(self._moves)),
            options={"node_limit": _NODES},
        )
        if result.status == 2:
            return None
        if result.status == 1:
            raise _NotFurther
        if result.status != 0:
            raise linear.SolverFailure(f"status {result.status}: {result.message}")
        chosen = [self._moves[i] for i in np.flatnonzero(result.x > 0.5)]
        return float(round(result.fun)), dict(chosen)
