"""A report on disk: one folder per run, pages that did not change linked from the report before, ``latest``
flipped last. Where many documents changed, a second process writes their pages while this one writes the rest, and then as
many of them as are left; should it fail, this one writes its pages as well, and tells why it cannot.

A page is the same as before when the rows it shows and the way pages look are the same; ``pages.json`` in
each report keeps the fingerprints. Whoever reads ``latest`` sees the old report or the new one, complete:
the folder is filled first, and a folder without ``pages.json`` was never finished.

What does not belong here: what the pages show (``pages``, ``index``) and how they look (``render``).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from dagster_project.reports import counts, queries
from dagster_project.reports.dossier import write_dossiers
from dagster_project.reports.expectations import expectations_view
from dagster_project.reports.explorer import explorer_data
from dagster_project.reports.index import CAUSES_PAGE, index_view
from dagster_project.reports.index_queries import index_rows
from dagster_project.reports.links import page_path, source_path
from dagster_project.reports.lists import write_lists, write_picture_lists
from dagster_project.reports.originals import PDF, WORKBOOK, Opened, Original, opened
from dagster_project.reports.pages import document_view
from dagster_project.reports.pictures import picture_rows, pictures
from dagster_project.reports.render import (
    appearance,
    render_causes,
    render_document,
    render_expectations,
    render_explorer,
    render_gone,
    render_index,
    render_original,
    render_pictures,
    render_search,
    render_source,
    shared_files,
    stamped,
)
from dagster_project.reports.search import search_index
from dagster_project.reports.source_files import SourceFile, is_as_read, sources_of
from dagster_project.reports.summary_pdf import write_summaries
from dagster_project.settings import READERS_FILE
from dagster_project.warehouse import bounded
from dagster_project.warehouse.workers import Failure, in_processes

LATEST = "latest"
INDEX = "index.html"
FINGERPRINTS = "pages.json"
EXPECTATIONS = "data_docs/index.html"
DICTIONARY = "tabellen/index.html"
SEARCH = "zoeken.html"
EXPLORER = "verkennen.html"
PICTURES = "beelden/index.html"
DOSSIERS = ("dossier.xlsx", "working-papers.xlsx")  # Dutch and English
PAGES_AT_A_TIME = 100
_ORIGINALS = f"""
    select distinct i.document_id, i.path, i.sha256, p.page
    from landing.inputs as i
    left join (
        select t.document_id, t.path, t.page from landing.tables as t where t.page is not null
        union
        select t.document_id, t.path, c.page from landing.tables as t join landing.cells as c using (table_id) where c.page is not null
    ) as p on p.document_id = i.document_id and p.path = i.path
    where (lower(i.path) like '%{PDF}' or lower(i.path) like '%{WORKBOOK}') and i.document_id in (select unnest($pages))
    order by all
"""
_NO_TEXT = f"""
    select distinct document_id from landing.inputs where lower(path) like '%{WORKBOOK}' or lower(path) like '%{PDF}'
