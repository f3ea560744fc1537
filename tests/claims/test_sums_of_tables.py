"""The sums that printed tables claim, from the text to the rules: all of them, and none that breaks.

An extract under ``tables/`` may have a ``.sums`` beside it, a line per sum: ``omlaag`` (a row is the sum of
rows) or ``opzij`` (a column is the sum of columns), where it holds (``*``: everywhere), the total, the parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project.claims.derivation import with_sums
from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.text import fragments
from dagster_project.reading.model import Document, Rule, join_path

Named = tuple[str, str]  # row path, column path

FOLDER = Path(__file__).resolve().parents[1] / "reading" / "tables"
ASKED = {  # no sum is claimed before it is known how the table is read
    "kop-twee-regels-pdf",
    "zijden-in-de-hoek-regels",
}
EXTRACTS = sorted(p.with_suffix(".txt") for p in FOLDER.glob("*.sums") if p.stem not in ASKED)


def document(path: Path) -> Document:
    found = understand(fragments(path.read_text(encoding="utf-8")), Around(), path.name)
    return with_sums(Document(path.stem, {}, "", tables=found.tables, rejects=found.rejects))


def named(settled: Document) -> dict[tuple[int, int, int], Named]:
    """The row and column path of every cell, by its position."""
    names = {}
    for table in settled.tables:
        rows = {r.no: join_path(r.path) for r in table.rows}
        columns = {c.no: join_path(c.path) for c in table.columns}
        names.update({(table.no, c.row, c.column): (rows[c.row], columns[c.column]) for c in table.cells})
    return names


def claimed(path: Path, cells: set[Named]) -> Iterator[frozenset[Named]]:
    """Every sum of the ``.sums`` file, as the cells in it."""
    for line in path.with_suffix(".sums").read_text(encoding="utf-8").splitlines():
        direction, where, *members = line.split("\t")
        down = direction == "omlaag"
        places = sorted({c if down else r for r, c in cells}) if where == "*" else where.split(" | ")
        for place in places:
            yield frozenset((m, place) if down else (place, m) for m in members)


def residual(rule: Rule, settled: Document) -> tuple[Decimal, Decimal]:
    """The sum of a rule's terms, and half a printed unit per number."""
    at = {t.no: t.at() for t in settled.tables}
    cells = [(at[no][row, column], coefficient) for (no, row, column), coefficient in rule.terms]
    rest = sum(((cell.amount or Decimal(0)) * c for cell, c in cells), Decimal(0))
    return rest, sum((Decimal("0.5").scaleb(-cell.decimals) for cell, _ in cells), Decimal(0))


def test_there_are_extracts_with_their_sums_beside_them() -> None:
    """The tests below would say nothing, were none found."""
    assert len(EXTRACTS) > 10


@pytest.mark.parametrize("path", EXTRACTS, ids=lambda p: p.stem)
def test_every_sum_that_a_table_claims_is_found(path: Path) -> None:
    settled = document(path)
    names = named(settled)
    found = {frozenset(names[position] for position, _ in rule.terms) for rule in settled.rules}
    missed = [sorted(s) for s in claimed(path, set(names.values())) if s not in found]
    assert not missed


@pytest.mark.parametrize("path", EXTRACTS, ids=lambda p: p.stem)
def test_no_sum_of_a_right_table_breaks(path: Path) -> None:
    settled = document(path)
    broken = [
        r.nl
        for r in settled.rules
        if r.is_complete
        for rest, half in [residual(r, settled)]
        if abs(rest) > half
    ]
    assert not broken


@pytest.mark.parametrize("path", EXTRACTS, ids=lambda p: p.stem)
def test_one_wrong_total_breaks_a_sum(path: Path) -> None:
    settled = document(path)
    no, row, column = settled.rules[-1].terms[-1][0]
    total = next(t for t in settled.tables if t.no == no).at()[row, column]
    lines = path.read_text(encoding="utf-8").split("\n")
    head, _, tail = lines[total.line - 1].rpartition(total.text)
    wrong = total.text.translate(str.maketrans("0123456789", "1234567890"))
    lines[total.line - 1] = head + wrong + tail
    found = understand(fragments("\n".join(lines)), Around(), path.name)
    spoiled = with_sums(Document(path.stem, {}, "", tables=found.tables))
    assert any(abs(rest) > half for rule in spoiled.rules for rest, half in [residual(rule, spoiled)])
