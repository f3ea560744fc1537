"""What only tables of indicators have: footnote digits stuck to a value, and units in their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from .model import Cell, Row

_RANGE = re.compile(
    r"(?:schaal|score|van)\s*(?:van\s*)?(\d+)\s*(?:-|–|tot(?: en met)?|t/m)\s*(\d+)", re.IGNORECASE
)
_UNIT = (
    (
        re.compile(
            r"^\s*(?:\d+\w*\s+)?(?:[\w.]+\s+)?(?:percentage|aandeel|%)|\(%\)|\(in %\)|in procenten",
            re.IGNORECASE,
        ),
        "%",
    ),
    (re.compile(r"(per 1\.?0{2,5}(?:\.000)?\s+\w+(?:\s+\d+-\d+ jaar)?)", re.IGNORECASE), None),
    (
        re.compile(
            r"\((score [\d\s-]+|schaal [\d\s-]+|MWp|kWh|MWh|fte|ha|km|kg[\w/ ]*|m[23²³])\)", re.IGNORECASE
        ),
        None,
    ),
    (re.compile(r"\bin ((?:kg|ton|ha|km|fte|dagen|maanden|uren|weken)\b(?:/\w+)?)", re.IGNORECASE), None),
    (re.compile(r"\brapportcijfer\b", re.IGNORECASE), "rapportcijfer"),
    (re.compile(r"^\s*(?:[\w.]+\s+)?aantal\b", re.IGNORECASE), "aantal"),
)


@lru_cache(maxsize=1 << 14)
def unit_from_label(label: str) -> str | None:
    """The unit that an indicator's name prints, or None."""
    for pattern, unit in _UNIT:
        match = pattern.search(label)
        if match:
            return unit or match.group(1).strip()
    return None


def stripped_notes(cells: list[Cell], rows: Sequence[Row], texts: Mapping[str, str]) -> list[Cell]:
    """Give a footnote digit stuck to a number back to its note: ``551`` is 55 with note 1.

    Only for digits in the list of notes that mark nothing else, and only where the whole number is out
    of range (of its label, or of the other values in its row) and the number without it is not.
    """
    loose = [m for m in texts if m.isdecimal() and len(m) == 1]
    marked = {r.path[-1][-1:] for r in rows if re.search(r"[\s)]\d\)?$", r.path[-1])}
    loose = [m for m in loose if m not in marked and not any(c.noot and m in c.noot[:3] for c in cells)]
    if not loose:
        return cells
    labels = {r.no: r.path[-1] for r in rows}
    result = []
    for cell in cells:
        digit = cell.text[-1:]
        if digit in loose and cell.value is not None and len(cell.text) > 1 and cell.text[-2].isdecimal():
            others = [
                abs(c.value)
                for c in cells
                if c.row == cell.row and c.column != cell.column and c.value is not None
            ]
            whole, bare = abs(cell.value), _without_last(cell)
            if _is_stuck(whole, abs(bare), others, labels[cell.row]):
                noted = f"{digit} {texts[digit]}"
                cell = cell._replace(value=bare, decimals=max(0, cell.decimals - 1), noot=noted)
        result.append(cell)
    return result


def _without_last(cell: Cell) -> Decimal:
    assert cell.value is not None
    return cell.value.scaleb(cell.decimals).__floordiv__(10).scaleb(-max(0, cell.decimals - 1))


def _is_stuck(whole: Decimal, bare: Decimal, others: list[Decimal], label: str) -> bool:
    limits = _RANGE.search(label)
    if limits and whole > int(limits[2]) >= bare:
        return True
    values = [v for v in others if v]
    if not values:
        return False
    return whole > 3 * max(values) and min(values) / 3 <= bare <= 3 * max(values)
