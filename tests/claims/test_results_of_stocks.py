"""Ground in development: a result is what is still to be earned, less what is to be spent and what was spent already."""

from __future__ import annotations

from written import formulas, settled, verdicts, written

COMPLEXES = """
| Boekwaarde 1-1-2024 | Mutaties 2024 > Kosten | Mutaties 2024 > Opbrengsten | Boekwaarde 31-12-2024 | Nog te verwachten > Kosten | Nog te verwachten > Opbrengsten | Resultaat > Nominaal | Resultaat > Contante waarde
Kwelderpark   | 100 | 40 | 30 | 110 | 50 | 200 | 40  | 38
Centrumplan   | -20 | 10 | 5  | -15 | 70 | 60  | 5   | 4
De Kade       | 70  | 0  | 90 | -20 | 10 | 30  | 40  | 39
"""


def test_a_result_behind_a_stock_and_what_is_still_to_come_is_what_these_leave_of_it():
    document = settled(written(COMPLEXES, kind="exploitatie"))
    assert (
        "Resultaat > Nominaal = - Nog te verwachten > Kosten + Nog te verwachten > Opbrengsten - Boekwaarde 31-12-2024"
        in formulas(document)
    )
    assert set(verdicts(document)) == {"exact"}


def test_a_result_behind_another_result_follows_from_neither():
    document = settled(written(COMPLEXES, kind="exploitatie"))
    assert not [f for f in formulas(document) if f.startswith("Resultaat > Contante waarde =")]


def test_the_sign_of_the_stock_is_chosen_by_all_rows_together():
    turned = COMPLEXES.replace("Boekwaarde 31-12", "Boekwaarde per 31-12")
    for old, new in (("| 110 |", "| -110 |"), ("| -15 |", "| 15 |"), ("| -20 | 10 | 30", "| 20 | 10 | 30")):
        turned = turned.replace(old, new)
    document = settled(written(turned, kind="exploitatie"))
    chosen = next(c for c in document.conventions if c.naam == "resultaat_richting")
    assert (chosen.keuze, chosen.survived) == ("baten - lasten + boekwaarde", 1)


def test_baten_and_a_result_printed_below_zero_add_up_with_what_was_spent():
    document = settled(
        written(
            """
            | Boekwaarde 31-12-2024 | Te maken kosten | Te realiseren opbrengsten | Verwacht eindresultaat
            Kwelderpark | -991 | 960 | -63 | -94
            Centrumplan | 22   | 18  | 0   | 40
            De Kade     | -76  | 48  | 0   | -28
            """,
            kind="exploitatie",
        )
    )
    assert verdicts(document) == {"exact": 3}
