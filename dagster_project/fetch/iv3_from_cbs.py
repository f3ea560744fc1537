"""Iv3 of CBS: the rows of one year and one kind of delivery, as CBS serves them, in a folder under raw/.

``raw/iv3-<jaar>-<soort>[-<gemeente>]/`` holds ``TypedDataSet.csv`` (the columns and rows of CBS, to the letter: codes
padded, numbers as they were written, null empty), ``document.yml`` with ``soort: iv3``, and the record of where it
came from. Rows in which both publications are null or 0 are not asked for: the cube has one for every cell that
could be.

Pages are kept until all are there, so that a download that was broken off goes on where it was. A table that
changes meanwhile is begun again; one that goes on changing is refused. What does not belong here: what the figures
mean, and reading them.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from dagster_project.fetch import odata
from dagster_project.fetch import origin as origins
from dagster_project.fetch.odata import Page
from dagster_project.fetch.origin import Origin
from dagster_project.fetch.web import Client, NotFetched
from dagster_project.language import Written, phrase
from dagster_project.reading.add import slug
from dagster_project.warehouse.run import utc_now

ROWS = "TypedDataSet.csv"
VERSLAGSOORTEN = {  # soort: the end of the key that CBS gives it
    "begroting": "X000",
    "kwartaal-1": "X001",
    "kwartaal-2": "X002",
    "kwartaal-3": "X003",
    "kwartaal-4": "X004",
    "jaarrekening": "X005",
}
_TITLE = re.compile(r"gemeenten (\d{4}) onbewerkte iv3-data", re.I)
_DIMENSIONS = ("Gemeenten", "Categorie", "Verslagsoort")
_FUNCTIONS = ("TaakveldBalanspost", "FunctieKostenplaatsBalanspost")  # today's name, and that of older tables
_AMOUNT = re.compile(r"k_[12]\w*Plaatsing_\d+")  # k_1ePlaatsing_1; k_1stePlaatsing_1 in older tables
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_ROUNDS = 3  # times that a table which changes while it is fetched is begun
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of CBS: a year, a kind of delivery, one municipality or all; the table where there are two."""

    jaar: int
    soort: str  # a key of VERSLAGSOORTEN
    gemeente: str | None = None  # GM0546
    tabel: str | None = None  # 45071NED

    @property
    def verslagsoort(self) -> str:
        """The key of CBS, without its padding."""
        return f"{self.jaar}{VERSLAGSOORTEN[self.soort]}"

    @property
    def document_id(self) -> str:
        """The folder under raw/."""
        return slug("iv3", self.jaar, self.soort, self.gemeente)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the catalogue, in the state in which it was found."""

    root: str  # of CBS
    tabel: str
    titel: str
    gewijzigd: str  # when CBS changed it, as it says; empty where it does not

    def list_of(self, name: str) -> str:
        """The address of one of its lists."""
        return odata.address_of(self.root, "ODataApi", "OData", self.tabel, name)

    def rows(self, **options: str) -> str:
        """The address of its rows: the interface that gives them in pages."""
        return odata.address_of(self.root, "ODataFeed", "OData", self.tabel, "TypedDataSet", **options)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of a table, which hold amounts, and how its keys are padded: by one of its rows."""

    columns: tuple[str, ...]
    amounts: tuple[str, ...]
    widths: Mapping[str, int]

    def key(self, column: str, value: str) -> str:
        """A key as the table writes it: ``eq`` compares blanks too."""
        return value.ljust(self.widths[column])


def fetch(
    client: Client, raw: Path, scratch: Path, root: str, wish: Wish, *, again: bool = False, say: Say
) -> Origin:
    """The record of ``wish`` under ``raw``, after fetching it from CBS at ``root``.

    ``scratch`` is a folder for pages on their way, kept between runs. ``again``: also where the table is as it was.
    Raises ``NotFetched``; what is under ``raw`` is then as it was.
    """
    folder, mine = raw / wish.document_id, scratch / wish.document_id
    mine.mkdir(parents=True, exist_ok=True)
    part = mine / "part"
    before = origins.read(folder) if folder.is_dir() else None
    if folder.is_dir() and (before is None or before.kind != "iv3"):
        told = Written("{folder} is there and was not fetched from CBS; it is left alone", folder=folder)
        raise NotFetched(root, told)
    if before and not origins.is_as_fetched(folder, before):
        told = Written("{file} was changed by a person; it is left alone", file=folder / before.file)
        raise NotFetched(before.address, told)
    for round_no in range(1, _ROUNDS + 1):
        table = _chosen(client, root, wish, part)
        if before and not again and _is_as_it_was(before, table, wish):
            return replace(before, looked_at=_now())
        say(
            phrase(
                "{document}: {table}, {title}, changed {when}",
                document=wish.document_id,
                table=table.tabel,
                title=table.titel,
                when=table.gewijzigd or phrase("on an unknown day"),
            )
        )
        made = _download(client, table, wish, mine, say)
        if made is not None:
            return _kept(raw, folder, before, made)
        say(
            phrase(
                "{document}: {table} changed while it was fetched (round {round} of {rounds})",
                document=wish.document_id,
                table=table.tabel,
                round=round_no,
                rounds=_ROUNDS,
            )
        )
    told = Written(
        "changed {times} times while it was fetched; nothing was kept, try again later", times=_ROUNDS
    )
    raise NotFetched(table.rows(), told)


