"""One table of a document page: as printed, with the mark of every value and everything proved about it.

What does not belong here: SQL, markup, and what concerns the document as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from dagster_project.reading.model import GEVRAAGD, PATH_SEPARATOR
from dagster_project.reports.component_views import implied_interval
from dagster_project.reports.links import cell_anchor, finding_anchor, page_href, table_anchor
from dagster_project.reports.marks import coverage_shares, level_of, mark_of, verdict_shares
from dagster_project.reports.printed import groups_to_open, header_layers, split_path
from dagster_project.reports.source_files import SourceFile
from dagster_project.reports.sums import rule_groups
from dagster_project.reports.views import (
    CellView,
    ConventionView,
    GroupLine,
    ProofView,
    RowLine,
    RuleView,
    TableView,
    WitnessView,
)
from dagster_project.reports.wording import (
    CONVENTIONS,
    FINDING_KINDS,
    KINDS,
    LAYOUTS,
    LEZINGEN,
    SOURCES,
    UNIT_PER_ROW,
    UNITS,
    UNKNOWN_UNIT,
    Bilingual,
    choice,
    words,
)

FOOTNOTE_MARKS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹0123456789)"


@dataclass(frozen=True)
class Judgements:
    """What is known about the cells of a document, by cell_id."""

    rules: Mapping[str, str]  # the numbers of those that it is in on this page, separated by blanks
    verdicts: Mapping[str, Collection[str]]  # of those
    conflict: frozenset[str]  # cells in rules that cannot hold together
    suspects: Mapping[str, Any]  # the first suspect row of a cell
    statuses: Mapping[str, Any]  # rows of queries.VERIFIABILITY
    earlier: Mapping[str, str]  # what stood there in states published before, as text


def table_view(
    table,
    columns: Sequence,
    rows: Sequence,
    cells: Sequence,
    statuses: Sequence,
    judgements: Judgements,
    rules: Sequence[RuleView],
    proofs: Sequence[ProofView],
    conventions: Sequence,
    witnesses: Sequence[WitnessView],
    source: SourceFile,
    questions: Sequence,
    tried: Sequence[tuple[int | None, int | None, Bilingual]],
) -> TableView:
    """A table; ``statuses`` are those of its cells in the same order (None: of none is known), ``rules`` those at home in
    it, ``proofs`` the components that its cells are in, ``questions`` the findings that ask something about it and
    ``tried`` what is known of its totals that fit no reading, by the number of their row, or of their column where they
    are one."""
    by_position = defaultdict(list)
    own_lines = {row.row_no: row.line for row in rows}
    printed = defaultdict(list)
    pages: dict[int, int | None] = {}  # of rows, by number
    labels = {row.row_no: split_path(row.row_path)[-1] for row in rows} if source.pages else {}
    columns_of = _columns_in_sheet(cells, source, table.sheet)
    asked_rows = {row_no: told for row_no, _, told in tried if row_no is not None}
    asked_columns = {column_no: told for row_no, column_no, told in tried if row_no is None}
    for cell, status in zip(cells, statuses, strict=True):
        row_no = cell.row_no
        printed[row_no].append(cell.text)
        if row_no not in pages:
            pages[row_no] = cell.page or table.page
        by_position[row_no, cell.column_no].append(
            _cell_view(
                cell,
                status,
                judgements,
                source,
                own_lines.get(row_no),
                table,
                columns_of,
                labels.get(row_no, ""),
                asked_columns.get(cell.column_no),
            )
        )
    column_paths = [split_path(column.column_path) for column in columns]
    return TableView(
        no=table.table_no,
        anchor=table_anchor(table.table_key),
        title=table.caption or (table.section or "").rsplit(PATH_SEPARATOR, 1)[-1],
        section=table.section or "",
        kind=words(KINDS, table.kind),
        unit=UNITS.get(table.unit, UNIT_PER_ROW if table.kind == "indicatoren" else UNKNOWN_UNIT),
        unit_source=words(SOURCES, table.unit_source),
        place=_place(table),
        path=table.path,
        source=source.href,
        source_anchor=source.anchor(table.first_line, table.page, table.sheet) if source.href else "",
        first_line=table.first_line,
        page=table.page,
        sheet=table.sheet,
        layout=words(LAYOUTS, table.layout),
        head=header_layers(column_paths),
        column_paths=tuple(PATH_SEPARATOR.join(path) for path in column_paths),
        body=tuple(
            _body(
                rows,
                [column.column_no for column in columns],
                by_position,
                source,
                printed,
                table,
                pages,
                asked_rows,
            )
        ),
        has_sources=any(row.bron for row in rows),
        coverage=coverage_shares(
            [
                status.status
                for cell, status in zip(cells, statuses, strict=True)
                if status is not None and (cell.value is not None or cell.is_nil)
            ]
        ),
        verdicts=verdict_shares([rule.verdict for rule in rules]),
        proofs=tuple(proofs),
        rule_groups=rule_groups(rules),
        conventions=tuple(_convention(row) for row in conventions),
        witnesses=tuple(witnesses),
        notes=table.notes or None,
        lezing=words(LEZINGEN, table.lezing),
        is_asked=table.lezing == GEVRAAGD,
        is_sure=table.lezing in (None, "zeker"),
        questions=tuple(
            (f"#{finding_anchor(row.finding_id)}", words(FINDING_KINDS, row.kind)) for row in questions
        )
        or (("#bevindingen", words(FINDING_KINDS, "vraag")),) * (table.lezing == GEVRAAGD),
        tried=tuple(told for *_, told in tried),
        readings=_side_by_side(column_paths, table),
    )


def _side_by_side(column_paths: Sequence[Sequence[str]], table) -> tuple[tuple[str, ...], ...]:
    """What each column is called here and in the next reading, while a person must still choose."""
    if table.lezing != GEVRAAGD or not table.lezing_tweede:
        return ()
    here = (PATH_SEPARATOR.join(path) for path in column_paths)
    return tuple(zip_longest(here, table.lezing_tweede.split(" | "), fillvalue=""))


def _columns_in_sheet(cells: Sequence, source: SourceFile, sheet: str | None) -> Mapping[str, str]:
    """Per number from a workbook the letter of its column, as far as that is sure."""
    if not source.rows:
        return {}
    in_rows = defaultdict(list)
    for cell in cells:
        in_rows[cell.line].append(cell)
    found = {}
    for line, own in in_rows.items():
        texts = [cell.text for cell in own]
        for at, cell in enumerate(own):
            found[cell.cell_id] = source.column(sheet, line, texts, at)
    return found


def _cell_view(
    cell,
    status,
    judgements: Judgements,
    source: SourceFile,
    row_line: int | None,
    table,
    columns_of: Mapping[str, str],
    label: str,
    asked: Bilingual | None,
) -> CellView:
    cell_id, line = cell.cell_id, cell.line
    is_number = cell.value is not None or cell.is_nil
    rules = judgements.rules.get(cell_id, "")
    suspect = judgements.suspects.get(cell_id)
    level = level_of(status, bool(rules))
    verdicts = judgements.verdicts[cell_id] if rules else ()
    mark = mark_of(suspect is not None, verdicts, cell_id in judgements.conflict, level)
    suspicion = implied_interval(suspect.implied_low, suspect.implied_high) if suspect else None
    # By position: by name it takes twice as long, and there are hundreds of thousands.
    return CellView(
        cell_anchor(cell.cell_key),
        cell.text,
        mark if is_number else "no-number",
        rules,
        level,
        implied_interval(status.implied_low, status.implied_high) if status else None,
        suspicion.text if suspicion else None,
        cell.noot,
        _footnote_mark(cell.noot, cell.text) if cell.noot else "",
        cell.is_placed,
        is_number,
        line,
        judgements.earlier.get(cell_id, ""),
        _source(source, line, cell.page or table.page, table.sheet, [cell.text], label)
        if line != row_line
        else "",
        columns_of.get(cell_id, ""),
        asked,
    )


def _footnote_mark(noot: str | None, text: str) -> str:
    """The mark in front of a footnote's text (``* Afgerond 19%`` has ``*``), unless the value prints it."""
    first = (noot or "").split(" ", 1)[0]
    mark = first if first and not first.strip(FOOTNOTE_MARKS) else ("*" if noot else "")
    return "" if mark and mark in text else mark


