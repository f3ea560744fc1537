"""The export as a Frictionless Data Package v2: https://datapackage.org/standard/data-package/."""

from __future__ import annotations

from typing import Any

from dagster_project.reports.descriptors.contents import DESCRIPTION, NAME, TITLE, Export, ExportedTable

FILE = "datapackage.json"
_KINDS = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


def data_package(export: Export) -> dict[str, object]:
    """The descriptor, with a resource per table over its CSV file."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": export.run_id,
        "created": f"{export.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "resources": [resource(table, export) for table in export.tables],
    }


def resource(table: ExportedTable, export: Export) -> dict[str, Any]:
    """The CSV file of a table with its schema."""
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {"name": c.name, "type": _KINDS.get(c.type, "number"), "description": c.description}
            for c in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = table.key
    if leads := table.leads(export.names):
        schema["foreignKeys"] = [
            {"fields": list(key.columns), "reference": {"resource": key.table, "fields": list(key.to)}}
            for key in leads
        ]
    return {
        "name": table.name,
        "type": "table",
        "path": table.file("csv"),
        "title": f"{table.schema}.{table.name}",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
