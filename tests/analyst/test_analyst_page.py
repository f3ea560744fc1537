"""docs/analyst.md tells no untruth: what it says of sums, keys, comments, words and versions is asked of the file.

Each sentence of these parts is here by its beginning, with SQL that must answer true, or with the tests that hold it. A
sentence that is added to the page without either is found.
"""

from __future__ import annotations

import ast
import re

import pytest

from dagster_project.settings import PROJECT

PAGE = PROJECT / "docs" / "analyst.md"
_FACTS = (
    "fct_lasten",
    "fct_baten",
    "fct_reserves",
    "fct_indicatoren",
    "fct_besparingen",
    "fct_gepubliceerde_totalen",
)
_ALL = " union all ".join

ASKED = {
    "Every table, view and column carries its description": "select count(*) = count(nullif(comment, '')) from duckdb_columns() where not internal",
    "Amounts per inhabitant are absent": "select count(*) = 0 from lasten where (inwoners is null) <> (per_inwoner_eur is null) or per_inwoner_eur = 0 and bedrag_eur <> 0",
    "The front door takes the rows where both are true": "select (select sum(bedrag_eur) from lasten) = (select sum(bedrag_eur) from marts.fct_lasten where is_laatste and is_hoofdindeling)",
    "`audit.niet_meegeteld` holds what does not count": "select count(*) filter (where column_name in ('bedrag_eur', 'document_id')) = 2 from duckdb_columns() where schema_name = 'audit' and table_name = 'niet_meegeteld'",
    "`is_enige_in_indeling` says the same": _ALL(
        f"select count(*) = 0 from (select 1 from marts.fct_{kant} where is_laatste and is_enige_in_indeling"
        " group by gemeente_id, jaar, stand, indeling, programma_id, coalesce(groep, ''), post, coalesce(beleidsterrein_id, '')"
        " having count(distinct table_id) > 1)"
        for kant in ("lasten", "baten")
    ),
    "`marts.dim_programma` gives both": "select count(*) = 3 from duckdb_columns() where schema_name = 'marts' and table_name = 'dim_programma' and column_name in ('programma', 'programma_conform', 'is_genummerd')",
    "A percentage, an index, a number of fte": _ALL(
        f"select count(*) = 0 from marts.{fact} as f join landing.cells as c using (cell_id) where c.eenheid is not null"
        for fact in _FACTS
        if fact != "fct_indicatoren"
    ),
    "Facts hold leaves only": _ALL(
        f"select count(*) = 0 from marts.{fact} semi join marts.fct_gepubliceerde_totalen using (cell_id)"
        for fact in ("fct_lasten", "fct_baten", "fct_reserves")
    ),
    "A row that is called a total but sums nothing": "select count(*) > 0 and count(vraag) = count(*) from audit.unplaced",
    "Every fact has `verifieerbaarheid`": _ALL(f"select count(*) > 0 and count(verifieerbaarheid) = count(*) from marts.{fact}" for fact in _FACTS),
    "`proved` (all sums around it can hold at once)": "select count(*) = 0 from marts.fct_lasten where verifieerbaarheid not in ('proved', 'implied', 'locatable', 'unverifiable', 'in_broken_sum', 'suspect')",
    "What was read but waits for an answer is in no fact": _ALL(
        f"select count(*) = 0 from marts.{fact} as f join landing.cells as c using (cell_id) join landing.tables as t"
        " on c.table_id = t.table_id where t.lezing = 'gevraagd'"
        for fact in _FACTS
    ),
    "`landing.tables.lezing` says how": "select count(*) = 0 from landing.tables where lezing not in ('zeker', 'sommen', 'antwoord', 'gevraagd')",
    "`residual` and `tolerance` are in euros": "select count(*) > 0 and max(tolerance % 500) = 0 from audit.reconciliation as r where exists (select 1 from audit.rule_terms as t join landing.cells as c using (cell_id) join landing.tables as l on c.table_id = l.table_id where t.rule_id = r.rule_id and l.unit = 'EUR_1000')",
    '"As known on 1 March" is a question': "select count(*) = (select count(*) from history.cell_versions where state_to is null) from history.zoals_bekend(timestamp '2099-01-01')",
    "`history.states` lists the states": "select count(*) > 0 from history.states",
}  # fmt: skip
HELD = {
    "A refresh never touches the file that you have open": "test_who_has_the_old_file_open_keeps_it_and_who_connects_next_gets_the_new",
    "DuckDB 1.4, 1.5 and 2.0 read it": "test_every_mart_of_a_whole_refresh_reads",
    "Nothing else is in it": "test_the_file_holds_what_analysts_need_and_nothing_internal",
    "The whole file can be exported and imported": "test_the_whole_file_can_be_exported_and_imported_again",
    "Primary and foreign keys are declared": "test_every_dimension_and_every_fact_declares_its_keys",
    "The facts of Iv3 lead to": "test_the_facts_of_iv3_lead_to_the_lists_of_cbs",
    "Where there are more than five million": "test_a_fact_of_iv3_of_very_many_figures_stays_without_keys",
    "Every dimension that a key leads to": "test_every_dimension_has_one_member_for_what_is_not_known",
    "The facts of reserves likewise": "test_reserves_that_a_later_document_calls_otherwise_count_once",
    "Keys are never empty": "test_no_key_is_empty",
    "The same money may be printed more than once": "test_the_latest_document_that_gives_a_programma_counts_and_the_others_stay_beside_it",
    "`is_hoofdindeling` says which rows count": "test_an_overview_and_the_detail_of_some_of_its_programmas_count_once",
    "Beside it counts only what is surely something else": "test_a_detail_that_does_not_add_up_to_its_programma_is_asked_about_and_one_that_does_is_not",
    "A programma without a number is known by its name": "test_a_programma_without_a_number_is_the_one_that_a_document_of_the_same_council_numbers",
    "It is one with the programma of that name": "test_a_programma_without_a_number_is_the_one_that_a_document_of_the_same_council_numbers",
    "A row of which a value is missing has": "test_what_is_asked_about_is_in_no_fact_and_no_sum_until_it_is_answered",
    '"As published in document X" is a filter': "test_the_latest_document_that_gives_a_programma_counts_and_the_others_stay_beside_it",
    "`history.toestand(12)` gives the values": "test_a_state_that_is_not_there_is_an_error_that_names_those_there_are",
    "The files under `HOME/snapshots/` are complete databases": "test_the_published_file_stands_alone_and_may_not_be_written",
}
LEADS_TO_CODE = ("The facts hold all", "Leave out what is not proved", "What waits", "From a number to the place", "Open it read-only", "There is one file", "`HOME/sluitend.duckdb`", "Python, R", "[Thirty questions]", "Without any tool", "`HOME/reports/latest/verkennen.html`", "`tabellen/index.html`")  # fmt: skip
TESTED_ELSEWHERE = (
    "## In other tools",
    "## How far to trust a number",
)  # what stands between: test_tools, the tests of the export


