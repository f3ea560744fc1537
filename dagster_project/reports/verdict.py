"""The one sentence that a run comes to: the heading of the first page, and the last line of the terminal.

It says in one breath what does not close and what was not judged, not read or is asked; "everything closes" it
says only when nothing of that is left. What does not belong here: counting (``counts``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dagster_project.reports.counts import Counts
from dagster_project.reports.wording import Bilingual, count


def verdict(counts: Counts) -> Bilingual:
    """The verdict on everything that a run looked at, in Dutch and in English."""
    if not counts.rules and not counts.values and not counts.rejects:
        return Bilingual("Nog niets te toetsen.", "Nothing to check yet.")
    parts = list(_parts(counts)) or list(_otherwise(counts))
    if not parts:
        rules, values = count(counts.rules), count(counts.values)
        return Bilingual(
            f"Alles sluit: alle {rules.nl} sommen, en elk van de {values.nl} getallen staat in een som.",
            f"Everything closes: all {rules.en} sums, and each of the {values.en} numbers is in a sum.",
        )
    opening = _opening(counts)
    listed = [Bilingual(_list([p.nl for p in parts], "en"), _list([p.en for p in parts], "and"))]
    return Bilingual(f"{opening.nl}: {listed[0].nl}.", f"{opening.en}: {listed[0].en}.")


def _opening(counts: Counts) -> Bilingual:
    if counts.impossible:
        return Bilingual("Niet alles sluit", "Not everything closes")
    if counts.verdicts["break"] or counts.sets["infeasible"]:
        return Bilingual(
            "Wat zeker gelezen is, sluit; niet alles is zeker gelezen",
            "What was read for sure closes; not everything was read for sure",
        )
    judged = counts.rules - counts.verdicts["not_judged"]
    if not judged:
        return Bilingual("Nog niets getoetst", "Nothing was checked yet")
    rules = count(judged)
    sums = (
        Bilingual("De ene som die getoetst is, sluit", "The one sum that was checked closes")
        if judged == 1
        else Bilingual(
            f"Alle {rules.nl} sommen die getoetst zijn, sluiten",
            f"All {rules.en} sums that were checked close",
        )
    )
    return Bilingual(f"{sums.nl}; niet alles is gecontroleerd", f"{sums.en}; not everything was checked")


def _parts(counts: Counts) -> Iterator[Bilingual]:
    rules, values = count(counts.rules), count(counts.values)
    broken, doubtful = counts.verdicts["break"], counts.doubtful
    if broken:
        nl, en = "", ""
        if doubtful:
            told = count(doubtful)
            nl = f" (waarvan {told.nl} in een onzeker gelezen tabel)"
            en = f" (of which {told.en} in a table read with doubt)"
        yield Bilingual(
            f"{count(broken).nl} van de {rules.nl} sommen {_is(broken, 'sluit', 'sluiten')} niet{nl}",
            f"{count(broken).en} of the {rules.en} sums {_is(broken, 'does', 'do')} not close{en}",
        )
    if some := counts.sets["infeasible"]:
        yield Bilingual(
            f"{count(some).nl} van de {count(sum(counts.sets.values())).nl} verbanden"
            f" {_is(some, 'kan', 'kunnen')} niet sluiten",
            f"{count(some).en} of the {count(sum(counts.sets.values())).en} connected sets cannot close",
        )
    if some := counts.sets["unsolved"]:
        yield _told(
            some, "verband kreeg", "verbanden kregen", "geen antwoord", "connected set", "got no answer"
        )
    if some := counts.contradictions:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'tegenspraak', 'tegenspraken')} in woorden of tussen stukken",
            f"{count(some).en} {_is(some, 'contradiction', 'contradictions')} in words or between documents",
        )
    if some := counts.differ_from_iv3:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'levering van Iv3 zegt', 'leveringen van Iv3 zeggen')} iets anders dan een stuk",
            f"{count(some).en} {_is(some, 'delivery of Iv3 says', 'deliveries of Iv3 say')} otherwise than a document",
        )
    if some := counts.verdicts["not_judged"]:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'som is', 'sommen zijn')} niet beoordeeld",
            f"{count(some).en} {_is(some, 'sum was', 'sums were')} not judged",
        )
    if some := counts.unproved["in_no_sum"]:
        yield Bilingual(
            f"{count(some).nl} van de {values.nl} getallen {_is(some, 'staat', 'staan')} in geen som",
            f"{count(some).en} of the {values.en} numbers {_is(some, 'is', 'are')} in no sum",
        )
    if some := counts.unproved["in_unjudged_sum"]:
        yield Bilingual(
            f"{count(some).nl} van de {values.nl} getallen {_is(some, 'staat', 'staan')} alleen in sommen die niet"
            " beoordeeld zijn",
            f"{count(some).en} of the {values.en} numbers {_is(some, 'is', 'are')} only in sums that were not judged",
        )
    if some := counts.asked:
        told, tables = count(some), count(counts.tables)
        yield Bilingual(
            f"{told.nl} van de {tables.nl} tabellen {_is(some, 'telt', 'tellen')} niet of niet geheel mee"
            " tot er een antwoord is hoe zij gelezen worden",
            f"{told.en} of the {tables.en} tables {_is(some, 'counts', 'count')} nowhere, or not in full,"
            " until there is an answer how they are read",
        )
    if some := counts.unnamed:
        yield Bilingual(
            f"{count(some).nl} keer moet iemand zeggen wat gedrukte getallen zijn of welke gemeente het is",
            f"{count(some).en} {_is(some, 'time', 'times')} a person must say what printed numbers are or which"
            " municipality it is",
        )
    if some := counts.rejects:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'plaats is', 'plaatsen zijn')} niet gelezen",
            f"{count(some).en} {_is(some, 'place was', 'places were')} not read",
        )
    if some := counts.questions:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'vraag wacht', 'vragen wachten')} op antwoord",
            f"{count(some).en} {_is(some, 'question waits', 'questions wait')} for an answer",
        )
    if some := counts.text_only:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'document heeft', 'documenten hebben')} alleen tekst",
            f"{count(some).en} {_is(some, 'document has', 'documents have')} only text",
        )
    if some := counts.missing:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'document ontbreekt', 'documenten ontbreken')}",
            f"{count(some).en} {_is(some, 'document is', 'documents are')} missing",
        )
    yield from _expected(counts.expectations)


def _expected(expectations: Mapping[str, int]) -> Iterator[Bilingual]:
    if some := expectations.get("failed", 0):
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'verwachting komt', 'verwachtingen komen')} niet uit",
            f"{count(some).en} {_is(some, 'expectation does', 'expectations do')} not hold",
        )
    if some := expectations.get("errored", 0) + expectations.get("not_judged", 0):
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'verwachting is', 'verwachtingen zijn')} niet beoordeeld",
            f"{count(some).en} {_is(some, 'expectation was', 'expectations were')} not judged",
        )


def _otherwise(counts: Counts) -> Iterator[Bilingual]:
    """Causes, accepted or not, of which no count above tells."""
    if some := counts.causes.get("niet_gecontroleerd", 0):
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'oorzaak is', 'oorzaken zijn')} niet gecontroleerd",
            f"{count(some).en} {_is(some, 'cause was', 'causes were')} not checked",
        )
    if some := sum(counts.causes.values()) - counts.causes.get("niet_gecontroleerd", 0):
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'oorzaak staat', 'oorzaken staan')} open",
            f"{count(some).en} {_is(some, 'cause is', 'causes are')} open",
        )
    if some := counts.causes_accepted:
        yield Bilingual(
            f"{count(some).nl} {_is(some, 'oorzaak is', 'oorzaken zijn')} aanvaard",
            f"{count(some).en} {_is(some, 'cause was', 'causes were')} accepted",
        )


def _told(number: int, one: str, many: str, rest: str, thing: str, rest_en: str) -> Bilingual:
    told = count(number)
    return Bilingual(
        f"{told.nl} {one if number == 1 else many} {rest}",
        f"{told.en} {thing}{'' if number == 1 else 's'} {rest_en}",
    )


def _is(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _list(parts: list[str], conjunction: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"
