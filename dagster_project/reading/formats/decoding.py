"""Bytes to text, and text to what is printed: encodings, invisible marks, white space.

What does not belong here: anything about tables or numbers.
"""

from __future__ import annotations

import codecs
import re

from .unreadable import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Soft hyphen, zero-width characters, marks of writing direction, byte order mark: never printed.
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_BROKEN = re.compile(r"[^\W\d_]-$")
_CONTINUED = re.compile(r"(?!(?:en|of|tot|t/m)\b)[^\W\d_]")
_LETTER = re.compile(r"\(?([a-z])\)?")
_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as declared, else as Windows-1252.

    Raises ``Unreadable`` where the bytes hold no text (zero bytes that no encoding explains).
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:4096]:
        return _decode_wide(data)
    for encoding in ("utf-8", declared or "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _decode_wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte is zero in Latin script."""
    head = data[:4096]
    for encoding, zeros, letters in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if zeros.count(0) > 0.8 * len(zeros) and letters.count(0) < 0.05 * len(letters) + 1:
            return data.decode(encoding, errors="replace")
    raise Unreadable(
        "het bestand bevat geen tekst (binaire inhoud)", "the file holds no text (binary content)"
    )


def printed(text: str) -> str:
    """Text as a reader sees it on paper: no invisible marks, white space as single spaces."""
    return " ".join(text.translate(_INVISIBLE).split())


def superscript(text: str, before: str = "") -> str:
    """A raised note so that it never joins what stands before it: raised digits, a letter in brackets.

    ``Totaal`` with a raised 2 is ``Totaal²``, with a raised a ``Totaal (a)``; the e of 1e stays a letter.
    """
    letter = _LETTER.fullmatch(text.strip())
    if letter and before[-1:].isalpha():
        return f" ({letter.group(1)})"
    return text.translate(_SUPERSCRIPT)


def join_lines(lines: list[str], by: str = " ") -> str:
    """The lines of one cell as one text.

    ``by`` is a space where the lines come from the width of a page, a line break where somebody made them. A
    word that was broken after a hyphen keeps its line break: whether the hyphen is printed in the whole word
    (september-circulaire) or not (meerjaren-raming) is not known here. ``mei-`` / ``en september`` is no
    broken word: a conjunction after the hyphen keeps its space.
    """
    text = ""
    for line in filter(None, lines):
        is_broken = _BROKEN.search(text) and _CONTINUED.match(line)
        text = text + ("\n" if is_broken else by) + line if text else line
    return text
