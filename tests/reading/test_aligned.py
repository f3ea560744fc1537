"""Columns lined up with blanks: the places of texts tell which columns a header names and which lines are one label."""

from __future__ import annotations

from extracts import columns, rows, understood

BODY = """\
Wegen                1.204    1.310    1.422    1.505    1.600
Groen                  812      790      805      820      835
Totaal               2.016    2.100    2.227    2.325    2.435
"""


def test_texts_over_one_column_and_a_text_over_several_stand_in_one_line():
    header = """\
                                               Verschil 23-24
Product               2021     2022     2023    bedrag       %
"""
    assert columns(header + BODY) == ["2021", "2022", "2023", "Verschil 23-24 bedrag", "Verschil 23-24 %"]


def test_words_repeated_over_years_leave_the_last_years_to_the_text_in_the_middle_of_them():
    header = """\
                        JR       JR          MJB 2025-2027
Product               2022     2023     2025     2026     2027
"""
    assert columns(header + BODY) == [
        "JR 2022",
        "JR 2023",
        "MJB 2025-2027 2025",
        "MJB 2025-2027 2026",
        "MJB 2025-2027 2027",
    ]


def test_header_texts_broken_by_a_hyphen_over_pairs_of_columns_are_whole():
    text = """\
               Wijzigingen in de loop van het jaar
              1e voorjaars-        2e voorjaars-
                  nota                 nota
Product      Lasten     Baten     Lasten     Baten
Wegen         1.204     1.310      1.422     1.505
Groen           812       790        805       820
Totaal        2.016     2.100      2.227     2.325
"""
    parent = "Wijzigingen in de loop van het jaar"
    assert columns(text) == [
        f"{parent} {half} {side}"
        for half in ("1e voorjaarsnota", "2e voorjaarsnota")
        for side in ("Lasten", "Baten")
    ]


def test_a_header_over_its_first_column_names_the_blank_columns_after_it():
    text = """\
Product          Rekening 2022                    Begroting 2023
                        Lasten          Baten             Lasten          Baten
Wegen                    1.204          1.310              1.422          1.505
Groen                      812            790                805            820
"""
    assert columns(text) == [
        "Rekening 2022 Lasten",
        "Rekening 2022 Baten",
        "Begroting 2023 Lasten",
        "Begroting 2023 Baten",
    ]


def test_where_places_and_words_leave_two_headers_that_are_as_good_the_table_is_asked_about():
    text = """\
                                          Raming van baten
Product         2023     2024      2025     2026      2027
Wegen          1.204    1.310     1.422    1.505     1.600
Groen            812      790       805      820       835
"""
    (table,) = understood(text, jaar=2022).tables
    assert table.lezing == "gevraagd"


def test_a_row_of_units_below_the_header_names_no_column():
    text = """\
Heffing              Tarief   Stijging     Aantal
                       in €       in %      stuks
Riool               118,20        3,0     15.240
Afval               214,08        6,0      5.804
"""
    assert columns(text) == ["Tarief", "Stijging", "Aantal"]


def test_a_table_goes_on_below_a_page_number_and_its_own_header():
    header = "Product                   Lasten      Baten\n"
    first = (
        "Verkeer\n  Wegen                    1.204      1.310\n  Groen                      812        790\n"
    )
    rest = "  Parkeren                   100         50\n  Totaal verkeer           2.116      2.150\n"
    furniture = "\nBegroting 2025 gemeente Voorbeeld          87\n\fBijlagen\n\n"
    assert rows("Kosten\n\n" + header + first + furniture + header + rest) == [
        "Verkeer > Wegen",
        "Verkeer > Groen",
        "Verkeer > Parkeren",
        "Verkeer > Totaal verkeer",
    ]


def test_a_page_number_below_a_table_is_no_row_of_it():
    text = """\
Product                   Lasten      Baten      Saldo
Wegen                      1.204      1.310        106
Groen                        812        790        -22

2.1 Weerstandsvermogen en risico's               77
"""
    assert rows(text) == ["Wegen", "Groen"]


