"""How the children of a level are grouped: what stands outside a group, and what a group amounts to.

A group joins the level above it as one entry, with a total of its own or as the total of the groups in
front of it. What does not belong here: how its rows are read, and the tree itself (``structure``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster_project.claims.entries import BALANCES, QUANTITIES, Entry, carries, reach, shared_headings
from dagster_project.claims.families import Formula
from dagster_project.claims.level import Level, meaning_of
from dagster_project.claims.row_claims import RowSums, TotalOf
from dagster_project.claims.structure import Group, label_words
from dagster_project.claims.totals import add_total_of_units
from dagster_project.claims.words import meanings
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import is_whole_balance, row_meaning
from dagster_project.reading.model import Row

_WHOLE = pattern_of("geheel", "label")
# what a heading above nothing but its two sides is
_DIFFERENCES = {"saldo": ("lasten", "baten"), "mutatie": ("toevoeging", "onttrekking")}
_SIDES = ("lasten", "baten", "toevoeging", "onttrekking")
_BALANCE_OF = {sides: balance for balance, sides in _DIFFERENCES.items()}


def leading_total(children: list[Row | Group]) -> Row | None:
    """A total that stands first is the sum of what follows, where no other row sums at its level."""
    first = children[0] if children else None
    if not isinstance(first, Row) or len(children) < 3:
        return None
    quantity, rol = meaning_of(first)
    if rol not in ("total", "subtotal"):
        return None
    rest = [meaning_of(c) for c in children[1:] if isinstance(c, Row)]
    if any(r != "item" for _, r in rest) or (quantity and any(q in QUANTITIES for q, _ in rest)):
        return None
    return first


def take_trailing_balances(group: Group) -> list[Row]:
    """The balances at the end of a group of lasten or baten: they belong to more than their own side.

    They are taken out of ``group``, which may be left without children.
    """
    trailing: list[Row] = []
    if row_meaning(group.label).grootheid in ("lasten", "baten"):
        while (
            group.children
            and isinstance(last := group.children[-1], Row)
            and meaning_of(last)[0] in BALANCES
            and is_whole_balance(last.path[-1])
        ):
            trailing.insert(0, last)
            group.children.pop()
    return trailing


def join_group(level: Level, group: Group, inner: list[Entry]) -> None:
    """A group joins the level above it: ``inner`` is what was left open below its heading."""
    entry = _as_group(group, inner)
    entry.under = shared_headings(inner) | {label_words(group.label)}
    parts: list[Entry] = []
    if group.header is not None:
        _read_header(level.sums, group.header, inner, entry)
    elif entry.rows and (parts := _totalled(level, group.label, entry.rows)):
        entry.kind, entry.is_total, entry.parts = "total", True, parts
        for quantity, row in entry.rows.items():
            add_total_of_units(level, entry, quantity, row)
    level.close(parts, entry)


def claim_row_by_row(level: Level, group: Group, before: Sequence[Group]) -> None:
    """A group that is called a total and has the rows of the groups before it: each row sums those of its name.

    ``Totaal > Exploitatie`` below ``Wegen > Exploitatie`` and ``Riolering > Exploitatie``. Rows that are one quantity of a
    unit (lasten, baten) are claimed with the unit.
    """
    is_total = row_meaning(group.label).rol in ("total", "subtotal") or "samen" in meanings(
        group.label, "row"
    )
    is_of_units = row_meaning(group.label).rol == "balance" and _has_both_sides(group)
    if not (is_total or is_of_units) or len(before) < 2:
        return
    claimed = {t.total for t in (*level.sums.totals, *level.sums.unanswered)}
    others = [_named_rows(g) for g in before]
    shared = frozenset[str].intersection(*(frozenset(other) for other in others))
    own = _named_rows(group)
    if len(own.keys() & shared) < 2 or any(
        meaning_of(own[name])[1] == "item" for name in own.keys() - shared
    ):
        return
    for name, row in own.items():
        if name in shared and row.no not in claimed:
            parts = tuple((other[name].no, 1) for other in others)
            level.claim(TotalOf("totaal", row.no, (parts,), is_total), "total")


def _has_both_sides(group: Group) -> bool:
    """Whether a group holds lasten and baten: called a balance, it is that of the groups before it, side by side."""
    return {"lasten", "baten"} <= {meaning_of(row)[0] for row in _named_rows(group).values()}


def claim_balances_row_by_row(level: Level, group: Group, before: Sequence[Group]) -> None:
    """A group that is called the balance of the two groups before it: each row is the balance of those of its name.

    ``Saldo > Onderwijs`` below ``Lasten > Onderwijs`` and ``Baten > Onderwijs``. What only one side has is that alone.
    """
    quantity = row_meaning(group.label).grootheid
    sides = {row_meaning(g.label).grootheid: _named_rows(g) for g in before[-2:]}
    operands = next((o for o in _BALANCE_OF if sides.keys() == set(o)), None)
    if quantity not in BALANCES or operands is None:
        return
    claimed = {f.total for f in level.sums.balances} | {t.total for t in level.sums.totals}
    for name, row in _named_rows(group).items():
        slots = tuple((sides[q][name].no, q) for q in operands if name in sides[q])
        if slots and row.no not in claimed and meaning_of(row)[1] == "item":
            level.sums.add_balance(Formula(_BALANCE_OF[operands], row.no, slots))


def _named_rows(group: Group) -> dict[str, Row]:
    """The rows below a heading by their words and those of the headings between; empty where two are called the same."""
    rows = _rows_below(group)
    depth = len(group.prefix)
    named = {" ".join(label_words(label) for label in row.path[depth:]): row for row in rows}
    return named if len(named) == len(rows) else {}


def _rows_below(group: Group) -> list[Row]:
    """The rows right below a heading; those of groups inside it too, where it has no rows of its own."""
    rows = [c for c in group.children if isinstance(c, Row)]
    inner = [c for c in group.children if isinstance(c, Group) and c.header is None]
    return rows or [row for g in inner for row in _rows_below(g)]


def _as_group(group: Group, inner: list[Entry]) -> Entry:
    """What a group amounts to, seen from the level above it."""
    side = row_meaning(group.label).grootheid
    side = side if side in _SIDES else None
    block = inner[0].block if inner else 0
    if len(inner) != 1:
        return Entry(group.label, "group", {}, None, inner, block, side=side)
    only = inner[0]
    rows = dict(only.rows)
    if side and only.closing is not None:
        rows.setdefault(side, only.closing)
    kind = "item" if only.kind == "item" and group.header is None else "group"
    return Entry(group.label, kind, rows, only.closing, only.parts, block, only.is_total)


def _read_header(sums: RowSums, header: Row, inner: list[Entry], entry: Entry) -> None:
    """A heading with numbers of its own carries the total of what stands below it, or the difference of its two sides."""
    quantity = meaning_of(header)[0]
    entry.closing, entry.rows = header.no, {quantity: header.no} if quantity else {}
    sides = {q: row for e in inner for q, row in e.rows.items()}
    for balance, operands in _DIFFERENCES.items():
        if len(inner) <= len(operands) and set(sides) == set(operands) and quantity in (None, balance):
            sums.add_balance(Formula(balance, header.no, tuple((sides[q], q) for q in operands)))
            entry.rows = {**sides, balance: header.no}
            return
    found = reach(inner, None)
    if found and len(found) > 1:
        sums.add_total(TotalOf("groepstotaal", header.no, (found,), is_sure=False), "subtotal")


def _totalled(level: Level, label: str, rows: Mapping[str, int]) -> list[Entry]:
    """The units in front of a unit with these quantities that it is the total of: "Totaal", "Programma", the table's name."""
    words = label_words(label)
    is_total = row_meaning(label).rol in ("total", "subtotal")
    is_whole, is_own = bool(_WHOLE.fullmatch(words)), level.is_own_name(words)
    if not (is_total or is_whole or is_own):
        return []
    alike = [e for e in level.open if any(carries(e, q) for q in rows)]
    if is_total:
        return alike
    is_one_of_them = any(_WHOLE.fullmatch(label_words(e.label)) for e in alike)
    return alike if len(alike) > 1 and (is_own or not is_one_of_them) else []
