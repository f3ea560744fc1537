"""CSV with any delimiter, quoting and encoding."""

from __future__ import annotations

import pytest
from reading import cells, grids, tables, texts

from dagster_project.reading import formats

TABLE = [["Naam", "2018", "2019"], ["Jeugd", "1.234", "-5"], ["Wmo", "7", "8"]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding(delimiter, encoding):
    data = "\r\n".join(delimiter.join(row) for row in [*TABLE, ["Café", "1", "2"]]).encode(encoding)
    assert texts(grids(data, "a.csv")[0]) == [*TABLE, ["Café", "1", "2"]]


def test_quoted_fields_hold_delimiters_quotes_and_line_breaks():
    data = b'Naam;2018\r\n"Zorg; jeugd en ""wmo""\r\nsamen";1\r\nb;2\r\n'
    assert texts(grids(data, "a.csv")[0])[1] == ['Zorg; jeugd en "wmo"\nsamen', "1"]


def test_a_line_that_names_the_delimiter_is_no_row():
    assert texts(grids(b"sep=;\nNaam;2018\na;1,5\nb;2,5\n", "a.csv")[0])[0] == ["Naam", "2018"]


def test_a_title_above_the_header_is_prose():
    found = formats.read(b"Reserves;;\nNaam;2018;2019\na;1;2\n", "a.csv").fragments
    assert found[0].text == "Reserves" and found[0].line == 1
    assert found[1].rows[1][0].line == 3


def test_decimal_commas_are_no_delimiters():
    assert texts(grids(b"Naam;2018\na;1,5\nb;2,5\nc;3,5\n", "a.csv")[0])[1] == ["a", "1,5"]


def test_a_field_too_large_to_be_one_is_rejected_with_its_line():
    data = b"a;b\n1;2\n" + b'"' + b"x" * 200_000 + b";3\n"
    assert [
        (reject.line, "geen leesbare CSV" in reject.reason) for reject in formats.read(data, "a.csv").rejects
    ] == [(3, True)]


def test_tables_of_unlike_width_below_each_other_are_two_though_nothing_stands_between_them():
    data = (
        b";2025;2026;2027\nBrug;1.200;0;300\nSluis;0;450;50\nTotaal;1.200;450;350\n"
        b"Groep;Ontvanger;2025\nSport;Tennisclub;12\n;Zwembad;30\n;Totaal sport;42\nZorg;Thuiszorg;8\n;Totaal zorg;8\n"
    )
    first, second = tables(data, "a.csv")
    assert cells((first,))[:3] == [
        (("brug",), (jaar,), value) for jaar, value in (("2025", 1200), ("2026", 0), ("2027", 300))
    ]
    assert [row.path for row in second.rows][:2] == [("Sport", "Tennisclub"), ("Sport", "Zwembad")]
    assert [column.path for column in second.columns] == [("2025",)]


def test_a_column_that_only_the_last_rows_leave_empty_makes_no_other_table():
    data = b"Naam;2025;2026\na;1;2\nb;3;4\nLasten 2025;;\nc;5;\nd;6;\n"
    assert len(tables(data, "a.csv")) == 1


def test_texts_above_rows_without_a_header_are_their_headings_where_the_rows_say_so():
    data = (
        "Incidentele baten en lasten;;\nIncidentele lasten;;\nProgramma 1 Bestuur;;\nVerkiezingen;34;12\n"
        "Programma 2 Zorg;;\nJeugd;58;42\nWmo;203;235\nTotaal incidentele lasten;295;289\n"
        "Incidentele baten;;\nProgramma 1 Bestuur;;\nLeges;5;8\nTotaal incidentele baten;5;8\n"
    )
    (table,) = tables(data.encode(), "a.csv")
    assert [" > ".join(row.path) for row in table.rows][:2] == [
        "Incidentele lasten > Programma 1 Bestuur > Verkiezingen",
        "Incidentele lasten > Programma 2 Zorg > Jeugd",
    ]
    reserves = "Algemene reserves;;\nReserve A;30;40\nSubtotaal;30;40\nBestemmingsreserves;;\nReserve B;5;6\nReserve C;1;2\nTotaal bestemmingsreserves;6;8\n"
    (table,) = tables(reserves.encode(), "a.csv")
    assert table.rows[0].path == ("Algemene reserves", "Reserve A")
    (table,) = tables(b"Reserves\nReserve A;30;40\nReserve B;5;6\nTotaal;35;46\n", "a.csv")
    assert table.rows[0].path == ("Reserve A",) and table.caption == "Reserves"


def test_a_table_with_a_column_of_texts_more_is_another_one_though_its_amounts_are_called_the_same():
    data = (
        b"Naam;2025;2026\nBestuur;1;2\nZorg;3;4\nTotaal;4;6\n"
        b"Naam;2025;2026;Toelichting\nSport;5;6;Minder leden\nGroen;7;8;n.v.t.\nTotaal;12;14;\n"
    )
    first, second = tables(data, "a.csv")
    assert [row.path for row in first.rows] == [("Bestuur",), ("Zorg",), ("Totaal",)]
    assert [row.path for row in second.rows] == [("Sport",), ("Groen",), ("Totaal",)]
