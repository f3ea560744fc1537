"""What a report says of thousands of documents is written piece by piece: no page and no list is held as rows."""

from __future__ import annotations

import csv
import gc
import json
import tracemalloc
from types import SimpleNamespace

import duckdb
import pytest
from reports.example import example

from dagster_project.reports import queries
from dagster_project.reports.lists import write_list
from dagster_project.reports.pages import document_view
from dagster_project.reports.queries import UnreadableWarehouse, streamed
from dagster_project.reports.render import _packed, render_document
from dagster_project.reports.search import search_index
from dagster_project.reports.workbook import Workbook

MEGABYTE = 1_000_000
MANY = 60_000  # rows: as rows of Python more than 20 MB


@pytest.fixture(scope="module")
def warehouse():
    """``MANY`` printed rows of one value each, and what the search page reads beside them."""
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create schema landing; create schema history;
            create table landing.tables as select 't' as table_id, 1 as table_no, 'Lasten' as caption, null as section, 'EUR' as unit;
            create table landing.cells as
            select 'd' as document_id, 't' as table_id, 'd/t:' || n as cell_id, n as row_no, 1 as column_no, 1 as occurrence,
                'een regel met een naam ' || n as row_path, (n * 7)::varchar as text
            from range({MANY}) as r(n);
            create table history.cell_versions as
            select cell_id, md5(cell_id) as cell_key, 't' as table_key, null as state_to, 'cell' as bron from landing.cells;
            """
        )
        yield connection


def page_of(document_id: str):
    about = {
        "title": "T",
        "gemeente": "Delft",
        "kind": SimpleNamespace(nl="begroting", en="budget"),
        "href": "h",
        "gemeentecode": "GM1",
    }
    return SimpleNamespace(documents=[SimpleNamespace(document_id=document_id, **about)], gone=[], causes=[])


def peak_mb(work) -> float:
    """The most that Python held while it worked, in megabytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def test_rows_come_a_few_at_a_time(warehouse):
    query = "select cell_id, row_path, text from landing.cells"
    assert peak_mb(lambda: sum(1 for _ in streamed(warehouse, "cells", query))) < 5
    assert peak_mb(lambda: len(warehouse.execute(query).fetchall())) > 10, "held together they are much more"


def test_the_search_page_is_packed_piece_by_piece(warehouse):
    pieces = search_index(warehouse, page_of("d"))
    assert peak_mb(lambda: _packed(pieces)) < 8


def test_what_is_searched_is_whole(warehouse):
    found = json.loads("".join(search_index(warehouse, page_of("d"))))
    assert (len(found["rows"]), found["tables"], found["units"]) == (MANY, ["Lasten"], [1])
    assert [number for number, *_ in found["rows"][:2]] == [0, 0] and found["documents"][0][0] == "d"
    assert found["rows"][-1][2] == f"een regel met een naam {MANY - 1}"


def test_rows_of_documents_that_are_not_published_are_not_searched(warehouse):
    found = json.loads("".join(search_index(warehouse, page_of("another"))))
    assert (found["rows"], found["tables"], found["causes"]) == ([], [], [])


def test_a_list_is_written_row_by_row(warehouse, tmp_path):
    file = tmp_path / "lijst.csv"
    rows = streamed(warehouse, "cells", "select cell_id, row_path from landing.cells order by row_no")
    assert peak_mb(lambda: write_list(file, ("cel", "rij"), rows)) < 5
    with file.open(encoding="utf-8-sig", newline="") as written:
        assert sum(1 for _ in csv.reader(written, delimiter=";")) == 1 + MANY


def test_a_list_of_a_table_that_is_not_there_is_told(warehouse):
    with pytest.raises(UnreadableWarehouse, match="cannot read cells for the report"):
        next(streamed(warehouse, "cells", "select * from landing.nothing"))


def test_the_page_of_a_document_leaves_nothing_that_only_a_search_for_cycles_would_free(tmp_path):
    with queries.connect(str(example().write(tmp_path / "x.duckdb"))) as con:
        rows = queries.rows_of_pages(con, ["leiden-begroting"])["leiden-begroting"]
    render_document(document_view(rows, "000001"))  # compiles the templates, which is done once
    gc.collect()
    gc.disable()
    try:
        render_document(document_view(rows, "000001"))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_workbook_that_is_written_lets_go_of_its_cells(tmp_path):
    gc.collect()
    gc.disable()
    try:
        with Workbook(tmp_path / "x.xlsx") as book:
            book.sheet("blad", ((f"tekst {n}", n) for n in range(5_000)), {}, (0, 0))
        del book
        assert gc.collect() < 5_000  # of a cell each: what is left are formats and properties
    finally:
        gc.enable()
