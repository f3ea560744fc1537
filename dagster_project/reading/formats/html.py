"""Web pages as saved, to prose and grids.

The page is parsed as a stream: no tree is kept, so that memory follows the largest table and not the
page. Tags that never close are closed as browsers do. Scripts, styles and hidden parts are never read,
entities are only those of HTML, and nothing is fetched.

What does not belong here: what a table means.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from ..model import Fragment, Grid, Prose, Reject
from .decoding import decode, join_lines, printed, superscript
from .script_addresses import LeftOut, is_script, told
from .spans import Merged, fill, place
from .unreadable import Unreadable, beyond, note

MOST_CELLS = 300_000  # of one page
MOST_DEPTH = 50  # tables within tables
_CHUNK = 1 << 20  # a page may be one line

_NEVER_READ = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "textarea",
        "datalist",
        "del",
        "s",
        "strike",
        "title",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "button",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "o:p",
    ]
)
_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "tr",
    "rowgroup": "tbody",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
_GONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*collapse|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANK = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_INDENT = re.compile(
    r"(?<![\w-])(?:padding-left|margin-left|text-indent)\s*:\s*(\d{1,3}(?:\.\d{1,3})?)(px|pt|em|rem)\b",
    re.IGNORECASE,
)
_BLANK_IN = {"px": 4.0, "pt": 3.0, "em": 0.25, "rem": 0.25}
_FOR_SCREEN_READERS = {"sr-only", "visually-hidden", "screen-reader-text", "element-invisible"}
_ADDRESSES = ("href", "xlink:href", "action", "formaction")  # attributes that lead somewhere
_CELLS, _TEXT = ("cellen", "cells"), ("de tekst", "the text")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read(data: bytes, name: str) -> Iterator[Fragment | Reject]:
    """Prose, headings, captions and tables of a page, in the order in which they are printed.

    Lines are the lines of the file. Raises ``Unreadable`` where the page holds more cells than any
    published page.
    """
    declared = _CHARSET.search(data[:4096])
    text = decode(data, declared.group(1).decode("ascii") if declared else None)
    page = _Page(name)
    parser = etree.HTMLParser(target=page, recover=True, no_network=True, huge_tree=True)
    for number, line in enumerate(_lines(text), 1):
        page.line = number
        for start in range(0, len(line), _CHUNK):
            _parse(parser.feed, line[start : start + _CHUNK])
        yield from page.take()
    _parse(parser.close)
    page.finish()
    yield from page.take()


def read_archive(data: bytes, name: str) -> Iterator[Fragment | Reject]:
    """The page in a saved web archive (.mht); its pictures and scripts are left alone."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            yield from read(cast(bytes, part.get_payload(decode=True)) or b"", name)
            return
    raise Unreadable("het webarchief bevat geen pagina", "the web archive holds no page")


def _parse(step, *text: str) -> None:
    try:
        step(*text)
    except etree.LxmlError as error:
        raise Unreadable(
            f"de pagina is niet als HTML te lezen ({error})", f"the page cannot be read as HTML ({error})"
        ) from error


def _lines(text: str) -> Iterable[str]:
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return (line + "\n" for line in text.split("\n"))


@dataclass(slots=True)
class _Line:
    """Text up to the next line break or block."""

    line: int
    level: int = 0
    parts: list[str] = field(default_factory=list)
    is_closed: bool = False

    @property
    def text(self) -> str:
        return printed("".join(self.parts))


@dataclass(slots=True)
class _Cell:
    line: int
    colspan: int
    rowspan: int
    is_header: bool
    indent: int = 0
    plain: bool = False  # some of its text is not bold
    bold: bool = False  # some of it is
    lines: list[_Line] = field(default_factory=list)
    inner: list[tuple[int, list[Fragment | Reject]]] = field(default_factory=list)  # after how many lines

    @property
    def text(self) -> str:
        return join_lines([line.text for line in self.lines], "\n")


