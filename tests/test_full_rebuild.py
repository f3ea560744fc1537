"""A night that builds on the last published file publishes what a full rebuild publishes, in every table."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, refresh

# What depends on when a file was made and on what was published before, not on what the extracts say.
OF_THE_MOMENT = {"first_seen", "run_id", "started_at", "finished_at", "seconds", "run_at", "checked_at"}
OF_THE_PAST = "marts.fct_wijzigingen"


def tables_of(home: Path) -> dict[str, list[tuple]]:
    """Every table and view but those of history and of the run itself: its rows, sorted."""
    with duckdb.connect(str(home / "sluitend.duckdb"), read_only=True) as connection:
        columns: dict[str, list[str]] = {}
        for schema, table, column in connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        ).fetchall():
            if schema not in ("meta", "history") and column not in OF_THE_MOMENT:
                columns.setdefault(f"{schema}.{table}", []).append(f'"{column}"')
        found = {
            table: connection.execute(
                f"select {', '.join(names)} from {quoted(table)} order by all"
            ).fetchall()
            for table, names in columns.items()
            if table != OF_THE_PAST
        }
    return {table: [row for row in rows if OF_THE_PAST not in row] for table, rows in found.items()}


def quoted(table: str) -> str:
    schema, _, name = table.partition(".")
    return f'{schema}."{name}"'


def edit(raw: Path, chance: random.Random) -> None:
    """One thing that people do to folders of documents: change a figure, remove, rename, copy."""
    documents = sorted(p.parent for p in raw.glob("*/document.yml"))
    document = chance.choice(documents)
    what = chance.choice(["figure", "figure", "remove", "rename", "copy"])
    if what == "figure":
        texts = sorted(p for p in document.glob("*.txt"))
        for path in texts[:1]:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            numbered = [n for n, line in enumerate(lines) if any(c.isdigit() for c in line)]
            place = chance.choice(numbered)
            digit = next(c for c in reversed(lines[place]) if c.isdigit())
            lines[place] = str((int(digit) + 1) % 10).join(lines[place].rsplit(digit, 1))
            path.write_text("".join(lines), encoding="utf-8")
    elif what == "remove" and len(documents) > 3:
        shutil.rmtree(document)
    elif what == "rename":
        document.rename(raw / f"{document.name}-{chance.randint(0, 99)}")
    elif what == "copy":
        copy = raw / f"{document.name}-copy-{chance.randint(0, 99)}"
        shutil.copytree(document, copy, dirs_exist_ok=True)
        (copy / "document.yml").open("a", encoding="utf-8").write("\nversie: other\n")


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(3))
def test_nights_of_random_edits_publish_what_a_full_rebuild_publishes(tmp_path, seed):
    chance = random.Random(seed)
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "raw", raw)
    assert refresh(tmp_path / "home", raw).returncode == 0
    for night in range(3):
        for _ in range(chance.randint(1, 3)):
            edit(raw, chance)
        assert refresh(tmp_path / "home", raw).returncode == 0
        assert refresh(tmp_path / f"fresh-{night}", raw).returncode == 0
        nightly, fresh = tables_of(tmp_path / "home"), tables_of(tmp_path / f"fresh-{night}")
        assert nightly.keys() == fresh.keys()
        differing = [table for table in fresh if nightly[table] != fresh[table]]
        assert differing == []
