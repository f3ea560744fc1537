"""What the index reads from the published file: counts, and the first of what needs a person.

What does not belong here: the rows that the pages of documents show (``queries``), or what rows mean.
"""

from __future__ import annotations

from collections import namedtuple

import duckdb

from dagster_project.reports.queries import fetched

INDEX_ROWS_SHOWN = 300  # of findings, rejects and answers; the pages of the documents have them all

INDEX_SOURCES: dict[str, tuple[str, str]] = {
    "run": (
        "run_id started_at finished_at code_version",
        "select run_id, started_at, finished_at, code_version from meta.run order by finished_at desc nulls last limit 1",
    ),
    "verdicts": (
        "verdict kind rules",
        "select verdict, kind, count(*) from audit.reconciliation group by all order by all",
    ),
    "certificates": (
        "feasible components cells widest",
        "select feasible, count(*), sum(cells), max(min_half_width) from audit.certificates group by feasible order by 1",
    ),
    "documents": (
        "document_id gemeente titel onderdeel soort jaar vorm tables numbers locatable implied proved unproved "
        "unverifiable findings open amount_eur rejects questions breaks",
        """
        with tables as (select document_id, count(*) as n from landing.tables group by 1),
        numbers as (
            select document_id, count(*) filter (where value is not null or is_nil) as n from landing.cells group by 1
        ),
        coverage as (
            select v.document_id,
                count(*) filter (where v.is_proved and v.is_locatable) as locatable,
                count(*) filter (where v.is_proved and v.is_implied and not v.is_locatable) as implied,
                count(*) filter (where v.is_proved and not v.is_implied and not v.is_locatable) as proved,
                count(*) filter (where not v.is_proved and v.component_id is not null) as unproved,
                count(*) filter (where v.component_id is null) as unverifiable
            from audit.verifiability v group by 1
        ),
        found as (
            select document_id, count(*) as n, count(*) filter (where status <> 'aanvaard') as open,
                max(amount_eur) filter (where status <> 'aanvaard') as amount_eur
            from audit.findings group by 1
        ),
        refused as (
            select document_id, count(*) filter (where kind = 'reject') as rejects,
                count(*) filter (where kind = 'question') as questions
            from audit.rejects group by 1
        ),
        broken as (
            select c.document_id, count(distinct t.rule_id) as n
            from audit.reconciliation v join audit.rule_terms t using (rule_id) join landing.cells c using (cell_id)
            where v.verdict = 'break' group by 1
        )
        select d.document_id, d.gemeente, d.titel, d.onderdeel, d.soort, d.jaar, d.vorm, coalesce(t.n, 0),
            coalesce(n.n, 0), coalesce(c.locatable, 0), coalesce(c.implied, 0), coalesce(c.proved, 0),
            coalesce(c.unproved, 0), coalesce(c.unverifiable, 0), coalesce(f.n, 0), coalesce(f.open, 0), f.amount_eur,
            coalesce(r.rejects, 0), coalesce(r.questions, 0), coalesce(b.n, 0)
        from landing.documents d
        left join tables t using (document_id) left join numbers n using (document_id)
        left join coverage c using (document_id) left join found f using (document_id)
        left join refused r using (document_id) left join broken b using (document_id)
        order by d.gemeente, d.jaar, d.titel, d.document_id
        """,
    ),
    "findings_by_severity": (
        "severity status findings",
        "select severity, status, count(*) from audit.findings group by all order by all",
    ),
    "findings": (
        "finding_id kind severity document_id cell_id table_no row_no column_no occurrence amount_eur "
        "aandeel_lasten_pct message message_en first_seen fingerprint status accepted_by accepted_on accepted_why accepted_until",
        f"""
        select f.finding_id, f.kind, f.severity, f.document_id, f.cell_id, t.table_no, c.row_no, c.column_no,
            c.occurrence, f.amount_eur, f.aandeel_lasten_pct, f.message, f.message_en, f.first_seen, f.fingerprint, f.status,
            f.accepted_by, f.accepted_on, f.accepted_why, f.accepted_until
        from audit.findings f left join landing.cells c using (cell_id)
        left join landing.tables t on t.table_id = coalesce(f.table_id, c.table_id)
        order by (f.status = 'aanvaard'), case f.severity when 'hoog' then 1 when 'middel' then 2 else 3 end,
            f.amount_eur desc nulls last, f.kind <> 'sommen_sluiten_niet_samen', f.finding_id
        limit {INDEX_ROWS_SHOWN}
        """,
    ),
    "rejects_by_kind": (
        "kind rejects",
        "select kind, count(*) from audit.rejects where kind <> 'note' group by kind order by kind",
    ),
    "rejects": (
        "document_id path line reason reason_en text kind key",
        f"""
        select document_id, path, line, reason, reason_en, text, kind, key from audit.rejects where kind <> 'note'
        order by kind, document_id, path, line nulls first, reason limit {INDEX_ROWS_SHOWN}
        """,
    ),
    "answered": (
        "documents",
        "select count(*) from landing.documents where answers <> '{}'",
    ),
    "answers": (
        "document_id answers",
        f"""
        select document_id, answers from landing.documents where answers <> '{{}}'
        order by document_id limit {INDEX_ROWS_SHOWN}
        """,
    ),
    "expectations": (
        "suite table_name sentence sentence_nl status severity unexpected",
        """
        select suite, table_name, sentence, sentence_nl, status, severity, unexpected from audit.expectation_results
        order by status <> 'failed', status <> 'errored', suite, expectation_id
        """,
    ),
}


def index_rows(con: duckdb.DuckDBPyConnection) -> dict[str, list]:
    """Per name in ``INDEX_SOURCES``, the rows that the index shows."""
    return {
        name: list(map(namedtuple(name, fields.split())._make, fetched(con, name, sql)))
        for name, (fields, sql) in INDEX_SOURCES.items()
    }
