"""One cell per line: rows found by a pattern that repeats, the columns counted by it.

The lines of such a text have lost their grid. A body is a run of rows that follow one pattern of texts and values,
between them headings. Every pattern that repeats is laid over the cells (``laying``), and the header above it is read for
the columns that it has. What fits best together is taken; the next best is kept.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .cells import Cell, runs_of_values
from .header_texts import TEXT, VALUE, Zone, alternatives_in, is_passed_over, words_of
from .header_words import refers, unit_in
from .headers import MOST_FORMS, Header, bearing, counting, price_of_sums, read_header
from .heading_prices import heading_price, unknown_names
from .judge import weigh
from .laying import (
    DASHES,
    Laid,
    held_at,
    label_of,
    laid_over,
    matches,
    patterns_of,
    places_in_front,
    with_tail,
)
from .meaning import plain
from .model import Piece, Prose
from .notes import is_of_page, is_sentence
from .numbers import kinds_of_numbers
from .panel import HEADING, NOTE, ROW, Panel, Reading, Strip, extended, said_below, told
from .printed_again import PrintedAgain
from .turned import names_first, row_by_row


@dataclass(frozen=True, slots=True)
class _Proposal:
    laid: Laid
    header: Header
    cost: float


def panels(cells: Sequence[Cell], soort: str, jaar: int | None) -> Iterator[Prose | Panel]:
    """Texts and tables of a stream of cells, in order."""
    cells = names_first(row_by_row(cells))
    position = 0
    last: tuple[Panel, tuple[str, ...], Laid] | None = None
    pieces: list[Prose | Panel] = []
    printed = PrintedAgain(c.text for c in cells)
    todo = _segments(cells)
    while todo:
        start, end = todo.pop(0)
        goes_on = _page_break(cells, position, start, last[1]) if last is not None else None
        if goes_on is not None and last is not None:
            headings, top = goes_on
            pattern, reference = last[2].pattern, last[2].reference
            laid = laid_over(cells, pattern, top, with_tail(cells, pattern, end), reference)
            if laid is not None:
                strips = [Strip(HEADING, c.text, line=c.line) for c in headings]
                strips += _strips(cells, laid, last[0])
                at = max(i for i, p in enumerate(pieces) if isinstance(p, Panel))
                joined = extended(last[0], strips, cells[laid.end - 1].line)
                pieces[at] = joined
                last = (joined, last[1], last[2])
                position = laid.end
                continue
        proposals = _proposals(cells, printed, position, start, end, soort, jaar)
        if not proposals:
            continue
        best = proposals[0]
        if (cut := _tail_of_another(cells, best.laid)) is not None:
            head, rest = cut
            again = _proposals(cells, printed, position, start, head, soort, jaar)
            if again:
                best, proposals = again[0], again
                todo.insert(0, (rest, end))
        zone = cells[position : _body_start(best)]
        before = zone[: best.header.start]
        panel = _with_other(cells, position, _panel(cells, zone, best, proposals), best, proposals)
        pieces += [Prose(c.text, c.line) for c in before if c.text]
        pieces.append(panel)
        last = (panel, panel.header, best.laid)
        position = best.laid.end
        others = [position + a for a, _ in runs_of_values(cells[position:end])]
        others = [at for at in others if cells[at - 1].kind == "T"]
        if len(others) > 1:  # rows of another table, which that pattern does not fit
            todo.insert(0, (others[0], end))
    pieces += [Prose(c.text, c.line) for c in cells[position:] if c.text]
    yield from pieces


def _tail_of_another(cells: Sequence[Cell], laid: Laid) -> tuple[int, int] | None:
    """Where rows that all have equally fewer values begin below a text: the end of the body, the first value of theirs.

    Those are another table: it has no header, and does not inherit the columns of the first.
    """
    rows = list(laid.rows)
    k = len(rows)
    lacking = set()
    while k and rows[k - 1][0] == ROW and None in rows[k - 1][1]:
        lacking.add(tuple(i for i, at in enumerate(rows[k - 1][1]) if at is None and laid.pattern[i] == "V"))
        k -= 1
    if len(rows) - k < 3 or len(lacking) != 1 or () in lacking or k < 2 or rows[k - 1][0] != HEADING:
        return None
    before = [i for kind, places in rows[: k - 1] if kind == ROW for i in places if i is not None]
    first = min(i for i in rows[k][1] if i is not None and cells[i].kind in "VY")
    return (max(before) + 1, first) if before else None


def _body_start(proposal: _Proposal) -> int:
    return next(i for _, places in proposal.laid.rows for i in places if i is not None)


# --- where tables begin and end ----------------------------------------------------------------------------


def _segments(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """First value and last cell of every body: a gap between values that holds a header parts two bodies."""
    runs = runs_of_values(cells)
    gaps = [cells[a[1] : b[0]] for a, b in itertools.pairwise(runs)]
    usual = Counter(len(gap) for gap in gaps).most_common(1)
    label = (
        usual[0][0] if usual else 1
    )  # the texts of the first row are no header, the next row may have them too
    above = _pairs(cells[: max(runs[0][0] - label, 0)]) if runs else frozenset()
    units = _with_unit(cells[: runs[0][0]]) if runs else frozenset()
    segments: list[tuple[int, int]] = []
    for n, (i, j) in enumerate(runs):
        gap = gaps[n - 1] if n else ()
        is_again = not _pairs(gap[:-1]).isdisjoint(above) or not _with_unit(gap).isdisjoint(units)
        if n and not is_again and not _parts(gap, is_row=len(gap) == usual[0][0]):
            segments[-1] = (segments[-1][0], j)
        else:
            segments.append((i, j))
            above |= _pairs(gap[: max(len(gap) - label, 0)])
    return segments


def _pairs(cells: Sequence[Cell]) -> frozenset[tuple[str, str]]:
    """Texts that follow each other: where those of a header come back between two rows another table begins."""
    return frozenset(itertools.pairwise(plain(c.text) for c in cells))


def _with_unit(gap: Sequence[Cell]) -> frozenset[str]:
    """Names of columns that say a unit of amounts, ``bedrag (x € 1.000)``: printed again they begin another table."""
    return frozenset(
        plain(c.text) for c in gap[:-1] if c.kind == "T" and unit_in(c.text) and not is_passed_over(c.text)
    )


def _parts(gap: Sequence[Cell], is_row: bool = False) -> bool:
    """Whether the cells between two rows of values hold the header of another table.

    ``is_row``: as many cells stand between most rows; then a unit among them is that of a row.
    """
    strong = sum(1 for c in gap[:-1] if c.kind == "Y" or (c.kind == "T" and words_of(c.text).likeness >= 2))
    units = (
        0 if is_row else sum(1 for c in gap if c.kind == "T" and is_passed_over(c.text) and unit_in(c.text))
    )
    return strong >= 2 or (strong == 1 and units >= 1) or (units >= 1 and len(gap) >= 3)


# --- body and header together -------------------------------------------------------------------------------------


def _proposals(
    cells: Sequence[Cell],
    printed: PrintedAgain,
    position: int,
    first: int,
    end: int,
    soort: str,
    jaar: int | None,
) -> list[_Proposal]:
    """Readings of one body with the texts above it, the cheapest first."""
    ways: list[tuple[int, Laid]] = []
    for pattern, start in [
        (p, s) for p in patterns_of(cells, first, end) for s in _starts(cells, position, first, end, p)
    ]:
        reference = _reference(cells[position:start], pattern)
        laid = laid_over(cells, pattern, start, with_tail(cells, pattern, end), reference)
        ways += [(start, way) for way in (_ways_to_name(cells, laid) if laid is not None else ())]
    ways.sort(key=lambda w: w[1].cost)
    found: list[_Proposal] = []
    best = float("inf")
    for rank, (start, way) in enumerate(ways, 1):
        forms = MOST_FORMS // rank  # the cheapest body is the one that is taken, nearly always
        found += _with_headers(cells, printed, way, position, start, soort, jaar, best + LATER, forms)
        best = min((best, *(p.cost for p in found)))
    found.sort(key=lambda p: p.cost)
    return found


LATER = 1.5  # what the rows may yet take off the price of a header


def _ways_to_name(cells: Sequence[Cell], laid: Laid) -> Iterator[Laid]:
    """A body named by the text that tells its rows apart, and by those behind that one, of which a header may say it.

    So where the first texts are groups, which come back: ``Ruimte, Wegen, Rondweg``, ``Ruimte, Groen, Bomenplan``.
    """
    yield laid
    first, *others = places_in_front(laid.pattern)
    label = label_of(cells, laid)
    if label > first:
        for place in others:
            if place > label and 2 * len(held_at(laid, place)) > len(held_at(laid, label)):
                yield replace(laid, label=place)


def _with_headers(
    cells: Sequence[Cell],
    printed: PrintedAgain,
    laid: Laid,
    position: int,
    start: int,
    soort: str,
    jaar: int | None,
    most: float,
    forms: int,
) -> Iterator[_Proposal]:
    """A body with each of the cheapest headers that the texts above it allow.

    ``most`` is what both may cost, and ``forms`` how many forms of a header may be looked at.
    """
    pattern, reference = laid.pattern, laid.reference
    label = label_of(cells, laid)
    turned = weigh(
        {
            "label_beside": _labels_beside(cells, laid, label),
            "same_text_inside": _same_inside(cells, laid, label),
        }
    )
    years = _years(cells, laid, label)
    columns = tuple(
        VALUE if pattern[place] == "V" and place not in years and place != reference else TEXT
        for place in _columns_of(cells, laid, label)
    )
    zone = Zone(
        tuple(c.text for c in cells[position:start]),
        columns,
        names=1
        + pattern[:label].count("K")
        + pattern[:label].count("T")
        + _hold_years(cells, laid, label)
        + _texts_of_headings(laid),
        headings=_headings_of(cells, laid),
        soort=soort,
        jaar=jaar,
        prints=_kinds_printed(cells, laid, label, years),
    )
    printed_rows = _printed_rows(cells, laid, label, years)
    of_groups = {
        cells[i].text for place in range(label) if pattern[place] == "T" for i in held_at(laid, place)
    }
    for header in read_header(zone, keep=MOST_HEADERS, most=most - laid.cost - turned, forms=forms):
        header = bearing(header, _of_values(header.paths, columns), printed_rows)
        begin, after = position + header.start, position + header.end
        names_column = begin < after and any(cells[begin].text in path for path in header.paths)
        if names_column and printed.begins_with_title(begin, after):
            header = counting(header, "title_in_header", 1)
        if printed.ends_in_heading(begin, after):
            header = counting(header, "heading_in_header", 1)
        header = counting(header, "attribute_over_values", _years_that_are_none(cells, laid, header, label))
        header = counting(header, "names_its_texts", _named_texts(cells, laid, header, label))
        header = counting(header, "row_names_column", _rows_as_heads(cells, laid, header, label))
        if header.terms.get("text_without_head"):
            known = _named_by_themselves(cells, laid, header, label)
            header = counting(header, "text_without_head", -known)
        header = counting(header, "mixed_values", _mixed_values(cells, laid, header, label))
        above = [c.text for c in cells[max(position, start - MOST_ABOVE) : start]]
        header = counting(header, "one_half", _has_two_halves(above, pattern.count("V")))
        headings = [c.text for c in cells[after:start] if c.text not in of_groups]
        names = unknown_names(header)
        if begin < after and cells[after - 1].text == header.corner:
            names.append(header.corner)  # behind all texts over columns, where a heading may stand
        extra = heading_price(headings, _laid_labels(cells, laid, label), names) + turned
        if laid.label < 0:
            yield _Proposal(laid, header, header.cost + laid.cost + extra)
        elif _is_named(zone.texts[header.start : header.end], header, pattern[: label + 1].count("T")):
            yield _Proposal(laid, header, header.cost + laid.cost + extra + NAMED_FURTHER)


NAMED_FURTHER = 0.3  # what it costs that a text behind the one that tells rows apart names them


def _is_named(texts: Sequence[str], header: Header, count: int) -> bool:
    """Whether a header names ``count`` texts of every row at least, the last of them by a known one: ``Taakveld, Omschrijving``."""
    over_columns = Counter(text for path in header.paths for text in dict.fromkeys(path))
    names = [t for t in texts if not over_columns[t] and not is_passed_over(t)]
    return len(names) >= count and header.corner.endswith(names[-1]) and words_of(names[-1]).is_corner


MOST_HEADERS = 12  # of one zone and pattern, the cheapest by their words


def _of_values(paths: Sequence[tuple[str, ...]], kinds: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(path for path, kind in zip(paths, kinds, strict=True) if kind == VALUE)


def _printed_rows(
    cells: Sequence[Cell], laid: Laid, label: int, years: Collection[int]
) -> tuple[tuple[str | None, ...], ...]:
    """The values of every row, by column of values; None where a row has none."""
    places = [
        p
        for p in _columns_of(cells, laid, label)
        if laid.pattern[p] == "V" and p not in years and p != laid.reference
    ]
    rows = [[at[p] for p in places] for kind, at in laid.rows if kind == ROW]
    return tuple(tuple(None if i is None else cells[i].text for i in row) for row in rows)


def _reference(zone: Sequence[Cell], pattern: str) -> int:
    """The last place of rows with a code, where the header ends in a text that names no values: ``Nr., 2025, 2026, Progr.``."""
    if not re.fullmatch(r"KTV{2,}", pattern):
        return -1
    for before, cell in itertools.pairwise(zone[-REACH:]):
        if refers(cell.text) and (before.kind == "Y" or words_of(before.text).likeness >= 2):
            return len(pattern) - 1
    return -1


REACH = 4  # texts between a header and the first value


def _kinds_printed(cells: Sequence[Cell], laid: Laid, label: int, years: Collection[int]) -> tuple[str, ...]:
    """What kind of numbers every column of values prints, by the rows that lack none."""
    places = [p for p in _columns_of(cells, laid, label) if laid.pattern[p] == "V" and p not in years]
    rows = [[at[p] for p in places] for kind, at in laid.rows if kind == ROW]
    return kinds_of_numbers([cells[i].text for i in row if i is not None] for row in rows if None not in row)


def _starts(cells: Sequence[Cell], position: int, first: int, end: int, pattern: str) -> list[int]:
    """Where the first row may begin, whose first value is known: it may lack a code, or a text beside its label."""
    before = pattern.index("V")
    if pattern[0] == "K":
        if _stands_at(cells, first, end, pattern):
            return [first]  # the first number is the code of the first row
        at = first - before
        begin = max(at if at < position or matches(cells[at].kind, cells[at].text, "K") else at + 1, position)
        return [begin, *((first - 1,) if begin < first - 1 and before > len("KT") else ())]
    if cells[first].kind == "Y" and _stands_at(cells, first, end, pattern):
        return [first]  # a year names the first row
    lacking = before > 1
    return [
        s
        for s in (max(first - before, position), *((first - 1,) if lacking else ()))
        if position <= s < first
    ]


def _hold_years(cells: Sequence[Cell], laid: Laid, label: int) -> bool:
    """Whether most rows are named by a year, below headings that say of what: those have a name of their own."""
    named = [cells[i].kind == "Y" for i in held_at(laid, label)]
    return 2 * sum(named) > len(named) and any(kind == HEADING for kind, _ in laid.rows)


def _headings_of(cells: Sequence[Cell], laid: Laid) -> frozenset[str]:
    """The texts between the rows of a body."""
    return frozenset(cells[i].text for kind, at in laid.rows if kind == HEADING for i in at if i is not None)


def _texts_of_headings(laid: Laid) -> int:
    """How many texts name the rows above the label, where all stand in groups of a few with a code: two, ``0.1`` and ``Bestuur``."""
    coded = [len(places) == 2 for kind, places in laid.rows if kind == HEADING]
    groups = [
        len(list(run)) for kind, run in itertools.groupby(laid.rows, key=lambda row: row[0]) if kind == ROW
    ]
    is_grouped = len(groups) > 1 and len(groups) < sum(groups) <= MOST_OF_GROUP * len(groups)
    return 2 if is_grouped and 2 * sum(coded) >= len(coded) > 1 else 0


MOST_OF_GROUP = 4  # rows below a heading that is a column of names


def _years_that_are_none(cells: Sequence[Cell], laid: Laid, header: Header, label: int) -> int:
    """Columns that their header calls years and that hold other values."""
    count = 0
    for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True):
        held = [cells[i].kind == "Y" for i in held_at(laid, place)]
        w = words_of(path[-1]) if path and laid.pattern[place] == "V" else None
        count += w is not None and w.attribute == "periode" and not w.years and 2 * sum(held) < len(held)
    return count


def _named_texts(cells: Sequence[Cell], laid: Laid, header: Header, label: int) -> int:
    """How many columns of texts hold nothing but what their header names: ``Lasten/Baten``, ``S/I``."""
    named = [
        (place, {plain(t) for t in path[-1].split("/")})
        for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True)
        if path and laid.pattern[place] == "T"
    ]
    if label > laid.pattern.index("T"):
        named.append((label, set(alternatives_in(header.corner.rpartition(" ")[2]))))
    return sum(
        len(texts) > 1 and {plain(cells[i].text) for i in held_at(laid, place)} == texts
        for place, texts in named
    )


def _rows_as_heads(cells: Sequence[Cell], laid: Laid, header: Header, label: int) -> int:
    """How many columns of texts have a header that is printed among those texts too: it is one of them, of the first row."""
    return sum(
        bool(path)
        and laid.pattern[place] == "T"
        and path[-1] in {cells[i].text for i in held_at(laid, place)}
        for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True)
    )


def _named_by_themselves(cells: Sequence[Cell], laid: Laid, header: Header, label: int) -> int:
    """How many columns of texts without a header need none: nearly each text begins with its name, ``Toelichting: ...``."""
    found = 0
    for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True):
        if path or laid.pattern[place] != "T":
            continue
        held = held_at(laid, place)
        names = Counter(cells[i].text.partition(": ")[0] for i in held if ": " in cells[i].text)
        found += len(held) > 2 and 4 * max(names.values(), default=0) >= 3 * len(held)
    return found


MOST_ABOVE = 16  # texts above a first row that are looked at


def _has_two_halves(texts: Sequence[str], n: int) -> bool:
    """Whether a header names two tables beside each other: two texts, each before the same ``n`` dates or years.

    So ``Activa, 2024, 2023, Passiva, 2024, 2023``: cells in a row do not say on which side one stands.
    """
    for at in range(len(texts) - 2 * n - 1):
        first, second = texts[at + 1 : at + 1 + n], texts[at + 2 + n : at + 2 + 2 * n]
        names = {texts[at], texts[at + 1 + n]}
        if first == second and len(names) == 2 and all(any(c.isdecimal() for c in t) for t in first):
            return not any(c.isdecimal() for name in names for c in name)
    return False


def _columns_of(cells: Sequence[Cell], laid: Laid, label: int) -> list[int]:
    """The places behind the labels that some row has something in: what is empty in every row only keeps columns apart."""
    places = range(label + 1, len(laid.pattern))
    return [p for p in places if any(cells[i].kind != "B" for i in held_at(laid, p))]


def _mixed_values(cells: Sequence[Cell], laid: Laid, header: Header, label: int) -> int:
    """How many texts stand over a time of percentages beside a time of amounts: no one thing is measured in both."""
    shares: dict[str, set[bool]] = {}
    for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True):
        if len(path) > 1 and words_of(path[-1]).years and laid.pattern[place] == "V":
            held = [cells[i].text.endswith("%") for i in held_at(laid, place)]
            shares.setdefault(path[0], set()).add(2 * sum(held) > len(held))
    return sum(len(kinds) > 1 for kinds in shares.values())


def _labels_beside(cells: Sequence[Cell], laid: Laid, label: int) -> int:
    """How many labels come back, where the texts of another column hardly do: those are the names of the rows."""

    def again(place: int) -> tuple[int, int]:
        texts = [cells[i].text for i in held_at(laid, place)]
        return len(texts) - len(set(texts)), len(texts)

    returning, count = again(label)
    others = [again(p) for p, kind in enumerate(laid.pattern) if kind == "T" and p > label]
    if any(n * 2 >= count and lost * 3 < returning for lost, n in others):
        return returning
    return 0


def _same_inside(cells: Sequence[Cell], laid: Laid, label: int) -> int:
    """How many columns of texts between values say the same in every row: those are the labels of rows of their own."""
    inside = range(label + 1, laid.pattern.rindex("V"))
    columns = [[cells[i].text for i in held_at(laid, p)] for p in inside if laid.pattern[p] == "T"]
    return sum(len(texts) > 2 and len(set(texts)) == 1 for texts in columns)


def _stands_at(cells: Sequence[Cell], at: int, end: int, pattern: str) -> bool:
    """Whether a whole row of a pattern is printed from a cell on."""
    return at + len(pattern) <= end and all(
        matches(cells[at + k].kind, cells[at + k].text, place) for k, place in enumerate(pattern)
    )


def _laid_labels(cells: Sequence[Cell], laid: Laid, label: int) -> list[tuple[str, str]]:
    """The rows and headings of a body as (kind, label)."""
    return [
        (
            kind,
            " ".join(cells[i].text for i in places if i is not None)
            if kind == HEADING
            else cells[place].text
            if kind == ROW and (place := places[label]) is not None
            else "",
        )
        for kind, places in laid.rows
    ]


def _panel(
    cells: Sequence[Cell], zone: Sequence[Cell], best: _Proposal, proposals: Sequence[_Proposal]
) -> Panel:
    laid, header, pattern = best.laid, best.header, best.laid.pattern
    label = label_of(cells, laid)
    after = _columns_of(cells, laid, label)
    heads = dict(zip(after, header.paths, strict=True))
    periods = _periods(cells, laid, heads)
    values = [p for p in after if pattern[p] == "V" and p not in periods and p != laid.reference]
    texts = [p for p in after if p not in values]
    strips = _first_headings([c for c in zone[header.end :] if not is_passed_over(c.text)])
    names = tuple("periode" if p in periods else _attribute_name(heads[p]) for p in texts)
    strips += _named_by_years(_strips_of(cells, laid, values, texts, names))
    body = [c.line for c in cells[_body_start(best) : laid.end]]
    head = [c.line for c in zone[header.start :]]
    return Panel(
        paths=tuple(heads[p] for p in values),
        rows=tuple(strips),
        corner=header.corner,
        header=tuple(c.text for c in zone[header.start : header.end]),
        attributes=names,
        formula=header.formula,
        layout="lines",
        first_line=min([*head, *body]),
        last_line=max(body),
        reading=_reading(best, proposals),
        has_header=header.start < header.end,
        repeats_groups="T" in pattern[:label],
    )


def _named_by_years(strips: list[Strip]) -> list[Strip]:
    """Strips with the year of a row as part of its name, where years tell rows of one name apart: ``Rekening 2024``."""
    rows = [s for s in strips if s.kind == ROW]
    pairs = [(a, b) for a, b in itertools.pairwise(rows) if a.label == b.label]
    if any("periode" not in s.texts for s in rows) or 2 * len(pairs) < len(rows) - 1:
        return strips
    if not pairs or any(a.texts["periode"] == b.texts["periode"] for a, b in pairs):
        return strips
    return [
        replace(
            s,
            label=f"{s.label} {s.texts['periode']}",
            texts={name: text for name, text in s.texts.items() if name != "periode"},
        )
        if s.kind == ROW
        else s
        for s in strips
    ]


def _first_headings(cells: Sequence[Cell]) -> list[Strip]:
    """The texts between a header and the first row; a code on a line of its own stands before its name."""
    found: list[Strip] = []
    for i, cell in enumerate(cells):
        if i and cells[i - 1].kind == "K" and cell.kind == "T":
            found[-1] = replace(found[-1], label=f"{cells[i - 1].text} {cell.text}")
        else:
            found.append(Strip(HEADING, cell.text, line=cell.line))
    return found


def _years(cells: Sequence[Cell], laid: Laid, label: int) -> set[int]:
    """The first place of values, where it holds years in row after row and the places after it do not."""
    rows = [p for kind, p in laid.rows if kind == ROW]
    places = [p for p in range(label + 1, len(laid.pattern)) if laid.pattern[p] == "V"]
    if len(places) < 2 or len(rows) < 3:
        return set()

    def share(place: int) -> float:
        kinds = [cells[i].kind for p in rows if (i := p[place]) is not None]
        return kinds.count("Y") / max(1, len(kinds))

    return {places[0]} if share(places[0]) >= 0.8 and share(places[1]) < 0.3 else set()


def _periods(cells: Sequence[Cell], laid: Laid, heads: dict[int, tuple[str, ...]]) -> set[int]:
    """Places of years that their header calls a period: they say when, and are no values."""
    found = _years(cells, laid, label_of(cells, laid))
    for place, path in heads.items():
        if laid.pattern[place] == "V" and path and words_of(path[-1]).attribute == "periode":
            kinds = [cells[i].kind for i in held_at(laid, place)]
            if kinds and kinds.count("Y") * 2 > len(kinds):
                found.add(place)
    return found


def _attribute_name(path: tuple[str, ...]) -> str:
    if not path:
        return "toelichting"
    return words_of(path[-1]).attribute or path[-1]


def _strips(cells: Sequence[Cell], laid: Laid, panel: Panel) -> list[Strip]:
    """The rows of a body that goes on below the header of ``panel``."""
    label = label_of(cells, laid)
    after = _columns_of(cells, laid, label)
    printed = [p for p in after if laid.pattern[p] == "V" and p != laid.reference]
    values = printed[len(printed) - len(panel.paths) :]  # those before are periods
    texts = [p for p in after if p not in values]
    return _strips_of(cells, laid, values, texts, panel.attributes)


def _strips_of(
    cells: Sequence[Cell], laid: Laid, values: Sequence[int], texts: Sequence[int], names: Sequence[str]
) -> list[Strip]:
    label = label_of(cells, laid)
    of_groups = _codes_of_groups(cells, laid, label)
    return [
        _strip(cells, kind, places, laid.pattern, label, values, texts, names, of_groups)
        for kind, places in laid.rows
    ]


def _codes_of_groups(cells: Sequence[Cell], laid: Laid, label: int) -> frozenset[int]:
    """The places of codes that come back with the text behind them, which says to what group rows belong: ``2, Ruimte``."""
    found = set()
    for place in range(label - 1):
        if laid.pattern[place : place + 2] == "KT":
            pairs = [
                (cells[i].text, cells[j].text)
                for kind, at in laid.rows
                if kind == ROW and (i := at[place]) is not None and (j := at[place + 1]) is not None
            ]
            if len({text for _, text in pairs}) == len(set(pairs)) < len(pairs):
                found.add(place)
    return frozenset(found)


def _strip(
    cells: Sequence[Cell],
    kind: str,
    places: tuple[int | None, ...],
    pattern: str,
    label: int,
    values: Sequence[int],
    texts: Sequence[int],
    names: Sequence[str],
    of_groups: Collection[int],
) -> Strip:
    if kind == HEADING:
        known = [cells[i] for i in places if i is not None]
        text = " ".join(c.text for c in known)
        return Strip(NOTE if is_sentence(text) else HEADING, text, line=known[0].line)
    if kind in ("nameless", "overfull"):
        known = [cells[i] for i in places if i is not None]
        named = known[0].text if kind == "overfull" else ""
        if kind == "nameless" and len(known) == len(values):
            return Strip(ROW, "", line=known[0].line, values=tuple(Piece(c.text, c.line) for c in known))
        return Strip(ROW, named, line=known[0].line, overfull=tuple(c.text for c in known))
    at = {p: cells[i] for p, i in enumerate(places) if i is not None}
    given = [at.get(p) for p in values]
    coded = {
        p: at[p].text for p in range(label) if p in at and pattern[p] == "K" and at[p].text not in DASHES
    }
    outer = tuple(
        f"{coded.pop(p - 1, '') if p - 1 in of_groups else ''} {at[p].text if p in at else ''}".strip()
        for p in range(label)
        if pattern[p] == "T"
    )
    code = " ".join(coded.values())
    has_label = label in at
    own = at[label] if has_label else next(at[p] for p in range(label) if p in at)
    return Strip(
        ROW,
        own.text,
        code,
        own.line,
        values=tuple(Piece(c.text, c.line) if c is not None and c.text else None for c in given),
        texts={
            **{name: at[p].text for p, name in zip(texts, names, strict=True) if p in at and at[p].text},
            **({"teken": sign} if (sign := next((c.sign for c in at.values() if c.sign), "")) else {}),
        },
        outer=outer if has_label else (),
        has_own_label=has_label,
        is_loose=any(c is None for c in given),
    )


def _other(best: _Proposal, proposals: Sequence[_Proposal]) -> _Proposal | None:
    """The cheapest proposal that puts some value under another name."""
    meaning = (best.laid.rows, best.laid.label, said_below(best.header.paths))
    return next(
        (p for p in proposals if (p.laid.rows, p.laid.label, said_below(p.header.paths)) != meaning), None
    )


def _with_other(
    cells: Sequence[Cell], position: int, panel: Panel, best: _Proposal, proposals: Sequence[_Proposal]
) -> Panel:
    """The panel with the next reading in full. What only the best one takes for header is a caption of the other."""
    other = _other(best, proposals)
    if other is None:
        return panel
    zone = cells[position : _body_start(other)]
    above = tuple(Prose(c.text, c.line) for c in zone[best.header.start : other.header.start] if c.text)
    rival = replace(_panel(cells, zone, other, (other,)), captions=above)
    return replace(panel, reading=replace(panel.reading, other=rival))


def _reading(best: _Proposal, proposals: Sequence[_Proposal]) -> Reading:
    """The margin to the cheapest reading that puts some value under another name."""
    other = _other(best, proposals)
    return Reading(
        best.cost,
        None if other is None else other.cost - best.cost,
        "" if other is None else told(other.header.paths),
        {**best.header.terms, **best.laid.terms},
        "pattern",
        by_sums=_is_by_sums(best, proposals),
    )


def _is_by_sums(best: _Proposal, proposals: Sequence[_Proposal]) -> bool:
    """Whether another header would be the cheapest if no sums were looked at."""
    plainly = min(proposals, key=lambda p: p.cost - price_of_sums(p.header))
    return said_below(plainly.header.paths) != said_below(best.header.paths)


# --- tables that go on ------------------------------------------------------------------------------------------


def _page_break(
    cells: Sequence[Cell], position: int, first: int, header: tuple[str, ...]
) -> tuple[list[Cell], int] | None:
    """Whether a table goes on below a page number and its own header: headings before it, the cell after the header."""
    gap = cells[position:first]
    printed = [plain(t) for t in header]
    at = next(
        (
            k
            for k in range(len(gap))
            if printed and [plain(c.text) for c in gap[k : k + len(printed)]] == printed
        ),
        None,
    )
    if at is None:
        return None
    furniture = [k for k in range(at) if is_of_page(gap[k].text)]
    rest = [gap[k].text for k in range(furniture[0], at) if k not in furniture] if furniture else []
    if not furniture or not all(map(is_passed_over, rest)):  # the unit of the table is printed again too
        return None
    return list(gap[: furniture[0]]), position + at + len(printed)
