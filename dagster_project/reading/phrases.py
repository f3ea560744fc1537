"""Lines whose words are one blank apart: where a header text ends and the next begins, and which words are values.

Splits are proposed with a price, never chosen here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from .field_words import words_in
from .formulas import ONE
from .header_texts import make_of, names_rows_only, words_of
from .header_words import ADJECTIVES
from .meaning import plain, stand_in
from .numbers import MARKER, NUMBER, clean, read, year_of

LINKS = words_in("verbindt", "header")
_ORDINAL = re.compile(r"\d{1,2}(?:e|de|ste)")  # 2e berap: it opens what it counts
_PREPOSITIONS = words_in("voorzetsel", "header")
_UP_TO = words_in("tot_wanneer", "header")
_BUDGET_AND_ACCOUNTS = frozenset(["begroting", "rekening"])
_DATE_PART = re.compile(
    r"\d{1,2}(?:e|ste)?|\d{1,2}[-/]\d{1,2}|januari|december|jan\.?|dec\.?|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{2,4}")
_YEAR_RANGE = re.compile(r"(?:19|20)\d\d[-/–](?:19|20)?\d\d")
_LETTERS = re.compile(r"[A-Z](?:/[A-Z]){1,2}")  # what a column of letters is called
_NOTE_MARK = re.compile(r"\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+\)?|\d\)")
_FLOWS = ("toevoeging", "onttrekking", "lasten", "baten", "mutatie")  # they have no date, as stocks have
_SIGNED = ("€", "-€", "−€", "–€", "-/-€", "-/-", "+/+", "≥", "≤", ">", "<", "±", "ca.", "EUR")
_BLANKS = re.compile(r"[ \t]+")  # a hard blank holds a number together
MOST_SPLITS = 5
MOST_OF_A_COUNT = 4  # ways of one number of texts that are kept until texts of one make are looked at
_FORMULAS = re.compile(rf"(?:(?:{ONE.pattern})\s*){{2,}}", re.IGNORECASE)


@lru_cache(maxsize=1 << 13)
def splits(
    line: str,
    near: int = 0,
    at_most: int = MOST_SPLITS,
    goes_on: bool = False,
    held: frozenset[int] = frozenset(),
    is_upper: bool = False,
) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """Ways to cut a line into header texts, the cheapest first, at most one or two for each number of texts.

    ``near`` is a number of columns: the best cut into so many texts, or one or two more, is always among them.
    ``goes_on``: the texts go on those of the line above, and begin with any word (``na wijziging``). ``held``: the
    words that no text begins with. ``is_upper``: texts may go on in the next line, and end open (``Begroting na``).

    >>> splits("Omschrijving Rekening 2022 Begroting 2023")[0][1]
    ('Omschrijving', 'Rekening 2022', 'Begroting 2023')
    """
    words = re.sub(r"\b([VN]) / ([VN])\b", r"\1/\2", clean(line)).split()
    if not words:
        return ()
    if len(words) > 60:
        return ((0.0, (" ".join(words),)),)
    if "=" in words and _FORMULAS.fullmatch(" ".join(words)):
        return ((0.0, tuple(clean(f) for f in ONE.findall(" ".join(words)))),)
    leaders, seconds = _leaders(words), _seconds(words)
    best: list[dict[int, list[tuple[float, tuple[int, ...]]]]] = [{} for _ in range(len(words) + 1)]
    best[0] = {0: [(0.0, ())]}
    for i in range(len(words)):
        for count, ways in best[i].items() if i not in held else ():
            for price, cuts in ways:
                for j in range(i + 1, min(len(words), i + 9) + 1):
                    added = (
                        price
                        + _price(words, i, j, leaders, goes_on, seconds, is_upper)
                        + _price_of_lines(words, i, j, held)
                    )
                    if added > 12:
                        continue
                    reached = best[j].setdefault(count + 1, [])
                    reached.append((added, (*cuts, i)))
                    reached.sort()
                    del reached[MOST_OF_A_COUNT:]
    ends = [(price, cuts) for ways in best[len(words)].values() for price, cuts in ways]
    ends.sort(key=lambda e: (e[0], len(e[1])))
    counts: dict[int, int] = {}
    chosen = []
    for price, cuts in ends:
        counts[len(cuts)] = counts.get(len(cuts), 0) + 1
        if counts[len(cuts)] <= MOST_OF_A_COUNT:
            chosen.append((price, cuts))
    years = [k for k, w in enumerate(words) if year_of(w)]
    if len(years) > 1 and all(b - a > 1 for a, b in pairwise([*years, len(words)])):
        cuts = (
            *([0] if years[0] else []),
            *years,
        )  # a year opens every text: ``2021 realisatie, 2022 begroting``
        stops = (*cuts[1:], len(words))
        price = sum(
            _price(words, a, b, leaders, goes_on, seconds, is_upper) for a, b in zip(cuts, stops, strict=True)
        )
        if cuts not in [c for _, c in chosen] and held.isdisjoint(cuts):
            chosen.append((price, cuts))
    if len(years) > 1:  # a year between texts is one of its own: ``Stand, 2025, Stand, 2026, Stand``
        cuts = tuple(k for k in range(len(words)) if not k or k in years or k - 1 in years)
        if (
            cuts not in [c for _, c in chosen]
            and held.isdisjoint(cuts)
            and len(set(" ".join(words[a:b]) for a, b in pairwise((*cuts, len(words))) if a not in years))
            == 1
        ):
            chosen.append((0.5, cuts))
    found = []
    for price, cuts in chosen:
        stops = (*cuts[1:], len(words))
        texts = tuple(" ".join(words[a:b]) for a, b in zip(cuts, stops, strict=True))
        found.append((price - _parallel(texts), texts))
    found.sort(key=lambda f: (f[0], len(f[1])))
    least = found[0][0] if found else 0.0
    kept = [f for f in found[:at_most] if f[0] - least < 5]
    for count in range(near, near + 3) if near else ():
        best_of = next((f for f in found if len(f[1]) == count), None)
        if best_of is not None and best_of not in kept and best_of[0] - least < 8:
            kept.append(best_of)
    return tuple((price - least, texts) for price, texts in kept)


def _leaders(words: list[str]) -> frozenset[str]:
    """Small words that open several texts of a line: repeated, each time after another word (``waarvan``).

    A word that stands each time between two capitals, the first of which is no header, ends a text:
    ``Eigen vermogen Vreemd vermogen Resultaat``.
    """
    before: dict[str, list[str]] = {}
    tails: dict[str, int] = {}
    for k, (a, b) in enumerate(pairwise(words), start=1):
        if b.islower() and b not in LINKS:
            before.setdefault(b, []).append(a)
            is_end = k + 1 == len(words) or words[k + 1][0].isupper()
            tails[b] = tails.get(b, 0) + (is_end and a[0].isupper() and not _is_noun(a))
    return frozenset(
        w
        for w, firsts in before.items()
        if len(firsts) > 1 and len(set(firsts)) == len(firsts) and tails[w] < len(firsts)
    )


def _seconds(words: list[str]) -> frozenset[int]:
    """The small nouns of a line where each of them stands right behind one with a capital: they begin no text.

    So ``Lasten begroting 2016 Lasten rekening 2016``; not ``Lasten begroting 2016 rekening 2016``.
    """
    found = [k for k, word in enumerate(words) if word.islower() and word not in LINKS and _is_noun(word)]
    are = len(found) > 1 and all(
        k and words[k - 1][0].isupper() and _is_noun(words[k - 1]) and not names_rows_only(words[k - 1])
        for k in found
    )
    return frozenset(found) if are else frozenset()


def _parallel(texts: tuple[str, ...]) -> float:
    """What speaks for dated texts of one make: ``Balans 2021, Balans 2020``, ``2021 realisatie, 2022 begroting``."""
    shapes = [make_of(t) for t in texts if any(c.isdecimal() for c in t) and not t.isdecimal()]
    alike = max(map(shapes.count, shapes), default=0)
    return min(0.6 * (alike - 1), 1.8) * (1.0 if alike == len(shapes) else 0.5) if alike > 1 else 0.0


def _price(
    words: list[str],
    i: int,
    j: int,
    leaders: frozenset[str] = frozenset(),
    goes_on: bool = False,
    seconds: frozenset[int] = frozenset(),
    is_upper: bool = False,
) -> float:
    """What it costs that the words from i up to j are one header text."""
    phrase = words[i:j]
    first = phrase[0]
    price = 0.0
    if i and names_rows_only(" ".join(words[:i])):
        pass
    elif i and goes_on and first[0] not in "/&)":
        price += 0.0 if _has_year(first) else 0.15 if first.islower() and not _is_noun(first) else 0.1
    elif i:
        if _is_stage_behind_another(words, i, j):
            price += 0.2
        elif first in LINKS or first[0] in "(/&)":
            price += 3.0
        elif _has_year(first) and not _has_year(words[i - 1]):
            follows = i > 1 and year_of(words[i - 2])  # ``2021 realisatie | 2022 begroting``
            opens_run = i + 1 < len(words) and year_of(words[i + 1])  # ``Verschil | 2022 | 2023``
            price += (
                0.2
                if follows
                else 0.3
                if opens_run
                else 0.8
                if _is_noun(words[i - 1]) or not year_of(first)
                else 0.5
            )
        elif not (first[0].isupper() or first[0].isdecimal() or first[0] in "+-%€"):
            price += 1.5 if i in seconds else _price_of_low(words, i, leaders)
        elif _DATE_PART.fullmatch(first) and not _FULL_DATE.fullmatch(first) and not year_of(first):
            price += 2.0
    known = words_of(" ".join(phrase))
    if len(set(known.years)) > 1 and not _YEAR_RANGE.search(known.text):
        price += 2.0
    if len(known.years) > len(set(known.years)):
        price += 1.0
    if not known.is_difference and {stand_in(plain(w)) for w in phrase} >= _BUDGET_AND_ACCOUNTS:
        price += 1.5  # ``Begroting na | Rekening``: a column has one state
    if i == 0 and names_rows_only(known.text):
        price -= 0.4
    for k in range(1, len(phrase)):
        word, before = phrase[k], phrase[k - 1]
        if word in LINKS or before.lower() in LINKS or word[0] in "(/&" or before.endswith("("):
            continue
        if before.lower() in ADJECTIVES and word.islower():
            continue
        if word in ADJECTIVES and k + 1 < len(phrase):
            price += 0.4
            continue
        if word in leaders and not _is_noun(word):
            price += 1.2
        if _has_year(before) and not (before.endswith(("-", "/"))):
            price += 2.6 if word[0].isupper() or word[0].isdecimal() else 0.3
        elif _FULL_DATE.fullmatch(word):
            price += 1.5 if words_of(before).quantity in _FLOWS else 0.0
        elif year_of(word) or _DATE_PART.fullmatch(word):
            price += 1.5 if _LETTERS.fullmatch(before) else 0.0  # ``S/I | 2026``
        elif word[0].isupper():
            is_header = _is_noun(word)
            price += (
                1.5
                if before[-1] in "%€"
                else 1.8
                if is_header and _is_noun(before)
                else 1.0 + 0.4 * is_header + (word.lower() in ADJECTIVES)  # ``Overhead | Totale kosten``
            )
        elif i + k not in seconds and _is_noun(word) and _is_noun(before):
            price += 1.4
        elif len(word) == 1:
            price += 1.5
    if i == 0 and len(phrase) > 1 and not known.is_corner and words_of(first).is_corner:
        price += 1.2
    if i and words[i - 1].lower() in ADJECTIVES:
        price += 2.0
    content = [w.lower() for w in phrase if w.lower() not in LINKS and w.isalpha()]
    if len(set(content)) < len(content):
        price += 1.5
    if j < len(words) and (phrase[-1].lower() in _PREPOSITIONS or _ORDINAL.fullmatch(phrase[-1])):
        price += 0.4 if is_upper else 0.7 if j - i > 1 and phrase[-1] in _UP_TO else 1.2
    if j < len(words) and phrase[-1][-1] == "." and words[j].isdecimal() and not year_of(words[j]):
        price += 1.2  # ``nr. | 4``: an abbreviation before the number that it counts
    if known.likeness < 1 and not known.year and not known.is_corner:
        price += 0.5 if i else 0.15
    return price


def _price_of_lines(words: list[str], i: int, j: int, held: frozenset[int]) -> float:
    """What it costs that a text goes on for more than two lines: twice as much where a capital stands inside it."""
    lines = sum(i < k < j for k in held)
    has_capital = any(w[0].isupper() for w in words[i + 1 : j])
    return (1 + has_capital) * max(0.0, lines - 1)


def _is_stage_behind_another(words: list[str], i: int, j: int) -> bool:
    """Whether words i to j say of what stage a budget is and the text before them does too: ``primitief | na wijziging``."""
    if j - i != 2 or words[i] not in LINKS or stand_in(plain(" ".join(words[i:j]))) is None:
        return False
    before = plain(words[i - 1])
    if i > 1 and words[i - 2] in LINKS:
        return before == plain(words[i + 1])
    return before not in _BUDGET_AND_ACCOUNTS and stand_in(before) is not None and not _has_year(words[i - 1])


def _price_of_low(words: list[str], i: int, leaders: frozenset[str]) -> float:
    """What it costs that a text begins with the small letter of word i: least where it is a header and the words before are."""
    first, before = words[i], words[i - 1]
    if first in leaders:
        return 0.2
    if not _is_noun(first) or not (_is_noun(before) or _has_year(before)):
        return 1.5
    is_of_another_make = i > 1 and before[0].isupper() and not _has_year(before)
    return 0.9 if is_of_another_make else 0.2


@lru_cache(maxsize=1 << 13)
def _is_noun(word: str) -> bool:
    w = words_of(word.strip("()"))
    return w.likeness >= 1 and w.year is None


@lru_cache(maxsize=1 << 13)
def _has_year(word: str) -> bool:
    return (
        year_of(word) is not None
        or _FULL_DATE.fullmatch(word) is not None
        or _YEAR_RANGE.fullmatch(word) is not None
    )


# --- values at the end of a line -----------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def trailing_values(line: str, behind: bool | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a line and the values printed at its end, as many as there are.

    ``behind``: whether V and N stand behind their values; None: that the end of the line tells.

    >>> trailing_values("Kunstgrasvelden 1, 2 en 4 € 1.234 -/- 5 N 12")
    ('Kunstgrasvelden 1, 2 en', ('4', '€ 1.234', '-/- 5', 'N 12'))
    >>> trailing_values("Molenpolder € 1.035 (€ 385) € 928")
    ('Molenpolder', ('€ 1.035', '(€ 385)', '€ 928'))
    """
    words = _BLANKS.split(line.strip(" \t"))
    values: list[str] = []
    end = len(words)
    if behind is None:
        behind = bool(words) and _is_marker(words[-1])
    while end > 0:
        size = _value_before(words, end, behind)
        if not size:
            break
        values.append(" ".join(words[end - size : end]))
        end -= size
    return clean(" ".join(words[:end])), tuple(reversed(values))


