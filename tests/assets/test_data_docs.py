"""Great Expectations' pages are there, complete, and load nothing from another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import expectations
from dagster_project.assets.data_docs import make_offline, without_foreign_loads

LOADS = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc\s*=\s*[\"']?(?:https?:)?//|<link\b[^>]*\bhref\s*=\s*[\"']?(?:https?:)?//"
    r"|url\([\"']?(?:https?:)?//",
    re.I,
)


@pytest.fixture(scope="module")
def pages(refreshed: Path) -> list[Path]:
    return sorted((refreshed / "reports" / "latest" / "data_docs").rglob("*.html"))


def test_there_is_an_index_and_a_page_per_suite_and_per_result(pages):
    names = {p.name for p in pages}
    assert "index.html" in names
    for suite in expectations.names():
        assert f"{suite}.html" in names
    assert len(pages) == 1 + 2 * len(expectations.names())


def test_no_page_loads_anything_from_another_host(pages):
    for page in pages:
        assert not LOADS.search(page.read_text(encoding="utf-8")), page


def test_a_page_shows_the_sentences(pages):
    page = next(p for p in pages if p.name == "reconciliation.html")
    assert "Every rule is judged once." in page.read_text(encoding="utf-8")


def test_what_a_browser_would_fetch_is_taken_out_and_links_stay():
    html = (
        '<head><link rel="stylesheet" href="https://cdn.example/x.css"><script src="//cdn.example/y.js"></script>'
        '<script>var local = 1</script></head><a href="https://greatexpectations.io">GX</a>'
        '<img\n src="https://cdn.example/z.png"/><p style="background: url(https://cdn.example/b.png)">text</p>'
    )
    found = without_foreign_loads(html)
    assert not LOADS.search(found)
    assert "var local = 1" in found and 'href="https://greatexpectations.io"' in found and "text" in found


def test_a_page_is_rewritten_once(tmp_path):
    page = tmp_path / "a.html"
    page.write_text('<head><script src="https://cdn.example/y.js"></script></head>')
    assert make_offline(tmp_path) == 1
    first = page.read_text()
    make_offline(tmp_path)
    assert page.read_text() == first and first.count("<style>") == 1
