"""A sum whose numbers alone decided how a table is read is judged, and proves nothing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "claims"))

from written import settled, verdicts, written

from dagster_project.bench.unlanded import records_of
from dagster_project.proof.prove import prove


def statuses(document) -> dict[str, str]:
    return {row.cell_id.rpartition(":")[2]: row.status for row in prove(*records_of(document)).cell_status}


def test_one_row_that_alone_tells_the_sign_of_baten_is_decisive():
    document = settled(written("| Lasten | Baten | Saldo\nJeugd | 10 | 4 | -6"))
    assert [(r.kind, r.is_decisive) for r in document.rules] == [("saldo", True)]
    assert verdicts(document) == {"exact": 1}
    assert set(statuses(document).values()) == {"unverifiable"}


def test_two_rows_that_tell_the_same_bear_each_other_out():
    document = settled(written("| Lasten | Baten | Saldo\nJeugd | 10 | 4 | -6\nWmo | 9 | 2 | -7"))
    assert [r.is_decisive for r in document.rules] == [False, False]
    assert set(statuses(document).values()) == {"proved"}


def test_a_row_of_nothing_bears_nothing_out():
    document = settled(written("| Lasten | Baten | Saldo\nJeugd | 10 | 4 | -6\nWmo | - | - | -"))
    assert [r.is_decisive for r in document.rules] == [True, False]


def test_what_a_person_answered_was_not_decided_by_numbers():
    table = written("| Lasten | Baten | Saldo\nJeugd | 10 | 4 | -6")
    document = settled(table, antwoorden={"001.saldo_richting": "baten - lasten"})
    assert [r.is_decisive for r in document.rules] == [False]


def test_a_sum_that_leaves_no_choice_is_not_decisive():
    document = settled(written("| 2023\nA | 10\nB | 4\nTotaal | 14"))
    assert [r.is_decisive for r in document.rules] == [False]


def test_a_number_in_a_decisive_sum_is_proved_where_another_sum_holds_it():
    document = settled(written("| Lasten | Baten | Saldo\nA | 3 | | \nB | 7 | | \nTotaal | 10 | 4 | -6"))
    assert sorted((r.kind, r.is_decisive) for r in document.rules) == [("saldo", True), ("totaal", False)]
    assert statuses(document) == {
        "1.1": "proved", "2.1": "proved", "3.1": "proved", "3.2": "unverifiable", "3.3": "unverifiable",
    }  # fmt: skip


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_a_reach_that_numbers_chose_is_borne_out_by_no_column(columns):
    """A total that leaves a group out does so in every column: how many they are says nothing."""
    lines = [
        ("Bestuur", 11, 12, 14, 15),
        ("Veiligheid", 21, 23, 26, 28),
        ("Subtotaal", 32, 35, 40, 43),
        ("Verkeer", 8, 9, 5, 7),
        ("Onderwijs", 17, 19, 13, 16),
        ("Totaal", 25, 28, 18, 23),
    ]
    header = " | ".join(["", *(f"Begroting {2017 + i}" for i in range(columns))])
    text = "\n".join(f"{label} | " + " | ".join(map(str, values[:columns])) for label, *values in lines)
    document = settled(written(f"{header}\n{text}"))
    assert [(r.kind, r.is_decisive) for r in document.rules] == [
        *[("subtotaal", False)] * columns,
        *[("totaal", True)] * columns,
    ]
    assert verdicts(document) == {"exact": 2 * columns}
    proved = {cell.partition(".")[0] for cell, status in statuses(document).items() if status == "proved"}
    assert proved == {"1", "2", "3"}


@pytest.mark.parametrize(
    "table",
    [
        "| 2023\nA | 10\nB | 4\n | 14",  # a last row without a name
        "| 2023\nZorg | 14\n  A | 10\n  B | 4",  # a heading with a number of its own
    ],
)
def test_a_sum_that_nothing_but_its_number_says_is_one_proves_nothing(table):
    document = settled(written(table))
    assert [r.is_decisive for r in document.rules] == [True]
    assert set(statuses(document).values()) == {"unverifiable"}


def test_a_sum_that_words_leave_open_is_borne_out_by_a_second_column():
    document = settled(written("| 2023 | 2024\nA | 10 | 11\nB | 4 | 5\n | 14 | 16"))
    assert [r.is_decisive for r in document.rules] == [False, False]
    assert set(statuses(document).values()) == {"proved"}


@pytest.mark.parametrize(
    ("lezing", "columns", "decisive"), [("zeker", 2, 0), ("sommen", 2, 2), ("sommen", 3, 3)]
)
def test_sums_that_placed_the_rows_of_a_table_prove_nothing_in_however_many_columns(
    lezing, columns, decisive
):
    rows = [
        ["", "2023", "2024", "2025"],
        ["A", "10", "11", "13"],
        ["B", "4", "5", "6"],
        ["Totaal", "14", "16", "19"],
    ]
    table = written("\n".join(" | ".join(row[: columns + 1]) for row in rows))
    document = settled(replace(table, lezing=lezing))
    assert sum(r.is_decisive for r in document.rules) == decisive


@pytest.mark.parametrize(("named_by_sums", "decisive"), [(False, set()), (True, {"row"})])
def test_sums_that_told_what_columns_are_called_prove_nothing_and_those_down_the_columns_do(
    named_by_sums, decisive
):
    table = written(
        """
        | Lasten | Baten | Saldo
        A      | 10 | 14 | 4
        B      | 20 | 23 | 3
        C      | 15 | 9  | -6
        Totaal | 45 | 46 | 1
        """
    )
    document = settled(
        replace(table, lezing="sommen" if named_by_sums else "zeker", header_by_sums=named_by_sums)
    )
    assert {r.scope for r in document.rules if r.is_decisive} == decisive
