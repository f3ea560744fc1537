"""A run that was killed holds up no night after it, and the operator hears of it once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from warehouse.small import put, refresh, settings_in

from dagster_project.assets import left_behind, summary
from dagster_project.assets.automation import JOB
from dagster_project.assets.left_behind import RUN_TAG, close
from dagster_project.assets.notify import messages
from dagster_project.assets.refresh_resource import RefreshResource
from dagster_project.warehouse.run import exclusive

AT_WORK = dg.DagsterRunStatus.STARTED
RUN = "000002-20260301T010000Z"


@pytest.fixture
def settings(tmp_path):
    made = settings_in(tmp_path)
    put(made.raw, "a")
    return made


@pytest.fixture
def instance(tmp_path) -> Iterator[dg.DagsterInstance]:
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as made:
        yield made


def at_work(instance: dg.DagsterInstance, run_id: str | None = RUN) -> dg.DagsterRun:
    """A run that Dagster takes for one at work, of the warehouse run ``run_id``."""
    return create_run_for_test(
        instance, job_name=JOB, status=AT_WORK, tags={RUN_TAG: run_id} if run_id else {}
    )


def status(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRunStatus:
    return instance.get_run_by_id(run.run_id).status


def look(settings, instance: dg.DagsterInstance) -> str:
    """One tick of the sensor; what it says."""
    with dg.build_sensor_context(instance=instance) as context:
        return left_behind.left_behind(settings)(context).skip_message


@pytest.mark.parametrize("has_ended", [False, True])
def test_reading_what_came_out_of_a_run_that_has_ended_begins_no_refresh(settings, instance, has_ended):
    """As ``dagster job execute`` does at its end; a run that is at work, and does nothing, is summed up."""
    run = at_work(instance, None)
    if has_ended:
        instance.report_run_failed(run, "het ging mis")
    context = SimpleNamespace(run=run, instance=instance, log=None)
    with RefreshResource(settings=settings).yield_for_execution(context):
        pass
    assert bool(list(settings.runs.glob("*"))) is not has_ended


def test_a_killed_run_is_closed_and_told_and_the_next_success_is_told_too(settings, instance):
    run = at_work(instance)
    assert "1 runs had ended" in look(settings, instance)
    assert status(instance, run) == dg.DagsterRunStatus.FAILURE
    (killed,) = summary.before(
        settings, summary.RunSummary("x", "published", 0, "9999", "", 0, None, "f", "r")
    )
    assert (killed.run_id, killed.status) == (RUN, summary.FAILED)
    assert "killed" in killed.errors[0]
    good = summary.RunSummary("000002-x", summary.PUBLISHED, 0, "9999", "9999", 1.0, None, "f", "r")
    assert [m.kind for m in messages(good, [killed])] == ["success"]
    assert look(settings, instance) == "no run is at work"


def test_a_run_that_is_at_work_is_left_alone(settings, instance):
    run = at_work(instance)
    with exclusive(settings, "refresh"):
        assert look(settings, instance) == "a run is at work"
        assert close(instance, settings, print, own=RUN) == []
    assert status(instance, run) == AT_WORK


def test_a_run_that_had_published_before_it_was_killed_is_no_failure_to_tell(settings, instance):
    entry = refresh(settings)
    run = at_work(instance, entry.run_id)
    look(settings, instance)
    assert status(instance, run) == dg.DagsterRunStatus.FAILURE
    assert not settings.runs.exists()


def test_a_run_that_has_not_got_the_warehouse_yet_is_given_time(settings, instance, monkeypatch):
    run = at_work(instance, None)
    look(settings, instance)
    assert status(instance, run) == AT_WORK
    monkeypatch.setattr(left_behind, "_BEGINS_WITHIN", timedelta(0))
    look(settings, instance)
    assert status(instance, run) == dg.DagsterRunStatus.FAILURE
