"""The steps of a refresh as plain functions, in their order, and what each must find before it may begin.

Dagster's assets call ``perform``; so does the search for the document that makes a step fail (``isolate``). What
a step made is noted in the file that it made it in, so that publication can see that everything in it is of this
run, whoever started that.

What does not belong here: Dagster's events (the assets), and the work itself (the rooms below).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import expectations
from dagster_project.assets import dbt_run, spark_run
from dagster_project.assets.runs import SPARK, Landing, Read, Refresh
from dagster_project.assets.suites import Judged
from dagster_project.assets.trouble import refuse, sorted_by_hope
from dagster_project.language import Written, numeral, phrase
from dagster_project.warehouse.bounded import connect, let_go
from dagster_project.warehouse.scan import Scan

if TYPE_CHECKING:
    from pathlib import Path

    from dagster_project.assets.dbt_run import NodeResult
    from dagster_project.warehouse.landing import Landed
    from dagster_project.warehouse.proofs import Proved

# From here on a large model takes all memory that DuckDB may take, and what is built beside it finds none.
_MANY_DOCUMENTS = 1_000
Made = TypeVar("Made")


class Step(str, Generic[Made]):
    """The name of a step, with the type of what it makes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Made]):
    """What a step made, for whoever shows it; ``reasons`` forbid to go on; ``told`` is said in one line."""

    made: Made
    told: str = ""
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LandedTables:
    """What the landing step found and made: the extracts, and the rows of every landing table."""

    found: Scan
    rows: Mapping[str, int]
    documents: tuple[Landed, ...]
    read_now: tuple[str, ...]  # document_id of those that were not on disk as they are


LANDING: Step[LandedTables] = Step("landing")
PROOF: Step[Proved] = Step("bewijs")
MODELS: Step[tuple[NodeResult, ...]] = Step("dbt")
JUDGED: Step[tuple[Judged, ...]] = Step("expectations")
REPORT: Step[Path] = Step("report")  # its folder
BEFORE_PUBLICATION: tuple[Step[Any], ...] = (LANDING, PROOF, MODELS, JUDGED, REPORT)


def perform(refresh: Refresh, step: Step[Made]) -> Outcome[Made]:
    """Carry out one step.

    Raises ``dg.Failure`` in words where a step before it was not carried out in this run, and where the step
    fails for good; what may pass is raised as it is.
    """
    require(refresh, step, BEFORE_PUBLICATION[: BEFORE_PUBLICATION.index(step)])
    with sorted_by_hope(), refresh.telling(step) as tell:
        outcome = _DO[step](refresh)
        tell(outcome.told)
    let_go()
    refuse(refresh, step, outcome.reasons)
    note_done(refresh, step)
    return outcome


def require(refresh: Refresh, step: str, needed: tuple[str, ...]) -> None:
    """Refuse in words where the private file does not hold what ``needed`` make, of this very run."""
    there = done(refresh)
    lacking = [name for name in needed if name not in there]
    if lacking:
        told = (
            f"not begun: it needs what {', '.join(lacking)} make in the same run. A refresh builds"
            " everything beside what is live and swaps it in whole: start the job 'refresh'. Nothing was published"
        )
        refuse(refresh, step, [told])


def note_done(refresh: Refresh, step: str) -> None:
    """Write into the private file that a step was carried out, in which run."""
    with connect(refresh.database) as connection:
        connection.execute("insert into meta.steps values (?, ?)", [refresh.run.run_id, step])


def done(refresh: Refresh) -> set[str]:
    """The steps that the private file says were carried out in this run; for expectations, every suite of it."""
    if not refresh.database.exists():
        return set()
    with connect(refresh.database) as connection:
        run_id = [refresh.run.run_id]
        found = connection.execute("select step from meta.steps where run_id = ?", run_id).fetchall()
        steps = {step for (step,) in found}
        if JUDGED in steps:
            found = connection.execute(
                "select distinct suite from audit.expectation_results where run_id = ?", run_id
            ).fetchall()
            if not set(expectations.names()) <= {suite for (suite,) in found}:
                steps.discard(JUDGED)
    return steps


# --- the steps ----------------------------------------------------------------------------------------


