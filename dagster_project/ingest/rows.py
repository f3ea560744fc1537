"""The rows of a grid as events and as rows with paths: headings, labels, notes between rows.

What a row is called and where it stands belongs here; the numbers in it do not (``cells``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .columns import Frame
from .footnotes import Footnotes
from .headers import without_unit
from .indicators import unit_from_label
from .meaning import column_meaning, plain, row_meaning
from .model import Row
from .paths import Event, Place, code_of, places

_SENTENCE = re.compile(r"\S+(?: \S+){2,}[^.]\.$")
_ABBREVIATED = re.compile(
    r"(?:\b\w\.?\w|\b(?:etc|div|alg|excl|incl|enz|voorz|res|ond|overh|onderh|wijz|begr|rek))\.$",
    re.IGNORECASE,
)
_CLASS_OF_RESERVES = re.compile(
    r"(?:overige )?(?:algemene|bestemmings|egalisatie|dekkings|beklemde|vrije|geoormerkte)? ?"
    r"(?:reserves?|voorzieningen|voorziening|reserves en voorzieningen)"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides how rows are named: the kind of table, the title in front, a quantity that rows share."""

    kind: str
    prefix: tuple[str, ...] = ()
    quantity: str | None = None


def is_note(text: str) -> bool:
    """A sentence over the full width: an explanation, no heading."""
    return _SENTENCE.fullmatch(text) is not None and _ABBREVIATED.search(text) is None


def events(frame: Frame) -> Iterator[tuple[Event, int]]:
    """Headings, notes, rows and blank lines below the header, with the index of their row in the grid."""
    outer = tuple(c for c in frame.label_columns[:-1] if c != frame.code_column)
    inner = frame.label_columns[-1] if frame.label_columns else None
    valued = {*frame.value_columns, *frame.markers, *frame.attributes.values()}
    indents = _indents(frame)
    shown = [""] * len(outer)
    for index in frame.body:
        texts = frame.texts[index]
        filled = [c for c, text in enumerate(texts) if text]
        if not filled:
            yield Event("blank"), index
            continue
        indent = indents.get(index, 0)
        code = texts[frame.code_column] if frame.code_column is not None else ""
        if index not in frame.overfull and not any(c in valued for c in filled):
            text = " ".join(
                [*([code] if code else []), *(texts[c] for c in filled if c != frame.code_column)]
            )
            if without_unit(text):
                yield Event("note" if is_note(text) else "heading", text, indent), index
                shown = [""] * len(outer)
            continue
        is_inner = inner is not None and bool(texts[inner])
        own = (
            texts[inner]
            if is_inner and inner is not None
            else next((texts[c] for c in outer[::-1] if texts[c]), "")
        )
        label = f"{code} {own}".strip() if code else own
        if not outer:
            yield Event("row", label, indent), index
            continue
        for position, c in enumerate(outer):
            if is_inner and texts[c] and texts[c] != shown[position]:
                yield Event("heading", texts[c]), index
                shown[position:] = [texts[c]] + [""] * (len(outer) - position - 1)
        yield Event("row", label, is_outer=not is_inner, is_inner=is_inner), index


def _indents(frame: Frame) -> dict[int, int]:
    """Spaces in front of the labels, counted from the least that any row has."""
    if not frame.label_columns:
        return {}
    c = frame.label_columns[0]
    found = {}
    for index in range(frame.first, len(frame.rows)):
        piece = frame.rows[index][c] if c < len(frame.rows[index]) else None
        if piece is not None and piece.text:
            text = piece.text
            found[index] = len(text) - len(text.lstrip(" \u00a0")) if text[0] in " \u00a0" else 0
    least = min(found.values(), default=0)
    return {i: n - least for i, n in found.items() if n > least}


def rows_of(
    frame: Frame, passed: Sequence[tuple[Event, int]], naming: Naming, notes: Footnotes
) -> list[tuple[Row, int]]:
    """Every row with values, with its path and meaning, and its index in the grid."""
    passed = [(event, index) for event, index in passed if event.kind != "note"]
    found = iter(places([event for event, _ in passed]))
    rows: list[tuple[Row, int]] = []
    for event, index in passed:
        if event.kind != "row":
            continue
        place = next(found)
        rows.append((_row(len(rows) + 1, event.label, place, frame, index, naming, notes), index))
    return _without_classes(rows, frame) if naming.kind == "reserves" else rows


def _row(
    no: int, label: str, place: Place, frame: Frame, index: int, naming: Naming, notes: Footnotes
) -> Row:
    """A row by its place, its own label and its attributes."""
    meant = row_meaning(label)
    texts = frame.texts[index]  # a row may be narrower than the header
    attributes = {name: texts[c] for name, c in frame.attributes.items() if c < len(texts) and texts[c]}
    is_indicator = naming.kind == "indicatoren"
    return Row(
        no=no,
        path=(*naming.prefix, *place.path),
        line=next((p.line for p in frame.rows[index] if p is not None), 0),
        grootheid=None if is_indicator else meant.grootheid or naming.quantity,
        code=code_of(label),
        rol="item" if is_indicator else meant.rol,
        depth=place.depth,
        block=place.block,
        is_group_total=place.is_group_total,
        bron=attributes.get("bron"),
        eenheid=attributes.get("eenheid") or (unit_from_label(label) if is_indicator else None),
        noot=notes.of_text(label) or notes.of_text(attributes.get("bron", ""), anywhere=True),
    )


def _without_classes(rows: list[tuple[Row, int]], frame: Frame) -> list[tuple[Row, int]]:
    """Where columns carry the flow of a stock, a row is a reserve by name; its class is no part of the name.

    ``Bestemmingsreserves > Reserve groen`` is the reserve ``Reserve groen`` of that class. Kept where
    names would coincide.
    """
    flows = {column_meaning(p).grootheid for p in frame.paths}
    if not flows & {"begin", "eind"}:
        return rows
    bare = []
    for row, index in rows:
        is_class = len(row.path) == 2 and _CLASS_OF_RESERVES.fullmatch(plain(without_unit(row.path[0])))
        bare.append((replace(row, path=row.path[-1:], klasse=row.path[0]) if is_class else row, index))
    return bare if len({row.path for row, _ in bare}) == len(rows) else rows
