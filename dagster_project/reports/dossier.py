"""Working papers: a workbook with a sheet per table as printed, in which every sum is a live formula.

The auditor's own spreadsheet redoes the work: beside each formula stand the printed total and the difference. Texts
are written as text, whatever they begin with. What does not belong here: pages, and the warehouse as a whole
(``export``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dagster_project.reports.counts import NUMBER_REASONS
from dagster_project.reports.index import IndexView
from dagster_project.reports.links import page_href, table_anchor
from dagster_project.reports.queries import fetched
from dagster_project.reports.wording import (
    CHANGES,
    FINDING_STATUSES,
    MINUS,
    REJECT_KINDS,
    RULE_KINDS,
    SEVERITIES,
    UNITS,
    VERDICTS,
    ZEKERHEDEN,
    Bilingual,
    words,
)
from dagster_project.reports.workbook import Cell, SheetFormula, Workbook, column_letter

if TYPE_CHECKING:
    import duckdb

TABLES_SHOWN = 400  # sheets; a workbook of thousands opens nowhere
FIRST_ROW = 5  # of the printed rows on a sheet
NOT_CHECKED = Bilingual("niet nagerekend: van geen som het totaal", "not redone: the total of no sum")
ASKED = Bilingual("gevraagd", "asked")
NEAREST = Bilingual("geen lezing sluit: dit is de naaste", "no reading closes: this is the nearest")
IN_ALL = Bilingual("in alle documenten", "in all documents")
LONGEST_FORMULA = 8000  # characters that a spreadsheet takes

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
# Of the tables that have a sheet.
_SHOWN = "table_id in (select unnest($shown))"
_COLUMNS = f"select table_id, column_no, column_path from landing.columns where {_SHOWN} order by table_id, column_no"
_ROWS = f"select table_id, row_no, row_path, line from landing.rows where {_SHOWN} order by table_id, row_no"
_CELLS = f"""
    select cell_id, table_id, row_no, column_no, coalesce(occurrence, 1), text, coalesce(value, case when is_nil then 0 end),
        coalesce(sign, 1)
    from landing.cells where {_SHOWN} order by table_id, row_no, column_no, occurrence
"""
# A sum stands on the sheet of its total, in the order of the page of the document: from where its numbers are printed
# first in that table, and what only repeats another publication after what adds up.
_RULES = f"""
    with totals as materialized (
        select m.rule_id, c.table_id from audit.rule_terms as m join landing.cells as c using (cell_id)
        where m.is_total and c.{_SHOWN}
    ),
    placed as (
        select t.table_id, t.rule_id, count(distinct p.document_id) > 1 as is_between,
            min((p.row_no, p.column_no)) filter (where p.table_id = t.table_id) as place
        from totals as t join audit.rule_terms as a using (rule_id) join landing.cells as p on p.cell_id = a.cell_id
        group by all
    )
    select t.table_id, r.rule_id, r.kind, r.description, v.verdict, v.tolerance_printed, r.description_en
    from placed as t join audit.rules as r using (rule_id) left join audit.reconciliation as v on v.rule_id = r.rule_id
    where r.scope <> 'cross_source'
    order by t.table_id, t.is_between, t.place, r.rule_id
"""
_TERMS = f"""
    select t.rule_id, t.cell_id, t.coefficient, t.is_total
    from audit.rule_terms as t
    join audit.rule_terms as m on m.rule_id = t.rule_id and m.is_total join landing.cells as c on c.cell_id = m.cell_id
    where c.{_SHOWN} and t.rule_id in (select rule_id from audit.rules where scope <> 'cross_source')
    order by t.rule_id, t.term_no
"""
# What is called a total, balance or difference and is that of no sum.
_UNSUMMED = f"""
    select c.table_id, c.cell_id, concat_ws(', ', c.row_path, c.column_path), c.row_no, c.column_no
    from landing.cells as c
    left join landing.rows as r on c.table_id = r.table_id and c.row_no = r.row_no
    left join landing.columns as k on c.table_id = k.table_id and c.column_no = k.column_no
    where c.{_SHOWN} and (c.value is not null or c.is_nil) and (r.rol <> 'item' or k.rol <> 'item')
        and c.cell_id not in (
            select m.cell_id from audit.rule_terms as m join audit.rules as a on m.rule_id = a.rule_id
            where m.is_total and a.scope <> 'cross_source'
        )
    order by c.table_id, c.row_no, c.column_no, c.occurrence
