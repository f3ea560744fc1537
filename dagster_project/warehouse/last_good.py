"""What cannot be read now keeps the state in which it was read last: found in what is published, and marked.

A document that was published and is rejected now (a reader that fails, a description that is broken, a share
that does not answer) would take its figures with it, and nobody would have asked for that. Only a folder that a
person removed takes its figures with it, and ``removal`` asks about many of those.

What does not belong here: reading (``landing``) and filling tables (``build``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from dagster_project.reading.model import Reject
from dagster_project.reading.vocabulary import UNITS
from dagster_project.settings import Settings
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.build import landed_before
from dagster_project.warehouse.landing import (
    ASIDE,
    NOT_ASIDE,
    READ,
    Aside,
    Landed,
    has_parquet,
    parquet_path,
    paths_of_tables,
    rejects_in,
    without_tried,
    write_row,
)
from dagster_project.warehouse.records import place_rows
from dagster_project.warehouse.run import Run
from dagster_project.warehouse.scan import DESCRIPTION, FoundDocument, Scan
from dagster_project.warehouse.schema import TABLES

_LARGEST_EUR = 10**15


def keep_last_good(
    settings: Settings, run: Run, scan: Scan, landed: Sequence[Landed]
) -> tuple[tuple[Landed, ...], dict[str, list[Reject]]]:
    """The documents to publish, each that cannot be read now as the newest sound published file holds it.

    Also what is to be told of those, by document_id. Their Parquet files are there afterwards.
    """
    before = landed_before(run.history_base)
    now = {d.document_id: d for d in landed}
    found = {d.document_id: d for d in scan.documents}
    decided: dict[str, Landed] = {}
    told: dict[str, list[Reject]] = {}
    for name in sorted(now.keys() | before.keys()):
        good = before.get(name)
        if good is not None and good.state != READ:
            good = None
        new = now.get(name)
        lost = _lost(settings, run, good, new) if good else {}
        why = _why(new, found.get(name), name, scan, lost) if good else None
        if why is None or good is None:
            decided |= {name: new} if new is not None else {}
        else:
            key, sha256 = (new.key, new.sha256) if new is not None else (None, "")
            decided[name] = replace(good, tried_key=key, tried_sha256=sha256)
            told[name] = [_mark(good, *why), *_told_by(settings, new, found.get(name), lost)]
    lacking = [decided[name] for name in told if not has_parquet(settings, decided[name].key)]
    if lacking and run.history_base is not None:
        _restore(settings, run.history_base, lacking)
    return tuple(decided[name] for name in sorted(decided)), told


def without(
    settings: Settings, run: Run, documents: Sequence[Landed], aside: Mapping[str, Aside]
) -> tuple[tuple[Landed, ...], dict[str, list[Reject]]]:
    """The documents with those of ``aside`` (document_id -> why) as they were last published, or left out.

    Also what is to be told of those. For documents that can be read and make a later step fail.
    """
    before = landed_before(run.history_base) if aside else {}
    decided: list[Landed] = []
    told: dict[str, list[Reject]] = {}
    for document in documents:
        why, good = aside.get(document.document_id), before.get(document.document_id)
        if why is None:
            decided.append(document)
            continue
        reasons = (f"laat een latere stap falen: {why.aside}", f"makes a later step fail: {why.aside}")
        if good is not None and good.state == READ and good.key != document.key:
            tried = replace(good, tried_key=document.key, tried_sha256=document.sha256)
            decided.append(replace(tried, **asdict(why)))
            told[document.document_id] = [_mark(good, *reasons, why)]
        else:
            decided.append(replace(document, state=ASIDE, **asdict(why)))
            reason = f"{document.document_id} {reasons[0]}; niets ervan is gepubliceerd"
            reason_en = f"{document.document_id} {reasons[1]}; nothing of it is published"
            told[document.document_id] = [
                Reject(why.aside_path or DESCRIPTION, why.aside_line, reason, reason_en=reason_en)
            ]
    lacking = [d for d in decided if d.is_last_good and d.aside and not has_parquet(settings, d.key)]
    if lacking and run.history_base is not None:
        _restore(settings, run.history_base, lacking)
    return tuple(decided), told


def too_large(build: Path) -> dict[str, Aside]:
    """Documents with an amount whose sums and changes no column of euros holds: its first place in each.

    The landing tables hold it as it was printed; every model after them would fail on it.
    """
    factors = " ".join(f"when '{unit}' then {factor}" for unit, factor in UNITS.items())
    with connect(build, read_only=True) as connection:
        rows = connection.execute(
            f"""
            select c.document_id, t.path, c.line, c.text
            from landing.cells as c
            inner join landing.tables as t on c.table_id = t.table_id
            where abs(c.value) >= {_LARGEST_EUR} / case t.unit {factors} else 1 end
            qualify row_number() over (partition by c.document_id order by t.path, c.line) = 1
            """
        ).fetchall()
    why = "{} is een biljard euro of meer: zijn de eenheid en het getal goed gelezen?"
    return {document: Aside(why.format(text), path, line) for document, path, line, text in rows}


def aside_before(run: Run, documents: Sequence[Landed]) -> dict[str, Aside]:
    """Documents that this very code set aside in the last night with the same content, and why."""
    before = landed_before(run.previous)
    known = {
        (b.document_id, b.tried_key or b.key): Aside(b.aside, b.aside_path, b.aside_line)
        for b in before.values()
        if b.aside
    }
    return {d.document_id: known[d.document_id, d.key] for d in documents if (d.document_id, d.key) in known}


def _lost(settings: Settings, run: Run, good: Landed, new: Landed | None) -> dict[str, Reject]:
    """Files of which tables are published, and of which the reader now says that it can make nothing: why, by path.

    A damaged workbook is no decision of a person to take its figures away; a file that is gone is.
    """
    if new is None or new.state != READ or new.key == good.key or not new.rejects or not run.history_base:
        return {}
    of_files = {r.path: r for r in rejects_in(parquet_path(settings, new.key)) if _is_about_a_file(r)}
    if not of_files:
        return {}
    with connect(run.history_base, read_only=True) as connection:
        rows = connection.execute(
            "select distinct path from landing.tables where document_id = ?", [good.document_id]
        ).fetchall()
    now = paths_of_tables(parquet_path(settings, new.key))
    return {path: of_files[path] for (path,) in rows if path in of_files and path not in now}


def _is_about_a_file(reject: Reject) -> bool:
    return reject.kind == "reject" and reject.line is None and reject.path != DESCRIPTION


def _told_by(
    settings: Settings, new: Landed | None, found: FoundDocument | None, lost: Mapping[str, Reject]
) -> list[Reject]:
    """Why, in the words of what was tried: all of its rejects, or those of the files that cannot be read."""
    if new is None:
        return []
    rejects = rejects_in(parquet_path(settings, new.key))
    unread = {i.path for i in found.unread} if found is not None else set()
    unread |= lost.keys()
    return rejects if new.state != READ else [r for r in rejects if r.path in unread]


def _restore(settings: Settings, base: Path, documents: Iterable[Landed]) -> None:
    """Write the Parquet files of documents as the published file ``base`` holds them, in today's columns."""
    with connect(base, read_only=True) as connection:
        there: dict[str, list[str]] = {}
        for table, column in connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'landing'"
        ).fetchall():
            there.setdefault(table, []).append(column)
        for document in documents:
            rows = {table: _rows(connection, table, there, document.document_id) for table in TABLES}
            place_rows(document.document_id, rows)  # what other code made may lack what today says of it
            write_row({**rows}, without_tried(document), settings.landing)


