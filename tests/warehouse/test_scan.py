"""What counts as a document under raw/, and that a changed byte is never overlooked."""

from __future__ import annotations

import os
import shutil

from warehouse.small import put

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


def test_a_file_that_cannot_be_read_is_a_stray_and_stops_no_other(tmp_path):
    put(tmp_path, "a")
    put(tmp_path, "b")
    os.mkfifo(tmp_path / "a" / "pipe")
    found = scan(tmp_path)
    assert [d.document_id for d in found.documents] == ["b"]
    assert "pipe" in found.strays[0].reason


def test_a_link_in_a_circle_ends(tmp_path):
    put(tmp_path, "group/a")
    (tmp_path / "group" / "again").symlink_to(tmp_path / "group")
    assert [d.document_id for d in scan(tmp_path).documents] == ["group/a"]


def test_a_name_that_is_no_utf8_is_shown_and_read(tmp_path):
    folder = put(tmp_path, "a")
    shutil.copy(folder / "table.txt", os.fsencode(folder) + b"/begro\xefting.txt")
    assert "begro\\xefting.txt" in [i.path for i in look_at("a", folder).inputs]
