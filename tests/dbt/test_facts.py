"""What the facts hold: every number once, in euros, in canonical sign, under its programma."""

from decimal import Decimal

import duckdb
import jinja2
import pytest
from miniature import ASKED_ROW_TABLE, ASKED_TABLE, BUDGET, OTHER, PDF, WEB

from nights import FIRST_NIGHT, NO_TESTS, build

from dagster_project.judgement import half_width_of
from dagster_project.settings import PROJECT


def amounts(query, table, where):
    return dict(query(f"select row_path || ' ' || jaar, bedrag_eur from marts.{table} where {where}"))


def test_amounts_are_in_euros_and_totals_stay_out_of_the_facts(query):
    assert amounts(query, "fct_lasten", f"document_id = '{WEB}' and jaar = 2017") == {
        "Jeugd > Zorg 2017": Decimal("10000.00"),
        "Jeugd > Pgb 2017": Decimal("1000.00"),
    }
    assert query(
        f"select bedrag_eur from marts.fct_gepubliceerde_totalen where cell_id = '{WEB}/001:3.1'"
    ) == [(Decimal("11000.00"),)]


def test_a_total_that_says_only_lasten_is_known_by_its_sum(query):
    (held,) = query(f"select reden from marts.fct_gepubliceerde_totalen where cell_id = '{BUDGET}/001:5.1'")
    assert held == ("totaal",)


def test_a_dash_in_a_table_of_amounts_counts_as_zero(query):
    assert query(f"select bedrag_eur from marts.fct_lasten where cell_id = '{WEB}/001:2.3'") == [
        (Decimal("0.00"),)
    ]


def test_a_table_published_twice_feeds_the_facts_once(query):
    assert query("select distinct document_id from marts.fct_lasten order by 1") == [(BUDGET,), (WEB,)]
    assert query(f"select count(*), min(verdict), max(tolerance) from audit.reconciliation where document_id = '{PDF}'"
                 " and kind = 'getuige'") == [(9, "exact", Decimal(0))]  # fmt: skip


def test_baten_and_onttrekkingen_are_positive_however_they_are_printed(query):
    assert amounts(query, "fct_baten", "jaar = 2018") == {"Preventie > Baten 2018": Decimal("11000.00")}
    assert query(
        "select mutatie, bedrag_eur, reserve from marts.fct_reserves where jaar = 2018 order by 1"
    ) == [
        ("eind", Decimal("46000.00"), "Reserve zacht"),
        ("onttrekking", Decimal("4000.00"), "Reserve zacht"),
        ("toevoeging", Decimal("0.00"), "Reserve zacht"),
    ]


def test_balances_are_turned_to_baten_less_lasten(query):
    assert amounts(query, "fct_gepubliceerde_totalen", "jaar = 2018 and rol = 'balance'") == {
        "Preventie > Saldo 2018": Decimal("-99000.00"),
        "Mutaties reserves 2018": Decimal("-4000.00"),
        "Resultaat 2018": Decimal("-306000.00"),
        "Reserve zacht > Saldo 2018": Decimal("-4000.00"),
    }


def test_a_budget_for_a_later_year_is_an_estimate(query):
    standen = "select distinct jaar, stand from marts.fct_lasten where document_id = '{}' order by 1"
    assert query(standen.format(BUDGET)) == [
        (2016, "rekening"),
        (2018, "begroting"),
        (2019, "meerjarenraming"),
    ]
    # accounts of 2017 show the adopted budget of 2018
    assert query(standen.format(WEB)) == [(2017, "rekening"), (2018, "begroting"), (2019, "meerjarenraming")]


def test_amounts_carry_their_programma_and_beleidsterrein(query):
    assert query(
        "select distinct programma, programma_naam, beleidsterrein_code, beleidsterrein from marts.fct_lasten"
        f" where document_id = '{BUDGET}' order by 3 nulls last"
    ) == [
        ("9", "Maatschappelijke Ondersteuning", "9B", "Preventie"),
        ("9", "Maatschappelijke Ondersteuning", None, None),
    ]


def test_without_a_unit_a_number_stays_out_of_the_facts_and_is_kept_as_printed(query):
    about = f"select reden, waarde, bedrag_eur from {{}} where document_id = '{OTHER}'"
    assert query(about.format("audit.unplaced")) == [("eenheid_onbekend", Decimal(40), None)]
    assert query(about.format("marts.fct_gepubliceerde_totalen")) == [("totaal", Decimal(45), None)]


def test_an_indicator_has_a_row_for_each_value_of_a_cell_and_none_for_a_dash(query):
    assert query(
        "select soort, jaar, waarde, eenheid, bron from marts.fct_indicatoren where bron is not null order by cell_id"
    ) == [
        ("realisatie", 2017, Decimal(97), "%", "Stadsenquête"),
        ("streefwaarde", 2018, Decimal(95), "%", "Stadsenquête"),
    ]


