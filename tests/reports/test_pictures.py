"""The pictures of a gemeente: what they show, in words, in a table and drawn; that what is drawn is what is there."""

from __future__ import annotations

import base64
import csv
import gzip
import json
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from lxml import etree
from reports.example import example

from dagster_project.reports import queries
from dagster_project.reports.pictures import BARS, _ticks, picture_rows, pictures
from dagster_project.reports.write import write_report

pytestmark = pytest.mark.xdist_group("browser")

MEGABYTE = 1_000_000
PAGE = "beelden/index.html"
DRAWN = {"begroting-rekening", "ramingen", "reserves", "indicatoren", "bewezen"}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return example().write(tmp_path_factory.mktemp("pictures") / "example.duckdb")


@pytest.fixture(scope="module")
def report(file):
    return write_report(file, file.parent / "reports", "000001")


def of(path):
    """The pictures of the one gemeente in a file, by name."""
    with queries.connect(str(path)) as con:
        (page,) = pictures(picture_rows(con))
    return {picture.name: picture for picture in page.pictures}


def test_an_estimate_that_came_back_to_where_it_began_is_told_by_how_far_it_went(tmp_path):
    made = example()
    rows = made.rows["main.herzieningen"]
    rows[-1]["lasten_eur"] = rows[0]["lasten_eur"]
    amounts = sorted({int(row["lasten_eur"]) for row in rows})
    told = of(made.write(tmp_path / "x.duckdb"))["ramingen"].told.en
    assert f"between €\u00a0{amounts[0]:,} and €\u00a0{amounts[-1]:,}" in told


def test_estimates_of_which_none_moved_name_none_that_moved_most(tmp_path):
    made = example()
    for row in made.rows["main.herzieningen"]:
        row |= {"lasten_eur": 90_000_000, "lasten_herziening_eur": row["lasten_herziening_eur"] and 0}
    told = of(made.write(tmp_path / "x.duckdb"))["ramingen"].told
    assert told.nl.endswith("noemen meer documenten de lasten. Geen ervan verschoof.")
    assert told.en.endswith("more documents give the expenditure. None of them moved.")


def test_the_same_figures_come_in_the_same_order_however_they_are_stored(tmp_path):
    found = []
    for way in ("asc", "desc"):
        file = example().write(tmp_path / f"{way}.duckdb")
        with duckdb.connect(str(file)) as con:
            for table in ("herzieningen", "begroting_rekening"):
                con.execute(
                    f"create or replace table main.{table} as select t.* replace (t.gemeente_id || n as gemeente_id)"
                    f" from main.{table} as t, range(2000) as gemeenten(n) order by n {way}"
                )
        with queries.connect(str(file)) as con:
            found.append(picture_rows(con))
    assert found[0] == found[1] and len(found[0]["geraamd"]) == 6000


def test_there_are_five_pictures_and_each_says_in_words_what_there_is_to_see(file):
    found = of(file)

    assert set(found) == DRAWN
    assert found["begroting-rekening"].told.nl == (
        "Lasten 2017: bij 1 van de 2 programma's ligt de rekening boven de begroting, bij 1 eronder. "
        "Het verschil is het grootst bij 9 Zorg: €\u00a03.250.000."
    )
    assert "9 Zorg, 2017: from €\u00a088,000,000 to €\u00a093,250,000" in found["ramingen"].told.en
    assert "en 1 zijn aan het eind leeg" in found["reserves"].told.nl
    assert found["indicatoren"].told.en.startswith(
        "Of 3 indicators there are a value and a target: 1 reach it, 1 do not"
    )
    assert found["bewezen"].told.nl.startswith("Van 144 getallen in 4 tabellen")


def test_what_is_drawn_is_what_the_table_says(file):
    found = of(file)
    budget = found["begroting-rekening"].chart
    assert [
        (label, *values) for label, *values in zip(budget.labels, *(s[2] for s in budget.series), strict=True)
    ] == [
        ("9 Zorg", 90_000_000, 93_250_000),
        ("1 Bestuur", 12_000_000, 11_500_000),
    ]
    (line,) = found["ramingen"].chart.series
    assert line[2] == (88_000_000, 90_000_000, 93_250_000)
    (reserve,) = found["reserves"].chart.series
    assert reserve[2] == (4_000_000, 0)  # of two states of one year the later one


def test_an_indicator_shows_which_way_is_better_and_whether_it_is_there(file):
    picture = of(file)["indicatoren"]
    of_label = {
        label: name.nl
        for name, _, values in picture.chart.series
        for label, value in zip(picture.chart.labels, values, strict=True)
        if value is not None
    }

    assert of_label == {
        "▼ Dagen opvang": "streefwaarde niet bereikt",  # more than the target, and lower is better
        "▲ Percentage vrijwilligers": "streefwaarde bereikt",
        "Aantal regels": "niet gezegd welke kant beter is",
    }
    assert 100 in picture.chart.at


