"""What a document prints of the whole gemeente, beside the Iv3 that the gemeente delivered: which number is which
figure, and the sums that say so.

Which rows speak of the whole gemeente follows from words and structure; numbers are not looked at. Lasten and baten may
both be larger or smaller than those of Iv3, where one of the two nets what the other does not, so that what they claim is
that the shift is equal. What does not belong here: where records come from, and what a difference means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain, stand_in, year_in

SCOPE = "cross_source"
_THOUSAND = {"EUR": Decimal(1000), "EUR_1000": Decimal(1), "EUR_MLN": Decimal("0.001")}
_BUDGET, _ACCOUNTS = "X000", "X005"
_RESERVES, _RESULT = "0.10", "0.11"
LASTEN, BATEN = "lasten", "baten"
TOTAL = "totaal"  # the code of what Iv3 has of all taakvelden without changes of reserves and the result

# What a document may print of the whole gemeente, of which kind that sum is, and what it is in figures of Iv3.
_MADE_OF: dict[str, tuple[str, tuple[tuple[int, str, str], ...]]] = {
    "saldo": ("iv3_saldo", ((1, TOTAL, BATEN), (-1, TOTAL, LASTEN))),
    "toevoeging": ("iv3_reserves", ((1, _RESERVES, LASTEN),)),
    "onttrekking": ("iv3_reserves", ((1, _RESERVES, BATEN),)),
    "mutatie": ("iv3_reserves", ((1, _RESERVES, LASTEN), (-1, _RESERVES, BATEN))),
    "per saldo uit reserves": ("iv3_reserves", ((1, _RESERVES, BATEN), (-1, _RESERVES, LASTEN))),
    "resultaat": (
        "iv3_resultaat",
        ((1, TOTAL, BATEN), (-1, TOTAL, LASTEN), (-1, _RESERVES, LASTEN), (1, _RESERVES, BATEN)),
    ),
}
KINDS = ("iv3_saldo", "iv3_reserves", "iv3_resultaat", "iv3_taakveld", "iv3_bruto")
_WORDS = {
    "saldo": ("baten min lasten", "baten less lasten"),
    "toevoeging": ("de toevoegingen aan reserves", "the additions to reserves"),
    "onttrekking": ("de onttrekkingen aan reserves", "the withdrawals from reserves"),
    "mutatie": ("toevoegingen min onttrekkingen aan reserves", "additions less withdrawals of reserves"),
    "per saldo uit reserves": (
        "onttrekkingen min toevoegingen aan reserves",
        "withdrawals less additions of reserves",
    ),
    "resultaat": (
        "baten min lasten, na toevoegingen en onttrekkingen aan reserves",
        "baten less lasten, after additions and withdrawals of reserves",
    ),
}

# A heading of a table of the whole account, and words that say that it is of a part of it.
_OVERVIEW = pattern_of("hele_rekening", "heading")
_PART = pattern_of("deel_van_rekening", "heading")
_PER_TAAKVELD = pattern_of("per_taakveld", "heading")
_IS_TOTAL = pattern_of("totaal", "level")
_IS_BALANCE = pattern_of("saldo", "level")


class PrintedNumber(NamedTuple):
    """One printed number with what its row and column say. ``sign`` -1 where a printed N carries it."""

    cell_id: str
    row_no: int
    row_path: str
    column_path: str
    label: str
    rol: str  # of the row
    of_row: str | None  # the quantity that the row names
    of_column: str | None
    is_difference: bool
    names_part: bool  # whether the row names a programma, beleidsterrein or reserve
    taakveld: str | None
    stand: str | None
    jaar: int | None
    sign: int


@dataclass(frozen=True, slots=True)
class Overview:
    """One table. ``directions``: per quantity 1 where it is printed in its canonical direction, -1 where turned.

    is_saldo_known, is_mutatie_known: whether anything says in which direction it prints balances, and changes of reserves.
    """

    table_id: str
    caption: str
    section: str
    unit: str | None
    directions: Mapping[str, int]
    is_saldo_known: bool
    is_mutatie_known: bool
    programmas: int  # how many different ones its rows name
    numbers: tuple[PrintedNumber, ...]  # of which there is an amount, by position


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The document of these tables."""

    document_id: str
    soort: str
    jaar: int


class Whole(NamedTuple):
    """A number of the whole gemeente. Printed is ``turn`` times ``what`` in canonical sign, in units of ``unit``."""

    number: PrintedNumber
    table_id: str
    unit: str
    what: str
    taakveld: str | None  # None: of all
    verslagsoort: str
    turn: int


class Figure(NamedTuple):
    """What Iv3 has of one taakveld or of all and one side, in thousands of euros, of so many figures as delivered."""

    amount: Decimal
    figures: int
    document_id: str
    bestand: str
    regel: int | None


class Sum(NamedTuple):
    """One sum between a document and Iv3: terms (cell_id, coefficient), the number that is checked last, with -1.

    ``shift``: of a sum that lets both sides move as much, the terms that add up to by how much they moved.
    """

    rule_id: str
    kind: str
    description: str
    description_en: str
    terms: tuple[tuple[str, Decimal], ...]
    shift: tuple[tuple[str, Decimal], ...] = ()


