"""Files that are no text, as an auditor holds them beside the numbers read from them: a PDF page by page, a workbook sheet by sheet.

They may come from anywhere and are opened by libraries that trust what they open, so that each is opened in a process
with limits, which may fail. What does not belong here: reading them (``reading``), and files that are text (``source_files``).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dagster_project.warehouse.workers import Failure, in_processes

PDF, WORKBOOK = ".pdf", ".xlsx"
LARGEST = 100_000_000  # bytes of a file that is opened
MOST_PAGES = 60  # of a PDF
MOST_LINES = 500  # of a page
MOST_ROWS, MOST_COLUMNS = 2_000, 60  # of a sheet
SCALE = 1.6  # pixels per point: small print can be read
_SECONDS_PER_PAGE, _MEMORY_MB = 5, 1_500


@dataclass(frozen=True, slots=True)
class Original:
    """One file, and of a PDF the pages that have tables, counted from 1."""

    document_id: str
    path: str
    sha256: str
    file: Path
    pages: tuple[int, ...] = ()


class Sheet(NamedTuple):
    """A visible sheet: per row that holds anything its number and the texts of its cells, as they show them."""

    title: str
    columns: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_whole: bool


class Opened(NamedTuple):
    """What is shown of a file; None in place of what could not be."""

    pages: dict[int, bytes | None]  # of a PDF, as PNG
    sheets: tuple[Sheet, ...] | None  # of a workbook
    lines: Mapping[int, tuple[str, ...]]  # of the same pages of a PDF, from the top


def file_kind(path: str) -> str:
    """``.pdf``, ``.xlsx``, or nothing for a file of another kind."""
    suffix = Path(path).suffix.lower()
    return suffix if suffix in (PDF, WORKBOOK) else ""


def opened(files: Sequence[Original]) -> Iterator[tuple[Original, Opened]]:
    """Each file with what is shown of it."""
    outcomes = in_processes(
        _open,
        files,
        workers=1,
        timeout=lambda one: 30 + _SECONDS_PER_PAGE * len(one.pages),
        memory_mb=_MEMORY_MB,
    )
    for one, outcome in outcomes:
        nothing = Opened(dict.fromkeys(one.pages[:MOST_PAGES]), None, {})
        yield one, nothing if isinstance(outcome, Failure) else outcome


def _open(one: Original) -> Opened:
    if file_kind(one.path) == PDF:
        return _drawn(one)
    return Opened({}, tuple(_sheets(one.file)), {})


def _drawn(one: Original) -> Opened:
    import pypdfium2

    document = pypdfium2.PdfDocument(one.file)
    drawn: dict[int, bytes | None] = dict.fromkeys(one.pages[:MOST_PAGES])
    lines: dict[int, tuple[str, ...]] = {}
    for number in drawn:
        if number <= len(document):
            image = io.BytesIO()
            document[number - 1].render(scale=SCALE, grayscale=True).to_pil().save(
                image, "PNG", optimize=True
            )
            drawn[number] = image.getvalue()
            lines[number] = tuple(_lines(document[number - 1].get_textpage()))
    return Opened(drawn, None, lines)


def _lines(text) -> Iterator[str]:
    """The lines of a page, from the top: what stands at one height belongs together, from left to right."""
    runs = [text.get_rect(at) for at in range(text.count_rects())]
    lines: list[list[tuple[float, float, float, float]]] = []
    for run in sorted(runs, key=lambda run: -(run[1] + run[3])):
        middle = (run[1] + run[3]) / 2
        if lines and lines[-1][0][1] <= middle <= lines[-1][0][3]:
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines[:MOST_LINES]:
        yield " ".join(" ".join(text.get_text_bounded(*run).split()) for run in sorted(line))


def _sheets(file: Path) -> Iterator[Sheet]:
    import openpyxl

    for sheet in openpyxl.load_workbook(file, data_only=True, keep_links=False).worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows: dict[int, dict[int, str]] = {}
        for (row, column), cell in sorted(sheet._cells.items()):  # its dimensions may claim a million rows
            if (text := _text(cell)) and column <= MOST_COLUMNS:
                rows.setdefault(row, {})[column] = text
        columns = max((max(cells) for cells in rows.values()), default=0)
        shown = list(rows.items())[:MOST_ROWS]
        told = tuple((row, tuple(cells.get(at, "") for at in range(1, columns + 1))) for row, cells in shown)
        is_whole = len(told) == len(rows) and sheet.max_column <= MOST_COLUMNS
        yield Sheet(sheet.title, columns, told, is_whole)


def _text(cell) -> str:
    from dagster_project.reading.formats.number_formats import printed_number

    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return printed_number(value, cell.number_format or "General")
    return "" if value is None else str(value)
