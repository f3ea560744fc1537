"""The commands ``add`` and ``inspect``: ask for what is missing, show how a file is read, keep it or not.

Nothing is asked where nobody can answer: without a terminal a missing option ends the command. What does
not belong here: reading, and what a preview says.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from dagster_project import settings as settings_module
from dagster_project.fetch.by_address import Fetched, fetch, is_address
from dagster_project.fetch.origin import RECORD, as_json, day_of
from dagster_project.fetch.web import Client, Limits, NotFetched, checked
from dagster_project.language import spoken
from dagster_project.reading import add as adding
from dagster_project.reading.description import DESCRIPTION
from dagster_project.reports.plain import in_locale, plain
from dagster_project.settings import Settings

_SOORTEN = click.Choice(["begroting", "jaarstukken", "tussenrapportage"])
_VORMEN = click.Choice(["web", "pdf", "xlsx", "csv"])
_EENHEDEN = click.Choice(["EUR", "EUR_1000", "EUR_MLN"])
_QUESTIONS: dict[str, tuple[str, str, Any]] = {
    "gemeente": ("Gemeente", "Municipality", str),
    "titel": ("Titel van het document", "Title of the document", str),
    "soort": ("Soort", "Kind", _SOORTEN),
    "jaar": ("Jaar", "Year", click.IntRange(1990, 2100)),
    "vorm": ("Vorm waarin het gepubliceerd is", "Form in which it was published", _VORMEN),
}


def _described(command):
    """The options that become keys of document.yml."""
    options = [
        click.option("--gemeente", help="Name of the municipality."),
        click.option("--gemeentecode", metavar="GM0000", help="Its CBS code."),
        click.option("--titel", help="Title of the document."),
        click.option("--soort", type=_SOORTEN, help="What kind of document it is."),
        click.option("--jaar", type=click.IntRange(1990, 2100), help="Year of the budget or the accounts."),
        click.option("--vorm", type=_VORMEN, help="How it was published (default: as the file is)."),
        click.option("--onderdeel", help="The part of the document that this is."),
        click.option("--versie", help="Version as printed."),
        click.option("--eenheid", type=_EENHEDEN, help="Unit of tables that do not print one."),
        click.option(
            "--zelfde-als", metavar="DOCUMENT_ID", help="Document of which this is another publication."
        ),
        click.option("--url", help="Where a file was published; kept, never fetched."),
        click.option("--opgehaald", metavar="DATE", help="When it was taken from there."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


_source = click.argument("source", metavar="FILE_OR_FOLDER", type=click.Path(path_type=Path))
_page = click.option(
    "--page", metavar="FILE", type=click.Path(path_type=Path), help="Where the page is written."
)


@click.command()
@click.argument("source", metavar="FILE_FOLDER_OR_ADDRESS")
@_described
@click.option("--raw", metavar="DIR", help="The folder of extracts (SLUITEND_RAW; default raw/).")
@click.option("--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/).")
@click.option("--name", help="Name of the folder (default: gemeente-titel-jaar-onderdeel).")
@click.option("--yes", is_flag=True, help="Keep it without asking.")
@click.option(
    "--allow-private",
    multiple=True,
    metavar="HOST",
    help="A host inside the network that may be fetched from; may be given again.",
)
@_page
def add(
    source: str,
    raw: str | None,
    home: str | None,
    name: str | None,
    yes: bool,
    allow_private: tuple[str, ...],
    page: Path | None,
    **given: object,
) -> None:
    """Make a document of a file, a folder or an address: copy it under raw/, describe it, show how it is read.

    An address (https://..., a page, PDF or workbook) is fetched once now, and looked at again by sluitend fetch.
    It must be of the public internet, and so must every address that it redirects to, unless --allow-private
    names the host.

    What is missing is asked for in a terminal; elsewhere a missing option ends the command. The preview
    is also written as a page. The next refresh publishes the document.

    Exit status: 0 added; 1 it could not be fetched, nothing could be read, or you said no, and nothing was
    kept; 2 an argument is missing or cannot be used.
    """
    settings = settings_module.load(raw=raw, home=home, allow_private=allow_private or None)
    if is_address(source):
        with tempfile.TemporaryDirectory() as made:
            fetched = _fetched(source, Path(made), settings, given)
            known = {"url": source, "opgehaald": day_of(fetched.origin.fetched_at)}
            beside = {RECORD: as_json(fetched.origin)}
            _add(fetched.path, settings, name, yes, page, {**given, **known}, beside)
    else:
        _add(Path(source), settings, name, yes, page, given, {})


def _fetched(address: str, into: Path, settings: Settings, given: Mapping[str, object]) -> Fetched:
    """The document at an address. Ends the command where an option contradicts it or it cannot be fetched."""
    said = [f"--{key}" for key in ("url", "opgehaald") if given.get(key) is not None]
    if said:
        raise click.UsageError(
            in_locale(
                f"{', '.join(said)}: staat vast bij een document dat wordt opgehaald",
                f"{', '.join(said)}: is known of a document that is fetched",
            )
        )
    missing = [f"--{key}" for key in adding.REQUIRED if given.get(key) is None and key != "vorm"]
    if missing and not sys.stdin.isatty():  # before anybody outside is asked for anything
        raise click.UsageError(in_locale(*_needed(missing)))
    try:
        checked(address)
    except NotFetched as error:
        raise click.UsageError(spoken(error)) from error
    try:
        with Client(Limits.of(settings), settings.allow_private) as client:
            return fetch(client, address, into)
    except NotFetched as error:
        click.echo(f"sluitend: {plain(spoken(error))}", err=True)
        sys.exit(1)


def _add(
    source: Path,
    settings: Settings,
    name: str | None,
    yes: bool,
    page: Path | None,
    given: Mapping[str, object],
    beside: Mapping[str, bytes],
) -> None:
    try:
        described = adding.description_of(_complete(source, given))
        name = name or adding.name_of(described)
        if adding.slug(name) != name:
            nl, en = "alleen kleine letters, cijfers en streepjes", "only small letters, digits and hyphens"
            raise adding.CannotAdd(f"--name {name}: {nl}", f"--name {name}: {en}")
        if (settings.raw / name).exists():
            nl, en = (
                "bestaat al; geef het document een --onderdeel",
                "exists; give the document an --onderdeel",
            )
            raise adding.CannotAdd(f"{settings.raw / name}: {nl}", f"{settings.raw / name}: {en}")
        with tempfile.TemporaryDirectory() as tried:
            folder = adding.make_folder(source, Path(tried), name, described)
            preview = _shown(folder, name, page or settings.home / "preview" / f"{name}.html", settings)
        if preview.is_empty:
            told = in_locale("er is niets gelezen; niets toegevoegd", "nothing was read; nothing was added")
            click.echo(f"sluitend: {told}", err=True)
            sys.exit(1)
        if (
            not yes
            and sys.stdin.isatty()
            and not click.confirm(in_locale("Toevoegen?", "Add it?"), default=True)
        ):
            click.echo(in_locale("niets toegevoegd", "nothing was added"))
            sys.exit(1)
        kept = adding.make_folder(source, settings.raw, name, described, beside)
    except adding.CannotAdd as error:
        raise click.UsageError(in_locale(error.reason, error.reason_en)) from error
    click.echo(f"{in_locale('toegevoegd', 'added')}: {kept}")


@click.command()
@_source
@_described
@click.option("--raw", metavar="DIR", help="The folder whose answers hold (SLUITEND_RAW; default raw/).")
@_page
def inspect(source: Path, page: Path | None, raw: str | None, **given: object) -> None:
    """Show how a file or folder is read, without keeping anything.

    The folder of a document shows with its own document.yml; for another file the options say what it is.

    Where a header can be read in two ways both readings are shown, and where a person answered, which answer is
    in force.

    Exit status: 0 something was read; 1 nothing was; 2 an argument cannot be used.
    """
    settings = settings_module.load(raw=raw)
    try:
        if source.is_dir() and (source / DESCRIPTION).exists():
            preview = _shown(source, source.name, page, settings)
        else:
            preview = _tried(source, page, settings, given)
    except adding.CannotAdd as error:
        raise click.UsageError(in_locale(error.reason, error.reason_en)) from error
    sys.exit(1 if preview.is_empty else 0)


def _tried(source: Path, page: Path | None, settings: Settings, given: Mapping[str, object]):
    """A preview of a copy, with stand-ins for what was not said."""
    stem = source.stem or "document"
    stand_ins = {
        "gemeente": "onbekend",
        "titel": stem,
        "soort": "begroting",
        "jaar": _year_in(source.name),
        "vorm": adding.vorm_of(source) or "web",
    }
    said = {key: value for key, value in given.items() if value is not None}
    described = adding.description_of({**stand_ins, **said})
    with tempfile.TemporaryDirectory() as tried:
        folder = adding.make_folder(source, Path(tried), adding.slug(stem) or "document", described)
        return _shown(folder, stem, page, settings, is_year_said="jaar" in said)


def _year_in(name: str) -> int:
    """The year that a file's name says; without one, the year that most budgets are for now."""
    found = re.findall(r"(?<!\d)(?:19[5-9]|20\d)\d(?!\d)", name)
    return int(found[-1]) if found else date.today().year


def _shown(folder: Path, name: str, page: Path | None, settings: Settings, is_year_said: bool = True):
    from rich.console import Console

    from dagster_project.reading.files import Refused
    from dagster_project.reports.preview import NotRead, preview_within, show
    from dagster_project.reports.render import render_preview
    from dagster_project.warehouse.scan import ANSWERS, answers_in

    try:
        preview = preview_within(settings, folder, name, answers_in(settings.raw))
    except Refused as error:
        click.echo(
            f"sluitend: {plain(str(settings.raw / ANSWERS))}: {in_locale(error.reason, error.reason_en)}",
            err=True,
        )
        sys.exit(1)
    except NotRead as error:
        click.echo(f"sluitend: {plain(str(error))}", err=True)
        sys.exit(1)
    if not is_year_said:  # then no extract can contradict it
        preview = replace(preview, rejects=tuple(r for r in preview.rejects if r.key != "jaar"))
    show(preview, Console(highlight=False, width=None if sys.stdout.isatty() else 140))
    if page:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render_preview(preview), encoding="utf-8")
        click.echo(f"\n{in_locale('pagina', 'page')}: {page}")
    return preview


