"""Findings: everything that a person should look at, once, under a name that stays."""

from expectations import filled, no_rows, unique

TABLE = "audit.findings"

EXPECTATIONS = [
    filled("finding_id", "Every finding has a name.", "Elke bevinding heeft een naam."),
    unique(("finding_id",), "Every finding is told once.", "Elke bevinding wordt één keer gemeld."),
    filled(
        "message",
        "Every finding says in a sentence what was seen.",
        "Elke bevinding zegt in een zin wat er is gezien.",
    ),
    filled("kind", "Every finding is of a kind.", "Elke bevinding is van een soort."),
    filled("severity", "Every finding says how bad it is.", "Elke bevinding zegt hoe erg het is."),
    no_rows(
        "no_break_goes_untold",
        "Every document with a broken sum has a finding.",
        "Elk document met een som die niet sluit heeft een bevinding.",
        """
        select r.document_id, v.rule_id, r.description, r.description_en, v.residual
        from audit.reconciliation as v
        inner join audit.rules as r on v.rule_id = r.rule_id
        where v.verdict = 'break' and r.document_id not in (select f.document_id from {table} as f)
        """,
    ),
]