@dataclass(slots=True)
class _Table:
    line: int
    is_layout: bool
    rows: list[list[_Cell]] = field(default_factory=list)
    cell: _Cell | None = None
    head_rows: int = 0
    in_head: bool = False
    section_ends: list[int] = field(default_factory=list)
    hidden: int = 0  # hidden cells with a digit
    left_out: list[LeftOut] = field(default_factory=list)


class _Page:
    """Receives the events of the parser and keeps what is still open: tables, cells, a line of text."""

    def __init__(self, name: str):
        self.name = name
        self.line = 1
        self._seen: list[Fragment | Reject] = []
        self._open: list[str] = []  # what each open tag stands for
        self._skipped_at: int | None = None  # depth at which something unread or hidden began
        self._tables: list[_Table] = []
        self._prose: _Line | None = None
        self._level = 0
        self._raised = 0
        self._bold: list[int] = []  # depths of the open tags that set bold
        self._cells = 0
        self._hidden_cell = False
        self._left_out: list[LeftOut] = []  # of what stands in no cell

    def take(self) -> list[Fragment | Reject]:
        """What was seen since the last call."""
        seen, self._seen = self._seen, []
        return seen

    def finish(self) -> None:
        """Close what the page left open."""
        while self._tables:
            self._end_table()
        self._end_line()
        self._seen.extend(told(self._left_out, self.name, _TEXT))

    # --- events of the parser ---

    def start(self, tag: str, attributes) -> None:
        """A tag opens; one that is hidden or never read takes everything in it along."""
        means = self._meaning(tag, attributes)
        self._open.append(means)
        if self._skipped_at is not None:
            return
        hidden = _is_hidden(attributes)
        if means in _NEVER_READ or hidden:
            self._skipped_at = len(self._open)
            if means in _NEVER_READ and self._is_in_cell():
                self._leave_out(means, "")
            self._hidden_cell = bool(hidden) and means in ("td", "th", "tr")
            if means in ("td", "th") and hidden == "blank":
                self._start_cell(means, attributes)
            return
        if _is_bold(means, attributes):
            self._bold.append(len(self._open))
        self._start(means, attributes)
        for address in ((attributes or {}).get(attribute) for attribute in _ADDRESSES):
            if address and is_script(address):
                self._leave_out(means, address)

    def end(self, tag: str) -> None:
        """A tag closes, by itself or because the parser saw that it must have."""
        if not self._open:
            return
        depth, means = len(self._open), self._open.pop()
        if self._bold and self._bold[-1] >= depth:
            self._bold.pop()
        if self._skipped_at is not None:
            if depth > self._skipped_at:
                return
            self._skipped_at, self._hidden_cell = None, False
            if means not in ("td", "th"):
                return
        self._end(means)

    def data(self, text: str) -> None:
        """Text between tags."""
        if self._skipped_at is not None:
            if self._hidden_cell and self._tables and any(c.isdecimal() for c in text):
                self._tables[-1].hidden += 1
                self._hidden_cell = False
            elif self._is_in_cell() and self._open[self._skipped_at - 1] in _NEVER_READ:
                left = self._tables[-1].left_out
                left[-1] = left[-1]._replace(text=left[-1].text + text)
            return
        cell = self._tables[-1].cell if self._tables else None
        if cell is not None:
            if not cell.lines or cell.lines[-1].is_closed:
                cell.lines.append(_Line(self.line, self._level))
            parts = cell.lines[-1].parts
            if self._raised:
                text = superscript(text, "".join(parts[-1:]))
            if text.strip():
                cell.bold, cell.plain = cell.bold or bool(self._bold), cell.plain or not self._bold
            elif len(cell.lines) == 1 and not cell.text:
                cell.indent += text.count("\xa0")
            if text.strip() and len(cell.lines) == 1 and not cell.text:
                cell.indent += _leading_blanks(text)
            parts.append(text)
        elif text.strip() or self._prose:
            if self._prose is None:
                self._prose = _Line(self.line, self._level)
            if self._raised:
                text = superscript(text, "".join(self._prose.parts[-1:]))
            self._prose.parts.append(text)

    def comment(self, text: str) -> None:
        """Comments are no part of what is printed."""

    def close(self) -> None:
        """The parser has no more."""

    def _is_in_cell(self) -> bool:
        return bool(self._tables and self._tables[-1].cell)

    def _leave_out(self, what: str, text: str) -> None:
        """Remember what is not printed: of the cell in which it stands, else of the page."""
        left_out = self._tables[-1].left_out if self._is_in_cell() else self._left_out
        left_out.append(LeftOut(f"<{what}>", self.line, text))

    # --- what they mean ---

    def _meaning(self, tag, attributes) -> str:
        tag = tag.lower() if isinstance(tag, str) else ""
        role = (attributes.get("role") or "").lower()
        if tag in ("div", "span", "section", "ul", "li"):
            return _ROLES.get(role, tag)
        return tag

    def _start(self, means: str, attributes) -> None:
        if means == "table":
            self._start_table(attributes)
        elif means in ("tr", "td", "th", "thead", "tbody", "tfoot") and self._tables:
            table = self._tables[-1]
            if means == "tr":
                self._start_row(table)
            elif means in ("td", "th"):
                self._start_cell(means, attributes)
            else:
                table.section_ends.append(len(table.rows))
                table.in_head = means == "thead"
        elif means in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._break()
            self._level = int(means[1])
        elif means == "sup":
            self._raised += 1
        elif means not in _INLINE:
            self._break()
            cell = self._tables[-1].cell if self._tables else None
            if cell is not None and not cell.lines:
                cell.indent += _indent(attributes)

    def _end(self, means: str) -> None:
        if means == "table":
            self._end_table()
        elif means in ("td", "th", "tr") and self._tables:
            self._tables[-1].cell = None
        elif means in ("thead", "tbody", "tfoot") and self._tables:
            table = self._tables[-1]
            table.section_ends.append(len(table.rows))
            table.in_head = False
        elif means in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._level = 0
            self._break()
        elif means == "sup":
            self._raised = max(0, self._raised - 1)
        elif means not in _INLINE and means != "br":
            self._break()

    def _start_table(self, attributes) -> None:
        self._break()
        if len(self._tables) >= MOST_DEPTH:
            self._open[-1] = "div"
            return
        layout = (attributes.get("role") or "").lower() in ("presentation", "none")
        self._tables.append(_Table(self.line, layout))

    def _start_row(self, table: _Table) -> None:
        table.cell = None
        table.rows.append([])
        if table.in_head:
            table.head_rows = len(table.rows)

    def _start_cell(self, means: str, attributes) -> None:
        if not self._tables:
            self._break()
            return
        table = self._tables[-1]
        if not table.rows:
            self._start_row(table)
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise beyond(
                f"de pagina heeft meer dan {MOST_CELLS:_} cellen".replace("_", "."),
                f"the page has more than {MOST_CELLS:,} cells",
                line=self.line,
            )
        colspan, rowspan = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
        is_header = means == "th" or table.in_head
        table.cell = _Cell(self.line, colspan, rowspan, is_header, indent=_indent(attributes))
        table.rows[-1].append(table.cell)

    def _break(self) -> None:
        """The line of text ends here: a block or a line break begins."""
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            self._end_line()
        elif cell.lines:
            cell.lines[-1].is_closed = True

    def _end_line(self) -> None:
        line, self._prose = self._prose, None
        if line and line.text:
            self._see([Prose(line.text, line.line, level=line.level)])

    def _see(self, seen: list[Fragment | Reject]) -> None:
        """Into the cell that is open around it, else out of the page."""
        around = next((table.cell for table in reversed(self._tables) if table.cell), None)
        if around is None:
            self._seen.extend(seen)
        elif seen:
            around.inner.append((len(around.lines), seen))

    def _end_table(self) -> None:
        if not self._tables:
            return
        self._end_line()
        table = self._tables.pop()
        texts = [cell for row in table.rows for cell in row if cell.text]
        inner = any(cell.inner for row in table.rows for cell in row)
        around = self._tables[-1].cell if self._tables else None
        if around is not None and len(texts) <= 1 and not inner:
            around.lines.extend(line for cell in texts for line in cell.lines)
            self._tables[-1].left_out.extend(table.left_out)
            self._break()
        else:
            self._see(list(_understood(table, self.name, inner)))


