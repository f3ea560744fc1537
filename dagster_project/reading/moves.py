"""What can happen at a line to the groups that are open, and what it costs.

A row stands in the innermost group, it ends some, it is the total of one, or it opens one of which it carries the total.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from .codes import begins_low, code_of, is_next, letter_of, number_of
from .held import NONE, Held, OpenGroup, Place, PlacedSoFar, Trail
from .labels import (
    SIDES,
    TOTAL_WORD,
    TWO_SIDES,
    are_kinds_of,
    covers,
    heading_word,
    is_beside_in_balance,
    is_code_above,
    is_sibling,
    is_total,
    name_match,
    own_words,
    role_of,
    says_part,
    shape_of,
    side_of,
)
from .meaning import BULLET, plain, row_meaning
from .outline import (
    BLANK,
    HAS_NO_CODE,
    HEADING,
    IS_BALANCE,
    IS_DIFFERENCE,
    IS_NO_PART,
    IS_OWN,
    IS_SHARED,
    RETURNS,
    ROW,
    Line,
    Outline,
)

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
    "no_part": 1.5,  # a row stands among rows of which each says that it is a part, and says nothing of the kind
    "outdent": 1.6,
    "code_out_of_place": 1.0,
    "holds": -1.3,  # a total equals the sum of what it closes
    "fails": 1.1,
    "carrier_holds": -3.2,
    "carrier_fails": 2.4,
    "only_holds": -1.9,  # the one row below a carrier has the same amounts
    "only_fails": 1.4,
    "held_by_sums": -1.3,  # the rows of a heading are, name by name, the sums of those of the headings inside it
    "empty_group": 0.9,
    "text_as_row": 2.4,  # a text without numbers opens nothing: it is a row whose numbers are left blank
    "text_among_blanks": 0.7,  # the same where many numbers are, and a later total names a group that is open
    "text_set_as_rows": 0.8,  # and where it is set as the rows are, and other headings in bold
    "text_in_a_run": 0.3,  # and where several stand together below rows that are in no group: names whose numbers are blank
    "heading_as_row": 3.0,  # a total names it, or what stands below it begins again or stands further in
    "row_without_numbers": 0.2,  # a text right above a total of another name holds nothing: it is a row of that total
}


_LASTEN_BATEN, _FLOWS = 1 | 2, 4 | 8


class Moves(Outline):
    """What can follow a state at a line of its table: every state that is not hopeless, with its price."""

    def __init__(self, lines: Sequence[Line], steps: Sequence[float], with_sums: bool) -> None:
        super().__init__(lines, steps, with_sums)
        self.marks: dict[int, float] = {}  # what speaks for a row that holds those below it, by how it is set

    # -- leaving groups ----------------------------------------------------------------------------------

    def _left(self, state: PlacedSoFar, keep: int, i: int) -> PlacedSoFar:
        """The state with all but ``keep`` groups ended, none by a total."""
        cost, stack, root = state.cost, list(state.stack), state.root
        while len(stack) > keep:
            group = stack.pop()
            cost += self._price_of_end(group)
            total = group.carrier if group.carrier is not None else group.first
            up = group.members if total is None else self.alone[total]
            if stack:
                stack[-1] = stack[-1]._replace(
                    members=stack[-1].members.and_(up), size=stack[-1].size + group.size
                )
            else:
                root = root.and_(up)
        return state._replace(cost=cost, stack=tuple(stack), root=root)

    def _price_of_end(self, group: OpenGroup) -> float:
        total = group.carrier if group.carrier is not None else group.first
        if total is None:
            is_row = group.line in self.without_numbers
            return PRICES["row_without_numbers" if is_row else "empty_group"] if group.size == 0 else 0.0
        if not group.members:
            return 2.5
        if group.line in self.without_numbers:
            return 0.0  # a total less what follows leaves the rest: that says nothing of a text above it
        if not group.members.said & IS_NO_PART:
            return 0.0  # some parts of it: they need not add up
        if group.members.said & IS_DIFFERENCE:
            return 0.0  # rows, and what they leave of the one above: they always add up
        if group.members.count == 2 and group.members.said & IS_BALANCE:
            return 0.0  # a row less the next is their balance: these add up whatever they are
        fit = self.fit(total, group.members)
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
        is_marked = is_marked and not self.stand_alone(total, group.members.last)
        if group.members.count == 2 and fit >= 0.7 and not is_marked:
            share *= 0.6  # of three rows, the first less the second is the third just as well
        return share * (
            PRICES["carrier_holds"] * fit if fit >= 0.7 else PRICES["carrier_fails"] if fit <= 0.5 else 0.0
        )

    def ended(self, state: PlacedSoFar) -> PlacedSoFar:
        """The state below the last line: no group is open."""
        after = self._left(state, 0, len(self.lines))
        if after.first is not None:
            fit = self.fit(after.first, after.root)
            if fit is not None:
                after = after._replace(
                    cost=after.cost
                    + (PRICES["holds"] if fit >= 0.7 else PRICES["fails"] if fit <= 0.3 else 0.0)
                )
        return after

    # -- headings ----------------------------------------------------------------------------------------------

    def with_heading(self, state: PlacedSoFar, i: int) -> list[PlacedSoFar]:
        """The states in which a heading opens its group: inside the groups that are open, or after some of them."""
        line = self.lines[i]
        shape = shape_of(line.label)
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
                    line.is_outer and not group.is_outer and group.size and not group.own
                ):
                    price += 1.0
                elif group.size == 0 and group.first is None:
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
                if (parent.size == 0 or is_parted) and parent.carrier is None:
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
                if is_beside_in_balance(parent.label, line.label):
                    price += PRICES["post_in_post"]
                if self.has_set_in_headings and line.indent <= parent.indent:
                    price += PRICES["outdent"]
                if line.is_outer and not parent.is_outer and parent.own:
                    price += 2.0  # a column may group what a heading holds, and then all of it
            if (outer := self.held_by.get(i)) is not None:
                is_held = any(group.line == outer for group in state.stack[:keep])
                price += PRICES["held_by_sums"] if is_held else -PRICES["held_by_sums"]
            if ended:
                group = ended[0]
                if shape and group.shape == shape:
                    price -= 0.2
                elif shape != group.shape and group.size:
                    price += 0.3 * PRICES["other_shape"]
                if group.shape != shape and any(g.shape == shape for g in ended[1:]):
                    price += PRICES["other_shape"]  # one of its own shape, inside, could be ended alone
                if self.has_indents and line.indent > group.indent:
                    price += PRICES["outdent"]
            left = self._left(state, keep, i)
            group = OpenGroup(
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
        if i and not line.is_outer and not line.is_bold and not shape:
            result.append(state._replace(cost=state.cost + self._price_as_row(state, i)))
        return result

    def _price_as_row(self, state: PlacedSoFar, i: int) -> float:
        """What it costs to take a text for a row of which no number is printed, and for no heading."""
        if self.opens_group(i):
            return PRICES["heading_as_row"]
        prices = [PRICES["text_as_row"]]
        if self.prints_blanks and any(self._is_expected(group, i) for group in state.stack):
            prices.append(PRICES["text_among_blanks"])
        if self.is_set_as_rows(i):
            prices.append(PRICES["text_set_as_rows"])
        if not state.stack and state.root and self._is_in_a_run(i):
            prices.append(PRICES["text_in_a_run"])
        return min(prices)

    def _is_in_a_run(self, i: int) -> bool:
        """Whether a text stands right above or below another one, and no total with a name follows, but a bare one."""
        beside = [self.lines[k].kind for k in (i - 1, i + 1) if 0 <= k < len(self.lines)]
        return HEADING in beside and not self.later[i] and self.next_total[i] < len(self.lines)

    def _has_rows_of_total(self, group: OpenGroup, i: int) -> bool:
        """Whether a group is that of a total, and rows stand between its name and the line."""
        return group.line < i - 1 and is_total(group.label)

    def _is_expected(self, group: OpenGroup, i: int) -> bool:
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

    def with_row(self, state: PlacedSoFar, i: int) -> list[PlacedSoFar]:
        """The states in which a row has its place."""
        found = self._placed(state, i)
        if role_of(self.lines[i].label) != "item" and self.has_part_below(i):
            found = [self._opened(s, i) for s in found]
        if state.stack and not says_part(self.lines[i].label):
            group = state.stack[-1]
            if group.carrier is not None and group.members and not group.members.said & IS_NO_PART:
                found = _dearer_inside(found, group, PRICES["no_part"])
        if (
            state.stack
            and not self.lines[i].has_code
            and not self.codes_end_groups
            and not is_total(self.lines[i].label)
        ):
            group = state.stack[-1]
            if group.members and not group.is_outer and not group.members.said & HAS_NO_CODE:
                found = _dearer_inside(found, group, PRICES["without_code"])
        if i not in self.block_of:
            return found
        block = self.lines[self.block_of[i]].label
        return [
            s if s.trail and block in s.trail.place.path else s._replace(cost=s.cost + PRICES["member_out"])
            for s in found
        ]

    def _opened(self, state: PlacedSoFar, i: int) -> PlacedSoFar:
        """A total or balance that was put in its place holds the parts of it that follow."""
        assert state.trail is not None
        stack, no = list(state.stack), state.groups
        for label in state.trail.place.path[len(stack) :]:
            no += 1
            stack.append(OpenGroup(label, no, shape_of(label), self.lines[i].indent, carrier=i, line=i))
        place = replace(state.trail.place, carries=True)
        return state._replace(stack=tuple(stack), groups=no, trail=Trail(state.trail.before, place))

    def _placed(self, state: PlacedSoFar, i: int) -> list[PlacedSoFar]:
        """The row in every place that its role allows."""
        label = self.lines[i].label
        role = role_of(label)
        if i in self.sides:
            return self._item(state, i)
        if any(plain(g.label) == plain(label) and g.carrier is None for g in state.stack):
            return self._total(state, i)
        if role == "item" and state.stack and self._is_sum_by_name(state.stack[-1], i):
            return self._total(state, i)
        if role == "total":
            found = self._total(state, i)
            if plain(label) in self.members:
                is_alone = bool(state.stack) and not state.stack[-1].size and self.is_alone(i)
                found += self._item(state, i, extra=PRICES["sums_nothing"] if is_alone else 0.9)
            return found
        if role == "balance" and any(self._has_letter_of(g, label) for g in state.stack):
            return self._total(state, i)
        is_total_of_side = bool(state.stack) and self._is_of_side(state.stack[-1], label)
        if role == "balance" and is_total_of_side and TOTAL_WORD.match(plain(label)):
            return self._total(state, i)
        if role == "balance":
            found = self._balance(state, i)
            is_item = (
                (code_of(label) and self.is_coded) or self.has_sides_below(i) or self._completes(state, i)
            )
            return found + self._item(state, i, extra=0.2) if is_item else found
        return self._item(state, i)

    def _is_sum_by_name(self, group: OpenGroup, i: int) -> bool:
        """Whether a row is called as the heading of its group, but for the word and number in front, and is the sum of the
        rows of it: ``Onderwijs en jeugd`` at the end of ``Programma 2 Onderwijs en jeugd``."""
        word = heading_word(group.label)
        if not word or group.carrier is not None or group.members.count < 2:
            return False
        beyond = own_words(group.label) - own_words(self.lines[i].label)
        is_named = name_match(self.lines[i].label, group.label) and all(
            w == word or w.isdecimal() for w in beyond
        )
        fit = self.fit(i, group.members) if is_named else None
        return fit is not None and fit > 0.99

    def _has_letter_of(self, group: OpenGroup, label: str) -> bool:
        """Whether a balance names a group by its letter: ``Saldo A`` below ``A. Algemene reserves``."""
        own = own_words(label)
        return group.shape == "letter" and len(own) == 1 and own == {group.label[0].lower()}

    def _completes(self, state: PlacedSoFar, i: int) -> bool:
        """Whether a row is the last part of the row that carries the open group: Resultaat boekjaar of Eigen vermogen."""
        group = state.stack[-1] if state.stack else None
        if group is None or group.carrier is None or not group.members:
            return False
        sides = {row_meaning(self.lines[m].label).grootheid for m in (group.carrier, *group.members.rows)}
        if not group.members.said & IS_NO_PART:
            return False  # the others say waarvan, and it does not
        if sides in TWO_SIDES:
            return False  # it is their balance: one side is the other and the balance whatever they are
        whole, without = (
            self.fit(group.carrier, group.members.and_(self.alone[i])),
            self.fit(group.carrier, group.members),
        )
        return whole is not None and whole > 0.99 and (without is None or without < 0.5)

    def _put(self, state: PlacedSoFar, i: int, extra: float, **flags: bool) -> PlacedSoFar:
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
                    members=group.members.and_(self.alone[i]), size=group.size + 1, own=group.own + 1
                ),
            )
        else:
            root = root.and_(self.alone[i])
        return state._replace(
            cost=state.cost + extra, stack=stack, root=root, trail=Trail(state.trail, place)
        )

    def _item(self, state: PlacedSoFar, i: int, extra: float = 0.0) -> list[PlacedSoFar]:
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
                    price += PRICES["leave"] if group.size else 2.0
                if self._is_expected(group, i):
                    price += PRICES["still_expected"]
                if self.has_indents and line.indent > group.indent:
                    price += PRICES["outdent"]
                if group.members and self.are_two_sides(group.members.last, i):
                    price += PRICES["leave_pair"]
            if keep:
                group = state.stack[keep - 1]
                if self.has_indents and line.indent <= group.indent and not group.is_outer:
                    price += PRICES["outdent"] * self._share_of_outdent(group, i)
                if any(is_beside_in_balance(outer.label, line.label) for outer in state.stack[:keep]):
                    price += PRICES["post_in_post"]
                if any(is_next(code_of(outer.label), code) for outer in state.stack[: keep - 1]):
                    price += PRICES["same_shape_inside"]
                if group.carrier is not None:
                    if self._is_of_other_code(group, line.label):
                        price += PRICES["code_out_of_place"]
                elif (
                    group.line in self.without_numbers
                    or self._ends_coded(group, i)
                    or (group.size and (line.is_told or is_next(code_of(group.label), code)))
                    or is_sibling(group.label, line.label)
                ):
                    price += PRICES["same_shape_inside"]
                if (
                    group.size
                    and BULLET.match(self.lines[group.members.last].label if group.members else "")
                    and not BULLET.match(line.label)
                ):
                    price += PRICES["stranger_in"] * 2
                is_stranger = self.members and not is_member and group.carrier is None and group.size
                if is_stranger and group.members.said & (IS_SHARED | IS_OWN) == IS_SHARED:
                    price += PRICES["stranger_in"]  # the first one of its group
            elif is_member and self.first_heading < i:
                price += PRICES["member_out"]
            if keep and state.stack[keep - 1].carrier is not None and self.returning:
                held = state.stack[keep - 1].members
                if held.said & RETURNS and plain(line.label) not in self.returning:
                    price += PRICES["stranger_in"] * 2
            if line.is_outer and keep:
                price += 2.0
            if is_part and (not keep or state.stack[keep - 1].carrier is None):
                price += PRICES["part_alone"]
            if not keep and state.stack and i == self.of_all_groups:
                labels = state.stack[-1].members.said & (IS_SHARED | IS_OWN)
                price += PRICES["holds"] * (labels == IS_SHARED)  # the group has only what the others have
            left = self._left(state, keep, i)
            result.append(self._put(left, i, price))
            if (opened := self._carried(left, i, price)) is not None:
                result.append(opened)
        return result

    def _is_of_other_code(self, group: OpenGroup, label: str) -> bool:
        """Whether a group and what may stand in it have codes of which neither begins the other: 6.71A in 6.5."""
        above, own = number_of(group.label), number_of(label)
        return bool(above and own) and not is_code_above(above, own)

    def _ends_coded(self, group: OpenGroup, i: int) -> bool:
        """Whether a row is the saldo that ends a table of coded rows, below the last of their headings: it is none of its rows."""
        if i != self.rows[-1] or not code_of(group.label) or group.carrier is not None:
            return False
        label = self.lines[i].label
        coded = sum(code_of(self.lines[row].label) is not None for row in self.rows)
        return "saldo" in plain(label) and code_of(label) is None and 2 * coded > len(self.rows)

    def _share_of_outdent(self, group: OpenGroup, i: int) -> float:
        """How much it says that a row is set no further in than the heading of its group: nothing where the row before is not either."""
        if group.carrier is not None:
            return 1.0
        if not group.members:
            return 0.5
        return 1.0 if self.lines[group.members.last].indent > self.lines[i].indent else 0.0

    def _carried(self, state: PlacedSoFar, i: int, price: float) -> PlacedSoFar | None:
        """The row opens a group of the rows below it and carries its total."""
        line = self.lines[i]
        printed = itertools.islice((li for li in self.lines[i + 1 :] if li.kind != BLANK), 2)
        following = list(itertools.takewhile(lambda li: li.kind == ROW, printed))
        is_set_in = bool(following) and following[0].indent > line.indent
        if (
            len(following) < (1 if is_set_in else 2)
            or not line.amounts
            or says_part(line.label)
            or role_of(following[0].label) == "total"
            or is_next(letter_of(line.label), letter_of(following[0].label))  # b) above c)
            or self.begins_course(i)
            or self.comes_back_dated(i)
            or (plain(line.label) in self.members and not self.has_part_below(i))
        ):
            return None
        if sum(g.carrier is not None for g in state.stack) > 1 or len(state.stack) > 3:
            return None
        below = following[0]
        hints = 0.0
        code, code_below = number_of(line.label), number_of(below.label)
        if code and code_below:
            is_longer = code_below.startswith(f"{code}.")  # 3 above 3.1: no other row is that of
            hints += 2 if is_longer else 1 if is_code_above(code, code_below) else -1
        elif code_below and not code:
            hints += 1
        elif code and not code_below:
            hints -= 0.3
        if self.has_indents:
            hints += 1 if below.indent > line.indent else -1
        if line.is_bold and not below.is_bold and role_of(line.label) == "item":
            hints += 1  # totals and balances are set in bold for what they are
        if BULLET.match(below.label) and not BULLET.match(line.label):
            hints += 1
        if plain(below.label) in self.returning and plain(line.label) not in self.returning:
            hints += 1
        if says_part(below.label) and not says_part(line.label):
            hints += 1
        if (
            len(following) > 1
            and all(begins_low(li.label) for li in following)
            and not begins_low(line.label)
        ):
            hints += 1
        own, own_below = own_words(line.label), own_words(below.label)
        if are_kinds_of(own_below, own) and not own <= own_below:
            hints += 1  # the one in the plural: ``Algemene reserves`` above ``Algemene reserve``
        quantity = row_meaning(line.label).grootheid
        quantities = [row_meaning(li.label).grootheid for li in following]
        if quantity in ("lasten", "baten") and quantities[0] is None:
            hints += 1
        if self.has_sides_below(i):
            hints += 1
        self.marks[i] = hints
        if hints <= 0 and all(line.amounts == li.amounts for li in following):
            return None  # rows that all print the same say nothing of what is a part of what
        price += PRICES["carry"] + PRICES["hint"] * max(-1.0, min(hints, 2))
        is_nil = self.prints_nil_above_bullets(i)
        put = self._put(state, i, price, carries=not is_nil)
        if put.stack:  # it is held by the group that it opens
            top = put.stack[-1]._replace(members=state.stack[-1].members)
            put = put._replace(stack=(*put.stack[:-1], top))
        else:
            put = put._replace(root=state.root)
        carrier = None if is_nil else i
        group = OpenGroup(
            line.label, state.groups + 1, shape_of(line.label), line.indent, carrier=carrier, line=i
        )
        return put._replace(stack=(*put.stack, group), groups=state.groups + 1)

    def _total(self, state: PlacedSoFar, i: int) -> list[PlacedSoFar]:
        label = self.lines[i].label
        bare = not own_words(label)
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
        has_exact = any(own_words(label) == own_words(state.stack[k].label) for k in named)
        for keep in range(depth, 0, -1):
            group = state.stack[keep - 1]
            if group.carrier is not None:
                continue
            is_exact = keep - 1 in named and own_words(label) == own_words(group.label)
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
            if group.size == 0 and group.first is None:
                is_of_above = self.is_alone(i) or group.line in self.without_numbers
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
            if goes_on or (is_sub and bare and self.has_total_below(i)):
                price_of_stay = put.cost + PRICES["midway"]
                top = put.stack[-1]._replace(members=self.alone[i])
                result.append(put._replace(cost=price_of_stay, stack=(*put.stack[:-1], top)))
            stack, root = list(put.stack), put.root
            stack.pop()
            if stack:
                stack[-1] = stack[-1]._replace(
                    members=stack[-1].members.and_(self.alone[i]), size=stack[-1].size + group.size
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

    def _is_of_side(self, group: OpenGroup, label: str) -> bool:
        """Whether a total says the side of the one heading that has it: ``Totaal lasten Leefomgeving`` below ``Lasten per taakveld``."""
        side = side_of(label)
        return side is not None and side == side_of(group.label) and self.headings_of[side] == 1

    def _is_of_part(self, group: OpenGroup, i: int) -> bool:
        """Whether a total says more than the name of a group, of which another total comes: a part of it without a heading."""
        own, words = own_words(self.lines[i].label), own_words(group.label)
        says_more = words < own or are_kinds_of(own, words)
        return says_more and any(own_words(total) == words for _, total in self.later[i])

    def _price_of_total(self, i: int, members: Held) -> float:
        if not members:
            return 0.8
        fit = self.fit(i, members)
        if fit is None:
            return 0.0
        return PRICES["holds"] if fit >= 0.7 else PRICES["fails"] if fit <= 0.3 else 0.0

    def _balance(self, state: PlacedSoFar, i: int) -> list[PlacedSoFar]:
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
                pair = (self._is_pair(group) and not is_of_more) or self._is_sum_of(group, label)
                price += PRICES["balance_in"] if is_member or pair else PRICES["balance_in_odd"]
                price += PRICES["balance_of_more"] if is_of_more and group.members else 0.0
                if keep < depth:
                    price += 0.2
                    innermost = state.stack[-1]
                    if innermost.carrier is None and (
                        is_member or (self._is_pair(innermost) and not self._has_balance(innermost))
                    ):
                        price += PRICES["balance_out_odd"]
                if group.size == 0:
                    is_side = row_meaning(group.label).grootheid in SIDES
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
                last = state.stack[-1] if state.stack else None
                odd = last is not None and (
                    is_member
                    or self._is_sum_of(last, label)
                    or (
                        self._is_pair(last)
                        and not self._has_balance(last)
                        and not self._is_of_more(last, label)
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
                    self._put(left, i, price + (0.6 if last is not None and last.size == 0 else 0.0))
                )
        return result

    def _is_pair(self, group: OpenGroup) -> bool:
        """Whether a group holds both sides of a balance: lasten and baten, additions and withdrawals."""
        return any(group.members.said & sides == sides for sides in (_LASTEN_BATEN, _FLOWS))

    def _is_of_more(self, group: OpenGroup, label: str) -> bool:
        """Whether a row is the result of more than a group of additions and withdrawals only, which have no result."""
        sides = {row_meaning(self.lines[m].label).grootheid for m in group.members.rows}
        return (
            row_meaning(label).grootheid == "resultaat"
            and len(group.members.rows) == group.members.count
            and sides <= {"toevoeging", "onttrekking", "mutatie"}
        )

    def _is_sum_of(self, group: OpenGroup, label: str) -> bool:
        """Whether a balance of some rows stands below those of a heading that is called a balance: ``Saldo programma's`` below
        ``Saldo`` of each programma."""
        own, heading = row_meaning(label), row_meaning(group.label)
        return (
            own == heading
            and own.rol == "balance"
            and bool(group.members.rows)
            and not self._has_balance(group)
            and not set(plain(label).split()) >= SIDES
        )

    def _has_balance(self, group: OpenGroup) -> bool:
        return bool(group.members.said & IS_BALANCE)


def _dearer_inside(found: Sequence[PlacedSoFar], group: OpenGroup, price: float) -> list[PlacedSoFar]:
    """The states, those that have put the last row in a group dearer by a price."""
    return [
        s._replace(cost=s.cost + price) if s.trail and group.label in s.trail.place.path[:-1] else s
        for s in found
    ]
