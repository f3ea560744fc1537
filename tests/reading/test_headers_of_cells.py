"""Headers of text with one cell per line: years over all columns, units below a difference, states between rows."""

from __future__ import annotations

from extracts import columns, of_rows, rows, understood


def test_a_year_over_all_columns_is_part_of_their_names():
    text = of_rows(
        "Benutting drempelbedrag (bedragen x € 1.000)",
        "Verslagjaar 2022",
        "Kwartaal 1|Kwartaal 2|Kwartaal 3|Kwartaal 4",
        "Drempelbedrag|1.688|1.688|1.688|1.688",
        "Kwartaalcijfer op dagbasis|427|1.761|874|374",
        "Ruimte onder het drempelbedrag|1.261|0|814|1.314",
        "Overschrijding van het drempelbedrag|0|73|0|0",
    )
    assert columns(text) == [f"Verslagjaar 2022 Kwartaal {k}" for k in (1, 2, 3, 4)]
    assert not understood(text).tables[0].is_asked


def test_a_year_above_what_names_the_rows_is_a_title():
    text = of_rows(
        "Bedragen x € 1.000",
        "2018",
        "Programma|Incidenteel|Structureel|Eindtotaal",
        "1|Bestuur|-50|-43|-93",
        "2|Veiligheid|12|30|42",
        "3|Wonen|8|20|28",
        "4|Zorg|9|11|20",
    )
    assert columns(text) == ["Incidenteel", "Structureel", "Eindtotaal"]
    assert not understood(text).tables[0].is_asked


def test_amounts_and_percentages_stand_under_one_difference_where_the_texts_below_it_say_so():
    text = of_rows(
        "bedragen x € 1.000",
        "Lasten",
        "Begroting 2021|Rekening 2021|Verschil|€|%",
        "Programma 1 Bestuur",
        "Totaal Programma 1 Bestuur|5.300|5.421|-121|-2,3%",
        "Bestuursorganen|2.110|2.044|66|3,1%",
        "Dienstverlening|3.190|3.377|-187|-5,9%",
    )
    assert columns(text) == ["Begroting 2021", "Rekening 2021", "Verschil €", "Verschil %"]
    assert not any("%" in row or "€" in row for row in rows(text))


def test_units_printed_for_each_column_are_no_layer_that_is_left_out():
    text = of_rows(
        "Omschrijving|2023|2024|2025",
        "x € 1.000,-|x € 1.000,-|x € 1.000,-",
        "Volgens realisatie tot en met september 2023, aangevuld met raming resterende periode",
        "Volgens begroting 2024|Volgens meerjarenraming in begroting 2024",
        "1.|Exploitatiesaldo vóór toevoeging aan c.q. onttrekking uit reserves|-1.240|830|410",
        "2.|Mutatie (im)materiële vaste activa|6.102|4.490|3.005",
        "3.|Mutatie voorzieningen|310|-45|120",
    )
    assert [c[:4] for c in columns(text)] == ["2023", "2024", "2025"]
    assert columns(text)[1] == "2024 Volgens begroting 2024"


STATES_BETWEEN_ROWS = of_rows(
    "bedragen x € 1.000",
    "1 Bestuur|2 Sociaal domein|3 Ruimte|Totaal",
    *("Rekening 2023", "Lasten|4.974|39.181|19.764|63.919", "Baten|726|9.169|7.940|17.835"),
    *("Begroting 2024", "Lasten|5.375|41.682|18.347|65.404", "Baten|750|10.824|8.149|19.723"),
    *("Begroting 2025", "Lasten|5.460|44.779|17.066|67.305", "Baten|673|9.581|7.440|17.694"),
)


def test_a_state_above_the_first_row_is_a_heading_where_others_of_its_make_stand_between_the_rows():
    assert columns(STATES_BETWEEN_ROWS) == ["1 Bestuur", "2 Sociaal domein", "3 Ruimte", "Totaal"]
    assert rows(STATES_BETWEEN_ROWS)[0] == "Rekening 2023 > Lasten"


def test_states_of_several_years_between_rows_are_no_names_of_the_document_that_pages_print():
    found = rows(STATES_BETWEEN_ROWS)
    assert found[2:] == [
        f"Begroting {year} > {side}" for year in (2024, 2025) for side in ("Lasten", "Baten")
    ]


