"""DuckDB files, opened so that this process keeps to what it may take however large they are.

Left alone DuckDB takes four fifths of the machine, and keeps what it has read of a file for as long as the file is
open: memory would grow with the number of documents in every step. Here each file is opened under the limit of the
refresh; what does not fit waits on disk, beside the file.

What does not belong here: what is asked of a file, and the memory of readers (``workers``).
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dagster_project.settings import Settings

if TYPE_CHECKING:
    import duckdb

IN_MEMORY = ":memory:"
# What DuckDB may take where no refresh has said otherwise. It is of the whole process, as its memory is.
_memory_mb: int = cast("int", Settings.__dataclass_fields__["build_memory_mb"].default)


def connect(
    file: Path | str = IN_MEMORY, *, read_only: bool = False, config: Mapping[str, Any] | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection to a DuckDB file under the limit. ``config``: what DuckDB must know before it opens the file.

    Raises duckdb.Error as DuckDB does.
    """
    import duckdb

    connection = duckdb.connect(str(file), read_only=read_only, config=dict(config or {}))
    connection.execute(f"set memory_limit = '{_memory_mb}MB'")
    if read_only and str(file) != IN_MEMORY:  # two processes that read one file keep apart what waits on disk
        spill = Path(file).with_name(f".{Path(file).name}.{os.getpid()}.tmp")
        connection.execute("set temp_directory = '{}'".format(str(spill).replace("'", "''")))
    return connection


def memory_mb() -> int:
    """What DuckDB may take in this process now."""
    return _memory_mb


@contextmanager
def within(megabytes: int) -> Iterator[None]:
    """Open files under this limit from here on."""
    global _memory_mb
    before, _memory_mb = _memory_mb, megabytes
    try:
        yield
    finally:
        _memory_mb = before


def let_go() -> None:
    """Give the system back what a step has freed: the next one has other needs. Not every system can; then nothing."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # not the C library of GNU
        return None
