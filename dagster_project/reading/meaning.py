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

from .codes import without_code
from .vocabulary import BALANS


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
_GLUED = re.compile(
    r"\btotaal(?=(?:saldo|lasten|baten|uitgaven|inkomsten|kosten|opbrengsten|resultaat|reserves|voorzieningen)\b)"
)
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


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


# --- quantities --------------------------------------------------------------------------------------

_RESERVES = r"(?:bestemmings)?reserves?|voorzieningen|voorziening"
_TOEVOEGING = _any(
    r"\btoevoeging(?:en)?\b", r"\btoev\b", r"\bstorting(?:en)?\b", r"\bdotaties?\b", r"\bgestort\b",
    r"\bvermeerdering(?:en)?\b", r"\btoename\b", r"\bbijschrijving(?:en)?\b", r"\bvoeding\b",
)  # fmt: skip
_ONTTREKKING = _any(
    r"\bonttrekking(?:en)?\b", r"\bontr\b", r"\bonttr\b", r"\bonttrokken\b", r"\baanwending(?:en)?\b",
    r"\bvermindering(?:en)?\b", r"\bafname\b", r"\bbeschikking(?:en)?\b(?! over)", r"\bbesteding(?:en)?\b",
    r"\bvrijval\b",
)  # fmt: skip
_STOCK = r"(?:stand|saldo|restant|restschuld|schuldrest(?:ant)?|boekwaarde|omvang|balans|balanswaarde)"
_FIRST = r"0?1[-/ ](?:0?1|jan(?:uari)?)\b|1e? januari|\bprimo\b|begin(?: van)? (?:het )?(?:dienst|begrotings|boek)?jaar"
_LAST = r"31[-/ ](?:12|dec(?:ember)?)\b|31 december|\bultimo\b|(?:einde?|ultimo)(?: van)? (?:het )?(?:dienst|begrotings|boek)?jaar"
_BEGIN = _any(
    r"\bbeginst?and\b", r"\bbegin stand\b", r"\bbeginsaldo\b",
    r"^begin(?: 20\d\d)?$", r"\bbeginbalans\b", r"\bopeningssaldo\b",
    rf"\b{_STOCK}\b.*(?:{_FIRST})", rf"^(?:per |op )?(?:{_FIRST})", rf"^[a-z][a-z -]+ per (?:{_FIRST})(?: ?20\d\d)?$", r"\bstand primo\b", r"\bprimo\b",
)  # fmt: skip
_EIND = _any(
    r"\beindst?and\b", r"\beind stand\b", r"\beindsaldo\b", r"^eindwaarde\b",
    r"^einde?(?: 20\d\d)?$", r"\beindbalans\b", r"\bslotsaldo\b",
    rf"\b{_STOCK}\b.*(?:{_LAST})", rf"^(?:per |op )?(?:{_LAST})", rf"^[a-z][a-z -]+ per (?:{_LAST})(?: ?20\d\d)?$", r"\bultimo\b",
)  # fmt: skip
_MUTATIE = _any(
    rf"\bmutaties?\b.*\b(?:{_RESERVES})\b", r"\breservemutaties?\b", rf"\bsaldo\b.*\b(?:{_RESERVES})\b",
    rf"\bverrekening(?:en)?\b.*\b(?:{_RESERVES})\b", r"^(?:saldo |totaal |totale )?mutaties?$",
    r"\btoevoeging(?:en)?\b.*\bonttrekking(?:en)?\b", r"\bstorting(?:en)?\b.*\bonttrekking(?:en)?\b",
)  # fmt: skip
_SALDO_B_L = _any(
    r"\bsaldo (?:van )?(?:de )?(?:baten|lasten) (?:en|min|minus|-|/) (?:de )?(?:baten|lasten)\b",
    r"\bsaldo\b.*\b(?:baten|lasten)\b.*\b(?:baten|lasten)\b", r"\bsaldo\b.*\b(?:voor|vóór) (?:mutaties?|bestemming|resultaatbestemming|verrekening)",
    r"^saldo (?:exclusief|excl\.?) (?:mutaties? )?(?:in |van )?(?:de )?reserves?\b",
    r"\bresultaat (?:voor|vóór) (?:bestemming|resultaatbestemming|mutaties?|verrekening)", r"\bbaten (?:min|minus|-/-|-) lasten\b",
    r"\blasten (?:min|minus|-/-|-) baten\b", r"\bexploitatiesaldo\b",
)  # fmt: skip
_RESULTAAT = _any(
    r"\b(?:eind)?resultaat\b(?! bestemming\b)", r"\bresultaten\b", r"\bbegrotingssaldo\b", r"\bbegrotingsresultaat\b", r"\brekeningresultaat\b",
    r"\brekeningsaldo\b", r"\brekeningssaldo\b", r"\bsaldo (?:van )?(?:de )?(?:\w+)?(?:begroting|rekening|jaarrekening)\b",
    r"\bsaldo (?:na|inclusief|incl) (?:mutaties?|bestemming|resultaatbestemming|verrekening|reserves?)\b", r"\bbegrotingsruimte\b",
    r"\beindsaldo begroting\b",
)  # fmt: skip
_LASTEN = _any(r"\blasten\b", r"\blast\b", r"\buitgaven\b", r"\bkosten\b", r"\blst\b")
_BATEN = _any(r"\bbaten\b", r"\bbaat\b", r"\bopbrengsten\b", r"\binkomsten\b", r"\bontvangsten\b", r"\bbtn\b")
_SALDO = _any(r"\bsaldo\b", r"\bsaldi\b", r"\bper saldo\b", r"\bnetto\b$")
_VERSCHIL = _any(
    r"\bverschil(?:len)?\b",
    r"\b(?:begrotings)?afwijking(?:en)?\b",
    r"^versch\b",
    r"^afw\b",
    r"^v ?/ ?n$",
    r"\bonder(?:schrijding)?/over(?:schrijding)\b",
)
_DIFFERENCE = _any(
    _VERSCHIL.pattern,
    r"\brestant(?:krediet|budget)?\b",
    r"\bresterend\w*\b(?! periode\b)",
    r"\bnog beschikbaar\b",
    r"\bnog (?:in )?te (?:besteden|realiseren|behalen|ontvangen|betalen|vullen|verdelen)$",
)
_ROOM = re.compile(r"^(?:resterende |vrije |beschikbare |onbenutte )?ruimte\b")
_POTENTIEEL = _any(r"\bbesparingspotentieel\b", r"\bnetto besparing(?:en)?\b")
_BESPARING = _any(r"\bbesparing(?:en)?\b", r"\bombuiging(?:en)?\b")
_INVESTERING = _any(r"\binvestering(?:en)?\b")

