"""Lines as they are printed, cells one blank apart: the label of each, its values, and what stands between or behind.

Values are counted from the right. What one line leaves open the others tell: that dashes are signs, that words behind
values are a column of texts, that dates or letters in front of them are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

from .codes import begins_low
from .field_words import words_in
from .footnotes import bare_year
from .forms import whole
from .header_texts import is_passed_over, words_of
from .header_words import is_only_unit, unit_in
from .meaning import plain, says_total
from .notes import is_of_page
from .numbers import amounts_like_years, clean, year_of
from .phrases import is_amount, marks_stand_behind, splits, trailing_values, values_inside

COUNTED = words_in("geteld", "label")


class Printed(NamedTuple):
    """A line: its text, the part before its values, its values, and what stands before it."""

    text: str
    line: int
    page: int | None
    label: str
    values: tuple[str, ...]
    is_after_blank: bool
    tail: str = ""  # words behind the values: a column of texts at the end
    cells: tuple[str, ...] = ()  # where more than one blank stands between cells
    starts_page: bool = False
    is_alone: bool = False  # one half of a line that has two elsewhere
    between: str = ""  # a date or letter between label and values, where most rows have one
    are_amounts: bool = False  # though its values all look like years

    @property
    def years_only(self) -> bool:
        return not self.are_amounts and bool(self.values) and all(year_of(bare_year(v)) for v in self.values)


def printed_lines(lines: Sequence[tuple[str, int, int | None]], jaar: int | None = None) -> list[Printed]:
    """The lines that are not blank, with their values; header texts broken within a paragraph are whole.

    ``jaar`` is the year of the document, from which amounts that look like years are far.
    """
    found, blank = [], True
    behind = marks_stand_behind(text for text, _, _ in lines)
    before: tuple[str, int | None] = ("", None)
    for text, line, page in lines:
        bare = clean(text)
        if not bare or _RULE.fullmatch(bare):
            blank = blank or not bare
            continue
        label, values = _without_unit(*trailing_values(text, behind))
        cells = tuple(clean(c) for c in _WIDE_BLANKS.split(text.strip()) if clean(c))
        is_set_in = not blank and text[0] == " " and text[:3].strip() != "" and before[0][:1] not in ("", " ")
        starts_page = is_set_in or (bool(before[0]) and page != before[1])
        found.append(
            Printed(
                bare,
                line,
                page,
                label,
                values,
                blank,
                cells=cells if len(cells) > 1 else (),
                starts_page=starts_page,
            )
        )
        before = (text, page)
        blank = False
    found = _told_on(_with_corners(_with_periods(_with_signs(_with_tails(found, lines, behind)))))
    if amounts := amounts_like_years([p.values for p in found], jaar):
        found = [p._replace(are_amounts=not amounts.isdisjoint(p.values)) for p in found]
    return _whole(found) if have_blanks_between(found) else found


def _without_unit(label: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The label and values of a line, a unit before nothing but years as part of the label: ``x € 1.000 2025 2026``.

    So too the sign of a currency that ends a unit, ``Bedragen in € 2025 2026``, and a unit at the end of a line without values.
    """
    first = values[0].removeprefix("€").strip() if values else ""
    if values and first != values[0] and year_of(first) and is_only_unit(f"{label} €"):
        label, values = f"{label} €", (first, *values[1:])
    years = sum(1 for _ in takewhile(year_of, reversed(values)))
    unit = " ".join(values[: len(values) - years])
    if years > 1 and unit and is_only_unit(unit):
        return f"{label} {unit}".strip(), values[-years:]
    if not years and len(values) > 1 and is_only_unit(unit):  # ``x € 1.000``
        return f"{label} {unit}".strip(), ()
    return label, values


_RULE = re.compile(r"(?:[-=_]{4,} ?)+")  # a line drawn with signs below rows that are added up
_WIDE_BLANKS = re.compile(r"[ \t]{2,}|(?:[ \t]*\u00a0){2,}|\.{4,}|\t")


