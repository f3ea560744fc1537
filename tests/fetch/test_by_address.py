"""Documents by address: added with where they came from, looked at again, and changed only by a successor."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from fetch.site import Reply, Site, served, sluitend
from warehouse.small import refresh, settings_in

from dagster_project.assets.fetching import counted, failures, look_again
from dagster_project.cli import group
from dagster_project.fetch import origin
from dagster_project.fetch.again import alone
from dagster_project.fetch.by_address import is_address
from dagster_project.settings import Settings
from dagster_project.warehouse.ask import changes_in
from dagster_project.warehouse.scan import scan

PAGE = """<!doctype html><html><body><h1>Programmabegroting 2025</h1><h2>Lasten per programma</h2>
<table><tr><th>Bedragen x &euro; 1.000</th><th>Begroting 2025</th></tr>
<tr><td>Jeugd</td><td>{jeugd}</td></tr><tr><td>Wmo</td><td>50</td></tr>
<tr><td>Totaal lasten</td><td>{totaal}</td></tr></table></body></html>"""
BEFORE, AFTER = PAGE.format(jeugd=100, totaal=150), PAGE.format(jeugd=110, totaal=160)
SAID = ["--gemeente", "Leiden", "--titel", "Programmabegroting 2025", "--soort", "begroting", "--jaar", 2025]
NAME = "leiden-programmabegroting-2025"


@pytest.fixture
def site():
    made = Site()
    made.pages["/p/begroting"] = Reply(BEFORE, headers={"ETag": '"1"'})
    with served(made):
        yield made


@pytest.fixture
def settings(tmp_path) -> Settings:
    return replace(settings_in(tmp_path), allow_private=("127.0.0.1",), fetch_wait=0, fetch_tries=2)


def add(site: Site, settings: Settings, path: str = "/p/begroting", *more: object, **environ: str):
    folders = ["--raw", settings.raw, "--home", settings.home]
    return sluitend("add", f"{site.address}{path}", *SAID, *folders, *more, **environ)


def added(site: Site, settings: Settings, body: bytes | str = BEFORE, file: str = "begroting.html") -> Path:
    """A document as ``add`` leaves it, without a process."""
    folder = settings.raw / NAME
    folder.mkdir()
    data = body.encode() if isinstance(body, str) else body
    (folder / file).write_bytes(data)
    described = dict(zip([str(key)[2:] for key in SAID[::2]], SAID[1::2], strict=True))
    (folder / "document.yml").write_text(yaml.safe_dump(described | {"vorm": "web", "gemeentecode": None}))
    hashed, moment = hashlib.sha256(data).hexdigest(), "2025-01-01T00:00:00Z"
    address = f"{site.address}/p/begroting"
    origin.write(
        folder, origin.Origin("document", address, file, hashed, len(data), moment, moment, etag='"1"')
    )
    return folder


def look(settings: Settings, **how):
    (one,) = look_again(settings, say=lambda line: None, **how)
    return one


def test_a_page_is_added_with_its_bytes_address_moment_and_hash(site, settings):
    site.pages["/oud"] = Reply(status=301, headers={"Location": "/p/begroting"})
    done = add(site, settings, "/oud")
    assert done.returncode == 0, done.stderr
    folder = settings.raw / NAME
    assert sorted(p.name for p in folder.iterdir()) == [".herkomst.json", "document.yml", "oud.html"]
    assert (folder / "oud.html").read_text() == BEFORE
    described = yaml.safe_load((folder / "document.yml").read_text())
    record = json.loads((folder / ".herkomst.json").read_text())
    assert described["url"] == record["address"] == f"{site.address}/oud"
    assert record["via"] == [f"{site.address}/p/begroting"]
    assert record["sha256"] == hashlib.sha256(BEFORE.encode()).hexdigest()
    assert described["opgehaald"] == record["fetched_at"][:10] and record["fetched_at"].endswith("Z")
    assert (record["etag"], record["content_type"], described["vorm"]) == ('"1"', "text/html", "web")
    assert "Lasten per programma" in done.stdout


def test_loopback_is_added_only_where_it_is_allowed(site, settings):
    refused = add(site, settings, SLUITEND_ALLOW_PRIVATE="")
    assert refused.returncode == 1 and site.asked == []
    assert "no address of the public internet" in refused.stderr
    assert (
        add(
            site, settings, "/p/begroting", "--allow-private", "127.0.0.1", SLUITEND_ALLOW_PRIVATE=""
        ).returncode
        == 0
    )


def test_what_cannot_be_fetched_is_not_added_and_says_why(site, settings):
    failed = add(site, settings, "/nergens")
    assert failed.returncode == 1
    assert failed.stderr == f"sluitend: {site.address}/nergens: status 404: Not Found: 'no such page'\n"
    assert not list(settings.raw.iterdir())


def test_options_are_looked_at_before_anybody_is_asked(site, settings):
    address = f"{site.address}/p/begroting"
    for arguments, told in [
        (["add", address, "--gemeente", "Leiden"], "--titel, --soort, --jaar: needed"),
        (["add", address, *SAID, "--url", "https://a.example"], "--url: is known"),
        (["add", "ftp://a.example/x.pdf", *SAID], "only http and https"),
    ]:
        folders = ["--raw", settings.raw, "--home", settings.home]
        failed = CliRunner().invoke(group, [str(each) for each in (*arguments, *folders)])
        assert failed.exit_code == 2 and told in failed.output, failed.output
    assert site.asked == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://a.nl/x.pdf", True),
        ("FTP://a", True),
        ("map/x.pdf", False),
        ("C:/x.pdf", False),
        ("a b://x", False),
    ],
)
def test_an_address_is_told_from_a_file(source, expected):
    assert is_address(source) is expected


def test_a_page_that_is_as_it_was_is_not_sent_again(site, settings):
    added(site, settings)
    site.pages["/p/begroting"] = Reply(status=304, headers={"Content-Length": None})
    one = look(settings)
    assert one.outcome == "unchanged"
    assert site.headers[-1]["If-None-Match"] == '"1"'
    record = json.loads((settings.raw / NAME / ".herkomst.json").read_text())
    assert record["fetched_at"] == "2025-01-01T00:00:00Z" < record["looked_at"]


def test_the_same_bytes_from_a_server_that_knows_no_versions_are_no_change(site, settings):
    folder = added(site, settings)
    before = (folder / "document.yml").stat().st_mtime_ns
    assert look(settings).outcome == "unchanged"
    assert (folder / "document.yml").stat().st_mtime_ns == before
    assert not (folder / ".eerder").exists()


def test_a_changed_page_is_a_new_state_and_the_old_one_is_kept(site, settings):
    folder = added(site, settings)
    (folder / "document.yml").write_text(
        (folder / "document.yml").read_text() + "# gezien door A. Controller\n"
    )
    refresh(settings, reader=None)
    site.pages["/p/begroting"] = Reply(AFTER, headers={"ETag": '"2"'})
    done = sluitend("fetch", "--raw", settings.raw, "--home", settings.home)
    assert done.returncode == 0, done.stderr
    assert f"{NAME}: changed" in done.stdout and "1 addresses: 1 changed" not in done.stdout
    entry = refresh(settings, reader=None)
    changed = {(row[0], row[3], row[6], row[7]) for row in changes_in(settings, entry.no)}
    assert ("changed", "Jeugd", "100", "110") in changed
    assert [p.read_text() for p in (folder / ".eerder").iterdir()] == [BEFORE]
    text = (folder / "document.yml").read_text()
    assert "# gezien door A. Controller" in text and yaml.safe_load(text)["opgehaald"] > "2025-01-01"
    assert json.loads((folder / ".herkomst.json").read_text())["etag"] == '"2"'


def test_a_look_that_changed_nothing_leaves_the_document_what_it_was(site, settings):
    added(site, settings)
    before = scan(settings.raw).sha256
    look(settings)
    site.pages["/p/begroting"] = Reply("weg", 500)
    look(settings)
    assert scan(settings.raw).sha256 == before


@pytest.mark.parametrize(
    ("reply", "status", "told"),
    [
        (Reply("<p>Niet gevonden</p>", 404), 404, "status 404: Not Found: 'Niet gevonden'"),
        (Reply("<p>Storing</p>", 503), 503, "status 503: Service Unavailable: 'Storing'"),
        (Reply("<html><body><p>Deze pagina bestaat niet meer.</p></body></html>"), 200, "holds no table any more"),
        (Reply(b"%PDF-1.7 ...", content_type="application/pdf"), 200, "is pdf now and was html"),
        (Reply(b"%PDF-1.7 ..."), 200, "is said to be text/html and is pdf"),
        (Reply("a;b\n1;2\n", content_type="application/zip"), 200, "is application/zip, which is no document"),
        (Reply(b"PK\x03\x04....", content_type="application/octet-stream"), 200, "damaged zip file"),
    ],
)  # fmt: skip
def test_what_is_no_successor_is_refused_and_what_was_there_stays(site, settings, reply, status, told):
    folder = added(site, settings)
    site.pages["/p/begroting"] = reply
    one = look(settings)
    assert (one.outcome, one.status) == ("failed", status)
    assert told in one.message and f"{site.address}/p/begroting" in one.message
    assert (folder / "begroting.html").read_text() == BEFORE
    assert sorted(p.name for p in folder.iterdir()) == [".herkomst.json", "begroting.html", "document.yml"]


def test_a_page_for_who_must_log_in_does_not_take_the_place_of_a_workbook(site, settings, tmp_path):
    book = openpyxl.Workbook()
    for row in [["Programma", "Lasten 2025"], ["Jeugd", 100], ["Wmo", 50], ["Totaal", 150]]:
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    data = (tmp_path / "b.xlsx").read_bytes()
    added(site, settings, data, "begroting.xlsx")
    site.pages["/p/begroting"] = Reply(data, content_type="application/vnd.ms-excel")
    assert look(settings).outcome == "unchanged"
    site.pages["/p/begroting"] = Reply("<html><body><form>Inloggen</form></body></html>")
    assert "is html now and was xlsx" in look(settings).message


def test_a_file_that_a_person_changed_is_left_alone(site, settings):
    folder = added(site, settings)
    (folder / "begroting.html").write_text("mine")
    site.pages["/p/begroting"] = Reply(AFTER)
    assert "a person changed it, and it is left alone" in look(settings).message
    assert (folder / "begroting.html").read_text() == "mine" and site.asked == []


@pytest.mark.parametrize("is_in_place", [True, False])
def test_a_look_that_was_broken_off_is_made_good(site, settings, is_in_place):
    folder = added(site, settings)
    begun = origin.read(folder)
    origin.write(folder, replace(begun, replacing=hashlib.sha256(AFTER.encode()).hexdigest()))
    if is_in_place:
        (folder / "begroting.html").write_text(AFTER)
    as_it_was = Reply(status=304, headers={"Content-Length": None})
    site.pages["/p/begroting"] = lambda h: as_it_was if "If-None-Match" in h.headers else Reply(AFTER)
    assert look(settings).outcome == "changed"
    assert (folder / "begroting.html").read_text() == AFTER
    assert origin.read(folder).replacing == ""
    assert look(settings).outcome == "unchanged"


def test_one_address_that_fails_keeps_no_other_from_being_looked_at(site, settings):
    added(site, settings).rename(settings.raw / "a")
    broken = added(site, settings)
    broken.rename(settings.raw / "b")
    (settings.raw / "b" / ".herkomst.json").write_text("{")
    third = added(site, settings)
    site.pages["/p/begroting"] = Reply(AFTER)
    looks = look_again(settings, say=lambda line: None)
    assert [(each.document_id, each.outcome) for each in looks] == [
        ("a", "changed"),
        ("b", "failed"),
        (NAME, "changed"),
    ]
    assert ".herkomst.json: is no record" in looks[1].message
    assert counted(looks) == "3 addresses: 2 changed, 1 failed"
    assert (third / "begroting.html").read_text() == AFTER
    (only,) = look_again(settings, ["a"], say=lambda line: None)
    assert only.document_id == "a"


def test_a_failure_is_told_once_and_again_after_it_had_passed(site, settings):
    added(site, settings)
    good, gone = site.pages["/p/begroting"], Reply("weg", 410)
    told = []
    for page in (gone, gone, good, gone):
        site.pages["/p/begroting"] = page
        told.append([message.title for message in failures([look(settings)])])
    news = "Sluitend: 1 addresses could not be fetched; what was there stays"
    assert told == [[news], [], [], [news]]
    record = origin.read(settings.raw / NAME)
    assert record.trouble_since and "status 410" in record.trouble


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only", "elders"], "elders: was not fetched from an address; nothing was begun"),
        (["--raw", "nowhere"], "there is no such folder of extracts"),
        (["--quiet", "iv3", "--jaar", 2025, "--soort", "begroting"], "options stand behind iv3"),
    ],
)
def test_what_cannot_begin_is_status_2(settings, arguments, told):
    failed = sluitend("fetch", "--raw", settings.raw, "--home", settings.home, *arguments)
    assert failed.returncode == 2 and told in failed.stderr


def test_one_process_fetches_at_a_time(settings):
    with alone(settings):
        failed = sluitend("fetch", "--raw", settings.raw, "--home", settings.home)
    assert failed.returncode == 2
    assert "another process is fetching; nothing was begun" in failed.stderr


def test_a_script_reads_what_came_of_each_address(site, settings):
    added(site, settings)
    site.pages["/p/begroting"] = Reply("<p>Storing</p>", 404)
    done = sluitend("fetch", "--json", "--raw", settings.raw, "--home", settings.home)
    assert done.returncode == 1
    (told,) = map(json.loads, done.stdout.splitlines())
    assert (told["document_id"], told["outcome"], told["status"]) == (NAME, "failed", 404)
    assert "'Storing'" in done.stderr
