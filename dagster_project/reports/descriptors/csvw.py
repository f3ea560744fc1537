"""The export as CSV on the Web: https://www.w3.org/TR/tabular-metadata/."""

from __future__ import annotations

from dagster_project.reports.descriptors.contents import DESCRIPTION, TITLE, Export, ExportedTable

FILE = "csvw-metadata.json"
_KINDS = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "dateTimeStamp",
}


def csvw(export: Export) -> dict[str, object]:
    """The metadata of a table group: every CSV file with its columns, key and where its columns lead."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": {"@value": TITLE, "@language": "nl"},
        "dc:description": DESCRIPTION,
        "dc:modified": {"@value": f"{export.made_at:%Y-%m-%d}", "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": [_table(table, export) for table in export.tables],
    }


def _table(table: ExportedTable, export: Export) -> dict[str, object]:
    schema: dict[str, object] = {
        "columns": [
            {
                "name": c.name,
                "titles": c.name,
                "dc:description": c.description,
                "datatype": _KINDS.get(c.type, "decimal"),
                "null": "",
            }
            for c in table.columns
        ]
    }
    if table.key:
        schema["primaryKey"] = table.key
    if leads := table.leads(export.names):
        files = {other.name: other.file("csv") for other in export.tables}
        schema["foreignKeys"] = [
            {
                "columnReference": list(key.columns),
                "reference": {"resource": files[key.table], "columnReference": list(key.to)},
            }
            for key in leads
        ]
    return {
        "url": table.file("csv"),
        "dc:title": f"{table.schema}.{table.name}",
        "dc:description": table.description,
        "tableSchema": schema,
    }
