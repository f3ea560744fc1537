"""Planting one error in a table that holds, and drawing clean tables: the material of the bench.

Every mutation is a function from a printed number and its surroundings to wrong numbers. The draws are
seeded by the cell, so that a bench gives the same table of figures on every machine and in any order.

What does not belong here: judging what becomes of it (``mutation_figures``).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from dagster_project.proof.system import Component, PrintedCell, Surroundings

ROW_SHIFT = "rij_verschoven"
FAR_OFF = "ver_ernaast"


def digits_swapped(number: int, around: Surroundings, decimals: int) -> set[int]:
    """Two neighbouring digits swapped, the number of digits kept."""
    text = str(abs(number))
    out = set()
    for i in range(len(text) - 1):
        swap = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
        if swap != text and swap[0] != "0":
            out.add(int(swap))
    return {_like(number, n) for n in out}


def digit_changed(number: int, around: Surroundings, decimals: int) -> set[int]:
    """One digit replaced by another, the number of digits kept."""
    text = str(abs(number))
    if number == 0:
        return set()
    return {
        _like(number, int(text[:i] + d + text[i + 1 :]))
        for i in range(len(text))
        for d in "0123456789"
        if d != text[i] and not (i == 0 and d == "0")
    }


def sign_flipped(number: int, around: Surroundings, decimals: int) -> set[int]:
    """The other sign."""
    return {-number} - {0}


def thousands_lost(number: int, around: Surroundings, decimals: int) -> set[int]:
    """The last group of three digits lost, or the first one."""
    if abs(number) < 1000:
        return set()
    text = f"{abs(number):,}".split(",")
    return {_like(number, int("".join(text[:-1]))), _like(number, int("".join(text[1:])))} - {number}


def off_by_ten(number: int, around: Surroundings, decimals: int) -> set[int]:
    """Ten units of the last digit more or less."""
    return {number - 10, number + 10}


def off_by_three(number: int, around: Surroundings, decimals: int) -> set[int]:
    """Three units of the last digit more or less."""
    return {number - 3, number + 3}


def neighbour_printed(number: int, around: Surroundings, decimals: int) -> set[int]:
    """The number of the cell beside it."""
    beside = (around.left, around.right)
    return {n.steps for n in beside if n is not None and n.value is not None and n.decimals == decimals} - {
        number
    }


def far_off(number: int, around: Surroundings, decimals: int) -> set[int]:
    """An error larger than anything rounding could hide: what the rules alone allow to be located."""
    return {number + 7_654_321}


MUTATIONS: dict[str, Callable[[int, Surroundings, int], set[int]]] = {
    "cijfers_verwisseld": digits_swapped,
    "cijfer_anders": digit_changed,
    "teken": sign_flipped,
    "duizendtal_kwijt": thousands_lost,
    "tien_ernaast": off_by_ten,
    "drie_ernaast": off_by_three,
    "buurcel": neighbour_printed,
    FAR_OFF: far_off,
}

MUTATION_NAMES = {
    "cijfers_verwisseld": "digits swapped",
    "cijfer_anders": "one digit changed",
    "teken": "sign flipped",
    "duizendtal_kwijt": "group of thousands lost",
    "tien_ernaast": "off by ten units",
    "drie_ernaast": "off by three units",
    "buurcel": "value of the neighbour cell",
    ROW_SHIFT: "row shifted by one column",
    FAR_OFF: "far off (limit of the rules)",
}


def _like(number: int, size: int) -> int:
    return -size if number < 0 else size


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: its kind and the wrong numbers by cell index of the component."""

    kind: str
    steps: dict[int, int]


def planted_cells(component: Component, kinds: tuple[str, ...], draws: int | None) -> Iterator[Planted]:
    """Per cell and kind up to ``draws`` different errors; None: every different one."""
    for i, cell in enumerate(component.cells):
        for kind in kinds:
            wrong = sorted(MUTATIONS[kind](component.values[i], component.surroundings[i], cell.decimals))
            generator = generator_for(f"{cell.cell_id} {kind}")
            for number in generator.permutation(wrong)[:draws]:
                yield Planted(kind, {i: int(number)})


