"""What each unknown can still be, by interval arithmetic: every rule bounds each of its cells by the others.

Bounds only ever shrink by a step that holds for every solution, so what is excluded here is excluded by
proof: an empty interval proves that no solution exists, whenever the sweeps stop. On a system without
cycles (``is_forest``) the fixed point is exact as well: rules share at most one unknown with the rest of
the tree, so each interval sum is attained and no linear program is needed. Otherwise the bounds are
outer bounds, and ``linear`` decides.

Works on a batch of boxes at once (arrays of shape (boxes, unknowns)). Unknowns are deviations from the
printed value in units of the last digit, so that numbers stay small and float sums of halves are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dagster_project.proof.system import Equation

SLACK = 1e-7
MAX_SWEEPS = 40
_CHUNK_ELEMENTS = 2_000_000  # boxes x terms worked on at once


@dataclass(frozen=True)
class Network:
    """The terms of all rows, sorted by row, and the order that sorts them by unknown."""

    size: int
    height: int
    row: np.ndarray
    column: np.ndarray
    coefficient: np.ndarray
    row_starts: np.ndarray
    by_column: np.ndarray
    column_starts: np.ndarray
    columns: np.ndarray
    is_forest: bool


def network(rows: Sequence[Equation], size: int) -> Network:
    """The network of ``rows`` over ``size`` unknowns. A row has at least one term."""
    row = np.repeat(np.arange(len(rows)), [len(r.figures) for r in rows])
    column = np.array([f for r in rows for f in r.figures], dtype=np.int64)
    coefficient = np.array([float(a) for r in rows for a in r.coefficients])
    by_column = np.argsort(column, kind="stable")
    columns, column_starts = np.unique(column[by_column], return_index=True)
    row_starts = np.cumsum([0, *(len(r.figures) for r in rows)], dtype=np.int64)[: len(rows)]
    return Network(
        size=size,
        height=len(rows),
        row=row,
        column=column,
        coefficient=coefficient,
        row_starts=row_starts,
        by_column=by_column,
        column_starts=column_starts,
        columns=columns,
        is_forest=_is_forest(rows, size),
    )


def _is_forest(rows: Sequence[Equation], size: int) -> bool:
    parent = list(range(size + len(rows)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for k, row in enumerate(rows):
        for f in row.figures:
            a, b = find(size + k), find(f)
            if a == b:
                return False
            parent[a] = b
    return True


def propagate(
    net: Network, residual: np.ndarray, low: np.ndarray, high: np.ndarray, sweeps: int = MAX_SWEEPS
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shrunk bounds and, per box, whether it is empty.

    residual: shape (rows,); low, high: shape (boxes, unknowns), infinite where an unknown is free.
    A row says: sum(coefficient x unknown) + residual = 0.
    """
    if net.height == 0 or not len(low):
        return (
            low,
            high,
            np.asarray((low > high + SLACK).any(axis=1)) if len(low) else np.zeros(0, dtype=bool),
        )
    if net.is_forest:
        sweeps = max(sweeps, net.height + 2)  # enough for every bound to cross the tree
    chunk = max(1, _CHUNK_ELEMENTS // max(1, len(net.column)))
    parts = [
        _propagate(net, residual, low[i : i + chunk].copy(), high[i : i + chunk].copy(), sweeps)
        for i in range(0, len(low), chunk)
    ]
    lows, highs, empty = zip(*parts, strict=True)
    return np.concatenate(lows), np.concatenate(highs), np.concatenate(empty)


def _propagate(net, residual, low, high, sweeps):
    slack = SLACK * np.maximum(1.0, np.abs(residual).max() * 1e-9)
    empty = (low > high + slack).any(axis=1)
    for _ in range(sweeps):
        new_low, new_high = implied(net, residual, low, high)
        new_low, new_high = np.maximum(low, new_low), np.minimum(high, new_high)
        moved = ((new_low > low + slack) | (new_high < high - slack)).any(axis=1) & ~empty
        low, high = new_low, new_high
        empty |= (low > high + slack).any(axis=1)
        if not (moved & ~empty).any():
            break
    return low, high, empty


def implied(
    net: Network, residual: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What the rows say about each unknown from the bounds of the *others*, in one step.

    Shapes as in ``propagate``; an unknown's own bounds are not used. Infinite where nothing is said.
    """
    if net.height == 0:
        return np.full(low.shape, -np.inf), np.full(high.shape, np.inf)
    a = net.coefficient
    least, most = a * low[:, net.column], a * high[:, net.column]
    negative = a < 0
    least[:, negative], most[:, negative] = most[:, negative], least[:, negative]
    rest_least = _rest(net, least, -np.inf)
    rest_most = _rest(net, most, np.inf)
    r = residual[net.row]
    one, other = (-rest_most - r) / a, (-rest_least - r) / a
    term_low, term_high = np.minimum(one, other), np.maximum(one, other)
    out_low = np.full(low.shape, -np.inf)
    out_high = np.full(high.shape, np.inf)
    out_low[:, net.columns] = np.maximum.reduceat(term_low[:, net.by_column], net.column_starts, axis=1)
    out_high[:, net.columns] = np.minimum.reduceat(term_high[:, net.by_column], net.column_starts, axis=1)
    return out_low, out_high


def _rest(net: Network, part: np.ndarray, unbounded: float) -> np.ndarray:
    """Per term the sum of the row's other terms; ``unbounded`` where one of those is infinite."""
    infinite = np.isinf(part)
    finite = np.where(infinite, 0.0, part)
    total = np.add.reduceat(finite, net.row_starts, axis=1)[:, net.row]
    count = np.add.reduceat(infinite.astype(np.int32), net.row_starts, axis=1)[:, net.row]
    return np.where(count - infinite > 0, unbounded, total - finite)
