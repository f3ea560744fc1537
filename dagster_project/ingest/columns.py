"""Which rows of a grid are its header, and what each column holds: labels, values, markers, attributes.

The paths of the value columns come from here. What rows mean, and which numbers they hold, does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import headers
from .headers import attribute, likeness, without_unit
from .meaning import plain
from .model import Grid, Piece
from .numbers import MARKER, NUMBER, clean, is_malformed, read, year_of

BLANK, VALUE, YEAR, MARK, BAD, TEXT = "blank", "value", "year", "marker", "bad", "text"
_CODE = re.compile(
    r"\d{1,3}[a-z]?(?:[.\-]\w{1,4})*\.?|[A-Z]{1,3}[.\-]?\d{1,4}(?:[.\-]\w{1,4})*|\d{1,2}[A-Z]\d?(?:\.\w{1,2})?"
)
_PERIOD = re.compile(r"(?:19|20)\d\d\b.{0,25}")

Row = tuple[Piece | None, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid taken apart. Column numbers are indices into the grid's rows."""

    rows: tuple[Row, ...]
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
    header_texts: tuple[str, ...] = ()


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
    width = max((len(r) for r in rows), default=0)
    if width < 2:
        return None
    if not grid.sure:
        width = len(rows[0])
    kinds = [[kind_of(text_at(row, c)) for c in range(width)] for row in rows]
    first = grid.header_rows if grid.header_rows is not None and not grid.sure else _first_data(rows, kinds)
    if first is None or first >= len(rows):
        return None
    header, captions, first = _header_rows(rows, kinds, first)
    body = [i for i in range(first, len(rows)) if not _repeats(rows[i], rows, header)]
    columns = _column_kinds(rows, kinds, header, body, width)
    values = tuple(c for c in range(width) if columns[c] == VALUE)
    if not values or not _is_table(kinds, body, values, header):
        return None
    labels = tuple(c for c in range(values[0]) if columns[c] == "label")
    code = next((c for c in range(values[0]) if columns[c] == "code"), None)
    attributes = {}
    for c in range(width):
        if columns[c].startswith("attribute:"):
            attributes.setdefault(columns[c].removeprefix("attribute:"), c)
    paths, corner = _paths(rows, header, values, labels, columns, grid, width)
    return Frame(
        rows=rows,
        header=tuple(header),
        first=first,
        label_columns=labels,
        value_columns=values,
        paths=_distinct(paths, values, rows, header, columns),
        code_column=code,
        markers=_marker_owners(columns, values),
        attributes=attributes,
        corner=corner,
        captions=tuple(captions),
        is_headless=not header,
        header_texts=tuple(plain(text_at(rows[r], c)) for r in header for c in range(width)),
    )


# --- rows of the header ---------------------------------------------------------------------------------


def _first_data(rows: Sequence[Row], kinds: list[list[str]]) -> int | None:
    """The first row with a value right of its first text; a row that numbers the columns is none."""
    for i, row in enumerate(kinds):
        if VALUE not in row[1:] and BAD not in row[2:]:
            continue
        numbers = [text_at(rows[i], c).strip("()") for c in range(len(row)) if row[c] not in (BLANK, TEXT)]
        if (
            len(numbers) > 1
            and numbers
            == [str(n) for n in range(int(numbers[0]) if numbers[0].isdigit() else 1, 99)][: len(numbers)]
        ):
            if (
                i + 1 < len(rows)
                and row[0] in (BLANK, TEXT, VALUE)
                and i < 4
                and numbers[0] in ("1", "2")
                and row[0] != TEXT
            ):
                continue
        return i
    return None


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


def _repeats(row: Row, rows: Sequence[Row], header: list[int]) -> bool:
    """Whether a row is a header row printed once more."""
    texts = [plain(text_at(row, c)) for c in range(1, len(row))]
    if not any(texts):
        return False
    return any(texts == [plain(text_at(rows[h], c)) for c in range(1, len(rows[h]))] for h in header)


