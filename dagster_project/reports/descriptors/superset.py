"""A dashboard for Apache Superset as code: a bundle that ``superset import-dashboards`` takes.

The views of the front door as datasets, with the types and comments of the published file, five charts and a filter. No
chart adds up what may not be added up: amounts are apart by stand. The address of the database is that of a warehouse/
in the folder in which Superset runs; elsewhere it is one field to change, in Superset or in databases/sluitend.yaml.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from typing import Any

from dagster_project.reports.descriptors.contents import FRONT, NAME, Export, ExportedTable

FILE = "superset.zip"
DATABASE = f"duckdb:///warehouse/{NAME}.duckdb"
TITLE = "Sluitend"
_VERSION = "1.0.0"
_OURS = uuid.UUID(
    "6f1f0f0e-5d0e-5c0a-9a6e-2d1c1a0b5e11"
)  # keys follow from names, so that an import finds what is there
_WIDTH = 12  # columns of a row of a dashboard


def superset(export: Export) -> bytes:
    """The bundle, as a ZIP file; the same export gives the same bytes."""
    import yaml

    views = {table.name: table for table in export.tables if table.schema == FRONT}
    charts = [chart for chart in _charts() if chart["view"] in views]
    parts = {
        "metadata.yaml": {
            "version": _VERSION,
            "type": "Dashboard",
            "timestamp": f"{export.made_at:%Y-%m-%dT%H:%M:%S+00:00}",
        },
        f"databases/{NAME}.yaml": _database(),
        f"dashboards/{NAME}.yaml": _dashboard(charts),
    }
    parts |= {f"datasets/{NAME}/{view}.yaml": _dataset(table) for view, table in views.items()}
    parts |= {f"charts/{chart['name']}.yaml": _chart(chart) for chart in charts}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, content in parts.items():
            text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            bundle.writestr(
                zipfile.ZipInfo(f"{NAME}/{path}", (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def _id(kind: str, name: str) -> str:
    return str(uuid.uuid5(_OURS, f"{kind}/{name}"))


def _database() -> dict[str, Any]:
    return {
        "database_name": TITLE,
        "sqlalchemy_uri": DATABASE,
        "cache_timeout": 0,  # a file that is live tomorrow answers otherwise
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "extra": {
            "engine_params": {"connect_args": {"read_only": True}},
            "allows_virtual_table_explore": True,
        },
        "uuid": _id("database", NAME),
        "version": _VERSION,
    }


def _dataset(table: ExportedTable) -> dict[str, Any]:
    columns = [
        {
            "column_name": column.name,
            "type": column.type,
            "is_dttm": column.type in ("DATE", "TIMESTAMP"),
            "is_active": True,
            "groupby": True,
            "filterable": True,
            "description": column.description,
        }
        for column in table.columns
    ]
    return {
        "table_name": table.name,
        "schema": table.schema,
        "description": table.description,
        "sql": None,
        "main_dttm_col": None,
        "metrics": [
            {
                "metric_name": "count",
                "verbose_name": "COUNT(*)",
                "metric_type": "count",
                "expression": "COUNT(*)",
            }
        ],
        "columns": columns,
        "uuid": _id("dataset", table.name),
        "database_uuid": _id("database", NAME),
        "version": _VERSION,
    }


def _charts() -> list[dict[str, Any]]:
    bars = {
        "x_axis": "jaar",
        "xAxisForceCategorical": True,
        "x_axis_sort_asc": True,
        "x_axis_sort": "jaar",
        "groupby": ["stand"],
        "orientation": "vertical",
        "show_legend": True,
        "rich_tooltip": True,
        "y_axis_format": "SMART_NUMBER",
        "row_limit": 10000,
    }
    table = {
        "query_mode": "raw",
        "row_limit": 1000,
        "server_page_length": 20,
        "table_timestamp_format": "smart_date",
        "show_cell_bars": False,
    }
    return [
        {
            "name": "lasten",
            "title": "Lasten per jaar en stand (euro)",
            "view": "lasten",
            "kind": "echarts_timeseries_bar",
            "width": 6,
            "params": bars | {"metrics": [_sum("bedrag_eur", "lasten")]},
        },
        {
            "name": "reserves",
            "title": "Mutaties van reserves per jaar en stand (euro)",
            "view": "reserves",
            "kind": "echarts_timeseries_bar",
            "width": 6,
            "params": bars | {"metrics": [_sum("mutatie_eur", "toevoeging min onttrekking")]},
        },
        {
            "name": "begroting_rekening",
            "title": "Begroting naast rekening (euro)",
            "view": "begroting_rekening",
            "kind": "table",
            "width": 12,
            "params": table
            | {
                "all_columns": [
                    "gemeente", "jaar", "kant", "programma_naam", "beleidsterrein", "groep", "post", "begroting_eur",
                    "rekening_eur", "verschil_eur",
                ],
                "column_config": {
                    name: {"d3NumberFormat": ",d"} for name in ("begroting_eur", "rekening_eur", "verschil_eur")
                },
                "order_by_cols": ['["verschil_eur", false]'],
            },
        },
        {
            "name": "dekking",
            "title": "Hoeveel getallen bewezen zijn, per document",
            "view": "dekking",
            "kind": "table",
            "width": 5,
            "params": {
                "query_mode": "aggregate",
                "groupby": ["gemeente", "document"],
                "show_cell_bars": False,
                "metrics": [_sum("getallen", "getallen"), _sum("bewezen", "bewezen")],
                "row_limit": 1000,
            },
        },
        {
            "name": "bevindingen",
            "title": "Bevindingen",
            "view": "bevindingen",
            "kind": "table",
            "width": 7,
            "params": table | {"all_columns": ["ernst", "gemeente", "document", "bevinding"]},
        },
    ]  # fmt: skip


def _sum(column: str, label: str) -> dict[str, Any]:
    return {
        "expressionType": "SQL",
        "sqlExpression": f"sum({column})",
        "label": label,
        "hasCustomLabel": True,
        "optionName": f"metric_{column}",
    }


def _chart(chart: dict[str, Any]) -> dict[str, Any]:
    return {
        "slice_name": chart["title"],
        "viz_type": chart["kind"],
        "params": {"viz_type": chart["kind"], "adhoc_filters": []} | chart["params"],
        "cache_timeout": None,
        "uuid": _id("chart", chart["name"]),
        "dataset_uuid": _id("dataset", chart["view"]),
        "version": _VERSION,
    }


def _dashboard(charts: list[dict[str, Any]]) -> dict[str, Any]:
    rows: list[list[dict[str, Any]]] = [[]]
    for chart in charts:
        if sum(other["width"] for other in rows[-1]) + chart["width"] > _WIDTH:
            rows.append([])
        rows[-1].append(chart)
    names = [f"ROW-{number}" for number, _ in enumerate(rows)]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": names, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": TITLE}},
    }
    for name, row in zip(names, rows, strict=True):
        parents = ["ROOT_ID", "GRID_ID"]
        position[name] = {
            "type": "ROW",
            "id": name,
            "children": [f"CHART-{chart['name']}" for chart in row],
            "parents": parents,
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for number, chart in enumerate(row):
            position[f"CHART-{chart['name']}"] = {
                "type": "CHART",
                "id": f"CHART-{chart['name']}",
                "children": [],
                "parents": [*parents, name],
                "meta": {
                    "chartId": number + 1,
                    "uuid": _id("chart", chart["name"]),
                    "sliceName": chart["title"],
                    "width": chart["width"],
                    "height": 50,
                },
            }
    return {
        "dashboard_title": TITLE,
        "slug": NAME,
        "published": True,
        "description": "Begrotingen en rekeningen van gemeenten, uit de voordeur van het pakhuis.",
        "css": "",
        "position": position,
        "metadata": {
            "native_filter_configuration": [_filter("gemeente", "gemeente")] if charts else [],
            "cross_filters_enabled": True,
            "color_scheme": "supersetColors",
        },
        "uuid": _id("dashboard", NAME),
        "version": _VERSION,
    }


def _filter(name: str, column: str) -> dict[str, Any]:
    return {
        "id": f"NATIVE_FILTER-{name}",
        "name": name,
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"column": {"name": column}, "datasetUuid": _id("dataset", "lasten")}],
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False, "defaultToFirstItem": False},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "description": "",
    }
