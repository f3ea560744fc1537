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
    """Changes with whatever can change how a document is read or what it claims, so that it is read again."""
    return _hash(reader_files())


@cache
def code_version() -> str:
    """Changes with whatever can change what is published: all of the above, the proof, dbt, expectations, reports."""
    return _hash(code_files())


def reader_files() -> list[Path]:
    """What decides how documents are read: readers, claims, landing schema, libraries. Not what judges them afterwards."""
    return [
        *_sources(_PACKAGE / "reading"),
        *_sources(_PACKAGE / "claims"),
        *(_PACKAGE / name for name in ("judgement.py", "number_text.py")),
        *(_PACKAGE / "warehouse" / name for name in ("landing.py", "records.py", "schema.py")),
        PROJECT / "requirements.lock",
    ]


def code_files() -> list[Path]:
    """What decides what is published: everything but the benchmarks."""
    folders = (_PACKAGE, PROJECT / "dbt", PROJECT / "expectations")
    files = (file for folder in folders for file in _sources(folder))
    return [*(f for f in files if _PACKAGE / "bench" not in f.parents), PROJECT / "requirements.lock"]


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
