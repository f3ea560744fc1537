"""Which columns are the sum or the difference of which other columns, from their headers.

The same formula holds in every row of the table; only the direction of a difference may depend on what
the row is (lasten or baten). Signs and directions are left to readings; numbers play no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from dagster_project.claims.families import (
    BALANCES_OF_STATES,
    BUDGETS,
    COMPARED,
    CONVENTION_OF_KIND,
    OPERANDS,
    RESULTS_OF_STOCKS,
    ClaimedSum,
    Family,
    FamilyReading,
    Formula,
    in_rows,
    sign_readings,
)
from dagster_project.claims.printed_formulas import of_columns
from dagster_project.claims.structure import (
    UNNAMED_FLOWS,
    ColumnFacts,
    column_facts,
    is_bare_total,
    is_called_part,
    label_words,
    of_what,
    row_quantity,
    unnamed_flow,
)
from dagster_project.claims.words import meanings
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain, says_room
from dagster_project.reading.model import Row, Table

_REMAINDER = pattern_of("restant", "header")
_IN_TIME = pattern_of("in_tijd", "header")
_UNNAMED = {None, "lasten", "baten", "resultaat"}  # between two stocks: what was added or taken off
_NO_PART = {"saldo", "mutatie", "resultaat", "begin", "eind"}


def column_families(table: Table, rows: list[Row]) -> list[Family]:
    """All sums over columns of a table, for ``rows``, as families of readings."""
    facts = [f for f in column_facts(table) if not (f.is_share or f.is_count)]
    numbers = [r.no for r in rows]
    families = [
        *_balances(table.no, facts, numbers),
        *_flows(table.no, facts, numbers),
        *_results_of_stocks(table.no, facts, numbers),
        *_changes(table.no, facts, numbers),
        *_totals(table.no, facts, numbers),
        *_totals_by_name(table.no, facts, numbers),
        *_parts_in_time(table.no, facts, numbers),
        *_rooms(table.no, facts, numbers),
    ]
    claimed = {c.total[2] for f in families for c in f.readings[0].claims}
    changes = {
        p[2] for f in families for c in f.readings[0].claims if c.kind == "wijziging" for p, _ in c.parts
    }
    families += _differences(table, facts, rows, claimed, changes)
    return _with_printed_formulas(table, families, numbers)


def _with_printed_formulas(table: Table, families: list[Family], rows: list[int]) -> list[Family]:
    """Where a header prints its formula, no other columns are summed than those that it names."""
    printed = of_columns(table.columns)
    named = {no: {no for no, _ in terms} for no, terms in printed.items()}
    said: set[int] = set()
    kept = []
    for family in families:
        told = {c.total[2]: {p[2] for p, _ in c.parts} for r in family.readings for c in r.claims}
        if all(parts == named.get(total, parts) for total, parts in told.items()):
            said |= told.keys()
            kept.append(family)
    formulas = [
        Formula("formule", total, tuple((no, "plus" if sign > 0 else "min") for no, sign in terms))
        for total, terms in printed.items()
        if total not in said
    ]
    if formulas:
        kept.append(_signed_family(table.no, "formule", formulas, rows, is_sure=False))
    return kept


def _signed_family(
    table_no: int, kind: str, formulas: list[Formula], rows: list[int], is_sure: bool = True
) -> Family:
    slots = {slot for f in formulas for _, slot in f.slots}
    readings = tuple(
        FamilyReading(keuze, tuple(c for f in formulas for c in in_rows(table_no, f, rows, signs)))
        for keuze, signs in sign_readings(kind, slots)
    )
    return Family(
        CONVENTION_OF_KIND.get(kind, kind), table_no, readings, is_sure, is_convention=len(readings) > 1
    )


# --- saldo, mutatie, resultaat -----------------------------------------------------------------------


def _operand(facts: list[ColumnFacts], of: ColumnFacts, quantity: str) -> ColumnFacts | None:
    """The column of this quantity for the same period: by the words that remain, or by being next to it."""
    same = [
        f for f in facts if f.quantity == quantity and f.is_difference == of.is_difference and not f.is_total
    ]
    exact = [f for f in same if f.period == of.period]
    if len(exact) == 1:
        return exact[0]
    if exact or not same:
        return None
    if of.period and all(f.period for f in same):
        meant = [f for f in same if of.jaar and (f.jaar, f.stand) == (of.jaar, of.stand)]
        return meant[0] if len(meant) == 1 else None
    return same[0] if len(same) == 1 else None


def _balances(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    found: dict[tuple[str, bool], list[Formula]] = {}
    for fact in facts:
        for kind, slots in OPERANDS.get(fact.quantity or "", ()):
            operands = [_operand(facts, fact, s) for s in slots]
            if all(operands):
                terms = tuple((o.no, s) for o, s in zip(operands, slots, strict=True) if o)
                found.setdefault((kind, fact.is_difference), []).append(Formula(kind, fact.no, terms))
                break
        else:
            if fact.quantity in ("resultaat", "saldo") and not fact.is_difference:
                yield from _difference_of_balances(table_no, facts, fact, rows)
    for (kind, is_difference), formulas in found.items():
        family = _signed_family(table_no, kind, formulas, rows)
        yield replace(family, naam=f"{family.naam}_van_verschil") if is_difference else family


def _difference_of_balances(
    table_no: int, facts: list[ColumnFacts], fact: ColumnFacts, rows: list[int]
) -> Iterator[Family]:
    """A result beside lasten and baten of both budget and accounts: of the accounts, or their difference.

    Where both print their balance too it is the difference of those. Of two budgets it is the last one, after changes.
    """
    sides: dict[tuple[str, bool], ColumnFacts] = {}
    for f in facts:
        if f.quantity in ("lasten", "baten", "saldo") and not f.is_difference and f.stand and f.no != fact.no:
            key = (f.quantity, f.stand == "rekening")
            if key in sides and (key[1] or f.stand == sides[key].stand):
                return
            sides[key] = f
    if {("saldo", False), ("saldo", True)} <= sides.keys():
        slots = ((sides["saldo", False].no, "eerste"), (sides["saldo", True].no, "tweede"))
        yield _signed_family(table_no, "verschil", [Formula("verschil", fact.no, slots)], rows, is_sure=False)
        return
    if len({k for k in sides if k[0] != "saldo"}) != 4:
        return
    budget = {q: sides[q, False].no for q in ("lasten", "baten")}
    actual = {q: sides[q, True].no for q in ("lasten", "baten")}
    readings = []
    for kind, keuze, signs, factors in BALANCES_OF_STATES:
        states = list(zip((budget, actual), factors, strict=True))
        terms = [(side[q], sign * factor) for q, sign in signs.items() for side, factor in states]
        claims = tuple(
            ClaimedSum(
                kind, "row", (table_no, r, fact.no), tuple(((table_no, r, c), s) for c, s in terms if s)
            )
            for r in rows
        )
        readings.append(FamilyReading(keuze, claims))
    yield Family("saldo_richting", table_no, tuple(readings), is_sure=False, is_convention=True)


# --- stocks ------------------------------------------------------------------------------------------


def _flows(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """begin + toevoeging - onttrekking = eind, from left to right; the next period starts at its end."""
    formulas, links = [], []
    stock: ColumnFacts | None = None
    flow: list[tuple[int, str]] = []
    is_sure = True
    for fact in facts:
        if fact.is_difference:
            continue
        if fact.quantity == "begin":
            if stock is not None and flow and stock.quantity == "eind":  # booked between two years
                formulas.append(Formula("verloop", fact.no, ((stock.no, "begin"), *flow)))
                is_sure = False
            elif stock is not None and flow and _follows(stock, fact):  # of each year its first day only
                formulas.append(Formula("verloop", fact.no, ((stock.no, "begin"), *flow)))
            elif stock is not None and stock.quantity == "eind" and _follows(stock, fact):
                links.append(Formula("aansluiting_jaren", fact.no, ((stock.no, "eind"),)))
            stock, flow = fact, []
        elif fact.quantity == "eind":
            if stock is not None and flow:
                formulas.append(Formula("verloop", fact.no, ((stock.no, "begin"), *flow)))
                is_sure = is_sure and not any(slot in UNNAMED_FLOWS for _, slot in flow)
            stock, flow = fact, []
        elif fact.quantity in ("toevoeging", "onttrekking") and stock is not None:
            flow.append((fact.no, fact.quantity))
        elif fact.quantity == "mutatie" and stock is not None and not flow:
            flow.append((fact.no, "mutatie"))
        elif fact.quantity in _UNNAMED and stock is not None and not fact.is_total:
            flow.append((fact.no, unnamed_flow(fact.column.path[-1])))
    if formulas:
        yield _signed_family(table_no, "verloop", formulas, rows, is_sure)
    if links:
        yield _signed_family(table_no, "aansluiting_jaren", links, rows, is_sure=False)


def _results_of_stocks(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """A result behind a stock at the end and the lasten and baten still to come: what these leave of it.

    Ground in development: what is to be earned, less what is to be spent and what was spent already.
    """
    for at, fact in enumerate(facts):
        if fact.quantity != "resultaat" or fact.is_difference:
            continue
        since = max((i for i, f in enumerate(facts[:at]) if f.quantity == "eind"), default=None)
        between = facts[since + 1 : at] if since is not None else []
        if since is None or sorted(f.quantity or "" for f in between) != ["baten", "lasten"]:
            continue
        if all(_operand(facts, fact, side) for side in ("lasten", "baten")):
            continue  # it is the balance of these two
        columns = {**{f.quantity: f.no for f in between}, "boekwaarde": facts[since].no}
        formula = Formula("resultaat", fact.no, tuple((no, slot or "") for slot, no in columns.items()))
        readings = tuple(
            FamilyReading(keuze, tuple(in_rows(table_no, formula, rows, signs)))
            for keuze, signs in RESULTS_OF_STOCKS
        )
        yield Family("resultaat_richting", table_no, readings, is_sure=False, is_convention=True)


def _follows(stock: ColumnFacts, begin: ColumnFacts) -> bool:
    """Whether an opening stock is that of the year after a stock: the one it closed with, or opened with before its changes."""
    return stock.jaar is not None and begin.jaar == stock.jaar + 1


# --- changes of the budget ---------------------------------------------------------------------------


def _changes(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """begroting + wijziging = begroting na wijziging, per quantity."""
    formulas = []
    plain_ones = [f for f in facts if not f.is_difference]
    states = {f.no: _state_of_change(f) for f in plain_ones}
    quantities = {f.no: _changed_quantity(f, states[f.no]) for f in plain_ones}
    for quantity in set(quantities.values()):
        group = [f for f in plain_ones if quantities[f.no] == quantity]
        for after in (f for f in group if states[f.no] == "na_wijziging"):
            earlier = [f for f in group if f.no < after.no]
            changes: list[ColumnFacts] = []
            for fact in reversed(earlier):
                if states[fact.no] == "wijziging":
                    changes.append(fact)
                elif states[fact.no] in ("voor_wijziging", "na_wijziging") and changes:
                    if fact.jaar is None or after.jaar is None or fact.jaar == after.jaar:
                        terms = ((fact.no, "voor"), *((c.no, "wijziging") for c in reversed(changes)))
                        formulas.append(Formula("wijziging", after.no, terms))
                    break
                elif changes:
                    break
    if formulas:
        yield _signed_family(table_no, "wijziging", formulas, rows)


_STATES_OF_CHANGE = {
    "begroting": "voor_wijziging",
    "begrotingswijziging": "wijziging",
    "begroting_na_wijziging": "na_wijziging",
}


def _state_of_change(fact: ColumnFacts) -> str | None:
    """Whether a column stands before a change, is the change or stands after it: a level of its header says so, or its state."""
    said = {m for level in fact.column.path for m in meanings(level, "column")}
    told = said & set(_STATES_OF_CHANGE.values())
    return told.pop() if len(told) == 1 else _STATES_OF_CHANGE.get(fact.stand or "")


def _changed_quantity(fact: ColumnFacts, state: str | None) -> str | None:
    """What a column counts; a change of the budget by itself is no change of reserves."""
    return None if fact.quantity == "mutatie" and state == "wijziging" else fact.quantity


# --- totals ------------------------------------------------------------------------------------------


def _totals(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """A column headed "Totaal" is the sum of the columns under the same header, or of all in front of it.

    Where it says of what, or these are not all of one kind, it may be of some of them: then it is claimed where it holds.
    """
    for fact in facts:
        if not fact.is_total or fact.is_difference:
            continue
        parts = _parts_of_total(facts, fact)
        if len(parts) == 1 and not fact.column.path[:-1]:
            # ``Overhead`` says no quantity: it may be of the total too
            parts = _parts_of_total(facts, fact, with_unsaid=True)
        stands = {p.stand for p in parts if p.stand}
        is_comparison = "rekening" in stands and len(stands) > 1
        if len(parts) < 2 or is_comparison:
            continue
        quantities = {p.quantity for p in parts}
        if {"lasten", "baten"} <= quantities:
            continue
        formula = Formula("kolomtotaal", fact.no, tuple((p.no, "deel") for p in parts))
        ends = dict.fromkeys(p.column.path[-1] for p in (parts[0], parts[-1]))
        reading = FamilyReading(
            f"{' t/m '.join(ends)} ({len(parts)})", tuple(in_rows(table_no, formula, rows, {}))
        )
        is_told = is_bare_total(fact.column.path[-1]) and len({(p.quantity, p.stand) for p in parts}) == 1
        yield Family(f"bereik_kolom_{fact.no}", table_no, (reading,), is_told, is_asked=is_told)


def _totals_by_name(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """A column such as "Krediet" beside columns of years: what is spread over them."""
    years = [f for f in facts if f.jaar is not None and not (f.is_difference or f.is_total)]
    alike = len({(f.quantity, f.stand in BUDGETS or f.stand is None) for f in years}) == 1
    if len(years) < 2 or not alike or len({f.jaar for f in years}) != len(years):
        return
    for fact in facts:
        if fact.jaar is None and not fact.is_total and "jarensom" in meanings(fact.column.path[-1], "column"):
            formula = Formula("kolomtotaal", fact.no, tuple((f.no, "deel") for f in years))
            yield _signed_family(table_no, "kolomtotaal", [formula], rows, is_sure=False)


def _parts_in_time(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """Totaal, waarvan incidenteel and structureel beside each other: the first is what the other two come to."""
    formulas = []
    for near in zip(facts, facts[1:], facts[2:], strict=False):
        parents = {f.column.path[:-1] for f in near}
        parts = [f for f in near if _IN_TIME.match(plain(f.column.path[-1]))]
        whole = [f for f in near if f not in parts and f is not near[1]]
        if len(parents) == 1 and len({_in_time(f) for f in parts}) == 2 and whole:
            formulas.append(Formula("kolomtotaal", whole[0].no, tuple((f.no, "deel") for f in parts)))
    if formulas:
        yield _signed_family(table_no, "kolomtotaal", formulas, rows, is_sure=False)


def _in_time(fact: ColumnFacts) -> str:
    """Whether a column holds what is incidental or what is structural, by the letters that say so: ``i`` or ``s``."""
    match = _IN_TIME.match(plain(fact.column.path[-1]))
    return match[1] or match[2] if match else ""


def _rooms(table_no: int, facts: list[ColumnFacts], rows: list[int]) -> Iterator[Family]:
    """A column such as "Ruimte": what is left of the first of the two columns in front of it after the second."""
    for whole, used, room in zip(facts, facts[1:], facts[2:], strict=False):
        if not says_room(room.column.path[-1]) or room.is_difference:
            continue
        if (whole.jaar, whole.quantity) == (used.jaar, used.quantity) and whole.jaar == room.jaar:
            terms = ((whole.no, "eerste"), (used.no, "tweede"))
            claims = tuple(
                in_rows(table_no, Formula("verschil", room.no, terms), rows, {"eerste": 1, "tweede": -1})
            )
            reading = FamilyReading(f"{_name(whole)} - {_name(used)}", claims)
            yield Family(f"ruimte_kolom_{room.no}", table_no, (reading,), is_sure=False)


def _parts_of_total(
    facts: list[ColumnFacts], total: ColumnFacts, with_unsaid: bool = False
) -> list[ColumnFacts]:
    """The columns that a total may be of; ``with_unsaid`` those that say no quantity beside those of its own."""
    # "Totaal lasten" behind columns of programmes, of which none says what it counts
    said = {f.quantity for f in facts if f.no != total.no and not f.is_total} - {None}
    wanted = total.quantity if total.quantity in said or total.quantity in _NO_PART else None

    def is_part(f: ColumnFacts) -> bool:
        if f.no == total.no or f.is_difference or f.is_total or is_called_part(f.column.path):
            return False
        if total.quantity and wanted is None:
            return f.quantity is None
        if with_unsaid and f.quantity is None:
            return True
        return f.quantity == wanted if wanted else f.quantity not in _NO_PART

    parent = total.column.path[:-1]
    if parent:
        return [f for f in facts if f.column.path[: len(parent)] == parent and is_part(f)]
    earlier_totals = [f.no for f in facts if f.is_total and f.no < total.no]
    before = [f for f in facts if max(earlier_totals, default=0) < f.no < total.no and is_part(f)]
    found = before if before else [f for f in facts if f.no > total.no and is_part(f)]
    named = [f for f in found if total.quantity is None and _is_called_after(f, total)]
    return named if len(named) > 1 else found


def _is_called_after(part: ColumnFacts, total: ColumnFacts) -> bool:
    """Whether a column bears the name that a total says, with more words: "Besteed 2024" beside "Totaal besteed"."""
    words = of_what(total.column.path[-1])
    return bool(words) and label_words(part.column.path[-1]).startswith(f"{words} ")


# --- differences -------------------------------------------------------------------------------------


def _differences(
    table: Table, facts: list[ColumnFacts], rows: list[Row], claimed: set[int], changes: set[int]
) -> Iterator[Family]:
    """What columns differ by; ``claimed`` are sums already, ``changes`` those of a budget that lead to the changed one."""
    said = {f.quantity for f in facts}
    # beside stocks at the end of two years alone a mutatie is what changed between them
    has_flows = bool(said & {"toevoeging", "onttrekking", "begin"})
    has_sides = any(f.quantity in ("lasten", "baten") and not f.is_difference for f in facts)
    for fact in facts:
        is_change = fact.quantity == "mutatie" and not has_flows and fact.no not in changes
        is_plain_result = (
            fact.quantity in ("resultaat", "saldo")
            and not has_sides
            and fact.no not in claimed
            and not fact.is_difference
        )
        if not (fact.is_difference or is_plain_result or is_change):
            continue
        pairs, is_sure = _pairs(facts, fact, is_plain_result)
        is_sure = is_sure and not is_change
        readings = []
        for a, b in pairs:
            seen = set()
            for keuze, direction in _directions(fact, a, b):
                signs = tuple(direction(r) for r in rows)
                if signs in seen:
                    continue
                seen.add(signs)
                claims = tuple(
                    ClaimedSum(
                        "verschil",
                        "row",
                        (table.no, r.no, fact.no),
                        (((table.no, r.no, a.no), direction(r)), ((table.no, r.no, b.no), -direction(r))),
                    )
                    for r in rows
                )
                readings.append(FamilyReading(keuze, claims))
        for keuze, taken_off in _taken_off(facts, fact) if _REMAINDER.search(fact.words) else ():
            formula = Formula("verschil", fact.no, taken_off)
            taken = {"eerste": 1, "overig": -1}
            claims = tuple(in_rows(table.no, formula, [r.no for r in rows], taken))
            readings.append(FamilyReading(keuze, claims))
            is_sure = False
        if readings:
            yield Family("verschil_richting", table.no, tuple(readings), is_sure, is_convention=True)


def _taken_off(
    facts: list[ColumnFacts], fact: ColumnFacts
) -> Iterator[tuple[str, tuple[tuple[int, str], ...]]]:
    """What remains of a budget: the first column in front of it less all others between, or less the total of them."""
    since = max((f.no for f in facts if f.is_difference and f.no < fact.no), default=0)
    near = [f for f in facts if since < f.no < fact.no]
    parts = [f for f in near if not f.is_total]
    if len(parts) < 3:
        return
    if near[-1].is_total and [f.no for f in near if f.is_total] == [near[-1].no]:
        yield "eerste - totaal", ((parts[0].no, "eerste"), (near[-1].no, "overig"))
    yield "eerste - overige", ((parts[0].no, "eerste"), *((f.no, "overig") for f in parts[1:]))


def _directions(fact: ColumnFacts, a: ColumnFacts, b: ColumnFacts) -> list[tuple[str, Callable[[Row], int]]]:
    """a - b, b - a, or by nature: less lasten and more baten are both an advantage."""
    name_a, name_b = _name(a), _name(b)

    def by_nature(row: Row) -> int:
        quantity = fact.quantity if fact.quantity in ("lasten", "baten", "saldo") else row_quantity(row)
        return 1 if quantity in ("lasten", "toevoeging") else -1

    return [
        (f"{name_a} - {name_b}", lambda row: 1),
        (f"{name_b} - {name_a}", lambda row: -1),
        (f"lasten: {name_a} - {name_b}, baten en saldo: {name_b} - {name_a}", by_nature),
        (f"lasten: {name_b} - {name_a}, baten en saldo: {name_a} - {name_b}", lambda row: -by_nature(row)),
    ]


def _name(fact: ColumnFacts) -> str:
    if fact.quantity == "resultaat":
        return "resultaat"
    return (fact.stand or "").replace("_", " ") or str(fact.jaar or "") or fact.words


def _pairs(
    facts: list[ColumnFacts], fact: ColumnFacts, is_plain_result: bool
) -> tuple[list[tuple[ColumnFacts, ColumnFacts]], bool]:
    """The pairs of columns that a difference may compare, and whether the words leave no doubt."""
    comparable = [f for f in facts if f.no != fact.no and not f.is_difference and not f.is_total]
    if fact.quantity and fact.quantity != "mutatie" and not is_plain_result:
        comparable = [f for f in comparable if f.quantity == fact.quantity]
    elif {f.quantity for f in comparable} >= {"lasten", "baten"}:
        comparable = [f for f in comparable if f.quantity == "saldo"]
    since = max((f.no for f in facts if f.is_difference and f.no < fact.no), default=0)
    near = [f for f in comparable if since < f.no < fact.no]
    for candidates in (near, comparable):
        if pairs := _named_pairs(candidates, fact):
            return pairs, True
    if is_plain_result:
        pairs = [p for p in _compared_by_state(comparable, fact) if p[1].stand in ("rekening", "prognose")]
        return pairs[:1], bool(pairs)
    for candidates in (near, comparable):
        if pairs := _compared_by_state(candidates, fact):
            unsaid = [f for f in candidates[:1] if f.stand is None and f.no < pairs[0][0].no]
            return [*pairs[:2], *((f, pairs[0][1]) for f in unsaid)], True
    last_two = near[-2:] if len(near) >= 2 else []
    return ([(last_two[0], last_two[1])] if last_two else []), False


def _latest(candidates: Iterable[ColumnFacts], stand: str, jaar: int | None) -> ColumnFacts | None:
    """The last column of a state; of the year, where one is asked."""
    found = [f for f in candidates if f.stand == stand and (jaar is None or f.jaar in (None, jaar))]
    return found[-1] if found else None


def _of_year(candidates: Iterable[ColumnFacts], jaar: int, stands: Collection[str]) -> ColumnFacts | None:
    """The first column of a year; of the states that are named, where one of those is of that year."""
    found = [f for f in candidates if f.jaar == jaar]
    return next((f for f in found if f.stand in stands), found[0] if found else None)


def _named_pairs(candidates: list[ColumnFacts], fact: ColumnFacts) -> list[tuple[ColumnFacts, ColumnFacts]]:
    """Pairs for a difference that names one or both of the columns it compares."""
    years = [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", fact.words)]
    if len(set(years)) == 2:
        first, second = (_of_year(candidates, y, fact.stands) for y in dict.fromkeys(years))
        return [(first, second)] if first and second else []
    latest = (_latest(candidates, s, fact.jaar) for s in fact.stands)
    named = [f for f in latest if f is not None]
    if len(named) >= 2:
        a, b = sorted(named[:2], key=lambda f: f.stand not in BUDGETS)
        changed = _latest(candidates, "begroting_na_wijziging", fact.jaar or b.jaar)
        is_open = a.stand == "begroting" and b.stand != "begroting_na_wijziging" and changed is not None
        return [(changed, b), (a, b)] if is_open and changed else [(a, b)]
    if len(named) != 1:
        return []
    other = named[0]
    rest = [f for f in candidates if f.no != other.no and (fact.jaar is None or f.jaar in (None, fact.jaar))]
    partners = [f for f in rest if f.quantity == "resultaat"] + [f for f in rest if f.stand == "rekening"]
    partners += [f for f in reversed(rest) if f.stand in BUDGETS]
    distinct = list({f.no: f for f in partners}.values())[:3]
    return [(other, f) if f.stand not in BUDGETS or other.stand in BUDGETS else (f, other) for f in distinct]


def _compared_by_state(
    candidates: list[ColumnFacts], fact: ColumnFacts
) -> list[tuple[ColumnFacts, ColumnFacts]]:
    pairs = []
    for before, after in COMPARED:
        b = _latest(candidates, after, fact.jaar)
        a = _latest(candidates, before, fact.jaar if fact.jaar else b.jaar if b else None)
        if a and b:
            pairs.append((a, b))
    return pairs
