"""One row per line, cells one blank apart: values counted from the right, labels that wrap, headers cut to fit.

The number of columns is what most lines have at their end. A text without values is a heading, or the first part
of a label that goes on in the next line: how wide labels are tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, pairwise, product, takewhile
from math import prod
from typing import NamedTuple

from dagster_project.reading.formats.paragraphs import is_broken

from .codes import code_of
from .footnotes import bare_year
from .form_terms import MOST_IN_FAVOUR, shares_elsewhere
from .forms import OnLine, goes_on, whole
from .header_texts import TEXT, VALUE, Zone, is_passed_over, words_of
from .header_words import unit_in, without_unit
from .headers import Header, counting, read_header
from .heading_prices import heading_price, unknown_names
from .judge import Terms, weigh
from .meaning import plain
from .model import Piece, Prose
from .notes import is_furniture, is_note, is_of_page, is_sentence
from .numbers import clean, kinds_of_numbers, year_of
from .panel import HEADING, NOTE, ROW, Panel, Reading, Strip, extended, said, told
from .path_terms import corner_terms, header_terms
from .phrases import is_amount, marks_stand_behind, splits, trailing_values, values_inside
from .printed_again import PrintedAgain

MOST_HEADER_LINES = 5
_GOES_ON = re.compile(r"\bvervolg\b", re.IGNORECASE)
MOST_CUTS = 24
COUNTED = frozenset(
    [
        "programma",
        "deelprogramma",
        "paragraaf",
        "hoofdstuk",
        "fase",
        "per",
        "afd.",
        "afd",
        "artikel",
        "nr",
        "nr.",
        "thema",
        "pijler",
        "deel",
        "lijn",
    ]
)
ENDS_OPEN = re.compile(
    r"(?:,|-|\b(?:en|van|de|het|der|voor|met|aan|in|op|of|per|tot|uit|door|over|bij))$", re.IGNORECASE
)


class Printed(NamedTuple):
    """A line: its text, the part before its values, its values, and what stands before it."""

    text: str
    line: int
    page: int | None
    label: str
    values: tuple[str, ...]
    is_after_blank: bool
    tail: str = ""  # words behind the values: a column of texts at the end
    cells: tuple[str, ...] = ()  # where more than one blank stands between cells
    starts_page: bool = False
    is_alone: bool = False  # one half of a line that has two elsewhere
    between: str = ""  # a date or letter between label and values, where most rows have one

    @property
    def years_only(self) -> bool:
        return bool(self.values) and all(year_of(bare_year(v)) for v in self.values)


@dataclass(frozen=True, slots=True)
class _Body:
    """Lines as rows and headings of ``n`` columns."""

    n: int
    strips: tuple[Strip, ...]
    cost: float
    terms: Terms


def printed_lines(lines: Sequence[tuple[str, int, int | None]]) -> list[Printed]:
    """The lines that are not blank, with their values; header texts broken within a paragraph are whole."""
    found, blank = [], True
    behind = marks_stand_behind(text for text, _, _ in lines)
    before: tuple[str, int | None] = ("", None)
    for text, line, page in lines:
        bare = clean(text)
        if not bare or _RULE.fullmatch(bare):
            blank = blank or not bare
            continue
        label, values = trailing_values(text, behind)
        cells = tuple(clean(c) for c in _WIDE_BLANKS.split(text.strip()) if clean(c))
        is_set_in = not blank and text[0] == " " and text[:3].strip() != "" and before[0][:1] not in ("", " ")
        starts_page = is_set_in or (bool(before[0]) and page != before[1])
        found.append(
            Printed(
                bare,
                line,
                page,
                label,
                values,
                blank,
                cells=cells if len(cells) > 1 else (),
                starts_page=starts_page,
            )
        )
        before = (text, page)
        blank = False
    found = _with_corners(_with_periods(_with_signs(_with_tails(found, lines, behind))))
    return _whole(found) if _blank_between(found) else found


_RULE = re.compile(r"(?:[-=_]{4,} ?)+")  # a line drawn with signs below rows that are added up
_WIDE_BLANKS = re.compile(r"[ \t]{2,}|(?:[ \t]*\u00a0){2,}|\.{4,}|\t")


_SIGNS = frozenset("-−–")


_DATE_BEHIND = re.compile(r"(?P<label>\S.*) (?P<date>\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d)")


def _with_periods(found: list[Printed]) -> list[Printed]:
    """Dates, years or letters between labels and values are a column of their own where most rows have one.

    They say when a work is done, or of which sort a row is: ``S`` or ``I``.
    """
    dated = {
        k: p._replace(label=match["label"], between=match["date"])
        for k, p in enumerate(found)
        if p.values and (match := _DATE_BEHIND.fullmatch(p.label))
    }
    dated = dated or {k: made for k, p in enumerate(found) if (made := _with_year(p)) is not None}
    dated = dated or _with_letters(found)
    rows = sum(bool(p.values and p.label) and not p.years_only for p in found)
    if len(dated) < FEWEST_DATES or 2 * len(dated) < rows:
        return found
    return [dated.get(k, p) for k, p in enumerate(found)]


def _with_letters(found: Sequence[Printed]) -> dict[int, Printed]:
    """Rows of which the last word of the label is a capital letter, where these are of two or three sorts.

    Letters that tell rows apart (``Complex A``, ``Complex B``) are part of their names: of those few, or of all.
    """
    lettered = {
        k: p._replace(label=label, between=letter)
        for k, p in enumerate(found)
        if p.values and (label := p.label.rpartition(" ")[0])
        for letter in [p.label.rpartition(" ")[2]]
        if _LETTER.fullmatch(letter)
    }
    times = Counter(p.between for p in lettered.values())
    again = Counter(p.label for p in lettered.values())
    alone = {k: p for k, p in lettered.items() if again[p.label] == 1}
    is_sorted = 1 < len(times) < 4 and times.most_common(2)[1][1] > 1
    return alone if is_sorted and len(alone) * 4 >= len(lettered) * 3 else {}


_LETTER = re.compile(r"[A-Z](?:/[A-Z])?")


def _with_year(p: Printed) -> Printed | None:
    """A row of which the first value is a bare year and no other is: when it is; None for any other line."""
    years = [k for k, value in enumerate(p.values) if year_of(bare_year(value))]
    if len(years) != 1 or not p.label or any(is_amount(v) for v in p.values[: years[0]]):
        return None
    at = years[0]
    if at + 1 == len(p.values):
        return None
    label = " ".join([p.label, *p.values[:at]])
    return p._replace(label=label, values=p.values[at + 1 :], between=p.values[at])


FEWEST_DATES = 3


def _with_corners(found: list[Printed]) -> list[Printed]:
    """Headers right above rows that begin otherwise and end alike: what they end in names the columns, the rest the rows.

    So ``Programma 1 Zorg 2024 2025`` and ``Programma 2 Groen 2024 2025``.
    """
    headers: dict[int, list[int]] = {}  # by the number of values of the row below
    for k, (p, below) in enumerate(pairwise(found)):
        if (not p.values or p.years_only) and below.values and not below.years_only:
            headers.setdefault(len(below.values), []).append(k)
    found = list(found)
    for n, places in headers.items():
        for a, b in pairwise(places):
            for k, other in ((a, b), (b, a)):
                words, others = found[k].text.split(), found[other].text.split()
                shared = sum(
                    takewhile(bool, (x == y for x, y in zip(words[::-1], others[::-1], strict=False)))
                )
                if not n <= shared < min(len(words), len(others)):
                    continue
                front, columns = " ".join(words[:-shared]), splits(" ".join(words[-shared:]), n)[0][1]
                if len(columns) == n:
                    found[k] = found[k]._replace(cells=(front, *columns))
    return found


def _with_signs(found: list[Printed]) -> list[Printed]:
    """Dashes a blank before a number are its sign where the rows then have as many values as those without any."""
    signed = {k: joined for k, p in enumerate(found) if len(joined := _signed(p.values)) < len(p.values)}
    others = Counter(
        len(p.values)
        for k, p in enumerate(found)
        if k not in signed and len(p.values) > 1 and not p.years_only
    )
    if not signed or not others:
        return found
    usual = others.most_common(1)[0][0]
    fits = sum(len(values) == usual for values in signed.values())
    if fits * 3 < 2 * len(signed) or sum(len(found[k].values) == usual for k in signed) * 3 > len(signed):
        return found
    return [p._replace(values=signed[k]) if k in signed else p for k, p in enumerate(found)]


def _signed(values: Sequence[str]) -> tuple[str, ...]:
    """Values of which a dash before a number is its sign."""
    joined: list[str] = []
    for value in values:
        if joined and joined[-1] in _SIGNS and value[:1].isdecimal():
            joined[-1] = f"{joined[-1]} {value}"
        else:
            joined.append(value)
    return tuple(joined)


def _with_tails(
    found: list[Printed], lines: Sequence[tuple[str, int, int | None]], behind: bool | None
) -> list[Printed]:
    """Where many lines have words behind their values, those are a column of texts."""
    printed = {line: text for text, line, _ in lines}
    inside = {
        p.line: values_inside(printed[p.line], behind=behind)
        for p in found
        if not p.values and len(p.text) < 200
    }
    usual = Counter(
        len(p.values) for p in found if len(p.values) > 1 and not p.years_only and not is_passed_over(p.text)
    ).most_common(1)
    for line, parts in inside.items() if usual else ():
        # a text may hold amounts itself: the run of as many values as other lines have is the one
        if len(parts[1]) != usual[0][0] and (again := values_inside(printed[line], usual[0][0], behind))[1]:
            inside[line] = again
    tailed = {
        line: parts
        for line, parts in inside.items()
        if parts[1]
        and parts[2]
        and (not parts[2].endswith(".") or (usual[:1] and len(parts[1]) == usual[0][0]))
    }
    if (
        len(tailed) < 3
        or len(tailed) * 2 < sum(1 for p in found if p.values and not p.years_only)
        or len({len(t[1]) for t in tailed.values()}) > 2
    ):
        return found
    return [
        p._replace(label=tailed[p.line][0], values=tailed[p.line][1], tail=tailed[p.line][2])
        if p.line in tailed
        else p
        for p in found
    ]


def _whole(lines: Sequence[Printed]) -> list[Printed]:
    """Texts in paragraphs: one that is left open by a bracket, or makes one header text, is one line."""
    found: list[Printed] = []
    for p in lines:
        if found and not p.is_after_blank and not p.starts_page and _goes_on_as_header(found[-1], p):
            joined = whole([found[-1].text, p.text])
            found[-1] = found[-1]._replace(text=joined, label=joined, values=())
        else:
            found.append(p)
    return found


def _goes_on_as_header(p: Printed, after: Printed) -> bool:
    if p.text.count("(") > p.text.count(")"):
        return unit_in(whole([p.text, after.text])) is not None
    if p.values or not (after.years_only or not after.values):
        return False
    cut = splits(whole([p.text, after.text]))
    return bool(cut) and len(cut[0][1]) == 1 and words_of(cut[0][1][0]).likeness >= 2


def panels(lines: Sequence[Printed], soort: str, jaar: int | None) -> Iterator[Prose | Panel]:
    """Texts and tables of lines, in order."""
    pieces: list[Prose | Panel] = []
    position = 0
    last: Panel | None = None
    repeats = PrintedAgain(p.text for p in lines)
    for first, end in _segments(lines):
        break_of_page = _page_break(lines, position, first, last) if last is not None else None
        if break_of_page is not None and last is not None:
            headings, top = break_of_page
            body = _body(lines, top, first, end, len(last.paths))
            if body is not None:
                at = max(i for i, p in enumerate(pieces) if isinstance(p, Panel))
                titles = [
                    Strip(NOTE, p.text, line=p.line, page=p.page)
                    for p in lines[position:top]
                    if _GOES_ON.search(p.text)
                ]
                last = extended(last, (*_headings(headings), *titles, *body.strips), lines[end - 1].line)
                pieces[at] = last
                position = end
                continue
        if (halves := _halves(lines, position, first, end)) is not None:
            begin, left, right = halves
            sides = [
                _read(side, PrintedAgain(p.text for p in side), 0, k, len(side), soort, jaar)
                for side, k in (left, right)
            ]
            if all(sides):
                pieces += [Prose(p.text, p.line, p.page) for p in lines[position:begin]]
                is_open = any(p.is_alone for p in left[0])
                pieces += [_of_half(side[0], is_open) for side in sides if side is not None]
                last, position = None, end
                continue
        found = _read(lines, repeats, position, first, end, soort, jaar)
        if found is None:
            continue
        panel, begin, after = found
        before = lines[position:begin]
        pieces += [Prose(p.text, p.line, p.page) for p in before]
        pieces.append(panel)
        last = panel
        position = after
    pieces += [Prose(p.text, p.line, p.page) for p in lines[position:]]
    yield from pieces


def _page_break(
    lines: Sequence[Printed], position: int, first: int, last: Panel
) -> tuple[list[Printed], int] | None:
    """Whether a table goes on below what every page prints: headings above that, and the line after it.

    What every page prints are page numbers, names of documents, and lines that stand above the table too; among
    them is the header of the table or some of its lines. Another title above the same header is another table.
    """
    gap = lines[position:first]
    header = {plain(t) for t in last.header_lines}
    seen = {plain(p.text) for p in lines[:position] if not p.values or p.years_only}
    again = [
        k
        for k, p in enumerate(gap)
        if plain(p.text) in seen or plain(p.text) in header or is_of_page(p.text) or _GOES_ON.search(p.text)
    ]
    repeated = [gap[k] for k in again if plain(gap[k].text) in header]
    if not repeated or (len(repeated) < 2 and not any(_is_header_line(p) for p in repeated)):
        return None
    if again != list(range(again[0], again[-1] + 1)):
        return None
    turns = any(is_of_page(gap[k].text) or gap[k].starts_page for k in again)
    if again[0] and not turns:
        return None
    return list(gap[: again[0]]), position + again[-1] + 1


# --- where tables begin and end ---------------------------------------------------------------------------


def _is_row(line: Printed) -> bool:
    if not line.values or line.years_only or is_passed_over(line.text):
        return False
    if not line.label and len(line.values) == 1 and line.text.isdecimal():
        return False  # a page number
    return not _is_running_text(line) and not _is_numbered_heading(line)


def _is_running_text(line: Printed) -> bool:
    """Running text that happens to end in a number."""
    words = line.label.split()
    return len(words) > 12 and len(line.values) <= 1 and not is_amount(line.values[0] if line.values else "")


def _is_header_line(line: Printed) -> bool:
    if line.values and not line.years_only:
        return False
    cut = splits(line.text)
    if not cut:
        return False
    texts = line.cells if len(line.cells) > 2 else cut[0][1]
    strong = sum(map(_is_sure, texts))
    names_columns = len(texts) > 2 and all(words_of(text).likeness >= 1 for text in texts[1:])
    return strong >= 2 or names_columns or (line.years_only and not line.label)


def _segments(lines: Sequence[Printed]) -> list[tuple[int, int]]:
    """First row and end of every body: a header between rows parts two."""
    rows = [i for i, p in enumerate(lines) if _is_row(p) and not _is_header_line(p)]
    segments: list[tuple[int, int]] = []
    for n, i in enumerate(rows):
        gap = lines[rows[n - 1] + 1 : i] if n else ()
        if n and not _parts(gap):
            segments[-1] = (segments[-1][0], i + 1)
        else:
            segments.append((i, i + 1))
    return segments


def _parts(gap: Sequence[Printed]) -> bool:
    if any(_is_header_line(p) for p in gap):
        return True
    return any(is_passed_over(p.text) and unit_in(p.text) for p in gap)


# --- halves side by side --------------------------------------------------------------------------------------

Side = tuple[list[Printed], int]


def _of_half(panel: Panel, is_open: bool) -> Panel:
    """A half of which some row may belong to the other one."""
    if not is_open:
        return panel
    terms = {**panel.reading.terms, "one_half": 1.0}
    return replace(panel, reading=replace(panel.reading, terms=terms))


def _halves(lines: Sequence[Printed], position: int, first: int, end: int) -> tuple[int, Side, Side] | None:
    """The two tables of lines that hold a label and values twice: where they begin, and each with its first row.

    A row of one half only says nothing of its side: it is put left, and is ``is_alone``, which is asked about.
    """
    rows = [i for i in range(first, end) if _is_row(lines[i])]
    parted = {i: both for i in rows if (both := _both(lines[i])) is not None}
    if len(parted) < 3 or len(parted) * 3 < 2 * len(rows):
        return None
    begin = first
    sides: tuple[list[Printed], list[Printed]] = ([], [])
    while begin > position and first - begin < 4 and _divided(lines[begin - 1]) is not None:
        begin -= 1
    starts = [0, 0]
    for i in range(begin, end):
        both = parted.get(i)
        if both is None and not (lines[i].values and i >= first):
            both = _beside_heading(lines[i]) or _divided(lines[i])
        if both is None:
            both = (lines[i]._replace(is_alone=True), None)
        for k, one in enumerate(both):
            if one is not None:
                sides[k].append(one)
                starts[k] += i < first
    return begin, (sides[0], starts[0]), (sides[1], starts[1])


def _both(p: Printed) -> tuple[Printed, Printed] | None:
    """A line with as many values inside as at its end: its left and its right part."""
    label, values, rest = values_inside(p.label)
    if not rest or not label or len(values) < len(p.values) or not rest[:1].isupper():
        return None
    extra = len(values) - len(p.values)
    label = " ".join([label, *values[:extra]])
    values = values[extra:]
    left = p._replace(text=f"{label} {' '.join(values)}", label=label, values=values)
    return left, p._replace(text=f"{rest} {' '.join(p.values)}", label=rest)


def _beside_heading(p: Printed) -> tuple[Printed, Printed] | None:
    """A row on the left with a heading on the right."""
    label, values, rest = values_inside(p.text)
    if not label or not values or not rest[:1].isupper():
        return None
    left = p._replace(text=f"{label} {' '.join(values)}", label=label, values=values)
    return left, p._replace(text=rest, label=rest, values=())


def _divided(p: Printed) -> tuple[Printed, Printed] | None:
    """A header or a heading over both halves: cut in two parts of as many texts, or of as many words."""
    for parts in (texts for _, texts in splits(p.text)):
        half = len(parts) // 2
        shape = [re.sub(r"\d", "9", t) for t in parts]
        if half > 1 and len(parts) % 2 == 0 and shape[1:half] == shape[half + 1 :]:
            return _cut_at(p, " ".join(parts[:half]), " ".join(parts[half:]))
    words = p.text.split()
    half = len(words) // 2
    if words and not p.values and len(words) % 2 == 0 and words[half][:1].isupper():
        return _cut_at(p, " ".join(words[:half]), " ".join(words[half:]))
    return None


def _cut_at(p: Printed, left: str, right: str) -> tuple[Printed, Printed]:
    made = []
    for text in (left, right):
        label, values = trailing_values(text)
        made.append(p._replace(text=text, label=label, values=values))
    return made[0], made[1]


# --- a body ------------------------------------------------------------------------------------------------


def _read(
    lines: Sequence[Printed],
    repeats: PrintedAgain,
    position: int,
    first: int,
    end: int,
    soort: str,
    jaar: int | None,
) -> tuple[Panel, int, int] | None:
    """The best panel of a segment, the line where its header begins, and the line after it."""
    counts = Counter(len(p.values) for p in lines[first:end] if _is_row(p))
    candidates = [n for n, _ in counts.most_common(3)]
    candidates += [n - 1 for n in candidates[:1] if n > 1]
    candidates += [len(p.values) for p in lines[max(position, first - 2) : first] if p.years_only and p.label]
    found: list[tuple[float, _Body, Header, int, tuple[str, ...], int]] = []
    for printed in _with_and_without_between(lines):
        top = _top(printed, position, first)
        bodies = [
            b for n in dict.fromkeys(candidates) if (b := _body(printed, top, first, end, n)) is not None
        ]
        for n, body_cost in sorted(((body.n, body.cost) for body in bodies), key=lambda b: b[1]):
            least = [min((f[0] for f in found), default=float("inf")) - body_cost + SLACK]
            for cost, header, begin, texts, after in _headers(
                printed, position, first, n, soort, jaar, least
            ):
                if header.corner != lines[begin].text and repeats.begins_with_title(begin, after):
                    titled = counting(header, "title_in_header", 1)
                    header, cost = titled, cost + titled.cost - header.cost
                again = frozenset(plain(p.text) for p in lines[position:after])
                head = frozenset(plain(p.text) for p in lines[begin:after] if len(p.text.split()) > n)
                strips = _body(printed, after, first, end, n, again, head)
                if strips is None:
                    continue
                own = next((i for i, s in enumerate(strips.strips) if s.kind == ROW), 0)
                headings = [s.label for s in strips.strips[:own]]
                labels = [(s.kind, s.label) for s in strips.strips[own:]]
                extra = heading_price(headings, labels, unknown_names(header))
                found.append((cost + strips.cost + extra, strips, header, begin, texts, after))
    found = [f for f in found if _is_table(f[1], f[4])]
    if not found:
        return None
    found.sort(key=lambda f: f[0])
    cost, body, header, begin, texts, _ = found[0]
    other = next(
        (
            f
            for f in found[1:]
            if (f[1].n, said(f[2].paths), _meaning(f[1])) != (body.n, said(header.paths), _meaning(body))
        ),
        None,
    )
    panel = _panel(lines, found[0], end)
    reading = Reading(cost, terms={**header.terms, **body.terms}, by="lines")
    if other is not None:
        above = tuple(Prose(p.text, p.line, p.page) for p in lines[begin : other[3]])
        rival = replace(_panel(lines, other, end), captions=above)
        reading = replace(reading, margin=other[0] - cost, second=told(other[2].paths), other=rival)
    panel = replace(panel, reading=reading)
    return panel, begin, end


def _with_and_without_between(lines: Sequence[Printed]) -> Iterator[Sequence[Printed]]:
    """The lines, and where dates or years stand between labels and values also with those as ends of the labels."""
    yield lines
    if any(c.isdecimal() for p in lines for c in p.between):  # a letter is no part of a name
        yield [p._replace(label=f"{p.label} {p.between}", between="") if p.between else p for p in lines]


MOST_COUNTED = -weigh(
    {"counted": 1}
)  # what a line with a text for every column takes off the price of a header
SLACK = 1.0  # what other headings may change in the cost of a body


def _panel(
    lines: Sequence[Printed], found: tuple[float, _Body, Header, int, tuple[str, ...], int], end: int
) -> Panel:
    """A body below its header, without what the judge said of it. A column of years called a period says when."""
    _, body, header, begin, texts, after = found
    periods = [
        c
        for c, path in enumerate(header.paths)
        if path and words_of(path[-1]).attribute == "periode" and _is_years(body, c)
    ]
    kept = [c for c in range(len(header.paths)) if c not in periods]
    return Panel(
        paths=tuple(header.paths[c] for c in kept),
        rows=tuple(_without(strip, kept, periods) for strip in body.strips) if periods else body.strips,
        corner=header.corner,
        header=texts,
        header_lines=tuple(p.text for p in lines[begin:after]) if texts else (),
        formula=header.formula,
        layout="pdf-text",
        first_line=lines[begin].line,
        last_line=lines[end - 1].line,
        page=lines[begin].page,
        has_header=bool(texts),
    )


def _is_years(body: _Body, column: int) -> bool:
    texts = [s.values[column] for s in body.strips if s.kind == ROW and s.values]
    return sum(p is not None and year_of(p.text) is not None for p in texts) * 2 > len(texts)


def _without(strip: Strip, kept: Sequence[int], periods: Sequence[int]) -> Strip:
    """A row with its periods among its texts."""
    if strip.kind != ROW or not strip.values:
        return strip
    period = " ".join(p.text for c in periods if (p := strip.values[c]) is not None)
    values = tuple(strip.values[c] for c in kept)
    return replace(strip, values=values, texts={**strip.texts, "periode": period})


def _is_table(body: _Body, header: tuple[str, ...]) -> bool:
    """Rows enough to be a table: several, or one below a header of several columns."""
    rows = sum(1 for s in body.strips if s.kind == ROW and not s.is_loose and not s.overfull and s.label)
    return rows >= 2 or (rows == 1 and bool(header) and body.n >= 2)


def _meaning(body: _Body) -> tuple[tuple[str, str], ...]:
    return tuple((s.kind, s.label) for s in body.strips)


def _top(lines: Sequence[Printed], position: int, first: int) -> int:
    """The first line that can be a heading of the first row."""
    top = first
    while (
        top > position
        and first - top < 4
        and not lines[top - 1].values
        and not _is_header_line(lines[top - 1])
    ):
        top -= 1
    return top


def _body(
    lines: Sequence[Printed],
    top: int,
    first: int,
    end: int,
    n: int,
    again: frozenset[str] = frozenset(),
    head: frozenset[str] = frozenset(),
) -> _Body | None:
    """Rows and headings of the lines from ``top``; the width of the labels is tried both ways.

    ``again``: texts above the table; several of them between rows are a header printed again, and so is one line
    of ``head``, which has words for all columns.
    """
    best: _Body | None = None
    widths = _widths(lines[first:end], n)
    for width in widths:
        made = _rows(_not_again(lines[top:end], again, head), n, width)
        if made is not None and (best is None or made.cost < best.cost):
            best = made
    return best


def _not_again(lines: Sequence[Printed], again: frozenset[str], head: frozenset[str]) -> Sequence[Printed]:
    """The lines less those of the header, and less runs of two or more that stand above the table too."""
    found: list[Printed] = []
    run: list[Printed] = []
    for p in lines:
        if plain(p.text) in head and not p.values:
            continue
        if plain(p.text) in again and (not p.values or p.years_only):
            run.append(p)
            continue
        found += run if len(run) < 2 else []
        run = []
        found.append(p)
    return [*found, *(run if len(run) < 2 else [])]


def _own_label(p: Printed, n: int) -> str:
    """The label of a line that has more numbers at its end than the table has columns."""
    extra = len(p.values) - n
    return " ".join([p.label, *p.values[:extra]]).strip() if extra > 0 else p.label


def _widths(lines: Sequence[Printed], n: int) -> list[int | None]:
    """How wide labels may be: unbounded, or as wide as the widest."""
    lengths = [len(_own_label(p, n)) for p in lines if not p.years_only]
    return [None, max(lengths, default=0)] if lengths else [None]


def _rows(lines: Sequence[Printed], n: int, width: int | None) -> _Body | None:
    terms = Terms()
    strips: list[Strip] = []
    pending: list[Printed] = []
    before: Printed | None = None
    cost = 0.0
    is_loose_set = _blank_between(lines)
    low = _begin_low(lines)
    named = Counter(_own_label(p, n) for p in lines if p.values)
    full = 0
    for index, p in enumerate(lines):
        if (
            not p.values
            or (p.years_only and max(n, len(p.values)) > 1)
            or _ends_in_number(p, n)
            or is_passed_over(p.text)
            or _is_open_label(p, lines[index + 1] if index + 1 < len(lines) else None, n)
            or (p.years_only and not p.label and len(p.values) != n)
            or _is_running_text(p)
        ):
            pending.append(p)
            continue
        if not p.label and len(p.values) == 1 and p.text.isdecimal() and n > 1:
            continue  # a page number
        extra = len(p.values) - n
        label = _own_label(p, n)
        values = p.values[max(extra, 0) :]
        if extra > 0 and any(is_amount(v) for v in p.values[:extra]):
            terms["overfull_row"] += 1
            strips += _headings(pending, width, is_loose_set)
            pending, before = [], None
            strips.append(Strip(ROW, p.label, line=p.line, page=p.page, overfull=(p.label, *p.values)))
            continue
        cost += 0.3 * max(extra, 0)
        own_price = 1.5 if named[label] > 1 else 0.0  # a label that other rows have too is whole
        up, price = _gone_on(before, pending, width, is_loose_set, low)
        if up:
            taken, down = _wrapped(pending[up:], p, label, width, is_loose_set, low, own_price)
            plain_taken, plainly = _wrapped(pending, p, label, width, is_loose_set, low, own_price)
            if price + down - 0.5 * (up + taken) >= plainly - 0.5 * plain_taken:
                up = 0
        if up:
            strips[-1] = _longer(strips[-1], pending[:up])
            pending = pending[up:]
            cost += price
        taken, price = _wrapped(pending, p, label, width, is_loose_set, low, own_price)
        cost += price
        cost += 0.5 * (len(pending) - taken)
        terms["header_as_heading"] += sum(
            _is_header_line(q) or (q.years_only and len(q.values) > 1) for q in pending
        )
        strips += _headings(pending[: len(pending) - taken], width, is_loose_set)
        own = whole([*(q.text for q in pending[len(pending) - taken :]), label])
        if not own:
            terms["row_without_name"] += 1
        if extra < 0:
            terms["short_row"] += 1
        else:
            full += 1
            cost -= 1.0
        start = pending[len(pending) - taken] if taken else p
        pending, before = [], p
        pieces: list[Piece | None] = [Piece(v, p.line, p.page) for v in values]
        strips.append(
            Strip(
                ROW,
                own,
                line=start.line,
                page=p.page,
                values=tuple(pieces + [None] * (n - len(pieces))),
                texts=_texts_of(p),
                is_loose=extra < 0,
            )
        )
    if not full:
        return None
    if pending:
        up, price = _gone_on(before, pending, width, is_loose_set, low)
        if up and price < 0.5 * up:
            strips[-1] = _longer(strips[-1], pending[:up])
    return _Body(n, tuple(strips), cost + weigh(terms), terms)


def _texts_of(p: Printed) -> dict[str, str]:
    """The texts beside the values of a line, by what they are."""
    if p.tail:
        return {"toelichting": p.tail}
    if not p.between:
        return {}
    return {"periode" if any(c.isdecimal() for c in p.between) else "toelichting": p.between}


def _gone_on(
    before: Printed | None,
    pending: Sequence[Printed],
    width: int | None,
    is_loose_set: bool,
    low: float,
) -> tuple[int, float]:
    """How many of the texts below a row go on in it, and what that costs: its label, or the text behind its values."""
    if before is None or not pending or not before.label:
        return 0, 0.0
    if pending[0].is_after_blank or pending[0].starts_page:
        return 0, 0.0
    if before.tail:
        up = 0
        while up < min(len(pending), 3) and not pending[up].is_after_blank and _goes_on(before, pending, up):
            up += 1
        return up, 0.0
    text, total, best = before.label, 0.0, (0, 0.0)
    for up, p in enumerate(pending[:3], start=1):
        if p.is_after_blank or is_note(p.text) or is_furniture(p.text):
            break
        total += _merge(text, p.text, width, is_loose_set, low)
        if total - 0.5 * up < best[1] - 0.5 * best[0]:
            best = (up, total)
        text = p.text
    return best


def _goes_on(before: Printed, pending: Sequence[Printed], at: int) -> bool:
    """Whether a text behind values is not at its end: it has no full stop, or small letters follow."""
    so_far = pending[at - 1].text if at else before.tail
    return not so_far.endswith(".") or pending[at].text[:1].islower()


def _longer(strip: Strip, more: Sequence[Printed]) -> Strip:
    """A row whose label, or text behind its values, goes on in the lines below it."""
    added = [p.text for p in more]
    if "toelichting" in strip.texts:
        return replace(
            strip, texts={**strip.texts, "toelichting": whole([strip.texts["toelichting"], *added])}
        )
    return replace(strip, label=whole([strip.label, *added]))


def _is_open_label(p: Printed, after: Printed | None, n: int) -> bool:
    """A label that ends in a number and goes on in the next line: ``Stand per 1`` above ``januari``."""
    if after is None or not p.label or len(p.values) >= n:
        return False
    if any(is_amount(v) for v in p.values):
        return not after.is_after_blank and after.text[:1].islower() and len(p.values) * 3 <= n + 1
    return (not after.is_after_blank and (after.text[:1].islower() or not after.label)) or (
        not after.label and len(after.values) == n
    )


def _ends_in_number(p: Printed, n: int) -> bool:
    """A heading whose name ends in a number: ``Totaal programma 2`` among rows of three columns."""
    return n > 1 and _is_numbered_heading(p)


def _is_numbered_heading(p: Printed) -> bool:
    """A line that ends in a word that is counted and its number: ``Programma 2``, ``Terug naar programma 2``."""
    if len(p.values) != 1 or not re.fullmatch(r"\d{1,2}", p.values[0]):
        return False
    return p.label.split()[-1:] != [] and plain(p.label.split()[-1]) in COUNTED


def _headings(
    pending: Sequence[Printed], width: int | None = None, is_loose_set: bool = False
) -> list[Strip]:
    """Texts without values as headings; one that wraps is joined."""
    found: list[Strip] = []
    previous: Printed | None = None
    for p in pending:
        if is_passed_over(p.text) or is_furniture(p.text):
            previous = None
            continue
        if is_note(p.text):
            found.append(Strip(NOTE, p.text, line=p.line, page=p.page))
            previous = None
            continue
        begins_low = not (p.text[:1].isupper() or p.text[:1].isdecimal() or p.text[:1] in "'’")
        is_rest = (
            previous is not None
            and not p.is_after_blank
            and (
                is_loose_set
                or (
                    begins_low
                    and (_overflows(previous.text, p.text, width) or ENDS_OPEN.search(previous.text))
                )
            )
        )
        if is_rest:
            found[-1] = replace(found[-1], label=whole([found[-1].label, p.text]))
        else:
            found.append(Strip(HEADING, p.text, line=p.line, page=p.page))
        previous = p
    return found


USUAL = 0.25  # share of labels that begin low from which that says nothing of a wrap
FEW = 6  # labels too few to say that none ever does


def _begin_low(lines: Sequence[Printed]) -> float:
    """Which share of the labels that surely begin on their line begin in lower case."""
    sure = [p.label for q, p in pairwise(lines) if q.values and p.values and p.label]
    share = sum(label[0].islower() for label in sure) / max(1, len(sure))
    return share or (USUAL if len(sure) < FEW else 0.0)


def _blank_between(lines: Sequence[Printed]) -> bool:
    """Whether most rows are a paragraph each: with the lines above that begin their labels, if any."""
    rows = opening = 0
    is_open = False  # whether the paragraph has no row so far
    for p in lines:
        is_open = is_open or p.is_after_blank
        if p.values and p.label:
            rows += 1
            opening += is_open
        is_open = is_open and not p.values
    return opening * 2 > rows


def _wrapped(
    pending: Sequence[Printed],
    row: Printed,
    label: str,
    width: int | None,
    is_loose_set: bool,
    low: float,
    own_price: float,
) -> tuple[int, float]:
    """How many of the texts above a row begin its label, and what that costs."""
    best = (0, 0.0 if label or not pending else 3.0)
    total = own_price if label else 0.0
    following = label
    is_next_blank = row.is_after_blank
    if label or not pending:
        best = (
            0,
            _unmerged(pending[-1], label, width, is_next_blank, is_loose_set, low) if pending else 0.0,
        )
    for taken in range(1, min(len(pending), 4) + 1):
        p = pending[-taken]
        if is_next_blank and (following or taken > 1):
            break
        if is_note(p.text):
            break
        total += _merge(p.text, following, width, is_loose_set, low) if following else 0.0
        if taken > 1 and not label and row.is_after_blank:
            total -= 1.2  # a paragraph right above a paragraph of values: its lines are one label
        rest = (
            _unmerged(pending[-taken - 1], p.text, width, p.is_after_blank, is_loose_set, low)
            if taken < len(pending)
            else 0.0
        )
        if total + rest - 0.5 * taken < best[1] - 0.5 * best[0]:
            best = (taken, total + rest)
        following, is_next_blank = p.text, p.is_after_blank
    return best


def _overflows(text: str, following: str, width: int | None) -> bool:
    first = following.split()[0] if following.split() else ""
    return width is not None and len(text) + 1 + len(first) > width


def _merge(text: str, following: str, width: int | None, is_loose_set: bool, low: float) -> float:
    """What it costs that a label goes on in the next line."""
    price = 1.1
    begins_low = not (following[:1].isupper() or following[:1] in "'’")
    if begins_low and low <= USUAL:
        price -= 1.0
    if ENDS_OPEN.search(text):
        price -= 0.8
    if not _overflows(text, following, width) and not following.startswith("("):
        price += 1.8
    if text.endswith(":"):
        price += 2.0
    if is_loose_set:
        price -= 1.2
    return price


def _unmerged(
    text: Printed,
    following: str,
    width: int | None,
    is_after_blank: bool,
    is_loose_set: bool,
    low: float,
) -> float:
    """What it costs that a text above a label is a heading and no part of it."""
    if is_after_blank or not following:
        return 0.0
    price = 0.0
    begins_low = not (following[:1].isupper() or following[:1].isdecimal() or following[:1] in "'’")
    if begins_low and low <= USUAL:
        price += 0.8 + (1.2 if not low or _overflows(text.text, following, width) else 0.0)
    if ENDS_OPEN.search(text.text):
        price += 1.5
    if is_loose_set:
        price += 1.4
    return price


# --- a header ------------------------------------------------------------------------------------------------


def _headers(
    lines: Sequence[Printed],
    position: int,
    first: int,
    n: int,
    soort: str,
    jaar: int | None,
    least: list[float] | None = None,
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers that the lines above a body allow: cost, header, first line, its texts, the line after it.

    ``least`` holds the cost of the cheapest so far.
    """
    least = least or [float("inf")]
    coded = [p for p in lines[first : first + 40] if p.label]
    first = _label_above(lines, position, first)
    pages = [k for k in range(position, first) if is_of_page(lines[k].text) and not lines[k].text.isdecimal()]
    position = max((k + 1 for k in pages), default=position)
    begin = max(position, first - MOST_HEADER_LINES - 3)
    far = max(position, first - 16)
    zone = lines[begin:first]
    has_codes = sum(1 for p in coded if code_of(p.label)) * 5 > len(coded) * 2 or any(
        code_of(p.text) for p in zone[-2:]
    )
    has_tail = sum(bool(p.tail) for p in coded) > 2
    prints = kinds_of_numbers([p.values for p in coded if len(p.values) == n])
    has_between = any(p.between for p in coded)
    wholes = [
        _wrapped_headers(lines, far, first, n, soort, jaar, has_codes),
        _paragraph_headers(lines, far, first, n, soort, jaar, has_codes),
        _stacked_headers(lines, begin, first, n, soort, jaar, prints) if not has_tail else (),
    ]
    for found in (f for headers in wholes for f in headers):
        least[0] = min(least[0], found[0])
        yield found
    for price, joined, places in _joined_ways(lines, begin, far, first):
        for cost, header, at, texts, stop in _cut_headers(
            joined, n, soort, jaar, has_codes, has_tail, has_between, prints, least
        ):
            yield cost + price, header, places[at], texts, places[stop]


