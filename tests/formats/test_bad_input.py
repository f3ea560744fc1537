"""Files that are damaged, locked, enormous, hostile or not what they say: told by name, never a crash."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import openpyxl
import pytest
from pdfplumber.utils.exceptions import PdfminerException
from reading import grids, reasons, texts
from test_pdf_files import HEADER, drawn, encrypted, table

from dagster_project.reading import formats
from dagster_project.reading.documents import read_document
from dagster_project.reading.formats import pdf
from dagster_project.reading.model import Grid

DOCUMENT = "gemeente: A\ntitel: B\nsoort: begroting\njaar: 2018\nvorm: web\n"
PAGE = "<table><tr><th>Naam<th>2018<tr><td>a<td>1.234<tr><td>b<td>5</table>"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Naam", "2018"], ["a", 1234], ["b", 5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook()))
    return archive({**{part: source.read(part) for part in source.namelist()}, name: content})


def test_a_workbook_with_a_password_is_named():
    msoffcrypto = pytest.importorskip("msoffcrypto.format.ooxml")
    locked = io.BytesIO()
    msoffcrypto.OOXMLFile(io.BytesIO(workbook())).encrypt("geheim", locked)
    assert "de werkmap is met een wachtwoord beveiligd" in reasons(locked.getvalue(), "a.xlsx")


def test_a_pdf_with_a_password_is_named():
    assert "de PDF is met een wachtwoord beveiligd" in reasons(encrypted(), "a.pdf")


def test_a_bomb_in_a_workbook_is_refused_before_it_is_unpacked():
    bomb = with_part("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 120_000_000)
    tracemalloc.start()
    assert "groter dan 100 MB" in reasons(bomb, "a.xlsx") and "splits het bestand" in reasons(bomb, "a.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_entities_in_a_workbook_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "verklaart entiteiten" in reasons(with_part("xl/worksheets/sheet1.xml", bomb), "a.xlsx")


def test_macros_are_never_looked_at():
    data = with_part("xl/vbaProject.bin", b"\xcc\x61 Shell(...)")
    assert texts(grids(data, "a.xlsm")[0])[1] == ["a", "1234"]


def test_a_damaged_workbook_is_rejected():
    assert "beschadigd" in reasons(workbook()[:2_000], "a.xlsx")
    assert "niet te openen" in reasons(with_part("xl/workbook.xml", b"<workbook"), "a.xlsx")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "oude vorm .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Office-document"),
        (b"\x89PNG\r\n\x1a\n", "een afbeelding (PNG)"),
        (b"{\\rtf1 tekst}", "een RTF-document"),
        (archive({"word/document.xml": b"<a/>"}), "een Word-document"),
        (archive({"content.xml": b"<a/>"}), "een OpenDocument-bestand"),
        (archive({"begroting.pdf": b"x"}), "een zip-bestand zonder werkmap"),
        (b"PK\x03\x04 stuk", "beschadigd"),
        (b"<?xml version='1.0'?><a/>", "XML zonder webpagina"),
        (b"  \n ", "leeg"),
        (b"a\0b\x01\0\0c" * 50, "geen tekst"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes of a zip hold the time
)
def test_what_is_of_no_format_that_is_read_is_named(data, told):
    assert told in reasons(data, "bestand.txt")


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (PAGE.encode(), "begroting.xlsx", "html"),
        (PAGE.encode(), "begroting.pdf", "html"),
        (workbook(), "begroting.csv", "xlsx"),
        (workbook(), "begroting.pdf", "xlsx"),
        (b"Naam\t2018\na\t1.234\nb\t5\n", "begroting.pdf", "text"),
    ],
    ids=lambda value: (
        value if isinstance(value, str) else ""
    ),  # the bytes of a workbook hold the time at which it was made
)
def test_a_file_is_read_as_what_it_is_and_its_extension_is_told_to_lie(data, name, found):
    reading = formats.read(data, name)
    assert reading.format == found
    assert "de extensie zegt" in reading.rejects[0].reason and reading.rejects[0].kind == "note"
    assert len(grids(data, name)) == 1


@pytest.mark.slow
def test_a_page_of_fifty_megabytes_is_read_or_refused_within_a_minute():
    row = "<tr><td class='label-of-a-row-in-some-style'>Naam van een rij<td class='number'>1.234\n"
    cells = PAGE[:-8] + row * (50_000_000 // len(row))
    start = time.perf_counter()
    assert "meer dan 300.000 cellen" in reasons(cells.encode(), "groot.html")
    prose = PAGE + "<p>" + "tekst " * 12 + "</p>\n"
    page = prose + ("<p>" + "woord " * 2_000 + "</p>\n") * 4_000
    assert len(page) > 45_000_000
    assert len(grids(page.encode(), "groot.html")) == 1
    assert time.perf_counter() - start < 60


def test_a_page_with_a_hundred_thousand_open_tags_is_read():
    page = "<div>" * 100_000 + PAGE
    assert len(grids(page.encode(), "diep.html")) == 1


@pytest.mark.slow
def test_a_pdf_of_five_hundred_pages_is_read_page_by_page_with_flat_memory():
    psutil = pytest.importorskip("psutil")
    pages = [table(100, HEADER, *((f"Reserve {p}.{n}", "1", "2", "3") for n in range(3))) for p in range(500)]
    for page, words in enumerate(pages):
        words.append(
            (f"Tabel {'abcdefghij'[page % 10] * 3}", 50, 80, "L")
        )  # a title: every page its own table
    data = drawn(pages)
    process = psutil.Process()
    rows, sizes = 0, []
    for fragment in pdf.read(data, "lang.pdf"):
        rows += len(fragment.rows) if isinstance(fragment, Grid) else 0
        sizes.append(process.memory_info().rss)
    assert rows == 500 * 4
    assert max(sizes) - sizes[len(sizes) // 5] < 60_000_000


@pytest.mark.parametrize("error", [MemoryError("buffer"), PdfminerException(MemoryError("buffer"))])
def test_a_page_that_needs_more_memory_than_there_is_is_not_called_damaged(monkeypatch, error):
    def look(page, number):
        raise error

    data = drawn([table(100, HEADER, ("Reserve", "1", "2", "3"))])
    monkeypatch.setattr(pdf, "_look", look)
    with pytest.raises(MemoryError):
        list(pdf.read(data, "bom.pdf"))


def test_a_page_with_more_pieces_of_text_than_a_person_could_print_is_refused_and_the_others_are_read(
    monkeypatch,
):
    pages = [table(100, HEADER, *((f"Reserve {n}", "1", "2", "3") for n in range(rows))) for rows in (2, 40)]
    monkeypatch.setattr(pdf, "MOST_SHOWN", 60)
    data = drawn(pages)
    assert len(grids(data, "vol.pdf")) == 1
    assert "pagina 2: " in reasons(data, "vol.pdf") and "stukjes tekst op een pagina, meer dan 60" in reasons(
        data, "vol.pdf"
    )


def test_marks_of_direction_are_no_part_of_a_figure():
    data = "Naam\t2018\t2019\n\u200fJeugd\t\u202b1.234\u202c\t5\nWmo\t7\t8\n".encode()
    found = grids(data, "a.txt")[0]
    assert [piece.text.strip("\u200f\u202b\u202c") for piece in found.rows[1]] == ["Jeugd", "1.234", "5"]


def test_a_link_out_of_the_folder_is_refused_and_a_name_with_spaces_and_accents_is_read(tmp_path):
    secret = tmp_path / "elders.txt"
    secret.write_text("Naam\t2018\na\t1\nb\t2\n")
    folder = tmp_path / "document"
    folder.mkdir()
    (folder / "document.yml").write_text(DOCUMENT)
    (folder / "Begroting één 2018.html").write_text(PAGE)
    (folder / "link.txt").symlink_to(secret)
    document = read_document(folder)
    assert [table.path for table in document.tables] == ["Begroting één 2018.html"]
    assert any("verwijzing naar buiten" in reject.reason for reject in document.rejects)
