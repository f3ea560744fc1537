"""Which reading of a family its numbers support, and the rules that follow from it.

Decided once per family by counting rounding intervals, so that one wrong number cannot turn it: a reading
wins because it fits in more places, never because it fits in one. What may be asked belongs to
``table_sums`` and ``between``; what is recorded about the choice to ``conventions``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from dagster_project.claims.families import ClaimedSum, Family, FamilyReading, Position
from dagster_project.claims.near_misses import Told, closing, near_miss, shared, told
from dagster_project.claims.rule_sentences import Names, sentences
from dagster_project.judgement import (
    BREAK,
    NOT_JUDGED,
    UNJUDGED,
    Judgement,
    SumTerm,
    half_width_of,
    judge,
)
from dagster_project.reading.choices import in_dutch
from dagster_project.reading.model import Rule, Table

_LEAST_WEIGHT = 2  # places that must bear out a reading that is not the first
NO_SUM = "geen som"  # the answer of a person: this sums nothing
SUMS = {"subtotaal", "totaal", "groepstotaal"}  # kinds whose parts are all rows of a stretch


@dataclass(frozen=True, slots=True)
class Number:
    """The number at a position: ``amount`` signed by its marker, None where a mark says there is none."""

    amount: Decimal | None
    sign: int
    half_width: Decimal  # how far rounding may have moved it, in printed units
    is_mark: bool = False  # a dash for nothing, and no number in digits


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was printed and could not be read: blank positions, and lines of rows that were lost whole."""

    positions: frozenset[Position] = frozenset()
    lost_lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # table no -> lines, in order
    row_lines: Mapping[tuple[int, int], int] = field(default_factory=dict)  # (table no, row no) -> line

    def touch(self, claim: ClaimedSum) -> bool:
        """Whether a part of the claim may be among what is missing."""
        if any(p in self.positions for p, _ in claim.parts):
            return True
        lost = self.lost_lines.get(claim.total[0])
        if not lost or claim.scope != "column" or claim.kind not in SUMS:
            return False
        lines = [self.row_lines[p[:2]] for p in (claim.total, *(q for q, _ in claim.parts))]
        following = bisect_left(lost, min(lines))
        return following < len(lost) and lost[following] <= max(lines)


NO_GAPS = Gaps()
NONE = -1


class Decision(NamedTuple):
    """Which of several readings holds, by its index, NONE: none of them; and how many do.

    ``is_thin``: its own numbers chose it, so that they prove nothing.
    """

    taken: int
    survived: int
    is_thin: bool = False
    is_untold: bool = False  # no number speaks for or against the one taken, and there are others


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that may decide between readings which words leave open: what is printed, what is missing, what a person said."""

    numbers: Mapping[Position, Number]
    gaps: Gaps = NO_GAPS
    answers: Mapping[str, object] = field(default_factory=dict)  # of document.yml, see ``answer_key``
    by_sums: frozenset[int] = frozenset()  # tables whose rows stand where they do because sums hold there
    named_by_sums: frozenset[int] = (
        frozenset()
    )  # tables whose columns are called so because sums hold across them
    parted_by_sums: frozenset[int] = frozenset()  # tables of which sums told where a cell ends
    keeps_reaches: bool = (
        False  # totals keep every reach where no number tells which: rows are to be placed by them
    )

    def answer(self, family: Family) -> str | None:
        """The reading that a person chose, by its name."""
        return answer_of(self.answers, family.table_no, family.naam)


def answer_key(table_no: int, naam: str) -> str:
    """The key under which document.yml answers a convention of a table."""
    return f"{table_no:03d}.{naam}"


def answer_of(answers: Mapping[str, object], table_no: int, naam: str) -> str | None:
    """What a person chose for a convention of one table, or for this convention in all tables."""
    given = answers.get(answer_key(table_no, naam), answers.get(naam))
    return in_dutch(given) if isinstance(given, str) else None


@dataclass(frozen=True, slots=True)
class Fit:
    """How a reading fits the numbers: claims that could be judged, that fail, and how far off they are."""

    judged: int
    failed: int
    weight: int  # judged claims in which something other than zero stands
    distance: Decimal

    @property
    def borne_out(self) -> int:
        """How many claims hold in which something other than zero stands."""
        return self.weight - self.failed

    @property
    def is_mostly_wrong(self) -> bool:
        return self.failed * 2 > self.judged

    @property
    def rests_on_each(self) -> bool:
        """Whether it would be mostly wrong if one sum more failed, so that no sum bears out the others."""
        return 0 < self.judged < (self.failed + 1) * 2


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading taken for a family (None: the table does not claim it), and what was tried."""

    family: Family
    reading: FamilyReading | None
    survived: int
    fit: Fit
    dropped: tuple[
        ClaimedSum, ...
    ] = ()  # of the reading: sums of one total that mostly fail while others hold
    decisive: frozenset[Position] = frozenset()  # totals of the sums without which it would not be chosen