def _body(
    rows: Sequence,
    column_numbers: Sequence[int],
    by_position: Mapping,
    source: SourceFile,
    printed: Mapping,
    table,
    pages: Mapping[int, int | None],
    asked: Mapping[int, Bilingual],
) -> list[GroupLine | RowLine]:
    lines: list[GroupLine | RowLine] = []
    previous: tuple[str, ...] = ()
    for row in rows:
        path = split_path(row.row_path)
        lines.extend(GroupLine(label, depth) for label, depth in groups_to_open(previous, path))
        lines.append(
            RowLine(
                label=path[-1],
                group=PATH_SEPARATOR.join(path[:-1]),
                depth=len(path) - 1,
                rol=row.rol or "item",
                line=row.line,
                positions=tuple(
                    [tuple(by_position.get((row.row_no, number), ())) for number in column_numbers]
                ),
                bron=row.bron,
                source=_source(
                    source,
                    row.line,
                    pages.get(row.row_no, table.page),
                    table.sheet,
                    printed.get(row.row_no, ()),
                    path[-1],
                ),
                asked=asked.get(row.row_no),
                page=page if (page := pages.get(row.row_no)) != table.page else None,
            )
        )
        previous = path
    return lines


def _source(
    source: SourceFile,
    line: int | None,
    page: int | None,
    sheet: str | None,
    printed: Sequence[str],
    label: str,
) -> str:
    """The line of the source that prints these texts: of a PDF on its page, where lines have no number."""
    return source.on_page(page, printed, label) if source.pages else source.line(line, printed, sheet)


