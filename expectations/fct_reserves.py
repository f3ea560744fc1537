"""Reserves: what was put in and taken out per reserve and year, and the stock where it was printed."""

from expectations import WARNING, filled, no_rows, one_of
from expectations._amounts import (
    can_be_followed,
    known_and_plausible_jaar_and_bedrag,
    known_document_and_euros,
    known_stand,
    one_amount_per_row,
)

TABLE = "marts.fct_reserves"

EXPECTATIONS = [
    *can_be_followed("reserves", "reserves"),
    one_amount_per_row("reserves", "mutatie"),
    *known_document_and_euros(),
    filled(
        "reserve",
        "Every amount belongs to a named reserve or provision.",
        "Elk bedrag hoort bij een reserve of voorziening met een naam.",
    ),
    one_of(
        "mutatie",
        ("toevoeging", "onttrekking", "begin", "eind"),
        "Every amount is an addition, a withdrawal, or the stock at the beginning or the end.",
        "Elk bedrag is een toevoeging, een onttrekking, of de stand aan het begin of aan het eind.",
    ),
    known_stand(),
    no_rows(
        "one_withdrawal_per_reserve_and_year",
        "A reserve has at most one toevoeging and one onttrekking per document, year and state: two would be added up.",
        "Een reserve heeft per document, jaar en stand hoogstens één toevoeging en één onttrekking: twee"
        " zouden worden opgeteld.",
        """
        select document_id, table_id, reserve, jaar, stand, mutatie, min(cell_id) as cell_id, count(*) as times
        from {table}
        where jaar is not null and mutatie in ('toevoeging', 'onttrekking')
        group by document_id, table_id, reserve, jaar, stand, mutatie
        having count(*) > 1
        """,
        WARNING,
    ),
    *known_and_plausible_jaar_and_bedrag(),
]
