"""A folder with a document.yml to a document: its description, its tables, its records, its rejects.

Pure: bytes and paths in, records out. One file that cannot be read takes nothing away from the others.
What does not belong here: how bytes become fragments (``formats``), what a table says (``understand``),
which conventions hold (``claims``), and remembering anything between runs (``warehouse``).
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .answers import LayoutAnswer
from .assemble import Around, understand
from .claims_file import FILE as CLAIMS
from .claims_file import read_claims
from .description import DESCRIPTION, describe
from .field_words import pattern_of
from .files import PASSED_OVER, Refused, read_bytes, readable
from .formats import decoding
from .formats import read as read_file
from .formats.unreadable import Unreadable
from .model import Claim, Document, Fragment, Grid, Label, Passage, Prestatie, Prose, Record, Reject, Table
from .numbers import clean

NOT_EXTRACTS = frozenset({DESCRIPTION, CLAIMS, "aanvaard.yml"})  # aanvaard.yml: what a person accepted
_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20\d)\d(?![\d]|[.,]\d)")
_TITLE = pattern_of("titel", "document as printed")
RECORDS = {  # columns that tell a small extract with a known header from a table
    "vermelding": frozenset({"vermelding", "bedrag", "jaar"}),
    "programma": frozenset({"programma", "naam"}),
    "maatregel": frozenset({"code", "soort", "onderwerp"}),
}


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a document; ``data`` is None where it could not be read, with the reason."""

    path: str
    data: bytes | None
    reject: Reject | None = None


@dataclass(slots=True)
class _Content:
    """What files of a document said so far."""

    tables: list[Table] = field(default_factory=list)
    prestaties: list[Prestatie] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    own_years: set[int] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)

    def take(self, other: _Content) -> None:
        """Add what another file said."""
        for part in ("tables", "prestaties", "labels", "records", "rejects", "claims"):
            getattr(self, part).extend(getattr(other, part))
        self.years |= other.years
        self.own_years |= other.own_years


def read_document(
    folder: Path, document_id: str | None = None, for_layout: Mapping[str, LayoutAnswer] | None = None
) -> Document:
    """Everything that the folder of one document says.

    ``document_id`` is the folder's path under raw/ (its name where not given), ``for_layout`` what persons answered
    about layouts of tables, whatever the document. Never raises for what a
    document holds: a description that cannot be used gives a document without ``meta``, with the reason
    among its rejects. Raises OSError where the folder itself cannot be listed.
    """
    document_id = document_id or folder.name
    files = list(_files(folder))
    described = next((f for f in files if f.path == DESCRIPTION), None)
    meta, rejects = describe(described.data if described else None)
    if described and described.reject:
        rejects = [described.reject]
    content = _Content(rejects=rejects)
    if meta:
        around = _around(meta, for_layout or {})
        for file in files:
            if file.reject is not None:
                content.rejects.append(file.reject)
            elif file.path == CLAIMS or file.path.rsplit("/", 1)[-1] not in NOT_EXTRACTS:
                content.take(_said(file.path, file.data or b"", around, first_no=len(content.tables) + 1))
        content.rejects += _contradictions(meta, content.own_years, content.years)
    return Document(
        document_id=document_id,
        meta=meta,
        sha256=_fingerprint(files),
        tables=tuple(content.tables),
        labels=tuple(content.labels),
        prestaties=tuple(content.prestaties),
        records=tuple(content.records),
        claims=tuple(content.claims),
        rejects=tuple(content.rejects),
        inputs=tuple(
            (f.path, hashlib.sha256(f.data).hexdigest(), len(f.data)) for f in files if f.data is not None
        ),
    )


def _around(meta: Mapping[str, object], for_layout: Mapping[str, LayoutAnswer]) -> Around:
    answers = meta.get("antwoorden")
    return Around(
        soort=str(meta["soort"]),
        jaar=int(str(meta["jaar"])),
        eenheid=str(meta["eenheid"]) if meta.get("eenheid") else None,
        answers=dict(answers) if isinstance(answers, Mapping) else {},
        answers_for_layout=for_layout,
    )


# --- files -------------------------------------------------------------------------------------------------


def _files(folder: Path) -> Iterator[_File]:
    """The files of a document in order of name; folders with a document.yml of their own are left out."""
    inside = folder.resolve()
    unlisted: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(PASSED_OVER) and not (Path(where) / f / DESCRIPTION).exists()
        )
        for name in sorted(names):
            if not name.startswith(PASSED_OVER):
                path = Path(where) / name
                yield _file(path, readable(os.path.relpath(path, folder)), inside)
    for error in unlisted:
        name = readable(os.path.relpath(error.filename, folder))
        yield _unread(name, f"niet te lezen: {error.strerror}", f"cannot be read: {error.strerror}")


def _file(path: Path, name: str, inside: Path) -> _File:
    try:
        return _File(name, read_bytes(path, inside))
    except Refused as refused:
        return _unread(name, refused.reason, refused.reason_en)
    except OSError as error:
        what = error.strerror or error
        return _unread(name, f"niet te lezen: {what}", f"cannot be read: {what}")


