"""The schema ``proof`` of the private build file: what must be proved is read, the rest stays.

In a file that grows, a document that is as it was, and which no sum ties to one that changed, keeps its
rows, so that a night costs what changed. Everything else is proved, some documents at a time, so that memory does not grow with
how many there are.

What does not belong here: the proof itself (``proof``).
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.claims.text_claims import (
    CellFact,
    ClaimCellRow,
    ClaimRow,
    JudgedClaim,
    judge_claims,
    mention_fact,
)
from dagster_project.proof.in_frames import ROWS, cell_from, figure_from, kinds_of
from dagster_project.proof.prove import prove, prove_sources
from dagster_project.proof.system import PrintedCell, PrintedRule, PrintedTerm
from dagster_project.reading.model import Claim, ClaimTerm
from dagster_project.settings import Settings
from dagster_project.warehouse.bounded import connect, within
from dagster_project.warehouse.run import Run
from dagster_project.warehouse.workers import Failure, in_processes

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

TABLES = {**ROWS, "claims": ClaimRow, "claim_cells": ClaimCellRow}
TYPES = {str: "varchar", bool: "boolean", int: "integer", float: "double", Decimal: "decimal(24,6)"}

_CELLS_AT_ONCE = 20_000  # of documents that are proved together; more only where sums tie more to each other
_BATCHES_APART = 4  # from which on they are proved in processes of their own
_SECONDS_APART, _MEMORY_APART_MB = (
    1_800,
    4_000,
)  # that one of these may take; a batch takes a minute and 300 MB
# What is proved, each row with the document whose it is in front.
_CELLS = """
    select
        c.document_id, c.cell_id, c.table_id, coalesce(c.value, case when c.is_nil then 0 end) as value, t.unit, c.decimals, c.text,
        c.row_no, c.column_no, c.row_path, c.column_path, c.occurrence
    from landing.cells as c
    inner join landing.tables as t on c.table_id = t.table_id
    where c.document_id in (select document_id from batch)
"""
_RULES = """
    select document_id, rule_id, kind, is_complete, description, description_en, is_decisive
    from landing.rules
    where document_id in (select document_id from batch) and (scope = 'cross_source') = {between_sources}
    order by document_id, rule_id
"""
_TERMS = """
    select t.document_id, t.rule_id, t.cell_id, t.coefficient, v.coefficient as shift
    from landing.rule_terms as t
    inner join landing.rules as r on t.rule_id = r.rule_id
    left join landing.iv3_verschuivingen as v on t.rule_id = v.rule_id and t.cell_id = v.cell_id
    where t.document_id in (select document_id from batch) and (r.scope = 'cross_source') = {between_sources}
    order by t.rule_id, t.term_no
"""
# Figures of Iv3 in sums with documents: in thousands of euros, rounded once for every number that was delivered for them.
_FIGURES = """
    select document_id, cell_id, document_id as table_id, getal, halve_eenheid, verslagsoort || ' ' || code as label, kant
    from landing.iv3_cijfers
    where document_id in (select document_id from batch)
    order by cell_id
"""
SETS = {  # by what ``in_frames`` calls it
    "cells": _CELLS,
    "rules": _RULES.format(between_sources=False),
    "terms": _TERMS.format(between_sources=False),
    "figures": _FIGURES,
    "rules_with_iv3": _RULES.format(between_sources=True),
    "terms_with_iv3": _TERMS.format(between_sources=True),
}
_CLAIMS = """
    select document_id, claim_id, mention, terms, text_nl, text_en, path, line
    from landing.claims
    where document_id in (select document_id from batch)
    order by document_id, line, claim_id
"""
_CLAIMED_CELLS = """
    select
        c.cell_id, t.kind, t.caption, c.row_path, c.column_path,
        coalesce(c.value, case when c.is_nil then 0 end), c.decimals, t.unit
    from landing.cells as c
    inner join landing.tables as t on c.table_id = t.table_id
    inner join landing.rows as r on c.table_id = r.table_id and c.row_no = r.row_no
    where
        c.document_id = ?
        and coalesce(t.lezing, 'zeker') <> 'gevraagd'
        and coalesce(r.lezing, 'zeker') <> 'gevraagd'
"""
_MENTIONS = """
    select vermelding, bedrag, bedrag_text, eenheid, nauwkeurigheid from landing.mentions where document_id = ?
