"""PDFs without drawn cells: which lines are one row, what is a name of a group, and what is a note below."""

from __future__ import annotations

import pytest
from reading import grids, tables, texts
from test_pdf_files import drawn, empty, of_page, row

YEARS = row(100, "Omschrijving", "2024", "2025", "2026")


def labels(*lines) -> list[str | None]:
    """The labels that come out of lines of a label and figures, one under the other and as far apart all."""
    page = list(YEARS)
    for n, (x, label, *figures) in enumerate(lines, start=1):
        page += row(100 + 11 * n, label, *figures, x=x)
    return [line[0] for line in texts(grids(drawn([page]), "a.pdf")[0])[1:]]


def test_a_line_set_as_rows_are_where_groups_stand_left_of_them_is_more_of_the_label_above_it():
    assert labels(
        (50, "Reserves"),
        (60, "Reserve onderhoud en", "1", "2", "3"),
        (60, "beheer"),
        (60, "Speelvoorzieningen wijkplan", "4", "5", "6"),
        (60, "Noord"),
        (60, "Fietspad", "7", "8", "9"),
        (50, "Totaal", "12", "15", "18"),
    ) == [
        "Reserves",
        "Reserve onderhoud en beheer",
        "Speelvoorzieningen wijkplan Noord",
        "Fietspad",
        "Totaal",
    ]


def test_a_line_set_as_rows_are_stays_a_row_where_it_would_have_fitted_behind_the_label_above_it():
    assert labels(
        (50, "Reserves"),
        (60, "Reserve onderhoud en", "1", "2", "3"),
        (60, "beheer"),
        (60, "Fietspad", "4", "5", "6"),
        (60, "Noord"),
        (60, "Speelvoorzieningen", "7", "8", "9"),
        (50, "Totaal", "12", "15", "18"),
    )[2:4] == ["Fietspad", "Noord"]


def test_a_label_may_be_wrapped_in_a_narrow_column_where_others_are():
    assert labels(
        (50, "Bestuur en"),
        (50, "burger", "1", "2", "3"),
        (50, "Zorg voor"),
        (50, "jeugd", "4", "5", "6"),
        (50, "Wegen bij"),
        (50, "dorpen", "7", "8", "9"),
        (50, "Welzijn"),
        (50, "ouderen", "7", "8", "9"),
    ) == ["Bestuur en burger", "Zorg voor jeugd", "Wegen bij dorpen", "Welzijn ouderen"]


def test_a_sentence_right_below_the_last_row_is_no_part_of_its_label():
    found = labels(
        (50, "Wegen", "1", "2", "3"),
        (50, "Totaal subsidies", "1", "2", "3"),
        (50, "een min is een nadeel voor ons."),
    )
    assert found == ["Wegen", "Totaal subsidies"]


def beside(*lines, top: float = 100):
    """Lines of texts in columns and figures at their right."""
    page = []
    for n, (words, figures) in enumerate(lines):
        page += [(word, x, top + 11 * n, "L") for word, x in zip(words, (50, 150, 260), strict=False) if word]
        page += [(figure, 360 + 60 * k, top + 11 * n, "R") for k, figure in enumerate(figures) if figure]
    return page


def test_a_text_alone_behind_the_labels_of_all_rows_is_more_of_the_row_above_it():
    page = beside(
        (("Indicator", "Eenheid", "Bron"), ("2024", "2025")),
        (("Niet-sporters", "aantal", "Verwey"), ("10", "11")),
        (("", "", "Jonker"), ()),
        (("Banen", "aantal", "LISA"), ("12", "13")),
        (("Vestigingen", "aantal", "LISA"), ("14", "15")),
    )
    (grid,) = grids(drawn([page]), "a.pdf")
    assert [line[2] for line in texts(grid)[1:]] == ["Verwey Jonker", "LISA", "LISA"]


def test_the_first_line_of_a_row_of_many_words_is_no_header_where_its_figures_stand_on_the_next():
    page = beside(
        (("Indicator", "Eenheid", "Bron"), ("2024", "2025")),
        (("Niet-sporters", "procent", "CBS"), ("10", "11")),
        (("Banen", "Aantal per 1.000", "LISA"), ()),
        (("", "inwoners", ""), ("12", "13")),
        (("Vestigingen", "procent", "LISA"), ("14", "15")),
    )
    assert len(grids(drawn([page]), "a.pdf")) == 1


