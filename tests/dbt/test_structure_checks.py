"""The checks of structure are green on a good warehouse, and each is red when its one thing goes wrong."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from filelock import FileLock
from miniature import BUDGET, WEB

from dagster_project.assets import dbt_run
from dagster_project.warehouse.run import BUILD_NAME

DAMAGE = {
    "a number counted twice": (
        f"insert into marts.fct_lasten select * from marts.fct_lasten where cell_id = '{WEB}/001:1.1'",
        {"unique_fct_lasten", "every_number_lands_once", "facts_add_up_to_published_totals"},
    ),
    "a number lost": (
        f"delete from marts.fct_gepubliceerde_totalen where cell_id = '{BUDGET}/001:3.1'",
        {"every_number_lands_once"},
    ),
    "a number in a total before its reading is answered": (
        f"insert into marts.fct_gepubliceerde_totalen select * replace ('{BUDGET}/004:1.1' as cell_id)"
        f" from marts.fct_gepubliceerde_totalen where cell_id = '{BUDGET}/001:3.1'",
        {"every_number_lands_once"},
    ),
    "a sign turned on the way": (
        "update marts.fct_lasten set bedrag_eur = -bedrag_eur"
        f" where cell_id = '{WEB}/001:1.1'",
        {"facts_add_up_to_published_totals"},
    ),
    "an amount without euros": (
        f"update marts.fct_baten set bedrag_eur = null where cell_id = '{BUDGET}/001:2.1'",
        {"not_null_fct_baten"},
    ),
    "a programma that is not in its dimension": (
        "delete from marts.dim_programma where programma = '9'",
        {"relationships_fct_lasten", "relationships_fct_baten", "relationships_fct_reserves", "relationships_fct_indicatoren",
         "relationships_fct_gepubliceerde_totalen"},
    ),
    "a key that is empty": (
        f"update marts.fct_baten set taakveld_id = null where cell_id = '{BUDGET}/001:2.1'",
        {"relationships_fct_baten"},
    ),
    "an unknown word": ("update audit.findings set severity = 'erg' where kind = 'vraag'", {"accepted_values_findings"}),
}  # fmt: skip


def test_all_checks_are_green_on_a_good_warehouse(first_night):
    """The fixture fails otherwise: it builds with all checks."""
    assert first_night.exists()


CHECKS = sorted({check for _, checks in DAMAGE.values() for check in checks})


@pytest.fixture
def damaged(first_night, tmp_path, request):
    """A copy of the good warehouse in which one thing went wrong."""
    copy = tmp_path / BUILD_NAME
    shutil.copy(first_night, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(DAMAGE[request.param][0])
    return copy


@pytest.mark.parametrize(("damaged", "damage"), [(d, d) for d in DAMAGE], indirect=["damaged"])
def test_damage_is_seen_by_its_own_checks(settings, damaged, damage):
    """Each check as dbt compiled it on the good warehouse: it finds rows, or none."""
    compiled = {file.stem: file.read_text() for file in (settings.home / "dbt" / "compiled").rglob("*.sql")}
    with duckdb.connect(str(damaged), read_only=True) as connection:
        seen = {
            check
            for check in CHECKS
            if connection.execute(f"select 1 from ({compiled[check]}) limit 1").fetchone()
        }
    assert seen == DAMAGE[damage][1]


@pytest.mark.parametrize("damaged", ["a key that is empty"], indirect=True)
def test_a_check_that_finds_a_row_fails_in_dbt(settings, damaged):
    with FileLock(settings.home / "dbt.lock"):
        results = dbt_run.build(
            settings, damaged, {}, ["--select", *CHECKS, "--indirect-selection", "cautious"]
        )
    status = {r.unique_id.split(".")[2]: r.status for r in results if r.is_test}
    assert status == dict.fromkeys(CHECKS, "pass") | {"relationships_fct_baten": "fail"}
