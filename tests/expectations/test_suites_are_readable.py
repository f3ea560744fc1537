"""The suites are records that an auditor can read: a sentence each, one module per table."""

from __future__ import annotations

import html
import re
import subprocess
import sys

import pytest

import expectations

SUITES = [expectations.suite(name) for name in expectations.names()]


@pytest.mark.parametrize("suite", SUITES, ids=lambda s: s.name)
def test_a_suite_is_named_after_the_table_it_judges(suite):
    assert suite.table.split(".")[1] == suite.name


@pytest.mark.parametrize("suite", SUITES, ids=lambda s: s.name)
def test_every_expectation_has_a_name_of_its_own_and_a_sentence_in_two_languages(suite):
    ids = [e.id for e in suite.expectations]
    assert len(ids) == len(set(ids))
    assert all(e.sentence.endswith(".") and len(e.sentence) > 20 for e in suite.expectations)
    assert all(e.sentence_nl.endswith(".") and len(e.sentence_nl) > 20 for e in suite.expectations)
    assert all(e.sentence_nl != e.sentence for e in suite.expectations)
    assert all(e.severity in ("critical", "warning") for e in suite.expectations)


def test_every_fact_and_the_main_audit_tables_have_a_suite(warehouse):
    facts = {
        name
        for (name,) in warehouse.execute(
            "select table_name from information_schema.tables where table_schema = 'marts' and table_name like 'fct_%'"
        ).fetchall()
    }
    audit = {"rules", "reconciliation", "certificates", "suspects", "verifiability", "findings", "rejects"}
    assert facts | audit | {"cells"} <= set(expectations.names())


def test_rows_that_fail_say_in_english_too_what_the_warehouse_says_in_both_languages(warehouse):
    in_both = {
        name
        for (name,) in warehouse.execute(
            """
            select nl.column_name from information_schema.columns as nl
            left join information_schema.columns as en
                on nl.table_schema = en.table_schema and nl.table_name = en.table_name
                and en.column_name = nl.column_name || '_en'
            where nl.table_schema in ('audit', 'marts')
            group by nl.column_name having bool_and(en.column_name is not null)
            """
        ).fetchall()
    }
    assert {"diagnosis", "description", "message"} <= in_both

    in_dutch_alone = []
    for suite in SUITES:
        for expectation in suite.expectations:
            shown = {c[0] for c in warehouse.execute(expectation.failing_rows(suite.table)).description}
            in_dutch_alone += [
                f"{suite.name}.{expectation.id}: {name}"
                for name in shown & in_both
                if f"{name}_en" not in shown
            ]
    assert in_dutch_alone == []


def test_reading_the_suites_loads_neither_great_expectations_nor_dagster():
    code = (
        "import sys, expectations; [expectations.suite(n) for n in expectations.names()];"
        "print([m for m in ('great_expectations', 'dagster', 'pandas', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_query_that_is_published_with_an_expectation_runs_on_the_published_file(refreshed, warehouse):
    """Whoever reads that an expectation holds, in the report or in the file, can ask it again of the file alone."""
    judged = warehouse.execute("select sql, unexpected from audit.expectation_results").fetchall()
    assert {sql: len(warehouse.execute(sql).fetchall()) for sql, _ in judged} == {
        sql: unexpected or 0 for sql, unexpected in judged
    }
    page = (refreshed / "reports" / "latest" / "data_docs" / "index.html").read_text(encoding="utf-8")
    printed = {html.unescape(sql) for sql in re.findall(r'<pre class="small soft">(.*?)</pre>', page, re.S)}
    assert printed == {sql for sql, _ in judged}
