"""The command ``sluitend``. Every command loads what it needs when it is called, and nothing before.

Exit status: 0 done (for refresh: published, or nothing had changed); 1 the work was begun and nothing was
published, or ``verify`` found something; 2 nothing was begun: an argument, a setting or a folder cannot be
used, or another process is changing the warehouse; 3 (refresh) as 0, after a published file had been altered.

What does not belong here: doing anything. A command reads its arguments, calls one function, prints.
"""

from __future__ import annotations

import atexit
import csv
import os
import sys
import traceback
from datetime import datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from dagster_project import settings as settings_module
from dagster_project.language import phrase, spoken
from dagster_project.settings import NotPublished, Settings, Unusable

# Commands of other rooms: (where the click command is, what it does).
_ELSEWHERE = {
    "add": (
        "dagster_project.reports.adding:add",
        "Make a document of a file, a folder, or a page at an address.",
    ),
    "inspect": (
        "dagster_project.reports.adding:inspect",
        "Show how a document is read, without publishing it.",
    ),
    "export": (
        "dagster_project.reports.export:command",
        "Write the figures as CSV, Parquet and a workbook, described as a data package.",
    ),
    "answer": (
        "dagster_project.reports.answering:answer",
        "Say how a table is read of which that was asked, for every table of its layout.",
    ),
    "fetch": (
        "dagster_project.assets.fetching:command",
        "Look again at what was fetched from an address; fetch Iv3 from CBS.",
    ),
    "doctor": (
        "dagster_project.assets.doctor:command",
        "Look at everything that a refresh needs, and say what to do.",
    ),
    "dev": ("dagster_project.assets.dev:command", "Open the Dagster pages on this machine."),
}


_BENCHES = (
    "mutations",
    "sums",
    "reading",
    "publishing",
    "kills",
    "night",
    "growth",
    "hostile",
    "aggrecol",
    "report",
    "scale",
    "questions",
)


