"""A walk of numbers from bytes to verdicts, followed call by call: rooms are passed in one direction, through few doors."""

from __future__ import annotations

import sys
from types import FrameType

import duckdb
import pytest
from warehouse.small import in_this_process, put, settings_in

from dagster_project.warehouse import proofs
from dagster_project.warehouse.build import build
from dagster_project.warehouse.landing import land
from dagster_project.warehouse.proofs import write_proofs
from dagster_project.warehouse.run import refreshing
from dagster_project.warehouse.scan import scan

TABLE = """\
Lasten per programma (bedragen x 1.000)
| Programma | Begroting 2024 | Begroting 2025 |
| Bestuur   | 100            | 110            |
| Wonen     | 250            | 260            |
| Totaal    | 350            | 370            |
"""
WORDS = {
    "reading.model",
    "reading.field_words",
    "reading.meaning",
    "reading.choices",
}  # nouns, and words of the field: what every room may ask
GROUND = {"settings", "judgement", "number_text"}
Call = tuple[str, str]  # the room that calls, the module that is called


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """Every call from one room into another while a document is read, landed and proved, in order."""
    settings = settings_in(tmp_path_factory.mktemp("walk"))
    put(settings.raw, "stuk", TABLE)
    found: list[Call] = []

    def module_of(frame: FrameType | None) -> str:
        while frame is not None:
            name = str(frame.f_globals.get("__name__", ""))
            if name.startswith("dagster_project."):
                return name.removeprefix("dagster_project.")
            frame = frame.f_back
        return ""

    def follow(frame: FrameType, event: str, _: object) -> None:
        if event != "call" or frame.f_code.co_name == "<module>":  # importing is no call
            return
        if str(frame.f_globals.get("__name__", "")).startswith("dagster_project."):
            caller, called = module_of(frame.f_back).partition(".")[0], module_of(frame)
            if caller != called.partition(".")[0]:
                found.append((caller, called))

    with refreshing(settings) as run:
        scanned = scan(settings.raw)
        before = sys.getprofile()
        sys.setprofile(follow)
        try:
            landed = land(settings, scanned, {}, tasks=in_this_process)
            build(settings, run, landed)
            write_proofs(settings, run)
        finally:
            sys.setprofile(before)
        with duckdb.connect(str(run.build), read_only=True) as connection:
            proved = connection.execute("select count(*) from proof.cell_status where is_proved").fetchall()
    assert proved == [(6,)], "the walk goes all the way"
    return found


def test_a_document_is_read_once_and_before_anything_is_claimed_of_it(calls):
    read = [i for i, (_, called) in enumerate(calls) if called == "reading.documents"]
    claimed = [i for i, (_, called) in enumerate(calls) if called.startswith("claims.")]
    assert {calls[i][0] for i in read} == {"warehouse"}
    assert len({i for i in read if i - 1 not in read}) == 1, "one visit"
    assert read[-1] < claimed[0]


def test_everything_is_claimed_and_landed_before_the_proof_begins_and_the_proof_goes_back_nowhere(calls):
    begun = next(i for i, (_, called) in enumerate(calls) if called == "proof.prove")
    assert any(called == "claims.derivation" for _, called in calls[:begun])
    after = {called.partition(".")[0] for _, called in calls[begun:]}
    assert after <= GROUND | {"proof"}, "what texts say is held against numbers before, proved or not"


def test_of_documents_that_are_proved_apart_too_everything_is_claimed_before_the_proof_begins(
    tmp_path, monkeypatch
):
    settings = settings_in(tmp_path)
    for gemeente in ("Assen", "Emmen"):
        put(settings.raw, gemeente.lower(), TABLE, gemeente=gemeente)
    monkeypatch.setattr(proofs, "_CELLS_AT_ONCE", 1)
    order: list[str] = []
    for name in ("_claimed", "_proved"):
        own = getattr(proofs, name)
        monkeypatch.setattr(
            proofs, name, lambda *a, _own=own, _name=name, **k: order.append(_name) or _own(*a, **k)
        )
    with refreshing(settings) as run:
        build(settings, run, land(settings, scan(settings.raw), {}, tasks=in_this_process))
        write_proofs(settings, run)
    assert order == ["_claimed", "_claimed", "_proved", "_proved"]


def test_claims_and_proof_ask_nothing_of_another_room_but_nouns_and_words(calls):
    asked = {(caller, called) for caller, called in calls if caller in ("claims", "proof")}
    beyond = {
        (a, b) for a, b in asked if b not in WORDS and b.partition(".")[0] not in GROUND | {"warehouse"}
    }
    assert not beyond, beyond
    into_warehouse = {b for a, b in asked if b.startswith("warehouse.")}
    assert into_warehouse <= {"warehouse.records"}, (
        "a generator of rows that is handed over, and nothing else"
    )


def test_the_doors_through_which_a_room_is_entered_are_few(calls):
    doors = {
        room: {b for a, b in calls if a == "warehouse" and b.partition(".")[0] == room and b not in WORDS}
        for room in ("reading", "claims", "proof")
    }
    assert doors["reading"] <= {"reading.documents", "reading.files"}
    assert doors["claims"] <= {
        "claims.derivation", "claims.indeling", "claims.signs", "claims.text_claims", "claims.witnesses",
    }  # fmt: skip
    assert doors["proof"] <= {"proof.in_frames", "proof.prove", "proof.system"}