def _rows(connection, table: str, there: Mapping[str, Sequence[str]], document_id: str) -> list[dict]:
    columns = [c for c in TABLES[table] if c in there.get(table, ())]
    if "document_id" not in columns:
        return []
    names = ", ".join(f'"{c}"' for c in columns)
    found = connection.execute(
        f'select {names} from landing."{table}" where document_id = ? order by rowid', [document_id]
    ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in found]


def _why(
    new: Landed | None, found: FoundDocument | None, name: str, scan: Scan, lost: Mapping[str, Reject]
) -> tuple[str, str] | None:
    """Why the document cannot be read now; None where it can, or where it is gone because someone removed it."""
    if new is not None and new.state != READ:
        return "is nu niet te lezen", "cannot be read now"
    if found is not None and found.unread:
        files = ", ".join(f"{i.path} ({i.trouble})" for i in found.unread[:5])
        return (
            f"heeft bestanden die nu niet te lezen zijn: {files}",
            f"has files that cannot be read now: {files}",
        )
    if lost:
        files, files_en = (
            ", ".join(f"{path} ({told})" for path, told in each[:5])
            for each in (
                [(path, r.reason) for path, r in lost.items()],
                [(path, r.reason_en or r.reason) for path, r in lost.items()],
            )
        )
        return (
            f"heeft bestanden waarin nu niets te lezen is: {files}",
            f"has files in which nothing can be read now: {files_en}",
        )
    if new is None and any(s.is_unreadable and _covers(s.document_id, name) for s in scan.strays):
        return "staat in een map die nu niet te lezen is", "stands in a folder that cannot be read now"
    return None


def _covers(folder: str, document_id: str) -> bool:
    return folder == document_id or document_id.startswith(f"{folder}/")


def _mark(good: Landed, why: str, why_en: str, where: Aside = NOT_ASIDE) -> Reject:
    return Reject(
        where.aside_path or DESCRIPTION,
        where.aside_line,
        f"{good.document_id} {why}; wat gepubliceerd is, is de laatste goede lezing (inhoud {good.sha256[:12]})",
        reason_en=f"{good.document_id} {why_en}; what is published is its last good reading"
        f" (content {good.sha256[:12]})",
    )
