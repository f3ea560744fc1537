"""Causes: one line per error, misread table or unread file; what follows from it hangs under it."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import miniature
import pytest
from miniature import BUDGET, OTHER, WEB
from nights import FIRST_NIGHT, LATER, NO_TESTS, build

WRONG, MISREAD, SMALL, SHORT = "gouda-begroting", "gouda-verkeerd", "gouda-klein", "gouda-weglating"
ASKED, GAP, LOST = "gouda-vraag", "gouda-gat", "gouda-kwijt"
LOOSE, SAME = "gouda-los", "gouda-zelfde"
EARLIER, AFTER = "gouda-eerder", "gouda-later"
FIRST, RESTATED, AGAIN = "leiderdorp-eerst", "leiderdorp-later", "leiderdorp-weer"
OF_CAUSES = (*NO_TESTS, "--select", "+causes", "+causes_resolved", "+materialiteit_per_document")
YEARS = [(f"{jaar} > Lasten", "begroting", jaar) for jaar in (2018, 2019, 2020)]


def lasten(*rows):
    return [(label, "lasten", rol, numbers) for label, rol, numbers in rows]


def more(**tables):
    """Changes: further records, per table with __ for the point."""
    return {
        name.replace("__", "."): lambda records, extra=extra: [*records, *extra]
        for name, extra in tables.items()
    }


def sums(document: str, columns, kind="totaal"):
    """A total of rows 1 and 2 in row 3, for each of these columns."""
    rules, terms = [], []
    for column in columns:
        for table, record in miniature._rule(document, kind, column, {(1, 1): 1, (1, 2): 1, (1, 3): -1}):
            (rules if table == "landing.rules" else terms).append(record)
    return rules, terms


def impossible(component: str, document: str, column: int):
    """What the proof says of a set of three numbers that cannot hold."""
    certificate = {
        "component_id": component,
        "fingerprint": component,
        "feasible": False,
        "cells": 3,
        "rules": 1,
    }
    certificate |= {"is_exact": True, "explained_in_nl": "kan niet", "explained_in_en": "cannot"}
    status = [
        {"cell_id": f"{document}/001:{row}.{column}", "component_id": component, "status": "unverifiable"}
        | {"is_suspect": row == 3, "is_proved": False, "is_implied": False, "is_locatable": False, "rules": 1}
        for row in (1, 2, 3)
    ]
    return certificate, status


def together(*changes):
    """Several changes of the same tables, one after the other."""
    found = {}
    for change in changes:
        for table, made in change.items():
            before = found.get(table)
            found[table] = (lambda records, a=before, b=made: b(a(records))) if before else made
    return found


def troubles():
    """One wrong total that also words contradict, one table in which every total fails, one small difference, one
    total that leaves out the same row in every column, one of three totals that fails in every column."""
    documents = [
        (WRONG, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "1000 1100 1200"), ("B", "item", "2000 2100 2200"), ("Totaal", "total", "3200 3200 3400")))]),
        (MISREAD, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "10 20 30"), ("B", "item", "20 30 40"), ("Totaal", "total", "90 90 90")))]),
        (SMALL, {"gemeente": "Gouda"}, [("exploitatie", "EUR", YEARS, lasten(("A", "item", "1000000 1 1"), ("B", "item", "2000000 1 1"), ("Totaal", "total", "3000100 2 2")))]),
        (SHORT, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "100 110 120"), ("B", "item", "20 30 40"), ("Totaal", "total", "100 110 120")))]),
        (ASKED, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "10 20 30"), ("B", "item", "-1 -2 -3")))]),
        (LOST, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "100 110 120"), ("B", "item", "20 30 40"), ("Totaal", "total", "150 165 190"), ("C", "item", "1 2 3"), ("D", "item", "4 5 6"), ("Totaal C en D", "total", "5 7 9"), ("Alles", "total", "155 172 199")))]),
        (LOOSE, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "10 20 30"), ("B", "item", "1 2 3"), ("Totaal", "total", "15 30 45")))]),
        (SAME, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", [("2019", "onbekend", 2019), ("2020", "onbekend", 2020)], lasten(("A", "item", numbers), ("B", "item", "5 6"), ("Totaal", "total", total))) for numbers, total in (("10 20", "15 26"), ("10 10", "15 16"))]),
        (EARLIER, {"gemeente": "Gouda", "jaar": 2018}, [("exploitatie", "EUR_1000", [("Rekening 2017", "rekening", 2017)], lasten(("A", "item", "1000"), ("B", "item", "2000"), ("Totaal", "total", "3200")))]),
        (AFTER, {"gemeente": "Gouda", "jaar": 2019}, [("exploitatie", "EUR_1000", [("Rekening 2017", "rekening", 2017)], lasten(("A", "item", "1000"), ("B", "item", "2000"), ("Totaal", "total", "3000")))]),
        (FIRST, {"gemeente": "Leiderdorp", "jaar": 2018}, [("exploitatie", "EUR_1000", [("Rekening 2017", "rekening", 2017)], lasten(("A", "item", "1000"), ("B", "item", "2000"), ("Totaal", "total", "3000")))]),
        (RESTATED, {"gemeente": "Leiderdorp", "jaar": 2019}, [("exploitatie", "EUR_1000", [("Rekening 2017", "rekening", 2017)], lasten(("A", "item", "1200"), ("B", "item", "2000"), ("Totaal", "total", "3200")))]),
        (AGAIN, {"gemeente": "Leiderdorp", "jaar": 2020}, [("exploitatie", "EUR_1000", [("Rekening 2017", "rekening", 2017)], lasten(("A", "item", "1000"), ("B", "item", "2000"), ("Totaal", "total", "3000")))]),
        (GAP, {"gemeente": "Gouda"}, [("exploitatie", "EUR_1000", YEARS, lasten(("A", "item", "100 110 120"), ("B", "item", "20 30 40"), ("Totaal", "total", "120 140 160")))]),
    ]  # fmt: skip
    rules, terms, certificates, statuses = [], [], [], []
    for document, columns, impossible_columns in (
        (WRONG, (1, 2, 3), (1,)),
        (MISREAD, (1, 2, 3), (1, 2, 3)),
        (SMALL, (1,), (1,)),
        (SHORT, (1, 2, 3), (1, 2, 3)),
        (GAP, (1, 2, 3), ()),
        (LOST, (1, 2, 3), (1, 2, 3)),
        (EARLIER, (1,), (1,)),
        (AFTER, (1,), ()),
        (FIRST, (1,), ()),
        (RESTATED, (1,), ()),
        (AGAIN, (1,), ()),
    ):
        own_rules, own_terms = sums(document, columns)
        if document == SHORT:
            for rule, amount in zip(own_rules, (20, 30, 40), strict=True):
                rule["diagnosis"] = f"sluit als B wordt weggelaten: {amount}"
                rule["diagnosis_en"] = f"holds if B is left out: {amount}"
                rule |= {"slip": "sluit als B wordt weggelaten", "slip_en": "holds if B is left out"}
        rules += own_rules
        terms += own_terms
        for column in impossible_columns:
            certificate, status = impossible(f"{document}-{column}", document, column)
            certificates.append(certificate)
            statuses += status
    for column in (1, 2, 3):  # the other totals of that table close
        for total, parts in ((6, (4, 5)), (7, (3, 6))):
            coefficients = {(1, row): 1 for row in parts} | {(1, total): -1}
            for table, record in miniature._rule(LOST, "totaal", column, coefficients):
                record["rule_id"] += f"-{total}"
                (rules if table == "landing.rules" else terms).append(record)
    for table in (1, 2):
        for column in (1, 2):
            for name, record in miniature._rule(SAME, "totaal", column, {(table, 1): 1, (table, 2): 1, (table, 3): -1}):
                record["rule_id"] += f"-tabel-{table}"
                (rules if name == "landing.rules" else terms).append(record)
    suspect = {
        "component_id": f"{WRONG}-1",
        "set_no": 1,
        "set_size": 1,
        "cell_id": f"{WRONG}/001:3.1",
        "rank": 1,
    }
    suspect |= {
        "printed": Decimal(3200),
        "implied_low": Decimal(2999),
        "implied_high": Decimal(3001),
        "weight": 1.0,
    }
    suspect |= {"sentence_nl": "het totaal", "sentence_en": "the total"}
    of_earlier = suspect | {"component_id": f"{EARLIER}-1", "cell_id": f"{EARLIER}/001:3.1"}
    claim = {"document_id": WRONG, "claim_id": "k1", "path": "x.txt", "line": 4, "verdict": "fails"}
    claim |= {
        "cells": f"{WRONG}/001:1.1 {WRONG}/001:3.1",
        "stated_text": "3 miljoen",
        "computed_text": "3,2 miljoen",
    }
    claim |= {"text_nl": "in totaal 3 miljoen", "text_en": "3 million in all"}
    restated = claim | {"document_id": RESTATED, "claim_id": "k2", "cells": f"{RESTATED}/001:3.1"}
    restated |= {"stated_low": Decimal(3_000_000), "stated_high": Decimal(3_000_000)}
    restated |= {"computed_low": Decimal(3_200_000), "computed_high": Decimal(3_200_000)}
    held = [
        {"document_id": c["document_id"], "claim_id": c["claim_id"], "place": place, "cell_id": cell_id}
        for c in (claim, restated)
        for place, cell_id in enumerate(c["cells"].split(), start=1)
    ]
    unread = [{"document_id": WRONG, "path": "y.txt", "line": n, "reason": f"regel {n} is geen rij", "reason_en": f"line {n} is no row", "kind": "reject"} for n in (1, 2, 3)]  # fmt: skip
    unread += [{"document_id": ASKED, "path": "z.txt", "line": n, "reason": f"hoe is {key}?", "reason_en": f"how is {key}?", "kind": "question", "key": f"antwoorden.001.{key}"} for n, key in ((1, "lezing"), (2, "bereik_rij_2"), (3, "kolom.1"), (4, "saldo_richting"))]  # fmt: skip
    unread.append({"document_id": LOOSE, "path": "z.txt", "line": 5, "reason": "waarvan is Totaal de som?", "reason_en": "of what is Totaal the sum?", "kind": "question", "key": "antwoorden.001.bereik_rij_3"})  # fmt: skip
    missing = {f"{GAP}/001:3.1", f"{GAP}/001:3.2"}  # printed as n.b.
    nothing = {"text": "n.b.", "value": None, "is_missing": True}
    return together(
        miniature.with_documents(documents),
        {"landing.cells": lambda records: [r | nothing if r["cell_id"] in missing else r for r in records]},
        more(
            landing__rules=rules, landing__rule_terms=terms, proof__certificates=certificates,
            proof__cell_status=statuses, proof__suspects=[suspect, of_earlier], proof__claims=[claim, restated],
            proof__claim_cells=held, landing__rejects=unread,
        ),
    )  # fmt: skip


def reader(path):
    def rows(sql: str) -> list[tuple]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return rows


@pytest.fixture(scope="module")
def troubled(settings):
    return reader(build(settings, "troubled", troubles(), FIRST_NIGHT, OF_CAUSES))


@pytest.fixture(scope="module")
def next_night(settings, troubled):
    """The night after: the wrong total accepted as a cause, the small difference mended, the misread numbers others."""
    seen = [
        {"cause_id": cause, "fingerprint": "of other numbers" if document == MISREAD else fingerprint}
        | {
            "document_id": document,
            "is_current": True,
            "first_seen": "2018-12-01 02:00:00",
            "message": message,
        }
        for cause, fingerprint, document, message in troubled(
            "select cause_id, fingerprint, document_id, message from audit.causes where soort <> 'document_ontbreekt'"
        )
    ]
    # One about a document that is gone, one about a table of which no number is left, one about a table that is there.
    seen += [
        {
            "cause_id": f"weg {document}",
            "document_id": document,
            "table_id": f"{document}/001",
            "is_current": True,
        }
        for document in ("gouda-weg", OTHER, BUDGET)
    ]
    last = {"bron": "cell", "cell_key": "w", "key_no": 1, "document_id": OTHER, "table_id": f"{OTHER}/001"}
    last |= {
        "cell_id": f"{OTHER}/001:1.1",
        "table_key": "een andere",
        "state_from": 1,
        "state_to": 2,
        "sign": 1,
    }
    ((cause, fingerprint),) = troubled(
        f"select cause_id, fingerprint from audit.causes where component_id = '{WRONG}-1'"
    )
    acceptance = {"document_id": WRONG, "finding_id": cause, "fingerprint": fingerprint, "wie": "controller"}
    acceptance |= {"wanneer": "2018-12-02", "waarom": "zo vastgesteld"}
    mended = {
        "landing.cells": lambda records: [
            r | {"text": "3000000", "value": Decimal(3000000)} if r["text"] == "3000100" else r
            for r in records
        ],
        "proof.certificates": lambda records: [
            r | {"feasible": True} if r["component_id"] == f"{SMALL}-1" else r for r in records
        ],
    }
    changes = together(
        troubles(),
        mended,
        more(landing__acceptances=[acceptance], history__causes_seen=seen, history__cell_versions=[last]),
    )
    return reader(build(settings, "next", changes, LATER, OF_CAUSES))


def causes(query, document):
    return query(
        "select zekerheid, soort, bevindingen, severity, amount_eur, status, verandering from audit.causes"
        f" where document_id = '{document}' and soort not in ('document_ontbreekt', 'gemeentecode_onbekend') order by all"
    )


def test_a_wrong_number_is_one_cause_with_everything_that_follows_and_its_euros_once(troubled):
    assert causes(troubled, WRONG) == [
        ("fout_in_het_stuk", "sommen_sluiten_niet_samen", 3, "hoog", Decimal(200000), "open", "nieuw"),
        ("niet_gecontroleerd", "niet_gelezen", 3, "middel", None, "open", "nieuw"),
    ]
    kinds = troubled(
        f"""
        select f.kind from audit.findings f join audit.causes c using (cause_id) where c.component_id = '{WRONG}-1' order by 1
        """
    )
    assert [kind for (kind,) in kinds] == [
        "bewering_klopt_niet",
        "som_sluit_niet",
        "sommen_sluiten_niet_samen",
    ]


def test_what_a_later_document_prints_otherwise_than_a_suspect_number_has_its_cause_and_its_euros_once(troubled):
    ((zekerheid, soort, findings, _, amount, *_),) = causes(troubled, EARLIER)
    assert (zekerheid, soort, findings, amount) == (
        "fout_in_het_stuk",
        "sommen_sluiten_niet_samen",
        3,
        Decimal(200_000),
    )
    assert not causes(troubled, AFTER)
    ((told,),) = troubled(f"select cause_id = (select cause_id from audit.causes where component_id = '{EARLIER}-1')"
                          f" from audit.findings where document_id = '{AFTER}' and kind = 'herrubricering'")  # fmt: skip
    assert told


def test_a_number_that_another_document_and_the_text_print_otherwise_is_one_cause_with_its_euros_once(troubled):
    ((zekerheid, _, findings, _, amount, *_),) = causes(troubled, RESTATED)
    assert (zekerheid, findings, amount) == ("fout_in_het_stuk", 3, Decimal(200_000))
    kinds = troubled(f"select kind from audit.findings where document_id = '{RESTATED}' and kind not like '%ontbreekt' and kind not like '%code%' order by 1")  # fmt: skip
    assert kinds == [("bewering_klopt_niet",), ("herrubricering",)]


def test_a_number_that_is_printed_again_as_it_was_hangs_under_the_document_that_printed_it_otherwise(troubled):
    assert not causes(troubled, AGAIN)
    ((amount, message, cause),) = troubled(
        f"select amount_eur, message, cause_id from audit.findings where document_id = '{AGAIN}' and kind = 'herrubricering'"
    )
    assert amount is None and message.endswith(f" dan in {RESTATED}; het grootste verschil is 200.000 euro. Hier staat weer wat in {FIRST} stond.")  # fmt: skip
    assert troubled(f"select document_id from audit.causes where cause_id = '{cause}'") == [(RESTATED,)]


def test_a_table_in_which_most_sums_of_a_kind_fail_is_one_question_to_us_and_no_error(troubled):
    ((zekerheid, _, findings, severity, *_),) = causes(troubled, MISREAD)
    assert (zekerheid, findings, severity) == ("onzeker_gelezen", 6, "hoog")
    ((message,),) = troubled(f"select message from audit.causes where table_id = '{MISREAD}/001'")
    assert "3 van de 3 sommen van de soort totaal sluiten niet" in message


def test_a_total_that_leaves_one_row_out_in_every_column_is_one_error_of_the_document(troubled):
    ((zekerheid, soort, findings, _, amount, *_),) = causes(troubled, SHORT)
    assert (zekerheid, soort, findings) == ("fout_in_het_stuk", "sommen_sluiten_niet_samen", 6)
    assert amount == Decimal(40_000)  # of the column in which it is most
    ((nl, en),) = troubled(f"select message, message_en from audit.causes where table_id = '{SHORT}/001'")
    assert nl.startswith(
        "3 sommen van één regel sluiten niet, en elk sluit als B wordt weggelaten. De grootste: "
    )
    assert en.startswith("3 sums of one line do not close, and each holds if B is left out. The largest: ")
    assert "waarschijnlijk verkeerd gelezen" not in nl


def test_a_row_that_fails_in_every_column_is_one_question_and_not_an_error_per_column(troubled):
    ((zekerheid, soort, findings, _, amount, *_),) = causes(troubled, LOST)
    assert (zekerheid, soort, findings) == ("onzeker_gelezen", "sommen_sluiten_niet_samen", 6)
    assert amount == Decimal(30_000)  # of the column in which it is most
    ((nl, en),) = troubled(f"select message, message_en from audit.causes where table_id = '{LOST}/001'")
    assert nl.startswith(
        "Een hele regel sluit niet, in geen van de 3 kolommen: in het stuk ontbreekt er een regel bij"
    )
    assert en.startswith(
        "A whole row does not close, in none of the 3 columns: a row is missing from the document"
    )


def test_a_question_weighs_what_stands_in_the_fullest_column_of_what_it_is_about(troubled):
    asked = troubled(
        f"select message, amount_eur, table_id from audit.causes where document_id = '{ASKED}' and soort = 'vraag'"
    )
    assert {(message.partition(": ")[2], amount) for message, amount, _ in asked} == {
        ("hoe is lezing?", Decimal(33_000)),
        ("hoe is bereik_rij_2?", Decimal(3_000)),
        ("hoe is kolom.1?", Decimal(11_000)),
        ("hoe is saldo_richting?", None),  # about signs: no number waits
    }
    assert {table for *_, table in asked} == {f"{ASKED}/001"}


def test_a_total_of_which_the_reach_is_asked_is_one_cause_with_its_euros_once(troubled):
    ((zekerheid, soort, findings, _, amount, *_),) = causes(troubled, LOOSE)
    assert (zekerheid, soort, findings, amount) == ("onzeker_gelezen", "vraag", 2, Decimal(45_000))
    ((message,),) = troubled(f"select message from audit.causes where document_id = '{LOOSE}' and soort = 'vraag'")
    assert message.startswith("z.txt regel 5: waarvan is Totaal de som?")


def test_what_the_same_columns_of_two_tables_leave_open_is_one_question_and_totals_add_nothing(troubled):
    ((zekerheid, soort, findings, _, amount, *_),) = causes(troubled, SAME)
    assert (zekerheid, soort, findings, amount) == ("onzeker_gelezen", "buiten_feiten", 2, Decimal(26_000))
    ((nl, en),) = troubled(
        f"select message, message_en from audit.causes where document_id = '{SAME}' and soort = 'buiten_feiten'"
    )
    assert nl.startswith("Dezelfde vraag over 2 tabellen met deze kolommen. De grootste: ")
    assert en.startswith("The same question about 2 tables with these columns. The largest: ")


def test_sums_that_could_not_be_judged_are_one_cause_per_table_with_the_number_that_is_missing(troubled):
    ((zekerheid, soort, findings, _, amount, *_),) = causes(troubled, GAP)
    assert (zekerheid, soort, findings, amount) == (
        "niet_gecontroleerd",
        "som_niet_beoordeeld",
        1,
        Decimal(110_000),
    )
    ((message, cell),) = troubled(
        f"select message, cell_id from audit.causes where document_id = '{GAP}' and cell_id is not null"
    )
    assert message.startswith(
        "2 sommen van deze tabel konden niet beoordeeld worden, want er ontbreekt een getal: "
    )
    assert cell == f"{GAP}/001:3.2"


def test_places_of_one_file_that_were_not_read_are_one_cause(troubled):
    ((message,),) = troubled(
        f"select message from audit.causes where soort = 'niet_gelezen' and document_id = '{WRONG}'"
    )
    assert message.startswith("3 plaatsen zijn niet gelezen, zoals y.txt regel ")


def test_severity_follows_from_materialiteit_and_nothing_without_an_amount_is_hoog(troubled):
    assert causes(troubled, SMALL)[0][3:5] == ("laag", Decimal(100))  # 100 euros of three million
    assert not troubled("select 1 from audit.causes where severity = 'hoog' and amount_eur is null")
    assert not troubled("select 1 from audit.findings where severity = 'hoog' and amount_eur is null")
    told = troubled(
        "select lasten_eur, fouten_tolerantie_eur, onzekerheden_tolerantie_eur, fouten_eur, is_fouten_overschreden"
        f" from audit.materialiteit_per_document where document_id = '{WRONG}'"
    )
    assert told == [(Decimal(3_000_000), Decimal(30_000), Decimal(90_000), Decimal(200_000), True)]


def test_every_finding_hangs_under_one_cause_and_the_counts_add_up(troubled):
    assert troubled("select sum(bevindingen) from audit.causes") == troubled(
        "select count(*) from audit.findings"
    )
    assert not troubled(
        "select 1 from audit.findings f left join audit.causes c using (cause_id) where c.cause_id is null"
    )


def test_accepting_the_cause_accepts_what_follows_from_it(next_night):
    ((*_, status, change), _) = causes(next_night, WRONG)
    assert (status, change) == ("aanvaard", "ongewijzigd")
    told = next_night(
        f"""
        select distinct f.status, f.accepted_by, f.accepted_why from audit.findings f join audit.causes c using (cause_id)
        where c.component_id = '{WRONG}-1'
        """
    )
    assert told == [("aanvaard", "controller", "zo vastgesteld")]


def test_what_was_accepted_still_counts_against_the_tolerance(next_night):
    told = next_night(
        "select fouten_eur, fouten_aanvaard_eur, is_fouten_overschreden"
        f" from audit.materialiteit_per_document where document_id = '{WRONG}'"
    )
    assert told == [(Decimal(200_000), Decimal(200_000), True)]


def test_a_night_says_what_is_new_what_changed_and_what_is_gone(next_night):
    assert causes(next_night, MISREAD)[0][-1] == "gewijzigd"
    new = next_night("select distinct soort from audit.causes where verandering = 'nieuw'")
    assert new == [("document_ontbreekt",)]
    gone = next_night("select document_id, hoe from audit.causes_resolved where soort is null order by 1")
    assert gone == sorted(
        [(SMALL, "opgelost"), (BUDGET, "opgelost"), (OTHER, "verdwenen"), ("gouda-weg", "verdwenen")]
    )
    assert next_night(f"select min(first_seen)::varchar from audit.causes where document_id = '{WRONG}'") == [
        ("2018-12-01 02:00:00",)
    ]


def test_what_was_not_checked_is_counted_with_its_euros(query):
    found = query(
        "select document_id, reden, aantal, getallen, bedrag_eur from audit.unchecked order by 1, 2"
    )
    assert (
        WEB,
        "getal_in_geen_som",
        6,
        6,
        Decimal(104_000),
    ) in found  # columns two and three, of which no set was proved
    assert (BUDGET, "tabel_zonder_som", 4, 38, Decimal(3_356_000)) in found
    assert (
        BUDGET,
        "buiten_feiten",
        1,
        1,
        None,
    ) in found  # of which nobody knows what it is: it counts here alone
    assert (BUDGET, "lezing_gevraagd", 2, 8, Decimal(30_000)) in found  # a table, and a row of another
    assert (OTHER, "vraag", 1, None, None) in found
    assert ("los.csv", "niet_gelezen", 1, None, None) in found
    unchecked = query(
        "select sum(getallen) from audit.unchecked where reden in"
        " ('getal_in_geen_som', 'getal_in_onbeoordeelde_som', 'tabel_zonder_som', 'lezing_gevraagd', 'buiten_feiten', 'geheel_zonder_antwoord')"
    )
    each_once = query(
        """
        select count(*) from audit.verifiability v join landing.cells c using (cell_id)
        left join audit.certificates k on v.component_id = k.component_id
        where (c.value is not null or c.is_nil)
            and k.feasible is null
        """
    )
    assert unchecked == each_once
