"""Documents -> Parquet, one file per document, named by a hash over what is in it and who read it.

A file that is there under the right name is never made again, so a night costs what changed. What one
document does to its reader (an exception, a crash, no end) becomes a reject of that document and touches
no other.

What does not belong here: how a document is understood (``reading``, ``claims``, ``proof``), and the database
(``build``).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.language import phrase
from dagster_project.reading.answers import LayoutAnswer
from dagster_project.reading.model import Document, Reject
from dagster_project.settings import NotPublished, Settings
from dagster_project.warehouse.records import Records, records
from dagster_project.warehouse.scan import DESCRIPTION, FoundDocument, Scan, look_at
from dagster_project.warehouse.schema import parquet_schema
from dagster_project.warehouse.versions import reader_version
from dagster_project.warehouse.workers import MEMORY, TIME, Failure, in_processes

if TYPE_CHECKING:
    import pyarrow as pa

Reader = Callable[[Path, str], Document]
Answers = Mapping[str, LayoutAnswer]  # by key of layout
Tasks = Callable[..., Iterator[tuple[FoundDocument, "Landed | Failure"]]]

READ = "read"  # has a description: is published unless it is a duplicate
REJECTED = "rejected"  # nothing to publish but its rejects
RETRY = "retry"  # could not be read for a reason that may pass: read again next time
ASIDE = "aside"  # was read, and made a later step fail
DUPLICATE = "duplicate"  # claims to be a document that is published already

_METADATA = b"sluitend"
_RECORDS_AT_ONCE = 10_000  # as Python objects they take ten times what they take in Arrow
# A process takes a second to begin, in which another reads so much; a document costs something by itself.
_BYTES_FOR_A_WORKER, _LIKE_BYTES = 1_000_000, 50_000
_SETTING_OF = {TIME: "read_timeout", MEMORY: "read_memory_mb"}
_IDENTITY = ("gemeente", "titel", "onderdeel", "soort", "jaar", "vorm")


@dataclass(frozen=True, slots=True)
class Landed:
    """One document under raw/ and what became of it."""

    document_id: str
    sha256: str  # of its content
    key: str  # names its Parquet file
    state: str  # READ | REJECTED | RETRY | DUPLICATE
    files: int
    bytes: int
    rejects: int = 0
    identity: str | None = None  # what it claims to be
    zelfde_als: str | None = None
    tried_key: str | None = None  # what was tried now and could not be read: this is its last good reading
    tried_sha256: str | None = None
    aside: str | None = None  # which later step what was tried now made fail, and how
    aside_path: str | None = None  # where in the document that is, when it is known
    aside_line: int | None = None
    layouts: str = ""  # keys of the layouts of its tables, apart by a blank: whose answers concern it
    bound: str = ""  # the setting and its value that reading it ran into, as in read_timeout=60

    @property
    def is_last_good(self) -> bool:
        """Whether this is not what stands under raw/ now, but what could be read last."""
        return self.tried_sha256 is not None


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a document that can be read is left out, and where in it that is, when it is known."""

    aside: str | None
    aside_path: str | None = None
    aside_line: int | None = None


NOT_ASIDE = Aside(None)


def parquet_path(settings: Settings, key: str) -> Path:
    """Where the document with this key is, or will be."""
    return settings.landing / f"{key}.parquet"


def key_of(found: FoundDocument, version: str, answered: str = "") -> str:
    """The name of what this reader makes of this document, with the answers that concern it (see ``answered``)."""
    text = f"{found.document_id}\0{found.sha256}\0{version}" + (f"\0{answered}" if answered else "")
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def answered(layouts: str, answers: Answers) -> str:
    """The answers about these layouts as one text; empty where there are none."""
    return "".join(f"{answers[key]!r}\n" for key in layouts.split() if key in answers)


def read_and_settle(folder: Path, document_id: str, answers: Answers) -> Document:
    """Read one document and let its own numbers settle its conventions and derive its rules."""
    from dagster_project.claims.derivation import with_sums
    from dagster_project.reading.documents import read_document

    return with_sums(read_document(folder, document_id, answers))


