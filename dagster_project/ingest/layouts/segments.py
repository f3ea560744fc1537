"""Entries to segments of equal width: where a table begins, and how many values its rows have.

A table begins where a header stands before a row. Its width is what most rows have, the header deciding on
a tie; numbers that belong to a label rather than to a column do not count. What does not belong here: how
the header lies over those columns (``above``).
"""

from __future__ import annotations

import itertools
from collections import Counter

from ..headers import is_strong, likeness, locate
from ..meaning import plain
from .above import Header
from .entries import Entry
from .phrases import one_by_one, without_captions
from .tokens import with_text

_LEAST_ROWS = 3


def segments(entries: list[Entry], layout: str) -> list[list[Entry]]:
    """Entries split where a header stands before a row: none of the segments is empty."""
    found: list[list[Entry]] = []
    for entry in entries:
        above = entry.labels[:-1]
        strong = sum(1 for t in one_by_one(above, layout) if is_strong(t.text)) if above else 0
        if not found or strong >= 2:
            found.append([entry])
        else:
            found[-1].append(entry)
    return found


def width(segment: list[Entry], previous: Header | None, layout: str) -> int:
    """The number of value columns: what most rows have; on a tie what the header allows, else the most.

    ``previous`` is the header of the table in front: where it is printed once more its columns are known.
    """
    counts = Counter(len(e.values) for e in segment)
    if previous is not None:
        before = sum(span for _, span in previous.layers[-1]) if previous.layers else 0
        names = {plain(t.text) for t in one_by_one(segment[0].labels, layout)}
        if before and len(names & previous.names) >= 2 and counts.get(before):
            return before
    top = max(counts.values())
    candidates = sorted((n for n, c in counts.items() if c == top), reverse=True)
    if len(candidates) == 1 and _labels_end_in_numbers(segment, candidates[0]):
        candidates.append(candidates[0] - 1)
    if len(segment) <= 3 or len(candidates) > 1:
        texts = [t.text for t in without_captions(one_by_one(segment[0].labels[:-1], layout))[0]]
        fitting = [
            n
            for n in candidates
            if (found := locate(texts, n)) and all(likeness(t) > 0 for t in texts[found.start : found.end])
        ]
        if fitting:
            return fitting[0]
    return candidates[0]


# --- numbers that belong to labels ------------------------------------------------------------------------


def is_label_number(text: str) -> bool:
    """Whether a value may be the end of a label: ``(5)``, ``2024``, ``6.1``; amounts in thousands are none."""
    if text[:1] == "(" and text[-1:] == ")":
        return text[1:-1].isdigit() and len(text) <= 5
    bare = text.rstrip("-+")
    return (bare.isdigit() and len(bare) <= 4) or (
        bare.count(".") == 1 and len(bare) <= 5 and bare[-4:-3] != "."
    )


def _labels_end_in_numbers(segment: list[Entry], n: int) -> bool:
    """Whether each row with ``n`` values begins with one that may end its label: ``Meicirculaire 2024 -67``."""
    rows = [e for e in segment if len(e.values) == n]
    return n > 2 and all(e.is_row and is_label_number(e.values[0][0]) for e in rows)


def lift_numbers(segment: list[Entry]) -> None:
    """Row numbers and codes in a cell of their own before the label become part of the label: no values.

    One that follows a text stands alone before its label, every other one ends the run of the row above.
    Changes ``segment`` and its entries in place, or leaves them as they are where nothing is numbered so.
    """
    first = segment[0]
    if len(segment) < _LEAST_ROWS or len(first.values) != 1:
        return
    carriers = _code_carriers(segment)
    if not carriers:
        return
    lifted = {id(e): e.values[-1][0] for e in carriers}
    alone = {id(e) for e in carriers if len(e.values) == 1}
    for before, entry in itertools.pairwise(segment):
        number = lifted.get(id(before))
        if number is not None and entry.labels:
            entry.labels[0] = with_text(entry.labels[0], f"{number} {entry.labels[0].text}")
        if id(before) in alone:
            entry.labels = before.labels + entry.labels
    for entry in carriers:
        entry.values = entry.values[:-1]
    segment[:] = [e for e in segment if id(e) not in alone]


def _code_carriers(segment: list[Entry]) -> list[Entry]:
    """Entries whose last value is the code of the row below them, or none."""
    sizes = Counter(len(e.values) for e in segment[1:]).most_common(2)
    for longest, _ in sorted(sizes, reverse=True):
        for alone in ({1}, set()):
            sized = [e for e in segment[1:-1] if len(e.values) in {longest} | alone]
            carriers = [segment[0], *sized]
            if longest > 1 and len(carriers) > 1 and _are_codes([e.values[-1][0] for e in carriers]):
                return carriers
    return []


def _are_codes(texts: list[str]) -> bool:
    """1, 2, 3, ... or codes such as 6.1, 6.71 that do not go down."""
    if all(t.rstrip(".").isdecimal() for t in texts):
        numbers = [int(t.rstrip(".")) for t in texts]
        return all(b - a == 1 for a, b in itertools.pairwise(numbers))
    keys = []
    for text in texts:
        parts = text.rstrip(".").split(".")
        if len(parts) < 2 or not all(p and p[0].isdigit() and len(p) <= 4 for p in parts):
            return False
        keys.append(tuple(parts))
    return [k[0] for k in keys] == sorted(k[0] for k in keys)
