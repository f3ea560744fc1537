"""Signs and directions are chosen once per table, by feasibility, and compared with the caption."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from written import amounts, formulas, judge, settled, sums, verdicts, with_value, written

from dagster_project.reading.model import Reject


def convention(document, naam: str, table: int = 1):
    return next(c for c in document.conventions if c.naam == naam and c.table_no == table)


DRIE_D = """
    | totaal budget 2017 | realisatie 2017 | verschil | begroting 2018
    Jeugd
      Teams      | 4004  | 3963  | 41   | 3871
      Zorg       | 20782 | 20625 | 157  | 19945
      Pgb        | 1861  | 2016  | -155 | 1674
      sub-totaal | 26647 | 26604 | 43   | 25490
    Totalen (lasten) | 26647 | 26604 | 43 | 25490
"""


def test_a_caption_that_contradicts_its_table_is_told():
    document = settled(written(DRIE_D, caption="Overzicht 3D budget (-/- = voordeel, bedragen x € 1.000)"))
    chosen = convention(document, "verschil_richting")
    assert (chosen.keuze, chosen.survived) == ("begroting - rekening", 1)
    assert (chosen.declared, chosen.is_contradicted) == ("-/- = voordeel", True)
    assert chosen.tried[:2] == ("begroting - rekening", "rekening - begroting")
    assert chosen.bron == "cijfers"


def test_where_numbers_tell_no_reading_from_another_it_says_that_words_decided():
    document = settled(written("| Lasten | Baten | Saldo\nJeugd | 10 | - | 10\nWmo | 5 | - | 5"))
    chosen = convention(document, "saldo_richting")
    assert (chosen.keuze, chosen.bron) == ("lasten + baten", "cijfers") and chosen.survived == 2
    document = settled(written("| Lasten | Baten | Saldo\nJeugd | - | - | -\nWmo | - | - | -"))
    chosen = convention(document, "saldo_richting")
    assert (chosen.keuze, chosen.bron) == ("baten - lasten", "structuur") and chosen.survived == 4


@pytest.mark.parametrize("legend", ["-/- = nadeel", "+ = voordeel", "nadeel = -"])
def test_a_caption_that_agrees_is_told_as_well(legend):
    chosen = convention(settled(written(DRIE_D, caption=f"Budget ({legend})")), "verschil_richting")
    assert (chosen.declared, chosen.is_contradicted) == (legend, False)


def test_a_balance_of_costs_agrees_with_a_legend_that_calls_minus_an_advantage():
    table = written(
        "| Lasten | Baten | Saldo\nJeugd | 10 | -2 | 8\nWmo | 20 | -25 | -5", caption="-/- = voordeel"
    )
    chosen = convention(settled(table), "saldo_richting")
    assert (chosen.keuze, chosen.is_contradicted) == ("lasten + baten", False)


@pytest.mark.parametrize(
    ("baten", "saldo", "keuze", "teken"),
    [
        (("-2", "-25"), ("8", "-5"), "lasten + baten", "-"),
        (("2", "25"), ("-8", "5"), "baten - lasten", "+"),
        (("2", "25"), ("8", "-5"), "lasten - baten", "+"),
        (("-2", "-25"), ("-8", "5"), "-(lasten + baten)", "-"),
    ],
)
def test_the_sign_of_baten_is_found(baten, saldo, keuze, teken):
    lines = [
        f"{n} | {lasten} | {b} | {s}" for n, lasten, b, s in zip("AB", (10, 20), baten, saldo, strict=True)
    ]
    document = settled(written("| Lasten | Baten | Saldo\n" + "\n".join(lines)))
    assert convention(document, "saldo_richting").keuze == keuze
    assert convention(document, "baten_teken").keuze == teken
    assert verdicts(document) == {"exact": 2}


def programmas(rows: int = 6):
    lines = [f"Programma {i} | {100 + 7 * i} | {40 + 3 * i} | {-60 - 4 * i}" for i in range(rows)]
    total = [str(sum(int(line.split("|")[c]) for line in lines)) for c in (1, 2, 3)]
    return written("| Lasten | Baten | Saldo\n" + "\n".join([*lines, f"Totaal | {' | '.join(total)}"]))


def test_one_wrong_number_turns_no_convention_and_no_rule():
    table = programmas()
    sound = settled(table)
    for cell in table.cells:
        for wrong in (-int(cell.value), int(cell.value) + 1000, int(cell.value) // 10):
            spoiled = settled(with_value(table, cell.row, cell.column, wrong))
            assert {r.terms for r in spoiled.rules} == {r.terms for r in sound.rules}
            assert [(c.naam, c.keuze) for c in spoiled.conventions] == [
                (c.naam, c.keuze) for c in sound.conventions
            ]
            printed = amounts(spoiled)
            broken = [r for r in spoiled.rules if judge(r, printed) == "break"]
            assert broken
            assert all(any(p[1:] == (cell.row, cell.column) for p, _ in r.terms) for r in broken)


def test_a_row_shifted_by_one_column_is_a_break_and_turns_nothing():
    table = programmas()
    values = [c.value for c in table.cells if c.row == 3]
    shifted = table
    for column in (1, 2, 3):
        shifted = with_value(shifted, 3, column, int(values[column - 2]))
    document = settled(shifted)
    assert {r.terms for r in document.rules} == {r.terms for r in settled(table).rules}
    assert verdicts(document)["break"] >= 3


def test_a_direction_that_depends_on_the_row_is_one_hypothesis():
    document = settled(
        written("""
        | Begroting 2023 | Rekening 2023 | Verschil
        Lasten | 10 | 12 | -2
        Baten  | 3  | 4  | 1
        Saldo  | -7 | -8 | -1
        """)
    )
    assert convention(document, "verschil_richting").keuze.startswith("lasten: begroting - rekening")
    assert "Saldo = Lasten + Baten" in sums(document, column=3)


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (
            "Begroting | Prognose | Realisatie | Verschil t.o.v. prognose",
            "5 | 9 | 6 | 3",
            "Prognose - Realisatie",
        ),
        ("2023 | 2024 | Verschil 2024-2023", "5 | 9 | 4", "2024 - 2023"),
        (
            "Begroting | Begroting na wijziging | Rekening | Saldo",
            "5 | 9 | 6 | 3",
            "Begroting na wijziging - Rekening",
        ),
        ("Begroting na wijz. | Rekening | Resultaat", "5 | 9 | -4", "Begroting na wijz. - Rekening"),
    ],
)
def test_words_say_which_columns_a_difference_compares(heads, row, expected):
    name = heads.split("|")[-1].strip()
    document = settled(written(f"| {heads}\nJeugd | {row}\nWmo | {row}"))
    assert f"{name} = {expected}" in formulas(document)


def test_a_difference_of_which_nothing_fits_is_asked_for_and_claims_nothing():
    text = (
        "| Prijspeil oud | Prijspeil nieuw | Verschil\nJeugd | 5 | 9 | 77\nWmo | 6 | 8 | 66\nPgb | 1 | 2 | 55"
    )
    document = settled(written(text))
    assert document.rules == ()
    (question,) = [r for r in document.rejects if r.kind == "question"]
    assert question.key == "antwoorden.001.verschil_richting"
    answered = settled(written(text), antwoorden={"001.verschil_richting": "geen som"})
    assert (answered.rules, answered.rejects) == ((), ())


def test_an_answer_of_a_person_is_followed():
    table = written("| Lasten | Baten | Saldo\nJeugd | 10 | - | 10\nWmo | 5 | - | 5")
    document = settled(table, antwoorden={"001.saldo_richting": "lasten + baten"})
    chosen = convention(document, "saldo_richting")
    assert (chosen.keuze, chosen.bron) == ("lasten + baten", "document.yml")


def test_signs_that_nothing_decides_are_asked_for():
    document = settled(written("| Baten 2023\nRijk | 10\nLeges | -8\nHuur | 7\nPacht | -6"))
    question = next(r for r in document.rejects if r.kind == "question")
    assert question.key == "antwoorden.001.baten_teken"
    answered = settled(
        written("| Baten 2023\nRijk | 10\nLeges | -8\nHuur | 7\nPacht | -6"),
        antwoorden={"001.baten_teken": "+"},
    )
    assert not answered.rejects


def test_a_sum_over_what_could_not_be_read_is_not_judged():
    table = written("| 2023\nJeugd | 10\nWmo | 20\nTotaal | 40")
    from dataclasses import replace

    lost = Reject("begroting.txt", 1002, "a row with too many numbers", "Participatie 1 2 3")
    assert verdicts(settled(table)) == {"break": 1}
    # line 1002 is that of a row that is whole, so nothing was lost there
    assert verdicts(settled(replace(table, rejects=(lost,)))) == {"break": 1}
    rows = (table.rows[0], replace(table.rows[1], line=1003), replace(table.rows[2], line=1004))
    cells = tuple(c._replace(line=rows[c.row - 1].line) for c in table.cells)
    gap = replace(table, rows=rows, cells=cells, last_line=1004, rejects=(lost,))
    assert verdicts(settled(gap)) == {"not_judged": 1}


def test_sentences_name_what_they_sum_in_two_languages():
    (rule,) = settled(written("| 2023\nJeugd | 10\nWmo | 20\nTotaal | 30")).rules
    assert rule.nl == "2023: Totaal is de som van Jeugd en Wmo"
    assert rule.en == "2023: Totaal is the sum of Jeugd and Wmo"


def test_tables_with_the_same_headers_are_decided_together():
    head = "| Begroting 2023 | Rekening 2023 | Verschil\n"
    small = head + "Lasten | 10 | 12 | -2\nBaten | 3 | 4 | -1\nSaldo | -7 | -8 | -1"  # baten is misprinted
    large = head + "\n".join(
        f"Taakveld {i}\n  Lasten | {10 + i} | 12 | {i - 2}\n  Baten | 3 | 5 | 2\n  Saldo | {-7 - i} | -7 | {i}"
        for i in range(4)
    )
    alone, beside = settled(written(small)), settled(written(small), written(large, no=2))
    naam = "saldo_richting_van_verschil"
    assert convention(alone, naam).keuze != "lasten + baten"
    assert convention(beside, naam, 2).keuze == "lasten + baten"
    assert convention(beside, "saldo_richting").keuze == "baten - lasten"
    assert convention(beside, "baten_teken").keuze == "+"
