"""Rows under a header that name no column: they say how columns follow from each other, or in what they are counted.

What does not belong here: what a formula claims (``claims``), and the unit of a whole table (``header_words``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .formulas import are_formulas
from .header_words import is_only_unit, unit_in
from .meaning import MONEY_UNITS
from .numbers import is_unit_name

_RATE = re.compile(
    r"(?:\S+ )?per [\d.]{3,} \S.*", re.IGNORECASE
)  # per 1.000 inwoners; per 31 december is a day
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_BEFORE_UNIT = re.compile(r"^(?:in|per|aantal|x)\s+", re.IGNORECASE)


def names_nothing(texts: Sequence[str]) -> bool:
    """Whether a row of a header names no column: formulas, units or the columns counted.

    >>> names_nothing(["a", "b", "c = a - b"]), names_nothing(["in €", "", "in %"]), names_nothing(["Lasten", "in %"])
    (True, True, False)
    """
    return are_formulas(texts) or is_unit_row(texts) or counts_columns(texts)


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether a row below a header numbers the columns, those of the labels among them or not.

    In the right half of a table the numbers go on from those of the left one.

    >>> counts_columns(["1", "2", "3"]), counts_columns(["", "(2)", "(3)", "(4)"]), counts_columns(["", "7", "8", "9"])
    (True, True, False)
    """
    numbers = [t.strip("()[].") for t in texts if t]
    if len(numbers) < 3 or not re.fullmatch(r"[12]" if not texts[0] else r"1?\d", numbers[0]):
        return False
    return numbers == [str(n) for n in range(int(numbers[0]), int(numbers[0]) + len(numbers))]


def is_unit_row(texts: Sequence[str]) -> bool:
    """Whether a row of a header says in what its columns are counted, and nothing else: ``in €``, ``in %``, ``stuks``."""
    filled = [t for t in texts if t]
    return len(filled) > 1 and all(map(is_unit_of_column, filled))


def units_in_line(text: str) -> tuple[str, ...]:
    """The units in brackets that a line consists of; none where it holds anything else.

    >>> units_in_line("(fte) (fte) (x € 1.000)"), units_in_line("Lasten (x € 1.000)")
    (('fte', 'fte', 'x € 1.000'), ())
    """
    found = tuple(unit.strip() for unit in _IN_BRACKETS.findall(text))
    are_units = all(map(is_unit_of_column, found))
    return found if are_units and not _IN_BRACKETS.sub("", text).strip() else ()


def is_unit_of_column(text: str) -> bool:
    """Whether a text says in what a column is counted, and nothing else.

    >>> [is_unit_of_column(t) for t in ("in %", "(x € 1.000)", "per 1.000 inwoners", "per 31 december")]
    [True, True, True, False]
    """
    bare = _without_brackets(text)
    return is_only_unit(bare) or is_unit_name(_BEFORE_UNIT.sub("", bare)) or _RATE.fullmatch(bare) is not None


def counted_in_row(text: str) -> str | None:
    """What a cell of a row of units says that its column counts, where that is no money.

    >>> [counted_in_row(t) for t in ("in %", "(x € 1.000)", "€", "", "per 1.000 inwoners")]
    ['%', None, None, None, 'per 1.000 inwoners']
    """
    bare = _without_brackets(text)
    unit = _BEFORE_UNIT.sub("", bare) if is_unit_name(_BEFORE_UNIT.sub("", bare)) else bare
    return unit if unit and unit not in MONEY_UNITS and unit_in(bare) is None else None


def _without_brackets(text: str) -> str:
    return re.sub(r"^\((.*)\)$", r"\1", text)


__all__ = ["counted_in_row", "counts_columns", "is_unit_of_column", "is_unit_row", "names_nothing"]
