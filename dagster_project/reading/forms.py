"""The forms of a header: how printed texts can lie over columns.

A form takes header texts in reading order and a number of columns, and gives the path of every column.
Forms are enumerated, never chosen here: which one holds is for the judge. Positions are not known to this
module (a grid that knows them has no need of it), meanings of words are not either.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise
from math import comb

from dagster_project.reading.formats.paragraphs import is_broken, rejoined

Paths = tuple[tuple[str, ...], ...]
Leaves = Callable[[Sequence[str]], bool]
MOST_COLUMNS = 40
MOST_UNEVEN = 5  # parents with spans of their own
MOST_IN_PLACE = 300  # ways in which parents can stand right before their leaves that are looked at
MOST_CUTS = 60  # ways to divide leaves that are tried for one layer
MOST_JOINED = 3  # texts that one broken text takes
_DATED = re.compile(r"(?:19|20)\d\d\b|\d{1,2}[-/]\d|\d{1,2} [a-z]{3}")
MOST_ODD_JOINTS = 1  # texts joined though neither looks as if it goes on
_OPEN = re.compile(
    r"[\s/](?:van|en|na|voor|per|t/m|tot|met|op|in|de|het|aan|uit|te|ten|bij|t\.o\.v\.)$|^(?:nog|na|per)$|/$",
    re.IGNORECASE,
)


class OnLine(str):
    """A header text that knows the line it is printed on; equal to its text."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str, line: int) -> OnLine:
        made = super().__new__(cls, text)
        made.line = line
        return made


@dataclass(frozen=True, slots=True)
class Form:
    """One way to lay texts over columns: the path of each column and the names of the shapes used."""

    paths: Paths
    shapes: tuple[str, ...]
    spans: tuple[int, ...] = ()  # of the parents of the outermost layer, in order
    corner: int | None = None  # index of the text that names the rows, where it stands between the layers
    cells: tuple[tuple[str, ...], ...] = ()  # of every column its printed texts, where some are broken


@dataclass(frozen=True, slots=True)
class Shape:
    """A named way of laying texts over columns; ``lay`` gives all its arrangements, ``show`` prints one."""

    name: str
    lay: Callable[[Sequence[str], int, Callable[[Sequence[str]], bool]], Iterator[Form]]
    says: str


def arrangements(
    texts: Sequence[str],
    n: int,
    may_be_leaves: Callable[[Sequence[str]], bool] = bool,
    depth: int = 0,
    may_be_broken: bool = True,
) -> Iterator[Form]:
    """Every way in which ``texts`` can be the header of ``n`` columns, each text used once.

    ``may_be_leaves`` says whether texts can be the lowest layer under others, so that hopeless ways are not
    laid out at all; ``may_be_broken`` whether one text can be printed as several.

    >>> (("Rekening",), ("Raming", "2025"), ("Raming", "2026")) in [
    ...     f.paths for f in arrangements(["Rekening", "Raming", "2025", "2026"], 3)
    ... ]
    True
    """
    if n < 1 or n > MOST_COLUMNS or len(texts) < n:
        return
    for shape in SHAPES:
        if depth and shape.name in ("broken", "reversed", "ahead", "in_place", "joined", "two_lines"):
            continue
        if shape.name in ("joined", "two_lines") and not may_be_broken:
            continue
        yield from shape.lay(texts, n, may_be_leaves)


# --- shapes --------------------------------------------------------------------------------------------


def flat(texts: Sequence[str], n: int) -> Iterator[Form]:
    """The plainest form: one text per column."""
    yield from _flat(texts, n, bool)


