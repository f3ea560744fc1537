"""Which rows are the sum of which other rows, from the tree of rows and the words of their labels.

One pass per level of the tree. What has been read and not yet been summed is *open*; a total closes
what is open and stands for it from then on; a balance closes the quantities in front of it. Signs are
left to readings; numbers play no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dagster_project.ingest.meaning import plain, row_meaning, stand_in
from dagster_project.ingest.model import Row
from dagster_project.ingest.rules.claims import COMPARED, Formula
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
from dagster_project.ingest.rules.structure import Group, label_words, unnamed_flow

QUANTITIES = {"lasten", "baten", "toevoeging", "onttrekking", "begin", "besparing", "investering"}
BALANCES = {"saldo", "mutatie", "resultaat", "eind", "besparingspotentieel"}

_INCLUSIVE = re.compile(r"\binclusief\b|\bincl\b|\bna\b")
_PLAIN_BALANCE = re.compile(
    r"(?:totaal |totale |geraamde? |begrote? |gerealiseerde? )*(?:saldo|saldi|resultaat)"
    r"(?: (?:van )?(?:de )?(?:baten en lasten|lasten en baten|begroting|rekening|programma'?s?))?"
)
_BARE_TOTAL = re.compile(
    r"^(?:(?:eind|generaal |algemeen |groot)?(?:totaal|totalen|totale)(?: ?generaal| begroting| gemeente)?)"
    r"(?: (?:van )?(?:de )?(?:lasten|baten|saldo))?(?: \(?(?:lasten|baten|saldo)\)?)?$"
)
_GRAND = re.compile(r"^(?:eind|generaal |algemeen |groot)totaal|^totaal ?generaal")
_TOTAL_WORDS = re.compile(r"^(?:sub ?)?tota?al(?:en)? (?:van )?|^totale | (?:sub)?totaal$")
_WHOLE = re.compile(r"(?:programma|gemeente|begroting|exploitatie)(?: \w{1,3})?")
_MINUS = re.compile(r"^(?:af|minus|min|-/-)\b ?:?")


@dataclass(frozen=True, slots=True)
class TotalOf:
    """A total row with the readings of how far it reaches, the most likely first, and the one taken."""

    kind: str
    total: int
    reaches: tuple[Reach, ...]
    is_sure: bool
    taken: int = 0


@dataclass(slots=True)
class RowSums:
    """All that the rows of one table claim."""

    totals: list[TotalOf] = field(default_factory=list)
    balances: list[Formula] = field(default_factory=list)
    closing_items: dict[int, list[int]] = field(default_factory=dict)  # total -> resultaat rows inside it
    unclaimed_balances: list[int] = field(default_factory=list)  # a saldo without parts at its own level
    roles: dict[int, str] = field(default_factory=dict)  # row no -> role found by structure
    top: list[Entry] = field(default_factory=list)  # what is left open at the outermost level


NONE = -1
Ask = Callable[[TotalOf], int]  # which of the reaches of a total holds, NONE: none of them
_MOST_RUNS = 40  # beyond so many rows it is not asked which of them a total leaves out


def first_reach(total: TotalOf) -> int:
    """The answer of words alone: the most likely reach."""
    return 0


def row_sums(
    root: Group, names: frozenset[str] = frozenset(), ask: Ask = first_reach, has_sides: bool = False
) -> RowSums:
    """The sums over rows of a table.

    ``names`` are the words of caption and headings: a last row that bears the table's own name is its
    total. ``ask`` is asked how far a total reaches where the words leave more than one possibility; what
    is still open after it depends on the answer. ``has_sides``: lasten and baten are columns, so that a row
    "Kosten overhead" is an item.
    """
    sums = RowSums()
    sums.top = _Level(sums, names, ask, has_sides).read(root.children)
    return sums


def _meaning(row: Row) -> tuple[str | None, str]:
    meaning = row_meaning(row.path[-1]) if row.path else row_meaning("")
    return meaning.grootheid, meaning.rol


class _Level:
    """The pass over one level of the tree."""

    def __init__(
        self, sums: RowSums, names: frozenset[str], ask: Ask, has_sides: bool, side: str | None = None
    ):
        self.sums = sums
        self.names = names
        self.ask = ask
        self.has_sides = has_sides
        self.side = side  # lasten or baten, where the heading says that all rows are
        self.open: list[Entry] = []

    def read(self, children: list[Row | Group]) -> list[Entry]:
        leading = _leading_total(children)
        for i, child in enumerate(children):
            if isinstance(child, Group):
                self._group(child)
            elif child is not leading:
                self._row(child, children[i + 1 :])
        if leading is not None:
            self._total(leading, _meaning(leading)[0], "total", [])
        return self.open

    # --- groups ---

    def _group(self, group: Group) -> None:
        """A group, and after it the balances at its end that belong to more than its own side."""
        trailing: list[Row] = []
        if row_meaning(group.label).grootheid in ("lasten", "baten"):
            while (
                group.children
                and isinstance(last := group.children[-1], Row)
                and _meaning(last)[0] in BALANCES
            ):
                trailing.insert(0, last)
                group.children.pop()
        if group.children:
            self._read_group(group)
        for row in trailing:
            self._row(row, [])

    def _read_group(self, group: Group) -> None:
        side = row_meaning(group.label).grootheid or self.side
        inner = _Level(self.sums, self.names, self.ask, self.has_sides, side).read(group.children)
        entry = _as_group(group, inner)
        if group.header is not None:
            self._header(group, inner, entry)
        elif entry.rows and self._is_total_name(group.label, entry):
            parts = [e for e in self.open if any(q in e.rows for q in entry.rows)]
            entry.kind, entry.is_total, entry.parts = "total", True, parts
            for quantity, row in entry.rows.items():
                self._total_of_units(entry, quantity, row)
            self.open = [e for e in self.open if not is_among(e, parts)]
        self.open.append(entry)

    def _header(self, group: Group, inner: list[Entry], entry: Entry) -> None:
        """A heading with numbers of its own carries the total of what stands below it."""
        quantity = _meaning(group.header)[0]
        entry.closing, entry.rows = group.header.no, {quantity: group.header.no} if quantity else {}
        found = reach(inner, None)
        if found and len(found) > 1:
            self.sums.totals.append(TotalOf("groepstotaal", group.header.no, (found,), is_sure=False))
            self.sums.roles[group.header.no] = "subtotal"

    def _is_total_name(self, label: str, entry: Entry) -> bool:
        """Whether a unit is the total of the units in front of it: "Totaal", "Programma", the table's name."""
        alike = [e for e in self.open if any(q in e.rows for q in entry.rows)]
        if row_meaning(label).rol in ("total", "subtotal"):
            return bool(alike)
        if len(alike) < 2:
            return False
        words = label_words(label)
        is_one_of_them = any(label_words(e.label).split()[:1] == words.split()[:1] for e in alike)
        return bool(_WHOLE.fullmatch(words) and not is_one_of_them) or self._is_own_name(words)

    def _is_own_name(self, words: str) -> bool:
        return any(
            words == n or words.startswith(n + " ") or (" " in words and n.startswith(words + " "))
            for n in self.names
        )

    def _total_of_units(self, unit: Entry, quantity: str, row: int) -> None:
        """The row is, for its quantity, the total of the units that ``unit`` stands for."""
        found = tuple(r for e in unit.parts if quantity in e.rows for r in (standing(e, quantity) or []))
        if len(found) > 1 or (found and row_meaning(unit.label).rol in ("total", "subtotal")):
            self.sums.totals.append(TotalOf("totaal", row, (found,), True))
            self.sums.roles[row] = "total"

    # --- rows ---

    def _row(self, row: Row, after: list[Row | Group]) -> None:
        quantity, rol = _meaning(row)
        if self.has_sides and quantity in ("lasten", "baten"):
            quantity = None
        if rol == "item" and quantity in ("toevoeging", "onttrekking") and self._is_of_side(after):
            quantity = None
        if quantity in BALANCES:
            self._balance_row(row, quantity, after)
        elif rol == "difference" or stand_in(plain(row.path[-1])) == "begroting_na_wijziging":
            if not self._of_states(row, rol == "difference"):
                self._item(row, quantity)
        elif rol in ("total", "subtotal"):
            self._total_row(row, quantity, rol, after)
        elif quantity in QUANTITIES:
            self._quantity(row, quantity)
        elif not self._closes_by_name(row, after):
            self._item(row, quantity)

    def _is_of_side(self, after: list[Row | Group]) -> bool:
        """Whether a row stands among the lasten or baten, with their total below it."""
        below = [_meaning(c) for c in after if isinstance(c, Row)]
        return self.side in ("lasten", "baten") and any(
            rol in ("total", "subtotal") and quantity in (None, self.side) for quantity, rol in below
        )

    def _item(self, row: Row, quantity: str | None) -> None:
        label = row.path[-1] if row.path else ""
        flow = self._running_flow()
        if flow is not None:
            flow.flow.append((row.no, unnamed_flow(label)))
            return
        rows = {quantity: row.no} if quantity else {}
        is_minus = bool(_MINUS.match(plain(label)))
        self.open.append(Entry(label, "item", rows, row.no, block=row.block, is_minus=is_minus))

    def _running_flow(self) -> Entry | None:
        """The unit that has an opening stock and no closing stock yet."""
        last = self.open[-1] if self.open else None
        return last if last is not None and last.on_level and last.flow else None

    def _quantity(self, row: Row, quantity: str) -> None:
        """A row that is one quantity of a unit: it joins the unit in front of it, or starts one."""
        flow = self._running_flow()
        if flow is not None and quantity in ("toevoeging", "onttrekking", "mutatie"):
            flow.flow.append((row.no, quantity))
            flow.rows.setdefault(quantity, row.no)
            return
        last = self.open[-1] if self.open else None
        if last is not None and last.on_level and quantity not in last.rows and flow is None:
            last.rows[quantity] = row.no
            last.closing = closing_row(last.rows)
            return
        entry = Entry(row.path[-1], "unit", {quantity: row.no}, row.no, block=row.block, on_level=True)
        if quantity in ("begin", "eind"):
            entry.flow = [(row.no, "begin")]
        self.open.append(entry)

    # --- balances ---

    def _balance_row(self, row: Row, quantity: str, after: list[Row | Group]) -> None:
        if self._balance(row, quantity):
            return
        if quantity == "resultaat" and self._is_closing_item(after):
            self._item(row, quantity)
        elif quantity in ("saldo", "resultaat") and self._can_total():
            is_last = not any(isinstance(c, Row) for c in after)
            is_plain = bool(_PLAIN_BALANCE.fullmatch(plain(row.path[-1])))
            self._total(row, None, "total", after, is_sure=is_last or is_plain, names=quantity)
        else:
            if quantity in ("saldo", "resultaat"):
                self.sums.unclaimed_balances.append(row.no)
            self._quantity(row, quantity)

    def _can_total(self) -> bool:
        """Whether the open entries may be added up as they are: no lasten beside baten."""
        one_sided = any(
            e.side or ({"lasten", "baten"} & set(e.rows) and "saldo" not in e.rows) for e in self.open
        )
        return len(self.open) > 1 and not one_sided and reach(self.open, None) is not None

    def _is_closing_item(self, after: list[Row | Group]) -> bool:
        """A result that a total follows at once is the item that makes both sides equal."""
        following = after[0] if after else None
        return isinstance(following, Row) and _meaning(following)[1] in ("total", "subtotal")

    def _balance(self, row: Row, quantity: str) -> bool:
        """Claim a balance from the quantities in front of it. False: there are none."""
        flow = self._running_flow()
        if quantity == "eind" and flow is not None:
            if len(flow.flow) > 1:
                self.sums.balances.append(Formula("verloop", row.no, tuple(flow.flow)))
                self.sums.roles[row.no] = "balance"
            flow.rows["eind"] = flow.closing = row.no
            flow.flow = []
            return True
        last = self.open[-1] if self.open else None
        for kind, slots in _OPERANDS.get(quantity, ()):
            entries = self._find(*slots)
            if entries is None or (entries == [last] and quantity in last.rows):
                continue
            operands = {s: next(e.rows[s] for e in entries if s in e.rows) for s in slots}
            terms = [(r, s) for s, r in operands.items()]
            terms += [(r, "-" + s) for s, t in operands.items() for r in self.sums.closing_items.get(t, ())]
            self.sums.balances.append(Formula(kind, row.no, tuple(terms)))
            self.sums.roles[row.no] = "balance"
            self._close(entries, row, quantity)
            return True
        return quantity in ("saldo", "resultaat") and self._balance_of_sides(row, quantity)

    def _of_states(self, row: Row, is_difference: bool) -> bool:
        """A difference of rows of two states, or the budget after a change below budget and change."""
        states = {}
        for entry in self.open[-4:]:
            stand = stand_in(plain(entry.label))
            if stand and entry.closing is not None:
                states[stand] = entry.closing
        if is_difference:
            pair = next((p for p in COMPARED if all(s in states for s in p)), None)
            slots = ((states[pair[0]], "eerste"), (states[pair[1]], "tweede")) if pair else ()
        else:
            slots = tuple((states[s], s) for s in ("begroting", "begrotingswijziging") if s in states)
        if len(slots) != 2:
            return False
        self.sums.balances.append(Formula("verschil" if is_difference else "wijziging", row.no, slots))
        self.sums.roles[row.no] = "difference" if is_difference else row.rol
        if not is_difference:
            self.open = [e for e in self.open if e.closing not in [r for r, _ in slots]]
            self.open.append(Entry(row.path[-1], "item", {}, row.no, block=row.block))
        return True

    def _find(self, *quantities: str) -> list[Entry] | None:
        """The last open entries that carry these quantities: one unit, or the totals of each."""
        last = self.open[-1] if self.open else None
        if last is not None and all(q in last.rows for q in quantities):
            return [last]
        found = []
        for quantity in quantities:
            entry = next((e for e in reversed(self.open) if quantity in e.rows), None)
            if entry is None or entry.kind == "item":
                return None
            found.append(entry)
        if len({id(e) for e in found}) == 1:
            return None  # a unit that other entries have followed
        # entries between them would be left out of the balance
        first = min(i for i, e in enumerate(self.open) if is_among(e, found))
        return found if all(is_among(e, found) for e in self.open[first:]) else None

    def _balance_of_sides(self, row: Row, quantity: str) -> bool:
        """A balance below a list of lasten and a list of baten that have no totals of their own."""
        sides = {e.side for e in self.open}
        if sides != {"lasten", "baten"}:
            return False
        terms = []
        for entry in self.open:
            rows = standing(entry, None)
            if rows is None:
                return False
            terms += [(r, entry.side if sign > 0 else "-" + entry.side) for r, sign in rows]
        self.sums.balances.append(Formula("saldo", row.no, tuple(terms)))
        self.sums.roles[row.no] = "balance"
        unit = Entry(row.path[-1], "unit", {quantity: row.no}, row.no, parts=self.open, on_level=True)
        self.open = [unit]
        return True

    def _close(self, entries: list[Entry], row: Row, quantity: str) -> None:
        """The balance joins the unit; where it closes several entries they become one."""
        unit = entries[-1]
        totals = [e for e in entries if e.is_total]
        if len(entries) > 1:
            unit = Entry(entries[0].label, "unit", parts=list(entries))
            for entry in entries:
                unit.rows.update(entry.rows)
            self.open = [e for e in self.open if not is_among(e, entries)] + [unit]
        for total in totals:
            self._total_of_units(total, quantity, row.no)
        unit.rows[quantity] = row.no
        unit.closing = closing_row(unit.rows)
        unit.on_level = True

    # --- totals ---

    def _total_row(self, row: Row, quantity: str | None, rol: str, after: list[Row | Group]) -> None:
        last = self.open[-1] if self.open else None
        is_next = quantity and last is not None and last.is_total and quantity not in last.rows
        if is_next and any(quantity in p.rows for p in last.parts):
            last.rows[quantity] = row.no
            last.closing = closing_row(last.rows)
            self._total_of_units(last, quantity, row.no)
        else:
            self._total(row, quantity, rol, after)

    def _total(
        self,
        row: Row,
        quantity: str | None,
        rol: str,
        after: list[Row | Group],
        is_sure: bool = True,
        names: str | None = None,
    ) -> None:
        """A total of what is open; ``names`` is the quantity that its own label says it is."""
        choices = reaches(self._choices(row, quantity, rol, after), quantity)
        if not choices:
            self._not_a_total(row, quantity)
            return
        label = row.path[-1]
        total = TotalOf("subtotaal" if rol == "subtotal" else "totaal", row.no, tuple(choices), is_sure)
        taken = self.ask(total)
        if taken == NONE and len(first := choices[total.reaches[0]]) <= _MOST_RUNS:
            choices |= reaches(without_a_run(opened(first)), quantity)
            total = replace(total, reaches=tuple(choices))
            taken = self.ask(total)
        if taken == NONE and not is_sure:
            self._item(row, quantity)
            return
        total = replace(total, taken=max(taken, 0))
        absorbed = choices[total.reaches[total.taken]]
        self.sums.totals.append(total)
        self.sums.roles[row.no] = rol
        inside = [e.closing for e in absorbed if e.kind == "item" and "resultaat" in e.rows]
        if inside:
            self.sums.closing_items[row.no] = [r for r in inside if r is not None]
        rows = {quantity: row.no} if quantity else common_quantity(absorbed, row.no)
        if names:
            rows.setdefault(names, row.no)
        entry = Entry(label, rol, rows, row.no, parts=absorbed, block=row.block)
        entry.is_total = bool(quantity) and any(quantity in e.rows for e in absorbed)
        self.open = [e for e in self.open if not is_among(e, absorbed)] + [entry]

    def _not_a_total(self, row: Row, quantity: str | None) -> None:
        """A total without parts is one quantity of a unit, or a number of its own."""
        if quantity:
            self._quantity(row, quantity)
            self.sums.roles[row.no] = "item"
        else:
            self.open.append(Entry(row.path[-1], "item", {}, row.no, block=row.block))

    def _choices(
        self, row: Row, quantity: str | None, rol: str, after: list[Row | Group]
    ) -> list[list[Entry]]:
        """The entries that a total may reach, the most likely first."""
        pool = [
            e for e in self.open if not (quantity and e.kind != "item" and e.rows and quantity not in e.rows)
        ]
        pool = [e for e in pool if not (quantity and e.side and e.side != quantity)]
        if not pool:
            return []
        last_total = max((i for i, e in enumerate(pool) if e.kind in ("subtotal", "total")), default=-1)
        fresh = pool[last_total + 1 :]
        words = plain(row.path[-1])
        # where no heading says so, the group may have begun at any row since the last total
        begun_later = [fresh[k:] for k in range(1, min(len(fresh) - 1, 12))]
        if (named := self._group_named(row.path[-1], pool)) is not None:
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
        if is_bare or _INCLUSIVE.search(words) or not self._later_total(after):
            return [pool, fresh, with_last]
        return [fresh, pool, with_last]

    def _later_total(self, after: list[Row | Group]) -> bool:
        return any(isinstance(c, Row) and _meaning(c)[1] in ("total", "balance") for c in after)

    def _group_named(self, label: str, pool: list[Entry]) -> Entry | None:
        """The group in front of a total that bears its name: "Totaal Jeugd" below the rows of Jeugd."""
        words = _TOTAL_WORDS.sub("", label_words(label))
        last = pool[-1]
        return last if words and last.kind == "group" and label_words(last.label) == words else None

    def _closes_by_name(self, row: Row, after: list[Row | Group]) -> bool:
        """A last row that bears the name of the group or table in front of it carries its total."""
        words = label_words(row.path[-1])
        last = self.open[-1] if self.open else None
        if last is None:
            return False
        if last.kind == "group" and last.closing is None and label_words(last.label) == words:
            self._total(row, None, "total", after)
            return True
        are_units = len(self.open) > 1 and all(e.kind in ("unit", "group") and e.rows for e in self.open)
        if after or not (self._is_own_name(words) or are_units) or not self._can_total():
            return False
        found = reach(self.open, None)
        self.sums.totals.append(
            TotalOf("totaal", row.no, (found,) if found else (), self._is_own_name(words))
        )
        self.sums.roles[row.no] = "total"
        self.open = [
            Entry(row.path[-1], "total", common_quantity(self.open, row.no), row.no, parts=self.open)
        ]
        return True


