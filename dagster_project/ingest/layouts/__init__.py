"""Text to fragments: which lines are prose and which are a table, in which of five layouts.

A file mixes prose, headings and tables, so a layout belongs to a run of lines and not to a file. Each
layout has a module of its own; all end in the same grid. What does not belong here: what a grid means.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fragment
from . import delimited, stream
from .lines import Line, lines_of

__all__ = ["fragments"]


def fragments(text: str) -> list[Fragment]:
    """The prose and the grids of a text, in order. Line numbers count from 1 in the text as given."""
    lines = lines_of(text)
    if "\t" not in text and "|" not in text:
        return stream.read(lines)
    found: list[Fragment] = []
    for kind, run in _runs(lines):
        if kind == "tab":
            found += delimited.tab(run)
        elif kind == "pipe":
            found += delimited.pipe(run)
        else:
            found += stream.read(run)
    return found


def _runs(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Runs of lines in one family of layouts.

    A blank line ends a run with tabs or pipes, unless what follows goes on with the same table.
    """
    run: list[Line] = []
    kind = "other"
    after_blank = False
    for line in lines:
        if not line.text.strip():
            run.append(line)
            after_blank = True
            continue
        here = delimited.kind_of(line.text)
        ends = after_blank and kind != "other" and not delimited.goes_on(line.text, kind)
        if here != kind or ends:
            if run:
                yield kind, run
            run, kind = [], here
        run.append(line)
        after_blank = False
    if run:
        yield kind, run
