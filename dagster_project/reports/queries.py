"""What the pages read from the published file: every table and column they need, named once.

A source is a relation, the fields that a page shows, and an order. Reading and fingerprinting both
follow from that one declaration, so a page is rendered anew exactly when something that it shows has
changed. What does not belong here: what the rows mean, or how they look.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb


class UnreadableWarehouse(Exception):
    """The file lacks a table or a column that the pages need."""


@dataclass(frozen=True)
class Source:
    """Rows that pages show. ``relation`` is SQL that yields ``page_id`` (a document_id) and ``fields``."""

    name: str
    relation: str
    fields: str  # separated by blanks
    order: str  # positions within a page

    @cached_property
    def row(self) -> type:
        """The tuple type of one row, named after the source."""
        return namedtuple(self.name, self.fields.split())

    @property
    def columns(self) -> str:
        return ", ".join(self.fields.split())


def _own(table: str, fields: str, order: str) -> Source:
    """A source whose rows each belong to one document, as the table itself says."""
    relation = f"select document_id as page_id, {', '.join(fields.split())} from {table}"
    return Source(table.replace(".", "_"), relation, fields, order)


DOCUMENTS = _own(
    "landing.documents",
    "document_id gemeente gemeentecode titel onderdeel soort jaar vorm versie eenheid zelfde_als url opgehaald "
    "answers sha256 reader_version",
    "document_id",
)
INPUTS = _own("landing.inputs", "path sha256 bytes", "path")
TABLES = _own(
    "landing.tables",
    "table_id table_no path caption section kind unit unit_source layout first_line last_line page sheet notes",
    "table_no",
)
COLUMNS = _own(
    "landing.columns", "table_id column_no column_path grootheid stand jaar rol", "table_id, column_no"
)
ROWS = _own(
    "landing.rows",
    "table_id row_no row_path line grootheid code rol depth block is_group_total bron eenheid",
    "table_id, row_no",
)
CELLS = _own(
    "landing.cells",
    "cell_id table_id row_no column_no occurrence text value is_nil is_missing decimals noot line page is_placed",
    "table_id, row_no, column_no, occurrence",
)
CONVENTIONS = _own(
    "landing.conventions",
    "table_id naam keuze bron hypotheses survived declared is_contradicted",
    "table_id, naam, keuze",
)
MENTIONS = _own(
    "landing.mentions",
    "path line vermelding onderwerp aard jaar bedrag_text eenheid nauwkeurigheid besluit",
    "path, line, vermelding",
)
PRESTATIES = _own(
    "landing.prestaties", "doel_code doel prestatie_code prestatie path line", "path, line, prestatie_code"
)
REJECTS = _own(
    "audit.rejects",
    "path line reason reason_en text kind key",
    "kind desc, path, line nulls first, reason",
)
FINDINGS = _own(
    "audit.findings",
    "finding_id kind severity table_id cell_id amount_eur aandeel_lasten_pct message message_en first_seen fingerprint status "
    "accepted_by accepted_on accepted_why accepted_until",
    "status = 'aanvaard', case severity when 'hoog' then 1 when 'middel' then 2 else 3 end, amount_eur desc nulls last, "
    "finding_id",
)
CLAIMS = _own(
    "audit.claims",
    "claim_id path line text_nl text_en expression stated_text nauwkeurigheid computed_text cells verdict",
    "path, line, claim_id",
)

_RULES_OF_PAGE = """
    select distinct c.document_id as page_id, t.rule_id
    from audit.rule_terms t join landing.cells c using (cell_id)
"""
RULES = Source(
    "rules",
    f"""
    select p.page_id, r.rule_id, r.kind, r.scope, r.description, r.description_en,
        v.residual_printed, v.tolerance_printed, v.unit, v.residual, v.tolerance, v.verdict
    from ({_RULES_OF_PAGE}) p join audit.rules r using (rule_id) left join audit.reconciliation v using (rule_id)
    """,
    "rule_id kind scope description description_en residual_printed tolerance_printed unit residual tolerance verdict",
    "rule_id",
)
TERMS = Source(
    "terms",
    f"""
    select p.page_id, t.rule_id, t.term_no, t.cell_id, t.coefficient, t.is_total, c.document_id, c.table_id, c.row_no, c.column_no,
        c.occurrence, c.value, c.is_nil, c.decimals, c.row_path, c.column_path
    from ({_RULES_OF_PAGE}) p join audit.rule_terms t using (rule_id) join landing.cells c using (cell_id)
    """,
    "rule_id term_no cell_id coefficient is_total document_id table_id row_no column_no occurrence value is_nil decimals "
    "row_path column_path",
    "rule_id, term_no",
)
VERIFIABILITY = Source(
    "verifiability",
    """
    select c.document_id as page_id, v.cell_id, v.component_id, v.is_proved, v.is_implied, v.is_locatable, v.is_suspect,
        v.implied_low, v.implied_high
    from audit.verifiability v join landing.cells c using (cell_id)
    """,
    "cell_id component_id is_proved is_implied is_locatable is_suspect implied_low implied_high",
    "cell_id",
)
_COMPONENTS_OF_PAGE = """
    select distinct c.document_id as page_id, v.component_id
    from audit.verifiability v join landing.cells c using (cell_id)
    where v.component_id is not null
