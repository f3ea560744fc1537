"""One cell per line: rows found by a pattern that repeats, the columns counted by it.

The lines of such a text have lost their grid. A body is a run of rows that follow one pattern of texts and
values (``T V V V``, or ``K T T V V T`` with a code, a unit and a source), between them headings. Patterns are
proposed from what repeats, each is laid over the lines at the least cost, and the header above it is read for
the columns that it has. What fits best together is taken; the next best is kept.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reading.formats.paragraphs import is_broken

from .forms import whole
from .formulas import are_formulas, is_formula, is_symbol, symbols_in
from .header_words import refers, unit_in, without_unit
from .headers import (
    TEXT,
    VALUE,
    Header,
    Zone,
    counting,
    is_passed_over,
    is_unit_of_row,
    read_header,
    words_of,
)
from .hierarchy import covers, name_match
from .judge import weigh
from .meaning import plain, row_meaning, says_total
from .model import Piece, Prose
from .notes import is_furniture, is_of_page, is_sentence
from .numbers import MARKER, is_malformed, kinds_of_numbers, read, year_of
from .panel import HEADING, NOTE, ROW, Panel, Reading, Strip, extended, said, told
from .phrases import LINKS
from .printed_again import PrintedAgain

_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:\.(?:\d{1,3}[a-z]?|[a-z]))*[.)]?|[A-Z]{1,3}[.\-]?\d{1,3}[A-Z]?(?:\.\w{1,4})*[.)]?|[IVX]{1,5}[.)]?|[A-Za-z][.)]|[A-Z]"
    r"|\d{1,2}[A-Z]\d?(?:\.\w{1,2})?|[A-Z]\.\d{1,3}|[IVX]{1,4}\.\d{1,3}\.?|\d{1,2}-\d{1,2}\.\d{0,2}"
)
DASHES = frozenset("-–—−")  # where other rows have a code: a row that has none
_PERIOD_YEAR = re.compile(r"(?:19|20)\d\d")
MOST_PATTERNS = 8
LONGEST_ROW = 26
MOST_VARIANTS = 80
WORD_FOR_VALUE = 0.6
SPARE = 0.6  # less than a text that others have costs where it is lacking
YEAR_FOR_TEXT = 2.0  # what a bare year costs where other rows have a text
SENTENCE_FOR_LABEL = 3.0  # a sentence names no row: it is a note on the one above
ATTRIBUTE_FOR_LABEL = 3.0  # the header of a column of units or sources names no row
STRANGE = 2.5  # what a text costs in a column of others


class Cell(NamedTuple):
    """One printed cell and what it may be: V value, Y year, K code, N a number beside a label that counts no money, T text,
    B a blank that was printed."""

    text: str
    line: int
    kind: str
    sign: str = ""  # + or - printed in a cell of its own beside this one: which way a row counts
    may_be_value: bool = False  # a word that comes back beside values and may stand for one: "nieuw"


def cells_of(lines: Sequence[tuple[str, int]]) -> list[Cell]:
    """Texts with their lines to cells; a marker V or N alone belongs to the value before it (or after it)."""
    found: list[Cell] = []
    pending = ""
    lines = _with_euro_signs(lines)
    stands_before = _markers_stand_before(lines)
    for text, line in _without_empty_rows(lines):
        kind = _kind(text)
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
        found.append(Cell(text, line, kind))
    if pending:
        found.append(Cell(pending, lines[-1][1], "T"))
    found = _numbered(_with_codes_of_parts(_with_codes_like_signs(_signed(_keyed(_with_formulas(found))))))
    found = _with_whole_labels(_with_long_codes(_lettered(found)))
    found = _with_words_for_codes(_with_codes_behind(_with_codes_beside(found)))
    return _with_words_for_values(found)


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
    rows = [range(start, end) for start, end in _runs(cells) if start and end - start > 1]
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
    numbers = sum(_may_be_code(cells[i]) for i in front)
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
_SIGNED_CODE = re.compile(r"([-+–−])(\d{1,2}[a-z]?[.)]?)")


def _numbered(cells: list[Cell]) -> list[Cell]:
    """Whole numbers right before a text that count rows (1, 2, 3, 4a, 4b, 5, or again from 1) are codes.

    So are those that only rise, where there are many: the numbers of indicators, 6, 9, 11, 17, 18. A sign before them
    says which way a row counts: ``+2``, ``-4``.
    """
    cells = _without_signs_of_codes(cells)
    before = [
        (i, int(match[1]))
        for i in range(len(cells) - 1)
        if cells[i].kind in "VK"
        and cells[i + 1].kind == "T"
        and (
            match := _COUNTED.fullmatch(
                cells[i].text.lstrip("+-–−") if cells[i].kind == "K" else cells[i].text
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
            return cells
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
    numbers = [int(re.sub(r"\D", "", match[2])) for match in signed.values()]
    counted = sum(b - a in (0, 1) for a, b in itertools.pairwise(numbers))
    if sum(m[1] == "+" for m in signed.values()) < 2 or counted < 2 or 3 * counted < 2 * (len(numbers) - 1):
        return cells
    return [c._replace(kind="K", sign=signed[i][1]) if i in signed else c for i, c in enumerate(cells)]


FEWEST_CODES = 5  # numbers that only rise


def _complete_rows(cells: Sequence[Cell], numbers: Collection[int]) -> bool:
    """Whether most numbers end a run of as many values as other rows have: those are amounts that rise, and no codes."""
    runs = [(end, end - start) for start, end in _runs(cells)]
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


_PART_OF = re.compile(r"(?:waarvan|daarvan|w\.?v\.?|af:|bij:)\b", re.IGNORECASE)


_LETTER_IN_FRONT = re.compile(r"[a-z][.)]? +(?=[A-Z])")


def _begins_small(text: str) -> bool:
    """Whether a text begins with a small letter that is no code of its own: ``b Zo ja, hoeveel?`` has one."""
    return text[:1].islower() and not _LETTER_IN_FRONT.match(text)


def _with_whole_labels(cells: list[Cell]) -> list[Cell]:
    """Labels that are broken over two cells: the second goes on with a broken word, or begins small though labels do not.

    What labels do is told by those that follow a value: they begin where they stand.
    """
    sure = [
        _begins_small(b.text)
        for a, b, c in zip(cells, cells[1:], cells[2:], strict=False)
        if a.kind in "VY" and b.kind == "T" and c.kind == "V"
    ]
    labels = [c.text for i, c in enumerate(cells) if c.kind == "T" and _are_values(cells[i + 1 : i + 3])]
    small = Counter(text for text in labels if _begins_small(text))
    if len(sure) < FEWEST_LABELS:
        sure = [_begins_small(text) for text in labels]
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
    return kinds[:1] == "V" or (kinds == "KV" and _is_letter(following[0]))


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


@dataclass(frozen=True, slots=True)
class _Laid:
    """A pattern laid over cells: rows with the index of the cell for every place, headings, what is left."""

    pattern: str
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]  # (kind, indices by place of the pattern)
    terms: Counter[str]
    end: int
    reference: int = -1  # the place of numbers that refer to something, and that only rows with a code have


@dataclass(frozen=True, slots=True)
class _Proposal:
    laid: _Laid
    header: Header
    cost: float


def panels(cells: Sequence[Cell], soort: str, jaar: int | None) -> Iterator[Prose | Panel]:
    """Texts and tables of a stream of cells, in order."""
    position = 0
    last: tuple[Panel, tuple[str, ...], _Laid] | None = None
    pieces: list[Prose | Panel] = []
    printed = PrintedAgain(c.text for c in cells)
    todo = _segments(cells)
    while todo:
        start, end = todo.pop(0)
        goes_on = _page_break(cells, position, start, last[1]) if last is not None else None
        if goes_on is not None and last is not None:
            headings, top = goes_on
            pattern, reference = last[2].pattern, last[2].reference
            laid = _laid(cells, pattern, top, _with_tail(cells, pattern, end), reference)
            if laid is not None:
                strips = [Strip(HEADING, c.text, line=c.line) for c in headings]
                strips += _strips(cells, laid, last[0])
                at = max(i for i, p in enumerate(pieces) if isinstance(p, Panel))
                joined = extended(last[0], strips, cells[laid.end - 1].line)
                pieces[at] = joined
                last = (joined, last[1], last[2])
                position = laid.end
                continue
        proposals = _proposals(cells, printed, position, start, end, soort, jaar)
        if not proposals:
            continue
        best = proposals[0]
        if (cut := _tail_of_another(cells, best.laid)) is not None:
            head, rest = cut
            again = _proposals(cells, printed, position, start, head, soort, jaar)
            if again:
                best, proposals = again[0], again
                todo.insert(0, (rest, end))
        zone = cells[position : _body_start(best)]
        before = zone[: best.header.start]
        panel = _with_other(cells, position, _panel(cells, zone, best, proposals), best, proposals)
        pieces += [Prose(c.text, c.line) for c in before if c.text]
        pieces.append(panel)
        last = (panel, panel.header, best.laid)
        position = best.laid.end
    pieces += [Prose(c.text, c.line) for c in cells[position:] if c.text]
    yield from pieces


def _tail_of_another(cells: Sequence[Cell], laid: _Laid) -> tuple[int, int] | None:
    """Where rows that all have equally fewer values begin below a text: the end of the body, the first value of theirs.

    Those are another table: it has no header, and does not inherit the columns of the first.
    """
    rows = list(laid.rows)
    k = len(rows)
    lacking = set()
    while k and rows[k - 1][0] == ROW and None in rows[k - 1][1]:
        lacking.add(tuple(i for i, at in enumerate(rows[k - 1][1]) if at is None and laid.pattern[i] == "V"))
        k -= 1
    if len(rows) - k < 3 or len(lacking) != 1 or () in lacking or k < 2 or rows[k - 1][0] != HEADING:
        return None
    before = [i for kind, places in rows[: k - 1] if kind == ROW for i in places if i is not None]
    first = min(i for i in rows[k][1] if i is not None and cells[i].kind in "VY")
    return (max(before) + 1, first) if before else None


def _body_start(proposal: _Proposal) -> int:
    return next(i for _, places in proposal.laid.rows for i in places if i is not None)


# --- where tables begin and end ----------------------------------------------------------------------------


def _runs(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Runs of values, less those that are only years."""
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


