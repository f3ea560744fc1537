"""Fragments to tables: the one entry for every format.

``understand`` takes prose and grids in document order and gives tables, goals, coded labels and what
must be rejected or asked. It decides what belongs together: a table that goes on after a page break,
tables beside each other that differ in their title only, notes below a table, a unit above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from . import goals, tables
from .columns import TEXT, YEAR, Frame, frame, kind_of, with_rows
from .footnotes import footnotes, is_footnote
from .headers import likeness, unit_in, without_unit
from .meaning import column_meaning, plain
from .model import Column, Fragment, Grid, Label, Prestatie, Prose, Reject, Table
from .numbers import clean
from .rows import is_note
from .vocabulary import UNITS

_LEGEND = re.compile(r"=|voordeel|nadeel", re.IGNORECASE)
_LEAVES_FIELD = re.compile(
    r"programma(?:kosten|begroting)?\b|totaal programma|wat (?:mag|heeft) het (?:gekost|kosten)",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^Doel\s+")
_SOURCE = re.compile(r"^bron(?:nen)?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """What the document's description says that printed tables may leave out."""

    soort: str = ""
    jaar: int | None = None
    eenheid: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # of a person, by '<table no>.<question>'


@dataclass(frozen=True, slots=True)
class Understood:
    """What the fragments of one file say."""

    tables: tuple[Table, ...] = ()
    prestaties: tuple[Prestatie, ...] = ()
    labels: tuple[Label, ...] = ()
    rejects: tuple[Reject, ...] = ()


@dataclass(slots=True)
class _Found:
    """A grid with the prose above and below it, on its way to a table."""

    grid: Grid
    frame: Frame
    above: list[Prose]
    below: list[Prose] = field(default_factory=list)
    section: tuple[str, ...] = ()
    title: str = ""
    prefix: tuple[str, ...] = ()
    is_next: bool = False  # no other grid stands between it and the table before it


def understand(fragments: Iterable[Fragment], around: Around, path: str, first_no: int = 1) -> Understood:
    """Tables, goals, labels and rejects of one file, in order.

    ``path`` names the file for messages; tables are numbered from ``first_no``. Grids that hold no
    values (keys with values, running text in columns) give no table.
    """
    found: list[_Found] = []
    done: list[Prestatie] = []
    labels: list[Label] = []
    above: list[Prose] = []
    opening: list[str] | None = None
    field_: tuple[str, str] | None = None
    is_next = True
    for fragment, taken in _apart(fragments):
        if isinstance(fragment, Prose):
            above.append(fragment)
            named = goals.policy_field(fragment.text)
            if _LEAVES_FIELD.match(fragment.text):
                field_ = None
            if named:
                field_ = named
                labels.append(Label(*named, _level_of(named[0]), fragment.line, path))
            continue
        if opening is None:
            opening = [t for p in above if (t := without_unit(p.text)) and len(t) < 120][:3]
        if goals.is_goals(fragment):
            is_next = False
            done += goals.prestaties(fragment, field_, path)
            labels += goals.goal_labels(fragment, path)
            _hand_over(found, above)
            above = []
            continue
        if taken is None:
            is_next = False
            _hand_over(found, above)
            above = []
            continue
        if found and _goes_on(found[-1], fragment, taken, above):
            found[-1].grid, found[-1].frame = _joined(found[-1], fragment, taken)
            above = []
            continue
        notes = _hand_over(found, above)
        above = above[notes:]
        section = tuple(dict.fromkeys([*opening, *([f"{field_[0]} {field_[1]}"] if field_ else [])]))
        found.append(_Found(fragment, taken, above, section=section, is_next=is_next))
        is_next = True
        above = []
    _hand_over(found, above, is_end=True)
    _name(found)
    result, rejects = _tables(found, around, path, first_no)
    labels += [label for t in result for label in _row_labels(t)]
    return Understood(tuple(result), tuple(done), tuple(labels), tuple(rejects))


# --- what belongs together ---------------------------------------------------------------------------------


def _apart(fragments: Iterable[Fragment]) -> Iterator[tuple[Fragment, Frame | None]]:
    """Prose, and grids with their frame; grids that hold several tables under each other come one by one."""
    for fragment in fragments:
        if isinstance(fragment, Prose):
            yield fragment, None
        elif fragment.sure:
            yield from _blocks(fragment)
        else:
            yield fragment, frame(fragment)


def _is_header(text: str) -> bool:
    return likeness(text) >= 1 and kind_of(text) in (TEXT, YEAR)