"""
MANY = 40  # pages of documents from which on a second process writes them as well
FEWEST_AT_A_TIME = 8  # that either of the two takes, so that at the end neither waits long for the other
MEMORY_MB = 4_000  # of the second process
_ALONE = "set threads = 1"  # of DuckDB, while the other processor is at work for the other process


def write_report(
    db_path: Path | str,
    reports_dir: Path | str,
    run_id: str,
    previous: Path | str | None = None,
    is_shown: bool = True,
    raw: Path | None = None,
    on_paper: bool = False,
    dictionary: Path | None = None,
) -> Path:
    """Write the report of a published (or finished build) file and make it the latest; returns its folder.

    ``previous`` is the report whose unchanged pages are used again, by default the latest one. ``raw`` is the folder
    of extracts, whose files are shown; without it they are only named. With ``on_paper`` the summary is printed to PDF
    as well, which takes seconds. ``dictionary`` is a page that describes every table and column, put beside the others.
    With ``is_shown`` false ``latest`` is left to
    whoever publishes the file. Raises ``UnreadableWarehouse`` when the file lacks what the pages need, and OSError
    when it cannot write; ``latest`` then stays as it was.
    """
    reports_dir = Path(reports_dir)
    before = Path(previous) if previous else reports_dir / LATEST
    report = reports_dir / run_id
    report.mkdir(parents=True, exist_ok=True)
    memory_mb = bounded.memory_mb() // 2  # for each of the two processes
    with (
        _no_search_for_cycles(),
        bounded.within(memory_mb),
        TemporaryDirectory(prefix=".pages-", dir=report) as claims,
        ThreadPoolExecutor(max_workers=1) as beside,
        queries.connect(str(db_path)) as con,
    ):
        for name, text in shared_files().items():
            _write(report / name, text)
        wanted = queries.fingerprints(con)
        known = _fingerprints(before, raw)
        unchanged = [page for page, mark in wanted.items() if known.get(page) == mark]
        missing = _reuse(before, report, unchanged)
        no_text = {page for (page,) in queries.fetched(con, "originals", _NO_TEXT)}
        changed = sorted((wanted.keys() - set(unchanged)) | missing, key=lambda page: (page in no_text, page))
        pages = _Pages(str(db_path), report, run_id, raw, tuple(changed), memory_mb)
        # What is opened here is written here.
        cut = sum(page not in no_text for page in changed) if len(changed) >= MANY else 0
        shared = _Shared(
            tuple(_ever_fewer(replace(pages, document_ids=pages.document_ids[:cut]))), Path(claims)
        )
        written = beside.submit(_write_apart, shared) if cut else None
        if written is not None:
            con.execute(_ALONE)
        originals = _write_originals(pages, con)
        _write_documents(replace(pages, document_ids=pages.document_ids[cut:], originals=originals), con)
        _write_pictures(report, con)
        view = index_view(index_rows(con), counts.count(con), run_id)
        for line in view.gone:
            _write(report / page_path(line.document_id), render_gone(line))
        _write(report / SEARCH, render_search(search_index(con, view)))
        _write(report / EXPLORER, render_explorer(explorer_data(con)))
        write_lists(con, report, view)
        write_dossiers(con, view, *(report / name for name in DOSSIERS))
        _write(report / EXPECTATIONS, render_expectations(expectations_view(con, run_id)))
        _write(report / CAUSES_PAGE, render_causes(view))
        if dictionary is not None:
            (report / DICTIONARY).parent.mkdir(exist_ok=True)
            _linked(str(dictionary), str(report / DICTIONARY))
        summaries = write_summaries(view, report) if on_paper else None
        _write(report / INDEX, render_index(view, summaries, DICTIONARY if dictionary else None))
        # What only this process writes has been written: none of it is left when the other has no more pages to take.
        here = _write_shared(shared, con)
        if written is not None and not written.result():
            for number in set(range(len(shared.parts))) - here:
                _write_documents(shared.parts[number], con)
    kept = {
        "appearance": appearance(),
        "shows_sources": raw is not None,
        "pages": wanted,
    }
    _write(report / FINGERPRINTS, json.dumps(kept, sort_keys=True))
    if is_shown:
        _flip(reports_dir / LATEST, run_id)
    return report


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Records are made by the hundred thousand, and looking for cycles among them takes an eighth of the time: neither
    pages nor workbooks leave any that matter."""
    is_usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_usual:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of documents that are to be written, and where everything for them is."""

    db_path: str
    report: Path
    run_id: str
    raw: Path | None
    document_ids: tuple[str, ...]
    memory_mb: int  # that DuckDB may take meanwhile
    # What was opened of them, by document and path.
    originals: Mapping[tuple[str, str], Opened] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Shared:
    """Pages that two processes write, part by part: who is first to make the file of a part in ``claims`` writes it."""

    parts: tuple[_Pages, ...]
    claims: Path  # a folder of this report alone


def _ever_fewer(pages: _Pages) -> Iterator[_Pages]:
    """The same pages in parts: large ones first, which take fewer queries, and small ones last."""
    left = pages.document_ids
    while left:
        size = min(PAGES_AT_A_TIME, max(FEWEST_AT_A_TIME, len(left) // 2))
        if len(left) - size < FEWEST_AT_A_TIME // 2:  # not worth asking every query once more
            size = len(left)
        yield replace(pages, document_ids=left[:size])
        left = left[size:]


def _write_apart(shared: _Shared) -> bool:
    """Write pages in a process of its own, while this one writes the rest; whether it wrote all that it took."""
    outcomes = in_processes(
        _write_connected,
        [shared],
        workers=1,
        timeout=lambda own: 60 + sum(len(part.document_ids) for part in own.parts),
        memory_mb=MEMORY_MB,
    )
    return not any(isinstance(outcome, Failure) for _, outcome in outcomes)


def _write_connected(shared: _Shared) -> None:
    first = shared.parts[0]
    with (
        _no_search_for_cycles(),
        bounded.within(first.memory_mb),
        queries.connect(first.db_path) as con,
    ):
        con.execute(_ALONE)
        _write_shared(shared, con)


def _write_shared(shared: _Shared, con) -> set[int]:
    """Write the parts that nobody has taken; gives their numbers."""
    taken = set()
    for number, part in enumerate(shared.parts):
        if _is_first(shared.claims / str(number)):
            _write_documents(part, con)
            taken.add(number)
    return taken


def _is_first(claim: Path) -> bool:
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _write_documents(pages: _Pages, con) -> None:
    for page, rows in _rows_of(con, pages.document_ids):
        own = {path: shown for (document, path), shown in pages.originals.items() if document == page}
        sources = sources_of(pages.raw, page, rows["landing_inputs"], own)
        _write(pages.report / page_path(page), render_document(document_view(rows, pages.run_id, sources)))
        for source in sources.values():
            if source.href and not source.kind:
                _write(pages.report / source.href, render_source(page, source))


def _write_pictures(report: Path, con) -> None:
    drawn = picture_rows(con)
    _write(report / PICTURES, render_pictures(pictures(drawn)))
    write_picture_lists(report, drawn)


def _write_originals(pages: _Pages, con) -> dict[tuple[str, str], Opened]:
    """For each file of these documents that is no text, a page that shows it; gives what they say, without the pictures."""
    texts: dict[tuple[str, str], Opened] = {}
    if pages.raw is None:
        return texts
    found: dict[tuple[str, str, str], list[int]] = {}
    for *file, number in queries.fetched(con, "originals", _ORIGINALS, {"pages": list(pages.document_ids)}):
        found.setdefault(tuple(file), []).extend([] if number is None else [number])
    wanted = [
        Original(document_id, path, sha256, pages.raw / document_id / path, tuple(numbers))
        for (document_id, path, sha256), numbers in found.items()
        if is_as_read((pages.raw / document_id).resolve(), path, sha256)
    ]
    for one, shown in opened(wanted):
        source = SourceFile(one.path, one.sha256, source_path(one.document_id, one.path))
        left_out = len(one.pages) - len(shown.pages)
        _write(pages.report / source.href, render_original(one.document_id, source, shown, left_out))
        texts[one.document_id, one.path] = shown._replace(pages={})
    return texts


def write_expectations(db_path: Path | str, report: Path | str, run_id: str) -> None:
    """The page of expectations alone: all there is of a run whose expectations forbid publication."""
    with queries.connect(str(db_path)) as con:
        _write(Path(report) / EXPECTATIONS, render_expectations(expectations_view(con, run_id)))


def stamp_report(report: Path | str, sha256: str, chain: str) -> None:
    """Put the hash of the published file and that of its line in the manifest, known only once it is published, on the
    index of its report."""
    index = Path(report) / INDEX
    _write(index, stamped(index.read_text(encoding="utf-8"), sha256, chain))


def _rows_of(con, pages: Sequence[str]) -> Iterator[tuple[str, Mapping]]:
    for at in range(0, len(pages), PAGES_AT_A_TIME):
        yield from queries.rows_of_pages(con, pages[at : at + PAGES_AT_A_TIME]).items()


def _fingerprints(report: Path, raw: Path | None) -> Mapping[str, str]:
    """Of the pages of a finished report that look as they look now; none of any other."""
    try:
        kept = json.loads((report / FINGERPRINTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_alike = kept.get("appearance") == appearance() and kept.get("shows_sources") == (raw is not None)
    return kept["pages"] if is_alike else {}


def _reuse(before: Path, report: Path, pages: Sequence[str]) -> set[str]:
    """Link pages from an earlier report, with those of their files; returns those that are not there after all."""
    before = before.resolve()
    paths = {page: page_path(page) for page in pages}
    for folder in {path.rpartition("/")[0] for path in paths.values()}:
        (report / folder).mkdir(parents=True, exist_ok=True)
    for page in pages:
        sources = source_path(page, "x").rpartition("/")[0]
        for folder, _, names in os.walk(f"{before}/{sources}"):
            target = f"{report}{folder.removeprefix(str(before))}"
            Path(target).mkdir(parents=True, exist_ok=True)
            for name in names:
                _linked(f"{folder}/{name}", f"{target}/{name}")
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
    fresh = path.with_name(f".{path.name}.tmp")
    try:
        fresh.write_bytes(content.encode())
    except FileNotFoundError:  # the first page of its folder
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content.encode())
    fresh.chmod(READERS_FILE)
    fresh.replace(path)


def _flip(link: Path, run_id: str) -> None:
    """Point ``latest`` at a report in one step."""
    fresh = link.with_name(f".{LATEST}-{run_id}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(run_id)
    fresh.replace(link)
