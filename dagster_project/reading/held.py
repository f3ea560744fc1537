"""The groups that are open while rows are placed, and the rows that each holds so far: in the same time however many.

The search tries many ways at each row, and every way has its own groups. Where a group copied all of its rows for
each, a table of twice the rows would take four times as long. What the search asks of many rows is answered by what
they say together; the rows themselves are kept while there are few, which is as long as sums are tried.

What does not belong here: what is asked of a row, and at what price (``moves``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MOST_SUMMED = 400  # rows of a group whose sums are tried


class Held:
    """Rows in order. Never changed: adding rows makes another one."""

    __slots__ = ("apart", "count", "last", "rows", "said")

    def __init__(self, rows: tuple[int, ...], count: int, last: int, said: int, apart: Held | None) -> None:
        self.rows = rows  # empty where there are more than MOST_SUMMED
        self.count = count
        self.last = last  # -1: there is none
        self.said = said  # bits: what any of the rows says of itself
        self.apart = (
            self if apart is None else apart
        )  # those of them that stay when a subtotal takes the others

    @classmethod
    def one(cls, row: int, said: int, is_apart: bool) -> Held:
        """A single row; ``said`` are the bits of what it says, ``is_apart`` whether a subtotal leaves it."""
        return cls((row,), 1, row, said, None if is_apart else NONE)

    def __bool__(self) -> bool:
        return self.count > 0

    def and_(self, other: Held) -> Held:
        """These rows and then the others."""
        if not self.count:
            return other
        if not other.count:
            return self
        count = self.count + other.count
        is_apart = self.apart is self and other.apart is other
        return Held(
            self.rows + other.rows if count <= MOST_SUMMED else (),
            count,
            other.last,
            self.said | other.said,
            None if is_apart else self.apart.and_(other.apart),
        )

    def since(self) -> Held:
        """The rows less those that stand apart; all of them where they are too many to be summed."""
        rows = tuple(row for row in self.rows if row not in self.apart.rows)
        return Held(rows, len(rows), self.last, self.said, None) if rows else self


NONE = Held((), 0, -1, 0, None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: headings above it and its own label; the group it is in; what part it has there."""

    path: tuple[str, ...]
    block: int
    carries: bool = False  # the rows below it are its parts
    is_first: bool = False  # the total of rows that follow it
    closes: bool = False


class OpenGroup(NamedTuple):
    """A heading, or a row that holds others, and what stands in it so far."""

    label: str
    no: int
    shape: str
    indent: int
    members: Held = NONE
    carrier: int | None = None
    first: int | None = None
    size: int = 0
    is_outer: bool = False
    line: int = -1
    level: int = -1
    own: int = 0  # rows that stand in it itself, in no group inside it


class Trail(NamedTuple):
    """The place of a row, and those of the rows before it."""

    before: Trail | None
    place: Place


class PlacedSoFar(NamedTuple):
    """The groups that are open at a line, what it cost to come there, and where the rows above it stand."""

    cost: float
    stack: tuple[OpenGroup, ...]
    root: Held
    trail: Trail | None
    groups: int
    first: int | None = None  # a total that stands first in the table
