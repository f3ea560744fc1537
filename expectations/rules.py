"""Rules: every sum that a table claims, complete, with cells that exist."""

from dagster_project.ingest.vocabulary import RULE_KINDS
from expectations import filled, no_rows, one_of, unique

TABLE = "audit.rules"

EXPECTATIONS = [
    unique(("rule_id",), "No rule is stated twice."),
    filled("description", "Every rule says in a sentence what must add up to what."),
    one_of("kind", tuple(RULE_KINDS), "Every rule is of a documented kind."),
    one_of(
        "scope",
        ("row", "column", "table", "document", "cross_document"),
        "Every rule says whether it ties a row, a column, a table, a document or several documents.",
    ),
    no_rows(
        "no_total_without_parts",
        "Every rule has a total and at least one part.",
        """
        select r.document_id, r.rule_id, r.description, count(t.cell_id) as terms
        from {table} as r
        left join audit.rule_terms as t on r.rule_id = t.rule_id
        group by r.document_id, r.rule_id, r.description
        having count(t.cell_id) < 2
        """,
    ),
    no_rows(
        "every_rule_has_a_total",
        "Every rule has a term with coefficient -1, the total that is claimed.",
        """
        select r.document_id, r.rule_id, r.description
        from {table} as r
        left join audit.rule_terms as t on r.rule_id = t.rule_id and t.coefficient = -1
        where t.rule_id is null
        """,
    ),
    no_rows(
        "every_term_is_a_cell",
        "Every term of a rule is a cell that was printed, and none is weighed with zero.",
        """
        select t.rule_id, t.cell_id, t.coefficient
        from audit.rule_terms as t
        left join landing.cells as c on t.cell_id = c.cell_id
        where c.cell_id is null or t.coefficient = 0 or t.coefficient is null
        """,
    ),
]