def _flat(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    if len(texts) == n:
        yield Form(tuple((t,) for t in texts), ("flat",))


def _broken(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """A header of two cells per column, printed column by column: ``Stand, 31-12-2023, Stand, 31-12-2024``."""
    if n > 1 and len(texts) == 2 * n:
        yield Form(tuple((texts[2 * i], texts[2 * i + 1]) for i in range(n)), ("broken",))


def _zip(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """A text of the upper layer above every text of the lower one."""
    if n > 1 and len(texts) == 2 * n and may_be_leaves(texts[n:]):
        yield Form(tuple((texts[i], texts[n + i]) for i in range(n)), ("zip",), (1,) * n)


def _parents(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """An upper layer of parents and of columns that have nothing below them, then the leaves of the parents."""
    parents = len(texts) - n
    if not 1 <= parents <= MOST_UNEVEN:
        return
    for upper in range(parents, len(texts) - parents + 1):
        leaves = texts[upper:]
        if not may_be_leaves(leaves) or not set(leaves).isdisjoint(texts[:upper]):
            continue
        hanging = _may_have_leaves(texts[:upper], leaves)
        if len(hanging) < parents:
            continue
        cuts = _cuts(leaves, parents)
        if comb(len(hanging), parents) * len(cuts) > 40 * MOST_CUTS:
            continue
        for chosen in combinations(hanging, parents):
            for cut in cuts:
                if not _has_two_years(texts[:upper], chosen, leaves, cut):
                    yield _hung(texts[:upper], chosen, leaves, cut)


def _may_have_leaves(upper: Sequence[str], leaves: Sequence[str]) -> list[int]:
    """Which of the upper texts can be parents: none where years stand in both layers, alone."""
    numeric = sum(leaf.isdecimal() for leaf in leaves)
    if 2 * numeric >= len(leaves) and any(t.isdecimal() for t in upper):
        return []
    if numeric == len(leaves):
        return [i for i, t in enumerate(upper) if not t[-4:].isdecimal()]
    return list(range(len(upper)))


def _has_two_years(
    upper: Sequence[str], chosen: Sequence[int], leaves: Sequence[str], cut: Sequence[int]
) -> bool:
    """Whether a parent that ends in a year has a year below it: ``Begroting 2024`` over ``2025``."""
    return any(
        upper[i][-4:].isdecimal() and any(leaf.isdecimal() for leaf in leaves[a:b])
        for i, (a, b) in zip(chosen, pairwise((*cut, len(leaves))), strict=True)
    )


def _hung(upper: Sequence[str], chosen: Sequence[int], leaves: Sequence[str], cut: Sequence[int]) -> Form:
    paths: list[tuple[str, ...]] = []
    spans = [b - a for a, b in pairwise((*cut, len(leaves)))]
    below = dict(zip(chosen, zip(cut, spans, strict=True), strict=True))
    for i, text in enumerate(upper):
        if i in below:
            start, span = below[i]
            paths += [(text, leaf) for leaf in leaves[start : start + span]]
        else:
            paths.append((text,))
    return Form(tuple(paths), ("parents",), tuple(spans))


def _spread(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """A full layer in which a parent is printed over every column that it has, then the leaves of those: ``2024, 2024, Totaal, Lasten, Baten``."""
    runs = [len(list(run)) for _, run in itertools.groupby(texts[:n])]
    leaves = iter(texts[n:])
    if n < len(texts) == n + sum(run for run in runs if run > 1) and may_be_leaves(texts[n:]):
        starts = accumulate(runs, initial=0)
        paths = tuple(
            (texts[at], next(leaves)) if run > 1 else (texts[at],)
            for at, run in zip(starts, runs, strict=False)
            for _ in range(run)
        )
        yield Form(paths, ("spread",), tuple(run for run in runs if run > 1))


def _layers(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """A full layer of leaves under groups that are themselves laid out by any form."""
    if len(texts) <= n or n < 2:
        return
    leaves, above = texts[-n:], texts[:-n]
    if not may_be_leaves(leaves) or not set(leaves).isdisjoint(above):
        return
    for groups in range(1, min(n - 1, len(above)) + 1):
        if len(above) - groups > 2 * groups:
            continue
        alike = _cuts_of_a_kind(above, leaves) if groups == len(above) else ()
        for cut in dict.fromkeys((*_cuts(leaves, groups), *alike)):
            spans = [b - a for a, b in pairwise((*cut, n))]
            for outer in arrangements(above, groups, may_be_leaves, depth=1):
                paths = tuple(
                    (*path, leaf)
                    for path, start, span in zip(outer.paths, cut, spans, strict=True)
                    for leaf in leaves[start : start + span]
                )
                yield Form(paths, ("layers", *outer.shapes), tuple(spans))


def _reversed(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """The leaves printed first, the groups that stand above them after."""
    if len(texts) <= n or n < 2 or len(texts) > 2 * n:
        return
    leaves, above = texts[:n], texts[n:]
    if not may_be_leaves(leaves):
        return
    for cut in _cuts(leaves, len(above)):
        spans = [b - a for a, b in pairwise((*cut, n))]
        paths = tuple(
            (text, leaf)
            for text, start, span in zip(above, cut, spans, strict=True)
            for leaf in leaves[start : start + span]
        )
        yield Form(paths, ("reversed",), tuple(spans))


def _ahead(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """Parents printed before columns that have none, over the years at the end: ``Raming, Rekening 2024, 2025, 2026``."""
    parents = len(texts) - n
    leaves = texts[parents:]
    years = next((k for k, t in enumerate(reversed(leaves)) if not t.isdecimal()), n)
    if not 1 <= parents <= min(MOST_UNEVEN, years) or years >= n:
        return
    if any(t[-4:].isdecimal() for t in texts[:parents]):
        return
    for cut in _cuts(leaves[-years:], parents):
        spans = [b - a for a, b in pairwise((*cut, years))]
        hung = [
            (text, leaf)
            for text, start, span in zip(texts[:parents], cut, spans, strict=True)
            for leaf in leaves[n - years + start : n - years + start + span]
        ]
        yield Form((*((t,) for t in leaves[:-years]), *hung), ("ahead",), tuple(spans))


def _in_place(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """Every parent right before its leaves, column by column: ``Reserves, 2024, 2025, Voorzieningen, 2024, 2025, Totaal``.

    Leaves tell that they are leaves: they come back, begin with a number, or begin small.
    """
    parents = len(texts) - n
    if n < 3 or parents < 1:
        return
    yield from _under_years(texts, parents)
    again = Counter(texts)
    kinds = [_kind_of_leaf(t, again[t]) for t in texts]
    for parts in itertools.islice(_parts_in_place(texts, 0, parents, kinds), MOST_IN_PLACE):
        paths = tuple(path for part in parts for path in part)
        leaves = {p[-1] for p in paths if len(p) > 1}
        heads = {t for p in paths for t in p[:-1]}
        spans = tuple(len(part) for part in parts if len(part[0]) > 1)
        columns = {p[-1] for p in paths}
        if columns.isdisjoint(heads) and max(spans, default=0) > 1 and may_be_leaves(sorted(leaves)):
            yield Form(paths, ("in_place",), spans)


def _kind_of_leaf(text: str, times: int) -> str:
    """What tells that a text stands under its parent: a number, a small letter, or that it is printed several times."""
    if text[:1].isdecimal():
        return "number"
    return "small" if text[:1].islower() else "again" if times > 1 else ""


def _under_years(texts: Sequence[str], parents: int) -> Iterator[Form]:
    """Parents that differ in a year only, each before texts of another kind: ``2024, Raming, Rekening, 2023, Rekening``."""
    makes = [re.sub(r"\d", "9", t) for t in texts]
    at = [i for i, make in enumerate(makes) if make == makes[0] and "9999" in make]
    ends = [*at[1:], len(texts)]
    if len(at) != parents or parents < 2 or len({texts[i] for i in at}) < parents:
        return
    spans = tuple(b - a - 1 for a, b in zip(at, ends, strict=True))
    if min(spans) and max(spans) > 1:
        paths = tuple((texts[a], leaf) for a, b in zip(at, ends, strict=True) for leaf in texts[a + 1 : b])
        yield Form(paths, ("in_place",), spans)


_Part = tuple[tuple[str, ...], ...]


def _parts_in_place(
    texts: Sequence[str], at: int, parents: int, kinds: Sequence[str]
) -> Iterator[tuple[_Part, ...]]:
    """Ways to part texts from one on into lone columns and groups that begin with their parent; ``parents`` are left to use."""
    if at == len(texts):
        if not parents:
            yield ()
        return
    if len(texts) - at <= parents:
        return
    for group, end, used in [(((texts[at],),), at + 1, 0), *_groups_at(texts, at, kinds)]:
        if used <= parents:
            for rest in _parts_in_place(texts, end, parents - used, kinds):
                yield (group, *rest)


def _groups_at(
    texts: Sequence[str], at: int, kinds: Sequence[str], depth: int = 1
) -> Iterator[tuple[_Part, int, int]]:
    """The groups whose parent a text can be: their paths, where they end, and how many parents they use."""
    end = at + 1
    while end < len(texts) and kinds[end] and texts[end] not in texts[at:end]:
        end += 1
        if end == len(texts) or kinds[end] != kinds[end - 1]:  # no run of years is cut
            yield tuple((texts[at], t) for t in texts[at + 1 : end]), end, 1
    if depth:
        for group, stop, used in _chains_at(texts, at + 1, kinds):
            yield tuple((texts[at], *path) for path in group), stop, used + 1


def _chains_at(texts: Sequence[str], at: int, kinds: Sequence[str]) -> Iterator[tuple[_Part, int, int]]:
    """Groups behind each other with the same leaves, one or more: all of them stand under one parent."""
    for group, end, used in _groups_at(texts, at, kinds, depth=0):
        leaves = [p[-1] for p in group]
        if len(leaves) < 2:
            continue
        yield group, end, used
        while end < len(texts) and list(texts[end + 1 : end + 1 + len(leaves)]) == leaves:
            group = (*group, *((texts[end], leaf) for leaf in leaves))
            end, used = end + 1 + len(leaves), used + 1
            yield group, end, used


def _joined(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """One text per column of which some are broken over cells: ``Saldo, 1-1-2024, Toevoeging, Saldo, 31-12-2024``."""
    joints = len(texts) - n
    if n < 2 or not 1 <= joints <= 2 * n:
        return
    below = texts[n:]
    if joints == n and any(t[:1].islower() for t in below) and all(map(goes_on, texts[:n], below)):
        # line by line: each goes on the one above it
        pairs = tuple(zip(texts[:n], below, strict=True))
        yield Form(tuple((whole(pair),) for pair in pairs), ("joined", "zip"), cells=pairs)
    likely = [i for i in range(1, len(texts)) if goes_on(texts[i - 1], texts[i])]
    others = [i for i in range(1, len(texts)) if i not in likely]
    for odd in range(max(0, joints - len(likely)), min(MOST_ODD_JOINTS, joints) + 1):
        if comb(len(likely), joints - odd) * comb(len(others), odd) > MOST_CUTS * 2:
            continue
        for chosen in combinations(likely, joints - odd):
            for more in combinations(others, odd):
                joined = sorted((*chosen, *more))
                starts = [i for i in range(len(texts)) if i not in joined]
                if max(b - a for a, b in pairwise((*starts, len(texts)))) <= MOST_JOINED:
                    cells = [texts[a:b] for a, b in pairwise((*starts, len(texts)))]
                    yield Form(
                        tuple((whole(cell),) for cell in cells), ("joined",), cells=tuple(map(tuple, cells))
                    )


def _two_lines(texts: Sequence[str], n: int, may_be_leaves: Leaves) -> Iterator[Form]:
    """One text per column, on two lines, of which one has a text for some columns only: rests that begin small.

    They stand below: ``Primaire, Definitieve, Rekening, begroting, begroting``; or they are of the lower line, and the
    upper one has the beginnings: ``Totale, Overige, Lasten, BTW, lasten, inkomsten``.
    """
    rests = len(texts) - n
    if n < 2 or not 1 <= rests < n:
        return
    upper, below = texts[:n], texts[n:]
    if all(t[:1].islower() for t in below) and comb(n, rests) <= MOST_CUTS * 2:
        for chosen in combinations(range(n), rests):
            rest = dict(zip(chosen, below, strict=True))
            yield _of_cells([(t, rest[i]) if i in rest else (t,) for i, t in enumerate(upper)])
    small = [i for i, t in enumerate(texts[rests:]) if t[:1].islower()]
    if len(small) == rests and not any(t[:1].islower() for t in texts[:rests]):
        begins = dict(zip(small, texts[:rests], strict=True))
        yield _of_cells([(begins[i], t) if i in begins else (t,) for i, t in enumerate(texts[rests:])])


def _of_cells(cells: Sequence[tuple[str, ...]]) -> Form:
    return Form(tuple((whole(cell),) for cell in cells), ("joined", "lines"), cells=tuple(cells))


def goes_on(text: str, following: str) -> bool:
    """Whether a text looks as if the next one goes on in it: that begins small, with a figure or a bracket, or a hyphen parts them.

    >>> goes_on("Saldo", "31-12-2024"), goes_on("Kosten-", "dekkendheid"), goes_on("Lasten", "Baten")
    (True, True, False)
    """
    if text.endswith("-") or is_open(text):
        return True
    if _DATED.match(following):
        return not text[-4:].isdecimal()
    return following[:1].islower() or following[:1] == "("


def is_open(text: str) -> bool:
    """Whether a text ends in a word that something must follow: ``Nog in te``."""
    return _OPEN.search(text) is not None


def whole(parts: Sequence[str]) -> str:
    """Parts of a text as one: a hyphen that breaks a word is taken out."""
    text = ""
    for part in parts:
        text = rejoined(text, part) if is_broken(text, part) else f"{text} {part}".strip()
    return text


# What has few ways comes first: the many ways of others are tried for as long as a header may be, and no dearer than the best.
SHAPES = (
    Shape("flat", _flat, "one text per column"),
    Shape("zip", _zip, "two full layers"),
    Shape("spread", _spread, "parents printed over each of their columns, their leaves below"),
    Shape("parents", _parents, "parents over their leaves, beside columns without any"),
    Shape("layers", _layers, "a full layer of leaves under groups"),
    Shape("broken", _broken, "two texts per column, column by column"),
    Shape("ahead", _ahead, "parents before columns without any, their leaves at the end"),
    Shape("reversed", _reversed, "leaves before the groups above them"),
    Shape("in_place", _in_place, "parents right before their leaves, column by column"),
    Shape("joined", _joined, "one text per column, some broken over cells"),
    Shape("two_lines", _two_lines, "one text per column, some on two lines"),
)


# --- how leaves are divided --------------------------------------------------------------------------------


def _cuts(leaves: Sequence[str], parts: int) -> list[tuple[int, ...]]:
    """Starts of ``parts`` runs of leaves without a repeated text: all of them where few, else the regular ones.

    >>> _cuts(["Rekening", "Begroting", "Actueel", "Rekening"], 2)
    [(0, 2), (0, 1), (0, 3)]
    """
    n = len(leaves)
    if parts > n or parts < 1:
        return []
    if parts == 1:
        return [(0,)] if len(set(leaves)) == n else []
    found: dict[tuple[int, ...], None] = {}
    if n % parts == 0:
        found[tuple(range(0, n, n // parts))] = None
    closing = [i for i, leaf in enumerate(leaves) if leaf == leaves[-1]]
    if len(closing) == parts:  # every group ends in the same text: ``Loon, Inkoop, Totaal, Rijk, Totaal``
        found[(0, *(i + 1 for i in closing[:-1]))] = None
    restarts = _restarts(leaves)
    if len(restarts) == parts:
        found[restarts] = None
    elif len(restarts) > 1 and len(restarts) < parts:
        # leaves that begin again do so where their group ends; the other groups end where another kind of text begins
        kinds = [re.sub(r"\d+", "9", t).partition(" ")[0] for t in leaves]
        changes = [i for i in range(1, n) if kinds[i] != kinds[i - 1] and i not in restarts]
        wanted = parts - len(restarts)
        if changes and len(changes) < wanted:  # what follows the last change may be groups of one each
            changes += range(changes[-1] + 1, n)
        if comb(len(changes), wanted) <= MOST_CUTS:
            for more in combinations(changes, wanted):
                found[tuple(sorted({*restarts, *more}))] = None
    comes_back = n % parts == 0 and list(found) == [
        restarts
    ]  # as many leaves in each group: no other way is as good
    if not comes_back and comb(n - 1, parts - 1) <= MOST_CUTS:
        for rest in combinations(range(1, n), parts - 1):
            found[(0, *rest)] = None
    return [cut for cut in found if len(cut) == parts and _are_distinct(leaves, cut)]


def _cuts_of_a_kind(groups: Sequence[str], leaves: Sequence[str]) -> list[tuple[int, ...]]:
    """Cuts where groups of two kinds take turns and those of a kind are as wide: ``Stand, 2025, Stand, 2026, Stand``."""
    kinds = [re.sub(r"\d", "9", t) for t in groups]
    named = list(dict.fromkeys(kinds))
    if len(named) != 2 or len(groups) < 3:
        return []
    found = []
    first, second = (kinds.count(k) for k in named)
    for width in range(1, len(leaves) // first + 1):
        rest = len(leaves) - first * width
        if rest <= 0 or rest % second or rest // second == width:
            continue
        widths = {named[0]: width, named[1]: rest // second}
        starts = list(accumulate((widths[k] for k in kinds), initial=0))
        found.append(tuple(starts[:-1]))
    return [cut for cut in found if _are_distinct(leaves, cut)]


def _restarts(leaves: Sequence[str]) -> tuple[int, ...]:
    """Where a run of leaves begins again because its next text was already in it."""
    starts = [0]
    seen: set[str] = set()
    for i, leaf in enumerate(leaves):
        if leaf in seen:
            starts.append(i)
            seen = set()
        seen.add(leaf)
    return tuple(starts)


def _are_distinct(leaves: Sequence[str], cut: tuple[int, ...]) -> bool:
    return all(len(set(leaves[a:b])) == b - a for a, b in pairwise((*cut, len(leaves))))
