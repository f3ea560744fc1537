"""Which numbers of a document speak of the whole gemeente, and what Iv3 must say of them, from words and structure alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dagster_project.claims.cross_source import (
    DocumentFacts,
    Figure,
    Overview,
    PrintedNumber,
    of_the_whole,
    sums_with_iv3,
)

BUDGET = DocumentFacts("d", "begroting", 2018)
PLAIN = {"lasten": 1, "baten": 1, "saldo": 1, "mutatie": 1, "toevoeging": 1, "onttrekking": 1}
FIGURES = {
    ("2018X000", code, kant): Figure(Decimal(amount), 1, "cbs", "a.csv", 2)
    for code, kant, amount in (
        ("totaal", "lasten", 900), ("totaal", "baten", 880), ("0.10", "lasten", 30), ("0.10", "baten", 50), ("2.1", "lasten", 70),
    )
}  # fmt: skip

# label, role of the row, its quantity, the quantities of the columns; programmas come first
SIDES = [
    ("1 Bestuur", "item", None), ("2 Zorg", "item", None), ("Subtotaal programma's", "total", None), ("Overhead", "item", None),
    ("Saldo van baten en lasten", "total", "saldo"), ("Mutaties reserves", "balance", "mutatie"), ("Resultaat", "balance", "resultaat"),
]  # fmt: skip


def overview(rows=SIDES, columns=("lasten", "baten", "saldo"), **more) -> Overview:
    """A table with a side per column and one state, whose rows that begin with a digit are programmas."""
    numbers = tuple(
        PrintedNumber(
            f"{no}.{k}", no, label, column.capitalize(), label, rol, quantity, column, False, label[0].isdigit(),
            None, more.get("stand", "begroting"), more.get("jaar", 2018), 1,
        )
        for no, (label, rol, quantity) in enumerate(rows, start=1)
        for k, column in enumerate(columns, start=1)
    )  # fmt: skip
    about = {
        "caption": "Overzicht van baten en lasten",
        "section": "",
        "unit": "EUR_1000",
        "directions": PLAIN,
    }
    about |= {"is_saldo_known": True, "is_mutatie_known": True, "programmas": 2}
    given = {name: more[name] for name in about if name in more}
    return Overview(table_id="t", numbers=more.get("numbers", numbers), **(about | given))


def compared(table: Overview, about: DocumentFacts = BUDGET) -> dict[str, str]:
    return {w.number.cell_id: w.what for w in of_the_whole(about, [table])}


def test_of_a_table_of_programmas_the_last_total_before_the_reserves_is_the_whole():
    assert compared(overview()) == {
        "5.1": "lasten", "5.2": "baten", "5.3": "saldo", "6.1": "toevoeging", "6.2": "onttrekking",
        "6.3": "per saldo uit reserves", "7.3": "resultaat",
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"caption": "Incidentele baten en lasten per programma"},
        {"caption": "Investeringen per programma"},
        {"caption": "Personeel"},
        {"programmas": 1},
        {"unit": None},
        {"stand": "begroting_na_wijziging"},
        {"stand": "meerjarenraming", "jaar": 2019},
        {"stand": "begroting", "jaar": 2017},
    ],
)
def test_a_part_of_the_account_and_a_state_that_is_not_delivered_are_not_compared(more):
    assert not compared(overview(**more))


def test_a_budget_in_accounts_may_have_been_changed_and_is_not_compared():
    assert not compared(overview(), DocumentFacts("d", "jaarstukken", 2018))


def test_a_balance_of_which_nobody_says_the_direction_is_not_compared():
    assert compared(overview(is_saldo_known=False)).keys() == {"5.1", "5.2", "6.1", "6.2"}


def test_the_number_that_is_checked_comes_last_and_carries_the_sign_and_the_unit_of_the_document():
    table = overview(unit="EUR", directions=PLAIN | {"saldo": -1, "baten": -1})
    sums = {s.terms[-1][0]: s for s in sums_with_iv3(BUDGET, of_the_whole(BUDGET, [table]), FIGURES)}
    assert sums["5.3"].terms == (
        ("d/iv3:2018X000.totaal.baten", -1000),
        ("d/iv3:2018X000.totaal.lasten", 1000),
        ("5.3", -1),
    )
    # baten printed below zero: as much below that of Iv3 as the lasten are above
    assert sums["5.2"].kind == "iv3_bruto" and sums["5.2"].terms == (
        ("d/iv3:2018X000.totaal.baten", -1000),
        ("d/iv3:2018X000.totaal.lasten", 1000),
        ("5.1", -1),
        ("5.2", -1),
    )
    assert {s.kind for s in sums.values()} == {"iv3_saldo", "iv3_bruto", "iv3_reserves", "iv3_resultaat"}


def test_only_a_sum_that_lets_lasten_and_baten_differ_as_much_says_of_what_that_is_the_sum():
    table = overview(unit="EUR", directions=PLAIN | {"baten": -1})
    sums = sums_with_iv3(BUDGET, of_the_whole(BUDGET, [table]), FIGURES)
    # by how much the lasten of the document are above those of Iv3, whatever the sign of its baten
    assert {s.kind: s.shift for s in sums if s.shift} == {
        "iv3_bruto": (("5.1", 1), ("d/iv3:2018X000.totaal.lasten", -1000))
    }


def test_a_number_without_its_figure_in_iv3_has_no_sum():
    found = of_the_whole(BUDGET, [overview()])
    only = {key: figure for key, figure in FIGURES.items() if key[1] == "0.10"}
    assert {s.kind for s in sums_with_iv3(BUDGET, found, only)} == {"iv3_reserves"}
    assert not sums_with_iv3(BUDGET, found, {})


def test_a_taakveld_is_compared_where_one_table_of_taakvelden_prints_it_once():
    def row(no, code, table="t"):
        number = PrintedNumber(f"{table}{no}", no, code, "Lasten", code, "item", None, "lasten", False, False, code, "begroting", 2018, 1)  # fmt: skip
        return overview(caption="Baten en lasten per taakveld", programmas=0, numbers=(number,))

    assert compared(row(1, "2.1")) == {"t1": "lasten"}
    assert not compared(row(1, "0.11")), "the result on a taakveld is no figure of a budget"
    parts = row(1, "2.1"), Overview("u", *[getattr(row(1, "2.1", "u"), n) for n in Overview.__slots__[1:]])
    assert not of_the_whole(BUDGET, parts), "in two tables each is a part"