def marks_stand_behind(lines: Iterable[str]) -> bool | None:
    """Whether V and N stand behind their values; None without any that tell.

    One that follows no value stands before one, and one that no value follows behind one. Where all stand between two
    values, they belong to the last column if that is a difference by a line above them, else to the one before it.
    """
    behind = before = between = 0
    above: deque[str] = deque(maxlen=HEADER_LINES)
    is_above = True
    for line in lines:
        words = _BLANKS.split(line.strip(" \t"))
        marks = [i for i, w in enumerate(words) if i and _is_marker(w)]
        for at in marks:
            follows = _is_value(words[at - 1]) and any(c.isdecimal() for c in words[at - 1])
            after = [w for w in words[at + 1 : at + 3] if w != "€"]
            is_followed = bool(after) and _is_value(after[0])
            behind += follows and not is_followed
            before += is_followed and not follows
            between += follows and is_followed
        is_above = is_above and not marks
        if is_above and any(words):
            above.append(line)
    if behind == before and between:
        return not any(map(_ends_in_difference, above))
    return None if behind == before else behind > before


HEADER_LINES = 5  # right above the first row with a mark, headings of rows among them


def _ends_in_difference(text: str) -> bool:
    """Whether the last words of a line of headers are those of a difference: ``Rekening 2024 Verschil 2024``."""
    words = clean(text).split()
    return any(words_of(" ".join(words[-count:])).is_difference for count in (1, 2, 3) if len(words) >= count)


