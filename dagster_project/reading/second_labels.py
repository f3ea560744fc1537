"""Two columns of names in a text that keeps no columns: ``1 Dienstverlening Lasten`` above ``Baten`` and ``Saldo``.

Where a table says twice what a row is (a programma, and of it lasten, baten and saldo), the first name is printed once
for its rows. Without columns it stands in front of the second name of the first of them. What comes back bare, in the
same order, row after row, are second names; what all rows before them end in is the second name that they begin with.
A code that is printed behind the values of a row names it too. What does not belong here: two columns that are printed as columns (see ``column_roles``).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .meaning import plain, says_total
from .panel import ROW, Panel, Strip

_FEWEST = 3  # groups that show that names come back


def with_groups(panel: Panel) -> Panel:
    """The panel with the first names of its rows as groups, where its rows have two names; the panel itself elsewhere."""
    rows = [s for s in panel.rows if s.kind == ROW]
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


_CODE = re.compile(r"\d{1,2}\.\d{1,3}[A-Za-z]?|\d{1,2}[A-Z]\d?|[A-Z]{1,3}\.?\d{1,3}")


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
