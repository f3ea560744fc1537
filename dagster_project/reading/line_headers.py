"""Headers of lines: a line cut into the texts of columns, texts that go on in the next line, and what each way costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, combinations, pairwise, product, takewhile
from math import prod

from dagster_project.reading.formats.paragraphs import is_broken

from .codes import code_of, is_next
from .form_terms import MOST_IN_FAVOUR, cell_terms, shares_elsewhere
from .forms import OnLine, goes_on, is_open, whole
from .header_texts import TEXT, VALUE, Zone, is_passed_over, names_rows_only, words_of
from .header_words import begins_with_unit, unit_in, without_unit
from .headers import Header, counting, read_header
from .judge import Terms, weigh
from .line_bodies import MOST_LINES
from .notes import is_of_page, is_sentence
from .numbers import clean, kinds_of_numbers, year_of
from .path_terms import corner_terms, header_terms
from .phrases import splits
from .printed_lines import Printed, is_sure
from .under_headers import units_in_line

MOST_HEADER_LINES = 5
LINES_OF_A_TEXT = 3  # of the header, where texts have lines of their own
MOST_CUTS = 24


def headers_above(
    lines: Sequence[Printed],
    position: int,
    first: int,
    n: int,
    soort: str,
    jaar: int | None,
    least: list[float] | None = None,
    headings: frozenset[str] = frozenset(),
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers that the lines above a body allow: cost, header, first line, its texts, the line after it.

    ``least`` holds the cost of the cheapest so far, ``headings`` are those between the rows.
    """
    least = least or [float("inf")]
    coded = [p for p in lines[first : first + 40] if p.label]
    first = _label_above(lines, position, first)
    pages = [k for k in range(position, first) if is_of_page(lines[k].text) and not lines[k].text.isdecimal()]
    position = max((k + 1 for k in pages), default=position)
    far = max(position, first - max(16, LINES_OF_A_TEXT * n + 2))
    begin = max(position, first - _reach(lines[far:first], n + 2))
    zone = lines[begin:first]
    has_codes = sum(1 for p in coded if code_of(p.label)) * 5 > len(coded) * 2 or any(
        code_of(p.text) for p in zone[-2:]
    )
    has_tail = sum(bool(p.tail) for p in coded) > 2
    prints = kinds_of_numbers([p.values for p in coded if len(p.values) == n])
    has_between = any(p.between for p in coded)
    wholes = [
        _wrapped_headers(lines, far, first, n, soort, jaar, has_codes),
        _paragraph_headers(lines, position, first, n, soort, jaar, has_codes),
        _stacked_headers(lines, begin, _first_coded(lines, begin, first, coded), n, soort, jaar, prints)
        if not has_tail
        else (),
    ]
    for found in (f for headers in wholes for f in headers):
        least[0] = min(least[0], found[0])
        yield found
    for price, joined, places in _joined_ways(lines, begin, far, first, n):
        for cost, header, at, texts, stop in _cut_headers(
            joined, n, soort, jaar, has_codes, has_tail, has_between, prints, least, headings
        ):
            yield cost + price, header, places[at], texts, places[stop]


def _first_coded(lines: Sequence[Printed], begin: int, first: int, rows: Sequence[Printed]) -> int:
    """The line above the first row that has the code before that of the next row, and so begins a label; else the first row."""
    codes = [code for p in rows if (code := code_of(p.label)) is not None]
    found = (k for k in range(begin, first) if codes and is_next(code_of(lines[k].text), codes[0]))
    return next(found, first)


PRICE_OF_JOINT = 0.1
HELD = "\ue000"  # stands for a blank at which no line is cut


