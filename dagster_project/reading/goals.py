"""Goals and what is done for them: tables of text with a code in front of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .codes import code_of
from .field_words import pattern_of
from .meaning import plain
from .model import Grid, Label, Piece, Prestatie
from .numbers import clean

_GOAL = pattern_of("doel", "heading")
_DONE = pattern_of("prestatie", "heading")
_FIELD = pattern_of("veld_met_code", "heading as printed")
# A heading names a programma by number, by name or both; what goes on in small letters or ends as a sentence is prose.
_PROGRAMMA = pattern_of("programma", "heading as printed")
_LEAVES_PROGRAMMA = pattern_of("buiten_programma", "heading as printed")
_DIVIDES = pattern_of("andere_verdeling", "heading as printed")


def is_goals(grid: Grid) -> bool:
    """Whether a grid has a column of goals and one of what is done for them."""
    if not grid.rows:
        return False
    texts = [plain(_text_at(grid.rows[0], c)) for c in range(len(grid.rows[0]))]
    filled = [t for t in texts if t]
    return (
        len(filled) >= 2
        and _GOAL.fullmatch(filled[0]) is not None
        and any(_DONE.fullmatch(t) for t in filled[1:])
    )


def split_code(text: str) -> tuple[str, str]:
    """``9A1 Sociale binding`` as code and words; an empty code where none is printed."""
    code = code_of(text)
    if code is None:
        return "", text
    return code, text[len(code) :].lstrip(" .:)")


def prestaties(grid: Grid, field: tuple[str, str] | None, path: str) -> Iterator[Prestatie]:
    """One record for everything that is done; a blank goal is the goal of the row above."""
    texts = [plain(_text_at(grid.rows[0], c)) for c in range(len(grid.rows[0]))]
    goal_column = next(i for i, t in enumerate(texts) if t)
    done_column = next(i for i, t in enumerate(texts) if i > goal_column and _DONE.fullmatch(t))
    goal = ("", "")
    for row in grid.rows[1:]:
        text, done = _text_at(row, goal_column), _text_at(row, done_column)
        if text:
            goal = split_code(text)
        if not done:
            continue
        code, words = split_code(done)
        line = next((p.line for p in row if p is not None), 0)
        yield Prestatie(
            *goal, code, words, field[0] if field else None, field[1] if field else None, path, line
        )


def goal_labels(grid: Grid, path: str) -> Iterator[Label]:
    """The coded goals and prestaties of a grid, as printed."""
    for row in grid.rows[1:]:
        for c in range(len(row)):
            code, words = split_code(_text_at(row, c))
            piece = row[c]
            if code and piece is not None:
                yield Label(code, words, "prestatie" if "." in code else "doel", piece.line, path)


def programma_heading(text: str) -> str | None:
    """A heading that names a programma (``Programma 2. Zorg``, ``Programma 3.``, ``Programma Zorg``); None for other text."""
    words = clean(text).strip()
    return words if _PROGRAMMA.fullmatch(words) else None


def leaves_programma(text: str) -> bool:
    """Whether a heading begins something that is about no single programma, such as a paragraaf or a bijlage."""
    words = clean(text).strip()
    return len(words) < 120 and not words.endswith(".") and _LEAVES_PROGRAMMA.match(words) is not None


def divides_money(text: str) -> bool:
    """Whether a title says along which other cut than that of programmas its table divides the money (``per taakveld``)."""
    return _DIVIDES.search(text) is not None


def _text_at(row: Sequence[Piece | None], column: int) -> str:
    piece = row[column] if column < len(row) else None
    return clean(piece.text) if piece is not None else ""


def policy_field(text: str) -> tuple[str, str] | None:
    """Code and name of a heading such as ``Beleidsterrein 9A Sociale binding``; None for any other text."""
    match = _FIELD.match(text)
    return (match["code"], match["name"].strip()) if match else None
