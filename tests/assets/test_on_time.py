"""A refresh that does not come is told once, by whatever it was to be begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import dagster as dg
import pytest
from test_notifications import BAD, GOOD
from warehouse.small import settings_in

from dagster_project.assets import notify, on_time, summary


@pytest.fixture
def settings(tmp_path):
    return replace(settings_in(tmp_path), schedule="0 2 * * *", timezone="Europe/Amsterdam", notify=("x://",))


def ended(settings, moment: str, like: summary.RunSummary = GOOD) -> None:
    summary.write(settings, replace(like, started_at=moment, finished_at=moment))


def late(settings, moment: str) -> str | None:
    return on_time.late(settings, datetime.fromisoformat(moment))


def test_before_the_first_publication_nothing_is_missed(settings):
    assert late(settings, "2026-03-02T12:00:00Z") is None


def test_a_night_without_a_refresh_is_missed_four_hours_after_it_was_due(settings):
    ended(settings, "2026-03-02T01:04:00Z")
    assert late(settings, "2026-03-03T04:59:00Z") is None, "it may still be at work"
    assert late(settings, "2026-03-03T05:01:00Z") == (
        "no refresh has ended well since 2026-03-02 01:04 UTC, and one was due at 2026-03-03 01:00 UTC"
    )


def test_a_refresh_that_failed_is_not_the_one_that_was_due(settings):
    ended(settings, "2026-03-02T01:04:00Z")
    ended(settings, "2026-03-03T01:04:00Z", BAD)
    assert late(settings, "2026-03-03T12:00:00Z")


def test_a_night_on_which_nothing_changed_came_in_time(settings):
    ended(settings, "2026-03-02T01:04:00Z")
    ended(settings, "2026-03-03T01:00:01Z", replace(GOOD, status=summary.UNCHANGED))
    assert late(settings, "2026-03-03T12:00:00Z") is None


@pytest.mark.parametrize("hour", ["19:00", "23:30"])
def test_a_timer_of_its_own_may_keep_another_hour_than_the_setting(settings, hour):
    ended(settings, f"2026-03-02T{hour}:00Z")
    assert late(settings, "2026-03-03T12:00:00Z") is None
    assert late(settings, "2026-03-04T12:00:00Z")


def test_where_refreshes_are_due_on_working_days_no_weekend_is_missed(settings):
    on_weekdays = replace(settings, schedule="0 2 * * 1-5")
    ended(settings, "2026-03-06T01:04:00Z")  # a Friday
    assert late(on_weekdays, "2026-03-08T12:00:00Z") is None
    assert late(on_weekdays, "2026-03-09T12:00:00Z")


def test_it_is_told_once_and_again_after_a_refresh_came(settings, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(
        notify, "send", lambda addresses, messages: told.extend(m.body for m in messages) or []
    )
    sensor = on_time.sensor(settings)
    cursor = None

    def look() -> list[bool]:
        nonlocal cursor
        with (
            dg.DagsterInstance.ephemeral() as instance,
            dg.build_sensor_context(instance=instance, cursor=cursor) as context,
        ):
            found = sensor.evaluate_tick(context)
        cursor = found.cursor or cursor
        return [event.passed for event in found.asset_events]

    ended(settings, "2026-03-02T01:04:00Z")
    assert (look(), look(), len(told)) == ([False], [], 1)
    ended(settings, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    assert (look(), look(), len(told)) == ([True], [], 1)


def test_a_person_can_ask_from_the_pages(settings):
    ended(settings, "2026-03-02T01:04:00Z")
    with dg.DagsterInstance.ephemeral() as instance:
        check = dg.Definitions(asset_checks=[on_time.check(settings)]).resolve_implicit_global_asset_job_def()
        result = check.execute_in_process(instance=instance)
    (judged,) = result.get_asset_check_evaluations()
    assert not judged.passed and "one was due at" in judged.metadata["told"].value
