"""A formula that a table prints tells its sum: in a label, or below or in a header."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import formulas, settled, sums, verdicts, written

from dagster_project.claims import printed_formulas


def test_the_label_of_a_row_tells_which_rows_it_takes_and_which_it_takes_off():
    table = written("""
    | 2023 | 2024
    1 Exploitatiesaldo      | 10 | 11
    2 Afschrijvingen        | 5  | 6
    3 Investeringen         | 8  | 9
    EMU-saldo (1+2-3)       | 7  | 8
    Referentiewaarde        | -9 | -9
    """)
    document = settled(table)
    assert sums(document) == {"EMU-saldo (1+2-3) = 1 Exploitatiesaldo + 2 Afschrijvingen - 3 Investeringen"}
    assert verdicts(document) == {"exact": 2}


def test_rows_may_be_numbered_in_brackets():
    table = written("""
    | 2023 | 2024
    (1) Limiet              | 6052 | 6052
    (2) Schuld              | 4810 | 5630
    (3) Ruimte (1 - 2)      | 1242 | 422
    """)
    assert sums(settled(table)) == {"(3) Ruimte (1 - 2) = (1) Limiet - (2) Schuld"}


def test_signs_that_stand_in_the_numbers_already_are_another_reading():
    document = settled(
        written("| 2023 | 2024\n1 Baten | 10 | 11\n2 Lasten derden | -8 | -9\nUitkomst (1-2) | 2 | 2")
    )
    assert sums(document) == {"Uitkomst (1-2) = 1 Baten + 2 Lasten derden"}
    chosen = next(c for c in document.conventions if c.naam == "formule_teken")
    assert (chosen.keuze, chosen.hypotheses, chosen.survived) == ("alles opgeteld", 2, 1)


def test_rows_of_another_group_are_found_by_their_number():
    table = written("""
    | 2023 | 2024
    Vertrek
      1 Saldo begroting          | 10 | 12
      2 Raadsbesluiten           | -3 | -4
      3 Vertrek kadernota (1+2)  | 7  | 8
    Ontwikkelingen
      4 Actualisaties            | -2 | -2
      5 Overig                   | -1 | -3
      6 Subtotaal (4+5)          | -3 | -5
      7 Perspectief (3+6)        | 4  | 3
    """)
    assert len(sums(settled(table))) == 3
    assert (
        "Ontwikkelingen > 7 Perspectief (3+6) = Vertrek > 3 Vertrek kadernota (1+2) + Ontwikkelingen > 6 Subtotaal (4+5)"
        in sums(settled(table))
    )


def test_a_formula_below_the_header_tells_how_columns_follow():
    table = written("| Saldo begin | Erbij | Eraf | Rest\nA | 100 | 20 | 10 | 110\nB | 50 | 5 | 15 | 40")
    printed = ("a", "b", "c", "d = a + b - c")
    table = replace(
        table, columns=tuple(replace(c, formule=f) for c, f in zip(table.columns, printed, strict=True))
    )
    assert "Rest = Saldo begin + Erbij - Eraf" in formulas(settled(table))


def test_a_header_may_carry_the_formula_itself():
    found = formulas(settled(written("| Eigen (1) | Rijk (2) | Samen (3=1+2)\nA | 1 | 2 | 3\nB | 2 | 2 | 4")))
    assert found == {"Samen (3=1+2) = Eigen (1) + Rijk (2)"}


@pytest.mark.parametrize(
    "label",
    [
        "Totaal (1+7)",
        "Totaal (2020-2023)",
        "Jeugd (0 t/m 23 jaar)",
        "Totaal (4)",
        "Totaal (1+1)",
        "Regeling (a)",
    ],
)
def test_what_refers_to_rows_that_are_not_there_is_no_formula(label):
    table = written(f"| 2023\n1 Een | 1\n2 Twee | 2\n{label} | 3")
    assert printed_formulas.of_rows(table.rows) == {}


def test_a_number_that_two_rows_bear_is_no_reference():
    table = written("| 2023\n1 Een | 1\n1 Ander | 2\n2 Twee | 2\nSamen (1+2) | 3")
    assert printed_formulas.of_rows(table.rows) == {}


@given(st.lists(st.sampled_from([1, -1]), min_size=2, max_size=9))
def test_every_formula_that_is_printed_is_read_back(signs):
    text = "".join(f"{'+' if s > 0 else '-'}{i}" for i, s in enumerate(signs, start=1)).removeprefix("+")
    lines = [f"{i} Post {'abcdefghij'[i]} | {i}" for i in range(1, len(signs) + 1)]
    table = written("| 2023\n" + "\n".join([*lines, f"Uitkomst ({text}) | 0"]))
    assert printed_formulas.of_rows(table.rows) == {
        len(signs) + 1: tuple((i, s) for i, s in enumerate(signs, start=1))
    }
