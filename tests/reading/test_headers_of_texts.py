"""Tables that were copied as text, a cell to a line or a row to a line: the grid is lost, and what is printed tells it.

Each test is a way of printing in which a column, a group or a row once got another name.
"""

from __future__ import annotations

from extracts import columns, rows, understood

from dagster_project.reading.header_texts import TEXT, VALUE, Zone
from dagster_project.reading.headers import read_header

TITLE = "Overzicht van baten en lasten\n\nbedragen x € 1.000\n"


def lined(*cells: str) -> str:
    """A text with one cell on every line."""
    return "\n".join(cells) + "\n"


def values(text: str) -> list[list[str]]:
    """The printed values of every row of the only table of a text."""
    (table,) = understood(text).tables
    return [[cell.text for cell in table.cells if cell.row == row.no] for row in table.rows]


def body(width: int, *labels: str, start: int = 1_101) -> list[str]:
    """Rows of as many amounts, all different."""
    cells = []
    for r, label in enumerate(labels):
        cells += [label, *(f"{(start + 97 * r + 13 * c):,}".replace(",", ".") for c in range(width))]
    return cells


def test_a_name_of_a_column_may_be_broken_over_cells():
    header = [
        "Naam reserve",
        "Saldo",
        "1-1-2024",
        "Bestemming",
        "resultaat 2023",
        "Toevoeging",
        "Onttrekking",
        "Saldo",
        "31-12-2024",
    ]
    formula = ["A", "B", "C", "D", "E = A+B+C-D"]
    text = "Reserves\n\nbedragen x € 1.000\n" + lined(
        *header, *formula, *body(5, "Reserve wegen", "Reserve zorg", "Reserve groen")
    )
    assert columns(text) == [
        "Saldo 1-1-2024",
        "Bestemming resultaat 2023",
        "Toevoeging",
        "Onttrekking",
        "Saldo 31-12-2024",
    ]


def test_a_word_broken_by_a_hyphen_is_one_name():
    header = ["Directe lasten", "Overhead", "Btw", "Totale lasten", "Baten", "Kosten-", "dekkendheid"]
    text = "Kostendekkendheid leges\n\nbedragen x € 1.000\n" + lined(
        *header, *body(6, "Reisdocumenten", "Rijbewijzen", "Vooroverleg")
    )
    assert columns(text)[-2:] == ["Baten", "Kostendekkendheid"]


def test_a_group_of_words_stands_beside_a_group_of_years():
    header = [
        "Programma",
        "Rekening 2023",
        "Begroting 2024",
        "Meerjarenraming",
        "primitief",
        "na wijziging",
        "2026",
        "2027",
        "2028",
    ]
    text = TITLE + lined(*header, *body(6, "Bestuur", "Zorg", "Groen", "Totaal"))
    assert columns(text) == [
        "Rekening 2023",
        "Begroting 2024 primitief",
        "Begroting 2024 na wijziging",
        "Meerjarenraming 2026",
        "Meerjarenraming 2027",
        "Meerjarenraming 2028",
    ]


def test_years_printed_below_their_states_are_part_of_their_names():
    header = ["Partij", "Bijdrage", "Rekening", "2024", "Begroting", "2025", "Begroting", "2026"]
    text = "Verbonden partijen\n\nbedragen x € 1.000\n" + lined(
        *header, *body(4, "Veiligheidsregio", "Omgevingsdienst", "Bank")
    )
    assert columns(text) == ["Bijdrage", "Rekening 2024", "Begroting 2025", "Begroting 2026"]


def test_words_that_name_the_rows_may_stand_last_in_a_header():
    header = [
        "Formatie (in fte)",
        "Loonkosten (x € 1.000)",
        "2023",
        "2024",
        "2023",
        "2024",
        "Cluster",
        "Afdeling",
    ]
    text = lined(
        *header,
        "Bestuur",
        *body(4, "Griffie", "Directie"),
        "Ruimte",
        *body(4, "Vergunningen", "Buitendienst"),
    )
    assert rows(text) == [
        "Bestuur > Griffie",
        "Bestuur > Directie",
        "Ruimte > Vergunningen",
        "Ruimte > Buitendienst",
    ]


def test_a_row_of_units_names_no_column():
    header = [
        "Directe lasten",
        "Overhead",
        "Totale lasten",
        "Baten",
        "x € 1.000",
        "x € 1.000",
        "x € 1.000",
        "%",
    ]
    text = "Kosten van leges\n" + lined(*header, *body(4, "Reisdocumenten", "Rijbewijzen", "Vooroverleg"))
    assert columns(text) == ["Directe lasten", "Overhead", "Totale lasten", "Baten"]


def test_a_difference_is_of_the_columns_before_it():
    header = [
        "Programma",
        "Begroting 2024",
        "Rekening 2024",
        "Verschil",
        "vóór wijziging",
        "na wijziging",
        *["Lasten", "Baten"] * 4,
    ]
    text = TITLE + lined(*header, *body(8, "Bestuur", "Zorg", "Groen"))
    assert columns(text)[::2] == [
        "Begroting 2024 vóór wijziging Lasten",
        "Begroting 2024 na wijziging Lasten",
        "Rekening 2024 Lasten",
        "Verschil Lasten",
    ]


