"""What was chosen where words leave a sum open, as conventions of a table, and what a person must say.

Every choice is recorded with the readings that were tried and how many survived, and compared with what the caption says.
Which questions exist belongs to ``table_sums`` and ``between``, how one is answered to ``readings``, printed signs and
captions to ``signs``, and which tables count where nobody said so to dbt/macros/indeling.sql.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dagster_project.claims.families import ClaimedSum, FamilyReading
from dagster_project.claims.misses import with_difference
from dagster_project.claims.readings import NO_SUM, Choice, Evidence, Family, answer_key, answer_of
from dagster_project.claims.row_claims import total_family
from dagster_project.claims.rule_sentences import Names
from dagster_project.claims.signs import contradiction, declared, printed_signs
from dagster_project.claims.table_sums import TableReading
from dagster_project.reading.choices import in_english, name_in_english
from dagster_project.reading.model import Convention, Reject, Table, join_path

ANSWERS = "antwoorden"  # key of document.yml: {"003.verschil_richting": "begroting - rekening"}
CUT = "indeling"  # what the money of a table is beside other tables of its document: "003.indeling": zelfde geld
CHOICES = ("hoofdindeling", "ander geld", "zelfde geld")
_UNTRIED = "totalen_zonder_som"  # the question about totals that were not tried


def conventions_of(
    reading: TableReading, choices: Sequence[Choice], answers: Mapping[str, object]
) -> Iterable[Convention]:
    """One convention per name: of several families with one name the one that rests on most numbers.

    ``choices`` are those of this table.
    """
    table = reading.table
    by_name: dict[str, Choice] = {}
    for choice in choices:
        family = choice.family
        if not family.is_convention or choice.reading is None:
            continue
        best = by_name.get(family.naam)
        if best is None or choice.fit.weight > best.fit.weight:
            by_name[family.naam] = choice
    legend = declared(table)
    for naam, choice in by_name.items():
        assert choice.reading is not None
        keuze = choice.reading.keuze
        said = legend if naam in ("verschil_richting", "saldo_richting", "resultaat_richting") else None
        yield Convention(
            table_no=table.no,
            naam=naam,
            keuze=keuze,
            bron="document.yml" if answer_of(answers, table.no, naam) else _decided_by(choice),
            tried=tuple(r.keuze for r in choice.family.readings),
            survived=choice.survived,
            declared=said.text if said else None,
            is_contradicted=said is not None and contradiction(table, naam, keuze, said),
        )
    yield from _reaches(reading, answers)
    chosen = {
        naam: c.reading.keuze
        for naam, c in by_name.items()
        if c.reading and c.fit.weight and c.survived == 1 and not naam.endswith("_van_verschil")
    }
    yield from printed_signs(reading, chosen, lambda naam: answer_of(answers, table.no, naam))


def _decided_by(choice: Choice) -> str:
    """Numbers, unless several readings fit them and the one that words make likeliest was taken."""
    is_likeliest = choice.reading is not None and choice.reading.keuze == choice.family.readings[0].keuze
    return "structuur" if choice.survived > 1 and is_likeliest else "cijfers"


def _reaches(reading: TableReading, answers: Mapping[str, object]) -> Iterable[Convention]:
    """How far each total reaches of which words and structure leave that open."""
    table = reading.table
    labels = {r.no: r.path[-1] for r in reading.rows}
    for total in reading.sums.totals:
        if len(total.reaches) < 2:
            continue
        family = total_family(table.no, total, [], labels)
        keuze = family.readings[total.taken].keuze
        is_answered = answer_of(answers, table.no, family.naam) == keuze
        bron = "document.yml" if is_answered else "cijfers" if total.taken else "structuur"
        tried = tuple(r.keuze for r in family.readings)
        yield Convention(table.no, family.naam, keuze, bron, tried, total.survived)


def open_totals(reading: TableReading, evidence: Evidence) -> Iterable[Reject]:
    """A question for each row that is called a total and sums nothing of what it could, with how far off the nearest is."""
    if not (reading.sums.unanswered or reading.sums.untried):
        return
    answers, names = evidence.answers, Names({reading.table.no: reading.table})
    rows = {r.no: r for r in reading.rows}
    labels = {no: r.path[-1] for no, r in rows.items()}
    for total in reading.sums.unanswered:
        row = rows[total.total]
        family = total_family(reading.table.no, total, reading.summed_columns, labels)
        if evidence.answer(family) == NO_SUM:
            continue
        options, options_en = _options(family)
        name = join_path(row.path)
        reason = f"{name} van tabel {reading.table.no} is van geen van deze rijen de som: {options}"
        reason_en = f"{name} of table {reading.table.no} is the sum of none of these rows: {options_en}"
        asked = replace(
            _question(reading.table, family.naam, reason, reason_en), line=row.line, text=row.path[-1]
        )
        yield with_difference(asked, family.readings, evidence, names)
    untried, no = reading.sums.untried, reading.table.no
    if untried and answer_of(answers, no, _UNTRIED) != NO_SUM:
        row = rows[untried[0]]
        reason = f"{len(untried)} rijen van tabel {no} heten totaal en zijn niet getoetst, want honderden erboven zijn van geen rijen de som: {NO_SUM}"
        reason_en = f"{len(untried)} rows of table {no} are called totals and were not checked, for hundreds above them are the sum of no rows: {in_english(NO_SUM)}"
        yield replace(_question(reading.table, _UNTRIED, reason, reason_en), line=row.line, text=row.path[-1])


def _options(family: Family) -> tuple[str, str]:
    """What a person may answer, in Dutch and in English."""
    options = [*(r.keuze for r in family.readings), NO_SUM]
    return "; ".join(options), "; ".join(map(in_english, options))


def open_choices(choices: Sequence[Choice], tables: Sequence[Table], evidence: Evidence) -> Iterable[Reject]:
    """A question for each choice of which no reading fits, and for each total that does not follow the others; with how
    far off they are."""
    by_no = {t.no: t for t in tables}
    names = Names(by_no)
    for choice in choices:
        family, table = choice.family, by_no[choice.family.table_no]
        name, name_en = family.naam.replace("_", " "), name_in_english(family.naam)
        by_total: dict[str, list[ClaimedSum]] = {}
        for claim in choice.dropped:
            total = names.column(claim.total) if claim.scope == "row" else names.row(claim.total)
            by_total.setdefault(total, []).append(claim)
        for total, claims in by_total.items():
            reason = f"{total} van tabel {table.no}: anders dan bij de rest van de tabel sluit hier bijna geen som ({name})"
            reason_en = f"{total} of table {table.no}: unlike the rest of the table hardly any sum holds here ({name_en})"
            asked = _question(table, family.naam, reason, reason_en)
            keuze = choice.reading.keuze if choice.reading is not None else total
            yield with_difference(asked, [FamilyReading(keuze, tuple(claims))], evidence, names)
        if choice.reading is not None or evidence.answer(family) == NO_SUM:
            continue
        options, options_en = _options(family)
        if family.is_convention:
            reason = f"{name} van tabel {table.no}: geen van de lezingen past bij de getallen ({options})"
            reason_en = f"{name_en} of table {table.no}: none of the readings fits the numbers ({options_en})"
            asked = _question(table, family.naam, reason, reason_en)
            yield with_difference(asked, family.readings, evidence, names)
        elif family.is_asked:
            total = names.column(family.readings[0].claims[0].total)
            reason = f"{total} van tabel {table.no} is van geen van deze kolommen de som: {options}"
            reason_en = f"{total} of table {table.no} is the sum of none of these columns: {options_en}"
            asked = _question(table, family.naam, reason, reason_en)
            yield with_difference(asked, family.readings, evidence, names)


def open_signs(conventions: Iterable[Convention], tables: Sequence[Table]) -> Iterable[Reject]:
    """A question for each sign that neither sums nor printed numbers decide."""
    by_no = {t.no: t for t in tables}
    for convention in conventions:
        if (
            convention.naam.endswith("_teken")
            and convention.survived > 1
            and convention.bron != "document.yml"
        ):
            table = by_no[convention.table_no]
            name = convention.naam.removesuffix("_teken")
            reason = f"{name} van tabel {table.no} staan er met beide tekens en geen som zegt welk gewoon is: + of -"
            reason_en = f"{name_in_english(name)} of table {table.no} has both signs and no sum says which is ordinary: + or -"
            yield _question(table, convention.naam, reason, reason_en)


def _question(table: Table, naam: str, reason: str, reason_en: str) -> Reject:
    return Reject(
        table.path,
        table.first_line,
        reason,
        table.caption,
        "question",
        f"{ANSWERS}.{answer_key(table.no, naam)}",
        reason_en,
    )


# --- what a person says of the money of a table -------------------------------------------------------


def answered_cuts(tables: Iterable[Table], answers: Mapping[str, object]) -> Iterator[Convention]:
    """The answers that say what the money of a table is, as conventions of these tables."""
    for table in tables:
        given = answers.get(answer_key(table.no, CUT))
        if given in CHOICES:
            yield Convention(table.no, CUT, str(given), "document.yml", CHOICES, survived=1)


def refused_cuts(tables: Iterable[Table], answers: Mapping[str, object]) -> Iterator[Reject]:
    """A question again for each answer that is none of the choices, or that names a table that is not there."""
    known = {answer_key(table.no, CUT): table for table in tables}
    for key, given in answers.items():
        if not (key == CUT or key.endswith(f".{CUT}")):
            continue
        table = known.get(key)
        if table is not None and given in CHOICES:
            continue
        yield Reject(
            table.path if table else "document.yml",
            table.first_line if table else None,
            f"het antwoord {key}: {given} zegt niet van een tabel die er is of zij {' of '.join(CHOICES)} is",
            table.caption if table else "",
            "question",
            f"antwoorden.{key}",
            f"the answer {key}: {given} does not say of a table that is there whether it is {' or '.join(CHOICES)}",
        )
