"""Amounts named in running text: every row of the extracts, with its qualifier and decision."""

from expectations import filled, no_rows
from expectations._amounts import plausible_bedrag, plausible_jaar

TABLE = "marts.fct_vermeldingen"

EXPECTATIONS = [
    filled(
        "document_id",
        "Every mention says which document it stands in.",
        "Bij elke vermelding staat in welk document zij staat.",
    ),
    no_rows(
        "every_mention_present",
        "Every amount named in text that was landed is in the fact: none lost, none twice. What a second"
        " publication of a document repeats under the same code counts once.",
        "Elk ingelezen bedrag uit de tekst staat in het feit: geen kwijt, geen dubbel. Wat een tweede"
        " publicatie van een document onder dezelfde code herhaalt telt één keer.",
        """
        select m.document_id, m.path, m.line, m.vermelding, count(f.document_id) as times
        from landing.mentions as m
        inner join landing.documents as d on m.document_id = d.document_id
        left join landing.mentions as first
            on d.zelfde_als = first.document_id and m.vermelding = first.vermelding
            and m.bedrag is not distinct from first.bedrag
        left join {table} as f on m.document_id = f.document_id and m.path = f.path and m.line = f.line
        group by m.document_id, m.path, m.line, m.vermelding
        having count(f.document_id) > 1 or (count(f.document_id) = 0 and count(first.document_id) = 0)
        """,
    ),
    plausible_jaar(),
    plausible_bedrag(),
]