def test_numbers_without_points_before_a_name_are_codes_where_amounts_have_points():
    header = ["Kostenplaats", "Naam", "Begroting 2024", "Rekening 2024"]
    lines = [
        "431100",
        *body(2, "Griffie"),
        "431200",
        *body(2, "College", start=2_310),
        "431350",
        *body(2, "Communicatie", start=4_007),
    ]
    text = TITLE + lined(*header, *lines)
    assert rows(text) == ["431100 Griffie", "431200 College", "431350 Communicatie"]


def test_numbers_that_only_rise_are_those_of_the_rows():
    header = ["Nr.", "Indicator", "Eenheid", "Bron", "Realisatie 2022", "Realisatie 2023", "Begroting 2024"]
    lines, names = (
        [],
        {
            6: "Verwijzingen Halt",
            9: "Misdrijven",
            11: "Vernielingen",
            17: "Verzuim",
            18: "Relatief verzuim",
            24: "Arbeid",
        },
    )
    for code, name in names.items():
        lines += [
            str(code),
            name,
            "per 1.000 inwoners",
            "CBS",
            str(90 + code),
            str(70 + code),
            str(50 + code),
        ]
    assert rows("Indicatoren\n" + lined(*header, *lines)) == [
        f"{code} {name}" for code, name in names.items()
    ]


def test_a_total_has_no_text_in_the_column_of_texts_and_its_name_is_not_one():
    header = ["Ontvanger", "Grondslag", "2024", "2025"]
    lines = body(2, "Totaal subsidies")
    for group, names in {
        "Cultuur": ("Bibliotheek", "Museum", "Harmonie"),
        "Sport": ("Zwembad", "Voetbal", "Tennis"),
    }.items():
        lines += [group, *body(2, f"Totaal {group}")]
        for k, name in enumerate(names):
            label, *amounts = body(2, name, start=1_500 + 31 * k)
            lines += [label, ("Budgetsubsidie", "Waardering")[k % 2], *amounts]
    found = rows("Subsidies\n\nbedragen in euro's\n" + lined(*header, *lines))
    assert [path.split(" > ")[-1] for path in found] == [
        "Totaal subsidies", "Totaal Cultuur", "Bibliotheek", "Museum", "Harmonie", "Totaal Sport", "Zwembad", "Voetbal", "Tennis"
    ]  # fmt: skip


def test_a_label_broken_over_two_cells_is_one_row():
    header = ["EMU-saldo", "2024", "2025"]
    lines = ["1", *body(2, "Afschrijvingen"), "2", "Investeringen in vaste activa die op", *body(2, "de balans worden geactiveerd"), "3", *body(2, "Bijdragen"), "4", *body(2, "Aankopen"), "5", *body(2, "Verkopen"), "6", *body(2, "Dotaties")]  # fmt: skip
    found = rows("Berekening\n\nbedragen x € 1.000\n" + lined(*header, *lines))
    assert found[1] == "2 Investeringen in vaste activa die op de balans worden geactiveerd"


def test_the_text_that_a_total_names_is_a_heading_and_no_column():
    header = ["Team", "Formatie", "Loonkosten", "Inhuur"]
    text = lined(
        "Bedragen x € 1.000",
        *header,
        "Bestuur en strategie",
        *body(3, "Directie", "Griffie", "Subtotaal bestuur en strategie"),
        "Ruimte",
        *body(3, "Wegen", "Groen", "Subtotaal ruimte"),
    )
    assert columns(text) == ["Formatie", "Loonkosten", "Inhuur"]
    assert rows(text)[0] == "Bestuur en strategie > Directie"


def test_a_sentence_between_rows_holds_none_of_them():
    lines = [
        *body(2, "Algemene uitkering", "Accres"),
        "De septembercirculaire is na het zomerreces in de raming verwerkt.",
        "Septembercirculaire",
        *body(2, "Ruilvoet", "Totaal septembercirculaire"),
    ]
    found = rows(TITLE + lined("Omschrijving", "2025", "2026", *lines))
    assert not any("zomerreces" in path for path in found)
    assert found[-1] == "Septembercirculaire > Totaal septembercirculaire"


def test_a_dash_a_blank_before_its_number_is_its_sign_where_the_rows_have_so_many_values():
    text = TITLE + lined(
        "Programma Lasten Baten Saldo",
        "Bestuur 2.140 100 − 2.040",
        "Burgerzaken 1.085 392 − 693",
        "Woningen 241 4.380 4.139",
        "Uitkering 0 46.820 46.820",
        "Overhead 9.475 186 − 9.289",
    )
    assert [row[-1] for row in values(text)] == ["− 2.040", "− 693", "4.139", "46.820", "− 9.289"]
    short = TITLE + lined(
        "Programma Lasten Baten Saldo", "Bestuur 2.140 − 2.140", "Zorg 100 90 10", "Groen 50 20 30"
    )
    assert values(short)[0] == ["2.140", "−", "2.140"]


def test_whether_dashes_are_signs_is_told_by_the_rows_of_their_own_table():
    of_three = lined(
        "Programma Lasten Baten Saldo", *(f"Taak {c} {k}.140 100 {k}.040" for k, c in enumerate("abcdefg", 1))
    )
    of_four = lined(
        "Voorziening Stand 1-1-2025 Dotatie Aanwending Stand 31-12-2025",
        "Riolering 7.884 1.410 1.450 7.844",
        "Wachtgeld 4.002 – 720 3.282",
        "Sanering 1.444 – – 1.444",
        "Totaal 13.330 1.410 2.170 12.570",
    )
    read = understood(TITLE + of_three + "\nReserves\nbedragen x € 1.000\n" + of_four)
    printed = [tuple(c.text for c in read.tables[1].cells if c.row == row) for row in (2, 3)]
    assert printed == [("4.002", "–", "720", "3.282"), ("1.444", "–", "–", "1.444")]


