"""What the rows of one table claim: totals with how far they reach, balances, and the roles that follow.

Nouns, and the one question that words may leave open. Which rows make a claim is found in ``row_sums``, what its
numbers say of it in ``readings``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dagster_project.claims.entries import Entry, Reach
from dagster_project.claims.families import ClaimedSum, Family, FamilyReading, Formula
from dagster_project.claims.printed_formulas import Terms
from dagster_project.claims.readings import Decision, Evidence, by_evidence


@dataclass(frozen=True, slots=True)
class TotalOf:
    """A total row with the readings of how far it reaches, the most likely first, and the one taken."""

    kind: str
    total: int
    reaches: tuple[Reach, ...]
    is_sure: bool
    taken: int = 0
    survived: int = 0  # how many of the reaches hold
    is_thin: bool = False  # its own numbers chose the reach
    keeps_all: bool = False  # every reach is kept, to place rows by: no number tells which one it is


def total_family(table_no: int, total: TotalOf, columns: Sequence[int], labels: Mapping[int, str]) -> Family:
    """The readings of how far a total reaches, each called after its first and last row."""
    readings = []
    for reach in total.reaches:
        claims = tuple(
            ClaimedSum(
                total.kind,
                "column",
                (table_no, total.total, c),
                tuple(((table_no, row, c), sign) for row, sign in reach),
            )
            for c in columns
        )
        ends = dict.fromkeys(labels[row] for row in (reach[0][0], reach[-1][0]))
        readings.append(FamilyReading(f"{' t/m '.join(ends)} ({len(reach)})", claims))
    return Family(
        f"bereik_rij_{total.total}", table_no, tuple(readings), total.is_sure, is_thin=total.is_thin
    )


@dataclass(frozen=True, slots=True)
class Reaches:
    """What decides how far the totals of one table reach, where words leave more than one possibility."""

    evidence: Evidence
    table_no: int
    columns: Sequence[int]  # in which the rows are summed
    labels: Mapping[int, str]  # of the rows

    def decide(self, total: TotalOf) -> Decision:
        """The reach that holds, of those that the total may have."""
        return by_evidence(total_family(self.table_no, total, self.columns, self.labels), self.evidence)


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
