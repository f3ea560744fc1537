"""What a person must say first takes part in no sum: whole tables, and rows of which a value is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.claims.derivation import with_sums
from dagster_project.reading.documents import read_document
from dagster_project.reading.model import GEVRAAGD, Document
from dagster_project.warehouse.records import records

DESCRIPTION = "gemeente: Proefstad\ntitel: Begroting 2024\nsoort: begroting\njaar: 2024\nvorm: web\n"
TABLE = (
    "Lasten per programma (x € 1.000)\nProgramma\tRekening 2022\tBegroting 2023\tBegroting 2024\n"
    + "".join(
        f"{label}\t{a}\t{b}\t{c}\n"
        for label, a, b, c in [
            ("Wonen", 10, 20, 30),
            ("Zorg", 1, 2, 3),
            ("Groen", 4, 5, 6),
            ("Totaal", 15, 27, 39),
        ]
    )
)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "document.yml").write_text(DESCRIPTION, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TABLE, encoding="utf-8")
    return read_document(tmp_path, "proef")


def asked_table(document: Document) -> Document:
    (table,) = document.tables
    return replace(
        document, tables=(replace(table, lezing=GEVRAAGD, lezing_marge=0.25, lezing_tweede="a | b"),)
    )


def asked_row(document: Document, no: int) -> Document:
    (table,) = document.tables
    rows = tuple(replace(r, lezing=GEVRAAGD) if r.no == no else r for r in table.rows)
    return replace(document, tables=(replace(table, rows=rows),))


def test_a_table_of_which_the_reading_is_known_has_its_sums(document):
    settled = with_sums(document)
    assert [r.kind for r in settled.rules] == ["totaal"] * 3
    assert all(r.is_complete for r in settled.rules)


def test_an_asked_table_is_in_no_rule_and_keeps_what_it_printed(document):
    asked = asked_table(document)
    settled = with_sums(asked)
    assert settled.rules == () and settled.conventions == ()
    assert settled.tables == asked.tables


def test_an_asked_table_is_not_placed_either(document):
    (table,) = asked_table(document).tables
    loose = replace(document, tables=(replace(table, loose_rows=frozenset({1})),))
    settled = with_sums(loose)
    assert settled.tables == loose.tables and settled.rejects == document.rejects


def test_a_sum_over_an_asked_row_is_not_judged_and_its_cells_stay(document):
    asked = asked_row(document, 2)
    settled = with_sums(asked)
    assert {term[:2] for rule in settled.rules for term, _ in rule.terms} <= {(1, 1), (1, 2), (1, 3), (1, 4)}
    assert settled.rules and not any(r.is_complete for r in settled.rules)
    assert settled.tables[0].cells == asked.tables[0].cells
    assert not settled.tables[0].loose_rows


def test_the_reading_is_landed_with_its_margin_and_its_rival(document):
    found = records(with_sums(asked_table(document)), "test")
    (table,) = found["tables"]
    assert (table["lezing"], str(table["lezing_marge"]), table["lezing_tweede"]) == (
        "gevraagd",
        "0.2500",
        "a | b",
    )
    assert len(found["cells"]) == 12 and found["rules"] == [] and found["rule_terms"] == []
    assert {row["lezing"] for row in found["rows"]} == {"zeker"}