def _segments(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """First value and last cell of every body: a gap between values that holds a header parts two bodies."""
    runs = _runs(cells)
    gaps = [cells[a[1] : b[0]] for a, b in itertools.pairwise(runs)]
    usual = Counter(len(gap) for gap in gaps).most_common(1)
    label = (
        usual[0][0] if usual else 1
    )  # the texts of the first row are no header, the next row may have them too
    above = _pairs(cells[: max(runs[0][0] - label, 0)]) if runs else frozenset()
    units = _with_unit(cells[: runs[0][0]]) if runs else frozenset()
    segments: list[tuple[int, int]] = []
    for n, (i, j) in enumerate(runs):
        gap = gaps[n - 1] if n else ()
        is_again = not _pairs(gap[:-1]).isdisjoint(above) or not _with_unit(gap).isdisjoint(units)
        if n and not is_again and not _parts(gap, is_row=len(gap) == usual[0][0]):
            segments[-1] = (segments[-1][0], j)
        else:
            segments.append((i, j))
    return segments


def _pairs(cells: Sequence[Cell]) -> frozenset[tuple[str, str]]:
    """Texts that follow each other: where those of a header come back between two rows another table begins."""
    return frozenset(itertools.pairwise(plain(c.text) for c in cells))


def _with_unit(gap: Sequence[Cell]) -> frozenset[str]:
    """Names of columns that say a unit of amounts, ``bedrag (x € 1.000)``: printed again they begin another table."""
    return frozenset(
        plain(c.text) for c in gap[:-1] if c.kind == "T" and unit_in(c.text) and not is_passed_over(c.text)
    )


def _parts(gap: Sequence[Cell], is_row: bool = False) -> bool:
    """Whether the cells between two rows of values hold the header of another table.

    ``is_row``: as many cells stand between most rows; then a unit among them is that of a row.
    """
    strong = sum(1 for c in gap[:-1] if c.kind == "Y" or (c.kind == "T" and words_of(c.text).likeness >= 2))
    units = (
        0 if is_row else sum(1 for c in gap if c.kind == "T" and is_passed_over(c.text) and unit_in(c.text))
    )
    return strong >= 2 or (strong == 1 and units >= 1) or (units >= 1 and len(gap) >= 3)


# --- patterns ---------------------------------------------------------------------------------------------


def _patterns(cells: Sequence[Cell], start: int, end: int) -> list[str]:
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
        if coded[i] == "V" and cells[i + 1].kind == "T" and _may_be_code(cell):
            coded[i] = "K"
    for i in range(
        1, len(coded) - 1
    ):  # a letter right before the values is no code: S and I in a column of their own
        if coded[i] == "K" and coded[i - 1] == "T" and coded[i + 1] == "V" and _is_letter(cells[i]):
            coded[i] = "T"
    yield "".join(coded)
    if any(c.kind == "B" for c in cells):
        yield "".join("T" if c.kind == "B" else k for k, c in zip(coded, cells, strict=True))
    uncoded = "".join(
        "T" if k == "K" and not _may_be_code(c) else k for k, c in zip(plainly, cells, strict=True)
    )
    if uncoded != "".join(coded):
        yield uncoded
    lettered = "".join(
        "T" if k == "K" and i and coded[i - 1] == "V" and _is_letter(cells[i]) else k
        for i, k in enumerate(coded)
    )
    if lettered != "".join(coded):
        yield lettered  # letters behind values are no codes of the next row: I and S for incidental and structural
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


def _is_letter(cell: Cell) -> bool:
    return not any(c.isdecimal() for c in cell.text)


def _may_be_code(cell: Cell) -> bool:
    return cell.kind == "K" or (cell.kind == "V" and cell.text.isdecimal() and len(cell.text) <= 3)


def _with_tail(cells: Sequence[Cell], pattern: str, end: int) -> int:
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


def _matches(kind: str, text: str, place: str) -> bool:
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
    return _matches(cell.kind, cell.text, place) or (place == "V" and cell.may_be_value)


def _laid(cells: Sequence[Cell], pattern: str, start: int, end: int, reference: int = -1) -> _Laid | None:
    """The pattern over the cells; once more where the first time told which texts are strangers, or what rows lack."""
    laid = _lay(cells, pattern, start, end, reference=reference)
    if laid is None:
        return None
    strangers, lacking, spare = _strangers(cells, laid), _lacking(cells, laid), _spare(cells, laid)
    if not (strangers or lacking or spare):
        return laid
    return _lay(cells, pattern, start, end, strangers, lacking, spare, reference)


FEWEST_UNITS = 2  # rows with a unit of their own


def _spare(cells: Sequence[Cell], laid: _Laid) -> frozenset[int]:
    """Places beside the label that hold the units of a few rows only: the others lack nothing there."""
    rows = sum(kind == ROW for kind, _ in laid.rows)
    found = set()
    for place in range(laid.pattern.index("T") + 1, laid.pattern.index("V")):
        held = _held(laid, place)
        if (
            len(held) >= FEWEST_UNITS
            and 2 * len(held) <= rows
            and all(is_unit_of_row(cells[i].text) for i in held)
        ):
            found.add(place)
    return frozenset(found)


FEWEST_ALIKE = 3  # rows of one name that all lack the same


def _lacking(cells: Sequence[Cell], laid: _Laid) -> frozenset[tuple[str, int]]:
    """Names of rows that lack as many values wherever they stand: a percentage that no Saldo has. With how many they have."""
    label = _label_of(cells, laid)
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


def _strangers(cells: Sequence[Cell], laid: _Laid) -> frozenset[int]:
    """Texts behind values that are longer than those which come back there: ``Economisch nut`` among ja and nee.

    And words among the letters that stand between labels and values.
    """
    last = laid.pattern.rindex("V")
    found = _among_letters(cells, laid)
    for place in (p for p, kind in enumerate(laid.pattern) if kind == "T" and p > last):
        held = [i for i in _held(laid, place) if cells[i].text]
        counts = Counter(_kind_of_text(cells[i].text) for i in held)
        again = [kind for kind, n in counts.items() if n > 1]
        if again and 5 * sum(counts[kind] for kind in again) >= 3 * len(held):
            longest = max(len(cells[i].text) for i in held if counts[_kind_of_text(cells[i].text)] > 1)
            found |= {
                i for i in held if counts[_kind_of_text(cells[i].text)] == 1 and len(cells[i].text) > longest
            }
    return frozenset(found)


def _among_letters(cells: Sequence[Cell], laid: _Laid) -> set[int]:
    """Texts of several words beside the labels where nearly all rows have a letter there: ``S`` and ``I``."""
    found: set[int] = set()
    label, first = _label_of(cells, laid), laid.pattern.index("V")
    for place in range(label + 1, first):
        held = _held(laid, place)
        letters = [i for i in held if len(cells[i].text) <= LONGEST_LETTER and cells[i].text.isalnum()]
        if len(letters) > 2 and 5 * len(letters) >= 4 * len(held):
            found |= {i for i in held if " " in cells[i].text}
    return found


LONGEST_LETTER = 2  # signs of what sorts rows: S, I, D1


def _kind_of_text(text: str) -> str:
    """What comes back of texts in a column: the text, or the first word where numbers follow: ``art.`` of ``art. 3.4``.

    Of texts without letters their make: a date.
    """
    if not any(x.isalpha() for x in text):
        return re.sub(r"\d", "9", text)
    first, _, rest = text.partition(" ")
    return first if any(x.isdigit() for x in rest) else text


def _held(laid: _Laid, place: int) -> list[int]:
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
) -> _Laid | None:
    """The pattern over the cells from ``start``, at the least cost; cells that are left at the end are prose.

    ``strangers`` are cells that no column of texts behind the values should hold; ``lacking`` names rows that have
    fewer values wherever they stand; ``spare`` are places that most rows do not have,
    ``reference`` is one that goes with the code: rows that lack both lack nothing.
    """
    variants = _variants(pattern)
    n_values = pattern.count("V")
    label = pattern.index("T")
    first_value = pattern.index("V")
    size = end - start
    best: list[tuple[float, int, tuple[str, tuple[int | None, ...], str] | None]] = [
        (float("inf"), -1, None)
    ] * (size + 1)
    best[0] = (0.0, -1, None)
    kinds = Counter(c.kind for c in cells[start:end])
    by_years = 2 * kinds["Y"] * n_values > kinds["V"]  # years name most rows
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
                    and (p == label or any(x.isdecimal() for x in cells[i + k].text))
                )
                price += 0.5 * sum(
                    1 for k, p in enumerate(kept) if pattern[p] == "K" and cells[i + k].kind == "V"
                )
                price += WORD_FOR_VALUE * sum(
                    1 for k, p in enumerate(kept) if pattern[p] == "V" and cells[i + k].kind == "T"
                )
                price += YEAR_FOR_TEXT * sum(
                    1
                    for k, p in enumerate(kept)
                    if pattern[p] == "T" and cells[i + k].kind == "Y" and (p > label or not by_years)
                )
                price += 4.0 * sum(  # the number of the next row, by how the numbers go on
                    1 for k, p in enumerate(kept) if pattern[p] == "V" and cells[i + k].kind == "K"
                )
                price += 1.5 * sum(
                    1
                    for k, p in enumerate(kept)
                    if pattern[p] == "T" and p > label and says_total(cells[i + k].text)
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
        if kind in "BP" or (kind == "T" and is_furniture(cells[i].text)):
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
    terms: Counter[str] = Counter()
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
    terms["_body"] = cost
    return _Laid(pattern, tuple(rows), terms, start + stop, reference)


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


def _of_label(cells: Sequence[int], pattern: str) -> tuple[int | None, ...]:
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
    if after >= end or pattern[kept[-1]] != "V" or cells[after].kind != "V" or _may_be_code(cells[after]):
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


# --- body and header together -------------------------------------------------------------------------------------


def _proposals(
    cells: Sequence[Cell],
    printed: PrintedAgain,
    position: int,
    first: int,
    end: int,
    soort: str,
    jaar: int | None,
) -> list[_Proposal]:
    """Readings of one body with the texts above it, the cheapest first."""
    found: list[_Proposal] = []
    for pattern, start in [
        (p, s) for p in _patterns(cells, first, end) for s in _starts(cells, position, first, end, p)
    ]:
        reference = _reference(cells[position:start], pattern)
        laid = _laid(cells, pattern, start, _with_tail(cells, pattern, end), reference)
        if laid is None:
            continue
        label = _label_of(cells, laid)
        turned = weigh(
            {
                "label_beside": _labels_beside(cells, laid, label),
                "same_text_inside": _same_inside(cells, laid, label),
            }
        )
        years = _years(cells, laid, label)
        columns = tuple(
            VALUE if pattern[place] == "V" and place not in years and place != reference else TEXT
            for place in _columns_of(cells, laid, label)
        )
        zone = Zone(
            tuple(c.text for c in cells[position:start]),
            columns,
            names=1
            + pattern[:label].count("K")
            + pattern[:label].count("T")
            + _hold_years(cells, laid, label)
            + _texts_of_headings(laid),
            soort=soort,
            jaar=jaar,
            prints=_kinds_printed(cells, laid, label, years),
        )
        for header in read_header(zone, keep=5):
            begin, after = position + header.start, position + header.end
            names_column = begin < after and any(cells[begin].text in path for path in header.paths)
            if names_column and printed.begins_with_title(begin, after):
                header = counting(header, "title_in_header", 1)
            header = counting(
                header, "attribute_over_values", _years_that_are_none(cells, laid, header, label)
            )
            header = counting(header, "mixed_values", _mixed_values(cells, laid, header, label))
            above = [c.text for c in cells[max(position, start - MOST_ABOVE) : start]]
            header = counting(header, "one_half", _has_two_halves(above, pattern.count("V")))
            headings = [c.text for c in cells[position:start]][header.end :]
            names = unknown_names(header)
            if begin < after and cells[after - 1].text == header.corner:
                names.append(header.corner)  # behind all texts over columns, where a heading may stand
            extra = heading_price(headings, laid_labels(cells, laid, label), names) + turned
            found.append(_Proposal(laid, header, header.cost + laid.terms["_body"] + extra))
    found.sort(key=lambda p: p.cost)
    return found


def _reference(zone: Sequence[Cell], pattern: str) -> int:
    """The last place of rows with a code, where the header ends in a text that names no values: ``Nr., 2025, 2026, Progr.``."""
    if not re.fullmatch(r"KTV{2,}", pattern):
        return -1
    for before, cell in itertools.pairwise(zone[-REACH:]):
        if refers(cell.text) and (before.kind == "Y" or words_of(before.text).likeness >= 2):
            return len(pattern) - 1
    return -1


REACH = 4  # texts between a header and the first value


def _kinds_printed(cells: Sequence[Cell], laid: _Laid, label: int, years: Collection[int]) -> tuple[str, ...]:
    """What kind of numbers every column of values prints, by the rows that lack none."""
    places = [p for p in _columns_of(cells, laid, label) if laid.pattern[p] == "V" and p not in years]
    rows = [[at[p] for p in places] for kind, at in laid.rows if kind == ROW]
    return kinds_of_numbers([cells[i].text for i in row if i is not None] for row in rows if None not in row)


def _starts(cells: Sequence[Cell], position: int, first: int, end: int, pattern: str) -> list[int]:
    """Where the first row may begin, whose first value is known: it may lack a code, or a text beside its label."""
    before = pattern.index("V")
    if pattern[0] == "K":
        if _stands_at(cells, first, end, pattern):
            return [first]  # the first number is the code of the first row
        at = first - before
        begin = max(
            at if at < position or _matches(cells[at].kind, cells[at].text, "K") else at + 1, position
        )
        return [begin, *((first - 1,) if begin < first - 1 and before > len("KT") else ())]
    if cells[first].kind == "Y" and _stands_at(cells, first, end, pattern):
        return [first]  # a year names the first row
    lacking = before > 1
    return [
        s
        for s in (max(first - before, position), *((first - 1,) if lacking else ()))
        if position <= s < first
    ]


def _hold_years(cells: Sequence[Cell], laid: _Laid, label: int) -> bool:
    """Whether most rows are named by a year, below headings that say of what: those have a name of their own."""
    named = [cells[i].kind == "Y" for i in _held(laid, label)]
    return 2 * sum(named) > len(named) and any(kind == HEADING for kind, _ in laid.rows)


def _texts_of_headings(laid: _Laid) -> int:
    """How many texts name the rows above the label, where all stand in groups of a few with a code: two, ``0.1`` and ``Bestuur``."""
    coded = [len(places) == 2 for kind, places in laid.rows if kind == HEADING]
    groups = [
        len(list(run)) for kind, run in itertools.groupby(laid.rows, key=lambda row: row[0]) if kind == ROW
    ]
    is_grouped = len(groups) > 1 and len(groups) < sum(groups) <= MOST_OF_GROUP * len(groups)
    return 2 if is_grouped and 2 * sum(coded) >= len(coded) > 1 else 0


MOST_OF_GROUP = 4  # rows below a heading that is a column of names


def _years_that_are_none(cells: Sequence[Cell], laid: _Laid, header: Header, label: int) -> int:
    """Columns that their header calls years and that hold other values."""
    count = 0
    for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True):
        held = [cells[i].kind == "Y" for i in _held(laid, place)]
        w = words_of(path[-1]) if path and laid.pattern[place] == "V" else None
        count += w is not None and w.attribute == "periode" and not w.years and 2 * sum(held) < len(held)
    return count


