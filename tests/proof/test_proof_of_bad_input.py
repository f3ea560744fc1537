"""What the proof does with systems that are empty, odd, huge or unanswered."""

from __future__ import annotations

import sys
import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from handwritten import Sheet, drie_d, grid, programmakosten, rule

from dagster_project.judgement import half_width_of
from dagster_project.proof import linear, suspects
from dagster_project.proof.prove import prove


def only(proof):
    (certificate,) = proof.certificates
    return certificate


def square(rows: int, columns: int, scale: int = 1, half: Decimal = Decimal("0.5")) -> Sheet:
    """A table with row totals and column totals that hold exactly."""
    body = [[(r * 37 + c * 11) % 90 * scale + 1 for c in range(columns)] for r in range(rows)]
    numbers = [[*row, sum(row)] for row in body]
    numbers.append([sum(row[c] for row in numbers) for c in range(columns + 1)])
    labels = [f"rij {r}" for r in range(1, rows + 2)]
    sheet = grid("t", labels, [f"k{c}" for c in range(1, columns + 2)], numbers, half)
    parts = []
    for r in range(1, rows + 2):
        terms = {f"t:{r}.{c}": 1 for c in range(1, columns + 1)} | {f"t:{r}.{columns + 1}": -1}
        parts.append(rule("kolomtotaal", f"rij/{r}", terms))
    for c in range(1, columns + 2):
        terms = {f"t:{r}.{c}": 1 for r in range(1, rows + 1)} | {f"t:{rows + 1}.{c}": -1}
        parts.append(rule("totaal", f"kolom/{c}", terms))
    return Sheet(
        sheet.cells, tuple(r for p in parts for r in p.rules), tuple(t for p in parts for t in p.terms)
    )


def test_no_rules_at_all_leaves_every_cell_unverifiable():
    proof = prove(grid("t", ["a"], ["1", "2"], [[1, 2]]).cells, (), ())
    assert not proof.certificates
    assert [(c.status, c.is_detectable, c.rules) for c in proof.cell_status] == [
        ("unverifiable", False, 0)
    ] * 2


def test_nothing_at_all_proves_nothing():
    assert prove((), (), ()).certificates == ()


def test_a_total_of_one_part_must_equal_it():
    sheet = grid("t", ["deel", "totaal"], ["1"], [[5], [5]]) + rule("totaal", "r", {"t:1.1": 1, "t:2.1": -1})
    assert only(prove(*sheet.arguments)).feasible
    assert only(prove(*sheet.with_value("t:2.1", 6).arguments)).feasible  # 5,5 prints as either
    assert only(prove(*sheet.with_value("t:2.1", 7).arguments)).feasible is False


def test_a_rule_with_one_number_is_not_judged():
    sheet = grid("t", ["totaal"], ["1"], [[0]]) + rule("totaal", "r", {"t:1.1": -1})
    proof = prove(*sheet.arguments)
    assert not proof.certificates
    assert [(r.is_judged, bool(r.reason)) for r in proof.rule_status] == [(False, True)]


@pytest.mark.parametrize("spoil", ["missing number", "missing cell", "incomplete"])
def test_a_rule_with_an_unknown_part_is_left_out_with_the_reason(spoil):
    from dataclasses import replace

    sheet = programmakosten()
    if spoil == "missing number":
        sheet = sheet.with_value("k:1.1", None)
    elif spoil == "missing cell":
        sheet = replace(sheet, cells=tuple(c for c in sheet.cells if c.cell_id != "k:1.1"))
    else:
        touched = {t.rule_id for t in sheet.terms if t.cell_id == "k:1.1"}
        sheet = replace(
            sheet, rules=tuple(replace(r, is_complete=r.rule_id not in touched) for r in sheet.rules)
        )
    proof = prove(*sheet.arguments)
    left_out = {r.rule_id for r in proof.rule_status if not r.is_judged}
    assert left_out == {"k/saldo/3.1", "k/totaal/13.1"}
    assert all(r.reason for r in proof.rule_status if not r.is_judged)
    assert all(c.feasible for c in proof.certificates)


def test_duplicate_rules_change_nothing():
    sheet = programmakosten()
    again = Sheet(
        (),
        tuple(type(r)(f"dubbel/{r.rule_id}", r.kind) for r in sheet.rules),
        tuple(type(t)(f"dubbel/{t.rule_id}", t.cell_id, -2 * t.coefficient) for t in sheet.terms),
    )
    plain, doubled = prove(*sheet.arguments), prove(*(sheet + again).arguments)
    assert sorted(c.min_half_width for c in plain.certificates) == sorted(
        c.min_half_width for c in doubled.certificates
    )
    assert sum(c.is_locatable for c in doubled.cell_status) == 192


