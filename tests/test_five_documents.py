"""What must come out of the first five documents, exactly. Every number was counted from the sources."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dagster_project.judgement import SumTerm, half_width_of, judge

RAW = Path(__file__).resolve().parent.parent / "raw"
WEB, PDF = "leiden-jaarstukken-2017-web", "leiden-jaarstukken-2017-pdf"
BEGROTING, HENGELO = "leiden-programmabegroting-2018", "hengelo-beleidsbegroting-2025"


def one(warehouse, sql: str, *values):
    return warehouse.execute(sql, values).fetchone()[0]


def rows(warehouse, sql: str, *values) -> list[tuple]:
    return warehouse.execute(sql, values).fetchall()


def shape(warehouse, table_id: str) -> tuple[int, int, int]:
    """Rows, columns and printed values (nil marks among them) of a table."""
    return rows(
        warehouse,
        """
        select count(distinct row_no), count(distinct column_no), count(*)
        from landing.cells where table_id = ? and (value is not null or is_nil)
        """,
        table_id,
    )[0]


def table(warehouse, document: str, kind: str, first_row: str = "%") -> str:
    found = rows(
        warehouse,
        """
        select t.table_id from landing.tables as t
        where t.document_id = ? and t.kind = ?
            and exists (select 1 from landing.cells as c where c.table_id = t.table_id and c.row_path like ?)
        """,
        document,
        kind,
        first_row,
    )
    assert len(found) == 1, f"{document} has {len(found)} tables of kind {kind} with a row like {first_row}"
    return found[0][0]


def paths(warehouse, document: str) -> list[tuple]:
    return rows(
        warehouse,
        "select row_path, column_path, value from landing.cells where document_id = ? order by row_no, column_no",
        document,
    )


# --- read ---------------------------------------------------------------------------------------------


def test_the_3d_table_of_the_web_page_has_147_values(warehouse):
    assert rows(warehouse, "select count(*) from landing.tables where document_id = ?", WEB) == [(1,)]
    assert shape(warehouse, table(warehouse, WEB, "sociaal_domein")) == (21, 7, 147)


def test_the_3d_table_has_its_seven_columns(warehouse):
    found = rows(
        warehouse,
        "select lower(column_path), jaar, stand from landing.columns where document_id = ? order by column_no",
        WEB,
    )
    assert found == [
        ("totaal budget 2017", 2017, "begroting"),
        ("realisatie 2017", 2017, "rekening"),
        ("verschil", None, None),
        ("begroting > 2018", 2018, "begroting"),
        ("meerjarenraming > 2019", 2019, "meerjarenraming"),
        ("meerjarenraming > 2020", 2020, "meerjarenraming"),
        ("meerjarenraming > 2021", 2021, "meerjarenraming"),
    ]


def test_the_3d_table_has_its_four_sections(warehouse):
    found = rows(
        warehouse,
        "select distinct split_part(row_path, ' > ', 1) from landing.cells where document_id = ? and row_path like '% > %'",
        WEB,
    )
    assert {section for (section,) in found} == {"Jeugd", "WMO (nieuw)", "WMO (oud)", "Participatie"}


def test_the_pdf_has_the_same_147_values_with_the_same_paths(warehouse):
    assert shape(warehouse, table(warehouse, PDF, "sociaal_domein")) == (21, 7, 147)
    assert paths(warehouse, PDF) == paths(warehouse, WEB)


def test_programmakosten_has_114_values(warehouse):
    assert shape(warehouse, table(warehouse, BEGROTING, "exploitatie", "Sociale binding%")) == (19, 6, 114)


def test_reserves_of_programma_9_has_78_values_of_four_reserves(warehouse):
    assert shape(warehouse, table(warehouse, BEGROTING, "reserves")) == (13, 6, 78)
    assert (
        one(
            warehouse,
            "select count(distinct reserve) from marts.fct_reserves where document_id = ?",
            BEGROTING,
        )
        == 4
    )


def test_subsidies_has_2_values(warehouse):
    assert (
        one(
            warehouse,
            "select count(*) from landing.cells where document_id = ? and row_path ilike '%subsidie%' and value is not null",
            BEGROTING,
        )
        == 2
    )


INDICATORS = """
    select c.* from landing.cells as c inner join landing.tables as t on c.table_id = t.table_id
    where t.document_id = 'leiden-programmabegroting-2018' and t.kind = 'indicatoren'
