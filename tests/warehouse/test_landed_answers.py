"""An answer about a layout makes the documents read again that have it, and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small import in_this_process, put, settings_in

from dagster_project.reading.answers import layout_answer
from dagster_project.reading.documents import read_document
from dagster_project.settings import Settings, require_home
from dagster_project.warehouse.landing import Landed, key_of, land, parquet_path, read_landed
from dagster_project.warehouse.scan import ANSWERS, scan
from dagster_project.warehouse.versions import reader_version

LAYOUT = "Programma\tRekening 2022\tBegroting 2023\nWonen\t1\t2\nZorg\t3\t4\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_in(tmp_path)
    require_home(made)
    put(made.raw, "a")
    for name in ("b", "c"):
        put(made.raw, name)
        for extract in (made.raw / name).iterdir():
            if extract.suffix != ".yml":
                extract.unlink()
        (made.raw / name / "tabel.txt").write_text(LAYOUT, encoding="utf-8")
    return made


def landed(settings: Settings, previous=None, answers=None) -> tuple[dict[str, Landed], list[str]]:
    """Every document by name, and which of them were read now."""
    read: list[str] = []
    found = land(
        settings,
        scan(settings.raw),
        previous or {},
        answers=answers,
        tasks=in_this_process,
        on_document=lambda d: read.append(d.document_id),
    )
    return {d.document_id: d for d in found}, sorted(read)


@pytest.fixture
def answers(settings):
    document = read_document(settings.raw / "b", "b")
    given = layout_answer(document.tables[0], "b", int(document.meta["jaar"]), "Baten > 2022 | Lasten > 2022")
    return {given.key: given}


def test_only_documents_with_the_layout_are_read_again(settings, answers):
    before, read = landed(settings)
    assert read == ["a", "b", "c"]
    after, read = landed(settings, before, answers)
    assert read == ["b", "c"]
    assert after["a"] == before["a"] and after["b"].key != before["b"].key
    assert landed(settings, after, answers)[1] == []


def test_what_was_read_with_and_without_the_answer_is_found_on_disk(settings, answers):
    before, _ = landed(settings)
    after, _ = landed(settings, before, answers)
    assert landed(settings, after, {}) == (before, [])
    assert landed(settings, {}, answers) == (after, [])


def test_another_answer_for_the_layout_is_another_reading(settings, answers):
    after, _ = landed(settings, None, answers)
    other = {key: replace(answer, als=(("Lasten",), ("Baten",))) for key, answer in answers.items()}
    assert landed(settings, after, other)[1] == ["b", "c"]


def test_the_key_says_which_answers_a_file_was_made_with(settings, answers):
    after, _ = landed(settings, None, answers)
    (found,) = [d for d in scan(settings.raw).documents if d.document_id == "b"]
    assert after["b"].key != key_of(found, reader_version())
    assert read_landed(parquet_path(settings, after["b"].key)) == after["b"]


def test_the_file_with_answers_is_no_stray_and_changes_what_the_scan_says(settings):
    before = scan(settings.raw)
    (settings.raw / ANSWERS).write_text("# nog geen\n", encoding="utf-8")
    after = scan(settings.raw)
    assert after.strays == before.strays and after.documents == before.documents
    assert after.sha256 != before.sha256 and after.answers == b"# nog geen\n"
