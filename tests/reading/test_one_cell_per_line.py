"""Text with one cell per line: what tells rows, headers and titles apart where the grid is gone."""

from __future__ import annotations

from extracts import columns, of_rows, rows, understood

from dagster_project.claims.placement import place
from dagster_project.reading.header_texts import VALUE
from dagster_project.reading.path_terms import header_terms

YEARS_AS_ROWS = (
    "Kapitaalgoed|Jaar|Groot onderhoud|Onttrekking|Totaal",
    "Wegen",
    "2025|972|310-|662",
    "2026|1.052|298-|754",
    "2025-2026|2.024|608-|1.416",
    "Water",
    "2025|158|90-|68",
    "2026|143|94-|49",
    "2025-2026|301|184-|117",
)


def test_years_that_count_on_below_each_other_name_rows_and_no_columns():
    text = of_rows("Onderhoud (x € 1.000)", *YEARS_AS_ROWS)
    assert rows(text)[:4] == ["Wegen > 2025", "Wegen > 2026", "Wegen > 2025-2026", "Water > 2025"]
    assert columns(text) == ["Groot onderhoud", "Onttrekking", "Totaal"]
    assert not understood(text).tables[0].is_asked


def test_the_year_as_name_of_the_rows_is_no_part_of_a_column():
    text = of_rows("Wachttijd (weken)", "Jaar|2023|2024", "Streefwaarde|6|5", "Realisatie|8,5|7,9")
    assert columns(text) == ["2023", "2024"]
    assert not understood(text).tables[0].is_asked


def reserve(name: str, told: str, first: str, second: str) -> tuple[str, ...]:
    return (name, told, "Jaar|Stand 1 januari|Toevoeging|Onttrekking|Stand 31 december", first, second)


def test_what_is_told_of_a_table_is_neither_its_title_nor_a_column():
    text = of_rows(
        "Bedragen x € 1.000",
        *reserve("Algemene reserve", "Doel: opvangen van tegenvallers", "2026|12.406|350|1.218|11.538", "2027|11.538|-|640|10.898"),
        *reserve("Reserve sporthal", "Looptijd: t/m 2041", "2026|2.024|-|119|1.905", "2027|1.905|-|119|1.786"),
    )  # fmt: skip
    first, second = understood(text).tables
    assert [t.caption for t in (first, second)] == ["Algemene reserve", "Reserve sporthal"]
    assert [" > ".join(r.path) for r in second.rows] == ["Reserve sporthal > 2026", "Reserve sporthal > 2027"]


def test_texts_that_count_on_are_columns_beside_each_other():
    text = of_rows(
        "Kasgeldlimiet en renterisiconorm",
        "(x € 1.000)",
        "Kasgeldlimiet 2025",
        "1e kwartaal|2e kwartaal|3e kwartaal|4e kwartaal",
        "Vlottende schuld",
        "Opgenomen gelden|7.500|9.000|5.000|4.000",
        "Rekening-courant|1.388|402|0|611",
        "Totaal vlottende schuld|8.888|9.402|5.000|4.611",
    )
    assert columns(text) == ["1e kwartaal", "2e kwartaal", "3e kwartaal", "4e kwartaal"]
    assert not understood(text).tables[0].is_asked


def test_an_unknown_text_above_one_column_of_values_is_the_title_of_the_table():
    text = of_rows(
        "Berekening van de limiet (x € 1.000)", "Begrotingstotaal|94.310", "Toegestaan|8.016", "Ruimte|1.250"
    )
    assert columns(text) == ["kolom 1"]
    assert understood(text).tables[0].caption == "Berekening van de limiet"


def test_a_row_of_formulas_with_numbers_in_brackets_holds_no_values():
    text = of_rows(
        "Verschillen (x € 1.000)",
        "Begroting|Wijzigingen|Begroting na wijziging|Rekening 2023|Verschil",
        "(1)|(2)|(3)=(1)+(2)|(4)|(5)",
        "Lasten|7.412|188|7.600|7.329|271",
        "Baten|1.105|22-|1.083|1.173|90",
        "Saldo|6.307-|210-|6.517-|6.156-|361",
    )
    assert rows(text) == ["Lasten", "Baten", "Saldo"]
    assert columns(text)[:2] == ["Begroting", "Wijzigingen"]


def test_small_letters_in_a_cell_of_their_own_that_count_rows_are_codes():
    text = of_rows(
        "Algemene uitkering (x € 1.000)",
        "2024|2025|2026",
        "Meicirculaire",
        "a|Accres|412|655|702",
        "b|Volumina|120-|95-|88-",
        "c|Taakmutaties|64|402|405",
        "Totaal meicirculaire|356|962|1.019",
    )
    assert rows(text)[:2] == ["Meicirculaire > a Accres", "Meicirculaire > b Volumina"]


def test_a_first_row_without_the_letter_that_others_have_leaves_the_last_year_in_the_header():
    text = of_rows(
        "Bijstellingen",
        "Onderwerp (x € 1.000)|I/S|2025|2026|2027",
        "Saldo vóór rapportage|412|138|95",
        "Leges rijbewijzen|S|38|24|24",
        "Verkiezingen|I|61|0|0",
        "Huishoudelijke hulp|S|240|255|262",
        "Jeugd met verblijf|S|415|310|190",
    )
    found = understood(text)
    assert [" ".join(c.path) for c in found.tables[0].columns] == ["2025", "2026", "2027"]
    assert not [r for r in found.rejects if r.text in ("S", "I")]


def test_units_of_a_few_rows_are_a_column_of_their_own_and_make_no_table_of_indicators():
    text = of_rows(
        "Algemene uitkering (x € 1.000)",
        "Eenheid|2024|2025|2026",
        "Stand begroting|64.210|66.105|61.870",
        "Meicirculaire",
        "a|Accres|412|655|702",
        "b|Volumina|120-|95-|88-",
        "c|Taakmutaties|64|402|405",
        "d|Uitkeringsbasis|310|240|236",
        "Totaal meicirculaire|666|1.202|1.255",
        "Stand na meicirculaire|64.876|67.307|63.125",
        "Kerngegevens",
        "Uitkeringsfactor|factor|1,523|1,541|1,447",
        "Inwoners|aantal|36.114|36.390|36.655",
        "Woonruimten|aantal|15.870|16.012|16.140",
    )
    (table,) = understood(text).tables
    assert table.kind != "indicatoren"
    assert rows(text)[-2:] == ["Kerngegevens > Inwoners", "Kerngegevens > Woonruimten"]
    assert [c.eenheid for c in table.cells if c.row == table.rows[-1].no] == ["aantal"] * 3


def test_a_small_word_that_comes_back_beside_values_stands_for_a_value():
    text = of_rows(
        "Subsidies in euro",
        "Ontvanger|Verleend|2024|Toegekend|2025|Grondslag",
        "Cultuur (regel 3)",
        "Bibliotheek|612.500|631.000|art. 3.1",
        "Filmhuis|nieuw|15.000|art. 3.4",
        "Muziekvereniging|18.400|afgewezen|art. 3.4",
        "Samen cultuur|630.900|646.000",
        "Sport (regel 4)",
        "Zwemclub|27.850|27.850|art. 4.2",
        "Beweegplein|nieuw|25.000|art. 4.5 lid 2",
        "Turnclub|9.000|afgewezen|art. 4.2",
        "Samen sport|36.850|52.850",
    )
    assert columns(text) == ["Verleend 2024", "Toegekend 2025"]
    assert "Sport (regel 4) > Beweegplein" in rows(text)
    assert not understood(text).tables[0].is_asked


GROUPS_CLOSED_BY_TOTALS = """\
Taakveld | Lasten | Baten | Saldo ||||||
 | Loon | Inkoop | Overdrachten | Totaal | Heffingen | Rijk | Totaal | |
Verkeer | 1.240 | 2.105 | 300 | 3.645 | 62 | 95 | 157 | 3.488- |
Parkeren | 310 | 148 | 205 | 663 | 1.190 | 12 | 1.202 | 539 |
Groen | 88 | 240 | 15 | 343 | 201 | 10 | 211 | 132- |
"""


def test_groups_printed_without_their_places_end_where_their_total_stands():
    found = understood(GROUPS_CLOSED_BY_TOTALS)
    assert [" > ".join(c.path) for c in found.tables[0].columns] == [
        "Lasten > Loon", "Lasten > Inkoop", "Lasten > Overdrachten", "Lasten > Totaal",
        "Baten > Heffingen", "Baten > Rijk", "Baten > Totaal", "Saldo",
    ]  # fmt: skip
    assert not found.tables[0].is_asked


PARTIES = (
    "Verbonden partijen (x € 1.000)",
    "Naam|Belang|Eigen vermogen|Vreemd vermogen|Resultaat 2023|Bijdrage 2025",
    "1-1-2023|31-12-2023|1-1-2023|31-12-2023",
    "Gemeenschappelijke regelingen",
    "Veiligheidsregio|4,8%|11.240|12.077|68.110|70.342|837|2.916",
    "GGD|4,9%|3.122|2.760|14.880|15.233|362-|1.544",
    "Omgevingsdienst|3,1%|980|1.104|502|611|124|1.287",
    "Werkvoorziening|12,5%|418|377|2.140|1.980|61|310",
    "Totaal gemeenschappelijke regelingen|6.057",
    "Vennootschappen",
    "Vitens|0,4%|655|699|1.289|1.397|44|15",
    "Sportbedrijf|99,0%|36|91|722|805|55|1.180",
    "Totaal vennootschappen|1.195",
    "Totaal bijdragen|7.252",
)


