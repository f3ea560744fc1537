"""Lines whose cells are set apart by a tab or a pipe, to grids: the columns are sure.

A row that has fewer cells than the table, or ends in blank ones while others do not, is loose: a cell
that dropped out shows only as a blank at the end. What does not belong here: what a cell means.
"""

from __future__ import annotations

import re
from collections import Counter

from ..model import Fragment, Grid, Piece, Prose
from ..numbers import NUMBER, clean, read
from .paragraphs import Line, join

_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*")
_ONE_PIPE = re.compile(r"\s*\S[^|]*\s\|\s[^|]*\S\s*")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,2})(?=\S)(.+?)(?<=\S)\1")
_TAG = re.compile(
    r"</?(?:b|big|em|font|i|p|s|small|span|strong|sub|sup|tt|u)>"
)  # how text is set; others are text
_LINE_END = re.compile(r"<br\s*/?>")
_ESCAPED = "\x00"


def kind_of(text: str) -> str:
    """tab, pipe or other."""
    if "\t" in text.strip():
        return "tab"
    if "|" not in text:
        return "other"
    if text.count("|") >= 2 or text.rstrip().endswith("|"):
        return "pipe"
    return "pipe" if _RULE.fullmatch(text) or _ONE_PIPE.fullmatch(text) else "other"


def goes_on(text: str, kind: str) -> bool:
    """Whether a line after a blank one goes on with the table above it: a label with numbers, no header."""
    cells = [clean(c) for c in text.strip("|").split("\t" if kind == "tab" else "|")]
    found = [read(c) for c in cells[1:] if c]
    return any(cells) and any(f and f[0].mark == NUMBER and not f[0].is_year for f in found)


def tab(lines: list[Line]) -> list[Fragment]:
    """Consecutive lines with tabs, as one grid."""
    return _grid([(line, line.text.split("\t") if line.text.strip() else []) for line in lines], "tab")


def pipe(lines: list[Line]) -> list[Fragment]:
    """Consecutive lines with pipes, as one grid; a line of dashes is no row, wherever it stands."""
    rows: list[tuple[Line, list[str]]] = []
    printed = [line for line in lines if line.text.strip() and not _RULE.fullmatch(line.text)]
    has_border = _has_border([line.text.strip() for line in printed])
    for line in lines:
        if not line.text.strip():
            rows.append((line, []))
            continue
        if _RULE.fullmatch(line.text):
            continue
        text = line.text.strip().replace("\\|", _ESCAPED)
        if has_border and text.startswith("|"):
            text = text[1:]
        if text.endswith("|"):
            text = text[:-1]
        rows.append((line, [cell.replace(_ESCAPED, "|") for cell in text.split("|")]))
    return _grid(rows, "pipe")


def _has_border(texts: list[str]) -> bool:
    """Whether a pipe in front is the border of the table: rows that begin with one have one more than the others.

    Where they have as many, it ends an empty first cell (`` | Bezetting`` below ``Bestuur | Formatie``).
    """
    first = Counter(text.count("|") for text in texts if text.startswith("|"))
    other = Counter(text.count("|") for text in texts if not text.startswith("|"))
    if first and other and first.most_common(1)[0][0] == other.most_common(1)[0][0]:
        return False
    return 2 * first.total() > len(texts)


def _grid(rows: list[tuple[Line, list[str]]], layout: str) -> list[Fragment]:
    while rows and not rows[-1][1]:
        rows.pop()
    while rows and not rows[0][1]:
        rows.pop(0)
    if not rows:
        return []
    table = [(line, [_text(cell, first=i == 0) for i, cell in enumerate(cells)]) for line, cells in rows]
    if all(len(cells) - cells.count("") <= 1 for _, cells in table):
        return [Prose(clean(" ".join(cells)), line.no, line.page) for line, cells in table if any(cells)]
    filled = [_filled(cells) for _, cells in table]
    width = max(filled)
    pieces = []
    for line, cells in table:
        row = [Piece(text, line.no, line.page) if text else None for text in cells[:width]]
        pieces.append(tuple(row + [None] * (width - len(row))))
    full = [k for k in filled if k == width]
    loose = frozenset(i for i, k in enumerate(filled) if 1 < k < width) if full else frozenset()
    return [Grid(tuple(pieces), layout, sure=True, loose_rows=loose)]


def _text(cell: str, first: bool) -> str:
    """A cell's text; spaces in front of the first one are kept, for they show how rows are nested."""
    text = clean(cell) if "<" not in cell else join(_LINE_END.split(_TAG.sub("", cell)))
    if text[:1] in ("*", "_"):
        text = _EMPHASIS.sub(r"\2", text)
    if not first or not text:
        return text
    return " " * (len(cell) - len(cell.lstrip(" \u00a0"))) + text


def _filled(cells: list[str]) -> int:
    """How many cells there are up to the last that is not blank."""
    return next((i for i in range(len(cells), 0, -1) if cells[i - 1]), 0)
