"""Columns lined up with blanks: positions on the line to a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from . import grids
from .grids import read_kind
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
        for found in grids.read_grid(_grid(rows[begin : end[1]]), soort, jaar):
            if isinstance(found, Grid):
                pieces += [
                    Prose(clean(" ".join(w.text for w in words)), line, page)
                    for words, line, page in rows[begin : end[1]]
                    if words
                ]
            else:
                pieces.append(found)
    yield from pieces


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


Rows = Sequence[tuple[list[Word], int, int | None]]


def _runs(rows: Rows) -> list[tuple[int | None, tuple[int, int]]]:
    """Runs of lines that make one grid, and of those between: a run has values, and texts in columns above them."""
    runs: list[tuple[int | None, tuple[int, int]]] = []
    valued = [
        i
        for i, (words, _, _) in enumerate(rows)
        if sum(read_kind(w.text) in "VY" for w in words) >= 1 and len(words) >= 2
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


def _grid(rows: Rows) -> Grid:
    """Columns where the cells of rows with values stand; a header cell spans the columns that it is set over."""
    valued = [
        i
        for i, (words, _, _) in enumerate(rows)
        if any(read_kind(w.text) == "V" for w in words) and len(words) > 1
    ]
    extents = _columns([rows[i][0] for i in valued])
    first = valued[0]
    placed: list[dict[int, tuple[Word, int]]] = [{} for _ in rows]
    below: set[int] = set()
    for i in range(len(rows) - 1, -1, -1):
        words = rows[i][0]
        if i < first and len(words) > 0 and below and not _fits_singly(words, extents):
            placed[i] = _over(words, extents, below)
        else:
            placed[i] = _reached(words, extents)
        if i < first:
            below |= {k for at, (_, span) in placed[i].items() for k in range(at, at + span)}
    made = []
    for (_, line, page), cells in zip(rows, placed, strict=True):
        row: list[Piece | None] = [None] * len(extents)
        for at, (word, span) in cells.items():
            text = word.text if at or not word.start else " " * word.start + word.text
            row[at] = Piece(text, line, page, colspan=span)
        made.append(tuple(row))
    return Grid(tuple(made), "spaces")


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