def test_days_stand_below_what_is_a_stock_and_not_below_percentages_or_a_year():
    text = of_rows(*PARTIES)
    assert columns(text)[:5] == [
        "Belang", "Eigen vermogen 1-1-2023", "Eigen vermogen 31-12-2023", "Vreemd vermogen 1-1-2023", "Vreemd vermogen 31-12-2023",
    ]  # fmt: skip
    assert not understood(text).tables[0].is_asked


def test_a_total_with_one_number_stands_in_the_one_column_of_which_it_is_the_sum():
    (table,) = understood(of_rows(*PARTIES)).tables
    placed, rejects = place(table)
    totals = {r.no: r.path[-1] for r in table.rows if r.rol == "total"}
    assert {totals[c.row]: c.column for c in placed.cells if c.row in totals} == {
        "Totaal gemeenschappelijke regelingen": 7, "Totaal vennootschappen": 7, "Totaal bijdragen": 7,
    }  # fmt: skip
    assert not rejects


def test_numbers_that_refer_to_a_programma_go_with_the_code_and_groups_have_neither():
    text = of_rows(
        "Ombuigingen (x € 1.000)",
        "Nr.|Maatregel|2025|2026|2027|Progr.",
        "Taakstelling|600|950|1.150",
        "A. Gerealiseerd|110|140|140",
        "7|Verhogen tarieven|110|140|140|2",
        "B. In uitvoering|370|845|1.033",
        "12|Sluiten zwembad|0|310|402|5",
        "15|Minder inhuur|250|250|180|0",
        "18|Normering hulp|120|285|451|6",
    )
    (table,) = understood(text).tables
    assert [" ".join(c.path) for c in table.columns] == ["2025", "2026", "2027"]
    assert rows(text)[2:5] == [
        "A. Gerealiseerd > 7 Verhogen tarieven",
        "B. In uitvoering",
        "B. In uitvoering > 12 Sluiten zwembad",
    ]
    assert not table.loose_rows and not table.is_asked


def test_the_name_of_the_rows_between_the_layers_of_a_header_says_nothing_of_codes_behind_the_values():
    text = of_rows(
        "Evenwicht (x € 1.000)",
        "2026",
        "Programma|Incidenteel|Structureel|Eindtotaal",
        "Totaal exploitatie|611|-377|234",
        "Baten|-40|-1.630|-1.670",
        "1|Bestuur|-30|-90|-120",
        "2|Wegen|-10|-340|-350",
        "3|Financiën|0|-1.200|-1.200",
        "Lasten|651|1.253|1.904",
        "1|Bestuur|51|403|454",
        "2|Wegen|600|450|1.050",
        "3|Financiën|0|400|400",
    )
    assert rows(text)[1:4] == ["Baten", "Baten > 1 Bestuur", "Baten > 2 Wegen"]


INCIDENTAL = (
    "Incidentele lasten en baten (x € 1.000)",
    "Lasten 2026|Lasten 2026 incidenteel|Baten 2026|Baten 2026 incidenteel",
    "1|Groen en water|4.678|1.235|982|729",
    "2|Wegen|9.303|707|174|129",
    "3|Economie|2.295|265|315|184",
    "4|Bestuur|612|14|105|0",
    "-|Middelen|156|24|5.997|123",
    "-|Overhead|849|0|49|0",
    "Totaal|17.893|2.245|7.622|1.165",
)


def test_a_dash_where_other_rows_have_their_code_is_no_value_of_the_row_before_it():
    (table,) = understood(of_rows(*INCIDENTAL)).tables
    assert [" > ".join(r.path) for r in table.rows][3:6] == ["4 Bestuur", "Middelen", "Overhead"]
    assert {len([c for c in table.cells if c.row == r.no]) for r in table.rows} == {4}
    assert not table.rejects and not table.is_asked


def test_values_behind_a_whole_row_that_fill_every_column_are_a_total_without_its_name():
    text = of_rows(
        "Overhead (x € 1.000)",
        "Onderdeel|Lasten|Baten|Saldo",
        "Salarissen|4.097|138|3.959",
        "Automatisering|1.192|0|1.192",
        "Huisvesting|1.028|66|962|6.317|204|6.113",
    )
    (table,) = understood(text).tables
    assert [c.text for c in table.cells if c.row == table.rows[2].no] == ["1.028", "66", "962"]
    assert [c.text for c in table.cells if not table.rows[c.row - 1].path[-1]] == ["6.317", "204", "6.113"]


def test_a_quantity_of_a_state_stands_over_a_column_under_its_year():
    text = of_rows(
        "Bedragen x € 1.000",
        "2025|2026|2026|2026|2027|2028",
        "Soort kosten|Saldo begroot|Lasten begroot|Baten begroot|Saldo begroot|Saldo begroot|Saldo begroot",
        "Leiding|1.318|1.188|10|1.178|1.205|1.224",
        "Personeel|1.003|1.081|7|1.074|1.090|1.105",
        "Huisvesting|1.622|1.838|389|1.449|1.440|1.428",
        "Totaal|3.943|4.107|406|3.701|3.735|3.757",
    )
    assert columns(text) == [
        "2025 Saldo begroot", "2026 Lasten begroot", "2026 Baten begroot", "2026 Saldo begroot", "2027 Saldo begroot", "2028 Saldo begroot",
    ]  # fmt: skip
    assert not understood(text).tables[0].is_asked


def test_texts_of_some_rows_that_the_header_names_are_the_sides_of_those_rows():
    text = of_rows(
        "Bestemming (x € 1.000)",
        "Omschrijving|Lasten/Baten|Primitieve begroting|Begroting na wijziging|Rekening|Verschil",
        "Toevoeging rente|333|457|457|0",
        "Storting in reserves|Lasten|8.224|8.210|6.683|-1.527",
        "Putting uit reserves|Baten|3.615|8.089|5.882|2.207",
        "Saldo|4.942|578|1.258|-680",
        "Wat er gestort is en geput wordt per reserve verteld in de bijlage over reserves.",
    )
    assert not understood(text).tables[0].is_asked
    assert rows(text) == [
        "Toevoeging rente",
        "Storting in reserves > Lasten",
        "Putting uit reserves > Baten",
        "Saldo",
    ]


NORM = (
    "[1]|Renteherziening|180|-95|240",
    "[2]|Aflossing|11.840|10.275|9.610|9.105",
    "[3]|Renterisico [1+2]|12.020|10.180|9.850|9.105",
    "[4]|Norm|35.280|34.960|34.410|34.120",
    "[5a]=[4>3]|Ruimte onder de norm|23.260|24.780|24.560|25.015",
    "Berekening",
    "[4a]|Begrotingstotaal|176.400|174.800|172.050|170.600",
    "[4b]|Percentage|20%|20%|20%|20%",
    "[4]=[4a]x[4b]/100|Norm|35.280|34.960|34.410|34.120",
)


def test_symbols_in_brackets_and_formulas_over_them_are_codes_of_rows():
    text = of_rows("Bedragen x € 1.000", "Stap|Renterisico en norm|2026|2027|2028|2029", *NORM)
    assert rows(text) == [
        "[1] Renteherziening",
        "[2] Aflossing",
        "[3] Renterisico [1+2]",
        "[4] Norm",
        "[5a]=[4>3] Ruimte onder de norm",
        "Berekening > [4a] Begrotingstotaal",
        "Berekening > [4b] Percentage",
        "Berekening > [4]=[4a]x[4b]/100 Norm",
    ]


def test_a_number_in_brackets_before_a_label_is_an_amount_where_no_formula_names_it():
    text = of_rows(
        "Bedragen x € 1.000",
        "Omschrijving|2025|2026",
        "Toezicht|14|(3)",
        "Markten|22|(5)",
        "Kermis|9|(4)",
        "Totaal|45|(12)",
    )
    assert rows(text) == ["Toezicht", "Markten", "Kermis", "Totaal"]
    assert [c.text for c in understood(text).tables[0].cells] == [
        "14",
        "(3)",
        "22",
        "(5)",
        "9",
        "(4)",
        "45",
        "(12)",
    ]


def test_as_many_texts_again_that_all_go_on_the_line_above_are_the_rest_of_it():
    text = of_rows(
        "Jaarrekening 2025",
        "Verloop van reserves",
        "Stand|Storting|Afname|Stand",
        "(bedragen x € 1.000)",
        "1-1-2025|t.l.v. exploitatie|t.g.v. exploitatie|31-12-2025",
        "Algemene reserves",
        "Risicoreserve|8.412|0|1.260|7.152",
        "Rekeningsaldo|340|125|40|425",
        "Totaal algemene reserves|8.752|125|1.300|7.577",
    )
    assert columns(text, soort="jaarrekening") == [
        "Stand 1-1-2025",
        "Storting t.l.v. exploitatie",
        "Afname t.g.v. exploitatie",
        "Stand 31-12-2025",
    ]
    assert not understood(text, soort="jaarrekening").tables[0].is_asked


def test_a_small_word_printed_over_every_year_stands_above_the_years():
    text = of_rows(
        "Verloop reserves",
        "(bedragen x € 1.000)",
        "saldo per 31-12",
        "Naam reserve",
        "prognose|prognose|prognose",
        "2026|2027|2028",
        "Reserves",
        "Algemene reserve|3.120|2.960|2.810",
        "Reserve sporthal|905|840|775",
        "Reserve wegen|412|0|118",
        "Totaal reserves|4.437|3.800|3.703",
    )
    assert columns(text) == ["prognose 2026", "prognose 2027", "prognose 2028"]


