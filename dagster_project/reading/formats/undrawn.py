"""Tables whose cells are not drawn: columns from the edges at which figures line up.

Figures of one column overlap in width and those of two never do, so columns are the connected runs of
figures over the rows of a table. Words get the column that they overlap. Rows are lines, joined where a
label was wrapped. Headers are the lines above, their layers told apart by what they stand over.

What does not belong here: drawn cells (``ruled``), pages that follow each other (``pdf``), meaning.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from statistics import median, mode

from ..codes import is_wordless
from ..header_texts import are_like_headers
from ..labels import is_total
from ..model import OtherHeader, Piece
from ..under_headers import names_nothing
from .column_headers import header, header_lines
from .columns import NEAR, Box, Columns, Span, columns_of
from .decoding import join_lines
from .geometry import MOST_LEADING, Line, Segment, blanks
from .header_reach import other_headers
from .wrapping import LEADERS, WITH_YEAR, goes_on, is_unfinished, starts_small

_NARROWEST = 14  # em: few wrap labels in a column narrower than this
_THREE = re.compile(r"\d{3}\D{0,4}")
_LEADING = re.compile(r"\D{0,4}\d{1,3}(?: \d{3})*")
_MOST_LABELS = 12  # such lines, where all of them stand under the labels
_MOST_BETWEEN = 4  # lines without figures between two rows of one table


@dataclass(frozen=True)
class Found:
    """A table on a page: the lines it was read from, its rows and the places of its columns."""

    lines: tuple[int, ...]  # indices into the lines of the page
    rows: tuple[tuple[Piece | None, ...], ...]
    header: int  # rows of it that are header
    columns: Columns
    others: tuple[OtherHeader, ...] = ()  # what the header may be too
    are_groups_open: bool = False  # where names of groups stand does not tell which rows these name
    goes_on: bool = False  # it begins with what is left of the table of the page before


@dataclass(frozen=True)
class Before:
    """A table that may go on from the page before: its columns, the words of its header by the alphabet."""

    columns: Columns
    header: tuple[str, ...]

    def repeated(self, lines: Sequence[Line]) -> int:
        """The lines at the top of a page that print the header again."""
        words: list[str] = []
        for count, line in enumerate(lines[: len(self.header)], start=1):
            words += line.text.split()
            if sorted(words) == list(self.header):
                return count
        return 0

    def has_words_at(self, line: Line) -> bool:
        """Whether all texts of a line begin where a column of words does."""
        words = [x0 for c, (x0, _) in enumerate(self.columns.spans) if c not in self.columns.figures]
        return all(any(abs(s.x0 - x0) < _EXACT for x0 in words) for s in line.segments)

    def has_columns(self, columns: Columns) -> bool:
        """Whether all figures stand as those of the table do."""
        return all(
            any(abs(columns.spans[c][1] - self.columns.spans[own][1]) < NEAR for own in self.columns.figures)
            for c in columns.figures
        )


def tables(
    lines: Sequence[Line],
    separators: Sequence[float],
    page: int,
    boxes: Sequence[Box] = (),
    before: Before | None = None,
) -> list[Found]:
    """Tables among the lines of a page, top to bottom.

    ``separators`` are the heights of horizontal rulings; where they part the rows of a table they
    decide which lines are one row. ``boxes`` are drawn cells of a table whose other cells are not: its header.
    ``before`` is the table at the end of the page before: what is left of its last row is no header of the next.
    """
    repeated = before.repeated(lines) if before else 0
    data = [index >= repeated and _is_data(lines, index) for index in range(len(lines))]
    found: list[Found] = []
    free_from = repeated
    for start, end in _runs(lines, data):
        for body in _bodies(lines, data, start, end):
            rows = [lines[i] for i in body if data[i]]
            columns = columns_of(rows, [*(lines[i] for i in body), *_wrapped_below(lines, body, rows)], boxes)
            if before and not found and _is_rest_above(lines, range(repeated, body[0]), columns, before):
                columns = before.columns if len(columns.spans) < len(before.columns.spans) else columns
                table = _table(lines, [*range(repeated, body[0]), *body], None, columns, separators, page)
                found.append(replace(table, lines=(*range(repeated), *table.lines), goes_on=True))
                free_from = found[-1].lines[-1] + 1
                continue
            columns = _one_under_one_header(lines, body, free_from, columns)
            table = _table(lines, body, free_from, columns, separators, page)
            found += _halves(lines, table, columns, separators, page) or [table]
            free_from = table.lines[-1] + 1
    return found


_FEW_ROWS = 2  # of figures, which do not tell where columns of words begin


def _wrapped_below(lines: Sequence[Line], body: Sequence[int], rows: Sequence[Line]) -> list[Line]:
    """The lines of wrapped cells below the last of few rows: they tell the columns of words that one row alone does not."""
    if len(rows) > _FEW_ROWS:
        return []
    span = _span_of_figures(rows)
    found: list[Line] = []
    for above, line in pairwise(lines[body[-1] :]):
        if line.top - above.bottom > MOST_LEADING * line.size or not _is_beside(line, span):
            break
        found.append(line)
    return found


def _is_rest_above(lines: Sequence[Line], above: range, columns: Columns, before: Before) -> bool:
    """Whether a table goes on with that of the page before, and the lines above its figures are more of its cells of words."""
    return before.has_columns(columns) and all(
        (_is_beside(lines[i], columns.of_figures) or before.has_words_at(lines[i]))
        and lines[i].words[0].x0 > before.columns.spans[0][0] - NEAR
        for i in above
    )


# --- halves side by side ---


def _halves(
    lines: Sequence[Line], table: Found, columns: Columns, separators: Sequence[float], page: int
) -> list[Found]:
    """The left and the right half of a table as two, where each has labels, a header and rows at heights of their own.

    So balances print assets beside liabilities. Empty where their labels are the same as in the rows of both as one.
    """
    cut = _cut_between_halves(columns)
    if cut is None or not table.header:
        return []
    halves = []
    for is_left in (True, False):
        kept = {
            i: replace(lines[i], words=words)
            for i in range(table.lines[0], table.lines[-1] + 1)
            if (words := tuple(w for w in lines[i].words if (w.x0 < cut) is is_left))
        }
        places = list(kept)
        found = tables(list(kept.values()), separators, page)
        if len(found) != 1 or not found[0].header or len(found[0].lines) < len(kept):
            return []
        halves.append(replace(found[0], lines=tuple(places[i] for i in found[0].lines)))
    columns_of_labels = (0, len(columns.spans) // 2)
    as_one = [_texts(table, column) for column in columns_of_labels]
    return halves if [_texts(half, 0) for half in halves] != as_one else []


def _texts(table: Found, column: int) -> list[str]:
    """What stands in a column below the header."""
    return [piece.text for row in table.rows[table.header :] if (piece := row[column]) and piece.text]


def _cut_between_halves(columns: Columns) -> float | None:
    """The left edge of the second column of labels, where as many columns of figures stand right of it as left of it."""
    names = [c for c in range(len(columns.spans)) if c not in columns.figures]
    if len(names) != 2 or names[0] or 2 * names[1] != len(columns.spans):
        return None
    return columns.spans[names[1]][0] - NEAR


# --- which lines ---


def _is_data(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a row of figures: two that stand apart, or one but a year that lines up with another line's.

    A mark that stands for none is a figure behind a label.
    """
    line = lines[index]
    if LEADERS.search(line.text) or _is_part_of_row(lines, index):
        return False
    figures = [segment for segment in line.amounts if any(c.isdecimal() for c in segment.text)]
    if len(line.amounts) >= 2 and (figures or len(line.amounts) >= 3):
        return True
    if not figures and line.amounts and line.amounts[-1] is not line.segments[0]:
        figures = [line.amounts[-1]]  # a mark that stands for none, behind a label
    if all(f.is_year for f in figures) or (
        len(line.segments) == 1 and len(line.words) == 1 and _alone(lines, index)
    ):
        return False
    near = [*lines[max(0, index - _MOST_BETWEEN) : index], *lines[index + 1 : index + 1 + _MOST_BETWEEN]]
    return any(_lines_up(figures[0], other) for line in near for other in line.amounts)


