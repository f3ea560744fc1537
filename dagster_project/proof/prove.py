"""The proof of a warehouse: every component certified, its breaks explained, every cell given a status.

``prove`` takes plain records and gives plain records, one kind per table of the build schema ``proof``.
Components whose fingerprint is already known are not proved again: their rows stay as they were.

What does not belong here: where records come from and go to; the mathematics of one step.
"""

from __future__ import annotations

import math
import multiprocessing
from collections import Counter
from collections.abc import Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dagster_project.judgement import NOT_JUDGED
from dagster_project.proof import linear
from dagster_project.proof.certificate import Certificate, certify
from dagster_project.proof.conflicts import Conflict, conflicts_of
from dagster_project.proof.diagnosis import SLIPS, Diagnosis, diagnose, place_of, share_of_repeats
from dagster_project.proof.sentences import certificate_sentences, conflict_sentences, suspect_sentences
from dagster_project.proof.shifts import shifted_rows
from dagster_project.proof.suspects import FREE, Explanation, Freed, Search, search
from dagster_project.proof.system import (
    Component,
    JudgedRule,
    PrintedCell,
    PrintedRule,
    PrintedTerm,
    Systems,
    build_systems,
)
from dagster_project.proof.verifiability import Pinned, is_implied, locatable_figures, pinned_figures

_Suspect = tuple[int, Freed, Diagnosis]
_PLACES = Decimal("0.000001")
_PARALLEL_FROM = 20_000  # cells to prove; below it starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One component. min_half_width in units of the last printed digit; see ``certificate.Certificate``.

    search: complete (all smallest explanations are listed), capped, none up to three, what the solver
    refused, or empty where nothing had to be explained. is_between_sources: its sums tie a document to
    figures of another source, see ``prove_sources``.
    """

    component_id: str
    fingerprint: str
    feasible: bool | None
    min_half_width: Decimal | None
    cells: int
    rules: int
    is_exact: bool
    solver_status: str
    solver_version: str
    search: str
    explained_in_nl: str
    explained_in_en: str
    is_between_sources: bool = False


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """An unrounded value, in printed units, that belongs to the certificate of a feasible component."""

    component_id: str
    cell_id: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One rule of a set of rules that cannot hold together, with its weight in the contradiction."""

    component_id: str
    conflict_no: int
    rule_id: str
    weight: Decimal
    sentence_nl: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class SuspectRow:
    """One cell of one explanation. Numbers in printed units; implied bounds are numbers as they would print."""

    component_id: str
    set_no: int
    set_size: int
    cell_id: str
    printed: Decimal
    implied_low: Decimal | None
    implied_high: Decimal | None
    rank: int
    diagnosis: str
    diagnosis_en: str
    diagnosis_kind: str
    weight: float
    sentence_nl: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class CellStatusRow:
    """One cell. status: the first that is true of proved, implied, locatable, else unverifiable.

    implied_low, implied_high: the numbers that the others leave, in printed units. rules: judged ones.
    """

    cell_id: str
    component_id: str | None
    status: str
    is_proved: bool
    is_implied: bool
    is_locatable: bool
    is_detectable: bool
    is_suspect: bool
    implied_low: Decimal | None
    implied_high: Decimal | None
    rules: int


@dataclass(frozen=True, slots=True)
class RuleStatusRow:
    """One rule: how far it is off by itself, the component that judges it with others, or why it is not judged.

    residual, tolerance in printed units; None where verdict is not_judged. shift: by how much two sides moved that the
    rule lets move as much, in printed units, and its verdict: a break where rounding does not explain that they did.
    """

    rule_id: str
    component_id: str | None
    is_judged: bool
    reason: str
    terms: int
    residual: Decimal | None
    tolerance: Decimal | None
    verdict: str
    shift: Decimal | None
    shift_verdict: str


