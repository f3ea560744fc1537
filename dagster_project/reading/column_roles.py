"""What each column of a grid holds: labels, codes, groups of rows, values, markers or texts."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .codes import is_wordless
from .formulas import is_formula
from .header_texts import words_of
from .matrix import CODE, DASH, Matrix, count_of_texts, with_moves
from .meaning import row_meaning, says_total
from .numbers import read as read_number


@dataclass(frozen=True, slots=True)
class Roles:
    """What each column is."""

    label: int
    codes: tuple[int, ...]
    outer: tuple[int, ...]
    values: tuple[int, ...]
    markers: dict[int, int]  # marker column -> value column
    texts: tuple[int, ...]  # attributes
    group_codes: dict[int, int]  # column of groups -> the column of their codes
    is_marked_once: bool = False  # V or N in front of columns of years is said of all of them


def roles_of(m: Matrix, valued: Sequence[int], begin: int) -> Roles | None:
    """What each column is by the rows of values and the texts above them from ``begin``; None where none names rows."""
    counts = [Counter(m.kinds[i][c] for i in valued) for c in range(m.width)]
    label = _label_column(m, valued, counts)
    if label is None:
        return None
    label = _with_years_of_rows(m, valued, counts, label)
    above = {
        c: " ".join(m.texts[i][c] for i in range(begin, valued[0]) if m.texts[i][c]) for c in range(m.width)
    }
    codes: list[int] = []
    outer: list[int] = []
    sorts = []
    values: list[int] = []
    for c in range(label):
        n = counts[c]
        if n["V"] > n["T"] + n["K"] + n["Y"] and not _is_counter(m, c, valued, counts):
            values.append(c)
            continue
        coded = sum(
            1 for i in valued if m.texts[i][c] and (m.kinds[i][c] == "K" or is_wordless(m.texts[i][c]))
        )
        filled = len(valued) - n[" "]
        if not filled:
            continue
        attribute = words_of(above[c]).attribute
        is_group = attribute == "toelichting" and _holds_of_several(m, c, valued)
        is_attribute = attribute is not None and coded * 2 <= filled and not is_group
        if is_attribute or _comes_back([m.texts[i][c] for i in valued if m.texts[i][c]]):
            sorts.append(c)
            continue
        (codes if coded * 2 > filled else outer).append(c)
    markers: dict[int, int] = {}
    texts: list[int] = sorts
    pending: list[int] = []
    for c in range(label + 1, m.width):
        n = counts[c]
        filled = len(valued) - n[" "]
        name = words_of(above[c]).attribute
        if not filled:
            continue
        if name is None and _holds_codes(m, c, valued) and (not values or words_of(above[c]).is_corner):
            codes.append(c)
            continue
        if n["M"] and not n["T"] and not n["Y"] and n["V"] == _dashes(m, c, valued):
            if values and (values[-1] not in markers.values()):
                markers[c] = values[-1]
            else:
                pending.append(c)
            continue
        if (
            _holds_norms(m, c, valued)
            or (name in ("eenheid", "bron", "toelichting") and n["V"] <= n["T"] + n["K"])
            or (name == "periode" and n["Y"] + n["T"] >= n["V"] and n["V"] == 0)
            or (
                n["Y"] == filled
                and not any(words_of(m.texts[i][c]).year for i in range(begin, valued[0]))
                and (
                    _totals_lack(m, c, label, valued)
                    or (not above[c] and any(counts[d]["V"] for d in range(c + 1, m.width)))
                )
            )
        ):
            texts.append(c)
        elif n["V"] + n["Y"] >= n["T"] + n["K"] and n["V"] + n["Y"]:
            values.append(c)
            for p in pending:
                markers[p] = c
            pending = []
        elif n["V"] and words_of(above[c]).likeness >= 1 and name is None:
            values.append(c)
        else:
            texts.append(c)
    if not values:  # a table of limits and nothing else
        values = [c for c in texts if _holds_norms(m, c, valued)]
        texts = [c for c in texts if c not in values]
    group_codes = {o: c for c in codes for o in outer if o == c + 1 and _go_together(m, c, o, valued)}
    own = tuple(c for c in codes if c not in group_codes.values())
    is_marked_once = (
        len(markers) == 1
        and max(markers) < min(values, default=0)
        and all(words_of(above[c]).year for c in values)
    )
    return Roles(label, own, tuple(outer), tuple(values), markers, tuple(texts), group_codes, is_marked_once)


def _holds_codes(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether a column behind the labels holds codes with figures in them (``6.72``, ``9A``), and nothing else."""
    held = [(t, m.kinds[i][c]) for i in valued if (t := m.texts[i][c]) and not DASH.fullmatch(t)]
    return len(held) > 1 and all(
        kind == "K" and any(x.isdecimal() for x in text) and words_of(text).likeness < 2  # dates are none
        for text, kind in held
    )


