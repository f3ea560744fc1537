"""Documents that claim to be one another. Only one of them may be published, or its figures count twice.

Pure: from what was landed to what may be published and why the rest may not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagster_project.ingest.model import Reject
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
            rejects[name] = _reject(name, other, "they hold the same files, byte for byte", "")
        elif _is_claimed_by(by_identity.get(document.identity), document):
            other = by_identity[document.identity].document_id
            same = "gemeente, titel, onderdeel, soort, jaar and vorm are the same"
            rejects[name] = _reject(name, other, same, document.identity)
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
        d.document_id: Reject(
            DESCRIPTION,
            None,
            "zelfde_als names the document itself"
            if d.zelfde_als == d.document_id
            else f"zelfde_als names {d.zelfde_als}, which is not among the published documents",
            d.zelfde_als,
            kind="question",
            key="zelfde_als",
        )
        for d in published
        if d.state == READ and d.zelfde_als and (d.zelfde_als == d.document_id or d.zelfde_als not in names)
    }


def stray_reject(stray: Stray) -> Reject:
    """Something under raw/ that is no document, as a reject."""
    return Reject("", None, f"{stray.document_id} {stray.reason}")


def _is_claimed_by(earlier: Landed | None, document: Landed) -> bool:
    return earlier is not None and not document.zelfde_als and earlier.zelfde_als != document.document_id


def _reject(name: str, other: str, same: str, text: str) -> Reject:
    reason = f"{name} and {other} claim to be the same document: {same}; {other} is published"
    return Reject(DESCRIPTION, None, f"{reason}. Remove one, or say zelfde_als in its document.yml", text)
