"""Documents become Parquet once, and what one of them does to its reader touches no other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from warehouse.small import in_this_process, put, read, settings_in

from dagster_project.reading.model import Document, Reject
from dagster_project.settings import NotPublished, require_home
from dagster_project.warehouse import landing
from dagster_project.warehouse.duplicates import dangling, without_duplicates
from dagster_project.warehouse.landing import (
    DUPLICATE,
    READ,
    REJECTED,
    RETRY,
    key_of,
    land,
    parquet_path,
    read_one,
)
from dagster_project.warehouse.records import records, reject_record
from dagster_project.warehouse.scan import look_at, scan


@pytest.fixture
def settings(tmp_path):
    made = settings_in(tmp_path)
    require_home(made)
    return made


@pytest.fixture
def read_it(settings):
    """Read one document in this process and give back what became of it, with its rejects."""

    def reading(name: str):
        found = look_at(name, settings.raw / name)
        landed = read_one(found, settings.landing, "v1", read)
        return landed, row_of(settings, landed.key)["rejects"]

    return reading


def row_of(settings, key: str) -> dict:
    return parquet.read_table(parquet_path(settings, key)).to_pylist()[0]


def test_a_document_is_one_row_with_a_list_of_records_per_table(settings, read_it):
    put(settings.raw, "a", "Jeugd;2018;1.5\nWMO;2018;-\nTotaal;2018;1.5")
    landed, _ = read_it("a")
    row = row_of(settings, landed.key)
    assert [c["cell_id"] for c in row["cells"]] == ["a/001:1.1", "a/001:2.1", "a/001:3.1"]
    assert [c["value"] for c in row["cells"]] == [Decimal("1.5"), None, Decimal("1.5")]
    assert [c["is_nil"] for c in row["cells"]] == [False, True, False]
    assert {c["grootheid"] for c in row["cells"]} == {"lasten"}
    assert [t["coefficient"] for t in row["rule_terms"]] == [1, 1, -1]
    assert row["mentions"][0]["bedrag"] == Decimal("1.6")
    assert row["documents"][0]["jaar"] == 2018


def test_what_document_yml_says_beyond_the_columns_is_kept_as_json(settings, read_it):
    put(settings.raw, "a", teken={"baten": "-"})
    landed, _ = read_it("a")
    assert row_of(settings, landed.key)["documents"][0]["answers"] == '{"teken": {"baten": "-"}}'


def test_a_rule_keeps_its_id_whatever_the_order_of_its_terms(settings):
    document = read(put(settings.raw, "a", "Jeugd;2018;1\nWMO;2018;2\nTotaal;2018;3"), "a")
    rule = document.rules[0]
    turned = replace(document, rules=(replace(rule, terms=rule.terms[::-1]), rule))
    once = records(document, "v1")["rules"]
    assert [r["rule_id"] for r in records(turned, "v1")["rules"]] == [r["rule_id"] for r in once]


@pytest.mark.parametrize("text", ["0.1234567", "1234567890123456789", "12345678901234567890123456789012"])
def test_a_number_that_cannot_be_kept_exactly_is_told_and_never_rounded(settings, read_it, text):
    put(settings.raw, "a", f"Jeugd;2018;{text}\nWMO;2018;120000000000000000.50")
    landed, rejects = read_it("a")
    cells = row_of(settings, landed.key)["cells"]
    assert [c["value"] for c in cells] == [None, Decimal("120000000000000000.5")]
    assert [(r["reason_en"], r["text"]) for r in rejects] == [("a number too long to be kept exactly", text)]


def test_the_parquet_file_is_named_by_document_content_and_reader(tmp_path):
    found = look_at("a", put(tmp_path, "a"))
    names = {
        key_of(found, "v1"),
        key_of(found, "v2"),
        key_of(replace(found, document_id="b"), "v1"),
        key_of(replace(found, sha256="other"), "v1"),
    }
    assert len(names) == 4


def test_what_was_read_before_is_not_read_again(settings):
    put(settings.raw, "a")
    put(settings.raw, "b")
    read_now = []
    landing_it = partial(
        land,
        settings,
        reader=read,
        tasks=in_this_process,
        on_document=lambda d: read_now.append(d.document_id),
    )
    first = landing_it(scan(settings.raw), {})
    put(settings.raw, "b", "Jeugd;2018;200")
    landing_it(scan(settings.raw), {})
    assert read_now == ["a", "b", "b"]
    shutil.rmtree(settings.landing)
    settings.landing.mkdir()
    landing_it(scan(settings.raw), {d.document_id: d for d in first})
    assert read_now[3:] == ["b"]  # a stands unchanged in the published file, its Parquet is not needed
    landing_it(scan(settings.raw), {}, full=True)
    assert sorted(read_now[4:]) == ["a", "b"]


def test_a_parquet_file_that_was_cut_off_is_made_again(settings):
    put(settings.raw, "a")
    reading = partial(land, settings, reader=read, tasks=in_this_process)
    landed = reading(scan(settings.raw), {})[0]
    path = parquet_path(settings, landed.key)
    path.write_bytes(path.read_bytes()[:-100])
    assert reading(scan(settings.raw), {}) == (landed,)
    assert row_of(settings, landed.key)["cells"]


def test_a_reader_that_fails_rejects_its_document_with_the_place(settings, read_it):
    put(settings.raw, "a", "!raise")
    landed, rejects = read_it("a")
    assert (landed.state, landed.rejects) == (REJECTED, 1)
    assert rejects[0]["reason"] == "de lezer faalde: ValueError: the header makes no sense"
    assert rejects[0]["reason_en"] == "the reader failed: ValueError: the header makes no sense"
    assert "small.py" in rejects[0]["text"]


def test_a_broken_description_leaves_only_its_rejects(settings, read_it):
    (put(settings.raw, "a") / "document.yml").write_text("- a\n- list\n")
    landed, rejects = read_it("a")
    assert landed.state == REJECTED
    assert [r["reason"] for r in rejects] == ["is no description"]
    assert row_of(settings, landed.key)["documents"] == []


def test_what_does_not_fit_the_landing_tables_rejects_the_document(settings):
    put(settings.raw, "a")

    def wrong(folder: Path, document_id: str) -> Document:
        return Document(document_id, {"gemeente": "Leiden", "jaar": "tweeduizend"}, "")

    landed = read_one(look_at("a", settings.raw / "a"), settings.landing, "v1", wrong)
    assert landed.state == REJECTED
    assert "the reader failed" in row_of(settings, landed.key)["rejects"][0]["reason_en"]


def test_a_document_that_changed_under_the_reader_is_read_once_more(settings, read_it):
    put(settings.raw, "a", "!once;2018;100")
    landed, _ = read_it("a")
    assert landed.state == READ
    assert landed.sha256 == look_at("a", settings.raw / "a").sha256
    assert row_of(settings, landed.key)["cells"][0]["row_path"] == "Later"


def test_a_document_that_keeps_changing_is_rejected_for_this_time(settings, read_it):
    put(settings.raw, "a", "!change;2018;100")
    landed, rejects = read_it("a")
    assert landed.state == RETRY
    assert "changed while it was read" in rejects[0]["reason_en"]


def test_a_document_that_vanished_is_rejected_for_this_time(settings):
    found = look_at("a", put(settings.raw, "a"))
    shutil.rmtree(settings.raw / "a")
    landed = read_one(found, settings.landing, "v1", read)
    assert landed.state == RETRY
    assert "vanished" in row_of(settings, landed.key)["rejects"][0]["reason_en"]


def test_nothing_is_published_when_the_extracts_vanish_on_the_way(settings):
    put(settings.raw, "a")
    found = scan(settings.raw)
    shutil.rmtree(settings.raw)
    with pytest.raises(NotPublished, match="vanished while they were read"):
        land(settings, found, {}, reader=read, tasks=in_this_process)


def test_a_crash_and_a_reader_without_end_stop_no_other_document(settings):
    put(settings.raw, "crashes", "!crash")
    put(settings.raw, "hangs", "!hang")
    for name in "abcdef":
        put(settings.raw, name)
    landed = {
        d.document_id: d for d in land(replace(settings, read_timeout=7), scan(settings.raw), {}, reader=read)
    }
    assert {landed[name].state for name in "abcdef"} == {READ}
    assert landed["crashes"].state == RETRY and landed["hangs"].state == REJECTED
    assert "crashed" in row_of(settings, landed["crashes"].key)["rejects"][0]["reason_en"]
    assert "did not end" in row_of(settings, landed["hangs"].key)["rejects"][0]["reason_en"]

    def to_read(seconds: int) -> list[str]:
        asked: list[str] = []
        land(
            replace(settings, read_timeout=seconds),
            scan(settings.raw),
            landed,
            tasks=lambda task, items, *limits: iter(asked.extend(i.document_id for i in items) or ()),
        )
        return asked

    assert to_read(7) == to_read(2) == ["crashes"], "what ran out of time is remembered"
    assert to_read(8) == ["crashes", "hangs"], "until it gets more of it"


def test_what_needs_more_memory_than_a_process_may_take_is_refused_in_words_and_remembered(settings):
    put(settings.raw, "greedy", "!greedy")
    put(settings.raw, "aborts", "!abort")
    put(settings.raw, "a")
    limited = replace(settings, read_memory_mb=400, workers=1)
    a, aborts, greedy = land(limited, scan(settings.raw), {}, reader=read)
    assert (a.state, greedy.state, greedy.bound) == (READ, REJECTED, "read_memory_mb=400")
    assert (aborts.state, aborts.bound) == (REJECTED, "read_memory_mb=400"), (
        "as a library in C ends without memory"
    )
    (reject,) = row_of(settings, greedy.key)["rejects"]
    assert (
        "needs more than 400 MB of memory" in reject["reason_en"]
        and "SLUITEND_READ_MEMORY_MB" in reject["reason_en"]
    )
    asked = []
    land(limited, scan(settings.raw), {}, reader=read, on_document=asked.append)
    assert asked == []


def test_a_process_that_ends_for_what_it_took_loses_no_document(settings):
    for name in "abcdef":
        put(settings.raw, name)
    landed = land(replace(settings, read_memory_mb=300, workers=1), scan(settings.raw), {}, reader=read)
    assert {d.state for d in landed} == {READ}


def landed_as(
    name: str, sha256: str = "", identity: str = "", zelfde_als: str | None = None
) -> landing.Landed:
    return landing.Landed(name, sha256 or name, name, READ, 2, 100, 0, identity or f"i-{name}", zelfde_als)


def test_of_two_documents_with_the_same_content_the_first_by_name_is_published():
    decided, rejects = without_duplicates([landed_as("b", "same"), landed_as("a", "same")])
    assert [(d.document_id, d.state) for d in decided] == [("a", READ), ("b", DUPLICATE)]
    assert rejects["b"].reason_en.startswith("b and a claim to be the same document")


def test_of_two_documents_that_claim_to_be_the_same_the_first_by_name_is_published():
    decided, rejects = without_duplicates([landed_as("a", identity="i"), landed_as("b", identity="i")])
    assert [d.state for d in decided] == [READ, DUPLICATE]
    assert "gemeente, titel" in rejects["b"].reason


@pytest.mark.parametrize("says", ["a", "b"])
def test_a_second_publication_that_says_so_is_no_duplicate(says):
    pair = [
        landed_as("a", identity="i", zelfde_als="b" if says == "a" else None),
        landed_as("b", identity="i", zelfde_als="a" if says == "b" else None),
    ]
    assert without_duplicates(pair)[1] == {}


def test_a_document_that_names_an_absent_one_is_asked_about_it():
    questions = dangling([landed_as("a", zelfde_als="gone"), landed_as("b", zelfde_als="b"), landed_as("c")])
    assert {name: q.kind for name, q in questions.items()} == {"a": "question", "b": "question"}
    assert "gone" in questions["a"].reason_en and "itself" in questions["b"].reason_en


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("antwoorden.003.lezing", ("x/y/003", None, None, True)),
        ("antwoorden.003.kolom.2", ("x/y/003", None, 2, False)),
        ("antwoorden.012.bereik_rij_5", ("x/y/012", 5, None, False)),
        ("antwoorden.003.eenheid", ("x/y/003", None, None, False)),
        ("antwoorden.notatie", (None, None, None, False)),
        ("jaar", (None, None, None, False)),
        (None, (None, None, None, False)),
    ],
)
def test_what_a_question_is_about_is_told_in_columns(key, about):
    reject = Reject("x.txt", 3, "vraag", kind="question", key=key)
    record = reject_record("x/y", reject)
    assert (record["table_id"], record["row_no"], record["column_no"], record["is_whole_table"]) == about
    assert record["key"] == key and record["document_id"] == "x/y"
