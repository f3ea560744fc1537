"""Numbers as Dutch documents print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.numbers import MISSING, NIL, clean, is_malformed, read, year_of
from dagster_project.reading.phrases import trailing_values


def value(text: str) -> Decimal | None:
    (only,) = read(clean(text))
    return only.value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234", "1234"),
        ("1 234 567", "1234567"),
        ("1\u00a0234", "1234"),
        ("12345,6", "12345.6"),
        ("1.234.567,89", "1234567.89"),
        ("-155", "-155"),
        ("\u2212 155", "-155"),
        ("1.272-", "-1272"),
        ("(1.234)", "-1234"),
        ("€ (1.234)", "-1234"),
        ("-/- 155", "-155"),
        ("€ -315.000", "-315000"),
        ("-€ 12", "-12"),
        ("€ 1.000,-", "1000"),
        ("+12", "12"),
        ("0", "0"),
    ],
)
def test_a_number_has_its_printed_value_and_sign(text: str, number: str) -> None:
    assert value(text) == Decimal(number)


@pytest.mark.parametrize("text", ["-", "–", "—", "€ -", ".", "-,-", "--", "nihil"])
def test_a_nil_mark_is_no_number(text: str) -> None:
    assert [(p.mark, p.value) for p in read(text)] == [(NIL, None)]


@pytest.mark.parametrize(
    "text", ["n.b.", "n.n.b.", "nnb", "n.v.t.", "NB", "p.m.", "onbekend", "nog niet bekend", "?"]
)
def test_a_missing_mark_is_no_number(text: str) -> None:
    assert [(p.mark, p.value) for p in read(text)] == [(MISSING, None)]


@pytest.mark.parametrize(
    "text", ["1.2.3", "12,3,4", "1O5", "1.23", "12 345 6", "6.1", "0.10", "12.34.567", "--5"]
)
def test_digits_that_make_no_number_are_told_from_text(text: str) -> None:
    assert not read(text)
    assert is_malformed(text)


@pytest.mark.parametrize(
    "text", ["stijging", "18+", "(2019)", "1-1-2025", "2018-2021", "Programma 0", "2)", "t/m 2027"]
)
def test_text_with_digits_is_text(text: str) -> None:
    assert not read(text)
    assert not is_malformed(text)


@pytest.mark.parametrize(
    ("text", "marker", "number"),
    [
        ("N 23.609", "N", 23609),
        ("115 V", "V", 115),
        ("23.609N", "N", 23609),
        ("-9 N", "N", -9),
        ("12 (V)", "V", 12),
    ],
)
def test_a_marker_beside_a_number_is_kept_and_leaves_its_value(text: str, marker: str, number: int) -> None:
    (only,) = read(text)
    assert (only.marker, only.value, only.has_minus) == (marker, number, number < 0)


@pytest.mark.parametrize(
    ("text", "number", "eenheid", "comparator"),
    [
        ("34%", "34", "%", None),
        ("80%-", "80", "%", None),
        ("11,5 ha", "11.5", "ha", None),
        ("€ 3,5 mln", "3.5", "mln", None),
        ("≥ 4", "4", None, "≥"),
        ("< 2,0", "2.0", None, "<"),
        ("minimaal 7", "7", None, "minimaal"),
    ],
)
def test_units_and_comparators_stand_beside_the_bare_number(
    text: str, number: str, eenheid: str | None, comparator: str | None
) -> None:
    (only,) = read(text)
    assert (only.value, only.eenheid, only.comparator) == (Decimal(number), eenheid, comparator)


def test_several_values_with_years_in_one_cell_come_out_one_by_one() -> None:
    found = read("5,8 (2014) 5,7 (2015) 5,9 (2016)*")
    assert [(p.value, p.jaar, p.noot) for p in found] == [
        (Decimal("5.8"), 2014, None),
        (Decimal("5.7"), 2015, None),
        (Decimal("5.9"), 2016, "*"),
    ]


def test_values_without_years_beside_each_other_are_not_taken_apart() -> None:
    assert read("5,8 5,7") == ()


@pytest.mark.parametrize(("text", "note"), [("55*", "*"), ("55 1)", "1)"), ("55¹", "¹"), ("1.234 **", "**")])
def test_a_footnote_mark_stays_with_its_value(text: str, note: str) -> None:
    (only,) = read(text)
    assert only.noot == note


def printed(number: int, thousands: str) -> str:
    return f"{abs(number):,}".replace(",", thousands)


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from([".", " ", ""]),
    st.sampled_from(["-{}", "{}-", "({})", "-/- {}", "€ -{}", "€ {}-", "\u2212{}"]),
)
def test_every_whole_number_is_read_back_however_it_is_printed(
    number: int, thousands: str, minus: str
) -> None:
    text = printed(number, thousands)
    if minus == "({})" and year_of(text) is not None:
        text = printed(number, ".")  # (2019) without its point is a year
    assert value(minus.format(text) if number < 0 else text) == number


@given(st.integers(0, 10**9), st.integers(0, 999), st.integers(1, 3))
def test_decimals_are_read_back_exactly(whole: int, fraction: int, places: int) -> None:
    text = f"{printed(whole, '.')},{fraction % 10**places:0{places}d}"
    (only,) = read(text)
    assert only.value == Decimal(f"{whole}.{fraction % 10**places:0{places}d}")
    assert only.decimals == places


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for found in read(clean(text)):
        assert found.value is None or found.value.is_finite()
    is_malformed(clean(text))


@pytest.mark.parametrize(
    ("text", "value", "unit", "note"),
    [("82%²", 82, "%", "²"), ("34 ha¹", 34, "ha", "¹"), ("5 km²", 5, "km²", None), ("12 m²", 12, "m²", None)],
)
def test_a_raised_figure_behind_a_unit_is_a_note_unless_it_belongs_to_the_unit(text, value, unit, note):
    (found,) = read(text)
    assert (found.value, found.eenheid, found.noot) == (value, unit, note)


@pytest.mark.parametrize("text", ["geen data", "Geen gegevens", "geen meting"])
def test_words_that_say_that_nothing_was_measured_are_no_value(text):
    (found,) = read(text)
    assert (found.mark, found.value) == ("missing", None)


def test_a_sign_for_what_is_added_makes_a_number_as_one_for_what_is_taken_off():
    assert [p.value for p in read("+/+ 754.024")] == [Decimal(754024)]
    assert [p.value for p in read("-/- 0")] == [Decimal(0)]
    assert trailing_values("Rente eigen vermogen +/+ 754.024") == ("Rente eigen vermogen", ("+/+ 754.024",))
    assert trailing_values("Berekend saldo (x 1.000) -€ 40.252 -€ 31.892") == (
        "Berekend saldo (x 1.000)",
        ("-€ 40.252", "-€ 31.892"),
    )