_SIGNS = frozenset("-−–")


_DATE_BEHIND = re.compile(r"(?P<label>\S.*) (?P<date>\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d)")


def _with_periods(found: list[Printed]) -> list[Printed]:
    """Dates, years or letters between labels and values are a column of their own where most rows have one.

    They say when a work is done, or of which sort a row is: ``S`` or ``I``.
    """
    dated = {
        k: p._replace(label=match["label"], between=match["date"])
        for k, p in enumerate(found)
        if p.values and (match := _DATE_BEHIND.fullmatch(p.label))
    }
    dated = dated or {k: made for k, p in enumerate(found) if (made := _with_year(p)) is not None}
    lettered = _with_letters(found) if not dated else {}
    if lettered and len(lettered) >= FEWEST_DATES and _named_in_header(found):
        return [
            lettered.get(k, p) for k, p in enumerate(found)
        ]  # a header says so: however many rows have none
    dated = dated or lettered
    rows = sum(bool(p.values and p.label) and not p.years_only for p in found)
    if len(dated) < FEWEST_DATES or 2 * len(dated) < rows:
        return found
    return [dated.get(k, p) for k, p in enumerate(found)]


def _with_letters(found: Sequence[Printed]) -> dict[int, Printed]:
    """Rows of which the last word of the label is a capital letter, where these are of two or three sorts.

    Letters that tell rows apart (``Complex A``, ``Complex B``) are part of their names: of those few, or of all.
    """
    lettered = {
        k: p._replace(label=label, between=letter)
        for k, p in enumerate(found)
        if p.values and not p.years_only and (label := p.label.rpartition(" ")[0])
        for letter in [p.label.rpartition(" ")[2]]
        if _LETTER.fullmatch(letter)
    }
    if _named_in_header(found) >= {p.between for p in lettered.values()}:
        return _less_neighbours(lettered)
    times = Counter(p.between for p in lettered.values())
    again = Counter(p.label for p in lettered.values())
    alone = {k: p for k, p in lettered.items() if again[p.label] == 1}
    is_sorted = 1 < len(times) < 4 and times.most_common(2)[1][1] > 1
    return alone if is_sorted and len(alone) * 4 >= len(lettered) * 3 else {}


def _named_in_header(found: Sequence[Printed]) -> frozenset[str]:
    """The letters that a header of the lines names as a column, ``S/I``; none where none does."""
    headers = [p.text for p in found if not p.values or p.years_only]
    named = [w for text in headers for w in text.split() if _LETTERS.fullmatch(w)]
    return frozenset(named[0].split("/")) if named else frozenset()


def _less_neighbours(lettered: dict[int, Printed]) -> dict[int, Printed]:
    """Rows less those that only their letter tells from the row before or after: ``waarvan S``, ``waarvan I``."""
    return {
        k: p
        for k, p in lettered.items()
        if not any(
            o and (o.label, o.between != p.between) == (p.label, True)
            for o in (lettered.get(k - 1), lettered.get(k + 1))
        )
    }


_LETTER = re.compile(r"[A-Z](?:/[A-Z])?")
_LETTERS = re.compile(r"[A-Z](?:/[A-Z]){1,2}")


def _with_year(p: Printed) -> Printed | None:
    """A row of which the first value is a bare year and no other is: when it is; None for any other line."""
    years = [k for k, value in enumerate(p.values) if year_of(bare_year(value))]
    if len(years) != 1 or not p.label or any(is_amount(v) for v in p.values[: years[0]]):
        return None
    at = years[0]
    if at + 1 == len(p.values):
        return None
    label = " ".join([p.label, *p.values[:at]])
    return p._replace(label=label, values=p.values[at + 1 :], between=p.values[at])


FEWEST_DATES = 3


