"""Dagster's own folder: one run at a time, history kept, nothing told to anyone outside.

What does not belong here: what a run does.
"""

from __future__ import annotations

from pathlib import Path

from dagster_project.settings import Settings

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
    settings.dagster.mkdir(parents=True, exist_ok=True)
    configuration = settings.dagster / "dagster.yaml"
    if not configuration.exists():
        configuration.write_text(_CONFIGURATION, encoding="utf-8")
    return settings.dagster


def environment(settings: Settings) -> dict[str, str]:
    """What every process of Dagster must know: where its folder is, and to tell nobody outside that it is used."""
    return {"DAGSTER_HOME": str(settings.dagster), "DAGSTER_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
