"""The nouns of reading: what a document is made of before and after its tables are understood.

Two generations of nouns meet here. A *fragment* is what a reader of some format saw, in document
order: a line of prose or a grid of text with positions, nothing interpreted. A *table* is a grid that
has been understood: rows and columns with paths and meanings, cells with numbers. Everything between
the two is shared by all formats.

What does not belong here: behaviour. These are frozen records that pass between pure functions. The
two that a document has by the thousand, ``Piece`` and ``Cell``, are named tuples, which are made in a
fraction of the time; a changed one comes from ``_replace``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, NamedTuple

PATH_SEPARATOR = " > "
Notation = Literal["nl", "en"]  # how a file prints its numbers: 1.234,5 or 1,234.5
GEVRAAGD = "gevraagd"  # a reading that a person must decide
ANTWOORD = "antwoord"  # a reading that a person decided


def join_path(path: tuple[str, ...]) -> str:
    """A path as it is stored: its levels joined with `` > ``."""
    return PATH_SEPARATOR.join(path)


# --- fragments: what a reader saw -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prose:
    """A line of running text between tables: a heading, a caption, a note."""

    text: str
    line: int
    page: int | None = None
    sheet: str | None = None
    level: int = 0  # 1..6 where the format says that this is a heading, else 0


class Piece(NamedTuple):
    """The text of one grid position. A merged cell is one piece at its origin, None at the others."""

    text: str
    line: int
    page: int | None = None
    colspan: int = 1
    rowspan: int = 1
    is_bold: bool = False  # all of it is set in bold
    indent: int = (
        0  # how far a label stands from the left of its cell, in steps of a format; 0 where not known
    )
    is_head: bool = False  # the format says that it is a header cell (th, or a cell of thead)


class OtherHeader(NamedTuple):
    """What the first rows of a grid may be too, where places leave open what its header stands over."""

    rows: tuple[tuple[Piece | None, ...], ...]
    instead_of: int  # rows of the grid
    off: float  # how much worse it fits the places than the header of the grid, in the terms of the judge


@dataclass(frozen=True, slots=True)
class Grid:
    """What every format ends in: rows of pieces whose index is the column.

    ``sure`` says that columns are facts of the format (tab, pipe, html, xlsx, csv). Where a layout had
    to infer them (one cell per line, PDF text, space-aligned) a row that has fewer values than there
    are value columns is flagged in ``loose_rows`` (indices into ``rows``), its values packed left.
    """

    rows: tuple[tuple[Piece | None, ...], ...]
    layout: str  # tab | pipe | lines | pdf-text | spaces | html | pdf | xlsx | csv
    sheet: str | None = None
    sure: bool = True
    loose_rows: frozenset[int] = frozenset()
    header_rows: int | None = None  # where the format says so (thead), else None
    notation: Notation = "nl"  # how the file prints its numbers, see formats.notation
    others: tuple[OtherHeader, ...] = ()
    are_groups_open: bool = False  # where names of groups stand does not tell which rows these name

    def under(self, header: OtherHeader) -> Grid:
        """The same rows under another header."""
        return replace(self, rows=(*header.rows, *self.rows[header.instead_of :]), others=())


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of text that may hold tables of which no format tells the columns."""

    lines: tuple[tuple[str, int, int | None], ...]  # text as printed, line number, page
    by_sums: frozenset[int] = frozenset()  # numbers of lines that sums parted into cells


Fragment = Prose | Grid | Passage


# --- tables: what it means --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """One value column. ``path`` as printed, outermost header first."""

    no: int  # 1-based among the value columns of the table
    path: tuple[str, ...]
    grootheid: str | None = None  # see vocabulary.GROOTHEDEN
    stand: str | None = None  # see vocabulary.STANDEN
    jaar: int | None = None
    rol: str = "item"  # item | total | balance | difference
    formule: str | None = None  # as printed below the header: a, or d = a + b - c


