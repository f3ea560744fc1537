"""Workbooks (xlsx, xlsm) to prose and grids: what a person sees on the visible sheets.

Numbers are printed as their cells show them. Hidden sheets, rows and columns are left out and told.
Formulas give the value that was saved with them; macros and links are never run or followed. The
container is weighed before it is opened.

What does not belong here: number formats (``number_formats``) and where one table of a sheet ends and
the next begins (``blocks``).
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta

from ..model import Fragment, Piece, Reject
from . import blocks
from .decoding import join_lines, printed, superscript
from .number_formats import printed_date, printed_number
from .script_addresses import LeftOut, is_script, told
from .spans import MOST_COLUMNS, MOST_POSITIONS, too_many_positions
from .unreadable import Unreadable, beyond, note, raise_for_memory

MOST_BYTES = 100_000_000  # of unpacked XML: a workbook of a municipality is a few
MOST_PARTS = 5_000
_XML = (".xml", ".rels", ".vml")
_MARKUP_OF_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C\0T|E\0N\0T)", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')  # a text in a formula
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_BLANKS_PER_STEP = 3  # the width of one step of a cell's indent
_PRINTED_BOOL = {True: "WAAR", False: "ONWAAR"}


def read(data: bytes, name: str) -> Iterator[Fragment | Reject]:
    """Prose and grids of every visible sheet; a line is the number of a sheet's row.

    A formula that was saved without its value, and a cell that shows an error, are rejects with sheet
    and cell; the rest of the sheet is read. Raises ``Unreadable`` for a workbook that cannot be opened,
    is encrypted, or unpacks to more than any published workbook.
    """
    has_formulas = _weigh(data)
    values = _open(data, data_only=True)
    formulas = _open(data, data_only=False) if has_formulas else None
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            yield note(name, "verborgen blad overgeslagen", "hidden sheet left out", sheet=sheet.title)
            continue
        yield from _read_sheet(sheet, formulas[sheet.title] if formulas else None, name)


def _zip_bomb() -> Unreadable:
    megabytes = MOST_BYTES // 1_000_000
    return beyond(
        f"de werkmap is uitgepakt groter dan {megabytes} MB of heeft meer dan {MOST_PARTS} onderdelen (zipbom)",
        f"the workbook unpacks to more than {megabytes} MB or has more than {MOST_PARTS} parts (zip bomb)",
    )


def _weigh(data: bytes) -> bool:
    """Look at the container without unpacking more than allowed; say whether any sheet has formulas."""
    has_formulas = False
    unpacked = 0
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        xml = [part for part in parts if part.filename.lower().endswith(_XML)]
        if len(parts) > MOST_PARTS or sum(part.file_size for part in xml) > MOST_BYTES:
            raise _zip_bomb()
        for part in xml:
            if part.flag_bits & 1:
                raise Unreadable(
                    "de werkmap is met een wachtwoord beveiligd: sla hem op zonder wachtwoord",
                    "the workbook is protected by a password: save it without one",
                )
            content = archive.read(part)
            unpacked += len(content)
            if unpacked > MOST_BYTES:
                raise _zip_bomb()
            if _MARKUP_OF_ENTITIES.search(content):
                raise Unreadable(
                    f"de werkmap verklaart entiteiten in {part.filename}: niet geopend",
                    f"the workbook declares entities in {part.filename}: not opened",
                )
            has_formulas |= "worksheets/" in part.filename and bool(_FORMULA.search(content))
    except Unreadable:
        raise
    except Exception as error:  # a damaged container fails in as many ways as there are compressors
        raise_for_memory(error)
        raise Unreadable(
            f"de werkmap is beschadigd ({error})", f"the workbook is damaged ({error})"
        ) from error
    return has_formulas


def _open(data: bytes, data_only: bool):
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                io.BytesIO(data), data_only=data_only, keep_vba=False, keep_links=False, rich_text=True
            )
    except Exception as error:  # openpyxl raises whatever its parser meets
        raise_for_memory(error)
        what = f"{type(error).__name__}: {error}"
        raise Unreadable(
            f"de werkmap is niet te openen ({what})", f"the workbook cannot be opened ({what})"
        ) from error


def _read_sheet(sheet, formulas, name: str) -> Iterator[Fragment | Reject]:
    hidden_rows = {n for n, d in sheet.row_dimensions.items() if d.hidden or d.height == 0}
    hidden_columns = _hidden_columns(sheet)
    pieces: dict[tuple[int, int], Piece] = {}
    left_out: set[tuple[str, int]] = set()
    scripts: list[LeftOut] = []
    # Only the cells that exist: the dimensions of a sheet may claim a million rows.
    for (row, column), cell in sorted(sheet._cells.items()):
        text, problem = _printed(cell, formulas)
        scripts += (LeftOut(f"cel {cell.coordinate}", row, link) for link in _scripts(cell, formulas))
        if problem:
            place = {"line": row, "sheet": sheet.title, "cell": cell.coordinate}
            yield Unreadable(*problem, **place, text=text).as_reject(name)
        if not text:
            continue
        if row in hidden_rows or column in hidden_columns:
            if any(c.isdecimal() for c in text):
                left_out.add(("rij", row) if row in hidden_rows else ("kolom", column))
            continue
        pieces[row, column] = Piece(text, row, is_bold=_is_bold(cell), indent=_indent(cell))
    for link in scripts:
        yield from told([link], name, ("cellen", "cells"), sheet=sheet.title)
    if left_out:
        yield note(
            name,
            f"verborgen en overgeslagen: {_named(left_out, 'rij', 'kolom')}",
            f"hidden and left out: {_named(left_out, 'row', 'column')}",
            sheet=sheet.title,
        )
    if pieces:
        yield from blocks.split(_rows(pieces, sheet, hidden_rows, hidden_columns), "xlsx", sheet.title)


def _printed(cell, formulas) -> tuple[str, tuple[str, str] | None]:
    """What a cell shows, and what is wrong with it in Dutch and in English."""
    value = cell.value
    if value is None:
        if formulas is None:
            return "", None
        formula = formulas._cells.get((cell.row, cell.column))
        if formula is None or formula.value is None:
            return "", None
        text = getattr(formula.value, "text", formula.value)
        return "", (
            f"formule zonder opgeslagen waarde ({text}): open de werkmap en sla haar op",
            f"formula without a saved value ({text}): open the workbook and save it",
        )
    if cell.data_type == "e":
        return str(value), (f"de cel toont een fout ({value})", f"the cell shows an error ({value})")
    if isinstance(value, bool):
        return _PRINTED_BOOL[value], None
    if isinstance(value, int | float):
        return printed_number(value, cell.number_format or "General"), None
    if isinstance(value, date | time | timedelta):
        return printed_date(value, cell.number_format or ""), None
    return _text(value), None


def _scripts(cell, formulas) -> Iterator[str]:
    """The addresses that a cell leads to and that would run something: a link, or one in its formula."""
    link = cell.hyperlink
    if link is not None:
        yield from (address for address in (link.target, link.location) if is_script(address))
    formula = formulas._cells.get((cell.row, cell.column)) if formulas is not None else None
    text = str(getattr(formula.value, "text", formula.value)) if formula is not None else ""
    if "HYPERLINK" in text.upper() and text.startswith("="):
        yield from (address for address in _QUOTED.findall(text) if is_script(address))


def _text(value) -> str:
    """Text with its line breaks joined; raised parts of rich text become raised digits."""
    if not isinstance(value, str):
        text = ""
        for run in value:
            text += _run(run, text)
        value = text
    lines = value.splitlines()
    return join_lines([printed(line) for line in lines], "\n") if len(lines) > 1 else printed(value)


def _run(run, before: str) -> str:
    font = getattr(run, "font", None)
    text = getattr(run, "text", run) or ""
    return superscript(text, before) if font is not None and font.vertAlign == "superscript" else str(text)


def _is_bold(cell) -> bool:
    """Whether a cell is set in bold: by its font, or by every part of its text."""
    runs = [] if isinstance(cell.value, str) or not isinstance(cell.value, list) else cell.value
    if runs:
        return all(bool(getattr(getattr(run, "font", None), "b", False)) for run in runs)
    return bool(cell.font and cell.font.b)


def _indent(cell) -> int:
    """How far the text of a cell stands to the right, in blanks: its alignment, or blanks it begins with."""
    step = int(cell.alignment.indent or 0) if cell.alignment else 0
    blanks = len(cell.value) - len(cell.value.lstrip()) if isinstance(cell.value, str) else 0
    return _BLANKS_PER_STEP * step + blanks


def _hidden_columns(sheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, min(dimension.max, MOST_COLUMNS * 8) + 1))
    return hidden


def _named(left_out: set[tuple[str, int]], row: str, column: str) -> str:
    from openpyxl.utils import get_column_letter

    rows = sorted(number for what, number in left_out if what == "rij")
    columns = sorted(number for what, number in left_out if what == "kolom")
    named = []
    if rows:
        named.append(f"{row} " + ", ".join(map(str, rows[:20])) + (" ..." if len(rows) > 20 else ""))
    if columns:
        named.append(f"{column} " + ", ".join(map(get_column_letter, columns[:20])))
    return "; ".join(named)


def _rows(
    pieces, sheet, hidden_rows: set[int], hidden_columns: set[int]
) -> Iterator[tuple[Piece | None, ...]]:
    """The visible rows from the first to the last that holds text; long blank stretches become one."""
    columns = sorted({column for _, column in pieces})
    rows = sorted({row for row, _ in pieces})
    if len(columns) > MOST_COLUMNS or len(columns) * len(rows) > MOST_POSITIONS:
        raise too_many_positions(sheet=sheet.title)
    spans = _spans(sheet, pieces, columns, hidden_rows)
    before = None
    for row in rows:
        if before is not None and any(
            between not in hidden_rows for between in range(before + 1, min(row, before + 50))
        ):
            yield (None,) * len(columns)
        yield tuple(_placed(pieces, row, column, spans) for column in columns)
        before = row


def _placed(
    pieces, row: int, column: int, spans: dict[tuple[int, int], tuple[int, int] | None]
) -> Piece | None:
    """The piece at a position: None where a merged cell covers it, an empty piece where nothing stands."""
    if (row, column) in spans and spans[row, column] is None:
        return None
    piece = pieces.get((row, column)) or Piece("", row)
    wide, high = spans.get((row, column)) or (1, 1)
    return piece._replace(colspan=wide, rowspan=high)


def _spans(
    sheet, pieces, columns: list[int], hidden_rows: set[int]
) -> dict[tuple[int, int], tuple[int, int] | None]:
    """Spans of merged cells in kept columns and visible rows; None for the positions they cover."""
    spans: dict[tuple[int, int], tuple[int, int] | None] = {}
    positions = 0
    for merged in sheet.merged_cells.ranges:
        inside = [column for column in columns if merged.min_col <= column <= merged.max_col]
        last = min(merged.max_row, sheet.max_row)
        visible = [row for row in range(merged.min_row, last + 1) if row not in hidden_rows]
        positions += len(inside) * len(visible)
        if positions > MOST_POSITIONS:
            raise too_many_positions(sheet=sheet.title)
        origin = (merged.min_row, merged.min_col)
        if origin not in pieces or not visible:
            continue
        for row in visible:
            for column in inside:
                spans[row, column] = None
        spans[origin] = (len(inside), len(visible))
    return spans