def test_marks_stand_behind_their_numbers_in_every_row_where_they_do_in_most():
    text = "Mutaties kadernota\nbedragen x € 1.000\n" + lined(
        "Omschrijving 2025 2026 2027 I/S",
        "Tariefsverhoging 420 N 455 N 470 N S",
        "Rijksbijdrage 65 V 65 V 0 I",
        "Abonnement 180 N 260 N 140 V S",
        "Omgevingsdienst 125 N 140 N 140 N S",
    )
    assert values(text)[1] == ["65 V", "65 V", "0"]


def test_cells_of_a_header_that_are_broken_over_lines_of_rows_are_joined_where_they_go_on():
    text = (
        "Overzicht van baten en lasten\nBedragen x € 1.000\nRekening 2022 Begroting 2023 na\nwijziging\nBegroting 2024\n"
        "Programma Lasten Baten Saldo Lasten Baten Saldo Lasten Baten Saldo\n"
        "Bestuur 8.638 1.094 -7.544 8.811 1.088 -7.723 9.637 1.111 -8.526\n"
        "Veiligheid 9.698 267 -9.431 9.134 279 -8.855 10.519 264 -10.255\n"
        "Totaal 18.336 1.361 -16.975 17.945 1.367 -16.578 20.156 1.375 -18.781\n"
    )
    stands = ("Rekening 2022", "Begroting 2023 na wijziging", "Begroting 2024")
    assert columns(text) == [f"{stand} {side}" for stand in stands for side in ("Lasten", "Baten", "Saldo")]


def test_a_text_that_begins_low_goes_on_the_one_above_it_where_all_names_have_capitals():
    text = (
        "Overzicht kredieten\nBedragen in hele euro’s\nOmschrijving Beschikbaar\nkrediet\nBesteed t/m\n2022\nBesteed in\n2023\nRestant\n"
        "krediet\nVervanging veegmachine 185.000 0 187.306 -2.306\nHerinrichting Stationsweg 2.180.000 1.183.635 880.028 116.337\n"
        "Fietspad Broekerdijk 875.000 83.413 0 791.587\nTotaal kredieten 3.240.000 1.267.048 1.067.334 905.618\n"
    )
    assert columns(text) == ["Beschikbaar krediet", "Besteed t/m 2022", "Besteed in 2023", "Restant krediet"]


def test_a_label_wraps_before_a_small_letter_where_no_label_begins_with_one():
    lines = [
        "Algemene uitkering volgens de begroting van dit jaar 71.204 74.388",
        "Ontwikkeling accres 312 488",
        "Loonbijstelling 100 905",
        "Maatstaven 86 52",
        "Opschalingskorting: structureel",
        "schrappen 410 410",
        "Waarden 38 77",
        "Jeugd 212 430",
        "Bodem 96 41",
    ]
    text = "Uitkomsten meicirculaire (x € 1.000)\nOmschrijving 2024 2025\n" + "\n".join(lines)
    assert "Opschalingskorting: structureel schrappen" in rows(text)
    assert "Waarden" in rows(text)


def test_years_below_the_state_of_several_columns_are_a_layer_and_go_on_no_text():
    text = (
        "Leefomgeving: lasten en baten (x € 1.000)\nJaarrekening 2022 Begroting 2023 Begroting 2024 Meerjarenbegroting\n2025 2026 2027\n"
        "Lasten 10.390 10.360 10.289 10.475 10.140 10.157\nVerlichting 1.633 1.593 1.551 1.518 1.440 1.427\nBaten 4.905 4.908 4.846 4.695 4.861 4.890\n"
    )
    assert columns(text)[:3] == ["Jaarrekening 2022", "Begroting 2023", "Begroting 2024"]
    assert columns(text)[3:] == [f"Meerjarenbegroting {year}" for year in (2025, 2026, 2027)]


def test_the_number_of_a_heading_names_no_column_of_texts():
    texts = (
        "Nr.",
        "Dienst",
        "Per",
        "Tarief",
        "Verschil",
        "Stijging (%)",
        "2024",
        "2025",
        "1.1",
        "Burgerlijke stand",
    )
    best = read_header(Zone(texts, (TEXT, VALUE, VALUE, VALUE, VALUE)))[0]
    assert "1.1" not in best.paths[0]


def test_readings_that_say_the_same_words_of_every_column_are_no_rivals():
    text = (
        "Afrekening\nBedragen x € 1.000\nOmschrijving\n"
        "Realisatie Begroting Begroting na wijz. Realisatie Verschil\n2023 2024 2024 2024 2024\n"
        "Wmo 1.200 1.300 1.350 1.340 10\nJeugd 2.200 2.300 2.350 2.340 10\nTotaal 3.400 3.600 3.700 3.680 20\n"
    )
    (table,) = understood(text).tables
    assert table.lezing_marge is not None and table.lezing_marge > 1