def test_the_name_of_the_document_above_a_title_is_no_header():
    text = of_rows(
        "Jaarverslag 2025",
        "Het verloop van de voorzieningen is als volgt te specificeren:",
        "(bedragen x € 1.000)",
        "voor verplichtingen|m.b.t. middelen van derden|Voorzieningen totaal",
        "Saldo per 1 januari 2025|14.205|1.310|15.515",
        "Toevoegingen|2.118|340|2.458",
        "Aanwending|-1.925|-25|-1.950",
        "Saldo per 31 december 2025|14.398|1.625|16.023",
    )
    assert columns(text, soort="jaarrekening") == [
        "voor verplichtingen",
        "m.b.t. middelen van derden",
        "Voorzieningen totaal",
    ]
    assert not understood(text, soort="jaarrekening").tables[0].is_asked


def test_what_names_codes_among_the_columns_leaves_them_in_front_of_the_labels():
    text = of_rows(
        "Bedragen x 1.000 euro",
        "2025",
        "Programma|Incidenteel|Structureel|Eindtotaal",
        "Baten|-60|-1.285|-1.345",
        "1|Bestuur|-20|-45|-65",
        "2|Mobiliteit|0|-640|-640",
        "3|Water|-40|-600|-640",
    )
    assert rows(text)[1:] == ["Baten > 1 Bestuur", "Baten > 2 Mobiliteit", "Baten > 3 Water"]
    assert columns(text) == ["Incidenteel", "Structureel", "Eindtotaal"]


def test_the_sum_of_a_group_without_a_name_is_no_part_of_the_row_before_it():
    text = of_rows(
        "Reserves (x € 1.000)|31-12-2024|31-12-2025",
        "Algemene reserve|12.410|11.905",
        "Bestemmingsreserves",
        "- Egalisatie tarieven|2.036|1.744",
        "- Overige|4.120|5.015",
        "18.566|18.664",
    )
    (table,) = understood(text).tables
    assert rows(text)[-2:] == ["Bestemmingsreserves > - Overige", ""]
    assert [c.text for c in table.cells][-4:] == ["4.120", "5.015", "18.566", "18.664"]


def test_values_without_a_name_that_are_no_sum_of_the_rows_above_are_told():
    text = of_rows(
        "Reserves (x € 1.000)|31-12-2024|31-12-2025",
        "Algemene reserve|12.410|11.905",
        "Egalisatie tarieven|2.036|1.744",
        "Reserve wegen|880|640",
        "Overige|4.120|5.015",
        "18.567|18.664",
    )
    assert rows(text)[-1] == "Overige"
    assert any("18.567" in r.text for r in understood(text).tables[0].rejects)


def test_two_columns_that_differ_in_a_unit_only_have_one_name():
    terms = header_terms((("Liquide middelen",), ("Liquide middelen (x € 1.000)",)), (VALUE, VALUE))
    assert terms["same_path"] == 1


def test_a_row_of_one_small_word_holds_no_numbers_and_no_other_rows():
    text = of_rows(
        "EMU-saldo (x € 1.000)",
        "Omschrijving|2025|2026|2027",
        "1.|Saldo van de exploitatie|412|-318|205",
        "2.|Afschrijvingen|3.115|3.240|3.308",
        "3.|Verkoop van aandelen:",
        "3a.|Gaat u aandelen verkopen? (ja/nee)|nee|nee|nee",
        "3b.|Verwachte boekwinst|0|0|0",
        "Berekend EMU-saldo|3.527|2.922|3.513",
    )
    assert rows(text)[-1] == "Berekend EMU-saldo"
    assert rows(text)[-2].split(" > ")[-1] == "3b. Verwachte boekwinst"
    assert "nee" not in " ".join(rows(text)[-2:])


def test_a_year_between_the_name_of_the_rows_and_the_columns_stands_over_all_of_them():
    text = of_rows(
        "Renterisiconorm",
        "Renterisico en norm",
        "2025",
        "(bedragen x € 1.000)",
        "Begroting|Rekening",
        "1|Renteherziening|0|0",
        "2|Aflossing|1.180|1.164",
        "3|Renterisico (1+2)|1.180|1.164",
        "4|Norm|11.046|11.982",
    )
    (table,) = understood(text, soort="jaarrekening").tables
    assert table.is_asked or columns(text, soort="jaarrekening") == ["2025 Begroting", "2025 Rekening"]


def test_the_column_of_signs_is_known_however_its_header_is_written_out():
    text = of_rows(
        "Cijfers per programma (x € 1.000)",
        "Omschrijving|Begroting 2025|Rekening 2025|Verschil|Voordeel/ Nadeel",
        "Programma 1",
        "Lasten|846|853|7|N",
        "Baten|-216|-223|-7|V",
        "Saldo|630|630|0|V",
        "Programma 2",
        "Lasten|673|672|-1|V",
        "Baten|-267|-278|-11|V",
        "Saldo|406|394|-12|V",
    )
    assert rows(text)[:4] == [
        "Programma 1 > Lasten",
        "Programma 1 > Baten",
        "Programma 1 > Saldo",
        "Programma 2 > Lasten",
    ]


def test_rows_of_one_code_and_name_are_one_table_from_the_first_on():
    text = of_rows(
        "Bijstellingen (x € 1.000)",
        "Productnr.|Omschrijving product|L/B|2025|2026|2027",
        "1.10|Onderwijs|L|-66|642|754",
        "1.10|Onderwijs|B|-7|-10|-10",
        "1.20|Werk|L|-4.395|-4.727|-4.257",
        "1.20|Werk|B|-378|-38|-38",
        "1.30|Zorg|L|774|93|95",
        "1.30|Zorg|B|-596|159|159",
    )
    (table,) = understood(text).tables
    assert len(table.rows) == 6


def test_codes_of_numbers_with_a_hyphen_stand_before_the_names():
    text = of_rows(
        "Taakvelden (x € 1.000)",
        "Nr|Omschrijving|Begroting 2025|Begroting 2026",
        "Baten|Lasten|Baten|Lasten",
        "0-1.2|Bestuur|466|2.781|466|3.179",
        "0-10.|Mutaties reserves|219|816|11|413",
        "0-61.|OZB woningen|430|0|361|0",
        "1-1.2|Brandweer|22|919|154|517",
    )
    assert rows(text) == ["0-1.2 Bestuur", "0-10. Mutaties reserves", "0-61. OZB woningen", "1-1.2 Brandweer"]
    assert not understood(text).tables[0].is_asked


def test_a_title_that_names_a_stretch_of_years_stands_over_all_of_them_or_none():
    text = of_rows(
        "4.1 Uiteenzetting financiële positie",
        "4.1.1 Financieel meerjarenperspectief 2022 - 2027",
        "Financieel Meerjarenperspectief",
        "2022|2023|2024|2025|2026|2027",
        "Saldo programma's|176|290|275|344|340|313",
        "Overhead|38|53|29|50|48|47",
        "Dekkingsmiddelen|-246|-350|-367|-367|-375|-383",
        "Mutaties reserves|17|90|64|67|50|10",
    )
    assert columns(text) == ["2022", "2023", "2024", "2025", "2026", "2027"]
    assert not understood(text).tables[0].is_asked


def test_a_title_does_not_hold_a_state_and_its_difference_beside_a_state_that_it_does_not_hold():
    text = of_rows(
        "Recapitulatie",
        "Resultaat (bedragen x € 1.000 ; - = nadeel)",
        "Begroting 2025 na wijziging|Rekening 2025|Verschil",
        "Totaal|Inc.|Struct.|Totaal|Inc.|Struct.|Totaal|Inc.|Struct.",
        "Bestuur|-1.570|-42|-1.528|-1.126|-35|-1.091|444|7|437",
        "Veiligheid|-3.774|20|-3.794|-3.550|56|-3.606|224|36|188",
        "Verkeer|-5.328|-|-5.328|-5.475|-|-5.475|-147|-|-147",
        "Economie|-1.549|-382|-1.167|-448|722|-1.170|1.101|1.104|-3",
    )
    assert columns(text)[::3] == [
        "Begroting 2025 na wijziging Totaal",
        "Rekening 2025 Totaal",
        "Verschil Totaal",
    ]
    assert not understood(text).tables[0].is_asked


def test_a_row_of_all_columns_among_rows_that_lack_half_of_them_is_one_row():
    text = of_rows(
        "Het saldo wordt gezuiverd van incidentele baten en lasten.",
        "2025|2026|2027|2028",
        "Omschrijving|Baten|Lasten|Baten|Lasten|Baten|Lasten|Baten|Lasten",
        "Programma 1 Bestuur",
        "Verkiezingen|65.000|65.000|65.000",
        "Dorpsraden|3.000",
        "Dienstverlening|50.000",
        "Uitkering wethouder|3.911",
        "Functionaris|25.500",
        "Programma 2 Veiligheid",
        "Veiligheidsmonitor|14.000",
        "Standplaatsen (handhaving)|46.800|46.800",
        "Programma 3 Zorg",
        "Standplaatsen (sociaal)|366.400|366.400",
        "Programma 5 Wonen",
        "Grondexploitatie|117.829|117.829|125.451|125.451|127.448|127.448|126.131|126.131",
        "Locaties|27.000",
        "Programma 8 Financiën",
        "Onvoorzien|143.225|143.225|143.225|143.225",
    )
    (table,) = understood(text).tables
    assert len(table.columns) == 8 and table.is_asked


