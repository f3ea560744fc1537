"""The miniature warehouse, built by dbt once for all tests of this room, and once more a night later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import miniature
import pytest
from nights import FIRST_NIGHT, LATER, NO_TESTS, build

from dagster_project import settings as settings_module

Query = Callable[[str], list[tuple]]


@pytest.hookimpl(tryfirst=True)  # before the workers are told the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs this room, so that its warehouse is built once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("dbt"))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> settings_module.Settings:
    """Settings whose home is a scratch folder."""
    return settings_module.load({}, home=str(tmp_path_factory.mktemp("dbt_home")))


@pytest.fixture(scope="session")
def first_night(settings: settings_module.Settings) -> Path:
    """The miniature after a whole dbt build with all its tests, on 1 December 2018."""
    return build(settings, "first", {}, FIRST_NIGHT)


@pytest.fixture(scope="session")
def later_night(settings: settings_module.Settings, first_night: Path) -> Path:
    """The same on 1 March 2019: some findings accepted, one number corrected, tables at other positions."""
    with duckdb.connect(str(first_night), read_only=True) as connection:
        found = connection.execute(
            "select kind, document_id, finding_id, fingerprint from audit.findings"
        ).fetchall()
    ids = {(kind, document): (finding, fingerprint) for kind, document, finding, fingerprint in found}
    return build(settings, "later", miniature.a_night_later(ids), LATER, NO_TESTS)


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
