"""PDFs as published to prose and grids, page by page.

Words and rulings come from the page; drawn tables are read by their rulings (``ruled``), other tables by
how figures line up (``undrawn``), and what neither can decide goes as lines of text to the layouts that
every text goes to. Running headers and page numbers are left out, and a table that goes on over pages is
one grid. A line is counted from the start of the document, so that lines of later pages come later.

What does not belong here: what a table means.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..codes import is_wordless
from ..model import Fragment, Grid, Passage, Piece, Prose, Reject
from ..notes import is_sentence
from . import ruled, undrawn
from .blocks import is_amount, narrow
from .columns import Box, Columns
from .decoding import join_lines
from .geometry import Line, Word, is_glued, lines_of, with_marks
from .script_addresses import LeftOut, is_script, told
from .text import fragments
from .unreadable import Unreadable, beyond, note, raise_for_memory
from .wrapping import goes_on

MOST_PAGES = 3_000
MOST_WORDS = 50_000  # of one page
MOST_SHOWN = 5 * MOST_WORDS  # pieces of text of one page: some programs print letter by letter
_GAP = 0.15  # em: a wider gap parts two words, also where no space is printed
_TWICE = 1.0  # points: one sign this near to the same one is that one, printed again
_SAME = 2.0  # points: columns of two pages whose edges differ less stand at one place
_EDGE = 3  # lines at the top and bottom of a page that may be running headers
_PAGE_NUMBER = re.compile(
    r"(?:pagina|blz\.?|p\.)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|van)\s*\d{1,4})?", re.IGNORECASE
)
_CONTINUED = re.compile(r"\(?(?:vervolg|continued)\b.*", re.IGNORECASE)

PieceRow = tuple[Piece | None, ...]


@dataclass(frozen=True)
class _Page:
    """What a page holds before its tables are read."""

    number: int
    lines: tuple[Line, ...]
    drawn: tuple[tuple[ruled.Drawn, tuple[Word, ...], dict[Word, int]], ...]
    separators: tuple[float, ...]
    boxes: tuple[Box, ...] = ()  # drawn cells of tables that are drawn in part


@dataclass(frozen=True)
class _Part:
    """A table or a line of prose with its height on the page."""

    fragment: Fragment
    top: float
    left: float
    columns: tuple[tuple[float, float], ...] = ()
    header: int = 0
    goes_on: bool = False  # it begins with what is left of the table of the page before
    undrawn: Columns | None = None  # of a table that is not drawn

    @property
    def grid(self) -> Grid:
        """The table of a part that is one."""
        assert isinstance(self.fragment, Grid)
        return self.fragment

    @property
    def prose(self) -> Prose:
        """The line of a part that is one."""
        assert isinstance(self.fragment, Prose)
        return self.fragment

    @property
    def text(self) -> str:
        """The words of a line of prose; nothing else has any."""
        return self.fragment.text if isinstance(self.fragment, Prose) else ""


def read(data: bytes, name: str) -> Iterator[Fragment | Reject]:
    """Prose and tables of a PDF with text; a page without text is a note.

    Raises ``Unreadable`` for a PDF that is damaged, protected by a password, or a scan without text, and
    MemoryError where a page does not fit in the memory that there is.
    """
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        count = len(pdf.pages)
    except PdfminerException as error:
        raise_for_memory(error)
        raise Unreadable(*_why(error)) from error
    except Exception as error:  # a damaged file fails anywhere in the parser
        raise_for_memory(error)
        what = type(error).__name__
        raise Unreadable(f"de PDF is beschadigd ({what})", f"the PDF is damaged ({what})") from error
    if count > MOST_PAGES:
        raise beyond(
            f"de PDF heeft {count} pagina's, meer dan {MOST_PAGES}",
            f"the PDF has {count} pages, more than {MOST_PAGES}",
        )
    with pdf:
        pdf.doc.caching = False  # objects are parsed again when asked for: memory stays flat
        yield from _read_pages(pdf.pages, name)


def _why(error: Exception) -> tuple[str, str]:
    if "Password" in repr(error):
        return (
            "de PDF is met een wachtwoord beveiligd: sla hem op zonder wachtwoord",
            "the PDF is protected by a password: save it without one",
        )
    return f"de PDF is beschadigd of geen PDF ({error})", f"the PDF is damaged or no PDF ({error})"


def _read_pages(pages, name: str) -> Iterator[Fragment | Reject]:
    """All pages, each read when the next is known: a line that both have at an edge is a running header."""
    joiner = _Joiner()
    before: set[str] = set()
    held: _Page | None = None
    problems: list[Reject] = []
    scripts: list[Reject] = []
    empty: list[int] = []
    texts = 0
    number = 1
    for page in pages:
        try:
            scripts += told(_scripts(page), name, ("verwijzingen", "links"), page=page.page_number)
            current = _look(page, number)
        except Unreadable as refused:
            refused.page = page.page_number
            problems.append(refused.as_reject(name))
            continue
        except Exception as error:  # one damaged page is no reason to leave out the others
            raise_for_memory(error)
            what = f"{type(error).__name__}: {error}"
            reason, reason_en = f"de pagina is niet te lezen ({what})", f"the page cannot be read ({what})"
            problems.append(Unreadable(reason, reason_en, page=page.page_number).as_reject(name))
            continue
        finally:
            page.close()
        if not current.lines and not current.drawn:
            empty.append(current.number)
            continue
        texts += 1
        number = _last_number(current) + 1
        if held:
            yield from joiner.add(_parts(held, before | _edges(current), joiner.before()))
            before = _edges(held)
        held = current
    if held:
        yield from joiner.add(_parts(held, before, joiner.before()))
        yield from joiner.rest()
    if empty and not texts and not problems:
        raise Unreadable(
            "gescande PDF zonder tekst: er is geen tekst om te lezen, lever een PDF met tekst aan",
            "scanned PDF without text: there is no text to read, supply a PDF with text",
        )
    yield from problems
    yield from scripts
    yield from (
        note(
            name,
            "pagina zonder tekst (leeg of gescand), overgeslagen",
            "page without text (empty or scanned), left out",
            page=page,
        )
        for page in empty
    )


def _look(page, first_number: int) -> _Page:
    """Words of a page as lines, with the tables that are drawn on it taken apart."""
    if (shown := _shown(page)) > MOST_SHOWN:  # laying them out would take minutes
        raise beyond(
            f"{shown} stukjes tekst op een pagina, meer dan {MOST_SHOWN}",
            f"{shown} pieces of text on a page, more than {MOST_SHOWN}",
        )
    page = _printed_once(page)
    found = page.extract_words(
        extra_attrs=["size", "fontname"], use_text_flow=False, x_tolerance_ratio=_GAP, return_chars=True
    )
    if len(found) > MOST_WORDS:
        raise beyond(
            f"meer dan {MOST_WORDS} woorden op een pagina", f"more than {MOST_WORDS} words on a page"
        )
    words = with_marks([_word(w) for w in found])
    lines = lines_of(words, first_number)
    across, down = ruled.rulings(page.edges) if words else ([], [])
    drawn = []
    boxes: list[Box] = []
    inside: set[Word] = set()
    if down:
        numbers = {word: line.number for line in lines for word in line.words}
        for table in ruled.in_stripes(ruled.drawn_tables(across, down), lines):
            held = tuple(word for word in words if table.holds(word))
            if held and _is_part_of_more(table, held, lines):
                boxes += table.boxes
            elif held and ruled.grid(table, held, numbers, page.page_number):
                drawn.append((table, held, numbers))
                inside.update(held)
    if inside:
        rest = (tuple(word for word in line.words if word not in inside) for line in lines)
        lines = [Line(line.number, kept) for line, kept in zip(lines, rest, strict=True) if kept]
    separators = tuple(sorted({ruling.at for ruling in across}))
    return _Page(page.page_number, tuple(lines), tuple(drawn), separators, tuple(boxes))


def _scripts(page) -> Iterator[LeftOut]:
    """What a page would run instead of open: addresses of scripts, and scripts themselves, where a reader clicks on it."""
    from pdfminer.pdftypes import PDFStream, resolve1
    from pdfminer.psparser import literal_name
    from pdfminer.utils import decode_text

    annotations = resolve1(page.page_obj.annots)
    for annotation in map(resolve1, annotations if isinstance(annotations, list) else ()):
        action = resolve1(annotation.get("A")) if isinstance(annotation, dict) else None
        if not isinstance(action, dict):
            continue
        is_code = literal_name(resolve1(action.get("S"))) == "JavaScript"
        content = resolve1(action.get("JS" if is_code else "URI"))
        data = content.get_data() if isinstance(content, PDFStream) else content
        text = decode_text(data) if isinstance(data, bytes) else ""
        if text and (is_code or is_script(text)):
            yield LeftOut(f"p. {page.page_number}", None, text)


def _shown(page) -> int:
    """How many pieces of text the content of a page shows, about: by its operators, without laying them out."""
    from pdfminer.pdftypes import PDFStream, resolve1

    streams = (resolve1(content) for content in page.page_obj.contents)
    datas = (stream.get_data() for stream in streams if isinstance(stream, PDFStream))
    return sum(data.count(b"Tj") + data.count(b"TJ") for data in datas)


_APART, _BELOW_HEADER = 1.0, 2.0  # heights of a line between rows of one table, and below its header, at most


def _is_part_of_more(table: ruled.Drawn, held: Sequence[Word], lines: Sequence[Line]) -> bool:
    """Whether the rows of a table go on outside what is drawn: a shaded header, or a total in a frame, is no table.

    They do where more lines with figures than the drawn ones touch it, their figures within its width.
    """
    inside = set(held)
    left, top, right, bottom = table.box
    own, before, after = 0, [], []
    for line in lines:
        figures = [s for s in line.amounts if left <= s.x0 and s.x1 <= right]
        if any(word in inside for word in line.words):
            own += bool(figures)
        elif line.top >= bottom - ruled.CLOSE:
            after.append((line, bool(figures)))
        elif line.bottom <= top + ruled.CLOSE:
            before.append((line, bool(figures)))
    apart = _APART if own else _BELOW_HEADER
    return own < max(_touching(after, bottom, 1, apart), _touching(before[::-1], top, -1, _APART))


def _touching(lines: Sequence[tuple[Line, bool]], edge: float, step: int, apart: float) -> int:
    """How many lines with figures go on from an edge, up or down, without a gap; ``apart`` heights from it at most."""
    count = 0
    for line, has_figures in lines:
        near, far = (line.top, line.bottom) if step > 0 else (line.bottom, line.top)
        if step * (near - edge) > apart * line.size:
            break
        count, edge = count + has_figures, far
    return count


def _printed_once(page):
    """A page without signs that were printed twice on one place, which is how some printers make bold."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in page.chars}
    if len(places) == len(page.chars):
        return page
    return page.dedupe_chars(tolerance=_TWICE, extra_attrs=("fontname", "size"))


