"""The explorer of an export, in a real browser: DuckDB over Parquet, served by what Python has, and nothing from elsewhere."""

from __future__ import annotations

import csv
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import duckdb
import pytest

from dagster_project.reports import npm
from dagster_project.reports.descriptors.contents import tables_of
from dagster_project.reports.export import export
from dagster_project.reports.sql_explorer import write_sql_explorer
from dagster_project.settings import PROJECT, Unusable, load

pytestmark = pytest.mark.xdist_group("browser")
PACKAGES = PROJECT / ".readers" / "npm"


@pytest.fixture(scope="module")
def served(exported, refreshed, tmp_path_factory):
    """The address of an export with its explorer, and its folder."""
    if not all((PACKAGES / package.archive).exists() for package in npm.PACKAGES):
        pytest.skip("the packages of the explorer are not here: `make node` fetches them, with npm")
    folder = tmp_path_factory.mktemp("export")
    (folder / "parquet").symlink_to(exported / "parquet")
    with duckdb.connect(str(refreshed / "sluitend.duckdb"), read_only=True) as connection:
        tables = tables_of(connection)
    write_sql_explorer(folder, tables, dict.fromkeys((table.name for table in tables), 1), PACKAGES)

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", folder
        server.shutdown()


@pytest.fixture(scope="module")
def page(browser, served):
    """The page after its first answer; what it asked for and what went wrong are kept on it."""
    context = browser.new_context(locale="nl-NL", accept_downloads=True)
    page = context.new_page()
    page.asked, page.trouble = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda message: page.trouble.append(message.text))
    page.goto(f"{served[0]}verkennen/")
    page.locator("html[data-beantwoord]").wait_for(timeout=120_000)
    yield page
    context.close()


def after(page, act) -> None:
    """Do something that makes the page answer, and wait for the answer."""
    before = int(page.get_attribute("html", "data-beantwoord"))
    act()
    page.locator(f'html[data-beantwoord="{before + 1}"]').wait_for(timeout=60_000)


def ask(page, sql: str) -> None:
    page.fill("#sql", sql)
    after(page, lambda: page.click("#voer-uit"))