PRICE_OF_JOINT = 0.1
HELD = "\ue000"  # stands for a blank at which no line is cut


def _joined_ways(
    lines: Sequence[Printed], begin: int, far: int, first: int
) -> Iterator[tuple[float, Sequence[Printed], Sequence[int]]]:
    """Lines as they stand, and with those joined that go on in the next one: price, lines, where each of them begins.

    A cell of a header that is broken over lines is copied so: ``Begroting 2023 na`` above ``wijziging``. Behind the rest
    of it the next cells of its row follow; lines of many words are joined in a way of their own.
    """
    seen: list[Sequence[int]] = []
    for most_words in (None, MOST_WORDS_ON):
        joined, places = _joined_lines(lines, far, first, most_words)
        near = max(0, len(joined) - MOST_HEADER_LINES - 3)
        joints = first - places[near] - (len(joined) - near) if joined else 0
        if joints and places not in seen:
            yield PRICE_OF_JOINT * joints, joined[near:], [*places[near:], first]
        seen.append(places)
    yield 0.0, lines[begin:first], range(begin, first + 1)


MOST_WORDS_ON = 3  # of a line that surely goes on the one above


def _joined_lines(
    lines: Sequence[Printed], far: int, first: int, most_words: int | None
) -> tuple[list[Printed], list[int]]:
    """Lines, each joined to the one before it that goes on in it, and where each begins."""
    joined: list[Printed] = []
    places: list[int] = []
    for k, p in enumerate(lines[far:first], start=far):
        goes = (
            bool(joined)
            and not p.is_after_blank
            and not p.starts_page
            and (most_words is None or len(p.text.split()) <= most_words)
            and (not p.values or (p.years_only and len(p.values) == 1))  # several years are a layer
            and not is_passed_over(joined[-1].text)
            and not is_sentence(joined[-1].text)
            and goes_on(joined[-1].text, p.text)
        )
        if goes:
            before = joined[-1].text
            held = whole([before, p.text]) if is_broken(before, p.text) else f"{before}{HELD}{p.text}"
            joined[-1] = joined[-1]._replace(text=held, cells=())
        else:
            joined.append(p)
            places.append(k)
    return joined, places


