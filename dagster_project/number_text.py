"""A number as a sentence writes it, in Dutch and in English.

What does not belong here: reading numbers (``reading.numbers``), and the sentences.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def dutch(number: Decimal | Fraction | float, decimals: int = 0) -> str:
    """A number with points between thousands and a comma before decimals."""
    text = f"{Decimal(str(float(number))) if isinstance(number, Fraction) else Decimal(str(number)):,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def english(number: Decimal | Fraction | float, decimals: int = 0) -> str:
    """A number with commas between thousands and a point before decimals."""
    return dutch(number, decimals).translate(str.maketrans(",.", ".,"))


def places_of(number: Decimal) -> int:
    """How many digits behind the comma a number needs; below zero where it ends in noughts before the comma."""
    exponent = number.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{number} is no finite number")
    return -exponent
