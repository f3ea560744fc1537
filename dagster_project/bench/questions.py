"""``sluitend bench questions``: how long each question of docs/vragen.md takes, and beside SQL written by hand.

By hand means: on the facts and dimensions of ``marts``, with only the joins that this one question needs. Its answer
must be the same. What does not belong here: the answers (the tests compare them with the page).
"""

from __future__ import annotations

import re
import sys
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
_COMPARABLE = "is_laatste and is_enige_in_indeling and stand in ('begroting', 'rekening')"
_OF_BOTH_SIDES = f"""
            select 'lasten' as kant, gemeente_id, jaar, stand, programma_id, beleidsterrein_id, taakveld_id, groep, post, bedrag_eur
            from marts.fct_lasten where {_COMPARABLE}
            union all
            select 'baten', gemeente_id, jaar, stand, programma_id, beleidsterrein_id, taakveld_id, groep, post, bedrag_eur
            from marts.fct_baten where {_COMPARABLE}"""
_OF_STAND = "cast(sum(case when stand = '{}' then bedrag_eur end) as decimal(18, 2))".format
_OF_MUTATIE = "cast(sum(case when mutatie = '{}' then bedrag_eur end) as decimal(18, 2))".format
# Of each indicator with a target for 2018: the last value until then, and the direction that is better.
_TARGETS_OF_2018 = """
        stand as (
            select f.indicator_id, min(f.indicator_code) as indicator_code, min(f.indicator) as indicator,
                min(coalesce(f.beleidsterrein_code, 'onbekend')) as c,
                max(case when jaar = 2018 and f.soort = 'streefwaarde' then waarde end) as streefwaarde,
                max_by(waarde, jaar) filter (where f.soort = 'realisatie') as waarde,
                max(jaar) filter (where f.soort = 'realisatie') as jaar,
                case
                    when max(case when jaar = 2018 and f.soort = 'streefwaarde' then comparator end) in ('>', '>=', '≥') then 'hoger'
                    when max(case when jaar = 2018 and f.soort = 'streefwaarde' then comparator end) in ('<', '<=', '≤') then 'lager'
                    else min(d.beter)
                end as beter
            from marts.fct_indicatoren as f join marts.dim_indicator as d using (indicator_id)
            where is_laatste and jaar <= 2018 group by f.indicator_id having streefwaarde is not null
        )"""