def test_a_column_of_texts_is_the_one_whose_header_names_them():
    text = of_rows(
        "Resultaatbestemming (bedragen x € 1.000)",
        "Omschrijving|Lasten/Baten|Primitieve begroting|Begroting na wijziging|Rekening|Verschil",
        "Rente over reserves|333|457|457|0",
        "Stortingen in reserves|Lasten|28.224|58.210|66.683|-8.473",
        "Puttingen uit reserves|Baten|30.615|58.089|55.882|-2.207",
        "Saldo|2.058|-578|-11.258|-10.680",
    )
    assert columns(text) == ["Primitieve begroting", "Begroting na wijziging", "Rekening", "Verschil"]


def test_a_text_that_introduces_rows_with_a_colon_is_their_heading_though_it_names_a_budget():
    text = of_rows(
        "x € 1.000",
        "Kadernota 2022 - 2025",
        "2022|2023|2024|2025",
        "Vastgestelde begroting - raad 18 november 2020:",
        "Boekwerk MJB 2021-2024|-1.575|-1.829|1.030|962",
        "Nota van wijziging begroting 2021-2024|-2.637|-1.735|-430|2.528",
        "Uitgangspositie|-4.212|-3.564|600|3.490",
    )
    assert columns(text) == ["2022", "2023", "2024", "2025"]
    assert not understood(text).tables[0].is_asked


def test_a_heading_that_a_total_names_is_no_text_behind_the_values_of_the_row_above():
    text = of_rows(
        "bedragen in euro's",
        "Code|Naam reserve|Saldo 01-01-2022|Bij|Af|Saldo 31-12-2022|Doel",
        "Algemene reserves",
        "R01|Algemene reserve vrij|6.120.400|802.000|1.250.000|5.672.400|Buffer",
        "R02|Weerstandsreserve|2.500.000|0|0|2.500.000|Risico's",
        "Totaal algemene reserves|8.620.400|802.000|1.250.000|8.172.400",
        "Bestemmingsreserves",
        "R11|Reserve herinrichting centrum|912.000|0|455.000|457.000|Plan Centrum",
        "R15|Reserve automatisering|305.000|120.000|98.700|326.300|Vervanging",
        "Totaal bestemmingsreserves|1.217.000|120.000|553.700|783.300",
    )
    assert "Bestemmingsreserves > R11 Reserve herinrichting centrum" in rows(text)


def test_a_name_of_one_year_is_no_layer_below_that_year_alone():
    text = of_rows(
        "Bedragen x € 1.000",
        "Passiva|2018|2019|2020|2021",
        "Eigen vermogen",
        "Algemene reserve|44.982|46.971|45.100|44.020",
        "Bestemmingsreserves|12.400|11.900|11.450|10.980",
        "Voorzieningen",
        "Voorziening riolering|3.120|3.340|3.510|3.610",
    )
    assert columns(text) == ["2018", "2019", "2020", "2021"]
    assert not understood(text).tables[0].is_asked


def test_two_full_layers_over_many_columns_are_found_though_there_are_thousands_of_other_ways():
    states = ["Rekening 2022", "Begroting 2023", "Begroting 2024", "Raming 2025"]
    header = ["Programma", *(s for s in states for _ in range(3)), *(["Baten", "Lasten", "Saldo"] * 4)]
    body = [
        row
        for label, baten, lasten in (
            ("Bestuur", 7, 101),
            ("Zorg", 1, 302),
            ("Sport", 222, 8),
            ("Groen", 27, 25),
        )
        for row in [label, *([str(baten), str(lasten), str(baten - lasten)] * 4)]
    ]
    text = "Totaaloverzicht (bedragen x € 1.000)\n\n" + "\n\n".join([*header, *body]) + "\n"
    assert columns(text) == [f"{s} {side}" for s in states for side in ("Baten", "Lasten", "Saldo")]


