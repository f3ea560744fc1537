"""What letters and numbers in front of labels say: rows beside each other, labels broken over lines, numbers on their own."""

from __future__ import annotations

from extracts import columns, of_rows, rows, understood

from dagster_project.reading import codes


def test_a_row_holds_no_row_with_the_next_letter_though_it_is_the_sum_of_those_below_it():
    page = (
        "Instelling (x € 1.000);2024;2025\nKunst;;\na) Muziekschool;30;31\nb) Theater De Boei;60;61\nc) Filmhuis;40;41\n"
        "d) Koor;20;20\ne) Fanfare;12;12\nTotaal kunst;162;165\n"
    )
    assert rows(page, "a.csv")[:4] == [
        "Kunst > a) Muziekschool",
        "Kunst > b) Theater De Boei",
        "Kunst > c) Filmhuis",
        "Kunst > d) Koor",
    ]
    assert not understood(page, "a.csv").rejects


def test_letters_follow_each_other_and_a_word_has_none():
    assert codes.is_next(codes.letter_of("b) Theater"), codes.letter_of("c. Koor"))
    assert codes.letter_of("Theater De Boei") is None


NUMBERED = """\
Indicator 2022 2023 2024

1 Banen 650,1 656,2 648,0

2 Afval per
inwoner 87 95 94

{third}
Winkelroof 3,3 3,2 3,1
"""


def test_a_number_on_a_line_of_its_own_numbers_the_next_row_where_it_goes_on_the_rows_above():
    assert rows(NUMBERED.format(third="3"))[-1] == "3 Winkelroof"


def test_another_number_on_a_line_of_its_own_is_that_of_a_page():
    assert rows(NUMBERED.format(third="41"))[-1] == "Winkelroof"


HUNG = """\
Bedragen x € 1.000                                  2025      2026      2027
Lasten
  Programma 1 Bestuur
    a. Verkiezing van de raad                         85                  92
    b. Invoering van het nieuwe
       stelsel van vergunningen                      140        60
  Programma 3 Wonen
    c. Opvang van nieuwkomers, met
       huur en beheer van het gebouw               1.975     1.310       410
       Nieuwe Kade
    d. Feest 100 jaar vv Polderboys                   15
Totaal lasten                                      2.215     1.370       502
"""


def test_lines_that_hang_under_the_name_behind_a_letter_are_one_label_wherever_its_values_stand():
    assert rows(HUNG)[:4] == [
        "Lasten > Programma 1 Bestuur > a. Verkiezing van de raad",
        "Lasten > Programma 1 Bestuur > b. Invoering van het nieuwe stelsel van vergunningen",
        "Lasten > Programma 3 Wonen > c. Opvang van nieuwkomers, met huur en beheer van het gebouw Nieuwe Kade",
        "Lasten > Programma 3 Wonen > d. Feest 100 jaar vv Polderboys",
    ]


def test_rows_below_numbered_headings_are_no_labels_that_hang():
    text = """\
x € 1.000                 2024      2025
1. Bestuur
   Lasten                  100       110
   Baten                    40        50
2. Wonen
   Lasten                  200       210
   Baten                    60        70
3. Zorg
   Lasten                  300       310
   Baten                    80        90
"""
    assert rows(text)[:3] == ["1. Bestuur > Lasten", "1. Bestuur > Baten", "2. Wonen > Lasten"]


def test_a_year_below_a_text_ends_its_label_where_no_other_row_is_called_by_a_number():
    text = """\
Omschrijving Stand 1-1-2020 (x € 1.000) Erbij 2020 (x € 1.000) Eraf 2020 (x € 1.000) Saldo 31 december 2020 (x € 1.000)

Algemene reserves
Algemene reserve 81 11 - 92
Weerstandsreserve 357 86 - 443
Subtotaal algemene
reserves 438 97 - 535
Bestemmingsreserves
Reserve
warmtefonds 971 209 16 1.164
Reserve stedelijke
inrichting 263 26 - 289
Reserve
herinrichting
marktplein 5.846 411 - 6.257
Reserve duurzaam
en samenwerking 756 - - 756
Reserve groen in
het oude centrum 3.868 170 567 3.471
Reserve
nieuwbouwfonds
2021 579 - 28 551
Subtotaal
bestemmingsreserves 12.283 816 611 12.488
Totaal reserves 12.721 913 611 13.023
"""
    assert "Bestemmingsreserves > Reserve nieuwbouwfonds 2021" in rows(text)


