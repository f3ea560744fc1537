"""Lines and paragraphs: the units in which text layouts are read.

Nothing here knows about numbers or tables.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..numbers import clean

_ENDINGS = re.compile(r"\r\n|[\r\n\u2028\u2029\x0b\x85]")
_SUSPENDED = re.compile(r"\w-\s+(?:en|of)\b")


class Line(NamedTuple):
    """One line as printed, without its ending. ``page`` counts form feeds from 1, None without any."""

    no: int
    text: str
    page: int | None = None
    starts_page: bool = False

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" \t"))


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


def paragraphs(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines without a blank one; a line that starts a page, or is set in below one that is not, starts anew."""
    found: list[list[Line]] = []
    current: list[Line] = []
    for line in lines:
        text = line.text
        if not text or not text.strip(" \t"):
            if current:
                found.append(current)
                current = []
            continue
        if current and (
            line.starts_page or (text[0] == " " and line.indent <= 2 and current[-1].indent == 0)
        ):
            found.append(current)
            current = []
        current.append(line)
    if current:
        found.append(current)
    return found


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
        elif (
            text.endswith("-")
            and part[:1].islower()
            and text[-2:-1].isalpha()
            and not re.match(r"(?:en|of)\b", part)
        ):
            keeps = _SUSPENDED.search(text) is not None
            text = text + part if keeps else text[:-1] + part
        else:
            text = f"{text} {part}"
    return text