def wish_of(origin: Origin) -> Wish:
    """What was asked when a record was made. Raises ``NoRecord`` where it does not say so."""
    table = origin.table
    soort, jaar = table.get("soort"), table.get("jaar")
    if soort not in VERSLAGSOORTEN or not isinstance(jaar, int):
        raise origins.NoRecord(
            Written(
                "{record} of {address}: does not say what was asked of CBS",
                record=origins.RECORD,
                address=origin.address,
            )
        )
    return Wish(
        jaar,
        str(soort),
        str(table["gemeente"]) if table.get("gemeente") else None,
        str(table["tabel"]) if table.get("is_chosen") else None,
    )


# --- the catalogue -----------------------------------------------------------------------------------------------


def _chosen(client: Client, root: str, wish: Wish, part: Path) -> _Table:
    """The table of the year, by its title. Raises ``NotFetched`` where there is none, or more than one to choose."""
    address = odata.address_of(root, "ODataCatalog", "Tables", filter="Catalog eq 'IV3'")
    listed = odata.every_row(client, address, part)
    titles = {
        str(row.get("Identifier") or row.get("ID")): " ".join(str(row.get("Title")).split()) for row in listed
    }
    years = {tabel: int(m[1]) for tabel, title in titles.items() if (m := _TITLE.fullmatch(title))}
    of_year = sorted(tabel for tabel, year in years.items() if year == wish.jaar)
    if wish.tabel is not None:
        if wish.tabel not in of_year:
            there = ", ".join(of_year) or Written("none")
            told = Written(
                "{table} is no table of {year}; there: {there}", table=wish.tabel, year=wish.jaar, there=there
            )
            raise NotFetched(address, told)
        of_year = [wish.tabel]
    if not of_year:
        there = ", ".join(map(str, sorted(set(years.values())))) or Written("none")
        told = Written("has no table of {year}; years there: {there}", year=wish.jaar, there=there)
        raise NotFetched(address, told)
    if len(of_year) > 1:
        told = Written(
            "has {tables} tables of {year}, choose one with --tabel: {there}",
            tables=len(of_year),
            year=wish.jaar,
            there="; ".join(f"{tabel} {titles[tabel]!r}" for tabel in of_year),
        )
        raise NotFetched(address, told)
    (tabel,) = of_year
    if not re.fullmatch(r"\w+", tabel):
        raise NotFetched(address, Written("names a table in a way that is not understood"), text=tabel)
    return replace(_Table(root, tabel, titles[tabel], ""), gewijzigd=_changed(client, root, tabel, part))


def _changed(client: Client, root: str, tabel: str, part: Path) -> str:
    """When CBS changed a table, in its own words."""
    infos = odata.every_row(client, _Table(root, tabel, "", "").list_of("TableInfos"), part)
    return str(infos[0].get("Modified") or "") if infos else ""


def _is_as_it_was(before: Origin, table: _Table, wish: Wish) -> bool:
    same = before.table.get("tabel") == table.tabel and before.table.get("verslagsoort") == wish.verslagsoort
    return (
        same
        and bool(table.gewijzigd)
        and before.table.get("gewijzigd") == table.gewijzigd
        and not before.replacing
    )


# --- the rows ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """A download that is complete: its record, its file, and what document.yml says of it."""

    origin: Origin
    path: Path
    description: Mapping[str, object]


