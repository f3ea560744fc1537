"""The fragments of one file to its tables: titles, units and notes around panels, what goes on, what is asked.

Fragments come from a format; grids and passages become panels by the proposers; everything between the tables is
kept as prose and handed to the table that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from . import conservation, goals, grids, passages, tables
from .answers import QUESTION, Answered, LayoutAnswer, apply, nearly_answered, options_of
from .blank_rows import with_blank_rows
from .field_words import pattern_of
from .footnotes import footnotes, is_footnote
from .header_texts import is_passed_over, make_of, words_of
from .header_words import tells_of_a_table, unit_in, without_unit
from .judge import CLEAR, doubts
from .labels import heading_word
from .meaning import column_meaning, plain, row_meaning
from .model import (
    ANTWOORD,
    GEVRAAGD,
    Column,
    Fragment,
    Grid,
    Label,
    Options,
    Passage,
    Prestatie,
    Prose,
    Reject,
    Table,
)
from .notes import is_link, is_note, is_page_number
from .numbers import clean
from .panel import HEADING, ROW, Panel, Strip, beside, extended, told
from .row_questions import said_under, where_rows_stand
from .vocabulary import UNITS

_LEGEND = pattern_of("legenda", "note as printed")
_LEAVES_FIELD = pattern_of("buiten_veld", "heading as printed")
_GOAL = pattern_of("doel", "label as printed")
_SOURCE = pattern_of("bron", "note as printed")

_LONGEST_HEADING = 10  # words

_TWO_HEADERS = ("de kop kan op twee manieren gelezen worden", "the header can be read in two ways")
_NO_NAME_KNOWN = (
    "van geen kolom is de kop bekend: het kunnen regels boven de tabel zijn",
    "the header of no column is known: they may be lines above the table",
)
_YEAR_ABOVE = (
    "het jaar boven de kop kan bij de kolommen horen",
    "the year above the header may belong to its columns",
)
_SEVERAL_UNITS = (
    "bedragen van de ene kolom staan in een andere eenheid dan die van de andere",
    "amounts of one column are in another unit than those of the other",
)
_TWO_ROWS = ("de rijen kunnen op twee manieren gelezen worden", "the rows can be read in two ways")


@dataclass(frozen=True, slots=True)
class Around:
    """What the document's description says that printed tables may leave out."""

    soort: str = ""
    jaar: int | None = None
    eenheid: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # of a person, by '<table no>.<question>'
    answers_for_layout: Mapping[str, LayoutAnswer] = field(default_factory=dict)  # by key of the layout


@dataclass(frozen=True, slots=True)
class Understood:
    """What the fragments of one file say."""

    tables: tuple[Table, ...] = ()
    prestaties: tuple[Prestatie, ...] = ()
    labels: tuple[Label, ...] = ()
    rejects: tuple[Reject, ...] = ()


@dataclass(slots=True)
class _Found:
    """A panel with the prose above and below it, on its way to a table."""

    panel: Panel
    above: list[Prose]
    below: list[Prose] = field(default_factory=list)
    section: tuple[str, ...] = ()
    programma: tuple[str, ...] = ()  # the heading of a programma above it, which is in the section too
    title: str = ""
    is_next: bool = False  # no other grid stands between it and the table before it
    answered: Answered | None = None
    options: Options | None = None


