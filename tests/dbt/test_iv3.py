"""Iv3 in the marts and under the checks of CBS: everything right is green, each thing wrong is found by its amount."""

from __future__ import annotations

import csv
from collections import defaultdict

import iv3_rows
import pytest
from iv3_rows import AMELAND, DELFT, LEIDEN, RENSWOUDE, SCHIERMONNIKOOG, VLIELAND

import expectations
from dagster_project.settings import PROJECT
from expectations.iv3_controles import CONTROLES

SEEDS = PROJECT / "dbt" / "seeds"


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- facts --------------------------------------------------------------------------------------------


def test_amounts_are_in_euros_with_their_first_publication_beside_them(query):
    found = query(
        "select taakveld_code, kant, categorie_code, bedrag_eur, bedrag_1e_eur, plaatsing from marts.fct_iv3"
        f" where gemeentecode = '{LEIDEN}' and verslagsoort = '2023X005' and taakveld_code like '0._' order by all"
    )
    assert found == [
        ("0.1", "lasten", "1.1", 100_000, None, None),
        ("0.2", "lasten", "1.1", 0, 3_000, 2),
        ("0.7", "baten", "4.3.1", 100_000, None, None),
    ]


def test_the_latest_delivery_in_the_finest_layout_is_what_the_front_door_shows(query):
    assert query(
        f"select kant, indeling, bedrag_eur, document_id from main.iv3 where gemeentecode = '{LEIDEN}' and verslagsoort = '2024X000'"
        " order by kant"
    ) == [("baten", "taakveld", 2_000, "later"), ("lasten", "taakveld", 2_000, "later")]
    assert query(
        f"select count(*) from marts.fct_iv3 where gemeentecode = '{LEIDEN}' and verslagsoort = '2024X000'"
    ) == [(4,)]


def test_codes_that_are_not_in_force_are_no_facts_but_are_counted(query):
    assert query("select count(*) from marts.fct_iv3 where taakveld_code = '9.9'") == [(0,)]
    assert query(
        f"select verschil_eur, uitkomst from audit.iv3_toetsen where controle = 'DF001' and gemeentecode = '{DELFT}'"
    ) == [(7_000, "klopt niet")]


def test_who_delivered_noughts_alone_is_absent(query):
    assert query(f"select distinct verslagsoort from marts.fct_iv3 where gemeentecode = '{AMELAND}'") == [
        ("2023X000",)
    ]


def test_inhabitants_province_and_todays_borders_stand_beside_the_figures(query):
    assert query(
        "select distinct gemeente, provincie, grootteklasse, inwoners > 0, gemeente_nu from main.iv3 where gemeentecode = 'GM0339'"
    ) == [("Renswoude", "Utrecht", "tot 20.000", True, "Renswoude")]
    found = query(
        "select gemeentecode_nu, gemeente_nu from marts.dim_gemeente_grenzen where gemeentecode in ('GM0003', 'GM0788') and jaar = 2018"
        " order by gemeentecode"
    )
    assert found == [("GM1979", "Eemsdelta"), (None, None)], (
        "Appingedam went to Eemsdelta, Haaren was divided"
    )


def test_everybody_who_is_not_divided_ends_in_a_gemeente_of_the_latest_year(query):
    assert not query(
        """
        select distinct gemeentecode, gemeentecode_nu from marts.dim_gemeente_grenzen
        where not is_verdeeld and gemeentecode_nu not in (
            select gemeentecode from reference.gemeenten_per_jaar where jaar = (select max(jaar) from reference.gemeenten_per_jaar)
        )
        """
    )


def test_every_per_inhabitant_is_the_amount_over_the_inhabitants_of_that_year(query):
    ((per, amount, inwoners),) = query(
        "select per_inwoner_eur, bedrag_eur, inwoners from main.iv3"
        f" where gemeentecode = '{RENSWOUDE}' and verslagsoort = '2023X000' and kant = 'lasten' and taakveld_code = '1.1'"
    )
    assert per == 1000 and amount == 1000 * inwoners


# --- series -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("periode", ["2017-heden", "2017-2024", "2023-2024", "2025-heden"])
def test_within_a_period_every_taakveld_of_every_year_belongs_to_one_series(periode):
    first, _, last = periode.partition("-")
    last = 2026 if last == "heden" else int(last)
    for year in range(int(first), last + 1):
        series = defaultdict(set)
        for row in seed("iv3_vergelijkbaar"):
            if row["periode"] == periode and int(row["van_jaar"]) <= year <= int(row["tot_jaar"] or 9999):
                series[row["taakveld_code"]].add(row["reeks_code"])
        in_force = {
            r["taakveld_code"]
            for r in seed("taakvelden")
            if r["is_blad"] == "true" and int(r["van_jaar"]) <= year <= int(r["tot_jaar"] or 9999)
        }
        assert in_force <= set(series), (year, in_force - set(series))
        assert all(len(found) == 1 for found in series.values()), year


def test_a_series_is_there_in_every_year_of_its_period():
    years = defaultdict(set)
    for row in seed("iv3_vergelijkbaar"):
        for year in range(int(row["van_jaar"]), min(int(row["tot_jaar"] or 9999), 2026) + 1):
            years[row["periode"], row["reeks_code"]].add(year)
    for (periode, reeks), found in years.items():
        first, last = periode.split(" ")[0].split("-")
        expected = set(range(int(first), (2026 if last == "heden" else int(last)) + 1))
        assert found == expected, (periode, reeks)


def test_who_delivers_groups_that_mix_things_has_no_figure_for_the_series(query):
    found = query(
        f"select periode, reeks_code, bedrag_eur from main.iv3_reeksen where gemeentecode = '{LEIDEN}' and verslagsoort = '2026X000'"
    )
    assert found == [("2017-heden", "6.2+6.6-6.9", 9_000)]


