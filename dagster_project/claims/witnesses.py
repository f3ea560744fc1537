"""One table published twice: which cell of the second publication repeats which of the first, and the sums that say so.

Everything that pairs publications comes here, whether they stand in a warehouse or were only just read. What does
not belong here: what two publications mean for a number (``proof``), and where records come from.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

ONE = Decimal(1)


class Print(NamedTuple):
    """One cell of a publication. ``amount`` in printed units, None where a mark says there is no number."""

    cell_id: str
    table_id: str
    table_no: int
    caption: str
    unit: str | None
    decimals: int
    sign: int
    amount: Decimal | None
    row_path: str
    column_path: str


@dataclass(frozen=True, slots=True)
class Witness:
    """One cell of a second publication. ``first`` is the cell that it repeats, None where the first has none there.

    rule_id: the sum that both are the same; None where they are not printed in the same way, or not both a number.
    """

    cell_id: str
    table_id: str
    first: Print | None
    first_table_id: str
    is_comparable: bool
    rule_id: str | None
    description: str
    description_en: str

    @property
    def terms(self) -> tuple[tuple[str, Decimal], ...]:
        """Of the sum: (cell_id, coefficient), the number of the second publication last, as what is checked."""
        assert self.first is not None
        return (self.first.cell_id, ONE), (self.cell_id, -ONE)


def first_publications(same_as: Mapping[str, str | None]) -> dict[str, str]:
    """Of each document that is another publication of one that is there: the first of all these.

    ``same_as``: of every document that is there, what it says to be another publication of. Of documents that name
    each other in a circle, the first in order of name is the first publication.
    """
    firsts: dict[str, str] = {}
    for document in same_as:
        path = [document]
        while (named := same_as[path[-1]]) is not None and named in same_as and named not in path:
            path.append(named)
        first = min(path[path.index(named) :]) if named in path else path[-1]
        if first != document:
            firsts[document] = first
    return firsts


def witnesses(
    document_id: str, seconds: Sequence[Print], first_document_id: str, firsts: Sequence[Print]
) -> list[Witness]:
    """Every cell of the tables of a second publication that the first publication prints too.

    ``seconds`` and ``firsts`` are the cells of the two documents, those of one table in the order in which they are
    printed: equal paths in one table are told apart by it. Cells whose reading is asked about must not be among them.
    """
    placed, first_placed = _placed(seconds), _placed(firsts)
    by_table = {(p.table_id, place): p for place, p in first_placed}
    partners = _partners(placed, first_placed)
    found = []
    for place, cell in placed:
        first_table = partners.get(cell.table_id)
        if first_table is not None:
            first = by_table.get((first_table, place))
            found.append(_witness(document_id, cell, first_document_id, first, first_table))
    return found


# --- which table is which -----------------------------------------------------------------------------

_Place = tuple[str, str, int]


def _same_words(label: str) -> str:
    """A label without what publications differ in: case and spaces."""
    return label.replace(" ", "").lower()


def _placed(cells: Iterable[Print]) -> list[tuple[_Place, Print]]:
    """Each cell with its row, column, and how often these were printed in its table until there."""
    times: Counter[tuple[str, str, str]] = Counter()
    found = []
    for cell in cells:
        row, column = _same_words(cell.row_path), _same_words(cell.column_path)
        times[cell.table_id, row, column] += 1
        found.append(((row, column, times[cell.table_id, row, column]), cell))
    return found


def _partners(
    seconds: Sequence[tuple[_Place, Print]], firsts: Sequence[tuple[_Place, Print]]
) -> dict[str, str]:
    """Which table of the first publication a table of the second repeats, by table_id.

    Two tables are the same table where most cells of the second stand at the same paths; each has at most one
    partner: the one with most such cells, then of the same caption, then nearest in the document.
    """
    there: dict[_Place, list[Print]] = defaultdict(list)
    for place, cell in firsts:
        there[place].append(cell)
    sizes: Counter[str] = Counter(cell.table_id for _, cell in seconds)
    about: dict[tuple[str, str], tuple[Print, Print]] = {}
    equal: Counter[tuple[str, str]] = Counter()
    for place, cell in seconds:
        for first in there.get(place, ()):
            equal[cell.table_id, first.table_id] += 1
            about[cell.table_id, first.table_id] = cell, first
    best_of_second: dict[str, tuple[tuple, str]] = {}
    best_of_first: dict[str, tuple[tuple, str]] = {}
    for (second, partner), count in equal.items():
        if count * 2 <= sizes[second]:
            continue
        one, other = about[second, partner]
        is_other_caption = _same_words(one.caption) != _same_words(other.caption)
        rank = (-count, is_other_caption, abs(one.table_no - other.table_no))
        choice = (*rank, other.table_no), partner
        best_of_second[second] = min(best_of_second.get(second, choice), choice)
        choice = (*rank, one.table_no), second
        best_of_first[partner] = min(best_of_first.get(partner, choice), choice)
    return {
        second: partner
        for second, (_, partner) in best_of_second.items()
        if best_of_first[partner][1] == second
    }


# --- which number is which ----------------------------------------------------------------------------


def _witness(
    document_id: str, cell: Print, first_document_id: str, first: Print | None, first_table_id: str
) -> Witness:
    is_comparable = first is not None and first.amount is not None and cell.amount is not None
    # The same figure printed twice in the same way must be the same figure.
    is_sum = first is not None and is_comparable and _notation(cell) == _notation(first)
    where = f'"{first.row_path}", {first.column_path}' if first else ""
    return Witness(
        cell_id=cell.cell_id,
        table_id=cell.table_id,
        first=first,
        first_table_id=first_table_id,
        is_comparable=is_comparable,
        rule_id=_rule_id(document_id, first.cell_id, cell.cell_id) if first and is_sum else None,
        description=f"{where}: gelijk aan de eerste publicatie ({first_document_id})",
        description_en=f"{where}: the same as in the first publication ({first_document_id})",
    )


def _notation(cell: Print) -> tuple[str | None, int, int]:
    return cell.unit, cell.decimals, cell.sign


def _rule_id(document_id: str, first_cell_id: str, cell_id: str) -> str:
    """``<document_id>/g`` and twelve hex digits that depend on the two cells."""
    digest = hashlib.md5(f"{first_cell_id}|{cell_id}".encode(), usedforsecurity=False).hexdigest()
    return f"{document_id}/g{digest[:12]}"
