"""Nights on the miniature: a build file made by hand, and dbt run on it as a refresh does.

What does not belong here: fixtures (``conftest``) and what the documents say (``miniature``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import miniature
from filelock import FileLock

from dagster_project.assets import dbt_run
from dagster_project.settings import Settings
from dagster_project.warehouse.run import BUILD_NAME

FIRST_NIGHT = {"vandaag": "2018-12-01", "nu": "2018-12-01 02:00:00"}
LATER = {"vandaag": "2019-03-01", "nu": "2019-03-01 02:00:00"}
NO_TESTS = ("--exclude-resource-type", "test")


def build(
    settings: Settings, name: str, changes: dict, variables: Mapping[str, str], selection: Sequence[str] = ()
) -> Path:
    """The miniature with ``changes`` after dbt, in a folder ``name`` of the scratch home; fails when dbt does.

    With the variable ``vorige`` it grows from a copy of that file. Made once however many processes test: who comes second waits and finds it.
    """
    path, done = settings.home / name / BUILD_NAME, settings.home / name / "done"
    with FileLock(settings.home / "dbt.lock"):
        if not done.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if "vorige" in variables:
                path.write_bytes(Path(variables["vorige"]).read_bytes())
            miniature.build(path, changes)
            results = dbt_run.build(settings, path, variables, selection, with_unit_tests=not selection)
            bad = [f"{r.unique_id}: {r.message}" for r in results if r.is_bad]
            assert not bad, "\n".join(bad)
            done.touch()
    return path
