"""Which files of a document are read, and which are refused before a byte of them is: one answer for everyone.

A link that leads out of the document's folder would publish whatever it leads to; a pipe never ends. Light:
a night on which nothing changed asks this of every file.

What does not belong here: what is in a file.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

PASSED_OVER = (".", "~$")  # hidden files, lock files of office programs
LARGEST_FILE = 500_000_000  # bytes; more is no extract of one document
_LOOKS_ESCAPED = re.compile(r"\\x[0-9a-f]{2}")


# What is said of a limit that no setting raises.
FIXED = ("deze grens ligt vast: splits het bestand", "this limit is fixed: split the file")


class Refused(Exception):
    """A file that is not read, whatever is in it. Both reasons continue a sentence that begins with its name."""

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason, self.reason_en = reason, reason_en


def readable(name: str) -> str:
    """A file name as text, different for every name: bytes that are no UTF-8 are shown as ``\\xNN``.

    A name in which a person wrote such a mark has its backslashes doubled, or it would be taken for the other.
    """
    raw = os.fsencode(name.replace(os.sep, "/"))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return raw.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return text.replace("\\", "\\\\") if _LOOKS_ESCAPED.search(text) else text


def check(path: Path | str, inside: Path) -> None:
    """Raise ``Refused`` unless ``path`` is an ordinary file of ``inside``, a resolved folder.

    Raises OSError where it cannot be looked at.
    """
    if stat.S_ISLNK(os.lstat(path).st_mode):
        if not Path(path).resolve().is_relative_to(inside):
            raise Refused(
                "verwijzing naar buiten de map van het document; niet gelezen",
                "link that leads out of the document's folder; not read",
            )
        if not Path(path).exists():
            raise Refused("verwijzing naar iets dat er niet is", "link to something that is not there")
    found = Path(path).stat()
    if not stat.S_ISREG(found.st_mode):
        raise Refused("geen gewoon bestand; niet gelezen", "no ordinary file; not read")
    if found.st_size > LARGEST_FILE:
        raise Refused(
            f"groter dan {LARGEST_FILE:_} bytes; niet gelezen; {FIXED[0]}".replace("_", "."),
            f"larger than {LARGEST_FILE:,} bytes; not read; {FIXED[1]}",
        )


def read_bytes(path: Path, inside: Path) -> bytes:
    """The content of a file of ``inside``. Raises ``Refused`` or OSError."""
    check(path, inside)
    with open(path, "rb", opener=without_waiting) as file:
        return file.read()


def without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
