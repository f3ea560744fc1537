"""Whether a refresh would make what is published already. Imports nothing heavy: it runs every night.

What does not belong here: anything about single documents; this is all or nothing.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from zoneinfo import ZoneInfo

from dagster_project.settings import Settings
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.scan import Scan
from dagster_project.warehouse.versions import code_version

# Municipal law: the budget is due before 15 November, the accounts before 15 July. What should be there and
# is not, is a finding, so a result is good until the next of these days.
DEADLINES = ((7, 15), (11, 15))


def calendar_state(now: datetime, timezone: str) -> str:
    """Which of the year's deadlines have passed; ``now`` in UTC without zone. Changes when findings may."""
    here = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(timezone))
    passed = sum((here.month, here.day) >= deadline for deadline in DEADLINES)
    return f"{here.year}.{passed}"


def fingerprint(settings: Settings, scan: Scan, now: datetime) -> str:
    """A hash over all that a published state depends on: extracts, code, calendar, thresholds."""
    parts = [
        scan.sha256,
        code_version(),
        calendar_state(now, settings.timezone),
        str(settings.notify_above_eur),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def published_already(settings: Settings, fingerprint: str) -> ManifestEntry | None:
    """The newest publication, if it has this fingerprint, what is live is as it was published and no limit that a document
    ran into is above what it was then; else None.

    Hashes the live file and the newest: an altered file must not stay live because nothing else changed.

    After a rollback the newest publication is not the live one: what a person put back stays until the
    extracts or the code change.
    """
    entries = manifest.read(settings)
    live, newest = manifest.live(entries), manifest.newest(entries)
    if live is None or newest is None or newest.facts["fingerprint"] != fingerprint:
        return None
    if any(map(settings.gives_more, newest.facts.get("bounds", ()))):
        return None
    is_complete = (
        snapshots.is_live(settings, live)
        and all(snapshots.is_intact(settings, e) for e in {e.file: e for e in (live, newest)}.values())
        and (settings.reports / "latest" / "index.html").exists()
    )
    return newest if is_complete else None
