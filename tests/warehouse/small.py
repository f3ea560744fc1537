"""Small documents and a reader for them, so that the warehouse is tested without the real readers.

A document is a document.yml and text files; each file is one table in thousands of euros, a line of it is
``row path;column path;printed text``. The reader is a top-level function, so that worker processes find it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

import yaml

from dagster_project.reading.model import Cell, Column, Document, Record, Reject, Row, Rule, Table
from dagster_project.settings import Settings, load
from dagster_project.warehouse.build import build, fitting, landed_before
from dagster_project.warehouse.landing import land, prune
from dagster_project.warehouse.last_good import keep_last_good
from dagster_project.warehouse.publish import publish
from dagster_project.warehouse.run import refreshing, utc_now
from dagster_project.warehouse.scan import scan

DESCRIPTION = {
    "gemeente": "Leiden",
    "titel": "Programmabegroting 2018",
    "soort": "begroting",
    "jaar": 2018,
    "vorm": "web",
}


def put(raw: Path, name: str, lines: str = "Jeugd;2018;100", **description: object) -> Path:
    """One document on disk. ``onderdeel`` is its name unless said otherwise, so that none is a duplicate."""
    folder = raw / name
    folder.mkdir(parents=True, exist_ok=True)
    meta = DESCRIPTION | {"onderdeel": name} | description
    (folder / "document.yml").write_text(yaml.safe_dump(meta))
    (folder / "table.txt").write_text(lines)
    return folder


def read(folder: Path, document_id: str) -> Document:
    """What the lines say. Some words in a line make the reader misbehave, as readers do."""
    meta = yaml.safe_load((folder / "document.yml").read_text())
    if not isinstance(meta, dict):
        return Document(document_id, {}, "", rejects=(Reject("document.yml", 1, "is no description"),))
    text = (folder / "table.txt").read_text()
    if "!raise" in text:
        raise ValueError("the header makes no sense")
    if "!damaged" in text:
        return Document(document_id, meta, "", rejects=(Reject("table.txt", None, "the file is damaged"),))
    if "!crash" in text:
        os._exit(11)
    if "!abort" in text:
        os.abort()
    if "!hang" in text:
        time.sleep(600)
    if "!greedy" in text:
        _ = [bytearray(10_000_000) for _ in range(1_000)]
    if "!change" in text:
        (folder / "table.txt").write_text(text + ".")
    if "!once" in text:
        (folder / "table.txt").write_text(text.replace("!once", "Later"))
    lines = [line.split(";") for line in text.splitlines() if line.count(";") == 2]
    rows = list(dict.fromkeys(row for row, _, _ in lines))
    columns = list(dict.fromkeys(column for _, column, _ in lines))
    table = Table(
        no=1,
        path="table.txt",
        caption="Lasten per product",
        kind="exploitatie",
        layout="tab",
        unit="EUR_1000",
        unit_source="caption",
        columns=tuple(
            Column(
                no, (path,), "lasten", meta.get("stand", "begroting"), int(path) if path.isdecimal() else None
            )
            for no, path in enumerate(columns, start=1)
        ),
        rows=tuple(Row(no, tuple(path.split(" > ")), line=no) for no, path in enumerate(rows, start=1)),
        cells=tuple(
            Cell(rows.index(r) + 1, columns.index(c) + 1, t, None if t == "-" else Decimal(t), n, t == "-")
            for n, (r, c, t) in enumerate(lines, start=1)
        ),
        first_line=1,
        last_line=len(lines),
        section=("Programma 9",),
    )
    rules = tuple(
        Rule(
            "totaal",
            "column",
            tuple(((1, r, c), Decimal(1 if r < len(rows) else -1)) for r, _ in enumerate(rows, 1)),
            "is de som",
            "is the sum",
        )
        for c, _ in enumerate(columns, start=1)
        if len(rows) > 1
    )
    mention = Record(
        "vermelding", "vermeldingen.csv", 2, {"vermelding": "V-1", "jaar": "2018", "bedrag": "1.6"}
    )
    return Document(document_id, meta, "", tables=(table,), rules=rules, records=(mention,))


def settings_in(folder: Path, **arguments: object) -> Settings:
    """Settings for a warehouse of its own."""
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    return load({}, raw=folder / "raw", home=folder / "home", workers=2, **arguments)


def in_this_process(task, items, *limits):
    """Reading without worker processes: starting those takes longer than all of these documents."""
    for item in items:
        yield item, task(item)


def refresh(
    settings: Settings,
    *,
    full: bool = False,
    clock=utc_now,
    fingerprint: str = "f",
    bounds: Collection[str] = (),
    last_good: bool = False,
    reader=read,
):
    """A refresh without the judges: everything that the warehouse does, nothing that others do.

    ``reader``: None for the real one. With ``last_good`` what cannot be read now stays as it was read before; else it depends on raw/ alone.
    """
    with refreshing(settings, clock, full=full) as run:
        scanned = scan(settings.raw)
        run = fitting(run, len(scanned.documents))
        landed = land(
            settings, scanned, landed_before(run.previous), full=full, reader=reader, tasks=in_this_process
        )
        told = {}
        if last_good:
            landed, told = keep_last_good(settings, run, scanned, landed)
        decided = build(settings, run, landed, scanned.strays, told)
        entry = publish(
            settings, run, counts={}, verdicts={}, fingerprint=fingerprint, bounds=bounds, clock=clock
        )
        prune(settings, decided)
    return entry
