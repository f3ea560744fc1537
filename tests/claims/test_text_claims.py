"""What texts say about figures: read strictly, judged with the meaning of the words."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "proof"))
from handwritten import RAW, drie_d

from dagster_project.claims.text_claims import CellFact, judge_claims, mention_fact, stated_interval
from dagster_project.reading.claims_file import read_claims


def mentions_of(document: str):
    with (RAW / document / "vermeldingen.csv").open(encoding="utf-8") as file:
        return [
            mention_fact(
                r["vermelding"], Decimal(r["bedrag"]), r["bedrag"], r["eenheid"], r["nauwkeurigheid"]
            )
            for r in csv.DictReader(file)
        ]


def cells_of_3d() -> list[CellFact]:
    return [
        CellFact(c.cell_id, "sociaal_domein", "Overzicht 3D budget", c.row_label.removeprefix("Participatie > "),
                 c.column_label, c.value, 0, "EUR_1000")
        for c in drie_d().cells
    ]  # fmt: skip


def claims_of(document: str):
    claims, rejects = read_claims((RAW / document / "claims.yml").read_text("utf-8"))
    assert not rejects
    return claims


def test_the_text_above_the_3d_table_is_judged_against_its_figures():
    document = "leiden-jaarstukken-2017-web"
    rows = [
        judged.row
        for judged in judge_claims(document, claims_of(document), cells_of_3d(), mentions_of(document))
    ]
    assert {r.claim_id: r.verdict for r in rows} == {"3D-1": "fails", "3D-2": "holds"}
    more_than, about = rows
    assert (more_than.stated_text, more_than.nauwkeurigheid, more_than.computed_text) == (
        "1,6 miljoen euro",
        "ruim",
        "1,574 miljoen euro",
    )
    assert about.computed_text == "-5,395 miljoen euro"
    assert about.expression.startswith("91.756 [") and " - 97.151 [" in about.expression


def test_amounts_in_the_budget_text_hold_among_themselves():
    document = "leiden-programmabegroting-2018"
    rows = [judged.row for judged in judge_claims(document, claims_of(document), (), mentions_of(document))]
    assert {r.verdict for r in rows} == {"holds"}
    computed = {r.claim_id: r.computed_text for r in rows}
    assert computed["9C-wijkteams"] == "0,55 miljoen euro"
    assert computed["9C-begeleiding"] == "-0,25 miljoen euro"
    assert computed["9D-rijksbijdrage"] == "1,5 miljoen euro"


def test_a_changed_amount_makes_the_claim_fail():
    document = "leiden-programmabegroting-2018"
    wrong = [
        mention_fact("9C-2", Decimal("0.95"), "0.95", "EUR_MLN", "afgerond") if m.mention == "9C-2" else m
        for m in mentions_of(document)
    ]
    rows = [judged.row for judged in judge_claims(document, claims_of(document), (), wrong)]
    assert {r.claim_id for r in rows if r.verdict == "fails"} == {"9C-wijkteams"}


@pytest.mark.parametrize(
    ("word", "amount", "low", "high"),
    [
        ("exact", "1.6", "1.6", "1.6"),
        ("afgerond", "1.6", "1.55", "1.65"),
        ("circa", "1.6", "1.5", "1.7"),
        ("ruim", "1.6", "1.6", "Infinity"),
        ("bijna", "1.6", "-Infinity", "1.6"),
        ("ruim", "-5.4", "-Infinity", "-5.4"),
        ("bijna", "-5.4", "-5.4", "Infinity"),
    ],
)
def test_what_each_word_allows(word, amount, low, high):
    assert stated_interval(Decimal(amount), Decimal("0.1"), word) == (Decimal(low), Decimal(high))


ONE = """
- claim: a
  mention: m
  equals:
    - cell: {table: sociaal_domein, row: Totalen (lasten), column: verschil}
  text_nl: zin
  text_en: sentence
"""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("sociaal_domein", "reserves", "no cells are reserves"),
        ("Totalen (lasten)", "sub-totaal", "4 cells are"),
        ("mention: m", "mention: n", "no mention n"),
    ],
)
def test_what_cannot_be_found_or_is_ambiguous_is_not_judged(old, new, reason):
    claims, _ = read_claims(ONE.replace(old, new))
    mention = mention_fact("m", Decimal("1.6"), "1.6", "EUR_MLN", "ruim")
    ((row, _),) = judge_claims("d", claims, cells_of_3d(), [mention])
    assert row.verdict == "not_judged" and reason in row.reason


@pytest.mark.parametrize(("unit", "word"), [(None, "ruim"), ("EUR_MLN", "ongeveer"), ("EUR_MLN", None)])
def test_a_mention_without_unit_or_known_word_is_not_judged(unit, word):
    claims, _ = read_claims(ONE)
    ((row, _),) = judge_claims("d", claims, cells_of_3d(), [mention_fact("m", Decimal(1), "1", unit, word)])
    assert row.verdict == "not_judged" and row.reason


@pytest.mark.parametrize(
    ("text", "line", "reason", "offending"),
    [
        (ONE.replace("mention: m", "mentoin: m"), 3, "mentoin", "mentoin: m"),
        (ONE.replace("column: verschil", "kolom: verschil"), 5, "kolom", "- cell:"),
        (ONE.replace("  text_nl: zin\n", ""), 2, "text_nl: Field required", "- claim: a"),
        (ONE.replace("text_en: sentence", "text_en: 5"), 7, "text_en", "text_en: 5"),
        (
            ONE.replace("  text_nl", "      coefficient: veel\n  text_nl"),
            6,
            "coefficient",
            "coefficient: veel",
        ),
        (
            ONE.replace("cell: {", "mention: x\n      cell: {"),
            5,
            "either a cell or a mention",
            "- mention: x",
        ),
        (ONE + ONE, 9, "twice", "- claim: a"),
        ("claim: a", 1, "must be a list", "claim: a"),
        ("- claim: [", 1, "no valid YAML", "- claim: ["),
        ("- tekst", 1, "valid dictionary", "- tekst"),
    ],
)
def test_a_bad_claim_is_told_with_its_line_and_text(text, line, reason, offending):
    _, rejects = read_claims(text, "claims.yml")
    assert any(r.line == line and reason in r.reason_en and offending in r.text for r in rejects), rejects


def test_one_bad_claim_leaves_the_others():
    claims, rejects = read_claims(ONE + ONE.replace("claim: a", "claim: b").replace("mention", "melding"))
    assert [c.claim for c in claims] == ["a"] and rejects


def test_an_empty_file_has_no_claims():
    assert read_claims("# niets\n") == ((), ())


def test_the_numbers_of_a_claim_are_told_one_by_one_also_of_a_folder_with_a_blank_in_its_name():
    claims, _ = read_claims(ONE)
    cells = [replace(cell, cell_id=f"een stuk/{cell.cell_id}") for cell in cells_of_3d()]
    mention = mention_fact("m", Decimal("1.6"), "1.6", "EUR_MLN", "ruim")
    (judged,) = judge_claims("een stuk", claims, cells, [mention])
    assert judged.cells and {cell.place for cell in judged.cells} == {*range(1, len(judged.cells) + 1)}
    assert all(cell.cell_id.startswith("een stuk/") for cell in judged.cells)
