"""The published files on disk: which is live, which may go, and what a killed run left behind.

HOME/sluitend.duckdb is a symbolic link to one of the immutable files in HOME/snapshots, and changes by one
rename. Where links cannot be made it is a hard link, else a copy, and changes by one rename all the same.

What does not belong here: making a published file (``publish``), and judging the chain (``verify``).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from dagster_project.settings import READERS_FILE, READERS_FOLDER, Settings
from dagster_project.warehouse import manifest
from dagster_project.warehouse.manifest import ManifestEntry

_NO_LINKS_HERE = {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EXDEV}
_RUN_ID = re.compile(r"(\d{6,})-\d{8}T\d{6}Z")


def file_name(run_id: str) -> str:
    """The name of the published file of a run, under snapshots/."""
    return f"sluitend_{run_id}.duckdb"


def sha256_of(path: Path) -> str:
    """The hash of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_intact(settings: Settings, entry: ManifestEntry) -> bool:
    """Whether the file of an entry is there and is what was published."""
    path = settings.snapshots / entry.file
    try:
        return path.stat().st_size == entry.bytes and sha256_of(path) == entry.sha256
    except OSError:
        return False


def is_live(settings: Settings, entry: ManifestEntry) -> bool:
    """Whether analysts who connect now get the file of ``entry``."""
    target = settings.snapshots / entry.file
    try:
        if settings.published.samefile(target):
            return True
        is_copy = not settings.published.is_symlink() and settings.published.stat().st_size == entry.bytes
        return is_copy and sha256_of(settings.published) == entry.sha256
    except OSError:
        return False


def hidden(settings: Settings, file: str) -> Path:
    """Where a published file stands, complete, until the manifest has announced it."""
    return settings.snapshots / f".{file}"


def prepare(link: Path, target: Path, content: Path | None = None) -> Path:
    """Something that can take the place of ``link`` by one rename, and then leads to ``target``.

    ``content`` is where that stands now, when it is not at ``target`` yet. All that can fail for want of space
    or rights fails here, before anything is announced.
    """
    content = content or target
    waiting = link.with_name(f".{link.name}.next")
    _remove(waiting)
    try:
        waiting.symlink_to(os.path.relpath(target, link.parent), target_is_directory=target.is_dir())
        return waiting
    except NotImplementedError:
        pass
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE and getattr(error, "winerror", None) is None:
            raise
    if target.is_dir():
        shutil.copytree(target, waiting)
        return waiting
    try:
        os.link(content, waiting)
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE and getattr(error, "winerror", None) is None:
            raise
        shutil.copy2(content, waiting)
        with waiting.open("rb") as file:
            os.fsync(file.fileno())
    return waiting


def flip(waiting: Path, link: Path) -> None:
    """Put what ``prepare`` made in the place of ``link``, at once for whoever looks."""
    if waiting.is_dir() and not waiting.is_symlink():  # a folder cannot be renamed over another
        _remove(link.with_name(f".{link.name}.old"))
        if link.exists():
            link.rename(link.with_name(f".{link.name}.old"))
        waiting.rename(link)
        _remove(link.with_name(f".{link.name}.old"))
    else:
        if link.is_dir() and not link.is_symlink():
            _remove(link)
        waiting.replace(link)
    manifest.sync_folder(link.parent)


def show_reports(settings: Settings, run_id: str) -> None:
    """Have reports/latest lead to the reports of a run, if it has any, and let everyone read them before it does."""
    made, latest = settings.reports / run_id, settings.reports / "latest"
    if made.is_dir() and not (latest.exists() and made.samefile(latest)):
        _open_to_readers(settings.reports, made)
        flip(prepare(latest, made), latest)


def _open_to_readers(reports: Path, made: Path) -> None:
    """Let everyone read a report, whatever umask it was written under."""
    reports.chmod(READERS_FOLDER)
    waiting = [made]
    while waiting:
        folder = waiting.pop()
        folder.chmod(READERS_FOLDER)
        with os.scandir(
            folder
        ) as entries:  # thousands of pages: to make a path of each costs more than to look at it
            for entry in entries:
                if entry.is_dir():
                    waiting += [Path(entry)] * (not entry.is_symlink())
                elif entry.stat().st_mode & READERS_FILE != READERS_FILE:
                    Path(entry).chmod(READERS_FILE)


