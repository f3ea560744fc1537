"""Ten questions about all gemeenten, in SQL that DuckDB and PostgreSQL answer alike, and how long questions take.

They ask the front door (``iv3``, ``iv3_reeksen``, ``iv3_benchmarks``) and the checks of CBS. What does not belong here: the
figures (``cube``), and what the views are in PostgreSQL (``postgres``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

_YEAR = "2024X005"

QUESTIONS = {
    "lasten per inwoner van elke provincie": f"""
        select provincie, sum(bedrag_eur) / sum(distinct inwoners) as per_inwoner_eur
        from iv3 where verslagsoort = '{_YEAR}' and kant = 'lasten' and not is_reserve_of_resultaat
        group by provincie order by provincie""",
    "lasten per hoofdtaakveld en grootteklasse": f"""
        select grootteklasse, hoofdtaakveld_code, sum(bedrag_eur) as lasten_eur
        from iv3 where verslagsoort = '{_YEAR}' and kant = 'lasten'
        group by grootteklasse, hoofdtaakveld_code order by grootteklasse, hoofdtaakveld_code""",
    "de tien gemeenten met de hoogste lasten per inwoner": f"""
        select gemeentecode, sum(bedrag_eur) / max(inwoners) as per_inwoner_eur
        from iv3 where verslagsoort = '{_YEAR}' and kant = 'lasten' and inwoners > 0
        group by gemeentecode order by per_inwoner_eur desc, gemeentecode limit 10""",
    "lasten en baten per taakveld van een gemeente": f"""
        select taakveld_code, kant, sum(bedrag_eur) as bedrag_eur
        from iv3 where gemeentecode = 'GM0034' and verslagsoort = '{_YEAR}'
        group by taakveld_code, kant order by taakveld_code, kant""",
    "lasten per hoofdtaakveld van een gemeente in elke levering": """
        select verslagsoort, hoofdtaakveld_code, sum(bedrag_eur) as lasten_eur
        from iv3 where gemeentecode = 'GM0034' and kant = 'lasten'
        group by verslagsoort, hoofdtaakveld_code order by verslagsoort, hoofdtaakveld_code""",
    "wat alle gemeenten aan salarissen uitgeven, in elke levering": """
        select verslagsoort, sum(bedrag_eur) as lasten_eur
        from iv3 where kant = 'lasten' and categorie_code = '1.1' group by verslagsoort order by verslagsoort""",
    "begroting en rekening per taakveld": """
        select taakveld_code, sum(case when soort = 'begroting' then bedrag_eur end) as begroot_eur,
            sum(case when soort = 'jaarrekening' then bedrag_eur end) as rekening_eur
        from iv3 where jaar = 2024 and kant = 'lasten' group by taakveld_code order by taakveld_code""",
    "jeugd en maatschappelijke ondersteuning over de jaren": """
        select jaar, reeks_code, sum(bedrag_eur) as lasten_eur
        from iv3_reeksen
        where periode = '2017-heden' and soort = 'jaarrekening' and kant = 'lasten' and reeks_code like '6%'
        group by jaar, reeks_code order by jaar, reeks_code""",
    "wie ver afwijkt van gemeenten van zijn grootte": f"""
        select gemeentecode, taakveld_code, per_inwoner_eur, mediaan_klasse_eur
        from iv3_benchmarks
        where verslagsoort = '{_YEAR}' and kant = 'lasten' and is_uitschieter
        order by abs(per_inwoner_eur - mediaan_klasse_eur) desc, gemeentecode, taakveld_code limit 20""",
    "van wie lasten en baten niet gelijk zijn": """
        select gemeentecode, verslagsoort, verschil_eur
        from iv3_toetsen where controle = 'PF006' and uitkomst = 'klopt niet' order by verslagsoort, gemeentecode""",
}


def ask(file: Path, rounds: int, questions: Mapping[str, str] = QUESTIONS) -> dict[str, list[float]]:
    """Milliseconds of every question of a published file, asked ``rounds`` times after a first that is not counted."""
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set search_path = 'main,audit'")
        times: dict[str, list[float]] = {}
        for question, sql in questions.items():
            connection.execute(sql).fetchall()
            times[question] = []
            for _ in range(rounds):
                begin = perf_counter()
                connection.execute(sql).fetchall()
                times[question].append((perf_counter() - begin) * 1000)
    return times
