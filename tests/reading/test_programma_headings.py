"""Which programma a table is under: the heading above it, until another heading or something of its own begins."""

from __future__ import annotations

import pytest

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.text import fragments
from dagster_project.reading.goals import programma_heading

TABLE = "\nbedragen x € 1.000 | Lasten 2024 |\n---|---|\n{} | 10 |\n{} | 20 |\n\n"


def headings_above(text: str) -> list[str]:
    """Of each table: the headings above it and its own, joined with ' > '."""
    for no in range(text.count("@")):
        text = text.replace("@", TABLE.format(f"Post {no}a", f"Post {no}b"), 1)
    return [
        " > ".join([*t.section, t.caption]) for t in understand(fragments(text), Around(), "x.txt").tables
    ]


def test_a_table_under_the_heading_of_a_programma_keeps_it_where_another_text_stands_between():
    text = "Begroting\n\nPer programma\n@Programma 2. Zorg\n\nWat mag het kosten?\n@Programma 3.\n@"
    assert headings_above(text) == [
        "Begroting > Per programma",
        "Begroting > Programma 2. Zorg > Wat mag het kosten?",
        "Begroting > Programma 3.",
    ]


def test_the_programma_of_the_first_table_does_not_head_those_of_another():
    text = "Programma 1. Bestuur\n\nLasten\n@Programma 2. Zorg\n\nKosten\n@"
    assert headings_above(text) == ["Programma 1. Bestuur > Lasten", "Programma 2. Zorg > Kosten"]


def test_a_paragraaf_ends_the_programma_above_it():
    text = "Inleiding\n\nOpbouw\n@Programma 2. Zorg\n@Paragraaf bedrijfsvoering\n\nFormatie\n@"
    assert "Programma" not in headings_above(text)[-1]


def test_headings_in_a_row_are_a_list_of_programmas_and_head_nothing():
    text = "Inhoud\n\nOpbouw\n@Programma 1. Bestuur\nProgramma 2. Zorg\n\nKerncijfers\n@"
    assert "Programma" not in headings_above(text)[-1]


def test_a_cut_of_the_money_that_stands_once_below_the_last_programma_may_be_of_all_of_them():
    text = "Programma 1. Bestuur\n\nLasten\n@Programma 2. Zorg\n\nLasten\n@Lasten per taakveld\n@"
    assert [h.split(" > ")[0] for h in headings_above(text)] == [
        "Programma 1. Bestuur",
        "Programma 2. Zorg",
        "Lasten per taakveld",
    ]


def test_a_cut_of_the_money_below_each_programma_is_of_that_programma():
    text = "Programma 1. Bestuur\n\nLasten per taakveld\n@Programma 2. Zorg\n\nLasten per taakveld\n@"
    assert [h.split(" > ")[0] for h in headings_above(text)] == ["Programma 1. Bestuur", "Programma 2. Zorg"]


@pytest.mark.parametrize(
    "text",
    [
        "Programma 2 kost meer dan vorig jaar",
        "Programma 3 Wonen is gegroeid.",
        "Programmabegroting 2018",
        "Programma's",
    ],
)
def test_a_sentence_about_a_programma_is_no_heading(text):
    assert programma_heading(text) is None


@pytest.mark.parametrize(
    "text", ["Programma 3", "Programma 3.", "3.1 Programma 4 – Groen", "Programma Vitale kernen"]
)
def test_a_programma_is_headed_by_its_number_its_name_or_both(text):
    assert programma_heading(text) == text
