"""The chain of what was published when: HOME/snapshots/manifest.jsonl, one JSON object per line.

Every entry carries the hash of the entry before it, so that no entry and no published file can be altered,
removed or put between without a trace. Order is the order of the chain; the times in it are what the clock
said and decide nothing. An entry is written before what it announces is done, so that a run that was
killed in between is completed by the next one. ``manifest.head`` beside it holds the hash of the last entry
that was carried out: a chain without that entry was shortened or lost, and nothing is published or removed
until a person settles it (``settle``).

What does not belong here: doing what the entries say (``publish``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from dagster_project.language import Written, phrase, spoken
from dagster_project.settings import READERS_FILE, Settings, Unusable

PUBLISH, ROLLBACK, RETENTION, SETTLED = "publish", "rollback", "retention", "settled"
NUMBERED = re.compile(r"sluitend_(\d{6,})-\w+\.duckdb")  # a published file; the number is that of its entry


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One line of the manifest.

    publish: ``file`` with ``sha256`` and ``bytes`` went live; ``facts`` has started_at, fingerprint, bounds,
    code_version, inputs, counts, verdicts, changes. rollback: ``file`` went live again; ``facts`` has the
    run that it replaced. retention: the files in ``facts["files"]`` were removed. settled: a person found the
    chain broken or those files altered, and said who and why; they no longer count as kept.
    """

    no: int
    kind: str
    at: str  # UTC, ISO 8601
    run_id: str
    file: str  # name under snapshots/; empty for retention and settled
    sha256: str
    bytes: int
    facts: dict[str, Any]  # JSON
    previous: str  # hash of the entry before; empty for the first
    hash: str


def read(settings: Settings) -> tuple[ManifestEntry, ...]:
    """The whole chain, oldest first. Raises ``Unusable`` where a line is unreadable or does not follow, and
    where the chain itself was lost or shortened."""
    entries, problems = examine(settings)
    if problems:
        raise Unusable(
            phrase(
                "{problem}. Nothing is published and nothing removed on a broken chain; see sluitend verify and sluitend settle",
                problem=spoken(problems[0]),
            )
        )
    return entries


def examine(settings: Settings) -> tuple[tuple[ManifestEntry, ...], list[str]]:
    """What can be read of the chain, and a sentence, as ``Written``, for every line that does not fit or is not there."""
    entries, problems = inspect(settings.manifest)
    return entries, [*problems, *_lost(settings, entries)]


def inspect(path: Path) -> tuple[tuple[ManifestEntry, ...], list[str]]:
    """What can be read of the lines themselves, and a sentence for every line that does not fit."""
    entries: list[ManifestEntry] = []
    lines, problems = _lines(path)
    for no, line in enumerate(lines, start=1):
        found, problem = _entry(line, entries[-1] if entries else None)
        if problem:
            problems.append(Written("{file} line {no}: {problem}", file=path.name, no=no, problem=problem))
        if found is not None:
            entries.append(found)
    return tuple(entries), problems


def sound(path: Path) -> tuple[ManifestEntry, ...]:
    """The entries before the first line that does not fit."""
    entries: list[ManifestEntry] = []
    for line in _lines(path)[0]:
        found, problem = _entry(line, entries[-1] if entries else None)
        if found is None or problem:
            break
        entries.append(found)
    return tuple(entries)


def unnamed(settings: Settings, entries: Iterable[ManifestEntry]) -> tuple[str, ...]:
    """Published files that are newer than the last of ``entries`` and that none of them names, oldest first."""
    entries = tuple(entries)
    last, named = entries[-1].no if entries else 0, {e.file for e in entries}
    if not settings.snapshots.is_dir():
        return ()
    found = sorted(p.name for p in settings.snapshots.iterdir() if NUMBERED.fullmatch(p.name))
    return tuple(name for name in found if name not in named and number(name) > last)


def number(file: str) -> int:
    """The number of the entry that announced this published file. Raises ValueError where it is no name of one."""
    named = NUMBERED.fullmatch(file)
    if named is None:
        raise ValueError(f"{file} is no name of a published file")
    return int(named[1])