def _download(client: Client, table: _Table, wish: Wish, mine: Path, say: Say) -> _Made | None:
    """Everything of one table that was wished for; None where it changed meanwhile, and the pages are gone then."""
    part, pages = mine / "part", mine / "pages"
    layout = _layout(client, table, part)
    for name, key in {"Verslagsoort": wish.verslagsoort, "Gemeenten": wish.gemeente}.items():
        if key is not None:
            _require_in_list(client, table.list_of(name), key, part)
    filtered = _filter(layout, wish)
    start = table.rows(filter=filtered)
    _same_or_empty(pages, {"start": start, "gewijzigd": table.gewijzigd})
    found = _all_pages(_pages(client, start, pages, part, say), layout, wish, mine / ROWS, say)
    if found is not None and not found.rows:
        what = f"{wish.verslagsoort} {wish.gemeente or ''}".rstrip()
        raise NotFetched(start, Written("has no figure of {what}: not delivered", what=what))
    if (
        found is None
        or _changed(client, table.root, table.tabel, part) != table.gewijzigd
        or odata.page(client, start, part).sha256 != found.first
    ):
        _begin_again(pages)
        return None
    shutil.rmtree(pages)
    return _described(table, wish, start, filtered, mine / ROWS, found.rows)


@dataclass(frozen=True, slots=True)
class _Everything:
    """All pages of what was wished for: the SHA-256 of the first, and how many rows they have."""

    first: str
    rows: int


def _all_pages(
    found: Iterable[Page], layout: _Layout, wish: Wish, made: Path, say: Say
) -> _Everything | None:
    """The rows of all pages, written to ``made``; None where a row comes twice.

    Pages moved while they were read then: another row is missing. Raises ``NotFetched`` on a row that was not asked for.
    """
    first, rows = "", 0
    seen: set[object] = set()
    with made.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(layout.columns)
        for number, page in enumerate(found, start=1):
            first = first or page.sha256
            for row in page.rows:
                _check(row, layout, wish, page.address)
                identity = row.get("ID") or tuple(row[name] for name in layout.widths)
                if identity in seen:
                    return None
                seen.add(identity)
                writer.writerow([row[name] for name in layout.columns])
            rows += len(page.rows)
            say(
                phrase(
                    "{document}: page {page}, {rows:,} rows",
                    document=wish.document_id,
                    page=number,
                    rows=rows,
                )
            )
    return _Everything(first, rows)


def _described(table: _Table, wish: Wish, start: str, filtered: str, made: Path, rows: int) -> _Made:
    """What was fetched, with where it came from and what its document.yml says."""
    now = _now()
    origin = Origin(
        kind="iv3",
        address=start,
        file=ROWS,
        sha256=origins.sha256_of(made),
        bytes=made.stat().st_size,
        fetched_at=now,
        looked_at=now,
        content_type="application/json",
        table={
            "jaar": wish.jaar,
            "soort": wish.soort,
            "gemeente": wish.gemeente,
            "verslagsoort": wish.verslagsoort,
            "tabel": table.tabel,
            "is_chosen": wish.tabel is not None,
            "titel": table.titel,
            "gewijzigd": table.gewijzigd,
            "filter": filtered,
            "rijen": rows,
        },
    )
    description = {
        "titel": table.titel,
        "soort": "iv3",
        "bron": "Centraal Bureau voor de Statistiek (CBS)",
        "licentie": "CC BY 4.0",
        "url": f"{table.root.rstrip('/')}/ODataApi/OData/{table.tabel}",
        "opgehaald": origins.day_of(now),
        "toelichting": f"verslagsoort {wish.verslagsoort}" + (f", {wish.gemeente}" if wish.gemeente else ""),
    }
    return _Made(origin, made, description)


def _layout(client: Client, table: _Table, part: Path) -> _Layout:
    """The columns of a table by its first row: their names changed over the years."""
    address = table.rows(top="1")
    page = odata.page(client, address, part)
    if not page.rows:
        raise NotFetched(address, Written("has no rows"))
    row = page.rows[0]
    function = next((name for name in _FUNCTIONS if name in row), None)
    amounts = tuple(name for name in row if _AMOUNT.fullmatch(name))
    missing = [name for name in _DIMENSIONS if not isinstance(row.get(name), str)]
    if function is None or len(amounts) != 2 or missing:
        raise NotFetched(address, Written("has other columns than an Iv3 table"), text=", ".join(row))
    return _Layout(tuple(row), amounts, {name: len(str(row[name])) for name in (*_DIMENSIONS, function)})


def _require_in_list(client: Client, address: str, key: str, part: Path) -> None:
    """Raise ``NotFetched`` where a list of the table does not have what is asked for."""
    there = {str(row.get("Key", "")).strip() for row in odata.every_row(client, address, part)}
    if key not in there:
        told = Written("{key} is not in the table; there", key=key)
        raise NotFetched(address, told, text=", ".join(sorted(there)))


