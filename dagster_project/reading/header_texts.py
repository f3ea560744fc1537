"""The texts above a body, and what each says by itself: a year, a state, a quantity, what names rows, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .field_words import pattern_of, words_in
from .header_words import (
    ADJECTIVES,
    ALSO_VALUES,
    CORNER_WORDS,
    MARKER_HEADER,
    attribute,
    likeness,
    says_unit,
    tells_of_a_table,
    without_unit,
)
from .meaning import BULLET, column_meaning, plain, stand_in
from .numbers import year_of

VALUE, TEXT = "value", "text"
_LEGEND = pattern_of("legenda", "header as printed")
_YEARS = re.compile(r"(?<![\d.,])(?:19[5-9]|20\d)\d(?![\d]|[.,]\d)")
DATE = re.compile(
    r"\b\d{1,2}\s*[-/]\s*\d{1,2}\s*[-/]\s*(?:19|20)?\d\d\b|\b\d{1,2} (?:jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w*",
    re.IGNORECASE,
)
RANGE = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d")  # a stretch of years
_SENTENCE = re.compile(r"^\W*\w.*\w{2,}\.$", re.DOTALL)
_ESTIMATES = pattern_of("ramingen", "header")
_ROW_LABEL = pattern_of("rij", "header as printed")


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


_JOINS = words_in("tussen_namen_van_rijen", "header")


# words that stand above columns and that no quantity or state is called by
_HEADER_WORDS = words_in("naam_van_kolom", "header")


def names_a_column(lowered: str) -> bool:
    """Whether a text stands above columns, behind an adjective or before what it is upon: ``Bruto krediet``, ``Effect op de exploitatie``."""
    if lowered in _HEADER_WORDS or lowered.partition(" op ")[0] in _HEADER_WORDS:
        return True
    before, _, word = lowered.rpartition(" ")
    return before in ADJECTIVES and word in _HEADER_WORDS


_COUNTS = re.compile(r"(?:\d{1,2}(?:e|de|ste)|eerste|tweede|derde|vierde) (?=\w)")  # 1e bestuursrapportage
_NAMES_ONLY_ROWS = words_in("alleen_naam_van_rijen", "header")
_MORE_CORNERS = words_in("ook_naam_van_rijen", "header")


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
        or DATE.search(w)
        or w.isdecimal()
        for w in words
    )


_LINK_WORDS = words_in("tussen_koppen", "header")


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> Words:
    """What a text says by itself, as a header of columns or as what names rows."""
    bare = without_unit(text) or text
    lowered = plain(bare)
    like = likeness(bare)
    if -2 < like < 1 and (
        names_a_column(_COUNTS.sub("", lowered, count=1))
        or column_meaning((bare,)).grootheid is not None
        or says_unit(bare)
    ):
        like = 1
    if like > 1 and RANGE.search(bare) and column_meaning((bare,)).rol != "difference":
        like = 1  # several years in one text: a title rather than a column
    if like < 2 and DATE.search(bare):
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


@lru_cache(maxsize=1 << 13)
def make_of(text: str) -> tuple[str, ...]:
    """A text with its years and states for what they are."""
    return tuple(
        "state" if stand_in(w) else re.sub(r"\d+", "9", w) for w in text.lower().replace("-", " ").split()
    )


def are_like_headers(texts: Sequence[str]) -> bool:
    """Whether most of the texts are words or years as headers have them."""
    return 2 * sum(1 for t in texts if words_of(t).likeness >= 1 or words_of(t).year) > len(texts)


@lru_cache(maxsize=1 << 14)
def is_passed_over(text: str) -> bool:
    """A text that may stand anywhere in a header and names nothing: a unit, a legend of signs, V/N."""
    bare = without_unit(text)
    return not bare or _LEGEND.search(bare) is not None or MARKER_HEADER.fullmatch(text) is not None


@lru_cache(maxsize=1 << 13)
def names_rows_only(text: str) -> bool:
    """A text that names rows and cannot be the beginning of a header of values (``Subsidie 2023``)."""
    return words_of(text).is_corner and plain(text) not in ALSO_VALUES


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
    headings: frozenset[str] = frozenset()  # texts between the rows of the body, which are no header
    units: frozenset[int] = (
        frozenset()
    )  # lines that begin with a unit, which stands where a text names the rows
    soort: str = ""  # of the document, and its year: a begroting of 2025 holds no accounts of 2026
    jaar: int | None = None


UNIT_OF_A_COLUMN = re.compile(
    r"%|€|fte|fte's|uren|aantal(?:len)?|stuks|m[²³23]|(?:in )?(?:euro|fte|%|€|procent(?:en)?)", re.IGNORECASE
)
_UNIT_OF_A_ROW = re.compile(
    r"factor|index|ratio|punten|dagen|weken|maanden|jaren|km|ha|ton|kg|kwh", re.IGNORECASE
)


def is_unit_of_row(text: str) -> bool:
    """Whether a text beside a label can only be the unit of its row: ``aantal``, ``factor``, ``€``."""
    return UNIT_OF_A_COLUMN.fullmatch(text) is not None or _UNIT_OF_A_ROW.fullmatch(text) is not None


def alternatives_in(text: str) -> frozenset[str]:
    """The texts that a text names as alternatives: ``Lasten/Baten``; none where it names none."""
    named = frozenset(plain(t) for t in text.split("/"))
    return named if len(named) > 1 and named == {"lasten", "baten"} else frozenset()


BARE_TOTALS = words_in("totaal", "header")


@lru_cache(maxsize=1 << 14)
def counted_as(text: str) -> str:
    """A text with its numbers alike, where it has one that is no year: ``9e kwartaal``."""
    is_counted = any(x.isdigit() for x in text) and not words_of(text).years
    return re.sub(r"\d+", "9", plain(text)) if is_counted else ""
