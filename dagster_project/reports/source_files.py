"""The files that documents were read from, as the report shows them: their lines, and a page per file.

A line is shown beside a number only where the file is the one that was read and the line prints that number. What is
no text is opened elsewhere (``originals``). What does not belong here: reading tables, and files of another kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from dagster_project.reading.files import Refused, read_bytes
from dagster_project.reports.links import line_anchor, sheet_anchor, source_path
from dagster_project.reports.originals import LARGEST as LARGEST_ORIGINAL
from dagster_project.reports.originals import PDF, Opened, file_kind
from dagster_project.reports.workbook import column_letter

TEXT = {".txt", ".csv", ".tsv", ".md", ".html", ".htm", ".yml", ".yaml", ".json"}
LARGEST = 4_000_000  # bytes of a text that is shown
_NONE: Mapping[str, Opened] = MappingProxyType({})
LONGEST = 400  # characters of a line that stand beside a number


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: the page that shows it, from the report's folder, and its lines; both empty where it is not shown."""

    path: str
    sha256: str = ""
    href: str = ""
    lines: Sequence[str] = ()
    kind: str = ""  # of a file that is no text: originals.PDF or WORKBOOK
    # Of a workbook: the texts of a row of a sheet, from column A on.
    rows: Mapping[tuple[str, int], Sequence[str]] = field(default_factory=dict)
    pages: Mapping[int, Sequence[str]] = field(default_factory=dict)  # of a PDF: the lines of a page

    def anchor(self, line: int | None, page: int | None, sheet: str | None) -> str:
        """Where on its page a line of a table stands: itself, the page of a PDF (empty where it was not drawn), or the row of
        a sheet."""
        if self.kind == PDF:
            return f"p{page}" if not self.pages or page in self.pages else ""
        return (sheet_anchor(sheet or "") if self.kind else "") + line_anchor(line or 1)

    def line(self, number: int | None, printed: Iterable[str], sheet: str | None = None) -> str:
        """The text of a line or of a row of a sheet, counted from 1; empty unless it prints one of these texts."""
        if sheet and number:
            told = [(at, text) for at, text in enumerate(self.rows.get((sheet, number), ()), start=1) if text]
            if {text for _, text in told}.isdisjoint(printed):
                return ""
            return " | ".join(f"{column_letter(at)}: {text}" for at, text in told)[:LONGEST]
        if not number or number > len(self.lines):
            return ""
        text = self.lines[number - 1].strip()
        for one in printed:
            if one and one in text:
                return text[:LONGEST]
        return ""

    def on_page(self, page: int | None, printed: Sequence[str], label: str) -> str:
        """The text of the line of a page that prints most of these texts, and most words of the label where several do;
        empty where that is no single line."""
        best, found = (0, 0), set[str]()
        for line in self.pages.get(page or 0, ()):
            padded = f" {line} "
            here = sum(f" {' '.join(text.split())} " in padded for text in printed if text)
            told = here, sum(f" {word} " in padded for word in label.split())
            if not here or told < best:
                continue
            found = {line} if told > best else found | {line}
            best = told
        return found.pop()[:LONGEST] if len(found) == 1 else ""

    def column(self, sheet: str | None, row: int | None, texts: Sequence[str], at: int) -> str:
        """The letter of the column in which the ``at``th of these texts of one row stands; empty where that is not sure."""
        there = [
            no for no, text in enumerate(self.rows.get((sheet or "", row or 0), ()), 1) if text == texts[at]
        ]
        here = [no for no, text in enumerate(texts) if text == texts[at]]
        return column_letter(there[here.index(at)]) if len(here) == len(there) else ""


def sources_of(
    raw: Path | None, document_id: str, inputs: Iterable, opened: Mapping[str, Opened] = _NONE
) -> Mapping[str, SourceFile]:
    """The files of a document by path, from ``inputs`` (rows with path and sha256); of those that are no text what was ``opened``.

    A file that is gone, has changed since it was read, is too large or is no text has no lines.
    """
    found = {}
    folder = (raw / document_id).resolve() if raw else None
    for row in inputs:
        if folder and file_kind(row.path) and is_as_read(folder, row.path, row.sha256):
            href = source_path(document_id, row.path)
            shown = opened.get(row.path)
            rows = {
                (sheet.title, number): texts
                for sheet in (shown and shown.sheets) or ()
                for number, texts in sheet.rows
            }
            kind, pages = file_kind(row.path), shown.lines if shown else {}
            found[row.path] = SourceFile(row.path, row.sha256, href, kind=kind, rows=rows, pages=pages)
            continue
        lines = _lines(folder, row.path, row.sha256) if folder else None
        href = source_path(document_id, row.path) if lines is not None else ""
        found[row.path] = SourceFile(row.path, row.sha256, href, lines or ())
    return found


def is_as_read(folder: Path, path: str, sha256: str) -> bool:
    """Whether a file of a document's folder, resolved, is there, may be read, is not too large, and is the one that was read."""
    content = _content(folder, path, LARGEST_ORIGINAL)
    return content is not None and hashlib.sha256(content).hexdigest() == sha256


def _lines(folder: Path, path: str, sha256: str) -> list[str] | None:
    if Path(path).suffix.lower() not in TEXT:
        return None
    content = _content(folder, path, LARGEST)
    try:
        text = content.decode("utf-8-sig") if content is not None else None
    except UnicodeDecodeError:
        return None
    is_same = content is not None and hashlib.sha256(content).hexdigest() == sha256
    return text.splitlines() if text is not None and is_same else None


def _content(folder: Path, path: str, largest: int) -> bytes | None:
    """The bytes of a file; None of what a document may not be read from: a pipe, a link out of its folder, resolved."""
    try:
        if (folder / path).stat().st_size > largest:
            return None
        return read_bytes(folder / path, folder)
    except (OSError, Refused):
        return None
