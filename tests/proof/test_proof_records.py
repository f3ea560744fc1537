"""Documents become records of the proof, two publications become one, and processes change nothing."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from handwritten import RAW, drie_d, grid, programmakosten, rule

from dagster_project.bench.unlanded import records_of
from dagster_project.claims.derivation import with_sums
from dagster_project.judgement import half_width_of
from dagster_project.proof import prove as proof_module
from dagster_project.proof.prove import prove, prove_sources
from dagster_project.proof.system import PrintedCell, PrintedRule, PrintedTerm, build_systems
from dagster_project.reading.documents import read_document


@pytest.mark.parametrize(
    ("name", "handwritten"),
    [("leiden-jaarstukken-2017-web", drie_d), ("leiden-programmabegroting-2018", programmakosten)],
)
def test_a_document_as_read_gives_the_system_that_was_written_by_hand(name, handwritten):
    read = build_systems(*records_of(with_sums(read_document(RAW / name, name)))).components
    written = build_systems(*handwritten().arguments).components

    def shapes(components):
        return sorted(
            (sorted(c.values), sorted((len(r.figures), sorted(r.coefficients)) for r in c.rows))
            for c in components
        )

    assert shapes(read) == shapes(written)


def test_three_publications_outvote_the_one_that_differs():
    sheet = (
        grid("a", ["x"], ["1"], [[10]]) + grid("b", ["x"], ["1"], [[10]]) + grid("c", ["x"], ["1"], [[11]])
    )
    for one, other in (("a", "b"), ("b", "c")):
        sheet += rule("getuige", f"{other}/getuige", {f"{one}:1.1": 1, f"{other}:1.1": -1})
    proof = prove(*sheet.arguments)
    assert [s.cell_id for s in proof.suspects if s.rank == 1] == ["c:1.1"]
    assert proof.certificates[0].min_half_width is None


@pytest.mark.parametrize(
    ("unit", "decimals", "half"),
    [("EUR", 0, "0"), ("EUR", 2, "0.005"), ("EUR_1000", 0, "0.5"), ("EUR_MLN", 1, "0.05"), (None, 0, "0.5")],
)
def test_half_a_unit_of_the_last_digit_and_nothing_for_whole_euros(unit, decimals, half):
    assert half_width_of(unit, decimals) == Decimal(half)


def test_tables_in_millions_with_decimals_are_judged_in_their_last_digit():
    sheet = grid("t", ["a", "b", "som"], ["1"], [[12], [13], [26]], Decimal("0.05"))
    cells = tuple(type(c)(c.cell_id, c.table_id, c.value / 10, c.half_width, 1) for c in sheet.cells)
    sheet = type(sheet)(cells, (), ()) + rule("totaal", "r", {"t:1.1": 1, "t:2.1": 1, "t:3.1": -1})
    (certificate,) = prove(*sheet.arguments).certificates
    assert certificate.feasible and certificate.min_half_width == Decimal("0.333333")
    proof = prove(*sheet.with_value("t:3.1", "6.2").arguments)
    implied = {s.cell_id: (s.implied_low, s.implied_high, s.diagnosis_kind) for s in proof.suspects}
    assert implied["t:3.1"] == (Decimal("2.4"), Decimal("2.6"), "cijfers_verwisseld")


def test_processes_side_by_side_give_the_same_proof(monkeypatch):
    sheet = programmakosten().with_value("k:7.4", 24_795)
    alone = prove(*sheet.arguments)
    monkeypatch.setattr(proof_module, "_PARALLEL_FROM", 1)
    assert prove(*sheet.arguments, workers=2) == alone


def test_each_rule_is_judged_by_itself_too():
    sheet = grid(
        "t", ["a", "b", "som", "los"], ["1", "2", "3", "4"], [[3] * 4, [4] * 4, [7, 8, 90, 7], [9] * 4]
    )
    sheet = sheet.with_value("t:1.4", None)
    for column in range(1, 5):
        terms = {f"t:1.{column}": 1, f"t:2.{column}": 1, f"t:3.{column}": -1}
        sheet += rule("totaal", f"kolom {column}", terms)
    sheet += rule("getuige", "tweemaal", {"t:3.1": 1, "t:3.2": -1})
    found = {r.rule_id: (r.verdict, r.residual, r.tolerance) for r in prove(*sheet.arguments).rule_status}
    margin = Decimal("1.5")
    assert found == {
        "kolom 1": ("exact", 0, margin),
        "kolom 2": ("rounding", -1, margin),
        "kolom 3": ("break", -83, margin),
        "kolom 4": (
            "not_judged",
            None,
            None,
        ),  # a part has no number, so nothing is said of how far it is off
        "tweemaal": ("break", -1, 0),  # rounding explains no difference between two prints of one figure
    }


@pytest.mark.parametrize(
    ("unit", "lasten", "shift"),
    [
        ("EUR_1000", 300, (0, "exact")),
        ("EUR_1000", 301, (1, "rounding")),
        ("EUR_1000", 302, (2, "break")),
        ("EUR", 301, (1, "break")),  # whole euros are not rounded
    ],
)
def test_a_sum_that_lets_two_sides_move_as_much_says_whether_they_did(unit, lasten, shift):
    more = lasten - 300
    figures = {"lasten": 300, "baten": 200, "l": lasten, "b": 200 + more}
    cells = [
        PrintedCell(name, "t", Decimal(value), half_width_of(unit, 0)) for name, value in figures.items()
    ]
    of_shift = {"l": Decimal(1), "lasten": Decimal(-1)}
    weights = {"baten": 1, "lasten": -1, "l": 1, "b": -1}
    terms = [PrintedTerm("r", name, Decimal(a), of_shift.get(name)) for name, a in weights.items()]
    without = [PrintedTerm("s", name, Decimal(a)) for name, a in weights.items()]
    rules = [PrintedRule(name, "iv3_bruto", True, "", "") for name in ("r", "s")]
    proof = prove_sources(cells, rules, terms + without)
    assert [(r.verdict, r.shift, r.shift_verdict) for r in proof.rule_status] == [
        ("exact", *shift),
        ("exact", None, "not_judged"),
    ]


def test_a_sum_beyond_what_can_be_told_is_not_judged_and_says_so():
    sheet = grid("t", ["a", "som"], ["1"], [[6 * 10**17], [-6 * 10**17]])
    sheet += rule("totaal", "r", {"t:1.1": 1, "t:2.1": -1})
    (status,) = prove(*sheet.arguments).rule_status
    assert (status.verdict, status.is_judged, status.residual) == ("not_judged", False, None)
    assert "too large" in status.reason
