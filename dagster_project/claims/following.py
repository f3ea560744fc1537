"""What stands behind a row on its level, told without looking at all of it again for every row.

What does not belong here: what follows from it (``row_sums``, ``totals``, ``balances``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dagster_project.claims.level import meaning_of
from dagster_project.claims.structure import Group
from dagster_project.reading.model import Row


def _is_total_of(side: str) -> Callable[[str | None, str], bool]:
    return lambda quantity, rol: rol in ("total", "subtotal") and quantity in (None, side)


class Siblings:
    """The children of one level, in order, and where the last one of each kind stands; -1: none does."""

    def __init__(self, children: Sequence[Row | Group]) -> None:
        self.children = children

    def behind(self, at: int) -> Following:
        """What stands behind the child with this index."""
        return Following(self, at + 1)

    @cached_property
    def last_row(self) -> int:
        """The last row that is no group."""
        return self._last(lambda quantity, rol: True)

    @cached_property
    def last_total_or_balance(self) -> int:
        """The last row that is called a total or a balance."""
        return self._last(lambda quantity, rol: rol in ("total", "balance"))

    @cached_property
    def last_total_of(self) -> dict[str, int]:
        """By side, the last row that is called a total or subtotal of it, or of nothing."""
        return {side: self._last(_is_total_of(side)) for side in ("lasten", "baten")}

    def _last(self, is_meant: Callable[[str | None, str], bool]) -> int:
        for i in range(len(self.children) - 1, -1, -1):
            child = self.children[i]
            if isinstance(child, Row) and is_meant(*meaning_of(child)):
                return i
        return -1


@dataclass(frozen=True, slots=True)
class Following:
    """The children of a level from ``begin`` on; false where there are none."""

    siblings: Siblings
    begin: int

    def __bool__(self) -> bool:
        return self.begin < len(self.siblings.children)

    @property
    def first(self) -> Row | Group | None:
        """What stands right behind, None where nothing does."""
        return self.siblings.children[self.begin] if self else None

    def has_row(self) -> bool:
        """Whether any row follows, and not groups only."""
        return self.siblings.last_row >= self.begin

    def has_total_or_balance(self) -> bool:
        """Whether a row follows that is called a total or a balance."""
        return self.siblings.last_total_or_balance >= self.begin

    def has_total_of(self, side: str) -> bool:
        """Whether the total of lasten or of baten follows, or one that does not say of what."""
        return self.siblings.last_total_of[side] >= self.begin


NOTHING = Following(Siblings(()), 0)
