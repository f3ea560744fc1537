"""PDFs: columns from rulings or from how figures line up, tables over pages, running headers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reading import grids, reasons, texts
from rendering.renderers import STYLE

from dagster_project.reading import formats
from dagster_project.reading.model import Grid, Passage, Prose


def of_page(body: str, style: str = "") -> bytes:
    try:
        import weasyprint

        page = f"<style>{STYLE} table {{ width: auto }} td + td {{ text-align: right }} {style}</style>{body}"
        return weasyprint.HTML(string=page).write_pdf()
    except OSError as error:
        pytest.skip(f"no printer for pages here: {error}")


def empty():
    """A PDF without pages and a font with the letters of Dutch."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    font = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
    if font is None:
        pytest.skip("no font with the letters of Dutch on this machine")
    pdf.add_font("sans", fname=font)
    return pdf


def width(text: str, size: float = 9) -> float:
    pdf = empty()
    pdf.set_font("sans", size=size)
    return pdf.get_string_width(text)


def drawn(draw, **options) -> bytes:
    """A PDF drawn by hand: ``draw(text, x, y, align)`` puts words in points from the top left."""
    pdf = empty()
    for words in draw:
        pdf.add_page()
        pdf.set_font("sans", size=options.get("size", 9))
        for text, x, y, align in words:
            pdf.text(x - pdf.get_string_width(text) * {"L": 0, "C": 0.5, "R": 1}[align], y, text)
    return bytes(pdf.output())


def row(y: float, label: str, *values: str, x: float = 50, first: float = 300, step: float = 60):
    words = [(label, x, y, "L")] if label else []
    return words + [(value, first + step * n, y, "R") for n, value in enumerate(values) if value]


def table(top: float, *rows, pitch: float = 14):
    return [word for n, (label, *values) in enumerate(rows) for word in row(top + n * pitch, label, *values)]


HEADER = ("Reserve", "2023", "2024", "2025")


def test_columns_come_from_the_right_edges_of_figures_also_where_rows_have_gaps():
    page = table(
        100,
        HEADER,
        ("Algemene reserve", "1.234", "5", "12.345"),
        ("Egalisatie", "", "77", ""),
        ("Totaal", "1.234", "82", "12.345"),
    )
    assert texts(grids(drawn([page]), "a.pdf")[0]) == [
        list(HEADER),
        ["Algemene reserve", "1.234", "5", "12.345"],
        ["Egalisatie", "", "77", ""],
        ["Totaal", "1.234", "82", "12.345"],
    ]


