"""Sources of Iv3 made by hand: a folder with a document.yml and files, landed, with what came of it.

What does not belong here: tests.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import yaml

from dagster_project.settings import Settings, load
from dagster_project.warehouse.iv3.parquet import Iv3Landed, land_iv3
from dagster_project.warehouse.iv3.sources import divide
from dagster_project.warehouse.scan import scan

DESCRIPTION = {"titel": "Iv3", "soort": "iv3", "bron": "CBS"}
EXTRACT = "boekjaar,verslagsoort,gemeente,taakveld,kant,bedrag_eur_1000\n"
CUBE = "ID;TaakveldBalanspost;Categorie;Gemeenten;Verslagsoort;k_1ePlaatsing_1;k_2ePlaatsing_2\n"
METADATA = {
    "overheidslaag": "Gemeente", "overheidsnummer": "0546", "overheidsnaam": "Leiden", "boekjaar": 2024, "periode": 0,
    "status": "Begroting", "datum": "2023-11-14T00:00:00+02:00", "details_openbaar": True, "financieel_pakket": "x",
    "export_software": "y",
}  # fmt: skip


def source(raw: Path, name: str, files: dict[str, str | bytes], **description: object) -> Path:
    """One source on disk."""
    folder = raw / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.yml").write_text(yaml.safe_dump(DESCRIPTION | description))
    for file, content in files.items():
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def settings_in(folder: Path) -> Settings:
    """Settings with raw and home below ``folder``."""
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    return load({}, raw=str(folder / "raw"), home=str(folder / "home"), workers=1)


def landed(settings: Settings) -> tuple[Iv3Landed, ...]:
    """Every source under raw, landed."""
    return land_iv3(settings, divide(scan(settings.raw))[1])[0]


def rows(settings: Settings, one: Iv3Landed, columns: str) -> list[tuple]:
    """The landed rows of a source in these columns, sorted."""
    with duckdb.connect() as connection:
        path = settings.iv3 / f"{one.key}.parquet"
        return connection.execute(f"select {columns} from read_parquet('{path}') order by all").fetchall()


def read(tmp_path: Path, file: str, content: str | bytes, columns: str) -> tuple[list[tuple], list[tuple]]:
    """The rows of one file in a source of its own, and its rejects as (file, line, reason, text)."""
    settings = settings_in(tmp_path)
    source(settings.raw, "bron", {file: content})
    (one,) = landed(settings)
    return rows(settings, one, columns), [(r.path, r.line, r.reason, r.text) for r in one.rejects]


def delivery(**parts: object) -> str:
    """The delivery of Leiden for the budget of 2024; ``parts`` replace those of data, or ``metadata``."""
    data = {
        "lasten": [{"taakveld": "0.1", "categorie": "1.1", "bedrag": 1208}],
        "baten": [{"taakveld": "0.7", "categorie": "4.3.1", "bedrag": 1208}],
        "balans_lasten": [],
        "balans_baten": [],
        "balans_standen": [],
    }
    about = METADATA | parts.pop("metadata", {})
    data = {name: value for name, value in (data | parts).items() if value is not None}
    contact = {"naam": "x", "email": "x@leiden.nl", "telefoon": "1"}
    return json.dumps({"metadata": about, "contact": contact, "data": data})
