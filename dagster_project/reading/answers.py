"""What a person answered about how a table is read: one of two readings, or the header typed in.

An answer holds for a layout: the words of the header in their order, years counted from the document's own, and the
number of columns. So it serves the next document of the same site, a year later too. What does not belong here:
the file that answers are kept in (``answer_file``), and deciding what must be asked (``assemble``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .meaning import plain
from .model import Options, Table
from .panel import HEADING, ROW, Panel, told

ANSWER_FILE = "antwoorden.yml"
QUESTION = "lezing"  # of document.yml: antwoorden: {"003.lezing": 2}
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20\d)\d(?!\d)")
_LIKE = 2 / 3  # the share of texts that two headers have in common, to be called the same with texts missing

Path = tuple[str, ...]


class Refused(ValueError):
    """Why an answer is not taken, as a sentence for the person who gave it, in Dutch and in English."""

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason, self.reason_en = reason, reason_en


@dataclass(frozen=True, slots=True)
class LayoutAnswer:
    """How tables of one layout are read. Years in its texts are those of a document about ``jaar``."""

    kop: tuple[str, ...]  # the texts of the header, as printed
    layout: str
    kolommen: int
    als: tuple[Path, ...]  # the columns as they are called
    jaar: int | None = None
    anders: tuple[Path, ...] = ()  # the reading that was not chosen
    lezing: int | None = None  # 1 or 2 where one of two was chosen
    document: str = ""
    tabel: int = 0

    @property
    def key(self) -> str:
        """The key of the layout that it is about."""
        return layout_key(self.kop, self.layout, self.jaar)


@dataclass(frozen=True, slots=True)
class Answered:
    """A panel as answered (``by`` says which answer, in two languages), or as it was and why no answer holds."""

    panel: Panel
    by: tuple[str, str] | None = None
    stale: tuple[str, str] | None = None


def layout_key(kop: Sequence[str], layout: str, jaar: int | None) -> str:
    """The name of a layout: its format and a hash of the header's words; empty where there is no header.

    >>> layout_key(["Lasten", "2024"], "html", 2024) == layout_key(["lasten", "2025"], "html", 2025)
    True
    """
    words = _words(kop, jaar)
    return f"{layout}-{hashlib.sha256('|'.join(words).encode()).hexdigest()[:12]}" if words else ""


def _words(kop: Sequence[str], jaar: int | None) -> list[str]:
    def counted(found: re.Match[str]) -> str:
        return found.group() if jaar is None else f"jaar{int(found.group()) - jaar:+d}"

    return [_YEAR.sub(counted, word) for text in kop if (word := plain(text))]


def kop_of(panel: Panel) -> Path:
    """The texts of the header by either reading: so a header that has one text less is another layout."""
    other = panel.reading.other
    if other is None:
        return panel.header
    longer, shorter = sorted((panel.header, other.header), key=len, reverse=True)
    return (*longer, *(text for text in shorter if text not in longer))


def options_of(panel: Panel, jaar: int | None) -> Options:
    """What a person can choose from, and the layout that the choice will hold for."""
    other = panel.reading.other
    verschil, verschil_en = ("", "") if other is None else difference(panel, other)
    return Options(
        key=layout_key(kop_of(panel), panel.layout, jaar),
        kop=kop_of(panel),
        readings=(panel.paths,) if other is None else (panel.paths, other.paths),
        verschil=verschil,
        verschil_en=verschil_en,
    )


def parse_header(text: str) -> tuple[Path, ...]:
    """A header as it is typed: columns apart by ``|``, levels by `` > ``, ``-`` for a column without a name.

    >>> parse_header("Lasten > 2024 | Lasten > 2025 | -")
    (('Lasten', '2024'), ('Lasten', '2025'), ())
    """
    columns = [column.strip() for column in text.split("|")]
    return tuple(
        () if column in ("", "-") else tuple(level.strip() for level in column.split(" > "))
        for column in columns
    )


def layout_answer(table: Table, document: str, jaar: int, said: str) -> LayoutAnswer:
    """What a person said of a table of a document about ``jaar`` (1, 2 or a header), as an answer for its layout.

    Raises ``Refused`` where it cannot be one: no such reading, another number of columns, no header to go by.
    """
    options = table.options
    if options is None or not options.key:
        own = f'antwoorden: {{"{table.no:03d}.{QUESTION}": ...}}'
        raise Refused(
            f"tabel {table.no} heeft geen kop waar een antwoord voor kan gelden; zet {own} in document.yml",
            f"table {table.no} has no header that an answer can hold for; put {own} into document.yml",
        )
    readings, said = options.readings, said.strip()
    lezing = int(said) if said in ("1", "2") else None
    if lezing is not None and lezing > len(readings):
        raise Refused(
            f"tabel {table.no} heeft geen tweede lezing; typ de kop",
            f"table {table.no} has no second reading; type the header",
        )
    als = parse_header(said) if lezing is None else readings[lezing - 1]
    if all(len(als) != len(reading) for reading in readings):
        raise Refused(
            f"de kop heeft {len(als)} kolommen, tabel {table.no} {len(readings[0])}",
            f"the header has {len(als)} columns, table {table.no} {len(readings[0])}",
        )
    anders = next((r for no, r in enumerate(readings, 1) if no != lezing), ())
    return LayoutAnswer(options.kop, table.layout, len(als), als, jaar, anders, lezing, document, table.no)


def difference(panel: Panel, other: Panel) -> tuple[str, str]:
    """In which rows two readings differ, in Dutch and in English; empty where only their columns do."""
    one, two = (
        {(s.line, s.kind, s.name): s for s in p.rows if s.kind in (ROW, HEADING)} for p in (panel, other)
    )
    first = next((s for k, s in one.items() if k not in two), None)
    second = next((s for k, s in two.items() if k not in one), None)
    found = [(no, s) for no, s in ((1, first), (2, second)) if s is not None]
    nl, en = {ROW: "rij", HEADING: "kop"}, {ROW: "row", HEADING: "heading"}
    return (
        "; ".join(f"{no}: {nl[s.kind]} '{s.name}' op regel {s.line}" for no, s in found),
        "; ".join(f"{no}: {en[s.kind]} '{s.name}' on line {s.line}" for no, s in found),
    )


def apply(
    panel: Panel,
    table_no: int,
    own: Mapping[str, str],
    for_layout: Mapping[str, LayoutAnswer],
    jaar: int | None,
) -> Answered:
    """The panel as a person said that it is read.

    ``own`` are the answers of document.yml, which go before those ``for_layout``, by key of layout.
    """
    said = own.get(f"{table_no:03d}.{QUESTION}")
    if said is not None:
        return _as_said(panel, said.strip())
    answer = for_layout.get(layout_key(kop_of(panel), panel.layout, jaar)) if for_layout else None
    if answer is None:
        return Answered(panel)
    return _as_answered(panel, answer, jaar)


def nearly_answered(
    panel: Panel, for_layout: Mapping[str, LayoutAnswer], jaar: int | None
) -> tuple[str, str] | None:
    """Why an answer for almost this layout does not hold: texts of its header are missing, or there are more."""
    here = _words(kop_of(panel), jaar)
    for answer in for_layout.values():
        there = _words(answer.kop, answer.jaar)
        common = set(here) & set(there)
        if answer.layout != panel.layout or len(common) < _LIKE * max(len(set(here)), len(set(there)), 1):
            continue
        missing = [t for t, w in zip(_printed(answer.kop), there, strict=True) if w not in common]
        more = [t for t, w in zip(_printed(kop_of(panel)), here, strict=True) if w not in common]
        if missing or more:
            voor, where = _where(answer)
            nl = [f"mist {', '.join(missing)}"] * bool(missing) + [f"heeft ook {', '.join(more)}"] * bool(
                more
            )
            en = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"also has {', '.join(more)}"] * bool(
                more
            )
            return (
                f"het antwoord voor {voor} geldt niet: de kop {' en '.join(nl)}",
                f"the answer for {where} does not hold: the header {' and '.join(en)}",
            )
    return None


def _printed(kop: Sequence[str]) -> list[str]:
    return [text for text in kop if plain(text)]


def _where(answer: LayoutAnswer) -> tuple[str, str]:
    """For which table an answer was given, in Dutch and in English."""
    if not answer.document:
        return ANSWER_FILE, ANSWER_FILE
    return f"{answer.document} tabel {answer.tabel}", f"{answer.document} table {answer.tabel}"


# --- an answer of document.yml -------------------------------------------------------------------------------


def _as_said(panel: Panel, said: str) -> Answered:
    by = (f"antwoord in document.yml: {said}", f"answer in document.yml: {said}")
    if said == "1":
        return Answered(panel, by)
    if said == "2":
        if panel.reading.other is None:
            return Answered(
                panel,
                stale=(
                    "het antwoord 2 in document.yml geldt niet: er is geen tweede lezing",
                    "the answer 2 in document.yml does not hold: there is no second reading",
                ),
            )
        return Answered(_second(panel), by)
    paths = parse_header(said)
    chosen = _with_paths(panel, paths)
    if chosen is None:
        have = len(panel.paths)
        return Answered(
            panel,
            stale=(
                f"de kop in document.yml heeft {len(paths)} kolommen, de tabel {have}",
                f"the header in document.yml has {len(paths)} columns, the table {have}",
            ),
        )
    return Answered(chosen, by)


# --- an answer for the layout ----------------------------------------------------------------------------------


def _as_answered(panel: Panel, answer: LayoutAnswer, jaar: int | None) -> Answered:
    voor, where = _where(answer)
    als, anders = (_shifted(paths, answer.jaar, jaar) for paths in (answer.als, answer.anders))
    other = panel.reading.other
    has_both = other is not None and _same(panel.paths, other.paths)
    if has_both and answer.lezing is None:
        why = (
            "twee lezingen hebben deze kop, en verschillen in hun rijen",
            "two readings have this header, and differ in their rows",
        )
    elif has_both and _same(panel.paths, als) and _same(als, anders):
        return Answered(_second(panel) if answer.lezing == 2 else panel, _by(answer, als))
    else:
        chosen = _with_paths(panel, als)
        if chosen is not None:
            return Answered(chosen, _by(answer, als))
        have = len(panel.paths)
        why = (
            f"de tabel heeft {have} kolommen in plaats van {len(als)}",
            f"the table has {have} columns in place of {len(als)}",
        )
    return Answered(
        panel,
        stale=(
            f"het antwoord voor {voor} geldt niet: {why[0]}",
            f"the answer for {where} does not hold: {why[1]}",
        ),
    )


def _by(answer: LayoutAnswer, als: Sequence[Path]) -> tuple[str, str]:
    shown, (voor, where) = told(als), _where(answer)
    return (f"antwoord voor {voor} ({ANSWER_FILE}): {shown}", f"answer for {where} ({ANSWER_FILE}): {shown}")


def _with_paths(panel: Panel, paths: tuple[Path, ...]) -> Panel | None:
    """The reading with these columns: the first, the second, or the one of as many columns under these names."""
    other = panel.reading.other
    if _same(panel.paths, paths):
        return panel
    if other is not None and _same(other.paths, paths):
        return _second(panel)
    if len(panel.paths) == len(paths):
        return replace(panel, paths=paths)
    if other is not None and len(other.paths) == len(paths):
        return replace(_second(panel), paths=paths)
    return None


def _second(panel: Panel) -> Panel:
    """The second reading in the place of the first, which becomes the one that was not chosen."""
    other = panel.reading.other
    assert other is not None
    return replace(other, reading=replace(panel.reading, second=told(panel.paths), other=None))


def _same(one: Sequence[Path], two: Sequence[Path]) -> bool:
    return [tuple(map(plain, path)) for path in one] == [tuple(map(plain, path)) for path in two]


def _shifted(paths: Sequence[Path], then: int | None, now: int | None) -> tuple[Path, ...]:
    """Paths of a document about the year ``then`` in the years of one about ``now``."""
    step = 0 if then is None or now is None else now - then
    return tuple(
        tuple(_YEAR.sub(lambda found: str(int(found.group()) + step), text) for text in path)
        for path in paths
    )
