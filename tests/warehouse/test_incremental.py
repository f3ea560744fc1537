"""A night that reads only what changed gives the tables of a night that reads everything, row for row."""

from __future__ import annotations

import random
import shutil

import duckdb
import pytest
import yaml
from warehouse.small import put, refresh, settings_in

from dagster_project.assets.dbt_run import MEMORY_VARIABLE
from dagster_project.settings import Settings, load
from dagster_project.warehouse import build as build_module
from dagster_project.warehouse import landing
from dagster_project.warehouse import run as run_module
from dagster_project.warehouse.rollback import rollback
from dagster_project.warehouse.run import refreshing
from dagster_project.warehouse.schema import BETWEEN, FURTHER_REJECTS, TABLES, parquet_schema

EDITS = [
    "add",
    "change",
    "change",
    "remove",
    "rename",
    "restore",
    "break",
    "copy",
    "claim",
    "witness",
    "witness",
]
NAMES = [f"document-{letter}" for letter in "abcdefg"] + ["deep/er", "deep"]


def landing_of(settings: Settings) -> dict[str, list[tuple]]:
    """Every landing table and meta.inputs: all rows, sorted."""
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        tables = [*(f'landing."{table}"' for table in (*TABLES, *BETWEEN, FURTHER_REJECTS)), "meta.inputs"]
        return {
            table: connection.execute(f"select * from {table} order by all").fetchall() for table in tables
        }


def known_now(settings: Settings) -> list[tuple]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(
            "select * exclude (state_from, run_from, valid_from) from history.cell_versions"
            " where state_to is null order by all"
        ).fetchall()


def edit(raw, chance: random.Random, shelf) -> None:
    """One thing that people do to folders of documents."""
    there = [name for name in NAMES if (raw / name / "document.yml").exists()]
    what = chance.choice(EDITS)
    name = chance.choice(NAMES)
    lines = "\n".join(f"Rij {n};201{chance.randint(7, 9)};{chance.randint(0, 99)}" for n in range(4))
    if what == "add" or not there:
        put(raw, name, lines)
    elif what == "change":
        put(raw, chance.choice(there), lines)
    elif what == "remove":
        gone = chance.choice(there)
        shutil.rmtree(shelf / gone, ignore_errors=True)
        shutil.copytree(raw / gone, shelf / gone)
        shutil.rmtree(raw / gone)
    elif what == "rename" and not (raw / name).exists() and not (raw / f"{name}-renamed").exists():
        old = chance.choice(there)
        if not name.startswith(f"{old}/"):  # no folder can be put into itself
            (raw / name).parent.mkdir(parents=True, exist_ok=True)
            (raw / old).rename(raw / f"{name}-renamed")
    elif what == "restore" and (shelf / name).exists():
        shutil.copytree(shelf / name, raw / name, dirs_exist_ok=True)
    elif what == "break":
        put(raw, chance.choice(there), "!raise")
    elif what == "copy" and name not in there:
        shutil.copytree(raw / chance.choice(there), raw / name, dirs_exist_ok=True)
    elif what == "claim":
        put(raw, name, lines, onderdeel="the same for all")
    elif what == "witness":
        put(raw, name, lines, zelfde_als=chance.choice([other for other in there if other != name] or there))


def assert_same_as_a_full_rebuild(settings: Settings, elsewhere) -> None:
    fresh = load({}, raw=settings.raw, home=elsewhere)
    refresh(fresh)
    assert landing_of(settings) == landing_of(fresh)
    assert known_now(settings) == known_now(fresh)


@pytest.mark.parametrize("seed", range(2))
def test_random_edits_give_the_tables_of_a_full_rebuild(tmp_path, seed):
    chance = random.Random(seed)
    settings = settings_in(tmp_path)
    put(settings.raw, "document-a")
    for step in range(4):
        for _ in range(chance.randint(1, 4)):
            edit(settings.raw, chance, tmp_path / "shelf")
        refresh(settings)
        assert_same_as_a_full_rebuild(settings, tmp_path / f"fresh-{step}")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 125))
