"""Headers whose texts are paragraphs: blank lines part them, whatever lines they take and whatever stands below."""

from __future__ import annotations

from extracts import columns, rows, understood

GRONDBEDRIJF = """\
Programma Wonen
Complexen per 31 december 2023 (bedragen x € 1.000)

Complex

Boekwaarde
1-1-2023

Investe-
ringen
2023

Opbreng-
sten 2023

Winst-
neming

Boekwaarde
31-12-2023

Nog te
maken
kosten

Nog te
ontvangen

In uitvoering
Duinrand fase 2 4.120 655 1.240 - 3.535 2.310 6.105
De Wal, 1e fase -388 210 905 450 -633 415 1.890
Kavel 2-4 Kade 1.260 48 - - 1.308 133 1.415
Totaal in uitvoering 4.992 913 2.145 450 4.210 2.858 9.410

Bij de berekening is een rente van 1,65% aangehouden.

Jaarstukken 2023 112
"""


def test_paragraphs_name_the_columns_also_where_they_are_many_and_a_heading_stands_right_above_the_rows():
    assert columns(GRONDBEDRIJF) == [
        "Boekwaarde 1-1-2023",
        "Investeringen 2023",
        "Opbrengsten 2023",
        "Winstneming",
        "Boekwaarde 31-12-2023",
        "Nog te maken kosten",
        "Nog te ontvangen",
    ]
    assert not understood(GRONDBEDRIJF).tables[0].is_asked


def test_the_name_of_the_document_with_the_number_of_its_page_is_no_row():
    assert rows(GRONDBEDRIJF)[-1] == "In uitvoering > Totaal in uitvoering"


VERLOOP = """\
Voorzieningen

Het verloop staat hieronder. Uit de voorziening voor wachtgeld van het vorige college is dit jaar € 41.260
vrijgevallen; bij de andere was geen vrijval.

Saldo
31-12-2021

Saldo
1-1-2021

Toevoegingen

Aanwending

Omschrijving (bedragen in euro's)

Verplichtingen en risico's
Pensioenen {0}
Wachtgeld {1}
Onderhoud gebouwen {2}
Riolering {3}
"""
COPIED = ("2.318 196 (88) 2.426", "145 62 (97) 110", "1.604 415 (387) 1.632", "4.217 688 (251) 4.654")
PRINTED = ("2.426 2.318 196 (88)", "110 145 62 (97)", "1.632 1.604 415 (387)", "4.654 4.217 688 (251)")


def test_a_closing_stock_copied_in_front_names_the_column_that_closes_the_rows():
    text = VERLOOP.format(*COPIED)
    assert columns(text) == ["Saldo 1-1-2021", "Toevoegingen", "Aanwending", "Saldo 31-12-2021"]
    assert understood(text).tables[0].lezing == "sommen"


def test_a_closing_stock_that_is_printed_first_names_the_first_column():
    assert columns(VERLOOP.format(*PRINTED))[0] == "Saldo 31-12-2021"


def test_where_no_row_tells_which_column_a_closing_stock_names_it_is_asked_about():
    assert understood(VERLOOP.format("2 - - 2", "1 - - 1", "6 - - 6", "4 - - 4")).tables[0].is_asked


def test_running_text_that_ends_in_an_amount_is_no_row():
    assert not any("verloop" in row for row in rows(VERLOOP.format(*COPIED)))
