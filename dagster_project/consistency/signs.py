"""Printed signs, and what captions say of signs: which sign lasten, baten, additions and withdrawals carry,
and whether a legend such as "-/- = voordeel" agrees with the table below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dagster_project.ingest.rules import TableReading
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
_BUDGETS = {"begroting", "begroting_na_wijziging", "meerjarenraming"}
_SIGN = r"(?P<sign>-/-|\+/\+|[-–−+]|negatief|positief|min(?:teken)?|plus)"
_GOOD = r"(?P<good>voordeel|voordelig|nadeel|nadelig|overschot|tekort)"
_LEGEND = re.compile(rf"{_SIGN}\)?\s*(?:=|is|betekent|staat voor)\s*(?:een )?{_GOOD}")
_LEGEND_TURNED = re.compile(rf"{_GOOD}\s*(?:=|is|met|staat met)\s*(?:een )?{_SIGN}(?![\w-])")


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
            is_minus = match["sign"] in ("-/-", "-", "–", "−", "negatief", "min", "minteken")
            is_good = match["good"] in ("voordeel", "voordelig", "overschot")
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
    starts_with_budget = stand_in(plain(first)) in _BUDGETS
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
            hypotheses=2,
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
