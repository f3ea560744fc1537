"""Headers without positions: which of the texts above the first row name which column.

Proposes every header that the forms allow for the texts before a body, counts the terms of each and gives the
cheapest. A grid that knows its positions has its own proposer (``grid_headers``).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reading.formats.paragraphs import is_broken

from .borne_out import borne_out
from .codes import goes_on_in_number
from .field_words import words_in
from .form_terms import form_terms
from .forms import Form, OnLine, arrangements, flat, is_open, whole
from .formulas import are_formulas, is_formula
from .header_texts import (
    BARE_TOTALS,
    DATE,
    TEXT,
    UNIT_OF_A_COLUMN,
    VALUE,
    Words,
    Zone,
    counted_as,
    is_passed_over,
    is_pure,
    make_of,
    names_rows_only,
    words_of,
)
from .header_words import (
    says_benchmark,
    unit_in,
    without_unit,
)
from .judge import Terms, weigh
from .meaning import plain
from .numbers import year_of
from .path_terms import FLOWS, corner_terms

MOST_FORMS = 12_000
MOST_FULL = 2_500  # of them priced in full
FAR = 1.5  # how much dearer than the best so far a header may be before it is not looked at
_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:\.\d{1,3}[a-z]?)*[.)]?|\d{1,2}[A-Z]\d?|[A-Z]\d{0,2}[.)]?|[IVX]{1,5}[.)]?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """One reading of the texts above a body. Indices are those of the texts given."""

    paths: tuple[tuple[str, ...], ...]  # of every column, values and texts
    corner: str
    start: int  # texts before it are captions
    end: int  # texts from it on are headings
    shapes: tuple[str, ...]
    terms: Mapping[str, float] = field(hash=False, compare=False)
    cost: float = 0.0
    formula: tuple[str, ...] = ()  # of every column, where a row of formulas is printed
    units: tuple[str, ...] = ()  # texts passed over in the header


def counting(header: Header, name: str, count: float) -> Header:
    """The header with one term more."""
    terms = Terms(header.terms)
    terms[name] += count
    return replace(header, terms=terms, cost=header.cost + weigh({name: count}))


def bearing(header: Header, paths: Sequence[tuple[str, ...]], rows: Sequence[Sequence[str | None]]) -> Header:
    """The header with what the printed values of ``rows`` say of ``paths``, those of its columns of values."""
    for name, count in borne_out(paths, rows).items():
        header = counting(header, name, count)
    return header


def price_of_sums(header: Header) -> float:
    """What sums that hold or fail in the rows make a header cost."""
    return weigh({name: header.terms.get(name, 0) for name in ("sums_hold", "sums_fail")})


@lru_cache(maxsize=1 << 9)
def read_header(
    zone: Zone, keep: int = 6, most: float = float("inf"), forms: int = MOST_FORMS
) -> list[Header]:
    """The cheapest readings of a zone, best first, of different meaning; one without header is always among them.

    ``most`` is the cost of a header that was found elsewhere: what is far dearer than that is not laid out. No more
    than so many ``forms`` are looked at.
    """
    best: dict[tuple[object, ...], Header] = {}
    seen = full = 0
    least = [most]
    for header in _proposed(zone, least):
        seen += 1
        if seen > forms or full > _most_full(zone):
            break
        if header is None:
            continue
        full += 1
        least[0] = min(least[0], header.cost)
        key = (header.paths, header.end)
        if key not in best or header.cost < best[key].cost:
            best[key] = header
    found = sorted(best.values(), key=lambda h: h.cost)
    return found[:keep]


class _Place(NamedTuple):
    """Where a header may stand in a zone, which of its texts name columns, and what that costs before any form."""

    fixed: float
    start: int
    end: int
    kept: Sequence[str]
    columns: Sequence[str]
    around: Terms
    corner: str
    formula: tuple[str, ...]
    passed: tuple[str, ...]
    parted: (
        int | None
    )  # how many of the texts kept stand before the one that names the rows, where it is among them


def _proposed(zone: Zone, least: list[float]) -> Iterator[Header | None]:
    """The plainest shape for every place of the header first, then all shapes, the likeliest places first.

    ``least`` holds the cost of the best so far: what costs far more than it is not laid out.
    """
    places: list[_Place] = []
    units = _rows_of_units(zone.texts, sum(c == VALUE for c in zone.columns))
    for end, tail in _ends(zone, units):
        yield _without_header(zone, end, tail)
        places += _places(zone, end, tail, units)
    places.sort(key=lambda p: p.fixed + _likely_price(p.kept))
    for place in places:
        if len(place.kept) == len(place.columns):
            yield from _laid_out(zone, place, flat(place.kept, len(place.columns)), least)
            yield from _laid_out(zone, place, _closing_last(place.kept), least)
    for place in places:
        if place.fixed > least[0] + FAR:
            continue
        forms = arrangements(
            place.kept, len(place.columns), _may_be_leaves, may_be_broken=zone.breaks is None
        )
        yield from _share(_laid_out(zone, place, forms, least), _most_full(zone) // SHARES)
        if not zone.is_glued:
            yield from _laid_out(zone, place, _beside_texts(place), least)


SHARES = 3  # no place takes more than one of so many parts of all headers that are priced in full


def _most_full(zone: Zone) -> int:
    """How many headers of a zone are priced in full; a third where the lines of the texts are known, which tell a lot."""
    return MOST_FULL if zone.breaks is None else MOST_FULL // 3


def _share(headers: Iterator[Header | None], most: int) -> Iterator[Header | None]:
    """Headers until so many of them are priced in full."""
    for header in headers:
        yield header
        most -= header is not None
        if not most:
            return


def _closing_last(texts: Sequence[str]) -> Iterator[Form]:
    """A text over every column, the first of them over the last: a stock that was copied in front of the one that it follows.

    So ``Saldo 31-12, Saldo 1-1, Toevoegingen, Vrijval``. Which column it names is for the numbers to tell.
    """
    if len(texts) < 3:
        return
    first, second, *others = [words_of(t) for t in texts]
    if (
        first.is_stock
        and second.is_stock
        and any(w.quantity in FLOWS for w in others)
        and not any(w.is_stock or w.is_difference for w in others)
    ):
        yield Form(tuple((t,) for t in (*texts[1:], texts[0])), ("moved",))


def _beside_texts(place: _Place) -> Iterator[Form]:
    """Layers over the columns of values, behind columns of texts that have one text each.

    So three that end in leaves which come back: ``I/S, Begroting, 2024, 2025, Lasten, Baten, Lasten, Baten``.
    """
    texts = len(list(itertools.takewhile(lambda kind: kind == TEXT, place.columns)))
    n = len(place.columns) - texts
    if not texts or len(place.kept) <= texts + n:
        return
    alone = tuple((t,) for t in place.kept[:texts])
    for form in arrangements(place.kept[texts:], n, _may_be_leaves, may_be_broken=False):
        if max(map(len, form.paths)) > 2 and len({path[-1] for path in form.paths}) < n:
            yield replace(form, paths=(*alone, *form.paths))


def _likely_price(texts: Sequence[str]) -> float:
    """About what texts that nobody knows cost in a header: the places of few of them are looked at first.

    One that fills the first line of several is as soon a title.
    """
    known = [words_of(t) for t in texts]
    unknown = [w.likeness < 1 and not w.year for w in known]
    lines = [t.line for t in texts[:2] if isinstance(t, OnLine)]
    is_title = bool(unknown) and unknown[0] and len(set(lines)) > 1
    return 0.3 * sum(unknown) + is_title


def _ends(zone: Zone, units: frozenset[int]) -> Iterator[tuple[int, Terms]]:
    """Where a header may end, and what the headings after it cost; a row of ``units`` may be its last."""
    texts = zone.texts
    formulas = _run_of_formulas(texts)
    makes = {make_of(t) for t in zone.headings}
    begins = _shared_beginning(zone.headings)
    for end in range(len(texts), max(-1, len(texts) - zone.most_headings - 1), -1):
        if (zone.breaks is not None and end not in zone.breaks) or end in formulas:
            continue
        after = texts[end:]
        tail = Terms()
        for i, t in enumerate(after):
            if is_passed_over(t):
                continue
            w = words_of(t)
            is_code = _CODE.fullmatch(t) and not w.year
            if is_code and i + 1 < len(after) and not _CODE.fullmatch(after[i + 1]):
                continue  # the code of the heading after it
            tail["heading"] += zone.prices_headings
            if make_of(t) in makes or w.is_long or (begins and _first_word(t) == begins):
                continue  # others of its make are headings between the rows: ``Rekening 2023``, ``Begroting 2024``
            if UNIT_OF_A_COLUMN.fullmatch(t) or (
                w.likeness >= 2 or w.year or w.is_difference or (w.likeness >= 1 and t in texts[:end])
            ):  # it comes back in the header
                tail["header_as_heading"] += 1
            elif plain(t) in BARE_TOTALS or (w.likeness >= 1 and says_benchmark(plain(t))):
                tail["header_as_heading"] += 0.6
            elif i == 0 and end and {plain(t), plain(texts[end - 1])} == {"lasten", "baten"}:
                tail["header_as_heading"] += 1  # they stand beside each other
            elif w.is_corner and i == 0:
                tail["header_as_heading"] += 0.1
            elif (
                i == 0
                and end
                and w.likeness
                and counted_as(t)
                and counted_as(t) == counted_as(texts[end - 1])
            ):
                tail["header_as_heading"] += 1  # the 4e kwartaal below the 3e
        if not (end and is_passed_over(texts[end - 1]) and end < len(texts)) or (
            end - 1 in units and end not in units
        ):
            yield end, tail


def _first_word(text: str) -> str:
    """The word that a text begins with, in small letters; none where it begins with something else."""
    match = re.match(r"[^\W\d_]+", text)
    return match.group().lower() if match else ""


def _shared_beginning(headings: Collection[str]) -> str:
    """The word that most of several headings begin with: ``Reserve parkeren``, ``Reserve groen``."""
    words = Counter(map(_first_word, headings)).most_common(1)
    return words[0][0] if words and words[0][1] > 1 and 2 * words[0][1] > len(headings) else ""


def _run_of_formulas(texts: Sequence[str]) -> range:
    """Where the last row of formulas among texts stands (empty at the end where there is none): no header ends in it."""
    end = len(texts)
    for stop in range(len(texts), 2, -1):
        start = stop
        while start and is_formula(texts[start - 1]) and not texts[start - 1].isdecimal():
            start -= 1
        if stop - start > 2 and are_formulas(texts[start:stop]):
            return range(start, stop)
    return range(end, end)


def _rows_of_units(texts: Sequence[str], n: int) -> frozenset[int]:
    """The texts of a row that says the unit of every column: ``x € 1.000, x € 1.000, %``.

    Several that come back in turn are columns below the texts above them: ``fte, euro, fte, euro``.
    """

    def is_unit(text: str) -> bool:
        return UNIT_OF_A_COLUMN.fullmatch(text) is not None or (
            unit_in(text) is not None and not without_unit(text)
        )

    found: list[int] = []
    for is_row, run in itertools.groupby(range(len(texts)), key=lambda i: is_unit(texts[i])):
        row = list(run)
        if is_row and n > 1 and len(row) == n and not _come_back_in_turn([texts[i] for i in row]):
            found += row
    return frozenset(found)


def _come_back_in_turn(texts: Sequence[str]) -> bool:
    """Whether different texts are printed again in the same order, and nothing else: a, b, a, b."""
    turn = len(set(texts))
    return (
        1 < turn < len(texts)
        and all(a == b for a, b in zip(texts, texts[turn:], strict=False))
        and len(texts) % turn == 0
    )


def _places(zone: Zone, end: int, tail: Terms, units: frozenset[int]) -> Iterator[_Place]:
    """The headers that may end at a text, by where they begin and which texts name the rows; ``units`` name nothing."""
    n = len(zone.columns)
    earliest = max(0, end - (3 * n + zone.names + 8))
    of_each = _printed_for_each(zone.texts[:end], n)
    for start in range(end - 1, earliest - 1, -1):
        if is_passed_over(zone.texts[start]) or (zone.breaks is not None and start not in zone.breaks):
            continue
        if start and _is_inside(zone.texts[start - 1], zone.texts[start], zone.breaks is not None):
            continue  # no header begins in the middle of a text
        taken = [i for i in range(start, end) if i not in units and not is_passed_over(zone.texts[i])]
        inside = [zone.texts[i] for i in taken]
        passed = tuple(
            zone.texts[i] for i in range(start, end) if i in units or is_passed_over(zone.texts[i])
        )
        formula, inside = _formulas(inside, n)
        if len(inside) > 3 * n + zone.names:
            break
        above = _above(zone.texts[_opens_with_name(zone, start) : start])
        above["header_left_out"] += 0.3 * _begins_within(zone.texts[max(0, start - n) : start], inside)
        begins = None
        if zone.breaks is not None:
            begins = (
                frozenset(k for k, i in enumerate(taken) if i in zone.breaks)
                if len(taken) == len(inside)
                else None
            )
        ways = [(texts, *w) for texts in _mended(inside, zone) for w in _names_taken(texts, zone, begins)]
        for whole_texts, counted, kept, parted in ways:
            for columns, headless in _with_heads(zone.columns, len(kept)):
                around = Terms(counted)
                around.add(tail)
                around["run_of_years"] += _runs_on(whole_texts, inside)
                if len(kept) < len(inside) and words_of(inside[0]).is_corner and inside[0] not in kept:
                    around.add({k: 0.3 * v for k, v in above.items()})
                else:
                    around.add(above)
                around["header_left_out"] += bool(of_each) and list(kept).count(of_each) < n
                around["header_left_out"] += bool(start and inside) and goes_on_in_number(
                    zone.texts[start - 1], inside[0]
                )
                around["header_left_out"] += TELLS_WHEN * (
                    bool(inside) and _leaves_out_when(zone.texts[:start], inside)
                )
                if counted["corner_missing"] and any(
                    words_of(t).is_corner for t in zone.texts[max(0, start - 4) : max(0, start - 2)]
                ):
                    around["header_left_out"] += 0.3
                if counted["corner_missing"] and _parted_from_corner(zone.texts[max(0, start - 2) : start]):
                    around["header_left_out"] += 0.4
                if counted["corner_missing"] or counted["corner_unknown"]:
                    above_it = zone.texts[max(0, start - n) : start]
                    around["header_left_out"] += NAMES_FURTHER_UP * _leaves_out_columns(above_it, inside)
                if headless:
                    around["text_without_head"] += headless
                corner = counted_corner(whole_texts, kept)
                yield _Place(
                    weigh(around), start, end, kept, columns, around, corner, formula, passed, parted
                )


def _parted_from_corner(above: Sequence[str]) -> bool:
    """Whether one text stands between what names the rows and a header: it is the first text of the header as well."""
    return (
        len(above) == 2
        and words_of(above[0]).is_corner
        and not (words_of(above[1]).is_corner or is_passed_over(above[1]))
    )


TELLS_WHEN = 0.4


def _leaves_out_when(above: Sequence[str], inside: Sequence[str]) -> bool:
    """Whether the text right above a header says of what year its columns are, and none of those does.

    Above what names the rows it is a title as soon: ``2018, Programma, Incidenteel, Structureel``.
    """
    if not above or is_passed_over(above[-1]) or words_of(inside[0]).is_corner:
        return False
    w = words_of(above[-1])
    return bool(w.years) and is_pure(above[-1]) and not any(words_of(t).years for t in inside)


def _leaves_out_columns(above: Sequence[str], inside: Sequence[str]) -> bool:
    """Whether what names rows stands above a header, with several texts between, or one that the header has too."""
    if any(words_of(t).is_corner for t in above[:-2]):
        return True
    return len(above) > 1 and words_of(above[-2]).is_corner and above[-1] in inside


def _runs_on(joined: Sequence[str], printed: Sequence[str]) -> int:
    """How many texts joined of several end in a year that a bare year goes on: ``Uitgaven, t/m 2024, 2025``."""
    return sum(
        text not in printed and bool(words_of(text).years) and words_of(following).year is not None
        for text, following in itertools.pairwise(joined)
    )


def _printed_for_each(texts: Sequence[str], n: int) -> str:
    """The last text that is printed once for each of ``n`` columns, in a row: a layer of the header. Else ''."""
    for first in range(len(texts) - n if n >= FEWEST_OF_ONE else -1, -1, -1):
        if len(set(texts[first : first + n])) == 1 and not is_passed_over(texts[first]):
            return texts[first]
    return ""


FEWEST_OF_ONE = 3  # columns: two of one text are as soon a title printed twice


def _is_inside(before: str, text: str, has_lines: bool) -> bool:
    """Whether a text is surely the rest of the one before it; where lines are known those tell more."""
    is_rest = text[:1].islower() or DATE.match(text) is not None
    return is_broken(before, text) or (not has_lines and is_open(before) and is_rest)


def _mended(texts: list[str], zone: Zone) -> Iterator[list[str]]:
    """The texts of a header, words broken by a hyphen whole; and, where lines are not known, with years behind their states.

    >>> list(_mended(["Rekening", "2024", "Kapitaal-", "lasten"], Zone((), (VALUE,) * 2)))[-1]
    ['Rekening 2024', 'Kapitaallasten']
    >>> list(_mended(["Ingevuld", "Nog in te", "vullen"], Zone((), (VALUE,) * 2)))[-1]
    ['Ingevuld', 'Nog in te vullen']
    >>> list(_mended(["Primitieve", "begroting", "Stand per", "1-1-2024"], Zone((), (VALUE,) * 2)))[-1]
    ['Primitieve begroting', 'Stand per 1-1-2024']
    """
    if zone.breaks is not None:
        yield texts
        return
    unbroken = _joined_where(texts, is_broken)
    yield unbroken
    ended = _joined_where(unbroken, lambda before, t: is_open(before) and t[:1].islower())
    if len(ended) < len(unbroken):
        yield ended
    again = {t for t, n in Counter(unbroken).items() if n > 1}  # what comes back is no rest of another text
    rest = _joined_where(unbroken, lambda before, t: t not in again and _goes_on_small(before, t))
    if len(rest) < len(ended):
        yield rest
    dated = _joined_where(unbroken, _is_year_of)
    if len(dated) < len(unbroken) and not any(words_of(t).year for t in dated):
        yield dated


def _joined_where(texts: Sequence[str], goes_on_in: Callable[[str, str], bool]) -> list[str]:
    """Texts of which each is joined to the one before it that goes on in it."""
    joined: list[str] = []
    for t in texts:
        if joined and goes_on_in(joined[-1], t):
            joined[-1] = whole((joined[-1], t))
        else:
            joined.append(t)
    return joined


def _goes_on_small(text: str, following: str) -> bool:
    """Whether a text that begins small, or a date below an open text, is the rest of the one before it."""
    if words_of(text).year is not None or unit_in(following) is not None:
        return False
    is_open_date = is_open(text) and DATE.match(following) is not None
    return is_open_date or (text[:1].isupper() and following[:1].islower())


def _is_year_of(text: str, following: str) -> bool:
    """Whether a bare year follows a state or quantity without one."""
    before = words_of(text)
    return bool(words_of(following).year and not before.years and (before.stand or before.quantity))


def _laid_out(
    zone: Zone, place: _Place, forms: Iterator[Form], least: list[float]
) -> Iterator[Header | None]:
    """The headers that forms make at a place; None where one costs too much to be counted out."""
    for form in forms:
        terms = form_terms(form, place.columns, zone, least[0] + FAR - place.fixed)
        if terms is None:
            yield None
            continue
        terms.add(place.around)
        if place.parted is not None and terms["parent_over_all"]:
            terms["parent_over_all"] = 1  # a year above what names the rows is as soon a title
        terms["corner_off"] += place.parted is not None and not _parts_layers(form, place)
        if form.shapes == ("flat",) and terms["weak_path"]:
            terms["header_left_out"] += NAMES_ABOVE * _has_names_above(zone, place)
        stands_alone = not place.start and not place.corner
        if len(zone.columns) == 1 and (stands_alone or _introduces(form.paths)):
            terms["title_over_one"] += terms["weak_path"]
        paths = _spread(form.paths, zone.columns, len(zone.columns) - len(place.columns))
        yield Header(
            paths,
            place.corner,
            place.start,
            place.end,
            form.shapes,
            terms,
            weigh(terms),
            place.formula,
            place.passed,
        )


NAMES_ABOVE = 0.4
NAMES_FURTHER_UP = (
    0.3  # what names rows stands above texts that are left out of a header in which nothing known names them
)


def _has_names_above(zone: Zone, place: _Place) -> bool:
    """Whether a unit and as many texts as columns stand right above what names the rows: a line of the table as well.

    So ``Bedragen x € 1, A. de Vries, B. Jansen`` above ``Functie, Secretaris, Griffier``.
    """
    n = len(zone.columns)
    first = place.end - 2 * n - 1
    if n < 2 or first < 1 or not words_of(zone.texts[first + n]).is_corner:
        return False
    unit, *names = zone.texts[first - 1 : first + n]
    return is_passed_over(unit) and unit_in(unit) is not None and not any(map(is_passed_over, names))


def _introduces(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the lowest text over a column is a sentence, which introduces what follows."""
    return any(words_of(p[-1]).is_long for p in paths if p)


