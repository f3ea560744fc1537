"""A random table of amounts, printed in any format and read back, gives its values, paths and sums."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from reading import AROUND, cells
from rendering import RENDERERS, positions

from dagster_project.claims.derivation import with_sums
from dagster_project.reading import formats
from dagster_project.reading.assemble import understand
from dagster_project.reading.model import Cell, Column, Document, Row, Table

NAMES = [
    "Bestuur",
    "Veiligheid",
    "Verkeer",
    "Economie",
    "Onderwijs",
    "Sport",
    "Cultuur",
    "Jeugd",
    "Zorg",
    "Wonen",
    "Milieu",
    "Financiën",
]
GROUPS = ["Fysiek domein", "Sociaal domein", "Bedrijfsvoering"]
BOUNDED = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    deadline=timedelta(seconds=30),
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


@st.composite
def random_tables(draw) -> Table:
    """Groups of items with subtotals and a grand total, over years, with or without lasten, baten, saldo."""
    first = draw(st.integers(2015, 2030))
    years = range(first, first + draw(st.integers(2, 4)))
    is_triple = draw(st.booleans())
    baten_sign = draw(st.sampled_from([1, -1]))
    decimals = draw(st.sampled_from([0, 0, 1]))
    paths = [
        (f"Begroting {year}", part) for year in years for part in ("Lasten", "Baten", "Saldo")
    ] if is_triple else [(str(year),) for year in years]  # fmt: skip
    names = draw(st.permutations(NAMES))
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    amount = st.integers(11, 99_999)

    finer = decimals + draw(st.integers(0, 2))  # totals are made of amounts before these are rounded

    def figures() -> list[Decimal]:
        if not is_triple:
            return [Decimal(draw(amount)).scaleb(-finer) for _ in years]
        found: list[Decimal] = []
        for _ in years:
            lasten, baten = (Decimal(draw(amount)).scaleb(-finer) for _ in range(2))
            found += [lasten, baten_sign * baten, baten - lasten if baten_sign == 1 else lasten - baten]
        return found

    rows: list[tuple[tuple[str, ...], list[Decimal]]] = []
    totals = []
    names = iter(names)
    for group, size in zip(GROUPS if draw(st.booleans()) else [""], sizes, strict=False):
        items = [figures() for _ in range(size)]
        rows += [((group, next(names)) if group else (next(names),), item) for item in items]
        totals.append([sum(column, Decimal(0)) for column in zip(*items, strict=True)])
        if group:
            rows.append(((group, "Sub-totaal"), totals[-1]))
    rows.append((("Totaal programma's",), [sum(column, Decimal(0)) for column in zip(*totals, strict=True)]))
    rows = [(path, [rounded(value, decimals) for value in values]) for path, values in rows]
    return Table(
        1, "tabel", "Overzicht", "bedragen", "random", "EUR_1000", None,
        tuple(Column(no, path) for no, path in enumerate(paths, 1)),
        tuple(Row(no, path, no) for no, (path, _) in enumerate(rows, 1)),
        tuple(
            Cell(no, column, printed(value, decimals), value, no, decimals=decimals)
            for no, (_, values) in enumerate(rows, 1)
            for column, value in enumerate(values, 1)
        ),
        1, len(rows),
    )  # fmt: skip


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed(value: Decimal, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def read_back(data: bytes, name: str) -> Document:
    found = understand(formats.read(data, name).fragments, AROUND, name)
    meta = {"soort": "begroting", "jaar": 2020}
    return with_sums(Document("proef", meta, "", tables=found.tables, rejects=found.rejects))


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_random_table_comes_back_with_its_values_paths_and_sums(renderer):
    @BOUNDED
    @given(random_tables())
    def comes_back(table: Table):
        file, render = RENDERERS[renderer]
        try:
            data = render(
                positions(table, "Programma"), "Overzicht van baten en lasten", "bedragen x € 1.000"
            )
        except (OSError, ImportError) as error:
            pytest.skip(f"this printer does not work here: {error}")
        document = read_back(data, file)
        assert cells(document.tables) == cells((table,))
        for rule in document.rules:
            amounts = {key: cell.amount for key, cell in document.tables[0].at().items()}
            residual = sum(coefficient * amounts[row, column] for (_, row, column), coefficient in rule.terms)
            half_units = sum(abs(c) for _, c in rule.terms) / 2
            decimals = max(cell.decimals for cell in document.tables[0].cells)
            assert abs(residual) <= half_units.scaleb(-decimals), f"no such sum was put in: {rule.nl}"
        totals = {term[1] for rule in document.rules for term, c in rule.terms if c == -1}
        assert {row.no for row in table.rows if "otaal" in row.path[-1]} <= totals

    comes_back()
