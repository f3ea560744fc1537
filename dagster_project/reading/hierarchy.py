"""Which headings and rows hold which rows: every way that is not hopeless, and what speaks for it.

The rows of a table are passed once. At each there are a few things that can happen to the groups that are open:
it stands in the innermost one, it ends some, it is the total of one, it opens one of which it carries the total.
Each has a price by words, codes, indents and bold type; whether the sums of a group bear it out counts too, but
no more than the words do, and it is told apart (``Placed.by_sums``), so that no sum proves how it was read. The
cheapest way is taken and the next best is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise, takewhile
from math import inf
from typing import NamedTuple

from .codes import code_of, is_next, number_of
from .held import MOST_SUMMED, NONE, Held
from .meaning import BULLET, level_in_balance, plain, row_meaning, says_difference
from .model import join_path

ROW, HEADING, BLANK = "row", "heading", "blank"
BREADTH = 64  # ways that are kept, for tables of few rows
LEAST_BREADTH = 14
MOST_KEPT = 4_000  # ways times rows
MOST_ROWS = 3_000  # beyond it the search keeps two ways only
PRICES = {
    # what happens to open groups, in the unit of the judge
    "nest_under_fresh": 0.15,  # a heading directly below another is inside it
    "replace_fresh": 1.0,
    "replace": 0.0,  # a heading ends the group above it that has rows
    "nest_in_filled": 1.1,
    "total_in_its_group": -0.3,  # a text names the total of the group that is open: Totaal 0.1 above Saldo
    "other_shape": 0.9,  # a heading of another shape than those of its level
    "same_shape_inside": 2.0,
    "leave": 1.15,  # an item ends a group that no total closed
    "leave_beside": 0.2,  # its code follows that of the group (2 after the group 1), or it has the unit that the group has
    "leave_pair": 1.0,  # a row leaves the group in which the other side of it is the row before: toevoeging, onttrekking
    "post_in_post": 2.5,  # a post of a balance stands in another one: liquide middelen in voorraden
    "leave_carrier": 0.45,
    "still_expected": 1.8,  # a group is left though a later total names it
    "carry": 2.2,  # a row opens a group without any mark of it
    "hint": -1.5,  # a mark that the row carries a group: code, indent, bold, bullets below it
    "named": 0.0,  # a total names its group
    "named_by_more": 0.8,  # a total has some words of a group, and is called as another one is
    "bare_inner": 0.1,
    "bare_root": 0.55,
    "unnamed_inner": 1.3,
    "named_root": 1.6,
    "unnamed_root": 0.2,
    "passes_open": 0.35,  # a total closes an outer group and with it an inner one that had no total
    "midway": -0.3,  # a subtotal that leaves its group open for the rows up to its total
    "first": 0.35,  # a total stands before what it sums
    "sums_nothing": 1.6,  # a total without a name is all that a heading holds: it is the total of what stands above
    "balance_in": 0.0,
    "balance_in_odd": 0.9,
    "balance_of_more": 0.7,  # further: it is the result of more than the additions and withdrawals of the group
    "balance_out": 0.25,
    "balance_out_odd": 1.2,
    "balance_of_side": 2.5,  # a balance is all that stands below one of its sides: that is a row without numbers
    "stranger_in": 0.7,  # a label of its own among groups that all hold the same labels
    "member_out": 2.2,  # a label that most groups hold, outside all groups
    "without_code": 1.3,  # a row without a code below a heading whose rows all have one
    "part_alone": 2.4,  # a row that says "waarvan" stands below none that it is a part of
    "outdent": 1.6,
    "code_out_of_place": 1.0,
    "holds": -1.3,  # a total equals the sum of what it closes
    "fails": 1.1,
    "carrier_holds": -3.2,
    "carrier_fails": 2.4,
    "only_holds": -1.9,  # the one row below a carrier has the same amounts
    "only_fails": 1.4,
    "empty_group": 0.9,
    "row_without_numbers": 0.2,  # a text right above a total of another name holds nothing: it is a row of that total
}


MOST_CHANGES = 10  # rows between two stocks


class Line(NamedTuple):
    """A row or heading: its label, its amounts by column (None where none is printed), how it is set."""

    kind: str
    label: str
    amounts: tuple[float | None, ...] = ()
    indent: int = 0
    is_bold: bool = False
    is_outer: bool = False  # a text of a column that groups rows
    level: int = -1  # of that column, from the left
    has_code: bool = False  # in a column of codes
    is_told: bool = False  # a row that says its unit or source itself, as the headings above it do


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: headings above it and its own label; the group it is in; what part it has there."""

    path: tuple[str, ...]
    block: int
    carries: bool = False  # the rows below it are its parts
    is_first: bool = False  # the total of rows that follow it
    closes: bool = False


class Rival(NamedTuple):
    """Where else a row may stand, and how much dearer the cheapest table is in which it stands there."""

    margin: float
    place: Place


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of all rows, the rival of each that has one, and what decided or was refused."""

    places: tuple[Place, ...]
    cost: float
    rivals: tuple[Rival | None, ...]  # by row, in order
    by_sums: tuple[int, ...] = ()  # rows placed otherwise where sums are not looked at
    refused: tuple[int, ...] = ()  # rows that cannot stand where they were said to

    @property
    def margin(self) -> float | None:
        """How much cheaper these places are than the next best; None where there is none."""
        return min((rival.margin for rival in self.rivals if rival is not None), default=None)


class _Group(NamedTuple):
    label: str
    no: int
    shape: str
    indent: int
    members: Held = NONE
    carrier: int | None = None
    first: int | None = None
    count: int = 0
    is_outer: bool = False
    line: int = -1
    level: int = -1
    own: int = 0  # rows that stand in it itself, in no group inside it


class _Trail(NamedTuple):
    before: _Trail | None  # type: ignore[misc]
    place: Place


class _State(NamedTuple):
    cost: float
    stack: tuple[_Group, ...]
    root: Held
    trail: _Trail | None
    groups: int
    first: int | None = None  # a total that stands first in the table


def place_rows(
    lines: Sequence[Line], steps: Sequence[float] = (), said: Mapping[int, str] | None = None
) -> Placed:
    """The places of the rows among ``lines``, in order.

    ``steps`` are the units of the last printed digit of every column, one where none is given: sums may differ by half
    of it for every term. ``said`` are the headings that a person put rows under, joined, by order of the row.
    """
    search = _Search(lines, steps, True, said or {})
    best = search.run()
    places = _unwound(best.trail)
    plainly = places
    if any(line.kind == ROW and line.amounts for line in lines) and _has_structure(lines):
        plainly = _unwound(_Search(lines, steps, False, said or {}).run().trail)
    by_sums = tuple(i for i, (a, b) in enumerate(zip(places, plainly, strict=False)) if a.path != b.path)
    return Placed(
        tuple(places), best.cost, tuple(search.rivals(places)), by_sums, tuple(sorted(search.refused))
    )


def _has_structure(lines: Sequence[Line]) -> bool:
    return any(li.kind == HEADING or row_meaning(li.label).rol != "item" for li in lines)


def _unwound(trail: _Trail | None) -> list[Place]:
    places = []
    while trail is not None:
        places.append(trail.place)
        trail = trail.before
    return places[::-1]


# --- words ----------------------------------------------------------------------------------------------

_NO_NAME = frozenset(
    ["totaal", "totale", "totalen", "subtotaal", "subtotalen", "sub", "deel", "som", "van", "der", "de", "het", "den", "en", "in",
     "op", "per", "generaal", "eindtotaal", "eind", "saldo", "saldi", "tot", "groepstotaal", "overige", "alle"]
)  # fmt: skip
_PART_OF = re.compile(r"\W*(?:waarvan|w\.v\.|waaronder|wv)\b", re.IGNORECASE)
_PREFIX_WORD = re.compile(
    r"^(doel|programma|deelprogramma|beleidsterrein|beleidsveld|pijler|thema|taakveld|product|hoofdstuk|opgave|onderdeel)\s+\S"
)


@lru_cache(maxsize=1 << 14)
def _names(label: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"\w+", plain(label)) if word not in _NO_NAME)


def _stem(word: str) -> str:
    """A word less what Dutch bends: ``incidenteel`` and ``incidentele`` are one."""
    return re.sub(r"([aeou])\1", r"\1", word).removesuffix("e") if len(word) > 5 else word


def _are_kinds_of(own: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a name is one of a kind that another one has in the plural: ``algemene reserve`` or ``programmareserves`` of ``reserves``."""
    kinds = {_PLURAL.sub("", word) for word in words}
    return (
        bool(words) and own != words and all(any(_PLURAL.sub("", o).endswith(k) for o in own) for k in kinds)
    )


