"""What another engine needs to build the models of dbt, handed over as Parquet, and what it built, brought back.

The engine is Apache Spark, reached through Spark Connect. It reads and writes below HOME, so that its workers must see
that folder under the same path. What a run hands over is copied out of its private file, sources of Iv3 as they were landed; the
databases of an earlier run are replaced, so that one Spark serves one warehouse at a time.

What does not belong here: running dbt (``spark_run``).
"""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Iterable, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.language import phrase
from dagster_project.settings import Settings, Unusable
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.star import declare_keys_of_dimensions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql.connect.session import SparkSession

GIVEN = ("landing", "proof", "history", "meta", "reference")
BUILT = ("staging", "intermediate", "marts", "main", "audit")


def require(settings: Settings) -> None:
    """Raise ``Unusable`` where the second engine cannot be asked: no address, or its libraries are not installed."""
    if not settings.spark:
        raise Unusable(
            phrase("--engine spark needs the address of a Spark Connect server: --spark or SLUITEND_SPARK")
        )
    lacking = [name for name in ("pyspark", "dbt.adapters.spark") if not _is_there(name)]
    if lacking:
        raise Unusable(
            phrase(
                "--engine spark needs {lacking}: install the extra, pip install 'sluitend[spark]'",
                lacking=", ".join(lacking),
            )
        )
    try:
        with session(settings) as spark:
            spark.sql("select 1").collect()
    except Exception as error:  # whatever its client raises when nobody answers
        told = str(error).strip().splitlines()
        raise Unusable(
            phrase(
                "{address}: no Spark answers: {why}",
                address=settings.spark,
                why=told[0] if told else type(error).__name__,
            )
        ) from None


def hand_over(settings: Settings, build: Path, folder: Path, iv3: Iterable[Path]) -> int:
    """Give Spark everything that the models read, under the names under which they read it. Returns how many tables.

    ``folder``: where the copies stand, and where Spark puts what it builds. Raises duckdb.Error or OSError where it cannot
    be written, and what the client of Spark raises.
    """
    tables: dict[tuple[str, str], Path] = {}
    with connect(build, read_only=True) as connection:
        listed = ", ".join(f"'{schema}'" for schema in GIVEN)
        found = connection.execute(
            f"select schema_name, table_name from duckdb_tables() where schema_name in ({listed}) order by all"
        ).fetchall()
        for schema, table in found:
            place = folder / "given" / schema / table
            place.mkdir(parents=True)
            connection.execute(f"copy {schema}.{table} to {_quoted(place / 'rows.parquet')} (format parquet)")
            tables[schema, table] = place
        place = folder / "given" / "landing" / "iv3"
        place.mkdir(parents=True)
        files = list(iv3)
        for path in files:
            _same_file(path, place / path.name)
        if not files:
            connection.execute(
                f"copy (from landing.iv3) to {_quoted(place / 'rows.parquet')} (format parquet)"
            )
        tables["landing", "iv3"] = place
    with session(settings) as spark:
        # DuckDB writes timestamps without a zone; they are UTC, and so is the session.
        spark.conf.set("spark.sql.parquet.inferTimestampNTZ.enabled", "false")
        for schema in (*GIVEN, *BUILT):
            spark.sql(f"drop database if exists {schema} cascade")
            spark.sql(f"create database {schema} location {_quoted(folder / 'built' / schema)}")
        for (schema, table), place in tables.items():
            spark.sql(f"create table {schema}.{table} using parquet location {_quoted(place)}")
    return len(tables)


def bring_back(build: Path, folder: Path, tables: Mapping[tuple[str, str], str]) -> int:
    """Put tables that Spark built into the private file, by (schema, name). Returns how many rows they have.

    Dimensions get their keys, for Spark knows none and facts lead to them. Raises duckdb.Error where a table is not there,
    cannot be read, or has two rows with one key.
    """
    rows = 0
    with connect(build) as connection:
        connection.execute("set timezone = 'UTC'")
        for schema in {schema for schema, _ in tables}:
            connection.execute(f"create schema if not exists {schema}")
        for (schema, table), name in sorted(tables.items()):
            files = _quoted(folder / "built" / schema / table / "*.parquet")
            columns = connection.execute(f"describe from read_parquet({files})").fetchall()
            listed = ", ".join(_column(column, kind) for column, kind, *_ in columns)
            made = f"create or replace table {schema}.{name} as select {listed} from read_parquet({files})"
            rows += connection.execute(made).fetchall()[0][0]
        declare_keys_of_dimensions(connection)
    return rows


@contextmanager
def session(settings: Settings) -> Iterator[SparkSession]:
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")  # pandas 3
    from pyspark.sql import SparkSession

    # What it fails to clean up of a session that is closed is no trouble of the refresh.
    logging.getLogger("pyspark.sql.connect.logging").setLevel(logging.CRITICAL)
    spark = SparkSession.builder.remote(settings.spark).create()
    try:
        spark.conf.set("spark.sql.session.timeZone", "UTC")
        yield spark
    finally:
        with suppress(Exception):
            spark.stop()


def _same_file(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _column(name: str, kind: str) -> str:
    return f'cast("{name}" as timestamp) as "{name}"' if kind == "TIMESTAMP WITH TIME ZONE" else f'"{name}"'


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
