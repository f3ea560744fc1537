"""Lasten: every leaf once, in euros, in the year and the state (stand) in which it was printed."""

from dagster_project.reading.vocabulary import STANDEN
from expectations import (
    WARNING,
    between,
    filled,
    mostly_positive,
    no_lookalike_of_a_total,
    no_total_with_its_parts,
    one_amount_per_row,
    one_of,
    unique,
)

TABLE = "marts.fct_lasten"

EXPECTATIONS = [
    filled(
        "cell_id",
        "Every amount can be followed to the cell in which it was printed.",
        "Elk bedrag is te volgen tot de cel waarin het is gedrukt.",
    ),
    unique(
        ("cell_id",),
        "No printed amount is counted twice among the expenditure.",
        "Geen gedrukt bedrag telt tweemaal mee bij de lasten.",
    ),
    filled(
        "document_id",
        "Every amount says which document it was published in.",
        "Bij elk bedrag staat in welk document het is gepubliceerd.",
    ),
    filled(
        "bedrag_eur",
        "Every amount is known in euros: a table without a unit stays out of the facts.",
        "Elk bedrag is bekend in euro's: een tabel zonder eenheid blijft buiten de feiten.",
    ),
    one_of(
        "stand",
        tuple(STANDEN),
        "The state of every amount, such as budget or accounts, is one of the documented list.",
        "De stand van elk bedrag staat op de beschreven lijst.",
    ),
    no_total_with_its_parts("lasten"),
    no_lookalike_of_a_total("lasten"),
    one_amount_per_row("lasten"),
    mostly_positive("lasten"),
    filled("jaar", "Every amount belongs to a year.", "Elk bedrag hoort bij een jaar."),
    between(
        "jaar",
        1990,
        2050,
        "The year lies between 1990 and 2050.",
        "Het jaar ligt tussen 1990 en 2050.",
        WARNING,
    ),
    between(
        "bedrag_eur",
        -1e13,
        1e13,
        "No amount exceeds 10,000 billion euros: a unit was misread.",
        "Geen bedrag is groter dan 10.000 miljard euro: dan is een eenheid verkeerd gelezen.",
        WARNING,
    ),
]
