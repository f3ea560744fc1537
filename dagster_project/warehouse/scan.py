"""What stands under the folder of extracts, and whether it is still what was read before.

Every file is hashed in every run. Remembering hashes by size, time and inode would save about a second per
ten thousand files and can be wrong: `cp -p`, `rsync -t`, a clock that was set back and network shares all
leave a changed file with the old marks, and one stale number in a published budget costs more than the
second.

What does not belong here: what a document says. Nothing is parsed here, document.yml included.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DESCRIPTION = "document.yml"
_AT_ONCE = 1_000_000  # bytes
_PASSED_OVER = (".", "~$")  # hidden files, lock files of office programs
_LOOSE = ("readme", "license", "licence")  # what may stand beside the documents without being one


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a document."""

    path: str  # relative to the document's folder, with /
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Found:
    """One folder with a document.yml. ``sha256`` covers the names and contents of all its files."""

    document_id: str  # the folder's path under raw/, with /
    folder: Path
    inputs: tuple[Input, ...]
    sha256: str

    @property
    def bytes(self) -> int:
        """The size of all its files together."""
        return sum(i.bytes for i in self.inputs)


@dataclass(frozen=True, slots=True)
class Stray:
    """Something under raw/ that is not part of a document."""

    document_id: str  # its path under raw/
    reason: str  # in Dutch; continues a sentence that begins with its path
    reason_en: str  # the same in English


@dataclass(frozen=True, slots=True)
class Scan:
    """The state of raw/, in order of document_id."""

    documents: tuple[Found, ...]
    strays: tuple[Stray, ...]

    @property
    def sha256(self) -> str:
        """One hash over every document and every stray."""
        digest = hashlib.sha256()
        for found in self.documents:
            digest.update(f"{found.document_id}\0{found.sha256}\n".encode())
        for stray in self.strays:
            digest.update(f"{stray.document_id}\0{stray.reason}\n".encode())
        return digest.hexdigest()


def scan(raw: Path) -> Scan:
    """Every document and every stray file under ``raw``, hashed.

    A folder with a document.yml is a document, together with its subfolders that have none of their own.
    A folder with files but without one, here or above it, is a stray. Raises OSError when ``raw`` itself
    cannot be listed; a single folder that vanishes or cannot be read becomes a stray.
    """
    next(raw.iterdir(), None)
    folders: list[tuple[str, Path]] = []
    strays: list[Stray] = []
    unreadable: list[OSError] = []
    for folder, document_id, files, is_inside in _walk(raw, unreadable):
        if DESCRIPTION in files:
            folders.append((document_id, folder))
        elif not document_id:
            strays += [
                Stray(
                    _readable(f),
                    "staat los onder raw/: het hoort in een map met een document.yml",
                    "stands loose under raw/: it belongs in a folder with a document.yml",
                )
                for f in files
                if not f.lower().startswith(_LOOSE)
            ]
        elif not is_inside and (files or not any(folder.iterdir())):
            strays.append(Stray(document_id, "heeft geen document.yml", "has no document.yml"))
    strays += [_stray(_readable(os.path.relpath(e.filename, raw)), e) for e in unreadable]
    documents: list[Found] = []
    for folder in folders:  # in threads, waiting for one another takes longer than all the hashing
        outcome = _found_or_stray(folder)
        (documents if isinstance(outcome, Found) else strays).append(outcome)
    return Scan(
        tuple(sorted(documents, key=lambda d: d.document_id)),
        tuple(sorted(strays, key=lambda s: (s.document_id, s.reason))),
    )


def look_at(document_id: str, folder: Path) -> Found:
    """The files of one document as they are now. Raises OSError when one cannot be read."""
    inputs = tuple(sorted((_hashed(folder, name) for name in _files(folder)), key=lambda i: i.path))
    digest = hashlib.sha256()
    for i in inputs:
        digest.update(f"{i.path}\0{i.sha256}\0{i.bytes}\n".encode())
    return Found(document_id, folder, inputs, digest.hexdigest())


def _found_or_stray(document: tuple[str, Path]) -> Found | Stray:
    try:
        return look_at(*document)
    except OSError as error:
        return _stray(document[0], error)


def _stray(document_id: str, error: OSError) -> Stray:
    what = f"{error.strerror} ({_readable(Path(error.filename).name)})"
    return Stray(document_id, f"is niet te lezen: {what}", f"cannot be read: {what}")


def _walk(raw: Path, unreadable: list[OSError]) -> Iterator[tuple[Path, str, list[str], bool]]:
    """Each folder under ``raw``: path, document_id, visible files, whether a document stands above it."""
    seen: set[tuple[int, int]] = set()
    documents: set[str] = set()
    for where, folders, files in os.walk(raw, followlinks=True, onerror=unreadable.append):
        try:
            status = Path(where).stat()
        except OSError as error:  # vanished since it was listed
            unreadable.append(error)
            continue
        if (status.st_dev, status.st_ino) in seen:  # a link back to a folder that was seen
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(f for f in folders if not f.startswith(_PASSED_OVER))
        relative = os.path.relpath(where, raw)
        document_id = "" if relative == "." else _readable(relative.replace(os.sep, "/"))
        is_inside = bool(_above(document_id) & documents)
        if DESCRIPTION in files and document_id:
            documents.add(document_id)
        yield Path(where), document_id, [f for f in files if not f.startswith(_PASSED_OVER)], is_inside


def _above(document_id: str) -> set[str]:
    parts = document_id.split("/")
    return {"/".join(parts[:n]) for n in range(1, len(parts))}


def _files(folder: Path) -> Iterator[str]:
    """The visible files of one document, relative to its folder; folders of other documents left out."""
    top = str(folder)
    for where, folders, files in os.walk(top, onerror=_raise):
        folders[:] = sorted(
            f for f in folders if not f.startswith(_PASSED_OVER) and not Path(where, f, DESCRIPTION).exists()
        )
        inside = f"{where[len(top) + 1 :]}/" if where != top else ""
        for name in files:
            if not name.startswith(_PASSED_OVER):
                yield f"{inside}{name}"


def _hashed(folder: Path, name: str) -> Input:
    path = f"{folder}/{name}"
    with open(path, "rb", buffering=0, opener=_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "is no regular file", path)
        is_small = status.st_size <= _AT_ONCE  # most are, and a buffer for each would cost more than hashing
        digest = hashlib.sha256(file.read()) if is_small else hashlib.file_digest(file, "sha256")
    return Input(_readable(name.replace(os.sep, "/")), digest.hexdigest(), status.st_size)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _readable(name: str) -> str:
    """A file name as text; bytes that are no UTF-8 are shown as \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _raise(error: OSError) -> None:
    raise error
