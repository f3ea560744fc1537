"""Runs the suites of ``expectations/`` with Great Expectations on a build file, and keeps every result.

Great Expectations judges in the database, or where another engine built the same tables; it keeps at most 200 failing rows. So the complete failing rows are
fetched here with the same SQL and stored in ``audit.expectation_failures`` beside ``audit.expectation_results``.
Its own pages load style and scripts from other hosts: the report has a page of its own instead. An expectation that could not be
run is ``errored``, one for which the figures are not there is ``not_judged``: neither held nor failed.

Great Expectations takes seconds to import, so it is imported where it is used. What does not belong
here: what is expected (``expectations/``) and what is done about it (the asset checks).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import expectations
from dagster_project.warehouse.bounded import connect
from expectations import CRITICAL, Expectation, Suite

if TYPE_CHECKING:
    from dagster_project.assets.gx_duckdb import Session

RESULTS_DDL = """
    create schema if not exists audit;
    create or replace table audit.expectation_results (
        run_id varchar, suite varchar, expectation_id varchar, table_name varchar, sentence varchar,
        sentence_nl varchar, severity varchar, success boolean, evaluated bigint, unexpected bigint, status varchar, error varchar, sql varchar
    );
    create or replace table audit.expectation_failures (
        suite varchar, expectation_id varchar, failure_no bigint, document_id varchar, cell_id varchar,
        failing_row varchar
    );
    comment on table audit.expectation_results is 'What came of every expectation, each a sentence about one table.';
    comment on column audit.expectation_results.run_id is 'The run that judged.';
    comment on column audit.expectation_results.suite is 'The suite: its file under expectations/.';
    comment on column audit.expectation_results.expectation_id is 'The expectation within its suite.';
    comment on column audit.expectation_results.table_name is 'The table that is judged.';
    comment on column audit.expectation_results.sentence is 'What is expected, in English.';
    comment on column audit.expectation_results.sentence_nl is 'What is expected, in Dutch.';
    comment on column audit.expectation_results.severity is 'critical (nothing is published when it fails) or warning.';
    comment on column audit.expectation_results.success is 'Whether it holds.';
    comment on column audit.expectation_results.evaluated is 'How many rows were judged.';
    comment on column audit.expectation_results.unexpected is 'How many rows fail.';
    comment on column audit.expectation_results.status is 'passed, failed, errored (could not be run) or not_judged (the figures it needs are not there).';
    comment on column audit.expectation_results.error is 'Why it could not be judged.';
    comment on column audit.expectation_results.sql is 'The SQL that finds the rows that fail it.';
    comment on table audit.expectation_failures is 'Every row that fails an expectation.';
    comment on column audit.expectation_failures.suite is 'The suite: its file under expectations/.';
    comment on column audit.expectation_failures.expectation_id is 'The expectation within its suite.';
    comment on column audit.expectation_failures.failure_no is 'Numbers the failing rows of an expectation.';
    comment on column audit.expectation_failures.document_id is 'The document of the row, where it has one.';
    comment on column audit.expectation_failures.cell_id is 'The printed value of the row, where it has one.';
    comment on column audit.expectation_failures.failing_row is 'JSON: the row.';
"""


FIGURES_LACK = "the figures that it needs are not there"
STATUSES = ("passed", "failed", "errored", "not_judged")


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one expectation. ``status`` is passed, failed, errored or not_judged; counts are rows."""

    suite: str
    table: str
    expectation: Expectation
    status: str
    evaluated: int = 0
    unexpected: int = 0
    error: str = ""

    @property
    def blocks(self) -> bool:
        """Whether this alone forbids publication: our own work failed, or could not be judged."""
        return self.status in ("failed", "errored") and self.expectation.severity == CRITICAL


def held_against(
    build: Path,
    suites: Iterable[Suite],
    run_id: str,
    elsewhere: AbstractContextManager[Session] | None = None,
) -> tuple[Judged, ...]:
    """Judge every suite on the DuckDB file ``build`` and store the results in it.

    ``elsewhere``: where the same tables are judged instead; what fails there must be found in ``build`` too. ``build`` may not be open elsewhere. Never raises for an expectation that fails or cannot be run: that is in the result.
    """
    suites = tuple(suites)
    present = _tables(build)
    absent = {s.name: s for s in suites if s.table not in present}
    judged = _great_expectations(build, [s for s in suites if s.name not in absent], elsewhere)
    judged += [
        Judged(s.name, s.table, e, "errored", error=f"table {s.table} does not exist")
        for s in absent.values()
        for e in s.expectations
    ]
    return _store(build, judged, run_id)


def kept(build: Path, run_id: str) -> tuple[Judged, ...]:
    """What was judged in this run, as ``held_against`` stored it in ``build``; nothing where it did not come to that."""
    known = {
        (s.name, e.id): (s, e) for s in map(expectations.suite, expectations.names()) for e in s.expectations
    }
    with connect(build, read_only=True) as connection:
        try:
            rows = connection.execute(
                """
                select suite, expectation_id, status, evaluated, unexpected, coalesce(error, '')
                from audit.expectation_results where run_id = ? order by suite, expectation_id
                """,
                [run_id],
            ).fetchall()
        except duckdb.CatalogException:
            return ()
    found = ((known[suite, identifier], told) for suite, identifier, *told in rows)
    return tuple(Judged(suite.name, suite.table, expectation, *told) for (suite, expectation), told in found)


