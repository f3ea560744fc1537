"""A report on disk: one folder per run, pages that did not change linked from the report before, ``latest``
flipped last.

A page is the same as before when the rows it shows and the way pages look are the same; ``pages.json`` in
each report keeps the fingerprints. Whoever reads ``latest`` sees the old report or the new one, complete:
the folder is filled first, and a folder without ``pages.json`` was never finished.

What does not belong here: what the pages show (``pages``, ``index``) and how they look (``render``).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dagster_project.reports import queries
from dagster_project.reports.index import index_view
from dagster_project.reports.index_queries import index_rows
from dagster_project.reports.links import page_path
from dagster_project.reports.pages import document_view
from dagster_project.reports.render import appearance, render_document, render_index, stamped
from dagster_project.settings import READERS_FILE

LATEST = "latest"
INDEX = "index.html"
FINGERPRINTS = "pages.json"
DATA_DOCS = "data_docs"
PAGES_AT_A_TIME = 400


def write_report(
    db_path: Path | str,
    reports_dir: Path | str,
    run_id: str,
    previous: Path | str | None = None,
    is_shown: bool = True,
) -> Path:
    """Write the report of a published (or finished build) file and make it the latest; returns its folder.

    ``previous`` is the report whose unchanged pages are used again, by default the latest one. What is in
    the run's folder already (Great Expectations' pages under ``data_docs``) stays. With ``is_shown`` false
    ``latest`` is left to whoever publishes the file. Raises ``UnreadableWarehouse`` when the file lacks
    what the pages need, and OSError when it cannot write; ``latest`` then stays as it was.
    """
    reports_dir = Path(reports_dir)
    before = Path(previous) if previous else reports_dir / LATEST
    report = reports_dir / run_id
    report.mkdir(parents=True, exist_ok=True)
    with queries.connect(str(db_path)) as con:
        wanted = queries.fingerprints(con)
        known = _fingerprints(before)
        unchanged = [page for page, mark in wanted.items() if known.get(page) == mark]
        missing = _reuse(before, report, unchanged)
        changed = sorted((wanted.keys() - set(unchanged)) | missing)
        for page, content in _rendered(con, changed, run_id):
            _write(report / page_path(page), content)
        rows = index_rows(con)
    has_data_docs = (report / DATA_DOCS / "index.html").exists()
    _write(report / INDEX, render_index(index_view(rows, run_id, has_data_docs)))
    _write(report / FINGERPRINTS, json.dumps({"appearance": appearance(), "pages": wanted}, sort_keys=True))
    if is_shown:
        _flip(reports_dir / LATEST, run_id)
    return report


def stamp_report(report: Path | str, sha256: str) -> None:
    """Put the hash of the published file, known only once it is finished, on the index of its report."""
    index = Path(report) / INDEX
    _write(index, stamped(index.read_text(encoding="utf-8"), sha256))


def _rendered(con, pages: Sequence[str], run_id: str) -> Iterator[tuple[str, str]]:
    for at in range(0, len(pages), PAGES_AT_A_TIME):
        for page, rows in queries.rows_of_pages(con, pages[at : at + PAGES_AT_A_TIME]).items():
            yield page, render_document(document_view(rows, run_id))


def _fingerprints(report: Path) -> Mapping[str, str]:
    """Of the pages of a finished report that look as pages look now; none of any other."""
    try:
        kept = json.loads((report / FINGERPRINTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept["pages"] if kept.get("appearance") == appearance() else {}


def _reuse(before: Path, report: Path, pages: Sequence[str]) -> set[str]:
    """Link pages from an earlier report; returns those that are not there after all."""
    before = before.resolve()
    paths = {page: page_path(page) for page in pages}
    for folder in {path.rpartition("/")[0] for path in paths.values()}:
        (report / folder).mkdir(parents=True, exist_ok=True)
    return {page for page, path in paths.items() if not _linked(f"{before}/{path}", f"{report}/{path}")}


def _linked(source: str, target: str) -> bool:
    """Whether there is a page that ``target`` is now the same file as, or on a file system without links a copy."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except FileExistsError:  # of an earlier attempt at this report
        Path(target).unlink()
        return _linked(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return True


def _write(path: Path, content: str) -> None:
    """Whole or not at all, and never into an existing file: it may be shared with an earlier report."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(content, encoding="utf-8")
    fresh.chmod(READERS_FILE)
    fresh.replace(path)


def _flip(link: Path, run_id: str) -> None:
    """Point ``latest`` at a report in one step."""
    fresh = link.with_name(f".{LATEST}-{run_id}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(run_id)
    fresh.replace(link)
