"""Words that say whether the next line goes on: the only evidence where the space between lines is equal.

What does not belong here: geometry.
"""

from __future__ import annotations

import re

LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")  # the dots of a table of contents
WITH_YEAR = re.compile(r"\((?:[^()]*\D)?(?:19|20)\d\d[^()]*\)")  # 5,8 (2014): one of several in a cell
_STARTS_SMALL = re.compile(r"[a-zà-ÿ(&+/]")
_UNFINISHED = re.compile(r"(?:[-,/(&]|\b(?:en|of|van|voor|de|het|met|tot|in|op|aan|bij|t\.b\.v\.|o\.a\.))$")


def is_unfinished(text: str) -> bool:
    """Whether a line ends in the middle: an open bracket, a hyphen, a comma or a word that needs another."""
    return bool(_UNFINISHED.search(text)) or text.count("(") > text.count(")")


def starts_small(text: str) -> bool:
    """Whether a line starts as the rest of another does: small letter, bracket or sign."""
    return bool(_STARTS_SMALL.match(text))


def goes_on(text: str, following: str) -> bool:
    """Whether two lines under each other are one text."""
    return is_unfinished(text) or starts_small(following)
