"""One table published twice: tables and numbers find each other by their words, and only like is compared with like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dagster_project.claims.witnesses import Print, first_publications, witnesses


def printed(document: str, *rows: tuple, no: int = 1, **notation) -> list[Print]:
    """One table: per row a label and its numbers, under the columns 1, 2, ..."""
    said = {"caption": "", "unit": "EUR_1000", "decimals": 0, "sign": 1} | notation
    return [
        Print(
            cell_id=f"{document}/{no}:{row}.{column}",
            table_id=f"{document}/{no}",
            table_no=no,
            amount=None if number is None else Decimal(number),
            row_path=label,
            column_path=str(column),
            **said,
        )
        for row, (label, *numbers) in enumerate(rows, 1)
        for column, number in enumerate(numbers, 1)
    ]


def pairs(seconds: list[Print], firsts: list[Print]) -> dict[str, str | None]:
    """Per cell of the second publication, without the name of the document, which of the first it repeats."""
    found = witnesses("b", seconds, "a", firsts)
    return {w.cell_id.removeprefix("b/"): w.first and w.first.cell_id.removeprefix("a/") for w in found}


def test_numbers_under_the_same_words_are_paired_in_the_order_of_printing():
    one = printed("a", ("x", 1), ("x", 2))
    other = printed("b", ("X ", 1), ("x", 2), ("y", 3))
    assert pairs(other, one) == {"1:1.1": "1:1.1", "1:2.1": "1:2.1", "1:3.1": None}


def test_the_sum_of_two_prints_says_that_they_are_the_same():
    (witness,) = witnesses("b", printed("b", ("Jeugd", 1)), "a", printed("a", ("Jeugd", 2)))
    assert witness.terms == (("a/1:1.1", 1), ("b/1:1.1", -1))
    assert witness.rule_id == "b/g761aa3628dea"
    assert witness.description == '"Jeugd", 1: gelijk aan de eerste publicatie (a)'
    assert witness.description_en == '"Jeugd", 1: the same as in the first publication (a)'


@pytest.mark.parametrize("notation", [{"unit": "EUR"}, {"decimals": 1}, {"sign": -1}])
def test_a_number_that_is_printed_in_another_way_is_no_sum(notation):
    (witness,) = witnesses("b", printed("b", ("x", 1), **notation), "a", printed("a", ("x", 1)))
    assert witness.is_comparable and witness.rule_id is None


def test_a_mark_without_a_number_is_compared_with_nothing():
    (witness,) = witnesses("b", printed("b", ("x", None)), "a", printed("a", ("x", 1)))
    assert not witness.is_comparable and witness.rule_id is None


def test_tables_of_which_half_of_the_cells_or_fewer_agree_are_not_the_same():
    one = printed("a", ("x", 1), ("y", 2))
    assert pairs(printed("b", ("x", 1), ("y", 2), ("z", 3)), one)
    assert pairs(printed("b", ("x", 1), ("y", 2), ("z", 3), ("w", 4)), one) == {}


def test_a_table_repeats_the_one_with_most_of_its_cells_then_of_its_caption_then_the_nearest():
    rows = ("x", 1), ("y", 2)
    first, second, third = (printed("a", *rows, no=no, caption=f"Tabel {no}") for no in (1, 2, 3))
    assert pairs(printed("b", *rows, no=3, caption="Een"), first + second + third)["3:1.1"] == "3:1.1"
    assert pairs(printed("b", *rows, no=3, caption="tabel 1"), first + second + third)["3:1.1"] == "1:1.1"
    more = printed("a", *rows, ("z", 3), no=9)
    assert pairs(printed("b", *rows, ("z", 3), no=1, caption="tabel 1"), first + more)["1:1.1"] == "9:1.1"


def test_a_table_is_repeated_by_one_table_at_most():
    rows = ("x", 1), ("y", 2)
    twice = printed("b", *rows, no=1) + printed("b", *rows, no=2)
    assert pairs(twice, printed("a", *rows, no=2)) == {"2:1.1": "2:1.1", "2:2.1": "2:2.1"}


@pytest.mark.parametrize(
    ("same_as", "firsts"),
    [
        ({"a": None, "b": "a"}, {"b": "a"}),
        ({"b": "a"}, {}),  # not there
        ({"a": "a"}, {}),
        ({"a": None, "b": "a", "c": "b", "d": "c", "e": "d"}, dict.fromkeys("bcde", "a")),
        ({"a": "b", "b": "a"}, {"b": "a"}),
        ({"c": "a", "a": "b", "b": "c", "d": "c"}, dict.fromkeys("bcd", "a")),
    ],
)
def test_every_publication_leads_to_the_first_of_all(same_as, firsts):
    assert first_publications(same_as) == firsts
