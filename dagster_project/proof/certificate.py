"""The certificate of a component: do unrounded values exist that print as published and keep every rule?

One linear program gives the least half-width u* for which they do, with the values themselves. Pure
rounding explains the component if u* is at most a half. The answer is then checked in exact fractions:
the values by putting them into the rules, the refusal by adding up the rules with the multipliers that
the solver found. ``is_exact`` says that this succeeded, so that nobody needs to trust the solver.

What does not belong here: which rules clash (``conflicts``) and which cells explain it (``suspects``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dagster_project.proof import linear
from dagster_project.proof.intervals import Network, network
from dagster_project.proof.system import Component, Equation

_DENOMINATORS = (1, 2, 12, 840, 10_000)
_PARTS = (1, 2, 12, 2_520, 720_720)  # multiples of all denominators up to 2, 4, 10 and 16
_OWN_LIMIT, _LARGEST_PARTS = 500, 10**9  # beyond that the solver's last digits are noise


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whether rounding explains a component.

    feasible: None where the solver failed. min_half_width: u* in units of the last printed digit; None
    where no half-width helps (prints of one figure differ, exact numbers contradict each other) or is
    known. witness: the deviation of each figure from its print, in steps, if feasible. multipliers: one
    per row, if a linear program refused.
    """

    feasible: bool | None
    min_half_width: float | None
    is_exact: bool
    status: str
    witness: tuple[Fraction, ...] | None = None
    multipliers: np.ndarray | None = None


def certify(component: Component) -> Certificate:
    """The certificate of a component."""
    residuals = component.residuals(component.centres)
    if component.disagreeing:
        return Certificate(False, None, True, "compared")
    if not any(residuals):
        return Certificate(True, 0.0, True, "summed", tuple(Fraction(0) for _ in component.half))
    is_refused = any(
        _is_beyond(row, r, component.half) for row, r in zip(component.rows, residuals, strict=True)
    )
    try:
        return _by_program(component, network(component.rows, component.size), residuals, is_refused)
    except linear.SolverFailure as failure:
        return Certificate(False if is_refused else None, None, is_refused, failure.status)


def _by_program(component: Component, net: Network, residuals: list[int], is_refused: bool) -> Certificate:
    residual = np.array(residuals, dtype=float)
    weight = 2 * component.half_floats
    if not weight.any():
        weight = np.ones(component.size)
    answer = linear.least_half_width(net, residual, weight)
    if answer is None:
        reply = linear.miss(net, residual, -component.half_floats, component.half_floats)
        is_exact = refutes(component.rows, residuals, component.half, reply.multipliers)
        return Certificate(False, None, is_exact, "infeasible", multipliers=reply.multipliers)
    least, point, multipliers = answer
    if not component.half_floats.any():  # exact numbers: any room at all is too much, and residuals are not 0
        return Certificate(False, least, True, "optimal", multipliers=multipliers)
    if is_refused or least > 0.5 + linear.TOLERANCE:
        is_exact = is_refused or refutes(component.rows, residuals, component.half, multipliers)
        return Certificate(False, least, is_exact, "optimal", multipliers=multipliers)
    witness = exact_witness(component.rows, residuals, component.half, point)
    if witness is not None:
        return Certificate(True, least, True, "optimal", witness)
    if refutes(component.rows, residuals, component.half, multipliers):
        return Certificate(False, least, True, "optimal", multipliers=multipliers)
    rounded = tuple(Fraction(float(e)).limit_denominator(1_000_000) for e in point)
    return Certificate(True, min(least, 0.5), False, "optimal", rounded)


def _is_beyond(row: Equation, residual: int, half: Sequence[Fraction]) -> bool:
    """Whether a row's residual is more than its own numbers can have lost in rounding."""
    return abs(residual) > rounding_of(row, half)


def rounding_of(row: Equation, half: Sequence[Fraction]) -> Fraction:
    """The largest residual that rounding explains in one row, in the row's whole units."""
    return sum((abs(a) * half[f] for f, a in zip(row.figures, row.coefficients, strict=True)), Fraction(0))


def exact_witness(
    rows: Sequence[Equation], residuals: Sequence[int], half: Sequence[Fraction], point: np.ndarray
) -> tuple[Fraction, ...] | None:
    """The solver's point as fractions that keep every rule and every bound exactly; None if none is near."""
    for parts in _parts_for(point):
        guess = [round(float(e) * parts) for e in point]
        if all(abs(e) <= parts * h for e, h in zip(guess, half, strict=True)) and all(
            r * parts + sum(a * guess[f] for f, a in zip(row.figures, row.coefficients, strict=True)) == 0
            for row, r in zip(rows, residuals, strict=True)
        ):
            return tuple(Fraction(e, parts) for e in guess)
    return None


def _parts_for(point: np.ndarray) -> Iterator[int]:
    """Common denominators to try: the usual ones, then the one that the point itself seems to have."""
    yield from _PARTS
    own = 1
    for e in set(point):
        own = math.lcm(own, Fraction(float(e)).limit_denominator(_OWN_LIMIT).denominator)
        if own > _LARGEST_PARTS:
            return
    yield own


def refutes(
    rows: Sequence[Equation], residuals: Sequence[int], half: Sequence[Fraction], multipliers: np.ndarray
) -> bool:
    """Whether the rows, added up with these multipliers, leave more than rounding explains: exactly."""
    for limit in _DENOMINATORS:
        combined = combine(rows, residuals, fractions_of(multipliers, limit))
        if combined and abs(combined[1]) > sum(
            (abs(a) * half[f] for f, a in combined[0].items()), Fraction(0)
        ):
            return True
    return False


def fractions_of(multipliers: np.ndarray, limit: int) -> list[Fraction]:
    """Multipliers scaled to a largest size of 1, as fractions with small denominators."""
    largest = float(np.abs(multipliers).max(initial=0.0))
    if largest == 0:
        return [Fraction(0)] * len(multipliers)
    return [Fraction(float(y) / largest).limit_denominator(limit) for y in multipliers]


def combine(
    rows: Sequence[Equation], residuals: Sequence[int], weights: Sequence[Fraction]
) -> tuple[dict[int, Fraction], Fraction]:
    """The rows added up with weights: the coefficients that remain per figure, and the residual."""
    total: dict[int, Fraction] = {}
    left = Fraction(0)
    for row, r, y in zip(rows, residuals, weights, strict=True):
        if y:
            left += y * r
            for f, a in zip(row.figures, row.coefficients, strict=True):
                total[f] = total.get(f, Fraction(0)) + y * a
    return {f: a for f, a in total.items() if a}, left
