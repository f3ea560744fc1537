"""Text to fragments: which lines are prose and which are a table, in which of five layouts.

A file mixes prose, headings and tables, so a layout belongs to a run of lines and not to a file. Each
layout has a module of its own; all end in the same grid. What does not belong here: what a grid means.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fragment
from . import aligned, delimited, stream
from .lines import Line, lines_of

__all__ = ["fragments"]


def fragments(text: str) -> list[Fragment]:
    """The prose and the grids of a text, in order. Line numbers count from 1 in the text as given."""
    found: list[Fragment] = []
    for kind, run in _runs(lines_of(text)):
        if kind == "tab":
            found += delimited.tab(run)
        elif kind == "pipe":
            found += delimited.pipe(run)
        else:
            found += stream.read(run)
    return found


def _runs(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Runs of lines in one family of layouts; blank lines stay with the run that they are in."""
    run: list[Line] = []
    kind = ""
    for line in lines:
        here = delimited.kind_of(line.text) if line.text.strip() else ""
        if not line.text.strip():
            run.append(line)
            continue
        if (
            kind in ("tab", "pipe")
            and run
            and not run[-1].text.strip()
            and not (here == kind and delimited.goes_on(line.text, kind))
        ):
            yield kind, run
            run, kind = [], ""
        if here != kind and run and (kind or any(x.text.strip() for x in run)):
            yield kind or "other", run
            run = []
        kind = here
        run.append(line)
    if run:
        yield kind or "other", run
