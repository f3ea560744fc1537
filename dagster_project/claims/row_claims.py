"""What the rows of one table claim: totals with how far they reach, balances, and the roles that follow.

Nouns only, and the one question that words may leave open. Which rows make a claim is found in ``row_sums``,
what its numbers say of it in ``readings``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dagster_project.claims.entries import Entry, Reach
from dagster_project.claims.families import Formula
from dagster_project.claims.printed_formulas import Terms


@dataclass(frozen=True, slots=True)
class TotalOf:
    """A total row with the readings of how far it reaches, the most likely first, and the one taken."""

    kind: str
    total: int
    reaches: tuple[Reach, ...]
    is_sure: bool
    taken: int = 0
    survived: int = 0  # how many of the reaches hold
    is_thin: bool = False  # numbers chose the reach, and no more of them than it takes


NONE = -1


class Decision(NamedTuple):
    """Which of several readings holds, by its index, NONE: none of them; and how many do.

    ``is_thin``: numbers chose it, and without one of them they would not have.
    """

    taken: int
    survived: int
    is_thin: bool = False


Ask = Callable[[TotalOf], Decision]


@dataclass(slots=True)
class RowSums:
    """All that the rows of one table claim."""

    totals: list[TotalOf] = field(default_factory=list)
    unanswered: list[TotalOf] = field(default_factory=list)  # totals of which no reach holds
    untried: list[int] = field(default_factory=list)  # rows called totals that were not tried any more
    balances: list[Formula] = field(default_factory=list)
    closing_items: dict[int, list[int]] = field(default_factory=dict)  # total -> resultaat rows inside it
    unclaimed_balances: list[int] = field(default_factory=list)  # a saldo without parts at its own level
    roles: dict[int, str] = field(default_factory=dict)  # row no -> role found by structure
    formulas: Mapping[int, Terms] = field(default_factory=dict)  # row no -> what its label says it sums
    top: list[Entry] = field(default_factory=list)  # what is left open at the outermost level

    def add_total(self, total: TotalOf, rol: str) -> None:
        """The row is a total, with this role: subtotal or total."""
        self.totals.append(total)
        self.roles[total.total] = rol

    def add_balance(self, formula: Formula, rol: str = "balance") -> None:
        """The row follows from others by this formula, and has this role."""
        self.balances.append(formula)
        self.roles[formula.total] = rol
