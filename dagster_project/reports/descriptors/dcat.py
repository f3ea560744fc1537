"""The export as a catalogue of DCAT-AP-NL 3.0 (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/), in JSON-LD.

Addresses of files are relative: they are those of the place from which this description is read.
"""

from __future__ import annotations

from dagster_project.reports.descriptors.contents import (
    DESCRIPTION,
    FORMS,
    KEYWORDS,
    NAME,
    NO_LICENSE,
    TITLE,
    Export,
    ExportedTable,
)

FILE = "dcat-ap-nl.jsonld"
NOT_STATED = "niet opgegeven"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority"
_FORMATS = {"csv": f"{_EU}/file-type/CSV", "parquet": f"{_EU}/file-type/PARQUET"}
_STANDARDS = {
    "csv": ("https://www.w3.org/TR/tabular-metadata/", "CSV on the Web"),
    "parquet": ("https://parquet.apache.org/docs/file-format/", "Apache Parquet"),
}


def dcat_ap_nl(export: Export) -> dict[str, object]:
    """A catalogue with one dataset, which has a distribution for every file in csv/ and parquet/."""
    return {"@context": _CONTEXT, "@graph": [_catalog(export), _dataset(export), *_distributions(export)]}


def _catalog(export: Export) -> dict[str, object]:
    return {
        "@id": "#catalogus",
        "@type": "dcat:Catalog",
        "dct:title": _nl(TITLE),
        "dct:description": _en(DESCRIPTION),
        "dct:publisher": _agent(export),
        "dct:creator": _agent(export),
        "dct:language": _dutch(),
        "dct:license": _license(export),
        "dct:modified": _at(export),
        "dcat:contactPoint": _contact(export),
        "dcat:dataset": {"@id": "#dataset"},
    }


def _dataset(export: Export) -> dict[str, object]:
    return {
        "@id": "#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": NAME,
        "dct:title": _nl(TITLE),
        "dct:description": _en(DESCRIPTION),
        "dct:accessRights": _concept(f"{_EU}/access-right/PUBLIC", "openbaar", "dct:RightsStatement"),
        "dct:creator": _agent(export),
        "dct:publisher": _agent(export),
        "dct:language": _dutch(),
        "dct:modified": _at(export),
        "dcat:contactPoint": _contact(export),
        "dcat:keyword": [_nl(word) for word in KEYWORDS],
        "dcat:theme": [
            _concept(f"{_EU}/data-theme/GOVE", "Overheid en publieke sector", "skos:Concept"),
            _concept(f"{_EU}/data-theme/ECON", "Economie en financiën", "skos:Concept"),
        ],
        "dcat:version": export.run_id,
        "dcat:distribution": [{"@id": f"#{table.file(form)}"} for table in export.tables for form in FORMS],
    }


def _distributions(export: Export) -> list[dict[str, object]]:
    return [_distribution(table, form, export) for table in export.tables for form in FORMS]


def _distribution(table: ExportedTable, form: str, export: Export) -> dict[str, object]:
    path = table.file(form)
    file = export.files[path]
    return {
        "@id": f"#{path}",
        "@type": "dcat:Distribution",
        "dct:title": _nl(f"{table.schema}.{table.name} ({form})"),
        "dct:description": _en(table.description),
        "dcat:accessURL": {"@id": path, "@type": "http://www.w3.org/2000/01/rdf-schema#Resource"},
        "dcat:downloadURL": {"@id": path},
        "dcat:mediaType": _concept(
            f"https://www.iana.org/assignments/media-types/{FORMS[form]}", FORMS[form], "dct:MediaType"
        ),
        "dct:format": _concept(_FORMATS[form], form, "dct:MediaTypeOrExtent"),
        "dct:conformsTo": _concept(*_STANDARDS[form], "dct:Standard"),
        "dct:language": _dutch(),
        "dct:license": _license(export),
        "dct:modified": _at(export),
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {
                "@id": "spdx:checksumAlgorithm_sha256",
                "@type": "spdx:ChecksumAlgorithm",
            },
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _agent(export: Export) -> dict[str, object]:
    return {"@id": "#uitgever", "@type": "foaf:Agent", "foaf:name": _nl(export.publisher.name or NOT_STATED)}


def _contact(export: Export) -> dict[str, object]:
    contact: dict[str, object] = {
        "@id": "#contact",
        "@type": "vcard:Kind",
        "vcard:fn": export.publisher.name or NOT_STATED,
    }
    if export.publisher.contact:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{export.publisher.contact}"}
    return contact


def _license(export: Export) -> dict[str, object]:
    return {"@id": export.publisher.license or NO_LICENSE, "@type": "dct:LicenseDocument"}


def _dutch() -> dict[str, object]:
    return _concept(f"{_EU}/language/NLD", "Nederlands", "dct:LinguisticSystem")


def _at(export: Export) -> dict[str, str]:
    return {"@value": f"{export.made_at:%Y-%m-%dT%H:%M:%SZ}", "@type": "xsd:dateTime"}


def _concept(address: str, label: str, kind: str) -> dict[str, object]:
    kinds = [kind] if kind == "skos:Concept" else [kind, "skos:Concept"]
    return {"@id": address, "@type": kinds, "skos:prefLabel": _nl(label)}


def _nl(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _en(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}
