"""The cells of a grid as a matrix: the text of each, what it may be, and in which rows and columns values stand."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dagster_project.reading.formats.notation import as_dutch
from dagster_project.reading.formats.paragraphs import unbroken

from .codes import is_wordless
from .footnotes import bare_year
from .header_texts import are_like_headers, words_of
from .model import Notation, Piece
from .numbers import EURO, MARKER, amounts_like_years, clean, is_bare_amount, is_malformed, year_of
from .numbers import read as read_number
from .under_headers import counts_columns, is_unit_of_column

Row = tuple[Piece | None, ...]
DASH = re.compile(r"[-–—]+")
CODE = re.compile(
    r"\d{1,3}[a-z]?(?:[.\-]\w{1,4})*\.?|[A-Z]{1,3}[.\-]?\d{1,4}(?:[.\-]\w{1,4})*\.?|\d{1,2}[A-Z]\d?(?:\.\w{1,2})?|[IVX]{1,5}[.)]?|[A-Za-z][.)]?"
    r"|[IVX]{1,4}\.\d{1,3}\.?"
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cleaned texts of a grid and what each may be: V value, Y year, M marker, K code, T text, blank."""

    rows: tuple[Row, ...]
    texts: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    width: int


def read_kind(text: str) -> str:
    """What one cell is, before its column is known."""
    if not text:
        return " "
    found = read_number(text)
    if found:
        if found[0].mark == MARKER:
            return "M"
        return "Y" if year_of(bare_year(text)) else "V"
    if CODE.fullmatch(text):
        return "K"
    return "V" if is_malformed(text) else "T"


def _are_signs(texts: Sequence[str]) -> bool:
    """Whether a row prints nothing but plus and minus: what was added to a stock, and what was taken off."""
    return {t for t in texts if t} == {"+", "-"}


def _holds_signs(texts: Sequence[str], amounts: Sequence[str]) -> bool:
    """Whether a column says in front of the amounts which are added and which are taken off: plus here, minus there."""
    return all(map(DASH.fullmatch, amounts)) and sum(t in ("+", "(+)") for t in texts) > 1


def matrix_of(rows: Sequence[Row], notation: Notation = "nl", jaar: int | None = None) -> Matrix:
    """Rows as a matrix as wide as the widest, numbers in Dutch notation; what a cell may be is told by its column too.

    ``jaar`` is the year of the document, from which amounts that look like years are far.
    """
    width = max((len(r) for r in rows), default=0)
    rows = [_from_the_middle(row, width) for row in rows]
    texts = tuple(
        tuple(as_dutch(_text(r[c]), notation) if c < len(r) else "" for c in range(width)) for r in rows
    )
    likened = amounts_like_years(texts, jaar)
    kinds = ["".join("V" if text in likened else read_kind(text) for text in row) for row in texts]
    for i in _rows_of_amounts(texts, kinds, jaar):
        kinds[i] = kinds[i].replace("Y", "V")
    for c in range(width):
        amounts = [i for i, kind in enumerate(kinds) if kind[c] == "V"]
        if amounts and _holds_signs([row[c] for row in texts], [texts[i][c] for i in amounts]):
            for i in amounts:
                kinds[i] = f"{kinds[i][:c]}T{kinds[i][c + 1 :]}"
            continue
        if len(amounts) > 1 and all(is_unit_of_column(texts[i][c]) for i in amounts):
            for i in amounts:  # € 1.000 in every row: the unit, no amount
                kinds[i] = f"{kinds[i][:c]}T{kinds[i][c + 1 :]}"
    for i in itertools.takewhile(lambda i: not _holds_figures(texts[i], kinds[i]), range(len(kinds))):
        named = [t for t, kind in zip(texts[i][1:], kinds[i][1:], strict=True) if t and kind != "V"]
        if _are_signs(texts[i]) or (len(named) > 1 and are_like_headers(named)):
            kinds[i] = kinds[i].replace("V", "T")  # ``?`` or ``-`` among the names of columns is a name
    return Matrix(tuple(rows), texts, tuple(kinds), width)