def test_a_long_line_right_between_two_rows_is_a_heading():
    long = "Investeringen met een economisch nut, waarvoor een heffing geheven kan worden:"
    text = f"""\
Activa                       2023         2024
Gronden en terreinen        1.204        1.310
Totaal economisch nut       1.204        1.310
{long}
Riolering                     812          790
Water                         100          110
"""
    assert rows(text)[2:] == [f"{long} > Riolering", f"{long} > Water"]


def test_labels_broken_where_a_column_is_narrow_are_whole_though_the_next_line_begins_with_a_capital():
    text = """\
Project               2024      2025
Vervanging              12       216
Software
Uitbreiding van          9        46
Basisschool De
Regenboog
Nieuwbouw van            8        26
Gymzaal Noord
Totaal                  29       288
"""
    assert rows(text) == [
        "Vervanging Software",
        "Uitbreiding van Basisschool De Regenboog",
        "Nieuwbouw van Gymzaal Noord",
        "Totaal",
    ]


def test_a_heading_below_a_total_is_not_the_end_of_its_label():
    text = """\
Complex                       2024      2025
Woningbouw
Noord en Zuid                1.200     1.300
Totaal woningbouw            1.200     1.300
Bedrijventerreinen
Haven                          300       310
Totaal bedrijventerreinen      300       310
"""
    assert rows(text)[1:3] == ["Woningbouw > Totaal woningbouw", "Bedrijventerreinen > Haven"]


def test_a_letter_that_numbers_rows_does_not_make_their_labels_begin_in_lower_case():
    text = """\
Kengetal                         2024      2025
1. Schuldquote
   a. zonder de doorgeleende      64%       72%
   gelden
   b. met de doorgeleende         52%       60%
   gelden
2. Solvabiliteit                  39%       34%
3. Belastingcapaciteit           102%      103%
"""
    assert rows(text)[:2] == [
        "1. Schuldquote > a. zonder de doorgeleende gelden",
        "1. Schuldquote > b. met de doorgeleende gelden",
    ]


def test_a_blank_line_below_a_header_and_between_blocks_with_a_heading_ends_no_table():
    text = (
        "Investeringsplan\n\nbedragen x € 1.000\n"
        "Omschrijving                                  2024     2025     2026   Totaal\n\n"
        "Programma 1 Dienstverlening\n"
        "  Vervanging hardware                          180               195      375\n"
        "  Zaaksysteem                                  240      110               350\n"
        "  Subtotaal programma 1                        420      110      195      725\n\n"
        "Programma 3 Openbare ruimte\n"
        "  Vervanging bruggen                                    425      310      735\n"
        "  Riolering                                    900      925      950    2.775\n"
        "  Subtotaal programma 3                        900    1.350    1.260    3.510\n\n"
        "Totaal investeringen                         1.320    1.460    1.455    4.235\n"
    )
    (table,) = understood(text).tables
    assert [column.path for column in table.columns] == [("2024",), ("2025",), ("2026",), ("Totaal",)]
    assert rows(text)[3] == "Programma 3 Openbare ruimte > Vervanging bruggen"
    assert rows(text)[-1] == "Totaal investeringen"


def test_a_table_that_ends_in_its_total_is_not_gone_on_with_by_the_next_heading():
    text = (
        "Lasten (x € 1.000)\n\n"
        "Omschrijving                                  2024     2025\n"
        "Bestuur                                        180      195\n"
        "Zorg                                           240      110\n"
        "Totaal                                         420      305\n\n"
        "Baten van de gemeente\n"
        "Belastingen                                    425      310\n"
        "Leges                                          900      950\n"
        "Totaal                                       1.325    1.260\n"
    )
    first, *_ = understood(text).tables
    assert [row.path[-1] for row in first.rows] == ["Bestuur", "Zorg", "Totaal"]


