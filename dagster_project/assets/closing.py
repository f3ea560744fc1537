"""The last steps of a refresh as Dagster assets: the pages for auditors, and publication.

The pages come first: they and the file go live together, and pages that cannot be made are a mistake of
ours that must not be published. What does not belong here: how a page looks, how a file is published.
"""

from contextlib import suppress

import dagster as dg

from dagster_project.assets import dagster_home, steps, summary
from dagster_project.assets.checks import RESULTS
from dagster_project.assets.event_log import PUBLISHED
from dagster_project.assets.isolate import perform
from dagster_project.assets.runs import Live, Refresh
from dagster_project.assets.trouble import RETRIES, refuse, sorted_by_hope
from dagster_project.reports.counts import Counts

REPORT = dg.AssetKey(["reports", "auditor"])


def report() -> dg.AssetsDefinition:
    """The auditor's pages, made from the file that is about to be published."""

    @dg.asset(
        key=REPORT,
        deps=[RESULTS],
        group_name="published",
        description="The auditor's page: HOME/reports/latest/index.html once the file is published.",
        retry_policy=RETRIES,
        kinds={"html"},
    )
    def auditors_page(
        context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]
    ) -> dg.MaterializeResult:
        folder = perform(refresh, steps.REPORT).made
        return dg.MaterializeResult(metadata={"index": dg.MetadataValue.path(folder / "index.html")})

    return auditors_page


def published() -> dg.AssetsDefinition:
    """The file that analysts open, swapped in one rename."""

    @dg.asset(
        key=PUBLISHED,
        deps=[REPORT, RESULTS],
        group_name="published",
        description="HOME/sluitend.duckdb: self-contained, read-only, opened by anyone at any time.",
        retry_policy=RETRIES,
        kinds={"duckdb"},
    )
    def swapped(
        context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]
    ) -> dg.MaterializeResult:
        from dagster_project.reports.write import stamp_report
        from dagster_project.warehouse.build import rows_per_layer
        from dagster_project.warehouse.iv3.parquet import prune_iv3
        from dagster_project.warehouse.landing import prune
        from dagster_project.warehouse.publish import publish

        settings = refresh.settings
        steps.require(refresh, "published", steps.BEFORE_PUBLICATION)
        with sorted_by_hope(), refresh.telling("published") as tell:
            counts = summary.counted(refresh.database)
            _refuse_when_strict(refresh, counts)
            large = summary.large_causes(refresh.database, float(settings.notify_above_eur))
            rejected = summary.rejected_documents(refresh.database)
            facts = counts.as_facts()
            verdicts = facts.pop("verdicts")
            facts["rows_per_layer"] = rows_per_layer(refresh.database)
            landing = refresh.landing
            entry = publish(
                settings,
                refresh.run,
                counts=facts,
                verdicts=verdicts,
                fingerprint=landing.fingerprint,
                bounds=landing.bounds,
            )
            unchecked = landing.removal.unchecked
            refresh.notes.published = Live(
                counts, large, rejected, landing.raw_sha256, warnings=(unchecked,) if unchecked else ()
            )
            stamp_report(refresh.report, entry.sha256, entry.hash)
            with suppress(OSError):  # what should have gone is still there then: the next night tries again
                prune(settings, landing.documents)
                prune_iv3(settings, landing.iv3)
            dagster_home.forget(context.instance, refresh.run.started_at)
            tell(f"{entry.file}, {entry.bytes / 1e6:.1f} MB")
        return dg.MaterializeResult(
            metadata={
                "file": dg.MetadataValue.path(settings.published),
                "sha256": entry.sha256,
                "megabytes": round(entry.bytes / 1e6, 1),
                **plotted(counts),
            }
        )

    return swapped


def plotted(counts: Counts) -> dict[str, int]:
    """What was counted, as single numbers: Dagster draws each as a line through the publications."""
    told = {
        "documents": counts.documents,
        "tables": counts.tables,
        "values": counts.values,
        "rejects": counts.rejects,
        "questions": counts.questions,
    }
    parts = {"sums": counts.verdicts, "numbers": counts.levels, "findings": counts.findings}
    parts |= {"causes": counts.causes, "expectations": counts.expectations}
    for what, numbers in parts.items():
        told |= {what: sum(numbers.values()), **{f"{what}: {part}": n for part, n in numbers.items()}}
    return told


def _refuse_when_strict(refresh: Refresh, counts: Counts) -> None:
    open_findings = sum(counts.findings.values()) - counts.accepted
    if refresh.strict and (open_findings or counts.rejects):
        told = f"{open_findings} findings that nobody accepted, {counts.rejects} rejects (--strict)"
        refuse(refresh, "published", [told])