def _word(found: dict) -> Word:
    """A word as it was found; the edges of its signs are kept where figures were printed without a gap."""
    text = found["text"]
    edges = tuple(char["x1"] for char in found["chars"]) if is_glued(text) else ()
    if len(edges) != len(text):
        edges = ()
    is_bold = "bold" in found["fontname"].lower()
    return Word(found["x0"], found["x1"], found["top"], found["bottom"], text, found["size"], is_bold, edges)


def _last_number(page: _Page) -> int:
    drawn = (number for _, _, numbers in page.drawn for number in numbers.values())
    return max((*(line.number for line in page.lines), *drawn), default=0)


# --- running headers ---


def _edges(page: _Page) -> set[str]:
    """The lines at the top and the bottom of a page, their figures left open: page numbers differ."""
    return {_open(line) for line in (*page.lines[:_EDGE], *page.lines[-_EDGE:])}


def _open(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _without_running(page: _Page, others: set[str]) -> list[Line]:
    """Lines without the page number and without what the pages beside it have at the same edge.

    A line of several cells is no running header: it may be the header of a table that goes on.
    """
    lines = list(page.lines)
    last = len(lines) - _EDGE
    return [
        line
        for index, line in enumerate(lines)
        if not ((index < _EDGE or index >= last) and _is_running(line, others, index in (0, len(lines) - 1)))
    ]


def _is_running(line: Line, others: set[str], is_outer: bool) -> bool:
    if is_outer and _PAGE_NUMBER.fullmatch(line.text):
        return True
    return len(line.amounts) < 2 and len(line.segments) <= 3 and _open(line) in others and is_outer


# --- the parts of a page, in order ---


def _parts(page: _Page, others: set[str], before: undrawn.Before | None) -> list[_Part]:
    lines = _without_running(page, others)
    parts = [_drawn_part(*drawn, page.number) for drawn in page.drawn]
    found = undrawn.tables(lines, page.separators, page.number, page.boxes, before)
    taken = {index for table in found for index in table.lines}
    parts += [_aligned_part(table, lines) for table in found]
    free = [line for index, line in enumerate(lines) if index not in taken]
    parts += _text_parts(free, page.number)
    return sorted(parts, key=lambda part: part.top)


def _drawn_part(table: ruled.Drawn, words: tuple[Word, ...], numbers: dict[Word, int], page: int) -> _Part:
    rows = ruled.grid(table, words, numbers, page)
    columns = tuple(zip(table.xs, table.xs[1:], strict=False))
    return _Part(Grid(tuple(map(tuple, rows)), "pdf"), table.ys[0], _left(words), columns)


def _aligned_part(table: undrawn.Found, lines: Sequence[Line]) -> _Part:
    first = lines[table.lines[0]]
    left = min(lines[index].words[0].x0 for index in table.lines)
    grid = Grid(table.rows, "pdf", others=table.others, are_groups_open=table.are_groups_open)
    return _Part(grid, first.top, left, table.columns.spans, table.header, table.goes_on, table.columns)


def _left(words: Sequence[Word]) -> float:
    return min(word.x0 for word in words)


def _text_parts(lines: list[Line], page: int) -> list[_Part]:
    """Prose, line by line; lines full of figures that do not line up go to the text layouts."""
    parts: list[_Part] = []
    for crowd, run in _crowds(lines):
        if crowd:
            parts += _laid_out(run, page)
        else:
            parts += [_Part(_prose(line, page), line.top, line.words[0].x0) for line in run]
    return parts


def _crowds(lines: list[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Runs of lines that are full of figures, and the runs between them."""
    run: list[Line] = []
    crowded = False
    for line in lines:
        is_full = (
            sum(1 for word in line.words if any(c.isdecimal() for c in word.text)) >= 3
            and len(line.words) < 25
            and not is_sentence(line.text)
        )
        if run and is_full != crowded:
            yield crowded and len(run) > 1, run
            run = []
        run.append(line)
        crowded = is_full
    if run:
        yield crowded and len(run) > 1, run


def _laid_out(lines: list[Line], page: int) -> list[_Part]:
    """Lines as a text would have them, read by the text layouts; places are those of the lines."""
    parts = []
    for fragment in fragments("\n".join(line.text for line in lines)):
        if isinstance(fragment, Passage):
            at = fragment.lines[0][1]
        else:
            at = fragment.line if isinstance(fragment, Prose) else _first_line(fragment)
        line = lines[max(1, min(at, len(lines))) - 1]
        parts.append(_Part(_moved(fragment, lines, page), line.top, line.words[0].x0))
    return parts


def _first_line(grid: Grid) -> int:
    return min((piece.line for row in grid.rows for piece in row if piece), default=1)


def _moved(fragment: Fragment, lines: list[Line], page: int) -> Fragment:
    if isinstance(fragment, Passage):
        return Passage(tuple((text, lines[no - 1].number, page) for text, no, _ in fragment.lines))

    def number(line: int) -> int:
        return lines[max(0, min(line, len(lines)) - 1)].number

    if isinstance(fragment, Prose):
        return replace(fragment, line=number(fragment.line), page=page)
    rows = tuple(
        tuple(piece and piece._replace(line=number(piece.line), page=page) for piece in row)
        for row in fragment.rows
    )
    return replace(fragment, rows=rows)


def _prose(line: Line, page: int) -> Prose:
    return Prose(line.text, line.number, page)


# --- tables over pages ---


_MOST_UNDER = 4  # lines below a table at the end of a page: names of groups, a remark; over two only if its header is repeated


_MOST_HELD = 12  # lines at the end of a page that may be the header and groups of a table of the next


class _Joiner:
    """Holds the last table of a page until the next page shows whether it goes on."""

    def __init__(self) -> None:
        self._open: _Part | None = None
        self._tail: list[
            _Part
        ] = []  # what stands under the last table: names of groups whose rows may follow
        self._caption: list[str] = []  # prose just above the open table, to know it again

    def add(self, parts: list[_Part]) -> Iterator[Fragment]:
        """The parts of the next page; what can no longer change comes out."""
        start = self._goes_on(parts)
        if self._open and start is not None:
            groups = [*self._tail, *self._groups(parts[:start])]
            named = [_group(part, self._open) for part in groups]
            joined = _join(self._open, [*named, parts[start]])
            parts = [joined, *parts[start + 1 :]]
            self._open = None
        else:
            parts = self._with_groups(parts)
            yield from self.rest()
        last = max((i for i, part in enumerate(parts) if isinstance(part.fragment, Grid)), default=None)
        if last is not None and self._may_go_on(parts[last], parts[last + 1 :]):
            self._open, self._tail = parts[last], parts[last + 1 :]
            above = [part.fragment.text for part in parts[:last] if isinstance(part.fragment, Prose)]
            self._caption = above[-4:] or self._caption
            parts = parts[:last]
        else:
            end = max(len(parts) - _MOST_HELD, 0 if last is None else last + 1)
            self._tail, parts = parts[end:], parts[:end]
        yield from map(_as_read, parts)

    def before(self) -> undrawn.Before | None:
        """The table that may go on on the next page, none where more than the names of groups stands below it."""
        if self._open is None or self._open.undrawn is None:
            return None
        header = _words(self._open.grid.rows[: self._open.header])
        return undrawn.Before(self._open.undrawn, tuple(header))

    def rest(self) -> Iterator[Fragment]:
        """What is still held after the last page."""
        yield from map(_as_read, ([self._open] if self._open else []) + self._tail)
        self._open, self._tail = None, []

    def _with_groups(self, parts: list[_Part]) -> list[_Part]:
        """The parts of a page, its first table with the groups that the page before named under the same header.

        There the page broke a table before its first row of figures: what is held ends in its header and groups.
        """
        first = next((i for i, part in enumerate(parts) if part.header), None)
        if first is None or any(isinstance(part.fragment, Grid) for part in parts[:first]):
            return parts
        table = parts[first]
        header = _words(table.grid.rows[: table.header])
        for start, end in combinations(range(len(self._tail)), 2):
            held, groups = self._tail[start:end], self._tail[end:]
            if sorted(word for part in held for word in part.text.split()) != header:
                continue
            if any(not part.text or _column_at(table, part) is None for part in groups):
                return parts
            self._tail = self._tail[:start]
            named = [_group(part, table) for part in _unwrapped(groups, groups[0].top - held[-1].top)]
            width = len(table.grid.rows[0])
            rows = [_on(range(width), row, width) for part in named for row in part.grid.rows]
            whole = (*table.grid.rows[: table.header], *rows, *table.grid.rows[table.header :])
            return [
                *parts[:first],
                replace(table, fragment=replace(table.grid, rows=whole)),
                *parts[first + 1 :],
            ]
        return parts

    def _may_go_on(self, table: _Part, under: list[_Part]) -> bool:
        """Whether nothing follows a table on its page but words that may name a group of rows."""
        return len(under) <= _MOST_UNDER and all(_column_at(table, part) is not None for part in under)

    def _goes_on(self, parts: list[_Part]) -> int | None:
        """Index of the part that goes on with the open table: the first table, under its caption at most."""
        if self._open is None:
            return None
        first = next((i for i, part in enumerate(parts) if isinstance(part.fragment, Grid)), None)
        if first is None or not _fits(self._open, parts[first]):
            return None
        if len(self._tail) > 2 and not _repeated(self._open, parts[first]):
            return None
        above = [part for part in parts[:first] if not self._is_known(part)]
        # Words above a header are the title of another table; above figures they name a group of rows.
        if above and not (_starts_with_data(parts[first]) and all(map(self._is_label, above)) and first <= 3):
            return None
        return first

    def _is_known(self, part: _Part) -> bool:
        return part.text in self._caption or bool(_CONTINUED.fullmatch(part.text))

    def _is_label(self, part: _Part) -> bool:
        """Whether words may name a group of rows: they start where the labels do."""
        return self._open is not None and _column_at(self._open, part) is not None

    def _groups(self, parts: list[_Part]) -> list[_Part]:
        return [part for part in parts if not self._is_known(part)]


def _column_at(table: _Part, part: _Part) -> int | None:
    """The column of words before the figures of a table at whose left edge a line of prose stands."""
    if not isinstance(part.fragment, Prose):
        return None
    if abs(part.left - table.left) <= ruled.CLOSE:
        return 0
    names = range(min(table.undrawn.figures)) if table.undrawn else ()
    return next((c for c in names if abs(part.left - table.columns[c][0]) <= ruled.CLOSE), None)


def _as_read(part: _Part) -> Fragment:
    """The fragment of a part; columns that are empty on every page are no columns."""
    if not isinstance(part.fragment, Grid):
        return part.fragment
    rows = narrow(part.fragment.rows)
    others = []
    for other in part.fragment.others:
        under = narrow(part.fragment.under(other).rows)
        if len(under[0]) == len(rows[0]):
            others.append(other._replace(rows=under[: len(other.rows)]))
    return replace(part.fragment, rows=rows, others=tuple(others))


def _unwrapped(lines: Sequence[_Part], pitch: float) -> list[_Part]:
    """Lines that stand nearer to each other than rows do as one; ``pitch`` is the distance of two rows."""
    rows: list[_Part] = []
    top = -pitch
    for line in lines:
        if rows and line.top - top < pitch - 1.0:
            text = join_lines([rows[-1].text, line.text])
            rows[-1] = replace(rows[-1], fragment=replace(rows[-1].prose, text=text))
        else:
            rows.append(line)
        top = line.top
    return rows


def _group(part: _Part, table: _Part) -> _Part:
    """A line that names a group of rows of a table, as a row with a label alone."""
    prose = part.prose
    before = (Piece("", prose.line, prose.page),) * (_column_at(table, part) or 0)
    return replace(part, fragment=Grid(((*before, Piece(prose.text, prose.line, prose.page)),), "pdf"))


def _fits(a: _Part, b: _Part) -> bool:
    """Whether a table has the columns of the one before it, and its header or none."""
    if min(len(a.columns), len(b.columns)) < 2 or _placed(a, b) is None:
        return False
    return _starts_with_data(b) or bool(_repeated(a, b))


def _placed(a: _Part, b: _Part) -> list[int] | None:
    """For each column of ``b`` the column of ``a`` that stands at its place, None where one has no place.

    A column of labels may be missing on a page where nothing stood in it; one of figures may not. Pages may
    have another margin; most columns must stand where they stood, the others at least overlap.
    """
    if len(b.columns) > len(a.columns):
        return None
    moved = 0.0 if b.goes_on else b.columns[-1][1] - a.columns[-1][1]
    spans = [(x0 - moved, x1 - moved) for x0, x1 in b.columns]
    found, exact, free = [], 0, 0
    for span in spans:
        best = max(range(free, len(a.columns)), key=lambda c: _likeness(a.columns[c], span), default=None)
        if best is None or _likeness(a.columns[best], span) < 0:
            return None
        exact += _apart(a.columns[best], span) <= _SAME
        found.append(best)
        free = best + 1
    skipped = set(range(len(a.columns))) - set(found)
    if 2 * exact <= len(found) or any(c >= min(found[1:]) for c in skipped):
        return None
    return found


def _likeness(a: tuple[float, float], b: tuple[float, float]) -> float:
    """How well two columns agree: the width they share, more where an edge is the same; below 0 is not at all."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return 1000.0 - _apart(a, b) if _apart(a, b) <= _SAME else shared


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far the contents of two columns stand apart at the edge where they line up best."""
    return min(abs(a[0] - b[0]), abs(a[1] - b[1]))


def _starts_with_data(part: _Part) -> bool:
    """Whether a table has no header of its own: its first full row has a figure that is no year."""
    if part.header or part.goes_on:
        return part.goes_on
    rows = ([piece.text for piece in row if piece and piece.text] for row in part.grid.rows)
    first = next((row for row in rows if len(row) > 1), [])
    return any(is_amount(text) for text in first[1:])


def _repeated(a: _Part, b: _Part) -> int:
    """Rows at the top of a table that repeat the header of the one before it."""
    if b.header and _words(a.grid.rows[: a.header]) == _words(b.grid.rows[: b.header]):
        return b.header
    count = 0
    for x, y in zip(a.grid.rows, b.grid.rows, strict=False):
        if _texts(x) != _texts(y):
            break
        count += 1
    return count


def _words(rows: Sequence[tuple[Piece | None, ...]]) -> list[str]:
    """The words of a header, whatever layer each stands in."""
    return sorted(word for row in rows for text in _texts(row) for word in text.split())


def _texts(row: tuple[Piece | None, ...]) -> list[str]:
    return [piece.text for piece in row if piece and piece.text]


def _join(a: _Part, parts: list[_Part]) -> _Part:
    """A table with the rows of the next page, without the header that is repeated there.

    A row that was broken by the page has its figures on the first and the rest of its label on the next.
    """
    rows = list(a.grid.rows)
    for part in parts:
        places = (_placed(a, part) if part.columns else None) or range(len(rows[0]))
        more = [_on(places, row, len(rows[0])) for row in part.grid.rows[_repeated(a, part) :]]
        if more and part.columns and _is_rest(rows[-1], more[0]):
            rows[-1] = tuple(map(_one_cell, rows[-1], more[0]))
            more = more[1:]
        rows += more
    return replace(a, fragment=replace(a.grid, rows=tuple(rows)))


def _is_rest(last: PieceRow, row: PieceRow) -> bool:
    """Whether a row is what the next page prints of the last one: its label, or more of its cells of words."""
    at = [column for column in range(len(row)) if _text_at(row, column)]
    if any(is_amount(_text_at(row, column)) and is_amount(_text_at(last, column)) for column in at):
        return False
    if _lacks_label(last) and at == [0]:
        return True
    if len(_texts(last)) < 2:
        return False
    named = (c for c in range(len(last)) if _text_at(last, c) and not is_wordless(_text_at(last, c)))
    label = next(named, 0)  # codes may stand before it
    return at != [label] or not _text_at(last, label) or goes_on(_text_at(last, label), _text_at(row, label))


def _text_at(row: PieceRow, column: int) -> str:
    piece = row[column]
    return piece.text if piece else ""


def _one_cell(above: Piece | None, below: Piece | None) -> Piece | None:
    """What two pages print of one cell."""
    if not (above and above.text and below and below.text):
        return above if above and above.text else below
    return above._replace(text=join_lines([above.text, below.text]))


def _on(places: Sequence[int], row: tuple[Piece | None, ...], width: int) -> tuple[Piece | None, ...]:
    """A row with each piece in the column that it stands in on the page before."""
    line = next((piece.line for piece in row if piece), 0)
    page = next((piece.page for piece in row if piece), None)
    moved: list[Piece | None] = [Piece("", line, page) for _ in range(width)]
    for place, piece in zip(places, row, strict=False):
        moved[place] = piece
    return tuple(moved)


def _lacks_label(row: tuple[Piece | None, ...]) -> bool:
    """Whether a row has figures and no words that say of what."""
    texts = _texts(row)
    amounts = [is_amount(text) for text in texts]
    words = [any(c.isalpha() for c in text) for text in texts]  # 2098 may be an amount and - stands for one
    return len(texts) > 1 and any(amounts) and all(a or not w for a, w in zip(amounts, words, strict=True))
