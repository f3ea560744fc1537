"""PDFs without drawn cells: over which columns an upper text of the header stands, and what is asked about it."""

from __future__ import annotations

from reading import grids, tables, texts
from test_pdf_files import drawn, row

from dagster_project.reading.formats.column_headers import Head, rows_of
from dagster_project.reading.formats.columns import Columns
from dagster_project.reading.formats.geometry import Line, Segment, Word
from dagster_project.reading.matrix import matrix_of
from dagster_project.reading.model import Piece

ROWS = (
    ("Algemene reserve", "1.234", "1.200", "1.180", "1.150"),
    ("Reserve wegen", "640", "600", "580", "420"),
    ("Totaal", "1.874", "1.800", "1.760", "1.570"),
)


def read(*header):
    page = [
        *header,
        *(word for n, (label, *values) in enumerate(ROWS) for word in row(128 + n * 14, label, *values)),
    ]
    (table,) = tables(drawn([page]), "a.pdf")
    return [" > ".join(column.path) for column in table.columns], table


def lower(*texts: str):
    return row(112, "Reserve", *texts)


def test_a_text_at_the_left_edge_of_the_first_of_its_columns_stands_over_all_years():
    over, table = read(("Stand per 1 januari", 255, 101, "L"), *lower("2025", "2026", "2027", "2028"))
    assert over == [f"Stand per 1 januari > {year}" for year in range(2025, 2029)]
    assert not table.is_asked


def test_a_text_at_the_right_edge_of_the_last_year_stands_over_all_years_before_a_column_that_is_no_year():
    over, _ = read(("Stand", 420, 101, "R"), *lower("2025", "2026", "2027", "Verloop"))
    assert over == ["Stand > 2025", "Stand > 2026", "Stand > 2027", "Verloop"]


def test_a_text_in_the_middle_of_three_years_that_looks_like_the_first_line_of_one_of_them_stands_over_all():
    over, _ = read(("Raming", 340, 101, "C"), *lower("2025", "2026", "2027", "Verschil"))
    assert over == ["Raming > 2025", "Raming > 2026", "Raming > 2027", "Verschil"]


def test_a_year_at_the_left_of_its_columns_goes_up_to_the_next_whatever_these_are_called():
    over, _ = read(("2025", 255, 101, "L"), ("2026", 375, 101, "L"), *lower("Toev.", "Onttr.", "Bij", "Af"))
    assert over == ["2025 > Toev.", "2025 > Onttr.", "2026 > Bij", "2026 > Af"]


def test_a_text_that_may_stand_over_two_columns_or_three_is_asked_about_where_words_do_not_tell():
    _, table = read(("Mutaties", 340, 101, "R"), *lower("Begin", "Toevoeging", "Onttrekking", "Eind"))
    assert table.is_asked


def test_a_lone_text_over_two_columns_in_the_middle_of_all_is_no_title():
    blank = Piece("", 1)
    header = (blank, Piece("Bestemd", 1, colspan=2), None, blank)
    rows = (header, tuple(Piece(text, 2) for text in ("Reserve", "2025", "2026", "2027")))
    assert matrix_of(rows).texts[0] == ("", "Bestemd", "", "")


def test_a_column_that_a_header_names_on_two_lines_and_no_row_fills_is_a_column_of_its_own():
    header = (
        *row(101, "", "Restant", "", "Aflossing", "Restant", step=60),
        *row(112, "Lening", "1-1-2024", "", "2024", "31-12-2024"),
        ("Nieuwe", 322, 101, "L"),
        ("leningen", 322, 112, "L"),
    )
    page = [*header, *row(130, "BNG", "143", "", "18", "125"), *row(144, "NWB", "224", "", "23", "201")]
    (grid,) = grids(drawn([page]), "a.pdf")
    assert texts(grid)[-3:] == [
        ["Lening", "Restant 1-1-2024", "Nieuwe leningen", "Aflossing 2024", "Restant 31-12-2024"],
        ["BNG", "143", "", "18", "125"],
        ["NWB", "224", "", "23", "201"],
    ]


