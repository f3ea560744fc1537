"""The first page of a report and the pages beside it: the verdict, its causes, what was not checked, the trail.

What does not belong here: the pages of the documents (``pages``), and counting (``counts``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reports.component_views import half_width
from dagster_project.reports.counts import NUMBER_REASONS, UNNAMED, Counts
from dagster_project.reports.counts import ZEKERHEDEN as ORDER_OF_CERTAINTY
from dagster_project.reports.expectations import ExpectationView, expectation_views
from dagster_project.reports.links import cause_anchor, cell_anchor, finding_anchor, page_href, table_anchor
from dagster_project.reports.marks import COVERAGE_ORDER, coverage_shares, verdict_shares
from dagster_project.reports.pages import (
    accepted_by,
    accepted_words,
    answers_in_force,
    kind_of_document,
    reject_view,
)
from dagster_project.reports.verdict import verdict
from dagster_project.reports.views import AnswerView, RejectView, Share
from dagster_project.reports.wording import (
    ACCEPTANCE_NOW,
    CHANGES,
    FINDING_KINDS,
    LEVELS,
    NORMS,
    RULE_KINDS,
    STANDEN,
    UNCHECKED,
    UNCHECKED_IN_ALL,
    UNPROVED,
    WIJZIGINGEN,
    ZEKERHEDEN,
    ZEKERHEDEN_EXPLAINED,
    Bilingual,
    count,
    euros,
    figures,
    things,
    words,
)

NOTHING = Bilingual("", "")
CAUSES_ON_FIRST_PAGE = 12
LINES_ON_FIRST_PAGE = 25
CAUSES_PAGE = "oorzaken.html"
MENTIONS = "vermeldingen"  # on the page of a document: the amounts of its text

# Thousands of documents are of a few kinds: each is put in words once.
_kind = lru_cache(maxsize=4096)(kind_of_document)


class DocumentLine(NamedTuple):
    """One document in the list of the index; a named tuple, for there are thousands."""

    document_id: str
    href: str
    gemeente: str
    gemeentecode: str
    title: str
    onderdeel: str
    kind: Bilingual
    tables: int
    number: int
    numbers: Bilingual
    coverage: Mapping[str, int]  # how many numbers of each status, strongest first
    covered_pct: str
    breaks: int
    open_causes: int
    accepted_causes: int
    error_eur: int  # to sort by: of what is an error of the document
    amounts: tuple[
        tuple[Bilingual, Bilingual], ...
    ]  # euros and how certain they are, apart: they are never added up
    rejects: int
    questions: int

    @property
    def needs_a_person(self) -> bool:
        return bool(self.breaks or self.open_causes or self.rejects or self.questions)


class FindingLine(NamedTuple):
    """One finding under its cause."""

    finding_id: str
    kind: Bilingual
    message: Bilingual
    amount: Bilingual
    document_id: str
    place: str
    href: str


class CauseLine(NamedTuple):
    """One cause, with the findings that follow from it. ``place`` is where a person starts."""

    cause_id: str
    anchor: str
    zekerheid: str
    soort: str
    kind: Bilingual
    severity: str
    status: str
    change: str
    amount: Bilingual
    tolerance: Bilingual
    message: Bilingual
    document_id: str
    gemeente: str
    jaar: str
    place: str
    href: str
    since: str
    fingerprint: str
    accepted: Bilingual | None
    findings: tuple[FindingLine, ...]
    documents: int


class CertaintyShare(NamedTuple):
    """The open causes of one kind of certainty: how many, and the euros of those that have an amount.

    ``told`` says how many, or that nothing was compared, which is not the same as nothing found."""

    name: str
    words: Bilingual
    explained: Bilingual
    number: int
    told: Bilingual
    is_compared: bool
    amount: Bilingual
    without_amount: int


class UncheckedLine(NamedTuple):
    """What was not checked for one reason, over all documents and per document."""

    reason: str
    words: Bilingual
    number: Bilingual
    numbers: Bilingual
    amount: Bilingual
    without_amount: int  # of the numbers: those that are no money, or of which the unit is not known
    documents: tuple[
        tuple[str, str, Bilingual, Bilingual, Bilingual], ...
    ]  # document_id, href, number, numbers, amount


class ChangedLine(NamedTuple):
    """One value that is printed otherwise than in the publication before."""

    kind: Bilingual
    document_id: str
    place: str
    href: str
    before: str
    now: str
    difference: Bilingual
    level: Bilingual  # what is known of the number as it is printed now


class GoneLine(NamedTuple):
    """One document that was published before and is no longer: since which run."""

    document_id: str
    href: str
    gemeente: str
    title: str
    run_id: str
    day: str


class ToleranceLine(NamedTuple):
    """Materialiteit of one document."""

    document_id: str
    href: str
    basis: Bilingual
    lasten: Bilingual
    norm: Bilingual
    errors_tolerance: Bilingual
    errors: Bilingual
    errors_exceed: bool | None  # None: no lasten were read
    doubts_tolerance: Bilingual
    doubts: Bilingual
    doubts_exceed: bool | None
    report_from: Bilingual
    without_amount: int
    errors_accepted: Bilingual | None  # how much of them; None: nothing
    doubts_accepted: Bilingual | None


class RunLine(NamedTuple):
    """One published run in the trend: its counts as that run itself told them; None where it did not count that."""

    run_id: str
    day: str
    code_version: str
    numbers: tuple[int | None, ...]  # as many as ``TREND``


@dataclass(frozen=True, slots=True)
class RuleKindLine:
    """The rules of one kind over all documents."""

    words: Bilingual
    verdicts: tuple[Share, ...]
    total: Bilingual


class AcceptanceLine(NamedTuple):
    """One acceptance as it stands or stood in aanvaard.yml, and what became of it."""

    document_id: str
    of: str
    message: Bilingual  # what was accepted, as it was then; that it was not kept, where no run has it
    message_now: Bilingual  # what it says today, where the numbers are others
    href: str
    by: str
    on: str
    why: str
    until: str
    status: Bilingual
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class IndexView:
    """Everything on the first page and the pages beside it."""

    run_id: str
    started_at: str
    finished_at: str
    code_version: str
    counts: Counts
    verdict: Bilingual
    certainties: tuple[CertaintyShare, ...]
    changes: tuple[tuple[str, Bilingual, int], ...]
    is_first_run: bool
    causes: tuple[CauseLine, ...]
    accepted_amount: Bilingual  # the euros of the causes that were accepted, each counted once
    resolved: tuple[
        tuple[str, str, Bilingual, Bilingual, str, str], ...
    ]  # hoe, document_id, message, amount, days
    unchecked: tuple[UncheckedLine, ...]
    unchecked_in_all: UncheckedLine | None  # every number once, however many reasons there are
    changed: tuple[ChangedLine, ...]
    changed_documents: tuple[
        tuple[str, str, tuple[tuple[Bilingual, Bilingual], ...]], ...
    ]  # document_id, href, how many of what; where most has gone first
    gone: tuple[GoneLine, ...]
    tolerances: tuple[ToleranceLine, ...]
    runs: tuple[RunLine, ...]
    documents: tuple[DocumentLine, ...]
    verdicts: tuple[Share, ...]
    rule_kinds: tuple[RuleKindLine, ...]
    margin: Bilingual | None  # the largest that a set which closes needs; None: there is no such set
    coverage: tuple[Share, ...]
    rejects: tuple[RejectView, ...]
    rejects_left_out: int
    answers: tuple[AnswerView, ...]
    answered_left_out: int  # documents with answers that are not listed
    acceptances: tuple[AcceptanceLine, ...]
    expectations: tuple[ExpectationView, ...]

    @property
    def by_news(self) -> tuple[CauseLine, ...]:
        """All causes: what is new or changed, then what weighs most; last what was accepted."""
        return tuple(sorted(self.causes, key=lambda c: (c.status == "aanvaard", c.change == "ongewijzigd")))

    @property
    def on_first_page(self) -> tuple[CauseLine, ...]:
        """What the first page opens with."""
        return tuple(c for c in self.by_news if c.status != "aanvaard")[:CAUSES_ON_FIRST_PAGE]

    @property
    def unnamed(self) -> tuple[CauseLine, ...]:
        """Causes that ask what printed numbers are or which gemeente it is: what ``counts.unnamed`` counts stands under them."""
        return tuple(cause for cause in self.causes if cause.soort in UNNAMED)

    @property
    def withdrawn(self) -> int:
        """How many acceptances were there in an earlier run and are not any more."""
        return sum(item.is_withdrawn for item in self.acceptances)

    @property
    def open_causes(self) -> int:
        return sum(self.counts.causes.values())

    @property
    def expectations_met(self) -> int:
        return sum(expectation.is_met is True for expectation in self.expectations)

    @property
    def exceeding(self) -> tuple[ToleranceLine, ...]:
        """The documents whose errors or uncertainties reach a goedkeuringstolerantie."""
        return tuple(line for line in self.tolerances if line.errors_exceed or line.doubts_exceed)

    @property
    def exceeded(self) -> Bilingual:
        """How many documents reach a tolerance, and of how many it is not known."""
        known = sum(line.errors_exceed is not None for line in self.tolerances)
        unknown, of = things(len(self.tolerances) - known, "document"), things(known, "document")
        reached, verb = len(self.exceeding), ("overschrijdt", "exceeds")
        if reached > 1:
            verb = ("overschrijden", "exceed")
        told = Bilingual(
            f"Van {of.nl} {verb[0]} er {reached or 'geen'} een goedkeuringstolerantie",
            f"Of {of.en} {reached or 'none'} {verb[1]} a tolerance",
        )
        if known == len(self.tolerances):
            return Bilingual(f"{told.nl}.", f"{told.en}.")
        return Bilingual(
            f"{told.nl}; van {unknown.nl} is zij niet bekend, want er zijn geen lasten gelezen.",
            f"{told.en}; of {unknown.en} it is not known, as no expenditure was read.",
        )


def index_view(rows: Mapping[str, Sequence], counts: Counts, run_id: str) -> IndexView:
    """The first page, from the rows of ``index_queries.index_rows`` and what ``counts.count`` counted."""
    run = rows["run"][0] if rows["run"] else None
    documents = tuple(_document(row) for row in rows["documents"])
    hrefs = {line.document_id: line.href for line in documents}
    causes = _causes(rows, hrefs)
    gone = tuple(_gone(row) for row in rows["gone"])
    ever = hrefs | {line.document_id: line.href for line in gone}
    refused = counts.rejects + counts.questions
    return IndexView(
        run_id=run_id,
        started_at=_moment(run and run.started_at),
        finished_at=_moment(run and run.finished_at),
        code_version=str(run.code_version or "") if run else "",
        counts=counts,
        verdict=verdict(counts),
        certainties=_certainties(rows["causes"], counts),
        changes=tuple((name, words(CHANGES, name), counts.changes[name]) for name in CHANGES),
        is_first_run=not rows["runs"],
        causes=causes,
        accepted_amount=_euros_of([row for row in rows["causes"] if row.status == "aanvaard"]),
        resolved=tuple(
            (
                row.hoe,
                row.document_id,
                Bilingual(row.message, row.message_en),
                euros(row.amount_eur),
                _day(row.first_seen),
                _day(row.last_seen),
            )
            for row in rows["resolved"]
        ),
        unchecked=_unchecked(rows["unchecked"], hrefs),
        unchecked_in_all=_unchecked_in_all(rows["unchecked"]),
        changed=tuple(_changed(row, ever) for row in rows["changed"]),
        changed_documents=tuple(_changed_document(row, ever) for row in rows["changed_documents"]),
        gone=gone,
        tolerances=tuple(_tolerance(row, hrefs) for row in rows["materialiteit"]),
        runs=(*(_run_line(row) for row in rows["runs"]), _this_run(run, counts)),
        documents=documents,
        verdicts=verdict_shares(counts.verdicts),
        rule_kinds=_rule_kinds(rows["verdicts"]),
        margin=_margin(rows["widest"][0].half_width) if rows["widest"] else None,
        coverage=coverage_shares(counts.levels),
        rejects=tuple(
            reject_view(row, row.document_id, hrefs.get(row.document_id, "")) for row in rows["rejects"]
        ),
        rejects_left_out=max(0, refused - len(rows["rejects"])),
        answers=tuple(
            answer
            for row in rows["answers"]
            for answer in answers_in_force(row.document_id, row.answers, hrefs[row.document_id])
        ),
        answered_left_out=rows["answered"][0].documents - len(rows["answers"]),
        acceptances=tuple(_acceptance(row) for row in rows["acceptances"]),
        expectations=expectation_views(rows),
    )


def _document(row) -> DocumentLine:
    coverage = {name: number for name in COVERAGE_ORDER if (number := getattr(row, name))}
    return DocumentLine(
        document_id=row.document_id,
        href=page_href(row.document_id),
        gemeente=row.gemeente or "",
        gemeentecode=row.gemeentecode or "",
        title=row.titel or row.document_id,
        onderdeel=row.onderdeel or "",
        kind=_kind(row.soort, row.jaar, row.vorm),
        tables=row.tables,
        number=row.numbers,
        numbers=count(row.numbers),
        coverage=coverage,
        covered_pct=_covered_pct(row) if coverage else "",
        breaks=row.breaks,
        open_causes=row.causes,
        accepted_causes=row.accepted,
        error_eur=int(row.fout_in_het_stuk_eur or 0),
        amounts=tuple(
            (euros(amount), words(ZEKERHEDEN, name))
            for name in ORDER_OF_CERTAINTY
            if (amount := getattr(row, f"{name}_eur")) is not None
        ),
        rejects=row.rejects,
        questions=row.questions,
    )


def _covered_pct(row) -> str:
    return f"{100 * row.proved // row.numbers}"


def _causes(rows: Mapping[str, Sequence], hrefs: Mapping[str, str]) -> tuple[CauseLine, ...]:
    under: dict[str, list[FindingLine]] = {}
    for row in rows["findings"]:
        line = FindingLine(
            finding_id=row.finding_id,
            kind=words(FINDING_KINDS, row.kind),
            message=Bilingual(row.message or "", row.message_en or row.message or ""),
            amount=_amount(row.amount_eur),
            document_id=row.document_id or "",
            place=_place(row),
            href=_href(row, hrefs, finding_anchor(row.finding_id)),
        )
        under.setdefault(row.cause_id, []).append(line)
    accepted: dict[str, list] = {}
    for row in rows["acceptances"]:
        accepted.setdefault(row.cause_id, []).append(row)
    return tuple(
        CauseLine(
            cause_id=row.cause_id,
            anchor=cause_anchor(row.cause_id),
            zekerheid=row.zekerheid,
            soort=row.soort,
            kind=words(FINDING_KINDS, row.soort),
            severity=row.severity,
            status=row.status,
            change=row.verandering,
            amount=_amount(row.amount_eur),
            tolerance=_amount(row.tolerantie_eur),
            message=Bilingual(row.message or "", row.message_en or row.message or ""),
            document_id=row.document_id or "",
            gemeente=row.gemeente or "",
            jaar=str(row.jaar or ""),
            place=_place(row),
            href=_href(row, hrefs, finding_anchor(row.finding_id)),
            since=_day(row.first_seen),
            fingerprint=row.fingerprint or "",
            accepted=accepted_by(row, accepted.get(row.cause_id, ())),
            findings=tuple(under.get(row.cause_id, ())),
            documents=row.documenten,
        )
        for row in rows["causes"]
    )


def _place(row) -> str:
    return ", ".join(part for part in (row.row_path, row.column_path) if part)


def _href(row, hrefs: Mapping[str, str], otherwise: str) -> str:
    """To the number, else to the table, else to what the page of the document says of it."""
    if row.document_id not in hrefs:
        return ""
    anchor = (
        cell_anchor(row.cell_key)
        if row.cell_key
        else table_anchor(row.table_key)
        if row.table_key
        else otherwise
    )
    return f"{hrefs[row.document_id]}#{anchor}"


def _certainties(causes: Sequence, counts: Counts) -> tuple[CertaintyShare, ...]:
    found = {
        name: [row for row in causes if row.zekerheid == name and row.status != "aanvaard"]
        for name in ORDER_OF_CERTAINTY
    }
    return tuple(_certainty(name, own, counts) for name, own in found.items())


def _certainty(name: str, own: Sequence, counts: Counts) -> CertaintyShare:
    explained, told, is_compared = words(ZEKERHEDEN_EXPLAINED, name), count(len(own)), True
    if name == "bronnen_verschillen":
        of, all_of_them = count(counts.beside_iv3), count(counts.documents)
        explained = Bilingual(
            f"{explained.nl}; naast Iv3 gelegd: {of.nl} van de {all_of_them.nl} documenten",
            f"{explained.en}; laid beside Iv3: {of.en} of {all_of_them.en} documents",
        )
        is_compared = bool(counts.beside_iv3 or own)
        told = told if is_compared else Bilingual("niet vergeleken", "not compared")
    without = sum(row.amount_eur is None for row in own)
    return CertaintyShare(
        name,
        words(ZEKERHEDEN, name),
        explained,
        len(own),
        told,
        is_compared,
        _euros_of(own) if is_compared else Bilingual("–", "–"),
        without,
    )


def _euros_of(causes: Sequence) -> Bilingual:
    known = [row.amount_eur for row in causes if row.amount_eur is not None]
    return euros(sum(known, Decimal(0))) if known or not causes else Bilingual("niet bekend", "not known")


def _unchecked(rows: Sequence, hrefs: Mapping[str, str]) -> tuple[UncheckedLine, ...]:
    lines = []
    for reason in UNCHECKED:
        own = [row for row in rows if row.reden == reason]
        if own:
            lines.append(
                UncheckedLine(
                    reason,
                    words(UNCHECKED, reason),
                    count(sum(row.aantal for row in own)),
                    _sum_of([row.getallen for row in own], count),
                    _sum_of([row.bedrag_eur for row in own], euros),
                    sum(row.zonder_bedrag or 0 for row in own),
                    tuple(
                        (
                            row.document_id,
                            hrefs.get(row.document_id, ""),
                            count(row.aantal),
                            _sum_of([row.getallen], count),
                            _sum_of([row.bedrag_eur], euros),
                        )
                        for row in own
                    ),
                )
            )
    return tuple(lines)


def _margin(widest) -> Bilingual | None:
    told = half_width(widest)
    if told is None:
        return None
    if told.nl == "0":
        return Bilingual(
            "geen: die verbanden sluiten op de cijfers af", "none: those sets close to the digit"
        )
    return Bilingual(f"{told.nl} gedrukte eenheid", f"{told.en} of a printed unit")


def _unchecked_in_all(rows: Sequence) -> UncheckedLine | None:
    own = [row for row in rows if row.reden in NUMBER_REASONS]
    if not own:
        return None
    numbers = count(sum(row.getallen for row in own))
    amount = _sum_of([row.bedrag_eur for row in own], euros)
    without = sum(row.zonder_bedrag for row in own)
    return UncheckedLine("", UNCHECKED_IN_ALL, NOTHING, numbers, amount, without, ())


def _sum_of(numbers: Sequence, say) -> Bilingual:
    known = [number for number in numbers if number is not None]
    return say(sum(known)) if known else Bilingual("onbekend", "not known")


def _amount(amount: Decimal | None) -> Bilingual:
    return NOTHING if amount is None else euros(amount)


def _changed(row, hrefs: Mapping[str, str]) -> ChangedLine:
    return ChangedLine(
        words(WIJZIGINGEN, row.soort),
        row.document_id,
        _place(row),
        _where_changed(row, hrefs),
        row.oud or "–",
        row.nieuw or "–",
        _amount(row.verschil_eur),
        _level(row),
    )


def _gone(row) -> GoneLine:
    return GoneLine(
        row.document_id,
        page_href(row.document_id),
        row.gemeente or "",
        row.titel or row.document_id,
        row.run_to or "",
        _day(row.valid_to),
    )


def _level(row) -> Bilingual:
    if row.status == "unverifiable" and row.component_id is None:
        return words(UNPROVED, "in_unjudged_sum" if row.is_in_unjudged_sum else "in_no_sum")
    return words(LEVELS, row.status) if row.status else NOTHING


def _where_changed(row, hrefs: Mapping[str, str]) -> str:
    """To the number, else to its table or to the amounts of the text, else to the document."""
    href = hrefs.get(row.document_id, "")
    if row.cell_key or row.table_key:
        return _href(row, hrefs, "")
    return f"{href}#{MENTIONS}" if href and row.bron == "mention" and row.soort != "verdwenen" else href


def _changed_document(
    row, hrefs: Mapping[str, str]
) -> tuple[str, str, tuple[tuple[Bilingual, Bilingual], ...]]:
    found = ((name, getattr(row, name)) for name in ("verdwenen", "verschenen", "gewijzigd"))
    told = tuple((count(number), words(WIJZIGINGEN, name)) for name, number in found if number)
    return row.document_id, hrefs.get(row.document_id, ""), told


def _tolerance(row, hrefs: Mapping[str, str]) -> ToleranceLine:
    stand = words(STANDEN, row.stand)
    norm = words(NORMS, row.norm_van)
    errors, doubts = figures(row.fouten_pct), figures(row.onzekerheden_pct)
    return ToleranceLine(
        document_id=row.document_id,
        href=hrefs.get(row.document_id, ""),
        basis=Bilingual(f"{stand.nl} {row.jaar}", f"{stand.en} {row.jaar}")
        if row.jaar
        else words(STANDEN, None),
        lasten=euros(row.lasten_eur),
        norm=Bilingual(
            f"{errors.nl} % / {doubts.nl} %, {norm.nl}", f"{errors.en}% / {doubts.en}%, {norm.en}"
        ),
        errors_tolerance=euros(row.fouten_tolerantie_eur),
        errors=euros(row.fouten_eur),
        errors_exceed=row.is_fouten_overschreden,
        doubts_tolerance=euros(row.onzekerheden_tolerantie_eur),
        doubts=euros(row.onzekerheden_eur),
        doubts_exceed=row.is_onzekerheden_overschreden,
        report_from=euros(row.rapporteringstolerantie_eur),
        without_amount=row.zonder_bedrag,
        errors_accepted=euros(row.fouten_aanvaard_eur) if row.fouten_aanvaard_eur else None,
        doubts_accepted=euros(row.onzekerheden_aanvaard_eur) if row.onzekerheden_aanvaard_eur else None,
    )


TREND = (
    Bilingual("getallen", "numbers"),
    Bilingual("bewezen", "proved"),
    Bilingual("sommen", "sums"),
    Bilingual("sluit niet", "breaks"),
    Bilingual("niet beoordeeld", "not judged"),
    Bilingual("oorzaken open", "causes open"),
    Bilingual("niet gelezen", "not read"),
    Bilingual("vragen", "questions"),
)


def _run_line(row) -> RunLine:
    facts, verdicts = _told(row.counts), _told(row.verdicts)
    causes = facts.get("causes")
    numbers = (
        facts.get("values"),
        facts.get("proved"),
        facts.get("rules"),
        verdicts.get("break"),
        verdicts.get("not_judged"),
        None if causes is None else sum(causes.values()),
        facts.get("rejects"),
        facts.get("questions"),
    )
    return RunLine(row.run_id, _day(row.started_at), str(row.code_version or ""), numbers)


def _told(text: str | None) -> dict:
    """What a run told of itself; nothing where it is not to be read."""
    try:
        return json.loads(text or "{}")
    except ValueError:
        return {}


def _this_run(run, counts: Counts) -> RunLine:
    numbers = (
        counts.values,
        counts.proved,
        counts.rules,
        counts.verdicts["break"],
        counts.verdicts["not_judged"],
        sum(counts.causes.values()),
        counts.rejects,
        counts.questions,
    )
    about = (
        (str(run.run_id or ""), _day(run.started_at), str(run.code_version or "")) if run else ("", "", "")
    )
    return RunLine(*about, numbers)


def _acceptance(row) -> AcceptanceLine:
    status = words(ACCEPTANCE_NOW, row.nu)
    if row.last_run_id:
        status = Bilingual(
            f"ingetrokken: stond er voor het laatst in run {row.last_run_id}, {_day(row.last_seen)}",
            f"withdrawn: last there in run {row.last_run_id}, {_day(row.last_seen)}",
        )
    return AcceptanceLine(
        row.document_id,
        row.finding_id,
        accepted_words(row),
        Bilingual(row.message_now or "", row.message_now_en or row.message_now or ""),
        f"{CAUSES_PAGE}#{cause_anchor(row.cause_id)}" if row.cause_id else "",
        row.wie,
        _day(row.wanneer),
        row.waarom,
        _day(row.tot),
        status,
        bool(row.last_run_id),
    )


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


def _day(value) -> str:
    return "" if value is None else str(value)[:10]
