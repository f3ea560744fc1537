"""Headers without positions: which of the texts above the first row name which column.

Proposes every header that the forms allow for the texts before a body, counts the terms of each and gives the
cheapest. A grid that knows its positions has its own proposer (``grids``).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reading.formats.paragraphs import is_broken

from .codes import is_wordless
from .forms import Form, OnLine, arrangements, flat, goes_on, is_open, whole
from .formulas import are_formulas, is_formula
from .header_words import (
    ADJECTIVES,
    ALSO_VALUES,
    CORNER_WORDS,
    MARKER_HEADER,
    NEEDS_NAME,
    attribute,
    likeness,
    says_benchmark,
    says_unit,
    tells_of_a_table,
    unit_in,
    without_unit,
)
from .judge import weigh
from .meaning import BULLET, column_meaning, plain, stand_in
from .numbers import year_of

VALUE, TEXT = "value", "text"
MOST_FORMS = 12_000
MOST_FULL = 2_500  # of them priced in full; a third where the lines of the texts are known, which tell a lot
MOST_IN_FAVOUR = -1.2  # what terms can take off the price of the paths
FAR = 1.5  # how much dearer than the best so far a header may be before it is not looked at
_LEGEND = re.compile(
    r"^\(?\s*(?:[-+−/]+|[VN]|[vn]|[a-z]+teken)\s*(?:=|is\b|:)|^\(?(?:positief|negatief|voordelig|nadelig|voordeel|nadeel)\b.*(?:=|is)"
    r"|(?:=|\bis)\s*(?:een\s+)?(?:voordelig|nadelig|voordeel|nadeel)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:\.\d{1,3}[a-z]?)*[.)]?|\d{1,2}[A-Z]\d?|[A-Z]\d{0,2}[.)]?|[IVX]{1,5}[.)]?"
)
_YEARS = re.compile(r"(?<![\d.,])(?:19[5-9]|20\d)\d(?![\d]|[.,]\d)")
_DATE = re.compile(
    r"\b\d{1,2}\s*[-/]\s*\d{1,2}\s*[-/]\s*(?:19|20)?\d\d\b|\b\d{1,2} (?:jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w*",
    re.IGNORECASE,
)
_BASED_ON = re.compile(r"volgens\b", re.IGNORECASE)  # the document that a column is taken from, and how
_ESTIMATE = re.compile(r"raming(?: (?:19|20)\d\d)?$", re.IGNORECASE)
_RANGE = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d")
_SENTENCE = re.compile(r"^\W*\w.*\w{2,}\.$", re.DOTALL)
_CHANGED_ACCOUNTS = re.compile(
    r"(?:jaar)?rekening(?: (?:19|20)\d\d)? (?:na|voor|vóór|incl\.?|excl\.?) \w*\s?\w*wijz", re.IGNORECASE
)
_DANGLING = re.compile(r"\s(?:van|en|na|voor|per|t/m|tot|met|op|in|de|het|aan|uit|t\.o\.v\.)$", re.IGNORECASE)
_ESTIMATES = re.compile(r"meerjaren|\bramingen?\b|\braming\b|\bjaren\b|streefwaarden\b|\bjaarschijven\b")
_TITLE = re.compile(
    r"(?:overzicht|tabel|bijlage|paragraaf)\b|totaaloverzicht|.+\bper (?:programma|taakveld|product|thema)\b",
    re.IGNORECASE,
)
_ROW_LABEL = re.compile(
    r"^(?:sub|eind)?-?\s?tota(?:al|le)\b \S+ \S+|^saldo (?:van|programma)|^subtota", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says by itself, as far as headers are concerned."""

    text: str
    likeness: int
    year: int | None  # a bare year
    years: tuple[int, ...]
    is_corner: bool
    attribute: str | None
    is_long: bool
    stand: str | None
    is_estimates: bool
    is_difference: bool
    is_stock: bool
    starts_corner: bool
    quantity: str | None
    is_row_label: bool
    is_short_word: bool


_JOINS = frozenset(["van", "de", "het", "en", "per", "der", "/", "-", "naam", "nr", "nummer"])


# words that stand above columns and that no quantity or state is called by
_HEADER_WORDS = frozenset(
    ["incidenteel", "structureel", "totaal", "eindtotaal", "krediet", "besteed", "restant", "dekking", "looptijd", "rente", "hoofdsom",
     "aflossing", "bijdrage", "kosten", "inkomsten", "opbrengst", "tarief", "aantal", "percentage", "bestemming resultaat", "effect",
     "investeringen", "investering", "subsidie", "kapitaallasten", "bedrag", "bedragen", "jaarschijf", "verplicht", "gemeente", "nederland", "provincie", "waarde", "norm", "score", "voordeel", "nadeel", "mutatie", "mutaties", "bijstelling",
     "eigen vermogen", "vreemd vermogen", "formatie", "bezetting", "verzuim", "loonkosten", "bestuursrapportage", "voortgangsrapportage",
     "tussenrapportage", "berap", "burap", "begrotingswijziging", "wijziging", "bijdragen", "bijdragen derden", "opbrengsten", "winstneming",
     "eindresultaat"]
)  # fmt: skip


def _is_named(lowered: str) -> bool:
    """Whether a text stands above columns, behind an adjective or before what it is upon: ``Bruto krediet``, ``Effect op de exploitatie``."""
    if lowered in _HEADER_WORDS or lowered.partition(" op ")[0] in _HEADER_WORDS:
        return True
    before, _, word = lowered.rpartition(" ")
    return before in ADJECTIVES and word in _HEADER_WORDS


_COUNTS = re.compile(r"(?:\d{1,2}(?:e|de|ste)|eerste|tweede|derde|vierde) (?=\w)")  # 1e bestuursrapportage
_NAMES_ONLY_ROWS = frozenset(
    ["programma", "taakveld", "omschrijving", "product", "indicator", "onderdeel", "thema", "naam", "code", "nr.", "nr", "groep", "kengetal",
     "kengetallen", "instelling", "hoofdstuk", "beleidsterrein", "maatregel", "project"]
)  # fmt: skip
_MORE_CORNERS = frozenset(
    ["instelling", "ontvanger", "kerngegevens", "groep", "tv", "investering", "verloop", "rubriek", "kostenplaats",
     "beleidsindicatoren", "prestatie", "thema's", "maatregelen", "projecten", "reservering", "object", "locatie", "gemeente"]
)  # fmt: skip


def _is_corner(lowered: str) -> bool:
    """Whether all words name rows: ``taakveld omschrijving``, ``naam reserve``."""
    words = [w for w in lowered.split() if w not in _JOINS]
    return lowered in CORNER_WORDS or (
        bool(words) and all(w in CORNER_WORDS or w in _MORE_CORNERS for w in words)
    )


_INTRODUCES = 4  # words before a colon that introduce what follows: no column is called so


@lru_cache(maxsize=1 << 14)
def is_pure(text: str) -> bool:
    """Whether a text is made of words of headers and years only: ``Rekening 2022``, no ``Raming 2022 per taakveld``."""
    words = re.findall(r"[^\s()/,]+", without_unit(text))
    return bool(words) and all(
        _YEARS.search(w)
        or plain(w) in _LINK_WORDS
        or words_of(w).likeness >= 1
        or words_of(w).stand
        or _DATE.search(w)
        or w.isdecimal()
        for w in words
    )