def land(
    settings: Settings,
    scan: Scan,
    previous: Mapping[str, Landed],
    *,
    full: bool = False,
    answers: Answers | None = None,
    reader: Reader | None = None,
    tasks: Tasks = in_processes,
    on_start: Callable[[int], None] = lambda total: None,
    on_document: Callable[[Landed], None] = lambda landed: None,
) -> tuple[Landed, ...]:
    """Have every document of ``scan`` on disk as Parquet, or in the last published file unchanged.

    ``previous`` says what the last published file holds. ``full`` reads everything again. ``answers`` are those of
    persons about layouts of tables: one that changed makes the documents that have its layout read again. ``on_start`` is
    told how many documents will be read, ``on_document`` each one that was. Returned in order of
    document_id; duplicates are still marked READ. ``tasks`` runs the reading, by default in processes.
    Raises ``NotPublished`` when raw/ itself vanished on the way: what was published is better than nothing.
    """
    version, answers = reader_version(), answers or {}
    reader = reader or partial(read_and_settle, answers=answers)
    done: dict[str, Landed] = {}
    to_read: list[FoundDocument] = []
    for found in scan.documents:
        known = None if full else _known(settings, found, version, previous, answers)
        if known is None:
            to_read.append(found)
        else:
            done[found.document_id] = known
    on_start(len(to_read))
    for landed in _read(settings, to_read, version, answers, reader, tasks):
        done[landed.document_id] = landed
        on_document(landed)
    if any(landed.state == RETRY for landed in done.values()) and not _has_anything(settings.raw):
        raise NotPublished(phrase("{raw}: the extracts vanished while they were read", raw=settings.raw))
    return tuple(done[d] for d in sorted(done))


