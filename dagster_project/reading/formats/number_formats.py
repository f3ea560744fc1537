"""The number of a workbook cell as it is printed: its number format applied, in Dutch notation.

A format is a list of sections (positive; negative; zero) of literals and digit places. Only what a
budget uses is understood; a format that is not falls back to the number itself. What does not belong
here: reading a printed number back.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?][0#?,.]*|\.[0#?]+)|(%)|([eE][+-]0+)|(.)', re.DOTALL
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"])*)(?:;|$)')
_CURRENCY = re.compile(r"\$([^-\]]*)")
_LARGEST = 400  # digits: more is no amount


class Section(NamedTuple):
    """One section of a format: what stands before and behind the digits, and how these are printed."""

    before: str
    after: str
    digits: str | None  # None: the section prints literals only
    scale: int  # powers of ten that the number is divided by
    is_percent: bool


def printed_number(value: int | float | Decimal, number_format: str) -> str:
    """A number as its cell shows it: ``printed_number(-1234.5, '#,##0;-#,##0')`` is ``-1.235``."""
    number = _exact(value)
    if number is None:
        return str(value)
    if "general" in number_format.lower() or number_format.strip() in ("@", ""):
        return _general(number)
    sections = _sections(number_format)
    if sections is None:
        return _general(number)
    section, shown = _choose(sections, number)
    if section.digits is None:
        return " ".join(f"{section.before}{section.after}".split())
    shown = shown.scaleb(2 if section.is_percent else 0).scaleb(-section.scale)
    digits = _digits(abs(shown), section.digits)
    minus = "-" if shown < 0 and any(c in digits for c in "123456789") else ""
    return " ".join(f"{_with_minus(section.before, minus)}{digits}{section.after}".split())


def printed_date(value: date | datetime | time | timedelta, number_format: str) -> str:
    """A date as Dutch documents print it, a year alone where the format shows only the year."""
    if not isinstance(value, date):
        return str(value)
    letters = set(re.sub(r'"[^"]*"|\[[^\]]*\]|[^a-z]', "", number_format.lower()))
    if letters == {"y"} or letters == {"j"}:
        return f"{value.year}"
    return f"{value.day}-{value.month}-{value.year}"


def _exact(value: int | float | Decimal) -> Decimal | None:
    """The decimal that a person typed: fifteen digits, as a workbook keeps."""
    number = Decimal(value) if isinstance(value, int | Decimal) else Decimal(format(value, ".15g"))
    return number if number.is_finite() and abs(number.adjusted()) < _LARGEST else None


def _general(number: Decimal) -> str:
    rounded = number if number == number.to_integral() else round(number, 9).normalize()
    return f"{rounded:f}".replace(".", ",")


def _with_minus(before: str, minus: str) -> str:
    """The minus stands after a currency sign with its space and before everything else: € -315."""
    return f"{before}{minus}" if before.strip() in ("€", "EUR") else f"{minus}{before}"


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, Decimal]:
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _digits(number: Decimal, places: str) -> str:
    whole, _, fraction = places.partition(".")
    decimals = len(re.sub(r"[^0#?]", "", fraction))
    rounded = (
        number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if number.adjusted() < 25 else number
    )
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    head, _, tail = text.partition(".")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    kept = tail.rstrip("0") if optional else tail
    tail = tail[: max(len(kept), decimals - optional)]
    least = whole.count("0")
    head = "" if head == "0" and not least and tail else head.zfill(least) if "," not in whole else head
    return head.replace(",", ".") + ("," + tail if tail else "")


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[Section, ...] | None:
    """The sections of a format; None where it holds something that is no number format."""
    parts = _SECTION.findall(number_format)[: number_format.count(";") + 1]
    sections = [_section(part) for part in parts[:3]]
    known = tuple(section for section in sections if section is not None)
    return known if sections and len(known) == len(sections) else None


def _section(text: str) -> Section | None:
    before, after, digits = "", "", None
    percent = False
    for quoted, escaped, bracket, places, sign, exponent, other in _TOKEN.findall(text):
        literal = quoted or escaped or other
        if exponent:
            return None
        if places and digits is None:
            digits = places
        elif places:
            return None  # fractions and the like
        elif bracket:
            found = _CURRENCY.match(bracket)
            literal = found.group(1) if found else ""
        elif sign:
            percent, literal = True, "%"
        elif not literal:
            literal = " "
        if literal and digits is None:
            before += literal
        elif literal:
            after += literal
    if digits is not None and set(digits) <= {"?"}:
        digits = None
    scale = 3 * (len(digits) - len(digits.rstrip(","))) if digits else 0
    return Section(before, after, digits.rstrip(",") if digits else None, scale, percent)
