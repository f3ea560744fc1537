"""``sluitend dev``: Dagster's pages and its daemon on this machine, for a person at work.

The pages have no password, so they listen on loopback only. What does not belong here: what they show.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

import click

from dagster_project.assets import dagster_home
from dagster_project.settings import Settings, load, require_home, require_raw

HOST = "127.0.0.1"


@click.command("dev", short_help="Open the Dagster pages on this machine.")
@click.option("--raw", metavar="DIR", help="The folder of extracts (SLUITEND_RAW; default raw/).")
@click.option("--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/).")
@click.option("--port", type=int, default=3000, show_default=True, help="The port on loopback.")
def command(port: int, **arguments: Any) -> None:
    """Open the Dagster pages on http://127.0.0.1:3000, with the schedule and the sensors running.

    Stays until it is stopped. Runs started there hold the warehouse as those of the command line do.
    """
    settings = load(**arguments)
    require_raw(settings)
    require_home(settings)
    dagster_home.prepare(settings)
    os.execve(sys.executable, arguments_of(port), environment_of(settings, os.environ))


def arguments_of(port: int) -> list[str]:
    """The command that serves the pages."""
    module = ["-m", "dagster_project.definitions"]
    return [sys.executable, "-m", "dagster", "dev", *module, "--host", HOST, "--port", str(port)]


def environment_of(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment in which every process of Dagster finds the same folders, and tells nobody outside."""
    return {
        **environ,
        "SLUITEND_RAW": str(settings.raw),
        "SLUITEND_HOME": str(settings.home),
        **dagster_home.environment(settings),
    }