Key = tuple[str, str, str]  # verslagsoort, taakveld or TOTAL, kant


def figure_id(document_id: str, key: Key) -> str:
    """A figure of Iv3 as a number in the sums of one document: ``x/iv3:2018X000.totaal.lasten``."""
    return f"{document_id}/iv3:{'.'.join(key)}"


def of_the_whole(about: DocumentFacts, tables: Iterable[Overview]) -> list[Whole]:
    """Every number that the document prints of the whole gemeente or of a whole taakveld, of which there can be Iv3."""
    found: list[Whole] = []
    for table in tables:
        if table.unit not in _THOUSAND:
            continue
        heading = plain(f"{table.section.split(' > ')[-1]} {table.caption}")
        if _PART.search(heading):
            continue
        if _PER_TAAKVELD.search(heading):
            found += _taakvelden(about, table)
        elif table.programmas > 1 and _OVERVIEW.search(heading):
            found += _totals(about, table)
    times: dict[tuple[str | None, str, str], set[str]] = {}
    for one in found:
        times.setdefault((one.taakveld, one.what, one.verslagsoort), set()).add(one.table_id)
    # A taakveld in several tables is there in parts: none of them is the whole.
    return [w for w in found if w.taakveld is None or len(times[w.taakveld, w.what, w.verslagsoort]) == 1]


def sums_with_iv3(about: DocumentFacts, found: Sequence[Whole], figures: Mapping[Key, Figure]) -> list[Sum]:
    """The sums between the document and Iv3, of numbers of which all figures are there; none twice."""
    sums: dict[str, Sum] = {}
    for one in found:
        if one.what in (LASTEN, BATEN) and one.taakveld is None:
            continue
        made = _made_of(one)
        keys = [(one.verslagsoort, code, kant) for _, code, kant in made]
        if not all(key in figures for key in keys):
            continue
        factor = one.turn * _THOUSAND[one.unit]
        terms = [
            (figure_id(about.document_id, key), sign * factor)
            for key, (sign, *_) in zip(keys, made, strict=True)
        ]
        nl, en = _words(one)
        kind = "iv3_taakveld" if one.taakveld is not None else _MADE_OF[one.what][0]
        made_sum = _sum(about, kind, [*terms, (one.number.cell_id, Decimal(-1))], one, nl, en)
        sums[made_sum.rule_id] = made_sum
    for lasten, baten in _pairs(found):
        keys = [(baten.verslagsoort, TOTAL, kant) for kant in (BATEN, LASTEN)]
        if not all(key in figures for key in keys):
            continue
        factor = baten.turn * _THOUSAND[baten.unit]
        terms = [
            (figure_id(about.document_id, keys[0]), factor),
            (figure_id(about.document_id, keys[1]), -factor),
            (lasten.number.cell_id, Decimal(baten.turn * lasten.turn)),
            (baten.number.cell_id, Decimal(-1)),
        ]
        nl = "de baten van Iv3, evenveel verschoven als de lasten"
        en = "the baten of Iv3, shifted as much as the lasten"
        made_sum = _sum(about, "iv3_bruto", terms, baten, nl, en)
        more_lasten = (
            (lasten.number.cell_id, Decimal(lasten.turn)),
            (figure_id(about.document_id, keys[1]), -_THOUSAND[baten.unit]),
        )
        sums[made_sum.rule_id] = made_sum._replace(shift=more_lasten)
    return list(sums.values())


def keys_of(found: Iterable[Whole]) -> set[Key]:
    """The figures of Iv3 that these numbers may be compared with."""
    return {
        (one.verslagsoort, code, kant)
        for one in found
        for _, code, kant in (
            ((0, TOTAL, LASTEN), (0, TOTAL, BATEN))
            if one.taakveld is None and one.what in (LASTEN, BATEN)
            else _made_of(one)
        )
    }


# --- which numbers speak of the whole ----------------------------------------------------------------------


def _totals(about: DocumentFacts, table: Overview) -> Iterator[Whole]:
    """Of a table of programmas: in each column the last total of each quantity before changes of reserves, and these."""
    first_reserve = min(
        (n.row_no for n in table.numbers if not n.names_part and _is_after_reserves(n)), default=None
    )
    last: dict[tuple[str, str, str], Whole] = {}
    for number in table.numbers:
        if number.names_part or number.taakveld is not None or number.is_difference:
            continue
        is_before = first_reserve is None or number.row_no < first_reserve
        if not _is_after_reserves(number) and not (is_before and _sums_all(number)):
            continue
        meant = _meant(table, number)
        verslagsoort = _verslagsoort(about, table, number)
        if meant is not None and verslagsoort is not None:
            what, turn = meant
            one = Whole(number, table.table_id, str(table.unit), what, None, verslagsoort, turn)
            last[what, verslagsoort, number.column_path] = one
    yield from last.values()


