"""A star that cannot be summed wrongly: no total beside its parts, one document and one cut per figure, filled keys."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest
from miniature import BUDGET, WEB
from planted import TABLES

@pytest.fixture(scope="module")
def totals(planted_night):
    """Where each row of TABLES went: {caption: {label: reden, or None in the facts}}."""
    with duckdb.connect(str(planted_night), read_only=True) as connection:
        found = connection.execute(
            """
            select distinct table_id, row_path, null as reden from marts.fct_lasten where document_id = 'woerden'
            union all
            select distinct table_id, row_path, reden from audit.unplaced where document_id = 'woerden'
            union all
            select distinct table_id, row_path, reden from marts.fct_gepubliceerde_totalen where document_id = 'woerden'
            """
        ).fetchall()
    return {
        name: {label: reden for table, label, reden in found if table == f"woerden/{no:03d}"}
        for no, (name, _) in enumerate(TABLES, 1)
    }


def test_a_row_that_equals_the_rows_above_it_is_asked_about(totals):
    assert totals["unlabelled total"] == {"Wegen": None, "Water": None, "Samen": "lijkt_totaal"}


def test_a_row_that_equals_the_rows_below_it_within_rounding_is_asked_about(totals):
    assert totals["total first"] == {"10 Inkomen": "lijkt_totaal", "Bijstand": None, "Minima": None}


def test_subtotals_and_the_total_of_subtotals_are_asked_about(totals):
    out = dict.fromkeys(("AB", "CD", "ABCD"), "lijkt_totaal")
    assert totals["grand total"] == dict.fromkeys("ABCD") | out


def test_a_row_that_is_called_a_total_and_sums_nothing_that_is_there_is_asked_about(totals):
    assert totals["named total"] == {"Wegen": None, "Totaalsaldo": "heet_totaal"}


def test_a_total_that_no_sum_ties_to_its_parts_is_asked_about(totals):
    assert totals["named and equal"] == {"Wegen": None, "Water": None, "Totaal": "zonder_som"}


def test_numbers_of_two_digits_that_do_not_differ_over_the_years_may_agree_by_chance(totals):
    assert totals["no total"] == dict.fromkeys(("Wegen", "Water", "Groen"))


def test_a_row_that_is_called_a_part_of_the_row_above_is_asked_about_and_the_whole_counts(totals):
    assert totals["parts"] == {"Zorg": None, "waarvan jeugd": "deel", "w.v. ouderen": "deel", "Wegen": None}


def test_a_part_of_which_no_whole_is_printed_counts(totals):
    assert totals["part of nothing"] == {"waarvan jeugd": None, "Wegen": None}


def test_two_amounts_of_a_row_for_one_year_in_one_state_are_asked_about(editions):
    no = f"{len(TABLES) + 1:03d}"
    table = f"woerden/{no}"
    told = "stands there twice for one year in one state: what do the columns say? Answer in document.yml under antwoorden: "
    assert editions(
        f"select distinct reden, jaar, vraag_en from audit.unplaced where table_id = '{table}'"
    ) == [("dubbele_kolom", 2018, f'{told}"{no}.lezing".')]
    assert editions(f"select distinct jaar from marts.fct_lasten where table_id = '{table}'") == [(2019,)]


@pytest.fixture(scope="module")
def editions(planted_night):
    """Rows of a query on documents of one gemeente that give the same years more than once."""

    def rows(sql: str) -> list[tuple]:
        with duckdb.connect(str(planted_night), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return rows


def test_the_latest_document_that_gives_a_programma_counts_and_the_others_stay_beside_it(editions):
    assert editions(
        "select document_id, programma, is_laatste from marts.fct_lasten"
        " where gemeente = 'Gouda' and jaar = 2018 and indeling = 'programma' order by 1, 2"
    ) == [("begroting-2018", "1", False), ("begroting-2018", "2", True), ("rapportage-2018", "1", True)]


def test_a_second_cut_of_the_money_does_not_count_beside_the_first(editions):
    assert editions(
        "select distinct indeling, is_hoofdindeling from marts.fct_lasten where gemeente = 'Gouda' order by 1"
    ) == [("programma", True), ("thema", False)]


def test_reserves_that_a_later_document_calls_otherwise_count_once(editions):
    assert editions(
        "select reserve, is_laatste from marts.fct_reserves where gemeente = 'Assen' and jaar = 2018 order by 1"
    ) == [("Algemene reserve", False), ("Bestemmingsreserve wonen", True), ("Reserve wonen", False), ("Vrije reserve", True)]  # fmt: skip


def test_documents_of_another_gemeente_change_nothing(editions):
    assert editions(
        "select distinct is_laatste, is_hoofdindeling from marts.fct_lasten where gemeente = 'Delft'"
    ) == [(True, True)]


def test_a_second_cut_alone_counts(query):
    assert query(
        f"select distinct is_hoofdindeling from marts.fct_lasten where document_id = '{WEB}' and jaar = 2017"
    ) == [(True,)]
    assert query(
        f"select distinct is_hoofdindeling from marts.fct_lasten where document_id = '{WEB}' and jaar = 2018"
    ) == [(False,)]


def test_a_row_that_only_says_lasten_is_about_what_stands_above_it(query):
    posten = "select distinct groep, post from marts.fct_lasten where document_id = '{}' order by 2"
    assert query(posten.format(BUDGET)) == [(None, "Ondersteuning"), (None, "Preventie")]
    assert query(posten.format(WEB)) == [("Jeugd", "Pgb"), ("Jeugd", "Zorg")]


KEYS = [
    ("programma_id", "dim_programma"),
    ("beleidsterrein_id", "dim_beleidsterrein"),
    ("taakveld_id", "dim_taakveld"),
    ("gemeente_id", "dim_gemeente"),
    ("document_id", "dim_document"),
    ("jaar", "dim_jaar"),
    ("stand", "dim_stand"),
]


@pytest.mark.parametrize(
    "dimension",
    ["gemeente", "document", "programma", "beleidsterrein", "taakveld", "reserve", "indicator", "doel", "stand"],
)
def test_every_dimension_has_one_member_for_what_is_not_known(query, dimension):
    key = dimension if dimension == "stand" else f"{dimension}_id"
    assert query(f"select count(*) from marts.dim_{dimension} where {key} = 'onbekend'") == [(1,)]


def test_the_year_that_a_text_does_not_say_is_a_member_too(query):
    assert query("select jaar, eerste_dag from marts.dim_jaar where jaar_naam = 'Onbekend'") == [(0, None)]
    assert query("select jaar, count(*) from marts.fct_vermeldingen group by all order by all") == [(0, 1), (2017, 2)]


@pytest.mark.parametrize(("key", "dimension"), [pair for pair in KEYS if pair[0] not in ("taakveld_id", "stand")])
def test_every_key_of_an_amount_in_running_text_leads_somewhere(query, key, dimension):
    assert query(f"select count(*) from marts.fct_vermeldingen join marts.{dimension} using ({key})") == query(
        "select count(*) from marts.fct_vermeldingen"
    )


@pytest.mark.parametrize(("key", "dimension"), KEYS)
@pytest.mark.parametrize("fact", ["fct_lasten", "fct_baten"])
def test_joining_a_dimension_neither_loses_nor_doubles_a_row(query, fact, key, dimension):
    assert query(f"select count(*) from marts.{fact} join marts.{dimension} using ({key})") == query(
        f"select count(*) from marts.{fact}"
    )


def test_a_beleidsterrein_is_part_of_the_programma_that_its_own_document_names(query):
    assert query(
        "select b.beleidsterrein_code, p.programma, b.programma_conform from marts.dim_beleidsterrein as b"
        " join marts.dim_programma as p using (programma_id) order by 1 nulls last"
    ) == [("9B", "9", "Maatschappelijke Ondersteuning"), (None, None, "Onbekend")]


def test_a_row_without_a_printed_programma_is_of_the_programma_onbekend(query):
    assert query(
        "select distinct p.programma_naam from marts.fct_lasten as f join marts.dim_programma as p using (programma_id)"
        f" where f.document_id = '{WEB}'"
    ) == [("Onbekend",)]


def test_a_number_says_in_which_file_and_on_which_line_it_is_printed(query):
    assert query(f"select bestand, regel from marts.fct_lasten where cell_id = '{WEB}/001:2.1'") == [
        ("x.txt", 2)
    ]


def test_a_published_total_names_the_sum_whose_parts_are_in_the_facts(query):
    assert query(
        f"""
        select t.bedrag_eur, sum(f.bedrag_eur)
        from marts.fct_gepubliceerde_totalen as t
        join audit.rule_terms as r on t.rule_id = r.rule_id and not r.is_total
        join marts.fct_lasten as f on r.cell_id = f.cell_id
        where t.cell_id = '{WEB}/001:3.1'
        group by t.bedrag_eur
        """
    ) == [(Decimal("11000.00"), Decimal("11000.00"))]
