"""``sluitend bench sums DIR``: which sums are found, and which break falsely, when reading is perfect.

Every case is settled from its hand-checked tables. A gold sum is found where a rule has the same total and
the same parts, or the same once subtotals are written out to their items. A false break is a rule judged
break that is no gold sum and touches no planted error. What does not belong here: how cases become tables (``gold``).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dagster_project.bench.gold import Case, GoldSum, Position, cases_in
from dagster_project.claims.derivation import with_sums
from dagster_project.judgement import BREAK, SumTerm, half_width_of, judge
from dagster_project.reading.model import Document, Rule, join_path

_FEW = 20
_DEPTH = 6  # subtotals within subtotals that are written out
Parts = Mapping[Position, Decimal]


@dataclass(frozen=True, slots=True)
class CaseScore:
    """What one case came to. asked: questions about conventions; sums are those that a case claims."""

    case: Case
    found: tuple[GoldSum, ...]
    missing: tuple[GoldSum, ...]
    false_breaks: tuple[Rule, ...]
    true_breaks: tuple[Rule, ...]
    extra: tuple[Rule, ...]  # rules that are no gold sum, written out or not
    asked: tuple[str, ...]
    settled: Document


def score(case: Case) -> CaseScore:
    """Settle the tables of a case and hold its rules against its gold sums."""
    document = with_sums(case.document)
    amounts = {
        (t.no, c.row, c.column): (c.amount, half_width_of(t.unit, c.decimals))
        for t in document.tables
        for c in reversed(t.cells)
    }
    blank = {(t.no, c.row, c.column) for t in document.tables for c in t.cells if c.value is None}
    rules = {frozenset(p for p, _ in rule.terms) - blank: rule for rule in document.rules}
    written_out = _WrittenOut(case.sums, document.rules)
    found = tuple(s for s in case.sums if _positions(s) in rules or written_out.has(s))
    broken = [r for r in document.rules if r.is_complete and _breaks(r, amounts)]
    gold = {_positions(s) for s in case.sums}
    is_true = [bool(case.planted & (own := {p for p, _ in r.terms})) or own - blank in gold for r in broken]
    return CaseScore(
        case,
        found,
        tuple(s for s in case.sums if s not in found),
        tuple(r for r, true in zip(broken, is_true, strict=True) if not true),
        tuple(r for r, true in zip(broken, is_true, strict=True) if true),
        tuple(
            rule
            for positions, rule in rules.items()
            if positions not in gold and not written_out.is_gold(rule)
        ),
        tuple(r.reason for r in document.rejects if r.kind == "question"),
        document,
    )


def _breaks(rule: Rule, amounts: Mapping[Position, tuple[Decimal | None, Decimal]]) -> bool:
    return judge(SumTerm(c, *amounts[p]) for p, c in rule.terms).verdict == BREAK


def _positions(gold: GoldSum) -> frozenset[Position | None]:
    return frozenset([gold.total, *(p for p, _ in gold.parts)])


class _WrittenOut:
    """Totals written out to items, by the sums over rows that a case claims."""

    def __init__(self, sums: Sequence[GoldSum], rules: Sequence[Rule]) -> None:
        self.sums: dict[Position, Parts] = {}
        for gold in sums:
            if gold.total is not None and gold.is_over_rows:
                self.sums.setdefault(gold.total, {p: k for p, k in gold.parts if p is not None})
        self.claimed: dict[Position, set[frozenset]] = {}
        for rule in rules:
            *parts, (total, _) = rule.terms
            known = self._written_out({p: Decimal(1) for p, _ in parts}, {total})
            self.claimed.setdefault(total, set()).add(known)
        self.goals = {(s.total, self._goal(s)) for s in sums if s.total is not None}

    def _goal(self, gold: GoldSum) -> frozenset:
        return self._written_out({p: Decimal(1) for p, _ in gold.parts if p}, {gold.total})

    def has(self, gold: GoldSum) -> bool:
        if gold.total is None or any(p is None for p, _ in gold.parts):
            return False
        return self._goal(gold) in self.claimed.get(gold.total, ())

    def is_gold(self, rule: Rule) -> bool:
        *parts, (total, _) = rule.terms
        written = self._written_out({p: Decimal(1) for p, _ in parts}, {total})
        return (total, written) in self.goals

    def _written_out(self, parts: Parts, without: set) -> frozenset:
        out: dict[Position, Decimal] = defaultdict(Decimal)
        self._into(out, parts, Decimal(1), without, 0)
        return frozenset(out.items())

    def _into(
        self, out: dict[Position, Decimal], parts: Parts, factor: Decimal, without: set, depth: int
    ) -> None:
        for position, k in parts.items():
            below = self.sums.get(position) if position not in without and depth < _DEPTH else None
            if below is None:
                out[position] += factor * k
            else:
                self._into(out, {p: Decimal(1) for p in below}, factor * k, without, depth + 1)


# --- the page ----------------------------------------------------------------------------------------


def main(folder: Path, only: str = "", *, small: bool = False, verbose: bool = False) -> None:
    """Score the cases of ``folder`` and print a line per family.

    only: cases with these letters in their name. small: the first twenty. verbose: tell each miss and break.
    Exit status 2 where there are no such cases.
    """
    families: dict[str, Counter] = {}
    chosen = [case for case in cases_in(folder) if only in case.name]
    for case in chosen[:_FEW] if small else chosen:
        result = score(case)
        families.setdefault(case.family, Counter()).update(_counted(result))
        if verbose:
            for line in told(result):
                print(line)
    if not families:
        print(f"no cases in {folder}", file=sys.stderr)
        sys.exit(2)
    for line in page(families):
        print(line)


def _counted(result: CaseScore) -> Counter:
    return Counter(
        cases=1,
        sums=len(result.case.sums),
        found=len(result.found),
        false=len(result.false_breaks),
        true=len(result.true_breaks),
        extra=len(result.extra),
        asked=len(result.asked),
    )


def page(families: Mapping[str, Counter]) -> list[str]:
    """A table with a line per family and one for all."""
    lines = [f"{'':22}{'cases':>7}{'sums':>8}{'found':>9}{'false':>7}{'planted':>9}{'extra':>7}{'asked':>7}"]
    total: Counter = Counter()
    for family in sorted(families):
        total.update(families[family])
        lines.append(_line(family, families[family]))
    return [*lines, _line("all", total)]


def _line(name: str, c: Mapping[str, int]) -> str:
    share = f"{100 * c['found'] / c['sums']:.1f} %" if c["sums"] else "-"
    return f"{name:22}{c['cases']:>7}{c['sums']:>8}{share:>9}{c['false']:>7}{c['true']:>9}{c['extra']:>7}{c['asked']:>7}"


def told(result: CaseScore) -> list[str]:
    """What is missing and what breaks in one case, in the words of the table."""
    names = {
        (t.no, r.no, c.no): f"{join_path(r.path)} | {join_path(c.path)}"
        for t in result.settled.tables
        for r in t.rows
        for c in t.columns
    }

    def named(place: tuple[int, int, int] | None) -> object:
        return names.get(place, place) if place is not None else place

    lines = []
    for gold in result.missing:
        parts = " ".join(f"{'+' if k > 0 else '-'} [{named(p)}]" for p, k in gold.parts)
        lines.append(f"  missing {named(gold.total)} = {parts}")
    lines += [f"  false   {rule.kind}: {rule.nl}" for rule in result.false_breaks]
    lines += [f"  asked   {reason}" for reason in result.asked]
    return [f"{result.case.name}", *lines] if lines else []
