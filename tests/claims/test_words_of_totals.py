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


def test_totals_that_stand_outside_their_groups_sum_the_group_that_they_name():
    document = settled(
        written("""
        | 2021 | 2020
        Activa
          Vaste activa
            Immaterieel
              Onderzoek | 10 | 12
              Bijdragen | 6 | 7
        Totaal Immaterieel | 16 | 19
        Activa
          Vaste activa
            Materieel
              Gebouwen | 50 | 48
              Wegen | 41 | 40
        Totaal Materieel | 91 | 88
        Totaal Vaste activa | 107 | 107
        Activa
          Vlottende activa
            Voorraden
              Onderhanden werk | 3 | 6
        Totaal Voorraden | 3 | 6
        Totaal Vlottende activa | 3 | 6
        Totaal Activa | 110 | 113
        """)
    )
    assert verdicts(document) == {"exact": 12}
    assert "Totaal Vaste activa = Totaal Immaterieel + Totaal Materieel" in sums(document)
    assert "Totaal Activa = Totaal Vaste activa + Totaal Vlottende activa" in sums(document)


def test_rows_called_total_that_sum_nothing_are_items_of_the_next_total_and_are_asked_about():
    document = settled(
        written("""
        | 2023 | 2024
        Algemene dekkingsreserve | 10 | 12
        Vrije reserve            | 5  | 6
        Totaal algemene reserve  | 15 | 18
        Programma Bestuur        | 7  | 8
        Programma Zorg           | 3  | 9
        Totaal Vastgoed          | 40 | 41
        Totaal programmareserves | 50 | 58
        Totale reserve           | 65 | 76
        """)
    )
    assert sums(document) == {
        "Totaal algemene reserve = Algemene dekkingsreserve + Vrije reserve",
        "Totaal programmareserves = Programma Bestuur + Programma Zorg + Totaal Vastgoed",
        "Totale reserve = Totaal algemene reserve + Totaal programmareserves",
    }
    assert verdicts(document) == {"exact": 6}
    assert [r.key for r in document.rejects if r.kind == "question"] == ["antwoorden.001.bereik_rij_6"]


def test_a_total_as_last_word_of_an_item_is_no_sum():
    document = settled(
        written("| 2023 | 2024\nGemeentefonds | 100 | 110\nOZB totaal | 40 | 42\nToeristenbelasting | 5 | 6")
    )
    assert sums(document) == set()


def test_net_costs_and_a_section_of_costs_to_be_added():
    document = settled(
        written("""
        | Rioolheffing | Afvalheffing
        Kosten taakveld | 100 | 90
        Kwijtschelding  | 10  | 20
        Netto kosten    | 110 | 110
        Toe te rekenen kosten:
          Overhead | 20 | 10
          BTW      | 5  | 6
        Totale kosten   | 135 | 126
        """)
    )
    assert verdicts(document) == {"exact": 4}


def test_a_stock_within_a_list_follows_from_the_stock_before_it():
    document = settled(
        written("""
        | 2023 | 2024
        Beginstand jaar             | 90 | 72
        Af/bij: eerdere producten   | -20 | 2
        Beginstand                  | 70 | 74
        Af/bij: Voorjaarsnota       | 9  | 10
        Stand na voorjaarsnota      | 79 | 84
        Buffer weerstandsvermogen   | -30 | -30
        Vrije ruimte                | 49 | 54
        """)
    )
    assert sums(document) == {
        "Beginstand = Beginstand jaar + Af/bij: eerdere producten",
        "Stand na voorjaarsnota = Beginstand + Af/bij: Voorjaarsnota",
        "Vrije ruimte = Stand na voorjaarsnota + Buffer weerstandsvermogen",
    }


def test_a_last_row_without_a_label_sums_what_stands_above_it():
    document = settled(
        written("| 2015 | 2016\nAlgemene reserve | 10 | 12\nBestemmingsreserves | 5 | 6\n | 15 | 18")
    )
    assert verdicts(document) == {"exact": 2}


