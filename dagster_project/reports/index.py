"""The index of a report: what the run found, document by document, and what needs a person.

What does not belong here: the pages of the documents (``pages``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reports.links import cell_anchor, page_href
from dagster_project.reports.marks import COVERAGE_ORDER, coverage_shares, verdict_shares
from dagster_project.reports.pages import answers_in_force, finding_view, kind_of_document, reject_view
from dagster_project.reports.proofs import half_width
from dagster_project.reports.records import AnswerView, FindingView, RejectView, Share
from dagster_project.reports.wording import RULE_KINDS, SEVERITIES, Words, count, euros, words

SEVERITY_ORDER = ("hoog", "middel", "laag")
NOTHING = Words("", "")

# Thousands of documents are of a few kinds and repeat each other's numbers: each is put in words once.
_kind = lru_cache(maxsize=4096)(kind_of_document)
_count = lru_cache(maxsize=4096)(count)
_euros = lru_cache(maxsize=4096)(euros)


class DocumentLine(NamedTuple):
    """One document in the list of the index; a named tuple, for there are thousands."""

    document_id: str
    href: str
    gemeente: str
    title: str
    onderdeel: str
    kind: Words
    tables: int
    number: int
    numbers: Words
    coverage: Mapping[str, int]  # how many numbers of each level, strongest first
    covered_pct: str
    breaks: int
    open_findings: int
    accepted_findings: int
    amount_eur: int
    amount: Words
    rejects: int
    questions: int

    @property
    def needs_a_person(self) -> bool:
        return bool(self.breaks or self.open_findings or self.rejects or self.questions)


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """One expectation and how it came out."""

    suite: str
    sentence: Words
    is_met: bool | None  # None: could not be judged
    severity: str
    unexpected: int


@dataclass(frozen=True, slots=True)
class RuleKindLine:
    """The rules of one kind over all documents."""

    words: Words
    verdicts: tuple[Share, ...]
    total: Words


@dataclass(frozen=True, slots=True)
class IndexView:
    """Everything on the index."""

    run_id: str
    started_at: str
    finished_at: str
    code_version: str
    documents: tuple[DocumentLine, ...]
    document_count: Words
    table_count: Words
    number_count: Words
    rule_count: Words
    verdicts: tuple[Share, ...]
    rule_kinds: tuple[RuleKindLine, ...]
    components: int
    feasible: int
    infeasible: int
    unsolved: int
    half_width: str
    coverage: tuple[Share, ...]
    open_by_severity: tuple[Share, ...]
    accepted: int
    findings: tuple[FindingView, ...]
    findings_left_out: int
    rejects: tuple[RejectView, ...]
    rejects_left_out: int
    rejected: int
    questions: int
    answers: tuple[AnswerView, ...]
    answered_left_out: int  # documents with answers that are not listed
    expectations: tuple[ExpectationView, ...]
    has_data_docs: bool

    @property
    def open_findings(self) -> int:
        return sum(share.number for share in self.open_by_severity)

    @property
    def expectations_met(self) -> int:
        return sum(expectation.is_met is True for expectation in self.expectations)

    @property
    def breaks(self) -> int:
        return sum(share.number for share in self.verdicts if share.name == "break")


def index_view(rows: Mapping[str, Sequence], run_id: str, has_data_docs: bool) -> IndexView:
    """The index, from the rows of ``index_queries.index_rows``."""
    run = rows["run"][0] if rows["run"] else None
    documents = tuple(_document(row) for row in rows["documents"])
    hrefs = {line.document_id: line.href for line in documents}
    verdicts = Counter()
    for row in rows["verdicts"]:
        verdicts[row.verdict] += row.rules
    feasible = {row.feasible: row for row in rows["certificates"]}
    open_findings, accepted = Counter(), 0
    for row in rows["findings_by_severity"]:
        if row.status == "aanvaard":
            accepted += row.findings
        else:
            open_findings[row.severity] += row.findings
    refused = Counter({row.kind: row.rejects for row in rows["rejects_by_kind"]})
    return IndexView(
        run_id=run_id,
        started_at=_moment(run and run.started_at),
        finished_at=_moment(run and run.finished_at),
        code_version=str(run.code_version or "") if run else "",
        documents=documents,
        document_count=count(len(documents)),
        table_count=count(sum(line.tables for line in documents)),
        number_count=count(sum(line.number for line in documents)),
        rule_count=count(verdicts.total()),
        verdicts=verdict_shares(verdicts),
        rule_kinds=_rule_kinds(rows["verdicts"]),
        components=sum(row.components for row in rows["certificates"]),
        feasible=feasible[True].components if True in feasible else 0,
        infeasible=feasible[False].components if False in feasible else 0,
        unsolved=feasible[None].components if None in feasible else 0,
        half_width=half_width(feasible[True].widest) if True in feasible else "",
        coverage=_summed(documents),
        open_by_severity=tuple(
            Share(name, words(SEVERITIES, name), open_findings[name])
            for name in SEVERITY_ORDER
            if open_findings[name]
        ),
        accepted=accepted,
        findings=tuple(_finding(row, hrefs) for row in rows["findings"]),
        findings_left_out=max(0, open_findings.total() + accepted - len(rows["findings"])),
        rejects=tuple(
            reject_view(row, row.document_id, hrefs.get(row.document_id, "")) for row in rows["rejects"]
        ),
        rejects_left_out=max(0, refused.total() - len(rows["rejects"])),
        rejected=refused["reject"],
        questions=refused["question"],
        answers=tuple(
            answer
            for row in rows["answers"]
            for answer in answers_in_force(row.document_id, row.answers, hrefs[row.document_id])
        ),
        answered_left_out=rows["answered"][0].documents - len(rows["answers"]),
        expectations=tuple(
            ExpectationView(
                row.suite,
                Words(row.sentence_nl, row.sentence),
                {"passed": True, "failed": False}.get(row.status),
                row.severity or "",
                row.unexpected or 0,
            )
            for row in rows["expectations"]
        ),
        has_data_docs=has_data_docs,
    )


def _document(row) -> DocumentLine:
    coverage = {name: number for name in COVERAGE_ORDER if (number := getattr(row, name))}
    return DocumentLine(
        document_id=row.document_id,
        href=page_href(row.document_id),
        gemeente=row.gemeente or "",
        title=row.titel or row.document_id,
        onderdeel=row.onderdeel or "",
        kind=_kind(row.soort, row.jaar, row.vorm),
        tables=row.tables,
        number=row.numbers,
        numbers=_count(row.numbers),
        coverage=coverage,
        covered_pct=_covered_pct(row) if coverage else "",
        breaks=row.breaks,
        open_findings=row.open,
        accepted_findings=row.findings - row.open,
        amount_eur=int(row.amount_eur or 0),
        amount=_euros(row.amount_eur) if row.amount_eur is not None else NOTHING,
        rejects=row.rejects,
        questions=row.questions,
    )


def _covered_pct(row) -> str:
    proved = row.locatable + row.implied + row.proved
    return f"{100 * proved // (proved + row.unproved + row.unverifiable)}"


def _summed(documents: Sequence[DocumentLine]) -> tuple[Share, ...]:
    total: Counter = Counter()
    for document in documents:
        for name, number in document.coverage.items():
            total[name] += number
    return coverage_shares(total)


def _finding(row, hrefs: Mapping[str, str]) -> FindingView:
    place = ""
    if row.row_no is not None:
        place = "#" + cell_anchor(row.table_no, row.row_no, row.column_no, row.occurrence)
    elif row.table_no is not None:
        place = f"#t{row.table_no}"
    href = hrefs[row.document_id] + place if row.document_id in hrefs else ""
    return finding_view(row, row.document_id or "", href)


def _rule_kinds(rows: Sequence) -> tuple[RuleKindLine, ...]:
    by_kind: dict[str, Counter] = {}
    for row in rows:
        by_kind.setdefault(row.kind, Counter())[row.verdict] += row.rules
    return tuple(
        RuleKindLine(words(RULE_KINDS, kind), verdict_shares(counted), count(counted.total()))
        for kind, counted in by_kind.items()
    )


def _moment(value) -> str:
    return "" if value is None else f"{value:%Y-%m-%d %H:%M}"