def _with_corners(found: list[Printed]) -> list[Printed]:
    """Headers right above rows that begin otherwise and end alike: what they end in names the columns, the rest the rows.

    So ``Programma 1 Zorg 2024 2025`` and ``Programma 2 Groen 2024 2025``.
    """
    headers: dict[int, list[int]] = {}  # by the number of values of the row below
    for k, (p, below) in enumerate(pairwise(found)):
        if (not p.values or p.years_only) and below.values and not below.years_only:
            headers.setdefault(len(below.values), []).append(k)
    found = list(found)
    for n, places in headers.items():
        for a, b in pairwise(places):
            for k, other in ((a, b), (b, a)):
                words, others = found[k].text.split(), found[other].text.split()
                shared = sum(
                    takewhile(bool, (x == y for x, y in zip(words[::-1], others[::-1], strict=False)))
                )
                if not n <= shared < min(len(words), len(others)):
                    continue
                front, columns = " ".join(words[:-shared]), splits(" ".join(words[-shared:]), n)[0][1]
                if len(columns) == n:
                    found[k] = found[k]._replace(cells=(front, *columns))
    return found


def _with_signs(found: list[Printed]) -> list[Printed]:
    """Dashes a blank before a number are its sign where the rows then have as many values as those without any.

    The rows of one table are compared, from one header to the next; where all of them have dashes, with all rows. A total may
    have less than other rows: it lacks the year in which a work is done.
    """
    signed = {k: joined for k, p in enumerate(found) if len(joined := _signed(p.values)) < len(p.values)}
    plain_rows = {
        k for k, p in enumerate(found) if k not in signed and len(p.values) > 1 and not p.years_only
    }
    plain_rows = {k for k in plain_rows if not says_total(found[k].label)} or plain_rows
    if not signed or not plain_rows:
        return found
    heads = [k for k, p in enumerate(found) if is_header_line(p)]
    found = list(found)
    for start, end in pairwise([0, *heads, len(found)]):
        own = [k for k in range(start, end) if k in signed]
        if not own:
            continue
        beside = [k for k in range(start, end) if k in plain_rows] or sorted(plain_rows)
        usual = Counter(len(found[k].values) for k in beside).most_common(1)[0][0]
        own = [k for k in own if not _ends_in_year(found[k], usual)]
        fits = sum(len(signed[k]) == usual for k in own)
        if fits * 3 >= 2 * len(own) and sum(len(found[k].values) == usual for k in own) * 3 <= len(own):
            for k in own:
                found[k] = found[k]._replace(values=signed[k])
    return found


def _ends_in_year(p: Printed, n: int) -> bool:
    """Whether the first of the values of a line is a year that ends its label, and ``n`` follow: ``Tarieven 2025 - - 143``."""
    return len(p.values) == n + 1 and year_of(p.values[0]) is not None and bool(p.label)


def _signed(values: Sequence[str]) -> tuple[str, ...]:
    """Values of which a dash before a number is its sign."""
    joined: list[str] = []
    for value in values:
        if joined and joined[-1] in _SIGNS and value[:1].isdecimal():
            joined[-1] = f"{joined[-1]} {value}"
        else:
            joined.append(value)
    return tuple(joined)


def _with_tails(
    found: list[Printed], lines: Sequence[tuple[str, int, int | None]], behind: bool | None
) -> list[Printed]:
    """Where many lines have words behind their values, those are a column of texts."""
    printed = {line: text for text, line, _ in lines}
    inside = {
        p.line: values_inside(printed[p.line], behind=behind)
        for p in found
        if not p.values and len(p.text) < 200
    }
    usual = Counter(
        len(p.values) for p in found if len(p.values) > 1 and not p.years_only and not is_passed_over(p.text)
    ).most_common(1)
    for line, parts in inside.items() if usual else ():
        # a text may hold amounts itself: the run of as many values as other lines have is the one
        if len(parts[1]) != usual[0][0] and (again := values_inside(printed[line], usual[0][0], behind))[1]:
            inside[line] = again
    tailed = {
        line: parts
        for line, parts in inside.items()
        if parts[1]
        and parts[2]
        and (not parts[2].endswith(".") or (usual[:1] and len(parts[1]) == usual[0][0]))
    }
    if (
        len(tailed) < 3
        or len(tailed) * 2 < sum(1 for p in found if p.values and not p.years_only)
        or len({len(t[1]) for t in tailed.values()}) > 2
    ):
        return found
    return [
        p._replace(label=tailed[p.line][0], values=tailed[p.line][1], tail=tailed[p.line][2])
        if p.line in tailed
        else p
        for p in found
    ]


