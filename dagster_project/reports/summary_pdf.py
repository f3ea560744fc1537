"""The summary on paper: one PDF per language with the run and the page number on every sheet.

It says what the first page says, shorter: lists are cut off and say where the rest stands. What does not belong here:
what the summary says (``index``) and how its pages are written (``render``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dagster_project.reports.index import IndexView
from dagster_project.reports.render import render_summary
from dagster_project.settings import READERS_FILE

SUMMARIES = {"nl": "samenvatting.pdf", "en": "summary.pdf"}


def write_summaries(page: IndexView, folder: Path) -> Mapping[str, str]:
    """Write both; returns the names by language. Empty where this machine lacks the libraries that print.

    Raises OSError when it cannot write.
    """
    try:
        from weasyprint import HTML
    except OSError:  # Pango is not installed
        return {}
    for language, name in SUMMARIES.items():
        printed = HTML(string=render_summary(page, language), url_fetcher=_refuse).write_pdf()
        fresh = folder / f".{name}.tmp"
        fresh.write_bytes(printed)
        fresh.chmod(READERS_FILE)
        fresh.replace(folder / name)
    return SUMMARIES


def _refuse(url: str, *_: object, **__: object) -> dict:
    """A summary asks for nothing: whatever a document says, nothing is fetched."""
    raise ValueError(f"not fetched: {url}")
