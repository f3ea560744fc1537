"""The star as a DuckDB file of its own: dimensions with their primary keys, facts with foreign keys to them.

A tool that reads keys draws it by itself. The published file declares the primary keys only: DuckDB checks foreign keys
always, adds none to a table that is there, and lets no dimension be made anew while a fact refers to it, whereas the facts
of the published file grow from night to night. What does not belong here: which columns are keys (``descriptors``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.reports.descriptors.tables import MARTS, Table
from dagster_project.warehouse.build import STORAGE_VERSION

if TYPE_CHECKING:
    import duckdb

STAR = "ster.duckdb"


def write_star(published: Path, tables: Sequence[Table], file: Path) -> None:
    """Write the marts among ``tables`` to ``file``, with their keys and descriptions.

    Raises duckdb.ConstraintException where a fact names what its dimension does not hold.
    """
    import duckdb

    marts = [table for table in tables if table.schema == MARTS]
    names = {table.name for table in marts}
    with duckdb.connect(str(file), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.execute(f"attach {_text(str(published))} as published (read_only)")
        for table in sorted(
            marts, key=lambda table: bool(table.leads(names))
        ):  # what is referred to comes first
            _write(connection, table, names)
        connection.execute("detach published")


def _write(connection: duckdb.DuckDBPyConnection, table: Table, names: set[str]) -> None:
    parts = [f"{_name(column.name)} {column.type}" for column in table.columns]
    if table.key:
        parts.append(f"primary key ({', '.join(map(_name, table.key))})")
    parts += [
        f"foreign key ({_name(lead.column)}) references {_name(lead.table)} ({_name(lead.column)})"
        for lead in table.leads(names)
    ]
    own = _name(table.name)
    connection.execute(f"create table {own} ({', '.join(parts)})")
    connection.execute(f"insert into {own} select * from published.{table.schema}.{own}")
    connection.execute(f"comment on table {own} is {_text(table.description)}")
    for column in table.columns:
        connection.execute(f"comment on column {own}.{_name(column.name)} is {_text(column.description)}")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
