"""What the pictures of a gemeente show: each with its words, its table and, where there is something to draw, a chart.

Five pictures: budget beside accounts, estimates that move from document to document, reserves, indicators beside
their targets, and what is proved. What does not belong here: drawing, which the page does itself (``templates/pictures.js``), and how pages look.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

import duckdb

from dagster_project.reports.counts import NUMBERS
from dagster_project.reports.marks import COVERAGE_ORDER
from dagster_project.reports.plain import plain
from dagster_project.reports.queries import fetched, named_rows
from dagster_project.reports.wording import LEVELS, STANDEN, Bilingual, count, euros, things, words

BARS, LINES = 24, 8  # as many as can be told apart

SOURCES: dict[str, tuple[str, str]] = {
    "gemeenten": (
        "gemeente_id gemeente",
        "select gemeente_id, min(gemeente) from marts.dim_document where document_id <> 'onbekend' group by 1 order by 2, 1",
    ),
    "begroot": (
        "gemeente_id jaar per programma naam begroting_eur rekening_eur",
        # By what the table tells apart: programmas, else the groups of its posts, else the posts.
        """
        with posten as (
            select gemeente_id, jaar, programma, programma_naam, groep, post, rekening_eur,
                coalesce(begroting_na_wijziging_eur, begroting_eur) as begroting_eur,
                case
                    when bool_or(programma <> 'onbekend') over (partition by gemeente_id, jaar) then 'programma'
                    when count(distinct groep) over (partition by gemeente_id, jaar) > 1 then 'groep'
                    else 'post'
                end as per
            from main.begroting_rekening where kant = 'lasten'
        ),
        per_onderdeel as (
            select gemeente_id, jaar, per, programma,
                case per when 'programma' then programma_naam when 'groep' then coalesce(groep, post) else post end as naam,
                sum(begroting_eur) as begroting_eur, sum(rekening_eur) as rekening_eur
            from posten group by all
        )
        select * from per_onderdeel where begroting_eur is not null and rekening_eur is not null
        qualify jaar = max(jaar) over (partition by gemeente_id) order by programma, naam, gemeente_id, jaar
        """,
    ),
    "geraamd": (
        "gemeente_id indeling programma naam jaar document_id titel publicatievolgorde volgnummer stand lasten_eur herziening_eur",
        """
        select h.gemeente_id, h.indeling, h.programma, h.programma_naam, h.jaar, h.document_id, d.titel, d.publicatievolgorde,
            h.volgnummer, h.stand, h.lasten_eur, h.lasten_herziening_eur
        from main.herzieningen as h join marts.dim_document as d using (document_id)
        where h.lasten_eur is not null
        qualify count(distinct h.document_id) over (
            partition by h.gemeente_id, h.indeling, h.programma, h.programma_naam, h.jaar
        ) > 1
        order by h.programma, h.programma_naam, h.jaar, h.volgnummer, h.gemeente_id, h.indeling, h.document_id
        """,
    ),
    "reserves": (
        "gemeente_id reserve_id reserve jaar stand begin_eur toevoeging_eur onttrekking_eur eind_eur",
        """
        select r.gemeente_id, r.reserve_id, r.reserve, r.jaar, r.stand, r.begin_eur, r.toevoeging_eur, r.onttrekking_eur, r.eind_eur
        from main.reserves as r join marts.dim_stand as s using (stand)
        qualify row_number() over (partition by r.reserve_id, r.jaar order by s.volgorde desc) = 1
        order by r.reserve, r.reserve_id, r.jaar
        """,
    ),
    "indicatoren": (
        "gemeente_id indicator jaar eenheid realisatie jaar_realisatie streefwaarde beter is_bereikt",
        """
        select gemeente_id, indicator, jaar, eenheid, laatste_realisatie, jaar_laatste_realisatie, streefwaarde, beter, is_bereikt
        from main.indicatoren where streefwaarde is not null and laatste_realisatie is not null
        qualify row_number() over (partition by indicator_id order by jaar_laatste_realisatie desc, jaar) = 1
        order by indicator, jaar, gemeente_id, indicator_id
        """,
    ),
    "bewezen": (
        f"gemeente_id document_id titel jaar table_no opschrift {' '.join(COVERAGE_ORDER)}",
        f"""
        select d.gemeente_id, d.document_id, d.titel, d.jaar, t.table_no, coalesce(t.caption, t.section, ''),
            {", ".join(f"count(*) filter (where n.level = '{level}')" for level in COVERAGE_ORDER)}
        from ({NUMBERS}) as n join landing.tables as t using (table_id) join marts.dim_document as d on d.document_id = n.document_id
        group by all order by d.jaar, d.document_id, t.table_no
        """,
    ),
}


# The lists that have the same of all gemeenten together, by the source that they are read from: file, and what it is.
PICTURE_LISTS = {
    "begroot": ("beelden-begroting-rekening", Bilingual("begroting en rekening", "budget and accounts")),
    "geraamd": ("beelden-ramingen", Bilingual("ramingen", "estimates")),
    "reserves": ("beelden-reserves", Bilingual("reserves", "reserves")),
    "indicatoren": ("beelden-indicatoren", Bilingual("indicatoren", "indicators")),
    "bewezen": ("beelden-bewezen", Bilingual("wat bewezen is", "what is proved")),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. ``kind``: bars, stacked (bars) or lines; each series has a value or a gap per label."""

    kind: str
    axis: Bilingual  # what the values are, with their unit
    labels: tuple[str, ...]  # as printed
    series: tuple[
        tuple[Bilingual, str, tuple[Decimal | None, ...]], ...
    ]  # name, colour as in page.css, values
    at: tuple[int, ...] = ()  # the values that the axis names; empty: what the drawing finds


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with everything that stands beside it. ``told`` says in words what there is to see."""

    name: str
    title: Bilingual
    told: Bilingual
    head: tuple[tuple[str, Bilingual], ...]  # of each column of the table: its name in the CSV, its heading
    rows: tuple[tuple, ...]  # of text as printed, words, years as int, other numbers as Decimal, or None
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of one gemeente."""

    gemeente_id: str
    gemeente: str
    pictures: tuple[Picture, ...]


