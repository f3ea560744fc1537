"""The bench of the report, on the shipped documents: what it counts and what it holds against each other."""

from __future__ import annotations

from time import process_time

import duckdb

from dagster_project.bench.report import MOST_BYTES, _Timed, measure
from dagster_project.reports.queries import streamed
from tests.conftest import ROOT


def test_the_report_is_measured_beside_its_own_queries(refreshed, tmp_path):
    found = measure(refreshed / "sluitend.duckdb", ROOT / "raw", tmp_path)

    assert (found.documents, found.tables) == (5, 12)
    assert 0 < found.queries_s < found.report_s
    assert found.again_s < found.report_s  # what did not change is linked
    assert found.index_bytes < MOST_BYTES and found.largest_bytes < MOST_BYTES
    assert (tmp_path / "000002" / found.largest_page).exists()


def test_rows_that_are_read_some_at_a_time_count_as_queries_as_well():
    with _Timed(duckdb.connect()) as connection:
        begin = process_time()
        assert sum(1 for _ in streamed(connection, "rows", "select range from range(200_000)")) == 200_000

        assert connection.seconds > (process_time() - begin) / 2
