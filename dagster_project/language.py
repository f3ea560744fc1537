"""The language in which a command speaks to who runs it: one per command, that of the locale.

Messages stand in the code in English. Where the locale is Dutch (``LC_ALL``, ``LC_MESSAGES`` or ``LANG``) gettext gives them as
``messages/nl.po`` says. What does not belong here: pages and reasons, which carry both languages side by side.
"""

from __future__ import annotations

import os
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

CATALOGUE = Path(__file__).with_name("messages") / "nl.po"


def locale_language() -> str:
    """The language of the locale, as ``nl``; empty where none is set or it is that of no people (``C``, ``POSIX``)."""
    asked = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    language = asked.partition(".")[0].partition("_")[0].lower()
    return "" if language in ("c", "posix") else language


def speaks_dutch() -> bool:
    """Whether the commands of who runs it speak Dutch: in a Dutch locale. Else English."""
    return locale_language() == "nl"


def phrase(message: str, **values: object) -> str:
    """A message in the language that is spoken, with these values where it has their names between braces."""
    said = _dutch().gettext(message) if speaks_dutch() else message
    return said.format(**values) if values else said


def numeral(number: int) -> str:
    """A whole number with its thousands apart, as the language that is spoken writes it."""
    return f"{number:,}".replace(",", "." if speaks_dutch() else ",")


@cache
def _dutch() -> GNUTranslations:
    """The catalogue, compiled in memory: a compiled file would stand beside its source and could differ from it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with CATALOGUE.open("rb") as source:
        write_mo(compiled, read_po(source, locale="nl"))
    compiled.seek(0)
    return GNUTranslations(compiled)