def _is_part_of_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a line overlaps in height with one beside it that prints more figures, as the others of its row do."""
    return any(len(other.amounts) > len(lines[index].amounts) for other in _beside_in_height(lines, index))


def _beside_in_height(lines: Sequence[Line], index: int) -> list[Line]:
    """The lines before and after one that overlap with it in height: parts of one row."""
    pairs = ((index - 1, index), (index, index + 1))
    return [
        lines[a + b - index] for a, b in pairs if a >= 0 and b < len(lines) and _lies_in(lines[a], lines[b])
    ]


def _alone(lines: Sequence[Line], index: int) -> bool:
    """The number of the page: one figure at the top or the bottom, away from all else."""
    if index not in (0, len(lines) - 1):
        return False
    if len(lines) == 1:
        return True
    above, below = lines[:2] if index == 0 else lines[-2:]
    return below.top - above.bottom > 1.5 * lines[index].size


def _lines_up(a: Segment, b: Segment) -> bool:
    return abs(a.x1 - b.x1) < NEAR or abs(a.x0 - b.x0) < NEAR or abs(a.centre - b.centre) < NEAR


def _runs(lines: Sequence[Line], data: list[bool]) -> list[tuple[int, int]]:
    """Stretches that start and end with a row of figures and have no running text between."""
    runs: list[list[int]] = []
    for index in (i for i, is_data in enumerate(data) if is_data):
        if runs and _goes_on(lines, data, runs[-1][0], runs[-1][1], index):
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return [(start, end) for start, end in runs]


def _goes_on(lines: Sequence[Line], data: Sequence[bool], start: int, last: int, index: int) -> bool:
    between = lines[last + 1 : index]
    size = lines[index].size
    pitch = max((b.top - a.bottom for a, b in pairwise(lines[last : index + 1])), default=0)
    span = _span_of_figures([lines[i] for i in range(max(start, last - 6), last + 1) if data[i]])
    beside = [_is_beside(line, span) for line in between]
    running = [
        line
        for line, is_beside in zip(between, beside, strict=True)
        if len(line.segments) == 1 and len(line.words) > 6 and not is_beside
    ]
    if any(_stands_outside(lines, start, last, i) for i in range(last + 1, index)):
        return False
    labels = pitch <= 1.2 * size and all(
        is_beside or (len(line.segments) == 1 and len(line.words) <= 6)
        for line, is_beside in zip(between, beside, strict=True)
    )
    left = min(line.words[0].x0 for line in (*lines[start : last + 1], lines[index]))
    counted = [  # not the lines of a cell of words behind the labels, however many these are
        line
        for line, is_beside in zip(between, beside, strict=True)
        if not is_beside or line.words[0].x0 < left + NEAR
    ]
    return (
        len(counted) <= (_MOST_LABELS if labels else _MOST_BETWEEN)
        and len(running) <= 1
        and pitch <= 3.5 * size
    )


def _span_of_figures(lines: Sequence[Line]) -> Span:
    """What the figures of rows take, from the left to the right; numbers in few columns, as in wrapped words, are left out."""
    most = max((len(line.amounts) for line in lines), default=0)
    near = [
        s
        for line in lines
        if 2 * len(line.amounts) >= most
        for s in line.amounts
        if s is not line.segments[0] or len(line.amounts) == 1
    ]
    return min((s.x0 for s in near), default=0.0), max((s.x1 for s in near), default=inf)


def _is_beside(line: Line, figures: Span) -> bool:
    """Whether all texts of a line stand left or right of what the figures of a table take: more of its cells of words."""
    return all(s.x1 <= figures[0] or s.x0 >= figures[1] for s in line.segments)


def _stands_outside(lines: Sequence[Line], start: int, last: int, index: int) -> bool:
    """Whether a line is a title or prose under a table: more space above it than rows have, and set otherwise.

    That is to the left of everything in the rows, whose cells have an edge, or in a larger letter.
    """
    line = lines[index]
    above = lines[index - 1]
    rows = lines[start : last + 1]
    usual = max((b.top - a.bottom for a, b in pairwise(rows)), default=0.9 * line.size)
    if len(line.segments) > 1 or line.top - above.bottom < usual + 0.2 * line.size:
        return False
    left = min(row.words[0].x0 for row in lines[max(0, start - 1) : index])
    return line.words[0].x0 < left - 2 or line.size > 1.1 * max(row.size for row in rows)


def _bodies(lines: Sequence[Line], data: list[bool], start: int, end: int) -> list[list[int]]:
    """Rows of figures in stretches with one header each: a line of headers or years starts the next."""
    bodies: list[list[int]] = []
    body: list[int] = []
    for index in range(start, end + 1):
        is_first = not any(data[i] for i in body)
        is_header = not _is_part_of_row(lines, index) and _is_header(lines[index], lines[start : end + 1])
        if (
            is_header
            and not is_first
            and index < end
            and _is_header(lines[index + 1], lines[start : end + 1])
        ):
            is_header = are_like_headers([s.text for s in lines[index].segments[1:]])
            data[index] = not is_header  # the last row of a table, in words
        if is_header or (is_first and _counts(lines[index])):
            if not is_first:
                bodies.append(body)
            body = []
        else:
            body.append(index)
    if any(data[i] for i in body):
        bodies.append(body)
    return [_trimmed(part, data) for body in bodies for part in _apart(lines, data, body)]


def _apart(lines: Sequence[Line], data: list[bool], body: list[int]) -> list[list[int]]:
    """A body, or two where a line of texts without a figure parts tables of other columns.

    The figures of one stand where the other has its labels.
    """
    for at, index in enumerate(body):
        if data[index] or len(lines[index].segments) < 2 or lines[index].amounts:
            continue
        above = [lines[i] for i in body[:at] if data[i]]
        below = [lines[i] for i in body[at + 1 :] if data[i]]
        if above and below and (_under_labels(above, below) or _under_labels(below, above)):
            return [body[:at], *_apart(lines, data, body[at + 1 :])]
    return [body]


def _under_labels(rows: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether labels of most other rows run over a column of figures of these, and no label of their own does."""
    columns = columns_of(rows, rows)

    def over(row: Line) -> bool:
        labels = [s for s in row.segments if s not in row.amounts]
        return any(s.x0 < columns.first_figure < s.x1 - NEAR for s in labels)

    return 2 * sum(map(over, others)) > len(others) and not any(map(over, rows))


