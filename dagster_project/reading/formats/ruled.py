"""Tables whose cells are drawn: rulings to cells, with the spans that missing rulings leave.

Only a component of rulings that encloses whole cells counts as a table; where rulings part rows alone,
``undrawn`` finds the columns and uses them as row separators. What does not belong here: meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ..model import Piece
from .decoding import join_lines
from .geometry import MOST_LEADING, Line, Segment, Word, blanks, lines_of

CLOSE = 3.0  # points: rulings this near are one
_MOST_RULINGS = 20_000
_SHORTEST = 4.0


class Ruling(NamedTuple):
    """A straight line: its place across, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Drawn:
    """A table as drawn: its box, and its cells as (row, column, rowspan, colspan, box)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def boxes(self) -> list[tuple[float, float, float, float]]:
        """The box of each cell: left, top, right, bottom."""
        return [
            (self.xs[c], self.ys[r], self.xs[c + wide], self.ys[r + high]) for r, c, high, wide in self.cells
        ]

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies inside."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def rulings(edges: Iterable[dict]) -> tuple[list[Ruling], list[Ruling]]:
    """Horizontal and vertical rulings of a page's edges, those that lie on one line joined."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    for edge in edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] >= _SHORTEST:
            across.append(Ruling(edge["top"], edge["x0"], edge["x1"]))
        elif edge["orientation"] == "v" and edge["bottom"] - edge["top"] >= _SHORTEST:
            down.append(Ruling(edge["x0"], edge["top"], edge["bottom"]))
    if len(across) + len(down) > _MOST_RULINGS:  # a drawing, not a table
        return [], []
    return _joined(across), _joined(down)


def _joined(found: list[Ruling]) -> list[Ruling]:
    """Rulings within ``CLOSE`` of each other as one, where they touch."""
    joined: list[Ruling] = []
    for group in _groups(sorted(found)):
        at = sum(ruling.at for ruling in group) / len(group)
        for ruling in sorted(group, key=lambda ruling: ruling.start):
            if joined and joined[-1].at == at and ruling.start <= joined[-1].end + CLOSE:
                joined[-1] = Ruling(at, joined[-1].start, max(joined[-1].end, ruling.end))
            else:
                joined.append(Ruling(at, ruling.start, ruling.end))
    return joined


def _groups(found: Sequence[Ruling]) -> Iterable[list[Ruling]]:
    group: list[Ruling] = []
    for ruling in found:
        if group and ruling.at - group[0].at > CLOSE:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def drawn_tables(across: list[Ruling], down: list[Ruling]) -> list[Drawn]:
    """Tables of at least two rows and two columns whose every cell is enclosed, top to bottom."""
    tables = (_table(*component) for component in _components(across, down))
    return sorted((table for table in tables if table), key=lambda table: table.ys[0])


