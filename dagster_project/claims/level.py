"""One level of the tree in the making: what is open on it, and how rows that sum nothing join it.

What does not belong here: which rows close what is open. Totals and balances have modules of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dagster_project.claims.entries import Entry, closing_row, reach
from dagster_project.claims.readings import NONE
from dagster_project.claims.row_claims import Reaches, RowSums, TotalOf
from dagster_project.claims.structure import label_words, unnamed_flow
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain, row_meaning
from dagster_project.reading.model import Row

_NUMBERED = pattern_of("nummering", "label")
# Rows in reaches that were tried on one level and were not the reach of their total: so many, and so many more for each
# entry that is open. Two hundred totals in a row come to that; from then on each would be tried against all the others.
_IN_VAIN, _IN_VAIN_PER_ENTRY = 20_000, 8
_MINUS = pattern_of("af", "label")


def meaning_of(row: Row) -> tuple[str | None, str]:
    """The quantity (None: none) and the role that the row's own label says, whatever stands above it."""
    meaning = row_meaning(row.path[-1])
    return meaning.grootheid, meaning.rol


def is_name_of(words: str, heading: str) -> bool:
    """Whether a label is the heading above it, or the heading without what numbers it.

    >>> is_name_of("onderwijs en jeugd", "programma 1 onderwijs en jeugd"), is_name_of("jeugd", "onderwijs en jeugd")
    (True, False)
    """
    return bool(words) and _NUMBERED.sub("", heading) == _NUMBERED.sub("", words)


@dataclass(slots=True)
class Level:
    """The entries of one level that have been read and not yet been summed, in order."""

    sums: RowSums
    names: frozenset[str]  # the words of caption and headings: what the table itself is called
    reaches: Reaches
    has_sides: bool  # lasten and baten are columns
    side: str | None = None  # lasten or baten, where the heading says that all rows are
    label: str = ""  # the heading above the level, empty for the whole table
    is_totalled: bool = False  # further out the total of its side follows, which sums what stands here too
    open: list[Entry] = field(default_factory=list)
    in_vain: int = 0  # rows in the reaches that were tried on this level and were not taken

    def below(self, side: str | None, label: str, has_total: bool) -> Level:
        """The level below the heading ``label``, with nothing open yet; ``has_total``: the total of its side stands behind it."""
        is_totalled = has_total or (self.is_totalled and side == self.side)
        return Level(self.sums, self.names, self.reaches, self.has_sides, side, label, is_totalled)

    @property
    def last(self) -> Entry | None:
        """The entry that was opened last, None where nothing is open."""
        return self.open[-1] if self.open else None

    @property
    def running_flow(self) -> Entry | None:
        """The unit that has an opening stock and no closing stock yet."""
        last = self.last
        return last if last is not None and last.on_level and last.flow else None

    def is_own_name(self, words: str) -> bool:
        """Whether these words name what stands on this level: its heading, or the table or begin of its name."""
        if self.label:
            return is_name_of(words, label_words(self.label))
        return any(
            words == n or words.startswith(n + " ") or (" " in words and n.startswith(words + " "))
            for n in self.names
        )

    def can_total(self) -> bool:
        """Whether the open entries may be added up as they are: no lasten beside baten."""
        one_sided = any(
            e.side or ({"lasten", "baten"} & set(e.rows) and "saldo" not in e.rows) for e in self.open
        )
        return len(self._in_the_open()) > 1 and not one_sided and reach(self.open, None) is not None

    def _in_the_open(self) -> list[Entry]:
        """The open entries; those of a group that holds all of them where nothing has summed it."""
        only = self.open[0] if len(self.open) == 1 else None
        return only.parts if only is not None and only.kind == "group" and only.closing is None else self.open

    def is_one_sided(self) -> bool:
        """Whether several entries are open, and not both lasten and baten without their balance."""
        sides = {
            q
            for e in self.open
            for q in ("lasten", "baten")
            if e.side == q or (q in e.rows and "saldo" not in e.rows)
        }
        return len(self.open) > 1 and len(sides) < 2 and reach(self.open, None) is not None

    def is_tried_enough(self) -> bool:
        """Whether so much was tried in vain on this level that all that is open is tried for its last total only."""
        return self.in_vain > _IN_VAIN + _IN_VAIN_PER_ENTRY * len(self.open)

    def claim(self, total: TotalOf, rol: str) -> TotalOf | None:
        """The total with the reach that holds, claimed; None where none does, which is asked if it is sure to be one."""
        decision = self.reaches.decide(total)
        self.in_vain += sum(len(reach) for i, reach in enumerate(total.reaches) if i != decision.taken)
        if decision.taken == NONE:
            if total.is_sure:
                self.sums.unanswered.append(total)
            return None
        found = replace(
            total, is_sure=True, taken=decision.taken, survived=decision.survived, is_thin=decision.is_thin
        )
        found = replace(found, keeps_all=decision.is_untold and self.reaches.evidence.keeps_reaches)
        self.sums.add_total(found, rol)
        return found

    def close(self, entries: list[Entry], into: Entry) -> None:
        """These entries are no longer open: ``into`` stands for them, and is the last one open."""
        if entries is self.open:
            self.open = [into]
            return
        closed = {id(e) for e in entries}
        begin, behind = len(self.open), []
        while closed and begin:
            begin -= 1
            if id(self.open[begin]) in closed:
                closed.discard(id(self.open[begin]))
            else:
                behind.append(self.open[begin])
        self.open[begin:] = [*reversed(behind), into]

    def add_item(self, row: Row, quantity: str | None) -> None:
        """A row that is a number of its own, or a flow of the stock in front of it."""
        label = row.path[-1]
        flow = self.running_flow
        if flow is not None:
            flow.flow.append((row.no, unnamed_flow(label)))
            return
        rows = {quantity: row.no} if quantity else {}
        is_minus = bool(_MINUS.match(plain(label)))
        self.open.append(Entry(label, "item", rows, row.no, block=row.block, is_minus=is_minus))

    def add_quantity(self, row: Row, quantity: str) -> None:
        """A row that is one quantity of a unit: it joins the unit in front of it, or starts one."""
        flow = self.running_flow
        if flow is not None and quantity in ("toevoeging", "onttrekking", "mutatie"):
            flow.flow.append((row.no, quantity))
            flow.rows.setdefault(quantity, row.no)
            return
        if flow is not None and quantity in ("investering", "lasten", "baten"):
            flow.flow.append((row.no, unnamed_flow(row.path[-1])))
            return
        last = self.last
        if last is not None and last.on_level and quantity not in last.rows and flow is None:
            last.rows[quantity] = row.no
            last.closing = closing_row(last.rows)
            return
        entry = Entry(row.path[-1], "unit", {quantity: row.no}, row.no, block=row.block, on_level=True)
        if quantity in ("begin", "eind"):
            entry.flow = [(row.no, "begin")]
        self.open.append(entry)
