"""A document as read -> the records of the landing tables. Pure: no file, no database, no clock.

What does not belong here: anything that decides what a number means, or what a row is about (``claims``). What
is resolved is which of a row and a column names the quantity of the cell where they cross.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any, NamedTuple

from dagster_project.claims.indeling import (
    BELEIDSTERREIN,
    PROGRAMMA,
    Heading,
    IndelingRow,
    Mentioned,
    chosen_names,
    number_of_programma,
    part_of,
    phase_of,
    places,
    programma_of,
    without_code,
    words_of_label,
)
from dagster_project.claims.signs import direction_of, directions
from dagster_project.claims.text_claims import PRECISIONS
from dagster_project.reading.answers import QUESTION
from dagster_project.reading.model import (
    Cell,
    Claim,
    Column,
    Document,
    Record,
    Reject,
    Row,
    Rule,
    Table,
    join_path,
)
from dagster_project.reading.vocabulary import UNITS
from dagster_project.warehouse.schema import TABLES

Records = dict[str, Collection[dict[str, Any]]]

_MACHINE_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ABOUT_A_TABLE = re.compile(
    r"antwoorden\.(?P<table>[0-9]+)\.(?:kolom\.(?P<column>[0-9]+)|(?P<what>.+?)(?:_rij_(?P<row>[0-9]+))?)"
)
_MOST_DECIMALS, _MOST_DIGITS = 6, 18  # what decimal(24,6) holds behind and before the comma
_ROLES = ("item", "subtotal", "total", "balance", "difference")


def records(document: Document, reader_version: str) -> Records:
    """Every landing record of one document, per table, in the order of position.

    A number that decimal(24,6) cannot hold exactly is left out and told in ``rejects``: it is never rounded.
    Cells, of which a document may have hundreds of thousands, are made each time they are passed over.
    """
    found: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    rejects = [*document.rejects, *(r for table in document.tables for r in table.rejects)]
    about = {"document_id": document.document_id}

    if document.meta:
        found["documents"].append(_description(document, reader_version))
    found["inputs"] = [about | {"path": p, "sha256": h, "bytes": b} for p, h, b in document.inputs]
    chosen: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for convention in document.conventions:
        chosen[convention.table_no].append((convention.naam, convention.keuze))
    for table in document.tables:
        here = {"table_id": table_id(document.document_id, table.no)} | about
        found["tables"].append(here | _table(table))
        found["columns"] += [here | _column(column) for column in table.columns]
        found["rows"] += [here | _row(row) for row in table.rows]
        rejects += _too_long(table)
    seen: set[str] = set()
    for rule in document.rules:
        terms = [(cell_id(document.document_id, *where), factor) for where, factor in rule.terms]
        here = {"rule_id": rule_id(document.document_id, rule.kind, terms)} | about
        if here["rule_id"] in seen:  # the same sum, found along a row and along a column
            continue
        seen.add(here["rule_id"])
        found["rules"].append(here | _rule(rule))
        found["rule_terms"] += [
            here | {"term_no": no, "cell_id": cell, "coefficient": factor}
            for no, (cell, factor) in enumerate(terms, start=1)
        ]
    found["conventions"] = [
        {"table_id": table_id(document.document_id, c.table_no)}
        | about
        | _fields(c, "conventions")
        | {"tried": "; ".join(c.tried)}
        for c in document.conventions
    ]
    found["labels"] = [
        about
        | {"table_id": table_id(document.document_id, label.table_no) if label.table_no is not None else None}
        | _fields(label, "labels")
        for label in document.labels
    ]
    found["prestaties"] = [about | _fields(p, "prestaties") for p in document.prestaties]
    for record in document.records:
        extract = {"vermelding": "mentions", "programma": "programmas", "maatregel": "maatregelen"}[
            record.kind
        ]
        found[extract].append(about | _extract_row(record, extract, rejects))
    found["claims"] = [about | _claim(claim) for claim in document.claims]
    found["rejects"] = [about | _fields(reject, "rejects") for reject in rejects]
    place_rows(document.document_id, found)
    of_tables = {table.no: directions(chosen[table.no]) for table in document.tables}
    return found | {"cells": _Cells(document.document_id, document.tables, of_tables)}


class _Cells(Collection[dict[str, Any]]):
    """The records of the cells of these tables, in the order of position."""

    def __init__(
        self, document_id: str, tables: tuple[Table, ...], directions_of: Mapping[int, Mapping[str, int]]
    ) -> None:
        self._document_id, self._tables, self._directions_of = document_id, tables, directions_of

    def __len__(self) -> int:
        return sum(len(table.cells) for table in self._tables)

    def __contains__(self, record: object) -> bool:
        return any(record == each for each in self)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for table in self._tables:
            yield from _cells(table, self._document_id, self._directions_of[table.no])


def place_rows(document_id: str, found: dict[str, list[dict[str, Any]]]) -> None:
    """Say of the rows of one document what each is about, and list what the document names to be about.

    Needs its documents, tables, rows, labels, prestaties, mentions, programmas and rejects; fills its indelingen, and says of
    tables what they show of a plan, of prestaties their programma, of labels their words and of questions what they are about.
    """
    own = part_of(_text(found["documents"][0].get("onderdeel"))) if found["documents"] else None
    programmas, beleidsterreinen = _named_programmas(found, own), _named_beleidsterreinen(found)
    headings = [
        Heading(t["table_id"], t["kind"], t.get("caption") or "", t.get("section") or "")
        for t in found["tables"]
    ]
    lines = [
        IndelingRow(
            r["table_id"],
            r["row_no"],
            r["row_path"],
            r["label"],
            _text(r.get("code")),
            r["rol"],
            r.get("grootheid"),
        )
        for r in found["rows"]
    ]
    for row, place in zip(
        found["rows"], places(headings, lines, own, programmas, beleidsterreinen), strict=True
    ):
        row.update(place._asdict())
    for table, heading in zip(found["tables"], headings, strict=True):
        table["fase"] = phase_of(heading.caption, heading.section)
    for label in found["labels"]:
        label["woorden"] = words_of_label(label["text"])
    for reject in found["rejects"]:
        reject.update(about_of(document_id, reject.get("key"))._asdict())
    for prestatie in found["prestaties"]:
        prestatie["programma"] = programma_of(_text(prestatie.get("beleidsterrein_code")))
    found["indelingen"] = [
        {"document_id": document_id, "soort": soort, **named._asdict()}
        | {"programma": named.code if soort == PROGRAMMA else programma_of(named.code)}
        | {"is_onderdeel": soort == PROGRAMMA and own is not None and named.code == own.code}
        for soort, names in ((PROGRAMMA, programmas), (BELEIDSTERREIN, beleidsterreinen))
        for named in names
    ]


def _named_programmas(found: Mapping[str, list[dict[str, Any]]], own: Mentioned | None) -> list[Mentioned]:
    listed = []
    for record in found["programmas"]:
        # A part with a code of its own (8C Sport) is a beleidsterrein; its name is not that of the programma.
        naam = None if _is_beleidsterrein(record) else _trimmed(record.get("naam"))
        listed.append(Mentioned(_trimmed(record.get("programma")), naam, _text(record.get("domein"))))
    labels = [
        Mentioned(
            number_of_programma(r["code"]),
            without_code(_trimmed(r["text"]), PROGRAMMA),
        )
        for r in found["labels"]
        if r["soort"] == PROGRAMMA and r["code"] is not None
    ]
    return chosen_names([*([own] if own else []), *_by_name(listed), *_by_name(labels)])


def _named_beleidsterreinen(found: Mapping[str, list[dict[str, Any]]]) -> list[Mentioned]:
    of_goals = [
        Mentioned(_code(p.get("beleidsterrein_code")), _text(p.get("beleidsterrein")))
        for p in found["prestaties"]
    ]
    labels = [
        Mentioned(_code(r["code"]), without_code(_trimmed(r["text"]), BELEIDSTERREIN))
        for r in found["labels"]
        if r["soort"] == BELEIDSTERREIN
    ]
    listed = [
        Mentioned(_code(r["deelprogramma"]), _trimmed(r.get("naam")))
        for r in found["programmas"]
        if _is_beleidsterrein(r)
    ]
    mentioned = [Mentioned(_code(m.get("beleidsterrein")), None) for m in found["mentions"]]
    names = [*_by_name(of_goals), *_by_name(labels), *_by_name(listed), *mentioned]
    return chosen_names(named for named in names if named.code is not None)


def _is_beleidsterrein(record: Mapping[str, Any]) -> bool:
    """Whether a listed part of a programma has a code that begins with that of the programma."""
    programma, part = _trimmed(record.get("programma")), _text(record.get("deelprogramma"))
    return programma is not None and part is not None and part.startswith(programma)


def _by_name(mentioned: Iterable[Mentioned]) -> list[Mentioned]:
    """Those with a name first, in order of name: of equally good witnesses the choice must not hang on their order."""
    return sorted(mentioned, key=lambda m: (m.naam is None, m.naam or ""))


def _trimmed(value: object) -> str | None:
    return None if value is None else str(value).strip(" ")


def _text(value: object) -> str | None:
    """Without blanks around it; None where nothing is left."""
    return _trimmed(value) or None


def _code(value: object) -> str | None:
    code = _text(value)
    return None if code is None else code.upper()


class AskedAbout(NamedTuple):
    """What the answer to a question is about: a table, and where it is one row or one column of it, which."""

    table_id: str | None = None
    row_no: int | None = None
    column_no: int | None = None
    is_whole_table: bool = False  # every number of the table waits for the answer


def about_of(document_id: str, key: str | None) -> AskedAbout:
    """What ``key`` asks about: ``antwoorden.003.lezing`` about all of table 3.

    >>> about_of("x", "antwoorden.003.kolom.2"), about_of("x", "jaar").table_id
    (AskedAbout(table_id='x/003', row_no=None, column_no=2, is_whole_table=False), None)
    """
    asked = _ABOUT_A_TABLE.fullmatch(key or "")
    if asked is None:
        return AskedAbout()
    return AskedAbout(
        table_id=f"{document_id}/{asked['table']}",
        row_no=int(asked["row"]) if asked["row"] else None,
        column_no=int(asked["column"]) if asked["column"] else None,
        is_whole_table=asked["what"] == QUESTION,
    )


def reject_record(document_id: str, reject: Reject) -> dict[str, Any]:
    """A row of landing.rejects: what could not be read or is asked, and what the answer is about."""
    fields = {"document_id": document_id} | _fields(reject, "rejects")
    return fields | about_of(document_id, reject.key)._asdict()


def table_id(document_id: str, table_no: int) -> str:
    """``leiden-programmabegroting-2018/004``"""
    return f"{document_id}/{table_no:03d}"


def cell_id(document_id: str, table_no: int, row_no: int, column_no: int, occurrence: int = 1) -> str:
    """``leiden-programmabegroting-2018/004:12.3``; a second value in one printed cell ends in ``.2``."""
    further = f".{occurrence}" if occurrence > 1 else ""
    return f"{table_id(document_id, table_no)}:{row_no}.{column_no}{further}"


def rule_id(document_id: str, kind: str, terms: list[tuple[str, Decimal]]) -> str:
    """``<document_id>/r`` and twelve hex digits that depend on the kind and the terms, not on their order."""
    text = "\n".join([kind, *sorted(f"{cell} {factor.normalize():f}" for cell, factor in terms)])
    return f"{document_id}/r{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _description(document: Document, reader_version: str) -> dict[str, Any]:
    columns = TABLES["documents"]
    known = {name: document.meta.get(name) for name in columns if document.meta.get(name) is not None}
    answers = {name: value for name, value in document.meta.items() if name not in columns}
    texts = {name: value if name == "jaar" else str(value) for name, value in known.items()}
    return texts | {
        "document_id": document.document_id,
        "answers": json.dumps(answers, sort_keys=True, ensure_ascii=False, default=str),
        "sha256": document.sha256,
        "reader_version": reader_version,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    terms = [{k: v for k, v in asdict(term).items() if v is not None} for term in claim.terms]
    return _fields(claim, "claims") | {
        "claim_id": claim.claim,
        "terms": json.dumps(terms, ensure_ascii=False, default=str),
        "text_nl": claim.nl,
        "text_en": claim.en,
    }


def _table(table: Table) -> dict[str, Any]:
    return _fields(table, "tables") | {
        "table_no": table.no,
        "section": join_path(table.section),
        "notes": "\n".join(table.notes),
        "lezing_marge": None if table.lezing_marge is None else Decimal(f"{table.lezing_marge:.4f}"),
    }


def _column(column: Column) -> dict[str, Any]:
    return _fields(column, "columns") | {"column_no": column.no, "column_path": join_path(column.path)}


def _row(row: Row) -> dict[str, Any]:
    return _fields(row, "rows") | {
        "row_no": row.no,
        "row_path": join_path(row.path),
        "label": row.path[-1] if row.path else "",
    }


def _in_order(table: Table) -> list[Cell]:
    return sorted(table.cells, key=lambda c: (c.row, c.column, c.occurrence))


def _too_long(table: Table) -> Iterator[Reject]:
    reason, reason_en = "een getal te lang om precies te bewaren", "a number too long to be kept exactly"
    for cell in _in_order(table):
        if not _fits(cell.value):
            yield Reject(table.path, cell.line, reason, cell.text, reason_en=reason_en)


def _cells(table: Table, document_id: str, of_table: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    here = {"table_id": table_id(document_id, table.no), "document_id": document_id}
    rows = {row.no: row for row in table.rows}
    columns = {column.no: column for column in table.columns}
    for cell in _in_order(table):
        fields = _cell(cell, rows[cell.row], columns[cell.column])
        yield (
            here
            | fields
            | {
                "value": cell.value if _fits(cell.value) else None,
                "teken": direction_of(fields["grootheid"], fields["rol"], table.kind, of_table),
                "cell_id": cell_id(document_id, table.no, cell.row, cell.column, cell.occurrence),
            }
        )


def _cell(cell: Cell, row: Row, column: Column) -> dict[str, Any]:
    return _fields(cell, "cells") | {
        "row_no": cell.row,
        "column_no": cell.column,
        "row_path": join_path(row.path),
        "column_path": join_path(column.path),
        "jaar": cell.jaar if cell.jaar is not None else column.jaar,
        "grootheid": quantity(row, column),
        "stand": column.stand,
        "rol": max(row.rol, column.rol, key=_ROLES.index),
    }


def quantity(row: Row, column: Column) -> str | None:
    """What a cell counts: what its row says, else what its column says.

    A difference of lasten is still lasten, so ``verschil`` gives way; so does ``bedrag``, which says nothing.
    """
    said = [g for g in (row.grootheid, column.grootheid) if g is not None]
    return next((g for g in said if g not in ("verschil", "bedrag")), said[0] if said else None)


def _rule(rule: Rule) -> dict[str, Any]:
    return _fields(rule, "rules") | {"description": rule.nl, "description_en": rule.en}


def _extract_row(record: Record, table: str, rejects: list[Reject]) -> dict[str, Any]:
    """A row of a small CSV extract. What should be a number and is none is told, and left empty."""
    values: dict[str, Any] = {n: record.values.get(n) for n in TABLES[table] if n in record.values}
    for name, is_number in (("jaar", str.isdecimal), ("bedrag", _MACHINE_NUMBER.fullmatch)):
        text = (record.values.get(name) or "").strip()
        if name not in TABLES[table] or name not in values:
            continue
        is_read = bool(is_number(text)) and (name != "jaar" or len(text) == 4)
        values[name] = (int(text) if name == "jaar" else Decimal(text)) if is_read else None
        if text and not (is_read and _fits(values[name])):
            values[name] = None
            what, what_en = ("jaar", "year") if name == "jaar" else ("getal", "number")
            reason, reason_en = f"{name} is geen {what}", f"{name} is no {what_en}"
            rejects.append(Reject(record.path, record.line, reason, text, reason_en=reason_en))
    if table == "mentions":
        for name, known in (("nauwkeurigheid", PRECISIONS), ("eenheid", tuple(UNITS))):
            text = (record.values.get(name) or "").strip()
            if text and text not in known:
                words = ", ".join(known)
                reason, reason_en = f"{name} is niet een van {words}", f"{name} is none of {words}"
                rejects.append(Reject(record.path, record.line, reason, text, reason_en=reason_en))
                if name == "nauwkeurigheid":  # a unit stays as printed, beside the amount that it is of
                    values[name] = None
        values["bedrag_text"] = record.values.get("bedrag")
    return values | {"path": record.path, "line": record.line}


def _fields(noun: object, table: str) -> dict[str, Any]:
    """The fields of a noun that are columns of ``table`` under the same name."""
    return {name: getattr(noun, name) for name in TABLES[table] if hasattr(noun, name)}


def _fits(value: object) -> bool:
    if not isinstance(value, Decimal):
        return True
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return False
    written = "".join(map(str, digits)).lstrip("0")
    zeros = len(written) - len(written.rstrip("0"))
    return -(exponent + zeros) <= _MOST_DECIMALS and len(written) + exponent <= _MOST_DIGITS
