"""What the page of a document says, against what was put into the file."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from reports.example import SWAPPED, example

from dagster_project.reports import queries, wording
from dagster_project.reports.counts import count
from dagster_project.reports.pages import document_view
from dagster_project.reports.views import GroupLine


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The view of each document, with two digits of one number swapped and without."""
    views = {}
    for is_wrong in (True, False):
        path = example(is_wrong).write(tmp_path_factory.mktemp("file") / "example.duckdb")
        with queries.connect(str(path)) as con:
            rows = queries.rows_of_pages(con, ["leiden-begroting", "leiden-web", "leiden-pdf"])
        views[is_wrong] = {page: document_view(found, "000001") for page, found in rows.items()}
    return views


def cells(table):
    return {
        cell.anchor: cell
        for line in table.body
        if not isinstance(line, GroupLine)
        for values in line.positions
        for cell in values
    }


def rules(table):
    return [rule for group in table.rule_groups for rule in group.rules]


def numbers(shares):
    return {share.name: share.number for share in shares}


def test_good_figures_carry_no_mark_of_a_break(pages):
    table = pages[False]["leiden-begroting"].tables[0]

    assert not {"suspect", "break", "unproved"} & {cell.mark for cell in cells(table).values()}
    assert all(proof.is_feasible for proof in table.proofs)
    assert "break" not in numbers(table.verdicts)


def test_one_wrong_number_is_marked_with_what_the_others_imply(pages):
    table = pages[True]["leiden-begroting"].tables[0]
    found = cells(table)

    assert found["c1.7.4"].mark == "suspect"
    assert found["c1.7.4"].text == "24.795"  # as printed, never repaired
    assert found["c1.7.4"].suspicion == "24.974 – 24.976"
    assert found["c1.9.4"].mark == "break"  # the balance that it is in
    assert found["c1.7.3"].mark in {"rounding", "locatable", "implied", "proved"}  # another year
    broken = [proof for proof in table.proofs if not proof.is_feasible]
    assert len(broken) == 1
    assert [suspect.href for suspect in broken[0].suspects] == ["#c1.7.4"]
    assert {rule.verdict for conflict in broken[0].conflicts for rule in conflict.rules} == {"break"}


def test_the_address_of_a_sum_follows_from_its_numbers_whatever_comes_before_it(tmp_path):
    def addresses(made):
        with queries.connect(str(made.write(tmp_path / f"{len(list(tmp_path.iterdir()))}.duckdb"))) as con:
            (rows,) = queries.rows_of_pages(con, ["leiden-begroting"]).values()
        found = [rule for table in document_view(rows, "000001").tables for rule in rules(table)]
        assert len({rule.anchor for rule in found}) == len(found)
        return {rule.anchor: rule.sentence.nl for rule in found}

    before, moved = example(False), example(False)
    for name in (
        "landing.rules",
        "landing.rule_terms",
        "audit.rules",
        "audit.rule_terms",
        "audit.reconciliation",
    ):
        for row in moved.rows.get(name, ()):
            row["rule_id"] = f"{row['rule_id']}-below-a-new-row"
    assert addresses(before) == addresses(moved) != {}


def test_a_sum_is_written_with_what_its_parts_come_to_and_what_is_printed(pages):
    found = [rule for rule in rules(pages[False]["leiden-begroting"].tables[0]) if rule.verdict == "rounding"]
    by_total = {rule.total.text: rule for rule in found}

    rule = by_total["89.751"]  # lasten 2018
    assert [part.text for part in rule.parts] == ["6.283", "10.183", "25.095", "48.191"]
    assert [part.sign for part in rule.parts] == ["", " + ", " + ", " + "]
    assert rule.computed == "89.752"
    assert rule.residual.nl == "1 (€\u00a01.000)"
    assert rule.tolerance.nl == "2,5 (€\u00a02.500)"


def test_a_negative_part_is_in_brackets_and_the_first_is_not(pages):
    balance = next(rule for rule in rules(pages[False]["leiden-begroting"].tables[0]) if rule.kind == "saldo")

    assert [part.text for part in balance.parts] == ["6.596", "(−2)"]


def test_a_sum_whose_total_has_no_number_is_not_judged_and_shows_the_gap(tmp_path):
    made = example(is_wrong=False)
    made.rows["audit.reconciliation"].clear()
    gone = made.cell("leiden-begroting/001:13.1")
    gone |= {"value": None, "text": "n.b.", "is_missing": True}
    with queries.connect(str(made.write(tmp_path / "gap.duckdb"))) as con:
        rows = queries.rows_of_pages(con, ["leiden-begroting"])
    table = document_view(rows["leiden-begroting"], "1").tables[0]

    rule = next(rule for rule in rules(table) if rule.total.href == "#c1.13.1")
    assert rule.verdict == "not_judged"
    assert rule.total.text == "?"
    assert cells(table)["c1.13.1"].mark == "no-number"


