"""The amounts of the export in the words of the Fiscal Data Package 1.0: which column is which fiscal concept.

The concepts are those of its taxonomy for budgets: https://specs.frictionlessdata.io/fiscal-data-package--budgets/.
"""

from __future__ import annotations

from dagster_project.reports.descriptors.contents import DESCRIPTION, NAME, TITLE, Export, ExportedTable
from dagster_project.reports.descriptors.datapackage import resource

FILE = "fiscal-data-package.json"
_DIRECTIONS = {"lasten": "expenditure", "baten": "revenue"}  # by view: all of its amounts go one way
_CONCEPTS = {  # by column
    "bedrag_eur": "value",
    "jaar": "date:fiscal-year",
    "stand": "phase:id",
    "soort": "phase:id",
    "kant": "direction",
    "gemeente_id": "administrative-classification:generic:code",
    "gemeentecode": "administrative-classification:generic:code",
    "gemeente": "administrative-classification:generic:label",
    "programma_id": "activity:generic:program:code",
    "programma_naam": "activity:generic:program:label",
    "beleidsterrein_id": "activity:generic:subprogram:code",
    "beleidsterrein": "activity:generic:subprogram:label",
    "hoofdtaakveld_code": "functional-classification:generic:level1:code",
    "hoofdtaakveld": "functional-classification:generic:level1:label",
    "taakveld_code": "functional-classification:generic:level2:code",
    "taakveld": "functional-classification:generic:level2:label",
    "categorie_code": "economic-classification:generic:code",
    "cell_id": "budget-line-id",
}
_VIEWS = ("lasten", "baten", "iv3")


def fiscal_data_package(export: Export) -> dict[str, object]:
    """The descriptor: the views of amounts over their CSV files, each column with its concept where it has one."""
    return {
        "name": f"{NAME}-fiscal",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": export.run_id,
        "created": f"{export.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "countryCode": "nl",
        "granularity": "aggregated",
        "columnTypes": ["https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"],
        "resources": [_resource(table, export) for table in export.tables if table.name in _VIEWS],
    }


def _resource(table: ExportedTable, export: Export) -> dict[str, object]:
    described = resource(table, export)
    schema = described["schema"]
    labelled = {c.name for c in table.columns}
    fields = [
        field | {"columnType": concept} if (concept := _concept(field["name"], labelled)) else field
        for field in schema["fields"]
    ]
    extra = [_constant("munt", "value-currency:code", "EUR")]
    if table.name in _DIRECTIONS:
        extra.append(_constant("kant", "direction", _DIRECTIONS[table.name]))
    return described | {"schema": schema | {"fields": fields, "extraFields": extra}}


def _concept(column: str, columns: set[str]) -> str | None:
    """The concept of a column. A name without its code beside it is no label of that code."""
    concept = _CONCEPTS.get(column)
    if column == "hoofdtaakveld" and "hoofdtaakveld_code" not in columns:
        return None
    return concept


def _constant(name: str, concept: str, value: str) -> dict[str, str]:
    return {"name": name, "type": "string", "columnType": concept, "constant": value}
