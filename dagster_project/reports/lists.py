"""Every list of the report as CSV, for a spreadsheet: UTF-8 with a mark; in Dutch with semicolons and a decimal comma, in
English with commas and a decimal point. Codes and identifiers are those of the warehouse in both.

Text that a spreadsheet would take for a formula is written behind an apostrophe, and what a terminal would obey is spelled
out. What does not belong here: the tables of documents (``dossier``) and the whole warehouse (``export``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.reports.acceptance_queries import ACCEPTANCE_NOW, ACCEPTANCES
from dagster_project.reports.counts import Counts
from dagster_project.reports.index import TREND, IndexView
from dagster_project.reports.index_queries import AMOUNTS, CHANGED, INDEX_SOURCES
from dagster_project.reports.pictures import PICTURE_LISTS, SOURCES
from dagster_project.reports.plain import plain
from dagster_project.reports.queries import streamed

_SUSPICIOUS = frozenset("=+-@") | {
    c for c in map(chr, range(0x3001)) if c.isspace()
}  # what a formula may begin with
DOCUMENTS = INDEX_SOURCES["documents"]

LISTS: dict[str, tuple[str, str]] = {
    "oorzaken": (
        "cause_id zekerheid soort ernst status verandering document_id table_id cell_id bedrag_eur tolerantie_eur bevindingen "
        "documenten oorzaak open_sinds aanvaard_door aanvaard_op aanvaard_waarom aanvaard_tot fingerprint",
        "select cause_id, zekerheid, soort, severity, status, verandering, document_id, table_id, cell_id, amount_eur,"
        " tolerantie_eur, bevindingen, documenten, $(message), first_seen, accepted_by, accepted_on, accepted_why,"
        " accepted_until, fingerprint from audit.causes order by amount_eur desc nulls last, cause_id",
    ),
    "bevindingen": (
        "finding_id cause_id soort zekerheid ernst status document_id table_id cell_id bedrag_eur bevinding gezien_sinds fingerprint",
        "select finding_id, cause_id, kind, zekerheid, severity, status, document_id, table_id, cell_id, amount_eur, $(message),"
        " first_seen, fingerprint from audit.findings order by cause_id, finding_id",
    ),
    "opgelost": (
        "cause_id zekerheid soort hoe document_id bedrag_eur oorzaak gezien_van gezien_tot",
        "select cause_id, zekerheid, soort, hoe, document_id, amount_eur, $(message), first_seen, last_seen"
        " from audit.causes_resolved order by cause_id",
    ),
    "gewijzigd": (
        "soort document_id tabel rij kolom oud nieuw verschil_eur cell_id",
        "select soort, document_id, tabel, row_path, column_path, oud, nieuw, verschil_eur, cell_id"
        f" from {CHANGED} order by document_id, cell_id, soort",
    ),
    "niet-gecontroleerd": (
        "document_id reden aantal getallen zonder_bedrag bedrag_eur",
        "select document_id, reden, aantal, getallen, zonder_bedrag, bedrag_eur from audit.unchecked order by document_id, reden",
    ),
    "niet-gelezen": (
        "document_id soort bestand regel reden toelichting verschil_in_gedrukte_eenheden tekst sleutel",
        "select document_id, kind, path, line, $(reason), $(toelichting), verschil, text, key from audit.rejects where kind <> 'note'"
        " order by document_id, path, line nulls first, reason",
    ),
    "materialiteit": (
        "document_id jaar stand lasten_eur norm_van fouten_pct onzekerheden_pct rapportering_pct fouten_tolerantie_eur "
        "onzekerheden_tolerantie_eur rapporteringstolerantie_eur fouten_eur onzekerheden_eur fouten_aanvaard_eur "
        "onzekerheden_aanvaard_eur zonder_bedrag "
        "is_fouten_overschreden is_onzekerheden_overschreden",
        "select document_id, jaar, stand, lasten_eur, norm_van, fouten_pct, onzekerheden_pct, rapportering_pct,"
        " fouten_tolerantie_eur, onzekerheden_tolerantie_eur, rapporteringstolerantie_eur, fouten_eur, onzekerheden_eur,"
        " fouten_aanvaard_eur, onzekerheden_aanvaard_eur, zonder_bedrag, is_fouten_overschreden, is_onzekerheden_overschreden"
        " from audit.materialiteit_per_document order by document_id",
    ),
    "documenten": (
        "document_id gemeente gemeentecode titel onderdeel soort jaar vorm sha256 tabellen getallen bewezen niet_bewezen_wel_vastgelegd "
        "niet_bewezen_wel_vindbaar niet_bewezen sommen_die_niet_sluiten oorzaken aanvaard "
        f"{' '.join(AMOUNTS)} niet_gelezen vragen",
        "select d.document_id, d.gemeente, d.gemeentecode, d.titel, d.onderdeel, d.soort, d.jaar, d.vorm, l.sha256, d.tables,"
        " d.numbers, d.proved, d.implied, d.locatable, d.unverifiable, d.breaks, d.causes, d.accepted,"
        f" {', '.join(f'd.{name}' for name in AMOUNTS)}, d.rejects,"
        f" d.questions from ({DOCUMENTS[1]}) as d({', '.join(DOCUMENTS[0].split())})"
        " join landing.documents as l using (document_id) order by d.document_id",
    ),
    "sommen": (
        "soort oordeel aantal",
        "select kind, verdict, count(*) from audit.reconciliation group by all order by all",
    ),
    "antwoorden": (
        "document_id antwoorden",
        "select document_id, answers from landing.documents where answers <> '{}' order by document_id",
    ),
    "aanvaardingen": (
        "document_id van fingerprint wie wanneer waarom tot wat nu wat_er_nu_staat ingetrokken_na_run",
        "select document_id, finding_id, fingerprint, wie, wanneer, waarom, tot, $(message),"
        f" {ACCEPTANCE_NOW}, $(message_now), last_run_id from ({ACCEPTANCES}) order by document_id, wanneer, finding_id, last_seen",
    ),
    "toetsen": (
        "suite toets tabel uitslag ernst beoordeeld voldoet_niet zin sql",
        "select suite, expectation_id, table_name, status, severity, evaluated, unexpected, $(sentence), sql"
        " from audit.expectation_results order by suite, expectation_id",
    ),
}


_EITHER = re.compile(r"\$\((\w+)\)")  # a text that the warehouse has in both languages
_IN_DUTCH = {"sentence": "sentence_nl"}  # what is not called after the Dutch text

# The names of the lists in English, and those of their columns where they are other words.
LISTS_IN_ENGLISH = {
    "oorzaken": "causes",
    "bevindingen": "findings",
    "opgelost": "resolved",
    "gewijzigd": "changed",
    "niet-gecontroleerd": "not-checked",
    "niet-gelezen": "not-read",
    "materialiteit": "materiality",
    "documenten": "documents",
    "sommen": "sums",
    "antwoorden": "answers",
    "aanvaardingen": "acceptances",
    "toetsen": "expectations",
    "tellingen": "counts",
    "verloop": "trend",
    "beelden-begroting-rekening": "pictures-budget-accounts",
    "beelden-ramingen": "pictures-estimates",
    "beelden-reserves": "pictures-reserves",
    "beelden-indicatoren": "pictures-indicators",
    "beelden-bewezen": "pictures-proved",
}
COLUMNS_IN_ENGLISH = {
    "zekerheid": "certainty", "soort": "kind", "ernst": "severity", "verandering": "change",
    "bedrag_eur": "amount_eur", "tolerantie_eur": "tolerance_eur", "bevindingen": "findings",
    "documenten": "documents", "oorzaak": "cause", "open_sinds": "open_since", "aanvaard_door": "accepted_by",
    "aanvaard_op": "accepted_on", "aanvaard_waarom": "accepted_why", "aanvaard_tot": "accepted_until",
    "bevinding": "finding", "gezien_sinds": "seen_since", "hoe": "how", "gezien_van": "seen_from",
    "gezien_tot": "seen_until", "tabel": "table", "rij": "row", "kolom": "column", "oud": "before", "nieuw": "now",
    "verschil_eur": "difference_eur", "reden": "reason", "aantal": "how_many", "getallen": "numbers",
    "zonder_bedrag": "without_amount", "bestand": "file", "regel": "line", "toelichting": "explanation",
    "verschil_in_gedrukte_eenheden": "difference_in_printed_units", "tekst": "text", "sleutel": "key", "jaar": "year",
    "stand": "state", "lasten_eur": "expenditure_eur", "norm_van": "norm_of", "fouten_pct": "errors_pct",
    "onzekerheden_pct": "uncertainties_pct", "rapportering_pct": "reporting_pct",
    "fouten_tolerantie_eur": "errors_tolerance_eur", "onzekerheden_tolerantie_eur": "uncertainties_tolerance_eur",
    "rapporteringstolerantie_eur": "reporting_tolerance_eur", "fouten_eur": "errors_eur",
    "onzekerheden_eur": "uncertainties_eur", "fouten_aanvaard_eur": "errors_accepted_eur",
    "onzekerheden_aanvaard_eur": "uncertainties_accepted_eur", "is_fouten_overschreden": "is_errors_exceeded",
    "is_onzekerheden_overschreden": "is_uncertainties_exceeded", "gemeente": "municipality",
    "gemeentecode": "municipality_code", "titel": "title", "onderdeel": "part", "vorm": "form", "tabellen": "tables",
    "bewezen": "proved", "niet_bewezen_wel_vastgelegd": "not_proved_but_implied",
    "niet_bewezen_wel_vindbaar": "not_proved_but_locatable", "niet_bewezen": "not_proved",
    "sommen_die_niet_sluiten": "sums_that_do_not_close", "oorzaken": "causes", "aanvaard": "accepted",
    "fout_in_het_stuk_eur": "error_in_the_document_eur", "onzeker_gelezen_eur": "read_with_doubt_eur",
    "bronnen_verschillen_eur": "sources_differ_eur", "niet_gecontroleerd_eur": "not_checked_eur",
    "niet_gelezen": "not_read", "vragen": "questions", "oordeel": "verdict", "antwoorden": "answers", "van": "of",
    "wie": "who", "wanneer": "when", "waarom": "why", "tot": "until", "wat": "what", "nu": "now",
    "wat_er_nu_staat": "what_it_says_now", "ingetrokken_na_run": "withdrawn_after_run", "toets": "expectation",
    "uitslag": "outcome", "beoordeeld": "judged", "voldoet_niet": "fails", "zin": "sentence",
    "gemeente_id": "municipality_id", "programma": "programme", "naam": "name", "begroting_eur": "budget_eur",
    "rekening_eur": "accounts_eur", "indeling": "classification", "publicatievolgorde": "order_of_publication",
    "volgnummer": "sequence", "herziening_eur": "revision_eur", "begin_eur": "opening_eur",
    "toevoeging_eur": "added_eur", "onttrekking_eur": "withdrawn_eur", "eind_eur": "closing_eur", "eenheid": "unit",
    "realisatie": "realised", "jaar_realisatie": "year_realised", "streefwaarde": "target", "beter": "better",
    "is_bereikt": "is_reached", "opschrift": "caption", "telling": "count", "deel": "part", "dag": "day",
    "programmatuur": "code_version",
}  # fmt: skip
FOLDERS = {"nl": "lijsten", "en": "lists"}  # of the report, by language
_AT_ONCE = 1_000  # rows in memory


def write_lists(con: duckdb.DuckDBPyConnection, report: Path, page: IndexView) -> None:
    """In both languages one file per list, and one of what was counted and one of the runs, both as ``page`` tells them.

    Raises ``UnreadableWarehouse`` where the file lacks one, OSError when it cannot write.
    """
    for name, (fields, sql) in LISTS.items():
        in_words = {_spoken(sql, language): language for language in FOLDERS}
        if len(in_words) == 1:  # no text of its own in either language: read once
            _write(report, name, fields.split(), streamed(con, name, sql), *FOLDERS)
        else:
            for spoken, language in in_words.items():
                _write(report, name, fields.split(), streamed(con, name, spoken), language)
    runs = [(run.run_id, run.day, run.code_version, *run.numbers) for run in page.runs]
    _write(report, "tellingen", ("telling", "deel", "aantal"), _counted(page.counts), *FOLDERS)
    for language in FOLDERS:
        trend = (getattr(name, language).replace(" ", "_") for name in TREND)
        _write(report, "verloop", ("run_id", "dag", "programmatuur", *trend), runs, language)


def write_picture_lists(report: Path, drawn: Mapping[str, Sequence]) -> None:
    """In both languages one file per picture of what they draw: ``drawn``, as ``pictures.picture_rows`` reads it. OSError when
    it cannot write."""
    for source, (name, _) in PICTURE_LISTS.items():
        _write(report, name, SOURCES[source][0].split(), drawn[source], *FOLDERS)


def _spoken(sql: str, language: str) -> str:
    """The query of a list with its texts in this language; in Dutch where there is no English."""
    if language == "nl":
        return _EITHER.sub(lambda found: _IN_DUTCH.get(found[1], found[1]), sql)
    return _EITHER.sub(lambda found: _english(found[1]), sql)


def _english(column: str) -> str:
    return column if column in _IN_DUTCH else f"coalesce({column}_en, {column})"


def _write(report: Path, name: str, fields: Sequence[str], rows: Iterable[Sequence], *languages: str) -> None:
    """A list with these rows in each of the languages."""
    files = {}
    for language in languages:
        folder = report / FOLDERS[language]
        folder.mkdir(parents=True, exist_ok=True)
        own = LISTS_IN_ENGLISH[name] if language == "en" else name
        heads = [COLUMNS_IN_ENGLISH.get(field, field) for field in fields] if language == "en" else fields
        files[language] = folder / f"{own}.csv", heads
    _write_files(files, rows)


def _counted(counts: Counts) -> Iterator[tuple[str, str, int]]:
    for name, told in counts.as_facts().items():
        for part, number in told.items() if isinstance(told, dict) else (("", told),):
            yield name, part, number


def write_list(path: Path, fields: Sequence[str], rows: Iterable[Sequence], language: str = "nl") -> None:
    """One list, in Dutch or in English (``en``); OSError when it cannot be written."""
    _write_files({language: (path, fields)}, rows)


def _write_files(files: Mapping[str, tuple[Path, Sequence[str]]], rows: Iterable[Sequence]) -> None:
    """The same rows in the file of each language, under its own heads; some of them are in memory at once."""
    with ExitStack() as opened:
        writers = []
        for language, (path, heads) in files.items():
            file = opened.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writer = csv.writer(file, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
            writer.writerow(heads)
            writers.append((writer, _IN_WORDS[language]))
        waiting = iter(rows)
        while some := [[_safe(value) for value in row] for row in islice(waiting, _AT_ONCE)]:
            for writer, said in writers:
                writer.writerows(
                    [said[type(value)](value) if type(value) in said else value for value in row]
                    for row in some
                )


def no_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    if text[:1] not in _SUSPICIOUS or not text:
        return text
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text[0] in "\t\r" else text


def _safe(value: object) -> object:
    """Text that neither a spreadsheet nor a terminal obeys; anything else as it is."""
    return plain(no_formula(value)) if type(value) is str else value


_IN_WORDS: Mapping[
    str, Mapping[type, Callable[[Any], str]]
] = {  # what a spreadsheet of either language reads
    "nl": {
        Decimal: lambda value: f"{value:f}".replace(".", ","),
        bool: lambda value: "ja" if value else "nee",
    },
    "en": {Decimal: lambda value: f"{value:f}", bool: lambda value: "yes" if value else "no"},
}
