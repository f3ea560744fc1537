"""Two published files compared: by key where there is one, else as bags of rows; bounded, and by exit status."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dagster_project.cli import diff
from dagster_project.settings import Unusable, load
from dagster_project.warehouse.diff import compare, lines_of

KEYED = "create schema marts; create table marts.dim_stand as select * from (values {}) as t (stand, bedrag)"
BAG = "create schema los; create table los.zonder as select * from (values {}) as t (a, b)"
RUN = "create schema meta; create table meta.run as select '{}' as run_id"


def file(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


@pytest.fixture
def settings(tmp_path):
    """Settings of a dbt project that says what the key of one table is."""
    models = tmp_path / "dbt" / "models" / "marts"
    models.mkdir(parents=True)
    (models / "dim_stand.yml").write_text(
        "models: [{name: dim_stand, data_tests: [{key: {arguments: {columns: [stand]}}}]}]\n"
    )
    return load({}, home=tmp_path / "home", project=tmp_path)


@pytest.fixture
def old(tmp_path):
    rows = "('a', 1), ('b', 2), ('c', null)"
    return file(
        tmp_path / "old.duckdb",
        KEYED.format(rows),
        BAG.format("(1, 'x'), (1, 'x'), (2, null)"),
        RUN.format(1),
    )


def differing(settings, old, new, **how):
    return {d.table: d for d in compare(settings, old, new, **how) if not d.is_same}


def test_files_with_the_same_rows_in_another_order_are_the_same(settings, old, tmp_path):
    rows = "('c', null), ('b', 2), ('a', 1)"
    new = file(
        tmp_path / "new.duckdb",
        RUN.format(2),
        BAG.format("(2, null), (1, 'x'), (1, 'x')"),
        KEYED.format(rows),
    )
    assert differing(settings, old, new) == {}
    assert set(differing(settings, old, new, everything=True, without=())) == {"meta.run"}


def test_rows_are_matched_by_key_and_the_values_that_differ_are_told(settings, old, tmp_path):
    new = file(
        tmp_path / "new.duckdb",
        KEYED.format("('a', 1), ('b', null), ('d', 4)"),
        BAG.format("(1, 'x'), (1, 'x'), (2, null)"),
    )
    one = differing(settings, old, new)["marts.dim_stand"]
    assert (one.key, one.removed, one.added, one.changed) == (("stand",), 1, 1, 1)
    assert one.examples == ("~ stand 'b': bedrag '2' became null", "- stand 'c'", "+ stand 'd'")


def test_in_a_dutch_locale_a_person_reads_dutch_and_a_script_what_it_always_reads(
    settings, old, tmp_path, dutch
):
    new = file(tmp_path / "new.duckdb", KEYED.format("('a', 1), ('b', null), ('c', 3000)"))
    found = compare(settings, old, new, tables=["marts.dim_stand"])
    assert found[0].examples[0] == "~ stand 'b': bedrag '2' became null"
    assert lines_of(found) == [
        "marts.dim_stand: -0 +0 ~2 rijen (op stand)",
        "    ~ stand 'b': bedrag '2' werd null",
        "    ~ stand 'c': bedrag null werd '3000'",
        "1 van 1 tabellen verschillen",
    ]


def test_a_row_that_is_there_once_less_is_seen_without_a_key_and_so_is_a_key_that_names_two_rows(
    settings, old, tmp_path
):
    twice = "('a', 1), ('a', 1), ('b', 2), ('c', null)"
    new = file(tmp_path / "new.duckdb", KEYED.format(twice), BAG.format("(1, 'x'), (2, null)"))
    found = differing(settings, old, new)
    assert (found["los.zonder"].removed, found["los.zonder"].added) == (1, 0)
    assert (found["marts.dim_stand"].key, found["marts.dim_stand"].added) == ((), 1)


def test_tables_and_columns_that_one_file_lacks_are_differences(settings, old, tmp_path):
    new = file(
        tmp_path / "new.duckdb",
        "create schema marts; create table marts.dim_stand as select 'a' as stand, 1::bigint as bedrag, 2 as meer",
    )
    found = differing(settings, old, new)
    assert (
        found["los.zonder"].columns == ("the table is in the old file only",)
        and found["los.zonder"].removed == 3
    )
    assert found["marts.dim_stand"].columns == ("meer: in the new file only", "bedrag: INTEGER became BIGINT")


def test_the_command_says_by_its_status_whether_they_differ_and_tells_a_bounded_number_of_rows(old, tmp_path):
    many = ", ".join(f"({n}, 'y')" for n in range(500))
    new = file(tmp_path / "new.duckdb", KEYED.format("('a', 1), ('b', 2), ('c', null)"), BAG.format(many))
    home = ["--home", str(tmp_path / "home")]
    same = CliRunner().invoke(diff, [str(old), str(old), *home])
    assert (same.exit_code, same.output) == (0, "2 tables, all the same\n")
    other = CliRunner().invoke(diff, [str(old), str(new), "--examples", "3", *home])
    assert other.exit_code == 1
    assert "los.zonder: -3 +500 ~0 rows" in other.output and "and 500 more" in other.output
    assert len(other.output.splitlines()) == 6
    told = CliRunner().invoke(diff, [str(old), str(new), "--json", *home])
    assert [json.loads(line)["added"] for line in told.output.splitlines()] == [500, 0]


@pytest.mark.parametrize("bad", ["nothing.duckdb", "7", "text"])
def test_what_cannot_be_read_is_unusable_and_names_it(old, tmp_path, bad):
    (tmp_path / "text").write_text(
        "this is no database, but it is long enough to be looked at as one\n" * 100
    )
    named = str(tmp_path / bad) if bad != "7" else bad
    result = CliRunner().invoke(diff, [str(old), named, "--home", str(tmp_path / "home")])
    assert isinstance(result.exception, Unusable) and named in str(result.exception)
