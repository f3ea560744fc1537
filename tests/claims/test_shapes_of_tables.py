"""What different shapes of tables claim: the sums that their words and structure state, and no others."""

from __future__ import annotations

import pytest
from written import formulas, settled, sums, verdicts, written


def holds(document, count: int) -> None:
    assert verdicts(document) == {"exact": count}


def test_nested_totals_close_the_groups_in_front_of_them():
    document = settled(
        written("""
        | 2023 | 2024
        Sociaal
          Jeugd
            Zorg         | 10 | 11
            Pgb          | 5  | 6
            Totaal Jeugd | 15 | 17
          Wmo
            Hulp         | 20 | 21
            Opvang       | 7  | 8
            Totaal Wmo   | 27 | 29
          Totaal sociaal | 42 | 46
        Fysiek
          Wegen          | 3  | 4
          Groen          | 2  | 2
          Totaal fysiek  | 5  | 6
        Totaal           | 47 | 52
        """)
    )
    assert sums(document) == {
        "Sociaal > Jeugd > Totaal Jeugd = Sociaal > Jeugd > Zorg + Sociaal > Jeugd > Pgb",
        "Sociaal > Wmo > Totaal Wmo = Sociaal > Wmo > Hulp + Sociaal > Wmo > Opvang",
        "Sociaal > Totaal sociaal = Sociaal > Jeugd > Totaal Jeugd + Sociaal > Wmo > Totaal Wmo",
        "Fysiek > Totaal fysiek = Fysiek > Wegen + Fysiek > Groen",
        "Totaal = Sociaal > Totaal sociaal + Fysiek > Totaal fysiek",
    }
    holds(document, 10)


def test_nested_totals_without_headings_are_told_from_their_order():
    document = settled(
        written("""
        | 2023 | 2024
        Zorg            | 10 | 11
        Pgb             | 5  | 6
        Totaal jeugd    | 15 | 17
        Hulp            | 20 | 21
        Opvang          | 7  | 8
        Totaal wmo      | 27 | 29
        Totaal sociaal  | 42 | 46
        Wegen           | 3  | 4
        Groen           | 2  | 2
        Totaal fysiek   | 5  | 6
        Totaal generaal | 47 | 52
        """)
    )
    assert "Totaal sociaal = Totaal jeugd + Totaal wmo" in sums(document)
    assert "Totaal generaal = Totaal sociaal + Totaal fysiek" in sums(document)
    holds(document, 10)


def test_a_total_that_stands_first_sums_what_follows():
    document = settled(
        written("""
        | 2023 | 2024
        Totaal lasten sociaal domein | 32 | 37
        Jeugd                        | 10 | 11
        Wmo                          | 15 | 18
        Participatie                 | 7  | 8
        """)
    )
    assert sums(document) == {"Totaal lasten sociaal domein = Jeugd + Wmo + Participatie"}


def test_details_of_a_row_and_rows_that_are_no_amounts_are_not_summed():
    document = settled(
        written("""
        | 2023 | 2024
        Jeugd                         | 10   | 11
        waarvan pgb                   | 2    | 3
        Wmo                           | 15   | 18
        - waarvan huishoudelijke hulp | 4    | 4
        Participatie                  | 7    | 8
        Totaal                        | 32   | 37
        Aantal inwoners               | 1000 | 1100
        Bedrag per inwoner            | 32   | 34
        """)
    )
    assert sums(document) == {"Totaal = Jeugd + Wmo + Participatie"}


def test_a_total_that_leaves_a_row_out_is_a_break_and_no_sum_of_the_others():
    document = settled(
        written("""
        | 2023 | 2024 | 2025
        Jeugd        | 10 | 11 | 12
        Pgb          | 2  | 3  | 4
        Wmo          | 15 | 18 | 20
        Participatie | 7  | 8  | 9
        Totaal       | 32 | 37 | 41
        """)
    )
    assert sums(document) == {"Totaal = Jeugd + Pgb + Wmo + Participatie"}
    assert verdicts(document, decimals=1) == {"break": 3}


@pytest.mark.parametrize("last", ["Totaal", "Totaal programma"])
def test_lasten_baten_saldo_per_taakveld_with_a_unit_that_totals_them(last):
    document = settled(
        written(f"""
        | Begroting 2023 | Rekening 2023 | Verschil
        6.1 Samenkracht
          Lasten | 10  | 12  | -2
          Baten  | 3   | 4   | 1
          Saldo  | -7  | -8  | -1
        6.2 Wijkteams
          Lasten | 20  | 18  | 2
          Baten  | 5   | 5   | 0
          Saldo  | -15 | -13 | 2
        {last}
          Lasten | 30  | 30  | 0
          Baten  | 8   | 9   | 1
          Saldo  | -22 | -21 | 1
        """)
    )
    assert f"{last} > Saldo = 6.1 Samenkracht > Saldo + 6.2 Wijkteams > Saldo" in sums(document)
    assert f"{last} > Saldo = - {last} > Lasten + {last} > Baten" in sums(document)
    assert f"{last} > Saldo = {last} > Lasten + {last} > Baten" in sums(document, column=3)
    assert formulas(document, row=1) == {"Verschil = Begroting 2023 - Rekening 2023"}
    assert formulas(document, row=2) == {"Verschil = - Begroting 2023 + Rekening 2023"}
    holds(document, 27)


def test_totals_per_quantity_below_units():
    document = settled(
        written("""
        | Begroting 2023 | Rekening 2023
        6.1 Samenkracht
          Lasten | 10 | 12
          Baten  | 3  | 4
          Saldo  | 7  | 8
        6.2 Wijkteams
          Lasten | 20 | 18
          Baten  | 5  | 5
          Saldo  | 15 | 13
        Totaal lasten | 30 | 30
        Totaal baten  | 8  | 9
        Totaal saldo  | 22 | 21
        """)
    )
    assert "Totaal baten = 6.1 Samenkracht > Baten + 6.2 Wijkteams > Baten" in sums(document)
    assert "Totaal saldo = Totaal lasten - Totaal baten" in sums(document)
    holds(document, 12)


