"""Balances and differences: rows that follow from others with a sign, by quantity, by side or by state.

Saldo of lasten and baten, a stock at the end of a year, a difference between budget and accounts. Which
sign each part has is left to readings. What does not belong here: rows that only add up.
"""

from __future__ import annotations

from dagster_project.claims.entries import Entry, Reach, closing_row, reach, standing
from dagster_project.claims.families import BUDGETS, COMPARED, OPERANDS, Formula
from dagster_project.claims.following import Following
from dagster_project.claims.level import Level, meaning_of
from dagster_project.claims.readings import NONE
from dagster_project.claims.row_claims import TotalOf
from dagster_project.claims.totals import add_total_of_units, claim_total
from dagster_project.claims.words import meanings
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import is_whole_balance, plain, says_room, says_total, stand_in
from dagster_project.reading.model import Row

_PLAIN_BALANCE = pattern_of("heel_saldo", "label")
_OPERANDS = {
    **OPERANDS,
    "besparingspotentieel": (("potentieel", ("besparing", "investering")),),
}


def read_balance(level: Level, row: Row, quantity: str, after: Following) -> None:
    """A row whose quantity follows from others: of those in front of it, else a total or a number of its own.

    ``quantity`` is one of BALANCES; ``after`` is what follows on the level.
    """
    if level.side in ("lasten", "baten") and not is_whole_balance(row.path[-1]):
        level.add_item(row, quantity)
        return
    if _claim_balance(level, row, quantity):
        return
    if quantity == "saldo" and claim_set_off(level, row):
        return
    if says_total(row.path[-1]) or "som" in meanings(row.path[-1], "row"):
        of = quantity if all(quantity in e.rows for e in level.open if e.kind != "item") else None
        claim_total(level, row, of, "total", after, names=quantity)
        return
    if quantity == "resultaat" and _is_closing_item(after):
        level.add_item(row, quantity)
    elif quantity in ("saldo", "resultaat") and level.can_total():
        is_last = not after.has_row()
        is_plain = bool(_PLAIN_BALANCE.fullmatch(plain(row.path[-1])))
        claim_total(level, row, None, "total", after, is_sure=is_last or is_plain, names=quantity)
    else:
        if quantity in ("saldo", "resultaat"):
            level.sums.unclaimed_balances.append(row.no)
        level.add_quantity(row, quantity)


def _is_closing_item(after: Following) -> bool:
    """A result that a total follows at once is the item that makes both sides equal."""
    following = after.first
    return isinstance(following, Row) and meaning_of(following)[1] in ("total", "subtotal")


# --- of quantities ---------------------------------------------------------------------------------------


def _claim_balance(level: Level, row: Row, quantity: str) -> bool:
    """Claim a balance from the quantities in front of it. False: there are none."""
    flow = level.running_flow
    if quantity == "eind" and flow is not None:
        if len(flow.flow) > 1:
            level.sums.add_balance(Formula("verloop", row.no, tuple(flow.flow)))
        flow.rows["eind"] = flow.closing = row.no
        flow.flow = []
        return True
    last, closing_items = level.last, level.sums.closing_items
    for kind, slots in _OPERANDS.get(quantity, ()):
        entries = _carriers(level.open, slots)
        if entries is None or (last is not None and entries == [last] and quantity in last.rows):
            continue
        if kind == "saldo" and quantity == "resultaat" and any("saldo" in e.rows for e in entries):
            continue  # these sides have been set off: a result below their balance is of more than they are
        operands = {s: next(e.rows[s] for e in entries if s in e.rows) for s in slots}
        terms = [(r, s) for s, r in operands.items()]
        terms += [(r, "-" + s) for s, t in operands.items() for r in closing_items.get(t, ())]
        level.sums.add_balance(Formula(kind, row.no, tuple(terms)))
        _join_unit(level, entries, row, quantity)
        return True
    return quantity in ("saldo", "resultaat") and _claim_balance_of_sides(level, row, quantity)