def test_prose_around_a_table_stays_prose_and_keeps_its_place():
    page = [
        (
            "In 2024 stijgen de lasten met 1.234 ten opzichte van 2023, een toename van 5 procent.",
            50,
            60,
            "L",
        ),
        *table(100, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6")),
        ("De stijging van 12 komt door de index en is in 2025 weer verdwenen.", 50, 170, "L"),
    ]
    found = formats.read(drawn([page]), "a.pdf").fragments
    assert [type(fragment) for fragment in found] == [Prose, Grid, Prose]


def test_a_label_that_was_wrapped_is_one_label():
    page = [
        *table(100, HEADER, ("Algemene reserve", "1", "2", "3"), ("Egalisatie", "4", "5", "6"), pitch=20),
        ("Reserve dekking kapitaallasten", 50, 160, "L"),
        *row(166, "", "7", "8", "9"),
        ("gemeentewerf", 50, 171, "L"),
        *row(191, "Totaal", "12", "15", "18"),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[3] == [
        "Reserve dekking kapitaallasten gemeentewerf",
        "7",
        "8",
        "9",
    ]


def test_a_group_name_between_rows_is_a_row_without_figures():
    page = table(
        100,
        HEADER,
        ("Algemeen", "", "", ""),
        ("sub-totaal", "1", "2", "3"),
        ("Bestemming", "", "", ""),
        ("b", "4", "5", "6"),
    )
    assert [cells[0] for cells in texts(grids(drawn([page]), "a.pdf")[0])] == [
        "Reserve",
        "Algemeen",
        "sub-totaal",
        "Bestemming",
        "b",
    ]


def test_a_header_may_stand_as_far_above_a_group_as_rows_stand_apart():
    rows = [("Bestuur", "", "", ""), ("a", "1", "2", "3"), ("b", "4", "5", "6"), ("c", "7", "8", "9")]
    found = grids(drawn([table(100, HEADER, *rows, pitch=30)]), "a.pdf")
    assert [cells[0] for cells in texts(found[0])] == ["Reserve", "Bestuur", "a", "b", "c"]


def test_the_first_group_of_a_table_without_header_is_told_from_its_title_by_the_other_groups():
    page = [
        ("Verloop van de reserves", 44, 86, "L"),
        *table(
            100,
            ("Bouwleges", "", ""),
            ("Stand 1 januari", "11", "12"),
            ("Stand 31 december", "21", "22"),
            ("Parkeren", "", ""),
            ("Stand 1 januari", "31", "32"),
            ("Stand 31 december", "41", "42"),
        ),
    ]
    found = formats.read(drawn([page]), "a.pdf").fragments
    assert [fragment.text for fragment in found if isinstance(fragment, Prose)] == ["Verloop van de reserves"]
    assert texts(found[-1])[0] == ["Bouwleges", "", ""]


def test_figures_a_space_apart_fall_in_their_own_columns():
    page = [
        *table(100, ("", "2023", "2024"), pitch=14),
        *row(114, "a", "1.111", "2.222", first=300, step=29),
        *row(128, "b", "3.333", "4.444", first=300, step=29),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[-1] == ["b", "3.333", "4.444"]


def test_a_space_between_thousands_stays_within_its_figure():
    page = table(100, HEADER, ("a", "1 234", "2 345", "3 456"), ("b", "12 345", "5", "6"))
    assert texts(grids(drawn([page]), "a.pdf")[0])[2] == ["b", "12 345", "5", "6"]


def test_a_merged_header_stands_over_the_columns_that_it_is_centred_on():
    page = [
        ("Begroting", 330 - 21, 86, "L"),
        *table(100, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6")),
    ]
    grid = grids(drawn([page]), "a.pdf")[0]
    assert [(piece.text, piece.colspan) for piece in grid.rows[0] if piece and piece.text] == [
        ("Begroting", 3)
    ]


def spans(grid: Grid) -> list[list[tuple[str, int]]]:
    """The texts of the rows of a header with the number of columns that each stands over."""
    return [[(piece.text, piece.colspan) for piece in row if piece and piece.text] for row in grid.rows[:2]]


CENTRED = "th { text-align: center; padding: 2pt 4pt } td { padding: 2pt 4pt } td + td { width: 48pt }"
THREE_YEARS = "".join(f"<tr><td>Rij {n}<td>{n}1.234<td>{n}55<td>-{n}3<td>{n}.001" for n in "123")


def test_a_merged_header_stands_over_its_columns_beside_one_that_stands_over_its_own_alone():
    head = "<tr><th>Naam<th>Begroting<br>2025<th colspan=3>Meerjaren-<br>raming<tr><th><th><th>2026<th>2027<th>2028"
    found = grids(of_page(f"<table>{head}{THREE_YEARS}</table>", CENTRED), "a.pdf")
    assert spans(found[0])[0] == [("Meerjaren-\nraming", 3)]


def test_a_merged_header_as_wide_as_the_one_in_its_middle_is_centred_where_wrapped_headers_are():
    head = (
        "<tr><th>Complex<th>Boekwaarde<th colspan=3>Mutaties 24"
        "<tr><th><th>1-1-2024<th>Contante<br>kosten<th>Opbrengsten<th>Winst"
    )
    found = grids(of_page(f"<table>{head}{THREE_YEARS}</table>", CENTRED), "a.pdf")
    assert ("Mutaties 24", 3) in spans(found[0])[0]


@pytest.mark.parametrize("at", ["top", "middle", "bottom"])
def test_a_header_in_the_middle_of_two_columns_stands_over_both_whatever_these_say(at):
    head = (
        "<tr><th rowspan=2>Project<th rowspan=2>Krediet<th colspan=2>Uitgaven<th rowspan=2>Restant krediet"
        "<tr><th>tot en met 2023<th>2024"
    )
    style = f"table {{ width: 100% }} {CENTRED} th {{ vertical-align: {at} }}"
    found = grids(of_page(f"<table>{head}{THREE_YEARS}</table>", style), "a.pdf")
    assert spans(found[0])[0] == [("Uitgaven", 2)]


def test_a_header_in_the_middle_of_four_columns_of_one_width_stands_over_all_of_them():
    years = "".join(f"<th>{year}" for year in range(2025, 2029))
    head = f"<tr><th rowspan=2>Onderdeel<th rowspan=2>Nu<th colspan=4>Meicirculaire<th colspan=4>Begroting<tr>{years}{years}"
    rows = "".join(f"<tr><td>Rij {n}<td>12" + f"<td>{n}.234" * 8 for n in "123")
    style = f"table {{ width: 100% }} {CENTRED} th {{ vertical-align: top }}"
    found = grids(of_page(f"<table>{head}{rows}</table>", style), "a.pdf")
    assert spans(found[0])[0] == [("Meicirculaire", 4), ("Begroting", 4)]


def test_a_header_in_the_middle_that_begins_by_chance_where_one_below_it_does_stands_in_the_middle():
    name, years = "Investeringsjaar", ("2026", "2027", "2028", "2029")
    step = width(name) - width(years[0])  # of the columns: so it begins where 2027 does
    page = [
        (name, 300 + 1.5 * step, 86, "C"),
        *[(year, 300 + step * n, 100, "C") for n, year in enumerate(years)],
        *row(114, "School", "1.180", "240", "620", "890", first=320, step=step),
        *row(128, "Brug", "1.415", "160", "325", "465", first=320, step=step),
    ]
    assert spans(grids(drawn([page]), "a.pdf")[0])[0] == [(name, 4)]


def test_a_last_row_of_words_above_the_header_of_the_next_table_stays_in_its_own():
    rows = (("Totaal baten", "98.210", "96.880"), ("Totaal lasten", "99.480", "97.130"))
    page = table(
        100,
        ("Voor amendementen", "Begroting 2025", "Raming 2026"),
        *rows,
        ("In evenwicht", "nee", "ja"),
        ("Na amendementen", "Begroting 2025", "Raming 2026"),
        *rows,
    )
    found = grids(drawn([[(t, x + 40 * (x > 350), y, a) for t, x, y, a in page]]), "a.pdf")
    assert [texts(g)[0][0] for g in found] == ["Voor amendementen", "Na amendementen"]
    assert texts(found[0])[-1] == ["In evenwicht", "nee", "ja"]


def test_a_year_alone_below_a_header_is_no_row():
    head = (
        "<tr><th rowspan=2>Partij<th colspan=2>Eigen vermogen<th rowspan=2>Resultaat<br>2024"
        "<tr><th>1-1-2024<th>31-12-2024"
    )
    rows = "".join(f"<tr><td>Partij {n}<td>{n}.410<td>{n}.243<td>-1{n}5" for n in "345")
    found = grids(
        of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT + " td + td { text-align: left }"), "a.pdf"
    )
    assert [r[0] for r in texts(found[0])] == ["", "Partij", "Partij 3", "Partij 4", "Partij 5"]


def test_amounts_far_behind_their_euro_stand_under_the_header_over_both():
    page = [
        *[(text, 244 + 120 * n, 86, "L") for n, text in enumerate(("Lasten", "Baten"))],
        *[(text, 244 + 120 * n, 97, "L") for n, text in enumerate(("2018", "2018"))],
        *[
            w
            for k, row in enumerate(
                (("Wonen", "12,4", "6,2"), ("Jeugd", "41,2", "3,1"), ("Werk", "88,4", "70,1"))
            )
            for w in [
                (row[0], 50, 112 + 14 * k, "L"),
                *(
                    x
                    for n, v in enumerate(row[1:])
                    for x in (("€", 244 + 120 * n, 112 + 14 * k, "L"), (v, 282 + 120 * n, 112 + 14 * k, "L"))
                ),
            ]
        ],
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[:2] == [
        ["", "Lasten 2018", "Baten 2018"],
        ["Wonen", "€ 12,4", "€ 6,2"],
    ]


def test_words_broken_over_the_lines_of_repeated_headers_are_one_cell_each():
    head = "<tr><th rowspan=2>Project" + "".join(f"<th colspan=2>Begroting {year}" for year in (2024, 2025))
    head += "<tr>" + "<th>totaal<th>waarvan<br>incidenteel" * 2
    style = f"{CENTRED} th {{ vertical-align: bottom }}"
    found = grids(of_page(f"<table>{head}{THREE_YEARS}</table>", style), "a.pdf")
    assert texts(found[0])[1] == ["Project", *["totaal", "waarvan incidenteel"] * 2]


def test_numbers_that_begin_the_words_of_headers_number_no_columns():
    head = "<tr><th>Taakveld<th>1<br>Bestuur<th>2<br>Sociaal<th>3<br>Fysiek<th>Totaal"
    found = grids(of_page(f"<table>{head}{THREE_YEARS}</table>", CENTRED), "a.pdf")
    assert texts(found[0])[0] == ["Taakveld", "1 Bestuur", "2 Sociaal", "3 Fysiek", "Totaal"]


AT_THE_LEFT = "table { width: 100% } th { text-align: left; vertical-align: top; padding: 2pt 5pt } td { padding: 2pt 5pt }"


def test_headers_set_at_the_left_stand_over_all_columns_up_to_the_next_that_begins_as_high():
    head = (
        "<tr><th rowspan=2>Complex<th>Boekwaarde<th colspan=3>Mutaties<th colspan=2>Resultaat<th rowspan=2>Einddatum"
        "<tr><th>1-1-2024<th>Kosten<th>Opbrengsten<th>Winst<th>Nominaal<th>Contante waarde"
    )
    rows = "".join(
        f"<tr><td>Plan {n}<td>{n}.420<td>{n}93<td>1.02{n}<td>195<td>-{n}1<td>{n}<td>202{n}" for n in "345"
    )
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT), "a.pdf")
    assert spans(found[0])[0] == [("Boekwaarde", 1), ("Mutaties", 3), ("Resultaat", 2)]


def test_the_last_header_set_at_the_left_stands_over_as_many_columns_of_the_same_names_as_the_one_before_it():
    head = (
        "<tr><th rowspan=2>Product<th colspan=2>Begroting 2024<th colspan=2>Rekening 2024"
        "<tr><th>Aantal<th>Prijs<th>Aantal<th>Prijs"
    )
    rows = "".join(f"<tr><td>Product {n}<td>{n}.420<td>{n}9<td>1.02{n}<td>{n}1" for n in "345")
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT), "a.pdf")
    assert spans(found[0])[0] == [("Begroting 2024", 2), ("Rekening 2024", 2)]


