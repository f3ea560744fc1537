"""What speaks for or against a form: how its texts lie over columns, by lines, joints and groups; and the least it can cost."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from .forms import Form, OnLine, goes_on
from .header_texts import DATE, UNIT_OF_A_COLUMN, VALUE, Zone, counted_as, words_of
from .judge import Terms, weigh
from .meaning import plain
from .path_terms import (
    ALONE,
    COMES_BACK,
    FLOWS,
    OPPOSITES,
    goes_on_in_estimates,
    header_terms,
    parent_of,
    path_price,
    totals_beside_known,
    totals_of_groups,
    under_a_dated_name,
)

MOST_IN_FAVOUR = -1.2  # what terms can take off the price of the paths


def least_price(form: Form, columns: Sequence[str], zone: Zone, most: float) -> float:
    """What the paths of a form cost by themselves, each looked at alone: a lower bound that is quick.

    Where the paths alone show that it is above ``most`` the bound is a lower one.
    """
    is_zip = form.shapes in (("zip",), ("broken",))
    total = _ODD_PRICE.get(form.shapes[0], 0.0) + LAYER * (max(map(len, form.paths)) - 1)
    prices = [
        path_price(path, kind, is_zip, zone.soort, zone.jaar)
        for path, kind in zip(form.paths, columns, strict=True)
    ]
    total += sum(p.least for p in prices) - SUPPORT * max(sum(p.is_weak for p in prices) - 1, 0)
    ends_in_totals = form.shapes != ("flat",) and sum(p.is_total for p in prices) > 1
    if "zip" in form.shapes:
        total += COUNTED
    excusable = sum(p.excusable for p in prices)
    quick = total + MOST_IN_FAVOUR - excusable
    if (COMES_BACK * quick if ends_in_totals else quick) > most:
        return quick
    widths = set(form.spans)
    if len(form.spans) > 1 and len(widths) == 1:
        total += MOST_IN_FAVOUR
    elif len(widths) > 1 and not goes_on_in_estimates(form.paths):
        total += UNEVEN * (len(widths) - 1)
    if not is_zip:
        total += _unknown_parents(form.paths)
    if excusable:
        total -= weigh(
            {
                "year_twice": under_a_dated_name(form.paths),
                "weak_path": 0.5 * totals_beside_known(form.paths),
            }
        )
    if form.shapes == ("flat",):
        return total + 5.0 * (len(form.paths) - len(set(form.paths)))
    return COMES_BACK * total if total > 0 and ends_in_totals and totals_of_groups(form.paths)[0] else total


def _unknown_parents(paths: Sequence[tuple[str, ...]]) -> float:
    """What parents that nobody knows cost at least."""
    heads = dict.fromkeys(p[0] for p in paths if len(p) > 1)
    unknown = sum(w.likeness < 1 and not w.year and not w.is_estimates for w in map(words_of, heads))
    return weigh({"weak_parent": 1 + ALONE * (unknown - 1)}) if unknown else 0.0


_ODD = {"reversed": 1.0, "broken": 0.6, "ahead": 0.4, "in_place": 0.3, "moved": 0.3}
_ODD_PRICE = {shape: weigh({"odd_shape": count}) for shape, count in _ODD.items()}
LAYER, UNEVEN, COUNTED = (weigh({name: 1}) for name in ("layer", "uneven", "counted"))
SUPPORT = weigh({"weak_path": 1 - ALONE})


def form_terms(form: Form, columns: Sequence[str], zone: Zone, most: float = float("inf")) -> Terms | None:
    """All terms of a form over columns of these kinds, those of its paths among them; None for one that costs more than ``most``.

    What is quick to count is counted first: of thousands of forms few come near the cheapest.
    """
    least = least_price(form, columns, zone, most)
    if least > most:
        return None
    terms = _group_terms(form, columns, zone.prints)
    depth = max(len(p) for p in form.paths)
    _line_terms(form, terms)
    terms["right_to_left"] += _right_to_left(form.paths, zone.texts)
    _joint_terms(form, terms)
    terms["line_at_levels"] += depth > 1 and _counted_at_levels(form.paths)
    if not form.cells:
        terms["low_alone"] += _low_texts(form.paths)
    if least + weigh(terms) > most:
        return None
    is_zip = form.shapes in (("zip",), ("broken",))
    terms.add(header_terms(form.paths, columns, zone.soort, zone.jaar, is_zip))
    terms["layer"] += depth - 1
    if form.shapes[0] in _ODD:
        terms["odd_shape"] += _ODD[form.shapes[0]]
    if form.shapes[0] == "reversed":
        terms["two_quantities"] += _stocks_under_flows(form.paths)
    if depth > 2 and len({p[0] for p in form.paths}) == 1:
        terms["parent_over_all"] += _over_all(form.paths)
    if form.spans:
        widths = set(form.spans)
        if len(widths) > 1 and not goes_on_in_estimates(form.paths):
            terms["uneven"] += len(widths) - 1
        if len(form.spans) == 1 and form.spans[0] == len(form.paths):
            terms["parent_over_all"] += _over_all(form.paths)
    return terms


def _stocks_under_flows(paths: Sequence[tuple[str, ...]]) -> int:
    """Columns of stocks under what is added or taken off, printed below them: ``Stortingen`` below ``Beginstand``."""
    return sum(words_of(p[0]).quantity in FLOWS and words_of(p[-1]).is_stock for p in paths if len(p) > 1)


def _over_all(paths: Sequence[tuple[str, ...]]) -> float:
    """How odd one text over all columns is: hardly where it says of what year they are and no other text does."""
    head = words_of(paths[0][0])
    is_dated = bool(head.years) and head.likeness >= 1 and not head.is_long
    return TELLS_WHEN if is_dated and not any(words_of(t).years for p in paths for t in p[1:]) else 1


TELLS_WHEN = 0.2


def _counted_at_levels(paths: Sequence[tuple[str, ...]]) -> int:
    """Texts that differ in a number only, no year, and stand at two levels: ``1e kwartaal`` beside ``2e kwartaal`` under a parent."""
    levels: dict[str, set[int]] = {}
    for path in paths:
        for level, text in enumerate(path):
            if kind := counted_as(text):
                levels.setdefault(kind, set()).add(level)
    return sum(len(at) > 1 for at in levels.values())


def _years_alone(cells: Sequence[tuple[str, ...]]) -> int:
    """Bare years that go on no text, behind none or one that may take them, though other years go on theirs."""
    dated = [words_of(c[-1]).year is not None for c in cells]
    if not any(d and len(c) > 1 for d, c in zip(dated, cells, strict=True)):
        return 0
    alone = [len(c) == 1 for c in cells]
    return sum(
        dated[k] and alone[k] and (not k or (alone[k - 1] and not dated[k - 1])) for k in range(len(cells))
    )


def _low_texts(paths: Sequence[tuple[str, ...]]) -> int:
    """How many texts begin small where most of a header begin with a capital: parts of others.

    The leaves of a parent that all begin small are a layer that is printed so; so is one before years: ``t/m 2024, 2025``.
    """
    texts = {id(t): t for path in paths for t in path}.values()  # one that stands over several columns once
    low = sum(t[:1].islower() and not all(t in path for path in paths) for t in texts)
    high = sum(t[:1].isupper() or t[:1].isdecimal() for t in texts)
    for _, run in itertools.groupby((p for p in paths if len(p) > 1), parent_of):
        leaves = [p[-1] for p in run]
        small = [t for t in leaves if t[:1].islower()]
        is_before_years = small == leaves[:1] and all(words_of(t).year for t in leaves[1:])
        low -= len(small) if len(leaves) > 1 and (small == leaves or is_before_years) else 0
    return low if 0 < low < high and high > 1 else 0


def _joint_terms(form: Form, terms: Terms) -> None:
    """Texts broken over cells: which of them look as if they go on."""
    if not form.cells:
        return
    terms["stacked"] += 1
    terms["counted"] += "zip" in form.shapes  # as many texts below as above
    terms["low_alone"] += sum(c[0][:1].islower() for c in form.cells)
    terms["odd_joint"] += sum(not goes_on(a, b) for c in form.cells for a, b in itertools.pairwise(c))
    terms.add(cell_terms(form.cells))
    terms["not_gone_on"] += 2 * _years_alone(form.cells)
    for cell, following in itertools.pairwise(form.cells):
        is_bare = len(following) == 1 and words_of(following[0]).year is not None
        terms["run_of_years"] += len(cell) > 1 and words_of(cell[-1]).year is not None and is_bare


CHANGED_ACCOUNTS = {"rekening", "begrotingswijziging"}  # only a budget is changed


def cell_terms(cells: Sequence[Sequence[str]]) -> Terms:
    """What speaks against texts of several pieces, by what the pieces say: two states, two years, what names rows."""
    terms = Terms()
    terms["corner_inside"] += sum(
        len(c) > 1
        and (words_of(c[0]).is_corner or any(w.starts_corner and w.years for w in map(words_of, c[1:])))
        for c in cells
    )
    own = [t for c in cells for t in c[1:] if words_of(t).attribute not in (None, "periode")]
    terms["attribute_over_values"] += len(own)
    for cell in cells:
        stands = {s.partition("_")[0] for t in cell if (s := words_of(t).stand)}
        terms["two_states"] += len(stands - {"begrotingswijziging"}) > 1 or stands == CHANGED_ACCOUNTS
        terms["year_twice"] += len({y for t in cell for y in words_of(t).years}) > 1
        terms["two_quantities"] += any(pair <= {words_of(t).quantity for t in cell} for pair in OPPOSITES)
        terms["two_quantities"] += len({plain(t) for t in cell}) < len(cell)
    return terms


def _line_terms(form: Form, terms: Terms) -> None:
    """Texts of one line above each other, and columns beside each other whose texts are not: where lines are known."""
    lines = [[t.line for t in p if isinstance(t, OnLine)] for p in form.paths]
    torn = sum(len(set(of)) < len(of) for of in lines)
    terms["one_line_twice"] += min(torn, 2)
    of_parent: dict[str, set[int]] = {}
    for path, of in zip(form.paths, lines, strict=True):
        if len(of) == len(path) > 1:
            of_parent.setdefault(path[-2], set()).add(of[-1])
    terms["siblings_apart"] += sum(len(of) > 1 for of in of_parent.values())
    levels: dict[int, set[int]] = {}
    for path, of in zip(form.paths, lines, strict=True):
        for level, line in enumerate(of) if len(of) == len(path) > 1 else ():
            levels.setdefault(line, set()).add(level)
    terms["line_at_levels"] += sum(len(of) > 1 for of in levels.values())
    beside = Counter(of[0] for of in lines if len(of) == 1)
    is_parted = form.shapes == ("flat",) and max(beside.values(), default=0) > 1
    if len(beside) > 1 and (is_parted or form.shapes == ("parents",)):
        terms["lines_beside"] += 1
    if len(lines) > 1 and all(len(of) == len(p) == 2 for p, of in zip(form.paths, lines, strict=True)):
        above, below = zip(*lines, strict=True)
        terms["lines_beside"] += len(set(below)) == 1 and len(set(above)) > 1


def _right_to_left(paths: Sequence[tuple[str, ...]], texts: Sequence[str]) -> int:
    """On how many lines texts stand over columns in another order than they are printed in."""
    printed = {id(t): i for i, t in enumerate(texts) if isinstance(t, OnLine)}
    lines: dict[int, list[int]] = {}
    for path in paths if printed else ():
        for t in path:
            if isinstance(t, OnLine) and id(t) in printed:
                lines.setdefault(t.line, []).append(printed[id(t)])
    return sum(order != sorted(order) for order in lines.values())


def _group_terms(form: Form, columns: Sequence[str], prints: Sequence[str]) -> Terms:
    """How leaves are divided over parents: what tells where one group ends and the next begins."""
    terms = Terms()
    kinds = _kinds_printed(columns, prints)
    groups = _groups(form.paths)
    leaves = [[form.paths[c][-1] for c in group] for group in groups]
    terms["unlike_values"] += _unlike_groups(groups, leaves, kinds)
    for texts in leaves:
        terms.add(_under_parent(tuple(texts)))
    terms["unlike_values"] += shares_elsewhere(form.paths, kinds)
    makes = {_makes(tuple(texts)): None for texts in leaves}
    terms["order_differs"] += any(_are_turned(a, b) for a, b in itertools.combinations(makes, 2))
    terms["torn_group"] += _is_torn(leaves) or _begins_inside(leaves)
    below: dict[tuple[str, ...], list[list[str]]] = {}
    for group, texts in zip(groups, leaves, strict=True):
        below.setdefault(form.paths[group[0]][:-2], []).append(texts)
    terms["siblings_differ"] += sum(
        len({len(texts) for texts in of}) > 1 for parent, of in below.items() if parent
    )
    outer = [form.paths[group[0]][:-1] for group in groups]
    if len(groups) > 1 and {len(o) for o in outer} == {1, 2}:
        terms["lone_child"] += sum(len(below[o[:1]]) == 1 for o in outer if len(o) == 2)
        middle = {o[0]: {p[1] for p in outer if len(p) == 2 and p[0] == o[0]} for o in outer if len(o) == 2}
        terms["difference_of_one"] += any(
            len(texts) == 2 and any(words_of(t).is_difference for t in texts) for texts in middle.values()
        )
    if form.shapes not in (("zip",), ("broken",)) and any(len(g) > 1 for g in groups):
        terms["group_of_one"] += sum(len(texts) == 1 and not words_of(texts[0]).years for texts in leaves)
    return terms


def _groups(paths: Sequence[tuple[str, ...]]) -> list[list[int]]:
    """The columns under each text that stands over leaves; those under none are in no group."""
    groups: list[list[int]] = []
    for c, path in enumerate(paths):
        if len(path) > 1 and groups and paths[groups[-1][-1]][:-1] == path[:-1]:
            groups[-1].append(c)
        elif len(path) > 1:
            groups.append([c])
    return groups


def _unlike_groups(groups: Sequence[Sequence[int]], leaves: Sequence[list[str]], kinds: Sequence[str]) -> int:
    """Groups whose columns print numbers of unlike kinds, but for those whose leaves have each its own kind everywhere."""
    unlike = [len({kinds[c] for c in group} - {""}) > 1 for group in groups]
    if not any(unlike):
        return 0
    printed = [(*texts, *(kinds[c] for c in group)) for group, texts in zip(groups, leaves, strict=True)]
    times = Counter(printed)
    return sum(
        is_unlike and times[print_] == 1 and not any(UNIT_OF_A_COLUMN.fullmatch(t) for t in texts)
        for is_unlike, print_, texts in zip(unlike, printed, leaves, strict=True)
    )  # ``Verschil > €, Verschil > %`` are told by their units


@lru_cache(maxsize=1 << 14)
def _under_parent(texts: tuple[str, ...]) -> Terms:
    """What the leaves of one parent say of each other."""
    days = [DATE.fullmatch(t) is not None for t in texts]
    dated = [bool(words_of(t).years) for t in texts]
    differences = [words_of(t).is_difference for t in texts]
    mixes_days = any(days) and any(d and not day for d, day in zip(dated, days, strict=True))
    return Terms(
        sides_behind=_have_sides_behind(texts),
        mixed_leaves=mixes_days or days.count(True) == 1 < len(days),
        difference_of_one=differences.count(False) == 1 and True in differences,
    )


def _have_sides_behind(texts: Sequence[str]) -> bool:
    """Whether lasten and baten, bare, stand behind other texts of one parent: ``Nog te maken kosten, Lasten, Baten``."""
    bare = [plain(t) for t in texts]
    first = next(
        (k for k, pair in enumerate(itertools.pairwise(bare)) if set(pair) == {"lasten", "baten"}), 0
    )
    return first > 0 and bare[0] not in ("lasten", "baten")


def _is_torn(leaves: Sequence[list[str]]) -> bool:
    """Whether two parents part texts that stand under one elsewhere, or texts that come back as a whole."""
    if any(a + b in leaves for a, b in itertools.pairwise(leaves)):
        return True
    printed = [t for texts in leaves for t in texts]
    size = next(
        (k for k in range(2, len(printed) // 2 + 1) if printed[:k] * (len(printed) // k) == printed), 0
    )
    return bool(size) and any(len(texts) != size for texts in leaves)


def _begins_inside(leaves: Sequence[list[str]]) -> bool:
    """Whether a text that begins one group stands inside another: ``Kosten, Opbrengsten`` beside ``Winst, Kosten``."""
    groups = [g for g in leaves if len(g) > 1]
    first = {g[0] for g in groups if not words_of(g[0]).years}
    return any(t in first for g in groups for t in g[1:])


def shares_elsewhere(paths: Sequence[tuple[str, ...]], kinds: Sequence[str]) -> int:
    """How many columns of percentages do not stand under the text that says them, and other columns do: ``Verzuim (%)``."""
    says = [any("%" in t for t in path) for path in paths]
    if not any(says) or "%" not in kinds:
        return 0
    return sum(bool(kind) and (kind == "%") != own for kind, own in zip(kinds, says, strict=True))


def _kinds_printed(columns: Sequence[str], prints: Sequence[str]) -> list[str]:
    """What kind of numbers every column prints; nothing for columns of texts, or where that is not known."""
    given = iter(prints)
    return [next(given, "") if kind == VALUE else "" for kind in columns]


@lru_cache(maxsize=1 << 14)
def _makes(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts less what tells them from others of their make: states for what they are, years as such."""
    made = [(words_of(t).stand or "").partition("_")[0] or re.sub(r"\d+", "9", plain(t)) for t in texts]
    return tuple(dict.fromkeys(made))


def _are_turned(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two rows of texts have two of them in another order."""
    shared = [t for t in some if t in others]
    return shared != [t for t in others if t in shared]
