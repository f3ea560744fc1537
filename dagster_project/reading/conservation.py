"""Conservation: what is printed ends in one place, or is told. Checked for every document at every run.

Three looks at one file, each linear in its words: does every word of a grid or a passage come back in a table or in
the text between tables (``lost``); does every row of a table become a row with cells or a reject (``unplaced``); and
does text between tables look like rows of the tables beside it, or like amounts without blanks (``stray_rows``,
``glued``). Nothing is repaired here, and nothing is decided about how a table is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from dagster_project.reading.formats.paragraphs import unbroken

from .header_texts import is_passed_over
from .header_words import unit_in, without_unit
from .model import Fragment, Grid, Passage, Piece, Prose, Reject, Table
from .notes import is_furniture, is_note
from .numbers import MARKER, clean, read, year_of
from .panel import ROW, Panel, Strip
from .phrases import is_amount, trailing_values

Token = tuple[int, str]  # the line that a text begins on, and the text
LONGEST_LABEL = 12  # words; more is running text
_ALNUM = re.compile(r"\w")
_PAGE_NUMBER = re.compile(
    r"(?:(?:pagina|pag\.?|blz\.?|p\.)\s*)?\d{1,3}(?:\s*(?:van|/)\s*\d{1,3})?", re.IGNORECASE
)
# Thousands that run on into the next amount (2.7585462.212), decimals that do (1,52,33), and percentages (58%50%).
_GLUED = re.compile(
    r"\d\.\d{3}\d{1,4}\.\d{3}|\d\.\d{3}\d{1,3}[-−–]\d|\d\.\d{3},\d{1,2}\d+\.\d{3}|\d,\d{1,2}\d+,\d{1,2}\d+,\d|\d%-?\d+(?:,\d+)?%"
)
_NO_AMOUNT = re.compile(r"://|@|[A-Z]{2}\d{2}[A-Z]{4}")  # addresses and account numbers
_MOST_TITLES = 50  # of a file that are looked for again
_FEWEST_ROWS = 3  # of amounts that make a grid a table
_MOST_HEADINGS = 2  # lines without amounts between two rows
_SHOWN = 200  # characters of a line in a reject


def lost(fragment: Fragment, pieces: Sequence[Prose | Panel | Grid], path: str) -> Iterator[Reject]:
    """What of a grid or a passage is in none of the ``pieces`` that were read from it, by line.

    What pages print on every page, rows that number the columns and headers that are printed again may go.
    """
    if isinstance(fragment, Prose) or any(piece is fragment for piece in pieces):
        return
    source = list(_tokens(fragment))
    found = [token for piece in pieces for token in _tokens_of(piece)]
    short = _words(text for _, text in source) - _words(text for _, text in found)
    if not short:
        return
    over = " ".join(_words(text for _, text in found) - _words(text for _, text in source))
    headers = [p for p in pieces if isinstance(p, Panel)]
    titles = [
        clean(p.text) for p in (*pieces, *(c for h in headers for c in h.captions)) if isinstance(p, Prose)
    ]
    titles = [
        t
        for t in dict.fromkeys(titles)
        if 1 < len(t.split()) <= LONGEST_LABEL and not any(map(_is_sum, t.split()))
    ]
    texts = {*titles, *(clean(t) for p in headers for t in p.header)}
    lines = [" ".join(without_unit(clean(t)) for t in (*p.header, *p.header_lines)) for p in headers]
    words_of_headers = [set(clean(line).split()) for line in (*lines, *titles[:_MOST_TITLES])]
    source = _without_furniture(source, set(short), texts, words_of_headers)
    short = _words(text for _, text in source) - _words(text for _, text in found)
    for line, text, words in _where(short, source, found):
        of_unit = set(words) - set(without_unit(clean(text)).split())
        words = [w for w in words if w not in of_unit and not _is_joined(w, over)]
        if not words:
            continue
        told = " ".join(words)
        shown = "" if told == clean(text) else f" uit {clean(text)[:_SHOWN]!r}"
        yield Reject(
            path,
            line,
            "staat gedrukt en komt in geen tabel of tekst terecht",
            f"{told[:_SHOWN]}{shown}",
            reason_en="is printed and ends in no table or text",
        )


def unplaced(panel: Panel, table: Table) -> Iterator[Reject]:
    """Rows of a panel of which the table has neither cells nor a reject, by line."""
    known = Counter(cell.line for cell in table.cells if cell.occurrence == 1)
    told = {reject.line for reject in table.rejects}
    expected: Counter[int] = Counter()
    shown: dict[int, str] = {}
    for strip in panel.rows:
        if strip.kind != ROW or strip.line in told:
            continue
        pieces = [p for p in strip.values if p is not None and clean(p.text)]
        for piece in pieces:
            expected[piece.line] += 1
            shown.setdefault(piece.line, " | ".join([strip.name, *(clean(p.text) for p in pieces)]))
    for line, count in expected.items():
        if known[line] < count and line not in told:
            reason = f"rij van tabel {table.no} is gelezen en niet geplaatst"
            reason_en = f"row of table {table.no} was read and not placed"
            yield Reject(table.path, line, reason, shown[line][:_SHOWN], reason_en=reason_en)


def stray_rows(pieces: Sequence[Prose | Panel | Grid], path: str) -> Iterator[Reject]:
    """Text between tables that looks like a row of one: a label and as many amounts as the table beside it has columns.

    A text may be a whole line, or one cell of it: then amounts follow their label one by one, and any amount is
    one too many. Lines that end in the same number of amounts, two or more, are rows whatever stands beside them.
    """
    for before, between, after in _gaps(pieces):
        widths = {len(panel.paths) for panel in (before, after) if panel is not None}
        if widths:
            yield from _rows_among(between, widths | _shared_widths(between), path)


def _shared_widths(between: Sequence[Prose]) -> set[int]:
    """How many amounts texts end in, where two texts or more end in as many."""
    ends = Counter(len(trailing_values(clean(prose.text))[1]) for prose in between)
    return {width for width, texts in ends.items() if width > 1 and texts > 1}


def glued(fragment: Fragment, path: str) -> Iterator[Reject]:
    """Lines in which amounts stand without a blank between them: where one ends cannot be told.

    >>> [r.line for r in glued(Passage((("Programma 02.7585462.2122.7815472.234", 3, None),)), "a.txt")]
    [3]
    """
    for line, text in _tokens(fragment):
        if any(is_glued(word) for word in text.split() if len(word) > 7):
            reason, reason_en = (
                "bedragen staan aaneen gedrukt",
                "amounts are printed without a blank between them",
            )
            yield Reject(path, line, reason, clean(text)[:_SHOWN], reason_en=reason_en)


def is_glued(word: str) -> bool:
    """Whether a word holds several amounts.

    >>> is_glued("2.7585462.2122.781"), is_glued("12.345.678"), is_glued("1.234,50")
    (True, False, False)
    """
    return _GLUED.search(word) is not None and _NO_AMOUNT.search(word) is None


def unread(grid: Grid, path: str) -> Iterator[Reject]:
    """A grid that gave no table though several of its rows hold several amounts, by the first of these rows."""
    valued = _valued(_filled(grid))
    if len(valued) < _FEWEST_ROWS:
        return
    yield _unread(path, valued[0][0].line, len(valued), " | ".join(clean(p.text) for p in valued[0]))


def as_lines(piece: Prose | Panel | Grid) -> list[Prose | Panel | Grid]:
    """A grid of too few rows of amounts to be told as a table (``unread``) as lines of text: rows of the table beside it?"""
    if not isinstance(piece, Grid):
        return [piece]
    rows = _filled(piece)
    if len(_valued(rows)) >= _FEWEST_ROWS:
        return [piece]
    return [Prose(" | ".join(clean(p.text) for p in row), row[0].line, row[0].page) for row in rows if row]


def _filled(grid: Grid) -> list[list[Piece]]:
    """The filled cells of every row of a grid."""
    return [[p for p in row if p is not None and clean(p.text)] for row in grid.rows]


def _valued(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The rows of filled cells that hold two figures or more."""
    return [row for row in rows if sum(_is_figure(clean(p.text)) for p in row) >= 2]


