"""The numbers of a table: what each position prints, under which column, with which sign and note.

What is no number is rejected by name and kept as a cell without one, so that no sum passes it by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .columns import BAD, TEXT, Frame, kind_of
from .footnotes import Footnotes
from .indicators import stripped_notes
from .model import Cell, Column, Grid, Reject, Row, join_path
from .numbers import MARKER, MISSING, NIL, NUMBER, Printed, clean, read

_TEXT_LAYOUTS = frozenset({"tab", "pipe"})
_PERIOD = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The cells of a table, the rows whose columns are not sure, and what was rejected or noted."""

    cells: tuple[Cell, ...]
    loose: frozenset[int]
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all cells of one table share."""

    path: str
    kind: str
    columns: tuple[Column, ...]
    notes: Footnotes
    marker_is_sign: bool


def cells_of(
    grid: Grid,
    frame: Frame,
    rows: Sequence[tuple[Row, int]],
    kind: str,
    columns: tuple[Column, ...],
    notes: Footnotes,
    path: str,
) -> Numbers:
    """Every printed value below the header, in reading order."""
    setting = Setting(path, kind, columns, notes, _marker_is_sign(frame))
    is_indicator = kind == "indicatoren"
    may_slide = not grid.sure or (grid.layout in _TEXT_LAYOUTS and not _blanks_show_positions(frame, rows))
    sources = _sources(frame)
    cells: list[Cell] = []
    rejects: list[Reject] = []
    loose: set[int] = set()
    for row, index in rows:
        why = _unreadable(frame, row, index)
        if why is not None:
            reason, reason_en = why
            rejects.append(Reject(path, row.line, reason, _shown(frame, index), reason_en=reason_en))
            continue
        texts = frame.texts[index] if sources is None else _shifted_back(frame, index, sources)
        found = _row_cells(frame, texts, index, row, setting, rejects)
        cells += found
        ends_short = index in grid.loose_rows and not texts[frame.value_columns[-1]]
        if may_slide and ends_short and found and len({c.column for c in found}) < len(columns):
            loose.add(row.no)
    if is_indicator:
        by_no = {row.no: (row, index) for row, index in rows}
        for no in sorted(loose):
            row, index = by_no[no]
            reason = "een waarde van deze rij ontbreekt; de andere zijn van links af geplaatst"
            reason_en = "a value of this row is missing; the others are placed from the left"
            rejects.append(
                Reject(path, row.line, reason, _shown(frame, index), kind="note", reason_en=reason_en)
            )
        cells = stripped_notes(cells, [row for row, _ in rows], notes.texts)
        loose.clear()
    return Numbers(tuple(cells), frozenset(loose), tuple(rejects))


def _unreadable(frame: Frame, row: Row, index: int) -> tuple[str, str] | None:
    """Why a row as a whole cannot be read, in Dutch and in English, or None."""
    if index in frame.overfull:
        values = [p for p in frame.rows[index][frame.value_columns[0] :] if p is not None and p.text]
        have, room = len(values), len(frame.value_columns)
        return (
            f"rij heeft {have} waarden waar de tabel {room} kolommen heeft",
            f"row has {have} values where the table has {room} columns",
        )
    return None if row.path[-1] else ("rij met getallen zonder naam", "row of numbers without a name")


def _shown(frame: Frame, index: int) -> str:
    return " | ".join(clean(p.text) for p in frame.rows[index] if p is not None and p.text)


# --- signs -------------------------------------------------------------------------------------------------


def _marker_is_sign(frame: Frame) -> bool:
    """V and N carry the sign, unless some number beside one carries a minus itself: then they are labels."""
    for index in frame.body:
        texts = frame.texts[index]
        beside = {c for mark, c in frame.markers.items() if texts[mark]}
        for c in frame.value_columns:
            text = texts[c]
            if c in beside or (text and (text[0] in "VNvn" or text[-1] in "VNvn)")):
                found = read(text)
                if found and found[0].has_minus and (found[0].marker or c in beside):
                    return False
    return True


# --- rows whose cells moved -----------------------------------------------------------------------------------


def _blanks_show_positions(frame: Frame, rows: Sequence[tuple[Row, int]]) -> bool:
    """Whether rows leave blanks between values: then a blank at the end is a place too, and no row is loose."""
    for _, index in rows:
        filled = [bool(frame.texts[index][c]) for c in frame.value_columns]
        if False in filled and True in filled:
            last = len(filled) - filled[::-1].index(True)
            if False in filled[:last]:
                return True
    return False


def _sources(frame: Frame) -> frozenset[str] | None:
    bron = frame.attributes.get("bron")
    return None if bron is None else frozenset(frame.texts[i][bron] for i in frame.body)


def _shifted_back(frame: Frame, index: int, sources: frozenset[str]) -> tuple[str, ...]:
    """The texts of a row; a source that slid into the last values goes back to its own column."""
    texts = frame.texts[index]
    bron = frame.attributes["bron"]
    if texts[bron]:
        return texts
    last = next((c for c in reversed(frame.value_columns) if texts[c] and c < bron), None)
    if (
        last is None
        or kind_of(texts[last]) != TEXT
        or not (texts[last] in sources or texts[last][:1].isupper())
    ):
        return texts
    moved = list(texts)
    moved[last], moved[bron] = "", texts[last]
    return tuple(moved)


# --- values ------------------------------------------------------------------------------------------------


def _row_cells(
    frame: Frame, texts: tuple[str, ...], index: int, row: Row, setting: Setting, rejects: list[Reject]
) -> list[Cell]:
    period = _year_of_period(texts[frame.attributes["periode"]]) if "periode" in frame.attributes else None
    beside = {value: texts[mark] for mark, value in frame.markers.items()} if frame.markers else {}
    pieces = frame.rows[index]
    cells: list[Cell] = []
    for no, c in enumerate(frame.value_columns, start=1):
        text = texts[c]
        if not text:
            continue
        piece = pieces[c] if c < len(pieces) else None
        line, page = (piece.line, piece.page) if piece is not None else (row.line, None)
        found = read(text)
        if not found or found[0].mark == MARKER:
            cells.append(_without_number(text, row, no, line, page, setting, rejects))
            continue
        marker = next((p.marker for p in read(beside[c])), None) if c in beside else None
        for occurrence, value in enumerate(found, start=1):
            cells.append(_cell(value, row, no, line, page, occurrence, marker, period, setting))
    return cells


def _without_number(
    text: str, row: Row, no: int, line: int, page: int | None, setting: Setting, rejects: list[Reject]
) -> Cell:
    """A cell that holds no number: a target in words, or something that must be rejected."""
    kind = kind_of(text)
    if setting.kind == "indicatoren" and kind != BAD:
        noot = setting.notes.of_text(text)
        return Cell(row.no, no, text, None, line, eenheid=row.eenheid, page=page, noot=noot)
    where = join_path(setting.columns[no - 1].path)
    is_text = kind in (BAD, TEXT)
    reason = f"{'geen getal' if is_text else 'een teken zonder getal'} in kolom {where}"
    reason_en = f"{'no number' if is_text else 'a sign without a number'} in column {where}"
    rejects.append(Reject(setting.path, line, reason, text, reason_en=reason_en))
    return Cell(row.no, no, text, None, line, is_missing=True, page=page)


def _cell(
    value: Printed,
    row: Row,
    no: int,
    line: int,
    page: int | None,
    occurrence: int,
    marker: str | None,
    period: int | None,
    setting: Setting,
) -> Cell:
    is_indicator = setting.kind == "indicatoren"
    mark = value.mark
    marker = value.marker or marker
    is_against = marker == "N" and mark == NUMBER and setting.marker_is_sign
    return Cell(
        row.no,
        no,
        value.text,
        value.value,
        line,
        mark == NIL and not is_indicator,
        mark == MISSING or (mark == NIL and is_indicator),
        value.decimals,
        marker,
        -1 if is_against else 1,
        value.comparator,
        value.eenheid or (row.eenheid if is_indicator else None),
        setting.notes.with_text(value.noot) if value.noot else None,
        value.jaar or (period if is_indicator else None),
        occurrence,
        page,
    )


def _year_of_period(text: str) -> int | None:
    match = _PERIOD.search(text)
    return int(match.group()) if match else None
