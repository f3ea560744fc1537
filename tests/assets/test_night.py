"""When a refresh runs by itself: the clock on the wall, also when it is changed; and what is noticed under raw/."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from dagster._utils.schedules import schedule_execution_time_iterator

from dagster_project.assets import automation, summary
from dagster_project.settings import load

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
RAW = Path(__file__).resolve().parents[2] / "raw"

pytestmark = pytest.mark.xdist_group("definitions")


@pytest.fixture
def settings(tmp_path: Path):
    raw = tmp_path / "raw"
    shutil.copytree(RAW / "hengelo-beleidsbegroting-2025", raw / "hengelo")
    return load(environ={}, raw=str(raw), home=str(tmp_path / "home"))


def ticks(settings, first: datetime, until: datetime) -> list[datetime]:
    schedule = automation.night(settings)
    found = []
    for tick in schedule_execution_time_iterator(
        first.timestamp(), schedule.cron_schedule, schedule.execution_timezone
    ):
        if tick.timestamp() >= until.timestamp():
            return found
        found.append(tick.astimezone(AMSTERDAM))
    return found


@pytest.mark.parametrize(
    ("day", "what"), [((2027, 3, 28), "02:00 does not exist"), ((2027, 10, 31), "02:00 comes twice")]
)
def test_a_night_on_which_the_clock_changes_has_exactly_one_tick(settings, day, what):
    noon_before = datetime(*day, 12, tzinfo=AMSTERDAM).replace(day=day[2] - 1)
    noon_after = datetime(*day, 12, tzinfo=AMSTERDAM)
    found = ticks(settings, noon_before, noon_after)
    assert len(found) == 1, what
    assert found[0].day == day[2] and 2 <= found[0].hour <= 3


def test_every_other_night_is_at_two_on_the_wall(settings):
    found = ticks(settings, datetime(2027, 1, 1, tzinfo=AMSTERDAM), datetime(2028, 1, 1, tzinfo=AMSTERDAM))
    assert len(found) == 365
    assert {tick.hour for tick in found if (tick.month, tick.day) not in ((3, 28), (10, 31))} == {2}


def test_the_hour_is_a_setting(tmp_path):
    other = load(environ={"SLUITEND_SCHEDULE": "30 4 * * *"}, raw=str(RAW), home=str(tmp_path))
    found = ticks(other, datetime(2027, 5, 1, tzinfo=AMSTERDAM), datetime(2027, 5, 2, tzinfo=AMSTERDAM))
    assert [(t.hour, t.minute) for t in found] == [(4, 30)]


class Sensor:
    """The sensor with its cursor, looked at again and again."""

    def __init__(self, settings, cursor: str | None = None) -> None:
        self.definition = automation.raw_changes(settings)
        self.instance = dg.DagsterInstance.ephemeral()
        self.cursor = cursor

    def look(self) -> list[str]:
        """The run keys asked for at this look."""
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor)
        result = self.definition.evaluate_tick(context)
        self.cursor = result.cursor or self.cursor
        return [request.run_key for request in result.run_requests]

    def settle(self) -> int:
        """How many refreshes are asked for in three looks."""
        return sum(len(self.look()) for _ in range(3))


@pytest.fixture
def sensor(settings) -> Sensor:
    found = Sensor(settings)
    assert found.settle() == 1, "what was never read is new"
    return found


def test_nothing_changed_asks_for_nothing(sensor):
    assert sensor.settle() == 0


def test_a_new_a_changed_a_renamed_and_a_removed_folder_are_noticed_once_each(sensor, settings):
    shutil.copytree(settings.raw / "hengelo", settings.raw / "nieuw")
    assert sensor.settle() == 1
    with (settings.raw / "nieuw" / "transformatieplan.txt").open("a") as file:
        file.write("\nnog een regel\n")
    assert sensor.settle() == 1
    (settings.raw / "nieuw").rename(settings.raw / "anders")
    assert sensor.settle() == 1
    shutil.rmtree(settings.raw / "anders")
    assert sensor.settle() == 1, "contents that were seen before are a change all the same"
    assert sensor.settle() == 0


def test_a_touched_file_with_the_same_contents_is_no_change(sensor, settings):
    (settings.raw / "hengelo" / "document.yml").touch()
    assert sensor.settle() == 0


def test_a_folder_that_is_still_being_copied_is_left_alone(sensor, settings):
    growing = settings.raw / "hengelo" / "groeit.txt"
    for size in range(1, 5):
        growing.write_text("x" * size)
        assert sensor.look() == []
    assert len(sensor.look()) == 1


def test_a_raw_folder_that_is_away_asks_for_nothing_and_is_no_error(sensor, settings):
    settings.raw.rename(settings.raw.with_name("weg"))
    assert sensor.settle() == 0
    settings.raw.with_name("weg").rename(settings.raw)
    assert sensor.settle() == 0, "it came back as it was"


def test_what_was_published_since_by_the_command_or_by_night_is_not_asked_for_again(refreshed, tmp_path):
    shutil.copytree(refreshed, tmp_path / "home", symlinks=True)
    same = load(environ={}, raw=str(RAW), home=str(tmp_path / "home"))
    sensor = Sensor(same, json.dumps({"requested": "what was there the day before"}))
    assert sensor.settle() == 0


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
def test_while_a_refresh_is_under_way_nothing_is_asked_for_and_after_it_is(sensor, settings, status):
    run = create_run_for_test(sensor.instance, job_name=automation.JOB, status=status)
    (settings.raw / "hengelo" / "nieuw.txt").write_text("een regel")
    assert sensor.settle() == 0
    sensor.instance.report_run_failed(run, "het ging mis")
    assert len(sensor.look()) == 1


def test_the_cursor_is_a_fingerprint_of_contents(sensor):
    assert len(json.loads(sensor.cursor)["seen"]) == 64


def test_a_night_on_which_nothing_changed_is_skipped_with_the_reason_and_summed_up(refreshed, tmp_path):
    shutil.copytree(refreshed, tmp_path / "home", symlinks=True)
    same = load(environ={}, raw=str(RAW), home=str(tmp_path / "home"))
    schedule = automation.night(same)
    outcome = schedule.evaluate_tick(dg.build_schedule_context())
    assert not outcome.run_requests and "nothing has changed" in outcome.skip_message
    newest = summary.latest(same)
    assert newest.status == summary.UNCHANGED and newest.counts.documents == 5


def test_a_night_on_which_something_changed_is_not_skipped(settings):
    schedule = automation.night(settings)
    assert len(schedule.evaluate_tick(dg.build_schedule_context()).run_requests) == 1


def test_a_night_on_which_raw_is_away_runs_so_that_the_operator_is_told(settings):
    shutil.rmtree(settings.raw)
    schedule = automation.night(settings)
    assert len(schedule.evaluate_tick(dg.build_schedule_context()).run_requests) == 1
