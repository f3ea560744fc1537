"""Grids whose positions are printed: what each column holds, how deep the header is, which tables lie in one grid.

A grid fixes most. Open are the depth of the header, which columns name rows and which group them, halves that
stand side by side, and tables that stand under each other. Where positions leave columns without a name, the
header is read without them too, and the judge takes the better.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dagster_project.reading.formats.notation import as_dutch
from dagster_project.reading.formats.paragraphs import is_broken, unbroken

from .broken_labels import Line, parts
from .codes import is_wordless
from .footnotes import bare_year
from .forms import OnLine, goes_on, whole
from .formulas import are_formulas, is_formula
from .header_texts import TEXT, VALUE, Zone, is_passed_over, words_of
from .header_words import MARKER_HEADER, unit_in, without_unit
from .headers import read_header
from .heading_prices import heading_price
from .judge import Terms, weigh
from .meaning import plain, row_meaning, says_total
from .model import Grid, Notation, Piece, Prose
from .notes import is_note
from .numbers import EURO, MARKER, clean, is_malformed, year_of
from .numbers import read as read_number
from .panel import BLANK, HEADING, NOTE, ROW, Panel, Reading, Strip, told
from .path_terms import header_terms
from .under_headers import counts_columns, is_unit_of_column, is_unit_row

Row = tuple[Piece | None, ...]
_DASH = re.compile(r"[-–—]+")
_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:[.\-]\w{1,4})*\.?|[A-Z]{1,3}[.\-]?\d{1,4}(?:[.\-]\w{1,4})*\.?|\d{1,2}[A-Z]\d?(?:\.\w{1,2})?|[IVX]{1,5}[.)]?|[A-Za-z][.)]?"
    r"|[IVX]{1,4}\.\d{1,3}\.?"
)
_TEXT_LAYOUTS = ("tab", "pipe")  # cells may have fallen out of rows and headers
_PERIOD = re.compile(r"(?:.{0,20}\b)?(?:19|20)\d\d\b.{0,25}")


@dataclass(frozen=True, slots=True)
class _Matrix:
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
    if _CODE.fullmatch(text):
        return "K"
    return "V" if is_malformed(text) else "T"


def _are_signs(texts: Sequence[str]) -> bool:
    """Whether a row prints nothing but plus and minus: what was added to a stock, and what was taken off."""
    return {t for t in texts if t} == {"+", "-"}


def _holds_signs(texts: Sequence[str], amounts: Sequence[str]) -> bool:
    """Whether a column says in front of the amounts which are added and which are taken off: plus here, minus there."""
    return all(map(_DASH.fullmatch, amounts)) and sum(t in ("+", "(+)") for t in texts) > 1


def _matrix(rows: Sequence[Row], notation: Notation = "nl") -> _Matrix:
    width = max((len(r) for r in rows), default=0)
    rows = [_from_the_middle(row, width) for row in rows]
    texts = tuple(
        tuple(as_dutch(_text(r[c]), notation) if c < len(r) else "" for c in range(width)) for r in rows
    )
    kinds = ["".join(map(read_kind, row)) for row in texts]
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
        if _are_signs(texts[i]) or (len(named) > 1 and _are_like_headers(named)):
            kinds[i] = kinds[i].replace("V", "T")  # ``?`` or ``-`` among the names of columns is a name
    return _Matrix(tuple(rows), texts, tuple(kinds), width)


def _from_the_middle(row: Row, width: int) -> Row:
    """A row of one text in the middle of all columns, behind a code or not, with that text at its start.

    So titles and headings come out of cells that were centred and not merged. What looks like a header stays.
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
    blanks: list[Piece | None] = [None] * (width - start - 1)
    return (*row[:start], piece and piece._replace(colspan=width - start), *blanks)


def _holds_figures(texts: Sequence[str], kinds: str) -> bool:
    return any(
        kind == "V" and any(c.isdigit() for c in text) for text, kind in zip(texts, kinds, strict=True)
    )


def _are_like_headers(texts: Sequence[str]) -> bool:
    """Whether most of the texts are words or years as headers have them."""
    return 2 * sum(1 for t in texts if words_of(t).likeness >= 1 or words_of(t).year) > len(texts)


def _without_signs(rows: Sequence[Row]) -> tuple[Row, ...]:
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


def read_grid(grid: Grid, soort: str, jaar: int | None) -> list[Prose | Panel | Grid]:
    """Prose and panels of a grid in order; the grid itself where it holds no table of values."""
    found: list[Prose | Panel | Grid] = []
    for rows in _halves(_without_signs(grid.rows), grid.notation):
        found += _tables(grid, rows, soort, jaar)
    return found if any(isinstance(f, Panel) for f in found) else [grid]


def read(grid: Grid, soort: str, jaar: int | None) -> Iterator[Prose | Panel | Grid]:
    """As ``read_grid``, one by one."""
    yield from read_grid(grid, soort, jaar)


MOST_HEADER_ROWS = 4


def is_header(grid: Grid) -> bool:
    """Whether a grid holds the header of a table and nothing else."""
    if not 0 < len(grid.rows) <= MOST_HEADER_ROWS:
        return False
    m = _matrix(grid.rows, grid.notation)
    last = [t for t in m.texts[-1] if t]
    return (
        m.width > 2
        and not any("V" in kinds for kinds in m.kinds)
        and len(last) > 1
        and all(words_of(t).likeness >= 1 or words_of(t).year or words_of(t).is_corner for t in last)
    )


def under(header: Grid, grid: Grid) -> Grid | None:
    """A grid below the header that is a grid of its own; None where it has a header itself, or other columns.

    A header without a text over the labels comes without a cell over them.
    """
    m = _matrix(grid.rows, grid.notation)
    valued = _valued(m, 0, len(m.rows))
    width = max(len(row) for row in header.rows)
    if (
        not valued
        or header.layout != grid.layout
        or header.sheet != grid.sheet
        or m.width - width not in (0, 1)
    ):
        return None
    columns = _value_columns(m, valued)
    if any(_is_header_row(m, i, columns) for i in range(valued[0])):
        return None
    blank: tuple[None, ...] = (None,) * (m.width - width)
    return replace(grid, rows=(*((*blank, *row) for row in header.rows), *grid.rows))


# --- halves side by side -----------------------------------------------------------------------------------


def _halves(rows: Sequence[Row], notation: Notation = "nl") -> list[tuple[Row, ...]]:
    """The grid, or its left and right half where labels and values stand twice beside each other."""
    m = _matrix(rows, notation)
    valued = [i for i, k in enumerate(m.kinds) if "V" in k]
    if len(valued) < 2 or m.width < 4:
        return [tuple(rows)]
    filled = [Counter(m.kinds[i][c] for i in valued) for c in range(m.width)]
    is_value = [f["V"] + f["Y"] > f["T"] and f["V"] > 0 for f in filled]
    for c in range(2, m.width - 1):
        if not (filled[c]["T"] * 3 >= len(valued) and not is_value[c]):
            continue
        left, right = (
            [v for v in range(1, c) if is_value[v]],
            [v for v in range(c + 1, m.width) if is_value[v]],
        )
        if not left or len(left) != len(right) or not filled[0]["T"]:
            continue
        if is_attribute_column(m, c, valued):
            continue
        if not _are_alike(m, left, right, valued[0]):
            continue
        return [tuple(r[:c] for r in rows), tuple(_right_half(r, c) for r in rows)]
    return [tuple(rows)]


