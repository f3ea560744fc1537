"""Tables that are no more than texts and values in order, to grids whose columns were inferred.

Serves one cell per line, PDF text and single-spaced rows alike. How many columns there are follows from
how many values rows have, and from the header; a row with fewer values is loose, one with more keeps
them all, for the reader of tables to reject. What does not belong here: what a header or label means
beyond whether it is one.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .. import headers
from ..headers import (
    Located,
    attribute,
    is_corner,
    is_side,
    is_strong,
    likeness,
    locate,
    unit_in,
    unit_part,
    without_unit,
)
from ..meaning import plain, stands_in
from ..model import Fragment, Grid, Piece, Prose
from ..numbers import MARKER, clean, year_of
from ..numbers import read as read_number
from . import aligned
from .lines import Line
from .stacked import FAIR, quality, stack
from .tokens import Stream, Token, Value, header_texts, separate, tokenize, with_text

_LEAST_ROWS = 3
_LONGEST_MARKER = 9  # voordelig
_YEARS_IN_ORDER = 3
_PAGE_FOOT = re.compile(r"^(?:pagina|pag\.?|blz\.?)\s*\d|(?:^|\s)\d{1,3}$", re.IGNORECASE)
_CONTINUED = re.compile(r"[\s(–-]*\b(?:vervolg|vervolgd)\b\)?\s*$", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"(?:deel)?programma(?!begroting|rekening|verslag)|beleids|taakveld|product|thema|pijler|hoofdstuk|doel",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """The texts before a run of values, and the run."""

    labels: list[Token]
    values: list[Value]
    is_row: bool = False  # the last label stands on the line of the values


@dataclass(slots=True)
class Header:
    """What stands above a table: titles, its corner, its layers, and what is already a heading of rows."""

    titles: list[Token]
    corner: Token | None
    layers: tuple[tuple[tuple[str, int], ...], ...]
    rest: list[Token]
    names: set[str]  # every text of the header, plain, to know it again
    title_names: set[str]
    line: int
    is_continuation: bool = False
    texts_before: int = 0  # text columns between label and values
    texts_after: int = 0


@dataclass(slots=True)
class Block:
    """One table in the making."""

    header: Header
    n: int
    entries: list[Entry] = field(default_factory=list)


def read(lines: list[Line]) -> list[Fragment]:
    """Prose and grids of lines without tabs or pipes."""
    grids = aligned.read(lines)
    if grids is not None:
        return grids
    stream = tokenize(lines)
    if stream.layout == "prose":
        return [Prose(t.text, t.line, t.page) for t in stream.tokens if t.text]
    return _fragments(stream)


def _fragments(stream: Stream) -> list[Fragment]:
    entries, tail = _entries(stream)
    found: list[Fragment] = []
    header: Header | None = None
    block: Block | None = None
    for segment in _segments(entries, stream.layout):
        _lift_numbers(segment)
        n = _width(segment, header, stream.layout)
        new = _header(segment[0].labels, n, segment, header, stream.layout)
        if new.is_continuation and block is not None and new.layers == block.header.layers:
            segment[0].labels = new.rest
            block.entries += segment
            continue
        if block is not None:
            found += _emit(block, stream.layout)
        segment[0].labels = new.rest
        header, block = new, Block(new, _columns(new, n), segment)
        found += [Prose(t.text, t.line, t.page) for t in new.titles]
    if block is not None:
        found += _emit(block, stream.layout, tail)
    return found


# --- texts and values in order ---------------------------------------------------------------------------


def _entries(stream: Stream) -> tuple[list[Entry], list[Token]]:
    """Runs of values with the texts before them; what follows the last run is the tail."""
    entries: list[Entry] = []
    labels: list[Token] = []
    for token in _runs(stream):
        if token.values is None:
            labels.append(token)
        else:
            entries.append(Entry(labels, list(token.values), token.is_row))
            labels = []
    return entries, labels


def _runs(stream: Stream) -> list[Token]:
    """Tokens with the values of one row in one run; runs of years that are headers become texts."""
    tokens = _without_page_numbers(list(stream.tokens))
    if stream.layout == "lines":
        tokens = _gather(tokens)
    result: list[Token] = []
    for token in tokens:
        years = _header_years(token.values) if token.values is not None else 0
        if token.values is not None and years:
            result += [
                Token(v, line, None, token.page, token.starts_page) for v, line in token.values[:years]
            ]
            token = token._replace(values=token.values[years:])
        if token.values is None or token.values:
            result.append(token)
    return result


def _without_page_numbers(tokens: list[Token]) -> list[Token]:
    """Tokens less the numbers that stand alone at the foot of a page."""
    return [
        token
        for token, following in zip(tokens, [*tokens[1:], None], strict=True)
        if following is None
        or following.page == token.page
        or token.values is None
        or token.is_row
        or not (len(token.values) == 1 and _PAGE_FOOT.fullmatch(token.values[0][0]))
    ]


def _header_years(values: tuple[Value, ...]) -> int:
    """How many years a run begins with that are headers: all of them, or three and more in order."""
    years = 0
    while years < len(values) and (year := year_of(values[years][0])) is not None:
        if years and abs(year - int(values[years - 1][0])) != 1:
            break
        years += 1
    return years if years == len(values) or years >= _YEARS_IN_ORDER else 0


def _gather(tokens: list[Token]) -> list[Token]:
    """Values that follow each other as one run; V and N join the number that they belong to."""
    gathered: list[Token] = []
    run: list[Value] = []
    prefix = ""
    for token in tokens:
        if token.values is None:
            if run:
                gathered.append(Token("", run[0][1], tuple(run)))
                run = []
            gathered.append(token)
            prefix = ""
            continue
        text, line = token.values[0]
        if not _is_marker(text):
            run.append((prefix + text if prefix else text, line))
            prefix = ""
        elif run and not prefix and not _has_marker(run[-1][0]):
            run[-1] = (f"{run[-1][0]} {text}", run[-1][1])
        else:
            prefix = text + " "
    if run:
        gathered.append(Token("", run[0][1], tuple(run)))
    return gathered


@lru_cache(maxsize=1 << 12)
def _is_marker(text: str) -> bool:
    if len(text) > _LONGEST_MARKER:
        return False
    found = read_number(text)
    return len(found) == 1 and found[0].mark == MARKER


def _has_marker(text: str) -> bool:
    found = read_number(text)
    return len(found) == 1 and found[0].marker is not None


# --- tables in a stream ------------------------------------------------------------------------------------


def _segments(entries: list[Entry], layout: str) -> list[list[Entry]]:
    """Entries split where a header stands before a row."""
    segments: list[list[Entry]] = []
    for entry in entries:
        above = entry.labels[:-1]
        strong = sum(1 for t in _expanded(above, layout) if is_strong(t.text)) if above else 0
        if not segments or strong >= 2:
            segments.append([entry])
        else:
            segments[-1].append(entry)
    return segments


def _width(segment: list[Entry], previous: Header | None, layout: str) -> int:
    """The number of value columns: what most rows have; on a tie what the header allows, else the most."""
    counts = Counter(len(e.values) for e in segment)
    if previous is not None:
        before = sum(span for _, span in previous.layers[-1]) if previous.layers else 0
        names = {plain(t.text) for t in _expanded(segment[0].labels, layout)}
        if before and len(names & previous.names) >= 2 and counts.get(before):
            return before
    top = max(counts.values())
    candidates = sorted((n for n, c in counts.items() if c == top), reverse=True)
    if len(candidates) == 1 and _labels_end_in_numbers(segment, candidates[0]):
        candidates.append(candidates[0] - 1)
    if len(segment) <= 3 or len(candidates) > 1:
        texts = [t.text for t in _clean_header(_expanded(segment[0].labels[:-1], layout))[0]]
        fitting = [
            n
            for n in candidates
            if (found := locate(texts, n)) and all(likeness(t) > 0 for t in texts[found.start : found.end])
        ]
        if fitting:
            return fitting[0]
    return candidates[0]


def _labels_end_in_numbers(segment: list[Entry], n: int) -> bool:
    """Whether every row with ``n`` values begins with one that may end its label: ``Meicirculaire 2024 -67``."""
    rows = [e for e in segment if len(e.values) == n]
    return n > 2 and all(e.is_row and _is_label_number(e.values[0][0]) for e in rows)


def _lift_numbers(segment: list[Entry]) -> None:
    """Row numbers and codes that stand in a cell of their own before the label: part of the label, no value.

    One that follows a text stands alone before its label, every other one ends the run of the row above.
    """
    first = segment[0]
    if len(segment) < _LEAST_ROWS or len(first.values) != 1:
        return
    carriers = _code_carriers(segment)
    if not carriers:
        return
    lifted = {id(e): e.values[-1][0] for e in carriers}
    alone = {id(e) for e in carriers if len(e.values) == 1}
    for before, entry in itertools.pairwise(segment):
        number = lifted.get(id(before))
        if number is not None and entry.labels:
            entry.labels[0] = with_text(entry.labels[0], f"{number} {entry.labels[0].text}")
        if id(before) in alone:
            entry.labels = before.labels + entry.labels
    for entry in carriers:
        entry.values = entry.values[:-1]
    segment[:] = [e for e in segment if id(e) not in alone]


def _code_carriers(segment: list[Entry]) -> list[Entry]:
    """Entries whose last value is the code of the row below them, or none."""
    sizes = Counter(len(e.values) for e in segment[1:]).most_common(2)
    for longest, _ in sorted(sizes, reverse=True):
        for alone in ({1}, set()):
            sized = [e for e in segment[1:-1] if len(e.values) in {longest} | alone]
            carriers = [segment[0], *sized]
            if longest > 1 and len(carriers) > 1 and _are_codes([e.values[-1][0] for e in carriers]):
                return carriers
    return []


def _are_codes(texts: list[str]) -> bool:
    """1, 2, 3, ... or codes such as 6.1, 6.71 that do not go down."""
    if all(t.rstrip(".").isdigit() for t in texts):
        numbers = [int(t.rstrip(".")) for t in texts]
        return all(b - a == 1 for a, b in itertools.pairwise(numbers))
    keys = []
    for text in texts:
        parts = text.rstrip(".").split(".")
        if len(parts) < 2 or not all(p and p[0].isdigit() and len(p) <= 4 for p in parts):
            return False
        keys.append(tuple(parts))
    return [k[0] for k in keys] == sorted(k[0] for k in keys)


# --- headers -----------------------------------------------------------------------------------------------


def _expanded(tokens: list[Token], layout: str, n: int = 0) -> list[Token]:
    """Tokens that hold several header texts on one line, one by one. A cell of its own holds one."""
    if layout == "lines":
        return tokens
    result: list[Token] = []
    for token in tokens:
        bare = without_unit(token.text)
        phrases = header_texts(bare, n)
        if len(phrases) > 1:
            if bare != token.text and unit_in(token.text):
                result.append(with_text(token, unit_part(token.text)))
            result += [with_text(token, p) for p in phrases]
        else:
            result.append(token)
    return result


def _clean_header(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Header texts, and what is no more than a unit or a legend or the header of a marker column."""
    kept, aside = [], []
    for token in tokens:
        if not without_unit(token.text) or not clean(token.text):
            aside.append(token)
        elif not headers.MARKER_HEADER.fullmatch(token.text):
            kept.append(token)
    return kept, aside


