"""Headers whose cells are one blank apart, on one line or two: where texts end, and which go on each other."""

from __future__ import annotations

from extracts import columns, rows, understood


def test_texts_of_one_make_below_each_column_go_on_it():
    text = "\n".join(
        (
            "Begrotingswijzigingen (x € 1.000)",
            "Lasten per programma Primitief Wijz. Wijz. Wijz. Begroot",
            "2025 nr. 4 nr. 7 nr. 9 na wijz.",
            "1 Bestuur 5.410 45 - -12 5.443",
            "2 Veiligheid 3.890 - 118 - 4.008",
            "4 Sport 6.230 - 62 - 6.292",
            "5 Verkeer 5.075 - - -230 4.845",
            "Som lasten 20.605 45 180 -242 20.588",
        )
    )
    assert columns(text) == [
        "Primitief 2025",
        "Wijz. nr. 4",
        "Wijz. nr. 7",
        "Wijz. nr. 9",
        "Begroot na wijz.",
    ]
    assert not understood(text).tables[0].is_asked


def test_what_names_the_rows_has_no_year_below_it_and_a_column_has_one_state():
    text = "\n".join(
        (
            "Lasten programma 3 (bedragen x € 1.000)",
            "Deelprogramma Rekening Begroting Begroting na Rekening Verschil V/N",
            "2023 2024 wijziging 2024 2024",
            "3.1 Jeugdhulp en gezin 18.240 18.905 19.410 20.118 708 N",
            "3.2 Wmo en welzijn 14.385 14.620 14.890 14.512 378 V",
            "3.4 Gezondheid 3.120 3.205 3.188 3.188 0",
            "Totaal 35.745 36.730 37.488 37.818 330 N",
        )
    )
    assert columns(text) == ["Rekening 2023", "Begroting 2024", "Begroting na wijziging 2024", "Rekening 2024", "Verschil"]  # fmt: skip


LETTERS = "\n".join(
    (
        "Budgettair neutrale verschuivingen (bedragen x € 1.000)",
        "Verschuiving S/I 2026 2027 2028 2029",
        "1. Mantelzorg naar het sociaal team",
        "Programma 2 Samen leven (lasten) S +86 +88 +89 +91",
        "Programma 5 Ondersteuning (lasten) S -86 -88 -89 -91",
        "Per saldo 0 0 0 0",
        "2. Extra rijksbijdrage",
        "Programma 2 Samen leven (lasten) I -1.240 0 0 0",
        "Programma 2 Samen leven (baten) I +1.240 0 0 0",
        "Per saldo 0 0 0 0",
    )
)


def test_letters_that_the_header_names_are_a_column_though_labels_come_back():
    assert columns(LETTERS) == ["2026", "2027", "2028", "2029"]
    assert rows(LETTERS)[0] == "1. Mantelzorg naar het sociaal team > Programma 2 Samen leven (lasten)"


def test_a_letter_that_alone_tells_two_rows_apart_stays_part_of_their_names():
    more = "\n".join((LETTERS, "waarvan S 0 0 0 0", "waarvan I 0 0 0 0"))
    assert [row.rpartition(" > ")[2] for row in rows(more)[-2:]] == ["waarvan S", "waarvan I"]


def test_an_adjective_with_a_capital_begins_a_column_and_a_title_names_no_rows():
    text = "\n".join(
        (
            "Kostendekkendheid leges en heffingen",
            "(bedragen x € 1.000)",
            "Legesverordening Kosten taakveld Overhead Totale kosten Opbrengst Kosten-dekking",
            "Titel 1 Algemene dienstverlening 480 314 794 552 69,6%",
            "1.1 Burgerlijke stand 96 61 157 118 74,9%",
            "1.2 Reisdocumenten en rijbewijzen 310 204 514 402 78,1%",
            "1.4 Basisregistratie personen 71 48 120 33 27,5%",
            "Titel 2 Fysieke leefomgeving 1.060 739 1.800 1.549 86,1%",
        )
    )
    assert columns(text) == ["Kosten taakveld", "Overhead", "Totale kosten", "Opbrengst", "Kosten-dekking"]
    assert not understood(text).tables[0].is_asked


