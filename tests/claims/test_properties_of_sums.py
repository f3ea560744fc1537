"""Random tables: the sums that were built in are found, no others break, whatever is rounded or misprinted."""

from __future__ import annotations

import time
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from written import amounts, judge, settled, with_value

from dagster_project.reading.meaning import column_meaning, row_meaning
from dagster_project.reading.model import Cell, Column, Row, Table

CENTS = st.integers(-(10**8), 10**8)
trees = st.recursive(
    st.just(None),  # an item
    lambda inner: st.lists(inner, min_size=2, max_size=4),
    max_leaves=14,
).filter(lambda tree: tree is not None)


def rounded(cents: int) -> Decimal:
    """Cents in thousands, each number rounded by itself as spreadsheets do."""
    return (Decimal(cents) / 100_000).quantize(Decimal(1), ROUND_HALF_UP)


def grown(tree, draw, years: int, path=()) -> tuple[list[tuple[tuple[str, ...], list[int]]], list[int], list]:
    """Rows (path, cents per year) of a tree, its sum in cents, and the sums built in: (total, parts) by path."""
    lines, total, parts, built = [], [0] * years, [], []
    for i, branch in enumerate(tree):
        label = f"Post {'abcd'[i]}{len(path)}"
        if branch is None:
            cents = [draw(CENTS) for _ in range(years)]
            lines.append(((*path, label), cents))
            parts.append((*path, label))
        else:
            name = f"Groep {'abcd'[i]}{len(path)}"
            inner, cents, sums = grown(branch, draw, years, (*path, name))
            lines += inner
            built += sums
            parts.append((*path, name, f"Totaal {name}"))
        total = [t + c for t, c in zip(total, cents, strict=True)]
    own = (*path, f"Totaal {path[-1]}") if path else ("Totaal",)
    return [*lines, (own, total)], total, [*built, (own, parts)]


def table_of(lines, years: int) -> Table:
    columns = []
    for i in range(years):
        path = (f"Begroting {2020 + i}",)
        columns.append(Column(i + 1, path, *column_meaning(path)))
    rows, cells = [], []
    for no, (path, cents) in enumerate(lines, start=1):
        rows.append(Row(no, path, no, row_meaning(path[-1]).grootheid, rol=row_meaning(path[-1]).rol))
        cells += [Cell(no, c, "", rounded(v), no) for c, v in enumerate(cents, start=1)]
    return Table(
        1, "t", "", "bedragen", "tab", None, None, tuple(columns), tuple(rows), tuple(cells), 1, len(rows)
    )


@settings(max_examples=120, deadline=None)
@given(trees, st.data())
def test_random_nested_trees_give_exactly_the_sums_that_were_built_in(tree, data):
    years = data.draw(st.integers(1, 4))
    lines, _, built = grown(tree, data.draw, years)
    table = table_of(lines, years)
    document = settled(table)
    number = {path: no for no, (path, _) in enumerate(lines, start=1)}
    expected = {
        frozenset([(1, number[total], c), *((1, number[p], c) for p in parts)])
        for total, parts in built
        for c in range(1, years + 1)
    }
    assert {frozenset(p for p, _ in r.terms) for r in document.rules} == expected
    printed = amounts(document)
    assert all(judge(r, printed) != "break" for r in document.rules)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(2, 6), min_size=2, max_size=5), st.data())
def test_headings_may_be_left_out_where_every_row_is_in_a_group_with_a_total(sizes, data):
    lines, _, built = grown([[None] * min(size, 4) for size in sizes[:4]], data.draw, 2)
    flat = [
        ((f"{path[-1]} {i}" if len(path) > 1 else "Totaal",), cents) for i, (path, cents) in enumerate(lines)
    ]
    document = settled(table_of(flat, 2))
    assert len(document.rules) == 2 * len(built)
    printed = amounts(document)
    assert all(judge(r, printed) != "break" for r in document.rules)


PAIRS = st.lists(
    st.tuples(st.integers(5 * 10**7, 10**8), st.integers(10**6, 4 * 10**7)), min_size=3, max_size=8
)
signs = st.sampled_from(
    [("baten - lasten", 1, (-1, 1)), ("lasten + baten", -1, (1, 1)), ("lasten - baten", 1, (1, -1))]
)


@settings(max_examples=80, deadline=None)
@given(
    PAIRS,
    signs,
    st.data(),
)
def test_random_lasten_baten_saldo_tables_in_every_sign_convention(amounts_of, convention, data):
    keuze, printed_baten, (c_lasten, c_baten) = convention
    lines = []
    for i, (lasten, baten) in enumerate(amounts_of):
        shown = baten * printed_baten
        lines.append(((f"Programma {i}",), [lasten, shown, c_lasten * lasten + c_baten * shown]))
    lines.append((("Totaal",), [sum(v[i] for _, v in lines) for i in range(3)]))
    table = table_of(lines, 3)
    headers = [("Begroting 2024", q) for q in ("Lasten", "Baten", "Saldo")]
    columns = tuple(Column(i, h, *column_meaning(h)) for i, h in enumerate(headers, start=1))
    table = Table(
        1, "t", "", "exploitatie", "tab", None, None, columns, table.rows, table.cells, 1, len(lines)
    )
    document = settled(table)
    assert next(c.keuze for c in document.conventions if c.naam == "saldo_richting") == keuze
    assert len(document.rules) == len(lines) + 3
    printed = amounts(document)
    assert all(judge(r, printed) != "break" for r in document.rules)

    row = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, 3))
    spoiled = settled(with_value(table, row, column, data.draw(st.integers(-(10**6), 10**6))))
    assert {r.terms for r in spoiled.rules} == {r.terms for r in document.rules}


def test_twenty_thousand_cells_take_seconds():
    years, groups, items = 20, 40, 24
    lines = []
    for g in range(groups):
        rows = [
            ((f"Groep {g}", f"Post {i}"), [(g + i + y) * 100_000 for y in range(years)]) for i in range(items)
        ]
        lines += [
            *rows,
            ((f"Groep {g}", f"Totaal groep {g}"), [sum(v[y] for _, v in rows) for y in range(years)]),
        ]
    totals = [v for path, v in lines if path[-1].startswith("Totaal")]
    lines.append((("Totaal",), [sum(v[y] for v in totals) for y in range(years)]))
    table = table_of(lines, years)
    assert len(table.cells) > 20_000
    started = time.process_time()
    document = settled(table)
    assert len(document.rules) == years * (groups + 1)
    assert time.process_time() - started < 6
