"""Models as each engine would see them, without a database: macros rendered for DuckDB, for Spark, or named only.

``render(path, "neutral")`` leaves what differs between engines as a call ``dialect(...)``, so that what remains
is what the model itself says. What does not belong here: which constructs are allowed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2

from dagster_project.settings import PROJECT

DBT = PROJECT / "dbt"
_DATE = "2018-12-01"


class _Adapter:
    def __init__(self, engine: str, template) -> None:
        self.engine, self.template = engine, template

    def dispatch(self, name: str, _package: str):
        if self.engine == "neutral":
            return lambda *arguments: _neutral(name, arguments)
        macros = vars(self.template().module)
        return macros.get(f"{self.engine}__{name}") or macros[f"default__{name}"]


def _neutral(name: str, arguments: tuple) -> str:
    if not arguments:  # whole clauses that only a build on top of a published file has
        return ""
    if name in ("iv3_to_build", "of_part"):  # all rows, but in such a build or of many documents
        return str(arguments[0])
    if name == "int_series":
        return f"(select {arguments[0]} as {arguments[2]})"
    return f"dialect({arguments[0]})"


class _RunStarted:
    def strftime(self, _format: str) -> str:
        return _DATE


@cache
def _macros(engine: str) -> jinja2.Template:
    text = "".join(
        p.read_text(encoding="utf-8")
        for p in sorted((DBT / "macros").glob("*.sql"))
        if p.stem
        not in (
            "generate_schema_name",
            "describe",
            "in_place",
            "per_document",
            "in_parts",
            "when_iv3_changed",
        )
    )
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals.update(
        adapter=_Adapter(engine, lambda: _macros(engine)),
        var=lambda name, default=None: {"vandaag": _DATE, "nu": f"{_DATE} 02:00:00"}.get(name, default),
        run_started_at=_RunStarted(),
    )
    environment.globals["return"] = lambda value: value
    return environment.from_string(text)


def render(path: Path, engine: str) -> str:
    """The SQL of a model or test for ``duckdb``, ``spark`` or ``neutral``."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    macros = {k: v for k, v in vars(_macros(engine).module).items() if not k.startswith("_")}
    environment.globals.update(
        macros,
        ref=lambda name: name,
        source=lambda schema, name: f"{schema}.{name}",
        config=lambda **_: "",
        var=lambda name, default=1: default,
    )
    return re.sub(r"\n\s*\n", "\n", environment.from_string(path.read_text(encoding="utf-8")).render())