def _joined_ways(
    lines: Sequence[Printed], begin: int, far: int, first: int, n: int
) -> Iterator[tuple[float, Sequence[Printed], Sequence[int]]]:
    """Lines as they stand, and with those joined that go on in the next one: price, lines, where each of them begins.

    A cell of a header that is broken over lines is copied so: ``Begroting 2023 na`` above ``wijziging``. Behind the rest
    of it the next cells of its row follow; lines of many words are joined in a way of their own. Where every text has a line
    of its own, there are as many as the ``n`` columns have, with what names the rows and a layer above them.
    """
    seen: list[Sequence[int]] = []
    for most_words in (None, MOST_WORDS_ON):
        joined, places = _joined_lines(lines, far, first, most_words)
        near = max(0, len(joined) - _reach(joined, n + 2))
        joints = first - places[near] - (len(joined) - near) if joined else 0
        if joints and places not in seen:
            yield PRICE_OF_JOINT * joints, joined[near:], [*places[near:], first]
        seen.append(places)
    for made in _inserted(list(enumerate(lines[begin:first], start=begin))):
        yield PRICE_OF_JOINT, [p for _, p in made], [*(k for k, _ in made), first]
    yield 0.0, lines[begin:first], range(begin, first + 1)


def _reach(lines: Sequence[Printed], most: int) -> int:
    """How many of the last lines may hold a header: a few, or where each of them is short as many as have a text each."""
    short = takewhile(lambda p: len(p.text.split()) <= MOST_WORDS_IN_CELL, reversed(lines))
    return max(MOST_HEADER_LINES, min(sum(1 for _ in short), most)) + 3


_Placed = list[tuple[int, Printed]]  # lines, each with its place in the text


def _inserted(zone: _Placed) -> Iterator[_Placed]:
    """The lines less short ones that go on the one above, which has them in its midst.

    The ends of as many torn words as it has: ``Dotatie Aanwen- Stand Aanwen-`` above ``ding ding``. Then what may stand behind
    each year but the last, or behind a word that is open, as it goes on a text that does not end its line: ``na wijziging``
    below ``Begroting 2023 Rekening 2023``, ``voorzieningen`` below ``Reserves en Stand 31 december``.
    """
    mended = _with_whole_words(zone)
    if len(mended) < len(zone):
        yield mended
    for k, ((at, above), (_, rest)) in enumerate(pairwise(mended), start=1):
        words, ends = above.text.split(), rest.text.split()
        years = [i for i, word in enumerate(words) if year_of(word) is not None]
        opened = [i for i in range(len(words) - 1) if is_open(" ".join(words[: i + 1]))]
        places = [*(years[:-1] if len(years) > 1 else ()), *opened]
        if (
            not places
            or not rest.text[:1].islower()
            or len(ends) > MOST_WORDS_ON
            or rest.values
            or rest.is_after_blank
            or is_sentence(above.text)
            or any(len(texts) > 1 and price < 1 for price, texts in splits(rest.text)[:2])
        ):
            continue
        held = HELD.join(ends)
        for i in places:
            text = " ".join([*words[:i], f"{words[i]}{HELD}{held}", *words[i + 1 :]])
            yield [*mended[: k - 1], (at, above._replace(text=text, cells=())), *mended[k + 1 :]]


def _with_whole_words(zone: _Placed) -> _Placed:
    """The lines, those whole of which several words go on in the next line, which has nothing but their ends."""
    made: _Placed = []
    for at, p in zone:
        words = made[-1][1].text.split() if made else []
        torn = [i for i, word in enumerate(words) if word[:-1].isalpha() and word[-1] == "-"]
        ends = p.text.split()
        if (
            torn
            and len(torn) == len(ends)
            and not p.values
            and all(e.isalpha() and e.islower() for e in ends)
        ):
            for i, end in zip(torn, ends, strict=True):
                words[i] = whole([words[i], end])
            made[-1] = (made[-1][0], made[-1][1]._replace(text=" ".join(words), cells=()))
        else:
            made.append((at, p))
    return made


MOST_WORDS_IN_CELL = 5
MOST_WORDS_ON = 3  # of a line that surely goes on the one above