def _header(
    labels: list[Token], n: int, segment: list[Entry], previous: Header | None, layout: str
) -> Header:
    """Split the texts before the first row into titles, corner, header layers and headings."""
    above, own = (labels[:-1], labels[-1:]) if labels else ([], [])
    tokens, captions = _clean_header(_corner_first(_expanded(above, layout, n)))
    line = labels[0].line if labels else (segment[0].values[0][1] if segment[0].values else 0)
    if previous is not None and previous.layers:
        again = _repeated(tokens, captions, own, previous, labels)
        if again is not None:
            return again
    later = [e for e in segment[1:] if len(e.labels) > 1]
    texts = [t.text for t in tokens]
    found, before, after = _locate(texts, n, 1 if later else 0)
    names: set[str] = set()
    if (found is None or _is_poor(found) or _leaves_out(texts, found)) and (
        stacked := _stacked(above, n)
    ) is not None:
        names = {plain(t) for t in texts}
        tokens, found = stacked
        captions, before, after = [], 0, 0
    if found is None:
        titles = [t for t in tokens] + captions
        return Header(sorted(titles, key=lambda t: t.line), None, (), own, set(), set(), line)
    corner = tokens[found.start - 1] if found.start and _can_be_corner(tokens, found) else None
    titles = tokens[: found.start - 1] if corner is not None else tokens[: found.start]
    line = min(t.line for t in [*tokens[found.start : found.end], *([corner] if corner else [])])
    names |= {plain(t.text) for t in tokens[found.start : found.end]} | (
        {plain(corner.text)} if corner else set()
    )
    return Header(
        sorted([*titles, *captions], key=lambda t: t.line),
        corner,
        found.layers,
        tokens[found.end :] + own,
        names,
        {plain(t.text) for t in titles},
        line,
        texts_before=before,
        texts_after=after,
    )


