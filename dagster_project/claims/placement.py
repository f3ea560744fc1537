"""Finding the columns of rows from which cells have dropped out, by the sums that those cells must satisfy.

Such a row has its values packed to the left. It is placed only where one placement satisfies every sum
that touches it, up to placements with the same result (a zero in one column or another). Where none does,
a number can be wrong: then the placement that fails in one sum or two is taken, if every other fails in
two more. Otherwise its numbers are taken out and the row is rejected. Nothing is guessed. What sums
there are belongs to ``table_sums`` and ``between``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import islice, product

from dagster_project.claims.between import claims_of_document
from dagster_project.claims.families import ClaimedSum, FamilyReading, Position
from dagster_project.claims.readings import (
    Evidence,
    Number,
    choose,
    judged,
    numbers_of,
    says_something,
)
from dagster_project.claims.structure import column_facts, columns_of_years
from dagster_project.judgement import BREAK, NOT_JUDGED, half_width_of
from dagster_project.reading.model import Cell, Reject, Table, join_path

MAX_STEPS = 200_000  # placements looked at before a row is given up
MAX_WRONG = 2  # sums that one wrong number may make fail
MARGIN = 2  # in how many more every other placement must fail
_PRINTS_BLANKS = frozenset({"pipe", "tab"})
FEWEST_PARTS = 2  # of a sum that tells the column of a total with one number
MAX_WAYS = 24  # ways to read undecided signs
# Why a row was not placed, in Dutch and in English.
Why = tuple[str, str]
_MANY: Why = (
    "meer dan één plaatsing voldoet aan de sommen van de tabel",
    "more than one placement satisfies the sums of the table",
)
_NOWHERE: Why = (
    "geen plaatsing voldoet aan de sommen van de tabel",
    "no placement satisfies the sums of the table",
)
_NO_SUM: Why = (
    "geen som van de tabel zegt bij welke kolommen zij horen",
    "no sum of the table says to which columns they belong",
)

Assignment = tuple[int, ...]  # per cell of the row, left to right: its column
Scored = tuple[Assignment, int]  # with the number of sums that fail


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row to be placed: its cells from left to right."""

    no: int
    cells: tuple[Cell, ...]


def place(table: Table) -> tuple[Table, list[Reject]]:
    """The table with its loose rows placed or emptied, and a reject for each emptied one."""
    kept = _fitting_as_printed(table)
    table = replace(table, loose_rows=table.loose_rows - kept)
    if not table.loose_rows:
        return table, []
    loose = [
        LooseRow(
            no, tuple(sorted((c for c in table.cells if c.row == no), key=lambda c: (c.column, c.occurrence)))
        )
        for no in sorted(table.loose_rows)
    ]
    solid = replace(table, cells=tuple(c for c in table.cells if c.row not in table.loose_rows))
    solid, loose = _with_lone_totals(solid, loose)
    searches = [_Search(solid, loose, claims) for claims in _possible_claims(solid, loose)]
    answers = [search.placements() for search in searches]
    cells, rejects = list(solid.cells), []
    for row in loose:
        found = _best([a[row.no] for a in answers if row.no in a], partial(searches[0].result, row.no))
        if len(found) == 1:
            (assignment,) = found
            cells += [
                cell._replace(column=column, is_placed=True)
                for cell, column in zip(row.cells, assignment, strict=True)
            ]
        else:
            reasons = (
                min(search.reason(row.no) for search in searches) if not found else _reason(row, solid, _MANY)
            )
            rejects.append(_refused(table, row, reasons))
    cells.sort(key=lambda c: (c.row, c.column, c.occurrence))
    return replace(table, cells=tuple(cells)), rejects


def _with_lone_totals(solid: Table, loose: list[LooseRow]) -> tuple[Table, list[LooseRow]]:
    """Totals with one number, which is the sum of the rows above in one column only: of the other columns they say nothing."""
    while loose:
        placed = _lone_totals(solid, loose)
        if not placed:
            break
        solid = replace(solid, cells=(*solid.cells, *placed))
        loose = [row for row in loose if row.no not in {cell.row for cell in placed}]
    return solid, loose


