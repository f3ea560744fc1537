"""Where things stand: file names of pages, anchors of cells, and links between them.

What does not belong here: what is on a page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote, urlsplit

SUFFIX = ".html"
KEPT = 12  # of the 32 digits of a hash: two in a page of 20,000 numbers meet once in a million pages
_LONGEST = 200  # bytes of a step; file systems end at 255, and pages are written under a longer name first


def page_path(document_id: str) -> str:
    """The file of a document's page under the report, as names on disk: ``documents/<document_id>.html``.

    A step that is empty or consists of dots, which could lead out of the report, is spelled out. One that is too
    long for a file system is cut, and a folder that is called like the page of another document is renamed, both
    with a hash that tells them apart.
    """
    *folders, last = [step if step.strip(".") else f"_{len(step)}_" for step in document_id.split("/")]
    folders = [_told_apart(f) if f.endswith(SUFFIX) or _is_long(f) else f for f in folders]
    return "documents/" + "/".join([*folders, _told_apart(last) if _is_long(last) else last]) + SUFFIX


def _is_long(step: str) -> bool:
    return len(step.encode()) > _LONGEST


def _told_apart(step: str) -> str:
    """A step of a path that is short, and different for every step."""
    cut = step.encode()[: _LONGEST // 2].decode(errors="ignore")
    return f"{cut}~{hashlib.sha256(step.encode()).hexdigest()[:16]}"


def page_href(document_id: str, root: str = "") -> str:
    """A link to a document's page; ``root`` leads from the linking page to the report's folder."""
    return root + quote(page_path(document_id))


def root_of(document_id: str) -> str:
    """From a document's page back to the report's folder."""
    return "../" * page_path(document_id).count("/")


def cell_anchor(cell_key: str) -> str:
    """The id of a printed value on its page: follows from document, table and labels, so that it stays the same
    when rows or tables come before it. ``cell_key`` is that of history.cell_versions."""
    return f"c{cell_key[:KEPT]}"


def table_anchor(table_key: str) -> str:
    """The id of a table on the page of its document; ``table_key`` is that of history.cell_versions."""
    return f"t{hashlib.md5(table_key.encode()).hexdigest()[:KEPT]}"


def sum_anchor(kind: str, cells: Iterable[tuple[str, Decimal]]) -> str:
    """The id of a sum on the page of its document: follows from its kind and what its cells are, so that it stays the
    same when rows come before it. ``cells`` are ``cell_key`` and factor of its numbers, in any order."""
    text = "\n".join([kind, *sorted([f"{cell_key} {factor!s}" for cell_key, factor in cells])])
    return f"s{hashlib.md5(text.encode()).hexdigest()[:KEPT]}"


def finding_anchor(finding_id: str) -> str:
    """The id of a finding on the page of its document."""
    return f"b{finding_id[:KEPT]}"


def cause_anchor(cause_id: str) -> str:
    """The id of a cause on the page of all causes."""
    return f"o{cause_id[:KEPT]}"


def line_anchor(line: int) -> str:
    """The id of a line on the page that shows a source file."""
    return f"r{line}"


def sheet_anchor(title: str) -> str:
    """What the anchors of a sheet's rows begin with, on the page that shows a workbook; also its own."""
    return f"s{hashlib.md5(title.encode()).hexdigest()[:KEPT]}"


def source_path(document_id: str, path: str) -> str:
    """The page that shows a source file under the report, beside the pages of documents."""
    return page_path(f"{document_id}/{path}").replace("documents/", "bronnen/", 1)


def pictures_anchor(gemeente_id: str) -> str:
    """What leads to a gemeente on the page of pictures."""
    return f"g{gemeente_id}"


def web_address(url: str | None) -> str | None:
    """The address, where it is one that a browser may follow from an auditor's page."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