def test_a_number_whose_only_sum_was_not_judged_is_not_said_to_be_in_no_sum(tmp_path):
    made = example()
    there, empty = "leiden-begroting/002:2.2", "leiden-begroting/002:1.3"
    made.rule("totaal", "som", "sum", [(there, 1), (empty, -1)])
    with queries.connect(str(made.write(tmp_path / "gap.duckdb"))) as con:
        rows = queries.rows_of_pages(con, ["leiden-begroting"])
        told = count(con)
    numbers = [
        cell
        for table in document_view(rows["leiden-begroting"], "1").tables
        for cell in cells(table).values()
    ]
    assert [(cell.mark, cell.level) for cell in numbers if cell.anchor == "c2.2.2"] == [
        ("not_judged", "not_judged")
    ]
    assert told.unproved["in_unjudged_sum"] == 1
    assert 0 < told.unproved["in_no_sum"] < told.levels["unverifiable"]


def test_several_values_in_one_printed_cell_stay_apart_with_their_footnote(pages):
    indicator = cells(pages[True]["leiden-begroting"].tables[1])

    assert indicator["c2.1.1"].text == "5,8 (2014)"
    assert indicator["c2.1.1.2"].noot == "* Afgerond naar boven."
    assert indicator["c2.1.1.2"].noot_mark == "*"  # the value itself does not print it
    assert indicator["c2.1.3"].mark == "no-number"
    assert indicator["c2.2.3"].is_placed
    assert indicator["c2.2.2"].mark == "unverifiable"


def test_a_table_without_sums_has_no_proof(pages):
    assert pages[True]["leiden-begroting"].tables[1].proofs == ()
    assert pages[True]["leiden-begroting"].tables[1].unit.en == "a unit for each row"


def test_the_other_publication_is_a_witness_with_its_count(pages):
    for own, other in (("leiden-web", "leiden-pdf"), ("leiden-pdf", "leiden-web")):
        (witness,) = pages[True][own].tables[0].witnesses
        assert (witness.document_id, witness.equal, witness.different) == (other, 12, 0)
        assert witness.href == f"../documents/{other}.html#c1.1.1"


def test_a_number_of_another_document_is_named_where_it_stands(pages):
    witness = next(rule for rule in rules(pages[True]["leiden-pdf"].tables[0]) if rule.kind == "getuige")

    assert witness.parts[0].label.startswith("leiden-web: Jeugd > ")
    assert witness.parts[0].href.startswith("../documents/leiden-web.html#c1.")


def test_groups_open_above_their_rows(pages):
    labels = [(type(line).__name__, line.label) for line in pages[True]["leiden-web"].tables[0].body]

    assert labels[:2] == [("GroupLine", "Jeugd"), ("RowLine", "Jeugd- en gezins teams")]
    assert labels[-1] == ("RowLine", "sub-totaal")


def test_people_find_what_they_must_do_and_what_was_decided(pages):
    page = pages[True]["leiden-begroting"]

    assert page.findings[0].href == "#c1.7.4"
    assert page.findings[0].amount.en == "€\u00a0180,000"
    (question,) = [reject for reject in page.rejects if reject.kind == "question"]
    assert question.reason == wording.Bilingual("de eenheid staat er niet bij", "the unit is not printed")
    assert {(reject.kind, reject.line, reject.key) for reject in page.rejects} == {
        ("reject", 41, None),
        ("question", 50, "eenheid"),
    }
    assert [(answer.key, answer.value) for answer in page.answers] == [
        ("kolomnaam", "begroting"),
        ("tekens", '{"baten": "-"}'),
    ]
    assert page.claims[0].verdict == "fails"
    assert page.claims[0].cells == ("c1.18.4", "c1.18.5")
    assert page.mentions[0].name == "9A-1"
    assert page.goals[0].prestaties == (("9A1.1", "Organiseren van aanbod"),)


def test_a_caption_that_contradicts_its_table_is_told(pages):
    (convention,) = pages[True]["leiden-web"].tables[0].conventions

    assert convention.is_contradicted
    assert (convention.hypotheses, convention.survived) == (2, 1)


def test_coverage_counts_every_number_once(pages):
    page = pages[True]["leiden-begroting"]

    assert sum(numbers(page.coverage).values()) == 114 + 6  # one of the seven indicators prints no number
    assert numbers(page.coverage) == {
        name: sum(numbers(table.coverage).get(name, 0) for table in page.tables)
        for name in numbers(page.coverage)
    }


def test_the_manual_explains_every_mark_and_the_page_every_level():
    manual = (Path(__file__).resolve().parents[2] / "docs/auditor.md").read_text(encoding="utf-8")
    for name, text in wording.MARKS.items():
        assert f"| {text.en.partition(':')[0]} |" in manual, name
    assert set(wording.LEVELS) <= set(wording.MARKS)


def test_the_swap_is_what_was_planted():
    assert example().cell(SWAPPED)["value"] == Decimal(24795)
    assert example(is_wrong=False).cell(SWAPPED)["value"] == Decimal(24975)


def test_a_page_has_words_for_every_layout_that_tables_are_read_from():
    from dagster_project.reading import model
    from dagster_project.reports.wording import LAYOUTS

    (listed,) = re.findall(r"layout: str  # ([a-z |-]+)", Path(model.__file__).read_text(encoding="utf-8"))
    assert set(listed.split(" | ")) == set(LAYOUTS)