def test_what_stage_a_budget_is_in_is_a_text_of_its_own_behind_another_stage():
    body = "\nWegen 1.310 1.355 1.402 1.376 26\nGroen 790 801 815 820 -5\nTotaal 2.100 2.156 2.217 2.196 21\n"
    one = "Product Rekening 2024 Begroting 2025 Rekening 2025 Verschil\nprimitief na wijziging"
    assert columns(one + body)[1:4] == [
        "Begroting 2025 primitief",
        "Begroting 2025 na wijziging",
        "Rekening 2025",
    ]
    body = (
        "\nWegen 1.310 1.355 1.288 1.376 -21\nGroen 790 801 815 820 -19\nTotaal 2.100 2.156 2.103 2.196 -40\n"
    )
    other = "Product Begroting 2023 Realisatie Verschil\nvóór wijziging na wijziging 2022 2023"
    assert columns(other + body)[:3] == [
        "Begroting 2023 vóór wijziging",
        "Begroting 2023 na wijziging",
        "Realisatie 2022",
    ]


def test_a_unit_that_names_the_rows_leaves_the_years_behind_it_to_the_columns():
    body = "\nWegen 1.310 1.355 1.402\nGroen 790 801 815\nTotaal 2.100 2.156 2.217\n"
    text = "Meerjarig overzicht\n\nx € 1.000 2025 2026 2027" + body
    table = understood(text).tables[0]
    assert columns(text) == ["2025", "2026", "2027"]
    assert (table.unit, table.is_asked) == ("EUR_1000", False)


def test_a_text_that_a_total_names_is_a_heading_and_begins_no_label_that_is_broken_below_it():
    text = (
        "Afrekening (x € 1.000)\nOmschrijving Begroting 2019 Werkelijk 2019\n\n"
        "Participatie\nIndividuele\ninkomenstoeslag\n\n€ 377 € 395\n\nBijzondere\nbijstand\n\n€ 7.932 € 7.995\n\n"
        "Beschut werk € 5.952 € 5.875\nTotaal\nParticipatie\n\n€ 14.261 € 14.265\n"
    )
    assert rows(text) == [
        "Participatie > Individuele inkomenstoeslag",
        "Participatie > Bijzondere bijstand",
        "Participatie > Beschut werk",
        "Participatie > Totaal Participatie",
    ]


BELOW = "Totaal lasten 164.239 165.782 175.566\nTotaal baten 164.560 167.555 175.932\nMutaties reserves 321 1.773 366\n"


def test_a_title_with_a_unit_stands_over_all_columns_or_over_none():
    text = f"3.1 Financiën\n\nResultaat (bedragen in € 1.000)\n\nBegroting 2022 Begroting na wijziging 2022 Realisatie 2022\n\n{BELOW}"
    assert columns(text) == ["Begroting 2022", "Begroting na wijziging 2022", "Realisatie 2022"]
    assert not understood(text).tables[0].is_asked


def test_the_number_of_a_chapter_names_no_rows():
    text = f"3.1 Financiële begroting\n\nResultaat in beeld\n\nBegroting 2022 V/N Begroting na wijziging 2022 V/N Realisatie 2022 V/N\n\n{BELOW}"
    assert columns(text) == ["Begroting 2022", "Begroting na wijziging 2022", "Realisatie 2022"]
    assert not understood(text).tables[0].is_asked


def test_the_sign_of_a_currency_before_the_years_of_a_header_belongs_to_its_unit():
    text = (
        "Maatregelen Jeugd\nBedragen in € 2026 2027 2028\nOpvang dichtbij 0 65000 85000\n"
        "Vroeg erbij in de eerste 1000 dagen 0 36000 41000\nTotaal Jeugd 0 101000 126000\n"
    )
    assert columns(text) == ["2026", "2027", "2028"]
    assert rows(text)[0] == "Opvang dichtbij"