def _ways_to_cut(text: str, n: int) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The ways to cut a line, none of them where it is held."""
    parts = text.split(HELD)
    held = frozenset(accumulate(len(t.split()) for t in parts[:-1]))
    return splits(" ".join(parts), n, held=held)


def _cut_headers(
    zone: Sequence[Printed],
    n: int,
    soort: str,
    jaar: int | None,
    has_codes: bool,
    has_tail: bool,
    has_between: bool,
    prints: tuple[str, ...],
    cheapest: list[float],
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which every line has texts of its own: cost, header, its first line in the zone, texts, the line after it."""
    cuts = []
    # of every line: how many of its texts are surely headers, cut in the likeliest way
    strong: list[int] = []
    layers: list[bool] = []  # whether all of them are, and there are several
    for p in zone:
        bare = without_unit(p.text)
        is_open = bare and not is_passed_over(p.text) and len(p.text) < 700 and not is_sentence(p.text)
        ways = _ways_to_cut(bare, n) if is_open else ()
        if p.cells and any(words_of(c).year or words_of(c).likeness >= 1 for c in p.cells):
            ways = ((0.0, p.cells), *((price + 1.0, texts) for price, texts in ways[:3] if texts != p.cells))
        strong.append(sum(map(_is_sure, ways[0][1])) if ways else 0)
        layers.append(strong[-1] > 1 and strong[-1] == len(ways[0][1]))
        if not strong[-1]:  # a title or a heading, or names that nobody knows
            ways = tuple(w for k, w in enumerate(ways) if k < 2 or len(w[1]) in (n, n + 1))
        uncut = (0.0 if strong[-1] == 0 else 0.4 if strong[-1] == 1 else 1.5, (p.text.replace(HELD, " "),))
        is_among = uncut[1] in [w for _, w in ways] or (clean(bare.replace(HELD, " ")),) in [
            w for _, w in ways
        ]
        cuts.append(list(ways) if is_among else [*ways, uncut])
    emitted: set[tuple[object, ...]] = set()
    ranked = sorted(_combinations(cuts, n), key=lambda c: c[0] + _if_counted(c[1], n))[:MOST_CUTS]
    least = float("inf")
    for price, texts_by_line in ranked:
        if price + _if_counted(texts_by_line, n) > least + 3:
            break
        texts = tuple(OnLine(t, k) for k, line in enumerate(texts_by_line) for t in line)
        starts = [0]
        for line in texts_by_line:
            starts.append(starts[-1] + len(line))
        owner = {at: k for k, at in enumerate(starts)}
        zone_ = Zone(
            texts,
            (TEXT,) * has_between + (VALUE,) * n + (TEXT,) * has_tail,
            names=2 if has_codes else 1,
            breaks=frozenset(starts),
            prices_headings=False,
            soort=soort,
            jaar=jaar,
            is_glued=True,
            prints=prints,
        )
        read = [
            replace(h, paths=h.paths[has_between : has_between + n])
            for h in read_header(zone_, 3, cheapest[0] - price)
        ]
        for header in read:
            at, stop = owner[header.start], owner[header.end]
            if at < stop and any(is_sentence(p.text) for p in zone[stop:]):
                continue  # what is told of a table stands above its header, never below it
            used = sum(
                price_of for price_of in (_cut_price(cuts[k], texts_by_line[k]) for k in range(at, stop))
            )
            key = (header.paths, at, stop)
            if key in emitted:
                continue
            emitted.add(key)
            if (
                at
                and at < stop
                and cuts[at - 1]
                and words_of(cuts[at - 1][0][1][0]).is_corner
                and len(cuts[at - 1][0][1]) > 2
            ):
                header = counting(header, "header_left_out", 0.4)
            if at and header.start < header.end and _begins_torn(zone[at - 1], zone[at:stop]):
                header = counting(header, "torn_start", 1)
            if at and header.start < header.end and layers[at - 1]:
                header = counting(header, "header_left_out", 0.3)
            if (
                n > 2
                and at < stop
                and any(
                    cuts[k]
                    and len(texts_by_line[k]) in (n, n + 1)
                    and all(isinstance(p[-1], OnLine) and p[-1].line == k for p in header.paths if p)
                    and _cut_price(cuts[k], texts_by_line[k]) <= NEARLY_THE_LIKELIEST
                    for k in range(at, stop)
                )
            ):
                header = counting(header, "counted", 1)
            least = min(least, header.cost + used)
            cheapest[0] = min(cheapest[0], least)
            yield (
                header.cost + used,
                header,
                at,
                texts[header.start : header.end],
                stop,
            )


