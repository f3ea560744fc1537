"""Web pages as saved: spans, nesting, hidden parts, tags that never close."""

from __future__ import annotations

import time

import pytest
from reading import grids, reasons, tables, texts

from dagster_project.reading import formats
from dagster_project.reading.model import Grid, Prose


def read(page: str):
    return formats.read(page.encode(), "pagina.html").fragments


def only_grid(page: str) -> Grid:
    found = grids(page.encode(), "pagina.html")
    assert len(found) == 1
    return found[0]


def test_merged_headers_keep_their_spans_and_cover_the_positions_below():
    grid = only_grid(
        "<table><tr><th rowspan=2>Naam<th colspan=2>2018<tr><th>L<th>B<tr><td>Jeugd<td>1.234<td>5</table>"
    )
    assert texts(grid) == [["Naam", "2018", None], [None, "L", "B"], ["Jeugd", "1.234", "5"]]
    assert (grid.rows[0][1].colspan, grid.rows[0][0].rowspan) == (2, 2)
    assert grid.header_rows == 2


def test_a_span_of_a_thousand_million_columns_spans_the_table_and_costs_nothing():
    start = time.perf_counter()
    grid = only_grid("<table><tr><th colspan=1000000000>Titel<tr><td>a<td>1<td>2</table>")
    assert grid.rows[0][0].colspan == 3
    assert time.perf_counter() - start < 1


def test_rows_that_together_span_more_than_any_table_are_rejected_with_their_line():
    page = "<table>" + "<tr>" + "<td rowspan=60000 colspan=900>x" * 3 + "\n<tr><td>1" * 2_000
    assert "4.000.000 posities" in reasons(page.encode(), "pagina.html")


def test_a_rowspan_ends_with_its_section():
    grid = only_grid(
        "<table><thead><tr><th rowspan=9>A<th>B</thead><tbody><tr><td>x<td>1<tr><td>y<td>2</tbody></table>"
    )
    assert texts(grid)[1:] == [["x", "1"], ["y", "2"]]


@pytest.mark.parametrize(
    "hidden",
    ["<td hidden>9", "<td style='display: none'>9", "<td class='sr-only'>9"],
)
def test_a_cell_that_is_not_on_the_page_is_left_out_and_told(hidden):
    page = f"<table><tr><td>a{hidden}<td>1<tr><td>b<td>2</table>"
    assert texts(only_grid(page)) == [["a", "1"], ["b", "2"]]
    assert "verborgen" in reasons(page.encode(), "pagina.html")


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("<script>alert(1)</script>Wegen", ("<script>", "alert(1)")),
        ("<del>Straten</del>Wegen", ("<del>", "Straten")),
        ("<a href=' javascript:alert(2)'>Wegen</a>", ("<a>", "javascript:alert(2)")),
    ],
)
def test_what_stands_in_a_cell_and_is_not_printed_is_left_out_and_told(cell, left):
    page = f"<script>let x</script><table><tr><td>{cell}<td>1\n<tr><td>b<td>2<tr><td>{cell}<td>3</table>"
    read = formats.read(page.encode(), "pagina.html")
    assert texts(grids(page.encode(), "pagina.html")[0])[0] == ["Wegen", "1"]
    (told,) = read.rejects
    assert (told.kind, told.line, told.text) == ("note", 1, left[1])
    assert left[0] in told.reason and left[0] in told.reason_en and "2 keer" in told.reason


def test_every_address_of_a_script_is_told_in_cells_and_in_prose():
    links = "<a href='javascript:a(1)'>een</a> <a href='JavaScript:a(2)'>twee</a> <a href='java\tscript:a(1)'>drie</a>"
    page = f"<p>Zie {links}</p><table><tr><td>{links}<td>1<tr><td>b<td>2</table>"
    read = formats.read(page.encode(), "pagina.html")
    told = [(note.reason.partition(" weggelaten")[0].partition(": ")[2], note.text) for note in read.rejects]
    assert {note.kind for note in read.rejects} == {"note"}
    for where in ("uit cellen", "uit de tekst"):
        assert [text for place, text in told if place == where] == [
            "javascript:a(1)",
            "JavaScript:a(2)",
            "java script:a(1)",
        ]
    assert [fragment.text for fragment in read.fragments if isinstance(fragment, Prose)] == [
        "Zie een twee drie"
    ]


