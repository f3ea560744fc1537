"""Codes in front of labels: 9A1.a, 6.71, 25-NB-6.1. A code is text, as printed."""

from __future__ import annotations

import re
from functools import lru_cache

_CODE = re.compile(
    r"(?P<code>\d{1,3}[A-Za-z]?(?:[.\-][0-9A-Za-z]{1,4})*|[A-Z]{1,3}\d{1,3}(?:[.\-]\w{1,4})*|\d{1,2}[A-Z]\d{0,2}(?:\.\w{1,3})?)[.:)]?\s+(?=\D)"
)
_COUNTED = re.compile(r"^(\d+) (?:jaar|dagen|uur|weken|maanden|jarigen|en |t/m|tot|\+)", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def code_of(label: str) -> str | None:
    """The code printed in front of a label: 9A1.a, 6.71, 25-NB-6.1; a number that counts is none."""
    match = _CODE.match(label)
    if match is None or _COUNTED.match(label):
        return None
    return match["code"]