# A label names its quantity when it *is* the quantity, with at most a few words that narrow it. A label
# such as "Saneringskosten oude lasten" is a name. What may stand beside the quantity:
_FILLER = re.compile(
    r"\b(?:sub|eind)?(?:totaal|totale|totalen|saldo|som|der|de|van|aan|uit|het|en|in|op|per|t\.?l\.?v|excl|exclusief|incl|inclusief|"
    r"bruto|netto|programma|programmas|deelprogramma|taakveld|product|beleidsveld|beleidsterrein|thema|opgave|pijler|"
    r"reserves?|bestemmingsreserves?|voorzieningen|voorziening|structurele|incidentele|structureel|incidenteel|geraamde?|begrote?|"
    r"gerealiseerde?|werkelijke?|directe|primaire|overige|eigen|mutaties?|lasten|baten|overhead|l|b|begroting|rekening|"
    r"\d+[a-z]?|[a-z])\b|[^\w ]"
)


def _is_mainly(words: str, quantity: re.Pattern[str]) -> bool:
    """Whether ``words`` say the quantity and nothing but narrowing words."""
    rest = _FILLER.sub(" ", quantity.sub(" ", words, count=1))
    return not rest.strip()


# what may stand in front of a result that a label is: adjectives; "Sturing op resultaat" is about one
_ADJECTIVE = (
    r"(?:geraamde?|begrote?|begroot|gerealiseerde?|werkelijke?|verwachte?|voorlopige?|bijgestelde?|totaal|totale|saldo|per saldo|"
    r"nadelige?|voordelige?|negatieve?|positieve?|batige?|netto|bruto|financiee?le?|structure(?:el|le)|incidente(?:el|le)|"
    r"het|eind|programma|jaar|exploitatie|operationeel|bedrijfs|\d+|[ivx]+)"
)

