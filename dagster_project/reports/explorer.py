"""What the page for looking around holds: lasten and baten of the front door, per gemeente, jaar, stand and programma.

The page chooses and adds up by itself, without a network or a server. What does not belong here: choosing
(``page.js``), and how the page looks.
"""

from __future__ import annotations

import json

import duckdb

from dagster_project.reports.queries import fetched
from dagster_project.reports.wording import STANDEN, words

ROWS = """
    select
        gemeente_id, gemeente, jaar, stand, programma, programma_naam, beleidsterrein_code, beleidsterrein,
        cast(sum(lasten_eur) * 100 as bigint), cast(sum(baten_eur) * 100 as bigint)
    from main.saldo
    group by all
    order by gemeente, gemeente_id, jaar, stand, programma, programma_naam, beleidsterrein_code, beleidsterrein
"""


def explorer_data(con: duckdb.DuckDBPyConnection) -> str:
    """JSON: ``gemeenten`` as [id, name], ``standen`` as [stand, in Dutch, in English], ``programmas`` as [number, name], ``beleidsterreinen`` as
    [code, name]; ``rows`` as [gemeente, jaar, stand, programma, beleidsterrein, lasten, baten] with places in those
    lists and amounts in whole cents, which a browser adds up exactly."""
    gemeenten: dict[tuple[str, str], int] = {}
    standen: dict[str, int] = {}
    programmas: dict[tuple[str, str], int] = {}
    beleidsterreinen: dict[tuple[str, str], int] = {}
    rows = [
        [
            gemeenten.setdefault((gemeente_id, gemeente), len(gemeenten)),
            jaar,
            standen.setdefault(stand, len(standen)),
            programmas.setdefault((programma, naam), len(programmas)),
            beleidsterreinen.setdefault((code, terrein), len(beleidsterreinen)),
            lasten,
            baten,
        ]
        for gemeente_id, gemeente, jaar, stand, programma, naam, code, terrein, lasten, baten in fetched(
            con, "the explorer", ROWS
        )
    ]
    return json.dumps(
        {
            "gemeenten": list(gemeenten),
            "standen": [(stand, *words(STANDEN, stand)) for stand in standen],
            "programmas": list(programmas),
            "beleidsterreinen": list(beleidsterreinen),
            "rows": rows,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
