"""The pages in a real browser, opened from disk as an auditor opens them."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
from decimal import Decimal
from itertools import product
from time import perf_counter
from urllib.parse import quote, unquote

import openpyxl
import pytest
from playwright.sync_api import expect
from reports.conftest import AXE, follow
from reports.example import Example, example

from dagster_project.reports import queries
from dagster_project.reports.links import sheet_anchor
from dagster_project.reports.originals import WORKBOOK
from dagster_project.reports.pages import document_view
from dagster_project.reports.render import LOADER, render_document, shared_files
from dagster_project.reports.source_files import SourceFile
from dagster_project.reports.write import write_report

pytestmark = pytest.mark.xdist_group("browser")

FIRST_SUM = "[data-sommen] > li >> nth=0"
HOSTILE = [
    "<script>window.ran=1</script>",
    "\"><img src=x onerror='window.ran=1'>",
    "'><svg onload=window.ran=1>",
    "</script><script>window.ran=1</script>",
    "{{ 7*7 }} &lt;b&gt; ]]> </textarea>",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    return write_report(example().write(folder / "example.duckdb"), folder / "reports", "000001")


@pytest.fixture
def look(blank_page, report):
    """Opens a page of the report; what it asked for and what went wrong is kept on it."""

    def at(path, *, locale="nl-NL", width=1500, folder=report, bypass_csp=False):
        page = blank_page(width, locale=locale, bypass_csp=bypass_csp)
        page.goto(f"{folder.as_uri()}/{path}")
        page.wait_for_selector("#sommen", state="detached")  # unpacked: a moment after the page
        return page

    return at


DOCUMENT = "documents/leiden-begroting.html"
PICTURES = "beelden/index.html"


def test_pages_need_nothing_but_themselves_and_those_of_documents_what_all_of_them_share(look, report):
    shared = {f"{report.as_uri()}/{name}" for name in shared_files()}
    for path, more in (("index.html", set()), (DOCUMENT, shared), (PICTURES, set())):
        page = look(path)
        asked = {url for url in page.asked if not url.startswith("data:")}
        assert asked == {f"{report.as_uri()}/{path}"} | more
        assert page.trouble == []


def test_a_page_says_its_style_its_script_and_its_sums_once(report):
    page = (report / DOCUMENT).read_text(encoding="utf-8")
    assert "<style" not in page and "function" not in page.replace(LOADER, "")
    assert page.count('id="sommen"') == 1


def test_a_page_of_a_document_is_read_without_javascript_its_sums_as_well(browser, report):
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto(f"{report.as_uri()}/{DOCUMENT}")
    page.click("details:has([data-sommen]) > summary >> nth=0")
    page.locator(FIRST_SUM).scroll_into_view_if_needed()
    told = "R1 exact Saldo van Sociale binding en participatie: lasten en baten 6.596 + (−2) = 6.594"
    expect(page.locator(FIRST_SUM)).to_have_text(told, use_inner_text=True)
    context.close()


def test_sums_are_shown_in_the_language_in_which_the_page_is_opened(look):
    for language, printed in (("nl", "−180 (€\u00a0−180.000)"), ("en", "−180 (€\u00a0−180,000)")):
        page = look(f"{DOCUMENT}#c1.7.4;{language}")
        page.wait_for_selector("#blik .rules li")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert printed in page.inner_text("main .rules[data-sommen] >> nth=0") + page.inner_text("#blik")
        figures = page.locator("#blik .rules .f").all_inner_texts()
        assert any(("." if language == "nl" else ",") in figure for figure in figures)
        assert not any(("," if language == "nl" else ".") in figure for figure in figures)


def test_a_click_on_a_number_shows_its_sums_its_source_and_what_the_others_say(look):
    page = look(DOCUMENT)
    page.click("#c1\\.7\\.4")
    told = page.inner_text("#blik")

    assert "Ondersteuning > Lasten" in told
    assert "Meerjarenraming > 2019" in told
    assert "24.974 – 24.976" in told
    assert "In 2 sommen" in told
    assert "88.071" in told and "−180 (€\u00a0−180.000)" in told
    assert "tabel.txt" in told and "17" in told
    assert "verdacht" in told


def test_the_sums_of_a_number_are_drawn_with_the_rest_of_what_is_told_of_it(look):
    page = look(DOCUMENT)
    told = page.evaluate(
        "document.getElementById('c1.7.4').click(), document.getElementById('blik').innerText"
    )
    assert "In 2 sommen" in told and "88.071" in told


def test_pointing_shows_a_number_and_a_click_holds_it(look):
    page = look(DOCUMENT)
    page.hover("#c1\\.1\\.1")
    assert "6.596" in page.inner_text("#blik")
    page.click("#c1\\.2\\.1")
    page.hover("#c1\\.1\\.1")
    assert "Baten" in page.inner_text("#blik h2")
    page.keyboard.press("Escape")
    assert "van dichtbij" in page.inner_text("#blik")


def test_the_keyboard_reaches_every_number(look):
    page = look(DOCUMENT)
    page.focus("#c1\\.1\\.1")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)

    assert page.evaluate("document.activeElement.id") == "c1.4.2"  # over the heading of the next group
    assert "Preventie > Lasten" in page.inner_text("#blik h2")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.id") == "c1.4.6"


def test_one_tab_stop_per_table_not_one_per_number(look):
    page = look(DOCUMENT)

    assert page.locator("table.printed").first.locator(".v[tabindex='0']").count() == 1


def test_a_sum_lights_up_its_numbers_in_the_table(look):
    page = look(DOCUMENT)
    page.click("#c1\\.13\\.3")
    page.hover("#blik .rules li")

    assert sorted(page.locator(".v.part").evaluate_all("all => all.map(x => x.id)")) == [
        "c1.1.3",
        "c1.10.3",
        "c1.4.3",
        "c1.7.3",
    ]
    assert page.locator(".v.sum").get_attribute("id") == "c1.13.3"


def test_a_finding_carries_what_is_needed_to_accept_it_and_an_accepted_one_who_did(look):
    page = look(DOCUMENT)
    page.click("#bevindingen details summary")
    assert "- finding: f1\n  fingerprint: 9c1d\n" in page.inner_text("#bevindingen pre")
    told = look("documents/leiden-web.html").inner_text("#bevindingen")
    assert "door J. Jansen op 2024-03-02, tot 2025-01-01: bekend bij de gemeente" in told


def test_a_link_leads_to_the_number_and_opens_it(look):
    page = look("index.html")
    follow(page, "#oorzaken .people a")

    assert "#c1.7.4" in page.url
    assert "24.795" in page.inner_text("#blik")
    assert page.locator("#c1\\.7\\.4").is_visible()


def test_the_suspect_shows_the_implied_value_on_itself_beside_what_is_printed(look):
    text = look(DOCUMENT).inner_text("#c1\\.7\\.4")

    assert "24.795" in text
    assert "24.974 – 24.976" in text


def test_the_language_changes_without_loading_and_goes_along(look):
    page = look("index.html")
    assert page.inner_text("h1").startswith("Niet alles sluit: 2 van de")
    asked = len(page.asked)
    page.click(".talen button[lang=en]")

    assert page.inner_text("h1").startswith("Not everything closes: 2 of the")
    assert page.url.endswith("#en")
    assert len(page.asked) == asked
    assert page.get_attribute("html", "lang") == "en"
    follow(page, "#documenten a")
    assert page.url.endswith(";en") or page.url.endswith("#en")
    assert "All documents" in page.inner_text("main")


def test_whoever_reads_no_dutch_starts_in_english(look):
    assert look("index.html", locale="de-DE").inner_text("h1").startswith("Not everything closes: ")


DUTCH = re.compile(
    r"\b(de|het|een|van|niet|en|zijn|wordt|geen|deze|bij|uit|som|sommen|getallen|kolom \d+|onbekend|gemeente)\b"
)
KINDS_OF_PAGES = [
    "index.html",
    "oorzaken.html",
    "zoeken.html?q=a",
    "verkennen.html",
    "data_docs/index.html",
    DOCUMENT,
    "documents/leiden-web.html",
    PICTURES,
]
KEY = re.compile(r"\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b")


@pytest.mark.parametrize("locale", ["nl-NL", "en-US"])
@pytest.mark.parametrize("path", KINDS_OF_PAGES)
def test_no_key_of_the_programme_is_shown_to_a_reader(look, path, locale):
    page = look(path, locale=locale)
    page.wait_for_timeout(100)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate("document.querySelectorAll('code, pre, .mono, script, style').forEach(e => e.remove())")
    assert KEY.findall(page.inner_text("body")) == []


@pytest.mark.parametrize("path", KINDS_OF_PAGES)
def test_in_english_nothing_is_left_in_dutch_but_what_the_document_says(look, path):
    page = look(path, locale="en-US")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(
        "document.querySelectorAll('[lang=nl], .mono, code, q, .talen, style, script').forEach(e => e.remove())"
    )
    said = [line for line in page.inner_text("body").splitlines() if DUTCH.search(line)]
    of_the_document = (
        "1.2.3 is geen getal",
        "de eenheid staat er niet bij",
        "Overzicht",
        "begroting - realisatie",
    )
    assert [line for line in said if not line.startswith(of_the_document) and "bekend bij" not in line] == []


@pytest.mark.parametrize(
    ("path", "nl", "en"),
    [
        ("index.html", "Overzicht", "Overview"),
        ("oorzaken.html", "Oorzaken", "Causes"),
        ("zoeken.html", "Zoeken", "Search"),
        ("verkennen.html", "Verkennen", "Explore"),
        (PICTURES, "Beelden", "Pictures"),
        ("data_docs/index.html", "Toetsen", "Expectations"),
        (DOCUMENT, "Programmabegroting 2018 · Leiden", "Programmabegroting 2018 · Leiden"),
    ],
)
def test_the_title_of_a_page_follows_the_language(look, path, nl, en):
    page = look(path, locale="en-GB")
    assert page.title() == f"{en} · Sluitend"
    page.click(".talen button[lang=nl]")
    assert page.title() == f"{nl} · Sluitend"


def test_one_of_a_thing_is_not_called_many(look, tmp_path):
    made = example()
    made.rows["landing.acceptances"] = made.rows["landing.acceptances"][:1]
    made.rows["audit.rejects"] = made.rows["audit.rejects"][:1]
    for row in made.rows["audit.unchecked"]:
        row["zonder_bedrag"] = 1
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    for path, locale in product(("index.html", DOCUMENT, PICTURES), ("nl-NL", "en-GB")):
        page = look(path, folder=folder, locale=locale)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        told = page.inner_text("main")
        many = r"\b1 (?:aanvaardingen|plaatsen|sommen|getallen|tabellen|acceptances|places|sums|numbers|tables|amounts)\b"
        assert re.findall(many, told) == [], (path, locale)


def test_numbers_follow_the_language_and_what_is_printed_stays_as_printed(look):
    page = look(DOCUMENT, locale="en-US")
    page.click("#c1\\.7\\.4")
    told = page.inner_text("#blik")
    assert page.inner_text("#blik .printedtext") == "24.795"
    assert "24,974 – 24,976" in told and "88,071" in told and "−180 (€\u00a0−180,000)" in told
    page.click(".talen button[lang=nl]")
    assert "24.974 – 24.976" in page.inner_text("#blik") and "88.071" in page.text_content("#blik")
    assert page.inner_text("#c1\\.7\\.4").startswith("24.795")
    assert re.search(r"\b0,5\b|€\s[0-9]+\.", look("index.html", locale="en-US").inner_text("main")) is None


def test_marks_differ_in_shape_and_not_only_in_colour(look):
    page = look(DOCUMENT)
    shapes = page.locator("#legenda .mark").evaluate_all(
        """all => all.map(mark => {
            const s = getComputedStyle(mark, '::before');
            const fill = s.backgroundColor !== 'rgba(0, 0, 0, 0)' ? 'full' : s.backgroundImage === 'none' ? 'open' : 'half';
            return [s.content, s.content === '""' ? s.borderTopStyle : '', s.content === '""' ? fill : ''].join(' ');
        })"""
    )

    assert len(shapes) == 10
    assert len(set(shapes)) == len(shapes)


def test_nothing_that_a_document_says_is_run_or_becomes_markup(look, tmp_path):
    made = example()
    for row in made.rows["landing.documents"]:
        row |= {
            "titel": HOSTILE[0],
            "onderdeel": HOSTILE[1],
            "url": "javascript:window.ran=1",
            "gemeente": HOSTILE[2],
        }
        row["answers"] = '{"x</script>": "<img src=x onerror=window.ran=1>"}'
    for row in made.rows["landing.tables"]:
        row |= {"caption": HOSTILE[1], "section": HOSTILE[2], "notes": HOSTILE[3], "path": HOSTILE[1]}
    for number, row in enumerate(made.rows["landing.rows"]):
        row["row_path"] = f"{HOSTILE[number % 5]} > {HOSTILE[(number + 1) % 5]}"
        row["bron"] = HOSTILE[number % 5]
    for number, row in enumerate(made.rows["landing.columns"]):
        row["column_path"] = HOSTILE[number % 5]
    for number, row in enumerate(made.rows["landing.cells"]):
        row |= {"text": HOSTILE[number % 5], "noot": HOSTILE[(number + 2) % 5]}
        row |= {"row_path": HOSTILE[number % 5], "column_path": HOSTILE[(number + 3) % 5]}
    for table in ("audit.rules", "audit.findings", "audit.rejects", "audit.claims", "landing.mentions"):
        for row in made.rows[table]:
            texts = (
                "description",
                "description_en",
                "message",
                "message_en",
                "reason",
                "text",
                "text_nl",
                "onderwerp",
            )
            row |= {name: HOSTILE[3] for name in texts if name in row}
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "reports", "000001")
    for path in ("index.html", "documents/leiden-begroting.html", "documents/leiden-web.html"):
        page = look(path, folder=folder)
        for cell in page.locator(".v").all()[:12]:
            cell.click(force=True)
        page.wait_for_timeout(50)
        assert page.evaluate("window.ran") is None
        assert page.locator("main img, main svg, main script, main textarea").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.trouble == []


def test_a_table_of_twenty_thousand_numbers_opens_within_seconds(look, tmp_path):
    (tmp_path / "documents").mkdir()
    for name, text in {"documents/large.html": large_page(), **shared_files()}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    start = perf_counter()
    page = look("documents/large.html", folder=tmp_path)
    assert page.locator(".v").count() == 20_000
    page.click("#c1\\.2\\.1")
    assert "In 2 sommen" in page.inner_text("#blik")
    assert perf_counter() - start < 30  # two to five on an idle machine


def large_page():
    """1,000 rows of 20 numbers; every tenth row is the sum of the nine above, the last column of the others."""
    made = Example()
    made.document("groot")
    paths = [f"kolom {n}" for n in range(1, 21)]
    table = made.table("groot", "Grote tabel", paths, [])
    fields = {source.name: source.row for source in queries.PAGE_SOURCES}
    rows = {source.name: [] for source in queries.PAGE_SOURCES}

    def add(name, **values):
        rows[name].append(fields[name](**(dict.fromkeys(fields[name]._fields) | values)))

    for name in ("documents", "tables", "columns"):
        for row in made.rows[f"landing.{name}"]:
            row = row | {"table_key": "tabel 1"}
            add(f"landing_{name}", **{k: v for k, v in row.items() if k in fields[f"landing_{name}"]._fields})
    for row in range(1, 1001):
        path = f"Groep {row // 10} > Rij {row}"
        add("landing_rows", table_id=table, row_no=row, row_path=path, line=row, rol="item")
        for column in range(1, 21):
            cell = f"{table}:{row}.{column}"
            place = {"cell_id": cell, "table_id": table, "row_no": row, "column_no": column, "occurrence": 1}
            add(
                "landing_cells",
                **place,
                cell_key=f"1.{row}.{column}",
                text="1.234",
                value=Decimal(1234),
                decimals=0,
                line=row,
            )
            flags = {"is_proved": True, "is_implied": True, "is_locatable": True}
            add("audit_verifiability", cell_id=cell, component_id="k", **flags)

    def rule(name, kind, at):
        about = {"description": f"Som {name}", "description_en": f"Sum {name}"}
        add("audit_rules", rule_id=name, kind=kind, **about)
        add("audit_reconciliation", rule_id=name, verdict="exact")
        for number, (row, column) in enumerate(at, start=1):
            is_total = number == len(at)
            sign = {"coefficient": Decimal(-1 if is_total else 1), "is_total": is_total}
            add("audit_rule_terms", rule_id=name, term_no=number, cell_id=f"{table}:{row}.{column}", **sign)

    for row in range(1, 1001):
        rule(f"r{row}", "kolomtotaal", [(row, column) for column in range(1, 21)])
    for top in range(1, 1000, 10):
        for column in range(1, 21):
            rule(f"s{top}.{column}", "subtotaal", [(row, column) for row in range(top, top + 10)])
    return render_document(document_view(rows, "000001"))


def test_one_search_finds_a_label_an_amount_and_a_cause(look):
    page = look("index.html")
    page.fill("#zoekoveral", "ondersteuning 24795")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken.html?q=*")
    page.wait_for_selector("#uitslag li")
    assert page.locator("#uitslag li").count() == 1
    follow(page, "#uitslag a")
    assert page.url.partition("#")[2].startswith("c1.7.4")
    assert "24.795" in page.inner_text("#blik")
    assert look("zoeken.html?q=lasten+2019+sluiten").inner_text("#uitslag a") == "Lasten 2019 sluiten niet."
    page = look("zoeken.html?q=wat+er+nergens+staat")
    page.wait_for_function("document.querySelector('#treffers').textContent !== '…'")
    assert page.inner_text("#treffers") == "0"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("24.795.000", "Ondersteuning > Lasten: 24.795"),  # x € 1.000
        ("€24,795,000", "Ondersteuning > Lasten: 24.795"),
        ("-180000", "Lasten 2019 sluiten niet."),
        ("gm0546 programmabegroting", "Programmabegroting 2018"),
        ("fout in het stuk", "Lasten 2019 sluiten niet."),
        ("o1", "Lasten 2019 sluiten niet."),
    ],
)
def test_what_is_written_on_a_page_is_what_one_may_search_for(look, asked, found):
    page = look(f"zoeken.html?q={quote(asked)}")
    expect(page.locator("#uitslag a", has_text=found).first).to_be_visible()
    assert page.trouble == []


def test_cause_number_sign_and_document_that_has_gone_are_found(look, tmp_path):
    made = example()
    cause_id = "0123456789abcdef0123456789abcdef"
    made.add(
        "audit.causes", **(made.rows["audit.causes"][0] | {"cause_id": cause_id, "message": "Om te vinden."})
    )
    cell = next(cell for cell in made.rows["landing.cells"] if cell["text"] == "24.795")
    cell["text"] = "-24.795"
    state = max(row["state_no"] for row in made.rows["meta.run"])
    of = {"bron": "cell", "document_id": "assen-begroting-2019", "soort": "verdwenen", "oud": "7"}
    made.add("marts.fct_wijzigingen", state_no=state, tabel="t", **of)
    about = {"document_id": "assen-begroting-2019", "titel": "Begroting 2019", "gemeente": "Assen"}
    for number in (1, 2):
        when = {"run_to": f"00000{number}", "valid_to": f"2024-03-0{number}"}
        made.add("history.document_versions", **about, **when, state_from=number, state_to=number + 1)
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")

    for asked, found in (
        (cause_id, "Om te vinden."),
        ("24.795", "Ondersteuning > Lasten: -24.795"),
        ("-24795", "Ondersteuning > Lasten: -24.795"),
        ("assen", "Begroting 2019"),
    ):
        page = look(f"zoeken.html?q={quote(asked)}", folder=folder)
        expect(page.locator("#uitslag a", has_text=found).first).to_be_visible()
    follow(page, "#uitslag a")
    for gone in (page, look("documents/assen-begroting-2019.html#c1.1.1", folder=folder)):
        told = gone.inner_text("main")
        assert "staat niet meer in wat gepubliceerd is" in told and "000002" in told and gone.trouble == []
    follow(look("index.html", folder=folder), "#gewijzigd .strip a")


def test_a_cause_shows_what_follows_from_it_and_is_accepted_as_a_whole(look):
    page = look("oorzaken.html")
    assert page.locator("#lijst > li").count() == 2
    first = page.locator("#lijst > li").first
    first.locator("summary").first.click()
    assert first.locator(".under li").count() == 3
    first.locator("summary").nth(1).click()
    expect(first.locator("pre")).to_contain_text(re.compile(r"- finding: o1\n  fingerprint: 0a1b\n"))


def test_causes_are_filtered_by_what_they_are_also_through_a_link(look):
    page = look("oorzaken.html?status=aanvaard")
    assert page.locator("#lijst > li:visible").count() == 1
    assert page.inner_text("#gevonden") == "1"
    page.select_option("[data-filter=status]", "")
    page.select_option("[data-filter=ernst]", "hoog")
    expect(page.locator("#lijst > li:visible")).to_contain_text("180.000")
    page.fill("[data-filter=tekst]", "opschrift")
    assert page.locator("#lijst > li:visible").count() == 0


@pytest.mark.parametrize(
    ("locale", "question", "told"),
    [
        ("nl-NL", "verandering=gewijzigd", "sinds de vorige run: gewijzigd"),
        ("en-GB", "verandering=gewijzigd", "since the last run: changed"),
        ("nl-NL", "zekerheid=bronnen_verschillen", "zekerheid: bronnen verschillen"),
        ("nl-NL", "zekerheid=onzin", "zekerheid: onzin"),
        ("nl-NL", "gemeente=Appingedam&status=open", "gemeente: Appingedam\nstatus: open"),
        ("nl-NL", "tekst=wat+nergens+staat", "wat nergens staat"),
    ],
)
def test_a_link_to_causes_of_which_there_are_none_shows_none_and_says_of_what(look, locale, question, told):
    page = look(f"oorzaken.html?{question}", locale=locale)
    expect(page.locator("#lijst > li:visible")).to_have_count(0)
    assert page.inner_text("#gevonden") == "0"
    said = page.locator("#geen li").all_inner_texts()
    assert "\n".join(said) == told
    page.select_option("[data-filter=verandering]", "")
    for name in ("zekerheid", "gemeente", "status"):
        page.select_option(f"[data-filter={name}]", "")
    page.fill("[data-filter=tekst]", "")
    expect(page.locator("#lijst > li:visible")).to_have_count(2)
    assert not page.locator("#geen").is_visible()


@pytest.fixture(scope="module")
def with_many_causes(tmp_path_factory):
    """The report of a warehouse with 400 causes, of which the first page of causes shows the first hundred."""
    made = example()
    (first, *_) = made.rows["audit.causes"]
    for number in range(398):
        about = {"cause_id": f"m{number:03d}", "finding_id": f"m{number:03d}", "amount_eur": 1000 - number}
        about |= {"message": f"Oorzaak {number}.", "message_en": f"Cause {number}.", "severity": "laag"}
        made.add("audit.causes", **(first | about))
    folder = tmp_path_factory.mktemp("many")
    return write_report(made.write(folder / "x.duckdb"), folder / "r", "000001")


def test_of_many_causes_the_first_are_shown_and_the_rest_is_there_when_asked_for(look, with_many_causes):
    page = look("oorzaken.html", folder=with_many_causes)
    assert page.locator("#lijst > li").count() == 100 and page.inner_text("#gevonden") == "400"
    assert page.locator("#lijst > li:visible").count() == 50
    page.fill("[data-filter=tekst]", "oorzaak 397")
    page.wait_for_function("document.querySelector('#gevonden').textContent === '1'")
    expect(page.locator("#lijst > li:visible")).to_contain_text("Oorzaak 397.")
    page.fill("[data-filter=tekst]", "")
    page.click("#meer")
    assert page.locator("#lijst > li").count() == 400 and page.locator("#lijst > li:visible").count() == 250
    assert page.trouble == []


@pytest.mark.parametrize("question", ["#om396", "#om396;en", "?status=open#om396"])
def test_a_link_leads_to_a_cause_that_is_not_among_the_first(look, with_many_causes, question):
    page = look(f"oorzaken.html{question}", folder=with_many_causes)
    page.wait_for_selector("#om396")
    assert page.locator("#om396").is_visible() and not page.locator("#weg").is_visible()
    gone = look("oorzaken.html#o000", folder=with_many_causes)
    gone.wait_for_selector("#weg:visible")


def test_a_sum_on_the_card_of_a_number_leads_to_that_sum_by_an_address_that_is_shared(look):
    page = look(f"{DOCUMENT}#c1.7.4")
    page.wait_for_selector("#blik .rules a.no")
    follow(page, "#blik .rules a.no")
    place = page.url.partition("#")[2].partition(";")[0]
    shared = look(f"{DOCUMENT}#{place}")
    assert place.startswith("s") and shared.locator(f"#{place}").is_visible()
    expect(shared.locator(f"#{place}")).to_contain_text("24.795")


def test_a_link_to_what_is_gone_says_so(look):
    for gone in ("c9.9.9", "s0123456789ab"):
        assert "is er niet meer" in look(f"{DOCUMENT}#{gone}").inner_text("#weg")
    assert not look(f"{DOCUMENT}#c1.7.4").locator("#weg").is_visible()


@pytest.fixture(scope="module")
def with_sources(tmp_path_factory):
    """The report of a warehouse whose extracts are there, and in which a number was printed otherwise before."""
    folder = tmp_path_factory.mktemp("sources")
    made = example()
    cells = [row for row in made.rows["landing.cells"] if row["table_id"] == "leiden-begroting/001"]
    texts = ["x"] * 10
    for number in sorted({row["row_no"] for row in cells}):
        texts.append(
            "\t".join(["Label <b>&amp;", *(row["text"] for row in cells if row["row_no"] == number)])
        )
    content = "\n".join(texts).encode()
    file = folder / "raw/leiden-begroting/tabel.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    made.rows["landing.inputs"][0]["sha256"] = hashlib.sha256(content).hexdigest()
    earlier = {
        "cell_key": "1.7.4",
        "document_id": "leiden-begroting",
        "bron": "cell",
        "text": "24.975",
        "state_from": 1,
    }
    made.add("history.cell_versions", **earlier, state_to=2, run_to="000002-20240302T010000Z")
    path = made.write(folder / "example.duckdb")
    return write_report(path, folder / "reports", "000001", raw=folder / "raw")


def test_the_line_of_the_source_stands_on_the_card_with_the_number_marked(look, with_sources):
    page = look(f"{DOCUMENT}#c1.7.4", folder=with_sources)
    assert page.inner_text("#blik .bronregel").startswith("Label <b>&amp;")
    assert page.inner_text("#blik .bronregel mark") == "24.795"
    assert "24.975 (run 2)" in page.inner_text("#blik")
    follow(page, "#blik dd a")
    assert page.url.partition("#")[2] == "r17"
    expect(page.locator("#r17")).to_contain_text("24.795")


@pytest.fixture(scope="module")
def with_a_pdf(tmp_path_factory):
    """The report of a warehouse of which one document was read from a PDF of three pages, with a table on the second."""
    from fpdf import FPDF

    folder = tmp_path_factory.mktemp("pdf")
    made, pdf = example(), FPDF()
    for number in (1, 2, 3):
        pdf.add_page()
        pdf.set_font("helvetica", size=12)
        pdf.cell(text=f"bladzijde {number}")
        if number == 2:
            texts = [
                c["text"]
                for c in made.rows["landing.cells"]
                if c["cell_id"].startswith("leiden-begroting/001:7.")
            ]
            for at, line in enumerate((["Anders", texts[3]], ["Ondersteuning", "Lasten", *texts])):
                for place, text in enumerate(line):
                    pdf.text(15 + (20 + 20 * place) * bool(place), 40 + 10 * at, text)
    content = bytes(pdf.output())
    book = openpyxl.Workbook()
    book.active.title = "Blad 1"
    book.active["B17"], book.active["C17"] = "<b>Ondersteuning</b>", 24795
    book.active["C17"].number_format = "#,##0"
    sheets = io.BytesIO()
    book.save(sheets)
    files = (
        ("stuk.pdf", content),
        ("kapot.pdf", b"%PDF-1.4 en dan niets"),
        ("cijfers.xlsx", sheets.getvalue()),
    )
    for name, kept in (*files, ("kapot.xlsx", b"PK en dan niets")):
        file = folder / "raw/leiden-begroting" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(kept)
        hashed = hashlib.sha256(kept).hexdigest()
        made.add("landing.inputs", document_id="leiden-begroting", path=name, sha256=hashed, bytes=len(kept))
    for row, name in zip(made.rows["landing.tables"], ("stuk.pdf", "kapot.pdf"), strict=False):
        row |= {"path": name, "page": 2}
    return write_report(made.write(folder / "x.duckdb"), folder / "r", "000001", raw=folder / "raw")


def test_the_page_of_a_pdf_stands_beside_its_numbers_as_a_picture(look, with_a_pdf):
    page = look(f"{DOCUMENT}#c1.7.4", folder=with_a_pdf)
    follow(page, "#blik dd a")
    assert page.url.endswith("bronnen/leiden-begroting/stuk.pdf.html#p2")
    assert page.locator("figure").evaluate_all("all => all.map(f => f.id)") == [
        "p2"
    ]  # the page that has the table
    page.wait_for_function("document.querySelector('#p2 img').naturalWidth > 600")
    assert "bladzijde 2" in page.get_attribute("#p2 img", "aria-label")
    assert page.trouble == []


@pytest.mark.parametrize(("locale", "name"), [("nl-NL", "bladzijde"), ("en-GB", "page")])
def test_the_card_of_a_number_from_a_pdf_shows_its_line_and_leads_to_the_picture_of_its_page(
    look, with_a_pdf, locale, name
):
    page = look(f"{DOCUMENT}#c1.7.4", folder=with_a_pdf, locale=locale)
    page.wait_for_selector("#blik .bronregel")
    line = page.inner_text("#blik .bronregel")
    assert line.startswith("Ondersteuning Lasten ") and "24.795" in line
    assert page.inner_text("#blik .bronregel mark") == "24.795"
    fact = page.locator("#blik dl").locator(f"dt:has-text('{name}') + dd")
    assert fact.inner_text().startswith("2, ")
    follow(page, fact.locator("a"))
    assert page.url.endswith("bronnen/leiden-begroting/stuk.pdf.html#p2")


def test_the_card_of_a_total_that_fits_no_reading_says_how_far_off_the_nearest_is(look, tmp_path):
    made = example()
    asked = {"document_id": "leiden-begroting", "path": "tabel.txt", "line": 17, "kind": "question"}
    asked |= {"reason": "waarvan?", "table_id": "leiden-begroting/001", "row_no": 7}
    made.add(
        "audit.rejects", **asked, toelichting="Het minst scheelt A: 7.", toelichting_en="The nearest is A: 7."
    )
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    for locale, told in (("nl-NL", "Het minst scheelt A: 7."), ("en-GB", "The nearest is A: 7.")):
        page = look(f"{DOCUMENT}#c1.7.4", folder=folder, locale=locale)
        page.wait_for_selector("#blik dl")
        assert told in page.inner_text("#blik dl")
        page = look(f"{DOCUMENT}#c1.6.4", folder=folder, locale=locale)
        page.wait_for_selector("#blik dl")
        assert told not in page.inner_text("#blik dl")


def test_the_card_of_a_number_in_a_column_of_totals_that_fits_no_reading_says_how_far_off_the_nearest_is(
    look, tmp_path
):
    made = example()
    asked = {"document_id": "leiden-begroting", "path": "tabel.txt", "line": 17, "kind": "question"}
    asked |= {"reason": "waarvan?", "table_id": "leiden-begroting/001", "column_no": 4}
    made.add(
        "audit.rejects", **asked, toelichting="Het minst scheelt A: 7.", toelichting_en="The nearest is A: 7."
    )
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    for place, is_told in (("c1.6.4", True), ("c1.7.4", True), ("c1.7.3", False)):
        for locale, told in (("nl-NL", "Het minst scheelt A: 7."), ("en-GB", "The nearest is A: 7.")):
            page = look(f"{DOCUMENT}#{place}", folder=folder, locale=locale)
            page.wait_for_selector("#blik dl")
            assert (told in page.inner_text("#blik dl")) is is_told


def test_a_workbook_is_shown_sheet_by_sheet_with_its_rows_where_links_lead(look, with_a_pdf):
    row = f"{sheet_anchor('Blad 1')}r17"
    page = look(f"bronnen/leiden-begroting/cijfers.xlsx.html#{row}", folder=with_a_pdf)
    assert page.inner_text("h2") == "Blad 1" and page.inner_text("thead tr").split() == ["rij", "A", "B", "C"]
    assert page.locator(f"#{row} td").all_inner_texts() == ["", "<b>Ondersteuning</b>", "24.795"]
    assert page.trouble == [] and not page.locator("#weg").is_visible()
    source = SourceFile("cijfers.xlsx", kind=WORKBOOK)
    assert source.anchor(17, None, "Blad 1") == row
    assert "kan geen" in look("bronnen/leiden-begroting/kapot.xlsx.html", folder=with_a_pdf).inner_text(
        "main"
    )


def test_the_card_of_a_number_from_a_workbook_names_the_sheet_and_the_row(look, tmp_path):
    made = example()
    made.rows["landing.tables"][0] |= {"path": "cijfers.xlsx", "sheet": "<b>Blad 1"}
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    for locale, told in (("nl-NL", ["blad", "rij"]), ("en-GB", ["sheet", "row"])):
        page = look(f"{DOCUMENT}#c1.7.4", folder=folder, locale=locale)
        facts = facts_of(page)
        assert [facts[name] for name in told] == ["<b>Blad 1", "17"]
        assert not {"regel", "line"} & set(facts)


def facts_of(page) -> dict[str, str]:
    """What the card tells of a number, by the name of each thing."""
    page.wait_for_selector("#blik dl")
    names, values = (page.locator(f"#blik {tag}").all_inner_texts() for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def test_the_card_of_a_number_from_a_workbook_names_its_cell_and_shows_its_row_with_the_number_marked(
    look, tmp_path
):
    made = example()
    book = openpyxl.Workbook()
    book.active.title = "Blad 1"
    number = next(c["text"] for c in made.rows["landing.cells"] if c["cell_id"] == "leiden-begroting/001:7.4")
    book.active["B17"], book.active["C17"], book.active["E17"] = "E: 1", f"{number}9", number
    file = tmp_path / "raw/leiden-begroting/cijfers.xlsx"
    file.parent.mkdir(parents=True)
    book.save(file)
    hashed = hashlib.sha256(file.read_bytes()).hexdigest()
    made.add("landing.inputs", document_id="leiden-begroting", path=file.name, sha256=hashed, bytes=1)
    made.rows["landing.tables"][0] |= {"path": file.name, "sheet": "Blad 1"}
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001", raw=tmp_path / "raw")
    for locale, told in (("nl-NL", ("cel", "rij")), ("en-GB", ("cell", "row"))):
        page = look(f"{DOCUMENT}#c1.7.4", folder=folder, locale=locale)
        page.wait_for_selector("#blik .bronregel")
        facts = facts_of(page)
        assert [facts[name] for name in told] == ["E17", "17"]
        assert page.inner_text("#blik .bronregel") == f"B: E: 1 | C: {number}9 | E: {number}"
        assert page.inner_text("#blik .bronregel mark") == number
        before = page.locator("#blik .bronregel").evaluate("e => e.firstChild.textContent")
        assert before.endswith("| E: ")


def test_a_page_that_could_not_be_drawn_says_so(look, with_a_pdf):
    page = look("bronnen/leiden-begroting/kapot.pdf.html", folder=with_a_pdf)
    assert "kon niet getekend worden" in page.inner_text("#p2") and page.locator("img").count() == 0


KINDS_OF_PAGES = [
    "index.html",
    "oorzaken.html",
    "zoeken.html?q=jeugd",
    "verkennen.html",
    PICTURES,
    "data_docs/index.html",
    DOCUMENT,
    "bronnen/leiden-begroting/tabel.txt.html",
]


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core here: make browser fetches it")
@pytest.mark.parametrize("width", [1440, 390, "print"])
@pytest.mark.parametrize("path", [*KINDS_OF_PAGES, f"{DOCUMENT}#c1.7.4"])  # the last with a card
def test_no_page_has_a_fault_of_accessibility(look, with_sources, path, width):
    page = look(path, folder=with_sources, width=1440 if width == "print" else width, bypass_csp=True)
    if width == "print":
        page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.trouble == []
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(v["impact"], v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_lists_of_rows_that_fail_are_told_apart_by_their_names(look, tmp_path):
    made = example()
    (failing, *_) = made.rows["audit.expectation_failures"]
    (result,) = [
        r for r in made.rows["audit.expectation_results"] if r["expectation_id"] == failing["expectation_id"]
    ]
    made.add("audit.expectation_failures", **(failing | {"expectation_id": "again"}))
    made.add("audit.expectation_results", **(result | {"expectation_id": "again", "sentence_nl": "Nog een."}))
    page = look(
        "data_docs/index.html", folder=write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "1")
    )
    names = page.locator("[role=region]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    assert len(names) == len(set(names)) >= 2


USABLE = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0'], [onclick]")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.getAttribute("tabindex") !== "-1")"""
BY_MOUSE_ONLY = """[...document.querySelectorAll("*")]
    .filter(one => one.checkVisibility() && getComputedStyle(one).cursor === "pointer"
        && !one.closest("a, button, summary, label, select, input, [tabindex]")).map(one => one.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
@pytest.mark.parametrize("path", KINDS_OF_PAGES)
def test_tab_alone_reaches_whatever_can_be_used(look, with_sources, path, locale):
    page = look(path, locale=locale, folder=with_sources)
    assert page.evaluate(BY_MOUSE_ONLY) == []
    page.evaluate(
        f"window.left = new Set({USABLE}); document.addEventListener('focusin', e => left.delete(e.target))"
    )
    usable = page.evaluate("left.size")
    for _ in range(usable + 40):  # numbers of a table have one stop, which may stand among them
        page.keyboard.press("Tab")
    assert usable > 5
    assert page.evaluate("[...left].map(one => one.outerHTML.slice(0, 200))") == []


def test_a_long_label_without_spaces_does_not_widen_the_page(look, tmp_path):
    made = example()
    long = "Gemeentelijkebelastingopbrengstenverantwoording" * 6
    for row in made.rows["landing.rows"] + made.rows["landing.cells"]:
        row["row_path"] = long + " > " + row["row_path"]
    for row in made.rows["landing.documents"]:
        row |= {"titel": long, "onderdeel": long, "url": "https://example.org/" + long}
    for row in made.rows["landing.tables"]:
        row |= {"caption": long, "section": long}
    for row in made.rows["audit.causes"] + made.rows["audit.findings"]:
        row["message"] = long
    folder = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001")
    for path in ("index.html", "oorzaken.html", "zoeken.html?q=gemeente", DOCUMENT):
        for width in (1440, 390):
            page = look(path, folder=folder, width=width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_every_link_of_the_report_leads_somewhere(with_sources):
    pages = {path: path.read_text(encoding="utf-8") for path in with_sources.rglob("*.html")}
    broken = []
    for path, text in pages.items():
        for href in re.findall(r'href="([^"]+)"', text):
            href = html.unescape(href)
            if re.match(r"(https?:|data:)", href):
                continue
            place, _, anchor = href.partition("#")
            target = (path.parent / unquote(place.partition("?")[0])).resolve() if place else path.resolve()
            if not target.exists() or (
                anchor
                and target.suffix == ".html"
                and f'id="{anchor}"' not in target.read_text(encoding="utf-8")
            ):
                broken.append((path.name, href))
    assert broken == []


def test_documents_are_found_by_words_and_by_what_needs_a_person(look):
    page = look("index.html")
    page.fill("#zoek", "programmabegroting 2018")
    assert page.locator("#documenten tbody tr:visible").count() == 1
    page.fill("#zoek", "")
    page.check("#alleen")
    assert page.locator("#documenten tbody tr:visible").count() == 1
    page.uncheck("#alleen")
    page.click("#documenten th:nth-child(5) button")
    sizes = page.locator("#documenten tbody tr td:nth-child(5)").all_inner_texts()
    assert sizes == sorted(sizes, key=int)


@pytest.mark.parametrize("path", ["index.html", DOCUMENT])
def test_a_telephone_shows_the_page_without_scrolling_sideways(look, path):
    page = look(path, width=375)

    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
@pytest.mark.parametrize(("width", "lines", "lines_in_all"), [(1440, 1, 3), (390, 2, 9)])
def test_the_heading_is_short_and_what_it_counts_stands_under_it(look, locale, width, lines, lines_in_all):
    page = look("index.html", locale=locale, width=width)

    shown = "[...document.querySelectorAll('h1 b')].find(one => one.checkVisibility())"
    assert page.evaluate(f"[...{shown}.getClientRects()].filter(one => one.width).length") <= lines
    assert page.locator("h1").bounding_box()["height"] < lines_in_all * 32
    assert page.locator("h1").inner_text().count(":") == 1, "one sentence, as the refresh ends with it"


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("hint", ["#zoekoveral", "#zoek"])
def test_the_hint_in_a_search_box_is_not_cut_off(look, locale, width, hint):
    page = look("index.html", locale=locale, width=width)

    is_whole = (
        "box => { box.value = box.placeholder; return box.value && box.scrollWidth <= box.clientWidth }"
    )
    assert page.locator(hint).evaluate(is_whole)


@pytest.mark.parametrize("path", ["index.html", "oorzaken.html", "data_docs/index.html", DOCUMENT])
def test_on_a_telephone_no_column_is_squeezed_to_a_letter(look, path):
    page = look(path, width=390)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    squeezed = """() => [...document.querySelectorAll('.list td, .list th')].filter(
        cell => cell.offsetWidth && cell.innerText.trim().length > 12 && cell.clientWidth < 60).map(cell => cell.innerText)"""
    assert page.evaluate(squeezed) == []


def test_on_paper_the_table_is_whole_and_the_pane_is_gone(look):
    page = look(DOCUMENT)
    page.emulate_media(media="print")

    assert not page.locator("#blik").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet')).maxHeight") == "none"


BROKEN_WORDS = """() => [...document.querySelectorAll('.list td, .list th, .printed th')].flatMap(cell => {
    const found = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.parentElement.checkVisibility()) for (const word of text.data.matchAll(/[\\p{L}\\d]+/gu)) {
            const range = document.createRange();
            range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(one => Math.round(one.top))).size > 1) found.push(word[0]);
        }
    }
    return found; })"""


@pytest.mark.parametrize("path", ["index.html", "oorzaken.html", "data_docs/index.html", DOCUMENT])
def test_on_paper_every_table_is_as_wide_as_the_sheet_and_no_word_is_broken(look, path):
    page = look(path, width=718)  # A4 less its margins
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.emulate_media(media="print")

    assert page.evaluate(BROKEN_WORDS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


def test_on_paper_a_long_label_of_a_row_that_fails_widens_no_sheet(look, tmp_path):
    made = example()
    made.rows["audit.expectation_failures"][0]["failing_row"] = json.dumps(
        {"rij": "zondereinde" * 20, "lasten": 1}
    )
    report = write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "1")
    page = look("data_docs/index.html", folder=report, width=718)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(look, scheme):
    page = look(DOCUMENT)
    page.emulate_media(color_scheme=scheme)
    colours = page.evaluate(
        """() => Object.fromEntries(['paper', 'sheet', 'ink', 'soft', 'accent', 'proved', 'rounding', 'break', 'suspect',
            'none', 'break-tint', 'suspect-tint'].map(name => {
                const probe = document.createElement('i'); probe.style.color = `var(--${name})`;
                document.body.append(probe); const found = getComputedStyle(probe).color; probe.remove();
                return [name, found.match(/\\d+/g).slice(0, 3).map(Number)]; }))"""
    )

    for ground in ("paper", "sheet"):
        for text in ("ink", "soft", "accent", "proved", "rounding", "break", "suspect"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert contrast(colours["none"], colours[ground]) >= 3
    assert contrast(colours["suspect"], colours["suspect-tint"]) >= 4.5
    assert contrast(colours["break"], colours["break-tint"]) >= 4.5


def contrast(one, other):
    """As the accessibility guidelines count it: 1 to 21."""

    def luminance(colour):
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
