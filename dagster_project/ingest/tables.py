"""A grid that was taken apart, to a table: columns and rows with meaning, cells with numbers.

Shared by all formats. Titles, units and notes around the grid come in from ``understand``; sums are not
known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import rows as printed_rows
from .cells import cells_of
from .columns import Frame
from .footnotes import Footnotes
from .headers import unit_in
from .kinds import Words, quantity_of
from .kinds import kind_of as table_kind
from .meaning import column_meaning, plain
from .model import Column, Grid, Table
from .numbers import clean
from .paths import Event

_BENCHMARK = re.compile(
    r"benchmark|nederland|landelijk|gemeenten|regio|provincie|gemiddeld|referentie|vergelijk"
)
_TARGET = re.compile(r"streef|ambitie|doel|target|norm|begroting|raming|prognose|begroot")
_REALISED = re.compile(r"realisatie|werkelijk|meting|waarde|rekening|stand|score|resultaat|20\d\d")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a grid: where it stands, and the document's description."""

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


def build(grid: Grid, frame: Frame, context: Context) -> Table:
    """The table of a grid, with what was rejected in it."""
    passed = list(printed_rows.events(frame))
    words = _words(frame, passed, context.caption)
    kind = table_kind(words)
    columns = _columns(frame, context, kind)
    naming = printed_rows.Naming(kind, context.prefix, quantity_of(words, kind))
    rows = printed_rows.rows_of(frame, passed, naming, context.footnotes)
    numbers = cells_of(grid, frame, rows, kind, columns, context.footnotes, context.path)
    kept = {cell.row for cell in numbers.cells}
    printed = [piece for row in grid.rows for piece in row if piece is not None]
    has_unit = kind != "indicatoren" and context.unit is not None
    return Table(
        no=context.no,
        path=context.path,
        caption=context.caption,
        kind=kind,
        layout=grid.layout,
        unit=context.unit if has_unit else None,
        unit_source=context.unit_source if has_unit else None,
        columns=columns,
        rows=tuple(row for row, _ in rows if row.no in kept),
        cells=numbers.cells,
        first_line=min((p.line for p in printed), default=0),
        last_line=max((p.line for p in printed), default=0),
        section=context.section,
        notes=tuple(dict.fromkeys([*context.rest, *context.footnotes.lines()])),
        page=next((p.page for p in printed if p.page), None),
        sheet=grid.sheet,
        loose_rows=numbers.loose,
        rejects=numbers.rejects,
        prefix=context.prefix,
    )


def _words(frame: Frame, passed: list[tuple[Event, int]], caption: str) -> Words:
    labels = tuple(event.label for event, _ in passed if event.kind == "row")
    headings = tuple(event.label for event, _ in passed if event.kind == "heading")
    return Words(caption, frame.corner, frame.paths, tuple(frame.attributes), labels, headings)


def _columns(frame: Frame, context: Context, kind: str) -> tuple[Column, ...]:
    """The value columns with their meaning."""
    result = []
    for no, printed in enumerate(frame.paths, start=1):
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
    """realisatie, streefwaarde or benchmark, from the words of a column of indicators."""
    if _BENCHMARK.search(words):
        return "benchmark"
    if _TARGET.search(words):
        return "streefwaarde"
    return "realisatie" if _REALISED.search(words) else None


def unit_in_header(frame: Frame) -> str | None:
    """The unit that a header, corner or caption of the grid prints."""
    texts = [text for h in frame.header for text in frame.texts[h] if text]
    texts += [clean(p.text) for p in frame.captions]
    return next((unit for unit in map(unit_in, texts) if unit), None)