TEXTS_IN_FRONT = (
    "Plannen (x € 1.000)",
    "Nr|Programma|Taakveld|Omschrijving|I/S|2026|2027|2028",
    "1|Dienstverlening|0.2 Burgerzaken|Loket verbouwen|I|40|25|10",
    "1|Dienstverlening|0.4 Overhead|Archief overdragen|I|75|60|15",
    "2|Omgeving|2.1 Wegen|Bruggen keuren|S|30|31|32",
    "2|Omgeving|8.3 Bouwen|Toezicht uitbreiden|S|90|92|95",
    "2|Omgeving|8.3 Bouwen|Leges herzien|S|12|12|13",
    "3|Inwoners|6.1 Wijken|Buurthuis openen|S|55|56|58",
    "Totaal|302|276|223",
)


def test_of_several_texts_in_front_of_the_values_the_one_that_tells_rows_apart_names_them():
    text = of_rows(*TEXTS_IN_FRONT)
    assert rows(text)[3:5] == [
        "2 Omgeving > 8.3 Bouwen > Toezicht uitbreiden",
        "2 Omgeving > 8.3 Bouwen > Leges herzien",
    ]
    assert rows(text)[-1] == "Totaal"
    assert columns(text) == ["2026", "2027", "2028"]
    assert not understood(text).tables[0].is_asked


def test_a_text_behind_the_one_that_tells_rows_apart_names_them_where_the_header_says_so():
    text = of_rows(*(row for row in TEXTS_IN_FRONT if "Leges" not in row and "Totaal" not in row))
    assert "2 Omgeving > 8.3 Bouwen > Toezicht uitbreiden" in rows(text)


def test_the_group_in_front_of_every_row_is_no_text_behind_the_row_before_it():
    text = of_rows(
        "Programma|Product|Activiteit|Begroting 2024|Rekening 2024",
        "Lasten|Baten|Lasten|Baten",
        "Dienstverlening|Burgerzaken|Paspoorten|310|240|322|251",
        "Dienstverlening|Burgerzaken|Verkiezingen|95|-|102|-",
        "Omgeving|Wegen|Asfalt|1.205|15|1.188|22",
        "Omgeving|Wegen|Strooien|143|-|171|-",
        "Omgeving|Groen|Bomen|388|4|402|6",
        "Totaal|2.141|259|2.185|279",
    )
    assert rows(text)[2] == "Omgeving > Wegen > Asfalt"
    assert not understood(text).tables[0].is_asked


def test_layers_of_a_header_stand_behind_a_column_of_texts_with_one_header():
    text = of_rows(
        "Nr|Omschrijving|I/S|Rekening|Begroting",
        "2023|2024|2025",
        "Lasten|Baten|Lasten|Baten|Lasten|Baten",
        "2.1|Wegen|S|410|12|425|14|431|14",
        "5.7|Groen|S|288|9|301|9|305|10",
        "7.2|Riolering|I|650|702|668|715|671|720",
        "8.3|Bouwen|I|175|121|180|125|184|130",
    )
    assert columns(text) == [
        f"{state} {side}"
        for state in ("Rekening 2023", "Begroting 2024", "Begroting 2025")
        for side in ("Lasten", "Baten")
    ]


def test_a_text_right_before_its_columns_stands_over_them_where_they_come_back_or_are_years():
    stocks = of_rows(
        "Naam|Eigen vermogen|1-1-2025|31-12-2025|Vreemd vermogen|1-1-2025|31-12-2025|Resultaat 2025",
        "Waterschapsbank|310|325|2.105|2.210|15",
        "Afvalbedrijf|88|81|640|655|-7",
        "Werkbedrijf|120|131|402|398|11",
    )
    assert columns(stocks) == [
        "Eigen vermogen 1-1-2025",
        "Eigen vermogen 31-12-2025",
        "Vreemd vermogen 1-1-2025",
        "Vreemd vermogen 31-12-2025",
        "Resultaat 2025",
    ]
    years = of_rows(
        "Taakveld|Rekening|2023|Begroting|2024|2025|2026|2027",
        "Wegen|410|425|431|436|440",
        "Groen|288|301|305|309|312",
        "Riolering|650|668|671|680|684",
    )
    assert columns(years)[1:3] == ["Begroting 2024", "Begroting 2025"]


