"""What is proved some documents at a time is what is proved of all at once, and sums between documents are never cut."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from dagster_project.assets import steps
from dagster_project.assets.runs import Refresh
from dagster_project.settings import PROJECT, load
from dagster_project.warehouse import proofs
from dagster_project.warehouse.run import refreshing


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    """The shipped documents as landed, without the figures of Iv3, in a file that is not proved yet."""
    folder = tmp_path_factory.mktemp("proofs")
    for description in (PROJECT / "raw").glob("*/document.yml"):
        shutil.copytree(description.parent, folder / "raw" / description.parent.name)
    settings = load({}, raw=folder / "raw", home=folder / "home", workers=1)
    with refreshing(settings, full=True) as run:
        refresh = Refresh(settings, run, full=True)
        steps.perform(refresh, steps.LANDING)
        yield settings, refresh.landed


def rows(run) -> dict[str, list[tuple]]:
    with duckdb.connect(str(run.build), read_only=True) as connection:
        return {
            table: connection.execute(f"select * from proof.{table} order by all").fetchall()
            for table in proofs.TABLES
        }


def test_documents_proved_one_after_another_are_proved_as_all_together(landed, monkeypatch):
    settings, run = landed
    together = proofs.write_proofs(settings, run)
    found = rows(run)
    seen = []
    prove = proofs.prove
    monkeypatch.setattr(proofs, "_CELLS_AT_ONCE", 1)
    monkeypatch.setattr(proofs, "_BATCHES_APART", 5)
    monkeypatch.setattr(
        proofs, "prove", lambda cells, *rest, **how: (seen.append(len(cells)), prove(cells, *rest, **how))[1]
    )

    assert proofs.write_proofs(settings, run) == together
    assert rows(run) == found
    assert len(seen) == 4, "of the five, one is a second publication of another and proved with it"
    assert sum(seen) == len(found["cell_status"])


def test_documents_proved_in_processes_of_their_own_are_proved_as_here(landed, monkeypatch):
    settings, run = landed
    here = proofs.write_proofs(settings, run)
    found = rows(run)
    monkeypatch.setattr(proofs, "_CELLS_AT_ONCE", 1)
    monkeypatch.setattr(proofs, "_BATCHES_APART", 2)
    monkeypatch.setattr(
        proofs, "prove", lambda *given, **how: pytest.fail("this process is to hold nothing of them")
    )

    assert proofs.write_proofs(settings, run) == here
    assert rows(run) == found
    assert not (run.build.parent / "proof").exists(), "what was given back as files is gone"


def test_a_proof_that_fails_in_a_process_of_its_own_fails_the_step(landed, monkeypatch):
    settings, run = landed
    monkeypatch.setattr(proofs, "_CELLS_AT_ONCE", 1)
    monkeypatch.setattr(proofs, "_BATCHES_APART", 2)
    monkeypatch.setattr(proofs, "_SECONDS_APART", 0)

    with pytest.raises(RuntimeError, match=r"the proof of [a-z0-9-]+ and [0-9]+ more did not end within 0"):
        proofs.write_proofs(settings, run)
