"""Rows under a header that name no column: they say how columns follow from each other, or in what they are counted.

What does not belong here: what a formula claims (``claims``), and the unit of a whole table (``header_words``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .formulas import are_formulas
from .header_words import is_only_unit
from .numbers import is_unit_name

_RATE = re.compile(
    r"(?:\S+ )?per [\d.]{3,} \S.*", re.IGNORECASE
)  # per 1.000 inwoners; per 31 december is a day
_BEFORE_UNIT = re.compile(r"^(?:in|per|aantal|x)\s+", re.IGNORECASE)


def names_nothing(texts: Sequence[str]) -> bool:
    """Whether a row of a header names no column: formulas or units.

    >>> names_nothing(["a", "b", "c = a - b"]), names_nothing(["in €", "", "in %"]), names_nothing(["Lasten", "in %"])
    (True, True, False)
    """
    return are_formulas(texts) or is_unit_row(texts)


def is_unit_row(texts: Sequence[str]) -> bool:
    """Whether a row of a header says in what its columns are counted, and nothing else: ``in €``, ``in %``, ``stuks``."""
    filled = [t for t in texts if t]
    return len(filled) > 1 and all(map(is_unit_of_column, filled))


def is_unit_of_column(text: str) -> bool:
    """Whether a text says in what a column is counted, and nothing else.

    >>> [is_unit_of_column(t) for t in ("in %", "(x € 1.000)", "per 1.000 inwoners", "per 31 december")]
    [True, True, True, False]
    """
    bare = re.sub(r"^\((.*)\)$", r"\1", text)
    return is_only_unit(bare) or is_unit_name(_BEFORE_UNIT.sub("", bare)) or _RATE.fullmatch(bare) is not None


__all__ = ["is_unit_of_column", "is_unit_row", "names_nothing"]
