"""Workbooks as a person sees them: printed numbers, merged cells, hidden parts, sheets."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from reading import grids, reasons, texts

from dagster_project.reading import formats
from dagster_project.reading.formats.number_formats import printed_date, printed_number


def workbook(rows, change=None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Reserves"
    for row in rows:
        sheet.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (1234.5, "#,##0", "1.235"),
        (-1234, "#,##0;-#,##0", "-1.234"),
        (-1234, "#,##0_);(#,##0)", "(1.234)"),
        (-3, "0;0-", "3-"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,##0;-#,##0;", ""),
        (-1234567.891, '_ "€" * #,##0.00_ ;_ "€" * \\-#,##0.00_ ', "€ -1.234.567,89"),
        (-315000, "[$€-413] #,##0", "€ -315.000"),
        (0.123, "0.0%", "12,3%"),
        (1234567, "#,##0,", "1.235"),
        (1234567, "#,##0.0,,", "1,2"),
        (12, '0" ha"', "12 ha"),
        (5, "[Red]0.00", "5,00"),
        (2018, "General", "2018"),
        (0.1 + 0.2, "General", "0,3"),
        (1.5, "0.##", "1,5"),
        (3, "# ?/?", "3"),
        (-0.2, "#,##0", "0"),
        (12345, '#,##0 "N"', "12.345 N"),
        (float("1e300"), "0.0E+00", "1" + "0" * 300),
    ],
)
def test_a_number_is_printed_as_its_cell_shows_it(value, number_format, printed):
    assert printed_number(value, number_format) == printed


def test_a_date_is_printed_as_a_date_and_a_year_as_a_year():
    assert printed_date(date(2025, 12, 31), "dd-mm-yyyy") == "31-12-2025"
    assert printed_date(date(2025, 1, 1), "yyyy") == "2025"


def test_merged_cells_are_one_piece_with_spans():
    def merge(book):
        book.active.merge_cells("B1:C1")
        book.active.merge_cells("A1:A2")

    data = workbook([["Naam", 2018, None], [None, "L", "B"], ["Jeugd", 1, 2]], merge)
    grid = grids(data, "a.xlsx")[0]
    assert texts(grid) == [["Naam", "2018", None], [None, "L", "B"], ["Jeugd", "1", "2"]]
    assert (grid.rows[0][0].rowspan, grid.rows[0][1].colspan) == (2, 2)


def test_numbers_as_text_read_as_they_are_written():
    assert texts(grids(workbook([["", "2018"], ["Jeugd", "1.234-"], ["Wmo", 5]]), "a.xlsx")[0])[1] == [
        "Jeugd",
        "1.234-",
    ]


def test_every_address_of_a_script_in_a_cell_is_told_with_its_cell():
    def links(book):
        book.active["A2"].hyperlink = "javascript:alert(1)"
        book.active["B2"].hyperlink = "https://example.org"
        book.active["A3"] = '=HYPERLINK("javascript:alert(2)","Straten")'

    data = workbook([["Post", "2024"], ["Wegen", 1], ["Straten", 2]], links)
    told = {
        reject.text: reject.reason
        for reject in formats.read(data, "map.xlsx").rejects
        if reject.kind == "note"
    }
    assert told.keys() == {"javascript:alert(1)", "javascript:alert(2)"}
    assert "cel A2" in told["javascript:alert(1)"] and "cel A3" in told["javascript:alert(2)"]


def test_hidden_rows_columns_and_sheets_are_left_out_and_told():
    def hide(book):
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["C"].hidden = True
        book.create_sheet("Geheim").sheet_state = "hidden"

    data = workbook([["", "2018", "2019"], ["a", 1, 7], ["b", 2, 8], ["c", 3, 9]], hide)
    assert texts(grids(data, "a.xlsx")[0]) == [["", "2018"], ["a", "1"], ["c", "3"]]
    told = reasons(data, "a.xlsx")
    assert "rij 3; kolom C" in told and "'Geheim': verborgen blad" in told


def test_a_formula_without_its_value_is_rejected_with_sheet_and_cell_and_the_rest_is_read():
    data = workbook([["", "2018"], ["a", 1], ["totaal", "=SUM(B2:B2)"]])
    assert "blad 'Reserves', cel B3: formule zonder opgeslagen waarde (=SUM(B2:B2))" in reasons(
        data, "a.xlsx"
    )
    assert texts(grids(data, "a.xlsx")[0])[1] == ["a", "1"]


def test_a_cell_that_shows_an_error_is_rejected_with_its_place():
    assert "cel B2: de cel toont een fout (#REF!)" in reasons(
        workbook([["", "2018"], ["a", "#REF!"]]), "a.xlsx"
    )


def test_a_raised_digit_in_a_text_stays_apart():
    note = CellRichText("1.234", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    assert texts(grids(workbook([["", "2018"], ["a", note], ["b", 2]]), "a.xlsx")[0])[1] == ["a", "1.234¹"]


def test_titles_notes_and_several_tables_of_a_sheet_come_apart():
    rows = [
        ["Eerste tabel"], [], ["", "2018", "2019"], ["a", 1, 2], [], ["totaal", 1, 2], [], ["* noot"],
        [], ["Tweede tabel"], ["", "Begroting", "Rekening"], ["b", 3, 4],
    ]  # fmt: skip
    found = formats.read(workbook(rows), "a.xlsx").fragments
    said = [getattr(fragment, "text", "tabel") for fragment in found]
    assert said == ["Eerste tabel", "tabel", "* noot", "Tweede tabel", "tabel"]
    assert texts(found[1])[-1] == ["totaal", "1", "2"], "a blank row sets a total apart and ends no table"


def test_pieces_know_their_sheet_and_row():
    grid = grids(workbook([["Titel"], [], ["", "2018"], ["a", 1]]), "a.xlsx")[0]
    assert grid.sheet == "Reserves" and grid.rows[1][0].line == 4


def test_a_cell_at_the_far_corner_of_the_sheet_costs_nothing():
    def far(book):
        book.active["XFD1048576"] = "einde"

    assert texts(grids(workbook([["", "2018"], ["a", 1]], far), "a.xlsx")[0])[1][:2] == ["a", "1"]
