"""How a sum that does not hold would hold: without one of its parts, or with one of them twice.

A diagnosis of a break, never a rule: what a sum claims follows from words and structure, and that its numbers
would satisfy another sum is what the break says. What does not belong here: which number is wrong (the proof).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dagster_project.consistency.judgement import BREAK, Term, judge

MOST_PARTS = 400  # beyond so many every number is near some part
LEFT_OUT, COUNTED_TWICE = "weggelaten", "dubbel geteld"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What would close a sum: the index of the part, and what would have to happen to it."""

    part: int
    how: str  # LEFT_OUT | COUNTED_TWICE


def near_miss(terms: Sequence[Term]) -> NearMiss | None:
    """The one part without which, or with which twice, a broken sum closes; the total is the last term.

    None where the sum does not break, where no part closes it, or where several would.
    """
    if judge(terms).verdict != BREAK or not 2 < len(terms) <= MOST_PARTS:
        return None
    found = [
        NearMiss(i, how)
        for i, term in enumerate(terms[:-1])
        if term.amount
        for how, factor in ((LEFT_OUT, 0), (COUNTED_TWICE, 2))
        if judge(_with(terms, i, factor)).verdict != BREAK
    ]
    return found[0] if len(found) == 1 else None


def shared(lines: Sequence[Sequence[Term]]) -> NearMiss | None:
    """The near miss that most of the broken lines have in common: the same part of the same sum in each column.

    ``lines`` are the terms of one sum per column. It must close two of them at least, and more than half.
    """
    found = [miss for terms in lines if (miss := near_miss(terms)) is not None]
    broken = sum(judge(terms).verdict == BREAK for terms in lines)
    counted: Mapping[NearMiss, int] = {m: found.count(m) for m in found}
    best = max(counted, key=lambda m: counted[m], default=None)
    return best if best is not None and counted[best] > 1 and counted[best] * 2 > broken else None


def _with(terms: Sequence[Term], index: int, factor: int) -> list[Term]:
    term = terms[index]
    return [
        *terms[:index],
        term._replace(coefficient=Decimal(term.coefficient) * factor),
        *terms[index + 1 :],
    ]
