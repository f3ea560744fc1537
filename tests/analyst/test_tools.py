"""What docs/analyst.md tells to type in other tools is run as it stands there, against the published file."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
from questions import questions

from dagster_project.settings import PROJECT

PAGE = PROJECT / "docs" / "analyst.md"
NODE = PROJECT / ".readers" / "node" / "node_modules"
BLOCKS = re.findall(
    r"^```(python|js)\n(?:#|//) ([@\w/-]+).*?\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S
)
NEEDED = {"polars": "polars", "ibis": "ibis", "SQLAlchemy": "duckdb_sqlalchemy", "pandas": "pandas"}


@pytest.fixture
def folder(refreshed, tmp_path):
    """A folder in which warehouse/ is HOME."""
    (tmp_path / "warehouse").symlink_to(refreshed)
    if NODE.exists():
        (tmp_path / "node_modules").symlink_to(NODE)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "tool", "code"), [pytest.param(*block, id=block[1]) for block in BLOCKS]
)
def test_the_lines_for_a_tool_print_the_lasten_of_the_published_file(folder, language, tool, code):
    if language == "js":
        if not (shutil.which("node") and NODE.exists()):
            pytest.skip("no node, or no drivers of npm: `make node` installs them")
        file = folder / "code.cjs"
        command = ["node", str(file)]
    else:
        if find_spec(NEEDED[tool]) is None:
            pytest.skip(f"{tool} is not installed")
        file = folder / "code.py"
        command = [sys.executable, str(file)]
    file.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "POLARS_FMT_MAX_COLS": "40"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert re.search(r"8\.9752e\+0?7|89752000", done.stdout), done.stdout


def test_every_tool_of_the_page_is_run():
    assert {tool for _, tool, _ in BLOCKS} == {*NEEDED, "@duckdb/node-api", "@duckdb/duckdb-wasm"}


def test_the_notebook_answers_every_question(refreshed, monkeypatch):
    pytest.importorskip("marimo", reason="marimo is not installed")
    monkeypatch.setenv("SLUITEND_HOME", str(refreshed))
    spec = importlib.util.spec_from_file_location("vragen", PROJECT / "docs" / "vragen.py")
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, made = notebook.app.run()
    assert [sql for sql in made["questions"].values()] == [question.sql for question in questions()]
    assert len(made["answer"]) == questions()[0].answer.count("\n") - 1
    made["warehouse"].close()
