"""The miniature warehouse, built by dbt once for all tests of this room, and once more a night later."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import miniature
import planted
import pytest
from nights import FIRST_NIGHT, LATER, NO_TESTS, build

from dagster_project import settings as settings_module

Query = Callable[[str], list[tuple]]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> settings_module.Settings:
    """Settings whose home is a scratch folder, the same for all processes that test."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home = shared / "dbt_home"
    home.mkdir(exist_ok=True)
    return settings_module.load({}, home=str(home))


@pytest.fixture(scope="session")
def first_night(settings: settings_module.Settings) -> Path:
    """The miniature after a whole dbt build with all its tests, those of models too, on 1 December 2018."""
    return build(settings, "first", {}, FIRST_NIGHT)


@pytest.fixture(scope="session")
def later_night(settings: settings_module.Settings, first_night: Path) -> Path:
    """The findings on 1 March 2019: some of them accepted, one number corrected, tables at other positions."""
    with duckdb.connect(str(first_night), read_only=True) as connection:
        found = connection.execute(
            "select kind, document_id, finding_id, fingerprint from audit.findings"
        ).fetchall()
    ids = {(kind, document): (finding, fingerprint) for kind, document, finding, fingerprint in found}
    of_findings = (*NO_TESTS, "--select", "+findings")
    return build(settings, "later", miniature.a_night_later(ids), LATER, of_findings)


@pytest.fixture(scope="session")
def planted_night(settings: settings_module.Settings) -> Path:
    """The miniature with what is planted beside it, on 1 December 2018."""
    return build(settings, "planted", miniature.with_documents(planted.documents()), FIRST_NIGHT, NO_TESTS)


@pytest.fixture(scope="session")
def query(first_night: Path) -> Query:
    """Rows of a query on the first night."""
    return _reader(first_night)


@pytest.fixture(scope="session")
def query_later(later_night: Path) -> Query:
    """Rows of a query on the later night."""
    return _reader(later_night)


def _reader(path: Path) -> Query:
    def rows(sql: str) -> list[tuple]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return rows
