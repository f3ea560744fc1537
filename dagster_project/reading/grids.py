"""Grids whose positions are printed: which tables lie in one grid, and the rows of each below its header.

A grid fixes most. Open are the depth of the header, which columns name rows and which group them, halves that stand side
by side, and tables that stand under each other.
"""

from __future__ import annotations

import itertools
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .broken_labels import Line, parts
from .column_roles import Roles, roles_of, unfilled, with_labels_in_place, without_stairs
from .fallen_cells import in_their_columns, other_headers
from .forms import whole
from .grid_headers import attribute_name, first_of_body, formula_of, header_rows, paths_over, units_of
from .header_texts import are_like_headers, is_passed_over, words_of
from .heading_prices import heading_price
from .judge import weigh
from .matrix import (
    DASH,
    Matrix,
    Row,
    count_of_texts,
    line_of,
    matrix_of,
    numbers_columns,
    page_of,
    read_kind,
    rows_with_values,
    value_columns,
    with_moves,
    without_signs,
)
from .meaning import plain
from .model import Grid, Notation, Piece, Prose
from .notes import is_note
from .numbers import clean
from .panel import BLANK, HEADING, NOTE, ROW, Panel, Reading, Strip, beside, said, told
from .path_terms import leaves_outside, runs_cut, uneven_years
from .under_headers import is_unit_of_column

_TEXT_LAYOUTS = ("tab", "pipe")  # cells may have fallen out of rows and headers


def read_grid(grid: Grid, soort: str, jaar: int | None) -> list[Prose | Panel | Grid]:
    """Prose and panels of a grid in order; the grid itself where it holds no table of values.

    Where its header may be another one too, the cheapest is taken, with the next beside it.
    """
    found = _read_under(grid, soort, jaar)
    panels = [p for p in found if isinstance(p, Panel)]
    others = grid.others or (other_headers(grid.rows) if grid.layout in _TEXT_LAYOUTS else ())
    if not others or len(panels) != 1:
        return found
    ways = [(_cost_under(panels[0]), found, panels[0])]
    for other in others:
        pieces = _read_under(grid.under(other), soort, jaar)
        read = [p for p in pieces if isinstance(p, Panel)]
        if len(read) == 1:
            ways.append((_cost_under(read[0]) + other.off + _OTHER_HEADER, pieces, read[0]))
    cost, best, panel = min(ways, key=lambda way: way[0])
    rivals = [(price - cost, p) for price, _, p in ways if said(p.paths) != said(panel.paths)]
    if not rivals:
        return best
    margin, rival = min(rivals, key=lambda one: one[0])
    return [beside(panel, rival, margin) if p is panel else p for p in best]


_OTHER_HEADER = 0.5  # what it costs that texts stand over other columns than they seem to


def _cost_under(panel: Panel) -> float:
    """What a panel costs beside the same rows under another header."""
    return panel.reading.cost + weigh(
        {
            "run_cut": runs_cut(panel.paths),
            "uneven": uneven_years(panel.paths),
            "leaf_outside": leaves_outside(panel.paths),
        }
    )


def _read_under(grid: Grid, soort: str, jaar: int | None) -> list[Prose | Panel | Grid]:
    """Prose and panels of a grid under the header that it has; the grid itself where it holds no table of values."""
    found: list[Prose | Panel | Grid] = []
    printed = in_their_columns(grid.rows) if grid.layout in _TEXT_LAYOUTS else grid.rows
    for rows in _halves(without_signs(printed), grid.notation, jaar):
        found += _tables(grid, rows, soort, jaar)
    return found if any(isinstance(f, Panel) for f in found) else [grid]


MOST_HEADER_ROWS = 4