def test_many_random_edits_give_the_tables_of_a_full_rebuild(tmp_path, seed):
    chance = random.Random(seed)
    settings = settings_in(tmp_path)
    for step in range(12):
        for _ in range(chance.randint(1, 6)):
            edit(settings.raw, chance, tmp_path / "shelf")
        put(settings.raw, "always")
        refresh(settings)
        assert_same_as_a_full_rebuild(settings, tmp_path / f"fresh-{step}")


def test_a_second_run_on_the_same_extracts_gives_the_same_rows(tmp_path):
    settings = settings_in(tmp_path)
    put(settings.raw, "b", "Jeugd;2018;1\nWMO;2018;2\nTotaal;2018;3")
    put(settings.raw, "a", "!raise")
    refresh(settings)
    before, known = landing_of(settings), known_now(settings)
    refresh(settings)
    assert (landing_of(settings), known_now(settings)) == (before, known)


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_rows_land_in_the_order_of_documents_however_many_are_unnested_at_once(
    tmp_path, monkeypatch, at_once
):
    monkeypatch.setattr(build_module, "_DOCUMENTS_AT_ONCE", at_once)
    settings = settings_in(tmp_path)
    for name in ("c", "a", "e/a", "b", "d"):
        put(settings.raw, name, f"Jeugd;2018;1\nWMO;2018;2\n{name[0]};2018;3")
    refresh(settings)
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        landed = connection.execute("select document_id, row_no from landing.rows order by rowid").fetchall()
    assert landed == [(name, row) for name in ("a", "b", "c", "d", "e/a") for row in (1, 2, 3)]


def test_duckdb_builds_within_the_limit_of_the_settings(tmp_path, monkeypatch):
    settings = settings_in(tmp_path, build_memory_mb=400)
    put(settings.raw, "a")
    limits = []
    make_history = build_module._make_history

    def noted(connection, *rest):
        limits.append(connection.execute("select current_setting('memory_limit')").fetchall()[0][0])
        make_history(connection, *rest)

    monkeypatch.setattr(build_module, "_make_history", noted)
    refresh(settings)
    assert limits == ["381.4 MiB"]
    profile = yaml.safe_load((settings.dbt / "profiles.yml").read_text())["sluitend"]["outputs"]["build"]
    given = f"env_var('{MEMORY_VARIABLE}', '{Settings.__dataclass_fields__['build_memory_mb'].default}')"
    assert profile["settings"]["memory_limit"] == f"{{{{ {given} }}}}MB", (
        "without a refresh dbt has the default"
    )


def test_a_column_that_an_earlier_version_did_not_land_is_there_from_the_first_night(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)
    put(settings.raw, "a")
    put(settings.raw, "b", "!raise")
    with monkeypatch.context() as earlier:
        earlier.delitem(TABLES["rejects"], "reason_en")
        earlier.setattr(landing, "reader_version", lambda: "earlier")
        earlier.setattr(run_module, "code_version", lambda: "earlier")
        parquet_schema.cache_clear()
        refresh(settings)
    parquet_schema.cache_clear()
    refresh(settings)
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        found = connection.execute("select document_id, reason_en from landing.rejects").fetchall()
    assert found == [("b", "the reader failed: ValueError: the header makes no sense")]


def test_sums_between_publications_follow_what_either_prints_and_which_is_the_first(tmp_path):
    settings = settings_in(tmp_path)
    said = {"a": {}, "b": {"zelfde_als": "a"}, "c": {"zelfde_als": "b"}}
    for name, description in said.items():
        put(settings.raw, name, **description)
    put(settings.raw, "untouched")
    refresh(settings)

    def sums() -> list[tuple]:
        found = landing_of(settings)
        kinds = {row[0]: row[2] for row in found['landing."rules"']}
        return [(t[3], t[4]) for t in found['landing."rule_terms"'] if kinds[t[0]] == "getuige"]

    of_b = [("a/001:1.1", 1), ("b/001:1.1", -1)]
    assert sums() == [*of_b, ("a/001:1.1", 1), ("c/001:1.1", -1)]
    put(settings.raw, "a", "WMO;2018;100")  # the first publication no longer prints that row
    refresh(settings)
    assert sums() == []
    put(settings.raw, "b")  # no publication of another any more, so that it is the first of c
    refresh(settings)
    assert sums() == [("b/001:1.1", 1), ("c/001:1.1", -1)]
    assert_same_as_a_full_rebuild(settings, tmp_path / "fresh")


