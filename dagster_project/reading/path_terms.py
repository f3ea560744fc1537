"""What speaks for or against the paths of columns, wherever they come from: by themselves, and beside each other."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .codes import is_wordless
from .field_words import pattern_of
from .forms import OnLine, is_open
from .header_texts import (
    BARE_TOTALS,
    DATE,
    RANGE,
    TEXT,
    VALUE,
    Words,
    alternatives_in,
    names_a_column,
    words_of,
)
from .header_words import (
    ALSO_VALUES,
    CORNER_WORDS,
    NEEDS_NAME,
    says_benchmark,
    unit_in,
    without_unit,
)
from .judge import Terms, weigh
from .labels import are_kinds_of, own_words
from .meaning import plain, says_total

_BASED_ON = pattern_of("volgens", "header as printed")  # the document that a column is taken from, and how
_ESTIMATE = pattern_of("raming", "header as printed")
_CHANGED_ACCOUNTS = pattern_of("gewijzigde_rekening", "header as printed")
_DANGLING = re.compile(r"\s(?:van|en|na|voor|per|t/m|tot|met|op|in|de|het|aan|uit|t\.o\.v\.)$", re.IGNORECASE)
_TITLE = pattern_of("kop_van_tabel", "header as printed")


def corner_terms(texts: Sequence[str]) -> Terms:
    """What speaks against texts that name the rows."""
    terms = Terms()
    for t in texts:
        w = words_of(t)
        if alternatives_in(t):
            terms["corner_unknown"] += 1  # ``Lasten/Baten`` may name a second column of labels
        elif w.attribute == "periode" and not w.years:
            terms["corner_unknown"] += 1  # what years are called, of columns or of rows
        elif w.years or w.likeness >= 2 or plain(t) in NEEDS_NAME:
            terms["corner_odd"] += 1 if w.likeness < 2 or w.likeness >= 3 or w.years else 0.6
        elif (w.likeness == 1 and not w.is_corner) or w.is_difference or says_total(t):
            terms["corner_odd"] += 0.4
        elif not w.is_corner:
            is_title = w.is_long or _TITLE.match(t) or not any(c.isalpha() for c in t)  # 3.1 of a chapter
            terms["corner_unknown"] += 3 if is_title else 1
    return terms


class PathPrice(NamedTuple):
    """What a path costs at least by itself, without what the other paths may excuse or all of them count together."""

    least: float
    excusable: float  # of that, for years that a name over them may have as well, and for the total of columns that are known
    is_weak: bool  # no text of it looks like a header
    is_total: bool  # its lowest text is a bare total


@lru_cache(maxsize=1 << 16)
def path_price(path: tuple[str, ...], kind: str, is_zip: bool, soort: str, jaar: int | None) -> PathPrice:
    """What a path costs by itself."""
    counts = _path_counts(path, kind, is_zip, soort, jaar)
    together = {"weak_leaf": 0.75 * counts["weak_leaf"], "year_against_state": counts["year_against_state"]}
    return PathPrice(
        weigh(counts) - weigh(together),
        weigh({"year_twice": counts["year_twice"], "weak_path": 0.5 * _is_unknown_total(path)}),
        counts["weak_path"] >= 1,
        bool(path) and plain(path[-1]) in BARE_TOTALS,
    )


@lru_cache(maxsize=1 << 16)
def _path_counts(path: tuple[str, ...], kind: str, is_zip: bool, soort: str, jaar: int | None) -> Terms:
    terms = Terms()
    _path_terms(path, kind, terms, is_zip)
    if jaar is not None and kind == VALUE and path and _is_out_of_time(path, soort, jaar):
        terms["year_against_state"] += 1
    return terms


ALONE = 0.4  # what a further name that nobody knows counts: they support each other


def header_terms(
    paths: Sequence[tuple[str, ...]],
    columns: Sequence[str],
    soort: str = "",
    jaar: int | None = None,
    is_zip: bool = False,
) -> Terms:
    """The terms of column paths, wherever they come from. ``columns`` are their kinds."""
    terms = Terms()
    counted = Counter(
        tuple(map(without_unit, p)) for p, kind in zip(paths, columns, strict=True) if kind == VALUE
    )
    terms["same_path"] += sum(k - 1 for p, k in counted.items() if p)
    for path, kind in zip(paths, columns, strict=True):
        terms.add(_path_counts(path, kind, is_zip, soort, jaar))
    terms["year_twice"] -= under_a_dated_name(paths)
    terms["state_without_year"] += _states_without_year(paths)
    if terms["year_against_state"] and not _has_own_budget(paths):
        terms["year_against_state"] -= sum(
            words_of(p[0]).is_estimates and words_of(p[-1]).year == jaar for p in paths if len(p) > 1
        )
    terms["year_against_state"] = min(terms["year_against_state"], 1.5)
    terms["weak_path"] -= 0.5 * totals_beside_known(paths)
    if terms["weak_path"] > 1:  # names that nobody knows support each other: a table of another field
        terms["weak_path"] = 1 + ALONE * (terms["weak_path"] - 1)
    of_values = [p for p, kind in zip(paths, columns, strict=True) if kind == VALUE]
    terms["weak_leaf"] -= 0.5 * _among_known(of_values)
    terms["weak_leaf"] -= (1 - COMES_BACK) * _in_turn(of_values)
    _parent_terms(paths, of_values, terms, is_zip, _budgets_of(soort, jaar))
    if _are_parted_by_time(paths, soort, jaar):
        terms["state_over_several"] = terms["year_against_state"] = 0
    _year_terms(paths, terms)
    terms["factors"] += _factors(of_values)
    closed, inside = totals_of_groups(paths)
    terms["total_inside"] += inside
    if closed:  # texts that nobody knows are parts of the totals behind them
        terms["weak_leaf"] *= COMES_BACK
    if terms["factors"]:  # what comes back under every parent names columns, known or not, and begins again
        terms["weak_leaf"] *= COMES_BACK
    if terms["factors"] or _years_begin_again(of_values):
        terms["year_order_across"] = 0
        terms["state_over_several"] *= 1 if terms["factors"] else COMES_BACK
    return terms


COMES_BACK = 0.25  # what is left of the doubt about a leaf that stands under every parent


def _are_parted_by_time(paths: Sequence[tuple[str, ...]], soort: str, jaar: int | None) -> bool:
    """Whether accounts stand over all years that were over, and a budget over all that come next: no other years can be theirs.

    So ``Realisatie > 2022, Realisatie > 2023, Begroting > 2024, Begroting > 2025`` in a budget of 2025.
    """
    if jaar is None or soort not in ("begroting", "jaarstukken") or any(len(p) != 2 for p in paths):
        return False
    last = jaar - 2 if soort == "begroting" else jaar
    parents, years = [words_of(p[0]) for p in paths], [words_of(p[1]).year or 0 for p in paths]
    if not years[:1] < [last + 1] < years[-1:] or years != list(range(years[0], years[0] + len(years))):
        return False
    states = ["rekening" if year <= last else "begroting" for year in years]
    is_plain = not any(w.years or w.is_estimates for w in parents)
    return is_plain and len({p[0] for p in paths}) == 2 and [w.stand for w in parents] == states


def _years_begin_again(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether every parent stands over years that count on from the same one, if not as far: ``2025, 2026, 2025``."""
    runs = [
        [words_of(p[-1]).year or 0 for p in run] for head, run in itertools.groupby(paths, parent_of) if head
    ]
    if len(runs) < 2 or sum(map(len, runs)) < len(paths) or runs[0][0] == 0:
        return False
    return all(len(years) > 1 and years == [runs[0][0] + k for k in range(len(years))] for years in runs)


