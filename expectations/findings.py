"""Findings: everything that a person should look at, once, under a name that stays."""

from expectations import filled, no_rows, unique

TABLE = "audit.findings"

EXPECTATIONS = [
    filled("finding_id", "Every finding has a name."),
    unique(("finding_id",), "Every finding is told once."),
    filled("message", "Every finding says in a sentence what was seen."),
    filled("kind", "Every finding is of a kind."),
    filled("severity", "Every finding says how bad it is."),
    no_rows(
        "no_break_goes_untold",
        "Every document with a broken sum has a finding.",
        """
        select r.document_id, v.rule_id, r.description, v.residual
        from audit.reconciliation as v
        inner join audit.rules as r on v.rule_id = r.rule_id
        where v.verdict = 'break' and r.document_id not in (select f.document_id from {table} as f)
        """,
    ),
]
