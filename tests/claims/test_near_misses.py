"""A sum that closes only without a part, with one twice or with one of another column is a break that says so."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from written import formulas, settled, sums, verdicts, written

from dagster_project.claims.near_misses import (
    FROM_LEFT,
    LEFT_OUT,
    TWICE,
    NearMiss,
    near_miss,
    shared,
    told,
)
from dagster_project.judgement import SumTerm

HALF = Decimal("0.5")


def line(*numbers: int) -> list[SumTerm]:
    """Parts and then their total."""
    *parts, total = numbers
    return [*(SumTerm(1, Decimal(p), HALF) for p in parts), SumTerm(-1, Decimal(total), HALF)]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((100, 230, 40, 330), NearMiss(2, LEFT_OUT)),
        ((100, 230, 40, 410), NearMiss(2, TWICE)),
        ((100, 230, 40, 370), None),  # holds
        ((100, 230, 40, 999), None),  # nothing closes it
        ((100, 40, 40, 140), None),  # either of two
        ((100, 230, 40, 331), NearMiss(2, LEFT_OUT)),  # rounding of two parts and a total explains 1
        ((100, 230, 40, 332), None),  # and not 2: what is left out is not rounded
    ],
)
def test_what_would_close_one_sum(numbers, found):
    assert near_miss(line(*numbers)) == found


def test_a_row_that_stands_one_column_too_far_is_seen_in_most_columns():
    sound = [(11, 20, 31), (13, 22, 35), (17, 24, 41), (19, 26, 45)]
    shifted = [(0, b, t) for _, b, t in sound[:1]] + [
        (sound[i - 1][0], b, t) for i, (_, b, t) in enumerate(sound) if i
    ]
    assert shared([line(*numbers) for numbers in shifted]) == NearMiss(0, "kolom rechts")
    back = [(sound[i + 1][0] if i < 3 else 0, b, t) for i, (_, b, t) in enumerate(sound)]
    assert shared([line(*numbers) for numbers in back]) == NearMiss(0, FROM_LEFT)


def test_one_column_is_not_enough_to_speak_for_all():
    assert shared([line(100, 230, 40, 330), line(7, 8, 9, 99), line(1, 2, 3, 70)]) is None


@given(
    st.lists(st.lists(st.integers(10, 10**6), min_size=3, max_size=6), min_size=2, max_size=5).filter(
        lambda rows: len({len(r) for r in rows}) == 1
    ),
    st.data(),
)
def test_the_part_that_every_total_leaves_out_is_named_or_another_that_closes_as_well(columns, data):
    index = data.draw(st.integers(0, len(columns[0]) - 1))
    lines = [line(*parts, sum(parts) - parts[index]) for parts in columns]
    found = shared(lines)
    if found is not None and found.how == LEFT_OUT:
        assert all(near_miss(terms) in (found, None) for terms in lines if terms[found.term].amount)
    assert found is not None or len(columns) < 2


TABLE = """
| 2023 | 2024 | 2025
Bestuur    | 2.100 | 2.200 | 2.300
Veiligheid | 3.150 | 3.250 | 3.350
Verkeer    | 1.204 | 1.304 | 1.404
Onderwijs  | 4.000 | 4.100 | 4.200
Totaal     | {} | {} | {}
"""


def test_a_total_that_leaves_out_a_programme_is_a_break_over_all_four():
    document = settled(written(TABLE.format("9.250", "9.550", "9.850")))
    assert sums(document) == {"Totaal = Bestuur + Veiligheid + Verkeer + Onderwijs"}
    assert verdicts(document) == {"break": 3}


def test_a_total_of_which_nothing_says_what_it_sums_is_asked_about_and_claims_nothing():
    document = settled(written(TABLE.format("17", "23", "31")))
    assert document.rules == ()
    (question,) = [r for r in document.rejects if r.kind == "question"]
    assert question.key == "antwoorden.001.bereik_rij_5"
    assert "Bestuur t/m Onderwijs (4); geen som" in question.reason
    assert "Bestuur up to Onderwijs (4); no sum" in question.reason_en


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Bestuur t/m Onderwijs (4)", {"break": 3}),
        ("Bestuur up to Onderwijs (4)", {"break": 3}),
        ("geen som", {}),
        ("no sum", {}),
    ],
)
def test_a_person_answers_what_a_total_sums(answer, found):
    table = written(TABLE.format("17", "23", "31"))
    document = settled(table, antwoorden={"001.bereik_rij_5": answer})
    assert verdicts(document) == found
    assert [r for r in document.rejects if r.kind == "question"] == []


@pytest.mark.parametrize("column", [1, 2, 3])
def test_one_wrong_number_in_a_total_is_a_break_and_no_question(column):
    totals = ["10.454", "10.854", "11.254"]
    totals[column - 1] = "99.999"
    document = settled(written(TABLE.format(*totals)))
    assert verdicts(document) == {"exact": 2, "break": 1}
    assert [r for r in document.rejects if r.kind == "question"] == []


def test_the_break_says_what_would_close_it():
    document = settled(written(TABLE.format("9.250", "9.550", "9.850")))
    assert [r.diagnosis for r in document.rules] == [
        f"sluit als Verkeer wordt weggelaten: {n}" for n in ("1.204", "1.304", "1.404")
    ]
    assert document.rules[0].diagnosis_en == "holds if Verkeer is left out: 1,204"


def test_the_same_slip_in_every_column_is_said_in_the_same_words_without_the_amount():
    document = settled(written(TABLE.format("9.250", "9.550", "9.850")))
    assert {(r.slip, r.slip_en) for r in document.rules} == {
        ("sluit als Verkeer wordt weggelaten", "holds if Verkeer is left out")
    }
    sideways = told(NearMiss(0, FROM_LEFT), "Verkeer", Decimal(1204))
    assert sideways.nl == "sluit met het getal van Verkeer uit de kolom links" and sideways.slip is None


def test_a_sum_that_holds_says_nothing():
    document = settled(written(TABLE.format("10.454", "10.854", "11.254")))
    assert [r.diagnosis for r in document.rules] == [None] * 3


COLUMNS = """
| Jeugd | Wmo | Sport | Totaal
A | 14 | 26 | 11 | {}
B | 25 | 37 | 12 | {}
C | 35 | 49 | 13 | {}
"""


def test_a_column_called_total_that_leaves_one_out_is_a_break_over_all_columns():
    document = settled(written(COLUMNS.format(40, 62, 84)))
    assert formulas(document) == {"Totaal = Jeugd + Wmo + Sport"}
    assert verdicts(document) == {"break": 3}
    assert [r.diagnosis for r in document.rules] == [
        f"sluit als Sport wordt weggelaten: {n}" for n in (11, 12, 13)
    ]


@pytest.mark.parametrize(
    ("answers", "found", "asked"),
    [
        ({}, {}, ["antwoorden.001.bereik_kolom_4"]),
        ({"001.bereik_kolom_4": "geen som"}, {}, []),
        ({"001.bereik_kolom_4": "Jeugd t/m Sport (3)"}, {"break": 3}, []),
    ],
)
def test_a_column_called_total_that_sums_nothing_is_asked_about_until_a_person_says(answers, found, asked):
    document = settled(written(COLUMNS.format(17, 923, 431)), antwoorden=answers)
    assert verdicts(document) == found
    assert [r.key for r in document.rejects if r.kind == "question"] == asked


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        (
            "Zorg | waarvan incidenteel | Sport | Totaal",
            {"Totaal = Zorg + Sport"},
        ),  # a part of the column before
        ("Zorg | Krediet | Sport | Totaal besteed", set()),  # of what is not told by every column
        ("2024 | 2023 | 2025 | Totaal 2024-2025", set()),
        ("Zorg | Begroting | Sport | Totaal", set()),  # columns of two kinds
    ],
)
def test_a_column_that_may_be_the_total_of_some_columns_is_no_break(head, claimed):
    document = settled(written(f"| {head}\nA | 40 | 6 | 110 | 150\nB | 50 | 7 | 120 | 170"))
    assert formulas(document) == claimed
    assert "break" not in verdicts(document) and [r for r in document.rejects if r.kind == "question"] == []


def test_a_total_of_costs_holds_a_column_that_says_nothing_of_the_kind_where_the_rows_do():
    head = "\n| Kosten taakveld | Overhead | Totale kosten | Opbrengst\n"
    holds = settled(written(f"{head}A | 40 | 6 | 46 | 30\nB | 50 | 7 | 57 | 31\nC | 20 | 5 | 25 | 32"))
    assert formulas(holds) == {"Totale kosten = Kosten taakveld + Overhead"}
    other = settled(written(f"{head}A | 40 | 6 | 99 | 30\nB | 50 | 7 | 12 | 31\nC | 20 | 5 | 77 | 32"))
    assert formulas(other) == set()
    assert "break" not in verdicts(other)
