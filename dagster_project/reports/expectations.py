"""The page of the expectations: every suite, what came of each promise, its SQL, and the rows that fail.

It stands where Great Expectations would put its own pages, which need other hosts to be seen. What does not belong
here: judging (``assets.judge``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version

import duckdb

from dagster_project.reports.queries import fetched, named_rows
from dagster_project.reports.wording import NOT_JUDGED, Bilingual, figures, words

ENGLISH = "_en"  # the end of the name of a column that says in English what another says in Dutch
ROWS_SHOWN = 200  # of those that fail an expectation; audit.expectation_failures has them all

SOURCES: dict[str, tuple[str, str]] = {
    "expectations": (
        "suite expectation_id table_name sentence sentence_nl status severity evaluated unexpected error sql",
        """
        select suite, expectation_id, table_name, sentence, sentence_nl, status, severity, evaluated, unexpected, error, sql
        from audit.expectation_results
        order by status <> 'failed', status <> 'errored', suite, expectation_id
        """,
    ),
    "failures": (
        "suite expectation_id failing_row",
        f"""
        select suite, expectation_id, failing_row from audit.expectation_failures
        where failure_no <= {ROWS_SHOWN} order by suite, expectation_id, failure_no
        """,
    ),
}


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """One expectation and how it came out."""

    suite: str
    table: str
    sentence: Bilingual
    is_met: bool | None  # None: could not be judged
    severity: str
    evaluated: int
    unexpected: int
    error: Bilingual
    sql: str
    failing: tuple[Mapping[str, object], ...]  # at most ROWS_SHOWN

    @property
    def columns(self) -> list[str]:
        """The columns of the rows that fail; what is there in English as well is one column."""
        found = dict.fromkeys(name for row in self.failing for name in row)
        return [
            name
            for name in found
            if name.removesuffix(ENGLISH) == name or name.removesuffix(ENGLISH) not in found
        ]

    @property
    def rows(self) -> list[list[Bilingual]]:
        """The rows that fail, in words, in the order of ``columns``."""
        return [
            [_said(row.get(name), row.get(name + ENGLISH)) for name in self.columns] for row in self.failing
        ]


def _said(value: object, in_english: object) -> Bilingual:
    """A value of a row: an amount is written as the language does, text in English where the row has that."""
    if isinstance(value, Decimal):
        return figures(value.normalize())
    said = "" if value is None else str(value)
    return Bilingual(said, said if in_english is None else str(in_english))


@dataclass(frozen=True, slots=True)
class ExpectationsView:
    """Everything on the page of expectations."""

    run_id: str
    gx_version: str
    expectations: tuple[ExpectationView, ...]

    @property
    def met(self) -> int:
        return sum(item.is_met is True for item in self.expectations)

    @property
    def suites(self) -> list[tuple[str, list[ExpectationView]]]:
        """Per suite its expectations; suites with one that is not met first."""
        by_suite: dict[str, list[ExpectationView]] = {}
        for item in self.expectations:
            by_suite.setdefault(item.suite, []).append(item)
        return sorted(by_suite.items(), key=lambda pair: (all(i.is_met is True for i in pair[1]), pair[0]))


def expectations_view(con: duckdb.DuckDBPyConnection, run_id: str) -> ExpectationsView:
    """The page, from a file that was judged. Raises ``UnreadableWarehouse`` where it lacks what the page needs."""
    return ExpectationsView(run_id, version("great-expectations"), expectation_views(expectation_rows(con)))


def expectation_rows(con: duckdb.DuckDBPyConnection) -> dict[str, list]:
    """Per name in ``SOURCES``, the rows."""
    return {
        name: named_rows(name, fields, fetched(con, name, sql)) for name, (fields, sql) in SOURCES.items()
    }


def expectation_views(rows: Mapping[str, Sequence]) -> tuple[ExpectationView, ...]:
    """What came of every expectation, those that failed first."""
    failing: dict[tuple[str, str], list[dict]] = {}
    for row in rows["failures"]:
        failing.setdefault((row.suite, row.expectation_id), []).append(
            json.loads(row.failing_row, parse_float=Decimal)
        )
    return tuple(
        ExpectationView(
            suite=row.suite,
            table=row.table_name or "",
            sentence=Bilingual(row.sentence_nl or row.sentence, row.sentence),
            is_met={"passed": True, "failed": False}.get(row.status),
            severity=row.severity or "",
            evaluated=row.evaluated or 0,
            unexpected=row.unexpected or 0,
            error=words(NOT_JUDGED, row.error) if row.error else Bilingual("", ""),
            sql=row.sql or "",
            failing=tuple(failing.get((row.suite, row.expectation_id), ())),
        )
        for row in rows["expectations"]
    )
