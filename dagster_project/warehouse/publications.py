"""Landing of what ties two documents: which is another publication of which, and the sums between their tables.

It depends on more than one document, so that no Parquet file of one holds it: it is found when the landing tables
are filled, for the documents that changed. What does not belong here: how publications are paired (``claims``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dagster_project.claims.witnesses import Print, Witness, first_publications, witnesses
from dagster_project.proof.system import WITNESS_KIND
from dagster_project.warehouse.joint_sums import JointSum, insert, insert_sums, take_out_sums

if TYPE_CHECKING:
    import duckdb

_PAIRS_AT_ONCE = 100  # documents whose cells are in memory together
_PRINTS = """
    select
        c.document_id, c.cell_id, c.table_id, t.table_no, coalesce(t.caption, ''), t.unit, coalesce(c.decimals, 0),
        coalesce(c.sign, 1), coalesce(c.value, case when c.is_nil then 0 end), c.row_path, c.column_path
    from landing.cells as c
    inner join landing.tables as t on c.table_id = t.table_id
    left join landing.rows as r on c.table_id = r.table_id and c.row_no = r.row_no
    where
        c.document_id in (select unnest(?::varchar[]))
        and coalesce(t.lezing, 'zeker') <> 'gevraagd'
        and coalesce(r.lezing, 'zeker') <> 'gevraagd'
    order by c.document_id, c.table_id, c.row_no, c.column_no, c.occurrence
"""


def write_witnesses(connection: duckdb.DuckDBPyConnection, kept: Collection[str]) -> None:
    """Fill landing.publicaties and landing.getuigen, and the sums of the latter in landing.rules and rule_terms.

    ``kept``: document_id of those whose rows in the file are as they must be; the sums between two of these stay.
    Everything else of this kind in the file is replaced. Needs landing.documents, tables, rows and cells.
    """
    firsts = first_publications(
        {
            document: (same_as or "").strip() or None
            for document, same_as in connection.execute(
                "select document_id, zelfde_als from landing.documents order by document_id"
            ).fetchall()
        }
    )
    before = dict(
        connection.execute("select document_id, eerste_document_id from landing.publicaties").fetchall()
    )
    stays = [d for d, first in firsts.items() if d in kept and first in kept and before.get(d) == first]
    _take_out(connection, stays)
    insert(
        connection,
        "publicaties",
        [{"document_id": d, "eerste_document_id": first} for d, first in firsts.items()],
    )
    for document, found in _found(connection, {d: firsts[d] for d in firsts.keys() - set(stays)}):
        insert(connection, "getuigen", [_getuige(document, w) for w in found])
        insert_sums(
            connection,
            [
                JointSum(
                    w.rule_id,
                    document,
                    WITNESS_KIND,
                    "cross_document",
                    w.description,
                    w.description_en,
                    w.terms,
                )
                for w in found
                if w.rule_id is not None
            ],
        )


def _take_out(connection: duckdb.DuckDBPyConnection, stays: Sequence[str]) -> None:
    gone = "document_id not in (select unnest(?::varchar[]))"
    connection.execute("delete from landing.publicaties")
    connection.execute(f"delete from landing.getuigen where {gone}", [stays])
    take_out_sums(connection, f"kind = '{WITNESS_KIND}' and {gone}", [stays])


def _found(
    connection: duckdb.DuckDBPyConnection, firsts: Mapping[str, str]
) -> Iterator[tuple[str, list[Witness]]]:
    """(document_id, its witnesses in order of cell_id) of each second publication, in order."""
    seconds = sorted(firsts)
    for begin in range(0, len(seconds), _PAIRS_AT_ONCE):
        some = seconds[begin : begin + _PAIRS_AT_ONCE]
        prints: dict[str, list[Print]] = defaultdict(list)
        needed = list({*some, *(firsts[d] for d in some)})
        for document, *rest in connection.execute(_PRINTS, [needed]).fetchall():
            prints[document].append(Print(*rest))
        for document in some:
            first = firsts[document]
            found = witnesses(document, prints[document], first, prints[first])
            yield document, sorted(found, key=lambda w: w.cell_id)


def _getuige(document: str, witness: Witness) -> dict[str, object]:
    return {
        "cell_id": witness.cell_id,
        "table_id": witness.table_id,
        "document_id": document,
        "eerste_cell_id": witness.first.cell_id if witness.first else None,
        "eerste_table_id": witness.first_table_id,
        "is_vergelijkbaar": witness.is_comparable,
        "rule_id": witness.rule_id,
    }
