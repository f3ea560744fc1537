"""Plain text as copied from a page or a PDF: decoded here; runs of lines with tabs or pipes are grids."""

from __future__ import annotations

from collections.abc import Iterable

from dagster_project.ingest import layouts
from dagster_project.ingest.formats.decoding import decode
from dagster_project.ingest.model import Fragment


def read(data: bytes, name: str) -> Iterable[Fragment]:
    """Passages and grids of a text; raises ``Unreadable`` where the bytes are no text."""
    return layouts.fragments(decode(data))
