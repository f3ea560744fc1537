"""One row per line, cells one blank apart: tables among lines, each with the header and the body that fit best together.

The number of columns is what most lines have at their end. Where it is open, or where a header can be cut in several
ways, all are tried; the cheapest is taken, and the next best is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .header_texts import is_passed_over, names_rows_only, words_of
from .header_words import unit_in
from .headers import Header, bearing, counting, price_of_sums
from .heading_prices import heading_price, unknown_names
from .line_bodies import Body, body_of, headings_among
from .line_headers import headers_above
from .meaning import plain
from .model import Prose
from .notes import is_of_page
from .numbers import year_of
from .panel import HEADING, NOTE, ROW, Panel, Reading, Strip, extended, said_below, told
from .phrases import splits, trailing_values, values_inside
from .printed_again import PrintedAgain
from .printed_lines import Printed, is_header_line, is_row
from .under_headers import units_in_line

_GOES_ON = re.compile(r"\bvervolg\b", re.IGNORECASE)


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
            body = body_of(lines, top, first, end, len(last.paths))
            if body is not None:
                at = max(i for i, p in enumerate(pieces) if isinstance(p, Panel))
                titles = [
                    Strip(NOTE, p.text, line=p.line, page=p.page)
                    for p in lines[position:top]
                    if _GOES_ON.search(p.text)
                ]
                last = extended(last, (*headings_among(headings), *titles, *body.strips), lines[end - 1].line)
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
    if not repeated or (len(repeated) < 2 and not any(is_header_line(p) for p in repeated)):
        return None
    if again != list(range(again[0], again[-1] + 1)):
        return None
    turns = any(is_of_page(gap[k].text) or gap[k].starts_page for k in again)
    if again[0] and not turns:
        return None
    return list(gap[: again[0]]), position + again[-1] + 1


# --- where tables begin and end ---------------------------------------------------------------------------


def _segments(lines: Sequence[Printed]) -> list[tuple[int, int]]:
    """First row and end of every body: a header between rows parts two."""
    rows = [i for i, p in enumerate(lines) if is_row(p) and not is_header_line(p)]
    segments: list[tuple[int, int]] = []
    for n, i in enumerate(rows):
        gap = lines[rows[n - 1] + 1 : i] if n else ()
        if (
            n
            and not _parts(gap)
            and not (_names_rows(gap) and _are_of_another_width(lines, rows, n, segments[-1][0]))
        ):
            segments[-1] = (segments[-1][0], i + 1)
        else:
            segments.append((i, i + 1))
    return segments


FEWEST_OF_A_WIDTH = 3  # rows that have as many values as each other, and not as many as those above them


def _are_of_another_width(lines: Sequence[Printed], rows: Sequence[int], n: int, start: int) -> bool:
    """Whether the rows from the ``n``-th on have as many values as each other, and most of those from line ``start`` on have not."""
    widths = [len(lines[k].values) for k in rows[n : n + FEWEST_OF_A_WIDTH]]
    if len(widths) < FEWEST_OF_A_WIDTH or len(set(widths)) > 1:
        return False
    above = Counter(len(lines[k].values) for k in rows[:n] if k >= start)
    return widths[0] != above.most_common(1)[0][0]


def _names_rows(gap: Sequence[Printed]) -> bool:
    """Whether the line right above a row begins with a word for what rows are, below a blank line: ``Onderdeel Bedrag``."""
    if not gap or not any(p.is_after_blank for p in gap) or any(c.isdecimal() for c in gap[-1].text):
        return False
    first, _, rest = gap[-1].text.partition(" ")
    return bool(rest) and names_rows_only(first)


def _parts(gap: Sequence[Printed]) -> bool:
    if any(is_header_line(p) for p in gap):
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
    rows = [i for i in range(first, end) if is_row(lines[i])]
    parted = {i: both for i in rows if (both := _both(lines[i])) is not None}
    if len(parted) < 3 or len(parted) * 3 < 2 * len(rows):
        return None
    begin = first
    sides: tuple[list[Printed], list[Printed]] = ([], [])
    while begin > position and first - begin < 4 and _divided(lines[begin - 1]) is not None:
        begin -= 1
    starts = [0, 0]
    for i in range(begin, end):
        two: tuple[Printed | None, Printed | None] | None = parted.get(i)
        if two is None and not (lines[i].values and i >= first):
            two = _beside_heading(lines[i]) or _divided(lines[i])
        for k, one in enumerate(two or (lines[i]._replace(is_alone=True), None)):
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


# --- one table ----------------------------------------------------------------------------------------------


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
    counts = Counter(len(p.values) for p in lines[first:end] if is_row(p))
    candidates = [n for n, _ in counts.most_common(3)]
    candidates += [n - 1 for n in candidates[:1] if n > 1]
    candidates += [len(p.values) for p in lines[max(position, first - 2) : first] if p.years_only and p.label]
    found: list[tuple[float, Body, Header, int, tuple[str, ...], int]] = []
    for printed in _with_and_without_between(lines):
        top = _top(printed, position, first)
        bodies = [
            b for n in dict.fromkeys(candidates) if (b := body_of(printed, top, first, end, n)) is not None
        ]
        for cheapest in sorted(bodies, key=lambda body: body.cost):
            n = cheapest.n
            least = [min((f[0] for f in found), default=float("inf")) - cheapest.cost + SLACK]
            between = frozenset(s.label for s in cheapest.strips if s.kind == HEADING)
            for cost, header, begin, texts, after in headers_above(
                printed, position, first, n, soort, jaar, least, between
            ):
                price = header.cost
                if header.corner != lines[begin].text and repeats.begins_with_title(begin, after):
                    header = counting(header, "title_in_header", 1)
                if repeats.ends_in_heading(begin, after):
                    header = counting(header, "heading_in_header", 1)
                cost += header.cost - price
                again = frozenset(plain(p.text) for p in lines[position:after])
                head = frozenset(plain(p.text) for p in lines[begin:after] if len(p.text.split()) > n)
                strips = body_of(printed, after, first, end, n, again, head)
                if strips is None:
                    continue
                own = next((i for i, s in enumerate(strips.strips) if s.kind == ROW), 0)
                headings = [s.label for s in strips.strips[:own]]
                labels = [(s.kind, s.label) for s in strips.strips[own:]]
                extra = heading_price(headings, labels, unknown_names(header))
                plain_cost = header.cost
                header = bearing(header, header.paths, _printed_rows(strips, n))
                extra += header.cost - plain_cost
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
            if (f[1].n, said_below(f[2].paths), _meaning(f[1]))
            != (body.n, said_below(header.paths), _meaning(body))
        ),
        None,
    )
    panel = _panel(lines, found[0], end)
    plainly = min(found, key=lambda f: f[0] - price_of_sums(f[2]))
    by_sums = said_below(plainly[2].paths) != said_below(header.paths)
    reading = Reading(cost, terms={**header.terms, **body.terms}, by="lines", by_sums=by_sums)
    if other is not None:
        above = tuple(Prose(p.text, p.line, p.page) for p in lines[begin : other[3]])
        rival = replace(_panel(lines, other, end), captions=above)
        reading = replace(reading, margin=other[0] - cost, second=told(other[2].paths), other=rival)
    panel = replace(panel, reading=reading)
    return panel, begin, end


def _printed_rows(body: Body, n: int) -> tuple[tuple[str | None, ...], ...]:
    """The values of every row that has all of them."""
    rows = [s.values for s in body.strips if s.kind == ROW and len(s.values) == n]
    return tuple(tuple(None if p is None else p.text for p in row) for row in rows if None not in row)


def _with_and_without_between(lines: Sequence[Printed]) -> Iterator[Sequence[Printed]]:
    """The lines, and where dates or years stand between labels and values also with those as ends of the labels."""
    yield lines
    if any(c.isdecimal() for p in lines for c in p.between):  # a letter is no part of a name
        yield [p._replace(label=f"{p.label} {p.between}", between="") if p.between else p for p in lines]


SLACK = 1.0  # what other headings may change in the cost of a body


def _panel(
    lines: Sequence[Printed], found: tuple[float, Body, Header, int, tuple[str, ...], int], end: int
) -> Panel:
    """A body below its header, without what the judge said of it. A column of years called a period says when."""
    _, body, header, begin, texts, after = found
    periods = [
        c
        for c, path in enumerate(header.paths)
        if path and words_of(path[-1]).attribute == "periode" and _is_years(body, c)
    ]
    kept = [c for c in range(len(header.paths)) if c not in periods]
    units = (units_in_line(p.text) for p in lines[begin:after] if texts)
    return Panel(
        paths=tuple(header.paths[c] for c in kept),
        rows=tuple(_without(strip, kept, periods) for strip in body.strips) if periods else body.strips,
        corner=header.corner,
        header=texts,
        header_lines=tuple(p.text for p in lines[begin:after]) if texts else (),
        formula=header.formula,
        units=next((found for found in units if len(found) == len(kept) > 1), ()),
        layout="pdf-text",
        first_line=lines[begin].line,
        last_line=lines[end - 1].line,
        page=lines[begin].page,
        has_header=bool(texts),
    )


def _is_years(body: Body, column: int) -> bool:
    texts = [s.values[column] for s in body.strips if s.kind == ROW and s.values]
    return sum(p is not None and year_of(p.text) is not None for p in texts) * 2 > len(texts)


def _without(strip: Strip, kept: Sequence[int], periods: Sequence[int]) -> Strip:
    """A row with its periods among its texts."""
    if strip.kind != ROW or not strip.values:
        return strip
    period = " ".join(p.text for c in periods if (p := strip.values[c]) is not None)
    values = tuple(strip.values[c] for c in kept)
    return replace(strip, values=values, texts={**strip.texts, "periode": period})


def _is_table(body: Body, header: tuple[str, ...]) -> bool:
    """Rows enough to be a table: several, or one below a header of several columns."""
    rows = sum(1 for s in body.strips if s.kind == ROW and not s.is_loose and not s.overfull and s.label)
    return rows >= 2 or (rows == 1 and bool(header) and body.n >= 2)


def _meaning(body: Body) -> tuple[tuple[str, str], ...]:
    return tuple((s.kind, s.label) for s in body.strips)


def _top(lines: Sequence[Printed], position: int, first: int) -> int:
    """The first line that can be a heading of the first row."""
    top = first
    while (
        top > position
        and first - top < 4
        and not lines[top - 1].values
        and not is_header_line(lines[top - 1])
    ):
        top -= 1
    return top
