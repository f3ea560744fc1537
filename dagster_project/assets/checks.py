"""Every expectation as a Dagster check on the table that it judges, and the gate before publication.

Every suite is run in one step, for one session of Great Expectations serves them all. A critical expectation
that fails keeps the documents out that broke it; where no document can be named, the step ends, and what comes
after, publication, does not happen. Dagster knows only checks that pass and that do not: one that could not be
judged, because the figures that it needs are not there, does not pass and says so.

What does not belong here: what is expected (``expectations/``) and how it is judged (``suites``).
"""

from collections.abc import Iterable, Iterator

import dagster as dg

import expectations
from dagster_project.assets.isolate import perform
from dagster_project.assets.runs import Refresh
from dagster_project.assets.steps import JUDGED, in_words
from dagster_project.assets.suites import STATUSES, Judged, kept
from dagster_project.assets.trouble import RETRIES, refuse_a_part

RESULTS = dg.AssetKey(["audit", "expectation_results"])
FAILURES = dg.AssetKey(["audit", "expectation_failures"])


def expectation_checks() -> dg.AssetsDefinition:
    """The step that judges every suite, with one check per judged table."""
    suites = [expectations.suite(name) for name in expectations.names()]
    tables = [dg.AssetKey(suite.table.split(".")) for suite in suites]
    checks = [
        _check(expectation, key)
        for suite, key in zip(suites, tables, strict=True)
        for expectation in suite.expectations
    ]
    described = {
        RESULTS: "Every expectation, judged: held, failed or could not be judged.",
        FAILURES: "Every row that broke an expectation, complete.",
    }

    @dg.multi_asset(
        name="expectations",
        specs=[
            dg.AssetSpec(
                key,
                deps=tables,
                description=text,
                group_name="audit",
                kinds={"greatexpectations"},
                skippable=True,
            )
            for key, text in described.items()
        ],
        can_subset=True,
        check_specs=checks,
        allow_arbitrary_check_specs=True,
        retry_policy=RETRIES,
    )
    def judged(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]):
        refuse_a_part(context, refresh, JUDGED)
        try:
            found = perform(refresh, JUDGED).made
        except dg.Failure:
            yield from _results(context, kept(refresh.database, refresh.run.run_id))
            raise
        yield from _results(context, found)
        told = {status: sum(j.status == status for j in found) for status in STATUSES}
        yield dg.MaterializeResult(asset_key=RESULTS, metadata={"dagster/row_count": len(found), **told})
        rows = sum(j.unexpected for j in found)
        yield dg.MaterializeResult(asset_key=FAILURES, metadata={"dagster/row_count": rows})

    return judged


def _check(expectation: expectations.Expectation, table: dg.AssetKey) -> dg.AssetCheckSpec:
    """All suites are judged in one step after all tables, so that it is this step that holds publication back and
    not Dagster's own order of assets: what blocks says so in words and in its metadata."""
    blocks = expectation.severity == expectations.CRITICAL
    return dg.AssetCheckSpec(
        name=expectation.id,
        asset=table,
        description=f"{expectation.sentence} {'Blocking' if blocks else 'Warns'}.",
        metadata={"severity": expectation.severity, "blocking": blocks},
    )


def _results(context: dg.AssetExecutionContext, found: Iterable[Judged]) -> Iterator[dg.AssetCheckResult]:
    for judged in found:
        key = dg.AssetCheckKey(dg.AssetKey(judged.table.split(".")), judged.expectation.id)
        if key in context.selected_asset_check_keys:
            yield _result(key, judged)


def _result(key: dg.AssetCheckKey, judged: Judged) -> dg.AssetCheckResult:
    held = judged.status == "passed"
    told = {} if held else {"told": in_words(judged)}
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=held,
        severity=dg.AssetCheckSeverity.ERROR if judged.blocks else dg.AssetCheckSeverity.WARN,
        metadata={
            "outcome": judged.status,
            "rows": judged.evaluated,
            "failing_rows": judged.unexpected,
            **told,
        },
    )