def _unread(path: str, line: int, rows: int, first: str) -> Reject:
    """So many rows of numbers that became no table, by the first of them."""
    reason = f"tabel met {rows} rijen getallen is niet gelezen"
    reason_en = f"table with {rows} rows of numbers was not read"
    return Reject(path, line, reason, first[:_SHOWN], reason_en=reason_en)


def unread_lines(pieces: Sequence[Prose | Panel | Grid], path: str) -> Iterator[Reject]:
    """Lines under each other that end in as many amounts, where nothing was read as a table: by the first of them.

    >>> lines = [Prose(f"Zorg {n} 1.20{n} 1.30{n}", n, None) for n in range(1, 4)]
    >>> [(r.line, r.reason) for r in unread_lines(lines, "a.txt")]
    [(1, 'tabel met 3 rijen getallen is niet gelezen')]
    """
    if any(not isinstance(piece, Prose) for piece in pieces):
        return
    runs: list[list[tuple[Prose, int]]] = [[]]
    others = 0  # lines since the last that looks like a row
    for piece in pieces:
        if not isinstance(piece, Prose):
            continue
        count = _amounts_of_row(clean(piece.text))
        others = 0 if count else others + 1
        before = runs[-1][-1][1] if runs[-1] else 0
        if others > _MOST_HEADINGS or (count and before and count != before and min(count, before) == 1):
            runs.append([])
        if count:
            runs[-1].append((piece, count))
    for found in runs:
        if len(found) >= _FEWEST_ROWS:
            first = found[0][0]
            yield _unread(path, first.line, len(found), clean(first.text))