def totals_of_groups(paths: Sequence[tuple[str, ...]]) -> tuple[bool, int]:
    """Whether two groups or more all end in a bare total; and how many totals stand between the other leaves of a group."""
    groups = [
        [plain(p[-1]) in BARE_TOTALS for p in run]
        for head, run in itertools.groupby(paths, parent_of)
        if head
    ]
    closed = [g for g in groups if len(g) > 1]
    are_closed = len(closed) > 1 and all(g[-1] and not any(g[:-1]) for g in closed)
    return are_closed, sum(any(g[1:-1]) for g in groups)


def under_a_dated_name(paths: Sequence[tuple[str, ...]]) -> int:
    """Columns of years in a row under a name with a year: that of a document, ``Meicirculaire 2025`` over 2025 to 2029.

    Three years or more, or the same two under several names that say no state: ``Meicirculaire``, ``Septembercirculaire``.
    """
    told: list[tuple[tuple[int, ...], bool]] = []
    for head, run in itertools.groupby(paths, key=lambda p: p[0] if len(p) == 2 else ""):
        years = tuple(words_of(p[1]).year or 0 for p in run) if head else ()
        own = words_of(head).years
        if len(years) < 2 or len(own) != 1 or words_of(head).year or not (first := years[0]):
            continue
        if own[0] <= first and years == tuple(range(first, first + len(years))):
            told.append((years, words_of(head).stand is None))
    beside = [years for years, is_name in told if is_name]
    return sum(len(years) for years, _ in told if len(years) > 2 or beside.count(years) > 1)


