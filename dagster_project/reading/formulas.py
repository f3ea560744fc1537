"""Formulas that name rows or columns by a letter or number: ``a``, ``(e) = (a) t/m (d)``, ``d=a+b-c``, ``(1) = (4b)*0,02``.

They stand in a row below a header or in a column beside labels, and say how numbers follow from each other. What
does not belong here: what a formula claims (``claims``), and formulas of a workbook.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_SYMBOL = r"[(\[]?(?:\d{1,2}[a-z]?|[a-z]\d?|[ivx]{2,4})[)\]]?"
_OPERAND = rf"(?:\d+,\d+|{_SYMBOL})"
_OPERATOR = r"\s*(?:[-+−–/:*x×<>≤≥]|t/\s?m|tot en met|\bmin\b|\bplus\b)\s*"
_EXPRESSION = rf"(?:[-+−–]\s*)?[(\[]*{_OPERAND}(?:{_OPERATOR}[(\[]*(?:100|{_OPERAND})[)\]]*)*"
ONE = re.compile(rf"(?:{_SYMBOL}\s*)?=\s*{_EXPRESSION}|{_EXPRESSION}", re.IGNORECASE)
_BRACKETED = re.compile(r"\((.*)\)")
_MARKS = re.compile(r"[(\[]?(?:v\s*/\s*n|n\s*/\s*v|s\s*/\s*i|i\s*/\s*s)[)\]]?", re.IGNORECASE)
_PLAIN = re.compile(_SYMBOL, re.IGNORECASE)
_WITHIN = re.compile(r"(?<![\w,.])(?:\d{1,2}[a-z]?|[a-z]\d?)(?![\w,.])")
_DIGITS = re.compile(r"[\d\s\-/–−.,]+")


@lru_cache(maxsize=1 << 13)
def is_formula(text: str) -> bool:
    """Whether a text is a symbol or a formula over symbols, and nothing else.

    >>> [is_formula(t) for t in ("a", "(e) = (a) t/m (d)", "(3a) = (1) > (2)", "V/N", "31-12", "16,1", "Saldo a")]
    [True, True, True, False, False, False, False]
    """
    text = text.strip()
    if len(text) > 60 or _MARKS.fullmatch(text) or (_DIGITS.fullmatch(text) and not text.isdecimal()):
        return False
    bracketed = _BRACKETED.fullmatch(text)
    return bool(ONE.fullmatch(text) or (bracketed and ONE.fullmatch(bracketed[1])))


def symbols_in(text: str) -> frozenset[str]:
    """The symbols that a formula names, without their brackets.

    >>> sorted(symbols_in("[5a]=[4>3]"))
    ['3', '4', '5a']
    """
    return frozenset(_WITHIN.findall(text.casefold()))


def is_symbol(text: str) -> bool:
    """Whether a text is a formula of one symbol: what others call a row or column."""
    return _PLAIN.fullmatch(text.strip()) is not None


def are_formulas(texts: Sequence[str]) -> bool:
    """Whether texts beside each other are formulas, at least one of which says how a number follows from others.

    Letters alone are too, where they follow each other: ``A, B, C``.

    >>> are_formulas(["(a)", "(b)", "(c) = (a) - (b)"]), are_formulas(["a", "b", "c"]), are_formulas(["1", "2"])
    (True, True, False)
    """
    texts = [t for t in texts if t]
    if len(texts) < 2 or not all(map(is_formula, texts)):
        return False
    if any(not is_symbol(t) for t in texts):
        return True
    letters = "".join(t.strip("()[] ").casefold() for t in texts)
    return len(texts) > 2 and letters.isalpha() and letters in "abcdefghijklmnopqrstuvwxyz"