def unread_cells(pieces: Sequence[Prose | Panel | Grid], path: str) -> Iterator[Reject]:
    """Texts with numbers on lines of their own below them, several right below each other, that were read as text.

    Whole numbers that never fall are the pages of a list of contents.

    >>> lines = [Prose(text, n, None) for n, text in enumerate(("Zorg", "-64", "Wonen", "88", "Totaal", "24"), start=1)]
    >>> [(r.line, r.reason) for r in unread_cells(lines, "a.txt")]
    [(1, 'tabel met 3 rijen getallen is niet gelezen')]
    """
    rows: list[tuple[Prose, list[str]]] = []
    for piece in [*pieces, None]:
        text = clean(piece.text) if isinstance(piece, Prose) else ""
        if text and rows and _is_figure(text):
            rows[-1][1].append(text)
            continue
        if rows and not rows[-1][1]:
            yield from _unread_rows(rows[:-1], path)
            rows = []
        if isinstance(piece, Prose) and text:
            rows.append((piece, []))
        else:
            yield from _unread_rows(rows, path)
            rows = []


def _unread_rows(rows: Sequence[tuple[Prose, list[str]]], path: str) -> Iterator[Reject]:
    values = [value for _, found in rows for value in found]
    are_pages = all(map(str.isdecimal, values)) and list(map(int, values)) == sorted(map(int, values))
    if len(rows) >= _FEWEST_ROWS and not are_pages:
        first = rows[0][0]
        yield _unread(path, first.line, len(rows), clean(first.text))


def _amounts_of_row(text: str) -> int:
    """How many amounts a line holds, where it ends in them or they are much of it; 0 where it is no row."""
    label, values = trailing_values(text)
    if unit_in(text) or is_passed_over(text):
        return 0
    if len(label.split()) <= LONGEST_LABEL and any(map(_is_sum, values)):
        return len(values)
    words = text.split()
    inside = sum(_is_sum(w) or (w.endswith("%") and _has_figure(w)) for w in words)
    return inside if inside > 1 and 3 * sum(map(_has_figure, words)) >= len(words) else 0


def _has_figure(word: str) -> bool:
    return any(c.isdecimal() for c in word)


def _is_figure(text: str) -> bool:
    found = read(text)
    return bool(found) and found[0].mark != MARKER and year_of(text) is None


