"""Claims in running text against the figures, with the meaning of their words.

A stated amount is an interval: *exact* itself, *afgerond* half a unit of its last printed digit to both
sides, *circa* one such unit, *ruim* at least, *bijna* at most (both in size, so that a fall of "ruim" is
at least as deep). What it should equal is an interval as well: printed cells within their rounding, other
mentions within their own words. A claim holds if both have a value in common, fails if not, and is not
judged where a part of it cannot be found, is ambiguous or has no number or unit.

What does not belong here: the file in which claims are written down (``reading.claims_file``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from dagster_project.judgement import half_width_of
from dagster_project.number_text import dutch, places_of
from dagster_project.reading.model import PATH_SEPARATOR, Claim, ClaimTerm
from dagster_project.reading.vocabulary import UNITS

PRECISIONS = ("exact", "afgerond", "circa", "ruim", "bijna")
_INFINITE = Decimal("Infinity")
_UNIT_WORDS = {"EUR": "euro", "EUR_1000": "x 1.000 euro", "EUR_MLN": "miljoen euro"}


@dataclass(frozen=True, slots=True)
class MentionFact:
    """An amount named in text. amount as printed, in ``unit``; decimals of the printed number."""

    mention: str
    amount: Decimal | None
    decimals: int
    unit: str | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class CellFact:
    """A landed number with the words it can be found by. value in printed units, nil as zero."""

    cell_id: str
    kind: str
    caption: str
    row_path: str
    column_path: str
    value: Decimal | None
    decimals: int
    unit: str | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A judged claim. verdict: holds, fails, not_judged. computed_low/high in euros; reason if not judged."""

    document_id: str
    claim_id: str
    mention: str
    path: str
    line: int
    text_nl: str
    text_en: str
    expression: str
    stated_text: str
    nauwkeurigheid: str
    computed_text: str
    stated_low: Decimal | None
    stated_high: Decimal | None
    computed_low: Decimal | None
    computed_high: Decimal | None
    cells: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimCellRow:
    """One printed number that a claim adds up; ``place`` from 1, in the order of the claim."""

    document_id: str
    claim_id: str
    place: int
    cell_id: str


