"""What the pages of documents read from the published file: every table and column they show, named once.

A source is rows of documents, the fields that a page shows of them, and an order. Reading and
fingerprinting both follow from that one declaration, so a page is rendered anew exactly when something
that it shows has changed. Most rows are shown by the page of their own document and nowhere else, which
makes fingerprinting a scan per table. Only a sum between documents is shared: every page with a number in
it shows it, with the numbers of the others.

What does not belong here: what the rows mean, how they look, or what the index reads (``index_queries``).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from dagster_project.reports.acceptance_queries import ACCEPTANCE_NOW, ACCEPTANCES
from dagster_project.warehouse import bounded

_ROWS_AT_ONCE = 2_048  # of a query whose rows are not all held


class UnreadableWarehouse(Exception):
    """The file lacks a table or a column that the pages need."""


@dataclass(frozen=True)
class Source:
    """Rows that pages show. ``relation`` is SQL that yields ``owner`` (a document_id) and ``fields``."""

    name: str
    relation: str
    fields: str  # separated by blanks
    order: str  # positions within a page
    is_shared: bool = False  # shown by all pages with a number in the owner's shared sums

    @cached_property
    def row(self) -> Any:
        """The tuple type of one row, named after the source; the page that shows it comes last."""
        return namedtuple(self.name, [*self.fields.split(), "page_id"])

    @cached_property
    def named(self) -> Callable[[tuple], Any]:
        """Makes such a row of a tuple with as many values. The type's own ``_make`` counts them first, in Python, which for
        hundreds of thousands takes twice as long."""
        return partial(tuple.__new__, self.row)

    @property
    def columns(self) -> str:
        return ", ".join(self.fields.split())

    @property
    def totals(self) -> str:
        """SQL that adds up rows, whatever their order: how many there are, and their hashes.

        DuckDB adds the last column to the hash of a row by xor. Two rows that exchange their last values would
        then too often come to the same sum, so the hash is hashed once more.
        """
        return f"count(*) as n, sum(hash(hash({self.columns}))) as total"


def _of_documents(table: str, fields: str, order: str) -> Source:
    """A source whose rows each belong to one document, as the table itself says."""
    relation = f"select document_id as owner, {', '.join(fields.split())} from {table}"
    return Source(table.replace(".", "_"), relation, fields, order)


def _qualified(alias: str, fields: str) -> str:
    return ", ".join(f"{alias}.{field}" for field in fields.split())


DOCUMENTS = _of_documents(
    "landing.documents",
    "document_id gemeente gemeentecode titel onderdeel soort jaar vorm versie zelfde_als url opgehaald answers sha256",
    "document_id",
)
INPUTS = _of_documents("landing.inputs", "path sha256 bytes", "path")
# What stays the same from night to night, whatever comes before it in the document.
CELL_KEYS = """
    (select cell_id, cell_key, table_key from history.cell_versions where state_to is null and bron = 'cell')
