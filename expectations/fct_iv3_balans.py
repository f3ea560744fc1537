"""Balance sheets in Iv3: every stand and mutation once."""

from expectations import no_rows

TABLE = "marts.fct_iv3_balans"

EXPECTATIONS = [
    no_rows(
        "no_figure_twice",
        "No figure of a balance sheet in Iv3 that counts is there twice.",
        "Geen cijfer van een balans in Iv3 dat meetelt staat er tweemaal.",
        """
        select gemeentecode, verslagsoort, balanscode, kant, categorie_code, count(*) as times
        from {table}
        where is_laatste
        group by all
        having count(*) > 1
        """,
    ),
]
