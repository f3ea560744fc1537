"""The printed numbers and the rules between them, as a system of equations in whole numbers.

Input are plain records, however they were read. Out come *components*: sets of cells tied by judged
rules, in which every value is a whole number of *steps* (units of its last printed digit) and every
coefficient a whole number, so that residuals are exact at any size. A number that was published twice
(rule kind ``getuige``) is one *figure* with several *prints*: its prints must be identical and share one
unrounded value.

What does not belong here: solving (``linear``, ``intervals``), verdicts (``certificate``) and words.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np

from dagster_project.judgement import UNJUDGED, Judgement, SumTerm, judge
from dagster_project.number_text import places_of

WITNESS_KIND = "getuige"
METHOD_VERSION = "2"  # part of every fingerprint: a new method proves everything again
_TOO_LARGE = Decimal(10) ** 18  # printed units that a residual can be told in


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed number. ``value`` and ``half_width`` in printed units; ``value`` None: no number.

    A nil mark counts as zero. ``half_width`` is 0.5 x 10^-decimals for a rounded number and 0 for whole
    euros (see ``half_width_of``). Labels are paths as printed and serve sentences only.
    """

    cell_id: str
    table_id: str
    value: Decimal | None
    half_width: Decimal
    decimals: int = 0
    text: str = ""
    row_no: int = 0
    column_no: int = 0
    row_label: str = ""
    column_label: str = ""
    occurrence: int = 1

    @property
    def steps(self) -> int:
        """The value as a whole number of units of its last digit."""
        return int(self.number.scaleb(self.decimals))

    @property
    def number(self) -> Decimal:
        """The value of a cell that has one, as every cell of a component does."""
        assert self.value is not None, f"{self.cell_id} has no number"
        return self.value

    @property
    def half_steps(self) -> Fraction:
        """The half-width in units of the last digit: 1/2 for rounded numbers, 0 for exact ones."""
        return Fraction(self.half_width) * 10**self.decimals


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """One sum that a table claims, with its sentence. Its terms are ``PrintedTerm`` records."""

    rule_id: str
    kind: str
    is_complete: bool = True
    nl: str = ""
    en: str = ""
    is_decisive: bool = False  # its numbers decided how its table is read: it is judged, and proves nothing


@dataclass(frozen=True, slots=True)
class PrintedTerm:
    """One term: the rule says that the sum of coefficient x value is 0.

    ``shift``: of a rule that lets two sides move as much, its coefficient in the sum of by how much they moved.
    """

    rule_id: str
    cell_id: str
    coefficient: Decimal
    shift: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is printed around a cell: nearest number to each side, in the same row and column."""

    left: PrintedCell | None = None
    right: PrintedCell | None = None
    above: PrintedCell | None = None
    below: PrintedCell | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """One distinct equation over figures, and the rules (often one, or the same in two publications)."""

    rule_ids: tuple[str, ...]
    figures: tuple[int, ...]
    coefficients: tuple[int, ...]


@dataclass(frozen=True)
class Component:
    """A connected set of cells and rules.

    cells, values (in steps), figure_of: one per cell. members: the cells of each figure. half (steps):
    one per figure. rows: the distinct equations. witness_rules: per figure the rules that tie its prints.
    """

    component_id: str
    fingerprint: str
    cells: tuple[PrintedCell, ...]
    values: tuple[int, ...]
    figure_of: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    half: tuple[Fraction, ...]
    rows: tuple[Equation, ...]
    rules: tuple[PrintedRule, ...]
    rule_cells: tuple[tuple[str, tuple[tuple[int, Fraction], ...]], ...]
    witness_rules: tuple[tuple[str, ...], ...]
    surroundings: tuple[Surroundings, ...] = ()

    @property
    def size(self) -> int:
        """The number of figures: the unknowns of the system."""
        return len(self.members)

    @cached_property
    def groups(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Per figure its cells by printed value, the most frequent value first."""
        out = []
        for cells in self.members:
            by_value: dict[int, list[int]] = defaultdict(list)
            for i in cells:
                by_value[self.values[i]].append(i)
            ordered = sorted(by_value.values(), key=lambda group: (-len(group), group[0]))
            out.append(tuple(tuple(group) for group in ordered))
        return tuple(out)

    @cached_property
    def disagreeing(self) -> tuple[int, ...]:
        """The figures whose prints are not identical."""
        return tuple(f for f, groups in enumerate(self.groups) if len(groups) > 1)

    @cached_property
    def centres(self) -> tuple[int, ...]:
        """The printed value of each figure in steps, the most frequent print where they differ."""
        return tuple(self.values[groups[0][0]] for groups in self.groups)

    def residuals(self, centres: Sequence[int]) -> list[int]:
        """Exact sum of coefficient x centre per row, in the row's own whole units."""
        return [
            sum(a * centres[f] for f, a in zip(row.figures, row.coefficients, strict=True))
            for row in self.rows
        ]

    def without_decisive_rules(self) -> Component:
        """The same figures with the equations that did not decide how their table is read."""
        decisive = {rule.rule_id for rule in self.rules if rule.is_decisive}
        if not decisive:
            return self
        return replace(self, rows=tuple(row for row in self.rows if not decisive.issuperset(row.rule_ids)))

    def with_values(self, steps: Mapping[int, int]) -> Component:
        """The same component with other numbers printed in some cells (cell index -> steps)."""
        new = {
            self.cells[i].cell_id: replace(self.cells[i], value=Decimal(n).scaleb(-self.cells[i].decimals))
            for i, n in steps.items()
        }

        def renewed(cell: PrintedCell) -> PrintedCell:
            return new.get(cell.cell_id, cell)

        def renewed_around(s: Surroundings) -> Surroundings:
            sides = (s.left, s.right, s.above, s.below)
            return Surroundings(*(side and renewed(side) for side in sides))

        return replace(
            self,
            cells=tuple(renewed(cell) for cell in self.cells),
            values=tuple(steps.get(i, n) for i, n in enumerate(self.values)),
            surroundings=tuple(renewed_around(s) for s in self.surroundings),
        )

    @cached_property
    def rule_by_id(self) -> dict[str, PrintedRule]:
        """The rules of the component by id."""
        return {rule.rule_id: rule for rule in self.rules}

    @cached_property
    def terms(self) -> dict[str, tuple[tuple[int, Fraction], ...]]:
        """Per rule its (cell index, coefficient) pairs."""
        return dict(self.rule_cells)

    @cached_property
    def half_floats(self) -> np.ndarray:
        """half as floats, shape (size,)."""
        return np.array([float(h) for h in self.half])


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """A rule by itself: how many terms it has and how far they are from adding up, or why that cannot be said.

    ``reason`` is empty where it was judged. A rule with a reason stays out of the proof. ``shift``: by how much two
    sides moved that the rule lets move as much, and whether rounding explains that; not judged where it lets none.
    """

    rule_id: str
    terms: int
    judgement: Judgement
    reason: str
    shift: Judgement = UNJUDGED