"""
# Of which rows or columns it may be the sum, where that is asked as no reading closes: the nearest.
_ASKED = f"""
    select table_id, row_no, column_no, delen, toelichting, toelichting_en from audit.rejects
    where kind = 'question' and toelichting is not null and {_SHOWN} order by table_id, verschil nulls last, delen
"""


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a printed value stands in the workbook."""

    sheet: str
    cell: str  # B7

    def seen_from(self, sheet: str) -> str:
        """As a formula on ``sheet`` names it."""
        if sheet == self.sheet:
            return self.cell
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{self.cell}"


def write_dossiers(con: duckdb.DuckDBPyConnection, page: IndexView, nl: Path, en: Path) -> None:
    """Write the workbook in either language. Raises ``UnreadableWarehouse`` where the file lacks what it needs,
    OSError on a full disk."""
    tables = fetched(con, "landing.tables", _TABLES)
    # Those in which something fails are shown first, and always.
    chosen = sorted(tables, key=lambda t: (t[8] == 0, t[1], t[2]))[:TABLES_SHOWN]
    shown = sorted(chosen, key=lambda t: (t[1], t[2]))
    names = _sheet_names(shown)
    content = _Content.read(con, names)
    with Workbook(nl, en) as book:
        _front(book, page, tables, names)
        for table in shown:
            name = names[table[0]]
            book.sheet(name, _table_rows(table, name, content), {1: 8, 2: 48}, (FIRST_ROW - 1, 2))


def _sheet_names(tables: Sequence) -> dict[str, str]:
    """Per table a name of at most 31 characters that no other has: ``001 Programmakosten``."""
    return {
        table[0]: f"{number:03d} {re.sub(r'[^0-9A-Za-zÀ-ÿ ]+', ' ', table[3]).strip()}"[:31].strip()
        for number, table in enumerate(tables, start=1)
    }