@dataclass(slots=True)
class _ProgrammaAbove:
    """The heading of the programma that tables are under, while a file is read from top to bottom."""

    heading: tuple[str, ...] = ()
    in_a_row: set[str] = field(default_factory=set)

    def follow(self, text: str) -> None:
        """Go past a line of prose. Headings in a row are a list of programmas, and head nothing."""
        named = goals.programma_heading(text)
        if named:
            self.in_a_row.add(plain(named))
            self.heading = (named,) if len(self.in_a_row) == 1 else ()
            return
        self.interrupt()
        if goals.leaves_programma(text):
            self.heading = ()

    def interrupt(self) -> None:
        """Something that is no heading of a programma stands here."""
        self.in_a_row.clear()


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
    outline: list[Prose] = []
    field_: tuple[str, str] | None = None
    programmas = _ProgrammaAbove()
    is_next = True
    breaches: list[Reject] = []
    order: list[Prose | Panel | Grid] = []
    for piece in _panels(fragments, around, path, breaches):
        order += conservation.as_lines(piece)
        if isinstance(piece, Prose):
            above.append(piece)
            programmas.follow(piece.text)
            outline = _under(outline, piece)
            named = goals.policy_field(piece.text)
            if _LEAVES_FIELD.match(piece.text):
                field_ = None
            if named:
                field_ = named
                labels.append(Label(*named, _level_of(named[0]), piece.line, path))
            continue
        programmas.interrupt()
        if opening is None:
            first = [p for p in above if without_unit(p.text) and len(without_unit(p.text)) < 120]
            first = [p for p in first if not (goals.programma_heading(p.text) or is_link(clean(p.text)))]
            first = first[:3]
            opening = [without_unit(p.text) for p in first]
            replaceable = {without_unit(p.text) for p in first if _rank(p)}
        if isinstance(piece, Grid):
            is_next = False
            if goals.is_goals(piece):
                done += goals.prestaties(piece, field_, path)
                labels += goals.goal_labels(piece, path)
            else:
                breaches += conservation.unread(piece, path)
            _hand_over(found, above)
            above = []
            continue
        if found and _goes_on(found[-1], piece, above):
            found[-1].panel = _joined(found[-1].panel, piece)
            above = []
            continue
        if found and _shares_header(found[-1].panel, piece, above):
            piece = _under_header_of(found[-1], piece, above)
        notes = _hand_over(found, above)
        above = [*above[notes:], *piece.captions]
        is_within = field_ and not (programmas.heading and _level_of(field_[0]) == "programma")
        inner = [f"{field_[0]} {field_[1]}"] if field_ and is_within else []
        over = [without_unit(p.text) for p in outline]
        kept = [t for t in opening if t in over or t not in replaceable]
        over = [t for t in over if not goals.programma_heading(t)]  # those are followed on their own
        section = tuple(dict.fromkeys([*kept, *over, *programmas.heading, *inner]))
        found.append(_Found(piece, above, section=section, programma=programmas.heading, is_next=is_next))
        is_next = True
        above = []
    _hand_over(found, above, is_end=True)
    _name(found)
    result, rejects = _tables(found, around, path, first_no)
    breaches += conservation.stray_rows(order, path)
    rejects += conservation.without_known(breaches, [*rejects, *(r for t in result for r in t.rejects)])
    labels += [label for t in result for label in _row_labels(t)]
    return Understood(tuple(result), tuple(done), tuple(labels), tuple(rejects))


def _rank(prose: Prose) -> str:
    """What a heading of the document replaces when it comes again: its level, or the word before its number."""
    if prose.level:
        return f"level {prose.level}"
    text = clean(prose.text)
    is_followed = goals.policy_field(text) or goals.programma_heading(text)
    if is_followed or len(text.split()) > _LONGEST_HEADING:
        return ""
    return heading_word(text)


def _under(outline: Sequence[Prose], prose: Prose) -> list[Prose]:
    """The headings that hold what follows a text: a heading ends those of its level and below, or of its word."""
    rank = _rank(prose)
    if not rank or not without_unit(prose.text) or is_note(clean(prose.text)):
        return list(outline)
    if prose.level:
        kept = [p for p in outline if p.level and p.level < prose.level]
    else:
        same = next((i for i, p in enumerate(outline) if _rank(p) == rank), len(outline))
        kept = list(outline[:same])
    return [*kept, prose]


def _panels(
    fragments: Iterable[Fragment], around: Around, path: str, breaches: list[Reject]
) -> Iterator[Prose | Panel | Grid]:
    """Every fragment as prose, panels or a grid that holds no table of values; what gets lost goes to ``breaches``."""
    for fragment in _under_their_headers(fragments):
        if isinstance(fragment, Prose):
            pieces: list[Prose | Panel | Grid] = [fragment]
        elif isinstance(fragment, Passage):
            pieces = [_parted(p, fragment) for p in passages.read(fragment, around.soort, around.jaar)]
            breaches += conservation.unread_lines(pieces, path)
            breaches += conservation.unread_cells(pieces, path)
        elif goals.is_goals(fragment):
            pieces = [fragment]
        else:
            pieces = grids.read_grid(fragment, around.soort, around.jaar)
        breaches += conservation.lost(fragment, pieces, path)
        breaches += conservation.glued(fragment, path)
        yield from pieces


def _parted(piece: Prose | Panel, passage: Passage) -> Prose | Panel:
    """A panel that says so where sums parted its rows into cells."""
    if isinstance(piece, Prose) or not any(strip.line in passage.by_sums for strip in piece.rows):
        return piece
    return replace(piece, cells_by_sums=True)


