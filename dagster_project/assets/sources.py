"""From raw to landing, and the proof: the steps in which Python makes tables, as Dagster assets.

What does not belong here: reading (``ingest``), moving (``warehouse``), proving (``consistency``).
"""

from collections import Counter

import dagster as dg

from dagster_project.assets.runs import Refresh
from dagster_project.assets.trouble import RETRIES, refuse, sorted_by_hope
from dagster_project.warehouse.scan import Scan
from dagster_project.warehouse.schema import FURTHER_REJECTS, TABLES

RAW = dg.AssetKey(["raw"])
_LANDED = (*TABLES, FURTHER_REJECTS, "acceptances")


def raw_extracts() -> dg.AssetSpec:
    """What stands under raw/: made by people, only observed here."""
    return dg.AssetSpec(
        RAW,
        description="Extracts as published, one folder per document, with document.yml beside them.",
        group_name="raw",
        kinds={"file"},
    )


def landing() -> dg.AssetsDefinition:
    """Every document as read: tables, cells, rules, mentions, rejects."""

    @dg.multi_asset(
        name="landing",
        specs=[
            dg.AssetSpec(dg.AssetKey(["landing", table]), deps=[RAW], group_name="landing", kinds={"python"})
            for table in _LANDED
        ],
        required_resource_keys={"refresh"},
        retry_policy=RETRIES,
    )
    def landed(context: dg.AssetExecutionContext):
        from dagster_project.warehouse.acceptances import write_acceptances
        from dagster_project.warehouse.build import build, counts, fitting, landed_before
        from dagster_project.warehouse.landing import READ, RETRY, land
        from dagster_project.warehouse.last_good import keep_last_good
        from dagster_project.warehouse.progress import shown

        refresh: Refresh = context.resources.refresh
        read: list[str] = []
        with sorted_by_hope(), refresh.telling("landing") as tell:
            found = refresh.scan()
            run = fitting(refresh.run, len(found.documents))
            before = landed_before(run.previous)
            with shown(refresh.say) as (on_start, on_document):
                documents = land(
                    refresh.settings,
                    found,
                    before,
                    full=refresh.full,
                    on_start=on_start,
                    on_document=lambda document: (read.append(document.document_id), on_document(document)),
                )
            is_for_now = any(document.state == RETRY for document in documents)
            documents, told = keep_last_good(refresh.settings, run, found, documents)
            decided = build(refresh.settings, run, documents, found.strays, told)
            write_acceptances(refresh.database, found.documents)
            states = Counter(document.state for document in decided)
            refresh.notes["landing"] = {
                "raw_sha256": found.sha256,
                "documents": decided,
                "run": run,
                "fingerprint": None if is_for_now else _fingerprint(refresh, found),
            }
            left = len(decided) - states[READ]
            tell(
                f"{states[READ]} documents ({len(read)} read now)"
                + (f", {len(told)} as they were read before" if told else "")
                + (f", {left} not published" if left else "")
            )
            rows = counts(refresh.database)
        _refuse_removal(refresh)
        yield dg.AssetObservation(
            asset_key=RAW, metadata={"documents": len(found.documents), "sha256": found.sha256}
        )
        for table in _LANDED:
            metadata = {"dagster/row_count": rows.get(f"landing.{table}", 0)}
            yield dg.MaterializeResult(asset_key=dg.AssetKey(["landing", table]), metadata=metadata)

    return landed


def _refuse_removal(refresh: Refresh) -> None:
    from dagster_project.warehouse.removal import unasked

    removal = None if refresh.accept_removal else unasked(refresh.settings, refresh.database)
    refuse(refresh, "landing", [removal] if removal else [])


def _fingerprint(refresh: Refresh, found: Scan) -> str:
    """Of what inputs and code this run makes the result."""
    from dagster_project.warehouse.unchanged import fingerprint

    return fingerprint(refresh.settings, found, refresh.run.started_at)


def bewijs() -> dg.AssetsDefinition:
    """The proof: a certificate, conflicts and suspects per connected set of sums, a status per number."""
    from dagster_project.warehouse.proofs import TABLES as PROOFS

    needed = [
        dg.AssetKey(["audit", "rules"]),
        dg.AssetKey(["audit", "rule_terms"]),
        *_landed("cells", "tables"),
    ]

    @dg.multi_asset(
        name="bewijs",
        specs=[
            dg.AssetSpec(dg.AssetKey(["proof", table]), deps=needed, group_name="proof", kinds={"python"})
            for table in PROOFS
        ],
        required_resource_keys={"refresh"},
        retry_policy=RETRIES,
    )
    def proved(context: dg.AssetExecutionContext):
        from dagster_project.warehouse.proofs import write_proofs

        refresh: Refresh = context.resources.refresh
        with sorted_by_hope(), refresh.telling("bewijs") as tell:
            done = write_proofs(refresh.settings, refresh.landed)
            kept = f", {done.kept_documents} documents as they were" if done.kept_documents else ""
            tell(f"{done.components} sets of sums proved{kept}")
        for table in PROOFS:
            yield dg.MaterializeResult(asset_key=dg.AssetKey(["proof", table]))

    return proved


def _landed(*tables: str) -> list[dg.AssetKey]:
    return [dg.AssetKey(["landing", table]) for table in tables]