def test_the_last_header_set_at_the_left_of_three_layers_goes_over_all_years_below_it():
    years = "".join(f"<th colspan=2>{year}" for year in ("2024", "2025", "2026"))
    head = (
        f"<tr><th rowspan=3>Naam<th colspan=2>Realisatie<th colspan=4>Begroting<tr>{years}<tr>"
        + "<th>L<th>B" * 3
    )
    rows = "".join(f"<tr><td>Plan {n}<td>{n}.420<td>{n}93<td>1.02{n}<td>195<td>-{n}1<td>{n}" for n in "345")
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT), "a.pdf")
    assert spans(found[0])[0] == [("Realisatie", 2), ("Begroting", 4)]


def test_a_header_set_at_the_left_goes_over_the_marks_between_its_years():
    head = "<tr><th rowspan=2>Naam<th rowspan=2>Rekening<th><th colspan=4>Meerjarenraming<tr><th><th>2026<th><th>2027<th>"
    rows = "".join(f"<tr><td>Plan {n}<td>{n}.420<td>V<td>{n}93<td>N<td>1.02{n}<td>V" for n in "345")
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT), "a.pdf")
    assert [(text, at) for text, at in spans(found[0])[0] if text == "Meerjarenraming"] == [
        ("Meerjarenraming", 3)
    ]


