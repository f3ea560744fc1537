"""Dagster's own folder: one run at a time, history kept, nothing told to anyone outside.

What does not belong here: what a run does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.language import phrase
from dagster_project.settings import Settings, require_plain_home
from dagster_project.warehouse.manifest import write_whole
from dagster_project.warehouse.snapshots import put_aside

if TYPE_CHECKING:
    import dagster as dg

_KEPT = timedelta(days=400)  # a year and a bit, so that a night can be compared with that of last year
_AT_MOST = 10  # runs that one night forgets

_CONFIGURATION = """\
# Made by sluitend; made again when it is missing.
event_log_storage:
  module: dagster_project.assets.event_log
  class: EventLog
  config:
    base_dir: {env: DAGSTER_HOME}
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  start_timeout_seconds: 300
retention:
  schedule:
    purge_after_days: 400
  sensor:
    purge_after_days: {skipped: 7, failure: 90, success: 400}
"""


def prepare(settings: Settings) -> Path:
    """The folder with its configuration; the configuration is written when there is none."""
    require_plain_home(settings)
    settings.dagster.mkdir(parents=True, exist_ok=True)
    configuration = settings.dagster / "dagster.yaml"
    if not configuration.exists():
        write_whole(configuration, _CONFIGURATION.encode())
    return settings.dagster


@contextmanager
def opened(settings: Settings, say: Callable[[str], None]) -> Iterator[dg.DagsterInstance]:
    """Dagster with its history; a history that is damaged is put aside, with a word, and a new one begun.

    Only for who holds the warehouse. What is published does not depend on it.
    """
    import dagster as dg

    trouble = damage(settings)
    if trouble:
        aside = put_aside(settings, settings.dagster)
        say(
            phrase(
                "Dagster's history is damaged ({trouble}): put aside as aside/{name}, a new one is begun",
                trouble=trouble,
                name=aside.name,
            )
        )
    with dg.DagsterInstance.from_config(str(prepare(settings))) as instance:
        yield instance


def damage(settings: Settings) -> str | None:
    """Why the history cannot be used; None where it can or there is none."""
    import sqlite3

    import dagster as dg

    os.environ |= environment(settings)  # the configuration names the folder by it
    if not settings.dagster.exists():
        return None
    try:
        for store in sorted(settings.dagster.rglob("*.db")):
            if store.stat().st_size == 0:
                return phrase("{file} is empty", file=store.name)
            with closing(sqlite3.connect(store)) as connection:
                (told,) = connection.execute("pragma quick_check(1)").fetchone()
                if told != "ok":
                    return f"{store.name}: {told.splitlines()[0]}"
        with dg.DagsterInstance.from_config(str(prepare(settings))) as instance:
            instance.get_run_records(limit=1)
            instance.get_asset_keys(limit=1)
            instance.all_instigator_state()
    except Exception as error:  # of sqlite3, SQLAlchemy, alembic or Dagster, each by its own name
        return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:200]
    return None


def environment(settings: Settings) -> dict[str, str]:
    """What every process of Dagster must know: where its folder is, and to tell nobody outside that it is used."""
    return {"DAGSTER_HOME": str(settings.dagster), "DAGSTER_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


def forget(instance: dg.DagsterInstance, now: datetime) -> int:
    """Remove runs of more than 400 days ago from Dagster's history, a few at a time. Returns how many."""
    from dagster import RunsFilter

    old = instance.get_runs(filters=RunsFilter(created_before=now - _KEPT), limit=_AT_MOST)
    for run in old:
        instance.delete_run(run.run_id)
    return len(old)
