"""Every night the addresses are looked at, in a job of its own, and what fails there holds up nothing else."""

from __future__ import annotations

from dataclasses import replace

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from fetch.cbs import Cbs
from fetch.site import Reply, served
from warehouse.small import settings_in

from dagster_project.assets import fetched
from dagster_project.assets.left_behind import close_beside, left_behind, unsummed_failures
from dagster_project.fetch.again import alone, one_table
from dagster_project.fetch.iv3_from_cbs import Wish


@pytest.fixture
def cbs():
    with served(Cbs()) as made:
        yield made


@pytest.fixture
def settings(tmp_path, cbs):
    made = replace(
        settings_in(tmp_path), cbs=cbs.address, allow_private=("127.0.0.1",), fetch_wait=0, fetch_tries=1
    )
    one_table(made, Wish(2025, "begroting"), again=False, say=lambda line: None)
    return made


@pytest.fixture
def instance(tmp_path):
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as made:
        yield made


def look(settings, instance) -> dg.ExecuteInProcessResult:
    return dg.materialize([fetched.fetched(settings)], instance=instance, raise_on_error=False)


def counts(result: dg.ExecuteInProcessResult, kind: str) -> dict[str, int]:
    (made,) = [
        m for m in result.asset_materializations_for_node("fetched") if m.asset_key == fetched.KEYS[kind]
    ]
    return {name: value.value for name, value in made.metadata.items() if isinstance(value.value, int)}


def test_a_night_looks_at_every_table_and_takes_what_changed(cbs, settings, instance):
    assert counts(look(settings, instance), "iv3") == {
        "addresses": 1,
        "changed": 0,
        "unchanged": 1,
        "failed": 0,
    }
    cbs.tables["45071NED"].rows[0]["k_2ePlaatsing_2"] = 1300.0
    cbs.tables["45071NED"].modified = "2025-06-30T02:00:00"
    result = look(settings, instance)
    assert result.success
    assert counts(result, "iv3") == {"addresses": 1, "changed": 1, "unchanged": 0, "failed": 0}
    assert counts(result, "document")["addresses"] == 0
    assert "1300.0" in (settings.raw / "iv3-2025-begroting" / "TypedDataSet.csv").read_text()


def test_a_night_on_which_an_address_fails_says_so(cbs, settings, instance):
    cbs.on("Tables", lambda site: Reply("onderhoud", 404))
    result = look(settings, instance)
    assert not result.success
    told = str(result.get_step_failure_events()[0].step_failure_data.user_failure_data.description)
    assert "1 addresses: 1 failed" in told and "status 404" in told and "onderhoud" in told
    assert counts(result, "iv3")["failed"] == 1


def test_one_kind_can_be_looked_at_alone(cbs, settings, instance):
    cbs.on("Tables", lambda site: Reply("onderhoud", 404))
    job = dg.Definitions([fetched.fetched(settings)]).resolve_implicit_global_asset_job_def()
    alone = {kind: job.get_subset(asset_selection={key}) for kind, key in fetched.KEYS.items()}
    result = alone["document"].execute_in_process(instance=instance, raise_on_error=False)
    assert result.success
    assert [m.asset_key for m in result.asset_materializations_for_node("fetched")] == [
        fetched.KEYS["document"]
    ]
    assert not alone["iv3"].execute_in_process(instance=instance, raise_on_error=False).success


def test_a_night_without_addresses_is_skipped(settings, tmp_path):
    job = fetched.fetch_job()
    schedule = fetched.fetch_night(settings, job)
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 1 * * *", "Europe/Amsterdam")
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert isinstance(schedule(), dg.RunRequest)
    empty = replace(settings, raw=tmp_path / "elders")
    assert "nothing under raw/ was fetched" in fetched.fetch_night(empty, job)().skip_message


def test_a_fetch_that_was_killed_holds_up_no_refresh(settings, instance):
    run = create_run_for_test(instance, job_name=fetched.FETCH_JOB, status=dg.DagsterRunStatus.STARTED)
    with alone(settings):
        assert close_beside(instance, settings) == []
    with dg.build_sensor_context(instance=instance) as context:
        told = left_behind(settings)(context).skip_message
    assert told == "1 fetch runs had ended without saying so"
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE


def test_a_fetch_that_failed_is_not_told_as_a_refresh_that_could_not_begin(settings, instance):
    run = create_run_for_test(instance, job_name=fetched.FETCH_JOB)
    instance.report_run_failed(run, "1 addresses: 1 failed")
    failed = instance.get_run_by_id(run.run_id)
    (event,) = [
        e.dagster_event
        for e in instance.all_logs(run.run_id)
        if e.dagster_event and e.dagster_event.is_failure
    ]
    context = dg.build_run_status_sensor_context("unsummed_failures", event, instance, failed)
    unsummed_failures(settings)(context.for_run_failure())
    assert not list(settings.runs.glob("*"))
