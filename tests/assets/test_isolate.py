"""The document that makes a later step fail is found, set aside and told; where all fail, the mistake is ours."""

from __future__ import annotations

from dataclasses import replace

import dagster as dg
import duckdb
import pytest
from warehouse.small import put, settings_in

from dagster_project.assets import isolate, steps
from dagster_project.assets.runs import Landing, Refresh
from dagster_project.assets.steps import Outcome
from dagster_project.warehouse import landing
from dagster_project.warehouse.landing import READ, Landed
from dagster_project.warehouse.publish import publish
from dagster_project.warehouse.removal import Removal
from dagster_project.warehouse.run import refreshing


def landed(name: str) -> Landed:
    return Landed(name, name, name, READ, 1, 1)


class Pretended(isolate._Search):
    """A search in which builds fail by rule: any set that holds all documents of one of ``bad``."""

    def __init__(self, *bad: set[str]) -> None:
        self.bad, self.builds, self.failed = bad, 0, ""

    def passes(self, documents) -> bool:
        self.builds += 1
        names = {d.document_id for d in documents}
        broken = [b for b in self.bad if b <= names]
        self.failed = " and ".join(sorted(broken[0])) if broken else self.failed
        return not broken


def test_each_document_that_fails_is_found_with_its_own_reason_in_few_builds():
    suspects = [landed(f"d{n:03d}") for n in range(500)]
    search = Pretended({"d007"}, {"d300"}, {"d499"})
    passing, failing = search.divide([landed("before")], suspects, "d007")
    assert failing == {"d007": "d007", "d300": "d300", "d499": "d499"}
    assert len(passing) == 498 and search.builds < 60


def test_of_two_documents_that_fail_together_only_one_is_left_out():
    suspects = [landed(name) for name in "abcd"]
    passing, failing = Pretended({"a", "d"}).divide([], suspects, "a and d")
    assert list(failing) == ["d"] and [d.document_id for d in passing] == ["a", "b", "c"]


# --- with the warehouse -------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path):
    made = settings_in(tmp_path)
    for name in "abc":
        put(made.raw, name)
    return made


@pytest.fixture
def bad(monkeypatch) -> set[str]:
    """Documents whose proof fails; the step of dbt does nothing. Documents are read without processes."""
    found: set[str] = set()

    def nothing(refresh: Refresh) -> Outcome:
        return Outcome(None)

    def prove(refresh: Refresh) -> Outcome:
        with duckdb.connect(str(refresh.database)) as connection:
            cells = connection.execute("select document_id, text from landing.cells").fetchall()
        broken = [document for document, text in cells if document in found and text != "1"]
        if broken:
            raise ArithmeticError(f"{refresh.settings.home}/x: the proof of {broken[0]} overflows")
        return Outcome(None)

    monkeypatch.setitem(steps._DO, steps.MODELS, nothing)
    monkeypatch.setitem(steps._DO, steps.PROOF, prove)

    def land(*arguments, **named):
        from warehouse.small import in_this_process, read

        return real(*arguments, **named, reader=read, tasks=in_this_process)

    real = landing.land
    monkeypatch.setattr(landing, "land", land)
    return found


def night(settings, *more: str) -> list[tuple]:
    """Landing and the proof, then publication: document_id, text of its only value, why it was set aside."""
    with refreshing(settings) as run:
        refresh = Refresh(settings, run)
        for step in (steps.LANDING, steps.PROOF, *more):
            isolate.perform(refresh, step)
        publish(settings, run, counts={}, verdicts={}, fingerprint=None)
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute(
            """
            select document_id, text, coalesce(aside, tried_sha256)
            from meta.inputs left join landing.cells using (document_id) order by 1
            """
        ).fetchall()


def test_a_document_whose_proof_fails_is_rejected_and_the_others_are_published(settings, bad):
    bad.add("b")
    why = "ArithmeticError: HOME/x: the proof of b overflows"
    assert night(settings) == [("a", "100", None), ("b", None, why), ("c", "100", None)]
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        rejects = connection.execute("select document_id, reason_en from landing.further_rejects").fetchall()
    assert rejects == [("b", f"b makes a later step fail: {why}; nothing of it is published")]


