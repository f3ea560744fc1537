"""The page of expectations is there, complete, and loads nothing from another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import expectations

LOADS = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc\s*=|<link\b[^>]*\bhref\s*=\s*[\"']?(?:https?:)?//"
    r"|url\([\"']?(?:https?:)?//",
    re.I,
)


@pytest.fixture(scope="module")
def page(refreshed: Path) -> str:
    (page,) = (refreshed / "reports" / "latest" / "data_docs").rglob("*.html")
    return page.read_text(encoding="utf-8")


def test_every_suite_and_every_promise_is_on_it_with_its_sql(page):
    for name in expectations.names():
        assert f'id="s-{name}"' in page
        for expectation in expectations.suite(name).expectations:
            assert expectation.sentence.replace("'", "&#39;").replace('"', "&#34;") in page, expectation.id
    assert page.count("<pre") == sum(len(expectations.suite(n).expectations) for n in expectations.names())


def test_it_loads_nothing(page):
    assert not LOADS.search(page)
    assert len(page) < 600_000
