"""How far the reading of documents is: a bar on a terminal, a line now and then anywhere else.

What does not belong here: what comes of a step, which the step itself says when it is done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from dagster_project.language import phrase
from dagster_project.warehouse.landing import Landed

_SOON_DONE = 20  # so few documents need no progress
Callbacks = tuple[Callable[[int], None], Callable[[Landed], None]]


@contextmanager
def shown(say: Callable[[str], None], stream: TextIO = sys.stderr) -> Iterator[Callbacks]:
    """What ``landing.land`` takes as ``on_start`` and ``on_document``.

    On a terminal a bar on ``stream``; otherwise ``say`` gets a line at every tenth part.
    """
    if stream.isatty():
        with _bar(stream) as callbacks:
            yield callbacks
    else:
        yield _lines(say)


def _lines(say: Callable[[str], None]) -> Callbacks:
    total, done, told = 0, 0, 0

    def on_start(documents: int) -> None:
        nonlocal total
        total = documents

    def on_document(landed: Landed) -> None:
        nonlocal done, told
        done += 1
        if total > _SOON_DONE and done * 10 // total > told:
            told = done * 10 // total
            say(f"{phrase('reading'):<17}{phrase('{done} of {total} documents', done=done, total=total)}")

    return on_start, on_document


@contextmanager
def _bar(stream: TextIO) -> Iterator[Callbacks]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(phrase("reading")),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        task = progress.add_task("", total=None, visible=False)
        yield (
            lambda documents: progress.update(task, total=documents, visible=documents > 0),
            lambda landed: progress.update(task, advance=1, description=landed.document_id),
        )