def test_markers_give_numbers_their_sign():
    document = settled(
        written("""
        | 2023 | 2024
        Bestuur  | N 10 | N 11
        Groen    | N 5  | V 6
        Middelen | V 10 | V 1
        Saldo    | N 5  | N 4
        """)
    )
    # the total is marked N, so the whole rule is turned and the total keeps -1
    assert sums(document) == {"Saldo = Bestuur + Groen - Middelen"}
    assert sums(document, column=2) == {"Saldo = Bestuur - Groen - Middelen"}
    holds(document, 2)


def test_columns_of_percentages_take_no_part():
    document = settled(
        written("""
        | 2023 | 2024 | Afwijking | Afwijking in %
        Bestuur | 10 | 12 | 2  | 20%
        Groen   | 10 | 9  | -1 | -10%
        Totaal  | 20 | 21 | 1  | 5%
        """)
    )
    assert sums(document, column=4) == set()
    assert formulas(document) == {"Afwijking = - 2023 + 2024"}


def test_a_sum_over_an_unknown_number_is_not_judged():
    document = settled(
        written("""
        | 2023 | 2024
        Bestuur | 10 | PM
        Groen   | 10 | 9
        Totaal  | 20 | 9
        """)
    )
    assert verdicts(document) == {"exact": 1, "not_judged": 1}


def test_provisions_run_from_opening_to_closing_stock_with_two_kinds_of_withdrawal():
    document = settled(
        written(
            """
            | Saldo 1-1-2024 | Dotatie | Aanwending | Vrijval | Saldo 31-12-2024
            Riolering            | 100 | 10 | 20 | 5 | 85
            Pensioenen           | 50  | 5  | -  | - | 55
            Totaal voorzieningen | 150 | 15 | 20 | 5 | 140
            """,
            kind="reserves",
        )
    )
    assert formulas(document) == {
        "Saldo 31-12-2024 = Saldo 1-1-2024 + Dotatie - Aanwending - Vrijval",
    }
    holds(document, 8)


def test_stocks_of_two_years_connect():
    document = settled(
        written(
            """
            | 2024 > Stand 1-1 | 2024 > Storting | 2024 > Onttrekking | 2024 > Stand 31-12 | 2025 > Stand 1-1 | 2025 > Storting | 2025 > Onttrekking | 2025 > Stand 31-12
            Algemene reserve | 100 | 10 | 20 | 90  | 90  | 5 | 5 | 90
            Reserve groen    | 50  | 5  | -  | 55  | 55  | - | 1 | 54
            Totaal reserves  | 150 | 15 | 20 | 145 | 145 | 5 | 6 | 144
            """,
            kind="reserves",
        )
    )
    assert "2025 > Stand 1-1 = 2024 > Stand 31-12" in formulas(document)
    holds(document, 17)


def test_stocks_in_rows_connect_from_year_to_year():
    document = settled(
        written(
            """
            | 2024 | 2025 | 2026
            Stand 1 januari   | 100 | 90 | 95
            Toevoegingen      | 10  | 15 | -
            Onttrekkingen     | 20  | 10 | 5
            Stand 31 december | 90  | 95 | 90
            """,
            kind="reserves",
        )
    )
    assert sums(document) == {"Stand 31 december = Stand 1 januari + Toevoegingen - Onttrekkingen"}
    assert "Stand 1 januari = Stand 31 december" in sums(document, column=2)
    holds(document, 5)


def test_a_change_of_the_budget_per_quantity():
    document = settled(
        written("""
        | Begroting 2024 > Lasten | Begroting 2024 > Baten | Wijziging > Lasten | Wijziging > Baten | Begroting 2024 na wijziging > Lasten | Begroting 2024 na wijziging > Baten
        Bestuur | 10 | 2  | 1  | - | 11 | 2
        Groen   | 10 | 12 | -2 | 3 | 8  | 15
        Totaal  | 20 | 14 | -1 | 3 | 19 | 17
        """)
    )
    assert formulas(document) == {
        "Begroting 2024 na wijziging > Lasten = Begroting 2024 > Lasten + Wijziging > Lasten",
        "Begroting 2024 na wijziging > Baten = Begroting 2024 > Baten + Wijziging > Baten",
    }
    holds(document, 12)


LASTEN_EN_BATEN = """
    | 2024 | 2025
    Lasten
      Bestuur       | 10 | 11
      Groen         | 20 | 21
      Totaal lasten | 30 | 32
    Baten
      Bestuur       | 1  | 2
      Groen         | 3  | 4
      Totaal baten  | 4  | 6
"""


def test_lasten_and_baten_apart_with_a_balance_and_a_result_below():
    document = settled(
        written(
            LASTEN_EN_BATEN
            + """
    Saldo van baten en lasten | -26 | -26
    Toevoeging reserves       | 5   | -
    Onttrekking reserves      | 31  | 26
    Resultaat                 | -   | -
    """
        )
    )
    assert sums(document) >= {
        "Saldo van baten en lasten = - Lasten > Totaal lasten + Baten > Totaal baten",
        "Resultaat = Saldo van baten en lasten - Toevoeging reserves + Onttrekking reserves",
    }
    holds(document, 8)


def test_lasten_baten_and_saldo_in_blocks_with_the_same_rows():
    document = settled(
        written(
            LASTEN_EN_BATEN
            + """
    Saldo
      Bestuur      | -9  | -9
      Groen        | -17 | -17
      Totaal saldo | -26 | -26
    """
        )
    )
    assert "Saldo > Groen = - Lasten > Groen + Baten > Groen" in sums(document)
    assert "Saldo > Totaal saldo = - Lasten > Totaal lasten + Baten > Totaal baten" in sums(document)
    holds(document, 12)


