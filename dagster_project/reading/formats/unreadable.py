"""Why something in a file could not be read, with the place where it stands.

Readers raise it for a whole file and yield it as a ``Reject`` for a part of one. What does not belong
here: reading, and deciding what a reject means for the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..files import FIXED
from ..model import Reject


@dataclass
class Unreadable(Exception):
    """Something that cannot be read; ``reason`` is a sentence in Dutch for the person who must act, ``reason_en`` the same in English."""

    reason: str
    reason_en: str
    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    text: str = ""
    key: str | None = None  # the document.yml key that answers it, where one does

    def __str__(self) -> str:
        return self._told(self.reason, "pagina", "blad", "cel", "regel")

    def _told(self, reason: str, page: str, sheet: str, cell: str, line: str) -> str:
        """The reason after where it stands, in words: blad 'Reserves', cel D14."""
        parts = (
            self.page and f"{page} {self.page}",
            self.sheet and f"{sheet} '{self.sheet}'",
            self.cell and f"{cell} {self.cell}",
            self.line and not self.cell and f"{line} {self.line}",
        )
        place = ", ".join(part for part in parts if part)
        return f"{place}: {reason}" if place else reason

    def as_reject(self, path: str, kind: str = "reject") -> Reject:
        """The same as a record of the document: path is the file it was found in."""
        english = self._told(self.reason_en, "page", "sheet", "cell", "line")
        return Reject(path, self.line, str(self), self.text[:200], kind, self.key, english)


def beyond(reason: str, reason_en: str, **where: Any) -> Unreadable:
    """Something that is above a limit that no setting raises; the reasons name the limit, ``where`` as in ``Unreadable``."""
    return Unreadable(f"{reason}; {FIXED[0]}", f"{reason_en}; {FIXED[1]}", **where)


def note(path: str, reason: str, reason_en: str, line: int | None = None, text: str = "", **place) -> Reject:
    """Something that was read, or left out on purpose, and that a person should know."""
    return Unreadable(reason, reason_en, line=line, text=text, **place).as_reject(path, kind="note")


def raise_for_memory(error: BaseException | None) -> None:
    """Raise MemoryError where that is what an error of the parser hides: the limit is told, not a damaged file."""
    while error is not None:
        for hidden in (error, *error.args):
            if isinstance(hidden, MemoryError):
                raise MemoryError from None
        error = error.__cause__ or error.__context__
