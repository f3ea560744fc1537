"""dbt's own pages beside the report, in a real browser without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from reports.conftest import AXE

from dagster_project.reports.dictionary import mended

pytestmark = pytest.mark.xdist_group("browser")


def test_the_report_leads_to_the_meaning_of_every_table_without_a_network(browser, refreshed):
    page = browser.new_context(locale="nl-NL", viewport={"width": 1500, "height": 1000}).new_page()
    asked, trouble = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: trouble.append(request.url))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text))
    page.goto(f"{(refreshed / 'reports/latest').resolve().as_uri()}/index.html")
    page.get_by_text("wat elke tabel en kolom betekent").click()
    page.goto(page.url.partition("#")[0] + "#!/model/model.sluitend.lasten")
    page.get_by_text("What goes out: each printed amount once").first.wait_for()
    page.goto(page.url.partition("#")[0] + "#!/metric/metric.sluitend.lasten_begroot")
    page.get_by_text("Lasten in euros with stand begroting").first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert trouble == []
    page.context.close()


def test_what_dbts_pages_show_before_their_script_has_filled_it_in_is_no_file_to_look_for():
    icon = """<svg class="icn"><use xlink:href="{{ getIcon(item.type, 'on') }}"></use></svg>"""
    sign = """<link rel="shortcut icon" href="${require('./favicon.ico')}"/>"""
    page = mended(f"<head>{sign}</head>{icon}<use xlink:href='#icn-up'></use>")
    assert page.startswith('<head><link rel="shortcut icon" href="data:,"/>')
    assert page.endswith("""</head><svg class="icn"><use ng-attr-href="{{ getIcon(item.type, 'on') }}"></use></svg><use xlink:href='#icn-up'></use>""")  # fmt: skip


def test_dbts_pages_name_no_place_on_a_site_that_they_are_not_on():
    page = mended(
        '<head><link rel="canonical" href="/overview/"/><link rel="shortcut icon" href="x"/></head>'
    )
    assert page.startswith('<head><link rel="shortcut icon"') and "/overview/" not in page


def test_the_pages_are_made_once_for_a_project_and_name_no_folder_of_this_machine(refreshed):
    (kept,) = (refreshed / "dbt" / "docs").iterdir()
    shown = refreshed / "reports" / "latest" / "tabellen" / "index.html"
    assert kept.samefile(shown)
    text = kept.read_text(encoding="utf-8")
    assert str(refreshed) not in text and str(Path.cwd()) not in text


@pytest.fixture
def dictionary(browser, refreshed):
    """The page of a mart in dbt's own pages."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.goto(f"{(refreshed / 'reports/latest/tabellen/index.html').resolve().as_uri()}#!/overview")
    page.get_by_text("Project", exact=True).first.wait_for()
    yield page
    page.context.close()


def tab_to(page, text: str) -> bool:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim().split('\\n')[0]") == text:
            return True
    return False


def test_the_keyboard_alone_opens_the_folders_down_to_a_table(dictionary):
    for step in (
        "Project",
        *["sluitend"] * 3,
        "models",
        "marts",
        "fct_lasten",
    ):  # exposures and metrics have a folder too
        assert tab_to(dictionary, step), step
        if step != "Project":
            dictionary.keyboard.press("Enter")
            dictionary.wait_for_timeout(100)
    dictionary.wait_for_url("**#!/model/model.sluitend.fct_lasten")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: make browser fetches it")
def test_dbts_pages_have_no_serious_fault_of_accessibility(dictionary):
    dictionary.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    for kind in ("overview", "model/model.sluitend.lasten", "source/source.sluitend.landing.cells", "metric/metric.sluitend.lasten_begroot"):  # fmt: skip
        dictionary.evaluate(f"location.hash = '#!/{kind}'")
        for width in (1440, 390):
            dictionary.set_viewport_size({"width": width, "height": 900})
            dictionary.wait_for_timeout(300)
            found = dictionary.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [], (kind, width)


def test_a_page_without_a_head_is_none_of_dbts():
    with pytest.raises(ValueError, match="without a head"):
        mended("<html></html>")