MOST_ABOVE = 16  # texts above a first row that are looked at


def _has_two_halves(texts: Sequence[str], n: int) -> bool:
    """Whether a header names two tables beside each other: two texts, each before the same ``n`` dates or years.

    So ``Activa, 2024, 2023, Passiva, 2024, 2023``: cells in a row do not say on which side one stands.
    """
    for at in range(len(texts) - 2 * n - 1):
        first, second = texts[at + 1 : at + 1 + n], texts[at + 2 + n : at + 2 + 2 * n]
        names = {texts[at], texts[at + 1 + n]}
        if first == second and len(names) == 2 and all(any(c.isdecimal() for c in t) for t in first):
            return not any(c.isdecimal() for name in names for c in name)
    return False


def _columns_of(cells: Sequence[Cell], laid: _Laid, label: int) -> list[int]:
    """The places behind the labels that some row has something in: what is empty in every row only keeps columns apart."""
    places = range(label + 1, len(laid.pattern))
    return [p for p in places if any(cells[i].kind != "B" for i in _held(laid, p))]


def _mixed_values(cells: Sequence[Cell], laid: _Laid, header: Header, label: int) -> int:
    """How many texts stand over a time of percentages beside a time of amounts: no one thing is measured in both."""
    shares: dict[str, set[bool]] = {}
    for place, path in zip(_columns_of(cells, laid, label), header.paths, strict=True):
        if len(path) > 1 and words_of(path[-1]).years and laid.pattern[place] == "V":
            held = [cells[i].text.endswith("%") for i in _held(laid, place)]
            shares.setdefault(path[0], set()).add(2 * sum(held) > len(held))
    return sum(len(kinds) > 1 for kinds in shares.values())