def test_words_that_come_back_under_every_group_are_columns_though_nobody_knows_them():
    header = ["Programma", "Lasten", "Baten", "Ooit", "Kwestie", "Straks", "Ooit", "Kwestie", "Straks"]
    text = TITLE + lined(*header, *body(6, "1 Bestuur", "2 Zorg", "3 Groen", "Totaal"))
    assert columns(text)[:4] == ["Lasten Ooit", "Lasten Kwestie", "Lasten Straks", "Baten Ooit"]


def test_states_and_years_beside_each_other_are_two_layers_and_letters_under_them_no_heading():
    header = ["Programma", "Realisatie", "Begroting vóór wijziging", "2017", "2018", "L", "B", "S", "L", "B", "S"]  # fmt: skip
    text = TITLE + lined(*header, *body(6, "Bestuur", "Zorg", "Groen"))
    assert columns(text)[0] == "Realisatie 2017 L" and rows(text)[0] == "Bestuur"


def test_a_label_goes_on_in_the_next_line_after_a_hyphen_or_small_where_labels_begin_with_a_capital():
    lines = [
        *body(2, "Verkiezingen"),
        "Invoering dienstverlenings-",
        *body(2, "concept", "Griffie"),
        "Bodemsanering voormalig",
        *body(2, "gasfabriekterrein"),
        "Onttrekking algemene reserve",
        *body(2, "voor incidentele lasten", "Mobiliteit", "Sport", "Groen", "Wegen"),
    ]
    found = rows(TITLE + lined("Omschrijving", "2025", "2026", *lines))
    assert "Invoering dienstverleningsconcept" in found
    assert "Bodemsanering voormalig gasfabriekterrein" in found
    assert "Onttrekking algemene reserve voor incidentele lasten" in found


def test_a_heading_behind_a_row_is_no_text_of_a_column_of_ja_and_nee():
    def coded(label: str, said: str) -> list[str]:
        return [*body(3, label), said]

    lines = [
        "Maatschappelijk nut",
        *coded("Dorpsstraat", "nee"),
        *coded("Fietspad", "ja"),
        *body(3, "Subtotaal maatschappelijk nut"),
        "Economisch nut",
        *coded("Gymzaal", "nee"),
        *coded("Tractie", "ja"),
        *coded("Riool", "nee"),
    ]
    found = rows(TITLE + lined("Omschrijving", "Krediet", "Besteed", "Restant", "Afsluiten", *lines))
    assert "Economisch nut > Gymzaal" in found and "Economisch nut > Riool" in found


def test_rows_of_one_name_may_all_lack_a_value_and_are_no_part_of_a_longer_row():
    def programme(name: str) -> list[str]:
        return [name, "Lasten", "5.214", "3.817", "5.199", "15 V", "73%", "Baten", "611", "339", "601", "10 N", "55%", "Saldo", "-4.603", "-3.478", "-4.598", "5 V"]  # fmt: skip

    names = ["Bestuur", "Zorg", "Groen", "Wonen", "Totaal"]
    header = ["Programma", "Begroting na wijziging", "Realisatie t/m augustus", "Prognose 2025", "Afwijking", "% gerealiseerd"]  # fmt: skip
    text = TITLE + lined(*header, *(cell for name in names for cell in programme(name)))
    (table,) = understood(text).tables
    assert columns(text) == header[1:]
    assert rows(text)[:4] == ["Bestuur > Lasten", "Bestuur > Baten", "Bestuur > Saldo", "Zorg > Lasten"]
    assert table.lezing_marge is not None and table.lezing_marge > 1


def test_a_word_between_capitals_ends_a_text_and_dates_stand_under_each():
    text = (
        "Verbonden partijen (x € 1.000)\n"
        "Verbonden partij Eigen vermogen Vreemd vermogen Resultaat Bijdrage\n"
        "1-1-2024 31-12-2024 1-1-2024 31-12-2024 2024 2025\n"
        "Veiligheidsregio 8.412 7.936 41.205 43.880 -476 2.914\n"
        "GGD 3.127 3.390 11.846 12.015 263 1.188\n"
        "Omgevingsdienst 1.904 1.611 5.233 5.470 -293 1.342\n"
        "Recreatieschap 2.280 2.295 1.416 1.388 15 96\n"
    )
    assert columns(text) == [
        "Eigen vermogen 1-1-2024",
        "Eigen vermogen 31-12-2024",
        "Vreemd vermogen 1-1-2024",
        "Vreemd vermogen 31-12-2024",
        "Resultaat 2024",
        "Bijdrage 2025",
    ]


def test_a_state_printed_twice_is_two_groups():
    text = (
        "Wat mag het kosten?\nbedragen x € 1.000\n"
        "Rekening Begroting Begroting Meerjarenraming\n2023 2024 2025 2026 2027 2028\n"
        "Wonen 1.261 1.289 1.267 1.322 1.338 1.313\nBouwen 989 1.016 1.009 982 963 947\n"
        "Grondexploitatie\n(zonder bedrijventerrein) 3.265 3.266 3.392 3.423 3.404 3.534\n"
        "Omgevingswet 282 261 276 275 259 261\nTotaal 5.797 5.832 5.944 6.002 5.964 6.055\n"
    )
    (table,) = understood(text).tables
    assert columns(text)[:4] == ["Rekening 2023", "Begroting 2024", "Begroting 2025", "Meerjarenraming 2026"]
    assert table.lezing != "gevraagd"
    assert "Grondexploitatie (zonder bedrijventerrein)" in rows(text)