def _corner_first(tokens: list[Token]) -> list[Token]:
    """Header texts with a corner that stands on the last line of the header moved in front of the header."""
    for i in range(len(tokens) - 1, 0, -1):
        token = tokens[i]
        if plain(token.text) not in headers.CORNER_WORDS or tokens[i - 1].line == token.line:
            continue
        start = i
        while start and is_strong(tokens[start - 1].text) and tokens[start - 1].line == tokens[i - 1].line:
            start -= 1
        goes_on_below = i + 1 < len(tokens) and tokens[i + 1].line == token.line
        if i - start > 1 and goes_on_below:
            return [*tokens[:start], token, *tokens[start:i], *tokens[i + 1 :]]
    return tokens


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


def _locate(texts: list[str], n: int, groups: int) -> tuple[Located | None, int, int]:
    """The header over ``n`` value columns, with text columns beside them where it names any."""
    named = [i for i, t in enumerate(texts) if attribute(t) in ("eenheid", "bron", "toelichting")]
    if named:
        found = locate(texts, n + len(named), groups)
        if found is not None and len(found.layers) == 1 and all(found.start <= i < found.end for i in named):
            inside = [i - found.start for i in named]
            before = next((k for k in range(len(inside)) if inside[k] != k), len(inside))
            return found, before, len(inside) - before
    return locate(texts, n, groups), 0, 0