def test_an_axis_is_in_the_unit_of_the_text_and_the_table_with_round_steps_around_every_amount(file):
    for name in ("begroting-rekening", "ramingen", "reserves"):
        chart = of(file)[name].chart
        values = [value for _, _, series in chart.series for value in series if value is not None]
        assert "euro" in chart.axis.nl and "illion" not in chart.axis.en and "duizend" not in chart.axis.nl
        assert chart.at[0] <= min(values) and chart.at[-1] >= max(values)
        assert 2 <= len(chart.at) <= 8 and len({b - a for a, b in pairwise(chart.at)}) == 1


@pytest.mark.parametrize(
    "amounts",
    [
        (0, 0),
        (0, Decimal("0.40")),
        (Decimal("-7.50"), Decimal("3.25")),
        (-98_725_001, -1),
        (0, 1_000),
        (5, 4_300_000_001),
    ],
)
def test_ticks_are_whole_round_and_around_every_amount(amounts):
    ticks = _ticks([Decimal(amount) for amount in amounts])
    assert ticks[0] <= min(amounts) and ticks[-1] >= max(amounts)
    assert 2 <= len(ticks) <= 8 and all(isinstance(tick, int) for tick in ticks)
    assert {str(b - a).rstrip("0") for a, b in pairwise(ticks)} <= {"1", "2", "5"}


@pytest.mark.parametrize(
    ("groepen", "title", "bars"),
    [
        (("WMO", "Jeugd"), "Begroting en rekening per groep", {"WMO", "Jeugd"}),
        ((None, None), "Begroting en rekening per post", {"Begeleiding", "Pgb"}),
    ],
)
def test_a_table_without_programmas_is_drawn_by_what_it_does_tell_apart(tmp_path, groepen, title, bars):
    made = example()
    row = made.rows["main.begroting_rekening"][0]
    made.rows["main.begroting_rekening"].clear()
    for groep, post in zip(groepen, ("Begeleiding", "Pgb"), strict=True):
        made.add(
            "main.begroting_rekening",
            **row | {"programma": "onbekend", "programma_naam": "Onbekend", "groep": groep, "post": post},
        )
    picture = of(made.write(tmp_path / "theme.duckdb"))["begroting-rekening"]
    assert picture.title.nl == title
    assert set(picture.chart.labels) == {label for _, label, *_ in picture.rows} == bars


def test_more_than_fits_is_said_and_stands_in_the_table(tmp_path):
    made = example()
    row = made.rows["main.begroting_rekening"][0]
    for number in range(300):
        made.add("main.begroting_rekening", **row | {"programma": f"{100 + number}"})
    file = made.write(tmp_path / "many.duckdb")
    picture = of(file)["begroting-rekening"]

    assert len(picture.rows) == 302 and len(picture.chart.labels) == BARS
    assert f"Getekend: {BARS} van de 302 programma's; de tabel heeft ze alle." in picture.told.nl
    report = write_report(file, tmp_path / "reports", "000001")
    with (report / "lijsten/beelden-begroting-rekening.csv").open(encoding="utf-8-sig") as lines:
        assert len(list(csv.reader(lines, delimiter=";"))) == 303
    assert (report / PAGE).stat().st_size < MEGABYTE


def test_the_page_carries_what_draws_and_the_data_of_every_gemeente_once(report):
    text = (report / PAGE).read_text(encoding="utf-8")

    assert text.count("Made by `make plot`") == 1
    assert [one["id"] for one in carried(text)] == ["GM0546"]
    assert {p["name"] for one in carried(text) for p in one["pictures"]} == DRAWN


def carried(text):
    """The data that a page of pictures carries."""
    packed = re.search(r'id="getekend">([^<]*)<', text)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


@pytest.fixture
def look(blank_page, report):
    """Opens the page of pictures; what went wrong on it is kept on it."""

    def at(folder=report, locale="nl-NL", place=""):
        page = blank_page(1440, locale=locale)
        page.goto(f"{folder.as_uri()}/{PAGE}{place}")
        page.wait_for_selector("#beelden h1")
        return page

    return at


def texts(page, name):
    return page.locator(f"[data-beeld={name}] svg text").all_text_contents()


def test_each_picture_is_drawn_with_its_words_its_labels_and_its_legend(look, file):
    page = look()
    for name, picture in of(file).items():
        said = texts(page, name)
        assert {name.nl for name, _, _ in picture.chart.series} | set(picture.chart.labels) <= set(said)
        assert picture.title.nl in said and picture.chart.axis.nl in said
        section = page.locator(f"[data-beeld={name}]")
        assert picture.told.nl in section.inner_text()
        assert len(section.locator("svg").get_attribute("aria-label")) > 20
        assert section.locator("tbody tr").count() == len(picture.rows)
    assert "100.000.000" in texts(page, "begroting-rekening")
    assert page.trouble == []