def numbers_of(tables: Iterable[Table]) -> dict[Position, Number]:
    """The first number at every position of these tables."""
    found: dict[Position, Number] = {}
    for table in tables:
        for cell in table.cells:
            if cell.occurrence == 1:
                amount = cell.amount
                found[table.no, cell.row, cell.column] = Number(
                    amount if amount is None or cell.sign > 0 else -amount,
                    cell.sign,
                    half_width_of(table.unit, cell.decimals),
                    is_mark=cell.value is None,
                )
    return found


def _says_nothing(claim: ClaimedSum, numbers: Mapping[Position, Number]) -> bool:
    """Whether a number stands for parts that are all dashes, or not printed: then it is of something else.

    A row of a table of lasten, baten and saldo may have its balance alone. A stock that does not change has no parts
    but itself, and goes on.
    """
    total = numbers.get(claim.total)
    parts = [number for p, _ in claim.parts if (number := numbers.get(p)) is not None]
    return bool(total and total.amount and parts) and all(part.is_mark for part in parts)


def judged(claim: ClaimedSum, numbers: Mapping[Position, Number]) -> Judgement:
    """Whether a claim holds: not judged without a total, without parts, or with a mark for an unknown number.

    Blank parts count for nothing, and dashes alone are no parts.
    """
    total = numbers.get(claim.total)
    if total is None or _says_nothing(claim, numbers):
        return UNJUDGED
    terms = [SumTerm(-1, total.amount, total.half_width)]
    for position, coefficient in claim.parts:
        number = numbers.get(position)
        if number is not None:
            terms.append(SumTerm(coefficient, number.amount, number.half_width))
    return judge(terms)


def aligned_terms(claim: ClaimedSum, numbers: Mapping[Position, Number]) -> list[SumTerm] | None:
    """All parts of a claim and then its total, blanks as nothing; None where it cannot be judged."""
    if judged(claim, numbers).verdict == NOT_JUDGED:
        return None
    found = [(c, numbers.get(p)) for p, c in (*claim.parts, (claim.total, -1))]
    return [SumTerm(c, n.amount, n.half_width) if n else SumTerm(c, Decimal(0), Decimal(0)) for c, n in found]


def closes_otherwise(reading: FamilyReading, numbers: Mapping[Position, Number]) -> bool:
    """Whether one slip explains most broken claims of a reading: see ``near_misses.shared``."""
    lines = [terms for claim in reading.claims if (terms := aligned_terms(claim, numbers)) is not None]
    return shared(lines) is not None


def says_something(claim: ClaimedSum, numbers: Mapping[Position, Number]) -> bool:
    """Whether something other than zero stands in a claim."""
    positions = (claim.total, *(p for p, _ in claim.parts))
    return any(number.amount for p in positions if (number := numbers.get(p)) is not None)


def fit(reading: FamilyReading, numbers: Mapping[Position, Number], gaps: Gaps = NO_GAPS) -> Fit:
    """How well a reading fits, over all its claims together; one with a gap among its parts says nothing."""
    count = failed = weight = 0
    distance = Decimal(0)
    for claim in reading.claims:
        outcome = judged(claim, numbers)
        if outcome.verdict == NOT_JUDGED or gaps.touch(claim):
            continue
        count += 1
        weight += says_something(claim, numbers)
        if outcome.verdict == BREAK:
            failed += 1
            distance += abs(outcome.residual)
    return Fit(count, failed, weight, distance)


