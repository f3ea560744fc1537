"""From raw to landing, and the proof: the steps in which Python makes tables, as Dagster assets.

What does not belong here: reading (``reading``), moving (``warehouse``), proving (``proof``).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import dagster as dg

from dagster_project.assets.fetched import KEYS
from dagster_project.assets.isolate import perform
from dagster_project.assets.one_document import KEY as DOCUMENT
from dagster_project.assets.one_document import RAW, told_of
from dagster_project.assets.runs import Refresh
from dagster_project.assets.steps import LANDING, PROOF
from dagster_project.assets.trouble import RETRIES, refuse_a_part
from dagster_project.warehouse.schema import BETWEEN, FURTHER_REJECTS, TABLES

_LANDED = (*TABLES, *BETWEEN, FURTHER_REJECTS, "acceptances", "iv3")


def raw_extracts() -> dg.AssetSpec:
    """What stands under raw/: put there by people or fetched from addresses, only observed here."""
    return dg.AssetSpec(
        RAW,
        deps=list(KEYS.values()),
        description="Extracts as published, one folder per document, with document.yml beside them.",
        group_name="raw",
        kinds={"file"},
    )


def descriptions(manifest: Path) -> Mapping[dg.AssetKey, str]:
    """What the dbt project says of each table that Python makes and dbt reads, by its key."""
    found = json.loads(manifest.read_text(encoding="utf-8"))["sources"].values()
    return {dg.AssetKey([s["source_name"], s["name"]]): s["description"] for s in found}


def history(described: Mapping[dg.AssetKey, str]) -> list[dg.AssetSpec]:
    """What was published before: kept in the step of landing, from the file before; only shown here."""
    return [
        dg.AssetSpec(
            key,
            deps=_keys("landing", "cells", "documents"),
            description=text,
            group_name="history",
            kinds={"duckdb"},
        )
        for key, text in described.items()
        if key.path[0] == "history"
    ]


def landing(described: Mapping[dg.AssetKey, str]) -> dg.AssetsDefinition:
    """Every document as read: tables, cells, rules, mentions, rejects; and every source of Iv3."""

    @_step("landing", _keys("landing", *_LANDED), [RAW, DOCUMENT], described)
    def landed(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]):
        refuse_a_part(context, refresh, LANDING)
        tables = perform(refresh, LANDING).made
        found = tables.found
        yield dg.AssetObservation(
            asset_key=RAW, metadata={"documents": len(found.documents), "sha256": found.sha256}
        )
        told_of(context, tables.documents, tables.read_now)
        yield from _made(_keys("landing", *_LANDED), tables.rows)

    return landed


def bewijs(described: Mapping[dg.AssetKey, str]) -> dg.AssetsDefinition:
    """The proof: a certificate, conflicts and suspects per connected set of sums, a status per number."""
    from dagster_project.warehouse.build import counts
    from dagster_project.warehouse.proofs import TABLES as PROOFS

    needs = _keys("landing", "tables", "rows", "cells", "rules", "rule_terms", "mentions", "claims")

    @_step("bewijs", _keys("proof", *PROOFS), needs, described)
    def proved(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]):
        refuse_a_part(context, refresh, PROOF)
        perform(refresh, PROOF)
        yield from _made(_keys("proof", *PROOFS), counts(refresh.database))

    return proved


def _step(
    name: str,
    makes: Sequence[dg.AssetKey],
    needs: Sequence[dg.AssetKey],
    described: Mapping[dg.AssetKey, str],
):
    """A step of the refresh in which Python makes the tables ``makes``, in the group that their keys name first."""
    specs = [
        dg.AssetSpec(
            key,
            deps=needs,
            description=described[key],
            group_name=key.path[0],
            kinds={"python"},
            skippable=True,
        )
        for key in makes
    ]
    return dg.multi_asset(name=name, specs=specs, can_subset=True, retry_policy=RETRIES)


def _made(keys: Iterable[dg.AssetKey], rows: Mapping[str, int]) -> Iterator[dg.MaterializeResult]:
    """That each table was made, with how many rows; ``rows`` by schema.table."""
    for key in keys:
        metadata = {"dagster/row_count": rows.get(".".join(key.path), 0)}
        yield dg.MaterializeResult(asset_key=key, metadata=metadata)


def _keys(layer: str, *tables: str) -> list[dg.AssetKey]:
    return [dg.AssetKey([layer, table]) for table in tables]