def _among_known(paths: Sequence[tuple[str, ...]]) -> int:
    """Leaves that nobody knows among at least twice as many known ones of their parent: they are of the same make."""
    count = 0
    for _, run in itertools.groupby((p for p in paths if len(p) > 1), parent_of):
        leaves = [words_of(p[-1]) for p in run]
        unknown = sum(_is_weak_leaf(w) for w in leaves)
        count += unknown if len(leaves) - unknown >= 2 * unknown else 0
    return count


def _in_turn(paths: Sequence[tuple[str, ...]]) -> float:
    """What leaves that nobody knows count, where those of one parent come back as a whole under another one.

    So ``Begroting > Aantal, Prijs, Bedrag`` and ``Rekening > Aantal, Prijs, Bedrag`` beside ``Verschil > Volume, Prijs``.
    """
    groups = [
        tuple(p[-1] for p in run) for _, run in itertools.groupby((p for p in paths if len(p) > 1), parent_of)
    ]
    times = Counter(g for g in groups if len(g) > 1)
    if len(times) == 1 and times.total() == len(groups):
        return 0  # all are alike: the layers factor
    known = sum(_is_weak_leaf(words_of(t)) for g in groups if times[g] > 1 for t in g)
    unknown = sum(_is_weak_leaf(words_of(t)) for g in groups for t in g)
    return known if unknown - known <= known else 0


def parent_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """The texts that a column hangs under; none for one that hangs under none."""
    return path[:-1]


def _is_weak_leaf(w: Words) -> bool:
    return w.likeness < 1 and not w.year and not w.is_short_word


def _is_unknown_total(path: tuple[str, ...]) -> bool:
    """Whether a column is called the total of something, and that is no known header: ``Totaal investering``."""
    return (
        len(path) == 1
        and says_total(path[0])
        and words_of(path[0]).likeness < 1
        and not words_of(path[0]).year
    )


def totals_beside_known(paths: Sequence[tuple[str, ...]]) -> int:
    """How many columns are called the total of something beside others of which a year is known: a name as good as theirs."""
    has_years = any(words_of(text).years for path in paths for text in path)
    return sum(map(_is_unknown_total, paths)) if has_years else 0


