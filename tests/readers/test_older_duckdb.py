"""Drivers of BI tools lag behind: the published file opens in DuckDB 1.4 and 1.5, and every table reads.

Each version is installed by `make test` in a folder of its own, from a lock file beside this test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from warehouse.small import put, refresh, settings_in

from dagster_project.settings import PROJECT
from dagster_project.warehouse import build, publish

READ_ALL = """
import json, sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
connection.execute("set enable_progress_bar = false")  # a long scan would print it before the answer
names = connection.execute(
    "select schema_name, table_name from duckdb_tables() where not internal"
    " union all select schema_name, view_name from duckdb_views() where not internal"
).fetchall()
counts = {f"{s}.{t}": connection.execute(f'select count(*) from (select * from "{s}"."{t}")').fetchone()[0] for s, t in names}
for s, t in names:
    connection.execute(f'select count(columns(*)) from "{s}"."{t}"').fetchall()
    connection.execute(f'select * from "{s}"."{t}"').fetchmany(2000)
print(json.dumps([connection.execute("select version()").fetchone()[0], counts]))
"""


THERE_AND_BACK = """
import json, sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
connection.execute("set enable_progress_bar = false")
connection.execute(f"export database '{sys.argv[2]}' (format parquet)")
other = duckdb.connect()
other.execute("set enable_progress_bar = false")
other.execute(f"import database '{sys.argv[2]}'")
told = []
for one in (connection, other):
    names = one.execute(
        "select distinct schema_name, table_name from duckdb_columns() where not internal order by all"
    ).fetchall()
    told.append({f"{s}.{t}": one.execute(f'select count(*) from "{s}"."{t}"').fetchone()[0] for s, t in names})
    kinds = "select constraint_type, count(*) from duckdb_constraints() where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') group by all"
    told[-1] |= dict(one.execute(kinds).fetchall())
print(json.dumps(told))
"""


def run_with(version: str, script: str, *arguments: Path) -> object:
    """What a script prints with that version of DuckDB."""
    folder = PROJECT / ".readers" / version
    if not (folder / "duckdb").exists():
        pytest.skip(f"DuckDB {version} is not in {folder.relative_to(PROJECT)}; `make test` installs it")
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONNOUSERSITE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def read_with(version: str, file: Path) -> tuple[str, dict[str, int]]:
    """What that version of DuckDB says of itself, and the rows of every table and view."""
    return run_with(version, READ_ALL, file)


@pytest.mark.parametrize("version", ["1.4", "1.5"])
@pytest.mark.parametrize("is_much_data", [False, True])
def test_every_table_and_view_of_a_published_file_reads(tmp_path, monkeypatch, version, is_much_data):
    if is_much_data:
        monkeypatch.setattr(build, "_MANY_DOCUMENTS", 0)
    settings = settings_in(tmp_path)
    put(settings.raw, "a")
    finish = publish._finish

    def with_a_view(run, *arguments):
        with duckdb.connect(str(run.build)) as connection:
            connection.execute("create schema if not exists marts")
            connection.execute(
                "create or replace view marts.v_a as select * from landing.cells where value > 0"
            )
            connection.execute("comment on view marts.v_a is 'a view'")
        return finish(run, *arguments)

    monkeypatch.setattr(publish, "_finish", with_a_view)
    for night in (1, 2):  # the second grows from the first
        refresh(settings)
        told, counts = read_with(version, settings.published)
        assert told.startswith(f"v{version}.")
        assert counts["marts.v_a"] == counts["landing.cells"] == night
        with duckdb.connect(str(settings.published), read_only=True) as connection:
            here = connection.execute("select count(*) from duckdb_tables() where not internal").fetchone()[0]
        assert len(counts) == here + 1
        put(settings.raw, "b")


@pytest.mark.parametrize("version", ["1.4", "1.5"])
def test_every_mart_of_a_whole_refresh_reads(refreshed, version):
    _, counts = read_with(version, refreshed / "sluitend.duckdb")
    with duckdb.connect(str(refreshed / "sluitend.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select distinct schema_name || '.' || table_name from duckdb_columns() where not internal"
        ).fetchall()
        assert set(counts) == {name for (name,) in names}
        facts = ("marts.fct_lasten", "marts.fct_reserves", "main.saldo", "audit.reconciliation")
        for fact in facts:
            here = connection.execute(f"select count(*) from {fact}").fetchone()[0]
            assert counts[fact] == here > 0


@pytest.mark.parametrize("version", ["1.4", "1.5"])
def test_the_whole_file_can_be_exported_and_imported_again(refreshed, tmp_path, version):
    here, there = run_with(version, THERE_AND_BACK, refreshed / "sluitend.duckdb", tmp_path)
    assert here == there
    assert here["FOREIGN KEY"] > 30