def test_years_that_may_go_on_a_text_or_stand_under_it_are_asked_about():
    text = of_rows(
        "Omschrijving|Krediet|Uitgaven|t/m 2024|2025|Restant",
        "Brug Oost|900|310|420|170",
        "Sportveld|450|100|205|145",
        "Gemaal|1.200|640|380|180",
        "Totaal|2.550|1.050|1.005|495",
    )
    assert understood(text).tables[0].is_asked


def test_years_that_stand_before_other_texts_are_over_them():
    text = of_rows(
        "Product|2025|Begroting|Rekening|Verschil|2024|Rekening",
        "Wegen|1.310|1.288|22|1.240",
        "Groen|790|801|-11|775",
        "Riolering|655|640|15|638",
        "Totaal|2.755|2.729|26|2.653",
    )
    assert columns(text) == ["2025 Begroting", "2025 Rekening", "2025 Verschil", "2024 Rekening"]


def test_bij_and_af_are_columns_of_what_is_added_and_taken_off():
    text = """\
Naam Stand 1-1-2025 2025 Stand 31-12-2025 2026 Stand 31-12-2026
Bij Af Bij Af
Reserve wegen 1.200 300 150 1.350 100 400 1.050
Reserve groen 640 - 90 550 20 - 570
Reserve kunst 85 15 - 100 15 40 75
Totaal 1.925 315 240 2.000 135 440 1.695
"""
    assert columns(text)[:4] == ["Stand 1-1-2025", "2025 Bij", "2025 Af", "Stand 31-12-2025"]
    assert not understood(text).tables[0].is_asked


def test_what_is_left_of_a_credit_tells_that_what_was_spent_is_the_group():
    text = of_rows(
        "Project|Krediet|Uitgaven|Restant",
        "t/m 2023|2024",
        "Brug Oost|900|310|420|170",
        "Sportveld|450|100|205|145",
        "Gemaal|1.200|640|380|180",
        "Totaal|2.550|1.050|1.005|495",
    )
    assert columns(text) == ["Krediet", "Uitgaven t/m 2023", "Uitgaven 2024", "Restant"]
    assert not understood(text).tables[0].is_asked


def test_a_difference_that_ends_the_header_is_a_column_and_no_heading():
    text = of_rows(
        "6.2 Begroting",
        "Resultaat in beeld",
        "Bedragen in € 1.000",
        "Primitieve begroting 2016|Begroting na wijz. 2016|Realisatie 2016|Afwijking",
        "Totaal lasten|130.619|123.589|117.135|6.454",
        "Totaal baten|129.496|123.438|116.796|6.642",
        "Mutaties reserves|1.217|727|1.890|1.163",
    )
    assert columns(text)[-1] == "Afwijking"
    assert not understood(text).tables[0].is_asked


def test_a_title_of_flows_with_a_unit_is_no_group_of_all_columns_but_the_first():
    text = of_rows(
        "Toevoegingen en onttrekkingen (in duizenden euro's)",
        "Rekening 2017|Begroting vóór wijziging 2018|Begroting na wijziging 2018|Rekening 2018",
        *(
            row
            for name in ("Reserve scholen", "Reserve groen")
            for row in (name, "Stand per 1 januari|4.275|4.246|4.391|4.531", "Stortingen|192|222|270|342")
        ),
    )
    assert columns(text)[0] == "Rekening 2017"
    assert not understood(text).tables[0].is_asked


def test_a_name_between_a_state_and_its_years_is_no_layer():
    text = of_rows(
        "Programma 3 Dienstverlening (bedragen x € 1.000)",
        "Jaarrekening 2024|Begroting 2025|Begroting 2026|Raming",
        "Dienstverlening en burgers|2027|2028|2029",
        "Impuls",
        "Lasten|416|398|389|398|396|375",
        "Baten|-38|-39|-38|-38|-40|-40",
        "Saldo|378|359|351|360|356|335",
        "Leges",
        "Lasten|16|18|19|18|16|15",
        "Baten|-8|-9|-8|-8|-10|-10",
        "Saldo|8|9|11|10|6|5",
    )
    assert columns(text)[3:] == ["Raming 2027", "Raming 2028", "Raming 2029"]
    assert not understood(text).tables[0].is_asked


