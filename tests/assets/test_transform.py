"""Rows are taken over from the published file only when the same code made it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from dagster_project.assets.transform import _reusable


@pytest.fixture
def published(tmp_path: Path) -> Path:
    file = tmp_path / "before.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema meta")
        connection.execute("create table meta.run as select 'abc' as code_version")
    return file


def refresh(previous: Path | None, code: str = "abc", full: bool = False) -> SimpleNamespace:
    return SimpleNamespace(full=full, run=SimpleNamespace(previous=previous, code_version=code))


def test_a_file_that_the_same_code_made_is_built_upon(published):
    assert _reusable(refresh(published)) == published


def test_a_file_that_other_code_made_is_not_for_its_tables_may_differ(published):
    assert _reusable(refresh(published, code="def")) is None


def test_a_full_refresh_and_a_first_one_build_upon_nothing(published):
    assert _reusable(refresh(published, full=True)) is None
    assert _reusable(refresh(None)) is None
