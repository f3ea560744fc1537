"""Sums proved by Spark: every connected set of documents is a row, and each worker proves the rows that it gets.

Sets are written as Parquet below HOME, one row each; ``mapInPandas`` proves them, and its rows come back as Parquet. The package
that proves is sent along, so that every worker proves by the method of this version; numpy, pandas, pyarrow and scipy must be
installed there. What is proved, and in which sets, is as here: so are the certificates.

What does not belong here: which documents are proved together (``proofs``), and the proof (``proof``).
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.proof.in_frames import ROWS, TABLE, column_of, kinds_of, prove_frames
from dagster_project.settings import PROJECT, Settings
from dagster_project.warehouse import second_engine
from dagster_project.warehouse.proofs import SETS, take

if TYPE_CHECKING:
    import duckdb

_PACKAGE = PROJECT / "dagster_project"
_SENT = (
    "__init__.py",
    "judgement.py",
    "number_text.py",
    "proof/*.py",
)  # of the package: all that a proof imports
_TASKS = 64  # at most: enough for many workers, and each worth its start
_SETS_AT_ONCE = 50  # in a frame that a worker gets
_TYPES = {str: "string", bool: "boolean", int: "int", float: "double", Decimal: "decimal(24,6)"}
_SCHEMA = f"{TABLE} string, " + ", ".join(
    f"{column_of(table, name)} {_TYPES[kind]}"
    for table, row in ROWS.items()
    for name, kind in kinds_of(row).items()
)


class SparkProver:
    """Proves sets of documents by Spark; a ``proofs.Prover``. What it writes stands in ``folder`` until it is done."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder = settings, folder

    def __call__(self, connection: duckdb.DuckDBPyConnection, sets: Sequence[Sequence[str]]) -> None:
        """Put the rows of the proof of all sets into the schema ``proof``.

        Raises duckdb.Error or OSError where it cannot be written, and what the client of Spark raises.
        """
        if not sets:
            return
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        try:
            given, proved = self._folder / "given.parquet", self._folder / "proved"
            write_sets(connection, sets, given)
            self._prove(given, proved, min(len(sets), _TASKS))
            read_rows(connection, proved)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _prove(self, given: Path, proved: Path, tasks: int) -> None:
        with second_engine.session(self._settings) as spark:
            spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(_SETS_AT_ONCE))
            spark.addArtifacts(str(package(self._folder)), pyfile=True)
            frame = spark.read.parquet(str(given)).repartition(tasks)
            frame.mapInPandas(prove_frames, _SCHEMA).write.parquet(str(proved))


def write_sets(connection: duckdb.DuckDBPyConnection, sets: Sequence[Sequence[str]], target: Path) -> None:
    """One row per set, with a list of records for everything that its proof is made of."""
    documents = [document for one in sets for document in one]
    numbers = [number for number, one in enumerate(sets) for _ in one]
    take(connection, documents)
    connection.execute(
        "create or replace temp table sets as select unnest(?::varchar[]) as document_id, unnest(?::integer[]) as set_no",
        [documents, numbers],
    )
    lists = ", ".join(SETS)
    joined = " ".join(
        f"""
        left join (
            select s.set_no, list(found) as {what}
            from ({query}) as found inner join sets as s on found.document_id = s.document_id
            group by s.set_no
        ) as of_{what} using (set_no)
        """
        for what, query in SETS.items()
    )
    quoted = str(target).replace("'", "''")
    connection.execute(
        f"copy (select set_no, {lists} from (select distinct set_no from sets) {joined}) to '{quoted}' (format parquet)"
    )


def read_rows(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    quoted = str(folder / "*.parquet").replace("'", "''")
    for table, row in ROWS.items():
        columns = ", ".join(column_of(table, name) for name in kinds_of(row))
        connection.execute(
            f"insert into proof.{table} select {columns} from read_parquet('{quoted}') where {TABLE} = '{table}' order by all"
        )


def package(folder: Path) -> Path:
    """The part of the package that proves, as a file that Python imports from."""
    target = folder / "proof.zip"
    with zipfile.ZipFile(target, "w") as packed:
        for pattern in _SENT:
            for path in sorted(_PACKAGE.glob(pattern)):
                packed.write(path, f"{_PACKAGE.name}/{path.relative_to(_PACKAGE).as_posix()}")
    return target
