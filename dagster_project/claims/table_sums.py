"""All that one table claims, rows and columns together, as families of readings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dagster_project.claims.column_sums import column_families
from dagster_project.claims.families import (
    CONVENTION_OF_KIND,
    ClaimedSum,
    Family,
    FamilyReading,
    Formula,
    in_columns,
    sign_readings,
)
from dagster_project.claims.printed_formulas import of_rows
from dagster_project.claims.readings import Evidence
from dagster_project.claims.row_claims import Reaches, RowSums, total_family
from dagster_project.claims.row_sums import row_sums
from dagster_project.claims.structure import (
    UNNAMED_FLOWS,
    ColumnFacts,
    Group,
    amount_rows,
    column_facts,
    label_words,
    row_quantity,
    row_tree,
    sum_rows,
)
from dagster_project.reading.field_words import pattern_of
from dagster_project.reading.meaning import plain
from dagster_project.reading.model import Row, Table

_INCIDENTAL = pattern_of("incidenteel", "label")
_STRUCTURAL = pattern_of("structureel", "label")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_WORDS = pattern_of("eenheid", "heading")


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with its structure: what the relations between tables are made from."""

    table: Table
    rows: tuple[Row, ...]
    tree: Group
    sums: RowSums
    columns: tuple[ColumnFacts, ...]

    @property
    def summed_columns(self) -> list[int]:
        """The columns in which rows are summed: of numbers that add up."""
        return _summed(self.columns)


def _summed(columns: Iterable[ColumnFacts]) -> list[int]:
    return [f.no for f in columns if not (f.is_difference or f.is_count)]


def read_structure(table: Table, evidence: Evidence) -> TableReading:
    """The structure of one table, from its words; ``evidence`` tells only how far a total reaches where they do not."""
    rows = sum_rows(table)
    tree = row_tree(rows)
    facts = tuple(f for f in column_facts(table) if not f.is_share) if rows else ()
    has_sides = {"lasten", "baten"} <= {f.quantity for f in facts}
    names = _own_names(table)
    labels = {r.no: r.path[-1] for r in rows}
    reaches = Reaches(evidence, table.no, _summed(facts), labels)
    sums = row_sums(tree, names, reaches, has_sides, of_rows(rows))
    return TableReading(table, tuple(rows), tree, sums, facts)


def _own_names(table: Table) -> frozenset[str]:
    titles = [table.caption, *table.section[-2:]]
    return frozenset(w for t in titles if (w := label_words(_UNIT_WORDS.sub("", t))))


def table_families(reading: TableReading) -> list[Family]:
    """Every family of claims inside one table."""
    if not reading.rows or not reading.columns:
        return []
    families = []
    for is_difference in (False, True):
        columns = [f.no for f in reading.columns if f.is_difference == is_difference and not f.is_count]
        if columns:
            families += _row_families(reading, columns, "_van_verschil" if is_difference else "")
    counts = [f.no for f in reading.columns if f.is_count]
    for family in _row_families(reading, counts, "_van_aantallen") if counts else []:
        families.append(replace(family, is_sure=False))
    families += _links_between_years(reading)
    families += _structural_balance(reading)
    families += _links_between_rows_of_years(reading)
    families += column_families(reading.table, amount_rows(reading.table))
    return families


def _row_families(reading: TableReading, columns: list[int], suffix: str) -> list[Family]:
    """Sums over rows, in these columns; ``suffix`` keeps the conventions of differences apart."""
    no, sums = reading.table.no, reading.sums
    labels = {r.no: r.path[-1] for r in reading.rows}
    taken = [t if t.keeps_all else replace(t, reaches=(t.reaches[t.taken],)) for t in sums.totals]
    families = [total_family(no, t, columns, labels) for t in taken if t.kind != "groepstotaal"]
    headings = [total_family(no, t, columns, labels) for t in taken if t.kind == "groepstotaal"]
    if headings:  # whether headings carry totals is one question for the whole table
        claims = tuple(c for f in headings for c in f.readings[0].claims)
        families.append(Family("groepstotaal", no, (FamilyReading("kop is totaal", claims),), is_sure=False))
    by_kind: dict[str, list[Formula]] = {}
    for formula in sums.balances:
        by_kind.setdefault(formula.kind, []).append(formula)
    for kind, formulas in by_kind.items():
        slots = {slot for f in formulas for _, slot in f.slots}
        readings = tuple(
            FamilyReading(
                keuze,
                tuple(c for f in formulas for c in in_columns(no, f, columns, _with_contrary(signs, slots))),
            )
            for keuze, signs in sign_readings(kind, slots)
        )
        is_sure = not slots & UNNAMED_FLOWS and kind not in ("verschil", "formule", "fase")
        families.append(
            Family(CONVENTION_OF_KIND[kind] + suffix, no, readings, is_sure, is_convention=len(readings) > 1)
        )
    return families


