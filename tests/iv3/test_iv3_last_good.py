"""A source of Iv3 that cannot be read any more stays as it was read last; one that is removed is asked about."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from files import EXTRACT, settings_in, source

from dagster_project.reading.documents import read_document
from dagster_project.warehouse.iv3.as_before import keep_last_good_iv3
from dagster_project.warehouse.iv3.parquet import attach, land_iv3
from dagster_project.warehouse.iv3.sources import divide
from dagster_project.warehouse.landing import land
from dagster_project.warehouse.removal import IV3, held_by
from dagster_project.warehouse.scan import scan

ROWS = EXTRACT + "2023,2023X005,GM0546,0.1,L,10\n2023,2023X005,GM0546,0.10,B,3\n"


@pytest.fixture
def settings(tmp_path):
    """One source of two figures, in a published file."""
    made = settings_in(tmp_path)
    source(made.raw, "bron", {"a.csv": ROWS})
    made.landing.mkdir(parents=True)
    with duckdb.connect(str(made.published)) as connection:
        connection.execute("create schema landing; create schema meta")
        connection.execute("create table landing.documents (document_id varchar, soort varchar)")
        connection.execute(
            "create table landing.cells (document_id varchar, cell_id varchar, value int, is_nil bool)"
        )
    attach(made.published, made, land_iv3(made, divide(scan(made.raw))[1])[0])
    return made


def tonight(settings):
    found, sources = divide(scan(settings.raw))
    documents = land(
        settings, found, {}, reader=read_document, tasks=lambda task, items, *_: ((i, task(i)) for i in items)
    )
    landed, _ = land_iv3(settings, sources)
    return keep_last_good_iv3(settings, settings.published, sources, landed, found, documents)


def break_the_description(settings):
    (settings.raw / "bron" / "document.yml").write_text("- a list\n")


def break_the_file(settings):
    (settings.raw / "bron" / "a.csv").write_text("nothing known;here\n1;2\n")


def empty_the_file(settings):
    (settings.raw / "bron" / "a.csv").write_text("")


@pytest.mark.parametrize("trouble", [break_the_description, break_the_file, empty_the_file])
def test_a_source_that_cannot_be_read_any_more_keeps_its_figures_and_is_marked(settings, trouble):
    trouble(settings)
    for _ in range(2):
        (one,) = tonight(settings)
        assert one.rows == 2 and one.tried_sha256 is not None
        assert "is its last good reading" in one.rejects[0].reason_en
        attach(settings.published, settings, (one,))
    source(settings.raw, "bron", {"a.csv": ROWS.replace(",3\n", ",4\n")})
    (one,) = tonight(settings)
    assert (one.rows, one.tried_sha256, one.rejects) == (2, None, ())


def test_one_of_two_files_that_cannot_be_read_any_more_keeps_the_figures_of_both(settings):
    source(settings.raw, "bron", {"b.csv": ROWS.replace("2023", "2024")})
    (both,) = tonight(settings)
    assert both.rows == 4 and both.tried_sha256 is None
    attach(settings.published, settings, (both,))
    (settings.raw / "bron" / "b.csv").write_text("no,known,shape\n1,2,3\n")
    (one,) = tonight(settings)
    assert one.rows == 4 and "b.csv" in one.rejects[0].reason


def test_a_source_that_a_person_removed_is_gone_and_so_is_one_whose_cache_was_deleted(settings):
    assert held_by(settings.published)[IV3, "Iv3"].figures == 2
    shutil.rmtree(settings.raw / "bron")
    assert tonight(settings) == ()
    attach(settings.published, settings, ())
    assert (IV3, "Iv3") not in held_by(settings.published)
