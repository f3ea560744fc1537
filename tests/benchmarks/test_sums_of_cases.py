"""Sums are counted as a person would count them: same total and parts, breaks only where numbers disagree."""

from __future__ import annotations

import csv
import json

import pytest

from dagster_project.bench import sums_of_cases
from dagster_project.bench.gold import read_case

ROWS = {
    "Jeugd > Zorg": ("10", "11"),
    "Jeugd > Teams": ("5", "6"),
    "Jeugd > Totaal Jeugd": ("15", "17"),
    "Wmo > Hulp": ("7", "8"),
    "Wmo > Vervoer": ("3", "4"),
    "Wmo > Totaal Wmo": ("10", "12"),
    "Totaal": ("25", "29"),
}
JEUGD = ("Jeugd > Totaal Jeugd", ["Jeugd > Zorg", "Jeugd > Teams"])
WMO = ("Wmo > Totaal Wmo", ["Wmo > Hulp", "Wmo > Vervoer"])
WHOLE = ("Totaal", ["Jeugd > Totaal Jeugd", "Wmo > Totaal Wmo"])


@pytest.fixture
def case(tmp_path):
    """Writes a case of two columns and reads it: ``rows`` by path, the sums that it claims, its meta."""

    def make(rows=ROWS, claimed=(JEUGD, WMO, WHOLE), **meta):
        folder = tmp_path / "case"
        folder.mkdir(exist_ok=True)
        with (folder / "gold.csv").open("w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["row_no", "row_path", "column_path", "text", "value", "role", "marker"])
            lines = [(r, c, v) for r, vs in rows.items() for c, v in zip(("2023", "2024"), vs, strict=True)]
            for no, (row, column, value) in enumerate(lines, start=1):
                out.writerow([no, row, column, value, value.strip("-") and value, "item", ""])
        (folder / "sums.json").write_text(
            json.dumps(
                [
                    {"total": [t, c], "parts": [[p, c, 1] for p in parts]}
                    for t, parts in claimed
                    for c in ("2023", "2024")
                ]
            )
        )
        told = {
            "layout": "html",
            "jaar": 2024,
            "unit": "EUR_1000",
            "file": "extract.html",
            "soort": "jaarstukken",
            **meta,
        }
        (folder / "meta.json").write_text(json.dumps(told))
        return read_case(folder)

    return make


def test_a_case_becomes_the_table_that_was_printed(case):
    (table,) = case().document.tables
    assert [r.path for r in table.rows] == [tuple(p.split(" > ")) for p in ROWS]
    assert [(c.path, c.jaar) for c in table.columns] == [(("2023",), 2023), (("2024",), 2024)]
    assert len(table.cells) == 14


def test_a_heading_that_is_a_row_is_the_group_of_the_rows_under_it(case):
    rows = {"Lasten": ("15", "17"), "Lasten > Zorg": ("10", "11"), "Lasten > Teams": ("5", "6")}
    (table,) = case(rows, [("Lasten", ["Lasten > Zorg", "Lasten > Teams"])]).document.tables
    assert [r.is_group_total for r in table.rows] == [True, False, False]


def test_every_sum_is_found_and_nothing_breaks_in_a_sound_table(case):
    found = sums_of_cases.score(case())
    assert (len(found.found), found.missing, found.false_breaks, found.true_breaks) == (6, (), (), ())


def test_a_total_written_out_to_items_is_the_same_sum(case):
    written_out = ("Totaal", ["Jeugd > Zorg", "Jeugd > Teams", "Wmo > Hulp", "Wmo > Vervoer"])
    assert sums_of_cases.score(case(claimed=[JEUGD, WMO, written_out])).missing == ()


def test_a_sum_over_other_rows_is_missing(case):
    found = sums_of_cases.score(case(claimed=[JEUGD, ("Totaal", ["Jeugd > Totaal Jeugd", "Wmo > Hulp"])]))
    assert [s.total for s in found.missing] == [(1, 7, 1), (1, 7, 2)]


def test_a_planted_error_is_a_true_break_and_another_one_a_false_one(case):
    wrong = {**ROWS, "Wmo > Totaal Wmo": ("10", "112"), "Totaal": ("25", "129")}
    planted = sums_of_cases.score(case(wrong, planted_discrepancies=[["Wmo > Totaal Wmo", "2024"]]))
    assert (len(planted.true_breaks), planted.false_breaks) == (1, ())
    assert len(sums_of_cases.score(case(wrong, claimed=[JEUGD])).false_breaks) == 1


def test_columns_that_are_all_new_begin_another_table(case, tmp_path):
    case()
    gold = tmp_path / "case" / "gold.csv"
    gold.write_text(gold.read_text() + "15,Indexering,bedrag,4,4,item,\n16,Totaal,bedrag,4,4,item,\n")
    again = read_case(tmp_path / "case")
    assert [len(t.rows) for t in again.document.tables] == [7, 2]


def test_the_page_has_a_line_per_family_and_one_for_all(case, capsys, tmp_path):
    case()
    sums_of_cases.main(tmp_path)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["amounts", "all"]
    assert lines[-1].split()[1:4] == ["1", "6", "100.0"]


def test_no_cases_is_an_error_and_no_empty_page(tmp_path, capsys):
    with pytest.raises(SystemExit):
        sums_of_cases.main(tmp_path)
    assert "no cases" in capsys.readouterr().err
