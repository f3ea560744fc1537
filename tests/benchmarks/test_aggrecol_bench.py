"""The bench of annotated sums: what it must find in small tables, what it must not, and how it counts."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from dagster_project.bench import aggrecol
from dagster_project.bench.aggrecol import Annotated, number, score, sums_in, tables_in
from dagster_project.cli import group
from dagster_project.settings import Unusable

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "aggrecol.jsonl.gz"


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def rows_of_sums(rows: list[list[str]], number_format: str = "None Point") -> set[tuple[int, frozenset[int]]]:
    """(row of the total, rows of the parts) of what was found down the columns."""
    found = sums_in(rows, number_format)
    down = {each for each in found if len({column for _, column in each[1]} | {each[0][1]}) == 1}
    return {(total[0], frozenset(row for row, _ in parts)) for total, parts in down}


LAST = """
          | 2018 | 2019 | 2020
Wegen     |  412 |  377 |  391
Groen     |  128 |  145 |  139
Riolering |  263 |  258 |  271
Totaal    |  803 |  780 |  801
"""


def test_a_total_under_its_parts_is_found_in_every_column():
    assert sums_in(table(LAST), "None Point") == {
        ((4, column), frozenset({(1, column), (2, column), (3, column)})) for column in (1, 2, 3)
    }


def test_the_same_table_on_its_side_gives_the_same_sums_on_their_side():
    turned = [list(column) for column in zip(*table(LAST), strict=True)]
    assert sums_in(turned, "None Point") == {
        ((row, 4), frozenset({(row, 1), (row, 2), (row, 3)})) for row in (1, 2, 3)
    }


def test_a_sum_that_is_off_by_rounding_is_found_and_one_that_is_off_by_more_is_not():
    rounded = table(LAST)
    rounded[4][1] = "804"
    assert rows_of_sums(rounded) == {(4, frozenset({1, 2, 3}))}
    for column in (1, 2, 3):
        rounded[4][column] = str(int(rounded[4][column]) + 90)
    assert rows_of_sums(rounded) == set()


def test_a_total_above_its_parts_is_found():
    rows = table(LAST)
    assert rows_of_sums([rows[0], rows[4], *rows[1:4]]) == {(1, frozenset({2, 3, 4}))}


def test_subtotals_add_to_the_total_and_their_parts_do_not_count_again():
    rows = table("""
            | 2018 | 2019 | 2020
    Wegen   |  412 |  377 |  391
    Groen   |  128 |  145 |  139
    Ruimte  |  540 |  522 |  530
    Jeugd   |  611 |  674 |  702
    Wmo     |  289 |  301 |  317
    Sociaal |  900 |  975 | 1019
    Totaal  | 1440 | 1497 | 1549
    """)
    assert rows_of_sums(rows) == {
        (3, frozenset({1, 2})),
        (6, frozenset({4, 5})),
        (7, frozenset({3, 6})),
    }


def test_a_total_takes_every_second_column_where_shares_stand_between():
    head = ["", "Totaal", "Mannen", "%", "Vrouwen", "%", "Onbekend", "%"]
    people = [("A", 413, 188, 32), ("B", 377, 204, 19), ("C", 521, 467, 23), ("D", 148, 139, 7)]
    rows = [head]
    for name, men, women, unknown in people:
        whole = men + women + unknown
        share = [f"{100 * each / whole:.1f}" for each in (men, women, unknown)]
        rows.append([name, str(whole), str(men), share[0], str(women), share[1], str(unknown), share[2]])
    assert {((row, 1), frozenset({(row, 2), (row, 4), (row, 6)})) for row in (1, 2, 3, 4)} <= sums_in(
        rows, "None Point"
    )


def test_a_column_that_adds_up_once_by_chance_is_no_sum():
    rows = table("""
           | Woningen | Scholen | Winkels
    Noord  |       12 |      31 |      43
    Oost   |       58 |      17 |      22
    Zuid   |       73 |      46 |      95
    West   |       36 |      64 |      81
    """)
    assert int(rows[1][1]) + int(rows[1][2]) == int(rows[1][3])
    assert sums_in(rows, "None Point") == set()


def test_a_wrong_number_under_a_total_hides_one_place_of_the_sum_and_no_other():
    rows = table(LAST)
    rows[0].extend(["2021", "2022"])
    for row, (one, other) in zip(
        rows[1:], (("402", "433"), ("151", "160"), ("280", "291"), ("833", "884")), strict=True
    ):
        row.extend((one, other))
    rows[2][2] = "445"
    found = sums_in(rows, "None Point")
    assert {total for total, _ in found} == {(4, 1), (4, 3), (4, 4), (4, 5)}


@pytest.mark.parametrize(
    ("text", "number_format", "read"),
    [
        ("1,234.50", "Comma Point", (1234.5, 0.01)),
        ("1 234,5", "Space Comma", (1234.5, 0.1)),
        ("1\xa0234", "Space Point", (1234.0, 1.0)),
        ("(12)", "None Point", (-12.0, 1.0)),
        ("$ 7", "None Point", (7.0, 1.0)),
        ("-3,5", "None Comma", (-3.5, 0.1)),
        ("1,23", "Comma Point", None),
        ("12-31", "None Point", None),
        ("", "None Point", None),
        ("n/a", "None Point", None),
    ],
)
def test_numbers_are_read_in_the_format_of_their_table_or_not_at_all(text, number_format, read):
    assert number(text, number_format) == (read and pytest.approx(read))


def test_a_percentage_is_a_share():
    assert number("12.5%", "None Point") == pytest.approx((0.125, 0.001))


def annotated(sums, rows=None) -> Annotated:
    return Annotated("validation", "Troy", "C1", "None Point", rows or table(LAST), frozenset(sums))


def test_a_sum_counts_only_with_all_its_parts_and_blank_cells_make_no_difference():
    rows = [*table(LAST)[:4], ["", "", "", ""], table(LAST)[4]]
    right = ((5, 1), frozenset({(1, 1), (2, 1), (3, 1), (4, 1)}))
    short = ((5, 2), frozenset({(1, 2), (2, 2)}))
    counted = score(iter([annotated([right, short], rows)]))["validation", "all"]
    assert (counted.tables, counted.annotated, counted.found, counted.right) == (1, 2, 3, 1)
    assert counted.precision == pytest.approx(1 / 3) and counted.recall == 1 / 2 and counted.f1 == 2 / 5


def written(path: Path, **changed: object) -> Path:
    record = {
        "set": "unseen",
        "file_name": "10s0001.xls",
        "number_format": "None Point",
        "table_array": table(LAST),
        "aggregation_annotations": [
            {"operator": "Sum", "aggregator_index": [4, 1], "aggregatee_indices": [[1, 1], [2, 1], [3, 1]]},
            {"operator": "Division", "aggregator_index": [4, 2], "aggregatee_indices": [[1, 1], [2, 1]]},
        ],
    } | changed
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps(record) + "\n")
    return path


def test_the_command_prints_each_collection_beside_the_published_figures(tmp_path):
    file = written(tmp_path / "tables.jsonl.gz")
    printed = (
        CliRunner().invoke(group, ["bench", "aggrecol", "--file", str(file)], catch_exceptions=False).output
    )
    (unseen,) = (line.split() for line in printed.splitlines() if line.startswith("unseen      SAUS"))
    assert unseen[2:] == ["1", "1", "3", "1", "0.333", "1.000", "0.500"]
    assert "published" in printed and "0.95" in printed


def test_the_command_says_so_where_the_benchmark_is_absent(monkeypatch, tmp_path):
    monkeypatch.setattr(aggrecol, "FILE", tmp_path / "absent.jsonl.gz")
    ran = CliRunner().invoke(group, ["bench", "aggrecol"], catch_exceptions=False)
    assert ran.exit_code == 0 and "not measured" in ran.output


def test_a_line_that_is_no_annotated_table_is_named(tmp_path):
    with pytest.raises(Unusable, match=r"line 1 .*Roman"):
        list(tables_in(written(tmp_path / "tables.jsonl.gz", number_format="Roman")))
    with gzip.open(tmp_path / "tables.jsonl.gz", "wt") as out:
        out.write("{}\n")
    with pytest.raises(Unusable, match="line 1 "):
        list(tables_in(tmp_path / "tables.jsonl.gz"))


def test_a_file_that_is_no_gzip_is_refused(tmp_path):
    (tmp_path / "tables").write_text("no gzip")
    with pytest.raises(Unusable, match="cannot be read"):
        list(tables_in(tmp_path / "tables"))


@pytest.mark.skipif(not SHARED.is_file(), reason="the benchmark in ../shared is not here")
def test_ten_public_tables_give_most_of_their_sums_and_little_else():
    ten = islice((each for each in tables_in(SHARED) if each.collection == "Troy" and each.sums), 10)
    counted = score(ten)["validation", "all"]
    assert counted.tables == 10
    assert counted.precision >= 0.85 and counted.recall >= 0.75
