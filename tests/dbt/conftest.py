"""The miniature warehouse, built by dbt once for all tests of this room, and once more a night later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import miniature
import pytest

from dagster_project import settings as settings_module
from dagster_project.assets import dbt_run
from dagster_project.warehouse.run import BUILD_NAME

FIRST_NIGHT = {"vandaag": "2018-12-01", "nu": "2018-12-01 02:00:00"}
LATER = {"vandaag": "2019-03-01", "nu": "2019-03-01 02:00:00"}

Query = Callable[[str], list[tuple]]


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
    return build(settings, "later", miniature.a_night_later(ids), LATER, ["--exclude-resource-type", "test"])


@pytest.fixture(scope="session")
def query(first_night: Path) -> Query:
    """Rows of a query on the first night."""
    return _reader(first_night)


@pytest.fixture(scope="session")
def query_later(later_night: Path) -> Query:
    """Rows of a query on the later night."""
    return _reader(later_night)


def build(
    settings, name: str, changes: dict, variables: dict[str, str], selection: Sequence[str] = ()
) -> Path:
    path = settings.home / name / BUILD_NAME
    path.parent.mkdir(parents=True)
    miniature.build(path, changes)
    results = dbt_run.build(settings, path, list(selection), variables)
    bad = [f"{r.unique_id}: {r.message}" for r in results if r.is_bad]
    assert not bad, "\n".join(bad)
    return path


def _reader(path: Path) -> Query:
    def rows(sql: str) -> list[tuple]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return rows
