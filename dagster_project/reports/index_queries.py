"""What the first page and the pages beside it read from the published file.

What does not belong here: how much there is of anything (``counts``), the rows that the pages of documents show
(``queries``), or what rows mean.
"""

from __future__ import annotations

import duckdb

from dagster_project.reports.acceptance_queries import ACCEPTANCE_NOW, ACCEPTANCES
from dagster_project.reports.counts import IN_UNJUDGED_SUMS, NUMBERS, OWN_SUMS, ZEKERHEDEN
from dagster_project.reports.expectations import SOURCES as EXPECTATION_SOURCES
from dagster_project.reports.queries import CELL_KEYS, fetched, named_rows

# What this publication prints otherwise than the one before it, in tables and in the text; nothing where it is the first.
CHANGED = """(
    select * from marts.fct_wijzigingen where bron in ('cell', 'mention') and state_no = (select max(state_no) from meta.run)
)"""
# The euros of a document by how certain they are: what is not as certain is never added up.
AMOUNTS = tuple(f"{name}_eur" for name in ZEKERHEDEN)
_AMOUNTS = ", ".join(
    f"sum(amount_eur) filter (where status <> 'aanvaard' and zekerheid = '{name}') as {name}_eur"
    for name in ZEKERHEDEN
)
ROWS_SHOWN = 300  # of rejects and answers; the pages of the documents and the lists have them all

_PLACED = f"""
    left join landing.cells as c on c.cell_id = x.cell_id
    left join {CELL_KEYS} as k on k.cell_id = x.cell_id
    left join (
        select table_id, min(table_key) as table_key from history.cell_versions
        where state_to is null and bron = 'cell' group by table_id
    ) as t on t.table_id = x.table_id
    left join landing.documents as d on d.document_id = x.document_id
"""
_PLACE = "gemeente jaar titel row_path column_path cell_key table_key"
_PLACE_SQL = "d.gemeente, d.jaar, d.titel, c.row_path, c.column_path, k.cell_key, t.table_key"
_ACCEPTED = "accepted_by accepted_on accepted_why accepted_until"
_CAUSE = (
    "cause_id finding_id zekerheid soort severity status verandering document_id bevindingen documenten amount_eur "
    f"tolerantie_eur message message_en first_seen fingerprint {_ACCEPTED}"
)
_FINDING = "cause_id finding_id kind severity status document_id amount_eur message message_en"

