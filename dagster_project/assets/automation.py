"""When a refresh runs by itself: at night, and when something changed under raw/.

What does not belong here: what a refresh does, and what the operator is told about it (``refresh``).
"""

import json
from collections.abc import Iterator

import dagster as dg

from dagster_project.assets.exported import GROUP as EXPORTED
from dagster_project.assets.fetched import GROUP as FETCHED
from dagster_project.assets.on_time import CHECK as ON_TIME
from dagster_project.assets.one_document import GROUP as READ
from dagster_project.settings import Settings, Unusable

JOB = "refresh"
_UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


def refresh_job():
    """Everything from raw to report, in one process. What is under raw/ is not fetched here, and nothing is exported."""
    return dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all()
        - dg.AssetSelection.groups(FETCHED, READ, EXPORTED)
        - dg.AssetSelection.checks(ON_TIME),
        description="From the extracts under raw/ to the published file and its reports.",
        executor_def=dg.in_process_executor,
        tags={"sluitend/job": JOB},
    )


def night(settings: Settings) -> dg.ScheduleDefinition:
    """Once a night by the clock on the wall, also on the two nights on which the clock changes.

    A night on which what is published is still right is skipped, with the reason, and summed up like any other.
    """

    @dg.schedule(
        name="night",
        job_name=JOB,
        cron_schedule=settings.schedule,
        execution_timezone=settings.timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"{settings.schedule} in {settings.timezone}",
    )
    def at_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        from dagster_project.assets.refresh import note_unchanged

        try:
            newest = note_unchanged(settings, context.log.info)
        except Unusable:  # the run will say so, and tell the operator
            newest = None
        if newest is not None:
            return dg.SkipReason(f"nothing has changed since {newest.run_id}")
        return dg.RunRequest()

    return at_night


def raw_changes(settings: Settings) -> dg.SensorDefinition:
    """Notices new, changed and removed folders under raw/, and asks for a refresh once they are quiet.

    The cursor holds the fingerprint of the contents at the last look and at the last request. A refresh
    is asked for when two looks in a row see the same contents and these were not asked for before: a
    folder that is still being copied is left alone. Nothing is asked while a refresh is under way, which may be
    reading these very contents, nor where they are published already, by the command or by night.
    """

    @dg.sensor(
        name="raw_changes",
        job_name=JOB,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def look(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        from dagster_project.warehouse.scan import scan

        try:
            seen = scan(settings.raw).sha256
        except OSError as error:
            yield dg.SkipReason(f"{settings.raw}: {error.strerror}")
            return
        before = json.loads(context.cursor) if context.cursor else {"requested": _published(settings)}
        is_new = seen == before.get("seen") and seen != before.get("requested")
        why_not = _why_not(context.instance, settings) if is_new else _why(seen, before)
        ask = why_not is None
        requested = seen if ask else before.get("requested")
        times = before.get("times", 0) + ask
        context.update_cursor(json.dumps({"seen": seen, "requested": requested, "times": times}))
        if ask:
            yield dg.RunRequest(
                run_key=f"{times}-{seen}"
            )  # contents may come back: the number tells them apart
        else:
            yield dg.SkipReason(why_not)

    return look


def _why_not(instance: dg.DagsterInstance, settings: Settings) -> str | None:
    """Why no refresh is asked for although contents are new; None: it is."""
    from dagster_project.assets.refresh import still_right
    from dagster_project.warehouse.run import utc_now

    if instance.get_runs_count(dg.RunsFilter(job_name=JOB, statuses=_UNDER_WAY)):
        return "a refresh is under way: looking again when it has ended"
    try:
        _, newest = still_right(settings, utc_now())
    except Unusable:  # the run will say so, and tell the operator
        return None
    return None if newest is None else f"nothing has changed since {newest.run_id}"


def _why(seen: str, before: dict) -> str:
    if seen == before.get("requested"):
        return "nothing has changed since the last refresh that was asked for"
    return "something has changed: waiting until it is the same at two looks in a row"


def _published(settings: Settings) -> str | None:
    """The fingerprint of the extracts that the last published run read, if there is one."""
    from dagster_project.assets.summary import latest

    summary = latest(settings)
    return summary.raw_sha256 if summary else None
