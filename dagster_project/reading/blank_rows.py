"""Rows that print no values, known by a table beside theirs: ``Reservemutatie incidenteel`` where a programma has none.

By itself such a row looks like a heading of what follows. Another table with the same columns that prints values beside
the same name, right above the same row, tells that it is a row. What does not belong here: headings whose rows say what
they are (``hierarchy``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .meaning import plain
from .panel import HEADING, ROW, Panel, Strip

_NUMBER = re.compile(r"\d+")


def with_blank_rows(panels: Sequence[Panel]) -> list[Panel]:
    """The panels of one file, with headings as rows without values where another one of the same columns shows that they are."""
    known: dict[tuple[tuple[str, ...], ...], set[tuple[str, str]]] = {}
    for panel in panels:
        names = (_names(a, b) for a, b in _pairs(panel) if a.kind == ROW and any(a.values))
        known.setdefault(panel.paths, set()).update(names)
    return [_with_rows(panel, known[panel.paths]) for panel in panels]


def _with_rows(panel: Panel, known: set[tuple[str, str]]) -> Panel:
    blank = {id(a) for a, b in _pairs(panel) if a.kind == HEADING and not a.is_bold and _names(a, b) in known}
    if not blank:
        return panel
    width = len(panel.paths)
    rows = (replace(s, kind=ROW, values=(None,) * width) if id(s) in blank else s for s in panel.rows)
    return replace(panel, rows=tuple(rows))


def _pairs(panel: Panel) -> Iterator[tuple[Strip, Strip]]:
    """Rows and headings, each with the one below it."""
    return pairwise(s for s in panel.rows if s.kind in (ROW, HEADING))


def _names(above: Strip, below: Strip) -> tuple[str, str]:
    """What two lines are called."""
    return _name(above), _name(below)


def _name(strip: Strip) -> str:
    """What a line is called, any number the same: ``Saldo programma 01`` and ``Saldo programma 02``."""
    return _NUMBER.sub("9", plain(strip.name))
