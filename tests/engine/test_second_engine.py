"""The same models on Spark: every table is the same, row for row, also where a worker dies while they are built."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import loopback
import pytest
import yaml

from dagster_project.bench import engines
from dagster_project.settings import Unusable, load
from dagster_project.warehouse import second_engine
from dagster_project.warehouse.star import declare_keys
from tests.conftest import ROOT

# Ties of rounding, negative amounts, a nought, a gemeente that begins with an apostrophe, and one that delivered again.
HEADER = "boekjaar,verslagsoort,gemeente,taakveld,kant,bedrag_eur_1000\n"
FIRST = """2024,2024X000,'s-Hertogenbosch,0.1,L,1000
2024,2024X000,'s-Hertogenbosch,0.1,B,-25
2024,2024X000,'s-Hertogenbosch,2.1,L,0
2024,2024X000,'s-Hertogenbosch,0.10,B,1025
2024,2024X000,Leiden,0.1,L,333
2024,2024X000,Leiden,6.1,L,666.5
2024,2024X000,Leiden,0.7,B,999.5
2024,2024X000,Bergen (L.),0.1,L,12.345
2024,2024X000,Bergen (L.),0.7,B,12.345
"""
AGAIN = "2024,2024X000,Leiden,0.1,L,334\n2024,2024X000,Leiden,6.1,L,665.5\n2024,2024X000,Leiden,0.7,B,999.5\n"
# When a run began is another moment in each.
OF_THE_MOMENT = {"first_seen", "last_seen", "eerst_gezien"}
OF_THE_RUN = {"expectation_results", "expectation_failures"}


def test_without_an_address_it_says_what_is_missing(tmp_path):
    with pytest.raises(Unusable, match="needs the address of a Spark Connect server"):
        second_engine.require(load({}, home=str(tmp_path)))


def test_engines_are_not_measured_beside_a_spark_that_nobody_named(monkeypatch):
    monkeypatch.delenv("SLUITEND_SPARK", raising=False)
    with pytest.raises(Unusable, match="needs the address of a Spark Connect server"):
        engines.main()


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(Unusable, match="sc://host:15002"):
        load({"SLUITEND_SPARK": "spark://here"}, home=str(tmp_path))


def test_what_spark_built_comes_back_with_the_keys_that_facts_lead_to(tmp_path):
    built, file = tmp_path / "built/marts", tmp_path / "build.duckdb"
    rows = {
        "dim_jaar": "select 2018 as jaar, '2018' as jaar_naam",
        "dim_gemeente_grenzen": "select 'GM0546' as gemeentecode, 2018 as jaar",
        "fct_lasten": "select 'c1' as cell_id, 2018 as jaar",
    }
    for table, sql in rows.items():
        (built / table).mkdir(parents=True)
        duckdb.sql(f"copy ({sql}) to '{built / table / 'part-0.parquet'}' (format parquet)")
    assert second_engine.bring_back(file, tmp_path, {("marts", table): table for table in rows}) == 3
    with duckdb.connect(str(file)) as connection:
        declare_keys(connection)
        assert connection.execute(
            "select table_name, constraint_type, constraint_column_names from duckdb_constraints()"
            " where constraint_type <> 'NOT NULL' order by all"
        ).fetchall() == [
            ("dim_gemeente_grenzen", "PRIMARY KEY", ["gemeentecode", "jaar"]),
            ("dim_jaar", "PRIMARY KEY", ["jaar"]),
            ("fct_lasten", "FOREIGN KEY", ["jaar"]),
            ("fct_lasten", "PRIMARY KEY", ["cell_id"]),
        ]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What was published by each engine from the same extracts; on Spark one of the two workers was killed on the way."""
    if why := loopback.why_not():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("engines")
    raw = folder / "raw"
    for document in ROOT.joinpath("raw").iterdir():
        if (document / "document.yml").exists():
            shutil.copytree(document, raw / document.name)
    _source(raw / "iv3", FIRST, "2023-11-01")
    _source(raw / "iv3-again", AGAIN, "2024-02-01")
    _refresh(folder / "duckdb", raw)
    (folder / "spark-logs").mkdir()
    with loopback.started(folder / "spark-logs") as cluster:
        killed = threading.Thread(target=_kill_on_the_way, args=(cluster, folder / "spark"), daemon=True)
        killed.start()
        done = _refresh(folder / "spark", raw, "--engine", "spark", "--spark", cluster.address)
        for told in ("sets of sums proved by Spark", "models built by Spark", "judged by Spark"):
            assert told in done, done
        assert not any((folder / "spark/build").iterdir()), "what Spark was handed and built is gone"
        assert cluster.workers[1].poll() is not None, "no worker was killed"
    return {engine: folder / engine / "sluitend.duckdb" for engine in ("duckdb", "spark")}


