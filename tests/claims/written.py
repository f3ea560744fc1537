"""Tables written down for tests: headers on the first line, one row per line, groups by indentation.

    | 2023 | 2024
    Jeugd
      Zorg          | 10 | 20
      Totaal Jeugd  | 10 | 20

A blank cell is blank, a dash is nil, ``PM`` is a missing mark, ``N 5`` and ``5 V`` carry a marker. Column
paths are written with ``>``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dagster_project.claims.derivation import with_sums
from dagster_project.reading.meaning import column_meaning, row_meaning
from dagster_project.reading.model import Cell, Column, Document, Row, Rule, Table, join_path

_CODE = re.compile(r"^(\d+(?:\.\d+)*[a-zA-Z]?)\.? ")


def written(
    text: str,
    caption: str = "",
    kind: str = "exploitatie",
    no: int = 1,
    loose: Sequence[str] = (),
    section=(),
) -> Table:
    """The table that ``text`` draws; rows whose label is in ``loose`` have their values packed left."""
    lines = [line for line in text.strip("\n").splitlines() if line.strip()]
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    head, *body = [line[indent:] for line in lines]
    columns = []
    for i, name in enumerate(head.split("|")[1:], start=1):
        path = tuple(p.strip() for p in name.split(">"))
        meaning = column_meaning(path)
        columns.append(Column(i, path, meaning.grootheid, meaning.stand, meaning.jaar, meaning.rol))
    rows, cells, groups, loose_rows = [], [], [], set()
    for offset, line in enumerate(body, start=1):
        label, *values = line.split("|")
        depth = (len(label) - len(label.lstrip())) // 2
        label = label.strip()
        del groups[depth:]
        if any(v.strip() for v in values):
            number = len(rows) + 1
            path = (*groups, label)
            code = _CODE.match(label)
            meaning = row_meaning(label)
            rows.append(
                Row(
                    number,
                    path,
                    no * 1000 + offset,
                    meaning.grootheid,
                    code[1] if code else None,
                    meaning.rol,
                )
            )
            if label in loose:
                loose_rows.add(number)
                values = [v for v in values if v.strip()]
            for column, value in enumerate(values, start=1):
                if value.strip():
                    cells.append(_cell(number, column, value.strip(), no * 1000 + offset))
        groups.append(label)
    last = no * 1000 + len(body)
    return Table(
        no, "begroting.txt", caption, kind, "tab", "EUR_1000", "caption", tuple(columns), tuple(rows), tuple(cells),
        no * 1000, last, tuple(section), loose_rows=frozenset(loose_rows),
    )  # fmt: skip


def _cell(row: int, column: int, text: str, line: int) -> Cell:
    marker = re.search(r"[VN]", text) if text != "PM" else None
    digits = text.replace(marker[0], "").strip() if marker else text
    if digits in ("-", "PM"):
        return Cell(row, column, text, None, line, is_nil=digits == "-", is_missing=digits == "PM")
    percent = digits.endswith("%")
    value = Decimal(digits.rstrip("% ").replace(".", "").replace(",", "."))
    sign = -1 if marker and marker[0] == "N" and value > 0 else 1
    decimals = len(digits.rstrip("% ").split(",")[1]) if "," in digits else 0
    return Cell(
        row, column, text, value, line, decimals=decimals, marker=marker[0] if marker else None, sign=sign,
        eenheid="%" if percent else None,
    )  # fmt: skip


def settled(*tables: Table, **meta: object) -> Document:
    """A document of these tables, settled."""
    return with_sums(Document("proef", dict(meta), "", tuple(tables)))


def amounts(document: Document) -> dict[tuple[int, int, int], Decimal | None]:
    """Printed amounts by position."""
    return {(t.no, c.row, c.column): c.amount for t in document.tables for c in t.cells if c.occurrence == 1}


def judge(rule: Rule, printed: dict[tuple[int, int, int], Decimal | None], decimals: int = 0) -> str:
    """exact, rounding, break or not_judged, in printed units."""
    if not rule.is_complete or any(printed[p] is None for p, _ in rule.terms):
        return "not_judged"
    residual = sum(c * printed[p] for p, c in rule.terms)
    tolerance = sum(abs(c) for _, c in rule.terms) * Decimal("0.5").scaleb(-decimals)
    return "exact" if residual == 0 else "rounding" if abs(residual) <= tolerance else "break"


def verdicts(document: Document, decimals: int = 0) -> dict[str, int]:
    """How many rules there are per verdict."""
    printed, count = amounts(document), {}
    for rule in document.rules:
        verdict = judge(rule, printed, decimals)
        count[verdict] = count.get(verdict, 0) + 1
    return count


def sums(document: Document, column: int = 1, table: int = 1) -> set[str]:
    """The sums over rows that are claimed in one column, in words: ``Totaal = A + B - C``."""
    rows = {(t.no, r.no): join_path(r.path) for t in document.tables for r in t.rows}
    found = set()
    for rule in document.rules:
        if rule.scope == "row":
            continue
        *parts, (total, _) = rule.terms
        if total[0] == table and total[2] == column:
            found.add(f"{rows[total[:2]]} = {_terms((rows[p[:2]], c) for p, c in parts)}")
    return found


def formulas(document: Document, row: int = 1, table: int = 1) -> set[str]:
    """The sums over columns that are claimed in one row."""
    columns = {(t.no, c.no): join_path(c.path) for t in document.tables for c in t.columns}
    found = set()
    for rule in document.rules:
        *parts, (total, _) = rule.terms
        if rule.scope == "row" and total[0] == table and total[1] == row:
            names = ((columns[p[0], p[2]], c) for p, c in parts)
            found.add(f"{columns[total[0], total[2]]} = {_terms(names)}")
    return found


def _terms(parts) -> str:
    text = " ".join(f"{'+' if c > 0 else '-'} {name}" for name, c in parts)
    return text.removeprefix("+ ")


def with_value(table: Table, row: int, column: int, value: int) -> Table:
    """The table with one number changed."""
    return replace(
        table,
        cells=tuple(
            c._replace(value=Decimal(value), is_nil=False) if (c.row, c.column) == (row, column) else c
            for c in table.cells
        ),
    )
