"""A warehouse of invented documents, refreshed once for all tests of this room however many processes test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import invented
import pytest
from filelock import FileLock


@pytest.fixture(scope="session")
def gemeenten() -> list[invented.Gemeente]:
    """The random gemeenten of the warehouse."""
    return invented.gemeenten(seed=2024, count=30)


@pytest.fixture(scope="session")
def published(
    gemeenten: list[invented.Gemeente], refreshed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The file that a refresh of the documents made by hand and of the random ones published."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "invented"
    with FileLock(f"{home}.lock"):
        if not home.exists():
            invented.publish(home, gemeenten, refreshed)
    return home / "home" / "sluitend.duckdb"


@pytest.fixture
def query(published: Path) -> Iterator[Callable[[str], list[tuple]]]:
    """Rows of a query on that file."""
    with duckdb.connect(str(published), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()