def _begins_torn(above: Printed, header: Sequence[Printed]) -> bool:
    """Whether a header begins with the rest of a text: small or with a date, right below another line, before texts with capitals."""
    first = header[0]
    if first.is_after_blank or first.starts_page or is_passed_over(above.text) or is_sentence(above.text):
        return False
    words = [w for p in header for w in p.text.replace(HELD, " ").split()]
    has_capitals = any(w[0].isupper() for w in words[1:])
    return has_capitals and goes_on(above.text, words[0]) and year_of(words[0]) is None


NEARLY_THE_LIKELIEST = 0.5  # how much dearer than the cheapest a cut may be that counts the columns


def _if_counted(texts_by_line: Sequence[tuple[str, ...]], n: int) -> float:
    """What it is worth that some line is cut into a text for every column."""
    return weigh({"counted": n > 2 and any(len(texts) in (n, n + 1) for texts in texts_by_line)})


def _is_sure(text: str) -> bool:
    """A text that is surely a header: a year, or words that say a state, a quantity or what a column holds."""
    return bool(words_of(text).year) or words_of(text).likeness >= 2


def _label_above(lines: Sequence[Printed], position: int, first: int) -> int:
    """Where the label of the first row begins: values alone in a paragraph are those of the paragraph above."""
    if lines[first].label or not lines[first].is_after_blank or first - 1 <= position:
        return first
    start = first - 1
    while start > position and not lines[start].is_after_blank and not lines[start].starts_page:
        start -= 1
    return start if start > position else first


