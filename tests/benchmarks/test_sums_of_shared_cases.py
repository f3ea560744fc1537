"""With perfect reading every sum that the shared tables claim is found, and nothing breaks that should not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dagster_project.bench.gold import cases_in
from dagster_project.bench.sums_of_cases import score

SHARED = Path(__file__).resolve().parents[3] / "shared"
ZOO = SHARED / "tools" / "zoo.py"
HAND_CHECKED = [
    case for name in ("examples", "real") if (SHARED / name).is_dir() for case in cases_in(SHARED / name)
]


@pytest.mark.skipif(not HAND_CHECKED, reason="the shared examples are not beside the project")
@pytest.mark.parametrize("case", HAND_CHECKED, ids=lambda case: case.name)
def test_every_claimed_sum_is_found_and_none_breaks_falsely(case):
    found = score(case)
    assert found.missing == ()
    assert [rule.nl for rule in found.false_breaks] == []


@pytest.mark.skipif(not HAND_CHECKED, reason="the shared examples are not beside the project")
@pytest.mark.parametrize("case", [c for c in HAND_CHECKED if not c.planted], ids=lambda case: case.name)
def test_the_signs_of_the_sums_that_are_found_are_those_of_the_gold(case):
    document = score(case).settled
    signs = {(t.no, c.row, c.column): c.sign for t in document.tables for c in t.cells if c.occurrence == 1}
    rules = {}
    for rule in document.rules:
        *parts, (total, _) = rule.terms
        rules[frozenset(p for p, _ in rule.terms)] = {p: k * signs[p] * signs[total] for p, k in parts}
    for gold in case.sums:
        told = rules.get(frozenset([gold.total, *(p for p, _ in gold.parts)]))
        if told is not None:
            assert told == dict(gold.parts)


@pytest.mark.skipif(not ZOO.exists(), reason="the maker of tables is not beside the project")
@pytest.mark.parametrize("seed", [2, 29])
def test_made_tables_of_every_family_miss_next_to_no_sum_and_break_nowhere(seed, tmp_path):
    made = [
        sys.executable,
        str(ZOO),
        "--seed",
        str(seed),
        "--count",
        "48",
        "--layouts",
        "csv",
        "--out",
        str(tmp_path),
    ]
    subprocess.run(made, check=True, capture_output=True)
    scores = [score(case) for case in cases_in(tmp_path)]
    claimed = sum(len(s.case.sums) for s in scores)
    assert claimed > 500
    assert sum(len(s.found) for s in scores) >= 0.98 * claimed
    assert [rule.nl for s in scores for rule in s.false_breaks] == []
