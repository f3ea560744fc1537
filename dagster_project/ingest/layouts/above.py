"""What stands above a table: titles, its corner, the layers of its header, and headings of the first rows.

Finds the header over as many columns as there are values, printed on one line, on two or in halves, and
knows one again that is printed once more. What does not belong here: how many columns there are
(``segments``), and what a header means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..headers import Located, attribute, is_corner, is_side, is_strong, locate, without_unit
from ..meaning import plain, stands_in
from .entries import PAGE_FOOT, Entry
from .phrases import corner_first, one_by_one, without_captions
from .stacked import FAIR, quality, stack
from .tokens import Token, with_text

_CONTINUED = re.compile(r"[\s(–-]*\b(?:vervolg|vervolgd)\b\)?\s*$", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"(?:deel)?programma(?!begroting|rekening|verslag)|beleids|taakveld|product|thema|pijler|hoofdstuk|doel",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Header:
    """What stands above a table: titles, its corner, its layers, and what is already a heading of rows."""

    titles: list[Token]
    corner: Token | None
    layers: tuple[tuple[tuple[str, int], ...], ...]  # outermost first: (text, columns that it spans)
    rest: list[Token]  # headings of the first row, and its label
    names: set[str]  # every text of the header, plain, to know it again
    title_names: set[str]
    line: int
    is_continuation: bool = False  # the table goes on below its own header, printed once more
    texts_before: int = 0  # text columns between label and values
    texts_after: int = 0


def header_over(segment: list[Entry], n: int, previous: Header | None, layout: str) -> Header:
    """The texts before the first row of ``segment``, split into titles, corner, layers and headings.

    ``n`` is the number of columns with values, ``previous`` the header of the table in front of this one.
    Without a header there are no layers, and the texts are titles. ``segment`` stays as it is.
    """
    first = segment[0]
    above, own = first.labels[:-1], first.labels[-1:]
    tokens, captions = without_captions(corner_first(one_by_one(above, layout, n)))
    if previous is not None and previous.layers:
        again = _repeated(tokens, captions, own, previous, first.labels)
        if again is not None:
            return again
    texts = [t.text for t in tokens]
    is_grouped = any(len(e.labels) > 1 for e in segment[1:])
    found, before, after = _located(texts, n, 1 if is_grouped else 0)
    names: set[str] = set()
    if found is None or _is_poor(found) or _leaves_out(texts, found):
        stacked = _stacked(above, n)
        if stacked is not None:
            names = {plain(t) for t in texts}
            tokens, found = stacked
            captions, before, after = [], 0, 0
    if found is None:
        line = first.labels[0].line if first.labels else first.values[0][1] if first.values else 0
        return Header(_in_order([*tokens, *captions]), None, (), own, set(), set(), line)
    has_corner = found.start > 0 and _is_corner(tokens[found.start - 1].text)
    start = found.start - 1 if has_corner else found.start
    titles, printed = tokens[:start], tokens[start : found.end]
    return Header(
        _in_order([*titles, *captions]),
        printed[0] if has_corner else None,
        found.layers,
        tokens[found.end :] + own,
        names | {plain(t.text) for t in printed},
        {plain(t.text) for t in titles},
        min(t.line for t in printed),
        texts_before=before,
        texts_after=after,
    )


def _in_order(titles: list[Token]) -> list[Token]:
    return sorted(titles, key=lambda t: t.line)


def _is_corner(text: str) -> bool:
    return is_corner(text) or is_side(text) or all(map(is_corner, text.split()))


# --- where the header is ----------------------------------------------------------------------------------


def _located(texts: list[str], n: int, groups: int) -> tuple[Located | None, int, int]:
    """The header over ``n`` value columns, with how many text columns it names before and after them."""
    named = [i for i, t in enumerate(texts) if attribute(t) in ("eenheid", "bron", "toelichting")]
    if named:
        found = locate(texts, n + len(named), groups)
        if found is not None and len(found.layers) == 1 and all(found.start <= i < found.end for i in named):
            inside = [i - found.start for i in named]
            before = next((k for k in range(len(inside)) if inside[k] != k), len(inside))
            return found, before, len(inside) - before
    return locate(texts, n, groups), 0, 0


def _leaves_out(texts: list[str], found: Located) -> bool:
    """Whether a text in front of the header looks as much like one: ``2021`` before ``2022 2023``."""
    return found.start > 0 and is_strong(texts[found.start - 1])


def _is_poor(found: Located) -> bool:
    """Whether some column is hardly named by its header, or named two things that exclude each other."""
    if len(found.layers) == 1:
        return any(quality(text) < FAIR for text, _ in found.layers[0])
    columns: list[list[str]] = [[] for _ in range(sum(span for _, span in found.layers[0]))]
    for layer in found.layers:
        at = 0
        for text, span in layer:
            for words in columns[at : at + span]:
                words.append(plain(text))
            at += span
    return any(_excludes(" ".join(words)) for words in columns)


def _excludes(words: str) -> bool:
    """Lasten and baten in one path, or accounts and budget where nothing is compared."""
    is_both = "lasten" in words and "baten" in words and "saldo" not in words
    return is_both or ("verschil" not in words and {"rekening", "begroting"} <= set(stands_in(words)))


def _stacked(above: list[Token], n: int) -> tuple[list[Token], Located] | None:
    """The texts above the first row with two lines of them read as headers in halves, and where those are."""
    printed = [(t, text, no) for t in above for text, no in t.parts or ((t.text, t.line),)]
    lines = [with_text(t, text)._replace(line=no) for t, text, no in printed if without_unit(text)]
    for i in range(len(lines) - 1, max(-1, len(lines) - 5), -1):
        for size in (2, 1):
            below = lines[i + 1].text if size == 2 and i + 1 < len(lines) else ""
            if size == 2 and not below:
                continue
            found = stack(lines[i].text, below, n)
            if found is None:
                continue
            corner = [with_text(lines[i], found.corner)] if found.corner else []
            texts = [with_text(lines[i], header) for header in found.headers]
            start = i + len(corner)
            layer = tuple((header, 1) for header in found.headers)
            read_as = [*lines[:i], *corner, *texts, *lines[i + size :]]
            return read_as, Located(start, start + n, (layer,))
    return None


# --- the same header once more ----------------------------------------------------------------------------


def _repeated(
    tokens: list[Token], captions: list[Token], own: list[Token], previous: Header, labels: list[Token]
) -> Header | None:
    """The header of the table before it once more: after a page break, or above the next block."""
    hits = [i for i, t in enumerate(tokens) if plain(t.text) in previous.names]
    strong = [i for i, t in enumerate(tokens) if is_strong(t.text)]
    if len(hits) < 2 or any(i not in hits for i in strong if i >= hits[0]):
        return None
    known = previous.title_names
    above = [(t, plain(_CONTINUED.sub("", t.text))) for t in tokens[: hits[0]]]
    new = [t for t, words in above if words and words not in known]
    titled_again = any(words in known for _, words in above)
    on_page = any(t.starts_page for t in [*tokens[: hits[-1] + 1], *captions])
    new = [t for t in new if not (on_page and PAGE_FOOT.search(t.text) and not _PROGRAMME.match(t.text))]
    rest = tokens[hits[-1] + 1 :] + own
    line = labels[0].line
    if on_page or titled_again or not new:
        return replace(previous, rest=new + rest, titles=[], line=line, is_continuation=True)
    corner = previous.corner
    again = {plain(tokens[i].text) for i in hits}
    if corner is not None and plain(corner.text) not in again and _is_corner(new[-1].text):
        corner, new = new[-1], new[:-1]
    return replace(
        previous,
        titles=_in_order([*new, *captions]),
        title_names={plain(t.text) for t in new},
        corner=corner,
        rest=rest,
        line=line,
        is_continuation=False,
    )