"""


@dataclass(frozen=True, slots=True)
class Proved:
    """How many connected sets were proved, of how many with Iv3, and how many documents kept their rows."""

    components: int
    kept_documents: int
    with_iv3: int = 0


# Proves sets of documents that sums tie together (by their ids) and puts the rows into the schema ``proof``.
Prover = Callable[["duckdb.DuckDBPyConnection", Sequence[Sequence[str]]], None]


def write_proofs(settings: Settings, run: Run, prover: Prover | None = None) -> Proved:
    """Fill the schema ``proof`` of ``run.build``; what an earlier attempt left is replaced.

    ``prover``: what proves sums elsewhere; here where there is none. Claims in text are judged here. Needs nothing but
    landing. Raises duckdb.Error where it is not there, and what ``prover`` raises.
    """
    with connect(run.build) as connection:
        connection.execute("create temp table kept (document_id varchar)")  # whose rows stay as they are
        if run.previous is None:
            _begin(connection)
        else:
            _keep(connection, run)
        ((kept,),) = connection.execute("select count(*) from kept").fetchall()
        before = _certificates(connection)
        sets = _sets(connection)
        if prover is not None:
            prover(connection, [documents for documents, _ in sets])
        batches = list(_batches(sets))
        is_apart = prover is None and len(batches) >= _BATCHES_APART
        here = [] if is_apart else batches
        for documents in here:  # what texts say first: nothing of claims is asked once the proof has begun
            take(connection, documents)
            _put(connection, _claimed(connection))
        for documents in here if prover is None else []:
            take(connection, documents)
            _put(connection, _proved(connection, settings.workers))
    if is_apart:
        _prove_apart(settings, run.build, batches)
    with connect(run.build, read_only=True) as connection:
        own, with_iv3 = (now - then for now, then in zip(_certificates(connection), before, strict=True))
        return Proved(own, kept, with_iv3)


def _prove_apart(settings: Settings, build: Path, batches: Sequence[Sequence[str]]) -> None:
    """Prove batch after batch in processes that read the file and write rows beside it, so that this one holds none."""
    folder = build.parent / "proof"
    folder.mkdir(exist_ok=True)
    task = partial(_prove_into, build=build, folder=folder, memory_mb=settings.build_memory_mb // 2)
    for (_, documents), outcome in in_processes(
        task, list(enumerate(batches)), settings.workers, lambda _: _SECONDS_APART, _MEMORY_APART_MB
    ):
        if isinstance(outcome, Failure):
            told = f"{outcome.reason_en} {outcome.detail}".strip()
            raise RuntimeError(f"the proof of {documents[0]} and {len(documents) - 1} more {told}")
    with connect(build) as connection:
        for number in range(len(batches)):
            for table in TABLES:
                rows = str(_apart(folder, number, table)).replace("'", "''")
                connection.execute(
                    f"insert into proof.{table} select * from read_parquet('{rows}') order by all"
                )
    shutil.rmtree(folder)


def _prove_into(batch: tuple[int, Sequence[str]], build: Path, folder: Path, memory_mb: int) -> None:
    """Prove documents of a file that others read too, and write the rows of each table as Parquet."""
    import pyarrow.parquet as parquet

    number, documents = batch
    with within(memory_mb), connect(build, read_only=True) as connection:
        take(connection, documents)
        found = {**_claimed(connection), **_proved(connection, workers=1)}
    for table, rows in found.items():
        parquet.write_table(rows, _apart(folder, number, table))


def _apart(folder: Path, number: int, table: str) -> Path:
    return folder / f"{number:06d}-{table}.parquet"


def _proved(connection: duckdb.DuckDBPyConnection, workers: int) -> dict[str, pa.Table]:
    """The rows of every table of the proof about the batch."""
    proof = prove(*printed(connection), workers=workers)
    beside = prove_sources(*_beside_iv3(connection))
    return {
        table: _as_table(row, (*getattr(proof, table), *getattr(beside, table)))
        for table, row in ROWS.items()
    }


def _claimed(connection: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """What texts claim about the batch, judged."""
    judged = _claims(connection)
    return {
        "claims": _as_table(ClaimRow, [claim.row for claim in judged]),
        "claim_cells": _as_table(ClaimCellRow, [cell for claim in judged for cell in claim.cells]),
    }


def _put(connection: duckdb.DuckDBPyConnection, found: Mapping[str, pa.Table]) -> None:
    for table, rows in found.items():
        connection.register("found", rows)
        connection.execute(f"insert into proof.{table} select * from found order by all")
        connection.unregister("found")


def _certificates(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many there are of documents, and how many with Iv3."""
    counted = "select count(*) - count(case when is_between_sources then 1 end), count(case when is_between_sources then 1 end)"
    return connection.execute(f"{counted} from proof.certificates").fetchall()[0]


