"""Two columns of names in a text that keeps no columns: ``1 Dienstverlening Lasten`` above ``Baten`` and ``Saldo``.

Where a table says twice what a row is (a programma, and of it lasten, baten and saldo), the first name is printed once
for its rows. Without columns it stands in front of the second name of the first of them. What comes back bare, in the
same order, row after row, are second names; what all rows before them end in is the second name that they begin with. Where
second names have codes of their own (``1. Bestuur 0.1 Bestuur`` above ``0.2 Burgerzaken``) these tell where they begin. A code
that is printed behind the values of a row names it too. What does not belong here: two columns that are printed as columns
(see ``column_roles``).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .codes import code_of
from .meaning import plain, says_total
from .panel import ROW, Panel, Strip

_FEWEST = 3  # groups that show that names come back


def with_groups(panel: Panel) -> Panel:
    """The panel with the first names of its rows as groups, where its rows have two names; the panel itself elsewhere."""
    rows = [s for s in panel.rows if s.kind == ROW]
    if (parted := _parted_by_codes(rows)) is not None:
        return replace(panel, rows=tuple(parted.get(id(s), s) for s in panel.rows))
    runs = _runs(rows)
    if len(runs) < _FEWEST or any(s.outer for s in rows):
        return panel
    first = _shared_end([rows[begin - 1].label for begin, _ in runs])
    if not first or says_total(first):
        return panel
    made: dict[int, Strip] = {}
    for begin, end in runs:
        opener = rows[begin - 1]
        words = opener.label.split()
        count = len(first.split())
        group = f"{opener.code} {' '.join(words[:-count])}".strip()
        made[id(opener)] = replace(opener, label=" ".join(words[-count:]), code="", outer=(group,))
        for row in rows[begin:end]:
            made[id(row)] = replace(row, outer=("",))
    strips = tuple(
        made.get(id(s), replace(s, has_own_label=False) if s.kind == ROW else s) for s in panel.rows
    )
    return replace(panel, rows=strips)


_TAAKVELD = r"\d{1,2}\.\d{1,3}[A-Za-z]?"
_OWN = re.compile(_TAAKVELD)
_SECOND = re.compile(rf"(?P<first>.*[^\W\d].*?)\s+(?P<code>{_TAAKVELD})\.?\s+(?P<label>[^\W\d].*)")


def _parted_by_codes(rows: Sequence[Strip]) -> dict[int, Strip] | None:
    """The rows of two names, parted before the code of the second, and those below them, by the strip that each was.

    Two rows or more have a code inside their name, all others but totals one in front of theirs; None elsewhere.
    """
    own = [_OWN.fullmatch(code_of(row.name) or "") is not None for row in rows]
    inside = [None if is_own else _SECOND.fullmatch(row.name) for is_own, row in zip(own, rows, strict=True)]
    if sum(m is not None for m in inside) < 2 or any(s.outer for s in rows):
        return None
    items = [i for i, row in enumerate(rows) if not says_total(row.name)]
    if not all(own[i] or inside[i] for i in items) or not any(own):
        return None
    made: dict[int, Strip] = {}
    is_open = False
    for row, match in zip(rows, inside, strict=True):
        if match is not None:
            outer = (match["first"],)
            made[id(row)] = replace(row, label=match["label"], code=match["code"], outer=outer)
            is_open = True
        elif says_total(row.name):
            made[id(row)] = replace(row, has_own_label=False)
            is_open = False
        elif is_open:
            made[id(row)] = replace(row, outer=("",))
    return made


_CODE = re.compile(rf"{_TAAKVELD}|\d{{1,2}}[A-Z]\d?|[A-Z]{{1,3}}\.?\d{{1,3}}")


def with_codes(panel: Panel) -> Panel:
    """The panel with what stands behind the values of rows as their codes, where it is one in all that have something there."""
    rows = [s for s in panel.rows if s.kind == ROW]
    for name in dict.fromkeys(name for s in rows for name in s.texts):
        behind = [s.texts[name] for s in rows if name in s.texts]
        if len(behind) > 1 and all(map(_CODE.fullmatch, behind)) and not any(s.code for s in rows):
            strips = tuple(
                replace(s, code=s.texts[name], texts={k: t for k, t in s.texts.items() if k != name})
                if s.kind == ROW and name in s.texts
                else s
                for s in panel.rows
            )
            return replace(panel, rows=strips)
    return panel


def _runs(rows: Sequence[Strip]) -> list[tuple[int, int]]:
    """Where the same bare names come back in the same order, each time below a row of another name: (first row, row after)."""
    names = [plain(row.name) for row in rows]
    often = {name for name, n in Counter(names).items() if name and n >= _FEWEST}
    runs = []
    for is_bare, group in itertools.groupby(range(len(rows)), key=lambda i: names[i] in often):
        at = list(group)
        if is_bare and at[0]:
            runs.append((at[0], at[-1] + 1))
    said = {tuple(names[begin:end]) for begin, end in runs}
    return runs if len(said) == 1 else []


def _shared_end(labels: Sequence[str]) -> str:
    """The words that all labels end in, with words left in front of them in each."""
    split = [label.split() for label in labels]
    shared: list[str] = []
    while all(len(words) > len(shared) + 1 for words in split):
        ends = {words[-len(shared) - 1] for words in split}
        if len(ends) > 1:
            break
        shared.insert(0, ends.pop())
    return " ".join(shared)
