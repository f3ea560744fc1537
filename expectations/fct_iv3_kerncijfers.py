"""Key figures of Iv3: every one once, and inhabitants those of CBS's own list."""

from expectations import no_rows

TABLE = "marts.fct_iv3_kerncijfers"

EXPECTATIONS = [
    no_rows(
        "no_figure_twice",
        "No key figure of Iv3 that counts is there twice.",
        "Geen kerncijfer van Iv3 dat meetelt staat er tweemaal.",
        """
        select gemeentecode, verslagsoort, kerncijfer, count(*) as times
        from {table}
        where is_laatste
        group by all
        having count(*) > 1
        """,
    ),
]
