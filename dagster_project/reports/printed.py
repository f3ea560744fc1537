"""The shape of a printed table, from the paths of its columns and rows.

A column path becomes layers of headers, a row path becomes an indented label under its groups, as on
paper. What does not belong here: values, verdicts, markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dagster_project.reading.model import PATH_SEPARATOR
from dagster_project.reports.views import HeaderCell


def split_path(path: str | None) -> tuple[str, ...]:
    """The levels of a stored path."""
    return tuple((path or "").split(PATH_SEPARATOR))


def header_layers(paths: Sequence[tuple[str, ...]]) -> tuple[tuple[HeaderCell, ...], ...]:
    """Layered headers: neighbours under one header share it, a short path reaches down to the values."""
    depth = max((len(path) for path in paths), default=0)
    return tuple(tuple(_layer(paths, level, depth)) for level in range(depth))


def _layer(paths: Sequence[tuple[str, ...]], level: int, depth: int) -> Iterator[HeaderCell]:
    at = 0
    while at < len(paths):
        path = paths[at]
        end = at + 1
        is_last_level = len(path) == level + 1
        if len(path) <= level:  # an earlier layer reaches down over this one
            at = end
            continue
        while not is_last_level and end < len(paths) and _is_under(paths[end], path[: level + 1]):
            end += 1
        yield HeaderCell(path[level], end - at, depth - level if is_last_level else 1)
        at = end


def _is_under(path: tuple[str, ...], prefix: tuple[str, ...]) -> bool:
    return len(path) > len(prefix) and path[: len(prefix)] == prefix


def groups_to_open(previous: tuple[str, ...], path: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Group labels to print above a row, with their depth, given the row printed before it.

    A group that the row before already stands in, or that is that row itself, is not repeated.
    """
    groups, above = path[:-1], previous
    shared = 0
    while shared < len(groups) and shared < len(above) and groups[shared] == above[shared]:
        shared += 1
    return tuple((label, depth) for depth, label in enumerate(groups) if depth >= shared)
