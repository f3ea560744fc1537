"""What the tests of reading share: a text or page read to the paths of its values."""

from __future__ import annotations

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
