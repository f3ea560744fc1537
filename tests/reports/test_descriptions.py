"""The descriptions beside an export, judged by the validators of their standards and by what they say."""

from __future__ import annotations

import json
import shutil
from itertools import islice

import duckdb
import pytest

from dagster_project.reports.descriptors.contents import (
    Export,
    ExportedColumn,
    ExportedTable,
    File,
    Publisher,
    files_in,
    run_of,
    tables_of,
)
from dagster_project.reports.descriptors.dcat import NOT_STATED, dcat_ap_nl
from dagster_project.settings import PROJECT, Unusable, load

SHAPES = PROJECT.parent / "shared" / "standards" / "dcat-ap-nl-3.0-shapes"
LONG = 2_000  # rows of a file that a validator in Python reads in a second


@pytest.fixture(scope="module")
def shortened(exported, tmp_path_factory):
    """The export with its longest tables cut off: those of CBS, to which no other table leads."""
    folder = tmp_path_factory.mktemp("shortened")
    (folder / "csv").mkdir()
    for path in exported.glob("*.json*"):
        shutil.copy(path, folder)
    for path in (exported / "csv").iterdir():
        with (
            path.open(encoding="utf-8") as whole,
            (folder / "csv" / path.name).open("w", encoding="utf-8") as cut,
        ):
            cut.writelines(islice(whole, LONG))
    return folder


@pytest.mark.parametrize("name", ["datapackage.json", "fiscal-data-package.json"])
def test_frictionless_accepts_the_data_packages(shortened, name):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(shortened / name))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert report.stats["tasks"] >= 3


def test_frictionless_refuses_a_code_that_is_taken_for_a_number(shortened, tmp_path):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    shutil.copytree(shortened, tmp_path, dirs_exist_ok=True)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == "beleidsterrein_code":
                field["type"] = "integer"
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_csvwvalidate_accepts_the_csvw_metadata(shortened):
    library = pytest.importorskip("csvw", reason="csvw is not installed")
    judged = library.CSVW(str(shortened / "csvw-metadata.json"), validate=True)
    assert judged.is_valid, judged.warnings
    assert len(judged.tables) == len(list((shortened / "csv").iterdir()))


def test_mlcroissant_accepts_the_croissant_and_reads_the_records(exported):
    library = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    dataset = library.Dataset(exported / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    record = next(iter(dataset.records("dim_taakveld")))
    assert set(record) == {
        f"dim_taakveld/{name}"
        for name in duckdb.read_parquet(str(exported / "parquet/dim_taakveld.parquet")).columns
    }


@pytest.mark.parametrize(
    "publisher", [Publisher(), Publisher("Gemeente Voorbeeld", "data@voorbeeld.nl", "https://x.nl/l")]
)
def test_pyshacl_accepts_the_catalogue(exported, refreshed, publisher):
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    if not SHAPES.is_dir():
        pytest.skip("the shapes of DCAT-AP-NL are not beside the project")
    assert judge(pyshacl, described(exported, refreshed, publisher)) == []


def test_pyshacl_refuses_a_catalogue_without_a_licence(exported, refreshed):
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    if not SHAPES.is_dir():
        pytest.skip("the shapes of DCAT-AP-NL are not beside the project")
    catalogue = described(exported, refreshed, Publisher())
    del next(node for node in catalogue["@graph"] if node["@type"] == "dcat:Distribution")["dct:license"]
    assert judge(pyshacl, catalogue) == ["http://purl.org/dc/terms/license"]


def described(exported, refreshed, publisher) -> dict:
    with duckdb.connect(str(refreshed / "sluitend.duckdb"), read_only=True) as connection:
        made = Export(*run_of(connection), tables_of(connection), files_in(exported), publisher)
    return dcat_ap_nl(made)


def judge(pyshacl, catalogue: dict) -> list[str]:
    """The properties that break a rule; what is only recommended may be absent."""
    import rdflib

    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    shapes = rdflib.Graph()
    for path in sorted(SHAPES.glob("*SHACL*.ttl")):
        shapes.parse(path)
    data = rdflib.Graph().parse(
        data=json.dumps(catalogue), format="json-ld", base="https://voorbeeld.nl/export/"
    )
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True)
    return [
        str(report.value(result, shacl.resultPath))
        for result in report.subjects(shacl.resultSeverity, shacl.Violation)
    ]


def test_what_nobody_said_about_the_publisher_is_called_unsaid_and_told(exported, export_told):
    catalogue = (exported / "dcat-ap-nl.jsonld").read_text(encoding="utf-8")
    assert NOT_STATED in catalogue and "licentieonbekend" in catalogue
    assert any("SLUITEND_PUBLISHER, SLUITEND_CONTACT, SLUITEND_LICENSE" in line for line in export_told)


@pytest.mark.parametrize(("setting", "value"), [("contact", "geen adres"), ("license", "CC0")])
def test_a_contact_and_a_licence_are_what_they_are_called(setting, value):
    with pytest.raises(Unusable, match=value):
        load({f"SLUITEND_{setting.upper()}": value})


def test_files_are_described_with_the_size_and_hash_that_they_have(exported):
    import hashlib

    described = json.loads((exported / "croissant.json").read_text(encoding="utf-8"))["distribution"]
    assert {file["contentUrl"] for file in described} == {
        f"parquet/{path.name}" for path in (exported / "parquet").iterdir()
    }
    for file in described[:3]:
        content = (exported / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"


def test_every_amount_of_the_fiscal_package_has_its_year_phase_direction_and_currency(exported):
    package = json.loads((exported / "fiscal-data-package.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} == {"lasten", "baten", "iv3"}
    for resource in package["resources"]:
        schema = resource["schema"]
        concepts = [f["columnType"] for f in schema["fields"] + schema["extraFields"] if "columnType" in f]
        assert {"value", "date:fiscal-year", "phase:id", "direction", "value-currency:code"} <= set(concepts)
        assert len(concepts) == len(set(concepts)), resource["name"]
        codes = {c.removesuffix(":label") + ":code" for c in concepts if c.endswith(":label")}
        assert codes <= set(concepts), resource["name"]


def test_a_key_that_leads_to_a_table_outside_the_export_is_passed_over():
    fact = ExportedTable(
        "marts",
        "fct_x",
        "",
        (ExportedColumn("cell_id", "VARCHAR", ""), ExportedColumn("gemeente_id", "VARCHAR", "")),
    )
    made = Export("1", None, (fact,), {"csv/fct_x.csv": File(0, "")}, Publisher())
    assert fact.leads(made.names) == []
    assert fact.leads({"dim_gemeente"})[0].table == "dim_gemeente"
