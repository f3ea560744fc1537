"""Whether the published files are what was published, all of them, in that order.

What does not belong here: repairing anything.
"""

from __future__ import annotations

from pathlib import Path

from dagster_project.settings import Settings
from dagster_project.warehouse import manifest, signature, snapshots
from dagster_project.warehouse.manifest import ManifestEntry


def verify(
    settings: Settings, expected: str | None = None, key: Path | None = None
) -> tuple[tuple[ManifestEntry, ...], list[str]]:
    """The chain, and a sentence that names the file or line for everything that is not as it should be.

    ``expected``: a hash of an entry that was noted down earlier; it must be in the chain. Whoever can write
    the folder can write a whole new chain, so only a hash kept elsewhere proves that this was not done, or
    a signature: ``key`` is the public key with which the newest entry must have been signed.
    """
    entries, problems = manifest.examine(settings)
    if not entries:
        return entries, [*problems, f"{settings.manifest}: nothing was ever published here"]
    for entry in manifest.kept(entries):
        problems += _file_problems(settings, entry)
        problems += _report_problems(settings, entry)
    problems += _strangers(settings, entries)
    problems += _live_problems(settings, manifest.live(entries))
    if expected is not None and expected not in {e.hash for e in entries}:
        problems.append(f"the chain does not contain {expected}: it is not the chain of which that was noted")
    if key is not None:
        problems += signature.problems(settings, entries, key)
    return entries, problems


def _report_problems(settings: Settings, entry: ManifestEntry) -> list[str]:
    """The first page of a report names the hash of the file that it tells of."""
    index = settings.reports / entry.run_id / "index.html"
    if not index.exists() or entry.sha256 in index.read_text(encoding="utf-8", errors="replace"):
        return []
    return [f"reports/{entry.run_id}/index.html: does not name the hash of {entry.file}: it was altered"]


def _file_problems(settings: Settings, entry: ManifestEntry) -> list[str]:
    path = settings.snapshots / entry.file
    if not path.exists():
        return [f"{entry.file}: is missing, and the chain does not say that it was removed"]
    size = path.stat().st_size
    if size != entry.bytes:
        return [f"{entry.file}: was altered: {size} bytes, published were {entry.bytes}"]
    if snapshots.sha256_of(path) != entry.sha256:
        return [f"{entry.file}: was altered: its sha256 is not the published {entry.sha256}"]
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
        f"{name}: stands among the published files and was never published"
        for name in names
        if name not in known
    ]


def _live_problems(settings: Settings, live: ManifestEntry | None) -> list[str]:
    published = settings.published
    problems = []
    if published.with_name(f"{published.name}.wal").exists():
        problems.append(f"{published.name}.wal: someone wrote to the published file")
    if live is None:
        return problems
    if not published.exists():
        return [*problems, f"{published.name}: is missing; it should be {live.file}"]
    if not snapshots.is_live(settings, live):
        return [*problems, f"{published.name}: is not {live.file}, which the chain says is live"]
    return problems