def _has_own_budget(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column has the state of a budget: without one, estimates begin in the year of the document itself."""
    known = [words_of(t) for p in paths for t in p]
    return any((w.stand or "").startswith("begroting") for w in known)


def _states_without_year(paths: Sequence[tuple[str, ...]]) -> int:
    """Columns of a state without a year, beside columns of a state with one; a change of a budget has none of its own."""
    known = [[words_of(t) for t in p] for p in paths]
    states = [
        any(w.years for w in path)
        for path in known
        if any(w.stand and w.stand != "begrotingswijziging" for w in path)
    ]
    if True not in states:
        return 0
    dated = any(w.is_difference and len(set(w.years)) == 1 for path in known for w in path)
    return states.count(False) * (2 if dated else 1)  # a difference has the year that a state lacks


def _names_columns_too(text: str) -> bool:
    """Whether a word that names rows stands above columns of values as well: ``Subsidie``, ``Investering``."""
    return plain(text) in ALSO_VALUES or names_a_column(plain(text))


FLOWS = frozenset({"toevoeging", "onttrekking"})
OPPOSITES = (frozenset({"lasten", "baten"}), FLOWS)


def _path_terms(path: tuple[str, ...], kind: str, terms: Terms, is_zip: bool) -> None:
    if not path:
        terms["weak_path"] += 1
        return
    known = [words_of(t) for t in path]
    if kind == TEXT:
        if known[-1].is_corner:
            terms["corner_inside"] += 0.4
        own = known[-1]
        if own.attribute is None and (own.likeness >= 2 or own.is_difference or is_wordless(own.text)):
            terms["text_under_value_head"] += 1
        if len(path) > 1 and own.likeness < 1 and not own.year:
            terms["weak_leaf"] += 1
        return
    if all(w.likeness < 1 and not w.year for w in known):
        terms["weak_path"] += 0.5 if known[-1].is_short_word else 1
    own = known[-1]
    if len(path) > 1 and _is_weak_leaf(own):
        terms["weak_leaf"] += 0.7 if is_zip else 1
    states = {_family_of(w) for w in known if w.stand and "wijz" not in w.text.lower()}
    is_between = own.is_difference or any(w.is_difference and len(w.years) > 1 for w in known)
    if any(_CHANGED_ACCOUNTS.match(w.text) for w in known):
        terms["two_states"] += 1
    elif is_between and len(known) > 1 and len(states) < 3 and any(len(w.years) > 1 for w in known):
        pass  # a difference names the two that it is between
    elif len(states) > 1 or (states == {"rekening"} and any("wijz" in w.text.lower() for w in known)):
        terms["two_states"] += 1  # of a budget one tells before and after changes, of accounts never
    quantities = {w.quantity for w in known}
    if any(pair <= quantities for pair in OPPOSITES) or len({plain(t) for t in path}) < len(path):
        terms["two_quantities"] += 1
    if any(w.attribute in ("eenheid", "bron", "toelichting") and w.likeness >= 2 for w in known):
        terms["attribute_over_values"] += 1
    if any(w.attribute == "periode" and not w.years for w in known[:-1]) and not any(w.year for w in known):
        terms["attribute_over_values"] += 1  # "Jaar" over columns that are no years
    if own.is_long and not _BASED_ON.match(own.text):
        terms["long_text"] += 1
    is_bent = len(known) == 1 and plain(own.text) in NEEDS_NAME  # "Gewijzigde", of what?
    if is_bent or any(_DANGLING.search(w.text) or is_open(w.text) or w.text.endswith("-") for w in known):
        terms["open_end"] += 1
    if own.is_corner:
        terms["corner_inside"] += 0.3 if _names_columns_too(own.text) else 1
    elif own.starts_corner:
        terms["corner_inside"] += 0.5
    if own.is_row_label:
        terms["total_in_header"] += 1
    bare = [w.year for w in known if w.year]
    others = [
        w.years
        for w in known
        if not (w.year or _BASED_ON.match(w.text))
        and not (bare and RANGE.search(w.text) and _spans(w.years, bare[0]))
    ]
    if bare and (len(bare) > 1 or any(others)):
        terms["year_twice"] += 1
    elif len(_years_told(known)) > 1 and len(path) > 1:
        terms["year_twice"] += 0.5
    elif len(path) > 1 and DATE.search(own.text) and any(w.years for w in known[:-1]):
        terms["year_twice"] += 0.5  # a day below a text with a year of its own: "Resultaat 2023" has none


def _family_of(text: Words) -> str:
    """The state that a text says, before changes or after them; ``Raming 2021`` is a budget, of no more years than one."""
    return "begroting" if _ESTIMATE.match(text.text) else (text.stand or "").partition("_")[0]


def _years_told(known: Sequence[Words]) -> set[int]:
    """The years that a path says a column is of; a difference may be one of two years."""
    told = [w for w in known if not (RANGE.search(w.text) or w.is_difference or _BASED_ON.match(w.text))]
    return {y for w in told for y in w.years}


def _spans(years: tuple[int, ...], year: int) -> bool:
    """Whether years printed in one text are the first and last of a stretch that holds a year: 2025-2028 over 2026."""
    return len(years) == 2 and years[0] <= year <= years[1]


def _budgets_of(soort: str, jaar: int | None) -> frozenset[int]:
    """The years of which a budget prints the budget: its own, and the one before it to compare with."""
    return frozenset((jaar - 1, jaar)) if soort == "begroting" and jaar is not None else frozenset()


def _parent_terms(
    paths: Sequence[tuple[str, ...]],
    of_values: Sequence[tuple[str, ...]],
    terms: Terms,
    is_zip: bool,
    budgets: frozenset[int] = frozenset(),
) -> None:
    """What the texts over several columns say of each other; ``of_values`` are the paths of those that hold values."""
    last: tuple[str, ...] | None = None
    runs: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = []
    for path in paths:
        head = path[:1] if len(path) > 1 else None
        if head is not None and last is not None and _is_one_text(head[0], last[0]):
            runs[-1][1].append(path[1:])
        elif head is not None:
            runs.append((head, [path[1:]]))
        last = head
    unknown = 0  # parents: names that nobody knows support each other
    # beside states, and above bare years, the texts of a layer are known ones
    is_known_layer = any(words_of(head[0]).stand for head, _ in runs) or all(
        words_of(p[0]).year is not None for _, below in runs for p in below
    )
    for head, below in runs:
        w = words_of(head[0])
        next_level = list(dict.fromkeys(p[0] for p in below))
        leaves_are_years = [words_of(t).year is not None for t in next_level]
        if _TITLE.match(head[0]) and not w.years:
            terms["weak_parent"] += 3
        elif w.likeness < 1 and not w.year and not w.is_estimates and (not is_zip or is_known_layer):
            terms["weak_parent"] += ALONE if unknown else 1
            unknown += 1
        if w.is_corner:
            terms["corner_inside"] += 0.3 if _names_columns_too(w.text) else 1
        elif w.starts_corner or _begins_as_corner(w.text):
            terms["corner_inside"] += 0.5
        if w.is_long:
            terms["long_text"] += 1
        is_dated = len(below) == 1 and DATE.fullmatch(next_level[0]) is not None  # one name: Stand, 1-1-2024
        if w.is_stock and not is_zip and not all(leaves_are_years) and not is_dated:
            terms["stock_with_parts"] += 1
        if w.quantity == "saldo" and not any(_tells_time_or_quantity(t) for t in next_level):
            terms["stock_with_parts"] += any(
                words_of(p[0]).quantity in ("lasten", "baten") for p in paths if p
            )
        if w.year and not _between_stocks(paths, head) and any(_lacks_year(p, head) for p in of_values):
            terms["years_over_some"] += 1
        begins = goes_on_in_estimates(paths) and w.stand == "begroting" and not w.is_estimates
        if (
            len(below) == 1
            and not is_zip
            and not is_dated
            and any(len(p) == 1 for p in paths)
            and not w.is_estimates
            and not begins
        ):
            terms["lone_child"] += 2 if w.year and all(words_of(p[0]).year for p in paths if p) else 1
        if len(next_level) > 1 and words_of(next_level[0]).is_difference:
            terms["difference_first"] += not all(words_of(t).is_difference for t in next_level)
        if any(leaves_are_years) and not all(_is_of_a_time(words_of(t)) for t in next_level):
            terms["mixed_leaves"] += 1
        is_told_when = all(map(_says_when, next_level)) and not all(leaves_are_years)
        if w.is_difference and len(next_level) > 1 and is_told_when:
            terms["state_over_several"] += 1.5 * (len(next_level) - 1)
        if all(leaves_are_years) and not is_zip:
            if w.is_estimates and len(next_level) == 1:
                terms["estimates_over_one"] += 1
            beside = any(words_of(p[0]).is_estimates for p in paths if len(p) > 1)
            if len(next_level) > 1 and (w.stand in ("rekening", "prognose") or w.is_difference):
                terms["state_over_several"] += (1.5 if beside else 1) * (len(next_level) - 1)
            elif (
                len(next_level) > 1
                and not w.is_estimates
                and (w.stand or "").startswith("begroting")
                and not {words_of(t).year for t in next_level} <= budgets
            ):
                terms["state_over_several"] += (1.5 if beside else 0.5) * (len(next_level) - 1)
    inner = map(words_of, dict.fromkeys(t for path in paths for t in path[1:-1]))
    for w in inner:
        if w.likeness < 1 and not w.year and not w.is_estimates:
            terms["weak_parent"] += ALONE if unknown else 1
            unknown += 1
    terms["unit_over_some"] += _unit_over_some(runs, len(paths))
    terms["leaf_outside"] += _group_outside(runs, paths)
    terms["run_of_years"] += _bare_among_states([head[0] for head, _ in runs])
    terms["mixed_leaves"] += _mixes_states_and_years(paths)
    terms["parts_elsewhere"] += _has_parts_elsewhere(paths)
    terms["years_over_some"] += _years_over_some(paths)
    terms["years_elsewhere"] += _years_elsewhere(paths) + _stretches_over_others(paths)
    terms["years_elsewhere"] += 2 * _behind_its_run(paths) + _below_the_total_of_others(paths)
    terms["compared_elsewhere"] += _compares_elsewhere(paths)


def _unit_over_some(runs: Sequence[tuple[tuple[str, ...], Sequence[tuple[str, ...]]]], columns: int) -> bool:
    """Whether one text over several columns, and not all, has the unit of a table in it, and no text beside it has one."""
    told = [len(below) for head, below in runs if unit_in(head[0]) is not None]
    return len(told) == 1 and told[0] < columns


def _bare_among_states(heads: Sequence[str]) -> bool:
    """Whether a bare year stands over columns between two texts of a state and a year: ``Begroting 2025, 2026, Raming 2027``."""
    known = [words_of(head) for head in heads]
    stated = [i for i, w in enumerate(known) if w.stand and w.years]
    return any(known[i].year is not None for i in range(stated[0], stated[-1])) if stated else False


def _group_outside(
    runs: Sequence[tuple[tuple[str, ...], Sequence[tuple[str, ...]]]], paths: Sequence[tuple[str, ...]]
) -> bool:
    """Whether all texts of a group, more than its years, are those of columns under no text too: their own text is left out."""
    bare = {p[0] for p in paths if len(p) == 1}
    groups = [[p[-1] for p in below] for _, below in runs if len(below) > 1]
    return any(bare.issuperset(texts) and not all(words_of(t).years for t in texts) for texts in groups)


def _is_of_a_time(w: Words) -> bool:
    """Whether a text may stand among bare years: it has a year, and names no quantity (``Resultaat 2024``)."""
    return bool(w.years) and (w.quantity is None or w.is_stock)


def _says_when(text: str) -> bool:
    """Whether a text has a year and words, and is no day: ``t/m 2023``."""
    return bool(words_of(text).years) and DATE.search(text) is None


def _between_stocks(paths: Sequence[tuple[str, ...]], head: tuple[str, ...]) -> bool:
    """Whether the columns under a text stand between two stocks: its parts are the changes from one to the other."""
    under = [k for k, p in enumerate(paths) if len(p) > 1 and p[:1] == head]
    sides = [paths[k] for k in (under[0] - 1, under[-1] + 1) if 0 <= k < len(paths)]
    return len(sides) == 2 and all(len(p) == 1 and words_of(p[0]).is_stock for p in sides)


def _lacks_year(path: tuple[str, ...], head: tuple[str, ...]) -> bool:
    """Whether a column beside those below a bare year has none: a text alone, or one below a name like any other."""
    if not path or any(words_of(t).years for t in path):
        return False
    is_named = path[:1] != head and not _tells_time_or_quantity(path[0]) and plain(path[0]) not in BARE_TOTALS
    return len(path) == 1 or is_named


def _begins_as_corner(text: str) -> bool:
    """Whether the first word of several names rows and nothing else: ``Afdeling Bezetting``."""
    first, _, rest = plain(text).partition(" ")
    return bool(rest) and first in CORNER_WORDS - ALSO_VALUES


def _tells_time_or_quantity(text: str) -> bool:
    w = words_of(text)
    return bool(w.years or w.stand or w.quantity or w.is_estimates)


def _is_one_text(text: str, other: str) -> bool:
    """Whether two texts are one that was printed once; where no lines are known equal texts are."""
    return text is other if isinstance(text, OnLine) and isinstance(other, OnLine) else text == other


def _mixes_states_and_years(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether bare years are columns beside states without any year: ``Rekening | Begroting | 2023 | 2024`` are two layers.

    So where a state stands over the years of one name, and none over those of another.
    """
    bare = sum(len(p) == 1 and words_of(p[0]).year is not None for p in paths)
    undated = {p[0] for p in paths if p and words_of(p[0]).stand and not any(words_of(t).years for t in p)}
    depths = {len(p) for p in paths if len(p) > 1 and words_of(p[-1]).year is not None}
    return (len(undated) > 1 and bare > 1) or len(depths) > 1


def _has_parts_elsewhere(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the change between a stock and the next one is a single column, though parts hang under a text beside them."""
    stocks = [k for k, p in enumerate(paths) if len(p) == 1 and words_of(p[0]).is_stock]
    between = any(b - a == 2 and len(paths[a + 1]) == 1 for a, b in itertools.pairwise(stocks))
    inside = any(len(p) > 1 for a, b in itertools.pairwise(stocks) for p in paths[a + 1 : b])
    return between and not inside and any(len(p) > 1 and not words_of(p[-1]).year for p in paths)


def _years_elsewhere(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a text that says estimates stands over no year, though bare years are columns, or stand under a text that says nothing of time."""
    alone = [words_of(p[0]) for p in paths if len(p) == 1]
    if not any(w.is_estimates and not w.years for w in alone):
        return False
    over_years = [words_of(p[0]) for p in paths if len(p) == 2 and words_of(p[1]).year]
    hang = len(over_years) > 1 and not any(w.stand or w.is_estimates for w in over_years)
    return hang or sum(w.year is not None for w in alone) > 1


def _below_the_total_of_others(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether years stand under the total of what stands beside it without any: ``Investeringen``, ``Totaal investering`` over 2025.

    A bare ``Totaal`` is that of whatever stands alone, where no other text stands over years.
    """
    alone = [own_words(p[0]) for p in paths if len(p) == 1]
    over_years = {p[0] for p in paths if len(p) == 2 and words_of(p[1]).year}
    if alone and {plain(text) for text in over_years} == {"totaal"}:
        return True
    totals = filter(says_total, over_years)
    return any(are_kinds_of(own_words(total), words) for total in totals for words in alone)


def runs_cut(paths: Sequence[tuple[str, ...]]) -> int:
    """Between how many columns a run of years goes over from those under a text to bare ones, or back.

    So ``2024, Stand > 2025, Stand > 2026``, and ``Stand 2026`` beside ``2027``.
    """
    count = 0
    for a, b in itertools.pairwise(paths):
        last = [words_of(p[-1]).years[-1:] if p else () for p in (a, b)]
        is_bare = [len(p) == 1 and words_of(p[0]).year is not None for p in (a, b)]
        is_run = all(last) and last[0][0] + 1 == last[1][0]
        count += is_run and is_bare[0] != is_bare[1]
    return count


def uneven_years(paths: Sequence[tuple[str, ...]]) -> int:
    """How many widths bare years have that stand over columns, more than one."""
    wide = {
        len(list(run)) for head, run in itertools.groupby(paths, parent_of) if head and words_of(head[0]).year
    }
    return max(0, len(wide) - 1)


def leaves_outside(paths: Sequence[tuple[str, ...]]) -> int:
    """How many columns stand under nothing right before or behind the group that lacks just their text, where others have it.

    >>> leaves_outside([("Lasten",), ("2024", "Baten"), ("2025", "Lasten"), ("2025", "Baten")])
    1
    """
    runs = [
        [p for p in run] for _, run in itertools.groupby(paths, key=lambda p: p[0] if len(p) > 1 else None)
    ]
    leaves = [[p[-1] for p in run] if run[0][1:] else [] for run in runs]
    found = 0
    for a, b in itertools.pairwise(range(len(runs))):
        for group, beside, is_before in ((b, a, True), (a, b, False)):
            if not leaves[group] or leaves[beside] or not runs[beside][0]:
                continue
            text = runs[beside][-1 if is_before else 0]
            whole = [*text, *leaves[group]] if is_before else [*leaves[group], *text]
            found += any(whole == other for k, other in enumerate(leaves) if k != group)
    return found


def _behind_its_run(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a bare year is a column behind those of the years after it, which stand under a text: ``Bijdrage > 2024, 2023``."""
    under = set[int]()
    for path in paths:
        year = words_of(path[-1]).year if path else None
        if year and len(path) > 1:
            under.add(year)
        elif year and year + 1 in under:
            return True
    return False


def _compares_elsewhere(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether what values are compared with stands under a text that says no such thing, though one beside it does.

    So ``Vergelijking`` beside ``Streefwaarde > Nederland``.
    """
    says = [[says_benchmark(plain(t)) for t in p] for p in paths]
    named = {p[0] for p, of in zip(paths, says, strict=True) if of[:1] == [True]}
    holding = {p[0] for p, of in zip(paths, says, strict=True) if len(of) > 1 and of[-1]}
    return bool(named and holding) and named.isdisjoint(holding)


def _stretches_over_others(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a text names a stretch of years, such as 2025-2028, and some of them stand under another text."""
    under = [(p[0], year) for p in paths if len(p) > 1 and (year := words_of(p[-1]).year)]
    return any(
        _spans(words_of(head).years, year)
        for head in {head for head, _ in under if RANGE.search(head)}
        for other, year in under
        if other != head
    )


def _years_over_some(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a bare year is a column beside columns of words without any year, which are no stocks, flows or totals."""
    bare = [p for p in paths if len(p) == 1 and words_of(p[0]).year]
    others = [p for p in paths if p and not any(words_of(t).years for t in p)]
    named = [
        p
        for p in others
        if not any(words_of(t).is_difference or words_of(t).quantity or words_of(t).attribute for t in p)
    ]
    return len(bare) == 1 and len(named) > 1


def _first_estimate(paths: Sequence[tuple[str, ...]]) -> int | None:
    """The year of the first column of estimates, where one has a year below it."""
    return next(
        (y for p in paths if len(p) > 1 and words_of(p[0]).is_estimates and (y := words_of(p[-1]).year)), None
    )


def goes_on_in_estimates(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether the year of a budget stands in front of the years of its estimates: ``begroting > 2018, meerjarenraming > 2019``."""
    pairs = [(words_of(p[0]), words_of(p[1]).year) for p in paths if len(p) == 2]
    budget = [year for w, year in pairs if w.stand == "begroting" and not w.is_estimates]
    estimates = [year for w, year in pairs if w.is_estimates]
    if len(budget) != 1 or len(budget) + len(estimates) != len(pairs):
        return False
    return [*budget, *estimates] == list(range(budget[0] or 0, (budget[0] or 0) + len(pairs)))


def _factors(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether all columns are groups with the same two or more leaves."""
    if not paths or any(len(p) < 2 for p in paths):
        return False
    leaves: list[list[str]] = []
    last: tuple[str, ...] | None = None
    for path in paths:
        if path[:-1] != last:
            leaves.append([])
            last = path[:-1]
        leaves[-1].append(path[-1])
    return len(leaves) > 1 and len(leaves[0]) > 1 and all(below == leaves[0] for below in leaves)


def _is_out_of_time(path: tuple[str, ...], soort: str, jaar: int) -> bool:
    """Accounts of a year that is not over, or an estimate of one that is, by the year of the document."""
    known = [words_of(t) for t in path]
    years = {y for w in known for y in w.years}
    stands = {w.stand for w in known if w.stand}
    if len(years) != 1 or len(stands) != 1:
        return False
    year, stand = years.pop(), stands.pop()
    # a year of its own under a state: which state it is under is open
    hangs = len(path) > 1 and any(w.year is not None for w in known)
    if stand == "rekening":
        last = jaar - (2 if hangs else 1) if soort == "begroting" else jaar
        return year > last  # a budget is made before the year ahead of its own is over
    if stand == "meerjarenraming":
        return year <= jaar if soort == "begroting" else year < jaar
    return hangs and stand == "begroting" and soort == "begroting" and year > jaar


def _year_terms(paths: Sequence[tuple[str, ...]], terms: Terms) -> None:
    previous: tuple[tuple[str, ...], int] | None = None
    order: list[int] = []
    for path in paths:
        if not path:
            continue
        year = words_of(path[-1]).year
        if year is not None:
            if previous is not None and previous[0] == path[:-1] and abs(year - previous[1]) != 1:
                terms["year_order"] += 0.5 if year > previous[1] else 1
            previous = (path[:-1], year)
        dated = [y for t in path for y in words_of(t).years]
        if dated:
            order.append(dated[-1])
    terms["run_of_years"] += _opens_run(paths)
    terms["bare_date"] += _date_before_its_name(paths) + 3 * _date_behind_another_name(paths)
    steps = [b - a for a, b in itertools.pairwise(order)]
    if (first := _first_estimate(paths)) is not None and any(y < first for y in order[order.index(first) :]):
        terms["estimates_first"] += 1
    if any(s > 0 for s in steps) and any(s < 0 for s in steps):
        terms["year_order_across"] += min(sum(s > 0 for s in steps), sum(s < 0 for s in steps))


def _date_behind_another_name(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a name is one column alone and another with a date, and a date stands behind another name too: it is its own.

    So ``Boekwaarde | Boekwaarde 1-1-2024 | Winstneming 31-12-2024``.
    """
    alone = [p[0] for p in paths if len(p) == 1]
    dated = {t: DATE.sub("", t).strip() for t in alone if DATE.search(t)}
    return any(t in dated.values() and {*dated.values()} - {t, ""} for t in alone if t not in dated)


def _date_before_its_name(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether a bare date is a column, and a date behind words is one after it: ``1-1-2024 | Boekwaarde 31-12-2024`` are two of a name."""
    alone = [p[0] for p in paths if len(p) == 1]
    bare = next((k for k, t in enumerate(alone) if DATE.fullmatch(t)), len(alone))
    return any(DATE.search(t) and t[:1].isalpha() for t in alone[bare + 1 :])


def _opens_run(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether bare years go on from a year with words: ``stand 31-12 2025, 2026, 2027`` has its words over all of them."""
    for i, path in enumerate(paths[:-2]):
        if len(path) != 1 or words_of(path[0]).year or not (years := words_of(path[0]).years):
            continue
        one, two = (words_of(p[0]).year if len(p) == 1 else None for p in paths[i + 1 : i + 3])
        if one is not None and two is not None and years[-1] < one < two <= years[-1] + 8:
            return True
    return False
