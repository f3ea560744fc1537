"""The one sentence that a run comes to: it says what was not judged, not read and asked, and closes only when nothing is left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dagster_project.assets.summary import RunSummary
from dagster_project.reports.counts import Counts
from dagster_project.reports.verdict import verdict
from dagster_project.reports.wording import LEVELS, UNPROVED, VERDICTS

PERFECT = Counts(
    documents=1,
    tables=1,
    asked=0,
    levels={"proved": 9, "implied": 0, "locatable": 0, "unverifiable": 0},
    proved_also={"implied": 8, "locatable": 6},
    unproved={"in_no_sum": 0, "in_unjudged_sum": 0, "in_unsolved_set": 0, "in_infeasible_set": 0},
    verdicts={"exact": 3, "rounding": 1, "break": 0, "not_judged": 0},
    doubtful=0,
    sets={"feasible": 2, "infeasible": 0, "unsolved": 0},
    causes={"fout_in_het_stuk": 0, "onzeker_gelezen": 0, "bronnen_verschillen": 0, "niet_gecontroleerd": 0},
    differ_from_iv3=0,
    beside_iv3=1,
    text_only=0,
    missing=0,
    contradictions=0,
    unnamed=0,
    impossible=0,
    causes_accepted=0,
    changes={"nieuw": 0, "gewijzigd": 0, "ongewijzigd": 0, "opgelost": 0, "verdwenen": 0},
    findings={"hoog": 0, "middel": 0, "laag": 0},
    accepted=0,
    rejects=0,
    questions=0,
    expectations={"passed": 1},
)


def test_everything_closes_only_when_everything_was_read_and_judged():
    assert verdict(PERFECT) == (
        "Alles sluit: alle 4 sommen, en elk van de 9 getallen staat in een som.",
        "Everything closes: all 4 sums, and each of the 9 numbers is in a sum.",
    )


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (
            {"verdicts": {"exact": 1, "rounding": 1, "break": 0, "not_judged": 2}},
            "2 sommen zijn niet beoordeeld",
        ),
        (
            {"levels": PERFECT.levels | {"unverifiable": 1}, "unproved": PERFECT.unproved | {"in_no_sum": 1}},
            "1 van de 10 getallen staat in geen som",
        ),
        (
            {
                "levels": PERFECT.levels | {"unverifiable": 2},
                "unproved": PERFECT.unproved | {"in_unjudged_sum": 2},
            },
            "2 van de 11 getallen staan alleen in sommen die niet beoordeeld zijn",
        ),
        (
            {"asked": 1},
            "1 van de 1 tabellen telt niet of niet geheel mee tot er een antwoord is hoe zij gelezen worden",
        ),
        ({"unnamed": 2}, "2 keer moet iemand zeggen wat gedrukte getallen zijn of welke gemeente het is"),
        ({"differ_from_iv3": 1}, "1 levering van Iv3 zegt iets anders dan een stuk"),
        ({"rejects": 1}, "1 plaats is niet gelezen"),
        ({"questions": 3}, "3 vragen wachten op antwoord"),
        ({"sets": PERFECT.sets | {"unsolved": 1}}, "1 verband kreeg geen antwoord"),
        ({"contradictions": 1}, "1 tegenspraak in woorden of tussen stukken"),
        ({"text_only": 2}, "2 documenten hebben alleen tekst"),
        ({"missing": 1}, "1 document ontbreekt"),
        ({"expectations": {"passed": 1, "failed": 1}}, "1 verwachting komt niet uit"),
        (
            {"expectations": {"passed": 1, "errored": 1, "not_judged": 2}},
            "3 verwachtingen zijn niet beoordeeld",
        ),
        ({"causes": PERFECT.causes | {"niet_gecontroleerd": 2}}, "2 oorzaken zijn niet gecontroleerd"),
        ({"causes": PERFECT.causes | {"onzeker_gelezen": 1}}, "1 oorzaak staat open"),
        ({"causes_accepted": 1}, "1 oorzaak is aanvaard"),
    ],
)
def test_whatever_was_not_checked_is_in_the_same_sentence(what, told):
    sentence = verdict(replace(PERFECT, **what)).nl
    assert told in sentence and sentence.count(".") == 1
    assert not sentence.startswith("Alles sluit")
    assert "niet alles is gecontroleerd" in sentence


def test_half_of_the_sums_not_judged_and_a_row_refused_is_not_called_closing():
    counts = replace(PERFECT, verdicts={"exact": 2, "rounding": 0, "break": 0, "not_judged": 2}, rejects=1)
    assert verdict(counts) == (
        "Alle 2 sommen die getoetst zijn, sluiten; niet alles is gecontroleerd:"
        " 2 sommen zijn niet beoordeeld en 1 plaats is niet gelezen.",
        "All 2 sums that were checked close; not everything was checked: 2 sums were not judged and 1 place was not read.",
    )


def test_what_breaks_only_where_the_reading_is_in_doubt_is_no_error_of_the_document():
    doubtful = {"verdicts": {"exact": 1, "rounding": 0, "break": 3, "not_judged": 0}, "doubtful": 3}
    counts = replace(PERFECT, **doubtful, sets={"feasible": 1, "infeasible": 1, "unsolved": 0})
    assert verdict(counts).nl == (
        "Wat zeker gelezen is, sluit; niet alles is zeker gelezen: 3 van de 4 sommen sluiten niet"
        " (waarvan 3 in een onzeker gelezen tabel) en 1 van de 2 verbanden kan niet sluiten."
    )
    assert verdict(replace(counts, doubtful=2, impossible=1)).nl.startswith(
        "Niet alles sluit: 3 van de 4 sommen"
    )


def test_an_accepted_error_still_does_not_close():
    counts = replace(
        PERFECT,
        verdicts={"exact": 3, "rounding": 0, "break": 1, "not_judged": 0},
        impossible=1,
        causes_accepted=1,
    )
    assert verdict(counts).en == "Not everything closes: 1 of the 4 sums does not close."


def test_an_empty_warehouse_claims_nothing():
    nothing = replace(
        PERFECT, levels=dict.fromkeys(PERFECT.levels, 0), verdicts=dict.fromkeys(PERFECT.verdicts, 0)
    )
    assert verdict(nothing).en == "Nothing to check yet."


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl_NL.UTF-8"), ("en", "en_GB.UTF-8")])
def test_the_terminal_calls_numbers_and_sums_what_the_pages_call_them(monkeypatch, language, locale):
    monkeypatch.setenv("LC_ALL", locale)
    counts = replace(
        PERFECT,
        levels={"proved": 9, "implied": 2, "locatable": 3, "unverifiable": 4},
        unproved={"in_no_sum": 1, "in_unjudged_sum": 2, "in_unsolved_set": 3, "in_infeasible_set": 3},
        verdicts={"exact": 1, "rounding": 2, "break": 3, "not_judged": 4},
    )
    summary = RunSummary("000001", "published", 0, "", "", 1.0, counts, None, None)
    told = "\n".join(summary.lines())
    for words in (*LEVELS.values(), *VERDICTS.values(), *UNPROVED.values()):
        assert getattr(words, language) in told, words
    assert summary.lines()[-1] == getattr(verdict(counts), language)
