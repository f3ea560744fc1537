"""Iv3 from CBS: to the letter, once, whole, of one moment, and nothing where that cannot be had."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from fetch.cbs import Cbs, year
from fetch.site import ROOT, Reply, command, served, sluitend

from dagster_project.fetch import origin
from dagster_project.fetch.iv3_from_cbs import Wish, fetch
from dagster_project.fetch.web import Client, Limits, NotFetched

BEGROTING = Wish(2025, "begroting")
TABLE = "45071NED"
ON_PAGE_2 = 21  # the place in the table of a row that is served on the second page


@pytest.fixture
def cbs():
    with served(Cbs()) as made:
        yield made


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "home").mkdir()
    return tmp_path


def get(cbs: Cbs, folders: Path, wish: Wish = BEGROTING, **how):
    """Fetch in this process; the record that ``again`` would write is written."""
    with Client(Limits(tries=3, wait=0.001, seconds=5), ["127.0.0.1"]) as client:
        got = fetch(
            client, folders / "raw", folders / "home", cbs.address, wish, say=lambda line: None, **how
        )
    origin.write(folders / "raw" / wish.document_id, got)
    return got


def run(cbs: Cbs, folders: Path, *more: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, for the budgets of 2025."""
    return sluitend(*arguments(cbs, folders), *more, **environ)


def arguments(cbs: Cbs, folders: Path) -> list[object]:
    asked = ["--jaar", 2025, "--soort", "begroting", "--cbs", cbs.address]
    return ["fetch", "iv3", *asked, "--raw", folders / "raw", "--home", folders / "home"]


