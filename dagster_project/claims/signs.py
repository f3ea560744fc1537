"""Printed signs, and what captions say of signs: which sign lasten, baten, additions and withdrawals carry, in
which direction a table prints its quantities, and whether a legend such as "-/- = voordeel" agrees with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dagster_project.claims.families import BUDGETS, CONVENTION_OF_KIND, signs_by_reading
from dagster_project.claims.table_sums import TableReading
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain, stand_in
from dagster_project.reading.model import Convention, Table

QUANTITIES = ("lasten", "baten", "toevoeging", "onttrekking")
_OPPOSITE = {  # how the second quantity is printed, seen from the first
    "lasten + baten": ("baten", "lasten", -1),
    "-(lasten + baten)": ("baten", "lasten", -1),
    "baten - lasten": ("baten", "lasten", 1),
    "lasten - baten": ("baten", "lasten", 1),
    "toevoeging + onttrekking": ("onttrekking", "toevoeging", -1),
    "-(toevoeging + onttrekking)": ("onttrekking", "toevoeging", -1),
    "toevoeging - onttrekking": ("onttrekking", "toevoeging", 1),
    "onttrekking - toevoeging": ("onttrekking", "toevoeging", 1),
    "begin + toevoeging - onttrekking": ("onttrekking", "toevoeging", 1),
    "begin + toevoeging + onttrekking": ("onttrekking", "toevoeging", -1),
}
_POSITIVE_IS_GOOD = {
    "baten - lasten": True,
    "-(lasten + baten)": True,
    "lasten - baten": False,
    "lasten + baten": False,
}
_LEGEND = pattern_of("teken_is", "legend")
_LEGEND_TURNED = pattern_of("is_teken", "legend")


@dataclass(frozen=True, slots=True)
class Legend:
    """What a caption says of signs, as printed."""

    text: str
    positive_is_good: bool


def declared(table: Table) -> Legend | None:
    """The legend about signs in caption, headings or notes, if there is one."""
    for text in (table.caption, *table.notes, *reversed(table.section)):
        lowered = text.lower()
        match = _LEGEND.search(lowered) or _LEGEND_TURNED.search(lowered)
        if match:
            is_good, is_minus = match["good"] is not None, match["minus"] is not None
            return Legend(text[match.start() : match.end()], is_good != is_minus)
    return None


def contradiction(table: Table, naam: str, keuze: str, legend: Legend) -> bool:
    """Whether the table means the opposite of its legend. False where it cannot be said."""
    if naam == "saldo_richting":
        meant = _POSITIVE_IS_GOOD.get(keuze)
    elif naam == "verschil_richting":
        meant = _difference_is_good(table, keuze)
    else:
        meant = None
    return meant is not None and meant != legend.positive_is_good


def _difference_is_good(table: Table, keuze: str) -> bool | None:
    """Whether a positive difference is an advantage: budget less realisation of lasten, or by nature."""
    is_by_nature = keuze.startswith("lasten:")
    first = keuze.removeprefix("lasten:").split(",")[0].split(" - ")[0].strip()
    starts_with_budget = stand_in(plain(first)) in BUDGETS
    quantities = {r.grootheid for r in table.rows} | {c.grootheid for c in table.columns}
    if is_by_nature or not quantities & {"baten", "saldo", "onttrekking"}:
        return starts_with_budget
    return None


def printed_signs(
    reading: TableReading, chosen: Mapping[str, str], answer: Callable[[str], str | None]
) -> Iterable[Convention]:
    """How each quantity is printed in its normal direction: "+" or "-".

    ``chosen`` are the readings that numbers left alone: a balance tells the sign of its second quantity
    from the first, whatever single cells say.
    """
    counts = _counts(reading)
    signs: dict[str, int] = {}
    for quantity in QUANTITIES:
        plus, minus = counts.get(quantity, (0, 0))
        if plus or minus:
            signs[quantity] = 1 if plus >= minus else -1
    told: set[str] = set()
    for keuze in chosen.values():
        if keuze in _OPPOSITE:
            second, first, factor = _OPPOSITE[keuze]
            if first in signs and second in signs:
                signs[second] = signs[first] * factor
                told.add(second)
    for quantity, sign in signs.items():
        plus, minus = counts[quantity]
        is_open = quantity not in told and min(plus, minus) * 3 > plus + minus
        given = answer(f"{quantity}_teken")
        yield Convention(
            table_no=reading.table.no,
            naam=f"{quantity}_teken",
            keuze=given if given in ("+", "-") else "+" if sign > 0 else "-",
            bron="document.yml" if given in ("+", "-") else "cijfers",
            tried=("+", "-"),
            survived=2 if is_open else 1,
        )


def _counts(reading: TableReading) -> dict[str, tuple[int, int]]:
    """Per quantity how many numbers are printed above and below zero, markers applied."""
    of_row = {r.no: r.grootheid for r in reading.table.rows}
    of_column = {f.no: f.quantity for f in reading.columns if not f.is_difference}
    counts: dict[str, list[int]] = {}
    for cell in reading.table.cells:
        if cell.column not in of_column or not cell.value:
            continue
        quantity = of_column[cell.column] or of_row.get(cell.row)
        if quantity in QUANTITIES:
            counts.setdefault(quantity, [0, 0])[cell.value * cell.sign < 0] += 1
    return {q: (c[0], c[1]) for q, c in counts.items()}


# --- the canonical direction --------------------------------------------------------------------------

_SIDES = {"saldo": ("lasten", "baten"), "mutatie": ("onttrekking", "toevoeging")}  # the second counts up


def directions(conventions: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Per quantity 1 where a table prints it in its canonical direction, -1 where it prints it turned.

    ``conventions`` are those of one table, as (naam, keuze). Canonical are lasten, baten, toevoeging and onttrekking above zero; the
    balance baten less lasten and the change toevoeging less onttrekking; an investering below zero, as a cost.
    Raises KeyError on a reading of which nobody knows the signs.
    """
    chosen = dict(conventions)
    found = {q: -1 if chosen.get(f"{q}_teken") == "-" else 1 for q in QUANTITIES}
    for balance, (first, second) in _SIDES.items():
        keuze = chosen.get(CONVENTION_OF_KIND[balance])
        signs = signs_by_reading(balance)[keuze] if keuze else {}
        if f"{second}_teken" in chosen:
            side = found[second]
        elif signs and signs[first] == signs[second]:
            # A balance that is a sum has parts of opposite signs, one that is a subtraction parts of the same sign.
            side = -found[first] if balance == "saldo" or f"{first}_teken" in chosen else 1
        else:
            side = found[first]
        found[balance] = side * signs[second] if keuze else 1
    keuze = chosen.get(CONVENTION_OF_KIND["potentieel"])
    found["investering"] = signs_by_reading("potentieel")[keuze]["investering"] if keuze else 1
    return found


def direction_of(grootheid: str | None, rol: str, kind: str, of_table: Mapping[str, int]) -> int:
    """1 where a cell is printed in the canonical direction of what it counts, -1 where it is turned.

    ``kind``: of the table. ``of_table``: its ``directions``. A result is a balance after changes of reserves, printed
    in the direction of the balance; a difference keeps its own.
    """
    if rol == "difference":
        return 1
    if kind == "reserves" and grootheid in (None, "saldo"):
        # What a table of reserves adds up are changes of reserves, whatever it calls them.
        return of_table["mutatie"]
    return of_table.get("saldo" if grootheid == "resultaat" else grootheid or "", 1)