def _trimmed(body: list[int], data: list[bool]) -> list[int]:
    """From the first row of figures to the last; lines before and after are header or prose."""
    rows = [i for i in body if data[i]]
    return [i for i in body if rows[0] <= i <= rows[-1]]


def _is_header(line: Line, around: Sequence[Line]) -> bool:
    """Several years, at least three words beside each other, or two over columns of figures; and no figure.

    Words that all stand left or right of the figures are a line of a row that was wrapped.
    """
    texts = [s for s in line.segments if not s.is_sign]
    values = [s for s in texts if s.is_amount]
    if values and not all(s.is_year for s in values):
        return False
    if len(values) >= 2:
        return True
    if len(texts) >= 3:
        return not _is_beside(line, _span_of_figures(around))
    figures = [s for other in around for s in other.amounts if not s.is_year]
    over = [s for s in texts if any(s.x0 < f.x1 and s.x1 > f.x0 for f in figures)]
    return len(over) >= 2


def _counts(line: Line) -> bool:
    """Whether a line numbers columns, or says how they follow from each other: no row, though it prints figures."""
    return len(line.segments) > 2 and names_nothing([s.text for s in line.segments])


# --- rows ---


@dataclass
class _Row:
    """Lines that are one row, with the segments of each column."""

    lines: list[int]
    cells: dict[int, list[tuple[int, Segment]]]
    beside: list[int] = field(default_factory=list)  # lines of its cells that stand beside rows below it


