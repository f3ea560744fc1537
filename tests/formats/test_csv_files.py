"""CSV with any delimiter, quoting and encoding."""

from __future__ import annotations

import pytest
from reading import grids, texts

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
