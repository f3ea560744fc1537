"""Cells of a text with one cell per line, and what each of them may be: a value, a year, a code or a text.

A cell tells its kind by how it is printed, and by what stands beside it: numbers that count rows are codes, signs and
markers in cells of their own belong to the value beside them, labels broken over two cells are one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reading.formats.paragraphs import is_broken

from .codes import begins_low
from .field_words import pattern_of
from .forms import whole
from .formulas import are_formulas, is_formula, is_symbol, symbols_in
from .header_texts import is_unit_of_row, words_of
from .header_words import refers
from .meaning import says_total
from .notes import is_furniture, is_of_page, is_page_number
from .numbers import MARKER, amounts_like_years, is_bare_amount, is_malformed, read, year_of
from .phrases import LINKS

_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:\.(?:\d{1,3}[a-z]?|[a-z]))*[.)]?|[A-Z]{1,3}[.\-]?\d{1,3}[A-Z]?(?:\.\w{1,4})*[.)]?|[IVX]{1,5}[.)]?|[A-Za-z][.)]|[A-Z]"
    r"|\d{1,2}[A-Z]\d?(?:\.\w{1,2})?|[A-Z]\.\d{1,3}|[IVX]{1,4}\.\d{1,3}\.?|\d{1,2}-\d{1,2}\.\d{0,2}"
)


class Cell(NamedTuple):
    """One printed cell and what it may be: V value, Y year, K code, N a number beside a label that counts no money, T text,
    B a blank that was printed."""

    text: str
    line: int
    kind: str
    sign: str = ""  # + or - printed in a cell of its own beside this one: which way a row counts
    may_be_value: bool = False  # a word that comes back beside values and may stand for one: "nieuw"


def cells_of(lines: Sequence[tuple[str, int]], jaar: int | None = None) -> list[Cell]:
    """Texts with their lines to cells; a marker V or N alone belongs to the value before it (or after it).

    ``jaar`` is the year of the document, from which amounts that look like years are far.
    """
    found: list[Cell] = []
    pending = ""
    lines = _with_euro_signs(lines)
    stands_before = _markers_stand_before(lines)
    amounts = amounts_like_years([[text for text, _ in lines]], jaar)
    for text, line in _without_empty_rows(lines):
        kind = "V" if text in amounts else _kind(text)
        if kind == "M":
            if not stands_before and found and found[-1].kind in "VY" and not pending:
                found[-1] = found[-1]._replace(text=f"{found[-1].text} {text}", kind="V")
            else:
                pending = text
            continue
        if pending and kind in "VY":
            text, kind = f"{pending} {text}", "V"
        elif pending:
            found.append(Cell(pending, line, "T"))
        pending = ""
        if (
            kind == "T"
            and is_furniture(text)
            and found
            and found[-1].kind == "V"
            and found[-1].text.isdecimal()
        ):
            found[-1] = found[-1]._replace(kind="P")
        elif (
            is_page_number(text)
            and found
            and found[-1].kind == "T"
            and is_of_page(f"{found[-1].text} {text}")
        ):
            kind = "P"  # behind the name of the document
        found.append(Cell(text, line, kind))
    if pending:
        found.append(Cell(pending, lines[-1][1], "T"))
    found = _with_amounts_for_years(found, jaar)
    found = _numbered(_with_codes_of_parts(_with_codes_like_signs(_signed(_keyed(_with_formulas(found))))))
    found = _with_whole_labels(_with_long_codes(_lettered(found)))
    found = _with_words_for_codes(_with_codes_behind(_with_codes_beside(found)))
    return _with_words_for_values(found)


def _with_amounts_for_years(cells: list[Cell], jaar: int | None) -> list[Cell]:
    """Numbers that read as years below an amount are amounts where every row has one value, and others are printed without points.

    Those next to the year of the document, and those behind a word that names rows, are the header of another table.
    """
    runs = runs_of_values(cells)
    bare = sum(is_bare_amount(cells[a].text) for a, _ in runs)
    if bare < 2 or any(b - a > 1 for a, b in runs) or jaar is None:
        return cells
    first = runs[0][0]
    chosen = {
        i
        for i, (name, cell) in enumerate(itertools.pairwise(cells), start=1)
        if i > first and (name.kind, cell.kind) == ("T", "Y") and not words_of(name.text).is_corner
        if abs((year_of(cell.text.rstrip("*")) or jaar) - jaar) > 1
    }
    return [c._replace(kind="V") if i in chosen else c for i, c in enumerate(cells)]


_EURO = re.compile(r"(?:(?:-/-|[-–−]) ?)?€(?: ?-/-)?")


def _with_euro_signs(lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Texts with their lines, a euro sign in a cell of its own, with a minus or without, put before its amount.

    Where a sign of percentages has a cell of its own as well, both are the units of their rows.
    """
    if any(text == "%" for text, _ in lines):
        return list(lines)
    found: list[tuple[str, int]] = []
    for text, line in lines:
        is_amount = bool(found) and _EURO.fullmatch(found[-1][0]) is not None and _kind(text) in "VY"
        found[-is_amount or len(found) :] = [(f"{found[-1][0]} {text}" if is_amount else text, line)]
    return found