def _joined_lines(
    lines: Sequence[Printed], far: int, first: int, most_words: int | None
) -> tuple[list[Printed], list[int]]:
    """Lines, each joined to the one before it that goes on in it, and where each begins."""
    joined: list[Printed] = []
    places: list[int] = []
    for k, p in enumerate(lines[far:first], start=far):
        goes = (
            bool(joined)
            and not p.is_after_blank
            and not p.starts_page
            and (most_words is None or len(p.text.split()) <= most_words)
            and (not p.values or (p.years_only and len(p.values) == 1))
            and sum(year_of(word) is not None for word in p.text.split()) < 2  # several years are a layer
            and not is_passed_over(joined[-1].text)
            and not is_sentence(joined[-1].text)
            and not begins_with_unit(p.text)
            and len(units_in_line(p.text)) < 2
            and goes_on(joined[-1].text, p.text)
        )
        if goes:
            before = joined[-1].text
            held = whole([before, p.text]) if is_broken(before, p.text) else f"{before}{HELD}{p.text}"
            joined[-1] = joined[-1]._replace(text=held, cells=())
        else:
            joined.append(p)
            places.append(k)
    return joined, places


def _ways_to_cut(text: str, n: int) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The ways to cut a line, none of them where it is held."""
    parts = text.split(HELD)
    held = frozenset(accumulate(len(t.split()) for t in parts[:-1]))
    return splits(" ".join(parts), n, held=held)


def _cut_headers(
    zone: Sequence[Printed],
    n: int,
    soort: str,
    jaar: int | None,
    has_codes: bool,
    has_tail: bool,
    has_between: bool,
    prints: tuple[str, ...],
    cheapest: list[float],
    headings: frozenset[str],
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which every line has texts of its own: cost, header, its first line in the zone, texts, the line after it."""
    cuts = []
    # of every line: how many of its texts are surely headers, cut in the likeliest way
    strong: list[int] = []
    layers: list[bool] = []  # whether all of them are, and there are several
    for p in zone:
        if len(units := units_in_line(p.text)) == n > 1:
            strong.append(0)
            layers.append(False)
            cuts.append([(0.0, units)])
            continue
        bare = without_unit(p.text)
        is_open = bare and not is_passed_over(p.text) and len(p.text) < 700 and not is_sentence(p.text)
        ways = _ways_to_cut(bare, n) if is_open else ()
        if p.cells and any(words_of(c).year or words_of(c).likeness >= 1 for c in p.cells):
            ways = ((0.0, p.cells), *((price + 1.0, texts) for price, texts in ways[:3] if texts != p.cells))
        strong.append(sum(map(is_sure, ways[0][1])) if ways else 0)
        layers.append(strong[-1] > 1 and strong[-1] == len(ways[0][1]))
        if not strong[-1]:  # a title or a heading, or names that nobody knows
            ways = tuple(w for k, w in enumerate(ways) if k < 2 or len(w[1]) in (n, n + 1))
        uncut = (0.0 if strong[-1] == 0 else 0.4 if strong[-1] == 1 else 1.5, (p.text.replace(HELD, " "),))
        is_among = uncut[1] in [w for _, w in ways] or (clean(bare.replace(HELD, " ")),) in [
            w for _, w in ways
        ]
        cuts.append(list(ways) if is_among else [*ways, uncut])
    at_units = frozenset(
        k for k, p in enumerate(zone) if begins_with_unit(p.text) and not is_passed_over(p.text)
    )
    emitted: set[tuple[object, ...]] = set()
    ranked = sorted(_combinations(cuts, n), key=lambda c: c[0] + _if_counted(c[1], n))[:MOST_CUTS]
    least = float("inf")
    for price, texts_by_line in ranked:
        if price + _if_counted(texts_by_line, n) > least + 3:
            break
        texts = tuple(OnLine(t, k) for k, line in enumerate(texts_by_line) for t in line)
        starts = [0]
        for line in texts_by_line:
            starts.append(starts[-1] + len(line))
        owner = {at: k for k, at in enumerate(starts)}
        zone_ = Zone(
            texts,
            (TEXT,) * has_between + (VALUE,) * n + (TEXT,) * has_tail,
            names=2 if has_codes else 1,
            breaks=frozenset(starts),
            headings=headings,
            most_headings=MOST_LINES,
            prices_headings=False,
            soort=soort,
            jaar=jaar,
            is_glued=True,
            prints=prints,
            units=at_units,
        )
        read = [
            replace(h, paths=h.paths[has_between : has_between + n])
            for h in read_header(zone_, 3, cheapest[0] - price)
        ]
        for header in read:
            at, stop = owner[header.start], owner[header.end]
            if at < stop and any(is_sentence(p.text) for p in zone[stop:]):
                continue  # what is told of a table stands above its header, never below it
            used = sum(
                price_of for price_of in (_cut_price(cuts[k], texts_by_line[k]) for k in range(at, stop))
            )
            key = (header.paths, at, stop)
            if key in emitted:
                continue
            emitted.add(key)
            if (
                at
                and at < stop
                and cuts[at - 1]
                and words_of(cuts[at - 1][0][1][0]).is_corner
                and len(cuts[at - 1][0][1]) > 2
            ):
                header = counting(header, "header_left_out", 0.4)
            if at and header.start < header.end and _begins_torn(zone[at - 1], zone[at:stop]):
                header = counting(header, "torn_start", 1)
            if at and header.start < header.end and layers[at - 1]:
                header = counting(header, "header_left_out", 0.3)
            if (
                n > 2
                and at < stop
                and any(
                    cuts[k]
                    and len(texts_by_line[k]) in (n, n + 1)
                    and all(isinstance(p[-1], OnLine) and p[-1].line == k for p in header.paths if p)
                    and _cut_price(cuts[k], texts_by_line[k]) <= NEARLY_THE_LIKELIEST
                    for k in range(at, stop)
                )
            ):
                header = counting(header, "counted", 1)
            least = min(least, header.cost + used)
            cheapest[0] = min(cheapest[0], least)
            yield (
                header.cost + used,
                header,
                at,
                texts[header.start : header.end],
                stop,
            )