class _Group(click.Group):
    """Lists commands of other rooms without importing them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted({*super().list_commands(context), *_ELSEWHERE})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _ELSEWHERE:
            return super().get_command(context, name)
        module, _, attribute = _ELSEWHERE[name][0].partition(":")
        return getattr(import_module(module), attribute)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name in self.list_commands(context):
            own = self.commands.get(name)
            rows.append((name, own.get_short_help_str(100) if own else _ELSEWHERE[name][1]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _home(command):
    return click.option(
        "--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/)."
    )(command)


def _raw(command):
    return click.option("--raw", metavar="DIR", help="The folder of extracts (SLUITEND_RAW; default raw/).")(
        command
    )


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sluitend", message="%(prog)s %(version)s")
def group() -> None:
    """Sluitend: Dutch municipal budgets in which every number is proved consistent, named as suspect, or
    declared unverifiable.

    The extracts under raw/ become one DuckDB file, HOME/sluitend.duckdb, and an auditor's page,
    HOME/reports/latest/index.html. Settings come from arguments, else from the environment (SLUITEND_*).
    """


@group.command()
@_raw
@_home
@click.option(
    "--strict", is_flag=True, help="Publish nothing when a document was rejected or a finding made."
)
@click.option("--full", is_flag=True, help="Read and prove everything again, also what did not change.")
@click.option(
    "--accept-removal", is_flag=True, help="Publish although many documents or values disappear with it."
)
@click.option("--keep", type=int, metavar="N", help="Published files that stay (SLUITEND_KEEP; default 30).")
@click.option("--keep-days", type=int, metavar="N", help="Published files older than this go (0: never).")
@click.option(
    "--workers", type=int, metavar="N", help="Processes that read (SLUITEND_WORKERS; default: cores)."
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    help="What builds the models: DuckDB, or the Spark of --spark.",
)
@click.option("--spark", metavar="sc://HOST:PORT", help="Address of a Spark Connect server (SLUITEND_SPARK).")
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def refresh(
    strict: bool,
    full: bool,
    accept_removal: bool,
    engine: str,
    quiet: bool,
    as_json: bool,
    **arguments: Any,
) -> None:
    """Read what changed under raw/, prove, judge and publish.

    Findings and rejected documents are told and published with the rest; --strict makes them stop the
    publication. A document that cannot be read now stays as it was read before, and is told. Where more
    than SLUITEND_REMOVAL_PCT (20) percent of the documents or values would disappear, nothing is published
    until --accept-removal confirms it. Where nothing changed since the last publication, nothing is done.

    With --engine spark the same models are built by Apache Spark, all of them anew, and brought back into the file
    that is published. Reading, proof, the tests of the models, expectations and reports are done here as always. It
    needs the extra "spark" of this package, and a server that sees HOME under the same path.

    Exit status: 0 published, or nothing had changed; 1 the checks on our own work failed or the file could
    not be written, nothing was published and what was live still is; 2 an argument, a setting or a folder
    cannot be used, or another refresh is running, and nothing was begun; 3 as 0, and what was live was not what
    was published (altered, replaced or gone): it has been put back or built anew, and a person must know.
    """
    from dagster_project.assets.refresh import run

    settings = settings_module.load(**arguments)
    say = _silent if quiet or as_json else _echo
    ended = run(settings, strict=strict, full=full, accept_removal=accept_removal, engine=engine, say=say)
    if as_json:
        click.echo(ended.as_json())
    elif quiet and ended.exit_status:
        _echo("\n".join(ended.lines()), err=True)
    sys.exit(ended.exit_status)


def _echo(line: str, err: bool = False) -> None:
    """Print a line that may hold words of a document."""
    from dagster_project.reports.plain import plain

    click.echo(plain(line), err=err)


def _silent(line: str) -> None:
    """Say nothing."""


@group.command()
@_home
@click.option("--changes", type=int, metavar="NO", help="Every value that changed in that state, as CSV.")
@click.option("--as-known", metavar="WHEN", help="What was live then: 2026-03-01, or 2026-03-01T14:30.")
@click.option("--values", is_flag=True, help="With --as-known: every value of that state, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="The manifest entries themselves, one per line.")
def history(changes: int | None, as_known: str | None, values: bool, as_json: bool, **arguments: Any) -> None:
    """What was published when, what changed, and what was known on a day.

    Without options: one line per publication or rollback, newest last, with the values that appeared (+),
    disappeared (-) and changed (~). States whose file is no longer kept can still be asked for.
    """
    from dagster_project.warehouse import ask, manifest

    settings = settings_module.load(**arguments)
    entries = manifest.read(settings)
    if changes is not None:
        _print_csv(ask.CHANGE_COLUMNS, ask.changes_in(settings, changes))
    elif as_known is not None:
        entry = ask.live_at(entries, _moment(as_known, settings))
        if values:
            _print_csv(ask.VALUE_COLUMNS, ask.values_as_known(settings, entry.no))
        else:
            is_kept = entry.file in {e.file for e in manifest.kept(entries)}
            place = (
                settings.snapshots / entry.file
                if is_kept
                else phrase("no longer kept; --values still tells it")
            )
            state = phrase(
                "state {no}, run {run}, live from {at}", no=entry.no, run=entry.run_id, at=entry.at
            )
            click.echo(f"{state}\n{phrase('file')}: {place}")
    elif as_json:
        for entry in entries:
            click.echo(manifest.as_json(entry))
    else:
        for line in _history_lines(entries):
            _echo(line)


def _history_lines(entries) -> list[str]:
    from dagster_project.warehouse import manifest

    live, kept = manifest.live(entries), {e.file for e in manifest.kept(entries)}
    lines = []
    for entry in entries:
        if entry.kind == manifest.RETENTION:
            continue
        if entry.kind == manifest.PUBLISH:
            changed = entry.facts["changes"]
            told = phrase("+{appeared} -{disappeared} ~{changed} values in {documents} documents", **changed)
        elif entry.kind == manifest.SETTLED:
            told = "{who}: {why}".format(**entry.facts)
        else:
            who, why = entry.facts.get("who"), entry.facts.get("why")
            told = phrase(
                "put back, in place of {replaced}, {who}: {why}",
                replaced=entry.facts["replaced"],
                who=who or phrase("who is not said"),
                why=why or phrase("why is not said"),
            )
        state = "live" if entry is live else "kept" if entry.file in kept else "gone"
        mark = phrase(state) if entry.file else "-"
        lines.append(f"{entry.no:>5}  {entry.at}  {phrase(entry.kind):<8}  {mark}  {entry.run_id}  {told}")
    return lines or [phrase("nothing was published yet")]


def _moment(text: str, settings: Settings) -> datetime:
    """A day (its last moment) or a moment in the time zone of the settings, as UTC without zone."""
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unusable(
            phrase("--as-known: {text!r} is no date (write 2026-03-01 or 2026-03-01T14:30)", text=text)
        ) from None
    if len(text) <= 10:
        moment = datetime.combine(moment.date() + timedelta(days=1), time()) - timedelta(microseconds=1)
    local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.timezone))
    return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def _print_csv(columns: tuple[str, ...], rows: list[tuple]) -> None:
    from dagster_project.reports.plain import for_spreadsheet

    out = csv.writer(sys.stdout)
    out.writerow(columns)
    out.writerows([for_spreadsheet(value) for value in row] for row in rows)


@group.command()
@_home
@click.argument("to", required=False, metavar="[RUN]")
@click.option("--who", metavar="NAME", help="Who decides; asked for on a terminal.")
@click.option("--why", metavar="REASON", help="What for; asked for on a terminal.")
def rollback(to: str | None, who: str | None, why: str | None, **arguments: Any) -> None:
    """Put an earlier published file back: RUN (its number or run id), else the one before the live one.

    Readers notice nothing but the next time they connect. It is recorded in the chain, with who decided it and
    why; where nobody can be asked and neither is given, that they were not said. The next refresh
    leaves it in place until an extract or the code changes.
    """
    from dagster_project.warehouse.rollback import rollback as put_back

    settings = settings_module.load(**arguments)
    if sys.stdin.isatty():
        who, why = who or click.prompt(phrase("Who decides")), why or click.prompt(phrase("Why"))
    entry = put_back(settings, to, who=who or "", why=why or "")
    replaced = entry.facts["replaced"]
    told = phrase("{run} is live again, in place of {replaced}", run=entry.run_id, replaced=replaced)
    click.echo(f"{told}: {settings.published}")


@group.command()
@_home
@click.option(
    "--expect", metavar="HASH", help="A hash of the chain that was noted down earlier must be in it."
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Public ed25519 key (PEM) with which the newest entry must have been signed.",
)
def verify(expect: str | None, key: Path | None, **arguments: Any) -> None:
    """Prove that no published file was altered: every file against the manifest, every entry against the
    one before.

    Exit status 1 when something is not as it was published; each such file or line is named. Whoever can
    write the folder could make a whole new chain: keep the hash that is printed somewhere else, and give it
    back with --expect, or sign (SLUITEND_SIGN_KEY) and verify with --key.
    """
    from dagster_project.warehouse.verify import verify as examine

    settings = settings_module.load(**arguments)
    entries, problems = examine(settings, expect, key)
    for problem in problems:
        _echo(spoken(problem), err=True)
    if problems:
        sys.exit(1)
    click.echo(
        phrase(
            "{entries} entries, every kept file as published. Hash of the chain: {hash}",
            entries=len(entries),
            hash=entries[-1].hash,
        )
    )


@group.command()
@_home
@click.option("--who", required=True, metavar="NAME", help="Who decides.")
@click.option("--why", required=True, metavar="REASON", help="What happened, for who reads the chain later.")
def settle(who: str, why: str, **arguments: Any) -> None:
    """Go on after a broken chain or an altered published file, in the name of a person.

    Published files whose lines were lost are taken into the chain again; what is not as it was published is
    put aside under HOME/aside. Nothing is removed. Who decided and why is in the chain from then on.
    """
    from dagster_project.warehouse.settle import settle as decide

    settings = settings_module.load(**arguments)
    for line in decide(settings, who, why):
        _echo(line)
    click.echo(phrase("the chain is whole again: see sluitend verify"))


@group.command()
@click.argument("old")
@click.argument("new")
@_home
@click.option(
    "--table", "tables", multiple=True, metavar="NAME", help="Only this table, as marts.fct_lasten."
)
@click.option(
    "--without", multiple=True, metavar="COLUMN", help="A column that is not compared, beside run_id."
)
@click.option(
    "--all", "everything", is_flag=True, help="Also meta, history and run_id, which differ between runs."
)
@click.option(
    "--examples", type=click.IntRange(0, 1000), default=5, show_default=True, help="Rows told per table."
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object per table, also of those that are the same."
)
def diff(
    old: str,
    new: str,
    tables: tuple[str, ...],
    without: tuple[str, ...],
    everything: bool,
    examples: int,
    as_json: bool,
    **arguments: Any,
) -> None:
    """Compare two published files row for row, table by table. OLD and NEW are paths, or numbers or run ids of
    published files that are kept.

    Rows are matched by the key of their table; where it has none, whole rows are compared. What tells of the run
    itself (the schemas meta and history, and run_id) is left out unless --all is given.

    Exit status: 0 the same; 1 they differ; 2 a file cannot be read or an argument cannot be used.
    """
    import json
    from dataclasses import asdict

    from dagster_project.warehouse.diff import RUN_COLUMN, compare, file_of, lines_of

    settings = settings_module.load(**arguments)
    found = compare(
        settings,
        file_of(settings, old),
        file_of(settings, new),
        tables=tables,
        without=without if everything else (RUN_COLUMN, *without),
        everything=everything,
        examples=examples,
    )
    for line in map(json.dumps, map(asdict, found)) if as_json else lines_of(found):
        _echo(line)
    sys.exit(0 if all(one.is_same for one in found) else 1)


@group.command()
@click.argument("what", type=click.Choice(["all", *_BENCHES, "engines"]))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--small", is_flag=True, help="A fraction of it, to see that it runs.")
@click.option("--only", default="", help="sums, hostile: only cases with this in their name.")
@click.option(
    "--rows",
    type=int,
    multiple=True,
    help="scale, engines: rows of the cube; growth: documents. Once per size.",
)
@click.option("--told", is_flag=True, help="sums: say which sums are missing and which break.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For aggrecol: the file of its tables, where it does not lie beside the project.",
)
def bench(
    what: str,
    folder: Path | None,
    small: bool,
    only: str,
    told: bool,
    file: Path | None,
    rows: tuple[int, ...],
) -> None:
    """Measure, and print the figures. FOLDER holds the cases of sums; the shared examples where not given.

    \b
    mutations   how often a wrong number is named, over planted errors
    sums        sums found and false breaks when reading is perfect, over cases with hand-checked values
    reading     cells per second of text layouts, beside pandas.read_html on the same tables
    publishing  readers in many processes while files are published
    kills       refreshes that are killed at random moments
    night       processor time of a refresh, of one with nothing changed, and of a bare dbt build
    growth      memory of each step from nothing, and one changed document among many (--rows: how many)
    hostile     files and nights that were seen to go wrong; status 1 unless each ends as it must
    aggrecol    sums found from numbers and labels, beside a public benchmark's annotations
    report      the report beside its queries, at three sizes: seconds, sizes, and how soon its first page is seen
    scale       the Iv3 cube at 1 and 15 million rows (--rows), beside bare DuckDB and PostgreSQL
    engines     the models built by DuckDB and by the Spark of SLUITEND_SPARK (--rows); not among all
    questions   milliseconds of each question of docs/vragen.md, beside SQL written by hand; of what is published
    all         everything
    """
    for each in _BENCHES if what == "all" else (what,):
        if each == "sums":
            cases = folder or settings_module.PROJECT.parent / "shared" / "examples"
            if not cases.is_dir():
                raise Unusable(f"{cases}: no folder of cases; give one, as in: sluitend bench sums FOLDER")
            import_module("dagster_project.bench.sums_of_cases").main(cases, only, small=small, verbose=told)
        elif each == "mutations":
            import_module("dagster_project.bench.mutation_command").main(small=small)
        elif each == "hostile":
            import_module("dagster_project.bench.hostile").main(small=small, only=only)
        elif each == "aggrecol":
            import_module("dagster_project.bench.aggrecol").main(small=small, file=file)
        elif each == "report":
            import_module("dagster_project.bench.report").main(small=small)
        elif each == "scale":
            import_module("dagster_project.bench.scale").main(small=small, rows=rows)
        elif each == "engines":
            import_module("dagster_project.bench.engines").main(small=small, rows=rows)
        elif each == "questions":
            import_module("dagster_project.bench.questions").main(small=small)
        else:
            import_module("dagster_project.bench.figures").main(each, small=small, rows=rows)


def main() -> None:
    """The entry point: what cannot be used is one line on stderr and exit status 2.

    The process ends without taking its libraries down first: Great Expectations and DuckDB leave objects
    behind, and the latter fills a screen with their names.
    """
    status = _status()
    atexit._run_exitfuncs()  # temporary files and semaphores of libraries go; the libraries themselves stay
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(status)


def _status() -> int:
    """Run the command that the arguments name; the exit status."""
    try:
        group(standalone_mode=False)
        return 0
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"sluitend: {phrase('stopped')}", err=True)
        return 130
    except Unusable as error:
        _echo(f"sluitend: {error}", err=True)
        return 2
    except NotPublished as error:
        _echo(f"sluitend: {error}", err=True)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from dagster_project.warehouse.disk import trouble

        if told := trouble(error):
            nothing = phrase("{why}. Nothing was published; what was live still is", why=told)
            click.echo(f"sluitend: {nothing}", err=True)
        else:
            traceback.print_exc()
        return 1


if __name__ == "__main__":
    main()
