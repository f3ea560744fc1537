"""Rows and columns that hold what is left: of a balance without its incidental part, of a limit, of a change."""

from __future__ import annotations

from written import settled, sums, verdicts, written

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
