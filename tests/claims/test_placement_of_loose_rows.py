"""Rows from which cells have dropped out are placed where the sums allow one placement, never guessed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from written import amounts, settled, verdicts, written

from dagster_project.reading.model import join_path


def values_of(document, label: str) -> dict[str, int | None]:
    (table,) = document.tables
    row = next(r.no for r in table.rows if r.path[-1] == label)
    columns = {c.no: join_path(c.path) for c in table.columns}
    printed = amounts(document)
    return {columns[c]: v for (_, r, c), v in printed.items() if r == row}


VOORZIENINGEN = """
    | Begin | 2026 > dotatie | 2026 > onttrekking | 2026 > Eind | 2027 > dotatie | 2027 > onttrekking | 2027 > Eind
    Riolering | 5223 | - | 348 | 4875 | - | 202 | 4673
    Pensioenen | 852 | 313 | 359 | 806 | 87 | 74 | 819
    Bomen | 2250 | | 607 | 1643 | | 67 | 1576
    Totaal | 8325 | 313 | 1314 | 7324 | 87 | 343 | 7068
"""


def test_a_row_is_placed_where_one_placement_satisfies_flow_and_totals():
    document = settled(written(VOORZIENINGEN, kind="reserves", loose=["Bomen"]))
    assert values_of(document, "Bomen") == {
        "Begin": 2250,
        "2026 > onttrekking": 607,
        "2026 > Eind": 1643,
        "2027 > onttrekking": 67,
        "2027 > Eind": 1576,
    }
    assert all(c.is_placed == (c.row == 3) for c in document.tables[0].cells)
    assert verdicts(document) == {"exact": 15}


def test_two_rows_are_placed_together():
    document = settled(
        written(
            """
            | 2025 | 2026 | 2027 | 2028
            Stand 1 januari   | 26081 | 20903 | 16963 | 19025
            Stortingen        | 2001  | 577   | 3800  |
            Onttrekkingen     | -7179 | -4517 | -1738 |
            Stand 31 december | 20903 | 16963 | 19025 | 19025
            """,
            kind="reserves",
            loose=["Stortingen", "Onttrekkingen"],
        )
    )
    assert values_of(document, "Stortingen") == {"2025": 2001, "2026": 577, "2027": 3800}
    assert verdicts(document) == {"exact": 7}


BUDGET = """
    | Begroting 2019 | Prognose 2019 | Realisatie 2019 | Resultaat 2019 | Verschil t.o.v. prognose
    Toegang                | 6120 | 340  | 5588 | 532  | 192
    Wijken                 | 1944 | -120 | 2077 | -133 | -13
    Loonkosten             | 5420 |      | 5420 |      |
    Totaal                 | 13484 | 220 | 13085 | 399 | 179
    Eigen bijdragen        | -310 | -60  | -344 | 34   | 94
    Taakstelling           |      | -275 |      |      | 275
    Totaal inclusief eigen bijdragen | 13174 | -115 | 12741 | 433 | 548
"""


def test_two_values_of_five_are_placed_by_differences_and_totals():
    document = settled(written(BUDGET, loose=["Loonkosten", "Taakstelling"]))
    assert values_of(document, "Loonkosten") == {"Begroting 2019": 5420, "Realisatie 2019": 5420}
    assert values_of(document, "Taakstelling") == {"Prognose 2019": -275, "Verschil t.o.v. prognose": 275}
    assert "break" not in verdicts(document)


def test_a_row_that_no_sum_touches_is_rejected_with_its_reason():
    document = settled(written("| 2023 | 2024 | 2025\nJeugd | 1 | 2 | 3\nWmo | 4 | 5 |", loose=["Wmo"]))
    assert values_of(document, "Wmo") == {}
    (reject,) = document.rejects
    assert (
        reject.reason == "2 getallen voor 3 kolommen: geen som van de tabel zegt bij welke kolommen zij horen"
    )
    assert reject.text == "Wmo: 4 5"
    assert reject.line == 1002


def test_two_possible_placements_are_no_placement_and_the_total_is_not_judged():
    document = settled(
        written(
            """
            | 2023 | 2024 | 2025
            Jeugd  | 1 | 2 | 3
            Wmo    | 4 | 4 |
            Pgb    | 4 | 4 |
            Totaal | 5 | 10 | 7
            """,
            loose=["Wmo", "Pgb"],
        )
    )
    assert [r.kind for r in document.rejects] == ["reject", "reject"]
    assert "meer dan één plaatsing" in document.rejects[0].reason
    assert verdicts(document) == {"not_judged": 3}


def test_a_row_that_fits_nowhere_is_rejected():
    document = settled(
        written("| 2023 | 2024 | 2025\nJeugd | 1 | 2 | 3\nWmo | 4 | 9 |\nTotaal | 5 | 7 | 3", loose=["Wmo"])
    )
    assert "geen plaatsing voldoet" in document.rejects[0].reason
    assert verdicts(document) == {"not_judged": 3}


def test_a_zero_may_stand_in_either_of_two_columns():
    text = VOORZIENINGEN.replace(
        "Bomen | 2250 | | 607 | 1643 | | 67 | 1576", "Bomen | 2250 | | 607 | 1643 | | - | 1643"
    )
    text = text.replace("343 | 7068", "276 | 7135")
    document = settled(written(text, kind="reserves", loose=["Bomen"]))
    # both additions stay blank: cells of one kind drop out together
    assert "2027 > onttrekking" in values_of(document, "Bomen")
    assert verdicts(document) == {"exact": 15}


def test_a_wide_row_is_placed_in_time():
    years = " | ".join(str(2020 + i) for i in range(18))
    rows = [[(r + 1) * 100 + c * 7 for c in range(18)] for r in range(3)]
    loose = [v if c % 2 else None for c, v in enumerate(rows[1])]
    total = [sum(x or 0 for x in column) for column in zip(rows[0], loose, rows[2], strict=True)]
    lines = [
        f"{n} | " + " | ".join("" if v is None else str(v) for v in r)
        for n, r in zip("ABC", [rows[0], loose, rows[2]], strict=True)
    ]
    document = settled(
        written(f"| {years}\n" + "\n".join([*lines, "Totaal | " + " | ".join(map(str, total))]), loose=["B"])
    )
    assert len(values_of(document, "B")) == 9
    assert verdicts(document) == {"exact": 18}


LENINGEN = """
    | Oorspronkelijk bedrag | Rente % | Restant 1-1-2024 | Opgenomen | Aflossing | Restant 31-12-2024 | Rentelast | Einde
    Bank A | 5000 | 3,25 | 1800 | 0   | 200 | 1600 | 59 | 2032
    Bank B | 4000 | 2,50 | 900  | 100 | 100 | 900  | 23 | 2029
    Bank C | 3000 | 1,75 | 0    | 700 | 0   | 700  | 12 | 2044
    Totaal leningen | 12000 | 2700 | 800 | 300 | 3200 | 94
