"""Texts between the rows of a table that are no part of it: sentences that explain, and what every page prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .field_words import pattern_of
from .header_texts import make_of
from .header_words import attribute
from .numbers import clean, year_of

_SENTENCE = re.compile(r"\S+(?: \S+){2,}[^.]\.$")
_ABBREVIATED = re.compile(
    r"(?:\b[^\W\d]\.?[^\W\d]|\b(?:etc|div|alg|excl|incl|enz|voorz|res|ond|overh|onderh|wijz|begr|rek|dekkingsmidd|mln))\.$",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """A sentence over the full width, or a unit, source or explanation with its name in front: no heading.

    >>> is_note("Inwoners van 19 jaar en ouder."), is_note("Bron: CBS"), is_note("Ov. alg. dekkingsmidd.")
    (True, True, False)
    """
    name, colon, said = text.partition(":")
    if colon and said.strip() and attribute(name) is not None:
        return True
    return is_sentence(text)


def is_sentence(text: str) -> bool:
    """Four words or more and a full stop that ends no abbreviation.

    >>> is_sentence("Volume stijgt; tarief is € 38,40."), is_sentence("Zie ook blz. 27."), is_sentence("Lasten e.d. van o.a.")
    (True, True, False)
    """
    return _SENTENCE.fullmatch(text) is not None and _ABBREVIATED.search(text) is None


@lru_cache(maxsize=1 << 10)
def is_furniture(text: str) -> bool:
    """What pages print above or below a table on every page: the title of the document, with the number of the page or not.

    >>> [is_furniture(t) for t in ("Jaarstukken 2023", "Jaarstukken 2023 112", "112 | Jaarstukken 2023", "Jaarstukken")]
    [True, True, True, False]
    >>> is_furniture("Begroting 2025 pagina 14 van 96"), is_furniture("Pagina 3 van 5")
    (True, True)
    >>> is_furniture("Jaarrekening 2022 Bergen pagina 112 van 168"), is_furniture("Gemeente Bergen Begroting 2025 141")
    (True, True)
    """
    return _FURNITURE.fullmatch(clean(text)) is not None


_FURNITURE = pattern_of("paginarand", "line as printed")


def furniture_among(texts: Iterable[str]) -> frozenset[str]:
    """Which of the texts between rows every page prints. A state with a year is none where another stands among them.

    >>> sorted(furniture_among(["Jaarstukken 2024", "Lasten"]))
    ['Jaarstukken 2024']
    >>> sorted(furniture_among(["Rekening 2023", "Begroting 2024", "Lasten"]))
    []
    """
    told = frozenset(texts)
    found = frozenset(t for t in told if is_furniture(t))
    states = {t for t in told if make_of(t) == ("state", "9")}
    return found - states if len(states) > 1 else found


# with a number behind it, which may be its value
_MAY_BE_STATE = pattern_of("paginarand_of_stand", "line as printed")


def is_of_page(text: str) -> bool:
    """A page number, or the name of the document: for certain no year and no state, which may stand above a table.

    >>> is_of_page("28"), is_of_page("2025"), is_of_page("Begroting 2025"), is_of_page("Jaarstukken 2024")
    (True, False, False, True)
    """
    return is_page_number(text) or (is_furniture(text) and _MAY_BE_STATE.fullmatch(clean(text)) is None)


_LINK = re.compile(r"(?:ga )?terug(?: naar (?:navigatie|boven|overzicht)\b.*)?", re.IGNORECASE)


def is_link(text: str) -> bool:
    """What leads a reader of a web page elsewhere on it: no title.

    >>> is_link("Terug naar navigatie - Kerngegevens"), is_link("ga terug"), is_link("Terug naar de kern")
    (True, True, False)
    """
    return _LINK.fullmatch(text) is not None


def is_page_number(text: str) -> bool:
    """A whole number that is no year."""
    return text.isdecimal() and year_of(text) is None
