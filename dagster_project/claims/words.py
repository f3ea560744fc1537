"""What a label or a header says to whoever looks for sums, and whether two names are one.

What does not belong here: the words themselves (``reading.field_words``), and what follows from one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dagster_project.reading.field_words import WORDS
from dagster_project.reading.meaning import plain

_STEM = 5  # letters of a word that singular and plural share
_NUMBERED = re.compile(r"^(?:\d{1,2}[a-z]?|[ivx]+)[.)]? ?(?=\D)")


@lru_cache(maxsize=1 << 14)
def meanings(label: str, place: str) -> frozenset[str]:
    """What the table of words says of a label or header; a number in front of a label is no word.

    >>> sorted(meanings("Berekend EMU-saldo", "row")), sorted(meanings("Krediet", "column"))
    (['emu', 'som'], ['jarensom'])
    """
    words = plain(label)
    bare = _NUMBERED.sub("", words)
    return frozenset(
        w.meaning
        for w, pattern in _COMPILED
        if w.place == place and (pattern.search(bare) or pattern.search(words))
    )


def is_alike(one: str, other: str) -> bool:
    """Whether two names, in words, begin alike word for word: singular and plural are one name.

    >>> is_alike("algemene reserves", "algemene reserve"), is_alike("ozb", "gemeentefonds")
    (True, False)
    """
    pairs = list(zip(one.split(), other.split(), strict=False))
    return bool(pairs) and all(a[:_STEM] == b[:_STEM] for a, b in pairs)


_COMPILED = tuple((w, re.compile(w.pattern)) for w in WORDS if w.place in ("row", "column"))