def is_header(grid: Grid) -> bool:
    """Whether a grid holds the header of a table and nothing else."""
    if not 0 < len(grid.rows) <= MOST_HEADER_ROWS:
        return False
    m = matrix_of(grid.rows, grid.notation)
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
    m = matrix_of(grid.rows, grid.notation)
    valued = rows_with_values(m, 0, len(m.rows))
    width = max(len(row) for row in header.rows)
    if (
        not valued
        or header.layout != grid.layout
        or header.sheet != grid.sheet
        or m.width - width not in (0, 1)
    ):
        return None
    columns = value_columns(m, valued)
    if any(_is_header_row(m, i, columns) for i in range(valued[0])):
        return None
    blank: tuple[None, ...] = (None,) * (m.width - width)
    return replace(grid, rows=(*((*blank, *row) for row in header.rows), *grid.rows))


# --- halves side by side -----------------------------------------------------------------------------------


def _halves(rows: Sequence[Row], notation: Notation = "nl", jaar: int | None = None) -> list[tuple[Row, ...]]:
    """The grid, or its left and right half where labels and values stand twice beside each other."""
    m = matrix_of(rows, notation, jaar)
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
        if _is_attribute_column(m, c, valued):
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


def _are_alike(m: Matrix, left: Sequence[int], right: Sequence[int], first: int) -> bool:
    """Whether the values of both halves are called the same, or each half has a header of its own."""
    above = range(first)
    return all(
        [plain(m.texts[i][a]) for i in above] == [plain(m.texts[i][b]) for i in above]
        for a, b in zip(left, right, strict=True)
    ) or all(any(m.texts[i][v] for i in above) for v in (*left, *right))