def _lone_totals(solid: Table, loose: Sequence[LooseRow]) -> list[Cell]:
    """The numbers of totals with one number, in the one column of which it is the sum; no part of it is to be placed yet."""
    numbers = numbers_of([solid])
    unplaced = {row.no for row in loose}
    lone = {row.no: row.cells[0] for row in loose if len(row.cells) == 1 and row.cells[0].amount}
    fitting: dict[int, set[int]] = {}
    for claims in _possible_claims(solid, loose):
        for claim in claims:
            cell = lone.get(claim.total[1])
            parts = [p for p, _ in claim.parts if p in numbers]
            if cell is None or len(parts) < FEWEST_PARTS or any(p[1] in unplaced for p, _ in claim.parts):
                continue
            total = Number(cell.amount, cell.sign, half_width_of(solid.unit, cell.decimals))
            verdict = judged(claim, _Over({claim.total: total}, numbers)).verdict
            if verdict not in (BREAK, NOT_JUDGED) and all(p[2] == claim.total[2] for p in parts):
                fitting.setdefault(cell.row, set()).add(claim.total[2])
    return [
        lone[no]._replace(column=columns.pop(), is_placed=True)
        for no, columns in fitting.items()
        if len(columns) == 1
    ]


def _fitting_as_printed(table: Table) -> frozenset[int]:
    """Loose rows whose printed positions satisfy a sum and contradict none, or that hold marks only.

    Only where blanks at the end of a row are printed. A mark for an unknown number counts for nothing here.
    """
    if not table.loose_rows or table.layout not in _PRINTS_BLANKS:
        return frozenset()
    printed = numbers_of([table])
    numbers = {p: n if n.amount is not None else replace(n, amount=Decimal(0)) for p, n in printed.items()}
    failing: set[int] = set()
    fitting = table.loose_rows - {p[1] for p, n in printed.items() if n.amount is not None}
    evidence = Evidence(numbers)
    for family in claims_of_document([table], evidence)[1]:
        reading = choose(family, evidence).reading
        for claim in reading.claims if reading else ():
            rows = {p[1] for p in (claim.total, *(q for q, _ in claim.parts))}
            if not _is_satisfied(claim, numbers):
                failing |= rows
            elif judged(claim, numbers).verdict != NOT_JUDGED and says_something(claim, numbers):
                fitting |= rows & table.loose_rows
    return fitting - failing


def _best(scored: Sequence[Scored], result: Callable[[Assignment], Hashable]) -> list[Assignment]:
    """The placements, one per result, that fail least or not clearly more."""
    least = min((fails for _, fails in scored), default=0)
    slack = MARGIN if least else 1
    return list(
        {result(a): a for a, fails in sorted(scored, key=lambda s: -s[1]) if fails < least + slack}.values()
    )


def _possible_claims(solid: Table, loose: Sequence[LooseRow]) -> list[list[ClaimedSum]]:
    """The claims that touch the loose rows, once for each way to read what the other rows leave undecided."""
    rows = {r.no for r in loose}
    unknown = numbers_of([solid])
    unknown.update({(solid.no, no, c.no): Number(None, 1, Decimal(0)) for no in rows for c in solid.columns})
    evidence = Evidence(unknown, keeps_reaches=True)
    choices = [choose(f, evidence) for f in claims_of_document([solid], evidence)[1]]
    decided: list[ClaimedSum] = []
    undecided: dict[object, list[tuple[FamilyReading, ...]]] = {}
    for at, choice in enumerate(choices):
        family = choice.family
        if (
            not choice.fit.judged and len(family.readings) > 1
        ):  # how far a total reaches is one thing in all columns
            undecided.setdefault(at if family.is_convention else family.naam, []).append(family.readings)
        elif choice.reading is not None:
            decided += choice.reading.claims
    each = [list(zip(*families, strict=True)) for families in undecided.values()]
    ways = list(islice(product(*each), MAX_WAYS + 1))
    if len(ways) > MAX_WAYS:
        ways = [()]
    return [
        [
            c
            for c in (*decided, *(c for of in way for r in of for c in r.claims))
            if _touches(c, rows, unknown)
        ]
        for way in ways
    ]


