"""Tables copied column by column are read as those that are copied row by row."""

from __future__ import annotations

from extracts import columns, rows, understood
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.cells import cells_of
from dagster_project.reading.turned import names_first, row_by_row

COPIED = """\
Opbrengsten
De belangrijkste heffingen staan hieronder (x € 1.000).

Omschrijving
Belastingen
OZB woningen
OZB bedrijven
Totaal belastingen
Heffingen
Rioolheffing
Leges voor vergunningen en
overige leges
Totaal heffingen
Netto opbrengst

Rekening
2022
3.120
1.877
4.997
2.410
688
3.098
8.095

Begroting
2023
3.344
1.912
5.256
2.455
905
3.360
8.616

Begroting
2024
3.490
2.005
5.495
2.447
742
3.189
8.684

Programmabegroting 2024-2027
54
"""


def test_names_that_stand_before_all_columns_are_those_of_the_rows():
    assert columns(COPIED) == ["Rekening 2022", "Begroting 2023", "Begroting 2024"]
    assert rows(COPIED) == [
        "Belastingen > OZB woningen",
        "Belastingen > OZB bedrijven",
        "Belastingen > Totaal belastingen",
        "Heffingen > Rioolheffing",
        "Heffingen > Leges voor vergunningen en overige leges",
        "Heffingen > Totaal heffingen",
        "Netto opbrengst",
    ]
    (table,) = understood(COPIED).tables
    assert [cell.value for cell in table.cells][:6] == [3_120, 3_344, 3_490, 1_877, 1_912, 2_005]


def test_a_name_more_that_no_total_names_leaves_open_which_has_values_and_is_asked_about():
    found = understood(COPIED.replace("OZB woningen", "Overige\nOZB woningen"))
    assert [table.is_asked for table in found.tables] == [True]


NAMES = ("Wegen", "Groen", "Riolering", "Sport", "Zorg", "Jeugd", "Cultuur", "Bestuur")


@given(st.integers(3, 8), st.lists(st.integers(2015, 2030), min_size=2, max_size=5, unique=True))
def test_cells_copied_by_column_and_by_row_are_the_same_cells_in_the_same_order(count, years):
    names = NAMES[:count]
    amounts = {name: [f"{k + 1}.{year}" for year in years] for k, name in enumerate(names)}
    by_column = ["Omschrijving", *names]
    for k, year in enumerate(years):
        by_column += [f"Begroting {year}", *(amounts[name][k] for name in names)]
    by_row = ["Omschrijving", *(f"Begroting {year}" for year in years)]
    for name in names:
        by_row += [name, *amounts[name]]
    turned = row_by_row(cells_of([(text, line) for line, text in enumerate(by_column, start=1)]))
    assert [cell.text for cell in turned] == by_row
    plainly = cells_of([(text, line) for line, text in enumerate(by_row, start=1)])
    assert row_by_row(plainly) == plainly


def test_states_below_each_other_with_their_values_stay_rows():
    text = "Omschrijving\nLasten\nBaten\nSaldo\nRekening 2022\n1.200\n1.000\n200\nBegroting 2023\n1.300\n1.100\n200\n"
    cells = cells_of([(line, no) for no, line in enumerate(text.splitlines(), start=1)])
    assert row_by_row(cells) == cells


TILES = """\
Onze begroting

Begroting 2024

Waar gaat het geld naartoe?

€ 38,4 mln

Zorg en inkomen

€ 21,7 mln

Wonen

€ 8,9 mln

Onderwijs

{0}

Totale lasten

€ 70,1 mln

Totale baten
"""


def test_amounts_above_their_names_are_those_of_the_names_where_a_total_tells():
    (table,) = understood(TILES.format("€ 69,0 mln")).tables
    told = {row.path[-1]: [c.value for c in table.cells if c.row == row.no] for row in table.rows}
    assert [str(told[name][0]) for name in ("Zorg en inkomen", "Onderwijs", "Totale lasten")] == [
        "38.4",
        "8.9",
        "69.0",
    ]


def test_names_above_their_amounts_keep_them_where_no_total_tells_otherwise():
    cells = cells_of(
        [(line, no) for no, line in enumerate(TILES.format("€ 50,0 mln").split("\n\n"), start=1)]
    )
    assert names_first(cells) == cells
