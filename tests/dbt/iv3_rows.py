"""Iv3 of a handful of gemeenten as it is landed, made by hand: numbers small enough to check in the head.

Leiden delivers a cube in which everything fits, Delft one in which everything is wrong by an amount of its own; five
small gemeenten deliver tables, one of them in millions, one without baten, one with noughts. What does not belong here:
reading files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

import duckdb

from dagster_project.settings import PROJECT
from dagster_project.warehouse.iv3.rows import LANDED

Row = dict[str, object]
LEIDEN, DELFT = "GM0546", "GM0503"
VLIELAND, SCHIERMONNIKOOG, AMELAND, ROZENDAAL, RENSWOUDE = "GM0096", "GM0088", "GM0060", "GM0277", "GM0339"

SMALL = (VLIELAND, SCHIERMONNIKOOG, AMELAND, ROZENDAAL, RENSWOUDE)

# code, kant, categorie, bedrag: a salary paid from the general grant, a depreciation paid from a reserve
_FITTING = [
    ("0.1", "lasten", "1.1", 100), ("0.7", "baten", "4.3.1", 100), ("A23", "lasten", "6.1", 100), ("A23", "baten", "6.1", 100),
    ("2.1", "lasten", "7.3", 10), ("A124", "baten", "7.3", 10), ("0.10", "baten", "7.1", 10), ("P111", "lasten", "7.1", 10),
    ("A124", "primo", None, 50), ("A124", "ultimo", None, 40), ("A23", "primo", None, 5), ("A23", "ultimo", None, 5),
    ("P111", "primo", None, 55), ("P111", "ultimo", None, 45),
]  # fmt: skip
# What each adds to is said beside it.
_WRONG = [
    ("A23", "lasten", "3.8", 700),  # PF002, PF001, PF003
    ("2.1", "lasten", "6.1", 40),  # PF005, PF001, PF006, GRIJS
    ("6.1", "lasten", "4.3.9", 60),  # PF009, PF001, PF006
    ("0.1", "lasten", "3.1", 80),  # GRIJS, PF001, PF006
    ("2.1", "lasten", "7.2", 30),  # PF004, PF006
    ("P112", "primo", None, 20),  # PF007, PF003
    ("P112", "ultimo", None, 90),  # PF008, PF003
]


def create(connection: duckdb.DuckDBPyConnection, change: Callable[[list[Row]], list[Row]] = list) -> None:
    """Make the view landing.iv3 and the table meta.iv3_bronnen in a build file, of what ``change`` makes of the rows."""
    rows = [tuple(row[name] for name in LANDED) for row in change(everything())]
    listed = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
    typed = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in LANDED.items())
    connection.execute(
        f"create or replace view landing.iv3 as select {typed} from (values {listed}) as given ({', '.join(LANDED)})"
    )
    connection.execute(
        "create or replace table meta.iv3_bronnen as select document_id, cast(bit_xor(hash(iv3)) as varchar) as key"
        " from landing.iv3 as iv3 group by document_id"
    )
    connection.execute(
        "comment on table meta.iv3_bronnen is 'x'; comment on column meta.iv3_bronnen.key is 'x';"
        " comment on column meta.iv3_bronnen.document_id is 'x'"
    )


def a_redelivery(rows: list[Row]) -> list[Row]:
    """A night later: Delft has delivered its cube again and everything fits, the second budget of Leiden is gone, and one
    of the small gemeenten delivered other figures in the same source."""
    kept = [row for row in rows if row["document_id"] != "later"]
    kept = [row | {"bedrag": 7} if (row["gemeentecode"], row["verslagsoort"], row["code"]) == (RENSWOUDE, "2023X000", "1.1") else row for row in kept]  # fmt: skip
    again = [
        _row("nalevering", "taakveld_categorie", "2023X005", DELFT, *figure, leverdatum="2024-09-01")
        for figure in _FITTING
    ]
    return kept + again


def everything() -> list[Row]:
    """All rows, in the columns of ``LANDED``."""
    cube = [_row("kubus", "taakveld_categorie", "2023X005", LEIDEN, *figure) for figure in _FITTING]
    cube += [_row("kubus", "taakveld_categorie", "2023X005", DELFT, *figure) for figure in _FITTING + _WRONG]
    cube += [
        _row("kubus", "taakveld_categorie", "2023X005", DELFT, "9.9", "lasten", "1.1", 7, fout="DF001"),
        _row("kubus", "taakveld_categorie", "2023X005", DELFT, "A999", "primo", None, 8, fout="DF003"),
        _row("kubus", "taakveld_categorie", "2023X005", LEIDEN, "0.2", "lasten", "1.1", 0, bedrag_1e=3, plaatsing=2),
    ]  # fmt: skip
    again = [
        _row("eerder", "taakveld", "2024X000", LEIDEN, "0.1", "lasten", None, 1, leverdatum="2023-11-01"),
        _row("later", "taakveld", "2024X000", LEIDEN, "0.1", "lasten", None, 2, leverdatum="2023-12-01"),
        _row("later", "taakveld", "2024X000", LEIDEN, "0.1", "baten", None, 2, leverdatum="2023-12-01"),
        _row("groepen", "taakveldgroep", "2024X000", LEIDEN, "0.1", "lasten", None, 2),
        _row("groepen", "taakveldgroep", "2026X000", LEIDEN, "6.79", "lasten", None, 4),
        _row("groepen", "taakveldgroep", "2026X000", LEIDEN, "6.75", "lasten", None, 5),
        _row("totalen", "kerncijfer", "2024X000", LEIDEN, "lasten", None, None, 2),
        _row("totalen", "kerncijfer", "2024X000", LEIDEN, "inwoners", None, None, 127_000),
    ]
    return cube + again + _small()


def _small() -> list[dict[str, object]]:
    """Budgets of 2023 and 2024 of small gemeenten: nine thousand euros of lasten per inhabitant, as much of baten."""
    rows = []
    for year in (2023, 2024):
        for code in SMALL:
            amount = _inhabitants(code, year)
            if code == VLIELAND and year == 2024:
                amount = amount / 1000  # in millions
            if code == AMELAND and year == 2024:
                amount = 0
            for side in ("lasten", "baten"):
                if code == SCHIERMONNIKOOG and year == 2024 and side == "baten":
                    continue
                rows += [
                    _row("tabellen", "taakveld", f"{year}X000", code, f"{h}.1", side, None, amount)
                    for h in range(9)
                ]
    return rows


def _row(
    source: str, indeling: str, verslagsoort: str, code_of: str, code: str, kant, categorie, bedrag, **more
):
    kind = "kerncijfer" if kant is None else "balans" if code[0] in "AP" else "taakveld"
    row = dict.fromkeys(LANDED)
    row |= {
        "document_id": source,
        "bestand": "a.csv",
        "regel": 2,
        "levering": source,
        "indeling": indeling,
        "soort": kind,
        "boekjaar": int(verslagsoort[:4]),
        "periode": int(verslagsoort[-1]),
        "verslagsoort": verslagsoort,
        "gemeentecode": code_of,
        "code": code,
        "kant": kant,
        "categorie": categorie,
        "bedrag": bedrag,
    }
    return row | more


def _inhabitants(code: str, year: int) -> int:
    with (PROJECT / "dbt" / "seeds" / "gemeenten_per_jaar.csv").open(encoding="utf-8", newline="") as file:
        return next(int(r["inwoners"]) for r in csv.DictReader(file) if (r["gemeentecode"], r["jaar"]) == (code, str(year)))  # fmt: skip


def _literal(value: object) -> str:
    return "null" if value is None else str(value) if isinstance(value, int | float) else f"'{value}'"
