"""Where a file under raw/ came from: the record that stands hidden beside it, and keeping what it was before.

``.herkomst.json`` in the folder of a document holds the address, the moment, the hash and what the server said
of the version, so that the address can be looked at again. It is hidden: a look that changed nothing must not
make another document of it. Bytes that were replaced go to ``.eerder/``, named by their hash.

What does not belong here: fetching (``web``), and deciding what to keep (``by_address``, ``iv3_from_cbs``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Literal

from dagster_project.language import Written
from dagster_project.reading.description import DESCRIPTION
from dagster_project.reading.files import PASSED_OVER, Refused, read_bytes

RECORD = ".herkomst.json"
EARLIER = ".eerder"
Kind = Literal["document", "iv3"]


class NoRecord(Exception):
    """A record that is none: its path, and why, as ``Written``."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known about a file that was fetched. Moments are UTC, as 2026-03-01T01:00:00Z."""

    kind: Kind
    address: str  # as a person gave it; of a table: where its rows begin
    file: str  # in the folder of the document
    sha256: str  # of that file
    bytes: int
    fetched_at: str  # when these bytes were first seen
    looked_at: str  # when it was looked at last, with any outcome
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    via: tuple[str, ...] = ()  # where redirects led
    replacing: str = ""  # the hash of bytes that are being put in place: either may be found after a crash
    trouble: str = ""  # why the last look gave nothing to keep; empty where it did
    trouble_since: str = ""
    table: dict[str, object] = field(default_factory=dict)  # of Iv3: which table, which part, which state


def read(folder: Path) -> Origin | None:
    """The record of a document's folder; None where it was not fetched. Raises ``NoRecord``."""
    path = folder / RECORD
    try:
        found = json.loads(read_bytes(path, folder.resolve()))
        known = {f.name for f in fields(Origin)}
        if unknown := found.keys() - known:
            raise NoRecord(Written("{path}: unknown key {key!r}", path=path, key=min(unknown)))
        origin = Origin(**(found | {"via": tuple(found.get("via", ()))}))
    except FileNotFoundError:
        return None
    except (OSError, Refused, ValueError, TypeError, AttributeError) as error:
        why = Written.in_both(error.reason, error.reason_en) if isinstance(error, Refused) else str(error)
        raise NoRecord(
            Written("{path}: is no record of where a file came from: {why}", path=path, why=why)
        ) from error
    if origin.kind not in ("document", "iv3") or Path(origin.file).name != origin.file or not origin.file:
        raise NoRecord(Written("{path}: is no record of where a file came from", path=path))
    return origin


def write(folder: Path, origin: Origin) -> None:
    """Put the record into the folder, whole or not at all."""
    put(folder / RECORD, as_json(origin))


def day_of(moment: str) -> str:
    """The day of a moment, in UTC, as document.yml has it."""
    return moment[:10]


def as_json(origin: Origin) -> bytes:
    """The record as it stands in its file."""
    return (json.dumps(asdict(origin), ensure_ascii=False, indent=1) + "\n").encode()


def fetched(raw: Path) -> Iterator[Path]:
    """The folders under ``raw`` with a record, in order of their path."""
    for where, folders, files in os.walk(raw):
        folders[:] = sorted(f for f in folders if not f.startswith(PASSED_OVER))
        if RECORD in files and DESCRIPTION in files:
            yield Path(where)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_as_fetched(folder: Path, origin: Origin) -> bool:
    """Whether the file is what was fetched, or what was being put in its place when that was broken off."""
    file = folder / origin.file
    return file.is_file() and sha256_of(file) in (origin.sha256, origin.replacing)


def keep_earlier(folder: Path, file: str) -> None:
    """Keep the bytes that are about to be replaced, under ``.eerder/<start of their hash>-<name>``."""
    kept = folder / EARLIER / f"{sha256_of(folder / file)[:16]}-{file}"
    if kept.exists():
        return
    kept.parent.mkdir(exist_ok=True)
    put(kept, (folder / file).read_bytes())


def date_description(folder: Path, moment: str) -> None:
    """Let ``opgehaald`` in document.yml say the day of ``moment``; every other line stays as a person wrote it."""
    path = folder / DESCRIPTION
    text = path.read_bytes().decode("utf-8")
    line = f"opgehaald: '{day_of(moment)}'"
    changed, found = re.subn(r"^opgehaald:[^\r\n]*", line, text, count=1, flags=re.M)
    put(path, (changed if found else f"{text.rstrip()}\n{line}\n").encode())
