"""The mutation bench: how well the proof finds errors that were planted in tables that hold.

For every table: one error at a time in every cell, and whole rows shifted, each examined as a refresh
would; and clean tables of the same shape, in which nothing may be found. The outcome is a table of
figures per document and kind of error. A document that does not hold to begin with is told and only the
components that hold are used.

What does not belong here: how documents are read (``mutation_subjects``), what an error is (``mutations``).
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from typing import Any

from dagster_project.bench.mutation_subjects import Subject
from dagster_project.bench.mutations import (
    MUTATION_NAMES,
    MUTATIONS,
    ROW_SHIFT,
    Planted,
    clean_tables,
    planted_cells,
    planted_rows,
)
from dagster_project.proof.prove import Examination, examined, prove
from dagster_project.proof.system import (
    Component,
    PrintedCell,
    PrintedRule,
    PrintedTerm,
    build_systems,
)
from dagster_project.proof.verifiability import locatable_figures

DRAWS = {"cijfers_verwisseld": 3, "cijfer_anders": 5}
CLEAN_TABLES = 2_000


@dataclass(frozen=True, slots=True)
class ErrorFigures:
    """What became of the errors of one kind in one subject.

    planted: errors; allowed: those in cells that the rules allow to be located. Of the detected:
    among: the true cell is in a suspect set; alone: it is the only suspect; first: it leads the ranking.
    """

    planted: int = 0
    allowed: int = 0
    detected: int = 0
    among: int = 0
    alone: int = 0
    alone_allowed: int = 0
    first: int = 0

    def __add__(self, other: ErrorFigures) -> ErrorFigures:
        return ErrorFigures(*(getattr(self, f) + getattr(other, f) for f in _FIGURES))


_FIGURES = tuple(field.name for field in fields(ErrorFigures))


@dataclass(frozen=True)
class MutationOutcome:
    """All figures: by subject and kind; clean tables and false alarms by subject; what was left out."""

    figures: dict[tuple[str, str], ErrorFigures]
    clean: dict[str, tuple[int, int]]
    published: dict[str, tuple[int, int, int]]  # components, broken, not judged
    locatable: dict[str, tuple[int, int]]
    seconds: float


def run(
    subjects: Sequence[Subject],
    workers: int = 1,
    clean: int = CLEAN_TABLES,
    every: int = 1,
    kinds: Iterable[str] = (*MUTATIONS, ROW_SHIFT),
    thorough: Collection[str] = (),
    progress: Callable[[str], None] = lambda text: None,
) -> MutationOutcome:
    """The bench over all subjects. ``every``: 1 for all errors, n for each n-th of them (a sample).

    thorough: subjects in which every different error of a kind is planted in every cell, not a few.
    """
    start = time.perf_counter()
    kinds = tuple(kinds)
    tasks: list[tuple] = []
    published, locatable = {}, {}
    for subject in subjects:
        components = build_systems(subject.cells, subject.rules, subject.terms).components
        verdicts = Counter(examined(component).certificate.feasible for component in components)
        published[subject.name] = (len(components), verdicts[False], verdicts[None])
        sound = tuple(c for c in components if examined(c).certificate.feasible)
        found = [locatable_figures(c)[f] for c in sound for f in c.figure_of]
        locatable[subject.name] = (sum(found), len(found))
        draws = dict.fromkeys(kinds) if subject.name in thorough else {k: DRAWS.get(k, 1) for k in kinds}
        tasks += [(subject.name, "errors", (c,), draws, every, 0) for c in sound]
        tasks += [(subject.name, "clean", (c,), {}, every, clean) for c in _distinct_shapes(sound)]
        if ROW_SHIFT in draws:
            tasks.append((subject.name, "rows", sound, {}, every, 0))
    figures: dict[tuple[str, str], ErrorFigures] = {}
    alarms: dict[str, tuple[int, int]] = {}
    tasks.sort(key=lambda task: -sum(len(c.cells) for c in task[2]))
    for name, what, result in _mapped(tasks, workers):
        progress(f"{name}: {what}")
        if what == "clean":
            shown, wrong = alarms.get(name, (0, 0))
            alarms[name] = (shown + result[0], wrong + result[1])
        else:
            for kind, part in result.items():
                figures[name, kind] = figures.get((name, kind), ErrorFigures()) + part
    order = {subject.name: i for i, subject in enumerate(subjects)}
    kind_order = {kind: i for i, kind in enumerate(MUTATION_NAMES)}
    ordered = dict(sorted(figures.items(), key=lambda item: (order[item[0][0]], kind_order[item[0][1]])))
    return MutationOutcome(ordered, alarms, published, locatable, time.perf_counter() - start)


def _mapped(tasks: list[tuple], workers: int) -> Iterable[tuple[str, str, Any]]:
    if workers <= 1:
        yield from map(_work, tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_work, tasks)


def _work(task: tuple) -> tuple[str, str, Any]:
    name, what, components, draws, every, clean = task
    if what == "clean":
        verdicts = [examined(c).certificate.feasible for c in clean_tables(components[0], clean)]
        return name, what, (len(verdicts), sum(v is not True for v in verdicts))
    if what == "rows":
        return (
            name,
            what,
            {
                ROW_SHIFT: sum(
                    (_row(parts) for parts in _sample(planted_rows(components), every)), ErrorFigures()
                )
            },
        )
    return name, what, _errors(components[0], draws, every)


def _sample(items: Iterable, every: int) -> Iterable:
    return (item for i, item in enumerate(items) if i % every == 0)


def _distinct_shapes(components: Iterable[Component]) -> list[Component]:
    """One component of each shape: the same rules over the same figures."""
    by_shape = {
        (c.members, c.half, tuple((r.figures, r.coefficients) for r in c.rows)): c for c in components
    }
    return list(by_shape.values())


def _errors(component: Component, draws: dict[str, int | None], every: int) -> dict[str, ErrorFigures]:
    locatable = locatable_figures(component)
    out = {}
    for kind in draws:
        if kind == ROW_SHIFT:
            continue
        total = ErrorFigures()
        for planted in _sample(planted_cells(component, (kind,), draws[kind]), every):
            (cell,) = planted.steps
            total += _judged(component, planted, locatable[component.figure_of[cell]])
        out[kind] = total
    return out


def _judged(component: Component, planted: Planted, is_locatable: bool) -> ErrorFigures:
    """The figures of one error in one cell."""
    (cell,) = planted.steps
    examination = examined(component.with_values(planted.steps))
    sets = [{i for i, *_ in cells} for _, cells in examination.ranked]
    detected = examination.certificate.feasible is False
    alone = sets == [{cell}]
    return ErrorFigures(
        planted=1,
        allowed=int(is_locatable),
        detected=int(detected),
        among=int(any(cell in s for s in sets)),
        alone=int(alone),
        alone_allowed=int(alone and is_locatable),
        first=int(bool(sets) and sets[0] == {cell}),
    )


def _row(parts: list[tuple[Component, Planted]]) -> ErrorFigures:
    """The figures of one shifted row: it counts as named where suspects stand in that row."""
    held: list[tuple[Planted, Examination]] = [
        (planted, examined(component.with_values(planted.steps))) for component, planted in parts
    ]
    broken = [(planted, e) for planted, e in held if e.certificate.feasible is False]
    sets = [(planted.steps, [{i for i, *_ in cells} for _, cells in e.ranked]) for planted, e in broken]
    named = bool(sets) and all(found for _, found in sets)
    return ErrorFigures(
        planted=1,
        detected=int(bool(broken)),
        among=int(any(s & set(steps) for steps, found in sets for s in found)),
        alone=int(named and all(s <= set(steps) for steps, found in sets for s in found)),
        first=int(named and all(found[0] <= set(steps) for steps, found in sets)),
    )


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds to prove a number of documents, one in ten of which has an error."""

    documents: int
    cells: int
    seconds: float


