"""What the words of a label or a header mean: quantity, state, year and role.

Pure functions from printed words to the terms of ``vocabulary``. Shared by the reader, which gives rows
and columns their meaning, and by the rules, which read sums out of it. What needs more than one label
at a time (a bare year that is a closing stock, a row that carries the total of its group) does not
belong here but in ``rules.structure``.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .codes import code_of, without_code
from .field_words import pattern_of, words_in


class RowMeaning(NamedTuple):
    """``grootheid`` of vocabulary.GROOTHEDEN or None; ``rol``: item, subtotal, total, balance, difference."""

    grootheid: str | None
    rol: str


class ColumnMeaning(NamedTuple):
    """As for a row, with ``stand`` of vocabulary.STANDEN or None, and ``jaar`` as printed."""

    grootheid: str | None
    stand: str | None
    jaar: int | None
    rol: str


# --- words -------------------------------------------------------------------------------------------

_FOOTNOTE = re.compile(r"[*†‡¹²³]+")
_BROKEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010\u2011] ?(?=[a-z])")
_GLUED = pattern_of("totaal_aaneen", "label")
_SPACES = re.compile(r"[\s\u00a0]+")
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d]|[.,]\d)")
_YEAR_RANGE = re.compile(r"(?:19|20)\d\d\s*(?:-|–|/|t/m|tot en met)\s*(?:(?:19|20)?\d\d)(?!\d)")
_LABELS_REMEMBERED = 1 << 18  # those of a long table are asked about round after round: all of them or none
_DATE = re.compile(r"\b\d{1,2}[-/ ]\d{1,2}[-/ ]((?:19|20)\d\d)\b")


@lru_cache(maxsize=_LABELS_REMEMBERED)
def plain(text: str) -> str:
    """Lower case, no accents, footnote marks or hyphens inside words, a total apart from what it is of, single spaces.

    >>> plain("Sub-totaal  Vóór *"), plain("Totaalsaldo")
    ('subtotaal voor', 'totaal saldo')
    """
    letters = text.casefold()
    if not letters.isascii():
        decomposed = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    letters = _FOOTNOTE.sub(" ", letters)
    letters = _BROKEN.sub("", letters) if "- en " not in letters else letters
    letters = _GLUED.sub("totaal ", letters) if "totaal" in letters else letters
    return _SPACES.sub(" ", letters).strip(" .:;")


def year_in(text: str) -> int | None:
    """The one year that a header names; None where there is none, a range or more than one.

    >>> year_in("stand 31-12-2025"), year_in("2025-2028"), year_in("begroting 2018")
    (2025, None, 2018)
    """
    dates = _DATE.findall(text)
    if dates:
        return int(dates[-1]) if len(set(dates)) == 1 else None
    if _YEAR_RANGE.search(text):
        return None
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


# --- quantities --------------------------------------------------------------------------------------

_TOEVOEGING = pattern_of("toevoeging", "label")
_ONTTREKKING = pattern_of("onttrekking", "label")
_BEGIN = pattern_of("beginstand", "label")
_EIND = pattern_of("eindstand", "label")
_MUTATIE = pattern_of("mutatie", "header")
_SALDO_B_L = pattern_of("saldo_van_baten_en_lasten", "label")
_RESULTAAT = pattern_of("resultaat", "label")
_LASTEN = pattern_of("lasten", "label")
_BATEN = pattern_of("baten", "label")
_SALDO = pattern_of("saldo", "header")
_VERSCHIL = pattern_of("verschil", "label")
_DIFFERENCE = pattern_of("verschil_of_rest", "label")
_ROOM = pattern_of("ruimte", "label")
_POTENTIEEL = pattern_of("besparingspotentieel", "label")
_BESPARING = pattern_of("besparing", "label")
_INVESTERING = pattern_of("investering", "label")

# A label names its quantity when it *is* the quantity, with at most a few words that narrow it. A label
# such as "Saneringskosten oude lasten" is a name. What may stand beside the quantity:
_FILLER = pattern_of("vernauwing", "label")


def _is_mainly(words: str, quantity: re.Pattern[str]) -> bool:
    """Whether ``words`` say the quantity and nothing but narrowing words."""
    rest = _FILLER.sub(" ", quantity.sub(" ", words, count=1))
    return not rest.strip()


# A result is one with adjectives in front; "Sturing op resultaat" is about one.
_ABOUT_A_BALANCE = pattern_of("om_een_saldo", "label")
_NAMED_IN_ROWS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    # (grootheid, words, whether other words in the label are allowed)
    ("mutatie", pattern_of("mutatie", "label"), True),
    ("saldo", _SALDO_B_L, True),
    ("toevoeging", pattern_of("toevoeging_vooraan", "label"), True),
    ("onttrekking", pattern_of("onttrekking_vooraan", "label"), True),
    ("begin", _BEGIN, True),
    ("eind", _EIND, True),
    ("resultaat", pattern_of("resultaat_vooraan", "label"), True),
    ("besparingspotentieel", _POTENTIEEL, True),
    ("besparing", pattern_of("besparing_vooraan", "label"), False),
    ("investering", pattern_of("investering_vooraan", "label"), False),
    ("verschil", pattern_of("verschil_vooraan", "label"), True),
    ("lasten", _LASTEN, False),
    ("baten", _BATEN, False),
    ("saldo", pattern_of("kaal_saldo", "label"), True),
)

_TOTAL = pattern_of("noemt_totaal", "label")
_SUBTOTAL = pattern_of("noemt_subtotaal", "label")
_BALANCE = pattern_of("noemt_saldo", "label")
BULLET = re.compile(r"^\s*[-–—•·▪*o](?!/-)\s+")
# balances of something outside the table: in it they are amounts like any other
_NAMED_SALDO = pattern_of("saldo_van_iets", "label")
_LETTERED = re.compile(
    r"\(?(?:[a-z]|[ivx]{1,4}|\d)[.)] +(?=[a-z])"
)  # a row is called so, whatever it is: c. Totaal
_WITHOUT = pattern_of("zonder_of_met", "label")  # Lasten (excl. loonkosten) are lasten
_BALANCE_QUANTITIES = {"saldo", "mutatie", "resultaat", "besparingspotentieel"}


@lru_cache(maxsize=_LABELS_REMEMBERED)
def row_meaning(label: str) -> RowMeaning:
    """What the own label of a row says about it.

    >>> row_meaning("Sub-totaal"), row_meaning("Totaal lasten (4)")
    (RowMeaning(grootheid=None, rol='subtotal'), RowMeaning(grootheid='lasten', rol='total'))
    >>> row_meaning("0.10 Storting in reserves"), row_meaning("3. Storting in voorzieningen").grootheid
    (RowMeaning(grootheid='toevoeging', rol='item'), None)
    >>> row_meaning("Alle reserves samen").rol, row_meaning("Stichting Welzijn Samen").rol
    ('total', 'item')
    """
    if BULLET.match(label):  # one of several parts, whatever it is called
        part = row_meaning(BULLET.sub("", label))
        return RowMeaning(None if part.grootheid in _BALANCE_QUANTITIES else part.grootheid, "item")
    words = _WITHOUT.sub(" ", re.sub(r"\(\d+\)", " ", _words_of(label)))
    words = _SPACES.sub(" ", words).strip(" .:;")
    unlettered = _LETTERED.sub("", words)
    if _NAMED_SALDO.search(words):
        return RowMeaning(None, "item")
    grootheid = None
    for name, pattern, loose in _NAMED_IN_ROWS:
        if pattern.search(words) and (loose or _is_mainly(words, pattern)):
            grootheid = name
            break
    if grootheid in ("lasten", "baten") and _LASTEN.search(words) and _BATEN.search(words):
        grootheid = None  # both of them
    if _SUBTOTAL.search(unlettered):
        return RowMeaning(grootheid, "subtotal")
    if grootheid == "verschil":
        return RowMeaning(grootheid, "difference")
    if grootheid in _BALANCE_QUANTITIES:
        return RowMeaning(grootheid, "balance")
    if _TOTAL.search(unlettered):
        return RowMeaning(grootheid, "total")
    if _BALANCE.search(words):
        return RowMeaning(grootheid or "saldo", "balance")
    return RowMeaning(grootheid, "item")


def _words_of(label: str) -> str:
    """A label as it is compared, less a word for a total that is printed as the end of a name: ``Samen``.

    The code of a taakveld stands in front of the name of what it is; a number that only counts rows stays: those are parts
    of one sum, whatever they are called.
    """
    is_coded = "." in (code_of(label) or "")
    return plain(_END_OF_NAME.sub("", without_code(label) if is_coded else label))


_END_OF_NAME = pattern_of("eind_van_naam", "label as printed")


def says_total(label: str) -> bool:
    """Whether a label has a word for a total, whatever else it says.

    >>> says_total("Totaal mutaties reserves"), says_total("Mutaties reserves")
    (True, False)
    """
    words = _words_of(label)
    return bool(_TOTAL.search(words) or _SUBTOTAL.search(words))


_BALANS = tuple(pattern_of(meaning, "label") for meaning in ("balans_zijde", "balans_deel", "balans_post"))


@lru_cache(maxsize=1 << 14)
def level_in_balance(label: str) -> int | None:
    """Which level of a balance a text names: a side, what it is divided into, or a post of that; None where it names none.

    >>> [level_in_balance(text) for text in ("Activa", "Vlottende activa:", "Uitzettingen < 1 jaar", "Voorraden grond")]
    [0, 1, 2, None]
    """
    words = plain(without_code(label))
    return next((level for level, named in enumerate(_BALANS) if named.fullmatch(words)), None)


def says_room(label: str) -> bool:
    """Whether a label says what is left of a limit, or of what is available.

    >>> says_room("Ruimte ten opzichte van de referentiewaarde"), says_room("Openbare ruimte")
    (True, False)
    """
    return bool(_ROOM.search(plain(label)))


def says_difference(label: str) -> bool:
    """Whether a label says what is left of something, or how far two things are apart.

    >>> says_difference("Nog in te vullen"), says_difference("Ruimte ten opzichte van de norm"), says_difference("Lasten")
    (True, True, False)
    """
    is_told = row_meaning(label).rol == "difference" or bool(_DIFFERENCE.search(plain(label)))
    return is_told or says_room(label)


def is_whole_balance(label: str) -> bool:
    """Whether a balance is that of the whole it stands in, and not of something that its label names.

    >>> is_whole_balance("Saldo van baten en lasten"), is_whole_balance("Saldo vorige collegeperiode")
    (True, False)
    """
    words = _SPACES.sub(" ", re.sub(r"\([^()]*\)", " ", plain(label))).strip(" .:;")
    if _SALDO_B_L.search(words) or (_LASTEN.search(words) and _BATEN.search(words)):
        return True
    rest = _ABOUT_A_BALANCE.sub(" ", words)
    return not _FILLER.sub(" ", rest).strip()


# --- states ------------------------------------------------------------------------------------------

_STANDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stand, pattern_of(meaning, "header"))
    for stand, meaning in (
        ("begroting_na_wijziging", "begroting_na_wijziging"),
        ("begroting", "begroting_voor_wijziging"),
        ("begrotingswijziging", "begrotingswijziging"),
        ("meerjarenraming", "meerjarenraming"),
        ("prognose", "prognose"),
        ("rekening", "rekening"),
        ("begroting", "begroting"),
    )
)


def stands_in(words: str) -> list[str]:
    """All states that a header names, in the order in which it names them.

    >>> stands_in("verschil begr.na wijz. / rekening")
    ['begroting_na_wijziging', 'rekening']
    """
    found: list[tuple[int, str]] = []
    for name, pattern in _STANDS:
        for match in pattern.finditer(words):
            found.append((match.start(), name))
        words = pattern.sub(lambda m: "\x00" * len(m.group()), words)
    after_change = [p for p, name in found if name == "begroting_na_wijziging"]
    # "begroting 2020 na wijziging" is one state, not two
    found = [f for f in found if not (f[1] == "begroting" and any(0 < p - f[0] < 24 for p in after_change))]
    return list(dict.fromkeys(name for _, name in sorted(found)))


_SHORT_COLUMNS = {
    word: quantity
    for quantity in ("lasten", "baten", "saldo", "toevoeging", "onttrekking")
    for word in words_in(quantity, "short header")
}
_COLUMN_TOTAL = pattern_of("noemt_totaal", "header")


_NAMED_IN_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("begin", _BEGIN),
    ("eind", _EIND),
    ("mutatie", _MUTATIE),
    ("saldo", _SALDO_B_L),
    ("toevoeging", _TOEVOEGING),
    ("onttrekking", _ONTTREKKING),
    ("resultaat", _RESULTAAT),
    ("lasten", _LASTEN),
    ("baten", _BATEN),
    ("saldo", _SALDO),
)


def _quantity_and_rest(words: str) -> tuple[str | None, str]:
    if words in _SHORT_COLUMNS:
        return _SHORT_COLUMNS[words], ""
    for name, pattern in _NAMED_IN_COLUMNS:
        if pattern.search(words):
            return name, _SPACES.sub(" ", pattern.sub(" ", words)).strip()
    return None, words


@lru_cache(maxsize=65536)
def column_parts(path: tuple[str, ...]) -> tuple[str | None, bool, str]:
    """The quantity of a column, whether it is a difference, and the words that remain: its period.

    >>> column_parts(("Verschil 2023", "Lasten"))
    ('lasten', True, '2023')
    """
    quantity, is_difference, rest = None, False, []
    for level in reversed([plain(p) for p in path if p and p.strip()]):
        if _DIFFERENCE.search(level) and not (_BEGIN.search(level) or _EIND.search(level)):
            is_difference = True
            rest.append(_SPACES.sub(" ", _DIFFERENCE.sub(" ", level)).strip())
            continue
        found, remains = _quantity_and_rest(level)
        quantity = quantity or found
        rest.append(remains if found else level)
    return quantity, is_difference, " ".join(r for r in reversed(rest) if r)


_COUNTED = tuple(  # what a header says, the unit, and whether that leaves no doubt: "Aandeel gemeente" may be an amount
    (pattern_of(meaning, "header"), unit, is_sure)
    for meaning, unit, is_sure in (
        ("aandeel", "%", True),
        ("misschien_aandeel", "%", False),
        ("per_inwoner", "per inwoner", True),
        ("index", "index", True),
        ("misschien_gemiddelde", "gemiddelde", False),
        ("ratio", "ratio", True),
        ("fte", "fte", True),
        ("misschien_fte", "fte", False),
        ("aantal", "aantal", True),
        ("misschien_aantal", "aantal", False),
    )
)
MONEY_UNITS = frozenset(["€", "euro", "mln", "mln.", "miljoen", "mld", "mld.", "miljard", "mrd", "mrd."])
# what adds up by row, not beside amounts; the others are shares and add up to nothing
COUNTS = frozenset(["fte", "aantal"])


@lru_cache(maxsize=65536)
def counted_in(header: str, is_sure: bool = False) -> str | None:
    """What a header says that its column counts, where that is no money: a share (%, index) or one of ``COUNTS``.

    ``is_sure`` asks for words that no column of amounts has.

    >>> counted_in("Aandeel gemeente"), counted_in("Aandeel gemeente", is_sure=True), counted_in("Aantal fte")
    ('%', None, 'fte')
    """
    words = plain(header)
    found = (unit for pattern, unit, sure in _COUNTED if (sure or not is_sure) and pattern.search(words))
    return next(found, None)


# what something does to a budget is no state of it
_UPON = pattern_of("gevolg_voor", "header")


def stand_in(words: str) -> str | None:
    """The state that a header names, in ``plain`` words.

    >>> stand_in("primitieve begroting"), stand_in("effect op de begroting")
    ('begroting', None)
    """
    words = _UPON.sub(" ", words)
    return next((name for name, pattern in _STANDS if pattern.search(words)), None)


@lru_cache(maxsize=65536)
def column_meaning(path: tuple[str, ...]) -> ColumnMeaning:
    """What the headers above a column say about it, innermost first.

    >>> column_meaning(("Rekening 2022", "L"))
    ColumnMeaning(grootheid='lasten', stand='rekening', jaar=2022, rol='item')
    """
    levels = [plain(p) for p in reversed(path) if p and p.strip()]
    grootheid, is_difference, _ = column_parts(path)
    stand = next((s for s in map(stand_in, levels) if s), None)
    bare = (int(p) for p in levels if _YEAR.fullmatch(p))  # before a year in words: "volgens begroting 2024"
    jaar = next(itertools.chain(bare, (y for y in (year_in(p) for p in reversed(path)) if y)), None)
    own = levels[0] if levels else ""
    if is_difference:
        return ColumnMeaning("verschil", stand, jaar, "difference")
    if grootheid in ("saldo", "resultaat", "mutatie"):
        return ColumnMeaning(grootheid, stand, jaar, "balance")
    if _COLUMN_TOTAL.search(own) and stand_in(own) is None and year_in(own) is None:
        return ColumnMeaning(grootheid, stand, jaar, "total")
    return ColumnMeaning(grootheid, stand, jaar, "item")
