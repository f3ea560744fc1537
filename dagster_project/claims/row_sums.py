"""Which rows are the sum of which other rows, from the tree of rows and the words of their labels.

One pass per level of the tree. What has been read and not yet been summed is *open*; a total closes
what is open and stands for it from then on; a balance closes the quantities in front of it. Signs are
left to readings; numbers play no part. What does not belong here: what each kind of row does to what is
open (``groups``, ``totals``, ``balances``, ``level``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster_project.claims.balances import (
    claim_new_stand,
    claim_rest,
    claim_room,
    claim_states,
    claim_stock,
    claim_stock_below,
    read_balance,
)
from dagster_project.claims.entries import BALANCES, QUANTITIES, Entry
from dagster_project.claims.families import Formula
from dagster_project.claims.following import NOTHING, Following, Siblings
from dagster_project.claims.groups import (
    claim_balances_row_by_row,
    claim_row_by_row,
    join_group,
    leading_total,
    take_trailing_balances,
)
from dagster_project.claims.level import Level, meaning_of
from dagster_project.claims.printed_formulas import Terms
from dagster_project.claims.row_claims import Reaches, RowSums
from dagster_project.claims.structure import Group
from dagster_project.claims.totals import claim_total, closes_by_name, read_total
from dagster_project.claims.words import meanings
from dagster_project.reading.meaning import plain, row_meaning, stand_in
from dagster_project.reading.model import Row


def row_sums(
    root: Group, names: frozenset[str], reaches: Reaches, has_sides: bool, formulas: Mapping[int, Terms]
) -> RowSums:
    """The sums over rows of a table.

    ``names`` are the words of caption and headings: a last row that bears the table's own name is its
    total. ``reaches`` decides how far a total reaches where the words leave more than one possibility; what
    is still open after it depends on that. ``has_sides``: lasten and baten are columns, so that a row
    "Kosten overhead" is an item. ``formulas`` are those that labels print, by row number. Balances below lasten or baten move out of their group in ``root``.
    """
    sums = RowSums(formulas=formulas)
    sums.top = _read(Level(sums, names, reaches, has_sides), root.children)
    return sums


def _read(level: Level, children: list[Row | Group]) -> list[Entry]:
    """Read all children of a level: what is left open."""
    leading = leading_total(children)
    siblings = Siblings(children)
    before: list[Group] = []  # the groups since the last row
    for i, child in enumerate(children):
        if isinstance(child, Group):
            _read_group(level, child, before, siblings.behind(i))
            before.append(child)
            continue
        before.clear()
        if child is not leading:
            _read_row(level, child, siblings.behind(i))
    if leading is not None:
        claim_total(level, leading, meaning_of(leading)[0], "total", NOTHING)
    return level.open


def _read_group(level: Level, group: Group, before: Sequence[Group], after: Following) -> None:
    """A group, and after it the balances at its end that belong to more than its own side.

    ``before`` are the groups right in front of it, which it may sum row by row; ``after`` is what follows on the level.
    """
    trailing = take_trailing_balances(group)
    if group.children:
        side = row_meaning(group.label).grootheid or level.side
        has_total = side == level.side and _is_of_side(side, after)
        join_group(level, group, _read(level.below(side, group.label, has_total), group.children))
        claim_row_by_row(level, group, before)
        claim_balances_row_by_row(level, group, before)
    for row in trailing:
        _read_row(level, row, NOTHING)


def _read_row(level: Level, row: Row, after: Following) -> None:
    """One row, by what its label says; ``after`` is what follows on the level."""
    quantity, rol = meaning_of(row)
    if row.no in level.sums.formulas:
        _read_formula(level, row, quantity)
        return
    if claim_stock(level, row) or claim_stock_below(level, row) or claim_room(level, row, after):
        return
    if quantity is None and claim_new_stand(level, row):
        return
    if level.has_sides and quantity in ("lasten", "baten"):
        quantity = None
    is_of_side = level.is_totalled or _is_of_side(level.side, after)
    if rol == "item" and quantity in ("toevoeging", "onttrekking") and is_of_side:
        quantity = None
    if quantity == "resultaat" and level.running_flow is not None:
        level.add_item(row, quantity)  # what the year before left, on its way from one stock to the next
    elif quantity in BALANCES:
        read_balance(level, row, quantity, after)
    elif claim_rest(level, row):
        return
    elif rol == "difference" or stand_in(plain(row.path[-1])) == "begroting_na_wijziging":
        if not claim_states(level, row, rol == "difference"):
            level.add_item(row, quantity)
    elif ("som" in meanings(row.path[-1], "row") or _is_nameless_end(row, after)) and level.is_one_sided():
        claim_total(level, row, None, "total", after, is_sure=False, names=quantity)
    elif rol in ("total", "subtotal"):
        read_total(level, row, quantity, rol, after)
    elif quantity in QUANTITIES:
        level.add_quantity(row, quantity)
    elif not closes_by_name(level, row, after):
        level.add_item(row, quantity)


def _read_formula(level: Level, row: Row, quantity: str | None) -> None:
    """A row whose label says what it sums: it stands from then on for those of them that are open here."""
    terms = level.sums.formulas[row.no]
    formula = Formula("formule", row.no, tuple((no, "plus" if sign > 0 else "min") for no, sign in terms))
    level.sums.add_balance(formula, "balance" if quantity in BALANCES else "total")
    summed = {no for no, _ in terms}
    level.open = [part for e in level.open for part in _without_summed_group(e, summed)]
    parts = [e for e in level.open if e.closing in summed or summed & set(e.rows.values())]
    rows = {quantity: row.no} if quantity else {}
    level.close(parts, Entry(row.path[-1], "total", rows, row.no, parts=parts, block=row.block))


def _without_summed_group(entry: Entry, summed: set[int]) -> list[Entry]:
    """The entry; the parts of a group without a total of which some are among what a formula sums."""
    is_begun = (
        entry.kind == "group" and entry.closing is None and any(p.closing in summed for p in entry.parts)
    )
    return entry.parts if is_begun else [entry]


def _is_nameless_end(row: Row, after: Following) -> bool:
    """Whether a row without a label ends its level: what would be a total, were it called one."""
    return not row.path[-1].strip() and not after


def _is_of_side(side: str | None, after: Following) -> bool:
    """Whether a row stands among the lasten or baten, with their total below it."""
    return side in ("lasten", "baten") and after.has_total_of(side)
