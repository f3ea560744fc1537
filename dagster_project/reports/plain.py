"""Text on its way to a terminal or a spreadsheet: what was printed is shown as it is, and never obeyed.

A label in a document may hold what a terminal takes for a command, or what a spreadsheet takes for a formula. The
files keep the text as it was printed. What does not belong here: pages, which escape for browsers.
"""

from __future__ import annotations

import re

from dagster_project.language import speaks_dutch

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[\d.,]+")


def plain(text: str) -> str:
    """The text with every mark that a terminal would obey, or that reverses its reading, spelled out."""
    if text.isprintable():  # which none of those marks is
        return text
    return _CONTROL.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


def for_spreadsheet(value: object) -> object:
    """A value of a CSV file; text that a spreadsheet would calculate begins with an apostrophe."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if value.startswith(_FORMULA) and not _NUMBER.fullmatch(value) else text


def in_locale(nl: str, en: str) -> str:
    """What is there in both languages, in the one that the commands speak."""
    return nl if speaks_dutch() else en
