"""Verifiability: what can be said about every number, proved or not."""

from expectations import filled, no_rows, unique

TABLE = "audit.verifiability"

EXPECTATIONS = [
    unique(("cell_id",), "Every number has one status.", "Elk getal heeft één status."),
    filled(
        "status",
        "Every number has a status: a number of which nothing can be said is called unverifiable.",
        "Elk getal heeft een status: een getal waarover niets te zeggen is heet niet toetsbaar.",
    ),
    no_rows(
        "every_number_has_a_status",
        "No printed number is left out: it is proved, implied, locatable, detectable, suspect or unverifiable.",
        "Geen gedrukt getal is overgeslagen: het is bewezen, vastgelegd, vindbaar, merkbaar, verdacht of niet"
        " toetsbaar.",
        """
        select c.document_id, c.cell_id, c.row_path, c.column_path, c.text
        from landing.cells as c
        left join {table} as v on c.cell_id = v.cell_id
        where c.value is not null and v.cell_id is null
        """,
    ),
]
