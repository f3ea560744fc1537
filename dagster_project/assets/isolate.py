"""Which document makes a step fail: the one that broken rows name, or found by leaving documents out, and set aside.

Whatever is raised while one document is modelled, proved, judged or reported belongs to that document. It keeps
its last good state, or is rejected with the reason; all others are published. Where leaving documents out does
not help, the step fails with none of them, or every document fails, the mistake is ours and nothing is published.
Memory or disk that ran out is no document's fault, and none is looked for.

What does not belong here: the steps (``steps``), and documents whose own reading fails (``landing``).
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

import dagster as dg

from dagster_project.assets import steps
from dagster_project.assets.runs import Notes, Refresh
from dagster_project.assets.trouble import refuse
from dagster_project.language import phrase
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.disk import ran_out
from dagster_project.warehouse.landing import READ, Aside, Landed
from dagster_project.warehouse.run import BUILD_NAME

_AT_MOST = 40  # builds of a part of the documents in one search: three among 500 take up to thirty
_SECONDS = 1_800
_ROUNDS = 3  # of leaving out what rows name: a second witness may break what the first one broke
_REASON = 600  # characters
_BROKE_AN_EXPECTATION = """
    select distinct f.document_id
    from audit.expectation_failures as f
    inner join audit.expectation_results as r
        on f.suite = r.suite and f.expectation_id = r.expectation_id
    where r.severity = 'critical'
