"""Which rows of a grid are its header, and what each column holds: labels, values, markers, attributes.

The paths of the value columns come from here. What rows mean, and which numbers they hold, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from . import headers
from .headers import attribute, likeness, without_unit
from .meaning import plain
from .model import Grid, Piece
from .numbers import MARKER, NUMBER, clean, is_malformed, read, year_of

BLANK, VALUE, YEAR, MARK, BAD, TEXT = "blank", "value", "year", "marker", "bad", "text"
_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:[.\-]\w{1,4})*\.?|[A-Z]{1,3}[.\-]?\d{1,4}(?:[.\-]\w{1,4})*|\d{1,2}[A-Z]\d?(?:\.\w{1,2})?"
)
_PERIOD = re.compile(r"(?:.{0,20}\b)?(?:19|20)\d\d\b.{0,25}")

_LEAST_VALUES = 4  # of a table without a header
_HIGHEST_HEADER = 4  # rows; below that, numbers in order are values

Row = tuple[Piece | None, ...]
Texts = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid taken apart. Column numbers are indices into the grid's rows."""

    rows: tuple[Row, ...]
    texts: tuple[tuple[str, ...], ...]  # the cleaned text of every position, all rows equally wide
    header: tuple[int, ...]  # indices of header rows
    first: int  # index of the first row below the header
    label_columns: tuple[int, ...]
    value_columns: tuple[int, ...]
    paths: tuple[tuple[str, ...], ...]  # of the value columns
    code_column: int | None = None
    markers: dict[int, int] = field(default_factory=dict)  # marker column -> value column
    attributes: dict[str, int] = field(
        default_factory=dict
    )  # eenheid | bron | periode | toelichting | other header
    corner: str = ""
    captions: tuple[Piece, ...] = ()  # single texts above the header
    is_headless: bool = False
    overfull: frozenset[int] = frozenset()  # rows with more values than there are columns

    @property
    def body(self) -> Iterator[int]:
        """Indices of the rows below the header, a header that is printed once more left out."""
        again = {self.texts[h][1:] for h in self.header}
        for index in range(self.first, len(self.texts)):
            if not any(self.texts[index][1:]) or self.texts[index][1:] not in again:
                yield index


@lru_cache(maxsize=1 << 14)
def kind_of(text: str) -> str:
    """What one cell's text is, before its column is known."""
    if not text:
        return BLANK
    found = read(text)
    if found:
        if found[0].mark == MARKER:
            return MARK
        bare = text.rstrip("*")
        return YEAR if found[0].mark == NUMBER and len(found) == 1 and year_of(bare) else VALUE
    return BAD if is_malformed(text) else TEXT


def text_at(row: Row, column: int) -> str:
    """The cleaned text at a position, empty where there is none."""
    piece = row[column] if column < len(row) else None
    return clean(piece.text) if piece is not None else ""


def frame(grid: Grid) -> Frame | None:
    """Take a grid apart; None where it holds no table of values (text only, or keys with values)."""
    rows = grid.rows
    width = max((len(r) for r in rows), default=0) if grid.sure else len(rows[0]) if rows else 0
    if width < 2:
        return None
    texts = tuple(_padded(row, width) for row in rows)
    kinds = [[kind_of(text) for text in row] for row in texts]
    first = grid.header_rows if grid.header_rows is not None and not grid.sure else _first_data(texts, kinds)
    if first is None or first >= len(rows):
        return None
    header, captions, first = _header_rows(rows, kinds, first)
    again = {texts[h][1:] for h in header}
    body = [i for i in range(first, len(rows)) if not any(texts[i][1:]) or texts[i][1:] not in again]
    columns = _column_kinds(texts, kinds, header, body)
    overfull = (
        _overfull(texts, header, body, columns) if grid.sure else {i for i in body if len(rows[i]) > width}
    )
    values = tuple(c for c in range(width) if columns[c] == VALUE)
    if not values or not _is_table(kinds, body, values, header):
        return None
    labels = tuple(c for c in range(values[0]) if columns[c] == "label")
    attributes: dict[str, int] = {}
    for c, kind in enumerate(columns):
        if kind.startswith("attribute:"):
            attributes.setdefault(kind.removeprefix("attribute:"), c)
    paths, corner = _paths(rows, texts, header, values, columns, grid.sure)
    return Frame(
        rows=rows,
        texts=texts,
        header=tuple(header),
        first=first,
        label_columns=labels,
        value_columns=values,
        paths=_distinct(paths, values, texts, header, columns),
        code_column=next((c for c in range(values[0]) if columns[c] == "code"), None),
        markers=_marker_owners(columns, values),
        attributes=attributes,
        corner=corner,
        captions=tuple(captions),
        is_headless=not header,
        overfull=frozenset(overfull),
    )


