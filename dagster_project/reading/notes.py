"""Texts between the rows of a table that are no part of it: sentences that explain."""

from __future__ import annotations

import re

from .header_words import attribute

_SENTENCE = re.compile(r"\S+(?: \S+){2,}[^.]\.$")
_ABBREVIATED = re.compile(
    r"(?:\b\w\.?\w|\b(?:etc|div|alg|excl|incl|enz|voorz|res|ond|overh|onderh|wijz|begr|rek|dekkingsmidd|mln))\.$",
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
    """Four words or more and a full stop that ends no abbreviation."""
    return _SENTENCE.fullmatch(text) is not None and _ABBREVIATED.search(text) is None