def test_a_value_without_a_year_is_asked_about_and_in_no_fact(query):
    assert query(
        f"select reden, waarde, vraag from audit.unplaced where document_id = '{BUDGET}' and reden <> 'lezing_gevraagd'"
    ) == [("jaar_onbekend", Decimal(94), "over welk jaar gaat het?")]


def test_a_mention_that_is_published_twice_counts_once(query):
    assert query(
        "select document_id, bedrag_eur, programma from marts.fct_vermeldingen where jaar > 0 order by 1"
    ) == [
        (BUDGET, Decimal("300000.00"), "9"),
        (WEB, Decimal("1600000.00"), None),
    ]


def test_changes_are_told_from_the_second_published_state_on(query):
    assert query("select soort, oud, nieuw, verschil_eur from marts.fct_wijzigingen order by 1") == [
        ("gewijzigd", "9", "10", Decimal("1000.00")),
        ("verschenen", None, "7", Decimal("7000.00")),
    ]


def test_the_balance_of_a_programma_is_that_of_its_parts(query):
    assert query(
        "select sum(lasten_eur), sum(baten_eur), sum(saldo_eur) from main.saldo"
        " where programma = '9' and jaar = 2018 and stand = 'begroting'"
    ) == [(Decimal("320000.00"), Decimal("11000.00"), Decimal("-309000.00"))]


def test_a_sum_is_off_by_its_own_numbers_and_rounding_reaches_half_a_unit_for_each(query):
    verdict = "select verdict, residual, tolerance, unit from audit.reconciliation where rule_id = '{}'"
    assert query(verdict.format(f"{BUDGET}/r-totaal-2")) == [
        ("rounding", Decimal(-1000), Decimal(1500), "EUR_1000")
    ]
    assert query(verdict.format(f"{OTHER}/r-totaal-1")) == [("break", Decimal(-5), Decimal(1), None)]


def test_what_is_asked_about_is_in_no_fact_and_no_sum_until_it_is_answered(query):
    asked = f"(cell_id like '{BUDGET}/00{ASKED_TABLE}:%' or cell_id like '{BUDGET}/00{ASKED_ROW_TABLE}:2.%')"
    landed = query(f"select count(*) from landing.cells where {asked}")
    assert landed == [(8,)]
    places = query(
        "select table_schema || '.' || table_name from information_schema.columns"
        " where column_name = 'cell_id' and table_schema in ('marts', 'audit', 'main') and table_name not in ('verifiability', 'unplaced')"
    )
    assert len(places) > 8
    assert query(f"select distinct reden from audit.unplaced where {asked}") == [("lezing_gevraagd",)]
    assert {
        place: n for (place,) in places if (n := query(f"select count(*) from {place} where {asked}")[0][0])
    } == {}


def test_what_is_asked_about_is_declared_unverifiable_and_has_no_euros(query):
    asked = f"cell_id like '{BUDGET}/00{ASKED_TABLE}:%'"
    assert query(f"select distinct status, rules, is_proved from audit.verifiability where {asked}") == [
        ("unverifiable", 0, False)
    ]
    assert query(f"select distinct bedrag_eur, is_gevraagd from intermediate.int_cells where {asked}") == [
        (None, True)
    ]


def test_the_rows_beside_an_asked_one_stay_in_the_facts(query):
    assert query(
        f"select count(*) from marts.fct_indicatoren where cell_id like '{BUDGET}/00{ASKED_ROW_TABLE}:%'"
    ) == [(3,)]


@pytest.mark.parametrize("unit", ["EUR", "EUR_1000", "EUR_MLN", None])
def test_half_a_printed_unit_is_the_same_in_sql_and_in_the_proof(unit):
    macros = jinja2.Environment().from_string((PROJECT / "dbt/macros/amounts.sql").read_text("utf-8")).module
    printed = "null" if unit is None else f"'{unit}'"
    for decimals in range(6):
        ((half,),) = duckdb.sql(f"select {macros.half_unit(decimals, printed)}").fetchall()
        assert half == half_width_of(unit, decimals)


def test_facts_made_some_gemeenten_at_a_time_in_a_file_that_grew_are_those_of_all_at_once(
    settings, first_night, query
):
    parts = {"getallen_per_deel": 1, "vorige": str(first_night)}
    selection = ("--select", "+path:models/marts", *NO_TESTS)
    made = build(settings, "in-parts-grown", {}, FIRST_NIGHT | parts, selection)
    gemeenten = "select count(distinct gemeente_id) from marts.dim_document"
    assert query(gemeenten)[0][0] > 1, "there is something to part"
    with duckdb.connect(str(made), read_only=True) as connection:
        for (fact,) in query("select table_name from duckdb_tables() where schema_name = 'marts'"):
            rows = f"select * from marts.{fact} order by all"
            assert connection.execute(rows).fetchall() == query(rows), fact
