"""A source of Iv3 that cannot be read now stays as it was read last, and is marked, as documents are.

What was read stands in the cache of the warehouse under the key that the published file names. Where that was
deleted there is nothing to keep: then ``removal`` asks about what would disappear.

What does not belong here: reading (``parquet``), and documents (``warehouse.last_good``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dagster_project.reading.model import Reject
from dagster_project.settings import Settings
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.iv3.parquet import Iv3Landed, landed_under
from dagster_project.warehouse.landing import READ, Landed
from dagster_project.warehouse.scan import DESCRIPTION, FoundDocument, Scan


def keep_last_good_iv3(
    settings: Settings,
    base: Path | None,
    sources: Sequence[FoundDocument],
    landed: Sequence[Iv3Landed],
    documents: Scan,
    landed_documents: Sequence[Landed],
) -> tuple[Iv3Landed, ...]:
    """The sources to publish, each that cannot be read now as the published file ``base`` holds it.

    ``documents`` is what else stands under raw/: a source whose description is broken is found among those.
    """
    now, found = {one.document_id: one for one in landed}, {source.document_id: source for source in sources}
    not_read = {d.document_id for d in landed_documents if d.state != READ}
    decided = dict(now)
    for name, key in _before(base).items():
        good = landed_under(settings, key)
        if good is None or not good.rows:
            continue
        new = now.get(name)
        why = _why(good, new, found.get(name), name in not_read, documents)
        if why is not None:
            mark = Reject(
                DESCRIPTION,
                None,
                f"{name} {why[0]}; wat gepubliceerd is, is de laatste goede lezing (inhoud {good.sha256[:12]})",
                reason_en=f"{name} {why[1]}; what is published is its last good reading (content {good.sha256[:12]})",
            )
            tried = new.sha256 if new is not None else ""
            rejects = (mark, *(new.rejects if new is not None else ()))
            decided[name] = replace(good, rejects=rejects, tried_sha256=tried)
    return tuple(decided[name] for name in sorted(decided))


def _before(base: Path | None) -> dict[str, str]:
    """The sources of a published file and the keys of what was read; none where it does not say so."""
    import duckdb

    if base is None:
        return {}
    with connect(base, read_only=True) as connection:
        try:
            return dict(connection.execute("select document_id, key from meta.iv3_bronnen").fetchall())
        except duckdb.CatalogException:
            return {}


def _why(
    good: Iv3Landed, new: Iv3Landed | None, found: FoundDocument | None, is_document: bool, documents: Scan
) -> tuple[str, str] | None:
    """Why a source cannot be read now; None where it can, or where it is gone because someone removed it."""
    if new is None:
        if is_document:
            return "heeft geen leesbare beschrijving meer", "has no readable description any more"
        above = [s.document_id for s in documents.strays if s.is_unreadable]
        if any(good.document_id == folder or good.document_id.startswith(f"{folder}/") for folder in above):
            return "staat in een map die nu niet te lezen is", "stands in a folder that cannot be read now"
        return None
    if found is not None and found.unread:
        files = ", ".join(f"{i.path} ({i.trouble})" for i in found.unread[:5])
        return (
            f"heeft bestanden die nu niet te lezen zijn: {files}",
            f"has files that cannot be read now: {files}",
        )
    if not new.rows and new.rejects:
        return "is nu niet te lezen", "cannot be read now"
    refused_before = {r.path for r in good.rejects if r.line is None}
    refused = sorted({r.path for r in new.rejects if r.line is None} - refused_before - {DESCRIPTION})
    if refused and new.rows < good.rows:
        files = ", ".join(refused[:5])
        return (
            f"heeft bestanden die niet meer te lezen zijn: {files}",
            f"has files that cannot be read any more: {files}",
        )
    return None
