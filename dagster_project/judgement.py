"""How one sum is judged: what it leaves, how much of that rounding may explain, and the verdict.

Exact arithmetic in printed units. Everything that judges a sum comes here; the audit takes what the proof
wrote down of it. What does not belong here: which sums there are, and what a break means.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

EXACT, ROUNDING, BREAK, NOT_JUDGED = VERDICTS = ("exact", "rounding", "break", "not_judged")
_HALF = Decimal("0.5")
_ZERO = Decimal(0)


class SumTerm(NamedTuple):
    """One number of a sum with its coefficient; ``amount`` None where a mark says there is no number."""

    coefficient: Decimal | int
    amount: Decimal | None
    half_width: Decimal  # how far rounding may have moved it, see ``half_width_of``


class Judgement(NamedTuple):
    """``residual`` and ``tolerance`` in printed units; both zero where the sum could not be judged."""

    residual: Decimal
    tolerance: Decimal
    verdict: str  # one of VERDICTS


UNJUDGED = Judgement(_ZERO, _ZERO, NOT_JUDGED)


def half_width_of(unit: str | None, decimals: int) -> Decimal:
    """Half a unit of the last printed digit, in printed units; zero for whole euros."""
    if unit == "EUR" and decimals == 0:
        return _ZERO
    return _HALF.scaleb(-decimals)


def judge(terms: Iterable[SumTerm]) -> Judgement:
    """Whether the terms add up to zero: exactly, within the rounding of each of them, or not.

    Not judged where one of them has no number, or where there are fewer than two.
    """
    residual = tolerance = _ZERO
    count = 0
    for term in terms:
        if term.amount is None:
            return UNJUDGED
        count += 1
        if term.coefficient == 1:
            residual += term.amount
            tolerance += term.half_width
        else:
            weight = Decimal(term.coefficient)
            residual += weight * term.amount
            tolerance += abs(weight) * term.half_width
    if count < 2:
        return UNJUDGED
    return Judgement(residual, tolerance, verdict_of(residual, tolerance))


def verdict_of(residual: Decimal, tolerance: Decimal) -> str:
    """EXACT, ROUNDING or BREAK, of what a sum leaves and what rounding explains of it, both in printed units."""
    if not residual:
        return EXACT
    return ROUNDING if abs(residual) <= tolerance else BREAK
