"""The few rules that cannot hold together, of a component that rounding does not explain.

A rule can clash alone (its own numbers are further off than rounding), two publications can print one
figure differently, or several rules can clash only when added up. In the last case the multipliers of
the linear program name them, and rules are dropped from the list until none can be missed.

What does not belong here: which cell is to blame (``suspects``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dagster_project.proof import linear
from dagster_project.proof.certificate import Certificate, combine, fractions_of, rounding_of
from dagster_project.proof.intervals import network
from dagster_project.proof.system import Component, Equation


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold together: rows with weights, or one figure that was printed differently.

    figures: those whose printed value matters to the conflict; one of them must be wrong. off: by how
    much the weighted sum misses zero, and room: how much of that rounding can explain, in whole units
    of the weighted rows.
    """

    rows: tuple[tuple[int, Fraction], ...]
    figures: frozenset[int]
    off: Fraction = Fraction(0)
    room: Fraction = Fraction(0)
    witness: int | None = None


def conflicts_of(component: Component, certificate: Certificate) -> list[Conflict]:
    """All figures printed differently, all rules that clash alone, or else one smallest clash of several."""
    found = [Conflict((), frozenset([f]), witness=f) for f in component.disagreeing]
    doubtful = set(component.disagreeing)
    residuals = component.residuals(component.centres)
    for k, (row, r) in enumerate(zip(component.rows, residuals, strict=True)):
        room = rounding_of(row, component.half)
        if abs(r) > room and not doubtful.intersection(row.figures):
            found.append(Conflict(((k, Fraction(1)),), frozenset(row.figures), Fraction(r), room))
    if not found and certificate.multipliers is not None:
        found.append(_irreducible(component, residuals, certificate.multipliers))
    return found


def _irreducible(component: Component, residuals: list[int], multipliers: np.ndarray) -> Conflict:
    """A clash of several rows from which no row can be left out."""
    size = np.abs(multipliers)
    chosen = [int(k) for k in np.flatnonzero(size > 1e-9 * size.max())]
    for k in sorted(chosen, key=lambda k: size[k]):
        fewer = [other for other in chosen if other != k]
        if fewer and _clash(component, residuals, fewer) is not None:
            chosen = fewer
    weights = _clash(component, residuals, chosen)
    if weights is None:  # within the solver's tolerance only; name what it used
        weights = fractions_of(multipliers[chosen], 10_000)
    return _weighted(component, residuals, chosen, weights)


def _clash(component: Component, residuals: list[int], chosen: Sequence[int]) -> list[Fraction] | None:
    """Weights with which these rows clash; None if they do not."""
    rows = [component.rows[k] for k in chosen]
    residual = np.array([residuals[k] for k in chosen], dtype=float)
    reply = linear.miss(
        network(rows, component.size), residual, -component.half_floats, component.half_floats
    )
    if reply.gap <= linear.TOLERANCE:
        return None
    return fractions_of(reply.multipliers, 10_000)


def _weighted(
    component: Component, residuals: list[int], chosen: Sequence[int], weights: Sequence[Fraction]
) -> Conflict:
    rows: list[Equation] = [component.rows[k] for k in chosen]
    total, off = combine(rows, [residuals[k] for k in chosen], weights)
    room = sum((abs(a) * component.half[f] for f, a in total.items()), Fraction(0))
    pairs = tuple((k, y) for k, y in zip(chosen, weights, strict=True) if y)
    return Conflict(pairs, frozenset(total), off, room)