_PLURAL = re.compile(r"(?<=\w{4})(?:en|es|s|e)$")


@lru_cache(maxsize=1 << 14)
def name_match(total: str, group: str) -> bool:
    """Whether a total names a group: its own words are words of the group, or the other way round."""
    own, words = _names(total), _names(group)
    if not own or not words:
        return False
    code = code_of(group)
    if code and code.lower() in own:
        return True
    return own <= words or words <= own


@lru_cache(maxsize=1 << 14)
def covers(total: str, group: str) -> bool:
    """Whether a total names a group in full: it has all the words of the group, or its code."""
    own, words = _names(total), _names(group)
    code = code_of(group)
    return bool(own and words) and (words <= own or (code is not None and code.lower() in own))


_TOTAL_WORD = re.compile(r"(?:sub)?tota(?:al|le|len)\b(?: van(?: de)?\b)?\s*")


@lru_cache(maxsize=1 << 14)
def _quantity(label: str) -> str | None:
    """The side or flow that a label is of, whether or not it is a total: lasten for ``Totaal lasten Leefomgeving``."""
    of_what = _TOTAL_WORD.sub("", plain(label), count=1)
    found = row_meaning(of_what).grootheid or row_meaning(of_what.partition(" ")[0]).grootheid
    return found if found in _SIDE_BITS or found == "mutatie" else None


@lru_cache(maxsize=1 << 14)
def _role(label: str) -> str:
    """item, total (also a subtotal), balance; what has no name can only be a total."""
    rol = row_meaning(label).rol if label else "total"
    if rol in ("total", "subtotal"):
        return "total"
    return "balance" if rol in ("balance", "difference") else "item"


@lru_cache(maxsize=1 << 14)
def _shape(label: str) -> str:
    code = code_of(label)
    if code is not None:
        return "code:" + re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "9", code)))
    word = _PREFIX_WORD.match(plain(label))
    if word is not None:
        return "word:" + word[1]
    if label.endswith(":"):
        return "colon"
    letters = [c for c in label if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters):
        return "capitals"
    return "letter" if _LETTERED.match(label) else ""


_DATED = re.compile(r"(?<=[a-z] )\d[\d/-]*(?: [a-z]{3,9}\b)?")  # behind words: 1 januari, 31-12-2025


@lru_cache(maxsize=1 << 14)
def _is_sibling(heading: str, label: str) -> bool:
    """Whether a text without numbers looks like the rows around it: a bullet as theirs, a code of one make below one parent."""
    if BULLET.match(heading) and BULLET.match(label):
        return True
    above, own = code_of(heading), code_of(label)
    parent = (above or "").rpartition(".")[0]
    return bool(parent and own) and _shape(heading) == _shape(label) and parent == own.rpartition(".")[0]  # type: ignore[union-attr]


def _is_beside_in_balance(group: str, label: str) -> bool:
    """Whether both are texts of a balance, and the second is none of what the first is divided into."""
    above, own = level_in_balance(group), level_in_balance(label)
    return above is not None and own is not None and own <= above


_LETTER = re.compile(r"([a-z])[.)]?\s+\S")
_LETTERED = re.compile(r"[A-Z][.)]\s+\S")


def heading_word(text: str) -> str:
    """The word that a heading begins with where a number or name follows it (``programma``, ``hoofdstuk``), else ''."""
    match = _PREFIX_WORD.match(plain(text))
    return match[1] if match else ""


def is_total(label: str) -> bool:
    """Whether a label says that its row is a total or a subtotal."""
    return _role(label) == "total"


def says_part(label: str) -> bool:
    """Whether a label says that its row is a part of the one above: ``waarvan incidenteel``."""
    return _PART_OF.match(label) is not None


def is_marked(label: str) -> bool:
    """Whether a label begins as rows and headings do, and never in the middle: a code, ``Programma 2``, ``Totaal``."""
    return _shape(label).startswith(("code:", "word:")) or _role(label) == "total"


@lru_cache(maxsize=1 << 14)
def _is_above(parent: str | None, child: str | None) -> bool:
    if not parent or not child or parent == child:
        return False
    parent = parent.rstrip(".")
    return child.startswith(parent) and (
        child[len(parent)] in ".-" or (parent[-1:].isdecimal() and child[len(parent)].isalpha())
    )


# --- the search -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def _words_of_path(path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in path for word in re.findall(r"\w+", plain(text)))


_TWO_SIDES = (frozenset(["lasten", "baten"]), frozenset(["toevoeging", "onttrekking"]))
# what a row says of itself, as bits, so that many say it together
_SIDE_BITS = {"lasten": 1, "baten": 2, "toevoeging": 4, "onttrekking": 8}
_LASTEN_BATEN, _FLOWS = 1 | 2, 4 | 8
_IS_BALANCE, _IS_SHARED, _IS_OWN, _RETURNS, _IS_NO_PART, _HAS_NO_CODE = 16, 32, 64, 128, 256, 512
_IS_DIFFERENCE = 1024


