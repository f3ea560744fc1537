"""One poisoned document stops no night: the five documents beside it come out the same, row for row."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, refresh


def document(raw: Path, name: str, unit: str = "x € 1.000", **amounts: str) -> Path:
    folder = raw / name
    folder.mkdir(parents=True)
    (folder / "document.yml").write_text(
        "gemeente: Dorp\ntitel: Programmabegroting 2018\nsoort: begroting\njaar: 2018\nvorm: web\n"
        f"onderdeel: {json.dumps(name[:50])}\n"
    )
    wegen, groen = amounts.get("wegen", "1.200\t1.300"), amounts.get("groen", "155\t2.016")
    (folder / "tabel.txt").write_text(
        f"Lasten ({unit})\tBegroting 2017\tBegroting 2018\nWegen\t{wegen}\nGroen\t{groen}\n"
    )
    return folder


def accepting(raw: Path, name: str, text: str) -> None:
    (document(raw, name) / "aanvaard.yml").write_text(text)


GOOD = "- finding: a\n  fingerprint: b\n  wie: c\n  wanneer: 2026-03-01\n  waarom: d\n"
POISONS: dict[str, Callable[[Path], object]] = {
    "an amount that no column holds": lambda raw: document(raw, "p1", wegen="99.999.999.999.999.999\t1"),
    "amounts whose sum no column holds": lambda raw: document(
        raw, "p2", "x € 1", wegen="9.000.000.000.000.000\t1", groen="9.000.000.000.000.000\t1"
    ),
    "a change over time that no column holds": lambda raw: document(
        raw, "p3", "x € 1", wegen="9.000.000.000.000.000\t-9.000.000.000.000.000"
    ),
    "euros whose unit says millions": lambda raw: document(
        raw, "p4", "x € 1 miljoen", wegen="12.345.678.901\t12.345.678.902"
    ),
    "a day that is none": lambda raw: accepting(raw, "p5", GOOD.replace("03-01", "02-30")),
    "deep nesting": lambda raw: accepting(raw, "p6", "[" * 20_000 + "]" * 20_000),
    "a number of 6,000 digits": lambda raw: accepting(raw, "p7", GOOD.replace("g: a", f"g: {'9' * 6000}")),
    "a folder with a name of 250 characters": lambda raw: document(raw, "p" * 250),
    "a folder that is called like a page": lambda raw: (document(raw, "foo"), document(raw, "foo.html/bar")),
}
FIVE = sorted(p.parent.name for p in (ROOT / "raw").glob("*/document.yml"))
OF_THE_MOMENT = {"first_seen", "run_id"}


def rows_of_the_five(file: Path) -> dict[str, list[tuple]]:
    """Every row about one of the five documents, of every table that says of which document it is."""
    with duckdb.connect(str(file), read_only=True) as connection:
        columns: dict[tuple[str, str], list[str]] = {}
        for schema, table, column in connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        ).fetchall():
            if schema in ("landing", "marts", "audit") and column not in OF_THE_MOMENT:
                columns.setdefault((schema, table), []).append(column)
        return {
            f"{schema}.{table}": connection.execute(
                f"""select {", ".join(f'"{n}"' for n in names)} from {schema}."{table}"
                where document_id in (select unnest(?)) order by all""",
                [FIVE],
            ).fetchall()
            for (schema, table), names in columns.items()
            if "document_id" in names
        }


def assert_the_five_are_as_without(refreshed: Path, tmp_path: Path, *poisons: str) -> Path:
    folder = (
        tmp_path / "a;b$HOME%d#e?f{{ g }}'h"
    )  # in folders whose names mean something to SQL, addresses and templates
    raw, home = folder / "raw", folder / "home"
    shutil.copytree(ROOT / "raw", raw)
    shutil.copytree(refreshed / "dbt", home / "dbt")
    shutil.copytree(refreshed / "iv3", home / "iv3")  # read before: no poison is in it
    for poison in poisons:
        POISONS[poison](raw)
    done = refresh(home, raw, TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    found, expected = (
        rows_of_the_five(home / "sluitend.duckdb"),
        rows_of_the_five(refreshed / "sluitend.duckdb"),
    )
    assert expected["marts.fct_lasten"]
    assert [table for table in expected if found[table] != expected[table]] == []
    return home


def test_all_poisons_together_change_no_row_of_the_others_and_each_is_told(refreshed, tmp_path):
    home = assert_the_five_are_as_without(refreshed, tmp_path, *POISONS)
    with duckdb.connect(str(home / "sluitend.duckdb"), read_only=True) as connection:
        told = connection.execute(
            "select document_id, path, line from audit.rejects where kind = 'reject' order by all"
        ).fetchall()
    assert {document for document, _, _ in told} == {f"p{n}" for n in range(1, 8)}
    assert ("p1", "tabel.txt", 2) in told and ("p5", "aanvaard.yml", 4) in told


@pytest.mark.slow
@pytest.mark.parametrize("poison", POISONS)
def test_one_poison_changes_no_row_of_the_others(refreshed, tmp_path, poison):
    assert_the_five_are_as_without(refreshed, tmp_path, poison)
