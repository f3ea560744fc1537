"""What publishing is worth, measured with real processes: readers that never wait, nights that are killed.

The file that is published here holds nothing but ``probe``: every row of it carries the number of its run,
so that a reader who sees two numbers has seen half a publication.

What does not belong here: budgets. How a whole refresh is measured stands in ``nights``.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from dagster_project.settings import Settings, load
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.build import build
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.publish import publish
from dagster_project.warehouse.run import refreshing
from dagster_project.warehouse.verify import verify

_SPAWN = multiprocessing.get_context("spawn")
_PAUSE = 0.5  # seconds that one reader thinks in a round, between its connections and in them
PROBES = (
    "select no from probe group by no",
    "select no from probe_again group by no",
    "select state_no from meta.run",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One connection of one reader: when it began (seconds since the epoch) and which run it read."""

    at: float
    run_no: int


@dataclass(frozen=True, slots=True)
class ReaderFigures:
    """What readers met while files were published. Times in seconds."""

    readers: int
    publications: int
    seconds: float  # that they read
    pause: float  # that one reader rests in a round at most
    connections: int
    errors: tuple[str, ...]
    torn: int  # connections that saw more than one state
    stalest: float  # how long after a publication a new connection still got the one before
    all_saw: float  # how long after a publication the last reader had connected again and seen it


@dataclass(frozen=True, slots=True)
class KillFigures:
    """What was found after kills at random moments."""

    kills: int
    old: int  # the file from before was live
    new: int  # the file that was being made was live
    completed: int  # announced but not live: the next run put it live
    failures: tuple[str, ...]


def publish_probe(settings: Settings, rows: int = 20_000) -> int:
    """Publish one file whose every row says its number. Returns the number."""
    import duckdb

    with refreshing(settings) as run:
        build(settings, run, ())
        with duckdb.connect(str(run.build)) as connection:
            connection.execute(
                f"create or replace table probe as select {run.no} as no, range as i from range({rows})"
            )
            connection.execute(
                f"create or replace table probe_again as select {run.no} as no from range({rows})"
            )
        publish(settings, run, counts={"probe": rows}, verdicts={}, fingerprint=None)
    return run.no


def read_while_publishing(readers: int, seconds: float, publications: int) -> ReaderFigures:
    """``readers`` processes connect, query and close for ``seconds`` while files are published evenly."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load({}, raw=f"{folder}/raw", home=f"{folder}/home", keep=3)
        publish_probe(settings)
        return read_while(settings, PROBES, readers, seconds, publications, lambda: publish_probe(settings))


def read_while(
    settings: Settings,
    queries: Sequence[str],
    readers: int,
    seconds: float,
    publications: int,
    publish: Callable[[], int],
    pause: float = _PAUSE,
) -> ReaderFigures:
    """Let processes connect, query and close while ``publish`` makes one file after another live.

    ``queries`` each give the number of the run that made what they read; one reader asks them in turn, with
    a pause in between, in one connection; ``pause`` is what it rests in a round at most, in seconds.
    ``publish`` returns the number of its run. Ends after ``seconds`` and not before the last publication.
    """
    pipes = [_start_reader(settings.published, queries, pause) for _ in range(readers)]
    for pipe, _ in pipes:
        pipe.recv()  # it has read once
    begin, published = time.time(), {}
    for no in range(publications):
        time.sleep(max(0.0, begin + no * seconds / publications - time.time()))
        run_no = publish()
        published[run_no] = settings.published.lstat().st_ctime  # of the rename that made it live
    time.sleep(max(1.0, begin + seconds - time.time()))
    for pipe, _ in pipes:
        pipe.send("stop")
    outcomes = []
    for pipe, process in pipes:
        outcomes.append(pipe.recv())
        process.join()
    return _judge_readers(outcomes, published, time.time() - begin, pause)


def _start_reader(file: Path, queries: Sequence[str], pause: float) -> tuple[Connection, SpawnProcess]:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_read, args=(there, file, queries, pause), daemon=True)
    process.start()
    there.close()
    return here, process


def _read(pipe: Connection, file: Path, queries: Sequence[str], pause: float) -> None:
    import duckdb

    seen: list[Seen] = []
    errors: list[str] = []
    torn = 0
    is_last = False
    while not is_last:
        is_last = pipe.poll()  # the last connection comes after the last publication
        at = time.time()
        try:
            with duckdb.connect(str(file), read_only=True, config={"threads": 1}) as connection:
                states = set()
                for query in queries:
                    states |= set(connection.execute(query).fetchall())
                    time.sleep(random.uniform(0, pause / 2 / len(queries)))
            torn += len(states) != 1
            seen.append(Seen(at, max(states)[0]))
        except duckdb.Error as error:
            errors.append(str(error))
        if len(seen) + len(errors) == 1:
            pipe.send("ready")
        time.sleep(random.uniform(0, pause / 2))
    pipe.send((seen, errors, torn))


def _judge_readers(
    outcomes: list[tuple], published: dict[int, float], seconds: float, pause: float
) -> ReaderFigures:
    seen = [connection for connections, _, _ in outcomes for connection in connections]
    stalest = max(
        (s.at - at for s in seen for no, at in published.items() if s.run_no < no and s.at > at), default=0.0
    )
    first = [
        min((s.at for s in connections if s.run_no >= no), default=float("inf")) - at
        for connections, _, _ in outcomes
        for no, at in published.items()
    ]
    return ReaderFigures(
        readers=len(outcomes),
        publications=len(published),
        seconds=seconds,
        pause=pause,
        connections=len(seen),
        errors=tuple(e for _, errors, _ in outcomes for e in errors),
        torn=sum(torn for _, _, torn in outcomes),
        stalest=stalest,
        all_saw=max(first, default=0.0),
    )


def kill_while_publishing(kills: int, seed: int = 1, rows: int = 20_000) -> KillFigures:
    """Kill a process that publishes without end, at random moments, and look at what is left each time."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = load({}, raw=f"{folder}/raw", home=f"{folder}/home", keep=3)
        publish_probe(settings, rows)
        return kill_and_look(
            kills,
            start=lambda: _start_publisher(settings, rows),
            wait=lambda: time.sleep(chance.uniform(0, 0.6)),
            look=lambda: look_after_kill(settings, rows),
            again=lambda: publish_probe(settings, rows),
        )


