"""Findings: one row per thing to look at, under a name that stays, accepted where a person accepted it."""

import re
from datetime import datetime

from miniature import BUDGET, OTHER, WEB


def findings(query, where="true"):
    return query(f"select kind, document_id, severity, status from audit.findings where {where} order by all")


def ids(query):
    return dict(
        query("select kind || ' ' || document_id || ' ' || left(message, 40), finding_id from audit.findings")
    )


def test_each_thing_is_told_once(query):
    of_documents = "kind not in ('document_ontbreekt', 'levering_half', 'eenheid_verdacht')"
    assert findings(query, of_documents) == [
        ("buiten_feiten", BUDGET, "laag", "open"),
        ("gemeentecode_onbekend", OTHER, "laag", "open"),
        ("label_verschilt", BUDGET, "laag", "open"),
        ("niet_gelezen", "los.csv", "middel", "open"),
        ("opschrift_tegengesproken", WEB, "middel", "open"),  # and not again for the second publication
        ("som_sluit_niet", OTHER, "middel", "open"),
        ("sommen_sluiten_niet_samen", OTHER, "middel", "open"),
        ("vraag", OTHER, "middel", "open"),
    ]


def test_a_broken_sum_belongs_to_the_set_that_cannot_hold(query):
    ((parent,),) = query("select finding_id from audit.findings where kind = 'sommen_sluiten_niet_samen'")
    assert query("select parent_finding_id, cell_id from audit.findings where kind = 'som_sluit_niet'") == [
        (parent, f"{OTHER}/001:2.1")
    ]


def test_numbers_are_written_as_printed_in_both_languages(query):
    ((nl, en),) = query("select message, message_en from audit.findings where kind = 'som_sluit_niet'")
    told = re.compile(r"(?:Verschil|off by) (\S+?),? .*(?:hoogstens|at most) (\S+) ")
    assert told.search(nl).groups() == told.search(en.replace(";", ",")).groups()


def test_what_a_person_must_answer_is_asked_in_both_languages(query):
    ((nl, en),) = query("select message, message_en from audit.findings where kind = 'vraag'")
    assert nl == "x.txt regel 7: eenheid niet gedrukt"
    assert en == "x.txt line 7: unit not printed"


def test_what_stands_in_no_file_is_told_without_a_place(query):
    told = query("select message, message_en from audit.findings where kind = 'niet_gelezen'")
    assert told == [("los.csv staat los onder raw/", "los.csv stands loose under raw/")]


def test_what_is_due_and_not_here_is_told_per_gemeente_and_kind_of_document(query):
    messages = query("select message from audit.findings where kind = 'document_ontbreekt' order by 1")
    assert [m.split(" (")[0] for (m,) in messages] == [
        "Van Leiden ontbreekt: begroting 2019",  # due before 15 November 2018
        "Van Nergenshuizen ontbreekt: begroting 2019",
        "Van Nergenshuizen ontbreekt: jaarstukken 2017",
    ]
    english = query("select message_en from audit.findings where kind = 'document_ontbreekt' order by 1")
    assert [m.split(" (")[0] for (m,) in english][0] == "Missing for Leiden: budget 2019"


def test_a_difference_in_words_names_both(query):
    ((message,),) = query("select message from audit.findings where kind = 'label_verschilt'")
    assert "burgers zijn zelfredzaam / inwoners zijn zelfredzaam" in message


def test_an_accepted_finding_shows_as_accepted_and_by_whom(query_later):
    assert query_later(
        "select status, accepted_by, accepted_why, first_seen from audit.findings where kind = 'label_verschilt'"
    ) == [("aanvaard", "controller", "toegelicht", datetime(2018, 12, 1, 2))]


def test_an_acceptance_ends_when_the_numbers_or_the_date_say_so(query_later):
    assert findings(query_later, "kind in ('gemeentecode_onbekend', 'opschrift_tegengesproken')") == [
        ("gemeentecode_onbekend", OTHER, "laag", "verlopen"),
        ("opschrift_tegengesproken", WEB, "middel", "verlopen"),
    ]


def test_a_finding_keeps_its_name_when_tables_move_and_numbers_change(query, query_later):
    before, after = ids(query), ids(query_later)
    assert {k: v for k, v in after.items() if k in before} == before
    broken = "select fingerprint from audit.findings where kind = 'som_sluit_niet'"
    assert query(broken) != query_later(broken)


def test_a_finding_that_is_new_was_first_seen_tonight(query_later):
    assert query_later("select distinct first_seen from audit.findings where kind = 'vraag'") == [
        (datetime(2019, 3, 1, 2),)
    ]
