"""What is printed ends in one place, or is told: each look at a file green on good text and red on one loss."""

from __future__ import annotations

from dataclasses import replace

import pytest
from extracts import understood

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.conservation import (
    glued,
    is_glued,
    lost,
    stray_rows,
    unplaced,
    unread_cells,
    unread_lines,
    without_known,
)
from dagster_project.reading.formats import read
from dagster_project.reading.grids import read_grid
from dagster_project.reading.model import Grid, Passage, Piece, Prose, Reject
from dagster_project.reading.panel import ROW, Panel, Strip
from dagster_project.reading.passages import read as read_passage
from dagster_project.reading.tables import Context, build

ROWS = [
    ("Omschrijving", "Rekening 2022", "Begroting 2023"),
    ("Wonen", "1.234", "2.345"),
    ("Zorg", "3.456", "4.567"),
    ("Groen", "12", "13"),
]


def grid() -> Grid:
    return Grid(tuple(tuple(Piece(text, no) for text in row) for no, row in enumerate(ROWS, 1)), "html")


def passage(*lines: str) -> Passage:
    return Passage(tuple((text, no, None) for no, text in enumerate(lines, 1)))


def without_row(panel: Panel, label: str) -> Panel:

    return replace(panel, rows=tuple(s for s in panel.rows if s.label != label))


def test_a_grid_that_was_read_whole_loses_nothing():
    assert list(lost(grid(), read_grid(grid(), "begroting", 2023), "a.html")) == []


def test_a_row_that_drops_out_of_a_grid_is_told_with_line_and_text():
    (panel,) = read_grid(grid(), "begroting", 2023)
    found = list(lost(grid(), [without_row(panel, "Zorg")], "a.html"))
    assert [(r.line, r.text) for r in found] == [(3, "Zorg"), (3, "3.456"), (3, "4.567")]
    assert {(r.line, r.text) for r in without_known(found, [])} == {(3, "Zorg")}


def test_one_number_that_drops_out_is_told_although_another_row_has_the_same():
    cells = [*ROWS, ("Cultuur", "1.234", "99")]
    twice = Grid(tuple(tuple(Piece(text, no) for text in row) for no, row in enumerate(cells, 1)), "html")
    (panel,) = read_grid(twice, "begroting", 2023)
    rows = tuple(
        Strip(ROW, s.label, line=s.line, values=(None, s.values[1])) if s.label == "Cultuur" else s
        for s in panel.rows
    )

    (breach,) = lost(twice, [replace(panel, rows=rows)], "a.html")
    assert (breach.line, breach.text) == (5, "1.234")


def test_text_with_a_grid_that_was_lost_is_read_whole_too():
    cells = passage(
        "Bedragen (x € 1.000)", *(text for row in ROWS for text in row), "Toelichting op de tabel."
    )
    assert list(lost(cells, list(read_passage(cells, "begroting", 2023)), "a.txt")) == []


def test_a_label_that_was_joined_over_lines_is_not_lost():
    source = passage("Begro-", "ting Wonen 1.234 2.345")
    whole = Prose("Begroting Wonen 1.234 2.345", 1)
    assert list(lost(source, [whole], "a.txt")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pagina 3 van 10",
        "12",
        "(bedragen x € 1.000)",
        "Programmabegroting 2023",
        "Rekening 2022 Begroting 2023",
    ],
)
def test_what_every_page_prints_may_go(text):
    (panel,) = read_grid(grid(), "begroting", 2023)
    table = Passage((*((" ".join(row), no, None) for no, row in enumerate(ROWS, 1)), (text, 9, None)))
    assert list(lost(table, [panel], "a.txt")) == []


# --- between panel and table --------------------------------------------------------------------------------


def test_a_row_that_gets_no_cells_is_told():
    (panel,) = read_grid(grid(), "begroting", 2023)
    table = build(panel, Context(1, "a.html")).table
    assert list(unplaced(panel, table)) == []

    gone = replace(table, cells=tuple(c for c in table.cells if c.line != 3))
    (breach,) = unplaced(panel, gone)
    assert breach.line == 3 and "Zorg | 3.456 | 4.567" in breach.text
    told = replace(gone, rejects=(Reject("a.html", 3, "rij heeft te veel waarden"),))
    assert list(unplaced(panel, told)) == []


# --- rows in the text between tables ----------------------------------------------------------------------------


def beside(*texts: str) -> list[Reject]:
    (panel,) = read_grid(grid(), "begroting", 2023)
    return list(stray_rows([panel, *(Prose(text, 20 + no) for no, text in enumerate(texts))], "a.txt"))


@pytest.mark.parametrize(
    "texts",
    [
        ("Totaal 4.702 6.925",),
        ("Totaal | 4.702 | 6.925",),
        ("Totaal", "4.702", "6.925"),
        ("4.702",),
    ],
)
def test_a_row_among_the_text_beside_a_table_is_told(texts):
    (breach,) = beside(*texts)
    assert breach.line == 20 and breach.kind == "reject" and "4.702" in breach.text


def test_lines_that_end_in_as_many_amounts_are_rows_however_many_the_table_beside_them_has():
    lines = ("Wonen 1.234 2.345 3.456", "Zorg 12.345 3.456 4.567")
    assert [breach.text for breach in beside(*lines)] == list(lines)
    assert beside(lines[0]) == []  # one alone may be a sentence


