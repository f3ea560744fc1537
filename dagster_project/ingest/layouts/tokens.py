"""Lines without marks between their cells, to a row of tokens: texts and runs of values.

One cell per line, PDF text and single-spaced rows differ only here: in what one token is. Which text is
a header, a heading or a label is decided in ``above``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..headers import is_corner, likeness, split_line, unit_in, without_unit
from ..numbers import MARKER, MISSING, NUMBER, clean, is_malformed, read, year_of
from .lines import Line, join, paragraphs

Value = tuple[str, int]  # text as printed, line

_PREFIXES = re.compile(r"€|EUR|≥|≤|>=|<=|>|<|±|-/-")
_SUFFIXES = re.compile(r"%|‰|mln\.?|miljoen|mld\.?|mrd\.?|ha|fte|\*{1,3}")
_MARK = re.compile(r"[VN]")
_YEAR_IN_BRACKETS = re.compile(r"\([^()]*(?:19|20)\d\d[^()]*\)\*{0,3}")
_WORDS_ONLY = re.compile(r"[a-z?]{1,3}", re.IGNORECASE)  # x, na, nb, pm: words in running text
_ENDS_IN_MARKER = re.compile(r"\d\s+\(?[VN]\)?\s*$")
_MARKER_BEFORE = re.compile(r"\s[VN]\s+(?:€\s*)?[\d-]")
_LONGEST_WORD = 3
_NO_BREAK = "\u00a0"
_EURO_IN_GROUPS = re.compile(r"(?<=€ )-?\d{1,3}(?: \d{3})+(?=\s+-?€|\s*$)")
_ASCII_SPACE = re.compile(r"[ \t]+")


class Token(NamedTuple):
    """A text, or (``values`` not None) a run of values. ``cells`` tells how many lines or cells it took."""

    text: str
    line: int
    values: tuple[Value, ...] | None = None
    page: int | None = None
    starts_page: bool = False
    is_row: bool = False  # values that share a line with the text before them
    parts: tuple[Value, ...] = ()  # the lines that were joined to this text


@dataclass(frozen=True, slots=True)
class Stream:
    """Tokens with the layout they came from: lines, pdf-text or spaces; prose where there is no table."""

    layout: str
    tokens: tuple[Token, ...]


@lru_cache(maxsize=1 << 14)
def is_value(text: str) -> bool:
    """A whole cell that holds values, or digits that make no number (to be rejected, not read as text)."""
    return bool(read(text)) or is_malformed(text)


def tokenize(lines: list[Line]) -> Stream:
    """The layout of a run of lines and its tokens."""
    blocks = paragraphs(lines)
    texts = [[clean(line.text) for line in block] for block in blocks]
    solos = sum([_is_solo(text) for block in texts for text in block])
    others = sum(len(block) for block in texts) - solos
    if solos < 4 or solos <= 2 * others:  # else it is one cell per line, whatever the other lines hold
        style = _marker_style(lines)
        split = [[split_row(line.text, style) for line in block] for block in blocks]
        rows = [i for i, block in enumerate(split) for label, values in block if _is_row(label, values)]
        if solos < 4 or solos <= 2 * len(rows):
            return _in_rows(lines, blocks, split, rows)
    alone = sum(1 for block in texts if len(block) == 1 and is_value(block[0]))
    return Stream("lines", tuple(_cells(blocks, alone * 2 >= solos)))


def _in_rows(
    lines: list[Line], blocks: list[list[Line]], split: list[list[tuple[str, list[str]]]], rows: list[int]
) -> Stream:
    """Rows on a line, or prose: ``rows`` names the paragraph of every line with several values."""
    singles = [
        (i, j)
        for i, block in enumerate(split)
        for j, (label, values) in enumerate(block)
        if label and len(values) == 1
    ]
    if len(rows) < 2 and not (len(singles) >= 3 and _is_list(split, singles)):
        return Stream("prose", tuple(_cells(blocks, True)))
    in_own = sum(1 for i in rows if len(blocks[i]) == 1)
    is_paged = any(line.starts_page for line in lines)
    layout = "pdf-text" if in_own * 2 > len(rows) or is_paged else "spaces"
    return Stream(layout, tuple(_rows(blocks, split, layout)))


def _is_solo(text: str) -> bool:
    return is_value(text) and (len(text) > _LONGEST_WORD or not _is_word(text))


def _is_word(text: str) -> bool:
    return (
        len(text) <= _LONGEST_WORD and _WORDS_ONLY.fullmatch(text) is not None and not _MARK.fullmatch(text)
    )


def _is_list(split: list[list[tuple[str, list[str]]]], singles: list[tuple[int, int]]) -> bool:
    """Labels with one amount each: only where most lines are so and an amount shows itself as one."""
    lines = sum(len(b) for b in split)
    shown = sum(1 for i, j in singles if re.search(r"\.\d{3}|€|,\d", split[i][j][1][0]))
    return 2 * len(singles) > lines and 2 * shown >= len(singles)


def _is_row(label: str, values: list[str]) -> bool:
    return len(values) >= 2 and not all(year_of(v) for v in values)


# --- one cell per line ---------------------------------------------------------------------------------


def _cells(blocks: list[list[Line]], by_paragraph: bool) -> list[Token]:
    """Each paragraph is a cell, or each line where cells are not set apart by blank lines."""
    tokens: list[Token] = []
    for block in blocks:
        if by_paragraph and len(block) > 1 and (_is_series(block) or not _all_values(block)):
            text = join([line.text for line in block])
            parts = () if is_value(text) and _is_series(block) else tuple((x.text, x.no) for x in block)
            tokens.append(_token(text, block[0], parts))
        else:
            tokens += [_token(clean(line.text), line) for line in block]
    return [token for token in tokens if token.text]


def _token(text: str, line: Line, parts: tuple[Value, ...] = ()) -> Token:
    """A cell that begins on ``line``: a value, or a text that was joined of ``parts``."""
    if not parts and is_value(text):
        return Token(text, line.no, ((text, line.no),), line.page)
    return Token(text, line.no, None, line.page, line.starts_page or line.text[0] == " ", parts=parts)


def _all_values(block: list[Line]) -> bool:
    return all(is_value(clean(line.text)) for line in block)


def _is_series(block: list[Line]) -> bool:
    """Values with their years, one below the other in one cell: ``6,9 (2020)`` / ``7,0 (2022)``."""
    found = [read(clean(line.text)) for line in block]
    return len(block) > 1 and all(len(f) == 1 and f[0].jaar is not None for f in found)


# --- rows on a line ------------------------------------------------------------------------------------


def _marker_style(lines: list[Line]) -> str:
    """Whether V and N stand before or after their number, by where lines end and values begin."""
    after = before = 0
    for line in lines:
        text = line.text
        if " V" in text or " N" in text:
            after += _ENDS_IN_MARKER.search(text) is not None
            before += _MARKER_BEFORE.search(text) is not None
    return "after" if after and after >= before / 2 else "before" if before else ""


def split_row(raw: str, style: str = "") -> tuple[str, list[str]]:
    """A line as its label and the values at its end: ``Reserve groen 377 40 -166``.

    Without columns to count by, all values at the end are taken: the caller gives back to the label
    what is too many.
    """
    if raw.count("€") > 1:  # what stands between two signs is one number
        raw = _EURO_IN_GROUPS.sub(lambda m: m.group().replace(" ", _NO_BREAK), raw)
    words = [w for w in _ASCII_SPACE.split(raw) if w]
    end = len(words)
    values: list[str] = []
    while end:
        start = _value_before(words, end, style)
        if start is None:
            break
        values.append(clean(" ".join(words[start:end])))
        end = start
    if len(values) <= 1 and end < len(words) and unit_in(clean(raw)):
        return clean(raw), []
    return clean(" ".join(words[:end])), values[::-1]


def _value_before(words: list[str], end: int, style: str) -> int | None:
    """Where the value that ends before word ``end`` begins, or None where there is none."""
    last = words[end - 1]
    start = end - 1
    if last[-1].isdigit():
        if not _is_single(last):
            return None
    elif (
        (style == "after" and _MARK.fullmatch(last))
        or _SUFFIXES.fullmatch(last)
        or _YEAR_IN_BRACKETS.fullmatch(last)
    ):
        if start == 0:
            return None
        start -= 1
        if _SUFFIXES.fullmatch(words[start]) and start:
            start -= 1
        if not _reads(clean(" ".join(words[start:end]))):
            return None
    elif not _is_single(last):
        return None
    while start:
        previous = words[start - 1]
        if len(previous) > _LONGEST_WORD:
            break
        if _PREFIXES.fullmatch(previous) or (style == "before" and _MARK.fullmatch(previous)):
            start -= 1
            continue
        break
    return start


@lru_cache(maxsize=1 << 14)
def _is_single(word: str) -> bool:
    """Whether a word is a value by itself, or digits that make no number; a word of running text is none."""
    word = clean(word)
    return (_reads(word) or is_malformed(word)) and not _is_word(word)


def _reads(text: str) -> bool:
    found = read(text)
    return bool(found) and found[0].mark != MARKER


def _rows(blocks: list[list[Line]], split: list[list[tuple[str, list[str]]]], layout: str) -> list[Token]:
    tokens: list[Token] = []
    for block, parts in zip(blocks, split, strict=True):
        texts: list[Line] = []
        for position, (line, (label, values)) in enumerate(zip(block, parts, strict=True)):
            row = _row_tokens(line, label, values, parts, layout)
            if not row:
                texts.append(line)
                continue
            tokens += _text_tokens(texts, layout, False)
            texts = []
            if row[0].values is None and _wraps(tokens, position, row[0].text, layout):
                above = tokens.pop()
                row[0] = row[0]._replace(text=join([above.text, row[0].text]), line=above.line)
            tokens += row
        tokens += _text_tokens(texts, layout, len(texts) == len(block))
    return tokens


def _row_tokens(
    line: Line, label: str, values: list[str], parts: list[tuple[str, list[str]]], layout: str
) -> list[Token]:
    """The label and the values of a line, or only values; nothing where the line is a text."""
    years = len(values) >= 2 and all(year_of(v) for v in values)
    printed = tuple((v, line.no) for v in values)
    if not label:
        is_run = years or (bool(values) and not year_of(values[0]))
        return [Token("", line.no, printed, line.page)] if is_run else []
    is_row = len(values) >= 2 and not years
    if not is_row and not (len(values) == 1 and _is_single_row(line, label, values[0], parts)):
        return []
    return [
        Token(label, line.no, None, line.page, _starts(line, layout)),
        Token("", line.no, printed, line.page, is_row=True),
    ]


def _is_single_row(line: Line, label: str, value: str, parts: list[tuple[str, list[str]]]) -> bool:
    """A label with one value beside rows with more: a short row, not a text that ends in a number."""
    found = read(value)
    if not found or found[0].is_year or unit_in(clean(line.text)):
        return False
    shows = found[0].mark == NUMBER and re.search(r"\.\d{3}|,\d|€|^-\d", value) is not None
    lonely = len(parts) > 1 and sum(1 for _, v in parts if len(v) == 1) * 2 > len(parts)
    return shows or lonely or (found[0].mark == MISSING)


def _starts(line: Line, layout: str) -> bool:
    return line.starts_page or (layout == "pdf-text" and line.text[:1] == " ")


def _wraps(tokens: list[Token], position: int, label: str, layout: str) -> bool:
    """Whether the text of this row goes on with the text on the line above it, in the same paragraph."""
    if position == 0 or not tokens or tokens[-1].values is not None:
        return False
    return layout == "pdf-text" or goes_on(tokens[-1].text, label)


_OPEN_END = re.compile(
    r"(?:[,/(-]|\b(?:en|of|van|de|het|een|voor|met|in|op|aan|tot|bij|t\.b\.v\.|door|per|naar|uit))$"
)


def goes_on(text: str, following: str) -> bool:
    """Whether ``following`` reads as the rest of ``text``: lower case, or a bracket, or an open end."""
    if following[:1].islower() or following[:1] in "(€)&/":
        return True
    if text.count("(") > text.count(")") or year_of(following):
        return True
    return _OPEN_END.search(text.lower()) is not None


def _text_tokens(lines: list[Line], layout: str, whole: bool) -> list[Token]:
    """Texts of one paragraph: one cell in PDF text, line by line unless they go on in spaced text."""
    groups: list[list[Line]] = []
    for line in lines:
        joined = join([x.text for x in groups[-1]]) if groups else ""
        is_one = layout == "pdf-text" and whole
        if groups and not holds_headers(joined) and (is_one or goes_on(joined, clean(line.text))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Token(
            join([x.text for x in g]),
            g[0].no,
            None,
            g[0].page,
            _starts(g[0], layout),
            parts=tuple((x.text, x.no) for x in g),
        )
        for g in groups
    ]


def separate(token: Token) -> list[tuple[str, int]]:
    """The lines of a text that is no cell: joined only where they go on."""
    found: list[tuple[str, int]] = []
    for text, line in token.parts or ((token.text, token.line),):
        if found and goes_on(found[-1][0], clean(text)):
            found[-1] = (join([found[-1][0], text]), found[-1][1])
        else:
            found.append((clean(text), line))
    return found


def holds_headers(text: str) -> bool:
    """Whether a line holds the texts of several columns beside each other."""
    if " " not in text:
        return False
    phrases = split_line(without_unit(text))
    return len(phrases) > 2 and sum(1 for p in phrases if likeness(p) >= 1) >= len(phrases) - 1


def header_texts(text: str, n: int = 0) -> tuple[str, ...]:
    """The header texts of several columns on one line, or the line itself where it holds none.

    ``n`` is the number of columns, where it is known: then a word that is no known header may be one of them.
    """
    phrases = split_line(text) if " " in text else (text,)
    alike = sum(1 for p in phrases if likeness(p) >= 1)
    if len(phrases) > 1 and alike >= max(2, len(phrases) - 1):
        return phrases
    if n > 1:
        words = text.split()
        if (
            len(words) == n
            and len(set(words)) * 2 <= n
            and words == words[: len(set(words))] * (n // len(set(words)))
        ):
            return tuple(words)
        capitals = tuple(re.split(r" (?=[A-Z][a-z])", text))
        if len(capitals) == n + 1 and is_corner(capitals[0]):
            return capitals
        for found in (phrases, _capitalised(phrases)):
            own = len(found) - (1 if is_corner(found[0]) else 0)
            if own == n and alike * 2 >= n:
                return found
    return (text,)


def _capitalised(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases split once more before every capital."""
    return tuple(part for p in phrases for part in re.split(r" (?=[A-Z][a-z]{3})", p))


def with_text(token: Token, text: str) -> Token:
    """The same token with another text."""
    return token._replace(text=text)