def _whole(lines: Sequence[Printed]) -> list[Printed]:
    """Texts in paragraphs: one that is left open by a bracket, or makes one header text, is one line."""
    found: list[Printed] = []
    for p in lines:
        if found and not p.is_after_blank and not p.starts_page and _goes_on_as_header(found[-1], p):
            joined = whole([found[-1].text, p.text])
            found[-1] = found[-1]._replace(text=joined, label=joined, values=())
        else:
            found.append(p)
    return found


def _goes_on_as_header(p: Printed, after: Printed) -> bool:
    if p.text.count("(") > p.text.count(")"):
        return unit_in(whole([p.text, after.text])) is not None
    if p.values or not (after.years_only or not after.values):
        return False
    cut = splits(whole([p.text, after.text]))
    return bool(cut) and len(cut[0][1]) == 1 and words_of(cut[0][1][0]).likeness >= 2


# --- what a line is -----------------------------------------------------------------------------------------


def is_row(line: Printed) -> bool:
    """Whether a line is a row of values: no years of a header, no page number, no text that ends in a number."""
    if not line.values or line.years_only or is_passed_over(line.text):
        return False
    if not line.label and len(line.values) == 1 and line.text.isdecimal():
        return False  # a page number
    if is_of_page(line.text):
        return False  # the name of the document, with a page number
    return not is_running_text(line) and not is_numbered_heading(line)


LONGEST_LABEL = 12  # words


def is_running_text(line: Printed) -> bool:
    """Whether a line is running text that happens to end in a number."""
    is_long = len(line.label.split()) > LONGEST_LABEL and len(line.values) <= 1
    return is_long and not is_amount(line.values[0] if line.values else "")


def _told_on(found: Sequence[Printed]) -> list[Printed]:
    """The lines, those of running text without values: long ones with one amount at the end, which the next goes on."""
    return [
        p._replace(label=p.text, values=())
        if len(p.values) == 1
        and len(p.label.split()) > LONGEST_LABEL
        and after is not None
        and not after.is_after_blank
        and begins_low(after.text)
        else p
        for p, after in zip_longest(found, found[1:])
    ]


def is_header_line(line: Printed) -> bool:
    """Whether a line is surely one of a header: two texts of it are, or all but the first look like headers."""
    if line.values and not line.years_only:
        return False
    cut = splits(line.text)
    if not cut:
        return False
    texts = line.cells if len(line.cells) > 2 else cut[0][1]
    strong = sum(map(is_sure, texts))
    names_columns = len(texts) > 2 and all(words_of(text).likeness >= 1 for text in texts[1:])
    return strong >= 2 or names_columns or (line.years_only and not line.label)


def is_numbered_heading(p: Printed) -> bool:
    """Whether a line ends in a word that is counted and its number: ``Programma 2``, ``Terug naar programma 2``."""
    if len(p.values) != 1 or not re.fullmatch(r"\d{1,2}", p.values[0]):
        return False
    return p.label.split()[-1:] != [] and plain(p.label.split()[-1]) in COUNTED


def have_blanks_between(lines: Sequence[Printed]) -> bool:
    """Whether most rows are a paragraph each: with the lines above that begin their labels, if any."""
    rows = opening = 0
    is_open = False  # whether the paragraph has no row so far
    for p in lines:
        is_open = is_open or p.is_after_blank
        if p.values and p.label:
            rows += 1
            opening += is_open
        is_open = is_open and not p.values
    return opening * 2 > rows


def is_sure(text: str) -> bool:
    """Whether a text is surely a header: a year, or words that say a state, a quantity or what a column holds."""
    return bool(words_of(text).year) or words_of(text).likeness >= 2