def values_inside(line: str, count: int = 0, behind: bool | None = None) -> tuple[str, tuple[str, ...], str]:
    """The text before the last run of values of a line, the values, and the words printed behind them.

    With ``count`` the run has so many values.

    >>> values_inside("Thema 1: Welzijn € 1.210.000 Ja")
    ('Thema 1: Welzijn', ('€ 1.210.000',), 'Ja')
    """
    words = _BLANKS.split(line.strip(" \t"))
    for end in range(len(words), max(0, len(words) - (30 if count else 9)), -1):
        label, values = trailing_values(" ".join(words[:end]), behind)
        if values and label and (len(values) == count if count else len(values) > 1 or is_amount(values[0])):
            return label, values, clean(" ".join(words[end:]))
    return clean(line), (), ""


def _is_marker(word: str) -> bool:
    return word.strip("()") in ("V", "N") and len(word) <= 3


def _value_before(words: list[str], end: int, behind: bool) -> int:
    """How many words before ``end`` print one value; 0 where there is none."""
    start = end - 1
    if (
        start
        and words[start - 1] in ("(€", "(")
        and words[start][-1:] == ")"
        and _is_value(words[start][:-1])
    ):
        return 2  # (€ 752.153): the bracket opens before the currency
    if _NOTE_MARK.fullmatch(words[start]) and start and _is_value(words[start - 1]):
        start -= 1
    if (behind and _is_marker(words[start]) and start and _is_value(words[start - 1])) or (
        words[start] in ("%", "mln.", "mln") and start and _is_value(words[start - 1])
    ):
        start -= 1
    elif not _is_value(words[start]):
        return 0
    while start and (
        words[start - 1] in _SIGNED
        or (not behind and _is_marker(words[start - 1]) and words[start][:1] in "0123456789-−–(€")
    ):
        start -= 1
    return end - start


@lru_cache(maxsize=1 << 14)
def _is_value(word: str) -> bool:
    found = read(clean(word))
    return bool(found) and found[0].mark != MARKER


@lru_cache(maxsize=1 << 14)
def is_amount(text: str) -> bool:
    """A value that is surely an amount and no number in a label: with separators, decimals or a sign."""
    found = read(clean(text))
    return bool(found) and (
        found[0].mark != NUMBER or re.search(r"\d[.\u00a0]\d{3}|,\d|€|-/-|\+/\+", text) is not None
    )