def _parts_layers(form: Form, place: _Place) -> bool:
    """Whether the text that names the rows stands where one layer of a form ends and the next begins."""
    last = len(place.kept) - len(form.paths)
    lower = sum(form.spans) if form.shapes[0] in ("parents", "spread") else len(form.paths)
    return place.parted in (len(place.kept) - lower, *((last,) if len(form.shapes) > 1 else ()))


def _is_of_years(text: str, behind: Sequence[str]) -> bool:
    """Whether a text right before a bare year stands before another one as well: ``Subsidie``, ``2020``, ``Subsidie 2021``."""
    return year_of(behind[0]) is not None and any(
        t.startswith(f"{text} ") and year_of(t.removeprefix(f"{text} ")) is not None for t in behind[1:]
    )


def counted_corner(inside: Sequence[str], kept: Sequence[str]) -> str:
    """The texts of the header that name no column."""
    left = Counter(inside) - Counter(kept)
    return " ".join(t for t in dict.fromkeys(inside) if left[t])


def _without_header(zone: Zone, end: int, tail: Terms) -> Header:
    terms = Terms(no_header=1)
    terms.add(tail)
    terms.add(_above(zone.texts[:end], reach=len(zone.columns) + 3))
    return Header(((),) * len(zone.columns), "", end, end, ("none",), terms, weigh(terms))


