"""What Dagster shows: the assets from raw to the published file, their lineage, and everything that checks them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

import expectations
from dagster_project.assets import dbt_run
from dagster_project.assets.automation import JOB
from dagster_project.assets.exported import EXPORT_JOB
from dagster_project.assets.fetched import FETCH_JOB
from dagster_project.assets.on_time import CHECK
from dagster_project.assets.wiring import definitions
from dagster_project.settings import load

pytestmark = pytest.mark.xdist_group("definitions")


@pytest.fixture(scope="module")
def settings(refreshed: Path):
    """Settings whose HOME holds a parsed dbt project."""
    return load(environ={}, home=str(refreshed))


@pytest.fixture(scope="module")
def graph(settings):
    return definitions(settings).resolve_asset_graph()


@pytest.fixture(scope="module")
def nodes(settings) -> dict[str, dict]:
    return json.loads(dbt_run.manifest(settings).read_text(encoding="utf-8"))["nodes"]


def key(path: str) -> dg.AssetKey:
    return dg.AssetKey(path.split("/"))


def test_every_model_and_seed_of_the_dbt_project_is_an_asset(graph, nodes):
    built = {
        dg.AssetKey([n["schema"], n["name"]])
        for n in nodes.values()
        if n["resource_type"] in ("model", "seed") and n["config"]["materialized"] != "ephemeral"
    }
    assert len(built) > 50
    assert built <= graph.materializable_asset_keys


def test_every_dbt_test_of_a_model_is_a_check(graph, nodes):
    attached = {n["name"] for n in nodes.values() if n["resource_type"] == "test" and n.get("attached_node")}
    assert attached and attached <= {check.name for check in graph.asset_check_keys}


def test_every_expectation_is_a_check_on_the_table_it_judges_that_says_whether_it_blocks(graph):
    for suite in map(expectations.suite, expectations.names()):
        table = dg.AssetKey(suite.table.split("."))
        for expectation in suite.expectations:
            spec = graph.get_check_spec(dg.AssetCheckKey(table, expectation.id))
            blocks = expectation.severity == expectations.CRITICAL
            assert spec.metadata == {"severity": expectation.severity, "blocking": blocks}
            assert spec.description.startswith(expectation.sentence)


def test_every_asset_that_a_run_makes_says_in_which_file_it_is_written(graph):
    for asset in graph.materializable_asset_keys:
        told = graph.get(asset).metadata["dagster/code_references"].code_references
        assert told and all(Path(each.file_path).is_file() for each in told), asset
    of_lasten = graph.get(key("marts/fct_lasten")).metadata["dagster/code_references"].code_references
    assert [Path(each.file_path).name for each in of_lasten] == ["fct_lasten.sql", "transform.py"]


def test_every_asset_has_the_owner_of_the_settings(settings):
    for owner in ("team:sluitend", "controller@leiden.nl"):
        owned = definitions(replace(settings, owner=owner)).resolve_asset_graph()
        assert {tuple(owned.get(key).owners) for key in owned.get_all_asset_keys()} == {(owner,)}


def test_every_judged_table_is_an_asset(graph):
    for name in expectations.names():
        assert dg.AssetKey(expectations.suite(name).table.split(".")) in graph.materializable_asset_keys


def test_every_asset_says_what_it_is_and_none_is_loose(graph):
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert [node.key.to_user_string() for node in nodes if not node.description] == []
    loose = {n.key.to_user_string() for n in nodes if not n.parent_keys and not n.child_keys}
    days = {"intermediate/int_dagen"}  # what dbt's semantic layer lays periods along
    assert {name for name in loose - days if not name.startswith("reference/")} == set(), (
        "lists that landing reads as files, or that only people read"
    )


def test_lineage_runs_from_raw_to_the_published_file(graph):
    upstream = graph.get_ancestor_asset_keys(key("published/sluitend"))
    for path in (
        "raw",
        "landing/cells",
        "audit/rule_terms",
        "proof/certificates",
        "marts/fct_lasten",
        "reports/auditor",
    ):
        assert key(path) in upstream, path


def test_the_proof_needs_landing_alone_and_stands_before_every_model(graph):
    before = graph.get_ancestor_asset_keys(key("proof/cell_status"))
    assert key("landing/rule_terms") in before
    assert {k.path[0] for k in before} == {"landing", "read", "raw", "fetched"}
    assert key("proof/cell_status") in graph.get_ancestor_asset_keys(key("audit/verifiability"))


def test_nothing_is_published_before_everything_was_judged(graph):
    assert key("audit/expectation_results") in graph.get_ancestor_asset_keys(key("published/sluitend"))
    judged = graph.get_ancestor_asset_keys(key("audit/expectation_results"))
    assert all(dg.AssetKey(expectations.suite(n).table.split(".")) in judged for n in expectations.names())


def test_every_source_of_dbt_but_the_history_is_made_by_an_asset(graph, settings):
    found = json.loads(dbt_run.manifest(settings).read_text(encoding="utf-8"))["sources"].values()
    sources = {dg.AssetKey([s["source_name"], s["name"]]) for s in found if s["source_name"] != "history"}
    assert sources <= graph.materializable_asset_keys


def test_the_job_takes_everything_in_one_process(settings):
    job = definitions(settings).resolve_job_def(JOB)
    assert job.executor_def.name == "in_process"
    assert len(job.nodes_in_topological_order) == 6


def test_what_is_fetched_comes_before_raw_and_is_no_part_of_a_refresh(graph, settings):
    assert {key("fetched/documents"), key("fetched/iv3")} <= graph.get_ancestor_asset_keys(key("raw"))
    made = definitions(settings)
    assert "fetched" not in {node.name for node in made.resolve_job_def(JOB).nodes}
    assert [node.name for node in made.resolve_job_def(FETCH_JOB).nodes] == ["fetched"]


def test_a_document_by_itself_is_a_partition_between_raw_and_landing_and_no_part_of_a_refresh(
    graph, settings
):
    assert key("read/document") in graph.get_ancestor_asset_keys(key("landing/cells"))
    assert key("raw") in graph.get_ancestor_asset_keys(key("read/document"))
    assert graph.get(key("read/document")).partitions_def.name == "document"
    job = definitions(settings).resolve_job_def(JOB)
    assert key("read/document") not in job.asset_layer.executable_asset_keys


def test_whether_refreshes_come_is_a_check_on_what_is_published_and_no_part_of_a_refresh(settings, graph):
    assert CHECK in graph.asset_check_keys
    job = definitions(settings).resolve_job_def(JOB)
    assert CHECK not in job.asset_layer.executable_asset_keys | job.asset_layer.asset_graph.asset_check_keys
    assert "refreshes_on_time" in {sensor.name for sensor in definitions(settings).sensors}


def test_every_step_tries_again_what_may_pass(settings):
    job = definitions(settings).resolve_job_def(JOB)
    assert all(node.retry_policy or node.definition.retry_policy for node in job.nodes)


def test_a_refresh_from_dagsters_pages_is_asked_for_as_on_the_command_line(settings):
    """The configuration of the resource has the options of the command, and no others."""
    job = definitions(settings).resolve_job_def(JOB)
    asked = {"strict": True, "full": True, "accept_removal": True, "engine": "spark"}
    told = dg.validate_run_config(job, {"resources": {"refresh": {"config": asked}}})
    assert told["resources"]["refresh"]["config"] == asked
    with pytest.raises(dg.DagsterInvalidConfigError):
        dg.validate_run_config(job, {"resources": {"refresh": {"config": {"stric": True}}}})


def test_the_module_that_dagster_loads_gives_the_same(refreshed, monkeypatch):
    monkeypatch.setenv("SLUITEND_HOME", str(refreshed))
    from dagster_project.definitions import defs

    assert key("published/sluitend") in defs().resolve_asset_graph().materializable_asset_keys


def test_the_export_is_there_only_when_it_is_switched_on_and_never_part_of_a_refresh(settings, tmp_path):
    assert (
        key("exported/sluitend") not in definitions(settings).resolve_asset_graph().materializable_asset_keys
    )
    on = definitions(replace(settings, export=tmp_path))
    assert key("exported/sluitend") in on.resolve_asset_graph().materializable_asset_keys
    assert key("exported/sluitend") not in on.resolve_job_def(JOB).asset_layer.executable_asset_keys
    assert on.resolve_job_def(EXPORT_JOB).asset_layer.executable_asset_keys == {key("exported/sluitend")}
    assert "after_publication" in {sensor.name for sensor in on.sensors}


def test_a_first_refresh_takes_what_set_up_parsed_as_long_as_the_project_is_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "dbt").mkdir()
    model = tmp_path / "dbt" / "model.sql"
    model.write_text("select 1 as een")
    settings = replace(load(environ={}, home=str(tmp_path / "home")), project=tmp_path)
    parsed = []

    def parse(settings, arguments, database, already=None, target_path=None):
        parsed.append(target_path or dbt_run.target(settings))
        assert not (parsed[-1] / "partial_parse.msgpack").exists(), (
            "dbt keeps unit tests of it that were moved"
        )
        for name in ("manifest.json", "semantic_manifest.json", "partial_parse.msgpack"):
            (parsed[-1] / name).write_text(model.read_text())

    monkeypatch.setattr(dbt_run, "_invoke", parse)
    dbt_run.parse_at_set_up(settings)
    assert dbt_run.manifest(settings).read_text() == "select 1 as een"
    assert parsed == [tmp_path / "dbt/target/sluitend"]

    model.write_text("select 2 as twee")
    assert dbt_run.manifest(settings).read_text() == "select 2 as twee"
    assert parsed[1:] == [dbt_run.target(settings)]
