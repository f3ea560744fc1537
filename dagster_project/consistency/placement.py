"""Finding the columns of rows from which cells have dropped out, by the sums that those cells must satisfy.

Such a row has its values packed to the left. It is placed only where one placement satisfies every sum
that touches it, up to placements with the same result (a zero in one column or another); otherwise its
numbers are taken out and the row is rejected. Nothing is guessed. What sums there are belongs to
``ingest.rules``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dagster_project.consistency.readings import Number, choose, decider, numbers_of, residual
from dagster_project.ingest.model import Cell, Reject, Table, join_path
from dagster_project.ingest.rules import derive
from dagster_project.ingest.rules.claims import Claim, Position

MAX_STEPS = 200_000  # placements looked at before a row is given up

Assignment = tuple[int | None, ...]  # per cell of the row, left to right: its column


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row to be placed: its cells from left to right."""

    no: int
    cells: tuple[Cell, ...]


def place(table: Table) -> tuple[Table, list[Reject]]:
    """The table with its loose rows placed or emptied, and a reject for each emptied one."""
    if not table.loose_rows:
        return table, []
    loose = [
        LooseRow(
            no, tuple(sorted((c for c in table.cells if c.row == no), key=lambda c: (c.column, c.occurrence)))
        )
        for no in sorted(table.loose_rows)
    ]
    solid = replace(table, cells=tuple(c for c in table.cells if c.row not in table.loose_rows))
    search = _Search(solid, loose)
    found = search.placements()
    cells, rejects = list(solid.cells), []
    for row in loose:
        assignment = found.get(row.no)
        if assignment is None:
            rejects.append(_refused(table, row, search.reason(row.no)))
        else:
            cells += [
                replace(cell, column=column, is_placed=True)
                for cell, column in zip(row.cells, assignment, strict=True)
                if column is not None
            ]
    cells.sort(key=lambda c: (c.row, c.column, c.occurrence))
    return replace(table, cells=tuple(cells)), rejects


def _refused(table: Table, row: LooseRow, reason: str) -> Reject:
    label = next((join_path(r.path) for r in table.rows if r.no == row.no), "")
    printed = " ".join(c.text for c in row.cells)
    return Reject(table.path, row.cells[0].line if row.cells else None, reason, f"{label}: {printed}".strip())