def _taakvelden(about: DocumentFacts, table: Overview) -> Iterator[Whole]:
    """Of a table of taakvelden that names no programma: each taakveld that has one number of its kind in it."""
    if table.programmas or any(n.names_part for n in table.numbers):
        return
    found: dict[tuple[str, str, str], list[Whole]] = {}
    for number in table.numbers:
        if number.taakveld in (None, _RESULT) or number.is_difference:
            continue
        meant = _meant(table, number)
        verslagsoort = _verslagsoort(about, table, number)
        if meant is not None and meant[0] in (LASTEN, BATEN, "saldo") and verslagsoort is not None:
            what, turn = meant
            one = Whole(number, table.table_id, str(table.unit), what, number.taakveld, verslagsoort, turn)
            found.setdefault((str(number.taakveld), what, verslagsoort), []).append(one)
    for same in found.values():
        if len(same) == 1:
            yield same[0]


def _is_after_reserves(number: PrintedNumber) -> bool:
    return number.of_row in ("toevoeging", "onttrekking", "mutatie", "resultaat")


def _sums_all(number: PrintedNumber) -> bool:
    """Whether the words of the row say that it sums what stands above it."""
    if number.rol == "total":
        return True
    levels = [plain(level) for level in number.row_path.split(" > ")]
    return any(_IS_TOTAL.search(level) for level in levels) or bool(_IS_BALANCE.search(levels[-1]))


def _meant(table: Overview, number: PrintedNumber) -> tuple[str, int] | None:
    """What of the account a number is, and 1 or -1 for how it is printed; None where that cannot be said."""
    row, column = number.of_row, number.of_column
    if column in (LASTEN, BATEN, "saldo"):
        if row in (None, "saldo", "lasten", "baten"):
            what: str | None = column if row in (None, "saldo", column) else None
        elif row == "resultaat":
            what = "resultaat" if column == "saldo" else None
        else:
            sides = {LASTEN: "toevoeging", BATEN: "onttrekking", "saldo": "mutatie"}
            of_side = sides[column] if row in ("mutatie", sides[column]) else None
            what = "per saldo uit reserves" if of_side == "mutatie" else of_side
        side = column  # a table with sides prints all of a side in one direction
    elif column is None and row is not None:
        what, side = row, row if row != "resultaat" else "saldo"
    else:
        return None
    if what is None or (what not in _MADE_OF and what not in (LASTEN, BATEN)):
        return None
    is_known = {"saldo": table.is_saldo_known, "mutatie": table.is_mutatie_known}.get(str(side), True)
    return (what, table.directions.get(str(side), 1) * number.sign) if is_known else None


def _verslagsoort(about: DocumentFacts, table: Overview, number: PrintedNumber) -> str | None:
    """The delivery that holds the same state of the same year; None where there is none, or nobody says which.

    The adopted budget is that of the document's own year in a budget: in other documents a budget may have been changed
    since. Estimates and changed budgets are not delivered.
    """
    stand, year = number.stand, number.jaar
    if stand is None and year is None:
        stand, year = stand_in(plain(table.caption)), year_in(table.caption) or about.jaar
    if year is None:
        return None
    if stand == "rekening":
        return f"{year}{_ACCOUNTS}"
    if stand == "begroting" and about.soort == "begroting" and year == about.jaar:
        return f"{year}{_BUDGET}"
    return None


# --- the sums ----------------------------------------------------------------------------------------------


def _made_of(one: Whole) -> tuple[tuple[int, str, str], ...]:
    if one.taakveld is None:
        return _MADE_OF[one.what][1]
    if one.what == "saldo":
        return (1, one.taakveld, BATEN), (-1, one.taakveld, LASTEN)
    return ((1, one.taakveld, one.what),)


def _words(one: Whole) -> tuple[str, str]:
    if one.taakveld is None:
        nl, en = _WORDS[one.what]
        return f"{nl} van Iv3", f"{en} of Iv3"
    nl, en = _WORDS["saldo"] if one.what == "saldo" else (f"de {one.what}", f"the {one.what}")
    return f"{nl} van taakveld {one.taakveld} in Iv3", f"{en} of taakveld {one.taakveld} in Iv3"


def _pairs(found: Iterable[Whole]) -> Iterator[tuple[Whole, Whole]]:
    """Lasten and baten of the whole gemeente that one table prints of one state."""
    lasten = {(w.table_id, w.verslagsoort): w for w in found if w.what == LASTEN and w.taakveld is None}
    for one in found:
        if one.what == BATEN and one.taakveld is None and (one.table_id, one.verslagsoort) in lasten:
            yield lasten[one.table_id, one.verslagsoort], one


def _sum(
    about: DocumentFacts, kind: str, terms: Sequence[tuple[str, Decimal]], one: Whole, nl: str, en: str
) -> Sum:
    text = "\n".join([kind, *sorted(f"{cell} {factor.normalize():f}" for cell, factor in terms)])
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    where = f'"{one.number.row_path}", {one.number.column_path}'
    return Sum(
        f"{about.document_id}/i{digest}",
        kind,
        f"{where}: gelijk aan {nl} {one.verslagsoort}",
        f"{where}: the same as {en} {one.verslagsoort}",
        tuple(terms),
    )
