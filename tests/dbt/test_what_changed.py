"""A night costs what changed: rows of untouched documents stay, and the result is that of a full build."""

from __future__ import annotations

from pathlib import Path

import duckdb
import miniature
import pytest
from miniature import BUDGET, OTHER, PDF, WEB
from nights import FIRST_NIGHT, NO_TESTS, build


@pytest.fixture(scope="module")
def full(settings) -> Path:
    return build(settings, "full", miniature.another_raw(), FIRST_NIGHT, NO_TESTS)


@pytest.fixture(scope="module")
def grown(settings, first_night) -> Path:
    """The same documents on top of the first night."""
    return build(
        settings, "grown", miniature.another_raw(), FIRST_NIGHT | {"vorige": str(first_night)}, NO_TESTS
    )


def tables(path: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
            " where schema_name in ('intermediate', 'marts', 'audit', 'reference') order by 1"
        ).fetchall()
        return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def test_every_table_is_the_same_row_for_row_as_after_a_full_build(full, grown):
    expected, found = tables(full), tables(grown)
    assert list(found) == list(expected)
    for name in expected:
        assert found[name] == expected[name], name


def test_untouched_rows_are_really_those_of_the_published_file(settings, first_night):
    """A mark put into the published file shows up for the gemeente of which nothing changed, and for that one only."""
    marked = settings.home / "published_and_marked.duckdb"
    marked.write_bytes(first_night.read_bytes())
    with duckdb.connect(str(marked)) as connection:
        connection.execute("update audit.coverage set share_pct = -1")
    path = build(
        settings, "on_marked", miniature.a_correction(), FIRST_NIGHT | {"vorige": str(marked)}, NO_TESTS
    )
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select distinct document_id, share_pct = -1 from audit.coverage order by 1"
        ).fetchall()
    assert rows == [(BUDGET, False), (PDF, False), (WEB, False), (OTHER, True)]


def test_the_second_publication_of_a_changed_table_is_built_again(grown):
    with duckdb.connect(str(grown), read_only=True) as connection:
        broken = connection.execute(
            f"select count(*) from audit.reconciliation where document_id = '{PDF}' and verdict = 'break'"
        ).fetchone()
    assert broken == (1,)
