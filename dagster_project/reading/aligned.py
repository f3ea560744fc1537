"""Columns lined up with blanks: positions on the line to a grid."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise, takewhile
from typing import NamedTuple

from dagster_project.reading.formats.paragraphs import join

from . import grids
from .codes import begins_low, without_code
from .field_words import pattern_of, words_in
from .header_texts import words_of
from .judge import weigh
from .labels import is_marked, is_total
from .line_bodies import ENDS_OPEN
from .matrix import read_kind
from .meaning import plain
from .model import Grid, Piece, Prose
from .notes import is_furniture, is_note
from .numbers import clean, year_of
from .panel import Panel, beside, said
from .under_headers import names_nothing

SET_IN = 12  # places from the left beyond which a text alone on its line stands over columns
_CELL = re.compile(r"\S+(?: \S+)*")


class Word(NamedTuple):
    """A cell on a line: its text and where it begins and ends."""

    text: str
    start: int
    end: int


def read(
    printed: Sequence[tuple[str, int, int | None]], soort: str, jaar: int | None
) -> Iterator[Prose | Panel]:
    """Prose and panels of lines whose cells are lined up, in order."""
    rows = [(list(_words(text)), line, page) for text, line, page in printed]
    for run in _over_pages(rows, _runs(rows)):
        if not run.is_table:
            yield from _prose(run.rows)
            continue
        for found in _best(run.rows, soort, jaar):
            if isinstance(found, Grid):
                yield from _prose(run.rows)
            else:
                yield found
        yield from _prose(run.furniture)


def _prose(rows: Rows) -> Iterator[Prose]:
    for words, line, page in rows:
        if words:
            yield Prose(clean(" ".join(w.text for w in words)), line, page)


def _best(rows: Rows, soort: str, jaar: int | None) -> list[Prose | Panel | Grid]:
    """The cheapest of the ways in which the texts of the header may stand over the columns, with the next beside it."""
    ways = []
    for grid, off in _grids(rows):
        found = grids.read_grid(grid, soort, jaar)
        ways.append((_cost(found) + off, found))
    ways.sort(key=lambda way: way[0])
    cost, best = ways[0]
    panels = [p for p in best if isinstance(p, Panel)]
    if len(panels) != 1:
        return best
    for other_cost, others in ways[1:]:
        other = next((p for p in others if isinstance(p, Panel)), None)
        if (
            other is not None
            and said(other.paths) != said(panels[0].paths)
            and len(other.paths) == len(panels[0].paths)
        ):
            return [beside(p, other, other_cost - cost) if isinstance(p, Panel) else p for p in best]
    return best


def _cost(found: Sequence[Prose | Panel | Grid]) -> float:
    costs = [p.reading.cost for p in found if isinstance(p, Panel)]
    return sum(costs) if costs else float("inf")


def is_lined_up(printed: Sequence[tuple[str, int, int | None]]) -> bool:
    """Whether cells with more than one blank between them stand under each other, so that their places tell columns."""
    rows = [(list(_words(text)), line, page) for text, line, page in printed]
    furniture = _page_lines(rows)
    valued = [
        words
        for i, (words, _, _) in enumerate(rows)
        if i not in furniture and len(words) > 1 and any(read_kind(w.text) == "V" for w in words)
    ]
    if not valued:
        return False
    half = len(valued) // 2
    if _are_lined_up(valued) or (half and _are_lined_up(valued[:half]) and _are_lined_up(valued[half:])):
        return True
    runs = [
        [words for words, _, _ in run.rows if len(words) > 1 and any(read_kind(w.text) == "V" for w in words)]
        for run in _runs(rows)
        if run.is_table
    ]
    return sum(len(run) for run in runs if _are_lined_up(run)) * 10 >= len(valued) * 9


def _are_lined_up(valued: Sequence[Sequence[Word]]) -> bool:
    """Whether rows of values have as many columns as their cells stand in places, and in most each cell has its own."""
    counts = sorted(len(words) for words in valued)
    extents = _columns(valued)
    if not counts or counts[len(counts) // 2] > len(extents):
        return False
    if counts[-1] < len(extents) and not _are_set_alike(valued, extents):
        return False
    starts = [start for start, _ in extents]
    apart = sum(len({bisect_right(starts, w.start) for w in words}) == len(words) for words in valued)
    return 2 * apart > len(valued)


def _are_set_alike(valued: Sequence[Sequence[Word]], extents: Sequence[tuple[int, int]]) -> bool:
    """Whether most columns have several cells, nearly all of which begin or end at one place: also where no row has them all."""
    columns: list[list[Word]] = [[] for _ in extents]
    for words in valued:
        for word in words:
            columns[next(k for k, (_, end) in enumerate(extents) if word.start < end)].append(word)
    alike = sum(
        max(Counter(ends).most_common(1)[0][1] for ends in ([w.start for w in cells], [w.end for w in cells]))
        for cells in columns
    )
    several = sum(len(cells) > 1 for cells in columns)
    return 3 * several > 2 * len(columns) and 10 * alike >= 9 * sum(map(len, columns))


def _words(text: str) -> Iterator[Word]:
    """The cells of a line: what wide blanks part, and amounts with points that one blank parts, for they fill their columns."""
    text = text.replace("\u00a0", " ").replace("\t", "        ")
    for found in _CELL.finditer(text):
        if _AMOUNTS.fullmatch(found.group()):
            for one in re.finditer(r"\S+", found.group()):
                yield Word(one.group(), found.start() + one.start(), found.start() + one.end())
        else:
            yield Word(found.group(), found.start(), found.end())


_AMOUNTS = re.compile(r"[-(]?\d{1,3}(?:\.\d{3})+[-)]?(?: [-(]?\d{1,3}(?:\.\d{3})+[-)]?)+")


Cells = dict[int, tuple[Word, int]]
Rows = Sequence[tuple[list[Word], int, int | None]]


class _Run(NamedTuple):
    """Lines that make one grid, or lines between; with what pages print above and below them between its rows."""

    is_table: bool
    rows: Rows
    furniture: Rows = ()


def _runs(rows: Rows) -> list[_Run]:
    """Runs of lines that make one grid, and of those between: a run has values, and texts in columns above them."""
    furniture = _page_lines(rows)
    valued = [
        i
        for i, (words, _, _) in enumerate(rows)
        if i not in furniture
        and len(words) >= 2
        and any(read_kind(w.text) in "VY" for w in words)
        and not _has_years_only(words)
    ]
    if not valued:
        return [_Run(False, rows)]
    groups: list[list[int]] = [[valued[0]]]
    for a, b in pairwise(valued):
        gap = rows[a + 1 : b]
        blanks = [k for k, (words, _, _) in enumerate(gap) if not words]
        prose = any(_is_prose(rows, k) for k in range(a + 1, b))
        after = [words for words, _, _ in gap[blanks[0] :] if words] if blanks else []
        is_new = bool(after) and not _are_headings(after, [rows[i][0] for i in groups[-1]], rows[b][0])
        if prose or is_new or len(blanks) > 2:
            groups.append([b])
        else:
            groups[-1].append(b)
    runs: list[_Run] = []
    pages = sorted(furniture)
    position = 0
    for group in groups:
        page = bisect_right(pages, group[0])
        begin = _header_above(rows, max(position, pages[page - 1] + 1 if page else 0), group[0])
        if begin > position:
            runs.append(_Run(False, rows[position:begin]))
        position = group[-1] + 1
        position += _rest_of_label(rows[position:])
        runs.append(_Run(True, rows[begin:position]))
    if position < len(rows):
        runs.append(_Run(False, rows[position:]))
    return runs


def _are_headings(
    lines: Sequence[Sequence[Word]], above: Sequence[Sequence[Word]], below: Sequence[Word]
) -> bool:
    """Whether lines below a blank one are headings in the table above: no header, and its columns go on below them.

    A total of everything ends a table, whatever follows. In halves beside each other each may have a heading.
    """
    if len(lines) > 2 or any(is_note(words[0].text) for words in lines):
        return False
    halves = _starts_of_labels(above)
    are_set_in = any(all(abs(w.start - start) > SET_IN for start in halves) for words in lines for w in words)
    if are_set_in or any(len(words) > len(halves) for words in lines):
        return False
    if plain(above[-1][0].text) in _LAST_ROWS:
        return False
    ends = {w.end for words in above for w in words if read_kind(w.text) in "VY"}
    return all(any(abs(w.end - end) <= 1 for end in ends) for w in below[1:] if read_kind(w.text) in "VY")


def _starts_of_labels(rows: Sequence[Sequence[Word]]) -> list[int]:
    """Where the labels of rows begin: at the edge of the page, and behind values where most rows hold a second label there."""
    second = [
        b.start
        for words in rows
        for a, b in pairwise(words)
        if read_kind(a.text) == "V" and read_kind(b.text) not in "VY"
    ]
    return [0, min(second)] if 2 * len(second) > len(rows) else [0]


def _rest_of_label(rows: Rows) -> int:
    """How many lines right below the last row may be the rest of its label: short texts, and nothing else below them."""
    lines = list(takewhile(lambda row: row[0], rows[:4]))
    return (
        len(lines) if len(lines) < 4 and all(len(w) == 1 and len(w[0].text) <= 40 for w, _, _ in lines) else 0
    )


def _is_prose(rows: Rows, i: int) -> bool:
    """Whether a line between rows is running text: a long one that is a sentence, or beside a blank or another long one.

    A long line right between two rows is a heading.
    """
    words = rows[i][0]
    if len(words) != 1 or len(words[0].text) <= 60:
        return False
    beside = (rows[i - 1][0], rows[i + 1][0])
    is_apart = any(not other or (len(other) == 1 and len(other[0].text) > 60) for other in beside)
    return is_apart or is_note(words[0].text) or len(words[0].text) > 160


_PAGE = re.compile(r"(?:(?:.*\W)?(?:pagina|blz\.?|p\.)\s*)?\d{1,4}(?:\s*(?:van|/)\s*\d{1,4})?", re.IGNORECASE)


def _page_lines(rows: Rows) -> frozenset[int]:
    """Lines that pages print above or below everything: a number with or without a text, apart from what stands around.

    The number stands where no column of values ends or starts.
    """
    ends = Counter(w.end for words, _, _ in rows for w in words[1:] if read_kind(w.text) == "V")
    usual = max(
        Counter(len(words) for words, _, _ in rows if len(words) > 1).items(),
        key=lambda n: n[1],
        default=(0, 0),
    )[0]
    found = []
    for i, (words, _, page) in enumerate(rows):
        most = _MOST_ON_PAGE_LINE if any(is_furniture(w.text) for w in words) else _MOST_ON_PAGE_LINE - 1
        if not 1 <= len(words) <= most or sum(_PAGE.fullmatch(w.text) is not None for w in words) != 1:
            continue
        starts = i == 0 or rows[i - 1][2] != page
        stops = i + 1 == len(rows) or rows[i + 1][2] != page
        if not (starts or not rows[i - 1][0]) or not (stops or starts or not rows[i + 1][0]):
            continue
        number = next(w for w in words if _PAGE.fullmatch(w.text))
        is_edge = page is not None and (starts or stops) and usual > 2
        if len(words) == 1 or number is words[0] or is_edge or ends[number.end] < 2:
            found.append(i)
    return frozenset(found)


_MOST_ON_PAGE_LINE = 3  # texts: the gemeente, the document and the number


def _over_pages(rows: Rows, runs: Sequence[_Run]) -> list[_Run]:
    """Runs of which one goes on on the next page, below the same header, as one run."""
    pages = {rows[i][1] for i in _page_lines(rows)}
    found: list[_Run] = []
    for run in runs:
        if run.is_table and len(found) >= 2 and found[-2].is_table and not found[-1].is_table:
            before, between = found[-2], found[-1]
            header = _same_header(before.rows, run.rows)
            if header and _is_page_break(before, between, run, pages):
                gap = _last_of_page(between.rows, pages)
                found[-2:] = [
                    _Run(
                        True,
                        [*before.rows, *between.rows[:gap], *run.rows[header:]],
                        [*before.furniture, *between.rows[gap:], *run.rows[:header]],
                    )
                ]
                continue
        found.append(run)
    return found


def _same_header(first: Rows, second: Rows) -> int:
    """How many lines two runs begin with that have the same texts and are no rows of values; 0 where there is no header."""
    same = 0
    for (a, _, _), (b, _, _) in zip(first, second, strict=False):
        texts = [w.text for w in a]
        if texts != [w.text for w in b] or any(read_kind(t) == "V" for t in texts):
            break
        same += 1
    return same if any(len(words) > 1 for words, _, _ in first[:same]) else 0


def _is_page_break(before: _Run, between: _Run, after: _Run, pages: Set[int]) -> bool:
    """Whether a page ends between two runs, and nothing says that another table begins on the next one.

    Another table begins below a total of everything, where rows are called as rows before, or below a title of its own.
    """
    gap = between.rows
    if not any(line in pages for _, line, _ in gap) and before.rows[-1][2] == after.rows[0][2]:
        return False
    texts = [w[0].text for w, _, _ in gap if len(w) == 1]
    if any(_IS_TITLE.match(t) for t in texts) or sum(bool(w) for w, _, _ in gap) > 4:
        return False
    last = next((w[0].text for w, _, _ in reversed(before.rows) if len(w) > 1), "")
    return plain(last) not in _LAST_ROWS


_LAST_ROWS = words_in("laatste_rij", "label")
_IS_TITLE = pattern_of("kop_van_tabel", "line as printed")


def _last_of_page(gap: Rows, pages: Set[int]) -> int:
    """Where among the lines between two runs the furniture of pages begins: what stands before is a heading."""
    at = next((k for k, (_, line, _) in enumerate(gap) if line in pages), None)
    if at is None:
        at = next((k for k in range(1, len(gap)) if gap[k][2] != gap[k - 1][2]), 0)
    return at


def _has_years_only(words: Sequence[Word]) -> bool:
    """Several years and no other value: a header."""
    kinds = [read_kind(w.text) for w in words]
    return "V" not in kinds and kinds.count("Y") > 1


def _header_above(rows: Rows, position: int, first: int) -> int:
    """The first line of the header of a run: the topmost line with cells apart, or set in, and no blank line between.

    One blank line may part the header from the rows, or from the headings right above them.
    """
    begin = first
    for j in range(first - 1, position - 1, -1):
        words = rows[j][0]
        if first - j > 8:
            break
        if not words:
            if j == position or len(rows[j - 1][0]) < 2:
                break
            if begin < first and (_tells_columns(rows[begin:first]) or not _tells_columns(rows[j - 1 : j])):
                break
            continue
        if len(words) >= 2 or words[0].start > SET_IN:
            begin = j
    return begin


def _tells_columns(rows: Rows) -> bool:
    """Whether some line has two texts that look like headers of columns."""
    return any(
        sum(bool(words_of(w.text).year or words_of(w.text).likeness) for w in words) > 1
        for words, _, _ in rows
    )


def _grids(rows: Rows) -> Iterator[tuple[Grid, float]]:
    """The grids that lines may be, each with how far the texts of its header stand off their columns.

    Columns are where the cells of rows with values stand. A text of the header stands over one column or over several:
    what it is set over tells, and where it does not, how readily columns are left without a text of that line.
    """
    valued = [
        i
        for i, (words, _, _) in enumerate(rows)
        if any(read_kind(w.text) == "V" for w in words) and len(words) > 1
    ]
    extents = _columns([rows[i][0] for i in valued])
    first = valued[0]
    extents = _with_blank_columns(extents, [words for words, _, _ in rows[:first]])
    placed = [_reached(words, extents) for words, _, _ in rows]
    values = _value_columns([placed[i] for i in valued], len(extents))
    last = max((i for i in range(first) if values.intersection(placed[i])), default=-1)
    labels = min(values, default=len(extents))
    lines = [_parted(words, extents, labels) for words, _, _ in rows[: last + 1]]
    counted = {i: placed[i] for i, words in enumerate(lines) if names_nothing([w.text for w in words])}
    lines = [[] if i in counted and len(counted) < len(lines) else words for i, words in enumerate(lines)]
    again = {tuple(w.text for w in words): i for i, words in enumerate(lines) if len(words) > 1}
    for layers, off in _headers_of(lines, extents, labels):
        below = (  # a line of the header that is printed again stands over what it stood over before
            layers[again[texts]] if (texts := tuple(w.text for w in rows[i][0])) in again else placed[i]
            for i in range(last + 1, len(rows))
        )
        over = [*layers, *map(dict, below)]
        for i, cells in counted.items():
            over[i] = over[i] or dict(cells)
        gone = _lifted(over, last + 1, valued) | _wrapped(rows, over, last + 1, valued)
        margins = _margins(over[last + 1 :], values)
        made = []
        for i, ((_, line, page), cells) in enumerate(zip(rows, over, strict=True)):
            if i in gone:
                continue
            row: list[Piece | None] = [None] * len(extents)
            for at, (word, span) in cells.items():
                indent = max(0, word.start - margins.get(at, word.start))
                row[at] = Piece(" " * indent + word.text, line, page, colspan=span)
            made.append(tuple(row))
        yield Grid(tuple(made), "spaces"), off


def _with_blank_columns(
    extents: Sequence[tuple[int, int]], above: Sequence[Sequence[Word]]
) -> list[tuple[int, int]]:
    """The columns, and those in which no row prints anything: the lowest line above that names each of them names those too.

    In that line one text stands over every column of values, and those of blank columns stand over none.
    """
    words = next((line for line in reversed(above) if line), ())
    over = [[k for k, (a, b) in enumerate(extents) if word.start < b and word.end > a] for word in words]
    alone = [word for word, reached in zip(words, over, strict=True) if not reached]
    named = sorted(k for reached in over for k in reached)
    if (
        not alone
        or any(len(reached) > 1 for reached in over)
        or named[-len(extents) + 1 :] != list(range(1, len(extents)))
    ):
        return list(extents)
    return sorted([*extents, *((word.start, word.end) for word in alone)])


def _headers_of(
    lines: Sequence[Sequence[Word]], extents: Sequence[tuple[int, int]], labels: int
) -> Iterator[tuple[list[Cells], float]]:
    """The ways in which the lines of a header can stand over the columns, texts that touch whole and parted."""
    yield from _headers(lines, extents, labels)
    parted = [[part for word in words for part in _at_edges(word, extents[labels:])] for words in lines]
    if parted != list(map(list, lines)):
        yield from _headers(parted, extents, labels)


def _at_edges(word: Word, extents: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """A text parted where columns of values end, if it ends where one does: texts set to the right that are one blank apart."""
    ends = [right for _, right in extents if word.start < right <= word.end]
    cuts = [right for right in ends[:-1] if word.text[right - word.start : right - word.start + 1] == " "]
    if word.end not in ends or not cuts or any(word.text[cut - word.start + 1].islower() for cut in cuts):
        yield word
        return
    starts = [word.start, *(cut + 1 for cut in cuts)]
    for start, end in zip(starts, [*cuts, word.end], strict=True):
        yield Word(word.text[start - word.start : end - word.start], start, end)


def _lifted(placed: list[Cells], start: int, valued: Sequence[int]) -> frozenset[int]:
    """Put names of groups that are set beside the middle of their rows on the first of them. Gives the lines that are used up.

    So where blank lines part the rows, and each part of several rows has one text in front of the labels.
    """
    is_valued = set(valued)
    parts: list[list[int]] = [[]]
    for i in range(start, len(placed)):
        if placed[i]:
            parts[-1].append(i)
        elif parts[-1]:
            parts.append([])
    groups = [part for part in parts if sum(i in is_valued for i in part) > 1]
    named = [[i for i in part if 0 in placed[i]] for part in groups]
    are_beside = all(1 in placed[i] for part in groups for i in part if i in is_valued)
    if len(groups) < 2 or not are_beside or any(len(lines) != 1 for lines in named):
        return frozenset()
    for part, (line,) in zip(groups, named, strict=True):
        if line != part[0]:
            placed[part[0]][0] = placed[line].pop(0)
    return frozenset(line for (line,) in named if not placed[line])


def _margins(body: Sequence[Cells], values: Set[int]) -> dict[int, int]:
    """Of every column of texts where it begins; of the first that is the edge of the page."""
    starts: dict[int, int] = {0: 0}
    for cells in body:
        for at, (word, _) in cells.items():
            if at not in values:
                starts[at] = min(starts.get(at, word.start), word.start)
    return starts


def _parted(words: Sequence[Word], extents: Sequence[tuple[int, int]], labels: int) -> list[Word]:
    """The words of a header line, one that is two texts parted: it begins where the last texts do and ends where the first values do."""
    if not 0 < labels < len(extents):
        return list(words)
    (left, until), (_, right) = extents[labels - 1], extents[labels]
    found: list[Word] = []
    for word in words:
        blank = word.text.find(" ", max(0, until - word.start - 1))
        if word.start == left and word.end == right and blank > 0:
            middle = word.start + blank
            found += [Word(word.text[:blank], left, middle), Word(word.text[blank + 1 :], middle + 1, right)]
        else:
            found.append(word)
    return found


def _value_columns(body: Sequence[Cells], width: int) -> frozenset[int]:
    """Columns that hold values mostly; the first names rows."""
    kinds = {at: [read_kind(cells[at][0].text) for cells in body if at in cells] for at in range(1, width)}
    return frozenset(at for at, found in kinds.items() if found.count("V") * 2 > len(found))


# --- labels broken over lines ----------------------------------------------------------------------------------


class _Labels(NamedTuple):
    """What the rows of a table show about labels that are broken over lines."""

    texts: frozenset[int]  # columns of texts
    edges: dict[int, int]  # where columns end
    low_is_usual: bool  # labels begin in lower case
    whole: frozenset[str]  # labels that several rows have: nothing is missing from them
    wraps: frozenset[str]  # "up" or "down": lines begin with a word that had no room on the line above
    hung: frozenset[int]  # lines that begin where the name does in a numbered label above them


def _wrapped(rows: Rows, placed: list[Cells], start: int, valued: Sequence[int]) -> frozenset[int]:
    """Join texts broken over lines: into the line that has the values, whichever of them that is, or into one heading.

    Between two lines of values stand lines of texts: the first of them may go on what stands above, the last
    may begin what stands below, those between are headings. Gives the lines that are used up.
    """
    labels = _labels(placed, start, valued)
    is_valued = set(valued)
    gone: set[int] = set()
    i = start
    while i < len(rows):
        j = i + 1 if i in is_valued else i
        while j < len(rows) and _is_text_line(placed[j], labels.texts) and j not in is_valued:
            j += 1
        chain = [*range(i, j), *([j] if j in is_valued else [])]
        for part in _parts(placed, chain, is_valued, labels):
            into = next((k for k in part if k in is_valued), part[0])
            for k in reversed([k for k in part if k < into]):
                _prepend(placed[into], placed[k])
            for k in (k for k in part if k > into):
                _append(placed[into], placed[k])
            gone.update(k for k in part if k != into)
        i = max(j, i + 1)
    return frozenset(gone)


def _labels(placed: Sequence[Cells], start: int, valued: Sequence[int]) -> _Labels:
    edges: dict[int, int] = {}
    for cells in placed[start:]:
        for at, (word, span) in cells.items():
            if span == 1:  # one long word may stand out of its column
                edges[at] = max(edges.get(at, 0), word.end if " " in word.text else word.start)
    texts = frozenset(
        at for at in edges if sum(_is_text(placed[i], at) for i in valued) * 2 > len(valued) or at == 0
    )
    named = max((at for at in texts if all(k in texts for k in edges if k <= at)), default=0)
    sure = [placed[i][named][0].text for i in valued if named in placed[i]]
    low_is_usual = sum(map(begins_low, sure)) * 4 > len(sure)
    whole = frozenset(text for text, n in Counter(sure).items() if n > 1)
    return _Labels(
        texts,
        edges,
        low_is_usual,
        whole,
        _wraps(placed, start, set(valued), texts, named, edges.get(named, 0)),
        _hung(placed, start, set(valued), named, whole),
    )


FEWEST_NUMBERED = 3  # labels with a letter or number in front that show how lines hang


def _hung(
    placed: Sequence[Cells], start: int, valued: Set[int], named: int, whole: Set[str]
) -> frozenset[int]:
    """Lines below a numbered label that begin under its name: ``huur van de locatie`` under ``c. Opvang, inclusief``.

    Nothing where several of them have values, or names that come back: those are rows below a heading.
    """
    groups: list[list[int]] = []
    hangs = None  # where the lines of the last numbered label begin
    for i in range(start, len(placed)):
        if named not in placed[i]:
            hangs = hangs if not placed[i] else None
            continue
        word = placed[i][named][0]
        width = len(word.text) - len(without_code(word.text))
        if width:
            hangs = word.start + width
            groups.append([i])
        elif word.start == hangs:
            groups[-1].append(i)
        else:
            hangs = None
    lines = [i for group in groups for i in group[1:]]
    are_rows = any(sum(i in valued for i in group) != 1 for group in groups)
    if len(groups) < FEWEST_NUMBERED or are_rows or any(placed[i][named][0].text in whole for i in lines):
        return frozenset()
    return frozenset(lines)


def _wraps(
    placed: Sequence[Cells], start: int, valued: Set[int], texts: Set[int], named: int, edge: int
) -> frozenset[str]:
    """Whether labels go on below the line with the values ("up"), or end on it ("down"), by room that lines had.

    They do where nearly all lines of texts have a first word that had no room above it, and either lines between two
    rows of values have not, or there are so many lines of texts that they cannot be headings.
    """
    seams: dict[str, list[bool]] = {"up": [], "down": [], "rows": []}
    for i in range(start, len(placed) - 1):
        if named not in placed[i] or named not in placed[i + 1]:
            continue
        here, below = i in valued, i + 1 in valued
        if not (here or _is_text_line(placed[i], texts)) or not (
            below or _is_text_line(placed[i + 1], texts)
        ):
            continue
        kind = "rows" if here and below else "up" if here else "down" if below else ""
        if kind:
            seams[kind].append(_overflows(placed[i][named][0], placed[i + 1][named][0], edge))
    up, down, rows = (seams[k] for k in ("up", "down", "rows"))
    way, those = ("up", up) if sum(up) * len(down) >= sum(down) * len(up) else ("down", down)
    many = sum(those)
    if many < 2 or many * 4 < len(those) * 3:
        return frozenset()
    is_odd = way == "up" and many * len(rows) > 2 * sum(rows) * len(those)
    is_much = many > 2 and len(those) * 2 >= len(valued)
    return frozenset({way}) if is_odd or is_much else frozenset()


def _is_text(cells: Cells, at: int) -> bool:
    return at in cells and read_kind(cells[at][0].text) in "TK"


def _is_text_line(cells: Cells, texts: Set[int]) -> bool:
    return bool(cells) and set(cells) <= texts


def _overflows(upper: Word, lower: Word, edge: int) -> bool:
    """Whether the first word of a text had no room on the line above."""
    return upper.end + 1 + len(lower.text.split()[0]) > edge


SURE = 9.0  # that a line goes on the one above it


def _parts(
    placed: Sequence[Cells], chain: Sequence[int], valued: Set[int], labels: _Labels
) -> list[list[int]]:
    """A run of lines parted into rows and headings: where one goes on in the next; never two lines of values in one."""
    gains = [
        SURE
        if b in labels.hung
        else _seam(placed[a], placed[b], labels, way, is_one=False)
        - _seam(placed[a], placed[b], labels, way, is_one=True)
        for a, b in pairwise(chain)
        for way in ["up" if a in valued else "down" if b in valued else ""]
    ]
    if gains and min(gains) > 0 and chain[0] in valued and chain[-1] in valued:
        gains[gains.index(min(gains))] = 0.0
    parts = [[chain[0]]] if chain else []
    for k, gain in zip(chain[1:], gains, strict=True):
        if gain > 0:
            parts[-1].append(k)
        else:
            parts.append([k])
    return parts


def _seam(upper: Cells, lower: Cells, labels: _Labels, way: str, is_one: bool) -> float:
    """What it costs that one line goes on in the next, or does not."""
    if lower and not labels.texts.intersection(lower) and labels.texts.issuperset(upper):
        # a text right above values that have no name of their own
        return 0.0 if is_one else weigh({"row_without_name": 1})
    shared = [at for at in lower if at in upper and at in labels.texts]
    if not shared or any(at not in upper for at in lower if at in labels.texts):
        return 9.0 if is_one else 0.0
    at = shared[-1]
    one, two = upper[at][0], lower[at][0]
    is_low = (begins_low(two.text) or two.text[:1] in "(/") and not labels.low_is_usual
    overflows = _overflows(one, two, labels.edges.get(at, one.end))
    is_wrapped = (
        overflows
        and bool(labels.wraps)
        and (not way or way in labels.wraps)
        and (way != "down" or one.start == two.start)
        and not (way == "up" and (is_total(one.text) or one.text in labels.whole))
    )
    if is_one:
        if two.start < one.start or (is_marked(two.text) and not two.text[:1].islower()):
            return 9.0
        price = 1.1 + (0.0 if overflows else 1.8)
        if is_wrapped:
            price -= 1.0
        if is_low:
            price -= 1.0
        if ENDS_OPEN.search(one.text):
            price -= 0.8
        return price + (2.0 if one.text.endswith(":") else 0.0)
    price = 0.8 if is_wrapped else 0.0
    if is_low:
        price += 0.8 + (1.2 if overflows else 0.0)
    return price + (1.5 if ENDS_OPEN.search(one.text) else 0.0)


def _append(cells: Cells, more: Cells) -> None:
    for at, (word, span) in more.items():
        known, span = cells.get(at, (None, span))
        cells[at] = (Word(join([known.text, word.text]), known.start, word.end) if known else word, span)


def _prepend(cells: Cells, more: Cells) -> None:
    for at, (word, span) in more.items():
        known, span = cells.get(at, (None, span))
        cells[at] = (Word(join([word.text, known.text]), word.start, known.end) if known else word, span)


# --- the header: words over columns -----------------------------------------------------------------------------

_BLANK = 0.9  # what it costs that a column has no text in a line where texts stand over several
_OVERLAP = 1.5  # what it costs per letter that a text reaches over a column that it does not name
_OVER_LABELS = 9.0  # what it costs that one text names labels and values
_ONE_SIDE = 0.5  # what it costs that only one end of a text tells what it stands over
_TORN = 6.0  # what it costs that a word broken by a hyphen does not go on
_IS_TORN = re.compile(r"\w-$")
_WEIGHT = 0.4  # of a letter off, in the unit of the judge
_BREADTH = 12  # ways to lay a header that are kept
_WAYS = 6  # ways to lay one line of it that are looked at


class _Laid(NamedTuple):
    """Lines of a header over columns, from the lowest up to some line."""

    off: float  # letters that texts stand off their columns, and what else speaks against it
    lines: tuple[Cells, ...]  # highest first
    boxes: tuple[tuple[int, int], ...]  # the extents of columns with their texts
    units: tuple[tuple[int, int], ...]  # first and last column of what the next line stands over
    is_broken: bool  # some text goes on in the line below


def _headers(
    lines: Sequence[Sequence[Word]], extents: Sequence[tuple[int, int]], labels: int
) -> Iterator[tuple[list[Cells], float]]:
    """The ways in which the lines of a header can stand over the columns, and how far off their texts stand.

    From the lowest line up: what a line stands over are the texts below it, and none of them is cut in two. Texts that
    each stand over one cell of the line below go on in it: they are parts of one text, broken over lines. A line of
    which every text fits over one cell may be read so, or as texts over several.
    """
    ways = [_Laid(0.0, (), tuple(extents), tuple((at, at) for at in range(len(extents))), False)]
    for words in reversed(lines):
        after = [way for below in ways for way in _with_line(below, words, labels)]
        ways = sorted(after, key=lambda way: way.off)[:_BREADTH]
    broken = _unbroken(lines)
    seen: list[tuple[Cells, ...]] = []
    for way in ways:
        if way.lines not in seen:
            seen.append(way.lines)
            yield list(map(dict, way.lines)), _WEIGHT * way.off + (broken if way.is_broken else 0.0)


def _unbroken(lines: Sequence[Sequence[Word]]) -> float:
    """What speaks against header texts that go on in the next line: nothing in how they are written says so."""
    texts = [w.text for words in lines for w in words[1:] if read_kind(w.text) == "T"]
    low = sum(t[:1].islower() for t in texts)
    is_torn = any(_IS_TORN.search(t) for t in texts)
    return 0.4 - 0.3 * min(low, 3) - 2.0 * is_torn


def _with_line(below: _Laid, words: Sequence[Word], labels: int) -> Iterator[_Laid]:
    """What is laid with one more line on top of it."""
    if not words:
        yield below._replace(lines=({}, *below.lines))
        return
    is_lowest = not any(below.lines)
    single = _singly(words, below.boxes, below.units, labels, is_lowest)
    if single is not None:
        yield _on_top(below, single, 0.0, labels)
        if is_lowest or _stand_side_by_side(single, below.boxes, labels):
            return
    for off, cells in _laid(words, below.boxes, below.units, labels)[:_WAYS]:
        if cells != single:
            yield _on_top(below, cells, off, labels)


def _on_top(below: _Laid, cells: Cells, off: float, labels: int) -> _Laid:
    boxes = list(below.boxes)
    for at, (word, span) in cells.items():
        if span == 1:
            boxes[at] = (min(boxes[at][0], word.start), max(boxes[at][1], word.end))
    spans = {(at, at + span - 1) for at, (_, span) in cells.items() if span > 1}
    units = sorted({*spans, *(u for u in below.units if not any(a <= u[0] and u[1] <= b for a, b in spans))})
    lines = list(map(dict, below.lines))
    base = next((k for k, line in enumerate(lines) if line), None)
    upper = dict(cells)
    goes_on = base is not None and _go_on(upper, lines[base], labels)
    if base is not None and goes_on:
        _hand_down(upper, lines[base])
    off += _TORN * sum(_IS_TORN.search(word.text) is not None for word, _ in upper.values())
    return _Laid(below.off + off, (upper, *lines), tuple(boxes), tuple(units), below.is_broken or goes_on)


def _singly(
    words: Sequence[Word],
    boxes: Sequence[tuple[int, int]],
    units: Sequence[tuple[int, int]],
    labels: int,
    is_lowest: bool,
) -> Cells | None:
    """Words each over one cell below, set as it is and reaching over no other; None where one does not fit.

    In the lowest line a text may stand a little off: it is set in the width of the whole text above it.
    """
    found: Cells = {}
    for word in words:
        off, at, span = min(
            (min(_off(word, boxes, a, b, labels, side) for side in _SIDES), a, b - a + 1) for a, b in units
        )
        reaches = [k for k, (a, b) in enumerate(boxes) if word.start < b and word.end > a]
        if at in found or (off > 1 and not (is_lowest and reaches == [at])):
            return None
        found[at] = (word, span)
    return found


def _stand_side_by_side(single: Cells, boxes: Sequence[tuple[int, int]], labels: int) -> bool:
    """Whether texts in neighbouring columns are set as the columns are, and not as texts over several would be."""
    own = {at: word for at, (word, _) in single.items() if at >= labels}
    if not any(at + 1 in own for at in own):
        return False
    fits = [_ways(word, boxes[at][0], boxes[at][1]) for at, word in own.items()]
    return all(f["middle"] <= 1 for f in fits) and not any(
        all(f[way] <= 1 for f in fits) for way in ("left", "right")
    )


def _ways(word: Word, a: int, b: int) -> dict[str, float]:
    """How many letters a word stands off the middle, the left and the right of an extent."""
    middle = max(0.0, abs(word.start + word.end - a - b) / 2 - 0.5)
    return {"middle": middle, "left": abs(word.start - a), "right": abs(word.end - b)}


_SIDES = ("middle", "left", "right", "first")  # first: at the right of the first column, the others blank


def _laid(
    words: Sequence[Word],
    boxes: Sequence[tuple[int, int]],
    units: Sequence[tuple[int, int]],
    labels: int,
) -> list[tuple[float, Cells]]:
    """The ways to lay the words of a line over columns, each over one or more that lie side by side, with how far off.

    Texts over several columns are set alike: all in the middle, left or right; few are not.
    """
    found: dict[tuple[tuple[int, int], ...], float] = {}
    for side in _SIDES:
        # way[j]: the cheapest few in which the words so far stand over the first j units
        way: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [
            [(0.0, ())] for _ in range(len(units) + 1)
        ]
        for word in words:
            after: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [[] for _ in range(len(units) + 1)]
            for j in range(len(units)):
                for stop in range(j + 1, len(units) + 1):
                    if not way[j]:
                        break
                    off = _off(word, boxes, units[j][0], units[stop - 1][1], labels, side)
                    if off < _HOPELESS:
                        at = (units[j][0], units[stop - 1][1] - units[j][0] + 1)
                        after[stop] += [(was + off, (*cells, at)) for was, cells in way[j]]
            for j in range(len(units) + 1):
                if j and after[j - 1]:
                    left = 0.0 if units[j - 1][1] < labels else _BLANK
                    after[j] += [(was + left, cells) for was, cells in after[j - 1]]
                after[j] = sorted(after[j])[:_WAYS]
            way = after
        for off, cells in way[-1]:
            found[cells] = min(off, found.get(cells, off))
    ways = sorted((off, cells) for cells, off in found.items())
    if not ways:
        return [(_HOPELESS, _reached(words, boxes))]
    return [
        (off, {at: (word, span) for word, (at, span) in zip(words, cells, strict=True)})
        for off, cells in ways
    ]


_HOPELESS = 14.0


def _off(
    word: Word, boxes: Sequence[tuple[int, int]], first: int, last: int, labels: int, side: str
) -> float:
    """How far a word stands off columns: letters between it and where it would be set, and letters over other columns."""
    a, b = boxes[first][0], boxes[last][1]
    ways = _ways(word, a, b)
    if first < labels:
        over = _OVER_LABELS if last >= labels else 0.0
        near = 0.0 if a <= word.start < b else min(ways["left"], ways["middle"])
    else:
        over = 0.0
        ways["first"] = abs(word.end - boxes[first][1])
        if first == last:
            near = min(ways.values())
        else:
            near = min(n + 3 * (way != side) + _ONE_SIDE * (way != "middle") for way, n in ways.items())
    for k, (start, end) in enumerate(boxes):
        if not first <= k <= last and k >= labels:
            over += _OVERLAP * max(0, min(end, word.end) - max(start, word.start))
    return min(near, 12.0) + over


def _go_on(upper: Cells, lower: Cells, labels: int) -> bool:
    """Whether the texts of a line go on in the line below: each stands over the very columns of one there, or over none."""
    values = {at: span for at, (_, span) in upper.items() if at >= labels}
    below = {at: span for at, (_, span) in lower.items()}
    years = {at for at, (word, _) in lower.items() if at >= labels and year_of(word.text)}
    if years == {at for at in below if at >= labels} and years <= set(values):
        return False  # years are a layer of their own
    if any(below.get(at, 1) != span for at, span in values.items()):
        return False
    return bool(values) and not any(
        a < at + span and at < a + s for at, span in values.items() for a, s in below.items() if a != at
    )


def _hand_down(upper: Cells, lower: Cells) -> None:
    """Move the texts of a line to the line below, in front of what stands there."""
    for at in list(upper):
        if at in lower and lower[at][1] == upper[at][1]:
            _prepend(lower, {at: upper.pop(at)})
        elif at not in lower:
            lower[at] = upper.pop(at)


def _reached(words: Sequence[Word], extents: Sequence[tuple[int, int]]) -> dict[int, tuple[Word, int]]:
    """Words at the columns that they reach over; two words over one column are one cell."""
    found: dict[int, tuple[Word, int]] = {}
    for word in words:
        reached = [k for k, (a, b) in enumerate(extents) if word.start < b and word.end > a]
        if not reached:
            reached = [
                min(
                    range(len(extents)),
                    key=lambda k: min(abs(extents[k][0] - word.end), abs(word.start - extents[k][1])),
                )
            ]
        free = [k for k in reached if k not in found]
        at = free[0] if free else reached[0]
        if at in found:
            known, span = found[at]
            found[at] = (Word(f"{known.text} {word.text}", known.start, word.end), span)
        else:
            found[at] = (word, len([k for k in reached if k >= at]))
    return found


def _columns(body: Sequence[Sequence[Word]]) -> list[tuple[int, int]]:
    """Extents on the line that the cells of rows cover, one per column.

    A label that reaches over several columns of texts that most rows have is set over them: ``Totaal`` below ``2.1`` and
    ``Wegen``.
    """
    labels = [_texts_in_front(words) for words in body]
    usual = Counter(labels).most_common(1)[0][0] if labels else 0
    left = min((words[0].start for words in body), default=0)
    wide = [
        words[0]
        for words, count in zip(body, labels, strict=True)
        if 0 < count < usual and words[0].start == left and read_kind(words[0].text) == "T"
    ]
    covered = _covered([w for words in body for w in words if w not in wide])
    return _covered(
        [
            *(Word("", a, b) for a, b in covered),
            *(w for w in wide if sum(w.start < b and w.end > a for a, b in covered) < 2),
        ]
    )


def _texts_in_front(words: Sequence[Word]) -> int:
    """How many cells of a line stand before its values; a number in front of a text is a code."""
    kinds = "".join(read_kind(w.text) for w in words)
    code = len(kinds) - len(kinds.lstrip("V"))
    return code + len(kinds[code:].partition("V")[0]) if code < len(kinds) else 0


def _covered(words: Sequence[Word]) -> list[tuple[int, int]]:
    """The extents that words cover together, those that overlap as one."""
    found: list[list[int]] = []
    for _, start, end in sorted(words, key=lambda w: (w.start, w.end)):
        if found and start < found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return [(a, b) for a, b in found]