def _rows_of_amounts(texts: Sequence[Sequence[str]], kinds: Sequence[str], jaar: int | None) -> Iterator[int]:
    """The rows of which every number reads as a year and is an amount: they have a name and stand below another row of amounts.

    Their columns print amounts of four figures without a point, ``1010`` above ``2033``; those of years next to each other, or
    next to the year of the document, are a header. One year alone, below a header that says it in words, is none.
    """
    first = next((i for i, kind in enumerate(kinds) if "V" in kind and "T" in kind), len(kinds))
    years_in = Counter(c for kind in kinds if "Y" in kind for c, one in enumerate(kind) if one == "Y")
    for i in range(first + 1, len(kinds)):
        at = [c for c, kind in enumerate(kinds[i]) if kind == "Y"]
        names = [text for text, kind in zip(texts[i], kinds[i], strict=True) if kind == "T"]
        if not at or "V" in kinds[i] or not names or any(words_of(name).is_corner for name in names):
            continue
        years = [year_of(bare_year(texts[i][c])) or 0 for c in at]
        is_alone = len(at) == 1 and years_in[at[0]] == 1
        near = [*years, *([jaar] if jaar and not is_alone else [])]
        is_header = any(abs(a - b) <= 1 for a, b in itertools.combinations(near, 2))
        if not is_header and all(_prints_bare_amounts(texts, kinds, c) for c in at):
            yield i


def _prints_bare_amounts(texts: Sequence[Sequence[str]], kinds: Sequence[str], c: int) -> bool:
    """Whether two amounts or more of a column are printed without points."""
    bare = (True for row, kind in zip(texts, kinds, strict=True) if kind[c] == "V" and is_bare_amount(row[c]))
    return next(bare, False) and next(bare, False)


