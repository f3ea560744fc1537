"""A panel to a table: rows with their place and meaning, columns with theirs, cells with numbers.

Shared by all formats. Titles, units and notes around the panel come in from ``around``; sums are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dagster_project.reading.formats.notation import as_dutch
from dagster_project.reading.formats.paragraphs import unbroken

from .codes import code_of
from .field_words import pattern_of
from .footnotes import Footnotes, mark_inside, raised
from .header_words import is_only_unit, says_benchmark, unit_in, unit_part, without_unit
from .held import Place
from .hierarchy import Placed, place_rows
from .indicators import stripped_notes, unit_from_label
from .kinds import Words, quantity_of
from .kinds import kind_of as table_kind
from .meaning import column_meaning, counted_in, plain, row_meaning
from .model import GEVRAAGD, Cell, Column, Notation, Piece, Reject, Row, Table
from .numbers import MARKER, MISSING, NIL, NUMBER, Printed, clean, is_malformed, is_unit_name, read
from .outline import Line
from .panel import BLANK, HEADING, NOTE, ROW, Panel, Strip
from .under_headers import counted_in_row

LONG = 400  # rows
_PERIOD = re.compile(r"(?:19|20)\d\d")
_TARGET = pattern_of("streefwaarde", "header")
_REALISED = pattern_of("realisatie", "header")
_CLASS_OF_RESERVES = pattern_of("klasse_van_reserves", "label")
_NOTE_MARK = re.compile(
    r"(?<=\S)\s*(?:\*{1,4}\)?|(?<!\bm)(?<!\bkm)(?<!\bdm)(?<!\bcm)[¹²³⁴⁵⁶⁷⁸⁹⁰]+[)⁾]?|(?<=[^\d\s(])\d\)|(?<=\s)\d\))$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a panel: where it stands, and the document's description."""

    no: int
    path: str
    caption: str = ""
    section: tuple[str, ...] = ()
    unit: str | None = None
    unit_source: str | None = None
    footnotes: Footnotes = field(default_factory=Footnotes)
    prefix: tuple[str, ...] = ()
    soort: str = ""
    jaar: int | None = None
    rest: tuple[str, ...] = ()  # other texts that belong to the table
    # The headings that a person put rows under, joined, by number of the row.
    under: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Built:
    """A table and how its rows were placed."""

    table: Table
    placed: Placed


def one_line(text: str) -> str:
    """A printed text on one line: a hyphen at the end of a line is taken out."""
    return clean(unbroken(text))


def label_text(text: str) -> str:
    """A label without footnote marks, on one line. Inside it a mark has a bracket that closes nothing: ``Peel 1) (Helmond)``."""
    text = one_line(text)
    if (inside := mark_inside(text)) is not None:
        text = clean(text[: inside.start()] + text[inside.end() :])
    while (found := _NOTE_MARK.search(text)) is not None and found.start() > 0:
        if found.group().endswith(")") and text.count("(") == text.count(")"):
            break  # it closes a bracket of the label
        text = text[: found.start()].rstrip()
    return text


def header_text(text: str) -> str:
    """A header without its unit and marks, on one line; a plus or minus by itself is one."""
    if text in ("+", "-"):
        return text
    return label_text(without_unit(one_line(text)))


def column_path(path: Sequence[str]) -> tuple[str, ...]:
    """A column's path as it is stored: units, marks and equal texts under each other taken out."""
    texts = [t for p in path if (t := header_text(p))]
    return tuple(t for i, t in enumerate(texts) if i == 0 or t != texts[i - 1])


_UNIT_BEHIND = re.compile(r"\s*\(\s*(?:in |x )?([^()]{1,12})\s*\)$")


