"""``sluitend export``: the front door and the marts in files that other tools open without DuckDB.

    DIR/csv/*.csv                   UTF-8, empty for null, codes as they are (0.10 is not 0.1), no formulas
    DIR/parquet/*.parquet           the same, typed, and every text to the letter
    DIR/sluitend.xlsx               the same, a sheet per table
    DIR/verkennen/index.html        a page that answers SQL about them in the browser, where it was asked for
    DIR/superset.zip                a dashboard for Apache Superset
    DIR/datapackage.json            what is in csv/: a Frictionless Data Package v2
    DIR/fiscal-data-package.json    which column is which fiscal concept
    DIR/csvw-metadata.json          the same as the data package, as CSV on the Web
    DIR/croissant.json              what is in parquet/
    DIR/dcat-ap-nl.jsonld           the whole, for catalogues of data: DCAT-AP-NL 3.0

Everything is taken from the published file, whose comments are those of the dbt project. What does not belong
here: what a table holds or what a column means, and how a standard writes that down (``descriptors``).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dagster_project import settings as settings_module
from dagster_project.language import Written, phrase, spoken
from dagster_project.reports.descriptors import croissant, csvw, datapackage, dcat, fiscal, superset
from dagster_project.reports.descriptors.contents import (
    FORMS,
    NAME,
    Export,
    ExportedTable,
    Publisher,
    files_in,
    run_of,
    tables_of,
)
from dagster_project.reports.npm import NotToBeHad
from dagster_project.reports.sql_explorer import FOLDER as EXPLORER
from dagster_project.reports.sql_explorer import write_sql_explorer
from dagster_project.settings import Settings, Unusable
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.run import Busy

if TYPE_CHECKING:
    import duckdb

_ROWS_OF_A_SHEET = 100_000  # more take minutes to write and to open; above 1,048,575 they do not fit
_DESCRIPTIONS = (
    (datapackage.FILE, datapackage.data_package),
    (fiscal.FILE, fiscal.fiscal_data_package),
    (csvw.FILE, csvw.csvw),
    (croissant.FILE, croissant.croissant),
    (dcat.FILE, dcat.dcat_ap_nl),
)


def export(
    published: Path, to: Path, publisher: Publisher | None = None, packages: Path | None = None
) -> tuple[str, ...]:
    """Write the export of a published file into the folder ``to``; lines that say what was left out, as ``Written``.

    ``publisher`` is who the descriptions name. ``packages``: where the packages that the explorer needs are kept, or
    fetched to; None: no explorer. An earlier export in ``to`` is replaced as a whole. Raises
    ``Unusable`` when ``to`` holds anything else or the file is not there, ``Busy`` while another process exports to
    it, OSError and duckdb.Error when something cannot be read or written.
    """
    if not published.exists():
        raise Unusable(f"{published}: {phrase('nothing was published yet')}")
    if to.exists() and not _is_ours(to):
        raise Unusable(
            phrase("--to {to}: holds something that is no export; name a new or empty folder", to=to)
        )
    with alone(to):
        return _export(published, to, publisher or Publisher(), packages)


@contextmanager
def alone(to: Path) -> Iterator[None]:
    """Be the only one who exports to the folder ``to``. Raises ``Busy`` at once when another process does."""
    from filelock import FileLock, Timeout

    to.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(to.with_name(f".{to.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(phrase("{to}: another process is exporting to it; nothing was begun", to=to)) from None
    try:
        yield
    finally:
        lock.release()


def _export(published: Path, to: Path, publisher: Publisher, packages: Path | None) -> tuple[str, ...]:

    making = to.with_name(f".{to.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    for form in FORMS:
        (making / form).mkdir(parents=True)
    with connect(published, read_only=True) as connection:
        tables = tables_of(connection)
        for table in tables:
            _write_files(connection, table, making)
        left_out = _write_workbook(connection, tables, making / f"{NAME}.xlsx")
        made = Export(*run_of(connection), tables, files_in(making), publisher)
        (making / superset.FILE).write_bytes(superset.superset(made))
        left_out += _write_explorer(connection, tables, making, packages)
    for name, describe in _DESCRIPTIONS:
        text = json.dumps(describe(made), ensure_ascii=False, indent=1)
        (making / name).write_text(text + "\n", encoding="utf-8")
    _put_in_place(making, to)
    return left_out + _unsaid(publisher)


def packages_of(settings: Settings) -> Path | None:
    """Where the packages of the explorer are kept; None where the operator wants no explorer."""
    return settings.npm if settings.explorer else None


def _write_explorer(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[ExportedTable, ...],
    folder: Path,
    packages: Path | None,
) -> tuple[str, ...]:
    """The explorer, where it is wanted; a line where it cannot be made: the rest of the export is good without it."""
    if packages is None:
        return ()
    counted = {
        table.name: connection.execute(f'select count(*) from {table.schema}."{table.name}"').fetchall()[0][0]
        for table in tables
    }
    try:
        write_sql_explorer(folder, tables, counted, packages)
    except NotToBeHad as why:
        return (Written("{folder} was left out: {why}", folder=f"{EXPLORER}/", why=why.args[0]),)
    return ()


def publisher_of(settings: Settings) -> Publisher:
    """Who publishes, as the operator has set it."""
    return Publisher(settings.publisher, settings.contact, settings.license)


def _put_in_place(making: Path, to: Path) -> None:
    """Swap in what was made; whoever reads meanwhile finds the one or the other, but for the blink between."""
    before = to.with_name(f".{to.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if to.exists():
        to.replace(before)
    making.replace(to)
    shutil.rmtree(before, ignore_errors=True)


def _unsaid(publisher: Publisher) -> tuple[str, ...]:
    names = ", ".join(f"SLUITEND_{name.upper()}" for name in publisher.unsaid())
    if not names:
        return ()
    files = f"{dcat.FILE}, {croissant.FILE}"
    return (Written("{files}: say 'not stated', for want of {names}", files=files, names=names),)


def _is_ours(folder: Path) -> bool:
    package = folder / datapackage.FILE
    if not folder.is_dir():
        return False
    if not package.exists():
        return not any(folder.iterdir())
    return json.loads(package.read_text(encoding="utf-8")).get("name") == NAME


def _write_files(connection: duckdb.DuckDBPyConnection, table: ExportedTable, folder: Path) -> None:
    """The Parquet file of a table, and its CSV file from that: a view is computed and sorted once."""
    parquet, csv = (str(folder / table.file(form)).replace("'", "''") for form in ("parquet", "csv"))
    rows = f'select * from {table.schema}."{table.name}" order by all'
    connection.execute(f"copy ({rows}) to '{parquet}' (format parquet, compression zstd)")
    dates = "timestampformat '%Y-%m-%dT%H:%M:%SZ'"
    columns = ", ".join(_obeyed_by_nobody(f'"{c.name}"', c.type) for c in table.columns)
    texts = f"select {columns} from read_parquet('{parquet}')"
    connection.execute(f"copy ({texts}) to '{csv}' (format csv, header, {dates})")


def _obeyed_by_nobody(name: str, kind: str) -> str:
    """SQL of a column for CSV: text that a spreadsheet would calculate begins with an apostrophe, and what a terminal
    would obey is a replacement character. A number, or a mark by itself, is left alone."""
    if kind != "VARCHAR":
        return name
    shown = rf"regexp_replace({name}, '[\x00-\x08\x0b-\x1f\x7f-\x{{9f}}]', chr(65533), 'g')"
    is_formula = (
        rf"regexp_matches({name}, '^[=+@\t\r\n-](?s:.)') and not regexp_full_match({name}, '[+-]?[\d.,]+')"
    )
    return f"case when {is_formula} then chr(39) || {shown} else {shown} end as {name}"


def _write_workbook(
    connection: duckdb.DuckDBPyConnection, tables: tuple[ExportedTable, ...], file: Path
) -> tuple[str, ...]:
    """One sheet per table, its first sheet tells what each is; lines for tables that are too long for a sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    contents = book.create_sheet("inhoud")
    contents.append(["sheet", "rows", "description"])
    left_out = []
    for table in tables:
        rows = connection.execute(f'select count(*) from {table.schema}."{table.name}"').fetchall()[0][0]
        if rows > _ROWS_OF_A_SHEET:
            left_out.append(
                Written(
                    "{table}: {rows} rows are too many for a sheet; they are in csv/ and parquet/",
                    table=table.name,
                    rows=rows,
                )
            )
            contents.append([table.name, rows, left_out[-1]])
            continue
        contents.append([table.name, rows, table.description])
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in table.columns])
        for row in _rows(connection, table, sheet):
            sheet.append(row)
    book.save(file)
    return tuple(left_out)