def test_the_same_in_tables_of_their_own():
    tables = [
        written("| 2024\n" + body, caption, no=no)
        for no, (caption, body) in enumerate(
            [
                ("Lasten", "Bestuur | 10\nGroen | 20\nTotaal lasten | 30"),
                ("Baten", "Bestuur | 1\nGroen | 3\nTotaal baten | 4"),
                (
                    "Analyse",
                    "Saldo van baten en lasten | -26\nMutaties reserves | 20\nGeraamd resultaat | -6",
                ),
            ],
            start=1,
        )
    ]
    document = settled(*tables)
    assert [r.scope for r in document.rules if r.kind == "saldo"] == ["document"]
    holds(document, 4)


def test_a_closing_item_is_taken_out_of_the_total_before_the_balance():
    tables = [
        written(
            "| 2024\nBestuur | 10\nGroen | 20\nGeraamd resultaat | 4\nTotaal lasten | 34", "Lasten", no=1
        ),
        written("| 2024\nBestuur | 1\nGroen | 33\nTotaal baten | 34", "Baten", no=2),
        written("| 2024\nSaldo van baten en lasten | 4\nMutaties reserves | -\nGeraamd resultaat | 4", no=3),
    ]
    document = settled(*tables)
    kinds = sorted(r.kind for r in document.rules)
    assert kinds == ["gelijk", "resultaat", "saldo", "totaal", "totaal"]
    holds(document, 5)


def test_lists_of_lasten_and_baten_without_totals_still_make_a_balance():
    document = settled(
        written("""
        | 2024 | 2025
        Lasten
          Bestuur | 10 | 11
          Groen   | 20 | 21
        Baten
          Leges   | 1  | 2
          Rijk    | 3  | 4
        Saldo     | 26 | 26
        """)
    )
    assert sums(document) == {"Saldo = Lasten > Bestuur + Lasten > Groen - Baten > Leges - Baten > Rijk"}


def test_totals_that_go_on_from_the_total_before():
    document = settled(
        written("""
        | 2024 | 2025
        Programma 1               | 10 | 11
        Programma 2               | 20 | 21
        Totaal programma's        | 30 | 32
        Overhead                  | 5  | 6
        Onvoorzien                | 1  | 1
        Saldo van baten en lasten | 36 | 39
        Mutaties reserves         | -4 | -5
        Resultaat                 | 32 | 34
        """)
    )
    assert sums(document) == {
        "Totaal programma's = Programma 1 + Programma 2",
        "Saldo van baten en lasten = Totaal programma's + Overhead + Onvoorzien",
        "Resultaat = Saldo van baten en lasten + Mutaties reserves",
    }


def test_a_total_column_sums_its_categories_and_years():
    categories = settled(
        written("""
        | Personeel | Materieel | Kapitaal | Totaal
        Bestuur | 10 | 2  | 1 | 13
        Groen   | 10 | 12 | 3 | 25
        """)
    )
    years = settled(
        written("""
        | 2024 | 2025 | 2026 | Totaal 2024-2026
        Bestuur | 10 | 2  | 1 | 13
        Groen   | 10 | 12 | 3 | 25
        """)
    )
    assert formulas(categories) == {"Totaal = Personeel + Materieel + Kapitaal"}
    assert formulas(years) == {"Totaal 2024-2026 = 2024 + 2025 + 2026"}


def test_budget_and_accounts_are_never_added_up():
    document = settled(
        written("""
        | Rekening 2022 | Begroting 2023 | Totaal
        Bestuur | 10 | 2  | 12
        Groen   | 10 | 12 | 22
        """)
    )
    assert document.rules == ()


def test_a_code_stands_above_the_codes_it_begins():
    document = settled(
        written("""
        | 2024 | 2025
        6 Sociaal domein | 30 | 33
        6.1 Samenkracht  | 10 | 11
        6.2 Wijkteams    | 20 | 22
        7 Milieu         | 9  | 9
        7.1 Gezondheid   | 4  | 4
        7.2 Riool        | 5  | 5
        Totaal           | 39 | 42
        """)
    )
    assert sums(document) == {
        "6 Sociaal domein = 6.1 Samenkracht + 6.2 Wijkteams",
        "7 Milieu = 7.1 Gezondheid + 7.2 Riool",
        "Totaal = 6 Sociaal domein + 7 Milieu",
    }


def test_lasten_and_baten_above_their_own_items_carry_their_totals():
    document = settled(
        written("""
        | Rekening 2022 | Begroting 2023
        Lasten          | 600  | 620
        Salarissen      | 200  | 210
        Inkoop          | 400  | 410
        Baten           | 250  | 240
        Rijksbijdragen  | 200  | 190
        Eigen bijdragen | 50   | 50
        Saldo           | -350 | -380
        """)
    )
    assert sums(document) == {
        "Lasten = Salarissen + Inkoop",
        "Baten = Rijksbijdragen + Eigen bijdragen",
        "Saldo = - Lasten + Baten",
    }


def test_rows_with_a_bullet_are_parts_of_the_row_above_them():
    document = settled(
        written("""
        | 31-12-2022 | 31-12-2023
        Eigen vermogen            | 2000 | 2050
        - Algemene reserve        | 1200 | 1240
        - Bestemmingsreserves     | 700  | 750
        - Gerealiseerd resultaat  | 100  | 60
        Voorzieningen             | 500  | 450
        Schulden                  | 3000 | 3100
        Totaal passiva            | 5500 | 5600
        """)
    )
    assert sums(document) == {
        "Eigen vermogen = - Algemene reserve + - Bestemmingsreserves + - Gerealiseerd resultaat",
        "Totaal passiva = Eigen vermogen + Voorzieningen + Schulden",
    }


