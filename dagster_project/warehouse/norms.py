"""``materialiteit.csv``: the goedkeuringstoleranties that an auditor sets, read strictly before dbt takes them for granted.

A line that cannot be meant (no percentage, another number of fields, the same document twice) is refused with its file,
line and text: a run does not begin with it. A line about a gemeente or a document that is not there weighs nothing, and is
a reject. What does not belong here: what follows from a norm (dbt).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from dagster_project.reading.model import Reject
from dagster_project.settings import Settings
from dagster_project.warehouse.bounded import connect

FILE = "dbt/seeds/materialiteit.csv"
HEADER = ["gemeente", "document_id", "fouten_pct", "onzekerheden_pct", "rapportering_pct"]


class Norm(NamedTuple):
    """For whom a line of the file holds; an empty gemeente and document_id: for all."""

    gemeente: str
    document_id: str
    line: int
    text: str


def read_norms(settings: Settings) -> tuple[list[Norm], list[Reject]]:
    """The lines of the file, and what of it cannot be used."""
    try:
        lines = (settings.project / FILE).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or str(error)
        return [], [Reject(FILE, None, f"is niet te lezen: {what}", reason_en=f"cannot be read: {what}")]
    norms: dict[tuple[str, str], Norm] = {}
    wrong = [
        _wrong(1, "".join(lines[:1]), f"de kop is {','.join(HEADER)}", f"the header is {','.join(HEADER)}")
    ]
    wrong = [] if _fields("".join(lines[:1])) == HEADER else wrong
    for no, text in enumerate(lines[1:], start=2):
        if not text.strip():
            continue
        fields = _fields(text)
        gemeente, document_id, *_ = [*fields, "", ""]
        norm = Norm(gemeente, document_id, no, text)
        if complaint := _complaint(fields):
            wrong.append(_wrong(no, text, *complaint))
        elif first := norms.get(norm[:2]):
            nl, en = f"regel {first.line} geldt al voor hetzelfde", f"line {first.line} holds for the same"
            wrong.append(_wrong(no, text, nl, en))
        else:
            norms[norm[:2]] = norm
    if not wrong and ("", "") not in norms:
        nl = "een regel zonder gemeente en document_id ontbreekt: de percentages die voor alle gelden"
        en = "a line without gemeente and document_id is missing: the percentages that hold for all"
        wrong.append(_wrong(None, "", nl, en))
    return list(norms.values()), wrong


def without_use(norms: Iterable[Norm], documents: dict[str, str]) -> Iterator[Reject]:
    """The lines about nothing that is there; ``documents`` are those that were read, with their gemeente."""
    for norm in norms:
        if norm.document_id and norm.document_id not in documents:
            nl, en = f"er is geen document {norm.document_id}", f"there is no document {norm.document_id}"
        elif norm.document_id and norm.gemeente not in ("", documents[norm.document_id]):
            nl = f"{norm.document_id} is niet van de gemeente {norm.gemeente}"
            en = f"{norm.document_id} is not of the municipality {norm.gemeente}"
        elif norm.gemeente and norm.gemeente not in documents.values():
            nl = f"er is geen document van de gemeente {norm.gemeente}"
            en = f"there is no document of the municipality {norm.gemeente}"
        else:
            continue
        yield _wrong(
            norm.line,
            norm.text,
            f"{nl}; deze tolerantie geldt nergens",
            f"{en}; this tolerance holds nowhere",
        )


def write_norms_without_use(build: Path, norms: Iterable[Norm]) -> None:
    """Reject, in the private build file, the lines about nothing that is there."""
    from dagster_project.warehouse.build import reject_further

    with connect(build) as connection:
        documents = dict(connection.execute("select document_id, gemeente from landing.documents").fetchall())
        for reject in without_use(norms, documents):
            reject_further(connection, Path(FILE).name, reject)


def told_of_norm(reject: Reject) -> tuple[str, str]:
    """A line that cannot be used, in Dutch and in English: file, line, what is wrong, and the text."""
    line, line_en = (f" regel {reject.line}", f" line {reject.line}") if reject.line else ("", "")
    text = f" ({reject.text!r})" if reject.text else ""
    return f"{reject.path}{line}: {reject.reason}{text}", f"{reject.path}{line_en}: {reject.reason_en}{text}"


def _fields(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _wrong(no: int | None, text: str, nl: str, en: str) -> Reject:
    return Reject(FILE, no, nl, text, reason_en=en)


def _complaint(fields: list[str]) -> tuple[str, str] | None:
    if len(fields) != len(HEADER):
        return (
            f"heeft {len(fields)} velden, geen {len(HEADER)}; een percentage heeft een punt, als in 1.00",
            f"has {len(fields)} fields, not {len(HEADER)}; a percentage has a point, as in 1.00",
        )
    if any(field != field.strip() for field in fields):
        return "heeft spaties om een veld", "has spaces around a field"
    for name, text in zip(HEADER[2:], fields[2:], strict=True):
        if not _is_percentage(text):
            return (
                f"{name} is geen percentage van 0 tot en met 100 met hoogstens twee decimalen",
                f"{name} is no percentage from 0 to 100 with two decimals at most",
            )
    return None


def _is_percentage(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and 0 <= number <= 100 and number == round(number, 2)