def test_a_document_that_was_published_before_stays_as_it_was(settings, bad):
    put(settings.raw, "b", "Jeugd;2018;1")
    bad.add("b")
    assert [row[:2] for row in night(settings)] == [("a", "100"), ("b", "1"), ("c", "100")]
    put(settings.raw, "b", "Jeugd;2018;2")
    rows = night(settings)
    assert [row[:2] for row in rows] == [("a", "100"), ("b", "1"), ("c", "100")]
    assert "the proof of b overflows" in rows[1][2]


def test_the_next_night_does_not_search_again_and_a_changed_document_is_tried(settings, bad, monkeypatch):
    bad.add("b")
    night(settings)
    searches = []
    search = isolate._culprits
    monkeypatch.setattr(isolate, "_culprits", lambda *told: searches.append(told) or search(*told))
    assert night(settings)[1][1] is None and searches == []
    put(settings.raw, "b", "Jeugd;2018;1")
    assert night(settings) == [("a", "100", None), ("b", "1", None), ("c", "100", None)]


def test_where_every_document_fails_the_mistake_is_ours_and_nothing_is_published(settings, bad):
    bad |= set("abc")
    with pytest.raises(dg.Failure, match="overflows"):
        night(settings)
    assert not settings.published.exists()


@pytest.fixture
def check(monkeypatch, bad):
    """A check of dbt that finds the rows of a query; returns where the query goes and the builds of a search."""
    queries, builds = [], []

    def model(refresh: Refresh) -> Outcome:
        with duckdb.connect(str(refresh.database)) as connection:
            is_broken = bool(connection.execute(queries[0]).fetchall())
        refresh.notes.broken = tuple(queries) if is_broken else ()
        return Outcome(None, reasons=["a check of dbt found rows"] if is_broken else [])

    passes = isolate._Search.passes
    monkeypatch.setattr(isolate._Search, "passes", lambda *told: builds.append(told) or passes(*told))
    monkeypatch.setitem(steps._DO, steps.MODELS, model)
    return queries, builds


def test_a_document_that_the_rows_of_a_failed_check_name_is_left_out_after_one_build(settings, check):
    queries, builds = check
    queries.append("select cell_id from landing.cells where document_id = 'b'")
    rows = night(settings, steps.MODELS)
    assert [row[:2] for row in rows] == [("a", "100"), ("b", None), ("c", "100")] and len(builds) == 1


def test_a_document_that_is_named_when_another_is_left_out_is_left_out_too(settings, check):
    queries, builds = check
    queries.append("select document_id from landing.cells where document_id < 'c' order by 1 limit 1")
    rows = night(settings, steps.MODELS)
    assert [row[:2] for row in rows] == [("a", None), ("b", None), ("c", "100")] and len(builds) == 2


@pytest.mark.parametrize(
    ("query", "tried"),
    [
        ("select document_id from landing.cells", 0),
        ("select document_id from landing.cells order by 1 limit 1", 2),
        ("select 1 as lasten", 1),
    ],
)
def test_a_check_that_every_document_breaks_or_that_breaks_without_any_is_our_own_mistake(
    settings, check, query, tried
):
    queries, builds = check
    queries.append(query)
    with pytest.raises(dg.Failure, match="found rows"):
        night(settings, steps.MODELS)
    assert len(builds) == tried and not settings.published.exists()


def test_landing_knows_the_limits_that_documents_ran_into_also_of_those_that_stay_as_they_were(
    settings, bad, monkeypatch
):
    night(settings)
    put(settings.raw, "a", "Jeugd;2018;2")
    real = landing.land

    def land(*arguments, **named):
        return tuple(
            replace(d, state=landing.REJECTED, bound="read_timeout=60") if d.document_id == "a" else d
            for d in real(*arguments, **named)
        )

    monkeypatch.setattr(landing, "land", land)
    with refreshing(settings) as run:
        refresh = Refresh(settings, run)
        steps.perform(refresh, steps.LANDING)
    assert refresh.landing.bounds == {"read_timeout=60"}
    assert any(document.is_last_good for document in refresh.landing.documents)