def _carriers(entries: list[Entry], quantities: tuple[str, ...]) -> list[Entry] | None:
    """The last open entries that carry these quantities: one unit, or the totals of each."""
    if entries and all(q in entries[-1].rows for q in quantities):
        return [entries[-1]]
    found: dict[str, Entry] = {}
    for entry in reversed(entries):
        carried = [q for q in quantities if q in entry.rows and q not in found]
        if not carried and entry.kind == "group" and entry.rows.keys() == {"saldo"}:
            continue  # the balance of both, row by row
        if not carried or entry.kind == "item":
            return None  # an entry between them would be left out of the balance
        found.update(dict.fromkeys(carried, entry))
        if len(found) == len(quantities):
            return [found[q] for q in quantities]
    return None


def _join_unit(level: Level, entries: list[Entry], row: Row, quantity: str) -> None:
    """The balance joins the unit; where it closes several entries they become one."""
    unit = entries[-1]
    totals = [e for e in entries if e.is_total]
    if len(entries) > 1:
        unit = Entry(entries[0].label, "unit", parts=list(entries))
        for entry in entries:
            unit.rows.update(entry.rows)
        level.close(entries, unit)
    for total in totals:
        add_total_of_units(level, total, quantity, row.no)
    unit.rows[quantity] = row.no
    unit.closing = closing_row(unit.rows)
    unit.on_level = True


# --- of sides --------------------------------------------------------------------------------------------


def _claim_balance_of_sides(level: Level, row: Row, quantity: str) -> bool:
    """A balance below a list of lasten and a list of baten that have no totals of their own."""
    if not all(e.side in ("lasten", "baten") for e in level.open) or len({e.side for e in level.open}) < 2:
        return False
    terms: list[tuple[int, str]] = []
    for entry in level.open:
        rows, side = standing(entry, None), entry.side
        if rows is None or side is None:
            return False
        terms += [(r, side if sign > 0 else "-" + side) for r, sign in rows]
    level.sums.add_balance(Formula("saldo", row.no, tuple(terms)))
    level.open = [Entry(row.path[-1], "unit", {quantity: row.no}, row.no, parts=level.open, on_level=True)]
    return True


# --- of states -------------------------------------------------------------------------------------------


def claim_stock(level: Level, row: Row) -> bool:
    """A stock within a list: the stock before it and the flows between them. False: nothing was claimed."""
    flow = level.running_flow
    if flow is None or len(flow.flow) < 2 or "tussenstand" not in meanings(row.path[-1], "row"):
        return False
    level.sums.add_balance(Formula("verloop", row.no, tuple(flow.flow)))
    flow.rows["eind"] = flow.closing = row.no
    flow.flow = [(row.no, "begin")]
    return True


def claim_stock_below(level: Level, row: Row) -> bool:
    """A stock at the end of a year below the change of it and the stock at its begin. False: nothing was claimed."""
    if "eindstand" not in meanings(row.path[-1], "row") or len(level.open) < 2:
        return False
    change, begin = level.open[-2:]
    is_told = "verandering" in meanings(change.label, "row") and "beginstand" in meanings(begin.label, "row")
    if not (is_told and _name_one_stock(change.label, begin.label, row.path[-1])):
        return False
    if change.closing is None or begin.closing is None:
        return False
    slots = ((begin.closing, "begin"), (change.closing, "mutatie"))
    level.sums.add_balance(Formula("verloop", row.no, slots))
    level.close([change, begin], Entry(row.path[-1], "item", {}, row.no, block=row.block))
    return True


def _name_one_stock(change: str, begin: str, end: str) -> bool:
    """Whether what both stocks are called is in the name of the change: the words that they share, without small ones.

    >>> _name_one_stock("Mutatie liquide middelen", "Liquide middelen 1 januari", "Liquide middelen 31 december")
    True
    >>> _name_one_stock("Mutatie reserves", "Liquide middelen 1 januari", "Liquide middelen 31 december")
    False
    """
    stock = {w for w in set(plain(begin).split()) & set(plain(end).split()) if len(w) > 3 and w.isalpha()}
    return bool(stock) and stock <= set(plain(change).split())


def claim_rest(level: Level, row: Row) -> bool:
    """What is left of a task below the task itself and what was done of it. False: nothing was claimed."""
    if "rest" not in meanings(row.path[-1], "row"):
        return False
    done: list[Entry] = []  # the last one first
    task = None
    for entry in reversed(level.open):
        said = meanings(entry.label, "row") if entry.closing is not None else frozenset()
        if "opgave" in said:
            task = entry
            break
        if "gedaan" in said:
            done.append(entry)
        elif entry.closing is not None:
            return False
    if task is None or not done:
        return False
    parts = [task, *reversed(done)]
    slots = [(task.closing, "opgave"), *((e.closing, "gedaan") for e in parts[1:])]
    level.sums.add_balance(Formula("fase", row.no, tuple((no, slot) for no, slot in slots if no is not None)))
    level.close(parts, Entry(row.path[-1], "item", {}, row.no, block=row.block))
    return True


