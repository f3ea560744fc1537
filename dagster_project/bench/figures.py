"""``sluitend bench``: the figures of reading, of publishing and of nights, printed beside what they must be.

What does not belong here: measuring (``bench.publishing``, ``bench.nights``, ``bench.reading_speed``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from dagster_project.bench import nights, publishing, reading_speed
from dagster_project.settings import PROJECT, load


def main(what: str, small: bool, rows: tuple[int, ...] = ()) -> None:
    """Print the figures of one bench; ``small`` measures a fraction of it. ``rows``: of growth, how many documents."""
    lines = _growth(small, rows) if what == "growth" else _BENCHES[what](small)
    for line in lines:
        click.echo(line)


def _publishing(small: bool) -> Iterator[str]:
    readers, seconds, publications = (8, 6.0, 4) if small else (50, 120.0, 10)
    yield from _read("publications", publishing.read_while_publishing(readers, seconds, publications))
    refreshes = 1 if small else publications
    yield from _read("refreshes", nights.read_while_refreshing(readers, seconds, refreshes))


def _read(what: str, found: publishing.ReaderFigures) -> Iterator[str]:
    yield (
        f"{found.readers} readers, {found.publications} {what} in {found.seconds:.0f} s;"
        f" a reader rests up to {found.pause:g} s in a round"
    )
    yield f"  connections                          {found.connections:>8}"
    yield f"  errors                               {len(found.errors):>8}   must be 0"
    yield f"  connections with more than one state {found.torn:>8}   must be 0"
    yield f"  longest that a new connection got the file before {found.stalest:.3f} s   must be < 1 s"
    yield f"  longest until every reader had connected again    {found.all_saw:.3f} s"
    yield from (f"  {error}" for error in found.errors[:5])


def _kills(small: bool) -> Iterator[str]:
    published = publishing.kill_while_publishing(15 if small else 200)
    yield from _killed("publications", published)
    yield from _killed("refreshes", nights.kill_refreshes(3 if small else 200))


def _killed(what: str, found: publishing.KillFigures) -> Iterator[str]:
    yield f"{found.kills} {what} killed at random moments"
    yield f"  the old file live {found.old}, the new one {found.new}, completed by the next {found.completed}"
    yield f"  failures          {len(found.failures)}   must be 0"
    yield from (f"  {failure}" for failure in found.failures[:5])


def _night(small: bool) -> Iterator[str]:
    found = nights.nights()
    baseline = found.dbt.processor
    yield f"processor time, as a ratio to a bare dbt build ({baseline:.1f} s)"
    for name, cost, limit in (
        ("first refresh", found.first, "must be <= 1.8"),
        ("one document changed", found.changed, "must be <= 1.3"),
        ("nothing changed", found.unchanged, "must be <= 0.5"),
    ):
        yield f"  {name:<22}{cost.processor / baseline:6.2f}   {cost.processor:6.1f} s, wall {cost.wall:.1f} s   {limit}"


def _growth(small: bool, sizes: tuple[int, ...] = ()) -> Iterator[str]:
    yield "from nothing, and one changed document: seconds of a processor, the most memory that a process had"
    yield f"  {'documents':>9} {'first':>8} {'memory':>9} {'report':>9} {'a document':>11} {'its cells':>10} {'one changed':>12}"
    for found in nights.growth(sizes or ((5, 20) if small else (5, 50, 500, 2_500))):
        each = [f"{1_000 * mb / found.documents:.1f} kB" for mb in (found.report_mb, found.cells_mb)]
        yield (
            f"  {found.documents:>9,} {found.first.processor:>6.1f} s {found.first.memory_mb:>6.0f} MB"
            f" {found.report_mb:>6.1f} MB {each[0]:>11} {each[1]:>10} {found.one_changed.processor:>10.1f} s"
        )
        told = ", ".join(f"{step} {most:.0f}" for step, most in found.steps.items())
        yield f"            MB of all processes together: {told}"


def _reading(small: bool) -> Iterator[str]:
    texts = reading_speed.texts_in(load().raw, PROJECT.parent / "shared" / "examples")
    samples = {
        "as printed": texts,
        "ten times the rows": [one for text in texts for one in reading_speed.grown(text)],
    }
    for sample, drawn in samples.items():
        found = reading_speed.measure(sample, drawn, runs=2 if small else 15)
        yield f"{found.tables} tables, {sample}, {found.cells:,} cells; cells per second of processor time"
        for stage, rate in found.rates.items():
            yield f"  {stage:<22}{rate:>10,.0f}   {found.ratio(stage):5.1f} x pandas"


_BENCHES: dict[str, Callable[[bool], Iterator[str]]] = {
    "reading": _reading,
    "publishing": _publishing,
    "kills": _kills,
    "night": _night,
    "growth": _growth,
}