def picture_rows(con: duckdb.DuckDBPyConnection) -> dict[str, list]:
    """Per name in ``SOURCES``, all rows. Raises ``UnreadableWarehouse`` where a view is missing."""
    return {
        name: named_rows(name, fields, fetched(con, name, sql)) for name, (fields, sql) in SOURCES.items()
    }


def pictures(rows: Mapping[str, Sequence]) -> Iterator[Pictures]:
    """The pictures of every gemeente with a document, by name, from what ``picture_rows`` read; drawn when asked for."""
    found = {name: _grouped(own, attrgetter("gemeente_id")) for name, own in rows.items()}
    for named in rows["gemeenten"]:
        yield Pictures(
            named.gemeente_id,
            named.gemeente or named.gemeente_id,
            tuple(draw(found[name].get(named.gemeente_id, ())) for name, draw in _PICTURES.items()),
        )


def pictures_data(pages: Iterable[Pictures]) -> Iterator[str]:
    """JSON for ``pictures.js``, a gemeente at a time: of each gemeente its id, name and pictures. Words are [Dutch, English]; in a table a year
    is a number and any other number is [its digits as text]; of a chart the values are digits as text, or null."""

    def value(one):
        return [f"{one:f}"] if isinstance(one, Decimal) else plain(one) if type(one) is str else one

    def chart(one: Chart) -> dict[str, object]:
        series = [
            ((plain(name.nl), plain(name.en)), colour, [None if v is None else f"{v:f}" for v in values])
            for name, colour, values in one.series
        ]
        labels = [plain(label) for label in one.labels]
        return {"kind": one.kind, "axis": one.axis, "labels": labels, "series": series, "at": one.at}

    def picture(one: Picture) -> dict[str, object]:
        return {
            "name": one.name,
            "title": one.title,
            "told": one.told,
            "head": [(name, *heading) for name, heading in one.head],
            "rows": [[value(v) for v in row] for row in one.rows],
            "chart": one.chart and chart(one.chart),
        }

    before = "["
    for page in pages:
        told = {
            "id": page.gemeente_id,
            "name": plain(page.gemeente),
            "pictures": [picture(one) for one in page.pictures],
        }
        yield before + json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        before = ","
    yield "]" if before == "," else "[]"


_PARTS = {
    "programma": (Bilingual("programma", "programme"), Bilingual("programma's", "programmes")),
    "groep": (Bilingual("groep", "group"), Bilingual("groepen", "groups")),
    "post": (Bilingual("post", "item"), Bilingual("posten", "items")),
}


