"""Sets of documents proved as frames of pandas: for an engine that spreads frames over machines (``mapInPandas``).

A row of a frame that comes in is one connected set: documents that sums tie to each other, with all their cells, rules and terms.
A row that goes out is one row of one table of the proof; which table says ``TABLE``, and its columns carry the name of the table.
The machines need numpy, pandas and scipy; this package, which needs nothing else, is sent to them.

What does not belong here: the engine, and where frames come from and go to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from dagster_project.judgement import half_width_of
from dagster_project.proof.prove import (
    CellStatusRow,
    CertificateRow,
    ConflictRow,
    Proof,
    RuleStatusRow,
    SuspectRow,
    WitnessRow,
    prove,
    prove_sources,
)
from dagster_project.proof.system import PrintedCell, PrintedRule, PrintedTerm

if TYPE_CHECKING:
    import pandas as pd

ROWS = {
    "certificates": CertificateRow,
    "witnesses": WitnessRow,
    "conflicts": ConflictRow,
    "suspects": SuspectRow,
    "cell_status": CellStatusRow,
    "rule_status": RuleStatusRow,
}
TABLE = "proof_table"
_KINDS = (str, bool, int, float, Decimal)


def kinds_of(row: type) -> dict[str, type]:
    """The columns of a kind of record, with what each holds where it holds something."""
    hints = get_type_hints(row)
    return {
        field.name: next(
            kind for kind in (get_args(hints[field.name]) or (hints[field.name],)) if kind in _KINDS
        )
        for field in fields(row)
    }


def column_of(table: str, name: str) -> str:
    """What a column of a table is called in a frame that goes out."""
    return f"{table}_{name}"


def cell_from(
    cell_id: str, table_id: str, value: Decimal | None, unit: str | None, decimals: int, *rest: Any
) -> PrintedCell:
    """A cell as it was landed, with the half-width of its rounding. ``rest``: the other fields of a cell, in their order."""
    return PrintedCell(cell_id, table_id, value, half_width_of(unit, decimals), decimals, *rest)


def figure_from(
    cell_id: str, document_id: str, value: Decimal, half_width: Decimal, code: str, kant: str
) -> PrintedCell:
    """A figure of Iv3 as a number in a sum; it stands in no table of a document."""
    return PrintedCell(cell_id, document_id, value, half_width, row_label=code, column_label=kant)


def prove_frames(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Every set of every frame proved by itself, its sums with Iv3 apart; a frame comes out per table that got rows."""
    for frame in frames:
        proofs = [proof for given in frame.to_dict("records") for proof in _prove_set(given)]
        for table in ROWS:
            rows = [row for proof in proofs for row in getattr(proof, table)]
            if rows:
                yield _frame(table, rows)


def _prove_set(given: Mapping[Any, Any]) -> tuple[Proof, Proof]:
    cells = [cell_from(*row) for row in _rows(given["cells"])]
    figures = [figure_from(*row) for row in _rows(given["figures"])]
    own = prove(
        cells,
        [PrintedRule(*row) for row in _rows(given["rules"])],
        [PrintedTerm(*row) for row in _rows(given["terms"])],
    )
    beside = prove_sources(
        [*cells, *figures],
        [PrintedRule(*row) for row in _rows(given["rules_with_iv3"])],
        [PrintedTerm(*row) for row in _rows(given["terms_with_iv3"])],
    )
    return own, beside


def _rows(found: Sequence[Mapping[str, Any]] | None) -> list[tuple[Any, ...]]:
    """The records of a list as they were given, without the document in front; none where there is no list."""
    return [] if found is None else [tuple(record.values())[1:] for record in found]


def _frame(table: str, rows: Sequence[object]) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, pd.Series] = {TABLE: pd.Series([table] * len(rows), dtype=object)}
    nothing = pd.Series([None] * len(rows), dtype=object)
    for other, kind in ROWS.items():
        for name in kinds_of(kind):
            own = [getattr(row, name) for row in rows] if other == table else None
            columns[column_of(other, name)] = nothing if own is None else pd.Series(own, dtype=object)
    return pd.DataFrame(columns)
