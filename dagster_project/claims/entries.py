"""What one or more rows amount to at their level, and which rows stand for them in a sum.

How rows become entries belongs to ``level``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

# what a row may be one quantity of, and what follows from such quantities
QUANTITIES = {"lasten", "baten", "toevoeging", "onttrekking", "begin", "besparing", "investering"}
BALANCES = {"saldo", "mutatie", "resultaat", "eind", "besparingspotentieel"}
# the quantity that stands for a whole unit when units are summed, last one first
CLOSING = ("resultaat", "eind", "besparingspotentieel", "saldo", "mutatie")

Reach = tuple[tuple[int, int], ...]  # the rows that a total sums, each with +1 or -1


@dataclass(slots=True)
class Entry:
    """What one or more rows amount to at their level."""

    label: str
    kind: str  # item | unit | group | subtotal | total
    rows: dict[str, int] = field(default_factory=dict)  # quantity -> the row that stands for it
    closing: int | None = None  # the row that stands for the whole
    parts: list[Entry] = field(default_factory=list)  # what it consists of
    block: int = 0
    is_total: bool = False  # its rows are totals, per quantity, of ``parts``
    on_level: bool = False  # a unit made of rows of the level itself: further rows may join it
    is_minus: bool = False  # to be subtracted, its label says
    side: str | None = None  # lasten or baten: what the heading says of all rows below it
    under: frozenset[str] = frozenset()  # the headings, in words, that hold all of it
    flow: list[tuple[int, str]] = field(default_factory=list)  # from an opening stock onwards


Choice = tuple[list[Entry], str | None]  # what a total may reach, and the quantity of it that counts


def standing(entry: Entry, quantity: str | None) -> list[tuple[int, int]] | None:
    """The rows that stand for an entry in a sum, with their sign; None: nothing can."""
    sign = -1 if entry.is_minus else 1
    if quantity and quantity in entry.rows:
        return [(entry.rows[quantity], sign)]
    if quantity and entry.rows and entry.kind != "item":
        return []
    if entry.closing is not None:
        return [(entry.closing, sign)]
    if entry.parts:
        return all_standing(entry.parts, quantity)
    return None


def carries(entry: Entry, quantity: str) -> bool:
    """Whether an entry has a row of this quantity: its own, or where it has none at all those of the units that it holds."""
    if entry.rows or entry.closing is not None:
        return quantity in entry.rows
    are_units = all(p.kind != "item" for p in entry.parts)
    return are_units and any(carries(p, quantity) for p in entry.parts)


def all_standing(entries: list[Entry], quantity: str | None) -> list[tuple[int, int]] | None:
    found: list[tuple[int, int]] = []
    for entry in entries:
        rows = standing(entry, quantity)
        if rows is None:
            return None
        found += rows
    return found


def reach(entries: list[Entry], quantity: str | None) -> Reach | None:
    rows = all_standing(entries, quantity)
    return tuple(rows) if rows else None


def is_among(entry: Entry, entries: list[Entry]) -> bool:
    return any(entry is e for e in entries)


def reaches(choices: Iterable[Choice]) -> dict[Reach, list[Entry]]:
    """The distinct reaches of these choices, with the first choice that gives each."""
    found: dict[Reach, list[Entry]] = {}
    for entries, quantity in choices:
        if rows := reach(entries, quantity):
            found.setdefault(rows, entries)
    return found


def shared_headings(entries: Iterable[Entry]) -> frozenset[str]:
    """The headings that hold all of these entries."""
    found = [e.under for e in entries]
    return frozenset.intersection(*found) if found else frozenset()


def closing_row(rows: dict[str, int]) -> int | None:
    if len(rows) == 1:
        return next(iter(rows.values()))
    return next((rows[q] for q in CLOSING if q in rows), None)


def common_quantity(entries: list[Entry], row: int) -> dict[str, int]:
    """The quantity that a total without one inherits from its parts, if they agree on a balance."""
    kinds = {next((q for q in CLOSING if q in e.rows), None) for e in entries}
    kind = kinds.pop() if len(kinds) == 1 else None
    return {kind: row} if kind else {}
