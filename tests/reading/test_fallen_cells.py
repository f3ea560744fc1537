"""Rows of texts with bars that lost the cells in front of their values: a group printed once, a total without a code."""

from __future__ import annotations

from extracts import columns, rows, understood


def test_a_row_without_the_group_that_is_printed_once_has_its_values_in_their_columns():
    text = """\
Thema | Onderdeel | Begroting 2024 | Rekening 2024 | Verschil
Inwoners | Wijkteams | 1.310 | 1.288 | 22
Taalhuis | 96 | 101 | -5
Omgeving | Wegen | 2.205 | 2.240 | -35
Groen | 788 | 779 | 9
Water | 143 | 150 | -7
Totaal | 4.542 | 4.558 | -16
"""
    assert columns(text) == ["Begroting 2024", "Rekening 2024", "Verschil"]
    assert rows(text) == [
        "Inwoners > Wijkteams",
        "Inwoners > Taalhuis",
        "Omgeving > Wegen",
        "Omgeving > Groen",
        "Omgeving > Water",
        "Totaal",
    ]
    assert not understood(text).tables[0].is_asked


def test_a_total_without_a_code_has_all_its_values():
    text = """\
Code | Taakveld | Lasten | Baten
2.1 | Wegen | 1.204 | 15
5.7 | Groen | 812 | 9
7.2 | Riolering | 650 | 702
Totaal | 2.666 | 726
"""
    assert rows(text)[-1] == "Totaal"
    assert [c.text for c in understood(text).tables[0].cells][-2:] == ["2.666", "726"]


def test_a_row_that_may_lack_a_value_as_well_stays_as_it_is_printed():
    text = """\
Thema | Onderdeel | Lasten | Baten
Inwoners | Wijkteams | 1.310 | 288
Inwoners | Taalhuis | 96
Omgeving | Wegen | 2.205 | 240
"""
    assert [(c.row, c.column) for c in understood(text).tables[0].cells if c.text == "96"] == [(2, 1)]


def test_layers_of_a_header_that_lost_their_blank_cells_stand_behind_a_column_of_letters():
    text = """\
Programma | Maatregel | I/S | Rekening | Begroting
2024 | 2025 | 2026
Lasten | Baten | Lasten | Baten | Lasten | Baten
Omgeving | Bruggen | I | 410 | 12 | 425 | 14 | 431 | 14
Omgeving | Bomen | S | 288 | 9 | 301 | 9 | 305 | 10
Inwoners | Wijken | S | 650 | 702 | 668 | 715 | 671 | 720
"""
    assert columns(text)[:4] == [
        "Rekening 2024 Lasten",
        "Rekening 2024 Baten",
        "Begroting 2025 Lasten",
        "Begroting 2025 Baten",
    ]


def test_header_rows_that_end_in_blanks_stand_further_right_where_that_names_every_column():
    text = """\
| Programma | 2023 | 2023 | 2023 | 2024 | 2024 | 2024 |
| Baten | Lasten | Saldo | Baten | Lasten | Saldo |  |
| Wonen | 4.708 | 719 | 3.989 | 4.919 | 733 | 4.186 |
| Zorg | 223 | 22.550 | -22.327 | 231 | 22.512 | -22.281 |
| Totaal | 4.931 | 23.269 | -18.338 | 5.150 | 23.245 | -18.095 |
"""
    assert columns(text) == [
        f"{jaar} {side}" for jaar in (2023, 2024) for side in ("Baten", "Lasten", "Saldo")
    ]
    assert not understood(text).tables[0].is_asked


def test_a_header_that_reaches_the_last_column_stays_where_it_is():
    text = """\
| Programma | 2023 | 2024 | Toelichting |
| Wonen | 4.708 | 4.919 |  |
| Zorg | 223 | 231 | zie blz. 4 |
"""
    assert columns(text) == ["2023", "2024"]
