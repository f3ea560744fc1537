"""Choices that a table leaves open, in English: ``lasten - baten`` is ``expenditure - revenue``.

A choice is written in Dutch, and a person may answer in either language. Labels that name where a reach begins and ends are
printed text and stay as printed. What does not belong here: which choices there are.
"""

from __future__ import annotations

import re

# The words of the field of which choices and their names are made up, as the macro keuze_in_english has them.
_WORDS = {
    "begroting": "budget",
    "rekening": "accounts",
    "lasten": "expenditure",
    "baten": "revenue",
    "saldo": "balance",
    "toevoeging": "addition",
    "onttrekking": "withdrawal",
    "mutatie": "change",
    "resultaat": "result",
    "eerste": "first",
    "overige": "others",
    "incidenteel": "incidental part",
    "besparing": "saving",
    "investering": "investment",
    "potentieel": "net savings",
    "gelijk": "the same",
    "tegengesteld": "opposite",
    "geen som": "no sum",
    "kop is totaal": "the heading is the total",
    "oorspronkelijk": "original",
    "ingevuld": "filled in",
    "voor": "before",
    "wijziging": "amendment",
    "activa": "assets",
    "passiva": "liabilities",
    "eind": "end",
    "begin": "start",
    "totaal van de reserves": "total of the reserves",
    "t/m": "up to",
}
_OF_NAMES = {
    "richting": "direction",
    "teken": "sign",
    "verschil": "difference",
    "sluitpost": "closing item",
    "groepstotaal": "total of a group",
    "balanstotaal": "balance sheet total",
    "aansluiting": "connection",
    "jaren": "years",
    "fase": "phase",
    "detail": "detail",
    "bereik": "reach",
    "rij": "row",
    "kolom": "column",
}
_REACH = re.compile(r" \(\d+\)$")


def _translated(text: str, words: dict[str, str]) -> str:
    known = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda found: words[found[0]], text)


def in_english(choice: str) -> str:
    """A choice in English.

    >>> in_english("lasten - baten"), in_english("Lasten t/m Overige lasten (4)"), in_english("geen som")
    ('expenditure - revenue', 'Lasten up to Overige lasten (4)', 'no sum')
    """
    return choice.replace(" t/m ", " up to ") if _REACH.search(choice) else _translated(choice, _WORDS)


def in_dutch(choice: str) -> str:
    """A choice as it is written, also where a person answered in English; what is not all English stays as it is.

    >>> in_dutch("expenditure - revenue"), in_dutch("Lasten up to Onderwijs (4)"), in_dutch("budget - realisatie")
    ('lasten - baten', 'Lasten t/m Onderwijs (4)', 'budget - realisatie')
    """
    if _REACH.search(choice):
        return choice.replace(" up to ", " t/m ")
    is_english = not re.search(r"\w", _translated(choice, dict.fromkeys(_WORDS.values(), "")))
    return (
        _translated(choice, {english: dutch for dutch, english in _WORDS.items()}) if is_english else choice
    )


def name_in_english(name: str) -> str:
    """The name of what is left open: ``saldo_richting`` is ``balance direction``."""
    return _translated(name.replace("_", " "), _WORDS | _OF_NAMES)
