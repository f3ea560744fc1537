"""What the proof says of the published tables, and of the same tables with one number wrong."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from handwritten import drie_d, drie_d_twice, programmakosten

from dagster_project.proof.prove import prove


@pytest.fixture(scope="module")
def web():
    return drie_d()


@pytest.fixture(scope="module")
def twice():
    return drie_d_twice()


@pytest.fixture(scope="module")
def kosten():
    return programmakosten()


def suspects(proof):
    """The cells of each set, likeliest first."""
    sets = {}
    for row in proof.suspects:
        sets.setdefault(row.set_no, set()).add(row.cell_id)
    return list(sets.values())


def test_the_fixtures_are_the_tables_that_the_issue_counts(web, twice, kosten):
    assert (len(web.cells), len(web.rules)) == (147, 56)
    assert (len(twice.cells), len(twice.rules)) == (294, 56 + 56 + 147)
    assert (len(kosten.cells), len(kosten.rules)) == (114 + 78, 60 + 30 + 18)


@pytest.mark.parametrize("name", ["web", "twice", "kosten"])
def test_published_tables_are_proved_by_rounding_alone(name, request):
    proof = prove(*request.getfixturevalue(name).arguments)
    assert all(c.feasible and c.is_exact for c in proof.certificates)
    assert max(c.min_half_width for c in proof.certificates) == Decimal("0.333333")
    assert not proof.suspects and not proof.conflicts
    assert {c.status for c in proof.cell_status} == {"proved"}


def test_the_witness_prints_as_published_and_keeps_every_rule(kosten):
    proof = prove(*kosten.arguments)
    witness = {w.cell_id: w.value for w in proof.witnesses}
    assert len(witness) == 192
    for cell in kosten.cells:
        assert abs(witness[cell.cell_id] - cell.value) <= Decimal("0.5")
    sums = Counter()
    for term in kosten.terms:
        sums[term.rule_id] += term.coefficient * witness[term.cell_id]
    assert max(abs(s) for s in sums.values()) <= Decimal("0.00001")


def test_how_many_cells_a_single_error_is_named_alone_in(web, twice, kosten):
    def count(sheet):
        return sum(c.is_locatable for c in prove(*sheet.arguments).cell_status)

    assert count(web) == 83
    assert count(twice) == 2 * 147
    assert count(kosten) == 192


def test_swapped_digits_are_named_alone_with_what_the_others_imply(kosten):
    proof = prove(*kosten.with_value("k:7.4", 24_795).arguments)  # 24.975 is printed
    (suspect,) = proof.suspects
    assert suspect.cell_id == "k:7.4"
    assert (suspect.implied_low, suspect.implied_high) == (24_974, 24_976)
    assert suspect.diagnosis_kind == "cijfers_verwisseld"
    assert suspect.sentence_en.startswith(
        "Ondersteuning Lasten, 2019 printed 24,795: the other numbers imply 24,974 to 24,976, two digits swapped"
    )
    assert "rule k/saldo/9.4" in suspect.sentence_en and "regel k/saldo/9.4" in suspect.sentence_nl


def test_the_rules_that_cannot_hold_are_named_with_their_numbers(kosten):
    proof = prove(*kosten.with_value("k:7.4", 24_795).arguments)
    assert {c.rule_id for c in proof.conflicts} == {"k/saldo/9.4", "k/totaal/13.4"}
    assert any("24,795 + (-1,513) ≠ 23,462" in c.sentence_en for c in proof.conflicts)


def test_only_the_broken_set_loses_its_proof(kosten):
    proof = prove(*kosten.with_value("k:7.4", 24_795).arguments)
    broken = [c for c in proof.certificates if not c.feasible]
    assert [c.min_half_width for c in broken] == [60]
    status = {c.cell_id: c.status for c in proof.cell_status}
    assert status["k:7.4"] == "locatable"
    assert Counter(status.values())["proved"] == 192 - 32
    assert not any(c.is_implied and c.is_suspect for c in proof.cell_status)


def test_cells_that_the_rules_cannot_tell_apart_are_all_named(web):
    wrong = web.with_value("3d:1.5", 3_861)  # 3.681 is printed; only its subtotal knows it
    sets = suspects(prove(*wrong.arguments))
    assert sets[0] == {"3d:1.5"}
    assert sorted(map(sorted, sets)) == [["3d:1.5"], ["3d:2.5"], ["3d:3.5"], ["3d:4.5"]]


def test_a_second_publication_tells_them_apart(twice):
    proof = prove(*twice.with_value("web:1.5", 3_861).arguments)
    (suspect,) = proof.suspects
    assert (suspect.cell_id, suspect.implied_low, suspect.implied_high) == ("web:1.5", 3_681, 3_681)
    assert suspect.diagnosis_kind == "cijfers_verwisseld"


def test_two_publications_that_differ_by_one_unit_are_a_break(twice):
    proof = prove(*twice.with_value("pdf:6.1", 25_637).arguments)
    assert [c.feasible for c in proof.certificates].count(False) == 1
    assert {"web:6.1"} in suspects(proof) and {"pdf:6.1"} in suspects(proof)
    assert any("published twice with different numbers: 25,637" in c.sentence_en or "25,636" in c.sentence_en
               for c in proof.conflicts)  # fmt: skip


def test_the_same_wrong_number_in_both_publications_is_one_slip_of_two_prints(twice):
    wrong = twice.with_value("web:6.1", 26_536).with_value("pdf:6.1", 26_536)
    proof = prove(*wrong.arguments)
    assert suspects(proof) == [{"web:6.1", "pdf:6.1"}]
    assert {s.set_size for s in proof.suspects} == {2}


def test_rules_within_tolerance_each_can_still_contradict_each_other():
    from handwritten import grid, rule

    sheet = grid("t", ["a", "b"], ["1", "2", "som"], [[10, 10, 21], [10, 10, 19]])
    sheet += rule("totaal", "een", {"t:1.1": 1, "t:1.2": 1, "t:1.3": -1})
    sheet += rule("totaal", "twee", {"t:2.1": 1, "t:2.2": 1, "t:2.3": -1})
    sheet += rule("gelijk", "x", {"t:1.1": 1, "t:2.1": -1})
    sheet += rule("gelijk", "y", {"t:1.2": 1, "t:2.2": -1})
    proof = prove(*sheet.arguments)
    (certificate,) = proof.certificates
    assert not certificate.feasible and certificate.is_exact
    assert certificate.min_half_width > Decimal("0.5")
    assert {c.rule_id for c in proof.conflicts} <= {"een", "twee", "x", "y"}
    assert len({c.conflict_no for c in proof.conflicts}) == 1
    assert proof.suspects


def test_two_errors_are_named_as_a_pair(kosten):
    wrong = kosten.with_value("k:7.4", 24_795).with_value("k:1.4", 6_259)
    proof = prove(*wrong.arguments)
    assert {"k:7.4", "k:1.4"} in suspects(proof)
    assert {s.set_size for s in proof.suspects} == {2}


def test_three_errors_are_named_as_a_triple(kosten):
    wrong = kosten.with_value("k:7.4", 24_795).with_value("k:1.4", 6_259).with_value("r:2.4", -777)
    sets = suspects(prove(*wrong.arguments))
    assert {"k:7.4", "k:1.4", "r:2.4"} in sets and all(len(s) == 3 for s in sets)


def test_a_row_that_moved_by_one_column_is_told_as_such(web):
    row = [web.value(f"3d:2.{c}") for c in range(1, 8)]
    wrong = web
    for c, value in enumerate([0, *row[:-1]], start=1):
        wrong = wrong.with_value(f"3d:2.{c}", value)
    proof = prove(*wrong.arguments)
    first = [s for s in proof.suspects if s.rank == 1]
    kinds = Counter(s.diagnosis_kind for s in first)
    assert kinds["rij_verschoven"] == 3 and kinds["kolom_verschoven"] >= 2
    # in the last column the number that belongs there stands nowhere any more
    assert {s.cell_id for s in first} > {f"3d:2.{c}" for c in range(1, 7)}
    assert "3d:2.7" in {s.cell_id for s in proof.suspects}
