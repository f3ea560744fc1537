"""Pages of a PDF as pictures: what an auditor holds beside the numbers that were read from them.

A PDF may come from anywhere and is drawn by a library in C, so that it is drawn in a process of its own, with limits.
What does not belong here: reading a PDF (``reading``), and files that are text (``sources``).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dagster_project.warehouse.workers import Failure, in_processes

PDF = ".pdf"
MOST_PAGES = 60  # of one file
SCALE = 1.6  # pixels per point: small print can be read
_SECONDS_PER_PAGE, _MEMORY_MB = 5, 1_500


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of one file that have tables, counted from 1."""

    document_id: str
    path: str
    sha256: str
    file: Path
    numbers: tuple[int, ...]


def drawn_pages(files: Sequence[Pages]) -> Iterator[tuple[Pages, dict[int, bytes]]]:
    """Each file with its pages as PNG; without those that could not be drawn, or not within the limits."""
    outcomes = in_processes(
        _draw,
        files,
        workers=1,
        timeout=lambda pages: 20 + _SECONDS_PER_PAGE * len(pages.numbers),
        memory_mb=_MEMORY_MB,
    )
    for pages, outcome in outcomes:
        yield pages, {} if isinstance(outcome, Failure) else outcome


def _draw(pages: Pages) -> dict[int, bytes]:
    import pypdfium2

    drawn: dict[int, bytes] = {}
    document = pypdfium2.PdfDocument(pages.file)
    for number in pages.numbers[:MOST_PAGES]:
        if number <= len(document):
            image = io.BytesIO()
            document[number - 1].render(scale=SCALE, grayscale=True).to_pil().save(
                image, "PNG", optimize=True
            )
            drawn[number] = image.getvalue()
    return drawn
