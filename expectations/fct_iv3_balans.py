"""Balance sheets in Iv3: every stand and mutation once."""

from expectations import no_rows

TABLE = "marts.fct_iv3_balans"

EXPECTATIONS = [
    no_rows(
        "as_many_figures_as_delivered",
        "Of a balance sheet in Iv3 every figure of a municipality's latest delivery is there once: as many as it delivered, none twice, none lost.",
        "Van een balans in Iv3 staat elk cijfer van de laatste levering van een gemeente er eenmaal: zoveel als ze leverde, geen dubbel, geen kwijt.",
        """
        with
        found as (
            select gemeentecode, verslagsoort, count(*) as cijfers
            from {table}
            where is_laatste
            group by all
        ),
        delivered as (
            select gemeentecode, verslagsoort, min(document_id) as document_id, sum(cijfers_balans) as geleverd
            from audit.iv3_leveringen
            where status not in ('alles nul', 'niet geleverd') and cijfers_balans > 0
            group by all
        )
        select delivered.document_id, gemeentecode, verslagsoort, found.cijfers, delivered.geleverd
        from found full outer join delivered using (gemeentecode, verslagsoort)
        where found.cijfers is distinct from delivered.geleverd
        """,
    ),
]
