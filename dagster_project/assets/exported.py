"""The export as a Dagster asset, made after a publication when the operator named a folder for it.

A job of its own: what fails here leaves what was published as it is, and holds up no refresh. What does not belong
here: what an export is (``reports.export``).
"""

import hashlib
from collections.abc import Callable, Iterator

import dagster as dg

from dagster_project.assets.closing import PUBLISHED
from dagster_project.language import phrase, spoken
from dagster_project.settings import Settings

EXPORT_JOB = "export"
GROUP = "exported"
KEY = dg.AssetKey(["exported", "sluitend"])
_REASON = "sluitend/why"  # tag of an export that failed: a hash of its reason


def exported(settings: Settings) -> dg.AssetsDefinition:
    """The folder ``settings.export``, replaced as a whole by what is published now. ValueError where none is set."""
    folder = settings.export
    if folder is None:
        raise ValueError("SLUITEND_EXPORT is not set")

    @dg.asset(
        key=KEY,
        deps=[PUBLISHED],
        group_name=GROUP,
        description=f"The front door and the marts as files: {folder}.",
        kinds={"file"},
    )
    def files(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        from dagster_project.reports.export import export, packages_of, publisher_of

        try:
            told = export(settings.published, folder, publisher_of(settings), packages_of(settings))
        except Exception as error:
            if not _failed_so_before(context, str(error)):
                _tell(settings, str(error), context.log.info)
            raise
        for line in told:
            context.log.info(spoken(line))
        return dg.MaterializeResult(metadata={"folder": dg.MetadataValue.path(folder)})

    return files


def _failed_so_before(context: dg.AssetExecutionContext, why: str) -> bool:
    """Whether the export before this one failed for the same reason, and that was told; notes the reason of this one."""
    reason = hashlib.sha256(why.encode()).hexdigest()[:16]
    context.instance.add_run_tags(context.run_id, {_REASON: reason})
    runs = context.instance.get_runs(filters=dg.RunsFilter(job_name=context.run.job_name), limit=2)
    before = next((run for run in runs if run.run_id != context.run_id), None)
    return before is not None and before.tags.get(_REASON) == reason


def _tell(settings: Settings, why: str, say: Callable[[str], None]) -> None:
    from dagster_project.assets import notify

    title = phrase("Sluitend: what was published could not be exported; it is live all the same")
    for problem in notify.send(
        settings.notify, [notify.Message("warning", title, f"{settings.export}: {why}")]
    ):
        say(f"warning: {problem}")


def export_job():
    """The export, in one process."""
    return dg.define_asset_job(
        EXPORT_JOB,
        selection=dg.AssetSelection.groups(GROUP),
        description="Write what is published as files that other tools open.",
        executor_def=dg.in_process_executor,
        tags={"sluitend/job": EXPORT_JOB},
    )


def after_publication(job) -> dg.SensorDefinition:
    """Asks for an export when something was published since the last one that was asked for."""

    @dg.asset_sensor(
        asset_key=PUBLISHED,
        name="after_publication",
        job=job,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def look(context: dg.SensorEvaluationContext, event: dg.EventLogEntry) -> Iterator[dg.RunRequest]:
        yield dg.RunRequest(run_key=event.run_id)

    return look
