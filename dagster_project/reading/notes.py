"""Texts between the rows of a table that are no part of it: sentences that explain."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"\S+(?: \S+){2,}[^.]\.$")
_ABBREVIATED = re.compile(
    r"(?:\b\w\.?\w|\b(?:etc|div|alg|excl|incl|enz|voorz|res|ond|overh|onderh|wijz|begr|rek|dekkingsmidd|mln))\.$",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """A sentence over the full width: an explanation, no heading.

    >>> is_note("Inwoners van 19 jaar en ouder."), is_note("Ov. alg. dekkingsmidd.")
    (True, False)
    """
    return _SENTENCE.fullmatch(text) is not None and _ABBREVIATED.search(text) is None