def _wrapped_headers(
    lines: Sequence[Printed], begin: int, first: int, n: int, soort: str, jaar: int | None, has_codes: bool
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which every text is broken over lines of its own: the lines joined, then cut into columns."""
    for end, top in (
        (e, t) for e in (first, first - 1) for t in range(e - 2, max(begin, first - 16) - 1, -1)
    ):
        if any(len(p.text) > 60 for p in lines[top:end]):
            continue
        zone = [p for p in lines[top:end] if not is_passed_over(p.text)]
        if len(zone) < 3 or sum(len(p.text.split()) <= 3 for p in zone) * 3 < 2 * len(zone):
            continue
        joined = without_unit(whole([p.text for p in zone]))
        above = lines[top - 1].text if top > begin else ""
        is_torn = len(above.split()) <= 2 and words_of(above).likeness >= 1
        left_out = weigh({"header_left_out": 0.4 * len(_strong_texts(above))})
        for price, texts in splits(joined, n, held=_held(zone)):
            if len(texts) < n or len(texts) > n + 2:
                continue
            read = read_header(
                Zone(
                    texts,
                    (VALUE,) * n,
                    names=2 if has_codes else 1,
                    most_headings=0,
                    prices_headings=False,
                    soort=soort,
                    jaar=jaar,
                ),
                keep=2,
            )
            for header in read:
                if header.start < header.end:
                    if top > begin and _begins_torn(lines[top - 1], lines[top:end]):
                        header = counting(header, "torn_start", 1)
                    is_one = not any(p.is_after_blank for p in lines[top + 1 : end])
                    layered = LAYERS_OF_ONE_LINE * (is_one and any(len(path) > 1 for path in header.paths))
                    yield (
                        header.cost + price + 0.4 + layered + is_torn + left_out,
                        header,
                        top,
                        texts[header.start :],
                        end,
                    )


LAYERS_OF_ONE_LINE = (
    0.8  # what it costs that lines joined as one, with no blank line between, hold several layers
)


def _held(lines: Sequence[Printed]) -> frozenset[int]:
    """The words of joined lines that surely go on the line above them, and begin no text."""
    if any(is_broken(a.text, b.text) or unit_in(b.text) for a, b in pairwise(lines)):
        return frozenset()
    starts = accumulate(len(p.text.split()) for p in lines)
    return frozenset(
        at
        for at, (a, b) in zip(starts, pairwise(lines), strict=False)
        if a.text[:1].isupper() and b.text[:1].islower()
    )


def _strong_texts(line: str) -> tuple[str, ...]:
    """The texts of a line where all of them are surely headers."""
    bare = without_unit(line)
    ways = splits(bare) if bare and not is_passed_over(line) and not is_sentence(line) else ()
    texts = ways[0][1] if ways else ()
    return texts if all(map(_is_sure, texts)) else ()


def _paragraph_headers(
    lines: Sequence[Printed], begin: int, first: int, n: int, soort: str, jaar: int | None, has_codes: bool
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which every text is a paragraph of its own: blank lines part the texts, whatever lines they take."""
    starts = [k for k in range(begin, first) if k == begin or lines[k].is_after_blank or lines[k].starts_page]
    if not starts:
        return
    stops = [*starts[1:], first]
    texts = [whole([p.text for p in lines[a:b]]) for a, b in zip(starts, stops, strict=True)]
    if len(texts) < max(3, n) or first >= len(lines) or not lines[first].is_after_blank:
        return
    cells = [  # a paragraph of one line may have several texts, all of them surely headers
        (text, k)
        for k, (paragraph, a, b) in enumerate(zip(texts, starts, stops, strict=True))
        for text in (_strong_texts(paragraph) if b == a + 1 else ()) or (paragraph,)
    ]
    texts, starts, stops = [t for t, _ in cells], [starts[k] for _, k in cells], [stops[k] for _, k in cells]
    breaks = [k for k in range(len(texts)) if k == 0 or starts[k] != starts[k - 1]] + [len(texts)]
    for end in [k for k in breaks[-3:] if k >= n]:
        if any(lines[k].values and not lines[k].years_only for k in range(starts[0], stops[end - 1])):
            continue
        zone = Zone(
            tuple(texts[:end]),
            (VALUE,) * n,
            names=2 if has_codes else 1,
            most_headings=2,
            breaks=frozenset(k for k in breaks if k <= end),
            prices_headings=False,
            soort=soort,
            jaar=jaar,
        )
        for header in read_header(zone, keep=3):
            is_told = any(map(is_sentence, texts[header.end :]))
            if header.start < header.end and header.shapes != ("none",) and not is_told:
                inside = tuple(texts[header.start : header.end])
                yield header.cost + 0.2, header, starts[header.start], inside, stops[header.end - 1]


MOST_STACKS = 400
FAR = 3.0  # how much dearer than the cheapest so far a header may be before it is not looked at


def _stacked_headers(
    lines: Sequence[Printed],
    begin: int,
    first: int,
    n: int,
    soort: str,
    jaar: int | None,
    prints: Sequence[str],
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which some texts go on in the lines below: every line has a text for some columns, in order.

    One line has a text for every column; each text of another goes on the text above it, or stands below none.
    """
    if n < 2:
        return
    for end, size in product(range(first, max(first - 3, begin + 1), -1), (2, 3)):
        top = end - size
        zone = lines[max(top, 0) : end]
        if top < begin or any(
            is_passed_over(p.text) or is_sentence(p.text) or len(p.text) > 160 for p in zone
        ):
            continue
        if any((p.values and not p.years_only) or p.is_after_blank for p in zone[1:]):
            continue
        ways = [_cuts_of(p, n, k > 0) for k, p in enumerate(zone)]
        least = float("inf")
        for price, chosen in sorted(
            ((sum(way[0] for way in c), c) for c in product(*ways)), key=lambda c: c[0]
        ):
            counts = [len(texts) for _, texts, _ in chosen]
            if max(counts) != n or sum(bool(c) for _, _, c in chosen) > 1:
                continue
            if min(counts) == n and not all(_go_on(texts) for _, texts, _ in chosen[1:]):
                continue
            if price + MOST_IN_FAVOUR > least + FAR:
                break
            corner = "".join(c for _, _, c in chosen)
            layers = [texts for _, texts, _ in chosen]
            most = least - price + FAR
            for cost, paths, terms in _stacks(layers, n, bool(corner), most, soort, jaar, prints):
                texts = tuple(t for line in layers for t in line)
                least = min(least, cost + price)
                header = Header(paths, corner, 0, len(texts), ("stacked",), terms, cost)
                yield cost + price, header, top, texts, end


def _go_on(texts: Sequence[str]) -> bool:
    """Whether most texts of a line look as if they go on those above them: they begin small, or with a date."""
    return 2 * sum(goes_on("", t) for t in texts) > len(texts)


def _cuts_of(p: Printed, n: int, is_below: bool) -> list[tuple[float, tuple[str, ...], str]]:
    """Ways to cut a line: price, its texts over values, and the text in front that names the rows."""
    found = []
    for price, texts in splits(without_unit(p.text) or p.text, n - is_below, goes_on=is_below):
        if 1 <= len(texts) <= n:
            found.append((price, texts, ""))
        if 2 <= len(texts) <= n + 1 and (words_of(texts[0]).is_corner or len(texts) == n + 1):
            odd = weigh(corner_terms(texts[:1]))
            found.append((price + odd, texts[1:], texts[0]))
        if 3 <= len(texts) <= n + 2 and all(words_of(t).is_corner for t in texts[:2]):
            found.append((price, texts[2:], " ".join(texts[:2])))
    return sorted(found, key=lambda f: f[0])[:6]


def _stacks(
    layers: Sequence[tuple[str, ...]],
    n: int,
    has_corner: bool,
    most: float,
    soort: str,
    jaar: int | None,
    prints: Sequence[str],
) -> list[tuple[float, tuple[tuple[str, ...], ...], Terms]]:
    """The two cheapest ways to put the texts of every line over columns, none dearer than ``most``.

    How texts go on below each other is priced first: what columns they make is asked of the cheap ones only.
    """
    options = [list(combinations(range(n), len(texts))) for texts in layers]
    if prod(len(o) for o in options) > MOST_STACKS:
        return []
    laid = []
    for places in product(*options):
        stacks: list[list[str]] = [[] for _ in range(n)]
        for texts, at in zip(layers, places, strict=True):
            for text, c in zip(texts, at, strict=True):
                stacks[c].append(text)
        terms = Terms(
            low_alone=sum(s[0][:1].islower() for s in stacks),
            capital_below=sum(t[:1].isupper() for s in stacks for t in s[1:]),
            stacked=len(layers) - 1,
            counted=n > 2,
            not_gone_on=sum(_left_bare(s, stacks) for s in stacks),
            corner_missing=not has_corner,
        )
        laid.append((weigh(terms), stacks, terms))
    laid.sort(key=lambda way: way[0])
    found: list[tuple[float, tuple[tuple[str, ...], ...], Terms]] = []
    for price, stacks, terms in laid:
        if price + MOST_IN_FAVOUR > min(most, found[1][0] if len(found) > 1 else most):
            break
        paths = tuple((whole(stack),) for stack in stacks)
        terms.add(header_terms(paths, (VALUE,) * n, soort, jaar))
        terms["unlike_values"] += shares_elsewhere(paths, prints or ("",) * n)
        found.append((weigh(terms), paths, terms))
        found.sort(key=lambda f: f[0])
    return found[:2]


def _left_bare(stack: Sequence[str], stacks: Sequence[Sequence[str]]) -> int:
    """How odd it is that a text goes on nothing: a bare year or date beside others that have words is three times so."""
    if len(stack) > 1:
        return 0
    is_date = year_of(stack[0]) is not None or not any(c.isalpha() for c in stack[0])
    return 3 if is_date and any(len(s) > 1 for s in stacks) else 1


def _cut_price(options: Sequence[tuple[float, tuple[str, ...]]], chosen: tuple[str, ...]) -> float:
    return next(price for price, texts in options if texts == chosen)


def _combinations(
    cuts: Sequence[Sequence[tuple[float, tuple[str, ...]]]], n: int
) -> Iterator[tuple[float, tuple[tuple[str, ...], ...]]]:
    """Ways to cut all lines: the lines nearest to the body in every way, those far above in the plainest one."""
    near = range(max(0, len(cuts) - 4), len(cuts))
    tried = [ways if k in near else (_plainest(ways),) for k, ways in enumerate(cuts)]
    for way in product(*tried):
        yield sum(p for k, (p, _) in enumerate(way) if k in near), tuple(t for _, t in way)


def _plainest(ways: Sequence[tuple[float, tuple[str, ...]]]) -> tuple[float, tuple[str, ...]]:
    """A line as it stands, or cut where several of its texts are surely headers."""
    return ways[0] if ways[-1][0] > 1 else ways[-1]
