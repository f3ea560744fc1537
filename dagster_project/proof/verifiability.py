"""How far each number is pinned down by the others, whether or not anything is wrong.

* *detectable*: it is part of a judged rule, so an error in it can show.
* *locatable*: a (large) error in it would be found and named alone. A figure printed once is, if its
  column of coefficients is not a multiple of another's: only a proportional column can take up the
  same error. A figure printed in two publications always is (if a rule besides knows it): the prints differ,
  and believing the wrong one breaks the rules. With three prints the majority decides.
* *implied*: leave it out, and the others leave no number that differs from the printed one by more than
  one unit of the last digit. Judged from interval bounds that are never too narrow, so what is called
  implied is; on systems with cycles a little more may be.

What does not belong here: the one word per cell that the contract asks for (``proof``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dagster_project.proof.intervals import implied, network, propagate
from dagster_project.proof.suspects import printable
from dagster_project.proof.system import Component

_LEAVE_ONE_OUT_BUDGET = 4_000_000  # figures x terms; beyond it one step of bounds instead of all


@dataclass(frozen=True, slots=True)
class Pinned:
    """Least and greatest number of steps that the others allow here; None where they leave it open."""

    low: int | None
    high: int | None


def locatable_figures(component: Component) -> list[bool]:
    """Per figure whether a single large error in one of its prints would be named alone."""
    columns: list[list[tuple[int, int]]] = [[] for _ in range(component.size)]
    for k, row in enumerate(component.rows):
        for f, a in zip(row.figures, row.coefficients, strict=True):
            columns[f].append((k, a))
    shapes = [_shape(column) for column in columns]
    once = Counter(
        shape for shape, cells in zip(shapes, component.members, strict=True) if shape and len(cells) == 1
    )
    return [
        len(cells) > 2 or (bool(shape) and (len(cells) == 2 or once[shape] == 1))
        for shape, cells in zip(shapes, component.members, strict=True)
    ]


def _shape(column: list[tuple[int, int]]) -> tuple[tuple[int, Fraction], ...]:
    """A column up to a factor."""
    return tuple((k, Fraction(a, column[0][1])) for k, a in column)


def pinned_figures(component: Component, doubted: Iterable[int] = ()) -> list[Pinned]:
    """What the others say about each figure, with the doubted figures left out of what is believed."""
    net = network(component.rows, component.size)
    residual = np.array(component.residuals(component.centres), dtype=float)
    low, high = -component.half_floats, component.half_floats.copy()
    free = list(doubted)
    low[free], high[free] = -np.inf, np.inf
    if component.size * len(net.column) <= _LEAVE_ONE_OUT_BUDGET:
        every = np.arange(component.size)
        lows, highs = np.tile(low, (component.size, 1)), np.tile(high, (component.size, 1))
        lows[every, every], highs[every, every] = -np.inf, np.inf
        lows, highs, empty = propagate(net, residual, lows, highs)
        least, most = lows[every, every], highs[every, every]
        least[empty], most[empty] = -np.inf, np.inf
    else:
        least, most = (bound[0] for bound in implied(net, residual, low[None], high[None]))
    return [_pinned(component, f, least[f], most[f]) for f in range(component.size)]


def _pinned(component: Component, figure: int, least: float, most: float) -> Pinned:
    if not (np.isfinite(least) and np.isfinite(most)):
        return Pinned(None, None)
    numbers = printable(component, figure, component.centres[figure], (float(least), float(most)))
    return Pinned(*numbers) if numbers else Pinned(None, None)


def is_implied(pinned: Pinned, printed: int) -> bool:
    """Whether only numbers within one unit of the last digit of the printed one are left."""
    if pinned.low is None or pinned.high is None:
        return False
    return printed - 1 <= pinned.low and pinned.high <= printed + 1