def test_a_balance_below_two_sides_belongs_to_both():
    document = settled(
        written("""
        | 2024 | 2025
        Incidentele lasten
          Invoering wet              | 100 | 50
          Markt                      | 250 | 100
          Totaal incidentele lasten  | 350 | 150
        Incidentele baten
          Gronden                    | 400 | -
          Subsidie                   | 20  | 30
          Totaal incidentele baten   | 420 | 30
          Saldo incidentele baten en lasten | 70 | -120
        """)
    )
    assert len([r for r in document.rules if r.kind == "saldo"]) == 2
    holds(document, 6)


def test_what_remains_of_a_credit_is_a_difference():
    document = settled(
        written(
            "| Beschikbaar krediet | Besteed | Restant krediet\nSchool | 1200 | 800 | 400\nWeg | 5 | 6 | -1"
        )
    )
    assert formulas(document) == {"Restant krediet = Beschikbaar krediet - Besteed"}


def test_a_name_that_only_sounds_like_a_balance_is_an_item():
    document = settled(
        written("""
        | 2024 | 2025 | 2026
        Jeugd                  | 30 | 33 | 10
        Wmo                    | 10 | 11 | 2
        Saldo lokale heffingen | 3  | 4  | 1
        Bijstand               | 20 | 22 | 3
        """)
    )
    assert document.rules == ()


def test_states_in_rows():
    document = settled(
        written("""
        | Lasten | Baten
        Begroting primitief    | 28 | 33
        Wijzigingen            | 2  | -
        Begroting na wijziging | 30 | 33
        Realisatie             | 10 | 11
        Verschil               | 20 | 22
        """)
    )
    assert sums(document) == {
        "Begroting na wijziging = Begroting primitief + Wijzigingen",
        "Verschil = Begroting na wijziging - Realisatie",
    }


def test_what_is_to_be_subtracted_says_so():
    document = settled(
        written("""
        | 2023 | 2024
        Bruto uitkering     | 100 | 120
        Eigen inkomsten     | 10  | 12
        Af: bijdrage regio  | 30  | 40
        Netto totaal        | 80  | 92
        """)
    )
    assert sums(document) == {"Netto totaal = Bruto uitkering + Eigen inkomsten - Af: bijdrage regio"}


def test_a_table_named_like_its_last_row_is_totalled_by_it():
    document = settled(
        written(
            """
            | Rekening 2022 | Begroting 2023
            Reserve groen
              Toevoeging  | 10 | 12
              Onttrekking | -4 | -2
              Saldo       | 6  | 10
            Reserve wegen
              Toevoeging  | 1  | 1
              Onttrekking | -4 | -2
              Saldo       | -3 | -1
            Reserves programma 4 | 3 | 9
            """,
            caption="Reserves programma 4 (bedragen x € 1.000)",
            kind="reserves",
        )
    )
    assert "Reserves programma 4 = Reserve groen > Saldo + Reserve wegen > Saldo" in sums(document)
    assert [c.keuze for c in document.conventions if c.naam == "onttrekking_teken"] == ["-"]


def test_indicators_claim_no_sums():
    document = settled(
        written("| 2023 | Totaal\nNiet-sporters | 44 | 44\nTotaal | 44 | 44", kind="indicatoren")
    )
    assert document.rules == ()


@pytest.mark.parametrize(
    "text", ["| 2023\nTotaal | 5", "| 2023\nJeugd | 5", "| Verschil\nJeugd | 5\nWmo | 3"]
)
def test_a_total_without_parts_claims_nothing(text):
    assert settled(written(text)).rules == ()


def test_a_column_of_counts_adds_up_by_row_and_never_breaks():
    document = settled(
        written("""
        | Formatie (fte) | Aantal locaties | Loonsom
        Ruimte   | 10 | 2 | 700
        Sociaal  | 25 | 1 | 1900
        Bestuur  | 5  | 1 | 400
        Totaal   | 40 | 4 | 3000
        """)
    )
    assert verdicts(document) == {"exact": 3}


def test_a_percentage_in_the_name_of_a_row_leaves_its_amounts_in_the_sum():
    document = settled(
        written("""
        | 2023 | 2024
        Minimabeleid 120% | 10 | 11
        Indexatie 3 %     | 20 | 21
        Dekkingsgraad (%) | 98 | 97
        Totaal            | 30 | 32
        """)
    )
    holds(document, 2)


def test_each_year_has_a_total_and_a_balance_of_its_own():
    document = settled(
        written("""
        | 2023 > Structureel | 2023 > Incidenteel | 2023 > Totaal | 2024 > Structureel | 2024 > Incidenteel | 2024 > Totaal
        Loonstijging | 10 | 1 | 11 | 20 | 2 | 22
        Wegen        | 5  | - | 5  | 6  | 1 | 7
        """)
    )
    holds(document, 4)


def test_balances_of_several_periods_are_no_differences_as_well():
    document = settled(
        written("""
        | Rekening 2022 > Toevoeging | Rekening 2022 > Onttrekking | Rekening 2022 > Saldo | Begroting 2023 > Toevoeging | Begroting 2023 > Onttrekking | Begroting 2023 > Saldo
        Reserve groen | 10 | -4 | 6 | 20 | -25 | -5
        Reserve wegen | 3  | -9 | -6 | 8 | -1 | 7
        """)
    )
    holds(document, 4)


def test_a_mutatie_beside_two_budgets_is_their_difference():
    document = settled(
        written("""
        | Begroting 2023 | Begroting 2024 | Mutatie
        Sport   | 10 | 14 | 4
        Cultuur | 25 | 20 | -5
        Welzijn | 7  | 9  | 2
        """)
    )
    holds(document, 3)