def without_known(breaches: Iterable[Reject], known: Iterable[Reject]) -> list[Reject]:
    """Breaches of lines that no reject names yet, one for each line."""
    told = {(r.path, r.line) for r in known if r.kind == "reject"}
    first: dict[tuple[str, int | None], Reject] = {}
    for breach in breaches:
        if (breach.path, breach.line) not in told:
            first.setdefault((breach.path, breach.line), breach)
    return list(first.values())


# --- words in, words out ------------------------------------------------------------------------------------


def _tokens(fragment: Fragment) -> Iterator[Token]:
    if isinstance(fragment, Grid):
        for row in fragment.rows:
            for piece in row:
                if piece is not None and piece.text:
                    yield piece.line, unbroken(piece.text)
    elif isinstance(fragment, Passage):
        for text, line, _ in fragment.lines:
            if text.strip():
                yield line, text
    else:
        yield fragment.line, fragment.text


def _tokens_of(piece: Prose | Panel | Grid) -> Iterator[Token]:
    if isinstance(piece, Prose):
        yield piece.line, piece.text.replace(" | ", " ")
    elif isinstance(piece, Grid):
        yield from _tokens(piece)
    else:
        for prose in piece.captions:
            yield prose.line, prose.text
        for text in piece.header:
            yield piece.first_line, text
        for text in piece.formula:
            yield piece.first_line, text
        for strip in piece.rows:
            yield from _tokens_of_strip(strip)


def _tokens_of_strip(strip: Strip) -> Iterator[Token]:
    yield strip.line, unbroken(strip.name)
    for text in (*strip.outer, *strip.texts.values(), *strip.overfull):
        yield strip.line, unbroken(text)
    for piece in strip.values:
        if piece is not None:
            yield piece.line, unbroken(piece.text)


