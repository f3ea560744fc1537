"""Municipalities: each once, with the code of CBS where it is known."""

from expectations import WARNING, filled, no_rows, unique

TABLE = "marts.dim_gemeente"

EXPECTATIONS = [
    filled("gemeente", "Every municipality has a name.", "Elke gemeente heeft een naam."),
    unique(
        ("gemeente",),
        "Every municipality stands in the list once.",
        "Elke gemeente staat één keer in de lijst.",
    ),
    no_rows(
        "code_of_cbs",
        "A code is that of CBS: GM and four digits.",
        "Een code is die van het CBS: GM en vier cijfers.",
        "select * from {table} where gemeentecode is not null and regexp_extract(gemeentecode, '^GM[0-9]{4}$', 0) = ''",
        WARNING,
    ),
]