def test_a_duplicate_is_published_as_soon_as_the_other_is_gone(tmp_path):
    settings = settings_in(tmp_path)
    put(settings.raw, "a", onderdeel="the same")
    put(settings.raw, "b", onderdeel="the same")
    refresh(settings)
    assert [row[0] for row in landing_of(settings)['landing."documents"']] == ["a"]
    shutil.rmtree(settings.raw / "a")
    refresh(settings)
    assert [row[0] for row in landing_of(settings)['landing."documents"']] == ["b"]
    assert landing_of(settings)['landing."further_rejects"'] == []


def test_what_a_run_finds_beside_the_documents_is_told_once_however_many_nights_pass(tmp_path):
    settings = settings_in(tmp_path)
    put(settings.raw, "a", zelfde_als="nowhere")
    for night in range(3):
        put(settings.raw, "b", f"Jeugd;2018;{night}")
        refresh(settings)
        assert [row[0] for row in landing_of(settings)['landing."further_rejects"']] == ["a"]
    put(settings.raw, "nowhere")
    refresh(settings)
    assert landing_of(settings)['landing."further_rejects"'] == []


def grew(settings: Settings) -> bool:
    """Whether the next night grows from the published file."""
    with refreshing(settings) as run:
        return run.previous is not None


def test_a_night_grows_from_the_newest_file_that_the_same_code_made(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)
    put(settings.raw, "a")
    assert not grew(settings)
    refresh(settings)
    assert grew(settings)
    with refreshing(settings, full=True) as run:
        assert run.previous is None
    put(settings.raw, "a", "Jeugd;2018;2")
    refresh(settings)
    rollback(settings)
    assert not grew(settings), "history goes on from the newest file"
    rollback(settings, "2")
    assert not grew(settings), "what went live in between is history too"
    refresh(settings)
    assert grew(settings)
    monkeypatch.setattr(run_module, "code_version", lambda: "other code")
    assert not grew(settings)


def test_a_file_of_which_much_is_unused_is_built_anew(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)
    put(settings.raw, "a")
    entry = refresh(settings)
    assert 0 <= entry.facts["unused_pct"] < 100
    monkeypatch.setattr(run_module, "_MOST_UNUSED", entry.facts["unused_pct"])
    assert not grew(settings)


def test_a_rollback_between_two_nights_changes_no_row(tmp_path):
    settings = settings_in(tmp_path)
    for amount in (1, 2):
        put(settings.raw, "a", f"Jeugd;2018;{amount}")
        put(settings.raw, "b")
        refresh(settings)
    rollback(settings)
    shutil.rmtree(settings.raw / "b")
    refresh(settings)
    assert_same_as_a_full_rebuild(settings, tmp_path / "fresh")


def test_files_do_not_grow_with_the_nights(tmp_path):
    settings = settings_in(tmp_path, keep=2)
    for name in "abc":
        put(settings.raw, name, "\n".join(f"Rij {n};2018;{n}" for n in range(50)))
    sizes = []
    for night in range(16):
        put(settings.raw, "a", "\n".join(f"Rij {n};2018;{n + night % 2}" for n in range(50)))
        sizes.append(refresh(settings).bytes)
    assert max(sizes[-4:]) < 1.3 * max(sizes[2:6])
    assert len(list(settings.landing.iterdir())) == 3


def test_a_file_that_is_laid_out_for_fewer_documents_is_built_anew(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)

    def block_size() -> int:
        with duckdb.connect(str(settings.published), read_only=True) as connection:
            return connection.execute("select block_size from pragma_database_size()").fetchone()[0]

    monkeypatch.setattr(build_module, "_MANY_DOCUMENTS", 3)
    put(settings.raw, "a")
    refresh(settings)
    small = block_size()
    for name in "bcd":
        put(settings.raw, name)
        refresh(settings)
    assert block_size() > small
    shutil.rmtree(settings.raw / "d")
    refresh(settings)
    assert block_size() > small
    assert_same_as_a_full_rebuild(settings, tmp_path / "fresh")
