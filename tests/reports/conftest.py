"""What tests of what people open share: a browser, and one export, made once however many processes test."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from dagster_project.reports.export import export

AXE = Path(__file__).resolve().parents[2] / ".axe/package/axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser():
    """Chromium, started once per module."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium found on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def kept_pages(browser):
    """Blank pages that no test looks at now, by the ways of their context: to open one anew takes longer than most tests."""
    kept = defaultdict(list)
    yield kept
    for pages in kept.values():
        for page in pages:
            page.context.close()


@pytest.fixture
def blank_page(browser, kept_pages):
    """Gives a blank page, at each call another; what it asks for and what goes wrong is kept on it."""
    given = []

    def give(width: int, height: int = 1000, **ways):
        kept = kept_pages[tuple(sorted(ways.items()))]
        page = kept.pop() if kept else opened(browser, **ways)
        given.append((kept, page))
        page.set_viewport_size({"width": width, "height": height})
        page.asked, page.trouble = [], []
        return page

    yield give
    for kept, page in given:
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.emulate_media(media="null", color_scheme="null")
        kept.append(page)


def opened(browser, **ways):
    """A page in a context of its own."""
    page = browser.new_context(**ways).new_page()
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda message: page.trouble.append(message.text))
    return page


def follow(page, link) -> None:
    """Click a link (a selector or a locator) and wait until the page it leads to has run its scripts: a click alone is over before they have."""
    with page.expect_navigation(wait_until="load"):
        (page.locator(link).first if isinstance(link, str) else link).click()
    page.wait_for_selector("#sommen", state="detached")  # unpacked: a moment after the page


@pytest.fixture(scope="session")
def export_told(refreshed) -> list[str]:
    """What the export said."""
    from filelock import FileLock

    told = refreshed.parent / "exported.json"
    with FileLock(refreshed.parent / "exported.lock"):
        if not told.exists():
            said = export(refreshed / "sluitend.duckdb", refreshed.parent / "exported")
            told.write_text(json.dumps(said), encoding="utf-8")
    return json.loads(told.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def exported(refreshed, export_told) -> Path:
    """The folder of the export. Shared by all tests: look, do not touch."""
    return refreshed.parent / "exported"
