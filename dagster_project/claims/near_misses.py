"""How a sum that does not hold would hold: without a part, with a part twice, or with one from another column.

A diagnosis of a break, never a rule: what a sum claims follows from words and structure, and that its numbers
would satisfy another sum is what the break says. What does not belong here: which number is wrong (the proof).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from dagster_project.judgement import BREAK, Judgement, SumTerm, judge, verdict_of
from dagster_project.number_text import dutch, english

MOST_PARTS = 400  # beyond so many every number is near some part
LEFT_OUT, TWICE, FROM_LEFT, FROM_RIGHT = "weggelaten", "dubbel", "kolom links", "kolom rechts"


class NearMiss(NamedTuple):
    """What would close a sum: the index of a term (the last is the total), and what would have to happen to it."""

    term: int
    how: str  # LEFT_OUT | TWICE | FROM_LEFT | FROM_RIGHT


def near_miss(terms: Sequence[SumTerm]) -> NearMiss | None:
    """The one part without which, or with which twice, a broken sum closes; the total is the last term.

    None where the sum does not break, where no part closes it, or where several would.
    """
    found = closing(terms, [terms], 0)
    return found[0] if len(found) == 1 else None


def shared(lines: Sequence[Sequence[SumTerm]]) -> NearMiss | None:
    """The near miss that most broken lines have in common. ``lines``: the terms of one sum in each column.

    All lines have the same parts in the same order, blanks as nothing, from left to right. The near miss must
    close two of them at least, and more than half of those that break. A term taken from the column beside
    it counts too, which no sum by itself can tell from chance.
    """
    broken = [i for i, terms in enumerate(lines) if judge(terms).verdict == BREAK]
    counted = Counter(miss for i in broken for miss in closing(lines[i], lines, i))
    if not counted:
        return None
    best, count = counted.most_common(1)[0]
    return best if count > 1 and count * 2 > len(broken) else None


def closing(terms: Sequence[SumTerm], lines: Sequence[Sequence[SumTerm]], at: int) -> list[NearMiss]:
    """Every near miss of a sum that stands at index ``at`` of ``lines``; none where it holds."""
    if not 2 < len(terms) <= MOST_PARTS:
        return []
    off = judge(terms)
    if off.verdict != BREAK:
        return []
    found = []
    for i, term in enumerate(terms):
        if i < len(terms) - 1 and term.amount:
            found += [
                NearMiss(i, how) for how, times in ((LEFT_OUT, -1), (TWICE, 1)) if _closes(off, term, times)
            ]
        for how, beside in ((FROM_LEFT, at - 1), (FROM_RIGHT, at + 1)):
            if 0 <= beside < len(lines) and _closes_with(off, term, lines[beside][i]):
                found.append(NearMiss(i, how))
    return found


class Told(NamedTuple):
    """What would close a sum, in Dutch and English, to follow "de som" and "the sum".

    ``slip``: the same without the amount, which is another one in each column; None for a number of another column, which
    does not repeat.
    """

    nl: str
    en: str
    slip: str | None = None
    slip_en: str | None = None


def told(miss: NearMiss, name: str, amount: Decimal | None) -> Told:
    """A near miss in words; ``amount`` as printed."""
    if miss.how in (FROM_LEFT, FROM_RIGHT):
        side, side_en = ("links", "left") if miss.how == FROM_LEFT else ("rechts", "right")
        return Told(
            f"sluit met het getal van {name} uit de kolom {side}",
            f"holds with the number of {name} from the column to the {side_en}",
        )
    slip = f"sluit als {name} wordt weggelaten" if miss.how == LEFT_OUT else f"sluit als {name} dubbel telt"
    slip_en = f"holds if {name} is left out" if miss.how == LEFT_OUT else f"holds if {name} counts twice"
    places = 0 if amount is None else max(0, -int(amount.as_tuple().exponent))
    number, number_en = (
        ("", "") if amount is None else (f": {dutch(amount, places)}", f": {english(amount, places)}")
    )
    return Told(f"{slip}{number}", f"{slip_en}{number_en}", slip, slip_en)


def _closes(off: Judgement, term: SumTerm, times: int) -> bool:
    """Whether a broken sum holds with this term so many times more; its rounding comes or goes with it."""
    if term.amount is None:
        return False
    weight = Decimal(term.coefficient)
    residual = off.residual + times * weight * term.amount
    return verdict_of(residual, off.tolerance + times * abs(weight) * term.half_width) != BREAK


def _closes_with(off: Judgement, term: SumTerm, other: SumTerm) -> bool:
    """Whether a broken sum holds with the number of ``other`` in the place of the one of ``term``."""
    if term.amount is None or not other.amount:
        return False
    weight = Decimal(term.coefficient)
    residual = off.residual + weight * (other.amount - term.amount)
    return verdict_of(residual, off.tolerance + abs(weight) * (other.half_width - term.half_width)) != BREAK
