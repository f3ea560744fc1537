"""A document as read and settled -> the records that the proof takes, without a database in between.

For the bench, which judges documents that are never landed. Ids are those of landing.
What does not belong here: reading, and records that come from a warehouse.
"""

from __future__ import annotations

from dagster_project.claims.witnesses import Print, witnesses
from dagster_project.judgement import half_width_of
from dagster_project.proof.system import (
    WITNESS_KIND,
    PrintedCell,
    PrintedRule,
    PrintedTerm,
)
from dagster_project.reading.model import GEVRAAGD, Document, Table, join_path
from dagster_project.warehouse.records import cell_id, table_id

Records = tuple[list[PrintedCell], list[PrintedRule], list[PrintedTerm]]


def records_of(document: Document) -> Records:
    """The cells of all tables of a document, with the rules that were derived from it."""
    cells = []
    for table in document.tables:
        rows, columns = _paths(table)
        for cell in table.cells:
            cells.append(
                PrintedCell(
                    cell_id=cell_id(document.document_id, table.no, cell.row, cell.column, cell.occurrence),
                    table_id=table_id(document.document_id, table.no),
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
            PrintedTerm(rule_id, cell_id(document.document_id, *where), coefficient)
            for where, coefficient in rule.terms
        ]
    return cells, rules, terms


def witness_rules(one: Document, other: Document) -> tuple[list[PrintedRule], list[PrintedTerm]]:
    """One rule for every number that ``other``, a second publication of ``one``, prints as ``one`` does."""
    found = witnesses(other.document_id, _prints(other), one.document_id, _prints(one))
    sums = [(w.rule_id, w) for w in found if w.rule_id is not None]
    rules = [PrintedRule(name, WITNESS_KIND, True, w.description, w.description_en) for name, w in sums]
    terms = [PrintedTerm(name, cell, coefficient) for name, w in sums for cell, coefficient in w.terms]
    return rules, terms


def _prints(document: Document) -> list[Print]:
    """The cells whose reading is not asked about, in order of position."""
    found = []
    for table in document.tables:
        rows, columns = _paths(table)
        asked = {row.no for row in table.rows if GEVRAAGD in (row.lezing, table.lezing)}
        found += [
            Print(
                cell_id=cell_id(document.document_id, table.no, cell.row, cell.column, cell.occurrence),
                table_id=table_id(document.document_id, table.no),
                table_no=table.no,
                caption=table.caption,
                unit=table.unit,
                decimals=cell.decimals,
                sign=cell.sign,
                amount=cell.amount,
                row_path=rows.get(cell.row, ""),
                column_path=columns.get(cell.column, ""),
            )
            for cell in sorted(table.cells, key=lambda c: (c.row, c.column, c.occurrence))
            if cell.row not in asked
        ]
    return found


def _paths(table: Table) -> tuple[dict[int, str], dict[int, str]]:
    """The paths of its rows and of its columns, by number."""
    rows = {row.no: join_path(row.path) for row in table.rows}
    return rows, {column.no: join_path(column.path) for column in table.columns}
