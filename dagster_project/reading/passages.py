"""Text without a grid: which of three ways its lines are printed in, and the panels that each finds.

One cell per line, one row per line with cells a blank apart, or columns lined up with blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dagster_project.reading.formats.paragraphs import join

from . import aligned, lines, patterns
from .cells import cells_of
from .footnotes import is_footnote
from .model import Passage, Prose
from .numbers import MARKER, clean
from .numbers import read as read_number
from .panel import Panel
from .phrases import trailing_values
from .printed_lines import printed_lines
from .second_labels import with_codes, with_groups

_WIDE = re.compile(r"\S(?: {2,}|\t| ?\u00a0{2,})\S")


def read(passage: Passage, soort: str, jaar: int | None) -> Iterator[Prose | Panel]:
    """Prose and panels of a passage, in order."""
    for piece in _read(passage, soort, jaar):
        yield piece if isinstance(piece, Prose) else with_groups(with_codes(piece))


def _read(passage: Passage, soort: str, jaar: int | None) -> Iterator[Prose | Panel]:
    printed = passage.lines
    how = manner(printed)
    if how == "aligned":
        found = list(aligned.read(printed, soort, jaar))
        if any(isinstance(piece, Panel) for piece in found):
            yield from found
            return
        how = "lines"  # the places of cells made no table
    if how == "cells":
        yield from patterns.panels(cells_of(_cells(printed), jaar), soort, jaar)
    else:
        yield from lines.panels(printed_lines(printed, jaar), soort, jaar)


def manner(printed: Sequence[tuple[str, int, int | None]]) -> str:
    """aligned, cells or lines: by what most lines with values look like."""
    alone = rows = wide = 0
    for text, _, _ in printed:
        bare = clean(text)
        if not bare:
            continue
        found = read_number(bare)
        if found and found[0].mark != MARKER:
            alone += 1
            continue
        label, values = trailing_values(bare)
        if values and (label or len(values) > 1):
            rows += len(values)
            wide += (
                len(values)
                if _WIDE.search(text.strip()) and len(_WIDE.findall(text.strip())) >= min(2, len(values))
                else 0
            )
    if wide * 2 > rows and rows > alone and aligned.is_lined_up(printed):
        return "aligned"
    return "cells" if alone > rows else "lines"


def _cells(printed: Sequence[tuple[str, int, int | None]]) -> list[tuple[str, int]]:
    """Paragraphs as cells, or lines where cells are not apart; a line with nothing but a hard blank is one too."""
    paragraphs: list[list[tuple[str, int]]] = [[]]
    for text, line, _ in printed:
        if text.strip(" \t\r") == "":
            paragraphs.append([])
        else:
            paragraphs[-1].append((text, line))
    paragraphs = _without_separators([p for p in paragraphs if p])
    crowded = sum(len(p) for p in paragraphs if sum(_is_value(t) for t, _ in p) >= 2)
    if 2 * crowded > sum(len(p) for p in paragraphs):
        return [(clean(t), line) for p in paragraphs for t, line in p]
    found: list[tuple[str, int]] = []
    for p in paragraphs:
        is_list = sum(is_footnote(t) for t, _ in p) >= 2
        if len(p) > 1 and (
            is_list or sum(_is_value(t) for t, _ in p) >= 2 or any(len(t) > 120 for t, _ in p)
        ):
            found += [(clean(t), line) for t, line in p]
            continue
        found.append((join([t for t, _ in p]), p[0][1]))
    return found


def _without_separators(paragraphs: list[list[tuple[str, int]]]) -> list[list[tuple[str, int]]]:
    """Hard blanks between nearly all cells are what parts them, and no cells of their own."""
    is_blank = [all(not clean(t) for t, _ in p) for p in paragraphs]
    parted = sum(
        is_blank[i] for i in range(1, len(paragraphs) - 1) if not is_blank[i - 1] and not is_blank[i + 1]
    )
    printed = is_blank.count(False)
    if printed > 4 and parted * 5 >= (printed - 1) * 4:
        return [p for p, blank in zip(paragraphs, is_blank, strict=True) if not blank]
    found = []
    for p in paragraphs:  # hard blanks between the lines of one paragraph part cells too
        inner = [clean(t) == "" for t, _ in p]
        if len(p) > 4 and sum(inner) * 5 >= (len(p) - 1) * 2:
            found += [[line] for line, blank in zip(p, inner, strict=True) if not blank]
        else:
            found.append(p)
    return found


def _is_value(text: str) -> bool:
    return bool(read_number(clean(text)))
