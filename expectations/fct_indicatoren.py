"""Indicators: realised values, targets and benchmarks, each with its year, unit and source as printed."""

from expectations import WARNING, between, filled, no_rows, one_of

TABLE = "marts.fct_indicatoren"

EXPECTATIONS = [
    filled("cell_id", "Every value can be followed to the cell in which it was printed."),
    filled("document_id", "Every value says which document it was published in."),
    filled("indicator", "Every value belongs to a named indicator."),
    filled("waarde", "A value is a number: a dash among targets is no target and no row."),
    one_of(
        "soort",
        ("realisatie", "streefwaarde", "benchmark"),
        "Every value is a realised value, a target (streefwaarde) or a benchmark.",
    ),
    no_rows(
        "one_value_per_cell_and_year",
        "A printed cell gives each of its years one value.",
        """
        select document_id, min(cell_id) as cell_id, indicator, jaar, soort, count(*) as times
        from {table}
        group by document_id, cell_id, indicator, jaar, soort
        having count(*) > 1
        """,
    ),
    no_rows(
        "percentages_plausible",
        "A percentage lies between -100 and 1,000.",
        "select * from {table} where eenheid = '%' and (waarde < -100 or waarde > 1000)",
        WARNING,
    ),
    filled("jaar", "Every value belongs to a year.", WARNING),
    between("jaar", 1990, 2050, "The year lies between 1990 and 2050.", WARNING),
]