def _labels_beside(cells: Sequence[Cell], laid: _Laid, label: int) -> int:
    """How many labels come back, where the texts of another column hardly do: those are the names of the rows."""

    def again(place: int) -> tuple[int, int]:
        texts = [cells[i].text for i in _held(laid, place)]
        return len(texts) - len(set(texts)), len(texts)

    returning, count = again(label)
    others = [again(p) for p, kind in enumerate(laid.pattern) if kind == "T" and p > label]
    if any(n * 2 >= count and lost * 3 < returning for lost, n in others):
        return returning
    return 0


def _same_inside(cells: Sequence[Cell], laid: _Laid, label: int) -> int:
    """How many columns of texts between values say the same in every row: those are the labels of rows of their own."""
    inside = range(label + 1, laid.pattern.rindex("V"))
    columns = [[cells[i].text for i in _held(laid, p)] for p in inside if laid.pattern[p] == "T"]
    return sum(len(texts) > 2 and len(set(texts)) == 1 for texts in columns)


def _stands_at(cells: Sequence[Cell], at: int, end: int, pattern: str) -> bool:
    """Whether a whole row of a pattern is printed from a cell on."""
    return at + len(pattern) <= end and all(
        _matches(cells[at + k].kind, cells[at + k].text, place) for k, place in enumerate(pattern)
    )


