"""Suspects: the cells of which one must hold the error, with the value that the others imply."""

from expectations import filled, no_rows

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
        "Een groep sommen die sluit heeft geen verdachten.",
        """
        select s.*
        from {table} as s
        inner join audit.certificates as c on s.component_id = c.component_id
        where c.feasible
        """,
    ),
]
