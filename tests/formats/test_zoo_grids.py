"""A table printed to PDF has the grid of the page that it was printed from: made-up tables of every family."""

from __future__ import annotations

import importlib.util
import random
import re
from functools import cache
from pathlib import Path

import pytest
from reading import grids

from dagster_project.reading.model import Grid

ZOO = Path(__file__).resolve().parents[3] / "shared" / "tools" / "zoo.py"
FAMILIES = [
    "overzicht", "programma", "taakvelden", "sociaal", "reserves_kolom", "reserves_rij", "voorzieningen",
    "investeringen", "balans", "emu", "kerntotalen", "subsidies",
]  # fmt: skip


@cache
def zoo():
    if not ZOO.exists():
        pytest.skip("the generator of tables is not on this machine")
    spec = importlib.util.spec_from_file_location("zoo", ZOO)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["zoo"] = module
    spec.loader.exec_module(module)
    return module


def printed(family: str, monkeypatch) -> tuple[bytes, bytes]:
    """A made-up table as a page and as the PDF that a printer makes of it."""
    try:
        import weasyprint
    except OSError as error:
        pytest.skip(f"no printer for pages here: {error}")
    pages: list[str] = []
    original = weasyprint.HTML

    def remembered(string: str):
        pages.append(string)
        return original(string=string)

    monkeypatch.setattr(weasyprint, "HTML", remembered)
    pdf = zoo().make_case(random.Random(f"grids/{family}"), family, "pdf")[0]
    return pages[-1].encode(), pdf


def rows(grid: Grid) -> list[list[tuple[int, str]]]:
    """The texts of each row with their columns, without white space, hyphens and rows that are empty."""
    found = (
        [
            (column, re.sub(r"[\s-]+", "", piece.text))
            for column, piece in enumerate(row)
            if piece and piece.text.strip()
        ]
        for row in grid.rows
    )
    return [row for row in found if row]


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_pdf_has_the_rows_and_columns_of_the_page_it_was_printed_from(family, monkeypatch):
    page, pdf = printed(family, monkeypatch)
    wanted, found = grids(page, "a.html"), grids(pdf, "a.pdf")
    assert len(found) == len(wanted)
    for on_page, in_pdf in zip(wanted, found, strict=True):
        body = rows(on_page)[-5:]  # rows of figures; where the header ends is for who reads it
        assert rows(in_pdf)[-5:] == body
        assert len(in_pdf.rows[0]) == len(on_page.rows[0])
