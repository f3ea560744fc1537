"""What a file is, by its content.

Magic bytes first, then marks in the text, and the extension only where the content leaves it open
(a CSV and a text are both lines of text). What does not belong here: reading the content.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePath

from .decoding import decode
from .unreadable import Unreadable

_HEAD = 200_000  # bytes of text that are looked at; a page may start with a long style sheet

_EXTENSIONS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "text",
    ".md": "text",
}
_PICTURE = (
    "een afbeelding ({}): een gescande tabel wordt niet gelezen, lever tekst of een tekst-PDF aan",
    "a picture ({}): a scanned table is not read, supply text or a PDF with text",
)
_PACKED = ("een gecomprimeerd bestand ({}): pak het eerst uit", "a compressed file ({}): unpack it first")
_NAMED = (  # how it begins, what it is called, and what to say of it in Dutch and in English
    (b"\x89PNG", "PNG", *_PICTURE),
    (b"\xff\xd8\xff", "JPEG", *_PICTURE),
    (b"GIF8", "GIF", *_PICTURE),
    (b"II*\0", "TIFF", *_PICTURE),
    (b"MM\0*", "TIFF", *_PICTURE),
    (
        b"{\\rtf",
        "RTF",
        "een {}-document: sla het op als PDF, webpagina of tekst",
        "an {} document: save it as PDF, web page or text",
    ),
    (b"\x1f\x8b", "gzip", *_PACKED),
    (b"7z\xbc\xaf", "7z", *_PACKED),
    (b"Rar!", "rar", *_PACKED),
    (
        b"PAR1",
        "Parquet",
        "een {}-bestand: geen publicatievorm van een begroting",
        "a {} file: no form in which a budget is published",
    ),
)
_ARCHIVES = (
    (
        "word/",
        "een Word-document: sla het op als PDF, webpagina of tekst",
        "a Word document: save it as PDF, web page or text",
    ),
    ("ppt/", "een presentatie: sla hem op als PDF", "a presentation: save it as PDF"),
    (
        "content.xml",
        "een OpenDocument-bestand: sla het op als xlsx",
        "an OpenDocument file: save it as xlsx",
    ),
)
_MARKUP = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_OPENING = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<\s*(?:!doctype\s+html|html|head|body|table)\b", re.I | re.S
)
_MIME = re.compile(
    r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version|Content-Type):", re.IGNORECASE
)


def said_by_extension(name: str) -> str | None:
    """The format that the extension of a file name promises, None where it promises nothing we read."""
    return _EXTENSIONS.get(PurePath(name).suffix.lower())


def format_of(data: bytes, name: str) -> str:
    """The key of ``READERS`` for a file's content.

    Raises ``Unreadable`` naming what the file is, where it is of no format that is read.
    """
    if not data.strip():
        raise Unreadable("het bestand is leeg", "the file is empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _format_of_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Unreadable(*_name_of_ole(data))
    for magic, name_of_format, what_nl, what_en in _NAMED:
        if data.startswith(magic):
            raise Unreadable(
                f"het bestand is {what_nl.format(name_of_format)}",
                f"the file is {what_en.format(name_of_format)}",
            )
    return _format_of_text(decode(data[:_HEAD]), name)


def _format_of_archive(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable(
            f"het bestand is een beschadigd zip-bestand of een beschadigde werkmap ({error})",
            f"the file is a damaged zip file or a damaged workbook ({error})",
        ) from error
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    for mark, what_nl, what_en in _ARCHIVES:
        if any(name.startswith(mark) for name in names):
            raise Unreadable(f"het bestand is {what_nl}", f"the file is {what_en}")
    raise Unreadable(
        "het bestand is een zip-bestand zonder werkmap: pak het eerst uit",
        "the file is a zip file without a workbook: unpack it first",
    )


def _name_of_ole(data: bytes) -> tuple[str, str]:
    """The old container of Office holds encrypted workbooks, old workbooks and old documents."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "de werkmap is met een wachtwoord beveiligd: sla hem op zonder wachtwoord",
            "the workbook is protected by a password: save it without one",
        )
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return (
            "de werkmap heeft de oude vorm .xls: sla hem op als xlsx",
            "the workbook has the old form .xls: save it as xlsx",
        )
    return (
        "het bestand is een oud Office-document: sla het op als PDF of xlsx",
        "the file is an old Office document: save it as PDF or xlsx",
    )


def _format_of_text(text: str, name: str) -> str:
    if _OPENING.match(text):
        return "html"
    if _MIME.match(text) and "multipart/related" in text[:5000].lower():
        return "mhtml"
    said = said_by_extension(name)
    if _MARKUP.search(text) and (said == "html" or text.lower().count("<td") + text.lower().count("<th") > 1):
        return "html"
    if said == "html" and _TAG.search(text):
        return "html"
    if re.match(r"\s*<\?xml", text):
        raise Unreadable(
            "het bestand is XML zonder webpagina: sla het op als xlsx, csv of webpagina",
            "the file is XML without a web page: save it as xlsx, csv or web page",
        )
    if delimiter_of(text) in (";", ",") or (said == "csv" and re.search(r"[;\t|,]", text)):
        return "csv"
    return "text"


def delimiter_of(text: str) -> str | None:
    """The character that cuts nearly every line of a text into the same number of fields, if one does.

    Quoted fields may hold it. A comma is also a decimal sign: it counts only where every line has at
    least two, and the same number of them.
    """
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, most = None, 0
    for delimiter in (";", "\t", "|", ","):
        widths = [len(row) - 1 for row in _rows(lines, delimiter)]
        common = max(set(widths), key=widths.count, default=0)
        share = widths.count(common) / max(1, len(widths))
        enough = (common >= 2 and share == 1.0) if delimiter == "," else (common >= 1 and share >= 0.8)
        if enough and len(widths) > 1 and common > most:
            best, most = delimiter, common
    return best


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]
