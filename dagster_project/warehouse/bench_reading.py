"""How fast text layouts are read, beside ``pandas.read_html`` on the same tables as HTML.

The texts of raw/ and of the examples, as printed and with their rows repeated. Every run reads texts
whose amounts were not read before: their digits are drawn anew, so that nothing but words is remembered
from one run to the next. Both sides are measured in one process, set as the processes that read are.
What does not belong here: the figures of other formats, and printing.
"""

from __future__ import annotations

import gc
import io
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas

from dagster_project.ingest import layouts
from dagster_project.ingest.columns import frame
from dagster_project.ingest.documents import read_document
from dagster_project.ingest.model import Grid, Piece
from dagster_project.ingest.understand import Around, understand
from dagster_project.warehouse.workers import ALLOCATIONS_PER_COLLECTION

_AMOUNT = re.compile(r"(?<![\w.,'-])(?:\d{1,3}(?:\.\d{3})+|\d{3,6})(?![\w.,'-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DESCRIPTION = (
    "gemeente: Leiden\ntitel: Snelheid\nsoort: begroting\njaar: 2018\nvorm: web\neenheid: EUR_1000\n"
)
_DISTRICTS = ("noord", "oost", "zuid", "west", "centrum", "haven", "polder", "dorp", "rand", "kern")
GRIDS, TABLES, DOCUMENTS, PANDAS = "text to grids", "text to tables", "folder to document", "pandas.read_html"


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
    return [text for text in found if grids_in(text)]


def measure(sample: str, texts: Sequence[str], runs: int) -> Speed:
    """Read ``texts`` in every stage ``runs`` times, the stages taking turns, and take the medians.

    All stages read the same tables. A cell is a position of a grid, blank ones included.
    """
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION)
    spent: dict[str, list[float]] = {stage: [] for stage in _STAGES}
    tables = cells = 0
    for run in range(runs + 1):  # the first one warms up
        drawn = [with_other_amounts(text, random.Random(f"{run} {i}")) for i, text in enumerate(texts)]
        grids = [grids_in(text) for text in drawn]
        pages = ["".join(map(_as_html, found)) for found in grids]
        tables = sum(map(len, grids))
        cells = sum(len(row) for found in grids for grid in found for row in grid.rows)
        with tempfile.TemporaryDirectory() as root:
            folders = _written(drawn, Path(root))
            inputs = {GRIDS: drawn, TABLES: drawn, DOCUMENTS: folders, PANDAS: pages}
            for stage, read in _STAGES.items():
                before = time.process_time()
                for given in inputs[stage]:
                    read(given)
                if run:
                    spent[stage].append(time.process_time() - before)
    return Speed(sample, tables, cells, {s: cells / statistics.median(t) for s, t in spent.items()})


def grids_in(text: str) -> list[Grid]:
    """The grids of a text."""
    return [fragment for fragment in layouts.fragments(text) if isinstance(fragment, Grid)]


def with_other_amounts(text: str, chance: random.Random) -> str:
    """The text with other digits in every amount of three digits and more; years stay, and so does the layout."""
    return _AMOUNT.sub(lambda amount: _drawn(amount.group(), chance), text)


def _drawn(amount: str, chance: random.Random) -> str:
    if _YEAR.fullmatch(amount):
        return amount
    digits = "".join(chance.choice("0123456789") if c.isdigit() else c for c in amount[1:])
    return amount[0] + digits


def grown(text: str) -> list[str]:
    """Every table of a text as a text of its own with ten times the rows, in the same layout."""
    found = []
    for grid in grids_in(text):
        taken = frame(grid)
        if taken is not None:
            labels = taken.label_columns[-1] if taken.label_columns else 0
            header, body = grid.rows[: taken.first], [row for row in grid.rows[taken.first :] if any(row)]
            rows = [*header, *(_renamed(row, labels, name) for name in _DISTRICTS for row in body)]
            found.append(_as_text(rows, grid.layout))
    return found


def _renamed(row: Sequence[Piece | None], column: int, name: str) -> list[Piece | None]:
    """A row whose label goes on with ``name``."""
    return [
        Piece(f"{piece.text} {name}", piece.line) if piece is not None and c == column else piece
        for c, piece in enumerate(row)
    ]


def _as_text(rows: Sequence[Sequence[Piece | None]], layout: str) -> str:
    if layout in ("tab", "pipe"):
        between = "\t" if layout == "tab" else " | "
        return "\n".join(between.join(p.text if p else "" for p in row) for row in rows)
    between = "\n" if layout == "lines" else " "
    return "\n".join(between.join(p.text.strip() for p in row if p) for row in rows)


def _as_html(grid: Grid) -> str:
    rows = ("".join(f"<td>{escape(piece.text) if piece else ''}</td>" for piece in row) for row in grid.rows)
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
    GRIDS: layouts.fragments,
    TABLES: lambda text: understand(layouts.fragments(text), Around(), ""),
    DOCUMENTS: read_document,
    PANDAS: _read_html,
}