def _totals_lack(m: Matrix, c: int, label: int, valued: Sequence[int]) -> bool:
    """Whether there are totals and none of them has anything in a column: it adds up to nothing, as years do."""
    totals = [i for i in valued if says_total(m.texts[i][label])]
    return bool(totals) and not any(m.texts[i][c] for i in totals)


def _dashes(m: Matrix, c: int, valued: Sequence[int]) -> int:
    """How many cells of a column are dashes only: among V and N they say that there is neither."""
    return sum(bool(DASH.fullmatch(m.texts[i][c])) for i in valued)


def _with_years_of_rows(m: Matrix, valued: Sequence[int], counts: Sequence[Counter[str]], label: int) -> int:
    """The column of years that tells rows of one name apart (a name, below it blanks, and 2022 and 2024 beside them), or
    the column of labels where no such column stands between it and the values."""
    for c in range(label + 1, m.width):
        n = counts[c]
        if n["V"]:
            break
        others = {m.texts[i][c] for i in valued if m.kinds[i][c] != "Y"}
        if 2 * n["Y"] <= len(valued) or not all(words_of(t).years or says_total(t) for t in others):
            continue  # a row may be of all years together: 2025-2028, Totaal
        pairs = list(itertools.pairwise(valued))
        same = [(a, b) for a, b in pairs if m.texts[b][label] in ("", m.texts[a][label])]
        if 2 * len(same) >= len(pairs) and all(m.texts[a][c] != m.texts[b][c] for a, b in same):
            return c
    return label


