"""Pages about tariffs, upkeep and officials, a cell to a line: what stands around and between their tables.

Each test is a way of printing in which a value once got another name, or got lost.
"""

from __future__ import annotations

from extracts import columns, of_rows, rows, understood


def test_a_text_that_is_printed_once_for_every_column_is_a_layer_of_the_header():
    text = of_rows(
        "Ontwikkeling van de tarieven",
        "Tarief|Tarief|Tarief|Tarief",
        "2022|2023|2024|2025",
        "Hondenbelasting|61,20|62,40|63,10|64,00",
        "Toeristenbelasting|1,75|1,80|2,10|2,25",
        "Marktgeld|2,05|2,10|2,15|2,20",
    )
    assert columns(text) == ["Tarief 2022", "Tarief 2023", "Tarief 2024", "Tarief 2025"]
    assert not understood(text).tables[0].is_asked


def test_names_that_nobody_knows_beside_states_are_not_taken_for_states_without_a_word():
    text = of_rows(
        "Lijkbezorging",
        "Onderbouwing van het tarief|Begroting|Rekening",
        "Grafrechten|2025|2024|2023|2023",
        "Netto kosten|412|398|381|377",
        "Overhead|61|60|58|58",
        "Totale kosten|473|458|439|435",
        "Opbrengst|473|440|439|421",
    )
    assert understood(text).tables[0].is_asked


def test_a_sentence_above_one_column_of_values_introduces_it_and_is_not_its_name():
    text = of_rows(
        "Uitvoering van het subsidiebeleid",
        "Het totaal daalt ten opzichte van vorig jaar.",
        "Hieronder staat waaruit de daling bestaat:",
        "Stand begroting 2024|812.400",
        "Vervallen bijdrage speelotheek|-21.300",
        "Prijsbijstelling|9.100",
        "Stand begroting 2025|800.200",
    )
    assert columns(text) == ["kolom 1"]
    assert not understood(text).tables[0].is_asked


def test_the_name_of_a_column_with_its_unit_printed_again_begins_another_table():
    text = of_rows(
        "Weerstandsvermogen",
        "Benodigde capaciteit|bedrag (x € 1.000)",
        "Rente|410",
        "Garanties|1.240",
        "Totaal benodigde capaciteit|1.650",
        "De verhouding is als volgt",
        "Verhouding|bedrag (x € 1.000)",
        "Beschikbare capaciteit|3.960",
        "Benodigde capaciteit|1.650",
    )
    first, second = understood(text).tables
    assert [" > ".join(r.path) for r in first.rows] == ["Rente", "Garanties", "Totaal benodigde capaciteit"]
    assert [" > ".join(r.path) for r in second.rows] == ["Beschikbare capaciteit", "Benodigde capaciteit"]


UPKEEP = (
    "Kosten van onderhoud (x € 1.000)",
    "Programma|Voorziening|W 2023|B 2024|W 2024",
    "3|Onderhoud bruggen|148|131|169",
    "3|Onderhoud havens|55|65|64",
    "3|Onderhoud parken|216|230|237",
    "6|Onderhoud gemalen|96|92|114",
    "Div|Onderhoud scholen|393|381|170",
    "Div|Boekwaarde scholen|2.190|2.657|2.826",
    "6|Boekwaarde gemalen|1.259|1.738|1.207",
)


def test_a_short_word_where_other_rows_have_their_number_is_no_heading_of_the_rows_below():
    assert rows(of_rows(*UPKEEP))[4:] == [
        "Div Onderhoud scholen",
        "Div Boekwaarde scholen",
        "6 Boekwaarde gemalen",
    ]
    assert columns(of_rows(*UPKEEP)) == ["W 2023", "B 2024", "W 2024"]


OFFICIALS = (
    "Bezoldiging",
    "Bedragen * € 1|A. de Vries|B. Jansen",
    "Functiegegevens|Gemeentesecretaris|Griffier",
    "Aanvang en einde functievervulling in 2024|01-01/ 31-12|01-03/31-12",
    "Omvang dienstverband (in fte)|1,00|0,78",
    "Dienstbetrekking|ja|ja",
    "Bezoldiging",
    "Beloning plus belastbare onkostenvergoedingen|114.210|61.325",
    "Beloningen betaalbaar op termijn|17.105|9.874",
    "Subtotaal|131.315|71.199",
    "Individueel toepasselijk maximum|233.000|151.290",
    "Totaal bezoldiging|131.315|71.199",
)


def test_days_and_answers_of_officials_name_neither_columns_nor_groups_of_rows():
    found = understood(of_rows(*OFFICIALS))
    (table,) = found.tables
    assert table.unit == "EUR"
    assert [c.path[-1] for c in table.columns] == ["Gemeentesecretaris", "Griffier"]
    paths = [" > ".join(r.path) for r in table.rows]
    assert "Bezoldiging > Beloningen betaalbaar op termijn" in paths
    assert paths[-2:] == ["Individueel toepasselijk maximum", "Totaal bezoldiging"]
    assert {r.text for r in table.rejects} == {"01-01/ 31-12", "01-03/31-12", "ja"}


