"""What Great Expectations judges on Spark comes out as on DuckDB: what holds, what fails and by how many rows, what cannot be run."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import duckdb
import loopback
import pytest

import expectations
from dagster_project.assets import gx_spark
from dagster_project.assets.suites import held_against
from dagster_project.settings import Settings, load
from dagster_project.warehouse import second_engine

SCHEMAS = ("landing", "marts", "audit")
DAMAGE = (
    "delete from marts.fct_baten where cell_id = (select min(cell_id) from marts.fct_baten)",
    "insert into marts.fct_lasten (select * from marts.fct_lasten limit 1)",
    "update marts.fct_lasten set row_path = 'Totaalsaldo' where cell_id = (select max(cell_id) from marts.fct_lasten)",
    "update marts.fct_reserves set cell_id = 'nergens' where rowid = 0",
    "update marts.fct_besparingen set bedrag_eur = 99999999999999 where rowid = 0",
    "update marts.dim_gemeente set gemeentecode = 'GM05460' where gemeente = 'Leiden'",
    "delete from marts.fct_iv3 where rowid = 7",
    "update audit.certificates set feasible = null where rowid = 0",
    "update audit.certificates set feasible = false where rowid = 1",
    "delete from audit.reconciliation where rowid = 0",
    "alter table audit.rejects rename column reason to reden",
    "drop table audit.suspects",
)


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_every_expectation_comes_out_as_on_duckdb(refreshed: Path, tmp_path: Path):
    if why := loopback.why_not():
        pytest.skip(why)
    (kept,) = (refreshed / "ground").iterdir()  # without keys, which damage would break
    here, there = tmp_path / "here.duckdb", tmp_path / "there.duckdb"
    for file in (here, there):
        shutil.copyfile(kept, file)
        with duckdb.connect(str(file)) as connection:
            for statement in DAMAGE:
                connection.execute(statement)
    suites = [expectations.suite(name) for name in expectations.names()]
    expected = outcomes(held_against(here, suites, "test"))
    with loopback.started(tmp_path) as cluster:
        settings = load({"SLUITEND_SPARK": cluster.address}, home=str(tmp_path / "home"))
        give(settings, there, tmp_path / "given")
        found = outcomes(held_against(there, suites, "test", gx_spark.session(settings)))
    assert found == expected
    counted = Counter(status for status, *_ in expected.values())
    assert counted["passed"] > 50 and counted["failed"] > 8 and counted["errored"] > 3, counted
    assert failures(there) == failures(here)


def outcomes(judged) -> dict[tuple[str, str], tuple[str, int, int]]:
    return {(j.suite, j.expectation.id): (j.status, j.evaluated, j.unexpected) for j in judged}


def failures(file: Path) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute("from audit.expectation_failures order by all").fetchall()


def give(settings: Settings, file: Path, folder: Path) -> None:
    """Every table and view of the file as a table of Spark, as if it had built them."""
    with duckdb.connect(str(file), read_only=True) as connection, second_engine.session(settings) as spark:
        for schema in SCHEMAS:
            spark.sql(f"create database {schema}")
            (folder / schema).mkdir(parents=True)
            for (table,) in connection.execute(
                "select table_name from information_schema.tables where table_schema = ?", [schema]
            ).fetchall():
                target = folder / schema / f"{table}.parquet"
                connection.execute(f"copy (from {schema}.{table}) to '{target}' (format parquet)")
                spark.sql(f"create table {schema}.{table} using parquet location '{target}'")