def without_units(paths: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Column paths less the units that stand in brackets behind a name, where no two columns become one by it."""
    bare = tuple(tuple(_without_unit_behind(t) for t in path) for path in paths)
    return bare if len(set(bare)) == len(set(paths)) else paths


def _without_unit_behind(text: str) -> str:
    found = _UNIT_BEHIND.search(text)
    return text[: found.start()] if found and found.start() and is_unit_name(found[1].strip()) else text


def unit_of_header(panel: Panel) -> str | None:
    """The unit that the header of a panel prints, or a heading of its rows."""
    headings = (s.name for s in panel.rows if s.kind == HEADING)
    for text in (*panel.header, *panel.header_lines, panel.corner, *headings):
        if unit := unit_in(text):
            return unit
    return None


def build(panel: Panel, context: Context) -> Built:
    """The table of a panel, with what was rejected in it."""
    paths = without_units(tuple(column_path(p) for p in panel.paths))
    strips = [s for s in panel.rows if s.kind != NOTE]
    labels = raised([s.label for s in strips], context.footnotes)
    strips = [s if s.label == t else replace(s, label=t) for s, t in zip(strips, labels, strict=True)]
    if panel.notation != "nl":
        strips = [replace(s, values=tuple(_dutch(p, panel.notation) for p in s.values)) for s in strips]
    lines, owners = _lines(strips, panel)
    placed = _plain_places(strips) or place_rows(
        lines, _steps(strips, len(paths)), {no - 1: texts for no, texts in context.under.items()}
    )
    words = Words(
        context.caption,
        without_unit(panel.corner),
        paths,
        _telling(panel, strips),
        tuple(s.name for s in strips if s.kind == ROW),
        tuple(li.label for li in lines if li.kind == HEADING),
    )
    kind = table_kind(words)
    columns = _columns(paths, context, kind)
    quantity = quantity_of(words, kind)
    rows = [
        (_row(no, strip, place, kind, quantity, context), strip)
        for no, (strip, place) in enumerate(zip(owners, placed.places, strict=True), start=1)
    ]
    if kind == "reserves":
        rows = _without_classes(rows, paths)
    summed = () if kind == "indicatoren" else _totals_without_name(rows, _steps(strips, len(paths)))
    placed = replace(placed, by_sums=tuple(sorted({*placed.by_sums, *summed})))
    cells, loose, rejects = _cells(panel, rows, kind, columns, context, summed)
    kept = {cell.row for cell in cells}
    asked = loose if kind == "indicatoren" else set()  # no sum can place them
    has_unit = kind != "indicatoren" and context.unit is not None
    table = Table(
        no=context.no,
        path=context.path,
        caption=context.caption,
        kind=kind,
        layout=panel.layout,
        unit=context.unit if has_unit else None,
        unit_source=context.unit_source if has_unit else None,
        columns=columns,
        rows=tuple(
            replace(row, lezing=GEVRAAGD) if row.no in asked else row for row, _ in rows if row.no in kept
        ),
        cells=tuple(cells),
        first_line=panel.first_line,
        last_line=panel.last_line,
        section=context.section,
        notes=tuple(dict.fromkeys([*context.rest, *context.footnotes.lines()])),
        page=panel.page,
        sheet=panel.sheet,
        loose_rows=frozenset(loose - asked),
        rejects=tuple(rejects),
        prefix=context.prefix,
    )
    return Built(table, placed)


def _telling(panel: Panel, strips: Sequence[Strip]) -> tuple[str, ...]:
    """The attributes that tell the kind of a table: not units of money in every row, nor units of a few rows only."""
    rows = [s for s in strips if s.kind == ROW]
    units = [unit for s in rows if (unit := s.texts.get("eenheid"))]
    is_money = bool(units) and all(map(is_only_unit, units))
    is_of_few = 3 * len(units) < len(rows)
    return tuple(a for a in panel.attributes if a != "eenheid" or not (is_money or is_of_few))


def _dutch(piece: Piece | None, notation: Notation) -> Piece | None:
    return None if piece is None else piece._replace(text=as_dutch(piece.text, notation))


def _plain_places(strips: Sequence[Strip]) -> Placed | None:
    """Where long tables print all of a row's path in the row itself, there is nothing to search."""
    rows = [s for s in strips if s.kind == ROW]
    if len(rows) < LONG or len(rows) < len(strips) or not all(all(s.outer) for s in rows):
        return None
    if not rows[0].outer and any(row_meaning(label_text(s.name)).rol != "item" for s in rows):
        return None
    places = []
    block, before = 0, None
    for s in rows:
        outer = tuple(map(label_text, s.outer))
        block += outer != before
        before = outer
        places.append(Place((*outer, label_text(s.name)), block))
    return Placed(tuple(places), 0.0, (None,) * len(places))


# --- rows ----------------------------------------------------------------------------------------------


def _lines(strips: Sequence[Strip], panel: Panel) -> tuple[list[Line], list[Strip]]:
    """Headings and rows for the search, texts of grouping columns as headings of their own; the rows in order."""
    lines: list[Line] = []
    owners: list[Strip] = []
    shown: tuple[str, ...] = ()
    said: Mapping[str, str] = {}  # by the last heading: its unit, its source
    for strip in strips:
        if strip.kind == BLANK:
            lines.append(Line(BLANK, ""))
            continue
        if strip.kind == HEADING:
            named = header_text(strip.name) if unit_in(strip.name) else ""
            label = named or label_text(strip.name)
            lines.append(Line(HEADING, label, indent=strip.indent, is_bold=strip.is_bold))
            said = strip.texts
            shown = ()
            continue
        outer = tuple(label_text(t) for t in strip.outer)
        if any(outer):
            for depth, text in enumerate(outer):
                if text and text != (shown[depth] if depth < len(shown) else ""):
                    lines.append(Line(HEADING, text, is_outer=True, level=depth))
                    shown = (*shown[:depth], *("",) * (depth - len(shown)), text)
        is_left = panel.repeats_groups and bool(strip.outer) and not any(outer)
        lines.append(
            Line(
                ROW,
                label_text(strip.name),
                _amounts(strip),
                strip.indent,
                strip.is_bold,
                is_outer=is_left or not strip.has_own_label,
                has_code=bool(strip.code),
                is_told=any(strip.texts.get(name, text) != text for name, text in said.items()),
            )
        )
        if is_left:
            shown = ()
        owners.append(strip)
    return _with_same_rows(lines), owners


_FEWEST_ALIKE = 3  # headings above the same rows, to be known as those of groups


def _with_same_rows(lines: list[Line]) -> list[Line]:
    """The lines, headings as those of a column of groups where each of several stands above the very same rows.

    What a heading holds is seen then, whichever of its rows is a total: ``Eigen vermogen``, ``Totaal vermogen``,
    ``Bijdrage`` below every party. Only where rows stand below a total, and no other line stands among them.
    """
    at = [i for i, line in enumerate(lines) if line.kind == HEADING]
    if len(at) < _FEWEST_ALIKE or at[0] or any(line.is_outer for line in lines):
        return lines
    held = [[li.label for li in lines[a + 1 : b] if li.kind == ROW] for a, b in pairwise([*at, len(lines)])]
    last = held[-1][: len(held[0])]  # totals of all may stand below
    roles = [row_meaning(label).rol for label in held[0]]
    has_rows_below_total = any(a == "total" and b == "item" for a, b in pairwise(roles))
    if not has_rows_below_total or any(rows != held[0] for rows in (*held[:-1], last)):
        return lines
    headings = set(at)
    return [li._replace(is_outer=True, level=0) if i in headings else li for i, li in enumerate(lines)]


def _amounts(strip: Strip) -> tuple[float | None, ...]:
    """The amounts of a row as signed numbers, nil as zero; nothing where columns are not known."""
    if strip.is_loose or strip.overfull:
        return ()
    return tuple(_amount(p.text) if p is not None else None for p in strip.values)


def _amount(text: str) -> float | None:
    found = read(one_line(text))
    if not found:
        return None
    first = found[0]
    if first.mark == NIL:
        return 0.0
    if first.value is None or first.eenheid == "%":
        return None  # shares do not add up to the share of the whole
    sign = -1 if first.marker == "N" and not first.has_minus else 1
    return sign * float(first.value)


def _steps(strips: Sequence[Strip], width: int) -> tuple[float, ...]:
    """The unit of the last printed digit of every value column."""
    decimals = [0] * width
    for strip in strips:
        for c, piece in enumerate(strip.values[:width]):
            if piece is not None and (found := read(one_line(piece.text))):
                decimals[c] = max(decimals[c], found[0].decimals)
    return tuple(10.0**-digits for digits in decimals)


def _row(no: int, strip: Strip, place: Place, kind: str, quantity: str | None, context: Context) -> Row:
    label = label_text(strip.name)
    meant = row_meaning(label)
    texts = strip.texts
    is_indicator = kind == "indicatoren"
    return Row(
        no=no,
        path=(*context.prefix, *place.path),
        line=strip.line,
        grootheid=None if is_indicator else meant.grootheid or quantity,
        code=label_text(strip.code) or code_of(label),
        rol="item" if is_indicator else meant.rol if label else "total",
        depth=len(place.path) - 1,
        block=place.block,
        is_group_total=place.carries,
        bron=texts.get("bron"),
        eenheid=texts.get("eenheid") or (unit_from_label(label) if is_indicator else None),
        noot=context.footnotes.of_text(one_line(strip.label))
        or context.footnotes.of_text(texts.get("bron", ""), anywhere=True),
    )


def _without_classes(
    rows: list[tuple[Row, Strip]], paths: Sequence[tuple[str, ...]]
) -> list[tuple[Row, Strip]]:
    """Where columns carry the flow of a stock, the class of a reserve is told beside its path too."""
    flows = {column_meaning(p).grootheid for p in paths}
    if not flows & {"begin", "eind"}:
        return rows
    return [
        (
            replace(row, klasse=row.path[0])
            if len(row.path) == 2 and _CLASS_OF_RESERVES.fullmatch(plain(row.path[0]))
            else row,
            s,
        )
        for row, s in rows
    ]


# --- columns -------------------------------------------------------------------------------------------


def _columns(paths: Sequence[tuple[str, ...]], context: Context, kind: str) -> tuple[Column, ...]:
    result = []
    for no, printed in enumerate(paths, start=1):
        path = printed or (f"kolom {no}",)
        meant = column_meaning(path)
        if kind == "indicatoren":
            grootheid = _indicator_quantity(plain(" ".join(path))) or meant.grootheid
            result.append(Column(no, path, grootheid, meant.stand, meant.jaar, meant.rol))
            continue
        stand = None if meant.rol == "difference" else _stand(meant.stand, path, meant.jaar, context)
        result.append(Column(no, path, meant.grootheid, stand, meant.jaar, meant.rol))
    return tuple(result)


def _stand(said: str | None, path: tuple[str, ...], jaar: int | None, context: Context) -> str | None:
    """The state of a column; in a begroting its own year is the budget and a later bare year an estimate."""
    if context.jaar is None or jaar is None:
        return said
    if said is None and context.soort == "begroting" and jaar >= context.jaar:
        return "begroting" if jaar == context.jaar else "meerjarenraming"
    words = plain(" ".join(path))
    if said == "meerjarenraming" and "raming" in words and "meerjaren" not in words and jaar <= context.jaar:
        return "begroting"
    return said


def _indicator_quantity(words: str) -> str | None:
    if says_benchmark(words):
        return "benchmark"
    if _TARGET.search(words):
        return "streefwaarde"
    return "realisatie" if _REALISED.search(words) else None


# --- cells ------------------------------------------------------------------------------------------------


def _cells(
    panel: Panel,
    rows: Sequence[tuple[Row, Strip]],
    kind: str,
    columns: tuple[Column, ...],
    context: Context,
    summed: Sequence[int],
) -> tuple[list[Cell], set[int], list[Reject]]:
    """Every printed value below the header, in reading order; rows whose columns are not known; rejects.

    ``summed`` are the places of rows without a name that sums tell to be totals.
    """
    is_indicator = kind == "indicatoren"
    marker_is_sign = _marker_is_sign(panel)
    counted = [None] * len(columns) if is_indicator else _counted(panel, columns)
    cells: list[Cell] = []
    rejects: list[Reject] = []
    loose: set[int] = set()
    for k, (row, strip) in enumerate(rows):
        why = None if k in summed else _unreadable(row, strip, len(columns))
        if why is not None:
            shown = " | ".join([strip.name, *(p.text for p in strip.values if p is not None)])
            shown = " | ".join(strip.overfull) or shown
            rejects.append(Reject(context.path, row.line, why[0], clean(shown), reason_en=why[1]))
            continue
        period = _period(strip.texts.get("periode", "")) if is_indicator else None
        for no, piece in enumerate(strip.values, start=1):
            if piece is None or not clean(piece.text):
                continue
            text = one_line(piece.text)
            found = read(text)
            if not found or found[0].mark == MARKER:
                cells.append(_without_number(text, row, no, piece, kind, columns, context, rejects))
                continue
            for occurrence, value in enumerate(found, start=1):
                cells.append(
                    _cell(
                        value,
                        row,
                        no,
                        piece,
                        occurrence,
                        period,
                        is_indicator,
                        marker_is_sign,
                        row.eenheid if is_indicator or _is_of_its_own(row) else counted[no - 1],
                        context,
                    )
                )
        if strip.is_loose and any(p is not None for p in strip.values):
            loose.add(row.no)
    if is_indicator:
        for row, strip in rows:
            if row.no in loose:
                reason = "een waarde van deze rij ontbreekt; de andere zijn van links af geplaatst"
                reason_en = "a value of this row is missing; the others are placed from the left"
                rejects.append(
                    Reject(context.path, row.line, reason, strip.name, "question", reason_en=reason_en)
                )
        cells = stripped_notes(cells, [row for row, _ in rows], context.footnotes.texts)
    return cells, loose, rejects


def _totals_without_name(rows: Sequence[tuple[Row, Strip]], steps: Sequence[float]) -> tuple[int, ...]:
    """Places of rows without a name that are, in every column, the sum of two rows or more down from the last such row.

    Not below a row that is called a total: what that holds would count twice.
    """
    found: list[int] = []
    above: list[tuple[float | None, ...]] = []
    for k, (row, strip) in enumerate(rows):
        amounts = _amounts(strip)
        if row.path[-1]:
            above.append(amounts if row.rol == "item" else ())
            continue
        if len(above) > 1 and _are_sums(amounts, above, steps):
            found.append(k)
        above = []
    return tuple(found)


def _are_sums(
    totals: Sequence[float | None], rows: Sequence[Sequence[float | None]], steps: Sequence[float]
) -> bool:
    """Whether totals are the sums of rows in every column, but for rounding; no row may lack a value, nor all be nil."""
    if not any(totals) or any(len(r) != len(steps) or None in r for r in (totals, *rows)):
        return False
    sums = [sum(v or 0.0 for v in column) for column in zip(*rows, strict=True)]
    near = zip(sums, totals, steps, strict=True)
    return all(abs(a - (b or 0.0)) <= step * 0.5 * (len(rows) + 1) + 1e-9 for a, b, step in near)


def _is_of_its_own(row: Row) -> bool:
    """Whether a row says what it counts where the table holds amounts: ``aantal``, ``factor``, ``€`` per inhabitant."""
    return bool(row.eenheid) and not is_only_unit(row.eenheid or "")


def _counted(panel: Panel, columns: Sequence[Column]) -> list[str | None]:
    """What each column counts where that is no money: by a row of units below the header, else by its own header."""
    units = panel.units if len(panel.units) == len(columns) else ("",) * len(columns)
    return [
        counted_in_row(unit) if unit else counted_in(c.path[-1], is_sure=True)
        for unit, c in zip(units, columns, strict=True)
    ]


def _unreadable(row: Row, strip: Strip, room: int) -> tuple[str, str] | None:
    if strip.overfull and not strip.label:
        return "getallen die in geen rij passen", "numbers that fit into no row"
    if strip.overfull:
        have = len(strip.overfull) - 1
        return (
            f"rij heeft {have} waarden waar de tabel {room} kolommen heeft",
            f"row has {have} values where the table has {room} columns",
        )
    return None if row.path[-1] else ("rij met getallen zonder naam", "row of numbers without a name")


def _marker_is_sign(panel: Panel) -> bool:
    """V and N carry the sign, unless some number beside one carries a minus itself: then they are labels."""
    for strip in panel.rows:
        for piece in strip.values:
            if piece is None:
                continue
            found = read(one_line(piece.text))
            if found and found[0].has_minus and found[0].marker:
                return False
    return True


def _without_number(
    text: str,
    row: Row,
    no: int,
    piece: Piece,
    kind: str,
    columns: tuple[Column, ...],
    context: Context,
    rejects: list[Reject],
) -> Cell:
    if kind == "indicatoren" and not is_malformed(text):
        noot = context.footnotes.of_text(text)
        return Cell(row.no, no, text, None, piece.line, eenheid=row.eenheid, page=piece.page, noot=noot)
    where = " > ".join(columns[no - 1].path)
    is_marker = bool(read(text))
    reason = f"{'een teken zonder getal' if is_marker else 'geen getal'} in kolom {where}"
    reason_en = f"{'a sign without a number' if is_marker else 'no number'} in column {where}"
    rejects.append(Reject(context.path, piece.line, reason, text, reason_en=reason_en))
    return Cell(row.no, no, text, None, piece.line, is_missing=True, page=piece.page)


def _cell(
    value: Printed,
    row: Row,
    no: int,
    piece: Piece,
    occurrence: int,
    period: int | None,
    is_indicator: bool,
    marker_is_sign: bool,
    eenheid: str | None,
    context: Context,
) -> Cell:
    mark = value.mark
    is_against = value.marker == "N" and mark == NUMBER and marker_is_sign
    return Cell(
        row.no,
        no,
        value.text,
        value.value,
        piece.line,
        mark == NIL and not is_indicator,
        mark == MISSING or (mark == NIL and is_indicator),
        value.decimals,
        value.marker,
        -1 if is_against else 1,
        value.comparator,
        value.eenheid or eenheid,
        context.footnotes.with_text(value.noot) if value.noot else None,
        value.jaar or period,
        occurrence,
        piece.page,
    )


def _period(text: str) -> int | None:
    match = _PERIOD.search(text)
    return int(match.group()) if match else None


__all__ = [
    "Built",
    "Context",
    "build",
    "column_path",
    "header_text",
    "label_text",
    "one_line",
    "unit_of_header",
    "unit_part",
]