def page() -> str:
    """The page without code and without what other tests run as it stands there."""
    text = re.sub(r"^```.*?^```", "", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)
    first, last = map(text.index, TESTED_ELSEWHERE)
    return text[:first] + text[last:]


def sentences() -> list[str]:
    """What the page says outside its tables and headings."""
    told = []
    for block in re.split(r"\n\s*\n", page()):
        if block.strip() and not block.startswith(("|", "#")):
            told += re.split(r'(?<=[.:;])\s+(?=[A-Z`"\[])', " ".join(block.split()))
    return told


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its first two lines."""
    table = re.search(rf"^## {heading}\n.*?\n(\|.*?)\n\n", page(), re.M | re.S)[1]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_every_sentence_is_asked_or_held_by_a_test():
    known = (*ASKED, *HELD, *LEADS_TO_CODE)
    assert [sentence for sentence in sentences() if not sentence.startswith(known)] == []
    told = sentences()
    assert [start for start in known if not any(sentence.startswith(start) for sentence in told)] == []


@pytest.mark.parametrize("sentence", ASKED)
def test_what_the_page_says_is_so_in_the_file(warehouse, sentence):
    answers = warehouse.execute(ASKED[sentence]).fetchall()
    assert answers and all(answer == (True,) for answer in answers), answers


def test_the_tests_that_hold_the_other_sentences_are_there():
    there = {
        node.name
        for file in (PROJECT / "tests").rglob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    assert set(HELD.values()) <= there


def test_the_schemas_on_the_page_are_those_of_the_file(warehouse):
    there = warehouse.execute(
        "select distinct schema_name from duckdb_columns() where not internal"
    ).fetchall()
    assert sorted(name.strip("`") for name, _ in rows("Where things are")) == sorted(
        name for (name,) in there
    )


def test_the_front_door_on_the_page_is_that_of_the_file_and_agrees_with_its_comments(warehouse):
    """Where the page says that nothing adds up, no comment says that something does; and the other way about."""
    told = {name: what for names, _, what in rows("The front door") for name in re.findall(r"`(\w+)`", names)}
    found: dict[str, list[str]] = {}
    for view, comment in warehouse.execute(
        "select table_name, comment from duckdb_columns() where schema_name = 'main' and not internal"
    ).fetchall():
        found.setdefault(view, []).append(comment)
    assert set(told) == set(found) and len(told) == 15
    for view, what in told.items():
        adds_up = any(re.search(r"\b[Aa]dds? up|Sum only", comment) for comment in found[view])
        assert adds_up == (what != "nothing"), view


def test_the_facts_on_the_page_have_the_amounts_that_it_names(warehouse):
    for names, _, amounts in rows("The facts"):
        for fact in re.findall(r"marts\.(\w+)", names):
            columns = {name for name, *_ in warehouse.execute(f"describe marts.{fact}").fetchall()}
            assert set(re.findall(r"`(\w+)`", amounts)) <= columns, fact
