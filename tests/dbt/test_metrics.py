"""What dbt tells others: the semantic layer over the front door, and who stands on which model."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from dagster_project.settings import PROJECT

DIMENSION = re.compile(r"\{\{ Dimension\('\w+?__(\w+)'\) \}\}")
MODELS = PROJECT / "dbt" / "models"


@pytest.fixture(scope="module")
def semantic(refreshed) -> dict:
    """The semantic layer as dbt understands it."""
    return json.loads((refreshed / "dbt" / "semantic_manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def exposures(refreshed) -> dict[str, set[str]]:
    """The models that each exposure stands on."""
    manifest = json.loads((refreshed / "dbt" / "manifest.json").read_text(encoding="utf-8"))
    return {
        exposure["name"]: {node.rsplit(".", 1)[1] for node in exposure["depends_on"]["nodes"]}
        for exposure in manifest["exposures"].values()
    }


def value(warehouse, semantic: dict, metric: str, where: str) -> Decimal | None:
    """A simple metric asked as its definition says, from the published file."""
    (found,) = (m for m in semantic["metrics"] if m["name"] == metric)
    name = found["type_params"]["measure"]["name"]
    ((model, measure),) = (
        (model, measure)
        for model in semantic["semantic_models"]
        for measure in model["measures"]
        if measure["name"] == name
    )
    filters = [where]
    for part in (found["filter"] or {}).get("where_filters", []):
        filters.append(DIMENSION.sub(r"\1", part["where_sql_template"]))
    sql = f"select {measure['agg']}({measure['expr'] or name}) from main.{model['name']} where {' and '.join(filters)}"
    return warehouse.execute(sql).fetchone()[0]


def test_every_expression_of_the_semantic_layer_runs_and_an_entity_names_one_row(warehouse, semantic):
    assert len(semantic["semantic_models"]) >= 5
    for model in semantic["semantic_models"]:
        parts = model["entities"] + model["dimensions"] + model["measures"]
        warehouse.execute(
            f"select {', '.join(p['expr'] or p['name'] for p in parts)} from main.{model['name']}"
        )
        (primary,) = (entity for entity in model["entities"] if entity["type"] == "primary")
        rows, keys = warehouse.execute(
            f"select count(*), count(distinct {primary['expr']}) from main.{model['name']}"
        ).fetchone()
        assert rows == keys > 0, model["name"]


def test_a_metric_is_the_amount_of_one_stand(warehouse, semantic):
    leiden = "gemeente = 'Leiden' and jaar = 2018"
    assert value(warehouse, semantic, "lasten_begroot", leiden) == 89_752_000
    assert value(warehouse, semantic, "baten_begroot", leiden) == 3_833_000
    assert value(warehouse, semantic, "lasten_gerealiseerd", leiden) is None


def test_every_metric_of_amounts_filters_on_what_may_not_be_added_up(semantic):
    simple = [
        m for m in semantic["metrics"] if m["type"] == "simple" and not m["name"].startswith("getallen")
    ]
    assert len(simple) >= 8
    for metric in simple:
        filters = " ".join(part["where_sql_template"] for part in metric["filter"]["where_filters"])
        assert set(DIMENSION.findall(filters)) in ({"stand"}, {"kant", "soort"}), metric["name"]


def test_an_exposure_names_every_metric_of_the_semantic_layer(exposures, semantic):
    assert exposures["semantische_laag"] == {metric["name"] for metric in semantic["metrics"]}


def test_the_exposures_name_the_models_that_the_report_and_the_exports_read(exposures):
    reports = " ".join(
        p.read_text(encoding="utf-8") for p in (PROJECT / "dagster_project/reports").rglob("*.py")
    )
    models = {p.stem for folder in ("main", "marts", "audit") for p in (MODELS / folder).glob("*.sql")}
    read = {name for name in re.findall(r"\b(?:main|marts|audit)\.(\w+)", reports) if name in models}
    assert exposures["rapport"] == read
    assert exposures["uitvoer"] == {
        p.stem for folder in ("main", "marts") for p in (MODELS / folder).glob("*.sql")
    }
