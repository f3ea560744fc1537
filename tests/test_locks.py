"""Hashed lock files: one to run, without any tool of tests, and beside it, with the same versions, one to develop and one for Spark."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = {"pytest", "playwright", "hypothesis", "ruff", "pyshacl", "pypdf", "fpdf2"}


def pinned(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


def test_the_lock_to_run_holds_no_tool_of_tests_and_what_it_imports_itself():
    run = pinned("requirements.lock")
    assert run.keys().isdisjoint(TOOLS) and run.keys() >= {"duckdb", "defusedxml", "setuptools"}


def test_the_lock_to_develop_holds_the_same_versions_and_the_tools():
    run, develop = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert run.items() <= develop.items() and develop.keys() >= TOOLS


def test_the_lock_of_the_second_engine_holds_the_same_versions_and_that_engine():
    run, spark = pinned("requirements.lock"), pinned("requirements-spark.lock")
    assert run.items() <= spark.items() and spark.keys() >= {"pyspark", "dbt-spark"}
    assert not run.keys() & {"pyspark", "dbt-spark"}


def test_everything_in_each_is_hashed():
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-spark.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.count(" \\\n    --hash=sha256:") >= len(pinned(name))


def test_a_refresh_is_set_up_from_the_lock_to_run_alone():
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^refresh: setup\b(?!-dev)", rules, re.M) and re.search(
        r"^test: setup-dev\b", rules, re.M
    )
    (made,) = re.findall(r"^\$\(VENV\)/\.ready: (.*)$", rules, re.M)
    assert made == "requirements.lock pyproject.toml"
