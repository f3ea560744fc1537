"""Every promise is kept by good data and broken by the damage it is there for: a check that cannot fail is none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

import expectations
from dagster_project.assets.suites import held_against, kept

pytestmark = pytest.mark.xdist_group("great_expectations")


@pytest.fixture
def build(refreshed: Path, tmp_path: Path) -> Path:
    """A writable copy of the file that a refresh of raw/ published, as it was before its keys were declared."""
    (kept,) = (refreshed / "ground").iterdir()
    copy = tmp_path / "sluitend.duckdb"
    shutil.copyfile(kept, copy)
    return copy


def damage(build: Path, *statements: str) -> None:
    """Plant a fault, which is possible while no keys are declared: DuckDB itself is not what is tested."""
    with duckdb.connect(str(build)) as connection:
        for statement in statements:
            connection.execute(statement)


def judged(build: Path, *names: str) -> dict[str, str]:
    """expectation -> status, of these suites."""
    found = held_against(build, [expectations.suite(name) for name in names], "test")
    assert set(kept(build, "test")) == set(found) and kept(build, "of another run") == ()
    return {f"{j.suite}.{j.expectation.id}": j.status for j in found}


def broken(build: Path, *names: str) -> set[str]:
    return {name for name, status in judged(build, *names).items() if status in ("failed", "errored")}


def failures(build: Path, expectation_id: str) -> list[dict]:
    with duckdb.connect(str(build), read_only=True) as connection:
        rows = connection.execute(
            "select failing_row from audit.expectation_failures where expectation_id = ? order by failure_no",
            [expectation_id],
        ).fetchall()
    return [json.loads(row) for (row,) in rows]


def a_part(build: Path, kind: str) -> tuple[str, str, str]:
    """A rule of the kind, one of its parts and its total: rule_id, cell_id, cell_id."""
    with duckdb.connect(str(build), read_only=True) as connection:
        return connection.execute(
            """
            select r.rule_id, min(t.cell_id) filter (where not t.is_total), min(t.cell_id) filter (where t.is_total)
            from audit.rules as r inner join audit.rule_terms as t using (rule_id)
            where r.kind = ? group by r.rule_id order by r.rule_id limit 1
            """,
            [kind],
        ).fetchone()


def test_good_data_keeps_every_promise(warehouse):
    results = warehouse.execute(
        "select suite, expectation_id, status from audit.expectation_results"
    ).fetchall()
    assert {suite for suite, _, _ in results} == set(expectations.names())
    assert [r for r in results if r[2] not in ("passed", "not_judged")] == []
    assert {suite for suite, _, status in results if status == "not_judged"} <= {"iv3_controles"}
    assert warehouse.execute("select count(*) from audit.expectation_failures").fetchone() == (0,)


def test_a_file_is_judged_in_a_folder_with_any_name_by_the_driver_of_the_lock(tmp_path):
    from dagster_project.assets import gx_duckdb

    query = {"unexpected_rows_query": "/* {batch} */ select * from marts.t where a > 1", "meta": {"id": "x"}}
    for name in ("a;b$HOME", "100%25", "a#b?c=d", "{{ x }} it's", "[x]@y:z"):
        file = tmp_path / name / "sluitend.duckdb"
        file.parent.mkdir()
        damage(tmp_path / "made.duckdb", "create schema marts", "create table marts.t as select 1 as a")
        (tmp_path / "made.duckdb").rename(file)
        with gx_duckdb.session(file) as session:
            assert type(session.dialect).__module__ == "duckdb_sqlalchemy", "not the driver that nobody keeps"
            found = session.run({"s": [query]})
        assert found == {"s": [{"id": "x", "success": True, "error": ""}]}, name


def test_each_expectation_is_asked_of_the_database_once(build, monkeypatch):
    from dagster_project.assets import gx_duckdb

    asked = []
    execute = gx_duckdb.HoldingEngine.execute_query
    monkeypatch.setattr(
        gx_duckdb.HoldingEngine,
        "execute_query",
        lambda engine, query: asked.append(str(query)) or execute(engine, query),
    )
    suite = expectations.suite("cells")
    broken(build, "cells")
    of_each = [
        sum(e.failing_rows(suite.table).strip() in query for query in asked) for e in suite.expectations
    ]
    assert of_each == [1] * len(suite.expectations)


def test_a_break_is_one_failing_sum_and_its_suspects_fail_as_numbers(build):
    rule, part, total = a_part(build, "subtotaal")
    damage(
        build,
        f"update audit.reconciliation set verdict = 'break', residual = 90000 where rule_id = '{rule}'",
        f"""insert into audit.suspects by name
            select c.component_id, t.cell_id, 101 as implied_low, 103 as implied_high, 1 as rank,
                   'twee cijfers verwisseld' as diagnosis
            from audit.rule_terms as t inner join audit.verifiability as c using (cell_id)
            where t.cell_id in ('{part}', '{total}') and t.rule_id = '{rule}'""",
    )
    assert "reconciliation.no_break" in broken(build, "reconciliation")
    (row,) = failures(build, "no_break")
    assert (row["rule_id"], row["suspects"]) == (rule, 2) and row["cell_id"] in {part, total}
    broken(build, "suspects")
    rows = failures(build, "no_number_is_suspect")
    assert {row["cell_id"] for row in rows} == {part, total}
    assert all(row["diagnosis"] == "twee cijfers verwisseld" and row["implied_low"] == 101 for row in rows)


@pytest.mark.parametrize(
    "wrong",
    [
        "delete from marts.fct_iv3 where rowid = 7",
        "insert into marts.fct_iv3 from marts.fct_iv3 where rowid = 7",
    ],
)
def test_a_figure_of_iv3_that_is_lost_or_doubled_is_found(build, wrong):
    damage(build, wrong)
    assert broken(build, "fct_iv3") == {"fct_iv3.as_many_figures_as_delivered"}


def test_a_set_of_sums_that_cannot_hold_names_its_suspects(build):
    with duckdb.connect(str(build), read_only=True) as connection:
        component, cell = connection.execute(
            "select component_id, min(cell_id) from audit.verifiability where component_id is not null group by 1 limit 1"
        ).fetchone()
    damage(
        build,
        f"update audit.certificates set feasible = false where component_id = '{component}'",
        f"insert into audit.suspects by name select '{component}' as component_id, '{cell}' as cell_id, 1 as rank",
    )
    assert broken(build, "certificates", "suspects") == {
        "certificates.all_sums_hold_together",
        "suspects.no_number_is_suspect",
    }
    (row,) = failures(build, "all_sums_hold_together")
    assert (row["component_id"], row["cell_id"], row["suspects"]) == (component, cell, 1)


def test_a_set_of_sums_that_nobody_could_solve_is_no_pass(build):
    damage(build, "update audit.certificates set feasible = null where rowid = 0")
    assert broken(build, "certificates") == {"certificates.every_set_was_judged"}


def test_a_missing_total_is_no_pass(build):
    rule, _, total = a_part(build, "totaal")
    damage(
        build,
        f"update landing.cells set value = null, is_nil = false where cell_id = '{total}'",
        f"update audit.reconciliation set verdict = 'not_judged', residual = null where rule_id = '{rule}'",
    )
    assert broken(build, "reconciliation") == {"reconciliation.every_rule_judged"}
    assert total in {row["cell_id"] for row in failures(build, "every_rule_judged")}


def test_a_rule_without_a_verdict_is_no_pass(build):
    rule, _, _ = a_part(build, "totaal")
    damage(build, f"delete from audit.reconciliation where rule_id = '{rule}'")
    assert broken(build, "reconciliation") == {"reconciliation.every_rule_in_the_list"}


def test_a_total_without_parts_is_seen(build):
    rule, _, total = a_part(build, "totaal")
    damage(build, f"delete from audit.rule_terms where rule_id = '{rule}' and cell_id <> '{total}'")
    assert "rules.no_total_without_parts" in broken(build, "rules")


def test_a_rule_that_lost_its_total_is_seen(build):
    rule, _, total = a_part(build, "totaal")
    damage(build, f"delete from audit.rule_terms where rule_id = '{rule}' and cell_id = '{total}'")
    assert "rules.every_rule_has_a_total" in broken(build, "rules")


@pytest.mark.parametrize("verdict", ["exact", "rounding", "break"])
def test_a_verdict_that_does_not_follow_from_the_numbers_is_seen(build, verdict):
    wrong = {"exact": "<> 0", "rounding": "= 0", "break": "= 0"}[verdict]
    damage(build, f"update audit.reconciliation set verdict = '{verdict}' where residual {wrong}")
    assert "reconciliation.verdict_follows_from_the_numbers" in broken(build, "reconciliation")


def test_a_lost_number_is_seen(build):
    damage(build, "delete from marts.fct_baten where cell_id = (select min(cell_id) from marts.fct_baten)")
    assert broken(build, "cells") == {"cells.no_number_lost"}


def test_a_number_in_two_facts_is_seen(build):
    damage(
        build,
        """insert into marts.fct_gepubliceerde_totalen by name
           select cell_id, document_id from marts.fct_lasten
           where document_id = 'leiden-programmabegroting-2018' limit 1""",
    )
    assert broken(build, "cells") == {"cells.no_number_twice"}


def test_a_number_twice_in_one_fact_is_seen(build):
    damage(build, "insert into marts.fct_lasten (select * from marts.fct_lasten limit 1)")
    assert "fct_lasten.cell_id_unique" in broken(build, "fct_lasten")


def test_a_second_witness_that_is_counted_is_seen(build):
    damage(
        build,
        """insert into marts.fct_lasten by name
           select t.cell_id, 'leiden-jaarstukken-2017-pdf' as document_id, 1 as bedrag_eur
           from audit.rule_terms as t inner join audit.rules as r using (rule_id)
           inner join audit.rule_terms as other on t.rule_id = other.rule_id and t.cell_id <> other.cell_id
           inner join marts.fct_lasten as f on other.cell_id = f.cell_id
           where r.kind = 'getuige' limit 1""",
    )
    assert broken(build, "cells") == {"cells.witness_not_counted"}


def test_a_number_from_nowhere_is_seen(build):
    damage(build, "update marts.fct_reserves set cell_id = 'nergens' where rowid = 0")
    assert {"cells.no_number_from_nowhere", "cells.no_number_lost"} <= broken(build, "cells")


def test_a_total_among_the_leaves_with_all_its_parts_is_seen(build):
    damage(
        build,
        """insert into marts.fct_lasten by name
           select cell_id, document_id, bedrag_eur from marts.fct_gepubliceerde_totalen
           where grootheid = 'lasten' and bedrag_eur is not null""",
    )
    assert "fct_lasten.no_total_with_its_parts" in broken(build, "fct_lasten")


def test_a_row_that_is_called_a_total_among_the_leaves_is_seen(build):
    damage(
        build,
        "update marts.fct_lasten set row_path = 'Totaalsaldo' where cell_id = (select min(cell_id) from marts.fct_lasten)",
    )
    assert broken(build, "fct_lasten") == {"fct_lasten.no_lookalike_of_a_total"}


def test_a_second_amount_of_a_row_for_one_year_in_one_state_is_seen(build):
    damage(
        build,
        "update marts.fct_lasten set jaar = 2018, stand = 'begroting'"
        " where document_id = 'leiden-programmabegroting-2018' and jaar = 2019 and post = 'Sociale binding en participatie'",
    )
    assert broken(build, "fct_lasten") == {"fct_lasten.one_amount_per_row"}


def test_a_row_that_equals_all_others_of_its_table_is_seen_whatever_it_is_called(build):
    damage(
        build,
        """
        update marts.fct_lasten as f
        set bedrag_eur = others.bedrag_eur
        from (
            select first.cell_id, sum(other.bedrag_eur) as bedrag_eur
            from marts.fct_lasten as first
            join landing.cells as c on c.cell_id = first.cell_id
            join landing.cells as d on d.table_id = c.table_id and d.column_no = c.column_no and d.row_no > c.row_no
            join marts.fct_lasten as other on other.cell_id = d.cell_id
            where first.document_id = 'leiden-programmabegroting-2018' and first.post = 'Sociale binding en participatie'
            group by first.cell_id
        ) as others
        where f.cell_id = others.cell_id
        """,
    )
    assert "fct_lasten.no_lookalike_of_a_total" in broken(build, "fct_lasten")


@pytest.mark.parametrize(
    ("suite", "column", "value", "expected"),
    [
        ("fct_lasten", "jaar", "1918", "jaar_plausible"),
        ("fct_lasten", "bedrag_eur", "2e13", "bedrag_eur_plausible"),
        ("fct_lasten", "stand", "'gok'", "stand_known"),
        ("fct_lasten", "bedrag_eur", "-bedrag_eur", "lasten_mostly_positive"),
        ("fct_baten", "document_id", "null", "document_id_filled"),
        ("fct_reserves", "mutatie", "'verdwenen'", "mutatie_known"),
        ("fct_indicatoren", "waarde", "null", "waarde_filled"),
        ("fct_indicatoren", "soort", "'wens'", "soort_known"),
        ("fct_besparingen", "fase", "'ooit'", "fase_known"),
        ("dim_document", "soort", "'folder'", "soort_known"),
        ("dim_gemeente", "gemeentecode", "'Leiden'", "code_of_cbs"),
    ],
)
def test_an_implausible_value_is_seen(build, suite, column, value, expected):
    damage(build, f"update marts.{suite} set {column} = {value}")
    assert f"{suite}.{expected}" in broken(build, suite)


@pytest.mark.parametrize(
    ("suite", "table", "expected"),
    [
        ("fct_vermeldingen", "marts.fct_vermeldingen", "every_mention_present"),
        ("dim_document", "marts.dim_document", "every_document_present"),
        ("verifiability", "audit.verifiability", "every_number_has_a_status"),
    ],
)
def test_a_lost_row_is_seen(build, suite, table, expected):
    damage(build, f"delete from {table} where rowid = 0")
    assert f"{suite}.{expected}" in broken(build, suite)


def test_all_failing_rows_are_kept_however_many(build):
    damage(build, "insert into audit.verifiability by name select range::varchar as cell_id from range(1500)")
    assert "verifiability.status_filled" in broken(build, "verifiability")
    assert len(failures(build, "status_filled")) == 1500


def test_an_expectation_that_cannot_be_run_is_errored_and_blocks(build):
    damage(build, "alter table audit.rejects rename column reason to reden")
    found = held_against(build, [expectations.suite("rejects")], "test")
    status = {j.expectation.id: j for j in found}
    assert status["reason_filled"].status == "errored" and status["reason_filled"].blocks
    assert status["document_id_filled"].status == "passed", "one that cannot be run takes no other with it"


def test_a_table_that_is_gone_is_errored_and_blocks(build):
    damage(build, "drop table audit.findings")
    found = held_against(build, [expectations.suite("findings")], "test")
    assert found and all(j.status == "errored" and j.blocks for j in found)


def test_the_file_is_free_again_after_judging(build):
    judged(build, "rejects")
    damage(build, "create table audit.mine (x integer)")
