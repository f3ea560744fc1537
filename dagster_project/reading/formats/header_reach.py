"""What the upper texts of a header without drawn cells may stand over, other than they seem to at first.

A text over several columns may be set at the left, at the right or in the middle of them, and need not be as wide as they
are; one that looks wrapped may be two layers. Where each of them stands is told by its place within limits: every way is
a header of its own, and the judge weighs what it says. What does not belong here: what a header means.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from statistics import median

from ..field_words import pattern_of
from ..header_texts import DATE, words_of
from ..model import OtherHeader
from .column_headers import Head, Header, PieceRow, rows_of, stands_over
from .columns import NEAR, Columns, Span
from .geometry import Line

_OVERLAP = 0.35  # heights of a line that two layers may overlap
_MOST_WAYS = 200  # of one header
_MOST_OFF = 1.2  # em: how far a text may stand from where it would be set over columns
_PER_EM = 0.5  # what a text costs that stands an em off
_NO_WAY = (
    0.5  # what a header costs whose texts are set at no one side of the columns that they seem to stand over
)
_AS_ONE = 0.8  # what it costs that no text of two layers stands over more than one column
_UNDER_NOTHING = 2.0  # what a lower text costs that no upper one stands over, where those without lower ones are set on top
_CENTRED = 1.0  # points: how far headers of centred columns stand off their middles
_WIDEST_BLANK = 2.5  # em, between the cells of two columns
_CHANGES = pattern_of("voor_of_na_wijziging", "header as printed")
_Run = tuple[int, ...]


@dataclass(frozen=True)
class _Upper:
    """A text of the upper layer: its lines, the columns of its own lower lines, and whether it may stand over more."""

    head: Head
    own: int | None  # the column of a text that looks wrapped, None for one that stands over others anyhow
    may_reach: bool = True


def other_headers(
    header: Header, lines: Sequence[Line], columns: Columns, page: int
) -> tuple[OtherHeader, ...]:
    """The headers that the same texts may form, each with how much further these stand off their columns than in this one.

    Only headers of two layers have others.
    """
    heads = [h for h in header.heads if set(h.columns) & columns.figures]
    if len(columns.figures) < 2 or any(h.box for h in heads):
        return ()
    uppers, lowers = _layers(heads, lines)
    if not uppers or not lowers:
        return ()
    named, nameless = (
        header.rows[: len(header.rows) - header.nameless],
        header.rows[len(header.rows) - header.nameless :],
    )
    stub = [h for h in header.heads if h not in heads]
    ways: dict[tuple[frozenset[str], ...], tuple[list[PieceRow], float]] = {}
    for over, off in sorted(_weighed(uppers, lowers, lines, columns), key=lambda way: way[1]):
        made = rows_of(_as_layers(uppers, [*stub, *lowers], over), lines, columns, page)
        ways.setdefault(_said(made), (made, off))
    _, own_off = ways.pop(_said(named), (named, _NO_WAY))
    if len(named) > 1 and not any(piece and piece.colspan > 1 for row in named for piece in row):
        ways[_said(named)] = (
            [_as_one(named)],
            own_off + _AS_ONE,
        )  # no text stands over more than it is printed over
    return tuple(
        OtherHeader((*made, *nameless), len(header.rows), off - own_off) for made, off in ways.values()
    )


def _as_one(rows: Sequence[PieceRow]) -> PieceRow:
    """Rows of a header as one, the texts of every column joined."""
    cells = []
    for column in zip(*rows, strict=True):
        filled = [piece for piece in column if piece and piece.text] or [column[0]]
        text = " ".join(piece.text for piece in filled if piece)
        cells.append(filled[0] and filled[0]._replace(text=text))
    return tuple(cells)


def _said(rows: Sequence[PieceRow]) -> tuple[frozenset[str], ...]:
    """The words over every column."""
    width = max((len(row) for row in rows), default=0)
    said: list[set[str]] = [set() for _ in range(width)]
    for row in rows:
        for c, piece in enumerate(row):
            words = piece.text.split() if piece else []
            for covered in range(c, c + piece.colspan) if piece else ():
                said[covered].update(words)
    return tuple(map(frozenset, said))


def _layers(heads: Sequence[Head], lines: Sequence[Line]) -> tuple[list[_Upper], list[Head]]:
    """The texts of the upper layer and the cells of the lower one; none where there is another layer, or one only."""
    spans = [h for h in heads if any(stands_over(h, low, lines) for low in heads if low is not h)]
    if any(stands_over(a, b, lines) for a in spans for b in spans if a is not b):
        return [], []
    single = [h for h in heads if h not in spans]
    cut = (
        max(lines[h.lines[-1]].bottom for h in spans)
        if spans
        else max((lines[h.lines[0]].top for h in single), default=0.0)
    )
    uppers = [_Upper(h, None) for h in spans]
    lowers: list[Head] = []
    for h in single:
        above = [k for k, i in enumerate(h.lines) if lines[i].top < cut - _OVERLAP * lines[i].size]
        if not above:
            lowers.append(h)
        elif len(above) == len(h.lines) or len(h.columns) > 1:
            uppers.append(_Upper(h, h.columns[0], may_reach=False))
        else:
            lower = _part(h, [k for k in range(len(h.lines)) if k not in above])
            uppers.append(_Upper(_part(h, above), h.columns[0], _kind_of(lower) is not None))
            lowers.append(lower)
    return uppers, lowers


def _part(head: Head, kept: Sequence[int]) -> Head:
    return replace(head, segments=[head.segments[k] for k in kept], lines=[head.lines[k] for k in kept])


def _kind_of(head: Head) -> str | None:
    """What a text is that stands under another, beside its like: a time, before or after changes, or a quantity."""
    if words_of(head.text).year is not None or DATE.fullmatch(head.text):
        return "time"
    if _CHANGES.fullmatch(head.text):
        return "changes"
    return "quantity" if words_of(head.text).quantity else None


def _weighed(
    uppers: Sequence[_Upper], lowers: Sequence[Head], lines: Sequence[Line], columns: Columns
) -> Iterator[tuple[list[_Run], float]]:
    """The ways that upper texts may stand, lower ones under none of them at a price where texts of one line are set on top."""
    below = {c for h in lowers for c in h.columns}
    are_on_top = _are_on_top(uppers, below)
    for over, off in _ways(uppers, lowers, lines, columns):
        taken = {c for run in over for c in run}
        alone = sum(taken.isdisjoint(h.columns) for h in lowers)
        yield over, off + (_UNDER_NOTHING * alone if are_on_top else 0.0)


def _are_on_top(uppers: Sequence[_Upper], below: Container[int]) -> bool:
    """Whether a text of one column stands on the upper line with nothing below it; ``below`` are the columns with lower texts."""
    return any(u.own is not None and not u.may_reach and u.own not in below for u in uppers)


def _ways(
    uppers: Sequence[_Upper], lowers: Sequence[Head], lines: Sequence[Line], columns: Columns
) -> Iterator[tuple[list[_Run], float]]:
    """For every upper text the columns that it may stand over, with how far off that is, all set at one side."""
    size = median(lines[u.head.lines[0]].size for u in uppers)
    below = {c: h for h in lowers for c in h.columns}
    cells = _cells(below, columns)
    order = sorted(range(len(uppers)), key=lambda u: uppers[u].head.x0)
    for side in ("left", "right", "middle"):
        options = [_reaches(uppers[u], uppers, side, below, columns, cells, size) for u in order]
        ways = list(islice(_beside_each_other(options, -1), _MOST_WAYS + 1))
        for way in ways if len(ways) <= _MOST_WAYS else ():
            yield [run for _, (run, _) in sorted(zip(order, way, strict=True))], sum(off for _, off in way)


def _beside_each_other(
    options: Sequence[Sequence[tuple[_Run, float]]], last: int
) -> Iterator[tuple[tuple[_Run, float], ...]]:
    """One of the runs of every text, each behind that of the text before it; ``last`` is the last column taken."""
    if not options:
        yield ()
        return
    for run, off in options[0]:
        if run[0] > last:
            for rest in _beside_each_other(options[1:], run[-1]):
                yield ((run, off), *rest)


def _reaches(
    upper: _Upper,
    uppers: Sequence[_Upper],
    side: str,
    below: dict[int, Head],
    columns: Columns,
    cells: dict[int, Span],
    size: float,
) -> list[tuple[_Run, float]]:
    """The runs of columns that a text may stand over, set at one side of them, with how far off it is."""
    head = upper.head
    if not upper.may_reach:
        return [(tuple(head.columns), 0.0)]
    others = {u.own for u in uppers if u is not upper and u.own is not None}
    first, last = min(columns.figures), max(columns.figures)
    free = [c for c in range(first, last + 1) if c not in others and (c in below or c not in columns.figures)]
    are_on_top = _are_on_top(uppers, below)
    found: list[tuple[_Run, float]] = []
    for a in free:
        for b in free:
            run = tuple(range(a, b + 1))
            if a > b or not set(run) <= set(free) or not {a, b} <= columns.figures:
                continue
            if upper.own is not None and (
                upper.own not in run or (not are_on_top and _kinds(run, below) > 1)
            ):
                continue
            edges = _edges(a, b, below, cells)
            most_left = _MOST_OFF * size if a == first else NEAR  # labels may run into the first column
            room = _room(a, b, below, columns)
            if head.x0 < min(min(edges.left) - most_left, room[0]) or head.x1 > max(
                max(edges.right) + NEAR, room[1]
            ):
                continue
            off = 0.0 if a == b else _off(head, side, edges, size)
            if off <= _MOST_OFF * size:
                found.append((run, _PER_EM * off / size))
    return found


def _kinds(run: _Run, below: dict[int, Head]) -> int:
    """Of how many kinds the lower texts of a run of columns are."""
    return len({_kind_of(below[c]) for c in run if c in below})


def _room(first: int, last: int, below: dict[int, Head], columns: Columns) -> Span:
    """From the end of what is printed before a run of columns to the start of what is printed behind it."""
    before, after = columns.spans[first], columns.spans[last]
    if first - 1 in columns.figures:
        before = columns.spans[first - 1]
        before = (before[0], max(before[1], below[first - 1].x1 if first - 1 in below else before[1]))
    if last + 1 in columns.figures:
        after = columns.spans[last + 1]
        after = (min(after[0], below[last + 1].x0 if last + 1 in below else after[0]), after[1])
    start = before[1] if first - 1 in columns.figures else before[0]
    end = after[0] if last + 1 in columns.figures else after[1]
    return start, end


@dataclass(frozen=True)
class _Edges:
    """Where a run of columns may begin and end: at its figures, at the room around them, or at its lower headers."""

    left: tuple[float, ...]
    right: tuple[float, ...]


def _cells(below: dict[int, Head], columns: Columns) -> dict[int, Span]:
    """From where to where every column of figures goes; where all is centred, as far to the left as to the right."""
    figures = sorted(columns.figures)
    middles = {c: (columns.spans[c][0] + columns.spans[c][1]) / 2 for c in figures}
    off = [abs(below[c].centre - middles[c]) for c in figures if c in below]
    if off and median(off) < _CENTRED:
        apart = median([middles[b] - middles[a] for a, b in pairwise(figures)])
        halves = [(middles[a] + middles[b]) / 2 for a, b in pairwise(figures)]
        ends = [middles[figures[0]] - apart / 2, *halves, middles[figures[-1]] + apart / 2]
        return dict(zip(figures, pairwise(ends), strict=True))
    cells = {c: columns.cell(c) for c in figures}
    (start, right), end = cells[figures[-1]], columns.spans[figures[-1]][1]
    wide = median([b - a for a, b in (cells[c] for c in figures[:-1])])
    cells[figures[-1]] = (start, min(right, max(start + wide, end)))  # not up to the end of the page
    return cells


def _edges(first: int, last: int, below: dict[int, Head], cells: dict[int, Span]) -> _Edges:
    return _Edges((cells[first][0], below[first].x0), (cells[last][1], below[last].x1))


def _off(head: Head, side: str, edges: _Edges, size: float) -> float:
    """How far a text stands off one side, or the middle, of a run of columns, in points."""
    if side == "left":  # the room of a column begins at the one before it, some blank before its cells
        room, lower = edges.left
        return min(max(room - head.x0, head.x0 - room - _WIDEST_BLANK * size, 0.0), abs(head.x0 - lower))
    if side == "right":
        return min(abs(head.x1 - at) for at in edges.right)
    return min(abs(head.centre - (x0 + x1) / 2) for x0 in edges.left for x1 in edges.right)


def _as_layers(uppers: Sequence[_Upper], lowers: Sequence[Head], over: Sequence[_Run]) -> list[list[Head]]:
    """The layers of a header, upper texts over the columns given; one over its own column only is a wrapped cell."""
    high: list[Head] = []
    low = list(lowers)
    for upper, run in zip(uppers, over, strict=True):
        own = next((h for h in low if h.columns == list(run)), None) if upper.own is not None else None
        if upper.own is not None and len(run) == 1 and own is not None:
            low[low.index(own)] = Head(
                [*upper.head.segments, *own.segments], [*upper.head.lines, *own.lines], own.columns
            )
        elif upper.own is not None and len(run) == 1:
            low.append(upper.head)
        else:
            high.append(replace(upper.head, columns=list(run)))
    return [layer for layer in (high, low) if layer]
