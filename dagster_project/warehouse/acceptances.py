"""Findings that a person has looked at and accepted: ``aanvaard.yml`` in the folder of a document.

    - finding: 3f2a...            the finding_id of the page
      fingerprint: 9c1d...        of the numbers at the time, also on the page: other numbers bring it back
      wie: Naam
      wanneer: 2026-03-01
      waarom: de toelichting noemt het verschil
      tot: 2027-01-01             the last day; may be left out

What is accepted is shown as accepted, never hidden. An entry that cannot be read is a reject. What does not
belong here: what a finding is (dbt).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project.reading.files import Refused, read_bytes
from dagster_project.reading.model import Reject
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.scan import FoundDocument

FILE = "aanvaard.yml"
_REQUIRED = ("finding", "fingerprint", "wie", "wanneer", "waarom")
_KNOWN = {*_REQUIRED, "tot"}


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One finding accepted: by whom, when, why, and until which day."""

    document_id: str
    finding_id: str
    fingerprint: str
    wie: str
    wanneer: date
    waarom: str
    tot: date | None


def read_acceptances(documents: Iterable[FoundDocument]) -> tuple[list[Acceptance], dict[str, list[Reject]]]:
    """Every acceptance beside these documents, and per document_id the entries that cannot be read."""
    accepted: list[Acceptance] = []
    rejects: dict[str, list[Reject]] = {}
    for document in documents:
        if any(i.path == FILE for i in document.inputs):
            for entry in _entries(document.folder):
                outcome = _acceptance(document.document_id, entry)
                if isinstance(outcome, Acceptance):
                    accepted.append(outcome)
                else:
                    rejects.setdefault(document.document_id, []).append(outcome)
    return accepted, rejects


def has_expired(accepted: Iterable[Acceptance], since: date, today: date) -> bool:
    """Whether a finding that was accepted on the day ``since`` is open again today."""
    return any(a.tot is not None and since <= a.tot < today for a in accepted)


def write_acceptances(build: Path, documents: Iterable[FoundDocument]) -> int:
    """Make landing.acceptances in the private build file, and reject what cannot be read. How many hold."""
    from dagster_project.warehouse.build import reject_further

    accepted, rejects = read_acceptances(documents)
    with connect(build) as connection:
        connection.execute(
            """
            create or replace table landing.acceptances (
                document_id varchar, finding_id varchar, fingerprint varchar, wie varchar, wanneer date,
                waarom varchar, tot date
            )
            """
        )
        for a in accepted:
            row = [a.document_id, a.finding_id, a.fingerprint, a.wie, a.wanneer, a.waarom, a.tot]
            connection.execute("insert into landing.acceptances values (?, ?, ?, ?, ?, ?, ?)", row)
        for document_id, reject in ((d, r) for d, found in rejects.items() for r in found):
            reject_further(connection, document_id, reject)
    return len(accepted)


def _entries(folder: Path) -> list[object]:
    from dagster_project.reading import strict_yaml

    try:
        found = strict_yaml.load(read_bytes(folder / FILE, folder.resolve()))
    except Refused:
        return []  # told with the files of the document
    except OSError as error:
        what = error.strerror
        return [Reject(FILE, None, f"is niet te lezen: {what}", reason_en=f"cannot be read: {what}")]
    except strict_yaml.NotYaml as error:
        reason, reason_en = f"is niet te lezen: {error.reason}", f"cannot be read: {error.reason_en}"
        return [Reject(FILE, error.line, reason, reason_en=reason_en)]
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _refused(entry: object, reason: str, reason_en: str) -> Reject:
    return Reject(FILE, None, reason, _as_written(entry)[:200], reason_en=reason_en)


def _as_written(entry: object) -> str:
    """An entry much as the file has it: ``finding: 3f2a, wanneer: 2026-03-01``."""
    if isinstance(entry, dict):
        return ", ".join(f"{name}: {_as_written(value)}" for name, value in entry.items())
    if isinstance(entry, list):
        return f"[{', '.join(_as_written(value) for value in entry)}]"
    return "" if entry is None else str(entry)


def _acceptance(document_id: str, entry: object) -> Acceptance | Reject:
    if isinstance(entry, Reject):
        return entry
    if not isinstance(entry, dict):
        return _refused(
            entry,
            "een aanvaarding is een lijstregel met finding, fingerprint, wie, wanneer en waarom",
            "an acceptance is a list entry with finding, fingerprint, wie, wanneer and waarom",
        )
    missing = [name for name in _REQUIRED if not entry.get(name)]
    unknown = sorted(str(name) for name in entry.keys() - _KNOWN)
    if missing or unknown:
        told = [f"mist {', '.join(missing)}"] * bool(missing)
        told += [f"heeft onbekende {', '.join(unknown)}"] * bool(unknown)
        told_en = [f"lacks {', '.join(missing)}"] * bool(missing)
        told_en += [f"has unknown {', '.join(unknown)}"] * bool(unknown)
        return _refused(
            entry, f"een aanvaarding {' en '.join(told)}", f"an acceptance {' and '.join(told_en)}"
        )
    days: dict[str, Any] = {
        name: entry.get(name) for name in ("wanneer", "tot") if entry.get(name) is not None
    }
    if not all(type(day) is date for day in days.values()):
        return _refused(
            entry,
            "wanneer en tot zijn dagen, geschreven als 2026-03-01",
            "wanneer and tot are days, written 2026-03-01",
        )
    return Acceptance(
        document_id=document_id,
        finding_id=str(entry["finding"]),
        fingerprint=str(entry["fingerprint"]),
        wie=str(entry["wie"]),
        wanneer=days["wanneer"],
        waarom=str(entry["waarom"]),
        tot=days.get("tot"),
    )