def test_contradictory_rules_are_a_break_that_names_both():
    sheet = grid("t", ["a", "b", "totaal"], ["1"], [[10], [20], [30]])
    sheet += rule("totaal", "som", {"t:1.1": 1, "t:2.1": 1, "t:3.1": -1})
    sheet += rule("totaal", "dubbel", {"t:1.1": 2, "t:2.1": 2, "t:3.1": -1})
    proof = prove(*sheet.arguments)
    assert only(proof).feasible is False
    assert "dubbel" in {c.rule_id for c in proof.conflicts}


def test_rules_that_contradict_each_other_in_whole_euros_have_no_half_width():
    sheet = grid("t", ["a", "b", "c"], ["1"], [[10], [20], [31]], Decimal(0))
    sheet += rule("totaal", "som", {"t:1.1": 1, "t:2.1": 1, "t:3.1": -1})
    proof = prove(*sheet.arguments)
    assert only(proof).feasible is False and only(proof).is_exact
    assert {(s.cell_id, s.implied_low, s.implied_high) for s in proof.suspects} == {
        ("t:1.1", 11, 11),
        ("t:2.1", 21, 21),
        ("t:3.1", 30, 30),
    }


def test_numbers_of_a_million_million_are_judged_to_the_last_unit():
    sheet = square(6, 4, scale=10**12)
    assert only(prove(*sheet.arguments)).feasible
    wrong = sheet.with_value("t:3.2", sheet.value("t:3.2") + 900_000_000_009)
    proof = prove(*wrong.arguments)
    (suspect,) = proof.suspects
    assert suspect.cell_id == "t:3.2"
    assert suspect.implied_low <= sheet.value("t:3.2") <= suspect.implied_high
    assert suspect.implied_high - suspect.implied_low <= 6
    assert only(prove(*sheet.with_value("t:3.2", sheet.value("t:3.2") + 7).arguments)).feasible is False


def test_large_and_small_units_meet_in_one_rule():
    thousands = grid("d", ["totaal"], ["1"], [[1_235]])
    euros = grid("e", ["a", "b"], ["1"], [[1_000_000], [234_567]], half_width_of("EUR", 0))
    sheet = thousands + euros + rule("detail", "r", {"e:1.1": 1, "e:2.1": 1, "d:1.1": -1000})
    assert only(prove(*sheet.arguments)).feasible
    assert only(prove(*sheet.with_value("d:1.1", 1_236).arguments)).feasible is False


def test_a_table_of_zeros_holds():
    sheet = grid("t", ["a", "b", "totaal"], ["1", "2"], [[0, 0]] * 3)
    for c in (1, 2):
        sheet += rule("totaal", f"r{c}", {f"t:1.{c}": 1, f"t:2.{c}": 1, f"t:3.{c}": -1})
    proof = prove(*sheet.arguments)
    assert all(c.feasible and c.min_half_width == 0 for c in proof.certificates)


def test_a_cell_in_two_hundred_rules_is_found():
    sheet = grid("t", ["kop"], ["1"], [[500]])
    for n in range(200):
        sheet += grid(f"u{n}", ["a", "b"], ["1"], [[n], [500 - n]])
        sheet += rule("totaal", f"r{n}", {f"u{n}:1.1": 1, f"u{n}:2.1": 1, "t:1.1": -1})
    status = {c.cell_id: c for c in prove(*sheet.arguments).cell_status}
    assert status["t:1.1"].rules == 200 and status["t:1.1"].is_implied
    proof = prove(*sheet.with_value("t:1.1", 50).arguments)
    assert [s.cell_id for s in proof.suspects] == ["t:1.1"]


def test_a_table_of_twenty_thousand_cells_is_proved_and_its_error_found():
    sheet = square(1_999, 9)
    assert len(sheet.cells) == 20_000
    start = time.perf_counter()
    assert only(prove(*sheet.arguments)).feasible
    proof = prove(*sheet.with_value("t:700.4", sheet.value("t:700.4") + 5_000).arguments)
    assert [s.cell_id for s in proof.suspects] == ["t:700.4"]
    assert time.perf_counter() - start < 120