def test_a_text_right_above_a_subtotal_without_rows_of_its_own_is_an_empty_row():
    text = of_rows(
        "Balans 2025 (bedragen x € 1.000)",
        "ACTIVA, per 31 december",
        "2024|2025|2026",
        "Immateriële vaste activa",
        "Bijdragen aan derden|54|47|40",
        "Onderzoek|31|120|188",
        "subtotaal|85|167|228",
        "Materiële vaste activa",
        "Economisch nut|31.204|30.118|29.655",
        "Maatschappelijk nut|3.980|5.105|7.420",
        "In erfpacht uitgegeven",
        "subtotaal|35.184|35.223|37.075",
    )
    assert rows(text)[-1] == "Materiële vaste activa > subtotaal"


def test_numbers_in_brackets_that_count_on_name_rows_beside_each_other_also_where_they_add_up():
    text = "\n".join(
        (
            "Drempelbedrag (x € 1.000) | Kwartaal 1 | Kwartaal 2 | Kwartaal 3 | Kwartaal 4 |",
            "---|---|---|---|---|",
            "(1) Drempel | 540 | 540 | 1.280 | 1.280 |",
            "(2) Buiten de schatkist | 210 | 15 | 402 | 377 |",
            "(3a) Ruimte onder de drempel | 330 | 525 | 878 | 903 |",
            "(3b) Overschrijding | 0 | 0 | 0 | 0 |",
        )
    )
    assert rows(text) == [
        "(1) Drempel",
        "(2) Buiten de schatkist",
        "(3a) Ruimte onder de drempel",
        "(3b) Overschrijding",
    ]


def test_a_header_that_leaves_out_columns_behind_the_name_of_the_rows_is_asked_about():
    text = of_rows(
        "Staat van voorzieningen",
        "Num-mer|Naam van de voorziening|Saldo bij de aanvang van het jaar 2025|Toevoeging|Onttrekkingen",
        "Saldo aan het einde van het jaar 2025|Productnummer van de toevoeging",
        "Bestedingen|Vrijval ten gunste van de rekening",
        " Voorzieningen ",
        "1|Voorziening risico's|80.000,00|80.000,00|-|044 05",
        "2|Voorziening reorganisatie|184.210,55|7.310,20|41.115,00|150.405,75|034 02",
        "3|Voorziening pensioenen|9.112.405,10|402.118,33|388.240,12|9.126.283,31|101 81",
        "4|Voorziening wegen|12.450.000,00|12.450.000,00-|-|301 22/338 21",
        "Voorziening vaarwegen|6.310.500,00|6.310.500,00-|-",
        "5|Voorziening heffing|1.040.318,20|210.500,40|-|1.250.818,60|402 02",
    )
    (table,) = understood(text, soort="jaarrekening").tables
    assert table.is_asked


LOANS = (
    "- geldleningen",
    "schuldrestant per 1 januari|12.640|13.515",
    "opgenomen leningen|-|-",
    "af: aflossing|880|875",
    "schuldrestant per 31 december|11.760|12.640",
    "- waarborgsommen",
    "gestort per 1 januari|6|7",
    "vermindering / vermeerdering|-|-1",
    "gestort per 31 december|6|6",
)


def test_a_stock_that_comes_back_at_a_later_day_holds_no_rows_between():
    text = of_rows("Vaste schulden (x € 1.000)", "Boekjaar|Voorgaand boekjaar", *LOANS)
    assert rows(text)[:5] == [
        "- geldleningen > schuldrestant per 1 januari",
        "- geldleningen > opgenomen leningen",
        "- geldleningen > af: aflossing",
        "- geldleningen > schuldrestant per 31 december",
        "- waarborgsommen > gestort per 1 januari",
    ]


def test_a_text_behind_a_bullet_names_rows_and_no_column():
    text = of_rows("Vaste schulden (x € 1.000)", "Boekjaar|Voorgaand boekjaar", *LOANS)
    assert columns(text) == ["Boekjaar", "Voorgaand boekjaar"]


def test_years_in_a_column_that_tell_rows_of_one_name_apart_are_part_of_the_name():
    text = of_rows(
        "Verloop reserves (x € 1.000)",
        "Jaartal|Stand 1-1|Vermeerdering|Vermindering|Stand 31-12",
        "rekening|2022|41.310|620|-4.115|37.815",
        "rekening|2023|37.815|1.240|-3.900|35.155",
        "rekening|2024|35.155|905|-2.760|33.300",
        "begroting|2025|33.300|410|-1.980|31.730",
    )
    assert rows(text) == ["rekening 2022", "rekening 2023", "rekening 2024", "begroting 2025"]


def test_a_header_that_begins_below_columns_that_it_has_too_is_not_read_so():
    text = of_rows(
        "Begroting 2025",
        "Voorzieningen",
        "Het verwachte verloop van de voorzieningen is als volgt:",
        "Stand|Toevoeging|Aanwending|Stand",
        "(bedragen x € 1.000)",
        "1-1-2025|t.l.v. exploitatie|of vrijval|31-12-2025",
        "Onderhoud|11.204|3.115|4.280|10.039",
        "Overige|8.760|512|1.040|8.232",
        "Totaal voorzieningen|19.964|3.627|5.320|18.271",
    )
    assert columns(text) == [
        "Stand 1-1-2025",
        "Toevoeging t.l.v. exploitatie",
        "Aanwending of vrijval",
        "Stand 31-12-2025",
    ]


def test_a_name_of_rows_in_the_middle_of_a_layer_is_asked_about():
    text = of_rows(
        "Bedragen * € 1.000",
        "Groep|Begrotings|2025|2026|2027",
        "Investeringen|Programma|Bruto|Netto|Bruto|Netto|Bruto|Netto",
        "Sporthallen|3|1.120|1.120|905|905|0|0",
        "Sportparken|3|4.305|4.205|140|140|0|0",
        "Totaal maatschappelijk|5.425|5.325|1.045|1.045|0|0",
        "Vastgoed|4|405|405|330|330|910|910",
        "Totaal ruimte|405|405|330|330|910|910",
    )
    (table,) = understood(text).tables
    assert table.is_asked


def test_a_column_without_a_header_beside_a_year_with_columns_is_read_too():
    terms = header_terms((("2025", "Lasten"), ("2025", "Baten"), ()), (VALUE, VALUE, VALUE))
    assert not terms["years_over_some"]


EMU = (
    "EMU-saldo (x € 1.000)",
    "Omschrijving|2025|2026|2027",
)


def test_numbers_of_rows_with_a_sign_are_codes_and_no_values():
    text = of_rows(
        *EMU,
        "1|Exploitatiesaldo|-310|420|515",
        "+2|Afschrijvingen|1.204|1.315|1.402",
        "+3|Dotaties aan voorzieningen|633|640|655",
        "-4|Investeringen|2.816|1.907|1.455",
        "+5|Bijdragen van derden|0|0|0",
        "-6|Aankoop van grond|144|0|0",
        "Berekend EMU-saldo|-1.433|468|1.117",
    )
    assert rows(text)[1:4] == [
        "+2 Afschrijvingen",
        "+3 Dotaties aan voorzieningen",
        "-4 Investeringen",
    ]
    assert columns(text) == ["2025", "2026", "2027"]
    assert not understood(text).tables[0].is_asked


def test_a_sign_in_brackets_between_the_number_of_a_row_and_its_name_is_no_name():
    text = of_rows(
        *EMU,
        "1.|(+)|Exploitatiesaldo|-310|420|515",
        "2.|(-)|Mutatie vaste activa|1.612|592|53",
        "3.|(+)|Mutatie voorzieningen|633|640|655",
        "4.|(-)|Mutatie voorraden|144|0|0",
        "Berekend EMU-saldo|-1.433|468|1.117",
    )
    assert rows(text)[:2] == ["1. Exploitatiesaldo", "2. Mutatie vaste activa"]


def test_letters_with_a_number_that_count_rows_are_codes():
    text = of_rows(
        "Renteschema (x € 1.000)",
        "Omschrijving|2025|2026",
        "a|Externe rentelasten|811|902",
        "b|Externe rentebaten|64|61",
        "Saldo door te rekenen rente|747|841",
        "c1|Rente grondexploitaties|-12|-14",
        "c2|Rente projectfinanciering|-|-",
        "d|Toegerekende rente|735|827",
    )
    assert rows(text) == [
        "a Externe rentelasten",
        "b Externe rentebaten",
        "Saldo door te rekenen rente",
        "c1 Rente grondexploitaties",
        "c2 Rente projectfinanciering",
        "d Toegerekende rente",
    ]


def test_a_euro_sign_in_a_cell_of_its_own_is_part_of_the_amount_behind_it():
    text = of_rows(
        "Renteschema (x € 1.000)",
        "Omschrijving|Begroting 2025",
        "Externe rentelasten|€|811",
        "Externe rentebaten|-/- €|64",
        "Saldo door te rekenen rente|€|747",
    )
    (table,) = understood(text).tables
    assert [" > ".join(r.path) for r in table.rows] == [
        "Externe rentelasten",
        "Externe rentebaten",
        "Saldo door te rekenen rente",
    ]
    assert [c.value for c in table.cells] == [811, -64, 747]


def test_a_label_that_begins_small_does_not_go_on_the_text_of_a_column_of_groups():
    text = of_rows(
        "Overhead (x € 1.000)",
        "2025|2026",
        "Lasten|Automatisering|1.612|1.633",
        "Lasten|Communicatie|204|208",
        "Lasten|gebouwen|511|520",
        "Lasten|Opleiding|92|92",
        "Totaal|Lasten|2.419|2.453",
        "Baten|Doorberekening|340|344",
        "Baten|Verhuur|61|61",
        "Totaal|Baten|401|405",
    )
    assert rows(text)[2:4] == ["Lasten > gebouwen", "Lasten > Opleiding"]