INDEX_SOURCES: dict[str, tuple[str, str]] = {
    "run": (
        "run_id started_at finished_at code_version",
        "select run_id, started_at, finished_at, code_version from meta.run order by finished_at desc nulls last limit 1",
    ),
    "runs": (
        "run_id started_at code_version counts verdicts",
        "select run_id, started_at, code_version, counts, verdicts from history.runs order by started_at, run_id",
    ),
    "verdicts": (
        "verdict kind rules",
        f"select verdict, kind, count(*) from audit.reconciliation where {OWN_SUMS} group by all order by all",
    ),
    "widest": (
        "half_width",
        "select max(min_half_width) from audit.certificates where feasible and not is_between_sources",
    ),
    "documents": (
        "document_id gemeente gemeentecode titel onderdeel soort jaar vorm tables numbers proved implied locatable "
        f"unverifiable causes accepted {' '.join(AMOUNTS)} rejects questions breaks",
        f"""
        with tables as (select document_id, count(*) as n from landing.tables group by 1),
        levels as (
            select document_id, count(*) as n, count(*) filter (where level = 'proved') as proved,
                count(*) filter (where level = 'implied') as implied, count(*) filter (where level = 'locatable') as locatable,
                count(*) filter (where level = 'unverifiable') as unverifiable
            from ({NUMBERS}) group by 1
        ),
        found as (
            select document_id, count(*) filter (where status <> 'aanvaard') as open,
                count(*) filter (where status = 'aanvaard') as accepted,
                {_AMOUNTS}
            from audit.causes group by 1
        ),
        refused as (
            select document_id, count(*) filter (where kind = 'reject') as rejects,
                count(*) filter (where kind = 'question') as questions
            from audit.rejects group by 1
        ),
        broken as (
            select r.document_id, count(*) as n from audit.reconciliation r where r.verdict = 'break' and {OWN_SUMS} group by 1
        )
        select d.document_id, d.gemeente, d.gemeentecode, d.titel, d.onderdeel, d.soort, d.jaar, d.vorm, coalesce(t.n, 0),
            coalesce(n.n, 0), coalesce(n.proved, 0), coalesce(n.implied, 0), coalesce(n.locatable, 0),
            coalesce(n.unverifiable, 0), coalesce(f.open, 0), coalesce(f.accepted, 0),
            {", ".join(f"f.{name}" for name in AMOUNTS)}, coalesce(r.rejects, 0), coalesce(r.questions, 0), coalesce(b.n, 0)
        from landing.documents d
        left join tables t using (document_id) left join levels n using (document_id)
        left join found f using (document_id) left join refused r using (document_id)
        left join broken b using (document_id)
        order by d.gemeente, d.jaar, d.titel, d.document_id
        """,
    ),
    "causes": (
        f"{_CAUSE} {_PLACE}",
        f"""
        select {", ".join(f"x.{name}" for name in _CAUSE.split())}, {_PLACE_SQL}
        from audit.causes as x {_PLACED}
        order by
            x.status = 'aanvaard', case x.severity when 'hoog' then 1 when 'middel' then 2 else 3 end,
            case x.zekerheid when 'fout_in_het_stuk' then 1 when 'onzeker_gelezen' then 2 when 'bronnen_verschillen' then 3 else 4 end,
            x.amount_eur desc nulls last, x.document_id, x.cause_id
        """,
    ),
    "resolved": (
        "cause_id zekerheid soort hoe document_id amount_eur message message_en first_seen last_seen",
        "select cause_id, zekerheid, soort, hoe, document_id, amount_eur, message, message_en, first_seen, last_seen"
        " from audit.causes_resolved order by hoe desc, amount_eur desc nulls last, document_id, cause_id",
    ),
    "findings": (
        f"{_FINDING} {_PLACE}",
        f"""
        select {", ".join(f"x.{name}" for name in _FINDING.split())}, {_PLACE_SQL}
        from audit.findings as x {_PLACED}
        order by x.cause_id, x.amount_eur desc nulls last, x.kind <> 'sommen_sluiten_niet_samen', x.finding_id
        """,
    ),
    "unchecked": (
        "document_id reden aantal getallen zonder_bedrag bedrag_eur",
        "select document_id, reden, aantal, getallen, zonder_bedrag, bedrag_eur from audit.unchecked"
        " order by bedrag_eur desc nulls last, getallen desc nulls last, document_id, reden",
    ),
    "changed": (
        f"soort bron document_id oud nieuw verschil_eur status component_id is_in_unjudged_sum {_PLACE}",
        f"""
        select x.soort, x.bron, x.document_id, x.oud, x.nieuw, x.verschil_eur, v.status, v.component_id,
            u.cell_id is not null, d.gemeente, d.jaar, d.titel, x.row_path,
            x.column_path, k.cell_key, t.table_key
        from {CHANGED} as x
        left join audit.verifiability as v on v.cell_id = x.cell_id
        left join ({IN_UNJUDGED_SUMS}) as u on u.cell_id = x.cell_id
        left join {CELL_KEYS} as k on k.cell_id = x.cell_id
        left join (
            select document_id, table_key from history.cell_versions where state_to is null and bron = 'cell'
            group by document_id, table_key
        ) as t on t.document_id = x.document_id and t.table_key = x.tabel
        left join landing.documents as d on d.document_id = x.document_id
        order by x.soort <> 'gewijzigd', abs(x.verschil_eur) desc nulls last, x.document_id, x.cell_id limit {ROWS_SHOWN}
        """,
    ),
    "changed_documents": (
        "document_id verdwenen verschenen gewijzigd",
        f"""
        select document_id, count(*) filter (where soort = 'verdwenen'), count(*) filter (where soort = 'verschenen'),
            count(*) filter (where soort = 'gewijzigd')
        from {CHANGED} group by document_id order by 2 desc, 3 desc, 4 desc, document_id
        """,
    ),
    "gone": (
        "document_id gemeente titel run_to valid_to",
        """
        select document_id, gemeente, titel, run_to, valid_to from history.document_versions
        where document_id not in (select document_id from landing.documents)
        qualify row_number() over (partition by document_id order by state_from desc) = 1
        order by document_id
        """,
    ),
    "materialiteit": (
        "document_id jaar stand lasten_eur norm_van fouten_pct onzekerheden_pct rapportering_pct fouten_tolerantie_eur "
        "onzekerheden_tolerantie_eur rapporteringstolerantie_eur fouten_eur onzekerheden_eur fouten_aanvaard_eur "
        "onzekerheden_aanvaard_eur zonder_bedrag "
        "is_fouten_overschreden is_onzekerheden_overschreden",
        """
        select document_id, jaar, stand, lasten_eur, norm_van, fouten_pct, onzekerheden_pct, rapportering_pct,
            fouten_tolerantie_eur, onzekerheden_tolerantie_eur, rapporteringstolerantie_eur, fouten_eur,
            onzekerheden_eur, fouten_aanvaard_eur, onzekerheden_aanvaard_eur, zonder_bedrag, is_fouten_overschreden, is_onzekerheden_overschreden
        from audit.materialiteit_per_document
        order by is_fouten_overschreden desc nulls last, is_onzekerheden_overschreden desc nulls last,
            fouten_eur desc, onzekerheden_eur desc, document_id
        """,
    ),
    "acceptances": (
        "document_id finding_id wie wanneer waarom tot is_of cause_id message message_en last_run_id last_seen nu "
        "message_now message_now_en",
        f"""
        select document_id, finding_id, wie, wanneer, waarom, tot, is_of, cause_id, message, message_en, last_run_id, last_seen,
            {ACCEPTANCE_NOW}, message_now, message_now_en
        from ({ACCEPTANCES})
        order by last_seen desc nulls first, wanneer desc, document_id, finding_id
        """,
    ),
    "rejects": (
        "document_id path line reason reason_en text kind key toelichting toelichting_en",
        f"""
        select document_id, path, line, reason, reason_en, text, kind, key, toelichting, toelichting_en
        from audit.rejects where kind <> 'note'
        order by kind, document_id, path, line nulls first, reason limit {ROWS_SHOWN}
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
        order by document_id limit {ROWS_SHOWN}
        """,
    ),
}


def index_rows(con: duckdb.DuckDBPyConnection) -> dict[str, list]:
    """Per name in ``INDEX_SOURCES``, the rows that the first page and the pages beside it show."""
    return {
        name: named_rows(name, fields, fetched(con, name, sql))
        for name, (fields, sql) in (INDEX_SOURCES | EXPECTATION_SOURCES).items()
    }