@dataclass(frozen=True, slots=True)
class Systems:
    """Everything to prove: the components, every rule judged by itself, and the cells that no judged rule holds."""

    components: tuple[Component, ...]
    rules: tuple[JudgedRule, ...]
    loose_cells: tuple[PrintedCell, ...]


def build_systems(
    cells: Iterable[PrintedCell], rules: Iterable[PrintedRule], terms: Iterable[PrintedTerm]
) -> Systems:
    """Cells, rules and terms as components, in an order that does not depend on the order of the input."""
    by_id = {cell.cell_id: _with_all_decimals(cell) for cell in sorted(cells, key=lambda c: c.cell_id)}
    terms_of: dict[str, list[PrintedTerm]] = defaultdict(list)
    for term in terms:
        terms_of[term.rule_id].append(term)
    judged: dict[str, tuple[PrintedRule, dict[str, Fraction]]] = {}
    by_itself = []
    for rule in sorted(rules, key=lambda r: r.rule_id):
        own = terms_of.get(rule.rule_id, [])
        found = judge_rule(rule, own, by_id)
        by_itself.append(found)
        if found.reason:
            continue
        parts: dict[str, Fraction] = defaultdict(Fraction)
        for term in own:
            parts[term.cell_id] += Fraction(term.coefficient)
        judged[rule.rule_id] = (rule, {cell_id: a for cell_id, a in sorted(parts.items()) if a})
    surroundings = _Neighbourhood(by_id.values())
    components = tuple(
        _component(cell_ids, rule_ids, by_id, judged, surroundings)
        for cell_ids, rule_ids in _connected({r: tuple(parts) for r, (_, parts) in judged.items()})
    )
    held = {cell.cell_id for component in components for cell in component.cells}
    loose = tuple(cell for cell_id, cell in by_id.items() if cell_id not in held)
    return Systems(components, tuple(by_itself), loose)


