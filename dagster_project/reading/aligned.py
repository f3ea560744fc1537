"""Columns lined up with blanks: positions on the line to a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from dagster_project.reading.formats.lines import join

from . import grids
from .grids import read_kind
from .lines import ENDS_OPEN
from .model import Grid, Piece, Prose
from .numbers import clean
from .panel import Panel

_CELL = re.compile(r"\S+(?: \S+)*")


class Word(NamedTuple):
    """A cell on a line: its text and where it begins and ends."""

    text: str
    start: int
    end: int


def read(
    printed: Sequence[tuple[str, int, int | None]], soort: str, jaar: int | None
) -> Iterator[Prose | Panel]:
    """Prose and panels of lines whose cells are lined up, in order."""
    rows = [(list(_words(text)), line, page) for text, line, page in printed]
    pieces: list[Prose | Panel] = []
    for begin, end in _runs(rows):
        if begin is None:
            pieces += [
                Prose(clean(" ".join(w.text for w in words)), line, page)
                for words, line, page in rows[end[0] : end[1]]
                if words
            ]
            continue
        for found in _best(rows[begin : end[1]], soort, jaar):
            if isinstance(found, Grid):
                pieces += [
                    Prose(clean(" ".join(w.text for w in words)), line, page)
                    for words, line, page in rows[begin : end[1]]
                    if words
                ]
            else:
                pieces.append(found)
    yield from pieces


def _best(rows: Rows, soort: str, jaar: int | None) -> list[Prose | Panel | Grid]:
    """The cheaper of two readings: texts of the header over several columns, or each broken over lines in its own."""
    plainly = grids.read_grid(_grid(rows), soort, jaar)
    if (broken := _grid(rows, is_broken=True)) is None:
        return plainly
    other = grids.read_grid(broken, soort, jaar)
    return other if _cost(other) + _unbroken(rows) < _cost(plainly) else plainly


def _cost(found: Sequence[Prose | Panel | Grid]) -> float:
    costs = [p.reading.cost for p in found if isinstance(p, Panel)]
    return sum(costs) if costs else float("inf")


def is_lined_up(printed: Sequence[tuple[str, int, int | None]]) -> bool:
    """Whether cells with more than one blank between them stand under each other, so that their places tell columns."""
    rows = [list(_words(text)) for text, _, _ in printed]
    valued = [words for words in rows if len(words) > 1 and any(read_kind(w.text) == "V" for w in words)]
    if not valued:
        return False
    counts = sorted(len(words) for words in valued)
    usual = counts[len(counts) // 2]
    half = len(valued) // 2
    return any(
        all(usual <= len(_columns(run)) <= counts[-1] for run in runs)
        for runs in ((valued,), (valued[:half], valued[half:]))
        if all(runs)
    )


def _words(text: str) -> Iterator[Word]:
    text = text.replace("\u00a0", " ").replace("\t", "        ")
    for found in _CELL.finditer(text):
        yield Word(found.group(), found.start(), found.end())


Cells = dict[int, tuple[Word, int]]
Rows = Sequence[tuple[list[Word], int, int | None]]


def _runs(rows: Rows) -> list[tuple[int | None, tuple[int, int]]]:
    """Runs of lines that make one grid, and of those between: a run has values, and texts in columns above them."""
    runs: list[tuple[int | None, tuple[int, int]]] = []
    valued = [
        i
        for i, (words, _, _) in enumerate(rows)
        if len(words) >= 2 and any(read_kind(w.text) in "VY" for w in words) and not _has_years_only(words)
    ]
    if not valued:
        return [(None, (0, len(rows)))]
    groups: list[list[int]] = [[valued[0]]]
    for a, b in pairwise(valued):
        gap = rows[a + 1 : b]
        blanks = [k for k, (words, _, _) in enumerate(gap) if not words]
        prose = any(len(words) == 1 and len(words[0].text) > 60 for words, _, _ in gap)
        is_new = bool(blanks) and any(words for words, _, _ in gap[blanks[0] :])
        if prose or is_new or len(blanks) > 2:
            groups.append([b])
        else:
            groups[-1].append(b)
    position = 0
    for group in groups:
        begin = _header_above(rows, position, group[0])
        if begin > position:
            runs.append((None, (position, begin)))
        position = group[-1] + 1
        runs.append((begin, (begin, position)))
    if position < len(rows):
        runs.append((None, (position, len(rows))))
    return runs


def _has_years_only(words: Sequence[Word]) -> bool:
    """Several years and no other value: a header."""
    kinds = [read_kind(w.text) for w in words]
    return "V" not in kinds and kinds.count("Y") > 1


def _header_above(rows: Rows, position: int, first: int) -> int:
    """The first line of the header of a run: the topmost line with cells apart, or set in, and no blank line between."""
    begin = first
    for j in range(first - 1, position - 1, -1):
        words = rows[j][0]
        if not words or first - j > 8:
            break
        if len(words) >= 2 or words[0].start > 12:
            begin = j
    return begin


def _grid(rows: Rows, is_broken: bool = False) -> Grid | None:
    """Columns where the cells of rows with values stand; a header cell spans the columns that it is set over.

    ``is_broken``: a header cell goes on in the line below where each stands over a column of its own; None where
    no line is like that.
    """
    valued = [
        i
        for i, (words, _, _) in enumerate(rows)
        if any(read_kind(w.text) == "V" for w in words) and len(words) > 1
    ]
    extents = _columns([rows[i][0] for i in valued])
    first = valued[0]
    placed: list[Cells] = [{} for _ in rows]
    below: set[int] = set()
    parts = [k for k in range(first) if is_broken and _stands_singly(rows, k, first, extents) is not None]
    if is_broken and not parts:
        return None
    for i in range(len(rows) - 1, -1, -1):
        words = rows[i][0]
        if i in parts:
            placed[i] = _stands_singly(rows, i, first, extents) or {}
        elif i < first and len(words) > 0 and below and not _fits_singly(words, extents):
            placed[i] = _over(words, extents, below)
        else:
            placed[i] = _reached(words, extents)
        if i < first:
            below |= {k for at, (_, span) in placed[i].items() for k in range(at, at + span)}
    for i in parts:
        for at in [at for at in placed[i] if at]:
            if at in placed[i + 1]:
                _prepend(placed[i + 1], {at: placed[i].pop(at)})
            else:
                placed[i + 1][at] = placed[i].pop(at)
    gone = _wrapped(rows, placed, first, valued)
    made = []
    for i, ((_, line, page), cells) in enumerate(zip(rows, placed, strict=True)):
        if i in gone:
            continue
        row: list[Piece | None] = [None] * len(extents)
        for at, (word, span) in cells.items():
            text = word.text if at or not word.start else " " * word.start + word.text
            row[at] = Piece(text, line, page, colspan=span)
        made.append(tuple(row))
    return Grid(tuple(made), "spaces")


# --- labels broken over lines ----------------------------------------------------------------------------------


def _wrapped(rows: Rows, placed: list[Cells], first: int, valued: Sequence[int]) -> frozenset[int]:
    """Join texts broken over lines into the line that has the values, whichever of them that is.

    Between two lines of values stand lines of texts: the first of them may go on what stands above, the last
    may begin what stands below, those between are headings. Gives the lines that are used up.
    """
    edges: dict[int, int] = {}
    for i in range(first, len(rows)):
        for at, (word, _) in placed[i].items():
            edges[at] = max(edges.get(at, 0), word.end)
    is_valued = set(valued)
    texts = {at for at in edges if sum(_is_text(placed[i], at) for i in valued) * 2 > len(valued) or at == 0}
    sure = [placed[i][min(placed[i])][0].text for i in valued if placed[i]]
    low_is_usual = sum(t[:1].islower() for t in sure) * 4 > len(sure)
    gone: set[int] = set()
    i = first
    while i < len(rows):
        j = i + 1
        while j < len(rows) and placed[j] and j not in is_valued and set(placed[j]) <= texts:
            j += 1
        run = range(i + 1, j)
        if run and i in is_valued:
            below = j if j in is_valued else None
            up, down = _division(placed, i, run, below, edges, low_is_usual)
            for k in run[:up]:
                _append(placed[i], placed[k])
                gone.add(k)
            for k in reversed(run[len(run) - down :]) if down and below is not None else ():
                _prepend(placed[below], placed[k])
                gone.add(k)
        i = j
    return frozenset(gone)


def _is_text(cells: Cells, at: int) -> bool:
    return at in cells and read_kind(cells[at][0].text) in "TK"


def _division(
    placed: Sequence[Cells],
    above: int,
    run: range,
    below: int | None,
    edges: dict[int, int],
    low_is_usual: bool,
) -> tuple[int, int]:
    """How many lines of a run go on the line above, and how many begin the one below."""
    best = (0.0, 0, 0)
    chain = [above, *run, *([below] if below is not None else [])]
    for up in range(len(run) + 1):
        for down in range(len(run) - up + 1) if below is not None else (0,):
            price = 0.0
            for k in range(len(chain) - 1):
                is_one = k < up or (down > 0 and k > len(run) - down)
                price += _seam(placed[chain[k]], placed[chain[k + 1]], edges, is_one, low_is_usual)
            if (price, up + down) < (best[0], best[1] + best[2]) or (up, down) == (0, 0):
                best = (price, up, down)
    return best[1], best[2]


def _seam(upper: Cells, lower: Cells, edges: dict[int, int], is_one: bool, low_is_usual: bool) -> float:
    """What it costs that one line goes on in the next, or does not."""
    shared = [at for at in lower if at in upper and read_kind(lower[at][0].text) in "TK"]
    if not shared or any(at not in upper for at in lower if read_kind(lower[at][0].text) == "T"):
        return 9.0 if is_one else 0.0
    at = shared[-1]
    one, two = upper[at][0], lower[at][0]
    begins_low = two.text[:1].islower() or two.text[:1] in "(/"
    overflows = one.end + 1 + len(two.text.split()[0]) > edges[at]
    if is_one:
        if two.start < one.start:
            return 9.0
        price = 1.1 + (0.0 if overflows else 1.8)
        if begins_low and not low_is_usual:
            price -= 1.0
        if ENDS_OPEN.search(one.text):
            price -= 0.8
        return price + (2.0 if one.text.endswith(":") else 0.0)
    price = 0.0
    if begins_low and not low_is_usual:
        price += 0.8 + (1.2 if overflows else 0.0)
    return price + (1.5 if ENDS_OPEN.search(one.text) else 0.0)


def _append(cells: Cells, more: Cells) -> None:
    for at, (word, _) in more.items():
        known, span = cells[at]
        cells[at] = (Word(join([known.text, word.text]), known.start, word.end), span)


def _prepend(cells: Cells, more: Cells) -> None:
    for at, (word, _) in more.items():
        known, span = cells[at]
        cells[at] = (Word(join([word.text, known.text]), word.start, known.end), span)


# --- words over columns ----------------------------------------------------------------------------------------


def _stands_singly(rows: Rows, i: int, first: int, extents: Sequence[tuple[int, int]]) -> Cells | None:
    """Words of a header line each over one column, set as the text below it is; None where one is not."""
    if i + 1 >= first or not rows[i][0] or not rows[i + 1][0]:
        return None
    below = _reached(rows[i + 1][0], extents)
    found: Cells = {}
    for word in rows[i][0]:
        near = [
            (min(abs(word.end - b), abs(word.start + word.end - a - b) / 2, abs(word.start - a)), k)
            for k, (a, b) in enumerate(extents)
            for a, b in [(below[k][0].start, below[k][0].end) if k in below and below[k][1] == 1 else (a, b)]
            if word.start < b and word.end > a
        ]
        off, at = min(near, default=(9.0, -1))
        if off > 1 or at in found:
            return None
        found[at] = (word, 1)
    return found if any(found) and len(found) < len(extents) else None


def _unbroken(rows: Rows) -> float:
    """What speaks against header texts that go on in the next line: nothing in how they are written says so."""
    texts = [w.text for words, _, _ in rows[:8] for w in words[1:] if read_kind(w.text) == "T"]
    low = sum(t[:1].islower() for t in texts)
    is_torn = any(t.endswith("-") and t[-2:-1].isalpha() for t in texts)
    return 0.4 - 0.3 * min(low, 3) - 2.0 * is_torn


def _fits_singly(words: Sequence[Word], extents: Sequence[tuple[int, int]]) -> bool:
    """Whether there is a word for every column, or nearly: then each stands over its own."""
    return len(words) >= len(extents) - 1


def _reached(words: Sequence[Word], extents: Sequence[tuple[int, int]]) -> dict[int, tuple[Word, int]]:
    """Words at the columns that they reach over; two words over one column are one cell."""
    found: dict[int, tuple[Word, int]] = {}
    for word in words:
        reached = [k for k, (a, b) in enumerate(extents) if word.start < b and word.end > a]
        if not reached:
            reached = [
                min(
                    range(len(extents)),
                    key=lambda k: min(abs(extents[k][0] - word.end), abs(word.start - extents[k][1])),
                )
            ]
        free = [k for k in reached if k not in found]
        at = free[0] if free else reached[0]
        if at in found:
            known, span = found[at]
            found[at] = (Word(f"{known.text} {word.text}", known.start, word.end), span)
        else:
            found[at] = (word, len([k for k in reached if k >= at]))
    return found


def _over(
    words: Sequence[Word], extents: Sequence[tuple[int, int]], below: set[int]
) -> dict[int, tuple[Word, int]]:
    """Words of an upper layer over the columns below them: the division under which each is best centred, or set left or right."""
    single = _reached(words, extents)
    fixed = {
        at: (w, 1)
        for at, (w, span) in single.items()
        if at not in below and not any(k in below for k in range(at, at + span))
    }
    free = [w for w in words if all(w is not v for v, _ in fixed.values())]
    columns = [k for k in sorted(below) if k not in fixed]
    if 0 in columns and free and free[0].start == 0:
        columns.remove(0)
        fixed[0] = (free.pop(0), 1)
    elif 0 in columns and free and free[0].start >= extents[0][1]:
        columns.remove(0)
    if not free or len(columns) < len(free):
        return single
    best: tuple[float, tuple[int, ...]] | None = None
    for mode in range(3):
        for cut in combinations(range(1, len(columns)), len(free) - 1):
            stops = (*cut, len(columns))
            price, start = 0.0, 0
            for word, stop in zip(free, stops, strict=True):
                a, b = extents[columns[start]][0], extents[columns[stop - 1]][1]
                off = (
                    (word.start + word.end - a - b) / 2
                    if mode == 0
                    else word.start - a
                    if mode == 1
                    else word.end - b
                )
                price += off * off
                start = stop
            if best is None or price < best[0]:
                best = (price, cut)
        if len(columns) > 24:
            break
    if best is None:
        return single
    start = 0
    for word, stop in zip(free, (*best[1], len(columns)), strict=True):
        fixed[columns[start]] = (word, columns[stop - 1] - columns[start] + 1)
        start = stop
    return fixed


def _columns(body: Sequence[Sequence[Word]]) -> list[tuple[int, int]]:
    """Extents on the line that the cells of rows cover, one per column."""
    covered: list[list[int]] = []
    for start, end in sorted((w.start, w.end) for words in body for w in words):
        if covered and start < covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], end)
        else:
            covered.append([start, end])
    return [(a, b) for a, b in covered]