"""
CERTIFICATES = Source(
    "certificates",
    f"""
    select p.page_id, x.component_id, x.feasible, x.min_half_width, x.cells, x.rules, x.solver_status, x.search,
        x.explained_in_nl, x.explained_in_en
    from ({_COMPONENTS_OF_PAGE}) p join audit.certificates x using (component_id)
    """,
    "component_id feasible min_half_width cells rules solver_status search explained_in_nl explained_in_en",
    "component_id",
)
CONFLICTS = Source(
    "conflicts",
    f"""
    select p.page_id, x.component_id, x.conflict_no, x.rule_id, x.sentence_nl, x.sentence_en
    from ({_COMPONENTS_OF_PAGE}) p join audit.conflicts x using (component_id)
    """,
    "component_id conflict_no rule_id sentence_nl sentence_en",
    "component_id, conflict_no, rule_id",
)
SUSPECTS = Source(
    "suspects",
    f"""
    select p.page_id, x.component_id, x.cell_id, x.implied_low, x.implied_high, x.rank, x.diagnosis, x.diagnosis_en,
        x.set_no, x.set_size, x.sentence_nl, x.sentence_en, c.document_id, c.table_id, c.row_no, c.column_no, c.occurrence, c.row_path,
        c.column_path, c.text
    from ({_COMPONENTS_OF_PAGE}) p join audit.suspects x using (component_id) join landing.cells c using (cell_id)
    """,
    "component_id cell_id implied_low implied_high rank diagnosis diagnosis_en set_no set_size sentence_nl sentence_en "
    "document_id table_id row_no column_no occurrence row_path column_path text",
    "component_id, rank, set_no, cell_id",
)

PAGE_SOURCES: tuple[Source, ...] = (
    DOCUMENTS,
    INPUTS,
    TABLES,
    COLUMNS,
    ROWS,
    CELLS,
    CONVENTIONS,
    MENTIONS,
    PRESTATIES,
    REJECTS,
    FINDINGS,
    CLAIMS,
    RULES,
    TERMS,
    VERIFIABILITY,
    CERTIFICATES,
    CONFLICTS,
    SUSPECTS,
)


def connect(path: str) -> duckdb.DuckDBPyConnection:
    """The published file, read-only."""
    return duckdb.connect(path, read_only=True)


def rows_of_pages(con: duckdb.DuckDBPyConnection, pages: Sequence[str]) -> dict[str, dict[str, list]]:
    """Per document, per source name, the rows that its page shows."""
    found: dict[str, dict[str, list]] = {page: {source.name: [] for source in PAGE_SOURCES} for page in pages}
    for source in PAGE_SOURCES:
        sql = (
            f"select page_id, {source.columns} from ({source.relation}) where page_id in (select unnest($pages)) "
            f"order by page_id, {source.order}"
        )
        for page, *values in _run(con, source.name, sql, {"pages": list(pages)}):
            found[page][source.name].append(source.row(*values))
    return found


def fingerprints(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Per landed document a hash of all rows that its page shows, whatever their order."""
    landed = _run(con, "documents", "select document_id from landing.documents")
    parts: dict[str, list[str]] = {page: [] for (page,) in landed}
    for source in PAGE_SOURCES:
        sql = (
            f"select page_id, count(*), sum(hash({source.columns})) from ({source.relation}) group by page_id"
        )
        for page, count, total in _run(con, source.name, sql):
            if page in parts:  # of what could not be landed there is no page, only a line on the index
                parts[page].append(f"{source.name}:{count}:{total}")
    return {page: " ".join(marks) for page, marks in parts.items()}


def _run(
    con: duckdb.DuckDBPyConnection, name: str, sql: str, parameters: dict | None = None
) -> Iterable[tuple]:
    try:
        return con.execute(sql, parameters or {}).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise UnreadableWarehouse(f"cannot read {name} for the report: {error}") from error


# --- the index ---------------------------------------------------------------------------------------

INDEX_ROWS_SHOWN = 300  # of findings, rejects and answers; the pages of the documents have them all

INDEX_SOURCES: dict[str, tuple[str, str]] = {
    "run": (
        "run_id started_at finished_at code_version",
        "select run_id, started_at, finished_at, code_version from meta.run order by finished_at desc nulls last limit 1",
    ),
    "totals": (
        "documents tables numbers",
        """
        select (select count(*) from landing.documents), (select count(*) from landing.tables),
            (select count(*) from landing.cells where value is not null or is_nil)
        """,
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
            select c.document_id,
                count(*) filter (where v.is_proved and v.is_locatable) as locatable,
                count(*) filter (where v.is_proved and v.is_implied and not v.is_locatable) as implied,
                count(*) filter (where v.is_proved and not v.is_implied and not v.is_locatable) as proved,
                count(*) filter (where not v.is_proved and v.component_id is not null) as unproved,
                count(*) filter (where v.component_id is null) as unverifiable
            from audit.verifiability v join landing.cells c using (cell_id) group by 1
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
        name: [namedtuple(name, fields.split())(*row) for row in _run(con, name, sql)]
        for name, (fields, sql) in INDEX_SOURCES.items()
    }