def judge_rule(
    rule: PrintedRule, terms: Sequence[PrintedTerm], cells: Mapping[str, PrintedCell]
) -> JudgedRule:
    """One rule by itself, in printed units. Two publications of one table print the same figure: rounding explains nothing."""
    reason = _reason_not_to_judge(rule, terms, cells)
    if reason:
        return JudgedRule(rule.rule_id, len(terms), UNJUDGED, reason)
    is_witness = rule.kind == WITNESS_KIND
    judgement = judge(
        SumTerm(term.coefficient, cell.value, Decimal(0) if is_witness else cell.half_width)
        for term in terms
        for cell in (cells[term.cell_id],)
    )
    if max(abs(judgement.residual), judgement.tolerance) >= _TOO_LARGE:
        return JudgedRule(rule.rule_id, len(terms), UNJUDGED, "its numbers are too large to add up")
    shift = judge(
        SumTerm(term.shift, cells[term.cell_id].value, cells[term.cell_id].half_width)
        for term in terms
        if term.shift is not None
    )
    return JudgedRule(rule.rule_id, len(terms), judgement, "", shift)


def _with_all_decimals(cell: PrintedCell) -> PrintedCell:
    """The cell with as many decimals as its value needs, if more than was said."""
    if cell.value is None:
        return cell
    needed = places_of(cell.value)
    return replace(cell, decimals=needed) if needed > cell.decimals else cell


def _reason_not_to_judge(
    rule: PrintedRule, terms: Sequence[PrintedTerm], cells: Mapping[str, PrintedCell]
) -> str:
    if not rule.is_complete:
        return "a part of the sum was not read"
    weights: dict[str, Decimal] = defaultdict(Decimal)
    for term in terms:
        weights[term.cell_id] += term.coefficient
    parts = [cell_id for cell_id, weight in weights.items() if weight]
    if len(parts) < 2:
        return "a sum of fewer than two numbers says nothing"
    for cell_id in parts:
        if cell_id not in cells:
            return f"a part of the sum does not exist: {cell_id}"
        if cells[cell_id].value is None:
            return f"a part of the sum has no number: {cell_id}"
    return ""


def _connected(cells_of_rule: dict[str, tuple[str, ...]]) -> list[tuple[list[str], list[str]]]:
    """Connected components as (cell ids, rule ids), each sorted, in the order of their first cell."""
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        root = x
        while parent[root] != root:
            root = parent[root]
        while parent[x] != root:
            parent[x], x = root, parent[x]
        return root

    for cell_ids in cells_of_rule.values():
        for cell_id in cell_ids:
            parent.setdefault(cell_id, cell_id)
        first = find(cell_ids[0])
        for cell_id in cell_ids[1:]:
            parent[find(cell_id)] = first
    cells_by_root: dict[str, list[str]] = defaultdict(list)
    rules_by_root: dict[str, list[str]] = defaultdict(list)
    for cell_id in sorted(parent):
        cells_by_root[find(cell_id)].append(cell_id)
    for rule_id, cell_ids in cells_of_rule.items():
        rules_by_root[find(cell_ids[0])].append(rule_id)
    return [(cell_ids, sorted(rules_by_root[root])) for root, cell_ids in cells_by_root.items()]


class _Neighbourhood:
    """Looks up what is printed around a cell."""

    def __init__(self, cells: Iterable[PrintedCell]) -> None:
        self._rows: dict[tuple[str, int], list[PrintedCell]] = defaultdict(list)
        self._columns: dict[tuple[str, int], list[PrintedCell]] = defaultdict(list)
        for cell in cells:
            if cell.occurrence == 1 and cell.row_no and cell.column_no:
                self._rows[cell.table_id, cell.row_no].append(cell)
                self._columns[cell.table_id, cell.column_no].append(cell)
        for row in self._rows.values():
            row.sort(key=lambda c: c.column_no)
        for column in self._columns.values():
            column.sort(key=lambda c: c.row_no)
        self._row_place = {c.cell_id: i for row in self._rows.values() for i, c in enumerate(row)}
        self._column_place = {c.cell_id: i for col in self._columns.values() for i, c in enumerate(col)}

    def around(self, cell: PrintedCell) -> Surroundings:
        """The nearest cells to each side; all None for a cell without a place."""
        if cell.cell_id not in self._row_place:
            return Surroundings()
        row, i = self._rows[cell.table_id, cell.row_no], self._row_place[cell.cell_id]
        column, j = self._columns[cell.table_id, cell.column_no], self._column_place[cell.cell_id]
        return Surroundings(
            left=row[i - 1] if i else None,
            right=row[i + 1] if i + 1 < len(row) else None,
            above=column[j - 1] if j else None,
            below=column[j + 1] if j + 1 < len(column) else None,
        )


