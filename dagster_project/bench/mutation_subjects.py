"""What the bench works on: documents under raw/ and examples, read and settled, and spoiled copies of them.

An example is a folder with an ``extract.txt`` and a ``meta.json`` in place of a document.yml.
What does not belong here: judging (``mutation_figures``), what an error is (``mutations``).
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from dagster_project.bench.mutations import MUTATIONS, generator_for
from dagster_project.bench.unlanded import records_of, witness_rules
from dagster_project.claims.derivation import with_sums
from dagster_project.proof.prove import prove
from dagster_project.proof.system import PrintedCell, PrintedRule, PrintedTerm, Surroundings
from dagster_project.reading.documents import read_document
from dagster_project.reading.model import Document

DESCRIPTION = "document.yml"


@dataclass(frozen=True)
class Subject:
    """One or more documents that are judged together."""

    name: str
    cells: tuple[PrintedCell, ...]
    rules: tuple[PrintedRule, ...]
    terms: tuple[PrintedTerm, ...]


def subjects_in(raw: Path) -> list[Subject]:
    """Every document under ``raw`` of which sums are known, and each pair that prints the same tables."""
    documents = {folder.name: with_sums(read_document(folder, folder.name)) for folder in _folders(raw)}
    subjects = [_subject(document) for document in documents.values() if document.rules]
    for document in documents.values():
        other = documents.get(str(document.meta.get("zelfde_als")))
        if other is not None and document.rules and other.rules:
            subjects.append(_pair(other, document))
    return subjects


def _folders(raw: Path) -> list[Path]:
    return sorted(path.parent for path in raw.rglob(DESCRIPTION))


def _subject(document: Document) -> Subject:
    cells, rules, terms = records_of(document)
    return Subject(document.document_id, tuple(cells), tuple(rules), tuple(terms))


def _pair(one: Document, other: Document) -> Subject:
    cells, rules, terms = records_of(one)
    more = records_of(other)
    tie_rules, tie_terms = witness_rules(one, other)
    return Subject(
        f"{one.document_id} + {other.document_id}",
        (*cells, *more[0]),
        (*rules, *more[1], *tie_rules),
        (*terms, *more[2], *tie_terms),
    )


@contextmanager
def examples_as_raw(examples: Path) -> Iterator[Path]:
    """A folder like raw/ with the example extracts, each with the document.yml that a person would write."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        for meta_file in sorted(examples.glob("*/meta.json")):
            meta = json.loads(meta_file.read_text("utf-8"))
            out = raw / meta_file.parent.name
            out.mkdir()
            shutil.copy(meta_file.with_name("extract.txt"), out)
            description = {
                "gemeente": meta["gemeente"],
                "titel": f"{meta.get('document', '')} ({out.name})",
                "soort": "jaarstukken" if "jaarst" in meta.get("document", "").lower() else "begroting",
                "jaar": meta["jaar"],
                "vorm": "web",
            }
            if meta.get("unit_note") or "niet gedrukt" in str(meta.get("unit", "")):
                description["eenheid"] = "EUR_1000"
            (out / DESCRIPTION).write_text(yaml.safe_dump(description, allow_unicode=True), "utf-8")
        yield raw


# --- errors in the text of an extract ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextFigures:
    """Errors planted in the text itself and read again, of one document and kind.

    planted: numbers changed in the file. moved: the reader or its conventions came out otherwise, apart
    from that number. detected, named: as in ``mutation_figures.Figures``, of all planted.
    """

    document: str
    kind: str
    planted: int
    moved: int
    detected: int
    named: int


def text_errors(folder: Path, kind: str, every: int = 1) -> TextFigures:
    """Change one number after the other in the files of a document, read it again and prove it.

    every: 1 for all numbers, n for each n-th. Only numbers whose text stands once on their line.
    """
    clean = with_sums(read_document(folder, folder.name))
    planted = moved = detected = named = 0
    for number, (table, cell) in enumerate(_numbers(clean)):
        if number % every:
            continue
        wrong = _misprint(cell.text, int(cell.value), kind)
        spoiled = wrong and _spoiled(folder, table.path, cell.line, cell.text, wrong)
        if not spoiled:
            continue
        planted += 1
        with spoiled as copy:
            document = with_sums(read_document(copy, folder.name))
        cell_id = f"{folder.name}/{table.no:03d}:{cell.row}.{cell.column}"
        proof = prove(*records_of(document))
        moved += _shape(document) != _shape(clean)
        detected += any(c.feasible is False for c in proof.certificates)
        named += cell_id in {s.cell_id for s in proof.suspects}
    return TextFigures(folder.name, kind, planted, moved, detected, named)


def _numbers(document: Document):
    """The whole numbers of tables that rules hold, with their table."""
    held = {where for rule in document.rules for where, _ in rule.terms}
    for table in document.tables:
        for cell in table.cells:
            is_held = (table.no, cell.row, cell.column) in held and cell.occurrence == 1
            if is_held and cell.value is not None and cell.decimals == 0:
                yield table, cell


def _misprint(text: str, value: int, kind: str) -> str | None:
    """The text with another number in it, printed alike; None where this kind of error has no room."""
    wrong = sorted(MUTATIONS[kind](value, Surroundings(), 0))
    if not wrong or not re.fullmatch(r"-?[\d.]+", text):
        return None
    chosen = wrong[int(generator_for(text + kind).integers(len(wrong)))]
    return f"{chosen:,}".replace(",", ".")


def _spoiled(folder: Path, path: str, line: int, old: str, new: str):
    """A context with a copy of the document in which one number on one line reads otherwise."""
    lines = (folder / path).read_text("utf-8").splitlines(keepends=True)
    pattern = re.compile(rf"(?<![\d.,-]){re.escape(old)}(?![\d.,])")
    if line > len(lines) or len(pattern.findall(lines[line - 1])) != 1:
        return None
    lines[line - 1] = pattern.sub(new, lines[line - 1])
    return _copy(folder, path, "".join(lines))


@contextmanager
def _copy(folder: Path, path: str, text: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy)
        (copy / path).write_text(text, "utf-8")
        yield copy


def _shape(document: Document) -> tuple:
    """What must not depend on one number: places, rules and conventions."""
    places = tuple((t.no, c.row, c.column) for t in document.tables for c in t.cells)
    rules = frozenset((r.kind, frozenset(r.terms)) for r in document.rules)
    return places, rules, tuple((c.table_no, c.naam, c.keuze) for c in document.conventions)
