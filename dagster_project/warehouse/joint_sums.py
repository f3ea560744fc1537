"""Sums that hold between documents, or between a document and Iv3, as rows of ``landing.rules`` and ``rule_terms``.

No Parquet file of one document holds them: who finds them puts them here, in one shape. What does not belong here: which
numbers are paired (``publications``, ``sums_with_iv3``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from dagster_project.warehouse.schema import BETWEEN, TABLES, arrow_types

if TYPE_CHECKING:
    import duckdb


class JointSum(NamedTuple):
    """One sum: terms (cell_id, coefficient), the number that is checked last, with -1. ``document_id``: where it is told."""

    rule_id: str
    document_id: str
    kind: str
    scope: str
    description: str
    description_en: str
    terms: tuple[tuple[str, Decimal], ...]


def insert_sums(connection: duckdb.DuckDBPyConnection, sums: Sequence[JointSum]) -> None:
    """Add sums, with all their terms, to those that the documents claim by themselves."""
    rules = [{k: v for k, v in one._asdict().items() if k != "terms"} for one in sums]
    insert(connection, "rules", [rule | {"is_complete": True, "is_decisive": False} for rule in rules])
    insert(
        connection,
        "rule_terms",
        [
            {
                "rule_id": one.rule_id,
                "document_id": one.document_id,
                "term_no": no,
                "cell_id": cell,
                "coefficient": coefficient,
            }
            for one in sums
            for no, (cell, coefficient) in enumerate(one.terms, start=1)
        ],
    )


def take_out_sums(connection: duckdb.DuckDBPyConnection, which: str, values: Sequence[object] = ()) -> None:
    """Take out the sums for which the condition ``which`` on landing.rules holds, with their terms."""
    rules = f"select rule_id from landing.rules where {which}"
    connection.execute(f"delete from landing.rule_terms where rule_id in ({rules})", values)
    connection.execute(f"delete from landing.rules where {which}", values)


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Add records to a landing table; a column that a record does not name is left empty."""
    if not rows:
        return
    import pyarrow as pa

    columns = BETWEEN.get(table) or TABLES[table]
    types = arrow_types()
    found = pa.table(
        {name: pa.array([row.get(name) for row in rows], types[kind]) for name, kind in columns.items()}
    )
    connection.register("found", found)
    connection.execute(f"insert into landing.{table} by name select * from found")
    connection.unregister("found")