def test_a_grid_of_one_row_that_gave_no_table_is_told_beside_a_table_of_as_many_columns():
    page = "<p>x € 1.000<table><tr><td>Programma<td>2024<td>2025<tr><td>Zorg<td>1.204<td>1.305<tr><td>Groen<td>21<td>22</table>"
    alone = "<table><tr><td>Saldo van alles<td>1.225<td>1.327</table>"
    assert [r.text for r in understood(page + alone, "a.html").rejects] == ["Saldo van alles | 1.225 | 1.327"]
    assert not understood(page + alone.replace("<td>1.327", ""), "a.html").rejects


def test_a_row_that_became_the_title_of_a_table_is_told():
    (panel,) = read_grid(grid(), "begroting", 2023)
    titled = replace(panel, captions=(Prose("Totaal 4.702 6.925", 1),))
    assert [r.text for r in stray_rows([Prose("Lasten", 0), titled], "a.txt")] == ["Totaal 4.702 6.925"]
    assert [r.text for r in stray_rows([titled], "a.txt")] == ["Totaal 4.702 6.925"]


@pytest.mark.parametrize(
    "text",
    [
        "Bedragen x € 1.000",
        "De lasten stijgen van € 4,7 miljoen naar € 6,9 miljoen.",
        "Rekening 2022 Begroting 2023",
        "Tabel 3.1 Overzicht",
        "Programma 1",
        "Pagina 12",
        "Op 1 januari 2023 besloot de raad tot een bijdrage aan het project in de wijk van in totaal 4.702 6.925",
    ],
)
def test_running_text_titles_and_units_are_no_rows(text):
    assert beside(text) == []


def test_text_without_a_table_beside_it_has_no_rows():
    assert list(stray_rows([Prose("Totaal 4.702 6.925", 1)], "a.txt")) == []


# --- glued amounts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["02.7585462.2122.7815472.234", "1.234567.890", "1,52,33,1"])
def test_amounts_without_a_blank_between_them_are_seen(word):
    assert is_glued(word)


@pytest.mark.parametrize(
    "word",
    ["12.345.678", "1.234,50", "0,10", "01-01-2023", "1.2.3", "NL12ABNA0123456789", "2.1.4a", "1.234.567,89"],
)
def test_one_amount_a_date_or_a_code_is_not_glued(word):
    assert not is_glued(word)


def test_glued_lines_are_told_by_line_beside_a_table_that_is_read():
    text = "Programma Rekening 2016 Begroting 2017\nWonen 1.234 2.345\nZorg 3.456 4.567\nProgramma 02.7585462.2122.7815472.234\n"
    found = understand(read(text.encode(), "a.txt").fragments, Around(soort="begroting", jaar=2017), "a.txt")
    assert [r.line for r in found.rejects if r.kind == "reject"] == [4]
    assert [r.line for r in glued(passage(*text.splitlines()), "a.txt")] == [4]


@pytest.mark.parametrize(
    "line",
    [
        "Bomen in beheer {0}.412 (2021) {0}.977 (2022) 39.5{0}0 Beheersysteem",
        "Tevredenheid 4{0}% (2021) 5{0}% (2022) 5{0}% Peiling",
    ],
)
def test_rows_that_no_table_was_made_of_are_told_where_nothing_else_was_read(line):
    pieces = [Prose(line.format(n), n, None) for n in range(1, 5)]
    (told,) = unread_lines(pieces, "a.txt")
    assert (told.line, told.reason) == (1, "tabel met 4 rijen getallen is niet gelezen")
    assert not list(unread_lines(pieces[:2], "a.txt"))


def test_sentences_with_amounts_are_no_rows_of_an_unread_table():
    text = "De lasten van het programma stijgen in {0} met € 1.{0}00.000 door hogere lonen en prijzen."
    assert not list(unread_lines([Prose(text.format(n), n, None) for n in range(1, 9)], "a.txt"))


# --- all of it ------------------------------------------------------------------------------------------------------


def test_a_number_behind_the_last_row_is_never_silent():
    cells = [*(t for row in ROWS for t in row), "Cultuur", "1.500", "2.500", "4.500"]
    found = understand(
        read("\n".join(cells).encode(), "a.txt").fragments, Around(soort="begroting", jaar=2023), "a.txt"
    )
    landed = {c.text for t in found.tables for c in t.cells}
    told = [r for r in (*found.rejects, *(r for t in found.tables for r in t.rejects)) if r.kind == "reject"]
    assert "4.500" in landed or [r for r in told if "4.500" in r.text]


def test_a_line_that_a_reject_names_is_not_told_twice():
    known = [Reject("a.txt", 3, "rij heeft te veel waarden")]
    breaches = [
        Reject("a.txt", 3, "staat gedrukt"),
        Reject("a.txt", 4, "staat gedrukt"),
        Reject("a.txt", 4, "nog eens"),
    ]
    assert [(r.line, r.reason) for r in without_known(breaches, known)] == [(4, "staat gedrukt")]


def test_a_list_of_contents_with_a_number_below_every_title_is_no_table_that_was_not_read():
    lines = [
        Prose(text, n, None) for n, text in enumerate(("Inleiding", "3", "Zorg", "7", "Wonen", "12"), start=1)
    ]
    assert list(unread_cells(lines, "a.txt")) == []
    amounts = [replace(line, text="4") if line.text == "12" else line for line in lines]
    assert [reject.line for reject in unread_cells(amounts, "a.txt")] == [1]
