"""Which folders under raw/ are sources of Iv3, and how each describes itself in its document.yml.

A source of Iv3 has ``soort: iv3``. Required beside it: titel, and bron (whom to name as the source). Optional:
licentie, url, opgehaald (the day it was fetched, which decides between two deliveries), toelichting.

What does not belong here: what stands in its files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dagster_project.reading import strict_yaml
from dagster_project.reading.files import Refused, read_bytes
from dagster_project.reading.model import Reject
from dagster_project.warehouse.scan import DESCRIPTION, FoundDocument, Scan

_KIND = re.compile(rb"""^soort:[ \t]*(['"]?)iv3\1[ \t\r]*(#.*)?$""", re.MULTILINE)
_REQUIRED = ("titel", "soort", "bron")
_OPTIONAL = ("licentie", "url", "opgehaald", "toelichting")


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """What document.yml says of a source; empty where it does not say it."""

    titel: str = ""
    bron: str = ""
    licentie: str = ""
    url: str = ""
    opgehaald: str = ""
    toelichting: str = ""


def divide(found: Scan) -> tuple[Scan, tuple[FoundDocument, ...]]:
    """The documents of a scan, and the sources of Iv3 among what it found. The answers and strays stay."""
    sources = tuple(f for f in found.documents if _is_iv3(f.folder / DESCRIPTION))
    ids = {source.document_id for source in sources}
    documents = tuple(f for f in found.documents if f.document_id not in ids)
    return replace(found, documents=documents), sources


def describe(source: FoundDocument) -> tuple[SourceDescription, list[Reject]]:
    """What document.yml says of a source, and what cannot be used of it. Never raises for what it holds."""
    try:
        given = strict_yaml.load((source.folder / DESCRIPTION).read_bytes())
    except strict_yaml.NotYaml as error:
        return SourceDescription(), [_reject(error.line, error.reason, error.reason_en)]
    except OSError as error:
        what = error.strerror or str(error)
        return SourceDescription(), [_reject(None, f"is niet te lezen: {what}", f"cannot be read: {what}")]
    if not isinstance(given, dict):
        return SourceDescription(), [_reject(1, "is geen beschrijving", "is no description")]
    told = [
        _reject(None, f"{name}: ontbreekt bij een bron van Iv3", f"{name}: is missing in a source of Iv3")
        for name in _REQUIRED
        if not str(given.get(name) or "").strip()
    ]
    told += [
        _reject(
            None, f"{name}: hoort niet bij een bron van Iv3", f"{name}: has no meaning in a source of Iv3"
        )
        for name in map(str, given)
        if name not in (*_REQUIRED, *_OPTIONAL)
    ]
    known = {name: str(given.get(name) or "").strip() for name in SourceDescription.__dataclass_fields__}
    if known["opgehaald"] and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", known["opgehaald"]):
        told.append(
            _reject(
                None,
                "opgehaald: is geen dag als 2026-11-27",
                "opgehaald: is no day as in 2026-11-27",
                known["opgehaald"],
            )
        )
        known["opgehaald"] = ""
    return SourceDescription(**known), told


def files_of(source: FoundDocument) -> Sequence[str]:
    """The files of a source that should hold figures, relative to its folder; texts about them are left out."""
    return [
        i.path
        for i in source.inputs
        if i.path != DESCRIPTION and not Path(i.path).name.lower().startswith(("readme", "licen"))
    ]


def _is_iv3(description: Path) -> bool:
    try:
        return _KIND.search(read_bytes(description, description.parent.resolve())) is not None
    except (OSError, Refused):  # read as a document, which tells why it is not
        return False


def _reject(line: int | None, reason: str, reason_en: str, text: str = "") -> Reject:
    return Reject(DESCRIPTION, line, reason, text, reason_en=reason_en)
