"""The explorer of an export: DuckDB in the browser, over the Parquet files beside it.

    DIR/verkennen/index.html    choose and look, or ask in SQL: every table of the export answers
    DIR/verkennen/duckdb/       DuckDB-WASM, Arrow and a reader of Parquet, from npm

Nothing is asked of a network: all that the page loads stands beside it. A browser takes modules from a server only, so
that the folder of the export is served with ``python -m http.server``. The explorer of the report adds up by itself
(``explorer``). What does not belong here: fetching (``npm``), choosing and drawing (``sql_explorer.js``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from dagster_project.reports import npm
from dagster_project.reports.descriptors.contents import ExportedTable
from dagster_project.reports.render import TEMPLATES, render_sql_explorer

FOLDER = "verkennen"
_SCRIPTS = ("sql_explorer.js", "apache-arrow.mjs")


def write_sql_explorer(
    export: Path, tables: Sequence[ExportedTable], rows: Mapping[str, int], packages: Path
) -> None:
    """Write the explorer into an export that has its Parquet files.

    ``rows``: how many each table has, by name. ``packages``: where the archives from npm are kept. Raises
    ``npm.NotToBeHad`` where they cannot be had; nothing is written then.
    """
    folder = export / FOLDER
    npm.unpack(packages, folder / "duckdb")
    for name in _SCRIPTS:
        script = files("dagster_project.reports").joinpath(TEMPLATES, name).read_bytes()
        (folder / name).write_bytes(script)
    offered = [
        {
            "schema": t.schema,
            "name": t.name,
            "rows": rows[t.name],
            "description": t.description,
            "file": t.file("parquet"),
        }
        for t in tables
    ]
    (folder / "index.html").write_text(render_sql_explorer(offered), encoding="utf-8")
