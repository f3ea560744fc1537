"""One refresh from lock to publication: who it is, what it builds on, and cleaning up after the one before.

A run id is a number that only grows, from the manifest, followed by what the clock said. Only one process
at a time changes a warehouse; others are told at once who is at work.

What does not belong here: the steps of a refresh.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dagster_project.language import phrase
from dagster_project.settings import Settings, Unusable, require_home
from dagster_project.warehouse import ground, manifest, snapshots
from dagster_project.warehouse.bounded import within
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.mend import mend
from dagster_project.warehouse.signature import require_key
from dagster_project.warehouse.versions import code_version

Clock = Callable[[], datetime]

# The build file of every run is called so: DuckDB names a database after its file, and dbt's manifest says
# the name.
BUILD_NAME = "sluitend.duckdb"
_MOST_UNUSED = 50  # percent of a file in which nothing stands any more


class Busy(Unusable):
    """Another process is changing this warehouse. Exit status 2: nothing was started."""


@dataclass(frozen=True, slots=True)
class Run:
    """A refresh that has the warehouse for itself."""

    no: int  # of its entry in the manifest, if it comes to that
    run_id: str
    started_at: datetime  # UTC, without zone
    code_version: str
    build: Path  # the private DuckDB file, in a folder of its own
    previous: (
        Path | None
    )  # the live file, if this one may grow from what was kept of it; else all is built anew
    ground: (
        Path | None
    )  # what was kept beside ``previous`` to grow from, with all that that holds; None where that is
    history_base: (
        Path | None
    )  # the newest that was published and is intact, see ``begin``: its history goes on
    rollbacks: tuple[ManifestEntry, ...]  # what went live since that file
    warnings: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()  # what was live and not as published, and what was done about it


def utc_now() -> datetime:
    """The moment, in UTC and without zone, as it is stored."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def exclusive(settings: Settings, what: str) -> Iterator[None]:
    """Hold the warehouse. Raises ``Busy`` at once when another process does."""
    from filelock import FileLock, Timeout

    require_home(settings)
    require_key(settings)
    note = settings.home / ".running.json"
    lock = FileLock(settings.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(phrase("{home}: {who}; nothing was started", home=settings.home, who=_who(note))) from None
    try:
        started = utc_now().isoformat(timespec="seconds")
        note.write_text(json.dumps({"what": what, "pid": os.getpid(), "since": f"{started}Z"}))
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


@contextmanager
def refreshing(settings: Settings, clock: Clock = utc_now, *, full: bool = False) -> Iterator[Run]:
    """Hold the warehouse, complete or clean up what the run before left, and begin a run.

    ``full`` builds everything anew but history. On leaving, whatever happened, the private files of the run
    are removed.
    """
    with exclusive(settings, "refresh"), within(settings.build_memory_mb):
        clear(settings)
        snapshots.recover(settings)
        ground.prune(settings)
        mended = mend(settings)
        try:
            run = begin(settings, clock, mended.sound, full=full)
            yield replace(run, mended=(mended.told,) if mended.told else ())
        finally:
            clear(settings)


def begin(
    settings: Settings, clock: Clock = utc_now, sound: ManifestEntry | None = None, *, full: bool = False
) -> Run:
    """A new run on what is published now. Hashes the files that it will build on, but for that of ``sound``: it was just now.

    A published file that was altered or removed is not built upon: its figures would travel on unseen. What was kept of it
    to grow from (``ground``) tells its history and its last good readings all the same, where that is intact. One
    that other code made has other tables, one that is half empty has grown long enough, and after one that a
    person put back, history goes on elsewhere: then all is built anew, as it is where what was kept beside the file
    (``ground``) is gone.
    """
    entries = manifest.read(settings)
    started_at = clock().replace(microsecond=0)
    no = entries[-1].no + 1 if entries else 1
    live, newest_first = manifest.live(entries), manifest.kept(entries)[::-1]
    usable = ((e, path) for e in newest_first if (path := _sound(settings, e, is_known=e == sound)))
    base, history_base = next(usable, (None, None))
    code = code_version()
    may_grow = (
        not full
        and base is not None
        and base is live
        and history_base == settings.snapshots / base.file
        and base.facts["code_version"] == code
        and int(base.facts.get("unused_pct", 0)) < _MOST_UNUSED
    )
    kept = ground.of(settings, base) if may_grow and base is not None else None
    run_id = f"{no:06d}-{started_at:%Y%m%dT%H%M%SZ}"
    skipped = [
        e.file
        for e in newest_first
        if base is None or e.no > base.no or (e is base and history_base != settings.snapshots / e.file)
    ]
    return Run(
        no=no,
        run_id=run_id,
        started_at=started_at,
        code_version=code,
        build=settings.build / f"{no:06d}" / BUILD_NAME,
        previous=settings.snapshots / base.file if kept and base is not None else None,
        ground=kept,
        history_base=history_base,
        rollbacks=tuple(e for e in entries if base and e.no > base.no and e.kind == manifest.ROLLBACK),
        warnings=tuple(
            phrase("{file} is not what was published: nothing is taken from it", file=file)
            for file in skipped
        ),
    )


def _sound(settings: Settings, entry: ManifestEntry, is_known: bool) -> Path | None:
    """A file that holds what ``entry`` published: its own where ``is_known``; None where neither its own nor what was kept
    of it is as it was."""
    if is_known or snapshots.is_intact(settings, entry):
        return settings.snapshots / entry.file
    return ground.of(settings, entry)


def clear(settings: Settings) -> None:
    """Remove the private files of runs. Only for who holds the warehouse."""
    for path in settings.build.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _who(note: Path) -> str:
    try:
        found = json.loads(note.read_text())
        return phrase("another {what} is running (process {pid}, since {since})", **found)
    except (OSError, ValueError, KeyError, TypeError):
        return phrase("another process is changing this warehouse")