"""
_TABLE = (
    "table_id table_no path caption section kind unit unit_source layout first_line last_line page sheet notes lezing lezing_marge "
    "lezing_tweede"
)
TABLES = Source(
    "landing_tables",
    f"""
    select t.document_id as owner, {_qualified("t", _TABLE)}, coalesce(k.table_key, t.table_id) as table_key
    from landing.tables as t
    left join (
        select table_id, min(table_key) as table_key from history.cell_versions
        where state_to is null and bron = 'cell' group by table_id
    ) as k using (table_id)
    """,
    f"{_TABLE} table_key",
    "table_no",
)
COLUMNS = _of_documents("landing.columns", "table_id column_no column_path", "table_id, column_no")
ROWS = _of_documents("landing.rows", "table_id row_no row_path line rol bron", "table_id, row_no")
_CELL = "cell_id table_id row_no column_no occurrence text value is_nil decimals noot line page is_placed"
CELLS = Source(
    "landing_cells",
    f"""
    select c.document_id as owner, {_qualified("c", _CELL)}, k.cell_key
    from landing.cells as c join {CELL_KEYS} as k using (cell_id)
    """,
    f"{_CELL} cell_key",
    "table_id, row_no, column_no, occurrence",
)
EARLIER = Source(
    "earlier_values",
    f"""
    select v.document_id as owner, k.cell_id, v.text, v.run_from, v.run_to
    from {CELL_KEYS} as k join history.cell_versions as v using (cell_key) where v.state_to is not null
    """,
    "cell_id text run_from run_to",
    "cell_id, run_to desc nulls first",
)
CONVENTIONS = _of_documents(
    "landing.conventions",
    "table_id naam keuze bron hypotheses tried survived declared is_contradicted",
    "table_id, naam, keuze",
)
MENTIONS = _of_documents(
    "landing.mentions",
    "path line vermelding onderwerp jaar bedrag_text eenheid nauwkeurigheid besluit",
    "path, line, vermelding",
)
PRESTATIES = _of_documents(
    "landing.prestaties", "doel_code doel prestatie_code prestatie path line", "path, line, prestatie_code"
)
REJECTS = _of_documents(
    "audit.rejects",
    "path line reason reason_en text kind key toelichting toelichting_en table_id row_no column_no",
    "kind desc, path, line nulls first, reason",
)
FINDINGS = _of_documents(
    "audit.findings",
    "finding_id cause_id kind zekerheid severity table_id cell_id amount_eur aandeel_lasten_pct message message_en first_seen fingerprint status "
    "accepted_by accepted_on accepted_why accepted_until",
    "status = 'aanvaard', case severity when 'hoog' then 1 when 'middel' then 2 else 3 end, amount_eur desc nulls last, "
    "finding_id",
)
# Of the findings of a document, and of the causes they follow from: who accepted them, and what they said then.
_ACCEPTED = "of_id wie wanneer message message_en nu"
ACCEPTED = Source(
    "acceptances",
    f"""
    select distinct f.document_id as owner, a.finding_id as of_id, a.wie, a.wanneer, a.message, a.message_en, a.nu
    from (select *, {ACCEPTANCE_NOW} as nu from ({ACCEPTANCES})) as a
    join audit.findings as f on a.finding_id in (f.finding_id, f.cause_id)
    """,
    _ACCEPTED,
    "of_id, wanneer, wie",
)
CLAIMS = _of_documents(
    "audit.claims",
    "claim_id path line text_nl text_en expression stated_text nauwkeurigheid computed_text cells verdict",
    "path, line, claim_id",
)


_RULE = "rule_id kind description description_en"
_JUDGEMENT = "rule_id residual_printed tolerance_printed unit residual tolerance verdict"
_TERM = "rule_id term_no cell_id coefficient is_total"
RULES = _of_documents("audit.rules", _RULE, "rule_id")
JUDGEMENTS = _of_documents("audit.reconciliation", _JUDGEMENT, "rule_id")
TERMS = _of_documents("audit.rule_terms", _TERM, "rule_id, term_no")


def _shared(source: Source, condition: str) -> Source:
    """Of a source of sums, those between documents: each page with a number in one shows all of it."""
    rows = f"{source.relation} where {condition}"
    return replace(source, name=source.name.replace("audit", "shared"), relation=rows, is_shared=True)


_BETWEEN = "scope = 'cross_document'"
_OF_BETWEEN = f"rule_id in (select rule_id from audit.rules where {_BETWEEN})"
SHARED_RULES = _shared(RULES, _BETWEEN)
SHARED_JUDGEMENTS = _shared(JUDGEMENTS, _OF_BETWEEN)
_PRINTED = "document_id table_id row_no column_no occurrence value is_nil decimals row_path column_path"
SHARED_TERMS = Source(
    "shared_rule_terms",
    f"""
    select t.owner, {_qualified("t", _TERM)}, {_qualified("c", _PRINTED)}, k.cell_key
    from ({_shared(TERMS, _OF_BETWEEN).relation}) t join landing.cells c using (cell_id) join {CELL_KEYS} as k using (cell_id)
    """,
    f"{_TERM} {_PRINTED} cell_key",
    "rule_id, term_no",
    is_shared=True,
)
# What ties a document to Iv3 stands on its page apart from its sums: a difference is no error of the document by itself.
OWN_RULES = replace(RULES, relation=f"{RULES.relation} where scope <> 'cross_source'")
WITH_IV3 = _of_documents(
    "audit.iv3_aansluiting",
    "rule_id verslagsoort soort taakveld_code cell_id description description_en document_eur iv3_eur verschil_eur tolerantie_eur "
    "verschuiving_eur is_verschoven verdict bron_document_id bestand regel",
    "verslagsoort, soort, taakveld_code nulls first, cell_id, rule_id",
)
VERIFIABILITY = _of_documents(
    "audit.verifiability",
    "cell_id component_id status is_proved is_implied is_locatable implied_low implied_high",
    "cell_id",
)


def _of_components(table: str, fields: str, order: str) -> Source:
    """A source whose rows are of a component: shown by every document with a number in it."""
    relation = (
        f"select k.owner, {_qualified('x', fields)} from components k join {table} x using (component_id)"
    )
    return Source(table.replace(".", "_"), relation, fields, order)


CERTIFICATES = _of_components(
    "audit.certificates",
    "component_id feasible min_half_width cells rules solver_status explained_in_nl explained_in_en",
    "component_id",
)
CONFLICTS = _of_components(
    "audit.conflicts",
    "component_id conflict_no rule_id sentence_nl sentence_en",
    "component_id, conflict_no, rule_id",
)
_SUSPECT = "implied_low implied_high rank diagnosis diagnosis_en set_no set_size sentence_nl sentence_en"
_SUSPECTED = "document_id table_id row_no column_no occurrence row_path column_path text"
SUSPECTS = Source(
    "audit_suspects",
    f"""
    select k.owner, x.component_id, x.cell_id, {_qualified("x", _SUSPECT)}, {_qualified("c", _SUSPECTED)}, n.cell_key
    from components k join audit.suspects x using (component_id) join landing.cells c using (cell_id)
    join {CELL_KEYS} as n using (cell_id)
    """,
    f"component_id cell_id {_SUSPECT} {_SUSPECTED} cell_key",
    "component_id, rank, set_no, cell_id",
)

PAGE_SOURCES: tuple[Source, ...] = (
    DOCUMENTS,
    INPUTS,
    TABLES,
    COLUMNS,
    ROWS,
    CELLS,
    EARLIER,
    CONVENTIONS,
    MENTIONS,
    PRESTATIES,
    REJECTS,
    FINDINGS,
    ACCEPTED,
    CLAIMS,
    OWN_RULES,
    JUDGEMENTS,
    TERMS,
    SHARED_RULES,
    SHARED_JUDGEMENTS,
    SHARED_TERMS,
    WITH_IV3,
    VERIFIABILITY,
    CERTIFICATES,
    CONFLICTS,
    SUSPECTS,
)

# In which components a document has numbers.
_COMPONENTS = """
    select distinct document_id as owner, component_id from audit.verifiability where component_id is not null
