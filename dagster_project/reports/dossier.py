"""Working papers: a workbook with a sheet per table as printed, in which every sum is a live formula.

The auditor's own spreadsheet redoes the work: beside each formula stand the printed total and the difference. Texts
are written as text, whatever they begin with. What does not belong here: pages, and the warehouse as a whole
(``export``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.reports.index import IndexView
from dagster_project.reports.links import page_href, table_anchor
from dagster_project.reports.queries import fetched
from dagster_project.reports.wording import REJECT_KINDS, RULE_KINDS, UNITS, VERDICTS, Words, words

if TYPE_CHECKING:
    import duckdb

TABLES_SHOWN = 400  # sheets; a workbook of thousands opens nowhere
FIRST_ROW = 5  # of the printed rows on a sheet
LONGEST_FORMULA = 8000  # characters that a spreadsheet takes
SHEETS = ("overzicht", "oorzaken", "vragen", "aanvaardingen", "dekking")

_TABLES = """
    select t.table_id, t.document_id, t.table_no, coalesce(nullif(t.caption, ''), t.section, ''), t.unit, t.path, t.first_line,
        coalesce(k.table_key, t.table_id), coalesce(b.breaks, 0), coalesce(n.numbers, 0), coalesce(n.proved, 0)
    from landing.tables as t
    left join (
        select table_id, min(table_key) as table_key from history.cell_versions
        where state_to is null and bron = 'cell' group by table_id
    ) as k using (table_id)
    left join (
        select c.table_id, count(distinct r.rule_id) as breaks
        from audit.reconciliation as r join audit.rule_terms as m using (rule_id) join landing.cells as c using (cell_id)
        where r.verdict = 'break' and r.scope <> 'cross_source' group by 1
    ) as b using (table_id)
    left join (
        select c.table_id, count(*) as numbers, count(*) filter (where v.is_proved) as proved
        from landing.cells as c left join audit.verifiability as v using (cell_id)
        where c.value is not null or c.is_nil group by 1
    ) as n using (table_id)
    order by t.document_id, t.table_no
"""
_COLUMNS = "select table_id, column_no, column_path from landing.columns order by table_id, column_no"
_ROWS = "select table_id, row_no, row_path, line, rol from landing.rows order by table_id, row_no"
_CELLS = """
    select cell_id, table_id, row_no, column_no, occurrence, text, coalesce(value, case when is_nil then 0 end)
    from landing.cells order by table_id, row_no, column_no, occurrence
"""
_RULES = """
    select r.rule_id, r.kind, r.description, v.verdict, v.tolerance_printed
    from audit.rules as r left join audit.reconciliation as v using (rule_id)
    where r.scope <> 'cross_source' order by r.rule_id
