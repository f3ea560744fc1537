"""Columns of a table whose cells are not drawn: the runs in which its figures overlap in width.

Figures of one column overlap and those of two never do. Words beside them make columns of text. What
does not belong here: rows and headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from .geometry import Line, Segment, Word

NEAR = 2.5  # points: edges this near are one

Span = tuple[float, float]  # left and right edge
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Columns:
    """Where the columns of a table stand: what is printed in them, and the room around it.

    Figures that share their right edge have their room at the left, up to the column before; those that
    share their left edge have it at the right. A header stands somewhere in the room of its column.
    """

    spans: tuple[Span, ...]
    rooms: tuple[Span, ...]
    figures: frozenset[int]  # columns of figures
    boxes: tuple[Box, ...] = ()  # cells that are drawn, though the rows under them are not

    def boxed(self, word: Word) -> Box | None:
        """The drawn cell that a word stands in."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return next((b for b in self.boxes if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None)

    def under(self, box: Box) -> list[int]:
        """The columns that a drawn cell stands over: those whose middle lies within its width."""
        return [c for c, (x0, x1) in enumerate(self.spans) if box[0] <= (x0 + x1) / 2 <= box[2]]

    def joined(self, column: int) -> Columns:
        """The same with a column and the one right of it as one."""

        def one(spans: Sequence[Span]) -> tuple[Span, ...]:
            both = spans[column : column + 2]
            return (
                *spans[:column],
                (min(x0 for x0, _ in both), max(x1 for _, x1 in both)),
                *spans[column + 2 :],
            )

        figures = frozenset(c - (c > column) for c in self.figures)
        return Columns(one(self.spans), one(self.rooms), figures, self.boxes)

    def with_empty(self, span: Span) -> Columns:
        """The same with a column that a header names and no row fills, beside the one in whose room it stands."""
        at = sum(x0 < span[0] for x0, _ in self.spans)
        rooms = [
            (max(left, span[1]) if c >= at else left, min(right, span[0]) if c < at else right)
            for c, (left, right) in enumerate(self.rooms)
        ]
        return Columns(
            (*self.spans[:at], span, *self.spans[at:]),
            (*rooms[:at], span, *rooms[at:]),
            frozenset({at} | {c + (c >= at) for c in self.figures}),
            self.boxes,
        )

    def of(self, segment: Segment) -> list[int]:
        """Columns that a segment stands in: the one with room for all of it, else all that it overlaps."""
        within = [c for c, (left, right) in enumerate(self.rooms) if _is_within(segment, left, right)]
        within = [c for c in within if c in self.figures] or within
        if within:
            return [min(within, key=lambda c: _apart(self.spans[c], segment))]
        over = [c for c, (x0, x1) in enumerate(self.spans) if segment.x0 < x1 and segment.x1 > x0]
        return over or [min(range(len(self.spans)), key=lambda c: _distance(self.spans[c], segment.centre))]

    def cell(self, column: int) -> Span:
        """The width that a column takes on the page; the first of figures takes what the others take."""
        left, right = self.rooms[column]
        if column == min(self.figures) and len(self.figures) > 1:
            left = max(left, right - median(b - a for c, (a, b) in enumerate(self.rooms) if c in self._later))
        return left, right

    @cached_property
    def _later(self) -> frozenset[int]:
        return self.figures - {min(self.figures)}

    @property
    def first_figure(self) -> float:
        """Left edge of the first column of figures."""
        return min(self.spans[c][0] for c in self.figures)

    @property
    def of_figures(self) -> Span:
        """What the columns of figures take, from the left edge of the first to the right edge of the last."""
        return self.first_figure, max(self.spans[c][1] for c in self.figures)


def _is_within(segment: Segment, left: float, right: float) -> bool:
    return left - NEAR <= segment.x0 and segment.x1 <= right + NEAR


def _apart(span: Span, segment: Segment) -> float:
    """How far a segment lies beside a column."""
    return max(span[0] - segment.x1, segment.x0 - span[1], 0.0)


def _distance(span: Span, x: float) -> float:
    return 0.0 if span[0] <= x <= span[1] else min(abs(span[0] - x), abs(span[1] - x))


def _rooms(spans: Sequence[Span], sides: Sequence[str]) -> tuple[Span, ...]:
    """The room of each column, from the side at which its contents line up."""
    rooms = []
    for c, (x0, x1) in enumerate(spans):
        before = spans[c - 1][1] if c else x0
        after = spans[c + 1][0] if c + 1 < len(spans) else x1 + 1000
        if sides[c] == "right":
            rooms.append((min(before, x0), x1))
        elif sides[c] == "left":
            rooms.append((x0, max(x1, after)))
        else:
            half = (before + x0) / 2, (x1 + min(after, x1 + 40)) / 2
            rooms.append(half)
    return tuple(rooms)