_NAMES = {
    word: stand for stand in ("begroting", "rekening") for word in words_in(stand, "name of a document")
}


def _begins_within(above: Sequence[str], inside: Sequence[str]) -> bool:
    """Whether a text of a header is printed above it too, with columns between: ``Stand, Storting`` above ``Stand, 1-1``."""
    columns = list(itertools.takewhile(lambda t: words_of(t).likeness >= 1, reversed(above)))
    return any(t in inside for t in columns[1:])


def _opens_with_name(zone: Zone, start: int) -> bool:
    """Whether the texts above a header begin with the name of the document, over a title: ``Begroting 2026, Reserves``."""
    if start < 2 or zone.jaar is None:
        return False
    name = words_of(zone.texts[0])
    return (
        name.stand == _NAMES.get(zone.soort)
        and name.years == (zone.jaar,)
        and any(_is_title(words_of(t)) for t in zone.texts[1:start])
    )


def _is_title(w: Words) -> bool:
    return (w.likeness < 1 or w.is_long) and not w.is_corner


def _above(texts: Sequence[str], reach: int = 4) -> Terms:
    """Texts like headers that would be left above the header."""
    terms = Terms()
    for t in [t for t in texts if not is_passed_over(t)][-reach:]:
        w = words_of(t)
        if w.year or (w.likeness >= 2 and not w.is_long and (is_pure(t) or w.is_stock)):
            terms["header_left_out"] += 1 if w.year else 0.7 if w.likeness >= 3 else 0.3
    if texts and not is_passed_over(texts[-1]) and words_of(texts[-1]).is_corner:
        terms["header_left_out"] += 0.3
    if len(texts) > 1 and words_of(texts[-2]).is_corner and words_of(texts[-1]).likeness >= 2:
        terms["header_left_out"] += 0.5  # what names the rows, and a text over all columns
    columns = list(itertools.takewhile(lambda t: words_of(t).likeness >= 1, reversed(texts)))
    if len(columns) > 1 and len(columns) < len(texts) and words_of(texts[-len(columns) - 1]).is_corner:
        terms["header_left_out"] += 1  # what names the rows, and columns behind it
    return terms


