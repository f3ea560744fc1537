"""What a page shows, as frozen records: everything decided, nothing left to the template but markup.

Those of which a page has thousands are named tuples, which cost a third to make. What does not belong here: where the
rows come from (``queries``) and how records look (``templates``, ``markup``).
Texts taken from documents are plain, untrusted strings; every one of them is escaped where it becomes markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dagster_project.reports.wording import Bilingual


class Share(NamedTuple):
    """A part of a whole, for a bar and its legend: a name that styles it, its words, how many."""

    name: str
    words: Bilingual
    number: int


class HeaderCell(NamedTuple):
    """One cell of the layered header of a table, as printed."""

    text: str
    colspan: int
    rowspan: int


class Implied(NamedTuple):
    """An interval in printed units that other numbers leave for a cell."""

    low: str
    high: str

    @property
    def text(self) -> str:
        return self.low if self.low == self.high else f"{self.low} – {self.high}"


class CellView(NamedTuple):
    """One printed value. ``mark`` is the one thing to say about it, worst first (see ``marks``)."""

    anchor: str
    text: str
    mark: str
    rules: str  # numbers of the rules on this page that it is in, separated by blanks
    level: str  # how well the other numbers pin it down, also where the mark says something worse
    implied: Implied | None = None
    suspicion: str | None = None  # the interval that a suspect should be in, shown on the cell itself
    noot: str | None = None
    noot_mark: str = ""
    is_placed: bool = False
    is_number: bool = True
    line: int | None = None
    earlier: str = ""  # what stood here in states published before, and until which run
    source: str = ""  # the line of the source that prints it, where that is not the row's
    sheet_column: str = ""  # the letter of its column in a workbook
    asked: Bilingual | None = (
        None  # how far off the nearest reading of its column of totals is, where that is asked
    )


class GroupLine(NamedTuple):
    """A label without values that stands above the rows it groups."""

    label: str
    depth: int


class RowLine(NamedTuple):
    """A row with values: per column the values printed in that position, usually one."""

    label: str
    group: str
    depth: int
    rol: str
    line: int | None
    positions: tuple[tuple[CellView, ...], ...]
    bron: str | None = None
    source: str = ""  # the line of the source that prints the row
    asked: Bilingual | None = None  # how far off the nearest reading of this total is, where that is asked
    page: int | None = None  # of a PDF, where it is another than that on which the table begins


class TermView(NamedTuple):
    """One number in a sum. ``sign`` stands before it; ``href`` leads to the cell; ``label`` names it
    where the cell is on another page."""

    sign: str
    text: str
    href: str
    label: str = ""


class RuleView(NamedTuple):
    """One sum with its numbers. ``total`` is what is printed, ``computed`` what the parts come to where that is something
    else, and ``residual`` the difference."""

    number: int
    rule_id: str
    anchor: str
    kind: str
    verdict: str
    sentence: Bilingual
    parts: tuple[TermView, ...]
    total: TermView | None
    computed: str | None
    residual: Bilingual
    tolerance: Bilingual


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of one kind in one table."""

    words: Bilingual
    rules: tuple[RuleView, ...]
    verdicts: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class SuspectView:
    """One cell of one explanation of a break. ``together``: how many cells that explanation takes for wrong."""

    href: str
    label: str
    printed: str
    implied: str
    diagnosis: Bilingual
    sentence: Bilingual
    set_no: int
    together: int
    rank: int


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Rules that cannot hold together, and the sentence that says why."""

    sentence: Bilingual
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True)
class ProofView:
    """One connected set of rules: whether it can hold, and if not which rules and cells are in it."""

    is_feasible: bool | None  # None: the solver gave no answer
    half_width: Bilingual | None  # in printed units; None: no margin, however large, would do
    cells: int
    rules: int
    sentence: Bilingual
    status: str | None
    conflicts: tuple[ConflictView, ...] = ()
    suspects: tuple[SuspectView, ...] = ()
    suspects_left_out: int = 0


class ConventionView(NamedTuple):
    """A choice about signs or directions, and how it was made."""

    naam: Bilingual
    keuze: Bilingual
    bron: Bilingual
    hypotheses: int
    tried: str
    survived: int
    declared: str | None
    is_contradicted: bool


@dataclass(frozen=True, slots=True)
class WitnessView:
    """Another publication of the same table, and how many of its numbers are the same."""

    document_id: str
    href: str
    equal: int
    different: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something that a person should look at."""

    finding_id: str
    anchor: str  # on the page of its document
    cause: str  # anchor on the page of causes
    zekerheid: Bilingual
    kind: str
    severity: str
    status: str
    message: Bilingual
    amount: Bilingual
    share: Bilingual | None  # of the lasten of its programme
    first_seen: str
    fingerprint: str  # of its numbers: what an acceptance of it names
    accepted: Bilingual | None
    document_id: str
    href: str


