"""What a machine that ran out of memory or disk, or a folder without rights, looks like in the errors of many libraries, in plain words.

What does not belong here: what is done about it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator

from dagster_project.language import phrase
from dagster_project.warehouse.bounded import memory_mb

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = (
    "no space left",
    "disk is full",
    "disk i/o error",
    "disk quota",
    "file too large",
    "out of disk",
    "max_temp_directory_size",  # what DuckDB found free on the disk when it began
)
_OUT_OF_MEMORY_WORDS = ("out of memory", "cannot allocate memory", "bad_alloc")
_BESIDE_DUCKDB_MB = 600  # that a process of a refresh takes for everything else
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_CLOSED_WORDS = ("read-only file system", "readonly database", "permission denied")


def trouble(error: BaseException) -> str | None:
    """A sentence when ``error`` or what caused it is a machine that ran out, or a folder that may not be written."""
    if told := ran_out(error):
        return told
    for cause in causes(error):
        if getattr(cause, "errno", None) in _CLOSED or _line_with(cause, _CLOSED_WORDS):
            return phrase("the warehouse folder cannot be written: {why}", why=_first_line(cause))
    return None


def ran_out(error: BaseException) -> str | None:
    """A sentence when ``error`` or what caused it is that memory or disk ran out; where it was a limit, which and how to raise it."""
    for cause in causes(error):
        if getattr(cause, "errno", None) in _FULL:
            return phrase("the disk is full: {why}", why=_first_line(cause))
        if why := _line_with(cause, _FULL_WORDS):
            return phrase("the disk is full: {why}", why=why)
        if why := _line_with(cause, _OUT_OF_MEMORY_WORDS):
            limit = memory_mb()
            return phrase(
                "DuckDB ran out of the {limit} MB of memory that it may take (SLUITEND_BUILD_MEMORY_MB): {why}."
                " Give it more, as in SLUITEND_BUILD_MEMORY_MB={more}; a process takes some {beside} MB beside it",
                limit=limit,
                why=why.rstrip("."),
                more=2 * limit,
                beside=_BESIDE_DUCKDB_MB,
            )
        if isinstance(cause, MemoryError):
            return phrase("the machine has no memory left: {why}", why=_first_line(cause))
    return None


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _line_with(error: BaseException, words: Iterable[str]) -> str:
    """What an error says first, and the line of it in which one of these words stands; empty where none does."""
    lines = str(error).splitlines()
    found = next((line for line in lines if any(word in line.lower() for word in words)), "")
    return found if not found or found == lines[0] else f"{lines[0]}: {found.strip()}"


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it came of, each once."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
