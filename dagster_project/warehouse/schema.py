"""The tables of the landing layer as data: one list, from which Parquet and DuckDB both take their types.

In Parquet a document is one row with one list of records per table, so that one file is one document. In
DuckDB every record is a row of ``landing.<table>``, sorted by document and then by position.

What does not belong here: how a record is made (``records``) or moved (``landing``, ``build``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

TEXT, YEAR, WHOLE, BIG, FLAG = "varchar", "integer", "integer", "bigint", "boolean"
AMOUNT, COEFFICIENT, MARGIN = "decimal(24,6)", "decimal(18,6)", "decimal(12,4)"

# Rejects of a run and not of one document's reading, in the columns of ``rejects``: strays, duplicates, acceptances.
FURTHER_REJECTS = "further_rejects"

TABLES: dict[str, dict[str, str]] = {
    "documents": {
        "document_id": TEXT,
        "gemeente": TEXT,
        "gemeentecode": TEXT,
        "titel": TEXT,
        "onderdeel": TEXT,
        "soort": TEXT,
        "jaar": YEAR,
        "vorm": TEXT,
        "versie": TEXT,
        "eenheid": TEXT,
        "zelfde_als": TEXT,
        "url": TEXT,
        "opgehaald": TEXT,
        "answers": TEXT,  # json: what else document.yml says
        "sha256": TEXT,
        "reader_version": TEXT,
    },
    "inputs": {"document_id": TEXT, "path": TEXT, "sha256": TEXT, "bytes": BIG},
    "tables": {
        "table_id": TEXT,
        "document_id": TEXT,
        "table_no": WHOLE,
        "path": TEXT,
        "caption": TEXT,
        "section": TEXT,
        "kind": TEXT,
        "unit": TEXT,
        "unit_source": TEXT,
        "layout": TEXT,
        "first_line": WHOLE,
        "last_line": WHOLE,
        "page": WHOLE,
        "sheet": TEXT,
        "notes": TEXT,
        "lezing": TEXT,
        "lezing_marge": MARGIN,
        "lezing_tweede": TEXT,
        "fase": TEXT,
    },
    "columns": {
        "table_id": TEXT,
        "document_id": TEXT,
        "column_no": WHOLE,
        "column_path": TEXT,
        "grootheid": TEXT,
        "stand": TEXT,
        "jaar": YEAR,
        "rol": TEXT,
    },
    "rows": {
        "table_id": TEXT,
        "document_id": TEXT,
        "row_no": WHOLE,
        "row_path": TEXT,
        "line": WHOLE,
        "grootheid": TEXT,
        "code": TEXT,
        "rol": TEXT,
        "depth": WHOLE,
        "block": WHOLE,
        "is_group_total": FLAG,
        "label": TEXT,
        "bron": TEXT,
        "eenheid": TEXT,
        "lezing": TEXT,
        "bovenliggend_pad": TEXT,
        "post": TEXT,
        "groep": TEXT,
        "programma": TEXT,
        "programma_naam": TEXT,
        "beleidsterrein_code": TEXT,
        "beleidsterrein": TEXT,
        "taakveld": TEXT,
        "reserve": TEXT,
        "doel_code": TEXT,
        "is_called_total": FLAG,
        "is_called_part": FLAG,
        "vast_onderdeel": TEXT,
        "indicator": TEXT,
    },
    "cells": {
        "cell_id": TEXT,
        "table_id": TEXT,
        "document_id": TEXT,
        "row_no": WHOLE,
        "column_no": WHOLE,
        "occurrence": WHOLE,
        "row_path": TEXT,
        "column_path": TEXT,
        "text": TEXT,
        "value": AMOUNT,
        "is_nil": FLAG,
        "is_missing": FLAG,
        "decimals": WHOLE,
        "marker": TEXT,
        "sign": WHOLE,
        "comparator": TEXT,
        "eenheid": TEXT,
        "noot": TEXT,
        "jaar": YEAR,
        "line": WHOLE,
        "page": WHOLE,
        "is_placed": FLAG,
        "grootheid": TEXT,
        "stand": TEXT,
        "rol": TEXT,
        "teken": WHOLE,
    },
    "rules": {
        "rule_id": TEXT,
        "document_id": TEXT,
        "kind": TEXT,
        "scope": TEXT,
        "description": TEXT,
        "description_en": TEXT,
        "is_complete": FLAG,
        "is_decisive": FLAG,
        "diagnosis": TEXT,
        "diagnosis_en": TEXT,
        "slip": TEXT,
        "slip_en": TEXT,
    },
    "rule_terms": {
        "rule_id": TEXT,
        "document_id": TEXT,
        "term_no": WHOLE,
        "cell_id": TEXT,
        "coefficient": COEFFICIENT,
    },
    "conventions": {
        "table_id": TEXT,
        "document_id": TEXT,
        "naam": TEXT,
        "keuze": TEXT,
        "bron": TEXT,
        "hypotheses": WHOLE,
        "tried": TEXT,
        "survived": WHOLE,
        "declared": TEXT,
        "is_contradicted": FLAG,
    },
    "labels": {
        "document_id": TEXT,
        "table_id": TEXT,
        "code": TEXT,
        "text": TEXT,
        "soort": TEXT,
        "line": WHOLE,
        "path": TEXT,
        "woorden": TEXT,
    },
    "prestaties": {
        "document_id": TEXT,
        "doel_code": TEXT,
        "doel": TEXT,
        "prestatie_code": TEXT,
        "prestatie": TEXT,
        "beleidsterrein_code": TEXT,
        "beleidsterrein": TEXT,
        "programma": TEXT,
        "path": TEXT,
        "line": WHOLE,
    },
    "mentions": {
        "document_id": TEXT,
        "vermelding": TEXT,
        "beleidsterrein": TEXT,
        "onderwerp": TEXT,
        "aard": TEXT,
        "jaar": YEAR,
        "bedrag": AMOUNT,
        "bedrag_text": TEXT,
        "eenheid": TEXT,
        "nauwkeurigheid": TEXT,
        "duur": TEXT,
        "besluit": TEXT,
        "dekking": TEXT,
        "path": TEXT,
        "line": WHOLE,
    },
    "programmas": {
        "document_id": TEXT,
        "programma": TEXT,
        "deelprogramma": TEXT,
        "naam": TEXT,
        "domein": TEXT,
        "path": TEXT,
        "line": WHOLE,
    },
    "indelingen": {
        "document_id": TEXT,
        "soort": TEXT,
        "code": TEXT,
        "naam": TEXT,
        "domein": TEXT,
        "programma": TEXT,
        "is_onderdeel": FLAG,
    },
    "maatregelen": {
        "document_id": TEXT,
        "code": TEXT,
        "jaar": YEAR,
        "soort": TEXT,
        "programma": TEXT,
        "onderwerp": TEXT,
        "path": TEXT,
        "line": WHOLE,
    },
    "claims": {
        "document_id": TEXT,
        "claim_id": TEXT,
        "mention": TEXT,
        "terms": TEXT,  # json: a list of coefficient with mention, or with table, row, column
        "text_nl": TEXT,
        "text_en": TEXT,
        "path": TEXT,
        "line": WHOLE,
    },
    "rejects": {
        "document_id": TEXT,
        "path": TEXT,
        "line": WHOLE,
        "reason": TEXT,
        "reason_en": TEXT,
        "text": TEXT,
        "kind": TEXT,
        "key": TEXT,
        "table_id": TEXT,
        "row_no": WHOLE,
        "column_no": WHOLE,
        "is_whole_table": FLAG,
        "toelichting": TEXT,
        "toelichting_en": TEXT,
        "verschil": AMOUNT,
        "delen": TEXT,
    },
}

# What ties two documents, or a document and Iv3, found when these tables are filled (``publications``, ``sums_with_iv3``); the sums of it
# stand among ``rules``.
BETWEEN: dict[str, dict[str, str]] = {
    "publicaties": {"document_id": TEXT, "eerste_document_id": TEXT},
    "getuigen": {
        "cell_id": TEXT,
        "table_id": TEXT,
        "document_id": TEXT,
        "eerste_cell_id": TEXT,
        "eerste_table_id": TEXT,
        "is_vergelijkbaar": FLAG,
        "rule_id": TEXT,
    },
    # Figures of Iv3 in thousands of euros, as numbers in the sums of one document (``sums_with_iv3``).
    "iv3_cijfers": {
        "cell_id": TEXT,
        "document_id": TEXT,
        "bron_document_id": TEXT,
        "bestand": TEXT,
        "regel": BIG,
        "gemeentecode": TEXT,
        "verslagsoort": TEXT,
        "code": TEXT,
        "kant": TEXT,
        "getal": AMOUNT,
        "cijfers": WHOLE,
        "halve_eenheid": AMOUNT,
    },
    # Of a sum that lets lasten and baten differ from Iv3 by the same amount: the terms of that amount.
    "iv3_verschuivingen": {
        "rule_id": TEXT,
        "document_id": TEXT,
        "cell_id": TEXT,
        "coefficient": AMOUNT,
    },
}


def ddl(table: str) -> str:
    """The statement that makes one empty landing table."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in (TABLES | BETWEEN)[table].items())
    return f'create table landing."{table}" ({columns})'


@cache
def parquet_schema() -> pa.Schema:
    """One row per document: ``document_id`` and, per landing table, a list of its records."""
    import pyarrow as pa

    types = arrow_types()
    records = {
        table: pa.list_(pa.struct([(name, types[kind]) for name, kind in columns.items()]))
        for table, columns in TABLES.items()
    }
    return pa.schema([("document_id", pa.string()), *records.items()])


@cache
def arrow_types() -> dict[str, pa.DataType]:
    """What Arrow calls each type of these tables."""
    import pyarrow as pa

    return {
        TEXT: pa.string(),
        WHOLE: pa.int32(),
        BIG: pa.int64(),
        FLAG: pa.bool_(),
        AMOUNT: pa.decimal128(24, 6),
        COEFFICIENT: pa.decimal128(18, 6),
        MARGIN: pa.decimal128(12, 4),
    }
