"""What counts as a document under raw/, and that a changed byte is never overlooked."""

from __future__ import annotations

import os
import shutil

import pytest
from warehouse.small import put

from dagster_project.fetch import origin
from dagster_project.warehouse.iv3.sources import divide
from dagster_project.warehouse.scan import look_at, scan


def test_a_folder_with_a_description_is_a_document_named_by_its_path(tmp_path):
    put(tmp_path, "leiden/begroting-2018")
    put(tmp_path, "hengelo")
    assert [d.document_id for d in scan(tmp_path).documents] == ["hengelo", "leiden/begroting-2018"]


def test_subfolders_belong_to_the_document_unless_they_are_one_themselves(tmp_path):
    put(tmp_path, "a")
    put(tmp_path, "a/b")
    (tmp_path / "a" / "bijlagen").mkdir()
    (tmp_path / "a" / "bijlagen" / "extra.csv").write_text("x")
    found = {d.document_id: [i.path for i in d.inputs] for d in scan(tmp_path).documents}
    assert found == {
        "a": ["bijlagen/extra.csv", "document.yml", "table.txt"],
        "a/b": ["document.yml", "table.txt"],
    }


def test_files_without_a_description_are_told_and_not_passed_over(tmp_path):
    (tmp_path / "no-description").mkdir()
    (tmp_path / "no-description" / "table.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loose.csv").write_text("x")
    (tmp_path / "README.md").write_text("about these documents")
    (tmp_path / ".DS_Store").write_text("x")
    assert [s.document_id for s in scan(tmp_path).strays] == ["empty", "loose.csv", "no-description"]


def test_a_folder_that_only_groups_documents_is_no_stray(tmp_path):
    put(tmp_path, "gemeenten/leiden")
    assert scan(tmp_path).strays == ()


def test_the_hash_covers_contents_and_names_but_not_the_place(tmp_path):
    first = look_at("a", put(tmp_path, "a", onderdeel="x"))
    assert look_at("b", put(tmp_path, "b", onderdeel="x")).sha256 == first.sha256
    (tmp_path / "b" / "table.txt").rename(tmp_path / "b" / "tabel.txt")
    assert look_at("b", tmp_path / "b").sha256 != first.sha256


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path):
    folder = put(tmp_path, "a", "Jeugd;2018;100")
    before, times = look_at("a", folder).sha256, (folder / "table.txt").stat()
    (folder / "table.txt").write_text("Jeugd;2018;900")
    os.utime(folder / "table.txt", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert look_at("a", folder).sha256 != before


def test_a_pipe_a_link_to_nothing_and_a_link_out_of_the_folder_cost_only_themselves(tmp_path):
    folder = put(tmp_path / "raw", "a")
    (tmp_path / "secret.txt").write_text("password")
    os.mkfifo(folder / "pipe")
    (folder / "nothing.csv").symlink_to(folder / "not-there.csv")
    (folder / "aanvaard.yml").symlink_to(tmp_path / "secret.txt")
    found = scan(tmp_path / "raw")
    (document,) = found.documents
    assert found.strays == () and document.unread == ()
    assert {i.path: i.trouble for i in document.inputs if i.trouble} == {
        "aanvaard.yml": "link that leads out of the document's folder; not read",
        "nothing.csv": "link to something that is not there",
        "pipe": "no ordinary file; not read",
    }
    before = document.sha256
    (tmp_path / "secret.txt").write_text("another")
    assert scan(tmp_path / "raw").documents[0].sha256 == before, "what it leads to was not even hashed"


def test_a_file_that_may_not_be_read_is_marked_and_seen_when_it_can_be(tmp_path, monkeypatch):
    folder = put(tmp_path, "a")
    whole = look_at("a", folder)

    def refused(path, *arguments, **named):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("dagster_project.warehouse.scan.check", refused)
    closed = look_at("a", folder)
    assert [i.trouble for i in closed.unread] == ["cannot be read: Permission denied"] * 2
    assert closed.sha256 != whole.sha256


def test_a_folder_that_leads_out_of_the_extracts_is_told_and_not_read(tmp_path):
    put(tmp_path / "elsewhere", "b")
    put(tmp_path / "raw", "a")
    (tmp_path / "raw" / "b").symlink_to(tmp_path / "elsewhere" / "b")
    found = scan(tmp_path / "raw")
    assert [d.document_id for d in found.documents] == ["a"]
    assert [(s.document_id, "leads out" in s.reason_en) for s in found.strays] == [("b", True)]


def test_answers_a_description_and_an_origin_that_lead_out_of_the_extracts_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text('{"soort": "geheim"}')
    put(tmp_path / "raw", "a")
    (tmp_path / "raw" / "antwoorden.yml").symlink_to(secret)
    (tmp_path / "raw" / "a" / origin.RECORD).symlink_to(secret)
    found = scan(tmp_path / "raw")
    assert found.answers == b""
    assert [(s.document_id, "leads out" in s.reason_en) for s in found.strays] == [("antwoorden.yml", True)]
    with pytest.raises(origin.NoRecord, match="leads out") as told:
        origin.read(tmp_path / "raw" / "a")
    assert "geheim" not in str(told.value)

    secret.write_text("soort: iv3\ngeheim: 1\n")
    (tmp_path / "raw" / "b").mkdir()
    (tmp_path / "raw" / "b" / "document.yml").symlink_to(secret)
    documents, sources = divide(scan(tmp_path / "raw"))
    assert sources == () and [d.document_id for d in documents.documents] == ["a", "b"]


def test_folders_whose_names_look_alike_when_shown_are_two_documents(tmp_path):
    put(tmp_path, "zz-\\xff")
    put(tmp_path, "a\\b")
    shutil.copytree(os.fsencode(tmp_path) + b"/zz-\\xff", os.fsencode(tmp_path) + b"/zz-\xff")
    shutil.copytree(os.fsencode(tmp_path) + b"/zz-\\xff", os.fsencode(tmp_path) + b"/zz-\\\xff")
    names = [d.document_id for d in scan(tmp_path).documents]
    assert names == sorted({"a\\b", "zz-\\\\xff", "zz-\\xff", "zz-\\\\\\xff"})


def test_a_link_in_a_circle_ends(tmp_path):
    put(tmp_path, "group/a")
    (tmp_path / "group" / "again").symlink_to(tmp_path / "group")
    assert [d.document_id for d in scan(tmp_path).documents] == ["group/a"]


def test_a_name_that_is_no_utf8_is_shown_and_read(tmp_path):
    folder = put(tmp_path, "a")
    shutil.copy(folder / "table.txt", os.fsencode(folder) + b"/begro\xefting.txt")
    assert "begro\\xefting.txt" in [i.path for i in look_at("a", folder).inputs]
