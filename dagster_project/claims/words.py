"""The words that rules over sums look for, as one table of data, and one function per place they stand in.

A word says nothing alone: what it means depends on whether it stands in the label of a row or in a header,
and on what stands around it. Each line names the kind of table that needed it. What does not belong here:
quantities, states and years, which rows, columns and readers share (``meaning``), and what follows from a
word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reading.meaning import plain


class WordMeaning(NamedTuple):
    """``pattern`` over ``plain`` words means ``meaning`` in ``place``; ``needed`` by such a table."""

    meaning: str
    place: str  # row | column
    pattern: str
    needed: str


WORDS = (
    # a row that sums, though it does not say "totaal"
    WordMeaning("som", "row", r"^netto (?:lasten|kosten|uitgaven)\b", "heffingen: netto kosten taakveld"),
    # a balance that sums signed items where there is nothing to set off
    WordMeaning("som", "row", r"^(?:berekend |totaal )?emu ?saldo\b", "EMU-saldo"),
    WordMeaning("emu", "row", r"\bemu ?saldo\b", "EMU-saldo"),
    WordMeaning("som", "row", r"^totaa?l ?saldo\b|^eindsaldo\b", "meerjarenoverzicht: totaalsaldo"),
    WordMeaning("som", "row", r"^(?:uitgangs|start)positie\b", "kadernota: van begroting en wijzigingen"),
    # a group that sums the groups before it row by row, though it does not say "totaal"
    WordMeaning("samen", "row", r"\bsamen$|^alle (?:\w+ ){1,2}(?:samen|tezamen|bijeen)$|^gezamenlijke? ", "verloop per reserve: alle reserves samen"),
    # a class of its own beside the rows of another: "Sub-totaal bestemmingsreserves" does not hold it
    WordMeaning("eigen_klasse", "row", r"^algemene reserves?\b", "reserves"),
    # a stock within a list, after the flows in front of it
    WordMeaning("tussenstand", "row", r"^(?:nieuwe |voorlopige )?(?:begin ?|tussen ?)?stand(?: na\b.*| jaar)?$|^(?:vrije|resterende) ruimte\b", "verloop van een reserve"),
    # where a list of changes begins and where it has come to, named after what was decided
    WordMeaning("stand", "row", r"^(?:[a-z][.)] )?(?:nieuwe )?stand\b", "gemeentefonds: stand meicirculaire"),
    # what a total is more than what was budgeted for it, where both stand right in front
    WordMeaning("effect", "row", r"^effect\b", "gemeentefonds: effect meicirculaire"),
    # what changed the stock that it names
    WordMeaning("verandering", "row", r"^(?:netto )?(?:mutaties?|toename|verandering)\b", "kasstroomoverzicht: mutatie liquide middelen"),
    # a stock of what the label names first, printed below what changed it
    WordMeaning("beginstand", "row", r"\b(?:per |op )?(?:1 januari|1 ?- ?1|begin (?:boek)?jaar)\b", "kasstroomoverzicht: liquide middelen"),
    WordMeaning("eindstand", "row", r"\b(?:per |op )?(?:31 december|31 ?- ?12|einde? (?:boek)?jaar)\b", "kasstroomoverzicht: liquide middelen"),
    # the two sides of a balance sheet, whose totals are equal
    WordMeaning("activa", "row", r"^(?:totaal |totale |balans |balanstotaal )?(?:activa|bezittingen)$|^activa\b", "balans"),
    WordMeaning("passiva", "row", r"^(?:totaal |totale |balans |balanstotaal )?passiva$|^passiva\b", "balans"),
    # a column that holds years and no amounts, where every number in it may be one
    WordMeaning("jaartal", "column", r"^(?:eind|start|begin)(?:e|jaar|datum)?$|^jaar(?:tal)?(?: van \w+)?$|^(?:jaar )?gereed$|^looptijd(?: tot)?$", "grondexploitaties: eindjaar, leningen: einde"),
    # a column that sums the columns of years beside it, or is set off against them
    WordMeaning("jarensom", "column", r"^(?:krediet(?:bedrag)?|investering(?:s?bedrag)?|raming)(?: totaal| bruto)?$", "investeringsplan"),
    # the same money before a change, the change, and after it
    WordMeaning("voor_wijziging", "column", r"\b(?:was|oud)$", "begrotingswijziging: begroting was, mutatie, wordt"),
    WordMeaning("wijziging", "column", r"^(?:begrotings)?(?:mutaties?|wijziging(?:en)?)$|^bijstelling(?:en)?$", "begrotingswijziging"),
    WordMeaning("na_wijziging", "column", r"\b(?:wordt|nieuw)$", "begrotingswijziging"),
    # what was to be done, what was done, and what is left of it, as rows
    WordMeaning("opgave", "row", r"\boorspronkelijke?\b|\btaakstelling\b|\bopgave\b", "ombuigingen"),
    WordMeaning("gedaan", "row", r"\bingevulde?\b|\bdoorgevoerde?\b|\bgerealiseerde?\b|\b(?:al )?behaalde?\b|\binvulling\b", "ombuigingen"),
    WordMeaning("rest", "row", r"\bresterende?\b|\brestant\b|\bresteert\b|\bnog (?:te|in te)\b|\bopenstaande?\b", "ombuigingen"),
    # the questions of the form for the EMU balance whose answers are taken off, printed without a sign
    WordMeaning("emu_af", "row", r"^(?:uitgaven aan )?investeringen\b|\baankoop (?:van )?grond|^lasten\b.*\bvoorziening|^betalingen\b", "EMU-saldo"),
    WordMeaning("emu_af", "row", r"^(?:verwachte )?boekwinst\b", "EMU-saldo: 6b, 8b, 11"),
    WordMeaning("emu_af", "row", r"^mutaties? (?:\(?im\)?)?materi.le vast|^mutaties? (?:in )?voorraden\b", "EMU-saldo in vijf vragen"),
    # what interest is left over on the taakveld treasury, set off one way or the other
    WordMeaning("renteresultaat", "row", r"^renteresultaat\b", "renteschema: renteresultaat"),
    # what interest the taakvelden bear, below what was taken off it
    WordMeaning("som", "row", r"^(?:de )?aan taakvelden (?:door|toe) te rekenen\b", "renteschema: aan taakvelden toe te rekenen rente"),
)  # fmt: skip
_STEM = 5  # letters of a word that singular and plural share
_NUMBERED = re.compile(r"^(?:\d{1,2}[a-z]?|[ivx]+)[.)]? ?(?=\D)")


@lru_cache(maxsize=1 << 14)
def meanings(label: str, place: str) -> frozenset[str]:
    """What the table of words says of a label or header; a number in front of a label is no word.

    >>> sorted(meanings("Berekend EMU-saldo", "row")), sorted(meanings("Krediet", "column"))
    (['emu', 'som'], ['jarensom'])
    """
    words = plain(label)
    bare = _NUMBERED.sub("", words)
    return frozenset(
        w.meaning
        for w, pattern in _COMPILED
        if w.place == place and (pattern.search(bare) or pattern.search(words))
    )


def is_alike(one: str, other: str) -> bool:
    """Whether two names, in words, begin alike word for word: singular and plural are one name.

    >>> is_alike("algemene reserves", "algemene reserve"), is_alike("ozb", "gemeentefonds")
    (True, False)
    """
    pairs = list(zip(one.split(), other.split(), strict=False))
    return bool(pairs) and all(a[:_STEM] == b[:_STEM] for a, b in pairs)


_COMPILED = tuple((word, re.compile(word.pattern)) for word in WORDS)