# --- checks of CBS ------------------------------------------------------------------------------------


def test_where_everything_fits_every_check_that_can_be_held_holds(query):
    found = dict(
        query(
            f"select controle, uitkomst from audit.iv3_toetsen where gemeentecode = '{LEIDEN}' and verslagsoort = '2023X005'"
        )
    )
    assert set(found) == {f"PF00{n}" for n in range(1, 10)} | {"DF001", "DF002", "DF003", "DF004", "GRIJS"}
    assert set(found.values()) == {"klopt"}


@pytest.mark.parametrize(
    ("controle", "euros"),
    [
        ("PF001", 880), ("PF002", 700), ("PF003", 770), ("PF004", 30), ("PF005", 40), ("PF006", 210), ("PF007", -20), ("PF008", -90),
        ("PF009", 60), ("GRIJS", 120), ("DF001", 7), ("DF003", 8),
    ],
)  # fmt: skip
def test_each_check_finds_what_is_wrong_by_its_amount_and_ranks_it(query, controle, euros):
    assert query(
        "select verschil_eur, uitkomst, rang from audit.iv3_toetsen"
        f" where controle = '{controle}' and gemeentecode = '{DELFT}' and verslagsoort = '2023X005'"
    ) == [(euros * 1000, "klopt niet", 1)]
    assert query(
        f"select oordeel, getoetst, klopt, klopt_niet from audit.iv3_controles where controle = '{controle}' and verslagsoort = '2023X005'"
    ) == [("klopt niet", 2, 1, 1)]


def test_the_share_is_that_of_all_lasten(query):
    ((share, lasten),) = query(
        f"select aandeel_lasten_pct, lasten_eur from audit.iv3_toetsen where controle = 'PF009' and gemeentecode = '{DELFT}'"
    )
    assert lasten == 320_000 and float(share) == 18.75


def test_a_check_whose_figures_are_not_there_says_so_and_does_not_pass(query):
    found = query(
        "select controle, oordeel, reden from audit.iv3_controles where verslagsoort = '2024X000' and controle in ('PF006', 'DF005', 'DF002', 'PF001')"
        " order by controle"
    )
    assert [(controle, oordeel) for controle, oordeel, _ in found] == [
        ("DF002", "niet te toetsen"),
        ("DF005", "niet te toetsen"),
        ("PF001", "niet van toepassing"),
        ("PF006", "klopt"),
    ]
    assert found[0][2] == "PF099: de controle is niet uit te voeren, want categorieën zijn er niet"


def test_the_checks_are_those_of_the_suite_under_the_same_numbers():
    listed = {r["controle"]: (r["omschrijving_en"], r["omschrijving"]) for r in seed("iv3_controlelijst")}
    assert listed == CONTROLES
    held = {e.id for e in expectations.suite("iv3_controles").expectations}
    assert set(listed) <= held


# --- deliveries ---------------------------------------------------------------------------------------


def test_half_a_delivery_one_of_noughts_and_one_in_millions_are_told(query):
    found = {
        code: (status, reden, verdacht)
        for code, status, reden, verdacht in query(
            "select gemeentecode, status, reden, is_eenheid_verdacht from audit.iv3_leveringen"
            " where verslagsoort = '2024X000' and indeling = 'taakveld'"
        )
    }
    assert found[SCHIERMONNIKOOG] == ("half", "de baten ontbreken", False)
    assert found[AMELAND] == ("alles nul", "alle cijfers zijn nul: er is niets geleverd", False)
    assert found[VLIELAND] == ("geleverd", None, True)
    assert found[RENSWOUDE] == ("geleverd", None, False)


def test_only_the_year_that_is_in_millions_is_told_and_not_the_one_before(query):
    assert query(
        "select gemeentecode, verslagsoort, verhouding_vorig_jaar < 0.01 from audit.iv3_leveringen where is_eenheid_verdacht"
    ) == [(VLIELAND, "2024X000", True)]


def test_half_a_delivery_and_one_in_millions_are_findings_with_the_file_and_line(query):
    found = query(
        "select kind, message from audit.findings where kind in ('levering_half', 'eenheid_verdacht') and document_id = 'tabellen'"
        " order by kind"
    )
    assert found == [
        (
            "eenheid_verdacht",
            "De bedragen van Vlieland in Iv3 2024X000 (taakveld) in a.csv, regel 2 lijken niet in duizenden euro's te staan:"
            " EUR 9 lasten per inwoner, tegen EUR 9.000 in het midden van gemeenten van zijn grootte.",
        ),
        (
            "levering_half",
            "Van Iv3 leverde Schiermonnikoog 2024X000 (taakveld) in a.csv, regel 2 maar een deel: de baten ontbreken.",
        ),
    ]


def test_the_rows_by_hand_are_in_the_columns_that_are_landed():
    assert {frozenset(row) for row in iv3_rows.everything()} == {frozenset(iv3_rows.LANDED)}


# --- benchmarks ---------------------------------------------------------------------------------------


def test_an_amount_stands_beside_the_middle_of_its_size_class_and_who_is_few_is_not_judged(query):
    found = query(
        "select per_inwoner_eur, mediaan_klasse_eur, mad_klasse_eur, gemeenten_klasse, is_uitschieter, reden from main.iv3_benchmarks"
        f" where gemeentecode = '{RENSWOUDE}' and verslagsoort = '2023X000' and kant = 'lasten' and taakveld_code = '1.1'"
    )
    assert found == [(1000, 1000, 0, 5, False, "te weinig gemeenten om te vergelijken: 5")]
