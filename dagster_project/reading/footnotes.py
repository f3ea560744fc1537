"""Footnotes: the list below a table, and the marks that point at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_NOTE = re.compile(
    r"^\s*(?:\(?(?P<double>\d)\)?\.\s+(?P=double)\s+|(?P<mark>\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+\)?|\(?\d\)|\d\.?(?=\s+[A-Z]))[.:]?\s*)(?P<text>\S.*)$"
)
_MARK_AT_END = re.compile(r"(\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+\)?|(?<=[\s)])\d\)?)$")
_MARK_INSIDE = re.compile(r"\s*(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹]+[)⁾]|(?<=\w\s)\d\)(?=\s))")
_STARS = re.compile(r"\*{1,4}")
_DIGITS, _RAISED_DIGITS = "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans(_RAISED_DIGITS, _DIGITS)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """Marks with their texts, as printed below one table."""

    texts: dict[str, str] = field(default_factory=dict)
    raised: frozenset[str] = frozenset()  # those of the marks, as figures, that are printed raised

    def with_text(self, mark: str | None) -> str | None:
        """A mark with its text, where the text is known."""
        if not mark:
            return None
        text = self.texts.get(mark) or self.texts.get(_bare(mark))
        return f"{mark} {text}" if text else mark

    def of_text(self, text: str, anywhere: bool = False) -> str | None:
        """The footnote that a label, source or word carries: a mark at its end or inside it, or stars anywhere in a source."""
        if not text or (text[-1].isalpha() and "*" not in text):
            return None
        match = _MARK_AT_END.search(text) or (_STARS.search(text) if anywhere else None)
        if match is None:
            inside = mark_inside(text)
            return self.with_text(inside["mark"]) if inside else None
        noted = self.with_text(match.group())
        return noted if noted != match.group() or "*" in match.group() else None

    def lines(self) -> tuple[str, ...]:
        """Every note as one line."""
        return tuple(f"{mark} {text}" for mark, text in self.texts.items())


_YEAR_WITH_MARK = re.compile(r"((?:19|20)\d\d)(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?| ?\*{1,4}| \d\))")


def bare_year(text: str) -> str:
    """A year less the mark of a note printed behind it; any other text as it is.

    >>> bare_year("2025¹"), bare_year("2025*"), bare_year("2025 1)"), bare_year("20251")
    ('2025', '2025', '2025', '20251')
    """
    match = _YEAR_WITH_MARK.fullmatch(text)
    return match[1] if match else text


def mark_inside(text: str) -> re.Match[str] | None:
    """The footnote mark inside a text, told by a bracket that closes nothing: ``De Peel 1) (Helmond)``."""
    if text.count("(") + text.count("⁽") >= text.count(")") + text.count("⁾"):
        return None
    return _MARK_INSIDE.search(text)


def raised(labels: Sequence[str], notes: Footnotes) -> list[str]:
    """Labels with a number at their end, bare or in brackets, as a raised mark, where these are the notes in order, each once.

    A cell of a workbook loses what was raised: ``Transformatie jeugdzorg 1`` above the note ``1 Raadsbesluit``. It is not lost
    where the note itself has it: ``Stationsplein fase 2`` above ``² Raadsbesluit``.
    """
    found = [_NUMBER_AT_END.search(label) for label in labels]
    marks = [match[1] for match in found if match]
    if not marks or marks != [m for m in notes.texts if m.isdecimal() and m not in notes.raised]:
        return list(labels)
    return [
        f"{label[: match.start()]}{match[1].translate(_TO_RAISED)}" if match else label
        for label, match in zip(labels, found, strict=True)
    ]


_NUMBER_AT_END = re.compile(r" (?=\d$|\(\d\)$)\(?(\d)\)?$")
_TO_RAISED = str.maketrans(_DIGITS, _RAISED_DIGITS)


def _bare(mark: str) -> str:
    return mark.strip("()⁽⁾").translate(_RAISED)


def is_footnote(text: str) -> bool:
    """Whether a line is a note with its mark in front."""
    return _NOTE.match(text) is not None


def footnotes(lines: Iterable[str]) -> tuple[Footnotes, list[str]]:
    """The notes among lines below a table, and the other lines."""
    found: dict[str, str] = {}
    raised_marks = set()
    rest = []
    for line in lines:
        match = _NOTE.match(line)
        if match is None:
            rest.append(line)
            continue
        mark = (match["double"] or match["mark"]).strip("(). :")
        found.setdefault(_bare(mark), match["text"])
        if _bare(mark) != mark.strip("()⁽⁾"):
            raised_marks.add(_bare(mark))
    return Footnotes(found, frozenset(raised_marks)), rest