def _lines(path: Path) -> tuple[list[str], list[str]]:
    """The lines, none where there are none; and why they cannot be read: something else may stand in their place."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines(), []
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [Written("{file} cannot be read: {why}", file=path.name, why=error.strerror)]


def _entry(line: str, before: ManifestEntry | None) -> tuple[ManifestEntry | None, str]:
    """The entry on a line, as far as it can be read, and what is wrong with it."""
    try:
        entry = ManifestEntry(**json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        return None, Written("cannot be read: {error}", error=error)
    if entry.hash != _hash(entry):
        return entry, Written("was altered: its hash is not that of its contents")
    last = before.no if before else 0
    follows = entry.no > last if entry.facts.get("adopted") else entry.no == last + 1
    if entry.previous != (before.hash if before else "") or not follows:
        return entry, Written("the chain is broken: it does not follow the line before it")
    return entry, ""


def _lost(settings: Settings, entries: Sequence[ManifestEntry]) -> list[str]:
    """What shows that there was more of the chain than there is."""
    if entries:
        lost = Written("{chain} was shortened", chain=settings.manifest.name)
    elif settings.manifest.exists():
        lost = Written("{chain} is empty", chain=settings.manifest.name)
    else:
        lost = Written("{chain} was lost", chain=settings.manifest.name)
    problems: list[str] = [
        Written("{lost}: no line of it names {file}", lost=lost, file=file)
        for file in unnamed(settings, entries)
    ]
    done = carried_out(settings)
    if done and done not in {e.hash for e in entries}:
        problems.append(
            Written("{lost}: the entry that was carried out last, {done}, is not in it", lost=lost, done=done)
        )
    if not entries and not problems and os.path.lexists(settings.published):
        file = settings.published.name
        problems.append(
            Written("{lost}: {file} is there, and no line says what was published", lost=lost, file=file)
        )
    return problems


def carried_out(settings: Settings) -> str:
    """The hash of the last entry of which everything was done; empty where that was not noted."""
    head = _head(settings)
    return head.read_text(encoding="utf-8", errors="replace").strip() if head.exists() else ""


def note_carried_out(settings: Settings, entry: ManifestEntry) -> None:
    """Note that everything an entry announced was done, and sign it. Raises OSError when it cannot be written."""
    from dagster_project.warehouse.signature import sign

    sign(settings, entry)
    if carried_out(settings) != entry.hash:
        write_whole(_head(settings), f"{entry.hash}\n".encode(), READERS_FILE)


def _head(settings: Settings) -> Path:
    return settings.manifest.with_suffix(".head")


def append(
    settings: Settings,
    entries: Sequence[ManifestEntry],
    kind: str,
    at: datetime,
    *,
    run_id: str = "",
    file: str = "",
    sha256: str = "",
    size: int = 0,
    facts: dict[str, Any],
    no: int | None = None,
) -> ManifestEntry:
    """Add one entry to the chain on disk, whole or not at all. ``at`` in UTC, without zone.

    ``no`` is for a publication that is adopted after its line was lost: it keeps the number it had.

    Raises OSError when it cannot be written.
    """
    unsealed = ManifestEntry(
        no=no or (entries[-1].no + 1 if entries else 1),
        kind=kind,
        at=as_text(at),
        run_id=run_id,
        file=file,
        sha256=sha256,
        bytes=size,
        facts=facts,
        previous=entries[-1].hash if entries else "",
        hash="",
    )
    entry = replace(unsealed, hash=_hash(unsealed))
    lines = "".join(f"{as_json(e)}\n" for e in (*entries, entry))
    write_whole(settings.manifest, lines.encode(), READERS_FILE)
    return entry


def put_live(
    settings: Settings,
    entries: Sequence[ManifestEntry],
    published: ManifestEntry,
    at: datetime,
    facts: dict[str, Any],
) -> ManifestEntry:
    """Add the entry that says that the file of an earlier publication is live again. Raises as ``append``."""
    return append(
        settings,
        entries,
        ROLLBACK,
        at,
        run_id=published.run_id,
        file=published.file,
        sha256=published.sha256,
        size=published.bytes,
        facts=facts,
    )


def live(entries: Sequence[ManifestEntry]) -> ManifestEntry | None:
    """The entry that says which file analysts open."""
    return next((e for e in reversed(entries) if e.kind in (PUBLISH, ROLLBACK)), None)


def newest(entries: Sequence[ManifestEntry]) -> ManifestEntry | None:
    """The last file that was made, live or not."""
    return next((e for e in reversed(entries) if e.kind == PUBLISH), None)


def kept(entries: Sequence[ManifestEntry]) -> tuple[ManifestEntry, ...]:
    """The publications whose files should be there, oldest first."""
    removed = {name for e in entries if e.kind in (RETENTION, SETTLED) for name in e.facts["files"]}
    return tuple(e for e in entries if e.kind == PUBLISH and e.file not in removed)


def said(who: str, why: str) -> dict[str, str]:
    """Who decided what an entry records, and why, each on one line: what lists entries would break in the middle of one."""
    return {"who": " ".join(who.split()), "why": " ".join(why.split())}


def moment(entry: ManifestEntry) -> datetime:
    """When the clock said that it was, in UTC and without zone."""
    return datetime.fromisoformat(entry.at).replace(tzinfo=None)


def as_text(moment: datetime) -> str:
    """A moment in UTC as it stands in the manifest: 2026-03-01T01:00:00Z."""
    return f"{moment.isoformat(timespec='seconds')}Z"


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Replace a file by new content, so that a crash at any moment leaves the old or the new one.

    ``mode``: who may read it, whatever the umask; without it the umask decides.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        temporary.chmod(mode)
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` on disk. Not every file system can; then nothing happens."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _hash(entry: ManifestEntry) -> str:
    return hashlib.sha256(as_json(entry, without_hash=True).encode()).hexdigest()


def as_json(entry: ManifestEntry, without_hash: bool = False) -> str:
    """One line of the manifest."""
    parts = {
        n: getattr(entry, n) for n in ManifestEntry.__dataclass_fields__ if not (without_hash and n == "hash")
    }
    return json.dumps(parts, sort_keys=True, ensure_ascii=False)
