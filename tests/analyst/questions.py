"""The questions of docs/vragen.md as data, and answers as that page prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dagster_project.settings import PROJECT

_DUTCH = str.maketrans(",.", ".,")
PAGE = PROJECT / "docs" / "vragen.md"
_QUESTION = re.compile(r"^## \d+\. (.+?)\n\n```sql\n(.+?)\n```\n\n(.*?)(?=\n## |\Z)", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, its SQL, and the answer as a table in Markdown."""

    text: str
    sql: str
    answer: str


def questions() -> list[Question]:
    """All questions of the page, in its order."""
    found = _QUESTION.findall(PAGE.read_text(encoding="utf-8"))
    return [Question(text, sql, answer.strip()) for text, sql, answer in found]


def as_markdown(names: list[str], rows: list[tuple]) -> str:
    """Rows as a table in Markdown; amounts without trailing zeros, an empty cell for null."""
    if not rows:
        return "*Geen.*"
    lines = [names, ["---"] * len(names), *([_printed(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _printed(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal() | float():
            text = f"{value:,.6f}".rstrip("0").rstrip(".")
            return "0" if text == "-0" else text.translate(_DUTCH)
        case int() if not isinstance(value, bool) and abs(value) >= 10_000:
            return f"{value:,}".translate(_DUTCH)
    return str(value).replace("|", "\\|")
