"""What a person says of the money of a table: kept as a convention of it, or asked again where it says nothing."""

from __future__ import annotations

import pytest

from dagster_project.claims.conventions import CHOICES, answered_cuts, refused_cuts
from dagster_project.reading.model import Table

TABLE = Table(3, "a.txt", "Programma 3", "bedragen", "tab", "EUR", None, (), (), (), 7, 9)


@pytest.mark.parametrize("choice", CHOICES)
def test_an_answer_is_a_convention_of_its_table(choice):
    (kept,) = answered_cuts([TABLE], {"003.indeling": choice})

    assert (kept.table_no, kept.naam, kept.keuze, kept.bron) == (3, "indeling", choice, "document.yml")
    assert list(refused_cuts([TABLE], {"003.indeling": choice})) == []


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"003.indeling": "misschien"}, 7),
        ({"004.indeling": "zelfde geld"}, None),
        ({"indeling": "zelfde geld"}, None),
    ],
)
def test_what_is_no_answer_or_names_no_table_is_asked_again_and_decides_nothing(answers, line):
    (question,) = refused_cuts([TABLE], answers)

    assert list(answered_cuts([TABLE], answers)) == []
    assert (question.kind, question.line, question.key) == (
        "question",
        line,
        f"antwoorden.{next(iter(answers))}",
    )


def test_other_answers_are_none_of_its_business():
    assert list(refused_cuts([TABLE], {"003.eenheid": "EUR", "saldo_richting": "baten - lasten"})) == []
