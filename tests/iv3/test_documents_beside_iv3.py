"""Documents laid beside the Iv3 of their gemeente, from files to the auditor's page: what ties, what differs, what only nets otherwise."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import yaml
from files import EXTRACT, source

from tests.conftest import refresh

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.xdist_group("beside_iv3")]

LEIDEN = {"gemeente": "Leiden", "gemeentecode": "GM0546", "titel": "Programmabegroting", "soort": "begroting", "vorm": "web"}  # fmt: skip
BUDGET, ACCOUNTS = "leiden-begroting-2024", "leiden-jaarstukken-2023"
# Printed in thousands: two programmas, overhead, and the balance with the reserves.
PAGE = """{caption} (bedragen x € 1.000)

| | {stand} |
|---|---|
| Programma 1 Bestuur | |
| Lasten | {l1} |
| Baten | {b1} |
| Saldo | {s1} |
| Programma 2 Zorg | |
| Lasten | {l2} |
| Baten | {b2} |
| Saldo | {s2} |
| Totaal | |
| Lasten | {l} |
| Baten | {b} |
| Saldo van baten en lasten | {s} |
| Mutaties reserves | |
| Toevoegingen | {t} |
| Onttrekkingen | {o} |
"""
TAAKVELDEN = """
Baten en lasten per taakveld, begroting 2024 (bedragen x € 1.000)

| Taakveld | Begroting 2024 lasten | Begroting 2024 baten |
|---|---|---|
| 0.1 Bestuur | {l1} | {b1} |
| 6.1 Samenkracht en burgerparticipatie | {l2} | {b2} |
"""


def page(l1: int, b1: int, l2: int, b2: int, t: int, o: int, **more: str) -> str:
    """One account in the lasten and baten of two programmas and what goes to and comes from reserves."""
    sums = {"s1": b1 - l1, "s2": b2 - l2, "l": l1 + l2, "b": b1 + b2, "s": b1 + b2 - l1 - l2}
    return PAGE.format(l1=l1, b1=b1, l2=l2, b2=b2, t=t, o=o, **sums, **more)


def iv3(verslagsoort: str, **amounts: int) -> str:
    """The lines of an extract: L0.1=5 is five thousand of lasten on taakveld 0.1."""
    return "".join(
        f"{verslagsoort[:4]},{verslagsoort},Leiden,{where[1:].replace('_', '.')},{where[0]},{amount}\n"
        for where, amount in amounts.items()
    )


DELIVERED = iv3("2024X000", L0_1=300, B0_1=100, L6_1=500, B6_1=640, L0_10=90, B0_10=150)
ACCOUNTED = iv3("2023X005", L0_1=310, B0_1=100, L6_1=520, B6_1=600, L0_10=20, B0_10=150)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two published files: a budget that ties but for 70 of grossing-up and accounts of which a number differs; then the
    accounts were delivered anew to CBS, and tie."""
    folder = tmp_path_factory.mktemp("beside")
    raw, home = folder / "raw", folder / "home"
    put(raw, BUDGET, {"jaar": 2024}, page(370, 170, 500, 640, 90, 150, caption="Overzicht van baten en lasten", stand="Begroting 2024"))  # fmt: skip
    put(raw, ACCOUNTS, {"jaar": 2023, "soort": "jaarstukken"}, page(310, 100, 520, 600, 20, 190, caption="Overzicht van baten en lasten", stand="Rekening 2023"))  # fmt: skip
    (raw / BUDGET / "taakvelden.txt").write_text(TAAKVELDEN.format(l1=300, b1=100, l2=500, b2=650))
    source(raw, "iv3", {"a.csv": EXTRACT + DELIVERED + ACCOUNTED})
    states = []
    for figures in (ACCOUNTED, ACCOUNTED.replace("B,150", "B,190")):
        source(raw, "iv3", {"a.csv": EXTRACT + DELIVERED + figures})
        done = refresh(home, raw)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        states.append((home / "sluitend.duckdb").resolve())
    return states


def put(raw: Path, name: str, about: dict, text: str) -> None:
    (raw / name).mkdir(parents=True)
    (raw / name / "document.yml").write_text(yaml.safe_dump(LEIDEN | about))
    (raw / name / "overzicht.txt").write_text(text)


def rows(file: Path, sql: str, *values: object) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql, values).fetchall()


