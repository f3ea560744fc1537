"""The linear programs: is there a solution in a box, how far does it miss, what can one unknown be.

One thin layer over scipy's HiGHS, so that status, version and failure are handled in one place: a solver
that does not answer raises ``SolverFailure`` and the set is reported as not judged, never as a pass.
Unknowns and residuals as in ``intervals``. What does not belong here: cells, rules and their meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, identity

from dagster_project.proof.intervals import Network

SOLVER = f"scipy {scipy.__version__} HiGHS"
TOLERANCE = 1e-6  # in units of the last digit; true gaps are fractions with small denominators
_OPTIMAL, _INFEASIBLE = 0, 2
_DENSE_UP_TO = 20_000  # elements
_SIMPLEX_UP_TO = (
    2_000  # unknowns; beyond it the interior point method took a tenth of the time (20,000 cells)
)


class SolverFailure(Exception):
    """The solver gave no answer. ``status`` is what it said."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Miss:
    """By how much a box misses every solution: ``gap`` 0 means that ``point`` solves it.

    multipliers: one per row. If gap > 0, the rows added up with them leave a residual that the box
    cannot make good (a Farkas combination).
    """

    gap: float
    point: np.ndarray
    multipliers: np.ndarray


def matrix(net: Network) -> csr_array | np.ndarray:
    """The rows as a matrix of shape (rows, unknowns): dense where small, which is quicker to hand over."""
    if net.height * net.size <= _DENSE_UP_TO:
        dense = np.zeros((net.height, net.size))
        dense[net.row, net.column] = net.coefficient
        return dense
    return csr_array((net.coefficient, (net.row, net.column)), shape=(net.height, net.size))


def _beside(*blocks):
    """Blocks side by side, sparse if the first one is."""
    if isinstance(blocks[0], np.ndarray):
        return np.hstack([block if isinstance(block, np.ndarray) else block.toarray() for block in blocks])
    return hstack(blocks, format="csr")


def miss(net: Network, residual: np.ndarray, low: np.ndarray, high: np.ndarray) -> Miss:
    """The elastic program: least total slack over the rows. Bounds of shape (unknowns,)."""
    eye = identity(net.height, format="csr")
    a = _beside(matrix(net), eye, -eye)
    cost = np.concatenate([np.zeros(net.size), np.ones(2 * net.height)])
    bounds = np.column_stack(
        [
            np.concatenate([low, np.zeros(2 * net.height)]),
            np.concatenate([high, np.full(2 * net.height, np.inf)]),
        ]
    )
    result = _solve(cost, a, -residual, bounds)
    if result is None:
        raise SolverFailure("infeasible elastic program")
    return Miss(float(result.fun), result.x[: net.size], np.asarray(result.eqlin.marginals))


def least_half_width(
    net: Network, residual: np.ndarray, weight: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray] | None:
    """The least u for which a solution with |unknown| <= u x weight exists, that solution, and multipliers.

    None if no u suffices (unknowns of weight 0 contradict each other).
    """
    scale = max(1.0, float(np.abs(residual).max(initial=0.0)))
    moving = np.flatnonzero(weight > 0)
    n, k = net.size, len(moving)
    rows = np.arange(2 * k)
    entries = np.concatenate([np.ones(k), -np.ones(k), -weight[moving], -weight[moving]])
    places = np.concatenate([moving, moving, np.full(2 * k, n)])
    upper = csr_array((entries, (np.concatenate([rows, rows]), places)), shape=(2 * k, n + 1))
    equal = _beside(matrix(net), csr_array((net.height, 1)))
    if isinstance(equal, np.ndarray):
        upper = upper.toarray()
    free = np.where(weight > 0, np.inf, 0.0)
    bounds = np.column_stack([np.append(-free, 0.0), np.append(free, np.inf)])
    result = _solve(np.append(np.zeros(n), 1.0), equal, -residual / scale, bounds, upper, np.zeros(2 * k))
    if result is None:
        return None
    return float(result.fun) * scale, result.x[:n] * scale, np.asarray(result.eqlin.marginals)


def extent(
    net: Network, residual: np.ndarray, low: np.ndarray, high: np.ndarray, unknown: int
) -> tuple[float, float] | None:
    """Least and greatest value of one unknown over all solutions in the box; None if there is none.

    Infinite where the box leaves it free.
    """
    bounds = np.column_stack([low, high])
    a = matrix(net)
    ends = []
    for sign in (1.0, -1.0):
        cost = np.zeros(net.size)
        cost[unknown] = sign
        result = _solve(cost, a, -residual, bounds)
        if result is None:
            return None
        ends.append(sign * float(result.fun))
    return ends[0], ends[1]


def _solve(cost, a_eq, b_eq, bounds, a_ub=None, b_ub=None):
    """The result of scipy's linprog; None if infeasible. Raises SolverFailure for any other outcome.

    An unbounded program has ``fun`` -inf.
    """
    method = "highs-ds" if len(cost) <= _SIMPLEX_UP_TO else "highs-ipm"
    try:
        result = linprog(cost, A_eq=a_eq, b_eq=b_eq, A_ub=a_ub, b_ub=b_ub, bounds=bounds, method=method)
    except ValueError as error:
        raise SolverFailure(f"refused: {error}") from error
    if result.status == _OPTIMAL:
        return result
    if result.status == _INFEASIBLE:
        return None
    if result.status == 3:  # unbounded
        result.fun = -np.inf
        return result
    raise SolverFailure(f"status {result.status}: {result.message}")