def test_a_table_of_twenty_thousand_rounded_cells_is_proved():
    import numpy as np

    generator = np.random.default_rng(4)
    exact = generator.uniform(0, 5_000, (1_999, 9))
    exact = np.column_stack([exact, exact.sum(axis=1)])
    exact = np.vstack([exact, exact.sum(axis=0)])
    sheet = square(1_999, 9)
    printed = np.floor(exact + 0.5).astype(int)
    cells = tuple(
        type(c)(c.cell_id, c.table_id, Decimal(int(printed[c.row_no - 1, c.column_no - 1])), c.half_width)
        for c in sheet.cells
    )
    proof = prove(cells, sheet.rules, sheet.terms)
    assert only(proof).feasible
    assert 0 < only(proof).min_half_width <= Decimal("0.5")


class TestASolverThatFails:
    """A solver without an answer is told with its status and never taken for a pass."""

    @pytest.fixture
    def failing(self, monkeypatch):
        answer = SimpleNamespace(status=4, message="numerical difficulties")
        monkeypatch.setattr(linear, "linprog", lambda *args, **kwargs: answer)

    def test_rounding_is_not_judged(self, failing):
        proof = prove(*drie_d().arguments)
        assert {c.feasible for c in proof.certificates} == {None}
        assert all("numerical difficulties" in c.solver_status for c in proof.certificates)
        assert all("numerical difficulties" in c.explained_in_en for c in proof.certificates)
        assert {c.status for c in proof.cell_status} == {"unverifiable"}
        assert not any(c.is_proved or c.is_implied for c in proof.cell_status)
        assert not any(r.is_judged for r in proof.rule_status)

    def test_what_needs_no_solver_is_still_refused(self, failing):
        wrong = programmakosten().with_value("k:7.4", 24_795)
        verdicts = [c.feasible for c in prove(*wrong.arguments).certificates]
        assert verdicts.count(False) == 1 and True not in verdicts

    def test_a_failing_integer_program_leaves_the_break_without_suspects(self, monkeypatch):
        answer = SimpleNamespace(status=4, message="numerical trouble")
        monkeypatch.setattr(suspects, "milp", lambda *args, **kwargs: answer)
        wrong = programmakosten().with_value("k:7.4", 24_795).with_value("k:1.4", 6_259)
        proof = prove(*wrong.arguments)
        (broken,) = [c for c in proof.certificates if not c.feasible]
        assert broken.feasible is False and "numerical trouble" in broken.search
        assert proof.conflicts and not proof.suspects

    def test_an_integer_program_that_reaches_its_bound_says_that_it_was_not_searched_further(
        self, monkeypatch
    ):
        answer = SimpleNamespace(status=1, message="node limit")
        monkeypatch.setattr(suspects, "milp", lambda *args, **kwargs: answer)
        wrong = programmakosten().with_value("k:7.4", 24_795).with_value("k:1.4", 6_259)
        (broken,) = [c for c in prove(*wrong.arguments).certificates if not c.feasible]
        assert broken.search == "capped"
        assert "er is niet verder gezocht" in broken.explained_in_nl
        assert "it was not searched further" in broken.explained_in_en


def test_an_outright_error_of_the_solver_is_reported_too(monkeypatch):
    def explode(*args, **kwargs):
        raise ValueError("inside the solver")

    monkeypatch.setattr(linear, "linprog", explode)
    proof = prove(*drie_d().arguments)
    assert {c.feasible for c in proof.certificates} == {None}
    assert all("inside the solver" in c.solver_status for c in proof.certificates)


def test_a_value_with_more_decimals_than_told_is_taken_as_it_is():
    sheet = grid("t", ["a", "b"], ["1"], [[1], [1]]) + rule("gelijk", "r", {"t:1.1": 1, "t:2.1": -1})
    assert only(prove(*sheet.with_value("t:1.1", "1.25").arguments)).feasible


def test_known_fingerprints_are_not_proved_again():
    sheet = programmakosten()
    first = prove(*sheet.arguments)
    known = {c.fingerprint for c in first.certificates}
    again = prove(*sheet.arguments, known=known)
    assert not again.certificates and {f for _, f in again.unchanged} == known
    changed = prove(*sheet.with_value("k:7.4", 24_795).arguments, known=known)
    assert (
        len(changed.certificates) == 3
    )  # its own column and, because it is their neighbour, the two beside it
    assert len(changed.unchanged) == 3
    assert {c.component_id for c in changed.certificates} < {c.component_id for c in first.certificates}
