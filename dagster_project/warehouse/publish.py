"""From the private build file to the file that analysts open, in an order that can be cut anywhere.

1. copy, checkpointed, in the storage format of DuckDB 1.4, under a hidden name; 2. compare, hash, make
read-only, sync; 3. rename to its final, immutable name; 4. prepare the link; 5. announce in the manifest;
6. rename the link. A kill before 5 leaves the old file live and a leftover that the next run removes; a
kill after 5 leaves a complete new file that the next run makes live.

What does not belong here: deciding whether a build is good enough.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dagster_project.settings import NotPublished, Settings
from dagster_project.warehouse import disk, history, manifest, snapshots
from dagster_project.warehouse.build import LARGE_BLOCK, SMALL_BLOCK
from dagster_project.warehouse.build import counts as row_counts
from dagster_project.warehouse.manifest import Entry
from dagster_project.warehouse.run import Clock, Run, utc_now

STORAGE_VERSION = "v1.4.0"  # readable by drivers that lag behind: DuckDB 1.4, 1.5 and 2
_MUCH_DATA = 100_000_000  # bytes of the build file


def publish(
    settings: Settings,
    run: Run,
    *,
    counts: Mapping[str, object],
    verdicts: Mapping[str, object],
    fingerprint: str | None,
    clock: Clock = utc_now,
) -> Entry:
    """Make ``run.build`` the live file. Only for who holds the warehouse, with no connection to the build.

    ``counts`` and ``verdicts`` are told in meta.run and the manifest. ``fingerprint`` says of what inputs
    and code this is the result, see ``unchanged``; None where the same inputs might give more next time.
    Raises ``NotPublished``.
    """
    import duckdb

    final = settings.snapshots / snapshots.file_name(run.run_id)
    temporary = final.with_name(f".{final.name}")
    entry = None
    try:
        finished_at = clock()
        facts = _finish(run, counts, verdicts, finished_at) | {"fingerprint": fingerprint}
        _copy(run.build, temporary, run.build.parent / "spill")
        _compare(run.build, temporary)
        sha256, size = _seal(temporary)
        temporary.replace(final)
        manifest.sync_folder(settings.snapshots)
        waiting = snapshots.prepare(settings.published, final)
        about = {"run_id": run.run_id, "file": final.name, "sha256": sha256, "size": size}
        chain = manifest.read(settings)
        entry = manifest.append(settings, chain, manifest.PUBLISH, finished_at, **about, facts=facts)
        snapshots.go_live(settings, entry, waiting)
    except (OSError, duckdb.Error) as error:
        if entry is not None:
            raise NotPublished(f"{error}. {final.name} is complete, the next refresh puts it live") from error
        _clean_up(settings, final, temporary)
        raise NotPublished(explain(error)) from error
    with suppress(OSError):  # what should have gone is still there then: the next publication tries again
        snapshots.retain(settings, finished_at)
    return entry


def explain(error: Exception) -> str:
    """What kept a file from being written, in words for who runs the night."""
    text = disk.trouble(error) or str(error) or type(error).__name__
    return f"{text}. Nothing was published; what was live still is"


def _finish(run: Run, counts: Mapping, verdicts: Mapping, finished_at: datetime) -> dict[str, object]:
    """Complete meta.run; what the manifest tells of this run."""
    import duckdb

    with duckdb.connect(str(run.build)) as connection:
        connection.execute(
            "update meta.run set finished_at = ?, counts = ?, verdicts = ?",
            [finished_at, _json(counts), _json(verdicts)],
        )
        documents, size, inputs = connection.execute(
            """
            select
                count(*),
                sum(bytes),
                sha256(string_agg(document_id || ' ' || sha256, '\n' order by document_id))
            from meta.inputs
            """
        ).fetchone()
        changed = history.changes(connection, run.no)
    return {
        "started_at": manifest.as_text(run.started_at),
        "code_version": run.code_version,
        "inputs": {"documents": documents, "bytes": int(size or 0), "sha256": inputs},
        "counts": dict(counts),
        "verdicts": dict(verdicts),
        "changes": changed,
    }


def _copy(source: Path, target: Path, spill: Path) -> None:
    import duckdb

    target.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"set temp_directory = {_quoted(spill)}")
        connection.execute(f"attach {_quoted(source)} as source (read_only)")
        connection.execute(
            f"attach {_quoted(target)} as target"
            f" (storage_version '{STORAGE_VERSION}', block_size {_block_size(source)})"
        )
        connection.execute("copy from database source to target")
        connection.execute("checkpoint target")
        connection.execute("detach target")
    if target.with_name(f"{target.name}.wal").exists():
        raise OSError(errno.EIO, "a write-ahead log stayed behind", str(target))


def _block_size(source: Path) -> int:
    """In bytes, by how much there is: see ``build``."""
    return SMALL_BLOCK if source.stat().st_size < _MUCH_DATA else LARGE_BLOCK


def _compare(source: Path, target: Path) -> None:
    """Every table of the one is in the other with as many rows."""
    before, after = row_counts(source), row_counts(target)
    if before != after:
        names = sorted(t for t in before | after if before.get(t) != after.get(t))
        raise OSError(errno.EIO, f"the copy differs from the build in {', '.join(names)}", str(target))


def _seal(path: Path) -> tuple[str, int]:
    """Make a file read-only and have it on disk. Its sha256 and size in bytes."""
    path.chmod(0o444)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return snapshots.sha256_of(path), path.stat().st_size


def _clean_up(settings: Settings, final: Path, temporary: Path) -> None:
    """Take away what was not announced. Where even that fails, the next run does it."""
    waiting = settings.published.with_name(f".{settings.published.name}.next")
    for path in (temporary, temporary.with_name(f"{temporary.name}.wal"), final, waiting):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _json(value: Mapping) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
