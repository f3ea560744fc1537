"""Codes in front of labels: 9A1.a, 6.71, 25-NB-6.1. A code is text, as printed."""

from __future__ import annotations

import re
from functools import lru_cache

_CODE = re.compile(
    r"(?P<code>(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})(?:\.\d{1,2})*(?=[.:)]?\s+[A-Z])|\d{1,3}[A-Za-z]?(?:[.\-][0-9A-Za-z]{1,4})*|[A-Z]{1,3}\d{1,3}(?:[.\-]\w{1,4})*|\d{1,2}[A-Z]\d{0,2}(?:\.\w{1,3})?)[.:)]?\s+(?=\D)"
)
_COUNTED = re.compile(r"^(\d+) (?:jaar|dagen|uur|weken|maanden|jarigen|en |t/m|tot|\+)", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def code_of(label: str) -> str | None:
    """The code printed in front of a label: 9A1.a, 6.71, 25-NB-6.1; a number that counts is none."""
    match = _CODE.match(label)
    if match is None or _COUNTED.match(label):
        return None
    return match["code"]


_BRACKETED = re.compile(r"[(\[](\d{1,2}[a-z]?)[)\]]\s")


def number_of(label: str) -> str | None:
    """The code in front of a label, or the symbol in brackets by which other rows name it.

    >>> number_of("(3a) Ruimte"), number_of("6.71 Hulp"), number_of("Hulp (3a)")
    ('3a', '6.71', None)
    """
    match = _BRACKETED.match(label)
    return match[1] if match else code_of(label)


_NUMBERED = re.compile(r"(\d{1,2})[.)]?\s+(?=[^\W\d])")


def goes_on_in_number(text: str, following: str) -> bool:
    """Whether two names are numbered in a row, so that they are of one kind.

    >>> goes_on_in_number("1 Bestuur", "2 Ruimte"), goes_on_in_number("Programma", "1 Bestuur")
    (True, False)
    """
    one, two = _NUMBERED.match(text), _NUMBERED.match(following)
    return one is not None and two is not None and int(one[1]) + 1 == int(two[1])


_LETTER = re.compile(r"[a-z]{1,2}\d?[.)]\s+(?=\w)")


def letter_of(label: str) -> str | None:
    """The small letter by which a row is counted: ``a`` of ``a) Bibliotheek``.

    >>> letter_of("a) Bibliotheek"), letter_of("c1. doorberekend"), letter_of("Bibliotheek")
    ('a', 'c1', None)
    """
    match = _LETTER.match(label)
    return match[0].strip()[:-1] if match else None


def without_code(label: str) -> str:
    """The label less the code, number or letter in front of it.

    >>> without_code("a. zonder verblijf"), without_code("6.71a hulp"), without_code("vanaf 3 jaar")
    ('zonder verblijf', 'hulp', 'vanaf 3 jaar')
    """
    match = _LETTER.match(label) or (_CODE.match(label) if code_of(label) else None)
    return label[match.end() :] if match else label


_LETTER_ALONE = re.compile(r"[a-z] +(?=[A-Z])")


def begins_low(label: str) -> bool:
    """Whether a label begins in lower case; a letter or code that numbers its row does not count.

    >>> [begins_low(label) for label in ("en overige lasten", "a. zonder verblijf", "b Zo ja, hoeveel?", "Lasten")]
    [True, False, False, False]
    """
    has_letter = _LETTER_ALONE.match(label) is not None or without_code(label) != label
    return label[:1].islower() and not has_letter


def is_next(code: str | None, other: str | None) -> bool:
    """Whether a code is numbered one more than another: 2 after 1, 6.72 after 6.71, B after A.

    >>> is_next("1", "2"), is_next("6.1", "6.2"), is_next("1", "1.1"), is_next("3", "1")
    (True, True, False, False)
    """
    if not code or not other:
        return False
    one, two = re.match(r"(.*?)(\d+|[A-Za-z])$", code), re.match(r"(.*?)(\d+|[A-Za-z])$", other)
    if one is None or two is None or one[1] != two[1]:
        return False
    if one[2].isdecimal() and two[2].isdecimal():
        return int(two[2]) == int(one[2]) + 1
    return one[2].isalpha() and two[2].isalpha() and ord(two[2]) == ord(one[2]) + 1


_WORD = re.compile(r"[^\W\d_]{3}")


def is_wordless(text: str) -> bool:
    """Whether a text holds no word, so that it numbers a row rather than naming it: a code, a letter, a formula.

    >>> [is_wordless(t) for t in ("7104012", "6.1", "IA1", "(3a) = (1) > (2)", "OZB", "A. Bestuur")]
    [True, True, True, True, False, False]
    """
    return _WORD.search(text) is None