class JudgedClaim(NamedTuple):
    """A claim with its verdict, and the numbers that it adds up."""

    row: ClaimRow
    cells: tuple[ClaimCellRow, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a sum: what it is called, its amount and how far that may be off, in euros."""

    name: str
    amount: Decimal
    low: Decimal
    high: Decimal
    unit: str
    decimals: int
    cell_id: str | None = None


def mention_fact(
    mention: str, amount: Decimal | None, text: str | None, unit: str | None, precision: str | None
) -> MentionFact:
    """A mention as landed: the decimals are those of its text (``0.85``, ``5,4``)."""
    _, _, behind = (text or "").replace(",", ".").rpartition(".")
    decimals = len(behind) if "." in (text or "").replace(",", ".") and behind.isdigit() else 0
    return MentionFact(mention, amount, decimals, unit, precision)


class _CannotJudge(Exception):
    """A part of a claim is not there, or not usable."""


def judge_claims(
    document_id: str, claims: Iterable[Claim], cells: Sequence[CellFact], mentions: Iterable[MentionFact]
) -> tuple[JudgedClaim, ...]:
    """Every claim of a document with its verdict, in the order given."""
    by_name = {m.mention: m for m in mentions}
    return tuple(_judge(document_id, claim, cells, by_name) for claim in claims)


def stated_interval(amount: Decimal, step: Decimal, precision: str) -> tuple[Decimal, Decimal]:
    """What the words allow. ``step`` is one unit of the last printed digit. Raises KeyError for other words."""
    toward = {
        "exact": (amount, amount),
        "afgerond": (amount - step / 2, amount + step / 2),
        "circa": (amount - step, amount + step),
    }
    if precision in toward:
        return toward[precision]
    beyond, within = ((amount, _INFINITE), (-_INFINITE, amount))
    if amount < 0:
        beyond, within = within, beyond
    return {"ruim": beyond, "bijna": within}[precision]


def _judge(
    document_id: str, claim: Claim, cells: Sequence[CellFact], mentions: Mapping[str, MentionFact]
) -> JudgedClaim:
    stated = mentions.get(claim.mention)
    out: dict[str, Any] = {
        "document_id": document_id,
        "claim_id": claim.claim,
        "mention": claim.mention,
        "path": claim.path,
        "line": claim.line,
        "text_nl": claim.nl,
        "text_en": claim.en,
        "nauwkeurigheid": (stated.precision or "") if stated else "",
        "stated_text": _written(stated.amount, stated.decimals, stated.unit) if stated else "",
    }
    nothing: dict[str, Any] = dict.fromkeys(("stated_low", "stated_high", "computed_low", "computed_high"))
    try:
        whole = _mention_part(claim.mention, mentions)
        parts = [(term.coefficient, _part(term, cells, mentions)) for term in claim.terms]
    except _CannotJudge as reason:
        row = ClaimRow(
            **out,
            **nothing,
            expression="",
            computed_text="",
            cells="",
            verdict="not_judged",
            reason=str(reason),
        )
        return JudgedClaim(row, ())
    low = sum((min(a * p.low, a * p.high) for a, p in parts), Decimal(0))
    high = sum((max(a * p.low, a * p.high) for a, p in parts), Decimal(0))
    computed = sum((a * p.amount for a, p in parts), Decimal(0))
    holds = low <= whole.high and whole.low <= high
    places = max(
        _places(UNITS[p.unit] * Decimal(1).scaleb(-p.decimals) / UNITS[whole.unit]) for _, p in parts
    )
    cell_ids = [p.cell_id for _, p in parts if p.cell_id]
    row = ClaimRow(
        **out,
        expression=" ".join(_signed(a, p, i == 0) for i, (a, p) in enumerate(parts)),
        computed_text=_written(computed / UNITS[whole.unit], places, whole.unit),
        stated_low=_finite(whole.low),
        stated_high=_finite(whole.high),
        computed_low=_finite(low),
        computed_high=_finite(high),
        cells=" ".join(cell_ids),
        verdict="holds" if holds else "fails",
        reason="",
    )
    held = (
        ClaimCellRow(document_id, claim.claim, place, cell_id)
        for place, cell_id in enumerate(cell_ids, start=1)
    )
    return JudgedClaim(row, tuple(held))


def _part(term: ClaimTerm, cells: Sequence[CellFact], mentions: Mapping[str, MentionFact]) -> _Part:
    if term.mention is not None:
        return _mention_part(term.mention, mentions)
    found = [
        c
        for c in cells
        if _is_table(term.table, c) and _ends(term.row, c.row_path) and _ends(term.column, c.column_path)
    ]
    asked = f"{term.table} | {term.row} | {term.column}"
    if len(found) != 1:
        raise _CannotJudge(f"{len(found) or 'no'} cells are {asked}")
    (cell,) = found
    if cell.value is None:
        raise _CannotJudge(f"no number in {asked}")
    if cell.unit not in UNITS:
        raise _CannotJudge(f"the unit of {asked} is not known")
    unit = UNITS[cell.unit]
    half = half_width_of(cell.unit, cell.decimals) * unit
    amount = cell.value * unit
    return _Part(asked, amount, amount - half, amount + half, cell.unit, cell.decimals, cell.cell_id)


def _mention_part(name: str, mentions: Mapping[str, MentionFact]) -> _Part:
    mention = mentions.get(name)
    if mention is None or mention.amount is None:
        raise _CannotJudge(f"no mention {name} with an amount")
    if mention.unit not in UNITS:
        raise _CannotJudge(f"the unit of mention {name} is not known")
    if mention.precision not in PRECISIONS:
        raise _CannotJudge(f"mention {name} has no known precision: {mention.precision}")
    unit = UNITS[mention.unit]
    step = Decimal(1).scaleb(-mention.decimals) * unit
    low, high = stated_interval(mention.amount * unit, step, mention.precision)
    return _Part(name, mention.amount * unit, low, high, mention.unit, mention.decimals)


def _is_table(asked: str | None, cell: CellFact) -> bool:
    words = (asked or "").casefold()
    return words == cell.kind.casefold() or words in cell.caption.casefold()


def _ends(asked: str | None, path: str) -> bool:
    """Whether the last levels of a path are the levels asked for."""
    wanted = [level.strip().casefold() for level in (asked or "").split(PATH_SEPARATOR.strip())]
    levels = [level.strip().casefold() for level in path.split(PATH_SEPARATOR)]
    return levels[-len(wanted) :] == wanted


def _signed(coefficient: Decimal, part: _Part, is_first: bool) -> str:
    number = dutch(part.amount / UNITS[part.unit], part.decimals)
    number = f"({number})" if part.amount < 0 and (coefficient < 0 or not is_first) else number
    times = "" if abs(coefficient) == 1 else f"{dutch(abs(coefficient), _places(coefficient))} x "
    sign = "-" if coefficient < 0 else "" if is_first else "+"
    return f"{sign}{'' if is_first else ' ' if sign else ''}{times}{number} [{part.name}]"


def _places(number: Decimal) -> int:
    return max(0, places_of(number))


def _written(amount: Decimal | None, decimals: int, unit: str | None) -> str:
    return "" if amount is None else f"{dutch(amount, decimals)} {_UNIT_WORDS.get(unit or '', '')}".strip()


def _finite(amount: Decimal) -> Decimal | None:
    return amount if amount.is_finite() else None
