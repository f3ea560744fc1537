"""The tree of a table's rows, and which rows and columns take part in sums at all.

Groups come from the paths of the rows, from rows that carry their group's total and from codes
(6 above 6.1). What adds up to what does not belong here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from dagster_project.claims.words import meanings
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import (
    BULLET,
    COUNTS,
    MONEY_UNITS,
    column_parts,
    counted_in,
    plain,
    row_meaning,
    stands_in,
    year_in,
)
from dagster_project.reading.model import Cell, Column, Row, Table

NO_SUMS = {"indicatoren", "doelen"}

_DETAIL = pattern_of("deel", "label")
_BARE_TOTAL = pattern_of("kaal_totaal", "label")
_TOTAL_WORDS = pattern_of("totaal", "label")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GRAND = pattern_of("eindtotaal", "label")
_IN_EUROS = re.compile(r"\([^()]*€[^()]*\)")  # (€ 2,50 per inwoner): how amounts were found
# a row may be called after what is counted ("Inwoners en bestuur", "Formatie veiligheid") and hold amounts
_NO_AMOUNT_ROW = pattern_of("geen_bedrag", "label")


_TAKES_OFF = pattern_of("afname", "label")
UNNAMED_FLOWS = {"overig", "afname"}

# words of a quantity that say nothing of the period: "saldo voor bestemming", "toevoeging aan reserves"
_NO_PERIOD = pattern_of("geen_periode", "header")


@dataclass(slots=True)
class Group:
    """A run of rows under one heading; ``header`` is the row that carries the heading, if one does."""

    label: str
    prefix: tuple[str, ...]
    header: Row | None = None
    is_certain: bool = True  # False: nested because of codes only
    children: list[Row | Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What sums over columns need to know of one column."""

    no: int
    column: Column
    quantity: str | None  # lasten, baten, ..., also of a difference of lasten
    is_difference: bool
    is_total: bool
    is_share: bool  # a percentage, a ratio or a year: takes no part in sums
    is_count: bool  # numbers of people or things: added up by row only
    period: str  # the words without the quantity
    words: str
    stands: tuple[str, ...]  # every state that the words name
    stand: str | None
    jaar: int | None


def label_words(label: str) -> str:
    """A label as words only, for comparing names: no codes, marks, case or accents."""
    return " ".join(re.findall(r"[a-z0-9]+", plain(label)))


def of_what(label: str) -> str:
    """The words of a total without those for a total: empty where it does not say of what.

    >>> of_what("Totaal besteed"), of_what("Totaal")
    ('besteed', '')
    """
    return _TOTAL_WORDS.sub("", label_words(label)).strip()


def unnamed_flow(label: str) -> str:
    """The slot of a flow of a stock that is neither addition nor withdrawal: it adds to it, or takes off.

    >>> unnamed_flow("Rente"), unnamed_flow("Af: afschrijvingen")
    ('overig', 'afname')
    """
    return "afname" if _TAKES_OFF.search(plain(label)) else "overig"


def row_quantity(row: Row) -> str | None:
    """The quantity of a row: by its own label, else by the headings above it, else as it was read."""
    for label in reversed(row.path):
        if grootheid := row_meaning(label).grootheid:
            return grootheid
    return row.grootheid


def is_bare_total(label: str) -> bool:
    """Whether a label says "totaal" and nothing of what: then it is that of all that is open."""
    words = plain(label)
    return bool(_BARE_TOTAL.match(words) or _GRAND.match(words))


def is_detail(row: Row) -> bool:
    """A "waarvan" row, or one below such a heading: it repeats a part of the row above."""
    return is_called_part(row.path)


def is_called_part(path: Iterable[str]) -> bool:
    """Whether a level of a path says that it is a part of the row above or the column before: waarvan, waaronder, w.v."""
    return any(_DETAIL.search(plain(level)) for level in path)


def holds_amounts(row: Row, cells: list[Cell], mixed: frozenset[int]) -> bool:
    """Whether the row holds amounts: no percentages, counts or ratios.

    ``mixed`` are the columns in which any row prints a percentage: a number in another one is an amount.
    """
    if _NO_AMOUNT_ROW.search(plain(_IN_EUROS.sub(" ", row.path[-1] if row.path else ""))):
        return False
    if any(c.value is not None and c.column not in mixed for c in cells):
        return True
    marked = sum(1 for c in cells if c.eenheid == "%")
    return marked * 2 <= len(cells) or not cells


