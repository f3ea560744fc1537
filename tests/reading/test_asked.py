"""A header that can be read in two ways is asked about, once, and its numbers wait in landing."""

from __future__ import annotations

from dagster_project.reading.assemble import Around, Understood, understand
from dagster_project.reading.formats import read
from dagster_project.reading.model import Table

VALUES = {
    "Wonen": (3468, 4702, 5936),
    "Zorg": (4702, 6170, 7638),
    "Bestuur": (5936, 7638, 1340),
    "Groen": (7170, 9106, 2042),
}
AMBIGUOUS = ["Programma", "Lasten", "2023", "2024", "Baten"]  # one text too many, and each may be the one


def one_cell_per_line(header: list[str]) -> str:
    cells = [
        *header,
        *(c for label, row in VALUES.items() for c in (label, *(f"{v:,}".replace(",", ".") for v in row))),
    ]
    return "\n".join(["Bedragen (x € 1.000)", *cells]) + "\n"


def understood(header: list[str]) -> Understood:
    fragments = read(one_cell_per_line(header).encode(), "a.txt").fragments
    return understand(fragments, Around(soort="begroting", jaar=2024), "a.txt")


def only_table(found: Understood) -> Table:
    (table,) = found.tables
    return table


def test_a_plain_header_is_not_asked_about():
    found = understood(["Programma", "Rekening 2022", "Begroting 2023", "Begroting 2024"])
    assert not only_table(found).is_asked
    assert not [r for r in found.rejects if r.key and r.key.endswith(".lezing")]


def test_an_ambiguous_header_lands_with_its_best_reading_and_is_asked_about_once():
    found = understood(AMBIGUOUS)
    table = only_table(found)
    assert table.is_asked and len(table.cells) == 12
    (question,) = [r for r in found.rejects if r.kind == "question"]
    assert question.key == "antwoorden.001.lezing"


def test_the_question_shows_both_readings_side_by_side():
    found = understood(AMBIGUOUS)
    table = only_table(found)
    best = " | ".join(" > ".join(c.path) for c in table.columns)
    (question,) = [r for r in found.rejects if r.kind == "question"]
    for told in (question.reason, question.reason_en):
        assert f"1: [{best}]" in told and f"2: [{table.lezing_tweede}]" in told


def test_several_years_behind_the_name_of_the_rows_are_a_header_where_most_rows_have_one_value():
    text = "\n".join(
        [
            "Afwijkingen",
            "",
            "N is nadeel, V is voordeel",
            "bedragen in €",
            "",
            "Incidenteel",
            "Programma's 2025 2026 2027 2028 2029",
            "Duurzaam wonen V12.000",
            "Meedoen 0",
            "Goed leven N75.000",
            "Veilig gevoel 0",
            "Dienstverlening N136.000",
            "Bedrijfsvoering N299.000 N145.000 N25.000",
            "Totaal incidenteel N498.000 N145.000 N25.000",
        ]
    )
    fragments = read(text.encode(), "a.txt").fragments
    (table,) = understand(fragments, Around(soort="begroting", jaar=2025), "a.txt").tables
    assert "2029" not in {c.text for c in table.cells}
    assert table.is_asked
