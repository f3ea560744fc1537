"""The front door on documents that print the same money along several cuts: no euro twice, and no question unasked."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import duckdb
import invented
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

DIMENSIONS = {  # of each view of amounts that may be summed: what it may be grouped by within a jaar and stand
    "lasten": ("programma_naam", "beleidsterrein_code", "taakveld_code", "indeling", "post", "document_id"),
    "baten": ("programma_naam", "beleidsterrein_code", "taakveld_code", "indeling", "post", "document_id"),
    "per_taakveld": ("programma_naam", "taakveld_code", "hoofdtaakveld", "post", "document_id"),
    "saldo": ("programma_naam", "beleidsterrein_code", "taakveld_code", "hoofdtaakveld"),
    "begroting_rekening": ("programma_naam", "beleidsterrein_code", "taakveld_code", "indeling", "post"),
    "reserves": ("reserve", "reserve_id", "programma", "document_id"),
}
AMOUNTS = {  # of each view: (kant, amount, filter)
    "lasten": [("lasten", "bedrag_eur", "true")],
    "baten": [("baten", "bedrag_eur", "true")],
    "per_taakveld": [(kant, "bedrag_eur", f"kant = '{kant}'") for kant in ("lasten", "baten")],
    "saldo": [(kant, f"{kant}_eur", "true") for kant in ("lasten", "baten")],
    "begroting_rekening": [(kant, "begroting_eur", f"kant = '{kant}'") for kant in ("lasten", "baten")],
    "reserves": [(what, f"{what}_eur", "true") for what in ("begin", "toevoeging", "onttrekking", "eind")],
}


def lasten(query, gemeente: str, jaar: int) -> Decimal:
    return query(f"select sum(bedrag_eur) from main.lasten where gemeente = '{gemeente}' and jaar = {jaar}")[
        0
    ][0]


def test_an_overview_and_the_detail_of_some_of_its_programmas_count_once(query):
    assert lasten(query, "Wierhaven", 2024) == 6_630_000
    assert query("select sum(lasten_eur), sum(baten_eur) from main.saldo where gemeente = 'Wierhaven'") == [
        (6_630_000, 2_229_000)
    ]


def test_a_detail_that_does_not_add_up_to_its_programma_is_asked_about_and_one_that_does_is_not(query):
    assert query(
        "select tabel.caption, f.severity from audit.findings as f join landing.tables as tabel using (table_id)"
        " where f.kind = 'indeling_onzeker' and f.document_id = 'wierhaven-2024'"
    ) == [("Programma 3.", "hoog")]


def test_the_question_names_the_key_that_answers_it(query):
    ((nl, en),) = query(
        "select message, message_en from audit.findings where kind = 'indeling_onzeker' and document_id = 'wierhaven-2024'"
    )
    assert nl.endswith(
        'Antwoord in document.yml onder antwoorden: "003.indeling": zelfde geld, ander geld of hoofdindeling.'
    )
    assert 'Answer in document.yml under antwoorden: "003.indeling": zelfde geld (the same), ' in en


@pytest.mark.parametrize(
    ("gemeente", "counts"),
    [
        ("Wierhaven", 6_630_000),  # asked: the detail of programma 3 stays out
        ("Tolbeek", 6_630_000),  # the same money: it stays out
        ("Ruigenhoek", 8_492_000),  # other money: its 1,862,000 are added
        ("Smalland", 6_560_000),  # it leads: its 1,862,000 instead of the 1,932,000 of the overview
    ],
)
def test_an_answer_says_whether_the_money_of_a_table_is_the_same_other_or_the_main_cut(
    query, gemeente, counts
):
    assert lasten(query, gemeente, 2024) == counts
    asked = query(
        f"select count(*) from audit.findings where kind = 'indeling_onzeker' and document_id = '{gemeente.lower()}-2024'"
    )
    assert asked == [(gemeente == "Wierhaven",)]


def test_every_amount_that_stays_out_of_the_front_door_stands_beside_what_counts_instead(query):
    assert query(
        """
        select sum(bedrag_eur) from marts.fct_lasten where document_id = 'wierhaven-2024' and not is_hoofdindeling
        """
    ) == query(
        "select sum(bedrag_eur) from audit.niet_meegeteld where document_id = 'wierhaven-2024' and kant = 'lasten'"
    )


def test_posten_under_the_heading_of_a_programma_are_of_that_programma(query):
    assert query(
        "select post, programma, programma_conform from marts.fct_lasten join marts.dim_programma using (programma_id, programma)"
        " where document_id = 'wierhaven-2024' and table_id <> 'wierhaven-2024/001' order by 2, 1"
    ) == [
        ("Groen", "2", "Zorg"),  # programma 4 is called so too
        ("Jeugdhulp", "2", "Zorg"),
        ("Maatwerk Wmo", "2", "Zorg"),
        ("Grondexploitatie", "3", "Wonen"),
        ("Volkshuisvesting", "3", "Wonen"),
    ]


def test_a_programma_without_a_number_is_the_one_that_a_document_of_the_same_council_numbers(query):
    assert query(
        "select distinct jaar, programma, programma_naam from main.lasten where gemeente = 'Zwartewaal' order by 1, 2"
    ) == [(jaar, *named) for jaar in (2024, 2025, 2026) for named in (("1", "Veilig samenleven"), ("2", "Vitale kernen"))]  # fmt: skip
    assert query(
        "select programma, programma_naam from marts.fct_lasten where document_id = 'zwartewaal-2024' and indeling = 'programma'"
        " and jaar = 2024 order by 2"
    ) == [(None, "Veilig samenleven"), (None, "Vitale kernen")]


def test_the_cut_by_taakveld_is_seen_beside_that_by_programma_and_not_added_to_it(query):
    assert lasten(query, "Zwartewaal", 2024) == 3_821_000
    assert query(
        "select taakveld_code, bedrag_eur from main.per_taakveld where gemeente = 'Zwartewaal' order by 1"
    ) == [("1.1", 1_204_000), ("5.2", 1_617_000), ("5.3", 1_000_000)]


def test_two_columns_of_one_year_in_one_state_count_neither_and_are_asked_about(query):
    """The reader takes "actueel" for no state of its own: which of the two is the budget nobody knows."""
    assert query(
        "select stand, sum(bedrag_eur) from main.baten where gemeente = 'Steenbergh' group by all"
    ) == [("rekening", 999_000)]
    assert query(
        "select count(*), max(severity) from audit.findings where document_id = 'steenbergh-2024' and message like '%wat zeggen de kolommen?%\"001.lezing\".'"
    ) == [(1, "hoog")]


def test_what_is_called_a_part_of_the_row_above_counts_once(query):
    assert lasten(query, "Steenbergh", 2024) == 4_068_000
    assert query("select post from marts.fct_lasten where document_id = 'steenbergh-2024' order by post") == [
        ("Grond",),
        ("Zorg",),
    ]


def test_reserves_that_another_table_prints_one_by_one_count_once(query):
    assert query(
        "select sum(begin_eur), sum(toevoeging_eur), sum(onttrekking_eur), sum(eind_eur) from main.reserves where gemeente = 'Steenbergh'"
    ) == [(8_002_000, 404_000, 406_000, 8_000_000)]


def test_a_difference_belongs_to_the_later_of_what_it_compares(query):
    assert query(
        "select distinct jaar, stand from marts.fct_gepubliceerde_totalen where document_id = 'lekdijk-2024' and reden = 'verschil'"
    ) == [(2024, "rekening")]


def test_a_published_total_is_tied_to_numbers_that_have_a_place(query):
    assert query("select count(*) > 0 from marts.fct_gepubliceerde_totalen") == [(True,)]
    assert not query(
        """
        select t.cell_id
        from marts.fct_gepubliceerde_totalen as t
        left join audit.rule_terms as r on t.rule_id = r.rule_id and not r.is_total
        left join (
            select cell_id from marts.fct_lasten union all select cell_id from marts.fct_baten
            union all select cell_id from marts.fct_reserves union all select cell_id from marts.fct_gepubliceerde_totalen
        ) as f on r.cell_id = f.cell_id
        where f.cell_id is null or t.jaar is null or t.stand = 'onbekend'
        """
    )


def test_a_number_in_a_sum_that_fails_is_called_so_and_the_suspect_by_its_name(query):
    assert query(
        "select distinct verifieerbaarheid from marts.fct_lasten where document_id = 'lekdijk-2024' and stand = 'begroting'"
    ) == [("in_broken_sum",)]
    assert query(
        "select post, stand, bedrag_eur from marts.fct_gepubliceerde_totalen where verifieerbaarheid = 'suspect'"
    ) == [("Totaal", "rekening", 4_395_000)]
    assert query(
        "select sum(in_gebroken_som), sum(verdacht), sum(niet_te_toetsen) from main.dekking where document_id = 'lekdijk-2024'"
    ) == [(12, 1, 0)]


def test_the_word_of_a_fact_agrees_with_the_audit_of_its_number(query):
    assert not query(
        """
        select f.cell_id
        from marts.fct_lasten as f
        inner join audit.verifiability as v on f.cell_id = v.cell_id
        left join audit.certificates as c on v.component_id = c.component_id
        where f.verifieerbaarheid
            <> case when v.is_suspect then 'suspect' when not c.feasible then 'in_broken_sum' else v.status end
        """
    )


@pytest.mark.parametrize(("view", "kant"), [(view, a[0]) for view in AMOUNTS for a in AMOUNTS[view]])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_no_sum_exceeds_what_a_document_prints_as_the_total_of_that_cut(
    published, gemeenten, view, kant, data
):
    chosen = data.draw(st.lists(st.sampled_from(DIMENSIONS[view]), unique=True))
    with duckdb.connect(str(published), read_only=True) as connection:
        exceed(connection, gemeenten, view, kant, chosen)


def exceed(connection, gemeenten: list[invented.Gemeente], view: str, kant: str, chosen: list[str]) -> None:
    """Fails where a sum over all other dimensions is more than one document prints of that programma, or of all."""
    ((amount, where),) = ((a, w) for k, a, w in AMOUNTS[view] if k == kant)
    stand = [] if view == "begroting_rekening" else ["stand"]
    keys = ", ".join(["gemeente", "jaar", *stand, *chosen])
    sums = connection.execute(
        f"select {keys}, sum({amount}) as som from main.{view} where {where} and gemeente like 'Rand%' group by {keys}"
    )
    names = [column[0] for column in sums.description]
    printed = {key: amount for one in gemeenten for key, amount in one.printed.items()}
    rows = [dict(zip(names, row, strict=True)) for row in sums.fetchall()]
    assert rows
    for row in rows:
        programma = row.get("programma_naam", "")
        most = printed[row["gemeente"], row["jaar"], kant, "" if programma == "Onbekend" else programma]
        assert (row["som"] or 0) <= most, row


def test_what_reserves_hold_take_in_and_give_out_is_what_is_printed(query, gemeenten):
    """So that the property above is no matter of amounts that are not there."""
    found = {
        (name, what): amount
        for name, *amounts in query(
            "select gemeente, sum(begin_eur), sum(toevoeging_eur), sum(onttrekking_eur), sum(eind_eur) from main.reserves"
            " where gemeente like 'Rand%' group by all"
        )
        for what, amount in zip(("begin", "toevoeging", "onttrekking", "eind"), amounts, strict=True)
    }
    kinds = {"begin", "toevoeging", "onttrekking", "eind"}
    printed = {
        (name, what): amount
        for one in gemeenten
        for (name, _, what, _), amount in one.printed.items()
        if what in kinds
    }
    assert len(printed) > len(gemeenten)
    assert found == printed


def test_no_gemeente_loses_money_that_it_prints_in_an_overview_of_all_programmas(query, gemeenten):
    """Of two documents that print one, the later counts."""
    whole = [one for one in gemeenten if one.totals]
    assert len(whole) > len(gemeenten) / 2 and len([one for one in whole if one.later]) > 2
    for kant in ("lasten", "baten"):
        found: dict[str, set[Decimal]] = {}
        for name, amount in query(
            f"select gemeente, sum(bedrag_eur) from main.{kant} group by gemeente, stand"
        ):
            found.setdefault(name, set()).add(amount)
        assert {one.name: found[one.name] for one in whole} == {one.name: {one.totals[kant]} for one in whole}


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(1, 5))
def test_no_sum_of_many_more_gemeenten_exceeds_what_they_print(refreshed, tmp_path, batch):
    gemeenten = invented.gemeenten(seed=batch, count=80)
    with duckdb.connect(str(invented.publish(tmp_path, gemeenten, refreshed)), read_only=True) as connection:
        for view, dimensions in DIMENSIONS.items():
            for kant, *_ in AMOUNTS[view]:
                for mask in product((True, False), repeat=len(dimensions)):
                    exceed(
                        connection,
                        gemeenten,
                        view,
                        kant,
                        [d for d, is_on in zip(dimensions, mask, strict=True) if is_on],
                    )