def _right_half(row: Row, c: int) -> Row:
    """What stands right of the cut; a text over both halves belongs to the right one too."""
    filled = [(k, p) for k, p in enumerate(row) if p is not None and clean(p.text)]
    if len(filled) == 1 and filled[0][0] == 0 and read_kind(clean(filled[0][1].text)) == "T":
        return (filled[0][1], *row[c + 1 :])
    return row[c:]


def _are_alike(m: _Matrix, left: Sequence[int], right: Sequence[int], first: int) -> bool:
    """Whether the values of both halves are called the same, or each half has a header of its own."""
    above = range(first)
    return all(
        [plain(m.texts[i][a]) for i in above] == [plain(m.texts[i][b]) for i in above]
        for a, b in zip(left, right, strict=True)
    ) or all(any(m.texts[i][v] for i in above) for v in (*left, *right))


def is_attribute_column(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether the header of a column says that it holds units, sources or explanations."""
    above = " ".join(m.texts[i][c] for i in range(valued[0]))
    texts = {m.texts[i][c] for i in valued if m.texts[i][c]}
    return words_of(above).attribute is not None or len(texts) * 2 < len(valued)


# --- tables under each other --------------------------------------------------------------------------------


def _tables(grid: Grid, rows: Sequence[Row], soort: str, jaar: int | None) -> list[Prose | Panel]:
    m = _matrix(rows, grid.notation)
    found: list[Prose | Panel] = []
    begin = 0
    for end in [*_starts(m), len(rows)]:
        found += _block(grid, m, begin, end, soort, jaar)
        begin = end
    return found


def _value_columns(m: _Matrix, rows: Sequence[int]) -> list[int]:
    """Columns that hold values in the rows given, right of the first text."""
    found = []
    for c in range(m.width):
        n = Counter(m.kinds[i][c] for i in rows)
        if n["V"] and n["V"] + n["Y"] >= n["T"] + n["K"]:
            found.append(c)
    return found


def _valued(m: _Matrix, begin: int, end: int) -> list[int]:
    """Rows with a value right of their first cell."""
    return [i for i in range(begin, end) if "V" in m.kinds[i][1:] and not _counts_columns(m, i)]


def _counts_columns(m: _Matrix, i: int) -> bool:
    """``1 2 3 4`` below a header: the columns are numbered."""
    return m.kinds[i][0] != "T" and counts_columns(m.texts[i])


def _starts(m: _Matrix) -> list[int]:
    """Where another table begins: at a header below values, with what stands right above it."""
    valued = _valued(m, 0, len(m.rows))
    if not valued:
        return []
    columns = _value_columns(m, valued)
    with_values = frozenset(valued)
    starts = []
    seen_values = False
    previous_header = False
    for i in range(len(m.rows)):
        if i in with_values:
            seen_values = True
            previous_header = False
            continue
        is_header = _is_header_row(m, i, columns)
        if is_header and seen_values and not previous_header:
            start = i
            while start and start - 1 not in with_values and _may_head(m, start - 1, columns):
                start -= 1
            starts.append(start)
            seen_values = False
        previous_header = is_header
    return starts


def _may_head(m: _Matrix, i: int, columns: Sequence[int]) -> bool:
    """Whether a row right above a header belongs to it: a single text is its title, one over values another layer.

    Unknown texts behind a label that names no rows are a row of the table above, where the header has a text over its
    labels itself: ``Structureel in evenwicht | ja | nee``.
    """
    texts = [m.texts[i][c] for c in columns if m.texts[i][c]]
    left, below = ([t for t in m.texts[k][: min(columns)] if t] for k in (i, i + 1))
    names_rows = not left or not below or any(words_of(t).is_corner for t in left)
    return _count(m, i) == 1 or (bool(texts) and (names_rows or _are_like_headers(texts)))


def _count(m: _Matrix, i: int) -> int:
    return sum(1 for t in m.texts[i] if t)


def _is_header_row(m: _Matrix, i: int, columns: Sequence[int]) -> bool:
    """A row without values that has texts like headers above values."""
    texts = [m.texts[i][c] for c in columns if m.texts[i][c]]
    if not texts or "V" in m.kinds[i]:
        return False
    return _are_like_headers(texts) and (len(texts) >= 2 or len(columns) == 1)


# --- one table ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Roles:
    """What each column is."""

    label: int
    codes: tuple[int, ...]
    outer: tuple[int, ...]
    values: tuple[int, ...]
    markers: dict[int, int]  # marker column -> value column
    texts: tuple[int, ...]  # attributes
    group_codes: dict[int, int]  # column of groups -> the column of their codes
    is_marked_once: bool = False  # V or N in front of columns of years is said of all of them


def _block(grid: Grid, m: _Matrix, begin: int, end: int, soort: str, jaar: int | None) -> list[Prose | Panel]:
    valued = _valued(m, begin, end)
    if not valued:
        return _as_prose(grid, m, range(begin, end))
    m = _with_labels_in_place(_without_stairs(m, valued, end), valued, end)
    roles = _roles(m, valued, begin)
    if roles is None or not roles.values:
        return _as_prose(grid, m, range(begin, end))
    valued = [i for i in valued if any(m.kinds[i][c] in "VY" for c in roles.values) or i > valued[0]]
    first = valued[0]
    header, captions, headings = _header_rows(m, begin, first, roles)
    if not header:
        captions, headings = _opening_heading(m, captions, first, end, roles)
    if not header and len(valued) < 2:
        return _as_prose(grid, m, range(begin, end))
    units = [k for k, i in enumerate(headings) if all(is_unit_of_column(t) for t in m.texts[i] if t)]
    if units:  # a title and its unit, below the header
        captions, headings = [*captions, *headings[: units[-1] + 1]], headings[units[-1] + 1 :]
    body_from = headings[0] if headings else first
    is_printed = grid.layout not in _TEXT_LAYOUTS
    paths, corner, terms, second = _paths(m, header, roles, soort, jaar, is_printed)
    if (shared := _set_in(m, roles, paths, range(body_from, end))) is not None:
        m, roles = shared
        paths, corner, terms, second = _paths(m, header, roles, soort, jaar, is_printed)
    again = {tuple(m.texts[h][1:]) for h in header}
    strips: list[Strip] = []
    after: list[int] = []
    m, gone_on = _with_whole_labels(m, roles, [i for i in range(body_from, end) if any(m.texts[i])])
    indents = _indents(m, body_from, end, roles)
    for i in range(body_from, end):
        if i in gone_on:
            continue
        if not any(m.texts[i]):
            strips.append(Strip(BLANK))
            continue
        if tuple(m.texts[i][1:]) in again and any(m.texts[i][1:]):
            continue
        if i > first and _counts_columns(m, i):
            continue
        strips.append(_strip(m, i, roles, indents.get(i, 0)))
    strips = _without_even_blanks(strips)
    named = {str(c): _attribute_name(m, header, c) for c in roles.texts}
    strips = _with_heading_attributes([_with_names(s, named) for s in strips])
    if not is_printed:
        strips = _loosened(strips)
        paths, strips = _without_overflow(paths, strips)
    while strips and strips[-1].kind in (BLANK, HEADING, NOTE):
        gone = strips.pop()
        if gone.kind != BLANK:
            after.append(gone.line)
    lines = [p.line for i in range(begin, end) for p in m.rows[i] if p is not None and p.text]
    repeats = _repeats(m, valued, roles)
    header_texts = tuple(m.texts[h][c] for h in header for c in range(m.width) if m.texts[h][c])
    panel = Panel(
        paths=paths,
        rows=tuple(strips),
        corner=corner,
        captions=tuple(
            Prose(m.texts[i][c], _line(m, i), _page(m, i), grid.sheet)
            for i in captions
            for c in range(m.width)
            if m.texts[i][c]
        ),
        header=header_texts,
        attributes=tuple(named.values()),
        formula=_formula(m, header, roles),
        units=_units(m, header, roles),
        layout=grid.layout,
        sheet=grid.sheet,
        first_line=min(lines, default=0),
        last_line=max(lines, default=0),
        page=_page(m, first),
        reading=Reading(
            weigh(terms),
            None if second is None else second[0] - weigh(terms),
            "" if second is None else told(second[1]),
            terms,
            "grid",
        ),
        has_header=bool(header),
        repeats_groups=repeats,
        notation=grid.notation,
    )
    tail = [i for i in range(body_from, end) if _line(m, i) in set(after) and "V" not in m.kinds[i]]
    return [panel, *_as_prose(grid, m, tail)]


def _set_in(
    m: _Matrix, roles: _Roles, paths: Sequence[tuple[str, ...]], body: Sequence[int]
) -> tuple[_Matrix, _Roles] | None:
    """The matrix with columns made one that stand under one header and of which every row fills one at most.

    Balance sheets set their details in: parts in the left column of a date, sums in the right one, the date over
    both or, in print, over the first of each pair. None where there are no such columns.
    """
    in_pairs = len(paths) % 2 == 0 and all(paths[::2]) and not any(paths[1::2])
    joined: dict[int, int] = {}
    for (a, path), (b, other) in itertools.pairwise(zip(roles.values, paths, strict=True)):
        home = joined.get(a, a)
        filled = [[i for i in body if m.texts[i][c]] for c in (home, b)]
        if (
            path
            and (path == other or (in_pairs and not other))
            and b == a + 1
            and all(filled)
            and set(filled[0]).isdisjoint(filled[1])
        ):
            joined[b] = home
    if not joined or roles.markers:
        return None
    made = _moved(m, ((i, b, home) for i in body for b, home in joined.items() if m.texts[i][b]))
    return made, replace(roles, values=tuple(c for c in roles.values if c not in joined))


def _without_even_blanks(strips: list[Strip]) -> list[Strip]:
    """The strips less blanks where they stand between all rows: they part nothing."""
    rows = [s for s in strips if s.kind != BLANK]
    beside = sum(a.kind != BLANK and b.kind != BLANK for a, b in itertools.pairwise(strips))
    return rows if len(rows) > 2 and beside == 0 else strips


def _with_whole_labels(m: _Matrix, roles: _Roles, body: Sequence[int]) -> tuple[_Matrix, frozenset[int]]:
    """The matrix with labels that are broken over rows in the row that has the values, and the rows that this uses up."""
    indents = _indents(m, body[0], body[-1] + 1, roles) if body else {}
    lines = [_as_line(m, i, roles, indents.get(i, 0)) for i in body]
    rows, texts = list(m.rows), list(m.texts)
    gone: set[int] = set()
    for part in parts(lines):
        if len(part) == 1:
            continue
        into = next((body[k] for k in part if lines[k].has_values), body[part[0]])
        row, shown = list(rows[into]), list(texts[into])
        for c in (roles.label, *roles.codes, *roles.texts):
            pieces = [(p, m.texts[body[k]][c]) for k in part if (p := m.rows[body[k]][c]) is not None]
            if len(pieces) > 1:
                shown[c] = whole([text for _, text in pieces if text])
                row[c] = pieces[0][0]._replace(text=shown[c])
            elif pieces:
                row[c], shown[c] = pieces[0]
        rows[into], texts[into] = tuple(row), tuple(shown)
        gone.update(body[k] for k in part if body[k] != into)
    kinds = tuple(
        "".join(map(read_kind, texts[i])) if texts[i] != m.texts[i] else k for i, k in enumerate(m.kinds)
    )
    return replace(m, rows=tuple(rows), texts=tuple(texts), kinds=kinds), frozenset(gone)


def _as_line(m: _Matrix, i: int, roles: _Roles, indent: int) -> Line:
    """A row by its label; one that groups rows in a column of its own, or passes for a note, has no label to go on."""
    texts = m.texts[i]
    shown = " ".join(t for t in texts if t)
    is_row = any(texts[c] for c in roles.values) or any(m.kinds[i][c] in "VM" for c in roles.markers)
    is_whole = is_passed_over(shown) or is_note(shown) or any(texts[c] for c in roles.outer)
    piece = m.rows[i][roles.label]
    return Line(
        "" if is_whole else texts[roles.label],
        is_row,
        any(texts[c] for c in roles.codes),
        bool(piece is not None and getattr(piece, "is_bold", False)),
        indent,
    )


def _loosened(strips: Sequence[Strip]) -> list[Strip]:
    """Rows that end in blanks where no row has a blank between values: a cell may have dropped out before."""
    rows = [s for s in strips if s.kind == ROW and any(s.values)]
    filled = [[p is not None for p in s.values] for s in rows]
    if any(False in f[: len(f) - f[::-1].index(True)] for f in filled):
        return list(strips)
    if sum(all(f) for f in filled) * 2 <= len(filled):
        return list(strips)
    return [
        replace(s, is_loose=True)
        if s.kind == ROW and any(s.values) and s.values[-1] is None and len(s.values) > 1
        else s
        for s in strips
    ]


def _without_overflow(
    paths: tuple[tuple[str, ...], ...], strips: list[Strip]
) -> tuple[tuple[tuple[str, ...], ...], list[Strip]]:
    """Columns at the end without a header that one row in three fills, at most: those rows have too many values."""
    rows = [s for s in strips if s.kind == ROW and any(s.values)]
    kept = len(paths)
    while (
        kept > 1
        and not paths[kept - 1]
        and paths[0]
        and 0 < sum(s.values[kept - 1] is not None for s in rows) * 3 <= len(rows)
    ):
        kept -= 1
    if kept == len(paths):
        return paths, strips
    made = []
    for s in strips:
        if s.kind == ROW and any(s.values[kept:]):
            printed = (s.name, *(p.text for p in s.values if p is not None))
            made.append(Strip(ROW, s.label, s.code, s.line, s.page, overfull=printed))
        else:
            made.append(replace(s, values=s.values[:kept]))
    return paths[:kept], made


def _with_names(strip: Strip, named: Mapping[str, str]) -> Strip:
    """The texts beside a row under the names of their columns; texts of one name are one."""
    texts: dict[str, str] = {}
    for c, text in strip.texts.items():
        name = named.get(c, c)
        texts[name] = f"{texts[name]} {text}" if name in texts else text
    return replace(strip, texts=texts) if strip.texts else strip


def _with_heading_attributes(strips: Sequence[Strip]) -> list[Strip]:
    """Rows without a unit or source of their own take those of the heading right above them."""
    given: list[Strip] = []
    said: Mapping[str, str] = {}
    for s in strips:
        if s.kind == HEADING:
            said = s.texts
        elif s.kind == ROW and s.texts:
            said = {}
        given.append(replace(s, texts=said) if s.kind == ROW and said else s)
    return given


def _line(m: _Matrix, i: int) -> int:
    return next((p.line for p in m.rows[i] if p is not None and p.text), 0)


def _page(m: _Matrix, i: int) -> int | None:
    return next((p.page for p in m.rows[i] if p is not None and p.text), None)


def _as_prose(grid: Grid, m: _Matrix, rows: Sequence[int]) -> list[Prose | Panel]:
    found: list[Prose | Panel] = []
    for i in rows:
        text = " | ".join(t for t in m.texts[i] if t)
        if text:
            found.append(Prose(text, _line(m, i), _page(m, i), grid.sheet))
    return found


# --- columns -----------------------------------------------------------------------------------------------


def _roles(m: _Matrix, valued: Sequence[int], begin: int) -> _Roles | None:
    counts = [Counter(m.kinds[i][c] for i in valued) for c in range(m.width)]
    label = _label_column(m, valued, counts)
    if label is None:
        return None
    label = _with_years_of_rows(m, valued, counts, label)
    above = {
        c: " ".join(m.texts[i][c] for i in range(begin, valued[0]) if m.texts[i][c]) for c in range(m.width)
    }
    codes: list[int] = []
    outer: list[int] = []
    sorts = []
    values: list[int] = []
    for c in range(label):
        n = counts[c]
        if n["V"] > n["T"] + n["K"] + n["Y"] and not _is_counter(m, c, valued, counts):
            values.append(c)
            continue
        coded = sum(
            1 for i in valued if m.texts[i][c] and (m.kinds[i][c] == "K" or is_wordless(m.texts[i][c]))
        )
        filled = len(valued) - n[" "]
        if not filled:
            continue
        attribute = words_of(above[c]).attribute
        is_group = attribute == "toelichting" and _holds_of_several(m, c, valued)
        is_attribute = attribute is not None and coded * 2 <= filled and not is_group
        if is_attribute or _comes_back([m.texts[i][c] for i in valued if m.texts[i][c]]):
            sorts.append(c)
            continue
        (codes if coded * 2 > filled else outer).append(c)
    markers: dict[int, int] = {}
    texts: list[int] = sorts
    pending: list[int] = []
    for c in range(label + 1, m.width):
        n = counts[c]
        filled = len(valued) - n[" "]
        name = words_of(above[c]).attribute
        if not filled:
            continue
        if name is None and _holds_codes(m, c, valued) and (not values or words_of(above[c]).is_corner):
            codes.append(c)
            continue
        if n["M"] and not n["T"] and not n["Y"] and n["V"] == _dashes(m, c, valued):
            if values and (values[-1] not in markers.values()):
                markers[c] = values[-1]
            else:
                pending.append(c)
            continue
        if (
            _holds_norms(m, c, valued)
            or (name in ("eenheid", "bron", "toelichting") and n["V"] <= n["T"] + n["K"])
            or (name == "periode" and n["Y"] + n["T"] >= n["V"] and n["V"] == 0)
            or (
                n["Y"] == filled
                and not any(words_of(m.texts[i][c]).year for i in range(begin, valued[0]))
                and any(counts[d]["V"] for d in range(c + 1, m.width))
                and not above[c]
            )
        ):
            texts.append(c)
        elif n["V"] + n["Y"] >= n["T"] + n["K"] and n["V"] + n["Y"]:
            values.append(c)
            for p in pending:
                markers[p] = c
            pending = []
        elif n["V"] and words_of(above[c]).likeness >= 1 and name is None:
            values.append(c)
        else:
            texts.append(c)
    group_codes = {o: c for c in codes for o in outer if o == c + 1 and _go_together(m, c, o, valued)}
    own = tuple(c for c in codes if c not in group_codes.values())
    is_marked_once = (
        len(markers) == 1
        and max(markers) < min(values, default=0)
        and all(words_of(above[c]).year for c in values)
    )
    return _Roles(label, own, tuple(outer), tuple(values), markers, tuple(texts), group_codes, is_marked_once)


def _holds_codes(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether a column behind the labels holds codes with figures in them (``6.72``, ``9A``), and nothing else."""
    held = [(t, m.kinds[i][c]) for i in valued if (t := m.texts[i][c]) and not _DASH.fullmatch(t)]
    return len(held) > 1 and all(
        kind == "K" and any(x.isdecimal() for x in text) and words_of(text).likeness < 2  # dates are none
        for text, kind in held
    )


def _dashes(m: _Matrix, c: int, valued: Sequence[int]) -> int:
    """How many cells of a column are dashes only: among V and N they say that there is neither."""
    return sum(bool(_DASH.fullmatch(m.texts[i][c])) for i in valued)


def _with_years_of_rows(m: _Matrix, valued: Sequence[int], counts: Sequence[Counter[str]], label: int) -> int:
    """The column of years that tells rows of one name apart (a name, below it blanks, and 2022 and 2024 beside them), or
    the column of labels where no such column stands between it and the values."""
    for c in range(label + 1, m.width):
        n = counts[c]
        if n["V"]:
            break
        others = {m.texts[i][c] for i in valued if m.kinds[i][c] != "Y"}
        if 2 * n["Y"] <= len(valued) or not all(words_of(t).years or says_total(t) for t in others):
            continue  # a row may be of all years together: 2025-2028, Totaal
        pairs = list(itertools.pairwise(valued))
        same = [(a, b) for a, b in pairs if m.texts[b][label] in ("", m.texts[a][label])]
        if 2 * len(same) >= len(pairs) and all(m.texts[a][c] != m.texts[b][c] for a, b in same):
            return c
    return label


def _holds_of_several(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether the texts of a column hold for two rows or more each: it groups them."""
    texts = [m.texts[i][c] for i in valued]
    runs = [text for text, _ in itertools.groupby(texts) if text]
    return len(runs) > 1 and len(set(runs)) == len(runs) and 2 * len(runs) <= len(texts)


def _go_together(m: _Matrix, code: int, group: int, valued: Sequence[int]) -> bool:
    """Whether codes are those of the groups beside them: both change in the same rows, and not in every row."""

    def goes_on(c: int) -> list[bool]:
        return [m.texts[b][c] in ("", m.texts[a][c]) for a, b in itertools.pairwise(valued)]

    return goes_on(code) == goes_on(group) and any(goes_on(group))


def _comes_back(texts: Sequence[str]) -> bool:
    """Whether letters say of what sort a row is (``I``, ``S``): they stand twice in a row and come back after another."""
    runs = [text for text, _ in itertools.groupby(texts)]
    is_letters = all(t.isalpha() and len(t) <= 2 for t in texts)
    return is_letters and 1 < len(set(runs)) < len(runs) < len(texts)


def _holds_norms(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether a column says what values should be: each cell is a limit (``< 90%``) or a range, a bare number now and then."""
    limits = others = 0
    for i in valued:
        if m.kinds[i][c] == "V":
            found = read_number(m.texts[i][c])
            is_limit = bool(found) and found[0].comparator in _LIMITS
            limits, others = limits + is_limit, others + (not is_limit)
        elif m.texts[i][c]:
            limits, others = limits + (_RANGE.fullmatch(m.texts[i][c]) is not None), others
    return limits >= 2 and others * 4 <= limits


_LIMITS = ("<", ">", "≥", "≤", "<=", ">=")
_RANGE = re.compile(r"[\d.,]+\s?%?\s?(?:-|–|tot|en)\s?[\d.,]+\s?%?")


def _label_column(m: _Matrix, valued: Sequence[int], counts: Sequence[Counter[str]]) -> int | None:
    """The column of the labels of rows: of the first columns with texts the last that is filled in most rows."""
    first_value = _first_value(m, valued, counts)
    if first_value is None:
        return None
    named = [
        c
        for c in range(m.width)
        if counts[c]["T"] > counts[c]["K"] + counts[c]["V"] and _holds_words(m, c, valued)
    ]
    candidates = [c for c in named if c < first_value]
    if first_value == 0 and named:  # amounts stand before the labels
        return max(named, key=lambda c: (len({m.texts[i][c] for i in valued if m.texts[i][c]}), -c))
    if not candidates:
        coded = [c for c in range(first_value) if counts[c]["K"] or counts[c]["V"]]
        return coded[-1] if coded else (0 if first_value else None)
    names = {c: " ".join(m.texts[i][c] for i in range(valued[0]) if m.texts[i][c]) for c in candidates}
    named = [c for c in candidates if words_of(names[c]).attribute is None]
    candidates = named or candidates
    share = {c: sum(1 for i in valued if m.texts[i][c]) for c in candidates}
    first = candidates[0]
    if len(candidates) == 1:
        return first
    part = _parts_between_headings(valued)
    distinct = {c: len({(part[i], m.texts[i][c]) for i in valued if m.texts[i][c]}) for c in candidates}
    for c in candidates[1:]:
        beside = [i for i in valued if m.texts[i][c]]  # a total is printed in the first column alone
        named_too = sum(1 for i in beside if m.texts[i][first])
        groups = (
            named_too * 10 < len(beside) * 9
            or distinct[first] < share[first]
            or (words_of(names[c]).is_corner and distinct[c] == share[c] >= share[first])
            or all(row_meaning(m.texts[i][c]).grootheid in _SIDES for i in beside)
        )
        if groups and share[c] * 2 >= len(valued) and distinct[c] >= 2:
            first = c
    return first


_SIDES = frozenset(["lasten", "baten", "saldo"])


def _parts_between_headings(valued: Sequence[int]) -> dict[int, int]:
    """For each row of values in which part of the table it stands: a name that comes back in another part groups nothing."""
    parts = itertools.accumulate((b > a + 1 for a, b in itertools.pairwise(valued)), initial=0)
    return dict(zip(valued, parts, strict=True))


def _first_value(m: _Matrix, valued: Sequence[int], counts: Sequence[Counter[str]]) -> int | None:
    """The first column of values: of more values than texts, and not of numbers that name rows."""
    return next(
        (
            c
            for c in range(m.width)
            if counts[c]["V"]
            and counts[c]["V"] > counts[c]["T"] + counts[c]["K"]
            and not _is_counter(m, c, valued, counts)
        ),
        None,
    )


def _lacks_codes(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether rows of values have dashes only in a column in which other rows have codes, or the word of a total."""
    found = {m.texts[i][c] for i in range(valued[0], len(m.texts)) if m.texts[i][c]}
    return any(map(_DASH.fullmatch, found)) and not all(map(_DASH.fullmatch, found))


def _without_stairs(m: _Matrix, valued: Sequence[int], end: int) -> _Matrix:
    """The matrix with labels in one column that are printed in several, each level of them one column further right.

    No row has a text in two of those columns: a column that groups rows prints its text beside a label.
    """
    counts = [Counter(m.kinds[i][c] for i in valued) for c in range(m.width)]
    first_value = _first_value(m, valued, counts)
    start = valued[0]
    while start and not any(m.texts[start - 1][first_value or 0 :]) and any(m.texts[start - 1]):
        start -= 1
    body = [i for i in range(start, end) if any(m.texts[i])]
    steps = [
        c
        for c in range(first_value or 0)
        if (texts := [m.texts[i][c] for i in body if m.texts[i][c]])
        and 2 * sum(not is_wordless(t) for t in texts) > len(texts)
    ]
    alone = [next((c for c in steps if m.texts[i][c]), None) for i in body]
    if (
        len(steps) < 2
        or any(sum(bool(m.texts[i][c]) for c in steps) > 1 for i in body)
        or alone[:1] != [steps[0]]
        or sorted(set(filter(None, alone)) | {steps[0]}) != steps
    ):
        return m
    rows, label = list(m.rows), steps[-1]
    for i, c in zip(body, alone, strict=True):
        piece = m.rows[i][c] if c is not None else None
        if piece is not None and c is not None:
            deep = piece._replace(indent=piece.indent + _STEP * steps.index(c))
            rows[i] = (*m.rows[i][:c], deep, *m.rows[i][c + 1 :])
    return _moved(
        replace(m, rows=tuple(rows)),
        ((i, c, label) for i, c in zip(body, alone, strict=True) if c is not None and c != label),
    )


_STEP = 4  # blanks that a column of labels sets in what stands in it


def _with_labels_in_place(m: _Matrix, valued: Sequence[int], end: int) -> _Matrix:
    """The matrix with every total and heading in the column of labels that is printed over the codes before it.

    Its cell spans both columns, or it is the only words in a column of codes.
    """
    plain_rows = [i for i in valued if not _spans(m, i)] or valued
    counts = [Counter(m.kinds[i][c] for i in plain_rows) for c in range(m.width)]
    first_value = _first_value(m, plain_rows, counts)
    label = _label_column(m, plain_rows, counts)
    if not first_value or not label or label >= first_value:
        return m
    filled = [[m.texts[i][c] for i in plain_rows if m.texts[i][c]] for c in range(label)]
    coded = [2 * sum(map(is_wordless, texts)) > len(texts) for texts in filled]
    moves = []
    for i in (*_headings_above(m, valued[0]), *range(valued[0], end)):
        start = next((c for c in range(m.width) if m.texts[i][c]), m.width)
        if start >= label or any(m.texts[i][start + 1 : label + 1]):
            continue
        piece, text = m.rows[i][start], m.texts[i][start]
        spans = piece is not None and start + piece.colspan > label
        if spans or (coded[start] and not is_wordless(text)):
            moves.append((i, start, label))
    return _moved(m, moves, as_set=False)


def _moved(m: _Matrix, moves: Iterable[tuple[int, int, int]], as_set: bool = True) -> _Matrix:
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


def _spans(m: _Matrix, i: int) -> int:
    """One more than the first column of a row, where its text spans more columns; 0 where it does not."""
    first = next((c for c in range(m.width) if m.texts[i][c]), None)
    piece = m.rows[i][first] if first is not None and first < len(m.rows[i]) else None
    return first + 1 if first is not None and piece is not None and piece.colspan > 1 else 0


def _headings_above(m: _Matrix, first: int) -> list[int]:
    """The rows of one text each that stand right above the first row of values."""
    found: list[int] = []
    while (
        first - len(found) > 0
        and _count(m, first - len(found) - 1) == 1
        and _spans(m, first - len(found) - 1)
    ):
        found.append(first - len(found) - 1)
    return found


def _holds_words(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether most texts of a column are words; periods (``2010-2030``), dates and formulas name no row that words name."""
    texts = [m.texts[i][c] for i in valued if m.kinds[i][c] == "T"]
    return sum(not is_wordless(t) and not is_formula(t) for t in texts) * 2 > len(texts)


def _holds_short_numbers(m: _Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether a column of numbers of one or two figures stands there, some of them again and again: of programmes."""
    held = [t for i in valued if (t := m.texts[i][c])]
    is_short = all(t.isdecimal() and len(t) < 3 for t in held)
    return is_short and len(held) > 2 and len(set(held)) < len(held) and c + 1 < m.width


def _is_counter(m: _Matrix, c: int, valued: Sequence[int], counts: Sequence[Counter[str]]) -> bool:
    """A column of numbers that name rows: short ones, or all different and written alike, with texts in the column to the right."""
    if c + 1 >= m.width:
        return False
    right = next(
        (
            n
            for d, n in enumerate(counts[c + 1 :], start=c + 1)
            if n["K"] <= n["T"] + n["V"]
            and not _is_sparse(n, len(valued))
            and not _holds_short_numbers(m, d, valued)
        ),
        counts[c + 1],
    )  # codes may stand between, and the names of groups
    if right["T"] * 2 < len(valued) - right[" "] or right["T"] * 3 < len(valued):
        return False
    numbers = [  # totals may be printed over them, and dashes where there is none
        t for i in valued if (t := m.texts[i][c]) and is_wordless(t) and not _DASH.fullmatch(t)
    ]
    if not numbers:
        return _lacks_codes(m, c, valued)
    if all((_CODE.fullmatch(t) and len(t) <= 5) or is_formula(t) for t in numbers):
        return True
    shapes = {re.sub(r"\d", "9", t) for t in numbers}
    is_numbered = all(t.isdecimal() and len(t) > 4 for t in numbers)  # 6000110: no amount prints so
    return (
        (c == 0 or is_numbered)
        and len(numbers) > 2
        and len(shapes) == 1
        and len(set(numbers)) == len(numbers)
        and "," not in shapes.pop()
    )


def _is_sparse(n: Counter[str], rows: int) -> bool:
    """Whether a column holds texts only, and blanks in most rows: a text stands for the rows below it too."""
    return bool(n["T"]) and not n["V"] + n["K"] + n["Y"] and n["T"] * 3 < rows


def _repeats(m: _Matrix, valued: Sequence[int], roles: _Roles) -> bool:
    """Whether the column of groups prints its text in every row of a group."""
    if not roles.outer:
        return False
    c = roles.outer[-1]
    pairs = [(m.texts[a][c], m.texts[b][c]) for a, b in itertools.pairwise(valued)]
    return any(a and a == b for a, b in pairs)


# --- header --------------------------------------------------------------------------------------------------


def _header_rows(m: _Matrix, begin: int, first: int, roles: _Roles) -> tuple[list[int], list[int], list[int]]:
    """Rows of the header, of captions above it, and of headings below it."""
    right = (*roles.values, *roles.markers, *roles.texts)
    named = [i for i in range(begin, first) if any(m.texts[i][c] for c in right) and not _is_wide(m, i)]
    if not named:
        return [], [i for i in range(begin, first) if any(m.texts[i])], []
    while len(named) > 1 and _is_heading_with_attributes(m, named[-1], roles):
        named.pop()
    last = named[-1]
    captions = [i for i in range(begin, named[0]) if any(m.texts[i])]
    header = [i for i in range(named[0], last + 1) if any(m.texts[i])]
    if (
        captions
        and not is_passed_over(m.texts[captions[-1]][roles.label])
        and _count(m, captions[-1]) == 1
        and not m.texts[named[0]][roles.label]
        and words_of(m.texts[captions[-1]][roles.label]).is_corner
    ):
        header.insert(0, captions.pop())
    headings = [i for i in range(last + 1, first) if any(m.texts[i])]
    while headings and _is_title(" ".join(t for t in m.texts[headings[0]] if t)):
        captions.append(headings.pop(0))
    return header, captions, headings


def _is_title(text: str) -> bool:
    """Whether a text below a header is the title of the table: it prints the unit, and names no side of a balance."""
    return unit_in(text) is not None and row_meaning(without_unit(text)).grootheid is None


def _is_heading_with_attributes(m: _Matrix, i: int, roles: _Roles) -> bool:
    """A heading of rows that says the unit or source of what stands below it, right under the header."""
    label = m.texts[i][roles.label]
    texts = [m.texts[i][c] for c in roles.texts if m.texts[i][c]]
    return (
        bool(label)
        and not any(m.texts[i][c] for c in (*roles.values, *roles.markers))
        and all(words_of(t).attribute is None for t in texts)
        and (not any(map(is_passed_over, texts)) or not (is_passed_over(label) or words_of(label).is_corner))
    )


def _opening_heading(
    m: _Matrix, above: Sequence[int], first: int, end: int, roles: _Roles
) -> tuple[list[int], list[int]]:
    """Without a header: which of the texts above the first row is a heading of rows, by what the rest of the rows says."""
    if not above or is_passed_over(" ".join(t for t in m.texts[above[-1]] if t)):
        return list(above), []
    strips = [_strip(m, i, roles, 0) for i in range(first, end) if any(m.texts[i])]
    labels = [(s.kind, s.name) for s in strips if s.kind in (ROW, HEADING)]
    own = " ".join(t for t in m.texts[above[-1]] if t)
    with_it = weigh({"heading": 1}) + heading_price([own], labels)
    return (list(above[:-1]), [above[-1]]) if with_it < heading_price([], labels) else (list(above), [])


def _is_wide(m: _Matrix, i: int) -> bool:
    """One text over (nearly) all columns."""
    filled = [(c, p) for c, p in enumerate(m.rows[i]) if p is not None and clean(p.text)]
    return len(filled) == 1 and filled[0][0] == 0 and filled[0][1].colspan >= max(2, m.width - 1)


def _paths(
    m: _Matrix, header: Sequence[int], roles: _Roles, soort: str, jaar: int | None, is_printed: bool
) -> tuple[tuple[tuple[str, ...], ...], str, Terms, tuple[float, tuple[tuple[str, ...], ...], str] | None]:
    """The path of every value column, the text that names the rows, the terms, and the next best reading.

    Where the positions of cells are printed (``is_printed``), or every column has a text of its own in one row, what
    names the rows stands over them, whatever it says. A column without a header has none: it is asked about.
    """
    rows = [
        h
        for h in header
        if not _is_formula_row(m, h, roles) and not (m.texts[h][0] and _counts_columns(m, h))
    ]
    paths = _texts_over(m, rows, roles)
    over = {h: [m.texts[h][c] for c in roles.values] for h in rows}
    named = [h for h in rows if not is_unit_row(over[h]) and not _counts_columns(m, h)]
    if len(named) < len(rows) and all(bare := _texts_over(m, named, roles)) and len(set(bare)) == len(bare):
        rows, paths = named, bare  # a row of units or numbers that no column needs to be told from another
    paths = _without_units(paths)
    left = (*_unfilled(roles), *roles.outer, *roles.group_codes.values(), *roles.codes, roles.label)
    corner = " ".join(dict.fromkeys(t for h in rows for c in left if (t := m.texts[h][c])))
    if not rows:
        return tuple(paths), corner, Terms(no_header=1), None
    terms = header_terms(paths, (VALUE,) * len(paths), soort, jaar)
    if is_printed and not terms["same_path"] and all(paths):
        if corner:
            terms.pop("corner_inside", None)  # what names the rows is printed over them: this is not it
        return tuple(paths), corner, terms, None
    is_full = len(rows) == 1 and all(m.texts[rows[0]][c] for c in (*left, *roles.values, *roles.texts))
    for h in () if is_printed or is_full else rows:
        for c in left:
            t = m.texts[h][c]
            if (
                t
                and not _names_years(m, h, c)
                and not is_passed_over(t)
                and (words_of(t).year or words_of(t).likeness >= 2)
            ):
                terms["corner_odd"] += 1
    if not terms["same_path"] and not terms["corner_odd"] and all(paths):
        return tuple(paths), corner, terms, None
    distinct = _by_neighbours(m, rows, paths, roles)
    if distinct is not None and not terms["corner_odd"] and all(paths):
        return distinct, corner, header_terms(distinct, (VALUE,) * len(paths), soort, jaar), None
    if is_printed:
        return tuple(paths), corner, terms, None
    columns = tuple(VALUE if c in roles.values else TEXT for c in sorted((*roles.values, *roles.texts)))
    printed = tuple(OnLine(t, h) for h in rows for c in range(m.width) if (t := m.texts[h][c]))
    zone = Zone(
        printed,
        columns,
        names=max(1, len(left)),
        most_headings=0,
        breaks=frozenset(range(len(printed) + 1)),
        soort=soort,
        jaar=jaar,
    )
    found = [h for h in read_header(zone, keep=3) if h.shapes != ("none",)]
    if found and found[0].cost + 0.5 < weigh(terms):
        best = found[0]
        kept = _of_values(best.paths, columns)
        other = found[1] if len(found) > 1 else None
        shown = None if other is None else (other.cost, _of_values(other.paths, columns), other.corner)
        return kept, best.corner, Terms(best.terms), shown
    return tuple(paths), corner, terms, None


def _names_years(m: _Matrix, h: int, c: int) -> bool:
    """Whether all that stands below a header cell are years: ``Jaar`` over them is no header of values."""
    return {m.kinds[i][c] for i in range(h + 1, len(m.rows))} - {" "} == {"Y"}


_PLUS_MINUS = ("+", "-")


def _texts_over(m: _Matrix, rows: Sequence[int], roles: _Roles) -> list[tuple[str, ...]]:
    """The texts of header rows over every value column, outermost first."""
    layers: list[list[str]] = []
    for depth in range(len(rows)):
        layers.append(_spread(m, rows, depth, roles, layers[-1] if layers else [""] * m.width))
    paths = []
    for c in roles.values:
        path = [t for layer in layers if (t := layer[c]) and (t in _PLUS_MINUS or not is_passed_over(t))]
        texts = [t for i, t in enumerate(path) if i == 0 or t != path[i - 1]]
        torn = [i for i, t in enumerate(texts) if i == 0 or not is_broken(texts[i - 1], t)]
        paths.append(tuple(whole(texts[a:b]) for a, b in itertools.pairwise([*torn, len(texts)])))
    return paths


def _without_units(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The paths less a last text that is a unit (``Verschil > in %``), where no column needs it to be told from another."""
    bare = [path[:-1] if len(path) > 1 and is_unit_of_column(path[-1]) else path for path in paths]
    return [
        short if sum(other[: len(short)] == short for other in paths) == 1 else path
        for path, short in zip(paths, bare, strict=True)
    ]


def _of_values(paths: Sequence[tuple[str, ...]], columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The paths of the columns that hold values."""
    return tuple(p for p, kind in zip(paths, columns, strict=True) if kind == VALUE)


def _by_neighbours(
    m: _Matrix, header: Sequence[int], paths: Sequence[tuple[str, ...]], roles: _Roles
) -> tuple[tuple[str, ...], ...] | None:
    """Equal paths told apart by the text column in front, or by the year that closes or opens a cycle."""
    named = list(paths)
    seen: set[tuple[str, ...]] = set()
    for i, (path, c) in enumerate(zip(paths, roles.values, strict=True)):
        if path in seen and c - 1 in roles.texts:
            name = " ".join(dict.fromkeys(t for h in header if (t := m.texts[h][c - 1])))
            named[i] = (name, *path) if name else path
        seen.add(path)
    if len(set(named)) == len(named):
        return tuple(named)
    years = [i for i, p in enumerate(paths) if len(p) == 1 and year_of(p[0])]
    twice = [i for i, p in enumerate(paths) if p and list(paths).count(p) > 1]
    if twice and years:
        closes = twice[0] < years[0]
        for i in twice:
            near = [y for y in years if y > i] if closes else [y for y in reversed(years) if y < i]
            if near:
                named[i] = (*paths[near[0]], *paths[i])
    return tuple(named) if len(set(named)) == len(named) else None


def _is_formula_row(m: _Matrix, h: int, roles: _Roles) -> bool:
    return are_formulas([m.texts[h][c] for c in roles.values if m.texts[h][c]])


def _formula(m: _Matrix, header: Sequence[int], roles: _Roles) -> tuple[str, ...]:
    for h in header:
        if _is_formula_row(m, h, roles):
            return tuple(m.texts[h][c] for c in roles.values)
    return ()


def _units(m: _Matrix, header: Sequence[int], roles: _Roles) -> tuple[str, ...]:
    for h in header:
        if is_unit_row(units := tuple(m.texts[h][c] for c in roles.values)):
            return units
    return ()


def _spread(m: _Matrix, header: Sequence[int], depth: int, roles: _Roles, over: Sequence[str]) -> list[str]:
    """One header row with the text of every column: spans as given, else a text covers the blanks to its right
    that have something below them and nothing above. ``over``: the same of the row above it."""
    h = header[depth]
    texts = list(m.texts[h])
    if any(p is not None and p.colspan > 1 for row in header for p in m.rows[row]):
        for c, piece in enumerate(m.rows[h]):
            if piece is not None and texts[c]:
                for covered in range(c + 1, min(m.width, c + piece.colspan)):
                    texts[covered] = texts[covered] or texts[c]
        return texts
    left = {roles.label, *roles.codes, *roles.outer, *roles.group_codes.values()}
    below = [
        any(
            (m.texts[b][c] and not is_passed_over(m.texts[b][c]))
            or MARKER_HEADER.fullmatch(m.texts[b][c] or "")
            for b in header[depth + 1 :]
        )
        for c in range(m.width)
    ]
    above = [any(m.texts[a][c] for a in header[:depth]) for c in range(m.width)]
    if depth + 1 < len(header):
        named = [c for c in roles.values if below[c]]
        for _, group in itertools.groupby(named, key=lambda c: over[c]):
            columns = list(group)
            centred = _centred(columns, [c for c in columns if texts[c]])
            texts = [texts[centred[c]] if c in centred else t for c, t in enumerate(texts)]
        if _is_per_column(m, header[depth:], [c for c in named if not above[c]]):
            return texts
    source = -1
    for c in range(m.width):
        if c in left:
            continue
        if texts[c]:
            source = c if not is_passed_over(texts[c]) else -1
        elif above[c]:
            source = -1
        elif source >= 0 and below[c] and below[source]:
            texts[c] = texts[source]
        elif c in roles.values and any(below) and not below[c]:
            source = -1
    return texts


def _centred(columns: Sequence[int], named: Sequence[int]) -> dict[int, int]:
    """For every column the one whose text stands over it, where texts stand in the middle of what they are over.

    Told by the first column: a text in the first cell of what it is over leaves no column before it. Empty where they
    stand otherwise.
    """
    if not named or columns[0] in named:
        return {}
    over: dict[int, int] = {}
    start = 0
    for k, text in enumerate(named):
        before = columns.index(text) - start
        until = columns.index(named[k + 1]) if k + 1 < len(named) else len(columns)
        wide = (2 * before + 1, 2 * before + 2, 2 * before)
        ends = [start + n for n in wide if before < n <= until - start and (n > 2 or not before)]
        if k + 1 == len(named):
            ends = [e for e in ends if e == len(columns)]
        elif len(columns) % len(named) == 0:
            ends = sorted(ends, key=lambda e: e - start != len(columns) // len(named))
        if not ends:
            return {}
        over.update(dict.fromkeys(columns[start : ends[0]], text))
        start = ends[0]
    return over


def _is_per_column(m: _Matrix, header: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether each text of a layer is the beginning of the one below it, and a blank is a column of one text only.

    Two columns beside each other have the same text; or all texts go on in those below them, and those below blanks
    are whole, each another.
    """
    upper, lower = ([m.texts[h][c] for c in columns] for h in header[:2])
    if any(a and a == b for a, b in itertools.pairwise(upper)):
        return True
    whole_below = [b for a, b in zip(upper, lower, strict=True) if not a]
    on_years = sum(bool(a) and year_of(bare_year(b)) is not None for a, b in zip(upper, lower, strict=True))
    return (
        bool(whole_below)
        and any(upper)
        and on_years != 1
        and all(goes_on(a, b) for a, b in zip(upper, lower, strict=True) if a)
        and not any(goes_on("", b) for b in whole_below)
        and all(lower.count(b) == 1 for b in whole_below)
    )


def _attribute_name(m: _Matrix, header: Sequence[int], c: int) -> str:
    text = " ".join(dict.fromkeys(t for h in header if (t := m.texts[h][c]) and not is_passed_over(t)))
    return words_of(text).attribute or text or "toelichting"


# --- rows -----------------------------------------------------------------------------------------------------


def _indents(m: _Matrix, begin: int, end: int, roles: _Roles) -> dict[int, int]:
    """Blanks in front of labels, counted from the least that any row has."""
    found = {}
    for i in range(begin, end):
        piece = m.rows[i][roles.label] if roles.label < len(m.rows[i]) else None
        if piece is not None and piece.text.strip():
            text = piece.text
            found[i] = len(text) - len(text.lstrip(" \u00a0")) + getattr(piece, "indent", 0)
    least = min(found.values(), default=0)
    return {i: n - least for i, n in found.items() if n > least}


def _beside_all_rows(texts: Sequence[str], roles: _Roles) -> list[str]:
    """What a heading prints in front of the labels where no row of values prints anything: its code."""
    return [texts[c] for c in _unfilled(roles) if texts[c]]


def _unfilled(roles: _Roles) -> list[int]:
    """Columns in front of the labels in which no row of values prints anything."""
    known = {*roles.codes, *roles.outer, *roles.values, *roles.texts, *roles.markers}
    return [c for c in range(roles.label) if c not in known and c not in roles.group_codes.values()]


def _strip(m: _Matrix, i: int, roles: _Roles, indent: int) -> Strip:
    texts, kinds = m.texts[i], m.kinds[i]
    code = " ".join(texts[c] for c in roles.codes if texts[c] and not _DASH.fullmatch(texts[c]))
    label = texts[roles.label]
    piece = m.rows[i][roles.label] if roles.label < len(m.rows[i]) else None
    is_bold = bool(piece is not None and getattr(piece, "is_bold", False))
    line, page = _line(m, i), _page(m, i)
    outer = tuple(
        " ".join(t for t in (texts[roles.group_codes[c]] if c in roles.group_codes else "", texts[c]) if t)
        for c in roles.outer
    )
    valued = [c for c in roles.values if texts[c]]
    if not valued and not any(
        kinds[c] in "VM"
        for c in range(m.width)
        if c not in (*roles.codes, roles.label, *roles.outer, *roles.group_codes.values())
    ):
        shown = " ".join(t for t in texts if t)
        own = " ".join(t for t in (*outer, code, *_beside_all_rows(texts, roles), label) if t)
        if not own or is_passed_over(shown) or is_note(shown):
            return Strip(NOTE, shown, line=line, page=page)
        said = {str(c): texts[c] for c in roles.texts if texts[c]} if label else {}
        if label and any(
            _DASH.fullmatch(texts[c]) for c in roles.codes
        ):  # a row as those beside it, with no values
            return Strip(ROW, label, line=line, page=page, values=(None,) * len(roles.values), texts=said)
        return Strip(HEADING, own, line=line, page=page, texts=said, indent=indent, is_bold=is_bold)
    given: dict[int, Piece | None] = {
        c: m.rows[i][c] if c < len(m.rows[i]) and texts[c] else None for c in roles.values
    }
    attributes = {}
    for c in roles.texts:
        if texts[c]:
            attributes[c] = texts[c]
    last = max((c for c in range(m.width) if texts[c]), default=0)
    if (
        last in roles.values
        and kinds[last] == "T"
        and last + 1 in roles.texts
        and all(p is None for p in m.rows[i][last + 1 :])
    ):
        attributes[last + 1] = texts[last]  # a cell fell out of the row: the source stands a place too early
        given[last] = None
    stray = [c for c in roles.texts if kinds[c] == "V"]
    is_loose = False
    if stray and not all(given.values()):
        printed = [c for c in sorted((*roles.values, *roles.texts)) if kinds[c] in "VY"]
        if len(printed) == len(roles.values):
            given = {v: m.rows[i][c] for v, c in zip(roles.values, printed, strict=True)}
            attributes = {c: t for c, t in attributes.items() if c not in printed}
    for mark, first in roles.markers.items():
        for owner in roles.values if roles.is_marked_once else (first,):
            piece_at = given.get(owner)
            if kinds[mark] == "M" and piece_at is not None and any(map(str.isdigit, piece_at.text)):
                given[owner] = piece_at._replace(text=f"{piece_at.text} {texts[mark]}")
    own = label or next((t for t in reversed(outer) if t), "")
    return Strip(
        ROW,
        own,
        code,
        line,
        page,
        tuple(given[c] for c in roles.values),
        {str(c): t for c, t in attributes.items()},
        outer if label else (),
        indent,
        is_bold,
        is_loose,
        has_own_label=bool(label) or not roles.outer,
    )


__all__ = ["read", "read_grid", "replace", "unit_in"]
