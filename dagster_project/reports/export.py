"""``sluitend export``: the front door and the marts in files that other tools open without DuckDB.

    DIR/datapackage.json      a Frictionless Data Package v2: every table and column with its type and description
    DIR/csv/*.csv             what that package describes; UTF-8, empty for null, codes as they are (0.10 is not 0.1)
    DIR/parquet/*.parquet     the same, typed
    DIR/sluitend.xlsx         the same, a sheet per table

Everything is taken from the published file, whose comments are those of the dbt project. What does not belong
here: what a table holds or what a column means.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dagster_project import settings as settings_module
from dagster_project.settings import Settings, Unusable

if TYPE_CHECKING:
    import duckdb

_FRONT, _MARTS = "main", "marts"
_NAME = "sluitend"
_ROWS_OF_A_SHEET = 100_000  # more take minutes to write and to open; above 1,048,575 they do not fit
_KINDS = {
    "VARCHAR": {"type": "string"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime"},
}
_KEYS = {  # of the marts: what names a row, and where a column of a fact leads
    "dim_gemeente_grenzen": ["gemeentecode", "jaar"],
    "dim_gemeente_jaar": ["gemeente_id", "jaar"],
    "dim_iv3_reeks": ["periode", "reeks_code", "taakveld_code", "van_jaar"],
    "fct_vermeldingen": ["vermelding_id"],
    "fct_wijzigingen": ["wijziging_id"],
}
_LEADS_TO = ("gemeente", "document", "programma", "beleidsterrein", "taakveld", "reserve", "indicator")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, DuckDB type and description."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view that is exported."""

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> list[str]:
        """The columns that name a row; empty where it has none."""
        if self.schema != _MARTS:
            return []
        if self.name in _KEYS:
            return _KEYS[self.name]
        first = self.columns[0].name
        return [first] if self.name.startswith("dim_") or first == "cell_id" else []


def export(published: Path, to: Path) -> tuple[str, ...]:
    """Write the export of a published file into the folder ``to``; lines that say what was left out, if anything.

    An earlier export in ``to`` is replaced as a whole. Raises ``Unusable`` when ``to`` holds anything else or
    the file is not there, OSError and duckdb.Error when something cannot be read or written.
    """
    if not published.exists():
        raise Unusable(f"{published}: nothing was published yet")
    if to.exists() and not _is_ours(to):
        raise Unusable(f"--to {to}: holds something that is no export; name a new or empty folder")
    import duckdb

    to.parent.mkdir(parents=True, exist_ok=True)
    making = to.with_name(f".{to.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    for part in ("csv", "parquet"):
        (making / part).mkdir(parents=True)
    with duckdb.connect(str(published), read_only=True) as connection:
        tables = _tables(connection)
        for table in tables:
            _write_files(connection, table, making)
        left_out = _write_workbook(connection, tables, making / f"{_NAME}.xlsx")
        package = json.dumps(_package(connection, tables), ensure_ascii=False, indent=1)
    (making / "datapackage.json").write_text(package + "\n", encoding="utf-8")
    if to.exists():
        shutil.rmtree(to)
    making.replace(to)
    return left_out


def _is_ours(folder: Path) -> bool:
    package = folder / "datapackage.json"
    if not folder.is_dir():
        return False
    if not package.exists():
        return not any(folder.iterdir())
    return json.loads(package.read_text(encoding="utf-8")).get("name") == _NAME


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The views of the front door, then the marts; each in the order of its name."""
    found = connection.execute(
        """
        with named as (
            select schema_name, table_name, comment from duckdb_tables()
            union all
            select schema_name, view_name, comment from duckdb_views() where not internal
        )
        select n.schema_name, n.table_name, n.comment, c.column_name, c.data_type, c.comment
        from named as n join duckdb_columns() as c using (schema_name, table_name)
        where n.schema_name in (?, ?) and not c.internal
        order by n.schema_name, n.table_name, c.column_index
        """,
        [_FRONT, _MARTS],
    ).fetchall()
    columns: dict[tuple[str, str, str], list[Column]] = {}
    for schema, name, about, column, kind, described in found:
        columns.setdefault((schema, name, about or ""), []).append(Column(column, kind, described or ""))
    return [Table(schema, name, about, tuple(own)) for (schema, name, about), own in columns.items()]


def _write_files(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    source = f'select * from {table.schema}."{table.name}" order by all'
    for part, options in (
        ("csv", "format csv, header, timestampformat '%Y-%m-%dT%H:%M:%SZ'"),
        ("parquet", "format parquet, compression zstd"),
    ):
        file = str(folder / part / f"{table.name}.{part}").replace("'", "''")
        connection.execute(f"copy ({source}) to '{file}' ({options})")


def _write_workbook(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], file: Path
) -> tuple[str, ...]:
    """One sheet per table, its first sheet tells what each is; lines for tables that are too long for a sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    contents = book.create_sheet("inhoud")
    contents.append(["sheet", "rows", "description"])
    left_out = []
    for table in tables:
        rows = connection.execute(f'select count(*) from {table.schema}."{table.name}"').fetchone()[0]
        if rows > _ROWS_OF_A_SHEET:
            left_out.append(
                f"{table.name}: {rows} rows are too many for a sheet; they are in csv/ and parquet/"
            )
            contents.append([table.name, rows, left_out[-1]])
            continue
        contents.append([table.name, rows, table.description])
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in table.columns])
        for row in _rows(connection, table, sheet):
            sheet.append(row)
    book.save(file)
    return tuple(left_out)


