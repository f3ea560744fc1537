"""A night costs what changed: rows of untouched documents stay, and the result is that of a full build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import iv3_rows
import miniature
import pytest
from miniature import BUDGET, OTHER, PDF, WEB
from nights import FIRST_NIGHT, NO_TESTS, build


@pytest.fixture(scope="module")
def full(settings) -> Path:
    """Other documents, built as if there were very many: facts some gemeenten at a time, and figures of Iv3 without keys."""
    many = {"iv3_met_sleutels": "0", "getallen_per_deel": 1}
    return build(settings, "full", miniature.another_raw(), FIRST_NIGHT | many, NO_TESTS)


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


def test_every_table_is_the_same_row_for_row_as_after_a_full_build_some_gemeenten_at_a_time(full, grown):
    expected, found = tables(full), tables(grown)
    assert len(expected["marts.dim_gemeente"]) > 1, "there is something to part"
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


@pytest.fixture(scope="module")
def on_marked(settings, first_night) -> Callable[[str], list[tuple]]:
    """Rows of a query on a night with a correction and another delivery of Iv3, on top of a published file with marks in it:
    a mark is there still where a row stayed."""
    marked = settings.home / "published_and_marked.duckdb"
    marked.write_bytes(first_night.read_bytes())
    with duckdb.connect(str(marked)) as connection:
        connection.execute(
            "update audit.coverage set share_pct = -1;"
            "update audit.certificate_values set value = -1; update audit.rule_status set reason = 'merk';"
            "update marts.fct_iv3 set bestand = 'merk'; update marts.iv3_medianen set gemeenten = -1;"
            "update marts.iv3_per_taakveld set soort = 'merk'"
        )
    changes = miniature.a_correction() | {"iv3": iv3_rows.a_redelivery}
    path = build(settings, "on_marked", changes, FIRST_NIGHT | {"vorige": str(marked)}, NO_TESTS)

    def rows(sql: str) -> list[tuple]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return rows


def test_untouched_rows_are_really_those_of_the_published_file(on_marked):
    """The mark shows up for the gemeente of which nothing changed, and for that one only."""
    rows = on_marked("select distinct document_id, share_pct = -1 from audit.coverage order by 1")
    assert rows == [(BUDGET, False), (PDF, False), (WEB, False), (OTHER, True)]


def test_so_are_rows_that_do_not_name_the_document_of_their_number_or_rule(on_marked):
    values = on_marked(
        "select distinct c.document_id, v.value = -1"
        " from audit.certificate_values as v join landing.cells as c using (cell_id) order by all"
    )
    rules = on_marked(
        "select distinct document_id, s.reason is not distinct from 'merk'"
        " from audit.rule_status as s join audit.rules using (rule_id) order by all"
    )
    assert {document for document, _ in rules} >= {BUDGET, PDF, WEB, OTHER}
    for document, is_marked in [*values, *rules]:
        assert is_marked == (document == OTHER), document


def test_only_the_deliveries_of_iv3_that_changed_are_made_again(on_marked):
    """The mark goes where a gemeente delivered again, and stays where it did not."""
    figures = on_marked(
        "select distinct gemeentecode, verslagsoort from marts.fct_iv3 where bestand <> 'merk' order by all"
    )
    medians = on_marked(
        "select distinct verslagsoort from marts.iv3_medianen where gemeenten <> -1 order by all"
    )
    summed = on_marked(
        "select distinct gemeentecode, verslagsoort from marts.iv3_per_taakveld where soort <> 'merk' order by all"
    )
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
