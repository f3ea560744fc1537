"""The command ``fetch``, and looking at every address again by night: carried out, printed, told who must know.

What does not belong here: what one look does (``fetch``), and Dagster (``fetched``).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import click

from dagster_project import settings as settings_module
from dagster_project.language import phrase, spoken
from dagster_project.settings import Settings, require_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from dagster_project.fetch.again import Look

_JAREN = click.IntRange(2010, 2100)
_COUNTED = {
    "new": "{addresses} new",
    "changed": "{addresses} changed",
    "unchanged": "{addresses} unchanged",
    "failed": "{addresses} failed",
}
_SOORTEN = ("begroting", "kwartaal-1", "kwartaal-2", "kwartaal-3", "kwartaal-4", "jaarrekening")


def look_again(
    settings: Settings,
    only: Collection[str] = (),
    *,
    kinds: Collection[str] = (),
    again: bool = False,
    say: Callable[[str], None],
) -> list[Look]:
    """Look at every address again, or at those of the documents ``only``, and tell the operator what failed anew.

    ``kinds``: at nothing but documents, or Iv3. Raises ``Unusable`` where it cannot begin, and ``Busy`` while another
    process fetches.
    """
    from dagster_project.assets import notify
    from dagster_project.fetch.again import all_again

    require_raw(settings)
    looks = []
    for look in all_again(settings, only, kinds=kinds, again=again, say=say):
        say(look.line())
        looks.append(look)
    for problem in notify.send(settings.notify, failures(looks)):
        say(f"{phrase('warning')}: {problem}")
    return looks


def failures(looks: Sequence[Look]) -> list:
    """The message about addresses that could not be fetched and could the time before; none where there are none."""
    from dagster_project.assets.notify import Message

    failed = [look for look in looks if look.is_news]
    if not failed:
        return []
    body = "\n".join(f"* {look.document_id}: {spoken(look.message)}" for look in failed)
    title = phrase(
        "Sluitend: {addresses} addresses could not be fetched; what was there stays", addresses=len(failed)
    )
    return [Message("warning", title, body)]


def counted(looks: Sequence[Look]) -> str:
    """One line that sums up: ``3 addresses: 1 changed, 2 unchanged``."""
    if not looks:
        return phrase("nothing under raw/ was fetched from an address")
    outcomes = Counter(look.outcome for look in looks)
    counts = [phrase(_COUNTED[outcome], addresses=n) for outcome, n in sorted(outcomes.items())]
    return phrase("{addresses} addresses: {counts}", addresses=len(looks), counts=", ".join(counts))


def _limits(command):
    """The options that every command which fetches has."""
    options = [
        click.option("--raw", metavar="DIR", help="The folder of extracts (SLUITEND_RAW; default raw/)."),
        click.option(
            "--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/)."
        ),
        click.option(
            "--allow-private",
            multiple=True,
            metavar="HOST",
            help="A host inside the network that may be fetched from; may be given again.",
        ),
        click.option("--fetch-max-mb", type=int, metavar="N", help="The largest answer (default 100)."),
        click.option("--fetch-timeout", type=int, metavar="S", help="Seconds for one answer (default 300)."),
        click.option("--fetch-tries", type=int, metavar="N", help="Tries of one address (default 4)."),
        click.option("--fetch-wait", metavar="S", help="Seconds before the second try; doubles (default 2)."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object per address, on a line."),
        click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


_again = click.option("--again", is_flag=True, help="Fetch Iv3 tables also where CBS did not change them.")


@click.group(invoke_without_command=True)
@_limits
@_again
@click.option(
    "--only", multiple=True, metavar="DOCUMENT_ID", help="Look at this document; may be given again."
)
@click.pass_context
def command(
    context: click.Context,
    again: bool,
    only: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    **arguments: object,
) -> None:
    """Look again at everything under raw/ that was fetched from an address: documents that were added by
    address, tables of Iv3.

    What changed is put in the place of what was there, which is kept under .eerder/ beside it; the next
    refresh publishes it as a new state. What cannot be fetched, or is no successor of what is there, leaves it
    as it was. Nothing is published here.

    Exit status: 0 every address was looked at; 1 one or more could not be fetched or were refused, each is
    named with its status, the others are done; 2 nothing was begun: an argument or a setting cannot be used, or
    another process is fetching.
    """
    if context.invoked_subcommand is not None:
        given = [name for name in context.params if _was_given(context, name)]
        if given:
            told = phrase("options stand behind {command}, not before it", command=context.invoked_subcommand)
            raise click.UsageError(told)
        return
    settings = _settings(arguments)
    _end(look_again(settings, only, again=again, say=_say(as_json, quiet)), as_json, quiet)


@command.command()
@click.option("--jaar", type=_JAREN, required=True, help="The year that the figures are about.")
@click.option("--soort", type=click.Choice(_SOORTEN), required=True, help="The delivery.")
@click.option("--gemeente", metavar="GM0000", help="Only this municipality, by its CBS code.")
@click.option("--tabel", metavar="ID", help="The table, where CBS has more than one for the year.")
@click.option("--cbs", metavar="ADDRESS", help="Where CBS is (SLUITEND_CBS; https://dataderden.cbs.nl).")
@_again
@_limits
def iv3(
    jaar: int,
    soort: str,
    gemeente: str | None,
    tabel: str | None,
    again: bool,
    as_json: bool,
    quiet: bool,
    **arguments: object,
) -> None:
    """Fetch the Iv3 figures of a year from CBS, of all municipalities or of one, into raw/iv3-JAAR-SOORT/.

    A table that CBS did not change since is not fetched again. A download that was broken off goes on where it
    was. A table that changes while it is fetched is begun again, three times at most. From then on
    `sluitend fetch` looks at it with everything else.

    Exit status: 0 it is there, fetched now or before; 1 it could not be fetched, and what was there is as it
    was; 2 nothing was begun: an argument or a setting cannot be used, or another process is fetching.
    """
    import re

    from dagster_project.fetch.again import one_table
    from dagster_project.fetch.iv3_from_cbs import Wish

    if gemeente is not None and not re.fullmatch(r"GM\d{4}", gemeente):
        raise click.UsageError(phrase("--gemeente {code}: is no code of CBS (write GM0546)", code=gemeente))
    settings = _settings(arguments)
    require_raw(settings)
    say = _say(as_json, quiet)
    look = one_table(settings, Wish(jaar, soort, gemeente, tabel), again=again, say=say)
    say(look.line())
    _end([look], as_json, quiet)


def _settings(arguments: dict[str, Any]) -> Settings:
    given: dict[str, Any] = {name: None if value == () else value for name, value in arguments.items()}
    return settings_module.load(**given)


def _was_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) not in (None, click.core.ParameterSource.DEFAULT)


def _say(as_json: bool, quiet: bool) -> Callable[[str], None]:
    return (lambda line: None) if as_json or quiet else _echo


def _echo(line: str, err: bool = False) -> None:
    """Print a line that may hold words of a server."""
    from dagster_project.reports.plain import plain

    click.echo(plain(line), err=err)


def _end(looks: Sequence[Look], as_json: bool, quiet: bool) -> None:
    """Print what came of it, and end with the exit status."""
    failed = [look for look in looks if look.outcome == "failed"]
    if as_json:
        for look in looks:
            click.echo(json.dumps(look.as_dict(), ensure_ascii=False))
    elif not quiet and len(looks) != 1:
        click.echo(counted(looks))
    for look in failed:
        _echo(f"sluitend: {look.document_id}: {spoken(look.message)}", err=True)
    sys.exit(1 if failed else 0)