_BIJ_OF_AF = r"(?:bij|af|plus|min|minus|-/-|\+) ?:? "
_NAMED_IN_ROWS: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    # (grootheid, words, whether other words in the label are allowed)
    ("mutatie", _any(r"\bsaldo (?:van )?(?:de )?(?:mutaties?|verrekening(?:en)?)\b", r"^(?:totale? |totaal )?mutaties? (?:in |van |aan |op |op de |in de )?reserves?\b", r"^reservemutaties?$", r"^(?:netto )?mutaties?$", r"^(?:saldo )?(?:toevoeging|storting)(?:en)? ?(?:aan )?(?:en|/|-) ?onttrekking(?:en)?\b"), True),
    ("saldo", _SALDO_B_L, True),
    ("toevoeging", re.compile(rf"^(?:totaal |totale |{_BIJ_OF_AF})?(?:{_TOEVOEGING.pattern})"), True),
    ("onttrekking", re.compile(rf"^(?:totaal |totale |{_BIJ_OF_AF})?(?:{_ONTTREKKING.pattern})"), True),
    ("begin", _BEGIN, True),
    ("eind", _EIND, True),
    ("resultaat", re.compile(rf"^(?:{_ADJECTIVE}[ .:]+)*(?:{_RESULTAAT.pattern})"), True),
    ("besparingspotentieel", _POTENTIEEL, True),
    ("besparing", re.compile(rf"^(?:\w+ )?(?:{_BESPARING.pattern})"), False),
    ("investering", re.compile(rf"^(?:\w+ )?(?:{_INVESTERING.pattern})"), False),
    ("verschil", re.compile(rf"^(?:{_VERSCHIL.pattern})"), True),
    ("lasten", _LASTEN, False),
    ("baten", _BATEN, False),
    ("saldo", re.compile(r"^(?:totaal |per )?(?:saldo|saldi)$|\bsaldo$"), True),
)  # fmt: skip

_TOTAL = re.compile(
    r"^(?:eind|generaal |algemeen |groot)?(?:totaal|totale|totalen)(?:generaal)?\b|\b(?:eind)?totaal$|^som\b|^total\b|^tot\.? "
    r"|^alle \w+(?: samen)?$|\b(?:te)?samen$"
)
_SUBTOTAL = re.compile(
    r"^(?:sub|deel|tussen|groeps) ?(?:totaal|totalen|telling)\b|\b(?:subtotaal|tussentelling)$|^subtot\b|^telling\b"
)
_BALANCE = re.compile(
    r"^(?:totaal |totale |geraamde? |gerealiseerde? |begrote? )*(?:saldo|saldi|per saldo|resultaat|resultaten|begrotingssaldo|exploitatiesaldo|rekeningresultaat|nadelig|voordelig|batig)\b|\bsaldo$"
)
BULLET = re.compile(r"^\s*[-–—•·▪*o](?!/-)\s+")
# balances of something outside the table: in it they are amounts like any other
_NAMED_SALDO = re.compile(
    r"^saldo (?:van )?(?:de |het )?(?:financierings?\w*|kostenplaats\w*|treasury|grondexploitaties?|btw\b|compensabele)"
    r"|^saldo tussen\b|^resultaat (?:van )?(?:de )?(?:grondexploitaties?|verkoop|deelnemingen|financiering\w*)"
)
_LETTERED = re.compile(
    r"\(?(?:[a-z]|[ivx]{1,4}|\d)[.)] +(?=[a-z])"
)  # a row is called so, whatever it is: c. Totaal
_WITHOUT = re.compile(
    r"\((?:excl|incl|exclusief|inclusief)\b[^()]*\)"
)  # Lasten (excl. loonkosten) are lasten
_BALANCE_QUANTITIES = {"saldo", "mutatie", "resultaat", "besparingspotentieel"}