def test_more_addresses_of_scripts_than_can_be_read_are_counted():
    page = "<p>" + "".join(f"<a href='javascript:a({n})'>x</a>" for n in range(25))
    *named, rest = formats.read(page.encode(), "pagina.html").rejects
    assert len(named) == 20 and "<a> 5 keer, met nog andere tekst" in rest.reason


def test_a_tag_in_a_cell_that_shows_nothing_is_not_told():
    page = "<table><tr><td><a href='/x'>a</a><svg></svg><td>1<tr><td>b<td>2</table>"
    assert not formats.read(page.encode(), "pagina.html").rejects


@pytest.mark.parametrize("hidden", ["aria-hidden=true", "style='visibility:hidden'"])
def test_a_cell_that_keeps_its_place_but_shows_nothing_is_empty(hidden):
    page = f"<table><tr><td>a<td {hidden}>9<td>1<tr><td>b<td>7<td>2</table>"
    assert texts(only_grid(page)) == [["a", "", "1"], ["b", "7", "2"]]


def test_scripts_and_styles_are_never_read():
    page = "<script>document.write('<table><tr><td>1<td>2</table>')</script><style>td{}</style><p>tekst"
    assert [fragment.text for fragment in read(page)] == ["tekst"]


def test_entities_declared_outside_are_never_fetched(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("12345")
    page = (
        f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]><table><tr><td>a<td>&x;<tr><td>b<td>1</table>"
    )
    assert "12345" not in str(read(page))


def test_a_page_that_closes_nothing_reads_as_browsers_read_it():
    assert texts(only_grid("<html><body><table><tr><th>A<th>B<tr><td>x<td>1<tr><td>y<td>2")) == [
        ["A", "B"],
        ["x", "1"],
        ["y", "2"],
    ]


def test_a_table_that_only_arranges_the_page_gives_the_tables_and_lines_in_it_in_order():
    page = "<table><tr><td>menu<td><h2>Titel</h2>voor<table><tr><td>a<td>1<tr><td>b<td>2</table>na</table>"
    found = read(page)
    assert [fragment.text if isinstance(fragment, Prose) else "tabel" for fragment in found] == [
        "menu",
        "Titel",
        "voor",
        "tabel",
        "na",
    ]
    assert found[1].level == 2


def test_a_table_of_one_cell_inside_a_cell_is_that_cells_text():
    page = "<table><tr><td>a<td><table><tr><td>12</table><tr><td>b<td>2</table>"
    assert texts(only_grid(page)) == [["a", "12"], ["b", "2"]]


def test_a_raised_digit_stays_apart_from_the_number_before_it():
    assert texts(only_grid("<table><tr><td>a<td>1.234<sup>1</sup><tr><td>m<sup>2</sup><td>2</table>")) == [
        ["a", "1.234¹"],
        ["m²", "2"],
    ]


def test_marks_of_direction_and_spaces_that_do_not_break_are_not_part_of_a_text_and_a_line_break_is():
    page = "<table><tr><td>a\u200f<td>\u202a1.234\u202c<tr><td>lang<br>label<td>1&nbsp;234</table>"
    assert texts(only_grid(page)) == [["a", "1.234"], ["lang\nlabel", "1 234"]]


def test_elements_with_roles_are_a_table_too():
    page = (
        "<div role=table><div role=row><span role=columnheader>A</span><span role=columnheader>B</span></div>"
        "<div role=row><span role=cell>x</span><span role=cell>1</span></div></div>"
    )
    assert texts(only_grid(page)) == [["A", "B"], ["x", "1"]]


def test_every_piece_knows_the_line_it_stands_on():
    grid = only_grid("<table>\n<tr><td>a<td>1\n<tr><td>b\n<td>2\n</table>")
    assert [[piece.line for piece in row] for row in grid.rows] == [[2, 2], [3, 4]]


def test_the_caption_stands_before_its_table():
    found = read("<table><caption>Bedragen x 1.000</caption><tr><td>a<td>1<tr><td>b<td>2</table>")
    assert [type(fragment).__name__ for fragment in found] == ["Prose", "Grid"]


