"""The models of dbt built by Spark, in a process of its own; then their views and all tests here, on what came back.

What Spark built stands below the run's own folder until it was judged there too (``forget``).
What does not belong here: what is handed over and brought back (``warehouse.second_engine``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dagster_project.assets import dbt_run
from dagster_project.assets.dbt_run import DbtFailed, NodeResult
from dagster_project.settings import Settings
from dagster_project.warehouse import second_engine
from dagster_project.warehouse.iv3.parquet import Iv3Landed

_LINES_TOLD = 12
_FOLDER = "spark"


def build(
    settings: Settings, database: Path, variables: Mapping[str, object], iv3: Sequence[Iv3Landed]
) -> tuple[NodeResult, ...]:
    """Build everything by Spark and bring it into ``database``, then make the views and run every test there.

    Where a model fails nothing is brought back and no test is run: its result says so. Raises ``DbtFailed`` when dbt could
    not run at all.
    """
    seeds = dbt_run.build(settings, database, variables, ["--resource-type", "seed"])
    forget(database)  # what an earlier attempt left
    folder = database.parent / _FOLDER
    sources = [settings.iv3 / f"{source.key}.parquet" for source in iv3]
    try:
        second_engine.hand_over(settings, database, folder, sources)
        models, tables = _models(settings, variables)
        results = (*seeds, *models)
        if any(r.is_bad for r in models):
            forget(database)
            return results
        second_engine.bring_back(database, folder, tables)
    except BaseException:
        forget(database)
        raise
    rest = ["--select", "config.materialized:view", "resource_type:test"]
    made = dbt_run.build(settings, database, dict(variables) | {"teruggehaald": True}, rest)
    again = {r.unique_id: r for r in made}
    # In the order in which they follow from each other: a view is told where Spark made it, as it came out here.
    told = [again.pop(r.unique_id, r) for r in results]
    return (*told, *again.values())


def forget(database: Path) -> None:
    """Remove what was handed to Spark for ``database``, and what it built; its catalog names tables that are gone."""
    shutil.rmtree(database.parent / _FOLDER, ignore_errors=True)


def _models(
    settings: Settings, variables: Mapping[str, object]
) -> tuple[tuple[NodeResult, ...], dict[tuple[str, str], str]]:
    """What came of each model, and the tables among them: (schema, name in Spark) and the name that they go by."""
    target = dbt_run.target(settings) / "spark"
    ended = target / "run_results.json"
    ended.unlink(missing_ok=True)
    folders = [
        "--project-dir",
        str(settings.dbt),
        "--profiles-dir",
        str(settings.dbt),
        "--target-path",
        str(target),
    ]
    given = ["--target", "spark", "--vars", json.dumps(dict(variables) | {"vorige": ""})]
    command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "run", *given, *folders]
    command += ["--log-path", str(target / "logs"), "--no-use-colors", "--no-send-anonymous-usage-stats"]
    environment = os.environ | {"SLUITEND_SPARK": settings.spark, "DO_NOT_TRACK": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if not ended.exists():
        told = (done.stdout + done.stderr).strip().splitlines()[-_LINES_TOLD:]
        raise DbtFailed("dbt run on Spark: " + (" | ".join(told) or "no result"))
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    found = json.loads(ended.read_text(encoding="utf-8"))["results"]
    results = tuple(
        NodeResult(
            unique_id=r["unique_id"],
            status=r["status"],
            seconds=float(r["execution_time"]),
            message=str(r["message"] or "").strip().partition("\n")[0],
            failures=int(r["failures"] or 0),
            rows=None,
        )
        for r in found
        if r["unique_id"] in nodes
    )
    tables = {
        (node["schema"], node["alias"].lower()): node["alias"]
        for r in results
        if (node := nodes[r.unique_id])["config"]["materialized"] != "view"
    }
    return results, tables