def test_a_unit_of_thousands_before_the_years_of_a_header_is_no_value():
    text = (
        "EMU-saldo\nBedragen in € 1.000 2026 2027 2028\n1 Exploitatiesaldo 25.626 20.591 -24.066\n2 Investeringen 226 265 219\n"
        "Referentiewaarde -8.916 -1.721 -1.741\n"
    )
    assert columns(text) == ["2026", "2027", "2028"]
    assert understood(text).tables[0].unit == "EUR_1000"


def test_a_unit_that_begins_a_header_stands_where_the_rows_are_named():
    text = (
        "Overzicht bijdragen\nBedragen in hele euro's Subsidie 2023\nStichting De Brug 184.645\n"
        "Dorpshuis Oost 255.501\nIJsvereniging 42.480\nTotaal 482.626\n"
    )
    assert columns(text) == ["Subsidie 2023"]


def test_what_names_the_rows_may_begin_the_second_line_of_a_wide_header():
    flows = "Toevoeging Onttrekking Bestemming resultaat"
    text = (
        "Verloop van de reserves\n\nBoekwaarde 1-1-2025 2025 Stand 31-12-2025 2026 Stand 31-12-2026 2027 Stand 31-12-2027\n"
        f"Reserve (x € 1.000) {flows} {flows} {flows}\n\n"
        "Algemene reserve 170 0 0 36 206 0 3 39 242 23 39 33 259\n"
        "Reserve wonen 58 9 0 0 67 0 6 0 61 8 0 4 73\nReserve bomen 168 0 19 2 151 40 13 0 178 15 0 3 196\n"
        "Totaal reserves 396 9 19 38 424 40 22 39 481 46 39 40 528\n"
    )
    assert columns(text)[:5] == [
        "Boekwaarde 1-1-2025",
        "2025 Toevoeging",
        "2025 Onttrekking",
        "2025 Bestemming resultaat",
        "Stand 31-12-2025",
    ]


def test_a_plan_of_several_years_above_a_header_is_a_title_and_stands_over_no_year():
    text = (
        "Meerjareninvesteringsplan\nInvesteringen Totaal investering\nOmschrijving 2027 2028 2029 2030\n"
        "Straatverlichting led 0 43 0 0 43\nOndergrondse containers 0 263 0 0 263\nVerduurzaming stadskantoor 40 307 702 1.227 2.276\n"
        "Brug over de Aa 0 0 104 199 303\nSnelfietsroute F12 45 305 0 0 350\nBasisschool De Eik 0 266 41 0 307\nSpeelplekken 0 0 255 0 255\n"
        "Renovatie zwembad 0 224 87 0 311\nTotaal 85 1.408 1.189 1.426 4.108\n"
    )
    assert columns(text) == [*(f"Investeringen {year}" for year in range(2027, 2031)), "Totaal investering"]


def test_a_bare_total_stands_over_no_years_where_what_it_is_the_total_of_stands_beside_it():
    text = (
        "bedragen x € 1.000\nTotaal Investeringen\nOmschrijving 2022 2023 2024 2025\n"
        "Kazerne 60 0 0 60 0\nTunnel 2.000 115 0 0 1.885\nTotaal 2.060 115 0 60 1.885\n"
    )
    assert columns(text) == ["Totaal", *(f"Investeringen {year}" for year in range(2022, 2026))]
    assert not understood(text).tables[0].is_asked


