"""The page about reading lists every term that the judge counts, with what it says, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dagster_project.reading.judge import CLEAR, CLEAR_ROW, TERMS, Term

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
READER = ROOT / "dagster_project" / "reading"
LINE = re.compile(r"^\| `([a-z_]+)` \|.*\|$", re.M)


def counted() -> list[Term]:
    """The terms that a module of the reader counts, in the order of the judge."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in READER.rglob("*.py") if p.name != "judge.py")
    return [t for t in TERMS.values() if re.search(rf'"{t.name}"|\b{t.name}=', code)]


def lines(terms: Iterable[Term]) -> list[str]:
    """The terms as the page lists them."""
    return [f"| `{t.name}` | {'for' if t.weight < 0 else 'against'} | {t.says} |" for t in terms]


def test_the_page_lists_the_terms_that_are_counted_with_what_they_say():
    expected = lines(counted())
    assert [m.group() for m in LINE.finditer(PAGE)] == expected, "docs/reading.md must list:\n" + "\n".join(
        expected
    )


def test_the_page_names_the_margin_below_which_is_asked():
    assert f"less than {CLEAR} " in PAGE and f"less than {CLEAR_ROW} " in PAGE
