"""The pictures of a gemeente: what they show, in words, in a table and drawn; that what is drawn is what is there."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import etree
from reports.example import example

from dagster_project.reports import queries
from dagster_project.reports.drawing import LANGUAGES, drawn
from dagster_project.reports.pictures import BARS, _ticks, pictures
from dagster_project.reports.write import write_report

MEGABYTE = 1_000_000
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
        (page,) = pictures(con)
    return {picture.name: picture for picture in page.pictures}


def texts(svg):
    return ["".join(node.itertext()) for node in etree.fromstring(svg.encode()).iter("{*}text")]


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
    for picture in found.values():
        said = texts(drawn(picture)["nl"])
        assert {name.nl for name, _, _ in picture.chart.series} | set(picture.chart.labels) <= set(said)


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


def test_a_chart_is_the_same_file_every_time_and_runs_nothing(file):
    for picture in of(file).values():
        assert drawn(picture) == drawn(picture)
        for svg in drawn(picture).values():
            assert (
                "<script" not in svg
                and "http:" not in svg.replace("http://www.w3.org/", "")
                and "https:" not in svg
            )
            assert "prefers-color-scheme:dark" in svg


def test_the_english_chart_is_the_dutch_one_in_other_words_and_what_is_printed_stays(file):
    picture = of(file)["begroting-rekening"]
    named = replace(
        picture, chart=replace(picture.chart, labels=("rekening", "1 Bestuur"))
    )  # a programma may be called so
    dutch, english = (texts(drawn(named)[language]) for language in LANGUAGES)

    assert {"begroting", "lasten in euro", "Begroting en rekening per programma"} <= set(dutch)
    assert {"budget", "expenditure in euros", "Budget and accounts per programme"} <= set(english)
    assert "begroting" not in english and "rekening" in english
    small = replace(picture.chart, at=(0, 12345), series=picture.chart.series)
    assert "12.345" in texts(drawn(replace(picture, chart=small))["nl"])
    assert "12,345" in texts(drawn(replace(picture, chart=small))["en"])


def test_an_axis_is_in_the_unit_of_the_text_and_the_table_with_round_steps_around_every_amount(file):
    for name in ("begroting-rekening", "ramingen", "reserves"):
        chart = of(file)[name].chart
        values = [value for _, _, series in chart.series for value in series if value is not None]
        assert "euro" in chart.axis.nl and "illion" not in chart.axis.en and "duizend" not in chart.axis.nl
        assert chart.at[0] <= min(values) and chart.at[-1] >= max(values)
        assert 2 <= len(chart.at) <= 8 and len({b - a for a, b in pairwise(chart.at)}) == 1
    assert "100.000.000" in texts(drawn(of(file)["begroting-rekening"])["nl"])


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


def test_whatever_a_label_holds_is_drawn_as_it_stands(file):
    picture = of(file)["begroting-rekening"]
    labels = ("</text><script>window.ran=1</script>", "a\x07b\u202ec", "lang zonder eind" * 60)
    hostile = replace(
        picture.chart,
        labels=labels,
        series=tuple((name, colour, (*values, Decimal(1))) for name, colour, values in picture.chart.series),
    )
    said = texts(drawn(replace(picture, chart=hostile))["nl"])

    assert labels[0] in said
    assert r"a\x07b\u202ec" in said
    assert any(text.startswith("lang zonder eind") and text.endswith("…") for text in said)


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
    page = report / "beelden/GM0546.html"
    assert "en nog" in page.read_text(encoding="utf-8")
    with (report / "beelden/GM0546/begroting-rekening.csv").open(encoding="utf-8-sig") as lines:
        assert len(list(csv.reader(lines, delimiter=";"))) == 303
    assert page.stat().st_size < 2 * MEGABYTE


def test_where_there_is_nothing_to_draw_the_page_says_why(tmp_path):
    made = example()
    for name in ("begroting_rekening", "herzieningen", "reserves", "indicatoren"):
        made.rows[f"main.{name}"].clear()
    file = made.write(tmp_path / "none.duckdb")
    text = (write_report(file, tmp_path / "reports", "000001") / "beelden/GM0546.html").read_text(
        encoding="utf-8"
    )

    assert len(re.findall("<img ", text)) == len(LANGUAGES)  # what is proved
    for said in (
        "Er is geen jaar waarvan begroting en rekening naast elkaar staan.",
        "Geen bedrag voor één jaar en programma staat in meer dan één document.",
        "Er zijn geen reserves gelezen.",
        "Van geen indicator staan een waarde en een streefwaarde.",
    ):
        assert said in text


def test_each_picture_has_its_table_its_text_and_its_downloads(report):
    text = (report / "beelden/GM0546.html").read_text(encoding="utf-8")

    for name in DRAWN:
        for file in (f"{name}.nl.svg", f"{name}.en.svg", f"{name}.csv"):
            assert f'href="../beelden/GM0546/{file}"' in text
            assert (report / "beelden/GM0546" / file).stat().st_size > 100
    assert len(re.findall(r'<img [^>]*alt="[^"]{20,}"', text)) == len(DRAWN) * len(LANGUAGES)
    assert text.count("<caption") == len(DRAWN)


def test_pictures_of_a_gemeente_in_which_nothing_changed_are_linked(file, report):
    again = write_report(file, report.parent, "000002")

    for path in ("beelden/GM0546.html", "beelden/GM0546/bewezen.nl.svg", "beelden/GM0546/bewezen.csv"):
        assert (again / path).stat().st_ino == (report / path).stat().st_ino
