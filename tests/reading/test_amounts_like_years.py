"""Amounts without points that look like years are amounts, and no header of another table."""

from __future__ import annotations

import pytest
from extracts import columns, of_rows, page_of, understood

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


NEAR = (("Bestuur", "1010"), ("Veiligheid", "2033"), ("Subtotaal", "3043"), ("Zorg", "1984"), ("Sport", "2010"), ("Subtotaal", "3994"), ("Totaal", "7037"))  # fmt: skip


@pytest.mark.parametrize(
    "name, text",
    [
        ("a.txt", of_rows("Overzicht (x € 1.000)", "Programma|Begroting 2024", *map("|".join, NEAR))),
        ("b.txt", "Overzicht (x € 1.000)\n\n| Programma | Begroting 2024 |\n" + "".join(f"| {a} | {b} |\n" for a, b in NEAR)),
        ("c.txt", "Overzicht (x € 1.000)\nProgramma Begroting 2024\n" + "".join(f"{a} {b}\n" for a, b in NEAR)),
    ],
)  # fmt: skip
def test_an_amount_near_the_year_of_the_document_below_others_without_points_is_a_row(name: str, text: str):
    (table,) = understood(text, name, jaar=2024).tables
    assert [(row.path[-1], cell.text) for row, cell in zip(table.rows, table.cells, strict=True)] == list(
        NEAR
    )
    assert not table.is_asked


def test_the_year_of_the_next_table_below_amounts_without_points_heads_that_table():
    text = "| Programma | 2024 |\n| Bestuur | 1010 |\n| Zorg | 3043 |\n| Totaal | 4053 |\n| Programma | 2025 |\n| Bestuur | 1110 |\n| Zorg | 3143 |\n| Totaal | 4253 |\n"
    assert [[c.path for c in t.columns] for t in understood(text, jaar=2025).tables] == [
        [("2024",)],
        [("2025",)],
    ]


def test_an_amount_like_the_year_of_the_document_below_a_header_begins_no_table():
    lines = [
        ("Instelling", "Subsidie 2027"),
        ("Buurtbus", "3367"),
        ("Harmonie", "-"),
        ("Slachtofferhulp", "1056"),
        ("Museum De Schuur", "2026"),
        ("Vluchtelingenwerk", "752029"),
        ("Totaal", "758478"),
    ]
    for text, name in (
        ("\n".join(";".join(line) for line in lines), "a.csv"),
        (page_of(lines), "a.html"),
    ):
        (table,) = understood(text, name, jaar=2027).tables
        assert [" ".join(column.path) for column in table.columns] == ["Subsidie 2027"]
        assert len(table.rows) == 6