class _Search:
    """Placements of all loose rows of a table that satisfy its claims."""

    def __init__(self, solid: Table, loose: Sequence[LooseRow]):
        self.columns = [c.no for c in solid.columns]
        self.kinds = {c.no: " ".join(c.path[-1:]).casefold() if c.path else "" for c in solid.columns}
        self.quantities = {c.no: c.grootheid for c in solid.columns}
        self.loose = {r.no: r for r in loose}
        self.numbers = numbers_of([solid])
        unknown = dict(self.numbers)
        for row in loose:
            unknown.update({(solid.no, row.no, c): Number(None, 1, 0) for c in self.columns})
        self.table_no = solid.no
        chosen = [choose(f, unknown) for f in derive([solid], decider(unknown))[1]]
        self.claims = [
            c
            for choice in chosen
            if choice.reading
            for c in choice.reading.claims
            if self._loose_rows_of(c) and (c.total in self.numbers or c.total[1] in self.loose)
        ]
        self.steps = 0
        self.impossible: set[int] = set()
        self.ambiguous: set[int] = set()

    def _loose_rows_of(self, claim: Claim) -> set[int]:
        return {p[1] for p in (claim.total, *(q for q, _ in claim.parts)) if p[1] in self.loose}

    def reason(self, row: int) -> str:
        """Why a row was not placed."""
        count = len(self.loose[row].cells)
        short = f"{count} numbers for {len(self.columns)} columns"
        if row in self.impossible:
            return f"{short}: no placement satisfies the sums of the table"
        if row in self.ambiguous:
            return f"{short}: more than one placement satisfies the sums of the table"
        return f"{short}: no sum of the table tells which columns they belong to"

    def placements(self) -> dict[int, Assignment]:
        """The one placement of each row that has one."""
        remaining = dict(self.loose)
        candidates: dict[int, list[Assignment]] = {}
        while True:
            claims = [c for c in self.claims if self._loose_rows_of(c) <= remaining.keys()]
            candidates = {no: list(self._candidates(row, claims)) for no, row in remaining.items()}
            empty = [no for no, found in candidates.items() if not found]
            if not empty:
                break
            self.impossible.update(empty)
            for no in empty:
                del remaining[no]
        found: dict[int, Assignment] = {}
        for group in self._tied(remaining, claims):
            found.update(self._joint(group, candidates, claims))
        return found

    def _tied(self, rows: Mapping[int, LooseRow], claims: Sequence[Claim]) -> list[list[int]]:
        """Rows that share a claim must be placed together."""
        groups = [{no} for no in rows]
        for claim in claims:
            touched = self._loose_rows_of(claim)
            meeting = [g for g in groups if g & touched]
            if len(meeting) > 1:
                groups = [g for g in groups if not g & touched] + [set().union(*meeting)]
        return [sorted(g) for g in groups]

    def _candidates(self, row: LooseRow, claims: Sequence[Claim]) -> Iterator[Assignment]:
        """Placements of one row that satisfy the claims in which it is the only loose row."""
        own = [c for c in claims if self._loose_rows_of(c) == {row.no}]
        last: dict[int, list[Claim]] = {}
        for claim in own:
            positions = [p for p in (claim.total, *(q for q, _ in claim.parts)) if p[1] == row.no]
            last.setdefault(max(self.columns.index(p[2]) for p in positions), []).append(claim)
        placed: dict[Position, Number] = {}

        def extend(at: int, used: int) -> Iterator[Assignment]:
            self.steps += 1
            if self.steps > MAX_STEPS:
                return
            if at == len(self.columns):
                if used == len(row.cells):
                    at_column = {p[2]: i for p, i in where.items()}
                    yield tuple(next(c for c, i in at_column.items() if i == n) for n in range(used))
                return
            position = (self.table_no, row.no, self.columns[at])
            left = len(row.cells) - used
            if left:
                cell = row.cells[used]
                amount = cell.amount
                signed = amount if amount is None or cell.sign > 0 else -amount
                placed[position], where[position] = Number(signed, cell.sign, cell.decimals), used
                if self._holds(last.get(at, ()), placed):
                    yield from extend(at + 1, used + 1)
                del placed[position], where[position]
            if len(self.columns) - at > left and self._holds(last.get(at, ()), placed):
                yield from extend(at + 1, used)

        where: dict[Position, int] = {}
        yield from extend(0, 0)

    def _holds(self, claims: Sequence[Claim], placed: Mapping[Position, Number]) -> bool:
        if not claims:
            return True
        here = _Over(placed, self.numbers)
        return all(_is_satisfied(c, here) for c in claims)

    def _joint(
        self, group: list[int], candidates: Mapping[int, list[Assignment]], claims: Sequence[Claim]
    ) -> dict[int, Assignment]:
        """The placements of rows that share claims, where all of them agree on a row's numbers."""
        shared = [c for c in claims if len(rows := self._loose_rows_of(c)) > 1 and rows <= set(group)]
        ready = {
            no: [c for c in shared if max(self._loose_rows_of(c), key=group.index) == no] for no in group
        }
        solutions: list[dict[int, Assignment]] = []
        chosen: dict[int, Assignment] = {}
        placed: dict[Position, Number] = {}

        def extend(at: int) -> None:
            if at == len(group):
                solutions.append(dict(chosen))
                return
            row = self.loose[group[at]]
            for assignment in candidates[row.no]:
                self.steps += 1
                if self.steps > MAX_STEPS:
                    return
                mine = self._numbers(row, assignment)
                placed.update(mine)
                if self._holds(ready[row.no], placed):
                    chosen[row.no] = assignment
                    extend(at + 1)
                    del chosen[row.no]
                for position in mine:
                    del placed[position]

        extend(0)
        if self.steps > MAX_STEPS:
            return {}
        if not solutions:
            self.impossible.update(group)
            return {}
        found = {}
        for no in group:
            results = {self._result(no, s[no]) for s in solutions}
            if len(results) == 1:
                found[no] = min((s[no] for s in solutions), key=lambda a: (self._blanks(a), a))
            elif any(no in self._loose_rows_of(c) for c in claims):
                self.ambiguous.add(no)
        return found

    def _numbers(self, row: LooseRow, assignment: Assignment) -> dict[Position, Number]:
        numbers = {}
        for cell, column in zip(row.cells, assignment, strict=True):
            amount = cell.amount
            signed = amount if amount is None or cell.sign > 0 else -amount
            numbers[self.table_no, row.no, column] = Number(signed, cell.sign, cell.decimals)
        return numbers

    def _result(self, row: int, assignment: Assignment) -> frozenset:
        """What a placement comes to: a zero counts as much as a blank."""
        numbers = self._numbers(self.loose[row], assignment)
        return frozenset((p[2], n.amount) for p, n in numbers.items() if n.amount != Decimal(0))

    def _blanks(self, assignment: Assignment) -> int:
        """How many kinds of columns a placement leaves blank: cells of one kind tend to drop out together."""
        blank = [c for c in self.columns if c not in assignment]
        return len({self.quantities.get(c) or self.kinds[c] for c in blank})


class _Over(Mapping[Position, Number]):
    """Placed numbers over those of the solid rows, without copying either."""

    def __init__(self, upper: Mapping[Position, Number], lower: Mapping[Position, Number]):
        self.upper, self.lower = upper, lower

    def __getitem__(self, key: Position) -> Number:
        return self.upper[key] if key in self.upper else self.lower[key]

    def __iter__(self) -> Iterator[Position]:
        yield from {**self.lower, **self.upper}

    def __len__(self) -> int:
        return len({**self.lower, **self.upper})


_NIL = Number(Decimal(0), 1, 0)


def _is_satisfied(claim: Claim, numbers: Mapping[Position, Number]) -> bool:
    """Whether a claim holds within rounding, a blank total or part counting as nothing."""
    if claim.total not in numbers:
        if not any(p in numbers for p, _ in claim.parts):
            return True
        numbers = _Over({claim.total: _NIL}, numbers)
    elif not any(p in numbers for p, _ in claim.parts):
        numbers = _Over({claim.parts[0][0]: _NIL}, numbers)
    outcome = residual(claim, numbers)
    return outcome is None or abs(outcome[0]) <= outcome[1]
