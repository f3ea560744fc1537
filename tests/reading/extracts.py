"""What the tests of reading share: a text or page read to the paths of its values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dagster_project.reading.assemble import Around, Understood, understand
from dagster_project.reading.formats import read


def understood(text: str, name: str = "a.txt", jaar: int = 2025, soort: str = "begroting") -> Understood:
    """What a text says, as an extract of a budget or of another document."""
    return understand(read(text.encode(), name).fragments, Around(soort=soort, jaar=jaar), name)


def columns(text: str, name: str = "a.txt", soort: str = "begroting") -> list[str]:
    """The column paths of the only table of a text, words only: layers are joined with a blank."""
    (table,) = understood(text, name, soort=soort).tables
    return [" ".join(column.path) for column in table.columns]


def rows(text: str, name: str = "a.txt") -> list[str]:
    """The row paths of the only table of a text."""
    (table,) = understood(text, name).tables
    return [" > ".join(row.path) for row in table.rows]


def of_rows(*printed: str) -> str:
    """The cells of printed rows, which a bar parts, one per line."""
    return "\n\n".join(cell.strip() for row in printed for cell in row.split("|")) + "\n"


def page_of(lines: Iterable[Sequence[str]]) -> str:
    """A page with one table of amounts in thousands of euros, a cell for every text."""
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    return f"<p>bedragen x € 1.000</p><table>{body}</table>"