def test_lines_of_a_header_as_far_apart_as_the_rows_are_two_cells():
    head = (
        "<tr><th rowspan=2>Project<th rowspan=2>Krediet<th colspan=2>Uitgaven totaal<th rowspan=2>Restant"
        "<tr><th>t/m 2023<th>2024"
    )
    rows = "".join(f"<tr><td>School {n}<td>{n}.850<td>1.{n}54<td>96{n}<td>2.83{n}" for n in "345")
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT), "a.pdf")
    assert spans(found[0])[0] == [("Uitgaven totaal", 2)]


def test_a_column_whose_marks_stand_left_and_whose_amounts_stand_right_is_one():
    page = [
        *row(100, "", "", "Lasten", "", "Saldo"),
        *row(114, "Gemeentefonds", "", "40.206", "", "1.105"),
        *row(128, "Onvoorzien", "", "52", "", "2.052"),
        *row(142, "Dividend", "-", "", "-", ""),
        *row(156, "Totaal", "", "40.258", "", "3.157"),
    ]
    found = grids(drawn([page]), "a.pdf")
    assert texts(found[0])[3] == ["Dividend", "-", "-"]


def test_two_columns_of_which_each_row_fills_one_stay_two_where_each_has_a_header():
    rows = [("Wmo", "120"), ("Sport", "64"), ("Jeugd", "", "85"), ("Leges", "", "12")]
    page = table(100, ("", "Meevaller", "Tegenvaller"), *rows)
    assert texts(grids(drawn([page]), "a.pdf")[0])[2:4] == [["Sport", "64", ""], ["Jeugd", "", "85"]]


def test_a_header_that_numbers_the_columns_is_no_row():
    page = [
        *row(100, "", "Begroting", "Wijziging", "Samen", first=280),
        *row(114, "", "(1)", "(2)", "(3)=(1)+(2)", first=270),
        *row(128, "Lasten", "7.412", "188", "7.600"),
        *row(142, "Baten", "1.105", "-22", "1.083"),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[-2:] == [
        ["Lasten", "7.412", "188", "7.600"],
        ["Baten", "1.105", "-22", "1.083"],
    ]


def test_a_year_with_a_footnote_mark_is_a_header_among_years():
    page = [
        *[(year, 270 + 60 * n, 100, "L") for n, year in enumerate(("2019*", "2020", "2021"))],
        *table(114, ("Digitale agenda", "20", "-", "-"), ("Vastgoed", "-", "30", "50")),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0]) == [
        ["", "2019*", "2020", "2021"],
        ["Digitale agenda", "20", "-", "-"],
        ["Vastgoed", "-", "30", "50"],
    ]


def test_a_period_in_a_label_is_no_negative_figure():
    page = table(
        100,
        ("Kadernota 2022 - 2025", "2022", "2023"),
        ("Boekwerk", "1.575", "829"),
        ("Wijziging", "2.637", "735"),
    )
    assert texts(grids(drawn([page]), "a.pdf")[0])[0] == ["Kadernota 2022 - 2025", "2022", "2023"]


def test_a_group_whose_rows_begin_small_stays_a_row_where_rows_stand_wide_apart():
    rows = "".join(
        f"<tr><td>{group}<td><td><tr><td>jaarrekening<td>{n}7.000<td>9.500<tr><td>begroting<td>{n}5.695<td>7.075"
        for n, group in enumerate(("Algemene reserve", "Bestemmingsreserves met een functie", "Overige"), 3)
    )
    head = "<tr><th>Reserve<th>Stand 1-1<th>Stand 31-12"
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_LEFT), "a.pdf")
    assert [r[0] for r in texts(found[0])[1:4]] == ["Algemene reserve", "jaarrekening", "begroting"]


def test_the_sign_of_the_euro_at_the_left_of_its_amounts_makes_their_column_no_wider():
    page = [
        *table(100, ("", "2024", "2025"), ("Accres", "412", "655"), ("Inwoners", "36.114", "36.390")),
        ("aantal", 200, 128, "L"),
        ("aantal", 200, 142, "L"),
        *row(142, "Woonruimten", "15.870", "16.012"),
        *row(156, "Uitkering per inwoner", "1.814", "1.856"),
        ("€", 200, 156, "L"),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[-1] == ["Uitkering per inwoner", "€", "1.814", "1.856"]


AT_THE_RIGHT = "td, th { text-align: right; padding: 2pt 5pt } td:first-child { text-align: left }"


def test_headers_set_at_the_right_stand_over_all_columns_back_to_the_one_before():
    head = (
        "<tr><th rowspan=2>Complex<th>Boekwaarde<th colspan=3>Mutaties<th colspan=2>Resultaat"
        "<tr><th>31-12-2023<th>Kosten<th>Opbrengsten<th>Winst<th>Nominaal<th>Contante waarde"
    )
    rows = "".join(f"<tr><td>Plan {n}<td>{n}.420<td>{n}93<td>1.02{n}<td>195<td>-{n}1<td>{n}" for n in "345")
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_RIGHT), "a.pdf")
    assert spans(found[0])[0] == [("Boekwaarde", 1), ("Mutaties", 3), ("Resultaat", 2)]


