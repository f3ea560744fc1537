"""A total that no reading makes a sum is asked about with how far off the nearest is, and says why where that is not known."""

from __future__ import annotations

from decimal import Decimal

from written import settled, written

from dagster_project.claims.families import ClaimedSum, FamilyReading
from dagster_project.claims.misses import with_difference
from dagster_project.claims.readings import Evidence
from dagster_project.claims.rule_sentences import Names
from dagster_project.reading.model import Reject


def questions(text: str, **table):
    return [q for q in settled(written(text, **table)).rejects if q.kind == "question"]


LOST_ROW = """
| 2023 | 2024 | 2025
Bestuur       | 5.402  | 5.611  | 5.730
Veiligheid    | 19.651 | 20.044 | 20.377
Verkeer       | 28.768 | 27.508 | 22.945
Totaal lasten | 61.109 | 60.406 | 57.007
"""


def test_a_total_that_fails_in_every_column_tells_how_far_off_it_is():
    (asked,) = questions(LOST_ROW)
    assert asked.key == "antwoorden.001.bereik_rij_4"
    assert asked.verschil == Decimal(7_955) and asked.delen == "rijen: +1 +2 +3 = 4"
    assert asked.toelichting == (
        "Het minst scheelt Bestuur t/m Verkeer (3): 3 van de 3 sommen sluiten dan niet, het meest -7.955 in gedrukte"
        " eenheden (2025)."
    )
    assert asked.toelichting_en == (
        "The nearest is Bestuur up to Verkeer (3): 3 of the 3 sums do not close then, off by -7,955 at most in printed"
        " units (2025)."
    )
    assert "7.955" not in asked.reason  # the question stays the same when the numbers change


def test_of_several_readings_the_nearest_is_told():
    (asked,) = questions("""
    | Lasten 2024 | Baten 2024 | Saldo 2024
    Bestuur    | 10 | 20 | 45
    Veiligheid | 11 | 21 | 47
    Verkeer    | 12 | 22 | 49
    """)
    assert asked.key == "antwoorden.001.saldo_richting"
    assert asked.toelichting.startswith(
        "Het minst scheelt lasten + baten: 3 van de 3 sommen sluiten dan niet, het meest -15 "
    )
    assert asked.verschil == Decimal(15) and asked.delen == "kolommen: +1 +2 = 3"


def test_where_a_number_is_missing_from_every_reading_there_is_no_difference_and_it_says_why():
    question = Reject("a.txt", 1, "waarvan?", kind="question")
    readings = [FamilyReading("A t/m B (2)", (ClaimedSum("totaal", "column", (1, 3, 1), (((1, 1, 1), 1),)),))]
    told = with_difference(question, readings, Evidence({}), Names({}))
    assert told.verschil is None and told.delen == ""
    assert told.toelichting == "Een verschil is niet te berekenen, want aan elke lezing ontbreekt een getal."