def _needed(options: list[str]) -> tuple[str, str]:
    """That options lack, in Dutch and in English."""
    named = ", ".join(options)
    return (
        f"{named}: nodig, en er is geen terminal om het te vragen",
        f"{named}: needed, and there is no terminal to ask it",
    )


def _complete(source: Path, given: Mapping[str, object]) -> dict[str, object]:
    """All required keys: as given, by the file itself, else asked for."""
    complete = {key: value for key, value in given.items() if value is not None}
    if "vorm" not in complete and (vorm := adding.vorm_of(source)):
        complete["vorm"] = vorm
    adding.files_of(source)
    missing = [key for key in adding.REQUIRED if key not in complete]
    if missing and not sys.stdin.isatty():
        raise adding.CannotAdd(*_needed([f"--{key}" for key in missing]))
    for key in missing:
        nl, en, kind = _QUESTIONS[key]
        complete[key] = click.prompt(in_locale(nl, en), type=kind)
    if missing and "eenheid" not in complete:
        asked = click.prompt(
            in_locale(
                "Eenheid waar een tabel die niet drukt (leeg: onbekend)",
                "Unit where a table does not print it (empty: unknown)",
            ),
            default="",
            show_default=False,
        )
        if asked:
            complete["eenheid"] = asked
    return complete