def test_two_years_under_each_of_several_dated_names_are_those_of_the_columns():
    text = (
        "Per circulaire (x € 1.000)\tMeicirculaire 2023\t\tSeptembercirculaire 2023\t\n"
        "\t2024\t2025\t2024\t2025\nAlgemene uitkering\t11.790\t12.292\t12.202\t12.857\n"
        "Overige uitkeringen\t2.266\t2.277\t2.297\t2.301\nTotaal\t14.056\t14.569\t14.499\t15.158\n"
    )
    assert columns(text)[:3] == [
        "Meicirculaire 2023 2024",
        "Meicirculaire 2023 2025",
        "Septembercirculaire 2023 2024",
    ]
    assert not understood(text).tables[0].is_asked


def test_line_ends_that_are_printed_as_tags_part_words_and_mend_broken_ones():
    text = (
        "| Reserve (x € 1.000) | Stand<br>1-1-2023 | Resultaat-<br>bestemming<br/>2022 |\n|:---|---:|---:|\n"
        "| **Vrij besteedbaar** | 5.214 | 904 |\n| Buffer | 3.000 | 100 |\n"
    )
    assert columns(text) == ["Stand 1-1-2023", "Resultaatbestemming 2022"]


def test_groups_of_a_budget_and_its_changes_are_borne_out_by_the_rows_under_each_name():
    text = of_rows(
        "Wijziging van de begroting 2024 (x € 1.000)",
        "Programma|Lasten|Primitief|Wijziging|Na wijziging|Baten|Primitief|Wijziging|Na wijziging|Saldo na wijziging",
        "1 Bestuur|6.412|85|6.497|733|0|733|-5.764",
        "2 Veiligheid|2.870|-40|2.830|96|0|96|-2.734",
        "3 Ruimte|9.105|1.240|10.345|4.388|875|5.263|-5.082",
        "4 Afval|5.237|66|5.303|5.019|-112|4.907|-396",
    )
    assert columns(text) == [
        "Lasten Primitief",
        "Lasten Wijziging",
        "Lasten Na wijziging",
        "Baten Primitief",
        "Baten Wijziging",
        "Baten Na wijziging",
        "Saldo na wijziging",
    ]
    assert not understood(text).tables[0].is_asked


def test_names_broken_over_two_rows_of_a_header_with_tabs_are_one_text_each():
    text = (
        "Overzicht (x € 1.000)\n\n\t\tBestuur en\tWonen en\t\tSociaal\t\n"
        "\t\tveiligheid\truimte\tEconomie\tdomein\tTotaal\n"
        "Rekening 2021\tLasten\t4.368\t6.873\t911\t18.635\t30.787\n\tBaten\t198\t4.112\t144\t6.414\t10.868\n"
        "Rekening 2022\tLasten\t4.198\t7.246\t926\t20.746\t33.116\n\tBaten\t223\t3.676\t134\t5.871\t9.904\n"
    )
    (table,) = understood(text).tables
    assert [column.path for column in table.columns][:2] == [("Bestuur en veiligheid",), ("Wonen en ruimte",)]
    assert not table.is_asked


def test_a_text_that_says_what_it_is_stands_behind_every_row_without_a_header_and_codes_begin_the_rows():
    told = "De levering is uitgesteld"
    text = of_rows(
        "Over te hevelen budgetten (bedragen in euro's)",
        "Programma|Onderwerp|Lasten|Baten|Saldo",
        f"1|Vervanging zaaksysteem|145.000|145.000|0|Toelichting: {told} tot april.",
        f"1|Verkiezingen|12.500|0|-12.500|Toelichting: {told} door het bureau.",
        f"3|Inburgering|61.250|40.000|-21.250|Toelichting: {told}, ten hoogste € 15.000.",
        "Pagina 3 van 5",
        f"4|Landschap|30.000|15.000|-15.000|Toelichting: {told} door bezwaren.",
        "Totaal|248.750|200.000|-48.750",
    )
    assert columns(text) == ["Lasten", "Baten", "Saldo"]
    assert rows(text) == [
        "1 Vervanging zaaksysteem",
        "1 Verkiezingen",
        "3 Inburgering",
        "4 Landschap",
        "Totaal",
    ]
    assert not understood(text).tables[0].is_asked
