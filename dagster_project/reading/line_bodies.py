"""Rows and headings of lines, for a number of columns: a text without values is a heading, or part of a label that wraps.

How wide labels are, what their last words say and whether labels begin small tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .codes import begins_low, code_of, is_next
from .forms import whole
from .header_texts import BARE_TOTALS, is_passed_over, words_of
from .judge import Terms, weigh
from .labels import is_marked, is_total, own_words, says_part
from .meaning import plain
from .model import Piece
from .notes import furniture_among, is_furniture, is_note, is_of_page
from .numbers import year_of
from .panel import HEADING, NOTE, ROW, Strip
from .phrases import is_amount
from .printed_lines import Printed, have_blanks_between, is_header_line, is_numbered_heading, is_running_text

ENDS_OPEN = re.compile(
    r"(?:,|-|\b(?:en|van|de|het|der|voor|met|aan|in|op|of|per|tot|uit|door|over|bij|na|naar|om|te|als))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """Lines as rows and headings of ``n`` columns."""

    n: int
    strips: tuple[Strip, ...]
    cost: float
    terms: Terms


@dataclass(frozen=True, slots=True)
class _Usage:
    """How the labels of some lines are printed, which tells a heading from the beginning of a label."""

    width: int | None  # of the widest that may be; None for unbounded
    is_loose_set: bool  # whether blank lines stand between all of them
    low: float  # which share of them begins in lower case
    are_coded: bool  # whether most begin with a code
    totalled: frozenset[frozenset[str]]  # the names that totals have
    labels: frozenset[str]  # of the rows
    beginnings: Counter[str]  # first words of the labels that have values on their line
    widest: int  # of the labels that have values on their line
    are_headings_marked: (
        bool  # so most headings begin, or a total names them, where labels are seen to be broken
    )


def body_of(
    lines: Sequence[Printed],
    top: int,
    first: int,
    end: int,
    n: int,
    again: frozenset[str] = frozenset(),
    head: frozenset[str] = frozenset(),
) -> Body | None:
    """Rows and headings of the lines from ``top``; the width of the labels is tried both ways.

    ``again``: texts above the table; several of them between rows are a header printed again, and so is one line
    of ``head``, which has words for all columns.
    """
    best: Body | None = None
    widths = _widths(lines[first:end], n)
    for width in widths:
        made = _rows(_not_again(lines[top:end], again, head), n, width)
        if made is not None and (best is None or made.cost < best.cost):
            best = made
    return best


def _not_again(lines: Sequence[Printed], again: frozenset[str], head: frozenset[str]) -> Sequence[Printed]:
    """The lines less those of the header, and less runs of two or more that stand above the table too."""
    found: list[Printed] = []
    run: list[Printed] = []
    for p in lines:
        if plain(p.text) in head and not p.values:
            continue
        if plain(p.text) in again and (not p.values or p.years_only):
            run.append(p)
            continue
        found += run if len(run) < 2 else []
        run = []
        found.append(p)
    return [*found, *(run if len(run) < 2 else [])]


def _own_label(p: Printed, n: int) -> str:
    """The label of a line that has more numbers at its end than the table has columns."""
    extra = len(p.values) - n
    return " ".join([p.label, *p.values[:extra]]).strip() if extra > 0 else p.label


def _widths(lines: Sequence[Printed], n: int) -> list[int | None]:
    """How wide labels may be: unbounded, or as wide as the widest."""
    lengths = [len(_own_label(p, n)) for p in lines if not p.years_only]
    return [None, max(lengths, default=0)] if lengths else [None]


def _rows(lines: Sequence[Printed], n: int, width: int | None) -> Body | None:
    terms = Terms()
    strips: list[Strip] = []
    pending: list[Printed] = []
    before: Printed | None = None
    cost = 0.0
    usage = _usage_of(lines, n, width)
    lines = [_unglued(p, n) for p in lines]
    named = Counter(_own_label(p, n) for p in lines if p.values)
    tails = _whole_tails(lines)
    whole_labels = {
        _own_label(p, n)
        for q, p in pairwise(lines)
        if p.values and (p.is_after_blank or _is_row_above(q, p, n))
    }
    more = [p.values[0] for p in lines if len(p.values) > n]
    has_shares = 2 * sum(v.endswith("%") for v in more) > sum(bool(p.values) for p in lines)
    furniture = furniture_among(p.text for p in lines if not p.values or p.years_only or is_of_page(p.text))
    full = 0
    for index, p in enumerate(lines):
        if (
            not p.values
            or (p.years_only and max(n, len(p.values)) > 1)
            or _ends_in_number(p, n)
            or is_passed_over(p.text)
            or _is_open_label(p, lines[index + 1] if index + 1 < len(lines) else None, n)
            or (p.years_only and not p.label and len(p.values) != n)
            or is_running_text(p)
            or (is_of_page(p.text) and not p.text.isdecimal())
        ):
            pending.append(p)
            continue
        if not p.label and len(p.values) == 1 and p.text.isdecimal() and n > 1:
            goes_on = pending and not p.is_after_blank and not p.starts_page
            if goes_on or _is_number_of_row(strips[-1:], p, lines[index + 1 : index + 2]):
                pending.append(
                    p
                )  # of a label that is broken over lines: ``fase`` above ``2``, ``9`` above ``Winkels``
            continue  # else a page number
        extra = len(p.values) - n
        label = _own_label(p, n)
        values = p.values[max(extra, 0) :]
        if extra > 0 and (has_shares or any(is_amount(v) for v in p.values[:extra])):
            terms["overfull_row"] += 1
            strips += headings_among(pending, width, usage.is_loose_set, furniture, usage.low > 0)
            pending, before = [], None
            strips.append(Strip(ROW, p.label, line=p.line, page=p.page, overfull=(p.label, *p.values)))
            continue
        cost += 0.3 * max(extra, 0)
        # a label that other rows have too is whole, if it begins as one or is ever seen without a text right above it
        is_whole = label[:1].isupper() or label in whole_labels
        own_price = 1.5 if named[label] > 1 and is_whole else 0.0
        own_price -= 2.0 * _is_end_of_label(label, named)
        up, price = _gone_on(before, pending, usage, tails)
        if up:
            taken, down = _wrapped(pending[up:], p, label, own_price, usage)
            plain_taken, plainly = _wrapped(pending, p, label, own_price, usage)
            if before is not None and plain_taken < len(pending):
                plainly += _as_heading_below(before.label, pending[0].text, usage.low)
            if price + down - 0.5 * (up + taken) >= plainly - 0.5 * plain_taken:
                up = 0
        if up:
            strips[-1] = _longer(strips[-1], pending[:up], tails)
            pending = pending[up:]
            cost += price
        taken, price = _wrapped(pending, p, label, own_price, usage)
        cost += price
        cost += 0.5 * (len(pending) - taken)
        terms["header_as_heading"] += sum(
            is_header_line(q) or (q.years_only and len(q.values) > 1) for q in pending
        )
        strips += headings_among(
            pending[: len(pending) - taken], width, usage.is_loose_set, furniture, usage.low > 0
        )
        own = whole([*(q.text for q in pending[len(pending) - taken :]), label])
        if not own:
            terms["row_without_name"] += 1
        if extra < 0:
            terms["short_row"] += 1
        else:
            full += 1
            cost -= 1.0
        start = pending[len(pending) - taken] if taken else p
        pending, before = [], p
        pieces: list[Piece | None] = [Piece(v, p.line, p.page) for v in values]
        strips.append(
            Strip(
                ROW,
                own,
                line=start.line,
                page=p.page,
                values=tuple(pieces + [None] * (n - len(pieces))),
                texts=_texts_of(p),
                is_loose=extra < 0,
            )
        )
    if not full:
        return None
    if pending:
        up, price = _gone_on(before, pending, usage, tails)
        if up and price < 0.5 * up:
            strips[-1] = _longer(strips[-1], pending[:up], tails)
    return Body(n, tuple(strips), cost + weigh(terms), terms)


_GLUED = re.compile(r"(.*[^\W\d_]{4})(\d{1,3}(?:\.\d{3})*)")


def _unglued(p: Printed, n: int) -> Printed:
    """A row that lacks just one value, and has a number at the end of the last word of its label: that is its first value.

    So ``Sportvelden890 145 88`` of three columns; a year stays part of the name.
    """
    match = _GLUED.fullmatch(p.label) if len(p.values) == n - 1 > 0 else None
    if match is None or year_of(match[2]) is not None:
        return p
    return p._replace(label=match[1], values=(match[2], *p.values))


def _texts_of(p: Printed) -> dict[str, str]:
    """The texts beside the values of a line, by what they are."""
    if p.tail:
        return {"toelichting": p.tail}
    if not p.between:
        return {}
    return {"periode" if any(c.isdecimal() for c in p.between) else "toelichting": p.between}


def _gone_on(
    before: Printed | None,
    pending: Sequence[Printed],
    usage: _Usage,
    tails: frozenset[str],
) -> tuple[int, float]:
    """How many of the texts below a row go on in it, and what that costs: its label, or the text behind its values.

    ``tails`` are texts behind values that are whole.
    """
    if before is None or not pending or not before.label:
        return 0, 0.0
    if pending[0].is_after_blank or pending[0].starts_page:
        return 0, 0.0
    if before.tail and before.tail not in tails:
        up = 0
        while up < min(len(pending), 3) and not pending[up].is_after_blank and _goes_on(before, pending, up):
            up += 1
        return up, 0.0
    text, total = before.label, 0.0
    best = (0, _as_heading_below(before.label, pending[0].text, usage.low))
    for up, p in enumerate(pending[:3], start=1):
        if p.is_after_blank or is_note(p.text) or is_furniture(p.text):
            break
        if is_marked(p.text) and not ENDS_OPEN.search(text):
            break
        total += _merge(text, p.text, usage)
        if total - 0.5 * up < best[1] - 0.5 * best[0]:
            best = (up, total)
        text = p.text
    return best


def _as_heading_below(label: str, text: str, low: float) -> float:
    """What it costs that a text right below a row is a heading: it begins small as no label does, or the label ends open."""
    is_small = begins_low(text) and low <= USUAL
    return 0.8 * is_small + 1.2 * (is_small and not low) + 1.5 * (ENDS_OPEN.search(label) is not None)


def _whole_tails(lines: Sequence[Printed]) -> frozenset[str]:
    """The texts behind values that are whole: those that several rows have, and where most are so each that is one word: ``groen``."""
    counts = Counter(p.tail for p in lines if p.tail)
    come_back = sum(n for n in counts.values() if n > 1)
    return frozenset(
        t for t, n in counts.items() if n > 1 or (2 * come_back > counts.total() and " " not in t)
    )


def _goes_on(before: Printed, pending: Sequence[Printed], at: int) -> bool:
    """Whether a text behind values is not at its end: it has no full stop, or small letters follow."""
    so_far = pending[at - 1].text if at else before.tail
    return not so_far.endswith(".") or pending[at].text[:1].islower()


def _longer(strip: Strip, more: Sequence[Printed], tails: frozenset[str]) -> Strip:
    """A row whose label, or text behind its values, goes on in the lines below it."""
    added = [p.text for p in more]
    if "toelichting" in strip.texts and strip.texts["toelichting"] not in tails:
        return replace(
            strip, texts={**strip.texts, "toelichting": whole([strip.texts["toelichting"], *added])}
        )
    return replace(strip, label=whole([strip.label, *added]))


def _is_open_label(p: Printed, after: Printed | None, n: int) -> bool:
    """A label that ends in a number and goes on in the next line: ``Stand per 1`` above ``januari``."""
    if after is None or not p.label or len(p.values) >= n:
        return False
    if any(is_amount(v) for v in p.values):
        return not after.is_after_blank and after.text[:1].islower() and len(p.values) * 3 <= n + 1
    return (not after.is_after_blank and (after.text[:1].islower() or not after.label)) or (
        not after.label and len(after.values) == n
    )


def _is_number_of_row(above: Sequence[Strip], p: Printed, below: Sequence[Printed]) -> bool:
    """Whether a number on its own line is that of the next row, by how the rows are numbered: ``9`` below ``8 Afval``."""
    if not any(is_next(code_of(strip.label), p.text) for strip in above):
        return False
    return any(q.values and q.label and code_of(q.label) is None for q in below)


def _ends_in_number(p: Printed, n: int) -> bool:
    """A heading whose name ends in a number: ``Totaal programma 2`` among rows of three columns."""
    return n > 1 and is_numbered_heading(p)


def headings_among(
    pending: Sequence[Printed],
    width: int | None = None,
    is_loose_set: bool = False,
    furniture: frozenset[str] | None = None,
    begin_low: bool = True,
) -> list[Strip]:
    """Texts without values as headings, less ``furniture`` (of these lines where not given); one that wraps is joined.

    ``begin_low``: whether labels of these lines may begin in lower case; where not, such a text is the rest of another.
    """
    if furniture is None:
        furniture = furniture_among(p.text for p in pending)
    found: list[Strip] = []
    previous: Printed | None = None
    for p in pending:
        if is_passed_over(p.text) or p.text in furniture:
            previous = None
            continue
        if is_note(p.text):
            found.append(Strip(NOTE, p.text, line=p.line, page=p.page))
            previous = None
            continue
        begins_low = not (p.text[:1].isupper() or p.text[:1].isdecimal() or p.text[:1] in "'’")
        is_rest = (
            previous is not None
            and not p.is_after_blank
            and (
                is_loose_set
                or p.text.isdecimal()
                or (
                    begins_low
                    and (
                        not begin_low
                        or _overflows(previous.text, p.text, width)
                        or ENDS_OPEN.search(previous.text)
                    )
                )
            )
        )
        if is_rest:
            found[-1] = replace(found[-1], label=whole([found[-1].label, p.text]))
        else:
            found.append(Strip(HEADING, p.text, line=p.line, page=p.page))
        previous = p
    return found


MOST_LINES = 6  # over which one label is broken, less the one with its values
USUAL = 0.25  # share of labels that begin low from which that says nothing of a wrap
FEW = 3  # labels too few to say that none ever does


def _is_row_above(upper: Printed, lower: Printed, n: int) -> bool:
    """Whether a line is a row of values and no label that goes on in the next one, so that the next begins a label."""
    return bool(upper.values) and not _is_open_label(upper, lower, n)


def _usage_of(lines: Sequence[Printed], n: int, width: int | None) -> _Usage:
    """How the labels of lines are printed that are rows of ``n`` columns."""
    labels = [_own_label(p, n) for p in lines if p.values and not p.years_only and p.label]
    totalled = _totalled(lines)
    below = [(p.text, q) for p, q in pairwise(lines) if not p.values and not is_passed_over(p.text)]
    heads = [text for text, q in below if not q.text[:1].islower()]
    marked = sum(is_marked(text) or own_words(text) in totalled for text in heads)
    is_broken = any(q.values and q.label[:1].islower() and not says_part(q.label) for _, q in below)
    return _Usage(
        width=width,
        is_loose_set=have_blanks_between(lines),
        low=_begin_low(lines, n),
        are_coded=2 * sum(code_of(label) is not None for label in labels) > len(labels),
        totalled=totalled,
        labels=frozenset(map(plain, labels)),
        beginnings=Counter(map(_first_word, labels)),
        widest=max(map(len, labels), default=0),
        are_headings_marked=is_broken and marked > 1 and 2 * marked >= len(heads),
    )


def _first_word(text: str) -> str:
    return plain(text).partition(" ")[0]


def _begin_low(lines: Sequence[Printed], n: int) -> float:
    """Which share of the labels that surely begin on their line begin in lower case, parts of others aside: ``waarvan``."""
    rows = [(q, p) for q, p in pairwise(lines) if p.values and p.label and not (p.years_only and n > 1)]
    sure = [p.label for q, p in rows if _is_row_above(q, p, n)]
    sure = [label for label in sure if not says_part(label)]
    share = sum(label[0].islower() for label in sure) / max(1, len(sure))
    return share or (USUAL if len(sure) < FEW else 0.0)


def _is_end_of_label(label: str, named: Counter[str]) -> bool:
    """Whether a label is a number, as no other is: ``2021`` below ``Reserve cofinanciering``."""
    return label.isdecimal() and sum(n for other, n in named.items() if other.isdecimal()) == 1


def _wrapped(
    pending: Sequence[Printed],
    row: Printed,
    label: str,
    own_price: float,
    usage: _Usage,
) -> tuple[int, float]:
    """How many of the texts above a row begin its label, and what that costs."""
    best = (0, 0.0 if label or not pending else 3.0)
    total = own_price if label else 0.0
    following = label
    is_next_blank = row.is_after_blank
    begins_anew = label[:1].isupper() and pending and not ENDS_OPEN.search(pending[-1].text)
    if label or not pending:
        above = pending[-2].text if len(pending) > 1 and label[:1].isupper() else ""
        is_rest = 0 < len(above.split()) <= 2 and is_marked(above)  # of a heading: ``Programma 2``
        best = (0, _unmerged(pending[-1], label, is_next_blank or is_rest, usage) if pending else 0.0)
    for taken in range(1, min(len(pending), MOST_LINES) + 1):
        p = pending[-taken]
        if is_next_blank and (following or taken > 1):
            break
        is_named = taken > 1 and following[:1].isupper() and own_words(p.text) in usage.totalled
        if is_note(p.text) or (is_named and not _is_bare_total(pending, taken + 1)):
            break  # a text that a total names is a heading
        if taken > 1 and begins_anew and is_marked(p.text):
            break  # and so is one that begins as headings do, above a label that begins anew
        total += _merge(p.text, following, usage) if following else 0.0
        if taken > 1 and not label and row.is_after_blank:
            total -= 1.2  # a paragraph right above a paragraph of values: its lines are one label
        rest = (
            _unmerged(pending[-taken - 1], p.text, p.is_after_blank, usage) if taken < len(pending) else 0.0
        )
        if total + rest - 0.5 * taken < best[1] - 0.5 * best[0]:
            best = (taken, total + rest)
        following, is_next_blank = p.text, p.is_after_blank
    return best


def _is_bare_total(pending: Sequence[Printed], back: int) -> bool:
    """Whether the text so many lines back is ``Totaal`` alone: what it is of stands in the next line."""
    return back <= len(pending) and plain(pending[-back].text) in BARE_TOTALS


def _totalled(lines: Sequence[Printed]) -> frozenset[frozenset[str]]:
    """The names that totals have, those broken behind their first word among them: ``Totaal Wmo``, and ``Totaal`` above ``Wmo``."""
    labels = [p.label or p.text for p in lines]
    labels += [f"{a} {b}" for a, b in pairwise(labels) if plain(a) in BARE_TOTALS]
    return frozenset(words for label in labels if is_total(label) and (words := own_words(label)))


def _overflows(text: str, following: str, width: int | None) -> bool:
    first = following.split()[0] if following.split() else ""
    return width is not None and len(text) + 1 + len(first) > width


def _merge(text: str, following: str, usage: _Usage) -> float:
    """What it costs that a label goes on in the next line."""
    price = 1.1
    begins_as_labels = following[:1].isupper() or following[:1] in "'’"
    begins_as_labels |= usage.are_coded and code_of(following) is not None and not ENDS_OPEN.search(text)
    if not begins_as_labels and usage.low <= USUAL:
        price -= 1.0
    if ENDS_OPEN.search(text):
        price -= 0.8
    if not _overflows(text, following, usage.width) and not following.startswith("("):
        price += 1.8
    if text.endswith(":"):
        price += 2.0
    if usage.is_loose_set:
        price -= 1.2
    return price


def _unmerged(text: Printed, following: str, is_after_blank: bool, usage: _Usage) -> float:
    """What it costs that a text above a label is a heading and no part of it."""
    if is_after_blank or not following:
        return 0.0
    price = 0.0
    overflows = _overflows(text.text, following, usage.width)
    begins_low = not (following[:1].isupper() or following[:1].isdecimal() or following[:1] in "'’")
    if begins_low and usage.low <= USUAL:
        price += 0.8 + (1.2 if not usage.low or overflows else 0.0)
    if ENDS_OPEN.search(text.text):
        price += 1.5
    if usage.is_loose_set:
        price += 1.4
    if _overflows(text.text, following, usage.widest) and (
        _begins_as_rows(text.text, following, usage) or _is_odd_heading(text.text, usage)
    ):
        price += 1.0
    return price


def _is_odd_heading(text: str, usage: _Usage) -> bool:
    """Whether a text does not begin as headings do, nor a total names it, though most headings are such."""
    return usage.are_headings_marked and not is_marked(text) and own_words(text) not in usage.totalled


def _begins_as_rows(text: str, following: str, usage: _Usage) -> bool:
    """Whether a text that no total names is named as a row is, and what follows it is not: ``Reserve A`` above ``B`` and ``Reserve C``."""
    first, _, rest = plain(text).partition(" ")
    if not words_of(first).is_corner or rest[:1].isdecimal():
        return False
    begins = usage.beginnings[first] > 0 and usage.beginnings[_first_word(following)] < 2
    return begins and plain(text) not in usage.labels and own_words(text) not in usage.totalled
