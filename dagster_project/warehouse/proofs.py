"""The schema ``proof`` of the private build file: what must be proved is read, the rest is copied.

A document whose content, reader and code are those of the last published file, and which no sum ties to
one that changed, keeps its rows: they are copied by SQL and never become Python objects, so that a night
costs what changed. Everything else is proved.

What does not belong here: the proof itself (``consistency``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_type_hints

from dagster_project.consistency.proof import (
    CellStatusRow,
    CertificateRow,
    ConflictRow,
    RuleStatusRow,
    SuspectRow,
    WitnessRow,
    prove,
)
from dagster_project.consistency.system import PrintedCell, PrintedRule, PrintedTerm, half_width_of
from dagster_project.settings import Settings
from dagster_project.warehouse.run import Run

if TYPE_CHECKING:
    import duckdb

TABLES = {
    "certificates": CertificateRow,
    "witnesses": WitnessRow,
    "conflicts": ConflictRow,
    "suspects": SuspectRow,
    "cell_status": CellStatusRow,
    "rule_status": RuleStatusRow,
}
_FIELD_OF_PROOF = {
    "certificates": "certificates",
    "witnesses": "witnesses",
    "conflicts": "conflicts",
    "suspects": "suspects",
    "cell_status": "cell_status",
    "rule_status": "rule_status",
}
_TYPES = {"str": "varchar", "bool": "boolean", "int": "integer", "float": "double", "Decimal": "decimal(24,6)"}


@dataclass(frozen=True, slots=True)
class Proved:
    """How much was proved, and how much could stay as it was."""

    components: int
    documents: int
    kept_documents: int


def write_proofs(settings: Settings, run: Run, *, full: bool = False) -> Proved:
    """Fill the schema ``proof`` of ``run.build``; an earlier attempt's is replaced.

    Needs landing, audit.rules and audit.rule_terms. Raises duckdb.Error where one of these is missing.
    """
    import duckdb

    with duckdb.connect(str(run.build)) as connection:
        connection.execute("drop schema if exists proof cascade")
        connection.execute("create schema proof")
        for table, row in TABLES.items():
            connection.execute(_ddl(table, row))
        has_previous = run.previous is not None and not full and _attach(connection, run)
        kept = _copy(connection) if has_previous else 0
        cells, rules, terms = _to_prove(connection, has_previous)
        proof = prove(cells, rules, terms, workers=settings.workers)
        for table, row in TABLES.items():
            _insert(connection, table, row, getattr(proof, _FIELD_OF_PROOF[table]))
        documents = connection.execute("select count(*) from landing.documents").fetchone()[0]
        return Proved(len(proof.certificates), documents - kept, kept)