def _begins_torn(above: Printed, header: Sequence[Printed]) -> bool:
    """Whether a header begins with the rest of a text: small or with a date, right below another line, before texts with capitals."""
    first = header[0]
    if first.is_after_blank or first.starts_page or is_passed_over(above.text) or is_sentence(above.text):
        return False
    if begins_with_unit(first.text):
        return False
    words = [w for p in header for w in p.text.replace(HELD, " ").split()]
    has_capitals = any(w[0].isupper() for w in words[1:])
    return has_capitals and goes_on(above.text, words[0]) and year_of(words[0]) is None


NEARLY_THE_LIKELIEST = 0.5  # how much dearer than the cheapest a cut may be that counts the columns


def _if_counted(texts_by_line: Sequence[tuple[str, ...]], n: int) -> float:
    """What it is worth that some line is cut into a text for every column."""
    return weigh({"counted": n > 2 and any(len(texts) in (n, n + 1) for texts in texts_by_line)})


def _label_above(lines: Sequence[Printed], position: int, first: int) -> int:
    """Where the label of the first row begins: values alone in a paragraph are those of the paragraph above."""
    if lines[first].label or not lines[first].is_after_blank or first - 1 <= position:
        return first
    start = first - 1
    while start > position and not lines[start].is_after_blank and not lines[start].starts_page:
        start -= 1
    return start if start > position else first


