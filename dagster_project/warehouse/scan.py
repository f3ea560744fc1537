"""What stands under the folder of extracts, and whether it is still what was read before.

Every file is hashed in every run. Remembering hashes by size, time and inode would save about a second per
ten thousand files and can be wrong: `cp -p`, `rsync -t`, a clock that was set back and network shares all
leave a changed file with the old marks, and one stale number in a published budget costs more than the
second.

What does not belong here: what a document says. Nothing is parsed here, document.yml included.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dagster_project.reading.files import PASSED_OVER, Refused, check, read_bytes, readable, without_waiting
from dagster_project.reading.model import Reject

DESCRIPTION = "document.yml"
ANSWERS = "antwoorden.yml"  # in raw/ itself
_AT_ONCE = 1_000_000  # bytes
_LOOSE = ("readme", "license", "licence")  # what may stand beside the documents without being one


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a document."""

    path: str  # relative to the document's folder, with /
    sha256: str  # empty for a file that is not read
    bytes: int
    trouble: str = ""  # why it is not read, in English
    may_pass: bool = False  # whether it could be read another time: rights, a share that does not answer


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One folder with a document.yml. ``sha256`` covers the names and contents of all its files."""

    document_id: str  # the folder's path under raw/, with /
    folder: Path
    inputs: tuple[Input, ...]
    sha256: str

    @property
    def bytes(self) -> int:
        """The size of all its files together."""
        return sum(i.bytes for i in self.inputs)

    @property
    def unread(self) -> tuple[Input, ...]:
        """Files that could not be read now and may be another time."""
        return tuple(i for i in self.inputs if i.may_pass)


@dataclass(frozen=True, slots=True)
class Stray:
    """Something under raw/ that is not part of a document."""

    document_id: str  # its path under raw/
    reason: str  # in Dutch; continues a sentence that begins with its path
    reason_en: str  # the same in English
    is_unreadable: bool = False  # a folder in which documents may stand that cannot be seen now


@dataclass(frozen=True, slots=True)
class Scan:
    """The state of raw/, in order of document_id."""

    documents: tuple[FoundDocument, ...]
    strays: tuple[Stray, ...]
    answers: bytes = b""  # of the file with answers about layouts, which concern any document

    @property
    def sha256(self) -> str:
        """One hash over every document, every stray and the answers."""
        digest = hashlib.sha256()
        for found in self.documents:
            digest.update(f"{found.document_id}\0{found.sha256}\n".encode())
        for stray in self.strays:
            digest.update(f"{stray.document_id}\0{stray.reason}\n".encode())
        digest.update(self.answers)
        return digest.hexdigest()


def scan(raw: Path) -> Scan:
    """Every document and every stray file under ``raw``, hashed.

    A folder with a document.yml is a document, together with its subfolders that have none of their own.
    A folder with files but without one, here or above it, is a stray. Raises OSError when ``raw`` itself
    cannot be listed; a single folder that vanishes or cannot be read becomes a stray. A link that leads out of
    ``raw`` is not followed.
    """
    next(raw.iterdir(), None)
    folders: list[tuple[str, Path]] = []
    strays: list[Stray] = []
    unreadable: list[OSError] = []
    for folder, document_id, files, is_inside in _walk(raw, unreadable, strays):
        if DESCRIPTION in files:
            folders.append((document_id, folder))
        elif not document_id:
            strays += [
                Stray(
                    readable(f),
                    "staat los onder raw/: het hoort in een map met een document.yml",
                    "stands loose under raw/: it belongs in a folder with a document.yml",
                )
                for f in files
                if not f.lower().startswith(_LOOSE) and f != ANSWERS
            ]
        elif not is_inside and (files or not any(folder.iterdir())):
            strays.append(Stray(document_id, "heeft geen document.yml", "has no document.yml"))
    strays += [_stray(readable(os.path.relpath(e.filename, raw)), e) for e in unreadable]
    documents: list[FoundDocument] = []
    for document in folders:  # in threads, waiting for one another takes longer than all the hashing
        outcome = _found_or_stray(document)
        if isinstance(outcome, FoundDocument):
            documents.append(outcome)
        else:
            strays.append(outcome)
    answers = _answers(raw, strays)
    return Scan(
        tuple(sorted(documents, key=lambda d: d.document_id)),
        tuple(sorted(strays, key=lambda s: (s.document_id, s.reason))),
        answers,
    )


def answers_in(raw: Path) -> bytes:
    """The file with answers as it is; nothing where there is none.

    Raises ``Refused`` where it leads out of ``raw`` or is no ordinary file, OSError where it cannot be read.
    """
    try:
        return read_bytes(raw / ANSWERS, raw.resolve())
    except FileNotFoundError:
        return b""


def _answers(raw: Path, strays: list[Stray]) -> bytes:
    """The file with answers; nothing where there is none. One that is not read becomes a stray."""
    try:
        return answers_in(raw)
    except Refused as refused:
        told = (f"wordt niet gelezen: {refused.reason}", f"is not read: {refused.reason_en}")
        strays.append(Stray(ANSWERS, *told))
        return b""
    except OSError as error:
        strays.append(_stray(ANSWERS, error))
        return b""


def refused_answer(reject: Reject) -> Stray:
    """An entry of the file with answers that cannot be used, to be told with what is no part of a document."""
    nl, en = (f"regel {reject.line}: ", f"line {reject.line}: ") if reject.line else ("", "")
    return Stray(ANSWERS, nl + reject.reason, en + reject.reason_en)


def look_at(document_id: str, folder: Path) -> FoundDocument:
    """The files of one document as they are now, those that cannot be read with the reason.

    Raises OSError when the folder itself is gone or cannot be listed.
    """
    unlisted: list[OSError] = []
    inside = folder.resolve()
    hashed = [_hashed(folder, inside, name) for name in _files(folder, unlisted)]
    for error in unlisted:
        if Path(error.filename) == folder:
            raise error
        hashed.append(_unread(os.path.relpath(error.filename, folder), error))
    inputs = tuple(sorted(hashed, key=lambda i: i.path))
    digest = hashlib.sha256()
    for i in inputs:
        digest.update(f"{i.path}\0{i.sha256 or i.trouble}\0{i.bytes}\n".encode())
    return FoundDocument(document_id, folder, inputs, digest.hexdigest())


def _found_or_stray(document: tuple[str, Path]) -> FoundDocument | Stray:
    try:
        return look_at(*document)
    except OSError as error:
        return _stray(document[0], error)


def _stray(document_id: str, error: OSError) -> Stray:
    what = f"{error.strerror} ({readable(Path(error.filename).name)})"
    return Stray(document_id, f"is niet te lezen: {what}", f"cannot be read: {what}", is_unreadable=True)


def _walk(
    raw: Path, unreadable: list[OSError], strays: list[Stray]
) -> Iterator[tuple[Path, str, list[str], bool]]:
    """Each folder under ``raw``: path, document_id, visible files, whether a document stands above it."""
    inside = raw.resolve()
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
        folders[:] = sorted(f for f in folders if not f.startswith(PASSED_OVER))
        for folder in [f for f in folders if _leads_out(Path(where, f), inside)]:
            folders.remove(folder)
            strays.append(
                Stray(
                    readable(os.path.relpath(Path(where, folder), raw)),
                    "is een verwijzing naar buiten de map van uittreksels; niet gelezen",
                    "is a link that leads out of the folder of extracts; not read",
                )
            )
        relative = os.path.relpath(where, raw)
        document_id = "" if relative == "." else readable(relative)
        is_inside = bool(_above(document_id) & documents)
        if DESCRIPTION in files and document_id:
            documents.add(document_id)
        yield Path(where), document_id, [f for f in files if not f.startswith(PASSED_OVER)], is_inside


def _leads_out(folder: Path, inside: Path) -> bool:
    return folder.is_symlink() and not folder.resolve().is_relative_to(inside)


def _above(document_id: str) -> set[str]:
    parts = document_id.split("/")
    return {"/".join(parts[:n]) for n in range(1, len(parts))}


def _files(folder: Path, unlisted: list[OSError]) -> Iterator[str]:
    """The visible files of one document, relative to its folder; folders of other documents left out."""
    top = str(folder)
    for where, folders, files in os.walk(top, onerror=unlisted.append):
        folders[:] = sorted(
            f for f in folders if not f.startswith(PASSED_OVER) and not Path(where, f, DESCRIPTION).exists()
        )
        inside = f"{where[len(top) + 1 :]}/" if where != top else ""
        for name in files:
            if not name.startswith(PASSED_OVER):
                yield f"{inside}{name}"


def _hashed(folder: Path, inside: Path, name: str) -> Input:
    path = f"{folder}/{name}"
    try:
        check(path, inside)
        with open(path, "rb", buffering=0, opener=without_waiting) as file:
            size = os.fstat(file.fileno()).st_size
            is_small = size <= _AT_ONCE  # most are, and a buffer for each would cost more than hashing
            digest = hashlib.sha256(file.read()) if is_small else hashlib.file_digest(file, "sha256")
    except Refused as refused:
        return Input(readable(name), "", 0, refused.reason_en)
    except OSError as error:
        return _unread(name, error)
    return Input(readable(name), digest.hexdigest(), size)


def _unread(name: str, error: OSError) -> Input:
    return Input(readable(name), "", 0, f"cannot be read: {error.strerror}", may_pass=True)
