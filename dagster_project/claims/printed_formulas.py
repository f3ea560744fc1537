"""Formulas that a table prints itself: ``EMU-saldo (1+2-3)`` in a label, ``d = a + b - c`` below a header.

Text and the symbols of rows or columns in, references with signs out. A formula of which a reference is
not there, or not once, is none. What does not belong here: what follows from one (``row_sums``, ``column_sums``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dagster_project.reading.model import Column, Row

Terms = tuple[tuple[int, int], ...]  # the number of a row or column, and +1 or -1

_SYMBOL = r"(?:\d{1,2}[a-z]?|[a-z]|[ivx]{2,4})"
_TERM = re.compile(rf"([+−–-]?)({_SYMBOL})(?:(?:t/m|tm)({_SYMBOL}))?")
_EXPRESSION = re.compile(rf"(?:({_SYMBOL})=|=)?((?:[+−–-]?{_SYMBOL}(?:(?:t/m|tm){_SYMBOL})?)(?:[+−–-]{_SYMBOL}(?:(?:t/m|tm){_SYMBOL})?)*)")  # fmt: skip
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LEADING = re.compile(rf"^\(?({_SYMBOL})[.):]?\s+\S", re.IGNORECASE)
_SIGNS = {"": 1, "+": 1, "-": -1, "−": -1, "–": -1}


def of_rows(rows: Sequence[Row]) -> dict[int, Terms]:
    """Per row number the terms of the formula in its label, where each of them is the number of one row.

    The number of a heading is that of the one total right below it.
    """
    own = [(_symbol_of_row(row), row.no) for row in rows]
    taken = {symbol for symbol, _ in own}
    symbols = _once([*own, *(s for s in _symbols_of_headings(rows) if s[0] not in taken)])
    found = {}
    for row in rows:
        for text in reversed(_BRACKETS.findall(row.path[-1])):
            if terms := _resolved(text, symbols, row.no):
                found[row.no] = terms
                break
    return found


def of_columns(columns: Sequence[Column]) -> dict[int, Terms]:
    """Per column number the terms of the formula that stands below or in its header."""
    texts = {c.no: [c.formule] if c.formule else _BRACKETS.findall(" ".join(c.path)) for c in columns}
    pairs = []
    for no, printed in texts.items():
        pairs += [(symbol, no) for text in printed if (symbol := _symbol_told(text))]
    symbols = _once(pairs)
    return {
        no: terms
        for no, printed in texts.items()
        for text in printed
        if (terms := _resolved(text, symbols, no))
    }


def _symbol_of_row(row: Row) -> str | None:
    if row.code:
        return row.code.casefold().rstrip(".):")
    match = _LEADING.match(row.path[-1])
    return match[1].casefold() if match else None


def _symbols_of_headings(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The symbols of headings without numbers of their own, each with every total right below it."""
    found = []
    for row in rows:
        match = _LEADING.match(row.path[-2]) if len(row.path) > 1 else None
        if match and row.rol in ("total", "subtotal"):
            found.append((match[1].casefold(), row.no))
    return found


def _symbol_told(text: str) -> str | None:
    """What a formula calls its own column: ``a`` and ``d = a + b`` name one, ``a + b`` does not."""
    match = _EXPRESSION.fullmatch(_packed(text))
    if match is None:
        return None
    return match[1] or (match[2] if re.fullmatch(_SYMBOL, match[2]) else None)


def _once(pairs: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """Symbols that stand for one thing only."""
    found: dict[str, list[int]] = {}
    for symbol, no in pairs:
        if symbol is not None:
            found.setdefault(symbol, []).append(no)
    return {symbol: nos[0] for symbol, nos in found.items() if len(nos) == 1}


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _resolved(text: str, symbols: Mapping[str, int], own: int) -> Terms | None:
    match = _EXPRESSION.fullmatch(_packed(text))
    if match is None:
        return None
    order = list(symbols)
    terms: list[tuple[int, int]] = []
    for sign, first, last in _TERM.findall(match[2]):
        if first not in symbols or (last and last not in symbols):
            return None
        run = order[order.index(first) : order.index(last) + 1] if last else [first]
        terms += [(symbols[s], _SIGNS[sign]) for s in run]
    numbers = [no for no, _ in terms]
    return (
        tuple(terms) if len(terms) > 1 and len(set(numbers)) == len(numbers) and own not in numbers else None
    )
