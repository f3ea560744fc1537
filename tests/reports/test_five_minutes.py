"""Five minutes with the report: each of ten planted troubles is reached from the first page in at most three clicks.

In a real browser, on a warehouse that two nights have made. Where a trouble is shown stand its euros (or that they
are not known), the place, and how certain it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from reports.troubles import accept, plant

from tests.conftest import refresh
from tests.reports.conftest import ARGUMENTS, CHROMIUM, follow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium found on this machine"),
    pytest.mark.xdist_group("five minutes"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the second night, in which a value has changed and an acceptance no longer fits."""
    folder = tmp_path_factory.mktemp("five")
    raw, home = folder / "raw", folder / "home"
    plant(raw, night=1)
    done = refresh(home, raw)
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(home / "sluitend.duckdb"), read_only=True) as connection:
        ((cause, fingerprint),) = connection.execute(
            "select cause_id, fingerprint from audit.causes where document_id = 'gouda-aanvaard' and cell_id is not null"
        ).fetchall()
    accept(raw, cause, fingerprint)
    plant(raw, night=2)
    done = refresh(home, raw)
    assert done.returncode == 0, done.stdout + done.stderr
    return (home / "reports" / "latest").resolve()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def first_page(browser, report):
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="nl-NL")
    page = context.new_page()
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda message: page.trouble.append(message.text))
    page.goto(f"{report.as_uri()}/index.html")
    yield page
    assert page.trouble == []
    context.close()


class Trouble(NamedTuple):
    """What was planted in ``document``, the words by which its line is known, and what must stand in that line."""

    document: str
    words: str
    certainty: str
    euros: str
    place: str  # what the place that its link leads to says, in the document or in the pane
    also: str = ""


FOUT, ONZEKER, NIET = "fout in het stuk", "onzeker gelezen", "niet gecontroleerd"
UNKNOWN = "bedrag niet bekend"
TROUBLES = {
    "a wrong digit": Trouble("gouda-cijfer", "22.495", FOUT, "€\u00a0450.000", "22.495"),
    "a lost row": Trouble("gouda-rij", "van geen van deze rijen de som", ONZEKER, "€\u00a07.955.000", "Lasten per programma"),
    "a missing total": Trouble("gouda-totaal", "niet beoordeeld", NIET, "€\u00a028.768.000", "n.b."),
    "a contradiction in the text": Trouble("gouda-tekst", "90 miljoen", FOUT, "€\u00a012.948.500", "77.051"),
    "an unreadable page": Trouble("gouda-pagina", "gescande PDF", NIET, UNKNOWN, "bijlage.pdf"),
    "an ambiguous header": Trouble("gouda-kop", "twee manieren", ONZEKER, "€\u00a02.435.000", "Baten"),
    "an accepted finding that changed": Trouble("gouda-aanvaard", "5.240", FOUT, "€\u00a0162.000", "28.768", also="aanvaarding verlopen"),
    "a missing document": Trouble("gouda-aanvaard", "jaarstukken 2025", NIET, UNKNOWN, "Van Gouda ontbreekt"),
    "a unit that is not printed": Trouble("gouda-eenheid", "eenheid van tabel 1", ONZEKER, UNKNOWN, "Lasten per programma"),
}  # fmt: skip


@pytest.mark.parametrize("name", TROUBLES)
def test_each_trouble_is_three_clicks_from_the_first_page_with_euros_place_and_certainty(first_page, name):
    page, trouble, clicks = first_page, TROUBLES[name], 0
    line = page.locator("#oorzaken .people > li", has_text=trouble.document).filter(has_text=trouble.words)
    if not line.count():
        follow(page, "#oorzaken p a[href='oorzaken.html']")
        clicks += 1
        line = page.locator("#lijst > li", has_text=trouble.document).filter(has_text=trouble.words)
    assert line.count() == 1
    if not line.is_visible():
        page.click("#meer")
        clicks += 1
    told = line.text_content()  # what is far down the list is not laid out yet
    assert trouble.certainty in told and trouble.euros in told and trouble.also in told, told
    follow(page, line.locator(".what a"))
    clicks += 1
    anchor = page.url.partition("#")[2].partition(";")[0]
    where = page.locator(f"[id='{anchor}']")
    assert where.is_visible() and not page.locator("#weg").is_visible()
    around = where.evaluate("e => (e.closest('section') || e.closest('li') || e).innerText")
    assert trouble.place in around + page.inner_text("#blik")
    assert clicks <= 3


@pytest.mark.parametrize("name", TROUBLES)
def test_each_trouble_is_one_search_from_the_first_page(first_page, name):
    page, trouble = first_page, TROUBLES[name]
    page.fill("#zoekoveral", f"{trouble.document} {trouble.words}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken.html?q=*")
    page.wait_for_function("document.querySelector('#treffers').textContent !== '…'")
    hits = page.locator("#uitslag li", has_text=trouble.document)
    assert hits.count() >= 1, page.inner_text("main")


def test_a_value_that_changed_since_last_night_stands_on_the_first_page_with_what_it_was(first_page):
    line = first_page.locator("#gewijzigd tbody tr", has_text="gouda-waarde")
    told = line.text_content()  # what is far down the list is not laid out yet
    for part in ("1.215", "1.251", "€\u00a036.000", "niet toetsbaar", "Muziekschool, Begroting 2020"):
        assert part in told, told
    follow(first_page, line.locator("a"))
    assert "1.251" in first_page.inner_text("#blik") and "1.215 (run 2)" in first_page.inner_text("#blik")


def test_the_summary_is_there_on_paper_too(first_page, report):
    assert first_page.get_attribute("a[href='samenvatting.pdf']", "download") is not None
    assert (report / "summary.pdf").read_bytes().startswith(b"%PDF")


def test_what_was_not_checked_names_its_euros_and_counts_each_number_once(first_page):
    told = first_page.inner_text("#ongecontroleerd")
    assert "getallen die niet gecontroleerd zijn, elk één keer" in told
    rows = first_page.locator("#ongecontroleerd tbody tr").all()
    numbers = {row.locator("td").first.inner_text(): row.locator("td").nth(2).inner_text() for row in rows}
    apart = [what for what in numbers if what.endswith("onderaan tellen zij niet mee")]  # they were checked
    assert [numbers.pop(what) for what in apart] == ["15"]
    *parts, whole = [
        n for what, n in numbers.items() if what != "sommen die niet beoordeeld konden worden" and n.isdigit()
    ]
    assert sum(map(int, parts)) == int(whole) == 32