def kill_and_look(
    kills: int,
    start: Callable[[], int],
    wait: Callable[[], None],
    look: Callable[[], tuple[str, list[str]]],
    again: Callable[[], object],
) -> KillFigures:
    """``start`` a process (its id), ``wait``, kill it, ``look`` at what is live, run ``again`` to the end."""
    counted = {"old": 0, "new": 0, "completed": 0}
    failures: list[str] = []
    for no in range(kills):
        process = start()
        wait()
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        found, problems = look()
        counted[found] += 1
        try:
            again()
        except Exception as error:
            problems.append(f"the next run failed: {type(error).__name__}: {error}")
        failures += [f"kill {no + 1}: {problem}" for problem in problems]
    return KillFigures(kills, **counted, failures=tuple(failures))


def look_after_kill(settings: Settings, rows: int) -> tuple[str, list[str]]:
    """Whether the live file is the old one, the new one or one that the next run must complete."""
    import duckdb

    problems = []
    entries, broken = manifest.inspect(settings.manifest)
    announced = manifest.live(entries)
    problems += not_as_published(settings, entries)
    state = 0
    try:
        with duckdb.connect(str(settings.published), read_only=True) as connection:
            state = connection.execute("select state_no from meta.run").fetchall()[0][0]
            probes = connection.execute("select no, count(*) from probe group by no").fetchall()
            if probes != [(state, rows)]:
                problems.append(f"the live file is not complete: {probes}")
    except duckdb.Error as error:
        problems.append(f"the live file does not open: {error}")
    if announced is not None and state not in (announced.no, announced.no - 1, announced.no - 2):
        problems.append(f"state {state} is live, the chain is at {announced.no}")
    is_announced = announced is not None and state == announced.no
    left = [p for p in settings.snapshots.iterdir() if p.name.startswith(".") or "_" in p.name]
    unfinished = any(settings.build.iterdir()) or len(left) > len(manifest.kept(entries))
    return ("completed" if not is_announced else "old" if unfinished else "new"), problems + broken


def not_as_published(settings: Settings, entries: Sequence[ManifestEntry]) -> list[str]:
    """What is wrong with the live file to the last byte: it must be one of the last two that were announced."""
    made = [e for e in entries if e.kind == manifest.PUBLISH][-2:]
    try:
        sha256 = snapshots.sha256_of(settings.published)
    except OSError as error:
        return [f"the live file cannot be read: {error}"]
    known = {e.sha256 for e in made}
    return [] if sha256 in known else [f"the live file is none of {', '.join(e.file for e in made)}"]


def _start_publisher(settings: Settings, rows: int) -> int:
    here, there = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_publish_for_ever, args=(there, settings, rows))
    process.start()
    there.close()
    here.recv()
    assert process.pid is not None, "it has said that it is ready"
    return process.pid


def _publish_for_ever(pipe: Connection, settings: Settings, rows: int) -> None:
    pipe.send("ready")
    while True:
        publish_probe(settings, rows)


def leftovers(settings: Settings) -> list[str]:
    """What stands in the folders of a warehouse at rest and has no business there."""
    _, problems = verify(settings)
    strays = [*settings.build.iterdir(), *settings.home.glob(".*.next"), *settings.snapshots.glob(".*")]
    return [*problems, *(f"{path.name} was left behind" for path in strays)]