def _is_attribute_column(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether the header of a column says that it holds units, sources or explanations."""
    above = " ".join(m.texts[i][c] for i in range(valued[0]))
    texts = {m.texts[i][c] for i in valued if m.texts[i][c]}
    return words_of(above).attribute is not None or len(texts) * 2 < len(valued)


# --- tables under each other --------------------------------------------------------------------------------


def _tables(grid: Grid, rows: Sequence[Row], soort: str, jaar: int | None) -> list[Prose | Panel]:
    m = matrix_of(rows, grid.notation, jaar)
    found: list[Prose | Panel] = []
    begin = 0
    for end in [*_starts(m), len(rows)]:
        found += _block(grid, m, begin, end, soort, jaar)
        begin = end
    return found


def _starts(m: Matrix) -> list[int]:
    """Where another table begins: at a header below values, with what stands right above it."""
    valued = rows_with_values(m, 0, len(m.rows))
    if not valued:
        return []
    columns = value_columns(m, valued)
    with_values = frozenset(valued)
    starts = []
    seen_values = False
    previous_header = False
    for i in range(len(m.rows)):
        if i in with_values:
            seen_values = True
            previous_header = False
            continue
        is_header = _is_header_row(m, i, columns) or (seen_values and _heads_other_columns(m, i, valued))
        if is_header and seen_values and not previous_header:
            start = i
            while start and start - 1 not in with_values and _may_head(m, start - 1, columns):
                start -= 1
            starts.append(start)
            seen_values = False
        previous_header = is_header
    return starts


def _may_head(m: Matrix, i: int, columns: Sequence[int]) -> bool:
    """Whether a row right above a header belongs to it: a single text is its title, one over values another layer.

    Unknown texts behind a label that names no rows are a row of the table above, where the header has a text over its
    labels itself: ``Structureel in evenwicht | ja | nee``.
    """
    texts = [m.texts[i][c] for c in columns if m.texts[i][c]]
    left, below = ([t for t in m.texts[k][: min(columns)] if t] for k in (i, i + 1))
    names_rows = not left or not below or any(words_of(t).is_corner for t in left)
    return count_of_texts(m, i) == 1 or (bool(texts) and (names_rows or are_like_headers(texts)))


def _is_header_row(m: Matrix, i: int, columns: Sequence[int]) -> bool:
    """A row without values that has texts like headers above values."""
    texts = [m.texts[i][c] for c in columns if m.texts[i][c]]
    if not texts or "V" in m.kinds[i]:
        return False
    return are_like_headers(texts) and (len(texts) >= 2 or len(columns) == 1)


def _heads_other_columns(m: Matrix, i: int, valued: Sequence[int]) -> bool:
    """Whether a row without values has a text like a header over each of the columns that hold values below it, and those
    are others than above it: tables of different width below each other, with nothing between them."""
    if "V" in m.kinds[i] or not are_like_headers([t for t in m.texts[i][1:] if t][-1:]):
        return False
    at = bisect(valued, i)
    above, below = valued[max(0, at - NEAR) : at], valued[at : at + NEAR]
    own = value_columns(m, below)
    texts = [m.texts[i][c] for c in own]
    return bool(own) and own != value_columns(m, above) and all(texts) and are_like_headers(texts)


NEAR = 40  # rows above and below a header that say which columns hold values


# --- one table ------------------------------------------------------------------------------------------------


def _block(grid: Grid, m: Matrix, begin: int, end: int, soort: str, jaar: int | None) -> list[Prose | Panel]:
    valued = rows_with_values(m, begin, end)
    if not valued:
        return _as_prose(grid, m, range(begin, end))
    m = with_labels_in_place(without_stairs(m, valued, end), valued, end)
    roles = roles_of(m, valued, begin)
    if roles is None or not roles.values:
        return _as_prose(grid, m, range(begin, end))
    valued = [i for i in valued if any(m.kinds[i][c] in "VY" for c in roles.values) or i > valued[0]]
    first = first_of_body(m, begin, valued[0], end, roles)
    header, captions, headings = header_rows(m, begin, first, roles)
    if header and headings and grid.layout in _TEXT_LAYOUTS and _is_layer(m, headings[0], range(first, end)):
        header.append(headings.pop(0))
    if not header:
        captions, headings = _opening_headings(m, captions, first, end, roles)
    if not header and len(valued) < 2:
        return _as_prose(grid, m, range(begin, end))
    units = [k for k, i in enumerate(headings) if all(is_unit_of_column(t) for t in m.texts[i] if t)]
    if units:  # a title and its unit, below the header
        captions, headings = [*captions, *headings[: units[-1] + 1]], headings[units[-1] + 1 :]
    body_from = headings[0] if headings else first
    is_printed = grid.layout not in _TEXT_LAYOUTS
    paths, corner, terms, second = paths_over(m, header, roles, soort, jaar, is_printed)
    if (shared := _set_in(m, roles, paths, range(body_from, end))) is not None:
        m, roles = shared
        paths, corner, terms, second = paths_over(m, header, roles, soort, jaar, is_printed)
    terms["groups_open"] += bool(grid.are_groups_open and roles.outer)
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
        if i > first and numbers_columns(m, i):
            continue
        strips.append(_strip(m, i, roles, indents.get(i, 0)))
    strips = _without_even_blanks(strips)
    named = {str(c): attribute_name(m, header, c) for c in roles.texts}
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
            Prose(m.texts[i][c], line_of(m, i), page_of(m, i), grid.sheet)
            for i in captions
            for c in range(m.width)
            if m.texts[i][c]
        ),
        header=header_texts,
        attributes=tuple(named.values()),
        formula=formula_of(m, header, roles),
        units=units_of(m, header, roles),
        layout=grid.layout,
        sheet=grid.sheet,
        first_line=min(lines, default=0),
        last_line=max(lines, default=0),
        page=page_of(m, first),
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
    tail = [i for i in range(body_from, end) if line_of(m, i) in set(after) and "V" not in m.kinds[i]]
    return [panel, *_as_prose(grid, m, tail)]


def _is_layer(m: Matrix, i: int, body: Sequence[int]) -> bool:
    """Whether a year alone, right below a header of which cells may have fallen out, is the rest of its last layer: no
    other year comes back below it as a heading of rows would."""
    texts = [t for t in m.texts[i] if t]
    if len(texts) > 1 or words_of(texts[0]).year is None:
        return False
    alone = (m.texts[k] for k in body if count_of_texts(m, k) == 1)
    return not any(words_of(t).year for row in alone for t in row if t)


def _set_in(
    m: Matrix, roles: Roles, paths: Sequence[tuple[str, ...]], body: Sequence[int]
) -> tuple[Matrix, Roles] | None:
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
    made = with_moves(m, ((i, b, home) for i in body for b, home in joined.items() if m.texts[i][b]))
    return made, replace(roles, values=tuple(c for c in roles.values if c not in joined))


def _without_even_blanks(strips: list[Strip]) -> list[Strip]:
    """The strips less blanks where they stand between all rows: they part nothing."""
    rows = [s for s in strips if s.kind != BLANK]
    beside = sum(a.kind != BLANK and b.kind != BLANK for a, b in itertools.pairwise(strips))
    return rows if len(rows) > 2 and beside == 0 else strips


def _with_whole_labels(m: Matrix, roles: Roles, body: Sequence[int]) -> tuple[Matrix, frozenset[int]]:
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


def _as_line(m: Matrix, i: int, roles: Roles, indent: int) -> Line:
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


def _as_prose(grid: Grid, m: Matrix, rows: Sequence[int]) -> list[Prose | Panel]:
    found: list[Prose | Panel] = []
    for i in rows:
        text = " | ".join(t for t in m.texts[i] if t)
        if text:
            found.append(Prose(text, line_of(m, i), page_of(m, i), grid.sheet))
    return found


def _repeats(m: Matrix, valued: Sequence[int], roles: Roles) -> bool:
    """Whether the column of groups prints its text in every row of a group."""
    if not roles.outer:
        return False
    c = roles.outer[-1]
    pairs = [(m.texts[a][c], m.texts[b][c]) for a, b in itertools.pairwise(valued)]
    return any(a and a == b for a, b in pairs)


def _opening_headings(
    m: Matrix, above: Sequence[int], first: int, end: int, roles: Roles
) -> tuple[list[int], list[int]]:
    """Without a header: the texts above the first row, and those of them right above it that are headings of rows, by what
    the rest of the rows says."""
    texts = [" ".join(t for t in m.texts[i] if t) for i in above]
    strips = [_strip(m, i, roles, 0) for i in range(first, end) if any(m.texts[i])]
    labels = [(s.kind, s.name) for s in strips if s.kind in (ROW, HEADING)]
    least, cut = heading_price([], labels), len(above)
    for at in reversed(range(max(0, len(above) - MOST_OPENING), len(above))):
        if is_passed_over(texts[at]):
            break
        price = weigh({"heading": len(above) - at}) + heading_price(texts[at:], labels)
        if price < least:
            least, cut = price, at
    return list(above[:cut]), list(above[cut:])


MOST_OPENING = 3  # headings above the first row, one in the other


# --- rows -----------------------------------------------------------------------------------------------------


def _indents(m: Matrix, begin: int, end: int, roles: Roles) -> dict[int, int]:
    """Blanks in front of labels, counted from the least that any row has."""
    found = {}
    for i in range(begin, end):
        piece = m.rows[i][roles.label] if roles.label < len(m.rows[i]) else None
        if piece is not None and piece.text.strip():
            text = piece.text
            found[i] = len(text) - len(text.lstrip(" \u00a0")) + getattr(piece, "indent", 0)
    least = min(found.values(), default=0)
    return {i: n - least for i, n in found.items() if n > least}


def _beside_all_rows(texts: Sequence[str], roles: Roles) -> list[str]:
    """What a heading prints in front of the labels where no row of values prints anything: its code."""
    return [texts[c] for c in unfilled(roles) if texts[c]]


def _strip(m: Matrix, i: int, roles: Roles, indent: int) -> Strip:
    texts, kinds = m.texts[i], m.kinds[i]
    code = " ".join(texts[c] for c in roles.codes if texts[c] and not DASH.fullmatch(texts[c]))
    label = texts[roles.label]
    piece = m.rows[i][roles.label] if roles.label < len(m.rows[i]) else None
    is_bold = bool(piece is not None and getattr(piece, "is_bold", False))
    line, page = line_of(m, i), page_of(m, i)
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
            DASH.fullmatch(texts[c]) for c in roles.codes
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