@lru_cache(maxsize=_LABELS_REMEMBERED)
def row_meaning(label: str) -> RowMeaning:
    """What the own label of a row says about it.

    >>> row_meaning("Sub-totaal"), row_meaning("Totaal lasten (4)")
    (RowMeaning(grootheid=None, rol='subtotal'), RowMeaning(grootheid='lasten', rol='total'))
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
    """A label as it is compared, less a word for a total that is printed as the end of a name: ``Samen``."""
    return plain(_END_OF_NAME.sub("", label))


_END_OF_NAME = re.compile(r"(?<=\w )Samen$")


def says_total(label: str) -> bool:
    """Whether a label has a word for a total, whatever else it says.

    >>> says_total("Totaal mutaties reserves"), says_total("Mutaties reserves")
    (True, False)
    """
    words = _words_of(label)
    return bool(_TOTAL.search(words) or _SUBTOTAL.search(words))


_BALANS = tuple(
    re.compile(rf"(?:{'|'.join(words)})(?:$|:| ?[(<>≤≥]| (?:met|korter|langer|looptijd|rentetypische)\b.*).*")
    for words in BALANS
)


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
    rest = re.sub(rf"\b(?:sald[oi]|resultaat|resultaten|{_ADJECTIVE})\b", " ", words)
    return not _FILLER.sub(" ", rest).strip()


# --- states ------------------------------------------------------------------------------------------

_STANDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("begroting_na_wijziging", _any(r"\bna (?:\w+ )?(?:wijz|wijziging(?:en)?)\b", r"\bbijgestelde?\b", r"\bgewijzigde?\b", r"\bact(?:uele)?\.? begr(?:oting)?\b", r"\bbijgest\.? begr(?:oting)?\b", r"\bna (?:\w+ ){0,2}begrotingswijziging(?:en)?\b", r"\bbegr\w* ?nw\b", r"^actueel(?: 20\d\d)?$")),
    ("begroting", _any(r"\b(?:voor|vóór) (?:\w+ )?(?:wijz|wijziging(?:en)?)\b", r"\bprimiti(?:eve?|ef)\b", r"\binitie(?:el|le)\b", r"\bprimaire?\b", r"\boorspronkelijke?\b", r"\bvastgestelde begroting\b")),
    ("begrotingswijziging", _any(r"\b(?:begrotings)?wijziging(?:en)?\b", r"\bmutatie begroting\b", r"\bbijstelling(?:en)?\b", r"^wijz\b")),
    ("meerjarenraming", _any(r"\bmeerjaren(?!\w+plan\b)\w*\b", r"\braming\b", r"\bmjr\b", r"\bmjb\b", r"\bmjp\b", r"\bmpb\b")),
    ("prognose", _any(r"\bprognose\b", r"\bverwachting\b", r"\bverwacht(?:e)?\b", r"\bturap\b", r"\bburap\b", r"\bmarap\b")),
    ("rekening", _any(r"\b(?:jaar)?rekening\b", r"\brek\b", r"\bjaarstukken\b", r"\brealisaties?\b", r"\brealisatiecijfers\b", r"\bgerealiseerde?\b", r"\bwerkelijke?\b", r"\bwerkelijkheid\b", r"\bjaarverslag\b", r"\bactuals?\b", r"^jr\b")),
    ("begroting", _any(r"\b(?:programma|beleids)?begroting\b", r"\bbegrote?\b", r"\bbegroot\b", r"\bbegr\b", r"\bbudget\b", r"\bramingen\b", r"\bgeraamde?\b", r"\bkadernota\b")),
)  # fmt: skip


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


_SHORT_COLUMNS = {  # what columns are called by a letter, a sign or a small word alone
    "l": "lasten", "b": "baten", "s": "saldo", "t": "toevoeging", "o": "onttrekking", "+": "toevoeging", "-": "onttrekking",
    "bij": "toevoeging", "af": "onttrekking",
}  # fmt: skip
_COLUMN_TOTAL = re.compile(r"^(?:eind|sub)?(?:totaal|totalen|totale)\b|\btotaal$")


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
    (re.compile(pattern), unit, is_sure)
    for pattern, unit, is_sure in (
        (r"%|\bpercentage\b|\bprocent\b", "%", True),
        (r"\baandeel\b", "%", False),
        (r"\bper (?:\d[\d.]* )?inwoners?\b", "per inwoner", True),
        (r"\bindex\b", "index", True),
        (r"\bgemiddelde?\b", "gemiddelde", False),
        (r"\bratio\b|\bquote\b|\bsolvabiliteit\w*\b", "ratio", True),
        (r"\bfte'?s?\b", "fte", True),
        (r"\bformatie\b", "fte", False),
        (r"\baantal\b", "aantal", True),
        (r"\binwoners\b", "aantal", False),
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
_UPON = re.compile(r"\b(?:effect(?:en)?|gevolg(?:en)?|invloed) (?:op|voor) (?:de |het )?\w+")


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