def _rows(
    connection: duckdb.DuckDBPyConnection, table: ExportedTable, sheet: object
) -> Iterator[list[object]]:
    """Rows as a workbook takes them: text stays text, also where it looks like a number or a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    def cell(value: object) -> object:
        if not isinstance(value, str):
            return value
        written = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
        written.data_type = "s"
        return written

    cursor = connection.cursor()
    cursor.execute(f'select * from {table.schema}."{table.name}" order by all')
    while batch := cursor.fetchmany(10_000):
        for row in batch:
            yield [cell(value) for value in row]


@click.command("export")
@click.option(
    "--to",
    "to",
    metavar="DIR",
    help="The folder to write; an earlier export in it is replaced (SLUITEND_EXPORT).",
)
@click.option("--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/).")
@click.option(
    "--explorer/--no-explorer",
    default=None,
    help="Add verkennen/, a page that answers SQL in the browser; needs npm once (SLUITEND_EXPLORER; default no).",
)
def command(to: str | None, home: str | None, explorer: bool | None) -> None:
    """Write the front door and the marts as CSV, Parquet and one workbook, with their descriptions.

    The folder gets csv/, parquet/ and sluitend.xlsx, and beside them datapackage.json (Frictionless Data Package v2),
    fiscal-data-package.json, csvw-metadata.json, croissant.json, dcat-ap-nl.jsonld and superset.zip, a dashboard. Codes
    are text everywhere: 0.10 stays 0.10.
    """
    settings: Settings = settings_module.load(home=home, export=to, explorer=explorer)
    if settings.export is None:
        raise click.UsageError(phrase("--to DIR (or SLUITEND_EXPORT) must name the folder to write"))
    for line in export(settings.published, settings.export, publisher_of(settings), packages_of(settings)):
        click.echo(spoken(line), err=True)
    click.echo(phrase("exported to {folder}", folder=settings.export))
