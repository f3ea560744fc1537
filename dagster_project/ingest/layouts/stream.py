"""Tables that are no more than texts and values in order, to grids whose columns were inferred.

Serves one cell per line, PDF text and single-spaced rows alike. How many columns there are follows from
how many values rows have, and from the header; each step from tokens to grids has a module of its own
(``tokens``, ``entries``, ``segments``, ``above``, ``body``). What does not belong here: what a header or
label means beyond whether it is one.
"""

from __future__ import annotations

from ..model import Fragment, Prose
from . import aligned
from .above import header_over
from .body import Block, emit
from .entries import entries_of
from .lines import Line
from .segments import lift_numbers, segments, width
from .tokens import Stream, tokenize


def read(lines: list[Line]) -> list[Fragment]:
    """Prose and grids of lines without tabs or pipes."""
    grids = aligned.read(lines)
    if grids is not None:
        return grids
    stream = tokenize(lines)
    if stream.layout == "prose":
        return [Prose(t.text, t.line, t.page) for t in stream.tokens if t.text]
    return _fragments(stream)


def _fragments(stream: Stream) -> list[Fragment]:
    """A grid per table with its titles in front; one below the same header once more goes on with it."""
    entries, tail = entries_of(stream)
    found: list[Fragment] = []
    block: Block | None = None
    for segment in segments(entries, stream.layout):
        lift_numbers(segment)
        previous = block.header if block is not None else None
        n = width(segment, previous, stream.layout)
        header = header_over(segment, n, previous, stream.layout)
        segment[0].labels = header.rest
        if block is not None and header.is_continuation:
            block.entries += segment
            continue
        if block is not None:
            found += emit(block, stream.layout, [])
        block = Block(header, n, segment)
        found += [Prose(t.text, t.line, t.page) for t in header.titles]
    if block is not None:
        found += emit(block, stream.layout, tail)
    return found
