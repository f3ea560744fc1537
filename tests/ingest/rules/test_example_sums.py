"""Every sum that the shared example tables claim is derived, from their hand-checked values and paths."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from written import amounts, judge, settled

from dagster_project.ingest.meaning import column_meaning, row_meaning
from dagster_project.ingest.model import Cell, Column, Row, Table, join_path

EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "examples"
NAMES = sorted(p.parent.name for p in EXAMPLES.glob("*/sums.json"))
OWN_NAME = {"oosterveen-programmareserves": "Reserves programma 4"}  # the heading above the table
PLANTED = {"meerstede-reserves-voorzieningen": 1}  # an error that stands in the example on purpose

pytestmark = pytest.mark.skipif(not NAMES, reason="the shared examples are not beside the project")


def example(name: str) -> tuple[Table, list[dict], int]:
    """The table of an example from its gold values, its claimed sums, and its decimals."""
    folder = EXAMPLES / name
    with (folder / "gold.csv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file))
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    headers = list(dict.fromkeys(g["column_path"] for g in gold if g["column_path"] != "?"))
    labels = list(dict.fromkeys(g["row_path"] for g in gold))
    columns = []
    for i, header in enumerate(headers, start=1):
        meaning = column_meaning(path := tuple(header.split(" > ")))
        columns.append(Column(i, path, meaning.grootheid, meaning.stand, meaning.jaar, meaning.rol))
    rows = []
    for i, label in enumerate(labels, start=1):
        meaning = row_meaning((path := tuple(label.split(" > ")))[-1])
        rows.append(Row(i, path, i, meaning.grootheid, rol=meaning.rol))
    cells, packed, decimals = [], {}, 0
    for g in gold:
        row = labels.index(g["row_path"]) + 1
        if g["column_path"] == "?":
            packed[row] = packed.get(row, 0) + 1
        column = packed[row] if g["column_path"] == "?" else headers.index(g["column_path"]) + 1
        value = Decimal(g["value"]) if g["value"] else None
        is_marked = meta.get("marker") == "sign" and g.get("marker") == "N"
        decimals = max(decimals, -value.as_tuple().exponent if value is not None else 0)
        cells.append(
            Cell(row, column, g["text"], abs(value) if is_marked else value, row, is_nil=value is None,
                 decimals=decimals, sign=-1 if is_marked else 1)
        )  # fmt: skip
    table = Table(
        1, "extract.txt", OWN_NAME.get(name, ""), "bedragen", meta["layout"], None, None, tuple(columns), tuple(rows),
        tuple(cells), 1, len(rows), loose_rows=frozenset(packed),
    )  # fmt: skip
    return table, json.loads((folder / "sums.json").read_text(encoding="utf-8")), decimals


@pytest.mark.parametrize("name", NAMES)
def test_every_claimed_sum_is_derived_and_none_breaks(name):
    table, claimed, decimals = example(name)
    document = settled(table)
    rows = {r.no: join_path(r.path) for r in table.rows}
    columns = {c.no: join_path(c.path) for c in table.columns}
    derived = {frozenset((rows[p[1]], columns[p[2]]) for p, _ in r.terms) for r in document.rules}
    missing = [
        s["total"]
        for s in claimed
        if s.get("parts_complete", True)
        and frozenset([tuple(s["total"]), *(tuple(p[:2]) for p in s["parts"])]) not in derived
    ]
    assert missing == []
    printed = amounts(document)
    broken = [r.nl for r in document.rules if judge(r, printed, decimals) == "break"]
    assert len(broken) == PLANTED.get(name, 0)
    assert all(r.is_complete for r in document.rules)


@pytest.mark.parametrize("name", [n for n in NAMES if n not in PLANTED])
def test_the_signs_of_the_claimed_sums_are_those_of_the_gold(name):
    table, claimed, _ = example(name)
    if any(c.sign < 0 for c in table.cells):
        pytest.skip("markers are folded into the coefficients here")
    document = settled(table)
    rows = {r.no: join_path(r.path) for r in table.rows}
    columns = {c.no: join_path(c.path) for c in table.columns}
    derived = {
        frozenset((rows[p[1]], columns[p[2]], int(c)) for p, c in r.terms if p != r.terms[-1][0])
        for r in document.rules
    }
    for s in claimed:
        if s.get("parts_complete", True):
            assert frozenset((a, b, c) for a, b, c in s["parts"]) in derived
