"""Iv3: what came of every delivery that is to be expected."""

from expectations import WARNING, no_rows, one_of

TABLE = "audit.iv3_leveringen"

EXPECTATIONS = [
    one_of(
        "status",
        ("geleverd", "half", "alles nul", "niet geleverd"),
        "Every delivery of Iv3 was judged: delivered, half, empty or not there.",
        "Elke levering van Iv3 is beoordeeld: geleverd, half, leeg of niet geleverd.",
    ),
    no_rows(
        "no_half_delivery",
        "No municipality delivered half of Iv3: one side, or some of the main taakvelden.",
        "Geen gemeente leverde Iv3 half: maar een kant, of maar een deel van de hoofdtaakvelden.",
        "select document_id, bestand, regel, verslagsoort, indeling, gemeentecode, gemeente, reden from {table} where status = 'half'",
        WARNING,
    ),
    no_rows(
        "unit_is_thousands",
        "No municipality delivered Iv3 in another unit than thousands of euros.",
        "Geen gemeente leverde Iv3 in een andere eenheid dan duizenden euro's.",
        """
        select document_id, bestand, regel, verslagsoort, indeling, gemeentecode, gemeente, lasten_eur, verhouding_vorig_jaar,
            lasten_per_inwoner_eur, mediaan_per_inwoner_eur
        from {table} where is_eenheid_verdacht
        """,
        WARNING,
    ),
]
