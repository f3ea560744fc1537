"""Which notation a file prints its numbers in: a point for thousands and a comma for decimals, or the other way.

One file has one notation, decided once from all its cells. A cell that only one notation can read is
evidence for it (``1.234.567``, ``12,5``; ``1,234,567``, ``512.75``); figures that look like codes (6.1) say
something only where most columns have them and none stands before words. Where every number can be read both ways and the two differ, a person is asked. What does not belong
here: the value of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from ..model import Grid, Notation, Piece, Reject
from .unreadable import Unreadable

ANSWER = "antwoorden.notatie"  # the key of document.yml that answers it: nl or en

_AROUND = re.compile(r"^[-–−+(€$\s/]*|(?:[\s)%*¹²³-]|[VN]\b)*$")
_FIGURE = re.compile(r"\d[\d.,]*")
_ONLY = {
    "nl": re.compile(
        r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,(?:\d{1,2}|\d{4,})|0,\d{3}|\d{4,},\d{3}"
    ),
    "en": re.compile(
        r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.(?:\d{1,2}|\d{4,})|0\.\d{3}|\d{4,}\.\d{3}"
    ),
}
_COMMA = re.compile(r"\d{1,3},\d{3}")  # 1,234: thousands, or three decimals
_POINT = re.compile(r"\d{1,3}\.\d{3}")
_WHOLE = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"\d{1,2}\.\d{1,2}")
_SEPARATED = re.compile(r"(?<![\d.,])\d[\d.,]*[.,]\d+(?![\d.,])")
_SWAPPED = str.maketrans(".,", ",.")


@dataclass
class _Evidence:
    """How many cells only one notation can read, and the first cell that both can."""

    nl: int = 0
    en: int = 0
    short: int = 0  # ... of those for English the ones that may be codes or decimals of a Dutch file: 6.1
    points: int = 0  # 1.234: thousands, or three decimals
    columns: int = 0  # columns that print figures
    like_codes: int = 0  # ... of which those whose only evidence looks like codes: 53.2, 6.71
    commas: int = 0
    small: int = 0  # whole numbers under a thousand
    large: int = 0  # whole numbers from a thousand on, printed without a mark
    open: Piece | None = None


def decided(grids: Sequence[Grid], path: str, answer: str | None = None) -> tuple[Notation, Reject | None]:
    """The notation of a file's tables, and the question where both fit and mean different amounts.

    ``answer`` is what a person said before (``nl`` or ``en``). Where there is no evidence the notation is Dutch.
    """
    if answer in ("nl", "en"):
        return cast(Notation, answer), None
    found = _Evidence()
    for grid in grids:
        _weigh(grid, found)
    if found.points and not found.commas and found.en == found.short:
        return (
            "nl",
            None,
        )  # 6.1 beside 1.234: no thousands with a comma, and the point has three digits behind it
    if found.nl or found.en:
        return ("en" if found.en > found.nl else "nl"), None
    if not found.commas:
        is_english = 2 * found.like_codes > found.columns and not found.points
        return ("en" if is_english else "nl"), None
    if found.points >= found.commas:
        return "nl", None  # 64.210 beside 1,523: more have a point for thousands than have three decimals
    if found.small and not found.large and not found.points:
        return "en", None  # 583 beside 57,545: in decimals it would be 583,000
    return "nl", _question(found, path)


def as_dutch(text: str, notation: Notation) -> str:
    """The text of a cell with its figures in Dutch notation: ``1,234.5`` of an English file is ``1.234,5``."""
    return text if notation == "nl" else _SEPARATED.sub(lambda m: m.group().translate(_SWAPPED), text)


def _weigh(grid: Grid, found: _Evidence) -> None:
    """Add what the columns of a grid say; a column of codes in front of words says nothing."""
    columns: dict[int, list[tuple[str, Piece]]] = {}
    for row in grid.rows:
        for column, piece in enumerate(row):
            if piece and (figure := _figure(piece.text)):
                columns.setdefault(column, []).append((figure, piece))
    for column, figures in columns.items():
        found.columns += not all(_YEAR.fullmatch(figure) for figure, _ in figures)
        if _is_before_words(grid, column):
            continue
        marked = [figure for figure, _ in figures if "." in figure]
        if marked and all(map(_CODE.fullmatch, marked)):
            found.like_codes += grid.sure
            continue
        for figure, piece in figures:
            _add(figure, piece, found)


def _add(figure: str, piece: Piece, found: _Evidence) -> None:
    if _WHOLE.fullmatch(figure):
        if not _YEAR.fullmatch(figure):
            found.small += len(figure) < 4
            found.large += len(figure) > 3
    elif _COMMA.fullmatch(figure) and figure[0] != "0":
        found.commas += 1
        found.open = found.open or piece
    elif _POINT.fullmatch(figure) and figure[0] != "0":
        found.points += 1
    elif _ONLY["nl"].fullmatch(figure):
        found.nl += 1
    elif _ONLY["en"].fullmatch(figure):
        found.en += 1
        found.short += _CODE.fullmatch(figure) is not None


@lru_cache(maxsize=1 << 15)
def _figure(text: str) -> str | None:
    """The digits and marks of a cell that holds one figure and no words; None for anything else."""
    if not text or text[0].isalpha():
        return None
    if len(text) > 30 or not any(c.isdecimal() for c in text):
        return None
    inner = _AROUND.sub("", text)
    return inner if _FIGURE.fullmatch(inner) else None


def _is_before_words(grid: Grid, column: int) -> bool:
    """Whether the next column holds words on most rows that have something in this one."""
    beside: Iterable[str] = (
        after.text
        for row in grid.rows
        if column + 1 < len(row) and (here := row[column]) and here.text and (after := row[column + 1])
    )
    found = [any(c.isalpha() for c in text) for text in beside]
    return 2 * sum(found) > len(found) > 0


def _question(found: _Evidence, path: str) -> Reject:
    piece = found.open
    assert piece is not None, "something both notations can read is what the question is about"
    return Unreadable(
        f"alle getallen met een komma kunnen Nederlands (decimalen) en Engels (duizendtallen) zijn, zoals "
        f"'{piece.text}': zeg '{ANSWER}: nl' of 'en'",
        f"every number with a comma may be Dutch (decimals) or English (thousands), as '{piece.text}': "
        f"say '{ANSWER}: nl' or 'en'",
        line=piece.line,
        text=piece.text,
        key=ANSWER,
    ).as_reject(path, kind="question")
