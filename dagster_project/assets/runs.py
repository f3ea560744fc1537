"""One refresh while it runs: the run of the warehouse, how it was asked for, and what its steps found.

All steps of a refresh run in one process, that of whoever holds the warehouse: the command line, or a
run that Dagster's pages or its daemon started. What does not belong here: the steps, and what is done
with what they found (``conduct``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from dagster_project.language import phrase
from dagster_project.settings import Settings
from dagster_project.warehouse.landing import Aside, Landed
from dagster_project.warehouse.run import Run
from dagster_project.warehouse.scan import FoundDocument, Scan, Stray, scan

if TYPE_CHECKING:
    from dagster_project.assets.summary import NewsItem, RunSummary
    from dagster_project.reading.model import Reject
    from dagster_project.reports.counts import Counts
    from dagster_project.warehouse.iv3.parquet import Iv3Landed
    from dagster_project.warehouse.removal import Removal

DUCKDB, SPARK = ENGINES = ("duckdb", "spark")
_IN_ENGLISH = {"bewijs": "proof"}  # steps that are noted under another name than they are told by


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: every document and source of Iv3 that is on disk as Parquet, and what is told of them."""

    found: Scan  # everything under raw/
    documents_found: tuple[FoundDocument, ...]
    run: Run
    documents: tuple[Landed, ...]
    told: Mapping[str, Sequence[Reject]]  # of this run, by document_id
    strays: tuple[Stray, ...]
    iv3: tuple[Iv3Landed, ...]
    read_now: tuple[str, ...]  # documents; the others were on disk
    iv3_read_now: int
    fingerprint: str | None  # of what is published from it; None where a next try may read more
    bounds: frozenset[str]  # settings and their values that reading ran into, as in read_timeout=60


@dataclass(frozen=True, slots=True)
class Landing:
    """What landing decided: the documents of the build file, what it grew from, and what is gone."""

    raw_sha256: str
    run: Run
    documents: tuple[Landed, ...]
    iv3: tuple[Iv3Landed, ...]
    fingerprint: str | None
    bounds: frozenset[str]
    removal: Removal


@dataclass(frozen=True, slots=True)
class Live:
    """What is live after a refresh, whether this one put it there or found that nothing had changed."""

    counts: Counts | None
    large_causes: tuple[NewsItem, ...]
    rejected_documents: tuple[NewsItem, ...]
    raw_sha256: str
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """What the steps of a refresh found, for those after them; None for what was not carried out."""

    read: Read | None = None
    landing: Landing | None = None
    broken: tuple[str, ...] = ()  # queries that give the rows which checks of dbt found
    published: Live | None = None
    unchanged: Live | None = None
    ended: RunSummary | None = None


@dataclass(frozen=True)
class Refresh:
    """A refresh that has the warehouse for itself. ``say`` takes one line of progress at a time."""

    settings: Settings
    run: Run
    strict: bool = False  # findings and rejects forbid publication too
    full: bool = False  # read and prove everything again
    accept_removal: bool = False  # a person confirmed that much disappears
    say: Callable[[str], None] = field(default=lambda line: None, compare=False)
    engine: str = DUCKDB  # what builds the models of dbt: DUCKDB or SPARK
    notes: Notes = field(default_factory=Notes, compare=False)
    troubles: dict[str, str] = field(default_factory=dict, compare=False)  # step -> why it failed
    aside: dict[str, Aside] = field(default_factory=dict, compare=False)  # document_id -> why it is left out
    is_trial: bool = False  # a build of some of the documents, to find out which makes a step fail
    seen: list[Scan] = field(default_factory=list, compare=False)  # what stood under raw/ a moment ago

    @property
    def database(self) -> Path:
        """The private file in which everything is built; gone after the run."""
        return self.run.build

    @property
    def report(self) -> Path:
        """Where the pages of this run stand."""
        pages = self.run.build.parent if self.is_trial else self.settings.reports
        return pages / self.run.run_id

    @property
    def landing(self) -> Landing:
        """What landing decided. After that step; LookupError before it."""
        if self.notes.landing is None:
            raise LookupError("nothing was landed in this refresh")
        return self.notes.landing

    @property
    def landed(self) -> Run:
        """The run as landing decided on it: what its file grew from. After that step."""
        return self.landing.run

    def scan(self) -> Scan:
        """What stands under raw/: as it was seen when this refresh began, and looked at again for a second try.

        Raises OSError where raw/ cannot be listed.
        """
        return self.seen.pop() if self.seen else scan(self.settings.raw)

    @contextmanager
    def telling(self, step: str) -> Iterator[Callable[[str], None]]:
        """Say when the step is done, how long it took and what it told; yields the function to tell with.

        A step that fails leaves its reason in ``troubles``, until another try succeeds.
        """
        told: list[str] = []
        start = perf_counter()
        try:
            yield told.append
        except Exception as error:
            self.troubles[step] = str(
                getattr(error, "description", None) or f"{type(error).__name__}: {error}"
            )
            seconds = perf_counter() - start
            self.say(
                _line(
                    step, phrase("{seconds:6.1f} s  failed: {why}", seconds=seconds, why=self.troubles[step])
                )
            )
            raise
        self.troubles.pop(step, None)
        self.say(_line(step, f"{perf_counter() - start:6.1f} s  {', '.join(told)}".rstrip()))

    def note(self, step: str, told: str) -> None:
        """Say something about a step that is not done."""
        self.say(_line(step, told))


def _line(step: str, told: str) -> str:
    return f"{phrase(_IN_ENGLISH.get(step, step)):<17}{told}"