def _with_codes_beside(cells: list[Cell]) -> list[Cell]:
    """Numbers right behind labels that all rows have but the totals are texts of those rows, where they count no money.

    They are years, or whole numbers that never fall: the programma of each row. Rows named as a total have one number
    less than every other row.
    """
    rows = [range(start, end) for start, end in runs_of_values(cells) if start and end - start > 1]
    totals = [row for row in rows if says_total(cells[row.start - 1].text)]
    others = [row for row in rows if not says_total(cells[row.start - 1].text)]
    widths = {len(row) for row in others}
    if len(totals) < FEWEST_TOTALS or len(others) < FEWEST_CODES or len(widths) != 1 or widths == {2}:
        return cells
    if any(len(row) + 1 not in widths for row in totals):
        return cells
    codes = [cells[row.start] for row in others]
    if not (all(c.kind == "Y" for c in codes) or _rise([c.text for c in codes])):
        return cells
    chosen = {row.start for row in others}
    return [c._replace(kind="N") if i in chosen else c for i, c in enumerate(cells)]


def _rise(codes: Sequence[str]) -> bool:
    """Whether codes are small whole numbers of several sorts of which none is less than the one before it."""
    if not all(code.isdecimal() and len(code) < 4 for code in codes):
        return False
    numbers = [int(code) for code in codes]
    return numbers == sorted(numbers) and len(set(numbers)) > 1


FEWEST_TOTALS = 2  # rows named as a total