def _budget(rows: Sequence) -> Picture:
    """Budget beside accounts, per programma or what else the table tells apart, in the latest year that has both."""
    beside = sorted(rows, key=lambda row: -max(abs(row.begroting_eur), abs(row.rekening_eur)))
    drawn = beside[:BARS]
    one, many = _PARTS[rows[0].per if rows else "programma"]
    title = Bilingual(f"Begroting en rekening per {one.nl}", f"Budget and accounts per {one.en}")
    if not rows:
        told = Bilingual(
            "Er is geen jaar waarvan begroting en rekening naast elkaar staan.",
            "There is no year of which budget and accounts stand beside each other.",
        )
    else:
        above = [row for row in rows if row.rekening_eur > row.begroting_eur]
        below = [row for row in rows if row.rekening_eur < row.begroting_eur]
        most = max(rows, key=lambda row: abs(row.rekening_eur - row.begroting_eur))
        off, year = euros(most.rekening_eur - most.begroting_eur), rows[0].jaar
        told = Bilingual(
            f"Lasten {year}: bij {len(above)} van de {len(rows)} {many.nl} ligt de rekening boven de begroting, bij {len(below)} eronder. "
            f"Het verschil is het grootst bij {_programma(most)}: {off.nl}.",
            f"Expenditure {year}: in {len(above)} of {len(rows)} {many.en} the accounts are above the budget, in {len(below)} below it. "
            f"The difference is largest in {_programma(most)}: {off.en}.",
        )
    return Picture(
        "begroting-rekening",
        title,
        _with_rest(told, len(rows), len(drawn), many),
        (
            ("jaar", Bilingual("jaar", "year")),
            (one.nl, one),
            ("begroting_eur", Bilingual("begroting (na wijziging), euro", "budget (as amended), euros")),
            ("rekening_eur", Bilingual("rekening, euro", "accounts, euros")),
            ("verschil_eur", Bilingual("rekening − begroting, euro", "accounts − budget, euros")),
        ),
        tuple(
            (r.jaar, _programma(r), r.begroting_eur, r.rekening_eur, r.rekening_eur - r.begroting_eur)
            for r in rows
        ),
        Chart(
            "bars",
            Bilingual("lasten in euro", "expenditure in euros"),
            tuple(_programma(row) for row in drawn),
            (
                (Bilingual("begroting", "budget"), "none", tuple(r.begroting_eur for r in drawn)),
                (Bilingual("rekening", "accounts"), "accent", tuple(r.rekening_eur for r in drawn)),
            ),
            _ticks([0, *(amount for r in drawn for amount in (r.begroting_eur, r.rekening_eur))]),
        )
        if rows
        else None,
    )


def _estimates(rows: Sequence) -> Picture:
    """How the lasten of a programma for one year move from document to document."""
    lines = _grouped(rows, lambda row: (_programma(row), row.indeling, row.jaar))
    moved = {key: sum(abs(row.herziening_eur or 0) for row in own) for key, own in lines.items()}
    drawn = sorted(lines, key=lambda key: (-moved[key], *map(str, key)))[:LINES]
    documents = sorted({(r.publicatievolgorde, r.document_id, r.titel) for key in drawn for r in lines[key]})
    if not rows:
        told = Bilingual(
            "Geen bedrag voor één jaar en programma staat in meer dan één document.",
            "No amount for one year and programme stands in more than one document.",
        )
    else:
        name, _, year = drawn[0]
        amounts = [row.lasten_eur for row in lines[drawn[0]]]
        first, last, low, high = (
            euros(amount) for amount in (amounts[0], amounts[-1], min(amounts), max(amounts))
        )
        # What comes back to where it began has moved between its lowest and its highest.
        moved_nl, moved_en = f"van {first.nl} naar {last.nl}", f"from {first.en} to {last.en}"
        if first == last:
            moved_nl, moved_en = f"tussen {low.nl} en {high.nl}", f"between {low.en} and {high.en}"
        most = Bilingual(
            f"Het meest verschoof {name}, {year}: {moved_nl}.",
            f"What moved most is {name}, {year}: {moved_en}.",
        )
        if not any(moved.values()):
            most = Bilingual("Geen ervan verschoof.", "None of them moved.")
        told = Bilingual(
            f"Voor {len(lines)} keer een programma en een jaar noemen meer documenten de lasten. {most.nl}",
            f"Of {len(lines)} pairs of a programme and a year more documents give the expenditure. {most.en}",
        )
    return Picture(
        "ramingen",
        Bilingual(
            "Hoe een raming verschuift van document naar document",
            "How an estimate moves from document to document",
        ),
        _with_rest(told, len(lines), len(drawn), Bilingual("lijnen", "lines")),
        (
            ("jaar", Bilingual("jaar", "year")),
            ("programma", Bilingual("programma", "programme")),
            ("document", Bilingual("document", "document")),
            ("stand", Bilingual("stand", "state")),
            ("lasten_eur", Bilingual("lasten, euro", "expenditure, euros")),
            ("verschil_eur", Bilingual("sinds het vorige, euro", "since the last, euros")),
        ),
        tuple(
            (
                r.jaar,
                _programma(r),
                r.titel or r.document_id,
                words(STANDEN, r.stand),
                r.lasten_eur,
                r.herziening_eur,
            )
            for r in rows
        ),
        Chart(
            "lines",
            Bilingual("lasten in euro", "expenditure in euros"),
            tuple(titel or document_id for _, document_id, titel in documents),
            tuple(
                (
                    _as_printed(f"{key[0]}, {key[2]}"),
                    "",
                    _along(
                        [document_id for _, document_id, _ in documents],
                        lines[key],
                        "document_id",
                        "lasten_eur",
                    ),
                )
                for key in drawn
            ),
            _ticks([row.lasten_eur for key in drawn for row in lines[key]]),
        )
        if rows
        else None,
    )


