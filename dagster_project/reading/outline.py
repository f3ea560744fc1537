"""The lines of a table, and what they tell together before any of its rows is placed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from .codes import code_of, is_next, number_of
from .held import MOST_SUMMED, Held
from .labels import TWO_SIDES, covers, is_total, name_match, own_words, role_of, says_part, shape_of, side_of
from .meaning import BULLET, plain, row_meaning, says_difference

ROW, HEADING, BLANK = "row", "heading", "blank"


MANY_BLANKS = 6  # one number in so many is left blank: nothing is printed for nil
MOST_CHANGES = 10  # rows between two stocks
FEWEST_SUMS = 4  # amounts of a heading that tell what stands below it


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


_DATED = re.compile(r"(?<=[a-z] )\d[\d/-]*(?: [a-z]{3,9}\b)?")  # behind words: 1 januari, 31-12-2025


_LETTER = re.compile(r"([a-z])[.)]?\s+\S")
# what a row says of itself, as bits, so that many say it together
SIDE_BITS = {"lasten": 1, "baten": 2, "toevoeging": 4, "onttrekking": 8}
IS_BALANCE, IS_SHARED, IS_OWN, RETURNS, IS_NO_PART, HAS_NO_CODE = 16, 32, 64, 128, 256, 512
IS_DIFFERENCE = 1024


class Outline:
    """The lines of one table, and what they tell together."""

    def __init__(self, lines: Sequence[Line], steps: Sequence[float], with_sums: bool) -> None:
        self.lines = lines
        self.rows = [i for i, li in enumerate(lines) if li.kind == ROW]
        self.order = {i: k for k, i in enumerate(self.rows)}
        self.steps = steps
        self.with_sums = with_sums
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
        self.last_total = max((i for i in self.rows if role_of(lines[i].label) == "total"), default=-1)
        self.sides = self._sides_of_headings()
        self.of_several = self._totals_of_several()
        self.without_numbers = self._rows_without_numbers()
        self.headings_of = Counter(side_of(li.label) for li in lines if li.kind == HEADING)
        cells = [amount for i in self.rows for amount in lines[i].amounts]
        self.prints_blanks = MANY_BLANKS * cells.count(None) > len(cells)
        self.opening: dict[int, bool] = {}
        self.headings = sum(li.kind == HEADING for li in lines)
        self.bold_headings = sum(li.kind == HEADING and li.is_bold for li in lines)
        items = [lines[i].is_bold for i in self.rows if role_of(lines[i].label) == "item"]
        self.are_items_bold = 2 * sum(items) >= len(items)
        self.least_indent = min((lines[i].indent for i in self.rows), default=0)
        self.has_carriers = with_sums and any(self._is_sum_of_below(i) for i in self.rows)
        self.of_all_groups = (
            self.rows[-1] if with_sums and self.rows and self._sums_a_member_of_groups() else None
        )
        self.held_by = self._held_by_sums() if with_sums else {}
        self.single: set[tuple[int, tuple[int, ...]]] = set()  # judged in one column only: weak evidence
        self.fits: dict[tuple[int, tuple[int, ...]], float | None] = {}

    def _alone(self, i: int) -> Held:
        """A row, with what it says of itself."""
        line = self.lines[i]
        label, (grootheid, rol) = plain(line.label), row_meaning(line.label)
        said = SIDE_BITS.get(grootheid or "", 0)
        said |= IS_BALANCE if role_of(line.label) == "balance" else 0
        said |= IS_DIFFERENCE if says_difference(line.label) else 0
        said |= IS_SHARED if label in self.members else IS_OWN
        said |= RETURNS if label in self.returning else 0
        said |= 0 if says_part(line.label) else IS_NO_PART
        said |= 0 if line.has_code else HAS_NO_CODE
        return Held.one(i, said, is_apart=rol == "subtotal")

    def is_set_as_rows(self, i: int) -> bool:
        """Whether a text is set as the rows are, where the other headings are set in bold."""
        bold, others = self.bold_headings, self.headings - 1
        return not self.lines[i].is_bold and 2 * bold > others and not self.are_items_bold

    def opens_group(self, i: int) -> bool:
        """Whether a text is surely a heading: a total names it, what follows is set further in or with bullets, or begins again."""
        if i not in self.opening:
            self.opening[i] = self._opens_group(i)
        return self.opening[i]

    def _opens_group(self, i: int) -> bool:
        own, below = self.lines[i], self.lines[i + 1 : self.next_heading[i]]
        if not below or below[0].kind != ROW:
            return False
        is_further_in = below[0].indent > own.indent or (
            BULLET.match(below[0].label) is not None and not BULLET.match(own.label)
        )
        above = takewhile(lambda k: self.lines[k].kind == ROW, range(i - 1, -1, -1))
        again = {plain(self.lines[k].label) for k in above} & {plain(li.label) for li in below}
        return is_further_in or bool(again) or any(covers(label, own.label) for _, label in self.later[i])

    def _held_by_sums(self) -> dict[int, int]:
        """Headings that stand inside another: its rows are, name by name, the sums of theirs, down to the next one of its shape.

        So ``Programma 1``, with its lasten and baten, above ``0.1 Bestuur`` and ``0.2 Burgerzaken`` with theirs.
        """
        headings = [i for i, line in enumerate(self.lines) if line.kind == HEADING and not line.is_outer]
        shapes = {i: shape_of(self.lines[i].label) for i in headings}
        held: dict[int, int] = {}
        for at, i in enumerate(headings):
            inner = []
            for k in headings[at + 1 :]:
                if shapes[k] in ("", shapes[i]) or is_total(self.lines[k].label):
                    break
                inner.append(k)
            if i not in held and shapes[i] and len(inner) > 1 and self._are_sums_of(i, inner):
                held.update(dict.fromkeys(inner, i))
        return held

    def _are_sums_of(self, i: int, inner: Sequence[int]) -> bool:
        """Whether nearly all amounts below a heading are the sums of those of their name below the ``inner`` ones."""
        own = {plain(self.lines[k].label): k for k in self._rows_below(i)}
        parts: dict[str, list[int]] = {}
        for heading in inner:
            for k in self._rows_below(heading):
                parts.setdefault(plain(self.lines[k].label), []).append(k)
        fates = [
            abs(sum(self.lines[k].amounts[c] or 0.0 for k in rows) - whole)
            <= (len(rows) + 1) * self._step(c) / 2
            for name, row in own.items()
            for c, whole in enumerate(self.lines[row].amounts)
            if whole is not None and len(rows := parts.get(name, [])) > 1
        ]
        return len(fates) >= FEWEST_SUMS and 4 * sum(fates) >= 3 * len(fates)

    def _rows_below(self, heading: int) -> list[int]:
        """The rows right below a heading."""
        below = range(heading + 1, len(self.lines))
        return [
            k for k in takewhile(lambda k: self.lines[k].kind != HEADING, below) if self.lines[k].kind == ROW
        ]

    def _step(self, c: int) -> float:
        """The unit of the last digit that a column prints."""
        return self.steps[c] if c < len(self.steps) else 1.0

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
            roles = [role_of(self.lines[k].label) for k in below]
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
            is_of_above = is_total(label) and own_words(label) and again[plain(label)] == 1
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
        return frozenset(found | self._texts_among_rows_of_totals())

    def _texts_among_rows_of_totals(self) -> set[int]:
        """Texts inside groups that all have a total of their name, where one of them stands among the rows of its group:
        rows without a number, and no headings. ``Sport``, ``Tennisclub 12``, ``Ruitervereniging``, ``Zwembad 30``, ``Totaal sport``.
        """
        inside: set[int] = set()
        groups, is_among = 0, False
        end = -1
        for i, line in enumerate(self.lines):
            if line.kind != HEADING or line.is_outer:
                continue
            total = next((k for k, label in self.later[i] if covers(label, line.label)), None)
            if i > end and total is not None:
                groups, end = groups + 1, total
            elif i > end or total is not None or shape_of(line.label):
                return set()  # a group without a total, or one in another: any text may be a heading
            else:
                inside.add(i)
                is_among = is_among or self.lines[i - 1].kind == ROW
        return inside if groups > 1 and is_among and len(inside) <= groups else set()

    def _is_numbered_as_rows(self, i: int) -> bool:
        """Whether a text goes on the numbers of the rows above it, and the line below goes on its own or is the last: 4, 5, 6, 7."""
        above, below = (self.lines[k] if 0 <= k < len(self.lines) else None for k in (i - 1, i + 1))
        code = number_of(self.lines[i].label)
        if above is None or code is None or not is_next(number_of(above.label), code):
            return False
        if above.kind == HEADING and i - 1 not in self.numbered:
            return False
        is_end = below is None or i + 1 == self.rows[-1]
        if below is not None and not is_end and not is_next(code, number_of(below.label)):
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
        return line.is_outer or shape_of(line.label) != "" or name_match(total, line.label)

    def _is_called_as_below(self, i: int) -> bool:
        """Whether a text and every row below it, down to their total, begin with the words that the total has and go on otherwise.

        So ``Betaalde rente kort geld`` above ``Betaalde rente leningen`` and ``Totaal betaalde rente``.
        """
        total = self.next_total[i]
        if i + 1 >= total or total >= self.next_heading[i]:
            return False
        own = own_words(self.lines[total].label)
        begun = [re.findall(r"\w+", plain(line.label)) for line in self.lines[i:total]]
        return bool(own) and all(
            len(words) > len(own) and own_words(" ".join(words[: len(own)])) == own for words in begun
        )

    def _totals_of_several(self) -> frozenset[int]:
        """Totals that say what several headings say in part, and none says alone: ``Totaal passiva`` below vaste and vlottende."""
        labels = {line.label for line in self.lines if line.kind == HEADING}
        counts = Counter(plain(self.lines[i].label) for i in self.rows)
        found = set()
        for i in self.rows:
            own = own_words(label := self.lines[i].label)
            if not own or not is_total(label) or counts[plain(label)] > 1:
                continue
            wider = [own_words(heading) for heading in labels if own <= own_words(heading)]
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
            if line.kind == ROW and role_of(line.label) == "total":
                total = i
            if line.kind == ROW and role_of(line.label) == "total" and own_words(line.label):
                seen = [(i, line.label), *seen][:60]
        return result

    def stand_alone(self, first: int, last: int) -> bool:
        """Whether rows are all that stands between two headings, or of a table."""
        around = (first - 1, last + 1)
        return all(not 0 <= i < len(self.lines) or self.lines[i].kind != ROW for i in around)

    def fit(self, total: int, held: Held) -> float | None:
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
        fitting = [0] * len(readings)
        for c, value in enumerate(self.lines[total].amounts):
            if value is None:
                continue
            terms = [(k, t) for k, p in enumerate(parts) if c < len(p) and (t := p[c]) is not None]
            if not terms or (value == 0 and not any(t for _, t in terms)):
                continue
            judged += 1
            step = self.steps[c] if c < len(self.steps) else 1.0
            tolerance = step * 0.5 * (len(members) + 1) + 1e-9
            for r, signs in enumerate(readings):
                fitting[r] += abs(sum(signs[k] * t for k, t in terms) - value) <= tolerance
        found = max(fitting) / judged if judged else None
        if judged == 1:
            self.single.add(key)
        self.fits[key] = found
        return found

    def _signs(self, members: tuple[int, ...]) -> list[list[int]]:
        """The signs with which rows can make up the one above them: a plain sum, or the difference of two sides."""
        sides = [row_meaning(self.lines[m].label).grootheid for m in members]
        signs = [[1] * len(members)]
        if frozenset(sides) in TWO_SIDES:
            as_revenue = [1 if side in ("baten", "onttrekking") else -1 for side in sides]
            signs += [as_revenue, [-sign for sign in as_revenue]]
        return signs

    def has_part_below(self, i: int) -> bool:
        """Whether the next row says that it is a part of this one: waarvan incidenteel."""
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        is_part = below is not None and below.kind == ROW and says_part(below.label)
        return is_part and not says_part(self.lines[i].label)

    def are_two_sides(self, a: int, b: int) -> bool:
        """Whether two rows are the sides of one thing: lasten and baten, toevoeging and onttrekking."""
        sides = frozenset(row_meaning(self.lines[i].label).grootheid for i in (a, b))
        return sides in TWO_SIDES

    def has_sides_below(self, i: int) -> bool:
        """Whether a row without a side stands right above two rows that are the sides of it: a balance, then its parts.

        Where a balance follows them they lead from one to the other (saldo, toevoeging, onttrekking, resultaat), but for
        mutaties, which are made of them.
        """
        rows = [row_meaning(li.label).grootheid for li in self.lines[i : i + 3] if li.kind == ROW]
        if len(rows) < 3 or rows[0] in rows[1:] or frozenset(rows[1:]) not in TWO_SIDES:
            return False
        after = self.lines[i + 3] if i + 3 < len(self.lines) else None
        is_balance_after = after is not None and after.kind == ROW and role_of(after.label) == "balance"
        return not is_balance_after or rows[0] == "mutatie"

    def begins_course(self, i: int) -> bool:
        """Whether a stock stands above its changes and the stock that they lead to: it is the sum of those by chance only.

        So ``Stand per 1 januari`` is that of the others where nothing was added to it.
        """
        rows = takewhile(lambda line: line.kind == ROW, self.lines[i + 1 : i + MOST_CHANGES])
        ends = any(row_meaning(line.label).grootheid == "eind" for line in rows)
        return ends and row_meaning(self.lines[i].label).grootheid == "begin"

    def comes_back_dated(self, i: int) -> bool:
        """Whether a row comes back below it with another day or number: what stands between leads from one to the other."""
        label = plain(self.lines[i].label)
        bare = _DATED.sub("", label)
        if bare == label:
            return False
        below = takewhile(lambda li: li.kind == ROW, self.lines[i + 1 : i + 1 + MOST_CHANGES])
        return any((name := plain(li.label)) != label and _DATED.sub("", name) == bare for li in below)

    def prints_nil_above_bullets(self, i: int) -> bool:
        """Whether a row that prints nil throughout stands above rows with bullets, not all nil: it is their heading, and no sum."""
        line = self.lines[i]
        if any(line.amounts) or BULLET.match(line.label):
            return False
        below = list(
            takewhile(lambda li: li.kind == ROW and BULLET.match(li.label) is not None, self.lines[i + 1 :])
        )
        return any(any(li.amounts) for li in below)

    def is_alone(self, i: int) -> bool:
        """Whether a total names no group and no row stands right below it: it is of what stands above."""
        is_last = i + 1 == len(self.lines) or self.lines[i + 1].kind != ROW
        return is_last and not own_words(self.lines[i].label)

    def has_total_below(self, i: int) -> bool:
        """Whether items and then a total without a name follow below a subtotal, before the next heading."""
        at = self.next_total[i]
        if at >= self.next_heading[i] or all(line.kind != ROW for line in self.lines[i + 1 : at]):
            return False
        label = self.lines[at].label
        return not own_words(label) and row_meaning(label).rol != "subtotal"
