"""The mutation bench on a sample: what must hold without exception, and that its figures can fall."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "proof"))
from handwritten import Sheet, drie_d, drie_d_twice, programmakosten

from dagster_project.bench import mutation_command, mutations
from dagster_project.bench.mutation_figures import ErrorFigures, growth, run
from dagster_project.bench.mutation_page import DRIE_D, KOSTEN, markdown, targets
from dagster_project.bench.mutation_subjects import Subject, examples_as_raw, subjects_in, text_errors
from dagster_project.bench.mutations import FAR_OFF, ROW_SHIFT, clean_tables
from dagster_project.proof.prove import prove
from dagster_project.proof.system import Surroundings, build_systems

RAW = Path(__file__).parents[2] / "raw"


def subject(sheet: Sheet, name: str = "t") -> Subject:
    return Subject(name, *sheet.arguments)


def figures(sheet: Sheet, kind: str, every: int = 1) -> ErrorFigures:
    return run([subject(sheet)], clean=0, every=every, kinds=(kind,)).figures["t", kind]


def test_errors_that_rounding_cannot_hide_are_all_detected_and_named():
    for sheet in (drie_d(), programmakosten()):
        for kind in ("cijfers_verwisseld", "teken", "duizendtal_kwijt", "tien_ernaast"):
            found = figures(sheet, kind, every=23)
            assert found.planted > 4
            assert found.detected == found.planted
            assert found.among == found.detected


def test_a_far_error_is_named_alone_exactly_where_the_rules_allow_it():
    found = figures(drie_d(), FAR_OFF)
    assert (found.planted, found.allowed, found.alone, found.alone_allowed) == (147, 83, 83, 83)
    found = figures(programmakosten(), FAR_OFF, every=8)
    assert found.alone == found.allowed == found.planted == 24  # of each set of 32 every eighth
    found = figures(drie_d_twice(), FAR_OFF, every=12)
    assert found.alone == found.planted


def test_swapped_digits_lead_the_ranking():
    found = figures(drie_d(), "cijfers_verwisseld", every=8)
    assert found.first >= 0.84 * found.detected
    found = figures(programmakosten(), "cijfers_verwisseld", every=8)
    assert found.first >= 0.99 * found.detected


@pytest.mark.parametrize(
    ("kind", "figure"),
    [("verschil", "alone"), ("subtotaal", "detected"), ("totaal", "alone")],
)
def test_switching_one_kind_of_rule_off_lowers_the_figures(kind, figure):
    whole, less = (figures(sheet, FAR_OFF, every=4) for sheet in (drie_d(), drie_d().without_kind(kind)))
    assert getattr(less, figure) < getattr(whole, figure)


def test_a_bench_without_a_kind_of_rule_misses_its_targets():
    spoiled = Subject(KOSTEN, *programmakosten().without_kind("saldo").arguments)
    outcome = run([spoiled], clean=0, every=9, kinds=("teken", FAR_OFF))
    assert any(not target.is_met for target in targets(outcome, [KOSTEN], is_sample=True))


def test_the_sample_meets_what_must_hold_without_exception():
    outcome = run([Subject(DRIE_D, *drie_d().arguments)], clean=20, every=40)
    reached = targets(outcome, [DRIE_D], is_sample=True)
    assert len(reached) >= 7 and all(target.is_met for target in reached)
    page = markdown(outcome, reached, [], [])
    assert "| row shifted by one column |" in page and "**no**" not in page


def test_every_share_of_a_shifted_row_is_judged():
    found = figures(programmakosten(), ROW_SHIFT, every=4)
    assert found.planted == found.detected == found.among > 5


def test_clean_tables_keep_every_rule_before_rounding_and_differ():
    for sheet in (drie_d(), drie_d_twice()):
        for component in build_systems(*sheet.arguments).components[:2]:
            drawn = [c.centres for c in clean_tables(component, 5)]
            assert len(set(drawn)) == 5


def test_clean_tables_of_whole_euros_are_exact():
    hengelo = next(s for s in subjects_in(RAW) if s.name.startswith("hengelo"))
    for component in build_systems(hengelo.cells, hengelo.rules, hengelo.terms).components[:2]:
        for clean in clean_tables(component, 5):
            assert not any(clean.residuals(clean.centres))
            assert any(clean.centres)


def test_a_table_that_is_broken_as_published_is_told_and_left_out():
    wrong = programmakosten().with_value("k:7.4", 24_795)
    outcome = run([subject(wrong)], clean=0, every=50, kinds=(FAR_OFF,))
    assert outcome.published["t"] == (6, 1, 0)
    assert outcome.locatable["t"] == (160, 160)
    assert not all(t.is_met for t in targets(outcome, ["t"], is_sample=True))


def test_mutations_change_the_number_and_keep_its_sign():
    for kind, plant in mutations.MUTATIONS.items():
        for number in (0, 7, -40, 1_574, -2_650, 98_725, 1_000_000):
            wrong = plant(number, Surroundings(), 0)
            assert number not in wrong
            if kind in ("cijfers_verwisseld", "cijfer_anders", "duizendtal_kwijt"):
                assert all((n < 0) == (number < 0) or n == 0 for n in wrong), kind


def test_the_documents_of_raw_are_subjects_alone_and_as_a_pair():
    names = {s.name: s for s in subjects_in(RAW)}
    assert {DRIE_D, KOSTEN} < set(names)
    pair = names["leiden-jaarstukken-2017-web + leiden-jaarstukken-2017-pdf"]
    assert len(pair.rules) == 56 + 56 + 147


def test_an_error_in_the_text_moves_nothing_else_and_is_named():
    for name in (DRIE_D, KOSTEN):
        found = text_errors(RAW / name, "cijfers_verwisseld", every=40)
        assert found.planted >= 3
        assert (found.moved, found.detected, found.named) == (0, found.planted, found.planted)


def test_examples_become_documents(tmp_path):
    import json

    folder = tmp_path / "voorbeeld"
    folder.mkdir()
    meta = {"gemeente": "Dorp", "document": "Begroting", "jaar": 2020, "unit_note": "x € 1.000"}
    (folder / "meta.json").write_text(json.dumps(meta), "utf-8")
    (folder / "extract.txt").write_text("Lasten\t2020\t2021\nA\t1\t2\nB\t3\t4\nTotaal\t4\t6\n", "utf-8")
    with examples_as_raw(tmp_path) as raw:
        (found,) = subjects_in(raw)
    assert found.name == "voorbeeld" and len(found.rules) == 2


def test_absent_examples_are_skipped_with_a_message(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SLUITEND_RAW", str(tmp_path))
    mutation_command.main(small=True, examples=tmp_path / "nergens")
    out = capsys.readouterr()
    assert "no examples in" in out.err and "# What the proof finds" in out.out


def test_growth_is_shown_per_number_of_documents():
    ten, hundred = growth(subject(drie_d()), sizes=(2, 4))
    assert (ten.documents, ten.cells, hundred.cells) == (2, 294, 588)
    assert ten.seconds > 0


@pytest.mark.parametrize("errors", [0, 1, 2, 3, 5])
def test_a_document_of_two_hundred_numbers_takes_less_than_a_second(errors):
    sheet = programmakosten()
    for column in range(1, errors + 1):
        cell = f"k:7.{column % 2 + 1}" if column < 3 else f"k:{column}.1"
        sheet = sheet.with_value(cell, sheet.value(cell) + 90 * column)
    prove(*sheet.arguments)  # what is loaded once does not count
    start = time.process_time()
    prove(*sheet.arguments)
    assert time.process_time() - start < 1.0
