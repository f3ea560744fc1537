"""Text to number as printed in Dutch documents: one cell's text in, what it says out.

Nothing is scaled, repaired or given another sign here. What looks like a number and is none
(``1.2.3``, ``12,3,4``, ``1O5``) is told apart from text, so that the caller can reject it by name.
Which position of a table a text stands in is not known here: a year is a number to this module.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

NUMBER, NIL, MISSING, MARKER = "number", "nil", "missing", "marker"


class Printed(NamedTuple):
    """One printed value. ``value`` is None for a mark (nil, missing) and for a marker of its own."""

    text: str
    mark: str  # number | nil | missing | marker
    value: Decimal | None = None
    decimals: int = 0
    has_minus: bool = False  # a minus, brackets or -/- printed with the number itself
    marker: str | None = None  # V or N
    comparator: str | None = None
    eenheid: str | None = None
    noot: str | None = None  # footnote marks as printed
    jaar: int | None = None  # a year printed with the value

    @property
    def is_year(self) -> bool:
        """Four digits between 1950 and 2099 with at most a footnote mark: a year, unless its column says otherwise."""
        bare = self.text.removesuffix(self.noot or "").rstrip()
        return self.mark == NUMBER and _YEAR.fullmatch(bare) is not None


_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_YEAR = re.compile(r"(?:19[5-9]|20\d)\d")
_FAST = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d+")
_MINUS = r"\-\u2010\u2011\u2012\u2013\u2212"
_UNIT = (
    r"%(?:-punten?)?|\u2030|ha|km(?:/(?:uur|u|h)\b|[2²])?|m[123²³]|m|kg|ton|kton|fte|FTE|uur|dagen|dgn|weken|wkn|maanden|mnd|jaar|"
    r"mln\.?|miljoen|mld\.?|miljard|mrd\.?|[MkG]Wh|[MkG]Wp?|[TPG]J|inw\.?|inwoners|leerlingen|woningen|"
    r"stuks|st\.|personen|kinderen|cliënten|bezoekers|punten|euro|dB|°C|x"
)
EURO = "€"
_UNIT_NAME = re.compile(rf"(?:{_UNIT}|€|procent|perc\.?|promille|aantal|liter)")
_COMPARATOR = (
    r"≥|≤|>=|<=|=>|=<|>|<|±|\+/-|~|ca\.?|circa|min\.|max\.|minimaal|maximaal|minstens|hoogstens|"
    r"ten[ ]minste|tenminste|meer[ ]dan|minder[ ]dan"
)
_DIGITS = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,3}(?:[ ]\d{3})+(?!\d)|\d{1,3}(?:'\d{3})+(?!\d)|\d+"
_NOTE = r"\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|\(?\d\)|\([a-e]\)"
_SINGLE = re.compile(
    rf"""
    (?:(?P<cmp>{_COMPARATOR})\s*)?
    (?:(?P<before>[VNvn])\s*(?=[€\d{_MINUS}(+]))?
    (?P<open>\()?\s*
    (?:(?:€|EUR\b)\s*)?
    (?P<open2>\()?\s*
    (?P<sign>-/-|\+/\+|[{_MINUS}+])?\s*
    (?:€\s*)?
    (?P<digits>{_DIGITS})
    (?P<fraction>,\d+)?
    (?:,[{_MINUS}—=]{{1,2}})?
    (?P<inner>[{_MINUS}])?
    (?P<close>\))?
    (?P<trailing>-/-|[{_MINUS}](?![\w]))?
    (?:\s*(?P<unit>{_UNIT})(?![^\W¹²³⁴⁵⁶⁷⁸⁹⁰]))?
    (?P<stray>[{_MINUS}])?
    (?:\s*\(?(?P<after>[VNvn])\)?(?![\w]))?
    (?:\s*(?P<note>{_NOTE}))?
    """,
    re.VERBOSE,
)
_PLUS = ("+", "+/+")  # what is printed before an amount that is added
_NIL = re.compile(
    rf"(?:€\s*)?(?:[{_MINUS}—]{{1,3}}|[{_MINUS}—],[{_MINUS}—]{{1,2}}|\.|nihil)(?P<note>\*{{1,4}})?",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"(?:n\.?\s?b\.?|n\.?\s?n\.?\s?b\.?|n\.?\s?v\.?\s?t\.?|n\.?\s?t\.?\s?b\.?|n\.a\.|n/a|p\.?m\.?|\?|x{1,3}|onbekend|"
    r"(?:nog )?niet bekend|nog onbekend|geen (?:data|gegevens|cijfers?|metingen|meting|opgave)|niet van toepassing|niet beschikbaar|volgt|\.{2,3}|…)(?P<note>\*{1,4})?",
    re.IGNORECASE,
)
_MARKER = re.compile(r"[VN]|[vn]|[Vv]oordeel|[Nn]adeel|[Vv]oordelig|[Nn]adelig")
_WITH_YEAR = re.compile(
    r"\s*(?P<value>[^()]+?)\s*\((?P<period>[^()]*?(?P<year>(?:19[5-9]|20\d)\d)[^()]*)\)(?P<note>\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+)?[;,]?"
)
_YEAR_FIRST = re.compile(
    r"\s*(?P<year>(?:19[5-9]|20\d)\d)\s*:\s*(?P<value>[^;:()]+?)(?:;|$|\s(?=(?:19[5-9]|20\d)\d\s*:))"
)
_LOOKS_NUMERIC = re.compile(
    rf"(?:[VN] ?)?[€\s(+{_MINUS}]*[\dOolI][\dOolI.,' ]*[)%{_MINUS}]{{0,2}}\*{{0,3}}(?: ?[VN])?"
)
_DATE = re.compile(r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|\d{4}\s?[-/–]\s?\d{2,4}")


@lru_cache(maxsize=1 << 14)
def clean(text: str) -> str:
    """One line of text: every kind of white space is one space, invisible marks are gone."""
    if text.isascii():
        return " ".join(text.split())
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


@lru_cache(maxsize=1 << 14)
def read(text: str) -> tuple[Printed, ...]:
    """The values that a cell's (cleaned) text prints, in order; empty where it is text or no number.

    Several values come out only when each carries a year: ``5,8 (2014) 5,7 (2015)``.
    """
    if _FAST.fullmatch(text):
        return (Printed(text, NUMBER, Decimal(text.replace(".", "")), has_minus=text[0] == "-"),)
    if not text or len(text) > 200:
        return ()
    single = _read_single(text)
    if single is not None:
        return (single,)
    if "(" in text and text[-1] in ")*;,¹²³⁴⁵⁶⁷⁸⁹":
        return _read_series(text, _WITH_YEAR)
    if ":" in text:
        return _read_series(text, _YEAR_FIRST)
    return ()


def kinds_of_numbers(rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What kind of numbers every column of rows prints most: percentages, decimals, years or whole numbers; nothing without any.

    >>> kinds_of_numbers([["1.234", "5,6%", "2025"], ["45", "7%", "2026"], ["-", "-", "-"]])
    ('whole', '%', 'year')
    """
    kinds = []
    for column in zip(*rows, strict=True):
        counted = Counter(k for text in column if (k := _kind_of_number(clean(text))))
        kinds.append(counted.most_common(1)[0][0] if counted else "")
    return tuple(kinds)


def _kind_of_number(text: str) -> str:
    found = read(text)
    if not found or found[0].value is None:
        return ""
    if year_of(text):
        return "year"
    return "%" if text.endswith("%") else "decimals" if found[0].decimals else "whole"


def _read_series(text: str, pattern: re.Pattern[str]) -> tuple[Printed, ...]:
    found: list[Printed] = []
    position = 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None or match.end() == position:
            return ()
        value = _read_single(match["value"].strip(" ,/"))
        if value is None or value.mark == MARKER:
            return ()
        note = (match.groupdict().get("note") or "") + (value.noot or "")
        found.append(
            value._replace(text=match.group().strip(" ;,"), jaar=int(match["year"]), noot=note or None)
        )
        position = match.end()
    return tuple(found)


def _read_single(text: str) -> Printed | None:
    match = _SINGLE.fullmatch(text)
    if match is not None and (match["open"] or match["open2"] or not match["close"]):
        return _number(text, match)
    nil = _NIL.fullmatch(text)
    if nil is not None:
        return Printed(text, NIL, noot=nil["note"])
    missing = _MISSING.fullmatch(text)
    if missing is not None:
        return Printed(text, MISSING, noot=missing["note"])
    if _MARKER.fullmatch(text):
        return Printed(text, MARKER, marker=text[0].upper())
    return None


def _number(text: str, match: re.Match[str]) -> Printed | None:
    bracketed = bool(match["open"] or match["open2"])
    if bracketed != bool(match["close"]):
        return None
    if bracketed and _YEAR.fullmatch(match["digits"]) and not match["fraction"]:
        return None  # (2019) is a year beside something else
    fraction = match["fraction"] or ""
    digits = re.sub(r"[. ']", "", match["digits"])
    value = Decimal(digits + fraction.replace(",", "."))
    sign = match["sign"] if match["sign"] not in _PLUS else None
    trailing = match["inner"] or match["trailing"]
    if trailing and match["unit"] is None and match["stray"]:
        return None
    has_minus = bracketed or sign is not None or trailing is not None
    if sign is not None and (bracketed or trailing):
        return None  # two minus signs: not a number that anyone can be sure of
    if match["before"] and match["after"]:
        return None
    marker = match["before"] or match["after"]
    return Printed(
        text,
        NUMBER,
        -value if has_minus else value,
        decimals=max(0, len(fraction) - 1),
        has_minus=has_minus,
        marker=marker.upper() if marker else None,
        comparator=match["cmp"],
        eenheid=match["unit"],
        noot=match["note"],
    )


def is_unit_name(text: str) -> bool:
    """Whether a text is what numbers are counted in: ``%``, ``fte``, ``stuks``."""
    return _UNIT_NAME.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def is_malformed(text: str) -> bool:
    """Digits, points and commas that make no number: ``1.2.3``, ``12,3,4``, ``1O5``. Dates are not meant."""
    if read(text) or _DATE.fullmatch(text) or not any(c.isdecimal() for c in text):
        return False
    if (")" in text and "(" not in text) or year_of(text.strip("()")) is not None:
        return False
    return _LOOKS_NUMERIC.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def year_of(text: str) -> int | None:
    """The year that a bare cell says, or None."""
    return int(text) if _YEAR.fullmatch(text) else None


def is_bare_amount(text: str) -> bool:
    """Whether a text is a whole number of four figures or more that are printed without points: ``1010``."""
    return _BARE_AMOUNT.fullmatch(text) is not None


FAR_YEAR = 15  # further from the year of its document a year is rarely printed
_BARE_AMOUNT = re.compile(r"[-–−(]?\d{4,}\)?")
_FEW = 5  # times as many amounts as numbers that read as years: else they are a column of years


def amounts_like_years(rows: Iterable[Sequence[str]], jaar: int | None) -> frozenset[str]:
    """The texts that read as years and are amounts, of a document of year ``jaar``.

    So where amounts have no points, and neither the year nor one beside it in its row is near: 2.074 printed as 2074.

    >>> sorted(amounts_like_years([["Hulp", "2074", "1988"], ["Vervoer", "7445", "6250", "5120"], ["Taxi", "12000", "8000", "9100", "7005", "6001", "5002", "4003"]], 2026))
    ['1988', '2074']
    """
    if jaar is None:
        return frozenset()
    rows = list(rows)
    far: list[str] = []
    in_runs: set[str] = set()
    for row in rows:
        years = [year_of(text) for text in row]
        for k, year in enumerate(years):
            if year is None or abs(year - jaar) <= FAR_YEAR:
                continue
            far.append(row[k])
            beside = (*years[max(0, k - 1) : k], *years[k + 1 : k + 2])
            if any(other is not None and abs(other - year) <= 1 for other in beside):
                in_runs.add(row[k])
    alone = [text for text in far if text not in in_runs]
    if not alone:
        return frozenset()
    bare = sum(year_of(text) is None and is_bare_amount(text) for row in rows for text in row)
    return frozenset(alone if len(alone) * _FEW <= bare else ())