def test_the_name_of_the_rows_is_no_part_of_a_dated_column_behind_it():
    def cells(*texts: str) -> str:
        return "\n\n".join(texts) + "\n"

    amounts = body(2, "Gebouwen", "Gronden", "Voorraden", "Totaal activa")
    text = cells(
        "Activa", "(in duizenden euro's)", "Activa", "31-12-2027", "31-12-2026", "Vaste activa", *amounts
    )
    (table,) = understood(text).tables
    assert columns(text) == ["31-12-2027", "31-12-2026"] and table.lezing != "gevraagd"


def test_a_broken_word_and_an_open_end_are_mended_also_over_a_layer_of_years():
    def row(label: str, said: str) -> list[str]:
        return [*body(6, label), said]

    header = ["Maatregel", "Taak-", "stelling", "Ingevuld", "Nog in te", "vullen", "Toelichting", *["2025", "2026"] * 3]  # fmt: skip
    lines = [*row("Inhuur", "Loopt"), *row("Vervoer", "Contract gegund"), *row("Begeleiding", "Klaar")]
    text = "Besparingen\n\nx € 1.000\n" + lined(*header, *lines)
    (table,) = understood(text).tables
    assert columns(text)[0] == "Taakstelling 2025" and columns(text)[5] == "Nog in te vullen 2026"
    assert table.lezing != "gevraagd"


def test_one_line_of_the_header_that_comes_back_on_a_new_page_is_no_heading():
    text = (
        "Raming 2025 per taakveld\nx € 1.000\nTaakveld omschrijving Lasten Baten Saldo\n"
        "0.1 Bestuur 1.020 1.400 380\n0.4 Overhead 609 867 259\n0.5 Treasury 42 60 18\n"
        "Taakveld omschrijving Lasten Baten Saldo\n"
        "4.3 Onderwijs 2.487 2.685 198\n5.2 Sport 500 510 10\n"
    )
    assert rows(text)[-2:] == ["4.3 Onderwijs", "5.2 Sport"]


def test_a_bracket_may_open_before_the_currency():
    text = (
        "Grondexploitaties\nComplex Boekwaarde Investeringen Opbrengsten\n"
        "Molenpolder € 1.035.357 € 278.806 (€ 385.393)\nAgropark (€ 203.795) € 666.221 (€ 2.508.077)\n"
        "Totaal € 831.562 € 945.027 (€ 2.893.470)\n"
    )
    assert values(text)[0] == ["€ 1.035.357", "€ 278.806", "(€ 385.393)"]


def test_dates_between_labels_and_values_are_no_part_of_the_labels():
    text = (
        "Investeringsplan\nbedragen x € 1.000\nProject Gereed Krediet Bijdragen Netto\n"
        "Basisschool De Kreek 1-8-2028 6.450 250 6.200\nKunstgrasveld 1-9-2025 540 60 480\n"
        "Tractoren 31-12-2026 318 8 310\nTotaal 7.308 318 6.990\n"
    )
    assert rows(text) == ["Basisschool De Kreek", "Kunstgrasveld", "Tractoren", "Totaal"]
    assert columns(text) == ["Krediet", "Bijdragen", "Netto"]


def rows_of_lines(*labels: str, n: int = 4, start: int = 1_101) -> str:
    cells = body(n, *labels, start=start)
    return "\n".join(" ".join(cells[i : i + n + 1]) for i in range(0, len(cells), n + 1)) + "\n"


def test_a_line_above_a_header_that_comes_back_below_another_line_is_a_title():
    header = "Programma Rekening 2020 Begroting 2021 Begroting 2022 Raming 2023\n"
    text = "".join(
        f"{title}\n{header}{rows_of_lines('0. Bestuur', '1. Zorg', '2. Groen', start=start)}"
        for title, start in (("Saldo Vóór wijziging", 1_101), ("Saldo Ná wijziging", 4_103))
    )
    found = understood(text, jaar=2021)
    assert [table.caption for table in found.tables] == ["Saldo Vóór wijziging", "Saldo Ná wijziging"]
    assert {table.lezing for table in found.tables} == {"zeker"}


def sure(text: str) -> list[str]:
    """The column paths of the only table of a text, which is not asked about."""
    (table,) = understood(text).tables
    assert table.lezing != "gevraagd"
    return [" > ".join(column.path) for column in table.columns]


def test_what_columns_print_tells_which_of_them_a_group_has():
    text = (
        "Personeel\n"
        "Afdeling Bezetting (fte) Salarislasten (x € 1.000) Ziekte (%)\n"
        "Raming Werkelijk Begroting Rekening Verschil 2023 2024\n"
        "Griffie 4,5 4,1 512 498 14 3,1% 2,8%\n"
        "Ruimte 31,2 29,8 3.104 3.011 93 5,6% 6,2%\n"
        "Samenleving 44,0 41,7 4.077 4.125 -48 7,0% 6,4%\n"
    )
    assert sure(text) == [
        "Bezetting > Raming",
        "Bezetting > Werkelijk",
        "Salarislasten > Begroting",
        "Salarislasten > Rekening",
        "Salarislasten > Verschil",
        "Ziekte > 2023",
        "Ziekte > 2024",
    ]