def _wrapped_headers(
    lines: Sequence[Printed], begin: int, first: int, n: int, soort: str, jaar: int | None, has_codes: bool
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which every text is broken over lines of its own: the lines joined, then cut into columns."""
    for end, top in (
        (e, t) for e in (first, first - 1) for t in range(e - 2, max(begin, first - 16) - 1, -1)
    ):
        if any(len(p.text) > 60 for p in lines[top:end]):
            continue
        zone = [p for p in lines[top:end] if not is_passed_over(p.text)]
        if len(zone) < 3 or sum(len(p.text.split()) <= 3 for p in zone) * 3 < 2 * len(zone):
            continue
        joined = without_unit(whole([p.text for p in zone]))
        above = lines[top - 1].text if top > begin else ""
        is_torn = len(above.split()) <= 2 and words_of(above).likeness >= 1
        left_out = weigh({"header_left_out": 0.4 * len(_strong_texts(above))})
        for price, texts in splits(joined, n, held=_held(zone)):
            if len(texts) < n or len(texts) > n + 2:
                continue
            read = read_header(
                Zone(
                    texts,
                    (VALUE,) * n,
                    names=2 if has_codes else 1,
                    most_headings=0,
                    prices_headings=False,
                    soort=soort,
                    jaar=jaar,
                ),
                keep=2,
            )
            for header in read:
                if header.start < header.end:
                    if top > begin and _begins_torn(lines[top - 1], lines[top:end]):
                        header = counting(header, "torn_start", 1)
                    is_one = not any(p.is_after_blank for p in lines[top + 1 : end])
                    layered = LAYERS_OF_ONE_LINE * (is_one and any(len(path) > 1 for path in header.paths))
                    yield (
                        header.cost + price + 0.4 + layered + is_torn + left_out,
                        header,
                        top,
                        texts[header.start :],
                        end,
                    )


LAYERS_OF_ONE_LINE = (
    0.8  # what it costs that lines joined as one, with no blank line between, hold several layers
)


def _held(lines: Sequence[Printed]) -> frozenset[int]:
    """The words of joined lines that surely go on the line above them, and begin no text."""
    if any(is_broken(a.text, b.text) or unit_in(b.text) for a, b in pairwise(lines)):
        return frozenset()
    starts = accumulate(len(p.text.split()) for p in lines)
    return frozenset(
        at
        for at, (a, b) in zip(starts, pairwise(lines), strict=False)
        if a.text[:1].isupper() and b.text[:1].islower()
    )


def _strong_texts(line: str) -> tuple[str, ...]:
    """The texts of a line where all of them are surely headers."""
    bare = without_unit(line)
    ways = splits(bare) if bare and not is_passed_over(line) and not is_sentence(line) else ()
    texts = ways[0][1] if ways else ()
    return texts if all(map(is_sure, texts)) else ()


MOST_PARAGRAPHS = 6  # above a table, more than it has columns: what names its rows, headings, and titles


def _paragraph_headers(
    lines: Sequence[Printed], begin: int, first: int, n: int, soort: str, jaar: int | None, has_codes: bool
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which every text is a paragraph of its own: blank lines part the texts, whatever lines they take.

    The paragraph of the first row may begin with headings.
    """
    starts = [k for k in range(begin, first) if k == begin or lines[k].is_after_blank or lines[k].starts_page]
    if first >= len(lines) or not starts:
        return
    bounds = [*starts, first] if lines[first].is_after_blank else starts
    paragraphs = list(pairwise(bounds))[-n - MOST_PARAGRAPHS :]
    amounts = [
        at for at, (a, b) in enumerate(paragraphs) if any(p.values and not p.years_only for p in lines[a:b])
    ]
    paragraphs = paragraphs[amounts[-1] + 1 if amounts else 0 :]
    if len(paragraphs) < max(3, n):
        return
    cells: list[tuple[str, int, int]] = []
    for a, b in paragraphs:  # one of one line may have several texts, all of them surely headers
        text = whole([p.text for p in lines[a:b]])
        cells += [(t, a, b) for t in (_strong_texts(text) if b == a + 1 else ()) or (text,)]
    are_lines = len(cells) > len(paragraphs)
    texts = [OnLine(text, a) if are_lines else text for text, a, _ in cells]
    breaks = [k for k in range(len(cells)) if k == 0 or cells[k][1] != cells[k - 1][1]] + [len(cells)]
    for end in [k for k in breaks[-3:] if k >= n]:
        zone = Zone(
            tuple(texts[:end]),
            (VALUE,) * n,
            names=2 if has_codes else 1,
            most_headings=2,
            breaks=frozenset(k for k in breaks if k <= end),
            prices_headings=False,
            soort=soort,
            jaar=jaar,
        )
        for header in read_header(zone, keep=3):
            is_told = any(map(is_sentence, texts[header.end :]))
            if header.start < header.end and header.shapes != ("none",) and not is_told:
                inside = tuple(texts[header.start : header.end])
                yield header.cost + 0.2, header, cells[header.start][1], inside, cells[header.end - 1][2]


MOST_STACKS = 400
FAR = 3.0  # how much dearer than the cheapest so far a header may be before it is not looked at


def _stacked_headers(
    lines: Sequence[Printed],
    begin: int,
    first: int,
    n: int,
    soort: str,
    jaar: int | None,
    prints: Sequence[str],
) -> Iterator[tuple[float, Header, int, tuple[str, ...], int]]:
    """Headers of which some texts go on in the lines below: every line has a text for some columns, in order.

    One line has a text for every column; each text of another goes on the text above it, or stands below none.
    """
    if n < 2:
        return
    for end, size in product(range(first, max(first - 3, begin + 1), -1), (2, 3)):
        top = end - size
        zone = lines[max(top, 0) : end]
        if top < begin or any(
            is_passed_over(p.text) or is_sentence(p.text) or len(p.text) > 160 for p in zone
        ):
            continue
        if any((p.values and not p.years_only) or p.is_after_blank for p in zone[1:]):
            continue
        ways = [_cuts_of(p, n, k > 0, k + 1 < size) for k, p in enumerate(zone)]
        words = [tuple(p.text.split()) for p in zone]
        set_alike = [_come_back(line) for line in words]
        are_by_word = (
            n > 2 and sum(len(w) == n and is_set for w, is_set in zip(words, set_alike, strict=True)) > 1
        )
        if are_by_word:  # a word of every line for every column: ``Saldo Toe-`` above ``per voeging`` above ``1-1-2025 2025``
            ways = [
                [(0.0, line, "")]
                if is_set and len(line) == n
                else [*way, *([(0.0, line, "")] if is_set and len(line) < n else [])]
                for line, way, is_set in zip(words, ways, set_alike, strict=True)
            ]
        least = float("inf")
        for price, chosen in sorted(
            ((sum(way[0] for way in c), c) for c in product(*ways)), key=lambda c: c[0]
        ):
            counts = [len(texts) for _, texts, _ in chosen]
            if max(counts) != n or sum(bool(c) for _, _, c in chosen) > 1:
                continue
            if min(counts) == n and not are_by_word and not all(_go_on(texts) for _, texts, _ in chosen[1:]):
                continue
            if price + MOST_IN_FAVOUR > least + FAR:
                break
            corner = "".join(c for _, _, c in chosen)
            layers = [texts for _, texts, _ in chosen]
            most = least - price + FAR
            for cost, paths, terms in _stacks(layers, n, bool(corner), most, soort, jaar, prints):
                texts = tuple(t for line in layers for t in line)
                least = min(least, cost + price)
                header = Header(paths, corner, 0, len(texts), ("stacked",), terms, cost)
                yield cost + price, header, top, texts, end


def _go_on(texts: Sequence[str]) -> bool:
    """Whether most texts of a line look as if they go on those above them: they begin small, or with a date."""
    return 2 * sum(goes_on("", t) for t in texts) > len(texts)


def _come_back(words: Sequence[str]) -> bool:
    """Whether some words of a line are of one make, as those set below each other are: ``per per``, ``1e 2e 3e``, ``2024 2025``."""
    makes = [re.sub(r"\d+", "9", word) for word in words]
    return len(set(makes)) < len(makes)


BY_WORD = 0.3  # what it costs that a line is cut at every blank


def _cuts_of(p: Printed, n: int, is_below: bool, is_upper: bool) -> list[tuple[float, tuple[str, ...], str]]:
    """Ways to cut a line: price, its texts over values, and the text in front that names the rows."""
    found = []
    for price, texts in splits(
        without_unit(p.text) or p.text, n - is_below, goes_on=is_below, is_upper=is_upper
    ):
        if 1 <= len(texts) <= n:
            found.append((price, texts, ""))
        if 2 <= len(texts) <= n + 1 and (words_of(texts[0]).is_corner or len(texts) == n + 1):
            odd = weigh(corner_terms(texts[:1]))
            found.append((price + odd, texts[1:], texts[0]))
        if 3 <= len(texts) <= n + 2 and all(words_of(t).is_corner for t in texts[:2]):
            found.append((price, texts[2:], " ".join(texts[:2])))
    if (
        is_below and n > 2
    ):  # the rests of texts, a word each, behind what names the rows: ``Nr. Risico Kans gevolg Invloed``
        words = p.text.split()
        names = list(takewhile(names_rows_only, words))
        if names and len(words) == len(names) + n and not any(map(is_open, words)):
            found.append((BY_WORD, tuple(words[len(names) :]), " ".join(names)))
    return sorted(found, key=lambda f: f[0])[:6]


def _stacks(
    layers: Sequence[tuple[str, ...]],
    n: int,
    has_corner: bool,
    most: float,
    soort: str,
    jaar: int | None,
    prints: Sequence[str],
) -> list[tuple[float, tuple[tuple[str, ...], ...], Terms]]:
    """The two cheapest ways to put the texts of every line over columns, none dearer than ``most``.

    How texts go on below each other is priced first: what columns they make is asked of the cheap ones only.
    """
    options = [list(combinations(range(n), len(texts))) for texts in layers]
    if prod(len(o) for o in options) > MOST_STACKS:
        return []
    laid = []
    for places in product(*options):
        stacks: list[list[str]] = [[] for _ in range(n)]
        for texts, at in zip(layers, places, strict=True):
            for text, c in zip(texts, at, strict=True):
                stacks[c].append(text)
        terms = Terms(
            low_alone=sum(s[0][:1].islower() for s in stacks),
            capital_below=sum(t[:1].isupper() for s in stacks for t in s[1:]),
            stacked=len(layers) - 1,
            counted=n > 2,
            not_gone_on=sum(_left_bare(s, stacks) for s in stacks),
            corner_missing=not has_corner,
        )
        terms.add(cell_terms(stacks))
        laid.append((weigh(terms), stacks, terms))
    laid.sort(key=lambda way: way[0])
    found: list[tuple[float, tuple[tuple[str, ...], ...], Terms]] = []
    for price, stacks, terms in laid:
        if price + MOST_IN_FAVOUR > min(most, found[1][0] if len(found) > 1 else most):
            break
        paths = tuple((whole(stack),) for stack in stacks)
        terms.add(header_terms(paths, (VALUE,) * n, soort, jaar))
        terms["unlike_values"] += shares_elsewhere(paths, prints or ("",) * n)
        found.append((weigh(terms), paths, terms))
        found.sort(key=lambda f: f[0])
    return found[:2]


def _left_bare(stack: Sequence[str], stacks: Sequence[Sequence[str]]) -> int:
    """How odd it is that a text goes on nothing: a bare year or date beside others that have words is three times so."""
    if len(stack) > 1:
        return 0
    is_date = year_of(stack[0]) is not None or not any(c.isalpha() for c in stack[0])
    return 3 if is_date and any(len(s) > 1 for s in stacks) else 1


def _cut_price(options: Sequence[tuple[float, tuple[str, ...]]], chosen: tuple[str, ...]) -> float:
    return next(price for price, texts in options if texts == chosen)


def _combinations(
    cuts: Sequence[Sequence[tuple[float, tuple[str, ...]]]], n: int
) -> Iterator[tuple[float, tuple[tuple[str, ...], ...]]]:
    """Ways to cut all lines: the lines nearest to the body in every way, those far above in the plainest one."""
    near = range(max(0, len(cuts) - 4), len(cuts))
    tried = [ways if k in near else (_plainest(ways),) for k, ways in enumerate(cuts)]
    for way in product(*tried):
        yield sum(p for k, (p, _) in enumerate(way) if k in near), tuple(t for _, t in way)


def _plainest(ways: Sequence[tuple[float, tuple[str, ...]]]) -> tuple[float, tuple[str, ...]]:
    """A line as it stands, or cut where several of its texts are surely headers."""
    return ways[0] if ways[-1][0] > 1 else ways[-1]
