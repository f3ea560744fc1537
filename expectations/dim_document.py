"""Documents: every document that was read, once, with what is known about where it comes from."""

from expectations import WARNING, between, filled, no_rows, one_of, unique

TABLE = "marts.dim_document"

EXPECTATIONS = [
    filled("document_id", "Every document has a name of its own.", "Elk document heeft een eigen naam."),
    unique(
        ("document_id",), "No document stands in the list twice.", "Geen document staat tweemaal in de lijst."
    ),
    no_rows(
        "every_document_present",
        "Every document that was landed is in the dimension.",
        "Elk ingelezen document staat in de dimensie.",
        """
        select l.document_id
        from landing.documents as l
        left join {table} as d on l.document_id = d.document_id
        where d.document_id is null
        """,
    ),
    one_of(
        "soort",
        ("begroting", "jaarstukken", "tussenrapportage"),
        "A document is a budget, annual accounts, or a report during the year.",
        "Een document is een begroting, jaarstukken of een tussenrapportage.",
    ),
    filled(
        "gemeente",
        "Every document says which municipality published it.",
        "Bij elk document staat welke gemeente het heeft gepubliceerd.",
    ),
    between(
        "jaar",
        1990,
        2050,
        "The year lies between 1990 and 2050.",
        "Het jaar ligt tussen 1990 en 2050.",
        WARNING,
    ),
    no_rows(
        "something_was_read",
        "Something was found in every document: a table, an amount in text, a programme or a measure.",
        "In elk document is iets gevonden: een tabel, een bedrag in de tekst, een programma of een maatregel.",
        """
        select d.document_id
        from {table} as d
        left join (
            select document_id from landing.tables
            union
            select document_id from landing.mentions
            union
            select document_id from landing.programmas
            union
            select document_id from landing.maatregelen
        ) as found on d.document_id = found.document_id
        where found.document_id is null and d.document_id <> 'onbekend'
        """,
        WARNING,
    ),
]