def _formulas(inside: list[str], n: int) -> tuple[tuple[str, ...], list[str]]:
    """A row of letters and formulas below a header (``a, b, c = a + b``), and the other texts."""
    lettered = [i for i, t in enumerate(inside) if is_formula(t) and not t.isdecimal()]
    if not are_formulas([inside[i] for i in lettered]):
        return (), inside
    formulas = tuple(inside[i] for i in lettered)
    return formulas if len(formulas) == n else (), [t for i, t in enumerate(inside) if i not in set(lettered)]


def _names_taken(
    inside: Sequence[str], zone: Zone, begins: frozenset[int] | None = None
) -> Iterator[tuple[Terms, Sequence[str], int | None]]:
    """The texts less those that name the rows: none, the first ones, or one between the layers or last.

    With each how many texts stand before the ones between layers. ``begins``: the texts that begin a line, where
    lines are known; the one between layers is among them.
    """
    names, n = zone.names, len(zone.columns)
    after_unit = [isinstance(t, OnLine) and t.line in zone.units for t in inside]
    yield Terms(corner_missing=not any(after_unit)), inside, None
    glued = 1
    while zone.is_glued and glued < len(inside) and words_of(inside[glued]).attribute in GLUED:
        glued += 1
    if 1 < glued < len(inside):
        terms = corner_terms(inside[:1])
        terms["attribute_in_label"] += glued - 1
        yield terms, inside[glued:], None
    for count in range(1, max(names, 2) + 1):
        if len(inside) > count:
            terms = corner_terms(inside[:count])
            terms["corner_odd"] += goes_on_in_number(inside[count - 1], inside[count])
            terms["corner_odd"] += _is_of_years(inside[count - 1], inside[count:])
            terms["title_names_rows"] += _is_line_of_its_own(inside[:count], inside[count])
            terms["corner_odd"] += 0.5 * (after_unit[0] and not names_rows_only(inside[0]))
            if count > names:
                terms["corner_too_many"] += count - names
            yield terms, inside[count:], None
    for at in range(1, len(inside)):
        if begins is not None and at not in begins:
            continue
        w = words_of(inside[at])
        if w.likeness >= 2 or w.year:
            continue
        is_last = at == len(inside) - 1
        if _tells_unit_of_amounts(inside[at]) and not is_last:
            yield Terms(corner_between=1), [*inside[:at], *inside[at + 1 :]], at
            continue
        if not w.is_corner and (is_last or words_of(inside[at - 1]).likeness < 1 or len(inside) - 1 <= n):
            continue
        for first in (at, at - 1):
            if first < at and (not w.is_corner or first < 1 or words_of(inside[first]).likeness > 0):
                continue
            terms = corner_terms(inside[first : at + 1])
            terms["corner_between"] = 1 if w.is_corner else 2
            if at + 1 - first > names:
                terms["corner_too_many"] += at + 1 - first - names
            yield terms, [*inside[:first], *inside[at + 1 :]], None if is_last else first


