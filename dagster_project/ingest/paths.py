"""Row paths: which headings a row stands under, from the order of headings, rows and their labels.

Labels in, paths out; no numbers. A total without a name belongs to the group above it, one that names
an open group to that group, and any other to no group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .meaning import BULLET, RowMeaning, plain, row_meaning

_CODE = re.compile(
    r"(?P<code>\d{1,3}[A-Za-z]?(?:[.\-][0-9A-Za-z]{1,4})*|[A-Z]{1,3}\d{1,3}(?:[.\-]\w{1,4})*|\d{1,2}[A-Z]\d{0,2}(?:\.\w{1,3})?)[.:)]?\s+(?=\D)"
)
_COUNTED = re.compile(r"^(\d+) (?:jaar|dagen|uur|weken|maanden|jarigen|en |t/m|tot|\+)", re.IGNORECASE)
_PREFIX_WORD = re.compile(
    r"^(doel|programma|deelprogramma|beleidsterrein|beleidsveld|pijler|thema|taakveld|product|hoofdstuk|opgave|onderdeel)\s+\S",
    re.IGNORECASE,
)
_BARE_TOTAL = re.compile(
    r"(?:sub|deel|tussen|groeps|eind)?totaal|totalen|totale|subtotalen|saldo|saldi|per saldo|som|totaal saldo|resultaat"
)
_BARE_SUBTOTAL = re.compile(r"(?:sub|deel|tussen|groeps)totaal|subtotalen|saldo|saldi|per saldo")
_TOTAL_WORDS = frozenset(
    [
        "totaal",
        "totale",
        "totalen",
        "subtotaal",
        "subtotalen",
        "sub",
        "deel",
        "saldo",
        "som",
        "van",
        "der",
        "de",
        "het",
        "den",
        "en",
        "in",
        "op",
        "per",
        "programma",
        "deelprogramma",
        "beleidsterrein",
        "taakveld",
        "lasten",
        "baten",
        "mutaties",
        "reserves",
        "resultaat",
        "generaal",
        "eindtotaal",
        "exclusief",
        "inclusief",
    ]
)


class Event(NamedTuple):
    """One line of a table, in order: a heading without values, a row with values, or a blank line."""

    kind: str  # heading | row | blank
    label: str = ""
    indent: int = 0
    is_outer: bool = False  # printed in the column of the headings, where there is one
    is_inner: bool = False  # printed in the column right of the headings


class Place(NamedTuple):
    """Where a row stands: its path, its block (rows with one block share one group), and its part in it."""

    path: tuple[str, ...]
    block: int
    depth: int
    is_group_total: bool = False


@lru_cache(maxsize=1 << 16)
def code_of(label: str) -> str | None:
    """The code printed in front of a label: 9A1.a, 6.71, 25-NB-6.1; a number that counts is none."""
    match = _CODE.match(label)
    if match is None or _COUNTED.match(label):
        return None
    return match["code"]


def places(events: Sequence[Event]) -> list[Place]:
    """The place of every row among ``events``, in order."""
    events = _nest_totals(events)
    return _Walker(events).walk()


# --- rows that carry the total of the rows below them ---------------------------------------------------


class _Step(NamedTuple):
    event: Event
    carries: bool = False  # this row opens a group and carries its total
    level: int | None = None


def _nest_totals(events: Sequence[Event]) -> list[_Step]:
    """Find rows with values that are headings of the rows below them: by code, or by indent."""
    steps = [_Step(e) for e in events]
    rows = [i for i, e in enumerate(events) if e.kind == "row"]
    if any(e.kind == "heading" for e in events) or len(rows) < 3 or any(e.is_inner for e in events):
        return steps
    codes = [code_of(events[i].label) for i in rows]
    totals = [row_meaning(events[i].label).rol != "item" for i in rows]
    indents = [events[i].indent for i in rows]
    if len(set(indents)) > 1:
        for k, i in enumerate(rows):
            deeper = k + 1 < len(rows) and indents[k + 1] > indents[k]
            steps[i] = _Step(events[i], carries=deeper and not totals[k], level=indents[k])
        return steps
    bullets = [BULLET.match(events[i].label) is not None for i in rows]
    if any(bullets) and not bullets[0]:
        for k, i in enumerate(rows):
            is_above = not bullets[k] and not totals[k] and k + 1 < len(rows) and bullets[k + 1]
            steps[i] = _Step(events[i], carries=is_above, level=int(bullets[k]))
        return steps
    if _alternates(codes, totals):
        for k, i in enumerate(rows):
            if codes[k] is None and not totals[k]:
                steps[i] = _Step(events[i], carries=k + 1 < len(rows) and codes[k + 1] is not None, level=0)
            else:
                steps[i] = _Step(events[i], level=0 if totals[k] and codes[k] is None else 1)
        return steps
    for k, i in enumerate(rows):
        below = [c for c in codes[k + 1 : k + 3]]
        if codes[k] and len(below) == 2 and all(c and _is_above(codes[k], c) for c in below):
            steps[i] = _Step(events[i], carries=True)
    return steps


def _is_above(parent: str, child: str) -> bool:
    return child.startswith(parent + ".") or child.startswith(parent + "-")


def _alternates(codes: list[str | None], totals: list[bool]) -> bool:
    """Names and coded rows by turns, each name followed by coded rows: names carry the total of theirs."""
    items = [c for c, t in zip(codes, totals, strict=True) if not t]
    if not items or items[0] is not None or items[-1] is None:
        return False
    names = [k for k, c in enumerate(items) if c is None]
    if len(names) < 2 or any(items[k + 1] is None for k in names):
        return False
    return len(items) > 2 * len(names) or len([c for c in items if c]) > len({c for c in items if c})


# --- the walk ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    label: str
    shape: str
    closed: bool = False
    carries: bool = False
    code: str | None = None
    level: int | None = None


@lru_cache(maxsize=1 << 14)
def _shape(label: str) -> str:
    """Labels of one shape stand on one level: a code with as many parts, a word in front, capitals."""
    code = code_of(label)
    if code is not None:
        return "code:" + re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "9", code))).rstrip(
            "aA"
        )
    word = _PREFIX_WORD.match(label)
    if word is not None:
        return "word:" + word[1].lower()
    letters = [c for c in label if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters):
        return "capitals"
    return ""


class _Walker:
    """Keeps the open groups while it passes over the lines of one table."""

    def __init__(self, steps: Sequence[_Step]) -> None:
        self.steps = steps
        self.stack: list[_Group] = []
        self.block = 0
        self.found: list[Place] = []
        self.labels = Counter(plain(s.event.label) for s in steps if s.event.kind == "row")
        self.has_begin = any(
            row_meaning(s.event.label).grootheid == "begin" for s in steps if s.event.kind == "row"
        )
        self.members = self._members()

    def walk(self) -> list[Place]:
        index = 0
        while index < len(self.steps):
            event = self.steps[index].event
            if event.kind == "heading":
                run = self._headings(index)
                self._open(run)
                index += len(run)
                continue
            if event.kind == "blank":
                self.block += 1
            else:
                self._row(self.steps[index], index)
            index += 1
        return self.found

    def _headings(self, index: int) -> list[Event]:
        run = []
        for step in self.steps[index:]:
            if step.event.kind == "row":
                break
            if step.event.kind == "heading":
                run.append(step.event)
        return run or [self.steps[index].event]

    def _open(self, run: list[Event]) -> None:
        """Open the groups of consecutive headings: the last is the innermost; equal shapes replace each other."""
        self.block += 1
        kept: list[Event] = []
        for event in run:
            shape = _shape(event.label)
            same = [i for i, e in enumerate(kept) if shape and _shape(e.label) == shape]
            if same:
                kept = kept[: same[0]]
            kept.append(event)
        first = _shape(kept[0].label)
        level = next((i for i, g in enumerate(self.stack) if first and g.shape == first), None)
        if level is None and kept[0].indent and self.stack:
            level = len(self.stack)
        if level is None:
            unlike = (
                bool(self.stack)
                and first != self.stack[-1].shape
                and bool(first)
                and not self.stack[-1].closed
            )
            level = (
                len(self.stack)
                if unlike and len(kept) == 1 and self._fresh()
                else max(0, len(self.stack) - len(kept))
            )
        del self.stack[level:]
        self.stack += [_Group(e.label, _shape(e.label)) for e in kept]

    def _fresh(self) -> bool:
        """Whether the innermost group still waits for its total."""
        return not self.stack[-1].closed

    def _row(self, step: _Step, index: int) -> None:
        event = step.event
        if step.level is not None:
            self._levelled(step)
            return
        code = code_of(event.label)
        while (
            self.stack
            and self.stack[-1].carries
            and not (code and self.stack[-1].code and _is_above(self.stack[-1].code, code))
        ):
            self.stack.pop()
            self.block += 1
        if step.carries:
            self.block += 1
            self._place(event.label, carries=True)
            self.stack.append(_Group(event.label, "", carries=True, code=code))
            return
        keep = self._level(event, index)
        if keep < len(self.stack):
            del self.stack[keep:]
            self.block += 1
        self._place(event.label)
        if self.stack and self._closes(event) and not self._is_within(row_meaning(event.label), index, keep):
            self.stack[-1].closed = True

    def _levelled(self, step: _Step) -> None:
        """Nesting by a level that is known: rows deeper than a row that carries a total are below it."""
        assert step.level is not None
        while self.stack and (self.stack[-1].level is None or self.stack[-1].level >= step.level):
            self.stack.pop()
            self.block += 1
        self._place(step.event.label, carries=step.carries)
        if step.carries:
            self.block += 1
            self.stack.append(_Group(step.event.label, "", carries=True, level=step.level))

    def _place(self, label: str, carries: bool = False) -> None:
        path = (*(g.label for g in self.stack), label)
        self.found.append(Place(path, self.block, len(path) - 1, carries))

    def _level(self, event: Event, index: int) -> int:
        """How many of the open groups a row stands under."""
        if not self.stack:
            return 0
        label = plain(event.label)
        meaning = row_meaning(event.label)
        open_groups = len(self.stack)
        while open_groups and self.stack[open_groups - 1].closed:
            open_groups -= 1
        if meaning.rol == "item" and meaning.grootheid != "eind":
            if event.is_outer:
                return 0
            return len(self.stack) if label in self.members else open_groups
        if label in self.members and not event.is_outer:
            return len(self.stack)
        if self._is_within(meaning, index, open_groups):
            return open_groups
        if _BARE_TOTAL.fullmatch(label):
            if _BARE_SUBTOTAL.fullmatch(label):
                return open_groups
            return (
                open_groups if self._ends_group(label, index) else min(open_groups, max(0, open_groups - 1))
            )
        named = self._names(event.label, open_groups)
        if named is not None:
            return named
        if (
            meaning.grootheid in ("lasten", "baten", "toevoeging", "onttrekking", "begin", "eind")
            and not event.is_outer
        ):
            return open_groups if self._is_component(label, meaning.grootheid) else 0
        return 0

    def _is_within(self, meaning: RowMeaning, index: int, open_groups: int) -> bool:
        """Whether a balance stands inside the innermost open group: a total closes that by name further on."""
        if not open_groups or meaning.rol != "balance":
            return False
        for step in self.steps[index + 1 :]:
            if step.event.kind == "heading":
                return False
            if step.event.kind == "row" and row_meaning(step.event.label).rol in ("total", "subtotal"):
                return self._names(step.event.label, open_groups) == open_groups
        return False

    def _is_component(self, label: str, grootheid: str) -> bool:
        """``Totaal lasten`` within every group is a part of the group; once, at the end, it is the table's."""
        return self.labels[label] > 1 or grootheid in ("begin", "eind")

    def _ends_group(self, label: str, index: int) -> bool:
        """Whether a bare ``Totaal`` is that of its group: others of that name, or a grand total after it."""
        if self.labels[label] > 1:
            last = max(
                i for i, s in enumerate(self.steps) if s.event.kind == "row" and plain(s.event.label) == label
            )
            groups = sum(1 for i, s in enumerate(self.steps) if s.event.kind == "heading")
            return index != last or self.labels[label] <= groups
        later = [s.event for s in self.steps[index + 1 :] if s.event.kind == "row"]
        return any(row_meaning(e.label).rol == "total" for e in later)

    def _names(self, label: str, open_groups: int) -> int | None:
        """The level below the open group that a total names, or None."""
        words = set(re.findall(r"\w+", plain(label)))
        own = words - _TOTAL_WORDS
        rol = row_meaning(label).rol
        for level in range(open_groups, 0, -1):
            group = self.stack[level - 1]
            group_words = set(re.findall(r"\w+", plain(group.label)))
            code = code_of(group.label)
            if code and (code.lower() in words):
                return level
            if own and (
                own <= group_words or (group_words - _TOTAL_WORDS and group_words - _TOTAL_WORDS <= own)
            ):
                return level
            if (
                not own
                and rol in ("total", "subtotal")
                and words & group_words - {"van", "en", "de"}
                and group_words <= words
            ):
                return level
        return None

    def _closes(self, event: Event) -> bool:
        """Whether nothing of its group comes after this row: its total, its balance, its closing stock."""
        label = plain(event.label)
        meaning = row_meaning(event.label)
        if meaning.grootheid == "eind":
            return self.has_begin
        if meaning.rol == "total" and meaning.grootheid is not None and label in self.members:
            return False  # ``Totaal lasten`` of every group: its balance is still to come
        return meaning.rol in ("subtotal", "total", "balance")

    def _members(self) -> set[str]:
        """Labels that stand in most groups: parts of their group, whatever came before them in it."""
        groups: list[set[str]] = []
        for step in self.steps:
            event = step.event
            if event.kind == "heading":
                groups.append(set())
            elif event.kind == "row" and groups:
                groups[-1].add(plain(event.label))
        filled = [g for g in groups if g]
        counts = Counter(label for group in filled for label in group)
        return {label for label, n in counts.items() if n >= 2 and 2 * n > len(filled)}
