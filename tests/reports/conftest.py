"""What tests of what people open share: a browser, and one export, made once however many processes test."""

from __future__ import annotations

import json
import shutil
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
