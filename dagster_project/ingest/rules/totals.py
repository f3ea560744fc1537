"""Totals: which rows are one, which of the open entries they sum, and what they stand for from then on.

A total closes what it reaches. Where its words leave more than one reach, the level's ``ask`` answers which
holds. What does not belong here: sums with signs, which are balances.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dagster_project.ingest.meaning import plain, row_meaning
from dagster_project.ingest.model import Row
from dagster_project.ingest.rules.entries import (
    Entry,
    Reach,
    closing_row,
    common_quantity,
    is_among,
    opened,
    reach,
    reaches,
    standing,
    without_a_run,
)
from dagster_project.ingest.rules.level import Level, meaning_of
from dagster_project.ingest.rules.structure import Group, label_words
from dagster_project.ingest.rules.sums import NONE, Ask, RowSums, TotalOf

_INCLUSIVE = re.compile(r"\binclusief\b|\bincl\b|\bna\b")
_BARE_TOTAL = re.compile(
    r"^(?:(?:eind|generaal |algemeen |groot)?(?:totaal|totalen|totale)(?: ?generaal| begroting| gemeente)?)"
    r"(?: (?:van )?(?:de )?(?:lasten|baten|saldo))?(?: \(?(?:lasten|baten|saldo)\)?)?$"
)
_GRAND = re.compile(r"^(?:eind|generaal |algemeen |groot)totaal|^totaal ?generaal")
_TOTAL_WORDS = re.compile(r"^(?:sub ?)?tota?al(?:en)? (?:van )?|^totale | (?:sub)?totaal$")
_MOST_RUNS = 40  # beyond so many rows it is not asked which of them a total leaves out


def read_total(level: Level, row: Row, quantity: str | None, rol: str, after: list[Row | Group]) -> None:
    """A row whose words say that it is a total: of what is open, or one more quantity of the total before it.

    ``quantity`` is the one that it totals, None for all; ``rol`` is total or subtotal; ``after`` is what
    follows on the level.
    """
    last = level.last
    is_next = quantity and last is not None and last.is_total and quantity not in last.rows
    if is_next and any(quantity in p.rows for p in last.parts):
        last.rows[quantity] = row.no
        last.closing = closing_row(last.rows)
        add_total_of_units(level.sums, last, quantity, row.no)
    else:
        claim_total(level, row, quantity, rol, after)


def claim_total(
    level: Level,
    row: Row,
    quantity: str | None,
    rol: str,
    after: list[Row | Group],
    is_sure: bool = True,
    names: str | None = None,
) -> None:
    """A total of what is open; ``names`` is the quantity that its own label says it is.

    Where it reaches nothing, or is not sure and no reach holds, the row is no total and joins the level.
    """
    choices = reaches(_choices(level.open, row, quantity, rol, after), quantity)
    if not choices:
        _not_a_total(level, row, quantity)
        return
    kind = "subtotaal" if rol == "subtotal" else "totaal"
    total = _answered(level.ask, TotalOf(kind, row.no, tuple(choices), is_sure), choices, quantity)
    if total is None:
        level.add_item(row, quantity)
        return
    absorbed = choices[total.reaches[total.taken]]
    level.sums.add_total(total, rol)
    inside = [e.closing for e in absorbed if e.kind == "item" and "resultaat" in e.rows]
    if inside:
        level.sums.closing_items[row.no] = [r for r in inside if r is not None]
    rows = {quantity: row.no} if quantity else common_quantity(absorbed, row.no)
    if names:
        rows.setdefault(names, row.no)
    entry = Entry(row.path[-1], rol, rows, row.no, parts=absorbed, block=row.block)
    entry.is_total = bool(quantity) and any(quantity in e.rows for e in absorbed)
    level.close(absorbed, entry)


def _answered(
    ask: Ask, total: TotalOf, choices: dict[Reach, list[Entry]], quantity: str | None
) -> TotalOf | None:
    """The total with the reach that holds, or the most likely one; None: it is not sure and none holds.

    Where none of ``choices`` holds, those that leave out a run of rows are added to them and asked as well.
    """
    taken = ask(total)
    if taken == NONE and len(first := choices[total.reaches[0]]) <= _MOST_RUNS:
        choices |= reaches(without_a_run(opened(first)), quantity)
        total = replace(total, reaches=tuple(choices))
        taken = ask(total)
    if taken == NONE and not total.is_sure:
        return None
    return replace(total, taken=max(taken, 0))


def _not_a_total(level: Level, row: Row, quantity: str | None) -> None:
    """A total without parts is one quantity of a unit, or a number of its own."""
    if quantity:
        level.add_quantity(row, quantity)
        level.sums.roles[row.no] = "item"
    else:
        level.open.append(Entry(row.path[-1], "item", {}, row.no, block=row.block))


def closes_by_name(level: Level, row: Row, after: list[Row | Group]) -> bool:
    """A last row that bears the name of the group or table in front of it carries its total.

    True: its total was claimed. ``after`` is what follows on the level.
    """
    words = label_words(row.path[-1])
    last = level.last
    if last is None:
        return False
    if last.kind == "group" and last.closing is None and label_words(last.label) == words:
        claim_total(level, row, None, "total", after)
        return True
    if after:
        return False
    is_own_name = level.is_own_name(words)
    are_units = len(level.open) > 1 and all(e.kind in ("unit", "group") and e.rows for e in level.open)
    if not (is_own_name or are_units) or not level.can_total():
        return False
    level.sums.add_total(TotalOf("totaal", row.no, (reach(level.open, None),), is_own_name), "total")
    parts = level.open
    level.open = [Entry(row.path[-1], "total", common_quantity(parts, row.no), row.no, parts=parts)]
    return True


def add_total_of_units(sums: RowSums, unit: Entry, quantity: str, row: int) -> None:
    """The row is, for its quantity, the total of the units that ``unit`` stands for.

    Of a single one it is no total, unless the name of ``unit`` says so.
    """
    found = tuple(r for e in unit.parts if quantity in e.rows for r in (standing(e, quantity) or []))
    if len(found) > 1 or (found and row_meaning(unit.label).rol in ("total", "subtotal")):
        sums.add_total(TotalOf("totaal", row, (found,), True), "total")


# --- how far a total may reach -------------------------------------------------------------------------


def _choices(
    entries: list[Entry], row: Row, quantity: str | None, rol: str, after: list[Row | Group]
) -> list[list[Entry]]:
    """The open entries that a total may reach, the most likely first."""
    pool = [e for e in entries if not (quantity and e.kind != "item" and e.rows and quantity not in e.rows)]
    pool = [e for e in pool if not (quantity and e.side and e.side != quantity)]
    if not pool:
        return []
    last_total = max((i for i, e in enumerate(pool) if e.kind in ("subtotal", "total")), default=-1)
    fresh = pool[last_total + 1 :]
    words = plain(row.path[-1])
    # where no heading says so, the group may have begun at any row since the last total
    begun_later = [fresh[k:] for k in range(1, min(len(fresh) - 1, 12))]
    if (named := _group_named(row.path[-1], pool)) is not None:
        return [[named], fresh, pool] if len(pool) > 1 else [[named]]
    if rol == "subtotal":
        same = [e for e in fresh if e.block == row.block]
        if same and len(same) < len(fresh) and is_among(fresh[-1], same):
            return [same, fresh]
        return [fresh, *begun_later] if fresh else [pool]
    is_bare = bool(_BARE_TOTAL.match(words) or _GRAND.match(words))
    if not fresh or last_total < 0:
        return [pool] if is_bare else [pool, *begun_later]
    with_last = [pool[last_total], *fresh]
    if is_bare or _INCLUSIVE.search(words) or not _has_later_total(after):
        return [pool, fresh, with_last]
    return [fresh, pool, with_last]


def _has_later_total(after: list[Row | Group]) -> bool:
    return any(isinstance(c, Row) and meaning_of(c)[1] in ("total", "balance") for c in after)


def _group_named(label: str, pool: list[Entry]) -> Entry | None:
    """The group in front of a total that bears its name: "Totaal Jeugd" below the rows of Jeugd."""
    words = _TOTAL_WORDS.sub("", label_words(label))
    last = pool[-1]
    return last if words and last.kind == "group" and label_words(last.label) == words else None