def test_a_cell_that_is_merged_over_rows_of_the_header_bounds_the_one_beside_it_wherever_its_words_stand():
    head = (
        "<tr><th rowspan=3>Naam<th rowspan=2 colspan=2>Primitieve<br>begroting<th colspan=4>Bijstellingen"
        "<tr><th colspan=2>eerste<br>rapportage<th colspan=2>tweede<br>rapportage"
        "<tr><th>Lasten<th>Baten<th>Lasten<th>Baten<th>Lasten<th>Baten"
    )
    rows = "".join(f"<tr><td>Plan {n}<td>{n}.420<td>{n}93<td>1.02{n}<td>195<td>-{n}1<td>{n}" for n in "345")
    found = grids(of_page(f"<table>{head}{rows}</table>", AT_THE_RIGHT), "a.pdf")
    assert spans(found[0])[0] == [("Bijstellingen", 4)]


@pytest.mark.parametrize("name", ["Reserves en voorzieningen", "Bedragen (x € 1.000)"])
def test_the_header_of_the_labels_that_was_wrapped_makes_no_row(name):
    style = "td:first-child, th:first-child { text-align: left; width: 60pt; max-width: 60pt } td, th { padding: 2pt 5pt }"
    rows = "".join(f"<tr><td>Rij {n}<td>{n}.420<td>{n}93" for n in "345")
    found = grids(of_page(f"<table><tr><th>{name}<th>2025<th>2026{rows}</table>", style), "a.pdf")
    assert texts(found[0])[:2] == [[name, "2025", "2026"], ["Rij 3", "3.420", "393"]]


def test_names_on_the_first_of_their_rows_stay_there():
    rows = "".join(
        f"<tr><td>{name if n == 0 else ''}<td>202{n}<td>{n + 1}.{n}00<td>{n}50"
        for name in ("1 Bestuur", "2 Zorg")
        for n in range(4)
    )
    page = of_page(
        f"<table><tr><th>Programma<th>Jaar<th>Begroting<th>Rekening{rows}</table>", "td { padding: 2pt 5pt }"
    )
    names = [r[0] for r in texts(grids(page, "a.pdf")[0])]
    assert names == ["Programma", "1 Bestuur", "", "", "", "2 Zorg", "", "", ""]


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_the_name_of_a_group_in_the_middle_of_its_rows_stands_on_the_first_of_them(rows):
    groups = "".join(
        "".join(
            f"<tr>{f'<td rowspan={rows} class=g>{name}' if n == 0 else ''}<td>202{n}<td>{n + 1}.{n}00<td>{n}50"
            for n in range(rows)
        )
        for name in ("Wegen", "Water", "Groen")
    )
    style = "td { padding: 2pt 5pt; vertical-align: middle } td.g { text-align: left }"
    head = "<tr><th>Goed<th>Jaar<th>Begroting<th>Rekening"
    page = of_page(f"<table>{head}{groups}</table>", style)
    names = [r[0] for r in texts(grids(page, "a.pdf")[0])]
    assert names == [
        "Goed",
        *(["Wegen", *[""] * (rows - 1)]),
        *(["Water", *[""] * (rows - 1)]),
        "Groen",
        *[""] * (rows - 1),
    ]


def test_letters_and_formulas_below_a_header_are_a_row_of_their_own():
    page = table(
        100,
        ("Reserve", "Begin", "Erbij", "Eind"),
        ("", "a", "b", "c = a + b"),
        ("Algemene reserve", "3.842", "163", "4.005"),
        ("Egalisatie", "2.893", "123", "3.016"),
        pitch=11,
    )
    assert texts(grids(drawn([page]), "a.pdf")[0])[:2] == [
        ["Reserve", "Begin", "Erbij", "Eind"],
        ["", "a", "b", "c = a + b"],
    ]


def test_two_tables_of_a_page_are_two_grids_with_their_titles():
    page = [
        ("Lasten", 50, 80, "L"),
        *table(100, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6")),
        ("Baten", 50, 190, "L"),
        *table(210, HEADER, ("c", "1", "2", "3"), ("d", "4", "5", "6")),
    ]
    found = formats.read(drawn([page]), "a.pdf").fragments
    assert [getattr(fragment, "text", "tabel") for fragment in found] == ["Lasten", "tabel", "Baten", "tabel"]


def test_a_table_over_pages_is_one_grid_without_the_header_that_is_repeated_and_the_page_numbers():
    pages = [
        [
            ("Begroting 2024 gemeente Voorbeeld", 50, 40, "L"),
            *table(100, HEADER, *((f"rij {page}.{n}", "1", "2", "3") for n in range(5))),
            (str(page + 11), 300, 820, "R"),
        ]
        for page in range(3)
    ]
    found = formats.read(drawn(pages), "a.pdf").fragments
    assert [type(fragment) for fragment in found] == [Grid]
    assert [cells[0] for cells in texts(found[0])] == [
        "Reserve",
        *(f"rij {p}.{n}" for p in range(3) for n in range(5)),
    ]
    assert [piece.page for piece in (cells[0] for cells in found[0].rows[1:])] == [1] * 5 + [2] * 5 + [3] * 5


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("/S /URI /URI (javascript:alert\\(1\\))", "javascript:alert(1)"),
        ("/S /URI /URI ( Java\tScript:alert\\(2\\))", "JavaScript:alert(2)"),
        ("/S /JavaScript /JS (app.alert\\(3\\))", "app.alert(3)"),
    ],
)
def test_the_address_of_a_script_in_a_link_of_a_page_is_told_with_its_page(action, text):
    pdf = empty()
    for link in ("https://example.org/a", "https://example.org/replaced"):
        pdf.add_page()
        pdf.set_font("sans", size=9)
        pdf.cell(0, 10, "Wegen", link=link)
    pdf.set_compression(False)
    data = bytes(pdf.output()).replace(b"/S /URI /URI (https://example.org/replaced)", action.encode())
    assert action.encode() in data
    (told,) = [reject for reject in formats.read(data, "a.pdf").rejects if reject.kind == "note"]

    assert "".join(told.text.split()) == text and "p. 2" in told.reason and "p. 2" in told.reason_en
    assert "geen gedrukte tekst" in told.reason and "no printed text" in told.reason_en


