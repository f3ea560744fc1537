"""Rows of which the cells stand without a blank between them: parted where sums allow one way only, else refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import AROUND, tables

from dagster_project.claims.derivation import derive
from dagster_project.reading.assemble import understand
from dagster_project.reading.formats.glued import parted
from dagster_project.reading.formats.text import fragments

DIFFERENCES = """Overzicht
bedragen x € 1.000
ProgrammaRekening 2016Begroting 2017
LastenBatenSaldoLastenBatenSaldo
Programma 02.7585462.2122.7815472.234
Programma 11.676451.6311.663461.618
"""
STOCKS = """Reserves
bedragen x € 1.000

OmschrijvingStand 1-1-2025ToevoegingOnttrekkingStand 31-12-2025
Algemene reserve10.2501.200-11.450
Reserve Wmo3.400-4003.000
Egalisatiereserve1.00050251.025
Totaal14.6501.25042515.475
"""
GROUPS = """Programma's
bedragen x € 1.000
ProgrammaLastenBatenSaldo
Sociaal domein
Jeugd1.5343001.234
Overhead000
Fysiek domein
Wegen2.15332.150
Totaal3.6873033.384
"""
TOTALS_ALONE = """Overzicht lasten
(bedragen x € 1.000)
Programma2024202520262027
Bestuur1.2341.3001.3501.400
Veiligheid2.0002.1002.2002.300
Totaal lasten3.2343.4003.5503.700
"""


def amounts(text: str) -> dict[str, list[int]]:
    (table,) = tables(text.encode(), "a.txt")
    rows = {row.no: " > ".join(row.path) for row in table.rows}
    found: dict[str, list[int]] = {}
    for cell in table.cells:
        found.setdefault(rows[cell.row], []).append(int(cell.amount or 0))
    return found


def refused(text: str) -> list[str]:
    """The lines that are refused because their amounts stand without a blank between them."""
    found = understand(fragments(text), AROUND, "a.txt").rejects
    return [reject.text for reject in found if reject.reason == "bedragen staan aaneen gedrukt"]


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        (DIFFERENCES, "Programma 1", [1676, 45, 1631, 1663, 46, 1618]),
        (STOCKS, "Egalisatiereserve", [1000, 50, 25, 1025]),
        (GROUPS, "Fysiek domein > Wegen", [2153, 3, 2150]),
        (TOTALS_ALONE, "Veiligheid", [2000, 2100, 2200, 2300]),
    ],
    ids=["differences", "stocks", "groups", "totals alone"],
)
def test_rows_without_blanks_are_parted_where_sums_allow_one_way_only(text, row, expected):
    assert amounts(text)[row] == expected
    assert not refused(text)


def test_the_columns_are_those_of_the_header_without_blanks():
    (table,) = tables(DIFFERENCES.encode(), "a.txt")
    assert [column.path for column in table.columns[2:4]] == [
        ("Rekening 2016", "Saldo"),
        ("Begroting 2017", "Lasten"),
    ]


@pytest.mark.parametrize("text", [DIFFERENCES, STOCKS, GROUPS, TOTALS_ALONE])
def test_sums_that_parted_the_rows_prove_nothing(text):
    found = tables(text.encode(), "a.txt")
    assert [table.lezing for table in found] == ["sommen"]
    sums = derive(found, {}).sums
    assert sums and all(one.is_decisive for one in sums)


def test_a_row_that_closes_within_rounding_is_parted():
    assert amounts(DIFFERENCES.replace("451.631", "451.632"))["Programma 1"][:3] == [1676, 45, 1632]


def test_rows_that_sums_part_in_no_way_are_refused_as_printed():
    wrong = DIFFERENCES.replace("2.7585462.212", "2.7585462.312")
    assert len(refused(wrong)) == 2


def test_a_minus_that_may_be_of_the_amount_before_or_behind_it_parts_no_row():
    text = "LastenBatenSaldo\nJeugd1.534300-1.234\nWegen2.1533-2.150\n"
    assert len(refused(text)) == 2


def test_rows_that_sums_part_in_two_ways_are_refused_as_printed():
    text = "LastenBatenSaldo\nWerk11011\nZorg2202\n"
    lines = [(line, no, None) for no, line in enumerate(text.splitlines(), 1)]
    assert parted(lines).lines == tuple(lines)


@pytest.mark.parametrize(
    "years", ["Rekening 2023\nBegroting 2024", "Jeugd 14020\nWmo 24550", "JeugdWmo2024\nJaar2025"]
)
def test_years_and_amounts_without_points_are_no_rows_without_blanks(years):
    lines = [(line, no, None) for no, line in enumerate(f"LastenBatenSaldo\n{years}".splitlines(), 1)]
    assert parted(lines).lines == tuple(lines)


def printed(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") if amount else "0"


@given(
    st.lists(
        st.tuples(st.integers(0, 99_999), st.integers(0, 99_999)).map(lambda ab: (max(ab), min(ab))),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from(["Wonen", "Programma 1", "Taakveld 0.1"]),
)
def test_rows_are_parted_as_they_were_or_stay_as_printed(rows, label):
    whole = [(a, b, a - b) for a, b in rows]
    header = ("LastenBatenSaldo", 1, None)
    lines = [header] + [
        (label + "".join(map(printed, row)), no, None) for no, row in enumerate(whole, start=2)
    ]
    found = parted(lines)
    as_they_were = [" ".join((label, *map(printed, row))) for row in whole]
    assert found.lines == tuple(lines) or [text for text, _, _ in found.lines[1:]] == as_they_were
