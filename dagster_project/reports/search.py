"""What the search page looks through: documents, causes, and every row with its labels and amounts.

What does not belong here: searching (``page.js``), and how hits look.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import duckdb

from dagster_project.reports.index import CauseLine, IndexView
from dagster_project.reports.links import KEPT
from dagster_project.reports.queries import CELL_KEYS, streamed
from dagster_project.reports.wording import ZEKERHEDEN, Bilingual, words

GONE = Bilingual("niet meer in deze publicatie", "no longer in this publication")

# Per printed row: its document, its table, its label, and its values with their anchors; what is read is split by these.
VALUE, PART = "\x1e", "\x1f"
ROWS = f"""
    select c.document_id, coalesce(nullif(t.caption, ''), t.section, ''), t.unit, c.row_path,
        string_agg(coalesce(c.text, '') || '{PART}c' || left(k.cell_key, {KEPT}), '{VALUE}' order by c.column_no, c.occurrence)
    from landing.cells as c join {CELL_KEYS} as k using (cell_id) join landing.tables as t on t.table_id = c.table_id
    group by c.document_id, t.table_no, t.caption, t.section, t.unit, c.row_no, c.row_path
    order by c.document_id, t.table_no, c.row_no
"""


_AT_ONCE = 1_000  # items of a list that are text at once
EUROS = {"EUR_1000": 1_000, "EUR_MLN": 1_000_000}  # in one printed unit


def search_index(con: duckdb.DuckDBPyConnection, page: IndexView) -> Iterator[str]:
    """JSON, in pieces, for it has every printed number: documents as [id, title, gemeente, kind, href, kind in English, code of the gemeente], causes as [message,
    message_en, href, document, euros, what else they are found by], rows as [number of the document, number of the table,
    label, values], and per table what it is called and how many euros its unit is."""
    documents = {line.document_id: n for n, line in enumerate(page.documents)}
    tables: dict[tuple[str, int], int] = {}
    rows = (
        (
            documents[document_id],
            tables.setdefault((table, EUROS.get(unit, 1)), len(tables)),
            label,
            values,
        )
        for document_id, table, unit, label, values in streamed(con, "search", ROWS)
        if document_id in documents
    )
    there = (
        (d.document_id, d.title, d.gemeente, d.kind.nl, d.href, d.kind.en, d.gemeentecode)
        for d in page.documents
    )
    gone = ((d.document_id, d.title, d.gemeente, GONE.nl, d.href, GONE.en, "") for d in page.gone)
    causes = (
        (c.message.nl, c.message.en, f"oorzaken.html#{c.anchor}", c.document_id, c.amount.nl, _of(c))
        for c in page.causes
    )
    yield from _list("{", "documents", chain(there, gone))
    yield from _list(",", "causes", causes)
    yield from _list(",", "rows", rows)
    yield from _list(",", "tables", (table for table, _ in tables))
    yield from _list(",", "units", (euros for _, euros in tables))
    yield "}"


def _list(before: str, name: str, items: Iterable[object]) -> Iterator[str]:
    """A list under its name, some items at a time."""
    yield f'{before}"{name}":['
    waiting, apart = iter(items), ""
    while some := list(islice(waiting, _AT_ONCE)):
        yield apart + json.dumps(some, ensure_ascii=False, separators=(",", ":"))[1:-1]
        apart = ","
    yield "]"


def _of(cause: CauseLine) -> str:
    """What a cause is found by beside its message: how certain it is, its kind, where, and what follows from it."""
    said = (*words(ZEKERHEDEN, cause.zekerheid), *cause.kind, cause.gemeente, cause.jaar)
    return " ".join(
        (*said, *(line.finding_id[:KEPT] for line in cause.findings if line.finding_id != cause.cause_id))
    )