def test_lines_of_a_header_that_begin_small_go_on_however_many_words_follow():
    text = (
        "Investeringen (x € 1.000)\n"
        "Nr. Project Klaar Totaal\n"
        "krediet Subsidie\n"
        "derden Eigen\n"
        "bijdrage Raming bruto uitgaven per jaar\n"
        "2025 2026 2027\n"
        "Onderwijs\n"
        "1.01 Uitbreiding school Noord 1-9-2027 2.400 150 2.250 800 900 700\n"
        "1.02 Gymzaal De Linde 31-12-2026 950 0 950 450 500 -\n"
        "Wegen\n"
        "2.01 Rotonde Molenweg 1-6-2025 310 40 270 310 - -\n"
        "2.02 Fietsbrug 1-7-2026 625 125 500 225 400 -\n"
    )
    assert sure(text) == [
        "Totaal krediet",
        "Subsidie derden",
        "Eigen bijdrage",
        "Raming bruto uitgaven per jaar > 2025",
        "Raming bruto uitgaven per jaar > 2026",
        "Raming bruto uitgaven per jaar > 2027",
    ]


def test_a_year_between_label_and_amounts_is_a_column_where_the_header_has_a_text_for_it():
    text = (
        "Grondexploitaties\n"
        "Complex Einde\n"
        "in Boekwaarde\n"
        "1-1-2024 Verloop 2024 Boekwaarde\n"
        "31-12-2024 Verwacht\n"
        "resultaat\n"
        "Kosten Opbrengsten\n"
        "De Weide 2027 € 1.204.300 € 310.200 (€ 512.100) € 1.002.400 € 88.300\n"
        "Hof van Noord fase 3 2031 € 640.150 € 122.400 (€ 20.050) € 742.500 (€ 61.700)\n"
        "Stationsgebied 2029 € 2.310.800 € 98.600 (€ 1.201.300) € 1.208.100 € 402.900\n"
        "Het Veld 2026 € 415.700 € 36.100 (€ 310.600) € 141.200 € 12.400\n"
    )
    assert sure(text) == [
        "Boekwaarde 1-1-2024",
        "Verloop 2024 > Kosten",
        "Verloop 2024 > Opbrengsten",
        "Boekwaarde 31-12-2024",
        "Verwacht resultaat",
    ]
    assert rows(text)[1] == "Hof van Noord fase 3"


def test_a_year_at_the_end_of_labels_is_part_of_them_where_the_header_has_no_text_for_it():
    text = (
        "Uitkering gemeentefonds (x € 1.000)\n"
        "Omschrijving 2026 2027 2028\n"
        "Circulaire mei 2023 40.150 42.784 44.985\n"
        "Circulaire september 2024 -67 228 820\n"
        "Circulaire mei 2025 549 -380 -255\n"
    )
    assert rows(text)[0] == "Circulaire mei 2023"


def test_a_difference_stands_beside_the_columns_that_it_is_of():
    text = (
        "Baten per taakveld (x € 1.000)\n"
        "Taakveld 2023 2024\n"
        "Realisatie Begroting\n"
        "primitief Begroting\n"
        "gewijzigd Realisatie Verschil\n"
        "Bestuur 1.204 1.310 1.355 1.341 14 N\n"
        "Verkeer 608 590 645 652 7 V\n"
        "Economie 433 402 410 398 12 N\n"
    )
    (table,) = understood(text).tables
    assert [" ".join(c.path) for c in table.columns] == [
        "2023 Realisatie",
        "2024 Begroting primitief",
        "2024 Begroting gewijzigd",
        "2024 Realisatie",
        "2024 Verschil",
    ]


def test_cells_broken_over_lines_in_two_layers_of_groups_over_leaves_that_restart():
    header = [
        "Programma",
        "Primaire",
        "raming 2025",
        "Wijzigingen",
        "Raming",
        "na wijziging 2025",
        "1e berap",
        "2e berap",
    ]
    leaves = ["Lasten", "Baten", "Saldo", "Lasten", "Baten", "Lasten", "Baten", "Lasten", "Baten", "Saldo"]
    rows = [
        cell
        for r, label in enumerate(("Bestuur", "Zorg", "Groen", "Wegen"), start=1)
        for lasten, baten, changed in [(300 * r, 1_000 * r + 37, 17 * r)]
        for cell in (
            *(label, lasten, baten, baten - lasten, changed, 2 * changed, 3 * changed, 5 * changed),
            *(lasten + 4 * changed, baten + 7 * changed, baten - lasten + 3 * changed),
        )
    ]
    text = TITLE + lined(*header, *leaves, *map(str, rows))
    assert sure(text)[2:8] == [
        "Primaire raming 2025 > Saldo",
        "Wijzigingen > 1e berap > Lasten",
        "Wijzigingen > 1e berap > Baten",
        "Wijzigingen > 2e berap > Lasten",
        "Wijzigingen > 2e berap > Baten",
        "Raming na wijziging 2025 > Lasten",
    ]