def _reserves(rows: Sequence) -> Picture:
    """What the reserves hold at the end of each year; where that is not printed, what goes in and comes out."""
    of_reserve = _grouped(rows, lambda row: row.reserve_id)
    held = {key: [row for row in own if row.eind_eur is not None] for key, own in of_reserve.items()}
    drawn = sorted(
        (key for key, own in held.items() if len(own) > 1),
        key=lambda key: -max(abs(r.eind_eur) for r in held[key]),
    )[:LINES]
    title = Bilingual("Wat er in de reserves zit", "What the reserves hold")
    if drawn:
        years = sorted({row.jaar for key in drawn for row in held[key]})
        lower = [key for key in held if len(held[key]) > 1 and held[key][-1].eind_eur < held[key][0].eind_eur]
        empty = [key for key in held if held[key] and held[key][-1].eind_eur <= 0]
        known = sum(len(own) > 1 for own in held.values())
        told = Bilingual(
            f"Van {known} van de {len(of_reserve)} reserves staat van meer dan één jaar wat erin zit: {len(lower)} daarvan eindigen lager dan "
            f"ze begonnen, en {len(empty)} zijn aan het eind leeg.",
            f"Of {known} of {len(of_reserve)} reserves it is printed for more than one year what they hold: {len(lower)} of them end lower than "
            f"they began, and {len(empty)} are empty at the end.",
        )
        chart = Chart(
            "lines",
            Bilingual(
                "stand aan het eind van het jaar, in euro",
                "balance at the end of the year, in euros",
            ),
            tuple(map(str, years)),
            tuple(
                (_as_printed(held[key][0].reserve), "", _along(years, held[key], "jaar", "eind_eur"))
                for key in drawn
            ),
            _ticks([row.eind_eur for key in drawn for row in held[key]]),
        )
        told = _with_rest(told, known, len(drawn), Bilingual("reserves", "reserves"))
    elif rows:
        title = Bilingual("Wat de reserves in en uit gaat", "What goes into the reserves and comes out")
        of_year = _grouped(rows, lambda row: row.jaar)
        put, taken = (
            {year: _total(getattr(row, field) for row in own) for year, own in of_year.items()}
            for field in ("toevoeging_eur", "onttrekking_eur")
        )
        years = sorted(of_year)
        net = sum(put[y] or 0 for y in years) - sum(taken[y] or 0 for y in years)
        amount, way = euros(abs(net)), Bilingual("uit", "out") if net < 0 else Bilingual("in", "in")
        told = Bilingual(
            f"Van geen reserve staat van meer dan één jaar wat erin zit; wel wat erin en eruit gaat. Over {years[0]} tot en met {years[-1]} "
            f"gaat er per saldo {amount.nl} {way.nl}.",
            f"Of no reserve it is printed for more than one year what it holds, but what goes in and comes out is. Over {years[0]} up to "
            f"{years[-1]} that is {amount.en} {way.en} on balance.",
        )
        chart = Chart(
            "bars",
            Bilingual("in euro", "in euros"),
            tuple(map(str, years)),
            (
                (Bilingual("toegevoegd", "added"), "proved", tuple(put[year] for year in years)),
                (Bilingual("onttrokken", "withdrawn"), "break", tuple(taken[year] for year in years)),
            ),
            _ticks([0, *(amount or 0 for amount in (*put.values(), *taken.values()))]),
        )
    else:
        told, chart = Bilingual("Er zijn geen reserves gelezen.", "No reserves were read."), None
    return Picture(
        "reserves",
        title,
        told,
        (
            ("reserve", Bilingual("reserve", "reserve")),
            ("jaar", Bilingual("jaar", "year")),
            ("stand", Bilingual("stand", "state")),
            ("begin_eur", Bilingual("begin, euro", "opening, euros")),
            ("toevoeging_eur", Bilingual("toegevoegd, euro", "added, euros")),
            ("onttrekking_eur", Bilingual("onttrokken, euro", "withdrawn, euros")),
            ("eind_eur", Bilingual("eind, euro", "closing, euros")),
        ),
        tuple(
            (
                r.reserve,
                r.jaar,
                words(STANDEN, r.stand),
                r.begin_eur,
                r.toevoeging_eur,
                r.onttrekking_eur,
                r.eind_eur,
            )
            for r in rows
        ),
        chart,
    )


