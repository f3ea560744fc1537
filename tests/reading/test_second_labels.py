"""Two names on one line of a text: that of a group in front of that of its first row."""

from __future__ import annotations

from extracts import rows, understood

TAAKVELDEN = """\
Lasten per taakveld
(bedragen x € 1.000)
Programma Taakveld Begroting 2024 Begroting 2025
1. Bestuur 0.1 Bestuur 2.359 2.422
0.2 Burgerzaken 1.352 1.345
Totaal programma 1 3.711 3.767
2. Leefomgeving 2.1 Verkeer en vervoer 6.200 6.346
5.7 Openbaar groen 4.090 4.052
7.3 Afval 4.778 4.987
Totaal programma 2 15.068 15.385
Totaal programma's 18.779 19.152
0.4 Overhead 9.219 9.527
Totale lasten 27.998 28.679
"""


def test_the_code_of_a_second_name_tells_where_it_begins():
    assert rows(TAAKVELDEN) == [
        "1. Bestuur > 0.1 Bestuur",
        "1. Bestuur > 0.2 Burgerzaken",
        "1. Bestuur > Totaal programma 1",
        "2. Leefomgeving > 2.1 Verkeer en vervoer",
        "2. Leefomgeving > 5.7 Openbaar groen",
        "2. Leefomgeving > 7.3 Afval",
        "2. Leefomgeving > Totaal programma 2",
        "Totaal programma's",
        "0.4 Overhead",
        "Totale lasten",
    ]


def test_a_code_in_the_name_of_one_row_parts_no_names():
    text = TAAKVELDEN.replace("1. Bestuur 0.1 Bestuur", "0.1 Bestuur")
    assert "2. Leefomgeving 2.1 Verkeer en vervoer" in rows(text)


def test_a_text_without_values_is_a_row_where_a_table_beside_it_prints_values_there():
    text = """\
bedragen x € 1.000

01 Wonen 2024 2025 2026
Lasten 7.912 8.145 8.404
Baten 4.469 4.460 4.450
Saldo 3.443 3.685 3.954
Mutatie incidenteel 10 20 30
Mutatie structureel 591 591 517
Saldo programma 01 4.044 4.296 4.501

02 Zorg 2024 2025 2026
Lasten 21.146 21.198 21.272
Baten 4.953 4.948 4.940
Saldo 16.193 16.250 16.332
Mutatie incidenteel
Mutatie structureel 133 133 133
Saldo programma 02 16.326 16.383 16.465
"""
    _, zorg = understood(text).tables
    assert [row.path[-1] for row in zorg.rows][-2:] == ["Mutatie structureel", "Saldo programma 02"]
    assert all("Mutatie incidenteel" not in row.path[:-1] for row in zorg.rows)
