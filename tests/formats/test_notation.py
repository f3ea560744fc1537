"""The notation of a file: decided once from all its numbers, asked where both fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.reading import formats
from dagster_project.reading.formats.notation import as_dutch
from dagster_project.reading.model import Grid


def read(*rows: str, answer: str | None = None) -> formats.Reading:
    return formats.read("\n".join(("Programma;2023;2024", *rows)).encode(), "a.csv", answer)


@pytest.mark.parametrize(
    ("rows", "notation"),
    [
        (("Zorg;1.234;5.678", "Totaal;1.234.567;5"), "nl"),
        (("Zorg;12,5;13,4",), "nl"),
        (("Zorg;1.234;5.678",), "nl"),
        (("Zorg;1,234,567;5",), "en"),
        (("Zorg;1,234.50;5.25",), "en"),
        (("Zorg;512.75;613.25",), "en"),
        (("Zorg;53.2;54.1", "Groen;12.3;12.5"), "en"),
        (("Zorg;56,962;58,673", "Water;583;594"), "en"),
        (("Zorg;(56,962);-58,673", "Water;583;594"), "en"),
        (("Zorg;0,125;0,250",), "nl"),
        (("Zorg;53,2;54,1", "Groen;86.5;87,4"), "nl"),
        (("Stand;64.210;66.105", "Accres;412;655", "Factor;1,523;"), "nl"),
        (("Zorg;;n.b.",), "nl"),
    ],
)
def test_numbers_that_one_notation_alone_can_read_decide_for_the_whole_file(rows, notation):
    reading = read(*rows)
    assert reading.notation == notation
    assert {grid.notation for grid in reading.fragments if isinstance(grid, Grid)} == {notation}
    assert not [reject for reject in reading.rejects if reject.kind == "question"]


def test_codes_before_labels_are_no_english_decimals():
    data = b"Code;Taakveld;2023;2024\n6.1;Samenkracht;1.234;5\n6.71;Maatwerk;7;8\n0.10;Reserves;9;10\n"
    assert formats.read(data, "a.csv").notation == "nl"


def test_codes_behind_the_amounts_are_no_english_decimals_either():
    data = b"Taakveld;2023;2024;Code\nSamenkracht;34;5;6.1\nMaatwerk;7;8;6.71\n"
    assert formats.read(data, "a.csv").notation == "nl"


def test_numbers_that_both_notations_can_read_are_asked_about_with_the_key_that_answers():
    question = next(reject for reject in read("Zorg;1,234;5,678").rejects if reject.kind == "question")
    assert (question.key, question.line, question.text) == ("antwoorden.notatie", 2, "1,234")


def test_few_points_among_commas_are_asked_about():
    rows = ("Zorg;1,234;5,678", "Water;583;594", "Factor;1.523;")
    assert [r.key for r in read(*rows).rejects if r.kind == "question"] == ["antwoorden.notatie"]


@pytest.mark.parametrize("answer", ["nl", "en"])
def test_an_answer_is_taken_and_not_asked_again(answer):
    reading = read("Zorg;1,234;5,678", answer=answer)
    assert (reading.notation, reading.rejects) == (answer, ())


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**9), st.integers(0, 3))
def test_an_english_figure_in_dutch_notation_is_the_figure_as_a_dutch_file_prints_it(whole, decimals):
    english = f"{whole:,}" + ("." + "5" * decimals if decimals else "")
    dutch = f"{whole:,}".replace(",", ".") + ("," + "5" * decimals if decimals else "")
    assert as_dutch(f"€ {english} V", "en") == f"€ {dutch} V"
    assert as_dutch(dutch, "nl") == dutch


def test_a_date_and_a_code_of_three_parts_keep_their_points_in_an_english_file():
    assert as_dutch("01.07.2028", "nl") == "01.07.2028"
    assert as_dutch("Bestuur", "en") == "Bestuur"


def test_codes_beside_an_odd_cell_of_their_column_are_no_english_decimals():
    data = (
        b"Taakveld (x;2023;2024\n1.000);;\n6.1;Samenkracht;1.234\n6.71;Maatwerk;2.345\n6.2;Wijkteams;3.456\n"
    )
    assert formats.read(data, "a.csv").notation == "nl"
