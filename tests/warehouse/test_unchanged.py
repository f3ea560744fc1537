"""A night on which nothing changed does nothing, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from warehouse.small import put, refresh, settings_in

from dagster_project.warehouse import manifest, unchanged
from dagster_project.warehouse.rollback import rollback
from dagster_project.warehouse.scan import scan

NIGHT = datetime(2026, 3, 1, 1)


@pytest.fixture
def settings(tmp_path):
    """One publication with its reports."""
    made = settings_in(tmp_path)
    put(made.raw, "a")
    publish_with_reports(made)
    return made


def publish_with_reports(settings):
    entry = refresh(settings, fingerprint=print_of(settings))
    (settings.reports / "latest").mkdir(parents=True, exist_ok=True)
    (settings.reports / "latest" / "index.html").touch()
    return entry


def print_of(settings, night: datetime = NIGHT) -> str:
    return unchanged.fingerprint(settings, scan(settings.raw), night)


def is_up_to_date(settings, night: datetime = NIGHT) -> bool:
    return unchanged.published_already(settings, print_of(settings, night)) is not None


def test_the_same_extracts_and_code_need_no_refresh(settings):
    assert is_up_to_date(settings)


def test_nothing_published_needs_one(tmp_path):
    settings = settings_in(tmp_path / "other")
    put(settings.raw, "a")
    assert not is_up_to_date(settings)


@pytest.mark.parametrize(
    "change", ["document", "stray", "removed file", "reports", "live file", "altered file", "code"]
)
def test_any_change_needs_one(settings, monkeypatch, change):
    if change == "document":
        put(settings.raw, "a", "Jeugd;2018;101")
    elif change == "stray":
        (settings.raw / "new").mkdir()
    elif change == "removed file":
        settings.published.unlink()
    elif change == "reports":
        (settings.reports / "latest" / "index.html").unlink()
    elif change == "live file":
        settings.published.unlink()
        settings.published.write_bytes(b"something else")
    elif change == "altered file":
        path = settings.published.resolve()
        path.chmod(0o644)
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        monkeypatch.setattr(unchanged, "code_version", lambda: "another")
    assert not is_up_to_date(settings)


def test_a_deadline_that_passed_needs_one_on_the_day_of_the_municipality(settings):
    assert is_up_to_date(settings, datetime(2026, 7, 14, 21, 59))
    assert not is_up_to_date(settings, datetime(2026, 7, 14, 22, 1))  # midnight in Amsterdam
    assert not is_up_to_date(settings, datetime(2027, 3, 1))


def test_what_a_person_put_back_stays_until_something_changes(settings):
    put(settings.raw, "a", "Jeugd;2018;999")
    publish_with_reports(settings)
    rollback(settings)
    assert is_up_to_date(settings)
    put(settings.raw, "a", "Jeugd;2018;150")
    assert not is_up_to_date(settings)


@pytest.mark.parametrize(("memory_mb", "is_right"), [(900, True), (1000, True), (1200, False)])
def test_a_limit_that_a_document_ran_into_and_that_gives_more_now_needs_one(settings, memory_mb, is_right):
    refresh(settings, fingerprint=print_of(settings), bounds=["read_memory_mb=1000"])
    assert is_up_to_date(replace(settings, read_memory_mb=memory_mb)) is is_right


def test_a_result_that_may_be_better_next_time_is_never_up_to_date(settings):
    refresh(settings, fingerprint=None)
    assert manifest.newest(manifest.read(settings)).facts["fingerprint"] is None
    assert not is_up_to_date(settings)
