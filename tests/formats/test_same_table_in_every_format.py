"""A table says the same, whatever it is printed as: page, workbook, PDF, tab, pipe, one cell per line."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from reading import cells, tables, words
from rendering import RENDERERS, gold, positions

from dagster_project.reading.documents import read_document

RAW = Path(__file__).resolve().parents[2] / "raw"
SPANS_ARE_PRINTED = [name for name in RENDERERS if name not in ("tab", "pipe", "lines")]


@cache
def published():
    found = {}
    for folder in gold.folders():
        found[folder.name] = gold.table(folder)
    for folder in sorted(path for path in RAW.iterdir() if path.is_dir()):
        for table in read_document(folder).tables:
            found[f"{folder.name}-{table.no}"] = table
    return found


def printed(name: str, renderer: str) -> tuple[bytes, str]:
    file, render = RENDERERS[renderer]
    try:
        return render(positions(published()[name], "Omschrijving"), "Overzicht", "bedragen x € 1.000"), file
    except (OSError, ImportError) as error:
        pytest.skip(f"this printer does not work here: {error}")


@cache
def on_a_page(name: str) -> list:
    """The cells of the table as a page, with which every other format is compared."""
    return cells(tables(*printed(name, "html")))


def has_spans_to_guess(name: str) -> bool:
    """Text drops spans: a header over columns of which some have none of their own cannot be told then."""
    depth = {len(column.path) for column in published()[name].columns}
    first = {column.path[0] for column in published()[name].columns if len(column.path) > 1}
    return len(depth) > 1 and bool(first & {c.path[0] for c in published()[name].columns if len(c.path) == 1})


@pytest.mark.parametrize("name", published())
def test_a_page_gives_the_values_labels_and_headers_of_the_table(name):
    table = published()[name]
    got = [(row[-1:], column, value) for row, column, value in on_a_page(name)]
    want = [(row[-1:], column, value) for row, column, value in cells((table,))]
    assert got == want


@pytest.mark.parametrize("renderer", [name for name in SPANS_ARE_PRINTED if name != "html"])
@pytest.mark.parametrize("name", published())
def test_every_format_that_keeps_spans_gives_the_cells_of_the_page(name, renderer):
    assert cells(tables(*printed(name, renderer))) == on_a_page(name)


@pytest.mark.parametrize("renderer", ["tab", "pipe"])
@pytest.mark.parametrize("name", published())
def test_tab_and_pipe_give_the_cells_of_the_page(name, renderer):
    if has_spans_to_guess(name):
        pytest.skip("without spans nobody can tell which header stands over which column")
    assert cells(tables(*printed(name, renderer))) == on_a_page(name)


@pytest.mark.parametrize("name", published())
def test_one_cell_per_line_gives_the_values_of_the_page_in_order_and_no_other(name):
    page = [value for _, _, value in on_a_page(name)]
    found = [value for _, _, value in cells(tables(*printed(name, "lines")))]
    table = published()[name]
    positions_filled = {(cell.row, cell.column) for cell in table.cells}
    if len(positions_filled) == len(table.rows) * len(table.columns) and len(table.rows) > 1:
        assert found == page
    else:  # empty cells are not printed in this layout: a row may be refused, but nothing may be made up
        assert not Counter(found) - Counter(page)


def test_the_comparison_notices_a_changed_digit_a_moved_cell_and_another_header():
    name = next(iter(published()))
    data, file = printed(name, "html")
    page = cells(tables(data, file))
    row, column, value = page[0]
    changed = data.replace(published()[name].cells[0].text.encode(), b"999.999", 1)
    assert cells(tables(changed, file)) != page
    header = published()[name].columns[0].path[-1]
    renamed = data.replace(f">{header}<".encode(), b">Anders<", 1)
    assert cells(tables(renamed, file)) != page
    assert words((" ".join(row),)) == row and value is not None and column