def laid_labels(cells: Sequence[Cell], laid: _Laid, label: int) -> list[tuple[str, str]]:
    """The rows and headings of a body as (kind, label)."""
    return [
        (
            kind,
            " ".join(cells[i].text for i in places if i is not None)
            if kind == HEADING
            else cells[place].text
            if kind == ROW and (place := places[label]) is not None
            else "",
        )
        for kind, places in laid.rows
    ]


def unknown_names(header: Header) -> list[str]:
    """The lowest texts of a header that no words tell to be one."""
    return [p[-1] for p in header.paths if p and words_of(p[-1]).likeness < 1 and not words_of(p[-1]).years]


def heading_price(
    headings: Sequence[str], labels: Sequence[tuple[str, str]], names: Sequence[str] = ()
) -> float:
    """What the rest of a body says of headings above its first row: that one is needed, or that a total names it.

    ``names`` are the lowest texts over columns that no words tell to be headers: a total that names one of them
    tells that it is a heading.
    """
    opening = [
        label
        for kind, label in labels[: next((i for i, (k, _) in enumerate(labels) if k == HEADING), len(labels))]
    ]
    later = [label for kind, label in labels[len(opening) :] if kind == ROW]
    price = 0.0
    headings = [h for h in headings if not is_passed_over(h)]
    repeated = [x for x in opening if x in later]
    if repeated and len(repeated) * 2 >= len(opening) and any(k == HEADING for k, _ in labels):
        price += weigh({"first_rows_alone": 1}) if not headings else -0.4
    closing = opening[-1] if opening else ""
    if (
        any(k == HEADING for k, _ in labels)
        and len(opening) > 1
        and row_meaning(closing).rol in ("total", "subtotal")
        and not _own_words(closing)
    ):
        price += -0.8 if headings else 0.8
    price += weigh({"total_names_column": sum(any(covers(t, n) for t in _totals(labels)) for n in names)})
    total = next((x for x in opening if row_meaning(x).rol in ("total", "subtotal")), None)
    if total is not None and headings and name_match(total, headings[-1]):
        price += weigh({"total_names_heading": 1})
    outer = [h for h in headings[:-1] if any(covers(t, h) for t in _totals(labels))]
    return price + weigh({"total_names_heading": 0.6 * len(outer)})


