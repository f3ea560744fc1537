"""Rows and columns that hold what is left: of a balance without its incidental part, of a limit, of a change."""

from __future__ import annotations

from written import formulas, settled, sums, verdicts, written

INCIDENTAL = """
| 2026 | 2027 | 2028
Incidentele lasten
  Verkiezingen               | 95  | 0   | 10
  Mobiliteitsplan            | 75  | 25  | 20
  Totaal incidentele lasten  | 170 | 25  | 30
Incidentele baten
  Verkoop snippergroen       | 80  | 40  | 7
  Rijksbijdrage              | 49  | 327 | 5
  Totaal incidentele baten   | 129 | 367 | 12
Saldo incidentele baten en lasten | -41 | 342  | -18
Begrotingssaldo na bestemming     | 318 | -142 | -96
Structureel begrotingssaldo       | 359 | -484 | -78
"""


def test_a_result_below_the_balance_of_two_sides_is_not_their_balance_again():
    document = settled(written(INCIDENTAL))
    assert not [s for s in sums(document) if s.startswith("Begrotingssaldo na bestemming = ")]
    assert "break" not in verdicts(document)


def test_a_structural_balance_is_the_balance_without_the_incidental_one_above_it():
    document = settled(written(INCIDENTAL))
    assert (
        "Structureel begrotingssaldo = Begrotingssaldo na bestemming - Saldo incidentele baten en lasten"
        in sums(document)
    )


def test_room_is_what_is_left_of_the_amount_above_after_the_one_between():
    document = settled(
        written("""
        | 2023 | 2024 | 2025
        Algemene reserve                        | 70 | 60 | 50
        Onbenutte belastingcapaciteit           | 30 | 20 | 25
        Totaal beschikbare weerstandscapaciteit | 100 | 80 | 75
        Benodigde weerstandscapaciteit          | 40  | 50 | 60
        Vrije ruimte                            | 60  | 30 | 15
        """)
    )
    assert sums(document) == {
        "Totaal beschikbare weerstandscapaciteit = Algemene reserve + Onbenutte belastingcapaciteit",
        "Vrije ruimte = Totaal beschikbare weerstandscapaciteit - Benodigde weerstandscapaciteit",
    }
    assert verdicts(document) == {"exact": 6}


def test_a_column_of_room_is_a_limit_less_what_was_granted():
    document = settled(
        written("""
        | Plafond 2024 | Verleend 2024 | Ruimte 2024 | Plafond 2025
        Cultuur | 100 | 60 | 40  | 110
        Sport   | 50  | 55 | -5  | 60
        Welzijn | 30  | 0  | 30  | 31
        """)
    )
    assert formulas(document) == {"Ruimte 2024 = Plafond 2024 - Verleend 2024"}
    assert verdicts(document) == {"exact": 3}


def test_room_that_is_not_what_is_left_sums_nothing_and_is_not_asked():
    document = settled(
        written("""
        | 2023 | 2024 | 2025
        Wegen                | 70 | 60 | 50
        Groen                | 30 | 20 | 25
        Ruimte voor spelen   | 11 | 12 | 13
        """)
    )
    assert document.rules == () and document.rejects == ()


CIRCULAR = """
| 2024 | 2025 | 2026
Algemene uitkering
  a. Stand septembercirculaire | 440 | 450 | 431
  b. Accres                    | 6   | 7   | 8
  c. Hoeveelheden              | -2  | -1  | 3
d. Taakmutatie                 | 1   | 2   | 0
Subtotaal mutaties (b t/m d)   | 5   | 8   | 11
Stand meicirculaire            | 445 | 458 | 442
Integratie-uitkeringen
  e. Participatie              | 18  | 17  | 16
  f. Voogdij                   | 9   | 9   | 9
  Totaal integratie-uitkeringen | 27 | 26  | 25
Totaal gemeentefonds           | 472 | 484 | 467
Raming begroting               | 470 | 490 | 467
Effect meicirculaire           | 2   | -6  | 0
"""


def test_a_stand_is_the_earlier_stand_and_the_changes_since():
    document = settled(written(CIRCULAR))
    assert (
        "Stand meicirculaire = Algemene uitkering > a. Stand septembercirculaire + Subtotaal mutaties (b t/m d)"
        in sums(document)
    )
    listed = settled(
        written("""
        | 2024 | 2025
        Stand primitieve begroting | 100 | 90
        Kadernota                  | 5   | 6
        Bestuursrapportage         | -7  | -8
        Stand na bestuursrapportage | 98 | 88
        """)
    )
    assert sums(listed) == {
        "Stand na bestuursrapportage = Stand primitieve begroting + Kadernota + Bestuursrapportage"
    }


def test_an_effect_is_the_total_above_less_what_was_budgeted_for_it():
    document = settled(written(CIRCULAR))
    assert "Effect meicirculaire = Totaal gemeentefonds - Raming begroting" in sums(document)
    assert set(verdicts(document)) == {"exact"}


def test_effects_in_a_list_are_items():
    document = settled(
        written("""
        | 2024 | 2025
        Saldo begroting          | 10 | 9
        Effect kadernota         | 5  | 6
        Effect bestuursrapportage | -7 | -8
        Effect circulaire        | -12 | -14
        """)
    )
    assert document.rules == ()
