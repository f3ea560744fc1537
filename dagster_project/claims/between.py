"""Sums between tables, or between blocks of one table: the same rows before and after a change, phases
of a plan, lasten and baten apart with an analysis below, a detail table of reserves.

Blocks are found by their titles and matched by the labels of their rows and the headers of their
columns. Nothing here holds without a title or label that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dagster_project.claims.entries import Entry
from dagster_project.claims.families import ClaimedSum, Family, FamilyReading, Position, sign_readings
from dagster_project.claims.readings import Evidence
from dagster_project.claims.structure import ColumnFacts, Group, label_words
from dagster_project.claims.table_sums import TableReading, read_structure, table_families
from dagster_project.claims.words import meanings
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain, row_meaning, says_total, stand_in
from dagster_project.reading.model import Row, Table

_FASE = tuple((fase, pattern_of(fase, "label")) for fase in ("oorspronkelijk", "ingevuld", "resterend"))


@dataclass(frozen=True, slots=True)
class Block:
    """A titled run of rows: a whole table, or one of its outermost groups."""

    reading: TableReading
    title: str
    rows: dict[str, int]  # words of the label, within the block -> row no

    @property
    def no(self) -> int:
        return self.reading.table.no


def claims_of_document(
    tables: Sequence[Table], evidence: Evidence
) -> tuple[list[TableReading], list[Family]]:
    """The structure of the tables of one document and every family of claims, those inside tables first."""
    readings = [read_structure(t, evidence) for t in tables]
    inside = [f for r in readings for f in table_families(r)]
    return readings, inside + document_families(readings)


def document_families(readings: Sequence[TableReading]) -> list[Family]:
    """Every family of claims between the tables and blocks of one document."""
    amounts = [r for r in readings if r.rows and r.columns]
    blocks = [b for r in amounts for b in _blocks(r)]
    return [
        *_changes(blocks),
        *_phases(blocks),
        *_sides_by_row(blocks),
        *_sides_by_total(amounts),
        *_closing_items(amounts),
        *_details(amounts),
        *_balance_sheets(amounts),
    ]


# --- blocks and their match --------------------------------------------------------------------------


def _rows_in(group: Group) -> Iterator[Row]:
    if group.header is not None:
        yield group.header
    for child in group.children:
        if isinstance(child, Group):
            yield from _rows_in(child)
        else:
            yield child


def _labelled(rows: Iterable[Row], depth: int) -> dict[str, int]:
    """Rows by the words of their path below ``depth``; labels that occur twice are left out."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(label_words(" ".join(row.path[depth:])), []).append(row.no)
    return {label: nos[0] for label, nos in found.items() if len(nos) == 1 and label}


def _blocks(reading: TableReading) -> list[Block]:
    groups = [c for c in reading.tree.children if isinstance(c, Group) and c.header is None]
    title = " ".join([*reading.table.section[-1:], reading.table.caption])
    if len(groups) > 1 and len(groups) == len(reading.tree.children):
        return [Block(reading, g.label, _labelled(_rows_in(g), 1)) for g in groups]
    if len(groups) == 1 and len(reading.tree.children) == 1:
        return [Block(reading, f"{title} {groups[0].label}", _labelled(_rows_in(groups[0]), 1))]
    return [Block(reading, title, _labelled(reading.rows, 0))]


def _same_columns(a: TableReading, b: TableReading) -> dict[int, int]:
    """Columns of ``a`` with the column of ``b`` that has the same header, or the same state and year."""
    if a.table.no == b.table.no:
        return {f.no: f.no for f in a.columns}

    def by(key) -> dict[int, int]:
        there: dict[object, list[int]] = {}
        here: dict[object, list[int]] = {}
        for facts, index in ((a.columns, here), (b.columns, there)):
            for fact in facts:
                index.setdefault(key(fact), []).append(fact.no)
        return {
            nos[0]: there[k][0]
            for k, nos in here.items()
            if k is not None and len(nos) == 1 and len(there.get(k, ())) == 1
        }

    def state_and_year(f: ColumnFacts) -> object:
        return (f.quantity, f.is_difference, f.stand, f.jaar) if f.jaar else None

    return {**by(state_and_year), **by(lambda f: f.words)}