def choose(family: Family, evidence: Evidence) -> Choice:
    """The reading of one family by itself; see ``choose_all``."""
    return choose_all([family], evidence, lambda _: None)[0]


def choose_all(
    families: Sequence[Family], evidence: Evidence, alike: Callable[[Family], Hashable | None]
) -> list[Choice]:
    """The reading of each family that a person chose, or that fails least; at equal failures the nearest, then the first.

    Families for which ``alike`` gives the same key, such as those of tables with the same headers, are decided
    together where the common answer is not mostly wrong in one of them. A family that is not sure and whose best
    reading fails in most places is not claimed at all.
    """
    numbers, gaps = evidence.numbers, evidence.gaps
    fits = [
        [fit(r, numbers, gaps) for r in (f.readings if f.is_convention else f.readings[:1])] for f in families
    ]
    pools: dict[Hashable, list[list[Fit]]] = {}
    for family, own in zip(families, fits, strict=True):
        if family.is_convention and (key := alike(family)) is not None:
            pools.setdefault((family.naam, tuple(r.keuze for r in family.readings), key), []).append(own)
    choices = []
    for family, own in zip(families, fits, strict=True):
        named = [i for i, r in enumerate(family.readings) if r.keuze == evidence.answer(family)]
        best = named[0] if named else _nearest(own)
        pool = pools.get((family.naam, tuple(r.keuze for r in family.readings), alike(family)), [])
        if not named and len(pool) > 1:
            common = _nearest([_pooled(column) for column in zip(*pool, strict=True)])
            best = best if own[common].is_mostly_wrong else common
        found = own[min(best, len(own) - 1)]
        decisive = frozenset() if named else _decisive(family, best, own, numbers, gaps)
        decisive |= _placing(family.readings[best], evidence) | _naming(family.readings[best], evidence)
        is_claimed = bool(named) or _is_claimed(family, best, found, evidence)
        reading = family.readings[best] if is_claimed else None
        dropped: tuple[ClaimedSum, ...] = ()
        if reading is not None and not family.is_sure and not named:
            reading, dropped = _without_failing_totals(reading, numbers, gaps)
        choices.append(Choice(family, reading, _survivors(own), found, dropped, decisive))
    return choices


def _is_claimed(family: Family, best: int, found: Fit, evidence: Evidence) -> bool:
    """Whether the best reading, that nobody named, is one at all: words say so, or it holds more often than not."""
    if evidence.answer(family) == NO_SUM:
        return False
    is_open = len(family.readings) > 1 or family.is_asked or not family.is_sure
    if not (is_open and found.is_mostly_wrong):
        return True
    if found.judged < 2:
        return family.is_sure
    return family.is_asked and closes_otherwise(family.readings[best], evidence.numbers)


def _line_of(claim: ClaimedSum) -> tuple[int, int]:
    """The table and the row of a sum over rows, or the column of one over columns: its sums are of one kind."""
    table, row, column = claim.total
    return table, column if claim.scope == "row" else row


def _decisive(
    family: Family, best: int, fits: Sequence[Fit], numbers: Mapping[Position, Number], gaps: Gaps
) -> frozenset[Position]:
    """The totals of the sums that alone tell the chosen reading from another one, or from no sum at all.

    Without such a sum another reading would fail no more than the chosen one, or nothing would be claimed, so that it
    cannot bear out the choice that it made. Where two sums or more tell them apart, each is borne out by the rest.
    """
    if family.is_thin or (not family.is_sure and fits[best].rests_on_each):
        return frozenset(c.total for c in family.readings[best].claims)
    found: set[Position] = set()
    failing = _failing_totals(family.readings[best], numbers, gaps)
    for i, reading in enumerate(family.readings[: len(fits)]):
        if i != best and 0 < fits[i].failed - fits[best].failed <= 1:
            found |= _failing_totals(reading, numbers, gaps) - failing
    return frozenset(found)