"""
# Which pages show the shared sums of an owner: those with a number in one, its own among them. A second
# publication shares all its sums between documents with the first, so that nothing finer is needed. The terms are
# added up in passing: to join them with their cells costs more than all else here.
_TIES = (
    f"select owner, document_id as page_id, {SHARED_TERMS.totals} from ({SHARED_TERMS.relation}) group by all"
)
_TOTALS = "(source varchar, is_shared boolean, owner varchar, n bigint, total hugeint)"
_MARKS = """
    with shown as (
        select owner as page_id, * from totals where not is_shared
        union all
        select ties.page_id, totals.* from totals join ties using (owner) where is_shared
    )
    select d.document_id, sum(hash(hash(s.source, s.owner, s.n, s.total)))
    from landing.documents d join shown s on s.page_id = d.document_id group by d.document_id
"""


def connect(path: str) -> duckdb.DuckDBPyConnection:
    """The published file, read-only."""
    return bounded.connect(path, read_only=True)


def rows_of_pages(con: duckdb.DuckDBPyConnection, pages: Sequence[str]) -> dict[str, dict[str, list]]:
    """Per document, per source name, the rows that its page shows."""
    _find_what_joins_documents(con)
    found: dict[str, dict[str, list]] = {page: {source.name: [] for source in PAGE_SOURCES} for page in pages}
    for source in PAGE_SOURCES:
        page_id, tied = ("page_id", "join ties using (owner)") if source.is_shared else ("owner", "")
        sql = (
            f"select {source.columns}, {page_id} from ({source.relation}) {tied} "
            f"where {page_id} in (select unnest($pages)) order by {page_id}, {source.order}"
        )
        rows = fetched(con, source.name, sql, {"pages": list(pages)})
        for page, own in groupby(rows, itemgetter(-1)):
            found[page][source.name] = list(map(source.named, own))
    return found


def fingerprints(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Per landed document a hash of all rows that its page shows, whatever their order.

    A change goes unseen when two 64-bit hashes happen to be equal, of which the chance is 2**-64: were a
    million pages to change every night, once in fifty thousand million years. Nor can a document be made
    to bring it about, for whatever is changed in it also changes its sha256, which is hashed with the rest.
    The hash is DuckDB's, without a seed: processes agree on it. Should a new version hash otherwise, every
    page is rendered anew, once.
    """
    _find_what_joins_documents(con)
    con.execute(f"create or replace temp table totals {_TOTALS}")
    for source in PAGE_SOURCES:
        sql = f"insert into totals select '{source.name}', {source.is_shared}, * from ({_per_owner(source)})"
        fetched(con, source.name, sql)
    return {page: f"{mark:x}" for page, mark in sorted(fetched(con, "landing_documents", _MARKS))}


def _per_owner(source: Source) -> str:
    if source is SHARED_TERMS:
        return "select owner, sum(n), sum(total) from ties group by owner"
    return f"select owner, {source.totals} from ({source.relation}) group by owner"


def _find_what_joins_documents(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables ``components`` and ``ties``, once per connection: the file does not change under it."""
    fetched(con, VERIFIABILITY.name, f"create temp table if not exists components as {_COMPONENTS}")
    fetched(con, SHARED_TERMS.name, f"create temp table if not exists ties as {_TIES}")


def named_rows(name: str, fields: str, rows: Iterable[tuple]) -> list[Any]:
    """Rows as named tuples; ``fields`` are their names with a blank between them."""
    row_type: Any = namedtuple(name, fields.split())  # type: ignore[misc]  # names of columns are data
    return [row_type._make(row) for row in rows]


def streamed(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> Iterator[tuple]:
    """The rows of a query one after another, some of them in memory at once; ``name`` says what could not be read."""
    with con.cursor() as own:
        try:
            own.execute(sql)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise UnreadableWarehouse(f"cannot read {name} for the report: {error}") from error
        while rows := own.fetchmany(_ROWS_AT_ONCE):
            yield from rows


def fetched(
    con: duckdb.DuckDBPyConnection, name: str, sql: str, parameters: dict | None = None
) -> list[tuple]:
    """The rows of a query; ``name`` says what could not be read."""
    try:
        return con.execute(sql, parameters or {}).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise UnreadableWarehouse(f"cannot read {name} for the report: {error}") from error