def _side(found: Sequence[Segment]) -> str:
    """Where the contents of a column line up: at the edge that varies least."""
    if not found:
        return "left"
    spread = {
        "right": max(s.x1 for s in found) - min(s.x1 for s in found),
        "left": max(s.x0 for s in found) - min(s.x0 for s in found),
        "centre": max(s.centre for s in found) - min(s.centre for s in found),
    }
    return min(spread, key=lambda side: spread[side])


def columns_of(rows: Sequence[Line], body: Sequence[Line], boxes: Sequence[Box] = ()) -> Columns:
    """Columns of figures from the rows, then columns of text from what stands beside them."""
    texts_of_rows = [s for line in rows for s in line.segments if not s.is_amount]
    amounts = [
        s.body if any(t.x0 < s.body.x0 and t.x1 > s.x0 for t in texts_of_rows) else s
        for line in rows
        for s in line.amounts
    ]
    figures = _merged([(s.x0, s.x1) for s in amounts])
    figures = [span for span in figures if not _is_under_labels(span, body)] or figures
    left = figures[0][0]
    named = [line for line in body if len(line.segments) > 1 and not line.amounts]
    words = [s for line in (*rows, *named) for s in line.segments if s not in line.amounts or s.x1 < left]
    beside = [s for s in words if not any(s.x0 < x1 and s.x1 > x0 for x0, x1 in figures)]
    labels = _merged([(s.x0, s.x1) for s in beside if s.x1 <= left])
    labels = _few_labels(labels, beside, left)
    labels = [
        part
        for x0, x1 in labels
        for part in _parted((x0, x1), [s for s in beside if x0 <= s.x0 and s.x1 <= min(x1, left)], rows)
    ]
    aside = [s for line in body for s in line.segments if labels and s.x1 < labels[0][0] - NEAR]
    if aside:  # names of groups between the heights of rows, in the middle of merged cells
        labels = [(min(s.x0 for s in aside), max(s.x1 for s in aside)), *labels]
    texts = _merged([(s.x0, s.x1) for s in beside if s.x0 >= left])
    if not labels:
        wide = [s.x0 for line in body for s in line.segments if s.x0 < left]
        labels = [(min(wide, default=left - 10), left - 1)]
    spans = sorted([*figures, *labels, *texts])
    sides = [
        _side([s for s in (amounts if (x0, x1) in figures else beside) if x0 <= s.x0 and s.x1 <= x1])
        if (x0, x1) in figures or x0 > spans[0][0]
        else "left"
        for x0, x1 in spans
    ]
    return Columns(
        tuple(spans), _rooms(spans, sides), frozenset(spans.index(span) for span in figures), tuple(boxes)
    )


def _is_under_labels(span: Span, body: Sequence[Line]) -> bool:
    """Whether more else than figures stands in a run: a code, or a number at the end of a wrapped label."""
    found = [s in line.amounts for line in body for s in line.segments if s.x0 < span[1] and s.x1 > span[0]]
    return 2 * sum(found) < len(found)


def _few_labels(labels: list[Span], beside: list[Segment], left: float) -> list[Span]:
    """Columns of labels that hold at least two words each; the rest is part of the one before it."""
    kept: list[Span] = []
    for x0, x1 in labels:
        count = sum(1 for s in beside if x0 <= s.x0 < x1)
        if kept and count < 2:
            kept[-1] = (kept[-1][0], x1)
        else:
            kept.append((x0, x1))
    return kept


_MOST_ACROSS = 0.25  # of the labels that may stand over two columns of labels


def _parted(labels: Span, found: Sequence[Segment], rows: Sequence[Line]) -> list[Span]:
    """A column of labels as two or more where only a few labels, totals mostly, run from the first over the second.

    Both must be filled on the same line twice at least, as groups and what they hold are.
    """
    second = sorted({round(s.x0, 1) for line in rows for s in line.segments[1:] if s in found})
    for start in second:
        across = [s for s in found if s.x0 < start - NEAR < s.x1]
        rest = [s for s in found if s not in across]
        before, after = [s for s in rest if s.x1 <= start - NEAR], [s for s in rest if s.x0 >= start - NEAR]
        both = sum(
            any(s in before for s in line.segments) and any(s in after for s in line.segments)
            for line in rows
        )
        if len(before) > 1 and len(after) > 2 and both > 1 and len(across) <= _MOST_ACROSS * len(found):
            parted = _parted((min(s.x0 for s in after), labels[1]), after, rows)
            return [(labels[0], max(s.x1 for s in before)), *parted]
    return [labels]


def _merged(spans: list[Span]) -> list[Span]:
    """Overlapping intervals as one."""
    merged: list[Span] = []
    for x0, x1 in sorted(spans):
        if merged and x0 < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged
