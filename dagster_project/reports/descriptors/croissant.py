"""The export as Croissant, the form of MLCommons: http://mlcommons.org/croissant/1.0, over the Parquet files."""

from __future__ import annotations

from dagster_project.reports.descriptors.contents import (
    DESCRIPTION,
    KEYWORDS,
    NAME,
    NO_LICENSE,
    TITLE,
    Export,
    ExportedTable,
)

FILE = "croissant.json"
_KINDS = {
    "VARCHAR": "sc:Text",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:Date",
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(export: Export) -> dict[str, object]:
    """The dataset with a file and a record set per table."""
    publisher = export.publisher
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "keywords": list(KEYWORDS),
        "inLanguage": "nl",
        "license": publisher.license or NO_LICENSE,
        "creator": {"@type": "sc:Organization", "name": publisher.name or "not stated"},
        "citeAs": f"{TITLE}, run {export.run_id}",
        "url": ".",
        "version": "1.0.0",
        "datePublished": f"{export.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "distribution": [_file(table, export) for table in export.tables],
        "recordSet": [_records(table) for table in export.tables],
    }


def _file(table: ExportedTable, export: Export) -> dict[str, object]:
    path = table.file("parquet")
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{export.files[path].bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": export.files[path].sha256,
    }


def _records(table: ExportedTable) -> dict[str, object]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{table.name}/{c.name}",
            "name": c.name,
            "description": c.description,
            "dataType": _KINDS.get(c.type, "sc:Float"),
            "source": {"fileObject": {"@id": table.file("parquet")}, "extract": {"column": c.name}},
        }
        for c in table.columns
    ]
    records: dict[str, object] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "field": fields,
    }
    if table.key:
        records["key"] = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return records