def test_accounts_and_budget_part_the_years_between_them_by_the_year_of_the_document():
    text = of_rows(
        "Prognose balans (x € 1.000)",
        "Realisatie|Begroting",
        "2022|2023|2024|2025|2026",
        "Voorraden|410|395|380|370|365",
        "Vorderingen|1.204|1.180|1.112|1.105|1.090",
    )
    assert columns(text) == [
        "Realisatie 2022",
        "Realisatie 2023",
        "Begroting 2024",
        "Begroting 2025",
        "Begroting 2026",
    ]


BALANCE = (
    "Prognose balans (x € 1.000)",
    "2025|2026|2027",
    "Activa",
    "Vaste activa",
    "Gebouwen|20.411|20.395|20.380",
    "Leningen|1.204|1.180|1.112",
    "Totaal vaste activa|21.615|21.575|21.492",
    "Vlottende activa",
    "Voorraden|311|295|280",
    "Totaal vlottende activa|311|295|280",
    "Totaal activa|21.926|21.870|21.772",
)


def test_what_a_total_names_is_a_heading_where_it_stands_behind_all_texts_over_columns():
    assert rows(of_rows(*BALANCE))[0] == "Activa > Vaste activa > Gebouwen"


def test_a_total_that_says_what_two_headings_say_in_part_is_that_of_neither():
    text = of_rows(
        "Prognose balans (x € 1.000)",
        "Passiva|31-12-2025|31-12-2026",
        "Vaste passiva",
        "Reserves|8.204|8.180",
        "Leningen|11.311|11.295",
        "Vlottende passiva",
        "Kasgeld|1.980|1.955",
        "Sluitpost|431|440",
        "Totaal passiva|21.926|21.870",
    )
    assert rows(text)[2:] == [
        "Vlottende passiva > Kasgeld",
        "Vlottende passiva > Sluitpost",
        "Totaal passiva",
    ]


def test_a_text_right_above_a_total_of_another_name_is_a_row_without_numbers():
    text = of_rows(
        "Financieringsfunctie (x € 1.000)",
        "Begroot|Werkelijk",
        "Saldo rente|811|793",
        "Rente eigen vermogen|118|118",
        "Rente voorzieningen",
        "Totaal toe te rekenen rente|929|911",
        "Doorberekende rente|910|880",
        "Renteresultaat|19|31",
    )
    assert rows(text) == [
        "Saldo rente",
        "Rente eigen vermogen",
        "Totaal toe te rekenen rente",
        "Doorberekende rente",
        "Renteresultaat",
    ]


def test_a_text_called_as_the_rows_below_it_and_their_total_is_a_row_without_numbers():
    text = of_rows(
        "Financieringsfunctie (x € 1.000)",
        "2025|2026|2027",
        "Betaalde rente kort geld",
        "Betaalde rente lange leningen|1.811|1.793|1.702",
        "Totaal betaalde rente|1.811|1.793|1.702",
        "Ontvangen rente leningen|212|204|198",
        "Totaal ontvangen rente|212|204|198",
    )
    assert rows(text)[0] == "Betaalde rente lange leningen"


def test_amounts_of_the_last_column_that_rise_are_no_numbers_of_the_next_rows():
    text = of_rows(
        "Rente (x € 1.000)",
        "2025|2026|2027|2028",
        "Lange leningen|1.811|1.793|1.702|1.655",
        "Korte leningen|22|22|22|22",
        "Leningen aan derden|441|413|386|358",
        "Totaal ontvangen|463|435|408|380",
        "Doorberekende rente|780|759|681|467",
        "Toegerekende rente|925|748|672|731",
        "Renteomslag|966|910|868|833",
        "Renteresultaat|-41|-162|-196|-102",
    )
    assert rows(text)[2:4] == ["Leningen aan derden", "Totaal ontvangen"]
    assert not understood(text).tables[0].is_asked


def test_a_numbered_text_without_numbers_among_numbered_rows_is_a_row():
    text = of_rows(
        *EMU,
        "1|Exploitatiesaldo|-310|420|515",
        "2|Investeringen|2.816|1.907|1.455",
        "3|Bijdragen van derden",
        "4|Verkoop van grond|1.204|1.315|1.402",
        "5|Boekwinst bij verkoop",
        "Berekend EMU-saldo|-1.922|-172|462",
    )
    assert rows(text)[2:] == ["4 Verkoop van grond", "Berekend EMU-saldo"]


SUMMED = (
    "Overhead (x € 1.000)",
    "Onderdeel|Lasten|Baten|Saldo",
    "Personeel|811|13|798",
    "Automatisering|129|0|129",
)


def test_a_row_without_a_name_that_is_the_sum_of_all_above_it_is_their_total():
    text = of_rows(*SUMMED, "Huisvesting|103|7|96", "1.043|20|1.023")
    assert rows(text) == ["Personeel", "Automatisering", "Huisvesting", ""]
    (table,) = understood(text).tables
    assert (table.rows[-1].rol, table.lezing) == ("total", "sommen")


def test_a_row_without_a_name_that_sums_nothing_is_asked_about():
    text = of_rows(*SUMMED, "Huisvesting|103|7|96", "1.143|20|1.123")
    assert rows(text) == ["Personeel", "Automatisering", "Huisvesting"]


def in_thousands(*printed: str) -> str:
    return "Bedragen x € 1.000\n\n" + of_rows(*printed)


PROJECTS = (
    "Scholen|3|1.786|1.700|708|690",
    "Sporthal|3|355|355|918|900",
    "Gymzaal|3|120|118|44|42",
    "Totaal programma 3|2.261|2.173|1.670|1.632",
    "Wegen|5|3.010|3.005|655|622",
    "Bruggen|5|349|349|226|205",
    "Totaal programma 5|3.359|3.354|881|827",
)


def test_small_numbers_that_all_rows_have_but_the_totals_are_no_amounts():
    text = in_thousands("Productgroep|Begrotings programma|2026|2027|Bruto|Netto|Bruto|Netto", *PROJECTS)
    (table,) = understood(text).tables
    assert not table.is_asked
    assert columns(text) == ["2026 Bruto", "2026 Netto", "2027 Bruto", "2027 Netto"]
    assert [cell.text for cell in table.cells if cell.row == table.rows[0].no] == [
        "1.786",
        "1.700",
        "708",
        "690",
    ]


def test_numbers_that_the_totals_have_as_well_are_amounts():
    totals = [f"{row}|9" if row.startswith("Totaal") else row for row in PROJECTS]
    text = in_thousands("Investering|Aantal|2026|2027|Bruto|Netto|Bruto|Netto", *totals)
    (table,) = understood(text).tables
    assert table.is_asked or len(table.columns) == 5


def test_years_that_all_rows_have_but_the_totals_are_no_amounts():
    text = in_thousands(
        "Krediet|Jaar|Begroot|Besteed|Restant",
        "Dorpsstraat|2021|1.450|712|738",
        "Fietspad|2022|380|355|25",
        "Verlichting|2023|310|298|12",
        "Totaal wegen|2.140|1.365|775",
        "Zwembad|2020|6.200|2.970|3.230",
        "Kunstgras|2022|465|61|404",
        "Totaal sport|6.665|3.031|3.634",
    )
    (table,) = understood(text).tables
    assert columns(text) == ["Begroot", "Besteed", "Restant"]
    assert [cell.text for cell in table.cells if cell.row == table.rows[3].no] == ["2.140", "1.365", "775"]


def test_lasten_and_baten_that_end_a_header_hang_under_the_text_that_they_part_and_no_other():
    text = in_thousands(
        "Complex|Boekwaarde 1-1-2025|Mutaties 2025|Boekwaarde 31-12-2025|Nog te maken kosten|Nog te realiseren opbrengsten|Lasten|Baten",
        "De Hoven|4.120|880|1.250|3.750|1.900|6.100",
        "Centrumplan|2.010|140|0|2.150|760|2.400",
        "Noorderpoort|7.333|412|960|6.785|2.100|9.200",
    )
    (table,) = understood(text).tables
    assert not table.is_asked
    assert columns(text)[:4] == [
        "Boekwaarde 1-1-2025",
        "Mutaties 2025 Lasten",
        "Mutaties 2025 Baten",
        "Boekwaarde 31-12-2025",
    ]


def test_a_word_that_names_rows_and_columns_may_stand_above_a_column():
    text = in_thousands(
        "Boekwaarde 31-12-2024|Investering|Inkomsten|Boekwaarde 31-12-2025",
        "Waarderveld|1.106|407|-688|825",
        "Rijpveld|530|75|-5|600",
        "Schoterhof|3.120|88|-412|2.796",
    )
    assert columns(text) == ["Boekwaarde 31-12-2024", "Investering", "Inkomsten", "Boekwaarde 31-12-2025"]


def test_names_of_codes_groups_and_sides_all_name_the_rows():
    text = in_thousands(
        "Taakveld|Omschrijving taakveld|Lasten en baten|Begroting 2025|Rekening 2025",
        "0.1|Bestuur|Lasten|3.752|3.462|Baten|736|795",
        "0.2|Burgerzaken|Lasten|2.343|2.245|Baten|605|658",
        "0.3|Gebouwen|Lasten|1.893|1.895|Baten|1.042|982",
    )
    (table,) = understood(text, soort="jaarrekening").tables
    assert columns(text, soort="jaarrekening") == ["Begroting 2025", "Rekening 2025"]
    assert table.rows[0].path == ("0.1 Bestuur", "Lasten")