def _holds_of_several(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether the texts of a column hold for two rows or more each: it groups them."""
    texts = [m.texts[i][c] for i in valued]
    runs = [text for text, _ in itertools.groupby(texts) if text]
    return len(runs) > 1 and len(set(runs)) == len(runs) and 2 * len(runs) <= len(texts)


def _go_together(m: Matrix, code: int, group: int, valued: Sequence[int]) -> bool:
    """Whether codes are those of the groups beside them: both change in the same rows, and not in every row."""

    def goes_on(c: int) -> list[bool]:
        return [m.texts[b][c] in ("", m.texts[a][c]) for a, b in itertools.pairwise(valued)]

    return goes_on(code) == goes_on(group) and any(goes_on(group))


def _comes_back(texts: Sequence[str]) -> bool:
    """Whether letters say of what sort a row is (``I``, ``S``): they stand twice in a row and come back after another."""
    runs = [text for text, _ in itertools.groupby(texts)]
    is_letters = all(t.isalpha() and len(t) <= 2 for t in texts)
    return is_letters and 1 < len(set(runs)) < len(runs) < len(texts)


def _holds_norms(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether a column says what values should be: each cell is a limit (``< 90%``) or a range, a bare number now and then."""
    limits = others = 0
    for i in valued:
        if m.kinds[i][c] == "V":
            found = read_number(m.texts[i][c])
            is_limit = bool(found) and found[0].comparator in _LIMITS
            limits, others = limits + is_limit, others + (not is_limit)
        elif m.texts[i][c]:
            limits, others = limits + (_RANGE.fullmatch(m.texts[i][c]) is not None), others
    return limits >= 2 and others * 4 <= limits


_LIMITS = ("<", ">", "≥", "≤", "<=", ">=")
_RANGE = re.compile(r"[\d.,]+\s?%?\s?(?:-|–|tot|en)\s?[\d.,]+\s?%?")


def _label_column(m: Matrix, valued: Sequence[int], counts: Sequence[Counter[str]]) -> int | None:
    """The column of the labels of rows: of the first columns with texts the last that is filled in most rows."""
    first_value = _first_value(m, valued, counts)
    if first_value is None:
        return None
    named = [
        c
        for c in range(m.width)
        if counts[c]["T"] > counts[c]["K"] + counts[c]["V"] and _holds_words(m, c, valued)
    ]
    candidates = [c for c in named if c < first_value]
    if first_value == 0 and named:  # amounts stand before the labels
        return max(named, key=lambda c: (len({m.texts[i][c] for i in valued if m.texts[i][c]}), -c))
    if not candidates:
        coded = [c for c in range(first_value) if counts[c]["K"] or counts[c]["V"]]
        return coded[-1] if coded else (0 if first_value else None)
    names = {c: " ".join(m.texts[i][c] for i in range(valued[0]) if m.texts[i][c]) for c in candidates}
    named = [c for c in candidates if words_of(names[c]).attribute is None]
    candidates = named or candidates
    share = {c: sum(1 for i in valued if m.texts[i][c]) for c in candidates}
    first = candidates[0]
    if len(candidates) == 1:
        return first
    part = _parts_between_headings(valued)
    for c in candidates[1:]:
        beside = [i for i in valued if m.texts[i][c]]  # a total is printed in the first column alone
        own = {m.texts[i][c] for i in beside}
        distinct = {(part[i], m.texts[i][c]) for i in beside}
        named_too = [(part[i], m.texts[i][first]) for i in beside if m.texts[i][first]]
        groups = (
            len(named_too) * 10 < len(beside) * 9
            or len(set(named_too)) < len(named_too)
            or (words_of(names[c]).is_corner and len(own) == share[c] >= share[first])
            or all(row_meaning(m.texts[i][c]).grootheid in _SIDES for i in beside)
        )
        if groups and share[c] * 2 >= len(valued) and len(distinct) >= 2:
            first = c
    return first


_SIDES = frozenset(["lasten", "baten", "saldo"])


def _parts_between_headings(valued: Sequence[int]) -> dict[int, int]:
    """For each row of values in which part of the table it stands: a name that comes back in another part groups nothing."""
    parts = itertools.accumulate((b > a + 1 for a, b in itertools.pairwise(valued)), initial=0)
    return dict(zip(valued, parts, strict=True))


def _first_value(m: Matrix, valued: Sequence[int], counts: Sequence[Counter[str]]) -> int | None:
    """The first column of values: of more values than texts, and not of numbers that name rows."""
    return next(
        (
            c
            for c in range(m.width)
            if counts[c]["V"]
            and counts[c]["V"] > counts[c]["T"] + counts[c]["K"]
            and not _is_counter(m, c, valued, counts)
        ),
        None,
    )


def _lacks_codes(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether rows of values have dashes only in a column in which other rows have codes, or the word of a total."""
    found = {m.texts[i][c] for i in range(valued[0], len(m.texts)) if m.texts[i][c]}
    return any(map(DASH.fullmatch, found)) and not all(map(DASH.fullmatch, found))


def without_stairs(m: Matrix, valued: Sequence[int], end: int) -> Matrix:
    """The matrix with labels in one column that are printed in several, each level of them one column further right.

    No row has a text in two of those columns: a column that groups rows prints its text beside a label.
    """
    counts = [Counter(m.kinds[i][c] for i in valued) for c in range(m.width)]
    first_value = _first_value(m, valued, counts)
    start = valued[0]
    while start and not any(m.texts[start - 1][first_value or 0 :]) and any(m.texts[start - 1]):
        start -= 1
    body = [i for i in range(start, end) if any(m.texts[i])]
    steps = [
        c
        for c in range(first_value or 0)
        if (texts := [m.texts[i][c] for i in body if m.texts[i][c]])
        and 2 * sum(not is_wordless(t) for t in texts) > len(texts)
    ]
    alone = [next((c for c in steps if m.texts[i][c]), None) for i in body]
    if (
        len(steps) < 2
        or any(sum(bool(m.texts[i][c]) for c in steps) > 1 for i in body)
        or alone[:1] != [steps[0]]
        or sorted(set(filter(None, alone)) | {steps[0]}) != steps
    ):
        return m
    rows, label = list(m.rows), steps[-1]
    for i, c in zip(body, alone, strict=True):
        piece = m.rows[i][c] if c is not None else None
        if piece is not None and c is not None:
            deep = piece._replace(indent=piece.indent + _STEP * steps.index(c))
            rows[i] = (*m.rows[i][:c], deep, *m.rows[i][c + 1 :])
    return with_moves(
        replace(m, rows=tuple(rows)),
        ((i, c, label) for i, c in zip(body, alone, strict=True) if c is not None and c != label),
    )


_STEP = 4  # blanks that a column of labels sets in what stands in it


def with_labels_in_place(m: Matrix, valued: Sequence[int], end: int) -> Matrix:
    """The matrix with every total and heading in the column of labels that is printed over the codes before it.

    Its cell spans both columns, or it is the only words in a column of codes.
    """
    plain_rows = [i for i in valued if not _spans(m, i)] or valued
    counts = [Counter(m.kinds[i][c] for i in plain_rows) for c in range(m.width)]
    first_value = _first_value(m, plain_rows, counts)
    label = _label_column(m, plain_rows, counts)
    if not first_value or not label or label >= first_value:
        return m
    filled = [[m.texts[i][c] for i in plain_rows if m.texts[i][c]] for c in range(label)]
    coded = [2 * sum(map(is_wordless, texts)) > len(texts) for texts in filled]
    moves = []
    for i in (*_headings_above(m, valued[0]), *range(valued[0], end)):
        start = next((c for c in range(m.width) if m.texts[i][c]), m.width)
        if start >= label or any(m.texts[i][start + 1 : label + 1]):
            continue
        piece, text = m.rows[i][start], m.texts[i][start]
        spans = piece is not None and start + piece.colspan > label
        if spans or (coded[start] and not is_wordless(text)):
            moves.append((i, start, label))
    return with_moves(m, moves, as_set=False)


def _spans(m: Matrix, i: int) -> int:
    """One more than the first column of a row, where its text spans more columns; 0 where it does not."""
    first = next((c for c in range(m.width) if m.texts[i][c]), None)
    piece = m.rows[i][first] if first is not None and first < len(m.rows[i]) else None
    return first + 1 if first is not None and piece is not None and piece.colspan > 1 else 0


def _headings_above(m: Matrix, first: int) -> list[int]:
    """The rows of one text each that stand right above the first row of values."""
    found: list[int] = []
    while (
        first - len(found) > 0
        and count_of_texts(m, first - len(found) - 1) == 1
        and _spans(m, first - len(found) - 1)
    ):
        found.append(first - len(found) - 1)
    return found


def _holds_words(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether most texts of a column are words; periods (``2010-2030``), dates and formulas name no row that words name."""
    texts = [m.texts[i][c] for i in valued if m.kinds[i][c] == "T"]
    return sum(not is_wordless(t) and not is_formula(t) for t in texts) * 2 > len(texts)


def _holds_short_numbers(m: Matrix, c: int, valued: Sequence[int]) -> bool:
    """Whether a column of numbers of one or two figures stands there, some of them again and again: of programmes."""
    held = [t for i in valued if (t := m.texts[i][c])]
    is_short = all(t.isdecimal() and len(t) < 3 for t in held)
    return is_short and len(held) > 2 and len(set(held)) < len(held) and c + 1 < m.width


def _is_counter(m: Matrix, c: int, valued: Sequence[int], counts: Sequence[Counter[str]]) -> bool:
    """A column of numbers that name rows: short ones, or all different and written alike, with texts in the column to the right."""
    if c + 1 >= m.width:
        return False
    right = next(
        (
            n
            for d, n in enumerate(counts[c + 1 :], start=c + 1)
            if n["K"] <= n["T"] + n["V"]
            and not _is_sparse(n, len(valued))
            and not _holds_short_numbers(m, d, valued)
        ),
        counts[c + 1],
    )  # codes may stand between, and the names of groups
    if right["T"] * 2 < len(valued) - right[" "] or right["T"] * 3 < len(valued):
        return False
    numbers = [  # totals may be printed over them, and dashes where there is none
        t for i in valued if (t := m.texts[i][c]) and is_wordless(t) and not DASH.fullmatch(t)
    ]
    if not numbers:
        return _lacks_codes(m, c, valued)
    if all((CODE.fullmatch(t) and len(t) <= 5) or is_formula(t) for t in numbers):
        return True
    shapes = {re.sub(r"\d", "9", t) for t in numbers}
    is_numbered = all(t.isdecimal() and len(t) > 4 for t in numbers)  # 6000110: no amount prints so
    return (
        (c == 0 or is_numbered)
        and len(numbers) > 2
        and len(shapes) == 1
        and len(set(numbers)) == len(numbers)
        and "," not in shapes.pop()
    )


def _is_sparse(n: Counter[str], rows: int) -> bool:
    """Whether a column holds texts only, and blanks in most rows: a text stands for the rows below it too."""
    return bool(n["T"]) and not n["V"] + n["K"] + n["Y"] and n["T"] * 3 < rows


def unfilled(roles: Roles) -> list[int]:
    """Columns in front of the labels in which no row of values prints anything."""
    known = {*roles.codes, *roles.outer, *roles.values, *roles.texts, *roles.markers}
    return [c for c in range(roles.label) if c not in known and c not in roles.group_codes.values()]
