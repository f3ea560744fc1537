"""Tables as a perfect reader would give them: from the hand-checked values of a case, whatever its layout.

A case is a folder with ``gold.csv`` (every value with its row path, column path and printed text),
``meta.json`` and, for amounts, ``sums.json`` (every sum that labels and structure claim). So sums can be
measured apart from reading. What does not belong here: reading a layout, and counting (``sums_of_cases``).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dagster_project.reading.codes import code_of
from dagster_project.reading.kinds import Words, kind_of, quantity_of
from dagster_project.reading.meaning import column_meaning, row_meaning
from dagster_project.reading.model import Cell, Column, Document, Row, Table
from dagster_project.reading.numbers import MARKER, MISSING, NIL
from dagster_project.reading.numbers import read as read_number

Position = tuple[int, int, int]  # table no, row no, column no
NO_VALUE = frozenset({"eenheid", "bron", "toelichting", "periode"})  # roles of texts beside the values
_UNPLACED = "?"
_UNITS = frozenset({"EUR", "EUR_1000", "EUR_MLN"})
_ACCOUNTS = re.compile(r"jaar(?:stuk|verslag|reken)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoldSum:
    """A sum that a case says its tables claim: the total and its parts as positions, None where unplaced."""

    total: Position | None
    parts: tuple[tuple[Position | None, Decimal], ...]
    is_over_rows: bool  # total and parts stand in one column


@dataclass(frozen=True, slots=True)
class Case:
    """A case as a document of tables, with the sums to be found and the cells that hold planted errors."""

    name: str
    family: str
    document: Document
    sums: tuple[GoldSum, ...]
    planted: frozenset[Position]


@dataclass(slots=True)
class _Line:
    """One row of values in the making: its path and its gold lines, each with a column path."""

    path: str
    cells: list[dict[str, str]]


def cases_in(folder: Path) -> list[Case]:
    """The cases below ``folder``, in order of name. Raises OSError where it cannot be listed."""
    return [read_case(each) for each in sorted(folder.iterdir()) if (each / "gold.csv").exists()]


def read_case(folder: Path) -> Case:
    """One case. Raises OSError or ValueError for files that are not there or not well-formed."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file))
    tables, places = [], {}
    for no, lines in enumerate(_tables(gold), start=1):
        table, found = _table(no, lines, meta, folder)
        tables.append(table)
        places.update(found)
    document = Document(folder.name, {"jaar": meta.get("jaar"), "soort": _soort(meta)}, "", tuple(tables))
    planted = _planted(meta.get("planted_discrepancies") or ())
    return Case(
        folder.name,
        meta.get("family") or meta.get("kind") or "amounts",
        document,
        tuple(_sums(folder / "sums.json", gold, places)),
        frozenset(places[g["row_no"]] for g in gold if g["row_no"] in places and _words(g) in planted),
    )


# --- rows and columns --------------------------------------------------------------------------------


def _tables(gold: Sequence[dict[str, str]]) -> list[list[_Line]]:
    """The gold lines as rows per table. Where no table is named, columns that are all new start one."""
    tables: list[list[_Line]] = []
    named: str | None = None
    seen: set[str] = set()
    for line in _lines(gold):
        table = line.cells[0].get("table")
        columns = {g["column_path"] for g in line.cells}
        if not tables or table != named or (table is None and not columns & seen):
            tables.append([])
            seen = set()
        named = table
        seen |= columns
        tables[-1].append(line)
    return tables


def _lines(gold: Sequence[dict[str, str]]) -> list[_Line]:
    lines: list[_Line] = []
    for g in gold:
        last = lines[-1] if lines else None
        is_same = (
            last is not None and last.path == g["row_path"] and last.cells[0].get("table") == g.get("table")
        )
        if last is not None and is_same and not _is_taken(last, g):
            last.cells.append(g)
        else:
            lines.append(_Line(g["row_path"], [g]))
    return [line for line in lines if any(g["role"] not in NO_VALUE for g in line.cells)]


def _is_taken(line: _Line, g: dict[str, str]) -> bool:
    column = g["column_path"]
    return column not in ("", _UNPLACED) and any(column == h["column_path"] for h in line.cells)


def _columns_of(lines: Iterable[_Line]) -> list[str]:
    """The column paths from left to right; a column that some rows leave blank stands where others print it."""
    order: list[str] = []
    for line in lines:
        at = 0
        for g in line.cells:
            path = g["column_path"]
            if g["role"] in NO_VALUE or path == _UNPLACED:
                continue
            if path in order:
                at = order.index(path) + 1
            else:
                order.insert(at, path)
                at += 1
    return order


