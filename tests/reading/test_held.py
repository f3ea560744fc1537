"""Rows that a group holds: what many of them say together is what each says, and many are not copied."""

from __future__ import annotations

from functools import reduce

from dagster_project.reading.held import MOST_SUMMED, NONE, Held


def held(rows: range) -> Held:
    """Rows of which every third stays behind a subtotal, each saying a bit of its own."""
    return reduce(Held.and_, (Held.one(r, 1 << r % 5, is_apart=r % 3 == 0) for r in rows), NONE)


def test_rows_that_are_added_one_by_one_or_together_are_the_same_rows():
    one_by_one, together = held(range(9)), held(range(4)).and_(held(range(4, 9)))
    for found in (one_by_one, together):
        assert (found.rows, found.count, found.last, found.said) == (tuple(range(9)), 9, 8, 0b11111)
        assert (found.apart.rows, found.apart.last) == ((0, 3, 6), 6)
        assert found.apart.apart is found.apart


def test_nothing_added_to_rows_leaves_them_as_they_are():
    some = held(range(3))
    assert some.and_(NONE) is some and NONE.and_(some) is some
    assert not NONE and some


def test_more_rows_than_sums_are_tried_of_are_counted_and_not_kept():
    many = held(range(MOST_SUMMED + 1))
    assert (many.rows, many.count, many.last) == ((), MOST_SUMMED + 1, MOST_SUMMED)
    assert len(many.apart.rows) == many.apart.count == MOST_SUMMED // 3 + 1
    assert held(range(MOST_SUMMED)).rows == tuple(range(MOST_SUMMED))
