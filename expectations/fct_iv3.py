"""Iv3 per taakveld: every figure once, in euros, of a gemeente and a delivery that are known."""

from expectations import no_rows

TABLE = "marts.fct_iv3"

EXPECTATIONS = [
    no_rows(
        "no_figure_twice",
        "No figure of Iv3 that counts is there twice for its gemeente, delivery, side, taakveld and category.",
        "Geen cijfer van Iv3 dat meetelt staat er tweemaal voor zijn gemeente, levering, kant, taakveld en categorie.",
        """
        select gemeentecode, verslagsoort, kant, taakveld_code, categorie_code, count(*) as times
        from {table}
        where is_laatste and is_hoofdindeling
        group by all
        having count(*) > 1
        """,
    ),
    no_rows(
        "one_layout_counts",
        "Of the layouts of the same lasten or baten of Iv3 one counts.",
        "Van de indelingen van dezelfde lasten of baten van Iv3 telt er een.",
        """
        select gemeentecode, verslagsoort, kant, count(distinct indeling) as indelingen
        from {table}
        where is_laatste and is_hoofdindeling
        group by all
        having count(distinct indeling) > 1
        """,
    ),
    no_rows(
        "silent_gemeente_is_absent",
        "A gemeente that delivered nothing to Iv3 is not there with noughts.",
        "Een gemeente die niets aan Iv3 leverde staat er niet met nullen.",
        """
        select min(document_id) as document_id, gemeentecode, verslagsoort, indeling
        from {table}
        where is_laatste
        group by gemeentecode, verslagsoort, indeling
        having count(case when bedrag_eur <> 0 then 1 end) = 0
        """,
    ),
]
