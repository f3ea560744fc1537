"""The cube that scale is measured with: the shape of CBS's, right in every code, and the same for the same seed."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from dagster_project.bench import bare
from dagster_project.bench.cube import OFF_BY, Cube, files_in, write_cube, write_redelivery
from dagster_project.settings import Settings, load
from dagster_project.warehouse.iv3.parquet import land_iv3
from dagster_project.warehouse.iv3.sources import divide
from dagster_project.warehouse.scan import scan


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Settings, Cube]:
    """Six gemeenten deliver the accounts of 2024, and one of them again."""
    folder = tmp_path_factory.mktemp("scale")
    cube = write_cube(folder / "raw", 45_000)
    return load({}, raw=str(folder / "raw"), home=str(folder / "home"), workers=1), cube


def test_rows_have_the_padded_codes_and_two_publications_of_the_cube(made):
    with next(files_in(made[0].raw)).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == made[1].rows
    assert {(len(r["TaakveldBalanspost"]), len(r["Categorie"]), len(r["Gemeenten"])) for r in rows} == {
        (6, 8, 9)
    }
    filled = {(r["k_1ePlaatsing_1"] != "", r["k_2ePlaatsing_2"] != "") for r in rows}
    assert filled == {(True, True), (True, False), (False, True)}
    codes = [r["TaakveldBalanspost"] for r in rows]
    assert codes == sorted(codes), "CBS gives rows by taakveld, not by gemeente"


def test_the_same_seed_makes_the_same_cube_and_another_makes_another(made, tmp_path):
    write_cube(tmp_path / "same", 45_000)
    write_cube(tmp_path / "other", 45_000, seed=3)
    (first,), (same,), (other,) = (
        list(files_in(p)) for p in (made[0].raw, tmp_path / "same", tmp_path / "other")
    )
    assert same.read_bytes() == first.read_bytes() != other.read_bytes()


def test_every_row_is_landed_and_by_hand_there_are_as_many_with_the_same_amounts(made, tmp_path):
    settings, cube = made
    (landed,), read = land_iv3(settings, divide(scan(settings.raw))[1])
    assert (landed.rows, landed.rejects, read) == (cube.rows, (), 1)
    bare.build(settings.raw, tmp_path / "bare.duckdb")
    with duckdb.connect(str(tmp_path / "bare.duckdb")) as connection:
        by_hand = connection.execute(
            "select count(*), sum(bedrag_eur) from (select bedrag_eur from fct_iv3 union all select bedrag_eur from fct_iv3_balans)"
        ).fetchone()
        by_landing = connection.execute(
            "select count(*), 1000 * sum(bedrag) from read_parquet(?)",
            [f"{settings.iv3 / landed.key}.parquet"],
        ).fetchone()
        off = connection.execute(
            "select count(*) from iv3_toetsen where controle = 'PF006' and abs(verschil_eur) = ?",
            [1000 * OFF_BY],
        ).fetchone()
    assert by_hand == by_landing and by_hand[0] == cube.rows
    assert off == (cube.unbalanced,)


def test_one_gemeente_delivers_again_in_a_folder_of_its_own_a_day_later(tmp_path: Path):
    write_cube(tmp_path, 15_000)
    code = write_redelivery(tmp_path)
    first, again = files_in(tmp_path)
    assert again.parent.name == f"{first.parent.name}-{code.lower()}"
    assert "opgehaald: 2026-11-15" in (again.parent / "document.yml").read_text()
    with again.open(encoding="utf-8", newline="") as file:
        assert {row["Gemeenten"].strip() for row in csv.DictReader(file)} == {code}