"""


def test_a_total_has_no_number_in_a_column_of_years_or_of_shares_with_other_decimals():
    document = settled(written(LENINGEN, kind="bedragen", loose=["Totaal leningen"]))
    assert values_of(document, "Totaal leningen") == {
        "Oorspronkelijk bedrag": 12000,
        "Restant 1-1-2024": 2700,
        "Opgenomen": 800,
        "Aflossing": 300,
        "Restant 31-12-2024": 3200,
        "Rentelast": 94,
    }
    assert set(verdicts(document)) == {"exact"}


def test_a_column_of_years_is_no_stock_at_the_end():
    document = settled(written(LENINGEN, kind="bedragen", loose=["Totaal leningen"]))
    assert not [q for q in document.rejects if "Einde" in q.reason]


def test_a_column_of_amounts_is_not_taken_for_years_by_its_numbers_alone():
    text = LENINGEN.replace("| Einde", "| Provisie").replace("3200 | 94", "3200 | 94 | 6105")
    document = settled(written(text, kind="bedragen", loose=["Totaal leningen"]))
    assert values_of(document, "Totaal leningen").get("Provisie") == 6105


REACHES_OVER_SUBTOTALS = """
    | Begroting > Baten | Begroting > Lasten | Begroting > Saldo | Realisatie > Baten | Realisatie > Lasten | Realisatie > Saldo
    Bestuur               | 5280  | 6267  | -987   | 5515  | 6076  | -561
    Veiligheid            | 87    | 1935  | -1848  | 100   | 1944  | -1844
    Totaal programma's    | 5367  | 8202  | -2835  | 5615  | 8020  | -2405
    Algemene dekkingsmiddelen
      Algemene uitkering  | 32969 |       | 32969  | 31121 |       | 31121
      OZB                 | 5465  |       | 5465   | 5568  |       | 5568
      Totaal algemene dekkingsmiddelen | 38434 | | 38434 | 36689 | | 36689
    Overhead              | 585   | 7424  | -6839  | 520   | 7384  | -6864
    Resultaat van baten en lasten      | 44386 | 15626 | 28760 | 42824 | 15404 | 27420
    Toevoegingen reserves | 0 | 766 | -766 | 0 | 856 | -856
    Resultaat             | 44386 | 16392 | 27994 | 42824 | 16260 | 26564
"""


def test_rows_are_placed_by_a_total_that_may_reach_over_the_subtotal_above_them():
    loose = ["Algemene uitkering", "OZB", "Totaal algemene dekkingsmiddelen"]
    document = settled(written(REACHES_OVER_SUBTOTALS, loose=loose))
    for label in loose:
        assert "Begroting > Lasten" not in values_of(document, label)
    assert values_of(document, "OZB")["Realisatie > Saldo"] == 5568


INVESTMENTS = """
    | 2020 | 2021 | 2022 | 2023 | Lasten > 2020 | Lasten > 2021 | Lasten > 2022 | Lasten > 2023
    Bedrijfsvoering | 216  | 179  | 25   |      |   |    |     |
    Scholen         | 1223 | 138  | 1833 | 43   |   | 2  | 9   | 42
    Vervanging      | 3880 | 2509 | 2393 | 2428 |   | 77 | 141 | 196
    Wettelijk       | 615  | 2520 |      |      |   |    | 53  | 51
    Riolering       | 1500 | 311  | 640  |      |   | 19 | 33  | 60
    Groen           | 77   | 412  | 818  | 1204 |   | 6  | 21  | 48
    Totaal          | 7511 | 6069 | 5709 | 3675 | 0 | 104 | 257 | 397
"""


def test_many_rows_that_one_total_holds_are_placed_from_column_to_column():
    rows = ["Bedrijfsvoering", "Scholen", "Vervanging", "Wettelijk", "Riolering", "Groen"]
    document = settled(written(INVESTMENTS, loose=rows))
    assert not [r for r in document.rejects if r.reason_en.endswith("of the table")]
    assert values_of(document, "Wettelijk") == {
        "2020": 615,
        "2021": 2520,
        "Lasten > 2022": 53,
        "Lasten > 2023": 51,
    }
    assert verdicts(document) == {"exact": 7}  # of the column without parts nothing is claimed
