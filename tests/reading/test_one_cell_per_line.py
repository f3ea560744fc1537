"""Text with one cell per line: what tells rows, headers and titles apart where the grid is gone."""

from __future__ import annotations

from extracts import columns, rows, understood

from dagster_project.claims.placement import place


def of_lines(*cells: str) -> str:
    return "\n\n".join(cells) + "\n"


def of_rows(*printed: str) -> str:
    """The cells of printed rows, which a bar parts, one per line."""
    return of_lines(*(cell.strip() for row in printed for cell in row.split("|")))


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
