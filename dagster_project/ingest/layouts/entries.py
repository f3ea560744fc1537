"""Tokens to entries: every run of values with the texts before it.

What is one run is settled here, and what is no value at all: years that head columns become texts, a
number at the foot of a page goes, V and N join the number that they belong to. What does not belong here:
what the texts are, and how many columns there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..numbers import MARKER, year_of
from ..numbers import read as read_number
from .tokens import Stream, Token, Value

PAGE_FOOT = re.compile(r"^(?:pagina|pag\.?|blz\.?)\s*\d|(?:^|\s)\d{1,3}$", re.IGNORECASE)
_LONGEST_MARKER = 9  # voordelig
_YEARS_IN_ORDER = 3


@dataclass(slots=True)
class Entry:
    """The texts before a run of values, and the run."""

    labels: list[Token]
    values: list[Value]
    is_row: bool = False  # the last label stands on the line of the values


def entries_of(stream: Stream) -> tuple[list[Entry], list[Token]]:
    """Runs of values with the texts before them, and the texts that follow the last run.

    No entry is without values, any may be without texts. Never fails: a stream of texts alone is all tail.
    """
    entries: list[Entry] = []
    labels: list[Token] = []
    for token in _runs(stream):
        if token.values is None:
            labels.append(token)
        else:
            entries.append(Entry(labels, list(token.values), token.is_row))
            labels = []
    return entries, labels


def _runs(stream: Stream) -> list[Token]:
    """Tokens with the values of one row in one run; runs of years that are headers become texts."""
    tokens = _without_page_numbers(list(stream.tokens))
    if stream.layout == "lines":
        tokens = _gather(tokens)
    result: list[Token] = []
    for token in tokens:
        years = _header_years(token.values) if token.values is not None else 0
        if token.values is not None and years:
            result += [
                Token(v, line, None, token.page, token.starts_page) for v, line in token.values[:years]
            ]
            token = token._replace(values=token.values[years:])
        if token.values is None or token.values:
            result.append(token)
    return result


def _without_page_numbers(tokens: list[Token]) -> list[Token]:
    """Tokens less the numbers that stand alone at the foot of a page."""
    return [
        token
        for token, following in zip(tokens, [*tokens[1:], None], strict=True)
        if following is None
        or following.page == token.page
        or token.values is None
        or token.is_row
        or not (len(token.values) == 1 and PAGE_FOOT.fullmatch(token.values[0][0]))
    ]


def _header_years(values: tuple[Value, ...]) -> int:
    """How many years a run begins with that are headers: all of them, or three and more in order."""
    years = 0
    while years < len(values) and (year := year_of(values[years][0])) is not None:
        if years and abs(year - int(values[years - 1][0])) != 1:
            break
        years += 1
    return years if years == len(values) or years >= _YEARS_IN_ORDER else 0


def _gather(tokens: list[Token]) -> list[Token]:
    """Values that follow each other as one run; V and N join the number that they belong to."""
    gathered: list[Token] = []
    run: list[Value] = []
    prefix = ""
    for token in tokens:
        if token.values is None:
            if run:
                gathered.append(Token("", run[0][1], tuple(run)))
                run = []
            gathered.append(token)
            prefix = ""
            continue
        text, line = token.values[0]
        if not _is_marker(text):
            run.append((prefix + text if prefix else text, line))
            prefix = ""
        elif run and not prefix and not _has_marker(run[-1][0]):
            run[-1] = (f"{run[-1][0]} {text}", run[-1][1])
        else:
            prefix = text + " "
    if run:
        gathered.append(Token("", run[0][1], tuple(run)))
    return gathered


@lru_cache(maxsize=1 << 12)
def _is_marker(text: str) -> bool:
    if len(text) > _LONGEST_MARKER:
        return False
    found = read_number(text)
    return len(found) == 1 and found[0].mark == MARKER


def _has_marker(text: str) -> bool:
    found = read_number(text)
    return len(found) == 1 and found[0].marker is not None
