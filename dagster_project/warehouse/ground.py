"""What the next night grows from: the file of a night as it was before it became that of analysts.

While a night is made its file also holds what leads to the marts: the proof, the intermediate models and the reference
lists. At publication these go, and facts get keys with which they could not grow. So the file is copied before that, but
for the reference lists, which every night loads anew: to a file under HOME/ground, named after the run and known to the
manifest by its hash. To copy it whole costs less than to take rows out, put them back and free every fact of its keys, all of
which grow with the documents. Without that file, or where it was altered, everything is built anew: it is a cache, and may be deleted.

What does not belong here: which rows of it stay (``proofs``, dbt).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.settings import Settings
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.manifest import ManifestEntry

if TYPE_CHECKING:
    import duckdb

PUBLISHED = ("main", "marts", "audit", "landing", "history", "meta")  # the schemas of the published file
FACT = "ground"  # what the manifest calls it
_KEPT = ("proof", "intermediate")
_NAME = "ground.duckdb"


def take_out_lists(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop from the open file what neither analysts nor the next night have use for."""
    _drop(connection, but=(*PUBLISHED, *_KEPT))


def put_aside(build: Path) -> None:
    """Copy the file ``build``, which must be closed, to a file beside it for the next night.

    May be tried again after it failed, and after ``take_out`` too: a copy that is there is complete, and stays.
    """
    file = build.with_name(_NAME)
    if not file.exists():
        fresh = build.with_name(f".{_NAME}")
        shutil.copyfile(build, fresh)
        fresh.replace(file)


def take_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop from the open file what is not for analysts."""
    _drop(connection, but=PUBLISHED)


def keep(settings: Settings, build: Path, run_id: str) -> dict[str, str]:
    """Give the file beside ``build`` its place under HOME; what the manifest must know of it, nothing where there is none."""
    made = build.with_name(_NAME)
    if not made.exists():
        return {}
    settings.ground.mkdir(exist_ok=True)
    final = settings.ground / file_name(run_id)
    snapshots.move(made, final)
    final.chmod(0o444)
    return {FACT: snapshots.sha256_of(final)}


def take_back(settings: Settings, build: Path, run_id: str) -> None:
    """Undo ``keep``, for another try in the same run."""
    final = settings.ground / file_name(run_id)
    if final.exists():
        final.chmod(0o644)
        snapshots.move(final, build.with_name(_NAME))


def of(settings: Settings, entry: ManifestEntry) -> Path | None:
    """The file that was kept when ``entry`` was published; None where it is not there or is not what was kept."""
    path = settings.ground / file_name(entry.run_id)
    try:
        return path if snapshots.sha256_of(path) == entry.facts.get(FACT) else None
    except OSError:
        return None


def prune(settings: Settings) -> None:
    """Remove every file but that of the newest publication. Only for who holds the warehouse."""
    newest = manifest.newest(manifest.read(settings))
    if settings.ground.exists():
        for path in settings.ground.iterdir():
            if newest is None or path.name != file_name(newest.run_id):
                path.unlink(missing_ok=True)


def file_name(run_id: str) -> str:
    """The name of what was kept of a run, under ground/."""
    return f"ground_{run_id}.duckdb"


def _drop(connection: duckdb.DuckDBPyConnection, but: tuple[str, ...]) -> None:
    found = connection.execute(
        "select schema_name from duckdb_schemas() where database_name = current_database() and not internal"
    ).fetchall()
    connection.begin()
    for schema in sorted({schema for (schema,) in found} - set(but)):
        connection.execute(f"drop schema {_name(schema)} cascade")
    connection.commit()


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
