"""The texts above a table one by one, in the order in which a header is read.

Words only: several headers on one line are taken apart, units and legends are laid aside, a corner on the
last line comes first. What does not belong here: which of the texts are the header (``above``).
"""

from __future__ import annotations

from ..headers import CORNER_WORDS, MARKER_HEADER, is_strong, unit_in, unit_part, without_unit
from ..meaning import plain
from ..numbers import clean
from .tokens import Token, header_texts, with_text


def one_by_one(tokens: list[Token], layout: str, n: int = 0) -> list[Token]:
    """Tokens that hold several header texts on one line, one by one. A cell of its own holds one.

    ``n`` is the number of value columns, 0 where it is not known yet. The unit in such a line comes first.
    """
    if layout == "lines":
        return tokens
    result: list[Token] = []
    for token in tokens:
        bare = without_unit(token.text)
        phrases = header_texts(bare, n)
        if len(phrases) > 1:
            if bare != token.text and unit_in(token.text):
                result.append(with_text(token, unit_part(token.text)))
            result += [with_text(token, p) for p in phrases]
        else:
            result.append(token)
    return result


def without_captions(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Texts that may be headers, and those that are no more than a unit or a legend.

    The header of a marker column (V/N) is in neither.
    """
    kept, captions = [], []
    for token in tokens:
        if not without_unit(token.text) or not clean(token.text):
            captions.append(token)
        elif not MARKER_HEADER.fullmatch(token.text):
            kept.append(token)
    return kept, captions


def corner_first(tokens: list[Token]) -> list[Token]:
    """Header texts with a corner that stands on the last line of the header moved in front of the header."""
    for i in range(len(tokens) - 1, 0, -1):
        token = tokens[i]
        if plain(token.text) not in CORNER_WORDS or tokens[i - 1].line == token.line:
            continue
        start = i
        while start and is_strong(tokens[start - 1].text) and tokens[start - 1].line == tokens[i - 1].line:
            start -= 1
        goes_on_below = i + 1 < len(tokens) and tokens[i + 1].line == token.line
        if i - start > 1 and goes_on_below:
            return [*tokens[:start], token, *tokens[start:i], *tokens[i + 1 :]]
    return tokens
