"""What the rows of a body say of the headings above its first row, whichever way the body was read."""

from __future__ import annotations

from collections.abc import Sequence

from .header_texts import is_passed_over, words_of
from .headers import Header
from .judge import weigh
from .labels import covers, heading_word, name_match, own_words
from .meaning import row_meaning
from .panel import HEADING, ROW


def unknown_names(header: Header) -> list[str]:
    """The lowest texts of a header that no words tell to be one."""
    return [p[-1] for p in header.paths if p and words_of(p[-1]).likeness < 1 and not words_of(p[-1]).years]


def heading_price(
    headings: Sequence[str], labels: Sequence[tuple[str, str]], names: Sequence[str] = ()
) -> float:
    """What the rest of a body says of headings above its first row: that one is needed, or that a total names it.

    ``names`` are the lowest texts over columns that no words tell to be headers: a total that names one of them
    tells that it is a heading.
    """
    opening = [
        label
        for kind, label in labels[: next((i for i, (k, _) in enumerate(labels) if k == HEADING), len(labels))]
    ]
    later = [label for kind, label in labels[len(opening) :] if kind == ROW]
    price = 0.0
    headings = [h for h in headings if not is_passed_over(h)]
    repeated = [x for x in opening if x in later]
    if repeated and len(repeated) * 2 >= len(opening) and any(k == HEADING for k, _ in labels):
        price += weigh({"first_rows_alone": 1}) if not headings else -0.4
    closing = opening[-1] if opening else ""
    if (
        any(k == HEADING for k, _ in labels)
        and len(opening) > 1
        and row_meaning(closing).rol in ("total", "subtotal")
        and not own_words(closing)
    ):
        price += -0.8 if headings else 0.8
    price += weigh({"total_names_column": sum(any(covers(t, n) for t in _totals(labels)) for n in names)})
    total = next((x for x in opening if row_meaning(x).rol in ("total", "subtotal")), None)
    if total is not None and headings and name_match(total, headings[-1]):
        price += weigh({"total_names_heading": 1})
    word = heading_word(headings[-1]) if headings else ""
    if word and any(k == HEADING and heading_word(x) == word for k, x in labels):
        price -= 0.8  # ``Programma 1 Wonen`` above, ``Programma 2 Zorg`` further down
    outer = [h for h in headings[:-1] if any(covers(t, h) for t in _totals(labels))]
    return price + weigh({"total_names_heading": 0.6 * len(outer)})


def _totals(labels: Sequence[tuple[str, str]]) -> list[str]:
    return [x for kind, x in labels if kind == ROW and row_meaning(x).rol in ("total", "subtotal")]