def test_a_step_without_those_before_it_says_so(settings):
    with (
        refreshing(settings) as run,
        pytest.raises(dg.Failure, match="needs what landing, bewijs make"),
    ):
        isolate.perform(Refresh(settings, run), steps.MODELS)


# --- what is no document's fault ----------------------------------------------------------------------

OUT_OF_MEMORY = """
model.sluitend.int_numbers: Runtime Error in model int_numbers (models/intermediate/int_numbers.sql)
  Out of Memory Error: failed to pin block of size 256.0 KiB (572.1 MiB/572.2 MiB used)

  Possible solutions:
  * Reducing the number of threads (SET threads=X)""".strip()


@pytest.fixture
def models(monkeypatch, bad):
    """The step of dbt ends with these reasons, one build after the other; returns them and the builds of a search."""
    reasons, builds = [], []

    def model(refresh: Refresh) -> Outcome:
        return Outcome(None, reasons=[reasons.pop(0)])

    passes = isolate._Search.passes
    monkeypatch.setattr(isolate._Search, "passes", lambda *told: builds.append(told) or passes(*told))
    monkeypatch.setitem(steps._DO, steps.MODELS, model)
    return reasons, builds


def test_where_memory_runs_out_no_document_is_looked_for_and_the_limit_is_told_with_its_value(
    settings, models
):
    reasons, builds = models
    reasons.append(OUT_OF_MEMORY)
    with pytest.raises(dg.Failure) as failed:
        night(settings, steps.MODELS)
    told = failed.value.description
    assert "600 MB of memory that it may take (SLUITEND_BUILD_MEMORY_MB)" in told
    assert "int_numbers" in told and "SLUITEND_BUILD_MEMORY_MB=1200" in told and "no document" in told.lower()
    assert "Possible solutions" not in told and builds == []
    assert told.count("dbt: ") == 1


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("IO Error: Could not write file: No space left on device", "the disk is full"),
        (
            "Out of Memory Error: failed to offload data block of size 256.0 KiB\n"
            "This limit was set by the 'max_temp_directory_size' setting.",
            "the disk is full",
        ),
    ],
)
def test_where_the_disk_is_full_no_document_is_looked_for(settings, models, reason, told):
    reasons, builds = models
    reasons.append(reason)
    with pytest.raises(dg.Failure, match=told):
        night(settings, steps.MODELS)
    assert builds == [] and not settings.published.exists()


def test_memory_that_runs_out_in_a_search_sets_no_document_aside(settings, models):
    reasons, builds = models
    reasons += ["a check of dbt found rows", OUT_OF_MEMORY]
    with pytest.raises(dg.Failure, match="found rows"):
        night(settings, steps.MODELS)
    assert len(builds) == 1 and not settings.published.exists()


def test_what_ran_out_is_told_in_dutch_where_dutch_is_spoken(settings, models, monkeypatch):
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    models[0].append(OUT_OF_MEMORY)
    with pytest.raises(dg.Failure, match=r"600 MB geheugen die het mag nemen.* er is er geen gezocht"):
        night(settings, steps.MODELS)


@pytest.mark.parametrize(("documents", "is_one_at_a_time"), [(999, False), (1_000, True)])
def test_of_many_documents_models_are_built_one_at_a_time_so_that_each_has_all_the_memory(
    settings, monkeypatch, documents, is_one_at_a_time
):
    asked = []
    monkeypatch.setattr(steps.dbt_run, "build", lambda *told, **named: asked.append(named) or ())
    with refreshing(settings) as run:
        made = Refresh(settings, run)
        there = tuple(landed(f"d{n}") for n in range(documents))
        made.notes.landing = Landing("", run, there, (), None, frozenset(), Removal())
        steps._DO[steps.MODELS](made)
    assert asked == [{"one_at_a_time": is_one_at_a_time}]
