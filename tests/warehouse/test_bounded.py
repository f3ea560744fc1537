"""Memory does not follow the number of documents: every file is opened under the limit of the refresh."""

from __future__ import annotations

import ast
from pathlib import Path

import dagster_project
from dagster_project.settings import Settings
from dagster_project.warehouse import bounded

PACKAGE = Path(dagster_project.__file__).parent
# Beside the door itself: a comparison of two files, and the reading of Iv3, which has the limit of readers.
OPEN_BY_THEMSELVES = {"warehouse/bounded.py", "warehouse/diff.py", "warehouse/iv3/parquet.py"}


def limit_of(connection) -> str:
    return connection.execute("select current_setting('memory_limit')").fetchall()[0][0]


def opens_a_file_itself(path: Path) -> bool:
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def test_no_room_opens_a_file_past_the_limit():
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] != "bench" and opens_a_file_itself(path)
    }
    assert found == OPEN_BY_THEMSELVES


def test_a_file_is_open_under_the_limit_of_the_refresh_and_later_under_that_of_before(tmp_path):
    file = tmp_path / "a.duckdb"
    with bounded.within(400), bounded.connect(file) as connection:
        assert limit_of(connection) == "381.4 MiB"
    with bounded.connect(file, read_only=True) as connection:
        default = Settings.__dataclass_fields__["build_memory_mb"].default
        assert limit_of(connection) == f"{default * 1_000_000 / 2**20:.1f} MiB"


def test_the_limit_of_before_comes_back_after_an_error():
    before = bounded.memory_mb()
    try:
        with bounded.within(before + 1):
            raise ValueError
    except ValueError:
        assert bounded.memory_mb() == before


def test_what_was_freed_can_be_given_back_at_any_time():
    bounded.let_go()
    bounded.let_go()
