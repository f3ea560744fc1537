"""The export: the front door and the marts as other tools read them, described as a data package."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from decimal import Decimal

import duckdb
import pyarrow.parquet
import pytest
from openpyxl import load_workbook

from dagster_project.reports.export import _obeyed_by_nobody, alone, export
from dagster_project.settings import Unusable, load
from dagster_project.warehouse.run import Busy

TOO_LONG = {
    "fct_iv3",
    "iv3",
    "iv3_benchmarks",
    "iv3_per_taakveld",
    "iv3_reeksen",
}  # the figures of all municipalities: no sheet


@pytest.fixture(scope="module")
def package(exported) -> dict:
    return json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def workbook(exported):
    """The workbook as a library reads it, opened once: it takes seconds."""
    return load_workbook(exported / "sluitend.xlsx", read_only=True)


def rows_of(folder, name: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(workbook) -> dict[str, bytes]:
    """The sheets as they are in the file, by name: a library takes half a minute to read them all."""
    with zipfile.ZipFile(workbook) as parts:
        names = re.findall(r'<sheet [^>]*?name="([^"]+)"', parts.read("xl/workbook.xml").decode())
        return {
            name: parts.read(f"xl/worksheets/sheet{number}.xml") for number, name in enumerate(names, start=1)
        }


def counted(folder, name: str, columns: list[str]) -> tuple[int, int]:
    """Rows of a CSV file, and different values of its columns."""
    file = folder / "csv" / f"{name}.csv"
    query = f"select count(*), count(distinct ({', '.join(columns)})) from read_csv(?, all_varchar=true, header=true)"
    with duckdb.connect() as connection:
        return connection.execute(query, [str(file)]).fetchone()


def leading_nowhere(folder, name: str, foreign: dict) -> int:
    """Rows of a CSV file whose foreign key is that of no row of the file that it leads to."""
    files = [str(folder / "csv" / f"{one}.csv") for one in (name, foreign["reference"]["resource"])]
    own, other = (", ".join(columns) for columns in (foreign["fields"], foreign["reference"]["fields"]))
    reading = "read_csv(?, all_varchar=true, header=true)"
    query = f"select count(*) from {reading} where coalesce(({own}) not in (select ({other}) from {reading}), true)"
    with duckdb.connect() as connection:
        return connection.execute(query, files).fetchone()[0]


def test_tables_that_are_too_long_for_a_sheet_are_named(export_told):
    assert {line.partition(":")[0] for line in export_told if "too many for a sheet" in line} == TOO_LONG


def test_every_table_of_the_front_door_and_the_marts_is_there_in_every_form(exported, package, warehouse):
    there = {
        name
        for (name,) in warehouse.execute(
            "select distinct table_name from duckdb_columns() where schema_name in ('main', 'marts') and not internal"
        ).fetchall()
    }
    assert {resource["name"] for resource in package["resources"]} == there
    assert {path.stem for path in (exported / "csv").iterdir()} == there
    assert {path.stem for path in (exported / "parquet").iterdir()} == there
    assert set(written(exported / "sluitend.xlsx")) == (there - TOO_LONG) | {"inhoud"}


def test_the_forms_hold_the_same_rows(exported, package, warehouse):
    sheets = written(exported / "sluitend.xlsx")
    for resource in package["resources"]:
        name = resource["name"]
        (rows,) = warehouse.execute(f"select count(*) from {resource['title']}").fetchone()
        assert counted(exported, name, ["1"])[0] == rows, name
        assert pyarrow.parquet.read_metadata(exported / "parquet" / f"{name}.parquet").num_rows == rows, name
        if name not in TOO_LONG:
            assert sheets[name].count(b"<row ") == rows + 1, name


def test_the_sum_of_the_lasten_is_the_same_in_every_form(exported, workbook, warehouse):
    expected = warehouse.execute("select sum(bedrag_eur) from main.lasten").fetchone()[0]
    assert sum(Decimal(row["bedrag_eur"]) for row in rows_of(exported, "lasten")) == expected
    with duckdb.connect() as other:
        parquet = exported / "parquet" / "lasten.parquet"
        assert other.execute(f"select sum(bedrag_eur) from '{parquet}'").fetchone() == (expected,)
    sheet = workbook["lasten"].iter_rows(values_only=True)
    amount = next(sheet).index("bedrag_eur")
    assert sum(Decimal(str(row[amount])) for row in sheet) == expected


def test_a_code_that_looks_like_a_number_stays_text_in_every_form(exported, workbook, package):
    codes = {row["taakveld_code"] for row in rows_of(exported, "dim_taakveld")}
    assert {"0.1", "0.10"} <= codes
    sheet = workbook["dim_taakveld"].iter_rows(values_only=True)
    at = next(sheet).index("taakveld_code")
    assert {"0.1", "0.10"} <= {row[at] for row in sheet}
    (taakveld,) = (r for r in package["resources"] if r["name"] == "dim_taakveld")
    assert {f["name"]: f["type"] for f in taakveld["schema"]["fields"]}["taakveld_code"] == "string"


def test_text_that_looks_like_a_formula_is_no_formula(exported):
    assert [name for name, sheet in written(exported / "sluitend.xlsx").items() if b"<f" in sheet] == []


@pytest.mark.parametrize(
    ("printed", "written_as"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("@som", "'@som"),
        ("- Jeugd", "'- Jeugd"),
        ("-1.234,5", "-1.234,5"),
        ("-", "-"),
        ("We\x1b[31mgen\x9b", "We\ufffd[31mgen\ufffd"),
        ("é \u20ac\n0.10", "é \u20ac\n0.10"),
        (None, None),
    ],
)
def test_text_of_a_csv_file_is_no_formula_and_no_command(printed, written_as):
    with duckdb.connect() as connection:
        shown = connection.execute(
            f"select {_obeyed_by_nobody('t', 'VARCHAR')} from (select ? as t)", [printed]
        )
        assert shown.fetchall() == [(written_as,)]


def test_every_field_of_the_package_has_a_type_and_a_description(package):
    for resource in package["resources"]:
        assert resource["description"], resource["name"]
        for field in resource["schema"]["fields"]:
            assert field["type"] and field["description"], (resource["name"], field["name"])


def test_keys_of_the_package_are_keys(exported, package):
    for resource in package["resources"]:
        key = resource["schema"].get("primaryKey", [])
        if key:
            rows, different = counted(exported, resource["name"], key)
            assert rows == different, resource["name"]
        for foreign in resource["schema"].get("foreignKeys", []):
            assert leading_nowhere(exported, resource["name"], foreign) == 0, (resource["name"], foreign)


def test_the_published_file_declares_the_keys_that_the_package_tells_of(package, warehouse):
    """A tool that reads keys from DuckDB draws the same star as one that reads the package."""

    def declared(kind: str) -> set[tuple]:
        return set(
            warehouse.execute(
                "select table_name, array_to_string(constraint_column_names, ','), coalesce(referenced_table, '')"
                " from duckdb_constraints() where schema_name = 'marts' and constraint_type = ?",
                [kind],
            ).fetchall()
        )

    schemas = [(resource["name"], resource["schema"]) for resource in package["resources"]]
    leads = {
        (name, ",".join(key["fields"]), key["reference"]["resource"])
        for name, schema in schemas
        for key in schema.get("foreignKeys", [])
    }
    assert declared("FOREIGN KEY") == leads
    assert {("fct_lasten", "programma_id", "dim_programma"), ("fct_reserves", "jaar", "dim_jaar")} <= leads
    assert declared("PRIMARY KEY") == {
        (name, ",".join(schema["primaryKey"]), "") for name, schema in schemas if schema.get("primaryKey")
    }


@pytest.fixture
def published(tmp_path):
    """A file with one table, enough to export."""
    file = tmp_path / "sluitend.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute("create schema meta")
        connection.execute("create table marts.dim_jaar as select 2018 as jaar")
        connection.execute(
            "create table meta.run as select '1' as run_id, timestamp '2026-01-01' as started_at"
        )
    return file


def test_an_earlier_export_is_replaced_and_anything_else_is_left_alone(published, tmp_path):
    to = tmp_path / "out"
    export(published, to)
    (to / "csv" / "weg.csv").write_text("oud", encoding="utf-8")
    export(published, to)
    assert [path.name for path in (to / "csv").iterdir()] == ["dim_jaar.csv"]
    with pytest.raises(Unusable, match="no export"):
        export(published, tmp_path)
    assert published.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"out", ".out.lock", "sluitend.duckdb"}


def test_one_process_exports_to_a_folder_at_a_time(published, tmp_path):
    with alone(tmp_path / "out"), pytest.raises(Busy, match="another process is exporting"):
        export(published, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_a_published_file_there_is_nothing_to_export(tmp_path):
    with pytest.raises(Unusable, match="nothing was published"):
        export(tmp_path / "sluitend.duckdb", tmp_path / "out")


@pytest.mark.parametrize("place", ["raw", "raw/x", "home", "home/export", "."])
def test_an_export_stands_apart_from_what_is_read_and_made(tmp_path, place):
    folders = {"SLUITEND_RAW": str(tmp_path / "raw"), "SLUITEND_HOME": str(tmp_path / "home")}
    with pytest.raises(Unusable, match="may not stand inside or around"):
        load(folders, export=tmp_path / place)
    assert load(folders, export=tmp_path / "export").export == tmp_path / "export"