def _touches(claim: ClaimedSum, rows: set[int], numbers: Mapping[Position, Number]) -> bool:
    """Whether a claim is about loose rows, and has a total that is printed or may be placed."""
    is_about = any(p[1] in rows for p in (claim.total, *(q for q, _ in claim.parts)))
    return is_about and claim.total in numbers


def _reason(row: LooseRow, table: Table, why: Why) -> Why:
    have, room = len(row.cells), len(table.columns)
    return f"{have} getallen voor {room} kolommen: {why[0]}", f"{have} numbers for {room} columns: {why[1]}"


def _refused(table: Table, row: LooseRow, reasons: Why) -> Reject:
    label = next((join_path(r.path) for r in table.rows if r.no == row.no), "")
    printed = " ".join(c.text for c in row.cells)
    line = row.cells[0].line if row.cells else None
    return Reject(table.path, line, reasons[0], f"{label}: {printed}".strip(), reason_en=reasons[1])


class _Search:
    """Placements of all loose rows of a table that satisfy its claims."""

    def __init__(self, solid: Table, loose: Sequence[LooseRow], claims: list[ClaimedSum]):
        self.solid = solid
        self.columns = [c.no for c in solid.columns]
        self.kinds = _kinds_of(solid)
        self.loose = {r.no: r for r in loose}
        self.totals = {r.no for r in solid.rows if r.rol in ("total", "subtotal")}
        self.years = columns_of_years(solid)
        self.decimals = _decimals_of_shares(solid)
        self.numbers = numbers_of([solid])
        self.table_no = solid.no
        self.claims = claims
        self.steps = 0
        self.impossible: set[int] = set()
        self.ambiguous: set[int] = set()

    def _may_hold(self, row: int, cell: Cell, column: int) -> bool:
        """Whether a number may stand in a column: no total sums years, and a share has the decimals that all others have."""
        if row in self.totals and column in self.years:
            return False
        return column not in self.decimals or cell.decimals in self.decimals[column]

    def _loose_rows_of(self, claim: ClaimedSum) -> set[int]:
        return {p[1] for p in (claim.total, *(q for q, _ in claim.parts)) if p[1] in self.loose}

    def reason(self, row: int) -> Why:
        """Why a row was not placed, in Dutch and in English."""
        why = _NOWHERE if row in self.impossible else _MANY if row in self.ambiguous else _NO_SUM
        return _reason(self.loose[row], self.solid, why)

    def placements(self) -> dict[int, Scored]:
        """The one placement of each row that has one: without a failing sum, else with very few."""
        found = self._attempt(0)
        if self.impossible:
            misfits, self.impossible = self.impossible, set()
            lenient = self._attempt(MAX_WRONG + MARGIN - 1)
            found.update({no: scored for no, scored in lenient.items() if no in misfits})
            self.impossible = misfits - lenient.keys()
        return found

    def _attempt(self, budget: int) -> dict[int, Scored]:
        """Placements with at most ``budget`` failing sums."""
        self.steps = 0
        remaining = dict(self.loose)
        candidates: dict[int, list[Scored]] = {}
        while True:
            claims = [c for c in self.claims if self._loose_rows_of(c) <= remaining.keys()]
            candidates = {no: list(self._candidates(row, claims, budget)) for no, row in remaining.items()}
            empty = [no for no, found in candidates.items() if not found]
            if not empty:
                break
            self.impossible.update(empty)
            for no in empty:
                del remaining[no]
        found: dict[int, Scored] = {}
        for group in self._tied(remaining, claims):
            found.update(self._joint(group, candidates, claims, budget))
        return found

    def _tied(self, rows: Mapping[int, LooseRow], claims: Sequence[ClaimedSum]) -> list[list[int]]:
        """Rows that share a claim must be placed together."""
        groups = [{no} for no in rows]
        for claim in claims:
            touched = self._loose_rows_of(claim)
            meeting = [g for g in groups if g & touched]
            if len(meeting) > 1:
                groups = [g for g in groups if not g & touched] + [set().union(*meeting)]
        return [sorted(g) for g in groups]

    def _candidates(self, row: LooseRow, claims: Sequence[ClaimedSum], budget: int) -> Iterator[Scored]:
        """Placements of one row, by the claims in which it is the only loose row."""
        own = [c for c in claims if self._loose_rows_of(c) == {row.no}]
        last: dict[int, list[ClaimedSum]] = {}
        for claim in own:
            positions = [p for p in (claim.total, *(q for q, _ in claim.parts)) if p[1] == row.no]
            last.setdefault(max(self.columns.index(p[2]) for p in positions), []).append(claim)
        placed: dict[Position, Number] = {}

        def extend(at: int, used: int, fails: int) -> Iterator[Scored]:
            self.steps += 1
            if self.steps > MAX_STEPS or fails > budget:
                return
            if at == len(self.columns):
                if used == len(row.cells):
                    yield tuple(chosen), fails
                return
            position = (self.table_no, row.no, self.columns[at])
            left = len(row.cells) - used
            if left and self._may_hold(row.no, row.cells[used], self.columns[at]):
                placed[position] = self._number(row.cells[used])
                chosen.append(self.columns[at])
                yield from extend(at + 1, used + 1, fails + self._failing(last.get(at, ()), placed))
                del placed[position]
                chosen.pop()
            if len(self.columns) - at > left:
                yield from extend(at + 1, used, fails + self._failing(last.get(at, ()), placed))

        chosen: list[int] = []
        yield from extend(0, 0, 0)

    def _failing(self, claims: Sequence[ClaimedSum], placed: Mapping[Position, Number]) -> int:
        """How many of these claims fail with these numbers in place."""
        if not claims:
            return 0
        here = _Over(placed, self.numbers)
        return sum(not _is_satisfied(c, here) for c in claims)

    def _joint(
        self,
        group: list[int],
        candidates: Mapping[int, list[Scored]],
        claims: Sequence[ClaimedSum],
        budget: int,
    ) -> dict[int, Scored]:
        """The placements of rows that share claims, where all of them agree on a row's numbers."""
        shared = [c for c in claims if len(rows := self._loose_rows_of(c)) > 1 and rows <= set(group)]
        solutions = self._by_columns(group, candidates, shared, budget)
        if self.steps > MAX_STEPS:
            return {}
        least = min((fails for _, fails in solutions), default=MAX_WRONG + 1)
        if least > MAX_WRONG:
            self.impossible.update(group)
            return {}
        close = [s for s, fails in solutions if fails < least + (MARGIN if least else 1)]
        best = [s for s, fails in solutions if fails == least]
        found = {}
        for no in group:
            if len({self.result(no, s[no]) for s in close}) == 1:
                found[no] = (min((s[no] for s in best), key=lambda a: (self._blanks(a), a)), least)
            elif any(no in self._loose_rows_of(c) for c in claims):
                self.ambiguous.add(no)
        return found

    def _by_columns(
        self,
        group: Sequence[int],
        candidates: Mapping[int, list[Scored]],
        shared: Sequence[ClaimedSum],
        budget: int,
    ) -> list[tuple[dict[int, Assignment], int]]:
        """The placements of all rows of a group together, with how many sums fail: found from column to column.

        A sum down a column tells at once which of the rows may have a number there.
        """
        ready: dict[int, list[ClaimedSum]] = {}
        for claim in shared:
            own = [p for p in (claim.total, *(q for q, _ in claim.parts)) if p[1] in group]
            ready.setdefault(max(p[2] for p in own), []).append(claim)
        solutions: list[tuple[dict[int, Assignment], int]] = []
        placed: dict[Position, Number] = {}

        def down(column: int, rows: Sequence[int], alive: Mapping[int, list[Scored]], fails: int) -> None:
            """Which of these rows have a number in a column, then the columns after it."""
            self.steps += 1
            if self.steps > MAX_STEPS:
                return
            if not rows:
                failing = fails + self._failing(ready.get(column, ()), placed)
                least = sum(min(own for _, own in found) for found in alive.values())
                if failing + least <= budget:
                    across(column, alive, failing)
                return
            row, *others = rows
            there = [c for c in alive[row] if column in c[0]]
            if there:
                cell = self.loose[row].cells[there[0][0].index(column)]
                position = (self.table_no, row, column)
                placed[position] = self._number(cell)
                down(column, others, {**alive, row: there}, fails)
                del placed[position]
            if len(there) < len(alive[row]):
                down(column, others, {**alive, row: [c for c in alive[row] if column not in c[0]]}, fails)

        def across(after: int | None, alive: Mapping[int, list[Scored]], fails: int) -> None:
            at = 0 if after is None else self.columns.index(after) + 1
            if at < len(self.columns):
                down(self.columns[at], group, alive, fails)
                return
            own = sum(found[0][1] for found in alive.values())
            solutions.append(({no: found[0][0] for no, found in alive.items()}, fails + own))

        across(None, {no: candidates[no] for no in group}, 0)
        return solutions

    def _number(self, cell: Cell) -> Number:
        """What a cell says, as a number of the table."""
        signed = cell.amount if cell.amount is None or cell.sign > 0 else -cell.amount
        return Number(signed, cell.sign, half_width_of(self.solid.unit, cell.decimals))

    def _numbers(self, row: LooseRow, assignment: Assignment) -> dict[Position, Number]:
        return {
            (self.table_no, row.no, column): self._number(cell)
            for cell, column in zip(row.cells, assignment, strict=True)
        }

    def result(self, row: int, assignment: Assignment) -> frozenset:
        """What a placement comes to: a zero counts as much as a blank."""
        numbers = self._numbers(self.loose[row], assignment)
        return frozenset((p[2], n.amount) for p, n in numbers.items() if n.amount != Decimal(0))

    def _blanks(self, assignment: Assignment) -> int:
        """How many kinds of columns a placement leaves blank: cells of one kind tend to drop out together."""
        return len({self.kinds[c] for c in self.columns if c not in assignment})