def claim_room(level: Level, row: Row, after: Following) -> bool:
    """What is left between the two amounts in front of it, the first less the second. False: that does not hold.

    Room is left of a limit; at the end of a table an effect is left of a total after what was budgeted for it.
    """
    is_room = says_room(row.path[-1])
    if "renteresultaat" in meanings(row.path[-1], "row"):
        return claim_set_off(level, row) or claim_set_off(level, row, is_turned=True)
    if not (is_room or "effect" in meanings(row.path[-1], "row")) or len(level.open) < 2:
        return False
    parts = level.open[-2:]
    whole, used = (e.closing for e in parts)
    if whole is None or used is None or not (is_room or (not after and _is_of_budget(*parts))):
        return False
    return _claim_as(level, row, "verschil", parts, ((whole, 1), (used, -1)))


def claim_set_off(level: Level, row: Row, is_turned: bool = False) -> bool:
    """The first of the two amounts in front less the second; ``is_turned``: the other way round. False: that does not hold.

    So a balance below what was paid and what was received, whose labels are no lasten and baten.
    """
    parts = level.open[-2:]
    first, second = (e.closing for e in parts) if len(parts) == 2 else (None, None)
    if first is None or second is None:
        return False
    both = TotalOf("totaal", row.no, (((first, 1), (second, 1)),), is_sure=False)
    if level.reaches.decide(both).taken != NONE:
        return False  # they add up to it as well: one of them is nil
    sign = -1 if is_turned else 1
    return _claim_as(level, row, "verschil", parts, ((first, sign), (second, -sign)))


def _is_of_budget(total: Entry, budget: Entry) -> bool:
    """Whether a total stands in front of an amount that says that it was budgeted."""
    return total.kind == "total" and stand_in(plain(budget.label)) in BUDGETS


def claim_new_stand(level: Level, row: Row) -> bool:
    """A stand below an earlier stand and the changes since. False: that does not hold."""
    if "stand" not in meanings(row.path[-1], "row"):
        return False
    stands = [i for i, e in enumerate(level.open) if "stand" in meanings(e.label, "row")]
    parts = level.open[stands[-1] :] if stands else []
    terms = reach(parts, None)
    return len(parts) > 1 and terms is not None and _claim_as(level, row, "verloop", parts, terms)


def _claim_as(level: Level, row: Row, kind: str, parts: list[Entry], terms: Reach) -> bool:
    """Claim a row as this sum of ``parts`` where it holds: it stands for them from then on."""
    rol = "difference" if kind == "verschil" else "balance"
    if level.claim(TotalOf(kind, row.no, (terms,), is_sure=False), rol) is None:
        return False
    level.close(parts, Entry(row.path[-1], "item", {}, row.no, block=row.block))
    return True


def claim_states(level: Level, row: Row, is_difference: bool) -> bool:
    """A difference of rows of two states, or the budget after a change below budget and change.

    False: the rows in front of it are not of such states, and nothing was claimed.
    """
    states = {}
    for entry in level.open[-4:]:
        stand = stand_in(plain(entry.label))
        if stand and entry.closing is not None:
            states[stand] = entry.closing
    slots: tuple[tuple[int, str], ...]
    if is_difference:
        pair = next((p for p in COMPARED if all(s in states for s in p)), None)
        slots = ((states[pair[0]], "eerste"), (states[pair[1]], "tweede")) if pair else ()
    else:
        slots = tuple((states[s], s) for s in ("begroting", "begrotingswijziging") if s in states)
    if len(slots) != 2:
        return False
    if is_difference:
        level.sums.add_balance(Formula("verschil", row.no, slots), "difference")
        return True
    level.sums.add_balance(Formula("wijziging", row.no, slots), row.rol)
    summed = [r for r, _ in slots]
    before = [e for e in level.open[-4:] if e.closing in summed]
    level.close(before, Entry(row.path[-1], "item", {}, row.no, block=row.block))
    return True
