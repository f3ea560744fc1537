"""All assets, checks, jobs, the schedule and the sensors, put together for one set of settings.

What does not belong here: what any of them does.
"""

from __future__ import annotations

import warnings
from typing import cast

import dagster as dg

from dagster_project.assets import (
    automation,
    checks,
    closing,
    dbt_run,
    exported,
    fetched,
    on_time,
    one_document,
    raw_to_proof,
    transform,
)
from dagster_project.assets.left_behind import left_behind, unsummed_failures
from dagster_project.assets.refresh_resource import RefreshResource
from dagster_project.settings import Settings

# Where an asset is written is shown by a part of Dagster that may still change: no news for a night.
warnings.filterwarnings("ignore", ".*(?:CodeReference|code_references)", dg.BetaWarning)


def definitions(settings: Settings) -> dg.Definitions:
    """What Dagster shows and runs. Parses the dbt project when its manifest is missing or out of date."""
    job = automation.refresh_job()
    fetch = fetched.fetch_job()
    exports = [exported.export_job()] if settings.export else []  # switched off: not there
    manifest = dbt_run.manifest(settings)
    described = raw_to_proof.descriptions(manifest)
    made: list[dg.AssetsDefinition | dg.AssetSpec] = [
        fetched.fetched(settings),
        raw_to_proof.raw_extracts(),
        one_document.one_document(settings),
        *raw_to_proof.history(described),
        raw_to_proof.landing(described),
        raw_to_proof.bewijs(described),
        transform.dbt_models(manifest, settings.dbt),
        checks.expectation_checks(),
        closing.report(),
        closing.published(),
        *(exported.exported(settings) for _ in exports),
    ]
    assets = dg.with_source_code_references(made)  # shown on Dagster's own pages, and nowhere published
    return dg.Definitions(
        assets=dg.map_asset_specs(
            lambda spec: spec.replace_attributes(owners=[settings.owner]),
            cast(list[dg.AssetsDefinition | dg.AssetSpec], assets),
        ),
        asset_checks=[on_time.check(settings)],
        resources={"refresh": RefreshResource(settings=settings)},
        jobs=[job, fetch, *exports],
        schedules=[automation.night(settings), fetched.fetch_night(settings, fetch)],
        sensors=[
            automation.raw_changes(settings),
            left_behind(settings),
            unsummed_failures(settings),
            on_time.sensor(settings),
            *(exported.after_publication(job) for job in exports),
        ],
        executor=dg.in_process_executor,
    )