def _kinds_of(table: Table) -> dict[int, str]:
    """By column what it is of, by the text that comes back over others, ``Lasten``; else by its quantity."""
    lowest = {c.no: c.path[-1].casefold() if c.path else "" for c in table.columns}
    times = Counter(lowest.values())
    return {
        c.no: lowest[c.no] if times[lowest[c.no]] > 1 else c.grootheid or lowest[c.no] for c in table.columns
    }


def _decimals_of_shares(table: Table) -> dict[int, frozenset[int]]:
    """By column of shares how many decimals its numbers have, where there are several."""
    shares = {f.no for f in column_facts(table) if f.is_share}
    held: dict[int, list[int]] = {}
    for cell in table.cells:
        if cell.column in shares and cell.value is not None:
            held.setdefault(cell.column, []).append(cell.decimals)
    return {no: frozenset(found) for no, found in held.items() if len(found) > 1}


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


_NIL = Number(Decimal(0), 1, Decimal(0))


def _is_satisfied(claim: ClaimedSum, numbers: Mapping[Position, Number]) -> bool:
    """Whether a claim holds within rounding, a blank total or part counting as nothing."""
    if claim.total not in numbers:
        if not any(p in numbers for p, _ in claim.parts):
            return True
        numbers = _Over({claim.total: _NIL}, numbers)
    elif not any(p in numbers for p, _ in claim.parts):
        numbers = _Over({claim.parts[0][0]: _NIL}, numbers)
    return judged(claim, numbers).verdict != BREAK