def test_a_header_that_is_printed_again_between_rows_stands_over_the_columns_it_stood_over_before():
    header = """\
                                       Lasten                          Baten
               Rekening 2023   Begroting 2024  Rekening 2023  Begroting 2024
"""
    text = f"""{header}Fysiek
Verkeer                2.518            2.518            907             979
Groen                  7.049            7.500            949             974
{header}Sociaal
Wmo                    1.497            1.581            848             839
Jeugd                  6.423            5.548            473             531
"""
    assert columns(text) == [
        f"{side} {state}" for side in ("Lasten", "Baten") for state in ("Rekening 2023", "Begroting 2024")
    ]
    assert rows(text) == ["Fysiek > Verkeer", "Fysiek > Groen", "Sociaal > Wmo", "Sociaal > Jeugd"]


def test_cells_that_are_two_blanks_apart_and_not_under_each_other_are_rows_all_the_same():
    text = """
bedragen x € 1.000

Omschrijving  Rekening 2023  Begroting 2024
Onderhoud van wegen, straten en pleinen  133  1.534
Zorg  96  11.428
Werk en inkomen  1.597  9
Riolering  8,2  7
Grondexploitatie exclusief Meerdorp  36  37
"""
    assert columns(text) == ["Rekening 2023", "Begroting 2024"]
    assert rows(text)[1:3] == ["Zorg", "Werk en inkomen"]
    assert len(rows(text)) == 5


CODES_AND_LETTERS = """\
Nr   Omschrijving         I/S  Rekening 2023  Begroting 2024     2025     2026
2.1  Wegen en straten     S            1.204           1.310    1.422    1.505
5.7  Groen                S              812             790      805      820
8.3  Bouwtoezicht         I              143             150      161      155
Totaal                                 2.159           2.250    2.388    2.480
"""


def test_a_total_printed_over_codes_and_names_parts_them_as_other_rows_do():
    text = " " * 68 + "Raming\n" + CODES_AND_LETTERS
    assert columns(text) == ["Rekening 2023", "Begroting 2024", "Raming 2025", "Raming 2026"]
    assert rows(text) == ["2.1 Wegen en straten", "5.7 Groen", "8.3 Bouwtoezicht", "Totaal"]
    assert not understood(text).tables[0].is_asked


def test_columns_are_known_by_where_cells_are_set_also_where_every_row_lacks_some():
    text = """\
Project               Krediet    2024    2025    2026    2027
Brug Oosterdijk           900             900
Sportveld                 450     150             300
Gemaal                  1.200                     800     400
Fietspad                  350             120     230
Speelplek                  80      80
"""
    table = understood(text).tables[0]
    assert columns(text) == ["Krediet", "2024", "2025", "2026", "2027"]
    assert [(c.row, c.column) for c in table.cells if c.text in ("800", "400", "120")] == [
        (3, 4),
        (3, 5),
        (4, 3),
    ]


def test_two_texts_of_a_header_one_blank_apart_are_of_the_letters_and_the_first_values():
    text = """\
Nr   Omschrijving      I/S Rekening     Begroting       Raming
                               2024          2025     2026    2027
2.1  Wegen             S      1.204         1.310    1.422   1.505
5.7  Groen             S        812           790      805     820
8.3  Bouwtoezicht      I        143           150      161     155
"""
    assert columns(text) == ["Rekening 2024", "Begroting 2025", "Raming 2026", "Raming 2027"]


def test_a_foot_of_a_page_in_three_parts_parts_no_table():
    text = """\
Bedragen x € 1.000                  2024      2025      2026
Wijken
Buurthuizen                           41        45        40
Wijkteams                            606       594       596
Totaal wijken                        647       639       636
Sport
Zwembad                              155       165       163

Gemeente Elsburg                Begroting 2025            pagina 61
\fBedragen x € 1.000                  2024      2025      2026
Sportvelden                          716       771       749
Totaal sport                         871       936       912
Totaal                             1.518     1.575     1.548
"""
    assert columns(text) == ["2024", "2025", "2026"]
    assert rows(text)[3:] == ["Sport > Zwembad", "Sport > Sportvelden", "Sport > Totaal sport", "Totaal"]
    assert len(understood(text).tables) == 1


