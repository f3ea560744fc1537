"""Sources of Iv3 -> Parquet, one file per source, named by a hash over what is in it, the code lists and this code.

A source that is as it was is not read again. In the private file of a run the rows are a view over these files
(``landing.iv3``), for dbt to make facts of; the view goes when the facts are there, so that the published file holds
every figure once. What was taken in, and whom to name for it, stays: ``meta.iv3_bronnen``.

What does not belong here: shapes of files (``shapes``), and what is right in them (``rows``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.reading.model import Reject
from dagster_project.settings import PROJECT, Settings
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.iv3 import rows, shapes
from dagster_project.warehouse.iv3.sources import SourceDescription, describe, files_of
from dagster_project.warehouse.scan import DESCRIPTION, FoundDocument

if TYPE_CHECKING:
    import duckdb

_FOLDER = Path(__file__).resolve().parent
_AT_ONCE = 4_000_000  # bytes of a file that are looked through at once
_EMPTY_LINE = re.compile(rb"\n(?=\r?\n)")
_MOST_LINES = 1_000  # lines of one file that are refused for their number of columns and told


@dataclass(frozen=True, slots=True)
class Iv3Landed:
    """One source of Iv3 and what became of it."""

    document_id: str
    sha256: str  # of its content
    key: str  # names its Parquet file
    description: SourceDescription
    files: int
    bytes: int
    rows: int  # figures landed
    rejects: tuple[Reject, ...] = ()
    tried_sha256: str | None = None  # what was tried now and could not be read: this is its last good reading


@cache
def iv3_version() -> str:
    """Changes with whatever can change how Iv3 is read: this room, the code lists, the libraries."""
    lists = [PROJECT / "dbt" / "seeds" / f"{name}.csv" for name in rows.SEEDS]
    digest = hashlib.sha256()
    for path in [*sorted(_FOLDER.glob("*.py")), *lists, PROJECT / "requirements.lock"]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def land_iv3(
    settings: Settings, sources: Sequence[FoundDocument], *, full: bool = False
) -> tuple[tuple[Iv3Landed, ...], int]:
    """Have every source on disk as Parquet; returned with how many were read now.

    ``full`` reads all again. What a file holds never raises: it becomes a reject. Raises OSError where the warehouse
    cannot be written.
    """
    settings.iv3.mkdir(parents=True, exist_ok=True)
    landed, read_now = [], 0
    for source in sources:
        known = None if full else _known(settings, source)
        landed.append(known or _read(settings, source))
        read_now += known is None
    return tuple(landed), read_now


def attach(build: Path, settings: Settings, landed: Sequence[Iv3Landed]) -> None:
    """Put the sources into a build file: ``landing.iv3`` as a view, ``meta.iv3_bronnen`` as a table."""
    with connect(build) as connection:
        connection.execute(f"create or replace view landing.iv3 as {_all_rows(settings, landed)}")
        connection.execute(
            """
            create or replace table meta.iv3_bronnen (
                document_id varchar, titel varchar, bron varchar, licentie varchar, url varchar, opgehaald varchar,
                toelichting varchar, sha256 varchar, key varchar, bestanden integer, bytes bigint, cijfers bigint, geweigerd integer,
                tried_sha256 varchar
            )
            """
        )
        for source in landed:
            about = source.description
            connection.execute(
                f"insert into meta.iv3_bronnen values ({', '.join('?' * 14)})",
                [
                    source.document_id, about.titel, about.bron, about.licentie, about.url, about.opgehaald, about.toelichting,
                    source.sha256, source.key, source.files, source.bytes, source.rows, len(source.rejects),
                    source.tried_sha256,
                ],
            )  # fmt: skip
        for place, comment in _COMMENTS.items():
            connection.execute(f"comment on {place} is '{comment}'")


def told_of(landed: Iterable[Iv3Landed]) -> dict[str, tuple[Reject, ...]]:
    """The rejects by document_id, for the rejects of the run."""
    return {source.document_id: source.rejects for source in landed if source.rejects}


def prune_iv3(settings: Settings, keep: Iterable[Iv3Landed]) -> int:
    """Remove what was landed of sources and code that are gone. Returns how many files."""
    wanted = {f"{source.key}{suffix}" for source in keep for suffix in (".parquet", ".json")}
    gone = [p for p in settings.iv3.iterdir() if p.name not in wanted] if settings.iv3.is_dir() else []
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


_COMMENTS = {
    "table meta.iv3_bronnen": "Sources of Iv3 that the run took in, and whom to name for them.",
    "column meta.iv3_bronnen.document_id": "Key of the source: its folder under raw/.",
    "column meta.iv3_bronnen.titel": "Title of the source.",
    "column meta.iv3_bronnen.bron": "Whom to name as the source of these figures wherever they are shown.",
    "column meta.iv3_bronnen.licentie": "Under which licence the figures may be used.",
    "column meta.iv3_bronnen.url": "Where the source was published.",
    "column meta.iv3_bronnen.opgehaald": "The day on which it was fetched; empty: not known.",
    "column meta.iv3_bronnen.toelichting": "What else there is to say of it.",
    "column meta.iv3_bronnen.sha256": "Hash of the content.",
    "column meta.iv3_bronnen.key": "Hash of content, code lists and reader: names the landed file.",
    "column meta.iv3_bronnen.bestanden": "How many files.",
    "column meta.iv3_bronnen.bytes": "Their size together.",
    "column meta.iv3_bronnen.cijfers": "How many figures were read.",
    "column meta.iv3_bronnen.geweigerd": "How many places could not be read.",
    "column meta.iv3_bronnen.tried_sha256": "Where the last good reading is published: the hash of what stands under raw/ now.",
}


def _all_rows(settings: Settings, landed: Sequence[Iv3Landed]) -> str:
    files = [str(_path(settings, source.key)).replace("'", "''") for source in landed]
    if not files:
        empty = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in rows.LANDED.items())
        return f"select {empty} where false"
    listed = ", ".join(f"'{file}'" for file in files)
    return f"select {', '.join(rows.LANDED)} from read_parquet([{listed}])"


def _path(settings: Settings, key: str) -> Path:
    return settings.iv3 / f"{key}.parquet"


def _key_of(source: FoundDocument) -> str:
    text = f"{source.document_id}\0{source.sha256}\0{iv3_version()}"
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _known(settings: Settings, source: FoundDocument) -> Iv3Landed | None:
    return landed_under(settings, _key_of(source))


def landed_under(settings: Settings, key: str) -> Iv3Landed | None:
    """What was landed under a key; None where it is not there, or not whole."""
    path = _path(settings, key)
    try:
        kept = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if not path.exists():
            return None
        about, told = SourceDescription(**kept.pop("description")), kept.pop("rejects")
        return Iv3Landed(**kept, description=about, rejects=tuple(Reject(**r) for r in told))
    except (OSError, ValueError, TypeError):  # not there, or cut off by a power failure
        return None


def _read(settings: Settings, source: FoundDocument) -> Iv3Landed:
    import duckdb

    about, rejects = describe(source)
    rejects += [
        Reject(i.path, None, f"wordt niet gelezen: {i.trouble}", reason_en=f"is not read: {i.trouble}")
        for i in source.inputs
        if i.trouble
    ]
    key = _key_of(source)
    target = _path(settings, key)
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {settings.workers}")
        connection.execute(f"set memory_limit = '{settings.read_memory_mb}MB'")
        connection.execute(f"set temp_directory = '{str(settings.iv3).replace(chr(39), chr(39) * 2)}/spill'")
        rows.load_lists(connection, PROJECT / "dbt" / "seeds")
        columns = ", ".join(f"{name} {kind}" for name, kind in shapes.GIVEN.items())
        connection.execute(f"create temp table gegeven ({columns})")
        refused = {i.path for i in source.inputs if i.trouble}
        for name in files_of(source):
            if name not in refused:
                rejects += _lay_out(connection, source, name)
        rejects += rows.refuse_unusable(connection, source.document_id, about.opgehaald)
        temporary = target.with_name(f".{key}.{os.getpid()}.part")
        # Figures keep their order where the texts are what is hashed, which is small; few figures are smaller still.
        connection.execute("set disabled_optimizers = 'build_side_probe_side'")
        ((count,),) = connection.execute(
            f"copy geland to '{str(temporary).replace(chr(39), chr(39) * 2)}' (format parquet, compression zstd)"
        ).fetchall()
        if not count and not rejects:
            rejects.append(
                Reject(DESCRIPTION, None, "bevat geen cijfers van Iv3", reason_en="holds no figures of Iv3")
            )
    temporary.replace(target)
    landed = Iv3Landed(
        source.document_id,
        source.sha256,
        key,
        about,
        len(source.inputs),
        source.bytes,
        count,
        tuple(rejects),
    )
    note = target.with_name(f".{key}.{os.getpid()}.note")
    note.write_text(json.dumps(asdict(landed), ensure_ascii=False), encoding="utf-8")
    note.replace(target.with_suffix(".json"))  # last: it says that the rows are complete
    return landed


def _lay_out(connection: duckdb.DuckDBPyConnection, source: FoundDocument, name: str) -> list[Reject]:
    """Add the rows of one file to ``gegeven``; what of the file could not be read."""
    import duckdb

    path = source.folder / name
    try:
        read = shapes.recognise(path, name, source.document_id)
        if not read.sql:
            return list(read.rejects)
        connection.execute(f"insert into gegeven {read.sql}", list(read.parameters))
        skipped = _refused_lines(connection)
    except OSError as error:
        what = error.strerror or str(error)
        return [Reject(name, None, f"is niet te lezen: {what}", reason_en=f"cannot be read: {what}")]
    except duckdb.Error as error:
        told = str(error).splitlines()[0]
        return [Reject(name, None, "is niet te lezen", told, reason_en="cannot be read")]
    _number_lines(connection, path, name, [line for line, *_ in skipped])
    return [*read.rejects, *(_of_line(name, *told) for told in skipped[:_MOST_LINES])]


def _refused_lines(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    """Lines of the file read last that have other columns than its header, what is wrong with them, their text; in order."""
    there = connection.execute(
        "select count(*) from duckdb_tables() where table_name = 'refused_lines'"
    ).fetchall()[0][0]
    if not there:
        return []
    found = connection.execute(
        "select line, min(cast(error_type as varchar)), min(csv_line) from refused_lines group by line order by line"
    ).fetchall()
    connection.execute("drop table refused_lines; drop table refused_scans")
    return found


def _number_lines(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, refused: Sequence[int]
) -> None:
    """Count the lines that were refused and the empty ones in the numbers of lines of one file."""
    if path.read_bytes()[:4] in (b"PAR1",):
        return
    left_out = sorted({*refused, *_empty_lines(path)})
    if not left_out:
        return
    # Before the k-th line that was left out, from 0, stand that many lines with rows, and the header.
    connection.execute("create or replace temp table overgeslagen (regels_ervoor bigint)")
    connection.executemany(
        "insert into overgeslagen values (?)", [(n - 1 - k,) for k, n in enumerate(left_out)]
    )
    connection.execute(
        """
        update gegeven
        set regel = regel + (select count(*) from overgeslagen where overgeslagen.regels_ervoor < gegeven.regel)
        where bestand = ? and regel is not null
        """,
        [name],
    )


def _empty_lines(path: Path) -> list[int]:
    """The numbers of the lines without anything after the first, in order; the file is read in pieces."""
    found, lines, kept = [], 0, b""  # ``lines``: ends of lines before what was kept of the last piece
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            window, is_last = kept + piece, len(piece) < _AT_ONCE
            # A line that ends where the piece does is looked at with the next one.
            until = len(window) if is_last else window.rfind(b"\n")
            if until < 0:
                kept = window
                continue
            begin, number = 0, lines
            for match in _EMPTY_LINE.finditer(window, 0, until + 1):
                number += window.count(b"\n", begin, match.end())
                begin = match.end()
                found.append(number + 1)
            lines += window.count(b"\n", 0, until)
            kept = window[until:]
    return found


_OF_LINES = {
    "TOO MANY COLUMNS": (
        "deze regel heeft meer kolommen dan de kop",
        "this line has more columns than the header",
    ),
    "MISSING COLUMNS": (
        "deze regel heeft minder kolommen dan de kop: is het bestand afgebroken?",
        "this line has fewer columns than the header: was the file cut off?",
    ),
}
_OF_OTHER_LINES = ("deze regel is niet te lezen", "this line cannot be read")


def _of_line(name: str, line: int, what: str, text: str) -> Reject:
    reason, reason_en = _OF_LINES.get(what, _OF_OTHER_LINES)
    return Reject(name, line, reason, text.strip()[:200], reason_en=reason_en)
