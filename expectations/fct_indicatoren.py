"""Indicators: realised values, targets and benchmarks, each with its year, unit and source as printed."""

from expectations import WARNING, filled, no_rows, one_of
from expectations._amounts import plausible_jaar

TABLE = "marts.fct_indicatoren"

EXPECTATIONS = [
    filled(
        "cell_id",
        "Every value can be followed to the cell in which it was printed.",
        "Elke waarde is te volgen tot de cel waarin zij is gedrukt.",
    ),
    filled(
        "document_id",
        "Every value says which document it was published in.",
        "Bij elke waarde staat in welk document zij is gepubliceerd.",
    ),
    filled(
        "indicator",
        "Every value belongs to a named indicator.",
        "Elke waarde hoort bij een indicator met een naam.",
    ),
    filled(
        "waarde",
        "A value is a number: a dash among targets is no target and no row.",
        "Een waarde is een getal: een streepje bij streefwaarden is geen streefwaarde en geen rij.",
    ),
    one_of(
        "soort",
        ("realisatie", "streefwaarde", "benchmark"),
        "Every value is a realised value, a target (streefwaarde) or a benchmark.",
        "Elke waarde is een realisatie, een streefwaarde of een benchmark.",
    ),
    no_rows(
        "one_value_per_cell_and_year",
        "A printed cell gives each of its years one value.",
        "Een gedrukte cel geeft elk van haar jaren één waarde.",
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
        "Een percentage ligt tussen -100 en 1.000.",
        "select * from {table} where eenheid = '%' and (waarde < -100 or waarde > 1000)",
        WARNING,
    ),
    filled("jaar", "Every value belongs to a year.", "Elke waarde hoort bij een jaar."),
    plausible_jaar(),
]
