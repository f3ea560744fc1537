"""One function says whether a sum holds: exactly, within rounding, or not; and when it cannot be said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.judgement import SumTerm, half_width_of, judge

amounts = st.decimals(-(10**9), 10**9, places=2)
HALF = Decimal("0.5")


def terms(*numbers, half=HALF):
    """The last number is the total."""
    *parts, total = numbers
    return [*(SumTerm(1, Decimal(p), half) for p in parts), SumTerm(-1, Decimal(total), half)]


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [((3, 4, 7), "exact"), ((3, 4, 8), "rounding"), ((3, 4, "8.5"), "rounding"), ((3, 4, 9), "break")],
)
def test_rounding_explains_half_a_unit_of_each_number_and_no_more(numbers, verdict):
    assert judge(terms(*numbers)).verdict == verdict


def test_whole_euros_leave_nothing_to_rounding():
    assert half_width_of("EUR", 0) == 0
    assert judge(terms(3, 4, 8, half=half_width_of("EUR", 0))).verdict == "break"


@pytest.mark.parametrize(
    ("unit", "decimals", "half"),
    [("EUR_1000", 0, "0.5"), ("EUR_MLN", 1, "0.05"), ("EUR", 2, "0.005"), (None, 0, "0.5")],
)
def test_half_a_unit_of_the_last_digit(unit, decimals, half):
    assert half_width_of(unit, decimals) == Decimal(half)


@pytest.mark.parametrize("found", [[], terms(5), [*terms(5, 5), SumTerm(1, None, HALF)]])
def test_what_lacks_a_number_is_not_judged(found):
    judgement = judge(found)
    assert (judgement.verdict, judgement.residual) == ("not_judged", 0)


@given(st.lists(amounts, min_size=1, max_size=8))
def test_parts_and_their_own_sum_are_exact_and_one_cent_more_than_rounding_breaks(parts):
    half = Decimal("0.005")
    total = sum(parts, Decimal(0))
    assert judge(terms(*parts, total, half=half)).verdict == "exact"
    slack = half * (len(parts) + 1)
    assert judge(terms(*parts, total + slack, half=half)).verdict == "rounding"
    assert judge(terms(*parts, total + slack + Decimal("0.01"), half=half)).verdict == "break"


@given(st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2]), amounts), min_size=2, max_size=8))
def test_turning_every_sign_changes_no_verdict(found):
    one = judge(SumTerm(c, a, HALF) for c, a in found)
    other = judge(SumTerm(-c, a, HALF) for c, a in found)
    assert (one.verdict, one.tolerance, one.residual) == (other.verdict, other.tolerance, -other.residual)
