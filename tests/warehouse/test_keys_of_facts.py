"""The keys of facts: declared for analysts, and never at the cost of a row."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.warehouse.star import declare_keys, drop_facts_of_iv3

KEYS = """
    select table_name, constraint_type, array_to_string(constraint_column_names, ','), coalesce(referenced_table, '')
    from duckdb_constraints()
    where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
    order by all
"""
DIMENSIONS = [("dim_jaar", "PRIMARY KEY", "jaar", ""), ("dim_stand", "PRIMARY KEY", "stand", "")]


@pytest.fixture
def star(tmp_path):
    """A file with two dimensions, a fact and a view on it."""
    with duckdb.connect(str(tmp_path / "sluitend.duckdb")) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.dim_jaar (jaar integer primary key);
            insert into marts.dim_jaar values (2018), (2019);
            create table marts.dim_stand (stand varchar primary key);
            insert into marts.dim_stand values ('begroting'), ('rekening');
            create table marts.fct_lasten as
            select 'c' || i as cell_id, cast(2018 + i % 2 as integer) as jaar, 'begroting' as stand, cast(i as decimal(18, 2)) as bedrag_eur
            from range(5000) as t(i);
            comment on table marts.fct_lasten is 'the lasten''s facts';
            comment on column marts.fct_lasten.bedrag_eur is 'in euros';
            create view lasten as select * from marts.fct_lasten;
            """
        )
        yield connection


def rows(star) -> list[tuple]:
    return star.execute("from lasten").fetchall()


def described(star) -> list[tuple]:
    return star.execute(
        "select comment from duckdb_tables() where table_name = 'fct_lasten'"
        " union all select comment from duckdb_columns() where table_name = 'fct_lasten'"
    ).fetchall()


def test_a_fact_declares_what_names_its_rows_and_where_it_leads(star):
    before = rows(star), described(star)
    declare_keys(star)
    assert star.execute(KEYS).fetchall() == sorted(
        [
            *DIMENSIONS,
            ("fct_lasten", "FOREIGN KEY", "jaar", "dim_jaar"),
            ("fct_lasten", "FOREIGN KEY", "stand", "dim_stand"),
            ("fct_lasten", "PRIMARY KEY", "cell_id", ""),
        ]
    )
    assert (rows(star), described(star)) == before


def test_what_declares_its_keys_already_is_left_as_it_is(star):
    declare_keys(star)
    once = star.execute(KEYS).fetchall()
    declare_keys(star)
    assert star.execute(KEYS).fetchall() == once


@pytest.mark.parametrize(
    ("wrong", "told"), [(("c7", 2018, "begroting"), "c7"), (("new", 2018, "raming"), "raming")]
)
def test_a_key_that_does_not_hold_is_an_error_and_the_fact_stays_as_it_was(star, wrong, told):
    star.execute("insert into marts.fct_lasten values (?, ?, ?, 0)", list(wrong))
    before = rows(star), described(star)
    with pytest.raises(duckdb.ConstraintException, match=told):
        declare_keys(star)
    assert (rows(star), described(star)) == before
    assert star.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall() == [
        ("dim_jaar",), ("dim_stand",), ("fct_lasten",),
    ]  # fmt: skip


def test_facts_of_iv3_keep_their_keys_and_go_where_all_is_made_anew(star):
    star.execute(
        """
        create table marts.dim_taakveld (taakveld_id varchar primary key);
        insert into marts.dim_taakveld values ('6.1@2017'), ('onbekend');
        create table marts.fct_iv3 (taakveld_id varchar references marts.dim_taakveld (taakveld_id), regel integer);
        insert into marts.fct_iv3 select '6.1@2017', i from range(100) as t(i);
        """
    )
    keys = KEYS.replace("where", "where table_name = 'fct_iv3' and")
    declare_keys(star)
    assert star.execute(keys).fetchall() == [("fct_iv3", "FOREIGN KEY", "taakveld_id", "dim_taakveld")]
    star.execute("begin; delete from marts.fct_iv3 where regel < 50")
    star.execute(
        "insert into marts.fct_iv3 values ('onbekend', 7); commit"
    )  # as a gemeente that delivers again
    with pytest.raises(duckdb.ConstraintException):
        star.execute("insert into marts.fct_iv3 values ('6.2@2017', 7)")
    drop_facts_of_iv3(star)
    star.execute("drop table marts.dim_taakveld")


def test_a_file_without_marts_has_no_keys_to_declare():
    with duckdb.connect() as connection:
        declare_keys(connection)
        assert connection.execute(KEYS).fetchall() == []
