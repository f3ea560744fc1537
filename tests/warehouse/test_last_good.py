"""What cannot be read now stays published as it was read last, and says so; much that disappears is asked about."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from warehouse import small
from warehouse.small import put, settings_in

from dagster_project.reading.model import Document
from dagster_project.warehouse import versions
from dagster_project.warehouse.removal import (
    DOCUMENTS,
    IV3,
    TEXTS,
    Kinds,
    Removal,
    SourcesHeld,
    gone,
    removal,
    too_much_gone,
)
from dagster_project.warehouse.run import refreshing
from dagster_project.warehouse.schema import TABLES, parquet_schema


@pytest.fixture
def settings(tmp_path):
    """Two documents, published."""
    made = settings_in(tmp_path)
    put(made.raw, "a", "Jeugd;2018;100")
    put(made.raw, "deep/b", "Jeugd;2018;200")
    refresh(made)
    return made


def refresh(settings, **named):
    return small.refresh(settings, last_good=True, **named)


def ask(settings, sql: str) -> list[tuple]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def values(settings) -> list[tuple]:
    return ask(settings, "select document_id, value from landing.cells order by all")


def told(settings) -> list[str]:
    return [
        reason
        for (reason,) in ask(
            settings, "select coalesce(nullif(reason_en, ''), reason) from landing.further_rejects"
        )
    ]


BOTH = [("a", 100), ("deep/b", 200)]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("trouble", ["the reader fails", "the description is broken"])
def test_a_document_that_cannot_be_read_any_more_keeps_its_last_good_state_and_is_marked(
    settings, trouble, full
):
    good = ask(settings, "select sha256 from meta.inputs where document_id = 'a'")
    if trouble == "the reader fails":
        put(settings.raw, "a", "!raise")
    else:
        (settings.raw / "a" / "document.yml").write_text("- a list\n")
    for _ in range(3):
        refresh(settings, full=full)
        assert values(settings) == BOTH
        assert any(
            "a cannot be read now; what is published is its last good reading" in t for t in told(settings)
        )
        assert any("makes no sense" in t or "is no description" in t for t in told(settings))
        row = ask(
            settings, "select sha256, tried_sha256 is not null from meta.inputs where document_id = 'a'"
        )
        assert row == [(*good[0], True)]
    put(settings.raw, "a", "Jeugd;2018;101")
    refresh(settings, full=full)
    assert values(settings) == [("a", 101), ("deep/b", 200)] and told(settings) == []
    put(settings.raw, "a", "Jeugd;2018;100")
    refresh(settings)
    assert ask(settings, "select count(*) from meta.inputs where tried_sha256 is not null") == [(0,)]


def test_its_last_good_state_is_kept_when_other_code_reads_and_the_cache_is_gone(settings, monkeypatch):
    put(settings.raw, "a", "!raise")
    shutil.rmtree(settings.landing)
    monkeypatch.setattr("dagster_project.warehouse.run.code_version", lambda: "another")
    monkeypatch.setattr("dagster_project.warehouse.landing.reader_version", lambda: "another")
    assert versions.code_version() != "another"
    refresh(settings)
    assert values(settings) == BOTH
    columns = ask(settings, "select row_path, column_path, text from landing.cells where document_id = 'a'")
    assert columns == [("Jeugd", "2018", "100")]


def test_what_earlier_code_did_not_land_is_said_of_a_last_good_state_too(settings, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.delitem(TABLES["rows"], "post")
        earlier.setattr("dagster_project.warehouse.run.code_version", lambda: "earlier")
        earlier.setattr("dagster_project.warehouse.landing.reader_version", lambda: "earlier")
        parquet_schema.cache_clear()
        refresh(settings)
    parquet_schema.cache_clear()
    put(settings.raw, "a", "!raise")
    shutil.rmtree(settings.landing)
    refresh(settings)
    assert ask(settings, "select document_id, post from landing.rows order by 1") == [
        ("a", "Jeugd"),
        ("deep/b", "Jeugd"),
    ]


def test_a_folder_that_cannot_be_listed_keeps_the_documents_below_it(settings, monkeypatch):
    walk = last_good_scan(settings)
    monkeypatch.setattr("warehouse.small.scan", lambda raw: walk)
    refresh(settings)
    assert values(settings) == BOTH
    assert any("stands in a folder that cannot be read now" in t for t in told(settings))


def last_good_scan(settings):
    """The extracts as they are seen when deep/ may not be listed."""
    from dagster_project.warehouse.scan import Scan, Stray, scan

    seen = scan(settings.raw)
    closed = Stray("deep", "is niet te lezen", "cannot be read", is_unreadable=True)
    return Scan(tuple(d for d in seen.documents if d.document_id == "a"), (closed,))


def test_a_file_that_cannot_be_read_now_keeps_the_whole_document_as_it_was(settings, monkeypatch):
    from dagster_project.warehouse import scan as scanning

    check = scanning.check
    (settings.raw / "a" / "table.txt").write_text("Jeugd;2018;777")

    def closed(path, inside):
        if str(path).endswith("a/document.yml"):
            raise PermissionError(13, "Permission denied", str(path))
        check(path, inside)

    monkeypatch.setattr(scanning, "check", closed)
    refresh(settings)
    assert values(settings) == BOTH
    assert any("document.yml (cannot be read: Permission denied)" in t for t in told(settings))
    monkeypatch.undo()
    refresh(settings)
    assert values(settings) == [("a", 777), ("deep/b", 200)]


def test_a_document_of_which_a_file_is_damaged_now_keeps_its_last_good_state_until_it_is_not(settings):
    put(settings.raw, "a", "!damaged")
    put(settings.raw, "new", "!damaged")
    for _ in range(2):
        refresh(settings)
        assert values(settings) == BOTH
        assert any(
            "in which nothing can be read now: table.txt (the file is damaged)" in t for t in told(settings)
        )
    (settings.raw / "a" / "table.txt").unlink()
    refresh(settings, reader=without_files)
    assert values(settings) == [("deep/b", 200)]


def without_files(folder, document_id):
    """The reader, of a folder in which a person left a description alone."""
    from warehouse.small import read

    there = (folder / "table.txt").exists()
    return read(folder, document_id) if there else Document(document_id, {"titel": "leeg"}, "")


def test_a_folder_that_a_person_removed_takes_its_figures_with_it(settings):
    shutil.rmtree(settings.raw / "a")
    refresh(settings)
    assert values(settings) == [("deep/b", 200)] and told(settings) == []


def test_a_document_that_was_never_read_has_nothing_to_keep(settings):
    put(settings.raw, "c", "!raise")
    refresh(settings)
    assert values(settings) == BOTH
    assert ask(settings, "select state from meta.inputs where document_id = 'c'") == [("rejected",)]


# --- much that disappears -----------------------------------------------------------------------------


def held(documents: int, values: int, figures: int = 10, texts: int = 10) -> Kinds:
    names = frozenset(f"document-{n}" for n in range(documents))
    return {
        (DOCUMENTS, "begroting"): SourcesHeld(names, values),
        (TEXTS, "mentions"): SourcesHeld(names if texts else frozenset(), texts),
        (IV3, "Iv3"): SourcesHeld(frozenset({"iv3"} if figures else ()), figures),
    }


@pytest.mark.parametrize(
    ("now", "is_asked"),
    [
        (held(10, 100), False),
        (held(12, 300), False),
        (held(8, 80), False),
        (held(7, 100), True),
        (held(10, 79), True),
        (held(0, 0), True),
        (held(10, 100, figures=8), False),
        (held(10, 100, figures=7), True),
        (held(10, 100, figures=0), True),
        (held(10, 100, texts=7), True),
    ],
)
def test_more_than_the_stated_share_of_any_kind_of_source_or_its_figures_is_asked_about(now, is_asked):
    assert (too_much_gone(held(10, 100), now, 20) is not None) == is_asked


def test_a_kind_of_which_nothing_is_left_is_asked_about_and_told_whatever_its_share():
    before = held(10, 100) | {(DOCUMENTS, "jaarstukken"): SourcesHeld(frozenset({"the only one"}), 1)}
    asked = too_much_gone(before, held(10, 100), 20)
    assert "everything of jaarstukken would disappear: the only one" in asked
    assert gone(before, held(10, 100)) == (
        "nothing is left of jaarstukken: there were 1 values from 1 documents",
    )
    assert too_much_gone(before, held(10, 100), 100) is None and gone(before, before) == ()


def alter_what_is_live(settings):
    live = settings.published.resolve()
    live.chmod(0o644)
    live.write_bytes(b"x" * live.stat().st_size)


@pytest.mark.parametrize("is_altered", [False, True])
def test_what_would_disappear_is_named_and_how_to_confirm_it(settings, is_altered):
    """Also where what is live was altered, so that it cannot be asked what it held."""
    shutil.rmtree(settings.raw / "a")
    if is_altered:
        alter_what_is_live(settings)
    with refreshing(settings) as run:
        from dagster_project.warehouse.build import build
        from dagster_project.warehouse.landing import land
        from dagster_project.warehouse.scan import scan

        landed = land(settings, scan(settings.raw), {}, reader=small.read, tasks=small.in_this_process)
        build(settings, run, landed)
        found = removal(settings, run.build, run.history_base)
    assert found.question and found.unchecked is None
    assert "1 of 2 documents and 1 of 2 values would disappear, more than 20 %: a." in found.question
    assert "--accept-removal" in found.question


def test_where_what_is_live_was_altered_a_document_that_cannot_be_read_keeps_its_last_good_state(settings):
    put(settings.raw, "a", "!raise")
    alter_what_is_live(settings)
    refresh(settings)
    assert values(settings) == BOTH
    assert any(
        "a cannot be read now; what is published is its last good reading" in t for t in told(settings)
    )
    assert ask(settings, "select count(*) from history.states") == [(2,)]


def test_where_nothing_is_live_nothing_can_disappear(tmp_path):
    assert removal(settings_in(tmp_path), tmp_path / "nothing.duckdb", None) == Removal()