def test_a_table_of_contents_is_no_table():
    page = [
        (f"{n} Programma {n} ........................................ {n * 3}", 50, 100 + 14 * n, "L")
        for n in range(9)
    ]
    assert not grids(drawn([page]), "a.pdf")


def test_drawn_cells_decide_where_space_does_not():
    body = """<table class=ruled><tr><th rowspan=2>Naam<th colspan=2>2024<tr><th>Lasten<th>Baten
      <tr><td>Een lang<br>label<td>1.234<td>5<tr><td colspan=3>Groep<tr><td>b<td>7<td>8</table>"""
    assert texts(grids(of_page(body), "a.pdf")[0]) == [
        ["Naam", "2024", None],
        [None, "Lasten", "Baten"],
        ["Een lang label", "1.234", "5"],
        ["Groep", None, None],
        ["b", "7", "8"],
    ]


STRIPES = "td { padding: 5pt 4pt } .s td { background: #eef } th { background: #036 } h3 { font-size: 10pt; margin: 4pt 0 }"


def test_rows_between_shaded_rows_belong_to_their_table():
    head = "<tr><th>Indicator<th>Eenheid<th>2024<th>2025"
    group = "<tr class=s><td colspan=4>Taakveld {0}"
    shaded, plain = (
        "<tr class=s><td>{0}<td>aantal per<br>inwoner<td>{1}<td>7,5",
        "<tr><td>{0}<td>fte<td>{1}<td>3,1",
    )
    body = [head, group.format(0), shaded.format("a", 1), plain.format("b", 2), group.format(1)]
    body += [shaded.format("c", 3), plain.format("d", 4)]
    found = grids(of_page(f"<table>{''.join(body)}</table>", STRIPES), "a.pdf")
    assert [[cell for cell in cells if cell] for cells in texts(found[0])[2:]] == [
        ["a", "aantal per inwoner", "1", "7,5"],
        ["b", "fte", "2", "3,1"],
        ["Taakveld 1"],
        ["c", "aantal per inwoner", "3", "7,5"],
        ["d", "fte", "4", "3,1"],
    ]


def test_a_caption_with_its_unit_between_two_shaded_tables_of_the_same_columns_is_no_row():
    rows = "<tr class=s><td>Rij {0}<td>{1}<td>55<tr class=s><td>Rest<td>{1}<td>77"
    caption = "<h3>Jeugd &emsp;&emsp;&emsp; x 1.000</h3>"
    page = f"<table>{rows.format(1, 4)}</table>{caption}<table>{rows.format(2, 5)}</table>"
    assert len(grids(of_page(page, STRIPES), "a.pdf")) == 2


def test_lines_between_rows_alone_part_rows_and_figures_part_columns():
    body = """<table><tr><th>Naam<th>2023<th>2024<tr><td>Een lang label<br>dat doorloopt<td>1.234<td>5
      <tr><td>Twee<br>regels<td>7<td>8<tr><td>Totaal<td>1.241<td>13</table>"""
    data = of_page(body, "tr { border-bottom: 0.5pt solid #000 } td { padding: 3pt 12pt }")
    assert [cells[0] for cells in texts(grids(data, "a.pdf")[0])] == [
        "Naam",
        "Een lang label dat doorloopt",
        "Twee regels",
        "Totaal",
    ]


def test_a_raised_digit_stays_apart_from_its_figure():
    body = (
        "<table><tr><th>N<th>2023<th>2024<tr><td>a<td>1.234<sup>1</sup><td>5<tr><td>b<td>1.111<td>6</table>"
    )
    assert texts(grids(of_page(body, "td { padding: 3pt 12pt }"), "a.pdf")[0])[1] == ["a", "1.234¹", "5"]


def encrypted() -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("geheim")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank(pages: int = 2) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_named_as_such():
    assert "gescande PDF zonder tekst" in reasons(blank(), "scan.pdf")


