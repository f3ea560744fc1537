"""What kind of table it is, in which unit, and what a row without a quantity of its own is about.

Decided from words: caption, corner, headers, labels. No numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .field_words import pattern_of
from .header_words import unit_in
from .meaning import column_meaning, plain, row_meaning

_INDICATOR = pattern_of("indicator", "header")
_SAVINGS = pattern_of("besparing", "heading")
_SOCIAL = pattern_of("sociaal_domein", "heading")
_RESERVES = pattern_of("reserve", "heading")
# stocks that are no reserves: a balance sheet, loans, land
_OTHER_STOCKS = pattern_of("andere_stand", "heading")
_DIVISION = pattern_of("programma_of_taakveld", "heading")
_EXPLOITATION = pattern_of("exploitatie", "heading")
_FLOWS = {"toevoeging", "onttrekking", "begin", "eind", "mutatie"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a table that tell its kind."""

    caption: str
    corner: str
    columns: tuple[tuple[str, ...], ...]
    attributes: tuple[str, ...]
    labels: tuple[str, ...]
    headings: tuple[str, ...]


def kind_of(words: Words) -> str:
    """The kind of a table, one of ``vocabulary.KINDS``."""
    headers = plain(" ".join([words.corner, *(p for path in words.columns for p in path), *words.attributes]))
    above = plain(words.caption)
    if _INDICATOR.search(headers) or "eenheid" in words.attributes or ("bron" in words.attributes):
        return "indicatoren"
    if "indicator" in above and not unit_in(words.caption):
        return "indicatoren"
    by_row = {row_meaning(label).grootheid for label in words.labels}
    by_column = {column_meaning(path).grootheid for path in words.columns}
    texts = plain(" ".join([words.caption, words.corner, *words.headings, *words.labels]))
    if _SAVINGS.search(plain(f"{words.caption} {words.corner}")) and by_row & {
        "besparing",
        "investering",
        "besparingspotentieel",
    }:
        return "besparingen"
    exploits = ("lasten" in by_row and "baten" in by_row) or ("lasten" in by_column and "baten" in by_column)
    named = plain(" ".join([words.caption, words.corner, *words.headings]))
    is_other = _OTHER_STOCKS.search(named) is not None and _RESERVES.search(named) is None
    flows = 0 if is_other else len((by_row | by_column) & _FLOWS)
    if exploits:
        return "exploitatie"
    if flows >= 2:
        return "reserves"
    if flows and _RESERVES.search(texts):
        return "reserves"
    if {"besparing", "besparingspotentieel"} & by_row:
        return "besparingen"
    social = len(set(_SOCIAL.findall(texts)))
    if social >= 2 and not by_column & {"baten"} and not by_row & {"baten"} and not _DIVISION.search(texts):
        return "sociaal_domein"
    if {"lasten", "baten", "saldo"} & (by_row | by_column) or _EXPLOITATION.search(texts):
        return "exploitatie"
    return "bedragen"


def quantity_of(words: Words, kind: str) -> str | None:
    """The quantity of rows that name none: from caption or corner, or ``lasten`` in an overview of costs only."""
    for text in (words.corner, words.caption):
        meant = row_meaning(re.sub(r"\(.*?\)", " ", text)).grootheid
        if meant in ("lasten", "baten", "saldo"):
            return meant
    if kind == "sociaal_domein":
        return "lasten"
    return None
