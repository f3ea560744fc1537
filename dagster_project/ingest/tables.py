"""A grid that was taken apart, to a table: rows with paths, cells with numbers, and what could not be read.

Everything here is shared by all formats. Titles, units and notes around the grid come in from
``understand``; sums are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .columns import BAD, TEXT, Frame, kind_of, text_at
from .headers import unit_in, without_unit
from .indicators import stripped_notes, unit_from_label
from .kinds import Words, quantity_of
from .kinds import kind_of as table_kind
from .meaning import column_meaning, plain, row_meaning
from .model import Cell, Column, Grid, Reject, Row, Table
from .numbers import MARKER, MISSING, NIL, NUMBER, Printed, clean, read
from .paths import Event, Place, code_of, places

_CLASS_OF_RESERVES = re.compile(
    r"(?:overige )?(?:algemene|bestemmings|egalisatie|dekkings|beklemde|vrije|geoormerkte)? ?(?:reserves?|voorzieningen|voorziening|reserves en voorzieningen)"
)
_TEXT_LAYOUTS = ("tab", "pipe")
_SENTENCE = re.compile(r"\S+(?: \S+){2,}[^.]\.$")
_MARK_AT_END = re.compile(r"(\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[\s)])\d\)?)$")
_ABBREVIATED = re.compile(
    r"(?:\b\w\.?\w|\b(?:etc|div|alg|excl|incl|enz|voorz|res|ond|overh|onderh|wijz|begr|rek))\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a grid: where it stands, and the document's description."""

    no: int
    path: str
    caption: str = ""
    section: tuple[str, ...] = ()
    unit: str | None = None
    unit_source: str | None = None
    notes: tuple[tuple[str, str], ...] = ()  # footnote mark, text
    prefix: tuple[str, ...] = ()
    soort: str = ""
    jaar: int | None = None
    rest: tuple[str, ...] = ()  # other texts that belong to the table


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the grid with values."""

    index: int
    label: str
    event: int


def is_note(text: str) -> bool:
    """A sentence over the full width: an explanation, no heading."""
    return _SENTENCE.fullmatch(text) is not None and _ABBREVIATED.search(text) is None


def words_of(grid: Grid, frame: Frame, caption: str) -> Words:
    """The words of a table that tell its kind."""
    labels, headings = [], []
    for event, _ in _events(grid, frame):
        (labels if event.kind == "row" else headings).append(event.label)
    return Words(caption, frame.corner, frame.paths, tuple(frame.attributes), tuple(labels), tuple(headings))


def build(grid: Grid, frame: Frame, context: Context) -> Table:
    """The table of a grid, with what was rejected in it."""
    words = words_of(grid, frame, context.caption)
    kind = table_kind(words)
    columns = _columns(frame, context, kind)
    rows, lines = _rows(grid, frame, context, kind, words)
    cells, loose, rejects = _cells(grid, frame, context, kind, rows, lines, columns)
    kept = {c.row for c in cells}
    used = [p for r in grid.rows for p in r if p is not None]
    notes = tuple(dict.fromkeys([*context.rest, *(f"{m} {t}" for m, t in context.notes)]))
    return Table(
        no=context.no,
        path=context.path,
        caption=context.caption,
        kind=kind,
        layout=grid.layout,
        unit=None if kind == "indicatoren" else context.unit,
        unit_source=None if kind == "indicatoren" or context.unit is None else context.unit_source,
        columns=columns,
        rows=tuple(r for r in rows if r.no in kept),
        cells=tuple(cells),
        first_line=min((p.line for p in used), default=0),
        last_line=max((p.line for p in used), default=0),
        section=context.section,
        notes=notes,
        page=next((p.page for p in used if p.page), None),
        sheet=grid.sheet,
        loose_rows=frozenset(loose),
        rejects=tuple(rejects),
        prefix=context.prefix,
    )


# --- columns ---------------------------------------------------------------------------------------------


def _columns(frame: Frame, context: Context, kind: str) -> tuple[Column, ...]:
    """The value columns with their meaning; a bare year is budget or estimate by the document's own year."""
    result = []
    for no, path in enumerate(frame.paths, start=1):
        shown = path or (f"kolom {no}",)
        meant = column_meaning(shown)
        stand = meant.stand
        if (
            stand is None
            and meant.jaar
            and meant.rol != "difference"
            and context.soort == "begroting"
            and context.jaar
        ):
            if kind not in ("indicatoren",):
                stand = (
                    "begroting"
                    if meant.jaar == context.jaar
                    else "meerjarenraming"
                    if meant.jaar > context.jaar
                    else None
                )
        if (
            stand == "meerjarenraming"
            and "raming" in plain(" ".join(shown))
            and "meerjaren" not in plain(" ".join(shown))
        ):
            stand = "begroting" if meant.jaar and context.jaar and meant.jaar <= context.jaar else stand
        if meant.rol == "difference":
            stand = None
        grootheid = meant.grootheid
        if kind == "indicatoren":
            grootheid = _indicator_quantity(shown) or grootheid
        result.append(Column(no, shown, grootheid, stand, meant.jaar, meant.rol))
    return tuple(result)