class _Content:
    """Rows, columns, cells and rules by table, and where every shown value stands."""

    def __init__(
        self, columns, rows, cells, rules, terms, unsummed, asked, *, names: Mapping[str, str]
    ) -> None:
        self.columns, self.rows, self.rules = _by_first(columns), _by_first(rows), _by_first(rules)
        self.terms, self.unsummed, self.asked = _by_first(terms), _by_first(unsummed), _by_first(asked)
        self.cells: dict[str, list] = defaultdict(list)
        for cell in cells:
            self.cells[cell[1]].append(cell)
        self.positions: dict[str, dict[tuple[int, int], int]] = {}
        self.places: dict[str, SheetPlace] = {}
        self.numbers: dict[str, Decimal] = {}
        self.at: dict[tuple[str, int, int], tuple[str, int]] = {}  # cell_id and the sign that a mark gives it
        for table_id, own in self.cells.items():
            rows_at = {row[1]: FIRST_ROW + n for n, row in enumerate(self.rows[table_id])}
            wanted = {(c[1], 1) for c in self.columns[table_id]} | {(c[3], c[4]) for c in own}
            at = {position: 3 + n for n, position in enumerate(sorted(wanted))}
            self.positions[table_id] = at
            for cell_id, _, row_no, column_no, occurrence, _, value, sign in own:
                if occurrence == 1:
                    self.at[table_id, row_no, column_no] = cell_id, sign
                place = f"{column_letter(at[column_no, occurrence])}{rows_at[row_no]}"
                self.places[cell_id] = SheetPlace(names[table_id], place)
                if value is not None:
                    self.numbers[cell_id] = value

    @classmethod
    def read(cls, con: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> _Content:
        queries = (_COLUMNS, _ROWS, _CELLS, _RULES, _TERMS, _UNSUMMED, _ASKED)
        shown = {"shown": list(names)}
        found = [fetched(con, "the dossier", sql, shown) for sql in queries]
        return cls(*found, names=names)


def _by_first(rows: Iterable) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _front(book: Workbook, page: IndexView, tables: Sequence, names: Mapping[str, str]) -> None:
    """The sheets in front: what it is, causes, questions, acceptances, and how much of each table is proved."""
    book.sheet(Bilingual("overzicht", "overview"), _overview(page, tables, names), {1: 28, 2: 110}, (0, 0))
    for name, rows, widths in (
        (Bilingual("oorzaken", "causes"), _causes(page), {8: 80}),
        (Bilingual("vragen", "questions"), _questions(page), {5: 80}),
        (Bilingual("aanvaardingen", "acceptances"), _acceptances(page), {3: 80, 9: 80}),
        (Bilingual("dekking", "coverage"), _coverage(page, tables, names), {1: 48, 2: 36}),
    ):
        book.sheet(name, rows, widths, (1, 0))


def _overview(page: IndexView, tables: Sequence, names: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    yield Bilingual("oordeel", "verdict"), page.verdict
    yield "run", page.run_id
    yield Bilingual("begonnen", "started"), page.started_at
    yield Bilingual("programmatuur", "code version"), page.code_version
    yield Bilingual("rapport", "report"), _link("index.html")
    for line in page.certainties:
        yield line.words, line.number if line.is_compared else line.told
    if left := len(tables) - len(names):
        yield (
            Bilingual("weggelaten", "left out"),
            Bilingual(
                f"{left} van de {len(tables)} tabellen zonder fout hebben hier geen blad",
                f"{left} of the {len(tables)} tables without an error have no sheet here",
            ),
        )


def _causes(page: IndexView) -> Iterator[Sequence[Cell]]:
    yield (
        Bilingual("zekerheid", "certainty"), Bilingual("ernst", "severity"), "status",
        Bilingual("verandering", "change"), "document", Bilingual("plaats", "place"),
        Bilingual("bedrag_eur", "amount_eur"), Bilingual("oorzaak", "cause"), Bilingual("open sinds", "open since"),
        Bilingual("aanvaard", "accepted"), Bilingual("in het rapport", "in the report"),
    )  # fmt: skip
    for cause in page.causes:
        yield (words(ZEKERHEDEN, cause.zekerheid), words(SEVERITIES, cause.severity),
               words(FINDING_STATUSES, cause.status), words(CHANGES, cause.change), cause.document_id,
               cause.place, _amount(cause.amount), cause.message, cause.since,
               cause.accepted or "",
               _link(f"oorzaken.html#{cause.anchor}"))  # fmt: skip


def _questions(page: IndexView) -> Iterator[Sequence[Cell]]:
    yield (
        Bilingual("soort", "kind"), "document", Bilingual("bestand", "file"), Bilingual("regel", "line"),
        Bilingual("reden", "reason"), Bilingual("tekst", "text"), Bilingual("sleutel in document.yml", "key in document.yml"),
        Bilingual("bedrag_eur", "amount_eur"), Bilingual("in het rapport", "in the report"),
    )  # fmt: skip
    for item in page.rejects:
        kind = words(REJECT_KINDS, item.kind)
        yield kind, item.document_id, item.path, item.line, item.reason, item.text, item.key or ""
    # What nobody can place waits for an answer as well, though it stands in no file as a question.
    for cause in page.unnamed:
        yield (cause.kind, cause.document_id, "", None, cause.message, cause.place, "",
               _amount(cause.amount), _link(f"oorzaken.html#{cause.anchor}"))  # fmt: skip
    if left := page.rejects_left_out:
        yield (
            Bilingual(
                f"en nog {left}: zie lijsten/niet-gelezen.csv", f"and {left} more: see lists/not-read.csv"
            ),
        )


def _acceptances(page: IndexView) -> Iterator[Sequence[Cell]]:
    yield (
        "document", Bilingual("van", "of"), Bilingual("wat", "what"), Bilingual("wie", "who"),
        Bilingual("wanneer", "when"), Bilingual("waarom", "why"), Bilingual("tot", "until"), Bilingual("nu", "now"),
        Bilingual("wat er nu staat", "what it says now"),
    )  # fmt: skip
    for item in page.acceptances:
        yield (item.document_id, item.of, item.message, item.by, item.on, item.why, item.until,
               item.status, item.message_now)  # fmt: skip


def _coverage(page: IndexView, tables: Sequence, names: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    """What was not checked, as the first page says it, per document and in all; then how much of each table is proved."""
    yield (Bilingual("niet gecontroleerd", "not checked"), "document", Bilingual("aantal", "how many"), Bilingual("getallen", "numbers"),
           Bilingual("bedrag_eur", "amount_eur"), Bilingual("getallen zonder bedrag", "numbers without an amount"))  # fmt: skip
    row, wholes = 1, []
    for line in page.unchecked:
        row += 1
        first = row + 1
        row += len(line.documents)
        whole = f"{{0}}{first}:{{0}}{row}"
        numbers, amount = _amount(line.numbers), _amount(line.amount)
        yield (line.words, IN_ALL, _total(whole, "C", _amount(line.number)),
               _total(whole, "D", numbers), _total(whole, "E", amount), line.without_amount or None)  # fmt: skip
        if line.reason in NUMBER_REASONS:
            wholes.append(first - 1)
        for document_id, _, number, of_numbers, of_amount in line.documents:
            yield line.words, document_id, _amount(number), _amount(of_numbers), _amount(of_amount)
    if page.unchecked_in_all:
        line = page.unchecked_in_all
        numbers, amount = _amount(line.numbers), _amount(line.amount)
        listed = ("+".join(f"{column}{at}" for at in wholes) for column in "DE")
        found = (v and SheetFormula(text, v) for text, v in zip(listed, (numbers, amount), strict=True))
        yield line.words, IN_ALL, None, *found, line.without_amount or None
    yield ()
    yield (Bilingual("blad", "sheet"), "document", Bilingual("tabel", "table"), Bilingual("getallen", "numbers"), Bilingual("bewezen", "proved"),
           Bilingual("sommen die niet sluiten", "sums that do not close"))  # fmt: skip
    for table_id, document_id, _, caption, *_, breaks, numbers, proved in tables:
        yield names.get(table_id, "–"), document_id, caption, numbers, proved, breaks


def _total(cells: str, column: str, comes_to: int | None) -> SheetFormula | None:
    """The sum of what the documents have; nothing where no document has any."""
    return None if comes_to is None else SheetFormula(f"SUM({cells.format(column)})", comes_to)


def _table_rows(table: tuple, name: str, content: _Content) -> Iterator[Sequence[Cell]]:
    """A table as printed, and below it its sums as formulas."""
    table_id, document_id, table_no, caption, unit, path, first_line, table_key, *_ = table
    yield Bilingual("tabel", "table"), caption
    units = UNITS.get(unit, Bilingual("eenheid onbekend of per rij", "unit not known, or one for each row"))
    source = Bilingual(
        f"{document_id}, {path}, regel {first_line}, tabel {table_no}, {units.nl}",
        f"{document_id}, {path}, line {first_line}, table {table_no}, {units.en}",
    )
    yield Bilingual("bron", "source"), source
    href = f"{page_href(document_id)}#{table_anchor(table_key)}"
    yield Bilingual("rapport", "report"), _link(href)
    at = content.positions.get(table_id, {})
    labels = {number: label for _, number, label in content.columns[table_id]}
    header = [labels.get(number, "") + (f" ({again})" if again > 1 else "") for number, again in at]
    yield Bilingual("regel", "line"), Bilingual("rij", "row"), *header
    by_row: dict[int, dict[int, Cell]] = defaultdict(dict)
    for _, _, row_no, column_no, occurrence, text, value, _ in content.cells[table_id]:
        by_row[row_no][at[column_no, occurrence]] = text or "" if value is None else value
    for _, row_no, row_path, line in content.rows[table_id]:
        yield line, row_path, *(by_row[row_no].get(column) for column in at.values())
    if content.rules[table_id] or content.unsummed[table_id]:
        yield ()
        yield ("", Bilingual("som", "sum"), Bilingual("berekend", "computed"), Bilingual("gedrukt", "printed"),
               Bilingual("verschil", "difference"), Bilingual("toegestaan", "allowed"), Bilingual("oordeel", "verdict"),
               Bilingual("soort", "kind"))  # fmt: skip
    first = FIRST_ROW + len(content.rows[table_id]) + 2
    for number, rule in enumerate(content.rules[table_id], start=first):
        yield _rule_line(rule, content, name, number)
    first += len(content.rules[table_id])
    for number, unsummed in enumerate(content.unsummed[table_id], start=first):
        yield _unsummed_line(unsummed, content, name, number)


def _unsummed_line(unsummed: tuple, content: _Content, name: str, row: int) -> Sequence[Cell]:
    """A printed total that is of no sum: over the parts of the nearest reading, where it is asked which it is."""
    table_id, cell_id, label, row_no, column_no = unsummed
    at, why = (table_id, row_no, column_no), None
    for _, asked_row, asked_column, tried, told, told_en in content.asked[table_id]:
        terms = _tried_terms(tried or "", cell_id, at, content)
        found = _formulas(terms, content, name) if terms else None
        if found is not None and found.off is not None:
            difference = SheetFormula(f"ROUND(C{row}-D{row},6)", round(found.off, 6))
            return None, label, found.computed, found.total, difference, None, ASKED, NEAREST
        if told and (row_no == asked_row or column_no == asked_column):
            why = why or Bilingual(told, told_en or told)
    printed = SheetFormula(content.places[cell_id].cell, content.numbers[cell_id])
    about = (
        (ASKED, why)
        if why
        else (Bilingual("niet gecontroleerd", "not checked"), Bilingual("geen som", "no sum"))
    )
    return None, label, NOT_CHECKED, printed, None, None, *about


def _tried_terms(tried: str, total: str, at: tuple[str, int, int], content: _Content) -> list[tuple]:
    """The terms of a reading ("rijen: +1 +2 -3 = 4") for the total that stands ``at``, as those of a sum; empty where
    that is the total of another row or column."""
    lines, _, sums = tried.partition(": ")
    parts, _, of = sums.partition(" = ")
    table_id, row_no, column_no = at
    if of != str(row_no if lines == "rijen" else column_no):
        return []
    own_sign, terms = content.at.get(at, (total, 1))[1], []
    for part in parts.split():
        number = abs(int(part))
        place = (table_id, number, column_no) if lines == "rijen" else (table_id, row_no, number)
        if place in content.at:
            cell_id, sign = content.at[place]
            terms.append((None, cell_id, Decimal(sign * own_sign * (-1 if part[0] == "-" else 1)), False))
    return [*terms, (None, total, Decimal(-1), True)] if terms else []


def _rule_line(rule: tuple, content: _Content, name: str, row: int) -> Sequence[Cell]:
    """A sum as a formula over its numbers, the printed total, and the difference between the two."""
    _, rule_id, kind, nl, verdict, tolerance, en = rule
    description = Bilingual(nl or "", en or nl or "")
    about = words(VERDICTS, verdict), words(RULE_KINDS, kind)
    found = _formulas(content.terms[rule_id], content, name)
    if found is None:
        why = Bilingual("niet op deze bladen uit te rekenen", "cannot be computed on these sheets")
        if verdict == "not_judged":
            why = Bilingual("niet beoordeeld", "not judged")
        return None, description, why, None, None, None, *about
    if found.missing or found.off is None:
        return None, description, found.computed, found.total, found.incomplete, None, *about
    difference = SheetFormula(f"ROUND(C{row}-D{row},6)", round(found.off, 6))
    return None, description, found.computed, found.total, difference, tolerance, *about


class _Sum(NamedTuple):
    """What the parts that are there come to, the printed total if there is one, and how many parts are missing."""

    computed: SheetFormula
    total: SheetFormula | None
    off: Decimal | None  # from the total
    missing: int
    parts: int

    @property
    def incomplete(self) -> Bilingual:
        nl = [f"{self.missing} van de {self.parts} delen"] * bool(self.missing) + ["het totaal"] * (
            self.total is None
        )
        en = [f"{self.missing} of the {self.parts} parts"] * bool(self.missing) + ["the total"] * (
            self.total is None
        )
        return Bilingual(
            f"onvolledig: {' en '.join(nl)} zonder getal op deze bladen",
            f"incomplete: {' and '.join(en)} without a number on these sheets",
        )


def _formulas(terms: Sequence, content: _Content, name: str) -> _Sum | None:
    """The sum as formulas over the numbers that are there; None where no part is there, or the formula is too long."""
    parts, comes_to, printed, total, missing = [], Decimal(0), None, None, 0
    for _, cell_id, coefficient, is_total in terms:
        if cell_id not in content.numbers:
            missing += not is_total
            continue
        where, value = content.places[cell_id].seen_from(name), content.numbers[cell_id]
        if is_total:
            printed, total = value, SheetFormula(where, value)
            continue
        size = abs(coefficient).normalize()
        parts.append(("-" if coefficient < 0 else "+") + ("" if size == 1 else f"{size:f}*") + where)
        comes_to += coefficient * value
    text = "".join(parts).removeprefix("+")
    if not text or len(text) >= LONGEST_FORMULA:
        return None
    off = None if printed is None else comes_to - printed
    return _Sum(SheetFormula(text, comes_to), total, off, missing, missing + len(parts))


def _link(href: str) -> SheetFormula:
    """A link from where the workbook stands, as a formula: the report moves as a whole. It shows the page that it goes to."""
    page = href.rpartition("/")[2].partition("#")[0]
    return SheetFormula(f'HYPERLINK("{href}","{page}")', page)


def _amount(amount: Bilingual) -> int | None:
    """A number or an amount from its words; None where it is not known."""
    digits = re.sub(r"[^0-9]", "", amount.nl)
    return (-int(digits) if MINUS in amount.nl else int(digits)) if digits else None