def growth(subject: Subject, sizes: Sequence[int], workers: int = 1) -> list[Growth]:
    """Time to prove so many copies of the ruled numbers of a document, one copy in ten with an error."""
    held = {term.cell_id for term in subject.terms}
    ruled = replace(subject, cells=tuple(c for c in subject.cells if c.cell_id in held))
    out = []
    for size in sizes:
        cells, rules, terms = _copies(ruled, size)
        start = time.perf_counter()
        prove(cells, rules, terms, workers=workers)
        out.append(Growth(size, len(cells), time.perf_counter() - start))
    return out


def _copies(subject: Subject, count: int) -> tuple[list[PrintedCell], list[PrintedRule], list[PrintedTerm]]:
    cells, rules, terms = [], [], []
    for n in range(count):
        broken = subject.cells[n % len(subject.cells)].cell_id if n % 10 == 0 else None
        for c in subject.cells:
            value = c.value + 90 if c.cell_id == broken and c.value is not None else c.value
            cells.append(replace(c, cell_id=f"{n}/{c.cell_id}", table_id=f"{n}/{c.table_id}", value=value))
        rules += [replace(r, rule_id=f"{n}/{r.rule_id}") for r in subject.rules]
        terms += [replace(t, rule_id=f"{n}/{t.rule_id}", cell_id=f"{n}/{t.cell_id}") for t in subject.terms]
    return cells, rules, terms
