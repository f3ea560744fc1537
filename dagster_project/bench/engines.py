"""``sluitend bench engines``: what the models of dbt take by DuckDB and by Spark, from the same cube, at growing sizes.

Every size is made by seed (``cube``) and refreshed twice as at night, each time into a home of its own; the step ``dbt`` is what is
told, by the clock, for that is all that the engines do. Spark is the one that SLUITEND_SPARK names. What does not belong here:
whether both make the same tables (``tests/engine``), and DuckDB at sizes that Spark was not asked (``scale``).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dagster_project.bench.cube import write_cube
from dagster_project.settings import NotPublished, load
from dagster_project.warehouse import second_engine

SIZES = (50_000, 1_000_000)
_SMALL = (1_000,)
_STEP = re.compile(r"^dbt +([0-9.]+) s ", re.MULTILINE)


def main(*, small: bool = False, rows: Sequence[int] = ()) -> None:
    """Print a table in Markdown, a line per size. Raises ``Unusable`` where no Spark is named or answers."""
    second_engine.require(load(os.environ))
    print("| figures of Iv3 | DuckDB, s | Spark, s | ratio |")
    print("|---:|---:|---:|---:|", flush=True)
    for size in tuple(rows) or (_SMALL if small else SIZES):
        with tempfile.TemporaryDirectory(prefix="engines-") as folder:
            place = Path(folder)
            cube = write_cube(place / "raw", size)
            here, there = (seconds(place, engine) for engine in ("duckdb", "spark"))
        print(f"| {cube.rows:,} | {here:.0f} | {there:.0f} | {there / here:.1f} |", flush=True)


def seconds(place: Path, engine: str) -> float:
    """Seconds by the clock of the step dbt of one refresh of ``place/raw``. Raises ``NotPublished`` with its last words."""
    home = place / engine
    folders = ["--raw", str(place / "raw"), "--home", str(home)]
    command = [sys.executable, "-m", "dagster_project.cli", "refresh", "--engine", engine, *folders]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _STEP.search(done.stdout)
    if done.returncode != 0 or found is None:
        raise NotPublished(f"{engine}: {(done.stdout + done.stderr).strip()[-2000:]}")
    shutil.rmtree(home)
    return float(found[1])