_REACHED = {
    True: (Bilingual("streefwaarde bereikt", "target reached"), "proved"),
    False: (Bilingual("streefwaarde niet bereikt", "target not reached"), "break"),
    None: (Bilingual("niet gezegd welke kant beter is", "not said which way is better"), "none"),
}
_BETTER = {
    "hoger": Bilingual("hoger is beter", "higher is better"),
    "lager": Bilingual("lager is beter", "lower is better"),
}
_NOT_SAID = Bilingual("niet gezegd", "not said")


def _indicators(rows: Sequence) -> Picture:
    """The last value of each indicator as a share of its target, with the direction that is better."""
    comparable = [row for row in rows if row.streefwaarde > 0 and row.realisatie >= 0]
    share = {id(row): 100 * row.realisatie / row.streefwaarde for row in comparable}
    drawn = sorted(comparable, key=lambda row: -abs(share[id(row)] - 100))[:BARS]
    drawn.sort(key=lambda row: share[id(row)])
    reached, missed, unsaid = (sum(row.is_bereikt is what for row in rows) for what in (True, False, None))
    told = (
        Bilingual(
            f"Van {things(len(rows), 'indicator').nl} staan een waarde en een streefwaarde: {reached} bereiken haar, {missed} niet, en bij {unsaid} is niet "
            "gezegd welke kant beter is. De streep bij 100 is de streefwaarde.",
            f"Of {things(len(rows), 'indicator').en} there are a value and a target: {reached} reach it, {missed} do not, and of {unsaid} it is not said which "
            "way is better. The line at 100 is the target.",
        )
        if rows
        else Bilingual(
            "Van geen indicator staan een waarde en een streefwaarde.",
            "Of no indicator there are a value and a target.",
        )
    )
    return Picture(
        "indicatoren",
        Bilingual("Indicatoren naast hun streefwaarde", "Indicators beside their targets"),
        _with_rest(told, len(rows), len(drawn), Bilingual("indicatoren", "indicators")),
        (
            ("indicator", Bilingual("indicator", "indicator")),
            ("jaar_realisatie", Bilingual("jaar", "year")),
            ("realisatie", Bilingual("waarde", "value")),
            ("jaar_streefwaarde", Bilingual("jaar van de streefwaarde", "year of the target")),
            ("streefwaarde", Bilingual("streefwaarde", "target")),
            ("eenheid", Bilingual("eenheid", "unit")),
            ("beter", Bilingual("welke kant beter is", "which way is better")),
            ("bereikt", Bilingual("bereikt", "reached")),
        ),
        tuple(
            (
                r.indicator,
                r.jaar_realisatie,
                r.realisatie,
                r.jaar,
                r.streefwaarde,
                r.eenheid,
                _BETTER.get(r.beter, _NOT_SAID),
                _REACHED[r.is_bereikt][0],
            )
            for r in rows
        ),
        Chart(
            "stacked",
            Bilingual(
                "laatste waarde in procenten van de streefwaarde", "last value as a percentage of the target"
            ),
            tuple(_with_direction(row) for row in drawn),
            tuple(
                (name, colour, tuple(share[id(row)] if row.is_bereikt is what else None for row in drawn))
                for what, (name, colour) in _REACHED.items()
                if any(row.is_bereikt is what for row in drawn)
            ),
            tuple(range(0, 100 * int(2 + max(share[id(row)] for row in drawn) / 100), 100)),
        )
        if drawn
        else None,
    )


def _with_direction(row) -> str:
    arrow = {"hoger": "▲ ", "lager": "▼ "}.get(row.beter, "")
    return f"{arrow}{row.indicator}"