def rows_of(page) -> list[list[str]]:
    return page.locator("#antwoord tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )


def answers(warehouse, sql: str) -> list[list[str]]:
    """Rows of the same question to the published file, amounts as the page writes them."""
    found = warehouse.execute(sql).fetchall()
    return [
        [f"{value:,.0f}".replace(",", ".") if hasattr(value, "as_tuple") else str(value) for value in row]
        for row in found
    ]


def test_every_choice_is_answered_as_the_published_file_answers_its_sql(page, warehouse, served):
    asked = set()
    for measure in ("lasten", "baten", "saldo"):
        after(page, lambda m=measure: page.select_option("#kies-maat", m))
        for stand in page.locator("#kies-stand option").evaluate_all("all => all.map(o => o.value)"):
            after(page, lambda s=stand: page.select_option("#kies-stand", s))
            sql = page.input_value("#sql")
            assert f"main.{measure}" in sql and f"'{stand}'" in sql
            assert rows_of(page) == answers(warehouse, sql), sql
            asked.add(sql)
    assert len(asked) > 6
    assert page.trouble == []
    assert all(url.startswith((served[0], "data:", "blob:")) for url in page.asked)


def test_a_programma_and_years_are_chosen_and_drawn(page, warehouse):
    after(page, lambda: page.select_option("#kies-maat", "lasten"))
    after(page, lambda: page.select_option("#kies-stand", "meerjarenraming"))
    after(page, lambda: page.select_option("#kies-van", "2020"))
    after(page, lambda: page.select_option("#kies-programma", label="9 Maatschappelijke Ondersteuning"))
    assert "programma = '9'" in page.input_value("#sql") and "between 2020" in page.input_value("#sql")
    drawn = page.locator("#beeld tr").evaluate_all(
        "rows => rows.map(r => [r.cells[0].textContent, r.cells[2].textContent])"
    )
    assert drawn == answers(
        warehouse,
        "select jaar, sum(bedrag_eur) from lasten where stand = 'meerjarenraming' and jaar >= 2020 and programma = '9'"
        " group by all order by all",
    )
    assert len(drawn) > 1


def first_column(warehouse, sql: str) -> list[str]:
    return [row[0] for row in warehouse.execute(sql).fetchall()]


def test_a_gemeente_stands_beside_those_of_its_size_and_province(page, warehouse):
    after(page, lambda: page.select_option("#kies-maat", "iv3_lasten"))
    assert page.locator("#kies-gemeente option:checked").inner_text() == "Leiden"
    assert page.is_hidden("#kies-programma") and page.is_visible("#kies-taakveld")
    per_taakveld = page.input_value("#sql")
    assert "mediaan_klasse_eur" in per_taakveld and "mediaan_provincie_eur" in per_taakveld
    assert [row[0] for row in rows_of(page)] == first_column(warehouse, per_taakveld) != []
    assert "boven_midden_van_klasse_eur" in page.inner_text("#getekend")
    after(page, lambda: page.select_option("#kies-taakveld", index=3))
    peers = [row[0] for row in rows_of(page)]
    assert peers == first_column(warehouse, page.input_value("#sql")) and "Leiden" in peers and len(peers) > 8
    after(page, lambda: page.select_option("#kies-van", "2019"))
    years = [row[0] for row in rows_of(page)]
    assert years == [*map(str, first_column(warehouse, page.input_value("#sql")))] and len(set(years)) > 3
    after(page, lambda: page.select_option("#kies-maat", "lasten"))
    assert "from main.lasten" in page.input_value("#sql") and page.is_visible("#kies-programma")
    assert page.trouble == []


def test_a_question_of_ones_own_reads_any_table_of_the_export(page, warehouse):
    sql = (
        "select d.titel, f.jaar, sum(f.bedrag_eur) as lasten_eur from marts.fct_lasten as f"
        " join marts.dim_document as d using (document_id) group by all order by all"
    )
    ask(page, sql)
    assert rows_of(page) == answers(warehouse, sql) != []
    assert page.inner_text("#toestand") == ""


def test_what_cannot_be_answered_is_said_and_shows_no_old_answer(page):
    ask(page, "select * from nergens")
    assert "nergens" in page.inner_text("#toestand")
    assert rows_of(page) == []
    ask(page, "select 'a' as letter")
    assert page.inner_text("#toestand") == ""
    assert rows_of(page) == [["a"]]
    assert "geen bedragen" in page.inner_text("#getekend")


def test_an_answer_is_taken_along_whole_and_exact(page, warehouse, tmp_path):
    sql = "select stand, jaar, post, bedrag_eur from lasten order by all"
    ask(page, sql)
    with page.expect_download() as download:
        page.click("#neem-csv")
    download.value.save_as(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    assert head == ["stand", "jaar", "post", "bedrag_eur"]
    assert rows == [[*map(str, row)] for row in warehouse.execute(sql).fetchall()]


def test_from_disk_the_page_says_how_it_is_served(browser, served):
    page = browser.new_page(locale="nl-NL")
    page.goto((served[1] / "verkennen" / "index.html").as_uri())
    assert "python -m http.server" in page.inner_text("#server")
    assert page.is_hidden("#werk")
    page.close()


# --- the packages ------------------------------------------------------------------------------------


@pytest.fixture
def published(tmp_path):
    """A file with one table, enough to export."""
    file = tmp_path / "sluitend.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create schema marts; create schema meta; create table marts.dim_jaar as select 2018 as jaar;"
            "create table meta.run as select '1' as run_id, timestamp '2026-01-01' as started_at"
        )
    return file


def without_explorer(published, tmp_path) -> str:
    """What an export says that cannot have its explorer; the rest of it is there."""
    told = [
        line for line in export(published, tmp_path / "x", packages=tmp_path / "npm") if "verkennen" in line
    ]
    assert (tmp_path / "x" / "parquet" / "dim_jaar.parquet").exists()
    assert not (tmp_path / "x" / "verkennen").exists()
    return "".join(told)


def test_without_npm_the_export_says_that_it_has_no_explorer(published, tmp_path, monkeypatch):
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    assert "there is no npm on this machine" in without_explorer(published, tmp_path)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo no network >&2; exit 1", "npm did not give @duckdb/duckdb-wasm 1.32.0: no network"),
        (
            "echo other > duckdb-duckdb-wasm-1.32.0.tgz",
            "another @duckdb/duckdb-wasm 1.32.0 than the one whose hash",
        ),
    ],
)
def test_what_npm_does_not_give_as_it_was_pinned_is_not_used(published, tmp_path, monkeypatch, script, told):
    fake = tmp_path / "bin" / "npm"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(npm.shutil, "which", lambda name: str(fake))
    assert told in without_explorer(published, tmp_path)
    assert not list((tmp_path / "npm").iterdir())


def test_an_archive_that_was_altered_is_not_used(published, tmp_path, monkeypatch):
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    (tmp_path / "npm").mkdir()
    for package in npm.PACKAGES:
        (tmp_path / "npm" / package.archive).write_bytes(b"altered")
    assert "is not in" in without_explorer(published, tmp_path)


def test_an_export_has_an_explorer_only_where_it_is_asked_for(published, tmp_path):
    assert not [line for line in export(published, tmp_path / "x") if "verkennen" in line]
    assert not load({}).explorer
    assert load({"SLUITEND_EXPLORER": "yes"}).explorer and load({}, explorer=True).explorer
    with pytest.raises(Unusable, match="SLUITEND_EXPLORER: 'maybe' is neither yes nor no"):
        load({"SLUITEND_EXPLORER": "maybe"})
