"""The header of a grid: its rows, and the texts that stand over every column of values.

Where positions leave columns without a name of their own, the header is read without them too, and the judge takes
the better.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dagster_project.reading.formats.paragraphs import is_broken

from .column_roles import Roles, unfilled
from .footnotes import bare_year
from .forms import OnLine, goes_on, is_open, whole
from .formulas import are_formulas
from .header_texts import TEXT, VALUE, Zone, is_passed_over, words_of
from .header_words import MARKER_HEADER, unit_in, without_unit
from .headers import read_header
from .judge import Terms, weigh
from .matrix import Matrix, count_of_texts, numbers_columns
from .meaning import row_meaning
from .numbers import clean, year_of
from .path_terms import header_terms
from .under_headers import is_unit_of_column, is_unit_row


def first_of_body(m: Matrix, begin: int, first: int, end: int, roles: Roles) -> int:
    """The row that the body begins with: the first one with values, or a text over all columns in the midst of the texts above it.

    That is a heading where such a text stands between rows of values too, and what follows it has labels: ``Gegevens 2022``
    above rows of texts, and ``Gegevens 2021`` further down.
    """
    if not any(_is_wide(m, i) for i in range(first, end)):
        return first
    named = _naming_columns(m, begin, first, roles)
    wide = [i for i in range(begin, first) if _is_wide(m, i) and not is_passed_over(m.texts[i][0])]
    at = next((i for i in wide if named and named[0] < i < named[-1]), first)
    labels = [m.texts[i][roles.label] for i in range(at + 1, first) if any(m.texts[i])]
    is_row = [bool(label) and not words_of(label).is_corner for label in labels]
    return at if all(labels) and any(is_row) else first


def _naming_columns(m: Matrix, begin: int, first: int, roles: Roles) -> list[int]:
    """The rows above the first one with values that have a text over a column, and not one over all of them."""
    right = (*roles.values, *roles.markers, *roles.texts)
    return [i for i in range(begin, first) if any(m.texts[i][c] for c in right) and not _is_wide(m, i)]


def header_rows(m: Matrix, begin: int, first: int, roles: Roles) -> tuple[list[int], list[int], list[int]]:
    """Rows of the header, of captions above it, and of headings below it."""
    named = _naming_columns(m, begin, first, roles)
    if not named:
        return [], [i for i in range(begin, first) if any(m.texts[i])], []
    while len(named) > 1 and _is_heading_with_attributes(m, named[-1], roles):
        named.pop()
    last = named[-1]
    captions = [i for i in range(begin, named[0]) if any(m.texts[i])]
    header = [i for i in range(named[0], last + 1) if any(m.texts[i])]
    if (
        captions
        and not is_passed_over(m.texts[captions[-1]][roles.label])
        and count_of_texts(m, captions[-1]) == 1
        and not m.texts[named[0]][roles.label]
        and words_of(m.texts[captions[-1]][roles.label]).is_corner
    ):
        header.insert(0, captions.pop())
    headings = [i for i in range(last + 1, first) if any(m.texts[i])]
    while headings and _is_title(" ".join(t for t in m.texts[headings[0]] if t)):
        captions.append(headings.pop(0))
    return header, captions, headings


def _is_title(text: str) -> bool:
    """Whether a text below a header is the title of the table: it prints the unit, and names no side of a balance."""
    return unit_in(text) is not None and row_meaning(without_unit(text)).grootheid is None


def _is_heading_with_attributes(m: Matrix, i: int, roles: Roles) -> bool:
    """A heading of rows that says the unit or source of what stands below it, right under the header."""
    label = m.texts[i][roles.label]
    texts = [m.texts[i][c] for c in roles.texts if m.texts[i][c]]
    return (
        bool(label)
        and not any(m.texts[i][c] for c in (*roles.values, *roles.markers))
        and all(words_of(t).attribute is None for t in texts)
        and (not any(map(is_passed_over, texts)) or not (is_passed_over(label) or words_of(label).is_corner))
    )


def _is_wide(m: Matrix, i: int) -> bool:
    """One text over (nearly) all columns."""
    filled = [(c, p) for c, p in enumerate(m.rows[i]) if p is not None and clean(p.text)]
    return len(filled) == 1 and filled[0][0] == 0 and filled[0][1].colspan >= max(2, m.width - 1)


def paths_over(
    m: Matrix, header: Sequence[int], roles: Roles, soort: str, jaar: int | None, is_printed: bool
) -> tuple[tuple[tuple[str, ...], ...], str, Terms, tuple[float, tuple[tuple[str, ...], ...], str] | None]:
    """The path of every value column, the text that names the rows, the terms, and the next best reading.

    Where the positions of cells are printed (``is_printed``), or every column has a text of its own in one row, what
    names the rows stands over them, whatever it says. A column without a header has none: it is asked about.
    """
    rows = [
        h
        for h in header
        if not _is_formula_row(m, h, roles) and not (m.texts[h][0] and numbers_columns(m, h))
    ]
    paths = _texts_over(m, rows, roles)
    over = {h: [m.texts[h][c] for c in roles.values] for h in rows}
    named = [
        h
        for h in rows
        if not (is_unit_row(over[h]) or numbers_columns(m, h) or _says_sources(m.texts[h][roles.label]))
    ]
    if len(named) < len(rows) and all(bare := _texts_over(m, named, roles)) and len(set(bare)) == len(bare):
        rows, paths = named, bare  # rows of units, sources or numbers: no column needs them to be told apart
    paths = _without_units(paths)
    left = (*unfilled(roles), *roles.outer, *roles.group_codes.values(), *roles.codes, roles.label)
    corner = " ".join(dict.fromkeys(t for h in rows for c in left if (t := m.texts[h][c])))
    if not rows:
        return tuple(paths), corner, Terms(no_header=1), None
    terms = header_terms(paths, (VALUE,) * len(paths), soort, jaar)
    if is_printed and not terms["same_path"] and all(paths):
        if corner:
            terms.pop("corner_inside", None)  # what names the rows is printed over them: this is not it
        return tuple(paths), corner, terms, None
    is_full = len(rows) == 1 and all(m.texts[rows[0]][c] for c in (*left, *roles.values, *roles.texts))
    for h in () if is_printed or is_full else rows:
        for c in left:
            t = m.texts[h][c]
            if (
                t
                and not _names_years(m, h, c)
                and not is_passed_over(t)
                and (words_of(t).year or words_of(t).likeness >= 2)
            ):
                terms["corner_odd"] += 1
    if not terms["same_path"] and not terms["corner_odd"] and all(paths):
        return tuple(paths), corner, terms, None
    distinct = _by_neighbours(m, rows, paths, roles)
    if distinct is not None and not terms["corner_odd"] and all(paths):
        return distinct, corner, header_terms(distinct, (VALUE,) * len(paths), soort, jaar), None
    if is_printed:
        return tuple(paths), corner, terms, None
    columns = tuple(VALUE if c in roles.values else TEXT for c in sorted((*roles.values, *roles.texts)))
    printed = tuple(OnLine(t, h) for h in rows for c in range(m.width) if (t := m.texts[h][c]))
    zone = Zone(
        printed,
        columns,
        names=max(1, len(left)),
        most_headings=0,
        breaks=frozenset(range(len(printed) + 1)),
        soort=soort,
        jaar=jaar,
    )
    found = [h for h in read_header(zone, keep=3) if h.shapes != ("none",)]
    if found and found[0].cost + 0.5 < weigh(terms):
        best = found[0]
        kept = _of_values(best.paths, columns)
        other = found[1] if len(found) > 1 else None
        shown = None if other is None else (other.cost, _of_values(other.paths, columns), other.corner)
        return kept, best.corner, Terms(best.terms), shown
    return tuple(paths), corner, terms, None


def _says_sources(label: str) -> bool:
    """Whether what stands over the labels in a row of a header says that the row holds sources: ``bron``."""
    return words_of(label).attribute == "bron"


def _names_years(m: Matrix, h: int, c: int) -> bool:
    """Whether all that stands below a header cell are years: ``Jaar`` over them is no header of values."""
    return {m.kinds[i][c] for i in range(h + 1, len(m.rows))} - {" "} == {"Y"}


_PLUS_MINUS = ("+", "-")


def _texts_over(m: Matrix, rows: Sequence[int], roles: Roles) -> list[tuple[str, ...]]:
    """The texts of header rows over every value column, outermost first."""
    layers: list[list[str]] = []
    for depth in range(len(rows)):
        layers.append(_spread(m, rows, depth, roles, layers[-1] if layers else [""] * m.width))
    paths = []
    broken = {
        (a, b)
        for upper, lower in itertools.pairwise(rows)
        if _go_on_below(m, (upper, lower), roles.values)
        for a, b in ((m.texts[upper][c], m.texts[lower][c]) for c in roles.values)
        if b[:1].islower() or is_open(a)  # a year below a state is a layer
    }
    for c in roles.values:
        path = [t for layer in layers if (t := layer[c]) and (t in _PLUS_MINUS or not is_passed_over(t))]
        texts = [t for i, t in enumerate(path) if i == 0 or t != path[i - 1]]
        torn = [
            i
            for i, t in enumerate(texts)
            if i == 0 or not (is_broken(texts[i - 1], t) or (texts[i - 1], t) in broken)
        ]
        paths.append(tuple(whole(texts[a:b]) for a, b in itertools.pairwise([*torn, len(texts)])))
    return paths


def _without_units(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The paths less a last text that is a unit (``Verschil > in %``), where no column needs it to be told from another."""
    bare = [path[:-1] if len(path) > 1 and is_unit_of_column(path[-1]) else path for path in paths]
    return [
        short if sum(other[: len(short)] == short for other in paths) == 1 else path
        for path, short in zip(paths, bare, strict=True)
    ]