@dataclass(frozen=True, slots=True)
class Proof:
    """All rows, and the components (id, fingerprint) that were known and have no rows here."""

    certificates: tuple[CertificateRow, ...] = ()
    witnesses: tuple[WitnessRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    suspects: tuple[SuspectRow, ...] = ()
    cell_status: tuple[CellStatusRow, ...] = ()
    rule_status: tuple[RuleStatusRow, ...] = ()
    unchanged: tuple[tuple[str, str], ...] = ()


def prove(
    cells: Iterable[PrintedCell],
    rules: Iterable[PrintedRule],
    terms: Iterable[PrintedTerm],
    known: Collection[str] = (),
    workers: int = 1,
) -> Proof:
    """The proof of all cells and rules. The order of the input does not matter.

    known: fingerprints that need no new proof (they hold ids, numbers, words and the method's version).
    workers: processes to use where there is enough to prove.
    """
    return prove_systems(build_systems(cells, rules, terms), known, workers)


def prove_systems(systems: Systems, known: Collection[str] = (), workers: int = 1) -> Proof:
    """``prove`` for systems that are already built."""
    todo = [c for c in systems.components if c.fingerprint not in known]
    unchanged = tuple((c.component_id, c.fingerprint) for c in systems.components if c.fingerprint in known)
    if workers > 1 and len(todo) > 1 and sum(len(c.cells) for c in todo) >= _PARALLEL_FROM:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            proofs = list(pool.map(prove_component, todo, chunksize=max(1, len(todo) // (8 * workers))))
    else:
        proofs = [prove_component(component) for component in todo]
    loose_cells = tuple(
        CellStatusRow(cell.cell_id, None, "unverifiable", *(False,) * 5, None, None, 0)
        for cell in systems.loose_cells
    )
    certificate_of = {
        rule.rule_id: proof.certificates[0]
        for component, proof in zip(todo, proofs, strict=True)
        for rule in component.rules
    }
    known_rules = {rule.rule_id for c in systems.components if c.fingerprint in known for rule in c.rules}
    return Proof(
        certificates=tuple(row for p in proofs for row in p.certificates),
        witnesses=tuple(row for p in proofs for row in p.witnesses),
        conflicts=tuple(row for p in proofs for row in p.conflicts),
        suspects=tuple(row for p in proofs for row in p.suspects),
        cell_status=tuple(row for p in proofs for row in p.cell_status) + loose_cells,
        rule_status=tuple(
            _rule_status(rule, certificate_of.get(rule.rule_id))
            for rule in systems.rules
            if rule.rule_id not in known_rules
        ),
        unchanged=unchanged,
    )


def prove_sources(
    cells: Iterable[PrintedCell], rules: Iterable[PrintedRule], terms: Iterable[PrintedTerm]
) -> Proof:
    """Certificates and conflicts of sums between a document and another source, apart from the document's own sums.

    Where two sources differ, either may be right, or both mean something else: nothing in such a sum is a suspect. And what
    cannot speak against a number cannot speak for it either: no cell gets a status here.
    """
    proofs = []
    systems = build_systems(cells, rules, terms)
    for component in systems.components:
        certificate = certify(component)
        conflicts: list[Conflict] = []
        if certificate.feasible is False:
            try:
                conflicts = conflicts_of(component, certificate)
            except linear.SolverFailure:
                conflicts = []
        row = _certificate_row(component, certificate, conflicts, None)
        proofs.append(
            Proof(
                certificates=(replace(row, is_between_sources=True),),
                witnesses=_witness_rows(component, certificate),
                conflicts=_conflict_rows(component, conflicts),
            )
        )
    certificate_of = {
        rule.rule_id: proof.certificates[0]
        for component, proof in zip(systems.components, proofs, strict=True)
        for rule in component.rules
    }
    return Proof(
        certificates=tuple(row for p in proofs for row in p.certificates),
        witnesses=tuple(row for p in proofs for row in p.witnesses),
        conflicts=tuple(row for p in proofs for row in p.conflicts),
        rule_status=tuple(_rule_status(rule, certificate_of.get(rule.rule_id)) for rule in systems.rules),
    )


@dataclass(frozen=True, slots=True)
class Examination:
    """A component's certificate and, where it is refused, why and which sets of cells explain it.

    ranked: weighed sets of (cell index, what was freed, its diagnosis), the likeliest first.
    """

    certificate: Certificate
    conflicts: list[Conflict]
    found: Search | None
    ranked: list[tuple[float, list[_Suspect]]]


def examined(component: Component) -> Examination:
    """Certificate, conflicts, suspects and diagnosis of one component."""
    certificate = certify(component)
    conflicts: list[Conflict] = []
    found = None
    if certificate.feasible is False:
        conflicts, found = _explain(component, certificate)
    return Examination(certificate, conflicts, found, _ranked(component, found))


def prove_component(component: Component) -> Proof:
    """The rows of one component."""
    examination = examined(component)
    certificate, conflicts, found = examination.certificate, examination.conflicts, examination.found
    ranked = examination.ranked
    suspected = {i for _, cells in ranked for i, *_ in cells}
    return Proof(
        certificates=(_certificate_row(component, certificate, conflicts, found),),
        witnesses=_witness_rows(component, certificate),
        conflicts=_conflict_rows(component, conflicts),
        suspects=_suspect_rows(component, ranked),
        cell_status=_status_rows(component, certificate, conflicts, suspected),
    )


def _rule_status(rule: JudgedRule, certificate: CertificateRow | None) -> RuleStatusRow:
    """``certificate``: of the component that holds the rule, None where none does."""
    is_judged = certificate is not None and certificate.feasible is not None
    off = rule.judgement
    return RuleStatusRow(
        rule_id=rule.rule_id,
        component_id=certificate.component_id if certificate else None,
        is_judged=is_judged,
        reason=rule.reason or ("" if certificate is None or is_judged else certificate.solver_status),
        terms=rule.terms,
        residual=None if off.verdict == NOT_JUDGED else off.residual.quantize(_PLACES),
        tolerance=None if off.verdict == NOT_JUDGED else off.tolerance.quantize(_PLACES),
        verdict=off.verdict,
        shift=None if rule.shift.verdict == NOT_JUDGED else rule.shift.residual.quantize(_PLACES),
        shift_verdict=rule.shift.verdict,
    )


def _explain(component: Component, certificate: Certificate) -> tuple[list[Conflict], Search]:
    try:
        conflicts = conflicts_of(component, certificate)
        if not conflicts:
            return [], Search((), certificate.status)
        found = search(component, conflicts)
        return conflicts, Search(found.explanations + _shifts(component, conflicts, found), found.outcome)
    except linear.SolverFailure as failure:
        return [], Search((), failure.status)


def _shifts(component: Component, conflicts: list[Conflict], found: Search) -> tuple[Explanation, ...]:
    """Row shifts that say more than that the lost number alone is wrong."""
    alone = {e.freed[0].figure for e in found.explanations if len(e.freed) == 1}
    return tuple(
        shift
        for shift in shifted_rows(component, conflicts)
        if not any(freed.figure in alone for freed in shift.freed if freed.low is None)
    )


def _ranked(component: Component, found: Search | None) -> list[tuple[float, list[_Suspect]]]:
    """The explanations as weighed sets of suspect cells, the likeliest first. A shift of a whole row leads."""
    repeats = share_of_repeats(component) if found and found.explanations else 0.0
    ranked = []
    for explanation in found.explanations if found else ():
        cells = [
            (i, freed, _diagnosis(component, i, freed, explanation, repeats))
            for freed in explanation.freed
            for i in _wrong_prints(component, freed)
        ]
        by_figure: dict[int, float] = {}  # one slip, however often it was printed
        for _, freed, diagnosis in cells:
            by_figure[freed.figure] = max(by_figure.get(freed.figure, 0.0), diagnosis.weight)
        weight = math.prod(by_figure.values())
        ranked.append(
            (explanation.shift == 0, -weight, [component.cells[i].cell_id for i, *_ in cells], cells)
        )
    return [(-weight, cells) for _, weight, _, cells in sorted(ranked, key=lambda entry: entry[:3])]


def _wrong_prints(component: Component, freed: Freed) -> tuple[int, ...]:
    """The cells that an explanation takes for wrong: all prints of the figure but the believed ones."""
    if freed.kept == FREE:
        return component.members[freed.figure]
    believed = component.groups[freed.figure][freed.kept]
    return tuple(i for i in component.members[freed.figure] if i not in believed)


def _diagnosis(
    component: Component, cell: int, freed: Freed, explanation: Explanation, repeats: float
) -> Diagnosis:
    if explanation.shift:
        return Diagnosis("rij_verschoven", None, 1.0)
    place = place_of(component, cell, repeats)
    diagnosis = diagnose(place, freed.low, freed.high, float(component.half[freed.figure]))
    if freed.kept != FREE and diagnosis.kind == "onbekend":
        return Diagnosis("andere_druk", None, diagnosis.weight)
    return diagnosis


def _certificate_row(
    component: Component, certificate: Certificate, conflicts: list[Conflict], found: Search | None
) -> CertificateRow:
    nl, en = certificate_sentences(component, certificate, conflicts, found)
    least = certificate.min_half_width
    return CertificateRow(
        component_id=component.component_id,
        fingerprint=component.fingerprint,
        feasible=certificate.feasible,
        min_half_width=None if least is None else Decimal(str(least)).quantize(_PLACES),
        cells=len(component.cells),
        rules=len(component.rules),
        is_exact=certificate.is_exact,
        solver_status=certificate.status,
        solver_version=linear.SOLVER,
        search=found.outcome if found else "",
        explained_in_nl=nl,
        explained_in_en=en,
    )


def _witness_rows(component: Component, certificate: Certificate) -> tuple[WitnessRow, ...]:
    if certificate.witness is None:
        return ()
    return tuple(
        WitnessRow(
            component.component_id,
            cell.cell_id,
            _decimal((component.values[i] + certificate.witness[component.figure_of[i]]) / 10**cell.decimals),
        )
        for i, cell in enumerate(component.cells)
    )


def _conflict_rows(component: Component, conflicts: list[Conflict]) -> tuple[ConflictRow, ...]:
    rows = []
    for number, conflict in enumerate(conflicts, start=1):
        nl, en = conflict_sentences(component, conflict)
        named = [(rule, y) for k, y in conflict.rows for rule in component.rows[k].rule_ids]
        if conflict.witness is not None:
            named = [(rule, Fraction(1)) for rule in component.witness_rules[conflict.witness]]
        rows += [ConflictRow(component.component_id, number, rule, _decimal(y), nl, en) for rule, y in named]
    return tuple(rows)


def _suspect_rows(component: Component, ranked: list[tuple[float, list[_Suspect]]]) -> tuple[SuspectRow, ...]:
    rows = []
    for rank, (weight, cells) in enumerate(ranked, start=1):
        for i, freed, diagnosis in cells:
            cell = component.cells[i]
            nl, en = suspect_sentences(component, i, freed, diagnosis)
            _, name_nl, name_en = SLIPS[diagnosis.kind]
            rows.append(
                SuspectRow(
                    component_id=component.component_id,
                    set_no=rank,
                    set_size=len(cells),
                    cell_id=cell.cell_id,
                    printed=cell.number,
                    implied_low=_in_units(freed.low, cell),
                    implied_high=_in_units(freed.high, cell),
                    rank=rank,
                    diagnosis=name_nl,
                    diagnosis_en=name_en,
                    diagnosis_kind=diagnosis.kind,
                    weight=weight,
                    sentence_nl=nl,
                    sentence_en=en,
                )
            )
    return tuple(rows)


def _status_rows(
    component: Component, certificate: Certificate, conflicts: list[Conflict], suspected: set[int]
) -> tuple[CellStatusRow, ...]:
    doubted = {component.figure_of[i] for i in suspected}
    if certificate.feasible is False and not doubted:
        doubted = {f for conflict in conflicts for f in conflict.figures} or set(range(component.size))
    independent = component.without_decisive_rules()
    if certificate.feasible is None or not independent.rows:
        pinned = [Pinned(None, None)] * component.size
    else:
        pinned = pinned_figures(independent, doubted)
    locatable = locatable_figures(independent)
    proving = {f for row in independent.rows for f in row.figures}
    judged = Counter(i for _, terms in component.rule_cells for i, _ in terms)
    rows = []
    for i, cell in enumerate(component.cells):
        f = component.figure_of[i]
        left = pinned[f]
        if len(component.members[f]) > 1 and f not in doubted and certificate.feasible is not None:
            left = Pinned(component.values[i], component.values[i])  # the other publication prints it
        is_pinned = f not in doubted and is_implied(left, component.values[i])
        is_proved = certificate.feasible is True and (f in proving or len(component.members[f]) > 1)
        rows.append(
            CellStatusRow(
                cell_id=cell.cell_id,
                component_id=component.component_id,
                status=_status(is_proved, is_pinned, locatable[f] and certificate.feasible is not None),
                is_proved=is_proved,
                is_implied=is_pinned,
                is_locatable=locatable[f],
                is_detectable=True,
                is_suspect=i in suspected,
                implied_low=_in_units(left.low, cell),
                implied_high=_in_units(left.high, cell),
                rules=judged[i],
            )
        )
    return tuple(rows)


def _status(is_proved: bool, is_pinned: bool, is_locatable: bool) -> str:
    if is_proved:
        return "proved"
    if is_pinned:
        return "implied"
    return "locatable" if is_locatable else "unverifiable"


def _in_units(steps: int | None, cell: PrintedCell) -> Decimal | None:
    return None if steps is None else Decimal(steps).scaleb(-cell.decimals)


def _decimal(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(_PLACES)