def _table(no: int, lines: list[_Line], meta: dict, folder: Path) -> tuple[Table, dict[str, Position]]:
    """A table with the position of each gold line by its row_no."""
    told = meta.get("tables") or []
    facts = told[no - 1] if no <= len(told) else {}
    caption = facts.get("title") or ""
    section = tuple(filter(None, [facts.get("section")])) if facts else _heading_above(folder, meta, lines)
    headers = _columns_of(lines) or ["kolom 1"]
    paths = tuple(tuple(h.split(" > ")) for h in headers)
    attributes = tuple({g["role"] for line in lines for g in line.cells if g["role"] in NO_VALUE})
    labels = tuple(line.path.split(" > ")[-1] for line in lines)
    headings = tuple(dict.fromkeys(p for line in lines for p in line.path.split(" > ")[:-1]))
    words = Words(caption, facts.get("stub") or "", paths, attributes, labels, headings)
    kind = "indicatoren" if facts.get("family") == "indicatoren" else kind_of(words)
    columns = []
    for i, path in enumerate(paths, start=1):
        meant = column_meaning(path)
        stand = meant.stand or _state_of_year(meant.jaar, meta)
        columns.append(Column(i, path, meant.grootheid, stand, meant.jaar, meant.rol))
    rows: list[Row] = []
    cells: list[Cell] = []
    places: dict[str, Position] = {}
    loose: set[int] = set()
    block = 0
    for i, line in enumerate(lines, start=1):
        path = tuple(line.path.split(" > "))
        block += bool(rows) and rows[-1].path[:-1] != path[:-1]
        said = row_meaning(path[-1])
        below = lines[i].path.startswith(f"{line.path} > ") if i < len(lines) else False
        rows.append(
            Row(
                i, path, i, said.grootheid or quantity_of(words, kind), code_of(path[-1]), said.rol,
                len(path) - 1, block, is_group_total=below,
            )
        )  # fmt: skip
        packed = 0
        for g in line.cells:
            if g["role"] in NO_VALUE:
                continue
            packed += 1
            if g["column_path"] == _UNPLACED:
                loose.add(i)
                if packed > len(columns):
                    continue
            column = packed if g["column_path"] == _UNPLACED else headers.index(g["column_path"]) + 1
            cells.append(_cell(i, column, g, meta))
            places[g["row_no"]] = (no, i, column)
    unit = facts.get("unit", meta.get("unit"))
    table = Table(
        no, "extract.txt", caption, kind, "html", unit if unit in _UNITS else None, "caption",
        tuple(columns), tuple(rows), tuple(cells), 1, len(rows), section, loose_rows=frozenset(loose),
        prefix=(caption,) if caption and all(r.path[0] == caption for r in rows) else (),
    )  # fmt: skip
    return table, places


def _state_of_year(jaar: int | None, meta: dict) -> str | None:
    """A bare year in a begroting: its own year is the budget, a later one an estimate."""
    if jaar is None or _soort(meta) != "begroting" or jaar < meta["jaar"]:
        return None
    return "begroting" if jaar == meta["jaar"] else "meerjarenraming"


def _heading_above(folder: Path, meta: dict, lines: Sequence[_Line]) -> tuple[str, ...]:
    """The first line of a text, where it is no header and no label: what the table is called."""
    path = folder / meta.get("file", "extract.txt")
    if path.suffix != ".txt":
        return ()
    first = next((line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()), "")
    names = {
        p for line in lines for g in line.cells for p in f"{g['row_path']} > {g['column_path']}".split(" > ")
    }
    return () if not first or any(first in n or n in first for n in names if n) else (first,)


def _cell(row: int, column: int, g: dict[str, str], meta: dict) -> Cell:
    """The printed number; V or N carries the sign where the gold says so."""
    marks = [p for p in read_number(g["text"]) if p.mark != MARKER]
    printed = marks[0] if len(marks) == 1 else None
    value = Decimal(g["value"]) if g["value"] else None
    decimals = (
        printed.decimals if printed else max(0, -int(value.as_tuple().exponent)) if value is not None else 0
    )
    if "signed" in g:
        sign = -1 if value and g["signed"] and Decimal(g["signed"]) == -value else 1
    else:
        is_marked = meta.get("marker") == "sign" and g.get("marker") == "N" and bool(value)
        sign = -1 if is_marked else 1
        value = abs(value) if is_marked and value is not None else value
    is_missing = value is None and printed is not None and printed.mark == MISSING
    return Cell(
        row, column, g["text"], value, row, value is None and not is_missing, is_missing, decimals,
        g.get("marker") or None, sign, eenheid=printed.eenheid if printed and printed.mark != NIL else None,
    )  # fmt: skip


# --- sums and planted errors --------------------------------------------------------------------------


def _sums(path: Path, gold: Sequence[dict[str, str]], places: dict[str, Position]) -> Iterable[GoldSum]:
    """The sums of a case, without terms that hold no number; those of one term only are no sums."""
    if not path.exists():
        return
    numbers: dict[tuple, str] = {}
    for g in gold:
        numbers.setdefault(_words(g), g["row_no"])
    nothing = {g["row_no"] for g in gold if not g["value"]}
    for told in json.loads(path.read_text("utf-8")):
        if not told.get("parts_complete", True):
            continue
        parts = told["parts"]
        if "cells" in told:
            lines = [str(n) for n in told["cells"]]
        else:
            lines = [numbers.get(_as_words(*p[:2]), "") for p in (told["total"], *parts)]
        if sum(line not in nothing for line in lines) < 2:
            continue
        yield GoldSum(
            places.get(lines[0]),
            tuple(
                (places.get(line), Decimal(str(p[2])))
                for line, p in zip(lines[1:], parts, strict=True)
                if line not in nothing
            ),
            told["total"][1] == parts[0][1],
        )


def _as_words(row: str, column: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(re.findall(r"\w+", row.lower())), frozenset(re.findall(r"\w+", column.lower()))


def _words(g: dict[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    return _as_words(g["row_path"], g["column_path"])


def _planted(told: Iterable) -> set[tuple[frozenset[str], frozenset[str]]]:
    found = set()
    for each in told:
        if isinstance(each, dict):
            found.add(_as_words(each.get("row_path", ""), each.get("column_path", "")))
        elif isinstance(each, list):
            found.add(_as_words(*each[:2]))
    return found


def _soort(meta: dict) -> str:
    said = meta.get("soort")
    return said or ("jaarstukken" if _ACCOUNTS.search(meta.get("document", "")) else "begroting")
