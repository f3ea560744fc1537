"""A night costs what changed: rows of untouched documents stay, and the result is that of a full build."""

from __future__ import annotations

from pathlib import Path

import duckdb
import iv3_rows
import miniature
import pytest
from miniature import BUDGET, OTHER, PDF, WEB
from nights import FIRST_NIGHT, NO_TESTS, build


@pytest.fixture(scope="module")
def full(settings) -> Path:
    few = {"iv3_met_sleutels": "0"}  # as if its figures were very many
    return build(settings, "full", miniature.another_raw(), FIRST_NIGHT | few, NO_TESTS)


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


def test_a_fact_of_iv3_of_very_many_figures_stays_without_keys(full, grown):
    def keys(path: Path) -> int:
        with duckdb.connect(str(path), read_only=True) as connection:
            ((count,),) = connection.execute(
                "select count(*) from duckdb_constraints() where table_name like 'fct_iv3%' and constraint_type = 'FOREIGN KEY'"
            ).fetchall()
            return count

    assert (keys(full), keys(grown)) == (0, 4)


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


def test_only_the_deliveries_of_iv3_that_changed_are_made_again(settings, first_night):
    """A mark put into the published file goes where a gemeente delivered again, and stays where it did not."""
    marked = settings.home / "published_and_marked_iv3.duckdb"
    marked.write_bytes(first_night.read_bytes())
    with duckdb.connect(str(marked)) as connection:
        connection.execute(
            "update marts.fct_iv3 set bestand = 'merk'; update marts.iv3_medianen set gemeenten = -1;"
            "update marts.iv3_per_taakveld set soort = 'merk'"
        )
    variables = FIRST_NIGHT | {"vorige": str(marked)}
    selection = (*NO_TESTS, "--select", "+fct_iv3", "+iv3_medianen", "+findings")
    path = build(settings, "iv3_on_marked", {"iv3": iv3_rows.a_redelivery}, variables, selection)
    with duckdb.connect(str(path), read_only=True) as connection:
        figures = connection.execute(
            "select distinct gemeentecode, verslagsoort from marts.fct_iv3 where bestand <> 'merk' order by all"
        ).fetchall()
        medians = connection.execute(
            "select distinct verslagsoort from marts.iv3_medianen where gemeenten <> -1 order by all"
        ).fetchall()
        summed = connection.execute(
            "select distinct gemeentecode, verslagsoort from marts.iv3_per_taakveld where soort <> 'merk' order by all"
        ).fetchall()
    small = [(code, year) for code in sorted(iv3_rows.SMALL) for year in ("2023X000", "2024X000")]
    absent = (iv3_rows.AMELAND, "2024X000")  # delivered noughts alone
    assert set(figures) == {*small, (iv3_rows.DELFT, "2023X005"), (iv3_rows.LEIDEN, "2024X000")} - {absent}
    assert set(summed) == set(figures)
    assert medians == [("2023X000",), ("2023X005",), ("2024X000",)]


def test_the_second_publication_of_a_changed_table_is_built_again(grown):
    with duckdb.connect(str(grown), read_only=True) as connection:
        broken = connection.execute(
            f"select count(*) from audit.reconciliation where document_id = '{PDF}' and verdict = 'break'"
        ).fetchone()
    assert broken == (1,)
