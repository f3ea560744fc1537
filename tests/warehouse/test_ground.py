"""What the next night grows from stands beside the published file, not in it."""

from __future__ import annotations

from contextlib import contextmanager

import duckdb
import pytest
from warehouse.small import put, refresh, settings_in

from dagster_project.settings import NotPublished
from dagster_project.warehouse import manifest
from dagster_project.warehouse.build import build
from dagster_project.warehouse.publish import publish
from dagster_project.warehouse.run import refreshing


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    put(settings.raw, "a")
    return settings


@contextmanager
def a_night(settings, amount: int):
    """A run whose build file holds a proof and a reference list, with this amount in them."""
    with refreshing(settings) as run:
        build(settings, run, ())
        with duckdb.connect(str(run.build)) as connection:
            connection.execute(
                "create schema if not exists proof; create or replace table proof.cell_status as select ? as amount",
                [amount],
            )
            connection.execute("create schema reference; create table reference.standen as select 1 as x")
        yield run


def published(settings, run):
    return publish(settings, run, counts={}, verdicts={}, fingerprint=None)


def schemas(file) -> set[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute("select schema_name from duckdb_schemas() where not internal").fetchall()
        return {name for (name,) in found}


def grown_from(settings) -> list[tuple] | None:
    """What the proof of the night before says in a build file that grows from it; None where nothing grows."""
    with refreshing(settings) as run:
        if run.previous is None:
            return None
        build(settings, run, ())
        with duckdb.connect(str(run.build)) as connection:
            assert not connection.execute("from duckdb_schemas() where schema_name = 'reference'").fetchall()
            return connection.execute("from proof.cell_status").fetchall()


def test_the_proof_is_not_in_the_published_file_and_is_there_for_the_next_night(settings):
    with a_night(settings, 7) as run:
        published(settings, run)
    assert schemas(settings.published) == {"landing", "meta", "history"}
    assert grown_from(settings) == [(7,)]


def test_facts_are_published_with_keys_and_the_next_night_grows_from_them_without(settings):
    with a_night(settings, 7) as run:
        with duckdb.connect(str(run.build)) as connection:
            connection.execute("create schema marts; create table marts.fct_lasten as select 'c1' as cell_id")
        published(settings, run)
    found = "select constraint_type from duckdb_constraints() where table_name = 'fct_lasten' and constraint_type = 'PRIMARY KEY'"
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        assert connection.execute(found).fetchall() == [("PRIMARY KEY",)]
    with refreshing(settings) as run:
        build(settings, run, ())
        with duckdb.connect(str(run.build)) as connection:
            assert connection.execute(found).fetchall() == []
            assert connection.execute("from marts.fct_lasten").fetchall() == [("c1",)]


def test_a_night_that_grew_replaces_what_was_kept_and_only_the_newest_stays(settings):
    for amount in (7, 8):
        with a_night(settings, amount) as run:
            entry = published(settings, run)
    assert [path.name for path in settings.ground.iterdir()] == [f"ground_{entry.run_id}.duckdb"]
    assert grown_from(settings) == [(8,)]


@pytest.mark.parametrize("damage", ["removed", "altered", "of another night"])
def test_what_was_altered_or_lost_is_not_built_upon(settings, damage):
    with a_night(settings, 7) as run:
        first = settings.ground / f"ground_{published(settings, run).run_id}.duckdb"
    was = first.read_bytes()
    with a_night(settings, 8) as run:
        kept = settings.ground / f"ground_{published(settings, run).run_id}.duckdb"
    kept.chmod(0o644)
    if damage == "removed":
        kept.unlink()
    else:
        kept.write_bytes(was if damage == "of another night" else kept.read_bytes()[:-1] + b"?")
    assert grown_from(settings) is None
    refresh(settings)
    assert [path.name for path in settings.ground.iterdir()] != [kept.name]


def test_a_publication_that_failed_is_tried_again_with_all_that_it_keeps(settings, monkeypatch):
    def full(path, content, mode):
        raise OSError(28, "No space left on device", str(path))

    with a_night(settings, 7) as run:
        with monkeypatch.context() as patched:
            patched.setattr(manifest, "write_whole", full)
            with pytest.raises(NotPublished):
                published(settings, run)
        assert not list(settings.ground.iterdir())
        published(settings, run)
    assert grown_from(settings) == [(7,)]


def test_what_a_run_left_that_was_never_announced_is_removed_by_the_next(settings, monkeypatch):
    with a_night(settings, 7) as run:
        entry = published(settings, run)
    (settings.ground / "ground_000009-20260101T000000Z.duckdb").write_bytes(b"x")
    assert grown_from(settings) == [(7,)]
    assert [path.name for path in settings.ground.iterdir()] == [f"ground_{entry.run_id}.duckdb"]
