"""The example tables as records, from their hand-checked values; absent examples give an empty list."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

from dagster_project.reading.model import Cell, Column, Row, Table

EXAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "examples"
NO_VALUES = ("eenheid", "bron", "toelichting", "periode")


def folders() -> list[Path]:
    """The folders of the examples, sorted by name."""
    return sorted(path.parent for path in EXAMPLES.glob("*/gold.csv"))


def meta(folder: Path) -> dict:
    """What is known of an example besides its values."""
    return json.loads((folder / "meta.json").read_text(encoding="utf-8"))


def table(folder: Path) -> Table:
    """An example as a table: its paths and printed texts; values whose column is not known are left out."""
    with (folder / "gold.csv").open(encoding="utf-8") as lines:
        gold = [r for r in csv.DictReader(lines) if r["role"] not in NO_VALUES and r["column_path"] != "?"]
    paths: dict[str, int] = {}
    for r in gold:
        paths.setdefault(r["column_path"], len(paths) + 1)
    rows: list[str] = []
    cells: list[Cell] = []
    for r in gold:
        column = paths[r["column_path"]]
        if not rows or rows[-1] != r["row_path"] or column < cells[-1].column:
            rows.append(r["row_path"])
        value = Decimal(r["value"]) if r["value"] else None
        cells.append(
            Cell(len(rows), column, _with_note(r["text"], value), value, 0, marker=r.get("marker") or None)
        )
    columns = tuple(Column(no, tuple(path.split(" > "))) for path, no in paths.items())
    records = tuple(Row(no, tuple(path.split(" > ")), 0) for no, path in enumerate(rows, 1))
    return Table(
        1, "tabel", folder.name, "bedragen", "gold", None, None, columns, records, tuple(cells), 0, 0
    )


def _with_note(text: str, value: Decimal | None) -> str:
    """A note digit that stuck to a number, raised again as it was printed: 551 for 55 with note 1."""
    if value is None or not text.isdigit() or Decimal(text) == value:
        return text
    return text[: len(str(value))] + text[len(str(value)) :].translate(
        str.maketrans("123456789", "¹²³⁴⁵⁶⁷⁸⁹")
    )