def rows(folders: Path, name: str = "iv3-2025-begroting") -> list[dict[str, str]]:
    with (folders / "raw" / name / "TypedDataSet.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def asked_for_rows(cbs: Cbs) -> list[str]:
    return [path for path in cbs.asked if "TypedDataSet" in path and "$top" not in path]


def nothing_is_left(folders: Path) -> bool:
    return not list((folders / "raw").iterdir())


def test_a_year_comes_as_cbs_serves_it_with_where_it_came_from(cbs, folders):
    done = run(cbs, folders)
    assert done.returncode == 0, done.stderr
    got = rows(folders)
    assert len(got) == 18  # 6 codes; rows without any figure are not asked for
    assert got[0] == {
        "ID": "0",
        "TaakveldBalanspost": "0.1   ",
        "Categorie": "L1.1    ",
        "Gemeenten": "GM0546   ",
        "Verslagsoort": "2025X000",
        "k_1ePlaatsing_1": "1208.0",
        "k_2ePlaatsing_2": "1208.0",
    }
    assert (got[1]["k_1ePlaatsing_1"], got[1]["k_2ePlaatsing_2"]) == ("", "-17.0")
    assert (got[2]["k_1ePlaatsing_1"], got[2]["k_2ePlaatsing_2"]) == ("0.0", "55.0")
    assert {row["TaakveldBalanspost"].strip() for row in got} == {"0.1", "0.10", "0.11", "1.1", "6.1", "A111"}
    assert {row["Gemeenten"] for row in got} == {"GM0546   ", "GM1680   "}

    folder = folders / "raw" / "iv3-2025-begroting"
    described = yaml.safe_load((folder / "document.yml").read_text())
    assert described["soort"] == "iv3" and described["titel"] == "Gemeenten 2025 onbewerkte Iv3-data"
    assert described["bron"].endswith("(CBS)") and re.fullmatch(r"\d{4}-\d\d-\d\d", described["opgehaald"])
    record = json.loads((folder / ".herkomst.json").read_text())
    assert record["address"].startswith(f"{cbs.address}/ODataFeed/OData/{TABLE}/TypedDataSet?$format=json")
    assert (record["table"]["gewijzigd"], record["table"]["rijen"]) == ("2025-03-28T02:00:00", 18)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", record["fetched_at"])
    assert record["sha256"] in done.stdout or record["sha256"][:12] in done.stdout
    assert [p.name for p in (folders / "home" / "fetch" / "iv3-2025-begroting").iterdir()] in ([], ["part"])


def test_numbers_keep_every_digit(cbs, folders):
    cbs.on("TypedDataSet.*filter", lambda site: Reply(_with_digits(site), content_type="application/json"))
    cbs.on("TypedDataSet.*filter", lambda site: Reply(_with_digits(site), content_type="application/json"))
    get(cbs, folders)
    (row,) = rows(folders)
    assert (row["k_1ePlaatsing_1"], row["k_2ePlaatsing_2"]) == ("1208.10", "12345678901234567890.123456789")


def _with_digits(site: Cbs) -> str:
    row = {k: v for k, v in site.tables[TABLE].rows[0].items() if not k.startswith("k_")}
    return (
        '{"value": ['
        + json.dumps(row)[:-1]
        + ', "k_1ePlaatsing_1": 1208.10, "k_2ePlaatsing_2": 12345678901234567890.123456789}]}'
    )


def test_a_table_that_cbs_did_not_change_is_not_fetched_again(cbs, folders):
    first = get(cbs, folders)
    cbs.asked.clear()
    second = get(cbs, folders)
    assert len(cbs.asked) == 2 and asked_for_rows(cbs) == []
    assert (second.sha256, second.fetched_at) == (first.sha256, first.fetched_at)
    get(cbs, folders, again=True)
    assert asked_for_rows(cbs)


def test_a_redelivery_takes_the_place_of_what_was_there_and_that_is_kept(cbs, folders):
    get(cbs, folders)
    folder = folders / "raw" / "iv3-2025-begroting"
    before = (folder / "TypedDataSet.csv").read_bytes()
    written = (
        (folder / "document.yml").read_text().replace("licentie", "# gezien door A. Controller\nlicentie")
    )
    (folder / "document.yml").write_text(written)
    cbs.tables[TABLE].rows[0]["k_2ePlaatsing_2"] = 1300.0
    cbs.tables[TABLE].modified = "2025-06-30T02:00:00"
    got = get(cbs, folders)
    assert rows(folders)[0]["k_2ePlaatsing_2"] == "1300.0"
    assert got.table["gewijzigd"] == "2025-06-30T02:00:00"
    (kept,) = (folder / ".eerder").iterdir()
    assert kept.read_bytes() == before
    assert "# gezien door A. Controller" in (folder / "document.yml").read_text()


def test_a_table_that_says_it_changed_and_is_the_same_stays_the_same_file(cbs, folders):
    first = get(cbs, folders)
    cbs.tables[TABLE].modified = "2025-06-30T02:00:00"
    second = get(cbs, folders)
    assert (second.sha256, second.fetched_at) == (first.sha256, first.fetched_at)
    assert not (folders / "raw" / "iv3-2025-begroting" / ".eerder").exists()


def test_one_municipality_is_asked_for_with_its_key_as_padded_as_the_table_has_it(cbs, folders):
    get(cbs, folders, Wish(2025, "begroting", "GM1680"))
    assert {row["Gemeenten"] for row in rows(folders, "iv3-2025-begroting-gm1680")} == {"GM1680   "}
    assert any("Gemeenten%20eq%20'GM1680%20%20%20'" in path for path in cbs.asked)


def test_older_tables_have_other_names_for_the_same_columns(cbs, folders):
    get(cbs, folders, Wish(2016, "jaarrekening"))
    (row, *_) = rows(folders, "iv3-2016-jaarrekening")
    assert row["FunctieKostenplaatsBalanspost"] == "0.1   "
    assert (row["k_1stePlaatsing_1"], row["k_2dePlaatsing_2"]) == ("1199.0", "")


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(2031, "begroting"), r"has no table of 2031; years there: 2016, 2025"),
        (Wish(2025, "kwartaal-2"), r"2025X002 is not in the table; there: '2025X000, 2025X005'"),
        (Wish(2025, "begroting", "GM9999"), r"GM9999 is not in the table; there: 'GM0546, GM0748, GM1680'"),
        (Wish(2025, "begroting", "GM0748"), r"has no figure of 2025X000 GM0748: not delivered"),
        (Wish(2025, "begroting", None, "45999NED"), r"45999NED is no table of 2025; there: 45071NED"),
    ],
)
def test_what_cbs_does_not_have_is_said_with_what_it_has(cbs, folders, wish, told):
    with pytest.raises(NotFetched, match=told):
        get(cbs, folders, wish)
    assert nothing_is_left(folders)


