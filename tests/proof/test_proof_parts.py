"""The parts of the proof: slips and their ranking, intervals against linear programs, exact checks."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

sys.path.insert(0, str(Path(__file__).parent))
from handwritten import Sheet, grid, per_column, programmakosten, rule

from dagster_project.proof import diagnosis, linear, suspects
from dagster_project.proof.certificate import exact_witness, refutes
from dagster_project.proof.diagnosis import Neighbourhood, diagnose
from dagster_project.proof.intervals import network, propagate
from dagster_project.proof.prove import prove
from dagster_project.proof.system import Equation


@pytest.mark.parametrize(
    ("place", "low", "high", "kind", "truth"),
    [
        (Neighbourhood(48_127), 48_216, 48_218, "cijfers_verwisseld", 48_217),
        (Neighbourhood(48_127), 48_826, 48_828, "cijfer_anders", 48_827),
        (Neighbourhood(155), -156, -154, "teken", -155),
        (Neighbourhood(48), 48_126, 48_128, "duizendtal_kwijt", 48_127),
        (Neighbourhood(127), 48_126, 48_128, "duizendtal_kwijt", 48_127),
        (Neighbourhood(48_127_127), 48_126, 48_128, "duizendtal_dubbel", 48_127),
        (Neighbourhood(4_812), 48_126, 48_128, "cijfer_kwijt", 48_127),
        (Neighbourhood(488_127), 48_126, 48_128, "cijfer_dubbel", 48_127),
        (Neighbourhood(481_270), 48_126, 48_128, "factor_10", 48_127),
        (Neighbourhood(48_127_000), 48_126, 48_128, "factor_1000", 48_127),
        (Neighbourhood(3_681, left=3_681), 9_242, 9_244, "buurcel", None),
        (Neighbourhood(3_681, above=3_681), 9_242, 9_244, "rij_erboven", None),
        (Neighbourhood(3_681, below=3_681), 9_242, 9_244, "rij_eronder", None),
        (Neighbourhood(3_681, right=9_243), 9_242, 9_244, "kolom_verschoven", 9_243),
        (Neighbourhood(5_000), 71_233, 71_235, "onbekend", None),
        (Neighbourhood(5_000), None, None, "onbekend", None),
    ],
)
def test_each_kind_of_slip_is_recognised(place, low, high, kind, truth):
    found = diagnose(place, low, high, 0.5)
    assert found.kind == kind
    if truth is not None:
        assert found.truth == truth


def test_a_known_slip_outweighs_an_unknown_one():
    assert (
        diagnose(Neighbourhood(48_127), 48_216, 48_218, 0.5).weight
        > diagnose(Neighbourhood(48_127), 61_000, 61_002, 0.5).weight
    )


def test_a_slip_in_the_middle_of_the_interval_outweighs_one_at_its_edge():
    middle, edge = (
        diagnose(Neighbourhood(48_127), 48_213, 48_221, 0.5),
        diagnose(Neighbourhood(48_127), 48_209, 48_217, 0.5),
    )
    assert middle.weight > edge.weight


def test_a_number_that_a_row_repeats_anyway_is_weak_evidence_of_a_neighbour_printed_twice():
    rare, common = (
        diagnose(Neighbourhood(374, left=374, repeats=r), 193, 197, 0.5).weight for r in (0.02, 0.8)
    )
    assert common < rare


def test_every_slip_has_a_name_in_both_languages():
    assert set(diagnosis._DIGIT_SLIPS) < set(diagnosis.SLIPS)
    assert all(nl and en and 0 <= prior < 1 for prior, nl, en in diagnosis.SLIPS.values())


@st.composite
def trees(draw):
    """Rows without cycles, with residuals."""
    rows, size = [], 1
    for k in range(draw(st.integers(1, 5))):
        shared = draw(st.integers(0, size - 1))
        new = draw(st.integers(1, 3))
        figures = (shared, *range(size, size + new))
        coefficients = tuple(draw(st.sampled_from([-2, -1, 1, 1, 3])) for _ in figures)
        rows.append(Equation((f"r{k}",), figures, coefficients))
        size += new
    residual = np.array([draw(st.integers(-6, 6)) for _ in rows], dtype=float) / 2
    return rows, size, residual


@settings(max_examples=60, deadline=None)
@given(trees())
def test_on_a_tree_intervals_say_exactly_what_the_linear_program_says(tree):
    rows, size, residual = tree
    net = network(rows, size)
    assert net.is_forest
    half = np.full(size, 0.5)
    low, high, empty = propagate(net, residual, -half[None], half[None])
    extents = [linear.extent(net, residual, -half, half, f) for f in range(size)]
    assert empty[0] == (extents[0] is None)
    if not empty[0]:
        for f, (least, most) in enumerate(extents):
            assert low[0, f] == pytest.approx(least, abs=1e-6)
            assert high[0, f] == pytest.approx(most, abs=1e-6)


def test_a_witness_that_misses_a_rule_is_not_exact():
    rows, half = [Equation(("r",), (0, 1), (1, 1))], [Fraction(1, 2)] * 2
    assert exact_witness(rows, [1], half, np.array([-0.5, -0.5])) == (Fraction(-1, 2), Fraction(-1, 2))
    assert exact_witness(rows, [1], half, np.array([-0.1, -0.3])) is None
    assert exact_witness(rows, [2], half, np.array([-1.0, -1.0])) is None


def test_a_refusal_is_checked_by_adding_up():
    rows, half = [Equation(("r",), (0, 1), (1, 1))], [Fraction(1, 2)] * 2
    assert refutes(rows, [2], half, np.array([0.7]))
    assert not refutes(rows, [1], half, np.array([0.7]))
    assert not refutes(rows, [2], half, np.array([0.0]))


def test_programmakosten_is_taken_apart_by_column():
    from dagster_project.proof.system import build_systems

    components = build_systems(*programmakosten().arguments).components
    assert [len(c.cells) for c in components] == [32] * 6
    assert len({c.component_id for c in components}) == len({c.fingerprint for c in components}) == 6


def twice_published(rows: int, columns: int, factor: int) -> Sheet:
    """A table with a total in every column, and once more with every number so many times as large."""
    numbers = [[1_000 + 37 * r * c for c in range(1, columns + 1)] for r in range(1, rows + 1)]
    numbers.append([sum(column) for column in zip(*numbers, strict=True)])
    labels, heads = [f"rij {r}" for r in range(1, rows + 2)], [f"kolom {c}" for c in range(1, columns + 1)]
    sheet = Sheet()
    for table, times in (("web", 1), ("pdf", factor)):
        sheet += grid(table, labels, heads, [[n * times for n in row] for row in numbers])
        sheet += per_column("totaal", table, dict.fromkeys(range(1, rows + 1), 1), rows + 1, columns)
        across = {f"{table}:{rows + 1}.{c}": 1 for c in range(1, columns)}  # ties the columns together
        sheet += rule("kolomtotaal", f"{table}/alles", across | {f"{table}:{rows + 1}.{columns}": -1})
    for r in range(1, rows + 2):
        for c in range(1, columns + 1):
            sheet += rule("getuige", f"{r}.{c}", {f"web:{r}.{c}": 1, f"pdf:{r}.{c}": -1})
    return sheet


def test_publications_in_different_units_are_each_believed_as_a_whole_and_nothing_is_looked_for_beyond(
    monkeypatch,
):
    asked = []
    monkeypatch.setattr(suspects, "milp", lambda *args, **kwargs: asked.append(args))
    sheet = twice_published(20, 2, 1_000)  # the last column is the first one, in each publication
    for r in range(1, 22):
        for table in ("web", "pdf"):
            sheet = sheet.with_value(f"{table}:{r}.2", sheet.value(f"{table}:{r}.1"))
    (certificate,) = (proof := prove(*sheet.arguments)).certificates

    assert certificate.feasible is False and asked == []
    believed = [{s.cell_id.partition(":")[0] for s in proof.suspects if s.set_no == n} for n in (1, 2)]
    assert sorted(map(sorted, believed)) == [["pdf"], ["web"]]
    assert "factor_1000" in {s.diagnosis_kind for s in proof.suspects}
    assert certificate.explained_in_nl.endswith("2 verklaringen uit 42 getallen; er is niet verder gezocht.")
    assert certificate.explained_in_en.endswith("2 explanations of 42 numbers; it was not searched further.")
