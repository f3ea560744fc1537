"""A page's fingerprint: it changes with every value that the page shows, and with nothing else."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest
from reports.example import SWAPPED, example

from dagster_project.reports import queries

BUDGET, WEB, PDF = "leiden-begroting", "leiden-web", "leiden-pdf"
OF_BUDGET = f"document_id = '{BUDGET}'"
A_SUM = f"rule_id = (select min(rule_id) from audit.rules where {OF_BUDGET})"
A_SHARED_SUM = "rule_id = (select min(rule_id) from audit.rules where scope = 'cross_document')"
A_QUOTED_CELL = f"cell_id = '{WEB}/001:1.1'"
A_COMPONENT = f"component_id = (select component_id from audit.verifiability where cell_id = '{SWAPPED}')"

# Of one row of a table: the pages that show it.
SHOWN = [
    (queries.DOCUMENTS, OF_BUDGET, {BUDGET}),
    (queries.INPUTS, OF_BUDGET, {BUDGET}),
    (queries.TABLES, f"table_id = '{BUDGET}/001'", {BUDGET}),
    (queries.COLUMNS, f"table_id = '{BUDGET}/001' and column_no = 2", {BUDGET}),
    (queries.ROWS, f"table_id = '{BUDGET}/001' and row_no = 2", {BUDGET}),
    (queries.CELLS, f"cell_id = '{SWAPPED}'", {BUDGET}),
    (queries.CONVENTIONS, f"document_id = '{WEB}'", {WEB}),
    (queries.MENTIONS, OF_BUDGET, {BUDGET}),
    (queries.PRESTATIES, OF_BUDGET, {BUDGET}),
    (queries.REJECTS, f"{OF_BUDGET} and kind = 'question'", {BUDGET}),
    (queries.FINDINGS, "finding_id = 'f2'", {WEB}),
    (queries.CLAIMS, OF_BUDGET, {BUDGET}),
    (queries.RULES, A_SUM, {BUDGET}),
    (queries.RULES, A_SHARED_SUM, {WEB, PDF}),
    (queries.JUDGEMENTS, A_SUM, {BUDGET}),
    (queries.JUDGEMENTS, A_SHARED_SUM, {WEB, PDF}),
    (queries.TERMS, f"{A_SUM} and term_no = 1", {BUDGET}),
    (queries.TERMS, f"{A_SHARED_SUM} and term_no = 1", {WEB, PDF}),
    (queries.VERIFIABILITY, f"cell_id = '{SWAPPED}'", {BUDGET}),
    (queries.CERTIFICATES, A_COMPONENT, {BUDGET}),
    (queries.CONFLICTS, f"{A_COMPONENT} and conflict_no = 1", {BUDGET}),
    (queries.SUSPECTS, A_COMPONENT, {BUDGET}),
]


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    path = example().write(tmp_path_factory.mktemp("file") / "example.duckdb")
    with duckdb.connect(str(path)) as connection:
        yield connection


@pytest.fixture(scope="module")
def before(con):
    """The fingerprints while nothing is changed."""
    return fingerprints_after(con, "select 1")


def fingerprints_after(con, statement):
    """As they are after a statement, which is then undone."""
    con.execute("begin")
    try:
        con.execute(statement)
        return queries.fingerprints(con)
    finally:
        con.execute("rollback")


def changed_by(con, before, table, column, row):
    """The pages whose fingerprint changes when one row has another value in a column."""
    (kind,) = con.execute(f"select any_value(typeof({column})) from {table}").fetchone()
    other = {
        "VARCHAR": f"coalesce({column}, '') || '1'",
        "BOOLEAN": f"not coalesce({column}, false)",
        "DATE": f"coalesce({column}, date '2024-01-01') + interval 1 day",
        "TIMESTAMP": f"coalesce({column}, timestamp '2024-01-01') + interval 1 day",
    }.get(kind, f"coalesce({column}, 0) + 1")
    after = fingerprints_after(con, f"update {table} set {column} = {other} where {row}")
    return {page for page in before if before[page] != after.get(page)}


@pytest.mark.parametrize(("source", "row", "pages"), SHOWN, ids=lambda value: getattr(value, "name", None))
def test_another_value_in_any_shown_column_changes_the_pages_that_show_it_and_no_other(
    con, before, source, row, pages
):
    table = source.name.replace("_", ".", 1)
    names = {name for (name, *_) in con.execute(f"describe {table}").fetchall()}
    columns = [field for field in source.fields.split() if field in names - {"document_id"}]

    assert con.execute(f"select count(*) from {table} where {row}").fetchone() == (1,)
    assert {column: changed_by(con, before, table, column, row) for column in columns} == dict.fromkeys(
        columns, pages
    )


@pytest.mark.parametrize("column", ["value", "is_nil", "decimals"])
def test_what_another_publication_quotes_renews_it_too(con, before, column):
    assert changed_by(con, before, "landing.cells", column, A_QUOTED_CELL) == {WEB, PDF}


@pytest.mark.parametrize("column", ["text", "noot", "line", "is_placed"])
def test_what_another_publication_does_not_quote_leaves_it_as_it_is(con, before, column):
    assert changed_by(con, before, "landing.cells", column, A_QUOTED_CELL) == {WEB}


def test_what_no_page_shows_changes_none(con, before):
    assert changed_by(con, before, "landing.documents", "reader_version", OF_BUDGET) == set()
    assert changed_by(con, before, "audit.rules", "is_complete", A_SUM) == set()


@pytest.mark.parametrize("table", ["landing.cells", "audit.rule_terms", "audit.suspects"])
def test_a_row_more_or_less_changes_the_fingerprint(con, before, table):
    row = f"cell_id = '{SWAPPED}'"
    less = fingerprints_after(con, f"delete from {table} where {row}")
    more = fingerprints_after(con, f"insert into {table} select * from {table} where {row}")

    assert len({before[BUDGET], less[BUDGET], more[BUDGET]}) == 3
    assert (
        [less[page] for page in (WEB, PDF)]
        == [more[page] for page in (WEB, PDF)]
        == [before[WEB], before[PDF]]
    )


def test_two_rows_that_exchange_the_values_of_their_last_column_change_the_fingerprint(con, before):
    assert queries.COLUMNS.fields.endswith("column_path")
    exchanged = f"""
        update landing.columns as c set column_path = other.column_path from landing.columns as other
        where c.table_id = '{BUDGET}/001' and other.table_id = c.table_id and c.column_no + other.column_no = 3
    """

    assert fingerprints_after(con, exchanged)[BUDGET] != before[BUDGET]


def test_the_order_of_rows_does_not_matter(con, before):
    turned = """
        create table turned as select * from landing.cells order by cell_id desc;
        delete from landing.cells; insert into landing.cells from turned; drop table turned
    """

    assert fingerprints_after(con, turned) == before


def test_another_process_finds_the_same(tmp_path):
    path = example().write(tmp_path / "example.duckdb")
    code = f"from dagster_project.reports import queries; print(queries.fingerprints(queries.connect({str(path)!r})))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    with queries.connect(str(path)) as con:
        assert told.strip() == str(queries.fingerprints(con))
