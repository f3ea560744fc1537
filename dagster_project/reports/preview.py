"""How a document is read, before anything is published: its tables, sums, questions and rejects.

The same records feed the terminal and the page. What does not belong here: making a folder
(``reading.add``), and proof: a preview says which sums hold, not which figures are to blame.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import zip_longest
from pathlib import Path

from dagster_project.claims.derivation import with_sums
from dagster_project.judgement import BREAK, NOT_JUDGED, VERDICTS, SumTerm, half_width_of, judge
from dagster_project.reading.answer_file import read_answers
from dagster_project.reading.documents import read_document
from dagster_project.reading.model import (
    ANTWOORD,
    GEVRAAGD,
    PATH_SEPARATOR,
    Document,
    Reject,
    Rule,
    Table,
    join_path,
)
from dagster_project.reports.plain import in_locale, plain
from dagster_project.reports.wording import LEZINGEN, Bilingual, words
from dagster_project.settings import Settings
from dagster_project.warehouse.workers import MEMORY, TIME, Failure, in_processes

_ROWS = 12  # of a table in the terminal
_VERDICTS = {
    "exact": Bilingual("exact", "exact"),
    "rounding": Bilingual("binnen afronding", "within rounding"),
    "break": Bilingual("breuk", "break"),
    "not_judged": Bilingual("niet beoordeeld", "not judged"),
}


@dataclass(frozen=True, slots=True)
class RowView:
    """One printed row: its path, role, line and printed values by column."""

    path: str
    rol: str
    line: int
    page: int | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SumView:
    """One claimed sum that does not come out, or cannot be judged."""

    sentence: str  # in Dutch
    sentence_en: str
    verdict: str
    residual: str


@dataclass(frozen=True, slots=True)
class PreviewedTable:
    """One table as it was read."""

    no: int
    caption: str
    path: str
    kind: str
    unit: str | None
    unit_source: str | None
    layout: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    values: int
    verdicts: Mapping[str, int]
    failed: tuple[SumView, ...]
    conventions: tuple[str, ...]
    lezing: str
    readings: tuple[
        tuple[str, ...], ...
    ]  # per column what it is called by each reading; empty where there is one
    verschil: str  # in which rows the readings differ, in Dutch
    verschil_en: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a document."""

    document_id: str
    meta: Mapping[str, object]
    tables: tuple[PreviewedTable, ...]
    between: Mapping[str, int]  # verdicts of sums over several tables
    records: int
    goals: int
    questions: tuple[Reject, ...]
    rejects: tuple[Reject, ...]
    notes: tuple[Reject, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was read."""
        return not (self.tables or self.records or self.goals)


class NotRead(Exception):
    """Reading ran into a limit, or its process crashed. The text says which, and how to raise a limit."""


def preview_within(settings: Settings, folder: Path, document_id: str, answers: bytes = b"") -> Preview:
    """As ``preview_of``, in a process of its own with the limits of a refresh. Raises ``NotRead``."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    task = partial(preview_of, document_id=document_id, answers=answers)
    seconds = settings.seconds_to_read(size)
    ((_, found),) = in_processes(task, [folder], 1, lambda _: seconds, settings.read_memory_mb)
    if isinstance(found, Failure):
        more = {
            TIME: f" (SLUITEND_READ_TIMEOUT: {settings.read_timeout})",
            MEMORY: f" (SLUITEND_READ_MEMORY_MB: {settings.read_memory_mb})",
        }
        nl = f"{document_id}: de lezer {found.reason}{more.get(found.limit, '')}"
        raise NotRead(
            in_locale(nl, f"{document_id}: the reader {found.reason_en}{more.get(found.limit, '')}")
        )
    return found


def preview_of(folder: Path, document_id: str, answers: bytes = b"") -> Preview:
    """Read the folder of a document and settle it, as a refresh does; ``answers`` is the file beside the documents."""
    for_layout, refused = read_answers(answers)
    document = with_sums(read_document(folder, document_id, for_layout))
    rules = {rule: _judged(rule, document) for rule in document.rules}
    by_kind: dict[str, list[Reject]] = {}
    for reject in (*refused, *document.rejects, *(r for table in document.tables for r in table.rejects)):
        by_kind.setdefault(reject.kind, []).append(reject)
    return Preview(
        document_id=document_id,
        meta=document.meta,
        tables=tuple(_table_view(table, document, rules) for table in document.tables),
        between=_counted([verdict for rule, (verdict, _) in rules.items() if len(_tables(rule)) > 1]),
        records=len(document.records),
        goals=len(document.prestaties),
        questions=tuple(by_kind.get("question", ())),
        rejects=tuple(by_kind.get("reject", ())),
        notes=tuple(by_kind.get("note", ())),
    )


def _tables(rule: Rule) -> set[int]:
    return {table for (table, _, _), _ in rule.terms}


def _counted(verdicts: list[str]) -> dict[str, int]:
    found = Counter(verdicts)
    return {verdict: found[verdict] for verdict in VERDICTS if found[verdict]}


def _judged(rule: Rule, document: Document) -> tuple[str, Decimal]:
    """Verdict and residual of one sum, in printed units."""
    tables = {table.no: table for table in document.tables}
    cells = {no: tables[no].at() for no in _tables(rule)}
    terms = []
    for (no, row, column), coefficient in rule.terms:
        cell = cells[no].get((row, column))
        if cell is None or not rule.is_complete:
            return NOT_JUDGED, Decimal(0)
        terms.append(SumTerm(coefficient, cell.amount, half_width_of(tables[no].unit, cell.decimals)))
    judged = judge(terms)
    return judged.verdict, judged.residual


def _table_view(
    table: Table, document: Document, rules: Mapping[Rule, tuple[str, Decimal]]
) -> PreviewedTable:
    own = [(rule, *judged) for rule, judged in rules.items() if _tables(rule) == {table.no}]
    printed: dict[tuple[int, int], list[str]] = {}
    for cell in table.cells:
        text = f"{cell.marker} {cell.text}" if cell.marker and cell.marker not in cell.text else cell.text
        printed.setdefault((cell.row, cell.column), []).append(text)
    pages = {cell.row: cell.page for cell in table.cells}
    return PreviewedTable(
        no=table.no,
        caption=table.caption,
        path=table.path,
        kind=table.kind,
        unit=table.unit,
        unit_source=table.unit_source,
        layout=table.layout,
        columns=tuple(join_path(column.path) for column in table.columns),
        rows=tuple(
            RowView(
                join_path(row.path),
                row.rol,
                row.line,
                pages.get(row.no),
                tuple(" ".join(printed.get((row.no, column.no), ())) for column in table.columns),
            )
            for row in table.rows
        ),
        values=sum(1 for cell in table.cells if cell.value is not None),
        verdicts=_counted([verdict for _, verdict, _ in own]),
        failed=tuple(
            SumView(rule.nl, rule.en, verdict, f"{residual:f}")
            for rule, verdict, residual in own
            if verdict in (BREAK, NOT_JUDGED)
        ),
        conventions=tuple(
            f"{c.naam}: {c.keuze} ({c.bron})" for c in document.conventions if c.table_no == table.no
        ),
        lezing=table.lezing,
        readings=_side_by_side(table) if table.is_asked or table.lezing == ANTWOORD else (),
        verschil=table.options.verschil if table.options else "",
        verschil_en=table.options.verschil_en if table.options else "",
    )


def _side_by_side(table: Table) -> tuple[tuple[str, ...], ...]:
    """Per column what each reading calls it, where there are two."""
    readings = table.options.readings if table.options else ()
    if len(readings) < 2:
        return ()
    named = ([join_path(path) or "-" for path in reading] for reading in readings)
    return tuple(zip_longest(*named, fillvalue=""))


def lines_for(reject: Reject) -> str:
    """A reject as one line: where it stands, why, and the answer that is asked for."""
    place = f"{reject.path}:{reject.line}" if reject.line else reject.path
    asked = f"  [document.yml: {reject.key}]" if reject.key else ""
    reason = in_locale(reject.reason, reject.reason_en or reject.reason)
    text = f" ({reject.text})" if reject.text and reject.text not in reason else ""
    told = in_locale(reject.toelichting, reject.toelichting_en)
    return f"{place}: {reason}{text}{asked}" + (f". {told}" if told else "")


def _shown(text: str) -> str:
    """Words of a document for a rich console: its marks mean nothing there, nor do those of a terminal."""
    from rich.markup import escape

    return escape(plain(text))


def show(preview: Preview, console) -> None:
    """Print a preview to a rich console."""
    console.print(f"[bold]{_shown(preview.document_id)}[/bold]")
    for table in preview.tables:
        unit = (
            f"{table.unit} ({table.unit_source})"
            if table.unit
            else in_locale("eenheid onbekend", "unit unknown")
        )
        console.print(f"\n[bold]{table.no}. {_shown(table.caption)}[/bold]")
        console.print(
            f"{table.kind}, {unit}, {len(table.rows)} {in_locale('rijen', 'rows')},"
            f" {table.values} {in_locale('getallen', 'numbers')}, {table.layout}"
        )
        if table.readings:
            _show_readings(table, console, preview.document_id)
        console.print(_sheet(table))
        if len(table.rows) > _ROWS:
            more = len(table.rows) - _ROWS
            console.print(in_locale(f"... en nog {more} rijen", f"... and {more} more rows"), style="dim")
        console.print(f"{in_locale('sommen', 'sums')}: {_in_words(table.verdicts)}")
        for failed in table.failed:
            off = in_locale(f" (verschil {failed.residual})", f" (difference {failed.residual})")
            sentence = _shown(in_locale(failed.sentence, failed.sentence_en))
            verdict = in_locale(*_VERDICTS[failed.verdict])
            console.print(f"  {verdict}: {sentence}{off if failed.verdict == BREAK else ''}", style="red")
    if preview.between:
        title = in_locale("sommen over tabellen heen", "sums over several tables")
        console.print(f"\n{title}: {_in_words(preview.between)}")
    for title, rejects in (
        (in_locale("Te beantwoorden", "To be answered"), preview.questions),
        (in_locale("Niet gelezen", "Not read"), preview.rejects),
        (in_locale("Opgemerkt", "Noted"), preview.notes),
    ):
        if rejects:
            console.print(f"\n[bold]{title}[/bold]")
            for reject in rejects:
                console.print(f"  {_shown(lines_for(reject))}", soft_wrap=True)
    if preview.is_empty:
        console.print(in_locale("\nEr is geen tabel gevonden.", "\nNo table was found."), style="bold red")


def _show_readings(table: PreviewedTable, console, document_id: str) -> None:
    """Both readings of a table beside each other, and how to choose."""
    from rich.table import Table as Sheet

    lezing = in_locale("lezing", "reading")
    called = in_locale(*words(LEZINGEN, table.lezing))
    console.print(f"{lezing}: {called}", style="bold" if table.lezing == GEVRAAGD else "")
    sheet = Sheet(
        in_locale("kolom", "column"), f"{lezing} 1", f"{lezing} 2", show_edge=False, pad_edge=False, box=None
    )
    for no, names in enumerate(table.readings, start=1):
        alike = len(set(names)) == 1
        sheet.add_row(str(no), *map(_shown, names), style="dim" if alike else "")
    console.print(sheet)
    if table.verschil:
        console.print(f"{in_locale('rijen', 'rows')}: {_shown(in_locale(table.verschil, table.verschil_en))}")
    if table.lezing == GEVRAAGD:
        how = in_locale("kies met", "choose with")
        console.print(f'{how}: sluitend answer {document_id} {table.no} 1|2|"Kop > kop | kop"', markup=False)


def _sheet(table: PreviewedTable):
    """The first rows of a table for the terminal, groups on lines of their own."""
    from rich.table import Table as Sheet

    sheet = Sheet(show_edge=False, pad_edge=False, box=None)
    sheet.add_column("", overflow="fold", min_width=26)
    for column in table.columns:
        sheet.add_column(_shown(column), justify="right", overflow="fold")
    above = ""
    for row in table.rows[:_ROWS]:
        group, _, label = row.path.rpartition(PATH_SEPARATOR)
        if group and group != above:
            sheet.add_row(_shown(group), style="italic")
        above = group
        style = "bold" if row.rol in ("total", "subtotal", "balance") else ""
        sheet.add_row("  " * bool(group) + _shown(label), *map(_shown, row.values), style=style)
    return sheet


def said(verdicts: Mapping[str, int]) -> str:
    """Counts of verdicts in Dutch, for a page."""
    return ", ".join(f"{count} {_VERDICTS[verdict].nl}" for verdict, count in verdicts.items()) or "geen"


def _in_words(verdicts: Mapping[str, int]) -> str:
    counted = (f"{count} {in_locale(*_VERDICTS[verdict])}" for verdict, count in verdicts.items())
    return ", ".join(counted) or in_locale("geen", "none")
