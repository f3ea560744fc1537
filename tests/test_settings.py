"""Arguments before environment before defaults, and a sentence for everything that cannot be used."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.settings import PROJECT, Unusable, load, require_home, require_raw


def test_defaults_are_raw_and_warehouse_in_the_project():
    settings = load({})
    assert (settings.raw, settings.home) == (PROJECT / "raw", PROJECT / "warehouse")
    assert settings.published == PROJECT / "warehouse" / "sluitend.duckdb"


def test_an_argument_goes_before_the_environment_and_the_environment_before_the_default(tmp_path):
    environ = {"SLUITEND_RAW": str(tmp_path / "a"), "SLUITEND_KEEP": "7", "SLUITEND_KEEP_DAYS": ""}
    settings = load(environ, raw=tmp_path / "b", keep=None)
    assert (settings.raw, settings.keep, settings.keep_days) == (tmp_path / "b", 7, 0)


def test_folders_are_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load({}, raw="x/../extracts").raw == tmp_path / "extracts"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("SLUITEND_KEEP", "many", "'many' is no whole number"),
        ("SLUITEND_KEEP", "0", "'0' is less than 1"),
        ("SLUITEND_WORKERS", "-1", "less than 1"),
        ("SLUITEND_TIMEZONE", "Europe/Lutjebroek", "no known time zone"),
        ("SLUITEND_SCHEDULE", "every night", "no cron line"),
        ("SLUITEND_NOTIFY_ABOVE_EUR", "1.000,00", "no amount in euros"),
        ("SLUITEND_NOTIFY_ABOVE_EUR", "NaN", "no amount in euros"),
        ("SLUITEND_FETCH_SCHEDULE", "1 uur", "no cron line"),
        ("SLUITEND_FETCH_WAIT", "even", "'even' is no number of seconds"),
        ("SLUITEND_FETCH_WAIT", "-1", "no number of seconds"),
    ],
)
def test_a_value_that_is_none_is_named_with_where_it_came_from(variable, value, told):
    with pytest.raises(Unusable, match=f"{variable}.*{told}"):
        load({variable: value})


@pytest.mark.parametrize(("raw", "home"), [("x", "x"), ("x", "x/home"), ("x/raw", "x")])
def test_extracts_and_what_is_made_of_them_do_not_stand_inside_each_other(tmp_path, raw, home):
    with pytest.raises(Unusable, match="may not stand inside"):
        load({}, raw=tmp_path / raw, home=tmp_path / home)


def test_a_folder_of_extracts_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Unusable, match="there is no such folder of extracts"):
        require_raw(load({}, raw=tmp_path / "nowhere", home=tmp_path / "home"))
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match="is a file"):
        require_raw(load({}, raw=tmp_path / "file", home=tmp_path / "home"))


def test_a_warehouse_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match="cannot be written"):
        require_home(load({}, raw=tmp_path / "raw", home=tmp_path / "file" / "home"))


def without_rights(action: Callable[[], object]) -> str:
    """What ``action`` raises in a process that may write no more than anybody."""
    here, there = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            action()
            told = "nothing was raised"
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
        os.write(there, told.encode())
        os._exit(0)
    os.close(there)
    os.waitpid(process, 0)
    return os.read(here, 10_000).decode()


def test_a_warehouse_folder_that_is_read_only_is_told():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        (home / "snapshots").mkdir(parents=True)
        home.chmod(0o555)
        settings = load({}, raw=f"{folder}/raw", home=home)
        told = without_rights(lambda: require_home(settings))
        home.chmod(0o755)
    assert told.startswith("Unusable") and "cannot be written: Permission denied" in told


@pytest.mark.parametrize(
    "line",
    [
        "61 99 * * *",
        "0 24 * * *",
        "0 2 0 * *",
        "0 2 * 13 *",
        "0 2 * * 8",
        "a 2 * * *",
        "5-1 2 * * *",
        "*/0 2 * * *",
        "0 3 30 2 *",
        "0 3 31 4,jun,9-11/2 *",
        "0 2 L * *",
        "0 2 lw * *",
        "0 2 * * 5L",
        "0 2 * * mon#2",
        "0 0 2 * * *",
    ],
)
def test_a_schedule_that_is_none_is_named(tmp_path, line):
    with pytest.raises(Unusable, match="SLUITEND_SCHEDULE"):
        load({"SLUITEND_SCHEDULE": line}, raw=tmp_path / "raw", home=tmp_path / "home")


@pytest.mark.parametrize(
    "line",
    [
        "0 2 * * *",
        "*/15 1-5,22 1 jan,7 mon-fri",
        "0 3 29 2 *",
        "0 3 30 2 mon",
        "0 3 28-31 feb *",
        "0 2 * jul wed",
    ],
)
def test_a_schedule_is_taken_as_it_is(tmp_path, line):
    made = load({"SLUITEND_SCHEDULE": line}, raw=tmp_path / "raw", home=tmp_path / "home")
    assert made.schedule == line


def test_folders_of_what_is_published_may_be_read_by_everyone_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        made = load({}, raw=tmp_path / "raw", home=tmp_path / "home")
        require_home(made)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(p.stat().st_mode) for p in (made.home, made.snapshots)] == [0o755, 0o755]
    assert stat.S_IMODE(made.landing.stat().st_mode) == 0o700


def test_a_large_document_may_take_longer_to_read_up_to_a_quarter_of_an_hour():
    settings = load({})
    assert [settings.seconds_to_read(size) for size in (0, 100_000, 500_000_000)] == [60, 120, 900]


ODD = ["a;b", "$HOME", "100%", "a#b", "really?", "{{ x }}", "it's", 'say "a"', "[x] *", "a:b"]


@pytest.mark.parametrize("name", ODD)
def test_in_a_home_with_any_name_a_database_and_the_history_of_dagster_can_be_written(
    tmp_path, monkeypatch, name
):
    import duckdb
    from sqlalchemy import create_engine

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings = load({}, home=tmp_path / name)
    require_home(settings)
    for folder in (settings.build, settings.plain_home):
        assert not set(str(folder)) & set(";$%#?{}'\"[]*:"), (
            "nothing that an address or a template takes for more"
        )
    with duckdb.connect(str(settings.build / "b.duckdb")) as connection:
        connection.execute("create table t as select 1 as a")
    settings.dagster.mkdir()
    engine = create_engine(f"sqlite:///{settings.dagster}/runs.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table t (a int)")
    engine.dispose()
    assert (settings.home / "dagster" / "runs.db").exists()
    require_home(settings)


def test_a_home_with_a_plain_name_needs_no_link(tmp_path):
    settings = load({}, home=tmp_path / "Gemeente Súdwest-Fryslân")
    assert settings.plain_home == settings.home and settings.build == settings.home / "build"


def test_where_something_else_stands_in_the_place_of_the_link_nothing_is_written_there(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings = load({}, home=tmp_path / "a#b")
    settings.plain_home.symlink_to(tmp_path)
    with pytest.raises(Unusable, match=r"where a link to .* must come"):
        require_home(settings)


def test_a_home_that_duckdb_cannot_open_a_file_in_is_unusable(tmp_path):
    with pytest.raises(Unusable, match="backslash"):
        load({}, home=tmp_path / "a\\b")