def _span(text: str | None) -> int:
    """A span as browsers read it: digits in front count, nonsense is one."""
    found = re.match(r"\s*(\d{1,9})", text or "1")
    return int(found.group(1)) if found else 1


def _is_bold(means: str, attributes) -> bool:
    return means in ("b", "strong") or bool(_BOLD.search((attributes or {}).get("style") or ""))


def _leading_blanks(text: str) -> int:
    """Hard spaces in front of the first word: white space of the file is not printed."""
    return text[: len(text) - len(text.lstrip())].count("\xa0")


def _indent(attributes) -> int:
    """How far a style sets the text of a cell or paragraph to the right, in blanks."""
    found = _INDENT.findall((attributes or {}).get("style") or "")
    return sum(round(float(size) / _BLANK_IN[unit.lower()]) for size, unit in found)


def _is_hidden(attributes) -> str | None:
    """``gone`` where nothing is left of it on the page, ``blank`` where its place stays."""
    if not attributes:
        return None
    style = attributes.get("style") or ""
    if "hidden" in attributes or _GONE.search(style):
        return "gone"
    if (attributes.get("aria-hidden") or "").strip().lower() == "true" or _BLANK.search(style):
        return "blank"
    return "gone" if _FOR_SCREEN_READERS & set((attributes.get("class") or "").split()) else None