def test_names_that_stand_beside_a_unit_above_the_header_are_asked_about():
    assert understood(of_rows(*OFFICIALS)).tables[0].is_asked


def test_what_names_the_rows_between_a_year_and_the_columns_does_not_make_codes_texts():
    text = of_rows(
        "Incidenteel en structureel",
        "Bedragen x € 1.000",
        "2025|Programma|Incidenteel|Structureel|Eindtotaal",
        "Totaal|61.249|27.775|89.024",
        "1|Openbaar bestuur|50|43|93",
        "2|Verkeer|118|6.210|6.328",
        "3|Water|75|1.904|1.979",
    )
    assert columns(text) == ["Incidenteel", "Structureel", "Eindtotaal"]
    assert rows(text)[1:] == ["1 Openbaar bestuur", "2 Verkeer", "3 Water"]


def test_a_result_below_flows_without_numbers_stands_alone():
    text = of_rows(
        "Wat heeft het gekost? (x € 1.000)",
        "Zorg|Begroting 2023|Begroting 2024|Rekening 2024|Verschil 2024",
        "Lasten|-6.516|-8.286|-8.605|-318",
        "Baten|1.372|2.253|2.661|408",
        "Resultaat voor bestemming|-5.144|-6.033|-5.944|89",
        "Toevoeging aan de reserves",
        "Onttrekking aan de reserves",
        "Resultaat na bestemming|-5.144|-6.033|-5.944|89",
    )
    assert rows(text)[-1] == "Resultaat na bestemming"


def test_a_heading_that_ends_in_a_number_is_no_row_of_a_table_of_its_own():
    text = (
        "Bijlage 4. Indicatoren\n\nProgramma 1\n\nTerug naar programma 1\nIndicatoren van het programma\n"
        "Indicator 2021 2022 2023 2024\nOpkomst 51,2 49,8 50,3 52,0\nKlachten 12 15 11 9\nBezwaren 31 28 35 30\n"
    )
    (table,) = understood(text).tables
    assert [r.path[-1] for r in table.rows] == ["Opkomst", "Klachten", "Bezwaren"]


def test_percentages_that_run_on_into_each_other_are_told():
    text = "KengetallenRekening2023Rekening2024Solvabiliteit29%33%Grondexploitatie12%12%Belastingcapaciteit115%122%\n"
    found = understood(text)
    assert not found.tables
    assert [r.reason for r in found.rejects] == ["bedragen staan aaneen gedrukt"]


def test_accounts_after_changes_are_asked_about_as_there_are_none():
    text = of_rows(
        "Opbrengst van de heffingen (x € 1.000)",
        "Omschrijving heffing|Rekening|Begroting|Rekening",
        "na wijziging",
        "2023|2024|2024",
        "Hondenbelasting|219|216|224",
        "Marktgeld|426|431|427",
        "Precario|95|96|101",
    )
    assert understood(text).tables[0].is_asked


def test_codes_that_end_in_a_letter_stand_before_their_labels_and_a_speed_is_a_value():
    text = of_rows(
        "Effectindicatoren",
        "Omschrijving|Nulmeting|2024|2025|2026",
        "3.1.a|Wegen in goede staat|93%|92%|88%|86%",
        "3.1.b|Snelheid in de spits|48,1 km/uur|≥ 2023|≥ 2024|≥ 2025",
        "3.1.c|Dodelijke slachtoffers|64|≤ 2023|≤ 2024|≤ 2025",
        "3.1.d|Bruggen beschikbaar|98%|100%|100%|100%",
    )
    assert rows(text) == [
        "3.1.a Wegen in goede staat",
        "3.1.b Snelheid in de spits",
        "3.1.c Dodelijke slachtoffers",
        "3.1.d Bruggen beschikbaar",
    ]


def test_a_text_without_numbers_that_looks_like_the_rows_around_it_holds_none_of_them():
    text = of_rows(
        "Geraamde opbrengsten (in €)",
        "Heffing|2024|2025",
        "- Rioolheffing|544.100|565.200",
        "- Parkeerbelasting",
        "- Hondenbelasting|71.300|72.400",
        "- Marktgeld|10.200|17.600",
        "Totaal|625.600|655.200",
    )
    assert rows(text)[1:3] == ["- Hondenbelasting", "- Marktgeld"]


