"""What an export holds, as data: tables and columns with the types and comments of the published file.

The comments are those of the dbt project. What does not belong here: any standard in which this is written down.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.warehouse.star import MARTS, ForeignKey, key_of, leads_of

if TYPE_CHECKING:
    import duckdb

FRONT = "main"
NAME = "sluitend"
TITLE = "Sluitend: begrotingen en rekeningen van gemeenten"
DESCRIPTION = (
    "Amounts that municipalities publish in budgets and accounts, each proved consistent, named as suspect, or"
    " declared unverifiable."
)
KEYWORDS = ("begroting", "jaarstukken", "gemeente", "lasten", "baten", "Iv3")
NO_LICENSE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"  # of the Dutch list of licences
FORMS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """A column of a table: its name, DuckDB type and description."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table or view that is exported."""

    schema: str
    name: str
    description: str
    columns: tuple[ExportedColumn, ...]

    @property
    def key(self) -> list[str]:
        """The columns that name a row; empty where it has none."""
        return key_of(self.name, self._names) if self.schema == MARTS else []

    def leads(self, names: set[str]) -> list[ForeignKey]:
        """Of a fact, where its keys lead; a dimension that is not among the exported ``names`` is passed over."""
        return leads_of(self.name, self._names, names)

    @property
    def _names(self) -> list[str]:
        return [column.name for column in self.columns]

    def file(self, form: str) -> str:
        """Where it stands in the export, as a path with slashes; ``form`` is one of FORMS."""
        return f"{form}/{self.name}.{form}"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the export, as the operator says it; what was not said is empty."""

    name: str = ""
    contact: str = ""  # a mail address
    license: str = ""  # the address of a licence

    def unsaid(self) -> list[str]:
        """What was not said, as its settings are called."""
        said = {"publisher": self.name, "contact": self.contact, "license": self.license}
        return [setting for setting, value in said.items() if not value]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the export: its size in bytes and the hash of its contents."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that a description is made of."""

    run_id: str
    made_at: datetime  # the run that made the published file; UTC without zone
    tables: tuple[ExportedTable, ...]
    files: dict[str, File]  # by path in the export
    publisher: Publisher

    @property
    def names(self) -> set[str]:
        """The names of the tables."""
        return {table.name for table in self.tables}


def tables_of(connection: duckdb.DuckDBPyConnection) -> tuple[ExportedTable, ...]:
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
        [FRONT, MARTS],
    ).fetchall()
    columns: dict[tuple[str, str, str], list[ExportedColumn]] = {}
    for schema, name, about, column, kind, described in found:
        columns.setdefault((schema, name, about or ""), []).append(
            ExportedColumn(column, kind, described or "")
        )
    return tuple(
        ExportedTable(schema, name, about, tuple(own)) for (schema, name, about), own in columns.items()
    )


def run_of(connection: duckdb.DuckDBPyConnection) -> tuple[str, datetime]:
    """The run that made the published file, and when it began (UTC)."""
    ((run_id, started_at),) = connection.execute("select run_id, started_at from meta.run").fetchall()
    return run_id, started_at


def files_in(folder: Path) -> dict[str, File]:
    """Every file below ``folder``, by its path with slashes."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(folder).as_posix()] = File(path.stat().st_size, digest)
    return found
