"""One task per item in a few processes, where a task may crash or never end.

The pools of the standard library stop as a whole when one process dies, cannot end a task that hangs, and
leave their processes behind when the parent is killed. Here every process has a pipe of its own: the parent
knows which item a lost process had, and a process whose parent is gone reads the end of its pipe and stops.
The operating system itself limits what a process may take: a task that wants more gets a ``MemoryError``.

What does not belong here: what the task is.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# A forked child would inherit the lock on the warehouse and keep it when its parent is killed.
_SPAWN = multiprocessing.get_context("spawn")
TIME, MEMORY = "time", "memory"
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
    limit: str = ""  # TIME | MEMORY: which limit of the caller it ran into; empty: none


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    item: Any = None  # one of those that ``in_processes`` was given
    seconds: float = 0.0  # of a processor that the item may take
    begun: float = 0.0
    cost_before: float = 0.0  # seconds of a processor that the process had taken then
    deadline: float = 0.0

    def begin(self) -> None:
        """Count from now: the process has loaded what it needs."""
        self.begun, self.cost_before = time.monotonic(), _processor_seconds(self.process.pid)
        self.deadline = self.begun + self.seconds

    def has_retired(self) -> bool:
        """Whether the process ended by itself before it began with its item (see ``_serve``)."""
        return not self.begun and self.process.exitcode == 0

    def is_given_more(self) -> bool:
        """Whether a busy machine gave it less of a processor than it may take; then the deadline moves.

        One that does not use what it could get is stuck, and no machine is four times too busy.
        """
        elapsed = time.monotonic() - self.begun
        used = _processor_seconds(self.process.pid) - self.cost_before
        if not (self.begun and elapsed / 10 < used < 0.95 * self.seconds and elapsed < 4 * self.seconds):
            return False
        self.deadline = time.monotonic() + self.seconds - used
        return True


def in_processes(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    workers: int,
    timeout: Callable[[Item], float],
    memory_mb: int,
) -> Iterator[tuple[Item, Result | Failure]]:
    """Each item with what ``task`` made of it, in the order in which they are done.

    ``task``, items and results must be picklable. ``timeout`` gives the seconds of a
    processor that an item may take (of the clock, where the system does not tell what a process used), ``memory_mb`` is what one process may. At most ``workers`` results and
    items are in memory at once.
    """
    waiting = deque(items)
    team: list[_Worker] = []
    try:
        while waiting or any(w.item is not None for w in team):
            idle = [w for w in team if w.item is None]
            while waiting and (idle or len(team) < workers):
                worker = idle.pop() if idle else _start(task, team, memory_mb)
                if _takes(worker, waiting[0], timeout(waiting[0])):
                    waiting.popleft()
                else:  # it died between two items
                    team.remove(worker)
            busy = [w for w in team if w.item is not None]
            patience = max(0.0, min(w.deadline for w in busy) - time.monotonic())
            ready = set(wait([w.pipe for w in busy], patience))
            for worker in busy:
                if worker.pipe not in ready and time.monotonic() < worker.deadline:
                    continue
                if worker.pipe not in ready and worker.is_given_more():
                    continue
                item, outcome = worker.item, _outcome(worker, worker.pipe in ready)
                if isinstance(outcome, Failure) and worker.has_retired():
                    waiting.appendleft(item)  # it was sent while the process was ending: it was never begun
                    team.remove(worker)
                    continue
                if outcome == _BEGUN:
                    worker.begin()
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


def _start(task: Callable, team: list[_Worker], memory_mb: int) -> _Worker:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(there, task, memory_mb), daemon=True)
    process.start()
    there.close()
    team.append(_Worker(process, here))
    return team[-1]


def _takes(worker: _Worker, item: object, seconds: float) -> bool:
    try:
        worker.pipe.send(item)
    except OSError:
        return False
    worker.item, worker.seconds, worker.begun = item, seconds, 0.0
    worker.deadline = time.monotonic() + _TO_START + seconds
    return True


def _outcome(worker: _Worker, is_ready: bool) -> Any:
    if not is_ready:
        seconds = f"{worker.seconds:.0f}"
        return Failure(
            f"was niet klaar binnen {seconds} seconden",
            f"did not end within {seconds} seconds",
            limit=TIME,
        )
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(timeout=5)
        status = f"exit status {worker.process.exitcode}"
        if worker.process.exitcode == -signal.SIGABRT:  # how libraries in C end that get no memory
            nl = "is gestopt: een bibliotheek kreeg niet genoeg geheugen, of faalde"
            return Failure(
                nl, "was stopped: a library got too little memory, or failed", status, limit=MEMORY
            )
        return Failure("is gecrasht", "crashed", status)


def _end(worker: _Worker) -> None:
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


class _NoPandas(MetaPathFinder):
    """Arrow loads pandas wherever it can be had: half a second in each process, for nothing."""

    def find_spec(self, fullname, path, target=None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("no task needs it", name=fullname)


def _serve(pipe: Connection, task: Callable, memory_mb: int) -> None:
    limited_to(memory_mb)
    sys.meta_path.insert(0, _NoPandas())
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
        except MemoryError:  # its frames are gone here, and what they held
            nl, en = (
                f"heeft meer dan {memory_mb} MB geheugen nodig",
                f"needs more than {memory_mb} MB of memory",
            )
            pipe.send(Failure(nl, en, limit=MEMORY))
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            pipe.send(Failure(f"faalde: {what}", f"failed: {what}"))
        if _taken_mb() > memory_mb / 2:  # the next item gets a process that has all of it
            return


def _processor_seconds(pid: int | None) -> float:
    """What a process has taken of a processor; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def limited_to(memory_mb: int) -> None:
    """Let the operating system refuse this process more memory than that. Not every system can; then nothing."""
    # Arrow's own allocator sets a GB of addresses apart before it is used.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 1_000_000, memory_mb * 1_000_000))
    except (ImportError, ValueError, OSError):
        return


def _taken_mb() -> float:
    """The most memory that this process has had, where the system tells."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)
