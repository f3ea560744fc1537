"""CSV with any delimiter, quoting and encoding, to prose and grids.

What does not belong here: the small extracts whose header is known (vermeldingen, programmas,
maatregelen); the reader of documents takes those before this one sees them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from ..model import Fragment, Piece
from . import blocks
from .decoding import decode, join_lines, printed
from .sniff import delimiter_of
from .spans import MOST_COLUMNS, MOST_POSITIONS, too_many_positions
from .unreadable import Unreadable

_SEPARATOR = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def read(data: bytes, name: str) -> Iterator[Fragment]:
    """Prose and grids of a CSV; a record's line is the line of the file on which it starts.

    Raises ``Unreadable`` with the line where quoting or size makes the file no CSV.
    """
    text = decode(data)
    said = _SEPARATOR.match(text)
    delimiter = said.group(1) if said else delimiter_of(text) or _most_frequent(text)
    body = text[said.end() :] if said else text
    yield from blocks.split(_rows(body, delimiter, 2 if said else 1), "csv")


def _most_frequent(text: str) -> str:
    head = text[:100_000]
    return max(";\t|,", key=head.count)


def _rows(text: str, delimiter: str, first: int) -> list[tuple[Piece | None, ...]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    rows: list[list[Piece]] = []
    line, width = first, 0
    try:
        for record in reader:
            rows.append([Piece(_field(value), line) for value in record])
            width = max(width, len(record))
            line = first + reader.line_num
            if width > MOST_COLUMNS or width * len(rows) > MOST_POSITIONS:
                raise too_many_positions(line=line)
    except csv.Error as error:
        raise Unreadable(f"geen leesbare CSV ({error})", f"no readable CSV ({error})", line=line) from error
    return [tuple(row) + (None,) * (width - len(row)) for row in rows]


def _field(value: str) -> str:
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    return (
        join_lines([printed(line) for line in value.splitlines()], "\n") if "\n" in value else printed(value)
    )