def test_the_form_for_the_emu_balance_takes_off_what_it_always_takes_off():
    document = settled(
        written("""
        | Begroting 2017 | Begroting 2018
        1 Exploitatiesaldo voor mutatie reserves | -3 | -2
        2 Afschrijvingen | 6 | 7
        3 Brutodotaties aan voorzieningen | 7 | 7
        4 Uitgaven aan investeringen in activa | 8 | 9
        9 Betalingen ten laste van de voorzieningen | 5 | 1
        Berekend EMU-saldo | -3 | 2
        """)
    )
    assert verdicts(document) == {"exact": 2}
    chosen = next(c for c in document.conventions if c.naam == "bereik_rij_6")
    assert (chosen.hypotheses, chosen.survived, chosen.bron) == (2, 1, "cijfers")


def test_what_is_booked_between_two_years_stands_between_two_stocks():
    heads = "Stand 31-12-2016 | Bestemming resultaat 2016 | Stand 1-1-2017 | Toevoeging 2017 | Onttrekking 2017 | Stand 31-12-2017"
    document = settled(written(f"| {heads}\nA | 40 | 51 | 91 | 4 | 8 | 87\nB | 50 | 1 | 51 | 6 | 0 | 57"))
    assert "Stand 1-1-2017 = Stand 31-12-2016 + Bestemming resultaat 2016" in formulas(document)


def test_one_heading_that_does_not_carry_its_rows_is_asked_about_and_the_others_stand():
    document = settled(
        written("""
        | 2022 | 2023 | 2024
        Baten | 10 | 12 | 14
          Leges | 7 | 8 | 9
          Huren | 3 | 4 | 5
        Lasten | 30 | 42 | 54
          Wegen | 30 | 8 | 9
          Groen | 0 | 4 | 5
        """)
    )
    assert sums(document) == {"Baten = Baten > Leges + Baten > Huren"}
    assert any("Lasten" in r.reason for r in document.rejects if r.kind == "question")


RESULTS = [
    ("N 100 | V 20 | N 5 | V 2 | N 83", "Lasten - Baten + Storting reserve - Onttrekking reserve"),
    ("100 | 20 | 5 | 2 | -83", "- Lasten + Baten - Storting reserve + Onttrekking reserve"),
    ("100 | 20 | 5 | -2 | -83", "- Lasten + Baten - Storting reserve - Onttrekking reserve"),
    ("100 | -20 | 5 | -2 | 83", "Lasten + Baten + Storting reserve + Onttrekking reserve"),
]


@pytest.mark.parametrize(("values", "expected"), RESULTS)
def test_a_result_takes_lasten_baten_storting_and_onttrekking_with_the_signs_that_fit_everywhere(
    values, expected
):
    labels = ("Lasten", "Baten", "Storting reserve", "Onttrekking reserve", "Resultaat")
    rows = [f"{label} | {v} | {v}" for label, v in zip(labels, values.split("|"), strict=True)]
    document = settled(written("| Begroting 2024 | Rekening 2024\n" + "\n".join(rows)))
    assert sums(document) == {f"Resultaat = {expected}"}
    assert verdicts(document) == {"exact": 2}


def test_a_difference_that_abbreviates_its_two_columns_takes_those():
    heads = (
        "Primitieve begroting 2023 | Actuele begroting 2023 | Rekening 2023 | Verschil Act. begr./Rek. 2023"
    )
    document = settled(written(f"| {heads}\nWegen | 100 | 120 | 110 | 10\nGroen | 50 | 40 | 44 | -4"))
    assert formulas(document) == {"Verschil Act. begr./Rek. 2023 = Actuele begroting 2023 - Rekening 2023"}


@pytest.mark.parametrize(("passiva", "found"), [(15, {"exact": 6}), (17, {"exact": 4, "break": 2})])
def test_both_sides_of_a_balance_sheet_have_one_total(passiva, found):
    document = settled(
        written(f"""
        | 2020 | 2019
        Activa
          Vaste activa      | 10 | 10
          Vlottende activa  | 5  | 5
          Totaal activa     | 15 | 15
        Passiva
          Eigen vermogen    | 9  | 9
          Schulden          | {passiva - 9} | {passiva - 9}
          Totaal passiva    | {passiva} | {passiva}
        """)
    )
    assert "Passiva > Totaal passiva = Activa > Totaal activa" in sums(document)
    assert verdicts(document) == found