def _match(total: Block, parts: Sequence[tuple[Block, int]], kind: str) -> tuple[ClaimedSum, ...]:
    """total row = sum of the equally named rows of the other blocks, in every common column."""
    maps = [_same_columns(total.reading, b.reading) for b, _ in parts]
    columns = [f.no for f in total.reading.columns if all(f.no in m for m in maps)]
    scope = "table" if all(b.no == total.no for b, _ in parts) else "document"
    claims = []
    for label, row in total.rows.items():
        if not all(label in b.rows for b, _ in parts):
            continue
        for c in columns:
            terms = tuple(
                ((b.no, b.rows[label], m[c]), sign) for (b, sign), m in zip(parts, maps, strict=True)
            )
            claims.append(ClaimedSum(kind, scope, (total.no, row, c), terms))
    return tuple(claims)


def _is_alike(a: Block, b: Block) -> bool:
    """Whether two blocks list the same rows: at least half of the labels of the smaller one."""
    return len(a.rows.keys() & b.rows.keys()) * 2 >= min(len(a.rows), len(b.rows)) > 0


# --- the same rows, before and after -----------------------------------------------------------------


def _changes(blocks: list[Block]) -> Iterator[Family]:
    """Blocks before the change, the change (one or more), after the change."""
    before: Block | None = None
    changes: list[Block] = []
    for block in blocks:
        stand = stand_in(plain(block.title))
        if stand == "begroting":
            before, changes = block, []
        elif stand == "begrotingswijziging" and before is not None:
            changes.append(block)
        elif stand == "begroting_na_wijziging" and before is not None and changes:
            if all(_is_alike(block, b) for b in (before, *changes)):
                claims = _match(block, [(before, 1), *((c, 1) for c in changes)], "wijziging")
                if claims:
                    yield Family("wijziging", block.no, (FamilyReading("voor + wijziging", claims),))
            before, changes = block, []


def _phase(title: str) -> str | None:
    words = plain(title)
    return next((name for name, pattern in reversed(_FASE) if pattern.search(words)), None)


def _phases(blocks: list[Block]) -> Iterator[Family]:
    """Blocks planned, done and remaining."""
    seen: dict[str, Block] = {}
    for block in blocks:
        phase = _phase(block.title)
        if phase is None:
            continue
        if phase == "resterend" and {"oorspronkelijk", "ingevuld"} <= seen.keys():
            planned, done = seen["oorspronkelijk"], seen["ingevuld"]
            if _is_alike(block, planned) and _is_alike(block, done):
                claims = _match(block, [(planned, 1), (done, -1)], "fase")
                if claims:
                    yield Family("fase", block.no, (FamilyReading("oorspronkelijk - ingevuld", claims),))
            seen = {}
        else:
            seen[phase] = block


# --- lasten and baten in blocks of their own ---------------------------------------------------------


def _side(title: str) -> str | None:
    grootheid = row_meaning(title).grootheid
    return grootheid if grootheid in ("lasten", "baten", "saldo") else None


def _sides_by_row(blocks: list[Block]) -> Iterator[Family]:
    """Three blocks with the same rows: lasten, baten, and their saldo row by row."""
    seen: dict[str, Block] = {}
    for block in blocks:
        side = _side(block.title)
        if side in ("lasten", "baten"):
            seen[side] = block
        elif side == "saldo" and len(seen) == 2 and all(_is_alike(block, b) for b in seen.values()):
            alike = [_with_closing(b) for b in (block, *seen.values())]
            readings = tuple(
                FamilyReading(
                    keuze,
                    _match(alike[0], [(b, signs[s]) for s, b in zip(seen, alike[1:], strict=True)], "saldo"),
                )
                for keuze, signs in sign_readings("saldo", ("lasten", "baten"))
            )
            if readings[0].claims:
                yield Family("saldo_richting", block.no, readings, is_sure=False, is_convention=True)


def _with_closing(block: Block) -> Block:
    """The block with its closing row under one name, so that "Totaal lasten" meets "Totaal saldo"."""
    entries = block.reading.sums.top
    own = [e for e in entries if e.label == block.title] or (entries if len(entries) == 1 else [])
    closing = own[0].closing if len(own) == 1 else None
    if closing is None:
        return block
    rows = {label: row for label, row in block.rows.items() if row != closing}
    return Block(block.reading, block.title, {**rows, "totaal": closing})


def _side_totals(reading: TableReading) -> Iterator[tuple[str, int]]:
    """(lasten or baten, total row) for blocks that hold one side only."""
    title = _side(reading.table.caption) or _side(" ".join(reading.table.section[-1:]))
    for entry in reading.sums.top:
        sides = [s for s in ("lasten", "baten") if s in entry.rows]
        if len(sides) == 1 and entry.kind in ("total", "group", "subtotal"):
            yield sides[0], entry.rows[sides[0]]
        elif title in ("lasten", "baten") and entry.kind == "total" and entry.closing is not None:
            yield title, entry.closing


