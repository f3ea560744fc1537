"""The expectation suites as Dagster checks on the tables they judge, and the gate before publication.

Every suite is run in one step, for one session of Great Expectations serves them all. A critical
expectation that fails ends the step: what comes after, publication, does not happen.

What does not belong here: what is expected (``expectations/``) and how it is judged (``judge``).
"""

from collections.abc import Iterator

import dagster as dg

import expectations
from dagster_project.assets.judge import Judgement, judge
from dagster_project.assets.runs import Refresh
from dagster_project.assets.trouble import RETRIES, refuse, sorted_by_hope

CHECK = "expectations"
RESULTS = dg.AssetKey(["audit", "expectation_results"])
FAILURES = dg.AssetKey(["audit", "expectation_failures"])


def expectation_checks() -> dg.AssetsDefinition:
    """The step that judges every suite, with one check per judged table."""
    suites = [expectations.suite(name) for name in expectations.names()]
    tables = [dg.AssetKey(suite.table.split(".")) for suite in suites]
    checks = [
        dg.AssetCheckSpec(name=CHECK, asset=key, description=suite.purpose)
        for suite, key in zip(suites, tables, strict=True)
    ]
    described = {
        RESULTS: "Every expectation, judged: held, failed or could not be judged.",
        FAILURES: "Every row that broke an expectation, complete.",
    }

    @dg.multi_asset(
        name="expectations",
        specs=[
            dg.AssetSpec(key, deps=tables, description=text, group_name="audit", kinds={"greatexpectations"})
            for key, text in described.items()
        ],
        check_specs=checks,
        allow_arbitrary_check_specs=True,
        required_resource_keys={"refresh"},
        retry_policy=RETRIES,
    )
    def judged(context: dg.AssetExecutionContext):
        from dagster_project.reports.write import write_expectations

        refresh: Refresh = context.resources.refresh
        with sorted_by_hope(), refresh.telling("expectations") as tell:
            found = judge(refresh.database, suites, refresh.run.run_id)
            write_expectations(refresh.database, refresh.report, refresh.run.run_id)
            tell(_told(found))
        yield from _check_results(found)
        refuse(refresh, "expectations", [f"{j.suite}: {_line(j)}" for j in blocking(found, refresh.strict)])
        yield dg.MaterializeResult(asset_key=RESULTS, metadata={"dagster/row_count": len(found)})
        rows = sum(j.unexpected for j in found)
        yield dg.MaterializeResult(asset_key=FAILURES, metadata={"dagster/row_count": rows})

    return judged


def blocking(found: tuple[Judgement, ...], strict: bool) -> list[Judgement]:
    """The judgements that forbid publication: the critical ones, and with ``strict`` all that did not hold."""
    return [j for j in found if j.blocks or (strict and j.status != "passed")]


def _told(found: tuple[Judgement, ...]) -> str:
    parts = [f"{sum(j.status == status for j in found)} {word}" for status, word in _WORDS]
    return ", ".join(p for p in parts if not p.startswith("0 "))


_WORDS = (("passed", "hold"), ("failed", "fail"), ("errored", "could not be judged"))


def _check_results(found: tuple[Judgement, ...]) -> Iterator[dg.AssetCheckResult]:
    for suite in sorted({j.suite for j in found}):
        own = [j for j in found if j.suite == suite]
        bad = [j for j in own if j.status != "passed"]
        blocks = any(j.blocks for j in bad)
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(own[0].table.split(".")),
            check_name=CHECK,
            passed=not bad,
            severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
            metadata={
                "expectations": len(own),
                "failed": dg.MetadataValue.md("\n".join(f"* {_line(j)}" for j in bad) or "none"),
            },
        )


def _line(judged: Judgement) -> str:
    rows = f"{judged.unexpected} rows" if judged.status == "failed" else judged.error
    return f"{judged.expectation.sentence} ({judged.expectation.id}, {judged.status}: {rows})"