def test_words_among_the_letters_beside_labels_name_a_row_below_a_heading():
    text = of_rows(
        "Verschuivingen (bedragen x € 1.000; + = voordeel, - = nadeel)",
        "Verschuiving|S/I|2026|2027|2028|2029",
        "1. Mantelzorg",
        "Programma 2 Samen leven (lasten)|S|+86|+88|+89|+91",
        "Programma 5 Ondersteuning (lasten)|S|-86|-88|-89|-91",
        "Per saldo|0|0|0|0",
        "2. Formatie toezicht",
        "Programma 1 Veiligheid (lasten)|S|-112|-115|-118|-118",
        "Programma 4 Buitenruimte (lasten)|S|+64|+66|+68|+68",
        "Programma 5 Ondersteuning (lasten)|S|+48|+49|+50|+50",
        "Per saldo|0|0|0|0",
        "Effect per programma",
        "Programma 1 Veiligheid|-112|-115|-118|-118",
        "Programma 2 Samen leven|+86|+88|+89|+91",
        "Programma 4 Buitenruimte|-110|-108|-106|-106",
        "Programma 5 Ondersteuning|+136|+135|+135|+133",
        "Saldo verschuivingen|0|0|0|0",
    )
    assert "Effect per programma > Programma 1 Veiligheid" in rows(text)


def test_a_number_before_the_codes_of_its_parts_is_a_code():
    text = of_rows(
        "Taakvelden (x € 1.000)",
        "Taakveld|Rekening 2023|Begroting 2025",
        "Lasten|Baten|Lasten|Baten",
        "0|Bestuur",
        "0.1|Griffie|2.486|14|2.466|15",
        "0.2|Burgerzaken|1.214|616|1.288|554",
        "Subtotaal|3.700|630|3.754|569",
        "2|Verkeer",
        "2.1|Wegen|5.271|317|4.728|318",
        "2.2|Parkeren|631|920|598|922",
        "Subtotaal|5.902|1.237|5.326|1.240",
        "Totaal|9.602|1.867|9.080|1.809",
    )
    (table,) = understood(text).tables
    assert columns(text) == [
        "Rekening 2023 Lasten",
        "Rekening 2023 Baten",
        "Begroting 2025 Lasten",
        "Begroting 2025 Baten",
    ]
    assert " > ".join(table.rows[0].path) == "0 Bestuur > 0.1 Griffie" and not table.is_asked


def test_a_row_of_units_may_be_the_last_of_a_header_and_years_begin_again_under_every_name():
    text = of_rows(
        "Formatie en personeelskosten",
        "Team|Formatie|Loonkosten|Inhuur",
        "2023|2024|2025|2023|2024|2025|2023|2024",
        "fte|fte|fte|x € 1.000|x € 1.000|x € 1.000|x € 1.000|x € 1.000",
        "Samenleving",
        "Wijkteam|23,8|24,1|25,0|1.865|1.807|2.001|0|188",
        "Leerplicht|4,8|6,5|4,6|412|521|365|201|76",
        "Ruimte",
        "Vergunningen|17,7|16,7|17,6|1.356|1.262|1.398|0|30",
        "Buitendienst|33,5|34,2|32,1|2.665|2.852|2.604|147|73",
    )
    assert columns(text) == [
        *(f"Formatie {y}" for y in (2023, 2024, 2025)),
        *(f"Loonkosten {y}" for y in (2023, 2024, 2025)),
        *(f"Inhuur {y}" for y in (2023, 2024)),
    ]
    assert rows(text)[0] == "Samenleving > Wijkteam" and not understood(text).tables[0].is_asked


def test_the_years_below_a_name_that_has_a_year_of_its_own_may_begin_with_it():
    values = tuple(f"{label}|" + "|".join(str(n + 7 * k) for k in range(13)) for label, n in (("Inwoners", 8_120), ("Correcties", 4_906), ("Totaal", 13_026)))  # fmt: skip
    text = of_rows(
        "Algemene uitkering",
        "(x € 1.000)",
        "Onderdeel|Meicirculaire 2025|Begroting 2025|Verschil",
        "2025|2026|2027|2028|2029|2025|2026|2027|2028|2025|2026|2027|2028",
        *values,
    )
    assert columns(text)[4:6] == ["Meicirculaire 2025 2029", "Begroting 2025 2025"]
    assert columns(text)[8:10] == ["Begroting 2025 2028", "Verschil 2025"]
    assert not understood(text).tables[0].is_asked


def test_a_date_below_each_stock_and_changes_between_them_are_one_header():
    text = of_rows(
        "Grondexploitaties",
        "bedragen x € 1.000",
        "Complex|Boekwaarde|Mutaties 2024|Boekwaarde|Nog te verwachten|Resultaat|Einddatum",
        "1-1-2024|Kosten|Opbrengsten|Winstneming|31-12-2024|Kosten|Opbrengsten|Nominaal|Contante waarde",
        "Woningbouw",
        "De Akkers|3.420|493|1.027|195|3.081|415|5.284|1.788|1.695|31-12-2026",
        "Kwelderpark|1.655|763|474|0|1.944|289|3.787|1.554|1.373|31-12-2028",
        "Centrumplan|2.290|228|1.317|157|1.358|707|2.070|5|4|31-12-2029",
        "Bedrijven",
        "De Kade|4.105|644|168|69|4.650|1.647|5.726|571|545|31-12-2030",
        "Agropark|960|850|601|0|1.209|2.063|3.596|324|309|31-12-2027",
    )
    assert columns(text) == [
        "Boekwaarde 1-1-2024",
        "Mutaties 2024 Kosten",
        "Mutaties 2024 Opbrengsten",
        "Mutaties 2024 Winstneming",
        "Boekwaarde 31-12-2024",
        "Nog te verwachten Kosten",
        "Nog te verwachten Opbrengsten",
        "Resultaat Nominaal",
        "Resultaat Contante waarde",
    ]


def test_no_year_is_a_column_behind_the_years_after_it():
    text = of_rows(
        "Verbonden partijen (x € 1.000)",
        "Verbonden partij|Vestigingsplaats|Belang|Bijdrage|Eigen vermogen|Vreemd vermogen|Resultaat 2024",
        "2023|2024|2025|1-1-2024|31-12-2024|1-1-2024|31-12-2024",
        "Gemeenschappelijke regelingen",
        "Veiligheidsregio|Elsburg|6,4%|1.488|1.547|1.621|9.410|9.243|19.169|18.775|−135",
        "Omgevingsdienst|Elsburg|11,2%|742|771|808|1.266|1.242|2.663|2.401|−5",
        "GGD|Haarsloot|6,4%|615|639|670|2.030|2.022|4.262|4.409|−2",
        "Vennootschappen",
        "Waterbedrijf Oost|Haarsloot|1,8%|10|11|12|215.600|226.976|431.587|422.033|11.370",
        "Ontwikkelingsmaatschappij|Rietdrecht|50,0%|20|21|22|3.120|3.065|6.325|6.359|−73",
    )
    assert columns(text)[:4] == ["Belang", "Bijdrage 2023", "Bijdrage 2024", "Bijdrage 2025"]
    assert not understood(text).tables[0].is_asked


def test_what_values_are_compared_with_stands_under_the_name_that_says_so():
    text = of_rows(
        "Beleidsindicatoren",
        "Nr|Indicator|Eenheid|Bron|Polderzijl|Vergelijking|Streefwaarde 2026",
        "2021|2022|2023|Gemeenten < 25.000 inwoners|Nederland",
        "Onderwijs",
        "5|Absoluut verzuim|Aantal per 1.000 leerlingen|DUO|1,4|2,0|1,7|3,6|4,4|1,5",
        "6|Relatief verzuim|Aantal per 1.000 leerlingen|DUO|14|17|19|21|25|15",
        "7|Vroegtijdig schoolverlaters|% deelnemers|DUO|1,1|1,6|1,5|1,8|2,4|1,2",
        "Wonen",
        "11|Huishoudelijk restafval|Kg per inwoner|CBS|118|109|96|121|154|90",
        "12|Gemiddelde WOZ-waarde|Duizend euro|CBS|264|289|341|358|379|350",
    )
    assert columns(text) == [
        "Polderzijl 2021",
        "Polderzijl 2022",
        "Polderzijl 2023",
        "Vergelijking Gemeenten < 25.000 inwoners",
        "Vergelijking Nederland",
        "Streefwaarde 2026",
    ]


def test_a_remainder_stands_over_no_years_of_what_was_spent():
    text = of_rows(
        "Specifieke uitkeringen 2023 (in euro's)",
        "Nr.|Regeling|Aard|Ontvangen t/m 2023|Besteed|Restant|Eind",
        "t/m 2022|2023",
        "BZK",
        "C62B|Aanpak energiearmoede|R|418.230|96.412|187.055|134.763|Nee",
        "C43|Reductie energiegebruik|R|305.000|288.114|16.886|0|Ja",
        "OCW",
        "D8|Onderwijsachterstanden|R|512.677|100|498.310|14.367|Nee",
        "D14|Programma Onderwijs|R|640.112|355.208|290.447|5.543-|Nee",
    )
    assert columns(text) == ["Ontvangen t/m 2023", "Besteed t/m 2022", "Besteed 2023", "Restant"]
    assert rows(text)[0] == "BZK > C62B Aanpak energiearmoede"