def test_two_tables_for_one_year_are_a_question_and_the_answer_is_kept(cbs, folders):
    cbs.tables["45072NED"] = year(2025)
    asked = run(cbs, folders)
    assert asked.returncode == 1 and nothing_is_left(folders)
    assert "has 2 tables of 2025, choose one with --tabel: 45071NED 'Gemeenten 2025" in asked.stderr
    get(cbs, folders, Wish(2025, "begroting", None, "45072NED"))
    again = sluitend("fetch", "--raw", folders / "raw", "--home", folders / "home", SLUITEND_CBS=cbs.address)
    assert again.returncode == 0, again.stderr
    assert "iv3-2025-begroting: unchanged" in again.stdout


def test_columns_that_are_not_those_of_iv3_are_refused_by_name(cbs, folders):
    for row in cbs.tables[TABLE].rows:
        row["Bedrag"] = row.pop("k_1ePlaatsing_1")
    with pytest.raises(
        NotFetched, match=r"has other columns than an Iv3 table: 'ID, TaakveldBalanspost.*Bedrag"
    ):
        get(cbs, folders)


def test_an_error_that_is_no_json_is_shown_and_tried_again(cbs, folders):
    for _ in range(3):
        cbs.on(r"skip=5", lambda site: Reply("<html><title>Er ging iets mis</title>503 B12</html>"))
    failed = run(cbs, folders, "--fetch-tries", 3)
    assert failed.returncode == 1 and nothing_is_left(folders)
    assert re.search(
        r"skip=5: status 200: answered with what is no JSON: 'Er ging iets mis 503 B12'", failed.stderr
    )
    assert "Traceback" not in failed.stderr
    assert get(cbs, folders).table["rijen"] == 18


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            Reply("Service Unavailable", 503, "text/plain"),
            "status 503: Service Unavailable: 'Service Unavailable'",
        ),
        (Reply('{"value": [{"ID": 0, "Categ', content_type="application/json"), "JSON that is broken"),
        (Reply(b'{"value": "\xff"}'), "no UTF-8"),
    ],
)
def test_what_may_pass_is_tried_again(cbs, folders, reply, told):
    cbs.on(r"skip=5", lambda site: reply)
    assert get(cbs, folders).table["rijen"] == 18
    for _ in range(3):
        cbs.on(r"skip=5", lambda site: reply)
    with pytest.raises(NotFetched, match=told):
        get(cbs, folders, again=True)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            {"odata.error": {"code": "", "message": {"value": "Syntax error"}}},
            r"answered without rows.*Syntax error",
        ),
        (
            {"value": [], "odata.nextLink": "http://elders.example/"},
            r"next page is on another host: 'http://elders",
        ),
        ({"value": [{"ID": 99}]}, r"other columns than the first: '\{\"ID\": \"99\"\}'"),
    ],
)
def test_what_will_not_pass_is_refused_with_its_text(cbs, folders, reply, told):
    cbs.on(r"skip=5", lambda site: Reply(json.dumps(reply), content_type="application/json"))
    with pytest.raises(NotFetched, match=told):
        get(cbs, folders)
    assert nothing_is_left(folders)


def test_rows_that_were_not_asked_for_are_refused(cbs, folders):
    """A server that does not know the filter would give all rows, and they would be another thing."""
    cbs.on("TypedDataSet.*filter", lambda site: Reply(json.dumps({"value": site.tables[TABLE].rows})))
    with pytest.raises(NotFetched, match=r"holds a row that was not asked for: '.*2025X005"):
        get(cbs, folders)


