"""From the private build file to the file that analysts open, in an order that can be cut anywhere.

1. complete meta.run, copy the file for the next night and take out what is not for analysts (``ground``), declare the keys
of the facts (``star``), checkpoint, close; 2. move beside the published files under a hidden name, make read-only, sync, hash; 3. prepare the
link; 4. announce in the manifest; 5. rename the file to its final, immutable name; 6. rename the link; 7. note that it
was done. A kill before 4 leaves the old file live and a leftover that the next run removes; a kill after 4 leaves a
complete new file that the next run makes live. So a file under a final name that the manifest does not know is never
a leftover: it is a broken chain.

The build file itself is published and not a copy of it: it was made in the storage format of DuckDB 1.4
from its first table on (see ``build``), and copying would take as long as all of dbt when there is much.

What does not belong here: deciding whether a build is good enough.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.language import phrase
from dagster_project.settings import NotPublished, Settings
from dagster_project.warehouse import disk, ground, history, manifest, snapshots
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.run import Clock, Run, utc_now
from dagster_project.warehouse.star import declare_keys

if TYPE_CHECKING:
    import duckdb


def publish(
    settings: Settings,
    run: Run,
    *,
    counts: Mapping[str, object],
    verdicts: Mapping[str, object],
    fingerprint: str | None,
    bounds: Collection[str] = (),
    clock: Clock = utc_now,
) -> ManifestEntry:
    """Make ``run.build`` the live file. Only for who holds the warehouse, with no connection to the build.

    ``counts`` and ``verdicts`` are told in meta.run and the manifest. ``fingerprint`` says of what inputs
    and code this is the result, see ``unchanged``; None where the same inputs might give more next time.
    ``bounds``: settings and values that reading ran into, as in read_memory_mb=1000: above these there is more to read.
    Raises ``NotPublished``.
    """
    import duckdb

    final = settings.snapshots / snapshots.file_name(run.run_id)
    temporary = snapshots.hidden(settings, final.name)
    entry = None
    try:
        finished_at = clock()
        facts = _finish(run, counts, verdicts, finished_at)
        facts |= {"fingerprint": fingerprint, "bounds": sorted(bounds)}
        facts |= ground.keep(settings, run.build, run.run_id)
        snapshots.move(run.build, temporary)
        sha256, size = _seal(temporary)
        manifest.sync_folder(settings.snapshots)
        waiting = snapshots.prepare(settings.published, final, temporary)
        chain = manifest.read(settings)
        entry = manifest.append(
            settings,
            chain,
            manifest.PUBLISH,
            finished_at,
            run_id=run.run_id,
            file=final.name,
            sha256=sha256,
            size=size,
            facts=facts,
        )
        snapshots.go_live(settings, entry, waiting)
    except (OSError, duckdb.Error) as error:
        if entry is not None:
            told = phrase(
                "{why}. {file} is complete, the next refresh puts it live", why=error, file=final.name
            )
            raise NotPublished(told) from error
        _take_back(settings, run, temporary)
        raise NotPublished(explain(error)) from error
    with suppress(OSError):  # what should have gone is still there then: the next publication tries again
        ground.prune(settings)
        snapshots.retain(settings, finished_at)
    return entry


def explain(error: Exception) -> str:
    """What kept a file from being written, in words for who runs the night."""
    text = disk.trouble(error) or str(error) or type(error).__name__
    return phrase("{why}. Nothing was published; what was live still is", why=text)


def _finish(run: Run, counts: Mapping, verdicts: Mapping, finished_at: datetime) -> dict[str, object]:
    """Make the build file what analysts get, and complete meta.run; what the manifest tells of this run."""
    with connect(run.build) as connection:
        connection.execute("checkpoint")
        unused = _unused_pct(connection)  # of what the next night grows from
        ground.take_out_lists(connection)
        connection.execute(
            "update meta.run set finished_at = ?, counts = ?, verdicts = ?",
            [finished_at, _json(counts), _json(verdicts)],
        )
        ((documents, size, inputs),) = connection.execute(
            """
            select
                count(*),
                sum(bytes),
                sha256(string_agg(document_id || ' ' || sha256, '\n' order by document_id))
            from meta.inputs
            """
        ).fetchall()
        changed = history.changes(connection, run.no)
        connection.execute("checkpoint")
    ground.put_aside(run.build)
    with connect(run.build) as connection:
        ground.take_out(connection)
        connection.execute("set threads = 1")  # rows enter an index one by one
        declare_keys(connection)
        connection.execute("checkpoint")
    return {
        "started_at": manifest.as_text(run.started_at),
        "code_version": run.code_version,
        "inputs": {"documents": documents, "bytes": int(size or 0), "sha256": inputs},
        "counts": dict(counts),
        "verdicts": dict(verdicts),
        "changes": changed,
        "unused_pct": unused,
    }


def _unused_pct(connection: duckdb.DuckDBPyConnection) -> int:
    """How much of the open file nothing stands in any more, in whole percents."""
    used = "select 100 * free_blocks // greatest(total_blocks, 1) from pragma_database_size() where database_name = current_database()"
    return int(connection.execute(used).fetchall()[0][0])


def _seal(path: Path) -> tuple[str, int]:
    """Make a file read-only and have it on disk. Its sha256 and size in bytes."""
    path.chmod(0o444)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return snapshots.sha256_of(path), path.stat().st_size


def _take_back(settings: Settings, run: Run, temporary: Path) -> None:
    """Have nothing of this run beside the published files, and its build file where it was, for another try.

    Where even that fails, the next run cleans up.
    """
    with suppress(OSError):
        settings.published.with_name(f".{settings.published.name}.next").unlink(missing_ok=True)
    with suppress(OSError):
        temporary.chmod(0o644)
        temporary.replace(run.build)
    with suppress(OSError):
        ground.take_back(settings, run.build, run.run_id)


def _json(value: Mapping) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
