"""Runs that ended without saying so: killed, or on a machine that stopped.

Dagster goes on counting such a run as one that is at work. One run at a time is allowed, so no night would
come after it. Whoever holds the warehouse knows that no other run is at work. What does not belong here:
what such a run left on disk, which the next refresh completes or removes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta

import dagster as dg

from dagster_project.assets.automation import JOB
from dagster_project.assets.conduct import Say, conclude, not_begun, silenced
from dagster_project.assets.exported import EXPORT_JOB
from dagster_project.assets.fetched import FETCH_JOB
from dagster_project.fetch import again as looking
from dagster_project.settings import Settings, Unusable
from dagster_project.warehouse import manifest
from dagster_project.warehouse.run import Busy, exclusive

RUN_TAG = "sluitend/run"
_AT_WORK = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
_BEGINS_WITHIN = timedelta(minutes=10)  # a run that Dagster started has the warehouse by then, or never
_REASON = "the refresh ended without a word: it was killed, or the machine stopped"


def close(instance: dg.DagsterInstance, settings: Settings, say: Say, own: str | None = None) -> list[str]:
    """Mark as failed every run that Dagster takes for one at work, and tell the operator of each.

    Only for who holds the warehouse, in the run of warehouse ``own``. Returns the ids of Dagster's runs.
    """
    closed = []
    for record in instance.get_run_records(filters=dg.RunsFilter(job_name=JOB, statuses=_AT_WORK)):
        run, ours = record.dagster_run, record.dagster_run.tags.get(RUN_TAG)
        began = record.create_timestamp.replace(tzinfo=record.create_timestamp.tzinfo or UTC)
        if (ours is not None and ours == own) or (
            ours is None and datetime.now(UTC) - began < _BEGINS_WITHIN
        ):
            continue
        instance.report_run_failed(run, _REASON)
        closed.append(run.run_id)
        if not _is_summed_up(settings, ours) and not _is_published(settings, ours):
            conclude(settings, silenced(ours or run.run_id, began, _REASON), say)
    return closed


def close_beside(instance: dg.DagsterInstance, settings: Settings) -> list[str]:
    """Mark as failed the fetches and exports that were killed: Dagster lets one run at a time begin, so they would hold up
    every refresh. Returns what was done, a sentence per job.
    """
    from dagster_project.reports.export import alone

    exporting = alone(settings.export) if settings.export else nullcontext()
    told = []
    for job, holding in ((FETCH_JOB, looking.alone(settings)), (EXPORT_JOB, exporting)):
        ended = _close_killed(instance, job, holding)
        if ended:
            told.append(f"{ended} {job} runs had ended without saying so")
    return told


def _close_killed(instance: dg.DagsterInstance, job: str, holding: AbstractContextManager) -> int:
    """How many runs of ``job`` Dagster takes for ones at work while nobody else holds what they would hold."""
    runs = instance.get_runs(filters=dg.RunsFilter(job_name=job, statuses=_AT_WORK))
    if not runs:
        return 0
    try:
        with holding:
            for run in runs:
                instance.report_run_failed(run, f"the {job} ended without a word: it was killed")
    except Busy:
        return 0
    return len(runs)


def left_behind(settings: Settings) -> dg.SensorDefinition:
    """Once a minute: closes runs that ended without saying so, so that the next one can begin."""

    @dg.sensor(name="left_behind", minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING)
    def look(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        beside = close_beside(context.instance, settings)
        if beside:
            return dg.SkipReason("; ".join(beside))
        if not context.instance.get_run_ids(filters=dg.RunsFilter(job_name=JOB, statuses=_AT_WORK)):
            return dg.SkipReason("no run is at work")
        try:
            with exclusive(settings, "check"):
                closed = close(context.instance, settings, context.log.info)
        except Busy:
            return dg.SkipReason("a run is at work")
        except Unusable as error:
            return dg.SkipReason(str(error))
        return dg.SkipReason(f"{len(closed)} runs had ended without saying so")

    return look


def unsummed_failures(settings: Settings) -> dg.SensorDefinition:
    """Tells about a run that failed before it could sum itself up: it could not begin."""

    @dg.run_failure_sensor(name="unsummed_failures", default_status=dg.DefaultSensorStatus.RUNNING)
    def tell(context: dg.RunFailureSensorContext) -> None:
        run = context.dagster_run
        if run.job_name in (FETCH_JOB, EXPORT_JOB):  # what went wrong was told, and no refresh failed
            return
        if _is_summed_up(settings, run.tags.get(RUN_TAG)) or _is_summed_up(settings, run.run_id):
            return
        message = context.failure_event.message or "the run failed and left no summary"
        conclude(settings, not_begun(settings, message), context.log.info)

    return tell


def _is_summed_up(settings: Settings, run_id: str | None) -> bool:
    if run_id is None:
        return False
    return any(f'"run_id": "{run_id}"' in p.read_text() for p in sorted(settings.runs.glob("*.json"))[-20:])


def _is_published(settings: Settings, run_id: str | None) -> bool:
    return any(entry.run_id == run_id for entry in manifest.inspect(settings.manifest)[0])