def _indicator_quantity(path: tuple[str, ...]) -> str | None:
    """realisatie, streefwaarde or benchmark, from the words of a column of indicators."""
    text = plain(" ".join(path))
    if re.search(
        r"benchmark|nederland|landelijk|gemeenten|regio|provincie|gemiddeld|referentie|vergelijk", text
    ):
        return "benchmark"
    if re.search(r"streef|ambitie|doel|target|norm|begroting|raming|prognose|begroot", text):
        return "streefwaarde"
    return (
        "realisatie"
        if re.search(r"realisatie|werkelijk|meting|waarde|rekening|stand|score|resultaat|20\d\d", text)
        else None
    )


# --- rows ------------------------------------------------------------------------------------------------


def _events(grid: Grid, frame: Frame) -> Iterator[tuple[Event, int]]:
    """Headings, rows and blank lines below the header, with the index of their row in the grid."""
    header_texts = [
        [plain(text_at(frame.rows[h], c)) for c in range(1, len(frame.rows[h]))] for h in frame.header
    ]
    outer, inner = frame.label_columns[:-1], frame.label_columns[-1:]
    outer = tuple(c for c in outer if c != frame.code_column)
    indents = _indents(frame)
    shown: list[str] = [""] * len(outer)
    for index in range(frame.first, len(frame.rows)):
        row = frame.rows[index]
        texts = {c: t for c in range(len(row)) if (t := text_at(row, c))}
        if not texts:
            yield Event("blank"), index
            continue
        if [plain(text_at(row, c)) for c in range(1, len(row))] in header_texts and len(texts) > 1:
            continue
        own = [c for c in (*outer, *inner) if c in texts]
        code = texts.get(frame.code_column, "") if frame.code_column is not None else ""
        values = [
            c
            for c in texts
            if c in frame.value_columns or c in frame.markers or c in frame.attributes.values()
        ]
        label = texts[own[-1]] if own else ""
        if not grid.sure and len(row) > len(frame.rows[0]):
            values = values or [len(frame.rows[0])]
        if not values:
            text = " ".join([code, *(texts[c] for c in sorted(texts) if c != frame.code_column)]).strip()
            if not without_unit(text):
                continue
            yield Event("note" if is_note(text) else "heading", text, indents.get(index, 0)), index
            shown = [""] * len(outer)
            continue
        if code:
            label = f"{code} {label}".strip()
        if not outer:
            yield Event("row", label, indents.get(index, 0)), index
            continue
        is_inner = bool(inner) and inner[0] in texts
        for position, c in enumerate(outer):
            if c in texts and is_inner and texts[c] != shown[position]:
                yield Event("heading", texts[c]), index
                shown[position] = texts[c]
                shown[position + 1 :] = [""] * (len(outer) - position - 1)
        yield Event("row", label, is_outer=not is_inner, is_inner=is_inner), index


def _indents(frame: Frame) -> dict[int, int]:
    """Spaces in front of the labels, counted from the least that any row has."""
    if not frame.label_columns:
        return {}
    c = frame.label_columns[0]
    found = {}
    for index in range(frame.first, len(frame.rows)):
        piece = frame.rows[index][c] if c < len(frame.rows[index]) else None
        if piece is not None and piece.text.strip():
            found[index] = len(piece.text) - len(piece.text.lstrip(" \u00a0"))
    least = min(found.values(), default=0)
    return {i: n - least for i, n in found.items()}


def _rows(
    grid: Grid, frame: Frame, context: Context, kind: str, words: Words
) -> tuple[list[Row], list[_Line]]:
    """Every row with values, with its path and meaning."""
    events = [(e, i) for e, i in _events(grid, frame) if e.kind != "note"]
    found = iter(places([e for e, _ in events]))
    quantity = quantity_of(words, kind)
    rows: list[Row] = []
    lines: list[_Line] = []
    for position, (event, index) in enumerate(events):
        if event.kind != "row":
            continue
        place = next(found)
        no = len(rows) + 1
        rows.append(_row(no, place, event, frame, index, context, kind, quantity))
        lines.append(_Line(index, event.label, position))
    if kind == "reserves":
        rows = _without_classes(rows, frame)
    return rows, lines