def test_names_of_groups_that_do_not_stand_beside_the_first_row_of_any_are_asked_about():
    page = beside(
        (("Programma", "Omschrijving"), ("", "2024", "2025")),
        (("", "Verkiezingen"), ("", "1", "2")),
        (("Bestuur", "Dienstverlening"), ("", "3", "4")),
        (("", "Archief"), ("", "3", "4")),
        (("", "Jeugdhulp"), ("", "5", "6")),
        (("Zorg", "Begeleiding"), ("", "7", "8")),
        (("", "Vervoer"), ("", "7", "8")),
        (("", "Hulp bij huishouden"), ("", "7", "8")),
    )
    (table,) = tables(drawn([page]), "a.pdf")
    assert table.is_asked


def test_the_sides_of_a_balance_whose_rows_stand_at_other_heights_are_two_tables():
    left = [
        ("ACTIVA", "2024", "2023"),
        ("Kas", "5", "6"),
        ("Vlottende activa",),
        ("Voorraden", "4", "6"),
        ("Totaal", "9", "12"),
    ]
    right = [
        ("PASSIVA", "2024", "2023"),
        ("Schulden met een looptijd van",),
        ("jaren of langer", "4", "5"),
        ("Reserves", "5", "7"),
        ("Totaal", "9", "12"),
    ]
    page = [
        word
        for n, (a, b) in enumerate(zip(left, right, strict=True))
        for x, line in ((40, a), (310, b))
        for word in row(100 + 11 * n, *line, x=x, first=x + 190, step=40)
    ]
    found = [[line[0] for line in texts(grid)] for grid in grids(drawn([page]), "a.pdf")]
    assert found == [
        ["ACTIVA", "Kas", "Vlottende activa", "Voorraden", "Totaal"],
        ["PASSIVA", "Schulden met een looptijd van jaren of langer", "Reserves", "Totaal"],
    ]


def test_lines_above_totals_alone_do_not_make_one_row_of_what_stands_between_them():
    lines = [
        ("Vaste activa",),
        ("Gronden", "3", "4"),
        ("Totaal vast", "3", "4"),
        ("Vlottend",),
        ("Voorraad", "1", "2"),
    ]
    lines += [("Vordering", "2", "2"), ("Totaal vlottend", "3", "4"), ("Totaal", "6", "8")]
    pdf = empty()
    pdf.add_page()
    pdf.set_font("sans", size=9)
    for n, (label, *figures) in enumerate([("Activa", "2024", "2023"), *lines]):
        for text, x, y, align in row(100 + 11 * n, label, *figures):
            pdf.text(x - (pdf.get_string_width(text) if align == "R" else 0), y, text)
        if label.startswith("Totaal") or n == 1:
            pdf.line(50, 100 + 11 * n - 8.5, 360, 100 + 11 * n - 8.5)
    (grid,) = grids(bytes(pdf.output()), "a.pdf")
    assert [line[0] for line in texts(grid)[1:]] == [line[0] for line in lines]


EXPLAINED = [
    ("Banen", "aantal", "Het aantal banen blijft naar verwachting licht stijgen door nieuwe bedrijven"),
    ("Relatief verzuim per 1.000 leerlingen", "per 1.000", "Het verzuim blijft gelijk"),
    ("Jongeren met een delict voor de rechter", "%", ""),
    ("Vroegtijdig schoolverlaters zonder startkwalificatie", "%", "Het aantal schoolverlaters daalt " * 4),
    ("Bijstandsuitkeringen", "per 10.000", "Door de komst van bedrijven daalt het aantal uitkeringen"),
]


def explained(names_of_groups: bool = False, times: int = 1, is_repeated: bool = False) -> str:
    """A table of five years between units and an explanation, both wrapped; its header comes back on every page or not."""
    years = range(2021, 2026)
    head = f"<tr><th>Indicator<th>Eenheid{''.join(f'<th>{year}' for year in years)}<th>Toelichting"
    cells = [f"<thead>{head}</thead>" if is_repeated else head]
    for n, (name, unit, text) in enumerate(EXPLAINED * times):
        if names_of_groups and n % 2 == 0:
            cells.append(f"<tr><td colspan=8><b>Programma {n // 2 + 1}</b>")
        figures = "".join(f"<td class=r>{100 * n + year - 2000},{n}" for year in years)
        cells.append(f"<tr><td>{name}<td>{unit}{figures}<td>{text}")
    return f"<table>{''.join(cells)}</table>"


NARROW = "@page { size: 16cm 30cm } td, th { padding: 2pt 4pt } td:last-child { text-align: left }"


