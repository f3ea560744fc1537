"""The chain of what was published when: HOME/snapshots/manifest.jsonl, one JSON object per line.

Every entry carries the hash of the entry before it, so that no entry and no published file can be altered,
removed or put between without a trace. Order is the order of the chain; the times in it are what the clock
said and decide nothing. An entry is written before what it announces is done, so that a run that was
killed in between is completed by the next one.

What does not belong here: doing what the entries say (``publish``).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dagster_project.settings import Settings, Unusable

PUBLISH, ROLLBACK, RETENTION = "publish", "rollback", "retention"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the manifest.

    publish: ``file`` with ``sha256`` and ``bytes`` went live; ``facts`` has started_at, fingerprint,
    code_version, inputs, counts, verdicts, changes. rollback: ``file`` went live again; ``facts`` has the
    run that it replaced. retention: the files in ``facts["files"]`` were removed.
    """

    no: int
    kind: str
    at: str  # UTC, ISO 8601
    run_id: str
    file: str  # name under snapshots/; empty for retention
    sha256: str
    bytes: int
    facts: dict[str, object]
    previous: str  # hash of the entry before; empty for the first
    hash: str


def read(settings: Settings) -> tuple[Entry, ...]:
    """The whole chain, oldest first. Raises ``Unusable`` where a line is unreadable or does not follow."""
    entries, problems = inspect(settings.manifest)
    if problems:
        raise Unusable(f"{problems[0]}. Nothing is published on a broken chain; see sluitend verify")
    return entries


def inspect(path: Path) -> tuple[tuple[Entry, ...], list[str]]:
    """What can be read of the chain, and a sentence for every line that does not fit."""
    entries: list[Entry] = []
    problems: list[str] = []
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for no, line in enumerate(lines, start=1):
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError) as error:
            problems.append(f"{path.name} line {no}: cannot be read: {error}")
            continue
        before = entries[-1] if entries else None
        if entry.hash != _hash(entry):
            problems.append(f"{path.name} line {no}: was altered: its hash is not that of its contents")
        elif (
            entry.previous != (before.hash if before else "") or entry.no != (before.no if before else 0) + 1
        ):
            problems.append(
                f"{path.name} line {no}: the chain is broken: it does not follow the line before it"
            )
        entries.append(entry)
    return tuple(entries), problems


def append(
    settings: Settings,
    entries: Sequence[Entry],
    kind: str,
    at: datetime,
    *,
    run_id: str = "",
    file: str = "",
    sha256: str = "",
    size: int = 0,
    facts: dict[str, object],
) -> Entry:
    """Add one entry to the chain on disk, whole or not at all. ``at`` in UTC, without zone.

    Raises OSError when it cannot be written.
    """
    parts = {
        "no": entries[-1].no + 1 if entries else 1,
        "kind": kind,
        "at": as_text(at),
        "run_id": run_id,
        "file": file,
        "sha256": sha256,
        "bytes": size,
        "facts": facts,
        "previous": entries[-1].hash if entries else "",
    }
    entry = Entry(**parts, hash="")
    entry = Entry(**parts, hash=_hash(entry))
    lines = "".join(f"{as_json(e)}\n" for e in (*entries, entry))
    write_whole(settings.manifest, lines.encode())
    return entry


def live(entries: Sequence[Entry]) -> Entry | None:
    """The entry that says which file analysts open."""
    return next((e for e in reversed(entries) if e.kind in (PUBLISH, ROLLBACK)), None)


def newest(entries: Sequence[Entry]) -> Entry | None:
    """The last file that was made, live or not."""
    return next((e for e in reversed(entries) if e.kind == PUBLISH), None)


def kept(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The publications whose files should be there, oldest first."""
    removed = {name for e in entries if e.kind == RETENTION for name in e.facts["files"]}
    return tuple(e for e in entries if e.kind == PUBLISH and e.file not in removed)


def moment(entry: Entry) -> datetime:
    """When the clock said that it was, in UTC and without zone."""
    return datetime.fromisoformat(entry.at).replace(tzinfo=None)


def as_text(moment: datetime) -> str:
    """A moment in UTC as it stands in the manifest: 2026-03-01T01:00:00Z."""
    return f"{moment.isoformat(timespec='seconds')}Z"


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file by new content, so that a crash at any moment leaves the old or the new one."""
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
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


def _hash(entry: Entry) -> str:
    return hashlib.sha256(as_json(entry, without_hash=True).encode()).hexdigest()


def as_json(entry: Entry, without_hash: bool = False) -> str:
    """One line of the manifest."""
    parts = {n: getattr(entry, n) for n in Entry.__dataclass_fields__ if not (without_hash and n == "hash")}
    return json.dumps(parts, sort_keys=True, ensure_ascii=False)