def test_a_budget_prints_the_budget_of_its_own_year_and_of_the_year_before():
    header = [
        "Taakveld",
        "Rekening",
        "Begroting",
        "Meerjaren-",
        "raming",
        "2023",
        "2024",
        "2025",
        "2026",
        "2027",
    ]
    text = TITLE + lined(
        *header, *["Lasten", "Baten"] * 5, *body(10, "Bestuur", "Zorg", "Groen", "Wegen", "Totaal")
    )
    assert sure(text)[::2] == [
        "Rekening > 2023 > Lasten",
        "Begroting > 2024 > Lasten",
        "Begroting > 2025 > Lasten",
        "Meerjarenraming > 2026 > Lasten",
        "Meerjarenraming > 2027 > Lasten",
    ]


def test_a_letter_right_before_the_values_is_a_column_of_texts_and_its_rows_have_codes():
    def row(code: str, name: str, letter: str, *amounts: str) -> list[str]:
        return [code, name, letter, *amounts]

    text = "Voorstellen\n\nbedragen x € 1.000\n" + lined(
        *["Thema", "Nr.", "Voorstel", "I/S", "Effect op het", "saldo", "2026", "2027", "2028"],
        *["Saldo vóór voorstellen", "940 N", "1.215 N", "1.630 N"],
        *["Zorg", *row("Z1", "Inkoop begeleiding", "S", "110 V", "220 V", "230 V")],
        *row("Z2", "Vervoer naar", "dagbesteding", "S", "50 V", "75 V", "75 V"),
        *row("Z3", "Pilot wijkteam", "I", "85 N", "40 N", "-"),
        *["Totaal zorg", "75 V", "255 V", "305 V"],
        *["Wegen", *row("W1", "Onderhoud bermen", "S", "130 V", "145 V", "160 V")],
        *row("W2", "Verkeersplan", "I", "60 N", "20 N", "-"),
        *["Totaal wegen", "70 V", "125 V", "160 V"],
        *["Saldo na voorstellen", "795 N", "835 N", "1.165 N"],
    )
    assert sure(text) == [
        "Effect op het saldo > 2026",
        "Effect op het saldo > 2027",
        "Effect op het saldo > 2028",
    ]
    assert rows(text)[:3] == [
        "Saldo vóór voorstellen",
        "Zorg > Z1 Inkoop begeleiding",
        "Zorg > Z2 Vervoer naar dagbesteding",
    ]


def test_a_unit_may_stand_in_front_of_the_names_of_columns():
    text = (
        "Overzicht\n"
        "Realisatie Begroting\n"
        "2023 2024\n"
        "Bedragen in € 1.000 lasten baten saldo lasten baten saldo\n"
        "1. Zorg 1.379 48 -1.331 1.360 46 -1.314\n"
        "2. Groen 17.187 3.379 -13.808 16.197 3.423 -12.774\n"
        "3. Bestuur 329 757 428 337 723 386\n"
    )
    assert columns(text)[0] == "Realisatie 2023 lasten"


def test_rows_that_lack_values_are_open_by_themselves_where_others_count_the_columns():
    text = "Verloop van de reserves\n\nbedragen x € 1.000\n" + lined(
        *["Naam", "Stand per 1-1-2025", "Toevoeging", "Onttrekking", "Stand per 31-12-2025"],
        *["Reserve wegen", "1.204", "310", "114", "1.400"],
        *["Reserve zorg", "640", "122", "762"],
        *["Reserve groen", "2.310", "98", "1.208", "1.200"],
        *["Reserve sport", "415", "36", "451"],
        *["Reserve scholen", "908", "215", "693"],
        *["Totaal reserves", "5.477", "566", "1.537", "4.506"],
    )
    (table,) = understood(text).tables
    assert table.lezing != "gevraagd"
    named = {row.no: row.path[-1] for row in table.rows}
    assert {named[no] for no in table.loose_rows} == {"Reserve zorg", "Reserve sport", "Reserve scholen"}


def test_shares_beside_amounts_say_nothing_of_the_sum_that_a_row_carries():
    text = (
        "Personeel\n"
        "Onderdeel Lasten 2023 Lasten 2024 Verzuim 2024\n"
        "Totaal organisatie 9.400 9.760 6,0%\n"
        "Directie Zorg 4.100 4.260 4,7%\n"
        "Team Jeugd 1.900 1.960 4,6%\n"
        "Team Wmo 2.200 2.300 3,7%\n"
        "Directie Ruimte 5.300 5.500 5,9%\n"
        "Team Wegen 3.100 3.250 6,1%\n"
        "Team Groen 2.200 2.250 3,4%\n"
    )
    assert rows(text) == [
        "Totaal organisatie",
        "Directie Zorg",
        "Directie Zorg > Team Jeugd",
        "Directie Zorg > Team Wmo",
        "Directie Ruimte",
        "Directie Ruimte > Team Wegen",
        "Directie Ruimte > Team Groen",
    ]


def test_a_sentence_below_a_row_is_a_note_and_no_label_of_the_next_row():
    text = "Bijstellingen\n\n" + lined(
        *["Onderwerp (x € 1.000)", "I/S", "2025", "2026", "2027"],
        *["Programma 1 Bestuur", "23 N", "24 V", "26 V"],
        *["Leges rijbewijzen", "S", "38 V", "24 V", "26 V"],
        *["Verkiezingen", "I", "61 N", "0", "0"],
        "Extra stembureaus, raadsbesluit 2025-041 (€ 55.000).",
        *["Programma 2 Zorg", "468 N", "565 N", "452 N"],
        *["Hulp bij het huishouden", "S", "240 N", "255 N", "262 N"],
        "Het volume stijgt met 3,5 procent.",
        *["Jeugd met verblijf", "S", "228 N", "310 N", "190 N"],
    )
    assert not any(path.endswith(".") for path in rows(text))


