"""Every expectation is judged on Dagster's pages: also one that stops the run, and one that could not be judged."""

from __future__ import annotations

from types import SimpleNamespace

import dagster as dg

import expectations
from dagster_project.assets import checks
from dagster_project.assets.suites import Judged

SUITES = [expectations.suite(name) for name in expectations.names()]
CRITICAL, WARNING = (
    next((s, e) for s in SUITES for e in s.expectations if e.severity == severity)
    for severity in (expectations.CRITICAL, expectations.WARNING)
)


def judged(
    suite: expectations.Suite, expectation: expectations.Expectation, status: str, rows: int
) -> Judged:
    why = "the figures that it needs are not there" if status == "not_judged" else ""
    return Judged(suite.name, suite.table, expectation, status, 100, rows, why)


def key(suite: expectations.Suite, expectation: expectations.Expectation) -> dg.AssetCheckKey:
    return dg.AssetCheckKey(dg.AssetKey(suite.table.split(".")), expectation.id)


def told_by_dagster(
    monkeypatch, outcome: str
) -> tuple[bool, dict[dg.AssetCheckKey, dg.AssetCheckEvaluation]]:
    """Whether the step succeeded, and what it said of each expectation, where all held but the first of each severity."""
    found = {(s.name, e.id): judged(s, e, "passed", 0) for s in SUITES for e in s.expectations}
    for suite, expectation in (CRITICAL, WARNING):
        found[suite.name, expectation.id] = judged(
            suite, expectation, outcome, 3 if outcome == "failed" else 0
        )

    def perform(refresh, step):
        if outcome == "failed":
            raise dg.Failure("a promise was broken", allow_retries=False)
        return SimpleNamespace(made=tuple(found.values()))

    monkeypatch.setattr(checks, "perform", perform)
    monkeypatch.setattr(checks, "kept", lambda database, run_id: tuple(found.values()))
    refresh = SimpleNamespace(database=None, run=SimpleNamespace(run_id="x"))
    result = dg.materialize(
        [checks.expectation_checks()],
        resources={"refresh": refresh},
        raise_on_error=False,
        selection=dg.AssetSelection.assets(checks.RESULTS, checks.FAILURES)
        | dg.AssetSelection.all_asset_checks(),
    )
    evaluations = result.get_asset_check_evaluations()
    assert len(evaluations) == len(found)
    return result.success, {e.asset_check_key: e for e in evaluations}


def test_a_promise_that_stops_the_run_is_red_and_one_that_warns_is_yellow(monkeypatch):
    success, told = told_by_dagster(monkeypatch, "failed")
    assert not success
    stops, warns = told[key(*CRITICAL)], told[key(*WARNING)]
    assert (stops.passed, stops.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert (warns.passed, warns.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert stops.metadata["failing_rows"].value == 3 and CRITICAL[1].sentence in stops.metadata["told"].value


def test_what_could_not_be_judged_for_want_of_figures_does_not_pass_and_says_so(monkeypatch):
    success, told = told_by_dagster(monkeypatch, "not_judged")
    assert success
    warned = told[key(*CRITICAL)]
    assert (warned.passed, warned.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert warned.metadata["outcome"].value == "not_judged"
    assert sum(not t.passed for t in told.values()) == 2


def test_no_two_expectations_of_a_table_have_one_name():
    names = [(suite.table, e.id) for suite in SUITES for e in suite.expectations]
    assert len(set(names)) == len(names) > 100