_IS_REACHED = (
    "case beter when 'hoger' then waarde >= streefwaarde when 'lager' then waarde <= streefwaarde end"
)
_NUMBERS = " union all ".join(
    f"select '{kind}' as soort, document_id, {programma} as programma_id, verifieerbaarheid from {table}"
    for kind, programma, table in (
        ("lasten", "programma_id", "marts.fct_lasten"),
        ("baten", "programma_id", "marts.fct_baten"),
        ("reserves", "programma_id", "marts.fct_reserves"),
        ("besparingen", "programma_id", "marts.fct_besparingen"),
        ("indicatoren", "programma_id", "marts.fct_indicatoren"),
        ("totalen", "programma_id", "marts.fct_gepubliceerde_totalen"),
        ("vragen", "'onbekend'", "audit.unplaced"),
    )
)
_PROVED = "count(*) filter (where verifieerbaarheid = 'proved')"
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
    4: f"""
        with posten as ({_OF_BOTH_SIDES}),
        naast as (
            select jaar, kant, groep, post, {_OF_STAND("begroting")} as b, {_OF_STAND("rekening")} as r
            from posten group by gemeente_id, jaar, kant, programma_id, beleidsterrein_id, taakveld_id, groep, post
        )
        select jaar, kant, groep, post, b, r, r - b as v, cast(round(100 * (r - b) / abs(b), 2) as decimal(18, 2))
        from naast where r - b is not null order by abs(v) desc, post limit 10""",
    5: f"""
        with posten as (
            select gemeente_id, jaar, programma_id, beleidsterrein_id, taakveld_id, groep, post,
                {_OF_STAND("begroting")} as b, {_OF_STAND("rekening")} as r
            from marts.fct_lasten where {_COMPARABLE} group by all
        )
        select gemeente_naam, p.jaar, sum(b), sum(r), round(100 * sum(r - b) / sum(b), 2)
        from posten as p join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
        where r - b is not null group by all order by gemeente_naam, p.jaar""",
    6: f"""
        with posten as (
            select groep, post, {_OF_STAND("rekening")} - {_OF_STAND("begroting")} as v
            from marts.fct_lasten where jaar = 2017 and {_COMPARABLE}
            group by gemeente_id, programma_id, beleidsterrein_id, taakveld_id, groep, post
        )
        from posten where v > 0 order by v desc""",
    7: """
        with geraamd as (
            select gemeente_id, indeling, programma_id, f.jaar, document_id, stand, publicatievolgorde, sum(bedrag_eur) as l
            from marts.fct_lasten as f join marts.dim_document as d using (gemeente_id, document_id)
            where is_hoofdindeling group by all
        ),
        verschoven as (
            select *, l - lag(l) over (
                partition by gemeente_id, indeling, programma_id, jaar order by publicatievolgorde, document_id, stand
            ) as v
            from geraamd
        )
        select gemeente_naam, jaar, coalesce(programma, 'onbekend') as p, count(distinct document_id), sum(v)
        from verschoven join marts.dim_programma as p using (programma_id)
            join (select distinct gemeente_id, gemeente_naam from marts.dim_gemeente_jaar) as g on g.gemeente_id = verschoven.gemeente_id
        group by all having count(distinct document_id) > 1 order by gemeente_naam, jaar, p""",
    8: """
        with per_jaar as (
            select jaar, stand, sum(bedrag_eur) as l from marts.fct_lasten
            where gemeente = 'Leiden' and programma = '9' and is_hoofdindeling group by document_id, jaar, stand
        )
        select jaar, stand, l, l - lag(l) over (order by jaar) from per_jaar order by jaar""",
    9: f"""
        select gemeente_naam, f.jaar, stand, max(inwoners), sum(bedrag_eur), round(sum(bedrag_eur) / max(inwoners), 2)
        from marts.fct_lasten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
        where {_COUNTS} and inwoners is not null group by all order by gemeente_naam, f.jaar, stand""",
    10: f"""
        with per_gemeente as (
            select provincie, f.jaar, sum(bedrag_eur) as l, max(inwoners) as i
            from marts.fct_lasten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
            where stand = 'begroting' and {_COUNTS} and inwoners is not null group by provincie, gemeente_id, f.jaar
        )
        select provincie, jaar, count(*), round(sum(l) / sum(i), 2) from per_gemeente group by all order by provincie, jaar""",
    11: f"""
        with per_gemeente as (
            select grootteklasse, f.jaar, sum(bedrag_eur) as l, max(inwoners) as i
            from marts.fct_lasten as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
            where stand = 'begroting' and {_COUNTS} and inwoners is not null group by grootteklasse, gemeente_id, f.jaar
        )
        select grootteklasse, jaar, count(*), round(sum(l) / sum(i), 2) from per_gemeente group by all order by grootteklasse, jaar""",
    12: f"""
        select coalesce(f.taakveld_code, 'onbekend') as c, d.taakveld, f.jaar, stand, sum(bedrag_eur)
        from marts.fct_lasten as f join marts.dim_taakveld as d using (taakveld_id)
        where {_COUNTS} group by all order by c, f.jaar, stand""",
    13: f"""
        with per_reserve as (
            select reserve_id, min(reserve) as reserve, {_OF_MUTATIE("toevoeging")} as t, {_OF_MUTATIE("onttrekking")} as o
            from marts.fct_reserves
            where gemeente = 'Leiden' and jaar = 2018 and stand = 'begroting' and {_COUNTS} group by reserve_id
        )
        select reserve, t, o, coalesce(t, 0) - coalesce(o, 0) from per_reserve order by o desc, reserve""",
    14: f"""
        select reserve, max(case when mutatie = 'onttrekking' and bedrag_eur > 0 then jaar end) as laatste
        from marts.fct_reserves where {_COUNTS} group by reserve having coalesce(laatste, 0) <= 2018 order by reserve""",
    15: f"""
        select gemeente_naam, reserve, count(distinct (f.jaar, stand)), count(distinct case when mutatie = 'eind' then (f.jaar, stand) end) as s
        from marts.fct_reserves as f join marts.dim_gemeente_jaar as g using (gemeente_id, jaar)
        where {_COUNTS} group by all having s = 0 order by reserve""",
    16: f"""
        select jaar, stand, -sum(case mutatie when 'toevoeging' then bedrag_eur when 'onttrekking' then -bedrag_eur end)
        from marts.fct_reserves where gemeente = 'Leiden' and {_COUNTS} group by all order by jaar, stand""",
    17: f"""
        with {_TARGETS_OF_2018}
        select indicator_code, indicator, waarde, jaar, streefwaarde, beter from stand
        where {_IS_REACHED} is false order by indicator_code""",
    18: f"""
        with {_TARGETS_OF_2018},
        achter as (select c, count(*) as n from stand where {_IS_REACHED} is false group by all),
        geld as (
            select coalesce(f.beleidsterrein_code, 'onbekend') as c, beleidsterrein_conform, sum(bedrag_eur) as l
            from marts.fct_lasten as f join marts.dim_beleidsterrein as d using (beleidsterrein_id)
            where jaar = 2018 and stand = 'begroting' and {_COUNTS} group by all
        )
        select c, beleidsterrein_conform, n, l from achter left join geld using (c) order by c""",
    19: f"""
        with {_TARGETS_OF_2018}
        select case when waarde is null then 'geen waarde gedrukt' else 'betere richting niet bekend' end as w, count(*) from stand
        where {_IS_REACHED} is null group by all order by w""",
    20: f"""
        with getallen as ({_NUMBERS})
        select gemeente, coalesce(p.programma, 'onbekend') as nr, programma_conform, count(*), {_PROVED},
            round(100.0 * {_PROVED} / count(*), 1)
        from getallen join marts.dim_document using (document_id) join marts.dim_programma as p using (programma_id)
        group by all order by gemeente, nr""",
    21: f"""
        select soort, count(*), count(*) filter (where coalesce(verifieerbaarheid, 'unverifiable') = 'unverifiable') as n
        from ({_NUMBERS}) group by all order by n desc, soort""",
    22: f"""
        select verifieerbaarheid, count(*), sum(bedrag_eur) from marts.fct_lasten
        where jaar = 2018 and stand = 'begroting' and {_COUNTS} group by all order by verifieerbaarheid""",
    23: f"""
        select titel, bestand, regel, post, bedrag_eur
        from marts.fct_lasten as f join marts.dim_document as d using (document_id)
        where f.jaar = 2018 and stand = 'begroting' and f.programma = '9' and {_COUNTS} order by regel""",
    24: """
        select soort, count(*) from marts.fct_wijzigingen
        where state_no = (select max(state_no) from history.states) group by all order by soort""",
    25: """
        select jaar, row_path, bedrag_eur, case when waarde * bedrag_eur >= 0 then bedrag_eur + residual else bedrag_eur - residual end,
            case verdict when 'rounding' then 'klopt op afronding na' when 'break' then 'klopt niet' else 'niet te toetsen' end
        from marts.fct_gepubliceerde_totalen join audit.reconciliation as r using (rule_id)
        where abs(residual) > 0 and r.unit is not null and reden = 'totaal' and jaar = 2018 order by abs(residual) desc, row_path""",
    26: """
        select case verdict when 'exact' then 'klopt' when 'rounding' then 'klopt op afronding na' when 'break' then 'klopt niet'
            else 'niet te toetsen' end as o, count(*)
        from marts.fct_gepubliceerde_totalen left join audit.reconciliation using (rule_id) group by all order by o""",
    27: f"""
        select bedrag_eur, (
            select sum(bedrag_eur) from marts.fct_lasten
            where gemeente = 'Leiden' and programma = '9' and jaar = 2018 and stand = 'begroting' and {_COUNTS})
        from marts.fct_gepubliceerde_totalen
        where row_path = 'Programma > Lasten' and jaar = 2018 and stand = 'begroting'""",
    28: """
        select severity, kind, coalesce(gemeente, 'Onbekend'), message
        from audit.findings left join marts.dim_document using (document_id)
        where kind <> 'document_ontbreekt' order by severity desc, kind, message""",
    29: f"""
        select post, bedrag_eur, round(100 * bedrag_eur / sum(bedrag_eur) over (), 1) from marts.fct_lasten
        where gemeente = 'Leiden' and jaar = 2017 and stand = 'rekening' and groep = 'Jeugd' and {_COUNTS} order by bedrag_eur desc""",
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
    """How long a question takes, in milliseconds: through the front door, and by hand."""

    number: int
    text: str
    ms: float
    by_hand_ms: float

    @property
    def ratio(self) -> float:
        """Through the front door as a multiple of by hand."""
        return self.ms / self.by_hand_ms


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
            asked = (question.sql, _BY_HAND[number])
            answers = [connection.execute(sql).fetchall() for sql in asked]
            assert answers[0] == answers[1], f"by hand, question {number} is answered otherwise"
            times = [[_milliseconds(connection, sql) for sql in asked] for _ in range(rounds)]
            quickest = [min(column) for column in zip(*times, strict=True)]
            found.append(Timing(number, question.text, *quickest))
    return found


def main(*, small: bool = False) -> None:
    """Print the figures as a table in Markdown; exit status 1 where a question takes too long."""
    file = load().published
    if not file.exists():
        raise Unusable(f"{file}: nothing was published yet")
    found = measure(file, rounds=3 if small else 31)
    print("| vraag | ms | met de hand, ms | verhouding |\n| --- | ---: | ---: | ---: |")
    for timing in found:
        figures = f"{timing.ms:.1f} | {timing.by_hand_ms:.1f} | {timing.ratio:.1f}"
        print(f"| {timing.number}. {timing.text} | {figures} |")
    slow = [timing for timing in found if timing.ms > LONGEST_MS]
    above = [timing for timing in found if timing.ratio > MOST_RATIO]
    print(f"{len(slow)} take more than {LONGEST_MS:.0f} ms", file=sys.stderr)
    print(
        f"{len(above)} take more than {MOST_RATIO} times as long as by hand",
        file=sys.stderr,
    )
    if slow or above:
        sys.exit(1)


def _milliseconds(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    start = perf_counter()
    connection.execute(sql).fetchall()
    return (perf_counter() - start) * 1000