def test_a_page_without_text_in_a_document_with_text_is_noted():
    pages = [table(100, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6")), []]
    data = drawn(pages)
    assert "pagina 2: pagina zonder tekst" in reasons(data, "a.pdf")
    assert len(grids(data, "a.pdf")) == 1


def test_a_password_is_named_as_such():
    assert "met een wachtwoord beveiligd" in reasons(encrypted(), "geheim.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj<<>>endobj trailer<</Root 1 0 R>>", b"%PDF-" + b"\xff" * 500]
)
def test_a_damaged_file_is_rejected(data):
    assert reasons(data, "stuk.pdf")


def test_figures_two_points_apart_and_in_millions_fall_in_their_own_columns_total_included():
    page = [
        *table(100, ("Naam", "2022", "2023"), pitch=14),
        *row(114, "Zorg", "4.052.954", "4.152.300", first=300, step=48),
        *row(128, "Groen", "98.400", "97.100", first=300, step=48),
        *row(142, "Totaal", "4.151.354", "4.249.400", first=300, step=48),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[1:] == [
        ["Zorg", "4.052.954", "4.152.300"],
        ["Groen", "98.400", "97.100"],
        ["Totaal", "4.151.354", "4.249.400"],
    ]


def test_words_printed_twice_to_make_them_bold_are_read_once():
    bold = row(142, "Totaal", "1.005", "77", "5")
    page = [*table(100, HEADER, ("a", "1.000", "70", "2"), ("b", "5", "7", "3")), *bold]
    twice = [(text, x + 0.3, y, align) for text, x, y, align in bold]
    assert texts(grids(drawn([page + twice]), "a.pdf")[0])[-1] == ["Totaal", "1.005", "77", "5"]


def test_a_raised_mark_behind_a_label_stays_with_the_label():
    body = "<table><tr><th>N<th>2023<th>2024<tr><td>Wijkteams<sup>1</sup><td>4.217<td>5<tr><td>b<td>1<td>6</table>"
    assert texts(grids(of_page(body, "td { padding: 3pt 12pt }"), "a.pdf")[0])[1] == [
        "Wijkteams¹",
        "4.217",
        "5",
    ]


def test_a_minus_apart_from_its_figure_makes_no_column_of_its_own():
    page = table(100, HEADER, ("a", "- 1.234", "5", "- 12"), ("b", "1.234", "-", "12"))
    assert texts(grids(drawn([page]), "a.pdf")[0])[1:] == [
        ["a", "- 1.234", "5", "- 12"],
        ["b", "1.234", "-", "12"],
    ]


def test_a_figure_broken_at_the_space_of_its_thousands_is_one_figure():
    page = [
        *table(100, HEADER),
        *row(118, "a", "25", "4 509", "7"),
        *row(127, "", "401", "", ""),
        *row(145, "b", "3 242", "9 674", "6"),
        *row(163, "c", "1 411", "41", "5"),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[1] == ["a", "25 401", "4 509", "7"]


def test_an_amount_broken_behind_its_sign_is_one_amount_and_its_label_one_label():
    page = [
        *table(100, HEADER),
        *row(118, "Overige", "25", "-", "7"),
        *row(127, "voorzieningen", "", "1.049", ""),
        *row(145, "b", "3.242", "-", "6"),
        *row(163, "c", "1.411", "41", "5"),
    ]
    body = texts(grids(drawn([page]), "a.pdf")[0])[1:]
    assert body[0] == ["Overige voorzieningen", "25", "- 1.049", "7"]
    assert [line[2] for line in body[1:]] == ["-", "41"]


def test_a_dash_above_an_amount_is_nil_where_rows_are_as_far_apart():
    page = [
        *table(100, HEADER),
        *row(118, "a", "25", "-", "7"),
        *row(136, "b", "", "1.049", ""),
        *row(154, "c", "1.411", "41", "5"),
    ]
    assert [line[2] for line in texts(grids(drawn([page]), "a.pdf")[0])[1:]] == ["-", "1.049", "41"]


def test_a_row_broken_by_the_page_gets_the_rest_of_its_label():
    body = [("rij 1", "1", "2", "3"), ("rij 2", "4", "5", "6"), ("", "7", "8", "9")]
    pages = [
        table(100, HEADER, *body),
        [
            *table(100, HEADER),
            ("Lasten op voorzieningen", 50, 114, "L"),
            *row(128, "Totaal", "12", "15", "18"),
        ],
    ]
    found = grids(drawn(pages), "a.pdf")
    assert [cells[0] for cells in texts(found[0])] == [
        "Reserve",
        "rij 1",
        "rij 2",
        "Lasten op voorzieningen",
        "Totaal",
    ]


def test_a_row_broken_by_the_page_gets_its_label_also_where_a_figure_looks_like_a_year():
    pages = [
        table(100, HEADER, ("rij 1", "1", "2", "3"), ("rij 2", "4", "5", "6"), ("", "2098", "-", "9")),
        [
            *table(100, HEADER),
            ("Lasten op voorzieningen", 50, 114, "L"),
            *row(128, "Totaal", "2103", "7", "18"),
        ],
    ]
    found = grids(drawn(pages), "a.pdf")
    assert ["Lasten op voorzieningen", "2098", "-", "9"] in texts(found[0])


def test_a_group_named_at_the_end_of_a_page_holds_the_rows_below_the_header_of_the_next():
    first = [
        *table(60, ("a", "1", "2", "3"), ("b", "4", "5", "6")),
        ("Wat de tabel hieronder laat zien is hoe de reserves zich in deze jaren ontwikkelen.", 50, 140, "L"),
        *table(700, HEADER, ("Reserve kapitaallasten", "", "", ""), pitch=16),
        ("scholen", 50, 726, "L"),
    ]
    rows = [("Toevoeging", "1", "2", "3"), ("Saldo", "4", "5", "6")]
    found = grids(drawn([first, table(60, HEADER, *rows)]), "a.pdf")
    assert texts(found[1]) == [
        list(HEADER),
        ["Reserve kapitaallasten scholen", "", "", ""],
        *map(list, rows),
    ]


def test_lines_full_of_figures_below_a_table_at_the_end_of_a_page_name_no_group_of_the_next():
    first = [
        *table(60, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6")),
        ("Van 2023 tot 2025 kwam er 1 bij en gingen er 2 af", 50, 110, "L"),
        ("en in 2026 en 2027 en 2028 niet", 50, 122, "L"),
    ]
    found = formats.read(drawn([first, table(100, ("c", "7", "8", "9"), ("d", "1", "1", "1"))]), "a.pdf")
    assert [type(fragment) for fragment in found.fragments] == [Grid, Passage, Grid]


def test_a_second_table_with_a_title_outside_its_cells_is_a_table_of_its_own():
    body = "<table><tr><td>{0}<td>1<td>2<tr><td>b<td>3<td>4<tr><td>c<td>5<td>6</table>"
    page = body.format("a") + "<h3 style='font-size: 12pt; margin: 12pt 0'>Jeugd</h3>" + body.format("d")
    found = formats.read(of_page(page, "td { padding: 2pt 9pt }"), "a.pdf").fragments
    assert [getattr(fragment, "text", "tabel") for fragment in found] == ["tabel", "Jeugd", "tabel"]


def test_a_table_whose_figures_stand_over_the_labels_of_the_next_is_a_table_of_its_own():
    first = [
        *row(100, "Omschrijving", "2024", "2025", first=150),
        *row(114, "Zorg", "4.702", "6.170", first=150),
        *row(128, "Totaal", "4.702", "6.170", first=150),
    ]
    second = [
        *row(156, "Omschrijving", "bedrag", first=400),
        *row(170, "Aframing van de budgetten voor muziek en peuters", "1.245", first=400),
        *row(184, "Opheffing van de bijdrage aan de regio en haar taken", "2.416", first=400),
    ]
    assert [texts(grid) for grid in grids(drawn([[*first, *second]]), "a.pdf")] == [
        [["Omschrijving", "2024", "2025"], ["Zorg", "4.702", "6.170"], ["Totaal", "4.702", "6.170"]],
        [
            ["Omschrijving", "bedrag"],
            ["Aframing van de budgetten voor muziek en peuters", "1.245"],
            ["Opheffing van de bijdrage aan de regio en haar taken", "2.416"],
        ],
    ]


def test_a_blank_row_may_part_a_header_from_its_rows():
    page = [
        *table(100, HEADER),
        *table(128, ("Algemene reserve", "1.234", "5", "12.345"), ("Totaal", "1.234", "5", "12.345")),
    ]
    assert texts(grids(drawn([page]), "a.pdf")[0])[0] == list(HEADER)


def test_an_amount_wrapped_behind_its_currency_is_one_amount():
    page = [
        *table(100, HEADER, ("Wegen", "€ 12", "€ 13", "€ 14"), ("Groen", "€ 2", "€ 3", "€ 4"), pitch=20),
        *row(160, "Totaal", "€", "€", "€"),
        *row(169, "", "10.014", "10.016", "10.018"),
        *row(189, "Resultaat", "€ 1", "€ 2", "€ 3"),
    ]
    (grid,) = grids(drawn([page]), "a.pdf")
    assert [line[0] for line in texts(grid)[1:]] == ["Wegen", "Groen", "Totaal", "Resultaat"]
    assert texts(grid)[3][1].replace(" ", "") == "€10.014"


def test_drawn_cells_keep_how_far_their_labels_are_set_in_and_whether_they_are_bold():
    cells = (
        "<tr><th>Reserve<th>2024<th>2025<tr><td><b>Algemeen</b><td>3<td>4"
        "<tr><td style='padding-left: 24pt'>Vrij<td>3<td>4"
    )
    page = of_page(f"<table>{cells}</table>", "td, th { border: 1pt solid black }")
    labels = [line[0] for line in grids(page, "a.pdf")[0].rows]
    assert [label.is_bold for label in labels[1:]] == [True, False]
    assert labels[2].indent > 3 and labels[1].indent == 0


def test_bold_is_told():
    body = "<table><tr><td>a<td>1<td>2<tr><td>b<td>3<td>4<tr><td><b>Totaal</b><td><b>4</b><td>6</table>"
    rows = grids(of_page(body, "td { padding: 2pt 9pt }"), "a.pdf")[0].rows
    assert [[piece.is_bold for piece in row] for row in rows[1:]] == [[False] * 3, [True, True, False]]


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_random_bytes_in_it_is_read_or_rejected_and_never_fails(seed):
    import random

    rng = random.Random(seed)
    data = bytearray(drawn([table(100, HEADER, ("a", "1", "2", "3"), ("b", "4", "5", "6"))]))
    for _ in range(rng.randint(1, 30)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    reading = formats.read(bytes(data[: rng.randint(len(data) // 2, len(data))]), "a.pdf")
    assert all(reject.reason for reject in reading.rejects)


def test_a_header_below_a_sentence_full_of_numbers_at_the_end_of_a_page_goes_with_the_rows_of_the_next():
    head = "<tr><th>Investering</th><th>Jaarschijf 2024</th><th>Jaarschijf 2025</th><th>Jaarschijf 2026</th></tr>"
    lines = "".join(
        f"<tr><td>Brug {no}</td><td>{no}0</td><td>{no}1</td><td>{no}2</td></tr>" for no in range(11, 19)
    )
    body = (
        "<p>Het saldo over 2024 bedraagt € 189.000. Dit wordt in paragraaf 8.4 toegelicht.</p>"
        f"<table><thead>{head}</thead><tr><td>Verkeer en wegen</td><td></td><td></td><td></td></tr></table>"
        f"<table style='page-break-before: always'><thead>{head}</thead>{lines}</table>"
    )
    (grid,) = grids(of_page(body, "table, td, th { border: 0 }"), "a.pdf")
    assert [row[0] for row in texts(grid)][:3] == ["Investering", "Verkeer en wegen", "Brug 11"]