def _refresh(home: Path, raw: Path, *arguments: str) -> str:
    """What the refresh said, by its own; a machine that builds on two engines may be slow."""
    command = [sys.executable, "-m", "dagster_project.cli", "refresh", "--raw", str(raw), "--home", str(home)]
    done = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=2400, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-4000:]}"
    print(done.stdout)
    return done.stdout


def _source(folder: Path, lines: str, fetched: str) -> None:
    folder.mkdir()
    about = {"titel": "Iv3", "soort": "iv3", "bron": "CBS", "opgehaald": fetched}
    (folder / "document.yml").write_text(yaml.safe_dump(about))
    (folder / "a.csv").write_text(HEADER + lines)


def _kill_on_the_way(cluster: loopback.Cluster, home: Path) -> None:
    """Kill the second worker as soon as the first tables have been built."""
    until = time.monotonic() + 2400
    while time.monotonic() < until:
        if any(home.glob("build/*/spark/built/intermediate/*/*.parquet")):
            cluster.workers[1].kill()
            return
        time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.timeout(4800)
def test_no_row_differs_in_either_direction(files):
    with duckdb.connect() as connection:
        for engine, file in files.items():
            connection.execute(f"attach '{file}' as {engine}file (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'duckdbfile'"
            " and schema_name in ('intermediate', 'marts', 'main', 'audit') order by all"
        ).fetchall()
        differing = {}
        for schema, table in tables:
            if table in OF_THE_RUN:
                continue
            described = connection.execute(f"describe duckdbfile.{schema}.{table}").fetchall()
            listed = ", ".join(f'cast("{n}" as {k})' for n, k, *_ in described if n not in OF_THE_MOMENT)
            here, there = (f"(select {listed} from {e}file.{schema}.{table})" for e in ("duckdb", "spark"))
            for one, other in ((here, there), (there, here)):
                (count,) = connection.execute(f"select count(*) from ({one} except all {other})").fetchone()
                differing[f"{schema}.{table}"] = differing.get(f"{schema}.{table}", 0) + count
        assert len(differing) > 60
        assert {name: count for name, count in differing.items() if count} == {}


@pytest.mark.slow
@pytest.mark.timeout(4800)
def test_every_expectation_came_out_the_same(files):
    found = []
    for file in files.values():
        with duckdb.connect(str(file), read_only=True) as connection:
            results = connection.execute(
                "select suite, expectation_id, status, evaluated, unexpected, error from audit.expectation_results order by all"
            ).fetchall()
            failing = connection.execute(
                "select suite, expectation_id, failure_no, document_id, cell_id from audit.expectation_failures order by all"
            ).fetchall()
        found.append((results, failing))
    assert found[0] == found[1]
    assert {status for _, _, status, *_ in found[0][0]} == {"passed", "failed", "not_judged"}


@pytest.mark.slow
@pytest.mark.timeout(4800)
def test_the_published_file_has_the_same_tables_types_and_descriptions(files):
    asked = """
        select schema_name, table_name, column_name, case when data_type in ('HUGEINT', 'INTEGER') then 'BIGINT' else data_type end,
            comment
        from duckdb_columns() where schema_name in ('marts', 'main', 'audit') order by all
    """
    found = []
    for file in files.values():
        with duckdb.connect(str(file), read_only=True) as connection:
            found.append(connection.execute(asked).fetchall())
    assert set(found[0]) ^ set(found[1]) == set()
