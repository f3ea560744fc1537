"""The expectation suites as Dagster checks on the tables they judge, and the gate before publication.

Every suite is run in one step, for one session of Great Expectations serves them all. A critical expectation
that fails keeps the documents out that broke it; where no document can be named, the step ends, and what comes
after, publication, does not happen.

What does not belong here: what is expected (``expectations/``) and how it is judged (``judge``).
"""

from collections.abc import Iterator

import dagster as dg

import expectations
from dagster_project.assets.isolate import perform
from dagster_project.assets.judge import Judgement
from dagster_project.assets.steps import JUDGED, in_words
from dagster_project.assets.trouble import RETRIES, refuse_a_part

CHECK = "expectations"
RESULTS = dg.AssetKey(["audit", "expectation_results"])
FAILURES = dg.AssetKey(["audit", "expectation_failures"])


def expectation_checks() -> dg.AssetsDefinition:
    """The step that judges every suite, with one check per judged table."""
    suites = [expectations.suite(name) for name in expectations.names()]
    tables = [dg.AssetKey(suite.table.split(".")) for suite in suites]
    checks = [
        dg.AssetCheckSpec(name=CHECK, asset=key, description=_described(suite), metadata=_severities(suite))
        for suite, key in zip(suites, tables, strict=True)
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
        required_resource_keys={"refresh"},
        retry_policy=RETRIES,
    )
    def judged(context: dg.AssetExecutionContext):
        refuse_a_part(context, context.resources.refresh, JUDGED)
        found = perform(context.resources.refresh, JUDGED).made
        yield from (
            r
            for r in _check_results(found)
            if dg.AssetCheckKey(r.asset_key, r.check_name) in context.selected_asset_check_keys
        )
        yield dg.MaterializeResult(asset_key=RESULTS, metadata={"dagster/row_count": len(found)})
        rows = sum(j.unexpected for j in found)
        yield dg.MaterializeResult(asset_key=FAILURES, metadata={"dagster/row_count": rows})

    return judged


def _described(suite: expectations.Suite) -> str:
    """Its purpose, and what happens when it does not hold. All suites are judged in one step after all tables,
    so that it is this step that holds publication back and not Dagster's own order of assets."""
    blocks = _severities(suite)["blocking"]
    return f"{suite.purpose} {'Blocking' if blocks else 'Warns'}: see the metadata."


def _severities(suite: expectations.Suite) -> dict[str, int]:
    """How many of its expectations keep a document out, and how many warn."""
    critical = sum(e.severity == expectations.CRITICAL for e in suite.expectations)
    return {"blocking": critical, "warning": len(suite.expectations) - critical}


def _check_results(found: tuple[Judgement, ...]) -> Iterator[dg.AssetCheckResult]:
    for suite in sorted({j.suite for j in found}):
        own = [j for j in found if j.suite == suite]
        bad = [j for j in own if j.status in ("failed", "errored")]
        blocks = any(j.blocks for j in bad)
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(own[0].table.split(".")),
            check_name=CHECK,
            passed=not bad,
            severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
            metadata={
                "expectations": len(own),
                "failed": dg.MetadataValue.md("\n".join(f"* {in_words(j)}" for j in bad) or "none"),
            },
        )
