"""What analysts read about the warehouse: every table and column described, every mart under contract."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from dagster_project.assets import dbt_run
from dagster_project.reading import vocabulary
from dagster_project.settings import PROJECT

DBT = PROJECT / "dbt"
SCHEMAS = ("main", "landing", "proof", "history", "staging", "intermediate", "marts", "audit", "reference")
CONTRACT_TYPES = re.compile(r"string|int|bigint|boolean|date|timestamp|decimal\(\d+, ?\d+\)")


ARITHMETIC = re.compile(
    r"\b(?:sum|avg|abs|round|safe_divide|in_euros|unit_factor)\(|[\w)]\s[-*/+]\s[\w(]"
)  # of numbers or amounts; what only counts rows is none


@pytest.fixture(scope="module")
def manifest(settings, first_night) -> dict:
    """The project as dbt understands it."""
    return json.loads(dbt_run.manifest(settings).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def nodes(manifest) -> list[dict]:
    """Models and seeds as dbt understands them."""
    return [n for n in manifest["nodes"].values() if n["resource_type"] in ("model", "seed")]


FOLDERS = ("staging", "intermediate", "marts", "audit", "main")  # in order; the steps towards the audit are its own


def test_a_model_reads_its_own_folder_and_those_before_it_and_no_fact_feeds_an_intermediate(nodes):
    models = {n["unique_id"]: n for n in nodes if n["resource_type"] == "model"}
    assert {n["fqn"][1] for n in models.values()} == set(FOLDERS)
    edges = [(models[d], n) for n in models.values() for d in n["depends_on"]["nodes"] if d in models]
    backwards = [
        f"{n['name']} in {n['fqn'][1]} reads {read['name']} in {read['fqn'][1]}"
        for read, n in edges
        if FOLDERS.index(read["fqn"][1]) > FOLDERS.index(n["fqn"][1])
    ]
    assert len(edges) > 200 and not backwards


def test_no_model_takes_facts_out_of_sentences(nodes):
    models = [n for n in nodes if n["resource_type"] == "model"]
    assert [n["name"] for n in models if re.search(r"regexp_|rlike|similar to", n["raw_code"])] == []


def test_every_model_with_arithmetic_has_a_unit_test(manifest, nodes):
    tested = {unit["model"] for unit in manifest["unit_tests"].values()}
    bare = []
    for node in nodes:
        code = re.sub(r"--.*|'[^']*'", "", node.get("raw_code") or "").replace("select * ", "")
        if node["resource_type"] == "model" and ARITHMETIC.search(code) and node["name"] not in tested:
            bare.append(node["name"])
    assert bare == ["int_dagen"]  # the days of a series: no input to give


def test_every_table_and_view_carries_its_description(query):
    assert not query(
        f"""
        select schema_name, table_name from duckdb_tables() where schema_name in {SCHEMAS} and coalesce(comment, '') = '' and not internal
        union all
        select schema_name, view_name from duckdb_views() where schema_name in {SCHEMAS} and coalesce(comment, '') = '' and not internal
        """
    )


def test_every_column_carries_its_description(query):
    assert not query(
        "select schema_name, table_name, column_name from duckdb_columns()"
        f" where schema_name in {SCHEMAS} and coalesce(comment, '') = '' and not internal"
    )


def _written(entry: object) -> Iterator[str]:
    """Every description below an entry of a .yml that is written out there, not taken from a doc block."""
    if isinstance(entry, dict):
        said = entry.get("description")
        if isinstance(said, str) and "doc(" not in said:
            yield said
        for key, below in entry.items():
            if key != "unit_tests":
                yield from _written(below)
    elif isinstance(entry, list):
        for below in entry:
            yield from _written(below)


def test_what_a_table_or_column_is_is_said_once_and_a_doc_block_says_it_where_it_comes_back():
    paths = [*(DBT / "models").rglob("*.yml"), *(DBT / "seeds").rglob("*.yml")]
    said = Counter(d for p in paths for d in _written(yaml.safe_load(p.read_text(encoding="utf-8"))))
    blocks = re.findall(
        r"{% docs \w+ %}\n(.*?)\n{% enddocs %}", (DBT / "models" / "words.md").read_text("utf-8"), re.DOTALL
    )
    said.update(blocks)
    assert [words for words, times in said.items() if times > 1] == []


def test_no_column_is_described_that_is_not_there(query, nodes):
    there = set(query("select schema_name, table_name, column_name from duckdb_columns()"))
    kept = [n for n in nodes if not n["config"]["meta"].get("is_cleared_away")]
    described = {(n["schema"], n["alias"], c) for n in kept for c in n["columns"]}
    assert not described - there


def test_a_column_means_the_same_wherever_marts_have_it_unless_the_table_says_more(nodes):
    always_same = (
        "document_id",
        "cell_id",
        "gemeente_id",
        "programma",
        "beleidsterrein_code",
        "verifieerbaarheid",
    )
    for column in always_same:
        words = {
            n["columns"][column]["description"]
            for n in nodes
            if n["schema"] == "marts" and column in n["columns"]
        }
        assert (
            len(words - {"Number of the programma that the extract is about; null: more than one."}) <= 5
        ), (column, words)


def test_every_mart_is_under_an_enforced_contract_of_types_that_travel(nodes):
    marts = [n for n in nodes if n["schema"] == "marts"]
    assert len(marts) >= 19
    for node in marts:
        assert node["config"]["contract"]["enforced"], node["name"]
        for column in node["columns"].values():
            assert CONTRACT_TYPES.fullmatch(column["data_type"]), (node["name"], column)


def test_every_driver_can_read_the_types_of_the_front_door_and_the_marts(query):
    assert not query(
        """
        select schema_name, table_name, column_name, data_type from duckdb_columns()
        where
            schema_name in ('main', 'marts')
            and not internal
            and not regexp_full_match(data_type, 'INTEGER|BIGINT|DECIMAL.*|VARCHAR|DATE|TIMESTAMP|BOOLEAN')
        """
    )


def test_no_amount_is_a_floating_point_number(query):
    assert not query(
        "select schema_name, table_name, column_name from duckdb_columns() where data_type in ('DOUBLE', 'FLOAT')"
        " and schema_name in ('staging', 'intermediate', 'marts', 'audit')"
    )


def test_amounts_in_euros_have_two_decimals(query):
    odd = query(
        "select table_name, column_name, data_type from duckdb_columns() where column_name like '%bedrag_eur'"
        " and data_type <> 'DECIMAL(18,2)'"
    )
    assert not odd


@pytest.mark.parametrize("path", sorted(DBT.glob("models/*/*.sql")), ids=lambda p: p.stem)
def test_a_model_starts_with_its_grain_and_has_its_words_beside_it(path):
    assert re.match(r"-- One row per |-- Every ", path.read_text(encoding="utf-8")), (
        "the first line states the grain"
    )
    assert path.with_suffix(".yml").exists()


def seed(name: str) -> dict[str, dict[str, str]]:
    with (DBT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {next(iter(row.values())): row for row in rows}


def test_kinds_of_sums_are_those_of_the_readers():
    listed = {
        kind: (row["omschrijving"], row["is_optelling"] == "true")
        for kind, row in seed("regelsoorten").items()
    }
    assert listed == vocabulary.RULE_KINDS


def test_standen_are_those_of_the_readers():
    assert {stand: row["omschrijving"] for stand, row in seed("standen").items()} == vocabulary.STANDEN


def test_codes_of_taakvelden_stay_text():
    codes = {row["taakveld_code"] for row in seed("taakvelden").values()}
    assert {"0.1", "0.10", "6.71a", "6.60"} <= codes
