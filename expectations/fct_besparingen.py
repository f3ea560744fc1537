"""Savings and investments: what was planned, what was done about it, what remains."""

from expectations import one_of
from expectations._amounts import (
    can_be_followed,
    known_and_plausible_jaar_and_bedrag,
    known_document_and_euros,
)

TABLE = "marts.fct_besparingen"

EXPECTATIONS = [
    *can_be_followed("besparingen", "savings"),
    *known_document_and_euros(),
    one_of(
        "fase",
        ("oorspronkelijk", "ingevuld", "resterend"),
        "Every amount is the original plan, what has been done of it, or what remains; null: not said.",
        "Elk bedrag is oorspronkelijk, ingevuld of resterend; null: niet gezegd.",
    ),
    *known_and_plausible_jaar_and_bedrag(),
]
