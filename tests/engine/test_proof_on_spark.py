"""What Spark proves of connected sets of documents is what is proved here: every table of the proof, row for row."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import loopback
import pytest
import yaml

from dagster_project.assets import steps
from dagster_project.assets.runs import Refresh
from dagster_project.proof.in_frames import ROWS, TABLE, column_of, prove_frames
from dagster_project.settings import Settings, load
from dagster_project.warehouse import proofs, proofs_on_spark
from dagster_project.warehouse.run import Run, refreshing
from tests.conftest import ROOT

BUDGET = "leiden-programmabegroting-2018"
BESIDE_IV3 = """Overzicht van baten en lasten (bedragen x € 1.000)

| | Begroting 2024 |
|---|---|
| Programma 1 Bestuur | |
| Lasten | 300 |
| Baten | 100 |
| Saldo | 200- |
| Programma 2 Zorg | |
| Lasten | 500 |
| Baten | 640 |
| Saldo | 140 |
| Totaal | |
| Lasten | 800 |
| Baten | 740 |
| Saldo van baten en lasten | 60- |
| Mutaties reserves | |
| Toevoegingen | 90 |
| Onttrekkingen | 160 |
"""
FIGURES = """boekjaar,verslagsoort,gemeente,taakveld,kant,bedrag_eur_1000
2024,2024X000,Leiden,0.1,L,300
2024,2024X000,Leiden,0.1,B,100
2024,2024X000,Leiden,6.1,L,500
2024,2024X000,Leiden,6.1,B,640
2024,2024X000,Leiden,0.10,L,90
2024,2024X000,Leiden,0.10,B,150
"""


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory):
    """The documents of the project, the budget of a second gemeente in which a number is misprinted, and one beside Iv3."""
    folder = tmp_path_factory.mktemp("proof")
    for description in (ROOT / "raw").glob("*/document.yml"):
        shutil.copytree(description.parent, folder / "raw" / description.parent.name)
    _misprint(folder / "raw", BUDGET, "elders-programmabegroting-2018")
    budget = {"gemeente": "Leiden", "gemeentecode": "GM0546", "titel": "Begroting", "soort": "begroting", "jaar": 2024, "vorm": "web"}  # fmt: skip
    _write(folder / "raw/leiden-begroting-2024", budget, "overzicht.txt", BESIDE_IV3)
    source = {"titel": "Iv3", "soort": "iv3", "bron": "CBS", "opgehaald": "2024-02-01"}
    _write(folder / "raw/iv3", source, "a.csv", FIGURES)
    settings = load({}, raw=folder / "raw", home=folder / "home", workers=1)
    with refreshing(settings, full=True) as run:
        refresh = Refresh(settings, run, full=True)
        steps.perform(refresh, steps.LANDING)
        yield settings, refresh.landed


def _write(folder: Path, about: dict, name: str, text: str) -> None:
    folder.mkdir()
    (folder / "document.yml").write_text(yaml.safe_dump(about), encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")


def _misprint(raw: Path, original: str, copy: str) -> None:
    shutil.copytree(raw / original, raw / copy)
    about = raw / copy / "document.yml"
    about.write_text(about.read_text(encoding="utf-8").replace("Leiden", "Delft").replace("GM0546", "GM0503"))
    table = next(p for p in sorted((raw / copy).iterdir()) if "24.975" in p.read_text(encoding="utf-8"))
    table.write_text(table.read_text(encoding="utf-8").replace("24.975", "24.795"), encoding="utf-8")


def found(run: Run) -> dict[str, list[tuple]]:
    with duckdb.connect(str(run.build), read_only=True) as connection:
        return {
            table: connection.execute(f"select * from proof.{table} order by all").fetchall()
            for table in proofs.TABLES
        }


def test_a_set_in_a_frame_is_proved_as_it_is_here(landed, tmp_path):
    settings, run = landed
    here = proofs.write_proofs(settings, run)
    expected = found(run)

    def in_frames(connection, sets):
        """What an engine does with the file of sets, in this process."""
        import pandas as pd

        given = tmp_path / "given.parquet"
        proofs_on_spark.write_sets(connection, sets, given)
        frames = list(prove_frames([connection.sql(f"from '{given}'").df()]))
        everything = pd.concat(frames)
        (tmp_path / "proved").mkdir()
        for number, table in enumerate(ROWS):
            connection.register("everything", everything[everything[TABLE] == table])
            columns = ", ".join(
                f"cast({column_of(other, name)} as {proofs.TYPES[kind]}) as {column_of(other, name)}"
                for other, record in ROWS.items()
                for name, kind in proofs.kinds_of(record).items()
            )
            target = tmp_path / "proved" / f"{number}.parquet"
            connection.execute(f"copy (select {TABLE}, {columns} from everything) to '{target}'")
        proofs_on_spark.read_rows(connection, tmp_path / "proved")

    assert proofs.write_proofs(settings, run, in_frames) == here
    assert here.components > 1 and here.with_iv3 > 0
    assert expected["suspects"] and expected["conflicts"] and expected["witnesses"], (
        "the misprint is proved too"
    )
    assert found(run) == expected


def test_what_is_sent_to_workers_proves_without_anything_else_of_the_project(tmp_path):
    import subprocess
    import sys

    packed = proofs_on_spark.package(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(packed)!r}); from dagster_project.proof import in_frames;"
        " print(in_frames.__file__, *sorted(m for m in sys.modules if m in ('duckdb', 'dagster', 'yaml')))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [f"{packed}/dagster_project/proof/in_frames.py"]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_certificates_of_spark_are_the_same_row_for_row(landed, tmp_path):
    if why := loopback.why_not():
        pytest.skip(why)
    settings, run = landed
    here = proofs.write_proofs(settings, run)
    expected = found(run)
    with loopback.started(tmp_path) as cluster:
        with_spark: Settings = load({"SLUITEND_SPARK": cluster.address}, raw=settings.raw, home=settings.home)
        prover = proofs_on_spark.SparkProver(with_spark, settings.home / "spark-proof")
        there = proofs.write_proofs(with_spark, run, prover)
    assert there == here
    assert found(run) == expected
    assert not (settings.home / "spark-proof").exists(), "nothing is left behind"