def _understood(table: _Table, name: str, has_inner: bool) -> Iterator[Fragment | Reject]:
    """A table of data as a grid, one that only arranges the page as the lines and tables in it; what was left out is said."""
    yield from told(table.left_out, name, _CELLS)
    try:
        rows = fill(place([[_merged(cell) for cell in row] for row in table.rows], table.section_ends))
    except Unreadable as error:
        yield Unreadable(error.reason, error.reason_en, line=error.line or table.line).as_reject(name)
        return
    wide = len(rows[0]) if rows else 0
    full = sum(1 for row in rows if sum(1 for piece in row if piece and piece.text) > 1)
    if table.is_layout or wide < 2 or (has_inner and full < 2):
        for cell in (cell for row in table.rows for cell in row):
            yield from _arranged(cell)
        return
    if table.hidden:
        yield note(
            name,
            f"{table.hidden} verborgen cellen met cijfers overgeslagen",
            f"{table.hidden} hidden cells with figures left out",
            line=table.line,
        )
    yield Grid(rows, "html", header_rows=_header_rows(table))
    for cell in (cell for row in table.rows for cell in row):
        for _, seen in cell.inner:
            yield from seen


def _arranged(cell: _Cell) -> Iterator[Fragment | Reject]:
    """The lines of a cell that only arranges the page, with the tables in it where they stand."""
    after = [*cell.inner, (len(cell.lines), [])]
    done = 0
    for upto, seen in after:
        for line in cell.lines[done:upto]:
            if line.text:
                yield Prose(line.text, line.line, level=line.level)
        done = upto
        yield from seen


def _merged(cell: _Cell) -> Merged:
    is_bold = cell.bold and not cell.plain
    return Merged(cell.text, cell.line, cell.colspan, cell.rowspan, is_bold, cell.indent, cell.is_header)


def _header_rows(table: _Table) -> int | None:
    """Rows of the head as the page says: those in thead, else the first rows of header cells alone.

    A single header cell after the first row is the name of a group of rows, not a header.
    """
    if table.head_rows:
        return table.head_rows
    count = 0
    for row in table.rows:
        texts = [cell for cell in row if cell.text]
        if not texts or not all(cell.is_header for cell in texts) or (count and len(texts) == 1):
            break
        count += 1
    return count or None
