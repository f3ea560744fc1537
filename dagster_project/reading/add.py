"""A file or folder that somebody has, made into the folder of a document under raw/.

Names the folder, copies what is read, writes document.yml. The folder appears whole or not at all. What
does not belong here: asking a person (``reports.adding``), and showing what was read (``reports.preview``).
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import yaml

from dagster_project.reading.formats.unreadable import Unreadable

from .description import DESCRIPTION, describe
from .files import LARGEST_FILE, PASSED_OVER
from .formats import sniff

VORMEN = {"html": "web", "mhtml": "web", "pdf": "pdf", "xlsx": "xlsx", "csv": "csv", "text": "web"}
REQUIRED = ("gemeente", "titel", "soort", "jaar", "vorm")
OPTIONAL = ("gemeentecode", "onderdeel", "versie", "eenheid", "zelfde_als", "url", "opgehaald")
_LONGEST = 100  # characters of a folder's name


class CannotAdd(Exception):
    """Why nothing was added, as a sentence for the person who asked for it, in Dutch and in English."""

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason, self.reason_en = reason, reason_en


def slug(*parts: object) -> str:
    """The name of a document's folder: lower case, no accents, words joined with hyphens.

    >>> slug("'s-Gravenhage", "Begroting", 2025, "Reserves & voorzieningen")
    's-gravenhage-begroting-2025-reserves-voorzieningen'
    """
    text = unicodedata.normalize("NFKD", " ".join(str(part) for part in parts if part))
    plain = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")


def name_of(description: Mapping[str, object]) -> str:
    """gemeente-titel-jaar[-onderdeel]; a year that the title ends in is not said twice."""
    title = re.sub(rf"\b{description['jaar']}\b", " ", str(description["titel"]))
    return slug(description["gemeente"], title, description["jaar"], description.get("onderdeel"))


def files_of(source: Path) -> list[Path]:
    """The files to copy: the file itself, or what a folder holds, without hidden files and document.yml.

    Raises ``CannotAdd`` where there is nothing, where a link leads out of the folder, or where a file is
    larger than any extract.
    """
    if source.is_file():
        found = [source]
    elif source.is_dir():
        found = sorted(path for path in source.rglob("*") if not path.is_dir() and _is_wanted(path, source))
    else:
        raise CannotAdd(
            f"{source}: er is geen bestand of map met die naam",
            f"{source}: there is no file or folder of that name",
        )
    if not found:
        raise CannotAdd(f"{source}: de map bevat geen bestanden", f"{source}: the folder holds no files")
    for path in found:
        if source.is_dir() and not path.resolve().is_relative_to(source.resolve()):
            raise CannotAdd(
                f"{path}: verwijzing naar buiten de map; niet overgenomen",
                f"{path}: link that leads out of the folder; not taken over",
            )
        if not path.is_file():
            raise CannotAdd(f"{path}: geen gewoon bestand", f"{path}: no ordinary file")
        if path.stat().st_size > LARGEST_FILE:
            most = LARGEST_FILE // 1_000_000
            raise CannotAdd(f"{path}: groter dan {most} MB", f"{path}: larger than {most} MB")
    return found


def _is_wanted(path: Path, source: Path) -> bool:
    parts = path.relative_to(source).parts
    return path.name != DESCRIPTION and not any(part.startswith(PASSED_OVER) for part in parts)


def vorm_of(source: Path) -> str | None:
    """How a document was published, by the content of its first file that is of a known format."""
    for path in files_of(source):
        try:
            return VORMEN[sniff.format_of(path.read_bytes(), path.name)]
        except Unreadable:
            continue
    return None


def description_of(given: Mapping[str, object]) -> dict[str, object]:
    """The keys of document.yml that were given, in their order, checked as the reader checks them.

    Raises ``CannotAdd`` naming the key that is missing or wrong.
    """
    kept: dict[str, object] = {
        key: given[key] for key in (*REQUIRED, *OPTIONAL) if given.get(key) is not None
    }
    kept.setdefault("gemeentecode", None)
    _, rejects = describe(_as_yaml(kept))
    if rejects:
        raise CannotAdd("; ".join(r.reason for r in rejects), "; ".join(r.reason_en for r in rejects))
    return kept


def _as_yaml(description: Mapping[str, object]) -> bytes:
    return yaml.safe_dump(dict(description), allow_unicode=True, sort_keys=False).encode()


def make_folder(
    source: Path,
    into: Path,
    name: str,
    description: Mapping[str, object],
    beside: Mapping[str, bytes] | None = None,
) -> Path:
    """Copy a file or folder into ``into/name`` with its document.yml, and give that folder.

    ``beside``: further files by name, of ours. Contents are copied, links and permissions are not. Raises ``CannotAdd`` where the folder exists.
    """
    target = into / name
    if target.exists():
        raise CannotAdd(
            f"{target}: bestaat al; geef het document een onderdeel of haal de map weg",
            f"{target}: exists; give the document an onderdeel or remove the folder",
        )
    into.mkdir(parents=True, exist_ok=True)
    base = source if source.is_dir() else source.parent
    with tempfile.TemporaryDirectory(prefix=".", dir=into) as made:
        folder = Path(made) / name
        for path in files_of(source):
            copy = folder / path.relative_to(base)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        folder.mkdir(exist_ok=True)
        for file, data in {DESCRIPTION: _as_yaml(description), **(beside or {})}.items():
            (folder / file).write_bytes(data)
        folder.rename(target)
    return target
