"""A guard on what disappears: so much less than what is live, of any kind of source, is asked about first.

A share that was not mounted, a folder that was emptied, a reader that stopped seeing tables, figures of CBS that
were cleared away: all look like people who removed something. What a person confirms goes through, and a kind of
source of which nothing is left is told even then.

What does not belong here: keeping what cannot be read (``last_good``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dagster_project.language import phrase
from dagster_project.settings import Settings
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.bounded import connect

DOCUMENTS, TEXTS, IV3 = "documents", "texts", "iv3"
_WORDS = {
    DOCUMENTS: ("documents", "values"),
    TEXTS: ("documents with records", "records"),
    IV3: ("sources of Iv3", "figures of Iv3"),
}
_RECORDS = ("mentions", "maatregelen", "prestaties", "claims")  # landing tables that hold no cells of tables
_LISTED = 10  # sources that are named


@dataclass(frozen=True, slots=True)
class SourcesHeld:
    """What a file holds of one kind of source: the sources by name, and how many figures come from them."""

    sources: frozenset[str]
    figures: int


Kinds = Mapping[
    tuple[str, str], SourcesHeld
]  # (group, kind): a soort of documents, a table of records, or Iv3


@dataclass(frozen=True, slots=True)
class Removal:
    """What a build lacks that is live: ``question`` where a person must confirm it first; ``gone`` names the
    kinds of source of which nothing is left; ``unchecked`` says why it could not be looked at."""

    question: str | None = None
    gone: tuple[str, ...] = ()
    unchecked: str | None = None


def held_by(file: Path) -> Kinds:
    """What a build file or a published file holds. Raises duckdb.Error where it has no landing tables."""
    with connect(file, read_only=True) as connection:
        there = {
            name
            for (name,) in connection.execute(
                "select schema_name || '.' || table_name from duckdb_tables() where not internal"
            ).fetchall()
        }
        parts = [
            f"""
            select '{DOCUMENTS}', d.soort, list(distinct d.document_id), count(c.cell_id)
            from landing.documents as d
            left join landing.cells as c on d.document_id = c.document_id and (c.value is not null or c.is_nil)
            group by d.soort
            """
        ]
        parts += [
            f"select '{TEXTS}', '{table}', list(distinct document_id), count(*) from landing.{table}"
            for table in _RECORDS
            if f"landing.{table}" in there
        ]
        if "meta.iv3_bronnen" in there:
            parts.append(
                f"select '{IV3}', 'Iv3', list(document_id), coalesce(sum(cijfers), 0)::bigint"
                " from meta.iv3_bronnen where cijfers > 0"
            )
        rows = connection.execute(" union all ".join(parts)).fetchall()
    return {
        (group, kind or ""): SourcesHeld(frozenset(names), figures)
        for group, kind, names, figures in rows
        if names
    }


def removal(settings: Settings, build: Path, base: Path | None) -> Removal:
    """What ``build`` lacks of what is live, or was until it was altered. Nothing where nothing is live.

    ``base``: the newest that was published and is intact, which tells what a live file held that is not.
    """
    import duckdb

    live = manifest.live(manifest.read(settings))
    if live is None:
        return Removal()
    now = held_by(build)
    file = settings.snapshots / live.file
    if base is not None and base != file and not snapshots.is_intact(settings, live):
        file = base
    try:
        before = held_by(file)
    except (duckdb.Error, OSError) as error:
        told = str(error).partition("\n")[0]
        unchecked = phrase(
            "what disappears was not checked: {file} cannot be read ({why})", file=live.file, why=told
        )
        return Removal(unchecked=unchecked)
    return Removal(too_much_gone(before, now, settings.removal_pct), gone(before, now))


def too_much_gone(before: Kinds, now: Kinds, share_pct: int) -> str | None:
    """A sentence where more than ``share_pct`` percent of the sources or of the figures of a group are gone, or a
    whole kind; else None. At 100 nothing is asked."""
    told, groups = [], set()
    for group, (sources, figures) in _WORDS.items():
        if group == TEXTS and DOCUMENTS in groups:  # they go with the documents that are named
            groups.add(TEXTS)
            continue
        was, is_now = _together(before, group), _together(now, group)
        fewer, fewer_figures = len(was.sources) - len(is_now.sources), was.figures - is_now.figures
        if fewer * 100 > share_pct * len(was.sources) or fewer_figures * 100 > share_pct * was.figures:
            groups.add(group)
            told.append(
                phrase(
                    "{fewer} of {were} {sources} and {fewer_figures} of {figures_were} {figures} would disappear,"
                    " more than {share} %{named}",
                    fewer=fewer,
                    were=len(was.sources),
                    sources=phrase(sources),
                    fewer_figures=fewer_figures,
                    figures_were=was.figures,
                    figures=phrase(figures),
                    share=share_pct,
                    named=_named(was.sources - is_now.sources),
                )
            )
    if share_pct < 100:
        told += [
            phrase(
                "everything of {kind} would disappear{named}",
                kind=kind,
                named=_named(before[group, kind].sources),
            )
            for group, kind in _gone(before, now)
            if group not in groups
        ]
    if not told:
        return None
    return phrase("{what}. sluitend refresh --accept-removal publishes it all the same", what="; ".join(told))


def gone(before: Kinds, now: Kinds) -> tuple[str, ...]:
    """The kinds of which nothing is left, each with what there was of it."""
    return tuple(
        phrase(
            "nothing is left of {kind}: there were {were} {figures} from {held} {sources}",
            kind=kind,
            were=before[group, kind].figures,
            figures=phrase(_WORDS[group][1]),
            held=len(before[group, kind].sources),
            sources=phrase(_WORDS[group][0]),
        )
        for group, kind in _gone(before, now)
    )


def _gone(before: Kinds, now: Kinds) -> list[tuple[str, str]]:
    return [key for key, held in before.items() if held.sources and not (key in now and now[key].sources)]


def _together(kinds: Kinds, group: str) -> SourcesHeld:
    own = [held for (of, _), held in kinds.items() if of == group]
    return SourcesHeld(frozenset().union(*(held.sources for held in own)), sum(held.figures for held in own))


def _named(sources: frozenset[str]) -> str:
    if not sources:
        return ""
    more = phrase(" and {more} more", more=len(sources) - _LISTED) if len(sources) > _LISTED else ""
    return f": {', '.join(sorted(sources)[:_LISTED])}{more}"
