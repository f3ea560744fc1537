"""A guard on what disappears: so many documents or values fewer than what is live is asked about first.

A share that was not mounted, a folder that was emptied, a reader that stopped seeing tables: all look like
people who removed documents. What a person confirms goes through.

What does not belong here: keeping what cannot be read (``last_good``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dagster_project.settings import Settings
from dagster_project.warehouse import manifest

_LISTED = 10  # documents that are named


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds: documents by name, and how many values."""

    documents: frozenset[str]
    values: int


def held_by(file: Path) -> Held:
    """What a build file or a published file holds. Raises duckdb.Error where it has no landing tables."""
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        documents = connection.execute("select document_id from landing.documents").fetchall()
        values = connection.execute(
            "select count(*) from landing.cells where value is not null or is_nil"
        ).fetchone()[0]
    return Held(frozenset(name for (name,) in documents), values)


def unasked(settings: Settings, build: Path) -> str | None:
    """A sentence where ``build`` holds so much less than what is live that a person must confirm it.

    None where nothing is live, or what is live cannot be read.
    """
    import duckdb

    live = manifest.live(manifest.read(settings))
    if live is None:
        return None
    try:
        before = held_by(settings.snapshots / live.file)
    except (duckdb.Error, OSError):
        return None
    return beyond(before, held_by(build), settings.removal_pct)


def beyond(before: Held, now: Held, share_pct: int) -> str | None:
    """A sentence where more than ``share_pct`` percent of the documents or of the values are gone; else None."""
    fewer_documents = len(before.documents) - len(now.documents)
    fewer_values = before.values - now.values
    is_beyond = fewer_documents * 100 > share_pct * len(before.documents) or (
        fewer_values * 100 > share_pct * before.values
    )
    if not is_beyond:
        return None
    gone = sorted(before.documents - now.documents)
    named = f": {', '.join(gone[:_LISTED])}" + (
        f" and {len(gone) - _LISTED} more" if len(gone) > _LISTED else ""
    )
    return (
        f"{fewer_documents} of {len(before.documents)} documents and {fewer_values} of {before.values} values would"
        f" disappear, more than {share_pct} %{named if gone else ''}."
        " sluitend refresh --accept-removal publishes it all the same"
    )
