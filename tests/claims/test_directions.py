"""In which direction a table prints its quantities follows from the readings that were chosen, not from their words."""

from __future__ import annotations

import pytest

from dagster_project.claims.families import SIGN_READINGS, sign_readings, signs_by_reading
from dagster_project.claims.signs import direction_of, directions


def turned(**chosen: str) -> set[str]:
    """The quantities that such a table prints turned; "richting" and "teken" of a convention are left out."""
    names = {q: f"{q}_{'teken' if keuze in '+-' else 'richting'}" for q, keuze in chosen.items()}
    found = directions((names[q], keuze) for q, keuze in chosen.items())
    return {quantity for quantity, direction in found.items() if direction < 0}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, set()),
        ({"saldo": "baten - lasten"}, set()),
        ({"saldo": "lasten - baten"}, {"saldo"}),
        ({"saldo": "lasten + baten", "lasten": "+", "baten": "-"}, {"baten", "saldo"}),
        ({"saldo": "lasten + baten", "lasten": "-", "baten": "+"}, {"lasten"}),
        ({"saldo": "-(lasten + baten)", "lasten": "+", "baten": "-"}, {"baten"}),
        ({"saldo": "baten - lasten", "lasten": "-", "baten": "-"}, {"lasten", "baten", "saldo"}),
        ({"saldo": "lasten + baten", "lasten": "+"}, {"saldo"}),  # no baten: they would be below zero
        ({"saldo": "lasten + baten"}, {"saldo"}),
        ({"saldo": "lasten + baten, rekening", "lasten": "+"}, {"saldo"}),
        ({"saldo": "(baten - lasten) begroting - rekening"}, set()),
        ({"saldo": "lasten - baten + overig"}, {"saldo"}),
        ({"mutatie": "toevoeging + onttrekking", "onttrekking": "-"}, {"onttrekking"}),
        ({"mutatie": "toevoeging + onttrekking", "onttrekking": "+"}, {"mutatie"}),
        ({"mutatie": "toevoeging + onttrekking"}, set()),
        ({"mutatie": "onttrekking - toevoeging"}, {"mutatie"}),
        ({"mutatie": "-(toevoeging + onttrekking)", "toevoeging": "-", "onttrekking": "+"}, {"toevoeging"}),
        ({"potentieel": "besparing + investering"}, set()),
        ({"potentieel": "besparing - investering"}, {"investering"}),
    ],
)
def test_a_balance_that_is_added_up_has_sides_of_opposite_signs(chosen, expected):
    assert turned(**chosen) == expected


@pytest.mark.parametrize("kind", SIGN_READINGS)
def test_the_signs_of_every_reading_that_can_be_chosen_are_known(kind):
    slots = {slot for _, signs in SIGN_READINGS[kind] for slot in signs} | {"overig", "afname"}
    asked = dict(sign_readings(kind, slots))
    assert asked.items() <= signs_by_reading(kind).items()


def test_a_reading_that_nobody_knows_is_refused():
    with pytest.raises(KeyError, match="de lasten en de baten"):
        turned(saldo="de lasten en de baten")


@pytest.mark.parametrize(
    ("grootheid", "rol", "kind", "expected"),
    [
        ("baten", "item", "exploitatie", -1),
        ("baten", "difference", "exploitatie", 1),
        ("lasten", "total", "exploitatie", 1),
        ("resultaat", "balance", "exploitatie", -1),
        ("saldo", "balance", "reserves", 1),
        (None, "item", "reserves", 1),
        (None, "item", "bedragen", 1),
        ("eind", "item", "reserves", 1),
    ],
)
def test_a_cell_follows_its_quantity_and_a_difference_keeps_its_own_sign(grootheid, rol, kind, expected):
    of_table = directions([("saldo_richting", "lasten + baten"), ("baten_teken", "-")])
    assert (of_table["saldo"], of_table["mutatie"]) == (-1, 1)
    assert direction_of(grootheid, rol, kind, of_table) == expected