def test_a_line_of_units_in_brackets_says_of_each_column_what_it_counts():
    text = (
        "Formatie en loonsom\nOnderdeel Formatie 2024 Formatie 2025 Loonsom 2024 Loonsom 2025\n(fte) (fte) (x € 1.000) (x € 1.000)\n"
        "College van burgemeester en wethouders 5,00 5,00 422 441\nGriffie 2,67 2,89 225 255\nTotaal bestuur 7,67 7,89 647 696\n"
    )
    (table,) = understood(text).tables
    assert [c.path for c in table.columns][::2] == [("Formatie 2024",), ("Loonsom 2024",)]
    assert {(cell.column, cell.eenheid) for cell in table.cells} == {
        (1, "fte"),
        (2, "fte"),
        (3, None),
        (4, None),
    }
    assert not table.is_asked


def test_a_text_of_words_that_name_rows_goes_on_no_state():
    text = (
        "Taakvelden (bedragen x € 1.000)\nJaarrekening Begroting Actuele begroting Jaarrekening\nCode Taakveld omschrijving 2020 2021 2021 2021\n"
        "0.3 Beheer gebouwen 2.587 2.604 2.590 2.667\n0.61 OZB woningen 705 726 684 660\n0.64 Belastingen overig 2.041 1.972 1.997 1.957\n"
        "Totaal taakvelden 5.333 5.302 5.271 5.284\n"
    )
    assert columns(text) == [
        "Jaarrekening 2020",
        "Begroting 2021",
        "Actuele begroting 2021",
        "Jaarrekening 2021",
    ]
    assert not understood(text).tables[0].is_asked


def test_a_total_without_the_year_that_other_rows_end_in_does_not_tell_that_dashes_are_signs():
    text = (
        "Bouwgronden (bedragen x € 1.000)\nBoekwaarde Vermeer- Vermin- Winst- Boekwaarde Jaar van\n"
        "1-1-2023 deringen deringen neming 31-12-2023 afronding\nWoningbouw\n101 Veldzicht fase 2 4.218 1.106 (2.656) - 2.668 2027\n"
        "104 De Hoge Weide 12.870 2.419 (5.914) 810 10.185 2031\n109 Kerkplein 613 88 - - 701 2025\nSubtotaal woningbouw 17.701 3.613 (8.570) 810 13.554\n"
        "Bedrijven\n201 Handelskade (318) 215 (905) 401 (607) 2024\n203 Noorderpoort 7.406 319 (1.204) - 6.521 2030\n"
        "Subtotaal bedrijven 7.088 534 (2.109) 401 5.914\nTotaal bouwgronden 24.789 4.147 (10.679) 1.211 19.468\n"
    )
    assert columns(text)[:5] == [
        "Boekwaarde 1-1-2023",
        "Vermeerderingen",
        "Verminderingen",
        "Winstneming",
        "Boekwaarde 31-12-2023",
    ]


def test_a_line_of_years_each_with_its_unit_is_a_layer_and_goes_on_no_text_above_it():
    unit = "(x € 1.000)"
    text = (
        f"Investeringsplan\n\nProject Investeringen Totaal investering {unit}\n2022 {unit} 2023 {unit} 2024 {unit} 2025 {unit}\n\n"
        "Riolering € 496 € 0 € 0 € 0 € 496\nKazerne € 0 € 0 € 93 € 0 € 93\nKademuren € 2.373 € 0 € 0 € 84 € 2.457\nTotaal € 2.869 € 0 € 93 € 84 € 3.046\n"
    )
    assert columns(text) == [*(f"Investeringen {year}" for year in range(2022, 2026)), "Totaal investering"]