def _land(refresh: Refresh) -> Outcome[LandedTables]:
    from dagster_project.warehouse.acceptances import write_acceptances
    from dagster_project.warehouse.build import build, counts
    from dagster_project.warehouse.iv3.parquet import attach, told_of
    from dagster_project.warehouse.landing import READ
    from dagster_project.warehouse.last_good import too_large, without
    from dagster_project.warehouse.norms import read_norms, told_of_norm, write_norms_without_use
    from dagster_project.warehouse.removal import Removal, removal
    from dagster_project.warehouse.sums_with_iv3 import write_sums_with_iv3

    read = refresh.notes.read or _read(refresh)
    refresh.notes.read = read
    is_sound = False
    while not is_sound:
        documents, aside = without(refresh.settings, read.run, read.documents, refresh.aside)
        told = {**read.told, **aside, **told_of(read.iv3)}
        decided = build(refresh.settings, read.run, documents, read.strays, told)
        beyond = {name: why for name, why in too_large(refresh.database).items() if name not in refresh.aside}
        is_sound = not beyond or refresh.is_trial
        refresh.aside.update(beyond)
    attach(refresh.database, refresh.settings, read.iv3)
    write_sums_with_iv3(refresh.database)
    write_acceptances(refresh.database, read.documents_found)
    norms, wrong_norms = read_norms(refresh.settings)
    write_norms_without_use(refresh.database, norms)
    states = Counter(document.state for document in decided)
    gone = Removal()
    if not refresh.is_trial:
        gone = removal(refresh.settings, refresh.database, read.run.history_base)
    refresh.notes.landing = Landing(
        read.found.sha256, read.run, decided, read.iv3, read.fingerprint, read.bounds, removal=gone
    )
    parts = [phrase("{documents} documents ({now} read now)", documents=states[READ], now=len(read.read_now))]
    if kept := sum(document.is_last_good for document in decided):
        parts.append(phrase("{documents} as they were read before", documents=kept))
    if left := len(decided) - states[READ]:
        parts.append(phrase("{documents} not published", documents=left))
    figures = sum(source.rows for source in read.iv3)
    if read.iv3:
        parts.append(
            phrase(
                "{figures} figures of Iv3 ({now} sources read now)",
                figures=numeral(figures),
                now=read.iv3_read_now,
            )
        )
    made = LandedTables(
        read.found, counts(refresh.database) | {"landing.iv3": figures}, decided, read.read_now
    )
    reasons: list[str] = [Written.in_both(*told_of_norm(wrong)) for wrong in wrong_norms]
    if gone.question and not refresh.accept_removal:
        reasons.append(gone.question)
    return Outcome(made, ", ".join(parts), reasons)


def _read(refresh: Refresh) -> Read:
    """Have every document and source of Iv3 on disk as Parquet."""
    from dagster_project.reading.answer_file import read_answers
    from dagster_project.warehouse.build import fitting, landed_before
    from dagster_project.warehouse.iv3.as_before import keep_last_good_iv3
    from dagster_project.warehouse.iv3.parquet import land_iv3
    from dagster_project.warehouse.iv3.sources import divide
    from dagster_project.warehouse.landing import RETRY, land
    from dagster_project.warehouse.last_good import aside_before, keep_last_good
    from dagster_project.warehouse.progress import shown
    from dagster_project.warehouse.scan import refused_answer
    from dagster_project.warehouse.unchanged import fingerprint

    read_now: list[str] = []

    def note(document: Landed) -> None:
        read_now.append(document.document_id)
        on_document(document)

    everything = refresh.scan()
    found, sources = divide(everything)
    run = fitting(refresh.run, len(found.documents))
    if refresh.engine == SPARK:
        run = replace(run, previous=None, ground=None)  # what Spark builds it builds whole
    answers, refused = read_answers(found.answers)
    with shown(refresh.say) as (on_start, on_document):
        landed = land(
            refresh.settings,
            found,
            landed_before(run.previous),
            full=refresh.full,
            answers=answers,
            on_start=on_start,
            on_document=note,
        )
    iv3, iv3_read_now = land_iv3(refresh.settings, sources, full=refresh.full)
    is_for_now = any(document.state == RETRY for document in landed) or any(s.unread for s in sources)
    if not refresh.full:
        refresh.aside.update(aside_before(run, landed))
    documents, told = keep_last_good(refresh.settings, run, found, landed)
    iv3 = keep_last_good_iv3(refresh.settings, run.history_base, sources, iv3, found, landed)
    started_at = refresh.run.started_at
    return Read(
        found=everything,
        documents_found=found.documents,
        run=run,
        documents=documents,
        told=told,
        strays=(*found.strays, *map(refused_answer, refused)),
        iv3=iv3,
        read_now=tuple(read_now),
        iv3_read_now=iv3_read_now,
        fingerprint=None if is_for_now else fingerprint(refresh.settings, everything, started_at),
        bounds=frozenset(document.bound for document in landed if document.bound),
    )


