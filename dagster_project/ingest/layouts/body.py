"""A header and the entries below it, to a grid: a row per heading and per entry, the header on top.

A row with fewer values is loose, one with more keeps them all, for the reader of tables to reject; numbers
that end a label go back to it. What does not belong here: how many columns there are and what heads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..headers import unit_in
from ..meaning import plain
from ..model import Fragment, Grid, Piece, Prose
from .above import Header
from .entries import Entry
from .segments import is_label_number
from .tokens import Token, Value, separate, with_text

_Row = tuple[Piece | None, ...]


@dataclass(slots=True)
class Block:
    """One table in the making."""

    header: Header
    n: int  # columns with values
    entries: list[Entry]

    @property
    def width(self) -> int:
        """The number of columns beside the labels: those with values and those with texts."""
        return self.n + self.header.texts_before + self.header.texts_after


def emit(block: Block, layout: str, tail: list[Token]) -> list[Fragment]:
    """One grid, and the texts of ``tail`` that are not in its last row as prose.

    ``tail`` is what follows the last row of a stream, nothing for a table that another one follows.
    """
    header, width = block.header, block.width
    rows: list[_Row] = []
    loose: set[int] = set()
    for depth, layer in enumerate(header.layers):
        rows.append(_layer(layer, header.corner if depth == 0 else None, header.line, width))
    for cells, is_loose in _body(block, tail):
        if is_loose:
            loose.add(len(rows))
        rows.append(cells)
    grid = Grid(tuple(rows), layout, sure=False, loose_rows=frozenset(loose), header_rows=len(header.layers))
    after = tail[header.texts_after :]
    return [grid, *(Prose(text, line, t.page) for t in after for text, line in separate(t))]


def _layer(layer: tuple[tuple[str, int], ...], corner: Token | None, line: int, width: int) -> _Row:
    cells: list[Piece | None] = [_piece(corner) if corner else None]
    for text, span in layer:
        cells.append(Piece(text, line, colspan=span) if text else None)
        cells += [None] * (span - 1)
    return tuple(cells + [None] * (width + 1 - len(cells)))


def _piece(token: Token) -> Piece:
    return Piece(token.text, token.line, token.page)


def _body(block: Block, tail: list[Token]) -> Iterator[tuple[_Row, bool]]:
    """The rows below the header, headings among them, and whether each is loose."""
    n, width = block.n, block.width
    before, after = block.header.texts_before, block.header.texts_after
    entries = block.entries if before or after else _with_text_values(block.entries, n)
    counts = Counter(_stem(e) for e in entries if e.is_row and len(e.values) > n)
    for index, entry in enumerate(entries):
        labels = entry.labels
        if index and after:
            labels = labels[after:]
        own = labels[-1 - before :] if labels else []
        for heading in labels[: max(0, len(labels) - 1 - before)]:
            yield (_piece(heading), *[None] * width), False
        label, values = _give_back(own[0] if own else None, entry, n, counts)
        following = entries[index + 1].labels[:after] if index + 1 < len(entries) else tail[:after]
        cells: list[Piece | None] = [_piece(label) if label else None]
        cells += [_piece(t) for t in own[1:]]
        cells += [Piece(text, line) for text, line in values]
        cells += [None] * (n - len(values))
        cells += [_piece(t) for t in following]
        cells += [None] * (width + 1 - len(cells))
        yield tuple(cells), len(values) < n


def _stem(entry: Entry) -> str:
    return plain(entry.labels[-1].text) if entry.labels else ""


def _give_back(
    label: Token | None, entry: Entry, n: int, counts: Counter[str]
) -> tuple[Token | None, list[Value]]:
    """Numbers that end a label on the line of its values go back to the label: ``Programma 0 1.312 247``."""
    extra = len(entry.values) - n
    if extra == 0 and label is not None and entry.is_row and counts[plain(label.text)] >= 2 and n > 1:
        extra = 1  # the other rows named so have a number in their label: here a value dropped out
    if label is None or not entry.is_row or extra <= 0 or extra > 2:
        return label, entry.values
    lead = [text for text, _ in entry.values[:extra]]
    is_unit = extra == 1 and unit_in(f"{label.text} {lead[0]}") and not unit_in(label.text)
    if not is_unit and not all(is_label_number(t) for t in lead):
        return label, entry.values
    return with_text(label, " ".join([label.text, *lead])), entry.values[extra:]


def _with_text_values(entries: list[Entry], n: int) -> list[Entry]:
    """A word among values (``stijging``) is a value where it fills a row exactly."""
    result: list[Entry] = []
    for entry in entries:
        last = result[-1] if result else None
        is_word = len(entry.labels) == 1 and entry.labels[0].text[:1].islower()
        if last is not None and is_word and last.values and len(last.values) + 1 + len(entry.values) == n:
            last.values = [*last.values, (entry.labels[0].text, entry.labels[0].line), *entry.values]
        else:
            result.append(Entry(entry.labels, list(entry.values), entry.is_row))
    return result