def _totals(labels: Sequence[tuple[str, str]]) -> list[str]:
    return [x for kind, x in labels if kind == ROW and row_meaning(x).rol in ("total", "subtotal")]


def _own_words(label: str) -> set[str]:
    """The words of a total that are not about being one."""
    return set(re.findall(r"\w+", plain(label))) - {"totaal", "subtotaal", "sub", "totalen", "saldo", "som"}


def _panel(
    cells: Sequence[Cell], zone: Sequence[Cell], best: _Proposal, proposals: Sequence[_Proposal]
) -> Panel:
    laid, header, pattern = best.laid, best.header, best.laid.pattern
    label = _label_of(cells, laid)
    after = _columns_of(cells, laid, label)
    heads = dict(zip(after, header.paths, strict=True))
    periods = _periods(cells, laid, heads)
    values = [p for p in after if pattern[p] == "V" and p not in periods and p != laid.reference]
    texts = [p for p in after if p not in values]
    strips = _first_headings([c for c in zone[header.end :] if not is_passed_over(c.text)])
    names = tuple("periode" if p in periods else _attribute_name(heads[p]) for p in texts)
    strips += _named_by_years(_strips_of(cells, laid, values, texts, names))
    body = [c.line for c in cells[_body_start(best) : laid.end]]
    head = [c.line for c in zone[header.start :]]
    return Panel(
        paths=tuple(heads[p] for p in values),
        rows=tuple(strips),
        corner=header.corner,
        header=tuple(c.text for c in zone[header.start : header.end]),
        attributes=names,
        formula=header.formula,
        layout="lines",
        first_line=min([*head, *body]),
        last_line=max(body),
        reading=_reading(best, proposals),
        has_header=header.start < header.end,
        repeats_groups="T" in pattern[:label],
    )