def _table(
    lines: Sequence[Line],
    body: list[int],
    free_from: int | None,
    columns: Columns,
    separators: Sequence[float],
    page: int,
) -> Found:
    """The table of a body, with the header that stands above it from ``free_from`` on; None where it has none."""
    used: list[int] = []
    groups: list[int] = []
    if free_from is None:
        free_from = body[0]
        body = _with_overlapping(lines, body, free_from)
    else:
        body = _with_upper_lines(lines, _with_overlapping(lines, body, free_from), free_from, columns)
        used, groups = header_lines(lines, body, free_from, columns)
    for span in _named_only([lines[i] for i in used], columns):
        columns = columns.with_empty(span)
    apart = _least_apart(lines, [*groups, *body], columns)
    least = None if apart is None else min(apart, MOST_LEADING * lines[body[0]].size)
    rows = _rows(lines, [*groups, *body], columns, separators, least)
    if not groups and not used:
        before = _labels_above(lines, rows[0], free_from, columns, separators)
        rows[0] = _joined(before, rows[0]) if before else rows[0]
    after = _labels_below(lines, rows[-1], columns, separators, least)
    if after:
        rows[-1] = _joined(rows[-1], after)
    head = header(lines, used, columns, page, apart)
    rows = _with_names_on_top(lines, rows, columns)
    pieces = [_pieces(row, lines, columns, page) for row in rows]
    taken = sorted({*used, *(i for row in rows for i in (*row.lines, *row.beside))})
    others = other_headers(head, lines, columns, page)
    are_open = _are_groups_open(rows, columns)
    return Found(tuple(taken), (*head.rows, *pieces), len(head.rows), columns, others, are_open)


def _one_under_one_header(
    lines: Sequence[Line], body: list[int], free_from: int, columns: Columns
) -> Columns:
    """The columns, two beside each other as one where no row fills both and the header has one text for them.

    So marks are set at the left of a column and its amounts at the right.
    """
    used, _ = header_lines(lines, body, free_from, columns)
    heads = [columns.of(s) for i in used for s in lines[i].segments]
    filled = [_figures(_row(lines, i, columns), columns) for i in body]
    for c in sorted(columns.figures, reverse=True):
        named = [{c - 1, c} & set(over) for over in heads]
        is_one = {c - 1} not in named or {c} not in named
        if (
            c - 1 in columns.figures
            and any(named)
            and is_one
            and not any({c - 1, c} <= row for row in filled)
        ):
            columns = columns.joined(c - 1)
    return columns


def _named_only(header: Sequence[Line], columns: Columns) -> list[Span]:
    """Where texts of a header stand, line under line, beside the header of a column of figures and over no figure at all.

    Those are columns that no row fills. A year is a text of its own on one line too.
    """
    homes: dict[int, list[list[Segment]]] = {}
    for line in header:
        over = [(s, columns.of(s)) for s in line.segments]
        for column in columns.figures:
            here = [s for s, of in over if of == [column]]
            if len(here) == 2 and sum(_is_over(s, columns.spans[column]) for s in here) == 1:
                homes.setdefault(column, []).append(here)
    found = []
    for column, pairs in homes.items():
        aside = [s for pair in pairs for s in pair if not _is_over(s, columns.spans[column])]
        span = min(s.x0 for s in aside), max(s.x1 for s in aside)
        is_one = all(_is_over(a, (b.x0, b.x1)) for a, b in pairwise(aside))
        if (
            (len(pairs) > 1 or aside[0].is_year)
            and is_one
            and not any(x0 < span[1] and x1 > span[0] for x0, x1 in columns.spans)
        ):
            found.append(span)
    return sorted(found, reverse=True)


def _is_over(segment: Segment, span: Span) -> bool:
    return segment.x0 < span[1] and segment.x1 > span[0]