def _sides_by_total(readings: Sequence[TableReading]) -> Iterator[Family]:
    """A saldo without parts of its own, below a table of lasten and a table of baten with totals."""
    totals: dict[str, tuple[TableReading, int]] = {}
    for reading in readings:
        for side, row in _side_totals(reading):
            totals[side] = (reading, row)
        if len(totals) < 2:
            continue
        quantities = _quantities_of(reading, reading.sums.unclaimed_balances)
        for row in reading.sums.unclaimed_balances:
            if quantities[row] != "saldo":
                continue
            maps = {s: _same_columns(reading, r) for s, (r, _) in totals.items()}
            readings_of = []
            for keuze, signs in sign_readings("saldo", ("lasten", "baten")):
                claims = []
                for fact in reading.columns:
                    if not all(fact.no in m for m in maps.values()):
                        continue
                    terms: list[tuple[Position, int]] = []
                    for s, (r, total) in totals.items():
                        column = maps[s][fact.no]
                        terms.append(((r.table.no, total, column), signs[s]))
                        inside = r.sums.closing_items.get(total, ())
                        terms += [((r.table.no, item, column), -signs[s]) for item in inside]
                    scope = "table" if all(r is reading for r, _ in totals.values()) else "document"
                    claims.append(ClaimedSum("saldo", scope, (reading.table.no, row, fact.no), tuple(terms)))
                readings_of.append(FamilyReading(keuze, tuple(claims)))
            if readings_of[0].claims:
                yield Family(
                    "saldo_richting", reading.table.no, tuple(readings_of), is_sure=False, is_convention=True
                )


def _quantities_of(reading: TableReading, rows: Sequence[int]) -> dict[int, str | None]:
    wanted = frozenset(rows)
    return {r.no: row_meaning(r.path[-1]).grootheid for r in reading.rows if r.no in wanted}


def _closing_items(readings: Sequence[TableReading]) -> Iterator[Family]:
    """A result that closes a table of lasten or baten is the same result as in the analysis below it."""
    items: dict[str, tuple[TableReading, int]] = {}
    for reading in readings:
        labels = {r.no: label_words(r.path[-1]) for r in reading.rows}
        for inside in reading.sums.closing_items.values():
            items.update({labels[row]: (reading, row) for row in inside})
        claimed = [f.total for f in reading.sums.balances if f.kind == "resultaat"]
        for row in claimed:
            source = items.get(labels[row])
            if source is None or (source[0] is reading and source[1] == row):
                continue
            columns = _same_columns(reading, source[0])
            scope = "table" if source[0] is reading else "document"
            readings_of = tuple(
                FamilyReading(
                    keuze,
                    tuple(
                        ClaimedSum(
                            "gelijk",
                            scope,
                            (reading.table.no, row, c),
                            (((source[0].table.no, source[1], d), sign),),
                        )
                        for c, d in columns.items()
                    ),
                )
                for keuze, sign in (("gelijk", 1), ("tegengesteld", -1))
            )
            if readings_of[0].claims:
                yield Family(
                    "sluitpost_teken", reading.table.no, readings_of, is_sure=False, is_convention=True
                )


# --- both sides of a balance sheet ---------------------------------------------------------------------


def _side_of_balance(reading: TableReading, entry: Entry) -> str | None:
    """activa or passiva, where the label of a total, the heading above it or the title of its table says so."""
    title = reading.table.caption
    for words in (entry.label, *entry.under, *((title,) if len(reading.sums.top) == 1 else ())):
        found = meanings(words, "row") & {"activa", "passiva"}
        if len(found) == 1:
            return next(iter(found))
    return None


def _is_of_a_part(reading: TableReading, no: int, side: str) -> bool:
    """Whether a total that closes a side names a part of it: ``Totaal vaste passiva``, where a table is cut off below it."""
    label = next((r.path[-1] for r in reading.table.rows if r.no == no), "")
    words = label_words(label).split()
    return says_total(label) and side in words and side not in meanings(label, "row")


