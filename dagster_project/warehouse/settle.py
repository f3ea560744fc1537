"""What a person decides where the chain is broken or a published file was altered: recorded, with who and why.

Nothing is removed. Published files whose lines were lost are adopted with the numbers they had; a file that is
not what was published, and the broken manifest itself, are put aside under HOME/aside.

What does not belong here: finding out what is wrong (``manifest``, ``verify``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dagster_project.language import phrase
from dagster_project.settings import NotPublished, Settings, Unusable
from dagster_project.warehouse import history, manifest, snapshots
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.publish import explain
from dagster_project.warehouse.run import Clock, exclusive, utc_now

_FACTS = ("started_at", "finished_at", "run_id", "code_version", "inputs", "counts", "verdicts")


def settle(settings: Settings, who: str, why: str, clock: Clock = utc_now) -> tuple[str, ...]:
    """Go on from what is sound: adopt what no line names, put aside what is not as published.

    Returns what was done, a sentence each. Raises ``Unusable`` where nothing is broken and ``NotPublished``
    where the folder cannot be written.
    """
    if not who.strip() or not why.strip():
        raise Unusable(phrase("settling says who decided and why: --who NAME --why REASON"))
    with exclusive(settings, "settle"):
        _, problems = manifest.examine(settings)
        entries = manifest.sound(settings.manifest)
        altered = [e.file for e in manifest.kept(entries) if not snapshots.is_intact(settings, e)]
        if not problems and not altered:
            raise Unusable(
                phrase("nothing is broken: every line follows and every kept file is as published")
            )
        try:
            return _settled(settings, entries, problems, altered, manifest.said(who, why), clock)
        except OSError as error:
            raise NotPublished(explain(error)) from error


def _settled(
    settings: Settings,
    entries: tuple[ManifestEntry, ...],
    problems: list[str],
    altered: list[str],
    said: dict[str, str],
    clock: Clock,
) -> tuple[str, ...]:
    at = clock()
    was_live = settings.published.resolve().name
    done = [_put_aside(settings, settings.snapshots / name) for name in altered]
    if problems and settings.manifest.exists():
        done.append(_put_aside(settings, settings.manifest))
    chain = list(entries)
    for name in manifest.unnamed(settings, entries):
        adopted = _adopt(settings, tuple(chain), name, said)
        if adopted is None:
            done.append(_put_aside(settings, settings.snapshots / name))
        else:
            chain.append(adopted)
            done.append(phrase("adopted {file} as entry {no}", file=name, no=adopted.no))
    facts: dict[str, Any] = said | {"files": altered, "problems": problems}
    chain.append(manifest.append(settings, chain, manifest.SETTLED, at, facts=facts))
    back = next((e for e in manifest.kept(chain) if e.file == was_live), None)
    live = manifest.live(chain)
    if back is not None and live is not None and back.file != live.file:
        facts = said | {"replaced": live.run_id, "counts": back.facts["counts"]}
        chain.append(manifest.put_live(settings, chain, back, at, facts))
    manifest.note_carried_out(settings, chain[-1])
    return tuple(d for d in done if d)


def _adopt(
    settings: Settings, chain: tuple[ManifestEntry, ...], name: str, said: dict[str, str]
) -> ManifestEntry | None:
    """A publication whose line was lost, from what its own file says; None where it does not say it."""
    import duckdb

    path = settings.snapshots / name
    try:
        with connect(path, read_only=True) as connection:
            row = connection.execute(f"select {', '.join(_FACTS)} from meta.run").fetchone()
            changed = history.changes(connection, manifest.number(name))
    except (duckdb.Error, OSError):
        return None
    told = dict(zip(_FACTS, row or (), strict=False))
    if not row or snapshots.file_name(told["run_id"]) != name or told["finished_at"] is None:
        return None
    facts = {
        "adopted": said,
        "started_at": manifest.as_text(told["started_at"]),
        "fingerprint": None,
        "changes": changed,
        "code_version": told["code_version"],
        **{part: json.loads(told[part]) for part in ("inputs", "counts", "verdicts")},
    }
    about = {
        "run_id": told["run_id"],
        "file": name,
        "sha256": snapshots.sha256_of(path),
        "no": manifest.number(name),
    }
    size = path.stat().st_size
    return manifest.append(
        settings, chain, manifest.PUBLISH, told["finished_at"], **about, size=size, facts=facts
    )


def _put_aside(settings: Settings, path: Path) -> str:
    if not path.exists():
        return ""
    aside = snapshots.put_aside(settings, path)
    return phrase("put {file} aside as aside/{aside}", file=path.name, aside=aside.name)
