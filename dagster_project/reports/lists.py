"""Every list of the report as CSV, for a spreadsheet: UTF-8 with a mark, semicolons, decimal comma.

Text that a spreadsheet would take for a formula is written behind an apostrophe, and what a terminal would obey is spelled
out. What does not belong here: the tables of documents (``dossier``) and the whole warehouse (``export``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from dagster_project.reports.counts import Counts
from dagster_project.reports.index import TREND, IndexView
from dagster_project.reports.acceptances import ACCEPTANCE_NOW, ACCEPTANCES
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
        " tolerantie_eur, bevindingen, documenten, message, first_seen, accepted_by, accepted_on, accepted_why,"
        " accepted_until, fingerprint from audit.causes order by amount_eur desc nulls last, cause_id",
    ),
    "bevindingen": (
        "finding_id cause_id soort zekerheid ernst status document_id table_id cell_id bedrag_eur bevinding gezien_sinds fingerprint",
        "select finding_id, cause_id, kind, zekerheid, severity, status, document_id, table_id, cell_id, amount_eur, message,"
        " first_seen, fingerprint from audit.findings order by cause_id, finding_id",
    ),
    "opgelost": (
        "cause_id zekerheid soort hoe document_id bedrag_eur oorzaak gezien_van gezien_tot",
        "select cause_id, zekerheid, soort, hoe, document_id, amount_eur, message, first_seen, last_seen"
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
        "select document_id, kind, path, line, reason, toelichting, verschil, text, key from audit.rejects where kind <> 'note'"
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
        "niet_bewezen_wel_vindbaar niet_toetsbaar sommen_die_niet_sluiten oorzaken aanvaard "
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
        "select document_id, finding_id, fingerprint, wie, wanneer, waarom, tot, message,"
        f" {ACCEPTANCE_NOW}, message_now, last_run_id from ({ACCEPTANCES}) order by document_id, wanneer, finding_id, last_seen",
    ),
    "toetsen": (
        "suite toets tabel uitslag ernst beoordeeld voldoet_niet zin sql",
        "select suite, expectation_id, table_name, status, severity, evaluated, unexpected, sentence_nl, sql"
        " from audit.expectation_results order by suite, expectation_id",
    ),
}


def write_lists(con: duckdb.DuckDBPyConnection, folder: Path, page: IndexView) -> None:
    """One file per list, and one of what was counted and one of the runs, both as ``page`` tells them.

    Raises ``UnreadableWarehouse`` where the file lacks one, OSError when it cannot write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, (fields, sql) in LISTS.items():
        write_list(folder / f"{name}.csv", fields.split(), streamed(con, name, sql))
    write_list(folder / "tellingen.csv", ("telling", "deel", "aantal"), _counted(page.counts))
    trend = (name.nl.replace(" ", "_") for name in TREND)
    runs = ((run.run_id, run.day, run.code_version, *run.numbers) for run in page.runs)
    write_list(folder / "verloop.csv", ("run_id", "dag", "programmatuur", *trend), runs)


def write_picture_lists(folder: Path, drawn: Mapping[str, Sequence]) -> None:
    """One file per picture of what they draw: ``drawn``, as ``pictures.picture_rows`` reads it. OSError when it cannot write."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, (name, _) in PICTURE_LISTS.items():
        write_list(folder / f"{name}.csv", SOURCES[source][0].split(), drawn[source])


def _counted(counts: Counts) -> Iterator[tuple[str, str, int]]:
    for name, told in counts.as_facts().items():
        for part, number in told.items() if isinstance(told, dict) else (("", told),):
            yield name, part, number


def write_list(path: Path, fields: Sequence[str], rows: Iterable[Sequence]) -> None:
    """One list; OSError when it cannot be written."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(fields)
        writer.writerows([_plain(value) for value in row] for row in rows)


def no_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    if text[:1] not in _SUSPICIOUS or not text:
        return text
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text[0] in "\t\r" else text


def _plain(value: object) -> object:
    if type(value) is str:
        return plain(no_formula(value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value