def _placing(reading: FamilyReading, evidence: Evidence) -> frozenset[Position]:
    """The totals of the sums over rows that hold where sums told under which headings rows stand, in however many columns.

    Of a table whose columns are called so by sums nothing says that they placed its rows too: there more columns than it takes
    bear each other out.
    """
    by_line: dict[tuple[int, int], list[Position]] = {}
    for claim in reading.claims if evidence.by_sums else ():
        if claim.scope != "column" or claim.total[0] not in evidence.by_sums:
            continue
        is_told = says_something(claim, evidence.numbers) and not evidence.gaps.touch(claim)
        if is_told and judged(claim, evidence.numbers).verdict not in (BREAK, NOT_JUDGED):
            by_line.setdefault(_line_of(claim), []).append(claim.total)
    return frozenset(
        total
        for (table, _), totals in by_line.items()
        for total in totals
        if table not in evidence.named_by_sums or len(totals) <= _LEAST_WEIGHT
    )


def _naming(reading: FamilyReading, evidence: Evidence) -> frozenset[Position]:
    """The totals of the sums across columns that told what those columns are called, and of all that told where cells end."""
    return frozenset(
        c.total
        for c in reading.claims
        if c.total[0] in evidence.parted_by_sums
        or (c.scope != "column" and c.total[0] in evidence.named_by_sums)
    )


def _failing_totals(reading: FamilyReading, numbers: Mapping[Position, Number], gaps: Gaps) -> set[Position]:
    return {c.total for c in reading.claims if not gaps.touch(c) and judged(c, numbers).verdict == BREAK}


def _without_failing_totals(
    reading: FamilyReading, numbers: Mapping[Position, Number], gaps: Gaps
) -> tuple[FamilyReading, tuple[ClaimedSum, ...]]:
    """The reading without the totals that fail in most places, two at least, and the claims left out."""
    by_total: dict[tuple[int, int], list[ClaimedSum]] = {}
    for claim in reading.claims:
        by_total.setdefault(_line_of(claim), []).append(claim)
    dropped = tuple(
        claim
        for claims in by_total.values()
        if len(by_total) > 1
        and (found := fit(FamilyReading(reading.keuze, tuple(claims)), numbers, gaps)).is_mostly_wrong
        and found.judged > 1
        for claim in claims
    )
    left_out = set(dropped)
    return replace(reading, claims=tuple(c for c in reading.claims if c not in left_out)), dropped


def nearest_of(readings: Sequence[FamilyReading], evidence: Evidence) -> FamilyReading | None:
    """The reading that fails least, then the nearest, of those of which a sum could be judged; None: of none could one."""
    fits = [(r, fit(r, evidence.numbers, evidence.gaps)) for r in readings]
    told = [(r, found) for r, found in fits if found.judged]
    return told[_nearest([found for _, found in told])][0] if told else None


def _nearest(fits: Sequence[Fit]) -> int:
    return min(range(len(fits)), key=lambda i: (fits[i].failed, fits[i].distance, i))


def _pooled(fits: Sequence[Fit]) -> Fit:
    return Fit(
        sum(f.judged for f in fits),
        sum(f.failed for f in fits),
        sum(f.weight for f in fits),
        sum((f.distance for f in fits), Decimal(0)),
    )


def _survivors(fits: Sequence[Fit]) -> int:
    """How many readings are feasible; where none is, how many fail least and not mostly."""
    feasible = sum(1 for f in fits if f.judged and not f.failed)
    fewest = min((f.failed for f in fits), default=0)
    return feasible or sum(f.failed == fewest and not f.is_mostly_wrong for f in fits)


