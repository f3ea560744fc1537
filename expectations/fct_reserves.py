"""Reserves: what was put in and taken out per reserve and year, and the stock where it was printed."""

from dagster_project.ingest.vocabulary import STANDEN
from expectations import WARNING, between, filled, no_rows, one_of, unique

TABLE = "marts.fct_reserves"

EXPECTATIONS = [
    filled("cell_id", "Every amount can be followed to the cell in which it was printed."),
    unique(("cell_id",), "No printed amount is counted twice among the reserves."),
    filled("document_id", "Every amount says which document it was published in."),
    filled("bedrag_eur", "Every amount is known in euros: a table without a unit stays out of the facts."),
    filled("reserve", "Every amount belongs to a named reserve or provision."),
    one_of(
        "mutatie",
        ("toevoeging", "onttrekking", "begin", "eind"),
        "Every amount is an addition, a withdrawal, or the stock at the beginning or the end.",
    ),
    one_of("stand", tuple(STANDEN), "The state (stand) of every amount is one of the documented list."),
    no_rows(
        "one_withdrawal_per_reserve_and_year",
        "A reserve has at most one toevoeging and one onttrekking per document, year and state: two would be added up.",
        """
        select document_id, table_id, reserve, jaar, stand, mutatie, min(cell_id) as cell_id, count(*) as times
        from {table}
        where jaar is not null and mutatie in ('toevoeging', 'onttrekking')
        group by document_id, table_id, reserve, jaar, stand, mutatie
        having count(*) > 1
        """,
        WARNING,
    ),
    filled("jaar", "Every amount belongs to a year.", WARNING),
    between("jaar", 1990, 2050, "The year lies between 1990 and 2050.", WARNING),
    between(
        "bedrag_eur", -1e13, 1e13, "No amount exceeds 10,000 billion euros: a unit was misread.", WARNING
    ),
]
