"""Systems of equations written by hand from the extracts in raw/: numbers from the text, structure from here.

The tests of the proof do not use the reader, so that a mistake of the one cannot hide behind the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from dagster_project.proof.system import PrintedCell, PrintedRule, PrintedTerm

RAW = Path(__file__).parents[2] / "raw"
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Sheet:
    """Cells, rules and terms of one or more tables."""

    cells: tuple[PrintedCell, ...] = ()
    rules: tuple[PrintedRule, ...] = ()
    terms: tuple[PrintedTerm, ...] = ()

    def __add__(self, other: Sheet) -> Sheet:
        return Sheet(self.cells + other.cells, self.rules + other.rules, self.terms + other.terms)

    @property
    def arguments(self):
        """What ``prove`` takes."""
        return self.cells, self.rules, self.terms

    def with_value(self, cell_id: str, value: int | str | Decimal | None) -> Sheet:
        """The same with another number printed in one cell."""
        number = None if value is None else Decimal(value)
        assert any(c.cell_id == cell_id for c in self.cells)
        cells = tuple(replace(c, value=number) if c.cell_id == cell_id else c for c in self.cells)
        return replace(self, cells=cells)

    def value(self, cell_id: str) -> Decimal:
        """The printed number of one cell."""
        return next(c.value for c in self.cells if c.cell_id == cell_id)

    def without_kind(self, kind: str) -> Sheet:
        """The same without the rules of one kind."""
        return replace(self, rules=tuple(r for r in self.rules if r.kind != kind))


def grid(
    table: str, labels: list[str], columns: list[str], numbers: list[list[int]], half: Decimal = HALF
) -> Sheet:
    """A table of numbers without rules; cells are named ``table:row.column``, counted from 1."""
    cells = [
        PrintedCell(f"{table}:{r}.{c}", table, Decimal(n), half, 0, str(n), r, c, label, column)
        for r, (label, row) in enumerate(zip(labels, numbers, strict=True), start=1)
        for c, (column, n) in enumerate(zip(columns, row, strict=True), start=1)
    ]
    return Sheet(tuple(cells))


def rule(kind: str, rule_id: str, coefficients: dict[str, int | Decimal]) -> Sheet:
    """One rule over cells."""
    return Sheet(
        (),
        (PrintedRule(rule_id, kind, nl=f"regel {rule_id}", en=f"rule {rule_id}"),),
        tuple(PrintedTerm(rule_id, cell, Decimal(a)) for cell, a in coefficients.items()),
    )


def per_column(kind: str, table: str, parts: dict[int, int], total: int, columns: int) -> Sheet:
    """In every column: the sum of rows (row no -> coefficient) is the row ``total``."""
    out = Sheet()
    for c in range(1, columns + 1):
        coefficients = {f"{table}:{r}.{c}": a for r, a in parts.items()} | {f"{table}:{total}.{c}": -1}
        out += rule(kind, f"{table}/{kind}/{total}.{c}", coefficients)
    return out


def number(text: str) -> int:
    """A whole number as printed: 1.574, -155."""
    return int(text.replace(".", ""))


def drie_d(table: str = "3d") -> Sheet:
    """The 3D table of the web extract: 21 rows, 7 columns, 56 rules."""
    lines = [
        line.strip()
        for line in (RAW / "leiden-jaarstukken-2017-web" / "3d-budget.txt").read_text("utf-8").splitlines()
        if line.strip()
    ]
    lines = lines[lines.index("Jeugd") :]
    labels, numbers = [], []
    group = ""
    i = 0
    while i < len(lines):
        if i + 1 < len(lines) and _is_number(lines[i + 1]):
            labels.append(f"{group} > {lines[i]}")
            numbers.append([number(text) for text in lines[i + 1 : i + 8]])
            i += 8
        else:
            group = lines[i]
            i += 1
    columns = ["totaal budget 2017", "realisatie 2017", "verschil", "2018", "2019", "2020", "2021"]
    sheet = grid(table, labels, columns, numbers)
    subtotals = [r for r, label in enumerate(labels, start=1) if label.endswith("sub-totaal")]
    first = 1
    for total in subtotals:
        sheet += per_column("subtotaal", table, dict.fromkeys(range(first, total), 1), total, 7)
        first = total + 1
    sheet += per_column("totaal", table, dict.fromkeys(subtotals, 1), len(labels), 7)
    for r in range(1, len(labels) + 1):
        sheet += rule(
            "verschil",
            f"{table}/verschil/{r}",
            {f"{table}:{r}.1": 1, f"{table}:{r}.2": -1, f"{table}:{r}.3": -1},
        )
    return sheet


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "").isdigit()


def drie_d_twice() -> Sheet:
    """The 3D table in two publications, with a witness rule per cell."""
    web, pdf = drie_d("web"), drie_d("pdf")
    both = web + pdf
    for cell in web.cells:
        twin = cell.cell_id.replace("web:", "pdf:")
        both += rule("getuige", f"getuige/{cell.cell_id}", {cell.cell_id: 1, twin: -1})
    return both


def programmakosten() -> Sheet:
    """Programmakosten (19 x 6) and reserves (13 x 6) of programme 9: 60 + 30 rules and 18 between them."""
    text = (RAW / "leiden-programmabegroting-2018" / "programma-09.txt").read_text("utf-8").splitlines()
    start = text.index("Programmakosten")
    kosten, reserves = _tab_rows(text, start + 3, 19), _tab_rows(text, text.index("Reserves", start) + 3, 13)
    columns = ["2016", "2017", "2018", "2019", "2020", "2021"]
    sheet = grid("k", [label for label, _ in kosten], columns, [row for _, row in kosten])
    sheet += grid("r", [label for label, _ in reserves], columns, [row for _, row in reserves])
    for block in (1, 4, 7, 10):
        sheet += per_column("saldo", "k", {block: 1, block + 1: 1}, block + 2, 6)
    sheet += per_column("totaal", "k", {1: 1, 4: 1, 7: 1, 10: 1}, 13, 6)
    sheet += per_column("totaal", "k", {2: 1, 5: 1, 8: 1, 11: 1}, 14, 6)
    sheet += per_column("totaal", "k", {3: 1, 6: 1, 9: 1, 12: 1}, 15, 6)
    sheet += per_column("saldo", "k", {13: 1, 14: 1}, 15, 6)
    sheet += per_column("mutatie", "k", {16: 1, 17: 1}, 18, 6)
    sheet += per_column("resultaat", "k", {15: 1, 18: 1}, 19, 6)
    for block in (1, 4, 7, 10):
        sheet += per_column("saldo", "r", {block: 1, block + 1: 1}, block + 2, 6)
    sheet += per_column("totaal", "r", {3: 1, 6: 1, 9: 1, 12: 1}, 13, 6)
    for c in range(1, 7):
        for total, parts in ((16, (1, 4, 7, 10)), (17, (2, 5, 8, 11)), (18, (13,))):
            terms = {f"r:{r}.{c}": 1 for r in parts} | {f"k:{total}.{c}": -1}
            sheet += rule("detail", f"detail/{total}.{c}", terms)
    return sheet


def _tab_rows(text: list[str], first: int, count: int) -> list[tuple[str, list[int]]]:
    out = []
    for line in text[first:]:
        parts = line.split("\t")
        if len(parts) == 8 and all(_is_number(p) for p in parts[2:]):
            out.append((" ".join(p for p in parts[:2] if p), [number(p) for p in parts[2:]]))
        if len(out) == count:
            return out
    raise AssertionError("the extract has changed")
