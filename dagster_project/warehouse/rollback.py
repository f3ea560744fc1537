"""Putting an earlier published file back. Recorded in the chain like a publication, and as atomic."""

from __future__ import annotations

from dagster_project.language import phrase
from dagster_project.settings import NotPublished, Settings, Unusable
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.mend import mend
from dagster_project.warehouse.publish import explain
from dagster_project.warehouse.run import Clock, exclusive, utc_now


def rollback(
    settings: Settings, to: str | None = None, clock: Clock = utc_now, *, who: str = "", why: str = ""
) -> ManifestEntry:
    """Make the publication ``to`` (number, run id or file name; default: the one before) live again.

    ``who`` decides and ``why`` go into the chain; empty: not said. Raises ``Unusable`` where there is no such file or it
    was altered, ``NotPublished`` where the folder cannot be written.
    """
    with exclusive(settings, "rollback"):
        snapshots.recover(settings)
        mend(settings)
        entries = manifest.read(settings)
        live = manifest.live(entries)
        if live is None:
            raise Unusable(phrase("nothing was published yet, so there is nothing to go back to"))
        target = _target(manifest.kept(entries), live, to)
        if not snapshots.is_intact(settings, target):
            raise Unusable(
                phrase(
                    "{file}: is missing or was altered since it was published; see sluitend verify",
                    file=target.file,
                )
            )
        try:
            waiting = snapshots.prepare(settings.published, settings.snapshots / target.file)
            facts = {"replaced": live.run_id, "counts": target.facts["counts"], **manifest.said(who, why)}
            entry = manifest.put_live(settings, entries, target, clock(), facts)
            snapshots.go_live(settings, entry, waiting)
        except OSError as error:
            raise NotPublished(explain(error)) from error
    return entry


def _target(files: tuple[ManifestEntry, ...], live: ManifestEntry, to: str | None) -> ManifestEntry:
    if to is None:
        before = [e for e in files if e.run_id < live.run_id]
        if not before:
            raise Unusable(
                phrase(
                    "{file} is the oldest published file that is kept: there is none before it",
                    file=live.file,
                )
            )
        return before[-1]
    found = [e for e in files if to in (str(e.no), e.run_id, e.file) or e.run_id.startswith(f"{to}-")]
    if not found:
        raise Unusable(
            phrase("{to}: no published file of that number or name is kept; see sluitend history", to=to)
        )
    if found[0].file == live.file:
        raise Unusable(phrase("{file} is live already", file=live.file))
    return found[0]
