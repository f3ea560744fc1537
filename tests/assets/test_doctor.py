"""What the doctor looks at: each thing that can be wrong is planted, named, and has something to do about it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from warehouse.small import put, refresh, settings_in

from dagster_project.assets import doctor
from dagster_project.assets.conduct import conclude
from dagster_project.assets.doctor import FINE, LOOK, WRONG, examine
from dagster_project.assets.summary import PUBLISHED, RunSummary
from dagster_project.warehouse.run import utc_now


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A warehouse with one publication of today."""
    made = settings_in(tmp_path)
    put(made.raw, "a")
    refresh(made)
    latest = made.reports / "latest"
    latest.mkdir(parents=True)
    (latest / "index.html").write_text("page")
    for path in (made.reports, latest):
        path.chmod(0o755)
    (latest / "index.html").chmod(0o644)
    summed_up(made, utc_now())
    monkeypatch.setattr(doctor, "_run_store", lambda settings: iter(()))  # loads Dagster; one test of its own
    return replace(made, project=tmp_path)  # the versions that are there may not be those of the lock


def summed_up(settings, began, status=PUBLISHED):
    at = f"{began.isoformat(timespec='seconds')}Z"
    conclude(settings, RunSummary("000001-x", status, 0, at, at, 1.0, None, None, None), lambda line: None)


def looks(settings, about: str) -> list[tuple[str, str]]:
    found = [one for one in examine(settings) if one.about == about]
    assert all(one.todo for one in found if one.state != FINE), "what is not fine says what to do"
    return [(one.state, one.found) for one in found]


def test_where_all_is_well_nothing_is_wrong_and_the_status_says_so(settings):
    found = list(examine(settings))
    assert [one for one in found if one.state == WRONG] == []
    assert {one.about for one in found} == {
        "extracts", "folders", "permissions", "space", "versions", "chain", "notifier", "schedule", "limits"
    }  # fmt: skip
    given = ["--raw", str(settings.raw), "--home", str(settings.home)]
    assert CliRunner().invoke(doctor.command, given).exit_code == 0
    settings.manifest.write_text("")
    told = CliRunner().invoke(doctor.command, [*given, "--json"])
    assert told.exit_code == 1
    by_name = {one["about"]: one for one in map(json.loads, told.output.splitlines())}
    assert by_name["chain"]["state"] == "wrong" and "sluitend settle" in by_name["chain"]["todo"]


def test_an_altered_live_file_is_wrong(settings):
    live = settings.published.resolve()
    live.chmod(0o644)
    live.write_bytes(live.read_bytes() + b"x")
    ((state, told),) = looks(settings, "chain")
    assert state == WRONG and "what analysts open is not" in told


@pytest.mark.parametrize("what", ["gone", "empty"])
def test_extracts_that_are_gone_are_wrong(settings, tmp_path, what):
    (tmp_path / "empty").mkdir()
    ((state, told),) = looks(replace(settings, raw=tmp_path / what), "extracts")
    assert state == WRONG and what in told


def test_a_stray_and_a_link_that_leads_out_are_worth_a_look(settings):
    (settings.raw / "a" / "uit.txt").symlink_to("/etc/hostname")
    (settings.raw / "los.txt").write_text("x")
    told = looks(settings, "extracts")[1]
    assert told[0] == LOOK and "uit.txt: link that leads out" in told[1] and "los.txt" in told[1]


def test_a_page_that_readers_cannot_open_is_wrong(settings):
    (settings.reports / "latest" / "index.html").chmod(0o600)
    ((state, told),) = looks(settings, "permissions")
    assert state == WRONG and "index.html is 0600" in told


def test_a_disk_that_is_nearly_full_is_wrong(settings, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1_000))
    assert looks(settings, "space")[0][0] == WRONG


def test_packages_other_than_those_of_the_lock_are_wrong(settings, tmp_path):
    (tmp_path / "requirements.lock").write_text(
        "duckdb==0.0.1 \\\n    --hash=sha256:0\nnergens==1 ; python_version < '3'\n"
    )
    ((state, told),) = looks(replace(settings, project=tmp_path), "versions")
    assert state == WRONG and "duckdb" in told and "(lock: 0.0.1)" in told and "nergens" not in told


def test_a_timer_that_never_fired_is_wrong(settings):
    for path in settings.runs.iterdir():
        path.unlink()
    assert looks(settings, "schedule")[0][0] == LOOK
    summed_up(settings, utc_now().replace(year=2020))
    assert looks(settings, "schedule")[0][0] == WRONG


def test_a_last_refresh_that_published_nothing_is_wrong(settings):
    summed_up(settings, utc_now().replace(year=2090), status="failed")
    assert looks(settings, "schedule")[-1] == (WRONG, "the last refresh published nothing")


def test_an_address_that_is_none_is_wrong_and_not_repeated(settings):
    told = looks(replace(settings, notify=("geheim-wachtwoord",)), "notifier")
    assert told[0][0] == WRONG and "geheim" not in told[0][1]


def test_a_damaged_run_store_is_named(tmp_path):
    settings = settings_in(tmp_path)
    settings.dagster.mkdir(parents=True)
    with sqlite3.connect(settings.dagster / "runs.db") as connection:
        connection.execute("create table x (y)")
    (settings.dagster / "runs.db").write_bytes(b"x" * 20_000)
    ((state, told),) = looks(settings, "run store")
    assert (state == LOOK and "runs.db" in told) or "damaged" in told


def test_a_look_that_fails_hides_no_other(settings, monkeypatch):
    monkeypatch.setattr(doctor, "_space", lambda settings: 1 / 0)
    found = {one.about: one for one in examine(settings)}
    assert found["space"].state == WRONG and "ZeroDivisionError" in found["space"].found
    assert found["limits"].state in (FINE, LOOK)


def test_what_a_refresh_may_ask_for_is_held_against_what_is_free(settings, monkeypatch):
    asked = settings.workers * settings.read_memory_mb + settings.build_memory_mb + 600
    for free, state in ((asked - 1, LOOK), (asked, FINE)):
        monkeypatch.setattr(doctor, "_memory_mb", lambda free=free: free)
        ((found, told),) = looks(settings, "limits")
        assert found == state and f"{settings.build_memory_mb} MB to build" in told
