"""Iv3 per taakveld: every figure once, in euros, of a gemeente and a delivery that are known."""

from expectations import no_rows

TABLE = "marts.fct_iv3"

EXPECTATIONS = [
    no_rows(
        "as_many_figures_as_delivered",
        "Of Iv3 every figure of a municipality's latest delivery is there once: as many as it delivered, none twice, none lost.",
        "Van Iv3 staat elk cijfer van de laatste levering van een gemeente er eenmaal: zoveel als ze leverde, geen dubbel, geen kwijt.",
        """
        with
        found as (
            select gemeentecode, verslagsoort, indeling, count(*) as cijfers
            from {table}
            where is_laatste
            group by all
        ),
        delivered as (
            select gemeentecode, verslagsoort, indeling, document_id, cijfers_taakveld as geleverd
            from audit.iv3_leveringen
            where status not in ('alles nul', 'niet geleverd') and cijfers_taakveld > 0
        )
        select delivered.document_id, gemeentecode, verslagsoort, found.cijfers, delivered.geleverd
        from found full outer join delivered using (gemeentecode, verslagsoort, indeling)
        where found.cijfers is distinct from delivered.geleverd
        """,
    ),
    no_rows(
        "one_layout_counts",
        "Of the layouts of the same expenditure or revenue of Iv3 one counts.",
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
        "A municipality that delivered nothing to Iv3 is not there with noughts.",
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
