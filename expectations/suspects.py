"""Suspects: the cells of which one must hold the error, with the value that the others imply."""

from expectations import WARNING, filled, no_rows

TABLE = "audit.suspects"

EXPECTATIONS = [
    filled("cell_id", "Every suspect is a printed cell.", "Elke verdachte is een gedrukte cel."),
    no_rows(
        "interval_in_order",
        "The interval that the other numbers imply runs from low to high.",
        "Het interval dat uit de andere getallen volgt loopt van laag naar hoog.",
        "select * from {table} where implied_low > implied_high",
    ),
    no_rows(
        "only_where_something_is_wrong",
        "A set of sums that holds has no suspects.",
        "Een verband dat sluit heeft geen verdachten.",
        """
        select s.*
        from {table} as s
        inner join audit.certificates as c on s.component_id = c.component_id
        where c.feasible
        """,
    ),
    no_rows(
        "no_number_is_suspect",
        "No printed number is suspect. The failing rows are the suspects: each number that, alone or with the"
        " others of its group, explains why sums do not close, and the value that the other numbers imply.",
        "Geen gedrukt getal is verdacht. De rijen die niet voldoen zijn de verdachten: elk getal dat, alleen of"
        " met de andere van zijn groep, verklaart waarom sommen niet sluiten, met de waarde die uit de andere"
        " getallen volgt.",
        """
        select
            c.document_id, s.cell_id, c.row_path, c.column_path, c.text as printed, s.implied_low, s.implied_high,
            s.rank, s.diagnosis, s.diagnosis_en, s.component_id
        from {table} as s
        left join landing.cells as c on s.cell_id = c.cell_id
        """,
        WARNING,
    ),
]
