"""What came of a refresh: counted in the file, kept as JSON and as text, and compared with the one before.

Kept in ``HOME/runs/<run_id>.json`` and ``.txt`` for every refresh that was begun, and beside the pages in
``HOME/reports/<run_id>/summary.json`` for every refresh that has any. What does not belong here: deciding
whether something is published, and telling anyone (``notify``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dagster_project.language import numeral, phrase, speaks_dutch
from dagster_project.reports.counts import Counts, count
from dagster_project.reports.verdict import verdict
from dagster_project.reports.wording import (
    CHANGES,
    LEVELS,
    SEVERITIES,
    UNPROVED,
    VERDICTS,
    ZEKERHEDEN,
    Bilingual,
    words,
)
from dagster_project.settings import READERS_FILE, Settings
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.manifest import PUBLISH, ManifestEntry, write_whole

PUBLISHED, UNCHANGED, FAILED = "published", "unchanged", "failed"
MENDED = 3  # exit status: all is well again, and a person must know that a published file was altered or gone
_KEPT = 400  # summaries of runs that stay


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A cause or a reject that may have to be told: ``key`` stays the same from night to night."""

    key: str
    document_id: str
    message: str
    amount_eur: float | None = None
    gemeente: str | None = None  # None: not known


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One refresh. ``status`` is published, unchanged (what is published is still right) or failed."""

    run_id: str
    status: str
    exit_status: int
    started_at: str
    finished_at: str
    seconds: float
    counts: Counts | None
    published: str | None
    report: str | None
    raw_sha256: str | None = None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    chain: str | None = (
        None  # hash of the newest entry of the chain: who keeps it elsewhere can verify with it
    )
    gone: tuple[str, ...] = ()  # kinds of source of which nothing is left
    large_causes: tuple[NewsItem, ...] = ()
    rejected_documents: tuple[NewsItem, ...] = ()

    def as_json(self) -> str:
        """The summary for a program."""
        facts = asdict(self)
        if self.counts is not None:
            told = verdict(self.counts)
            facts |= {"counts": self.counts.as_facts(), "verdict": {"nl": told.nl, "en": told.en}}
        return json.dumps(facts, ensure_ascii=False, indent=1)

    def lines(self) -> list[str]:
        """The summary as a person reads it, in the language of the locale; it ends with the verdict of the first page."""
        lines = [f"{self.run_id}: {_status(self.status)} in {self.seconds:.1f} s"]
        lines += [_row(phrase("error"), error) for error in self.errors]
        lines += [_row(phrase("mended"), mended) for mended in self.mended]
        lines += [_row(phrase("gone"), gone) for gone in self.gone]
        lines += [_row(phrase("warning"), warning) for warning in self.warnings]
        if self.counts is not None:
            lines += _counted(self.counts)
        if self.published:
            lines.append(_row(phrase("file"), self.published))
        if self.report:
            lines.append(_row(phrase("report"), self.report))
        if self.chain:
            lines.append(_row(phrase("chain"), self.chain))
        if self.counts is not None:
            lines.append(_said(verdict(self.counts)))
        return lines


def _status(status: str) -> str:
    if status == PUBLISHED:
        return phrase("published")
    if status == UNCHANGED:
        return phrase("nothing has changed; what is published is up to date")
    return phrase("NOT published; what was published before still is")


def _row(what: str, text: str) -> str:
    return f"  {what:<13} {text}"


def _counted(counts: Counts) -> list[str]:
    asked = phrase(" ({asked} asked how to read)", asked=numeral(counts.asked)) if counts.asked else ""
    read = phrase(
        "{documents} documents, {tables} tables{asked}, {values} values; {rejects} rejects, {questions} questions",
        documents=numeral(counts.documents),
        tables=numeral(counts.tables),
        asked=asked,
        values=numeral(counts.values),
        rejects=numeral(counts.rejects),
        questions=numeral(counts.questions),
    )
    sets = {
        phrase("sets close"): counts.sets["feasible"],
        phrase("cannot"): counts.sets["infeasible"],
        phrase("without an answer"): counts.sets["unsolved"],
    }
    rules = phrase("{rules} rules", rules=numeral(counts.rules))
    unproved = phrase(" (of all not proved: {numbers})", numbers=_listed(_worded(UNPROVED, counts.unproved)))
    also = phrase(
        "; of the proved {implied} also implied by the others, {locatable} also locatable",
        implied=numeral(counts.proved_also["implied"]),
        locatable=numeral(counts.proved_also["locatable"]),
    )
    causes = phrase("{causes} open", causes=numeral(sum(counts.causes.values())))
    accepted = phrase(", {causes} accepted", causes=numeral(counts.causes_accepted))
    findings, seen = numeral(sum(counts.findings.values())), _listed(_worded(SEVERITIES, counts.findings))
    and_accepted = (
        phrase(" ({findings} accepted)", findings=numeral(counts.accepted)) if counts.accepted else ""
    )
    judged = {phrase(status.replace("_", " ")): number for status, number in counts.expectations.items()}
    return [
        _row(phrase("read"), read),
        _row(phrase("sums"), f"{rules}: {_listed(_worded(VERDICTS, counts.verdicts))}; {_listed(sets)}"),
        _row(
            phrase("numbers"),
            _listed(_worded(LEVELS, counts.levels))
            + (unproved if any(counts.unproved.values()) else "")
            + (also if counts.proved else ""),
        ),
        _row(
            phrase("causes"),
            f"{causes}: {_listed(_worded(ZEKERHEDEN, counts.causes))}{accepted if counts.causes_accepted else ''}"
            f" ({_listed(_worded(CHANGES, counts.changes))})",
        ),
        _row(phrase("findings"), f"{findings}: {seen}{and_accepted}"),
        _row(phrase("expectations"), _listed(judged)),
    ]


def _said(text: Bilingual) -> str:
    return text.nl if speaks_dutch() else text.en


def _worded(vocabulary: dict[str, Bilingual], counts: Mapping[str, int]) -> dict[str, int]:
    return {_said(words(vocabulary, key)): number for key, number in counts.items()}


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{numeral(number)} {word}" for word, number in counts.items() if number) or phrase(
        "none"
    )


def counted(database: Path) -> Counts:
    """Count what a build file holds. Raises duckdb.Error where a table of the contract is missing."""
    with connect(database, read_only=True) as connection:
        return count(connection)


def counted_then(entries: Sequence[ManifestEntry], entry: ManifestEntry) -> Counts | None:
    """What was counted in the file of a publication or rollback when it was published; None where nothing was."""
    made = next((e for e in entries if e.kind == PUBLISH and e.file == entry.file), entry)
    facts = {**made.facts["counts"], "verdicts": made.facts.get("verdicts")}
    return _counted_as_now(facts)


def large_causes(database: Path, above_eur: float) -> tuple[NewsItem, ...]:
    """Causes that nobody has accepted and that involve ``above_eur`` euros or more, the largest first.

    A cause has one key for as long as its numbers are the same: what changed is new.
    """
    with connect(database, read_only=True) as connection:
        rows = connection.execute(
            f"""
            select c.cause_id || ' ' || c.fingerprint, c.document_id, {_said_in("c.message")}, c.amount_eur, d.gemeente
            from audit.causes as c
            left join marts.dim_document as d on c.document_id = d.document_id
            where c.status <> 'aanvaard' and abs(c.amount_eur) >= ?
            order by abs(c.amount_eur) desc, c.cause_id
            """,
            [above_eur],
        ).fetchall()
    return tuple(
        NewsItem(key, document, message, float(euros), town) for key, document, message, euros, town in rows
    )


def rejected_documents(database: Path) -> tuple[NewsItem, ...]:
    """Documents and sources of Iv3 of which nothing is published, or not what stands under raw/ now, and why."""
    with connect(database, read_only=True) as connection:
        rows = connection.execute(
            f"""
            with bad as (
                select document_id, coalesce(tried_sha256, sha256) as tried
                from meta.inputs
                where state <> 'read' or tried_sha256 is not null
                union
                select document_id, coalesce(tried_sha256, sha256) as tried
                from meta.iv3_bronnen
                where tried_sha256 is not null or (cijfers = 0 and geweigerd > 0)
            )
            select b.document_id, b.tried, string_agg(distinct {_said_in("r.reason")}, '; '), min(d.gemeente)
            from bad as b
            left join audit.rejects as r on b.document_id = r.document_id and r.kind = 'reject'
            left join landing.documents as d on b.document_id = d.document_id
            group by b.document_id, b.tried
            order by b.document_id
            """
        ).fetchall()
    return tuple(
        NewsItem(f"{document} {sha256}", document, (reason or phrase("not read"))[:500], gemeente=gemeente)
        for document, sha256, reason, gemeente in rows
    )


def _said_in(column: str) -> str:
    """SQL for a text of a document that is there in both languages, in the one that is spoken."""
    return column if speaks_dutch() else f"coalesce({column}_en, {column})"


def new_since(now: Sequence[NewsItem], before: Sequence[NewsItem]) -> tuple[NewsItem, ...]:
    """What is told now and was not told before."""
    known = {told.key for told in before}
    return tuple(told for told in now if told.key not in known)


def write(settings: Settings, summary: RunSummary) -> Path:
    """Keep a summary under runs/ and, where the run has pages, beside them. The path of the JSON file."""
    content = f"{without_places(settings, summary).as_json()}\n".encode()
    settings.runs.mkdir(parents=True, exist_ok=True)
    path = settings.runs / f"{_file_name(summary)}.json"
    write_whole(path, content)
    write_whole(path.with_suffix(".txt"), ("\n".join(summary.lines()) + "\n").encode())
    pages = settings.reports / summary.run_id
    if pages.is_dir():
        write_whole(pages / "summary.json", content)
        (pages / "summary.json").chmod(READERS_FILE)
    for old in sorted(settings.runs.glob("*.json"))[:-_KEPT]:
        old.unlink(missing_ok=True)
        old.with_suffix(".txt").unlink(missing_ok=True)
    return path


def without_places(settings: Settings, summary: RunSummary) -> RunSummary:
    """The summary as it is published: no folder of this machine in it, paths as seen from HOME."""

    def told(text: str) -> str:
        return text.replace(str(settings.home), "HOME").replace(str(settings.raw), "RAW")

    def from_home(path: str | None) -> str | None:
        return path.removeprefix(f"{settings.home}/") if path else path

    return replace(
        summary,
        published=from_home(summary.published),
        report=from_home(summary.report),
        errors=tuple(map(told, summary.errors)),
        warnings=tuple(map(told, summary.warnings)),
        mended=tuple(map(told, summary.mended)),
        rejected_documents=tuple(replace(t, message=told(t.message)) for t in summary.rejected_documents),
    )


def _file_name(summary: RunSummary) -> str:
    """Sorted by when the run began; a run that failed and the one after it share the number they aim at."""
    began = summary.started_at.replace("-", "").replace(":", "")
    return f"{began}-{summary.run_id.split('-')[0]}"


def before(settings: Settings, summary: RunSummary) -> list[RunSummary]:
    """The summaries of earlier runs, newest first. One that cannot be read is passed over."""
    own = f"{_file_name(summary)}.json"
    found = []
    for path in sorted(settings.runs.glob("*.json"), reverse=True):
        if path.name < own:
            read = _read(path)
            if read is not None:
                found.append(read)
    return found


def latest(settings: Settings) -> RunSummary | None:
    """The summary of the last run that published something or found that nothing had changed."""
    for path in sorted(settings.runs.glob("*.json"), reverse=True):
        summary = _read(path)
        if summary is not None and summary.status != FAILED:
            return summary
    return None


def _counted_as_now(facts: Mapping | None) -> Counts | None:
    """The counts of an earlier run; None where it counted otherwise, which says nothing of what else it told."""
    is_alike = facts is not None and Counts.__dataclass_fields__.keys() <= facts.keys()
    return Counts.from_facts(facts) if facts and is_alike else None


def _read(path: Path) -> RunSummary | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        kept.pop("verdict", None)  # follows from the counts
        kept.pop("large_findings", None)  # what was told before causes were
        return RunSummary(
            **kept
            | {
                "counts": _counted_as_now(kept["counts"]),
                "errors": tuple(kept["errors"]),
                "warnings": tuple(kept["warnings"]),
                "mended": tuple(kept.get("mended", ())),
                "gone": tuple(kept.get("gone", ())),
                "large_causes": tuple(NewsItem(**t) for t in kept.get("large_causes", ())),
                "rejected_documents": tuple(NewsItem(**t) for t in kept["rejected_documents"]),
            }
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
