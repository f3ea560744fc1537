"""A night that builds on the last published file publishes what a full rebuild publishes, in every table."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.conftest import ROOT, refresh

# What depends on when a file was made and on what was published before, not on what the extracts say.
OF_THE_MOMENT = {
    "first_seen",
    "run_id",
    "started_at",
    "finished_at",
    "seconds",
    "run_at",
    "checked_at",
    "verandering",
    "eerst_gezien",
}
OF_THE_PAST = {"marts.fct_wijzigingen", "main.wijzigingen", "audit.causes_resolved"}


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
            if table not in OF_THE_PAST
        }
    return {
        table: [row for row in rows if not OF_THE_PAST & set(map(str, row))] for table, rows in found.items()
    }


def quoted(table: str) -> str:
    schema, _, name = table.partition(".")
    return f'{schema}."{name}"'


def edit(raw: Path, chance: random.Random, shelf: Path) -> None:
    """One thing that people do to folders of documents: add one, change a figure, remove, rename, restore, copy."""
    documents = sorted(p.parent for p in raw.glob("*/document.yml"))
    document = chance.choice(documents)
    removed = sorted(shelf.iterdir())
    what = chance.choice(["figure", "figure", "remove", "rename", "restore", "copy", "add", "second"])
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
        shutil.rmtree(shelf / document.name, ignore_errors=True)
        shutil.move(document, shelf / document.name)
    elif what == "restore" and removed:
        shutil.copytree(removed[0], raw / removed[0].name, dirs_exist_ok=True)
    elif what == "rename":
        document.rename(raw / f"{document.name}-{chance.randint(0, 99)}")
    elif what == "copy":
        copy = raw / f"{document.name}-copy-{chance.randint(0, 99)}"
        shutil.copytree(document, copy, dirs_exist_ok=True)
        describe(copy, versie="other")
    elif what == "add":
        copy = raw / f"elsewhere-{chance.randint(0, 99)}"
        shutil.copytree(document, copy, dirs_exist_ok=True)
        describe(copy, gemeente="Enschede", gemeentecode=chance.choice(["GM0153", None]), zelfde_als=None)
    elif what == "second":
        copy = raw / f"{document.name}-again"
        shutil.copytree(document, copy, dirs_exist_ok=True)
        describe(copy, vorm="xlsx", zelfde_als=document.name)


def describe(folder: Path, **said: object) -> None:
    """Say something else in a document.yml."""
    path = folder / "document.yml"
    about = yaml.safe_load(path.read_text(encoding="utf-8")) | said
    path.write_text(
        yaml.safe_dump({k: v for k, v in about.items() if v is not None or k == "gemeentecode"}),
        encoding="utf-8",
    )


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(9))
def test_nights_of_random_edits_publish_what_a_full_rebuild_publishes(tmp_path, refreshed, seed):
    chance = random.Random(seed)
    raw, shelf = tmp_path / "raw", tmp_path / "shelf"
    shutil.copytree(ROOT / "raw", raw, ignore=shutil.ignore_patterns("iv3"))
    shutil.copytree(refreshed, tmp_path / "home", symlinks=True)
    shelf.mkdir()
    for night in range(4):
        for _ in range(chance.randint(2, 5)):
            edit(raw, chance, shelf)
        assert refresh(tmp_path / "home", raw, "--accept-removal").returncode == 0
        assert refresh(tmp_path / f"fresh-{night}", raw).returncode == 0
        nightly, fresh = tables_of(tmp_path / "home"), tables_of(tmp_path / f"fresh-{night}")
        assert nightly.keys() == fresh.keys()
        differing = [table for table in fresh if nightly[table] != fresh[table]]
        assert differing == []