def test_figures_between_the_lines_of_a_label_are_those_of_the_label():
    text = """\
Onderdeel                       Begroting     Rekening     Verschil
Aanleg van wegen,
                                      631          662           31
paden en pleinen
Strooien                            1.852        2.087          235
Verlichting en
                                    1.327        1.436          109
verkeerslichten
Totaal beheer                       3.810        4.185          375
"""
    assert rows(text) == [
        "Aanleg van wegen, paden en pleinen",
        "Strooien",
        "Verlichting en verkeerslichten",
        "Totaal beheer",
    ]
    assert not understood(text).tables[0].is_asked


HALVES = """\
ACTIVA                                       Ultimo     Ultimo      PASSIVA                                          Ultimo     Ultimo
                                               2022       2021                                                         2022       2021

Vaste activa                                                        Vaste passiva
 Gebouwen                                     1.215      1.288       Eigen vermogen                                  28.266     27.300
  Scholen                                     1.000      1.000        Algemene reserve                               14.920     13.655
  Raadhuis                                      215        288        Bestemmingsreserves                            11.384     12.740
                                                                      Resultaat                                       1.962        905
 Financiële activa                            3.558      3.745
  Aandelen                                      640        640       Vaste schulden                                  29.500     31.750
  Leningen                                    2.918      3.105        Onderhandse leningen                           29.500     31.750

Vlottende activa                                                    Vlottende passiva
 Voorraden                                   53.000     55.000       Vlottende schulden                               1.000      2.000
  Bouwgronden                                53.000     55.000        Banksaldi                                           -          -
                                                                      Overige schulden                                1.000      2.000
 Liquide middelen                               993      1.017
  Banksaldi                                     993      1.017

Totaal activa                                58.766     61.050      Totaal passiva                                   58.766     61.050
"""


def test_halves_beside_each_other_have_their_own_headings_and_their_own_margins():
    left, right = understood(HALVES.replace("ACTIVA  ", "Activa (x € 1.000)  ")).tables
    assert [" > ".join(row.path) for row in left.rows][:3] == [
        "Vaste activa > Gebouwen",
        "Vaste activa > Gebouwen > Scholen",
        "Vaste activa > Gebouwen > Raadhuis",
    ]
    assert [" > ".join(row.path) for row in right.rows][3:] == [
        "Vaste passiva > Eigen vermogen > Resultaat",
        "Vaste passiva > Vaste schulden",
        "Vaste passiva > Vaste schulden > Onderhandse leningen",
        "Vlottende passiva > Vlottende schulden",
        "Vlottende passiva > Vlottende schulden > Banksaldi",
        "Vlottende passiva > Vlottende schulden > Overige schulden",
        "Totaal passiva",
    ]


def test_a_header_stands_a_blank_line_above_the_headings_of_the_first_rows():
    left, right = understood(HALVES).tables
    assert [[" ".join(column.path) for column in half.columns] for half in (left, right)] == [
        ["Ultimo 2022", "Ultimo 2021"],
        ["Ultimo 2022", "Ultimo 2021"],
    ]


TURNED = """\
Instelling (in €)                   2023      2024     Instelling (in €)                 2023      2024
 Welzijn                                               Muziekhuis                     155.400   120.000
Stichting Kade                   412.500   431.800     Fanfare Sint Jan                 9.275     9.600
Buurthuis De Boei                 58.300    61.050     Filmzaal                        12.000    15.500
Slachtoffers                       6.840     7.020     Subtotaal cultuur              795.575   785.660
Subtotaal welzijn                477.640   499.870      Sport
 Cultuur                                               Zwembad Zuid                   310.000   365.000
Leeszaal                         618.900   640.560     Subtotaal sport                310.000   365.000

                                                       Totaal                       1.583.215 1.650.530
"""


def test_amounts_that_fill_their_columns_are_apart_and_a_table_goes_on_in_its_right_half():
    assert columns(TURNED) == ["2023", "2024"]
    assert rows(TURNED)[5:8] == ["Cultuur > Muziekhuis", "Cultuur > Fanfare Sint Jan", "Cultuur > Filmzaal"]
    assert [cell.value for cell in understood(TURNED).tables[0].cells][-2:] == [1_583_215, 1_650_530]