@dataclass(frozen=True, slots=True)
class RejectView:
    """Something that could not be read, or that a person must answer."""

    document_id: str
    href: str
    kind: str
    path: str
    line: int | None
    text: str
    reason: Bilingual
    key: str | None


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A decision of a person that is in force, as it stands in document.yml."""

    document_id: str
    href: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """An amount named in text, judged against the tables or against other amounts."""

    sentence: Bilingual
    stated: Bilingual
    nauwkeurigheid: Bilingual
    expression: str
    cells: tuple[str, ...]  # anchors on this page of the numbers that it was judged against
    computed: Bilingual
    verdict: str
    path: str
    line: int | None


class MentionView(NamedTuple):
    """An amount named in running text, as extracted."""

    path: str
    line: int | None
    name: str
    about: str
    jaar: str
    amount: str
    unit: Bilingual
    nauwkeurigheid: Bilingual
    besluit: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One table as printed, with what was proved about it."""

    no: int
    anchor: str
    title: str
    section: str
    kind: Bilingual
    unit: Bilingual
    unit_source: Bilingual
    place: Bilingual
    path: str
    source: str  # the page that shows the file, from the report's folder; empty where it cannot be shown
    source_anchor: str  # where on that page the table begins: a line, a page of a PDF, or a row of a sheet
    first_line: int | None
    page: int | None
    sheet: str | None
    layout: Bilingual
    head: tuple[tuple[HeaderCell, ...], ...]
    column_paths: tuple[str, ...]
    body: tuple[GroupLine | RowLine, ...]
    has_sources: bool
    coverage: tuple[Share, ...]
    verdicts: tuple[Share, ...]
    proofs: tuple[ProofView, ...]
    rule_groups: tuple[RuleGroup, ...]
    conventions: tuple[ConventionView, ...]
    witnesses: tuple[WitnessView, ...]
    notes: str | None
    lezing: Bilingual
    is_asked: bool  # a person must say first how it is read: until then no sum of it is looked for
    is_sure: bool  # how it is read: nobody had to choose, and neither had sums
    questions: tuple[
        tuple[str, Bilingual], ...
    ]  # what is still asked about it: where that stands on the page, and what it is
    tried: tuple[Bilingual, ...]  # of totals that fit no reading: how far off the nearest is
    readings: tuple[
        tuple[str, ...], ...
    ]  # per column what it is called, and by the next reading; empty for one


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal and the things that are done for it."""

    code: str
    text: str
    prestaties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Iv3View:
    """A number of the document beside what the gemeente delivered as Iv3."""

    sentence: Bilingual
    document: Bilingual
    iv3: Bilingual
    difference: Bilingual
    tolerance: Bilingual
    shift: Bilingual | None  # where lasten and baten are both so much larger or smaller
    verdict: str
    place: str  # source, file and line of Iv3
    href: str  # to the number


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything on the page of one document."""

    document_id: str
    gemeente: str
    title: str
    onderdeel: str | None
    kind: Bilingual
    facts: tuple[tuple[Bilingual, str], ...]
    url: str | None
    unlinked_url: str | None  # given, and no address that a browser may follow
    same_as: tuple[str, str] | None
    sha256: str
    inputs: tuple[tuple[str, str, Bilingual], ...]
    sources: Mapping[str, str]  # the pages that show its files, by path
    coverage: tuple[Share, ...]
    verdicts: tuple[Share, ...]
    tables: tuple[TableView, ...]
    findings: tuple[FindingView, ...]
    rejects: tuple[RejectView, ...]
    answers: tuple[AnswerView, ...]
    claims: tuple[ClaimView, ...]
    with_iv3: tuple[Iv3View, ...]
    mentions: tuple[MentionView, ...]
    goals: tuple[GoalView, ...]
    root: str  # the way back to the index: ../ as often as needed
    run_id: str
