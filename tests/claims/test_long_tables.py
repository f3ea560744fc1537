"""What a long table claims is found in time that grows with its rows, and not with their square."""

from __future__ import annotations

import sys

import pytest
from written import settled, verdicts, written

SHAPES = {
    "one list": ("Werk {n} | {a} | {b}",),
    "lists with subtotals": (*(f"Werk {{n}}.{k} | {{a}} | {{b}}" for k in range(7)), "Subtotaal | {s} | {t}"),
    "lasten, baten and saldo": ("Lasten {n} | {a} | {b}", "Baten {n} | {a} | {b}", "Saldo {n} | 0 | 0"),
    "groups with sides": ("Product {n}", "  Lasten | {a} | {b}", "  Baten | {a} | {b}", "  Saldo | 0 | 0"),
    "budgets and their changes": (
        "Begroting primitief | {a} | {b}",
        "Begrotingswijziging | 1 | 1",
        "Begroting na wijziging | {a1} | {b1}",
    ),
    "totals of totals": ("Totaal | {a} | {b}",),
    "totals of nothing": ("Totaal deel {n} | {s} | {t}",),
}


def long_table(shape: tuple[str, ...], rows: int):
    lines = ["| Begroting 2018 | Begroting 2019"]
    for n in range(rows // len(shape)):
        a, b = n % 900 + 10, n % 800 + 20
        lines += [line.format(n=n, a=a, b=b, s=7 * a, t=7 * b, a1=a + 1, b1=b + 1) for line in shape]
    return written("\n".join(lines))


def calls(work, *arguments) -> int:
    """How many functions are called: what grows with the rows, whatever else the machine does."""
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work(*arguments)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_the_sums_of_four_times_the_rows_take_no_more_than_six_times_the_steps(shape):
    short, long = long_table(shape, 350), long_table(shape, 1_400)
    calls(settled, long_table(shape, 60))  # the words
    assert calls(settled, long) < 6 * calls(settled, short)


def test_totals_that_are_not_tried_after_hundreds_in_vain_are_told_until_a_person_says_that_they_sum_nothing():
    table = long_table(SHAPES["totals of nothing"], 400)
    (told,) = [q for q in settled(table).rejects if "niet getoetst" in q.reason]
    assert told.kind == "question" and told.line > table.first_line + 150
    answers = {"antwoorden": {told.key.partition(".")[2]: "geen som"}}
    assert not [q for q in settled(table, **answers).rejects if "niet getoetst" in q.reason]


def test_a_total_that_names_its_group_is_tried_however_many_above_it_sum_nothing():
    lines = [
        "| Begroting 2018 | Begroting 2019",
        *(f"Totaal deel {n} | {7 * n + 1} | {9 * n + 2}" for n in range(400)),
    ]
    lines += ["Jeugd", "  Zorg | 10 | 20", "  Hulp | 5 | 7", "  Totaal Jeugd | 15 | 27"]
    assert verdicts(settled(written("\n".join(lines))))["exact"] == 2
