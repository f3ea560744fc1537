"""The index of a report: what the run found, document by document, and what needs a person.

What does not belong here: the pages of the documents (``pages``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dagster_project.reports.links import cell_anchor, page_href
from dagster_project.reports.marks import COVERAGE_ORDER, coverage_shares, verdict_shares
from dagster_project.reports.pages import answers_in_force, finding_view, kind_of_document, reject_view
from dagster_project.reports.proofs import half_width
from dagster_project.reports.records import AnswerView, FindingView, RejectView, Share
from dagster_project.reports.wording import RULE_KINDS, SEVERITIES, Words, count, euros, words

SEVERITY_ORDER = ("hoog", "middel", "laag")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in the list of the index."""

    document_id: str
    href: str
    gemeente: str
    title: str
    onderdeel: str
    kind: Words
    tables: int
    number: int
    numbers: Words
    coverage: tuple[Share, ...]
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
    """The index, from the rows of ``queries.index_rows``."""
    run = rows["run"][0] if rows["run"] else None
    (totals,) = rows["totals"]
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
        document_count=count(totals.documents),
        table_count=count(totals.tables),
        number_count=count(totals.numbers),
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
    coverage = Counter({name: getattr(row, name) for name in COVERAGE_ORDER})
    proved = coverage["locatable"] + coverage["implied"] + coverage["proved"]
    return DocumentLine(
        document_id=row.document_id,
        href=page_href(row.document_id),
        gemeente=row.gemeente or "",
        title=row.titel or row.document_id,
        onderdeel=row.onderdeel or "",
        kind=kind_of_document(row.soort, row.jaar, row.vorm),
        tables=row.tables,
        number=row.numbers,
        numbers=count(row.numbers),
        coverage=coverage_shares(coverage),
        covered_pct=f"{100 * proved // coverage.total()}" if coverage.total() else "",
        breaks=row.breaks,
        open_findings=row.open,
        accepted_findings=row.findings - row.open,
        amount_eur=int(row.amount_eur or 0),
        amount=euros(row.amount_eur) if row.amount_eur is not None else Words("", ""),
        rejects=row.rejects,
        questions=row.questions,
    )


def _summed(documents: Sequence[DocumentLine]) -> tuple[Share, ...]:
    total: Counter = Counter()
    for document in documents:
        for share in document.coverage:
            total[share.name] += share.number
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