def test_columns_without_any_text_are_left_out():
    grid = only_grid(
        "<table><tr><td colspan=3>kop<td>X<tr><td>a<td> <td>1<td>2<tr><td>b<td><td>3<td>4</table>"
    )
    assert texts(grid)[1] == ["a", "1", "2"]
    assert grid.rows[0][0].colspan == 2


def test_a_saved_web_archive_gives_its_page():
    archive = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=grens\n\n--grens\n"
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<table><tr><td>caf=C3=A9<td>1<tr><td>b<td>2</table>\n--grens--\n"
    )
    assert texts(grids(archive, "pagina.mht")[0])[0] == ["café", "1"]


def test_the_encoding_that_a_page_declares_is_used():
    page = "<meta charset='iso-8859-15'><table><tr><td>€ é<td>1<tr><td>b<td>2</table>".encode("iso-8859-15")
    assert texts(grids(page, "pagina.html")[0])[0] == ["€ é", "1"]


def test_a_word_broken_after_a_hyphen_keeps_the_break_for_who_knows_the_word():
    page = "<table><tr><th>Meerjaren-<br>raming<th>mei-<br>en september<tr><td>a<td>1</table>"
    assert texts(only_grid(page))[0] == ["Meerjaren-\nraming", "mei-\nen september"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Totaal<sup>2</sup>", "Totaal²"),
        ("Totaal <sup>1)</sup>", "Totaal ¹⁾"),
        ("Totaal<sup>a</sup>", "Totaal (a)"),
        ("1<sup>e</sup> wijziging", "1e wijziging"),
        ("m<sup>2</sup>", "m²"),
    ],
)
def test_a_raised_mark_never_joins_the_word_before_it(cell, text):
    assert texts(only_grid(f"<table><tr><td>{cell}<td>1<tr><td>b<td>2</table>"))[0][0] == text


def test_bold_indent_and_header_cells_are_told():
    page = """<table><thead><tr><td>Naam<td>2023</thead><tr><th>Zorg<td>1
      <tr><td style="padding-left: 12px">Jeugd<td><b>2</b><tr><td>&nbsp;&nbsp;Wmo<td>3
      <tr><td><b>Tot</b>aal<td style="font-weight:700">6<tr style="font-weight: bold"><td>Saldo<td>7</table>"""
    rows = only_grid(page).rows
    assert [[piece.is_head for piece in row] for row in rows[:3]] == [
        [True, True],
        [True, False],
        [False, False],
    ]
    assert [row[0].indent for row in rows] == [0, 0, 3, 2, 0, 0]
    assert [[piece.is_bold for piece in row] for row in rows[2:]] == [
        [False, True],
        [False, False],
        [False, True],
        [True, True],
    ]


def test_a_header_row_of_sources_names_no_column_and_amounts_in_two_units_are_asked_about():
    def page(units: tuple[str, str, str]) -> bytes:
        rows = [
            ("Heffing", "Aantal", "Tarief 2025", "Raming 2025"),
            ("eenheid", *units),
            ("bron", "BAG", "verordening", "begroting"),
            ("Eenpersoonshuishouden", "4.120", "214", "876"),
            ("Meerpersoonshuishouden", "9.877", "288", "2.820"),
            ("Extra container", "612", "96", "58"),
        ]
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        return f"<table>{body}</table>".encode()

    (mixed,) = tables(page(("aantal", "in €", "x € 1.000")), "a.html")
    assert [column.path for column in mixed.columns] == [("Aantal",), ("Tarief 2025",), ("Raming 2025",)]
    assert mixed.is_asked
    (same,) = tables(page(("aantal", "x € 1.000", "x € 1.000")), "a.html")
    assert not same.is_asked


def test_a_header_row_of_years_is_a_layer_whatever_it_is_called():
    rows = [
        ("", "Rekening", "Begroting"),
        ("Jaar", "2023", "2024"),
        ("Wegen", "4.120", "4.214"),
        ("Groen", "9.877", "9.288"),
    ]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    (table,) = tables(f"<p>x € 1.000</p><table>{body}</table>".encode(), "a.html")
    assert [column.path for column in table.columns] == [("Rekening", "2023"), ("Begroting", "2024")]
