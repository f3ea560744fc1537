"""A table without a header below one that has a header of as many columns: is that header meant for both?"""

from __future__ import annotations

from extracts import understood

from dagster_project.reading.assemble import Understood

YEARS = ("Programma", "2024", "2025", "2026")
FIRST = [("Bestuur", "10", "11", "12"), ("Groen", "20", "21", "22"), ("Totaal", "30", "32", "34")]
OTHER = [("Prijsstijging", "1", "2", "3"), ("Onvoorzien", "4", "5", "6"), ("Totaal", "5", "7", "9")]


def read(title: str, rows: list[tuple[str, ...]], first_title: str = "Financieel beeld") -> Understood:
    """Two tables of a page, each below its title, the second without a header."""
    made = []
    for name, lines in ((first_title, [YEARS, *FIRST]), (title, rows)):
        cells = "".join("<tr>" + "".join(f"<td>{cell}" for cell in line) for line in lines)
        made.append(f"<h3>{name}</h3><p>x € 1.000</p><table>{cells}</table>")
    return understood("".join(made), "a.html")


def columns(found: Understood) -> list[str]:
    return [" > ".join(column.path) for column in found.tables[1].columns]


def test_other_rows_below_another_title_have_no_header_and_are_asked_about_once():
    found = read("Opbouw stelposten", OTHER)
    assert columns(found) == ["kolom 1", "kolom 2", "kolom 3"]
    (question,) = [r for r in found.rejects if r.kind == "question"]
    assert question.key == "antwoorden.002.lezing"
    assert "2: [2024 | 2025 | 2026]" in question.reason


def test_other_rows_below_a_title_of_the_same_make_stand_below_the_header_above_and_are_asked_about():
    found = read("Opbouw stelposten", OTHER, first_title="Opbouw programma's")
    assert columns(found) == ["2024", "2025", "2026"]
    assert found.tables[1].is_asked and not found.tables[0].is_asked


def test_blocks_with_rows_of_the_same_names_stand_below_one_header():
    found = read("Na wijziging", FIRST)
    assert columns(found) == ["2024", "2025", "2026"]
    assert not any(r.kind == "question" for r in found.rejects)
