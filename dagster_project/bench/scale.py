"""``sluitend bench scale``: the Iv3 cube at growing sizes, from its files to the published marts and verdicts.

Every size is made by seed (``cube``) and goes through ``sluitend refresh`` as it is run at night, with the documents of the project
beside it, and beside the bare statements that make the same tables (``bare``). Then one gemeente delivers again, and the questions
about all gemeenten are asked with those of docs/vragen.md; where
PostgreSQL is installed the largest size up to 20 million goes there too. Refreshes of a cube of one gemeente say
what a night costs before anything is read. What the tables hold is compared: a figure that is not there is no speed.

What does not belong here: making models or landing quicker.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from dagster_project.bench import national, postgres, questions
from dagster_project.bench.cube import Cube, write_cube, write_redelivery
from dagster_project.bench.nights import Cost, cost_of, refresh
from dagster_project.settings import PROJECT, load

SIZES = (1_000_000, 15_000_000)
_SMALL = (50_000, 200_000)
_ROUNDS = 11
_MOST_IN_POSTGRES = 20_000_000  # rows
_SUMS = {  # by what holds them here, in the tables by hand and in the published file
    "figures of taakvelden": ("fct_iv3", "marts.fct_iv3", "count(*), sum(bedrag_eur), sum(bedrag_1e_eur)"),
    "figures of balances": ("fct_iv3_balans", "marts.fct_iv3_balans", "count(*), sum(bedrag_eur), sum(bedrag_1e_eur)"),
    "medians": ("iv3_medianen", "marts.iv3_medianen", "count(*), sum(gemeenten), null"),
    "gemeenten that fail PF006": ("iv3_toetsen", "audit.iv3_toetsen", "count(case when controle = 'PF006' and uitkomst = 'klopt niet' then 1 end), null, null"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """One size: the cube, what each way took, and what the questions took in milliseconds."""

    cube: Cube
    refresh: Cost
    bare: Cost
    redelivery: Cost
    file_bytes: int
    bare_bytes: int
    times: dict[str, list[float]]  # of the questions about all gemeenten
    of_documents: dict[str, list[float]]  # of those of docs/vragen.md
    different: tuple[str, ...]  # what the two ways do not agree on


def main(*, small: bool = False, rows: Sequence[int] = ()) -> None:
    """Print the figures as they come; exit status 1 where the two ways disagree."""
    different: list[str] = []
    for line in _measured(tuple(rows) or (_SMALL if small else SIZES), 2 if small else _ROUNDS, different):
        print(line, flush=True)
    if different:
        print(f"not the same in both: {', '.join(different)}", file=sys.stderr)
        sys.exit(1)


def _measured(sizes: Sequence[int], rounds: int, different: list[str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        place = Path(name)
        start = _start(place / "start")
        yield f"what a first night begins with {_told(start[0])}"
        yield f"what a later night begins with {_told(start[1])}"
        before: ScaleFigures | None = None
        for size in sizes:
            found = measure(place / str(size), size, rounds)
            different += found.different
            yield from _lines(found, before, start)
            if postgres.programs() is None:
                yield "  PostgreSQL          not installed: not measured"
            elif size == max((s for s in sizes if s <= _MOST_IN_POSTGRES), default=None):
                yield from _in_postgres(place, size, rounds, found)
            shutil.rmtree(place / str(size))
            before = found


def measure(place: Path, rows: int, rounds: int) -> ScaleFigures:
    """One size in an empty folder: made, refreshed, built by hand, asked, and delivered again for one gemeente."""
    raw, by_hand = place / "raw", place / "bare.duckdb"
    cube = write_cube(raw, rows)
    _add_documents(raw)
    settings = load({}, raw=str(raw), home=str(place / "home"))
    by_bare = cost_of([sys.executable, "-m", "dagster_project.bench.bare", str(raw), str(by_hand)], {})
    by_refresh = refresh(settings)
    size = settings.published.stat().st_size
    different = _differences(by_hand, settings.published, cube)
    times = national.ask(settings.published, rounds)
    asked = {question.text: question.sql for question in questions.questions()}
    of_documents = national.ask(settings.published, rounds, asked)
    bare_bytes = by_hand.stat().st_size
    by_hand.unlink()
    write_redelivery(raw)
    again = refresh(settings)
    shutil.rmtree(next(raw.glob("*-gm*")))
    return ScaleFigures(
        cube, by_refresh, by_bare, again, size, bare_bytes, times, of_documents, tuple(different)
    )


def _start(place: Path) -> tuple[Cost, Cost]:
    """What a first refresh and one with something new take before they have anything to speak of to do."""
    write_cube(place / "raw", 1)
    _add_documents(place / "raw")
    settings = load({}, raw=str(place / "raw"), home=str(place / "home"))
    first = refresh(settings)
    write_redelivery(place / "raw")
    again = refresh(settings)
    shutil.rmtree(place)
    return first, again


def _add_documents(raw: Path) -> None:
    """The documents of the project, which the questions of docs/vragen.md are about."""
    for description in sorted((PROJECT / "raw").glob("*/document.yml")):
        shutil.copytree(description.parent, raw / description.parent.name)


def _differences(by_hand: Path, published: Path, cube: Cube) -> list[str]:
    import duckdb

    found = []
    with (
        duckdb.connect(str(by_hand), read_only=True) as one,
        duckdb.connect(str(published), read_only=True) as other,
    ):
        for what, (ours, theirs, sums) in _SUMS.items():
            a, b = (
                one.execute(f"select {sums} from {ours}").fetchall(),
                other.execute(f"select {sums} from {theirs}").fetchall(),
            )
            found += [what] if a != b else []
        figures = sum(
            other.execute(f"select count(*) from marts.{t}").fetchall()[0][0]
            for t in ("fct_iv3", "fct_iv3_balans")
        )
        failing = other.execute(
            f"select {_SUMS['gemeenten that fail PF006'][2]} from audit.iv3_toetsen"
        ).fetchall()[0][0]
    found += ["rows of the cube"] if figures != cube.rows else []
    found += ["planted differences"] if failing != cube.unbalanced else []
    return found


def _lines(found: ScaleFigures, before: ScaleFigures | None, start: tuple[Cost, Cost]) -> Iterator[str]:
    cube, net = found.cube, found.refresh.processor - start[0].processor
    yield f"{cube.rows:,} rows, {cube.deliveries:,} deliveries, {cube.bytes / 1e6:,.0f} MB of CSV"
    yield f"  refresh             {_told(found.refresh)}, file {found.file_bytes / 1e6:,.0f} MB"
    yield f"  by hand             {_told(found.bare)}, file {found.bare_bytes / 1e6:,.0f} MB"
    yield (
        f"  ratio               {found.refresh.processor / found.bare.processor:.2f},"
        f" {net / found.bare.processor:.2f} without what a night begins with   must be <= 2"
    )
    if before is not None:
        growth = net / (before.refresh.processor - start[0].processor)
        yield f"  growth              {growth:.1f} times for {cube.rows / before.cube.rows:.1f} times the rows   must be within 15 %"
    again = found.redelivery.processor - start[1].processor
    yield f"  one redelivery      {_told(found.redelivery)}; {100 * again / net:.1f} % without what a night begins with   must be <= 3 %"
    asked = found.of_documents | found.times
    yield f"  {len(asked)} questions        {_of_times(asked)}   must be <= 500 and 2000"
    yield f"    about all gemeenten {_of_times(found.times)}"
    yield from (f"    {median(times):8.0f} ms  {question}" for question, times in asked.items())


def _in_postgres(place: Path, size: int, rounds: int, ours: ScaleFigures) -> Iterator[str]:
    try:
        yield from _beside(postgres.measure(place / str(size) / "raw", place, rounds), ours)
    except postgres.NotMeasured as error:
        yield f"  PostgreSQL          not measured: {error}"
    finally:
        shutil.rmtree(place / "postgres", ignore_errors=True)


def _beside(found: postgres.PostgresFigures, ours: ScaleFigures) -> Iterator[str]:
    yield f"  PostgreSQL          {_told(found.build)}, {found.bytes / 1e6:,.0f} MB; questions {_of_times(found.times)}"
    quicker = [median(times) / median(ours.times[question]) for question, times in found.times.items()]
    yield (
        f"    of ours           build {found.build.processor / ours.refresh.processor:.1f} times (by hand"
        f" {found.build.processor / ours.bare.processor:.1f}), size {found.bytes / ours.file_bytes:.1f} times,"
        f" questions {median(quicker):.1f} times in the middle, {min(quicker):.1f} to {max(quicker):.1f}"
    )
    yield from (f"    {median(times):8.0f} ms  {question}" for question, times in found.times.items())


def _of_times(times: dict[str, list[float]]) -> str:
    everything = sorted(ms for found in times.values() for ms in found)
    return f"p95 {quantiles(everything, n=20)[-1]:.0f} ms, slowest {everything[-1]:.0f} ms"


def _told(cost: Cost) -> str:
    return f"{cost.processor:7.1f} s of processor, {cost.wall:7.1f} s, {cost.memory_mb:6,.0f} MB"