"""
_TERMS = """
    select rule_id, cell_id, coefficient, is_total
    from audit.rule_terms semi join (from audit.rules where scope <> 'cross_source') using (rule_id)
    order by rule_id, term_no
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printed value stands in the workbook."""

    sheet: str
    cell: str  # B7

    def seen_from(self, sheet: str) -> str:
        """As a formula on ``sheet`` names it."""
        quoted = self.sheet.replace("'", "''")
        return self.cell if sheet == self.sheet else f"'{quoted}'!{self.cell}"


def write_dossier(con: duckdb.DuckDBPyConnection, file: Path, page: IndexView) -> None:
    """Write the workbook. Raises ``UnreadableWarehouse`` where the file lacks what it needs, OSError on a full disk."""
    from openpyxl import Workbook

    tables = fetched(con, "landing.tables", _TABLES)
    # Those in which something fails are shown first, and always.
    chosen = sorted(tables, key=lambda t: (t[8] == 0, t[1], t[2]))[:TABLES_SHOWN]
    shown = sorted(chosen, key=lambda t: (t[1], t[2]))
    names = _sheet_names(shown)
    book = Workbook(write_only=True)
    _front(book, page, tables, names)
    content = _Content.read(con, names)
    for table in shown:
        _write_table(book.create_sheet(names[table[0]]), table, content)
    fresh = file.with_name(f".{file.name}.tmp")
    book.save(fresh)
    fresh.replace(file)


def _sheet_names(tables: Sequence) -> dict[str, str]:
    """Per table a name of at most 31 characters that no other has: ``001 Programmakosten``."""
    return {
        table[0]: f"{number:03d} {re.sub(r'[^0-9A-Za-zÀ-ÿ ]+', ' ', table[3]).strip()}"[:31].strip()
        for number, table in enumerate(tables, start=1)
    }


class _Content:
    """Rows, columns, cells and rules by table, and where every shown value stands."""

    def __init__(self, columns, rows, cells, rules, terms, names: Mapping[str, str]) -> None:
        from openpyxl.utils import get_column_letter

        self.columns, self.rows = _by_first(columns), _by_first(rows)
        self.cells: dict[str, list] = defaultdict(list)
        for cell in cells:
            if cell[1] in names:
                self.cells[cell[1]].append(cell)
        self.positions: dict[str, dict[tuple[int, int], int]] = {}
        self.places: dict[str, Place] = {}
        self.numbers: set[str] = set()
        home: dict[str, str] = {}
        for table_id, own in self.cells.items():
            rows_at = {row[1]: FIRST_ROW + n for n, row in enumerate(self.rows[table_id])}
            wanted = {(c[1], 1) for c in self.columns[table_id]} | {(c[3], c[4] or 1) for c in own}
            at = {position: 3 + n for n, position in enumerate(sorted(wanted))}
            self.positions[table_id] = at
            for cell_id, _, row_no, column_no, occurrence, _, value in own:
                place = f"{get_column_letter(at[column_no, occurrence or 1])}{rows_at[row_no]}"
                self.places[cell_id] = Place(names[table_id], place)
                home[cell_id] = table_id
                if value is not None:
                    self.numbers.add(cell_id)
        self.terms = _by_first(terms)
        self.rules: dict[str, list] = defaultdict(list)
        for rule in rules:
            total = next((t[1] for t in self.terms[rule[0]] if t[3]), None)
            if total in home:
                self.rules[home[total]].append(rule)

    @classmethod
    def read(cls, con: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> _Content:
        queries = (_COLUMNS, _ROWS, _CELLS, _RULES, _TERMS)
        return cls(*(fetched(con, "the dossier", sql) for sql in queries), names)


def _by_first(rows: Iterable) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _front(book, page: IndexView, tables: Sequence, names: Mapping[str, str]) -> None:
    """The sheets in front: what it is, causes, questions, acceptances, and how much of each table is proved."""
    sheet = book.create_sheet("overzicht")
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 110
    run = [("run", page.run_id), ("begonnen", page.started_at), ("programmatuur", page.code_version)]
    for label, text in [("oordeel", page.verdict.nl), ("verdict", page.verdict.en), *run]:
        sheet.append(_texts(sheet, label, text))
    sheet.append([*_texts(sheet, "rapport"), _link("index.html", "index.html")])
    for line in page.certainties:
        sheet.append([*_texts(sheet, line.words.nl), line.number])
    if len(names) < len(tables):
        left = len(tables) - len(names)
        sheet.append(
            _texts(
                sheet, "weggelaten", f"{left} van de {len(tables)} tabellen zonder fout hebben hier geen blad"
            )
        )
    sheet = book.create_sheet("oorzaken")
    sheet.freeze_panes = "A2"
    sheet.append(_texts(sheet, "zekerheid", "ernst", "status", "verandering", "document", "plaats", "bedrag_eur", "oorzaak", "open sinds", "aanvaard", "in het rapport"))  # fmt: skip
    for cause in page.causes:
        texts = (cause.zekerheid, cause.severity, cause.status, cause.change, cause.document_id, cause.place)
        accepted = cause.accepted.nl if cause.accepted else ""
        sheet.append(
            [
                *_texts(sheet, *texts),
                _amount(cause.amount),
                *_texts(sheet, cause.message.nl, cause.since, accepted),
                _link(f"oorzaken.html#{cause.anchor}", "naar de oorzaak"),
            ]
        )
    sheet = book.create_sheet("vragen")
    sheet.append(
        _texts(
            sheet,
            "soort",
            "document",
            "bestand",
            "regel",
            "reden",
            "tekst",
            "sleutel in document.yml",
            "bedrag_eur",
            "in het rapport",
        )
    )
    for item in page.rejects:
        sheet.append(
            [
                *_texts(sheet, words(REJECT_KINDS, item.kind).nl, item.document_id, item.path),
                item.line,
                *_texts(sheet, item.reason.nl, item.text, item.key or ""),
            ]
        )
    # What nobody can place waits for an answer as well, though it stands in no file as a question.
    for cause in page.unnamed:
        texts = (cause.message.nl, cause.place, "")
        sheet.append([*_texts(sheet, cause.kind.nl, cause.document_id, ""), None, *_texts(sheet, *texts),
                      _amount(cause.amount), _link(f"oorzaken.html#{cause.anchor}", "naar de oorzaak")])  # fmt: skip
    if page.rejects_left_out:
        sheet.append(_texts(sheet, f"en nog {page.rejects_left_out}: zie lijsten/niet-gelezen.csv"))
    sheet = book.create_sheet("aanvaardingen")
    sheet.append(_texts(sheet, "document", "van", "wie", "wanneer", "waarom", "tot", "nu"))
    for item in page.acceptances:
        sheet.append(
            _texts(sheet, item.document_id, item.of, item.by, item.on, item.why, item.until, item.status.nl)
        )
    sheet = book.create_sheet("dekking")
    sheet.append(_texts(sheet, "blad", "document", "tabel", "getallen", "bewezen", "sommen die niet sluiten"))
    for table in tables:
        sheet.append(
            [*_texts(sheet, names.get(table[0], "–"), table[1], table[3]), table[9], table[10], table[8]]
        )


def _write_table(sheet, table: tuple, content: _Content) -> None:
    table_id, document_id, table_no, caption, unit, path, first_line, table_key, *_ = table
    sheet.column_dimensions["A"].width = 8
    sheet.column_dimensions["B"].width = 48
    sheet.freeze_panes = f"C{FIRST_ROW}"
    sheet.append(_texts(sheet, "tabel", caption))
    unit_nl = UNITS.get(unit, Words("eenheid onbekend of per rij", "")).nl
    sheet.append(
        _texts(sheet, "bron", f"{document_id}, {path}, regel {first_line}, tabel {table_no}, {unit_nl}")
    )
    sheet.append(
        [
            *_texts(sheet, "rapport"),
            _link(f"{page_href(document_id)}#{table_anchor(table_key)}", "naar de tabel"),
        ]
    )
    at = content.positions.get(table_id, {})
    labels = {number: label for _, number, label in content.columns[table_id]}
    header = [
        labels.get(number, "") + (f" ({occurrence})" if occurrence > 1 else "") for number, occurrence in at
    ]
    sheet.append(_texts(sheet, "regel", "rij", *header))
    by_row: dict[int, dict[int, object]] = defaultdict(dict)
    for _, _, row_no, column_no, occurrence, text, value in content.cells[table_id]:
        by_row[row_no][at[column_no, occurrence or 1]] = _text(sheet, text) if value is None else value
    for _, row_no, row_path, line, _ in content.rows[table_id]:
        values = [by_row[row_no].get(column) for column in at.values()]
        sheet.append([line, *_texts(sheet, row_path), *values])
    if content.rules[table_id]:
        sheet.append([])
        sheet.append(
            _texts(sheet, "", "som", "berekend", "gedrukt", "verschil", "toegestaan", "oordeel", "soort")
        )
    name = sheet.title
    for number, rule in enumerate(content.rules[table_id], start=FIRST_ROW + len(content.rows[table_id]) + 2):
        sheet.append(_rule_line(sheet, rule, content, name, number))


def _rule_line(sheet, rule: tuple, content: _Content, name: str, row: int) -> list:
    """A sum as a formula over its numbers, the printed total, and the difference between the two."""
    rule_id, kind, description, verdict, tolerance = rule
    formula, total = _formula(content.terms[rule_id], content, name)
    about = _texts(sheet, words(VERDICTS, verdict).nl, words(RULE_KINDS, kind).nl)
    if formula is None:
        why = "niet te beoordelen" if verdict == "not_judged" else "niet op deze bladen uit te rekenen"
        return [None, *_texts(sheet, description, why), None, None, None, *about]
    return [
        None,
        *_texts(sheet, description),
        formula,
        f"={total}",
        f"=ROUND(C{row}-D{row},6)",
        tolerance,
        *about,
    ]


def _formula(terms: Sequence, content: _Content, name: str) -> tuple[str | None, str | None]:
    parts, total = [], None
    for _, cell_id, coefficient, is_total in terms:
        if cell_id not in content.places or cell_id not in content.numbers:
            return None, None
        where = content.places[cell_id].seen_from(name)
        if is_total:
            total = where
            continue
        size = abs(Decimal(coefficient)).normalize()
        parts.append(("-" if coefficient < 0 else "+") + ("" if size == 1 else f"{size:f}*") + where)
    formula = "=" + "".join(parts).removeprefix("+")
    return (formula, total) if total and parts and len(formula) <= LONGEST_FORMULA else (None, None)


def _text(sheet, text: str | None):
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(text or ""))[:32_000])
    cell.data_type = "s"
    return cell


def _texts(sheet, *texts: str | None) -> list:
    return [_text(sheet, text) for text in texts]


def _link(href: str, label: str) -> str:
    """A link from where the workbook stands, as a formula: the report moves as a whole."""
    return f'=HYPERLINK("{href}","{label}")'


def _amount(amount: Words) -> int | None:
    digits = re.sub(r"[^0-9]", "", amount.nl)
    return int(digits) if digits else None