def _is_line_of_its_own(texts: Sequence[str], following: str) -> bool:
    """Whether texts that nobody knows fill the lines above the one on which the next text stands: a title, as likely."""
    lines = [t.line for t in (*texts, following) if isinstance(t, OnLine)]
    is_known = any(words_of(t).is_corner for t in texts)
    return len(lines) > len(texts) and max(lines[:-1]) < lines[-1] and not is_known


def _tells_unit_of_amounts(text: str) -> bool:
    """Whether a text says in what unit amounts are, and that they are amounts: ``bedrag x € 1.000``."""
    return unit_in(text) is not None and plain(without_unit(text)) == "bedrag"


GLUED = ("eenheid", "bron", "toelichting")


def _with_heads(columns: Sequence[str], count: int) -> Iterator[tuple[Sequence[str], int]]:
    """The columns that have a header: all of them, or those of values only."""
    yield columns, 0
    texts = sum(1 for c in columns if c == TEXT)
    if texts:
        yield tuple(c for c in columns if c != TEXT), texts


def _spread(
    paths: tuple[tuple[str, ...], ...], columns: Sequence[str], headless: int
) -> tuple[tuple[str, ...], ...]:
    if not headless:
        return paths
    given = iter(paths)
    return tuple(() if c == TEXT else next(given) for c in columns)


def _may_be_leaves(texts: Sequence[str]) -> bool:
    """Texts of which most look like headers of columns, or that come back as a whole: ``Was, Wordt, Was, Wordt``.

    So do those that come back to a total: ``Loonkosten, Inkoop, Totaal, Rijk, Totaal``.
    """
    if plain(texts[-1]) in BARE_TOTALS and list(texts).count(texts[-1]) > 1:
        return True
    if any(
        len(texts) % size == 0 and list(texts) == list(texts[:size]) * (len(texts) // size)
        for size in range(2, len(texts) // 2 + 1)
    ):
        return True
    alike = sum(1 for t in texts if (w := words_of(t)).year or w.likeness >= 1 or w.is_short_word)
    return 2 * alike >= len(texts)