# --- columns ----------------------------------------------------------------------------------------------


def _header_of(rows: Sequence[Row], header: list[int], column: int) -> str:
    return " ".join(t for t in (text_at(rows[h], column) for h in header) if t)


def _column_kinds(
    rows: Sequence[Row], kinds: list[list[str]], header: list[int], body: list[int], width: int
) -> list[str]:
    """value, label, code, marker, attribute:<name> or empty, for every column."""
    result: list[str] = []
    counts = []
    for c in range(width):
        column = [kinds[i][c] for i in body]
        counts.append({k: column.count(k) for k in (VALUE, YEAR, MARK, BAD, TEXT, BLANK)})
    for c, n in enumerate(counts):
        name = attribute(_header_of(rows, header, c))
        numeric = n[VALUE] + n[BAD] + n[YEAR]
        filled = numeric + n[TEXT] + n[MARK]
        texts = [text_at(rows[i], c) for i in body if kinds[i][c] != BLANK]
        if not filled:
            result.append("empty")
        elif name in ("eenheid", "bron", "toelichting") and not (
            name == "toelichting" and n[VALUE] > n[TEXT]
        ):
            result.append(f"attribute:{name}")
        elif name == "periode" and all(_PERIOD.fullmatch(t) for t in texts):
            result.append("attribute:periode")
        elif n[MARK] and not numeric and not n[TEXT]:
            result.append(MARK)
        elif c < width - 1 and VALUE not in result and _is_code_column(texts, c, counts, kinds, body):
            result.append("code")
        elif c == 0 and n[TEXT] >= numeric:
            result.append("label")
        elif (
            n[YEAR] == filled
            and not year_of(_header_of(rows, header, c))
            and any(x[VALUE] for x in counts[c + 1 :])
        ):
            result.append("attribute:periode")
        elif numeric * 2 >= filled and (n[VALUE] or n[BAD] or (n[YEAR] and c > 0)):
            result.append(VALUE)
        elif n[TEXT]:
            before = VALUE not in result
            result.append("label" if before else f"attribute:{_header_of(rows, header, c) or 'toelichting'}")
        else:
            result.append("empty")
    if "label" not in result and "code" in result:
        result[result.index("code")] = "label"
    return result


def _is_code_column(
    texts: list[str], c: int, counts: list[dict[str, int]], kinds: list[list[str]], body: list[int]
) -> bool:
    """Short codes or row numbers, with words in the column beside them."""
    if c > 1 or c + 1 >= len(counts):
        return False
    coded = [t for t in texts if _CODE.fullmatch(t)]
    beside = counts[c + 1]
    return (
        len(coded) * 2 > len(texts)
        and beside[TEXT] * 2 > len(body) - beside[BLANK]
        and beside[TEXT] * 3 >= len(body)
    )


def _is_table(kinds: list[list[str]], body: list[int], values: tuple[int, ...], header: list[int]) -> bool:
    """Values enough to be a table: a header above them, or several rows with several values."""
    filled = sum(1 for i in body for c in values if kinds[i][c] in (VALUE, BAD, YEAR))
    return bool(header) and filled >= 1 or (filled >= 4 and len(body) >= 2)


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
    header: list[int],
    values: tuple[int, ...],
    labels: tuple[int, ...],
    columns: list[str],
    grid: Grid,
    width: int,
) -> tuple[list[tuple[str, ...]], str]:
    """The header texts above each value column, outermost first, and the text in the corner."""
    texts = [_spread(rows, header, k, columns, width) for k in range(len(header))]
    corner_columns = [c for c in range(values[0]) if not columns[c].startswith("attribute:")]
    corner = " ".join(dict.fromkeys(t for h in header for c in corner_columns if (t := text_at(rows[h], c))))
    paths = []
    for c in values:
        path = tuple(
            t
            for layer in texts
            if (t := layer[c]) and without_unit(t) and not headers.MARKER_HEADER.fullmatch(t)
        )
        paths.append(tuple(t for i, t in enumerate(path) if i == 0 or t != path[i - 1]))
    if grid.sure and header and not all(paths):
        tokens = [t for h in header for c in range(width) if (t := text_at(rows[h], c)) and without_unit(t)]
        tokens = [t for t in tokens if not headers.MARKER_HEADER.fullmatch(t)]
        found = headers.locate(tokens, len(values))
        if found is not None and sum(max(0, likeness(t)) for t in tokens[found.start : found.end]) >= len(
            values
        ):
            paths = _unroll(found.layers, len(values))
            corner = " ".join(tokens[: found.start])
    return paths, corner


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