VERDICTS = """
    select soort, coalesce(taakveld_code, ''), verdict, verschil_eur from audit.iv3_aansluiting
    where document_id = ? order by all
"""


def test_a_budget_that_ties_says_so_number_by_number_and_what_it_counts_gross(nights):
    found = rows(nights[0], VERDICTS, BUDGET)
    assert [row for row in found if row[0] != "iv3_taakveld"] == [
        ("iv3_bruto", "", "exact", 0),
        ("iv3_reserves", "0.10", "exact", 0),
        ("iv3_reserves", "0.10", "exact", 0),
        ("iv3_saldo", "", "exact", 0),
    ]
    assert rows(
        nights[0],
        "select verschuiving_eur, is_verschoven from audit.iv3_aansluiting where soort = 'iv3_bruto' and document_id = ?",
        BUDGET,
    ) == [(70_000, True)]
    ((certainty, severity, amount, told),) = rows(
        nights[0],
        "select zekerheid, severity, amount_eur, message from audit.causes where soort = 'anders_gesaldeerd_dan_iv3'",
    )
    assert (certainty, severity, amount) == ("bronnen_verschillen", "laag", None)
    assert "beide EUR 70.000 hoger dan in Iv3 2024X000 (iv3/a.csv, regel 2)" in told and BUDGET in told


def test_taakvelden_are_laid_beside_iv3_one_by_one(nights):
    found = [row for row in rows(nights[0], VERDICTS, BUDGET) if row[0] == "iv3_taakveld"]
    assert found == [
        ("iv3_taakveld", "0.1", "exact", 0),
        ("iv3_taakveld", "0.1", "exact", 0),
        ("iv3_taakveld", "6.1", "break", 10_000),
        ("iv3_taakveld", "6.1", "exact", 0),
    ]


def test_a_difference_is_one_cause_per_delivery_that_names_both_sources_and_is_no_error_of_the_document(
    nights,
):
    ((certainty, amount, told),) = rows(
        nights[0],
        "select zekerheid, amount_eur, message from audit.causes where soort = 'wijkt_af_van_iv3' and document_id = ?",
        ACCOUNTS,
    )
    assert (certainty, amount) == ("bronnen_verschillen", 40_000)
    assert f"Het stuk ({ACCOUNTS}) en Iv3 (iv3/a.csv, regel 13) verschillen" in told
    assert (
        "In het stuk EUR 190.000, volgens Iv3 EUR 150.000; afronding verklaart hoogstens EUR 1.000." in told
    )
    assert not rows(nights[0], "select 1 from audit.findings where kind in ('som_sluit_niet', 'sommen_sluiten_niet_samen')")  # fmt: skip
    pages = (nights[0].parents[1] / "reports" / "latest").rglob("*.html")
    assert any(ACCOUNTS in str(p) and "iv3/a.csv:13" in p.read_text(encoding="utf-8") for p in pages)


def test_the_sums_with_iv3_are_proved_with_certificates_of_their_own_and_prove_no_number(nights):
    assert rows(
        nights[0],
        "select feasible, count(*) from audit.certificates where is_between_sources group by all order by all",
    ) == [(False, 2), (True, 8)]
    tied = """
        select count(*) filter (where v.component_id in (select component_id from audit.certificates where is_between_sources)),
            count(*) filter (where r.component_id is null)
        from audit.rules as a
        inner join audit.rule_status as r on a.rule_id = r.rule_id
        inner join audit.rule_terms as t on a.rule_id = t.rule_id
        left join audit.verifiability as v on t.cell_id = v.cell_id
        where a.scope = 'cross_source'
    """
    assert rows(nights[0], tied) == [(0, 0)]
    own = "select count(*) from audit.reconciliation where scope <> 'cross_source' and verdict = 'break'"
    assert rows(nights[0], own) == [(0,)]


def test_a_night_on_which_only_iv3_changed_judges_the_documents_again(nights):
    assert rows(nights[1], "select count(*) from audit.iv3_aansluiting where document_id = ? and verdict = 'break'", ACCOUNTS) == [(0,)]  # fmt: skip
    assert rows(nights[1], "select count(*), count(distinct component_id) from audit.certificates where is_between_sources and feasible") == [(9, 9)]  # fmt: skip
    assert rows(nights[1], "select soort from audit.causes_resolved where document_id = ?", ACCOUNTS) == [("wijkt_af_van_iv3",)]  # fmt: skip