def _rows(connection: duckdb.DuckDBPyConnection, table: Table, sheet: object) -> Iterator[list[object]]:
    """Rows as a workbook takes them: text stays text, also where it looks like a number or a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        written = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        written.data_type = "s"
        return written

    cursor = connection.cursor()
    cursor.execute(f'select * from {table.schema}."{table.name}" order by all')
    while batch := cursor.fetchmany(10_000):
        for row in batch:
            yield [cell(value) for value in row]


def _package(connection: duckdb.DuckDBPyConnection, tables: list[Table]) -> dict[str, object]:
    """The data package: https://datapackage.org/standard/data-package/."""
    run_id, started_at = connection.execute("select run_id, started_at from meta.run").fetchone()
    names = {table.name for table in tables}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _NAME,
        "title": "Sluitend: begrotingen en rekeningen van gemeenten",
        "description": "Amounts that municipalities publish in budgets and accounts, each proved consistent, named as"
        " suspect, or declared unverifiable.",
        "version": run_id,
        "created": f"{started_at:%Y-%m-%dT%H:%M:%SZ}",
        "resources": [_resource(table, names) for table in tables],
    }


def _resource(table: Table, names: set[str]) -> dict[str, object]:
    fields = [{"name": c.name, **_kind(c.type), "description": c.description} for c in table.columns]
    schema: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = table.key
    if leads := _foreign_keys(table, names):
        schema["foreignKeys"] = leads
    return {
        "name": table.name,
        "type": "table",
        "path": f"csv/{table.name}.csv",
        "title": f"{table.schema}.{table.name}",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _kind(type_name: str) -> dict[str, str]:
    return _KINDS.get(type_name) or {"type": "number"}


def _foreign_keys(table: Table, names: set[str]) -> list[dict[str, object]]:
    """Of a fact, where its keys lead. Raises nothing: a dimension that is not exported is passed over."""
    if not table.name.startswith("fct_") or table.name.startswith("fct_iv3"):
        return []  # figures of CBS come from sources of their own, not from documents
    own = {column.name for column in table.columns}
    return [
        {"fields": [f"{what}_id"], "reference": {"resource": f"dim_{what}", "fields": [f"{what}_id"]}}
        for what in _LEADS_TO
        if f"{what}_id" in own and f"dim_{what}" in names
    ]


@click.command("export")
@click.option(
    "--to",
    "to",
    required=True,
    metavar="DIR",
    help="The folder to write; an earlier export in it is replaced.",
)
@click.option("--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/).")
def command(to: str, home: str | None) -> None:
    """Write the front door and the marts as CSV, Parquet and one workbook, described as a data package.

    The folder gets csv/, parquet/, sluitend.xlsx and datapackage.json (Frictionless Data Package v2). Codes are
    text everywhere: 0.10 stays 0.10.
    """
    settings: Settings = settings_module.load(home=home)
    folder = Path(to).resolve()
    for line in export(settings.published, folder):
        click.echo(line, err=True)
    click.echo(f"exported to {folder}")
