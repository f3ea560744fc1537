"""The report on disk: complete before it is shown, and only what changed is made again."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from pathlib import Path
from time import monotonic, sleep

import duckdb
import pytest
from reports.example import example

from dagster_project.assets.suites import FIGURES_LACK
from dagster_project.reports import write
from dagster_project.reports.links import page_path
from dagster_project.reports.queries import UnreadableWarehouse
from dagster_project.reports.write import stamp_report, write_report
from dagster_project.warehouse.workers import Failure


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return example().write(tmp_path_factory.mktemp("file") / "example.duckdb")


@pytest.fixture(scope="module")
def report(file, tmp_path_factory):
    """The report of the first run. Shared: look, do not touch."""
    return write_report(file, tmp_path_factory.mktemp("report") / "r", "000001")


@pytest.fixture
def first(report, tmp_path):
    """The report of the first run in a folder of its own, of the same files: what comes next may build upon it."""
    shutil.copytree(report.parent, tmp_path / "r", symlinks=True, copy_function=os.link)
    return tmp_path / "r" / report.name


def changed(file, tmp_path, statement):
    copy = shutil.copy(file, tmp_path / "changed.duckdb")
    with duckdb.connect(str(copy)) as con:
        con.execute(statement)
    return copy


def inode(report, document_id):
    return (report / f"documents/{document_id}.html").stat().st_ino


def test_a_report_has_an_index_a_page_per_document_and_is_the_latest(report):
    names = {str(path.relative_to(report)) for path in report.rglob("*.html")}
    pages = {f"documents/{name}.html" for name in ("leiden-begroting", "leiden-web", "leiden-pdf")}
    assert names == {
        "index.html",
        "oorzaken.html",
        "zoeken.html",
        "verkennen.html",
        "data_docs/index.html",
        "beelden/index.html",
        *pages,
    }
    assert {path.name for path in report.rglob("*.csv")} >= {"oorzaken.csv", "niet-gecontroleerd.csv"}
    assert (report / "dossier.xlsx").exists()
    assert (report.parent / "latest").is_symlink()
    assert str((report.parent / "latest").readlink()) == "000001"


def test_that_nothing_was_laid_beside_iv3_is_said_and_is_no_nought(report):
    text = (report / "index.html").read_text(encoding="utf-8")
    line = re.search(r"bronnen verschillen.*?</tr>", text, re.S)[0]

    assert (
        "niet vergeleken" in line
        and "not compared" in line
        and "naast Iv3 gelegd: 0 van de 3 documenten" in line
    )
    assert "data-telling" not in line and "€" not in line


def test_pages_that_did_not_change_are_the_same_files(file, first):
    second = write_report(file, first.parent, "000002")

    for name in ("leiden-begroting", "leiden-web", "leiden-pdf"):
        assert inode(first, name) == inode(second, name)
    assert "000002" in (second / "index.html").read_text(encoding="utf-8")
    assert str((first.parent / "latest").readlink()) == "000002"


def test_a_changed_number_renews_its_page_and_those_that_quote_it(file, first, tmp_path):
    statement = "update landing.cells set value = 4005 where cell_id = 'leiden-web/001:1.1'"
    second = write_report(changed(file, tmp_path, statement), first.parent, "000002")

    assert inode(first, "leiden-web") != inode(second, "leiden-web")
    assert inode(first, "leiden-pdf") != inode(second, "leiden-pdf")  # the witness quotes it
    assert inode(first, "leiden-begroting") == inode(second, "leiden-begroting")


@pytest.mark.parametrize(
    "statement",
    [
        "update landing.documents set titel = 'Anders' where document_id = 'leiden-web'",
        "update audit.findings set status = 'verlopen' where document_id = 'leiden-web'",
        "update audit.verifiability set is_locatable = not is_locatable where cell_id = 'leiden-web/001:1.1'",
        "update landing.conventions set keuze = 'x' where document_id = 'leiden-web'",
    ],
)
def test_whatever_a_page_shows_renews_it(file, first, tmp_path, statement):
    second = write_report(changed(file, tmp_path, statement), first.parent, "000002")

    assert inode(first, "leiden-web") != inode(second, "leiden-web")
    assert inode(first, "leiden-begroting") == inode(second, "leiden-begroting")


def test_many_pages_are_written_by_two_processes_each_page_once(file, tmp_path, monkeypatch):
    here, write_documents, write_lists = [], write._write_documents, write.write_lists

    def noted(pages, con):
        here.extend(pages.document_ids)
        write_documents(pages, con)

    def once_a_page_is_there(con, report, view):
        deadline = monotonic() + 60
        while not (report / "documents").exists() and monotonic() < deadline:
            sleep(0.01)
        write_lists(con, report, view)

    monkeypatch.setattr(write, "MANY", 2)
    monkeypatch.setattr(write, "FEWEST_AT_A_TIME", 1)
    monkeypatch.setattr(write, "_write_documents", noted)
    monkeypatch.setattr(write, "write_lists", once_a_page_is_there)
    report = write_report(file, tmp_path, "000001")

    written = {p.stem: p.read_bytes() for p in (report / "documents").iterdir()}
    assert len(written) == 3 and set(here) < set(written) and len(here) == len(set(here))
    assert not [path.name for path in report.iterdir() if path.name.startswith(".")]
    monkeypatch.undo()
    alone = write_report(file, tmp_path / "alone", "000001", previous=tmp_path / "none")
    assert written == {p.stem: p.read_bytes() for p in (alone / "documents").iterdir()}


def test_all_else_is_written_before_this_process_takes_pages_as_well(file, tmp_path, monkeypatch):
    there: set[str] = set()

    def noted(shared, con):
        there.update(
            str(path.relative_to(tmp_path / "000001")) for path in tmp_path.rglob("*") if path.is_file()
        )
        return write_shared(shared, con)

    write_shared = write._write_shared
    monkeypatch.setattr(write, "_write_shared", noted)
    report = write_report(file, tmp_path, "000001", on_paper=True)

    written = {str(path.relative_to(report)) for path in report.rglob("*") if path.is_file()}
    assert {"index.html", "summary.pdf"} <= there and written - there == {"pages.json"}


def test_a_process_takes_ever_fewer_pages_so_that_at_the_end_neither_waits_long():
    pages = write._Pages("x.duckdb", Path("r"), "000001", None, tuple(map(str, range(500))), 1_000)
    parts = [part.document_ids for part in write._ever_fewer(pages)]

    assert sum(parts, ()) == pages.document_ids
    assert [len(part) for part in parts] == [100, 100, 100, 100, 50, 25, 12, 8, 5]


def test_what_a_second_process_took_and_did_not_write_is_written_by_this_one(file, tmp_path, monkeypatch):
    def taken_and_crashed(task, items, **_):
        (items[0].claims / "0").touch()
        return iter([(items[0], Failure("is gecrasht", "crashed"))])

    monkeypatch.setattr(write, "MANY", 2)
    monkeypatch.setattr(write, "FEWEST_AT_A_TIME", 1)
    monkeypatch.setattr(write, "in_processes", taken_and_crashed)
    report = write_report(file, tmp_path, "000001")

    assert len(list((report / "documents").glob("*.html"))) == 3


def test_pages_that_the_second_process_did_not_write_are_written_by_this_one(file, tmp_path, monkeypatch):
    monkeypatch.setattr(write, "MANY", 2)
    monkeypatch.setattr(
        write, "in_processes", lambda *_, **__: iter([(None, Failure("is gecrasht", "crashed"))])
    )
    report = write_report(file, tmp_path, "000001")

    assert len(list((report / "documents").glob("*.html"))) == 3


def test_a_document_that_is_gone_has_no_page_any_more(file, first, tmp_path):
    gone = "delete from landing.documents where document_id = 'leiden-pdf'"
    statements = [gone] + [
        f"delete from landing.{table} where document_id = 'leiden-pdf'"
        for table in ("inputs", "tables", "columns", "rows", "cells")
    ]
    report = write_report(changed(file, tmp_path, "; ".join(statements)), first.parent, "000002")

    assert not (report / "documents/leiden-pdf.html").exists()


def test_what_could_not_be_landed_is_on_the_index_without_a_page(tmp_path):
    made = example()
    made.add(
        "audit.rejects", document_id="zonder-yml", path="document.yml", reason="ontbreekt", kind="reject"
    )
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    text = (report / "index.html").read_text(encoding="utf-8")
    assert "<strong>zonder-yml</strong>" in text
    assert '<td data-telling="rejects">2</td>' in text
    assert not (report / "documents/zonder-yml.html").exists()


def test_a_large_index_shows_the_first_and_says_how_many_more(tmp_path):
    made = example()
    for number in range(400):
        made.document(f"d{number:03d}", answers='{"eenheid": "EUR"}')
        made.add("audit.rejects", document_id=f"d{number:03d}", path="x", reason="r", kind="reject")
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    text = (report / "index.html").read_text(encoding="utf-8")
    assert ">And</span> 302 <span" in text  # 400 + 2 rejects and questions, 100 shown
    assert ">And those of</span> 101 <span" in text


def test_an_unfinished_report_is_not_built_upon(file, first):
    (first / "pages.json").unlink()
    second = write_report(file, first.parent, "000002")

    assert inode(first, "leiden-web") != inode(second, "leiden-web")


def test_a_page_that_was_deleted_by_hand_is_made_again(file, first):
    (first / "documents/leiden-web.html").unlink()
    second = write_report(file, first.parent, "000002")

    assert (second / "documents/leiden-web.html").exists()


def test_writing_the_same_run_twice_leaves_one_report(file, first):
    again = write_report(file, first.parent, "000001")

    assert (again / "documents/leiden-web.html").exists()
    assert sorted(path.name for path in first.parent.iterdir()) == ["000001", "latest"]


def test_a_report_that_is_not_shown_leaves_the_latest_alone(file, first):
    second = write_report(file, first.parent, "000002", is_shown=False)

    assert str((first.parent / "latest").readlink()) == "000001"
    assert 'href="data_docs/index.html"' in (second / "index.html").read_text(encoding="utf-8")


def test_the_hashes_of_the_published_file_and_of_its_line_in_the_manifest_are_put_on_the_index(
    file, tmp_path
):
    report = write_report(file, tmp_path, "000001")
    stamp_report(report, "f" * 64, "e" * 64)

    trail = (report / "index.html").read_text(encoding="utf-8").partition('id="spoor"')[2]
    assert trail.index("sha256") < trail.index("f" * 64) < trail.index("manifest") < trail.index("e" * 64)
    assert "zie het manifest" not in trail


def test_the_trail_says_in_words_what_was_accepted_and_leads_there(tmp_path):
    made = example()
    finding = next(row for row in made.rows["audit.findings"] if row["finding_id"] == "f2")
    gone = made.rows["landing.acceptances"][0] | {"finding_id": "0f0f"}
    made.add("landing.acceptances", **gone)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    trail = (report / "index.html").read_text(encoding="utf-8").partition('id="spoor"')[2]
    assert f'<a href="oorzaken.html#o{finding["cause_id"][:12]}">' in trail
    assert finding["message"] in trail
    assert "0f0f" in trail and "hoort bij niets wat er nog is" in trail

    made.rows["landing.acceptances"].clear()
    report = write_report(made.write(tmp_path / "y.duckdb"), tmp_path / "r", "000002")
    trail = (report / "index.html").read_text(encoding="utf-8").partition('id="spoor"')[2]
    assert "Er is nu niets aanvaard" in trail


@pytest.mark.parametrize(
    "statement", ["drop table audit.suspects", "alter table landing.cells drop column is_placed"]
)
def test_a_file_that_lacks_what_pages_need_fails_loudly_and_leaves_the_latest(
    file, first, tmp_path, statement
):
    with pytest.raises(UnreadableWarehouse, match=r"suspects|cells"):
        write_report(changed(file, tmp_path, statement), first.parent, "000002")
    assert str((first.parent / "latest").readlink()) == "000001"


def test_an_empty_warehouse_has_an_index_that_claims_nothing(tmp_path):
    made = example()
    for table in list(made.rows):
        made.rows[table].clear()
    report = write_report(made.write(tmp_path / "empty.duckdb"), tmp_path / "r", "000001")

    text = (report / "index.html").read_text(encoding="utf-8")
    assert "Nothing to check yet" in text
    assert "closes" not in text.split("</h1>")[0].rpartition("<h1")[2]


def test_the_index_says_how_much_is_wrong(report):
    text = (report / "index.html").read_text(encoding="utf-8")

    assert "Not everything closes" in text
    assert "€\u00a0180.000" in text
    assert 'href="documents/leiden-begroting.html#c1.7.4"' in text


def test_what_was_not_checked_is_added_up_with_each_number_once(tmp_path):
    made = example()
    own = {"document_id": "leiden-begroting"}
    made.add(
        "audit.unchecked",
        **own,
        reden="lezing_gevraagd",
        aantal=1,
        getallen=4,
        zonder_bedrag=0,
        bedrag_eur=30_000,
    )
    made.add(
        "audit.unchecked",
        **own,
        reden="som_niet_beoordeeld",
        aantal=1,
        getallen=3,
        zonder_bedrag=0,
        bedrag_eur=20_000,
    )
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    last = (report / "index.html").read_text(encoding="utf-8").partition('data-telling="ongecontroleerd">')[2]
    assert last.startswith("10<")  # 4 and 6; the numbers of the sum stand there already
    assert (
        "€\u00a030.000" in last[:200] and ">6<" not in last[:100] and "6 getallen zonder bedrag" in last[:400]
    )


def test_the_first_page_opens_with_what_is_new_or_changed_however_heavy_the_rest_is(tmp_path):
    made = example()
    (heavy, *_) = made.rows["audit.causes"]
    heavy |= {"verandering": "ongewijzigd", "severity": "hoog"}
    about = {
        "cause_id": "zz",
        "finding_id": "zz",
        "severity": "laag",
        "verandering": "gewijzigd",
        "status": "verlopen",
    }
    made.add(
        "audit.causes",
        **(heavy | about | {"amount_eur": 1, "message": "Een aanvaarding die niet meer past."}),
    )
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    told = (report / "index.html").read_text(encoding="utf-8").partition('id="oorzaken"')[2]
    assert told.index("Een aanvaarding die niet meer past.") < told.index(heavy["message"])


def test_a_number_in_sums_that_do_not_close_is_called_not_proved_and_one_in_no_sum_unverifiable(tmp_path):
    made = example()
    state = max(row["state_no"] for row in made.rows["meta.run"])
    for cell_id in ("leiden-begroting/001:7.4", "leiden-begroting/002:2.2"):
        of = {"bron": "cell", "document_id": "leiden-begroting", "cell_id": cell_id, "state_no": state}
        made.add("marts.fct_wijzigingen", soort="gewijzigd", oud=cell_id[-3:], nieuw="4.004", **of)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    changed = (report / "index.html").read_text(encoding="utf-8").partition('id="gewijzigd"')[2]
    suspect, alone = (changed.partition(f">{cell}</td>")[2].partition("</tr>")[0] for cell in ("7.4", "2.2"))
    assert "niet bewezen" in suspect and "niet toetsbaar" not in suspect
    assert "niet toetsbaar: in geen enkele som" in alone
    document = (report / page_path("leiden-begroting")).read_text(encoding="utf-8")
    assert "niet toetsbaar" not in document.partition('class="shares"')[2].partition("</ul>")[0]


def opening_of_tables(made, path) -> list[str]:
    """What the page of the budget says in bold above each of its tables."""
    report = write_report(made.write(path / "x.duckdb"), path / "r", "000001")
    page = (report / page_path("leiden-begroting")).read_text(encoding="utf-8")
    return re.findall(r'<div class="proof[^"]*"><p><strong><span class="nl" lang="nl">(.*?)</span>', page)


def test_a_table_closes_only_when_all_its_sums_were_judged_and_close(tmp_path):
    assert opening_of_tables(example(is_wrong=False), tmp_path)[0] == "Sluit."


@pytest.mark.parametrize("kind", ["vraag", "buiten_feiten"])
def test_a_table_about_which_something_is_asked_closes_with_a_question_open(tmp_path, kind):
    made = example(is_wrong=False)
    asked = {
        "finding_id": "f8",
        "cause_id": "o8",
        "kind": kind,
        "zekerheid": "onzeker_gelezen",
        "status": "open",
    }
    asked |= {"severity": "laag", "document_id": "leiden-begroting", "table_id": "leiden-begroting/001"}
    made.add("audit.findings", **asked, message="In welke stand?", first_seen="2024-03-01")
    assert opening_of_tables(made, tmp_path)[0] == "Sluit, gelezen met een vraag open."
    page = (tmp_path / "r/000001" / page_path("leiden-begroting")).read_text(encoding="utf-8")
    (link,) = re.findall(r'Still open about this table</span>: <a href="#([^"]+)">', page)
    assert f'id="{link}"' in page


def test_a_table_whose_total_fits_no_reading_is_not_called_unverifiable_and_tells_how_far_off_it_is(tmp_path):
    made = example(is_wrong=False)
    asked = {
        "document_id": "leiden-begroting",
        "path": "tabel.txt",
        "line": 9,
        "kind": "question",
        "reason": "waarvan?",
    }
    told = {"toelichting": "Het minst scheelt A t/m B: 7.", "toelichting_en": "The nearest is A up to B: 7."}
    made.add("audit.rejects", **asked, **told, table_id="leiden-begroting/002")
    opening = opening_of_tables(made, tmp_path)
    assert "Niet getoetst, met een vraag open." in opening and "Niet toetsbaar." not in opening
    page = (tmp_path / "r/000001" / page_path("leiden-begroting")).read_text(encoding="utf-8")
    assert page.count("The nearest is A up to B: 7.") == 2  # beside the question, and above its table


def test_a_table_of_which_the_reading_is_asked_and_that_has_no_sums_is_not_called_unverifiable(tmp_path):
    made = example(is_wrong=False)
    next(t for t in made.rows["landing.tables"] if t["table_id"] == "leiden-begroting/002")["lezing"] = (
        "gevraagd"
    )
    opening = opening_of_tables(made, tmp_path)
    assert "Niet getoetst, met een vraag open." in opening and "Niet toetsbaar." not in opening


def test_a_table_of_which_the_reading_is_asked_closes_with_a_question_open(tmp_path):
    made = example(is_wrong=False)
    made.rows["landing.tables"][0]["lezing"] = "gevraagd"
    assert opening_of_tables(made, tmp_path)[0] == "Sluit, gelezen met een vraag open."


def test_a_table_of_which_a_sum_was_not_judged_closes_in_part(tmp_path):
    made = example(is_wrong=False)
    (sum_of_it, *_) = (
        row for row in made.rows["audit.reconciliation"] if row["document_id"] == "leiden-begroting"
    )
    sum_of_it["verdict"] = "not_judged"
    told = opening_of_tables(made, tmp_path)
    assert "Sluit voor een deel." in told and "Sluit." not in told[:1]


def test_a_table_whose_only_sum_was_not_judged_is_not_said_to_have_none(tmp_path):
    made = example(is_wrong=False)
    made.rule("totaal", "som", "sum", [("leiden-begroting/002:2.2", 1), ("leiden-begroting/002:1.3", -1)])
    assert "Niet beoordeeld." in opening_of_tables(made, tmp_path)


def test_a_withdrawn_acceptance_stays_in_the_trail_with_who_when_why_until_when(tmp_path):
    made = example()
    (kept, *_) = made.rows["landing.acceptances"]
    was = kept | {"wie": "P. de Vries", "waarom": "op verzoek", "tot": "2030-01-01"}
    for acceptance in (kept, was):
        last = {"message": "een som sluit niet", "last_run_id": "000007", "last_seen": "2024-04-05 02:00"}
        made.add("history.acceptances_seen", **(acceptance | last))
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000008")

    trail = (report / "index.html").read_text(encoding="utf-8").partition('id="spoor"')[2]
    (line,) = (row for row in trail.split("<tr>") if "P. de Vries" in row)
    for told in (
        "op verzoek",
        "2030-01-01",
        "ingetrokken: stond er voor het laatst in run 000007, 2024-04-05",
    ):
        assert told in line
    assert trail.count("ingetrokken: stond er") == 1 and "waarvan ingetrokken:" in trail
    listed = (report / "lijsten/aanvaardingen.csv").read_text(encoding="utf-8-sig")
    assert [row.endswith("000007") for row in listed.splitlines() if "P. de Vries" in row] == [True]


def _trail(report) -> str:
    return (report / "index.html").read_text(encoding="utf-8").partition('id="spoor"')[2]


def test_an_acceptance_of_other_numbers_shows_what_was_accepted_then_and_that_it_changed(tmp_path):
    made = example()
    cause = next(row for row in made.rows["audit.causes"] if row["cause_id"] == "o1")
    cause |= {
        "status": "verlopen",
        "fingerprint": "later",
        "message": "Het scheelt nu 180.",
        "message_en": "Off by 180.",
    }
    cause |= {"accepted_by": "A. Mol", "accepted_on": "2024-02-02", "accepted_why": "klein verschil"}
    entry = {"document_id": "leiden-begroting", "finding_id": "o1", "fingerprint": "toen", "wie": "A. Mol"}
    made.add("landing.acceptances", **entry, wanneer="2024-02-02", waarom="klein verschil")
    then = {"message": "Het scheelde toen 3.", "message_en": "It was off by 3."}
    made.add("history.causes_seen", cause_id="o1", fingerprint="toen", is_current=True, **then)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    (line,) = (row for row in _trail(report).split("<tr>") if "A. Mol" in row)
    assert line.index("is veranderd sinds het is aanvaard") < line.index("Het scheelde toen 3.") < line.index("later:") < line.index("Het scheelt nu 180.")  # fmt: skip
    causes = (report / "oorzaken.html").read_text(encoding="utf-8")
    assert (
        "klein verschil (geldt niet meer). Toen aanvaard, en sindsdien veranderd: Het scheelde toen 3."
        in causes
    )
    with (report / "lijsten/aanvaardingen.csv").open(encoding="utf-8-sig") as lines:
        (row,) = (row for row in csv.DictReader(lines, delimiter=";") if row["wie"] == "A. Mol")
    assert (row["wat"], row["nu"], row["wat_er_nu_staat"]) == (
        "Het scheelde toen 3.",
        "gewijzigd",
        "Het scheelt nu 180.",
    )


@pytest.mark.parametrize("of", ["o1", "f1"])
def test_the_page_of_a_document_shows_what_a_finding_said_when_it_was_accepted(tmp_path, of):
    made = example()
    finding = next(row for row in made.rows["audit.findings"] if row["finding_id"] == "f1")
    finding |= {"status": "verlopen", "fingerprint": "later", "message": "Het scheelt nu 180."}
    finding |= {"accepted_by": "A. Mol", "accepted_on": "2024-02-02", "accepted_why": "klein verschil"}
    entry = {"document_id": "leiden-begroting", "finding_id": of, "fingerprint": "toen", "wie": "A. Mol"}
    made.add("landing.acceptances", **entry, wanneer="2024-02-02", waarom="klein verschil")
    then = {"message": "Het scheelde toen 3.", "message_en": "It was off by 3."}
    seen = {
        "document_id": "leiden-begroting",
        "wie": "A. Mol",
        "wanneer": "2024-02-02",
        "waarom": "klein verschil",
    }
    made.add("history.acceptances_seen", finding_id=of, fingerprint="toen", **seen, **then)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    page = (report / page_path("leiden-begroting")).read_text(encoding="utf-8")
    assert (
        "klein verschil (geldt niet meer). Toen aanvaard, en sindsdien veranderd: Het scheelde toen 3."
        in page
    )
    assert "Accepted then, and changed since: It was off by 3." in page


def test_an_acceptance_of_what_no_run_kept_says_so_and_one_of_what_was_solved_has_its_words(tmp_path):
    made = example()
    entry = {"document_id": "leiden-begroting", "wie": "A. Mol", "wanneer": "2024-02-02", "waarom": "w"}
    made.add("landing.acceptances", **entry, finding_id="o1", fingerprint="nooit gezien")
    made.add("landing.acceptances", **entry, finding_id="0f" * 16, fingerprint="f")
    solved = {"cause_id": "0f" * 16, "message": "Wonen scheelde 7.", "message_en": "Housing was off by 7."}
    made.add("audit.causes_resolved", **solved, hoe="opgelost")
    made.add("history.causes_seen", **solved, fingerprint="f", is_current=True)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    lost, gone = sorted(
        (row for row in _trail(report).split("<tr>") if "A. Mol" in row), key=lambda r: "opgelost:" in r
    )
    assert "wat er toen stond is niet bewaard" in lost
    assert "opgelost: wat aanvaard is staat er niet meer" in gone and "Wonen scheelde 7." in gone


def test_the_page_of_the_expectations_says_rows_amounts_and_reasons_in_either_language(tmp_path):
    made = example()
    failing = {
        "jaar": 2024,
        "residual": -5399.5,
        "diagnosis": "geen bekende vergissing",
        "diagnosis_en": "no known slip",
    }
    made.rows["audit.expectation_failures"][0]["failing_row"] = json.dumps(failing)
    waits = next(row for row in made.rows["audit.expectation_results"] if row["status"] == "errored")
    waits |= {"status": "not_judged", "error": FIGURES_LACK}
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    page = (report / "data_docs/index.html").read_text(encoding="utf-8")
    for nl, en in (
        ("geen bekende vergissing", "no known slip"),
        ("−5.399,5", "−5,399.5"),
        ("de cijfers die nodig zijn, zijn er niet", FIGURES_LACK),
    ):
        assert f'<span class="nl" lang="nl">{nl}</span><span class="en" lang="en">{en}</span>' in page
    assert ">diagnosis</th>" in page and ">diagnosis_en</th>" not in page and ">2024<" in page


def test_the_euros_of_a_document_stand_apart_by_how_certain_they_are(tmp_path):
    made = example()
    doubt = next(row for row in made.rows["audit.causes"] if row["cause_id"] == "o1")
    made.add(
        "audit.causes", **(doubt | {"cause_id": "o8", "zekerheid": "onzeker_gelezen", "amount_eur": 7_000})
    )
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    page = (
        (report / "index.html")
        .read_text(encoding="utf-8")
        .partition('<table class="list" id="documenten">')[2]
    )
    (line,) = (row for row in page.split("<tr") if ">leiden-begroting</div>" in row)
    assert (
        line.index("180.000")
        < line.index("fout in het stuk")
        < line.index("7.000")
        < line.index("onzeker gelezen")
    )
    assert "187.000" not in line
    with (report / "lijsten/documenten.csv").open(encoding="utf-8-sig") as lines:
        (row,) = (
            row for row in csv.DictReader(lines, delimiter=";") if row["document_id"] == "leiden-begroting"
        )
    assert (row["fout_in_het_stuk_eur"], row["onzeker_gelezen_eur"]) == ("180000,00", "7000,00")


def test_what_was_left_out_stands_apart_from_what_was_not_read(tmp_path):
    made = example()
    told = {"document_id": "leiden-begroting", "path": "begroting.html", "line": 9, "kind": "note"}
    told |= {"reason": "uit cellen weggelaten: <script>", "reason_en": "left out of cells: <script>"}
    made.add("audit.rejects", **told, text="alert(1)")
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    page = (report / page_path("leiden-begroting")).read_text(encoding="utf-8")
    unread, _, notes = page.partition("Weggelaten of opgemerkt")
    assert "uit cellen weggelaten: &lt;script&gt;" in notes and "alert(1)" in notes
    assert "uit cellen weggelaten" not in unread and "1.2.3 is geen getal" in unread
    assert "uit cellen weggelaten" not in (report / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (
            0,
            "Van 1 document overschrijdt er geen een goedkeuringstolerantie; van 2 documenten is zij niet bekend, want",
        ),
        (
            1,
            "Van 1 document overschrijdt er 1 een goedkeuringstolerantie; van 2 documenten is zij niet bekend, want",
        ),
    ],
)
def test_it_is_told_of_how_many_documents_no_tolerance_is_known(tmp_path, reached, told):
    made = example()
    (known,) = made.rows["audit.materialiteit_per_document"]
    known["is_fouten_overschreden"] = bool(reached)
    nothing = dict.fromkeys(name for name in known if name.endswith("_eur") or name.startswith("is_"))
    for document_id in ("a", "b"):
        made.add("audit.materialiteit_per_document", **(known | nothing | {"document_id": document_id}))
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    assert told in (report / "index.html").read_text(encoding="utf-8").partition('id="materialiteit"')[2]


def test_the_euros_of_what_was_accepted_stay_in_sight(tmp_path):
    made = example()
    (cause,) = (row for row in made.rows["audit.causes"] if row["cause_id"] == "o1")
    cause |= {"status": "aanvaard", "amount_eur": 180_000}
    (line,) = made.rows["audit.materialiteit_per_document"]
    line["fouten_aanvaard_eur"] = 150_000
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    first = re.sub("<[^>]+>", " ", (report / "index.html").read_text(encoding="utf-8"))
    assert re.search(r"2\s+aanvaard\s+accepted\s+\(\s+€\s180\.000", first)
    assert re.search(r"waarvan aanvaard\s+of which accepted\s+€\s150\.000", first)


def test_a_digit_that_changed_stands_above_all_that_went_with_a_document(tmp_path):
    made = example()
    state = max(row["state_no"] for row in made.rows["meta.run"])
    value = {"bron": "cell", "document_id": "leiden-web", "state_no": state, "tabel": "t"}
    for number in range(400):
        made.add(
            "marts.fct_wijzigingen", soort="verdwenen", oud="9.999", verschil_eur=-9_999_000 - number, **value
        )
    made.add(
        "marts.fct_wijzigingen", soort="gewijzigd", oud="4.040", nieuw="4.004", verschil_eur=-36_000, **value
    )
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    told = (report / "index.html").read_text(encoding="utf-8").partition('id="gewijzigd"')[2]
    assert told.index("4.040") < told.index("9.999")


def test_a_value_that_is_printed_otherwise_than_before_is_told_with_both_and_the_difference(tmp_path):
    made = example()
    state = max(row["state_no"] for row in made.rows["meta.run"])
    value = {"bron": "cell", "document_id": "leiden-web", "cell_id": "leiden-web/001:1.1"}
    value |= {"row_path": "Jeugd > Jeugd- en gezins teams", "column_path": "totaal budget 2017"}
    value |= {"oud": "4.040", "nieuw": "4.004", "verschil_eur": -36_000}
    made.add("marts.fct_wijzigingen", soort="gewijzigd", state_no=state, **value)
    made.add("marts.fct_wijzigingen", soort="verschenen", state_no=state - 1, **value)  # of a night before
    gone = {"bron": "cell", "document_id": "leiden-begroting", "tabel": "t", "oud": "7", "verschil_eur": 0}
    for _ in range(300):
        made.add("marts.fct_wijzigingen", soort="verdwenen", state_no=state, **gone)
    amount = {
        "bron": "mention",
        "document_id": "leiden-begroting",
        "row_path": "9A-2",
        "column_path": "bedrag",
    }
    amount |= {"oud": "274000", "nieuw": "247000", "verschil_eur": -27_000}
    made.add("marts.fct_wijzigingen", soort="gewijzigd", state_no=state, **amount)
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    told = (report / "index.html").read_text(encoding="utf-8").partition('id="gewijzigd"')[2]
    told = told.partition("</section>")[0]
    assert 'href="documents/leiden-begroting.html#vermeldingen"' in told and "274000" in told
    per_document = re.sub(r"<span class=.en.*?</span>|<[^>]+>", "", told.partition("<table")[0])
    assert (
        "leiden-begroting: 300 verdwenen, 1 gewijzigd" in per_document
        and "leiden-web: 1 gewijzigd" in per_document
    )
    assert "4.040" in told and "€\u00a0−36.000" in told and "bewezen" in told
    assert 'href="documents/leiden-web.html#c' in told
    assert (report / "lijsten/gewijzigd.csv").read_text(encoding="utf-8-sig").count("4.040") == 1