_LINK_WORDS = frozenset(
    ["na", "voor", "van", "en", "de", "het", "per", "t/m", "tot", "incl.", "excl.", "wijziging", "wijz", "primitieve", "primaire",
     "actuele", "bijgestelde", "jan", "januari", "december", "dec"]
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> Words:
    bare = without_unit(text) or text
    lowered = plain(bare)
    like = likeness(bare)
    if -2 < like < 1 and (
        _is_named(_COUNTS.sub("", lowered, count=1))
        or column_meaning((bare,)).grootheid is not None
        or says_unit(bare)
    ):
        like = 1
    if like > 1 and _RANGE.search(bare) and column_meaning((bare,)).rol != "difference":
        like = 1  # several years in one text: a title rather than a column
    if like < 2 and _DATE.search(bare):
        like = 3
    return Words(
        text,
        like,
        year_of(bare),
        tuple(int(y) for y in _YEARS.findall(bare)),
        _is_corner(lowered),
        attribute(bare),
        len(bare) > 70
        or (len(bare) > 30 and _SENTENCE.match(bare) is not None)
        or (text.rstrip().endswith(":") and len(bare.split()) >= _INTRODUCES)
        or tells_of_a_table(bare),
        stand_in(lowered),
        _ESTIMATES.search(lowered) is not None,
        column_meaning((bare,)).rol == "difference",
        column_meaning((bare,)).grootheid in ("begin", "eind"),
        lowered.partition(" ")[0] in _NAMES_ONLY_ROWS,
        column_meaning((bare,)).grootheid,
        (_ROW_LABEL.match(bare) is not None and not _YEARS.search(bare)) or BULLET.match(text) is not None,
        len(bare) <= 1,
    )


@lru_cache(maxsize=1 << 14)
def is_passed_over(text: str) -> bool:
    """A text that may stand anywhere in a header and names nothing: a unit, a legend of signs, V/N."""
    bare = without_unit(text)
    return not bare or _LEGEND.search(bare) is not None or MARKER_HEADER.fullmatch(text) is not None


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
    terms = Counter(header.terms)
    terms[name] += count  # type: ignore[assignment]
    return replace(header, terms=terms, cost=header.cost + weigh({name: count}))


@dataclass(frozen=True, slots=True)
class Zone:
    """The texts above a body and the columns that they must name.

    ``columns`` are the kinds of the columns in order (value or text); ``names`` how many texts may name the
    columns of labels; ``label_count`` how many of the last texts can be headings.
    """

    texts: tuple[str, ...]
    columns: tuple[str, ...]
    names: int = 1
    most_headings: int = 4
    breaks: frozenset[int] | None = None  # where a header can begin or end, where lines are known
    prices_headings: bool = True  # False where the body prices its headings
    is_glued: bool = False  # texts of other columns are part of the labels: their headers name no column
    prints: tuple[
        str, ...
    ] = ()  # of every column of values, what kind of numbers it prints, where that is known
    soort: str = ""  # of the document, and its year: a begroting of 2025 holds no accounts of 2026
    jaar: int | None = None


@lru_cache(maxsize=1 << 9)
def read_header(zone: Zone, keep: int = 6, most: float = float("inf")) -> list[Header]:
    """The cheapest readings of a zone, best first, of different meaning; one without header is always among them.

    ``most`` is the cost of a header that was found elsewhere: what is far dearer than that is not laid out.
    """
    best: dict[tuple[object, ...], Header] = {}
    seen = full = 0
    least = [most]
    for header in _proposed(zone, least):
        seen += 1
        if seen > MOST_FORMS or full > (MOST_FULL if zone.breaks is None else MOST_FULL // 3):
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
    around: Counter[str]
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
    for place in places:
        if place.fixed > least[0] + FAR:
            continue
        forms = arrangements(
            place.kept, len(place.columns), _may_be_leaves, may_be_broken=zone.breaks is None
        )
        yield from _laid_out(zone, place, forms, least)


def _likely_price(texts: Sequence[str]) -> float:
    """About what texts that nobody knows cost in a header: the places of few of them are looked at first."""
    known = [words_of(t) for t in texts]
    return 0.3 * sum(w.likeness < 1 and not w.year for w in known)


def _ends(zone: Zone, units: frozenset[int]) -> Iterator[tuple[int, Counter[str]]]:
    """Where a header may end, and what the headings after it cost; a row of ``units`` may be its last."""
    texts = zone.texts
    formulas = _run_of_formulas(texts)
    for end in range(len(texts), max(-1, len(texts) - zone.most_headings - 1), -1):
        if (zone.breaks is not None and end not in zone.breaks) or end in formulas:
            continue
        after = texts[end:]
        tail = Counter[str]()
        for i, t in enumerate(after):
            if is_passed_over(t):
                continue
            w = words_of(t)
            is_code = _CODE.fullmatch(t) and not w.year
            if is_code and i + 1 < len(after) and not _CODE.fullmatch(after[i + 1]):
                continue  # the code of the heading after it
            tail["heading"] += zone.prices_headings
            if (
                w.likeness >= 2 or w.year or (w.likeness >= 1 and t in texts[:end])
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
                and _counted_as(t)
                and _counted_as(t) == _counted_as(texts[end - 1])
            ):
                tail["header_as_heading"] += 1  # the 4e kwartaal below the 3e
        if not (end and is_passed_over(texts[end - 1]) and end < len(texts)) or (
            end - 1 in units and end not in units
        ):
            yield end, tail


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


_UNIT_OF_A_COLUMN = re.compile(
    r"%|€|fte|fte's|uren|aantal(?:len)?|stuks|m[²³23]|(?:in )?(?:euro|fte|%|€|procent(?:en)?)", re.IGNORECASE
)
_UNIT_OF_A_ROW = re.compile(
    r"factor|index|ratio|punten|dagen|weken|maanden|jaren|km|ha|ton|kg|kwh", re.IGNORECASE
)


def is_unit_of_row(text: str) -> bool:
    """Whether a text beside a label can only be the unit of its row: ``aantal``, ``factor``, ``€``."""
    return _UNIT_OF_A_COLUMN.fullmatch(text) is not None or _UNIT_OF_A_ROW.fullmatch(text) is not None


def _rows_of_units(texts: Sequence[str], n: int) -> frozenset[int]:
    """The texts of a row that says the unit of every column: ``x € 1.000, x € 1.000, %``.

    Several that come back in turn are columns below the texts above them: ``fte, euro, fte, euro``.
    """

    def is_unit(text: str) -> bool:
        return _UNIT_OF_A_COLUMN.fullmatch(text) is not None or (
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


def _places(zone: Zone, end: int, tail: Counter[str], units: frozenset[int]) -> Iterator[_Place]:
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
                around = Counter(counted)
                around.update(tail)
                if len(kept) < len(inside) and words_of(inside[0]).is_corner and inside[0] not in kept:
                    around.update({k: 0.3 * v for k, v in above.items()})
                else:
                    around.update(above)
                around["header_left_out"] += bool(of_each) and list(kept).count(of_each) < n
                if counted["corner_missing"] and any(
                    words_of(t).is_corner for t in zone.texts[max(0, start - 4) : max(0, start - 2)]
                ):
                    around["header_left_out"] += 0.3
                if counted["corner_missing"] or counted["corner_unknown"]:
                    above_it = zone.texts[max(0, start - n) : start]
                    around["header_left_out"] += NAMES_FURTHER_UP * _leaves_out_columns(above_it, inside)
                if headless:
                    around["text_without_head"] += headless
                corner = counted_corner(whole_texts, kept)
                yield _Place(
                    weigh(around), start, end, kept, columns, around, corner, formula, passed, parted
                )


def _leaves_out_columns(above: Sequence[str], inside: Sequence[str]) -> bool:
    """Whether what names rows stands above a header, with several texts between, or one that the header has too."""
    if any(words_of(t).is_corner for t in above[:-2]):
        return True
    return len(above) > 1 and words_of(above[-2]).is_corner and above[-1] in inside


def _printed_for_each(texts: Sequence[str], n: int) -> str:
    """The last text that is printed once for each of ``n`` columns, in a row: a layer of the header. Else ''."""
    for first in range(len(texts) - n if n >= FEWEST_OF_ONE else -1, -1, -1):
        if len(set(texts[first : first + n])) == 1:
            return texts[first]
    return ""


FEWEST_OF_ONE = 3  # columns: two of one text are as soon a title printed twice


def _is_inside(before: str, text: str, has_lines: bool) -> bool:
    """Whether a text is surely the rest of the one before it; where lines are known those tell more."""
    is_rest = text[:1].islower() or _DATE.match(text) is not None
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
    is_open_date = is_open(text) and _DATE.match(following) is not None
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
        if place.fixed + _price(form, place.columns, zone) > least[0] + FAR:
            yield None
            continue
        terms = _terms(form, place.columns, zone)
        terms.update(place.around)
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
    lower = sum(form.spans) if form.shapes[0] == "parents" else len(form.paths)
    return place.parted in (len(place.kept) - lower, *((last,) if len(form.shapes) > 1 else ()))


def counted_corner(inside: Sequence[str], kept: Sequence[str]) -> str:
    """The texts of the header that name no column."""
    left = Counter(inside) - Counter(kept)
    return " ".join(t for t in dict.fromkeys(inside) if left[t])


def _without_header(zone: Zone, end: int, tail: Counter[str]) -> Header:
    terms = Counter[str](no_header=1)
    terms.update(tail)
    terms.update(_above(zone.texts[:end], reach=len(zone.columns) + 3))
    return Header(((),) * len(zone.columns), "", end, end, ("none",), terms, weigh(terms))


_NAMES = {
    "begroting": "begroting",
    "jaarrekening": "rekening",
}  # what documents call themselves, by their kind


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


def _above(texts: Sequence[str], reach: int = 4) -> Counter[str]:
    """Texts like headers that would be left above the header."""
    terms = Counter[str]()
    for t in texts[-reach:]:
        w = words_of(t)
        if is_passed_over(t):
            continue
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
) -> Iterator[tuple[Counter[str], Sequence[str], int | None]]:
    """The texts less those that name the rows: none, the first ones, or one between the layers or last.

    With each how many texts stand before the ones between layers. ``begins``: the texts that begin a line, where
    lines are known; the one between layers is among them.
    """
    names, n = zone.names, len(zone.columns)
    yield Counter(corner_missing=1), inside, None
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
            yield Counter(corner_between=1), [*inside[:at], *inside[at + 1 :]], at
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


def _tells_unit_of_amounts(text: str) -> bool:
    """Whether a text says in what unit amounts are, and that they are amounts: ``bedrag x € 1.000``."""
    return unit_in(text) is not None and plain(without_unit(text)) == "bedrag"


BARE_TOTALS = frozenset(["totaal", "subtotaal", "eindtotaal"])
GLUED = ("eenheid", "bron", "toelichting")


def corner_terms(texts: Sequence[str]) -> Counter[str]:
    """What speaks against texts that name the rows."""
    terms = Counter[str]()
    for t in texts:
        w = words_of(t)
        if w.attribute == "periode" and not w.years:
            terms["corner_unknown"] += 1  # what years are called, of columns or of rows
        elif w.years or w.likeness >= 2 or plain(t) in NEEDS_NAME:
            terms["corner_odd"] += 1 if w.likeness < 2 or w.likeness >= 3 or w.years else 0.6
        elif (w.likeness == 1 and not w.is_corner) or w.is_difference or plain(t) in BARE_TOTALS:
            terms["corner_odd"] += 0.4
        elif not w.is_corner:
            terms["corner_unknown"] += 3 if w.is_long or _TITLE.match(t) else 1
    return terms


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


# --- the terms of a form --------------------------------------------------------------------------------


def _price(form: Form, columns: Sequence[str], zone: Zone) -> float:
    """What the paths of a form cost by themselves, each looked at alone: a lower bound that is quick."""
    is_zip = form.shapes in (("zip",), ("broken",))
    widths = set(form.spans)
    total = _ODD_PRICE.get(form.shapes[0], 0.0) + LAYER * (max(map(len, form.paths)) - 1)
    if len(form.spans) > 1 and len(widths) == 1:
        total += MOST_IN_FAVOUR
    elif form.shapes[0] == "layers" or not _goes_on_in_estimates(form.paths):
        total += UNEVEN * max(len(widths) - 1, 0)
    weak = 0
    for path, kind in zip(form.paths, columns, strict=True):
        price, is_weak = _path_price(path, kind, is_zip, zone.soort, zone.jaar)
        total += price
        weak += is_weak
    total -= SUPPORT * max(weak - 1, 0)
    if _are_parted_by_time(form.paths, zone.soort, zone.jaar):
        total -= sum(OUT_OF_TIME for p in form.paths if _is_out_of_time(p, zone.soort, zone.jaar or 0))
    if not is_zip:
        total += _unknown_parents(form.paths)
    if form.paths[0][-1].isdecimal():
        total -= weigh({"year_twice": _under_a_dated_name(form.paths)})
    if form.shapes != ("flat",):
        return COMES_BACK * total if total > 0 and _totals_of_groups(form.paths)[0] else total
    return total + 5.0 * (len(form.paths) - len(set(form.paths)))


def _unknown_parents(paths: Sequence[tuple[str, ...]]) -> float:
    """What parents that nobody knows cost at least."""
    heads = dict.fromkeys(p[0] for p in paths if len(p) > 1)
    unknown = sum(w.likeness < 1 and not w.year and not w.is_estimates for w in map(words_of, heads))
    return weigh({"weak_parent": 1 + ALONE * (unknown - 1)}) if unknown else 0.0


@lru_cache(maxsize=1 << 16)
def _path_price(
    path: tuple[str, ...], kind: str, is_zip: bool, soort: str, jaar: int | None
) -> tuple[float, bool]:
    """What a path costs at least, and whether no text of it looks like a header."""
    counts = _path_counts(path, kind, is_zip, soort, jaar)
    return weigh(counts) - weigh({"weak_leaf": 0.75 * counts["weak_leaf"]}), counts["weak_path"] >= 1


@lru_cache(maxsize=1 << 16)
def _path_counts(
    path: tuple[str, ...], kind: str, is_zip: bool, soort: str, jaar: int | None
) -> Counter[str]:
    terms: Counter[str] = Counter()
    _path_terms(path, kind, terms, is_zip)
    if jaar is not None and kind == VALUE and path and _is_out_of_time(path, soort, jaar):
        terms["year_against_state"] += 1
    return terms


_ODD = {"reversed": 1.0, "broken": 0.6, "ahead": 0.4}
_ODD_PRICE = {shape: weigh({"odd_shape": count}) for shape, count in _ODD.items()}
OUT_OF_TIME = weigh({"year_against_state": 1})
LAYER, UNEVEN = weigh({"layer": 1}), weigh({"uneven": 1})
ALONE = 0.4  # what a further name that nobody knows counts: they support each other
SUPPORT = weigh({"weak_path": 1 - ALONE})


def _terms(form: Form, columns: Sequence[str], zone: Zone) -> Counter[str]:
    is_zip = form.shapes in (("zip",), ("broken",))
    terms = header_terms(form.paths, columns, zone.soort, zone.jaar, is_zip)
    depth = max(len(p) for p in form.paths)
    terms["layer"] += depth - 1
    if form.shapes[0] in _ODD:
        terms["odd_shape"] += _ODD[form.shapes[0]]
    _line_terms(form, terms)
    terms["right_to_left"] += _right_to_left(form.paths, zone.texts)
    _joint_terms(form, terms)
    terms["line_at_levels"] += depth > 1 and _counted_at_levels(form.paths)
    _group_terms(form, columns, zone.prints, terms)
    if not form.cells:
        terms["low_alone"] += _low_texts(form.paths)
    if depth > 2 and len({p[0] for p in form.paths}) == 1:
        terms["parent_over_all"] += 1
    if form.spans:
        widths = set(form.spans)
        if len(widths) > 1 and not _goes_on_in_estimates(form.paths):
            terms["uneven"] += len(widths) - 1
        if len(form.spans) == 1 and form.spans[0] == len(form.paths):
            terms["parent_over_all"] += 1
    return terms


def _counted_as(text: str) -> str:
    """A text with its numbers alike, where it has one that is no year: ``9e kwartaal``."""
    is_counted = any(x.isdigit() for x in text) and not words_of(text).years
    return re.sub(r"\d+", "9", plain(text)) if is_counted else ""


def _counted_at_levels(paths: Sequence[tuple[str, ...]]) -> int:
    """Texts that differ in a number only, no year, and stand at two levels: ``1e kwartaal`` beside ``2e kwartaal`` under a parent."""
    levels: dict[str, set[int]] = {}
    for path in paths:
        for level, text in enumerate(path):
            if kind := _counted_as(text):
                levels.setdefault(kind, set()).add(level)
    return sum(len(at) > 1 for at in levels.values())


def _years_alone(cells: Sequence[tuple[str, ...]]) -> int:
    """Bare years that go on no text, behind none or one that may take them, though other years go on theirs."""
    dated = [words_of(c[-1]).year is not None for c in cells]
    if not any(d and len(c) > 1 for d, c in zip(dated, cells, strict=True)):
        return 0
    alone = [len(c) == 1 for c in cells]
    return sum(
        dated[k] and alone[k] and (not k or (alone[k - 1] and not dated[k - 1])) for k in range(len(cells))
    )


def _low_texts(paths: Sequence[tuple[str, ...]]) -> int:
    """How many texts begin small where most of a header begin with a capital: parts of others.

    The leaves of a parent that all begin small are a layer that is printed so.
    """
    texts = {id(t): t for path in paths for t in path}.values()  # one that stands over several columns once
    low = sum(t[:1].islower() and not all(t in path for path in paths) for t in texts)
    high = sum(t[:1].isupper() or t[:1].isdecimal() for t in texts)
    for _, run in itertools.groupby((p for p in paths if len(p) > 1), _parent):
        leaves = [p[-1] for p in run]
        low -= len(leaves) if len(leaves) > 1 and all(t[:1].islower() for t in leaves) else 0
    return low if 0 < low < high and high > 1 else 0


def _joint_terms(form: Form, terms: Counter[str]) -> None:
    """Texts broken over cells: which of them look as if they go on."""
    if not form.cells:
        return
    terms["stacked"] += 1
    terms["counted"] += "zip" in form.shapes  # as many texts below as above
    terms["low_alone"] += sum(c[0][:1].islower() for c in form.cells)
    terms["corner_inside"] += sum(len(c) > 1 and words_of(c[0]).is_corner for c in form.cells)
    terms["odd_joint"] += sum(not goes_on(a, b) for c in form.cells for a, b in itertools.pairwise(c))
    own = [t for c in form.cells for t in c[1:] if words_of(t).attribute not in (None, "periode")]
    terms["attribute_over_values"] += len(own)
    for cell in form.cells:
        stands = {s.partition("_")[0] for t in cell if (s := words_of(t).stand)}
        terms["two_states"] += len(stands) > 1
        terms["year_twice"] += len({y for t in cell for y in words_of(t).years}) > 1
        terms["two_quantities"] += any(pair <= {words_of(t).quantity for t in cell} for pair in _OPPOSITES)
        terms["two_quantities"] += len({plain(t) for t in cell}) < len(cell)
    terms["not_gone_on"] += 2 * _years_alone(form.cells)
    for cell, following in itertools.pairwise(form.cells):
        is_bare = len(following) == 1 and words_of(following[0]).year is not None
        terms["run_of_years"] += len(cell) > 1 and words_of(cell[-1]).year is not None and is_bare


def _line_terms(form: Form, terms: Counter[str]) -> None:
    """Texts of one line above each other, and columns beside each other whose texts are not: where lines are known."""
    lines = [[t.line for t in p if isinstance(t, OnLine)] for p in form.paths]
    torn = sum(len(set(of)) < len(of) for of in lines)
    terms["one_line_twice"] += min(torn, 2)
    of_parent: dict[str, set[int]] = {}
    for path, of in zip(form.paths, lines, strict=True):
        if len(of) == len(path) > 1:
            of_parent.setdefault(path[-2], set()).add(of[-1])
    terms["siblings_apart"] += sum(len(of) > 1 for of in of_parent.values())
    levels: dict[int, set[int]] = {}
    for path, of in zip(form.paths, lines, strict=True):
        for level, line in enumerate(of) if len(of) == len(path) > 1 else ():
            levels.setdefault(line, set()).add(level)
    terms["line_at_levels"] += sum(len(of) > 1 for of in levels.values())
    beside = Counter(of[0] for of in lines if len(of) == 1)
    is_parted = form.shapes == ("flat",) and max(beside.values(), default=0) > 1
    if len(beside) > 1 and (is_parted or form.shapes == ("parents",)):
        terms["lines_beside"] += 1


def _right_to_left(paths: Sequence[tuple[str, ...]], texts: Sequence[str]) -> int:
    """On how many lines texts stand over columns in another order than they are printed in."""
    printed = {id(t): i for i, t in enumerate(texts) if isinstance(t, OnLine)}
    lines: dict[int, list[int]] = {}
    for path in paths if printed else ():
        for t in path:
            if isinstance(t, OnLine) and id(t) in printed:
                lines.setdefault(t.line, []).append(printed[id(t)])
    return sum(order != sorted(order) for order in lines.values())


def _group_terms(form: Form, columns: Sequence[str], prints: Sequence[str], terms: Counter[str]) -> None:
    """How leaves are divided over parents: what tells where one group ends and the next begins."""
    kinds = _kinds_printed(columns, prints)
    groups: list[list[int]] = []
    for c, path in enumerate(form.paths):
        if len(path) > 1 and groups and form.paths[groups[-1][-1]][:-1] == path[:-1]:
            groups[-1].append(c)
        elif len(path) > 1:
            groups.append([c])
    leaves = [[form.paths[c][-1] for c in group] for group in groups]
    printed = Counter(
        (*texts, *(kinds[c] for c in group)) for group, texts in zip(groups, leaves, strict=True)
    )
    for group, texts in zip(groups, leaves, strict=True):
        is_again = printed[(*texts, *(kinds[c] for c in group))] > 1  # each text has its own kind everywhere
        terms["unlike_values"] += not is_again and len({kinds[c] for c in group} - {""}) > 1
        days = [_DATE.fullmatch(t) is not None for t in texts]
        dated = [bool(words_of(t).years) for t in texts]
        terms["sides_behind"] += _have_sides_behind(texts)
        terms["mixed_leaves"] += (
            any(days) and any(d and not day for d, day in zip(dated, days, strict=True))
        ) or (days.count(True) == 1 < len(days))
        differences = [words_of(t).is_difference for t in texts]
        terms["difference_of_one"] += differences.count(False) == 1 and True in differences
    terms["unlike_values"] += shares_elsewhere(form.paths, kinds)
    terms["order_differs"] += any(
        _are_turned(a, b) for a, b in itertools.combinations([_makes(texts) for texts in leaves], 2)
    )
    terms["torn_group"] += _is_torn(leaves) or _begins_inside(leaves)
    below: dict[tuple[str, ...], list[list[str]]] = {}
    for group, texts in zip(groups, leaves, strict=True):
        below.setdefault(form.paths[group[0]][:-2], []).append(texts)
    terms["siblings_differ"] += sum(
        len({len(texts) for texts in of}) > 1 for parent, of in below.items() if parent
    )
    outer = [form.paths[group[0]][:-1] for group in groups]
    if len(groups) > 1 and {len(o) for o in outer} == {1, 2}:
        terms["lone_child"] += sum(len(below[o[:1]]) == 1 for o in outer if len(o) == 2)
        middle = {o[0]: {p[1] for p in outer if len(p) == 2 and p[0] == o[0]} for o in outer if len(o) == 2}
        terms["difference_of_one"] += any(
            len(texts) == 2 and any(words_of(t).is_difference for t in texts) for texts in middle.values()
        )
    if form.shapes not in (("zip",), ("broken",)) and any(len(g) > 1 for g in groups):
        terms["group_of_one"] += sum(len(texts) == 1 and not words_of(texts[0]).years for texts in leaves)


def _have_sides_behind(texts: Sequence[str]) -> bool:
    """Whether lasten and baten, bare, stand behind other texts of one parent: ``Nog te maken kosten, Lasten, Baten``."""
    bare = [plain(t) for t in texts]
    first = next(
        (k for k, pair in enumerate(itertools.pairwise(bare)) if set(pair) == {"lasten", "baten"}), 0
    )
    return first > 0 and bare[0] not in ("lasten", "baten")


def _is_torn(leaves: Sequence[list[str]]) -> bool:
    """Whether two parents part texts that stand under one elsewhere, or texts that come back as a whole."""
    if any(a + b in leaves for a, b in itertools.pairwise(leaves)):
        return True
    printed = [t for texts in leaves for t in texts]
    size = next(
        (k for k in range(2, len(printed) // 2 + 1) if printed[:k] * (len(printed) // k) == printed), 0
    )
    return bool(size) and any(len(texts) != size for texts in leaves)


def _begins_inside(leaves: Sequence[list[str]]) -> bool:
    """Whether a text that begins one group stands inside another: ``Kosten, Opbrengsten`` beside ``Winst, Kosten``."""
    groups = [g for g in leaves if len(g) > 1]
    first = {g[0] for g in groups if not words_of(g[0]).years}
    return any(t in first for g in groups for t in g[1:])


def shares_elsewhere(paths: Sequence[tuple[str, ...]], kinds: Sequence[str]) -> int:
    """How many columns of percentages do not stand under the text that says them, and other columns do: ``Verzuim (%)``."""
    says = [any("%" in t for t in path) for path in paths]
    if not any(says) or "%" not in kinds:
        return 0
    return sum(bool(kind) and (kind == "%") != own for kind, own in zip(kinds, says, strict=True))


def _kinds_printed(columns: Sequence[str], prints: Sequence[str]) -> list[str]:
    """What kind of numbers every column prints; nothing for columns of texts, or where that is not known."""
    given = iter(prints)
    return [next(given, "") if kind == VALUE else "" for kind in columns]


def _makes(texts: Sequence[str]) -> list[str]:
    """Texts less what tells them from others of their make: states for what they are, years as such."""
    made = [(words_of(t).stand or "").partition("_")[0] or re.sub(r"\d+", "9", plain(t)) for t in texts]
    return list(dict.fromkeys(made))


def _are_turned(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two rows of texts have two of them in another order."""
    shared = [t for t in some if t in others]
    return shared != [t for t in others if t in shared]


def header_terms(
    paths: Sequence[tuple[str, ...]],
    columns: Sequence[str],
    soort: str = "",
    jaar: int | None = None,
    is_zip: bool = False,
) -> Counter[str]:
    """The terms of column paths, wherever they come from. ``columns`` are their kinds."""
    terms = Counter[str]()
    counted = Counter(
        tuple(map(without_unit, p)) for p, kind in zip(paths, columns, strict=True) if kind == VALUE
    )
    terms["same_path"] += sum(k - 1 for p, k in counted.items() if p)
    for path, kind in zip(paths, columns, strict=True):
        terms.update(_path_counts(path, kind, is_zip, soort, jaar))
    terms["year_twice"] -= _under_a_dated_name(paths)
    terms["state_without_year"] += _states_without_year(paths)
    if terms["year_against_state"] and not _has_own_budget(paths):
        terms["year_against_state"] -= sum(
            words_of(p[0]).is_estimates and words_of(p[-1]).year == jaar for p in paths if len(p) > 1
        )
    terms["year_against_state"] = min(terms["year_against_state"], 1.5)
    if terms["weak_path"] > 1:  # names that nobody knows support each other: a table of another field
        terms["weak_path"] = 1 + ALONE * (terms["weak_path"] - 1)
    of_values = [p for p, kind in zip(paths, columns, strict=True) if kind == VALUE]
    terms["weak_leaf"] -= 0.5 * _among_known(of_values)
    terms["weak_leaf"] -= (1 - COMES_BACK) * _in_turn(of_values)
    _parent_terms(paths, of_values, terms, is_zip, _budgets_of(soort, jaar))
    if _are_parted_by_time(paths, soort, jaar):
        terms["state_over_several"] = terms["year_against_state"] = 0
    _year_terms(paths, terms)
    terms["factors"] += _factors(of_values)
    closed, inside = _totals_of_groups(paths)
    terms["total_inside"] += inside
    if closed:  # texts that nobody knows are parts of the totals behind them
        terms["weak_leaf"] *= COMES_BACK
    if terms["factors"]:  # what comes back under every parent names columns, known or not, and begins again
        terms["weak_leaf"] *= COMES_BACK
    if terms["factors"] or _years_begin_again(of_values):
        terms["year_order_across"] = 0
        terms["state_over_several"] *= 1 if terms["factors"] else COMES_BACK
    return terms


COMES_BACK = 0.25  # what is left of the doubt about a leaf that stands under every parent


def _are_parted_by_time(paths: Sequence[tuple[str, ...]], soort: str, jaar: int | None) -> bool:
    """Whether accounts stand over all years that were over, and a budget over all that come next: no other years can be theirs.

    So ``Realisatie > 2022, Realisatie > 2023, Begroting > 2024, Begroting > 2025`` in a budget of 2025.
    """
    if jaar is None or soort not in ("begroting", "jaarstukken") or any(len(p) != 2 for p in paths):
        return False
    last = jaar - 2 if soort == "begroting" else jaar
    parents, years = [words_of(p[0]) for p in paths], [words_of(p[1]).year or 0 for p in paths]
    if not years[:1] < [last + 1] < years[-1:] or years != list(range(years[0], years[0] + len(years))):
        return False
    states = ["rekening" if year <= last else "begroting" for year in years]
    is_plain = not any(w.years or w.is_estimates for w in parents)
    return is_plain and len({p[0] for p in paths}) == 2 and [w.stand for w in parents] == states


def _years_begin_again(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether every parent stands over years that count on from the same one, if not as far: ``2025, 2026, 2025``."""
    runs = [
        [words_of(p[-1]).year or 0 for p in run] for head, run in itertools.groupby(paths, _parent) if head
    ]
    if len(runs) < 2 or sum(map(len, runs)) < len(paths) or runs[0][0] == 0:
        return False
    return all(len(years) > 1 and years == [runs[0][0] + k for k in range(len(years))] for years in runs)


def _totals_of_groups(paths: Sequence[tuple[str, ...]]) -> tuple[bool, int]:
    """Whether two groups or more all end in a bare total; and how many totals stand between the other leaves of a group."""
    groups = [
        [plain(p[-1]) in BARE_TOTALS for p in run] for head, run in itertools.groupby(paths, _parent) if head
    ]
    closed = [g for g in groups if len(g) > 1]
    are_closed = len(closed) > 1 and all(g[-1] and not any(g[:-1]) for g in closed)
    return are_closed, sum(any(g[1:-1]) for g in groups)


def _under_a_dated_name(paths: Sequence[tuple[str, ...]]) -> int:
    """Columns of three years or more in a row under one name with a year: that of a document, ``Meicirculaire 2025`` over 2025 to 2029."""
    count = 0
    for head, run in itertools.groupby(paths, key=lambda p: p[0] if len(p) == 2 else ""):
        years = [words_of(p[1]).year for p in run] if head else []
        own = words_of(head).years
        if len(years) < 3 or len(own) != 1 or words_of(head).year or not (first := years[0]):
            continue
        if own[0] <= first and years == list(range(first, first + len(years))):
            count += len(years)
    return count


def _among_known(paths: Sequence[tuple[str, ...]]) -> int:
    """Leaves that nobody knows among at least twice as many known ones of their parent: they are of the same make."""
    count = 0
    for _, run in itertools.groupby((p for p in paths if len(p) > 1), _parent):
        leaves = [words_of(p[-1]) for p in run]
        unknown = sum(_is_weak_leaf(w) for w in leaves)
        count += unknown if len(leaves) - unknown >= 2 * unknown else 0
    return count


def _in_turn(paths: Sequence[tuple[str, ...]]) -> float:
    """What leaves that nobody knows count, where those of one parent come back as a whole under another one.

    So ``Begroting > Aantal, Prijs, Bedrag`` and ``Rekening > Aantal, Prijs, Bedrag`` beside ``Verschil > Volume, Prijs``.
    """
    groups = [
        tuple(p[-1] for p in run) for _, run in itertools.groupby((p for p in paths if len(p) > 1), _parent)
    ]
    times = Counter(g for g in groups if len(g) > 1)
    if len(times) == 1 and times.total() == len(groups):
        return 0  # all are alike: the layers factor
    known = sum(_is_weak_leaf(words_of(t)) for g in groups if times[g] > 1 for t in g)
    unknown = sum(_is_weak_leaf(words_of(t)) for g in groups for t in g)
    return known if unknown - known <= known else 0


def _parent(path: tuple[str, ...]) -> tuple[str, ...]:
    """The texts that a column hangs under; none for one that hangs under none."""
    return path[:-1]


def _is_weak_leaf(w: Words) -> bool:
    return w.likeness < 1 and not w.year and not w.is_short_word


def _has_own_budget(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column has the state of a budget: without one, estimates begin in the year of the document itself."""
    known = [words_of(t) for p in paths for t in p]
    return any((w.stand or "").startswith("begroting") for w in known)


def _states_without_year(paths: Sequence[tuple[str, ...]]) -> int:
    """Columns of a state without a year, beside columns of a state with one; a change of a budget has none of its own."""
    known = [[words_of(t) for t in p] for p in paths]
    states = [
        any(w.years for w in path)
        for path in known
        if any(w.stand and w.stand != "begrotingswijziging" for w in path)
    ]
    return states.count(False) if True in states else 0


def _names_columns_too(text: str) -> bool:
    """Whether a word that names rows stands above columns of values as well: ``Subsidie``, ``Investering``."""
    return plain(text) in ALSO_VALUES or _is_named(plain(text))


_OPPOSITES = ({"lasten", "baten"}, {"toevoeging", "onttrekking"})


def _path_terms(path: tuple[str, ...], kind: str, terms: Counter[str], is_zip: bool) -> None:
    if not path:
        terms["weak_path"] += 1
        return
    known = [words_of(t) for t in path]
    if kind == TEXT:
        if known[-1].is_corner:
            terms["corner_inside"] += 0.4
        own = known[-1]
        if own.attribute is None and (own.likeness >= 2 or own.is_difference or is_wordless(own.text)):
            terms["text_under_value_head"] += 1
        if len(path) > 1 and own.likeness < 1 and not own.year:
            terms["weak_leaf"] += 1
        return
    if all(w.likeness < 1 and not w.year for w in known):
        terms["weak_path"] += 0.5 if known[-1].is_short_word else 1
    own = known[-1]
    if len(path) > 1 and _is_weak_leaf(own):
        terms["weak_leaf"] += 0.7 if is_zip else 1
    states = {_family_of(w) for w in known if w.stand and "wijz" not in w.text.lower()}
    is_between = own.is_difference or any(w.is_difference and len(w.years) > 1 for w in known)
    if any(_CHANGED_ACCOUNTS.match(w.text) for w in known):
        terms["two_states"] += 1
    elif is_between and len(known) > 1 and len(states) < 3 and any(len(w.years) > 1 for w in known):
        pass  # a difference names the two that it is between
    elif len(states) > 1 or (states == {"rekening"} and any("wijz" in w.text.lower() for w in known)):
        terms["two_states"] += 1  # of a budget one tells before and after changes, of accounts never
    quantities = {w.quantity for w in known}
    if any(pair <= quantities for pair in _OPPOSITES) or len({plain(t) for t in path}) < len(path):
        terms["two_quantities"] += 1
    if any(w.attribute in ("eenheid", "bron", "toelichting") and w.likeness >= 2 for w in known):
        terms["attribute_over_values"] += 1
    if any(w.attribute == "periode" and not w.years for w in known[:-1]) and not any(w.year for w in known):
        terms["attribute_over_values"] += 1  # "Jaar" over columns that are no years
    if own.is_long and not _BASED_ON.match(own.text):
        terms["long_text"] += 1
    is_bent = len(known) == 1 and plain(own.text) in NEEDS_NAME  # "Gewijzigde", of what?
    if is_bent or any(_DANGLING.search(w.text) or is_open(w.text) or w.text.endswith("-") for w in known):
        terms["open_end"] += 1
    if own.is_corner:
        terms["corner_inside"] += 0.3 if _names_columns_too(own.text) else 1
    elif own.starts_corner:
        terms["corner_inside"] += 0.5
    if own.is_row_label:
        terms["total_in_header"] += 1
    bare = [w.year for w in known if w.year]
    others = [
        w.years
        for w in known
        if not (w.year or _BASED_ON.match(w.text))
        and not (bare and _RANGE.search(w.text) and _spans(w.years, bare[0]))
    ]
    if bare and (len(bare) > 1 or any(others)):
        terms["year_twice"] += 1
    elif len(_years_told(known)) > 1 and len(path) > 1:
        terms["year_twice"] += 0.5
    elif len(path) > 1 and _DATE.search(own.text) and any(w.years for w in known[:-1]):
        terms["year_twice"] += 0.5  # a day below a text with a year of its own: "Resultaat 2023" has none


def _family_of(text: Words) -> str:
    """The state that a text says, before changes or after them; ``Raming 2021`` is a budget, of no more years than one."""
    return "begroting" if _ESTIMATE.match(text.text) else (text.stand or "").partition("_")[0]


def _years_told(known: Sequence[Words]) -> set[int]:
    """The years that a path says a column is of; a difference may be one of two years."""
    told = [w for w in known if not (_RANGE.search(w.text) or w.is_difference or _BASED_ON.match(w.text))]
    return {y for w in told for y in w.years}


def _spans(years: tuple[int, ...], year: int) -> bool:
    """Whether years printed in one text are the first and last of a stretch that holds a year: 2025-2028 over 2026."""
    return len(years) == 2 and years[0] <= year <= years[1]


def _budgets_of(soort: str, jaar: int | None) -> frozenset[int]:
    """The years of which a budget prints the budget: its own, and the one before it to compare with."""
    return frozenset((jaar - 1, jaar)) if soort == "begroting" and jaar is not None else frozenset()


def _parent_terms(
    paths: Sequence[tuple[str, ...]],
    of_values: Sequence[tuple[str, ...]],
    terms: Counter[str],
    is_zip: bool,
    budgets: frozenset[int] = frozenset(),
) -> None:
    """What the texts over several columns say of each other; ``of_values`` are the paths of those that hold values."""
    last: tuple[str, ...] | None = None
    runs: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = []
    for path in paths:
        head = path[:1] if len(path) > 1 else None
        if head is not None and last is not None and _is_one_text(head[0], last[0]):
            runs[-1][1].append(path[1:])
        elif head is not None:
            runs.append((head, [path[1:]]))
        last = head
    unknown = 0  # parents: names that nobody knows support each other
    # beside states, and above bare years, the texts of a layer are known ones
    is_known_layer = any(words_of(head[0]).stand for head, _ in runs) or all(
        words_of(p[0]).year is not None for _, below in runs for p in below
    )
    for head, below in runs:
        w = words_of(head[0])
        next_level = list(dict.fromkeys(p[0] for p in below))
        leaves_are_years = [words_of(t).year is not None for t in next_level]
        if _TITLE.match(head[0]) and not w.years:
            terms["weak_parent"] += 3
        elif w.likeness < 1 and not w.year and not w.is_estimates and (not is_zip or is_known_layer):
            terms["weak_parent"] += ALONE if unknown else 1
            unknown += 1
        if w.is_corner:
            terms["corner_inside"] += 0.3 if _names_columns_too(w.text) else 1
        elif w.starts_corner or _begins_as_corner(w.text):
            terms["corner_inside"] += 0.5
        if w.is_long:
            terms["long_text"] += 1
        is_dated = len(below) == 1 and _DATE.fullmatch(next_level[0]) is not None  # one name: Stand, 1-1-2024
        if w.is_stock and not is_zip and not all(leaves_are_years) and not is_dated:
            terms["stock_with_parts"] += 1
        if w.quantity == "saldo" and not any(_tells_time_or_quantity(t) for t in next_level):
            terms["stock_with_parts"] += any(
                words_of(p[0]).quantity in ("lasten", "baten") for p in paths if p
            )
        if w.year and not _between_stocks(paths, head) and any(_lacks_year(p, head) for p in of_values):
            terms["years_over_some"] += 1
        begins = _goes_on_in_estimates(paths) and w.stand == "begroting" and not w.is_estimates
        if (
            len(below) == 1
            and not is_zip
            and not is_dated
            and any(len(p) == 1 for p in paths)
            and not w.is_estimates
            and not begins
        ):
            terms["lone_child"] += 1
        if len(next_level) > 1 and words_of(next_level[0]).is_difference:
            terms["difference_first"] += not all(words_of(t).is_difference for t in next_level)
        if any(leaves_are_years) and not all(_is_of_a_time(words_of(t)) for t in next_level):
            terms["mixed_leaves"] += 1
        is_told_when = all(map(_says_when, next_level)) and not all(leaves_are_years)
        if w.is_difference and len(next_level) > 1 and is_told_when:
            terms["state_over_several"] += 1.5 * (len(next_level) - 1)
        if all(leaves_are_years) and not is_zip:
            if w.is_estimates and len(next_level) == 1:
                terms["estimates_over_one"] += 1
            beside = any(words_of(p[0]).is_estimates for p in paths if len(p) > 1)
            if len(next_level) > 1 and (w.stand in ("rekening", "prognose") or w.is_difference):
                terms["state_over_several"] += (1.5 if beside else 1) * (len(next_level) - 1)
            elif (
                len(next_level) > 1
                and not w.is_estimates
                and (w.stand or "").startswith("begroting")
                and not {words_of(t).year for t in next_level} <= budgets
            ):
                terms["state_over_several"] += (1.5 if beside else 0.5) * (len(next_level) - 1)
    terms["mixed_leaves"] += _mixes_states_and_years(paths)
    terms["parts_elsewhere"] += _has_parts_elsewhere(paths)
    terms["years_over_some"] += _years_over_some(paths)
    terms["years_elsewhere"] += _years_elsewhere(paths) + _stretches_over_others(paths)
    terms["years_elsewhere"] += 2 * _behind_its_run(paths)
    terms["compared_elsewhere"] += _compares_elsewhere(paths)


def _is_of_a_time(w: Words) -> bool:
    """Whether a text may stand among bare years: it has a year, and names no quantity (``Resultaat 2024``)."""
    return bool(w.years) and (w.quantity is None or w.is_stock)


def _says_when(text: str) -> bool:
    """Whether a text has a year and words, and is no day: ``t/m 2023``."""
    return bool(words_of(text).years) and _DATE.search(text) is None


def _between_stocks(paths: Sequence[tuple[str, ...]], head: tuple[str, ...]) -> bool:
    """Whether the columns under a text stand between two stocks: its parts are the changes from one to the other."""
    under = [k for k, p in enumerate(paths) if len(p) > 1 and p[:1] == head]
    sides = [paths[k] for k in (under[0] - 1, under[-1] + 1) if 0 <= k < len(paths)]
    return len(sides) == 2 and all(len(p) == 1 and words_of(p[0]).is_stock for p in sides)


def _lacks_year(path: tuple[str, ...], head: tuple[str, ...]) -> bool:
    """Whether a column beside those below a bare year has none: a text alone, or one below a name like any other."""
    if not path or any(words_of(t).years for t in path):
        return False
    is_named = path[:1] != head and not _tells_time_or_quantity(path[0]) and plain(path[0]) not in BARE_TOTALS
    return len(path) == 1 or is_named


def _begins_as_corner(text: str) -> bool:
    """Whether the first word of several names rows and nothing else: ``Afdeling Bezetting``."""
    first, _, rest = plain(text).partition(" ")
    return bool(rest) and first in CORNER_WORDS - ALSO_VALUES


def _tells_time_or_quantity(text: str) -> bool:
    w = words_of(text)
    return bool(w.years or w.stand or w.quantity or w.is_estimates)


def _is_one_text(text: str, other: str) -> bool:
    """Whether two texts are one that was printed once; where no lines are known equal texts are."""
    return text is other if isinstance(text, OnLine) and isinstance(other, OnLine) else text == other


def _mixes_states_and_years(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether bare years are columns beside states without any year: ``Rekening | Begroting | 2023 | 2024`` are two layers.

    So where a state stands over the years of one name, and none over those of another.
    """
    bare = sum(len(p) == 1 and words_of(p[0]).year is not None for p in paths)
    undated = {p[0] for p in paths if p and words_of(p[0]).stand and not any(words_of(t).years for t in p)}
    depths = {len(p) for p in paths if len(p) > 1 and words_of(p[-1]).year is not None}
    return (len(undated) > 1 and bare > 1) or len(depths) > 1


def _has_parts_elsewhere(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the change between a stock and the next one is a single column, though parts hang under a text beside them."""
    stocks = [k for k, p in enumerate(paths) if len(p) == 1 and words_of(p[0]).is_stock]
    between = any(b - a == 2 and len(paths[a + 1]) == 1 for a, b in itertools.pairwise(stocks))
    inside = any(len(p) > 1 for a, b in itertools.pairwise(stocks) for p in paths[a + 1 : b])
    return between and not inside and any(len(p) > 1 and not words_of(p[-1]).year for p in paths)


def _years_elsewhere(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a text that says estimates stands over no year, though bare years are columns, or stand under a text that says nothing of time."""
    alone = [words_of(p[0]) for p in paths if len(p) == 1]
    if not any(w.is_estimates and not w.years for w in alone):
        return False
    over_years = [words_of(p[0]) for p in paths if len(p) == 2 and words_of(p[1]).year]
    hang = len(over_years) > 1 and not any(w.stand or w.is_estimates for w in over_years)
    return hang or sum(w.year is not None for w in alone) > 1


def _behind_its_run(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a bare year is a column behind those of the years after it, which stand under a text: ``Bijdrage > 2024, 2023``."""
    under = set[int]()
    for path in paths:
        year = words_of(path[-1]).year if path else None
        if year and len(path) > 1:
            under.add(year)
        elif year and year + 1 in under:
            return True
    return False


def _compares_elsewhere(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether what values are compared with stands under a text that says no such thing, though one beside it does.

    So ``Vergelijking`` beside ``Streefwaarde > Nederland``.
    """
    says = [[says_benchmark(plain(t)) for t in p] for p in paths]
    named = {p[0] for p, of in zip(paths, says, strict=True) if of[:1] == [True]}
    holding = {p[0] for p, of in zip(paths, says, strict=True) if len(of) > 1 and of[-1]}
    return bool(named and holding) and named.isdisjoint(holding)


def _stretches_over_others(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a text names a stretch of years, such as 2025-2028, and some of them stand under another text."""
    under = [(p[0], year) for p in paths if len(p) > 1 and (year := words_of(p[-1]).year)]
    return any(
        _spans(words_of(head).years, year)
        for head in {head for head, _ in under if _RANGE.search(head)}
        for other, year in under
        if other != head
    )


def _years_over_some(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a bare year is a column beside columns of words without any year, which are no stocks, flows or totals."""
    bare = [p for p in paths if len(p) == 1 and words_of(p[0]).year]
    others = [p for p in paths if p and not any(words_of(t).years for t in p)]
    named = [
        p
        for p in others
        if not any(words_of(t).is_difference or words_of(t).quantity or words_of(t).attribute for t in p)
    ]
    return len(bare) == 1 and len(named) > 1


def _first_estimate(paths: Sequence[tuple[str, ...]]) -> int | None:
    """The year of the first column of estimates, where one has a year below it."""
    return next(
        (y for p in paths if len(p) > 1 and words_of(p[0]).is_estimates and (y := words_of(p[-1]).year)), None
    )


def _goes_on_in_estimates(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the year of a budget stands in front of the years of its estimates: ``begroting > 2018, meerjarenraming > 2019``."""
    pairs = [(words_of(p[0]), words_of(p[1]).year) for p in paths if len(p) == 2]
    budget = [year for w, year in pairs if w.stand == "begroting" and not w.is_estimates]
    estimates = [year for w, year in pairs if w.is_estimates]
    if len(budget) != 1 or len(budget) + len(estimates) != len(pairs):
        return False
    return [*budget, *estimates] == list(range(budget[0] or 0, (budget[0] or 0) + len(pairs)))


def _factors(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether all columns are groups with the same two or more leaves."""
    if not paths or any(len(p) < 2 for p in paths):
        return False
    leaves: list[list[str]] = []
    last: tuple[str, ...] | None = None
    for path in paths:
        if path[:-1] != last:
            leaves.append([])
            last = path[:-1]
        leaves[-1].append(path[-1])
    return len(leaves) > 1 and len(leaves[0]) > 1 and all(below == leaves[0] for below in leaves)


def _is_out_of_time(path: tuple[str, ...], soort: str, jaar: int) -> bool:
    """Accounts of a year that is not over, or an estimate of one that is, by the year of the document."""
    known = [words_of(t) for t in path]
    years = {y for w in known for y in w.years}
    stands = {w.stand for w in known if w.stand}
    if len(years) != 1 or len(stands) != 1:
        return False
    year, stand = years.pop(), stands.pop()
    # a year of its own under a state: which state it is under is open
    hangs = len(path) > 1 and any(w.year is not None for w in known)
    if stand == "rekening":
        last = jaar - (2 if hangs else 1) if soort == "begroting" else jaar
        return year > last  # a budget is made before the year ahead of its own is over
    if stand == "meerjarenraming":
        return year <= jaar if soort == "begroting" else year < jaar
    return hangs and stand == "begroting" and soort == "begroting" and year > jaar


def _year_terms(paths: Sequence[tuple[str, ...]], terms: Counter[str]) -> None:
    previous: tuple[tuple[str, ...], int] | None = None
    order: list[int] = []
    for path in paths:
        if not path:
            continue
        year = words_of(path[-1]).year
        if year is not None:
            if previous is not None and previous[0] == path[:-1] and abs(year - previous[1]) != 1:
                terms["year_order"] += 0.5 if year > previous[1] else 1
            previous = (path[:-1], year)
        dated = [y for t in path for y in words_of(t).years]
        if dated:
            order.append(dated[-1])
    terms["run_of_years"] += _opens_run(paths)
    terms["bare_date"] += _date_before_its_name(paths)
    steps = [b - a for a, b in itertools.pairwise(order)]
    if (first := _first_estimate(paths)) is not None and any(y < first for y in order[order.index(first) :]):
        terms["estimates_first"] += 1
    if any(s > 0 for s in steps) and any(s < 0 for s in steps):
        terms["year_order_across"] += min(sum(s > 0 for s in steps), sum(s < 0 for s in steps))


def _date_before_its_name(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a bare date is a column, and a date behind words is one after it: ``1-1-2024 | Boekwaarde 31-12-2024`` are two of a name."""
    alone = [p[0] for p in paths if len(p) == 1]
    bare = next((k for k, t in enumerate(alone) if _DATE.fullmatch(t)), len(alone))
    return any(_DATE.search(t) and t[:1].isalpha() for t in alone[bare + 1 :])


def _opens_run(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether bare years go on from a year with words: ``stand 31-12 2025, 2026, 2027`` has its words over all of them."""
    for i, path in enumerate(paths[:-2]):
        if len(path) != 1 or words_of(path[0]).year or not (years := words_of(path[0]).years):
            continue
        following = [words_of(p[0]).year if len(p) == 1 else None for p in paths[i + 1 : i + 3]]
        if None not in following and years[-1] < following[0] < following[1] <= years[-1] + 8:  # type: ignore[operator]
            return True
    return False


__all__ = [
    "TEXT",
    "VALUE",
    "Header",
    "Zone",
    "header_terms",
    "is_passed_over",
    "read_header",
    "unit_in",
    "words_of",
]