def _leading_total(children: list[Row | Group]) -> Row | None:
    """A total that stands first is the sum of what follows, where no other row sums at its level."""
    first = children[0] if children else None
    if not isinstance(first, Row) or len(children) < 3:
        return None
    quantity, rol = _meaning(first)
    if rol not in ("total", "subtotal"):
        return None
    rest = [_meaning(c) for c in children[1:] if isinstance(c, Row)]
    if any(r != "item" for _, r in rest) or (quantity and any(q in QUANTITIES for q, _ in rest)):
        return None
    return first


_OPERANDS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "saldo": (("saldo", ("lasten", "baten")), ("mutatie", ("toevoeging", "onttrekking"))),
    "mutatie": (("mutatie", ("toevoeging", "onttrekking")),),
    "resultaat": (
        ("resultaat", ("saldo", "mutatie")),
        ("resultaat", ("saldo", "toevoeging", "onttrekking")),
        ("saldo", ("lasten", "baten")),
    ),
    "besparingspotentieel": (("potentieel", ("besparing", "investering")),),
}


def _as_group(group: Group, inner: list[Entry]) -> Entry:
    """What a group amounts to, seen from the level above it."""
    side = row_meaning(group.label).grootheid
    side = side if side in ("lasten", "baten", "toevoeging", "onttrekking") else None
    block = inner[0].block if inner else 0
    if len(inner) != 1:
        return Entry(group.label, "group", {}, None, inner, block, side=side)
    only = inner[0]
    rows = dict(only.rows)
    if side and only.closing is not None:
        rows.setdefault(side, only.closing)
    is_item = only.kind == "item"
    return Entry(
        group.label, "item" if is_item else "group", rows, only.closing, only.parts, block, only.is_total
    )