def _breadth(rows: int) -> int:
    """How many ways of placing rows are kept: groups in groups that carry totals are dear until the last of them ends."""
    if rows > MOST_ROWS:
        return 2
    return max(LEAST_BREADTH, min(BREADTH, MOST_KEPT // max(1, rows)))


class _Step(NamedTuple):
    is_row: bool
    states: list[_State]
    ways: list[tuple[int, int, float]]  # from a state before, to one of these, at what price


class _Search:
    """A beam over the lines of one table."""

    def __init__(
        self,
        lines: Sequence[Line],
        steps: Sequence[float],
        with_sums: bool,
        said: Mapping[int, str],
    ) -> None:
        self.lines = lines
        self.rows = [i for i, li in enumerate(lines) if li.kind == ROW]
        self.order = {i: k for k, i in enumerate(self.rows)}
        self.steps = steps
        self.with_sums = with_sums
        self.breadth = _breadth(len(self.rows))
        self.members = self._shared_labels()
        self.returning = self._returning_labels()
        self.block_of = self._blocks()
        before_headings = [a for a, b in pairwise(lines) if a.kind == ROW and b.kind == HEADING]
        self.codes_end_groups = any(not line.has_code for line in before_headings)  # by a row without one
        self.later = self._later_totals()
        coded = [code_of(lines[i].label) is not None for i in self.rows]
        self.is_coded = sum(coded) * 3 > 2 * len(coded)
        self.has_indents = len({li.indent for li in lines if li.kind != BLANK}) > 1
        self.has_set_in_headings = len({li.indent for li in lines if li.kind == HEADING}) > 1
        self.first_heading = next((i for i, li in enumerate(lines) if li.kind == HEADING), len(lines))
        self.alone = {i: self._alone(i) for i in self.rows}
        self.last_total = max((i for i in self.rows if _role(lines[i].label) == "total"), default=-1)
        self.sides = self._sides_of_headings()
        self.of_several = self._totals_of_several()
        self.without_numbers = self._rows_without_numbers()
        self.headings_of = Counter(_quantity(li.label) for li in lines if li.kind == HEADING)
        self.least_indent = min((lines[i].indent for i in self.rows), default=0)
        self.has_carriers = with_sums and any(self._is_sum_of_below(i) for i in self.rows)
        self.of_all_groups = (
            self.rows[-1] if with_sums and self.rows and self._sums_a_member_of_groups() else None
        )
        self.marks: dict[int, float] = {}  # what speaks for a row that holds those below it, by how it is set
        self.single: set[tuple[int, tuple[int, ...]]] = set()  # judged in one column only: weak evidence
        self.fits: dict[tuple[int, tuple[int, ...]], float | None] = {}
        self.said = {self.rows[no]: plain(text) for no, text in said.items() if no < len(self.rows)}
        self.refused: set[int] = set()
        self.walked: list[_Step] = []

    def _alone(self, i: int) -> Held:
        """A row, with what it says of itself."""
        line = self.lines[i]
        label, (grootheid, rol) = plain(line.label), row_meaning(line.label)
        said = _SIDE_BITS.get(grootheid or "", 0)
        said |= _IS_BALANCE if _role(line.label) == "balance" else 0
        said |= _IS_DIFFERENCE if says_difference(line.label) else 0
        said |= _IS_SHARED if label in self.members else _IS_OWN
        said |= _RETURNS if label in self.returning else 0
        said |= 0 if says_part(line.label) else _IS_NO_PART
        said |= 0 if line.has_code else _HAS_NO_CODE
        return Held.one(i, said, is_apart=rol == "subtotal")

    def _is_sum_of_below(self, i: int) -> bool:
        """Whether a row is the sum of the next three to six in every column: in this table rows hold their parts."""
        whole = self.lines[i].amounts
        held = [0.0] * len(whole)
        steps = [self.steps[c] if c < len(self.steps) else 1.0 for c in range(len(whole))]
        rows = takewhile(lambda line: line.kind == ROW, self.lines[i + 1 : i + 7])
        for k, line in enumerate(rows, start=1):
            if len(line.amounts) != len(whole) or None in line.amounts or None in whole:
                return False
            held = [a + (b or 0.0) for a, b in zip(held, line.amounts, strict=True)]
            near = zip(held, whole, steps, strict=True)
            if (
                k > 2
                and any(held)
                and all(abs(a - (b or 0.0)) <= s * 0.5 * (k + 1) + 1e-9 for a, b, s in near)
            ):
                return True
        return False

    def _sums_a_member_of_groups(self) -> bool:
        """Whether the last row has a label of its own and is the sum of one row of each group, in every column.

        So ``Materiële vaste activa`` below two groups that both end in ``Boekwaarde 31 december``.
        """
        whole = self.lines[self.rows[-1]]
        if not self.members or plain(whole.label) in self.members or None in whole.amounts:
            return False
        held: dict[str, list[tuple[float | None, ...]]] = {}
        for i in self.rows[:-1]:
            held.setdefault(plain(self.lines[i].label), []).append(self.lines[i].amounts)
        return any(self._are_parts(rows, whole.amounts) for rows in held.values() if len(rows) > 1)

    def _are_parts(self, rows: Sequence[tuple[float | None, ...]], whole: tuple[float | None, ...]) -> bool:
        """Whether rows add up to another one in every column, which are two or more and not all nil."""
        if any(len(row) != len(whole) for row in rows) or len(whole) < 2 or not any(whole):
            return False
        steps = [self.steps[c] if c < len(self.steps) else 1.0 for c in range(len(whole))]
        sums = [sum(a or 0.0 for a in column) for column in zip(*rows, strict=True)]
        off = [abs(a - (b or 0.0)) for a, b in zip(sums, whole, strict=True)]
        return all(d <= step * 0.5 * (len(rows) + 1) + 1e-9 for d, step in zip(off, steps, strict=True))

    def _sides_of_headings(self) -> frozenset[int]:
        """Totals right below a heading, up to their balance, where no row stands that they could sum: they are its rows.

        So ``Totaal lasten``, ``Totaal baten`` and ``Saldo`` below ``6.1 Samenkracht``.
        """
        found: set[int] = set()
        for i, line in enumerate(self.lines):
            if line.kind != HEADING:
                continue
            below = list(takewhile(lambda k: self.lines[k].kind == ROW, range(i + 1, self.next_heading[i])))
            roles = [_role(self.lines[k].label) for k in below]
            sides = len(list(takewhile(lambda role: role == "total", roles)))
            if sides > 1 and roles[sides : sides + 1] == ["balance"]:
                found.update(below[: sides + 1])
        return frozenset(found)

    def _rows_without_numbers(self) -> frozenset[int]:
        """Texts that are rows and no headings: right above a total of another name, or called as the rows below them.

        A total that is the sum of rows below it, or comes back below other texts, is that of a heading.
        """
        found: set[int] = set()
        again = Counter(plain(self.lines[i].label) for i in self.rows)
        for i in self.rows[1:]:
            label = self.lines[i].label
            is_of_above = is_total(label) and _names(label) and again[plain(label)] == 1
            if not is_of_above or i in self.sides or self._is_sum_of_below(i):
                continue
            above = list(takewhile(lambda k: self.lines[k].kind == HEADING, range(i - 1, -1, -1)))
            if not any(self._names_a_group(k, label) for k in above):
                found.update(above)
        self.numbered: set[int] = set()  # texts that go on the numbers of rows
        for i, line in enumerate(self.lines):
            if line.kind == HEADING and (
                self._is_called_as_below(i) or self._is_numbered_as_rows(i) or self._is_question(i)
            ):
                found.add(i)
        return frozenset(found)

    def _is_numbered_as_rows(self, i: int) -> bool:
        """Whether a text goes on the numbers of the rows above it, and the line below goes on its own or is the last: 4, 5, 6, 7."""
        above, below = (self.lines[k] if 0 <= k < len(self.lines) else None for k in (i - 1, i + 1))
        code = number_of(self.lines[i].label)
        if above is None or code is None or not is_next(number_of(above.label), code):
            return False
        if above.kind == HEADING and i - 1 not in self.numbered:
            return False
        is_end = below is None or i + 1 == self.rows[-1]
        if not is_end and not is_next(code, number_of(below.label)):
            return False
        self.numbered.add(i)
        return True

    def _is_question(self, i: int) -> bool:
        """Whether a text below a heading is a question that nobody answered, or has the letter before that of the next row."""
        if not i or self.lines[i - 1].kind != HEADING or i + 1 == len(self.lines):
            return False
        own, below = (_LETTER.match(self.lines[k].label) for k in (i, i + 1))
        is_lettered = own is not None and below is not None and ord(below[1]) == ord(own[1]) + 1
        return is_lettered or "?" in self.lines[i].label

    def _names_a_group(self, i: int, total: str) -> bool:
        """Whether a text above a total is a heading by how it is set, or one that the total names."""
        line = self.lines[i]
        return line.is_outer or _shape(line.label) != "" or name_match(total, line.label)

    def _is_called_as_below(self, i: int) -> bool:
        """Whether a text and every row below it, down to their total, begin with the words that the total has and go on otherwise.

        So ``Betaalde rente kort geld`` above ``Betaalde rente leningen`` and ``Totaal betaalde rente``.
        """
        total = self.next_total[i]
        if i + 1 >= total or total >= self.next_heading[i]:
            return False
        own = _names(self.lines[total].label)
        begun = [re.findall(r"\w+", plain(line.label)) for line in self.lines[i:total]]
        return bool(own) and all(
            len(words) > len(own) and _names(" ".join(words[: len(own)])) == own for words in begun
        )

    def _totals_of_several(self) -> frozenset[int]:
        """Totals that say what several headings say in part, and none says alone: ``Totaal passiva`` below vaste and vlottende."""
        labels = {line.label for line in self.lines if line.kind == HEADING}
        counts = Counter(plain(self.lines[i].label) for i in self.rows)
        found = set()
        for i in self.rows:
            own = _names(label := self.lines[i].label)
            if not own or not is_total(label) or counts[plain(label)] > 1:
                continue
            wider = [_names(heading) for heading in labels if own <= _names(heading)]
            if len(wider) > 1 and own not in wider:
                found.add(i)
        return frozenset(found)

    def _shared_labels(self) -> frozenset[str]:
        """Labels of rows that stand under several headings."""
        groups: list[set[str]] = []
        for line in self.lines:
            if line.kind == HEADING:
                groups.append(set())
            elif line.kind == ROW and groups:
                groups[-1].add(plain(line.label))
        filled = [g for g in groups if g]
        counts = Counter(label for g in filled for label in g)
        return frozenset(label for label, n in counts.items() if n >= 2 and 2 * n > len(filled))

    def _blocks(self) -> dict[int, int]:
        """For rows of blocks with the same labels, under headings that differ in a number only, the heading: Begroting 2025."""
        families: dict[str, list[int]] = {}
        for i, line in enumerate(self.lines):
            if line.kind == HEADING and (name := re.sub(r"\d+", "9", plain(line.label))) != plain(line.label):
                families.setdefault(name, []).append(i)
        for family in families.values():
            parts = [
                self.rows[bisect_right(self.rows, start) : bisect_left(self.rows, end)]
                for start, end in zip(family, (*family[1:], len(self.lines)), strict=True)
            ]
            labels = [{plain(self.lines[i].label) for i in part} for part in parts]
            counts = Counter(label for found in labels for label in found)
            again = {label for label, n in counts.items() if n > 1 and 2 * n > len(family)}
            if len(family) > 1 and len(again) > 2 and 5 * len(again) >= 3 * len(counts):
                # what comes a second time stands below the last block: the same rows of all
                first = [{plain(self.lines[i].label): i for i in reversed(part)} for part in parts]
                return {
                    i: heading
                    for heading, of_label in zip(family, first, strict=True)
                    for label, i in of_label.items()
                    if label in again
                }
        return {}

    def _returning_labels(self) -> frozenset[str]:
        """Labels that come back below each of several rows of their own name: Lasten, Baten under every programme."""
        labels = [plain(self.lines[i].label) for i in self.rows]
        counts = Counter(labels)
        runs = [list(run) for _, run in groupby(labels, key=lambda label: counts[label] > 1)]
        returning = [tuple(run) for run in runs if counts[run[0]] > 1]
        alone = [run for run in runs if counts[run[0]] == 1]
        usual, times = Counter(returning).most_common(1)[0] if returning else ((), 0)
        if times < 2 or 2 * times < len(returning) or len(set(usual)) < len(usual) or len(alone) < times:
            return frozenset()
        return frozenset(usual)

    def _later_totals(self) -> list[list[tuple[int, str]]]:
        """For every line the totals after it that have a name."""
        result: list[list[tuple[int, str]]] = [[] for _ in self.lines]
        seen: list[tuple[int, str]] = []
        self.next_heading = [len(self.lines)] * len(self.lines)
        self.next_total = [len(self.lines)] * len(
            self.lines
        )  # the row behind each line that is one, named or not
        heading = total = len(self.lines)
        for i in range(len(self.lines) - 1, -1, -1):
            result[i] = seen
            self.next_heading[i] = heading
            self.next_total[i] = total
            line = self.lines[i]
            if line.kind == HEADING:
                heading = i
            if line.kind == ROW and _role(line.label) == "total":
                total = i
            if line.kind == ROW and _role(line.label) == "total" and _names(line.label):
                seen = [(i, line.label), *seen][:60]
        return result

    def run(self) -> _State:
        """The cheapest way to place all rows. Every step is kept, so that the rivals of rows can be told."""
        states = [_State(0.0, (), NONE, None, 0)]
        for i, line in enumerate(self.lines):
            if line.kind == BLANK:
                continue
            following: dict[object, _State] = {}
            ways: list[tuple[int, object, float]] = []
            for no, after in self._after(states, i):
                key = (
                    tuple((g.label, g.no, g.carrier, g.first) for g in after.stack),
                    after.trail and after.trail.place,
                )
                ways.append((no, key, after.cost - states[no].cost))
                known = following.get(key)
                if known is None or after.cost < known.cost:
                    following[key] = after
            kept = sorted(following.items(), key=lambda item: item[1].cost)[: self.breadth]
            states = [state for _, state in kept]
            order = {key: no for no, (key, _) in enumerate(kept)}
            self.walked.append(
                _Step(line.kind == ROW, states, [(a, order[key], c) for a, key, c in ways if key in order])
            )
        ended = [self._ended(s) for s in states]
        self.to_end = [e.cost - s.cost for e, s in zip(ended, states, strict=True)]
        return min(ended, key=lambda s: s.cost)

    def _after(self, states: Sequence[_State], i: int) -> list[tuple[int, _State]]:
        """What can follow the states with line ``i``, each with the number of the state that it follows."""
        step = self._heading if self.lines[i].kind == HEADING else self._row
        found = [(no, after) for no, state in enumerate(states) for after in step(state, i)]
        if i not in self.said:
            return found
        as_said = [
            (no, after)
            for no, after in found
            if after.trail is not None and plain(join_path(after.trail.place.path[:-1])) == self.said[i]
        ]
        if not as_said:
            self.refused.add(self.order[i])
        return as_said or found

    def rivals(self, places: Sequence[Place]) -> list[Rival | None]:
        """By row the cheapest place of another name than its own: the words of a path, in any order.

        It is the min-marginal of the row in the lattice of states that were kept. Ways that met in one state go on
        at the price of the cheapest of them.
        """
        if not places:
            return []
        to_go = self.to_end
        least = min(s.cost + t for s, t in zip(self.walked[-1].states, to_go, strict=True))
        found: list[Rival | None] = []
        no = len(places)
        for k in range(len(self.walked) - 1, -1, -1):
            step = self.walked[k]
            if step.is_row:
                no -= 1
                name = _words_of_path(places[no].path)
                others = [
                    Rival(s.cost + t - least, s.trail.place)
                    for s, t in zip(step.states, to_go, strict=True)
                    if t < inf and s.trail is not None and _words_of_path(s.trail.place.path) != name
                ]
                found.append(min(others, key=lambda rival: rival.margin, default=None))
            before = [inf] * (len(self.walked[k - 1].states) if k else 1)
            for a, b, cost in step.ways:
                before[a] = min(before[a], cost + to_go[b])
            to_go = before
        return found[::-1]

    # -- leaving groups ----------------------------------------------------------------------------------

    def _left(self, state: _State, keep: int, i: int) -> _State:
        """The state with all but ``keep`` groups ended, none by a total."""
        cost, stack, root = state.cost, list(state.stack), state.root
        while len(stack) > keep:
            group = stack.pop()
            cost += self._price_of_end(group)
            total = group.carrier if group.carrier is not None else group.first
            up = group.members if total is None else self.alone[total]
            if stack:
                stack[-1] = stack[-1]._replace(
                    members=stack[-1].members.and_(up), count=stack[-1].count + group.count
                )
            else:
                root = root.and_(up)
        return state._replace(cost=cost, stack=tuple(stack), root=root)

    def _price_of_end(self, group: _Group) -> float:
        total = group.carrier if group.carrier is not None else group.first
        if total is None:
            is_row = group.line in self.without_numbers
            return PRICES["row_without_numbers" if is_row else "empty_group"] if group.count == 0 else 0.0
        if not group.members:
            return 2.5
        if group.line in self.without_numbers:
            return 0.0  # a total less what follows leaves the rest: that says nothing of a text above it
        if not group.members.said & _IS_NO_PART:
            return 0.0  # some parts of it: they need not add up
        if group.members.said & _IS_DIFFERENCE:
            return 0.0  # rows, and what they leave of the one above: they always add up
        if group.members.count == 2 and group.members.said & _IS_BALANCE:
            return 0.0  # a row less the next is their balance: these add up whatever they are
        fit = self._fit(total, group.members)
        if group.members.count < 2:
            return PRICES["only_holds"] if fit is not None and fit > 0.99 else PRICES["only_fails"]
        if fit is None:
            return 0.0
        share = 0.4 if (total, group.members.rows) in self.single else 1.0
        if group.members.count == 2 and 0.7 <= fit < 0.99:
            return (
                0.0  # two rows are soon as much as a third one in most columns: what fails in one is no sum
            )
        is_marked = self.marks.get(total, 0.0) > 0 or self.has_carriers
        is_marked = is_marked and not self._stand_alone(total, group.members.last)
        if group.members.count == 2 and fit >= 0.7 and not is_marked:
            share *= 0.6  # of three rows, the first less the second is the third just as well
        return share * (
            PRICES["carrier_holds"] * fit if fit >= 0.7 else PRICES["carrier_fails"] if fit <= 0.5 else 0.0
        )

    def _stand_alone(self, first: int, last: int) -> bool:
        """Whether rows are all that stands between two headings, or of a table."""
        around = (first - 1, last + 1)
        return all(not 0 <= i < len(self.lines) or self.lines[i].kind != ROW for i in around)

    def _ended(self, state: _State) -> _State:
        after = self._left(state, 0, len(self.lines))
        if after.first is not None:
            fit = self._fit(after.first, after.root)
            if fit is not None:
                after = after._replace(
                    cost=after.cost
                    + (PRICES["holds"] if fit >= 0.7 else PRICES["fails"] if fit <= 0.3 else 0.0)
                )
        return after

    # -- sums -------------------------------------------------------------------------------------------------

    def _fit(self, total: int, held: Held) -> float | None:
        """The share of columns in which the rows held add up to the total; None where that cannot be told."""
        if not self.with_sums or held.count > MOST_SUMMED:
            return None
        members = held.rows
        key = (total, members)
        if key in self.fits:
            return self.fits[key]
        parts = [self.lines[m].amounts for m in members]
        if not all(parts):
            self.fits[key] = None
            return None  # the columns of a row are not known yet: what it adds cannot be told
        judged = 0
        readings = self._signs(members)
        held = [0] * len(readings)
        for c, value in enumerate(self.lines[total].amounts):
            if value is None:
                continue
            terms = [(k, p[c]) for k, p in enumerate(parts) if c < len(p) and p[c] is not None]
            if not terms or (value == 0 and not any(t for _, t in terms)):
                continue
            judged += 1
            step = self.steps[c] if c < len(self.steps) else 1.0
            tolerance = step * 0.5 * (len(members) + 1) + 1e-9
            for r, signs in enumerate(readings):
                held[r] += abs(sum(signs[k] * t for k, t in terms) - value) <= tolerance  # type: ignore[operator]
        found = max(held) / judged if judged else None
        if judged == 1:
            self.single.add(key)
        self.fits[key] = found
        return found

    def _signs(self, members: tuple[int, ...]) -> list[list[int]]:
        """The signs with which rows can make up the one above them: a plain sum, or the difference of two sides."""
        sides = [row_meaning(self.lines[m].label).grootheid for m in members]
        signs = [[1] * len(members)]
        if frozenset(sides) in _TWO_SIDES:
            as_revenue = [1 if side in ("baten", "onttrekking") else -1 for side in sides]
            signs += [as_revenue, [-sign for sign in as_revenue]]
        return signs

    # -- headings ----------------------------------------------------------------------------------------------

    def _heading(self, state: _State, i: int) -> list[_State]:
        line = self.lines[i]
        shape = _shape(line.label)
        result = []
        for keep in range(len(state.stack) + 1):
            price = 0.0
            ended = state.stack[keep:]
            if line.is_outer and any(g.is_outer and g.level >= line.level for g in state.stack[:keep]):
                continue  # a column of groups has one text at a time
            if not line.is_outer and any(
                plain(g.label) == plain(line.label) and g.carrier is None for g in state.stack[:keep]
            ):
                continue  # printed again, on a new page or below a total: it does not stand in itself
            if line.is_outer and any(g.is_outer and g.level < line.level for g in ended):
                continue
            if keep and not line.is_outer and self._has_rows_of_total(state.stack[keep - 1], i):
                continue  # below its own numbers a total holds no groups
            for group in ended:
                if (group.is_outer and not line.is_outer) or (
                    line.is_outer and not group.is_outer and group.count and not group.own
                ):
                    price += 1.0
                elif group.count == 0 and group.first is None:
                    price += PRICES["replace_fresh"]
                elif group.carrier is not None:
                    price += 0.1
                else:
                    price += PRICES["replace"]
                if self._is_expected(group, i):
                    price += PRICES["still_expected"]
            if len(ended) > 1:
                price += 0.2 * (len(ended) - 1)
            if keep:
                parent = state.stack[keep - 1]
                is_parted = line.is_outer and not parent.is_outer and not parent.own
                if (parent.count == 0 or is_parted) and parent.carrier is None:
                    price += PRICES["nest_under_fresh"]
                elif is_total(line.label) and name_match(line.label, parent.label):
                    price += PRICES["total_in_its_group"]
                elif not self._is_expected(parent, i) and not (
                    parent.shape and ended and ended[0].shape == shape != parent.shape
                ):
                    price += PRICES["nest_in_filled"]
                else:
                    price += 0.2
                if parent.carrier is not None:
                    price += 1.0
                if (shape and parent.shape == shape) or self._is_of_other_code(parent, line.label):
                    price += PRICES["same_shape_inside"]
                if _is_beside_in_balance(parent.label, line.label):
                    price += PRICES["post_in_post"]
                if self.has_set_in_headings and line.indent <= parent.indent:
                    price += PRICES["outdent"]
                if line.is_outer and not parent.is_outer and parent.own:
                    price += 2.0  # a column may group what a heading holds, and then all of it
            if ended:
                group = ended[0]
                if shape and group.shape == shape:
                    price -= 0.2
                elif shape != group.shape and group.count:
                    price += 0.3 * PRICES["other_shape"]
                if group.shape != shape and any(g.shape == shape for g in ended[1:]):
                    price += PRICES["other_shape"]  # one of its own shape, inside, could be ended alone
                if self.has_indents and line.indent > group.indent:
                    price += PRICES["outdent"]
            left = self._left(state, keep, i)
            group = _Group(
                line.label,
                state.groups + 1,
                shape,
                line.indent,
                is_outer=line.is_outer,
                line=i,
                level=line.level,
            )
            result.append(
                left._replace(cost=left.cost + price, stack=(*left.stack, group), groups=state.groups + 1)
            )
        return result

    def _has_rows_of_total(self, group: _Group, i: int) -> bool:
        """Whether a group is that of a total, and rows stand between its name and the line."""
        return group.line < i - 1 and is_total(group.label)

    def _is_expected(self, group: _Group, i: int) -> bool:
        """Whether a total further on names the group, so that it is still open.

        A total that has only some words of the group ("Totaal reserves" for "Algemene reserves") may be that
        of a larger one: it counts where no other heading stands before it.
        """
        if group.carrier is not None or group.first is not None or group.line in self.without_numbers:
            return False
        later = self.later[i][:12]
        if any(covers(total, group.label) for _, total in later):
            return True
        if self.lines[i].kind == HEADING or not later:
            return False
        return later[0][0] < self.next_heading[i] and name_match(later[0][1], group.label)

    # -- rows ---------------------------------------------------------------------------------------------------

    def _row(self, state: _State, i: int) -> list[_State]:
        found = self._placed(state, i)
        if _role(self.lines[i].label) != "item" and self._has_part_below(i):
            found = [self._opened(s, i) for s in found]
        if (
            state.stack
            and not self.lines[i].has_code
            and not self.codes_end_groups
            and not is_total(self.lines[i].label)
        ):
            group = state.stack[-1]
            if group.members and not group.is_outer and not group.members.said & _HAS_NO_CODE:
                found = [
                    s._replace(cost=s.cost + PRICES["without_code"])
                    if s.trail and group.label in s.trail.place.path[:-1]
                    else s
                    for s in found
                ]
        if i not in self.block_of:
            return found
        block = self.lines[self.block_of[i]].label
        return [
            s if s.trail and block in s.trail.place.path else s._replace(cost=s.cost + PRICES["member_out"])
            for s in found
        ]

    def _has_part_below(self, i: int) -> bool:
        """Whether the next row says that it is a part of this one: waarvan incidenteel."""
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        is_part = below is not None and below.kind == ROW and says_part(below.label)
        return is_part and not says_part(self.lines[i].label)

    def _opened(self, state: _State, i: int) -> _State:
        """A total or balance that was put in its place holds the parts of it that follow."""
        assert state.trail is not None
        stack, no = list(state.stack), state.groups
        for label in state.trail.place.path[len(stack) :]:
            no += 1
            stack.append(_Group(label, no, _shape(label), self.lines[i].indent, carrier=i, line=i))
        place = replace(state.trail.place, carries=True)
        return state._replace(stack=tuple(stack), groups=no, trail=_Trail(state.trail.before, place))

    def _placed(self, state: _State, i: int) -> list[_State]:
        """The row in every place that its role allows."""
        label = self.lines[i].label
        role = _role(label)
        if i in self.sides:
            return self._item(state, i)
        if any(plain(g.label) == plain(label) and g.carrier is None for g in state.stack):
            return self._total(state, i)
        if role == "total":
            found = self._total(state, i)
            if plain(label) in self.members:
                is_alone = bool(state.stack) and not state.stack[-1].count and self._is_alone(i)
                found += self._item(state, i, extra=PRICES["sums_nothing"] if is_alone else 0.9)
            return found
        if role == "balance" and any(self._has_letter_of(g, label) for g in state.stack):
            return self._total(state, i)
        is_total_of_side = bool(state.stack) and self._is_of_side(state.stack[-1], label)
        if role == "balance" and is_total_of_side and _TOTAL_WORD.match(plain(label)):
            return self._total(state, i)
        if role == "balance":
            found = self._balance(state, i)
            is_item = (
                (code_of(label) and self.is_coded) or self._has_sides_below(i) or self._completes(state, i)
            )
            return found + self._item(state, i, extra=0.2) if is_item else found
        return self._item(state, i)

    def _has_letter_of(self, group: _Group, label: str) -> bool:
        """Whether a balance names a group by its letter: ``Saldo A`` below ``A. Algemene reserves``."""
        own = _names(label)
        return group.shape == "letter" and len(own) == 1 and own == {group.label[0].lower()}

    def _completes(self, state: _State, i: int) -> bool:
        """Whether a row is the last part of the row that carries the open group: Resultaat boekjaar of Eigen vermogen."""
        group = state.stack[-1] if state.stack else None
        if group is None or group.carrier is None or not group.members:
            return False
        sides = {row_meaning(self.lines[m].label).grootheid for m in (group.carrier, *group.members.rows)}
        if not group.members.said & _IS_NO_PART:
            return False  # the others say waarvan, and it does not
        if sides in _TWO_SIDES:
            return False  # it is their balance: one side is the other and the balance whatever they are
        whole, without = (
            self._fit(group.carrier, group.members.and_(self.alone[i])),
            self._fit(group.carrier, group.members),
        )
        return whole is not None and whole > 0.99 and (without is None or without < 0.5)

    def _put(self, state: _State, i: int, extra: float, **flags: bool) -> _State:
        """The row in the innermost open group."""
        path = (*(g.label for g in state.stack), self.lines[i].label)
        block = state.stack[-1].no if state.stack else -state.groups
        place = Place(path, block, **flags)
        stack, root = state.stack, state.root
        if stack:
            group = stack[-1]
            stack = (
                *stack[:-1],
                group._replace(
                    members=group.members.and_(self.alone[i]), count=group.count + 1, own=group.own + 1
                ),
            )
        else:
            root = root.and_(self.alone[i])
        return state._replace(
            cost=state.cost + extra, stack=stack, root=root, trail=_Trail(state.trail, place)
        )

    def _item(self, state: _State, i: int, extra: float = 0.0) -> list[_State]:
        line = self.lines[i]
        is_member = plain(line.label) in self.members
        code = code_of(line.label)
        is_part = says_part(line.label)
        result = []
        for keep in range(len(state.stack), -1, -1):
            price = extra
            for group in state.stack[keep:]:
                if group.is_outer:
                    price += 3.0 if not line.is_outer else 0.0
                elif group.carrier is not None:
                    price += PRICES["leave_carrier"]
                elif group.line in self.without_numbers:
                    price += 0.0
                elif (
                    group.members
                    and BULLET.match(self.lines[group.members.last].label)
                    and not BULLET.match(line.label)
                ):
                    price += 0.2
                elif line.is_told or is_next(code_of(group.label), code) or self._ends_coded(group, i):
                    price += PRICES["leave_beside"]
                else:
                    price += PRICES["leave"] if group.count else 2.0
                if self._is_expected(group, i):
                    price += PRICES["still_expected"]
                if self.has_indents and line.indent > group.indent:
                    price += PRICES["outdent"]
                if group.members and self._are_two_sides(group.members.last, i):
                    price += PRICES["leave_pair"]
            if keep:
                group = state.stack[keep - 1]
                if self.has_indents and line.indent <= group.indent and not group.is_outer:
                    price += PRICES["outdent"] * self._share_of_outdent(group, i)
                if any(_is_beside_in_balance(outer.label, line.label) for outer in state.stack[:keep]):
                    price += PRICES["post_in_post"]
                if any(is_next(code_of(outer.label), code) for outer in state.stack[: keep - 1]):
                    price += PRICES["same_shape_inside"]
                if group.carrier is not None:
                    if self._is_of_other_code(group, line.label):
                        price += PRICES["code_out_of_place"]
                elif (
                    group.line in self.without_numbers
                    or self._ends_coded(group, i)
                    or (group.count and (line.is_told or is_next(code_of(group.label), code)))
                    or _is_sibling(group.label, line.label)
                ):
                    price += PRICES["same_shape_inside"]
                if (
                    group.count
                    and BULLET.match(self.lines[group.members.last].label if group.members else "")
                    and not BULLET.match(line.label)
                ):
                    price += PRICES["stranger_in"] * 2
                is_stranger = self.members and not is_member and group.carrier is None and group.count
                if is_stranger and group.members.said & (_IS_SHARED | _IS_OWN) == _IS_SHARED:
                    price += PRICES["stranger_in"]  # the first one of its group
            elif is_member and self.first_heading < i:
                price += PRICES["member_out"]
            if keep and state.stack[keep - 1].carrier is not None and self.returning:
                held = state.stack[keep - 1].members
                if held.said & _RETURNS and plain(line.label) not in self.returning:
                    price += PRICES["stranger_in"] * 2
            if line.is_outer and keep:
                price += 2.0
            if is_part and (not keep or state.stack[keep - 1].carrier is None):
                price += PRICES["part_alone"]
            if not keep and state.stack and i == self.of_all_groups:
                held = state.stack[-1].members.said & (_IS_SHARED | _IS_OWN)
                price += PRICES["holds"] * (held == _IS_SHARED)  # the group has only what the others have
            left = self._left(state, keep, i)
            result.append(self._put(left, i, price))
            if (opened := self._carried(left, i, price)) is not None:
                result.append(opened)
        return result

    def _is_of_other_code(self, group: _Group, label: str) -> bool:
        """Whether a group and what may stand in it have codes of which neither begins the other: 6.71A in 6.5."""
        above, own = number_of(group.label), number_of(label)
        return bool(above and own) and not _is_above(above, own)

    def _are_two_sides(self, a: int, b: int) -> bool:
        """Whether two rows are the sides of one thing: lasten and baten, toevoeging and onttrekking."""
        sides = frozenset(row_meaning(self.lines[i].label).grootheid for i in (a, b))
        return sides in _TWO_SIDES

    def _ends_coded(self, group: _Group, i: int) -> bool:
        """Whether a row is the saldo that ends a table of coded rows, below the last of their headings: it is none of its rows."""
        if i != self.rows[-1] or not code_of(group.label) or group.carrier is not None:
            return False
        label = self.lines[i].label
        coded = sum(code_of(self.lines[row].label) is not None for row in self.rows)
        return "saldo" in plain(label) and code_of(label) is None and 2 * coded > len(self.rows)

    def _share_of_outdent(self, group: _Group, i: int) -> float:
        """How much it says that a row is set no further in than the heading of its group: nothing where the row before is not either."""
        if group.carrier is not None:
            return 1.0
        if not group.members:
            return 0.5
        return 1.0 if self.lines[group.members.last].indent > self.lines[i].indent else 0.0

    def _has_sides_below(self, i: int) -> bool:
        """Whether a row without a side stands right above two rows that are the sides of it: a balance, then its parts.

        Where a balance follows them they lead from one to the other (saldo, toevoeging, onttrekking, resultaat), but for
        mutaties, which are made of them.
        """
        rows = [row_meaning(li.label).grootheid for li in self.lines[i : i + 3] if li.kind == ROW]
        if len(rows) < 3 or rows[0] in rows[1:] or frozenset(rows[1:]) not in _TWO_SIDES:
            return False
        after = self.lines[i + 3] if i + 3 < len(self.lines) else None
        is_balance_after = after is not None and after.kind == ROW and _role(after.label) == "balance"
        return not is_balance_after or rows[0] == "mutatie"

    def _begins_course(self, i: int) -> bool:
        """Whether a stock stands above its changes and the stock that they lead to: it is the sum of those by chance only.

        So ``Stand per 1 januari`` is that of the others where nothing was added to it.
        """
        rows = takewhile(lambda line: line.kind == ROW, self.lines[i + 1 : i + MOST_CHANGES])
        ends = any(row_meaning(line.label).grootheid == "eind" for line in rows)
        return ends and row_meaning(self.lines[i].label).grootheid == "begin"

    def _comes_back_dated(self, i: int) -> bool:
        """Whether a row comes back below it with another day or number: what stands between leads from one to the other."""
        label = plain(self.lines[i].label)
        bare = _DATED.sub("", label)
        if bare == label:
            return False
        below = takewhile(lambda li: li.kind == ROW, self.lines[i + 1 : i + 1 + MOST_CHANGES])
        return any((name := plain(li.label)) != label and _DATED.sub("", name) == bare for li in below)

    def _carried(self, state: _State, i: int, price: float) -> _State | None:
        """The row opens a group of the rows below it and carries its total."""
        line = self.lines[i]
        following = [li for li in self.lines[i + 1 : i + 3] if li.kind == ROW]
        if (
            len(following) < 2
            or not line.amounts
            or says_part(line.label)
            or _role(following[0].label) == "total"
            or self._begins_course(i)
            or self._comes_back_dated(i)
            or (plain(line.label) in self.members and not self._has_part_below(i))
        ):
            return None
        if sum(g.carrier is not None for g in state.stack) > 1 or len(state.stack) > 3:
            return None
        below = following[0]
        hints = 0
        code, code_below = number_of(line.label), number_of(below.label)
        if code and code_below:
            is_longer = code_below.startswith(f"{code}.")  # 3 above 3.1: no other row is that of
            hints += 2 if is_longer else 1 if _is_above(code, code_below) else -1
        elif code_below and not code:
            hints += 1
        elif code and not code_below:
            hints -= 0.3  # type: ignore[assignment]
        if self.has_indents:
            hints += 1 if below.indent > line.indent else -1
        if line.is_bold and not below.is_bold and _role(line.label) == "item":
            hints += 1  # totals and balances are set in bold for what they are
        if BULLET.match(below.label) and not BULLET.match(line.label):
            hints += 1
        if plain(below.label) in self.returning and plain(line.label) not in self.returning:
            hints += 1
        if says_part(below.label) and not says_part(line.label):
            hints += 1
        quantity = row_meaning(line.label).grootheid
        quantities = [row_meaning(li.label).grootheid for li in following]
        if quantity in ("lasten", "baten") and quantities[0] is None:
            hints += 1
        if self._has_sides_below(i):
            hints += 1
        self.marks[i] = hints
        if hints <= 0 and line.amounts == below.amounts == following[1].amounts:
            return None  # rows that all print the same say nothing of what is a part of what
        price += PRICES["carry"] + PRICES["hint"] * max(-1.0, min(hints, 2))
        is_nil = self._prints_nil_above_bullets(i)
        put = self._put(state, i, price, carries=not is_nil)
        if put.stack:  # it is held by the group that it opens
            top = put.stack[-1]._replace(members=state.stack[-1].members)
            put = put._replace(stack=(*put.stack[:-1], top))
        else:
            put = put._replace(root=state.root)
        carrier = None if is_nil else i
        group = _Group(line.label, state.groups + 1, _shape(line.label), line.indent, carrier=carrier, line=i)
        return put._replace(stack=(*put.stack, group), groups=state.groups + 1)

    def _prints_nil_above_bullets(self, i: int) -> bool:
        """Whether a row that prints nil throughout stands above rows with bullets, not all nil: it is their heading, and no sum."""
        line = self.lines[i]
        if any(line.amounts) or BULLET.match(line.label):
            return False
        below = list(
            takewhile(lambda li: li.kind == ROW and BULLET.match(li.label) is not None, self.lines[i + 1 :])
        )
        return any(any(li.amounts) for li in below)

    def _is_alone(self, i: int) -> bool:
        """Whether a total names no group and no row stands right below it: it is of what stands above."""
        is_last = i + 1 == len(self.lines) or self.lines[i + 1].kind != ROW
        return is_last and not _names(self.lines[i].label)

    def _total(self, state: _State, i: int) -> list[_State]:
        label = self.lines[i].label
        bare = not _names(label)
        is_sub = row_meaning(label).rol == "subtotal"
        result = []
        depth = len(state.stack)
        named = [
            k for k in range(depth) if name_match(label, state.stack[k].label) and i not in self.of_several
        ]
        named = named or [
            k for k in range(max(depth - 1, 0), depth) if self._is_of_side(state.stack[k], label)
        ]
        is_member = plain(label) in self.members
        has_exact = any(_names(label) == _names(state.stack[k].label) for k in named)
        for keep in range(depth, 0, -1):
            group = state.stack[keep - 1]
            if group.carrier is not None:
                continue
            is_exact = keep - 1 in named and _names(label) == _names(group.label)
            if keep - 1 in named:
                price = PRICES["named"] + (0.0 if is_exact else 0.1 * (max(named) - (keep - 1)))
                price += PRICES["named_by_more"] * (not is_exact and has_exact)
            elif bare or (is_member and keep == depth):
                price = PRICES["bare_inner"] + (0.0 if is_sub else 0.15)
            else:
                price = PRICES["unnamed_inner"]
            for inner in state.stack[keep:]:
                price += PRICES["passes_open"] if inner.carrier is None and not is_exact else 0.0
                if self._is_expected(inner, i):
                    price += PRICES["still_expected"]
            if group.is_outer:
                price -= 0.3 if bare and depth == keep else 0.0
            left = self._left(state, keep, i)
            group = left.stack[-1]
            if group.count == 0 and group.first is None:
                is_of_above = self._is_alone(i) or group.line in self.without_numbers
                price += PRICES["sums_nothing" if is_of_above else "first"]
                put = self._put(left, i, price, is_first=True)
                top = put.stack[-1]
                put = put._replace(stack=(*put.stack[:-1], top._replace(first=i, members=NONE)))
                result.append(put)
                continue
            if group.first is not None:
                price += 1.0
            if self._is_of_part(group, i):  # Totaal vaste activa below Activa
                price_of_part = price + PRICES["midway"] + self._price_of_total(i, group.members.since())
                put = self._put(left, i, price_of_part, closes=True)
                held = group.members.apart.and_(Held.one(i, self.alone[i].said, is_apart=True))
                result.append(put._replace(stack=(*put.stack[:-1], put.stack[-1]._replace(members=held))))
                price += PRICES["still_expected"]
            price += self._price_of_total(i, group.members)
            put = self._put(left, i, price, closes=True)
            goes_on = group.line == self.block_of.get(i) == self.block_of.get(i + 1, -1)
            if goes_on or (is_sub and bare and self._has_total_below(i)):
                price_of_stay = put.cost + PRICES["midway"]
                top = put.stack[-1]._replace(members=self.alone[i])
                result.append(put._replace(cost=price_of_stay, stack=(*put.stack[:-1], top)))
            stack, root = list(put.stack), put.root
            stack.pop()
            if stack:
                stack[-1] = stack[-1]._replace(
                    members=stack[-1].members.and_(self.alone[i]), count=stack[-1].count + group.count
                )
            else:
                root = root.and_(self.alone[i])
            result.append(put._replace(stack=tuple(stack), root=root))
        # of the table, or of what stands at its outer level
        price = (
            PRICES["bare_root"]
            if bare and depth
            else PRICES["named_root"]
            if named or (is_member and depth)
            else PRICES["unnamed_root"]
            if depth
            else 0.0
        )
        if is_sub and depth:
            price += 0.6
        if bare and i == self.last_total and not is_sub:
            price -= 0.45
        for group in state.stack:
            if self._is_expected(group, i):
                price += PRICES["still_expected"]
            elif group.is_outer and not self.lines[i].is_outer and depth == 1:
                price += 0.3
        left = self._left(state, 0, i)
        if not left.root and left.first is None and not state.groups:
            put = self._put(left, i, 0.1, is_first=True)
            result.append(put._replace(first=i, root=NONE))
        else:
            price += self._price_of_total(i, left.root) if depth or not is_sub else 0.0
            put = self._put(left, i, price, closes=True)
            result.append(put._replace(root=left.root.apart.and_(self.alone[i]) if is_sub else self.alone[i]))
        return result

    def _is_of_side(self, group: _Group, label: str) -> bool:
        """Whether a total says the side of the one heading that has it: ``Totaal lasten Leefomgeving`` below ``Lasten per taakveld``."""
        side = _quantity(label)
        return side is not None and side == _quantity(group.label) and self.headings_of[side] == 1

    def _is_of_part(self, group: _Group, i: int) -> bool:
        """Whether a total says more than the name of a group, of which another total comes: a part of it without a heading."""
        own, words = _names(self.lines[i].label), _names(group.label)
        says_more = words < own or _are_kinds_of(own, words)
        return says_more and any(_names(total) == words for _, total in self.later[i])

    def _has_total_below(self, i: int) -> bool:
        """Whether items and then a total without a name follow below a subtotal, before the next heading."""
        at = self.next_total[i]
        if at >= self.next_heading[i] or all(line.kind != ROW for line in self.lines[i + 1 : at]):
            return False
        label = self.lines[at].label
        return not _names(label) and row_meaning(label).rol != "subtotal"

    def _price_of_total(self, i: int, members: Held) -> float:
        if not members:
            return 0.8
        fit = self._fit(i, members)
        if fit is None:
            return 0.0
        return PRICES["holds"] if fit >= 0.7 else PRICES["fails"] if fit <= 0.3 else 0.0

    def _balance(self, state: _State, i: int) -> list[_State]:
        label = self.lines[i].label
        is_member = plain(label) in self.members
        depth = len(state.stack)
        result = []
        for keep in range(depth, -1, -1):
            price = 0.0
            for group in state.stack[keep:]:
                if group.is_outer:
                    price += 0.4
                if self.least_indent <= group.indent < self.lines[i].indent:
                    price += PRICES["outdent"]  # rows of no group are set as far out as the heading
                if self._is_expected(group, i):
                    price += PRICES["still_expected"]
            if keep:
                group = state.stack[keep - 1]
                if group.carrier is not None:
                    continue
                is_of_more = self._is_of_more(group, label)
                pair = self._is_pair(group) and not is_of_more
                price += PRICES["balance_in"] if is_member or pair else PRICES["balance_in_odd"]
                price += PRICES["balance_of_more"] if is_of_more and group.members else 0.0
                if keep < depth:
                    price += 0.2
                    innermost = state.stack[-1]
                    if innermost.carrier is None and (
                        is_member or (self._is_pair(innermost) and not self._has_balance(innermost))
                    ):
                        price += PRICES["balance_out_odd"]
                if group.count == 0:
                    is_side = row_meaning(group.label).grootheid in _SIDE_BITS
                    price += (
                        PRICES["balance_of_side"] if is_side and not name_match(label, group.label) else 0.3
                    )
                left = self._left(state, keep, i)
                stays = self._put(left, i, price + (0.3 if pair or is_member else 0.0))
                result.append(stays)
                top = stays.stack[-1]
                if pair or is_member:  # it stands for what the group holds
                    top = top._replace(members=self.alone[i])
                closed = self._left(stays._replace(stack=(*stays.stack[:-1], top)), keep - 1, i)
                early = PRICES["still_expected"] if self._is_expected(group, i) else 0.0
                result.append(closed._replace(cost=closed.cost + early - (0.3 if pair or is_member else 0.0)))
            else:
                innermost = state.stack[-1] if state.stack else None
                odd = innermost is not None and (
                    is_member
                    or (
                        self._is_pair(innermost)
                        and not self._has_balance(innermost)
                        and not self._is_of_more(innermost, label)
                    )
                )
                price += (
                    (
                        PRICES["member_out"]
                        if is_member
                        else PRICES["balance_out_odd"]
                        if odd
                        else PRICES["balance_out"]
                    )
                    if depth or (is_member and self.first_heading < i)
                    else 0.0
                )
                left = self._left(state, 0, i)
                result.append(
                    self._put(
                        left, i, price + (0.6 if innermost is not None and innermost.count == 0 else 0.0)
                    )
                )
        return result

    def _is_pair(self, group: _Group) -> bool:
        """Whether a group holds both sides of a balance: lasten and baten, additions and withdrawals."""
        return any(group.members.said & sides == sides for sides in (_LASTEN_BATEN, _FLOWS))

    def _is_of_more(self, group: _Group, label: str) -> bool:
        """Whether a row is the result of more than a group of additions and withdrawals only, which have no result."""
        sides = {row_meaning(self.lines[m].label).grootheid for m in group.members.rows}
        return (
            row_meaning(label).grootheid == "resultaat"
            and len(group.members.rows) == group.members.count
            and sides <= {"toevoeging", "onttrekking", "mutatie"}
        )

    def _has_balance(self, group: _Group) -> bool:
        return bool(group.members.said & _IS_BALANCE)