def recover(settings: Settings) -> tuple[str, ...]:
    """Bring the folder to what the manifest says, after a run that was killed. Returns what was done.

    Only for who holds the warehouse. A file that the manifest announces goes live; one under a hidden name that
    it does not know was never finished and is removed. A published file that it does not know is a broken
    chain: raises ``Unusable``, and nothing is touched.
    """
    entries = manifest.read(settings)
    live = manifest.live(entries)
    done: list[str] = []
    waiting = hidden(settings, live.file).name if live else ""
    for path in sorted(settings.snapshots.iterdir()):
        if path.name != waiting and (path.name.startswith(".") or path.name.endswith(".wal")):
            _remove(path)
            done.append(f"removed {path.name}, left by a run that did not end")
    for folder in (settings.home, settings.reports, settings.landing):
        if folder.exists():
            for path in folder.iterdir():
                if path.name.startswith(".") and path.name.endswith((".next", ".old", ".tmp", ".part")):
                    _remove(path)
    _remove(settings.home / f"{settings.published.name}.wal")
    for entry in entries:
        if entry.kind == manifest.RETENTION:
            _remove_files(settings, entry)
    if live is not None and not is_carried_out(settings, entries, live):
        _show_its_name(settings, live)
        if not is_live(settings, live) and (settings.snapshots / live.file).exists():
            go_live(settings, live, prepare(settings.published, settings.snapshots / live.file))
            done.append(f"completed the publication of {live.file}, which was announced but not live")
    if waiting:
        _remove(settings.snapshots / waiting)
    if live is not None:
        show_reports(settings, live.run_id)
        manifest.note_carried_out(settings, entries[-1])
    return tuple(done)


def is_carried_out(settings: Settings, entries: Sequence[ManifestEntry], entry: ManifestEntry) -> bool:
    """Whether what this entry announced was done: then what is not as it says was altered since."""
    done = manifest.carried_out(settings)
    return any(e.hash == done and e.no >= entry.no for e in entries)


def put_aside(settings: Settings, path: Path) -> Path:
    """Move something that is not as it was published out of the way, under HOME/aside; where it is now."""
    aside = settings.home / "aside"
    aside.mkdir(exist_ok=True)
    no = 1 + max((int(p.name.partition("-")[0]) for p in aside.glob("[0-9]*-*")), default=0)
    return path.rename(aside / f"{no:04d}-{path.name}")


def copy_whole(source: Path, target: Path) -> None:
    """Copy a published file to ``target``: complete and read-only, or not at all."""
    waiting = target.with_name(f".{target.name}.tmp")
    shutil.copyfile(source, waiting)
    waiting.chmod(0o444)
    with waiting.open("rb") as file:
        os.fsync(file.fileno())
    waiting.replace(target)
    manifest.sync_folder(target.parent)


def move(source: Path, target: Path) -> None:
    """Rename a DuckDB file that is closed within one file system, copy it to another. Raises OSError where it is open."""
    log = source.with_name(f"{source.name}.wal")
    if log.exists():
        raise OSError(errno.EBUSY, "the build file is open elsewhere: its write-ahead log is there", str(log))
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, target)


def _show_its_name(settings: Settings, entry: ManifestEntry) -> None:
    """Give a published file that was announced its name, unless it has it."""
    waiting, final = hidden(settings, entry.file), settings.snapshots / entry.file
    if waiting.exists() and not final.exists():
        waiting.replace(final)
        manifest.sync_folder(settings.snapshots)


def go_live(settings: Settings, entry: ManifestEntry, waiting: Path) -> None:
    """Let analysts who connect from now on get the file of ``entry``, and show its reports."""
    _show_its_name(settings, entry)
    flip(waiting, settings.published)
    show_reports(settings, entry.run_id)
    manifest.note_carried_out(settings, entry)


def retain(settings: Settings, now: datetime) -> tuple[str, ...]:
    """Remove published files beyond ``keep`` or older than ``keep_days``, and their reports.

    The live file, the newest and the one that was live before stay. What goes is announced in the manifest
    first. Returns the names of removed files.
    """
    entries = manifest.read(settings)
    files = manifest.kept(entries)
    went_live = [e.file for e in entries if e.kind in (manifest.PUBLISH, manifest.ROLLBACK)]
    before = next((f for f in reversed(went_live) if f != went_live[-1]), None)
    always = {went_live[-1], before, files[-1].file} if files else set()
    eldest = now - timedelta(days=settings.keep_days) if settings.keep_days else datetime.min
    gone = [
        e.file
        for position, e in enumerate(reversed(files))
        if e.file not in always and (position >= settings.keep or manifest.moment(e) < eldest)
    ]
    if gone:
        entry = manifest.append(settings, entries, manifest.RETENTION, now, facts={"files": sorted(gone)})
        _remove_files(settings, entry)
        manifest.note_carried_out(settings, entry)
    _remove_reports(
        settings, {e.run_id for e in files if e.file not in gone}, entries[-1].no if entries else 0
    )
    return tuple(sorted(gone))


def _remove_files(settings: Settings, retention: ManifestEntry) -> None:
    for name in retention.facts["files"]:
        with suppress(PermissionError):  # open elsewhere, on systems that mind: the next run tries again
            (settings.snapshots / str(name)).unlink(missing_ok=True)


def _remove_reports(settings: Settings, keep: set[str], last: int) -> None:
    """Remove reports of runs up to entry ``last`` that are not kept; those of no known run stay."""
    if settings.reports.exists():
        for folder in settings.reports.iterdir():
            run = _RUN_ID.fullmatch(folder.name)
            if run and int(run[1]) <= last and folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