@dataclass(frozen=True, slots=True)
class Row:
    """One row that carries values. ``path`` as printed: groups first, own label last."""

    no: int  # 1-based among the value rows of the table
    path: tuple[str, ...]
    line: int
    grootheid: str | None = None
    code: str | None = None  # a code printed in front of the label: 9A1.a, 6.71, 25-NB-6.1
    rol: str = "item"  # item | subtotal | total | balance | difference
    depth: int = 0
    block: int = 0  # counts the groups / repeated blocks, so that equal labels stay apart
    is_group_total: bool = False  # carries its own group's total without a word that says so
    bron: str | None = None  # indicators: the source as printed
    eenheid: str | None = None  # indicators: the unit of the row
    noot: str | None = None  # footnote on the label or on the source, with its text when found
    klasse: str | None = None  # reserves: the class heading above a reserve, which is no part of its path
    lezing: str = "zeker"  # zeker | gevraagd: the columns of its values are not known


class Cell(NamedTuple):
    """One printed value. ``value`` is as printed, in printed units, never scaled or re-signed."""

    row: int  # Row.no
    column: int  # Column.no
    text: str
    value: Decimal | None  # None where a mark says that there is no number
    line: int
    is_nil: bool = False  # a mark that means zero
    is_missing: bool = False  # a mark that means unknown or none (n.b., or a dash among targets)
    decimals: int = 0
    marker: str | None = None  # V or N as printed beside the number
    sign: int = 1  # -1 where the marker carries the sign and the number is printed without one
    comparator: str | None = None  # >=, <, ...
    eenheid: str | None = None  # %, ha, ... printed with the value
    noot: str | None = None  # footnote marks as printed, with their text when found
    jaar: int | None = None  # a year printed with the value: 5,8 (2014)
    occurrence: int = 1  # 2, 3, ... for further values in the same printed cell
    page: int | None = None
    is_placed: bool = False  # its column was found by arithmetic

    @property
    def amount(self) -> Decimal | None:
        """The number that sums use: nil counts as zero, a missing mark is None. Unsigned by marker."""
        return Decimal(0) if self.is_nil and self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read, or must be asked. ``key`` names the document.yml answer."""

    path: str
    line: int | None
    reason: str  # in Dutch
    text: str = ""
    kind: str = "reject"  # reject | question | note
    key: str | None = None
    reason_en: str = ""  # the same in English
    toelichting: str = (
        ""  # what the numbers say of it, in Dutch: it may change while the question stays the same
    )
    toelichting_en: str = ""  # the same in English
    verschil: Decimal | None = None  # how far the nearest reading is off at most, in printed units
    delen: str = ""  # what the nearest reading adds up, by number: "rijen: +1 +2 -3 = 4", or "kolommen: ..."


@dataclass(frozen=True, slots=True)
class Options:
    """The readings of a table that a person can choose from: one or two, each as the paths of its columns."""

    key: str  # of the layout that the choice holds for; empty where there is no header
    kop: tuple[str, ...]  # the texts of the header, as printed
    readings: tuple[tuple[tuple[str, ...], ...], ...]
    verschil: str = ""  # in which rows they differ, in Dutch
    verschil_en: str = ""  # the same in English


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was understood, still in printed units and printed signs."""

    no: int  # 1-based within the document
    path: str  # the file it stands in, relative to the document's folder
    caption: str
    kind: str  # see vocabulary.KINDS
    layout: str
    unit: str | None  # EUR | EUR_1000 | EUR_MLN | None: not known
    unit_source: str | None  # caption | header | document.yml | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    first_line: int
    last_line: int
    section: tuple[str, ...] = ()  # headings above it, outermost first
    notes: tuple[str, ...] = ()  # footnotes and legends that belong to it
    page: int | None = None
    sheet: str | None = None
    loose_rows: frozenset[int] = frozenset()  # Row.no whose columns are not sure
    rejects: tuple[Reject, ...] = ()
    prefix: tuple[
        str, ...
    ] = ()  # leading levels of every row path, where sibling tables differ in their title
    lezing: str = "zeker"  # zeker | sommen (sums decided) | antwoord (a person did) | gevraagd
    header_by_sums: bool = False  # sums that hold across the columns decided what they are called
    cells_by_sums: bool = False  # sums decided where one cell of its rows ends and the next begins
    lezing_marge: float | None = None  # to the next best reading of another meaning; None: there is none
    lezing_tweede: str | None = None  # what that one says
    options: Options | None = None  # what a person can choose from

    @property
    def is_asked(self) -> bool:
        """Whether a person must say first how it is read: then its numbers count nowhere."""
        return self.lezing == GEVRAAGD

    def at(self) -> dict[tuple[int, int], Cell]:
        """The first value of each position."""
        return {(c.row, c.column): c for c in reversed(self.cells) if c.occurrence == 1}


