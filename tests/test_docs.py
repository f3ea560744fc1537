"""The documents for people are kept true: what they tell to type exists, what they name is in the file."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from dagster_project.assets import summary
from dagster_project.cli import group

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)


def texts():
    return [pytest.param(page, id=page.name) for page in PAGES]


def code(page: Path, *languages: str) -> list[str]:
    return [
        body for language, body in FENCE.findall(page.read_text(encoding="utf-8")) if language in languages
    ]


def commands(page: Path) -> list[tuple[list[str], list[str]]]:
    """(words, options) of each sluitend command that a page shows as code."""
    text = page.read_text(encoding="utf-8")
    shown = "\n".join([*(body for _, body in FENCE.findall(text)), *re.findall(r"`([^`\n]+)`", text)])
    found = re.findall(r"(?:^|\s|\$ |/)sluitend ([a-z][^\n`#|;]*)", shown)
    return [
        ([w for w in line.split() if not w.startswith("-")], re.findall(r"(--[a-z-]+)", line))
        for line in found
    ]


@pytest.mark.parametrize("page", texts())
def test_every_command_in_the_docs_exists_with_its_options(page):
    for words, options in commands(page):
        command: click.Command = group
        for word in words:
            if not isinstance(command, click.Group):
                break
            found = command.get_command(click.Context(command), word)
            assert found is not None, f"{page.name}: sluitend {' '.join(words)}"
            command = found
        known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)} | {
            "--help",
            "--version",
        }
        assert set(options) <= known, f"{page.name}: sluitend {' '.join(words)} {options}"


@pytest.mark.parametrize("page", texts())
def test_every_make_target_in_the_docs_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    asked = set(re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")))
    assert asked <= targets, f"{page.name}: make {asked - targets}"


@pytest.mark.parametrize("page", texts())
def test_every_query_in_the_docs_runs_on_the_published_file(page, warehouse):
    for query in code(page, "sql"):
        warehouse.execute(query).fetchall()


@pytest.mark.parametrize("page", texts())
def test_every_table_that_the_docs_name_is_in_the_published_file(page, warehouse):
    there = {
        f"{schema}.{table}"
        for schema, table in warehouse.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
    }
    named = set(
        re.findall(r"`((?:marts|audit|landing|meta|history)\.[a-z_]+)`", page.read_text(encoding="utf-8"))
    )
    assert named <= there, f"{page.name}: {named - there}"


@pytest.mark.parametrize("page", texts())
def test_every_link_between_the_docs_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_answer_for_a_layout_in_the_docs_is_one_that_is_read():
    from dagster_project.reading.answer_file import read_answers

    shown = [block for block in code(ROOT / "docs" / "adding-a-document.md", "yaml") if "kolommen:" in block]
    (block,) = shown
    answers, refused = read_answers(block.encode())
    assert len(answers) == 1 and not refused


def test_the_refresh_in_the_readme_tells_what_a_first_refresh_comes_to(refreshed, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    counts = summary.counted(refreshed / "sluitend.duckdb")
    made = summary.RunSummary("000001", summary.PUBLISHED, 0, "", "", 1.0, counts, None, None)
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in made.lines()[1:] if line not in readme] == []