def test_what_remains_of_a_credit_is_all_that_was_spent_taken_off():
    document = settled(
        written("""
        | Krediet | Besteed t/m 2022 | Besteed 2023 | Restant krediet
        Markt   | 100 | 20 | 30 | 50
        School  | 400 | 10 | 80 | 310
        Rotonde | 60  | -  | 15 | 45
        """)
    )
    holds(document, 3)


def test_an_amount_per_inhabitant_in_a_name_says_how_the_row_was_found():
    document = settled(
        written("""
        | 2023 | 2024
        Heffingen                          | 10 | 11
        Post onvoorzien (€ 1 per inwoner)  | 20 | 21
        Totaal                             | 30 | 32
        """)
    )
    holds(document, 2)


def test_details_of_a_row_leave_the_rows_after_it_in_the_total():
    document = settled(
        written("""
        | 2023 | 2024
        Vaste activa       | 50 | 54
        - waarvan gronden  | 12 | 13
        Vlottende activa   | 8  | 7
        Totaal activa      | 58 | 61
        """)
    )
    holds(document, 2)


def test_what_is_still_to_be_realised_is_the_target_less_what_is_realised():
    document = settled(
        written("""
        | Taakstelling | Gerealiseerd | Nog te realiseren
        Inkoop   | 10 | 4 | 6
        Vastgoed | 25 | - | 25
        """)
    )
    holds(document, 2)


def test_a_group_called_a_total_sums_row_by_row_the_groups_before_it_with_the_same_rows():
    document = settled(
        written("""
        | 2024 | 2025
        Wegen
          Exploitatie               | 69  | 70
          Ten laste van voorziening | 5   | 6
        Riolering
          Exploitatie               | 50  | 65
          Ten laste van voorziening | 38  | 49
        Totaal
          Exploitatie               | 119 | 135
          Ten laste van voorziening | 43  | 55
          Totaal kapitaalgoederen   | 162 | 190
        """)
    )
    assert {
        "Totaal > Exploitatie = Wegen > Exploitatie + Riolering > Exploitatie",
        "Totaal > Ten laste van voorziening = Wegen > Ten laste van voorziening + Riolering > Ten laste van voorziening",
    } <= sums(document)
    roles = {r.path: r.rol for r in document.tables[0].rows}
    assert roles["Totaal", "Exploitatie"] == "total"  # it stands in no fact beside its parts


def test_a_group_of_another_name_with_the_same_rows_sums_nothing():
    document = settled(
        written("""
        | 2024
        Wegen
          Exploitatie | 69
          Beheer      | 5
        Riolering
          Exploitatie | 50
          Beheer      | 38
        Groen
          Exploitatie | 119
          Beheer      | 43
        """)
    )
    assert sums(document) == set()


def test_a_group_called_saldo_is_row_by_row_the_balance_of_lasten_and_baten_before_it():
    text = """
        | 2024 | 2025
        Lasten
          Bestuur  | 320 | 310
          Zorg     | 900 | 910
          Onvoorzien | 75 | 41
        Baten
          Bestuur  | -69 | -65
          Zorg     | -40 | -50
        Saldo
          Bestuur  | 251 | 245
          Zorg     | 860 | 860
          Onvoorzien | 75 | 41
        """
    document = settled(written(text))
    assert verdicts(document) == {"exact": 6}
    assert {r.rol for r in document.tables[0].rows if r.path[0] == "Saldo"} == {"balance"}
    broken = settled(written(text.replace("| 860 | 860", "| 860 | 891")))
    assert verdicts(broken) == {"exact": 5, "break": 1}


def test_years_that_are_rows_begin_with_what_the_year_before_ended_with():
    text = """
        | Beginstand | Dotatie | Onttrekking | Eindstand
        Voorziening wegen
          2025 | 214 | 65 | 66 | 213
          2026 | 213 | 65 | 67 | 211
          2027 | 211 | 65 | 32 | 244
        """
    document = settled(written(text, kind="reserves"))
    links = [r for r in document.rules if r.kind == "aansluiting_jaren"]
    assert len(links) == 2 and verdicts(document) == {"exact": 5}


def test_what_the_columns_of_a_waarvan_row_add_up_to_is_claimed_too():
    document = settled(
        written(
            """
        | Stand 1-1 | Toevoeging | Onttrekking | Stand 31-12
        Algemene reserve   | 100 | 10 | 5 | 105
          waarvan vrij     | 60  | 10 | 0 | 70
        Reserve wegen      | 50  | 5  | 0 | 55
        """,
            kind="reserves",
        )
    )
    assert verdicts(document) == {"exact": 3}


def test_a_result_beside_the_balances_of_budget_and_accounts_is_their_difference():
    document = settled(
        written("""
        | Begroting 2023 na wijziging > Lasten | Begroting 2023 na wijziging > Saldo | Rekening 2023 > Lasten | Rekening 2023 > Saldo | Resultaat
        Bestuur | 25 | -23 | 26 | -24 | -1
        Zorg    | 90 | -80 | 85 | -74 | 6
        Wegen   | 40 | -30 | 42 | -35 | -5
        """)
    )
    differences = [r for r in document.rules if r.kind == "verschil"]
    assert len(differences) == 3 and verdicts(document)["exact"] >= 3


def test_a_mutatie_beside_the_stocks_at_the_end_of_two_years_is_their_difference():
    document = settled(
        written("""
        | Ultimo 2021 | Ultimo 2020 | Mutatie
        Vaste activa     | 120 | 100 | 20
        Vlottende activa | 60  | 75  | -15
        """)
    )
    assert verdicts(document) == {"exact": 2}


def test_a_total_of_lasten_behind_columns_that_do_not_say_what_they_count_is_their_sum():
    document = settled(
        written("""
        | Bestuur | Zorg | Groen | Totaal lasten | Per inwoner
        Rekening 2023  | 10 | 20 | 5 | 35 | 12
        Begroting 2024 | 11 | 22 | 6 | 39 | 13
        """)
    )
    assert formulas(document) == {"Totaal lasten = Bestuur + Zorg + Groen"}
    holds(document, 2)