def test_a_first_line_of_a_header_with_a_state_and_a_year_is_no_title_though_the_rest_comes_back_below_another():
    rest = "(bedragen x € 1.000)\n2027 2028 2029\n"
    text = (
        f"Mutaties reserves\n\nOmschrijving Rekening 2025 Begroting 2026 Raming\n{rest}\nReserve wonen 10 20 30 40 50\nReserve groen 1 2 3 4 5\nTotaal 11 22 33 44 55\n\n"
        f"Incidentele baten en lasten\n\nOmschrijving Begroting 2026 Meerjarenraming\n{rest}\nIncidentele lasten\n\nProgramma 1 Veiligheid\n\nWmo 33 27 32 30\n\n"
        "Programma 2 Economie\n\nAfval 22 16 0 0\n\nTotaal incidentele lasten 55 43 32 30\n"
    )
    assert [" ".join(c.path) for c in understood(text).tables[1].columns] == [
        "Begroting 2026",
        *(f"Meerjarenraming {year}" for year in (2027, 2028, 2029)),
    ]


def test_lines_with_a_word_for_every_column_are_texts_set_below_each_other():
    text = (
        "Staat van reserves\n(bedragen x € 1.000)\nSaldo Toe- Ont- Saldo Saldo\nper voeging trekking per per\n1-1-2025 2025 2025 31-12-2025 31-12-2026\n"
        "Algemene reserve 9.814 421 - 10.235 10.347\nRisicoreserve 2.105 - 350 1.755 1.634\nTotaal reserves 11.919 421 350 11.990 11.981\n"
    )
    assert columns(text) == [
        "Saldo per 1-1-2025",
        "Toevoeging 2025",
        "Onttrekking 2025",
        "Saldo per 31-12-2025",
        "Saldo per 31-12-2026",
    ]
    assert not understood(text).tables[0].is_asked


def test_a_first_line_of_words_for_some_columns_stands_above_those_that_go_on_in_it():
    text = (
        "Verbonden partijen\nbedragen x € 1.000\nEigen Eigen Vreemd Vreemd\nvermogen vermogen vermogen vermogen Resultaat Bijdrage\n"
        "1-1-2023 31-12-2023 1-1-2023 31-12-2023 2023 2025\nOmgevingsdienst Veen 1.844 2.210 9.655 10.418 366 1.122\n"
        "Veiligheidsregio 5.120 4.788 41.377 43.902 -332 2.045\nGGD 3.066 3.391 12.840 11.975 325 1.310\n"
    )
    assert columns(text)[:2] == ["Eigen vermogen 1-1-2023", "Eigen vermogen 31-12-2023"]
    assert columns(text)[4:] == ["Resultaat 2023", "Bijdrage 2025"]


def test_a_hyphen_at_the_end_of_a_line_is_that_of_its_last_word():
    text = (
        "Incidentele posten\nBedragen x € 1.000\nMeerjaren- Meerjaren- Meerjaren-\nRekening Begroting Begroting raming raming raming\n"
        "2023 2024 2025 2026 2027 2028\nZaaksysteem 212 180 95 0 0 0\nVerkiezingen 64 70 0 66 133 0\nTotaal 276 250 95 66 133 0\n"
    )
    assert columns(text) == [
        "Rekening 2023",
        "Begroting 2024",
        "Begroting 2025",
        *(f"Meerjarenraming {year}" for year in (2026, 2027, 2028)),
    ]


def test_a_date_belongs_to_the_name_above_it_and_not_to_the_one_beside_it():
    text = (
        "Verloop grondexploitaties (x € 1.000)\nBoekwaarde Boekwaarde\n1-1-2024 Investeringen Opbrengsten Winstneming 31-12-2024\n"
        "De Hoge Akker 4.210 880 2.545 310 2.855\nStationskwartier 8.815 1.903 640 0 10.078\nTotaal 13.025 2.783 3.185 310 12.933\n"
    )
    (table,) = understood(text).tables
    assert table.is_asked or next(" ".join(c.path) for c in table.columns) == "Boekwaarde 1-1-2024"


def test_a_header_that_begins_with_a_unit_goes_on_no_title_above_it():
    text = (
        "Berekening EMU-saldo\n(in duizenden euro's) Rekening 2019 Begroting 2020 Raming 2021\n1. Exploitatiesaldo -15.367 14.548 14.085\n"
        "2. Afschrijvingen 1.915 1.667 1.765\nEMU-saldo -13.452 16.215 15.850\nReferentiewaarde -4.601 -5.148 -8.918\n"
    )
    assert columns(text) == ["Rekening 2019", "Begroting 2020", "Raming 2021"]


