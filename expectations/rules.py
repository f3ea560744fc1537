"""Rules: every sum that a table claims, complete, with cells that exist."""

from dagster_project.reading.vocabulary import RULE_KINDS
from expectations import filled, no_rows, one_of, unique

TABLE = "audit.rules"

EXPECTATIONS = [
    unique(("rule_id",), "No rule is stated twice.", "Geen regel staat er tweemaal."),
    filled(
        "description",
        "Every rule says in a sentence what must add up to what.",
        "Elke regel zegt in een zin wat tot wat moet optellen.",
    ),
    one_of(
        "kind",
        tuple(RULE_KINDS),
        "Every rule is of a documented kind.",
        "Elke regel is van een beschreven soort.",
    ),
    one_of(
        "scope",
        ("row", "column", "table", "document", "cross_document", "cross_source"),
        "Every rule says whether it ties a row, a column, a table, a document, several documents, or a document and Iv3.",
        "Elke regel zegt of hij een rij, een kolom, een tabel, een document, meer documenten, of een document en Iv3 verbindt.",
    ),
    no_rows(
        "no_total_without_parts",
        "Every rule has a total and at least one part.",
        "Elke regel heeft een totaal en minstens één deel.",
        """
        with counted as (select rule_id, count(cell_id) as terms from audit.rule_terms group by rule_id)

        select r.document_id, r.rule_id, r.description, r.description_en, coalesce(c.terms, 0) as terms
        from {table} as r
        left join counted as c on r.rule_id = c.rule_id
        where coalesce(c.terms, 0) < 2
        """,
    ),
    no_rows(
        "every_rule_has_a_total",
        "Every rule has a term with coefficient -1, the total that is claimed.",
        "Elke regel heeft een term met coëfficiënt -1: het totaal dat er staat.",
        """
        select r.document_id, r.rule_id, r.description, r.description_en
        from {table} as r
        left join audit.rule_terms as t on r.rule_id = t.rule_id and t.coefficient = -1
        where t.rule_id is null
        """,
    ),
    no_rows(
        "every_term_is_a_cell",
        "Every term of a rule is a cell that was printed or a figure of Iv3, and none is weighed with zero.",
        "Elke term van een regel is een gedrukte cel of een cijfer van Iv3, en geen weegt met nul mee.",
        """
        select t.rule_id, t.cell_id, t.coefficient
        from audit.rule_terms as t
        left join (
            select cell_id from landing.cells union all select cell_id from audit.iv3_cijfers
        ) as c on t.cell_id = c.cell_id
        where c.cell_id is null or t.coefficient = 0 or t.coefficient is null
        """,
    ),
]