def test_a_difference_that_names_a_state_and_two_years_compares_that_state():
    document = settled(
        written("""
        | Begroting 2024 | Rekening 2024 | Rekening 2023 | Verschil rek. 2024/rek. 2023
        Personeel | 100 | 90 | 70 | 20
        Inhuur    | 50  | 60 | 75 | -15
        """)
    )
    assert formulas(document) == {"Verschil rek. 2024/rek. 2023 = Rekening 2024 - Rekening 2023"}
    holds(document, 2)


def test_a_total_glued_to_what_it_is_of_is_one():
    document = settled(
        written("""
        | 2024 | 2025
        Lasten
          Bestuur      | 10 | 11
          Zorg         | 5  | 6
          Lasten totaal | 15 | 17
        Baten
          Leges        | 7  | 8
          Huren        | 1  | 1
          Baten totaal | 8  | 9
        Totaalsaldo baten en lasten | -7 | -8
        """)
    )
    assert "Totaalsaldo baten en lasten = - Lasten > Lasten totaal + Baten > Baten totaal" in sums(document)
    assert verdicts(document).keys() == {"exact"}


def test_what_was_and_what_changed_is_what_it_becomes():
    document = settled(
        written("""
        | Begroting was > Lasten | Begroting was > Baten | Mutatie > Lasten | Mutatie > Baten | Begroting wordt > Lasten | Begroting wordt > Baten
        Bestuur  | 100 | 10 | 5 | 1  | 105 | 11
        Jeugd    | 200 | 40 | 7 | -4 | 207 | 36
        Wegen    | 300 | 0  | 0 | 2  | 300 | 2
        """)
    )
    assert formulas(document) == {
        "Begroting wordt > Lasten = Begroting was > Lasten + Mutatie > Lasten",
        "Begroting wordt > Baten = Begroting was > Baten + Mutatie > Baten",
    }
    holds(document, 6)


def test_changes_of_reserves_are_no_changes_of_the_budget():
    document = settled(
        written(
            "| Stand 1-1-2024 | Toevoeging | Onttrekking | Mutatie | Stand 31-12-2024\n"
            "Reserve wegen | 10 | 5 | 2 | 3 | 13\nReserve groen | 20 | 1 | 4 | -3 | 17"
        )
    )
    assert not [r for r in document.rules if r.kind == "wijziging"]


def test_a_total_column_sums_the_columns_that_bear_its_name():
    document = settled(
        written("""
        | Krediet | Besteed t/m 2023 | Besteed 2024 | Totaal besteed | Restant krediet
        School | 1200 | 800 | 100 | 900 | 300
        Weg    | 500  | 20  | 30  | 50  | 450
        Brug   | 70   | 0   | 75  | 75  | -5
        """)
    )
    assert "Totaal besteed = Besteed t/m 2023 + Besteed 2024" in formulas(document)
    assert set(verdicts(document)) == {"exact"}


def test_what_remains_behind_a_total_of_what_was_spent_is_the_credit_less_that_total():
    document = settled(
        written("""
        | Krediet | Besteed t/m 2023 | Besteed 2024 | Totaal besteed | Restant krediet
        School | 1200 | 800 | 100 | 900 | 300
        Weg    | 500  | 20  | 30  | 50  | 450
        Brug   | 70   | 0   | 75  | 75  | -5
        """)
    )
    assert "Restant krediet = Krediet - Totaal besteed" in formulas(document)


def test_a_withdrawal_in_a_programme_among_the_baten_is_in_their_total():
    document = settled(
        written("""
        | 2025 | 2026
        Incidentele lasten
          Programma 1 Bestuur
            Verkiezingen             | 50 | 60
            Archief                  | 20 | 30
          Totaal incidentele lasten  | 70 | 90
        Incidentele baten
          Programma 2 Dorpen
            Rijksbijdrage            | 10 | 20
          Programma 4 Financiën
            Verkoop snippergroen     | 5  | 6
            Onttrekking algemene reserve | 40 | 30
          Totaal incidentele baten   | 55 | 56
        """)
    )
    holds(document, 4)
    baten = next(s for s in sums(document) if s.startswith("Incidentele baten > Totaal"))
    assert baten.endswith("Onttrekking algemene reserve")


def test_a_balance_beside_dashes_alone_is_the_sum_of_nothing():
    document = settled(
        written("""
        | Lasten | Baten | Saldo
        Bestuur           | 10 | 4  | -6
        Zorg              | 20 | 15 | -5
        Groen             | 7  | -  | -7
        Geraamd resultaat | -  | -  | 29
        """)
    )
    assert verdicts(document) == {"exact": 3}


def test_a_difference_of_budget_and_accounts_may_be_that_of_the_changed_budget():
    document = settled(
        written("""
        | Begroting 2021 | Begr. na wijziging 2021 | Rekening 2021 | Verschil Rek./Begr. 2021
        Bestuur | 10 | 14 | 11 | -3
        Zorg    | 20 | 20 | 25 | 5
        Groen   | 30 | 36 | 31 | -5
        """)
    )
    assert "Verschil Rek./Begr. 2021 = - Begr. na wijziging 2021 + Rekening 2021" in formulas(document)


def test_actueel_with_a_year_is_the_changed_budget_and_begrotingsafwijking_a_difference():
    document = settled(
        written("""
        | Primitief 2021 | Actueel 2021 | Rekening 2021 | Begrotingsafwijking
        Bestuur | 10 | 14 | 11 | 3
        Zorg    | 20 | 20 | 25 | -5
        Groen   | 30 | 36 | 31 | 5
        """)
    )
    assert "Begrotingsafwijking = Actueel 2021 - Rekening 2021" in formulas(document)


