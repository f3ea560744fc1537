"""What must hold for every table: exact tables that were rounded are proved, and a large error is named."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, given, settings

sys.path.insert(0, str(Path(__file__).parent))
from handwritten import Sheet, drie_d_twice, grid, programmakosten, rule

from dagster_project.proof.prove import prove

PROPERTY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def rounded(number: Fraction) -> int:
    return int(number + Fraction(1, 2)) if number >= 0 else -int(-number + Fraction(1, 2))


@st.composite
def rounded_tables(draw) -> Sheet:
    """Rows and columns of unrounded numbers with some of the totals that go with them, rounded one by one."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    numbers = st.fractions(-100_000, 100_000, max_denominator=1000)
    body = [[draw(numbers) for _ in range(columns)] for _ in range(rows)]
    table = [[*row, sum(row)] for row in body]
    table.append([sum(row[c] for row in table) for c in range(columns + 1)])
    printed = [[rounded(n) for n in row] for row in table]
    sheet = grid("t", [f"r{r}" for r in range(rows + 1)], [f"k{c}" for c in range(columns + 1)], printed)
    sheet += rule("totaal", "k0", {f"t:{r}.1": 1 for r in range(1, rows + 1)} | {f"t:{rows + 1}.1": -1})
    for c in range(2, columns + 2):
        if draw(st.booleans()):
            terms = {f"t:{r}.{c}": 1 for r in range(1, rows + 1)} | {f"t:{rows + 1}.{c}": -1}
            sheet += rule("totaal", f"kolom{c}", terms)
    for r in range(1, rows + 2):
        if draw(st.booleans()):
            terms = {f"t:{r}.{c}": 1 for c in range(1, columns + 1)} | {f"t:{r}.{columns + 1}": -1}
            sheet += rule("kolomtotaal", f"rij{r}", terms)
    return sheet


@PROPERTY
@given(rounded_tables())
def test_an_exact_table_rounded_number_by_number_is_always_proved(sheet):
    assert all(c.feasible and c.is_exact for c in prove(*sheet.arguments).certificates)


@PROPERTY
@given(rounded_tables(), st.data())
def test_one_large_error_in_a_locatable_cell_is_named_alone(sheet, data):
    locatable = sorted(c.cell_id for c in prove(*sheet.arguments).cell_status if c.is_locatable)
    assume(locatable)
    cell = data.draw(st.sampled_from(locatable))
    error = data.draw(st.sampled_from([-1, 1])) * data.draw(st.integers(1_000, 10**9))
    proof = prove(*sheet.with_value(cell, sheet.value(cell) + error).arguments)
    (suspect,) = (s for s in proof.suspects if s.set_size == 1)
    assert suspect.cell_id == cell
    assert suspect.implied_low <= sheet.value(cell) <= suspect.implied_high


@PROPERTY
@given(rounded_tables(), st.data())
def test_every_detected_error_has_the_true_cell_among_its_suspects(sheet, data):
    cell = data.draw(st.sampled_from(sorted({t.cell_id for t in sheet.terms})))
    error = data.draw(st.integers(-30, 30).filter(bool))
    proof = prove(*sheet.with_value(cell, sheet.value(cell) + error).arguments)
    if any(c.feasible is False for c in proof.certificates):
        assert cell in {s.cell_id for s in proof.suspects}


@PROPERTY
@given(rounded_tables(), st.randoms(use_true_random=False), st.integers(-40, 40))
def test_the_verdict_does_not_depend_on_the_order_of_cells_and_rules(sheet, random, error):
    sheet = sheet.with_value("t:1.1", sheet.value("t:1.1") + error)
    shuffled = [random.sample(part, len(part)) for part in sheet.arguments]
    assert prove(*sheet.arguments) == prove(*shuffled)


@PROPERTY
@given(rounded_tables(), st.integers(-40, 40), st.sampled_from([-1, 2, 10, 1000]))
def test_a_rule_says_the_same_when_multiplied(sheet, error, factor):
    from dataclasses import replace

    sheet = sheet.with_value("t:1.1", sheet.value("t:1.1") + error)
    scaled = [replace(t, coefficient=t.coefficient * factor) for t in sheet.terms]
    plain, other = prove(*sheet.arguments), prove(sheet.cells, sheet.rules, scaled)
    assert [(c.feasible, c.min_half_width) for c in plain.certificates] == [
        (c.feasible, c.min_half_width) for c in other.certificates
    ]
    assert {(s.cell_id, s.implied_low, s.implied_high) for s in plain.suspects} == {
        (s.cell_id, s.implied_low, s.implied_high) for s in other.suspects
    }


@PROPERTY
@given(rounded_tables(), st.integers(-60, 60))
def test_the_intervals_agree_with_the_linear_program(sheet, error):
    """Whether a value of a cell is possible is answered by the interval that the others imply."""
    status = {c.cell_id: c for c in prove(*sheet.arguments).cell_status}["t:1.1"]
    value = sheet.value("t:1.1") + error
    feasible = all(c.feasible for c in prove(*sheet.with_value("t:1.1", value).arguments).certificates)
    if feasible and status.implied_low is not None:
        assert status.implied_low <= value <= status.implied_high


@settings(PROPERTY, max_examples=15)
@given(st.integers(1, 19), st.integers(1, 6), st.integers(50, 10**6), st.sampled_from([-1, 1]))
def test_programmakosten_locates_any_large_error(row, column, size, sign):
    sheet = programmakosten()
    cell = f"k:{row}.{column}"
    proof = prove(*sheet.with_value(cell, sheet.value(cell) + sign * size).arguments)
    assert [s.cell_id for s in proof.suspects] == [cell]


@settings(PROPERTY, max_examples=10)
@given(st.integers(1, 21), st.integers(1, 7), st.integers(50, 10**6), st.sampled_from(["web", "pdf"]))
def test_two_publications_locate_any_large_error(row, column, size, which):
    sheet = drie_d_twice()
    cell = f"{which}:{row}.{column}"
    proof = prove(*sheet.with_value(cell, sheet.value(cell) + Decimal(size)).arguments)
    assert [s.cell_id for s in proof.suspects] == [cell]