def _with_contrary(signs, slots):
    """Signs for slots that are to be taken out again: "-lasten" against "lasten"."""
    return {**signs, **{s: -signs.get(s[1:], 1) for s in slots if s.startswith("-")}}


def _structural_balance(reading: TableReading) -> list[Family]:
    """What remains of a balance without its incidental part: the three stand together, what remains last.

    The part stands between the two as "waarvan", or is a balance of its own in front of them.
    """
    rows, no = reading.table.rows, reading.table.no
    columns = [f.no for f in reading.columns if not f.is_difference]
    found = [
        (balance.no, part.no, rest.no)
        for first, second, rest in zip(rows, rows[1:], rows[2:], strict=False)
        if _STRUCTURAL.search(plain(rest.path[-1]))
        for balance, part in ((first, second), (second, first))
        if _INCIDENTAL.search(plain(part.path[-1])) and _is_whole(balance)
    ]
    readings = tuple(
        FamilyReading(
            keuze,
            tuple(
                ClaimedSum(
                    "verschil", "column", (no, rest, c), (((no, balance, c), 1), ((no, part, c), sign))
                )
                for balance, part, rest in found
                for c in columns
            ),
        )
        for keuze, sign in (("saldo - incidenteel", -1), ("saldo + incidenteel", 1))
    )
    return [Family("incidenteel_richting", no, readings, False, is_convention=True)] if found else []


def _is_whole(row: Row) -> bool:
    """Whether a row is a balance that has not been parted into what is incidental and what is structural."""
    words = plain(row.path[-1])
    is_part = bool(_INCIDENTAL.search(words) or _STRUCTURAL.search(words))
    return row_quantity(row) in ("saldo", "resultaat") and not is_part


def _links_between_years(reading: TableReading) -> list[Family]:
    """The stock at the start of a year is the stock at the end of the year before, where both are rows."""
    by_year: dict[int, list[ColumnFacts]] = {}
    for fact in reading.columns:
        if fact.jaar is not None and not fact.is_difference:
            by_year.setdefault(fact.jaar, []).append(fact)
    pairs = [
        (by_year[y][0], by_year[y + 1][0])
        for y in sorted(by_year)
        if len(by_year[y]) == 1 and len(by_year.get(y + 1, [])) == 1
    ]
    no = reading.table.no
    found: dict[bool, list[ClaimedSum]] = {}  # accounts and budgets may each run on, and not into each other
    for earlier, later in pairs:
        is_alike = (earlier.stand == "rekening") == (later.stand == "rekening")
        for formula in reading.sums.balances:
            begin = next((row for row, slot in formula.slots if slot == "begin"), None)
            if formula.kind == "verloop" and begin is not None:
                part = ((no, formula.total, earlier.no), 1)
                found.setdefault(is_alike, []).append(
                    ClaimedSum("aansluiting_jaren", "table", (no, begin, later.no), (part,))
                )
    return [
        Family("aansluiting_jaren", no, (FamilyReading("eind = begin", tuple(claims)),), is_sure=False)
        for claims in found.values()
    ]


def _links_between_rows_of_years(reading: TableReading) -> list[Family]:
    """The same where years are rows and the stocks are columns: each year begins with what the one before it ended with."""
    no = reading.table.no
    stocks: dict[tuple[str, ...], dict[str, int]] = {}
    for fact in reading.columns:
        if fact.quantity in ("begin", "eind"):
            stocks.setdefault(fact.column.path[:-1], {})[fact.quantity] = fact.no
    claims = [
        ClaimedSum(
            "aansluiting_jaren", "table", (no, later.no, at["begin"]), (((no, earlier.no, at["eind"]), 1),)
        )
        for earlier, later in itertools.pairwise(reading.rows)
        if earlier.path[:-1] == later.path[:-1]
        and _YEAR.fullmatch(earlier.path[-1])
        and later.path[-1] == str(int(earlier.path[-1]) + 1)
        for at in stocks.values()
        if len(at) == 2
    ]
    found = (FamilyReading("eind = begin", tuple(claims)),)
    return [Family("aansluiting_jaren", no, found, is_sure=False)] if claims else []
