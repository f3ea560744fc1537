"""The dbt project as Dagster assets in two parts, with the proof between them, and its tests as checks.

Which model stands in which part is said in the dbt project, by the tag ``voor_bewijs``. What does not
belong here: how dbt is run (``dbt_run``), and any SQL.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import DAGSTER_DBT_UNIQUE_ID_METADATA_KEY as DBT_ID

from dagster_project.assets import dbt_run
from dagster_project.assets.isolate import perform
from dagster_project.assets.runs import Refresh
from dagster_project.assets.steps import FIRST, SECOND
from dagster_project.assets.trouble import RETRIES, refuse_a_part

_TAG = dbt_run.FIRST_PART.removeprefix("tag:")


class _Groups(DagsterDbtTranslator):
    """Models grouped by their layer, as in the folders of the dbt project."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The schema, which is the layer."""
        return dbt_resource_props["schema"]


def dbt_parts(manifest: Path) -> tuple[dg.AssetsDefinition, dg.AssetsDefinition]:
    """The assets of the part that the proof needs, and of everything after it."""
    names = _names_of_second_part(manifest)
    first = {"select": dbt_run.FIRST_PART}
    second = {"select": " ".join(names)}
    return (
        _part(FIRST, manifest, first, ["--select", dbt_run.FIRST_PART]),
        _part(SECOND, manifest, second, ["--select", *names]),
    )


def _names_of_second_part(manifest: Path) -> list[str]:
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    built = (n for n in nodes if n["resource_type"] in ("model", "seed", "snapshot"))
    return sorted(n["name"] for n in built if _TAG not in n["tags"])


def _part(name: str, manifest: Path, shown: dict, selection: list[str]) -> dg.AssetsDefinition:
    @dbt_assets(
        manifest=manifest,
        name=name,
        dagster_dbt_translator=_Groups(),
        required_resource_keys={"refresh"},
        retry_policy=RETRIES,
        **shown,
    )
    def part(context: dg.AssetExecutionContext):
        refresh: Refresh = context.resources.refresh
        refuse_a_part(context, refresh, name)
        yield from _events(context.assets_def, perform(refresh, name, selection).made)

    return part


def _events(
    definition: dg.AssetsDefinition, results: tuple[dbt_run.NodeResult, ...]
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """What dbt did, as Dagster shows it: a materialisation per model, a check result per test."""
    keys = {spec.metadata.get(DBT_ID): spec.key for spec in definition.specs}
    checks = {spec.metadata.get(DBT_ID): spec for spec in definition.check_specs}
    for result in results:
        if result.unique_id in checks and result.status != "skipped":
            yield _check(checks[result.unique_id], result)
        elif result.unique_id in keys and result.passed:
            metadata = {"seconds": result.seconds}
            if result.rows is not None:
                metadata["dagster/row_count"] = result.rows
            yield dg.MaterializeResult(asset_key=keys[result.unique_id], metadata=metadata)


def _check(spec: dg.AssetCheckSpec, result: dbt_run.NodeResult) -> dg.AssetCheckResult:
    warned = result.status == "warn"
    return dg.AssetCheckResult(
        asset_key=spec.asset_key,
        check_name=spec.name,
        passed=result.status == "pass",
        severity=dg.AssetCheckSeverity.WARN if warned else dg.AssetCheckSeverity.ERROR,
        metadata={"failing_rows": result.failures, "message": result.message},
    )