@dataclass(frozen=True, slots=True)
class Label:
    """A coded label as printed somewhere: the same code must carry the same words everywhere."""

    code: str
    text: str
    soort: str  # doel | prestatie | indicator | beleidsterrein | programma | taakveld | ...
    line: int
    path: str
    table_no: int | None = None


@dataclass(frozen=True, slots=True)
class Prestatie:
    """A goal and one thing that is done for it."""

    doel_code: str
    doel: str
    prestatie_code: str
    prestatie: str
    beleidsterrein_code: str | None
    beleidsterrein: str | None
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a small CSV extract with a known header (vermeldingen, programmas, maatregelen)."""

    kind: str  # vermelding | programma | maatregel
    path: str
    line: int
    values: dict[str, str | None] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One sum that a table claims: sum(coefficient x amount) = 0, the total has -1.

    Coefficients already carry the sign of V/N markers, so that the sum runs over printed amounts.
    A term names a cell as (table no, row no, column no).
    """

    kind: str  # see vocabulary.RULE_KINDS
    scope: str  # row | column | table | document
    terms: tuple[tuple[tuple[int, int, int], Decimal], ...]
    nl: str  # one sentence an auditor can read
    en: str
    is_complete: bool = True  # False: a part has no number or was rejected, so it cannot be judged
    is_decisive: bool = False  # its numbers decided how the table is read: no proof of that reading
    diagnosis: str | None = None  # what would close it, where it does not hold, in Dutch
    diagnosis_en: str | None = None  # the same in English
    slip: str | None = (
        None  # where a part is left out or counts twice: that, without the amount, so that columns compare
    )
    slip_en: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimTerm:
    """One part of what a claim adds up: a mention, or the one cell that table, row and column point at."""

    coefficient: Decimal
    mention: str | None = None
    table: str | None = None  # a kind of table, or words of its caption
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says about the figures: a mention equals a sum, with the meaning of the words used."""

    claim: str
    mention: str
    terms: tuple[ClaimTerm, ...]
    nl: str
    en: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Convention:
    """One choice about signs or directions in one table, and how it was made."""

    table_no: int
    naam: str  # baten_teken | onttrekking_teken | verschil_richting | saldo_richting | ...
    keuze: str  # e.g. "+", "-", "begroting - realisatie"
    bron: str  # structuur | cijfers | opschrift | document.yml
    tried: tuple[str, ...]  # every reading that there was to choose from, the likeliest by words first
    survived: int  # how many of them were feasible
    declared: str | None = None  # what the caption says, if it says anything
    is_contradicted: bool = False  # the caption says otherwise

    @property
    def hypotheses(self) -> int:
        """How many readings were tried."""
        return len(self.tried)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its description, what was found in it, and what could not be read."""

    document_id: str
    meta: dict[str, object] = field(hash=False)
    sha256: str
    tables: tuple[Table, ...] = ()
    rules: tuple[Rule, ...] = ()
    conventions: tuple[Convention, ...] = ()
    labels: tuple[Label, ...] = ()
    prestaties: tuple[Prestatie, ...] = ()
    records: tuple[Record, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejects: tuple[Reject, ...] = ()
    inputs: tuple[tuple[str, str, int], ...] = ()  # path, sha256, bytes
