"""What the next night grows from and analysts have no use for: kept beside the published file, not in it.

While a night is made its file also holds what leads to the marts: the proof, the intermediate models and the reference
lists. At publication these go: what a night takes over from the one before into a file under HOME/ground, named after
the run and known to the manifest by its hash; the reference lists nowhere, for every night loads them anew. The
next night brings back what was kept. Without that file, or where it was altered, everything is built anew: it is a
cache, and may be deleted.

What does not belong here: which rows of it stay (``proofs``, dbt).
"""

from __future__ import annotations

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


def put_away(connection: duckdb.DuckDBPyConnection, build: Path) -> None:
    """Move what is not for analysts out of the open file ``build``, into a file beside it.

    May be tried again after it failed: what is beside the build file is then complete, or made anew.
    """
    internal, file = _internal(connection), build.with_name(_NAME)
    if internal or not file.exists():
        _write(connection, file)
    connection.begin()
    for schema in internal:
        connection.execute(f"drop schema {_name(schema)} cascade")
    connection.commit()


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


def bring_back(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Put what was kept in ``file`` back into the open file."""
    connection.execute(f"attach {_text(str(file))} as ground (read_only)")
    for schema, table in _tables(connection, "ground"):
        place = f"{_name(schema)}.{_name(table)}"
        connection.execute(f"create schema if not exists {_name(schema)}")
        connection.execute(f"create or replace table {place} as from ground.{place}")
    connection.execute("detach ground")


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


def _write(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    file.unlink(missing_ok=True)
    own, block_size = connection.execute(
        "select database_name, block_size from pragma_database_size() where database_name = current_database()"
    ).fetchall()[0]
    connection.execute(f"attach {_text(str(file))} as ground (block_size {block_size})")
    try:
        for schema, table in _tables(connection, own):
            if schema in _KEPT:
                place = f"{_name(schema)}.{_name(table)}"
                connection.execute(f"create schema if not exists ground.{_name(schema)}")
                connection.execute(f"create table ground.{place} as from {_name(own)}.{place}")
        connection.execute("checkpoint ground")
    finally:
        connection.execute("detach ground")


def _internal(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The schemas of the open file that analysts have no use for."""
    found = connection.execute(
        "select schema_name from duckdb_schemas() where database_name = current_database() and not internal"
    ).fetchall()
    return sorted({schema for (schema,) in found} - set(PUBLISHED))


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ? and not internal order by all",
        [database],
    ).fetchall()


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
