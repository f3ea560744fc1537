"""Readers never wait and nights never lose: a few processes here, all of them in the slow tests."""

from __future__ import annotations

import sys

import pytest

from dagster_project.bench import nights, publishing


def assert_no_reader_waited(found: publishing.ReaderFigures) -> None:
    assert found.errors == ()
    assert found.torn == 0
    assert found.stalest < 1.0


def test_eight_readers_see_whole_states_and_the_newest_while_files_are_published():
    found = publishing.read_while_publishing(readers=8, seconds=4, publications=4)
    assert_no_reader_waited(found)
    assert found.connections > 30 and found.publications == 4


def test_a_process_that_is_killed_while_it_publishes_leaves_the_old_file_or_the_new():
    found = publishing.kill_while_publishing(kills=5)
    assert found.failures == ()
    assert found.old + found.new + found.completed == 5


def test_the_bench_itself_sees_a_torn_state_and_a_late_one():
    seen = [
        publishing.Seen(at=10.0, run_no=1),
        publishing.Seen(at=13.0, run_no=1),
        publishing.Seen(at=14.0, run_no=2),
    ]
    found = publishing._judge_readers(
        [(seen, ["could not open"], 1)], published={2: 11.0}, seconds=4.0, pause=0.5
    )
    assert (found.stalest, found.torn, found.errors) == (2.0, 1, ("could not open",))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_readers_for_two_minutes_and_ten_publications():
    assert_no_reader_waited(publishing.read_while_publishing(readers=50, seconds=120, publications=10))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_fifty_readers_of_the_marts_while_ten_refreshes_publish():
    assert_no_reader_waited(nights.read_while_refreshing(readers=50, seconds=120, refreshes=10))


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_kills_of_a_process_that_publishes():
    assert publishing.kill_while_publishing(kills=200).failures == ()


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_two_hundred_kills_of_whole_refreshes():
    assert nights.kill_refreshes(kills=200).failures == ()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_nights_cost_what_they_may():
    found = nights.nights()
    assert found.first.processor <= 1.8 * found.dbt.processor
    assert found.changed.processor <= 1.3 * found.dbt.processor
    assert found.unchanged.processor <= 0.5 * found.dbt.processor


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_one_changed_document_among_thousands_costs_no_more_than_two_nights_of_five():
    few, *many = nights.growth((5, 1_000, 4_000))
    for figures in many:
        assert figures.one_changed.processor <= 2 * few.one_changed.processor


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_no_step_of_a_night_takes_memory_per_document():
    few, many = nights.growth((500, 2_500))
    for step, most in many.steps.items():
        assert most <= 1_500, f"{step} takes {most:.0f} MB"
        # By 2,500 DuckDB has taken all that it may (600 MB): what it takes more than among 500 is no growth.
        assert most - few.steps[step] <= 250, f"{step} takes {few.steps[step]:.0f} and then {most:.0f} MB"


_TWO_STEPS = """
import time
held = b"x" * 200_000_000
time.sleep(0.5)
del held
print("landing            1.0 s  5 documents", flush=True)
time.sleep(0.5)
print("proof              1.0 s  3 sets of sums proved", flush=True)
print("12 documents are no step", flush=True)
time.sleep(0.3)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not tell")
def test_the_memory_of_each_step_is_that_between_two_lines():
    watch = nights._Watch({})
    cost = nights.cost_of([sys.executable, "-c", _TWO_STEPS], {}, watch)
    assert list(watch.most) == ["landing", "proof"]
    assert watch.most["landing"] > 200 > 100 > watch.most["proof"]
    assert cost.memory_mb > 200
