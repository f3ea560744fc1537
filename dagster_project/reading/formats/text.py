"""Plain text as copied from a page or a PDF: lines with tabs or pipes are grids, all other lines are passages.

A file mixes prose, headings and tables, so a layout belongs to a run of lines and not to a file. What does not
belong here: where in a passage tables are (``passages``), and what a grid means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Fragment, Passage
from . import delimited
from .decoding import decode
from .glued import parted
from .paragraphs import Line, lines_of


def read(data: bytes, name: str) -> Iterable[Fragment]:
    """Passages and grids of a text; raises ``Unreadable`` where the bytes are no text."""
    return fragments(decode(data))


def fragments(text: str) -> list[Fragment]:
    """The prose and the grids of a text, in order. Line numbers count from 1 in the text as given."""
    lines = lines_of(text)
    if "\t" not in text and "|" not in text:
        return [_passage(lines)]
    found: list[Fragment] = []
    for kind, run in _runs(lines):
        if kind == "tab":
            found += delimited.tab(run)
        elif kind == "pipe":
            found += delimited.pipe(run)
        else:
            found.append(_passage(run))
    return found


def _passage(lines: list[Line]) -> Passage:
    found = parted([(line.text, line.no, line.page) for line in lines])
    return Passage(found.lines, found.by_sums)


def _runs(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Runs of lines in one family of layouts.

    A blank line ends a run with tabs or pipes, unless what follows goes on with the same table.
    """
    run: list[Line] = []
    kind = "other"
    after_blank = False
    for index, line in enumerate(lines):
        if not line.text.strip():
            run.append(line)
            after_blank = True
            continue
        here = delimited.kind_of(line.text)
        if here == "other" and line.text.startswith("\t") and index + 1 < len(lines):
            below = delimited.kind_of(lines[index + 1].text)
            here = "tab" if below == "tab" else here  # a header of which the first cell is blank
        if kind == "tab" and "\t" in line.text and not after_blank:
            here = "tab"  # blank first cells, or blank last ones
        if here == "other" and kind != "other" and _is_inside(lines, index, kind):
            is_heading = delimited.goes_on(lines[index + 1].text, kind) and _has_headings(run)
            if not after_blank or is_heading:
                run.append(line)
                after_blank = False
                continue
        ends = after_blank and kind != "other" and not delimited.goes_on(line.text, kind)
        if here != kind or ends:
            if run:
                yield kind, run
            run, kind = [], here
        run.append(line)
        after_blank = False
    if run:
        yield kind, run


def _has_headings(run: list[Line]) -> bool:
    """Whether the rows of a table so far stand under headings without separators: another one may follow a blank line."""
    return any(delimited.kind_of(line.text) == "other" and line.text.strip() for line in run)


def _is_inside(lines: list[Line], index: int, kind: str) -> bool:
    """Whether a line without separators stands between lines with them: a heading whose blank cells fell off."""
    if len(lines[index].text) > 90:
        return False
    for line in lines[index + 1 : index + 4]:
        if not line.text.strip():
            return False
        if delimited.kind_of(line.text) == kind:
            return True
    return False