def take(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> None:
    """Say which documents are proved next, by their ids: what ``printed`` reads."""
    connection.execute(
        "create or replace temp table batch as select unnest(?::varchar[]) as document_id", [documents]
    )


def _sets(connection: duckdb.DuckDBPyConnection) -> list[tuple[list[str], int]]:
    """The documents that are not kept, those together that sums tie together, and how many values they print."""
    find = _tied(connection, ("",), "r.document_id not in (select document_id from kept)")
    together: dict[str, list[str]] = {}
    cells: Counter[str] = Counter()
    for document, printed in connection.execute(
        """
        select d.document_id, count(c.cell_id)
        from landing.documents as d
        left join landing.cells as c on d.document_id = c.document_id
        where d.document_id not in (select document_id from kept)
        group by d.document_id
        order by d.document_id
        """
    ).fetchall():
        together.setdefault(find(document), []).append(document)
        cells[find(document)] += printed
    return [(documents, cells[one]) for one, documents in together.items()]


def _batches(sets: Iterable[tuple[list[str], int]]) -> Iterator[list[str]]:
    """The documents of whole sets, about ``_CELLS_AT_ONCE`` printed values at a time."""
    batch: list[str] = []
    size = 0
    for documents, cells in sets:
        if batch and size + cells > _CELLS_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch += documents
        size += cells
    if batch:
        yield batch


def _begin(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop schema if exists proof cascade")
    connection.execute("create schema proof")
    for table, row in TABLES.items():
        columns = ", ".join(f"{name} {kind}" for name, kind in _columns(row).items())
        connection.execute(f"create table proof.{table} ({columns})")


def _keep(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Note which documents nothing new touches, and take out the rows of all others."""
    for file, name in ((run.previous, "previous"), (run.ground, "ground")):
        path = str(file).replace("'", "''")
        connection.execute(f"attach '{path}' as {name} (read_only)")
    connection.execute("insert into kept select unnest(?::varchar[])", [_untouched(connection)])
    connection.execute(
        """
        create temp table gone as
        select document_id from previous.landing.documents anti join kept using (document_id)
        union
        select document_id from landing.documents anti join kept using (document_id)
        """
    )
    for printed, proved in (
        ("previous.", "ground."),
        ("", ""),
    ):  # what an earlier attempt of this run put in goes too
        for table in TABLES:
            connection.execute(f"delete from proof.{table} where {_of_gone(table, printed, proved)}")
    connection.execute("detach previous; detach ground")


def _untouched(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Documents that are as they were, with every document that a sum ties them to."""
    find = _tied(connection, ("previous.", ""))
    changed = """
        select coalesce(now.document_id, before.document_id)
        from meta.inputs as now
        full join previous.meta.inputs as before on now.document_id = before.document_id
        where now.key is distinct from before.key or now.state is distinct from before.state
    """
    touched = {find(document) for (document,) in connection.execute(changed).fetchall()}
    for one, other in (("", "previous."), ("previous.", "")):  # other figures of Iv3 than before
        figures = (
            f"select document_id from (from {one}landing.iv3_cijfers except from {other}landing.iv3_cijfers)"
        )
        touched |= {find(document) for (document,) in connection.execute(figures).fetchall()}
    documents = connection.execute("select document_id from landing.documents").fetchall()
    return [document for (document,) in documents if find(document) not in touched]


def _tied(
    connection: duckdb.DuckDBPyConnection, catalogs: Sequence[str], among: str = "true"
) -> Callable[[str], str]:
    """Gives for a document the one that stands for all that sums between documents tie it to, in any of these catalogs.

    ``among``: of which rules ``r``; whom no sum ties to what they are about stands for itself.
    """
    parent: dict[str, str] = {}

    def find(document: str) -> str:
        while parent.setdefault(document, document) != document:
            document = parent[document]
        return document

    for catalog in catalogs:
        ties = f"""
            select distinct t.document_id, c.document_id
            from {catalog}landing.rules as r
            inner join {catalog}landing.rule_terms as t on r.rule_id = t.rule_id
            inner join {catalog}landing.cells as c on t.cell_id = c.cell_id
            where r.scope = 'cross_document' and {among}
        """
        for one, other in connection.execute(ties).fetchall():
            parent[find(one)] = find(other)
    return find


def _of_gone(table: str, printed: str, proved: str) -> str:
    """Which rows are about documents that are not kept, as they are in the catalogs ``printed`` and ``proved``."""
    gone = "document_id in (select document_id from gone)"
    cells = f"select cell_id from {printed}landing.cells where {gone}"
    if table in ("claims", "claim_cells"):
        return gone
    if table == "cell_status":
        return f"cell_id in ({cells})"
    if table == "rule_status":
        return f"rule_id in (select rule_id from {printed}landing.rules where {gone})"
    return f"""
        component_id in (
            select component_id from {proved}proof.cell_status where cell_id in ({cells})
            union all
            select component_id from {proved}proof.rule_status
            where rule_id in (select rule_id from {printed}landing.rules where {gone} and scope = 'cross_source')
        )
    """


def printed(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[list[PrintedCell], list[PrintedRule], list[PrintedTerm]]:
    """The landed cells, and the rules of documents with their terms, of the batch."""
    return _cells(connection), *_sums(connection, between_sources=False)


def _beside_iv3(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[list[PrintedCell], list[PrintedRule], list[PrintedTerm]]:
    """The same of the sums between documents and Iv3, with the figures of Iv3 beside the cells."""
    return [*_cells(connection), *_figures(connection)], *_sums(connection, between_sources=True)


def _cells(connection: duckdb.DuckDBPyConnection) -> list[PrintedCell]:
    return [cell_from(*row) for _, *row in connection.execute(SETS["cells"]).fetchall()]


def _figures(connection: duckdb.DuckDBPyConnection) -> list[PrintedCell]:
    """The figures of Iv3 in their sums, as numbers."""
    return [figure_from(*row) for _, *row in connection.execute(SETS["figures"]).fetchall()]


def _sums(
    connection: duckdb.DuckDBPyConnection, *, between_sources: bool
) -> tuple[list[PrintedRule], list[PrintedTerm]]:
    """The rules and terms of the batch: of its documents themselves, or those with Iv3."""
    which = "_with_iv3" if between_sources else ""
    rules, terms = (connection.execute(SETS[f"{what}{which}"]).fetchall() for what in ("rules", "terms"))
    return [PrintedRule(*row) for _, *row in rules], [PrintedTerm(*row) for _, *row in terms]


def _claims(connection: duckdb.DuckDBPyConnection) -> list[JudgedClaim]:
    """The claims of the batch, judged."""
    by_document: dict[str, list[Claim]] = {}
    for document, claim, mention, terms, nl, en, path, line in connection.execute(_CLAIMS).fetchall():
        parts = tuple(
            ClaimTerm(**term | {"coefficient": Decimal(term["coefficient"])}) for term in json.loads(terms)
        )
        by_document.setdefault(document, []).append(Claim(claim, mention, parts, nl, en, path, line))
    judged: list[JudgedClaim] = []
    for document, claims in by_document.items():
        cells = [CellFact(*row) for row in connection.execute(_CLAIMED_CELLS, [document]).fetchall()]
        mentions = [mention_fact(*row) for row in connection.execute(_MENTIONS, [document]).fetchall()]
        judged += judge_claims(document, claims, cells, mentions)
    return judged


def _columns(row: type) -> dict[str, str]:
    """The columns of a kind of record, with their DuckDB types."""
    return {name: TYPES[kind] for name, kind in kinds_of(row).items()}


def _as_table(row: type, rows: Sequence[object]) -> pa.Table:
    import pyarrow as pa

    kinds = {"varchar": pa.string(), "boolean": pa.bool_(), "integer": pa.int32(), "double": pa.float64()}
    return pa.table(
        {
            name: pa.array([getattr(r, name) for r in rows], kinds.get(kind, pa.decimal128(24, 6)))
            for name, kind in _columns(row).items()
        }
    )