@pytest.mark.parametrize("side", ["top", "middle"])
@pytest.mark.parametrize("names_of_groups", [False, True], ids=["flat", "groups"])
def test_cells_of_words_wrapped_beside_the_figures_part_no_table(side, names_of_groups):
    found = grids(of_page(explained(names_of_groups), f"{NARROW} td {{ vertical-align: {side} }}"), "a.pdf")
    assert len(found) == 1
    rows = [line for line in texts(found[0]) if line[2]]
    assert rows[0] == ["Indicator", "Eenheid", *map(str, range(2021, 2026)), "Toelichting"]
    assert [tuple(line[:2]) for line in rows[1:]] == [(name, unit) for name, unit, _ in EXPLAINED]
    assert [line[2] for line in rows[1:]] == [f"{100 * n + 21},{n}" for n in range(5)]
    assert [line[-1] or "" for line in rows[1:]] == [text.strip() for *_, text in EXPLAINED]
    names = [line[0] for line in texts(found[0]) if line[0] and not line[2]]
    assert names == (["Programma 1", "Programma 2", "Programma 3"] if names_of_groups else [])


@pytest.mark.parametrize(
    ("side", "is_repeated"),
    [("top", False), ("top", True), ("middle", False)],
    ids=["one header", "a header on every page", "figures in the middle"],
)
def test_what_a_page_parts_of_wrapped_cells_beside_the_figures_is_joined(side, is_repeated):
    page = explained(names_of_groups=True, times=6, is_repeated=is_repeated)
    style = f"{NARROW} td {{ vertical-align: {side} }}"
    long, short = (
        grids(of_page(page, f"{style} @page {{ size: 16cm {height}cm }}"), "a.pdf") for height in (90, 11)
    )
    assert len({piece.page for line in short[0].rows for piece in line if piece}) > 3
    parted, whole = (
        [[line[0], *line[2:-1]] for grid in found for line in texts(grid)] for found in (short, long)
    )
    assert parted == whole and len(short) == 1


def test_a_title_on_the_next_page_begins_another_table():
    page = explained() + "<h2 style='break-before: page'>Andere indicatoren</h2>" + explained()
    assert len(grids(of_page(page, NARROW), "a.pdf")) == 2


WHO = ("de raad", "het college", "een bewoner", "de school", "het waterschap", "de provincie", "een bureau")
DOES = ("vraagt", "betaalt", "weigert", "bouwt", "verwacht", "onderzoekt", "verplaatst")
PROPOSALS = [
    (
        name,
        " ".join(
            f"{WHO[(k + n) % 7]} {DOES[(k * k + 3 * n) % 7]} {WHO[(3 * k + n) % 7]}," for k in range(20)
        ),
    )
    for n, name in enumerate(["Betere dienstverlening aan het loket", "Klimaatplan", "Onderhoud kunstwerken"])
]


@pytest.mark.parametrize("height", [60, 13, 10])
def test_explanations_of_many_lines_between_labels_and_figures_part_no_table_on_one_page_or_more(height):
    cells = "".join(
        f"<tr><td>{name}<td>{text}<td>{n + 2}.500<td>{n + 4}.500" for n, (name, text) in enumerate(PROPOSALS)
    )
    page = f"<table><tr><th>Voorstel<th>Toelichting<th>2026<th>2027{cells}<tr><td>Totaal<td><td>10.500<td>16.500</table>"
    style = f"@page {{ size: 13cm {height}cm }} td, th {{ padding: 2pt 4pt; vertical-align: top }} td:nth-child(2) {{ text-align: left }}"
    (grid,) = grids(of_page(page, style), "a.pdf")
    assert texts(grid) == [
        ["Voorstel", "Toelichting", "2026", "2027"],
        *([name, text, f"{n + 2}.500", f"{n + 4}.500"] for n, (name, text) in enumerate(PROPOSALS)),
        ["Totaal", "", "10.500", "16.500"],
    ]


def test_the_name_of_a_group_that_is_wrapped_beside_its_rows_is_one_name():
    groups = [
        (["Onderwijs"], ["Vervoer", "Huisvesting"]),
        (["Economie en", "haven"], ["Markten", "Bruggen", "Sluizen"]),
        (["Openbare", "Ruimte"], ["Wegen", "Groen", "Bermen"]),
    ]
    page = [("Cluster", 50, 100, "L"), *row(100, "Onderdeel", "2025", "2026", x=120)]
    y = 116.0
    for lines, items in groups:
        page += [(text, 50, y + 11.2 * n, "L") for n, text in enumerate(lines)]
        for item in items:
            page += row(y, item, "1.000", "2.000", x=120)
            y += 15.8
    (grid,) = grids(drawn([page]), "a.pdf")
    assert [line[:2] for line in texts(grid)[1:]] == [
        [" ".join(lines) if item == items[0] else "", item] for lines, items in groups for item in items
    ]


