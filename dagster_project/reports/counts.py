"""What a warehouse file holds, counted once: the page, the manifest, summary.json and the terminal all tell this.

Each count that has parts is the sum of its parts, by one query that names them all. What does not belong here:
what the counts come to in words (``verdict``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dagster_project.reports.marks import COVERAGE_ORDER, VERDICT_ORDER

if TYPE_CHECKING:
    import duckdb

SETS = ("feasible", "infeasible", "unsolved")
# Sums that say something about the documents alone.
OWN_SUMS = "scope <> 'cross_source'"
ZEKERHEDEN = ("fout_in_het_stuk", "onzeker_gelezen", "bronnen_verschillen", "niet_gecontroleerd")
SEVERITIES = ("hoog", "middel", "laag")
# Of what was not checked: the reasons under which each number stands once, so that they can be added up.
NUMBER_REASONS = (
    "lezing_gevraagd",
    "buiten_feiten",
    "tabel_zonder_som",
    "getal_in_geen_som",
    "getal_in_onbeoordeelde_som",
    "geheel_zonder_antwoord",
)
UNNAMED = (
    "buiten_feiten",
    "gemeentecode_onbekend",
    "indeling_onzeker",
)  # causes that ask what printed numbers are, or which gemeente
QUESTIONS = (*UNNAMED, "vraag")  # kinds of findings that a person answers
CHANGES = ("nieuw", "gewijzigd", "ongewijzigd", "opgelost", "verdwenen")

IN_UNJUDGED_SUMS = f"""
    select distinct cell_id from audit.rule_terms join audit.reconciliation using (rule_id)
    where {OWN_SUMS} and verdict = 'not_judged'
"""

# Why a number that is not proved is not: each has one of these. Those of the first three were not checked.
NOT_CHECKED = ("in_no_sum", "in_unjudged_sum", "in_unsolved_set")
UNPROVED = (*NOT_CHECKED, "in_infeasible_set")

# Every printed number, with the one thing that is known of it: its status in audit.verifiability; and why it is not proved.
NUMBERS = f"""
    select c.document_id, c.table_id, coalesce(v.status, 'unverifiable') as level,
        case
            when v.status = 'proved' then null
            when v.component_id is null and u.cell_id is null then 'in_no_sum'
            when v.component_id is null then 'in_unjudged_sum'
            when k.feasible is null then 'in_unsolved_set'
            else 'in_infeasible_set'
        end as unproved,
        v.is_proved and v.is_implied as is_proved_and_implied, v.is_proved and v.is_locatable as is_proved_and_locatable
    from landing.cells as c left join audit.verifiability as v using (cell_id)
        left join audit.certificates as k using (component_id)
        left join ({IN_UNJUDGED_SUMS}) as u using (cell_id)
    where c.value is not null or c.is_nil