def test_what_is_drawn_is_as_long_as_it_is_large(look, file):
    page = look()
    bars = page.locator("[data-beeld=begroting-rekening] svg rect:has(title)").all()
    widths = [float(bar.get_attribute("width")) for bar in bars]
    values = [v for _, _, values in of(file)["begroting-rekening"].chart.series for v in values]
    assert sorted(widths) == pytest.approx(
        [w * max(widths) / float(max(values)) for w in map(float, sorted(values))], rel=0.01
    )


def test_the_english_picture_is_the_dutch_one_in_other_words_and_what_is_printed_stays(look):
    page = look(locale="en-US")
    english = texts(page, "begroting-rekening")
    assert {
        "budget",
        "accounts",
        "expenditure in euros",
        "Budget and accounts per programme",
        "9 Zorg",
    } <= set(english)
    assert "begroting" not in english and "100,000,000" in english
    page.click(".talen button[lang=nl]")
    page.wait_for_selector("text=lasten in euro")
    assert {"begroting", "rekening", "9 Zorg", "100.000.000"} <= set(texts(page, "begroting-rekening"))


def test_each_picture_is_had_as_a_file_of_its_own_with_its_table(look):
    page = look()
    section = page.locator("[data-beeld=ramingen]")
    with page.expect_download() as taken:
        section.get_by_text("Download als SVG").click()
    svg = Path(taken.value.path()).read_bytes()
    assert taken.value.suggested_filename == "GM0546-ramingen.svg"
    root = etree.fromstring(svg)
    assert "9 Zorg, 2017" in {"".join(node.itertext()) for node in root.iter("{*}text")}
    assert b"var(" not in svg and b"<script" not in svg
    with page.expect_download() as taken:
        section.get_by_text("Download de tabel als CSV").click()
    lines = list(
        csv.reader(Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    )
    assert lines[0] == ["jaar", "programma", "document", "stand", "lasten_eur", "verschil_eur"]
    assert [line[4] for line in lines[1:]] == ["88000000,00", "90000000,00", "93250000,00"]


def test_whatever_a_label_holds_is_drawn_as_it_stands_and_no_table_calculates_it(look, tmp_path):
    labels = ("</script><script>window.ran=1</script>", "a\x07b\u202ec", "=1+1", "lang zonder eind" * 60)
    made = example()
    row = made.rows["main.begroting_rekening"][0]
    for label in labels:
        made.add("main.begroting_rekening", **row | {"programma": "onbekend", "programma_naam": label})
    made.rows["landing.documents"][0]["gemeente"] = labels[0]
    page = look(write_report(made.write(tmp_path / "x.duckdb"), tmp_path / "r", "000001"))
    said = texts(page, "begroting-rekening")
    assert labels[0] in said and r"a\x07b\u202ec" in said
    assert any(text.startswith("lang zonder eind") and text.endswith("…") for text in said)
    with page.expect_download() as taken:
        page.locator("[data-beeld=begroting-rekening]").get_by_text("CSV").click()
    assert ";'=1+1;" in Path(taken.value.path()).read_text(encoding="utf-8-sig")
    assert page.evaluate("window.ran") is None and page.trouble == []


def test_where_there_is_nothing_to_draw_the_page_says_why(look, tmp_path):
    made = example()
    for name in ("begroting_rekening", "herzieningen", "reserves", "indicatoren"):
        made.rows[f"main.{name}"].clear()
    page = look(write_report(made.write(tmp_path / "none.duckdb"), tmp_path / "reports", "000001"))

    assert page.locator("svg").count() == 1  # what is proved
    for said in (
        "Er is geen jaar waarvan begroting en rekening naast elkaar staan.",
        "Geen bedrag voor één jaar en programma staat in meer dan één document.",
        "Er zijn geen reserves gelezen.",
        "Van geen indicator staan een waarde en een streefwaarde.",
    ):
        assert said in page.inner_text("#beelden")


def test_a_link_leads_to_a_gemeente_and_one_to_a_gemeente_that_is_gone_says_so(look, tmp_path):
    made = example()
    made.add(
        "marts.dim_document",
        **made.rows["marts.dim_document"][0]
        | {"document_id": "zwolle", "gemeente_id": "GM0193", "gemeente": "Zwolle"},
    )
    folder = write_report(made.write(tmp_path / "two.duckdb"), tmp_path / "reports", "000001")
    page = look(folder, place="#gGM0193")
    assert page.inner_text("#beelden h1") == "Zwolle"
    page.select_option("#kies-beeld", "Leiden")
    assert page.inner_text("#beelden h1") == "Leiden" and "#gGM0546" in page.url
    assert not page.locator("#weg").is_visible()
    assert look(folder, place="#gGM9999").locator("#weg").is_visible()
