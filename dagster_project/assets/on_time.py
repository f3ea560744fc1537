"""Whether refreshes come when they should: a check on the published file, and a sensor that tells when none came.

Judged by the summaries of refreshes under HOME, whatever began them: a timer, cron, the daemon or a person. Dagster's
own freshness policies look at what was made, and a night on which nothing had changed makes nothing.

What does not belong here: when a refresh begins (``automation``), and what came of one (``conduct``).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import dagster as dg

from dagster_project.assets import notify, summary
from dagster_project.assets.event_log import PUBLISHED
from dagster_project.language import phrase
from dagster_project.settings import Settings

CHECK = dg.AssetCheckKey(PUBLISHED, "on_time")
_GRACE = timedelta(hours=4)  # that a refresh may take before it is missed
_LONG_AGO = datetime(2000, 1, 1)
_LATE, _IN_TIME = "late", "in time"


def late(settings: Settings, now: datetime) -> str | None:
    """In words that a refresh was missed; None where none was, or nothing was ever published here. ``now`` with its zone.

    One is missed when the clock of the schedule struck at least four hours ago and no refresh has ended well since
    half a period before, so that a timer may keep another hour than ``settings.schedule``.
    """
    last = summary.latest(settings)
    if last is None:
        return None
    ended = datetime.fromisoformat(last.finished_at)
    period = dg.TimeWindowPartitionsDefinition(
        start=_LONG_AGO, fmt="%Y-%m-%d %H:%M", cron_schedule=settings.schedule, timezone=settings.timezone
    ).get_prev_partition_window(now - _GRACE)
    if period is None:  # it has never struck
        return None
    before, due = period.start, period.end
    if ended >= due - (due - before) / 2:
        return None
    since, at = (f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" for moment in (ended, due))
    return phrase(
        "no refresh has ended well since {since} UTC, and one was due at {at} UTC", since=since, at=at
    )


def check(settings: Settings) -> dg.AssetChecksDefinition:
    """The check as a person runs it from the pages; the sensor judges it by itself. No part of a refresh."""

    @dg.asset_check(
        asset=PUBLISHED,
        name=CHECK.name,
        description=f"A refresh has ended well since it was due: {settings.schedule}, {settings.timezone}.",
    )
    def on_time() -> dg.AssetCheckResult:
        told = late(settings, datetime.now(UTC))
        return dg.AssetCheckResult(passed=told is None, metadata={"told": told or _IN_TIME})

    return on_time


def sensor(settings: Settings) -> dg.SensorDefinition:
    """Every ten minutes: judges the check when its outcome changes, and then tells the operator what was missed."""

    @dg.sensor(
        name="refreshes_on_time",
        minimum_interval_seconds=600,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells once when no refresh has ended well since one was due.",
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        told = late(settings, datetime.now(UTC))
        state = _LATE if told else _IN_TIME
        if state == context.cursor:
            return dg.SensorResult(skip_reason=told or _IN_TIME)
        if told:
            message = notify.Message("warning", phrase("Sluitend: a refresh did not come"), f"{told}.")
            for problem in notify.send(settings.notify, [message]):
                context.log.warning(problem)
        judged = dg.AssetCheckEvaluation(
            asset_key=CHECK.asset_key, check_name=CHECK.name, passed=told is None, metadata={"told": state}
        )
        return dg.SensorResult(skip_reason=told or _IN_TIME, cursor=state, asset_events=[judged])

    return look
