"""Reconciled sums: what each rule claims against what was printed."""

from expectations import WARNING, filled, no_rows, one_of, unique

TABLE = "audit.reconciliation"

EXPECTATIONS = [
    unique(("rule_id",), "Every rule is judged once.", "Elke regel is één keer beoordeeld."),
    one_of(
        "verdict",
        ("exact", "rounding", "break", "not_judged"),
        "A verdict is exact, within rounding, a break, or not judged.",
        "Een oordeel is exact, binnen de afronding, sluit niet, of niet beoordeeld.",
    ),
    filled(
        "verdict",
        "Every rule has a verdict: what cannot be judged says so.",
        "Elke regel heeft een oordeel: wat niet beoordeeld kon worden, zegt dat.",
    ),
    no_rows(
        "every_rule_in_the_list",
        "Every rule is in the list of verdicts: a rule without a verdict is no pass.",
        "Elke regel staat in de lijst van oordelen: een regel zonder oordeel telt niet als geslaagd.",
        """
        select r.document_id, r.rule_id, r.description, r.description_en
        from audit.rules as r
        left join {table} as v on r.rule_id = v.rule_id
        where v.rule_id is null
        """,
    ),
    no_rows(
        "verdict_follows_from_the_numbers",
        "Exact means a difference of zero, rounding a difference within the tolerance, break one beyond it.",
        "Exact is een verschil van nul, afronding een verschil binnen de marge, sluit niet een verschil daarbuiten.",
        """
        select v.*
        from {table} as v
        where
            (v.verdict <> 'not_judged' and (v.residual is null or v.tolerance is null))
            or (v.verdict = 'exact' and v.residual <> 0)
            or (v.verdict = 'rounding' and (v.residual = 0 or abs(v.residual) > v.tolerance))
            or (v.verdict = 'break' and abs(v.residual) <= v.tolerance)
        """,
    ),
    no_rows(
        "every_rule_judged",
        "Every sum could be judged: its total and all of its parts have a number.",
        "Elke som was te beoordelen: het totaal en alle delen hebben een getal.",
        """
        select r.document_id, t.cell_id, v.rule_id, r.description, r.description_en, c.row_path, c.column_path,
            c.text
        from {table} as v
        inner join audit.rules as r on v.rule_id = r.rule_id
        left join audit.rule_terms as t on v.rule_id = t.rule_id
        left join landing.cells as c on t.cell_id = c.cell_id and c.value is null and not c.is_nil
        where v.verdict = 'not_judged' and (c.cell_id is not null or not r.is_complete)
        """,
        WARNING,
    ),
    no_rows(
        "no_break",
        "No sum is further from its parts than rounding allows. The failing rows are the sums, each with the"
        " likeliest suspect: a cell that, alone, explains the break, and the value that the other numbers imply.",
        "Geen som ligt verder van haar delen dan afronding toelaat. De rijen die niet voldoen zijn de sommen, elk"
        " met de waarschijnlijkste verdachte: een cel die het verschil alleen verklaart, met de waarde die uit de"
        " andere getallen volgt.",
        """
        with broken as (
            select v.rule_id, r.document_id, r.description, r.description_en, v.residual, v.tolerance
            from {table} as v
            inner join audit.rules as r on v.rule_id = r.rule_id
            where v.verdict = 'break' and v.scope <> 'cross_source'
        ),

        suspects_of_sums as (
            select
                b.rule_id, s.cell_id, s.implied_low, s.implied_high, s.rank, s.diagnosis, s.diagnosis_en,
                count(*) over (partition by b.rule_id) as suspects,
                row_number() over (partition by b.rule_id order by s.rank, s.set_no, s.cell_id) as likeliness
            from broken as b
            inner join audit.rule_terms as t on b.rule_id = t.rule_id
            inner join audit.suspects as s on t.cell_id = s.cell_id
        )

        select
            b.document_id, b.rule_id, b.description, b.description_en, b.residual, b.tolerance, n.suspects, c.cell_id,
            c.row_path, c.column_path, c.text as printed, n.implied_low, n.implied_high, n.rank, n.diagnosis,
            n.diagnosis_en
        from broken as b
        left join suspects_of_sums as n on b.rule_id = n.rule_id and n.likeliness = 1
        left join landing.cells as c on n.cell_id = c.cell_id
        """,
        WARNING,
    ),
]
