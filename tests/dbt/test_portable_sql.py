"""A model holds only SQL that DuckDB and Spark accept with the same meaning; what differs is in one file of macros."""

from __future__ import annotations

import re

import pytest
import sqlglot
from portable import DBT, render
from sqlglot import exp

import expectations

MODELS = sorted([*DBT.glob("models/*/*.sql"), *DBT.glob("tests/*.sql")])

# One engine only, or another meaning on the other (measured on DuckDB 2.0 and Spark 4).
# fmt: off
ONE_ENGINE = {
    "arg_max", "arg_min", "avg", "concat", "date_format", "dayofweek", "div", "explode", "extract_json",
    "format", "generate_series", "get_json_object", "hash", "json_extract", "last_value", "list",
    "list_agg", "list_value", "listagg", "ltrim", "regexp_matches", "regexp_replace", "rlike", "rtrim",
    "sequence", "sha2", "sha256", "starts_with", "strftime", "string_agg", "strpos", "struct_pack",
    "to_json", "unnest",
}
# fmt: on
# Columns that are never null, or whose order does not show: they may be sorted without saying where nulls go.
NEVER_NULL = re.compile(
    r".*_id|.*_no|volgnummer|niveau|voorrang|volgorde|.*volgorde|document_jaar|jaar|table_no|kind|naam|rank|path|line|reason"
    r"|stand|programma|beleidsterrein_code|taakveld_code|van_jaar|reserve|occurrence|gelijk|zelfde_opschrift"
    r"|verslagsoort|gemeentecode|kerncijfer|controle|indeling|kant|balanscode|levering|is_leeg|groepering|groep"
)


def parsed(path, engine="neutral", dialect=None):
    return sqlglot.parse_one(render(path, engine), dialect=dialect)


def forbidden(tree: exp.Expression, text: str) -> list[str]:
    """What in a statement means something else, or nothing, on one of the two engines."""
    found = []
    for node in tree.walk():
        match node:
            case exp.Div() | exp.IntDiv() | exp.SafeDivide():
                found.append(f"division: {node.sql()} (use safe_divide)")
            case exp.Star() if node.args.get("except_") or node.args.get("except"):
                found.append("* exclude")
            case exp.Array() | exp.Struct() | exp.Bracket() | exp.Unnest() | exp.Lambda() | exp.JSONExtract():
                found.append(f"list, struct or json: {node.sql()}")
            case exp.DataType() if node.this in (exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT):
                found.append("floating point")
            case exp.DataType() if node.this == exp.DataType.Type.DECIMAL and len(node.expressions) != 2:
                found.append("decimal without precision and scale")
            case exp.Literal() if node.is_string and "\\" in node.this:
                found.append(f"backslash in a literal: {node.this}")
            case exp.Avg() | exp.Concat() | exp.RegexpReplace() | exp.CurrentTimestamp() | exp.GroupConcat():
                found.append(f"{node.key}: {node.sql()}")
            case exp.RegexpExtract() if node.args.get("group") is None and node.args.get("position") is None:
                found.append(f"regexp_extract without a group: {node.sql()}")
            case exp.Substring() if node.args.get("start") is not None and node.args["start"].sql() == "0":
                found.append("substr from 0")
            case exp.Select():
                found += [f"alias in where: {name}" for name in _aliases_in_where(node)]
    bare = re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--.*", "", text))
    found += [
        f"function of one engine: {f}" for f in re.findall(r"\b(\w+) *\(", bare) if f.lower() in ONE_ENGINE
    ]
    if '"' in bare:
        found.append("double-quoted name")
    if re.search(r"\bas (?:varchar|text|numeric|double|float)\b *\)", bare):
        found.append("type of one engine: write string")
    found += [f"order by {key} without nulls first or last" for key in _loose_order(text)]
    return found


def _aliases_in_where(select: exp.Select) -> list[str]:
    where = select.args.get("where")
    made = {p.alias for p in select.expressions if isinstance(p, exp.Alias) and p.alias != p.this.name}
    tables = [*select.find_all(exp.Table)]
    if where is None or len(tables) != 1:
        return []
    used = {c.name for c in where.find_all(exp.Column) if not c.table}
    source = next((c for c in select.root().find_all(exp.CTE) if c.alias == tables[0].name), None)
    known = set(source.this.named_selects) if source is not None else set()
    return sorted((made & used) - known if "*" not in known else [])


def _loose_order(text: str) -> list[str]:
    """Sort keys that may be null and do not say where nulls go; windows and the end of a statement."""
    loose = []
    for match in re.finditer(r"\border by\s+((?:[^()]|\((?:[^()]|\([^()]*\))*\))+?)(?=\)|$|\n\))", text):
        for key in re.split(r",(?![^()]*\))", match[1]):
            words = " ".join(key.split())
            name = words.removesuffix(" desc").removesuffix(" asc").split(".")[-1]
            if (
                not re.search(r"nulls (?:first|last)$", words)
                and re.fullmatch(r"\w+", name)
                and not NEVER_NULL.fullmatch(name)
            ):
                loose.append(words)
    return loose


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.stem)
def test_a_model_reads_the_same_on_both_engines(path):
    assert not forbidden(parsed(path), render(path, "neutral"))
    for engine in ("duckdb", "spark"):
        assert parsed(path, engine, engine) is not None


@pytest.mark.parametrize("name", expectations.names())
def test_what_is_expected_reads_the_same_on_both_engines(name):
    suite = expectations.suite(name)
    asked = [e.failing_rows(suite.table) for e in suite.expectations]
    asked += [e.judged_on.replace("{table}", suite.table) for e in suite.expectations if e.judged_on]
    for sql in asked:
        assert not forbidden(sqlglot.parse_one(sql), sql)
        for engine in ("duckdb", "spark"):
            assert sqlglot.parse_one(sql, dialect=engine) is not None


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.stem)
def test_a_model_names_no_engine_file_or_function_of_one_engine(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"target\.|read_parquet|read_csv|adapter\.|dbt\.listagg", text)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select a / b from t", "division"),
        ("select * exclude (a) from t", "exclude"),
        ("select [1, 2] as x", "list"),
        ("select avg(a) from t", "avg"),
        ("select concat(a, b) from t", "concat"),
        ("select regexp_replace(a, 'x', '') from t", "regexp"),
        ("select regexp_extract(a, 'x') from t", "group"),
        ("select regexp_extract(a, '\\d', 0) from t", "backslash"),
        ("select cast(a as double) from t", "floating"),
        ("select cast(a as decimal) from t", "precision"),
        ('select "a" from t', "double-quoted"),
        ("select strftime(a, '%Y') from t", "one engine"),
        ("select row_number() over (partition by a order by bedrag) from t", "nulls"),
        ("select a + 1 as b from t where b > 1", "alias"),
    ],
)
def test_the_check_sees_what_differs(sql, why):
    assert any(why in problem for problem in forbidden(sqlglot.parse_one(sql), sql)), why
