"""What every proposer ends in: a table of which columns and rows are known, before it means anything.

A panel holds the rows below a header in order, each with the printed pieces under its value columns. Whether a
row is a total, which headings hold it and what numbers are printed is decided after this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .model import Notation, Piece, Prose

ROW, HEADING, BLANK, NOTE = "row", "heading", "blank", "note"


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a panel. ``values`` has a piece or None for every value column."""

    kind: str  # row | heading | blank | note
    label: str = ""
    code: str = ""
    line: int = 0
    page: int | None = None
    values: tuple[Piece | None, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)  # attribute -> text
    outer: tuple[str, ...] = ()  # texts of columns that group rows, left of the label
    indent: int = 0
    is_bold: bool = False
    is_loose: bool = False  # fewer values than columns, packed left: their columns are not known
    overfull: tuple[str, ...] = ()  # printed texts of a row that has more values than there are columns
    has_own_label: bool = True

    @property
    def name(self) -> str:
        """The label with its code in front."""
        return f"{self.code} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """How sure a reading is: its cost, the cost of the next of another meaning, and what that one says."""

    cost: float = 0.0
    margin: float | None = None  # None: there is no other reading
    second: str = ""
    terms: Mapping[str, float] = field(default_factory=dict)
    by: str = "grid"  # grid | pattern | lines
    other: Panel | None = None  # the next reading in full, its own reading left out
    by_sums: bool = False  # without the sums that hold in its rows another header would be cheaper


@dataclass(frozen=True, slots=True)
class Panel:
    """A table as rows and named columns. ``captions`` stand inside the table, above its header."""

    paths: tuple[tuple[str, ...], ...]
    rows: tuple[Strip, ...]
    corner: str = ""
    captions: tuple[Prose, ...] = ()
    header: tuple[str, ...] = ()  # the texts of the header as printed, its key for answers
    header_lines: tuple[str, ...] = ()  # the same as whole lines, where lines are known
    attributes: tuple[str, ...] = ()
    formula: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # of every column, where a row below the header says in what it is counted
    layout: str = ""
    sheet: str | None = None
    first_line: int = 0
    last_line: int = 0
    page: int | None = None
    reading: Reading = field(default_factory=Reading)
    has_header: bool = True
    cells_by_sums: bool = False  # sums told where one cell of its rows ends and the next begins
    notation: Notation = "nl"  # how the file prints its numbers, see formats.notation
    repeats_groups: bool = False  # the column of groups prints its text in every row


def told(paths: Sequence[Sequence[str]]) -> str:
    """Column paths as one text: ``Begroting > 2024 | Begroting > 2025``; a column without a name is ``-``."""
    return " | ".join(" > ".join(path) or "-" for path in paths)


def said(paths: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """The words of every column path: what it says, whichever of them stand above which.

    >>> said([("Begroting", "2024")]) == said([("2024", "Begroting")]) == said([("Begroting 2024",)])
    True
    """
    return tuple(frozenset(re.findall(r"\w+", " ".join(path).lower())) for path in paths)


def said_below(paths: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """What columns say (``said``), less a text that stands over all of them: that is as soon the title of the table.

    >>> said_below([("2024", "Lasten"), ("2024", "Baten")]) == said([("Lasten",), ("Baten",)])
    True
    """
    shared = len({path[0] for path in paths if path}) == 1 and all(len(path) > 1 for path in paths)
    return said([path[1:] for path in paths] if shared else paths)


def extended(panel: Panel, rows: Sequence[Strip], last_line: int) -> Panel:
    """The panel with the rows that another page adds. Its other reading has them too, where it has as many columns."""
    other = panel.reading.other
    if other is not None:
        goes_on = len(other.paths) == len(panel.paths)
        other = replace(other, rows=(*other.rows, *rows), last_line=last_line) if goes_on else None
    reading = replace(panel.reading, other=other)
    return replace(panel, rows=(*panel.rows, *rows), last_line=last_line, reading=reading)


def beside(panel: Panel, other: Panel, margin: float) -> Panel:
    """A panel with the next reading of its header, where its own proposer knows none that is nearer."""
    reading = panel.reading
    if reading.margin is not None and reading.margin <= margin:
        return panel
    other = replace(other, reading=replace(other.reading, other=None))
    return replace(panel, reading=replace(reading, margin=margin, second=told(other.paths), other=other))
