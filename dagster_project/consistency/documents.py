"""A document as read and settled -> the records that the proof takes, without a database in between.

For what judges documents before they are landed: the bench and a preview. Ids have the form of landing.
What does not belong here: reading, and records that come from a warehouse.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from dagster_project.consistency.judgement import half_width_of
from dagster_project.consistency.system import (
    WITNESS_KIND,
    PrintedCell,
    PrintedRule,
    PrintedTerm,
)
from dagster_project.reading.model import Document, join_path

Records = tuple[list[PrintedCell], list[PrintedRule], list[PrintedTerm]]


def records_of(document: Document) -> Records:
    """The cells of all tables of a document, with the rules that were derived from it."""
    cells = []
    for table in document.tables:
        rows = {row.no: join_path(row.path) for row in table.rows}
        columns = {column.no: join_path(column.path) for column in table.columns}
        table_id = f"{document.document_id}/{table.no:03d}"
        for cell in table.cells:
            further = f".{cell.occurrence}" if cell.occurrence > 1 else ""
            cells.append(
                PrintedCell(
                    cell_id=f"{table_id}:{cell.row}.{cell.column}{further}",
                    table_id=table_id,
                    value=cell.amount,
                    half_width=half_width_of(table.unit, cell.decimals),
                    decimals=cell.decimals,
                    text=cell.text,
                    row_no=cell.row,
                    column_no=cell.column,
                    row_label=rows.get(cell.row, ""),
                    column_label=columns.get(cell.column, ""),
                    occurrence=cell.occurrence,
                )
            )
    rules, terms = [], []
    for no, rule in enumerate(document.rules, start=1):
        rule_id = f"{document.document_id}/{rule.kind}/{no}"
        rules.append(PrintedRule(rule_id, rule.kind, rule.is_complete, rule.nl, rule.en, rule.is_decisive))
        terms += [
            PrintedTerm(rule_id, f"{document.document_id}/{table:03d}:{row}.{column}", coefficient)
            for (table, row, column), coefficient in rule.terms
        ]
    return cells, rules, terms


def witness_rules(
    one: list[PrintedCell], other: list[PrintedCell]
) -> tuple[list[PrintedRule], list[PrintedTerm]]:
    """One rule for every number that two publications of the same tables print under the same words.

    Numbers under the same row and column path are paired in the order in which they are printed.
    """
    twins: dict[tuple[str, str], list[PrintedCell]] = defaultdict(list)
    for cell in other:
        if cell.value is not None:
            twins[cell.row_label, cell.column_label].append(cell)
    rules, terms = [], []
    for cell in one:
        waiting = twins.get((cell.row_label, cell.column_label))
        if cell.value is None or not waiting:
            continue
        rule_id = f"{cell.cell_id}/{WITNESS_KIND}"
        rules.append(
            PrintedRule(
                rule_id,
                WITNESS_KIND,
                True,
                "twee publicaties drukken hetzelfde getal",
                "two publications print one number",
            )
        )
        terms.append(PrintedTerm(rule_id, cell.cell_id, Decimal(1)))
        terms.append(PrintedTerm(rule_id, waiting.pop(0).cell_id, Decimal(-1)))
    return rules, terms
