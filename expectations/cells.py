"""Landed numbers: nothing lost and nothing twice on the way from the page to the facts."""

from expectations import filled, no_rows, unique

TABLE = "landing.cells"

_PLACES = """
    select cell_id, 'fct_lasten' as place from marts.fct_lasten
    union all
    select cell_id, 'fct_baten' as place from marts.fct_baten
    union all
    select cell_id, 'fct_reserves' as place from marts.fct_reserves
    union all
    select cell_id, 'fct_indicatoren' as place from marts.fct_indicatoren
    union all
    select cell_id, 'fct_besparingen' as place from marts.fct_besparingen
    union all
    select cell_id, 'fct_gepubliceerde_totalen' as place from marts.fct_gepubliceerde_totalen
    union all
    select cell_id, 'unplaced' as place from audit.unplaced
"""

# a share or a count beside amounts: no money, which no fact holds
_NO_MONEY = """
    select c.cell_id
    from landing.cells as c
    inner join landing.tables as t on c.table_id = t.table_id
    where c.eenheid is not null and t.kind <> 'indicatoren'
"""

_ASKED = """
    select c.cell_id
    from landing.cells as c
    inner join landing.tables as t on c.table_id = t.table_id
    left join landing.rows as r on c.table_id = r.table_id and c.row_no = r.row_no
    where t.lezing = 'gevraagd' or r.lezing = 'gevraagd'
"""

EXPECTATIONS = [
    filled(
        "cell_id", "Every printed value has a name of its own.", "Elke gedrukte waarde heeft een eigen naam."
    ),
    unique(
        ("cell_id",),
        "No two printed values share a name.",
        "Geen twee gedrukte waarden hebben dezelfde naam.",
    ),
    filled(
        "line",
        "Every printed value says on which line it stands.",
        "Bij elke gedrukte waarde staat op welke regel zij staat.",
    ),
    no_rows(
        "no_number_lost",
        "Every printed number is in a fact, among the published totals or among the numbers that are asked about;"
        " where a table was published twice, one of the two is. A share or a count beside amounts is no amount.",
        "Elk gedrukt getal staat in een feit, bij de gepubliceerde totalen of bij de getallen waar een vraag over"
        " is; van een tabel die tweemaal is gepubliceerd staat één van beide er. Een aandeel of aantal naast bedragen"
        " is geen bedrag.",
        f"""
        with placed as ({_PLACES}),

        witnessed as (
            select t.cell_id, other.cell_id as witness_id
            from audit.rule_terms as t
            inner join audit.rules as r on t.rule_id = r.rule_id and r.kind = 'getuige'
            inner join audit.rule_terms as other on t.rule_id = other.rule_id and t.cell_id <> other.cell_id
        )

        select c.document_id, c.cell_id, c.row_path, c.column_path, c.text, c.line
        from {{table}} as c
        where
            c.value is not null
            and c.cell_id not in (
                select p.cell_id from placed as p
                union all
                select w.cell_id from witnessed as w where w.witness_id in (select p.cell_id from placed as p)
                union all
                select n.cell_id from ({_NO_MONEY}) as n
            )
        """,
    ),
    no_rows(
        "no_number_twice",
        "No printed number is in two places: facts, published totals, numbers that are asked about.",
        "Geen gedrukt getal staat op twee plaatsen: feiten, gepubliceerde totalen, getallen met een vraag.",
        f"""
        with placed as ({_PLACES}),

        twice as (
            select cell_id, min(place) as one_place, max(place) as other_place
            from placed
            group by cell_id
            having min(place) < max(place)
        )

        select c.document_id, c.cell_id, c.row_path, c.column_path, c.text, t.one_place, t.other_place
        from twice as t
        inner join {{table}} as c on t.cell_id = c.cell_id
        """,
    ),
    no_rows(
        "no_share_as_amount",
        "No share or count that stands beside amounts is in a fact or a published total.",
        "Geen aandeel of aantal dat naast bedragen staat, staat in een feit of bij de gepubliceerde totalen.",
        f"""
        with placed as ({_PLACES}),

        shares as ({_NO_MONEY})

        select s.cell_id, p.place from shares as s inner join placed as p on s.cell_id = p.cell_id and p.place <> 'unplaced'
        """,
    ),
    no_rows(
        "no_number_before_its_answer",
        "No number of which the reading is asked about is in a fact, in a published total or in a sum.",
        "Geen getal waarvan de lezing gevraagd is staat in een feit, bij de gepubliceerde totalen of in een som.",
        f"""
        with placed as ({_PLACES}),

        asked as ({_ASKED})

        select a.cell_id, p.place from asked as a inner join placed as p on a.cell_id = p.cell_id and p.place <> 'unplaced'
        union all
        select a.cell_id, t.rule_id as place from asked as a inner join audit.rule_terms as t on a.cell_id = t.cell_id
        """,
    ),
    no_rows(
        "no_number_from_nowhere",
        "Every number in a fact was printed in a cell.",
        "Elk getal in een feit is in een cel gedrukt.",
        f"""
        with placed as ({_PLACES})

        select p.place, p.cell_id
        from placed as p
        left join {{table}} as c on p.cell_id = c.cell_id
        where c.cell_id is null
        """,
    ),
    no_rows(
        "witness_not_counted",
        "Of a table that was published twice one witness feeds the facts, never both.",
        "Van een tabel die tweemaal is gepubliceerd voedt één getuige de feiten, nooit allebei.",
        f"""
        with placed as ({_PLACES})

        select t.rule_id, min(t.cell_id) as cell_id, count(*) as times
        from audit.rule_terms as t
        inner join audit.rules as r on t.rule_id = r.rule_id and r.kind = 'getuige'
        inner join placed as p on t.cell_id = p.cell_id
        group by t.rule_id
        having count(*) > 1
        """,
    ),
]
