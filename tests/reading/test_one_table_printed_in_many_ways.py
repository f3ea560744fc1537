"""One table, laid out as many houses lay it out: whatever stands around its cells, it says the same.

The ways are those in which readers lost a title, took a sign for a column or a letter for a code, in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pytest
from extracts import understood

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats import read
from dagster_project.reading.model import Table

Line = list[tuple[str, int]]  # texts with the columns that they span
TITLE, UNIT = "Overzicht van baten en lasten", "bedragen x € 1.000"
GROUPS = {"Sociaal domein": ("Zorg", "Werk", "Jeugdhulp"), "Fysiek domein": ("Wegen", "Groen")}
COLUMNS = [
    f"{state} > {side}" for state in ("Rekening 2023", "Begroting 2024") for side in ("Lasten", "Baten")
]
ROWS = [
    *(
        f"{group} > {label}"
        for group, labels in GROUPS.items()
        for label in (*labels, f"Totaal {group.lower()}")
    ),
    "Totaal",
]


def amounts() -> list[list[int]]:
    """The figures of every row: items, totals of groups, the grand total."""
    found, grand = [], [0, 0, 0, 0]
    for g, labels in enumerate(GROUPS.values()):
        items = [[1_000 * (g + 2) + 137 * i + 11 * c for c in range(4)] for i in range(len(labels))]
        total = [sum(column) for column in zip(*items, strict=True)]
        grand = [a + b for a, b in zip(grand, total, strict=True)]
        found += [*items, total]
    return [*found, grand]


def shown(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def body(heading: Callable[[str], Line], row: Callable[[int, str, list[str]], Line]) -> list[Line]:
    lines, at, figures = [], 0, amounts()
    for group, labels in GROUPS.items():
        lines.append(heading(group))
        for label in (*labels, f"Totaal {group.lower()}"):
            lines.append(row(at, label, list(map(shown, figures[at]))))
            at += 1
    return [*lines, row(at, "Totaal", list(map(shown, figures[at])))]


def cells(*texts: str) -> Line:
    return [(text, 1) for text in texts]


HEAD = [
    [("", 1), ("Rekening 2023", 2), ("Begroting 2024", 2)],
    cells("Programma", "Lasten", "Baten", "Lasten", "Baten"),
]
PLAIN = body(lambda g: cells(g, "", "", "", ""), lambda _, label, f: cells(label, *f))


def wider(line: Line, at: int, text: str) -> Line:
    return [*line[:at], (text, 1), *line[at:]]


def euros(line: Line) -> Line:
    """A column for the sign in front of every column of amounts."""
    if len(line) < 5:
        return [line[0], *((text, 2 * span) for text, span in line[1:])]
    is_row = any(c.isdecimal() for c in line[1][0])
    return [
        line[0],
        *(
            c
            for text, _ in line[1:]
            for c in ([("€" if is_row else "", 1), (text, 1)] if is_row or not text else [(text, 2)])
        ),
    ]


def letters(lines: Sequence[Line]) -> list[Line]:
    """A number and a letter in front of each row: incidental or structural."""
    number, made = 0, []
    for line in lines:
        is_row = len(line) == 5 and line[1][0]
        number += bool(is_row)
        made.append([("", 1), ("I" if number % 3 == 0 else "S", 1) if is_row else ("", 1), *line])
    return made


def filled(line: Line) -> Line:
    """Merged cells as programs leave them that fill each of them."""
    return [(text, 1) for text, span in line for _ in range(span)]


def centred(line: Line) -> Line:
    """Merged cells as cells of their own, the text in the middle one."""
    return [(text if k == (span - 1) // 2 else "", 1) for text, span in line for k in range(span)]


def stairs(lines: Sequence[Line]) -> list[Line]:
    """Headings and totals in a column of their own, left of the labels that they hold."""
    is_outer = [not line[1][0] or line[0][0] == "Totaal" for line in lines]
    return [
        [line[0], ("", 1), *line[1:]] if outer else [("", 1), *line]
        for line, outer in zip(lines, is_outer, strict=True)
    ]


def spaced(lines: Sequence[Line]) -> list[Line]:
    return [row for line in lines for row in (line, cells("", "", "", "", ""))]


WIDE = body(lambda g: [(g, 5)], lambda _, label, f: cells(label, *f))
WAYS: dict[str, tuple[str, list[Line]]] = {
    "plain": (f"<h3>{TITLE}</h3><p>{UNIT}</p>", [*HEAD, *PLAIN]),
    "title and unit as rows over all columns": ("", [[(TITLE, 5)], [(UNIT, 5)], *HEAD, *PLAIN]),
    "title and unit in the first and last cell of rows": (
        "",
        [cells(TITLE, "", "", "", ""), cells("", "", "", "", UNIT), *HEAD, *PLAIN],
    ),
    "unit over the amounts": (f"<h3>{TITLE}</h3>", [[("", 1), (UNIT, 4)], *HEAD, *PLAIN]),
    "unit in a column": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [wider(HEAD[0], 1, ""), wider(HEAD[1], 1, "Eenheid")]
        + [wider(line, 1, "€ 1.000" if line[1][0] else "") for line in PLAIN],
    ),
    "headings over all columns": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [*HEAD, *body(lambda g: [(g, 5)], lambda _, label, f: cells(label, *f))],
    ),
    "a blank row under the header": (f"<h3>{TITLE}</h3><p>{UNIT}</p>", [*HEAD, cells("", "", "", "", ""), *PLAIN]),
    "the sign of the euro in a column of its own": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [euros(line) for line in (*HEAD, *PLAIN)],
    ),
    "a letter for the sort of row in front": (f"<h3>{TITLE}</h3><p>{UNIT}</p>", letters([*HEAD, *PLAIN])),
    "a row of formulas under the header": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [*HEAD, cells("", "(a)", "(b)", "(c)", "(e) = (a) t/m (c)"), *PLAIN],
    ),
    "an explanation behind": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [wider(HEAD[0], 3, ""), wider(HEAD[1], 5, "Toelichting")]
        + [wider(line, 5, "zie paragraaf 3" if line[0][0] == "Werk" else "") for line in PLAIN],
    ),
    "merged cells that are filled each": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        list(map(filled, [*HEAD, *WIDE])),
    ),
    "texts in the middle of what they stand over": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        list(map(centred, [[("", 1), ("Rekening 2023", 2), ("Begroting 2024", 2)], HEAD[1], *WIDE])),
    ),
    "a column of labels for every level": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [wider(HEAD[0], 1, ""), wider(HEAD[1], 1, ""), *stairs(PLAIN)],
    ),
    "a blank row between all rows": (f"<h3>{TITLE}</h3><p>{UNIT}</p>", [*HEAD, *spaced(PLAIN)]),
    "columns that are numbered": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [*HEAD, cells("1", "2", "3", "4", "5"), *PLAIN],
    ),
    "a note at a year of the header": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [[("", 1), ("Rekening", 2), ("Begroting", 2)], [("", 1), ("2023", 2), ("2024¹", 2)], HEAD[1], *PLAIN],
    ),
    "headers that are broken over rows": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [[("", 1), ("Reke-", 2), ("Begro-", 2)], [("", 1), ("ning 2023", 2), ("ting 2024", 2)], HEAD[1], *PLAIN],
    ),
    "groups in a column of their own": (
        f"<h3>{TITLE}</h3><p>{UNIT}</p>",
        [
            wider(HEAD[0], 0, ""),
            wider(HEAD[1], 0, "Domein"),
            *(wider(line, 0, next((g for g, of in GROUPS.items() if line[0][0] == of[0]), "")) for line in PLAIN if line[1][0]),
        ],
    ),
}  # fmt: skip


def page(above: str, lines: Sequence[Line], style: str = "") -> str:
    rows = "".join(
        "<tr>" + "".join(f'<td colspan="{span}">{escape(text)}</td>' for text, span in line) + "</tr>"
        for line in lines
    )
    return f"<html><head><style>{style}</style></head><body>{above}<table>{rows}</table></body></html>"


def of_words(paths: Sequence[str]) -> list[str]:
    """Paths of columns, a header of two layers as one of one."""
    return [
        path.replace("Rekening > 2023", "Rekening 2023").replace("Begroting > 2024", "Begroting 2024")
        for path in paths
    ]


def said(table: Table) -> tuple[list[str], list[str], list[list[str]]]:
    paths = [" > ".join(row.path) for row in table.rows]
    texts = [[c.text for c in table.cells if c.row == row.no] for row in table.rows]
    return paths, of_words([" > ".join(column.path) for column in table.columns]), texts


def expected() -> tuple[list[str], list[str], list[list[str]]]:
    return ROWS, COLUMNS, [list(map(shown, line)) for line in amounts()]


@pytest.mark.parametrize("way", WAYS)
def test_a_page_says_the_same_however_it_is_laid_out(way):
    found = understood(page(*WAYS[way]), "a.html", 2024)
    (table,) = found.tables
    assert said(table) == expected()
    assert (table.caption, table.unit, table.lezing) == (TITLE, "EUR_1000", "zeker")
    assert not [r for r in found.rejects if r.kind != "note"]


def test_a_header_in_a_table_of_its_own_is_that_of_the_table_below_it():
    found = understood(page(f"<h3>{TITLE}</h3><p>{UNIT}</p>", HEAD) + page("", PLAIN), "a.html", 2024)
    (table,) = found.tables
    assert said(table) == expected()
    assert not [r for r in found.rejects if r.kind != "note"]


BROKEN = [
    (("Kunst en", "cultuur"), 120),
    (("Openbaar groen",), 310),
    (("Wegen, straten en", "pleinen"), 95),
    (("Onderhoud", "gebouwen"), 40),
    (("Totaal",), 565),
]


@pytest.mark.parametrize("with_values", ["first", "last"])
def test_a_label_that_is_broken_over_rows_is_one_label_whichever_row_has_the_amounts(with_values):
    lines = [cells("Taakveld", "2023", "2024")]
    for parts, amount in BROKEN:
        at = 0 if with_values == "first" else len(parts) - 1
        lines += [
            cells(part, str(amount), str(amount + 1)) if k == at else cells(part, "", "")
            for k, part in enumerate(parts)
        ]
    assert paths_of(*lines) == [" ".join(parts) for parts, _ in BROKEN]


def test_a_heading_above_rows_that_begin_small_stays_a_heading():
    lines = [
        cells("Programma", "2023", "2024"),
        cells("Bestuur", "", ""),
        cells("lasten", "20", "21"),
        cells("baten", "10", "11"),
        cells("Sociaal domein", "", ""),
        cells("lasten", "30", "31"),
        cells("waarvan incidenteel", "4", "5"),
        cells("baten", "10", "11"),
    ]
    assert paths_of(*lines) == [
        "Bestuur > lasten",
        "Bestuur > baten",
        "Sociaal domein > lasten",
        "Sociaal domein > lasten > waarvan incidenteel",
        "Sociaal domein > baten",
    ]


def test_the_one_heading_of_a_table_holds_the_totals_that_stand_below_it():
    lines = [
        cells("", "2023", "2024"),
        cells("6.1 Samenkracht", "", ""),
        cells("Totaal lasten", "20", "21"),
        cells("Totaal baten", "10", "11"),
        cells("Saldo", "-10", "-10"),
    ]
    assert paths_of(*lines) == [f"6.1 Samenkracht > {x}" for x in ("Totaal lasten", "Totaal baten", "Saldo")]


def test_a_text_above_a_year_stands_over_no_column_that_has_a_word_for_itself():
    head = [
        cells("", "Begroting", "Begroting", "Rekening", ""),
        cells("Programma", "2023", "2024", "2024", "Verschil"),
    ]
    lines = [cells("Zorg", "10", "12", "14", "2"), cells("Groen", "20", "22", "25", "3")]
    (table,) = understood(page(f"<h3>{TITLE}</h3><p>{UNIT}</p>", [*head, *lines]), "a.html").tables
    assert of_words([" > ".join(c.path) for c in table.columns]) == [
        "Begroting > 2023", "Begroting 2024", "Rekening > 2024", "Verschil"
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
def test_wrapped_labels_of_a_pdf_without_rulings_are_one_label_wherever_their_amounts_stand(place):
    weasyprint = pytest.importorskip("weasyprint")
    style = (
        f"td {{ vertical-align: {place}; padding: 2pt 5pt; text-align: right }} table {{ border-collapse: collapse }}"
        "td:first-child { width: 40pt; max-width: 40pt; text-align: left } body { font: 7.5pt sans-serif }"
        "@page { size: A4 landscape }"
    )
    data = weasyprint.HTML(string=page(*WAYS["plain"], style)).write_pdf()
    found = understand(read(data, "a.pdf").fragments, Around(soort="begroting", jaar=2024), "a.pdf")
    (table,) = found.tables
    assert said(table) == expected()


def test_tables_of_one_header_under_titles_of_their_own_stay_apart():
    blocks = [
        page("", [[(title, 5)], *HEAD, *PLAIN]) for title in ("Vóór wijziging", "Wijziging", "Ná wijziging")
    ]
    found = understood("".join(blocks), "a.html", 2024)
    assert [t.caption for t in found.tables] == ["Vóór wijziging", "Wijziging", "Ná wijziging"]
    assert {row.path[0] for t in found.tables for row in t.rows} == {t.caption for t in found.tables}


def test_the_word_that_names_the_rows_is_kept_where_a_title_stands_above_it():
    head = cells("Wat mag het kosten", "2023", "2024")
    found = understood(
        page(f"<h3>Zorg</h3><p>{UNIT}</p>", [head, cells("Lasten", "10", "12"), cells("Baten", "1", "2")]),
        "a.html",
    )
    assert found.tables[0].caption == "Zorg"
    assert "Wat mag het kosten" in found.tables[0].section


def test_a_row_is_named_by_both_of_its_columns_of_labels():
    lines = [
        cells("Programma", "Investering", "Krediet", "Besteed"),
        cells("Wonen", "Renovatie gemeentehuis", "120", "20"),
        cells("Zorg", "Zwembad", "80", "10"),
        cells("Groen", "Parken", "30", "5"),
    ]
    (table,) = understood(page(f"<p>{UNIT}</p>", lines), "a.html").tables
    assert [" > ".join(r.path) for r in table.rows] == [
        "Wonen > Renovatie gemeentehuis",
        "Zorg > Zwembad",
        "Groen > Parken",
    ]


def test_a_heading_that_is_printed_again_does_not_stand_in_itself():
    lines = [
        cells("", "2023", "2024"),
        cells("Activa", "", ""),
        cells("Voorraden", "10", "12"),
        cells("Totaal voorraden", "10", "12"),
        cells("Activa", "", ""),
        cells("Vorderingen", "30", "31"),
    ]
    (table,) = understood(page(f"<p>{UNIT}</p>", lines), "a.html").tables
    assert " > ".join(table.rows[-1].path) == "Activa > Vorderingen"


def test_a_grid_of_amounts_without_labels_is_told_and_not_passed_over():
    lines = [cells("", "2023", "2024"), cells("", "10", "12"), cells("", "13", "14"), cells("", "15", "16")]
    found = understood(page("", lines), "a.html")
    assert found.tables or any("niet gelezen" in r.reason for r in found.rejects)


def test_the_sign_of_a_column_is_no_part_of_its_name():
    lines = [
        cells("Programma", "Lasten", "Verschil (V/N)"),
        cells("Zorg", "10", "2 V"),
        cells("Werk", "30", "1 N"),
    ]
    (table,) = understood(page(f"<p>{UNIT}</p>", lines), "a.html").tables
    assert [c.path for c in table.columns] == [("Lasten",), ("Verschil",)]


def test_years_name_rows_under_a_word_that_could_head_a_column():
    lines = [
        cells("Jaar", "Lasten", "Baten", "Saldo"),
        cells("2021", "120", "130", "10"),
        cells("2022", "121", "131", "10"),
    ]
    (table,) = understood(page(f"<p>{UNIT}</p>", lines), "a.html").tables
    assert [c.path for c in table.columns] == [("Lasten",), ("Baten",), ("Saldo",)]
    assert ([r.path for r in table.rows], table.lezing) == ([("2021",), ("2022",)], "zeker")


def test_the_term_of_a_loan_is_no_name_of_its_row():
    lines = [
        cells("Nr.", "Geldgever", "Looptijd", "Stand"),
        cells("40.101", "BNG", "2010-2030", "1.000"),
        cells("40.102", "NWB", "2012-2032", "2.000"),
        cells("40.103", "BNG", "2015-2040", "3.000"),
    ]
    (table,) = understood(page(f"<p>{UNIT}</p>", lines), "a.html").tables
    assert [r.path for r in table.rows] == [("40.101 BNG",), ("40.102 NWB",), ("40.103 BNG",)]


def test_a_title_with_its_unit_below_the_header_is_no_heading_of_rows():
    title = [("Taakvelden per programma (bedragen x € 1.000)", 5)]
    (table,) = understood(page("", [*HEAD, title, *PLAIN]), "a.html", 2024).tables
    assert said(table) == expected()
    assert (table.caption, table.unit) == ("Taakvelden per programma", "EUR_1000")


def test_a_side_with_its_unit_below_the_header_is_a_heading_of_rows():
    lines = [
        cells("", "2023", "2024"),
        cells("Lasten (x € 1.000)", "", ""),
        cells("Zorg", "10", "12"),
        cells("Werk", "3", "4"),
    ]
    (table,) = understood(page("", lines), "a.html").tables
    assert [" > ".join(r.path) for r in table.rows] == ["Lasten > Zorg", "Lasten > Werk"]


@pytest.mark.parametrize("header", ["background: #dde", "border: 1pt solid black"])
def test_a_pdf_of_which_the_header_alone_is_drawn_is_one_table_with_that_header(header):
    weasyprint = pytest.importorskip("weasyprint")
    style = (
        "td { padding: 2pt 5pt; text-align: right } td:first-child { text-align: left; width: 120pt } "
        f"tr:nth-child(-n + 2) td {{ {header}; text-align: center }} table {{ border-collapse: collapse }}"
        "body { font: 9pt sans-serif }"
    )
    data = weasyprint.HTML(string=page(*WAYS["plain"], style)).write_pdf()
    found = understand(read(data, "a.pdf").fragments, Around(soort="begroting", jaar=2024), "a.pdf")
    (table,) = found.tables
    assert said(table) == expected()


def paths_of(*lines: Line) -> list[str]:
    (table,) = understood(page(f"<h3>{TITLE}</h3><p>{UNIT}</p>", lines), "a.html").tables
    return [" > ".join(row.path) for row in table.rows]


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (("(1)", "(2)", "(3) = (1) - (2)"), ("Drempelbedrag", "Kwartaalcijfer", "Ruimte")),
        (("7104012", "7104019", "7210045"), ("Zaaksysteem", "Raadzaal", "Stationsweg")),
    ],
)
def test_what_numbers_rows_stands_before_their_names_and_never_instead_of_them(codes, labels):
    lines = [
        cells(code, label, f"{n}.412", f"{n}.688")
        for n, (code, label) in enumerate(zip(codes, labels, strict=True), 1)
    ]
    assert paths_of(cells("", "", "2023", "2024"), *lines) == [
        f"{code} {label}" for code, label in zip(codes, labels, strict=True)
    ]


def test_lasten_and_baten_stand_in_the_programme_that_prints_its_saldo_above_them():
    sides = [("Bestuur", 100, 40), ("Zorg", 900, 300), ("Groen", 250, 75)]
    lines = []
    for name, cost, revenue in sides:
        lines += [
            cells(name, str(revenue - cost), str(revenue - cost - 1)),
            cells("Lasten", str(cost), str(cost + 1)),
            cells("Baten", str(revenue), str(revenue)),
        ]
    assert paths_of(cells("Programma", "2023", "2024"), *lines) == [
        path for name, _, _ in sides for path in (name, f"{name} > Lasten", f"{name} > Baten")
    ]


def test_blocks_of_a_year_hold_their_rows_to_the_end():
    block = [
        ("Kosten", 100),
        ("Inkomsten", -20),
        ("Totale kosten", 80),
        ("Opbrengst heffingen", 75),
        ("Dekking", 94),
    ]
    lines = []
    for year in ("2025", "2026"):
        lines.append([(f"Begroting {year}", 3)])
        lines += [cells(label, str(n), str(n + 1)) for label, n in block]
    assert paths_of(cells("", "Afval", "Riool"), *lines) == [
        f"Begroting {year} > {label}" for year in ("2025", "2026") for label, _ in block
    ]


def test_details_set_in_under_a_date_stand_in_its_column_with_their_sums():
    lines = [
        [("", 1), ("31-12-2024", 2), ("31-12-2023", 2)],
        cells("Immateriële vaste activa", "", "1.552", "", "1.700"),
        cells("- Onderzoek", "238", "", "252", ""),
        cells("- Bijdragen aan derden", "1.314", "", "1.448", ""),
        cells("Voorraden", "", "5.316", "", "5.101"),
        cells("- Grondstoffen", "5.000", "", "4.900", ""),
        cells("- Gereed product", "316", "", "201", ""),
    ]
    (table,) = understood(page(f"<h3>Balans</h3><p>{UNIT}</p>", lines), "a.html").tables
    assert [c.path for c in table.columns] == [("31-12-2024",), ("31-12-2023",)]
    assert [c.text for c in table.cells if c.column == table.columns[0].no] == [
        "1.552", "238", "1.314", "5.316", "5.000", "316"
    ]  # fmt: skip


def test_amounts_in_front_of_the_names_of_rows_are_values_of_them():
    lines = [
        cells("Oorspronkelijk bedrag", "Geldnemer", "Restant 2022", "Restant 2023"),
        cells("4.537.802", "Stichting Woonveste", "3.120.440", "2.988.215"),
        cells("12.000.000", "Mozaïek Wonen", "12.000.000", "12.000.000"),
    ]
    (table,) = understood(page("<p>bedragen in euro's</p>", lines), "a.html").tables
    assert [" > ".join(r.path) for r in table.rows] == ["Stichting Woonveste", "Mozaïek Wonen"]
    assert [" > ".join(c.path) for c in table.columns] == [
        "Oorspronkelijk bedrag", "Restant 2022", "Restant 2023"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("units", "names"),
    [
        (("", "in %"), ["Lasten > 2022", "Lasten > 2023", "Verschil"]),
        (("in €", "in %"), ["Lasten > 2022", "Lasten > 2023", "Verschil", "Verschil > in %"]),
    ],
)
def test_a_unit_below_a_header_is_no_name_unless_columns_differ_in_nothing_else(units, names):
    units = [u for u in units if u]
    lines = [
        [("", 1), ("Lasten", 2), ("Verschil", len(units))],
        cells("Voorziening", "2022", "2023", *units),
        cells("Begeleiding", "200", "250", *["50", "25,0"][-len(units) :]),
        cells("Rolstoelen", "100", "110", *["10", "10,0"][-len(units) :]),
    ]
    (table,) = understood(page(f"<h3>{TITLE}</h3><p>{UNIT}</p>", lines), "a.html").tables
    assert [" > ".join(c.path) for c in table.columns] == names


def test_rows_whose_labels_come_back_stand_in_the_row_above_them_also_where_one_column_is_printed():
    parts = [("Bestuur", 100, 40), ("Zorg", 900, 300), ("Groen", 250, 75)]
    lines = []
    for name, staff, goods in parts:
        lines += [
            cells(name, str(staff + goods)),
            cells("Personeel", str(staff)),
            cells("Materieel", str(goods)),
        ]
    assert paths_of(cells("Programma", "2024"), *lines) == [
        path for name, _, _ in parts for path in (name, f"{name} > Personeel", f"{name} > Materieel")
    ]


def test_a_block_of_a_year_goes_on_below_a_group_and_a_total_inside_it():
    before, after = (
        ["Kosten taakvelden", "Inkomsten taakvelden", "Netto kosten"],
        ["Totale kosten", "Opbrengst heffingen"],
    )
    lines, expected = [], []
    for year in ("2025", "2026"):
        lines.append([(f"Begroting {year}", 3)])
        lines += [cells(label, str(n), str(n + 1)) for label, n in zip(before, (100, -20, 80), strict=True)]
        lines.append(cells("Toe te rekenen kosten:", "", ""))
        lines += [
            cells("Overhead", "10", "11"),
            cells("BTW", "6", "7"),
            cells("Subtotaal toe te rekenen kosten", "16", "18"),
        ]
        lines += [cells(label, str(n), str(n + 1)) for label, n in zip(after, (96, 90), strict=True)]
        expected += [f"Begroting {year} > {label}" for label in (*before, *after)]
    assert [
        path for path in paths_of(cells("", "Afval", "Riool"), *lines) if "Toe te" not in path
    ] == expected


@pytest.mark.parametrize(
    "cell", ["Loon-<br>en prijsstijging", "Loon- en<br>prijsstijging", "Loon- en prijs-<br>stijging"]
)
def test_a_hyphen_that_stands_for_a_word_is_kept_at_the_end_of_a_line(cell):
    lines = "<tr><td>Stelpost</td><td>2023</td><td>2024</td></tr>" + "".join(
        f"<tr><td>{label}</td><td>10</td><td>1{n}</td></tr>" for n, label in enumerate((cell, "Onvoorzien"))
    )
    (table,) = understood(f"<p>{UNIT}</p><table>{lines}</table>", "a.html").tables
    assert table.rows[0].path == ("Loon- en prijsstijging",)