def amount_rows(table: Table) -> list[Row]:
    """The rows of a table that hold amounts, in order: what their columns add up to holds for a "waarvan" row too."""
    if table.kind in NO_SUMS:
        return []
    cells: dict[int, list[Cell]] = {}
    for cell in table.cells:
        cells.setdefault(cell.row, []).append(cell)
    mixed = frozenset(c.column for c in table.cells if c.eenheid == "%")
    return [r for r in table.rows if holds_amounts(r, cells.get(r.no, []), mixed)]


def sum_rows(table: Table) -> list[Row]:
    """The rows of a table that may take part in sums over rows, in order."""
    kept = [r for r in amount_rows(table) if not is_detail(r)]
    below = {r.path[:depth] for r in kept for depth in range(1, len(r.path))}
    if not any(r.is_group_total and r.path not in below for r in kept):
        return kept
    printed = Counter(r.path[:depth] for r in table.rows for depth in range(1, len(r.path) + 1))
    return [r if r.path in below else _without_rows_below(r, printed) for r in kept]


def _without_rows_below(row: Row, printed: Mapping[tuple[str, ...], int]) -> Row:
    """A row that carried a group of which nothing takes part in sums is a row like any other.

    ``printed`` counts the rows of the table at and below each path.
    """
    had_any = row.is_group_total and printed[row.path] > 1
    return replace(row, is_group_total=False) if had_any else row


def column_facts(table: Table) -> list[ColumnFacts]:
    """The columns of a table with their meaning in context.

    Context tells what words alone do not: a bare year that follows an addition and a withdrawal, in a
    table that starts with an opening stock, is the closing stock of that year.
    """
    facts = []
    marked, years = _columns_of_differences(table), columns_of_years(table)
    units: dict[int, list[str | None]] = {}
    for cell in table.cells:
        units.setdefault(cell.column, []).append(cell.eenheid)
    opened = flowed = False
    for column in table.columns:
        quantity, is_difference, period = column_parts(column.path)
        words = plain(" ".join(column.path))
        own = plain(column.path[-1]) if column.path else ""
        printed = units.get(column.no, [])
        shares = [u for u in printed if u and u not in COUNTS and u not in MONEY_UNITS]
        counted = counted_in(own)
        if column.no in years:
            quantity = None
        elif quantity is None and column.grootheid in ("begin", "eind", "lasten", "baten", "saldo"):
            quantity = column.grootheid
        if quantity == "saldo" and opened and flowed:
            quantity = "eind"
        if (
            quantity is None
            and opened
            and flowed
            and not is_difference
            and re.fullmatch(r"(?:19|20)\d\d", own)
        ):
            quantity = "eind"
        opened = opened or quantity in ("begin", "eind")
        flowed = quantity in ("toevoeging", "onttrekking", "mutatie") or (flowed and quantity is None)
        facts.append(
            ColumnFacts(
                no=column.no,
                column=column,
                quantity=quantity,
                is_difference=is_difference or column.rol == "difference" or column.no in marked,
                is_total=column.rol == "total",
                is_count=counted in COUNTS or any(c in COUNTS for c in printed),
                is_share=counted not in {None, *COUNTS}
                or len(shares) * 2 > len(printed)
                or column.no in years,
                period=" ".join(sorted(_NO_PERIOD.sub(" ", period).split())),
                words=words,
                stands=tuple(stands_in(words)),
                stand=column.stand if column.stand not in (None, "onbekend") else None,
                jaar=column.jaar if column.jaar is not None else year_in(" ".join(column.path)),
            )
        )
    return facts


def columns_of_years(table: Table) -> frozenset[int]:
    """Columns that hold a year per row, as their header says and every number in them: the year in which a loan ends."""
    held: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.value is not None:
            held.setdefault(cell.column, []).append(cell)
    named = [c.no for c in table.columns if c.path and "jaartal" in meanings(c.path[-1], "column")]
    return frozenset(
        no
        for no in named
        if len(held.get(no, ())) > 1 and all(_YEAR.fullmatch(c.text.strip()) for c in held[no])
    )


def _columns_of_differences(table: Table) -> frozenset[int]:
    """Columns in which lasten or baten carry V or N and others in which they do not: what was over or under budget."""
    sides = {r.no for r in table.rows if row_quantity(r) in ("lasten", "baten")}
    marked = {c.column for c in table.cells if c.row in sides and c.marker}
    plain_ones = {c.column for c in table.cells if c.row in sides and not c.marker and c.value}
    return frozenset(marked - plain_ones) if plain_ones else frozenset()


# --- the tree ----------------------------------------------------------------------------------------


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return n


