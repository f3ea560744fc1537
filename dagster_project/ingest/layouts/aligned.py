"""Rows whose cells stand below each other, set apart by runs of spaces: position tells the column."""

from __future__ import annotations

from ..model import Fragment
from .lines import Line


def read(lines: list[Line]) -> list[Fragment] | None:
    """Prose and grids where the lines are aligned in columns, None where they are not."""
    return None
