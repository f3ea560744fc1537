"""Text with one cell per line: what tells rows, headers and titles apart where the grid is gone."""

from __future__ import annotations

from extracts import columns, rows, understood


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
