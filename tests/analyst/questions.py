"""Answers as docs/vragen.md prints them; its questions are read where they are measured."""

from __future__ import annotations

from decimal import Decimal

from dagster_project.bench.questions import questions

__all__ = ["as_markdown", "questions"]
_DUTCH = str.maketrans(",.", ".,")


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
