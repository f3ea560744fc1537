"""What analysts open, brought back to what was published when something else stands there.

A live file that is gone or is another is put back from its snapshot. Where the snapshot itself was altered, it
is put back from the live file when that is a sound copy; else the refresh must build anew, and until something
is published the newest sound file stands in (``put_sound_file_back``). Nothing that was altered is removed.

What does not belong here: completing a run that was killed (``snapshots.recover``), and the chain (``settle``).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from dagster_project.language import phrase
from dagster_project.settings import Settings
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.manifest import ManifestEntry


class Mended(NamedTuple):
    """In a sentence what was not right, and the entry of which the file was hashed and is what was published."""

    told: str | None = None
    sound: ManifestEntry | None = None


def mend(settings: Settings) -> Mended:
    """Put back what is live as far as that can be done at once.

    Only for who holds the warehouse, after ``recover``. Hashes the live file.
    """
    entries = manifest.read(settings)
    live = manifest.live(entries)
    if live is None:
        return Mended()
    name, snapshot = settings.published.name, settings.snapshots / live.file
    is_there = snapshot.exists()
    if not snapshots.is_intact(settings, live):
        if not _is_sound_copy(settings, live):
            if is_there:
                return Mended(
                    phrase(
                        "{file}, which is live, was altered: nothing is taken from it, and it is built anew",
                        file=live.file,
                    )
                )
            return Mended(
                phrase(
                    "{file}, which is live, was gone: nothing is taken from it, and it is built anew",
                    file=live.file,
                )
            )
        if snapshot.exists():
            snapshots.put_aside(settings, snapshot)
        snapshots.copy_whole(settings.published, snapshot)
        if is_there:
            return Mended(
                phrase(
                    "{file} was altered among the published files: put back from {other}",
                    file=live.file,
                    other=name,
                )
            )
        return Mended(
            phrase(
                "{file} was gone among the published files: put back from {other}",
                file=live.file,
                other=name,
            )
        )
    if snapshots.is_live(settings, live):
        return Mended(sound=live)
    was_there = settings.published.exists()
    if settings.published.exists() and not settings.published.is_symlink():
        snapshots.put_aside(settings, settings.published)
    snapshots.go_live(settings, live, snapshots.prepare(settings.published, snapshot))
    manifest.note_carried_out(settings, entries[-1])  # not what went live: a later line may settle something
    if was_there:
        return Mended(
            phrase("{file} was not what was published: put back from {other}", file=name, other=live.file),
            live,
        )
    return Mended(phrase("{file} was gone: put back from {other}", file=name, other=live.file), live)


def put_sound_file_back(settings: Settings, now: datetime) -> str | None:
    """Where what is live was altered and nothing new came in its place: let the newest sound file stand in.

    Returns a sentence when that was done or could not be. Only for who holds the warehouse.
    """
    entries = manifest.read(settings)
    live = manifest.live(entries)
    if live is None or snapshots.is_intact(settings, live):
        return None
    sound = next((e for e in manifest.kept(entries)[::-1] if snapshots.is_intact(settings, e)), None)
    if sound is None:
        return phrase(
            "{file} is not what was published, and no earlier file is: what is live cannot be trusted",
            file=live.file,
        )
    waiting = snapshots.prepare(settings.published, settings.snapshots / sound.file)
    facts = {
        "replaced": live.run_id,
        "counts": sound.facts["counts"],
        "who": "sluitend refresh",
        "why": f"{live.file} was altered or lost, and nothing new could be published",
    }
    entry = manifest.put_live(settings, entries, sound, now, facts)
    snapshots.go_live(settings, entry, waiting)
    return phrase(
        "{file} stands in for {other}, which is not what was published", file=sound.file, other=live.file
    )


def _is_sound_copy(settings: Settings, live: ManifestEntry) -> bool:
    """Whether what analysts open is a file of its own and is what was published."""
    published = settings.published
    try:
        if published.is_symlink() or published.stat().st_size != live.bytes:
            return False
        return snapshots.sha256_of(published) == live.sha256
    except OSError:
        return False