def test_a_total_is_what_is_incidental_in_it_and_what_is_structural():
    document = settled(
        written("""
        | Begroting 2025 > totaal | Begroting 2025 > waarvan incidenteel | Begroting 2025 > structureel
        Lasten programma 1     | 110 | 10 | 100
        Lasten programma 2     | 210 | 40 | 170
        Totaal lasten programma | 320 | 50 | 270
        """)
    )
    holds(document, 6)


def test_a_total_of_lasten_does_not_sum_the_balance_above_it():
    document = settled(
        written("""
        | 2025 | 2026
        Lasten programma 1     | 110 | 120
        Lasten programma 2     | 210 | 220
        Totaal lasten programma | 320 | 340
        Baten programma 1      | 60  | 70
        Baten programma 2      | 30  | 40
        Totaal baten programma | 90  | 110
        Saldo van baten en lasten programma | -230 | -230
        Lasten overhead        | 15  | 16
        Lasten onvoorzien      | 5   | 6
        Totaal lasten diversen | 20  | 22
        """)
    )
    holds(document, 8)


def test_what_is_added_by_way_of_the_result_is_an_addition():
    document = settled(
        written(
            """
        | Saldo per 31-12-2016 | Toevoegingen > via resultaat bestemming rekening | Toevoegingen > via resultaat bestemming vorig jaar | Onttrekking > via resultaat bestemming rekening | Saldo per 31-12-2017
        Algemene reserve | 100 | 20 | 5 | 30 | 95
        Reserve wegen    | 50  | 10 |   | 20 | 40
        Reserve groen    | 10  | 1  |   |    | 11
        """,
            kind="reserves",
        )
    )
    holds(document, 3)


def test_a_group_called_the_balance_of_the_programmes_sums_them_side_by_side():
    document = settled(
        written("""
        | 2024 | 2025
        01 Zorg
          lasten | 30 | 31
          baten  | 5  | 5
          saldo  | -25 | -26
        02 Wonen
          lasten | 7 | 8
          baten  | 2 | 2
          saldo  | -5 | -6
        03 Groen
          lasten | 9 | 9
          baten  | 1 | 1
          saldo  | -8 | -8
        Saldo van de programma's
          lasten | 46 | 48
          baten  | 8 | 8
          saldo  | -38 | -40
        """)
    )
    holds(document, 14)


def test_a_total_of_groups_that_have_groups_sums_the_rows_of_the_same_names():
    document = settled(
        written(
            """
        | Stand 1-1 | Toevoeging | Stand 31-12
        Algemene reserve
          jaarrekening
            2018 | 10 | 5 | 15
            2019 | 15 | 5 | 20
        Reserve wegen
          jaarrekening
            2018 | 20 | 1 | 21
            2019 | 21 | 2 | 23
        Totaal
          jaarrekening
            2018 | 30 | 6 | 36
            2019 | 36 | 7 | 43
        """,
            kind="reserves",
        )
    )
    assert sum("Reserve wegen" in s and "Algemene reserve" in s for s in sums(document)) == 2


def test_investments_and_what_is_written_off_lead_from_one_stock_to_the_next():
    document = settled(
        written("""
        | 2018 | 2019
        Economisch nut
          Boekwaarde 1 januari   | 100 | 115
          Investeringen          | 30  | 10
          Desinvesteringen       | 5   | 0
          Afschrijvingen         | 10  | 15
          Boekwaarde 31 december | 115 | 110
        Maatschappelijk nut
          Boekwaarde 1 januari   | 50  | 52
          Investeringen          | 4   | 5
          Desinvesteringen       | 0   | 1
          Afschrijvingen         | 2   | 3
          Boekwaarde 31 december | 52  | 53
        """)
    )
    assert sum("- Economisch nut > Afschrijvingen" in s or "-Economisch" in s for s in sums(document)) == 1
    holds(document, 6)


def test_lasten_without_some_of_them_are_lasten():
    document = settled(
        written("""
        | 2025 | 2026
        Participatie
          Lasten (excl. loonkosten) | 40 | 44
          Baten                     | 6  | 1
          Saldo                     | 34 | 43
        Inkomen
          Lasten (excl. loonkosten) | 80 | 81
          Baten                     | 70 | 72
          Saldo                     | 10 | 9
        """)
    )
    holds(document, 4)


def test_a_saldo_with_the_reserves_is_the_result_of_the_saldo_without_them():
    document = settled(
        written("""
        | Rekening 2020 | Begroting 2020
        Lasten                   | 630 | 687
        Baten                    | 106 | 139
        Saldo exclusief reserves | -524 | -548
        Dotaties                 | 4   | 5
        Onttrekkingen            | 8   | 9
        Saldo inclusief reserves | -520 | -544
        """)
    )
    holds(document, 4)


def test_what_is_still_to_be_earned_less_what_is_still_to_be_spent_and_was_spent_is_the_end_result():
    document = settled(
        written("""
        | Boekwaarde 1-1-2022 | Mutaties 2022 > Lasten | Mutaties 2022 > Baten | Boekwaarde 31-12-2022 | Nog te maken kosten | Nog te realiseren opbrengsten | Verwacht eindresultaat
        De Hoven | 40 | 8 | 12 | 36 | 19 | 61 | 6
        Centrum  | 20 | 1 | 0  | 21 | 7  | 24 | -4
        Noord    | 70 | 4 | 9  | 65 | 21 | 92 | 6
        """)
    )
    holds(document, 6)


def test_a_reserve_leads_by_what_was_decided_from_the_first_of_january_to_the_last_of_december():
    document = settled(
        written(
            """
        | 2025 | 2026
        Algemene reserve per 1 januari   | 124 | 146
        Resultaat jaarrekening 2024      | 18  | 0
        Storting begrotingssaldo         | 13  | -5
        Bijdrage sporthal                | -9  | -6
        Algemene reserve per 31 december | 146 | 135
        """,
            kind="reserves",
        )
    )
    holds(document, 3)


