"""Amounts without points that look like years are amounts, and no header of another table."""

from __future__ import annotations

import pytest
from extracts import columns, of_rows, understood

ROWS = (
    ("Beschermd wonen", "7445", "7501", "7777"),
    ("Hulpmiddelen", "4373", "4389", "4613"),
    ("Hulp bij het huishouden", "2074", "1988", "1974"),
    ("Leerlingenvervoer", "3543", "3544", "3566"),
    ("Pleegzorg", "1069", "1068", "1071"),
    ("Totaal", "18504", "18490", "19001"),
)
HEADER = ("Product", "Rekening 2023", "Begroting 2024", "Begroting 2025")


def printed(how: str, header: tuple[str, ...] = HEADER) -> tuple[str, str]:
    """The rows below a title, in one of the ways in which tables are printed, and the name of the file."""
    rows = [header, *ROWS]
    if how == "cells":
        return of_rows("Sociaal domein", *map("|".join, rows)), "a.txt"
    if how == "csv":
        return "\n".join(";".join(row) for row in rows) + "\n", "a.csv"
    return "Sociaal domein\n\n" + "\n".join(" ".join(row) for row in rows) + "\n", "a.txt"


@pytest.mark.parametrize("how", ["cells", "csv", "lines"])
def test_a_row_of_amounts_far_from_the_year_of_the_document_stays_a_row(how: str):
    text, name = printed(how)
    (table,) = understood(text, name).tables
    assert columns(text, name) == list(HEADER[1:]) and not table.is_asked
    assert [row.path[-1] for row in table.rows] == [label for label, *_ in ROWS]


@pytest.mark.parametrize("how", ["cells", "csv", "lines"])
def test_years_far_away_that_follow_each_other_stay_the_header(how: str):
    text, name = printed(how, ("Product", "1998", "1999", "2000"))
    assert columns(text, name) == ["1998", "1999", "2000"]


def test_numbers_that_look_like_years_stay_years_beside_amounts_with_points():
    text = of_rows(
        "Gebouwen",
        "Gebouw|Bouwjaar|Lasten 2024|Lasten 2025",
        "Zwembad|1974|10.250|11.100",
        "Sporthal|1988|9.400|9.650",
        "Raadhuis|1962|12.300|12.750",
    )
    (table,) = understood(text).tables
    assert [cell.text for cell in table.cells] == ["10.250", "11.100", "9.400", "9.650", "12.300", "12.750"]
