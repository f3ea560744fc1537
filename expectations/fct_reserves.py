"""Reserves: what was put in and taken out per reserve and year, and the stock where it was printed."""

from dagster_project.reading.vocabulary import STANDEN
from expectations import WARNING, between, filled, no_rows, one_amount_per_row, one_of, unique

TABLE = "marts.fct_reserves"

EXPECTATIONS = [
    filled(
        "cell_id",
        "Every amount can be followed to the cell in which it was printed.",
        "Elk bedrag is te volgen tot de cel waarin het is gedrukt.",
    ),
    unique(
        ("cell_id",),
        "No printed amount is counted twice among the reserves.",
        "Geen gedrukt bedrag telt tweemaal mee bij de reserves.",
    ),
    one_amount_per_row("reserves", "mutatie"),
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
    one_of(
        "stand",
        tuple(STANDEN),
        "The state of every amount, such as budget or accounts, is one of the documented list.",
        "De stand van elk bedrag staat op de beschreven lijst.",
    ),
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
