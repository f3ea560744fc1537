"""The export by night: after a publication, in a job of its own, and what fails there holds up nothing else."""

from __future__ import annotations

from dataclasses import replace

import dagster as dg
import duckdb
import pytest
from dagster._core.test_utils import create_run_for_test
from warehouse.small import settings_in

from dagster_project.assets import exported
from dagster_project.assets.closing import PUBLISHED
from dagster_project.assets.left_behind import close_beside, left_behind
from dagster_project.reports.export import alone


@pytest.fixture
def settings(tmp_path):
    made = replace(settings_in(tmp_path), export=tmp_path / "export", notify=("json://127.0.0.1:9/",))
    made.home.mkdir()
    with duckdb.connect(str(made.published)) as connection:
        connection.execute("create schema marts")
        connection.execute("create schema meta")
        connection.execute("create table marts.dim_jaar as select 2018 as jaar")
        connection.execute(
            "create table meta.run as select '1' as run_id, timestamp '2026-01-01' as started_at"
        )
    return made


@pytest.fixture
def instance(tmp_path):
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as made:
        yield made


def test_what_is_published_is_exported_to_the_folder_of_the_operator(settings, instance):
    assert dg.materialize([exported.exported(settings)], instance=instance).success
    assert (settings.export / "csv" / "dim_jaar.csv").read_text() == "jaar\n2018\n"


def test_every_publication_asks_for_one_export(settings, instance):
    sensor = exported.after_publication(exported.export_job())

    def asked(cursor):
        with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
            found = sensor.evaluate_tick(context)
        return [request.run_key for request in found.run_requests or []], found.cursor

    assert asked(None)[0] == []
    instance.report_runless_asset_event(dg.AssetMaterialization(PUBLISHED))
    first, cursor = asked(None)
    assert len(first) == 1
    assert asked(cursor)[0] == []


def test_an_export_that_fails_is_told_and_fails(settings, instance, monkeypatch):
    from dagster_project.assets import notify

    sent = []
    monkeypatch.setattr(notify, "send", lambda addresses, messages: sent.extend(messages) or [])
    settings.export.mkdir()
    (settings.export / "brief.txt").write_text("van iemand")
    result = dg.materialize([exported.exported(settings)], instance=instance, raise_on_error=False)
    assert not result.success
    assert "holds something that is no export" in sent[0].body and "live all the same" in sent[0].title
    assert (settings.export / "brief.txt").exists()
    dg.materialize([exported.exported(settings)], instance=instance, raise_on_error=False)
    assert len(sent) == 1, "the same reason is told once"
    settings.published.unlink()
    dg.materialize([exported.exported(settings)], instance=instance, raise_on_error=False)
    assert len(sent) == 2, "another reason is told"


def test_an_export_that_was_killed_holds_up_no_refresh(settings, instance):
    run = create_run_for_test(instance, job_name=exported.EXPORT_JOB, status=dg.DagsterRunStatus.STARTED)
    with alone(settings.export):
        assert close_beside(instance, settings) == []
    with dg.build_sensor_context(instance=instance) as context:
        told = left_behind(settings)(context).skip_message
    assert told == "1 export runs had ended without saying so"
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE
