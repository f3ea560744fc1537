"""What the label of a row or heading says by itself: whether it is a total, whose, and how it is made."""

from __future__ import annotations

import re
from functools import lru_cache

from .codes import code_of
from .field_words import pattern_of, words_in
from .meaning import BULLET, level_in_balance, plain, row_meaning

_NO_NAME = words_in("noemt_niets", "label")
_PART_OF = pattern_of("deel", "label as printed")
_PREFIX_WORD = pattern_of("niveau", "label")


@lru_cache(maxsize=1 << 14)
def own_words(label: str) -> frozenset[str]:
    """The words of a label that name something, bare of what Dutch bends; none of ``Totaal`` alone."""
    return frozenset(_stem(word) for word in re.findall(r"\w+", plain(label)) if word not in _NO_NAME)


def _stem(word: str) -> str:
    """A word less what Dutch bends: ``incidenteel`` and ``incidentele`` are one."""
    return re.sub(r"([aeou])\1", r"\1", word).removesuffix("e") if len(word) > 5 else word


def are_kinds_of(own: frozenset[str], words: frozenset[str]) -> bool:
    """Whether a name is one of a kind that another one has in the plural: ``algemene reserve`` or ``programmareserves`` of ``reserves``.

    What is said not to be one is none: ``niet-woningen`` of ``woningen``.
    """
    kinds = {_PLURAL.sub("", word) for word in words}
    held = [_PLURAL.sub("", o) for o in own if not o.startswith("niet")]
    return bool(words) and own != words and all(any(o.endswith(k) for o in held) for k in kinds)


_PLURAL = re.compile(r"(?<=\w{4})(?:en|es|s|e)$")


@lru_cache(maxsize=1 << 14)
def name_match(total: str, group: str) -> bool:
    """Whether a total names a group: its own words are words of the group, or the other way round."""
    own, words = own_words(total), own_words(group)
    if not own or not words:
        return False
    code = code_of(group)
    if code and code.lower() in own:
        return True
    return own <= words or words <= own


@lru_cache(maxsize=1 << 14)
def covers(total: str, group: str) -> bool:
    """Whether a total names a group in full: it has all the words of the group, or its code."""
    own, words = own_words(total), own_words(group)
    code = code_of(group)
    return bool(own and words) and (words <= own or (code is not None and code.lower() in own))


TOTAL_WORD = pattern_of("totaal_van", "label")


@lru_cache(maxsize=1 << 14)
def side_of(label: str) -> str | None:
    """The side or flow that a label is of, whether or not it is a total: lasten for ``Totaal lasten Leefomgeving``."""
    of_what = TOTAL_WORD.sub("", plain(label), count=1)
    found = row_meaning(of_what).grootheid or row_meaning(of_what.partition(" ")[0]).grootheid
    return found if found in SIDES or found == "mutatie" else None


@lru_cache(maxsize=1 << 14)
def is_of_one_side(label: str) -> bool:
    """Whether a label is of a side or flow and does not name two of them.

    >>> [is_of_one_side(text) for text in ("Lasten", "Mutaties reserves", "Toevoegingen en onttrekkingen", "Overzicht")]
    [True, True, False, False]
    """
    named = {row_meaning(word).grootheid for word in plain(label).split()} & SIDES
    return side_of(label) is not None and len(named) < 2


@lru_cache(maxsize=1 << 14)
def role_of(label: str) -> str:
    """item, total (also a subtotal), balance; what has no name can only be a total."""
    rol = row_meaning(label).rol if label else "total"
    if rol in ("total", "subtotal"):
        return "total"
    return "balance" if rol in ("balance", "difference") else "item"


@lru_cache(maxsize=1 << 14)
def shape_of(label: str) -> str:
    """How a label begins or is printed, as those of one level do: with a code of a make, a word such as programma, in capitals; or ''."""
    code = code_of(label)
    if code is not None:
        return "code:" + re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", re.sub(r"\d+", "9", code)))
    word = _PREFIX_WORD.match(plain(label))
    if word is not None:
        return "word:" + word[1]
    if label.endswith(":"):
        return "colon"
    letters = [c for c in label if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters):
        return "capitals"
    return "letter" if _LETTERED.match(label) else ""


@lru_cache(maxsize=1 << 14)
def is_sibling(heading: str, label: str) -> bool:
    """Whether a text without numbers looks like the rows around it: a bullet as theirs, a code of one make below one parent."""
    if BULLET.match(heading) and BULLET.match(label):
        return True
    above, own = code_of(heading), code_of(label)
    parent = (above or "").rpartition(".")[0]
    return (
        bool(parent and own)
        and shape_of(heading) == shape_of(label)
        and parent == (own or "").rpartition(".")[0]
    )


def is_beside_in_balance(group: str, label: str) -> bool:
    """Whether both are texts of a balance, and the second is none of what the first is divided into."""
    above, own = level_in_balance(group), level_in_balance(label)
    return above is not None and own is not None and own <= above


_LETTERED = re.compile(r"[A-Z][.)]\s+\S")


def heading_word(text: str) -> str:
    """The word that a heading begins with where a number or name follows it (``programma``, ``hoofdstuk``), else ''."""
    match = _PREFIX_WORD.match(plain(text))
    return match[1] if match else ""


def is_total(label: str) -> bool:
    """Whether a label says that its row is a total or a subtotal."""
    return role_of(label) == "total"


def says_part(label: str) -> bool:
    """Whether a label says that its row is a part of the one above: ``waarvan incidenteel``."""
    return _PART_OF.match(label) is not None


def is_marked(label: str) -> bool:
    """Whether a label begins as rows and headings do, and never in the middle: a code, ``Programma 2``, ``Totaal``."""
    return shape_of(label).startswith(("code:", "word:")) or role_of(label) == "total"


@lru_cache(maxsize=1 << 14)
def is_code_above(parent: str | None, child: str | None) -> bool:
    """Whether one code begins another: ``3`` above ``3.1``, ``6`` above ``6a``."""
    if not parent or not child or parent == child:
        return False
    parent = parent.rstrip(".")
    return child.startswith(parent) and (
        child[len(parent)] in ".-" or (parent[-1:].isdecimal() and child[len(parent)].isalpha())
    )


TWO_SIDES = (frozenset(["lasten", "baten"]), frozenset(["toevoeging", "onttrekking"]))
SIDES = frozenset[str]().union(*TWO_SIDES)