def planted_rows(components: tuple[Component, ...]) -> Iterator[list[tuple[Component, Planted]]]:
    """Every table row whose numbers moved one column to the right; nothing stands in its first column.

    A row may run through several components: they come together, each with its own wrong numbers.
    """
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for c, component in enumerate(components):
        for i, cell in enumerate(component.cells):
            if cell.row_no:
                places.setdefault((cell.table_id, cell.row_no), []).append((c, i))
    for row in places.values():
        by_component: dict[int, dict[int, int]] = {}
        for c, i in row:
            left: PrintedCell | None = components[c].surroundings[i].left
            moved = 0 if left is None or left.value is None else left.steps
            if moved != components[c].values[i]:
                by_component.setdefault(c, {})[i] = moved
        if by_component:
            yield [(components[c], Planted(ROW_SHIFT, steps)) for c, steps in sorted(by_component.items())]


def clean_tables(component: Component, count: int) -> Iterator[Component]:
    """Tables of this shape made by rounding numbers that keep every rule exactly, of about the published size.

    Whole euros are not rounded: there the exact numbers are whole themselves. All prints of a figure are
    the same.
    """
    generator = generator_for(component.component_id)
    size = np.maximum(10.0, np.abs(np.array(component.centres, dtype=float)))
    draw = _unrounded(component) if component.half_floats.all() else _whole(component)
    for _ in range(count):
        printed = np.floor(draw(size * generator.normal(1.0, 1.0, component.size)) + 0.5).astype(np.int64)
        yield component.with_values(
            {i: int(printed[f]) for f, cells in enumerate(component.members) for i in cells}
        )


def _unrounded(component: Component) -> Callable[[np.ndarray], np.ndarray]:
    """From wished numbers to the nearest ones that keep every rule: projection on the null space."""
    coefficients = np.zeros((len(component.rows), component.size))
    for k, row in enumerate(component.rows):
        coefficients[k, list(row.figures)] = row.coefficients
    _, singular, directions = np.linalg.svd(coefficients)
    basis = directions[int((singular > 1e-9 * max(1.0, singular.max(initial=0.0))).sum()) :]
    return lambda wish: basis.T @ (basis @ wish)


def _whole(component: Component) -> Callable[[np.ndarray], np.ndarray]:
    """From wished numbers to whole ones that keep every rule: some are kept, the others follow."""
    rows = [
        {f: Fraction(a) for f, a in zip(row.figures, row.coefficients, strict=True)} for row in component.rows
    ]
    solved: dict[int, dict[int, Fraction]] = {}
    for row in rows:
        for f, known in solved.items():
            _add(row, known, -row.get(f, Fraction(0)))
        if row:
            pivot = max(row, key=lambda f: (abs(row[f]) == 1, f))
            row = {f: a / row[pivot] for f, a in row.items()}
            for known in solved.values():
                _add(known, row, -known.get(pivot, Fraction(0)))
            solved[pivot] = row
    common = math.lcm(*(a.denominator for row in solved.values() for a in row.values()))

    def numbers(wish: np.ndarray) -> np.ndarray:
        out = np.round(wish) * common
        for pivot, row in solved.items():
            out[pivot] = -float(sum(a * int(out[f]) for f, a in row.items() if f != pivot))
        return out

    return numbers


def _add(row: dict[int, Fraction], other: dict[int, Fraction], times: Fraction) -> None:
    for f, a in other.items() if times else ():
        row[f] = row.get(f, Fraction(0)) + times * a
        if not row[f]:
            del row[f]


def generator_for(name: str) -> np.random.Generator:
    """A random generator that depends on the name only."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