"""


class _GaveUp(Exception):
    """The search took too long, or the machine ran out of what it needs."""


def perform(refresh: Refresh, step: steps.Step[steps.Made]) -> steps.Outcome[steps.Made]:
    """Carry out one step; where it fails for good, without the documents that make it fail.

    Raises ``dg.Failure`` when no documents can be left out so that it succeeds.
    """
    try:
        return steps.perform(refresh, step)
    except dg.Failure as failure:
        if told := ran_out(failure):
            why = told.replace(f": {step}: ", ": ", 1)  # the step is named in front of it again
            refuse(
                refresh, step, [phrase("{why}. No document is to blame, and none was looked for", why=why)]
            )
        if steps.done(refresh) < set(_before(step)):
            raise
        aside = _culprits(refresh, step, _reason(refresh, failure))
        if not aside:
            raise
        refresh.note(step, phrase("again, without {documents}", documents=", ".join(aside)))
        refresh.aside.update({document_id: Aside(why) for document_id, why in aside.items()})
        for earlier in _before(step):
            steps.perform(refresh, earlier)
        return steps.perform(refresh, step)


def _before(step: str) -> tuple[steps.Step[Any], ...]:
    return steps.BEFORE_PUBLICATION[: steps.BEFORE_PUBLICATION.index(step)]


def _reason(refresh: Refresh, failure: dg.Failure) -> str:
    """Why a step failed, as it is published: without the folders of this machine."""
    told = (failure.description or "").replace(str(refresh.run.build.parent), "build")
    return told.replace(str(refresh.settings.home), "HOME").replace(str(refresh.settings.raw), "RAW")[
        :_REASON
    ]


def _culprits(refresh: Refresh, step: steps.Step[Any], why: str) -> dict[str, str]:
    """The documents without which the step succeeds, and how each fails; none where nothing of the kind was found."""
    if step == steps.LANDING or refresh.is_trial:
        return {}
    read = refresh.notes.read
    now = [d for d in (read.documents if read else ()) if d.state == READ]
    now = [d for d in now if d.document_id not in refresh.aside]
    sound = _as_before(refresh, now)
    suspects = [d for d in now if d not in sound]
    if not suspects or len(now) < 2:
        return {}
    known = {d.document_id for d in now}
    named = dict.fromkeys(_named(refresh, step, known), why)
    search = _Search(refresh, step, known)
    try:
        for _ in range(_ROUNDS):
            aside = [d for d in suspects if d.document_id in named]
            others = [d for d in now if d not in aside]
            if not others:  # every document fails
                return {}
            if aside and search.passes(others):
                return {d.document_id: named[d.document_id] for d in aside}
            if not aside or search.named <= named.keys():
                break  # no rows, or rows that name nobody else: something else fails
            named = dict.fromkeys(search.named, search.failed) | named
        else:  # a check gives all of its rows: one that goes on naming others is not about documents
            return {}
        if not search.passes(sound):
            return {}
        passing, failing = search.divide(sound, suspects, why)
    except _GaveUp:
        refresh.note(
            step, phrase("no document was found that makes it fail, in {tries}", tries=search.told())
        )
        return {}
    return failing if passing else {}


def _as_before(refresh: Refresh, now: Sequence[Landed]) -> list[Landed]:
    """The documents that passed every step in the last night, made by this very code."""
    from dagster_project.warehouse.build import landed_before

    before = landed_before(refresh.landed.previous)
    return [d for d in now if (b := before.get(d.document_id)) and (b.key, b.state) == (d.key, READ)]


def _named(refresh: Refresh, step: str, known: set[str]) -> set[str]:
    """The documents among ``known`` that rows stand in which broke a check of this step."""
    import duckdb

    queries = {steps.JUDGED: (_BROKE_AN_EXPECTATION,), steps.MODELS: refresh.notes.broken}.get(step, ())
    found: set[str] = set()
    with connect(refresh.database) as connection:
        for query in queries:
            try:
                rows = connection.sql(query)
                texts = [c for c, kind in zip(rows.columns, rows.types, strict=True) if kind == "VARCHAR"]
                for column in texts:
                    values = rows.select(duckdb.ColumnExpression(column)).distinct().fetchall()
                    found |= {name for (value,) in values if value and (name := _of_document(value, known))}
            except duckdb.Error:  # it looked at what is gone with dbt's own connection: then it names none
                continue
    return found


def _of_document(value: str, known: set[str]) -> str | None:
    """The document that a text names: by its own document_id, or as that of a table, cell or sum of it.

    >>> _of_document("a/b/004:12.3", {"a", "a/b"}), _of_document("a", {"a"}), _of_document("lasten", {"a"})
    ('a/b', 'a', None)
    """
    while value not in known:
        value, slash, _ = value.rpartition("/")
        if not slash:
            return None
    return value


class _Search:
    """Builds of a part of the documents, up to one step."""

    def __init__(self, refresh: Refresh, step: steps.Step[Any], known: set[str]) -> None:
        self._refresh, self._step, self._known = refresh, step, known
        self._tried, self._begun = 0, monotonic()
        self.failed = ""  # how the last build that did not pass failed
        self.named: set[str] = set()  # the documents that its broken rows named

    def divide(
        self, passing: list[Landed], suspects: list[Landed], why: str | None = None
    ) -> tuple[list[Landed], dict[str, str]]:
        """All that pass together, and by document_id how each fails that does not pass with these.

        ``why``: how the suspects are known to fail with ``passing``.
        """
        if not suspects or (why is None and self.passes([*passing, *suspects])):
            return [*passing, *suspects], {}
        why = why if why is not None else self.failed
        if len(suspects) == 1:
            return passing, {suspects[0].document_id: why}
        middle = len(suspects) // 2
        passing, first = self.divide(passing, suspects[:middle])
        passing, second = self.divide(passing, suspects[middle:], None if first else why)
        return passing, first | second

    def told(self) -> str:
        """How much was tried, in words."""
        return phrase(
            "{tries} builds of a part of them, {seconds:.0f} s",
            tries=self._tried,
            seconds=monotonic() - self._begun,
        )

    def passes(self, documents: Sequence[Landed]) -> bool:
        """Whether every step up to this one succeeds with nothing but these documents."""
        if self._tried >= _AT_MOST or monotonic() > self._begun + _SECONDS:
            raise _GaveUp
        self._tried += 1
        run = self._refresh.landed
        folder = run.build.parent.with_name(f"trial-{self._tried}")
        trial = replace(
            self._refresh,
            run=replace(run, build=folder / BUILD_NAME),
            say=lambda line: None,
            notes=Notes(),
            troubles={},
            aside={},
            is_trial=True,
        )
        if self._refresh.notes.read is not None:
            trial.notes.read = replace(
                self._refresh.notes.read, documents=tuple(documents), told={}, run=trial.run
            )
        try:
            for step in (*_before(self._step), self._step):
                steps.perform(trial, step)
            return True
        except dg.Failure as failure:
            if ran_out(failure):
                raise _GaveUp from failure
            self.failed = _reason(trial, failure)
            self.named = _named(trial, self._step, self._known)
            return False
        finally:
            shutil.rmtree(folder, ignore_errors=True)