def test_a_column_in_which_lasten_carry_v_or_n_is_a_difference():
    document = settled(
        written("""
        | A | B | C | D
        Totaal lasten | 539 | 516 | 536 | N 20
        Totaal baten  | 545 | 528 | 537 | V 9
        Saldo van baten en lasten | V 6 | V 12 | V 1 | N 11
        """)
    )
    assert "Saldo van baten en lasten = - Totaal lasten + Totaal baten" in sums(document, column=3)
    assert "D = B - C" in formulas(document, row=3)
    assert "break" not in verdicts(document)


@pytest.mark.parametrize(("value", "found"), [(15, 2), (40, 1)])
def test_a_total_of_one_total_is_one_where_the_number_is_the_same_and_else_an_amount(value, found):
    table = written(
        f"| 2023\nWmo\n  Hulp | 10\n  Vervoer | 5\n  Sub-totaal | 15\nTotaal programma's | {value}"
    )
    document = settled(table)
    assert verdicts(document) == {"exact": found}


def test_a_balance_below_one_group_that_holds_all_rows_sums_what_stands_in_it():
    document = settled(
        written("""
        | Lasten | Baten
        Overzicht van baten en lasten
          1 Bestuur | 10 | 12
          2 Zorg    | 5  | 6
          3 Groen   | 7  | 1
        Saldo programma's | 22 | 19
        Overhead          | 3  | 1
        Saldo van baten en lasten | 25 | 20
        """)
    )
    group = "Overzicht van baten en lasten"
    assert f"Saldo programma's = {group} > 1 Bestuur + {group} > 2 Zorg + {group} > 3 Groen" in sums(document)
    assert "Saldo van baten en lasten = Saldo programma's + Overhead" in sums(document)


def test_the_form_for_the_emu_balance_in_five_questions_takes_off_what_it_always_takes_off():
    document = settled(
        written("""
        | Begroting 2025 | Begroting 2026
        1 Exploitatiesaldo voor mutatie reserves | -3 | -2
        2 Mutatie (im)materiële vaste activa | 6 | 7
        3 Mutatie voorzieningen | 7 | 7
        4 Mutatie voorraden | 8 | 9
        5 Verwachte boekwinst bij verkoop | 5 | 1
        Berekend EMU-saldo | -15 | -12
        """)
    )
    assert verdicts(document) == {"exact": 2}


def test_a_balance_below_what_is_paid_and_received_sets_off_one_against_the_other():
    document = settled(
        written("""
        | 2025 | 2026
        Totaal betaalde rente | 216 | 193
        Totaal ontvangen rente | 45 | 42
        Saldo | 171 | 151
        """)
    )
    assert sums(document) == {"Saldo = Totaal betaalde rente - Totaal ontvangen rente"}
    assert verdicts(document) == {"exact": 2}


@pytest.mark.parametrize("result", ["41 | 12", "-41 | -12"])
def test_the_result_on_interest_is_set_off_one_way_or_the_other(result):
    document = settled(
        written(f"""
        | 2025 | 2026
        Aan taakvelden toe te rekenen rente | 141 | 112
        Toegerekende rente | 100 | 100
        Renteresultaat | {result}
        """)
    )
    assert verdicts(document) == {"exact": 2}


def test_a_total_of_a_part_of_one_side_is_not_the_other_side_of_a_balance_sheet():
    document = settled(
        written("""
        | 2025 | 2026
        Activa
          Gebouwen | 20 | 21
          Voorraden | 3 | 4
          Totaal activa | 23 | 25
        Passiva
          Reserves | 8 | 9
          Leningen | 11 | 11
          Totaal vaste passiva | 19 | 20
        """)
    )
    assert "break" not in verdicts(document)
