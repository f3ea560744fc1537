"""dbt's own pages beside the report, in a real browser without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("browser")


def test_the_report_leads_to_the_meaning_of_every_table_without_a_network(browser, refreshed):
    page = browser.new_context(locale="nl-NL", viewport={"width": 1500, "height": 1000}).new_page()
    asked, trouble = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{(refreshed / 'reports/latest').resolve().as_uri()}/index.html")
    page.get_by_text("wat elke tabel en kolom betekent").click()
    page.goto(page.url.partition("#")[0] + "#!/model/model.sluitend.lasten")
    page.get_by_text("What goes out: each printed amount once").first.wait_for()
    page.goto(page.url.partition("#")[0] + "#!/metric/metric.sluitend.lasten_begroot")
    page.get_by_text("Lasten in euros with stand begroting").first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert trouble == []
    page.context.close()


def test_the_pages_are_made_once_for_a_project_and_name_no_folder_of_this_machine(refreshed):
    (kept,) = (refreshed / "dbt" / "docs").iterdir()
    shown = refreshed / "reports" / "latest" / "tabellen" / "index.html"
    assert kept.samefile(shown)
    text = kept.read_text(encoding="utf-8")
    assert str(refreshed) not in text and str(Path.cwd()) not in text