def test_an_amount_that_is_no_number_is_refused(cbs, folders):
    cbs.tables[TABLE].rows[0]["k_1ePlaatsing_1"] = "1.208,-"
    with pytest.raises(NotFetched, match=r"amount that is no number: '.*1\.208,-"):
        get(cbs, folders)


def test_pages_that_go_round_are_noticed(cbs, folders):
    def round_and_round(site: Cbs) -> Reply:
        back = site.address + asked_for_rows(site)[0]
        return Reply(json.dumps({"value": [], "odata.nextLink": back}))

    cbs.on(r"skip=5", round_and_round)
    with pytest.raises(NotFetched, match="its pages go round"):
        get(cbs, folders)


def _redelivered(site: Cbs) -> None:
    """One municipality delivers again: rows before those that were served appear, so that pages shift."""
    table = site.tables[TABLE]
    table.modified = "2025-03-29T02:00:00"
    number = 1000 + len(table.rows)
    table.rows.insert(
        0, table.rows[0] | {"ID": number, "Categorie": "L9.9     "[:8], "k_1ePlaatsing_1": float(number)}
    )


def test_a_table_that_changes_halfway_is_begun_again(cbs, folders):
    cbs.on(r"skip=10", _redelivered)
    got = get(cbs, folders)
    assert got.table == got.table | {"rijen": 19, "gewijzigd": "2025-03-29T02:00:00"}
    assert len({row["ID"] for row in rows(folders)}) == 19


def test_a_row_that_changes_on_a_page_that_was_read_is_noticed_by_the_moment_of_the_table(cbs, folders):
    def changed(site: Cbs) -> None:
        site.tables[TABLE].rows[ON_PAGE_2]["k_2ePlaatsing_2"] = 1.0
        site.tables[TABLE].modified = "2025-03-29T02:00:00"

    cbs.on(r"skip=15", changed)
    get(cbs, folders)
    assert "1.0" in [row["k_2ePlaatsing_2"] for row in rows(folders)]


def test_pages_that_shift_without_a_word_are_noticed_by_a_row_that_comes_twice(cbs, folders):
    def shifted(site: Cbs) -> None:
        table = site.tables[TABLE]
        table.rows.insert(ON_PAGE_2, table.rows[ON_PAGE_2] | {"ID": 999})

    cbs.on(r"skip=10", shifted)
    get(cbs, folders)
    got = [row["ID"] for row in rows(folders)]
    assert len(got) == len(set(got)) == 19 and "999" in got


def test_a_change_that_cbs_does_not_date_is_noticed_on_the_first_page(cbs, folders):
    cbs.on(r"skip=15", lambda site: site.tables[TABLE].rows[0].update(k_2ePlaatsing_2=1.0))
    get(cbs, folders)
    assert rows(folders)[0]["k_2ePlaatsing_2"] == "1.0"


def test_a_table_that_goes_on_changing_is_refused(cbs, folders):
    for _ in range(3):
        cbs.on(r"skip=10", _redelivered)
    failed = run(cbs, folders)
    assert failed.returncode == 1 and nothing_is_left(folders)
    assert "changed 3 times while it was fetched; nothing was kept" in failed.stderr