"""


def test_there_are_23_indicators(warehouse):
    assert one(warehouse, f"select count(distinct row_path) from ({INDICATORS})") == 23
    assert one(warehouse, "select count(*) from marts.dim_indicator where indicator_id <> 'onbekend'") == 23


def test_there_are_50_realised_values_with_their_years(warehouse):
    realised = f"select * from ({INDICATORS}) where grootheid = 'realisatie'"
    assert (
        one(warehouse, f"select count(*) from ({realised}) where value is not null and jaar is not null")
        == 50
    )
    assert one(warehouse, "select count(*) from marts.fct_indicatoren where soort = 'realisatie'") == 50


def test_there_are_92_target_cells_of_which_60_hold_a_number_and_32_a_dash(warehouse):
    targets = f"select * from ({INDICATORS}) where grootheid = 'streefwaarde'"
    assert one(warehouse, f"select count(*) from ({targets})") == 92
    assert one(warehouse, f"select count(*) from ({targets}) where value is not null") == 60
    assert one(warehouse, f"select count(*) from ({targets}) where is_missing and value is null") == 32
    assert one(warehouse, "select count(*) from marts.fct_indicatoren where soort = 'streefwaarde'") == 60


def test_the_target_that_is_printed_with_a_dash_behind_it_stays_as_printed(warehouse):
    assert rows(
        warehouse, f"select value, text from ({INDICATORS}) where text like '%-' and value is not null"
    ) == [(80, "80%-")]


def test_footnotes_keep_their_text(warehouse):
    noted = rows(warehouse, f"select text, noot from ({INDICATORS}) where noot is not null")
    assert any("82% positief, 16% neutraal en 2% niet mee eens" in noot for _, noot in noted)
    assert any("Afgerond 19% tamelijk tot zwaar belast" in noot for _, noot in noted)


def test_there_are_7_goals_and_16_things_done_for_them(warehouse):
    assert (
        one(
            warehouse,
            "select count(distinct doel_code) from landing.prestaties where document_id = ?",
            BEGROTING,
        )
        == 7
    )
    assert one(warehouse, "select count(*) from landing.prestaties where document_id = ?", BEGROTING) == 16
    assert one(warehouse, "select count(*) from marts.dim_doel where doel_id <> 'onbekend'") == 7


def test_hengelo_has_three_tables_of_three_rows_by_six_years(warehouse):
    tables = rows(
        warehouse,
        "select table_id, unit from landing.tables where document_id = ? order by table_no",
        HENGELO,
    )
    assert [unit for _, unit in tables] == ["EUR"] * 3
    assert [shape(warehouse, table_id) for table_id, _ in tables] == [(3, 6, 18)] * 3


def test_a_euro_sign_with_a_dash_means_zero(warehouse):
    marks = rows(
        warehouse,
        "select value, is_nil from landing.cells where document_id = ? and text like '€ -' ",
        HENGELO,
    )
    assert marks and all(is_nil and not value for value, is_nil in marks)


@pytest.mark.parametrize(
    ("file", "landed"),
    [("vermeldingen.csv", "mentions"), ("programmas.csv", "programmas"), ("maatregelen.csv", "maatregelen")],
)
def test_every_row_of_the_csv_extracts_is_landed(warehouse, file, landed):
    for path in sorted(RAW.glob(f"*/{file}")):
        with path.open(encoding="utf-8", newline="") as lines:
            expected = sum(1 for row in csv.DictReader(lines) if any(row.values()))
        found = one(
            warehouse, f"select count(*) from landing.{landed} where document_id = ?", path.parent.name
        )
        assert found == expected, f"{path.parent.name}/{file}"


def test_a_row_without_a_name_belongs_to_the_block_above_it(warehouse):
    nameless = rows(
        warehouse,
        "select row_path from landing.rows where document_id = ? and row_path like '%Saldo'",
        BEGROTING,
    )
    assert nameless and all(" > " in path for (path,) in nameless)


def test_printed_labels_stay_as_printed(warehouse):
    labels = {label for (label,) in rows(warehouse, "select distinct row_path from landing.cells")}
    assert any("Bescherm wonen ZIN" in label for label in labels)


def test_a_label_that_differs_for_the_same_code_is_a_finding(warehouse):
    told = rows(warehouse, "select lower(message) from audit.findings where message like '%9B1%'")
    assert any("burgers" in message and "inwoners" in message for (message,) in told)


# --- reconciled ---------------------------------------------------------------------------------------

SUMS = "select r.*, v.verdict from audit.rules as r inner join audit.reconciliation as v using (rule_id)"


def test_there_are_256_sum_rules(warehouse):
    assert one(warehouse, "select count(*) from audit.rules where kind <> 'getuige'") == 256


@pytest.mark.parametrize(
    ("document", "expected"), [(WEB, 56), (PDF, 56), (BEGROTING, 60 + 30 + 18), (HENGELO, 36)]
)
def test_each_document_has_its_sum_rules(warehouse, document, expected):
    sql = "select count(*) from audit.rules where document_id = ? and kind <> 'getuige'"
    assert one(warehouse, sql, document) == expected


def test_the_rules_of_the_budget_are_in_and_between_its_two_tables(warehouse):
    spread = """
        select string_agg(distinct t.kind, '+' order by t.kind), count(distinct r.rule_id)
        from (
            select r.rule_id, count(distinct c.table_id) as tables, min(c.table_id) as table_id
            from audit.rules as r inner join audit.rule_terms using (rule_id) inner join landing.cells as c using (cell_id)
            where r.document_id = 'leiden-programmabegroting-2018'
            group by r.rule_id
        ) as r inner join landing.tables as t on r.table_id = t.table_id
        group by r.tables, case when r.tables = 1 then r.table_id end
        order by 2
    """
    assert sorted(number for _, number in rows(warehouse, spread)) == [18, 30, 60]


def test_hengelo_has_18_rules_inside_tables_and_18_between_them(warehouse):
    spread = """
        select tables, count(*) from (
            select r.rule_id, least(count(distinct c.table_id), 2) as tables
            from audit.rules as r inner join audit.rule_terms using (rule_id) inner join landing.cells as c using (cell_id)
            where r.document_id = 'hengelo-beleidsbegroting-2025' group by r.rule_id
        ) group by tables order by tables
    """
    assert rows(warehouse, spread) == [(1, 18), (2, 18)]


def test_219_sums_are_exact_37_are_rounding_and_none_breaks(warehouse):
    found = dict(
        rows(warehouse, f"select verdict, count(*) from ({SUMS}) where kind <> 'getuige' group by verdict")
    )
    assert found == {"exact": 219, "rounding": 37}


def test_147_equalities_between_web_and_pdf_are_all_exact(warehouse):
    found = rows(warehouse, f"select verdict, count(*) from ({SUMS}) where kind = 'getuige' group by verdict")
    assert found == [("exact", 147)]


def test_the_tolerance_is_half_a_printed_unit_per_number_and_zero_in_whole_euros(warehouse):
    five_numbers = rows(
        warehouse,
        """
        select distinct v.tolerance from audit.reconciliation as v
        inner join audit.rules as r using (rule_id)
        where r.document_id = 'leiden-jaarstukken-2017-web'
            and (select count(*) from audit.rule_terms as t where t.rule_id = v.rule_id) = 5
        """,
    )
    assert [float(t) for (t,) in five_numbers] == [2500.0]
    whole_euros = """
        select max(abs(v.tolerance)) from audit.reconciliation as v inner join audit.rules as r using (rule_id)
        where r.document_id = 'hengelo-beleidsbegroting-2025'
    """
    assert one(warehouse, whole_euros) == 0


def test_every_connected_set_of_sums_holds(warehouse):
    assert rows(warehouse, "select distinct feasible from audit.certificates") == [(True,)]
    assert one(warehouse, "select count(*) from audit.suspects") == 0


# --- the marts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fact", "expected"), [("fct_lasten", 89_752_000), ("fct_baten", 3_833_000)])
def test_the_leaves_of_programma_9_add_up(warehouse, fact, expected):
    sql = f"""
        select sum(bedrag_eur) from marts.{fact}
        where gemeente = 'Leiden' and programma = '9' and jaar = 2018 and stand = 'begroting' and document_id = ?
    """
    assert one(warehouse, sql, BEGROTING) == expected


def test_the_printed_total_of_programma_9_is_among_the_published_totals(warehouse):
    sql = """
        select count(*) from marts.fct_gepubliceerde_totalen
        where document_id = ? and jaar = 2018 and grootheid = 'lasten' and bedrag_eur = 89751000
    """
    assert one(warehouse, sql, BEGROTING) == 1


def test_withdrawals_of_programma_9_add_up(warehouse):
    sql = """
        select sum(bedrag_eur) from marts.fct_reserves
        where document_id = ? and jaar = 2018 and stand = 'begroting' and mutatie = 'onttrekking'
    """
    assert one(warehouse, sql, BEGROTING) == 2_609_000


def test_the_3d_table_feeds_the_facts_once(warehouse):
    found = rows(
        warehouse,
        "select document_id, count(*) from marts.fct_lasten where document_id in (?, ?) group by document_id",
        WEB,
        PDF,
    )
    assert [document for document, _ in found] == [WEB]


def test_hengelos_savings_and_investments_have_a_fact_of_their_own(warehouse):
    fases = {
        f
        for (f,) in rows(
            warehouse, "select distinct fase from marts.fct_besparingen where document_id = ?", HENGELO
        )
    }
    assert fases == {"oorspronkelijk", "ingevuld", "resterend"}


def test_amounts_named_in_text_have_a_fact_of_their_own(warehouse):
    assert one(warehouse, "select count(*) from marts.fct_vermeldingen where nauwkeurigheid is not null") > 0
    assert one(warehouse, "select count(*) from marts.fct_vermeldingen where besluit is not null") > 0


def test_every_table_and_column_is_described(warehouse):
    bare = rows(
        warehouse,
        """
        select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()
        where database_name = current_database() and schema_name in ('marts', 'audit')
            and table_name not in ('expectation_results', 'expectation_failures') and comment is null
        """,
    )
    assert bare == []


def test_no_money_is_a_floating_point_number(warehouse):
    floats = rows(
        warehouse,
        """
        select schema_name, table_name, column_name from duckdb_columns()
        where database_name = current_database() and schema_name in ('landing', 'marts', 'audit')
            and data_type in ('DOUBLE', 'FLOAT') and column_name <> 'weight'
        """,
    )
    assert floats == []


def test_the_audit_judges_every_sum_as_everything_else_does(warehouse):
    terms: dict[str, list[SumTerm]] = {}
    for rule, coefficient, amount, unit, decimals in rows(
        warehouse,
        """
        select t.rule_id, t.coefficient, coalesce(c.value, case when c.is_nil then 0 end), l.unit, c.decimals
        from audit.rule_terms as t
        inner join audit.rules as r on t.rule_id = r.rule_id
        inner join landing.cells as c on t.cell_id = c.cell_id
        inner join landing.tables as l on c.table_id = l.table_id
        where r.is_complete and r.kind <> 'getuige'
        """,
    ):
        terms.setdefault(rule, []).append(SumTerm(coefficient, amount, half_width_of(unit, decimals)))
    judged = {rule: judge(found) for rule, found in terms.items()}
    published = {
        rule: (residual, tolerance, verdict)
        for rule, residual, tolerance, verdict in rows(
            warehouse,
            "select rule_id, residual_printed, tolerance_printed, verdict from audit.reconciliation",
        )
        if rule in judged
    }
    assert len(judged) > 200
    assert published == {rule: tuple(found) for rule, found in judged.items()}


def test_no_document_prints_the_whole_gemeente_and_that_they_could_not_be_laid_beside_iv3_is_told(warehouse):
    assert rows(warehouse, "select * from audit.iv3_aansluiting") == []
    assert rows(warehouse, "select document_id from audit.unchecked where reden = 'niet_naast_iv3' order by 1") == [
        (HENGELO,), (WEB,), (BEGROTING,), ("leiden-programmabegroting-2020",),
    ]  # fmt: skip