def test_years_in_the_middle_of_three_quantities_that_come_back_stand_over_them_all():
    header = ("Baten", "Lasten", "Saldo") * 2
    page = [
        ("2025", 330, 101, "C"),
        ("2026", 470, 101, "C"),
        *row(112, "Programma", *header, step=46),
        *row(128, "Zorg", "4", "1", "3", "6", "2", "4", step=46),
        *row(142, "Wegen", "5", "2", "3", "7", "3", "4", step=46),
        *row(156, "Totaal", "9", "3", "6", "13", "5", "8", step=46),
    ]
    (table,) = tables(drawn([page]), "a.pdf")
    assert [column.path for column in table.columns] == [
        (year, name) for year in ("2025", "2026") for name in header[:3]
    ]


def test_a_budget_at_the_right_of_before_and_after_changes_stands_over_both():
    over, _ = read(
        ("Begroting 2020", 420, 101, "R"), *lower("Rekening", "voor wijz.", "na wijz.", "Verschil")
    )
    assert over[1:3] == ["Begroting 2020 > voor wijz.", "Begroting 2020 > na wijz."]


def test_a_text_over_one_column_does_not_reach_to_the_next_that_has_none_above_it():
    over, _ = read(
        *row(101, "", "Toegestane", "Werkelijke", "", "Loonsom"),
        *row(112, "Team", "formatie", "bezetting", "Vacatures", "2020"),
    )
    assert over == ["Toegestane formatie", "Werkelijke bezetting", "Vacatures", "Loonsom 2020"]


def test_texts_at_the_right_of_as_many_columns_stand_over_all_of_them_however_many_ways_there_are():
    header = ("Lasten", "Baten", "Saldo") * 4
    states = ("Begroting vooraf", "Begroting nu", "Realisatie", "Verschil")
    page = [
        *((state, 226 + n * 108, 101, "R") for n, state in enumerate(states)),
        *row(112, "Programma", "", *header[1:], first=154, step=36),
        ("Lasten", 134, 112, "L"),
        *row(128, "Zorg", *("4", "1", "3") * 4, first=154, step=36),
        *row(142, "Wegen", *("5", "2", "3") * 4, first=154, step=36),
        *row(156, "Totaal", *("9", "3", "6") * 4, first=154, step=36),
    ]
    (table,) = tables(drawn([page], size=8), "a.pdf")
    assert [column.path for column in table.columns] == [(s, name) for s in states for name in header[:3]]


def test_a_lower_text_stands_under_an_upper_one_where_texts_of_one_line_stand_on_top():
    page = [
        ("Krediet", 50, 101, "L"),
        *((text, x, 101, "L") for text, x in (("Raming", 255), ("Besteed", 305), ("Restant", 485))),
        *((text, x, 112, "L") for text, x in (("2023", 305), ("2024", 365), ("Totaal", 425))),
        *row(128, "Plein", "91.000", "10.000", "20.000", "30.000", "61.000"),
        *row(142, "Brug", "82.000", "20.000", "20.000", "40.000", "42.000"),
    ]
    (table,) = tables(drawn([page]), "a.pdf")
    assert [" > ".join(column.path) for column in table.columns] == [
        "Raming",
        "Besteed > 2023",
        "Besteed > 2024",
        "Besteed > Totaal",
        "Restant",
    ]
    assert not table.is_asked


def test_a_header_at_the_right_of_words_set_at_the_left_is_theirs_and_not_that_of_the_figures_behind_them():
    page = [
        *row(101, "", "Raming", "", "", "Werkelijk"),
        ("I/S", 400, 101, "R"),
        *(
            w
            for n, mark in enumerate("ISI")
            for w in (*row(115 + 14 * n, "Zorg", "7.605", "", "", "4.607"), (mark, 310, 115 + 14 * n, "L"))
        ),
    ]
    (table,) = tables(drawn([page]), "a.pdf")
    assert [" > ".join(column.path) for column in table.columns] == ["Raming", "Werkelijk"]


def test_a_text_that_seems_to_reach_over_the_next_one_ends_where_that_begins():
    columns = Columns(
        spans := tuple((100.0 * c, 100.0 * c + 60) for c in range(4)), spans, frozenset({1, 2, 3})
    )
    unit = Word(0, 60, 10, 18, "x € 1.000", 8)
    state = Word(180, 260, 10, 18, "Begroting 2025", 8)
    heads = [Head([Segment((unit,))], [0], [0, 1, 2]), Head([Segment((state,))], [0], [1, 2, 3])]
    (row,) = rows_of([heads], [Line(1, (unit, state))], columns, 1)
    assert [(piece.text, piece.colspan) for piece in row if piece] == [
        ("x € 1.000", 1),
        ("Begroting 2025", 3),
    ]
