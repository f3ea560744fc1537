"""Patterns of rows, and each laid over the cells of a body at the least cost.

A pattern has a letter for every place of a row (``T V V V``, or ``K T T V V T`` with a code, a unit and a source). Patterns
are proposed from what repeats among the cells. What fits no row is a heading, a row without a name, or is left over.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .cells import Cell, is_letter, may_be_code
from .header_texts import is_unit_of_row, words_of
from .judge import Terms, weigh
from .labels import covers
from .meaning import plain, says_total
from .notes import furniture_among, is_sentence
from .numbers import MARKER, read, year_of
from .panel import HEADING, ROW

DASHES = frozenset("-–—−")  # where other rows have a code: a row that has none
MOST_PATTERNS = 8
LONGEST_ROW = 26
MOST_VARIANTS = 80
WORD_FOR_VALUE = 0.6  # and the other way round
SPARE = 0.6  # less than a text that others have costs where it is lacking
YEAR_FOR_TEXT = 2.0  # what a bare year costs where other rows have a text
SENTENCE_FOR_LABEL = 3.0  # a sentence names no row: it is a note on the one above
ATTRIBUTE_FOR_LABEL = 3.0  # the header of a column of units or sources names no row
STRANGE = 2.5  # what a text costs in a column of others


@dataclass(frozen=True, slots=True)
class Laid:
    """A pattern laid over cells: rows with the index of the cell for every place, headings, what is left."""

    pattern: str
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]  # (kind, indices by place of the pattern)
    terms: Terms
    cost: float
    end: int
    reference: int = -1  # the place of numbers that refer to something, and that only rows with a code have
    label: int = -1  # the place of the labels, where it is not the one that the texts themselves tell


# --- patterns ---------------------------------------------------------------------------------------------


def patterns_of(cells: Sequence[Cell], start: int, end: int) -> list[str]:
    """The patterns that repeat among the cells of a body, the best borne out first."""
    votes: Counter[str] = Counter()
    ends_in_text = end < len(cells) and any(c.text == cells[end].text for c in cells[start:end])
    for reading in _kind_strings(cells[max(0, start - 6) : end + ends_in_text]):
        size = len(reading)
        for i in range(size):
            if reading[i] not in "TK":
                continue
            for length in range(2, min(LONGEST_ROW, size - i) + 1):
                window = reading[i : i + length]
                if (
                    "V" not in window
                    or "T" not in window
                    or window.startswith("KK")
                    or "KV" in window
                    or "K" in window[window.index("V") :]
                ):
                    continue
                if i + 2 * length <= size and reading[i + length : i + 2 * length] == window:
                    votes[window] += 2
        for match in re.finditer(r"(K?T)(V+)", reading):
            votes[match[1] + match[2]] += 1
            if len(match[2]) > 1:
                votes[match[1] + match[2][:-1]] += 0
    minimal = Counter({p: v for p, v in votes.items() if not _is_multiple(p)})
    found = [p for p, _ in sorted(minimal.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))]
    return _with_units(found[:MOST_PATTERNS])


def _with_units(patterns: Sequence[str]) -> list[str]:
    """Patterns, and those with both the code that some rows have and the text beside the label that others have."""
    codes = {p[1:] for p in patterns if re.fullmatch(r"KTV+", p)}
    both = [f"K{p}" for p in patterns if re.fullmatch(r"TTV+", p) and p[1:] in codes]
    return [*patterns, *(p for p in both if p not in patterns)]


def _is_multiple(pattern: str) -> bool:
    """Whether a pattern is a shorter one several times, or holds more than one row."""
    for size in range(2, len(pattern) // 2 + 1):
        if len(pattern) % size == 0 and pattern == pattern[:size] * (len(pattern) // size):
            return True
    return False


def _kind_strings(cells: Sequence[Cell]) -> Iterator[str]:
    """The kinds of cells as texts: whole numbers before a text as values, and as codes."""
    plainly = "".join("V" if c.kind in "VYB" else c.kind for c in cells)
    coded = list(plainly)
    for i, cell in enumerate(cells[:-1]):
        if coded[i] == "V" and cells[i + 1].kind == "T" and may_be_code(cell):
            coded[i] = "K"
    for i in range(
        1, len(coded) - 1
    ):  # a letter right before the values is no code: S and I in a column of their own
        if coded[i] == "K" and coded[i - 1] == "T" and coded[i + 1] == "V" and is_letter(cells[i]):
            coded[i] = "T"
    yield "".join(coded)
    if any(c.kind == "B" for c in cells):
        yield "".join("T" if c.kind == "B" else k for k, c in zip(coded, cells, strict=True))
    uncoded = "".join(
        "T" if k == "K" and not may_be_code(c) else k for k, c in zip(plainly, cells, strict=True)
    )
    if uncoded != "".join(coded):
        yield uncoded
    lettered = "".join(
        "T" if k == "K" and i and coded[i - 1] == "V" and is_letter(cells[i]) else k
        for i, k in enumerate(coded)
    )
    if lettered != "".join(coded):
        yield lettered  # letters behind values are no codes of the next row: I and S for incidental and structural
    begun = "".join(
        "K" if k == "V" and after == "T" and before == "T" and may_be_code(c) else k
        for before, k, after, c in zip(f"T{plainly}", plainly, f"{plainly[1:]} ", cells, strict=False)
    )
    if begun not in (plainly, "".join(coded)):
        yield begun  # rows end in a text, and the next one begins with its code
    dated = "".join(
        "T" if c.kind == "Y" and (before, after) == ("T", "T") else k
        for before, k, after, c in zip(f" {plainly}", coded, f"{plainly[1:]} ", cells, strict=False)
    )
    if dated != "".join(coded):
        yield dated  # years between texts are a column of texts: when something was measured
    if years := _naming_years(cells):
        yield "".join("T" if i in years else k for i, k in enumerate(coded))


def _naming_years(cells: Sequence[Cell]) -> frozenset[int]:
    """The years of a body where they name its rows: each is the one after the year before it, a row of values on.

    Below a text they may begin again.
    """
    years = [i for i, c in enumerate(cells) if c.kind == "Y"]
    widths: set[int] = set()
    for a, b in itertools.pairwise(years):
        if all(c.kind in "VB" for c in cells[a + 1 : b]):
            widths.add(b - a)
            if year_of(cells[b].text.rstrip("*")) != (year_of(cells[a].text.rstrip("*")) or 0) + 1:
                return frozenset()
    return frozenset(years) if len(widths) == 1 and widths != {1} else frozenset()


def with_tail(cells: Sequence[Cell], pattern: str, end: int) -> int:
    """The end of a body with the texts that follow the last value of a row."""
    return min(len(cells), end + len(pattern) - 1 - pattern.rindex("V"))


# --- a pattern over the cells ----------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _variants(pattern: str) -> tuple[tuple[tuple[int, ...], float, str], ...]:
    """Ways in which a row can lack places of its pattern: the places that are there, and the term of it."""
    places = range(len(pattern))
    label = pattern.index("T")
    values = [i for i in places if pattern[i] == "V"]
    others = [i for i in places if pattern[i] != "V" and i != label]
    found: list[tuple[tuple[int, ...], float, str]] = [(tuple(places), 0.0, "")]
    runs = re.finditer("V+", pattern)
    lacking: list[tuple[int, ...]] = [()]
    for run in runs:
        longer = []
        for done in lacking:
            for k in range(len(run.group()) + 1):
                longer.append((*done, *range(run.end() - k, run.end())))
        lacking = longer[:MOST_VARIANTS]
    options: list[tuple[int, ...]] = (
        [()] + [(o,) for o in others] + ([tuple(others)] if len(others) > 1 else [])
    )
    for gone in sorted(lacking, key=len):
        if len(gone) == len(values):
            continue
        for left_out in options:
            if not gone and not left_out:
                continue
            kept = tuple(i for i in places if i not in gone and i not in left_out)
            cost = len([o for o in left_out if pattern[o] == "T"])
            found.append(
                (
                    kept,
                    0.7 * cost + (0.5 if any(pattern[o] == "K" for o in left_out) else 0.0),
                    "short_row" if gone else "",
                )
            )
    return tuple(found[:MOST_VARIANTS])


def matches(kind: str, text: str, place: str) -> bool:
    """Whether a cell of a kind, with its text, is what a place of a pattern asks for; a blank may stand anywhere."""
    if kind == "B":
        return True
    if place == "N" or kind == "N":
        return place == kind
    if place == "V":
        return kind in "VY" or (kind == "K" and text.strip(".").isdecimal() and not text.endswith("."))
    if place == "K":
        return kind == "K" or (kind == "V" and ((text.isdecimal() and len(text) <= 3) or text in DASHES))
    return kind in "TK" or kind == "Y"


def _fits(cell: Cell, place: str) -> bool:
    """Whether a cell may stand at a place of a pattern."""
    if place == "T" and _is_word_for_none(cell):
        return True
    return matches(cell.kind, cell.text, place) or (place == "V" and cell.may_be_value)


def _is_word_for_none(cell: Cell) -> bool:
    """Whether a cell says in a word that there is no value, and so may be a text beside others: ``onbekend``."""
    return cell.kind == "V" and cell.text.isalpha()


def laid_over(cells: Sequence[Cell], pattern: str, start: int, end: int, reference: int = -1) -> Laid | None:
    """The pattern over the cells; once more where the first time told which texts are strangers, or what rows lack."""
    laid = _lay(cells, pattern, start, end, reference=reference)
    if laid is None:
        return None
    strangers, lacking, spare = _strangers(cells, laid), _lacking(cells, laid), _spare(cells, laid)
    if not (strangers or lacking or spare):
        return laid
    return _lay(cells, pattern, start, end, strangers, lacking, spare, reference)


FEWEST_UNITS = 2  # rows with a unit of their own


def _spare(cells: Sequence[Cell], laid: Laid) -> frozenset[int]:
    """Places beside the label that hold the units of a few rows only: the others lack nothing there."""
    rows = sum(kind == ROW for kind, _ in laid.rows)
    found = set()
    for place in range(laid.pattern.index("T") + 1, laid.pattern.index("V")):
        held = held_at(laid, place)
        if (
            len(held) >= FEWEST_UNITS
            and 2 * len(held) <= rows
            and all(is_unit_of_row(cells[i].text) for i in held)
        ):
            found.add(place)
    return frozenset(found)


FEWEST_ALIKE = 3  # rows of one name that all lack the same


def _lacking(cells: Sequence[Cell], laid: Laid) -> frozenset[tuple[str, int]]:
    """Names of rows that lack as many values wherever they stand: a percentage that no Saldo has. With how many they have."""
    label = label_of(cells, laid)
    places = [k for k, kind in enumerate(laid.pattern) if kind == "V"]
    counts: dict[str, Counter[int]] = {}
    for kind, at in laid.rows:
        if kind == ROW and (i := at[label]) is not None:
            counts.setdefault(cells[i].text, Counter())[sum(at[k] is not None for k in places)] += 1
    return frozenset(
        (text, n)
        for text, found in counts.items()
        if len(found) == 1 and found.total() >= FEWEST_ALIKE
        for n in found
        if n < len(places)
    )


def _strangers(cells: Sequence[Cell], laid: Laid) -> frozenset[int]:
    """Texts behind values that are longer than those which come back there: ``Economisch nut`` among ja and nee.

    And words among the letters that stand between labels and values, and headings, which a total further down names.
    """
    last, label = laid.pattern.rindex("V"), label_of(cells, laid)
    found = _among_letters(cells, laid)
    headings = {_counted(cells[i].text) for i in _headings_of(cells, laid)}
    totals = [i for i in held_at(laid, label) if says_total(cells[i].text)]
    for place in (p for p, kind in enumerate(laid.pattern) if kind == "T" and p > last):
        held = [i for i in held_at(laid, place) if cells[i].text]
        counts = Counter(_kind_of_text(cells[i].text) for i in held)
        found |= {
            i
            for i in held
            if counts[_kind_of_text(cells[i].text)] == 1
            and any(i < t and covers(cells[t].text, cells[i].text) for t in totals)
        }
        found |= {i for i in held if (counted := _counted(cells[i].text)) and counted in headings}
        again = [kind for kind, n in counts.items() if n > 1]
        if again and 5 * sum(counts[kind] for kind in again) >= 3 * len(held):
            longest = max(len(cells[i].text) for i in held if counts[_kind_of_text(cells[i].text)] > 1)
            found |= {
                i for i in held if counts[_kind_of_text(cells[i].text)] == 1 and len(cells[i].text) > longest
            }
    return frozenset(found)


def _headings_of(cells: Sequence[Cell], laid: Laid) -> Iterator[int]:
    """The headings between rows, and the text right above the first row."""
    for kind, at in laid.rows:
        if kind == HEADING and at[0] is not None:
            yield at[0]
    first = min((i for kind, at in laid.rows if kind == ROW for i in at if i is not None), default=0)
    if first and cells[first - 1].kind == "T":
        yield first - 1


def _among_letters(cells: Sequence[Cell], laid: Laid) -> set[int]:
    """Texts of several words beside the labels where nearly all rows have a letter there: ``S`` and ``I``."""
    found: set[int] = set()
    label, first = label_of(cells, laid), laid.pattern.index("V")
    for place in range(label + 1, first):
        held = held_at(laid, place)
        letters = [i for i in held if len(cells[i].text) <= LONGEST_LETTER and cells[i].text.isalnum()]
        if len(letters) > 2 and 5 * len(letters) >= 4 * len(held):
            found |= {i for i in held if " " in cells[i].text}
    return found


def _counted(text: str) -> str:
    """What a text counts: ``programma`` of ``Programma 2 Zorg``; nothing where it counts nothing."""
    match = _COUNTED.match(text)
    return match[1].lower() if match and year_of(match[2]) is None else ""


_COUNTED = re.compile(r"([^\W\d_]+) (\d+)\b")
LONGEST_LETTER = 2  # signs of what sorts rows: S, I, D1


def _kind_of_text(text: str) -> str:
    """What comes back of texts in a column: the text, or the first word where numbers follow: ``art.`` of ``art. 3.4``.

    Of texts without letters their make: a date.
    """
    if not any(x.isalpha() for x in text):
        return re.sub(r"\d", "9", text)
    first, _, rest = text.partition(" ")
    return first if any(x.isdigit() for x in rest) else text


def held_at(laid: Laid, place: int) -> list[int]:
    """The cells that rows have at a place of their pattern."""
    return [i for kind, places in laid.rows if kind == ROW and (i := places[place]) is not None]


def _lay(
    cells: Sequence[Cell],
    pattern: str,
    start: int,
    end: int,
    strangers: frozenset[int] = frozenset(),
    lacking: frozenset[tuple[str, int]] = frozenset(),
    spare: frozenset[int] = frozenset(),
    reference: int = -1,
) -> Laid | None:
    """The pattern over the cells from ``start``, at the least cost; cells that are left at the end are prose.

    ``strangers`` are cells that no column of texts behind the values should hold; ``lacking`` names rows that have
    fewer values wherever they stand; ``spare`` are places that most rows do not have,
    ``reference`` is one that goes with the code: rows that lack both lack nothing.
    """
    variants = _variants(pattern)
    n_values = pattern.count("V")
    label = pattern.index("T")
    first_value = pattern.index("V")
    last_text = pattern.rindex("T", 0, first_value)
    size = end - start
    best: list[tuple[float, int, tuple[str, tuple[int | None, ...], str] | None]] = [
        (float("inf"), -1, None)
    ] * (size + 1)
    best[0] = (0.0, -1, None)
    kinds = Counter(c.kind for c in cells[start:end])
    printed = Counter(c.text for c in cells[start:end])
    furniture = furniture_among(c.text for c in cells[max(0, start - 1) : end] if c.kind == "T")
    by_years = 2 * kinds["Y"] * n_values > kinds["V"]  # most rows have a year among their texts
    headings_before = [0] * (size + 1)
    for at in range(size):
        cost = best[at][0]
        if cost == float("inf"):
            continue
        i = start + at
        for kept, extra, term in variants:
            if at + len(kept) > size:
                continue
            if all(_fits(cells[i + k], pattern[p]) for k, p in enumerate(kept)):
                after = at + len(kept)
                if _is_cut_short(cells, i + len(kept), end, kept, pattern, n_values):
                    continue
                places: list[int | None] = [None] * len(pattern)
                for k, p in enumerate(kept):
                    places[p] = i + k
                have = sum(pattern[p] == "V" for p in kept)
                if reference >= 0 and 0 not in kept and reference not in kept:
                    have, term, extra = have + 1, "" if have + 1 == n_values else term, SPARE / 4
                extra -= SPARE * len(spare.difference(kept))
                own = cells[i + kept.index(label)].text if label in kept else ""
                term = "" if (own, have) in lacking else term
                price = cost + extra + (weigh({term: 1}) if term else -1.0 if have == n_values else -0.5)
                price += 0.6 * sum(
                    1
                    for k, p in enumerate(kept)
                    if pattern[p] == "T"
                    and cells[i + k].kind == "K"
                    and (
                        (p == label and (p == last_text or printed[cells[i + k].text] == 1))
                        or any(x.isdecimal() for x in cells[i + k].text)
                    )
                )
                price += 0.5 * sum(
                    1 for k, p in enumerate(kept) if pattern[p] == "K" and cells[i + k].kind == "V"
                )
                price += WORD_FOR_VALUE * sum(
                    1
                    for k, p in enumerate(kept)
                    if (pattern[p], cells[i + k].kind) in (("V", "T"), ("T", "V"))
                )
                price += YEAR_FOR_TEXT * sum(
                    1
                    for k, p in enumerate(kept)
                    if pattern[p] == "T" and cells[i + k].kind == "Y" and not by_years
                )
                price += 4.0 * sum(  # the number of the next row, by how the numbers go on
                    1 for k, p in enumerate(kept) if pattern[p] == "V" and cells[i + k].kind == "K"
                )
                price += 1.5 * sum(
                    1
                    for k, p in enumerate(kept)
                    if pattern[p] == "T"
                    and p > label
                    and says_total(cells[i + k].text)
                    and not (p < first_value and printed[own] > 1)
                )
                names = [i + k for k, p in enumerate(kept) if pattern[p] == "T" and p < first_value]
                price += weigh({"row_without_name": bool(names) and all(not cells[n].text for n in names)})
                price += SENTENCE_FOR_LABEL * (bool(own) and is_sentence(own))
                price += ATTRIBUTE_FOR_LABEL * _names_an_attribute(own)
                price += STRANGE * sum(1 for k, p in enumerate(kept) if p > label and i + k in strangers)
                if all(cells[i + k].kind == "Y" for k, p in enumerate(kept) if pattern[p] == "V"):
                    price += 2.5
                if term:
                    price += 0.15 * (n_values - have) - 0.4
                if price < best[after][0]:
                    best[after] = (price, at, (ROW, tuple(places), term))
                    headings_before[after] = 0
        kind = cells[i].kind
        if kind in "TK":
            width = 2 if kind == "K" and at + 1 < size and cells[i + 1].kind == "T" else 1
            price = cost + 0.5 + (0.8 if headings_before[at] >= 2 else 0.0) + _heading_cost(cells[i].text)
            if price < best[at + width][0]:
                best[at + width] = (price, at, (HEADING, tuple(range(i, i + width)), ""))
                headings_before[at + width] = headings_before[at] + 1
        if kind in "VYN":
            j = i
            while j < end and cells[j].kind in "VYBN":
                j += 1
            length = j - i
            price = (
                cost + weigh({"row_without_name": 1})
                if length == n_values
                else cost + weigh({"value_unexplained": length})
            )
            if price < best[at + length][0]:
                best[at + length] = (
                    price,
                    at,
                    (
                        "nameless",
                        tuple(range(i, j)),
                        "row_without_name" if length == n_values else "value_unexplained",
                    ),
                )
                headings_before[at + length] = 0
        if kind in "T":
            j = i + 1
            while j < end and cells[j].kind in "VYB":
                j += 1
            if j - i - 1 == 2 * n_values and _ends_in_sum(cells, start, i, j):
                price = cost + SUM_WITHOUT_NAME
                if price < best[j - start][0]:
                    best[j - start] = (price, at, ("summed", tuple(range(i, j)), ""))
                    headings_before[j - start] = 0
            if j - i - 1 > n_values and pattern in ("T" + "V" * n_values, "KT" + "V" * n_values):
                price = cost + weigh({"overfull_row": 1})
                if price < best[j - start][0]:
                    best[j - start] = (price, at, ("overfull", tuple(range(i, j)), "overfull_row"))
                    headings_before[j - start] = 0
        if kind in "BP" or (kind == "T" and cells[i].text in furniture):
            price = cost + (0.1 if kind != "B" else 0.0)
            if price < best[at + 1][0]:
                best[at + 1] = (price, at, None)
    stops = [
        (
            best[k][0]
            + _left_over(cells[start + k : end], cells[start + k : start + k + 1])
            + weigh({"value_unexplained": sum(1 for c in cells[start + k : end] if c.kind == "V")}),
            k,
        )
        for k in range(1, size + 1)
        if best[k][0] < float("inf") and (row := best[k][2]) is not None and row[0] != HEADING
    ]
    if not stops:
        return None
    cost, stop = min(stops)
    rows: list[tuple[str, tuple[int | None, ...]]] = []
    terms = Terms()
    k = stop
    while k > 0:
        _, before, step = best[k]
        if step is not None and step[0] == "summed":
            rows += [("nameless", step[1][n_values + 1 :]), (ROW, _of_label(step[1], pattern))]
        elif step is not None:
            rows.append((step[0], step[1]))
            if step[2]:
                terms[step[2]] += 1
        k = before
    rows.reverse()
    held = {p for kind, places in rows if kind == ROW for p, i in enumerate(places) if i is not None}
    if len(held) < len(pattern) or not any(
        kind == ROW and _is_full(places, pattern) for kind, places in rows
    ):
        return None
    return Laid(pattern, tuple(rows), terms, cost, start + stop, reference)


def _ends_in_sum(cells: Sequence[Cell], start: int, row: int, end: int) -> bool:
    """Whether the second half of the values of a row is the sum of rows down to its first half, in every column.

    That is the total of a group, printed without a name: ``Overige, 10, 20, 33, 44``.
    """
    n = (end - row - 1) // 2
    first, total = _amounts(cells[row + 1 : row + 1 + n]), _amounts(cells[row + 1 + n : end])
    if not first or not total or not any(total):
        return False
    held, at = list(first), row
    while at > start:
        at -= 1
        run = at
        while run >= start and cells[run].kind == "V":
            run -= 1
        if run == at:
            continue
        above = _amounts(cells[run + 1 : at + 1]) if at - run == n else []
        if not above:
            return False
        held = [a + b for a, b in zip(held, above, strict=True)]
        if held == total:
            return True
        at = run + 1
    return False


def _amounts(cells: Sequence[Cell]) -> list[Decimal]:
    """The amounts of cells, nil as zero; nothing where one of them has none or several."""
    found = [read(c.text) for c in cells]
    if any(len(values) != 1 or values[0].mark == MARKER for values in found):
        return []
    return [values[0].value or Decimal(0) for values in found]


SUM_WITHOUT_NAME = 0.5


def _of_label(cells: Sequence[int | None], pattern: str) -> tuple[int | None, ...]:
    """The places of a row with nothing but a label and the first values of some cells."""
    values = iter(cells[1:])
    label = pattern.index("T")
    return tuple(
        cells[0] if p == label else next(values) if k == "V" else None for p, k in enumerate(pattern)
    )


def _names_an_attribute(label: str) -> bool:
    """Whether a label is what stands above a column of units or sources."""
    return plain(label) in ("bron", "eenheid")


def _is_full(places: Sequence[int | None], pattern: str) -> bool:
    """Whether a row has every value of its pattern."""
    return all(at is not None for at, kind in zip(places, pattern, strict=True) if kind == "V")


def _left_over(cells: Sequence[Cell], after: Sequence[Cell]) -> float:
    """What it costs to leave texts behind a body; a short one right after it may well be a part of the last row."""
    price = 0.12 * sum(1 for c in cells if c.kind != "V")
    if after and after[0].kind == "T" and len(after[0].text) < 40 and not after[0].text.endswith("."):
        price += 0.4
    return price


def _is_cut_short(
    cells: Sequence[Cell], after: int, end: int, kept: Sequence[int], pattern: str, n_values: int
) -> bool:
    """Whether a row stops before a value: one that lacks values does not lack them, a whole one has more.

    As many values again as there are columns, two at least, are another row where no plain row comes next: a total that
    is printed without its name.
    """
    if after >= end or pattern[kept[-1]] != "V" or cells[after].kind != "V" or may_be_code(cells[after]):
        return False
    if pattern[0] == "K" and cells[after].text in DASHES and len(kept) == len(pattern):
        return False
    following = sum(1 for _ in itertools.takewhile(lambda c: c.kind in "VYB", cells[after:end]))
    is_total = following == n_values > 1 and not _begins_row(cells[after + following : end])
    return len(kept) < len(pattern) or not is_total


def _begins_row(cells: Sequence[Cell]) -> bool:
    """Whether a row comes first that is no total: a label, with a code or without, and its values."""
    row = re.match("K?TV", "".join(c.kind for c in cells[:3]))
    return row is not None and not says_total(cells[row.end() - 2].text)


def _heading_cost(text: str) -> float:
    w = words_of(text)
    if len(text) > 90:
        return 1.5
    return 0.3 if w.likeness >= 3 else 0.0


def label_of(cells: Sequence[Cell], laid: Laid) -> int:
    """The place of the labels: the first text, or one behind it where those in front only say to what group rows belong."""
    if laid.label >= 0:
        return laid.label
    first, *others = places_in_front(laid.pattern)
    label = first
    for following in others:
        if not _is_told_further(cells, laid, label, following):
            break
        label = following
    return label


def places_in_front(pattern: str) -> list[int]:
    """The places of texts before the first value."""
    return [p for p, kind in enumerate(pattern[: pattern.index("V")]) if kind == "T"]


def _is_told_further(cells: Sequence[Cell], laid: Laid, label: int, following: int) -> bool:
    """Whether rows are named by the next text: one text is that of row after row, or what tells rows of one name apart.

    So where it is the side of the first: ``Stortingen in reserves, Lasten``.
    """
    if {plain(cells[i].text) for i in held_at(laid, following)} == {"lasten", "baten"}:
        return True
    blocks = _rows_by_texts(cells, laid, label, following)
    names = [name for block in blocks for name, _ in block]
    repeated = sum(a == b for block in blocks for (a, _), (b, _) in itertools.pairwise(block))
    if repeated * 3 >= len(names) > 2:
        return True
    runs = [
        [len(list(run)) for _, run in itertools.groupby(block, key=lambda row: row[0])] for block in blocks
    ]
    if any(len(run) > len({name for name, _ in block}) for run, block in zip(runs, blocks, strict=True)):
        return False  # what stands in front comes back further down: it is no group
    alike = sum(n for run in runs for n in run if n > 1)
    is_grouped = label > laid.pattern.index("T") or 2 * alike >= len(names)
    return is_grouped and alike > 0 and all(len(set(block)) == len(block) for block in blocks)


def _rows_by_texts(
    cells: Sequence[Cell], laid: Laid, label: int, following: int
) -> list[list[tuple[tuple[str, ...], str]]]:
    """The rows that have both texts, from one heading to the next: the texts up to the label, and the one that follows."""
    own = [p for p in places_in_front(laid.pattern) if p <= label]
    blocks: list[list[tuple[tuple[str, ...], str]]] = [[]]
    for kind, at in laid.rows:
        i = at[following] if kind == ROW else None
        if kind == HEADING:
            blocks.append([])
        elif i is not None and at[label] is not None:
            up_to = tuple("" if (k := at[p]) is None else cells[k].text for p in own)
            blocks[-1].append((up_to, cells[i].text))
    return blocks
