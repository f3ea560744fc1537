"""What the search page looks through: documents, causes, and every row with its labels and amounts.

What does not belong here: searching (``page.js``), and how hits look.
"""

from __future__ import annotations

import json

import duckdb

from dagster_project.reports.index import IndexView
from dagster_project.reports.links import KEPT
from dagster_project.reports.queries import CELL_KEYS, fetched

# Per printed row: its document, its table, its label, and its values with their anchors; what is read is split by these.
VALUE, PART = "\x1e", "\x1f"
ROWS = f"""
    select c.document_id, coalesce(nullif(t.caption, ''), t.section, ''), c.row_path,
        string_agg(coalesce(c.text, '') || '{PART}c' || left(k.cell_key, {KEPT}), '{VALUE}' order by c.column_no, c.occurrence)
    from landing.cells as c join {CELL_KEYS} as k using (cell_id) join landing.tables as t on t.table_id = c.table_id
    group by c.document_id, t.table_no, t.caption, t.section, c.row_no, c.row_path
    order by c.document_id, t.table_no, c.row_no
"""


def search_index(con: duckdb.DuckDBPyConnection, page: IndexView) -> str:
    """JSON: documents as [id, title, gemeente, kind, href, kind in English], causes as [message, message_en, href, document, euros],
    rows as [number of the document, number of the table, label, values]."""
    documents = {line.document_id: n for n, line in enumerate(page.documents)}
    tables: dict[str, int] = {}
    rows = [
        [documents[document_id], tables.setdefault(table, len(tables)), label, values]
        for document_id, table, label, values in fetched(con, "search", ROWS)
        if document_id in documents
    ]
    return json.dumps(
        {
            "documents": [
                [line.document_id, line.title, line.gemeente, line.kind.nl, line.href, line.kind.en]
                for line in page.documents
            ],
            "causes": [
                [c.message.nl, c.message.en, f"oorzaken.html#{c.anchor}", c.document_id, c.amount.nl]
                for c in page.causes
            ],
            "tables": list(tables),
            "rows": rows,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
