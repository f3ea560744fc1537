"""What a column header says, and how loose header texts fall into layers above the value columns.

Words and order only: no grid, no numbers of the table itself. Row labels have their own module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .meaning import column_meaning, plain, stand_in
from .numbers import clean, year_of

_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20\d)\d(?![\d]|[.,]\d)")
CORNER_WORDS = frozenset(
    [
        "omschrijving", "programma", "programma's", "taakveld", "taakvelden", "product", "producten",
        "pijler", "reserve", "reserves", "voorziening", "voorzieningen", "thema", "onderdeel",
        "beleidsterrein", "beleidsveld", "deelprogramma", "indicator", "indicatoren", "effectindicator",
        "prestatie-indicator", "beleidsindicator", "naam", "post", "onderwerp", "categorie", "nr.", "nr",
        "code", "cluster", "budget", "project", "kostensoort", "soort", "domein", "doel", "maatregel",
        "hoofdstuk", "portefeuille", "begrotingsonderdeel", "exploitatie", "activa", "passiva", "kengetal",
        "kengetallen", "complex", "complexen", "team", "afdeling", "risico", "risico's", "regeling",
        "subsidie", "subsidies", "subsidieregeling", "tarief", "tarieven", "belasting", "heffing",
        "partij", "verbonden partij", "organisatie", "fonds", "voorstel", "activiteit", "functie",
        "lening",
    ]
)  # fmt: skip
ATTRIBUTES = (
    (re.compile(r"^eenheid|^meeteenheid|^unit"), "eenheid"),
    (re.compile(r"^bron(?:nen)?\b|^herkomst"), "bron"),
    (
        re.compile(r"^(?:peil|meet)?(?:periode|jaar|datum|moment)$|^jaar(?:tal)?\b|^peil|^verslagjaar"),
        "periode",
    ),
    (
        re.compile(
            r"^toelichting|^opmerking|^noot|^verklaring|^bijzonderhe|^i\s?/\s?s$|^s\s?/\s?i$|^inc\.?\s?/\s?struct|^portefeuille"
            r"|^vestigingsplaats|^plaats\b|^rechtsvorm|^locatie|^wethouder|^verantwoordelijk"
        ),
        "toelichting",
    ),
)
_INDICATOR_WORDS = re.compile(
    r"streefwaarde|\bambitie|\bdoelstelling|\bmeting\b|nulmeting|benchmark|\bwaarde\b|\bnorm\b|realisatie|\bnederland\b|"
    r"\bstand\b|\bgemeenten\b|\bgemiddeld"
)
_CHANGE_IN = re.compile(
    r"^(?:stijging|daling|groei|toename|afname|ontwikkeling|index|aandeel|percentage)\b|^%|\bin (?:%|procenten)"
)
MARKER_HEADER = re.compile(r"\(?v\s*/\s*n\)?|n\s*/\s*v|v of n|voor-\s?/\s?nadeel", re.IGNORECASE)
_IS_CHANGE = re.compile(r"(?:na|voor|vóór|incl\.?|excl\.?) (?:\w+ )?(?:begrotings)?wijz", re.IGNORECASE)
_ENDS_IN_CHANGE = re.compile(r"wijz(?:iging(?:en)?|\.)?$")
UNIT = re.compile(
    r"""(?P<million>(?:x|\*|×|in|€|eur)\s*(?:€|eur(?:o['’]?s)?)?\s*(?:1\.000\.000(?!\d)|1?\s*(?:mln\b\.?|miljoen(?:en)?\b))(?:\s*euro(?:['’]?s)?)?)
      |(?P<thousand>(?:(?:x|\*|×)\s*(?:€|eur(?:o)?)?\s*1[. ]?000(?![\d.,]*\d)|€\s*1[. ]?000(?![\d.,]*\d)(?=,|\s*\)|\s*$|\.)|\bin\s+(?:€\s+)?duizend(?:en)?\b|€\s*x\s*1[. ]?000\b|(?:in\s+)?k€|\bkeur\b))(?:,[-–=]+)?(?:\s*euro(?:['’]?s)?)?
      |(?P<whole>\b(?:bedragen\s+)?in\s+(?:hele\s+)?(?:€|euro(?:['’]?s)?\b)(?!\s*(?:x|\d))|\(\s*(?:in\s+)?€\s*\)|\(\s*in\s+euro['’]?s?\s*\)|bedragen\s*x\s*€\s*1(?![\d.,]|\s*(?:mln|miljoen)))""",
    re.IGNORECASE | re.VERBOSE,
)
_UNIT_FRAGMENT = re.compile(
    r"\(?\s*(?:alle\s+)?(?:bedragen|getallen|cijfers)?\s*(?:zijn\s+)?(?:weergegeven\s+)?(?:luiden\s+)?(?:in\s+)?\(?\s*(?:"
    + UNIT.pattern
    + r")\s*,?\s*\)*",
    re.IGNORECASE | re.VERBOSE,
)
_LEGEND = re.compile(r"\((?=[^()]*(?:=|voordeel|nadeel|bedragen))[^()]*\)")


def unit_in(text: str) -> str | None:
    """EUR, EUR_1000 or EUR_MLN where the text prints a unit of amounts, else None."""
    if (
        "€" not in text
        and "1" not in text
        and "euro" not in text.lower()
        and "in " not in text
        and "k" not in text
    ):
        return None
    match = UNIT.search(text)
    if match is None:
        return None
    if match["million"]:
        return "EUR_MLN"
    return "EUR_1000" if match["thousand"] else "EUR"


@lru_cache(maxsize=1 << 13)
def without_unit(text: str) -> str:
    """The text less what it says about units and signs: ``Lasten (x 1.000)`` is ``Lasten``."""
    text = _LEGEND.sub(" ", text)
    if unit_in(text):
        text = _UNIT_FRAGMENT.sub(" ", text)
    return clean(text).strip(" ,;:-–") if not text.isspace() else ""


def attribute(text: str) -> str | None:
    """eenheid, bron, periode or toelichting where a header says that its column holds no amounts."""
    lowered = plain(text)
    return next((name for pattern, name in ATTRIBUTES if pattern.search(lowered)), None)


@lru_cache(maxsize=1 << 13)
def likeness(text: str) -> int:
    """How much a text looks like a column header: 3 surely, 1 perhaps, 0 unknown, negative hardly."""
    lowered = plain(text)
    if year_of(text) is not None:
        return 3
    if MARKER_HEADER.fullmatch(text):
        return 2
    if len(text) > 70:
        return -2
    if unit_in(text):
        bare = without_unit(text)
        is_header = year_of(bare[:4]) is not None or plain(bare) == "bedrag"
        return likeness(bare) if is_header and bare != text else -2
    if lowered in CORNER_WORDS:
        return -1
    words = lowered.split()
    has_year = _YEAR.search(lowered) is not None
    has_stand = stand_in(lowered) is not None
    has_grootheid = (
        column_meaning((text,)).grootheid is not None or _INDICATOR_WORDS.search(lowered) is not None
    )
    if re.match(r"(?:sub-?\s?)?tota|^saldo .+|^tabel\b|overzicht|programma\b", lowered) and not has_year:
        return -2 if len(words) > 1 else 0
    if re.match(r"tabel\b|overzicht|programma|paragraaf|hoofdstuk", lowered):
        return -2
    if has_year and (has_stand or has_grootheid) and len(words) <= 12:
        return 3
    if attribute(text):
        return 2
    if has_stand and len(words) <= 4:
        return 2
    if has_year and len(words) <= 4:
        return 2
    if (
        lowered == "bedrag"
        or (has_grootheid and len(words) <= 3)
        or (_CHANGE_IN.search(lowered) and len(words) <= 4)
    ):
        return 1
    if re.match(r"\d", text):
        return -1
    return 0


def unit_part(text: str) -> str:
    """What a text says about units and signs, and nothing else: the rest of ``without_unit``."""
    parts = [m.group() for m in _LEGEND.finditer(text)]
    rest = _LEGEND.sub(" ", text)
    if unit_in(rest):
        parts += [m.group() for m in _UNIT_FRAGMENT.finditer(rest)]
    return clean(" ".join(parts))


def is_strong(text: str) -> bool:
    """A text that is a header rather than a row label."""
    return likeness(text) >= 2


def is_side(text: str) -> bool:
    """``Lasten``, ``Baten`` or ``Saldo`` alone: in the corner it says what all of the table holds."""
    return plain(without_unit(text)) in ("lasten", "baten", "saldo")


@lru_cache(maxsize=1 << 13)
def is_corner(text: str) -> bool:
    """A text that names what the rows are, or that prints the unit of the table in its corner."""
    bare = plain(without_unit(text))
    return bare in CORNER_WORDS or (bool(bare) and bare != plain(text) and len(bare.split()) <= 4)


# --- texts in a row, without positions, into layers --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layers:
    """Header layers, outermost first: each a list of (text, span in columns). Spans add up to n."""

    layers: tuple[tuple[tuple[str, int], ...], ...]
    score: float


def arrange(tokens: list[str], n: int) -> Layers | None:
    """Lay all of ``tokens`` over ``n`` columns in one to three layers, or None if they do not fit."""
    if len(tokens) == n:
        return Layers((tuple((t, 1) for t in tokens),), _cycle_penalty(tokens))
    if len(tokens) < n:
        return None
    if (
        len(tokens) == 2 * n
        and n > 1
        and all(year_of(t) for t in tokens[:n])
        and not any(map(year_of, tokens[n:]))
    ):
        return Layers((tuple((t, 1) for t in tokens[:n]), tuple((t, 1) for t in tokens[n:])), 2.0)
    return _completed(tokens, n) or _years_under_parents(tokens, n) or _layered(tokens, n)


def _cycle_penalty(tokens: list[str]) -> float:
    return -2.0 if len(tokens) > 1 and len({plain(t) for t in tokens}) < len(tokens) else 0.0


def _completed(tokens: list[str], n: int) -> Layers | None:
    """Headers that go on below: ``[Begroting 2022, Rekening, na wijziging, 2022]`` over 2.

    Each rest belongs to the first header, from left to right, that still lacks it.
    """
    tops, rests = tokens[:n], tokens[n:]
    if not rests or not any(_IS_CHANGE.match(r) for r in rests):
        return None
    column = 0
    for rest in rests:
        is_change, is_year = _IS_CHANGE.match(rest) is not None, year_of(rest) is not None
        if not (is_change or is_year):
            return None
        while column < n and not _lacks(tops[column], is_change):
            column += 1
        if column == n:
            return None
        tops = [*tops[:column], f"{tops[column]} {rest}", *tops[column + 1 :]]
        column += 1
    return Layers((tuple((t, 1) for t in tops),), 2.0)


def _lacks(top: str, is_change: bool) -> bool:
    """Whether a header can be completed with before or after change, or else with a year."""
    words = plain(top)
    if is_change:
        return stand_in(words) == "begroting" and "wijz" not in words
    return _YEAR.search(words) is None and stand_in(words) is not None


def _years_under_parents(tokens: list[str], n: int) -> Layers | None:
    """``[a, b, begroting, meerjarenraming, 2018, 2019, 2020]`` over 5: years are leaves below parents."""
    parents_needed = len(tokens) - n
    end = len(tokens)
    while end and year_of(tokens[end - 1]) is None:
        end -= 1
    start = end
    while start and year_of(tokens[start - 1]) is not None:
        start -= 1
    years = tokens[start:end]
    if len(years) < 2 or parents_needed > len(years):
        return None
    others = tokens[:start] + tokens[end:]
    if any(year_of(t) is not None for t in others):
        return None
    yearless = [
        i
        for i, t in enumerate(tokens[:start])
        if not (_YEAR.search(t) or attribute(t)) and column_meaning((t,)).rol != "difference"
    ]
    if len(yearless) < parents_needed:
        return None
    parents = yearless[-parents_needed:] if len(yearless) > parents_needed else yearless
    if len(yearless) > parents_needed:
        standing = [i for i in yearless if column_meaning((tokens[i],)).stand]
        parents = standing[:parents_needed] if len(standing) == parents_needed else parents
    leaves = [t for i, t in enumerate(tokens[:start]) if i not in parents]
    if len(parents) == len(yearless) and any(likeness(tokens[i]) < 1 for i in parents):
        return None  # a title
    if len(parents) == 1 and not leaves and is_side(tokens[parents[0]]):
        return None  # the corner
    spans = _share([tokens[i] for i in parents], len(years))
    top = (
        [(t, 1) for t in leaves]
        + [(tokens[i], s) for i, s in zip(parents, spans, strict=True)]
        + [(t, 1) for t in tokens[end:]]
    )
    bottom = [("", 1) for _ in leaves] + [(y, 1) for y in years] + [("", 1) for _ in tokens[end:]]
    return Layers((tuple(top), tuple(bottom)), 2.0)


def _share(parents: list[str], width: int) -> list[int]:
    """How parents divide the years below them: a budget is one year, estimates are the rest."""
    if len(parents) == 1:
        return [width]
    several = [i for i, p in enumerate(parents) if column_meaning((p,)).stand == "meerjarenraming"]
    if len(several) == 1:
        return [width - len(parents) + 1 if i == several[0] else 1 for i in range(len(parents))]
    if width % len(parents) == 0:
        return [width // len(parents)] * len(parents)
    return [1] * (len(parents) - 1) + [width - len(parents) + 1]


def _layered(tokens: list[str], n: int) -> Layers | None:
    """Equal spans: upper texts over repeated lower ones, with single columns at the end where needed."""
    best: Layers | None = None
    for alone in range(0, 3):  # columns at the end of the upper layer that have nothing below them
        bottom_size = n - alone
        upper = tokens[: len(tokens) - bottom_size]
        bottom = tokens[len(tokens) - bottom_size :]
        parents = len(upper) - alone
        if bottom_size < 2 or parents < 1:
            continue
        if alone and not all(
            column_meaning((t,)).rol == "difference" or MARKER_HEADER.fullmatch(t) for t in upper[parents:]
        ):
            continue
        for candidate in range(parents, 0, -1):
            if bottom_size % candidate or candidate == bottom_size:
                continue
            top = upper[: parents - candidate]
            span = bottom_size // candidate
            cycle = all(plain(bottom[i]) == plain(bottom[i % span]) for i in range(bottom_size))
            years = all(year_of(t) is not None for t in bottom)
            if not cycle and not years and len({plain(t) for t in bottom}) == bottom_size:
                continue
            if candidate == 1 and (not years or is_side(upper[parents - 1])):
                continue
            if top and (len(top) > candidate or candidate % len(top)):
                continue
            middle = upper[parents - candidate : parents]
            if not cycle and any(likeness(t) < 1 for t in middle):
                continue
            layers = [
                tuple((t, span) for t in middle) + tuple((t, 1) for t in upper[parents:]),
                tuple((t, 1) for t in bottom) + tuple(("", 1) for _ in upper[parents:]),
            ]
            if top:
                wide = bottom_size // len(top)
                layers.insert(0, tuple((t, wide) for t in top) + tuple(("", 1) for _ in range(alone)))
            score = (3.0 if cycle and candidate > 1 else 1.0 if years else 0.0) - alone - 0.5 * bool(top)
            if best is None or score > best.score:
                best = Layers(tuple(layers), score)
    return best


@dataclass(frozen=True, slots=True)
class Located:
    """Where the header lies in a list of texts: before it titles, after it group headings."""

    start: int
    end: int
    layers: tuple[tuple[tuple[str, int], ...], ...]


def locate(tokens: Sequence[str], n: int, groups_expected: int = 0) -> Located | None:
    """Find the ``n``-column header in texts that stand before a table's first row label."""
    return _locate(tuple(tokens), n, groups_expected)


@lru_cache(maxsize=1 << 10)
def _locate(given: tuple[str, ...], n: int, groups_expected: int) -> Located | None:
    tokens = list(given)
    best: tuple[float, Located] | None = None
    scores = [likeness(t) for t in tokens]
    for end in range(len(tokens), 0, -1):
        after = len(tokens) - end
        if after > 3 + groups_expected:
            break
        tail = sum(3.0 for s in scores[end:] if s >= 2) + 0.6 * abs(after - groups_expected)
        for start in range(max(0, end - 3 * n), end - n + 1):
            layers = arrange(tokens[start:end], n)
            if layers is None:
                continue
            inside = sum(scores[start:end])
            before = sum(2.0 for s in scores[max(0, start - 2) : start] if s >= 2)
            corner = 1.5 if start and (is_corner(tokens[start - 1]) or is_side(tokens[start - 1])) else 0.0
            swallowed = sum(4.0 for t in tokens[start:end] if is_corner(t) and likeness(t) < 1)
            score = inside + layers.score + corner - before - tail - swallowed
            if best is None or score > best[0]:
                best = (score, Located(start, end, layers.layers))
    return best[1] if best else None


# --- one line of single-spaced text into header texts ------------------------------------------------

_NOUNS = re.compile(
    r"(?:jaar)?rekening|realisatie|gerealiseerd|werkelijk|begroting|begroot|(?:meerjaren)?raming|meerjarenbegroting|"
    r"prognose|budget|mjb|mjr|verschil|afwijking|saldo|lasten|baten|toevoeging(?:en)?|onttrekking(?:en)?|stand|beginstand|eindstand|"
    r"storting(?:en)?|dotaties?|vrijval|mutaties?|resultaat|wijziging(?:en)?|begrotingswijziging|streefwaarden?|"
    r"streefwaarde|benchmark|nederland|ambitie|bron|eenheid|periode|waarde|indicator|nulmeting|boekwaarde|"
    r"vermeerdering(?:en)?|vermindering(?:en)?|besteding(?:en)?|aanwending(?:en)?|rente|aflossing(?:en)?|investering(?:en)?|desinvestering(?:en)?|"
    r"kosten|opbrengsten|uitgaven|inkomsten|winstneming(?:en)?|afschrijving(?:en)?|bijdragen?|ultimo|primo",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}(?:[-/]\d{1,2}[-/]\d{2,4})?")
_CHANGE_WORDS = frozenset({"na", "voor", "vóór", "incl.", "excl."})
_STANDS = re.compile(
    r"(?:jaar)?rekening|realisatie|gerealiseerd|werkelijk|begroting|begroot|\w*raming|prognose|budget|mjb|mjr|meerjarenbegroting",
    re.IGNORECASE,
)
_LINKS = frozenset(
    [
        "van", "en", "na", "voor", "vóór", "ná", "per", "t/m", "tot", "met", "incl.", "excl.", "inclusief",
        "exclusief", "o.b.v.", "t.o.v.", "t.o.v", "op", "in", "de", "het", "/", "-",
    ]
)  # fmt: skip
_ADJECTIVES = re.compile(
    r"primaire|primitieve|oorspronkelijke|actuele|bijgestelde|gewijzigde|totaal|vastgestelde|geraamde|totale|netto|bruto|"
    r"laatste|vorige|incidentele|structurele|nieuwe|verwachte",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 13)
def split_line(line: str) -> tuple[str, ...]:
    """Header texts on one line whose cells are a single space apart: ``Programma Rekening 2020 V/N``."""
    phrases: list[list[str]] = []
    for word in re.sub(r"\b([VN]) / ([VN])\b", r"\1/\2", clean(line)).split():
        if phrases and not _starts(phrases[-1], word):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return tuple(" ".join(p) for p in phrases)


def _starts(phrase: list[str], word: str) -> bool:
    """Whether ``word`` begins a new header text after ``phrase``."""
    last = phrase[-1].lower()
    has_year = any(year_of(w) is not None or _YEAR.search(w) for w in phrase)
    nouns = [w for w in phrase if _NOUNS.fullmatch(w.strip("().,"))]
    if phrase[0].lower() in _CHANGE_WORDS and _ENDS_IN_CHANGE.search(last):
        return word.lower() in _CHANGE_WORDS or year_of(word) is not None
    if year_of(word) is not None:
        return has_year or (len(phrase) == 1 and plain(last) in CORNER_WORDS)
    if last in _LINKS or word.lower() in _LINKS or word[0] in "(/&":
        return False
    if has_year and _DAY.fullmatch(word):
        return True
    if len(phrase) == 1 and plain(phrase[0]) in CORNER_WORDS:
        return True
    is_noun = _NOUNS.fullmatch(word.strip("().,")) is not None
    if MARKER_HEADER.fullmatch(word):
        return True
    if len(word) == 1 and word in "LBS":
        return True
    if _ADJECTIVES.fullmatch(word) and word[0].isupper():
        return bool(nouns) or has_year
    if is_noun:
        if has_year:
            return word[0].isupper() or _STANDS.fullmatch(word) is not None or len(phrase) == 1
        if not nouns:
            return word[0].isupper() and not all(_ADJECTIVES.fullmatch(w) for w in phrase)
        both_stand = _STANDS.fullmatch(word) is not None and any(_STANDS.fullmatch(w) for w in nouns)
        neither = _STANDS.fullmatch(word) is None and not any(_STANDS.fullmatch(w) for w in nouns)
        return word[0].isupper() or both_stand or neither
    return word[0].isupper() and (has_year or bool(nouns))