def _is_code_parent(parent: str | None, child: str | None) -> bool:
    """6 is above 6.1, 6.71 above 6.71a; 0.1 is not above 0.10.

    >>> _is_code_parent("6", "6.1"), _is_code_parent("0.1", "0.10"), _is_code_parent("6.71", "6.71a")
    (True, False, True)
    """
    if not parent or not child or child == parent or not child.startswith(parent):
        return False
    rest = child[len(parent) :]
    return rest[0] in ".-" or (parent[-1].isdigit() and rest[0].isalpha())


def row_tree(rows: list[Row]) -> Group:
    """Nest rows under their headings, in order. A group that is interrupted becomes two groups."""
    root = Group("", ())
    stack = [root]
    for row in rows:
        prefix = row.path[:-1]
        depth = _common(stack[-1].prefix, prefix) if stack[-1].prefix else 0
        while len(stack[-1].prefix) > depth or stack[-1].prefix != prefix[: len(stack[-1].prefix)]:
            stack.pop()
        while stack[-1].prefix != prefix:
            here = prefix[: len(stack[-1].prefix) + 1]
            group = Group(here[-1], here)
            siblings = stack[-1].children
            # a row whose full path is the heading of the rows below it carries their total
            above = siblings[-1] if siblings else None
            if isinstance(above, Row) and above.path == here:
                group.header = above
                siblings.pop()
            siblings.append(group)
            stack.append(group)
        stack[-1].children.append(row)
    _nest_flat(root)
    return root


def _nest_flat(group: Group) -> None:
    """Nest what stands flat at one level: below a row that carries its group's total, or by code."""
    nested: list[Row | Group] = []
    carrier: Group | None = None
    has_bullets = False
    for child in group.children:
        if isinstance(child, Group):
            _nest_flat(child)
            carrier = None
            nested.append(child)
            continue
        is_item = row_meaning(child.path[-1]).rol == "item"
        is_bullet = bool(BULLET.match(child.path[-1]))
        if child.is_group_total and is_item:
            carrier = Group(child.path[-1], child.path, child)
            nested.append(carrier)
        elif is_bullet and carrier is None and nested and _is_heading_of_bullets(heading := nested[-1]):
            carrier = Group(heading.path[-1], heading.path, heading, children=[child])
            nested[-1] = carrier
            has_bullets = True
        elif carrier is not None and has_bullets and not is_bullet:
            carrier, has_bullets = None, False
            nested.append(child)
        elif carrier is not None and is_item:
            carrier.children.append(child)
        else:
            carrier = None
            nested.append(child)
    group.children = [c.header if isinstance(c, Group) and c.header and not c.children else c for c in nested]
    _nest_sides(group)
    _nest_by_code(group)


def _nest_sides(group: Group) -> None:
    """A row "Lasten" above its items and a row "Baten" above its own carry the totals of both sides."""
    runs: list[tuple[Row, list[Row | Group]]] = []
    nested: list[Row | Group] = []
    for child in group.children:
        grootheid, rol = row_meaning(child.path[-1]) if isinstance(child, Row) else (None, "group")
        if isinstance(child, Row) and grootheid in ("lasten", "baten") and rol == "item":
            runs.append((child, []))
            nested.append(Group(child.path[-1], child.path, child, is_certain=False, children=runs[-1][1]))
        elif (
            runs
            and isinstance(child, Row)
            and grootheid is None
            and rol == "item"
            and isinstance(nested[-1], Group)
        ):
            runs[-1][1].append(child)
        else:
            nested.append(child)
    if len(runs) == 2 and all(len(items) > 1 for _, items in runs):
        group.children = nested


def _is_heading_of_bullets(row: Row | Group) -> TypeGuard[Row]:
    return isinstance(row, Row) and not BULLET.match(row.path[-1]) and row_meaning(row.path[-1]).rol == "item"


def _nest_by_code(group: Group) -> None:
    """A row with code 6 directly above rows with 6.1, 6.2, ... carries their total."""
    children = group.children
    nested: list[Row | Group] = []
    i = 0
    while i < len(children):
        child = children[i]
        if isinstance(child, Row) and child.code:
            j = i + 1
            while (
                j < len(children)
                and isinstance(below := children[j], Row)
                and _is_code_parent(child.code, below.code)
            ):
                j += 1
            if j - i > 2:
                sub = Group(child.path[-1], child.path, child, is_certain=False, children=children[i + 1 : j])
                _nest_by_code(sub)
                nested.append(sub)
                i = j
                continue
        nested.append(child)
        i += 1
    group.children = nested