def test_what_is_spent_in_a_year_stands_between_two_stocks():
    text = of_rows(
        "Grondexploitaties",
        "(x € 1.000)",
        "Complex|Boekwaarde 1-1-2024|2024|Boekwaarde 31-12-2024|Nog te realiseren|Eindwaarde|Jaar gereed",
        "Kosten|Opbrengsten|Winstneming|Kosten|Opbrengsten",
        "Woningbouw",
        "Dorpshart|1.240|612|905|12|959|388|1.610|263|2026",
        "De Meent|5.318|1.477|0|10|6.805|8.920|17.205|1.480|2030",
        "Bedrijven",
        "Noorderpoort|2.877|390|1.216|11|2.062|1.544|4.370|764|2028",
        "Havenkwartier|6.431|205|0|13|6.649|2.210|7.488|1.371|2032",
    )
    assert columns(text) == [
        "Boekwaarde 1-1-2024",
        "2024 Kosten",
        "2024 Opbrengsten",
        "2024 Winstneming",
        "Boekwaarde 31-12-2024",
        "Nog te realiseren Kosten",
        "Nog te realiseren Opbrengsten",
        "Eindwaarde",
    ]


def test_a_heading_behind_dates_is_no_part_of_a_total_that_has_none():
    text = of_rows(
        "Complexen (x € 1.000)",
        "Complex|Boekwaarde|Kosten|Opbrengsten|Einddatum",
        "Woningbouw",
        "De Akkers|3.420|493|1.027|31-12-2026",
        "Kwelderpark|1.655|763|474|31-12-2028",
        "Centrumplan|2.290|228|1.317|31-12-2029",
        "Subtotaal woningbouw|7.365|1.484|2.818",
        "Bedrijventerreinen",
        "De Kade|4.105|644|168|31-12-2030",
        "Agropark|960|850|601|31-12-2027",
        "Subtotaal bedrijventerreinen|5.065|1.494|769",
    )
    assert "Bedrijventerreinen > De Kade" in rows(text)


def with_blanks(*printed: str) -> str:
    """The cells of printed rows one per line, where a star stands for an empty one printed as a hard blank."""
    return of_rows(*printed).replace("*", "\u00a0")


def test_blanks_printed_beside_a_heading_are_no_values_of_it():
    text = with_blanks(
        "Reserves programma 4",
        "bedragen x € 1.000",
        "*|Rekening 2021|Begroting 2022|Wijziging begroting|Begroting 2022 na wijziging|Rekening 2022|Verschil 2022",
        "Reserve gladheid|*|*|*|*|*|*",
        "Toevoeging|206|220|0|220|63|158",
        "Onttrekking|0|0|0|0|0|0",
        "Saldo|206|220|0|220|63|158",
        "Reserve parkeren|*|*|*|*|*|*",
        "Toevoeging|0|0|312|312|312|0",
        "Onttrekking|1.938-|840-|3.664-|4.504-|1.522-|2.982-",
        "Saldo|1.938-|840-|3.352-|4.192-|1.210-|2.982-",
    )
    assert columns(text)[:3] == ["Rekening 2021", "Begroting 2022", "Wijziging begroting"]
    assert rows(text)[0] == "Reserve gladheid > Toevoeging"
    assert rows(text)[3] == "Reserve parkeren > Toevoeging"


def test_blanks_that_only_keep_columns_apart_are_no_column():
    text = with_blanks(
        "Verbonden partijen (x € 1.000)",
        "Naam|Lasten 2023|Baten 2023|Lasten 2024|Baten 2024",
        "Gemeenschappelijke regelingen",
        "Veiligheidsregio|11.240|12.077|*|68.110|70.342",
        "GGD|3.122|2.760|*|14.880|15.233",
        "Omgevingsdienst|980|1.104|*|2.140|1.287",
    )
    assert columns(text) == ["Lasten 2023", "Baten 2023", "Lasten 2024", "Baten 2024"]


def test_a_letter_and_number_among_others_is_a_code_though_it_reads_as_a_sign_and_an_amount():
    text = of_rows(
        "Beleidsindicatoren",
        "Nr.|Indicator|Eenheid|2021|2022|2023|Bron",
        "Veilig",
        "V1|Winkeldiefstallen|per 1.000 inwoners|1,4|1,6|1,9|CBS",
        "V2|Geweldsmisdrijven|per 1.000 inwoners|3,8|4,1|4,6|CBS",
        "Werk",
        "W1|Banen|per 1.000 inwoners|641,2|652,8|660,1|LISA",
        "W2|Netto participatie|%|71,3%|72,9%|73,4%|CBS",
    )
    assert rows(text)[:2] == ["Veilig > V1 Winkeldiefstallen", "Veilig > V2 Geweldsmisdrijven"]


def test_units_that_come_back_in_turn_are_columns_below_the_texts_above_them():
    text = of_rows(
        "Formatie",
        "Begroting 2025|Rekening 2025",
        "fte|euro|fte|euro",
        "Vast personeel|2.765|194.003|2.494|170.293",
        "Tijdelijk personeel|34|2.090|78|5.337",
        "Stagiairs|61|3.783|197|13.483",
    )
    assert columns(text) == [
        "Begroting 2025 fte",
        "Begroting 2025 euro",
        "Rekening 2025 fte",
        "Rekening 2025 euro",
    ]


def test_a_total_holds_no_groups_below_its_own_numbers():
    text = in_thousands(
        "Taakveld|Omschrijving|Lasten en baten|Begroting 2025|Rekening 2025",
        "0.1|Bestuur|Lasten|3.752|3.462|Baten|736|795|Totaal 0.1|Saldo|-3.016|-2.667",
        "0.2|Burgerzaken|Lasten|2.343|2.245|Baten|605|658|Totaal 0.2|Saldo|-1.738|-1.587",
        "0.3|Gebouwen|Lasten|1.893|1.895|Baten|1.042|982|Totaal 0.3|Saldo|-851|-913",
    )
    assert rows(text)[2:5] == [
        "0.1 Bestuur > Totaal 0.1 > Saldo",
        "0.2 Burgerzaken > Lasten",
        "0.2 Burgerzaken > Baten",
    ]


def test_a_euro_sign_beside_signs_of_percentages_is_the_unit_of_its_row():
    text = of_rows(
        "Tarief|Eenheid|2024|2025",
        "Onroerendezaakbelasting",
        "Woningen|%|0,0912|0,0931",
        "Niet-woningen|%|0,2410|0,2466",
        "Afvalstoffenheffing",
        "Eenpersoonshuishouden|€|214,20|228,60",
        "Meerpersoonshuishouden|€|289,80|309,00",
    )
    assert rows(text)[2:] == [
        "Afvalstoffenheffing > Eenpersoonshuishouden",
        "Afvalstoffenheffing > Meerpersoonshuishouden",
    ]


def test_a_unit_that_says_bedrag_is_taken_out_of_a_title_whole():
    text = of_rows(
        "Maatschappelijk nut (bedrag x € 1.000)|Stand 1-1-2024|Investeringen|Stand 31-12-2024",
        "Wegen|195|4.531|4.726",
        "Gebouwen|1.335|60|1.395",
    )
    (table,) = understood(text, soort="jaarstukken").tables
    assert table.caption == "Maatschappelijk nut"
    assert table.unit == "EUR_1000"


def test_a_dated_stock_is_the_first_column_and_no_title_above_the_others():
    text = of_rows(
        "Jaarrekening|Balans en toelichting|De voorraden bestaan uit het onderhanden werk.|Bedragen * € 1.000",
        "Voorraden|Boekwaarde 1-1-2021|Vermeerde ringen|Verminde ringen|Genomen resultaat/ reclass voorziening",
        "Boekwaarde 31-12-2021|Te maken kosten|Te realiseren opbrengsten|Verwacht eindresultaat",
        "Onderhanden werk, waaronder bouwgronden in exploitatie",
        "Complex Oost|-8.125|4.104|-6.163|270|-9.914|9.602|-635|-947",
        "Complex West|73|145|0|0|218|178|0|396",
        "Subtotaal|-8.052|4.249|-6.163|270|-9.696|9.780|-635|-551",
    )
    (table,) = understood(text, jaar=2021, soort="jaarstukken").tables
    assert table.columns[0].path == ("Boekwaarde 1-1-2021",)
    assert table.rows[0].path[0] == "Onderhanden werk, waaronder bouwgronden in exploitatie"


def test_a_line_of_the_header_may_go_on_below_some_columns_only():
    text = of_rows(
        "Overzicht (x € 1.000)",
        "Taakveld|Primitieve|Gewijzigde|Rekening|Verschil",
        "begroting|begroting",
        "0.1 Bestuur|8.585|8.710|8.474|236",
        "0.2 Burgerzaken|7.167|6.975|7.166|-191",
    )
    assert columns(text) == ["Primitieve begroting", "Gewijzigde begroting", "Rekening", "Verschil"]
    assert understood(text).tables[0].is_asked  # the text does not print where they stand


def test_the_last_row_that_adds_up_one_row_of_each_group_stands_alone():
    text = of_rows(
        "Verloop van de activa (x € 1.000)|2025|2026",
        "Economisch nut",
        "Boekwaarde 1 januari|74.118|86.631",
        "Investeringen|16.591|3.818",
        "Afschrijvingen|4.078|3.644",
        "Boekwaarde 31 december|86.631|86.805",
        "Maatschappelijk nut",
        "Boekwaarde 1 januari|2.336|7.879",
        "Investeringen|10.367|2.450",
        "Afschrijvingen|4.824|468",
        "Boekwaarde 31 december|7.879|9.861",
        "Materiële vaste activa|94.510|96.666",
    )
    assert rows(text)[-1] == "Materiële vaste activa"


