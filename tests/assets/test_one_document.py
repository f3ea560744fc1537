"""A document is read by itself from Dagster's page, in a partition of its own, and the next refresh finds it on disk."""

from __future__ import annotations

import dagster as dg
import pytest
from warehouse.small import in_this_process, put, settings_in

from dagster_project.assets import one_document
from dagster_project.assets.one_document import DOCUMENTS, KEY
from dagster_project.warehouse.landing import land, parquet_path
from dagster_project.warehouse.run import exclusive
from dagster_project.warehouse.scan import scan

pytestmark = pytest.mark.xdist_group("one_document")
TABLE = "| Programma | Begroting 2018 |\n| Bestuur | 100 |\n| Wonen | 250 |\n| Totaal | 350 |\n"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    settings = settings_in(tmp_path_factory.mktemp("one_document"))
    put(settings.raw, "a", TABLE)
    put(settings.raw, "b", TABLE)
    (put(settings.raw, "stuk") / "document.yml").write_text("gemeente: [")
    return settings


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as made:
        made.add_dynamic_partitions(str(DOCUMENTS.name), ["a", "stuk", "weg"])
        yield made


def read(settings, instance, document: str) -> tuple[bool, str | None]:
    """Whether it succeeded, and in what words it said why not."""
    result = dg.materialize(
        [one_document.one_document(settings)], partition_key=document, instance=instance, raise_on_error=False
    )
    failed = [e.event_specific_data for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    return result.success, failed[0].user_failure_data.description if failed else None


def test_what_is_read_alone_is_found_by_the_next_landing_and_not_read_again(settings, instance):
    assert read(settings, instance, "a") == (True, None)
    assert instance.get_latest_materialization_event(KEY).asset_materialization.partition == "a"
    now: list[str] = []
    landed = land(
        settings,
        scan(settings.raw),
        {},
        tasks=in_this_process,
        on_document=lambda d: now.append(d.document_id),
    )
    assert "a" not in now and "b" in now
    assert all(parquet_path(settings, document.key).exists() for document in landed)


@pytest.mark.parametrize(
    ("document", "words"),
    [("weg", "holds no document weg"), ("stuk", "stuk: "), ("a", "nothing was started")],
)
def test_what_cannot_be_read_says_in_words_why(settings, instance, document, words):
    if document == "a":
        with exclusive(settings, "refresh"):
            success, told = read(settings, instance, document)
    else:
        success, told = read(settings, instance, document)
    assert not success and words in told


def test_a_refresh_has_a_partition_for_every_document_that_is_there_and_says_which_it_read(
    settings, instance
):
    landed = land(settings, scan(settings.raw), {}, tasks=in_this_process)

    @dg.asset
    def landing(context):
        one_document.told_of(context, landed, read_now=["b", "stuk"])

    assert dg.materialize([landing], instance=instance).success
    assert set(instance.get_dynamic_partitions(str(DOCUMENTS.name))) == {"a", "b", "stuk"}
    assert instance.get_materialized_partitions(KEY) == {"b"}, "what was rejected was not made"