def _filter(layout: _Layout, wish: Wish) -> str:
    """Rows of what is asked for that hold a figure, with keys as padded as the table pads them."""
    figure = " or ".join(f"({amount} ne null and {amount} ne 0)" for amount in layout.amounts)
    parts = [f"Verslagsoort eq '{layout.key('Verslagsoort', wish.verslagsoort)}'"]
    if wish.gemeente:
        parts.append(f"Gemeenten eq '{layout.key('Gemeenten', wish.gemeente)}'")
    return " and ".join([*parts, f"({figure})"])


def _check(row: Mapping[str, object], layout: _Layout, wish: Wish, address: str) -> None:
    """Raise ``NotFetched`` for a row that is no Iv3, or that was not asked for."""
    reason = _trouble(row, layout, wish)
    if reason:
        raise NotFetched(address, reason, text=json.dumps(row, ensure_ascii=False))


def _trouble(row: Mapping[str, object], layout: _Layout, wish: Wish) -> str | None:
    if row.keys() != set(layout.columns) or not all(isinstance(row[name], str) for name in layout.widths):
        return Written("holds a row with other columns than the first")
    if not all(row[name] is None or _NUMBER.fullmatch(str(row[name])) for name in layout.amounts):
        return Written("holds an amount that is no number")
    is_asked = str(row["Verslagsoort"]).strip() == wish.verslagsoort
    if not is_asked or wish.gemeente not in (None, str(row["Gemeenten"]).strip()):
        return Written("holds a row that was not asked for")
    return None


# --- pages on their way ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A page that was kept when a download was broken off: its file, and the address at which it was."""

    path: Path
    address: str
    sha256: str
    next: str | None


def _pages(client: Client, start: str, kept: Path, part: Path, say: Say) -> Iterator[Page]:
    """All pages from ``start`` on: those that were kept before, then the others, each kept at once.

    The last that was kept is asked for again: where it is another now, none of them counts.
    """
    earlier = _earlier(start, kept)
    if earlier and odata.page(client, earlier[-1].address, part).sha256 != earlier[-1].sha256:
        earlier = []
    for path in sorted(kept.glob("*.json"))[len(earlier) :]:
        path.unlink()
    if earlier:
        say(
            phrase(
                "{document}: {pages} pages were here already", document=kept.parent.name, pages=len(earlier)
            )
        )
    for each in earlier:
        yield odata.parsed(each.path.read_bytes(), each.address)
    seen = {each.address for each in earlier}
    following = earlier[-1].next if earlier else start
    while following is not None:
        if following in seen:
            raise NotFetched(start, Written("its pages go round"), text=following)
        seen.add(following)
        page = odata.page(client, following, part)
        part.replace(kept / f"{len(seen):06}.json")
        yield page
        following = page.next


def _earlier(start: str, kept: Path) -> list[_Earlier]:
    """The pages of a download that was broken off, in order, up to the first that is missing."""
    found: list[_Earlier] = []
    following: str | None = start
    for number, path in enumerate(sorted(kept.glob("*.json")), start=1):
        if following is None or path.stem != f"{number:06}":
            break
        page = odata.parsed(path.read_bytes(), following)
        found.append(_Earlier(path, following, page.sha256, page.next))
        following = page.next
    return found


def _same_or_empty(kept: Path, state: Mapping[str, str]) -> None:
    """Throw away pages of another table, another question or another state of the table."""
    note = kept / "state"
    said = json.dumps(state, sort_keys=True)
    if not (note.is_file() and note.read_text(encoding="utf-8") == said):
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        note.write_text(said, encoding="utf-8")


def _begin_again(pages: Path) -> None:
    shutil.rmtree(pages, ignore_errors=True)


# --- under raw/ --------------------------------------------------------------------------------------------------


def _kept(raw: Path, folder: Path, before: Origin | None, made: _Made) -> Origin:
    """Put what was downloaded into its folder; a new folder appears whole."""
    if before is None:
        whole = raw / f".{folder.name}.new"
        shutil.rmtree(whole, ignore_errors=True)
        whole.mkdir(parents=True)
        shutil.copyfile(made.path, whole / ROWS)
        described = yaml.safe_dump(dict(made.description), allow_unicode=True, sort_keys=False)
        (whole / origins.DESCRIPTION).write_text(described, encoding="utf-8")
        origins.write(whole, made.origin)
        whole.rename(folder)
    elif made.origin.sha256 == origins.sha256_of(folder / before.file):
        made.path.unlink()
        return replace(made.origin, fetched_at=before.fetched_at)
    else:
        origins.write(folder, replace(before, replacing=made.origin.sha256))
        origins.keep_earlier(folder, before.file)
        origins.put(folder / before.file, made.path.read_bytes())
        origins.date_description(folder, made.origin.fetched_at)
    made.path.unlink()
    return made.origin


def _now() -> str:
    return f"{utc_now().isoformat(timespec='seconds')}Z"
