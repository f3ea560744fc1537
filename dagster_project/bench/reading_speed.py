"""How fast texts are read, beside ``pandas.read_html`` on the same tables as HTML.

The texts of raw/ and of the examples, as printed and with their rows repeated. Every run reads texts
whose amounts were not read before: their digits are drawn anew, so that nothing but words is remembered
from one run to the next. Both sides are measured in one process, set as the processes that read are.
What does not belong here: whether what is read is right, the figures of other formats, and printing.
"""

from __future__ import annotations

import gc
import io
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.documents import read_document
from dagster_project.reading.formats.text import fragments
from dagster_project.reading.model import Table
from dagster_project.warehouse.workers import ALLOCATIONS_PER_COLLECTION

_AMOUNT = re.compile(r"(?<![\w.,'-])(?:\d{1,3}(?:\.\d{3})+|\d{3,6})(?![\w.,'-])")
_KEPT = re.compile(r"(?:19|20)\d\d|1\.000")  # years, and the thousand of a unit
_DESCRIPTION = (
    "gemeente: Leiden\ntitel: Snelheid\nsoort: begroting\njaar: 2018\nvorm: web\neenheid: EUR_1000\n"
)
_DISTRICTS = ("noord", "oost", "zuid", "west", "centrum", "haven", "polder", "dorp", "rand", "kern")
_BETWEEN = {"tab": "\t", "pipe": " | ", "lines": "\n\n", "pdf-text": " ", "spaces": "    "}  # cells of a row
TABLES, DOCUMENTS, PANDAS = "text to tables", "folder to document", "pandas.read_html"
Lines = list[list[str]]  # a table as printed: a line of headers, then a line per row, label first


@dataclass(frozen=True, slots=True)
class Speed:
    """Cells per second of processor time, by stage: the median of the runs."""

    sample: str
    tables: int
    cells: int
    rates: dict[str, float]

    def ratio(self, stage: str) -> float:
        """How many times as fast as pandas."""
        return self.rates[stage] / self.rates[PANDAS]


def texts_in(*folders: Path) -> list[str]:
    """The texts with tables among the extracts below ``folders``, in order of path."""
    found = [path.read_text("utf-8") for folder in folders for path in sorted(folder.glob("*/*.txt"))]
    return [text for text in found if tables_in(text)]


def measure(sample: str, texts: Sequence[str], runs: int) -> Speed:
    """Read ``texts`` in every stage ``runs`` times, the stages taking turns, and take the medians.

    All stages read the same tables. A cell is a position of a table, labels and headers included.
    """
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION)
    spent: dict[str, list[float]] = {stage: [] for stage in _STAGES}
    tables = cells = 0
    for run in range(runs + 1):  # the first one warms up
        drawn = [with_other_amounts(text, random.Random(f"{run} {i}")) for i, text in enumerate(texts)]
        printed = [[lines_of(table) for table in tables_in(text)] for text in drawn]
        pages = ["".join(map(_as_html, found)) for found in printed]
        tables = sum(map(len, printed))
        cells = sum(len(line) for found in printed for lines in found for line in lines)
        with tempfile.TemporaryDirectory() as root:
            folders = _written(drawn, Path(root))
            inputs: dict[str, Sequence] = {TABLES: drawn, DOCUMENTS: folders, PANDAS: pages}
            for stage, read in _STAGES.items():
                before = time.process_time()
                for given in inputs[stage]:
                    read(given)
                if run:
                    spent[stage].append(time.process_time() - before)
    return Speed(sample, tables, cells, {s: cells / statistics.median(t) for s, t in spent.items()})


def tables_in(text: str) -> tuple[Table, ...]:
    """The tables of a text."""
    return understand(fragments(text), Around(), "").tables


def lines_of(table: Table) -> Lines:
    """A table as a line of headers and a line per row, every cell as printed, blank where none is."""
    cells = {(c.row, c.column): c.text for c in reversed(table.cells)}
    header = ["", *(" ".join(column.path) for column in table.columns)]
    rows = [[row.path[-1], *(cells.get((row.no, c.no), "") for c in table.columns)] for row in table.rows]
    return [header, *rows]


def with_other_amounts(text: str, chance: random.Random) -> str:
    """The text with other digits in every amount of three digits and more; years, units and the layout stay."""
    return _AMOUNT.sub(lambda amount: _drawn(amount.group(), chance), text)


def _drawn(amount: str, chance: random.Random) -> str:
    if _KEPT.fullmatch(amount):
        return amount
    digits = "".join(chance.choice("0123456789") if c.isdigit() else c for c in amount[1:])
    return amount[0] + digits


def grown(text: str) -> Iterator[str]:
    """Every table of a text as a text of its own with ten times the rows, in the same layout.

    Rows with a blank are left out: where no position is printed, a blank moves what stands after it.
    """
    for table in tables_in(text):
        header, *rows = lines_of(table)
        full = [row for row in rows if all(row)]
        body = [[f"{row[0]} {name}", *row[1:]] for name in _DISTRICTS for row in full]
        yield _as_text([["Omschrijving", *header[1:]], *body], table.layout)


def _as_text(lines: Lines, layout: str) -> str:
    return ("\n\n" if layout == "lines" else "\n").join(_BETWEEN[layout].join(line) for line in lines)


def _as_html(lines: Lines) -> str:
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _read_html(page: str) -> list[pandas.DataFrame]:
    return pandas.read_html(io.StringIO(page), thousands=".", decimal=",")


def _written(texts: Sequence[str], root: Path) -> list[Path]:
    """A folder with a description for every text."""
    folders = []
    for number, text in enumerate(texts):
        folder = root / f"{number:03d}"
        folder.mkdir()
        (folder / "document.yml").write_text(_DESCRIPTION, "utf-8")
        (folder / "tabellen.txt").write_text(text, "utf-8")
        folders.append(folder)
    return folders


_STAGES: dict[str, Callable[..., object]] = {
    TABLES: tables_in,
    DOCUMENTS: read_document,
    PANDAS: _read_html,
}