def killed_at_page(cbs: Cbs, folders: Path, page: int) -> None:
    """Fetch in a process that is killed while it waits for that page."""
    is_there, is_over = threading.Event(), threading.Event()

    def hang(site: Cbs) -> Reply:
        is_there.set()
        is_over.wait(30)
        return Reply("", 500)

    cbs.on(rf"skip={5 * (page - 1)}", hang)
    line, own = command(*arguments(cbs, folders))
    process = subprocess.Popen(line, env=own, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert is_there.wait(30)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    is_over.set()


def test_a_download_that_was_killed_goes_on_where_it_was(cbs, folders):
    killed_at_page(cbs, folders, 4)
    assert nothing_is_left(folders)
    cbs.asked.clear()
    done = run(cbs, folders)
    assert done.returncode == 0, done.stderr
    assert "3 pages were here already" in done.stdout
    skipped = [int(m[1]) for path in asked_for_rows(cbs) if (m := re.search(r"skip=(\d+)", path))]
    assert skipped == [10, 15]  # the last page that was here is compared, the others are not asked for
    assert len(rows(folders)) == 18


def test_pages_of_another_state_of_the_table_are_not_gone_on_with(cbs, folders):
    for _ in range(3):
        cbs.on(r"skip=15", lambda site: Reply("weg", 500))
    with pytest.raises(NotFetched, match="status 500"):
        get(cbs, folders)
    cbs.tables[TABLE].rows[ON_PAGE_2]["k_2ePlaatsing_2"] = 7.0
    cbs.tables[TABLE].modified = "2025-03-29T02:00:00"
    get(cbs, folders)
    assert "7.0" in [row["k_2ePlaatsing_2"] for row in rows(folders)]


def test_pages_that_are_here_are_not_gone_on_with_where_the_last_of_them_is_another_now(cbs, folders):
    for _ in range(3):
        cbs.on(r"skip=15", lambda site: Reply("weg", 500))
    with pytest.raises(NotFetched, match="status 500"):
        get(cbs, folders)
    for row in cbs.tables[TABLE].rows:
        row["k_2ePlaatsing_2"] = 7.0
    get(cbs, folders)
    assert {row["k_2ePlaatsing_2"] for row in rows(folders)} == {"7.0"}


def test_a_file_that_a_person_changed_is_left_alone(cbs, folders):
    get(cbs, folders)
    path = folders / "raw" / "iv3-2025-begroting" / "TypedDataSet.csv"
    path.write_text("mine\n")
    cbs.tables[TABLE].modified = "2025-06-30T02:00:00"
    with pytest.raises(NotFetched, match="was changed by a person; it is left alone"):
        get(cbs, folders)
    assert path.read_text() == "mine\n"


def test_a_look_that_was_broken_off_while_files_were_replaced_is_made_good(cbs, folders):
    got = get(cbs, folders)
    folder = folders / "raw" / "iv3-2025-begroting"
    (folder / "TypedDataSet.csv").write_text("new\n")  # the new bytes are in place, the record is not
    origin.write(folder, replace(got, replacing=origin.sha256_of(folder / "TypedDataSet.csv")))
    again = get(cbs, folders)
    assert again.sha256 == got.sha256 and again.replacing == ""
    assert len(rows(folders)) == 18


def test_a_folder_that_was_not_fetched_is_left_alone(cbs, folders):
    (folders / "raw" / "iv3-2025-begroting").mkdir()
    with pytest.raises(NotFetched, match="was not fetched from CBS; it is left alone"):
        get(cbs, folders)


def test_a_script_reads_one_object_and_the_exit_status(cbs, folders):
    done = run(cbs, folders, "--json")
    (told,) = map(json.loads, done.stdout.splitlines())
    assert (told["document_id"], told["outcome"], told["kind"]) == ("iv3-2025-begroting", "new", "iv3")
    cbs.on("Tables", lambda site: Reply("<p>onderhoud</p>", 404))
    failed = run(cbs, folders, "--json")
    (told,) = map(json.loads, failed.stdout.splitlines())
    assert failed.returncode == 1
    assert (told["outcome"], told["status"], told["is_news"]) == ("failed", 404, True)
    assert "onderhoud" in told["message"] and "ODataCatalog" in told["message"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--gemeente", "Leiden"], "is no code of CBS (write GM0546)"),
        (["--soort", "voorjaarsnota"], "is not one of"),
        (["--fetch-tries", "0"], "0 is less than 1"),
    ],
)
def test_what_cannot_be_asked_is_status_2(cbs, folders, more, told):
    failed = run(cbs, folders, *more)
    assert failed.returncode == 2 and cbs.asked == []
    assert told in failed.stderr


def test_loopback_is_refused_unless_allowed(cbs, folders):
    failed = run(cbs, folders, SLUITEND_ALLOW_PRIVATE="")
    assert failed.returncode == 1 and cbs.asked == []
    assert "127.0.0.1 is 127.0.0.1, which is no address of the public internet" in failed.stderr
