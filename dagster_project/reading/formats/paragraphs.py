"""Lines and paragraphs: the units in which text layouts are read.

Nothing here knows about numbers or tables.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..numbers import clean
from ..vocabulary import WITH_HYPHEN

_ENDINGS = re.compile(r"\r\n|[\r\n\u2028\u2029\x0b\x85]")
_SECOND = r"(?:en|of)\b"  # behind a hyphen that stands for the end of a word: loon- en prijsstijging
_SUSPENDED = re.compile(rf"\w-\s+{_SECOND}")


class Line(NamedTuple):
    """One line as printed, without its ending. ``page`` counts form feeds from 1, None without any."""

    no: int
    text: str
    page: int | None = None
    starts_page: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of a text; a form feed starts a page and is no line ending of its own."""
    endings = _ENDINGS.split(text.removeprefix("\ufeff"))
    if "\f" not in text:
        return [Line(number, line) for number, line in enumerate(endings, start=1)]
    page = 1
    lines: list[Line] = []
    for number, line in enumerate(endings, start=1):
        feeds = line.count("\f")
        page += feeds
        lines.append(Line(number, line.replace("\f", ""), page, feeds > 0))
    return lines


def is_broken(text: str, following: str) -> bool:
    """Whether a hyphen at the end of a line parts a word that goes on in the next one.

    >>> is_broken("vermeer-", "dering"), is_broken("loon-", "en prijsstijging"), is_broken("2024-", "heden")
    (True, False, False)
    """
    return (
        text.endswith(("-", "\u00ad"))
        and following[:1].islower()
        and text[-2:-1].isalpha()
        and not _SUSPENDS.match(following)
    )


def unbroken(text: str) -> str:
    """A text of several lines with the words whole that are broken over them; the lines stay lines.

    >>> unbroken("Meerjaren-\\nraming"), unbroken("Loon-\\nen prijsstijging")
    ('Meerjarenraming', 'Loon-\\nen prijsstijging')
    >>> unbroken("OZB niet-\\nwoningen")
    'OZB niet-woningen'
    """
    return _AT_LINE_END.sub(lambda found: _hyphen_of(found[1]), text) if "\n" in text else text


def rejoined(text: str, following: str) -> str:
    """A word that a hyphen at the end of a line parts (``is_broken``) as one.

    >>> rejoined("Vermeer-", "dering"), rejoined("OZB niet-", "woningen")
    ('Vermeerdering', 'OZB niet-woningen')
    """
    before = text[:-1]
    last = before.split()[-1]
    return before.removesuffix(last) + _hyphen_of(last) + following


def _hyphen_of(part: str) -> str:
    """The part of a word before the end of a line, with the hyphen that is printed in the whole word."""
    return f"{part}-" if part.lower() in WITH_HYPHEN else part


_SUSPENDS = re.compile(_SECOND)
_AT_LINE_END = re.compile(rf"([^\W\d_]*[a-zë])[-\u00ad]\s*\n\s*(?=[a-z])(?!{_SECOND})")


def join(parts: list[str]) -> str:
    """Lines of one cell as one text; a word broken at the line's end is whole again.

    ``vermeer-`` / ``dering`` is ``vermeerdering``; after ``mei- en`` a hyphen is part of the word.
    """
    if len(parts) == 1:
        return clean(parts[0])
    text = ""
    for part in parts:
        part = clean(part)
        if not text:
            text = part
        elif is_broken(text, part):
            text = text + part if _SUSPENDED.search(text) else rejoined(text, part)
        else:
            text = f"{text} {part}"
    return text
