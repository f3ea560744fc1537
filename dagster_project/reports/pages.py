"""The page of one document, from the rows that ``queries`` read for it.

What does not belong here: the inside of a table (``table_views``), of a rule (``sums``) or of a proof
(``component_views``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from dagster_project.reports.component_views import proof_view
from dagster_project.reports.counts import QUESTIONS
from dagster_project.reports.links import (
    cause_anchor,
    cell_anchor,
    finding_anchor,
    page_href,
    root_of,
    table_anchor,
    web_address,
)
from dagster_project.reports.marks import coverage_shares, verdict_shares
from dagster_project.reports.queries import SHARED_TERMS, TERMS
from dagster_project.reports.source_files import SourceFile
from dagster_project.reports.sums import rule_view
from dagster_project.reports.table_views import Judgements, table_view, witness_views
from dagster_project.reports.views import (
    AnswerView,
    ClaimView,
    DocumentView,
    FindingView,
    GoalView,
    Iv3View,
    MentionView,
    RejectView,
    RuleView,
)
from dagster_project.reports.wording import (
    NAUWKEURIGHEDEN,
    SOORTEN,
    UNITS_IN_TEXT,
    VORMEN,
    ZEKERHEDEN,
    Bilingual,
    claimed,
    count,
    euros,
    figures,
    words,
)

Rows = Mapping[str, Sequence]


def document_view(rows: Rows, run_id: str, sources: Mapping[str, SourceFile] | None = None) -> DocumentView:
    """Everything on the page of the one document whose rows these are; ``sources`` are its files by path."""
    sources = sources or {}
    (document,) = rows["landing_documents"]
    root = root_of(document.document_id)
    terms = _terms(rows, document.document_id)
    homes = {rule_id: _first_place(own, document.document_id) for rule_id, own in terms.items()}
    rules = _rules(rows, terms, homes, document.document_id, root)
    judgements = _judgements(rows, terms, rules)
    anchors = {cell.cell_id: cell_anchor(cell.cell_key) for cell in rows["landing_cells"]}
    tables = {row.table_id: table_anchor(row.table_key) for row in rows["landing_tables"]}
    numbers = {cell.cell_id for cell in rows["landing_cells"] if cell.value is not None or cell.is_nil}
    return DocumentView(
        document_id=document.document_id,
        gemeente=document.gemeente,
        title=document.titel,
        onderdeel=document.onderdeel,
        kind=kind_of_document(document.soort, document.jaar, document.vorm),
        facts=_facts(document),
        url=web_address(document.url),
        unlinked_url=document.url if document.url and not web_address(document.url) else None,
        same_as=(document.zelfde_als, page_href(document.zelfde_als, root)) if document.zelfde_als else None,
        sha256=document.sha256,
        inputs=tuple((row.path, row.sha256, count(row.bytes)) for row in rows["landing_inputs"]),
        coverage=coverage_shares(
            [row.status for row in rows["audit_verifiability"] if row.cell_id in numbers]
        ),
        verdicts=verdict_shares([rule.verdict for rule in rules.values()]),
        sources={path: source.href for path, source in sources.items() if source.href},
        tables=tuple(_tables(rows, terms, homes, rules, judgements, document.document_id, root, sources)),
        findings=tuple(_findings(rows, anchors, tables, document.document_id)),
        rejects=tuple(reject_view(row, document.document_id, "") for row in rows["audit_rejects"]),
        answers=answers_in_force(document.document_id, document.answers, ""),
        claims=tuple(_claim(row, anchors) for row in rows["audit_claims"]),
        with_iv3=tuple(_with_iv3(row, anchors) for row in rows["audit_iv3_aansluiting"]),
        mentions=tuple(_mention(row) for row in rows["landing_mentions"]),
        goals=_goals(rows["landing_prestaties"]),
        root=root,
        run_id=run_id,
    )


def answers_in_force(document_id: str, answers: str | None, href: str) -> tuple[AnswerView, ...]:
    """The decisions that a person has laid down in document.yml, one per key."""
    decided = json.loads(answers) if answers else {}
    return tuple(
        AnswerView(
            document_id, href, key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        )
        for key, value in sorted(decided.items())
    )


def reject_view(row, document_id: str, href: str) -> RejectView:
    """Something that was not read; ``href`` leads to the page of its document."""
    reason = explained(row)
    return RejectView(
        document_id, href, row.kind or "reject", row.path, row.line, row.text or "", reason, row.key
    )


def explained(reject) -> Bilingual:
    """Why something was not read or is asked, with what the numbers say of it."""
    nl, en = reject.reason, reject.reason_en or reject.reason
    if not reject.toelichting:
        return Bilingual(nl, en)
    return Bilingual(f"{nl}. {reject.toelichting}", f"{en}. {reject.toelichting_en or reject.toelichting}")


def accepted_by(row, acceptances: Iterable = ()) -> Bilingual | None:
    """Who accepted it, when, why and until when; None where nobody did.

    Where it no longer holds that is said, and what was accepted where its numbers were others: of ``acceptances``."""
    if not row.accepted_by:
        return None
    until, why = row.accepted_until, f": {row.accepted_why}" if row.accepted_why else ""
    nl = f"door {row.accepted_by} op {row.accepted_on}" + (f", tot {until}" if until else "") + why
    en = f"by {row.accepted_by} on {row.accepted_on}" + (f", until {until}" if until else "") + why
    if row.status == "verlopen":
        nl, en = f"{nl} (geldt niet meer)", f"{en} (no longer in force)"
    who = (row.accepted_by, row.accepted_on)
    for then in (a for a in acceptances if a.nu == "gewijzigd" and (a.wie, a.wanneer) == who):
        told = accepted_words(then)
        nl, en = f"{nl}. Toen aanvaard, en sindsdien veranderd: {told.nl}", f"{en}. Accepted then, and changed since: {told.en}"  # fmt: skip
    return Bilingual(nl, en)


def accepted_words(row) -> Bilingual:
    """What was accepted as it was then, or that no run kept that."""
    if row.message:
        return Bilingual(row.message, row.message_en or row.message)
    return Bilingual("wat er toen stond is niet bewaard", "what it said then was not kept")


def finding_view(row, document_id: str, href: str, acceptances: Iterable) -> FindingView:
    """Something to look at; ``href`` leads to the cell, table or document that it is about, ``acceptances`` are those of
    the finding and of its cause."""
    return FindingView(
        finding_id=row.finding_id,
        anchor=finding_anchor(row.finding_id),
        cause=cause_anchor(row.cause_id),
        zekerheid=words(ZEKERHEDEN, row.zekerheid),
        kind=row.kind,
        severity=row.severity,
        status=row.status or "open",
        message=Bilingual(row.message or "", row.message_en or row.message or ""),
        amount=euros(row.amount_eur),
        share=_share(row.aandeel_lasten_pct),
        first_seen=str(row.first_seen or "")[:10],
        fingerprint=row.fingerprint or "",
        accepted=accepted_by(row, acceptances),
        document_id=document_id,
        href=href,
    )


def _share(pct) -> Bilingual | None:
    if pct is None:
        return None
    told = figures(pct)
    return Bilingual(f"{told.nl} %", f"{told.en}%")


def _grouped(rows: Sequence, field: str) -> dict[str, list]:
    """Rows by the value of a field; what belongs together mostly comes together."""
    groups: dict[str, list] = defaultdict(list)
    for value, own in groupby(rows, attrgetter(field)):
        groups[value].extend(own)
    return groups


def _terms(rows: Rows, document_id: str) -> dict[str, list]:
    """Per sum with a number of this document, all its numbers in order, as rows of ``queries.SHARED_TERMS``."""
    printed = {cell.cell_id: _printed_here(cell, document_id) for cell in rows["landing_cells"]}
    # By position: there are hundreds of thousands.
    make, at = SHARED_TERMS.named, TERMS.fields.split().index("cell_id")
    own = [make(term[:-1] + printed[term[at]]) for term in rows["audit_rule_terms"] if term[at] in printed]
    shared = _grouped(rows["shared_rule_terms"], "rule_id")
    return _grouped(own, "rule_id") | {
        rule_id: terms
        for rule_id, terms in shared.items()
        if any(term.document_id == document_id for term in terms)
    }


def _earlier(rows: Rows) -> dict[str, str]:
    """Per value that was printed otherwise in a state published before, what stood there and until which run."""
    told: dict[str, list[str]] = {}
    for row in rows["earlier_values"]:
        until = (row.run_to or "").partition("-")[0].lstrip("0")
        told.setdefault(row.cell_id, []).append(f"{row.text} (run {until})")
    return {cell_id: "; ".join(texts) for cell_id, texts in told.items()}


def _printed_here(cell, document_id: str) -> tuple:
    """What a row of ``queries.SHARED_TERMS`` says of a number of this document, which is on this page: no path is needed to name it."""
    place = (document_id, cell.table_id, cell.row_no, cell.column_no, cell.occurrence)
    return (*place, cell.value, cell.is_nil, cell.decimals, None, None, cell.cell_key, document_id)


def _rules(rows: Rows, terms, homes: Mapping[str, tuple], document_id: str, root: str) -> dict[str, RuleView]:
    """Every rule that this page shows, numbered in the order in which its cells are printed."""
    known = {rule.rule_id: rule for rule in (*rows["audit_rules"], *rows["shared_rules"])}
    judged = {row.rule_id: row for row in (*rows["audit_reconciliation"], *rows["shared_reconciliation"])}
    ordered = sorted(homes.keys() & known.keys(), key=lambda rule_id: (*homes[rule_id], rule_id))
    return {
        rule_id: rule_view(number, known[rule_id], judged.get(rule_id), terms[rule_id], document_id, root)
        for number, rule_id in enumerate(ordered, start=1)
    }


def _first_place(terms: Sequence, document_id: str) -> tuple:
    """Where a rule is at home: the last table of this document that it has a number in, from the top.

    What only repeats the figures of another publication comes after what adds them up.
    """
    own = [(term.table_id, term.row_no, term.column_no) for term in terms if term.document_id == document_id]
    table = max(own)[0]
    first = min([place for place in own if place[0] == table])
    is_elsewhere = len(own) < len(terms)
    return (table, is_elsewhere, *first[1:])


def _judgements(rows: Rows, terms: Mapping[str, Sequence], rules: Mapping[str, RuleView]) -> Judgements:
    numbers, verdicts = defaultdict(list), defaultdict(set)
    for rule_id, rule in rules.items():  # in the order of their numbers
        number, verdict = str(rule.number), rule.verdict
        for term in terms[rule_id]:
            numbers[term.cell_id].append(number)
            verdicts[term.cell_id].add(verdict)
    suspects: dict[str, object] = {}
    for row in rows["audit_suspects"]:  # likeliest first
        suspects.setdefault(row.cell_id, row)
    conflicting = {row.rule_id for row in rows["audit_conflicts"]}
    return Judgements(
        rules={cell_id: " ".join(own) for cell_id, own in numbers.items()},
        verdicts=verdicts,
        conflict=frozenset(term.cell_id for rule_id in conflicting for term in terms.get(rule_id, ())),
        suspects=suspects,
        statuses={row.cell_id: row for row in rows["audit_verifiability"]},
        earlier=_earlier(rows),
    )


def _tables(
    rows: Rows,
    terms,
    homes: Mapping[str, tuple],
    rules: Mapping[str, RuleView],
    judgements: Judgements,
    document_id: str,
    root: str,
    sources,
):
    columns, printed_rows = (
        _grouped(rows["landing_columns"], "table_id"),
        _grouped(rows["landing_rows"], "table_id"),
    )
    cells, conventions = (
        _grouped(rows["landing_cells"], "table_id"),
        _grouped(rows["landing_conventions"], "table_id"),
    )
    conflicts, suspects = (
        _grouped(rows["audit_conflicts"], "component_id"),
        _grouped(rows["audit_suspects"], "component_id"),
    )
    proofs = {
        row.component_id: proof_view(
            row, conflicts[row.component_id], suspects[row.component_id], rules, document_id, root
        )
        for row in rows["audit_certificates"]
    }
    home = defaultdict(list)
    for rule_id, view in rules.items():
        home[homes[rule_id][0]].append(view)
    asked = _asked(rows["audit_findings"])
    between = [rule for rule in rules.values() if rule.kind == "getuige"]
    for table in rows["landing_tables"]:
        statuses = [judgements.statuses.get(cell.cell_id) for cell in cells[table.table_id]]
        components = {status.component_id for status in statuses if status is not None}
        yield table_view(
            table,
            columns[table.table_id],
            printed_rows[table.table_id],
            cells[table.table_id],
            statuses,
            judgements,
            home[table.table_id],
            [proofs[component] for component in sorted(components & proofs.keys())],
            conventions[table.table_id],
            witness_views(terms, between, table.table_id, root),
            sources.get(table.path) or SourceFile(table.path),
            asked[table.table_id],
            [
                (row.row_no, row.column_no, Bilingual(row.toelichting, row.toelichting_en or row.toelichting))
                for row in rows["audit_rejects"]
                if row.toelichting and row.table_id == table.table_id
            ],
        )


def _asked(findings: Sequence) -> dict[str, list]:
    """Per table the findings that ask something about it, the first of each cause."""
    first: dict[tuple[str, str], object] = {}
    for row in findings:
        if row.kind in QUESTIONS and row.table_id:
            first.setdefault((row.table_id, row.cause_id), row)
    asked = defaultdict(list)
    for (table_id, _), row in first.items():
        asked[table_id].append(row)
    return asked


def _findings(rows: Rows, anchors: Mapping[str, str], tables: Mapping[str, str], document_id: str):
    accepted = _grouped(rows["acceptances"], "of_id")
    for row in rows["audit_findings"]:
        anchor = anchors.get(row.cell_id) or tables.get(row.table_id)
        given = [*accepted[row.finding_id], *accepted[row.cause_id]]
        yield finding_view(row, document_id, f"#{anchor}" if anchor else "", given)


def _facts(document) -> tuple[tuple[Bilingual, str], ...]:
    facts = (
        (Bilingual("document", "document"), document.document_id),
        (Bilingual("versie", "version"), document.versie),
        (Bilingual("gemeentecode", "municipality code"), document.gemeentecode),
        (Bilingual("opgehaald", "retrieved"), document.opgehaald),
    )
    return tuple((label, str(value)) for label, value in facts if value)


def kind_of_document(soort: str | None, jaar: int | None, vorm: str | None) -> Bilingual:
    """``begroting 2018, pdf`` in both languages."""
    parts = (words(SOORTEN, soort), words(VORMEN, vorm))
    return Bilingual(f"{parts[0].nl} {jaar}, {parts[1].nl}", f"{parts[0].en} {jaar}, {parts[1].en}")


def _with_iv3(row, anchors: Mapping[str, str]) -> Iv3View:
    return Iv3View(
        sentence=Bilingual(row.description, row.description_en),
        document=euros(row.document_eur),
        iv3=euros(row.iv3_eur),
        difference=euros(row.verschil_eur),
        tolerance=euros(row.tolerantie_eur),
        shift=euros(row.verschuiving_eur) if row.is_verschoven else None,
        verdict=row.verdict,
        place=f"{row.bron_document_id}/{row.bestand}" + (f":{row.regel}" if row.regel else ""),
        href=f"#{anchors[row.cell_id]}" if row.cell_id in anchors else "",
    )


def _claim(row, anchors: Mapping[str, str]) -> ClaimView:
    return ClaimView(
        sentence=Bilingual(row.text_nl or "", row.text_en or row.text_nl or ""),
        stated=claimed(row.stated_text),
        nauwkeurigheid=words(NAUWKEURIGHEDEN, row.nauwkeurigheid),
        cells=tuple(anchors[cell_id] for cell_id in (row.cells or "").split(" ") if cell_id in anchors),
        expression=row.expression or "",
        computed=claimed(row.computed_text),
        verdict=row.verdict or "not_judged",
        path=row.path,
        line=row.line,
    )


def _mention(row) -> MentionView:
    return MentionView(
        path=row.path,
        line=row.line,
        name=row.vermelding or "",
        about=row.onderwerp or "",
        jaar=str(row.jaar or ""),
        amount=row.bedrag_text or "",
        unit=words(UNITS_IN_TEXT, row.eenheid) if row.eenheid else Bilingual("", ""),
        nauwkeurigheid=words(NAUWKEURIGHEDEN, row.nauwkeurigheid)
        if row.nauwkeurigheid
        else Bilingual("", ""),
        besluit=row.besluit or "",
    )


def _goals(rows: Sequence) -> tuple[GoalView, ...]:
    goals: dict[str, list] = {}
    for row in rows:
        goals.setdefault(row.doel_code, []).append(row)
    return tuple(
        GoalView(code, under[0].doel, tuple((row.prestatie_code, row.prestatie) for row in under))
        for code, under in goals.items()
    )
