"""Whether the published files are what was published, all of them, in that order.

What does not belong here: repairing anything.
"""

from __future__ import annotations

import os
from pathlib import Path

from dagster_project.language import Written
from dagster_project.settings import Settings
from dagster_project.warehouse import manifest, signature, snapshots
from dagster_project.warehouse.manifest import ManifestEntry


def verify(
    settings: Settings, expected: str | None = None, key: Path | None = None
) -> tuple[tuple[ManifestEntry, ...], list[str]]:
    """The chain, and a sentence, as ``Written``, that names the file or line for everything that is not as it should be.

    ``expected``: a hash of an entry that was noted down earlier; it must be in the chain. Whoever can write
    the folder can write a whole new chain, so only a hash kept elsewhere proves that this was not done, or
    a signature: ``key`` is the public key with which the newest entry must have been signed.
    """
    entries, problems = manifest.examine(settings)
    if not entries:
        never = Written("{chain}: nothing was ever published here", chain=settings.manifest)
        return entries, problems or [never]
    for entry in manifest.kept(entries):
        problems += _file_problems(settings, entry)
        problems += _report_problems(settings, entry)
    problems += _strangers(settings, entries)
    problems += _live_problems(settings, manifest.live(entries))
    if expected is not None and expected not in {e.hash for e in entries}:
        problems.append(
            Written(
                "the chain does not contain {hash}: it is not the chain of which that was noted",
                hash=expected,
            )
        )
    if key is not None:
        problems += signature.problems(settings, entries, key)
    return entries, problems


def _report_problems(settings: Settings, entry: ManifestEntry) -> list[str]:
    """The first page of a report names the hash of the file that it tells of."""
    index = settings.reports / entry.run_id / "index.html"
    if not index.exists() or entry.sha256 in index.read_text(encoding="utf-8", errors="replace"):
        return []
    page = f"reports/{entry.run_id}/index.html"
    return [Written("{page}: does not name the hash of {file}: it was altered", page=page, file=entry.file)]


def _file_problems(settings: Settings, entry: ManifestEntry) -> list[str]:
    path = settings.snapshots / entry.file
    if not path.exists():
        return [
            Written("{file}: is missing, and the chain does not say that it was removed", file=entry.file)
        ]
    size = path.stat().st_size
    if size != entry.bytes:
        return [
            Written(
                "{file}: was altered: {size} bytes, published were {published}",
                file=entry.file,
                size=size,
                published=entry.bytes,
            )
        ]
    if snapshots.sha256_of(path) != entry.sha256:
        return [
            Written(
                "{file}: was altered: its sha256 is not the published {sha256}",
                file=entry.file,
                sha256=entry.sha256,
            )
        ]
    return []


def _strangers(settings: Settings, entries: tuple[ManifestEntry, ...]) -> list[str]:
    known = {e.file for e in entries} | {
        signature.file_of(settings).name,
        settings.manifest.name,
        settings.manifest.with_suffix(".head").name,
    }
    known |= set(manifest.unnamed(settings, entries))  # named already, as a broken chain
    names = sorted(p.name for p in settings.snapshots.iterdir() if not p.name.startswith("."))
    return [
        Written("{file}: stands among the published files and was never published", file=name)
        for name in names
        if name not in known
    ]


def _live_problems(settings: Settings, live: ManifestEntry | None) -> list[str]:
    published = settings.published
    problems: list[str] = []
    log = published.with_name(f"{published.name}.wal")
    if log.exists():
        problems.append(Written("{log}: someone wrote to the published file", log=log.name))
    if live is None:
        return problems
    made, latest = settings.reports / live.run_id, settings.reports / "latest"
    if made.is_dir() and os.path.lexists(latest) and not (latest.exists() and made.samefile(latest)):
        problems.append(
            Written(
                "reports/latest: does not lead to reports/{run_id}, of the file that is live",
                run_id=live.run_id,
            )
        )
    if not published.exists():
        problems.append(
            Written("{file}: is missing; it should be {live}", file=published.name, live=live.file)
        )
    elif not snapshots.is_live(settings, live):
        problems.append(
            Written(
                "{file}: is not {live}, which the chain says is live", file=published.name, live=live.file
            )
        )
    return problems
