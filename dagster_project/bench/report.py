"""``sluitend bench report``: what the report costs beside the queries that it needs, at three sizes, and how soon it is seen.

The documents are the programmabegroting of ``raw/`` under the names of as many municipalities. The report is written three
times, whole, with its summary on paper. Once by this process alone, in which every query that it asks and every row that it fetches is timed: by the clock,
and in processor time, DuckDB's threads included. Once as at night, by two processes: how long that takes by the clock is
held against what the queries took by the clock. And once more with nothing changed. On a machine that is busy with other
work the processor times say more: two processes then take as long as the one of them that takes more of a processor, were
each to have one to itself. What does not belong here: what a night costs (``bench.nights``).
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from unittest.mock import patch

from dagster_project.bench.nights import copy_until, refresh
from dagster_project.reports import queries, write
from dagster_project.reports.write import INDEX, write_report
from dagster_project.settings import PROJECT, load

ORIGINAL = PROJECT / "raw" / "leiden-programmabegroting-2018"
SIZES = (86, 171, 342)  # documents
MOST_RATIO, MOST_SECONDS, MOST_BYTES = 2.0, 1.0, 2_000_000


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The report of one warehouse. Seconds of processor time, but for what is said to be by the clock."""

    documents: int
    tables: int
    queries_s: float
    report_s: float
    queries_clock_s: float
    clock_s: float  # as at night, by two processes
    busiest_s: float  # then, of the process that takes more, with what it takes to start
    again_s: float  # the report once more, with nothing changed
    index_bytes: int
    largest_page: str
    largest_bytes: int
    first_view_s: float | None  # by the clock, until the first page is there in Chromium; None: there is none

    @property
    def work(self) -> float:
        """The processor time of the report as a multiple of that of its queries."""
        return self.report_s / self.queries_s

    @property
    def shared_work(self) -> float:
        """The processor time of the busiest of the two processes as a multiple of that of the queries."""
        return self.busiest_s / self.queries_s

    @property
    def ratio(self) -> float:
        """By the clock, the report as a multiple of its queries."""
        return self.clock_s / self.queries_clock_s


class _Timed:
    """A connection that adds up the time of what is asked of it and of its cursors: of a processor, and by the clock."""

    def __init__(self, connection, of: _Timed | None = None) -> None:
        self._connection, self._whole = connection, of or self
        self.seconds, self.clock = 0.0, 0.0

    def __enter__(self) -> _Timed:
        return self

    def __exit__(self, *_) -> None:
        self._connection.close()

    def __getattr__(self, name: str):
        found = getattr(self._connection, name)
        return self._timed(found) if callable(found) else found

    def _timed(self, act: Callable) -> Callable:
        def timed(*given, **named):
            begin, began = process_time(), perf_counter()
            found = act(*given, **named)
            self._whole.seconds += process_time() - begin
            self._whole.clock += perf_counter() - began
            if found is self._connection:
                return self
            return _Timed(found, self._whole) if isinstance(found, type(self._connection)) else found

        return timed


def measure(file: Path, raw: Path, reports: Path) -> ReportFigures:
    """Write the report of a published file three times, the last beside the one before, and look at it."""
    connections: list[_Timed] = []
    connect = queries.connect

    def timed(path: str) -> _Timed:
        connections.append(_Timed(connect(path)))
        return connections[-1]

    with patch.object(queries, "connect", timed), patch.object(write, "MANY", sys.maxsize):
        begin = process_time()
        write_report(file, reports / "alone", "000001", raw=raw, on_paper=True)
        alone = process_time() - begin
    begin, own, other = perf_counter(), process_time(), _of_ended_processes()
    report = write_report(file, reports, "000001", raw=raw, on_paper=True)
    clock = perf_counter() - begin
    busiest, begin = max(process_time() - own, _of_ended_processes() - other), process_time()
    write_report(file, reports, "000002", raw=raw, on_paper=True)
    again = process_time() - begin
    with connect(str(file)) as connection:
        ((documents, tables),) = connection.execute(
            "select (select count(*) from landing.documents), (select count(*) from landing.tables)"
        ).fetchall()
    pages = {path: path.stat().st_size for path in report.rglob("*.html")}
    largest = max(pages, key=pages.__getitem__)
    return ReportFigures(
        documents,
        tables,
        queries_s=connections[0].seconds,
        report_s=alone,
        queries_clock_s=connections[0].clock,
        clock_s=clock,
        busiest_s=busiest,
        again_s=again,
        index_bytes=pages[report / INDEX],
        largest_page=str(largest.relative_to(report)),
        largest_bytes=pages[largest],
        first_view_s=_first_view(report / INDEX),
    )


def _of_ended_processes() -> float:
    """Seconds of a processor that the processes which this one began and saw the end of have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _first_view(page: Path) -> float | None:
    """Seconds until a browser that runs has painted the first page; None where no browser is there."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        opened = browser.new_page()
        begin = perf_counter()
        opened.goto(page.resolve().as_uri())
        opened.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seconds = perf_counter() - begin
        browser.close()
    return seconds


def main(*, small: bool = False) -> None:
    """Print the figures as a table in Markdown; exit status 1 where the first page comes too late or is too large, or
    the report costs more than it may."""
    found = []
    print(
        "| documents | tables | queries, s | report, s | ratio | queries, processor s | report, processor s | ratio |"
        " busiest of two, processor s | ratio | nothing changed, processor s | first page, kB | largest page, kB | first view, s |"
    )
    print(f"{'|---:' * 14}|", flush=True)
    for size in (2, 4) if small else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            settings = load({}, raw=f"{folder}/raw", home=f"{folder}/home")
            shutil.copytree(ORIGINAL, settings.raw / ORIGINAL.name)
            copy_until(settings.raw, [settings.raw / ORIGINAL.name], size)
            refresh(settings)
            found.append(measure(settings.published, settings.raw, Path(folder) / "reports"))
        print(_line(found[-1]), flush=True)
    told = [figures for figures in found if _misses(figures)]
    print(f"{len(told)} of {len(found)} miss what must be", file=sys.stderr)
    if told and not small:
        sys.exit(1)


def _line(figures: ReportFigures) -> str:
    view = "not measured" if figures.first_view_s is None else f"{figures.first_view_s:.2f}"
    return (
        f"| {figures.documents} | {figures.tables:,} | {figures.queries_clock_s:.1f} | {figures.clock_s:.1f} | {figures.ratio:.1f} |"
        f" {figures.queries_s:.1f} | {figures.report_s:.1f} | {figures.work:.1f} |"
        f" {figures.busiest_s:.1f} | {figures.shared_work:.1f} | {figures.again_s:.1f} |"
        f" {figures.index_bytes / 1000:,.0f} | {figures.largest_bytes / 1000:,.0f} | {view} |"
    )


def _misses(figures: ReportFigures) -> bool:
    return (
        figures.ratio > MOST_RATIO
        or figures.index_bytes > MOST_BYTES
        or (figures.first_view_s or 0) > MOST_SECONDS
    )
