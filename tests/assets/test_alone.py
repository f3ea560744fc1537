"""Runs that a person starts from Dagster's pages: nothing goes live that this very run did not prove and judge."""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.assets.wiring import definitions
from dagster_project.settings import load
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("alone")


@pytest.fixture(scope="module")
def settings(refreshed: Path, tmp_path_factory: pytest.TempPathFactory):
    """A published warehouse, and extracts that changed since."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(refreshed, folder / "home", symlinks=True)
    shutil.copytree(ROOT / "raw", folder / "raw")
    (folder / "raw" / "hengelo-beleidsbegroting-2025" / "extra.txt").write_text("Een regel tekst.\n")
    return load(environ={}, raw=str(folder / "raw"), home=str(folder / "home"), workers=1)


@pytest.fixture(scope="module")
def job(settings):
    """The job that Dagster's pages start when a person selects assets."""
    return definitions(settings).resolve_implicit_global_asset_job_def()


def start(job, *paths: str) -> tuple[bool, list[str]]:
    """Whether the run succeeded, and in what words each step that failed said why."""
    keys = [dg.AssetKey(path.split("/")) for path in paths]
    result = job.execute_in_process(
        instance=dg.DagsterInstance.ephemeral(), raise_on_error=False, asset_selection=keys
    )
    failed = [e.event_specific_data for e in result.all_events if e.event_type_value == "STEP_FAILURE"]
    return result.success, [f.user_failure_data.description for f in failed if f.user_failure_data]


@pytest.mark.parametrize(
    "path",
    ["landing/cells", "marts/fct_lasten", "proof/certificates", "reports/auditor", "published/sluitend"],
)
def test_an_asset_that_is_made_alone_says_in_words_why_not(job, settings, path):
    live = settings.published.resolve()
    success, told = start(job, path)
    assert not success
    assert told and all("start the job 'refresh'. Nothing was published" in words for words in told)
    assert settings.published.resolve() == live
    assert list(settings.build.iterdir()) == []


def test_landing_the_report_and_publication_without_proof_and_checks_publish_nothing(job, settings):
    live = settings.published.resolve()
    landing = [
        "/".join(key.path)
        for key in job.asset_layer.asset_graph.get_all_asset_keys()
        if key.path[0] == "landing"
    ]
    success, told = start(job, *landing, "reports/auditor", "published/sluitend")
    assert not success
    assert any("it needs what bewijs, dbt, expectations make" in t for t in told), told
    assert settings.published.resolve() == live