def _without_empty_rows(lines: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Lines less the blanks printed for the cells beside a heading: two or more, between texts."""
    kinds = ["T", *(_kind(text) for text, _ in lines), "T"]
    at = 0
    for is_blank, run in itertools.groupby(range(len(lines)), key=lambda i: not lines[i][0]):
        row = list(run)
        beside = kinds[at] + kinds[at + len(row) + 1]
        at += len(row)
        if not is_blank or len(row) < FEWEST_EMPTY or beside.strip("TK"):
            yield from (lines[i] for i in row)


FEWEST_EMPTY = 2


def _with_codes_behind(cells: list[Cell]) -> list[Cell]:
    """Codes behind the values of rows are texts of theirs, and no codes of the next row.

    So where a header ends in what names codes (``Begroting 2025, Taakveld``), behind the columns of values, and the first
    row has none in front. Where other columns follow it may name the rows: then a label with a code of its own says
    that the one before it is of another row.
    """
    named = [
        k
        for k in range(1, len(cells))
        if refers(cells[k].text) and (cells[k - 1].kind == "Y" or words_of(cells[k - 1].text).likeness >= 2)
    ]
    first = next((k for k in range(named[-1], len(cells)) if cells[k].kind == "V"), None) if named else None
    if first is None or "K" in (cells[first - 1].kind, cells[first - 2].kind):
        return cells
    behind = [k for k in range(first, len(cells)) if cells[k].kind == "K" and cells[k - 1].kind in "VB"]
    has_columns = any(words_of(c.text).likeness >= 1 for c in cells[named[-1] + 1 : first - 1])
    if has_columns and not any(_OWN_CODE.match(c.text) for k in behind for c in cells[k + 1 : k + 2]):
        return cells
    return [c._replace(kind="T") if k in behind else c for k, c in enumerate(cells)]


_OWN_CODE = re.compile(r"(?:[A-Z]|\d{1,2}(?:\.\d{1,2})*)\.\s+\w")


_SHORT = re.compile(r"[A-Z][a-zA-Z]{1,3}\.?")
FEWEST_NUMBERS = 3  # rows with a number in front, from which on a short word in its place stands for one


def _with_words_for_codes(cells: list[Cell]) -> list[Cell]:
    """Short words that come back in front of labels where other rows have a number stand for it: ``Div`` among 2 and 7."""
    front = [
        i
        for i in range(1, len(cells) - 2)
        if cells[i - 1].kind in "VB" and cells[i + 1].kind == "T" and cells[i + 2].kind == "V"
    ]
    numbers = sum(may_be_code(cells[i]) for i in front)
    words = Counter(cells[i].text for i in front if cells[i].kind == "T" and _SHORT.fullmatch(cells[i].text))
    chosen = {i for i in front if words[cells[i].text] > 1 and cells[i].kind == "T"}
    if numbers < max(FEWEST_NUMBERS, len(chosen)):
        return cells
    return [c._replace(kind="K") if i in chosen else c for i, c in enumerate(cells)]


_WORD = re.compile(r"[a-z]{2,}(?: [a-z]{2,})?")


def _with_words_for_values(cells: list[Cell]) -> list[Cell]:
    """Small words that come back right before or behind a value may stand for one: ``nieuw``; so may a row of one: ``nee, nee``."""
    beside = [
        i
        for i in range(1, len(cells) - 1)
        if cells[i].kind == "T"
        and _WORD.fullmatch(cells[i].text)
        and not is_unit_of_row(cells[i].text)
        and (
            "V" in (cells[i - 1].kind, cells[i + 1].kind)
            or cells[i].text in (cells[i - 1].text, cells[i + 1].text)
        )
    ]
    again = Counter(cells[i].text for i in beside)
    chosen = {i for i in beside if again[cells[i].text] > 1} | _answers(cells)
    return (
        [c._replace(may_be_value=True) if i in chosen else c for i, c in enumerate(cells)]
        if chosen
        else cells
    )


_ANSWER = re.compile(r"(?:ja|nee)(?: [-–])?", re.IGNORECASE)


def _answers(cells: Sequence[Cell]) -> frozenset[int]:
    """Yes and no, two or more in a row: a row of answers among rows of values."""
    found: list[int] = []
    for is_one, run in itertools.groupby(
        range(len(cells)), key=lambda i: _ANSWER.fullmatch(cells[i].text) is not None
    ):
        row = list(run)
        found += row if is_one and len(row) > 1 else []
    return frozenset(found)


def _with_formulas(cells: list[Cell]) -> list[Cell]:
    """A row of formulas is texts, its numbers in brackets too: ``(1), (2), (3)=(1)+(2)``."""
    found: list[Cell] = []
    for is_one, run in itertools.groupby(cells, key=lambda c: is_formula(c.text)):
        row = list(run)
        are = is_one and any("=" in c.text for c in row) and are_formulas([c.text for c in row])
        found += [c._replace(kind="T") for c in row] if are else row
    return found


_IN_BRACKETS = re.compile(r"\((\w+)\)|\[(\w+)\]")


def _keyed(cells: list[Cell]) -> list[Cell]:
    """Symbols in brackets right before texts are codes, and formulas over them: ``[1]``, ``(3a) = (1) > (2)``.

    So where one of those formulas says what follows; a number in brackets that none of them names is an amount.
    """
    before = [i for i in range(len(cells) - 1) if cells[i + 1].kind == "T" and is_formula(cells[i].text)]
    made = [i for i in before if not is_symbol(cells[i].text)]
    if not any("=" in cells[i].text for i in made):
        return cells
    named = frozenset[str]().union(*(symbols_in(cells[i].text) for i in made))
    chosen = {
        *made,
        *(
            i
            for i in before
            if (match := _IN_BRACKETS.fullmatch(cells[i].text))
            and (cells[i].kind == "T" or (match[1] or match[2]).casefold() in named)
        ),
    }
    return [c._replace(kind="K") if i in chosen else c for i, c in enumerate(cells)]


_LETTER_CODE = re.compile(r"([a-z])\.?(\d{0,2})[.)]*")


def _lettered(cells: list[Cell]) -> list[Cell]:
    """Small letters in front of texts that count rows, a, b, c1, c2, and again from a, are codes."""
    before = {
        i: (match[1], int(match[2] or 0))
        for i in range(len(cells) - 1)
        if cells[i].kind in "TK"
        and cells[i + 1].kind == "T"
        and (match := _LETTER_CODE.fullmatch(cells[i].text))
    }
    codes = list(before.values())
    if len(codes) < FEWEST_LETTERS or codes[0][0] != "a":
        return cells
    if any(not _counts_on(a, b) for a, b in itertools.pairwise(codes)):
        return cells
    return [c._replace(kind="K") if i in before else c for i, c in enumerate(cells)]


def _counts_on(before: tuple[str, int], code: tuple[str, int]) -> bool:
    """Whether a letter, with a number or without, is the next one: c after b, c1 after b, c2 after c1, or a again."""
    if code[0] == before[0]:
        return code[1] == before[1] + 1
    return code[1] < 2 and (code[0] == "a" or ord(code[0]) == ord(before[0]) + 1)


FEWEST_LETTERS = 3


def _markers_stand_before(lines: Sequence[tuple[str, int]]) -> bool:
    """Whether V and N in cells of their own stand in front of their values: more follow a text than precede one."""
    kinds = ["T", *(_kind(text) for text, _ in lines), "T"]
    marks = [k for k, kind in enumerate(kinds) if kind == "M"]
    opening = sum(kinds[k - 1] not in "VY" and kinds[k + 1] in "VY" for k in marks)
    closing = sum(kinds[k - 1] in "VY" and kinds[k + 1] not in "VYM" for k in marks)
    return opening > closing


_SIGNS = frozenset(["+", "-", "–", "−", "-/-", "+/-", "+/−", "+/–"])
_SIGN = re.compile(r"\(?([-+–−/]{1,3})\)?")


def _sign_of(text: str) -> str:
    """The sign that a cell holds and nothing else, in brackets or without; else ''."""
    found = _SIGN.fullmatch(text)
    return found[1] if found and found[1] in _SIGNS else ""


def _signed(cells: list[Cell]) -> list[Cell]:
    """Where plus signs stand alone, signs are a column of their own: each goes to the row that it stands beside."""
    if sum(_sign_of(c.text) == "+" for c in cells) < 2:
        return cells
    found: list[Cell] = []
    pending = ""
    for i, cell in enumerate(cells):
        if sign := _sign_of(cell.text):
            if found and found[-1].kind == "T" and i + 1 < len(cells) and cells[i + 1].kind in "VY":
                found[-1] = found[-1]._replace(sign=sign)
            else:
                pending = sign
            continue
        found.append(cell._replace(sign=pending) if pending else cell)
        pending = ""
    return found


_COUNTED = re.compile(r"(\d{1,3})([a-z]?)[.)]?")
_SIGNED_CODE = re.compile(r"(?P<before>[-+–−])?(?P<code>\d{1,2}[a-z]?[.)]?)(?(before)|(?P<behind>[-+–−]))")


def _numbered(cells: list[Cell]) -> list[Cell]:
    """Whole numbers right before a text that count rows (1, 2, 3, 4a, 4b, 5, or again from 1) are codes.

    So are those that only rise, where there are many: the numbers of indicators, 6, 9, 11, 17, 18. A sign before
    or behind them says which way a row counts: ``+2``, ``4-``.
    """
    cells = _without_signs_of_codes(cells)
    before = [
        (i, int(match[1]))
        for i in range(len(cells) - 1)
        if cells[i].kind in "VK"
        and cells[i + 1].kind == "T"
        and (
            match := _COUNTED.fullmatch(
                cells[i].text.strip("+-–−") if cells[i].kind == "K" else cells[i].text
            )
        )
    ]
    numbers = [number for _, number in before]
    counted = [
        i
        for (i, b), a in zip(before[1:], numbers, strict=False)
        if b in (a + 1, 1) or (b == a and cells[i].kind == "K")
    ]
    if _never_fall(numbers) and not any(c.kind == "V" for c in cells[: before[0][0]]):
        chosen = {i for i, _ in before}
    elif len(counted) < 2 or len(counted) * 5 < 3 * (len(before) - 1) or 1 not in numbers:
        chosen = {before[k][0] for k in _rising(numbers)}
        if len(chosen) < FEWEST_CODES or len(chosen) * 5 < 4 * len(before) or _complete_rows(cells, chosen):
            chosen = {before[k][0] for k in _counting(numbers)}
    else:
        chosen = {*counted, before[numbers.index(1)][0]}
    return [c._replace(kind="K") if i in chosen else c for i, c in enumerate(cells)]


def _without_signs_of_codes(cells: list[Cell]) -> list[Cell]:
    """Cells of which numbers with a sign, right before texts, are codes: where they count rows, plus and minus by turns."""
    signed = {
        i: match
        for i in range(len(cells) - 1)
        if cells[i + 1].kind == "T" and (match := _SIGNED_CODE.fullmatch(cells[i].text))
    }
    signs = {i: match["before"] or match["behind"] for i, match in signed.items()}
    numbers = [int(re.sub(r"\D", "", match["code"])) for match in signed.values()]
    counted = sum(b - a in (0, 1) for a, b in itertools.pairwise(numbers))
    if sum(sign == "+" for sign in signs.values()) < 2 or counted < 2 or 3 * counted < 2 * (len(numbers) - 1):
        return cells
    return [c._replace(kind="K", sign=signs[i]) if i in signs else c for i, c in enumerate(cells)]


FEWEST_CODES = 5  # numbers that only rise


def _complete_rows(cells: Sequence[Cell], numbers: Collection[int]) -> bool:
    """Whether most numbers end a run of as many values as other rows have: those are amounts that rise, and no codes."""
    runs = [(end, end - start) for start, end in runs_of_values(cells)]
    usual = Counter(length for end, length in runs if end - 1 not in numbers).most_common(1)
    ended = [length for end, length in runs if end - 1 in numbers]
    return bool(usual) and 2 * sum(length == usual[0][0] for length in ended) > len(ended)


_LETTER_AND_NUMBER = re.compile(r"[A-Z]\d{1,2}")


def _with_codes_like_signs(cells: list[Cell]) -> list[Cell]:
    """Letters with a number right before texts are codes, those that read as a sign and an amount too: ``V1`` beside ``W1``."""
    before = [
        i
        for i in range(len(cells) - 1)
        if cells[i + 1].kind == "T" and _LETTER_AND_NUMBER.fullmatch(cells[i].text)
    ]
    if not any(cells[i].kind == "K" for i in before):
        return cells
    return [c._replace(kind="K") if i in set(before) else c for i, c in enumerate(cells)]


def _with_codes_of_parts(cells: list[Cell]) -> list[Cell]:
    """Whole numbers right before a text are codes where the code of a part follows: ``2, Verkeer, 2.1, Wegen``."""
    chosen = {
        i
        for i in range(len(cells) - 2)
        if cells[i].kind == "V"
        and cells[i].text.isdecimal()
        and cells[i + 1].kind == "T"
        and cells[i + 2].kind in "KV"
        and re.fullmatch(rf"{cells[i].text}\.\d{{1,2}}", cells[i + 2].text)
    }
    return [c._replace(kind="K") if i in chosen else c for i, c in enumerate(cells)]


def _never_fall(numbers: Sequence[int]) -> bool:
    """Whether numbers of three sorts or more begin at 1 and none is less than the one before it: 1, 1, 2, 5, 5."""
    is_long = len(numbers) > len(set(numbers)) > 2
    return is_long and numbers[0] == 1 and list(numbers) == sorted(numbers)


def _counting(numbers: Sequence[int]) -> list[int]:
    """Places of runs that count from 1 on, with other numbers between them, where there is a long one.

    >>> _counting([1, 2, 29, 3, 4, 0, 1, 2, 3]), _counting([1, 7, 2])
    ([0, 1, 3, 4, 6, 7, 8], [])
    """
    runs: list[list[int]] = []
    for k, number in enumerate(numbers):
        if number == 1:
            runs.append([k])
        elif runs and number == len(runs[-1]) + 1:
            runs[-1].append(k)
    longest = max(map(len, runs), default=0)
    return [k for run in runs if len(run) >= SHORTEST_COUNT for k in run] if longest > SHORTEST_COUNT else []


SHORTEST_COUNT = 3  # rows of a group that are numbered


def _rising(numbers: Sequence[int]) -> list[int]:
    """Places of a longest run of numbers, with others between them, of which each is greater than the one before."""
    tails: list[int] = []  # places of the least last number of a run of every length
    least: list[int] = []  # the numbers there
    before: list[int] = []
    for k, number in enumerate(numbers):
        at = bisect_left(least, number)
        before.append(tails[at - 1] if at else -1)
        tails[at : at + 1], least[at : at + 1] = [k], [number]
    found = []
    k = tails[-1] if tails else -1
    while k >= 0:
        found.append(k)
        k = before[k]
    return found[::-1]


_PART_OF = pattern_of("deel_of_bij", "label as printed")


def _with_whole_labels(cells: list[Cell]) -> list[Cell]:
    """Labels that are broken over two cells: the second goes on with a broken word, or begins small though labels do not.

    What labels do is told by those that follow a value: they begin where they stand.
    """
    sure = [
        begins_low(b.text)
        for a, b, c in zip(cells, cells[1:], cells[2:], strict=False)
        if a.kind in "VY" and b.kind == "T" and c.kind == "V"
    ]
    labels = [c.text for i, c in enumerate(cells) if c.kind == "T" and _are_values(cells[i + 1 : i + 3])]
    small = Counter(text for text in labels if begins_low(text))
    if len(sure) < FEWEST_LABELS:
        sure = [begins_low(text) for text in labels]
    are_small = 5 * sum(sure) > len(sure)
    pairs = {  # a text and the label behind it
        (a.text, b.text)
        for a, b, c in zip(cells, cells[1:], cells[2:], strict=False)
        if a.kind == b.kind == "T" and c.kind == "V"
    }
    fronts = Counter(front for front, _ in pairs)
    found: list[Cell] = []
    for i, cell in enumerate(cells):
        is_rest = (
            bool(found)
            and cell.kind == found[-1].kind == "T"
            and _are_values(cells[i + 1 : i + 3])
            and fronts[found[-1].text] < FEWEST_IN_A_GROUP
            and (
                is_broken(found[-1].text, cell.text)
                or (
                    not are_small
                    and small[cell.text] == 1
                    and not is_unit_of_row(cell.text)
                    and not _PART_OF.match(cell.text)
                    and not found[-1].text.endswith((":", "."))
                    and words_of(found[-1].text).likeness < 2
                    and (words_of(cell.text).likeness < 1 or cell.text.partition(" ")[0] in LINKS)
                )
            )
        )
        if is_rest:
            found[-1] = found[-1]._replace(text=whole((found[-1].text, cell.text)))
        else:
            found.append(cell)
    return found


def _are_values(following: Sequence[Cell]) -> bool:
    """Whether a value follows, with a letter in front of it or without."""
    kinds = "".join(c.kind for c in following)
    return kinds[:1] == "V" or (kinds == "KV" and is_letter(following[0]))


FEWEST_IN_A_GROUP = 3  # labels of rows that a text stands before: it is one of a column of groups
FEWEST_LABELS = 4  # that follow a value: of fewer nothing is told


_GROUPED = re.compile(r"\D*\d{1,3}(?:[. ]\d{3})+\D*")


def _with_long_codes(cells: list[Cell]) -> list[Cell]:
    """Numbers of four digits or more printed without points, where amounts have them: before a text they are codes."""
    bare = {
        i
        for i, c in enumerate(cells[:-1])
        if c.kind == "V" and c.text.isdecimal() and len(c.text) > 3 and cells[i + 1].kind == "T"
    }
    if len(bare) < 2:
        return cells
    others = [c.text for i, c in enumerate(cells) if c.kind == "V" and i not in bare]
    if sum(bool(_GROUPED.fullmatch(t)) for t in others) < 2 or any(
        t.isdecimal() and len(t) > 3 for t in others
    ):
        return cells
    return [c._replace(kind="K") if i in bare else c for i, c in enumerate(cells)]


@lru_cache(maxsize=1 << 14)
def _kind(text: str) -> str:
    if not text:
        return "B"
    values = read(text)
    if values:
        if values[0].mark == MARKER:
            return "M"
        if year_of(text.rstrip("*")):
            return "Y"
        return "V"
    if _CODE.fullmatch(text):
        return "K"
    return "V" if is_malformed(text) or _DAYS.fullmatch(text) else "T"


# from one day of a year to another: when a function was held, in the place of a value
_DAYS = re.compile(r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?\s*(?:-|–|/|t/m)\s*\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?")


def runs_of_values(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Where runs of values begin and end, less those that are only years."""
    found = []
    i = 0
    while i < len(cells):
        if cells[i].kind not in "VY":
            i += 1
            continue
        j = i
        while j < len(cells) and cells[j].kind in "VYB":
            j += 1
        if any(c.kind == "V" for c in cells[i:j]):
            found.append((i, j))
        i = j
    return found


def is_letter(cell: Cell) -> bool:
    """Whether a code has no number in it: ``S``, ``IV``."""
    return not any(c.isdecimal() for c in cell.text)


def may_be_code(cell: Cell) -> bool:
    """Whether a cell is a code, or a whole number of three digits at most that may be one."""
    return cell.kind == "K" or (cell.kind == "V" and cell.text.isdecimal() and len(cell.text) <= 3)
