"""Which forms of a header are counted out: few of thousands, and none that costs no more than it may."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from extracts import columns, of_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.reading import form_terms
from dagster_project.reading.forms import OnLine, arrangements
from dagster_project.reading.header_texts import VALUE, Zone
from dagster_project.reading.judge import weigh

TEXTS = (
    *("Rekening", "Begroting", "Raming", "Rekening 2023", "Begroting na wijziging 2024", "Meerjarenraming"),
    *("2022", "2023", "2024", "2025", "2026", "Meicirculaire 2025", "31-12-2024", "Stand 1-1-2025"),
    *("Lasten", "Baten", "Saldo", "Totaal", "Verschil", "%", "Kosten", "Wijkteam", "Verkeer en vervoer"),
    *("waarvan incidenteel", "1e kwartaal", "2e kwartaal", "Programma", "Toelichting", "Eenheid", "na"),
)


@settings(max_examples=300, deadline=None)
@given(
    texts=st.lists(st.sampled_from(TEXTS), min_size=2, max_size=9),
    n=st.integers(1, 6),
    per_line=st.integers(0, 4),
    soort=st.sampled_from(("begroting", "jaarstukken", "")),
    prints=st.sampled_from(("", "%", "9")),
)
def test_no_form_that_costs_no_more_than_it_may_is_left_out(
    texts: list[str], n: int, per_line: int, soort: str, prints: str
):
    lined = tuple(OnLine(t, k // per_line) if per_line else t for k, t in enumerate(texts))
    zone = Zone(lined, (VALUE,) * n, soort=soort, jaar=2025, prints=(prints, "9") * 3)
    for form in itertools.islice(arrangements(lined, n), 40):
        terms = form_terms.form_terms(form, zone.columns, zone)
        assert terms is not None
        assert form_terms.form_terms(form, zone.columns, zone, weigh(terms) + 1e-9) == terms


def test_few_of_the_thousands_of_forms_of_a_wide_header_are_counted_in_full(monkeypatch: pytest.MonkeyPatch):
    counted: Counter[str] = Counter()
    in_full = form_terms.header_terms

    def counting(*args):
        counted["in full"] += 1
        return in_full(*args)

    monkeypatch.setattr(form_terms, "header_terms", counting)
    text = of_rows(
        "Grondexploitaties",
        "bedragen x € 1.000",
        "Complex|Boekwaarde|Mutaties 2024|Boekwaarde|Nog te ontvangen|Resultaat|Gereed",
        "1-1-2024|Kosten|Opbrengsten|Winstneming|31-12-2024|Kosten|Opbrengsten|Nominaal|Contante waarde",
        "Woningbouw",
        "De Tuinderij|3.420|493|1.027|195|3.081|415|5.284|1.788|1.695|31-12-2026",
        "Havenpark|1.655|763|474|0|1.944|289|3.787|1.554|1.373|31-12-2028",
        "Bedrijven",
        "De Steiger|4.105|644|168|69|4.650|1.647|5.726|571|545|31-12-2030",
    )
    assert columns(text)[:2] == ["Boekwaarde 1-1-2024", "Mutaties 2024 Kosten"]
    assert 10 < counted["in full"] < 4_000