def _prove(refresh: Refresh) -> Outcome[Proved]:
    from dagster_project.warehouse.proofs import write_proofs

    prover = None
    if refresh.engine == SPARK:
        from dagster_project.warehouse.proofs_on_spark import SparkProver

        prover = SparkProver(refresh.settings, refresh.database.parent / "spark-proof")
    proved = write_proofs(refresh.settings, refresh.landed, prover)
    by = phrase(" by Spark") if prover else ""
    parts = [phrase("{sets} sets of sums proved{by}", sets=proved.components, by=by)]
    if proved.with_iv3:
        parts.append(phrase("{sets} held against Iv3", sets=proved.with_iv3))
    if proved.kept_documents:
        parts.append(phrase("{documents} documents as they were", documents=proved.kept_documents))
    return Outcome(proved, ", ".join(parts))


def _model(refresh: Refresh) -> Outcome[tuple[NodeResult, ...]]:
    variables = {
        "vandaag": f"{refresh.run.started_at:%Y-%m-%d}",
        "nu": f"{refresh.run.started_at:%Y-%m-%d %H:%M:%S}",
        "vorige": str(refresh.landed.previous or ""),
        "grond": str(refresh.landed.ground or ""),
    }
    if refresh.engine == SPARK:
        results = spark_run.build(refresh.settings, refresh.database, variables, refresh.landing.iv3)
    else:
        results = dbt_run.build(
            refresh.settings,
            refresh.database,
            variables,
            one_at_a_time=len(refresh.landing.documents) >= _MANY_DOCUMENTS,
        )
    tests = sum(r.is_test for r in results)
    bad = [f"{r.unique_id}: {r.message}" for r in results if r.is_bad]
    refresh.notes.broken = tuple(r.query for r in results if r.query)
    by = phrase(" built by Spark") if refresh.engine == SPARK else ""
    made = phrase("{models} models{by}, {tests} tests", models=len(results) - tests, by=by, tests=tests)
    return Outcome(results, made, bad)


def _judge(refresh: Refresh) -> Outcome[tuple[Judged, ...]]:
    from dagster_project.assets.suites import held_against
    from dagster_project.reports.write import write_expectations

    suites = [expectations.suite(name) for name in expectations.names()]
    elsewhere = None
    if refresh.engine == SPARK:
        from dagster_project.assets import gx_spark

        elsewhere = gx_spark.session(refresh.settings)
    found = held_against(refresh.database, suites, refresh.run.run_id, elsewhere)
    if elsewhere:
        spark_run.forget(refresh.database)
    if not refresh.is_trial:
        write_expectations(refresh.database, refresh.report, refresh.run.run_id)
    bad = [f"{j.suite}: {in_words(j)}" for j in blocking(found, refresh.strict and not refresh.is_trial)]
    counted = Counter(judged.status for judged in found)
    parts = [f"{counted[status]} {phrase(word)}" for status, word in _WORDS if counted[status]]
    if elsewhere:
        parts.append(phrase("judged by Spark"))
    return Outcome(found, ", ".join(parts), bad)


def blocking(found: tuple[Judged, ...], strict: bool) -> list[Judged]:
    """The judgements that forbid publication: the critical ones, and with ``strict`` all that did not hold."""
    return [j for j in found if j.blocks or (strict and j.status in ("failed", "errored"))]


def in_words(judged: Judged) -> str:
    """A judgement that did not hold, as a person reads it."""
    rows = f"{judged.unexpected} rows" if judged.status == "failed" else judged.error
    return f"{judged.expectation.sentence} ({judged.expectation.id}, {judged.status}: {rows})"


_WORDS = (
    ("passed", "hold"),
    ("failed", "fail"),
    ("errored", "could not be judged"),
    ("not_judged", "lack their figures"),
)


def _report(refresh: Refresh) -> Outcome[Path]:
    from dagster_project.reports.write import write_report

    folder = refresh.report
    before = refresh.settings.reports / "latest"
    raw = refresh.settings.raw
    docs = dbt_run.docs(refresh.settings, refresh.database)
    write_report(
        refresh.database,
        folder.parent,
        refresh.run.run_id,
        before,
        is_shown=False,
        raw=raw,
        on_paper=True,
        dictionary=docs,
    )
    return Outcome(folder, phrase("{pages} pages", pages=sum(1 for _ in folder.rglob("*.html"))))


_DO: dict[Step[Any], Callable[[Refresh], Outcome[Any]]] = {
    LANDING: _land,
    PROOF: _prove,
    MODELS: _model,
    JUDGED: _judge,
    REPORT: _report,
}