def _padded(row: Row, width: int) -> tuple[str, ...]:
    texts = tuple([clean(p.text) if p is not None else "" for p in row[:width]])
    return texts if len(texts) == width else texts + ("",) * (width - len(texts))


def _overfull(texts: Texts, header: list[int], body: list[int], columns: list[str]) -> set[int]:
    """Rows with a value right of the last header, in columns that few rows reach: those are no columns."""
    found: set[int] = set()
    for c in range(len(columns) - 1, 0, -1):
        filled = [i for i in body if texts[i][c]]
        if not header or any(texts[h][c] for h in header) or len(filled) * 3 > len(body):
            break
        found.update(filled)
        columns[c] = "empty"
    return found


# --- rows of the header ---------------------------------------------------------------------------------


def _first_data(texts: Texts, kinds: list[list[str]]) -> int | None:
    """The first row with a value right of its first text; a row that numbers the columns is none."""
    for i, row in enumerate(kinds):
        if VALUE not in row[1:] and BAD not in row[2:]:
            continue
        if i < _HIGHEST_HEADER and i + 1 < len(kinds) and _numbers_columns(texts[i], row):
            continue
        return i
    return None


def _numbers_columns(texts: tuple[str, ...], kinds: list[str]) -> bool:
    """``1 2 3 4`` below the header, with nothing in the corner or another number: columns are counted."""
    numbers = [t.strip("()") for t, k in zip(texts, kinds, strict=True) if k not in (BLANK, TEXT)]
    if len(numbers) < 2 or kinds[0] == TEXT or numbers[0] not in ("1", "2"):
        return False
    return numbers == [str(n) for n in range(int(numbers[0]), int(numbers[0]) + len(numbers))]


def _header_rows(
    rows: Sequence[Row], kinds: list[list[str]], first: int
) -> tuple[list[int], list[Piece], int]:
    """Rows with texts above columns; single texts above them are captions, below them headings."""
    proper = [
        i
        for i in range(first)
        if any(kinds[i][c] != BLANK for c in range(1, len(kinds[i])))
        and not (len([k for k in kinds[i] if k != BLANK]) == 1 and _is_wide(rows[i]))
    ]
    if not proper:
        captions = [p for i in range(first) for p in rows[i] if p and clean(p.text)]
        return [], captions, first
    captions = [p for i in range(proper[0]) for p in rows[i] if p and clean(p.text)]
    header = [i for i in range(proper[0], proper[-1] + 1) if any(k != BLANK for k in kinds[i])]
    return header, captions, proper[-1] + 1


def _is_wide(row: Row) -> bool:
    piece = next((p for p in row if p is not None and clean(p.text)), None)
    return piece is not None and piece.colspan >= max(2, len(row) - 1)


# --- columns ----------------------------------------------------------------------------------------------


def _header_of(texts: Texts, header: list[int], column: int) -> str:
    return " ".join(t for t in (texts[h][column] for h in header) if t)


