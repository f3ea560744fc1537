"""The files that a report shows: those that were read, and nothing that a document only leads to."""

from __future__ import annotations

import hashlib
import os
from types import SimpleNamespace

import pytest

from dagster_project.reports.originals import PDF, Opened
from dagster_project.reports.render import render_original
from dagster_project.reports.source_files import SourceFile, is_as_read, sources_of


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "raw" / "stuk").mkdir(parents=True)
    return tmp_path / "raw"


def shown(raw, path: str, content: bytes = b""):
    row = SimpleNamespace(path=path, sha256=hashlib.sha256(content).hexdigest())
    return sources_of(raw, "stuk", [row])[path]


def test_a_file_as_it_was_read_is_shown_line_by_line(raw):
    (raw / "stuk" / "tabel.csv").write_bytes(b"a;1\nb;2\n")
    found = shown(raw, "tabel.csv", b"a;1\nb;2\n")
    assert found.href and found.lines == ["a;1", "b;2"]
    assert not shown(raw, "tabel.csv", b"a;1\n").lines


@pytest.mark.parametrize("name", ["pijp.csv", "pijp.pdf", "pijp.xlsx"])
def test_a_pipe_is_not_waited_for(raw, name):
    os.mkfifo(raw / "stuk" / name)
    assert not shown(raw, name).href
    assert not is_as_read(raw / "stuk", name, hashlib.sha256().hexdigest())


def test_what_a_link_leads_to_outside_the_document_is_not_shown_though_its_hash_is_known(raw):
    (raw.parent / "geheim.txt").write_bytes(b"wachtwoord")
    (raw / "stuk" / "uit.txt").symlink_to(raw.parent / "geheim.txt")
    assert not shown(raw, "uit.txt", b"wachtwoord").lines


def test_of_a_page_of_a_pdf_the_line_is_shown_that_prints_the_row_and_none_where_two_might():
    lines = ("Wegen 1.204 1.310", "Groen 1.204 790", "Totaal 11.204 2.100", "Water 5 5", "Water 5 5 ")
    file = SourceFile("stuk.pdf", pages={3: lines})
    assert file.on_page(3, ["1.204", "790"], "Groen") == "Groen 1.204 790"
    assert file.on_page(3, ["1.204"], "Wegen") == "Wegen 1.204 1.310"
    assert file.on_page(3, ["1.204"], "Straten") == ""
    assert file.on_page(3, ["204"], "Wegen") == "" and file.on_page(2, ["1.204"], "Wegen") == ""


def test_no_link_leads_to_a_page_of_a_pdf_that_was_not_drawn_and_it_says_how_many_those_are():
    file = SourceFile("stuk.pdf", href="bronnen/stuk/stuk.pdf.html", kind=PDF, pages={3: ("Wegen 1",)})
    assert (file.anchor(7, 3, None), file.anchor(7, 61, None)) == ("p3", "")
    page = render_original("stuk", file, Opened({3: None}, None, {}), left_out=2)
    assert "so many are not drawn here:</span> 2<" in page
    assert "not drawn here" not in render_original("stuk", file, Opened({3: None}, None, {}))
