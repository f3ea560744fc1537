"""Savings and investments: what was planned, what was done about it, what remains."""

from expectations import WARNING, between, filled, one_of, unique

TABLE = "marts.fct_besparingen"

EXPECTATIONS = [
    filled("cell_id", "Every amount can be followed to the cell in which it was printed."),
    unique(("cell_id",), "No printed amount is counted twice among the savings."),
    filled("document_id", "Every amount says which document it was published in."),
    filled("bedrag_eur", "Every amount is known in euros: a table without a unit stays out of the facts."),
    one_of(
        "fase",
        ("oorspronkelijk", "ingevuld", "resterend"),
        "Every amount is the original plan, what has been done of it, or what remains; null: not said.",
    ),
    filled("jaar", "Every amount belongs to a year.", WARNING),
    between("jaar", 1990, 2050, "The year lies between 1990 and 2050.", WARNING),
    between(
        "bedrag_eur", -1e13, 1e13, "No amount exceeds 10,000 billion euros: a unit was misread.", WARNING
    ),
]
