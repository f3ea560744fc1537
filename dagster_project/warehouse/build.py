"""The private file in which a night is built: landing tables, the run that makes them, history.

Documents that did not change are copied from the last published file by SQL, the others come from their
Parquet files; every table is sorted by document and position either way, so that a full rebuild gives the
same rows. Nothing here loops over unchanged documents.

What does not belong here: reading documents (``landing``), judging them (dbt, expectations), publishing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.ingest.model import Reject
from dagster_project.settings import Settings
from dagster_project.warehouse import history, manifest
from dagster_project.warehouse.duplicates import dangling, stray_reject, without_duplicates
from dagster_project.warehouse.landing import DUPLICATE, READ, Landed, parquet_path
from dagster_project.warehouse.run import Run
from dagster_project.warehouse.scan import Stray
from dagster_project.warehouse.schema import TABLES, ddl

if TYPE_CHECKING:
    import duckdb

STORAGE_VERSION = "v1.4.0"  # readable by drivers that lag behind: DuckDB 1.4, 1.5 and 2
_SMALL_BLOCK, _LARGE_BLOCK = 16_384, 262_144  # bytes; large blocks compress better where there is much data
_MANY_DOCUMENTS = 1_000


def landed_before(file: Path | None) -> dict[str, Landed]:
    """What a published file holds of each document; nothing where there is no file."""
    import duckdb

    if file is None:
        return {}
    with duckdb.connect() as connection:
        _attach(connection, file, "previous")
        names = tuple(Landed.__dataclass_fields__)
        there = {row[0] for row in connection.execute("describe previous.meta.inputs").fetchall()}
        if not there >= set(names):  # published by another version of the code
            return {}
        rows = connection.execute(f"select {', '.join(names)} from previous.meta.inputs").fetchall()
    return {row[0]: Landed(**dict(zip(names, row, strict=True))) for row in rows}


def build(
    settings: Settings,
    run: Run,
    landed: Sequence[Landed],
    strays: Sequence[Stray] = (),
    *,
    full: bool = False,
) -> tuple[Landed, ...]:
    """Make ``run.build`` with the schemas landing, meta and history. Returns the documents as decided.

    ``full`` takes nothing but history from the last published file. Raises duckdb.Error or OSError when the
    file cannot be written.
    """
    decided, duplicates = without_duplicates(landed)
    run.build.parent.mkdir(parents=True, exist_ok=True)
    run.build.parent.mkdir(parents=True, exist_ok=True)
    run.build.unlink(missing_ok=True)
    with _new(run.build, len(decided)) as connection:
        for schema in ("landing", "meta"):
            connection.execute(f"create schema {schema}")
        previous = None if full else run.previous
        if previous is not None:
            _attach(connection, previous, "previous")
        _record_run(connection, run, decided)
        has_copied = _choose_sources(connection, settings, decided, has_previous=previous is not None)
        _stage_rejects(connection, strays, duplicates | dangling(decided))
        for table in TABLES:
            _fill(connection, table, has_copied)
        if previous is not None:
            connection.execute("detach previous")
        _make_history(connection, settings, run)
        connection.execute("checkpoint")
    return decided


def counts(file: Path) -> dict[str, int]:
    """The number of rows of every table of a DuckDB file, by ``schema.table``."""
    import duckdb

    with duckdb.connect() as connection:
        _attach(connection, file, "counted")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where database_name = 'counted' and not internal"
        ).fetchall()
        each = [
            f"select {_quoted(f'{schema}.{table}')}, count(*) from counted.{_name(schema)}.{_name(table)}"
            for schema, table in tables
        ]
        return dict(connection.execute(" union all ".join(each)).fetchall()) if each else {}


def _new(file: Path, documents: int) -> duckdb.DuckDBPyConnection:
    """A new database in which everything is kept so that DuckDB 1.4 can read it, whoever writes to it later."""
    import duckdb

    # A table takes a block at least, and a hundred small tables need not take 25 MB.
    block_size = _SMALL_BLOCK if documents < _MANY_DOCUMENTS else _LARGE_BLOCK
    config = {"storage_compatibility_version": STORAGE_VERSION, "default_block_size": str(block_size)}
    connection = duckdb.connect(str(file), config=config)
    connection.execute(f"set temp_directory = {_quoted(file.parent / 'spill')}")
    return connection


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    connection.execute(f"attach {_quoted(file)} as {name} (read_only)")


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _record_run(connection: duckdb.DuckDBPyConnection, run: Run, decided: Sequence[Landed]) -> None:
    """meta.run with what is known at the start (``publish`` adds the rest), and meta.inputs."""
    connection.execute(
        """
        create table meta.run (
            run_id varchar, state_no integer, started_at timestamp, finished_at timestamp,
            code_version varchar, inputs varchar, counts varchar, verdicts varchar
        )
        """
    )
    inputs = {d.document_id: {"sha256": d.sha256, "bytes": d.bytes, "state": d.state} for d in decided}
    connection.execute(
        "insert into meta.run values (?, ?, ?, null, ?, ?, '{}', '{}')",
        [run.run_id, run.no, run.started_at, run.code_version, json.dumps(inputs, sort_keys=True)],
    )
    connection.execute(
        """
        create table meta.inputs (
            document_id varchar, sha256 varchar, key varchar, state varchar, files integer, bytes bigint,
            rejects integer, identity varchar, zelfde_als varchar
        )
        """
    )
    _insert_json(connection, "meta.inputs", [asdict(d) for d in decided])


def _choose_sources(
    connection: duckdb.DuckDBPyConnection, settings: Settings, decided: Sequence[Landed], has_previous: bool
) -> bool:
    """Temp tables: ``copied`` (document_id of unchanged documents), ``staged`` (all others, nested).

    Returns whether any is copied. None is where the landing schema is another than that of the last file.
    """
    connection.execute("create temp table copied (document_id varchar)")
    if has_previous:
        connection.execute(
            f"""
            insert into copied
            select now.document_id
            from meta.inputs as now
            inner join previous.meta.inputs as before using (document_id, key)
            where now.state = '{READ}' and before.state = '{READ}'
            """
        )
    copied = {row[0] for row in connection.execute("select document_id from copied").fetchall()}
    files = [
        str(parquet_path(settings, d.key))
        for d in decided
        if d.document_id not in copied and d.state != DUPLICATE
    ]
    if files:
        listed = ", ".join(map(_quoted, files))
        connection.execute(f"create temp table staged as select * from read_parquet([{listed}])")
    else:
        empty = ", ".join(
            f"[]::struct({', '.join(f'{_name(c)} {t}' for c, t in columns.items())})[] as {_name(table)}"
            for table, columns in TABLES.items()
        )
        connection.execute(
            f"create temp table staged as select null::varchar as document_id, {empty} where false"
        )
    return bool(copied)


def _stage_rejects(
    connection: duckdb.DuckDBPyConnection, strays: Sequence[Stray], rejects: Mapping[str, Reject]
) -> None:
    """Temp table ``further``: what depends on more than one document is made anew in every run."""
    connection.execute(ddl("rejects", "temp table temp"))
    columns = [c for c in TABLES["rejects"] if c != "document_id"]
    found = [*((s.document_id, stray_reject(s)) for s in strays), *rejects.items()]
    _insert_json(
        connection,
        "temp.rejects",
        [{"document_id": name} | {c: getattr(reject, c) for c in columns} for name, reject in found],
    )


def _fill(connection: duckdb.DuckDBPyConnection, table: str, has_copied: bool) -> None:
    """One landing table from all its sources. Within a document, position is the order of its only source."""
    name, columns = _name(table), ", ".join(_name(column) for column in TABLES[table])
    fields = ", ".join(f"record.{_name(column)}" for column in TABLES[table])
    sources = [
        f"""
        select {fields}, position
        from (select unnest({name}) as record, generate_subscripts({name}, 1) as position from staged)
        """
    ]
    if has_copied:
        sources.append(
            f"""
            select {columns}, rowid as position
            from previous.landing.{name}
            where document_id in (select document_id from copied)
            """
        )
    if table == "rejects":
        sources.append(f"select {columns}, 1000000000 + rowid as position from temp.rejects")
    connection.execute(ddl(table, "table landing"))
    connection.execute(
        f"""
        insert into landing.{name}
        select {columns} from ({" union all ".join(sources)}) order by document_id, position
        """
    )


def _make_history(connection: duckdb.DuckDBPyConnection, settings: Settings, run: Run) -> None:
    """History of the newest published file, then the rollbacks since, then this run."""
    history.create(connection)
    if run.history_base is not None:
        _attach(connection, run.history_base, "base")
        history.carry(connection, "base")
        connection.execute("detach base")
    for entry in run.rollbacks:
        file = settings.snapshots / entry.file
        if not file.exists():
            continue
        _attach(connection, file, "earlier")
        at = manifest.moment(entry)
        history.advance(connection, history.State(entry.no, entry.run_id, entry.kind, at, "earlier"))
        connection.execute("detach earlier")
    catalog = connection.execute("select current_database()").fetchone()[0]
    history.advance(
        connection, history.State(run.no, run.run_id, manifest.PUBLISH, run.started_at, _name(catalog))
    )


def _insert_json(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    """Many small records at once, in order."""
    if rows:
        columns = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
        types = ", ".join(f'"{name}": "{kind}"' for name, kind in columns.items())
        connection.execute(
            f"insert into {table} by name select unnest(from_json(?, '[{{{types}}}]'), max_depth := 2)",
            [json.dumps(rows, ensure_ascii=False)],
        )


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