def _unread(name: str, reason: str, reason_en: str) -> _File:
    return _File(name, None, Reject(name, None, reason, reason_en=reason_en))


def _fingerprint(files: Iterable[_File]) -> str:
    """One hash over names and contents, whatever the folder is called."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda f: f.path):
        data = file.data or b""
        digest.update(f"{file.path}\0{hashlib.sha256(data).hexdigest()}\0{len(data)}\n".encode())
    return digest.hexdigest()


# --- what is in a file -----------------------------------------------------------------------------------------


def _said(path: str, data: bytes, around: Around, first_no: int) -> _Content:
    """What one file says. Whatever it does to its reader is a reject of that file, and the others are read."""
    content = _Content()
    try:
        if path == CLAIMS:
            claims, rejects = read_claims(decoding.decode(data), path)
            content.claims, content.rejects = list(claims), list(rejects)
        else:
            _read(path, data, around, content, first_no)
    except MemoryError:
        raise
    except Exception as error:
        return _Content(rejects=[failure(path, error)])
    return content


def failure(path: str, error: Exception) -> Reject:
    """What went wrong in the reader in one line, and where: the last calls, innermost last."""
    calls = [
        f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)
    ]
    if isinstance(error, Unreadable):
        return error.as_reject(path)
    what, where = f"{type(error).__name__}: {str(error)[:300]}", " > ".join(calls[-4:])
    return Reject(path, None, f"de lezer faalde: {what}", where, reason_en=f"the reader failed: {what}")


def _read(path: str, data: bytes, around: Around, content: _Content, first_no: int) -> None:
    if not data.strip(b" \t\r\n\x0c\xef\xbb\xbf"):
        content.rejects.append(Reject(path, None, "leeg uittreksel", reason_en="empty extract"))
        return
    if path.lower().endswith(".csv"):
        records = list(_records(path, data))
        if records:
            content.records += records
            named_years = (r.values.get("jaar") or "" for r in records)
            content.years |= {int(y) for y in named_years if len(y) == 4 and y.isdecimal()}
            return
    reading = read_file(data, path, around.answers.get("notatie"))
    content.rejects += reading.rejects
    own, named = _years(reading.fragments)
    content.own_years |= own
    content.years |= named
    understood = understand(reading.fragments, around, path, first_no)
    content.tables += understood.tables
    content.prestaties += understood.prestaties
    content.labels += understood.labels
    content.rejects += understood.rejects
    if (
        not understood.tables
        and not understood.prestaties
        and not any(r.path == path for r in content.rejects)
    ):
        content.rejects.append(
            Reject(path, None, "geen tabel in gevonden", kind="note", reason_en="no table found in it")
        )


def _records(path: str, data: bytes) -> Iterator[Record]:
    """The rows of a CSV extract with a known header; nothing where the header is another."""
    text = decoding.decode(data)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    header = {clean(name or "").lower() for name in reader.fieldnames or ()}
    kind = next((k for k, needed in RECORDS.items() if needed <= header), None)
    if kind is None:
        return
    for row in reader:
        values = {
            clean(k).lower(): (clean(v) or None) if isinstance(v, str) else None
            for k, v in row.items()
            if k is not None
        }
        if any(values.values()):
            yield Record(kind, path, reader.line_num, values)


def _years(fragments: Iterable[Fragment]) -> tuple[set[int], set[int]]:
    """Years that titles name as the document's own ("Programmabegroting 2018"), and years named anywhere."""
    own: set[int] = set()
    named: set[int] = set()
    for fragment in fragments:
        if isinstance(fragment, Prose):
            named.update(map(int, _YEAR.findall(fragment.text)))
            if title := _TITLE.fullmatch(fragment.text.strip()):
                own.add(int(title["year"]))
        elif isinstance(fragment, Passage):
            for text, _, _ in fragment.lines:
                named.update(map(int, _YEAR.findall(text)))
                if title := _TITLE.fullmatch(text.strip()):
                    own.add(int(title["year"]))
        elif isinstance(fragment, Grid):
            texts = (piece.text for row in fragment.rows for piece in row if piece is not None)
            named.update(int(year) for text in texts for year in _YEAR.findall(text))
    return own, named


def _contradictions(meta: Mapping[str, object], own: set[int], named: set[int]) -> list[Reject]:
    """A year that the extract does not bear out: a title names another, or no year named is within one of it."""
    year = int(str(meta["jaar"]))
    if (not own or year in own) and (not named or named & {year - 1, year, year + 1}):
        return []
    others = ", ".join(str(y) for y in sorted(own - {year} or named)[:8])
    reason = f"jaar {year} in document.yml spreekt het uittreksel tegen, dat alleen {others} noemt"
    reason_en = f"year {year} in document.yml contradicts the extract, which names only {others}"
    return [Reject(DESCRIPTION, None, reason, str(year), key="jaar", reason_en=reason_en)]