def test_a_row_below_the_only_shaded_one_at_the_end_of_a_page_is_a_row_of_the_table():
    rows = [("Programma", "Lasten", "Baten"), ("Wegen", "10.400", "10.500"), ("Saldo", "12.400", "12.600")]
    pdf = empty()
    pdf.add_page()
    pdf.set_font("sans", size=9)
    pdf.set_fill_color(220)
    for n in range(2):  # the header, and every other row below it
        for left, wide in ((45, 205), (250, 60), (310, 60)):
            pdf.rect(left, 90 + 15 * n, wide, 15, style="F")
    for n, (label, *figures) in enumerate(rows):
        for text, x, y, align in row(101 + 15 * n, label, *figures):
            pdf.text(x - (pdf.get_string_width(text) if align == "R" else 0), y, text)
    (grid,) = grids(bytes(pdf.output()), "a.pdf")
    assert texts(grid) == [list(line) for line in rows]


def test_a_row_that_prints_a_mark_in_its_only_column_is_no_header():
    page = [
        *row(100, "Naam", "Bedrag"),
        ("Openbare ruimte", 50, 114, "L"),
        *row(128, "Rekenkamer", "-"),
        *row(142, "Parkeren", "8.292"),
    ]
    (grid,) = grids(drawn([page]), "a.pdf")
    assert [line[0] for line in texts(grid)] == ["Naam", "Openbare ruimte", "Rekenkamer", "Parkeren"]


def test_the_rest_of_words_between_the_figures_goes_on_on_the_next_page():
    reasons = ["Actualisatie van alle ramingen", "Conform raadsbesluit", "Hogere prijzen"]
    body = "".join(
        f"<tr><td>Reserve {n}<td>1.00{n}<td style='text-align: left; width: 52pt'>{text}<td>2.00{n}"
        for n, text in enumerate(reasons, start=1)
    )
    page = f"<div style='height: 45pt'>Reserves</div><table><tr><th>Reserve<th>Bij<th>Toelichting<th>Af{body}</table>"
    style = "@page { size: 12cm 5.2cm } td, th { padding: 2pt 4pt; vertical-align: top }"
    (grid,) = grids(of_page(page, style), "a.pdf")
    assert len({piece.page for line in grid.rows for piece in line if piece}) == 2
    assert texts(grid)[1:] == [
        [f"Reserve {n}", f"1.00{n}", text, f"2.00{n}"] for n, text in enumerate(reasons, start=1)
    ]


def test_names_in_the_middle_of_merged_cells_stand_above_their_rows_and_not_above_totals_outside():
    groups = [("Onderwijs", 2), ("Zorg", 3), ("Groen", 4)]
    page, y = [("Cluster", 50, 100, "L"), *row(100, "Onderdeel", "2025", "2026", x=120)], 116.0
    names = []
    for group, count in groups:
        page.append((group, 50, y + 14 * (count - 1) / 2, "L"))
        for n in range(count):
            page += row(y + 14 * n, f"Post {n}", "1.000", "2.000", x=120)
        page += row(y + 14 * count, f"Totaal {group.lower()}", "3.000", "4.000", x=120)
        y += 14 * (count + 1)
        names += [group, *[""] * count]
    (grid,) = grids(drawn([page]), "a.pdf")
    assert [line[0] for line in texts(grid)[1:]] == names


def coded(y: float, code: str, label: str, *values: str):
    """A row with a code in a column of its own."""
    return [*([(code, 50, y, "L")] if code else []), *row(y, label, *values, x=90)]


@pytest.mark.parametrize("is_at_end", [True, False], ids=["end of a page", "start of the next"])
def test_the_name_of_a_group_behind_codes_stands_above_the_rows_of_the_next_page(is_at_end):
    name = ("Wonen en bouwen", 90, 142 if is_at_end else 50, "L")
    first = [
        *coded(100, "Nr.", "Naam", "2025", "2026"),
        *coded(114, "1.1", "Wegen", "1.000", "2.000"),
        *coded(128, "1.2", "Groen", "1.100", "2.100"),
    ]
    second = [*coded(64, "2.1", "Huur", "1.200", "2.200"), *coded(78, "2.2", "Pacht", "1.300", "2.300")]
    pages = [[*first, name], second] if is_at_end else [first, [name, *second]]
    (grid,) = grids(drawn(pages), "a.pdf")
    assert [" ".join(filter(None, line[:2])) for line in texts(grid)] == [
        "Nr. Naam",
        "1.1 Wegen",
        "1.2 Groen",
        "Wonen en bouwen",
        "2.1 Huur",
        "2.2 Pacht",
    ]