BESIDE = """\
Cluster          Onderdeel (x € 1.000)                          2022       2023

                 Directie                                      1.012      1.050
Sturing          Concerncontrol                                  388        402
                 Advies                                          640        655
                 Subtotaal                                     2.040      2.107

                 Financiën                                     1.844      1.902
                 Personeel (1)                                 1.305      1.290
Bedrijfsvoering
                 Inkoop                                          577        604
                 Subtotaal                                     3.726      3.796

Totaal overhead                                                5.766      5.903

(1) Inclusief een afkoopsom.
"""


def test_a_name_set_beside_the_middle_of_its_rows_is_that_of_all_of_them():
    assert rows(BESIDE) == [
        "Sturing > Directie",
        "Sturing > Concerncontrol",
        "Sturing > Advies",
        "Sturing > Subtotaal",
        "Bedrijfsvoering > Financiën",
        "Bedrijfsvoering > Personeel",
        "Bedrijfsvoering > Inkoop",
        "Bedrijfsvoering > Subtotaal",
        "Totaal overhead",
    ]


def test_a_number_in_brackets_behind_a_label_is_the_mark_of_the_note_below():
    (noted,) = [row for row in understood(BESIDE).tables[0].rows if row.noot]
    assert (noted.path[-1], noted.noot) == ("Personeel", "¹ Inclusief een afkoopsom.")


def test_a_state_in_the_middle_of_three_years_stands_over_all_of_them_and_not_over_the_middle_one():
    text = """\
                            Begroting                       Meerjarenraming
                               2025             2026             2027             2028
Programma (x € 1.000)      Lasten   Baten   Lasten   Baten   Lasten   Baten   Lasten   Baten
Bestuur                     5.239   1.529    5.339   1.506    4.998   1.487    5.135   1.527
Verkeer                     7.615   1.916    7.517   1.910    7.212   1.851    7.224   1.900
Totaal                     12.854   3.445   12.856   3.416   12.210   3.338   12.359   3.427
"""
    assert columns(text)[:3] == [
        "Begroting 2025 Lasten",
        "Begroting 2025 Baten",
        "Meerjarenraming 2026 Lasten",
    ]
    assert not understood(text).tables[0].is_asked


def test_header_texts_set_to_the_right_one_blank_apart_part_where_a_column_ends():
    text = """\
Verwacht eindresultaat (x € 1.000)    Nog te maken Nog te verwachten   Eindwaarde
                                            kosten       opbrengsten
Hoge Akker, eerste fase                        410             1.890          505
Hoge Akker, tweede fase                      2.360             7.105        1.182
Dorpshart                                      880               205      (1.130)
Totaal                                       3.650             9.200          557
"""
    assert columns(text) == ["Nog te maken kosten", "Nog te verwachten opbrengsten", "Eindwaarde"]


def test_a_last_column_of_years_that_no_total_has_says_when_and_holds_no_values():
    text = """\
Lopende kredieten (bedragen in hele euro's)
                                 Jaar                 Uitgaven       Restant
Omschrijving krediet          besluit      Krediet        2024    31-12-2024   Gereed
Herinrichting Kerkplein          2022    1.250.000     704.119       545.881     2025
Fietspad                         2023      640.000      71.305       568.695     2026
Beschoeiing                      2021      385.000      41.226       343.774     2024
Totaal                                   2.275.000     816.650     1.458.350
"""
    assert columns(text) == ["Krediet", "Uitgaven 2024", "Restant 31-12-2024"]


def test_a_column_in_which_no_row_prints_anything_keeps_its_name_to_itself():
    text = """\
Staat van voorzieningen (x € 1.000)
Naam voorziening       Stand 2024   Toevoegingen 2024   Stand 2025   Toevoegingen 2025   Stand 2026
Begraafplaatsen               449                  58          391                              352
Afvalinzameling             6.942                 468        7.934                            7.525
Totaal                      7.391                 526        8.325                            7.877
"""
    assert columns(text) == ["Stand 2024", "Toevoegingen 2024", "Stand 2025", "Stand 2026"]