def _blocks(grid: Grid) -> Iterator[tuple[Fragment, Frame | None]]:
    """A grid as one table, or as several where a header starts anew below values."""
    taken = frame(grid)
    if taken is None or taken.is_headless:
        yield grid, taken
        return
    starts = []
    values = taken.value_columns
    for i in range(taken.first, len(grid.rows)):
        texts = [taken.texts[i][c] for c in values]
        filled = [t for t in texts if t]
        if len(filled) * 2 >= len(values) and len(filled) >= 2 and all(map(_is_header, filled)):
            starts.append(i)
    starts = [i for i in starts if i - 1 not in starts]
    if not starts:
        yield grid, taken
        return
    begin = 0
    for start in [*starts, len(grid.rows)]:
        end = start
        while start < len(grid.rows) and end > begin and _filled(grid.rows[end - 1]) <= 1:
            end -= 1
        block = with_rows(grid, grid.rows[begin:end])
        yield block, frame(block)
        for row in grid.rows[end:start]:
            yield from (
                (Prose(clean(p.text), p.line, p.page, grid.sheet), None)
                for p in row
                if p is not None and clean(p.text)
            )
        begin = start


def _filled(row: Sequence[object]) -> int:
    return sum(1 for p in row if p is not None and clean(p.text))  # type: ignore[attr-defined]


def _goes_on(last: _Found, grid: Grid, taken: Frame, between: list[Prose]) -> bool:
    """Whether a grid is the rest of the one before: the same header again, or none, and no title between."""
    if last.grid.layout != grid.layout or last.grid.sheet != grid.sheet:
        return False
    known = {plain(without_unit(p.text)) for p in last.above} | {""}
    if any(plain(without_unit(p.text)) not in known for p in between):
        return False
    if taken.is_headless:
        return taken.value_columns == last.frame.value_columns and not between
    if len(taken.texts[0]) != len(last.frame.texts[0]):
        return False
    same_corner = plain(without_unit(taken.corner)) == plain(without_unit(last.frame.corner))
    return taken.paths == last.frame.paths and same_corner


def _joined(last: _Found, grid: Grid, taken: Frame) -> tuple[Grid, Frame]:
    rows = (*last.grid.rows, (), *grid.rows[taken.first :])
    shift = len(last.grid.rows) + 1 - taken.first
    loose = last.grid.loose_rows | {i + shift for i in grid.loose_rows if i >= taken.first}
    joined = replace(last.grid, rows=rows, loose_rows=frozenset(loose))
    blank = ("",) * len(taken.texts[0])
    overfull = last.frame.overfull | {i + shift for i in taken.overfull}
    texts = (*last.frame.texts, blank, *taken.texts[taken.first :])
    return joined, replace(last.frame, rows=rows, texts=texts, overfull=overfull)


def _hand_over(found: list[_Found], above: list[Prose], is_end: bool = False) -> int:
    """Give the notes that lead ``above`` to the table before them; how many lines those are."""
    if not found:
        return 0
    count = 0
    for i, prose in enumerate(above):
        if is_footnote(prose.text) or _SOURCE.match(prose.text) or (is_end and len(prose.text) < 300):
            count = i + 1
        elif not (
            _LEGEND.search(prose.text) and " = " in prose.text and not unit_in(prose.text)
        ) and not is_note(prose.text):
            break
        else:
            count = i + 1
    found[-1].below += above[:count]
    return count


def _name(found: list[_Found]) -> None:
    """Titles, and the part of the title that tells tables with the same columns apart."""
    for item in found:
        titles = [t for p in item.above if (t := without_unit(p.text)) and not is_note(t)]
        captions = [t for p in item.frame.captions if (t := without_unit(clean(p.text)))]
        item.title = (captions or titles or [""])[-1]
    if found:
        own = plain(found[0].title)
        for item in found:
            item.section = tuple(s for s in item.section if plain(s) != own)
    for run in _siblings(found):
        corners = [without_unit(item.frame.corner) for item in run]
        titles = [item.title for item in run]
        first_only = not any(titles[1:])
        names = corners if first_only or len(set(titles)) == 1 else titles
        if len({plain(n) for n in names}) == len(names) and all(names):
            for item, name in zip(run, names, strict=True):
                item.prefix = (name,)
                item.title = item.title if item.title and not first_only else name


def _siblings(found: list[_Found]) -> Iterator[list[_Found]]:
    """Runs of tables with the same columns and no more than a title between them."""
    run: list[_Found] = []
    for item in found:
        near = (
            run
            and item.is_next
            and len([p for p in item.above if without_unit(p.text)]) <= 1
            and not run[-1].below
        )
        if near and item.frame.paths == run[-1].frame.paths and item.grid.layout == run[-1].grid.layout:
            run.append(item)
            continue
        if len(run) > 1:
            yield run
        run = [item]
    if len(run) > 1:
        yield run


# --- tables --------------------------------------------------------------------------------------------------