def _balance_sheets(readings: Sequence[TableReading]) -> Iterator[Family]:
    """The total of the activa is that of the passiva, in the columns that both have."""
    activa: tuple[TableReading, int] | None = None
    for reading in readings:
        for entry in reading.sums.top:
            side = _side_of_balance(reading, entry) if entry.kind in ("total", "group") else None
            if side is None or entry.closing is None or _is_of_a_part(reading, entry.closing, side):
                continue
            if side == "activa":
                activa = (reading, entry.closing)
            elif activa is not None:
                source, row = activa
                scope = "table" if source is reading else "document"
                claims = tuple(
                    ClaimedSum(
                        "gelijk",
                        scope,
                        (reading.table.no, entry.closing, c),
                        (((source.table.no, row, d), 1),),
                    )
                    for c, d in _same_columns(reading, source).items()
                )
                if claims:
                    yield Family(
                        "balanstotaal", reading.table.no, (FamilyReading("activa = passiva", claims),)
                    )
                activa = None


# --- reserves in detail ------------------------------------------------------------------------------


def _movements(entries: Sequence[Entry]) -> list[Entry]:
    """The innermost units that hold additions and withdrawals, or their totals, in order."""
    outermost_first: list[Entry] = []  # not by calls: a thousand totals of totals are as deep as that
    waiting = list(entries)
    while waiting:
        outermost_first.append(entry := waiting.pop())
        waiting += entry.parts
    found: dict[int, list[Entry]] = {}
    for entry in reversed(outermost_first):
        inner = [unit for part in entry.parts for unit in found[id(part)]]
        is_unit = {"toevoeging", "onttrekking"} <= entry.rows.keys()
        found[id(entry)] = [entry] if is_unit and (entry.is_total or not inner) else inner
    return [unit for entry in entries for unit in found[id(entry)]]


def _details(readings: Sequence[TableReading]) -> Iterator[Family]:
    """toevoeging, onttrekking and mutaties of a programme are the totals of its table of reserves."""
    for i, summary in enumerate(readings):
        balance = next((f for f in summary.sums.balances if f.kind == "mutatie"), None)
        units = _movements(summary.sums.top)
        has_saldo = any(f.kind == "saldo" for f in summary.sums.balances)
        if balance is None or len(units) != 1 or not has_saldo:
            continue
        detail = next(iter(_next_detail(readings[i + 1 :])), None)
        if detail is None:
            continue
        mapped = _by_year(summary, detail)
        own = {s: row for row, s in balance.slots} | {"mutatie": balance.total}
        claims = []
        for quantity, row in own.items():
            parts = _detail_rows(detail, quantity)
            for c, d in mapped.items():
                terms = tuple(((detail.table.no, p, d), 1) for p in parts)
                if terms:
                    claims.append(ClaimedSum("detail", "document", (summary.table.no, row, c), terms))
        if claims:
            yield Family(
                "detail",
                summary.table.no,
                (FamilyReading("totaal van de reserves", tuple(claims)),),
                is_sure=False,
            )


def _next_detail(readings: Sequence[TableReading]) -> Iterator[TableReading]:
    """The first table of reserves that follows, before another table of lasten and baten."""
    for reading in readings:
        kinds = {f.kind for f in reading.sums.balances}
        if len(_movements(reading.sums.top)) > 1 and "saldo" not in kinds:
            yield reading
        if "saldo" in kinds:
            return


def _detail_rows(detail: TableReading, quantity: str) -> list[int]:
    units = _movements(detail.sums.top)
    if quantity == "mutatie":
        tops = [e for e in detail.sums.top if e.kind == "total" and e.closing is not None]
        if len(tops) == 1:
            return [tops[0].closing] if tops[0].closing else []
        closings = [e.rows.get("mutatie", e.rows.get("saldo")) for e in units]
        return [c for c in closings if c is not None] if all(closings) else []
    return [e.rows[quantity] for e in units]


def _by_year(a: TableReading, b: TableReading) -> dict[int, int]:
    """Columns of the same year, where each has one; a column of accounts never meets one of a budget."""
    there: dict[int, list[ColumnFacts]] = {}
    here: dict[int, list[ColumnFacts]] = {}
    for facts, index in ((a.columns, here), (b.columns, there)):
        for fact in facts:
            if fact.jaar is not None and not fact.is_difference:
                index.setdefault(fact.jaar, []).append(fact)
    pairs = {}
    for year, own in here.items():
        other = there.get(year, [])
        for fact in own:
            same = [f for f in other if f.stand == fact.stand] or (other if len(own) == 1 else [])
            if len(same) == 1 and (same[0].stand == "rekening") == (fact.stand == "rekening"):
                pairs[fact.no] = same[0].no
    return pairs
