"""What each row of a document is about: its programma, beleidsterrein, taakveld and reserve, as the document names them.

A number or a name in front of a row, in the path above it, in the heading of its table or in what the document itself is
a part of; lists that a document prints elsewhere tell which name goes with which number. What does not belong here:
what codes mean outside the document (official lists, other years), and amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dagster_project.claims.structure import is_called_part
from dagster_project.reading.codes import code_of
from dagster_project.reading.field_words import pattern_of

PROGRAMMA, BELEIDSTERREIN = "programma", "beleidsterrein"
RESTEREND, INGEVULD, OORSPRONKELIJK = "resterend", "ingevuld", "oorspronkelijk"

_LEVELS = 6  # of a path that are looked at
_BETWEEN = " > "
# Labels that only say what a row counts; what it is about stands above it.
_QUANTITY = pattern_of("grootheid", "level")
# What a row of a table of reserves counts of the reserve that stands above it:
_OF_A_RESERVE = ("begin", "toevoeging", "onttrekking", "eind")
_WITH_TAAKVELDEN = ("exploitatie", "sociaal_domein", "bedragen")  # kinds of tables

# In lower case:
_NUMBER_IN_HEADING = pattern_of("programmanummer", "heading")
_LAST_NUMBER_IN_HEADING = pattern_of("laatste_programmanummer", "heading")
_IS_UNDER_HEADING = pattern_of("onder_programma", "heading")
_OTHER_DIVISION = pattern_of("andere_indeling", "heading")
_OF_ALL_PROGRAMMAS = pattern_of("alle_programmas", "heading")
_PROGRAMMA_AND_MORE = pattern_of("programma_en_meer", "heading")
_NO_PROGRAMMA = pattern_of("geen_programma", "level")
# As printed:
_NAME_IN_CAPTION = pattern_of("programmanaam", "caption as printed")
_NAME_IN_SECTION = pattern_of("programmanaam", "section as printed")
_PART_OF = pattern_of("programma", "document as printed")
_CODE = pattern_of("beleidsterrein", "label as printed")
_CODE_AND_NAME = pattern_of("beleidsterreinnaam", "label as printed")
_NUMBER = pattern_of("programmanummer", "label as printed")
_NUMBER_AND_NAME = pattern_of("programmanaam", "label as printed")
_WORD_PROGRAMMA = pattern_of("woord_programma", "label as printed")
_WORD_AND_CODE = {
    soort: pattern_of(f"{soort}_met_code", "label as printed") for soort in (PROGRAMMA, BELEIDSTERREIN)
}
_TAAKVELD_OF_GROUP = re.compile(r"(?:^| > )([0-9][.][0-9]{1,3}[A-Za-z]?) [^>]*\Z")
_LEADING_NUMBER = re.compile(r"([0-9]{1,2})")
_LEADING_CODE = re.compile(r"([0-9]{1,2}[A-Za-z])")
_LEADING_NUMBER_OF_CODE = re.compile(r"([0-9]{1,2})[A-Za-z]")
_BARE_NUMBER = re.compile(r"([0-9]{1,2})\Z")
_DOEL_OF_CODE = re.compile(r"([0-9]{1,2}[A-Z][0-9]{1,2})[.]")
# A level of a path, in lower case, that is called a total whatever its role:
_IS_CALLED_TOTAL = pattern_of("totaal", "path")
_CODE_OR_MARK = re.compile(r"^[0-9]+[A-Z][0-9]*[.][a-z0-9]+ +|[*]+ *\Z")
_LEVEL_OF_LABEL = pattern_of("niveau", "label as printed")
_CODE_OR_MARK_OF_LABEL = re.compile(r"^[0-9]+[A-Za-z0-9.]*[.:]? +|[*]+\Z")
# What a document gives under its heading that is no programma of its own, but is told apart from all programmas (BBV), in lower case:
_APART = pattern_of("apart", "level")
_PROGRAMMA_IN_FRONT = pattern_of("programma", "level")
# What the heading of a table of savings says that it shows, in lower case, the first that is said: what is left, what has
# been done, or the plan.
_PHASES = tuple((fase, pattern_of(fase, "heading")) for fase in (RESTEREND, INGEVULD, OORSPRONKELIJK))


class Heading(NamedTuple):
    """One table. ``section`` and the path of a row are levels joined with " > "."""

    table_id: str
    kind: str
    caption: str
    section: str


class IndelingRow(NamedTuple):
    """One row of a table."""

    table_id: str
    row_no: int
    row_path: str
    label: str
    code: str | None
    rol: str
    grootheid: str | None


class Mentioned(NamedTuple):
    """A programma or beleidsterrein that a document names outside its rows; lists are in order of trust."""

    code: str | None
    naam: str | None
    domein: str | None = None


class RowSubject(NamedTuple):
    """What a row is about; None where the document does not say. ``taakveld``: a code in lower case, official or not."""

    bovenliggend_pad: str | None
    post: str
    groep: str | None  # levels that only say what is counted (Lasten) are none
    code: str | None  # in front of ``post``
    programma: str | None
    programma_naam: str | None
    beleidsterrein_code: str | None
    beleidsterrein: str | None
    taakveld: str | None
    reserve: str | None
    doel_code: str | None  # of the indicator that the row is: 9A1 of 9A1.a
    is_called_total: bool
    is_called_part: bool  # of the row above it
    vast_onderdeel: (
        str | None
    )  # what is told apart from all programmas (BBV): overhead, onvoorzien, in lower case
    indicator: (
        str | None
    )  # the name of the indicator that the row is, without its code and marks of footnotes


def part_of(onderdeel: str | None) -> Mentioned | None:
    """The programma that a document is a part of, of what it calls itself: "9 Maatschappelijke Ondersteuning"."""
    found = _PART_OF.match((onderdeel or "").strip(" "))
    return Mentioned(found[1], found[2]) if found else None


def without_code(label: str | None, soort: str) -> str | None:
    """A label as the name of a programma or beleidsterrein, without that word and the code in front."""
    return None if label is None else _WORD_AND_CODE[soort].sub("", label)


def number_of_programma(code: str) -> str:
    """A code of a programma in lower case, without the word for it.

    >>> number_of_programma("Programma 9 ")
    '9'
    """
    return _PROGRAMMA_IN_FRONT.sub("", code.strip(" ").lower())


def words_of_label(label: str) -> str:
    """What is left of a coded label when the word for its level, its code and marks are taken off; in lower case.

    >>> words_of_label("Beleidsterrein 9A Jeugd*")
    'jeugd'
    """
    return _CODE_OR_MARK_OF_LABEL.sub("", _LEVEL_OF_LABEL.sub("", label.strip(" "))).strip(" ").lower()


def programma_of(beleidsterrein_code: str | None) -> str | None:
    """The number of the programma that a beleidsterrein is of, by its code: 9 of 9A."""
    return _match(_LEADING_NUMBER, (beleidsterrein_code or "").strip(" "))


def phase_of(caption: str, section: str) -> str | None:
    """What a table of savings shows by its heading: the plan, what was done of it, or what is left."""
    heading = f"{caption} {section}".lower()
    return next((phase for phase, pattern in _PHASES if pattern.search(heading)), None)


def chosen_names(mentioned: Iterable[Mentioned]) -> list[Mentioned]:
    """One per code, in order of code: with the first name that there is, of equal trust the first in the alphabet."""
    found: dict[str | None, Mentioned] = {}
    for one in mentioned:
        before = found.get(one.code, Mentioned(one.code, None))
        domains = [d for d in (before.domein, one.domein) if d is not None]
        naam = one.naam if before.naam is None else before.naam
        found[one.code] = Mentioned(one.code, naam, max(domains, default=None))
    return sorted(found.values(), key=lambda m: (m.code is None, m.code or ""))


def places(
    headings: Sequence[Heading],
    lines: Sequence[IndelingRow],
    own: Mentioned | None,
    programmas: Sequence[Mentioned],
    beleidsterreinen: Sequence[Mentioned],
) -> list[RowSubject]:
    """What each of ``lines`` is about, in their order.

    ``own``: the programma that the whole document is a part of. The lists are those of ``chosen_names``.
    """
    tables = {h.table_id: _table(h, own) for h in headings}
    names = _Names(programmas, beleidsterreinen)
    of_rows = [_name_of_row(line, tables[line.table_id]) for line in lines]
    in_headings = (t.printed_name for t in tables.values() if t.programma is None)
    for naam in (*of_rows, *in_headings):
        if naam is not None:
            key = naam.lower()
            names.without_number[key] = min(names.without_number.get(key, naam), naam)
    return [
        _place(line, tables[line.table_id], naam, names) for line, naam in zip(lines, of_rows, strict=True)
    ]


# --- what a heading says ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    kind: str
    heading: str
    programma: str | None  # that the whole table is about
    printed_name: str | None
    is_under_heading: bool  # of one programma
    is_of_other_division: bool
    is_of_all_programmas: bool
    is_outer_level: bool  # of two levels of rows the outer one is the programma


def _table(heading: Heading, own: Mentioned | None) -> _Table:
    caption, section = heading.caption.lower(), heading.section.lower()
    said = heading.caption or _own_label(heading.section)
    lowered = said.lower()
    return _Table(
        kind=heading.kind,
        heading=said,
        # Of headings above each other the innermost.
        programma=_first(
            _search(_NUMBER_IN_HEADING, caption), own and own.code, _search(_LAST_NUMBER_IN_HEADING, section)
        ),
        printed_name=_stripped(
            _first(_match(_NAME_IN_CAPTION, heading.caption), _match(_NAME_IN_SECTION, heading.section))
        ),
        is_under_heading=bool(_IS_UNDER_HEADING.search(f"{section}{_BETWEEN}{caption}")),
        is_of_other_division=bool(_OTHER_DIVISION.search(caption)),
        is_of_all_programmas=heading.kind == "exploitatie"
        and bool(_OF_ALL_PROGRAMMAS.search(lowered))
        and not _NUMBER_IN_HEADING.search(lowered),
        is_outer_level=bool(_PROGRAMMA_AND_MORE.search(lowered)),
    )


def _name_of_row(line: IndelingRow, table: _Table) -> str | None:
    """The name of the programma that a row is: programmas without a number are known by name alone.

    Of a table of all programmas each row that is no total is one, and where rows have two levels the heading must say
    which.
    """
    if not table.is_of_all_programmas or line.rol not in ("item", "balance"):
        return None
    levels = [
        segment
        for _, segment in _segments(line.row_path)
        if not _QUANTITY.fullmatch(segment.lower()) and segment != table.heading
    ]
    if (
        not levels
        or not (len(levels) == 1 or table.is_outer_level)
        or _NO_PROGRAMMA.search(levels[0].lower())
    ):
        return None
    return _WORD_PROGRAMMA.sub("", levels[0])


# --- what a row says ----------------------------------------------------------------------------------


class _Names:
    """Which number goes with which name in one document; keys in lower case."""

    def __init__(self, programmas: Sequence[Mentioned], beleidsterreinen: Sequence[Mentioned]) -> None:
        self.programmas = _codes_by_name(programmas)
        self.beleidsterreinen = _codes_by_name(beleidsterreinen)
        for code in (b.code for b in beleidsterreinen if b.code is not None):
            _add(self.beleidsterreinen, code, code)
        self.name_of_programma: dict[str | None, str | None] = {
            p.code: p.naam for p in programmas if p.code is not None
        }
        self.name_of_beleidsterrein: dict[str | None, str | None] = {
            b.code: b.naam for b in beleidsterreinen if b.code is not None
        }
        self.without_number: dict[str, str] = {}


def _codes_by_name(mentioned: Iterable[Mentioned]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, naam, _ in mentioned:
        if code is not None and naam is not None:
            _add(found, naam, code)
            _add(found, f"{code} {naam}", code)
    return found


def _add(found: dict[str, str], naam: str, code: str) -> None:
    key = naam.lower()
    found[key] = min(found.get(key, code), code)


@dataclass(slots=True)
class _Said:
    """What the levels of a path say; the innermost that says something counts."""

    beleidsterrein_code: str | None = None
    beleidsterrein: str | None = None
    programma: str | None = None
    programma_naam: str | None = None
    unnumbered: str | None = None
    is_by_name: bool = False


def _said(line: IndelingRow, names: _Names) -> _Said:
    said = _Said()
    for _, segment in _segments(line.row_path):
        lowered = segment.lower()
        code = _first(names.beleidsterreinen.get(lowered), _match(_CODE, segment))
        if code is not None:
            said.beleidsterrein_code = code.upper()
            said.beleidsterrein = _first(_match(_CODE_AND_NAME, segment), said.beleidsterrein)
        named = names.programmas.get(lowered)
        programma = _first(named, _match(_NUMBER, segment))
        if programma is not None:
            said.programma = programma
            said.programma_naam = _first(_match(_NUMBER_AND_NAME, segment), said.programma_naam)
            said.is_by_name = named is not None and not _WORD_PROGRAMMA.match(lowered)
        said.unnumbered = _first(names.without_number.get(_WORD_PROGRAMMA.sub("", lowered)), said.unnumbered)
    return said


def _place(line: IndelingRow, table: _Table, own_name: str | None, names: _Names) -> RowSubject:
    said = _said(line, names)
    code = line.code or ""
    above = line.row_path.rpartition(_BETWEEN)[0] or None
    beleidsterrein_code = _first(said.beleidsterrein_code, _upper(_match(_LEADING_CODE, code)))
    is_exploitatie = table.kind == "exploitatie"
    of_row = _first(
        # Under the heading of a programma a label with the name of another one is a post.
        None if table.is_under_heading and said.is_by_name else said.programma,
        _match(_LEADING_NUMBER, said.beleidsterrein_code or ""),
        _match(_LEADING_NUMBER_OF_CODE, code),
        _match(_BARE_NUMBER, code) if is_exploitatie and not table.is_of_other_division else None,
    )
    name_of_row = _first(own_name, said.unnumbered if is_exploitatie and not table.is_under_heading else None)
    # A row that names a programma itself is of that one; else it is of what the heading names, by number or by name.
    by_heading = names.programmas.get((_first(table.printed_name, table.heading) or "").lower())
    programma = _first(of_row, None if name_of_row is not None else _first(table.programma, by_heading))
    unnumbered = None
    if of_row is None and name_of_row is not None:
        unnumbered = name_of_row
    elif of_row is None and is_exploitatie and table.programma is None and by_heading is None:
        unnumbered = _first(table.printed_name, names.without_number.get(table.heading.lower()))
    post, groep = _post_and_group(line, table, above)
    programma_naam = _first(
        names.name_of_programma.get(programma),
        said.programma_naam,
        unnumbered,
        table.printed_name if programma is not None and programma == table.programma else None,
        re.sub(r"^[0-9]{1,2}[.:]? +", "", line.label)
        if is_exploitatie and programma is not None and line.code == programma
        else None,
    )
    is_indicator = table.kind == "indicatoren"
    return RowSubject(
        bovenliggend_pad=above,
        post=post,
        groep=groep,
        code=_first(line.code, code_of(post) if post != line.label else None),
        programma=programma,
        programma_naam=programma_naam,
        beleidsterrein_code=beleidsterrein_code,
        beleidsterrein=_first(names.name_of_beleidsterrein.get(beleidsterrein_code), said.beleidsterrein),
        taakveld=_taakveld(line, table, above),
        reserve=_reserve(line, table, above),
        doel_code=_match(_DOEL_OF_CODE, code.strip(" ")),
        is_called_total=bool(_IS_CALLED_TOTAL.search(line.row_path.lower())),
        is_called_part=is_called_part(line.row_path.split(_BETWEEN)),
        vast_onderdeel=_match(_APART, (programma_naam if programma_naam is not None else post).lower()),
        indicator=_CODE_OR_MARK.sub("", line.label).strip(" ") if is_indicator else None,
    )


def _post_and_group(line: IndelingRow, table: _Table, above: str | None) -> tuple[str, str | None]:
    """The label that says what the row is about, and the levels above it.

    A level that only says what is counted is neither: a row that is called Lasten is about what stands above it, and
    "Lasten > Zorg" and "Baten > Zorg" are both about Zorg.
    """
    levels = [level for level in (above or "").split(_BETWEEN) if level and not _is_quantity(level)]
    is_quantity = _is_quantity(line.label) or (table.kind == "reserves" and line.grootheid in _OF_A_RESERVE)
    post = levels.pop() if levels and is_quantity else line.label
    return post.strip(" "), _BETWEEN.join(levels) or None


def _is_quantity(label: str) -> bool:
    return bool(_QUANTITY.fullmatch(label.strip(" ").lower()))


def _taakveld(line: IndelingRow, table: _Table, above: str | None) -> str | None:
    """The code in front of the label, of the row itself or of the group that it stands in."""
    if table.kind not in _WITH_TAAKVELDEN:
        return None
    code = _first(line.code, _search(_TAAKVELD_OF_GROUP, above or ""))
    return code.lower() if code is not None else None


def _reserve(line: IndelingRow, table: _Table, above: str | None) -> str | None:
    if table.kind != "reserves":
        return None
    return _own_label(above) if line.grootheid is not None and above is not None else line.label


# --- texts --------------------------------------------------------------------------------------------


def _segments(path: str) -> list[tuple[int, str]]:
    """The first levels of a path that are not empty, with their number from 1."""
    levels = enumerate(path.split(_BETWEEN)[:_LEVELS], start=1)
    return [(no, segment.strip(" ")) for no, segment in levels if segment]


def _own_label(path: str) -> str:
    return path.rpartition(_BETWEEN)[2].strip(" ")


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value is not None), None)


def _upper(text: str | None) -> str | None:
    return None if text is None else text.upper()


def _stripped(text: str | None) -> str | None:
    return None if text is None else text.strip(" ")


def _search(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def _match(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.match(text)
    return found[1] if found else None