def _place(table) -> Bilingual:
    if table.sheet:
        return Bilingual(f"{table.path}, blad {table.sheet}", f"{table.path}, sheet {table.sheet}")
    page = (f", pagina {table.page}", f", page {table.page}") if table.page else ("", "")
    return Bilingual(
        f"{table.path}{page[0]}, regel {table.first_line}–{table.last_line}",
        f"{table.path}{page[1]}, lines {table.first_line}–{table.last_line}",
    )


def _convention(row) -> ConventionView:
    return ConventionView(
        naam=words(CONVENTIONS, row.naam),
        keuze=choice(row.keuze or "–"),
        bron=words(SOURCES, row.bron),
        hypotheses=row.hypotheses or 0,
        tried=row.tried or "",
        survived=row.survived or 0,
        declared=row.declared,
        is_contradicted=bool(row.is_contradicted),
    )


def witness_views(
    terms_by_rule: Mapping[str, Sequence], rules: Iterable[RuleView], table_id: str, root: str
) -> list[WitnessView]:
    """The other tables that print the same figures as this one, from ``rules``: those of kind ``getuige``."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    first: dict[tuple[str, str], tuple] = {}  # the first number of the other table: where the link leads
    for rule in rules:
        terms = terms_by_rule[rule.rule_id]
        if not any(term.table_id == table_id for term in terms):
            continue
        for term in terms:
            if term.table_id != table_id:
                other = (term.document_id, term.table_id)
                counts[other][rule.verdict != "exact"] += 1
                place = (term.row_no, term.column_no, term.occurrence or 1, term.cell_key)
                first[other] = min(first.get(other, place), place)
    return [
        WitnessView(
            document_id,
            f"{page_href(document_id, root)}#{cell_anchor(first[document_id, other][-1])}",
            equal,
            different,
        )
        for (document_id, other), (equal, different) in sorted(counts.items())
    ]
