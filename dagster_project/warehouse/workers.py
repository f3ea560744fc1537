"""One task per item in a few processes, where a task may crash or never end.

The pools of the standard library stop as a whole when one process dies, cannot end a task that hangs, and
leave their processes behind when the parent is killed. Here every process has a pipe of its own: the parent
knows which item a lost process had, and a process whose parent is gone reads the end of its pipe and stops.

What does not belong here: what the task is.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# A forked child would inherit the lock on the warehouse and keep it when its parent is killed.
_SPAWN = multiprocessing.get_context("spawn")
_BEGUN = "begun"  # what a process says when it has loaded what it needs: from then on its time counts
_TO_START = 120  # seconds
# Tasks make records without cycles by the ten thousand. At the usual 700 the search for cycles among them
# takes a third of the time that reading a large table takes.
ALLOCATIONS_PER_COLLECTION = 50_000


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that gave no result. The reasons continue a sentence: 'de lezer ...', 'the reader ...'."""

    reason: str
    reason_en: str
    detail: str = ""


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.Process
    pipe: Connection
    item: object = None
    deadline: float = 0.0


def in_processes(
    task: Callable[[Item], Result], items: Sequence[Item], workers: int, timeout: float
) -> Iterator[tuple[Item, Result | Failure]]:
    """Each item with what ``task`` made of it, in the order in which they are done.

    ``task``, items and results must be picklable. ``timeout`` in seconds per item. At most ``workers`` results and
    items are in memory at once.
    """
    waiting = deque(items)
    team: list[_Worker] = []
    try:
        while waiting or any(w.item is not None for w in team):
            idle = [w for w in team if w.item is None]
            while waiting and (idle or len(team) < workers):
                worker = idle.pop() if idle else _start(task, team)
                if _takes(worker, waiting[0], timeout):
                    waiting.popleft()
                else:  # it died between two items
                    team.remove(worker)
            busy = [w for w in team if w.item is not None]
            patience = max(0.0, min(w.deadline for w in busy) - time.monotonic())
            ready = set(wait([w.pipe for w in busy], patience))
            for worker in busy:
                if worker.pipe not in ready and time.monotonic() < worker.deadline:
                    continue
                item, outcome = worker.item, _outcome(worker, worker.pipe in ready, timeout)
                if outcome == _BEGUN:
                    worker.deadline = time.monotonic() + timeout
                    continue
                worker.item = None
                if isinstance(outcome, Failure):
                    _end(worker)
                    team.remove(worker)
                yield item, outcome
    finally:
        for worker in team:
            worker.pipe.close()
        for worker in team:
            worker.process.join(timeout=5 if worker.item is None else 0)
            _end(worker)


def _start(task: Callable, team: list[_Worker]) -> _Worker:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(there, task), daemon=True)
    process.start()
    there.close()
    team.append(_Worker(process, here))
    return team[-1]


def _takes(worker: _Worker, item: object, timeout: float) -> bool:
    try:
        worker.pipe.send(item)
    except OSError:
        return False
    worker.item, worker.deadline = item, time.monotonic() + _TO_START + timeout
    return True


def _outcome(worker: _Worker, is_ready: bool, timeout: float) -> object:
    if not is_ready:
        return Failure(
            f"was niet klaar binnen {timeout:g} seconden", f"did not end within {timeout:g} seconds"
        )
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(timeout=5)
        return Failure("is gecrasht", "crashed", f"exit status {worker.process.exitcode}")


def _end(worker: _Worker) -> None:
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _serve(pipe: Connection, task: Callable) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides; it closes the pipe
    gc.set_threshold(ALLOCATIONS_PER_COLLECTION)
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(_BEGUN)
            pipe.send(task(item))
        except BrokenPipeError:
            return
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            pipe.send(Failure(f"faalde: {what}", f"failed: {what}"))
