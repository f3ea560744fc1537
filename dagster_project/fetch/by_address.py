"""Documents by address: fetched once to be added, and looked at again for what changed.

A changed page is put in the place of the old one and the next refresh publishes it as a new state. It is refused,
and the old one stays, where it is of another kind, where nothing can be read in it, or where a person changed the
file that stands there. What does not belong here: limits and errors of the web (``web``).
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from dagster_project.fetch import origin as origins
from dagster_project.fetch.origin import Origin
from dagster_project.fetch.web import NOT_MODIFIED, Answer, Client, NotFetched
from dagster_project.language import Written
from dagster_project.reading.add import slug
from dagster_project.reading.documents import read_document
from dagster_project.reading.formats import sniff
from dagster_project.reading.formats.unreadable import Unreadable
from dagster_project.settings import Settings
from dagster_project.warehouse.workers import Failure, in_processes

WELCOME = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "application/pdf",
        "application/x-pdf",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel",  # many servers say it of CSV and of xlsx: the content decides
        "text/csv",
        "text/plain",
        "text/markdown",
        "multipart/related",
        "message/rfc822",
        "application/octet-stream",
        "binary/octet-stream",
    }
)
_FORMATS_OF = {  # what a content type promises; the others leave it open
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
_EXTENSIONS = {"html": "html", "mhtml": "mhtml", "pdf": "pdf", "xlsx": "xlsx", "csv": "csv", "text": "txt"}
_LANGUAGE = {"Accept-Language": "nl"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that was fetched: its file, under a name of its own, and its record."""

    path: Path
    origin: Origin


def is_address(source: str) -> bool:
    """Whether what a person typed is an address (of whatever scheme) and no file."""
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()


def fetch(client: Client, address: str, into: Path) -> Fetched:
    """Fetch the document at ``address`` into the folder ``into``. Raises ``NotFetched``."""

    def kept(answer: Answer) -> Fetched:
        format_found = _format_of(answer)
        path = into / f"{_stem(address)}.{_EXTENSIONS[format_found]}"
        answer.path.replace(path)
        return Fetched(
            path,
            Origin(
                kind="document",
                address=address,
                file=path.name,
                sha256=answer.sha256,
                bytes=answer.bytes,
                fetched_at=answer.at,
                looked_at=answer.at,
                content_type=answer.content_type,
                etag=answer.etag,
                last_modified=answer.last_modified,
                via=answer.via,
            ),
        )

    return client.fetch(address, into / ".part", headers=_LANGUAGE, welcome=WELCOME, then=kept)


def look_again(client: Client, folder: Path, origin: Origin, settings: Settings) -> Origin:
    """The record after looking at the address of a document again; the file is another where it changed.

    ``settings`` say how long reading what changed may take, and how much memory. Raises ``NotFetched`` where there is nothing to
    keep; then everything is as it was.
    """
    file = folder / origin.file
    if not origins.is_as_fetched(folder, origin):
        raise NotFetched(
            origin.address,
            Written(
                "{file} is not what was fetched: a person changed it, and it is left alone (remove {record} beside it to stop looking, or add the address again)",
                file=file,
                record=origins.RECORD,
            ),
        )
    with tempfile.TemporaryDirectory(prefix=".", dir=folder) as made:
        new = Path(made) / "new"
        answer = client.fetch(
            origin.address,
            new,
            headers=_LANGUAGE | _as_before(origin),
            welcome=WELCOME,
            then=lambda answer: answer,
        )
        if answer.status == NOT_MODIFIED:
            return replace(origin, looked_at=answer.at)
        seen = replace(
            origin,
            looked_at=answer.at,
            content_type=answer.content_type,
            etag=answer.etag,
            last_modified=answer.last_modified,
            via=answer.via,
        )
        if answer.sha256 == origins.sha256_of(file):
            return replace(seen, sha256=answer.sha256, bytes=answer.bytes, replacing="")
        _refuse_what_is_no_successor(folder, origin, answer, settings)
        origins.write(folder, replace(origin, replacing=answer.sha256))
        origins.keep_earlier(folder, origin.file)
        origins.put(file, new.read_bytes())
        origins.date_description(folder, answer.at)
    return replace(seen, sha256=answer.sha256, bytes=answer.bytes, fetched_at=answer.at, replacing="")


def _as_before(origin: Origin) -> dict[str, str]:
    """Ask for the page only where it is another than the one that is here."""
    if origin.replacing:  # what is here is not known: a look was broken off
        return {}
    if origin.etag:
        return {"If-None-Match": origin.etag}
    return {"If-Modified-Since": origin.last_modified} if origin.last_modified else {}


def _format_of(answer: Answer) -> str:
    """The format of what came, by its content. Raises ``NotFetched`` where it is none that is read, or not the one
    that the server says."""
    data = answer.path.read_bytes()
    here = (answer.via or (answer.address,))[-1]
    try:
        found = sniff.format_of(data, PurePosixPath(urlsplit(here).path).name)
    except Unreadable as error:
        told = Written.in_both(error.reason, error.reason_en)
        raise NotFetched(here, told, status=answer.status) from error
    promised = _FORMATS_OF.get(answer.content_type, found)
    if found != promised and not (promised == "html" and found == "mhtml"):
        raise NotFetched(
            here,
            Written("is said to be {promised} and is {found}", promised=answer.content_type, found=found),
            status=answer.status,
            text=data[:4000].decode("utf-8", "replace") if found in ("html", "text", "csv") else "",
        )
    return found


def _refuse_what_is_no_successor(folder: Path, origin: Origin, answer: Answer, settings: Settings) -> None:
    """Raise ``NotFetched`` where what came cannot be the same document in a later state."""
    found = _format_of(answer)
    before = sniff.format_of((folder / origin.file).read_bytes(), origin.file)
    if found != before:
        raise NotFetched(
            origin.address,
            Written("is {found} now and was {before}; what is here is kept", found=found, before=before),
            status=answer.status,
        )
    with tempfile.TemporaryDirectory(prefix=".", dir=folder) as tried:
        for name in (origins.DESCRIPTION, origin.file):
            shutil.copyfile(answer.path if name == origin.file else folder / name, Path(tried) / name)
        ((_, holds_something),) = in_processes(
            _holds_something,
            [Path(tried)],
            1,
            lambda _: settings.seconds_to_read(answer.bytes),
            settings.read_memory_mb,
        )
    if isinstance(holds_something, Failure):
        raise NotFetched(
            origin.address,
            Written(
                "the reader {reason}; what is here is kept",
                reason=Written.in_both(holds_something.reason, holds_something.reason_en),
            ),
            status=answer.status,
        )
    if not holds_something:
        raise NotFetched(
            origin.address,
            Written("holds no table any more; what is here is kept"),
            status=answer.status,
            text=answer.path.read_bytes()[:4000].decode("utf-8", "replace")
            if found in ("html", "text")
            else "",
        )


def _holds_something(folder: Path) -> bool:
    """Whether a document's folder is read to anything at all."""
    document = read_document(folder)
    return bool(document.tables or document.prestaties or document.records)


def _stem(address: str) -> str:
    """A name for the file by the last step of its address."""
    parts = urlsplit(address)
    last = PurePosixPath(unquote(parts.path)).name
    stem = last.rpartition(".")[0] if sniff.said_by_extension(last) else last
    return slug(stem) or slug(parts.hostname) or "document"
