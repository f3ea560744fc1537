"""The page for looking around, in a real browser: what it shows is what its own SQL answers."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from reports.example import example

from dagster_project.reports.write import write_report

pytestmark = pytest.mark.xdist_group("browser")
HOSTILE = "</script><script>window.ran=1</script>'; drop table x --"


@pytest.fixture
def explore(blank_page):
    """The page of the shipped documents, opened from disk; what it asked for is kept on it."""
    page = blank_page(1500, locale="nl-NL", accept_downloads=True)

    def at(folder: Path):
        page.goto(f"{folder.resolve().as_uri()}/verkennen.html")
        return page

    return at


def rows_of(page) -> list[list[str]]:
    """The table as it is shown, amounts as a database prints them."""
    shown = page.locator("#per-regel tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent))"
    )
    return [row[:5] + [cell.replace(".", "").replace(",", ".") for cell in row[5:]] for row in shown]


NOT_KNOWN = "niet bekendnot known"  # in both languages, of which one is hidden


def as_shown(words: list[str]) -> list[str]:
    """Year, code and name of programma and of beleidsterrein; where no code is known the page says so once."""
    year, *pairs = words
    told = [[NOT_KNOWN, ""] if code == "onbekend" else [code, name] for code, name in (pairs[:2], pairs[2:])]
    return [year, *told[0], *told[1]]


def answers(warehouse, sql: str) -> list[list[str]]:
    found = warehouse.execute(sql).fetchall()
    return [
        [*as_shown([*map(str, row[:5])]), *(f"{amount:f}".removesuffix(".00") for amount in row[5:])]
        for row in found
    ]


def test_every_choice_shows_what_its_own_sql_answers(explore, refreshed, warehouse):
    page = explore(refreshed / "reports" / "latest")
    choices = 0
    for stand in page.locator("#kies-stand option").evaluate_all("all => all.map(o => o.value)"):
        page.select_option("#kies-stand", stand)
        for programma in page.locator("#kies-programma option").evaluate_all("all => all.map(o => o.value)"):
            page.select_option("#kies-programma", programma)
            assert rows_of(page) == answers(warehouse, page.inner_text("#sql")) != []
            choices += 1
        page.select_option("#kies-programma", "")
    assert choices > 4
    assert page.trouble == []
    assert all(url.startswith(("file:", "data:")) for url in page.asked)


def test_years_are_chosen_and_drawn(explore, refreshed, warehouse):
    page = explore(refreshed / "reports" / "latest")
    page.select_option("#kies-stand", label="meerjarenraming")
    page.select_option("#kies-van", "2020")
    page.select_option("#kies-maat", "saldo")
    per_year = page.locator("#per-jaar tbody tr").evaluate_all(
        "rows => rows.map(r => [r.cells[0].textContent, r.cells[2].textContent, r.querySelector('div').style.width])"
    )
    expected = warehouse.execute(
        "select jaar, sum(saldo_eur) from main.saldo where gemeente = 'Leiden' and stand = 'meerjarenraming' and jaar >= 2020"
        " group by all order by all"
    ).fetchall()
    assert [
        (int(year), Decimal(text.replace(".", "").replace(",", "."))) for year, text, _ in per_year
    ] == expected
    most = max(abs(amount) for _, amount in expected)
    for (_, amount), (_, _, width) in zip(expected, per_year, strict=True):
        assert abs(float(width.rstrip("%")) - 100 * float(abs(amount) / most)) < 0.01


def test_what_is_shown_can_be_downloaded_and_its_sql_copied(explore, refreshed, tmp_path):
    page = explore(refreshed / "reports" / "latest")
    with page.expect_download() as download:
        page.click("#neem-csv")
    file = tmp_path / "x.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    assert head[-3:] == ["lasten_eur", "baten_eur", "saldo_eur"]
    told = [as_shown(row[:5]) + [cell.removesuffix(".00") for cell in row[5:]] for row in rows]
    assert told == rows_of(page)
    page.click("#neem-sql")
    page.locator("#gekopieerd:not(:empty)").wait_for()
    assert page.evaluate("getSelection().toString().trim()") == page.inner_text("#sql").strip()


def test_words_of_documents_are_shown_and_never_run(explore, tmp_path):
    made = example()
    made.add(
        "main.saldo", gemeente_id=HOSTILE, gemeente=HOSTILE, jaar=2018, stand="begroting", programma="1",
        programma_naam=HOSTILE, beleidsterrein_code="1A", beleidsterrein=HOSTILE, lasten_eur=Decimal("1234.56"),
        baten_eur=Decimal("0.05"),
    )  # fmt: skip
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    page = explore(folder)
    assert page.evaluate("window.ran") is None
    assert rows_of(page) == [["2018", "1", HOSTILE, "1A", HOSTILE, "1234.56", "0.05", "-1234.51"]]
    assert page.inner_text("#sql").count("''") == 1
    assert page.trouble == []


def test_a_warehouse_without_amounts_has_an_empty_page(explore, tmp_path):
    folder = write_report(example().write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    page = explore(folder)
    assert page.locator("#per-regel tbody tr").count() == 0
    assert page.trouble == []
    assert json.loads(page.inner_html("#verkend"))["rows"] == []
