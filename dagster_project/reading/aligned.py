"""Columns lined up with blanks: positions on the line to a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dagster_project.ingest.model import Grid, Piece, Prose
from dagster_project.ingest.numbers import clean

from . import grids
from .grids import read_kind
from .panel import Panel

_CELL = re.compile(r"\S+(?: \S+)*")


class Word(NamedTuple):
    """A cell on a line: its text and where it begins and ends."""

    text: str
    start: int
    end: int


def read(printed: Sequence[tuple[str, int, int | None]], soort: str, jaar: int | None) -> Iterator[Prose | Panel]:
    """Prose and panels of lines whose cells are lined up, in order."""
    rows = [(list(_words(text)), line, page) for text, line, page in printed]
    pieces: list[Prose | Panel] = []
    for begin, end in _runs(rows):
        if begin is None:
            pieces += [Prose(clean(" ".join(w.text for w in words)), line, page) for words, line, page in rows[end[0] : end[1]] if words]
            continue
        for found in grids.read_grid(_grid(rows[begin : end[1]]), soort, jaar):
            if isinstance(found, Grid):
                pieces += [Prose(clean(" ".join(w.text for w in words)), line, page) for words, line, page in rows[begin : end[1]] if words]
            else:
                pieces.append(found)
    yield from pieces


def _words(text: str) -> Iterator[Word]:
    text = text.replace("\u00a0", " ").replace("\t", "        ")
    for found in _CELL.finditer(text):
        yield Word(found.group(), found.start(), found.end())


Rows = Sequence[tuple[list[Word], int, int | None]]


def _runs(rows: Rows) -> list[tuple[int | None, tuple[int, int]]]:
    """Runs of lines that make one grid, and of those between: a run has values, and texts in columns above them."""
    runs: list[tuple[int | None, tuple[int, int]]] = []
    valued = [i for i, (words, _, _) in enumerate(rows) if sum(read_kind(w.text) in "VY" for w in words) >= 1 and len(words) >= 2]
    if not valued:
        return [(None, (0, len(rows)))]
    groups: list[list[int]] = [[valued[0]]]
    for a, b in zip(valued, valued[1:], strict=False):
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
        begin = group[0]
        while begin > position and len(rows[begin - 1][0]) >= 2:
            begin -= 1
        while begin > position and rows[begin - 1][0] and len(rows[begin - 1][0]) == 1 and rows[begin - 1][0][0].start > 12:
            begin -= 1
        if begin > position:
            runs.append((None, (position, begin)))
        position = group[-1] + 1
        runs.append((begin, (begin, position)))
    if position < len(rows):
        runs.append((None, (position, len(rows))))
    return runs


def _grid(rows: Rows) -> Grid:
    """Columns where the cells of rows with values stand; a header cell spans the columns that it reaches over."""
    body = [words for words, _, _ in rows if any(read_kind(w.text) == "V" for w in words) and len(words) > 1]
    extents = _columns(body)
    made = []
    for words, line, page in rows:
        cells: list[Piece | None] = [None] * len(extents)
        for word in words:
            reached = [k for k, (a, b) in enumerate(extents) if word.start < b and word.end > a]
            if not reached:
                reached = [min(range(len(extents)), key=lambda k: min(abs(extents[k][0] - word.end), abs(word.start - extents[k][1])))]
            at = reached[0]
            if cells[at] is not None:
                free = [k for k in reached if cells[k] is None]
                if free:
                    at = free[0]
                else:
                    cells[at] = cells[at]._replace(text=f"{cells[at].text} {word.text}")  # type: ignore[union-attr]
                    continue
            span = len([k for k in reached if k >= at])
            text = word.text if at or not word.start else " " * word.start + word.text
            cells[at] = Piece(text, line, page, colspan=span)
        made.append(tuple(cells))
    return Grid(tuple(made), "spaces")


def _columns(body: Sequence[Sequence[Word]]) -> list[tuple[int, int]]:
    """Extents on the line that the cells of rows cover, one per column."""
    covered: list[list[int]] = []
    for start, end in sorted((w.start, w.end) for words in body for w in words):
        if covered and start < covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], end)
        else:
            covered.append([start, end])
    return [(a, b) for a, b in covered]
