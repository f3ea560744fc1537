"""Lasten: every leaf once, in euros, in the year and the state (stand) in which it was printed."""

from dagster_project.ingest.vocabulary import STANDEN
from expectations import WARNING, between, filled, no_rows, one_of, unique

TABLE = "marts.fct_lasten"

EXPECTATIONS = [
    filled(
        "cell_id",
        "Every amount can be followed to the cell in which it was printed.",
        "Elk bedrag is te volgen tot de cel waarin het is gedrukt.",
    ),
    unique(
        ("cell_id",),
        "No printed amount is counted twice among the lasten.",
        "Geen gedrukt bedrag telt tweemaal mee bij de lasten.",
    ),
    filled(
        "document_id",
        "Every amount says which document it was published in.",
        "Bij elk bedrag staat in welk document het is gepubliceerd.",
    ),
    filled(
        "bedrag_eur",
        "Every amount is known in euros: a table without a unit stays out of the facts.",
        "Elk bedrag is bekend in euro's: een tabel zonder eenheid blijft buiten de feiten.",
    ),
    one_of(
        "stand",
        tuple(STANDEN),
        "The state (stand) of every amount is one of the documented list.",
        "De stand van elk bedrag staat op de beschreven lijst.",
    ),
    no_rows(
        "no_total_with_its_parts",
        "No total stands among the lasten together with all of its parts: the sum would count them twice.",
        "Geen totaal staat bij de lasten samen met al zijn delen: de som zou ze dubbel tellen.",
        """
        with whole as (
            select t.rule_id, max(t.cell_id) as cell_id
            from audit.rule_terms as t
            left join {table} as f on t.cell_id = f.cell_id
            group by t.rule_id
            having count(*) = count(f.cell_id)
        )

        select r.rule_id, r.document_id, w.cell_id, r.description
        from whole as w
        inner join audit.rules as r on w.rule_id = r.rule_id
        where r.kind in ('subtotaal', 'totaal', 'groepstotaal', 'kolomtotaal', 'detail')
        """,
    ),
    no_rows(
        "lasten_mostly_positive",
        "Lasten are positive in their normal direction: a table in which most are negative was given the wrong sign.",
        "Lasten zijn positief in hun gewone richting: een tabel waarin de meeste negatief zijn kreeg het"
        " verkeerde teken.",
        """
        select document_id, table_id, min(cell_id) as cell_id, count(*) as amounts,
               sum(case when bedrag_eur < 0 then 1 else 0 end) as negative
        from {table}
        group by document_id, table_id
        having sum(case when bedrag_eur < 0 then 1 else 0 end) * 2 > count(*)
        """,
        WARNING,
    ),
    filled("jaar", "Every amount belongs to a year.", "Elk bedrag hoort bij een jaar.", WARNING),
    between(
        "jaar",
        1990,
        2050,
        "The year lies between 1990 and 2050.",
        "Het jaar ligt tussen 1990 en 2050.",
        WARNING,
    ),
    between(
        "bedrag_eur",
        -1e13,
        1e13,
        "No amount exceeds 10,000 billion euros: a unit was misread.",
        "Geen bedrag is groter dan 10.000 miljard euro: dan is een eenheid verkeerd gelezen.",
        WARNING,
    ),
]
