"""Whose a document is: by its code, or by the name of the gemeente in that year, and never by a guess."""

from __future__ import annotations

import duckdb
import pytest
from planted import NAMED


@pytest.fixture(scope="module")
def named(planted_night):
    """Rows of a query about a document without code, by the name and the year that it gives; {document} in it is its id."""

    def of(gemeente: str, jaar: int, sql: str) -> list[tuple]:
        assert (gemeente, jaar) in NAMED
        with duckdb.connect(str(planted_night), read_only=True) as connection:
            return connection.execute(sql.format(document=f"{gemeente}-{jaar}")).fetchall()

    return of


CODE = "select gemeentecode from marts.dim_document where document_id = '{document}'"
ASKED = (
    "select message from audit.findings where kind = 'gemeentecode_onbekend' and document_id = '{document}'"
)


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
    successor = "select opvolger, cast(opgeheven_op as varchar) from marts.dim_gemeente as g join marts.dim_document using (gemeente_id) where document_id = '{document}'"
    assert named("Appingedam", 2018, successor) == [("Eemsdelta", "2021-01-01")]
