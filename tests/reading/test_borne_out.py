"""Sums that hold or fail in the rows speak for and against a header; a table named by them proves none of them."""

from __future__ import annotations

import random

import pytest
from extracts import columns, of_rows, understood
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.borne_out import borne_out

SIDES = (("2024", "Lasten"), ("2024", "Baten"), ("2024", "Saldo"))
STOCKS = (("Stand 1-1-2024",), ("Toevoegingen",), ("Onttrekkingen",), ("Stand 31-12-2024",))
amount = st.integers(1, 9_999_999)


def printed(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{n:,}".replace(",", ".") for n in numbers)


@given(st.lists(st.tuples(amount, amount), min_size=3, max_size=12), st.sampled_from((1, -1)))
def test_lasten_baten_and_their_saldo_bear_each_other_out_in_either_direction(pairs, sign):
    rows = [printed(lasten, baten, sign * (baten - lasten)) for lasten, baten in pairs]
    assert borne_out(SIDES, rows) == {"sums_hold": 1.0, "sums_fail": 0.0}


@given(st.lists(st.tuples(amount, amount, amount), min_size=3, max_size=12))
def test_a_stock_its_changes_and_the_next_stock_bear_each_other_out(rows):
    texts = [printed(begin, added, off, begin + added - off) for begin, added, off in rows]
    assert borne_out(STOCKS, texts)["sums_hold"] == 1.0


def test_a_budget_its_changes_and_the_budget_after_them_bear_each_other_out():
    paths = (("Primitieve begroting",), ("1e wijziging",), ("2e wijziging",), ("Begroting na wijziging",))
    rows = [printed(a, b, c, a + b + c) for a, b, c in ((5_410, 45, 12), (3_890, 118, 7), (18_740, 240, 310))]
    assert borne_out(paths, rows) == {"sums_hold": 1.0, "sums_fail": 0.0}


def test_differences_below_one_text_are_of_the_columns_of_their_name_below_two_others():
    paths = tuple(
        (head, side) for head in ("Begroting", "Rekening", "Verschil") for side in ("Lasten", "Baten")
    )
    rows = [
        printed(a, b, c, d, a - c, b - d)
        for a, b, c, d in ((90, 70, 40, 9), (88, 60, 31, 8), (950, 72, 11, 5))
    ]
    assert borne_out(paths, rows) == {"sums_hold": 1.0, "sums_fail": 0.0}


def test_a_difference_is_of_two_columns_beside_it_below_one_text():
    paths = (("Lasten", "Begroting"), ("Lasten", "Rekening"), ("Lasten", "Verschil"), ("Ziekte", "2024"))
    rows = [printed(a, b, a - b, 7) for a, b in ((512, 498), (3_104, 3_011), (4_077, 4_125))]
    assert borne_out(paths, rows) == {"sums_hold": 1.0, "sums_fail": 0.0}


def test_a_difference_that_stands_under_no_text_may_be_of_columns_that_do():
    paths = (
        ("Rekening 2020",),
        ("Raming", "primitief"),
        ("Raming", "na wijziging"),
        ("Rekening 2021",),
        ("Verschil",),
    )
    rows = [printed(a, b, c, d, c - d) for a, b, c, d in ((90, 70, 40, 9), (88, 60, 31, 8), (950, 72, 11, 5))]
    assert borne_out(paths, rows) == {"sums_hold": 1.0, "sums_fail": 0.0}


def test_names_in_another_order_fail():
    rows = [printed(n, 3 * n + 7, 2 * n + 7) for n in (812, 4_310, 977, 65)]
    assert borne_out(SIDES, rows)["sums_hold"] == 1.0
    turned = (SIDES[1], SIDES[2], SIDES[0])  # the saldo is called lasten
    assert (
        borne_out((turned[0], SIDES[0], SIDES[2]), rows)["sums_hold"] == 1.0
    )  # lasten and baten may change places
    assert (
        borne_out(turned, [printed(n, 2 * n + 3, 9 * n) for n in (812, 4_310, 977, 65)])["sums_fail"] == 0.5
    )


def test_two_rows_tell_nothing_and_neither_do_rows_of_one_side():
    assert borne_out(SIDES, [printed(4, 9, 5), printed(10, 30, 20)]) == {}
    assert borne_out(SIDES, [("12", "0", "-12"), ("7", "0", "-7"), ("5", "0", "-5"), ("3", "0", "-3")]) == {}


def test_rounding_of_parts_and_total_is_allowed_and_no_more():
    near = [printed(1_002, 2_003, 1_002), printed(50, 81, 30), printed(9, 40, 32)]
    off = [printed(1_002, 2_003, 1_004), printed(50, 81, 28), printed(9, 40, 35)]
    assert borne_out(SIDES, near)["sums_hold"] == 1.0
    assert borne_out(SIDES, off)["sums_fail"] == 0.5


PARENTS = "Raming 2024 vóór wijziging|Raming 2024 na wijziging|Realisatie 2024|Realisatie vorig jaar 2023|Afwijking|Waarvan onrechtmatig"


def lines_of(seed: int, lone: int) -> list[str]:
    """Rows of five groups of baten, lasten and saldo, and one column alone at a place among them."""
    draw = random.Random(seed)
    rows = []
    for name in ("Ruimte", "Sociaal Domein", "Bedrijfsvoering", "Veiligheid", "Zorg"):
        cells = []
        sides = [(draw.randint(100, 9_000), draw.randint(100, 9_000)) for _ in range(4)]
        sides.append(
            (sides[2][0] - sides[1][0], sides[2][1] - sides[1][1])
        )  # the accounts less the changed budget
        for baten, lasten in sides:
            cells.append(printed(baten, lasten, baten - lasten))
        cells.insert(lone, printed(draw.randint(1_000, 9_000)))
        rows.append("|".join((f"Programma {name}", *(text for group in cells for text in group))))
    return rows


@pytest.mark.parametrize("lone", [5, 2])
def test_which_text_stands_over_one_column_only_is_told_by_sums_that_hold(lone):
    names = PARENTS.split("|")
    names.insert(lone, names.pop())
    text = of_rows("bedragen x € 1.000", "|".join(names), *["Baten|Lasten|Saldo"] * 5, *lines_of(7, lone))
    found = columns(text, soort="jaarstukken")
    assert found[3 * lone] == "Waarvan onrechtmatig"
    assert found[0].endswith("Baten")


def test_a_header_that_sums_decided_is_told():
    names = PARENTS.split("|")
    names.insert(2, names.pop())
    text = of_rows("bedragen x € 1.000", "|".join(names), *["Baten|Lasten|Saldo"] * 5, *lines_of(7, 2))
    (table,) = understood(text, soort="jaarstukken").tables
    assert (table.lezing, table.header_by_sums) == ("sommen", True)
