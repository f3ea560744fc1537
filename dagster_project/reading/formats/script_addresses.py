"""Addresses that a browser or a spreadsheet would run instead of open, and how it is said that they were left out.

What does not belong here: which texts of a page are printed (``html``), what a cell shows (``xlsx``) and where a
page of a PDF leads (``pdf``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model import Reject
from .decoding import printed
from .unreadable import note

MOST_TOLD = 20  # different texts of one kind; beyond that it is said how many there are
_SCRIPT = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_IGNORED = re.compile(r"[\t\n\r]")  # within an address


class LeftOut(NamedTuple):
    """What is no printed text: in a tag that is never read, or the address of a script."""

    what: str  # the tag, or where it stood
    line: int | None
    text: str


def is_script(address: str | None) -> bool:
    """Whether following the address would run it."""
    return bool(address) and _SCRIPT.match(_IGNORED.sub("", address or "")) is not None


def told(left_out: Iterable[LeftOut], name: str, where: tuple[str, str], **place) -> Iterator[Reject]:
    """A note for each different text that was left out of ``where`` (in Dutch and in English), with how often it stood there."""
    by_tag: dict[str, list[LeftOut]] = {}
    for left in left_out:
        if printed(left.text):
            by_tag.setdefault(left.what, []).append(left)
    for what, found in by_tag.items():
        times = Counter(printed(left.text) for left in found)
        first = {printed(left.text): left.line for left in reversed(found)}
        for text in list(times)[:MOST_TOLD]:
            yield _note(name, where, what, times[text], first[text], text, place)
        if len(times) > MOST_TOLD:
            rest = list(times)[MOST_TOLD:]
            yield _note(name, where, what, sum(times[text] for text in rest), first[rest[0]], "", place)


def _note(
    name: str,
    where: tuple[str, str],
    what: str,
    times: int,
    line: int | None,
    text: str,
    place: dict[str, str],
) -> Reject:
    often, often_en = (f" {times} keer", f" {times} times") if times > 1 else ("", "")
    more, more_en = ("", "") if text else (", met nog andere tekst", ", with yet other text")
    return note(
        name,
        f"uit {where[0]} weggelaten, want geen gedrukte tekst: {what}{often}{more}",
        f"left out of {where[1]}, as it is no printed text: {what}{often_en}{more_en}",
        line=line,
        text=text,
        **place,
    )
