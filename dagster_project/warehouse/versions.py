"""Which code made a result: hashes over source files, so that no one has to remember to raise a number.

What does not belong here: versions of data. Those are hashes of the extracts, see ``scan``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dagster_project.settings import PROJECT

_PACKAGE = Path(__file__).resolve().parent.parent
_GENERATED = {"target", "logs", "dbt_packages", "__pycache__"}


@cache
def reader_version() -> str:
    """Changes with whatever can change how a document is read: readers, rules, landing schema, libraries."""
    return _hash(
        [
            *_sources(_PACKAGE / "reading"),
            *_sources(_PACKAGE / "ingest"),
            *_sources(_PACKAGE / "consistency"),
            *(_PACKAGE / "warehouse" / name for name in ("landing.py", "records.py", "schema.py")),
            PROJECT / "requirements.lock",
        ]
    )


@cache
def code_version() -> str:
    """Changes with whatever can change what is published: all of the above, dbt, expectations, reports."""
    folders = (_PACKAGE, PROJECT / "dbt", PROJECT / "expectations")
    return _hash([*(f for folder in folders for f in _sources(folder)), PROJECT / "requirements.lock"])


def _sources(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and not _GENERATED & set(inside) and not any(p.startswith(".") for p in inside):
            yield path


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        if path.exists():
            digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