def _under_their_headers(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """The fragments, with every grid that is a header only as the top of the grid that follows it.

    So pages keep a header in sight above rows that scroll.
    """
    header: Grid | None = None
    for fragment in fragments:
        if header is not None:
            made = grids.under(header, fragment) if isinstance(fragment, Grid) else None
            if made is None:
                yield header
            else:
                fragment = made
        header = fragment if isinstance(fragment, Grid) and grids.is_header(fragment) else None
        if header is None:
            yield fragment
    if header is not None:
        yield header


# --- what belongs together ---------------------------------------------------------------------------------


def _goes_on(last: _Found, panel: Panel, between: Sequence[Prose]) -> bool:
    """Whether a panel is the rest of the one before: the same header again, or none, and no title between."""
    before = last.panel
    if before.layout != panel.layout or before.sheet != panel.sheet or panel.layout == "lines":
        return False
    known = {plain(without_unit(p.text)) for p in last.above} | {""}
    titles = (*between, *panel.captions)
    if any(plain(without_unit(p.text)) not in known and not is_page_number(clean(p.text)) for p in titles):
        return False
    if not panel.has_header:
        return len(panel.paths) == len(before.paths) and not between
    return (
        panel.paths == before.paths
        and panel.attributes == before.attributes
        and plain(panel.corner) == plain(before.corner)
        and not _begins_again(before, panel)
    )


def _begins_again(before: Panel, panel: Panel) -> bool:
    """Whether the rows of a panel are called as those that the one before it begins with: it is another table."""
    names, first = (
        [plain(s.name) for s in p.rows if s.kind in (ROW, HEADING)][:_SAME_ROWS] for p in (panel, before)
    )
    return len(names) == _SAME_ROWS and names == first


_SAME_ROWS = 2  # at the top of two tables


def _shares_header(before: Panel, panel: Panel, between: Sequence[Prose]) -> bool:
    """Whether a table without a header may stand below the header of the one before: as many columns, a title between."""
    if panel.has_header or not before.paths or not all(before.paths) or len(before.paths) != len(panel.paths):
        return False
    if before.layout != panel.layout or before.sheet != panel.sheet:
        return False
    titles = [*between, *panel.captions]
    return len(titles) <= 3 and not any(is_note(p.text) or len(p.text) > 100 for p in titles)


_ROWS_OF_BLOCKS = (
    1 / 3
)  # of the fewest rows of two tables that have rows of the same names, to be blocks of one


def _under_header_of(last: _Found, panel: Panel, between: Sequence[Prose]) -> Panel:
    """A table without a header that may stand below the header of the one before, or below none.

    It does where rows of both have the same names: they are blocks under one header. Otherwise nothing printed tells, and
    it is asked; below that header first where the titles of both begin alike. The other reading keeps no header, so
    that an answer holds for the document and not for all tables with that header.
    """
    before = last.panel
    shared = replace(panel, paths=before.paths, attributes=before.attributes or panel.attributes)
    names, own = ({plain(s.name) for s in p.rows if _is_item(s)} for p in (before, panel))
    if len(names & own) > _ROWS_OF_BLOCKS * min(len(names), len(own)):
        return shared
    titles = [_first_word(prose) for prose in (*last.above, *before.captions)]
    are_alike = any(word in titles for prose in (*between, *panel.captions) if (word := _first_word(prose)))
    return beside(shared, panel, 0.0) if are_alike else beside(panel, shared, 0.0)


def _is_item(strip: Strip) -> bool:
    return strip.kind == ROW and row_meaning(strip.name).rol == "item"


def _first_word(title: Prose) -> str:
    """The word that a title of several begins with."""
    words = plain(without_unit(title.text)).split()
    return words[0] if len(words) > 1 else ""


def _joined(first: Panel, second: Panel) -> Panel:
    return extended(first, second.rows, second.last_line)


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
    """The title of every table: the last text above it that is no unit, legend or sentence."""
    above = []
    for item in found:
        titles = [
            t
            for p in item.above
            if (t := without_unit(clean(p.text)))
            and not is_note(t)
            and not is_passed_over(clean(p.text))
            and not is_page_number(t)
            and not is_link(t)
        ]
        above.append([t for t in titles if not tells_of_a_table(t)] or titles)
    descriptions = _descriptions(above)
    for item, titles in zip(found, above, strict=True):
        names = [t for t in titles if not ((match := _SAYS.match(t)) and match[1] in descriptions)]
        item.title = names[-1] if names else ""
        item.section = tuple(s for s in item.section if plain(s) != plain(item.title))
    _release(found)
    if found:
        first = plain(found[0].title)
        for item in found:
            item.section = tuple(s for s in item.section if plain(s) != first)


_SAYS = re.compile(r"([A-Z][a-zë]+): \S")


def _descriptions(titles: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands before a colon below titles of tables that differ: ``Looptijd: t/m 2041`` names no table.

    ``titles`` are the texts above every table, in order.
    """
    below: dict[str, set[str]] = {}
    for texts in titles:
        before = ""
        for text in texts:
            match = _SAYS.match(text)
            if match is None:
                before = text
            else:
                below.setdefault(match[1], set()).add(before)
    return frozenset(name for name, over in below.items() if len(over) > 1 and "" not in over)


def _release(found: list[_Found]) -> None:
    """Take a table that divides the money along another cut from the programma above it where it may be of all of them.

    In a file about more than one programma it is of one if each of some has a table with that title; one that stands
    there once may as well follow the last programma as be part of it.
    """
    headed = {item.programma for item in found}
    titles = [(plain(item.title), item.programma) for item in found]
    for item in found if len(headed) > 1 else []:
        under = {programma for title, programma in titles if title == plain(item.title)}
        if item.programma and goals.divides_money(item.title) and len(under) == 1:
            item.section = tuple(s for s in item.section if s not in item.programma)


# --- tables --------------------------------------------------------------------------------------------------


def _tables(
    found: list[_Found], around: Around, path: str, first_no: int
) -> tuple[list[Table], list[Reject]]:
    built: list[tuple[_Found, tables.Built, tables.Context]] = []
    rejects: list[Reject] = []
    previous: tuple[str | None, str | None] = (None, None)
    for item, panel in zip(found, with_blank_rows([item.panel for item in found]), strict=True):
        item.panel = panel
        unit, source = _unit(item, around)
        is_half = bool(built) and built[-1][0].panel.first_line == item.panel.first_line
        if unit is None and built and (is_half or (item.is_next and not item.panel.has_header)):
            unit, source = previous
        no = first_no + len(built)
        item.options = options_of(item.panel, around.jaar)
        item.answered = apply(item.panel, no, around.answers, around.answers_for_layout, around.jaar)
        item.panel = item.answered.panel
        context = _context(item, path, no, unit, source, around)
        made = tables.build(item.panel, context)
        if not made.table.cells:
            rejects += [*made.table.rejects, *conservation.unplaced(item.panel, made.table)]
            continue
        previous = (unit, source)
        built.append((item, made, context))
    _prefix(built)
    result = []
    sure = {_header_of(item.panel) for item, _, _ in built if not _doubts_of(item)}
    for item, made, context in built:
        table = _answered(made.table, around.answers)
        table = replace(
            table,
            options=item.options,
            lezing_marge=_margin(item.panel, made),
            lezing_tweede=item.panel.reading.second or None,
        )
        asked = list(_reading_question(table, item, around, sure))
        if item.answered is not None and item.answered.by is not None:
            table = replace(table, lezing=ANTWOORD)
        else:
            by_sums = bool(made.placed.by_sums) or item.panel.reading.by_sums or item.panel.cells_by_sums
            table = replace(
                table,
                lezing=GEVRAAGD if asked else "sommen" if by_sums else "zeker",
                header_by_sums=item.panel.reading.by_sums,
                cells_by_sums=item.panel.cells_by_sums,
            )
        rejects += [*_questions(table, item.panel), *asked, *conservation.unplaced(item.panel, table)]
        if not table.is_asked:
            unsure, questions = where_rows_stand(table, made.placed, context.under)
            table = _with_asked_rows(table, unsure)
            rejects += questions
        result.append(table)
    return result, rejects


def _margin(panel: Panel, made: tables.Built) -> float | None:
    margins = [m for m in (panel.reading.margin, made.placed.margin) if m is not None]
    return min(margins) if margins else None


def _with_asked_rows(table: Table, numbers: Set[int]) -> Table:
    rows = (replace(row, lezing=GEVRAAGD) if row.no in numbers else row for row in table.rows)
    return replace(table, rows=tuple(rows)) if numbers else table


_Read = tuple[
    tuple[str, ...], tuple[tuple[str, ...], ...]
]  # the texts of a header, and the columns made of them


def _header_of(panel: Panel) -> _Read:
    return panel.header, panel.paths


def _doubts_of(item: _Found) -> list[tuple[str, str]]:
    """What makes the reading of a table doubtful, in Dutch and in English."""
    reading, options = item.panel.reading, item.options
    assert options is not None
    why = list(
        doubts(reading.terms, len(item.panel.paths), sum(1 for s in item.panel.rows if s.kind == "row"))
    )
    if reading.margin is not None and round(reading.margin, 6) < CLEAR:
        is_rows = bool(options.verschil) and len(set(options.readings)) == 1
        why.insert(0, _TWO_ROWS if is_rows else _TWO_HEADERS)
    may_be_above = reading.by == "lines" or (reading.by == "pattern" and reading.terms.get("heading"))
    if may_be_above and item.panel.has_header and not any(map(_is_known, item.panel.paths)):
        why.append(_NO_NAME_KNOWN)
    if len({unit for text in item.panel.units if (unit := unit_in(text))}) > 1:
        why.append(_SEVERAL_UNITS)
    if reading.by != "grid" and item.panel.has_header and _is_left_out(item):
        why.append(_YEAR_ABOVE)
    return why


_STATE_OF_A_YEAR = make_of("Begroting 2025")


def _is_left_out(item: _Found) -> bool:
    """Whether the text right above a header says of what state and year its columns are, and nothing in the header does.

    A bare year is a title as a rule: ``2018`` above ``Programma, Incidenteel, Structureel``.
    """
    if any(words_of(t).years for path in item.panel.paths for t in path):
        return False
    above = [text for p in item.above if (text := without_unit(p.text)) and not is_passed_over(text)]
    above = [text for text in above if not words_of(text).is_corner]
    return any(make_of(t) == _STATE_OF_A_YEAR for t in above[-1:])


def _is_known(path: Sequence[str]) -> bool:
    """Whether a text over a column is one that headers have."""
    return any(w.likeness >= 1 or w.year or w.is_short_word for w in map(words_of, path))


def _reading_question(table: Table, item: _Found, around: Around, sure: Set[_Read]) -> Iterator[Reject]:
    """What must be asked before the values of a table count: two readings that are as good, or one that fits badly.

    Where a person answered, a note says which answer is in force; an answer that does not fit is asked again. A
    header that is read so without doubt over another table (``sure``) is no question here.
    """
    panel, answered, options = item.panel, item.answered, item.options
    assert answered is not None and options is not None
    key = f"antwoorden.{table.no:03d}.{QUESTION}"
    if answered.by is not None:
        nl, en = answered.by
        yield Reject(
            table.path,
            table.first_line,
            f"tabel {table.no} is gelezen volgens het {nl}",
            table.caption,
            "note",
            key,
            f"table {table.no} was read by the {en}",
        )
        return
    why = _doubts_of(item)
    if why == [_TWO_HEADERS] and panel.header and _header_of(panel) in sure:
        why = []
    if answered.stale is not None:
        why.insert(0, answered.stale)
    elif why and (near := nearly_answered(panel, around.answers_for_layout, around.jaar)) is not None:
        why.append(near)
    if not why:
        return
    shown = "; ".join(f"{no}: [{told(paths)}]" for no, paths in enumerate(options.readings, start=1))
    nl, en = ("; ".join(dict.fromkeys(texts)) for texts in zip(*why, strict=True))
    reason, reason_en = f"tabel {table.no}: {nl}. {shown}", f"table {table.no}: {en}. {shown}"
    if options.verschil:
        reason, reason_en = f"{reason} ({options.verschil})", f"{reason_en} ({options.verschil_en})"
    yield Reject(table.path, table.first_line, reason, table.caption, "question", key, reason_en)


def _prefix(built: list[tuple[_Found, tables.Built, tables.Context]]) -> None:
    """Put in front of row paths what tells a table from another with rows and columns of the same names.

    That is its title, or the heading above it where the other has the same title.
    """
    keys = []
    for _, made, _ in built:
        rows = {r.path for r in made.table.rows}
        columns = {c.path for c in made.table.columns}
        keys.append((rows, columns))
    for i, (item, _, context) in enumerate(built):
        if (name := _corner_name(built, i)) is not None:
            section = context.section if plain(name) == plain(context.caption) else (*context.section, name)
            named = replace(context, prefix=(name,), section=tuple(dict.fromkeys(section)))
            built[i] = (item, tables.build(item.panel, named), context)
            continue
        alike = [
            other
            for j, (other, _, _) in enumerate(built)
            if i != j and keys[i][0] & keys[j][0] and keys[i][1] & keys[j][1]
        ]
        namesakes = [o for o in alike if plain(o.title) == plain(item.title)]
        over = next((t for t in item.section if any(t not in o.section for o in namesakes)), None)
        is_titled = bool(item.title) and any(o.title and o not in namesakes for o in alike)
        prefix = (*([over] if over else []), *([item.title] if is_titled else []))
        if prefix:
            built[i] = (item, tables.build(item.panel, replace(context, prefix=prefix)), context)


def _corner_name(built: Sequence[tuple[_Found, tables.Built, tables.Context]], i: int) -> str | None:
    """The corner of a table that has the columns of its neighbour, where no title of their own tells them apart."""
    item = built[i][0]
    run = [i]
    while (
        run[-1] + 1 < len(built)
        and built[run[-1] + 1][0].is_next
        and _same_columns(built, run[-1], run[-1] + 1)
    ):
        run.append(run[-1] + 1)
    while run[0] > 0 and built[run[0]][0].is_next and _same_columns(built, run[0] - 1, run[0]):
        run.insert(0, run[0] - 1)
    corners = [without_unit(built[k][0].panel.corner) for k in run]
    titles = {plain(built[k][0].title) for k in run} - {plain(c) for c in corners}
    if len(run) < 2 or len(titles - {""}) > 1:
        return None
    if not all(corners) or len({plain(c) for c in corners}) < len(corners):
        return None
    if words_of(without_unit(item.panel.corner)).starts_corner:
        return None  # Onderdeel, Omschrijving: says what every row is
    own = {row.path for row in built[i][1].table.rows}
    are_halves = len({built[k][0].panel.first_line for k in run}) == 1
    if are_halves and not any(own & {row.path for row in built[k][1].table.rows} for k in run if k != i):
        return None  # side by side, with rows of their own
    return without_unit(item.panel.corner)


def _same_columns(built: Sequence[tuple[_Found, tables.Built, tables.Context]], a: int, b: int) -> bool:
    return [c.path for c in built[a][1].table.columns] == [c.path for c in built[b][1].table.columns]


def _unit(item: _Found, around: Around) -> tuple[str | None, str | None]:
    for prose in reversed(item.above):
        if unit := unit_in(clean(prose.text)):
            return unit, "caption"
    if unit := tables.unit_of_header(item.panel):
        return unit, "header"
    for prose in item.below:
        if "bedragen" in prose.text.lower() and (unit := unit_in(prose.text)):
            return unit, "caption"
    return (around.eenheid, "document.yml") if around.eenheid else (None, None)


def _context(
    item: _Found, path: str, no: int, unit: str | None, source: str | None, around: Around
) -> tables.Context:
    notes, rest = footnotes(prose.text for prose in item.below)
    corner = without_unit(item.panel.corner)
    says = bool(item.title and corner and not words_of(corner).is_corner)
    legends = [p.text for p in item.above if _LEGEND.search(p.text)]
    return tables.Context(
        no=no,
        path=path,
        caption=item.title or corner,
        section=(*item.section, corner) if says else item.section,
        unit=unit,
        unit_source=source,
        footnotes=notes,
        soort=around.soort,
        jaar=around.jaar,
        rest=tuple([*legends, *rest]),
        under=said_under(around.answers, no),
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


def _questions(table: Table, panel: Panel) -> Iterator[Reject]:
    """What a person must decide: a unit that is not printed, columns without a header."""
    if table.unit is None and table.kind not in ("indicatoren", "doelen"):
        reason = f"de eenheid van tabel {table.no} is niet gedrukt; noem haar in document.yml"
        reason_en = f"the unit of table {table.no} is not printed; name it in document.yml"
        key = f"antwoorden.{table.no:03d}.eenheid"
        yield Reject(table.path, table.first_line, reason, table.caption, "question", key, reason_en)
    for column, printed in zip(table.columns, panel.paths, strict=True):
        if not table.is_asked and not printed and column.path == (f"kolom {column.no}",):
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