def _named_by_years(strips: list[Strip]) -> list[Strip]:
    """Strips with the year of a row as part of its name, where years tell rows of one name apart: ``Rekening 2024``."""
    rows = [s for s in strips if s.kind == ROW]
    pairs = [(a, b) for a, b in itertools.pairwise(rows) if a.label == b.label]
    if any("periode" not in s.texts for s in rows) or 2 * len(pairs) < len(rows) - 1:
        return strips
    if not pairs or any(a.texts["periode"] == b.texts["periode"] for a, b in pairs):
        return strips
    return [
        replace(
            s,
            label=f"{s.label} {s.texts['periode']}",
            texts={name: text for name, text in s.texts.items() if name != "periode"},
        )
        if s.kind == ROW
        else s
        for s in strips
    ]


def _first_headings(cells: Sequence[Cell]) -> list[Strip]:
    """The texts between a header and the first row; a code on a line of its own stands before its name."""
    found: list[Strip] = []
    for before, cell in itertools.pairwise([None, *cells]):
        if found and before is not None and before.kind == "K" and cell.kind == "T":
            found[-1] = replace(found[-1], label=f"{before.text} {cell.text}")
        elif cell is not None:
            found.append(Strip(HEADING, cell.text, line=cell.line))
    return found


def _years(cells: Sequence[Cell], laid: _Laid, label: int) -> set[int]:
    """The first place of values, where it holds years in row after row and the places after it do not."""
    rows = [p for kind, p in laid.rows if kind == ROW]
    places = [p for p in range(label + 1, len(laid.pattern)) if laid.pattern[p] == "V"]
    if len(places) < 2 or len(rows) < 3:
        return set()

    def share(place: int) -> float:
        kinds = [cells[p[place]].kind for p in rows if p[place] is not None]  # type: ignore[index]
        return kinds.count("Y") / max(1, len(kinds))

    return {places[0]} if share(places[0]) >= 0.8 and share(places[1]) < 0.3 else set()


def _periods(cells: Sequence[Cell], laid: _Laid, heads: dict[int, tuple[str, ...]]) -> set[int]:
    """Places of years that their header calls a period: they say when, and are no values."""
    found = _years(cells, laid, _label_of(cells, laid))
    for place, path in heads.items():
        if laid.pattern[place] == "V" and path and words_of(path[-1]).attribute == "periode":
            kinds = [cells[p[place]].kind for kind, p in laid.rows if kind == ROW and p[place] is not None]  # type: ignore[index]
            if kinds and kinds.count("Y") * 2 > len(kinds):
                found.add(place)
    return found


def _attribute_name(path: tuple[str, ...]) -> str:
    if not path:
        return "toelichting"
    return words_of(path[-1]).attribute or path[-1]