def _words(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(clean(text).split())
    return counted


def _where(
    short: Mapping[str, int], source: Sequence[Token], found: Sequence[Token]
) -> Iterator[tuple[int, str, list[str]]]:
    """The texts that hold the words of which there are too few, with those words, in order.

    What a word of a piece was printed as is the nearest one: pieces of several lines bear the line of their first.
    """
    wanted = {word for word in short if _ALNUM.search(word)}
    if not wanted:
        return
    printed: dict[str, list[int]] = {word: [] for word in wanted}  # indices of source
    there: dict[str, list[int]] = {word: [] for word in wanted}  # lines
    for at, (_, text) in enumerate(source):
        for word in clean(text).split():
            if word in wanted:
                printed[word].append(at)
    for line, text in found:
        for word in clean(text).split():
            if word in wanted:
                there[word].append(line)
    chosen: dict[int, list[str]] = {}
    for word in wanted:
        for at in _unmatched(printed[word], sorted(there[word]), [line for line, _ in source]):
            chosen.setdefault(at, []).append(word)
    for at in sorted(chosen):
        yield (*source[at], [w for w in clean(source[at][1]).split() if w in chosen[at]])


def _unmatched(printed: Sequence[int], there: Sequence[int], lines: Sequence[int]) -> Iterator[int]:
    """Which of the texts ``printed`` have no line in ``there``, when each takes the nearest in order."""
    j = 0
    for k, at in enumerate(printed):
        left, room = len(printed) - k, len(there) - j
        if room >= left:
            j += 1
        elif not room or (
            k + 1 < len(printed) and abs(lines[printed[k + 1]] - there[j]) < abs(lines[at] - there[j])
        ):
            yield at
        else:
            j += 1


def _is_joined(word: str, over: str) -> bool:
    """Whether a word without a number is part of one that was joined over lines: ``begro-`` and ``ting``."""
    letters = word.rstrip("-\u00ad")
    return len(letters) > 2 and not any(c.isdecimal() for c in word) and letters in over


def _without_furniture(
    source: Sequence[Token], short: Set[str], texts: Set[str], words_of_headers: Sequence[Set[str]]
) -> list[Token]:
    """The texts less those with a word in ``short`` that may go: furniture of pages, units, what is printed again.

    A header that comes again may be broken over lines otherwise: one word of it goes beside others that do.
    """
    bare = [clean(text) for _, text in source]
    asked = [not short.isdisjoint(text.split()) for text in bare]
    may_go = [
        is_asked and _may_go(text, texts, words_of_headers)
        for text, is_asked in zip(bare, asked, strict=True)
    ]
    kept = []
    for at, token in enumerate(source):
        is_beside = any(may_go[k] for k in (at - 1, at + 1) if 0 <= k < len(source))
        if asked[at] and not may_go[at] and is_beside:
            may_go[at] = any(header >= set(bare[at].split()) for header in words_of_headers)
        if not may_go[at]:
            kept.append(token)
    return kept


def _may_go(bare: str, headers: Set[str], words_of_headers: Sequence[Set[str]]) -> bool:
    if bare in headers or _PAGE_NUMBER.fullmatch(bare) or is_furniture(bare) or is_passed_over(bare):
        return True
    words = without_unit(bare).split()
    return len(words) > 1 and any(header >= set(words) for header in words_of_headers)


# --- rows between tables --------------------------------------------------------------------------------------


def _gaps(
    pieces: Sequence[Prose | Panel | Grid],
) -> Iterator[tuple[Panel | None, list[Prose], Panel | None]]:
    """Runs of text, titles within a table among them, with the table before and after each."""
    before: Panel | None = None
    between: list[Prose] = []
    for piece in pieces:
        if isinstance(piece, Prose):
            between.append(piece)
            continue
        after = piece if isinstance(piece, Panel) else None
        if after is not None:
            between += after.captions
        if between:
            yield before, between, after
        before, between = after, []
    if between:
        yield before, between, None


def _rows_among(between: Sequence[Prose], widths: set[int], path: str) -> Iterator[Reject]:
    label: Prose | None = None
    numbers: list[Prose] = []
    for prose in [*between, None]:
        text = clean(prose.text) if prose is not None else ""
        if prose is not None and text and _is_number(text):
            numbers.append(prose)
            continue
        if numbers and _is_row([p.text for p in numbers], label.text if label else ""):
            yield _stray(
                path,
                numbers[0] if label is None else label,
                [*([label.text] if label else []), *(p.text for p in numbers)],
            )
        label, numbers = prose, []
        if prose is not None and text and _is_whole_row(text, widths):
            yield _stray(path, prose, [text])


def _stray(path: str, prose: Prose, texts: Sequence[str]) -> Reject:
    return Reject(
        path,
        prose.line,
        "lijkt een rij van de tabel ernaast en is niet gelezen",
        clean(" ".join(texts))[:_SHOWN],
        reason_en="looks like a row of the table beside it and was not read",
    )


def _is_number(text: str) -> bool:
    return _is_figure(text) and not _PAGE_NUMBER.fullmatch(text)


def _is_sum(text: str) -> bool:
    """An amount in digits, and no mark or small number that text may end in."""
    return is_amount(text) and _has_figure(text)


def _is_row(values: Sequence[str], label: str) -> bool:
    """Whether cells of their own are amounts: no running text prints those, however many the table beside it has."""
    if len(label.split()) > LONGEST_LABEL or (label and unit_in(label)):
        return False
    return any(map(_is_sum, values))


def _is_whole_row(text: str, widths: set[int]) -> bool:
    if is_passed_over(text) or unit_in(text) or is_note(text):
        return False
    if " | " in text:
        cells = text.split(" | ")
        values = [c for c in cells if _is_number(c)]
        return len(values) in widths and len(values) < len(cells) and any(map(_is_sum, values))
    label, trailing = trailing_values(text)
    if label and not trailing:
        return _amounts_of_row(text) > 1  # words stand behind the amounts
    if not label or not trailing or len(label.split()) > LONGEST_LABEL:
        return False
    return (
        any(map(_is_sum, trailing))
        and len(trailing) in widths
        and (len(trailing) > 1 or len(label.split()) <= 4)
    )


__all__ = [
    "as_lines",
    "glued",
    "lost",
    "stray_rows",
    "unplaced",
    "unread_cells",
    "unread_lines",
    "without_known",
]