def test_the_form_for_the_emu_balance_takes_off_what_was_invested_in_assets_and_stocks():
    document = settled(
        written("""
        | 2024 | 2025 | 2026
        Exploitatiesaldo voor bestemming  | 83  | 41 | 12
        Mutatie (im)materiële vaste activa | 61 | 45 | 30
        Mutatie voorzieningen             | 31  | -12 | 8
        Mutatie voorraden                 | -19 | -12 | -6
        Verwachte boekwinst verkoop activa | 0  | 1 | 0
        Berekend EMU-saldo                | 72  | -5 | -4
        """)
    )
    holds(document, 3)


def test_a_total_of_lasten_and_baten_reaches_the_units_inside_every_group_whatever_sides_they_have():
    document = settled(
        written("""
        | 2024 | 2025
        Bestuur
          College
            Lasten   | 18 | 19
          Overhead
            Lasten   | 9  | 9
            Baten    | 3  | 4
        Fysiek
          Verkeer
            Lasten   | 4  | 5
            Baten    | 1  | 1
        Totaal
          Lasten     | 31 | 33
          Baten      | 4  | 5
        """)
    )
    assert sums(document) == {
        "Totaal > Lasten = Bestuur > College > Lasten + Bestuur > Overhead > Lasten + Fysiek > Verkeer > Lasten",
        "Totaal > Baten = Bestuur > Overhead > Baten + Fysiek > Verkeer > Baten",
    }
    holds(document, 4)


def test_a_total_of_lasten_does_not_reach_into_groups_of_posts_that_say_no_side():
    document = settled(
        written("""
        | 2024 | 2025
        Bestuur
          College    | 18 | 19
          Overhead   | 9  | 9
        Fysiek
          Lasten     | 4  | 5
          Baten      | 1  | 1
        Groen
          Lasten     | 6  | 6
          Baten      | 2  | 1
        Totaal
          Lasten     | 10 | 11
          Baten      | 3  | 2
        """)
    )
    assert "Totaal > Lasten = Fysiek > Lasten + Groen > Lasten" in sums(document)


@pytest.mark.parametrize(
    "mutation, sign", [("Onttrekkingen aan reserves", 1), ("Toevoegingen aan reserves", -1)]
)
def test_a_result_below_a_balance_and_one_kind_of_mutations_is_of_these_two(mutation, sign):
    document = settled(
        written(f"""
        | 2024 | 2025
        Totaal lasten               | 150  | 170
        Totaal baten                | 40   | 45
        Saldo van baten en lasten   | -110 | -125
        {mutation}                  | 20   | 25
        Resultaat                   | {-110 + sign * 20} | {-125 + sign * 25}
        """)
    )
    assert any(found.startswith("Resultaat = ") for found in sums(document))
    holds(document, 4)


def test_a_saldo_of_all_below_one_per_programma_sums_them_and_the_next_one_sets_off_both_sides():
    document = settled(
        written("""
        | 2024 | 2025
        Lasten
          Bestuur       | 52 | 54
          Zorg          | 90 | 92
          Totaal lasten | 142 | 146
        Baten
          Bestuur       | 6  | 7
          Zorg          | 19 | 20
          Uitkering     | 130 | 133
          Totaal baten  | 155 | 160
        Saldo
          Bestuur       | -46 | -47
          Zorg          | -71 | -72
          Saldo programma's | -117 | -119
        Totaal saldo van baten en lasten | 13 | 14
        Toevoegingen aan reserves   | -5 | -6
        Onttrekkingen aan reserves  | 3  | 2
        Resultaat | 11 | 10
        """)
    )
    assert set(verdicts(document)) == {"exact"}
    assert {"Totaal saldo van baten en lasten", "Resultaat"} <= {
        one.partition(" = ")[0] for one in sums(document)
    }


def test_a_saldo_before_and_after_what_goes_into_reserves_follows_from_its_columns():
    document = settled(
        written("""
        | Lasten | Baten | Saldo voor mutaties reserves | Toevoeging aan reserves | Onttrekking aan reserves | Saldo na mutaties reserves
        Bestuur | 774  | 12  | -762  | 150 | 96 | -816
        Zorg    | 5310 | 209 | -5101 | 0   | 21 | -5080
        Wonen   | 1120 | 485 | -635  | 17  | 0  | -652
        """)
    )
    assert verdicts(document) == {"exact": 6}


def test_a_difference_may_be_of_a_plan_of_which_nobody_knows_the_state():
    document = settled(
        written("""
        | IP 2024 | Prognose 2024 | Realisatie 2024 | Verschil
        Wegen | 154 | 99 | 101 | 53
        Groen | 22  | 22 | 24  | -2
        Water | 243 | 178 | 165 | 78
        """)
    )
    assert verdicts(document) == {"exact": 3}


def test_a_mutatie_between_a_budget_and_the_changed_one_is_a_change():
    document = settled(
        written("""
        | PB 2024 | Mutatie | GB 2024
        3.1 Economie  | 356 | 5   | 361
        4.3 Onderwijs | 248 | -18 | 230
        """)
    )
    assert verdicts(document) == {"exact": 2}


def test_a_total_of_lasten_that_leaves_out_a_row_of_no_side_is_a_break_and_no_sum_of_the_others():
    document = settled(
        written("""
        | 2024 | 2025
        Overhead | 5 | 6
        1A Inwoners
          lasten | 3  | 4
        1B Toegang
          lasten | 37 | 32
        Totaal lasten | 40 | 36
        """)
    )
    assert verdicts(document) == {"break": 2}
    assert "Totaal lasten = Overhead + 1A Inwoners > lasten + 1B Toegang > lasten" in sums(document)