def test_the_total_of_one_kind_of_reserves_leaves_the_group_open_for_that_of_all():
    text = of_rows(
        "Naam (x € 1.000)|Saldo 1-1-2025|Vermeerderingen|Verminderingen|Saldo 31-12-2025",
        "Reserves",
        "Algemene reserve|84.868|49.324|56.713|77.479",
        "Totaal Algemene reserve|84.868|49.324|56.713|77.479",
        "Programmareserve 1|189.184|29.493|43.437|175.240",
        "Programmareserve 2|82.997|186.267|88.362|180.902",
        "Totaal Programmareserves|272.181|215.760|131.799|356.142",
        "Totaal Reserves|357.049|265.084|188.512|433.621",
        "Voorzieningen",
        "Voorziening Premieleningen|73|0|0|73",
    )
    assert rows(text)[2:6] == [
        "Reserves > Programmareserve 1",
        "Reserves > Programmareserve 2",
        "Reserves > Totaal Programmareserves",
        "Reserves > Totaal Reserves",
    ]


def test_a_row_that_prints_nil_above_bullets_is_their_heading():
    text = of_rows(
        "Schulden (x € 1.000)|31-12-2025|31-12-2024",
        "Obligatieleningen|0|0",
        "Onderhandse leningen|0|0",
        "- pensioenfondsen en verzekeraars|0|0",
        "- banken|107.407|119.095",
        "- openbare lichamen|12.100|12.400",
        "Subtotaal|119.507|131.495",
        "Waarborgsommen|202|213",
        "Totaal|119.709|131.708",
    )
    assert rows(text)[1:7] == [
        "Onderhandse leningen",
        "Onderhandse leningen > - pensioenfondsen en verzekeraars",
        "Onderhandse leningen > - banken",
        "Onderhandse leningen > - openbare lichamen",
        "Onderhandse leningen > Subtotaal",
        "Waarborgsommen",
    ]


def test_the_names_of_one_column_that_come_back_begin_another_table_with_one_more():
    text = of_rows(
        "De weging van risico's geeft het volgende beeld:",
        "Categorie|Risicobedrag",
        "Beperkte risico's|2.173.539",
        "Grondexploitatie|7.349.526",
        "Totaal|9.523.065",
        "Afgezet tegen de capaciteit ontstaat onderstaand beeld:",
        "Categorie|Risicobedrag|Weerstandscapaciteit",
        "Beperkte risico's|2.173.539|7.080.517",
        "Grondexploitatie|7.349.526|3.231.443",
        "Totaal|9.523.065|10.311.960",
    )
    first, second = understood(text).tables
    assert [c.path for c in first.columns] == [("Risicobedrag",)]
    assert [c.path for c in second.columns] == [("Risicobedrag",), ("Weerstandscapaciteit",)]
    assert not first.is_asked and not second.is_asked


def test_the_unit_of_amounts_between_the_layers_of_a_header_names_no_column():
    text = of_rows(
        "Wat mag het kosten?",
        "Rekening|Begroting|Begroting|Meerjarenraming",
        "bedrag x € 1.000|2018|2019|2020|2021|2022|2023",
        "0.10 Mutaties reserves",
        "Lasten|5.518|1.360|1.485|716|0|0",
        "Baten|5.983|7.544|3.249|2.220|452|452",
        "Saldo|-466|-6.183|-1.763|-1.503|-452|-452",
    )
    (table,) = understood(text, jaar=2020).tables
    assert [" ".join(c.path) for c in table.columns][2:4] == ["Begroting 2020", "Meerjarenraming 2021"]
    assert table.unit == "EUR_1000"
    assert not table.is_asked


def test_a_heading_that_counts_as_the_one_above_the_rows_is_no_text_of_a_total_without_one():
    text = of_rows(
        "Lopende kredieten (x € 1.000)",
        "Omschrijving|Krediet|Besteed|Restant|Afronding",
        "Programma 2 Verkeer",
        "Stationsweg|1.850|1.620|230|zomer 2025",
        "Straatlampen|325|332|-7|gereed",
        "Subtotaal|2.175|1.952|223",
        "Programma 4 Onderwijs",
        "Basisschool|8.750|6.945|1.805|najaar 2025",
        "Ventilatie|460|455|5|gereed",
        "Subtotaal|9.210|7.400|1.810",
        "Programma 6 Sport",
        "Kunstgras|590|577|13|gereed",
        "Zwembad|3.300|75|3.225|onbekend",
        "Subtotaal|3.890|652|3.238",
        "Totaal kredieten|15.275|10.004|5.271",
    )
    assert [row for row in rows(text) if row.startswith("Programma")] == [
        "Programma 2 Verkeer > Stationsweg",
        "Programma 2 Verkeer > Straatlampen",
        "Programma 2 Verkeer > Subtotaal",
        "Programma 4 Onderwijs > Basisschool",
        "Programma 4 Onderwijs > Ventilatie",
        "Programma 4 Onderwijs > Subtotaal",
        "Programma 6 Sport > Kunstgras",
        "Programma 6 Sport > Zwembad",
        "Programma 6 Sport > Subtotaal",
    ]


def test_the_total_in_front_of_a_group_of_years_is_a_column_and_names_no_rows():
    text = of_rows(
        "Investeringsplan",
        "Project (bedragen in euro's)|Totaal investering|Investeringen|2024|2025|2026|2027",
        "Fietstunnel|26356|26356|0|0|0",
        "Dorpsstraat|281584|0|0|250914|30670",
        "Zwembad|884820|70796|689917|42823|81284",
        "Totaal|1192760|97152|689917|293737|111954",
    )
    assert columns(text) == ["Totaal investering", *(f"Investeringen {year}" for year in range(2024, 2028))]
    assert not understood(text).tables[0].is_asked


def test_years_printed_over_each_of_their_columns_hold_the_leaves_of_the_next_line():
    text = of_rows(
        "Staat van voorzieningen",
        "Bedragen x € 1.000",
        "Voorziening|Boekwaarde 1-1-2024|2024|2024|Stand 31-12-2024|2025|2025|Stand 31-12-2025|2026|2026|Stand 31-12-2026",
        "Dotatie|Aanwending|Dotatie|Aanwending|Dotatie|Aanwending",
        "Verlofsparen|4.323|0|983|3.340|0|900|2.440|720|0|3.160",
        "Sporthallen|1.200|27|100|1.127|30|0|1.157|0|57|1.100",
        "Wegen|640|116|0|756|0|56|700|100|0|800",
        "Totaal|6.163|143|1.083|5.223|30|956|4.297|820|57|5.060",
    )
    assert columns(text)[:4] == [
        "Boekwaarde 1-1-2024",
        "2024 Dotatie",
        "2024 Aanwending",
        "Stand 31-12-2024",
    ]


def test_the_header_of_a_second_table_printed_again_on_the_next_page_is_no_row_of_it():
    text = of_rows(
        "Reserves (bedragen x € 1.000)|Omschrijving|Stand 1-1-2025|Stand 31-12-2025|Algemene reserve|267|258",
        "Reserve wonen|100|90",
        "Totaal|367|348",
        "Subsidieplafonds",
        "Bedragen in hele euro's",
        "Naam instelling|2025",
        "Stichting De Brug|34.559",
        "Jeugdwerk|13.551",
        "70",
        "Programmabegroting 2025 gemeente Veldmeer",
        "Naam instelling|2025",
        "Oranjecomité|351.802",
        "Museum|99.487",
        "Totaal|499.399",
    )
    last = understood(text).tables[-1]
    assert [row.path[-1] for row in last.rows] == [
        "Stichting De Brug",
        "Jeugdwerk",
        "Oranjecomité",
        "Museum",
        "Totaal",
    ]


def test_years_between_the_names_and_the_sources_of_indicators_are_when_they_were_measured():
    text = of_rows(
        "Verplichte beleidsindicatoren",
        "Indicator|Periode|Bron|Gemeente|Nederland|Provincie",
        "Functiemenging|2022|LISA|50,8|54,6|59,2",
        "Geweldsmisdrijven|2022|CBS|3,6|3,7|3,5",
        "Gemiddelde WOZ-waarde|2021|CBS|290|299|320",
        "Niet-sporters|2020|RIVM|43,8|39,6|39,2",
    )
    assert columns(text) == ["Gemeente", "Nederland", "Provincie"]
    assert rows(text)[0] == "Functiemenging"


def test_a_group_goes_on_below_a_page_that_prints_the_unit_and_the_header_again():
    header = "Bedragen x € 1.000|Werkelijk|2015|Begroting|2016|Begroting|2017"
    text = of_rows(
        "Mutaties reserves",
        header,
        "Reserve parkeren",
        "Stand per 1 januari|2.236|2.145|2.200",
        "Stortingen|337|419|0",
        "Stand per 31 december|2.573|2.564|2.200",
        "Reserve innovatie",
        "Stand per 1 januari|2.310|2.330|2.384",
        "51",
        "Programmabegroting 2017 gemeente Veldmeer",
        header,
        "Stortingen|0|15|11",
        "Stand per 31 december|2.310|2.345|2.395",
        "Reserve citymarketing",
        "Stand per 1 januari|10|12|14",
        "Stortingen|2|2|2",
        "Stand per 31 december|12|14|16",
    )
    assert rows(text)[4:7] == [
        "Reserve innovatie > Stortingen",
        "Reserve innovatie > Stand per 31 december",
        "Reserve citymarketing > Stand per 1 januari",
    ]


def test_titles_above_rows_that_have_no_header_are_asked_about():
    text = "Financieel overzicht\n\nSubsidies en verdeling\n\n(in euro's)\n\nOnderwijs\n\n" + of_rows(
        "a) Speeltuin Ons Genoegen | 54.150 | 52.854",
        "b) Zwemclub De Otters | 77.410 | 77.128",
        "c) Toneelgroep De Spelers | 375.521 | 383.930",
        "Totaal onderwijs | 507.081 | 513.912",
    )
    (table,) = understood(text).tables
    assert table.is_asked
