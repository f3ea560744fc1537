"""Tables as municipalities print them, read to the last value, path and marker.

Each extract under ``tables/`` has an ``.expected`` beside it: the column paths, then a line per row with
its path and its values. ``~`` is a mark without a number, a blank no cell, V and N the marker printed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.text import fragments
from dagster_project.reading.model import Table, join_path

FOLDER = Path(__file__).parent / "tables"
ASKED = {  # what their texts say can be read in two ways: their tables are asked about
    "indicatoren-jaren-in-cel",
    "kop-twee-regels-pdf",
}
EXTRACTS = sorted(FOLDER.glob("*.txt"), key=lambda p: p.name)


def expected(path: Path) -> dict[tuple[str, str], str]:
    header, *lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")[1:]
    return {
        (row.split("\t")[0], column): value
        for row in lines
        for column, value in zip(columns, row.split("\t")[1:], strict=False)
        if value
    }


def tables(path: Path) -> list[Table]:
    return list(understand(fragments(path.read_bytes().decode("utf-8")), Around(), path.name).tables)


def read(path: Path) -> dict[tuple[str, str], str]:
    cells = {}
    for table in tables(path):
        rows = {r.no: join_path(r.path) for r in table.rows}
        columns = {c.no: join_path(c.path) for c in table.columns}
        for cell in table.cells:
            value = "~" if cell.value is None else f"{cell.value}"
            position = rows[cell.row], columns[cell.column]
            said = value + (cell.marker or "")
            cells[position] = f"{cells[position]} {said}" if cell.occurrence > 1 else said
    return cells


@pytest.mark.parametrize("path", EXTRACTS, ids=lambda p: p.stem)
def test_every_value_stands_under_its_printed_row_and_column(path: Path) -> None:
    if path.stem in ASKED:
        assert all(table.lezing == "gevraagd" for table in tables(path))
    else:
        assert read(path) == expected(path)
