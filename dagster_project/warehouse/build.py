"""The private file in which a night is built: landing tables, the run that makes them, history.

Where the live file was made by the same code, a night begins with a copy of what was kept beside it
(``ground``): rows of documents that changed or went are taken out of every table and those that came are put in, so
that a night costs what changed. Else everything comes from the Parquet files of the documents. Both give the same rows; in a file
that has grown they stand in another order.

What does not belong here: reading documents (``landing``), judging them (dbt, expectations), publishing.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from dagster_project.reading.model import Reject
from dagster_project.settings import Settings
from dagster_project.warehouse import ground, history, manifest
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.duplicates import dangling, stray_reject, without_duplicates
from dagster_project.warehouse.landing import ASIDE, DUPLICATE, READ, Landed, parquet_path
from dagster_project.warehouse.publications import write_witnesses
from dagster_project.warehouse.records import reject_record
from dagster_project.warehouse.run import Run
from dagster_project.warehouse.scan import Stray
from dagster_project.warehouse.schema import BETWEEN, FURTHER_REJECTS, TABLES, ddl
from dagster_project.warehouse.star import drop_facts_of_iv3

if TYPE_CHECKING:
    import duckdb

STORAGE_VERSION = "v1.4.0"  # readable by drivers that lag behind: DuckDB 1.4, 1.5 and 2
UNREADABLE = "rle"  # a way to compress that DuckDB 2 now and then fills so that 1.4.5 takes it for damaged
_SMALL_BLOCK, _LARGE_BLOCK = 16_384, 262_144  # bytes; large blocks compress better where there is much data
_MANY_DOCUMENTS = 1_000
_DOCUMENTS_AT_ONCE = (
    100  # whose rows are unnested together: of each DuckDB takes 2 MB for it, whatever its size
)
_COMMENTS = {
    "table meta.run": "The run that made this file.",
    "column meta.run.run_id": "Number and moment of the run.",
    "column meta.run.state_no": "Number of the published state: history.states.",
    "column meta.run.started_at": "When the run began, UTC.",
    "column meta.run.finished_at": "When it was ready to be published, UTC.",
    "column meta.run.code_version": "Hash of the code that made the file.",
    "column meta.run.inputs": "JSON: hash, size and state of each document.",
    "column meta.run.counts": "JSON: numbers of documents, values, findings and rows.",
    "column meta.run.verdicts": "JSON: how many sums and expectations held.",
    "table meta.inputs": "The documents that the run took in.",
    "column meta.inputs.document_id": "Key of the document: its folder under raw/.",
    "column meta.inputs.sha256": "Hash of the content.",
    "column meta.inputs.key": "Hash of content, description and reader: names the landed file.",
    "column meta.inputs.state": "What became of it: read, rejected or duplicate.",
    "column meta.inputs.files": "How many files.",
    "column meta.inputs.bytes": "Their size together.",
    "column meta.inputs.rejects": "How many places could not be read or must be answered.",
    "column meta.inputs.identity": "What makes two documents the same.",
    "column meta.inputs.zelfde_als": "The document of which this is another publication.",
    "column meta.inputs.tried_key": "Where the last good state is published: the key of what stands under raw/ now.",
    "column meta.inputs.tried_sha256": "Where the last good state is published: the hash of what stands under raw/ now.",
    "column meta.inputs.aside": "Which step what stands under raw/ now made fail, and how; null: none.",
    "column meta.inputs.aside_path": "The file that made it fail, where it is known.",
    "column meta.inputs.aside_line": "The line that made it fail, where it is known.",
    "column meta.inputs.layouts": "Keys of the layouts of its tables, apart by a blank: whose answers concern it.",
    "column meta.inputs.bound": "The setting and its value that reading it ran into; empty: none.",
    "table meta.steps": "The steps of the run that were carried out before publication.",
    "column meta.steps.run_id": "Number and moment of the run.",
    "column meta.steps.step": "Name of the step.",
}


def fitting(run: Run, documents: int) -> Run:
    """The run, with nothing to grow from where the published file is laid out for far fewer documents."""
    if run.previous is None or documents < _MANY_DOCUMENTS:
        return run
    with connect(run.previous, read_only=True) as connection:
        block_size = connection.execute("select block_size from pragma_database_size()").fetchall()[0][0]
    return run if block_size >= _LARGE_BLOCK else replace(run, previous=None, ground=None)


def landed_before(file: Path | None) -> dict[str, Landed]:
    """What a published file holds of each document; nothing where there is none, or where it does not say so."""
    if file is None:
        return {}
    with connect() as connection:
        _attach(connection, file, "previous")
        there = {name for name, *_ in connection.execute("describe previous.meta.inputs").fetchall()}
        names = [name for name in Landed.__dataclass_fields__ if name in there]
        rows = connection.execute(f"select {', '.join(names)} from previous.meta.inputs").fetchall()
    return {row[0]: Landed(**dict(zip(names, row, strict=True))) for row in rows}


def build(
    settings: Settings,
    run: Run,
    landed: Sequence[Landed],
    strays: Sequence[Stray] = (),
    told: Mapping[str, Sequence[Reject]] = MappingProxyType({}),
) -> tuple[Landed, ...]:
    """Make ``run.build`` with the schemas landing, meta and history. Returns the documents as decided.

    ``told``: rejects of this run, by document_id, beside those that were found in reading. Grows from ``run.ground``
    where there is one. Raises duckdb.Error or OSError when the file cannot be written.
    """
    decided, duplicates = without_duplicates(landed)
    run.build.parent.mkdir(parents=True, exist_ok=True)
    with _new(settings, run, len(decided)) as connection:
        if run.ground is None:
            _begin(connection, run)
        else:
            if _code_of(connection) != run.code_version:
                drop_facts_of_iv3(connection)
            _look_back(connection)
        _record_run(connection, run, decided)
        kept = _keep(connection)
        _fill(connection, _files(settings, decided, kept))
        write_witnesses(connection, kept)
        further = [(name, reject) for name, rejects in told.items() for reject in rejects]
        further += [*duplicates.items(), *dangling(decided).items()]
        _fill_further_rejects(connection, strays, further)
        _make_history(connection, settings, run)
        connection.execute("checkpoint")
    return decided


def counts(file: Path) -> dict[str, int]:
    """The number of rows of every table of a DuckDB file, by ``schema.table``."""
    with connect() as connection:
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


def rows_per_layer(file: Path) -> dict[str, int]:
    """The number of rows of all tables of a DuckDB file together, by schema; of those that are published."""
    layers: Counter[str] = Counter()
    for table, rows in counts(file).items():
        schema = table.partition(".")[0]
        if schema in ground.PUBLISHED:
            layers[schema] += rows
    return dict(sorted(layers.items()))


@contextmanager
def _new(settings: Settings, run: Run, documents: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build file, as a copy of ``run.ground`` or empty. DuckDB 1.4 can read it, whoever writes to it later."""
    file, kept = run.build, run.ground
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.wal").unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION
    }
    if kept is not None:
        shutil.copyfile(kept, file)
    else:  # a table takes a block at least, and a hundred small tables need not take 25 MB
        config["default_block_size"] = str(_SMALL_BLOCK if documents < _MANY_DOCUMENTS else _LARGE_BLOCK)
    with connect(file, config=config) as connection:
        connection.execute(f"set temp_directory = {_quoted(file.parent / 'spill')}")
        connection.execute(f"set disabled_compression_methods = '{UNREADABLE}'")
        yield connection


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    connection.execute(f"attach {_quoted(file)} as {name} (read_only)")


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _begin(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Empty tables; of what was published before, nothing but its history."""
    for schema in ("landing", "meta"):
        connection.execute(f"create schema {schema}")
    for table in (*TABLES, *BETWEEN):
        connection.execute(ddl(table))
    connection.execute("create temp table inputs_before (document_id varchar, key varchar, state varchar)")
    history.create(connection)
    if run.history_base is not None:
        _attach(connection, run.history_base, "base")
        history.carry(connection, "base")
        history.look_back(connection, "base")
        connection.execute("detach base")


def _code_of(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The version of the code that made the open file."""
    return connection.execute("select code_version from meta.run").fetchall()[0][0]


def _look_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Note what the copied file says of the run that made it, before that makes place for this run."""
    connection.execute("create temp table inputs_before as select document_id, key, state from meta.inputs")
    history.look_back(connection, _current(connection))
    connection.execute("drop table meta.run; drop table meta.inputs; drop table if exists meta.steps")


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
    connection.execute("create table meta.steps (run_id varchar, step varchar)")  # carried out, in this order
    inputs = {d.document_id: {"sha256": d.sha256, "bytes": d.bytes, "state": d.state} for d in decided}
    connection.execute(
        "insert into meta.run values (?, ?, ?, null, ?, ?, '{}', '{}')",
        [run.run_id, run.no, run.started_at, run.code_version, json.dumps(inputs, sort_keys=True)],
    )
    connection.execute(
        """
        create table meta.inputs (
            document_id varchar, sha256 varchar, key varchar, state varchar, files integer, bytes bigint,
            rejects integer, identity varchar, zelfde_als varchar, tried_key varchar, tried_sha256 varchar,
            aside varchar, aside_path varchar, aside_line integer, layouts varchar, bound varchar
        )
        """
    )
    _insert_json(connection, "meta.inputs", [asdict(d) for d in decided])
    for place, comment in _COMMENTS.items():
        connection.execute(f"comment on {place} is {_quoted(comment)}")


def _keep(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The document_id of those whose rows stay; also as the temp table ``kept``."""
    connection.execute(
        f"""
        create temp table kept as
        select now.document_id
        from meta.inputs as now
        inner join inputs_before as before using (document_id, key)
        where now.state = '{READ}' and before.state = '{READ}'
        """
    )
    return {name for (name,) in connection.execute("select document_id from kept").fetchall()}


def _files(settings: Settings, decided: Sequence[Landed], kept: Collection[str]) -> list[Path]:
    """What was read of the documents whose rows do not stay, in the order of their document_id."""
    return [
        parquet_path(settings, document.key)
        for document in sorted(decided, key=attrgetter("document_id"))
        if document.document_id not in kept and document.state not in (DUPLICATE, ASIDE)
    ]


def _fill(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    """The landing tables: out with what is not kept, in with what was read, by document and position."""
    for table in TABLES:
        connection.execute(
            f"delete from landing.{_name(table)} where document_id not in (select document_id from kept)"
        )
    for begin in range(0, len(files), _DOCUMENTS_AT_ONCE):
        listed = ", ".join(map(_quoted, files[begin : begin + _DOCUMENTS_AT_ONCE]))
        connection.execute(f"create or replace temp table staged as select * from read_parquet([{listed}])")
        for table in TABLES:
            name, columns = _name(table), ", ".join(_name(column) for column in TABLES[table])
            fields = ", ".join(f"record.{_name(column)}" for column in TABLES[table])
            connection.execute(
                f"""
                insert into landing.{name} ({columns})
                select {fields}
                from (select unnest({name}) as record, generate_subscripts({name}, 1) as position from staged)
                order by record.document_id, position
                """
            )
    connection.execute("drop table if exists staged")


def _fill_further_rejects(
    connection: duckdb.DuckDBPyConnection, strays: Sequence[Stray], rejects: Sequence[tuple[str, Reject]]
) -> None:
    """What depends on more than one document, or stands in none, is found anew in every run."""
    connection.execute(f"create or replace table landing.{FURTHER_REJECTS} as from landing.rejects limit 0")
    found = [*((s.document_id, stray_reject(s)) for s in strays), *rejects]
    _insert_json(
        connection,
        f"landing.{FURTHER_REJECTS}",
        [reject_record(name, reject) for name, reject in found],
    )


def reject_further(connection: duckdb.DuckDBPyConnection, document_id: str, reject: Reject) -> None:
    """Add a reject of what lies beside the documents to those of this run; ``document_id`` is a document, or a file that is none's."""
    connection.execute(
        f"""
        insert into landing.{FURTHER_REJECTS} (document_id, path, line, reason, reason_en, text, kind)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        [document_id, reject.path, reject.line, reject.reason, reject.reason_en, reject.text, reject.kind],
    )


def _make_history(connection: duckdb.DuckDBPyConnection, settings: Settings, run: Run) -> None:
    """To the history until now: the rollbacks since the newest published file, then this run."""
    for entry in run.rollbacks:
        file = settings.snapshots / entry.file
        if not file.exists():
            continue
        _attach(connection, file, "earlier")
        at = manifest.moment(entry)
        history.advance(connection, history.State(entry.no, entry.run_id, entry.kind, at, "earlier"))
        connection.execute("detach earlier")
    own = _current(connection)
    history.advance(connection, history.State(run.no, run.run_id, manifest.PUBLISH, run.started_at, own))


def _current(connection: duckdb.DuckDBPyConnection) -> str:
    return connection.execute("select current_database()").fetchall()[0][0]


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
