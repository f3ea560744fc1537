"""The bench of reading: both sides read the same tables, and no run knows the amounts of another."""

from __future__ import annotations

import random
from pathlib import Path

from dagster_project.bench.reading_speed import (
    PANDAS,
    grown,
    measure,
    tables_in,
    texts_in,
    with_other_amounts,
)

RAW = Path(__file__).parents[2] / "raw"


def test_other_amounts_leave_years_words_and_the_shape_of_every_table():
    for text in texts_in(RAW):
        drawn = with_other_amounts(text, random.Random(1))
        assert drawn != text and len(drawn) == len(text)
        assert [len(t.rows) for t in tables_in(drawn)] == [len(t.rows) for t in tables_in(text)]
    assert with_other_amounts("Lasten 2018 75", random.Random(1)) == "Lasten 2018 75"


def test_a_table_that_has_grown_is_read_back_as_one_table_of_ten_times_the_rows():
    (text,) = (t for t in texts_in(RAW) if t.count("\n") == 369)
    (large,) = grown(text)
    (before,), (after,) = tables_in(text), tables_in(large)
    assert len(after.rows) == 10 * len(before.rows)


def test_every_stage_has_a_speed():
    found = measure("as printed", texts_in(RAW)[:1], runs=1)
    assert found.cells > 0 and all(rate > 0 for rate in found.rates.values()) and found.ratio(PANDAS) == 1
