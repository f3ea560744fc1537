"""Statements of cash flows: lists of items that are called after quantities, and the stock below what changed it."""

from __future__ import annotations

from written import settled, sums, verdicts, written

CASH_FLOW = """
| 2023 | 2024
A. Kasstroom uit operationele activiteiten
  Resultaat voor bestemming   | 100 | 50
  Afschrijvingen              | 30  | 31
  Dotaties voorzieningen      | 20  | 25
  Onttrekkingen voorzieningen | -15 | -5
  Mutatie voorraden           | 7   | -9
  Totaal kasstroom uit operationele activiteiten | 142 | 92
B. Kasstroom uit investeringen
  Investeringen               | -60 | -80
  Bijdragen van derden        | 11  | 12
  Totaal kasstroom uit investeringen | -49 | -68
Mutatie liquide middelen (A+B)     | 93  | 24
Liquide middelen per 1 januari     | 10  | 103
Liquide middelen per 31 december   | 103 | 127
"""
OPERATING = "A. Kasstroom uit operationele activiteiten > "
INVESTING = "B. Kasstroom uit investeringen > "


def test_the_total_of_a_list_sums_its_items_whatever_quantities_they_are_called_after():
    document = settled(written(CASH_FLOW))
    items = (
        "Resultaat voor bestemming",
        "Afschrijvingen",
        "Dotaties voorzieningen",
        "Onttrekkingen voorzieningen",
        "Mutatie voorraden",
    )
    summed = " + ".join(OPERATING + item for item in items)
    assert f"{OPERATING}Totaal kasstroom uit operationele activiteiten = {summed}" in sums(document)
    assert set(verdicts(document)) == {"exact"}


def test_a_formula_may_name_groups_by_the_letters_of_their_headings():
    document = settled(written(CASH_FLOW))
    assert (
        f"Mutatie liquide middelen (A+B) = {OPERATING}Totaal kasstroom uit operationele activiteiten"
        f" + {INVESTING}Totaal kasstroom uit investeringen"
    ) in sums(document)


def test_a_stock_below_its_change_and_its_begin_is_both_together():
    document = settled(written(CASH_FLOW))
    assert (
        "Liquide middelen per 31 december = Liquide middelen per 1 januari + Mutatie liquide middelen (A+B)"
        in sums(document)
    )


def test_a_stock_below_a_change_of_something_else_is_not_claimed():
    text = CASH_FLOW.replace("Mutatie liquide middelen (A+B)", "Mutatie voorzieningen (A+B)")
    assert not [s for s in sums(settled(written(text))) if s.startswith("Liquide middelen per 31 december =")]


def test_dotations_and_withdrawals_alone_are_no_list_of_items():
    document = settled(
        written("""
        | 2023 | 2024
        Reserve wegen
          Toevoeging           | 20 | 25
          Onttrekking          | 15 | 5
          Totaal reserve wegen | 5  | 20
        """)
    )
    assert not [s for s in sums(document) if " + " in s]
    assert not [q for q in document.rejects if "totaal" in q.reason.casefold()]