def _component(
    cell_ids: list[str],
    rule_ids: list[str],
    by_id: dict[str, PrintedCell],
    judged: dict[str, tuple[PrintedRule, dict[str, Fraction]]],
    neighbourhood: _Neighbourhood,
) -> Component:
    cells = tuple(by_id[cell_id] for cell_id in cell_ids)
    index = {cell_id: i for i, cell_id in enumerate(cell_ids)}
    figure_of, ties = _figures(cells, index, rule_ids, judged)
    members: list[list[int]] = [[] for _ in range(max(figure_of) + 1)]
    for i, figure in enumerate(figure_of):
        members[figure].append(i)
    rows: dict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
    for rule_id in rule_ids:
        equation = () if rule_id in ties else _equation(judged[rule_id][1], cells, index, figure_of)
        if equation:
            rows[equation].append(rule_id)
    surroundings = tuple(neighbourhood.around(cell) for cell in cells)
    witness_rules: list[list[str]] = [[] for _ in members]
    for rule_id, figure in ties.items():
        witness_rules[figure].append(rule_id)
    component_id = _digest([*cell_ids, "|", *rule_ids])
    return Component(
        component_id=component_id,
        fingerprint=_fingerprint(component_id, cells, surroundings, rule_ids, judged),
        cells=cells,
        values=tuple(cell.steps for cell in cells),
        figure_of=tuple(figure_of),
        members=tuple(tuple(m) for m in members),
        half=tuple(cells[m[0]].half_steps for m in members),
        rows=tuple(
            Equation(tuple(ids), tuple(f for f, _ in equation), tuple(a for _, a in equation))
            for equation, ids in sorted(rows.items())
        ),
        rules=tuple(judged[rule_id][0] for rule_id in rule_ids),
        rule_cells=tuple(
            (rule_id, tuple((index[c], a) for c, a in judged[rule_id][1].items())) for rule_id in rule_ids
        ),
        witness_rules=tuple(tuple(ids) for ids in witness_rules),
        surroundings=surroundings,
    )


def _figures(
    cells: tuple[PrintedCell, ...],
    index: dict[str, int],
    rule_ids: list[str],
    judged: dict[str, tuple[PrintedRule, dict[str, Fraction]]],
) -> tuple[list[int], dict[str, int]]:
    """The figure of each cell, and the witness rules that made figures (rule id -> figure).

    Two prints are one figure if a witness rule equates them and both have the same number of decimals
    and the same half-width. Other witness rules stay equations.
    """
    parent = list(range(len(cells)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    merging = []
    for rule_id in rule_ids:
        rule, parts = judged[rule_id]
        if rule.kind != WITNESS_KIND or len(parts) != 2 or sum(parts.values()) != 0:
            continue
        a, b = (cells[index[cell_id]] for cell_id in parts)
        if (a.decimals, a.half_width) == (b.decimals, b.half_width):
            merging.append((rule_id, index[a.cell_id]))
            low, high = sorted((find(index[a.cell_id]), find(index[b.cell_id])))
            parent[high] = low
    numbers: dict[int, int] = {}
    figure_of = [numbers.setdefault(find(i), len(numbers)) for i in range(len(cells))]
    return figure_of, {rule_id: figure_of[i] for rule_id, i in merging}


def _equation(
    parts: dict[str, Fraction], cells: tuple[PrintedCell, ...], index: dict[str, int], figure_of: list[int]
) -> tuple[tuple[int, int], ...]:
    """The rule over figures in steps, with whole coefficients without a common divisor, first one positive."""
    total: dict[int, Fraction] = defaultdict(Fraction)
    for cell_id, a in parts.items():
        i = index[cell_id]
        total[figure_of[i]] += a / 10 ** cells[i].decimals if cells[i].decimals else a
    total = {f: a for f, a in sorted(total.items()) if a != 0}
    if not total:
        return ()
    scale = math.lcm(*(a.denominator for a in total.values()))
    whole = {f: int(a * scale) for f, a in total.items()}
    divisor = math.gcd(*whole.values())
    if next(iter(whole.values())) < 0:
        divisor = -divisor
    return tuple((f, a // divisor) for f, a in whole.items())


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _fingerprint(
    component_id: str,
    cells: tuple[PrintedCell, ...],
    surroundings: tuple[Surroundings, ...],
    rule_ids: list[str],
    judged: dict[str, tuple[PrintedRule, dict[str, Fraction]]],
) -> str:
    """A hash of everything that the outcome depends on: numbers, coefficients, words, what stands around."""
    parts = [METHOD_VERSION, component_id]
    for cell, around in zip(cells, surroundings, strict=True):
        near = (around.left, around.right, around.above, around.below)
        parts.append(
            f"{cell.number.normalize()} {cell.half_width.normalize()} {cell.decimals} {cell.text} "
            f"{cell.row_label} {cell.column_label} "
            + " ".join("-" if n is None else f"{n.cell_id} {n.value}" for n in near)
        )
    for rule_id in rule_ids:
        rule, terms = judged[rule_id]
        parts.append(
            f"{rule.kind} {rule.nl} {rule.en} {rule.is_decisive} "
            + " ".join(f"{c} {a}" for c, a in terms.items())
        )
    return _digest(parts)
