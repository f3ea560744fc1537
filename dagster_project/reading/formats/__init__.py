"""Every format ends in the same fragments: bytes in, lines of prose and grids of text out.

``read`` looks at the content of a file, never only at its extension, and hands it to the reader of
that format. A reader is a function ``(data: bytes, name: str) -> iterable of Prose | Grid | Reject``
in document order. Nothing is fetched, nothing is executed, and what cannot be read is told.

What does not belong here: what a table means. That starts where the grid ends and is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..model import Fragment, Grid, Notation, Passage, Prose, Reject
from . import csv, html, notation, pdf, sniff, text, xlsx
from .spans import said_once
from .unreadable import Unreadable, note

Reader = Callable[[bytes, str], Iterable[Fragment | Reject]]

READERS: dict[str, Reader] = {
    "html": html.read,
    "mhtml": html.read_archive,
    "pdf": pdf.read,
    "xlsx": xlsx.read,
    "csv": csv.read,
    "text": text.read,
}

__all__ = ["READERS", "Reader", "Reading", "Unreadable", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its format by content, its fragments in order, and what could not be read."""

    format: str | None  # a key of READERS, None where the content is of no format that is read
    fragments: tuple[Fragment, ...]
    rejects: tuple[Reject, ...]
    notation: Notation = "nl"  # how its numbers are printed; every grid says the same


def read(data: bytes, name: str, answer: str | None = None) -> Reading:
    """Read one file by its content.

    ``name`` is the path relative to the document's folder; it is used for messages and for its
    extension, which only decides what the content leaves open. ``answer`` says which notation its
    numbers have (``nl``, ``en``) where a person was asked. Never raises ``Unreadable``: what
    cannot be read comes back as rejects, together with everything that was read before it.
    """
    fragments: list[Fragment] = []
    rejects: list[Reject] = []
    found = None
    try:
        found = sniff.format_of(data, name)
        if (said := sniff.said_by_extension(name)) and said != found:
            reason = f"de extensie zegt {said}, de inhoud is {found}; gelezen als {found}"
            reason_en = f"the extension says {said}, the content is {found}; read as {found}"
            rejects.append(note(name, reason, reason_en))
        for seen in READERS[found](data, name):
            if isinstance(seen, Grid):
                fragments.append(replace(seen, rows=tuple(map(said_once, seen.rows))))
            elif isinstance(seen, Prose | Passage):
                fragments.append(seen)
            else:
                rejects.append(seen)
    except Unreadable as error:
        rejects.append(error.as_reject(name))
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        # A file that no test foresaw: what was read before it stands, and the rest is told.
        what = f"{type(error).__name__}: {error}"
        rejects.append(
            Unreadable(f"de rest is niet te lezen ({what})", f"the rest cannot be read ({what})").as_reject(
                name
            )
        )
    said, question = notation.decided([f for f in fragments if isinstance(f, Grid)], name, answer)
    if question:
        rejects.append(question)
    if said != "nl":
        fragments = [replace(f, notation=said) if isinstance(f, Grid) else f for f in fragments]
    return Reading(found, tuple(fragments), tuple(rejects), said)