def _can_be_corner(tokens: list[Token], found: Located) -> bool:
    return _is_corner(tokens[found.start - 1].text)


def _is_corner(text: str) -> bool:
    return is_corner(text) or is_side(text) or all(map(is_corner, text.split()))


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
    new = [t for t in new if not (on_page and _PAGE_FOOT.search(t.text) and not _PROGRAMME.match(t.text))]
    rest = tokens[hits[-1] + 1 :] + own
    line = labels[0].line
    if on_page or titled_again or not new:
        return replace_header(previous, rest=new + rest, titles=[], line=line, is_continuation=True)
    corner = previous.corner
    again = {plain(tokens[i].text) for i in hits}
    if corner is not None and plain(corner.text) not in again and _is_corner(new[-1].text):
        corner, new = new[-1], new[:-1]
    return replace_header(
        previous,
        titles=sorted([*new, *captions], key=lambda t: t.line),
        title_names={plain(t.text) for t in new},
        corner=corner,
        rest=rest,
        line=line,
        is_continuation=False,
    )


def replace_header(header: Header, **changes: object) -> Header:
    return replace(header, **changes)


def _columns(header: Header, n: int) -> int:
    return n + header.texts_before + header.texts_after


# --- out -------------------------------------------------------------------------------------------------


def _emit(block: Block, layout: str, tail: list[Token] | None = None) -> list[Fragment]:
    """One grid, and the texts after its last row."""
    rows: list[tuple[Piece | None, ...]] = []
    loose: set[int] = set()
    header, width = block.header, block.n
    n = width - header.texts_before - header.texts_after
    for depth, layer in enumerate(header.layers):
        corner = header.corner if depth == 0 else None
        rows.append(_layer(layer, corner, header.line, width))
    count = len(rows)
    for cells, is_loose in _body(block, n, tail or []):
        if is_loose:
            loose.add(len(rows))
        rows.append(cells)
    after = (tail or [])[header.texts_after :]
    grid = Grid(tuple(rows), layout, sure=False, loose_rows=frozenset(loose), header_rows=count)
    return [grid, *(Prose(text, line, t.page) for t in after for text, line in separate(t))]


