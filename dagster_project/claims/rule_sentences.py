"""One sentence per rule that an auditor can read, in Dutch and in English, with the names as printed.

Only words; which numbers stand there and whether they agree belongs to the judgement.
"""

from __future__ import annotations

from collections.abc import Mapping

from dagster_project.claims.families import ClaimedSum, Part
from dagster_project.reading.model import Table, join_path

_MOST_NAMES = 8

_NL = {
    "groepstotaal": "draagt het totaal van",
    "aansluiting_jaren": "sluit aan op",
    "gelijk": "is gelijk aan",
    "detail": "is het totaal van",
}
_EN = {
    "groepstotaal": "carries the total of",
    "aansluiting_jaren": "continues from",
    "gelijk": "equals",
    "detail": "is the total of",
}
_SUMS = {"subtotaal", "totaal", "groepstotaal", "detail", "kolomtotaal"}


class Names:
    """The printed names of rows, columns and tables, by number."""

    def __init__(self, tables: Mapping[int, Table]):
        self.rows = {(t.no, r.no): join_path(r.path) for t in tables.values() for r in t.rows}
        self.columns = {(t.no, c.no): join_path(c.path) for t in tables.values() for c in t.columns}
        self.captions = {t.no: t.caption for t in tables.values()}

    def row(self, position: tuple[int, int, int]) -> str:
        return self.rows[position[0], position[1]]

    def column(self, position: tuple[int, int, int]) -> str:
        return self.columns[position[0], position[2]]

    def whole(self, position: tuple[int, int, int], beside: tuple[int, int, int]) -> str:
        """Row and column, with the table's own name where it is another one."""
        where = self.column(position)
        if position[0] != beside[0]:
            where = f"{where}; {self.captions[position[0]] or position[0]}"
        return f"{self.row(position)} ({where})"


def _listed(names: list[tuple[str, int]], is_sum: bool, more: str, last: str) -> str:
    if len(names) > _MOST_NAMES:
        shown = ", ".join(n for n, _ in names[: _MOST_NAMES - 2])
        return f"{shown}, {more.format(len(names) - _MOST_NAMES + 1)}{last}{names[-1][0]}"
    if is_sum and all(sign > 0 for _, sign in names):
        head, tail = [n for n, _ in names[:-1]], names[-1][0]
        return f"{', '.join(head)}{last}{tail}" if head else tail
    text = " ".join(f"{'+' if sign > 0 else '-'} {name}" for name, sign in names)
    return text[2:] if text.startswith("+ ") else text


def sentences(claim: ClaimedSum, parts: tuple[Part, ...], names: Names) -> tuple[str, str]:
    """(Dutch, English) for a claim with the parts that carry a number."""
    total = claim.total
    is_sum = claim.kind in _SUMS
    if claim.scope == "column":
        subject, where = names.row(total), names.column(total)
        terms = [(names.row(p), sign) for p, sign in parts]
    elif claim.scope == "row":
        subject, where = names.column(total), names.row(total)
        terms = [(names.column(p), sign) for p, sign in parts]
    else:
        subject, where = names.whole(total, total), None
        terms = [(names.whole(p, total), sign) for p, sign in parts]
    verb_nl = _NL.get(claim.kind, "is de som van" if is_sum else "=")
    verb_en = _EN.get(claim.kind, "is the sum of" if is_sum else "=")
    nl = f"{subject} {verb_nl} {_listed(terms, is_sum, 'nog {} andere', ' en ')}"
    en = f"{subject} {verb_en} {_listed(terms, is_sum, '{} more', ' and ')}"
    return (f"{where}: {nl}", f"{where}: {en}") if where else (nl, en)
