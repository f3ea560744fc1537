"""Whose a document is: by its code, or by the name of the gemeente in that year, and never by a guess."""

from __future__ import annotations

import duckdb
import pytest
from miniature import OTHER
from nights import FIRST_NIGHT, NO_TESTS, build


@pytest.fixture(scope="module")
def named(settings):
    """Rows of a query on the miniature in which OTHER is of another gemeente, without code, in another year."""

    def of(gemeente: str, jaar: int, sql: str) -> list[tuple]:
        def documents(records):
            return [
                r | {"gemeente": gemeente, "jaar": jaar} if r["document_id"] == OTHER else r for r in records
            ]

        path = build(
            settings, f"named_{gemeente}_{jaar}", {"landing.documents": documents}, FIRST_NIGHT, NO_TESTS
        )
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return of


CODE = f"select gemeentecode from marts.dim_document where document_id = '{OTHER}'"
ASKED = f"select message from audit.findings where kind = 'gemeentecode_onbekend' and document_id = '{OTHER}'"


def test_a_document_without_code_gets_that_of_the_one_gemeente_of_its_name_in_its_year(named):
    assert named("Appingedam", 2018, CODE) == [("GM0003",)]
    assert named("Appingedam", 2018, ASKED) == []


def test_a_name_that_is_no_longer_there_in_the_year_of_the_document_stays_unknown(named):
    assert named("Appingedam", 2024, CODE) == [(None,)]


def test_of_two_gemeenten_of_one_name_none_is_chosen_and_the_question_names_both(named):
    assert named("Bergen", 2018, CODE) == [(None,)]
    (message,) = named("Bergen", 2018, ASKED)
    assert message == (
        "Er zijn twee gemeenten Bergen (GM0373, GM0893): welke het is, moet in document.yml staan.",
    )


def test_the_province_behind_a_name_is_not_needed_where_it_does_not_decide(named):
    assert named("Hengelo", 2025, CODE) == [("GM0164",)]


def test_a_gemeente_has_its_province_inhabitants_and_size_in_each_year(query):
    about = "select gemeente_naam, provincie, inwoners, grootteklasse from marts.dim_gemeente_jaar where gemeente_id = 'GM0546'"
    assert query(f"{about} and jaar = 2018") == [("Leiden", "Zuid-Holland", 124306, "100.000 tot 250.000")]
    # absent, not zero
    assert query(f"{about} and jaar = 2012") == [("Leiden", "Zuid-Holland", None, "Onbekend")]


def test_every_year_of_a_fact_is_a_year_of_its_gemeente(query):
    assert not query(
        """
        select cell_id from marts.fct_lasten as f
        left join marts.dim_gemeente_jaar as g on f.gemeente_id = g.gemeente_id and f.jaar = g.jaar
        where g.gemeente_jaar_id is null
        """
    )


def test_a_year_belongs_to_the_council_that_made_its_budget(query):
    assert query(
        "select jaar, raadsperiode from marts.dim_jaar where jaar in (2018, 2019, 2022) order by 1"
    ) == [
        (2018, "2014-2018"),
        (2019, "2018-2022"),
        (2022, "2018-2022"),
    ]


def test_a_gemeente_that_was_merged_names_its_successor(named):
    successor = f"select opvolger, cast(opgeheven_op as varchar) from marts.dim_gemeente as g join marts.dim_document using (gemeente_id) where document_id = '{OTHER}'"
    assert named("Appingedam", 2018, successor) == [("Eemsdelta", "2021-01-01")]
