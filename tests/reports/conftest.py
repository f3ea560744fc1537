"""One export of the refresh that all tests share, made once however many processes test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dagster_project.reports.export import export


@pytest.fixture(scope="session")
def export_told(refreshed) -> list[str]:
    """What the export said."""
    from filelock import FileLock

    told = refreshed.parent / "exported.json"
    with FileLock(refreshed.parent / "exported.lock"):
        if not told.exists():
            said = export(refreshed / "sluitend.duckdb", refreshed.parent / "exported")
            told.write_text(json.dumps(said), encoding="utf-8")
    return json.loads(told.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def exported(refreshed, export_told) -> Path:
    """The folder of the export. Shared by all tests: look, do not touch."""
    return refreshed.parent / "exported"
