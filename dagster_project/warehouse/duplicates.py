"""Documents that claim to be one another. Only one of them may be published, or its figures count twice.

Pure: from what was landed to what may be published and why the rest may not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagster_project.reading.model import Reject
from dagster_project.warehouse.landing import DUPLICATE, READ, Landed
from dagster_project.warehouse.scan import DESCRIPTION, Stray


def without_duplicates(landed: Sequence[Landed]) -> tuple[tuple[Landed, ...], dict[str, Reject]]:
    """The documents with every further claimant marked DUPLICATE, and the reject of each of those.

    Two documents claim to be the same when their content is the same, or when gemeente, titel, onderdeel,
    soort, jaar and vorm are and neither of them says ``zelfde_als``. The first by name is published.
    """
    by_content: dict[str, str] = {}
    by_identity: dict[str, Landed] = {}
    decided: list[Landed] = []
    rejects: dict[str, Reject] = {}
    for document in sorted(landed, key=lambda d: d.document_id):
        name = document.document_id
        if document.state != READ or document.identity is None:
            decided.append(document)
        elif document.sha256 in by_content:
            other = by_content[document.sha256]
            same = "zij bevatten dezelfde bestanden, byte voor byte"
            same_en = "they hold the same files, byte for byte"
            rejects[name] = _reject(name, other, same, same_en, "")
        elif _is_claimed_by(by_identity.get(document.identity), document):
            other = by_identity[document.identity].document_id
            same = "gemeente, titel, onderdeel, soort, jaar en vorm zijn gelijk"
            same_en = "gemeente, titel, onderdeel, soort, jaar and vorm are the same"
            rejects[name] = _reject(name, other, same, same_en, document.identity)
        else:
            by_content[document.sha256] = name
            by_identity.setdefault(document.identity, document)
            decided.append(document)
        if name in rejects:
            decided.append(replace(document, state=DUPLICATE))
    return tuple(decided), rejects


def dangling(published: Sequence[Landed]) -> dict[str, Reject]:
    """A question for each document whose ``zelfde_als`` names itself or a document that is not published."""
    names = {d.document_id for d in published if d.state == READ}
    return {
        d.document_id: _names_itself(d) if d.zelfde_als == d.document_id else _names_an_absent_one(d)
        for d in published
        if d.state == READ and d.zelfde_als and (d.zelfde_als == d.document_id or d.zelfde_als not in names)
    }


def stray_reject(stray: Stray) -> Reject:
    """Something under raw/ that is no document, as a reject."""
    reason, reason_en = (f"{stray.document_id} {said}" for said in (stray.reason, stray.reason_en))
    return Reject("", None, reason, reason_en=reason_en)


def _names_itself(document: Landed) -> Reject:
    reason, reason_en = "zelfde_als noemt het document zelf", "zelfde_als names the document itself"
    return Reject(DESCRIPTION, None, reason, document.zelfde_als or "", "question", "zelfde_als", reason_en)


def _names_an_absent_one(document: Landed) -> Reject:
    named = document.zelfde_als
    reason = f"zelfde_als noemt {named}, en dat is geen gepubliceerd document"
    reason_en = f"zelfde_als names {named}, which is not among the published documents"
    return Reject(DESCRIPTION, None, reason, named or "", "question", "zelfde_als", reason_en)


def _is_claimed_by(earlier: Landed | None, document: Landed) -> bool:
    return earlier is not None and not document.zelfde_als and earlier.zelfde_als != document.document_id


def _reject(name: str, other: str, same: str, same_en: str, text: str) -> Reject:
    return Reject(
        DESCRIPTION,
        None,
        f"{name} en {other} zeggen hetzelfde document te zijn: {same}; {other} is gepubliceerd. "
        "Verwijder er een, of zet zelfde_als in zijn document.yml",
        text,
        reason_en=f"{name} and {other} claim to be the same document: {same_en}; {other} is published. "
        "Remove one, or say zelfde_als in its document.yml",
    )
