"""Documents become records of the proof, two publications become one, and processes change nothing."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from handwritten import RAW, drie_d, grid, programmakosten

from dagster_project.consistency import proof as proof_module
from dagster_project.consistency.conventions import settle
from dagster_project.consistency.documents import records_of, witness_rules
from dagster_project.consistency.judgement import half_width_of
from dagster_project.consistency.proof import prove
from dagster_project.consistency.system import build_systems
from dagster_project.reading.documents import read_document


@pytest.mark.parametrize(
    ("name", "handwritten"),
    [("leiden-jaarstukken-2017-web", drie_d), ("leiden-programmabegroting-2018", programmakosten)],
)
def test_a_document_as_read_gives_the_system_that_was_written_by_hand(name, handwritten):
    read = build_systems(*records_of(settle(read_document(RAW / name, name)))).components
    written = build_systems(*handwritten().arguments).components

    def shapes(components):
        return sorted(
            (sorted(c.values), sorted((len(r.figures), sorted(r.coefficients)) for r in c.rows))
            for c in components
        )

    assert shapes(read) == shapes(written)


def test_numbers_under_the_same_words_are_paired_in_the_order_of_printing():
    one = grid("a", ["x", "x"], ["1"], [[1], [2]]).cells
    other = grid("b", ["x", "x", "y"], ["1"], [[1], [2], [3]]).cells
    rules, terms = witness_rules(list(one), list(other))
    assert [r.kind for r in rules] == ["getuige"] * 2
    pairs = {}
    for term in terms:
        pairs.setdefault(term.rule_id, []).append((term.cell_id, term.coefficient))
    assert list(pairs.values()) == [[("a:1.1", 1), ("b:1.1", -1)], [("a:2.1", 1), ("b:2.1", -1)]]


def test_three_publications_outvote_the_one_that_differs():
    sheet = (
        grid("a", ["x"], ["1"], [[10]]) + grid("b", ["x"], ["1"], [[10]]) + grid("c", ["x"], ["1"], [[11]])
    )
    for one, other in (("a", "b"), ("b", "c")):
        rules, terms = witness_rules(
            [c for c in sheet.cells if c.table_id == one], [c for c in sheet.cells if c.table_id == other]
        )
        sheet = type(sheet)(sheet.cells, (*sheet.rules, *rules), (*sheet.terms, *terms))
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
    from handwritten import rule

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