def _column_kinds(all_texts: Texts, kinds: list[list[str]], header: list[int], body: list[int]) -> list[str]:
    """value, label, code, marker, attribute:<name> or empty, for every column."""
    width = len(kinds[0])
    columns = [[kinds[i][c] for i in body] for c in range(width)]
    counts = [{k: column.count(k) for k in (VALUE, YEAR, MARK, BAD, TEXT, BLANK)} for column in columns]
    result: list[str] = []
    for c, n in enumerate(counts):
        title = _header_of(all_texts, header, c)
        name = attribute(title)
        numeric = n[VALUE] + n[BAD] + n[YEAR]
        filled = numeric + n[TEXT] + n[MARK]
        texts = [t for i in body if (t := all_texts[i][c])] if name or c < 2 else []
        if not filled:
            result.append("empty")
        elif name in ("eenheid", "bron", "toelichting") and not (
            name == "toelichting" and n[VALUE] > n[TEXT]
        ):
            result.append(f"attribute:{name}")
        elif name == "periode" and _are_periods(texts):
            result.append("attribute:periode")
        elif n[MARK] and not numeric and not n[TEXT]:
            result.append(MARK)
        elif c < width - 1 and VALUE not in result and _is_code_column(texts, c, counts, body):
            result.append("code")
        elif c == 0 and n[TEXT] >= numeric:
            result.append("label")
        elif n[YEAR] == filled and not year_of(title) and any(x[VALUE] for x in counts[c + 1 :]):
            result.append("attribute:periode")
        elif numeric * 2 >= filled and (n[VALUE] or n[BAD] or (n[YEAR] and c > 0)):
            result.append(VALUE)
        elif n[TEXT]:
            result.append("label" if VALUE not in result else f"attribute:{title or 'toelichting'}")
        else:
            result.append("empty")
    if "label" not in result and "code" in result:
        result[result.index("code")] = "label"
    return result


def _are_periods(texts: list[str]) -> bool:
    """Years, with words around them where needed, and marks where there is none."""
    dated = sum(1 for t in texts if _PERIOD.fullmatch(t))
    marks = sum(1 for t in texts if (found := read(t)) and found[0].mark != NUMBER)
    return dated > 0 and dated + marks == len(texts)


def _is_code_column(texts: list[str], c: int, counts: list[dict[str, int]], body: list[int]) -> bool:
    """Short codes or row numbers, with words in the column beside them."""
    if c > 1 or c + 1 >= len(counts):
        return False
    coded = [t for t in texts if _CODE.fullmatch(t)]
    beside = counts[c + 1]
    has_words = beside[TEXT] * 2 > len(body) - beside[BLANK] and beside[TEXT] * 3 >= len(body)
    return len(coded) * 2 > len(texts) and has_words


def _is_table(kinds: list[list[str]], body: list[int], values: tuple[int, ...], header: list[int]) -> bool:
    """Values enough to be a table: a header above them, or several rows with several values."""
    filled = (i for i in body for c in values if kinds[i][c] in (VALUE, BAD, YEAR))
    needed = 1 if header else _LEAST_VALUES
    return sum(1 for _ in islice(filled, needed)) == needed and (bool(header) or len(body) >= 2)


def _marker_owners(columns: list[str], values: tuple[int, ...]) -> dict[int, int]:
    """Each marker column with the value column that it belongs to: before it, or after it where none is before."""
    marks = [c for c, k in enumerate(columns) if k == MARK]
    if not marks:
        return {}
    leads = marks[0] < values[0]
    owners = {}
    for mark in marks:
        near = [v for v in values if v > mark] if leads else [v for v in values[::-1] if v < mark]
        if near:
            owners[mark] = near[0]
    return owners


# --- paths ------------------------------------------------------------------------------------------------


def _paths(
    rows: Sequence[Row],
    texts: Texts,
    header: list[int],
    values: tuple[int, ...],
    columns: list[str],
    is_sure: bool,
) -> tuple[list[tuple[str, ...]], str]:
    """The header texts above each value column, outermost first, and the text in the corner."""
    layers = [_spread(rows, texts, header, depth, columns) for depth in range(len(header))]
    corner_columns = [c for c in range(values[0]) if not columns[c].startswith("attribute:")]
    corner = " ".join(dict.fromkeys(t for h in header for c in corner_columns if (t := texts[h][c])))
    paths = []
    for c in values:
        path = [t for layer in layers if (t := layer[c]) and without_unit(t) and not _is_marker_header(t)]
        paths.append(tuple(t for i, t in enumerate(path) if i == 0 or t != path[i - 1]))
    if is_sure and header and (not all(paths) or len(set(paths)) < len(paths)):
        tokens = [t for h in header for t in texts[h] if t and without_unit(t) and not _is_marker_header(t)]
        tokens = tokens[:1] + [t for t in tokens[1:] if plain(t) not in headers.CORNER_WORDS]
        found = headers.locate(tokens, len(values))
        if found is not None:
            inside = tokens[found.start : found.end]
            unrolled = _unroll(found.layers, len(values))
            is_better = not all(paths) or (len(found.layers) > 1 and len(set(unrolled)) == len(unrolled))
            if is_better and sum(max(0, likeness(t)) for t in inside) >= len(values):
                return unrolled, " ".join(tokens[: found.start])
    return paths, corner