def _layer(
    layer: tuple[tuple[str, int], ...], corner: Token | None, line: int, width: int
) -> tuple[Piece | None, ...]:
    cells: list[Piece | None] = [Piece(corner.text, corner.line, corner.page) if corner else None]
    for text, span in layer:
        cells.append(Piece(text, line, colspan=span) if text else None)
        cells += [None] * (span - 1)
    return tuple(cells + [None] * (width + 1 - len(cells)))


def _body(block: Block, n: int, tail: list[Token]) -> list[tuple[tuple[Piece | None, ...], bool]]:
    header, width = block.header, block.n
    before, after = header.texts_before, header.texts_after
    result: list[tuple[tuple[Piece | None, ...], bool]] = []
    entries = _with_text_values(block.entries, n) if not (before or after) else block.entries
    counts = Counter(_stem(e) for e in entries if e.is_row and len(e.values) > n)
    for index, entry in enumerate(entries):
        labels = entry.labels
        if index and after:
            labels = labels[after:]
        own = labels[-1 - before :] if labels else []
        for heading in labels[: max(0, len(labels) - 1 - before)]:
            result.append(((Piece(heading.text, heading.line, heading.page), *[None] * width), False))
        label, values = _give_back(own[0] if own else None, entry, n, counts)
        following = entries[index + 1].labels[:after] if index + 1 < len(entries) else tail[:after]
        cells: list[Piece | None] = [Piece(label.text, label.line, label.page) if label else None]
        cells += [Piece(t.text, t.line, t.page) for t in own[1:]]
        is_loose = len(values) < n
        cells += [Piece(text, line) for text, line in values]
        cells += [None] * (n - len(values))
        cells += [Piece(t.text, t.line, t.page) for t in following]
        cells += [None] * (width + 1 - len(cells))
        result.append((tuple(cells), is_loose))
    return result


def _stem(entry: Entry) -> str:
    return plain(entry.labels[-1].text) if entry.labels else ""


def _give_back(
    label: Token | None, entry: Entry, n: int, counts: Counter[str]
) -> tuple[Token | None, list[Value]]:
    """Numbers that end a label on the line of its values go back to the label: ``Programma 0 1.312 247``."""
    extra = len(entry.values) - n
    if extra == 0 and label is not None and entry.is_row and counts[plain(label.text)] >= 2 and n > 1:
        extra = 1  # the other rows named so have a number in their label: here a value dropped out
    if label is None or not entry.is_row or extra <= 0 or extra > 2:
        return label, entry.values
    lead = [text for text, _ in entry.values[:extra]]
    is_unit = extra == 1 and unit_in(f"{label.text} {lead[0]}") and not unit_in(label.text)
    if not is_unit and not all(_is_label_number(t) for t in lead):
        return label, entry.values
    return with_text(label, " ".join([label.text, *lead])), entry.values[extra:]


def _is_label_number(text: str) -> bool:
    if text[:1] == "(" and text[-1:] == ")":
        return text[1:-1].isdigit() and len(text) <= 5
    bare = text.rstrip("-+")
    return (bare.isdigit() and len(bare) <= 4) or (
        bare.count(".") == 1 and len(bare) <= 5 and bare[-4:-3] != "."
    )


def _with_text_values(entries: list[Entry], n: int) -> list[Entry]:
    """A word among values (``stijging``) is a value where it fills a row exactly."""
    result: list[Entry] = []
    for entry in entries:
        last = result[-1] if result else None
        is_word = len(entry.labels) == 1 and entry.labels[0].text[:1].islower()
        if last is not None and is_word and last.values and len(last.values) + 1 + len(entry.values) == n:
            last.values = [*last.values, (entry.labels[0].text, entry.labels[0].line), *entry.values]
        else:
            result.append(Entry(entry.labels, list(entry.values), entry.is_row))
    return result
