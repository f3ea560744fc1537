"""``sluitend bench questions``: how long each question of docs/vragen.md takes, and beside SQL written by hand.

By hand means: on the facts and dimensions of ``marts``, with only the joins that this one question needs. Its answer
must be the same. What does not belong here: the answers (the tests compare them with the page).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from dagster_project.settings import PROJECT, Unusable, load

if TYPE_CHECKING:
    import duckdb

PAGE = PROJECT / "docs" / "vragen.md"
LONGEST_MS, MOST_RATIO = 100.0, 1.2
_QUESTION = re.compile(r"^## \d+\. (.+?)\n\n```sql\n(.+?)\n```\n\n(.*?)(?=\n## |\Z)", re.M | re.S)
_COUNTS = "is_laatste and is_hoofdindeling"
_BY_HAND = {  # by the number of the question
    1: f"""
        select gemeente_naam, coalesce(f.programma, 'onbekend') as p, programma_conform, f.jaar, stand, sum(bedrag_eur)
        from marts.fct_lasten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
            join marts.dim_programma as d on d.programma_id = f.programma_id
        where {_COUNTS} group by all order by gemeente_naam, p, f.jaar, stand""",
    2: f"""
        select gemeente_naam, coalesce(programma, 'onbekend') as p, f.jaar, stand, sum(bedrag_eur)
        from marts.fct_baten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
        where {_COUNTS} group by all order by gemeente_naam, p, f.jaar, stand""",
    3: f"""
        with beide as (
            select gemeente_id, jaar, stand, beleidsterrein_code, beleidsterrein_id, bedrag_eur as l, 0 as b
            from marts.fct_lasten where {_COUNTS}
            union all
            select gemeente_id, jaar, stand, beleidsterrein_code, beleidsterrein_id, 0, bedrag_eur
            from marts.fct_baten where {_COUNTS}
        )
        select coalesce(f.beleidsterrein_code, 'onbekend'), beleidsterrein_conform, sum(l), sum(b), sum(b) - sum(l) as s
        from beide as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
            join marts.dim_beleidsterrein as d using (beleidsterrein_id)
        where gemeente_naam = 'Leiden' and f.jaar = 2018 and stand = 'begroting' group by 1, 2 order by s""",
    9: f"""
        select gemeente_naam, f.jaar, stand, max(inwoners), sum(bedrag_eur), round(sum(bedrag_eur) / max(inwoners), 2)
        from marts.fct_lasten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
        where {_COUNTS} and inwoners is not null group by all order by gemeente_naam, f.jaar, stand""",
    12: f"""
        select coalesce(f.taakveld_code, 'onbekend') as c, d.taakveld, f.jaar, stand, sum(bedrag_eur)
        from marts.fct_lasten as f join marts.dim_taakveld as d using (taakveld_id)
        where {_COUNTS} group by all order by c, f.jaar, stand""",
    22: f"""
        select verifieerbaarheid, count(*), sum(bedrag_eur) from marts.fct_lasten
        where jaar = 2018 and stand = 'begroting' and {_COUNTS} group by all order by verifieerbaarheid""",
    23: f"""
        select titel, bestand, regel, post, bedrag_eur
        from marts.fct_lasten as f join marts.dim_document as d using (document_id)
        where f.jaar = 2018 and stand = 'begroting' and f.programma = '9' and {_COUNTS} order by regel""",
    30: f"""
        select gemeente_naam, f.jaar, stand, count(*)
        from marts.fct_lasten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
        where {_COUNTS} group by all order by gemeente_naam, f.jaar, stand""",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, its SQL, and the answer as a table in Markdown."""

    text: str
    sql: str
    answer: str


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a question takes, in milliseconds: through the front door, and by hand where that was written."""

    number: int
    text: str
    ms: float
    by_hand_ms: float | None

    @property
    def ratio(self) -> float | None:
        """Through the front door as a multiple of by hand."""
        return None if self.by_hand_ms is None else self.ms / self.by_hand_ms


def questions() -> list[Question]:
    """All questions of the page, in its order."""
    return [Question(t, s, a.strip()) for t, s, a in _QUESTION.findall(PAGE.read_text(encoding="utf-8"))]


def measure(file: Path, rounds: int) -> list[Timing]:
    """Every question asked ``rounds`` times, in turns with its twin by hand; the quickest counts, for others may
    be at work on the machine.

    Raises ``AssertionError`` where the twin answers otherwise.
    """
    import duckdb

    found = []
    with duckdb.connect(str(file), read_only=True) as connection:
        for number, question in enumerate(questions(), start=1):
            by_hand = _BY_HAND.get(number)
            asked: Sequence[str] = [question.sql] if by_hand is None else [question.sql, by_hand]
            answers = [connection.execute(sql).fetchall() for sql in asked]
            assert answers[0] == answers[-1], f"by hand, question {number} is answered otherwise"
            times = [[_milliseconds(connection, sql) for sql in asked] for _ in range(rounds)]
            quickest = [min(column) for column in zip(*times, strict=True)]
            found.append(Timing(number, question.text, quickest[0], quickest[1] if by_hand else None))
    return found


def main(*, small: bool = False) -> None:
    """Print the figures as a table in Markdown; exit status 1 where a question takes too long."""
    file = load().published
    if not file.exists():
        raise Unusable(f"{file}: nothing was published yet")
    found = measure(file, rounds=3 if small else 31)
    print("| vraag | ms | met de hand, ms | verhouding |\n| --- | ---: | ---: | ---: |")
    for timing in found:
        hand = "" if timing.by_hand_ms is None else f"{timing.by_hand_ms:.1f}"
        ratio = "" if timing.ratio is None else f"{timing.ratio:.1f}"
        print(f"| {timing.number}. {timing.text} | {timing.ms:.1f} | {hand} | {ratio} |")
    slow = [timing for timing in found if timing.ms > LONGEST_MS]
    above = [timing for timing in found if timing.ratio is not None and timing.ratio > MOST_RATIO]
    print(f"{len(slow)} take more than {LONGEST_MS:.0f} ms", file=sys.stderr)
    print(
        f"{len(above)} of {len(_BY_HAND)} take more than {MOST_RATIO} times as long as by hand",
        file=sys.stderr,
    )
    if slow:
        sys.exit(1)


def _milliseconds(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    start = perf_counter()
    connection.execute(sql).fetchall()
    return (perf_counter() - start) * 1000