def by_evidence(family: Family, evidence: Evidence) -> Decision:
    """The first reading, unless it is mostly wrong: then the one that is right (nearly) everywhere.

    A reading must be borne out in two places at least, and is thin in however many it is: a total that leaves a group
    out does so in every column. If there is no such reading, what words are sure of stands: the first reading, where
    one place cannot speak against it or one slip explains the rest; else NONE. What a person decided goes first: a
    reading, or NO_SUM.
    """
    numbers, gaps, answer = evidence.numbers, evidence.gaps, evidence.answer(family)
    fits = [fit(r, numbers, gaps) for r in family.readings]
    holding = [i for i, f in enumerate(fits) if not f.is_mostly_wrong]
    if answer == NO_SUM:
        return Decision(NONE, len(holding))
    for i, reading in enumerate(family.readings):
        if answer == reading.keuze:
            return Decision(i, len(holding))
    if not fits[0].is_mostly_wrong:
        is_untold = not fits[0].judged and len(fits) > 1
        is_thin = not family.is_sure and fits[0].rests_on_each
        return Decision(0, len(holding), is_thin, is_untold)
    right = [
        i
        for i in holding
        if fits[i].borne_out >= _LEAST_WEIGHT and fits[i].failed <= max(1, fits[i].judged // 10)
    ]
    if right:
        best = min(right, key=lambda i: (fits[i].failed, i))
        return Decision(best, len(right), is_thin=True)
    is_told = family.is_sure and (fits[0].judged < 2 or closes_otherwise(family.readings[0], numbers))
    return Decision(0 if is_told else NONE, len(holding))


def rules_of(
    choices: Iterable[Choice],
    tables: Mapping[int, Table],
    numbers: Mapping[Position, Number],
    gaps: Gaps,
) -> list[Rule]:
    """The rules that the chosen readings make, each sum once.

    ``gaps`` are blank positions where a number was printed that could not be read: a sum over one of
    them is not complete and will not be judged.
    """
    names = Names(tables)
    seen: set[frozenset] = set()
    rules = []
    for choice in choices:
        slips = near_misses_of(choice.reading, numbers, names) if choice.reading else {}
        for claim in choice.reading.claims if choice.reading else ():
            rule = _rule(claim, numbers, gaps, names)
            if rule is None:
                continue
            rule = replace(rule, is_decisive=claim.total in choice.decisive)
            if (said := slips.get(claim)) is not None:
                rule = replace(
                    rule, diagnosis=said.nl, diagnosis_en=said.en, slip=said.slip, slip_en=said.slip_en
                )
            key = frozenset(rule.terms)
            if key not in seen and len(key) > 1:
                seen.add(key)
                rules.append(rule)
    return rules


def near_misses_of(
    reading: FamilyReading, numbers: Mapping[Position, Number], names: Names
) -> dict[ClaimedSum, Told]:
    """For each broken claim what would close it; the same slip in every column goes first."""
    broken = {_line_of(c) for c in reading.claims if judged(c, numbers).verdict == BREAK}
    by_total: dict[tuple[int, int], list[tuple[ClaimedSum, list[SumTerm]]]] = {}
    for claim in reading.claims if broken else ():
        if _line_of(claim) not in broken:
            continue
        terms = aligned_terms(claim, numbers)
        if terms is not None:
            by_total.setdefault(_line_of(claim), []).append((claim, terms))
    found = {}
    for lines in by_total.values():
        beside = [terms for _, terms in lines]
        alike = shared(beside) if lines[0][0].scope == "column" else None
        for at, (claim, terms) in enumerate(lines):
            own = closing(terms, beside, at)
            miss = alike if alike in own else near_miss(terms)
            if miss is not None:
                position = (*(p for p, _ in claim.parts), claim.total)[miss.term]
                name = names.column(position) if claim.scope == "row" else names.row(position)
                found[claim] = told(miss, name, terms[miss.term].amount)
    return found


def _rule(claim: ClaimedSum, numbers: Mapping[Position, Number], gaps: Gaps, names: Names) -> Rule | None:
    total = numbers.get(claim.total)
    parts = tuple((p, c) for p, c in claim.parts if p in numbers)
    if total is None or not parts or _says_nothing(claim, numbers):
        return None
    is_complete = (
        total.amount is not None
        and all(numbers[p].amount is not None for p, _ in parts)
        and not gaps.touch(claim)
    )
    # sum(c * sign * printed) - sign_total * printed = 0, turned so that the total has -1
    terms = tuple((p, Decimal(c * numbers[p].sign * total.sign)) for p, c in parts)
    nl, en = sentences(claim, parts, names)
    return Rule(claim.kind, claim.scope, (*terms, (claim.total, Decimal(-1))), nl, en, is_complete)