def _spread(rows: Sequence[Row], header: list[int], depth: int, columns: list[str], width: int) -> list[str]:
    """One header row with the text of every column: spans as given, else blanks take the text at their left.

    A blank takes it only where both have something below them, so that ``Streefwaarden`` covers four
    years and ``Realisatie`` beside it does not.
    """
    row = rows[header[depth]]
    texts = [text_at(row, c) for c in range(width)]
    if any(p is not None and p.colspan > 1 for h in header for p in rows[h]):
        for c, piece in enumerate(row):
            if piece is not None and texts[c]:
                for covered in range(c + 1, min(width, c + piece.colspan)):
                    texts[covered] = texts[covered] or texts[c]
        return texts
    below = [[text_at(rows[h], c) for c in range(width)] for h in header[depth + 1 :]]
    above = [[text_at(rows[h], c) for c in range(width)] for h in header[:depth]]

    def has_below(c: int) -> bool:
        return any(layer[c] for layer in below)

    source = -1
    for c in range(width):
        if any(layer[c] for layer in above) and not texts[c]:
            source = -1
        elif texts[c]:
            source = c if columns[c] in (VALUE, "empty", MARK) or has_below(c) else -1
        elif source >= 0 and below and has_below(c) and has_below(source):
            texts[c] = texts[source]
        elif columns[c] not in (MARK, "empty"):
            source = source if not below else (source if has_below(c) else -1)
    return texts


def _distinct(
    paths: list[tuple[str, ...]],
    values: tuple[int, ...],
    rows: Sequence[Row],
    header: list[int],
    columns: list[str],
) -> tuple[tuple[str, ...], ...]:
    """Tell equal paths apart by what stands between them: a text column, or the years of a repeated cycle."""
    if len(set(paths)) == len(paths):
        return tuple(paths)
    result = list(paths)
    seen: set[tuple[str, ...]] = set()
    for i, (path, c) in enumerate(zip(paths, values)):
        if path in seen:
            beside = c - 1
            if beside > values[0] and columns[beside].startswith("attribute:"):
                name = _header_of(rows, header, beside)
                if name:
                    result[i] = (name, *path)
        seen.add(path)
    years = [i for i, p in enumerate(result) if len(p) == 1 and year_of(p[0])]
    twice = [i for i, p in enumerate(result) if result.count(p) > 1]
    if twice and years:
        closes = twice[0] < years[0]
        named = list(result)
        for i in twice:
            owner = (
                next((y for y in years if y > i), None)
                if closes
                else next((y for y in reversed(years) if y < i), None)
            )
            if owner is not None:
                named[i] = (*result[owner], *result[i])
        if len(set(named)) == len(named):
            result = named
    return tuple(result)


def with_rows(grid: Grid, rows: Sequence[Row]) -> Grid:
    """The same grid with other rows; loose rows follow their row."""
    position = {id(r): i for i, r in enumerate(grid.rows)}
    loose = {i for i, r in enumerate(rows) if position.get(id(r)) in grid.loose_rows}
    return replace(grid, rows=tuple(rows), loose_rows=frozenset(loose))
