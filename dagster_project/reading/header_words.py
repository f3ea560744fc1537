"""The words of headers: what names rows, what says a unit or a sign, and how much a text looks like a column header.

What is looked for in words only, which stand in ``field_words``: how texts lie over columns is for ``forms`` and ``headers``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .field_words import pattern_of, words_in
from .meaning import column_meaning, plain, stand_in
from .numbers import clean, year_of

_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20\d)\d(?![\d]|[.,]\d)")
CORNER_WORDS = words_in("naam_van_rijen", "header")
# of these, what may stand above values too
ALSO_VALUES = words_in("naam_van_rijen_of_kolom", "header")
# words before the name of a column
ADJECTIVES = words_in("voor_naam_van_kolom", "header")
# of these, what must stand before a name: they are bent as Dutch bends words before one
NEEDS_NAME = frozenset(word for word in ADJECTIVES if word.endswith("e"))
ATTRIBUTES = tuple(
    (pattern_of(name, "attribute header"), name) for name in ("eenheid", "bron", "periode", "toelichting")
)
# what stands with a colon in front of what is said of a table: "Doel: opvangen van tegenvallers"
_TOLD_OF_A_TABLE = words_in("zegt_iets_van_tabel", "heading")
_INDICATOR_WORDS = pattern_of("woord_van_indicator", "header")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? +[A-Z]\w+ +\w")  # a title: 2.10 Verklaring verschillen
_PARTS_OF_A_YEAR = re.compile(
    r"(?:[1-4](?:e|ste|de)?|eerste|tweede|derde|vierde) kwartaal(?: (?:19|20)\d\d)?|(?:kwartaal|kw\.?|q) ?[1-4]|[1-3]e (?:trimester|tertaal)"
    r"|(?:jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\.?|mei|januari|februari|maart|april|juni|juli|augustus|september|oktober"
    r"|november|december|(?:t/m )?(?:week|maand|periode) \d{1,2}"
)
_ROW_OR_TITLE = pattern_of("rij_of_kop", "header")
_TITLE = pattern_of("kop", "header")
_CHANGE_IN = pattern_of("verandering_in", "header")
MARKER_HEADER = pattern_of("voor_of_nadeel", "header as printed")
_IS_CHANGE = pattern_of("wijziging", "header as printed")
_ENDS_IN_CHANGE = pattern_of("eindigt_op_wijziging", "header")
UNIT = re.compile(
    r"""(?P<million>(?:x|\*|×|in|€|eur)\s*(?:€|eur(?:o['’]?s)?)?\s*(?:1\.000\.000(?!\d)|1?\s*(?:mln\b\.?|miljoen(?:en)?\b))(?:\s*euro(?:['’]?s)?)?)
      |(?P<thousand>(?:(?:x|\*|×)\s*(?:€|eur(?:o)?)?\s*1[. ]?000(?![\d.,]*\d)|€\s*1[. ]?000(?![\d.,]*\d)(?=,|\s*\)|\s*$|\.)|\bbedragen\s+in\s+€\s*1[. ]?000(?![\d.,])|\bin\s+(?:€\s+)?duizend(?:en)?\b|€\s*x\s*1[. ]?000\b|(?:in\s+)?k€|\bkeur\b))(?:,[-–=]+)?(?:\s*euro(?:['’]?s)?)?
      |(?P<whole>\b(?:bedragen\s+)?in\s+(?:hele\s+)?(?:€|euro(?:['’]?s)?\b)(?!\s*(?:x|(?!(?:19[5-9]|20\d)\d(?![\d.,]))\d))|\(\s*(?:in\s+)?€\s*\)|\(\s*in\s+euro['’]?s?\s*\)|bedragen\s*[x*×]\s*€\s*1(?![\d.,]|\s*(?:mln|miljoen)))""",
    re.IGNORECASE | re.VERBOSE,
)
_UNIT_FRAGMENT = re.compile(
    r"(?:\(\s*bedrag\b)?\(?\s*(?:alle\s+)?(?:bedragen|getallen|cijfers)?\s*(?:zijn\s+)?(?:weergegeven\s+)?(?:luiden\s+)?(?:\bin\s+)?\(?\s*(?:"
    + UNIT.pattern
    + r")\s*,?\s*\)*",
    re.IGNORECASE | re.VERBOSE,
)
_SIGN_PART = re.compile(
    r"(?<=\w)\s*(?:\(\s*(?:v\s*/\s*n|n\s*/\s*v|\+\s*/\s*-)\s*\)|\s(?:v\s*/\s*n|n\s*/\s*v|\+\s*/\s*-))\s*$",
    re.IGNORECASE,
)
_LEGEND = pattern_of("legenda", "header")


def unit_in(text: str) -> str | None:
    """EUR, EUR_1000 or EUR_MLN where the text prints a unit of amounts, else None."""
    if (
        "€" not in text
        and "1" not in text
        and "euro" not in text.lower()
        and "in " not in text
        and "k" not in text
    ):
        return None
    match = UNIT.search(text)
    if match is None:
        return None
    if match["million"]:
        return "EUR_MLN"
    return "EUR_1000" if match["thousand"] else "EUR"


@lru_cache(maxsize=1 << 13)
def without_unit(text: str) -> str:
    """The text less what it says about units and signs: ``Lasten (x 1.000)`` is ``Lasten``."""
    text = _SIGN_PART.sub("", _LEGEND.sub(" ", text))
    if unit_in(text):
        text = _UNIT_FRAGMENT.sub(" ", text)
    text = clean(text).lstrip(" ,;:-–").rstrip(" ,;:–") if not text.isspace() else ""
    return text if _BROKEN.search(text) else text.rstrip(" ,;:-–")


_BROKEN = re.compile(r"[^\W\d_]-$")  # a word that goes on in the next line keeps its hyphen
_UNIT_BEHIND = re.compile(
    r"\((?:in )?(?:%|€|fte(?:['’]s)?|uren|aantal(?:len)?|stuks|ha|km|m[²³23]|jaren|dagen)\)$", re.IGNORECASE
)


def says_unit(text: str) -> bool:
    """Whether a text ends in a unit in brackets: ``Formatie (fte)``. That is how columns are named.

    >>> says_unit("Verzuim (%)"), says_unit("Verzuim (deels)")
    (True, False)
    """
    return _UNIT_BEHIND.search(text) is not None


def begins_with_unit(text: str) -> bool:
    """Whether a unit stands before whatever a text says: ``(x € 1.000) Lasten``.

    >>> begins_with_unit("Bedragen in euro's 2025"), begins_with_unit("Lasten in euro's")
    (True, False)
    """
    match = _UNIT_FRAGMENT.match(text) if unit_in(text) else None
    return match is not None and bool(match[0].strip())


def is_only_unit(text: str) -> bool:
    """Whether a text prints a unit of amounts and nothing else: ``x € 1.000``."""
    return unit_in(text) is not None and not without_unit(text)


def attribute(text: str) -> str | None:
    """eenheid, bron, periode or toelichting where a header says that its column holds no amounts."""
    lowered = plain(text)
    return next((name for pattern, name in ATTRIBUTES if pattern.search(lowered)), None)


# what stands over numbers that are no amounts: they say where something else belongs or is told
_REFERENCES = words_in("verwijzing", "header")


def refers(text: str) -> bool:
    """Whether a header stands over numbers that refer to something."""
    return plain(text) in _REFERENCES


_BENCHMARK = pattern_of("vergelijking", "header")


def says_benchmark(words: str) -> bool:
    """Whether words in lower case say that a column holds values of others to compare with."""
    return _BENCHMARK.search(words) is not None


def tells_of_a_table(text: str) -> bool:
    """Whether a text says something of a table, with its name in front: no title, and no name of a column.

    >>> tells_of_a_table("Looptijd: t/m 2041"), tells_of_a_table("Programma: Jeugd"), tells_of_a_table("Doel:")
    (True, False, False)
    """
    name, colon, said = text.partition(":")
    return bool(colon and said.strip()) and (plain(name) in _TOLD_OF_A_TABLE or attribute(name) is not None)


@lru_cache(maxsize=1 << 13)
def likeness(text: str) -> int:
    """How much a text looks like a column header: 3 surely, 1 perhaps, 0 unknown, negative hardly."""
    lowered = plain(text)
    if year_of(text) is not None:
        return 3
    if MARKER_HEADER.fullmatch(text):
        return 2
    if len(text) > 70 or text.endswith("?"):
        return -2
    if unit_in(text):
        bare = without_unit(text)
        is_header = year_of(bare[:4]) is not None or plain(bare) == "bedrag"
        return likeness(bare) if is_header and bare != text else -2
    if lowered in CORNER_WORDS:
        return -1
    if _NUMBERED.match(text):
        return -2
    words = lowered.split()
    has_year = _YEAR.search(lowered) is not None
    has_stand = stand_in(lowered) is not None
    has_grootheid = (
        column_meaning((text,)).grootheid is not None or _INDICATOR_WORDS.search(lowered) is not None
    )
    if _ROW_OR_TITLE.match(lowered) and not has_year:
        if len(words) == 2 and has_stand:
            return 1  # a quantity and a state, and nothing of what it is: "Saldo begroot"
        return -2 if len(words) > 1 else 0
    if _TITLE.match(lowered):
        return -2
    if has_year and (has_stand or has_grootheid) and len(words) <= 12:
        return 3
    if attribute(text):
        return 2
    if has_stand and len(words) <= 4:
        return 2
    if has_year and len(words) <= 4:
        return 2
    if (
        lowered == "bedrag"
        or _PARTS_OF_A_YEAR.fullmatch(lowered)
        or (has_grootheid and len(words) <= 3)
        or (_CHANGE_IN.search(lowered) and len(words) <= 4)
    ):
        return 1
    if re.match(r"\d", text):
        return -1
    return 0


def unit_part(text: str) -> str:
    """What a text says about units and signs, and nothing else: the rest of ``without_unit``."""
    parts = [m.group() for m in _LEGEND.finditer(text)]
    rest = _LEGEND.sub(" ", text)
    if unit_in(rest):
        parts += [m.group() for m in _UNIT_FRAGMENT.finditer(rest)]
    return clean(" ".join(parts))
