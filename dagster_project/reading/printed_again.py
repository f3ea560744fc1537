"""What a text prints more than once: a header that comes back below or above another line shows where it begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .header_texts import words_of
from .meaning import plain
from .notes import is_furniture


class PrintedAgain:
    """The lines, or the cells, of one text by what they say.

    >>> texts = ["Saldo voor", "2024 2025", "a 1 2", "Saldo na", "2024 2025", "b 3 4"]
    >>> printed = PrintedAgain(texts)
    >>> printed.begins_with_title(0, 2), printed.begins_with_title(1, 2)
    (True, False)
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [plain(text) for text in texts]
        self._places: dict[str, list[int]] = {}
        for at, text in enumerate(self._texts):
            self._places.setdefault(text, []).append(at)

    def begins_with_title(self, begin: int, end: int) -> bool:
        """Whether the first of the texts from ``begin`` to ``end``, a header, is a title: the rest comes back below another.

        A text with a year may be a layer of the header that differs from block to block.
        """
        first, rest = self._texts[begin], self._texts[begin + 1 : end]
        if not rest or words_of(first).years:
            return False
        return any(at > 0 and self._is_another(first, at - 1) for at in self._places_of(rest))

    def ends_in_heading(self, begin: int, end: int) -> bool:
        """Whether the last of the texts from ``begin`` to ``end``, a header, is a heading: the rest comes back above another.

        >>> texts = ["Saldo 2024 2025", "Lasten", "a 1 2", "Saldo 2024 2025", "Baten", "b 3 4"]
        >>> PrintedAgain(texts).ends_in_heading(0, 2), PrintedAgain(texts).ends_in_heading(0, 1)
        (True, False)
        """
        if end - begin < 2 or words_of(self._texts[end - 1]).years:
            return False
        rest, last = self._texts[begin : end - 1], self._texts[end - 1]
        after = (at + len(rest) for at in self._places_of(rest) if at != begin)
        return any(at < len(self._texts) and self._is_another(last, at) for at in after)

    def _places_of(self, run: list[str]) -> Iterator[int]:
        """Where texts are printed one after the other."""
        return (at for at in self._places[run[0]] if self._texts[at : at + len(run)] == run)

    def _is_another(self, text: str, at: int) -> bool:
        """Whether another text is printed there, and no number or name that every page has."""
        other = self._texts[at]
        return other != text and not other.isdecimal() and not is_furniture(other)