def _components(across: list[Ruling], down: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Rulings that cross or touch each other, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if h.start - CLOSE <= v.at <= h.end + CLOSE and v.start - CLOSE <= h.at <= v.end + CLOSE:
                parent[root(i)] = root(len(across) + j)
    components: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for n in range(len(parent)):
        pair = components.setdefault(root(n), ([], []))
        if n < len(across):
            pair[0].append(across[n])
        else:
            pair[1].append(down[n - len(across)])
    return components.values()


def _table(across: list[Ruling], down: list[Ruling]) -> Drawn | None:
    ys, xs = _places([*across, *_open_ends(across, down)]), _places(down)
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > 100_000:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    open_right = [
        [not _covered(down, xs[c + 1], (ys[r] + ys[r + 1]) / 2) for c in range(columns - 1)]
        for r in range(rows)
    ]
    across = [*across, *_open_ends(across, down)]
    open_below = [
        [not _covered(across, ys[r + 1], (xs[c] + xs[c + 1]) / 2) for c in range(columns)]
        for r in range(rows - 1)
    ]
    cells = _cells(rows, columns, open_right, open_below)
    return Drawn(tuple(xs), tuple(ys), cells) if cells else None


def _open_ends(across: list[Ruling], down: list[Ruling]) -> list[Ruling]:
    """Where a page breaks a row its cells are open: all rulings down end there and none runs across."""
    if len(across) < 2 or len(down) < 3:
        return []
    left, right = min(ruling.at for ruling in down), max(ruling.at for ruling in down)
    found = []
    for ends, edge, sign in (
        ([r.start for r in down], min(r.at for r in across), -1),
        ([r.end for r in down], max(r.at for r in across), 1),
    ):
        outer = max(ends) if sign > 0 else min(ends)
        shared = sum(abs(end - outer) <= CLOSE for end in ends)
        if sign * (outer - edge) > CLOSE and shared >= max(3, 0.6 * len({round(r.at) for r in down})):
            found.append(Ruling(outer, left, right))
    return found


def _places(found: list[Ruling]) -> list[float]:
    places: list[float] = []
    for ruling in sorted(found):
        if not places or ruling.at - places[-1] > CLOSE:
            places.append(ruling.at)
    return places


def _covered(found: list[Ruling], at: float, through: float) -> bool:
    return any(abs(ruling.at - at) <= CLOSE and ruling.start <= through <= ruling.end for ruling in found)


def _cells(rows: int, columns: int, open_right, open_below) -> tuple[tuple[int, int, int, int], ...] | None:
    """Base cells joined where no ruling parts them; None where a joined cell is no rectangle."""
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide = 1
            while c + wide < columns and open_right[r][c + wide - 1] and not taken[r][c + wide]:
                wide += 1
            high = 1
            while r + high < rows and all(open_below[r + high - 1][k] for k in range(c, c + wide)):
                if any(not open_right[r + high][k] for k in range(c, c + wide - 1)):
                    return None
                high += 1
            for rr in range(r, r + high):
                for cc in range(c, c + wide):
                    if taken[rr][cc]:
                        return None
                    taken[rr][cc] = True
            cells.append((r, c, high, wide))
    return tuple(cells)


# --- tables of which some rows are drawn ---


def in_stripes(tables: Sequence[Drawn], lines: Sequence[Line]) -> list[Drawn]:
    """Tables with the rows between them that are not drawn, where every other row is shaded.

    Tables of the same columns are one table where all that stands between them are rows with figures that
    keep to those columns; a row below the last or above the first that touches it belongs to it too.
    """
    joined: list[Drawn] = []
    for table in tables:
        before = joined[-1] if joined and _same_columns(joined[-1], table) else None
        rows = _open_rows(before, lines, before.ys[-1], table.ys[0]) if before else []
        if before and rows:
            joined[-1] = _stacked([before, *rows, table])
        else:
            joined.append(table)
    return [_with_outer_rows(table, lines) for table in joined]


def _same_columns(a: Drawn, b: Drawn) -> bool:
    return len(a.xs) == len(b.xs) and all(abs(x - y) <= CLOSE for x, y in zip(a.xs, b.xs, strict=True))


def _open_rows(table: Drawn, lines: Sequence[Line], top: float, bottom: float) -> list[Drawn]:
    """The lines between two heights as rows of a table, none where one is no row of it or none has its figures."""
    inside = [line for line in lines if top <= (line.top + line.bottom) / 2 <= bottom]
    fewest = 2 if len(table.xs) > 3 else 1  # figures: a caption may name one, the unit
    if not any(len(line.segments) > len(line.amounts) >= fewest for line in inside):
        return []
    if not all(_keeps_to(line, table) for line in inside):
        return []
    rows: list[list[Line]] = []
    for line in inside:
        if rows and line.top - rows[-1][-1].bottom < MOST_LEADING * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    cuts = [(a[-1].bottom + b[0].top) / 2 for a, b in pairwise(rows)]
    ys = [top, *cuts, bottom]
    return [Drawn(table.xs, (ys[n], ys[n + 1]), _open_cells(row, table.xs)) for n, row in enumerate(rows)]


def _keeps_to(line: Line, table: Drawn) -> bool:
    """Whether a line is a row of a table: within its width, and each figure in one column of it."""
    inside = table.xs[0] <= line.words[0].x0 and line.words[-1].x1 <= table.xs[-1]
    return inside and not any(s.x0 < x < s.x1 for s in line.amounts for x in table.xs)


def _open_cells(row: Sequence[Line], xs: Sequence[float]) -> tuple[tuple[int, int, int, int], ...]:
    """The cells of a row that is not drawn: those of its columns, joined where a text runs over an edge."""
    texts = [segment for line in row for segment in line.segments]
    starts = [c for c, x in enumerate(xs[:-1]) if not c or not any(s.x0 < x < s.x1 for s in texts)]
    return tuple((0, c, 1, end - c) for c, end in pairwise([*starts, len(xs) - 1]))


def _with_outer_rows(table: Drawn, lines: Sequence[Line]) -> Drawn:
    """A striped table with the row above its first and below its last stripe, where that is not drawn."""
    high = max(b - a for a, b in pairwise(table.ys))
    below = _first_row([line for line in lines if line.top >= table.ys[-1]])
    above = _first_row([line for line in lines if line.bottom <= table.ys[0]][::-1])
    parts = [table]
    for row, edge in ((below, table.ys[-1]), (above, table.ys[0])):
        if not row:
            continue
        top, bottom = min(line.top for line in row), max(line.bottom for line in row)
        space = top - edge if row is below else edge - bottom
        end = bottom + space if row is below else top - space
        if 2 * space < high and abs(end - edge) <= high + CLOSE:
            found = _open_rows(table, row, min(edge, end), max(edge, end))
            parts = [*parts, *found] if row is below else [*found, *parts]
    return _stacked(parts)


def _first_row(lines: Sequence[Line]) -> list[Line]:
    """The lines that stand as near to the first of some as those of one cell do, in order."""
    row: list[Line] = []
    for line in lines:
        apart = max(line.top - row[-1].bottom, row[-1].top - line.bottom) if row else 0.0
        if apart >= MOST_LEADING * line.size:
            break
        row.append(line)
    return sorted(row, key=lambda line: line.top)


def _stacked(parts: Sequence[Drawn]) -> Drawn:
    """Tables of the same columns under each other as one."""
    ys: list[float] = [parts[0].ys[0]]
    cells: list[tuple[int, int, int, int]] = []
    for part in parts:
        first = len(ys) - 1
        cells += [(first + r, c, high, wide) for r, c, high, wide in part.cells]
        ys += part.ys[1:]
    return Drawn(parts[0].xs, tuple(ys), tuple(cells))


def grid(table: Drawn, words: Sequence[Word], numbers: dict[Word, int], page: int):
    """Rows of pieces of a drawn table, or None where its cells hold several columns of figures."""
    inside: dict[tuple[int, int], list[Word]] = {}
    owner = {
        (r + i, c + j): (r, c) for r, c, high, wide in table.cells for i in range(high) for j in range(wide)
    }
    for word in words:
        row = _between(table.ys, (word.top + word.bottom) / 2)
        column = _between(table.xs, (word.x0 + word.x1) / 2)
        inside.setdefault(owner[row, column], []).append(word)
    rows: list[list[Piece | None]] = [[None] * (len(table.xs) - 1) for _ in range(len(table.ys) - 1)]
    left: dict[int, float] = {}  # where the texts of a column begin
    for (_, c), held in inside.items():
        left[c] = min(left.get(c, held[0].x0), *(word.x0 for word in held))
    for r, c, high, wide in table.cells:
        held = inside.get((r, c), [])
        lines = lines_of(held)
        if sum(_figures(line) for line in lines) > 1:
            return None
        text = join_lines([line.text for line in lines])
        rows[r][c] = Piece(
            text,
            min((numbers[word] for word in held), default=0),
            page,
            wide,
            high,
            is_bold=bool(held) and all(word.is_bold for word in held),
            indent=blanks(min(word.x0 for word in held) - left[c], held[0].size) if held else 0,
        )
    return [[_on_a_line(piece, row) for piece in row] for row in rows]


def _on_a_line(piece: Piece | None, row: list[Piece | None]) -> Piece | None:
    """An empty cell stands on the first line of its row."""
    if piece is None or piece.line:
        return piece
    return piece._replace(line=min((other.line for other in row if other and other.line), default=0))


def _figures(line: Line) -> int:
    """Figures of a line, those with their year left out: a cell holds one, or several with years."""
    return sum(1 for segment in line.segments if segment.is_amount and not _with_year(segment))


def _with_year(segment: Segment) -> bool:
    return "(" in segment.text


def _between(places: Sequence[float], at: float) -> int:
    for index in range(len(places) - 2, -1, -1):
        if at >= places[index]:
            return index
    return 0