def _strips(cells: Sequence[Cell], laid: _Laid, panel: Panel) -> list[Strip]:
    """The rows of a body that goes on below the header of ``panel``."""
    label = _label_of(cells, laid)
    after = _columns_of(cells, laid, label)
    printed = [p for p in after if laid.pattern[p] == "V" and p != laid.reference]
    values = printed[len(printed) - len(panel.paths) :]  # those before are periods
    texts = [p for p in after if p not in values]
    return _strips_of(cells, laid, values, texts, panel.attributes)


def _strips_of(
    cells: Sequence[Cell], laid: _Laid, values: Sequence[int], texts: Sequence[int], names: Sequence[str]
) -> list[Strip]:
    label = _label_of(cells, laid)
    return [
        _strip(cells, kind, places, laid.pattern, label, values, texts, names) for kind, places in laid.rows
    ]


def _label_of(cells: Sequence[Cell], laid: _Laid) -> int:
    """The place of the labels: of two texts in front the second, where the first is the same in row after row."""
    first = laid.pattern.index("T")
    second = laid.pattern.find("T", first + 1, laid.pattern.index("V"))
    if second < 0:
        return first
    rows = [places for kind, places in laid.rows if kind == ROW]
    names = [cells[p[first]].text for p in rows if p[first] is not None and p[second] is not None]  # type: ignore[index]
    return second if sum(a == b for a, b in itertools.pairwise(names)) * 3 >= len(names) > 2 else first


def _strip(
    cells: Sequence[Cell],
    kind: str,
    places: tuple[int | None, ...],
    pattern: str,
    label: int,
    values: Sequence[int],
    texts: Sequence[int],
    names: Sequence[str],
) -> Strip:
    if kind == HEADING:
        known = [cells[i] for i in places if i is not None]
        text = " ".join(c.text for c in known)
        return Strip(NOTE if is_sentence(text) else HEADING, text, line=known[0].line)
    if kind in ("nameless", "overfull"):
        known = [cells[i] for i in places if i is not None]
        named = known[0].text if kind == "overfull" else ""
        if kind == "nameless" and len(known) == len(values):
            return Strip(ROW, "", line=known[0].line, values=tuple(Piece(c.text, c.line) for c in known))
        return Strip(ROW, named, line=known[0].line, overfull=tuple(c.text for c in known))
    at = {p: cells[i] for p, i in enumerate(places) if i is not None}
    given = [at.get(p) for p in values]
    code = " ".join(
        at[p].text for p in range(label) if p in at and pattern[p] == "K" and at[p].text not in DASHES
    )
    outer = tuple(at[p].text if p in at else "" for p in range(label) if pattern[p] == "T")
    has_label = label in at
    own = at[label] if has_label else next(at[p] for p in range(label) if p in at)
    return Strip(
        ROW,
        own.text,
        code,
        own.line,
        values=tuple(Piece(c.text, c.line) if c is not None and c.text else None for c in given),
        texts={
            **{name: at[p].text for p, name in zip(texts, names, strict=True) if p in at and at[p].text},
            **({"teken": sign} if (sign := next((c.sign for c in at.values() if c.sign), "")) else {}),
        },
        outer=outer if has_label else (),
        has_own_label=has_label,
        is_loose=any(c is None for c in given),
    )


def _other(best: _Proposal, proposals: Sequence[_Proposal]) -> _Proposal | None:
    """The cheapest proposal that puts some value under another name."""
    meaning = (best.laid.rows, said(best.header.paths))
    return next((p for p in proposals if (p.laid.rows, said(p.header.paths)) != meaning), None)


def _with_other(
    cells: Sequence[Cell], position: int, panel: Panel, best: _Proposal, proposals: Sequence[_Proposal]
) -> Panel:
    """The panel with the next reading in full. What only the best one takes for header is a caption of the other."""
    other = _other(best, proposals)
    if other is None:
        return panel
    zone = cells[position : _body_start(other)]
    above = tuple(Prose(c.text, c.line) for c in zone[best.header.start : other.header.start] if c.text)
    rival = replace(_panel(cells, zone, other, (other,)), captions=above)
    return replace(panel, reading=replace(panel.reading, other=rival))


def _reading(best: _Proposal, proposals: Sequence[_Proposal]) -> Reading:
    """The margin to the cheapest reading that puts some value under another name."""
    other = _other(best, proposals)
    return Reading(
        best.cost,
        None if other is None else other.cost - best.cost,
        "" if other is None else told(other.header.paths),
        {**best.header.terms, **best.laid.terms},
        "pattern",
    )


# --- tables that go on ------------------------------------------------------------------------------------------


def _page_break(
    cells: Sequence[Cell], position: int, first: int, header: tuple[str, ...]
) -> tuple[list[Cell], int] | None:
    """Whether a table goes on below a page number and its own header: headings before it, the cell after the header."""
    gap = cells[position:first]
    printed = [plain(t) for t in header]
    at = next(
        (
            k
            for k in range(len(gap))
            if printed and [plain(c.text) for c in gap[k : k + len(printed)]] == printed
        ),
        None,
    )
    if at is None:
        return None
    furniture = [k for k in range(at) if is_of_page(gap[k].text)]
    if not furniture or any(k not in furniture for k in range(furniture[0], at)):
        return None
    return list(gap[: furniture[0]]), position + at + len(printed)


__all__ = ["Cell", "cells_of", "panels", "without_unit"]