def _tables(build: Path) -> set[str]:
    with connect(build, read_only=True) as connection:
        found = connection.execute("select table_schema || '.' || table_name from information_schema.tables")
        return {name for (name,) in found.fetchall()}


def _great_expectations(
    build: Path, suites: list[Suite], elsewhere: AbstractContextManager[Session] | None
) -> list[Judged]:
    from dagster_project.assets import gx_duckdb

    if not suites:
        return []
    judged = []
    with elsewhere or gx_duckdb.session(build) as session:
        results = session.run({s.name: [_as_gx(e, s.table) for e in s.expectations] for s in suites})
    for suite in suites:
        by_id = {r["id"]: r for r in results[suite.name]}
        for expectation in suite.expectations:
            judged.append(_judgement(suite, expectation, by_id.get(expectation.id)))
    return judged


def _as_gx(expectation: Expectation, table: str) -> dict:
    """The arguments with which Great Expectations states the same promise.

    Always as the SQL for its failing rows: Great Expectations' own columnwise expectations first look up the
    types of every table, which takes longer than judging it, and work with floating point numbers.
    """
    # Ours name their tables themselves, for they judge tables against each other. Great Expectations wants to
    # see where its own name for the judged table goes: in a comment.
    query = expectation.failing_rows(table).replace("{", "{{").replace("}", "}}")
    return {
        "unexpected_rows_query": f"/* {{batch}} */ {query}",
        "severity": expectation.severity,
        "description": expectation.sentence,
        "meta": {"id": expectation.id},
    }


def _judgement(suite: Suite, expectation: Expectation, result: dict | None) -> Judged:
    if result is None:
        return Judged(suite.name, suite.table, expectation, "errored", error="no result came back")
    if result["error"]:
        return Judged(suite.name, suite.table, expectation, "errored", error=result["error"])
    status = "passed" if result["success"] else "failed"
    return Judged(suite.name, suite.table, expectation, status)


def _store(build: Path, judged: list[Judged], run_id: str) -> tuple[Judged, ...]:
    with connect(build) as connection:
        connection.execute(RESULTS_DDL)
        stored = tuple(_with_counts(connection, j) for j in judged)
        connection.executemany(
            "insert into audit.expectation_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    run_id,
                    j.suite,
                    j.expectation.id,
                    j.table,
                    j.expectation.sentence,
                    j.expectation.sentence_nl,
                    j.expectation.severity,
                    j.status == "passed",
                    j.evaluated,
                    j.unexpected,
                    j.status,
                    j.error or None,
                    j.expectation.failing_rows(j.table),
                )
                for j in stored
            ],
        ) if stored else None
    return stored


def _with_counts(connection: duckdb.DuckDBPyConnection, judged: Judged) -> Judged:
    """The judgement with its row counts; the failing rows are written to audit.expectation_failures.

    Where Great Expectations saw a failure and the SQL finds no row, the two disagree and the
    expectation is errored: a failure that nobody can look at is not a failure that was judged.
    """
    if judged.status == "errored":
        return judged
    evaluated = connection.execute(f"select count(*) from {judged.table}").fetchall()[0][0]
    judged_on = judged.expectation.judged_on.replace("{table}", judged.table)
    if judged_on and not connection.execute(f"select count(*) from ({judged_on}) as there").fetchall()[0][0]:
        return Judged(judged.suite, judged.table, judged.expectation, "not_judged", 0, 0, FIGURES_LACK)
    counted = Judged(judged.suite, judged.table, judged.expectation, judged.status, evaluated)
    if judged.status == "passed":
        return counted
    unexpected = _store_failures(connection, judged, judged.expectation.failing_rows(judged.table))
    if unexpected == 0:
        error = "Great Expectations reports a failure, the same SQL finds no failing row"
        return Judged(judged.suite, judged.table, judged.expectation, "errored", evaluated, 0, error)
    return Judged(judged.suite, judged.table, judged.expectation, "failed", evaluated, unexpected)


def _store_failures(connection: duckdb.DuckDBPyConnection, judged: Judged, rows: str) -> int:
    columns = [c[0] for c in connection.execute(f"select * from ({rows}) as failing limit 0").description]
    document_id = "document_id" if "document_id" in columns else "null"
    cell_id = "cell_id" if "cell_id" in columns else "null"
    connection.execute(
        f"""
        insert into audit.expectation_failures
        select ?, ?, row_number() over (order by failing_row), document_id, cell_id, failing_row
        from (
            select {document_id} as document_id, {cell_id} as cell_id, to_json(failing) as failing_row
            from ({rows}) as failing
        ) as written
        """,
        [judged.suite, judged.expectation.id],
    )
    found = connection.execute(
        "select count(*) from audit.expectation_failures where suite = ? and expectation_id = ?",
        [judged.suite, judged.expectation.id],
    ).fetchall()
    return found[0][0]