def _row(
    no: int,
    place: Place,
    event: Event,
    frame: Frame,
    index: int,
    context: Context,
    kind: str,
    quantity: str | None,
) -> Row:
    row = frame.rows[index]
    label = event.label
    meant = row_meaning(label)
    line = next((p.line for p in row if p is not None), 0)
    attributes = {name: text_at(row, c) for name, c in frame.attributes.items()}
    is_indicator = kind == "indicatoren"
    note = _notes_of(label, context) or _notes_of(attributes.get("bron", ""), context, anywhere=True)
    return Row(
        no=no,
        path=(*context.prefix, *place.path),
        line=line,
        grootheid=None if is_indicator else meant.grootheid or quantity,
        code=code_of(label),
        rol="item" if is_indicator else meant.rol,
        depth=place.depth,
        block=place.block,
        is_group_total=place.is_group_total,
        bron=attributes.get("bron") or None,
        eenheid=attributes.get("eenheid") or (unit_from_label(label) if is_indicator else None),
        noot=note,
    )


def _without_classes(rows: list[Row], frame: Frame) -> list[Row]:
    """Where columns carry the flow of a stock, a row is a reserve by name; its class is no part of the name.

    ``Bestemmingsreserves > Reserve groen`` is the reserve ``Reserve groen`` of that class. Kept where
    names would coincide.
    """
    flows = {column_meaning(p).grootheid for p in frame.paths}
    if not flows & {"begin", "eind"}:
        return rows
    bare = [
        replace(r, path=r.path[-1:], klasse=r.path[-2])
        if len(r.path) == 2 and _CLASS_OF_RESERVES.fullmatch(plain(without_unit(r.path[0])))
        else r
        for r in rows
    ]
    return bare if len({r.path for r in bare}) == len(rows) else rows


# --- cells -----------------------------------------------------------------------------------------------


def _cells(
    grid: Grid,
    frame: Frame,
    context: Context,
    kind: str,
    rows: list[Row],
    lines: list[_Line],
    columns: tuple[Column, ...],
) -> tuple[list[Cell], set[int], list[Reject]]:
    cells: list[Cell] = []
    rejects: list[Reject] = []
    loose: set[int] = set()
    last = frame.value_columns[-1]
    numbers = {c: no for no, c in enumerate(frame.value_columns, start=1)}
    blanks_show = _blanks_show_positions(frame, lines)
    for row, line in zip(rows, lines):
        printed = frame.rows[line.index]
        texts = _shifted_back(frame, printed, kind)
        if not grid.sure and len(printed) > len(frame.rows[0]):
            rejects.append(_too_many(grid, printed, row, context, len(frame.value_columns)))
            continue
        if not row.path[-1]:
            rejects.append(Reject(context.path, row.line, "rij met getallen zonder naam", _shown(printed)))
            continue
        found = list(_row_cells(frame, texts, printed, row, numbers, context, kind, columns, rejects))
        cells += found
        is_short = line.index in grid.loose_rows and not texts.get(last)
        if is_short and (not grid.sure or (grid.layout in _TEXT_LAYOUTS and not blanks_show)):
            if 0 < len({c.column for c in found}) < len(numbers):
                loose.add(row.no)
                if kind == "indicatoren":
                    reason = "een waarde van deze rij ontbreekt; de andere zijn van links af geplaatst"
                    rejects.append(Reject(context.path, row.line, reason, _shown(printed), kind="note"))
    cells = _signed(cells)
    if kind == "indicatoren":
        cells = stripped_notes(cells, rows, context.notes)
        loose.clear()
    return cells, loose, rejects


def _shown(row: Sequence[object]) -> str:
    return " | ".join(clean(p.text) for p in row if p is not None)  # type: ignore[attr-defined]


def _too_many(grid: Grid, printed: Sequence[object], row: Row, context: Context, n: int) -> Reject:
    count = sum(1 for p in printed[1:] if p is not None)
    return Reject(
        context.path, row.line, f"rij heeft {count} waarden waar de tabel {n} kolommen heeft", _shown(printed)
    )


def _blanks_show_positions(frame: Frame, lines: list[_Line]) -> bool:
    """Whether rows leave blanks between values: then a blank at the end is a place too, and no row is loose."""
    inside = 0
    for line in lines:
        filled = [bool(text_at(frame.rows[line.index], c)) for c in frame.value_columns]
        if True in filled:
            first, last = filled.index(True), len(filled) - filled[::-1].index(True)
            inside += first > 0 or False in filled[first:last]
    return inside > 0