def _tables(
    found: list[_Found], around: Around, path: str, first_no: int
) -> tuple[list[Table], list[Reject]]:
    result: list[Table] = []
    rejects: list[Reject] = []
    general: str | None = None
    for item in found:
        unit, source = _unit(item, around, general)
        if unit and source == "caption":
            general = unit
        table = tables.build(
            item.grid, item.frame, _context(item, around, path, first_no + len(result), unit, source)
        )
        if not table.cells:
            continue
        table = _answered(table, around.answers)
        rejects += _questions(table, item.frame)
        result.append(table)
    return result, rejects


def _unit(item: _Found, around: Around, general: str | None) -> tuple[str | None, str | None]:
    near = [p.text for p in reversed(item.above)] + [clean(p.text) for p in item.frame.captions]
    for text in near:
        if unit := unit_in(text):
            return unit, "caption"
    if unit := tables.unit_in_header(item.frame):
        return unit, "header"
    for prose in item.below:
        if "bedragen" in prose.text.lower() and (unit := unit_in(prose.text)):
            return unit, "caption"
    if around.eenheid:
        return around.eenheid, "document.yml"
    return (general, "caption") if general and item.prefix else (None, None)


def _context(
    item: _Found, around: Around, path: str, no: int, unit: str | None, source: str | None
) -> tables.Context:
    notes, rest = footnotes(prose.text for prose in item.below)
    legends = [p.text for p in item.above if _LEGEND.search(p.text)]
    return tables.Context(
        no=no,
        path=path,
        caption=item.title or without_unit(item.frame.corner) or "",
        section=item.section,
        unit=unit,
        unit_source=source,
        footnotes=notes,
        prefix=item.prefix,
        soort=around.soort,
        jaar=around.jaar,
        rest=tuple([*legends, *rest]),
    )


def answer_to(answers: Mapping[str, str], table_no: int, question: str) -> str | None:
    """What a person answered about one table, or about all tables of the document."""
    return answers.get(f"{table_no:03d}.{question}", answers.get(question))


def _answered(table: Table, answers: Mapping[str, str]) -> Table:
    """A table with what a person decided about its unit and its columns."""
    unit = answer_to(answers, table.no, "eenheid")
    if unit in UNITS and table.kind != "indicatoren":
        table = replace(table, unit=unit, unit_source="document.yml")
    columns = []
    for column in table.columns:
        said = answers.get(f"{table.no:03d}.kolom.{column.no}")
        if said is None:
            columns.append(column)
            continue
        path = tuple(part.strip() for part in said.split(">"))
        meant = column_meaning(path)
        columns.append(Column(column.no, path, meant.grootheid, meant.stand, meant.jaar, meant.rol))
    return replace(table, columns=tuple(columns))


def _questions(table: Table, taken: Frame) -> Iterator[Reject]:
    """What a person must decide: a unit that is not printed, columns without a header."""
    if table.unit is None and table.kind not in ("indicatoren", "doelen"):
        reason = f"de eenheid van tabel {table.no} is niet gedrukt; noem haar in document.yml"
        reason_en = f"the unit of table {table.no} is not printed; name it in document.yml"
        key = f"antwoorden.{table.no:03d}.eenheid"
        yield Reject(table.path, table.first_line, reason, table.caption, "question", key, reason_en)
    for column, printed in zip(table.columns, taken.paths, strict=True):
        if not printed and column.path == (f"kolom {column.no}",):
            reason = f"kolom {column.no} van tabel {table.no} heeft geen kop"
            reason_en = f"column {column.no} of table {table.no} has no header"
            key = f"antwoorden.{table.no:03d}.kolom.{column.no}"
            yield Reject(table.path, table.first_line, reason, "", "question", key, reason_en)


# --- labels ------------------------------------------------------------------------------------------------


def _level_of(code: str) -> str:
    return "beleidsterrein" if re.search(r"[A-Z]$", code) else "programma"


def _row_labels(table: Table) -> Iterator[Label]:
    """The coded labels of a table's rows and headings, once each."""
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        for level, text in enumerate(row.path[len(table.prefix) :]):
            code, words = goals.split_code(_GOAL.sub("", text))
            if not code or (code, words) in seen:
                continue
            seen.add((code, words))
            own = level == len(row.path) - len(table.prefix) - 1
            soort = ("indicator" if own else "doel") if table.kind == "indicatoren" else _soort(code)
            yield Label(code, words, soort, row.line, table.path, table.no)


def _soort(code: str) -> str:
    if re.fullmatch(r"\d\.\d{1,3}[A-Za-z]?", code):
        return "taakveld"
    return "beleidsterrein" if re.fullmatch(r"\d{1,2}[A-Z]", code) else "programma"


__all__ = ["Around", "Understood", "understand"]
