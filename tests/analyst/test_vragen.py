"""Every question of docs/vragen.md, asked again: the answer on the page is the answer of the shipped documents."""

from __future__ import annotations

import re

import pytest
from questions import as_markdown, questions

from dagster_project.bench.questions import LONGEST_MS, MOST_RATIO, measure


def test_there_are_thirty_questions():
    assert len(questions()) == 30


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.text)
def test_the_answer_on_the_page_is_the_answer(warehouse, question):
    asked = warehouse.execute(question.sql)
    assert as_markdown([column[0] for column in asked.description], asked.fetchall()) == question.answer


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.text)
def test_a_question_needs_the_front_door_only(question):
    schemas = set(re.findall(r"\b(?:from|join)\s+(\w+)\.", question.sql))
    assert schemas <= {"main", "history"}


def test_every_question_is_answered_within_a_tenth_of_a_second_and_as_quickly_as_by_hand(refreshed):
    timings = measure(refreshed / "sluitend.duckdb", rounds=3)  # and answered the same, or it raises
    assert len(timings) == 30
    assert [timing for timing in timings if timing.ms > LONGEST_MS] == []
    assert sum(timing.ms for timing in timings) <= MOST_RATIO * sum(timing.by_hand_ms for timing in timings)
