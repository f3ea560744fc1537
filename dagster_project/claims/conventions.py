"""Settling a document: which signs and directions its tables use, and so which sums they claim.

What words leave open is decided once per table by feasibility, recorded with how many hypotheses were
tried and survived, and compared with what the caption says. Which questions exist belongs to
``derivation``, how one is answered to ``readings``, printed signs and captions to ``signs``, finding
the columns of incomplete rows to ``placement``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dagster_project.claims.asked import decided, put_back, with_gaps
from dagster_project.claims.cuts import answered_cuts, refused_cuts
from dagster_project.claims.derivation import derive
from dagster_project.claims.families import Family, Position
from dagster_project.claims.placement import place
from dagster_project.claims.readings import (
    NO_SUM,
    Choice,
    Gaps,
    choose_all,
    decider,
    numbers_of,
    rules_of,
)
from dagster_project.claims.rule_sentences import Names
from dagster_project.claims.signs import contradiction, declared, printed_signs
from dagster_project.claims.structure import row_quantity
from dagster_project.claims.table_sums import TableReading, total_family
from dagster_project.reading.model import Convention, Document, Reject, Row, Table, join_path

ANSWERS = "antwoorden"  # key of document.yml: {"003.verschil_richting": "begroting - rekening"}
_UNTRIED = "totalen_zonder_som"  # the question about totals that were not tried


def settle(document: Document) -> Document:
    """The document with its conventions chosen, loose rows placed or rejected, and its rules.

    Pure. Nothing printed is changed: cells of loose rows get their column, rows and columns the role that
    the structure of the table gives them. Tables and rows whose reading is asked about are in no rule and
    come back as they were.
    """
    answers = _answers(document.meta)
    tables, rejects = _place_all(decided(document.tables))
    tables = [with_gaps(t) for t in tables]
    numbers = numbers_of(tables)
    gaps = _gaps(tables, (*document.rejects, *rejects))

    def answered(family: Family) -> str | None:
        return _answer(answers, family.table_no, family.naam)

    readings, families = derive(tables, decider(numbers, answered, gaps))
    headers = {t.no: tuple(c.path for c in t.columns) for t in tables}
    choices = choose_all(families, numbers, answered, lambda f: headers[f.table_no], gaps)
    rules = rules_of(choices, {t.no: t for t in tables}, numbers, gaps)
    made: dict[int, list[Choice]] = {}
    for choice in choices:
        made.setdefault(choice.family.table_no, []).append(choice)
    conventions = [c for r in readings for c in _conventions(r, made.get(r.table.no, ()), answers)]
    questions = [
        *_open_choices(choices, tables),
        *(q for r in readings for q in _open_totals(r, answers)),
        *_open_signs(conventions, tables),
        *refused_cuts(document.tables, answers),
    ]
    return replace(
        document,
        tables=put_back(document.tables, {r.table.no: _with_roles(r) for r in readings}),
        rules=tuple(rules),
        conventions=(*conventions, *answered_cuts(document.tables, answers)),
        rejects=(*document.rejects, *rejects, *questions),
    )


def _place_all(tables: Sequence[Table]) -> tuple[list[Table], list[Reject]]:
    placed, rejects = [], []
    for table in tables:
        settled, refused = (table, []) if table.kind in ("indicatoren", "doelen") else place(table)
        placed.append(settled)
        rejects += refused
    return placed, rejects


def _with_roles(reading: TableReading) -> Table:
    """The table with the roles and quantities that its structure shows."""
    table, roles = reading.table, reading.sums.roles
    quantities = {f.no: f.quantity for f in reading.columns if f.quantity == "eind"}
    sides = {r.no: q for r in reading.rows if (q := row_quantity(r)) in ("lasten", "baten")}
    return replace(
        table,
        rows=tuple(
            replace(r, rol=roles.get(r.no, r.rol), grootheid=sides.get(r.no, r.grootheid)) for r in table.rows
        ),
        columns=tuple(
            replace(c, grootheid=quantities[c.no]) if c.no in quantities else c for c in table.columns
        ),
    )


# --- answers of a person -----------------------------------------------------------------------------


def answer_key(table_no: int, naam: str) -> str:
    """The key under which document.yml answers a convention of a table."""
    return f"{table_no:03d}.{naam}"


def _answers(meta: Mapping[str, object]) -> Mapping[str, object]:
    given = meta.get(ANSWERS)
    return given if isinstance(given, Mapping) else {}


def _answer(answers: Mapping[str, object], table_no: int, naam: str) -> str | None:
    given = answers.get(answer_key(table_no, naam), answers.get(naam))
    return given if isinstance(given, str) else None


# --- what was chosen ---------------------------------------------------------------------------------


def _conventions(
    reading: TableReading, choices: Sequence[Choice], answers: Mapping[str, object]
) -> Iterable[Convention]:
    """One convention per name: of several families with one name the one that rests on most numbers.

    ``choices`` are those of this table.
    """
    table = reading.table
    by_name: dict[str, Choice] = {}
    for choice in choices:
        family = choice.family
        if not family.is_convention or choice.reading is None:
            continue
        best = by_name.get(family.naam)
        if best is None or choice.fit.weight > best.fit.weight:
            by_name[family.naam] = choice
    legend = declared(table)
    for naam, choice in by_name.items():
        assert choice.reading is not None
        keuze = choice.reading.keuze
        said = legend if naam in ("verschil_richting", "saldo_richting", "resultaat_richting") else None
        yield Convention(
            table_no=table.no,
            naam=naam,
            keuze=keuze,
            bron="document.yml" if _answer(answers, table.no, naam) else "cijfers",
            hypotheses=len(choice.family.readings),
            survived=choice.survived,
            declared=said.text if said else None,
            is_contradicted=said is not None and contradiction(table, naam, keuze, said),
        )
    yield from _reaches(reading, answers)
    chosen = {
        naam: c.reading.keuze
        for naam, c in by_name.items()
        if c.reading and c.fit.weight and c.survived == 1 and not naam.endswith("_van_verschil")
    }
    yield from printed_signs(reading, chosen, lambda naam: _answer(answers, table.no, naam))


def _reaches(reading: TableReading, answers: Mapping[str, object]) -> Iterable[Convention]:
    """How far each total reaches of which words and structure leave that open."""
    table = reading.table
    labels = {r.no: r.path[-1] for r in reading.rows}
    for total in reading.sums.totals:
        if len(total.reaches) < 2:
            continue
        family = total_family(table.no, total, [], labels)
        keuze = family.readings[total.taken].keuze
        is_answered = _answer(answers, table.no, family.naam) == keuze
        bron = "document.yml" if is_answered else "cijfers" if total.taken else "structuur"
        yield Convention(table.no, family.naam, keuze, bron, len(total.reaches), total.survived)


def _open_totals(reading: TableReading, answers: Mapping[str, object]) -> Iterable[Reject]:
    """A question for each row that is called a total and sums nothing of what it could."""
    rows = {r.no: r for r in reading.rows}
    labels = {no: r.path[-1] for no, r in rows.items()}
    for total in reading.sums.unanswered:
        row = rows[total.total]
        family = total_family(reading.table.no, total, [], labels)
        if _answer(answers, reading.table.no, family.naam) == NO_SUM:
            continue
        options = "; ".join([*(r.keuze for r in family.readings), NO_SUM])
        name = join_path(row.path)
        reason = f"{name} van tabel {reading.table.no} is van geen van deze rijen de som: {options}"
        reason_en = f"{name} of table {reading.table.no} is the sum of none of these rows: {options}"
        yield replace(
            _question(reading.table, family.naam, reason, reason_en), line=row.line, text=row.path[-1]
        )
    untried, no = reading.sums.untried, reading.table.no
    if untried and _answer(answers, no, _UNTRIED) != NO_SUM:
        row = rows[untried[0]]
        reason = f"{len(untried)} rijen van tabel {no} heten totaal en zijn niet getoetst, want honderden erboven zijn van geen rijen de som: {NO_SUM}"
        reason_en = f"{len(untried)} rows of table {no} are called totals and were not checked, for hundreds above them are the sum of no rows: {NO_SUM}"
        yield replace(_question(reading.table, _UNTRIED, reason, reason_en), line=row.line, text=row.path[-1])


def _open_choices(choices: Sequence[Choice], tables: Sequence[Table]) -> Iterable[Reject]:
    """A question for each choice of which no reading fits, and for each total that does not follow the others."""
    by_no = {t.no: t for t in tables}
    names = Names(by_no)
    for choice in choices:
        totals = dict.fromkeys(
            names.column(c.total) if c.scope == "row" else names.row(c.total) for c in choice.dropped
        )
        for total in totals:
            table = by_no[choice.family.table_no]
            reason = f"{total} van tabel {table.no}: anders dan bij de rest van de tabel sluit hier bijna geen som ({choice.family.naam.replace('_', ' ')})"
            reason_en = f"{total} of table {table.no}: unlike the rest of the table hardly any sum holds here ({choice.family.naam.replace('_', ' ')})"
            yield _question(table, choice.family.naam, reason, reason_en)
        if choice.reading is not None or not choice.family.is_convention:
            continue
        table = by_no[choice.family.table_no]
        options = "; ".join(r.keuze for r in choice.family.readings)
        name = choice.family.naam.replace("_", " ")
        reason = f"{name} van tabel {table.no}: geen van de lezingen past bij de getallen ({options})"
        reason_en = f"{name} of table {table.no}: none of the readings fits the numbers ({options})"
        yield _question(table, choice.family.naam, reason, reason_en)


def _open_signs(conventions: Iterable[Convention], tables: Sequence[Table]) -> Iterable[Reject]:
    """A question for each sign that neither sums nor printed numbers decide."""
    by_no = {t.no: t for t in tables}
    for convention in conventions:
        if (
            convention.naam.endswith("_teken")
            and convention.survived > 1
            and convention.bron != "document.yml"
        ):
            table = by_no[convention.table_no]
            name = convention.naam.removesuffix("_teken")
            reason = f"{name} van tabel {table.no} staan er met beide tekens en geen som zegt welk gewoon is: + of -"
            reason_en = f"{name} of table {table.no} has both signs and no sum says which is ordinary: + or -"
            yield _question(table, convention.naam, reason, reason_en)


def _question(table: Table, naam: str, reason: str, reason_en: str) -> Reject:
    return Reject(
        table.path,
        table.first_line,
        reason,
        table.caption,
        "question",
        f"{ANSWERS}.{answer_key(table.no, naam)}",
        reason_en,
    )


# --- gaps --------------------------------------------------------------------------------------------


def _first_by_line(rows: Iterable[Row]) -> dict[int, Row]:
    """The first row that begins on a line, by line in order."""
    found: dict[int, Row] = {}
    for row in rows:
        found.setdefault(row.line, row)
    return dict(sorted(found.items()))


def _gaps(tables: Sequence[Table], rejects: Iterable[Reject]) -> Gaps:
    """Where something was printed that could not be read, so that no sum may pass over it in silence."""
    lines_by_path: dict[str, set[int]] = {}
    for reject in rejects:
        if reject.kind == "reject" and reject.line is not None:
            lines_by_path.setdefault(reject.path, set()).add(reject.line)
    told = {path: sorted(lines) for path, lines in lines_by_path.items()}
    positions: set[Position] = set()
    lost: dict[int, tuple[int, ...]] = {}
    row_lines: dict[tuple[int, int], int] = {}
    for table in tables:
        filled: dict[int, set[int]] = {}
        ends = {r.no: r.line for r in table.rows}
        for cell in table.cells:
            filled.setdefault(cell.row, set()).add(cell.column)
            ends[cell.row] = max(ends[cell.row], cell.line)
        row_lines.update({(table.no, r.no): r.line for r in table.rows})
        columns = [c.no for c in table.columns]
        for no in table.loose_rows - filled.keys():
            positions.update((table.no, no, c) for c in columns)
        own = {
            r.line
            for r in table.rejects
            if r.kind == "reject" and r.line is not None and r.path == table.path
        }
        others = told.get(table.path, [])
        inside = others[bisect_left(others, table.first_line) : bisect_right(others, table.last_line)]
        gone = []
        by_line = _first_by_line(table.rows)
        owners = list(by_line)
        for line in sorted({i for i in own if table.first_line <= i <= table.last_line}.union(inside)):
            at = bisect_right(owners, line)
            owner = by_line[owners[at - 1]] if at else None
            blank = [c for c in columns if owner and c not in filled.get(owner.no, ())]
            if owner is not None and (line <= ends[owner.no] or blank):
                positions.update((table.no, owner.no, c) for c in blank)
            else:
                gone.append(line)
        lost[table.no] = tuple(gone)
    return Gaps(frozenset(positions), lost, row_lines)