def _has_anything(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def _known(
    settings: Settings, found: FoundDocument, version: str, previous: Mapping[str, Landed], answers: Answers
) -> Landed | None:
    """What is published or on disk of a document, if it was made with the answers of today."""
    before = previous.get(found.document_id)
    if before is not None and before.state == READ and _is_current(before, found, version, answers):
        return without_tried(before)
    first = _on_disk(settings, key_of(found, version))
    candidates = [before.layouts] if before is not None else []
    for layouts in [*candidates, *([first.layouts] if first is not None else [])]:
        landed = _on_disk(settings, key_of(found, version, answered(layouts, answers)))
        if landed is not None and landed.state != RETRY and _is_current(landed, found, version, answers):
            return None if settings.gives_more(landed.bound) else landed
    return None


def _is_current(landed: Landed, found: FoundDocument, version: str, answers: Answers) -> bool:
    return landed.key == key_of(found, version, answered(landed.layouts, answers))


def _on_disk(settings: Settings, key: str) -> Landed | None:
    path = parquet_path(settings, key)
    try:
        return read_landed(path) if path.exists() else None
    except (OSError, ValueError):  # cut off by a power failure
        return None


def _read(
    settings: Settings,
    to_read: list[FoundDocument],
    version: str,
    answers: Answers,
    reader: Reader,
    tasks: Tasks,
) -> Iterator[Landed]:
    task = partial(
        read_one,
        folder=settings.landing,
        version=version,
        reader=reader,
        answers=answers,
    )
    work = len(to_read) * _LIKE_BYTES + sum(found.bytes for found in to_read)
    workers = min(settings.workers, 1 + work // _BYTES_FOR_A_WORKER)
    for found, outcome in tasks(
        task, to_read, workers, lambda each: settings.seconds_to_read(each.bytes), settings.read_memory_mb
    ):
        if isinstance(outcome, Failure):
            outcome = write(*_given_up(settings, found, outcome, version))
        yield outcome


def _given_up(settings: Settings, found: FoundDocument, failure: Failure, version: str) -> tuple:
    """What to write of a document whose reader gave nothing. One that ran into a limit is remembered as such."""
    reason, reason_en = f"de lezer {failure.reason}", f"the reader {failure.reason_en}"
    state, bound = RETRY, ""
    if failure.limit:
        name = _SETTING_OF[failure.limit]
        value = getattr(settings, name)
        state, bound = REJECTED, f"{name}={value}"
        reason += f"; het wordt pas weer gelezen als SLUITEND_{name.upper()} (nu {value}) meer geeft"
        reason_en += f"; it is read again when SLUITEND_{name.upper()} (now {value}) gives more"
    reject = Reject(DESCRIPTION, None, reason, failure.detail, reason_en=reason_en)
    return failed(found, reject), settings.landing, found, version, state, None, bound


def read_one(
    found: FoundDocument, folder: Path, version: str, reader: Reader, answers: Answers | None = None
) -> Landed:
    """Read one document and write its Parquet file into ``folder``.

    Never raises for anything a document can do, but MemoryError where it does not fit.

    The document is hashed again after reading: what changed under the reader is read once more, and
    rejected when it changed again.
    """
    state = RETRY
    for _ in range(2):
        try:
            document = reader(found.folder, found.document_id)
            state = READ if document.meta else REJECTED
        except OSError as error:
            document = failed(found, _unreadable(error, is_there=found.folder.exists()))
        except MemoryError:
            raise
        except Exception as error:
            state = REJECTED
            document = failed(found, _of_the_reader(error))
        try:
            now = look_at(found.document_id, found.folder)
        except OSError:
            return write(document, folder, found, version, RETRY, answers)
        if now.sha256 == found.sha256:
            return write(document, folder, found, version, state, answers)
        found = now
    changing = Reject(
        DESCRIPTION,
        None,
        "veranderde terwijl het werd gelezen, en nog eens toen het opnieuw werd gelezen",
        reason_en="changed while it was read, and again when it was read once more",
    )
    return write(failed(found, changing), folder, found, version, RETRY)


def failed(found: FoundDocument, reject: Reject) -> Document:
    """A document of which nothing is known but why."""
    return Document(found.document_id, {}, found.sha256, rejects=(reject,))


def write(
    document: Document,
    folder: Path,
    found: FoundDocument,
    version: str,
    state: str,
    answers: Answers | None = None,
    bound: str = "",
) -> Landed:
    """Write one document as Parquet: complete under its name, or not there at all."""
    inputs = tuple((i.path, i.sha256, i.bytes) for i in found.inputs)
    document = replace(document, document_id=found.document_id, sha256=found.sha256, inputs=inputs)
    try:
        table = _as_one_row(records(document, version), found.document_id)
    except MemoryError:
        raise
    except Exception as error:  # what was read does not fit the landing tables: a mistake of the reader
        state = REJECTED
        document = replace(failed(found, _of_the_reader(error)), inputs=inputs)
        table = _as_one_row(records(document, version), found.document_id)
    rejects = [*document.rejects, *(r for t in document.tables for r in t.rejects)]
    layouts = " ".join(sorted({t.options.key for t in document.tables if t.options and t.options.key}))
    landed = Landed(
        document_id=found.document_id,
        sha256=found.sha256,
        key=key_of(found, version, answered(layouts, answers or {})),
        state=state,
        files=len(found.inputs),
        bytes=found.bytes,
        rejects=sum(r.kind == "reject" for r in rejects),
        identity=_identity(document.meta),
        zelfde_als=str(document.meta["zelfde_als"]) if document.meta.get("zelfde_als") else None,
        layouts=layouts,
        bound=bound,
    )
    _write(table, folder, landed)
    return landed


def without_tried(landed: Landed) -> Landed:
    """The document as it was when it could be read."""
    return replace(landed, tried_key=None, tried_sha256=None, **asdict(NOT_ASIDE))


def has_parquet(settings: Settings, key: str) -> bool:
    """Whether the document with this key is on disk in the columns of today."""
    import pyarrow.parquet as parquet

    path = parquet_path(settings, key)
    try:
        return path.exists() and parquet.read_schema(path).remove_metadata().equals(parquet_schema())
    except (OSError, ValueError):
        return False


def write_row(rows: Records, landed: Landed, folder: Path) -> None:
    """Write records of one document that were landed before as its Parquet file."""
    _write(_as_one_row(rows, landed.document_id), folder, landed)


def rejects_in(path: Path) -> list[Reject]:
    """The rejects in a document's Parquet file."""
    import pyarrow.parquet as parquet

    (found,) = parquet.read_table(path, columns=["rejects"]).column("rejects").to_pylist()
    return [Reject(**{field.name: r[field.name] for field in fields(Reject)}) for r in found]


def paths_of_tables(path: Path) -> set[str]:
    """The files of which tables are in a document's Parquet file."""
    import pyarrow.parquet as parquet

    (found,) = parquet.read_table(path, columns=["tables"]).column("tables").to_pylist()
    return {table["path"] for table in found}


def read_landed(path: Path) -> Landed:
    """What became of the document in this Parquet file. Raises OSError or ValueError for a broken file."""
    import pyarrow.parquet as parquet

    found = (parquet.read_schema(path).metadata or {}).get(_METADATA)
    if found is None:
        raise ValueError(f"{path}: was not written by this project")
    return Landed(**json.loads(found))


def prune(settings: Settings, keep: Iterable[Landed]) -> int:
    """Remove the Parquet files of documents and readers that are gone. Returns how many."""
    wanted = {f"{key}.parquet" for landed in keep for key in (landed.key, landed.tried_key)}
    gone = [p for p in settings.landing.iterdir() if p.name not in wanted]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _identity(meta: Mapping[str, object]) -> str | None:
    if not meta:
        return None
    return json.dumps(
        [str(meta.get(name) or "").strip().casefold() for name in _IDENTITY], ensure_ascii=False
    )


def _unreadable(error: OSError, is_there: bool) -> Reject:
    reason = "is niet te lezen" if is_there else "verdween terwijl het werd gelezen"
    reason_en = "cannot be read" if is_there else "vanished while it was read"
    what = error.strerror or error
    return Reject(DESCRIPTION, None, f"{reason}: {what}", reason_en=f"{reason_en}: {what}")


def _of_the_reader(error: Exception) -> Reject:
    from dagster_project.reading.documents import failure

    return failure(DESCRIPTION, error)


def _as_one_row(rows: Records, document_id: str) -> pa.Table:
    import pyarrow as pa

    schema = parquet_schema()
    lists = [_as_list(rows[field.name], field.type.value_type) for field in schema if field.name in rows]
    names = [field.name for field in schema if field.name in rows]
    made = dict(zip(names, lists, strict=True)) | {"document_id": pa.array([document_id], pa.string())}
    columns = [made.get(field.name, pa.nulls(1, field.type)) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _as_list(records: Iterable[Mapping[str, object]], kind: pa.StructType) -> pa.ListArray:
    """One list of these records, which are in memory as such a batch at a time, and twice a field at a time."""
    import pyarrow as pa

    waiting = iter(records)
    parts: list[list[pa.Array]] = [[pa.array([], field.type)] for field in kind]
    while batch := list(islice(waiting, _RECORDS_AT_ONCE)):
        for part, of_batch in zip(parts, pa.array(batch, kind).flatten(), strict=True):
            part.append(of_batch)
    columns = [pa.concat_arrays(parts.pop(0)) for _ in kind]
    values = pa.StructArray.from_arrays(columns, fields=list(kind))
    return pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values)


def _write(table: pa.Table, folder: Path, landed: Landed) -> None:
    import pyarrow.parquet as parquet

    table = table.replace_schema_metadata({_METADATA: json.dumps(asdict(landed))})
    temporary = folder / f".{landed.key}.{os.getpid()}.part"
    # One row: statistics and dictionaries would be most of the file.
    parquet.write_table(table, temporary, compression="zstd", use_dictionary=False, write_statistics=False)
    temporary.replace(folder / f"{landed.key}.parquet")
