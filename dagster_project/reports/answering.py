"""The command ``answer``: a person says how a table is read, and the answer is kept for its layout.

What does not belong here: what an answer does (``reading.answers``) and the file that keeps it (``answer_file``).
"""

from __future__ import annotations

import click

from dagster_project import settings as settings_module
from dagster_project.reading.description import DESCRIPTION


@click.command()
@click.argument("document", metavar="DOCUMENT")
@click.argument("tabel", metavar="TABEL", type=click.IntRange(min=1))
@click.argument("lezing", metavar="LEZING")
@click.option("--raw", metavar="DIR", help="The folder of extracts (SLUITEND_RAW; default raw/).")
def answer(document: str, tabel: int, lezing: str, raw: str | None) -> None:
    """Say how a table is read: LEZING is 1 or 2, as `sluitend inspect` shows them, or the header typed in.

    \b
      sluitend answer proefstad-begroting-2024 3 2
      sluitend answer proefstad-begroting-2024 3 "Rekening > 2022 | Begroting > 2023 | Begroting > 2024"

    Columns are apart by |, levels of a header by > with a blank on either side. The answer is kept in
    raw/antwoorden.yml under the words and the number of columns of the header, so that it holds for every table of
    this layout, whatever the document and the year; the next refresh reads those again.

    Exit status: 0 the answer was kept; 2 an argument or the file with answers cannot be used.
    """
    from dagster_project.reading.answer_file import read_answers, write_answer
    from dagster_project.reading.answers import ANSWER_FILE, QUESTION, Refused, layout_answer
    from dagster_project.reading.documents import read_document
    from dagster_project.reading.files import Refused as NotOpened
    from dagster_project.reading.model import ANTWOORD
    from dagster_project.reading.panel import told
    from dagster_project.reports.plain import in_locale
    from dagster_project.warehouse.scan import answers_in

    settings = settings_module.load(raw=raw)
    folder, file = settings.raw / document, settings.raw / ANSWER_FILE
    if not (folder / DESCRIPTION).is_file():
        raise click.UsageError(
            f"{folder}: {in_locale('geen document (er is geen', 'no document (there is no')} {DESCRIPTION})"
        )
    try:
        known, refused = read_answers(answers_in(settings.raw))
    except (NotOpened, OSError) as error:
        why = in_locale(error.reason, error.reason_en) if isinstance(error, NotOpened) else error
        raise click.UsageError(f"{file}: {why}") from error
    if refused:
        raise click.UsageError(f"{file}: {in_locale(refused[0].reason, refused[0].reason_en)}")
    read = read_document(folder, document, known)
    table = next((t for t in read.tables if t.no == tabel), None)
    if table is None or table.options is None:
        there = len(read.tables)
        nl, en = f"heeft geen tabel {tabel}: er zijn er {there}", f"has no table {tabel}: it has {there}"
        raise click.UsageError(f"{document} {in_locale(nl, en)}")
    answered = read.meta.get("antwoorden", {})
    if isinstance(answered, dict) and f"{tabel:03d}.{QUESTION}" in answered:
        nl, en = (
            f"antwoordt al voor tabel {tabel}, en dat gaat voor",
            f"answers for table {tabel} already, and goes first",
        )
        raise click.UsageError(f"{folder / DESCRIPTION}: {in_locale(nl, en)}")
    try:
        given = layout_answer(table, document, int(str(read.meta["jaar"])), lezing)
        after = read_document(folder, document, {**known, given.key: given})
        now = next(t for t in after.tables if t.no == tabel)
        if now.lezing != ANTWOORD:
            why_not = [r for r in after.rejects if r.key == f"antwoorden.{tabel:03d}.{QUESTION}"]
            raise Refused(
                "; ".join(r.reason for r in why_not) or f"tabel {tabel} wordt er niet door gelezen",
                "; ".join(r.reason_en for r in why_not) or f"table {tabel} is not read by it",
            )
        write_answer(file, given)
    except Refused as error:
        raise click.UsageError(in_locale(error.reason, error.reason_en)) from error
    kop, columns = " | ".join(given.kop), told([c.path for c in now.columns])
    how = f"({given.layout}, {given.kolommen} {in_locale('kolommen', 'columns')})"
    click.echo(
        in_locale(
            f"tabel {tabel} van {document} wordt gelezen als: {columns}",
            f"table {tabel} of {document} is read as: {columns}",
        )
    )
    click.echo(
        in_locale(
            f"geldt voor elke tabel met de kop: {kop} {how}",
            f"holds for every table with the header: {kop} {how}",
        )
    )
    click.echo(
        in_locale(
            f"bewaard in {file}; de volgende refresh leest deze tabellen opnieuw",
            f"kept in {file}; the next refresh reads these tables again",
        )
    )
