"""The dashboard for Apache Superset: what it asks is what the front door has, and nothing that may not be added up."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
import yaml

from dagster_project.reports.descriptors.contents import Export, Publisher, run_of, tables_of
from dagster_project.reports.descriptors.superset import superset
from dagster_project.settings import PROJECT


@pytest.fixture
def made(warehouse) -> Export:
    return Export(*run_of(warehouse), tables_of(warehouse), {}, Publisher())


@pytest.fixture
def bundle(made, tmp_path) -> dict[str, dict]:
    """The files of the bundle, by path."""
    (tmp_path / "superset.zip").write_bytes(superset(made))
    with zipfile.ZipFile(tmp_path / "superset.zip") as packed:
        return {
            name.removeprefix("sluitend/"): yaml.safe_load(packed.read(name)) for name in packed.namelist()
        }


def of(bundle: dict[str, dict], kind: str) -> dict[str, dict]:
    return {content["uuid"]: content for path, content in bundle.items() if path.startswith(f"{kind}/")}


def test_every_view_of_the_front_door_is_a_dataset_with_its_columns_and_their_descriptions(bundle, made):
    (database,) = of(bundle, "databases").values()
    told = {
        dataset["table_name"]: [(c["column_name"], c["type"], c["description"]) for c in dataset["columns"]]
        for dataset in of(bundle, "datasets").values()
    }
    assert told == {
        table.name: [(c.name, c.type, c.description) for c in table.columns]
        for table in made.tables
        if table.schema == "main"
    }
    assert {d["database_uuid"] for d in of(bundle, "datasets").values()} == {database["uuid"]}
    assert database["extra"]["engine_params"]["connect_args"] == {"read_only": True}


def test_every_chart_asks_what_its_view_answers(bundle, warehouse):
    datasets = of(bundle, "datasets")
    for chart in of(bundle, "charts").values():
        params = chart["params"]
        columns = params.get("all_columns") or [*filter(None, [params.get("x_axis")]), *params["groupby"]]
        sums = [metric["sqlExpression"] for metric in params.get("metrics", [])]
        view = datasets[chart["dataset_uuid"]]["table_name"]
        rows = warehouse.execute(f"select {', '.join(columns + sums)} from main.{view} group by all" if sums else
                                 f"select {', '.join(columns)} from main.{view}").fetchall()  # fmt: skip
        assert rows, chart["slice_name"]
        if "x_axis" in params:
            assert params["groupby"] == ["stand"], "amounts of two standen are never one bar"


def test_every_chart_is_on_the_dashboard_and_the_filter_leads_to_a_dataset(bundle):
    (dashboard,) = of(bundle, "dashboards").values()
    placed = [
        part["meta"]["uuid"]
        for part in dashboard["position"].values()
        if isinstance(part, dict) and part["type"] == "CHART"
    ]
    assert sorted(placed) == sorted(of(bundle, "charts"))
    for choice in dashboard["metadata"]["native_filter_configuration"]:
        (target,) = choice["targets"]
        dataset = of(bundle, "datasets")[target["datasetUuid"]]
        assert target["column"]["name"] in {column["column_name"] for column in dataset["columns"]}


def test_a_later_bundle_has_the_same_keys_and_tells_nothing_of_this_machine(made):
    assert superset(made) == superset(made)
    later = replace(made, run_id="000002", made_at=datetime(2030, 1, 1))
    with (
        zipfile.ZipFile(io.BytesIO(superset(made))) as one,
        zipfile.ZipFile(io.BytesIO(superset(later))) as other,
    ):
        assert one.namelist() == other.namelist()
        differing = [name for name in one.namelist() if one.read(name) != other.read(name)]
        assert differing == ["sluitend/metadata.yaml"], (
            "keys follow from names, so that an import finds what is there"
        )
        assert not [name for name in one.namelist() if str(PROJECT).encode() in one.read(name)]


def test_without_a_front_door_there_is_nothing_to_draw(made):
    with zipfile.ZipFile(io.BytesIO(superset(replace(made, tables=())))) as packed:
        assert not [name for name in packed.namelist() if "/charts/" in name or "/datasets/" in name]