def test_a_short_line_goes_on_the_column_in_the_midst_of_the_line_above_that_it_fits():
    text = """\
bedragen x € 1.000
Taakveld Rekening 2022 Begroting 2023 Rekening 2023 Verschil 2023
na wijziging
Lasten
2.1 Verkeer en vervoer 4.299 4.380 4.363 17
2.2 Parkeren 289 294 292 2
3.1 Economie 418 420 423 -3
Totaal lasten 5.006 5.094 5.078 16
"""
    assert columns(text) == ["Rekening 2022", "Begroting 2023 na wijziging", "Rekening 2023", "Verschil 2023"]


def test_a_header_that_is_printed_again_above_another_heading_ends_before_its_first_one():
    text = """\
bedragen x € 1.000
Incidentele baten en lasten Begroting 2024 2025 2026
Incidentele lasten
Programma 1 Bestuur
Verkiezingen 122 80 0
Omgevingsvisie 165 110 40
Totaal programma 1 287 190 40
Incidentele baten en lasten Begroting 2024 2025 2026
Programma 2 Samenleving
Transformatie jeugdhulp 411 250 125
Inburgering 188 188 90
Totaal programma 2 599 438 215
Totaal incidentele lasten 886 628 255
"""
    (table,) = understood(text).tables
    assert [" ".join(c.path) for c in table.columns] == ["Begroting 2024", "2025", "2026"]
    assert not table.is_asked


def test_a_state_and_year_right_above_a_header_without_any_is_asked_about():
    lines = ["x € 1.000", "Begroting 2025", "Programma", "Lasten", "Baten", "Saldo voor", "mutaties reserves"]
    body = ["Bestuur 774 12 -762", "Zorg 5.310 209 -5.101", "Wonen 1.120 485 -635"]
    (table,) = understood("\n".join([*lines, *body]) + "\n").tables
    assert table.is_asked or all(c.path[0] == "Begroting 2025" for c in table.columns)


def test_a_line_that_has_nothing_but_the_ends_of_torn_words_makes_these_whole():
    text = """\
x € 1.000
Voorziening 2024 2025
Stand 1-1 Dotatie Vrijval Aanwen- Stand 31-12 Dotatie Aanwen- Stand 31-12
ding ding
Pensioenen 3.120 244 0 -188 3.176 210 -190 3.196
Reorganisatie 412 0 -62 -150 200 0 -120 80
Verlofsparen 189 44 0 -12 221 45 -15 251
Totaal 3.721 288 -62 -350 3.597 255 -325 3.527
"""
    assert columns(text) == [
        "2024 Stand 1-1",
        "2024 Dotatie",
        "2024 Vrijval",
        "2024 Aanwending",
        "2024 Stand 31-12",
        "2025 Dotatie",
        "2025 Aanwending",
        "2025 Stand 31-12",
    ]


def test_what_names_the_rows_may_go_on_below_while_others_of_its_line_are_whole():
    text = """\
in duizenden euro's
Reserves en Stand 31 december Mutaties 2024 Stand 31 december
voorzieningen
2023 Vermeer- Vermin- 2024 2025 2026
dering dering
Vrije reserve 8.411 300 122 8.589 8.646 8.892
Risicobuffer 3.500 0 0 3.500 3.645 3.581
Egalisatie 611 40 51 600 590 585
Totaal 12.522 340 173 12.689 12.881 13.058
"""
    assert columns(text) == [
        "Stand 31 december 2023",
        "Mutaties 2024 Vermeerdering",
        "Mutaties 2024 Vermindering",
        "Stand 31 december 2024",
        "Stand 31 december 2025",
        "Stand 31 december 2026",
    ]
