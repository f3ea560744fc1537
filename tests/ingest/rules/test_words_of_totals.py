"""Which rows and columns sum what, told by their words and by where they stand."""

from __future__ import annotations

import pytest
from written import formulas, settled, sums, verdicts, written


def test_a_last_row_that_bears_the_name_of_its_heading_is_the_total_of_the_group():
    document = settled(
        written("""
        | 2023 | 2024
        Wmo
          Begeleiding  | 10 | 12
          Dagbesteding | 5  | 6
          Wmo          | 15 | 18
        Programma 2 Onderwijs en jeugd
          4.2 Onderwijshuisvesting | 7  | 8
          4.3 Leerlingzaken        | 3  | 4
          Onderwijs en jeugd       | 10 | 12
        Totaal | 25 | 30
        """)
    )
    assert sums(document) == {
        "Wmo > Wmo = Wmo > Begeleiding + Wmo > Dagbesteding",
        "Programma 2 Onderwijs en jeugd > Onderwijs en jeugd = Programma 2 Onderwijs en jeugd > 4.2 Onderwijshuisvesting"
        " + Programma 2 Onderwijs en jeugd > 4.3 Leerlingzaken",
        "Totaal = Wmo > Wmo + Programma 2 Onderwijs en jeugd > Onderwijs en jeugd",
    }
    assert verdicts(document) == {"exact": 6}


def test_a_balance_of_something_that_its_label_names_is_an_item_among_lasten_or_baten():
    document = settled(
        written("""
        | 2023 | 2024
        Lasten
          Wegen                       | 10 | 12
          Groen                       | 5  | 6
          Totaal lasten               | 15 | 18
        Baten
          Leges                       | 7  | 8
          Saldo vorige collegeperiode | 3  | 4
          Totaal baten                | 10 | 12
        Saldo van baten en lasten     | -5 | -6
        """)
    )
    assert "Baten > Totaal baten = Baten > Leges + Baten > Saldo vorige collegeperiode" in sums(document)
    assert "Saldo van baten en lasten = - Lasten > Totaal lasten + Baten > Totaal baten" in sums(document)


@pytest.mark.parametrize("label", ["Sturing op resultaat bij aanbieders", "Overige baten en lasten"])
def test_a_label_that_is_about_a_result_or_about_both_sides_is_an_item(label):
    table = written(f"| 2025 | 2026\nMinder inhuur | 10 | 12\n{label} | 5 | 6\nTotaal besparingen | 15 | 18")
    assert sums(settled(table)) == {f"Totaal besparingen = Minder inhuur + {label}"}


def test_one_row_below_a_heading_with_a_total_still_makes_a_balance():
    document = settled(
        written("""
        | 2023 | 2024
        Lasten | 15 | 18
          Wegen | 10 | 12
          Groen | 5 | 6
        Baten | 4 | 5
          Leges | 4 | 5
        Saldo | -11 | -13
        """)
    )
    assert "Saldo = - Lasten + Baten" in sums(document)


@pytest.mark.parametrize("label", ["Totaal stand per 31 december", "Totaal eindstand"])
def test_a_total_of_closing_stocks_sums_the_stocks(label):
    document = settled(
        written(f"""
        | 2023 | 2024
        Reserve A
          Stand per 1 januari | 10 | 12
          Stortingen | 3 | 1
          Onttrekkingen | 1 | 2
          Stand per 31 december | 12 | 11
        Reserve B
          Stand per 1 januari | 5 | 5
          Stortingen | 1 | 1
          Onttrekkingen | 1 | 2
          Stand per 31 december | 5 | 4
        {label} | 17 | 15
        """)
    )
    assert f"{label} = Reserve A > Stand per 31 december + Reserve B > Stand per 31 december" in sums(
        document
    )


@pytest.mark.parametrize(
    "label", ["Totaalsaldo baten en lasten", "Totaal saldo baten en lasten", "Berekend EMU-saldo"]
)
def test_a_total_whose_word_is_glued_or_stands_elsewhere_sums_what_is_above_it(label):
    assert sums(
        settled(written(f"| 2022 | 2023\nWegen | 100 | 90\nGroen | 40 | 50\n{label} | 140 | 140"))
    ) == {f"{label} = Wegen + Groen"}


def test_a_total_of_totals_takes_the_row_between_them():
    document = settled(
        written("""
        | stortingen Rekening 2022 | onttrekkingen Rekening 2022
        1 Wegen                    | 100 | 90
        2 Groen                    | 40  | 50
        Totaal mutaties programma's | 140 | 140
        Overige mutaties           | 5   | 6
        Totaal mutaties reserves   | 145 | 146
        """)
    )
    assert sums(document) == {
        "Totaal mutaties programma's = 1 Wegen + 2 Groen",
        "Totaal mutaties reserves = Totaal mutaties programma's + Overige mutaties",
    }


def test_what_is_left_of_a_task_is_the_task_less_what_was_done():
    table = written(
        "| 2025 | 2026\nOorspronkelijke taakstelling | 100 | 90\nIngevuld | 40 | 50\nResterend | 60 | 40"
    )
    assert sums(settled(table)) == {"Resterend = Oorspronkelijke taakstelling - Ingevuld"}


@pytest.mark.parametrize("word", ["Krediet", "Investering", "Totaal"])
def test_a_column_beside_years_is_what_is_spread_over_them(word):
    document = settled(written(f"| {word} | 2024 | 2025 | 2026\nBrug | 6 | 1 | 2 | 3\nKade | 9 | 4 | | 5"))
    assert formulas(document) == {f"{word} = 2024 + 2025 + 2026"}


def test_a_column_beside_years_that_sums_nothing_is_no_sum():
    document = settled(
        written("| Krediet | 2024 | 2025\nBrug | 6 | 1 | 2\nKade | 90 | 4 | 5\nWeg | 50 | 1 | 1")
    )
    assert formulas(document) == set()