def _of_values(paths: Sequence[tuple[str, ...]], columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The paths of the columns that hold values."""
    return tuple(p for p, kind in zip(paths, columns, strict=True) if kind == VALUE)


def _by_neighbours(
    m: Matrix, header: Sequence[int], paths: Sequence[tuple[str, ...]], roles: Roles
) -> tuple[tuple[str, ...], ...] | None:
    """Equal paths told apart by the text column in front, or by the year that closes or opens a cycle."""
    named = list(paths)
    seen: set[tuple[str, ...]] = set()
    for i, (path, c) in enumerate(zip(paths, roles.values, strict=True)):
        if path in seen and c - 1 in roles.texts:
            name = " ".join(dict.fromkeys(t for h in header if (t := m.texts[h][c - 1])))
            named[i] = (name, *path) if name else path
        seen.add(path)
    if len(set(named)) == len(named):
        return tuple(named)
    years = [i for i, p in enumerate(paths) if len(p) == 1 and year_of(p[0])]
    twice = [i for i, p in enumerate(paths) if p and list(paths).count(p) > 1]
    if twice and years:
        closes = twice[0] < years[0]
        for i in twice:
            near = [y for y in years if y > i] if closes else [y for y in reversed(years) if y < i]
            if near:
                named[i] = (*paths[near[0]], *paths[i])
    return tuple(named) if len(set(named)) == len(named) else None


def _is_formula_row(m: Matrix, h: int, roles: Roles) -> bool:
    return are_formulas([m.texts[h][c] for c in roles.values if m.texts[h][c]])


def formula_of(m: Matrix, header: Sequence[int], roles: Roles) -> tuple[str, ...]:
    """The row of formulas of a header, by column of values; empty where it has none."""
    for h in header:
        if _is_formula_row(m, h, roles):
            return tuple(m.texts[h][c] for c in roles.values)
    return ()


def units_of(m: Matrix, header: Sequence[int], roles: Roles) -> tuple[str, ...]:
    """The row of units of a header, by column of values; empty where it has none."""
    for h in header:
        if is_unit_row(units := tuple(m.texts[h][c] for c in roles.values)):
            return units
    return ()


def _spread(m: Matrix, header: Sequence[int], depth: int, roles: Roles, over: Sequence[str]) -> list[str]:
    """One header row with the text of every column: spans as given, else a text covers the blanks to its right
    that have something below them and nothing above. ``over``: the same of the row above it."""
    h = header[depth]
    texts = list(m.texts[h])
    if any(p is not None and p.colspan > 1 for row in header for p in m.rows[row]):
        for c, piece in enumerate(m.rows[h]):
            if piece is not None and texts[c]:
                for covered in range(c + 1, min(m.width, c + piece.colspan)):
                    texts[covered] = texts[covered] or texts[c]
        return texts
    left = {roles.label, *roles.codes, *roles.outer, *roles.group_codes.values()}
    below = [
        any(
            (m.texts[b][c] and not is_passed_over(m.texts[b][c]))
            or MARKER_HEADER.fullmatch(m.texts[b][c] or "")
            for b in header[depth + 1 :]
        )
        for c in range(m.width)
    ]
    above = [any(m.texts[a][c] for a in header[:depth]) for c in range(m.width)]
    if depth + 1 < len(header):
        named = [c for c in roles.values if below[c]]
        for _, group in itertools.groupby(named, key=lambda c: over[c]):
            columns = list(group)
            centred = _centred(columns, [c for c in columns if texts[c]])
            texts = [texts[centred[c]] if c in centred else t for c, t in enumerate(texts)]
        if _is_per_column(m, header[depth:], [c for c in named if not above[c]]):
            return texts
    source = -1
    for c in range(m.width):
        if c in left:
            continue
        if texts[c]:
            source = c if not is_passed_over(texts[c]) else -1
        elif above[c]:
            source = -1
        elif source >= 0 and below[c] and below[source]:
            texts[c] = texts[source]
        elif c in roles.values and any(below) and not below[c]:
            source = -1
    return texts


def _centred(columns: Sequence[int], named: Sequence[int]) -> dict[int, int]:
    """For every column the one whose text stands over it, where texts stand in the middle of what they are over.

    Told by the first column: a text in the first cell of what it is over leaves no column before it. Empty where they
    stand otherwise.
    """
    if not named or columns[0] in named:
        return {}
    over: dict[int, int] = {}
    start = 0
    for k, text in enumerate(named):
        before = columns.index(text) - start
        until = columns.index(named[k + 1]) if k + 1 < len(named) else len(columns)
        wide = (2 * before + 1, 2 * before + 2, 2 * before)
        ends = [start + n for n in wide if before < n <= until - start and (n > 2 or not before)]
        if k + 1 == len(named):
            ends = [e for e in ends if e == len(columns)]
        elif len(columns) % len(named) == 0:
            ends = sorted(ends, key=lambda e: e - start != len(columns) // len(named))
        if not ends:
            return {}
        over.update(dict.fromkeys(columns[start : ends[0]], text))
        start = ends[0]
    return over


def _is_per_column(m: Matrix, header: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether each text of a layer is the beginning of the one below it, and a blank is a column of one text only.

    Two columns beside each other have the same text; or all texts go on in those below them, and those below blanks
    are whole, each another.
    """
    upper = [m.texts[header[0]][c] for c in columns]
    return any(a and a == b for a, b in itertools.pairwise(upper)) or _go_on_below(m, header, columns)


def _go_on_below(m: Matrix, header: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether all texts of a layer go on in those below them, and those below blanks are whole, each another."""
    upper, lower = ([m.texts[h][c] for c in columns] for h in header[:2])
    whole_below = [b for a, b in zip(upper, lower, strict=True) if not a]
    on_years = sum(bool(a) and year_of(bare_year(b)) is not None for a, b in zip(upper, lower, strict=True))
    return (
        bool(whole_below)
        and any(upper)
        and on_years != 1
        and all(goes_on(a, b) for a, b in zip(upper, lower, strict=True) if a)
        and not any(goes_on("", b) for b in whole_below)
        and all(lower.count(b) == 1 for b in whole_below)
    )


def attribute_name(m: Matrix, header: Sequence[int], c: int) -> str:
    """What a column of texts is called: eenheid, bron, or by its own header."""
    text = " ".join(dict.fromkeys(t for h in header if (t := m.texts[h][c]) and not is_passed_over(t)))
    return words_of(text).attribute or text or "toelichting"
