"""What a full disk or a folder without rights looks like in the errors of many libraries, in plain words.

What does not belong here: what is done about it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator

from dagster_project.language import phrase

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = (
    "no space left",
    "disk is full",
    "disk i/o error",
    "disk quota",
    "file too large",
    "out of disk",
)
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_CLOSED_WORDS = ("read-only file system", "readonly database", "permission denied")


def trouble(error: BaseException) -> str | None:
    """A sentence when ``error`` or what caused it is a full disk or a folder that may not be written."""
    for cause in causes(error):
        text, number = str(cause), getattr(cause, "errno", None)
        first = text.splitlines()[0] if text else type(cause).__name__
        if number in _FULL or any(words in text.lower() for words in _FULL_WORDS):
            return phrase("the disk is full: {why}", why=first)
        if number in _CLOSED or any(words in text.lower() for words in _CLOSED_WORDS):
            return phrase("the warehouse folder cannot be written: {why}", why=first)
    return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it came of, each once."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
