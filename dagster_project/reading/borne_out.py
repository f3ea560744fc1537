"""What the numbers of rows say of a header: whether sums hold that the names of its columns claim.

Only where words leave open which text stands over which column: lasten and baten with their saldo, a stock with its
changes and the next stock, a budget with its changes, a difference with the two columns before it, a total with its parts. How much that counts is
capped (``judge``), however many rows there are, and a table read so is told apart: such a sum proves nothing there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from .header_texts import BARE_TOTALS, words_of
from .judge import Terms
from .meaning import plain
from .numbers import read
from .path_terms import FLOWS, parent_of

Path = tuple[str, ...]
Amounts = Sequence[Decimal | None]  # of one row, by column; None where none is printed
Formula = tuple[
    int, tuple[tuple[tuple[int, int], ...], ...]
]  # the total, and ways to sum: (column, sign) each

FEWEST_ROWS = 3  # that a formula can be told by
MOST_COMPARED = 5  # columns that a difference may be of
ENOUGH = 2  # formulas that fail say all there is to say
HOLDS, FAILS = Decimal("0.75"), Decimal("0.34")  # share of the rows from which, and up to which


def borne_out(paths: Sequence[Path], rows: Sequence[Sequence[str | None]]) -> Terms:
    """How the formulas that column paths claim fare in rows of printed values: ``sums_hold`` and ``sums_fail``, at most 1 each.

    Nothing is counted where no formula can be told by three rows.
    """
    return _borne_out(tuple(map(tuple, paths)), tuple(map(tuple, rows)))


@lru_cache(maxsize=1 << 12)
def _borne_out(paths: tuple[Path, ...], rows: tuple[tuple[str | None, ...], ...]) -> Terms:
    amounts = [[_amount(text) for text in row] for row in rows]
    told = [fate for formula in _formulas(paths) if (fate := _fate(formula, amounts)) is not None]
    if not told:
        return Terms()
    return Terms(sums_hold=told.count(True) / len(told), sums_fail=min(1.0, told.count(False) / ENOUGH))


@lru_cache(maxsize=1 << 14)
def _amount(text: str | None) -> tuple[Decimal, int] | None:
    """The one number that a text prints, with its sign, and its decimals."""
    found = read(text) if text else []
    if len(found) != 1 or found[0].value is None:
        return None
    value = abs(found[0].value)
    return (-value if found[0].has_minus else value), found[0].decimals


def _fate(formula: Formula, rows: Sequence[Sequence[tuple[Decimal, int] | None]]) -> bool | None:
    """Whether a formula holds in most rows, in one of its ways; None where too few rows tell, or they disagree."""
    total, ways = formula
    used = dict.fromkeys(c for way in ways for c, _ in way)
    judged = [
        row
        for row in rows
        if row[total] is not None
        and all(row[c] is not None for c in used)
        and sum(cell is not None and cell[0] != 0 for cell in (row[c] for c in used)) > 1
    ]
    if len(judged) < FEWEST_ROWS:
        return None
    best = max(sum(_holds(row, total, way) for row in judged) for way in ways)
    share = Decimal(best) / len(judged)
    return True if share >= HOLDS else False if share <= FAILS else None


def _holds(row: Sequence[tuple[Decimal, int] | None], total: int, way: Sequence[tuple[int, int]]) -> bool:
    """Whether a sum holds within the rounding of its parts and its total."""
    cells = [(row[c], sign) for c, sign in way]
    value, decimals = row[total] or (Decimal(0), 0)
    found = sum((cell[0] * sign for cell, sign in cells if cell), Decimal(0))
    fewest = min([decimals, *(cell[1] for cell, _ in cells if cell)])
    return abs(found - value) <= (len(cells) + 1) * Decimal(1).scaleb(-fewest) / 2


def _formulas(paths: Sequence[Path]) -> Iterator[Formula]:
    groups: dict[Path, list[int]] = {}
    for c, path in enumerate(paths):
        groups.setdefault(parent_of(path), []).append(c)
    for columns in groups.values():
        leaves = [paths[c][-1] if paths[c] else "" for c in columns]
        yield from _sides(columns, leaves)
        yield from _totals(columns, leaves)
        yield from _changes(columns, leaves)
    yield from _stocks(paths)
    yield from _differences(paths)


def _sides(columns: Sequence[int], leaves: Sequence[str]) -> Iterator[Formula]:
    """Lasten, baten and their saldo below one text."""
    quantities = [words_of(t).quantity for t in leaves]
    if any(quantities.count(q) != 1 for q in ("lasten", "baten", "saldo")):
        return
    lasten, baten, saldo = (columns[quantities.index(q)] for q in ("lasten", "baten", "saldo"))
    signs = ((1, -1), (-1, 1), (1, 1), (-1, -1))
    yield saldo, tuple(((baten, b), (lasten, s)) for b, s in signs)


def _totals(columns: Sequence[int], leaves: Sequence[str]) -> Iterator[Formula]:
    """A bare total, the last below one text, with all that stands before it."""
    totals = [plain(t) in BARE_TOTALS for t in leaves]
    if len(columns) > 2 and totals[-1] and totals.count(True) == 1:
        yield columns[-1], (tuple((c, 1) for c in columns[:-1]),)


def _stocks(paths: Sequence[Path]) -> Iterator[Formula]:
    """A stock, what is added and taken off, and the next stock; or two stocks, the later one first, and what is between them."""
    known = [words_of(p[-1]) if p else None for p in paths]
    stocks = [c for c, w in enumerate(known) if w is not None and len(paths[c]) == 1 and w.is_stock]
    courses = [(begin, end, range(begin + 1, end)) for begin, end in itertools.pairwise(stocks)]
    if stocks == [0, 1] and any(_is_flow(path) for path in paths[2:]):
        courses = [(1, 0, range(2, len(paths)))]
    for begin, end, changes in courses:
        if not changes:
            continue
        off = {c for c in changes if any(words_of(t).quantity == "onttrekking" for t in paths[c])}
        added = ((begin, 1), *((c, 1) for c in changes))
        yield end, (added, ((begin, 1), *((c, -1 if c in off else 1) for c in changes)))


def _is_flow(path: Path) -> bool:
    """Whether a column holds what is added to a stock, or taken off it."""
    return any(words_of(t).quantity in FLOWS for t in path)


def _differences(paths: Sequence[Path]) -> Iterator[Formula]:
    """A difference and two of the columns before it: beside it, or of its name below other texts. Which two is open.

    Or the first of them less all the others, where it is no part of a group of which only others are taken off.
    """
    for c, path in enumerate(paths):
        if not path:
            continue
        if words_of(path[-1]).is_difference:
            alike = [  # those of its text, or whatever stands before one that stands under none
                k
                for k in range(c)
                if parent_of(path) in ((), parent_of(paths[k])) and all(_is_plain((t,)) for t in paths[k])
            ]
        elif words_of(path[0]).is_difference:
            alike = [k for k in range(c) if paths[k][1:] == path[1:] and _is_plain(paths[k][:1])]
        else:
            continue
        pairs = tuple(itertools.combinations(alike[-MOST_COMPARED:], 2))
        if pairs:
            two = [way for a, b in pairs for way in (((a, 1), (b, -1)), ((b, 1), (a, -1)))]
            first, *others = alike[-MOST_COMPARED:]  # a remainder: what was received less all that was spent
            beside = {parent_of(paths[k]) for k in others}
            is_whole = len(beside) == 1 or parent_of(paths[first]) not in beside - {()}
            yield c, (*two, ((first, 1), *((k, -1) for k in others))) if is_whole else tuple(two)


def _is_plain(path: Path) -> bool:
    """Whether there is a text, and it says no difference."""
    return bool(path) and not words_of(path[0]).is_difference


def _changes(columns: Sequence[int], leaves: Sequence[str]) -> Iterator[Formula]:
    """A budget, its changes, and the budget after them, below one text."""
    stands = [words_of(t).stand for t in leaves]
    for c, stand in enumerate(stands):
        begin = next((k for k in range(c - 1, -1, -1) if stands[k] != "begrotingswijziging"), c)
        if (
            stand == "begroting_na_wijziging"
            and begin < c - 1
            and (stands[begin] or "").startswith("begroting")
        ):
            yield columns[c], (tuple((columns[k], 1) for k in range(begin, c)),)