def _with_overlapping(lines: Sequence[Line], body: list[int], free_from: int) -> list[int]:
    """A table with the lines around it that overlap its first or last row in height: parts of wrapped cells."""
    first, last = body[0], body[-1]
    while first > free_from and _lies_in(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _lies_in(lines[last], lines[last + 1]):
        last += 1
    return [*range(first, body[0]), *body, *range(body[-1] + 1, last + 1)]


def _with_upper_lines(lines: Sequence[Line], body: list[int], free_from: int, columns: Columns) -> list[int]:
    """A table with the lines above its first row that are more of cells of words in it: nearer than rows are to each other."""
    apart = _least_apart(lines, body, columns)
    first = body[0]
    while apart is not None and first > free_from:
        above, line = lines[first - 1], lines[first]
        if line.top - above.bottom >= apart - _NEARER * line.size or not _is_beside(
            above, columns.of_figures
        ):
            break
        first -= 1
    return [*range(first, body[0]), *body]


_NEARER = 0.12  # heights of a line by which lines of one cell stand nearer to each other than rows


def _lies_in(above: Line, below: Line) -> bool:
    """Whether a line starts above the end of the line before it: both are parts of one row."""
    return below.top - above.bottom < -0.15 * below.size


def _split(line: Line, columns: Columns) -> list[tuple[int, Segment]]:
    """The segments of a line by column; one that runs into a column of figures is cut where that begins."""
    parts: list[tuple[int, Segment]] = []
    for segment in line.segments:
        over = columns.of(segment)
        figures = [c for c in over if c in columns.figures]
        if len(line.segments) > 1 and len(over) > 1 and figures and over[0] not in columns.figures:
            cut = _cut(segment, columns.spans[figures[0]][0])
            if cut:
                parts.append((columns.of(cut[0])[0], cut[0]))
                parts.append((columns.of(cut[1])[0], cut[1]))
                continue
        parts.append((_home(segment, over, columns), segment))
    return parts


def _home(segment: Segment, over: list[int], columns: Columns) -> int:
    """The column of a segment: figures go to the column they overlap most, words to where they start."""
    if not segment.is_amount:
        return over[0]
    return max(
        over, key=lambda c: min(segment.x1, columns.spans[c][1]) - max(segment.x0, columns.spans[c][0])
    )


def _cut(segment: Segment, at: float) -> tuple[Segment, Segment] | None:
    """A label and the figure that only a space keeps apart, where the figure starts at its column."""
    index = next((i for i, word in enumerate(segment.words) if word.x0 >= at - NEAR), None)
    if not index:
        return None
    label, rest = Segment(segment.words[:index]), Segment(segment.words[index:])
    return (label, rest) if rest.is_amount else None


def _least_apart(lines: Sequence[Line], body: list[int], columns: Columns) -> float | None:
    """The least gap between two lines that are two rows for certain."""
    single = [_row(lines, index, columns) for index in body]
    gaps = [
        _gap(lines, a, b)
        for a, b in pairwise(single)
        if _figures(a, columns) & _figures(b, columns) and not _breaks_figures(a, b, columns)
    ]
    of_kinds = _least_of_two_kinds(lines, body)
    return min([*gaps, *([] if of_kinds is None else [of_kinds])], default=None)


def _rows(
    lines: Sequence[Line],
    body: list[int],
    columns: Columns,
    separators: Sequence[float],
    least: float | None,
) -> list[_Row]:
    """Lines as rows, those of one wrapped cell as one; ``least`` is the least gap between two rows for certain."""
    single = _with_names_beside_rows(lines, [_row(lines, index, columns) for index in body], columns, least)
    shows_wraps = least is not None and any(
        _label(a, columns)
        and _label(b, columns)
        and _gap(lines, a, b) < least - _NEARER * lines[b.lines[0]].size
        for a, b in pairwise(single)
    )
    ruled = separators if _are_rows_ruled(lines, body, single, separators, columns) else ()
    rows: list[_Row] = []
    for row in single:
        if (
            rows
            and _overlap(lines, rows[-1], row)
            and not _figures(rows[-1], columns) & _figures(row, columns)
        ):
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    single, rows = rows, []
    labels = _labels_of(lines, single, columns)
    for row in single:
        if rows and _is_same_row(lines, rows[-1], row, columns, least, ruled, shows_wraps, labels):
            rows[-1] = _joined(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _with_names_beside_rows(
    lines: Sequence[Line], single: Sequence[_Row], columns: Columns, least: float | None
) -> list[_Row]:
    """The rows less lines of words between two of them that are more of a cell that begins beside the first.

    So the name of a group is wrapped beside its rows: nearer to its last line than rows are to each other, and at no
    height of a row.
    """
    kept: list[_Row] = []
    home: dict[int, _Row] = {}  # by column the row of the last cell in it
    for at, row in enumerate(single):
        following = single[at + 1] if at + 1 < len(single) else None
        owner = home.get(min(row.cells)) if len(row.cells) == 1 else None
        if (
            least is not None
            and owner is not None
            and following is not None
            and _figures(owner, columns)
            and not set(row.cells) & columns.figures
            and _overlap(lines, row, following)
            and not set(row.cells) & set(following.cells)
            and _is_right_below(lines, owner.cells[min(row.cells)][-1], row.cells[min(row.cells)][0], least)
        ):
            for c, found in row.cells.items():
                owner.cells[c].extend(found)
            owner.beside.extend(row.lines)
            continue
        kept.append(row)
        home.update(dict.fromkeys(row.cells, row))
    return kept


def _is_right_below(
    lines: Sequence[Line], above: tuple[int, Segment], below: tuple[int, Segment], least: float
) -> bool:
    """Whether two texts stand at one left edge, nearer to each other than rows do."""
    (i, upper), (k, lower) = above, below
    gap = lines[k].top - lines[i].bottom
    return abs(upper.x0 - lower.x0) < _EXACT and -0.15 * lines[k].size < gap < least - _NEARER * lines[k].size


def _row(lines: Sequence[Line], index: int, columns: Columns) -> _Row:
    cells: dict[int, list[tuple[int, Segment]]] = {}
    for column, segment in _split(lines[index], columns):
        cells.setdefault(column, []).append((index, segment))
    return _Row([index], cells)


def _joined(a: _Row, b: _Row) -> _Row:
    cells = {c: [*a.cells.get(c, ()), *b.cells.get(c, ())] for c in {*a.cells, *b.cells}}
    return _Row([*a.lines, *b.lines], cells, [*a.beside, *b.beside])


def _figures(row: _Row, columns: Columns) -> set[int]:
    """Columns in which a row prints a figure, those printed with their year left out."""
    return {
        c
        for c, found in row.cells.items()
        if c in columns.figures and any(s.is_amount and not WITH_YEAR.search(s.text) for _, s in found)
    }


def _gap(lines: Sequence[Line], a: _Row, b: _Row) -> float:
    """The space between two rows."""
    return lines[b.lines[0]].top - lines[a.lines[-1]].bottom


def _least_of_two_kinds(lines: Sequence[Line], body: list[int]) -> float | None:
    """The least gap between rows where every row was wrapped: the gaps are of two kinds, the small in cells."""
    size = lines[body[0]].size
    gaps = sorted(
        lines[b].top - lines[a].bottom for a, b in pairwise(body) if not _lies_in(lines[a], lines[b])
    )
    return next((b for a, b in pairwise(gaps) if b - a > 0.25 * size and a < 0.35 * size), None)


def _breaks_figures(a: _Row, b: _Row, columns: Columns) -> bool:
    """Whether figures may have been broken: at the space of their thousands, 25 above and 401 below, or behind their sign."""
    below = {c: [s for _, s in b.cells[c]] for c in _figures(b, columns)}
    above = {c: [s for _, s in a.cells.get(c, ())] for c in below}
    return bool(below) and all(above[c] and _goes_on_in_figure(above[c][-1], below[c]) for c in below)


def _goes_on_in_figure(above: Segment, below: Sequence[Segment]) -> bool:
    """Whether figures below another may be the rest of it, or the amount of which it is the sign."""
    if above.is_sign:
        return len(below) == 1 and below[0].text[:1].isdecimal()
    return _LEADING.fullmatch(above.text) is not None and all(_THREE.fullmatch(s.text) for s in below)


def _are_rows_ruled(
    lines: Sequence[Line],
    body: list[int],
    single: Sequence[_Row],
    separators: Sequence[float],
    columns: Columns,
) -> bool:
    """Whether rulings part most of the lines of a table, and not its totals only: few rows of figures have none between."""
    between = sum(1 for a, b in pairwise(body) if _parted(lines[a], lines[b], separators))
    unparted = sum(
        not _parted(lines[a.lines[-1]], lines[b.lines[0]], separators)
        for a, b in pairwise(single)
        if _figures(a, columns) & _figures(b, columns) and not _breaks_figures(a, b, columns)
    )
    return between >= 0.4 * max(1, len(body) - 1) and _MOST_UNPARTED * unparted <= between


_MOST_UNPARTED = 4  # times as many rulings stand between rows as rows without


def _parted(a: Line, b: Line, separators: Sequence[float]) -> bool:
    """Whether a ruling runs between two lines."""
    index = bisect_right(separators, (a.top + a.bottom) / 2)
    return index < len(separators) and separators[index] < (b.top + b.bottom) / 2


def _overlap(lines: Sequence[Line], a: _Row, b: _Row) -> bool:
    """Whether two rows overlap in height, so that they are one."""
    return _lies_in(lines[a.lines[-1]], lines[b.lines[0]])


def _is_same_row(
    lines: Sequence[Line],
    a: _Row,
    b: _Row,
    columns: Columns,
    least: float | None,
    separators: Sequence[float],
    shows_wraps: bool,
    labels: dict[int, _Labels],
) -> bool:
    """Whether two lines are one row: lines of a wrapped label, or of a value beside one.

    Where the table shows wrapped cells with less space than rows (``shows_wraps``), only these are.
    """
    above, below = lines[a.lines[-1]], lines[b.lines[0]]
    gap, size = below.top - above.bottom, below.size
    tight = least is not None and gap < least - _NEARER * size
    if _figures(a, columns) & _figures(b, columns):
        return tight and _breaks_figures(a, b, columns)
    if any(_is_over_columns(lines, row, columns) for row in (a, b)):
        return False
    if separators:
        return not _parted(above, below, separators)
    if _figures(a, columns) and _figures(b, columns):
        return tight
    if tight:
        return True
    loose = least is not None and (shows_wraps or gap > min(least + 0.35 * size, MOST_LEADING * size))
    return not loose and (
        _label_goes_on(a, b, columns, labels) or any(one.goes_on(a, b, columns) for one in labels.values())
    )


def _is_over_columns(lines: Sequence[Line], row: _Row, columns: Columns) -> bool:
    """Whether a line stands over two columns of words or more, as a heading does and no part of a cell can."""
    segments = lines[row.lines[0]].segments
    if len(row.lines) > 1 or len(segments) > 1:
        return False
    return sum(c not in columns.figures for c in columns.of(segments[0])) > 1


@dataclass(frozen=True)
class _Labels:
    """How the labels of rows are set in one column, and whether anything in it may name a group of rows."""

    column: int
    x0: float
    is_bold: bool
    edge: float  # right edge of the widest
    leaders: frozenset[str]  # words that several of them begin with
    are_beside: bool  # every row prints words left of it: no group is named here
    tell_groups: bool  # names of groups are set otherwise
    are_wrapped: bool  # words show that labels are
    begin_large: bool  # none that stands beside figures begins small
    are_figures_first: (
        bool | None
    )  # of the lines of a wrapped label the first prints the figures; None: not known

    def goes_on(self, a: _Row, b: _Row, columns: Columns) -> bool:
        """Whether a line is more of the label above it: set as rows are and no names of groups, where there was no room.

        Which of two lines has the figures is as in labels that their words show to be wrapped.
        """
        if set(b.cells) - columns.figures != {self.column} or not a.cells.get(self.column):
            return False
        if self.are_beside:
            return not _figures(b, columns)
        (_, last), (_, below) = a.cells[self.column][-1], b.cells[self.column][0]
        word = below.words[0]
        wide = last.x1 + 0.3 * word.size + word.x1 - word.x0
        are_in_order = bool(_figures(a, columns)) and not _figures(b, columns)
        return (
            self.tell_groups
            and self.are_figures_first is are_in_order
            and self._are_set_so(last)
            and self._are_set_so(below)
            and abs(last.words[0].size - word.size) < 0.1
            and wide > self.edge + NEAR
            and word.text not in self.leaders
        )

    def _are_set_so(self, label: Segment) -> bool:
        return abs(label.x0 - self.x0) < _EXACT and label.is_bold == self.is_bold


_EXACT = 0.75  # points: what one printer sets at one edge differs less


def _labels_of(lines: Sequence[Line], single: Sequence[_Row], columns: Columns) -> dict[int, _Labels]:
    """How labels are set in each column of words left of the figures, by the lines that print figures."""
    valued = [row for row in single if _figures(row, columns)]
    found: dict[int, _Labels] = {}
    is_beside = False
    for column in range(min(columns.figures)):
        labels = [row.cells[column][0][1] for row in valued if column in row.cells]
        if not labels:
            continue
        x0 = mode(round(label.x0, 1) for label in labels)
        own = [label for label in labels if abs(label.x0 - x0) < _EXACT]
        is_bold = mode(label.is_bold for label in own)
        firsts = Counter(label.words[0].text for label in labels)
        named = [segments[0] for row in single if len(segments := lines[row.lines[0]].segments) == 1]
        first, later = _wraps_by_words(single, column, columns)
        found[column] = _Labels(
            column,
            x0,
            is_bold,
            max(label.x1 for label in own),
            frozenset(word for word, count in firsts.items() if count > 1),
            is_beside,
            any(name.x0 < x0 - NEAR or name.is_bold != is_bold for name in named if not name.is_amount),
            bool(first or later),
            len(labels) >= _FEWEST_LARGE and not any(starts_small(label.text) for label in labels),
            None if bool(first) == bool(later) else bool(first),
        )
        is_beside = is_beside or (
            len(labels) == len(valued) and not any(is_wordless(label.text) for label in labels)
        )
    return found


_FEWEST_LARGE = 4


def _wraps_by_words(rows: Sequence[_Row], column: int, columns: Columns) -> tuple[int, int]:
    """How many labels of a column go on in the next line by their words: with the figures on the first, and on the next."""
    first = later = 0
    for a, b in pairwise(rows):
        if column in a.cells and column in b.cells and is_unfinished(a.cells[column][-1][1].text):
            has = bool(_figures(a, columns)), bool(_figures(b, columns))
            first += has == (True, False)
            later += has == (False, True)
    return first, later


def _label_goes_on(a: _Row, b: _Row, columns: Columns, labels: dict[int, _Labels]) -> bool:
    """Whether the words say that a label was wrapped: it was not finished, or the next starts small."""
    first, second = _label(a, columns), _label(b, columns)
    if not first or not second:
        return bool(first) and not _figures(a, columns) and bool(_figures(b, columns)) and not second
    if is_unfinished(first):
        return True
    return (
        starts_small(second)
        and not _had_room(a, b, columns, labels)
        and not (_figures(a, columns) and _figures(b, columns))
    )


def _had_room(a: _Row, b: _Row, columns: Columns, labels: dict[int, _Labels]) -> bool:
    """Whether the first word of the next label fitted behind this one: then nobody wrapped it."""
    above = [s for c, found in a.cells.items() if c not in columns.figures for _, s in found]
    below = [s for c, found in b.cells.items() if c not in columns.figures for _, s in found]
    last, word = max(above, key=lambda s: s.x1), min(below, key=lambda s: s.x0).words[0]
    if word.text.startswith("("):
        return False
    spans = [span for c, span in enumerate(columns.spans) if c not in columns.figures and span[0] <= last.x0]
    edge = spans[-1][1] + NEAR
    if all(one.begin_large for one in labels.values()):
        edge -= 2 * NEAR  # a label that begins small is more of another: it may have fitted just so
    elif not any(one.are_wrapped for one in labels.values()):
        edge = max(edge, spans[0][0] + _NARROWEST * word.size + NEAR)
    return last.x1 + 0.3 * word.size + word.x1 - word.x0 <= edge


def _label(row: _Row, columns: Columns) -> str:
    words = [s.text for c in sorted(row.cells) if c not in columns.figures for _, s in row.cells[c]]
    return " ".join(words)


def _labels_above(
    lines: Sequence[Line], row: _Row, free_from: int, columns: Columns, separators: Sequence[float]
) -> _Row | None:
    """Lines of the first row's own label that stand above its figures."""
    found: _Row | None = None
    index = row.lines[0] - 1
    current = row
    while index >= free_from:
        line = lines[index]
        if not _is_beside(line, columns.of_figures) or _parted(line, lines[index + 1], separators):
            break
        above = _row(lines, index, columns)
        gap = lines[index + 1].top - line.bottom
        if not (gap < -0.15 * line.size or (not _label(current, columns) and gap < 0.4 * line.size)):
            break
        found = _joined(above, found) if found else above
        current = found
        index -= 1
    return found


def _labels_below(
    lines: Sequence[Line], row: _Row, columns: Columns, separators: Sequence[float], least: float | None
) -> _Row | None:
    """Lines of the last row's own label that stand below its figures, and of its cells of words behind that."""
    found: _Row | None = None
    labels = 0
    for index in range(row.lines[-1] + 1, len(lines)):
        line, above = lines[index], lines[index - 1]
        below = _row(lines, index, columns)
        is_behind = _is_behind_labels(below, row, columns)
        if not (is_behind or _is_beside(line, columns.of_figures)) or _parted(above, line, separators):
            break
        gap = line.top - above.bottom
        if is_behind and gap < (MOST_LEADING if least is None else least / line.size - _NEARER) * line.size:
            found = _joined(found, below) if found else below
            continue
        labels += 1
        if labels == _MOST_LABELS:
            break
        if line.words[0].x0 < columns.first_figure and _is_note_below(line, lines[row.lines[0]]):
            break
        label = _label(_joined(row, found) if found else row, columns)
        tight = least is not None and gap < least - _NEARER * line.size
        if not (tight or gap < -0.15 * line.size or (goes_on(label, line.text) and gap < 0.5 * line.size)):
            break
        found = _joined(found, below) if found else below
    return found


def _is_behind_labels(line: _Row, row: _Row, columns: Columns) -> bool:
    """Whether all that a line prints stands in columns of words that a row fills behind its label, at their left edge."""
    named = (
        c for c, found in sorted(row.cells.items()) if not is_wordless(" ".join(s.text for _, s in found))
    )
    label = next(named, len(columns.spans))
    return all(
        column > label
        and column not in columns.figures
        and column in row.cells
        and abs(row.cells[column][0][1].x0 - found[0][1].x0) < NEAR
        for column, found in line.cells.items()
    )


def _is_note_below(line: Line, row: Line) -> bool:
    """Whether a line under the last row is a sentence, or set in other letters or more to the left: no part of its label."""
    is_sentence = line.text.endswith(".") and len(line.words) > _FEWEST_OF_SENTENCE
    other_letters = abs(line.size - row.size) > _OTHER_SIZE
    return is_sentence or other_letters or line.words[0].x0 < row.words[0].x0 - NEAR


_FEWEST_OF_SENTENCE = 3  # words
_OTHER_SIZE = 0.2  # points

_OFF_MIDDLE = 0.2  # heights of a line: how far the name of a group may stand from the middle of its rows


def _with_names_on_top(lines: Sequence[Line], rows: list[_Row], columns: Columns) -> list[_Row]:
    """The rows with each name that stands in the middle of its group moved to the first row of it, as where cells
    were merged. Only where the names stand exactly in the middle of rows that follow each other to the end."""
    for column in range(min(columns.figures)):
        groups = _around_names(lines, rows, column, columns)
        for start, at in groups:
            if start != at:
                name = rows[at].cells.pop(column)
                rows[start].cells[column] = name
                rows[start].lines.extend({i for i, _ in name} - set(rows[start].lines))
        rows = [row for row in rows if row.cells]
    return rows


def _are_groups_open(rows: Sequence[_Row], columns: Columns) -> bool:
    """Whether names in a column of their own stand beside some rows and not beside the first: which rows are of which?"""
    valued = [row for row in rows if _figures(row, columns)]
    for column in range(min(columns.figures)):
        after = set(range(column + 1, min(columns.figures)))
        labelled = [row for row in valued if after & row.cells.keys()]
        named = [
            row for row in labelled if column in row.cells and not is_wordless(row.cells[column][0][1].text)
        ]
        if len(named) < 2 or column in labelled[0].cells or 3 * len(named) > 2 * len(labelled):
            continue
        if not is_total(_label(labelled[0], columns)):
            return True
    return False


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _around_names(
    lines: Sequence[Line], rows: Sequence[_Row], column: int, columns: Columns
) -> list[tuple[int, int]]:
    """For each name in a column of labels its first row and the row that it was printed in; empty where not all rows but
    totals are of a name that stands in their middle."""
    middles = {
        at: median(_middle(lines[i]) for c, found in row.cells.items() if c != column for i, _ in found)
        for at, row in enumerate(rows)
        if set(row.cells) - {column}
    }
    filled = list(middles)
    groups: list[tuple[int, int]] = []

    def is_of_total(n: int) -> bool:
        """Whether a row is called a total."""
        label = _label(rows[filled[n]], columns)
        return bool(label) and is_total(label)

    def begins_from(first: int) -> list[int]:
        """Where a group may begin: at the next row, or behind totals that stand outside the merged cells."""
        begins = [first]
        while begins[-1] < len(filled) and is_of_total(begins[-1]):
            begins.append(begins[-1] + 1)
        return begins

    def ends_from(begin: int) -> Iterator[int]:
        """Where that group may end: no total stands inside it."""
        for end in range(begin, len(filled)):
            yield end
            if is_of_total(end):
                return

    next_one = 0
    is_first_on_top = True
    for at, row in enumerate(rows):
        if column not in row.cells:
            continue
        if next_one == len(filled):
            return []
        parts = [lines[i] for i, _ in row.cells[column]]
        middle = (_middle(parts[0]) + _middle(parts[-1])) / 2
        spans = (
            (begin, n)
            for begin in reversed(begins_from(next_one))
            for n in ends_from(begin)
            if abs((middles[filled[begin]] + middles[filled[n]]) / 2 - middle) < _OFF_MIDDLE * parts[0].size
        )
        found = next(spans, None)
        if found is None:
            return []
        if not groups:
            is_first_on_top = found[0] == found[1]
        groups.append((filled[found[0]], at))
        next_one = found[1] + 1
    next_one = max(begins_from(next_one))
    return [] if is_first_on_top or next_one < len(filled) else groups


def _pieces(row: _Row, lines: Sequence[Line], columns: Columns, page: int) -> tuple[Piece | None, ...]:
    first = lines[row.lines[0]].number
    pieces: list[Piece | None] = []
    for column in range(len(columns.spans)):
        found = row.cells.get(column)
        if not found:
            pieces.append(Piece("", first, page))
            continue
        texts: dict[int, list[str]] = {}
        for index, segment in found:
            texts.setdefault(index, []).append(segment.text)
        number = lines[min(texts)].number
        text = join_lines([" ".join(texts[i]) for i in sorted(texts)])
        indent = 0 if column in columns.figures else _indent(found[0][1], columns.spans[column])
        is_bold = all(segment.is_bold for _, segment in found)
        pieces.append(Piece(text, number, page, is_bold=is_bold, indent=indent))
    return tuple(pieces)


def _indent(segment: Segment, span: Span) -> int:
    """How far a label stands from the left of its column, in blanks."""
    return blanks(segment.x0 - span[0], segment.words[0].size)
