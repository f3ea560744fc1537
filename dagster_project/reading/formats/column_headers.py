"""Headers of a table whose cells are not drawn: lines above it to cells, and cells to layers.

A header that was wrapped is one cell; one that stands over several columns is a layer above theirs, and
covers the columns that it is centred on or starts. What does not belong here: what a header means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from ..model import Piece
from ..under_headers import names_nothing
from .columns import NEAR, Box, Columns, Span
from .decoding import join_lines
from .geometry import Line, Segment, Word
from .wrapping import LEADERS, goes_on

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_MOST_GROUPS = 10  # lines that name groups between a header and the first row of figures
_EDGE = 1.0  # points: how far a header may stand out of the room of its column
_WIDEST_BLANK = 0.33  # em
_LEFT_OUT = 0.5  # em: a header stands centred over one column more where that is not farther off
_ABOUT = 1.25  # times: the column between a header over one column and one over three is as near to both
_EXACT = 0.75  # points: what one printer sets at one edge differs less


@dataclass
class Head:
    """A header cell: segments under each other that belong together."""

    segments: list[Segment]
    lines: list[int]
    columns: list[int]
    box: Box | None = None  # the drawn cell that it stands in

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(s.x0 for s in self.segments)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(s.x1 for s in self.segments)

    @property
    def centre(self) -> float:
        """Middle of its width."""
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        """Its words, over its lines."""
        return " ".join(s.text for s in self.segments)

    @property
    def is_year(self) -> bool:
        """Whether it prints a bare year."""
        return all(s.is_year for s in self.segments)

    @property
    def names_year(self) -> bool:
        """Whether it begins with a year."""
        return bool(_YEAR.match(self.segments[0].text))


PieceRow = tuple[Piece | None, ...]


@dataclass(frozen=True)
class Header:
    """The header of a table: its rows, those that name no column last, and the cells that they were made of."""

    rows: tuple[PieceRow, ...] = ()
    heads: tuple[Head, ...] = ()
    nameless: int = 0  # rows at the end that number columns or say how they follow from each other


def header(
    lines: Sequence[Line], used: list[int], columns: Columns, page: int, least: float | None
) -> Header:
    """The header of a table from the lines that it was read from.

    ``least`` is the least space between two rows of the table: lines as far from each other are of two cells.
    """
    if not used:
        return Header()
    counted = [
        i
        for i in used
        if names_nothing([s.text for s in lines[i].segments])
        and not (i + 1 in used and _are_in_one_cell(lines[i], lines[i + 1], least))
    ]
    counted = counted if len(counted) < len(used) else []
    heads = _heads(lines, [i for i in used if i not in counted], columns, least)
    layers = _layers(heads, lines, columns)
    layers += [
        [Head([t.segment], [i], t.columns[:1], t.box) for t in _on_line(lines[i], i, columns)]
        for i in counted
    ]
    return Header(tuple(rows_of(layers, lines, columns, page)), tuple(heads), len(counted))


def rows_of(
    layers: Sequence[Sequence[Head]], lines: Sequence[Line], columns: Columns, page: int
) -> list[PieceRow]:
    """Header cells in layers as rows of pieces, each cell over its columns."""
    rows = []
    for layer in layers:
        row: list[Piece | None] = [Piece("", lines[layer[0].lines[0]].number, page) for _ in columns.spans]
        for head in layer:
            text = join_lines([s.text for s in head.segments])
            column = head.columns[0]
            number = lines[head.lines[0]].number
            end = min((other.columns[0] for other in layer if other.columns[0] > column), default=len(row))
            own = [c for c in head.columns if c < end]  # none reaches beyond where the next one begins
            for covered in own[1:]:
                row[covered] = None
            row[column] = _plus(row[column], text, number, page)._replace(colspan=len(own))
        rows.append(tuple(row))
    return rows


def _are_in_one_cell(above: Line, below: Line, least: float | None) -> bool:
    """Whether two lines are nearer to each other than cells are."""
    gap = below.top - above.bottom
    return least is not None and gap < _WIDEST_IN_CELL * below.size and gap < least - _SLACK * below.size


def _plus(there: Piece | None, text: str, number: int, page: int) -> Piece:
    """Two header cells that fell into one column, as one."""
    if there is None or not there.text:
        return Piece(text, number, page)
    return there._replace(text=f"{there.text} {text}")


_WIDEST_IN_CELL = 0.35  # heights of a line between the lines of one header cell, whatever its words are
_WIDEST_GAP, _WIDEST_SURE_GAP = 1.6, 4.0  # heights of a line between a header and what is below it
_SLACK = 0.15  # heights of a line that such a gap may be wider than the gaps between the rows


def header_lines(
    lines: Sequence[Line], body: Sequence[int], free_from: int, columns: Columns
) -> tuple[list[int], list[int]]:
    """Lines above the first row that are its header, and lines between that name a group of rows.

    Looks up to running text or a gap wider than those between rows. Where no line stands over the columns
    of figures there is no header, and words above the labels are prose, unless they are set as the names of
    groups further down are.
    """
    used: list[int] = []
    groups: list[int] = []
    pending: list[int] = []
    left = columns.first_figure
    below = lines[body[0]]
    between_rows = median([lines[b].top - lines[a].bottom for a, b in pairwise(body)] or [0.0])
    for index in range(body[0] - 1, free_from - 1, -1):
        line = lines[index]
        is_drawn = any(columns.boxed(word) for word in line.words)
        heads = sum(bool(set(columns.of(s)) & columns.figures) for s in line.segments)
        gap = _WIDEST_SURE_GAP if is_drawn or heads > 1 else _WIDEST_GAP  # texts beside each other: no prose
        widest = max(gap * line.size, between_rows + _SLACK * line.size)
        if below.top - line.bottom > widest or LEADERS.search(line.text):
            break
        over = [s for s in line.segments if not set(columns.of(s)) - columns.figures or s.x0 > left]
        single = len(line.segments) == 1 and line.segments[0].x0 < left - NEAR and not over
        named = not used and not single and _names_groups(lines, index, below, columns)
        if named:
            groups.append(index)
        elif over and not single:
            used.extend([*pending, index])
            pending = []
        elif used:
            if line.segments[-1].x1 > left or len(pending) > 1:
                break  # running text over the columns: a caption or prose
            pending.append(index)
        else:
            groups.append(index)
            if len(groups) > _MOST_GROUPS:
                break
        below = line
    if not used:
        return [], [i for i in groups[:1] if _is_set_as_a_group(lines, i, body)]
    wrapped = [i for i in (*groups, *pending) if any(_share_height(lines[i], lines[u]) for u in used)]
    for index in sorted({*groups, *pending} - set(wrapped)):
        apart = between_rows if len(body) > 1 else lines[body[0]].top - lines[index].bottom
        if index - 1 in {*used, *wrapped} and _goes_on_below(lines, index, columns, apart):
            wrapped.append(index)
    return sorted({*used, *wrapped}), sorted(set(groups) - set(wrapped))


def _goes_on_below(lines: Sequence[Line], index: int, columns: Columns, between_rows: float) -> bool:
    """Whether a line is more of the header of the labels above it: nearer to it than cells are to each other."""
    line, above = lines[index], lines[index - 1]
    first = line.segments[0]
    begins_alike = any(
        abs(s.x0 - first.x0) < _EXACT and s.is_bold == first.is_bold
        for s in above.segments
        if s.x0 < columns.first_figure
    )
    return begins_alike and _are_in_one_cell(above, line, between_rows)


def _is_set_as_a_group(lines: Sequence[Line], index: int, body: Sequence[int]) -> bool:
    """Whether a line above the first row stands to it as a name of a group further down does to the row below it."""
    line, first = lines[index], lines[body[0]]
    named = [(lines[a], lines[b]) for a, b in pairwise(body) if not lines[a].amounts and lines[b].amounts]
    return not first.segments[0].is_amount and any(
        _are_set_alike(line, name)
        and _are_set_alike(first, row)
        and abs((first.top - line.bottom) - (row.top - name.bottom)) < _EXACT
        for name, row in named
    )


def _are_set_alike(a: Line, b: Line) -> bool:
    """Whether two lines begin at one place in letters of one kind."""
    bold = a.segments[0].is_bold == b.segments[0].is_bold
    return bold and abs(a.words[0].x0 - b.words[0].x0) < _EXACT and abs(a.size - b.size) < 0.1


def _share_height(a: Line, b: Line) -> bool:
    """Whether two lines overlap in height, as those of a wrapped cell and of the cell beside it do."""
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.15 * min(a.size, b.size)


def _names_groups(lines: Sequence[Line], index: int, below: Line, columns: Columns) -> bool:
    """Whether a line above the first row names groups in several columns of labels: two halves side by side.

    All of it stands in columns without figures, and it is no second line of the header above it.
    """
    line = lines[index]
    if any(set(columns.of(s)) & columns.figures or s.is_amount for s in line.segments):
        return False
    gap = line.top - lines[index - 1].bottom if index else 0.0
    return gap > 0.35 * line.size and gap > 0.5 * (below.top - line.bottom)


def _heads(lines: Sequence[Line], used: list[int], columns: Columns, least: float | None) -> list[Head]:
    """Segments of the header lines as cells: one under the other in the same place are one cell."""
    heads: list[Head] = []
    placed = _placed(lines, used, columns)
    for text in placed:
        index, segment, over = text.line, text.segment, text.columns
        beside = {c for other in placed if other.line == index and other is not text for c in other.columns}
        above = (
            next((head for head in heads if head.box == text.box), None)
            if text.box
            else _cell_above(heads, text, lines, beside, least)
        )
        if above:
            above.segments.append(segment)
            above.lines.append(index)
            above.columns = sorted({*above.columns, *over}) if len(above.columns) > 1 else above.columns
        else:
            heads.append(Head([segment], [index], over, text.box))
    return heads


@dataclass
class _Text:
    """A header text on its line, with the columns it seems to stand over."""

    line: int
    segment: Segment
    columns: list[int]
    box: Box | None = None

    def is_beside(self, other: _Text) -> bool:
        """Whether two texts do not stand over each other at all."""
        return self.segment.x1 < other.segment.x0 or other.segment.x1 < self.segment.x0


def _placed(lines: Sequence[Line], used: list[int], columns: Columns) -> list[_Text]:
    """Every header text with its columns, those that two texts beside each other claim shared out again."""
    texts = [text for index in used for text in _on_line(lines[index], index, columns)]
    first = min(columns.figures)
    if any(text.box for text in texts):
        return texts  # drawn cells say where they stand
    behind = {c for c in range(first, len(columns.spans)) if c not in columns.figures}  # columns of words
    bare = (columns.figures | behind) - {c for text in texts for c in text.columns}
    for column in ([first - 1] if first else []) + sorted(bare):
        if any(column in text.columns for text in texts):
            continue
        for neighbour in (column + 1, column - 1):
            claims = [text for text in texts if text.columns == [neighbour]]
            nearest = min if neighbour > column else max
            moved = nearest(claims, key=lambda text: text.segment.x0, default=None)
            if (
                moved
                and any(moved.is_beside(other) for other in claims)
                and _may_stand(moved, column, columns)
            ):
                moved.columns = [column]
                break
    return texts


def _may_stand(text: _Text, column: int, columns: Columns) -> bool:
    """Whether a column has room for a text; that of labels ends where the figures begin."""
    left, right = columns.rooms[column]
    if column < min(columns.figures):
        return text.segment.x1 < columns.first_figure
    return left - NEAR <= text.segment.x0 and text.segment.x1 <= right + NEAR


def _touches(segment: Segment, room: Span) -> bool:
    return segment.x0 < room[1] and segment.x1 > room[0]


def _on_line(line: Line, index: int, columns: Columns) -> list[_Text]:
    """The texts of one line; as many as there are columns stand over them one by one."""
    if any(columns.boxed(word) for word in line.words):
        return _by_box(line, index, columns)
    segments = _by_room(line, columns) or _by_column(line, columns)
    figures = sorted(columns.figures)
    if len(segments) == len(columns.spans):
        return [_Text(index, segment, [c]) for c, segment in enumerate(segments)]
    if len(segments) == len(figures) > 1:
        texts = [_Text(index, segment, [c]) for c, segment in zip(figures, segments, strict=True)]
        if all(_touches(text.segment, columns.rooms[c]) for c, text in zip(figures, texts, strict=True)):
            return texts
    return [_Text(index, segment, columns.of(segment)) for segment in segments]


def _by_box(line: Line, index: int, columns: Columns) -> list[_Text]:
    """The words of a line of headers by the drawn cells that they stand in."""
    texts = []
    for box, words in groupby(line.words, key=columns.boxed):
        segment = Segment(tuple(words))
        texts.append(_Text(index, segment, (columns.under(box) if box else []) or columns.of(segment), box))
    return texts


def _by_room(line: Line, columns: Columns) -> list[Segment]:
    """The words of a line of headers by the columns in whose room they stand, where every column of figures gets some
    and more than a blank parts them: headers of narrow columns may touch. Empty where they do not."""
    figures = sorted(columns.figures)
    if len(line.segments) >= len(figures) or len(figures) < 2:
        return []
    runs: dict[int, list[Word]] = {}
    last = -1
    for word in line.words:
        homes = [
            c
            for c, (left, right) in enumerate(columns.rooms)
            if left - _EDGE <= word.x0 and word.x1 <= right + _EDGE
        ]
        homes = [c for c in homes if c in columns.figures] or homes
        home = next((c for c in homes if c >= last), None)
        if home is None:
            return []
        runs.setdefault(home, []).append(word)
        last = home
    if not set(figures) <= runs.keys():
        return []
    of_figures = [runs[c] for c in figures]
    between = min(b[0].x0 - a[-1].x1 for a, b in pairwise(of_figures))
    inside = [b.x0 - a.x1 for run in of_figures for a, b in pairwise(run)]
    if between <= max(inside, default=_WIDEST_BLANK * line.size) + 0.02 * line.size:
        return []
    return [Segment(tuple(runs[c])) for c in sorted(runs)]


def _by_column(line: Line, columns: Columns) -> list[Segment]:
    """Header words cut where each starts over a column of its own: headers may stand a space apart."""
    found: list[Segment] = []
    for segment in line.segments:
        run = [segment.words[0]]
        for word in segment.words[1:]:
            before, here = columns.of(Segment(tuple(run))), columns.of(Segment((word,)))
            both_over = len(here) == 1 and here[0] not in before
            if both_over and Segment((word,)).is_year and Segment((run[-1],)).is_year:
                found.append(Segment(tuple(run)))
                run = [word]
            else:
                run.append(word)
        found.append(Segment(tuple(run)))
    return found


def _cell_above(
    heads: list[Head], text: _Text, lines: Sequence[Line], beside: set[int], least: float | None
) -> Head | None:
    """The header cell that a text goes on: same place, directly under it, no ruling or wider gap."""
    index, segment, over = text.line, text.segment, text.columns
    size = lines[index].size
    widest = 0.9 * size
    if least is not None and least > _WIDEST_IN_CELL * size:
        widest = min(widest, least - _SLACK * size)
    for head in reversed(heads):
        gap = lines[index].top - lines[head.lines[-1]].bottom
        same = head.columns == over and len(over) == 1 and head.x0 < segment.x1 and segment.x0 < head.x1
        if head.lines[-1] == index or beside & set(head.columns):
            continue
        if _is_repeated(lines[index]) and not _are_in_one_cell(lines[head.lines[-1]], lines[index], least):
            continue
        if same and gap < widest and _words_go_on(head, segment):
            return head
        if gap > _WIDEST_IN_CELL * size:
            continue
        placed = abs(head.x0 - segment.x0) < NEAR or abs(head.x1 - segment.x1) < NEAR
        placed = placed or abs(head.centre - segment.centre) < NEAR
        if (same or set(over) & set(head.columns)) and placed:
            return head
    return None


def _words_go_on(head: Head, segment: Segment) -> bool:
    """Whether the words of a header cell were not finished."""
    return goes_on(head.text, segment.text)


def _is_repeated(line: Line) -> bool:
    """Whether a header line says the same words several times, like lasten, baten, saldo: a layer of its own."""
    texts = [segment.text for segment in line.segments]
    kinds = len(set(texts))
    return 1 < kinds < len(texts) and texts == texts[:kinds] * (len(texts) // kinds)


def _layers(heads: list[Head], lines: Sequence[Line], columns: Columns) -> list[list[Head]]:
    """Header cells in layers: the lowest cell of each column last, what stands over several above it."""
    depth: dict[int, int] = {}
    lower = {id(h): [low for low in heads if low is not h and stands_over(h, low, lines)] for h in heads}
    side = _side_of(heads, lower, lines)
    cells = _cells_of([h for h in heads if not lower[id(h)]], columns)
    is_lone = sum(map(bool, lower.values())) == 1  # one edge may be at that of another by chance
    for head in sorted(heads, key=lambda head: -head.lines[-1]):
        under = [h for h in heads if h is not head and id(h) in depth and stands_over(head, h, lines)]
        depth[id(head)] = 1 + max((depth[id(h)] for h in under), default=-1)
        if under:
            nearest = max(depth[id(h)] for h in under)
            below = [h for h in under if depth[id(h)] == nearest]
            if head.box is None:
                in_middle = [] if side and not is_lone else _centred(head, below, heads, lines, cells)
                if len(in_middle) > 1 or not side:
                    head.columns = in_middle or _span(head, below, heads, columns)
                else:
                    head.columns = side.columns(head, below, heads, lines, columns)
    deepest = max(depth.values())
    return [[head for head in heads if depth[id(head)] == level] for level in range(deepest, -1, -1)]


def stands_over(upper: Head, lower: Head, lines: Sequence[Line]) -> bool:
    """Whether a header cell stands above another one, over part of it at least."""
    clear = lines[lower.lines[0]].top >= lines[upper.lines[-1]].bottom - 0.35 * lines[upper.lines[-1]].size
    overlaps = upper.x0 < lower.x1 and upper.x1 > lower.x0 and not (upper.box and lower.box)
    return clear and (overlaps or bool(set(upper.columns) & set(lower.columns)))


@dataclass(frozen=True)
class _Side:
    """The edge at which the header cells of a table are set, and the column that each cell has there."""

    step: int  # to the next column: 1 where cells are set at the left, -1 at the right
    anchors: dict[int, int]  # by the id of the cell

    def edge(self, head: Head) -> float:
        """The edge of a cell, growing away from it."""
        return head.x0 if self.step > 0 else -head.x1

    def columns(
        self, head: Head, under: list[Head], heads: list[Head], lines: Sequence[Line], columns: Columns
    ) -> list[int]:
        """The columns of a cell over others: up to the next cell that begins above these.

        The last one goes over all that is below it, or over as many as the one before it where these are named alike.
        """
        first = self.anchors[id(head)]
        high = [h for h in heads if h is not head and _stands_higher(h, under, lines)]
        after = [self.anchors[id(h)] for h in high if self.edge(h) > self.edge(head) + _EXACT]
        after = [c for c in after if c * self.step > first * self.step]
        if after:
            last = min(after, key=lambda c: c * self.step) - self.step
            return sorted(range(first, last + self.step, self.step))
        lower = sorted((h for h in heads if h not in high and h is not head), key=lambda h: -h.lines[0])
        below = {c: h for h in lower for c in h.columns}  # the highest of each column
        inner = set(range(min(columns.figures), max(columns.figures) + 1))
        run = _run(first, self.step, {c for c in below if c > min(columns.figures)} | inner)
        beside = [h for h in high if self.edge(h) < self.edge(head) - _EXACT and len(h.columns) > 1]
        named = [[below[c].text if c in below else "" for c in h.columns[:: self.step]] for h in beside]
        texts = [below[c].text if c in below else "" for c in run]
        alike = [len(names) for names in named if names == texts[: len(names)]]
        return sorted(run[: max(alike, default=len(run))])


_MOST_ASIDE = 0.25  # of the header cells over others that may be set otherwise than the rest


def _side_of(heads: list[Head], lower: dict[int, list[Head]], lines: Sequence[Line]) -> _Side | None:
    """The side at which nearly all cells over others begin, or end, exactly where one of these does; and that is no
    chance, because one of another width does. None where there is none. ``lower`` are the cells below each, by its id."""
    upper = [h for h in heads if lower[id(h)]]
    found: list[tuple[int, _Side]] = []
    for side in (_Side(1, {}), _Side(-1, {})):
        at_edge = {
            id(h): [low for low in lower[id(h)] if abs(side.edge(low) - side.edge(h)) < _EXACT] for h in upper
        }
        exact = [h for h in upper if at_edge[id(h)]]
        is_chance = not any(
            abs(low.centre - head.centre) > _EXACT or _bares(low, side.step, heads, lines)
            for head in exact
            for low in at_edge[id(head)]
        )
        if len(upper) - len(exact) <= _MOST_ASIDE * len(upper) and not is_chance:
            for head in sorted(heads, key=lambda h: -h.lines[0]):
                below = at_edge.get(id(head)) or lower[id(head)]
                own = [side.anchors[id(low)] for low in below] or head.columns
                side.anchors[id(head)] = min(own) if side.step > 0 else max(own)
            found.append((len(exact), side))
    return max(found, key=lambda one: one[0])[1] if found else None


def _stands_higher(head: Head, under: list[Head], lines: Sequence[Line]) -> bool:
    """Whether a cell both begins and ends higher than others: it is not beside them, however many lines it has."""
    first, last = lines[head.lines[0]], lines[head.lines[-1]]
    return first.top < min(lines[h.lines[0]].top for h in under) - _EXACT and last.bottom < (
        max(lines[h.lines[-1]].bottom for h in under) - _EXACT
    )


def _cells_of(lowest: list[Head], columns: Columns) -> dict[int, Span]:
    """From where to where each column of figures goes that has a header of its own, where headers are centred in them.

    Figures end as far from the right of every cell; a header stands in the middle of its cell. Empty where the headers
    of columns beside each other do not agree about that distance, or end where the figures do.
    """
    own = {h.columns[0]: h for h in lowest if len(h.columns) == 1 and h.columns[0] in columns.figures}
    ends = {c: columns.spans[c][1] for c in own}
    apart = [own[c].centre - (ends[c - 1] + ends[c]) / 2 for c in own if c - 1 in own]
    at_right = sum(abs(h.x1 - ends[c]) < _EXACT for c, h in own.items())
    if len(apart) < 2 or 2 * at_right > len(own):
        return {}
    usual = median(apart)
    if sum(abs(a - usual) < _EXACT for a in apart) < (1 - _MOST_ASIDE) * len(apart):
        return {}
    return {c: (2 * h.centre - ends[c] - usual, ends[c] + usual) for c, h in own.items()}


def _centred(
    head: Head, under: list[Head], heads: list[Head], lines: Sequence[Line], cells: dict[int, Span]
) -> list[int]:
    """The columns that a cell stands exactly in the middle of, the most of them; none where there are no such ones."""
    taken = {c for h in heads if h is not head and _stands_higher(h, under, lines) for c in h.columns}
    covered = sorted({c for h in under for c in h.columns})
    free = (cells.keys() - taken) | set(covered)
    if not cells.keys() >= set(covered):
        return []
    runs = [
        list(range(first, last + 1))
        for first in _run(covered[0], -1, free)
        for last in _run(covered[-1], 1, free)
    ]
    middles = [run for run in runs if abs((cells[run[0]][0] + cells[run[-1]][1]) / 2 - head.centre) < _EXACT]
    return max(middles, key=len, default=[])


def _bares(low: Head, step: int, heads: list[Head], lines: Sequence[Line]) -> bool:
    """Whether the cell next to one stands as low with nothing above it, and the one before it does not."""
    top = lines[low.lines[0]].top

    def stands_low(column: int) -> bool:
        over = [h for h in heads if column in h.columns]
        return bool(over) and all(lines[h.lines[0]].top > top - _EXACT for h in over)

    return stands_low(low.columns[-1] + step) and not stands_low(low.columns[0] - step)


def _span(head: Head, under: list[Head], heads: list[Head], columns: Columns) -> list[int]:
    """Columns that an upper header cell stands over: the run that it is centred on, or starts."""
    covered = sorted({c for h in under for c in h.columns})
    beside = sorted((h for h in heads if h is head or _is_beside(head, h)), key=lambda h: h.x0)
    lower = [h for h in heads if h not in beside and any(_is_beside(h, u) for u in under)]
    below = {c: h for h in lower for c in h.columns}
    bare = columns.figures - {c for h in heads for c in h.columns}
    over = [h for h in beside if columns.figures & set(h.columns)]
    groups = _groups({c: h for c, h in below.items() if c in columns.figures}, over, bare)
    if groups and any(h is head for h in over):
        return groups[next(index for index, h in enumerate(over) if h is head)]
    left, right = min(h.x0 for h in under), max(h.x1 for h in under)
    off_centre = abs(head.centre - (left + right) / 2)
    may_be_at_an_edge = off_centre > NEAR or not _are_centred(heads)
    if _ends_with(head, below) or (
        may_be_at_an_edge and abs(head.x1 - right) < min(NEAR, off_centre - _EXACT)
    ):
        return _span_to_the_left(head, covered, beside, below, bare)
    if may_be_at_an_edge and abs(head.x0 - left) < min(NEAR, off_centre - _EXACT):
        return _span_to_the_right(head, covered, beside, below, max(columns.figures))
    is_last = all(h.x0 <= head.x0 for h in over)
    if is_last and abs(head.x0 - left) < _EXACT and _are_years(covered[0], max(columns.figures), below):
        return _span_to_the_right(head, covered, over, below, max(columns.figures))
    is_year = covered[0] in below and below[covered[0]].is_year
    alike = {c for c in below if below[c].is_year == is_year} | bare
    others = [
        h for h in beside if h is not head and below.keys() & set(h.columns) and not _ends_with(h, below)
    ]
    taken = {c for h in beside if _ends_with(h, below) for c in h.columns}
    free = {c for c in alike - taken if _is_nearest(c, head, others, columns, below)} | set(covered)
    options = [
        list(range(first, last + 1))
        for first in _run(covered[0], -1, free)
        for last in _run(covered[-1], 1, free)
    ]
    left_out = _LEFT_OUT * head.segments[0].words[0].size
    return min(options, key=lambda o: _misfit(head, o, columns, below) + left_out * (len(free) - len(o)))


def _are_centred(heads: list[Head]) -> bool:
    """Whether lines of a wrapped header cell stand centred over each other: then all cells are."""
    return any(
        abs(a.centre - b.centre) < _EXACT and min(abs(a.x0 - b.x0), abs(a.x1 - b.x1)) > NEAR
        for head in heads
        for a, b in pairwise(head.segments)
    )


def _is_beside(head: Head, other: Head) -> bool:
    """Whether two header cells stand next to each other: some of their lines are at one height."""
    return head.lines[0] <= other.lines[-1] and other.lines[0] <= head.lines[-1]


def _groups(below: dict[int, Head], beside: list[Head], bare: set[int] | frozenset[int]) -> list[list[int]]:
    """The columns of each upper header where the lower ones repeat the same words under every one of them.

    A column without a header of its own that follows goes with them: the closing stock of that year.
    """
    columns = sorted(below)
    texts = [below[c].text for c in columns]
    wide, rest = divmod(len(columns), len(beside))
    if rest or wide < 2 or len(beside) < 2 or texts != texts[:wide] * len(beside) or len(set(texts)) != wide:
        return []
    groups = [columns[at * wide : (at + 1) * wide] for at in range(len(beside))]
    for group in groups:
        while group[-1] + 1 in bare:
            group.append(group[-1] + 1)
    return groups


def _ends_with(head: Head, below: dict[int, Head]) -> bool:
    """Whether a header ends where the one cell below it ends: both are set at the right of one column."""
    if len(head.columns) != 1 or head.columns[0] not in below:
        return False
    under = below[head.columns[0]]
    return abs(head.x1 - under.x1) < NEAR < abs(head.centre - under.centre)


def _is_nearest(
    column: int, head: Head, others: list[Head], columns: Columns, below: dict[int, Head]
) -> bool:
    """Whether a column, or the header in it, lies about as near to a header as to others beside it, or nearer."""
    left, right = columns.cell(column)
    middles = [(left + right) / 2, *([below[column].centre] if column in below else [])]
    return any(
        all(abs(middle - head.centre) <= _ABOUT * abs(middle - other.centre) for other in others)
        for middle in middles
    )


def _run(column: int, step: int, free: set[int]) -> list[int]:
    """The column and those next to it that a header above may cover."""
    run = [column]
    while run[-1] + step in free:
        run.append(run[-1] + step)
    return run


def _misfit(head: Head, option: list[int], columns: Columns, below: dict[int, Head]) -> float:
    """How far a header is from standing centred over a run of columns, or over their headers."""
    room = abs(head.centre - (columns.cell(option[0])[0] + columns.cell(option[-1])[1]) / 2)
    if option[0] not in below or option[-1] not in below:
        return room
    return min(room, abs(head.centre - (below[option[0]].x0 + below[option[-1]].x1) / 2))


def _span_to_the_right(
    head: Head, covered: list[int], beside: list[Head], below: dict[int, Head], end: int
) -> list[int]:
    """A header set at the left of its columns goes on to the next one.

    The last one goes over all columns that follow where these are years, else as far as the one before it.
    """
    first, last = covered[0], covered[-1]
    at = next(index for index, h in enumerate(beside) if h is head)
    if at + 1 < len(beside):
        last = max(last, min(beside[at + 1].columns) - 1)
    elif _are_years(first, end, below):
        last = end
        while last + 1 in below:  # a column of V and N, whose header stands beside the years
            last += 1
    elif at and len(beside[at - 1].columns) > 1:
        last = max(last, min(first + len(beside[at - 1].columns) - 1, end))
    else:
        while all(c in below and below[c].is_year for c in (last, last + 1)):
            last += 1
    return list(range(first, last + 1))


def _are_years(first: int, end: int, below: dict[int, Head]) -> bool:
    """Whether all columns from one on have years for headers, or none; a short word beside them is V/N."""
    heads = [below[c] for c in range(first, end + 1) if c in below]
    return (
        first <= end
        and any(h.names_year for h in heads)
        and all(h.names_year or sum(len(s.text) for s in h.segments) <= 5 for h in heads)
    )


def _span_to_the_left(
    head: Head, covered: list[int], beside: list[Head], below: dict[int, Head], bare: frozenset[int]
) -> list[int]:
    """A header set at the right of its columns reaches back to the one before it, or alone over years."""
    first, last = covered[0], covered[-1]
    at = next(index for index, h in enumerate(beside) if h is head)
    taken = max(beside[at - 1].columns) if at else None
    while first - 1 != taken and (first - 1 in below or first - 1 in bare):
        if taken is None and not all(c in below and below[c].is_year for c in (first, first - 1)):
            break
        first -= 1
    return list(range(first, last + 1))
