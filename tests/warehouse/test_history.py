"""Every value that appeared, disappeared or changed, and every earlier state, can be asked for."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from warehouse.small import put, refresh, settings_in

from dagster_project.settings import Unusable
from dagster_project.warehouse import ask, history, manifest
from dagster_project.warehouse.rollback import rollback


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path, keep=2)


def values_in(settings, state_no: int) -> dict[tuple[str, str, str], str]:
    """The printed text of every cell (not of mentions) as known in a state."""
    rows = (dict(zip(ask.VALUE_COLUMNS, row, strict=True)) for row in ask.values_as_known(settings, state_no))
    return {
        (r["document_id"], r["row_path"], r["column_path"]): r["text"] for r in rows if r["row_path"] != "V-1"
    }


def changes_in(settings, state_no: int) -> list[tuple]:
    rows = (dict(zip(ask.CHANGE_COLUMNS, row, strict=True)) for row in ask.changes_in(settings, state_no))
    return [
        (r["change"], r["document_id"], r["row_path"], r["old_text"], r["new_text"])
        for r in rows
        if r["row_path"] != "V-1"
    ]


def test_what_appeared_disappeared_and_changed_is_told_with_old_and_new(settings):
    put(settings.raw, "a", "Jeugd;2018;100\nWMO;2018;-")
    put(settings.raw, "b")
    refresh(settings)
    put(settings.raw, "a", "Jeugd;2018;110\nParticipatie;2018;5")
    shutil.rmtree(settings.raw / "b")
    put(settings.raw, "c", "Jeugd;2018;1")
    entry = refresh(settings)
    assert changes_in(settings, entry.no) == [
        ("changed", "a", "Jeugd", "100", "110"),
        ("appeared", "a", "Participatie", None, "5"),
        ("disappeared", "a", "WMO", "-", None),
        ("disappeared", "b", "Jeugd", "100", None),
        ("appeared", "c", "Jeugd", None, "1"),
    ]
    assert entry.facts["changes"] == {
        "appeared": 3,
        "disappeared": 3,
        "changed": 1,
        "reread": 0,
        "documents": 3,
    }


def test_a_document_that_was_only_read_again_has_no_changes(settings):
    put(settings.raw, "a", "Jeugd;2018;100")
    refresh(settings)
    (settings.raw / "a" / "note.md").write_text("a remark that is no figure")
    assert set(refresh(settings, full=True).facts["changes"].values()) == {0}


def test_a_value_that_is_understood_otherwise_is_told_apart_from_one_that_changed(settings):
    put(settings.raw, "a", "Jeugd;later;100\nWMO;later;200")
    refresh(settings)
    put(settings.raw, "a", "Jeugd;later;100\nWMO;later;200", stand="rekening")
    assert refresh(settings).facts["changes"]["reread"] == 2


def test_a_row_that_moved_is_no_change_and_is_found_in_its_new_place(settings):
    put(settings.raw, "a", "Jeugd;2018;100\nWMO;2018;200")
    refresh(settings)
    put(settings.raw, "a", "WMO;2018;200\nJeugd;2018;100")
    entry = refresh(settings)
    assert entry.facts["changes"]["changed"] == entry.facts["changes"]["appeared"] == 0
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        lost = connection.execute(
            "select count(*) from history.cell_versions as v join landing.cells as c using (cell_id)"
            " where v.row_path <> c.row_path"
        ).fetchone()
    assert lost == (0,)


def test_values_with_equal_labels_are_kept_apart(settings):
    put(settings.raw, "a", "Jeugd;2018;100\nJeugd;2018;200")
    refresh(settings)
    put(settings.raw, "a", "Jeugd;2018;100\nJeugd;2018;300")
    entry = refresh(settings)
    assert changes_in(settings, entry.no) == [("changed", "a", "Jeugd", "200", "300")]


def test_every_earlier_state_can_be_asked_for_also_when_its_file_is_gone(settings):
    states = {}
    for amount in (100, 200, 200, 300, 400):
        put(settings.raw, "a", f"Jeugd;2018;{amount}")
        states[refresh(settings, full=True).no] = str(amount)
    assert len(list(settings.snapshots.glob("*.duckdb"))) == 2
    assert {no: values_in(settings, no)["a", "Jeugd", "2018"] for no in states} == states


def test_a_day_is_answered_with_what_was_live_then(settings):
    put(settings.raw, "a")
    for day in (1, 10, 20):
        refresh(settings, clock=lambda d=day: datetime(2026, 3, d))
    entries = manifest.read(settings)
    assert ask.live_at(entries, datetime(2026, 3, 12)).facts["started_at"] == "2026-03-10T00:00:00Z"
    with pytest.raises(Unusable, match="nothing was published yet"):
        ask.live_at(entries, datetime(2026, 2, 1))


def test_a_rollback_is_a_state_of_its_own_and_the_states_around_it_are_not_lost(settings):
    put(settings.raw, "a", "Jeugd;2018;100")
    refresh(settings)
    put(settings.raw, "a", "Jeugd;2018;999")
    put(settings.raw, "b", "WMO;2018;5")
    wrong = refresh(settings)
    back = rollback(settings)
    put(settings.raw, "a", "Jeugd;2018;150")
    right = refresh(settings)
    assert values_in(settings, wrong.no) == {("a", "Jeugd", "2018"): "999", ("b", "WMO", "2018"): "5"}
    assert values_in(settings, back.no) == {("a", "Jeugd", "2018"): "100"}
    assert values_in(settings, right.no) == {("a", "Jeugd", "2018"): "150", ("b", "WMO", "2018"): "5"}
    assert changes_in(settings, back.no) == [
        ("changed", "a", "Jeugd", "999", "100"),
        ("disappeared", "b", "WMO", "5", None),
    ]


def test_a_state_that_never_was_is_told(settings):
    put(settings.raw, "a")
    refresh(settings)
    with pytest.raises(Unusable, match="state 7 is not in the history"):
        ask.values_as_known(settings, 7)


def test_a_finding_keeps_the_day_on_which_it_was_first_seen(settings, monkeypatch):
    from dagster_project.warehouse import publish

    found = {"a", "b"}
    finish = publish._finish

    def with_findings(run, *arguments):
        with duckdb.connect(str(run.build)) as connection:
            connection.execute("create schema if not exists audit")
            connection.execute(
                """
                create or replace table audit.findings as
                select f as finding_id, coalesce(s.first_seen, r.started_at) as first_seen
                from (select unnest(?) as f) cross join meta.run as r
                left join history.findings_seen as s on s.finding_id = f
                """,
                [sorted(found)],
            )
        return finish(run, *arguments)

    monkeypatch.setattr(publish, "_finish", with_findings)
    put(settings.raw, "a")
    for day, change in ((1, set()), (2, {"c"}), (3, {"a"}), (4, {"a"})):
        found ^= change
        refresh(settings, clock=lambda d=day: datetime(2026, 3, d))
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        seen = dict(connection.execute("select finding_id, day(first_seen) from audit.findings").fetchall())
    assert seen == {"a": 1, "b": 1, "c": 2}


def test_an_analyst_asks_the_open_file_what_was_known_on_a_day(settings):
    day = datetime(2026, 3, 1)
    for number in range(3):
        put(settings.raw, "a", f"Jeugd;2018;{number}")
        refresh(settings, clock=lambda n=number: day.replace(month=3 + n))
    with duckdb.connect(str(settings.published), read_only=True) as connection:

        def known(when: str) -> list[tuple]:
            return connection.execute(
                f"select text from history.zoals_bekend({when}) where bron = 'cell'"
            ).fetchall()

        assert known("timestamp '2026-02-01'") == []
        assert known("date '2026-03-15'") == [("0",)]
        assert known("timestamp '2026-04-01 00:00:00'") == [("1",)]
        assert known("now()::timestamp") == [("2",)]
        assert connection.execute("select text from history.toestand(2) where bron = 'cell'").fetchall() == [
            ("1",)
        ]


def test_an_acceptance_that_is_withdrawn_stays_with_who_when_why_until_when_and_the_last_run_that_had_it(
    tmp_path,
):
    first = _accepting(tmp_path, "000001", 1, ["c1", "gone"], None)
    second = _accepting(tmp_path, "000002", 2, ["c1"], first)
    third = _accepting(tmp_path, "000003", 3, [], second)
    fourth = _accepting(tmp_path, "000004", 4, [], third)
    told = ("A. Jansen", "zo besloten", "2027-01-01")
    assert _accepted(fourth) == [("c1", *told, "scheelt 3", "000002"), ("gone", *told, None, "000001")]


def test_an_acceptance_keeps_the_words_that_were_accepted_when_the_numbers_change(tmp_path):
    # accepted and changed between the same two nights: only the causes of the night before have the words
    first = _accepting(tmp_path, "000001", 1, [], None)
    second = _accepting(tmp_path, "000002", 2, ["c1"], first, off=5)
    third = _accepting(tmp_path, "000003", 3, ["c1"], second, off=7)
    fourth = _accepting(tmp_path, "000004", 4, [], third)
    assert [(row[4], row[5]) for row in _accepted(fourth)] == [("scheelt 3", "000003")]


def _accepted(file: str) -> list[tuple]:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(
            "select finding_id, wie, waarom, tot::varchar, message, last_run_id from history.acceptances_seen order by all"
        ).fetchall()


def _accepting(
    folder: Path, run: str, day: int, accepted: list[str], before: str | None, off: int = 3
) -> str:
    name = str(folder / f"{run}.duckdb")
    with duckdb.connect(name) as connection:
        history.create(connection)
        if before:
            connection.execute(f"attach '{before}' as base (read_only)")
            history.carry(connection, "base")
            history.look_back(connection, "base")
        connection.execute(
            f"""
            create schema landing; create schema audit; create schema meta;
            create table meta.inputs as select 'd' as document_id, 'k' as key, 'read' as state;
            create table meta.run as select '{run}' as run_id, timestamp '2026-03-0{day}' as started_at,
                null::timestamp as finished_at, '' as code_version, '' as counts, '' as verdicts;
            create table landing.acceptances as select 'd' as document_id, unnest({accepted}::varchar[]) as finding_id,
                'of 3' as fingerprint, 'A. Jansen' as wie, date '2026-03-01' as wanneer, 'zo besloten' as waarom,
                date '2027-01-01' as tot;
            create table audit.causes as select 'c1' as cause_id, 'f1' as finding_id, 'scheelt {off}' as message,
                'is off by {off}' as message_en, 'of {off}' as fingerprint, '' as zekerheid, '' as soort, '' as status,
                'd' as document_id, '' as table_id, 1.0 as amount_eur, null::timestamp as first_seen;
            create table audit.findings as select * from audit.causes;
            """
        )
    return name
