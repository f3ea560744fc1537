"""A whole row moved by one column: the slip that is not few wrong numbers but one wrong place.

For every row that could be to blame, its numbers are put back by one column; the one whose number was
lost is left open. If everything then holds, the shift explains the break.

What does not belong here: a row of which the component holds one cell; there the shift is the value of
the neighbour (``diagnosis``).
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from dagster_project.proof import linear
from dagster_project.proof.conflicts import Conflict
from dagster_project.proof.intervals import network
from dagster_project.proof.suspects import FREE, Explanation, Freed, box_of, narrowed
from dagster_project.proof.system import Component, PrintedCell

RIGHT, LEFT = 1, -1  # where the numbers went


def shifted_rows(component: Component, conflicts: list[Conflict]) -> list[Explanation]:
    """The row shifts that explain all conflicts. Figures that were published twice are not shifted."""
    if component.disagreeing:
        return []
    net = network(component.rows, component.size)
    found = []
    for cells in _rows(component):
        figures = {component.figure_of[i] for i in cells}
        if not all(figures & conflict.figures for conflict in conflicts):
            continue
        for direction in (RIGHT, LEFT):
            moved = _moved_back(component, cells, direction)
            if moved is None:
                continue
            values, lost = moved
            choice = {component.figure_of[i]: FREE for i in lost}
            centres = {component.figure_of[i]: value for i, value in values.items()}
            box = narrowed(component, net, box_of(component, choice, centres), choice)
            if box is None:
                continue
            residual = np.array(component.residuals(box.centres), dtype=float)
            if linear.miss(net, residual, box.low, box.high).gap > linear.TOLERANCE:
                continue
            freed = [Freed(component.figure_of[i], FREE, value, value) for i, value in values.items()]
            freed += [Freed(component.figure_of[i], FREE, None, None) for i in lost]
            found.append(Explanation(tuple(sorted(freed, key=lambda f: f.figure)), shift=direction))
    return found


def _rows(component: Component) -> list[list[int]]:
    """The cells of each printed row of which the component holds two or more, printed once."""
    rows: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, cell in enumerate(component.cells):
        around = component.surroundings[i]
        if (around.left or around.right) and len(component.members[component.figure_of[i]]) == 1:
            rows[cell.table_id, cell.row_no].append(i)
    return [cells for cells in rows.values() if len(cells) > 1]


def _moved_back(
    component: Component, cells: list[int], direction: int
) -> tuple[dict[int, int], list[int]] | None:
    """Per cell the number that its neighbour carries, and the cells whose own number was lost.

    None unless at least two numbers change, all in the same unit of the last digit.
    """
    values: dict[int, int] = {}
    lost = []
    for i in cells:
        around = component.surroundings[i]
        neighbour: PrintedCell | None = around.right if direction == RIGHT else around.left
        if neighbour is None or neighbour.value is None:
            lost.append(i)
        elif neighbour.decimals != component.cells[i].decimals:
            return None
        else:
            values[i] = neighbour.steps
    changed = sum(value != component.values[i] for i, value in values.items())
    return (values, lost) if changed > 1 and len(lost) <= 1 else None
