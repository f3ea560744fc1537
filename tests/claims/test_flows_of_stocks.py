"""Stocks that change by more than additions and withdrawals: interest, depreciation, the result of a year."""

from __future__ import annotations

from written import settled, verdicts, written


def test_depreciation_and_interest_are_flows_of_a_book_value():
    document = settled(
        written("""
        | Boekwaarde 1-1-2023 | Investeringen | Afschrijvingen | Bijdragen van derden | Boekwaarde 31-12-2023
        Gronden   | 100 | 20 | -  | 5 | 115
        Gebouwen  | 400 | 30 | 25 | - | 405
        Voertuigen | 60 | 10 | 12 | 1 | 57
        """)
    )
    assert verdicts(document) == {"exact": 3}


def test_the_result_of_last_year_is_a_flow_between_two_stocks_and_no_balance():
    document = settled(
        written("""
        | Saldo 1-1-2023 | Toevoeging | Onttrekking | Bestemming resultaat 2022 | Saldo 31-12-2023
        Algemene reserve | 100 | 20 | 5  | -15 | 100
        Reserve groen    | 40  | 3  | 10 | 2   | 35
        """)
    )
    assert verdicts(document) == {"exact": 2}


def test_rows_that_say_bij_and_af_run_from_stock_to_stock():
    document = settled(
        written("""
        | 2023 | 2024
        Reserve groen
          Stand per 1 januari   | 100 | 112
          Bij: storting         | 20  | 30
          Bij: rente            | 2   | 3
          Af: onttrekking       | 10  | 45
          Stand per 31 december | 112 | 100
        """)
    )
    assert verdicts(document) == {"exact": 3}


def test_a_wrong_closing_stock_breaks_the_flow_that_other_rows_bear_out():
    document = settled(
        written("""
        | Boekwaarde 1-1-2023 | Investeringen | Afschrijvingen | Boekwaarde 31-12-2023
        Gronden    | 100 | 20 | 4  | 116
        Gebouwen   | 400 | 30 | 25 | 450
        Voertuigen | 60  | 10 | 12 | 58
        """)
    )
    assert verdicts(document) == {"exact": 2, "break": 1}


def test_stocks_of_something_else_beside_a_result_claim_no_flow():
    document = settled(
        written("""
        | Eigen vermogen 1-1-2023 | Resultaat 2023 | Eigen vermogen 31-12-2023
        Regio      | 100 | 20 | 173
        Waterbank  | 400 | 30 | 411
        """)
    )
    assert verdicts(document) == {}


def test_begin_and_eind_of_a_year_are_its_stocks():
    document = settled(
        written("""
        | Begin 2024 | Storting | Onttrekking | Eind 2024
        Reserve groen | 100 | 20 | 5 | 115
        Reserve wegen | 40  | -  | 7 | 33
        """)
    )
    assert verdicts(document) == {"exact": 2}


def test_interest_beside_the_flow_of_a_loan_is_no_part_of_it():
    document = settled(
        written("""
        | Saldo 1-1-2023 | Rente | Aflossing | Saldo 31-12-2023
        Lening sporthal | 100 | 3 | 10 | 90
        Lening school   | 400 | 9 | 25 | 375
        Lening brug     | 60  | 2 | 5  | 55
        """)
    )
    assert verdicts(document) == {"exact": 3}


def test_stocks_on_the_first_day_of_each_year_run_into_each_other():
    document = settled(
        written("""
        | Saldo per 31-12-2023 | Vermeerde-ringen 2024 | Verminde-ringen 2024 | Saldo per 1-1-2025 | Vermeerde-ringen 2025 | Verminde-ringen 2025 | Saldo per 1-1-2026
        Algemene reserve | 100 | 20 | 5  | 115 | 10 | 40 | 85
        Reserve groen    | 40  | 3  | 10 | 33  | -  | 3  | 30
        """)
    )
    assert verdicts(document) == {"exact": 4}


def test_stocks_of_years_that_do_not_follow_each_other_claim_nothing():
    document = settled(
        written("""
        | Saldo per 1-1-2024 | Vermeerderingen | Saldo per 1-1-2027
        Algemene reserve | 100 | 20 | 500
        """)
    )
    assert not verdicts(document)