def test_two_rows_that_end_in_a_source_are_not_named_by_the_source_of_the_row_above():
    text = of_rows(
        "Indicatoren",
        "Naam indicator|Eenheid|Realisatie 2023|Realisatie 2024|Begroting 2025|Bron",
        "Vestigingen|Aantal per 1.000 inwoners|146,9|151,2|150|LISA",
        "Functiemenging|Verhouding tussen banen en woningen|48,1|47,7|48|LISA",
    )
    assert [r.path[-1] for r in understood(text).tables[0].rows] == ["Vestigingen", "Functiemenging"]


def test_numbers_before_labels_that_never_fall_are_codes_though_one_is_skipped():
    text = of_rows(
        "Basisset",
        "Nr.|Indicator|2022|2023|2024",
        "1|Nieuwe woningen|20,9|12,7|16,7",
        "1|Demografische druk|73,4|73,2|72,7",
        "2|Functiemenging|44,3|44,2",
        "5|Absoluut verzuim|0,9|3,3|2,1",
        "5|Relatief verzuim|19,9|15,1|15,2",
    )
    table = understood(text).tables[0]
    assert [" > ".join(r.path) for r in table.rows][2:4] == ["2 Functiemenging", "5 Absoluut verzuim"]


def test_a_line_of_dashes_under_rows_that_are_added_up_is_no_part_of_a_label():
    text = (
        "Opbouw van de uitkering (in €)\n\nOnderdeel Meicirculaire 2024 Septembercirculaire 2024\n"
        "Jeugdwet 530.333 546.120\nRe-integratie 929.762 954.748\nWerkvoorziening 802.198 810.902\n"
        "--------------- ---------------\nParticipatiewet 731.960 765.650\nTotaal 2.262.293 2.311.770\n"
    )
    assert "Participatiewet" in [r.path[-1] for r in understood(text).tables[0].rows]


def test_titles_above_bare_years_are_no_layer_of_the_header_though_they_are_as_many():
    text = of_rows(
        "Jaarstukken 2024",
        "Indicatoren",
        "Verplichte indicatoren|Verplichte indicatoren|Formatie en overhead",
        "2022|2023|2024",
        "formatie (in fte)|6,54|6,71|6,99",
        "bezetting (in fte)|6,02|6,15|6,36",
        "apparaatskosten (in € per inwoner)|€ 490|€ 522|€ 594",
    )
    assert columns(text) == ["2022", "2023", "2024"]
    assert not understood(text).tables[0].is_asked


def test_a_link_to_another_part_of_a_page_is_no_title_of_the_table_below_it():
    text = (
        "Bijlagen\n\nKerngegevens\n\nTerug naar navigatie - Kerngegevens\n\n"
        "Omschrijving Rekening 2023 Begroting 2024 Begroting 2025\n"
        "Inwoners 25.672 25.617 25.571\nWoonruimten 12.093 11.721 11.740\nBomen 35.742 35.742 36.011\n"
    )
    (table,) = understood(text).tables
    assert table.caption == "Kerngegevens"
    assert "Terug naar navigatie - Kerngegevens" not in table.section


OF_TWO_YEARS = """<p>bedragen x € 1</p><table>
<tr><th>WNT</th><th>A. Bakker</th><th>B. Smit</th></tr>
<tr><td colspan="3"><b>Gegevens 2022</b></td></tr>
<tr><td>Functiegegevens</td><td>secretaris</td><td>griffier</td></tr>
<tr><td>Aanvang en einde in 2022</td><td>01/01 - 31/12</td><td>01/01 - 31/08</td></tr>
<tr><td>Omvang in fte</td><td>1,0</td><td>0,89</td></tr>
<tr><td>Bezoldiging</td><td>€ 154.514</td><td>€ 72.047</td></tr>
<tr><td colspan="3"><b>Gegevens 2021</b></td></tr>
<tr><td>Omvang in fte</td><td>1,0</td><td>0,89</td></tr>
<tr><td>Bezoldiging</td><td>€ 148.285</td><td>€ 70.762</td></tr>
</table>"""


def test_a_text_over_all_columns_above_rows_of_texts_is_a_heading_as_that_further_down_is():
    assert columns(OF_TWO_YEARS, "a.html") == ["A. Bakker", "B. Smit"]
    told = [path for path in rows(OF_TWO_YEARS, "a.html") if path.endswith("Bezoldiging")]
    assert told == ["Gegevens 2022 > Bezoldiging", "Gegevens 2021 > Bezoldiging"]


def test_a_table_of_limits_and_nothing_else_is_read():
    text = (
        "Signaalwaarden\n\nKengetal | Minst risicovol | Meest risicovol |\n---|---|---|\n"
        "Netto schuldquote | < 90% | > 130% |\nSolvabiliteit | > 50% | < 20% |\nGrond | < 20% | > 35% |\n"
    )
    assert columns(text) == ["Minst risicovol", "Meest risicovol"]
    assert [cell.value for cell in understood(text).tables[0].cells][:2] == [90, 130]
