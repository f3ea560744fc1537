"""Published totals: every printed number that is no leaf, as printed and in euros where the unit is known."""

from dagster_project.reading.vocabulary import STANDEN
from expectations import filled, no_rows, one_of, unique
from expectations._amounts import plausible_bedrag, plausible_jaar

TABLE = "marts.fct_gepubliceerde_totalen"

EXPECTATIONS = [
    filled(
        "cell_id",
        "Every number can be followed to the cell in which it was printed.",
        "Elk getal is te volgen tot de cel waarin het is gedrukt.",
    ),
    unique(
        ("cell_id",),
        "No printed number stands twice among the published totals.",
        "Geen gedrukt getal staat tweemaal bij de gepubliceerde totalen.",
    ),
    filled(
        "document_id",
        "Every number says which document it was published in.",
        "Bij elk getal staat in welk document het is gepubliceerd.",
    ),
    filled(
        "rule_id",
        "Every total, balance and difference is tied to the numbers that it sums.",
        "Elk totaal, saldo en verschil is verbonden met de getallen waarvan het de som is.",
    ),
    filled("jaar", "Every number belongs to a year.", "Elk getal hoort bij een jaar."),
    one_of(
        "stand",
        tuple(s for s in STANDEN if s != "onbekend"),
        "The state of every number, such as budget or accounts, is one of the documented list.",
        "De stand van elk getal staat op de beschreven lijst.",
    ),
    no_rows(
        "euros_where_the_unit_is_known",
        "An amount is in euros exactly where the unit of its table is known.",
        "Een bedrag staat in euro's als de eenheid van zijn tabel bekend is, en anders niet.",
        """
        select f.*
        from {table} as f
        inner join landing.cells as c on f.cell_id = c.cell_id
        inner join landing.tables as t on c.table_id = t.table_id
        where (t.unit is null) <> (f.bedrag_eur is null) and c.value is not null
        """,
    ),
    plausible_jaar(),
    plausible_bedrag(),
]
