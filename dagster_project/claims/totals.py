"""Totals: which rows are one, which of the open entries they sum, and what they stand for from then on.

A total closes what it reaches. What it can reach follows from words and from where it stands: the group that
it names, all that is open, or what came since the total before it. Where that leaves more than one, the
level's ``ask`` answers which holds. A reach that no word and no structure tells, such as all rows but one,
is never a reading. What does not belong here: sums with signs, which are balances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster_project.claims.entries import (
    BALANCES,
    Choice,
    Entry,
    Reach,
    carries,
    closing_row,
    common_quantity,
    is_among,
    reach,
    reaches,
    shared_headings,
    standing,
)
from dagster_project.claims.following import Following
from dagster_project.claims.level import Level, is_name_of, meaning_of
from dagster_project.claims.row_claims import RowSums, TotalOf
from dagster_project.claims.structure import is_bare_total, label_words, of_what
from dagster_project.claims.words import is_alike, meanings
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain, row_meaning
from dagster_project.reading.model import Row

_INCLUSIVE = pattern_of("inclusief", "label")
_SIDE = pattern_of("zijde", "label")
_TOTALS = ("subtotal", "total")
_NEAR = 200  # entries


def read_total(level: Level, row: Row, quantity: str | None, rol: str, after: Following) -> None:
    """A row whose words say that it is a total: of what is open, or one more quantity of the total before it.

    ``quantity`` is the one that it totals, None for all; ``rol`` is total or subtotal; ``after`` is what
    follows on the level.
    """
    last = level.last
    if (
        quantity
        and last is not None
        and last.is_total
        and quantity not in last.rows
        and any(carries(p, quantity) for p in last.parts)
    ):
        last.rows[quantity] = row.no
        last.closing = closing_row(last.rows)
        add_total_of_units(level, last, quantity, row.no)
    else:
        claim_total(level, row, quantity, rol, after)


def claim_total(
    level: Level,
    row: Row,
    quantity: str | None,
    rol: str,
    after: Following,
    is_sure: bool = True,
    names: str | None = None,
) -> None:
    """A total of what is open; ``names`` is the quantity that its own label says it is.

    Where it reaches nothing, or its words leave open what it sums and no reach holds, the row is no total
    and joins the level. Where no reach of a row that is called a total holds, that is asked and nothing claimed.
    After hundreds of totals only what is near is tried; where that leaves nothing, it is told that it was not tried.
    """
    may_reach = _choices(level, row, quantity, rol, after)
    choices = reaches(may_reach)
    if not quantity and level.is_own_name(of_what(row.path[-1])):
        is_sure = is_sure and bool(choices)
        choices |= _item_by_item([e for e, _ in may_reach], level.sums)
    if not choices:
        if _is_near_only(level, after):
            level.sums.untried.append(row.no)
            level.add_item(row, quantity)
        else:
            _not_a_total(level, row, quantity)
        return
    if "emu" in meanings(row.path[-1], "row"):
        choices |= _by_form(choices, level)
    kind = "subtotaal" if rol == "subtotal" else "totaal"
    if all(len(e) == 1 and not _is_of_one(level, row, e[0]) for e in choices.values()):
        is_sure = False  # of one total of another name: so it may be, or it is a total of what is not there
    found = level.claim(TotalOf(kind, row.no, tuple(choices), is_sure), rol)
    is_told = is_sure and (is_bare_total(row.path[-1]) or bool(_named(row.path[-1], level.open)))
    if found is None and not is_told:
        level.add_item(row, quantity)
        return
    absorbed = choices[found.reaches[found.taken]] if found else next(iter(choices.values()))
    inside = [e.closing for e in absorbed if e.kind == "item" and "resultaat" in e.rows]
    if inside:
        level.sums.closing_items[row.no] = [r for r in inside if r is not None]
    rows = {quantity: row.no} if quantity else common_quantity(absorbed, row.no)
    if names:
        rows.setdefault(names, row.no)
    under = shared_headings(absorbed)
    entry = Entry(row.path[-1], rol, rows, row.no, parts=absorbed, block=row.block, under=under)
    entry.is_total = bool(quantity) and any(quantity in e.rows for e in absorbed)
    level.close(absorbed, entry)


def _not_a_total(level: Level, row: Row, quantity: str | None) -> None:
    """A total without parts is one quantity of a unit, or a number of its own."""
    if quantity:
        level.add_quantity(row, quantity)
        level.sums.roles[row.no] = "item"
    else:
        level.open.append(Entry(row.path[-1], "item", {}, row.no, block=row.block))


def closes_by_name(level: Level, row: Row, after: Following) -> bool:
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
    whole = reach(level.open, None)
    if whole is None:
        return False
    if level.claim(TotalOf("totaal", row.no, (whole,), is_own_name), "total") is None:
        return False
    parts = level.open
    level.open = [Entry(row.path[-1], "total", common_quantity(parts, row.no), row.no, parts=parts)]
    return True


def add_total_of_units(level: Level, unit: Entry, quantity: str, row: int) -> None:
    """The row is, for its quantity, the total of the units that ``unit`` stands for.

    Of a single one it is no total, unless the name of ``unit`` says so.
    """
    found = tuple(r for e in unit.parts if carries(e, quantity) for r in (standing(e, quantity) or []))
    if len(found) > 1 or (found and row_meaning(unit.label).rol in ("total", "subtotal")):
        level.claim(TotalOf("totaal", row, (found,), True), "total")


# --- how far a total may reach -------------------------------------------------------------------------


def _choices(level: Level, row: Row, quantity: str | None, rol: str, after: Following) -> list[Choice]:
    """What a total may reach, the most likely first: open entries with the quantity of each that counts."""
    entries = level.open
    is_bare = is_bare_total(row.path[-1])
    if _is_near_only(level, after) and not (is_bare and entries[-1].kind in _TOTALS):
        near = _reaches_within(level, entries[-_NEAR:], row, quantity, rol, after)
        # What begins where the near entries do may begin earlier: that is not known without looking at all.
        found = [(e, q) for e, q in near if not is_among(entries[-_NEAR], e[:1])]
        if found or not (is_bare or _named(row.path[-1], entries)):
            return found
    return _reaches_within(level, entries, row, quantity, rol, after)


def _is_near_only(level: Level, after: Following) -> bool:
    """Whether a total may reach no further than the last entries: after hundreds, and with more to come."""
    return len(level.open) > _NEAR and level.is_tried_enough() and after.has_total_or_balance()


def _reaches_within(
    level: Level, entries: list[Entry], row: Row, quantity: str | None, rol: str, after: Following
) -> list[Choice]:
    """The choices among these open entries."""
    pool = entries if not quantity else _carrying(entries, quantity)
    if quantity and len(pool) < 2 and len(entries) > 1 and all(e.kind != "item" for e in pool):
        # the one total of this quantity is no more than a part: "Totaal incidentele baten" of baten and onttrekkingen
        pool, quantity = entries, None
    pool = _of_its_side(pool, row) if not quantity else pool
    if not pool:
        return []
    from_the_end = range(len(pool) - 1, -1, -1)
    last_total = next((i for i in from_the_end if pool[i].kind in _TOTALS), -1)
    fresh = pool[last_total + 1 :]
    if named := _named(row.path[-1], pool):
        return [(named, quantity)]
    if rol == "subtotal":
        found = [_of_other_class(_same_block(fresh, row) or fresh, row), fresh] if fresh else [pool]
    elif not fresh or last_total < 0:
        found = [pool]
    elif (
        is_bare_total(row.path[-1])
        or _INCLUSIVE.search(plain(row.path[-1]))
        or not after.has_total_or_balance()
    ):
        found = [pool, fresh, [pool[last_total], *fresh]]
    else:
        found = [fresh, pool, [pool[last_total], *fresh]]
    return [
        (e, quantity)
        for e in found
        if len(e) > 1 or (e and (e[0].kind != "item" or _is_of_one(level, row, e[0])))
    ]


def _of_its_side(pool: list[Entry], row: Row) -> list[Entry]:
    """What follows the last balance, where a total says a side that no balance has: ``Totaal lasten diversen``."""
    if not _SIDE.match(of_what(row.path[-1])):
        return pool
    balances = [i for i, e in enumerate(pool) if e.closing in {e.rows.get(q) for q in BALANCES} - {None}]
    behind = pool[balances[-1] + 1 :] if balances else []
    return behind if len(behind) > 1 else pool


def _carrying(entries: list[Entry], quantity: str) -> list[Entry]:
    """The entries that may count for a total of this quantity: items, and what carries it on its own side."""
    return [
        e
        for e in entries
        if not (e.kind != "item" and e.rows and quantity not in e.rows)
        and not (e.side and e.side != quantity)
    ]


def _item_by_item(reached: Sequence[list[Entry]], sums: RowSums) -> dict[Reach, list[Entry]]:
    """The same entries with every row of each unit among them, where no row of it follows from others.

    Dotations and withdrawals between the items of a cash flow are items of it, not a unit.
    """
    following = {f.total for f in sums.balances} | {t.total for t in sums.totals}
    found: dict[Reach, list[Entry]] = {}
    for entries in reached:
        units = [e for e in entries if e.kind == "unit" and len(e.rows) > 1]
        is_list = any(e.kind == "item" for e in entries) and all(e.kind in ("item", "unit") for e in entries)
        if not (units and is_list) or any(e.flow or following & set(e.rows.values()) for e in units):
            continue
        found[tuple(term for e in entries for term in _each_row(e))] = entries
    return found


def _each_row(entry: Entry) -> Reach:
    """All rows of a unit, else what stands for the entry."""
    if entry.kind == "unit":
        return tuple((no, 1) for no in sorted(entry.rows.values()))
    return tuple(standing(entry, None) or ())


def _by_form(choices: Mapping[Reach, list[Entry]], level: Level) -> dict[Reach, list[Entry]]:
    """The same reaches with what the form for the EMU balance takes off, where it is printed without a sign."""
    off = {e.closing for e in level.open if "emu_af" in meanings(e.label, "row")}
    return {
        tuple((row, -s if row in off else s) for row, s in reach): e for reach, e in choices.items() if off
    }


def _is_of_one(level: Level, row: Row, entry: Entry) -> bool:
    """Whether a total may be that of a single entry: within its own group, or where it names nothing else."""
    if level.label or is_bare_total(row.path[-1]) or meaning_of(row)[0] is not None:
        return True
    return is_alike(of_what(row.path[-1]), label_words(entry.label))


def _of_other_class(fresh: list[Entry], row: Row) -> list[Entry]:
    """What follows the rows that are a class of their own, where the total names another one."""
    words = of_what(row.path[-1])
    if not words or "eigen_klasse" in meanings(words, "row"):
        return fresh
    own = [i for i, e in enumerate(fresh) if "eigen_klasse" in meanings(e.label, "row")]
    return fresh[own[-1] + 1 :] if own else fresh


def _same_block(fresh: list[Entry], row: Row) -> list[Entry]:
    """The entries of the block of a subtotal, where it stands right below them; else none."""
    same = [e for e in fresh if e.block == row.block]
    return same if same and is_among(fresh[-1], same) else []


def _named(label: str, pool: list[Entry]) -> list[Entry]:
    """The last entries under the heading that a total names: "Totaal Jeugd" below the rows of Jeugd."""
    words = of_what(label)
    if not words:
        return []
    first = len(pool)
    while first and any(is_name_of(words, heading) for heading in pool[first - 1].under):
        first -= 1
    return pool[first:]
