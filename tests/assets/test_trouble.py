"""What may pass is tried again, with longer waits; what cannot is not."""

from __future__ import annotations

import errno

import dagster as dg
import duckdb
import pytest

from dagster_project.assets import trouble
from dagster_project.assets.trouble import may_pass, sorted_by_hope

LOCKED = "IO Error: Could not set lock on file"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EIO, "I/O error"),
        OSError(errno.ESTALE, "stale file handle"),
        OSError(errno.EBUSY, "busy"),
        duckdb.IOException(LOCKED),
        TimeoutError("the share did not answer"),
    ],
)
def test_a_lock_or_a_hiccup_may_pass(error):
    assert may_pass(error)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        PermissionError(errno.EACCES, "Permission denied"),
        FileNotFoundError(errno.ENOENT, "No such file"),
        ValueError("12,3,4 is no number"),
        duckdb.CatalogException("Table with name x does not exist"),
    ],
)
def test_a_full_disk_or_a_wrong_figure_will_not(error):
    assert not may_pass(error)


def test_what_lies_behind_an_error_counts():
    try:
        try:
            raise OSError(errno.EBUSY, "busy")
        except OSError as cause:
            raise RuntimeError("could not land") from cause
    except RuntimeError as error:
        assert may_pass(error)


def run(outcomes: list[Exception | None], monkeypatch) -> tuple[bool, int]:
    """A step that meets these outcomes one after the other: whether it succeeded, and how often it was tried."""
    tries = []
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    quick = dg.RetryPolicy(max_retries=trouble.RETRIES.max_retries, delay=0)

    @dg.op(retry_policy=quick)
    def step():
        tries.append(1)
        outcome = outcomes[min(len(tries), len(outcomes)) - 1]
        with sorted_by_hope():
            if outcome:
                raise outcome

    @dg.job(executor_def=dg.in_process_executor)
    def only():
        step()

    return only.execute_in_process(raise_on_error=False).success, len(tries)


def test_a_locked_file_is_tried_again_until_it_is_free(monkeypatch):
    assert run([duckdb.IOException(LOCKED), duckdb.IOException(LOCKED), None], monkeypatch) == (True, 3)


def test_a_file_that_stays_locked_is_given_up_in_the_end(monkeypatch):
    assert run([duckdb.IOException(LOCKED)], monkeypatch) == (False, 1 + trouble.RETRIES.max_retries)


def test_a_full_disk_is_tried_once(monkeypatch):
    assert run([OSError(errno.ENOSPC, "No space left on device")], monkeypatch) == (False, 1)


def test_waits_grow():
    assert trouble.RETRIES.backoff == dg.Backoff.EXPONENTIAL and trouble.RETRIES.delay >= 1
