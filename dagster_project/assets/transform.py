"""The dbt project as Dagster assets, and its tests as checks: one build, of everything.

What does not belong here: how dbt is run (``dbt_run``), and any SQL.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import DAGSTER_DBT_UNIQUE_ID_METADATA_KEY as DBT_ID

from dagster_project.assets import dbt_run
from dagster_project.assets.isolate import perform
from dagster_project.assets.runs import Refresh
from dagster_project.assets.steps import MODELS
from dagster_project.assets.trouble import RETRIES, refuse_a_part


class _Layers(DagsterDbtTranslator):
    """Models grouped by their layer, as in the folders of the dbt project, each with the file that it stands in."""

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        """What dagster-dbt tells of it, and its SQL or CSV."""
        file = self._project / dbt_resource_props["original_file_path"]
        told = dg.CodeReferencesMetadataValue(
            code_references=[dg.LocalFileCodeReference(file_path=str(file), line_number=1)]
        )
        return {**super().get_metadata(dbt_resource_props), "dagster/code_references": told}

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The schema, which is the layer."""
        return dbt_resource_props["schema"]


def dbt_models(manifest: Path, project: Path) -> dg.AssetsDefinition:
    """Every seed and model of the dbt project in the folder ``project``, each with its tests."""

    @dbt_assets(
        manifest=manifest,
        name=MODELS,
        dagster_dbt_translator=_Layers(project),
        retry_policy=RETRIES,
    )
    def models(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]):
        refuse_a_part(context, refresh, MODELS)
        yield from _events(context.assets_def, perform(refresh, MODELS).made)

    return models


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