def _is_marker_header(text: str) -> bool:
    return headers.MARKER_HEADER.fullmatch(text) is not None


def _unroll(layers: tuple[tuple[tuple[str, int], ...], ...], n: int) -> list[tuple[str, ...]]:
    paths: list[list[str]] = [[] for _ in range(n)]
    for layer in layers:
        column = 0
        for text, span in layer:
            for c in range(column, min(n, column + span)):
                if text:
                    paths[c].append(text)
            column += span
    return [tuple(p) for p in paths]


def _spread(
    rows: Sequence[Row], all_texts: Texts, header: list[int], depth: int, columns: list[str]
) -> list[str]:
    """One header row with the text of every column: spans as given, else blanks take the text at their left.

    A blank takes it only where both have something below them, so that ``Streefwaarden`` covers four
    years and ``Realisatie`` beside it does not.
    """
    texts = list(all_texts[header[depth]])
    width = len(texts)
    if any(p is not None and p.colspan > 1 for h in header for p in rows[h]):
        for c, piece in enumerate(rows[header[depth]][:width]):
            if piece is not None and texts[c]:
                for covered in range(c + 1, min(width, c + piece.colspan)):
                    texts[covered] = texts[covered] or texts[c]
        return texts
    below = [any(all_texts[h][c] for h in header[depth + 1 :]) for c in range(width)]
    above = [any(all_texts[h][c] for h in header[:depth]) for c in range(width)]
    source = -1
    for c in range(width):
        if texts[c]:
            is_corner = c == 0 and columns[c] == "label"
            source = c if not is_corner and (columns[c] in (VALUE, "empty", MARK) or below[c]) else -1
        elif above[c]:
            source = -1
        elif source >= 0 and below[c] and below[source]:
            texts[c] = texts[source]
        elif columns[c] not in (MARK, "empty") and any(below) and not below[c]:
            source = -1
    return texts


def _distinct(
    paths: list[tuple[str, ...]],
    values: tuple[int, ...],
    texts: Texts,
    header: list[int],
    columns: list[str],
) -> tuple[tuple[str, ...], ...]:
    """Tell equal paths apart by what stands between them: a text column, or the years of a repeated cycle."""
    if len(set(paths)) == len(paths):
        return tuple(paths)
    result = list(paths)
    seen: set[tuple[str, ...]] = set()
    for i, (path, c) in enumerate(zip(paths, values, strict=True)):
        if path in seen and c - 1 > values[0] and columns[c - 1].startswith("attribute:"):
            name = _header_of(texts, header, c - 1)
            result[i] = (name, *path) if name else path
        seen.add(path)
    return tuple(_by_year(result))


def _by_year(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """``dotatie, onttrekking, 2026, dotatie, onttrekking, 2027``: the year that closes a cycle names it."""
    years = [i for i, p in enumerate(paths) if len(p) == 1 and year_of(p[0])]
    twice = [i for i, p in enumerate(paths) if paths.count(p) > 1]
    if not twice or not years:
        return paths
    closes = twice[0] < years[0]
    named = list(paths)
    for i in twice:
        near = [y for y in years if y > i] if closes else [y for y in reversed(years) if y < i]
        if near:
            named[i] = (*paths[near[0]], *paths[i])
    return named if len(set(named)) == len(named) else paths


def with_rows(grid: Grid, rows: Sequence[Row]) -> Grid:
    """The same grid with other rows; loose rows follow their row."""
    position = {id(r): i for i, r in enumerate(grid.rows)}
    loose = {i for i, r in enumerate(rows) if position.get(id(r)) in grid.loose_rows}
    return replace(grid, rows=tuple(rows), loose_rows=frozenset(loose))