def test_codes_behind_the_values_are_those_of_their_rows():
    text = (
        "Dekkingsmiddelen\nbedragen x € 1.000\nOmschrijving 2024 2025 Taakveld\n"
        "OZB woningen 5.870- 6.205- 0.61\nOZB niet-woningen 4.412- 4.449- 0.62\n"
        "Toeristenbelasting 618- 635- 0.64\nTotaal 10.900- 11.289-\n"
    )
    assert rows(text) == ["0.61 OZB woningen", "0.62 OZB niet-woningen", "0.64 Toeristenbelasting", "Totaal"]
    assert columns(text) == ["2024", "2025"]


def test_marks_between_two_numbers_are_of_the_last_column_where_that_is_a_difference():
    rows = (
        "Wonen € 9.428 € 9.060 € 9.043 V € (17)",
        "Zorg € 4.098 € 3.711 € 3.832 N € 121",
        "Groen € 108 € 98 € 104 N € 6",
        "Totaal € 13.634 € 12.869 € 12.979 N € 110",
    )
    of_difference = "Lasten 2024\n" + lined("Rekening 2023 Begroting 2024 Rekening 2024 Verschil 2024", *rows)
    assert [row[-2:] for row in values(of_difference)][:2] == [
        ["€ 9.043", "V € (17)"],
        ["€ 3.832", "N € 121"],
    ]
    of_share = "Lasten 2024\n" + lined("Rekening 2023 Begroting 2024 Verschil 2024 Raming 2025", *rows)
    assert values(of_share)[0][-2:] == ["€ 9.043 V", "€ (17)"]


def test_lines_above_rows_of_which_no_word_is_a_header_are_asked_about():
    text = (
        "Wat mag het kosten?\n\nOverzicht waterschappen (bedragen x 1.000 euro)\n\n"
        "Oud-Alblas 12 14\n\nKrimpener Ambacht 7 8\n\nDe Overwaard 423 439\n\nTotaal 442 461\n"
    )
    found = understood(text)
    assert [table.lezing for table in found.tables] == ["gevraagd"]
    (question,) = [r for r in found.rejects if r.kind == "question" and "lezing" in (r.key or "")]
    assert "van geen kolom is de kop bekend" in question.reason and "no column" in question.reason_en


def test_a_word_before_one_year_is_no_name_of_the_rows_where_it_stands_before_the_next_year_too():
    text = "Overzicht subsidies\nBedragen x € 1.000\n" + lined(
        "Subsidie 2024 Subsidie 2025",
        "Tennisclub 9 8",
        "Zwembad 841 842",
        "Thuiszorg 84 88",
        "Totaal 934 938",
    )
    assert columns(text) == ["Subsidie 2024", "Subsidie 2025"]
    assert not understood(text).tables[0].is_asked


def test_titles_on_lines_of_their_own_are_no_parents_of_columns_named_on_one_line():
    text = (
        "Wat mag het kosten?\n\nVerstrekte subsidies\nBedragen in € 1.000\n\nSubsidie 2024 Subsidie 2025\n\n"
        "Harmonie 4 5\nZwembad 16 17\nThuiszorg 864 879\nBuurtbus 2 3\nTotaal 886 904\n"
    )
    assert columns(text) == ["Subsidie 2024", "Subsidie 2025"]
    assert not understood(text).tables[0].is_asked


def test_a_line_that_begins_as_the_headings_between_the_rows_do_is_no_part_of_the_header():
    parts = ("Stand per 1 januari", "Stortingen", "Onttrekkingen", "Stand per 31 december")
    lines = ["Reserve Begroting 2025 Begroting na wijz. 2025 Jaarrekening 2025"]
    for k, name in enumerate(
        ("Reserve cofinanciering 2025", "Reserve wegen", "Reserve groen", "Reserve ICT")
    ):
        lines += [name, *(f"{part} {4 + k}.{101 + n} {3 + k}.{202 + n} {2 + k}.{303 + n}" for n, part in enumerate(parts))]  # fmt: skip
    assert sure(TITLE + lined(*lines)) == ["Begroting 2025", "Begroting na wijz. 2025", "Jaarrekening 2025"]
    assert rows(TITLE + lined(*lines))[0] == "Reserve cofinanciering 2025 > Stand per 1 januari"


def test_what_is_added_and_taken_off_is_printed_below_its_year_and_below_no_stock():
    text = TITLE + lined(
        "Naam reserve Beginstand 2024 2024 2024 Stand per 31/12/2024 2025 2025 Stand per 31/12/2025",
        "Stortingen Onttrekkingen Stortingen Onttrekkingen",
        "Reserve parkeren 147 29 23 153 3 24 132",
        "Reserve groen 943 233 10 1166 15 6 1175",
        "Reserve wegen 411 65 8 468 70 68 470",
    )
    assert sure(text) == [
        "Beginstand 2024",
        "2024 > Stortingen",
        "2024 > Onttrekkingen",
        "Stand per 31/12/2024",
        "2025 > Stortingen",
        "2025 > Onttrekkingen",
        "Stand per 31/12/2025",
    ]