def _shifted_back(frame: Frame, row: Sequence[object], kind: str) -> dict[int, str]:
    """The texts of a row by column; a source that slid into the last values goes back to its own column."""
    texts = {c: text_at(row, c) for c in range(len(row)) if text_at(row, c)}  # type: ignore[arg-type]
    bron = frame.attributes.get("bron")
    if bron is None or bron in texts:
        return texts
    known = {text_at(r, bron) for r in frame.rows[frame.first :]}
    for c in reversed(frame.value_columns):
        if c in texts and c < bron:
            if kind_of(texts[c]) == TEXT and (texts[c] in known or texts[c][:1].isupper()):
                texts[bron] = texts.pop(c)
            break
    return texts


def _row_cells(
    frame: Frame,
    texts: dict[int, str],
    printed: Sequence[object],
    row: Row,
    numbers: dict[int, int],
    context: Context,
    kind: str,
    columns: tuple[Column, ...],
    rejects: list[Reject],
) -> Iterator[Cell]:
    period = _year_of_period(texts.get(frame.attributes.get("periode", -1), ""))
    beside = {value: texts[mark] for mark, value in frame.markers.items() if mark in texts}
    for c, no in numbers.items():
        text = texts.get(c, "")
        if not text:
            continue
        piece = printed[c] if c < len(printed) else None
        line = piece.line if piece is not None else row.line  # type: ignore[attr-defined]
        page = piece.page if piece is not None else None  # type: ignore[attr-defined]
        found = read(text)
        if not found or found[0].mark == MARKER:
            what = kind_of(text)
            if kind == "indicatoren" and what != BAD:
                yield Cell(
                    row.no,
                    no,
                    text,
                    None,
                    line,
                    eenheid=row.eenheid,
                    page=page,
                    noot=_notes_of(text, context),
                )
                continue
            reason = "geen getal" if what in (BAD, TEXT) else "een teken zonder getal"
            rejects.append(
                Reject(context.path, line, f"{reason} in kolom {' > '.join(columns[no - 1].path)}", text)
            )
            yield Cell(row.no, no, text, None, line, is_missing=True, page=page)
            continue
        marker = read(beside[c])[0].marker if c in beside and read(beside[c]) else None
        for occurrence, value in enumerate(found, start=1):
            yield _cell(value, row, no, line, page, occurrence, marker, period, context, kind)


def _cell(
    value: Printed,
    row: Row,
    no: int,
    line: int,
    page: int | None,
    occurrence: int,
    marker: str | None,
    period: int | None,
    context: Context,
    kind: str,
) -> Cell:
    is_indicator = kind == "indicatoren"
    return Cell(
        row=row.no,
        column=no,
        text=value.text,
        value=value.value if value.mark == NUMBER else None,
        line=line,
        is_nil=value.mark == NIL and not is_indicator,
        is_missing=value.mark == MISSING or (value.mark == NIL and is_indicator),
        decimals=value.decimals,
        marker=value.marker or marker,
        sign=-1 if value.has_minus else 1,  # settled for the table in _signed
        comparator=value.comparator,
        eenheid=value.eenheid or (row.eenheid if is_indicator else None),
        noot=_footnote(value.noot, context),
        jaar=value.jaar or (period if is_indicator else None),
        occurrence=occurrence,
        page=page,
    )


def _signed(cells: list[Cell]) -> list[Cell]:
    """V and N carry the sign, unless some number beside one carries a minus itself: then they are labels."""
    marked = [c for c in cells if c.marker and c.value is not None]
    is_label = any(c.sign == -1 for c in marked)
    return [
        replace(c, sign=-1 if c.marker == "N" and c.value is not None and not is_label else 1) for c in cells
    ]


def _year_of_period(text: str) -> int | None:
    match = re.match(r"(?:19|20)\d\d", text)
    return int(match.group()) if match else None


# --- footnotes ----------------------------------------------------------------------------------------------


def _footnote(mark: str | None, context: Context) -> str | None:
    """A footnote mark with its text, where the text is known."""
    if not mark:
        return None
    texts = dict(context.notes)
    bare = mark.strip("()").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")).strip(")")
    text = texts.get(mark) or texts.get(bare)
    return f"{mark} {text}" if text else mark


def _notes_of(text: str, context: Context, anywhere: bool = False) -> str | None:
    """The footnote that a label, source or text carries: a mark at its end, or stars anywhere in a source."""
    match = _MARK_AT_END.search(text) or (re.search(r"\*{1,4}", text) if anywhere else None)
    if match is None:
        return None
    noted = _footnote(match.group(), context)
    return noted if noted != match.group() or "*" in match.group() else None


def unit_in_header(frame: Frame) -> str | None:
    """The unit that a header or corner prints."""
    for h in frame.header:
        for piece in frame.rows[h]:
            if piece is not None and (unit := unit_in(clean(piece.text))):
                return unit
    return next((u for p in frame.captions if (u := unit_in(clean(p.text)))), None)