_COLOURS = {"proved": "proved", "implied": "accent", "locatable": "rounding", "unverifiable": "none"}


def _proved(rows: Sequence) -> Picture:
    """How many numbers of each table are proved, and how many are not."""

    def unproved(row) -> int:
        return sum(getattr(row, level) for level in COVERAGE_ORDER if level != "proved")

    drawn = sorted(rows, key=lambda row: (-unproved(row), row.document_id, row.table_no))[:BARS]
    numbers = sum(sum(getattr(row, level) for level in COVERAGE_ORDER) for row in rows)
    proved, whole = sum(row.proved for row in rows), sum(unproved(row) == 0 for row in rows)
    told = Bilingual(
        f"Van {things(numbers, 'getal').nl} in {things(len(rows), 'tabel').nl} zijn er {count(proved).nl} bewezen; van {things(whole, 'tabel').nl} alle. "
        "De tabellen met de meeste getallen die niet bewezen zijn, staan bovenaan.",
        f"Of {things(numbers, 'getal').en} in {things(len(rows), 'tabel').en} {count(proved).en} are proved; of {things(whole, 'tabel').en} all of them. "
        "The tables with most numbers that are not proved come first.",
    )
    return Picture(
        "bewezen",
        Bilingual("Wat bewezen is, per tabel", "What is proved, by table"),
        _with_rest(told, len(rows), len(drawn), Bilingual("tabellen", "tables"))
        if rows
        else Bilingual("Er zijn geen tabellen gelezen.", "No tables were read."),
        (
            ("document", Bilingual("document", "document")),
            ("tabel", Bilingual("tabel", "table")),
            ("opschrift", Bilingual("opschrift", "caption")),
            *((level, words(LEVELS, level)) for level in COVERAGE_ORDER),
        ),
        tuple(
            (
                r.titel or r.document_id,
                str(r.table_no),
                r.opschrift,
                *(Decimal(getattr(r, level)) for level in COVERAGE_ORDER),
            )
            for r in rows
        ),
        Chart(
            "stacked",
            Bilingual("getallen", "numbers"),
            tuple(
                f"{row.opschrift or row.titel or row.document_id} ({row.jaar}, {row.table_no})"
                for row in drawn
            ),
            tuple(
                (words(LEVELS, level), _COLOURS[level], tuple(Decimal(getattr(row, level)) for row in drawn))
                for level in COVERAGE_ORDER
                if any(getattr(row, level) for row in drawn)
            ),
        )
        if rows
        else None,
    )


_PICTURES: Mapping[str, Callable[[Sequence], Picture]] = {
    "begroot": _budget,
    "geraamd": _estimates,
    "reserves": _reserves,
    "indicatoren": _indicators,
    "bewezen": _proved,
}


def _programma(row) -> str:
    return row.naam if row.programma == "onbekend" else f"{row.programma} {row.naam}"


def _grouped(rows: Sequence, key: Callable) -> dict:
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _along(places: Sequence, rows: Sequence, place: str, field: str) -> tuple[Decimal | None, ...]:
    """The values of a line in euros, with a gap where there is none; of two in one place the last."""
    found = dict(zip(map(attrgetter(place), rows), map(attrgetter(field), rows), strict=True))
    return tuple(found.get(at) for at in places)


def _ticks(amounts: Sequence[Decimal | int]) -> tuple[int, ...]:
    """Whole euros for an axis to name, a round step apart, around all amounts: room for long numbers takes few of them."""
    least, most = min(amounts), max(amounts)
    width = max(Decimal(most - least) / 5, Decimal(1))
    ten = 10 ** width.adjusted()
    step = next(ten * times for times in (1, 2, 5, 10) if ten * times >= width)
    first, last = int(least // step), int(-(-most // step))
    if least < first * step:
        first -= 1  # division of decimals goes towards zero
    if last * step < most:
        last += 1
    return tuple(step * n for n in range(first, max(last, first + 1) + 1))


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _as_printed(text: str) -> Bilingual:
    return Bilingual(text, text)


def _with_rest(told: Bilingual, all_of_them: int, drawn: int, what: Bilingual) -> Bilingual:
    """The words, with how many the picture leaves to the table."""
    if drawn == all_of_them:
        return told
    return Bilingual(
        f"{told.nl} Getekend: {drawn} van de {count(all_of_them).nl} {what.nl}; de tabel heeft ze alle.",
        f"{told.en} Drawn: {drawn} of {count(all_of_them).en} {what.en}; the table has them all.",
    )