def _from_the_middle(row: Row, width: int) -> Row:
    """A row of one text in the middle of all columns, behind a code or not, with that text at its start.

    So titles and headings come out of cells that were centred and not merged. What looks like a header stays, and what
    stands over some of the columns.
    """
    if width < 3 or len(row) < width:
        return row
    shown = ((c, text) for c, piece in enumerate(row) if piece is not None and (text := _text(piece)))
    filled = list(itertools.islice(shown, 3))  # most rows have more: they are looked at no further
    if not 0 < len(filled) <= 2:
        return row
    at, text = filled[-1]
    start = filled[0][0] + 1 if len(filled) == 2 else 0
    middle = {(start + width - 1) // 2, (start + width) // 2}
    is_head = (
        words_of(text).likeness >= 1 or words_of(text).year or is_wordless(text) or bool(read_number(text))
    )
    if at <= start or at not in middle or is_head or not all(is_wordless(t) for _, t in filled[:-1]):
        return row
    piece = row[at]
    if piece is not None and piece.colspan > 1:
        return row
    blanks: list[Piece | None] = [None] * (width - start - 1)
    return (*row[:start], piece and piece._replace(colspan=width - start), *blanks)


def _holds_figures(texts: Sequence[str], kinds: str) -> bool:
    return any(
        kind == "V" and any(c.isdigit() for c in text) for text, kind in zip(texts, kinds, strict=True)
    )


def without_signs(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows without columns that hold nothing, the euro sign or a sign only, in front of the amounts to their right.

    A sign is part of the amount that it stands before. What a header prints over such a column stands over the amounts;
    a column of units says so in its header.
    """
    width = max((len(r) for r in rows), default=0)
    texts = [[_text(r[c]) if c < len(r) else "" for c in range(width)] for r in rows]
    signs = []
    for c in range(width - 1):
        beside = {row[c] for row in texts if read_kind(row[c + 1]) == "V"}
        minus = beside & _SIGNS
        others = [r for r, row in enumerate(texts) if row[c] not in ("", EURO) and row[c] not in minus]
        is_torn = any(row[c] in minus and read_kind(row[c + 1]) != "V" for row in texts)
        if (
            beside
            and beside <= {"", EURO} | minus
            and not is_torn
            and (minus - _NILS or not minus or "" in beside)
            and (EURO in beside or others)
            and not any(read_kind(texts[r][c]) == "V" for r in others)
            and all(_covers(rows[r], c, c + 1) or not texts[r][c + 1] for r in others)
            and not any(words_of(texts[r][c]).attribute for r in others)
        ):
            signs.append(c)
    if not signs:
        return tuple(rows)
    made = []
    for row, shown in zip(rows, texts, strict=True):
        kept: list[Piece | None] = []
        for c, piece in enumerate(row):
            if c in signs:
                continue
            start = c
            if c - 1 in signs and shown[c - 1] in _SIGNS and piece is not None:
                piece = piece._replace(text=f"{shown[c - 1]} {piece.text}")
            if c - 1 in signs and not shown[c] and shown[c - 1] not in ("", EURO):
                start, piece = c - 1, row[c - 1]
            if piece is not None and piece.colspan > 1:
                gone = sum(start <= s < start + piece.colspan for s in signs)
                piece = piece._replace(colspan=max(1, piece.colspan - gone))
            kept.append(piece)
        made.append(tuple(kept))
    return tuple(made)


_NILS = frozenset(["-", "–", "−"])  # alone in a cell they may say that there is no amount too
_SIGNS = frozenset(["-/-", "+", *_NILS])


def _covers(row: Row, c: int, other: int) -> bool:
    """Whether the cell in one column spans another."""
    piece = row[c]
    return piece is not None and c + piece.colspan > other


def _text(piece: Piece | None) -> str:
    if piece is None:
        return ""
    return clean(unbroken(piece.text))


def value_columns(m: Matrix, rows: Sequence[int]) -> list[int]:
    """Columns that hold values in the rows given, right of the first text."""
    found = []
    for c in range(m.width):
        n = Counter(m.kinds[i][c] for i in rows)
        if n["V"] and n["V"] + n["Y"] >= n["T"] + n["K"]:
            found.append(c)
    return found


def rows_with_values(m: Matrix, begin: int, end: int) -> list[int]:
    """Rows with a value right of their first cell."""
    return [i for i in range(begin, end) if "V" in m.kinds[i][1:] and not numbers_columns(m, i)]


def numbers_columns(m: Matrix, i: int) -> bool:
    """Whether a row numbers the columns: ``1 2 3 4`` below a header."""
    return m.kinds[i][0] != "T" and counts_columns(m.texts[i])


def count_of_texts(m: Matrix, i: int) -> int:
    """How many cells of a row have a text."""
    return sum(1 for t in m.texts[i] if t)


def line_of(m: Matrix, i: int) -> int:
    """The line in its file on which a row stands, 0 where it is blank."""
    return next((p.line for p in m.rows[i] if p is not None and p.text), 0)


def page_of(m: Matrix, i: int) -> int | None:
    """The page on which a row stands; None where it is blank, or its file has no pages."""
    return next((p.page for p in m.rows[i] if p is not None and p.text), None)


def with_moves(m: Matrix, moves: Iterable[tuple[int, int, int]], as_set: bool = True) -> Matrix:
    """The matrix with cells moved: (row, from column, to column). ``as_set``: how far one is set in stays said."""
    rows, texts, kinds = list(m.rows), list(m.texts), list(m.kinds)
    for i, start, end in moves:
        row, shown, sort = list(rows[i]), list(texts[i]), list(kinds[i])
        piece = row[start]
        row[end] = piece if as_set or piece is None else piece._replace(text=shown[start], indent=0)
        shown[end], sort[end] = shown[start], sort[start]
        row[start], shown[start], sort[start] = None, "", " "
        rows[i], texts[i], kinds[i] = tuple(row), tuple(shown), "".join(sort)
    return replace(m, rows=tuple(rows), texts=tuple(texts), kinds=tuple(kinds))