GROUPS = {
    "Toegang": ("Balie", "Advies", "Kosten", "Teams"),
    "Wmo": ("Hulpmiddelen", "Hulp in huis", "Begeleiding", "Vervoer", "Dagbesteding"),
    "Participatie": ("Re-integratie", "Toeslag"),
    "Jeugd": ("Verblijf", "Budgetten", "Crisiszorg", "Pleegzorg", "Dyslexie"),
}


def test_the_name_of_every_row_s_group_stands_in_front_of_it_in_a_text_of_one_cell_per_line():
    printed = []
    for group, names in GROUPS.items():
        printed += [f"{group}|{name}|{100 + k}|{200 + k}|{300 + k}" for k, name in enumerate(names)]
        n, more = len(names), sum(range(len(names)))
        printed.append(f"{group}|Subtotaal {group}|{100 * n + more}|{200 * n + more}|{300 * n + more}")
    text = of_rows(
        "Zorg (x € 1.000)",
        "Hoofdstuk|Begroting 2024|Begroting 2025|Begroting 2026",
        *printed,
        "Eindtotaal|1.627|3.227|4.827",
        "Toelichting",
    )
    assert rows(text)[:6] == [
        "Toegang > Balie",
        "Toegang > Advies",
        "Toegang > Kosten",
        "Toegang > Teams",
        "Toegang > Subtotaal Toegang",
        "Wmo > Hulpmiddelen",
    ]


def test_a_row_set_in_below_the_last_of_a_half_is_its_part_though_nothing_follows():
    text = """\
x € 1.000                 2024      2025
Vaste activa
 Gebouwen                  100       110
  Scholen                   60        70
  Kantoren                  40        40
 Overlopende activa         50        60
  Vooruitbetaald            50        60
"""
    assert rows(text)[-1] == "Vaste activa > Overlopende activa > Vooruitbetaald"


def test_a_label_goes_on_below_a_word_that_comes_back_behind_values():
    text = """\
Maatregel (x € 1.000) 2024 2025 2026 Status
Programma 1 Bestuur
1.1 Verkoop van gemeentelijke panden in 10 120 240 oranje
het centrum en in de kern Oost
1.2 Minder inhuur 85 85 85 groen
1.3 Digitale dienstverlening, eerst investeren -60 -20 75 groen
en daarna besparen op de balie
Totaal programma 1 35 185 400
"""
    assert rows(text)[:3] == [
        "Programma 1 Bestuur > 1.1 Verkoop van gemeentelijke panden in het centrum en in de kern Oost",
        "Programma 1 Bestuur > 1.2 Minder inhuur",
        "Programma 1 Bestuur > 1.3 Digitale dienstverlening, eerst investeren en daarna besparen op de balie",
    ]


def test_a_number_glued_to_a_name_is_the_first_value_of_a_row_that_lacks_just_one():
    text = (
        "Voorziening Stand 2024 Erbij 2024 Eraf 2024\nWegen 1.204 350 275\nSportvelden890 145 88\n"
        "Visie2030 10 20\nRiolering 641 20 197\n"
    )
    table = understood(text).tables[0]
    first = {row.path[-1]: [c.value for c in table.cells if c.row == row.no] for row in table.rows}
    assert first["Sportvelden"] == [890, 145, 88]
    assert "Visie2030" in first


def test_a_sign_behind_the_number_of_a_row_says_which_way_it_counts():
    text = of_rows(
        "Bedragen x € 1.000 | 2024 | 2025 | 2026",
        "1 | Exploitatiesaldo | -808 | -145 | 571",
        "2+ | Mutatie vaste activa | 1.342 | 722 | -969",
        "3+ | Mutatie voorzieningen | 653 | 556 | 660",
        "4- | Mutatie voorraden | 118 | 653 | 223",
        "5+ | Boekwinst | 11 | 12 | 13",
        "Berekend EMU-saldo | 1.080 | 492 | 52",
    )
    assert columns(text) == ["2024", "2025", "2026"]
    assert rows(text)[1:4] == ["2+ Mutatie vaste activa", "3+ Mutatie voorzieningen", "4- Mutatie voorraden"]