"""

ASKED = """
    select count(*) from landing.tables as t
    where t.lezing = 'gevraagd'
        or exists (select 1 from landing.rows as r where r.table_id = t.table_id and r.lezing = 'gevraagd')
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the file of a run holds. A mapping has every part, also those that are zero."""

    documents: int
    tables: int
    asked: int  # of the tables: those that a person must say first how they are read, all of it or some rows
    levels: dict[str, int]  # numbers by their status in audit.verifiability: marks.COVERAGE_ORDER
    proved_also: dict[
        str, int
    ]  # of the proved numbers: those that are implied, and those that are locatable, as well
    unproved: dict[str, int]  # the other numbers, by why they are not: UNPROVED
    verdicts: dict[str, int]  # sums by verdict: marks.VERDICT_ORDER
    doubtful: int  # of the sums that break: those in tables that were probably read wrong
    sets: dict[str, int]  # connected sets of sums: feasible, infeasible, unsolved
    causes: dict[str, int]  # that nobody accepted, by how certain they are
    differ_from_iv3: int  # of those: a document and a delivery of Iv3 that say different things
    beside_iv3: int  # documents that were laid beside a delivery of Iv3
    text_only: int  # documents without any table
    missing: int  # documents that were due and are not there, accepted or not
    contradictions: int  # of those: errors of the document that are in no sum, such as a claim in words
    unnamed: int  # findings, accepted or not, that ask what printed numbers are or which gemeente it is
    impossible: int  # causes, accepted or not, by which sums cannot hold though they were read for sure
    causes_accepted: int
    changes: dict[str, int]  # causes by what became of them since the state published before
    findings: dict[str, int]  # by severity, the accepted ones included
    accepted: int  # findings
    rejects: int
    questions: int
    expectations: dict[str, int]

    @property
    def values(self) -> int:
        """Printed numbers."""
        return sum(self.levels.values())

    @property
    def proved(self) -> int:
        """Numbers that stand in a set of sums that closes."""
        return self.levels["proved"]

    @property
    def rules(self) -> int:
        """Sums."""
        return sum(self.verdicts.values())

    def as_facts(self) -> dict[str, Any]:
        """For JSON: every count, with the totals that follow from them."""
        totals = {"values": self.values, "proved": self.proved, "rules": self.rules}
        return asdict(self) | totals

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Counts:
        """The counts that ``as_facts`` gave. Raises TypeError and KeyError where it was not that."""
        return cls(**{name: facts[name] for name in cls.__dataclass_fields__})


def count(connection: duckdb.DuckDBPyConnection) -> Counts:
    """Count what an open file holds. Raises duckdb.Error where a table of the contract is missing."""

    def one(sql: str) -> int:
        return connection.execute(sql).fetchall()[0][0]

    def per(sql: str, names: tuple[str, ...] = ()) -> dict[str, int]:
        found = dict(connection.execute(sql).fetchall())
        return dict.fromkeys(names, 0) | found

    numbers = connection.execute(
        f"""
        select level, unproved, count(*),
            count(*) filter (where is_proved_and_implied), count(*) filter (where is_proved_and_locatable)
        from ({NUMBERS}) group by level, unproved
        """
    ).fetchall()
    levels, unproved = dict.fromkeys(COVERAGE_ORDER, 0), dict.fromkeys(UNPROVED, 0)
    for level, why, number, _, _ in numbers:
        levels[level] = levels.get(level, 0) + number
        if why is not None:
            unproved[why] += number
    changes = per("select verandering, count(*) from audit.causes group by 1", CHANGES)
    return Counts(
        documents=one("select count(*) from landing.documents"),
        tables=one("select count(*) from landing.tables"),
        asked=one(ASKED),
        levels=levels,
        proved_also={
            "implied": sum(implied for *_, implied, _ in numbers),
            "locatable": sum(locatable for *_, locatable in numbers),
        },
        unproved=unproved,
        verdicts=per(
            f"select verdict, count(*) from audit.reconciliation where {OWN_SUMS} group by 1", VERDICT_ORDER
        ),
        doubtful=one(
            "select count(*) from audit.findings where kind = 'som_sluit_niet' and zekerheid = 'onzeker_gelezen'"
        ),
        sets=per(
            "select case when feasible then 'feasible' when not feasible then 'infeasible' else 'unsolved' end,"
            " count(*) from audit.certificates where not is_between_sources group by 1",
            SETS,
        ),
        causes=per(
            "select zekerheid, count(*) from audit.causes where status <> 'aanvaard' group by 1", ZEKERHEDEN
        ),
        differ_from_iv3=one(
            "select count(*) from audit.causes where status <> 'aanvaard' and soort = 'wijkt_af_van_iv3'"
        ),
        beside_iv3=one(
            "select count(distinct document_id) from audit.iv3_aansluiting where verdict <> 'not_judged'"
        ),
        text_only=one(
            "select cast(coalesce(sum(aantal), 0) as bigint) from audit.unchecked where reden = 'alleen_tekst'"
        ),
        missing=one("select count(*) from audit.findings where kind = 'document_ontbreekt'"),
        contradictions=one(
            "select count(*) from audit.causes where status <> 'aanvaard' and zekerheid = 'fout_in_het_stuk'"
            " and soort not in ('som_sluit_niet', 'sommen_sluiten_niet_samen')"
        ),
        # One cause may ask the same of several tables; what follows from a question is counted as a question.
        unnamed=one(
            "select count(*) from audit.findings as f join audit.causes as c using (cause_id)"
            f" where f.kind in {UNNAMED} and c.soort in {UNNAMED}"
        ),
        impossible=one(
            "select count(*) from audit.causes where zekerheid = 'fout_in_het_stuk'"
            " and soort in ('som_sluit_niet', 'sommen_sluiten_niet_samen')"
        ),
        causes_accepted=one("select count(*) from audit.causes where status = 'aanvaard'"),
        changes=changes | per("select hoe, count(*) from audit.causes_resolved group by 1"),
        findings=per("select severity, count(*) from audit.findings group by 1", SEVERITIES),
        accepted=one("select count(*) from audit.findings where status = 'aanvaard'"),
        rejects=one("select count(*) from audit.rejects where kind = 'reject'"),
        questions=one("select count(*) from audit.rejects where kind = 'question'"),
        expectations=per(
            "select status, count(*) from audit.expectation_results group by status order by status desc"
        ),
    )
