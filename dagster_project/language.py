"""The language in which a command speaks to who runs it: one per command, that of the locale.

Messages stand in the code in English. Where the locale is Dutch (``LC_ALL``, ``LC_MESSAGES`` or ``LANG``) gettext gives them as
``messages/nl.po`` says. What is also kept, in the chain or in a record, is kept in English whatever the locale: it is
``Written``, and ``spoken`` where it is printed. What does not belong here: pages and reasons, which carry both
languages side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

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
    return _FILLED.vformat(said, (), values) if values else said


class Written(str):
    """A message as it is kept: English, with these values filled in. It knows what it was made of, and can be ``spoken``."""

    message: str
    values: dict[str, object]
    dutch: str | None = None  # where it is not for the catalogue to say

    def __new__(cls, message: str, **values: object) -> Written:
        made = super().__new__(cls, message.format(**values) if values else message)
        made.message, made.values = message, values
        return made

    @classmethod
    def in_both(cls, dutch: str, english: str) -> Written:
        """What has both languages beside it already, as reasons have."""
        made = cls(english)
        made.dutch = dutch
        return made


def joined(told: Iterable[str], by: str = "") -> Written:
    """Several messages as one, each of which is spoken as it would be by itself."""
    values = {f"_{no}": each for no, each in enumerate(told)}
    return Written(by.join(f"{{{name}}}" for name in values), **values)


def spoken(told: object) -> str:
    """What was written, or what an error says, in the language that is spoken. Words of others stay as they are."""
    if isinstance(told, Exception) and len(told.args) == 1:
        told = told.args[0]
    if not isinstance(told, Written):
        return str(told)
    if told.dutch is not None:
        return told.dutch if speaks_dutch() else str(told)
    filled = {name: spoken(v) if isinstance(v, Written) else v for name, v in told.values.items()}
    return phrase(told.message, **filled)


def numeral(number: int) -> str:
    """A whole number with its thousands apart, as the language that is spoken writes it."""
    return f"{number:,}".replace(",", "." if speaks_dutch() else ",")


class _Filled(Formatter):
    """Fills a message in; ``{number:,}`` is written as the language that is spoken writes it."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return numeral(value) if format_spec == "," else super().format_field(value, format_spec)


_FILLED = _Filled()


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
